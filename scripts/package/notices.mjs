import fs from 'node:fs';
import path from 'node:path';
import asar from '@electron/asar';

/** Licences under which Unroll may pass a package on: permissive ones. Another one stops the packaging, so that somebody reads it. */
const accepted = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Zlib']);

// Without a name on SPDX's list, and read: NIST's own words with HDF5's licence of BSD's form. Both ask that their text goes along, which it does.
// resvg-js (MPL 2.0) goes along as its authors built it, with its licence; its source is where its package.json says.
const read = (name) => name === 'h5wasm' || name.startsWith('@resvg/resvg-js');

/**
 * @typedef {object} Notice what a package holds of somebody else
 * @property {string} name
 * @property {string} version
 * @property {string} identifier SPDX
 * @property {string} [text] the licence, where the package brings its text
 */

/**
 * The notices of everything from the package registry that a package holds: what its bundles were made of, and the packages
 * in its archive. Throws where a licence is none of those that may be passed on.
 * @param {string} root the project's folder
 * @param {string} archive the package's app.asar
 * @returns {string}
 */
export function thirdPartyNotices(root, archive) {
  const notices = distinct([...['node', 'preload', 'renderer'].flatMap((bundle) => bundledNotices(root, bundle)), ...archivedNotices(archive)]);
  const refused = notices.filter(({ name, identifier }) => !isAccepted(identifier) && !read(name));
  if (refused.length > 0) {
    throw new Error(`package: these licences are not among the accepted ones (scripts/package/notices.mjs): ${refused.map(({ name, identifier }) => `${name} (${identifier})`).join(', ')}`);
  }
  const sections = notices.map(({ name, version, identifier, text }) => `${name} ${version} (${identifier})\n\n${text?.trim() || 'The package brings no licence text of its own.'}\n`);
  return [
    'Unroll contains the following packages. Electron\'s own notices are in LICENSE.electron.txt and LICENSES.chromium.html, TensorFlow\'s beside its libraries.\n',
    ...sections,
  ].join(`\n${'-'.repeat(80)}\n\n`);
}

/** An SPDX expression: of "or" one is enough, of "and" every one counts. */
function isAccepted(expression) {
  return expression.replace(/[()]/g, '').split(' OR ').some((choice) => choice.split(' AND ').every((identifier) => accepted.has(identifier)));
}

/** @returns {Notice[]} */
function bundledNotices(root, bundle) {
  return JSON.parse(fs.readFileSync(path.join(root, 'out', bundle, 'licenses.json'), 'utf8'));
}

/** The licence of a package that leaves it in its repository, kept beside this file; '' where we keep none. */
function keptText(name) {
  const file = new URL(`licences/${name}.txt`, import.meta.url);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** @returns {Notice[]} */
function archivedNotices(archive) {
  const files = asar.listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/').replace(/^\//, ''));
  const textOf = (file) => asar.extractFile(archive, file).toString('utf8');
  return files.filter((file) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+\/package\.json$/.test(file)).map((file) => {
    const { name, version, license } = JSON.parse(textOf(file));
    const folder = path.posix.dirname(file);
    const texts = files.filter((other) => path.posix.dirname(other) === folder && /^licen[cs]e/i.test(path.posix.basename(other)));
    return { name, version, identifier: license ?? 'none stated', text: texts.map(textOf).join('\n') || keptText(name) };
  });
}

/** @param {Notice[]} notices */
function distinct(notices) {
  const byName = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice]));
  return [...byName.values()].sort((first, second) => first.name.localeCompare(second.name, 'en'));
}
