import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import type { LayerNodeType } from './node-type.ts';
import { normalizeFeatures } from './normalize-features.ts';
import { recurrentMembers, recurrentShapes, weightNames, type RecurrentStep } from './recurrent-layer.ts';
import { bidirectionalWrapper, recurrentParameters, readingConfig, unitsOf } from './recurrent-parameters.ts';
import { recurrentWeightConfig, recurrentWeightParameters } from './weight-parameters.ts';

const parameters = {
  units: unitsOf('Size of the hidden state, and features of the output.'),
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the normalised sum that becomes the next hidden state.',
  },
  ...recurrentParameters,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each unit before the sum is normalised.' },
  epsilon: {
    kind: 'real', label: 'Epsilon', unit: '', minimum: 1e-12, maximum: 1, default: 1e-3,
    doc: 'Added to the variance, so that a constant sum does not divide by zero.',
  },
  ...recurrentWeightParameters,
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** h′ = φ(LN(x·W + h·U + b)) */
function cell({ builder, states, weight, name, inputProduct, hiddenProduct }: RecurrentStep, { activation, useBias, epsilon }: Parameters) {
  const [hidden] = states;
  if (hidden === undefined) throw new TypeError('a layer-normalised RNN has one state');
  const products = add(builder, inputProduct(), hiddenProduct(hidden));
  const sum = name(useBias ? add(builder, products, weight('bias')) : products, 'weighted sum');
  const normalized = normalizeFeatures({ builder, value: sum, epsilon, gamma: weight('gamma'), beta: weight('beta'), name });
  return [name(activate(builder, activation, normalized), 'hidden state')];
}

/** A plain recurrent layer with layer normalisation inside its cell. Shapes: (batch, time, feature) → (batch, time, units), or (batch, units) for the last step. */
export const layerNormRnnNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'layer-norm-rnn',
  title: 'Layer-norm RNN',
  category: 'recurrent',
  summary: 'A SimpleRNN whose weighted sum is normalised over the units at every time step, before the activation.',
  equation: 'sₜ = xₜ·W + hₜ₋₁·U + b,  h₀ = 0 or as wired\nhₜ = φ(γ ⊙ (sₜ − mean(sₜ)) / √(var(sₜ) + ε) + β)',
  parameters,
  shapes: recurrentShapes,
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. A wired state must be as wide as its units, and for a bidirectional layer hold both directions. With a single unit the normalised sum is the shift β alone, whatever goes in.',
  source: {
    author: 'J. L. Ba, J. R. Kiros, G. E. Hinton',
    year: 2016,
    title: 'Layer normalization (recurrent networks: section 3.1)',
    link: 'https://arxiv.org/abs/1607.06450',
  },
  ...recurrentMembers<Parameters>({
    stateNames: ['hidden state'],
    gates: 1,
    moreWeights: ({ units }) => [
      { name: 'gamma', shape: [units], initializer: 'ones' },
      { name: 'beta', shape: [units], initializer: 'zeros' },
    ],
    scalings: ({ units }) => units,
    step: cell,
  }),
  // Keras has no such layer: there it is a cell class of one's own inside keras.layers.RNN.
  keras: null,
  kerasOtherwise: {
    kind: 'cell',
    className: 'LayerNormSimpleRNNCell',
    config: (settings) => ({
      units: settings.units, activation: settings.activation, use_bias: settings.useBias, epsilon: settings.epsilon,
      dropout: settings.dropout, recurrent_dropout: settings.recurrentDropout, ...recurrentWeightConfig(settings),
    }),
    layerConfig: readingConfig,
    wrapper: bidirectionalWrapper,
    weightOrder: (settings) => weightNames(settings, ['gamma', 'beta']),
  },
};
