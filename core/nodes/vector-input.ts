import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed, type Result } from '../diagnostics/result.ts';
import { axisSize, printShape } from '../shapes/shape.ts';
import { tensorInput } from './layer-ports.ts';
import type { ShapeContext, TensorFacts } from './node-type.ts';
import { insertLayer, returnLastStep, type WayOut } from './upstream.ts';

/** What a layer of single vectors reads: (batch, feature). A sequence is an error, with the ways to a vector. */
export function vectorInput(context: Pick<ShapeContext, 'node' | 'label' | 'inputs' | 'feeders' | 'newNode'>): Result<TensorFacts> {
  const facts = tensorInput(context);
  if (axisSize(facts.shape, 'time') === undefined) return succeed(facts);
  const feeder = context.feeders['inputs'];
  const flatten: WayOut | undefined = feeder && {
    advice: 'insert Flatten',
    repair: insertLayer(feeder, context.newNode('flatten'), `Insert Flatten before ${context.label}`),
  };
  const ways = [returnLastStep(feeder), flatten].filter((way) => way !== undefined);
  const found = { label: context.label, shape: printShape(facts.shape), feeder: feeder?.label ?? 'its input', ways: ways.map((way) => way.advice) };
  return fail(diagnose('single-vector-expected', { kind: 'node', node: context.node, port: 'inputs' }, found, ways.map((way) => way.repair)));
}
