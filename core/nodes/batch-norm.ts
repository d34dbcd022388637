import { succeed } from '../diagnostics/result.ts';
import type { ParameterDeclarations } from '../params/parameter-declaration.ts';
import type { BodyBuilder } from '../program/body-builder.ts';
import { add, multiply, reduceMean, rsqrt, scalar, square, subtract } from '../program/expressions.ts';
import type { Value } from '../program/value.ts';
import { knownFeatures, knownSteps, layerInputs, layerOutputs, outputsOf, tensorInput } from './layer-ports.ts';
import type { LayerNodeType } from './node-type.ts';

const parameters = {
  momentum: {
    kind: 'real', label: 'Momentum', unit: 'share', minimum: 0, maximum: 1, default: 0.99,
    doc: 'Share of the moving statistics that a training step keeps; with few steps in all, choose less.',
  },
  epsilon: {
    kind: 'real', label: 'Epsilon', unit: '', minimum: 1e-12, maximum: 1, default: 1e-3,
    doc: 'Added to the variance, so that a constant feature does not divide by zero.',
  },
} as const satisfies ParameterDeclarations;

interface Statistics {
  readonly mean: Value;
  readonly variance: Value;
}

/** Mean and biased variance of each feature over everything else, as Keras 3 uses them and moves them along. */
function batchStatistics(builder: BodyBuilder, input: Value): Statistics {
  const others = input.shape.slice(0, -1).map((_, axis) => axis);
  const mean = reduceMean(builder, input, others);
  return { mean, variance: reduceMean(builder, square(builder, subtract(builder, input, mean)), others) };
}

/** Batch normalisation of each feature. Shape: unchanged. */
export const batchNormNode: LayerNodeType<typeof parameters> = {
  role: 'layer',
  type: 'batch-norm',
  title: 'BatchNorm',
  category: 'normalization',
  summary: 'Brings each feature to mean 0 and variance 1 over the batch and over time, then scales and shifts it.',
  equation: [
    'y = γ ⊙ (x − μ) / √(σ² + ε) + β',
    'In training: μ = mean(x),  σ² = mean((x − μ)²)  over batch and time of the step',
    '  and μ̄ ← m·μ̄ + (1 − m)·μ,  σ̄² ← m·σ̄² + (1 − m)·σ²',
    'Else: μ = μ̄,  σ² = σ̄²,  from μ̄ = 0 and σ̄² = 1 at the start',
  ].join('\n'),
  inputs: layerInputs,
  outputs: layerOutputs,
  parameters,
  shapes: 'Reads (batch, feature) or (batch, time, feature) and gives the same shape; a feature has one mean and one variance for all time steps.',
  errors: 'The moving statistics need many steps to arrive: with few steps and a momentum near 1, evaluation is far from training. Small batches make both noisy.',
  source: {
    author: 'S. Ioffe, C. Szegedy',
    year: 2015,
    title: 'Batch normalization: accelerating deep network training by reducing internal covariate shift',
    link: 'https://arxiv.org/abs/1502.03167',
  },
  shape: (context) => {
    const facts = tensorInput(context);
    return succeed(outputsOf(facts, facts.shape));
  },
  weights: (context) => {
    const shape = [knownFeatures(context)];
    return [
      { name: 'gamma', shape, initializer: 'ones' },
      { name: 'beta', shape, initializer: 'zeros' },
    ];
  },
  movingStatistics: (context) => {
    const shape = [knownFeatures(context)];
    return [
      { name: 'moving_mean', shape, initializer: 'zeros' },
      { name: 'moving_variance', shape, initializer: 'ones' },
    ];
  },
  multiplyAdds: (context) => knownSteps(context) * knownFeatures(context),
  forward: ({ builder, node, mode, parameters: { momentum, epsilon }, inputs, weight, moving, setMoving }) => {
    const input = inputs['inputs']!;
    const past: Statistics = { mean: moving('moving_mean'), variance: moving('moving_variance') };
    const { mean, variance } = mode === 'train' ? batchStatistics(builder, input) : past;
    if (mode === 'train') {
      const moved = (old: Value, own: Value): Value =>
        add(builder, multiply(builder, old, scalar(builder, momentum)), multiply(builder, own, scalar(builder, 1 - momentum)));
      setMoving('moving_mean', moved(past.mean, mean));
      setMoving('moving_variance', moved(past.variance, variance));
    }
    const centred = subtract(builder, input, builder.name(mean, { node, name: 'mean' }));
    const inverse = rsqrt(builder, add(builder, builder.name(variance, { node, name: 'variance' }), scalar(builder, epsilon)));
    const normalized = builder.name(multiply(builder, centred, inverse), { node, name: 'normalised' });
    return { outputs: add(builder, multiply(builder, normalized, weight('gamma')), weight('beta')) };
  },
  keras: {
    className: 'BatchNormalization',
    config: ({ momentum, epsilon }) => ({
      axis: -1,
      momentum,
      epsilon,
      center: true,
      scale: true,
      beta_initializer: 'zeros',
      gamma_initializer: 'ones',
      moving_mean_initializer: 'zeros',
      moving_variance_initializer: 'ones',
    }),
    weightOrder: () => ['gamma', 'beta', 'moving_mean', 'moving_variance'],
  },
};
