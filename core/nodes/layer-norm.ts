import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { normalizeFeatures } from './normalize-features.ts';

const parameters = {
  epsilon: {
    kind: 'real', label: 'Epsilon', unit: '', minimum: 1e-12, maximum: 1, default: 1e-3,
    doc: 'Added to the variance, so that a constant vector does not divide by zero.',
  },
} as const satisfies ParameterDeclarations;

/** Layer normalisation over the features of each vector. Shape: unchanged. */
export const layerNormNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'layer-norm',
  title: 'LayerNorm',
  category: 'normalization',
  summary: 'Brings the features of each vector to mean 0 and variance 1, then scales and shifts them.',
  equation: 'μ = mean(x),  σ² = mean((x − μ)²)  over the features\ny = γ ⊙ (x − μ) / √(σ² + ε) + β',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature) and gives the same shape; each vector of each time step is normalised alone.',
  errors: 'With a single feature the output is the shift β alone, whatever goes in: normalise after a layer that has several units.',
  source: {
    author: 'J. L. Ba, J. R. Kiros, G. E. Hinton',
    year: 2016,
    title: 'Layer normalization',
    link: 'https://arxiv.org/abs/1607.06450',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    return succeed(outputsOf(facts, facts.shape));
  },
  weights: (context) => {
    const shape = [knownFeatures(context)];
    return [
      { name: 'gamma', shape, initializer: 'ones' },
      { name: 'beta', shape, initializer: 'zeros' },
    ];
  },
  multiplyAdds: (context) => knownSteps(context) * knownFeatures(context),
  forward: ({ builder, node, parameters: { epsilon }, inputs, weight }) => ({
    outputs: normalizeFeatures({
      builder,
      value: inputs['inputs']!,
      epsilon,
      gamma: weight('gamma'),
      beta: weight('beta'),
      name: (value, name) => builder.name(value, { node, name }),
    }),
  }),
  keras: {
    className: 'LayerNormalization',
    config: ({ epsilon }) => ({
      axis: [-1],
      epsilon,
      center: true,
      scale: true,
      beta_initializer: 'zeros',
      gamma_initializer: 'ones',
    }),
    weightOrder: () => ['gamma', 'beta'],
  },
};
