import fs from 'node:fs';
import path from 'node:path';
import { EnvironmentFailure } from './environment-failure.mjs';
import { environmentPlace, interpreterIn, isMade, pointAt, unrollCache } from './environment-place.mjs';
import { listenToPip, packageCount, pipFailure, pipParameters } from './install-packages.mjs';
import { findMachinePython } from './machine-python.mjs';
import { isAlive, runProgram } from './run-program.mjs';

const usuallyNeeded = 2.2e9;
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64'];
const firstImport = 'import keras, tensorflow, onnx, safetensors.numpy; print(keras.__version__)';

/**
 * What is being done, in words, and how far it is: 0 to 1.
 * @typedef {{readonly doing: string, readonly share: number}} MakingProgress
 */

/**
 * Makes a Python environment with Keras, TensorFlow and onnx, every package pinned by version and hash, and points Unroll at it.
 * Under a temporary name until it is whole: what ends early leaves nothing.
 *
 * Plain JavaScript: the set-up uses it before anything is installed, the app and `unroll python` use the very same.
 *
 * @param {object} options
 * @param {string} options.requirements the text of assets/python/requirements.txt
 * @param {string} [options.cache]
 * @param {AbortSignal} [options.signal]
 * @param {(progress: MakingProgress) => void} [options.tell]
 * @param {readonly string[]} [options.pythons] where the machine's Python is looked for
 * @param {number} [options.neededBytes] free space on the disk
 * @param {(python: import('./machine-python.mjs').MachinePython) => Promise<string>} [options.install] the requirements that are installed, where some are at hand
 * @param {(packages: string) => void} [options.afterwards] what else is done with the folder of packages
 * @returns {Promise<{interpreter: string, keras: string | null}>} keras: its version; null where the environment was there already
 * @throws {EnvironmentFailure}
 */
export async function makeEnvironment({ requirements, cache = unrollCache(), signal, tell = () => undefined, pythons, neededBytes = usuallyNeeded, install, afterwards }) {
  const place = environmentPlace(requirements, cache);
  if (isMade(place)) {
    pointAt(place);
    return { interpreter: place.interpreter, keras: null };
  }
  if (!platforms.includes(`${process.platform}-${process.arch}`)) {
    throw new EnvironmentFailure('no-platform', `the packages are pinned for ${platforms.join(', ')}; this is ${process.platform}-${process.arch}`, 'choose a Python of your own that has keras, tensorflow, onnx and safetensors');
  }
  tell({ doing: 'Looking for Python', share: 0 });
  const python = await findMachinePython(pythons, signal);
  stopWhereAsked(signal);
  requireFreeSpace(cache, neededBytes);
  const partial = `${place.folder}.partial-${process.pid}`;
  removeLeftovers(place.folder);
  try {
    tell({ doing: `Making an environment with Python ${python.version.join('.')}`, share: 0.01 });
    // Without pip: Debian's venv has none unless python3-venv is installed, and the machine's own pip does as well.
    await run(python.command, ['-m', 'venv', ...(python.pip === null ? [] : ['--without-pip']), partial], signal);
    const packages = packagesFolder(partial);
    const list = path.join(partial, 'requirements.txt');
    const wanted = install === undefined ? requirements : await install(python);
    fs.writeFileSync(list, wanted);
    const installer = python.pip === null ? interpreterIn(partial) : python.command;
    const { code, output } = await runProgram(installer, pipParameters(packages, list, python.pip), {
      // pip unpacks there first: on one disk its result is moved, not copied.
      environment: { TMPDIR: partial, PIP_ROOT_USER_ACTION: 'ignore', PIP_REQUIRE_VIRTUALENV: '0', PIP_USER: '0' },
      tell: listenToPip(packageCount(wanted), tell),
      ...(signal === undefined ? {} : { signal }),
    });
    stopWhereAsked(signal);
    if (code !== 0) throw pipFailure(output);
    fs.rmSync(path.join(packages, 'tensorflow/include'), { recursive: true, force: true });
    afterwards?.(packages);
    tell({ doing: 'Loading Keras and TensorFlow for the first time', share: 0.95 });
    // The first import compiles what it loads, so that later ones are quick.
    const found = await run(interpreterIn(partial), ['-c', firstImport], signal, { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONDONTWRITEBYTECODE: '' });
    fs.writeFileSync(path.join(partial, 'complete.json'), JSON.stringify({ python: fs.realpathSync(interpreterIn(partial)) }));
    // Another Unroll may have been quicker.
    if (!isMade(place)) {
      fs.rmSync(place.folder, { recursive: true, force: true });
      fs.renameSync(partial, place.folder);
    }
    pointAt(place);
    return { interpreter: place.interpreter, keras: found.trim().split('\n').at(-1) ?? '' };
  } catch (error) {
    throw error.code === 'ENOSPC' ? diskFull(error.message) : error;
  } finally {
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

/** Removes what makings left behind whose process is gone. @param {string} folder */
function removeLeftovers(folder) {
  const parent = path.dirname(folder);
  if (!fs.existsSync(parent)) return;
  for (const name of fs.readdirSync(parent)) {
    const owner = name.startsWith(`${path.basename(folder)}.partial-`) ? Number(name.split('-').at(-1)) : null;
    if (owner !== null && (owner === process.pid || !isAlive(owner))) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

async function run(command, parameters, signal, environment = {}) {
  const { code, output } = await runProgram(command, parameters, { environment, ...(signal === undefined ? {} : { signal }) });
  stopWhereAsked(signal);
  if (code === 0) return output;
  if (/No space left on device/u.test(output)) throw diskFull(output);
  const said = output.trim().split('\n').at(-1) ?? '';
  throw new EnvironmentFailure('failed', `\`${[command, ...parameters.slice(0, 2)].join(' ')} …\` ${code === null ? 'could not be run' : `ended with exit code ${code}`}${said === '' ? '' : `: ${said}`}`, 'see that this Python works on its own, then try again', output);
}

function stopWhereAsked(signal) {
  if (signal?.aborted) throw new EnvironmentFailure('stopped', 'it was stopped', 'start it again');
}

function requireFreeSpace(folder, neededBytes) {
  fs.mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = fs.statfsSync(folder);
  if (bavail * bsize < neededBytes) throw diskFull(`${folder} has ${inGigabytes(bavail * bsize)} free, and ${inGigabytes(neededBytes)} are needed`);
}

function diskFull(why) {
  return new EnvironmentFailure('disk-full', why.trim().split('\n').at(-1) ?? why, 'free some space, or let the environment variable XDG_CACHE_HOME name a folder on a larger disk', why);
}

function inGigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function packagesFolder(folder) {
  const lib = path.join(folder, 'lib');
  const version = fs.readdirSync(lib).find((name) => /^python3\.\d+$/u.test(name));
  return path.join(lib, version ?? 'python3', 'site-packages');
}
