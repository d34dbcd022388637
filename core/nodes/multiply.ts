import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { multiply } from '../program/expressions.ts';
import { layerOutputs } from './layer-ports.ts';
import { mergeInputs, mergeShape } from './merge-inputs.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** Product of two. Shapes: two of the same shape → that shape. */
export const multiplyNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'multiply',
  title: 'Multiply',
  category: 'merge',
  summary: 'The product of two, element by element: one can gate the other.',
  equation: 'y = a ⊙ b',
  inputs: mergeInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads two tensors of the same shape, (batch, feature) or (batch, time, feature), and gives that shape.',
  errors: 'Both inputs must have the same shape: nothing is stretched.',
  source: {
    author: 'F. Chollet and others',
    year: 2015,
    title: 'Keras: Multiply layer',
    link: 'https://keras.io/api/layers/merging_layers/multiply/',
  },
  shape: mergeShape,
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: multiply(builder, inputs['first']!, inputs['second']!) }),
  keras: { className: 'Multiply', config: () => ({}), weightOrder: () => [] },
};
