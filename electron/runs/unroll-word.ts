import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * How a shell of the person's finds this installation's `unroll`: by its name, where the first one on the search path is this
 * very one; else by where it lies (no search path leads to a checkout or an unpacked package). `own`: its file.
 */
export function unrollWord(own: string, searchPath: string): string {
  if (!existsSync(own)) return 'unroll';
  const found = searchPath
    .split(path.delimiter)
    // npm adds such a folder for what it starts, and only for that.
    .filter((folder) => folder !== '' && !folder.endsWith(path.join('node_modules', '.bin')))
    .map((folder) => path.join(folder, 'unroll'))
    .find((file) => existsSync(file));
  return found !== undefined && realpathSync(found) === realpathSync(own) ? 'unroll' : own;
}
