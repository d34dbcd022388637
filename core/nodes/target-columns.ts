import { diagnose } from '../diagnostics/diagnose.ts';
import { nearMiss } from '../diagnostics/did-you-mean.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { setParameter } from '../params/parse-parameters.ts';
import type { ShapeContext } from './node-type.ts';

type Context = Pick<ShapeContext, 'node' | 'label'> & { readonly parameters: { readonly columns: readonly string[] | null } };

/** The columns that a target names and its series have not, each with the one that was probably meant. */
export function unknownColumns(context: Context, columns: readonly string[] | undefined): readonly Diagnostic[] {
  const chosen = context.parameters.columns;
  if (columns === undefined || chosen === null) return [];
  return chosen
    .filter((column) => !columns.includes(column))
    .map((column) => {
      const near = nearMiss(column, columns);
      const repaired = chosen.map((name) => (name === column && near !== undefined ? near : name));
      const repairs = near === undefined || chosen.includes(near) ? [] : [setParameter(context, 'columns', repaired)];
      const where = { kind: 'node', node: context.node, parameter: 'columns' } as const;
      return diagnose('unknown-column', where, { label: context.label, column, columns, near }, repairs);
    });
}
