import fs from 'node:fs';
import path from 'node:path';
import { releasesAreReachable } from '../setup/electron-runtime.mjs';
import { tryTool } from '../setup/run-tool.mjs';
import { SetupFailure } from '../setup/setup-failure.mjs';
import { makeArchive } from './archive.mjs';
import { makeDebianPackage } from './debian-package.mjs';

/** Formats by operating system; the folder itself is always made. */
const formatsBySystem = { linux: ['tar.gz', 'deb', 'AppImage'], darwin: ['dmg', 'zip'], win32: ['nsis'] };

/**
 * @typedef {object} Outcome of one format: its file, or why it was skipped
 * @property {string} format
 * @property {string} [file]
 * @property {string} [reason]
 */

/** The formats that are wanted: all of the system's, or those that were named. @param {string} platform @param {string | undefined} chosen */
export function formatsOf(platform, chosen) {
  const known = formatsBySystem[platform.split('-')[0]] ?? [];
  if (chosen === undefined) return known;
  const wanted = chosen.split(',').filter((name) => name !== 'folder');
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new SetupFailure(`there is no format "${unknown}" on ${platform}`, `choose from: folder, ${known.join(', ')}`);
  return wanted;
}

/**
 * Makes files of the folder, all at once, where this machine can: what it cannot make is skipped with the reason.
 * @param {readonly string[]} formats
 * @param {{ root: string, folder: string, version: string, platform: string, electron: import('../setup/electron-runtime.mjs').ElectronRuntime }} facts
 * @returns {Promise<Outcome[]>}
 */
export function makeFormats(formats, facts) {
  return Promise.all(formats.map(async (format) => ({ format, ...(await makeFormat(format, facts)) })));
}

async function makeFormat(format, { root, folder, version, platform, electron }) {
  switch (format) {
    case 'tar.gz':
      return (await isThere('tar')) ? { file: await makeArchive(folder) } : { reason: 'there is no tar on this machine' };
    case 'deb':
      if (!(await isThere('dpkg-deb'))) return { reason: 'there is no dpkg-deb on this machine (Debian package dpkg)' };
      return { file: await makeDebianPackage(folder, { platform, version, icons: path.join(root, 'assets/icons') }) };
    default:
      if (!(await releasesAreReachable())) return { reason: 'electron-builder fetches its tools for it from github.com, which cannot be reached' };
      return makeWithBuilder(format, { root, folder, electron });
  }
}

async function isThere(program) {
  return (await tryTool(program, ['--version'])).code === 0;
}

/** By electron-builder, out of the folder as it is. */
async function makeWithBuilder(format, { root, folder, electron }) {
  const { build, Platform } = await import('electron-builder');
  const output = `${folder}-${format}`;
  const [file] = await build({
    projectDir: root,
    prepackaged: folder,
    targets: Platform.current().createTarget(format),
    publish: 'never',
    config: { extends: path.join(root, 'builder.yml'), electronVersion: electron.version, directories: { output } },
  });
  const placed = path.join(path.dirname(folder), `${path.basename(folder)}${path.extname(file)}`);
  fs.renameSync(file, placed);
  fs.rmSync(output, { recursive: true });
  return { file: placed };
}
