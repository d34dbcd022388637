import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, formatSize, removeLeftovers, requireFreeSpace, shortHash, sha256OfFile } from './cache.mjs';
import { runTool, tryTool } from './run-tool.mjs';
import { SetupFailure } from './setup-failure.mjs';
import { downloadedWheel, libraryFolder, wheelFor } from './tensorflow-library.mjs';
import { tensorFlowVersion } from './tensorflow-wheels.mjs';

const requirementsFile = fileURLToPath(new URL('python-requirements.txt', import.meta.url));
const requirements = fs.readFileSync(requirementsFile, 'utf8');
const pythonNames = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];
const neededBytes = 2.2e9;
const retryAfter = 24 * 3_600_000;
/** Where the app looks for a Python that can check exports, whichever checkout made it. */
const pointerName = 'python-environment.json';
const knownVersions = /** @type {const} */ ({ first: [3, 11], last: [3, 13] });
const advice = 'see that python3 is one of 3.11 to 3.13 with pip and venv (Debian: apt-get install python3-pip python3-venv) and that it reaches PyPI, then run `npm run setup -- --verify`';

/**
 * A Python with Keras, TensorFlow and onnx, which checks what Unroll exports, in tests and in the app. A machine that cannot
 * have one gets everything else; the reason is kept, and the next try is a day later (or with --verify, or where CI is set).
 * @type {import('./step-list.mjs').Step}
 */
export const pythonEnvironmentStep = {
  name: `Python with Keras and TensorFlow ${tensorFlowVersion}, to check exports`,
  needs: [],
  isReady: (checkout) => !fs.existsSync(downloadedWheel(checkout)) && (isMade(checkout) || failedLately(checkout)),
  hashesMatch: async (checkout) => isMade(checkout),
  async run(checkout) {
    try {
      if (isMade(checkout)) return 'ready';
      return await makeEnvironment(checkout);
    } catch (error) {
      if (!(error instanceof SetupFailure)) throw error;
      fs.mkdirSync(checkout.cache, { recursive: true });
      const reason = [error.message, ...error.output.trim().split('\n').slice(-3)].filter((line) => line !== '').join('\n');
      fs.writeFileSync(failureFile(checkout), reason);
      return `cannot be made, so exports are not checked in Python\n${reason.replace(/^/gm, '    | ')}\n  what to do: ${error.whatToDo}`;
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
  if (isMade(checkout)) return { interpreter: interpreterIn(environmentFolder(checkout)) };
  const note = failureFile(checkout);
  const reason = fs.existsSync(note) ? fs.readFileSync(note, 'utf8') : 'the set-up has not made it yet';
  return { interpreter: null, reason: `no Python with Keras: ${reason}; ${advice}` };
}

async function makeEnvironment(checkout) {
  const python = await findPython();
  requireFreeSpace(checkout.cache, neededBytes);
  const folder = environmentFolder(checkout);
  const partial = `${folder}.partial-${process.pid}`;
  removeLeftovers(folder);
  try {
    // Without pip: Debian's venv has none unless python3-venv is installed, and the machine's own pip does as well.
    await runTool(python, ['-m', 'venv', '--without-pip', partial], { whatToDo: advice });
    const packages = packagesFolder(partial);
    const fetched = await installPackages(python, checkout, partial, packages);
    fs.rmSync(path.join(packages, 'tensorflow/include'), { recursive: true, force: true });
    shareLibraries(checkout, path.join(packages, 'tensorflow'));
    // The first import compiles what it loads, so that later ones are quick.
    const found = await runTool(interpreterIn(partial), ['-c', 'import keras, tensorflow, onnx, safetensors.numpy; print(keras.__version__)'], {
      environment: { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONDONTWRITEBYTECODE: '' },
      whatToDo: advice,
    });
    fs.writeFileSync(path.join(partial, 'complete.json'), JSON.stringify({ python: fs.realpathSync(interpreterIn(partial)) }));
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(partial, folder);
    fs.writeFileSync(path.join(checkout.cache, pointerName), `${JSON.stringify({ interpreter: interpreterIn(folder) })}\n`);
    fs.rmSync(failureFile(checkout), { force: true });
    return `Keras ${found.trim().split('\n').at(-1)}, ${fetched}`;
  } finally {
    removeLeftovers(folder);
  }
}

/** Every package by its hash. TensorFlow's wheel, where it is the one that the native library came from, is at hand already. */
async function installPackages(python, checkout, partial, packages) {
  const wheel = wheelFor(checkout.platform);
  const atHand = downloadedWheel(checkout);
  const reuse = packages.includes('python3.11') && fs.existsSync(atHand) && (await sha256OfFile(atHand)) === wheel.sha256;
  const list = path.join(partial, 'requirements.txt');
  fs.writeFileSync(list, reuse ? `${withoutTensorFlow(requirements)}${atHand} --hash=sha256:${wheel.sha256}\n` : requirements);
  const options = ['--no-deps', '--no-compile', '--only-binary=:all:', '--require-hashes', '--no-cache-dir', '--quiet', '--disable-pip-version-check'];
  await runTool(python, ['-m', 'pip', 'install', ...options, '--target', packages, '-r', list], {
    // pip unpacks there first: on one disk its result is moved, not copied.
    environment: { TMPDIR: partial, PIP_ROOT_USER_ACTION: 'ignore' },
    whatToDo: advice,
  });
  return reuse ? 'TensorFlow from the wheel at hand, the rest (90 MB) fetched from PyPI' : `${formatSize(3.6e8)} fetched from PyPI`;
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

async function findPython() {
  const { first, last } = knownVersions;
  const test = `import sys, pip, venv; sys.exit(not (${first[0]}, ${first[1]}) <= sys.version_info[:2] <= (${last[0]}, ${last[1]}))`;
  for (const name of pythonNames) {
    if ((await tryTool(name, ['-c', test])).code === 0) return name;
  }
  throw new SetupFailure('no Python 3.11 to 3.13 with pip and venv was found', advice);
}

function environmentFolder(checkout) {
  return path.join(checkout.cache, `python-${checkout.platform}-${shortHash(requirements)}`);
}

function failureFile(checkout) {
  return `${environmentFolder(checkout)}.failed`;
}

function interpreterIn(folder) {
  return path.join(folder, 'bin', 'python');
}

function packagesFolder(folder) {
  const lib = path.join(folder, 'lib');
  const version = fs.readdirSync(lib).find((name) => /^python3\.\d+$/u.test(name));
  return path.join(lib, version ?? 'python3', 'site-packages');
}

/** Whole, and its Python is still the one it was made for. */
function isMade(checkout) {
  const folder = environmentFolder(checkout);
  try {
    const { python } = JSON.parse(fs.readFileSync(path.join(folder, 'complete.json'), 'utf8'));
    return fs.realpathSync(interpreterIn(folder)) === python;
  } catch {
    return false;
  }
}

function failedLately(checkout) {
  if (process.env['CI']) return false;
  const found = fs.statSync(failureFile(checkout), { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < retryAfter;
}
