import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { add, multiply, reshape, scalar, split, subtract } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { constantSize } from '../shapes/size.ts';
import { activate, activationNames } from './activations.ts';
import type { LayerNodeType } from './node-type.ts';
import { recurrentMembers, recurrentShapes, weightNames, type RecurrentStep } from './recurrent-layer.ts';
import { bidirectionalWrapper, recurrentConfig, recurrentParameters, unitsOf } from './recurrent-parameters.ts';
import { recurrentWeightParameters } from './weight-parameters.ts';

const parameters = {
  units: unitsOf('Size of the hidden state, and features of the output.'),
  activation: { kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh', doc: 'Function of the candidate.' },
  recurrentActivation: {
    kind: 'choice', label: 'Gate activation', options: activationNames, default: 'sigmoid',
    doc: 'Function of the two gates.',
  },
  ...recurrentParameters,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each gate and candidate.' },
  resetAfter: {
    kind: 'switch', label: 'Reset after product', default: true,
    doc: "On, as in Keras 3 and cuDNN: the reset gate acts on the hidden state's product, which has a bias of its own. Off, as first published: on the hidden state.",
  },
  ...recurrentWeightParameters,
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** The cell's weights as it uses them; Keras keeps both biases as the two rows of one. */
function cellWeights(builder: BodyBuilder, { units, useBias, resetAfter }: Parameters, weight: (name: string) => Value): Readonly<Record<string, Value>> {
  const kernels = { kernel: weight('kernel') };
  if (!resetAfter) {
    const [gates, candidate] = split(builder, weight('recurrent_kernel'), 1, [2 * units, units]);
    return { ...kernels, gate_recurrent_kernel: gates!, candidate_recurrent_kernel: candidate!, ...(useBias && { bias: weight('bias') }) };
  }
  const both = { ...kernels, recurrent_kernel: weight('recurrent_kernel') };
  if (!useBias) return both;
  const [bias, recurrentBias] = split(builder, weight('bias'), 0, [1, 1]).map((row) => reshape(builder, row, [constantSize(3 * units)]));
  return { ...both, bias: bias!, recurrent_bias: recurrentBias! };
}

/** Gates in Keras's order z, r, then the candidate. */
function cell({ builder, states, weight, name, inputProduct, hiddenProduct }: RecurrentStep, { units, activation, recurrentActivation, useBias, resetAfter }: Parameters) {
  const [hidden] = states;
  if (hidden === undefined) throw new TypeError('GRU has one state');
  const fromInput = inputProduct();
  const inputSums = name(useBias ? add(builder, fromInput, weight('bias')) : fromInput, 'weighted sums of the input');
  const [updateInput, resetInput, candidateInput] = split(builder, inputSums, 1, [units, units, units]);

  const product = resetAfter ? hiddenProduct(hidden) : hiddenProduct(hidden, 'gate_recurrent_kernel', [0, 1]);
  const hiddenSums = name(resetAfter && useBias ? add(builder, product, weight('recurrent_bias')) : product, 'weighted sums of the hidden state');
  const [updateHidden, resetHidden, candidateSum] = split(builder, hiddenSums, 1, resetAfter ? [units, units, units] : [units, units]);
  const updateGate = name(activate(builder, recurrentActivation, add(builder, updateInput!, updateHidden!)), 'update gate');
  const resetGate = name(activate(builder, recurrentActivation, add(builder, resetInput!, resetHidden!)), 'reset gate');

  const candidateHidden = candidateSum === undefined
    ? hiddenProduct(multiply(builder, resetGate, hidden), 'candidate_recurrent_kernel', [2])
    : multiply(builder, resetGate, candidateSum);
  const candidate = name(activate(builder, activation, add(builder, candidateInput!, candidateHidden)), 'candidate');

  const kept = multiply(builder, updateGate, hidden);
  const renewed = multiply(builder, subtract(builder, scalar(builder, 1), updateGate), candidate);
  return [name(add(builder, kept, renewed), 'hidden state')];
}

/** Gated recurrent unit. Shapes: (batch, time, feature) → (batch, time, units), or (batch, units) for the last step. */
export const gruNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'gru',
  title: 'GRU',
  category: 'recurrent',
  summary: 'Gated recurrent unit: one gate decides how much of the hidden state is renewed, another what the renewal sees of it.',
  equation: [
    'zₜ = σ(xₜ·W_z + hₜ₋₁·U_z + b_z)  update gate',
    'rₜ = σ(xₜ·W_r + hₜ₋₁·U_r + b_r)  reset gate',
    'gₜ = φ(xₜ·W_g + b_g + rₜ ⊙ (hₜ₋₁·U_g + b′_g))  candidate, reset after the product',
    'gₜ = φ(xₜ·W_g + b_g + (rₜ ⊙ hₜ₋₁)·U_g)  candidate, reset before it',
    'hₜ = zₜ ⊙ hₜ₋₁ + (1 − zₜ) ⊙ gₜ,  h₀ = 0 or as wired',
  ].join('\n'),
  parameters,
  shapes: recurrentShapes,
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. A wired state must be as wide as its units, and for a bidirectional layer hold both directions. Weights of the two kinds of reset are different functions: choose before training.',
  source: {
    author: 'K. Cho, B. van Merriënboer, C. Gulcehre and others',
    year: 2014,
    title: 'Learning phrase representations using RNN encoder-decoder for statistical machine translation',
    link: 'https://arxiv.org/abs/1406.1078',
  },
  ...recurrentMembers<Parameters>({
    stateNames: ['hidden state'],
    gates: 3,
    bias: ({ units, resetAfter }) => ({ shape: resetAfter ? [2, 3 * units] : [3 * units] }),
    cellWeights,
    step: cell,
  }),
  keras: {
    className: 'GRU',
    config: (settings) => ({
      units: settings.units,
      activation: settings.activation,
      recurrent_activation: settings.recurrentActivation,
      use_bias: settings.useBias,
      reset_after: settings.resetAfter,
      seed: null,
      ...recurrentConfig(settings),
    }),
    wrapper: bidirectionalWrapper,
    weightOrder: (settings) => weightNames(settings),
  },
};
