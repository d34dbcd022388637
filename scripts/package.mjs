#!/usr/bin/env node
// Makes the app's packages from builder.yml: `npm run package [-- --out FOLDER] [--formats folder,tar.gz,deb]`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeFormats, formatsOf } from './package/formats.mjs';
import { packFolder } from './package/pack-folder.mjs';
import { describeParts } from './package/sizes.mjs';
import { formatSize } from './setup/cache.mjs';
import { findElectron } from './setup/electron-runtime.mjs';
import { SetupFailure } from './setup/setup-failure.mjs';
import { wheelFor } from './setup/tensorflow-library.mjs';
import { checkoutOf } from './start/obstacle-to-window.mjs';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({ options: { out: { type: 'string', default: path.join(root, 'release') }, formats: { type: 'string' } } });
const output = path.resolve(values.out);
const checkout = checkoutOf(root);

try {
  // Without a TensorFlow of the tested version there is nothing to pack: says so before anything is built.
  wheelFor(checkout.platform);
  const electron = findElectron(checkout);
  if (electron === undefined) throw new SetupFailure('Electron is not there', 'run `npm run setup`, which says why');
  const formats = formatsOf(checkout.platform, values.formats);

  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  const folder = await packFolder({ root, output, checkout, electron });
  console.log(`package: ${folder}, ${seconds()}`);
  for (const line of describeParts(folder)) console.log(`  ${line}`);
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const { format, file, reason } of await makeFormats(formats, { root, folder, version, platform: checkout.platform, electron })) {
    if (file === undefined) console.log(`package: skipped ${format}: ${reason}`);
    else console.log(`package: ${file}, ${formatSize(fs.statSync(file).size)}, ${seconds()}`);
  }
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  console.error(`package: ${error.message}\n  What to do: ${error.whatToDo}${error.output ? `\n${error.output}` : ''}`);
  process.exitCode = 1;
}
