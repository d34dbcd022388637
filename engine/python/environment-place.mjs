import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Where an environment stands: in the cache, outside every checkout and package, under a name that says what is in it.
 * @typedef {object} EnvironmentPlace
 * @property {string} cache
 * @property {string} folder
 * @property {string} interpreter
 */

const pointerName = 'python-environment.json';

/** @param {NodeJS.ProcessEnv} [environment] @returns {string} where what was fetched is kept */
export function unrollCache(environment = process.env) {
  return path.join(environment['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'unroll');
}

/**
 * @param {string} requirements the text of assets/python/requirements.txt
 * @param {string} [cache]
 * @returns {EnvironmentPlace}
 */
export function environmentPlace(requirements, cache = unrollCache()) {
  const hash = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const folder = path.join(cache, `python-${process.platform}-${process.arch}-${hash}`);
  return { cache, folder, interpreter: interpreterIn(folder) };
}

/** @param {string} folder */
export function interpreterIn(folder) {
  return process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
}

/** Whole, and its Python is still the one it was made for. @param {EnvironmentPlace} place */
export function isMade({ folder, interpreter }) {
  try {
    const { python } = JSON.parse(fs.readFileSync(path.join(folder, 'complete.json'), 'utf8'));
    return fs.realpathSync(interpreter) === python;
  } catch {
    return false;
  }
}

/** Where Unroll looks for the environment that was made last. @param {string} [cache] */
export function pointerFile(cache = unrollCache()) {
  return path.join(cache, pointerName);
}

/** @param {EnvironmentPlace} place */
export function pointAt({ cache, interpreter }) {
  fs.writeFileSync(pointerFile(cache), `${JSON.stringify({ interpreter })}\n`);
}
