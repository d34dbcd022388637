import os from 'node:os';
import path from 'node:path';

/** The ending of project files. */
export const projectExtension = 'unroll';

/** A path as people write it, with '~' for their own folder. */
export function shownPath(file: string): string {
  const home = os.homedir();
  const relative = path.relative(home, file);
  if (relative === '') return '~';
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : path.join('~', relative);
}

/** The file's name without its ending. */
export function projectTitle(file: string): string {
  return path.basename(file, `.${projectExtension}`);
}
