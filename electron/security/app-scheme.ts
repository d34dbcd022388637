import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { fileOfAddress, pageScheme } from './page-address.ts';

const noncePlaceholder = '__CSP_NONCE__';

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
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Serves the files under `folder`, and nothing else, at the page's origin. */
export function serveApp(folder: string): void {
  protocol.handle(pageScheme, async (request) => {
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
