import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add, multiply, split } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import type { LayerNodeType } from './node-type.ts';
import { recurrentMembers, recurrentShapes, weightNames, type RecurrentStep } from './recurrent-layer.ts';
import { bidirectionalWrapper, recurrentConfig, recurrentParameters, unitsOf } from './recurrent-parameters.ts';
import { recurrentWeightParameters } from './weight-parameters.ts';

const parameters = {
  units: unitsOf('Size of the hidden state and of the cell state, and features of the output.'),
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the candidate, and of the cell state where it is read out.',
  },
  recurrentActivation: {
    kind: 'choice', label: 'Gate activation', options: activationNames, default: 'sigmoid',
    doc: 'Function of the three gates.',
  },
  ...recurrentParameters,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each gate and candidate.' },
  unitForgetBias: {
    kind: 'switch', label: 'Unit forget bias', default: true,
    doc: "Starts the forget gate's bias at 1, so that an untrained cell remembers.",
  },
  ...recurrentWeightParameters,
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** One product for the four gates, in Keras's order i, f, c, o. */
function cell({ builder, states, weight, name, inputProduct, hiddenProduct }: RecurrentStep, { units, activation, recurrentActivation, useBias }: Parameters) {
  const [hidden, memory] = states;
  if (hidden === undefined || memory === undefined) throw new TypeError('LSTM has two states');
  const products = add(builder, inputProduct(), hiddenProduct(hidden));
  const sums = name(useBias ? add(builder, products, weight('bias')) : products, 'weighted sums');
  const [inputSum, forgetSum, candidateSum, outputSum] = split(builder, sums, 1, [units, units, units, units]);

  const inputGate = name(activate(builder, recurrentActivation, inputSum!), 'input gate');
  const forgetGate = name(activate(builder, recurrentActivation, forgetSum!), 'forget gate');
  const candidate = name(activate(builder, activation, candidateSum!), 'candidate');
  const outputGate = name(activate(builder, recurrentActivation, outputSum!), 'output gate');

  const kept = multiply(builder, forgetGate, memory);
  const added = multiply(builder, inputGate, candidate);
  const cellState = name(add(builder, kept, added), 'cell state');
  const hiddenState = name(multiply(builder, outputGate, activate(builder, activation, cellState)), 'hidden state');
  return [hiddenState, cellState];
}

/** Long short-term memory. Shapes: (batch, time, feature) → (batch, time, units), or (batch, units) for the last step. */
export const lstmNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'lstm',
  title: 'LSTM',
  category: 'recurrent',
  summary: 'Long short-term memory: gates decide what its cell state takes in, forgets and shows.',
  equation: [
    'iₜ = σ(xₜ·Wᵢ + hₜ₋₁·Uᵢ + bᵢ)  input gate',
    'fₜ = σ(xₜ·W_f + hₜ₋₁·U_f + b_f)  forget gate',
    'gₜ = φ(xₜ·W_c + hₜ₋₁·U_c + b_c)  candidate',
    'oₜ = σ(xₜ·Wₒ + hₜ₋₁·Uₒ + bₒ)  output gate',
    'cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ gₜ,  c₀ = 0 or as wired',
    'hₜ = oₜ ⊙ φ(cₜ),  h₀ = 0 or as wired',
  ].join('\n'),
  parameters,
  shapes: recurrentShapes,
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. A wired state must be as wide as its units, and for a bidirectional layer hold both directions. Four times the weights of a SimpleRNN of the same size count against the memory bound.',
  source: {
    author: 'S. Hochreiter, J. Schmidhuber (forget gate: F. A. Gers et al., 2000)',
    year: 1997,
    title: 'Long short-term memory',
    link: 'https://doi.org/10.1162/neco.1997.9.8.1735',
  },
  ...recurrentMembers<Parameters>({
    stateNames: ['hidden state', 'cell state'],
    gates: 4,
    bias: ({ units, unitForgetBias }) => ({ shape: [4 * units], ...(unitForgetBias && { ones: [units, 2 * units] }) }),
    step: cell,
  }),
  keras: {
    className: 'LSTM',
    config: (settings) => ({
      units: settings.units,
      activation: settings.activation,
      recurrent_activation: settings.recurrentActivation,
      use_bias: settings.useBias,
      unit_forget_bias: settings.unitForgetBias,
      seed: null,
      ...recurrentConfig(settings),
    }),
    wrapper: bidirectionalWrapper,
    weightOrder: (settings) => weightNames(settings),
  },
};
