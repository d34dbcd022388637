import { diagnose } from '../diagnostics/diagnose.ts';
import { fail, succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { setParameter } from '../params/parse-parameters.ts';
import { reshape } from '../program/expressions.ts';
import { axisSize, printShape, sequenceShape } from '../shapes/shape.ts';
import { constantSize, divideSize, knownSize, multiplySize, productOfSizes } from '../shapes/size.ts';
import { columnsUnknown } from './columns-unknown.ts';
import { featureSize, layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { knownTime } from './sliding-window.ts';

const parameters = {
  steps: {
    kind: 'integer', label: 'Time steps', unit: 'time steps', minimum: 1, maximum: 1_000_000, default: 1,
    doc: 'Into how many time steps the values of a series are divided, in their order.',
  },
} as const satisfies ParameterDeclarations;

/** The same values in other time steps. Shapes: (batch, n values in all) → (batch, steps time, n / steps feature). */
export const reshapeNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'reshape',
  title: 'Reshape',
  category: 'dense',
  summary: 'Divides the values of a vector or a sequence, in their order, into equally long time steps.',
  equation: 'y[t, j] = x[t · (values / steps) + j]  of the values written side by side',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature). Gives (batch, steps time, time · feature / steps feature).',
  errors: 'The values of a series must divide into that many time steps. For a single vector, take Flatten.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Reshape layer',
    link: 'https://keras.io/api/layers/reshaping_layers/reshape/',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    const { steps } = context.parameters;
    const time = axisSize(facts.shape, 'time');
    const values = multiplySize(featureSize(facts), time === undefined ? 1 : knownTime(time));
    const count = knownSize(values);
    if (count === undefined) return fail(columnsUnknown(context));
    if (count % steps === 0) return succeed(outputsOf(facts, sequenceShape(constantSize(steps), divideSize(values, steps))));
    const fitting = largestDivisor(count, steps);
    const found = {
      label: context.label,
      shape: printShape(facts.shape),
      feeder: context.feeders['inputs']?.label ?? 'its input',
      values: count,
      steps,
      way: `set steps to ${fitting}`,
    };
    const where = { kind: 'node', node: context.node, parameter: 'steps' } as const;
    return fail(diagnose('uneven-reshape', where, found, [setParameter(context, 'steps', fitting)]));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { steps }, inputs }) => {
    const input = inputs['inputs']!;
    const [batch, ...rest] = input.shape;
    return { outputs: reshape(builder, input, [batch!, constantSize(steps), divideSize(productOfSizes(rest), steps)]) };
  },
  keras: { className: 'Reshape', config: ({ steps }) => ({ target_shape: [steps, -1] }), weightOrder: () => [] },
};

/** The largest number up to `most` that divides `count`. */
function largestDivisor(count: number, most: number): number {
  let divisor = Math.min(count, most);
  while (count % divisor !== 0) divisor -= 1;
  return divisor;
}
