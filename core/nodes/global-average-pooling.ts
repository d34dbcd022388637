import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { reduceMean } from '../program/expressions.ts';
import { vectorShape } from '../shapes/shape.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';

const parameters = {} as const satisfies ParameterDeclarations;

/** The mean over time. Shapes: (batch, time, feature) → (batch, feature). */
export const globalAveragePoolingNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'global-average-pooling',
  title: 'Global Average Pooling',
  category: 'convolution',
  summary: 'One vector of a series: the mean of each feature over all time steps.',
  equation: 'y = (1 / time)·Σₜ xₜ',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives (batch, feature).',
  errors: 'A vector has no time axis to average over: the layer before must return sequences.',
  source: {
    author: 'M. Lin, Q. Chen, S. Yan',
    year: 2013,
    title: 'Network in network',
    link: 'https://arxiv.org/abs/1312.4400',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    return sequence.ok ? succeed(outputsOf(sequence.value.facts, vectorShape(sequence.value.features))) : sequence;
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, inputs }) => ({ outputs: reduceMean(builder, inputs['inputs']!, [1]) }),
  keras: {
    className: 'GlobalAveragePooling1D',
    config: () => ({ data_format: 'channels_last', keepdims: false }),
    weightOrder: () => [],
  },
};
