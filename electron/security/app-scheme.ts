import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

const scheme = 'app';
const noncePlaceholder = '__CSP_NONCE__';

/** Where the page comes from: an origin of its own, which no file and no site shares. */
export const pageOrigin = `${scheme}://unroll`;
export const pageAddress = `${pageOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Serves the files under `folder`, and nothing else, at the page's origin. */
export function serveApp(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const file = request.method === 'GET' ? fileOfAddress(request.url, folder) : null;
    if (file === null) return new Response(null, { status: 404 });
    const nonce = randomBytes(16).toString('base64url');
    const headers = {
      'content-type': contentTypes[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    };
    try {
      const bytes = await readFile(file);
      if (path.extname(file) !== '.html') return new Response(bytes, { headers });
      return new Response(bytes.toString('utf8').replaceAll(noncePlaceholder, nonce), { headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

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
