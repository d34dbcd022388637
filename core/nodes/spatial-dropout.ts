import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { multiply } from '../program/expressions.ts';
import { constantSize } from '../shapes/size.ts';
import { dropoutMask, dropsIn } from './dropout-mask.ts';
import { layerInputs, layerOutputs, outputsOf } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { sequenceInput } from './sequence-input.ts';

const parameters = {
  rate: {
    kind: 'real', label: 'Rate', unit: 'share', minimum: 0, maximum: 0.99, default: 0.2,
    doc: 'Share of the features set to zero in training.',
  },
} as const satisfies ParameterDeclarations;

/** Inverted dropout of whole features. Shape: unchanged. */
export const spatialDropoutNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'spatial-dropout',
  title: 'Spatial Dropout',
  category: 'regularization',
  summary: 'Sets a random share of the features to zero over all time steps while training: neighbours in time cannot make good for them.',
  equation: 'yₜ = xₜ ⊙ m / (1 − rate),  m = 1 where u ≥ rate, else 0,  u uniform in [0, 1), the same at every time step\nOutside training: y = x',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature) and gives the same shape; every feature of every series has its own chance.',
  errors: 'A vector has no time steps to drop together: take Dropout. It is off where the model is evaluated or forecasts, and on where forecasts are sampled (Monte Carlo dropout).',
  source: {
    author: 'J. Tompson, R. Goroshin, A. Jain, Y. LeCun, C. Bregler',
    year: 2014,
    title: 'Efficient object localization using convolutional networks',
    link: 'https://arxiv.org/abs/1411.4280',
  },
  shape: (context) => {
    const sequence = sequenceInput(context);
    return sequence.ok ? succeed(outputsOf(sequence.value.facts, sequence.value.facts.shape)) : sequence;
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, node, mode, parameters: { rate }, inputs, seed }) => {
    const input = inputs['inputs']!;
    const [batch, , features] = input.shape;
    if (!dropsIn(mode, rate)) return { outputs: input };
    const uniform = builder.emitOne('random-uniform', [seed()], { shape: [batch!, constantSize(1), features!] });
    const mask = dropoutMask(builder, uniform, rate);
    return { outputs: multiply(builder, input, builder.name(mask, { node, name: 'dropout mask' })) };
  },
  keras: { className: 'SpatialDropout1D', config: ({ rate }) => ({ rate, seed: null }), weightOrder: () => [] },
};
