import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { add, cosine, log, multiply, reshape, scalar, slice, sqrt, subtract } from '../program/expressions.ts';
import type { TensorShape, Value } from '../program/value.ts';
import { constantSize } from '../shapes/size.ts';
import { layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {
  deviation: {
    kind: 'real', label: 'Standard deviation', unit: 'of what it receives', minimum: 0, maximum: 1_000, default: 0.1,
    doc: 'Standard deviation of the noise; at the input of a model, in scaled units.',
  },
} as const satisfies ParameterDeclarations;

/** Standard normal numbers of two uniform ones each (Box and Muller, 1958, https://doi.org/10.1214/aoms/1177706645). */
function normalNumbers(builder: BodyBuilder, seed: Value, shape: TensorShape): Value {
  const pairs = builder.emitOne('random-uniform', [seed], { shape: [...shape, constantSize(2)] });
  const [first, second] = [0, 1].map((part) => reshape(builder, slice(builder, pairs, shape.length, part, 1), shape)) as [Value, Value];
  // 1 − u is never zero: u is below 1.
  const logarithm = log(builder, subtract(builder, scalar(builder, 1), first));
  const radius = sqrt(builder, multiply(builder, scalar(builder, -2), logarithm));
  return multiply(builder, radius, cosine(builder, multiply(builder, scalar(builder, 2 * Math.PI), second)));
}

/** Normal noise in training. Shape: unchanged. */
export const gaussianNoiseNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'gaussian-noise',
  title: 'Gaussian Noise',
  category: 'regularization',
  summary: 'Adds normal noise while training, so that nothing is learned by heart to the last digit.',
  equation: 'y = x + σ·z,  z standard normal\nOutside training: y = x',
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature) and gives the same shape; every element has noise of its own.',
  errors: 'None of its own. It is off where the model is evaluated, forecasts, or samples forecasts: Monte Carlo dropout draws dropout alone.',
  source: {
    author: 'C. M. Bishop',
    year: 1995,
    title: 'Training with noise is equivalent to Tikhonov regularization',
    link: 'https://doi.org/10.1162/neco.1995.7.1.108',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    return succeed(outputsOf(facts, facts.shape));
  },
  weights: () => [],
  multiplyAdds: () => 0,
  forward: ({ builder, node, mode, parameters: { deviation }, inputs, seed }) => {
    const input = inputs['inputs']!;
    if (mode !== 'train' || deviation === 0) return { outputs: input };
    const noise = multiply(builder, scalar(builder, deviation), normalNumbers(builder, seed(), input.shape));
    return { outputs: add(builder, input, builder.name(noise, { node, name: 'noise' })) };
  },
  keras: { className: 'GaussianNoise', config: ({ deviation }) => ({ stddev: deviation, seed: null }), weightOrder: () => [] },
};
