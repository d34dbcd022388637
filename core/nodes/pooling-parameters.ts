import { succeed, type Result } from '../diagnostics/result.ts';
import type { ParameterDeclarations, ParametersOf } from '../params/parameter-declaration.ts';
import { sequenceShape } from '../shapes/shape.ts';
import { constantSize } from '../shapes/size.ts';
import { outputsOf } from './layer-ports.ts';
import type { ShapeContext, TensorFacts } from './node-type.ts';
import { placeWindow, slidingInput, type SlidingWindow } from './sliding-window.ts';

/** What every pool that moves over time is told. */
export const poolingParameters = {
  poolSize: {
    kind: 'integer', label: 'Pool size', unit: 'time steps', minimum: 1, maximum: 10_000, default: 2,
    doc: 'How many neighbouring time steps become one.',
  },
  stride: {
    kind: 'optional-integer', label: 'Stride', unit: 'time steps', minimum: 1, maximum: 10_000, default: null,
    doc: 'Time steps from one pool to the next; the pool size unless you choose.',
  },
  padding: {
    kind: 'choice', label: 'Padding', options: ['valid', 'same'], default: 'valid',
    doc: 'Valid: only whole pools. Same: the pools at the ends may reach over the series, and see only what there is.',
  },
} as const satisfies ParameterDeclarations;

type PoolingParameters = ParametersOf<typeof poolingParameters>;

export function poolWindow({ poolSize, stride, padding }: PoolingParameters): SlidingWindow {
  return { size: poolSize, stride: stride ?? poolSize, dilation: 1, padding };
}

/** (batch, time, feature) → (batch, places of the pool time, feature). */
export function poolingShape(context: ShapeContext<typeof poolingParameters>): Result<{ readonly outputs: TensorFacts }> {
  const window = poolWindow(context.parameters);
  const sliding = slidingInput(context, window, 'pool', 'poolSize');
  if (!sliding.ok) return sliding;
  const { facts, steps, features } = sliding.value;
  return succeed(outputsOf(facts, sequenceShape(constantSize(placeWindow(window, steps).outputSteps), features)));
}

/** Keras's configuration of a pooling layer. */
export function poolingConfig(chosen: PoolingParameters): Readonly<Record<string, unknown>> {
  const { size, stride, padding } = poolWindow(chosen);
  return { pool_size: [size], strides: [stride], padding, data_format: 'channels_last' };
}
