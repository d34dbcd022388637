import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SetupFailure } from './setup-failure.mjs';

const stampName = 'verified.json';

/** Where what was fetched and built is kept, outside every checkout: a second clone costs nothing. */
export { unrollCache as cacheRoot } from '../../engine/python/environment-place.mjs';

/** @param {string} file @returns {Promise<string>} SHA-256 in hexadecimal */
export async function sha256OfFile(file) {
  const hash = createHash('sha256');
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/** @param {...string} parts @returns {string} 12 hexadecimal digits that change when any part does */
export function shortHash(...parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 12);
}

/**
 * Is this folder whole? Compares the size of every file with the stamp written when the folder was published.
 * @param {string} folder
 */
export function isVerified(folder) {
  const files = readStamp(folder);
  return files !== undefined && Object.entries(files).every(([name, { size }]) => sizeOf(path.join(folder, name)) === size);
}

/** Like isVerified, but reads every byte. @param {string} folder @returns {Promise<boolean>} */
export async function hashesMatch(folder) {
  if (!isVerified(folder)) return false;
  for (const [name, { sha256 }] of Object.entries(readStamp(folder) ?? {})) {
    if ((await sha256OfFile(path.join(folder, name))) !== sha256) return false;
  }
  return true;
}

/**
 * Fills a folder under a temporary name, stamps it and gives it its name in one step: an interruption leaves nothing half
 * done under that name.
 * @param {string} folder
 * @param {(partial: string) => Promise<void>} fill
 */
export async function publishFolder(folder, fill) {
  const partial = `${folder}.partial-${process.pid}`;
  removeLeftovers(folder);
  fs.mkdirSync(partial, { recursive: true });
  try {
    await fill(partial);
    await writeStamp(partial);
    // A folder that is there already is a damaged one. Moved away first: a process may still have its files loaded.
    if (fs.existsSync(folder)) fs.renameSync(folder, `${folder}.partial-damaged-${process.pid}`);
    fs.renameSync(partial, folder);
  } finally {
    removeLeftovers(folder);
  }
}

/**
 * Removes what interrupted set-ups left beside a file or folder. Set-ups take turns (lock.mjs), so nobody is at work on it.
 * @param {string} target
 */
export function removeLeftovers(target) {
  const parent = path.dirname(target);
  if (!fs.existsSync(parent)) return;
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(`${path.basename(target)}.partial-`)) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
}

/** @param {string} folder @param {number} neededBytes @throws {SetupFailure} when the disk under the folder is too full */
export function requireFreeSpace(folder, neededBytes) {
  fs.mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = fs.statfsSync(folder);
  if (bavail * bsize >= neededBytes) return;
  throw new SetupFailure(
    `${folder} has ${formatSize(bavail * bsize)} free, and ${formatSize(neededBytes)} are needed`,
    'free some space, or let the environment variable XDG_CACHE_HOME name a folder on a larger disk',
  );
}

/** @param {number} bytes @returns {string} for example "274 MB" */
export function formatSize(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** @param {string} folder @returns {number} the size of all files in it, in bytes */
export function sizeOfFolder(folder) {
  return filesIn(folder).reduce((total, file) => total + sizeOf(file), 0);
}

/** @returns {Record<string, {size: number, sha256: string}> | undefined} */
function readStamp(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, stampName), 'utf8')).files;
  } catch {
    return undefined;
  }
}

async function writeStamp(folder) {
  const files = {};
  for (const file of filesIn(folder)) {
    files[path.relative(folder, file)] = { size: sizeOf(file), sha256: await sha256OfFile(file) };
  }
  fs.writeFileSync(path.join(folder, stampName), `${JSON.stringify({ files }, null, 1)}\n`);
}

function filesIn(folder) {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

function sizeOf(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.size;
}
