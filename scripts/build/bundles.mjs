import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';

const nodeModules = [...builtinModules, ...builtinModules.map((name) => `node:${name}`), 'electron'];
// Their addons look for their libraries on the disk, at run time.
const external = [...nodeModules, '@tensorflow/tfjs-node', 'onnxruntime-node', '@resvg/resvg-js'];
// What a bundle holds of others, for the notices of a package.
const license = { fileName: 'licenses.json' };

/**
 * The three bundles of the app, as vite builds them: what runs in Node (the main process, the engine's process, the data
 * worker, the `unroll` command; ES modules with shared chunks), the preload (one CommonJS file, as the sandbox wants it), the window.
 * @param {string} root the project's folder
 * @returns {Record<'node' | 'preload' | 'renderer', import('vite').InlineConfig>}
 */
export function bundles(root) {
  const shared = { configFile: false, logLevel: 'warn', envDir: false, define: { 'process.env.NODE_ENV': '"production"' } };
  const entries = { main: 'electron/main.ts', 'command-line': 'cli/main.ts', 'engine-process': 'electron/engine-host/engine-process.ts', 'engine-heartbeat': 'electron/engine-host/engine-heartbeat.ts', 'data-worker': 'electron/data/data-worker.ts' };
  return {
    node: {
      ...shared,
      root,
      ssr: { noExternal: true },
      build: {
        outDir: path.join(root, 'out/node'),
        license,
        emptyOutDir: true,
        ssr: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)])),
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' },
        },
      },
    },
    preload: {
      ...shared,
      root,
      ssr: { noExternal: true },
      build: {
        outDir: path.join(root, 'out/preload'),
        license,
        emptyOutDir: true,
        ssr: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: { preload: path.join(root, 'electron/preload.ts') },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
    renderer: {
      ...shared,
      root: path.join(root, 'renderer'),
      base: './',
      plugins: [react()],
      // The main process puts a fresh nonce in place of this word whenever it serves the page.
      html: { cspNonce: '__CSP_NONCE__' },
      build: {
        outDir: path.join(root, 'out/renderer'),
        license,
        emptyOutDir: true,
        target: 'chrome140',
        // Inlined files would be data: addresses, which the content security policy refuses.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 4_000,
      },
    },
  };
}
