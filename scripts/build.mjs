#!/usr/bin/env node
// Bundles the app into out/: `npm run build`. Nothing is done where the bundles are those of the sources.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFingerprint } from './build/fingerprint.mjs';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));

/** Builds the bundles that are not those of the sources. @returns {Promise<string | null>} what was done; null: nothing had to be */
export async function buildApp() {
  const stamp = path.join(root, 'out/built-from');
  const fingerprint = sourceFingerprint(root);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === fingerprint) return null;
  const began = performance.now();
  // Only here: reading vite takes as long as everything else a start does.
  const { build } = await import('vite');
  const { bundles } = await import('./build/bundles.mjs');
  fs.rmSync(stamp, { force: true });
  for (const bundle of Object.values(bundles(root))) await build(bundle);
  fs.writeFileSync(stamp, fingerprint);
  return `bundled in ${((performance.now() - began) / 1000).toFixed(1)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`build: ${(await buildApp()) ?? 'up to date'}`);
