import { EnvironmentFailure } from './environment-failure.mjs';
import { runProgram } from './run-program.mjs';

/** The versions of Python for which every package is pinned. */
const knownPythons = /** @type {const} */ ({ first: [3, 11], last: [3, 13] });

const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];
// Programs that a desktop starts see none of the folders that a person's shell adds.
const candidates = process.platform === 'darwin' ? [...names, ...['/opt/homebrew/bin', '/usr/local/bin'].flatMap((folder) => names.map((name) => `${folder}/${name}`))] : names;

const question = `
import importlib.util, json, sys
def has(name):
    return importlib.util.find_spec(name) is not None
pip = None
if has("pip"):
    import pip
    pip = pip.__version__
print(json.dumps({"version": list(sys.version_info[:3]), "executable": sys.executable, "pip": pip, "venv": has("venv"), "ensurepip": has("ensurepip")}))
`;

/**
 * @typedef {object} MachinePython
 * @property {string} command
 * @property {readonly [number, number, number]} version
 * @property {string | null} pip its version; null: there is none, and the environment gets its own
 */

/**
 * The machine's own Python that an environment can be made with.
 * @param {readonly string[]} [commands] where it is looked for
 * @param {AbortSignal} [signal]
 * @returns {Promise<MachinePython>}
 * @throws {EnvironmentFailure} saying what was found instead
 */
export async function findMachinePython(commands = candidates, signal) {
  const found = [];
  for (const command of commands) {
    const facts = await ask(command, signal);
    if (facts === null) continue;
    const { version, pip, venv, ensurepip } = facts;
    if (isKnown(version) && venv && (pip !== null || ensurepip)) return { command, version, pip };
    found.push({ command, ...facts });
  }
  const usable = found.find(({ version }) => isKnown(version));
  const range = `${knownPythons.first.join('.')} to ${knownPythons.last.join('.')}`;
  if (usable !== undefined) {
    const missing = usable.venv ? 'pip' : 'the module venv';
    throw new EnvironmentFailure('no-venv', `${usable.command} (${usable.version.join('.')}) comes without ${missing}`, `install what it lacks${onDebian('python3-venv python3-pip')}, then try again`);
  }
  const others = [...new Set(found.map(({ command, version }) => `${command} is ${version.join('.')}`))].join(', ');
  throw new EnvironmentFailure('no-python', `no Python ${range} was found${others === '' ? '' : `: ${others}`}`, `install one${howToInstall()}, then try again`);
}

function isKnown([major, minor]) {
  const { first, last } = knownPythons;
  return major === 3 && minor >= first[1] && minor <= last[1];
}

async function ask(command, signal) {
  const { code, output } = await runProgram(command, ['-c', question], signal === undefined ? {} : { signal });
  if (code !== 0) return null;
  try {
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } catch {
    return null;
  }
}

function howToInstall() {
  if (process.platform === 'darwin') return ' (`brew install python@3.13`, or from https://www.python.org/downloads)';
  if (process.platform === 'win32') return ' (from https://www.python.org/downloads)';
  return onDebian('python3 python3-venv python3-pip');
}

function onDebian(packages) {
  return process.platform === 'linux' ? ` (Debian and Ubuntu: \`sudo apt-get install ${packages}\`)` : '';
}
