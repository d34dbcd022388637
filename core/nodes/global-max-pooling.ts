import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { reduceMax } from '../program/expressions.ts';
import { vectorShape } from '../shapes/shape.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** The largest value over time. Shapes: (batch, time, feature) → (batch, feature). */
export const globalMaxPoolingNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'global-max-pooling',
  title: 'Global Max Pooling',
  category: 'convolution',
  summary: 'One vector of a series: the largest value of each feature over all time steps.',
  equation: 'y = maxₜ xₜ',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives (batch, feature).',
  errors: 'A vector has no time axis to search: the layer before must return sequences. Where several are largest, each gets an equal part of the gradient.',
  source: {
    author: 'R. Collobert, J. Weston, L. Bottou and others',
    year: 2011,
    title: 'Natural language processing (almost) from scratch (max over time)',
    link: 'https://www.jmlr.org/papers/v12/collobert11a.html',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    return sequence.ok ? succeed(outputsOf(sequence.value.facts, vectorShape(sequence.value.features))) : sequence;
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: reduceMax(builder, inputs['inputs']!, [1]) }),
  keras: {
    className: 'GlobalMaxPooling1D',
    config: () => ({ data_format: 'channels_last', keepdims: false }),
    weightOrder: () => [],
  },
};
