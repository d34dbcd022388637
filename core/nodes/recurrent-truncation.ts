import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { knownSize, type Size } from '../shapes/size.ts';
import type { ShapeContext } from './node-type.ts';
import type { RecurrentSettings } from './recurrent-parameters.ts';

/** Each piece is operations of its own in the training program: more of them make it slow to start. */
const mostPieces = 100;

/** A series that the gradient's truncation would cut into too many pieces. */
export function truncationFault(context: Pick<ShapeContext, 'node' | 'label'> & { readonly parameters: RecurrentSettings }, time: Size): readonly Diagnostic[] {
  const { truncateAfter } = context.parameters;
  const steps = knownSize(time);
  if (truncateAfter === null || steps === undefined || Math.ceil(steps / truncateAfter) <= mostPieces) return [];
  const least = Math.ceil(steps / mostPieces);
  const facts = { label: context.label, truncateAfter, steps, pieces: Math.ceil(steps / truncateAfter), mostPieces, least };
  return [diagnose('too-many-pieces', { kind: 'node', node: context.node, parameter: 'truncateAfter' }, facts, [setParameter(context, 'truncateAfter', least), setParameter(context, 'truncateAfter', null)])];
}
