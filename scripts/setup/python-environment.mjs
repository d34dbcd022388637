import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentFailure } from '../../engine/python/environment-failure.mjs';
import { environmentPlace, isMade } from '../../engine/python/environment-place.mjs';
import { makeEnvironment } from '../../engine/python/make-environment.mjs';
import { cacheRoot, formatSize, sha256OfFile } from './cache.mjs';
import { stopSignal } from './run-tool.mjs';
import { downloadedWheel, libraryFolder, wheelFor } from './tensorflow-library.mjs';
import { tensorFlowVersion } from './tensorflow-wheels.mjs';

const requirements = fs.readFileSync(fileURLToPath(new URL('../../assets/python/requirements.txt', import.meta.url)), 'utf8');
const retryAfter = 24 * 3_600_000;
const advice = 'see that python3 is one of 3.11 to 3.13 with pip and venv (Debian: apt-get install python3-pip python3-venv) and that it reaches PyPI, then run `npm run setup -- --verify`';

/**
 * A Python with Keras, TensorFlow and onnx, which checks what Unroll exports, in tests and in the app: the one that Preferences
 * would make (engine/python/). A machine that cannot have one gets everything else; the reason is kept, and the next try is a
 * day later (or with --verify, or where CI is set).
 * @type {import('./step-list.mjs').Step}
 */
export const pythonEnvironmentStep = {
  name: `Python with Keras and TensorFlow ${tensorFlowVersion}, to check exports`,
  needs: [],
  isReady: (checkout) => !fs.existsSync(downloadedWheel(checkout)) && (isMade(placeIn(checkout)) || failedLately(checkout)),
  hashesMatch: async (checkout) => isMade(placeIn(checkout)),
  async run(checkout) {
    try {
      if (isMade(placeIn(checkout))) return 'ready';
      return await make(checkout);
    } catch (error) {
      if (!(error instanceof EnvironmentFailure)) throw error;
      fs.mkdirSync(checkout.cache, { recursive: true });
      const reason = [error.message, ...error.output.trim().split('\n').slice(-3)].filter((line) => line !== '').join('\n');
      fs.writeFileSync(failureFile(checkout), reason);
      return `cannot be made, so exports are not checked in Python\n${reason.replace(/^/gm, '    | ')}\n  what to do: ${error.whatToDo}, then run \`npm run setup -- --verify\``;
    } finally {
      fs.rmSync(downloadedWheel(checkout), { force: true });
    }
  },
};

/**
 * The interpreter that has Keras, TensorFlow, onnx, numpy and safetensors, or why there is none.
 * @returns {{interpreter: string} | {interpreter: null, reason: string}}
 */
export function pythonEnvironment() {
  const checkout = { root: '', cache: cacheRoot(), platform: `${process.platform}-${process.arch}` };
  const place = placeIn(checkout);
  if (isMade(place)) return { interpreter: place.interpreter };
  const note = failureFile(checkout);
  const reason = fs.existsSync(note) ? fs.readFileSync(note, 'utf8') : 'the set-up has not made it yet';
  return { interpreter: null, reason: `no Python with Keras: ${reason}; ${advice}` };
}

/** TensorFlow's wheel, where it is the one that the native library came from, is at hand already. */
async function make(checkout) {
  const wheel = wheelFor(checkout.platform);
  const atHand = downloadedWheel(checkout);
  let fetched = `${formatSize(3.6e8)} fetched from PyPI`;
  const { keras } = await makeEnvironment({
    requirements,
    cache: checkout.cache,
    signal: stopSignal,
    install: async ({ version }) => {
      if (version[1] !== 11 || !fs.existsSync(atHand) || (await sha256OfFile(atHand)) !== wheel.sha256) return requirements;
      fetched = 'TensorFlow from the wheel at hand, the rest (90 MB) fetched from PyPI';
      return `${withoutTensorFlow(requirements)}${atHand} --hash=sha256:${wheel.sha256}\n`;
    },
    afterwards: (packages) => shareLibraries(checkout, path.join(packages, 'tensorflow')),
  });
  fs.rmSync(failureFile(checkout), { force: true });
  return `Keras ${keras}, ${fetched}`;
}

/** @param {string} text a requirements file, one package with its hashes a paragraph of continued lines */
function withoutTensorFlow(text) {
  return text.replaceAll(/^tensorflow(-cpu)?==.*(\\\n.*)+\n/gmu, '');
}

/** The native libraries are those that the set-up has unpacked already: one copy on the disk where it can be. */
function shareLibraries(checkout, folder) {
  const shared = path.join(libraryFolder(checkout), 'tensorflow');
  for (const name of wheelFor(checkout.platform).libraries) {
    const [own, common] = [path.join(folder, name), path.join(shared, name)];
    if (!fs.existsSync(common) || fs.statSync(common).size !== fs.statSync(own).size) continue;
    fs.rmSync(own);
    fs.linkSync(common, own);
  }
}

function placeIn(checkout) {
  return environmentPlace(requirements, checkout.cache);
}

function failureFile(checkout) {
  return `${placeIn(checkout).folder}.failed`;
}

function failedLately(checkout) {
  if (process.env['CI']) return false;
  const found = fs.statSync(failureFile(checkout), { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < retryAfter;
}
