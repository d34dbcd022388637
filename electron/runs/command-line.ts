import { diagnose } from '../../core/diagnostics/diagnose.ts';
import { fail, succeed } from '../../core/diagnostics/result.ts';
import type { Result } from '../../core/diagnostics/result.ts';
import type { GraphDocument } from '../../core/graph/graph-document.ts';
import type { OpenProject } from '../projects/open-project.ts';

/** The line that trains the document or, given a run's directory, exports the run; `unroll`: how a shell finds the command. The project must have a file. */
export function commandLine(unroll: string, project: OpenProject, document: GraphDocument, exported: string | null): Result<string> {
  if (exported !== null) return succeed([inShell(unroll), 'export', inShell(exported), '--format', 'keras', '--out', 'model.keras'].join(' '));
  if (project.file === null) return fail(diagnose('save-first', { kind: 'project' }, {}));
  return succeed([inShell(unroll), 'train', inShell(project.file), '--epochs', String(document.training.epochs), '--seed', String(document.training.seed)].join(' '));
}

/** A word as a POSIX shell reads it back. */
function inShell(word: string): string {
  return /^[\w./~:@%+,-]+$/.test(word) && !word.startsWith('~') ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
