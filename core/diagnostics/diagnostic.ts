import type { NodeId, WireId } from '../graph/identifiers.ts';
import type { GraphEdit } from '../graph/edit.ts';

export type Severity = 'error' | 'warning' | 'note';

/** The place a diagnostic speaks of, precise enough to be selected on a screen or found in a file. */
export type Where =
  | { readonly kind: 'project' }
  | { readonly kind: 'node'; readonly node: NodeId; readonly port?: string; readonly parameter?: string }
  | { readonly kind: 'wire'; readonly wire: WireId }
  | { readonly kind: 'file'; readonly file: string; readonly line?: number; readonly column?: string }
  | { readonly kind: 'value'; readonly path: readonly (string | number)[] }
  | { readonly kind: 'option'; readonly option: string }
  | { readonly kind: 'run'; readonly directory?: string; readonly step?: number };

/** A mechanical mend: the edits it makes, undone as one step. */
export interface Repair {
  readonly title: string;
  readonly edits: readonly GraphEdit[];
}

/** One thing the user should know: said once, in words, with its place and, where there is one, its mend. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly where: Where;
  readonly message: string;
  readonly repairs: readonly Repair[];
}
