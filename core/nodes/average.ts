import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { add, multiply, scalar } from '../program/expressions.ts';
import { layerOutputs } from './layer-ports.ts';
import { mergeInputs, mergeShape } from './merge-inputs.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** Mean of two. Shapes: two of the same shape → that shape. */
export const averageNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'average',
  title: 'Average',
  category: 'merge',
  summary: 'The mean of two, element by element.',
  equation: 'y = (a + b) / 2',
  inputs: mergeInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads two tensors of the same shape, (batch, feature) or (batch, time, feature), and gives that shape.',
  errors: 'Both inputs must have the same shape: nothing is stretched.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Average layer',
    link: 'https://keras.io/api/layers/merging_layers/average/',
  },
  shape: mergeShape,
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: multiply(builder, add(builder, inputs['first']!, inputs['second']!), scalar(builder, 0.5)) }),
  keras: { className: 'Average', config: () => ({}), weightOrder: () => [] },
};
