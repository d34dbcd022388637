import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { broadcast, reshape } from '../program/expressions.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { constantSize } from '../shapes/size.ts';
import { featureSize, layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { vectorInput } from './vector-input.ts';

const parameters = {
  steps: {
    kind: 'integer', label: 'Time steps', unit: 'time steps', minimum: 1, maximum: 10_000, default: 10,
    doc: 'How often the vector is repeated.',
  },
} as const satisfies ParameterDeclarations;

/** The same vector at every time step. Shapes: (batch, feature) → (batch, steps time, feature). */
export const repeatVectorNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'repeat-vector',
  title: 'Repeat Vector',
  category: 'dense',
  summary: 'Makes a sequence of a vector: the same at every time step, for a recurrent layer to unfold.',
  equation: 'yₜ = x,  t from 1 to time steps',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) and gives (batch, steps time, feature).',
  errors: 'A sequence cannot be repeated: the layer before must return its last step, or be flattened. A sequence-to-sequence Forecast needs as many time steps as the window has.',
  source: {
    author: 'I. Sutskever, O. Vinyals, Q. V. Le',
    year: 2014,
    title: 'Sequence to sequence learning with neural networks',
    link: 'https://arxiv.org/abs/1409.3215',
  },
  shape: (context) => {
    const vector = vectorInput(context);
    if (!vector.ok) return vector;
    return succeed(outputsOf(vector.value, sequenceShape(constantSize(context.parameters.steps), featureSize(vector.value))));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, parameters: { steps }, inputs }) => {
    const input = inputs['inputs']!;
    const [batch, features] = input.shape;
    const single = reshape(builder, input, [batch!, constantSize(1), features!]);
    return { outputs: broadcast(builder, single, [batch!, constantSize(steps), features!]) };
  },
  keras: { className: 'RepeatVector', config: ({ steps }) => ({ n: steps }), weightOrder: () => [] },
};
