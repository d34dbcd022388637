#!/usr/bin/env node
// Makes an unpacked app folder from builder.yml: `npm run package [-- --out FOLDER]`. Needs no network.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildApp } from './build.mjs';
import { placeNativeLibraries } from './package/native-libraries.mjs';
import { formatSize, sizeOfFolder } from './setup/cache.mjs';
import { findElectron } from './setup/electron-runtime.mjs';
import { checkoutOf } from './start/obstacle-to-window.mjs';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({ options: { out: { type: 'string', default: path.join(root, 'release') } } });
const output = path.resolve(values.out);
const checkout = checkoutOf(root);
const electron = findElectron(checkout);
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

if (electron === undefined) {
  console.error('package: Electron is not there: run `npm run setup`, which says why');
  process.exitCode = 1;
} else {
  await makePackage();
}

async function makePackage() {
  const began = performance.now();
  await buildApp();
  const { build, Platform } = await import('electron-builder');
  const work = path.join(output, 'work');
  fs.rmSync(work, { recursive: true, force: true });
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: {
      extends: path.join(root, 'builder.yml'),
      electronDist: electron.folder,
      electronVersion: electron.version,
      directories: { output: work },
      afterPack: (context) => finishPacking(context.appOutDir),
    },
  });
  const [made] = fs.readdirSync(work).filter((name) => name.endsWith('-unpacked') || name.startsWith('mac'));
  // A package from the registry's test runtime is never taken for a release.
  const name = `unroll-${version}-${checkout.platform}${electron.isOfficial ? '' : '-test-runtime'}`;
  fs.rmSync(path.join(output, name), { recursive: true, force: true });
  fs.renameSync(path.join(work, made), path.join(output, name));
  fs.rmSync(work, { recursive: true });
  const size = formatSize(sizeOfFolder(path.join(output, name)));
  console.log(`package: ${path.join(output, name)}, ${size}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

async function finishPacking(folder) {
  // The set-up's own stamp, which lies beside Electron in the cache.
  fs.rmSync(path.join(folder, 'verified.json'), { force: true });
  fs.rmSync(path.join(folder, 'resources/default_app.asar'), { force: true });
  await placeNativeLibraries(checkout, path.join(folder, 'resources/app.asar.unpacked/node_modules/@tensorflow/tfjs-node/deps/lib'));
}
