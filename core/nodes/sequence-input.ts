import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { axisSize, printShape } from '../shapes/shape.ts';
import type { Size } from '../shapes/size.ts';
import { featureSize, tensorInput } from './layer-ports.ts';
import type { ShapeContext, TensorFacts } from './node-type.ts';
import { returnSequences } from './upstream.ts';

export interface SequenceInput {
  readonly facts: TensorFacts;
  readonly time: Size;
  readonly features: Size;
}

/** What a layer that runs over time reads: (batch, time, feature). A vector is an error, with the way to a sequence. */
export function sequenceInput(context: Pick<ShapeContext, 'node' | 'label' | 'inputs' | 'feeders'>): Result<SequenceInput> {
  const facts = tensorInput(context);
  const time = axisSize(facts.shape, 'time');
  if (time !== undefined) return succeed({ facts, time, features: featureSize(facts) });
  const feeder = context.feeders['inputs'];
  const way = returnSequences(feeder);
  const where = { kind: 'node', node: context.node, port: 'inputs' } as const;
  const found = { label: context.label, shape: printShape(facts.shape), feeder: feeder?.label ?? 'its input' };
  return fail(diagnose('sequence-expected', where, { ...found, advice: way?.advice }, way === undefined ? [] : [way.repair]));
}
