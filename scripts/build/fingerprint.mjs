import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const rooms = ['cli', 'core', 'engine', 'formats', 'electron', 'renderer', 'scripts/build'];
const files = ['package.json', 'package-lock.json', 'scripts/build.mjs'];

/**
 * A hash over name, size and time of every file that a bundle may be made of: equal as long as none of them was touched.
 * @param {string} root
 */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  for (const file of [...rooms.flatMap((room) => filesIn(root, room)), ...files]) {
    const { size, mtimeMs } = fs.statSync(path.join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesIn(root, folder) {
  const entries = fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
