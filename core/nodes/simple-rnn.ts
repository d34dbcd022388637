import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import type { LayerNodeType } from './node-type.ts';
import { recurrentMembers, recurrentShapes, weightNames, type RecurrentStep } from './recurrent-layer.ts';
import { bidirectionalWrapper, recurrentConfig, recurrentParameters, unitsOf } from './recurrent-parameters.ts';
import { recurrentWeightParameters } from './weight-parameters.ts';

const parameters = {
  units: unitsOf('Size of the hidden state, and features of the output.'),
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the sum that becomes the next hidden state.',
  },
  ...recurrentParameters,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each unit.' },
  ...recurrentWeightParameters,
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** h′ = φ(x·W + h·U + b) */
function cell({ builder, states, weight, name, inputProduct, hiddenProduct }: RecurrentStep, { activation, useBias }: Parameters) {
  const [hidden] = states;
  if (hidden === undefined) throw new TypeError('SimpleRNN has one state');
  const products = add(builder, inputProduct(), hiddenProduct(hidden));
  const sum = name(useBias ? add(builder, products, weight('bias')) : products, 'weighted sum');
  return [name(activate(builder, activation, sum), 'hidden state')];
}

/** The plain recurrent layer. Shapes: (batch, time, feature) → (batch, time, units), or (batch, units) for the last step. */
export const simpleRnnNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'simple-rnn',
  title: 'SimpleRNN',
  category: 'recurrent',
  summary: 'The plain recurrent layer: each hidden state is a function of the input and of the one before.',
  equation: 'hₜ = φ(xₜ·W + hₜ₋₁·U + b),  h₀ = 0 or as wired',
  parameters,
  shapes: recurrentShapes,
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. A wired state must be as wide as its units, and for a bidirectional layer hold both directions. Long windows make gradients vanish or explode; clip their norm, or take LSTM.',
  source: {
    author: 'J. L. Elman',
    year: 1990,
    title: 'Finding structure in time',
    link: 'https://doi.org/10.1207/s15516709cog1402_1',
  },
  ...recurrentMembers<Parameters>({
    stateNames: ['hidden state'],
    gates: 1,
    step: cell,
  }),
  keras: {
    className: 'SimpleRNN',
    config: (settings) => ({
      units: settings.units,
      activation: settings.activation,
      use_bias: settings.useBias,
      ...recurrentConfig(settings),
    }),
    wrapper: bidirectionalWrapper,
    weightOrder: (settings) => weightNames(settings),
  },
};
