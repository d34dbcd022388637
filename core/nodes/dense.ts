import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import { add, matmul, reshape } from '../program/expressions.ts';
import { constantSize, productOfSizes } from '../shapes/size.ts';
import { activate, activationNames } from './activations.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';
import { biasStart, kernelStart, weightConfig, weightParameters } from './weight-parameters.ts';

const parameters = {
  units: {
    kind: 'integer', label: 'Units', unit: 'units', minimum: 1, maximum: 65_536, default: 1,
    doc: 'Features of the output. Before a Forecast: horizon × columns.',
  },
  activation: {
    kind: 'choice', label: 'Activation', options: activationNames, default: 'linear',
    doc: 'Function of the weighted sum. Leave it linear where forecasts are read out.',
  },
  useBias: { kind: 'switch', label: 'Bias', default: true, doc: 'Adds a learned offset to each unit.' },
  ...weightParameters,
} as const satisfies ParameterDeclarations;

/** A fully connected layer. Shapes: (batch, feature) → (batch, units); (batch, time, feature) → (batch, time, units). */
export const denseNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'dense',
  title: 'Dense',
  category: 'dense',
  summary: 'Weighted sums of all features; on sequences the same weights at every time step.',
  equation: 'y = φ(x·W + b)',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) and gives (batch, units feature); reads (batch, time, feature) and gives (batch, time, units feature).',
  errors: 'Before a Forecast its units must be horizon × columns. On a sequence it gives a sequence: flatten first, or return the last step, where one vector is wanted.',
  source: {
    author: 'F. Rosenblatt',
    year: 1958,
    title: 'The perceptron: a probabilistic model for information storage and organization in the brain',
    link: 'https://doi.org/10.1037/h0042519',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    const units = constantSize(context.parameters.units);
    return succeed(outputsOf(facts, facts.shape.map((axis) => (axis.name === 'feature' ? { name: axis.name, size: units } : axis))));
  },
  weights: (context) => {
    const { units, useBias } = context.parameters;
    return [
      { name: 'kernel', shape: [knownFeatures(context), units], ...kernelStart(context.parameters) },
      ...(useBias ? [{ name: 'bias', shape: [units], ...biasStart(context.parameters) }] : []),
    ];
  },
  multiplyAdds: (context) => knownSteps(context) * knownFeatures(context) * context.parameters.units,
  forward: ({ builder, node, parameters: { units, activation, useBias }, inputs, weight }) => {
    const input = inputs['inputs']!;
    const features = input.shape.at(-1)!;
    const outer = input.shape.slice(0, -1);
    const isSequence = outer.length > 1;
    const rows = isSequence ? reshape(builder, input, [productOfSizes(outer), features]) : input;
    const products = matmul(builder, rows, weight('kernel'));
    const sums = builder.name(useBias ? add(builder, products, weight('bias')) : products, { node, name: 'weighted sums' });
    const activated = activate(builder, activation, sums);
    return { outputs: isSequence ? reshape(builder, activated, [...outer, constantSize(units)]) : activated };
  },
  keras: {
    className: 'Dense',
    config: ({ units, activation, useBias, ...weights }) => ({
      units,
      activation,
      use_bias: useBias,
      ...weightConfig(weights),
    }),
    weightOrder: ({ useBias }) => ['kernel', ...(useBias ? ['bias'] : [])],
  },
};
