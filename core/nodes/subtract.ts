import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { subtract } from '../program/expressions.ts';
import { layerOutputs } from './layer-ports.ts';
import { mergeInputs, mergeShape } from './merge-inputs.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** Difference of two. Shapes: two of the same shape → that shape. */
export const subtractNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'subtract',
  title: 'Subtract',
  category: 'merge',
  summary: 'The first less the second, element by element.',
  equation: 'y = a − b',
  inputs: mergeInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads two tensors of the same shape, (batch, feature) or (batch, time, feature), and gives that shape.',
  errors: 'Both inputs must have the same shape: nothing is stretched. The order counts: it is the first less the second.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Subtract layer',
    link: 'https://keras.io/api/layers/merging_layers/subtract/',
  },
  shape: mergeShape,
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: subtract(builder, inputs['first']!, inputs['second']!) }),
  keras: { className: 'Subtract', config: () => ({}), weightOrder: () => [] },
};
