import path from 'node:path';

/** The ending of a file's name in small letters, without its dot; '' where it has none. */
export function extensionOf(file: string): string {
  return path.extname(file).slice(1).toLowerCase();
}
