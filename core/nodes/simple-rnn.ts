import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add, matmul } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { recur, type CellStep } from './recurrence.ts';
import { recurrentConfig, recurrentShape, recurrentSwitches } from './recurrent-layer.ts';

const parameters = {
  units: {
    kind: 'integer', label: 'Units', unit: 'units', minimum: 1, maximum: 65_536, default: 20,
    doc: 'Size of the hidden state, and features of the output.',
  },
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the sum that becomes the next hidden state.',
  },
  ...recurrentSwitches,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each unit.' },
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** h′ = φ(x·W + h·U + b) */
function cell({ builder, input, states, weight, name }: CellStep, { activation, useBias }: Parameters) {
  const [hidden] = states;
  if (hidden === undefined) throw new TypeError('SimpleRNN has one state');
  const products = add(builder, matmul(builder, input, weight('kernel')), matmul(builder, hidden, weight('recurrent_kernel')));
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
  equation: 'hₜ = φ(xₜ·W + hₜ₋₁·U + b),  h₀ = 0',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature). Gives (batch, time, units feature), or (batch, units feature) where it returns its last step only.',
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. Long windows make gradients vanish or explode; clip their norm, or take LSTM.',
  source: {
    author: 'J. L. Elman',
    year: 1990,
    title: 'Finding structure in time',
    link: 'https://doi.org/10.1207/s15516709cog1402_1',
  },
  shape: recurrentShape,
  weights: (context) => {
    const { units, useBias } = context.parameters;
    return [
      { name: 'kernel', shape: [knownFeatures(context), units], initializer: 'glorot_uniform' },
      { name: 'recurrent_kernel', shape: [units, units], initializer: 'orthogonal' },
      ...(useBias ? [{ name: 'bias', shape: [units], initializer: 'zeros' } as const] : []),
    ];
  },
  multiplyAdds: (context) => {
    const { units } = context.parameters;
    return knownSteps(context) * (knownFeatures(context) + units) * units;
  },
  forward: ({ builder, node, parameters: settings, inputs, weight }) => ({
    outputs: recur({
      builder,
      node,
      inputs: inputs['inputs']!,
      units: settings.units,
      stateNames: ['hidden state'],
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
    className: 'SimpleRNN',
    config: (settings) => ({
      units: settings.units,
      activation: settings.activation,
      use_bias: settings.useBias,
      kernel_initializer: 'glorot_uniform',
      recurrent_initializer: 'orthogonal',
      bias_initializer: 'zeros',
      ...recurrentConfig(settings),
    }),
    weightOrder: ({ useBias }) => ['kernel', 'recurrent_kernel', ...(useBias ? ['bias'] : [])],
  },
};
