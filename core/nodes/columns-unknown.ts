import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ShapeContext } from './node-type.ts';

/** What a layer says whose shape depends on a number of columns that no file has shown yet. */
export function columnsUnknown({ node, label }: Pick<ShapeContext, 'node' | 'label'>): Diagnostic {
  return diagnose('columns-unknown', { kind: 'node', node, port: 'inputs' }, { label });
}
