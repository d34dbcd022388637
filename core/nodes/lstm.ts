import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add, matmul, multiply, split } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { recur, type CellStep } from './recurrence.ts';
import { recurrentConfig, recurrentShape, recurrentSwitches } from './recurrent-layer.ts';

const parameters = {
  units: {
    kind: 'integer', label: 'Units', unit: 'units', minimum: 1, maximum: 65_536, default: 20,
    doc: 'Size of the hidden state and of the cell state, and features of the output.',
  },
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the candidate, and of the cell state where it is read out.',
  },
  recurrentActivation: {
    kind: 'choice', label: 'Gate activation', options: activationNames, default: 'sigmoid',
    doc: 'Function of the three gates.',
  },
  ...recurrentSwitches,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each gate and candidate.' },
  unitForgetBias: {
    kind: 'switch', label: 'Unit forget bias', default: true,
    doc: "Starts the forget gate's bias at 1, so that an untrained cell remembers.",
  },
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** One product for the four gates, in Keras's order i, f, c, o. */
function cell({ builder, input, states, weight, name }: CellStep, { units, activation, recurrentActivation, useBias }: Parameters) {
  const [hidden, memory] = states;
  if (hidden === undefined || memory === undefined) throw new TypeError('LSTM has two states');
  const products = add(builder, matmul(builder, input, weight('kernel')), matmul(builder, hidden, weight('recurrent_kernel')));
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
    'cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ gₜ,  c₀ = 0',
    'hₜ = oₜ ⊙ φ(cₜ),  h₀ = 0',
  ].join('\n'),
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature). Gives (batch, time, units feature), or (batch, units feature) where it returns its last step only.',
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. Four times the weights of a SimpleRNN of the same size count against the memory bound.',
  source: {
    author: 'S. Hochreiter, J. Schmidhuber (forget gate: F. A. Gers et al., 2000)',
    year: 1997,
    title: 'Long short-term memory',
    link: 'https://doi.org/10.1162/neco.1997.9.8.1735',
  },
  shape: recurrentShape,
  weights: (context) => {
    const { units, useBias, unitForgetBias } = context.parameters;
    const initializer = unitForgetBias ? 'unit_forget_bias' : 'zeros';
    return [
      { name: 'kernel', shape: [knownFeatures(context), 4 * units], initializer: 'glorot_uniform' },
      { name: 'recurrent_kernel', shape: [units, 4 * units], initializer: 'orthogonal' },
      ...(useBias ? [{ name: 'bias', shape: [4 * units], initializer } as const] : []),
    ];
  },
  multiplyAdds: (context) => {
    const { units } = context.parameters;
    return knownSteps(context) * (knownFeatures(context) + units) * 4 * units;
  },
  forward: ({ builder, node, parameters: settings, inputs, weight }) => ({
    outputs: recur({
      builder,
      node,
      inputs: inputs['inputs']!,
      units: settings.units,
      stateNames: ['hidden state', 'cell state'],
      weights: {
        kernel: weight('kernel'),
        recurrent_kernel: weight('recurrent_kernel'),
        ...(settings.useBias ? { bias: weight('bias') } : {}),
      },
      returnSequences: settings.returnSequences,
      goBackwards: settings.goBackwards,
      cell: (step) => cell(step, settings),
    }),
  }),
  keras: {
    className: 'LSTM',
    config: (settings) => ({
      units: settings.units,
      activation: settings.activation,
      recurrent_activation: settings.recurrentActivation,
      use_bias: settings.useBias,
      kernel_initializer: 'glorot_uniform',
      recurrent_initializer: 'orthogonal',
      bias_initializer: 'zeros',
      unit_forget_bias: settings.unitForgetBias,
      ...recurrentConfig(settings),
    }),
    weightOrder: ({ useBias }) => ['kernel', 'recurrent_kernel', ...(useBias ? ['bias'] : [])],
  },
};
