import path from 'node:path';

/** The scheme of the app's own page. */
export const pageScheme = 'app';

/** Where the page comes from: an origin of its own, which no file and no site shares. */
export const pageOrigin = `${pageScheme}://unroll`;
export const pageAddress = `${pageOrigin}/index.html`;

/** The file that an address of the page's origin names; null for another origin or a way out of the folder. */
export function fileOfAddress(address: string, folder: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || `${url.protocol}//${url.host}` !== pageOrigin) return null;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (name.includes('\0') || name.includes('\\')) return null;
  const file = path.resolve(folder, `.${name}`);
  return file.startsWith(path.resolve(folder) + path.sep) ? file : null;
}
