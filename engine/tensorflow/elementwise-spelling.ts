import type { Body } from '../../core/program/instruction.ts';
import type { ElementwiseGroup } from '../scan-kernel/elementwise-groups.ts';
import { lowerElementwiseGroup } from '../scan-kernel/lower-elementwise-group.ts';
import { ofInteger, ofText, ofType } from './graph-node.ts';
import type { DataType } from './graph-node.ts';
import type { GraphScope } from './graph-scope.ts';
import { typeAt, valueAt } from './operation-spelling.ts';
import { asTensor, ofGraphTensor } from './spelled-value.ts';
import type { SpelledValue } from './spelled-value.ts';

/** Writes a group of operations by element as one operation of the scan kernel and stores its results in `values`. */
export function spellElementwiseGroup(scope: GraphScope, body: Body, values: (SpelledValue | undefined)[], group: ElementwiseGroup): void {
  const { text, vectors, scalars, results, totals } = lowerElementwiseGroup(body, group);
  const inputs = [...vectors, ...scalars].map((id) => asTensor(scope, valueAt(values, id)));
  const types = [...results, ...totals].map((): DataType => 'float32');
  const outputs = scope.addList('UnrollElementwise', inputs, types, {
    program: ofText(text),
    vector_count: ofInteger(vectors.length),
    scalar_count: ofInteger(scalars.length),
    result_count: ofInteger(results.length),
    total_count: ofInteger(totals.length),
  });
  [...results, ...totals].forEach((id, index) => {
    const output = outputs[index]!;
    const rank = index < results.length ? 0 : typeAt(body, id).shape.length;
    // Numbers come without axes.
    values[id] = ofGraphTensor(rank === 0 ? output
      : scope.add('Reshape', [output, scope.integers(new Array<number>(rank).fill(1))], 'float32', { T: ofType('float32'), Tshape: ofType('int32') }));
  });
}
