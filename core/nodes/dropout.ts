import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { multiply } from '../program/expressions.ts';
import { dropoutMask, dropsIn } from './dropout-mask.ts';
import { layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {
  rate: {
    kind: 'real', label: 'Rate', unit: 'share', minimum: 0, maximum: 0.99, default: 0.2,
    doc: 'Share of the elements set to zero in training.',
  },
} as const satisfies ParameterDeclarations;

/** Inverted dropout. Shape: unchanged. */
export const dropoutNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'dropout',
  title: 'Dropout',
  category: 'regularization',
  summary: 'Sets a random share of the elements to zero while training, and scales the others up to make good for it.',
  equation: 'y = x ⊙ m / (1 − rate),  m = 1 where u ≥ rate, else 0,  u uniform in [0, 1)\nOutside training: y = x',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature) and gives the same shape; every element has its own chance.',
  errors: 'None of its own. It is off where the model is evaluated or forecasts, and on where forecasts are sampled (Monte Carlo dropout).',
  source: {
    author: 'N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov',
    year: 2014,
    title: 'Dropout: a simple way to prevent neural networks from overfitting',
    link: 'https://jmlr.org/papers/v15/srivastava14a.html',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    return succeed(outputsOf(facts, facts.shape));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, node, mode, parameters: { rate }, inputs, seed }) => {
    const input = inputs['inputs']!;
    if (!dropsIn(mode, rate)) return { outputs: input };
    const uniform = builder.emitOne('random-uniform', [seed()], { shape: input.shape });
    const mask = dropoutMask(builder, uniform, rate);
    return { outputs: multiply(builder, input, builder.name(mask, { node, name: 'dropout mask' })) };
  },
  keras: { className: 'Dropout', config: ({ rate }) => ({ rate, seed: null, noise_shape: null }), weightOrder: () => [] },
};
