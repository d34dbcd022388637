import process from 'node:process';
import { SetupFailure } from './setup-failure.mjs';
import { tryTool } from './run-tool.mjs';

const pythonNames = ['python3', 'python'];
const compilerNames = process.env['CXX'] ? [process.env['CXX']] : ['c++', 'g++', 'clang++'];

/** What the steps need from the machine, by the name that a step uses in its `needs`. */
const tools = {
  npm: { label: 'npm', debian: ['npm'], macos: 'install Node from https://nodejs.org', find: findNpm },
  python: { label: 'Python 3 with pip', debian: ['python3', 'python3-pip'], macos: 'brew install python', find: findPython },
  compiler: { label: 'a C++ compiler', debian: ['g++'], macos: 'xcode-select --install', find: findCompiler },
};

/** @returns {Promise<{command: string, parameters: string[]} | undefined>} the npm that started this, or the one on the PATH */
export async function findNpm() {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return { command: process.execPath, parameters: [script] };
  return (await tryTool('npm', ['--version'])).code === 0 ? { command: 'npm', parameters: [] } : undefined;
}

/** @returns {Promise<string | undefined>} the name of a Python 3 whose pip answers */
export async function findPython() {
  for (const name of pythonNames) {
    const { code } = await tryTool(name, ['-c', 'import sys, pip, zipfile, zlib; sys.exit(sys.version_info < (3, 8))']);
    if (code === 0) return name;
  }
  return undefined;
}

/** @returns {Promise<string | undefined>} the name of a C++ compiler */
export async function findCompiler() {
  for (const name of compilerNames) {
    if ((await tryTool(name, ['--version'])).code === 0) return name;
  }
  return undefined;
}

/**
 * Looks for everything the coming steps need, so that a person hears of all that is missing at once. As root on a Debian
 * system, what is missing is installed.
 * @param {readonly ('npm' | 'python' | 'compiler')[]} needs
 * @param {(message: string) => void} announce
 * @throws {SetupFailure} naming each missing tool and the command that installs it
 */
export async function requireTools(needs, announce) {
  let missing = await missingTools(needs);
  if (missing.length === 0) return;
  const packages = missing.flatMap((tool) => tool.debian);
  const hasApt = process.platform === 'linux' && (await tryTool('apt-get', ['--version'])).code === 0;
  let output = '';
  if (hasApt && process.getuid?.() === 0) {
    announce(`installing ${packages.join(', ')} with apt-get`);
    output = await installDebianPackages(packages);
    missing = await missingTools(needs);
    if (missing.length === 0) return;
  }
  const labels = missing.map((tool) => tool.label).join(' and ');
  throw new SetupFailure(`this machine lacks ${labels}`, installAdvice(missing, hasApt), output);
}

async function missingTools(needs) {
  const missing = [];
  for (const need of new Set(needs)) {
    if ((await tools[need].find()) === undefined) missing.push(tools[need]);
  }
  return missing;
}

/** As root. @param {readonly string[]} packages @returns {Promise<string>} what apt-get said where it failed */
export async function installDebianPackages(packages) {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await tryTool('apt-get', ['update', '-q'], { environment });
  const installed = await tryTool('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { environment });
  return installed.code === 0 ? '' : installed.output;
}

function installAdvice(missing, hasApt) {
  if (process.platform === 'darwin') return `${missing.map((tool) => tool.macos).join('; ')}; then run the command again`;
  const packages = missing.flatMap((tool) => tool.debian).join(' ');
  if (hasApt) return `sudo apt-get install ${packages}; then run the command again`;
  return `install them (Debian's packages are called ${packages}), see that they are on the PATH, then run the command again`;
}
