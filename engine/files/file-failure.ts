import { diagnose } from '../../core/diagnostics/diagnose.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';

/** What was asked of the file system when it refused, as the message says it. */
export type FileAction = 'read' | 'written' | 'listed' | 'created' | 'removed';

/** A refusal of the operating system as a diagnostic. Errors without a system code are programming errors and thrown on. */
export function fileFailure(error: unknown, file: string, action: FileAction): Diagnostic {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const where = { kind: 'file', file } as const;
  switch (code) {
    case 'ENOENT':
      return action === 'written' || action === 'created'
        ? diagnose('folder-missing', where, { file, action })
        : diagnose('file-missing', where, { file });
    case 'EACCES':
    case 'EPERM':
      return diagnose('file-no-permission', where, { file, action });
    case 'EROFS':
      return diagnose('file-system-read-only', where, { file, action });
    case 'ENOSPC':
    case 'EDQUOT':
      return diagnose('disk-full', where, { file, action });
    case 'EISDIR':
      return diagnose('file-is-folder', where, { file, action });
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
      return diagnose('folder-is-file', where, { file, action });
    default:
      return diagnose('file-failed', where, { file, action, reason: reasonOf(error, code) });
  }
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^E[A-Z0-9]+$/u.test(error.code) ? error.code : undefined;
}

function reasonOf(error: unknown, code: string): string {
  // Node writes "EMFILE: too many open files, open '/a/b'": the middle is the reason.
  const words = error instanceof Error ? /^[A-Z0-9]+: ([^,]+)/u.exec(error.message)?.[1] : undefined;
  return words === undefined ? code : `${words} (${code})`;
}
