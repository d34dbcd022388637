import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add, multiply, split } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import type { LayerNodeType } from './node-type.ts';
import { normalizeFeatures } from './normalize-features.ts';
import { recurrentMembers, recurrentShapes, weightNames, type RecurrentStep } from './recurrent-layer.ts';
import { bidirectionalWrapper, readingConfig, recurrentParameters, unitsOf } from './recurrent-parameters.ts';
import { recurrentWeightConfig, recurrentWeightParameters } from './weight-parameters.ts';

const parameters = {
  units: unitsOf('Size of the hidden state and of the cell state, and features of the output.'),
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the candidate, and of the normalised cell state where it is read out.',
  },
  recurrentActivation: {
    kind: 'choice', label: 'Gate activation', options: activationNames, default: 'sigmoid',
    doc: 'Function of the three gates.',
  },
  ...recurrentParameters,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each gate and candidate, after both sums are normalised.' },
  unitForgetBias: {
    kind: 'switch', label: 'Unit forget bias', default: true,
    doc: "Starts the forget gate's bias at 1, so that an untrained cell remembers.",
  },
  epsilon: {
    kind: 'real', label: 'Epsilon', unit: '', minimum: 1e-12, maximum: 1, default: 1e-3,
    doc: 'Added to each variance, so that a constant sum does not divide by zero.',
  },
  ...recurrentWeightParameters,
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** Gates in the order i, f, c, o. The offsets of the two normalised sums and the bias would be one: it is the bias. */
function cell({ builder, states, weight, name, inputProduct, hiddenProduct }: RecurrentStep, { units, activation, recurrentActivation, useBias, epsilon }: Parameters) {
  const [hidden, memory] = states;
  if (hidden === undefined || memory === undefined) throw new TypeError('a layer-normalised LSTM has two states');
  const fromInput = normalizeFeatures({ builder, value: inputProduct(), epsilon, gamma: weight('kernel_gamma'), beta: null, name: (value, what) => name(value, `${what} input sums`) });
  const fromHidden = normalizeFeatures({ builder, value: hiddenProduct(hidden), epsilon, gamma: weight('recurrent_gamma'), beta: null, name: (value, what) => name(value, `${what} hidden sums`) });
  const products = add(builder, fromInput, fromHidden);
  const sums = name(useBias ? add(builder, products, weight('bias')) : products, 'normalised sums');
  const [inputSum, forgetSum, candidateSum, outputSum] = split(builder, sums, 1, [units, units, units, units]);

  const inputGate = name(activate(builder, recurrentActivation, inputSum!), 'input gate');
  const forgetGate = name(activate(builder, recurrentActivation, forgetSum!), 'forget gate');
  const candidate = name(activate(builder, activation, candidateSum!), 'candidate');
  const outputGate = name(activate(builder, recurrentActivation, outputSum!), 'output gate');

  const cellState = name(add(builder, multiply(builder, forgetGate, memory), multiply(builder, inputGate, candidate)), 'cell state');
  const shown = normalizeFeatures({ builder, value: cellState, epsilon, gamma: weight('state_gamma'), beta: weight('state_beta'), name: (value, what) => name(value, `${what} cell state`) });
  return [name(multiply(builder, outputGate, activate(builder, activation, shown)), 'hidden state'), cellState];
}

/** Long short-term memory with layer normalisation inside its cell. Shapes: (batch, time, feature) → (batch, time, units), or (batch, units) for the last step. */
export const layerNormLstmNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'layer-norm-lstm',
  title: 'Layer-norm LSTM',
  category: 'recurrent',
  summary: 'An LSTM whose weighted sums, and whose cell state where it is read out, are normalised over the units at every time step.',
  equation: [
    '(iₜ, fₜ, gₜ, oₜ) before their functions = γ_x ⊙ N(xₜ·W) + γ_h ⊙ N(hₜ₋₁·U) + b',
    'N(s) = (s − mean(s)) / √(var(s) + ε)',
    'cₜ = σ(fₜ) ⊙ cₜ₋₁ + σ(iₜ) ⊙ φ(gₜ),  c₀ = 0 or as wired',
    'hₜ = σ(oₜ) ⊙ φ(γ_c ⊙ N(cₜ) + β_c),  h₀ = 0 or as wired',
  ].join('\n'),
  parameters,
  shapes: recurrentShapes,
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. A wired state must be as wide as its units, and for a bidirectional layer hold both directions. With a single unit the normalised cell state is its shift alone, whatever goes in.',
  source: {
    author: 'J. L. Ba, J. R. Kiros, G. E. Hinton',
    year: 2016,
    title: 'Layer normalization (LSTM: equations 20 to 22)',
    link: 'https://arxiv.org/abs/1607.06450',
  },
  ...recurrentMembers<Parameters>({
    stateNames: ['hidden state', 'cell state'],
    gates: 4,
    bias: ({ units, unitForgetBias }) => ({ shape: [4 * units], ...(unitForgetBias && { ones: [units, 2 * units] }) }),
    moreWeights: ({ units }) => [
      { name: 'kernel_gamma', shape: [4 * units], initializer: 'ones' },
      { name: 'recurrent_gamma', shape: [4 * units], initializer: 'ones' },
      { name: 'state_gamma', shape: [units], initializer: 'ones' },
      { name: 'state_beta', shape: [units], initializer: 'zeros' },
    ],
    scalings: ({ units }) => 9 * units,
    step: cell,
  }),
  // Keras has no such layer: there it is a cell class of one's own inside keras.layers.RNN.
  keras: null,
  kerasOtherwise: {
    kind: 'cell',
    className: 'LayerNormLSTMCell',
    config: (settings) => ({
      units: settings.units, activation: settings.activation, recurrent_activation: settings.recurrentActivation,
      use_bias: settings.useBias, unit_forget_bias: settings.unitForgetBias, epsilon: settings.epsilon,
      dropout: settings.dropout, recurrent_dropout: settings.recurrentDropout, ...recurrentWeightConfig(settings),
    }),
    layerConfig: readingConfig,
    wrapper: bidirectionalWrapper,
    weightOrder: (settings) => weightNames(settings, ['kernel_gamma', 'recurrent_gamma', 'state_gamma', 'state_beta']),
  },
};
