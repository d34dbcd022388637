import fs from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from './machine-tools.mjs';

// A file that shows that the package is there: a look costs no process.
const libraries = {
  'libgtk-3-0': 'libgtk-3.so.0',
  libnss3: 'libnss3.so',
  libasound2: 'libasound.so.2',
  libgbm1: 'libgbm.so.1',
  libxss1: 'libXss.so.1',
  'libatk-bridge2.0-0': 'libatk-bridge-2.0.so.0',
  'libsecret-1-0': 'libsecret-1.so.0',
};
const testPrograms = { xvfb: 'Xvfb', xauth: 'xauth' };
const multiarchNames = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/**
 * The libraries that Electron takes from the system, and a virtual display for the tests. Installed where that may be done
 * (as root, with apt); elsewhere `npm start` says what is missing and trains in the terminal.
 * @type {import('./step-list.mjs').Step}
 */
export const windowLibraries = {
  name: 'libraries of the window',
  needs: [],
  isReady: () => !mayInstall() || missingWindowPackages().length + missingTestPackages().length === 0,
  async run() {
    const missing = [...missingWindowPackages(), ...missingTestPackages()];
    const output = await installDebianPackages(missing);
    const still = [...missingWindowPackages(), ...missingTestPackages()];
    if (still.length === 0) return `${missing.join(' ')} installed with apt-get`;
    return `${still.join(' ')} could not be installed, so the window cannot open\n${output.replace(/^/gm, '    | ')}`;
  },
};

/** Debian names of the libraries that this machine lacks for a window. @returns {string[]} */
export function missingWindowPackages() {
  if (process.platform !== 'linux') return [];
  const folders = [`/usr/lib/${multiarchNames[process.arch]}`, `/lib/${multiarchNames[process.arch]}`, '/usr/lib64', '/lib64', '/usr/lib', '/usr/local/lib'];
  return missingIn(folders, libraries);
}

function missingTestPackages() {
  return missingIn((process.env['PATH'] ?? '').split(path.delimiter), testPrograms);
}

function missingIn(folders, files) {
  return Object.keys(files).filter((name) => !folders.some((folder) => fs.existsSync(path.join(folder, files[name]))));
}

function mayInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
}
