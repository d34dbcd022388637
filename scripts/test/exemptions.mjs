import fs from 'node:fs';
import path from 'node:path';
import { isExemption } from '../lint/reasoned-exemption.mjs';

const skippedFolders = new Set(['node_modules', 'dist', 'out', 'release', 'runs']);
const comment = /(?:^|\s)(?:\/\/|\/\*)\s*(?<text>.*)/;

/**
 * The exemptions from checks in the code, so that the summary of a test run can name them.
 * @param {string} root
 * @returns {string[]} "file:line: the exemption with its reason"
 */
export function findExemptions(root) {
  return codeFiles(root, '').flatMap((file) =>
    fs.readFileSync(path.join(root, file), 'utf8').split('\n').flatMap((line, index) => {
      const text = comment.exec(line)?.groups.text.replace(/\s*\*\/\s*$/, '');
      return text !== undefined && /^(?:oxlint|eslint|@ts)-/.test(text) && isExemption(text) ? [`${file}:${index + 1}: ${text}`] : [];
    }),
  );
}

function codeFiles(root, folder) {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || skippedFolders.has(entry.name) ? [] : codeFiles(root, name);
    return /\.(?:ts|tsx|mjs)$/.test(entry.name) ? [name] : [];
  });
}
