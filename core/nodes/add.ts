import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { add } from '../program/expressions.ts';
import { layerOutputs } from './layer-ports.ts';
import { mergeInputs, mergeShape } from './merge-inputs.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** Sum of two. Shapes: two of the same shape → that shape. */
export const addNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'add',
  title: 'Add',
  category: 'merge',
  summary: 'The sum of two, element by element: a residual or skip connection.',
  equation: 'y = a + b',
  inputs: mergeInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads two tensors of the same shape, (batch, feature) or (batch, time, feature), and gives that shape.',
  errors: 'Both inputs must have the same shape: nothing is stretched.',
  source: {
    author: 'K. He, X. Zhang, S. Ren, J. Sun',
    year: 2015,
    title: 'Deep residual learning for image recognition',
    link: 'https://arxiv.org/abs/1512.03385',
  },
  shape: mergeShape,
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: add(builder, inputs['first']!, inputs['second']!) }),
  keras: { className: 'Add', config: () => ({}), weightOrder: () => [] },
};
