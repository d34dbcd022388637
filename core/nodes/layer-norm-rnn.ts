import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { add, matmul } from '../program/expressions.ts';
import { activate, activationNames } from './activations.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { normalizeFeatures } from './normalize-features.ts';
import { recur, type CellStep } from './recurrence.ts';
import { recurrentShape, recurrentSwitches } from './recurrent-layer.ts';

const parameters = {
  units: {
    kind: 'integer', label: 'Units', unit: 'units', minimum: 1, maximum: 65_536, default: 20,
    doc: 'Size of the hidden state, and features of the output.',
  },
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'tanh',
    doc: 'Function of the normalised sum that becomes the next hidden state.',
  },
  ...recurrentSwitches,
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each unit before the sum is normalised.' },
  epsilon: {
    kind: 'real', label: 'Epsilon', unit: '', minimum: 1e-12, maximum: 1, default: 1e-3,
    doc: 'Added to the variance, so that a constant sum does not divide by zero.',
  },
} as const satisfies ParameterDeclarations;

type Parameters = ParametersOf<typeof parameters>;

/** h′ = φ(LN(x·W + h·U + b)) */
function cell({ builder, input, states, weight, name }: CellStep, { activation, useBias, epsilon }: Parameters) {
  const [hidden] = states;
  if (hidden === undefined) throw new TypeError('a layer-normalised RNN has one state');
  const products = add(builder, matmul(builder, input, weight('kernel')), matmul(builder, hidden, weight('recurrent_kernel')));
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
  equation: 'sₜ = xₜ·W + hₜ₋₁·U + b,  h₀ = 0\nhₜ = φ(γ ⊙ (sₜ − mean(sₜ)) / √(var(sₜ) + ε) + β)',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, time, feature). Gives (batch, time, units feature), or (batch, units feature) where it returns its last step only.',
  errors: 'A vector without a time axis cannot be scanned over time: the layer before must return sequences. With a single unit the normalised sum is the shift β alone, whatever goes in.',
  source: {
    author: 'J. L. Ba, J. R. Kiros, G. E. Hinton',
    year: 2016,
    title: 'Layer normalization (recurrent networks: section 3.1)',
    link: 'https://arxiv.org/abs/1607.06450',
  },
  shape: recurrentShape,
  weights: (context) => {
    const { units, useBias } = context.parameters;
    return [
      { name: 'kernel', shape: [knownFeatures(context), units], initializer: 'glorot_uniform' },
      { name: 'recurrent_kernel', shape: [units, units], initializer: 'orthogonal' },
      ...(useBias ? [{ name: 'bias', shape: [units], initializer: 'zeros' } as const] : []),
      { name: 'gamma', shape: [units], initializer: 'ones' },
      { name: 'beta', shape: [units], initializer: 'zeros' },
    ];
  },
  multiplyAdds: (context) => {
    const { units } = context.parameters;
    return knownSteps(context) * ((knownFeatures(context) + units) * units + units);
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
        gamma: weight('gamma'),
        beta: weight('beta'),
      },
      returnSequences: settings.returnSequences,
      goBackwards: settings.goBackwards,
      cell: (step) => cell(step, settings),
    }),
  }),
  // Keras has no such layer: there it is a cell class of one's own inside keras.layers.RNN.
  keras: null,
};
