import { BodyBuilder } from '../../core/program/body-builder.ts';
import { constantShape } from '../../core/program/expressions.ts';
import type { NumericTensor } from '../../core/program/reference/numeric-tensor.ts';
import { constantSize } from '../../core/shapes/size.ts';
import { runOnTensorFlow, testBackend } from './run-on-tensorflow.ts';

const drawn = new Map<string, NumericTensor>();
const backend = testBackend();

/** The random numbers that the engine draws for a seed, so that the float64 evaluator drops what the engine drops. */
export function randomUniforms(seed: NumericTensor, shape: readonly number[]): NumericTensor {
  const key = `${String(seed.values)} ${String(shape)}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const builder = new BodyBuilder();
  const uniform = builder.emitOne('random-uniform', [builder.input('integer', [constantSize(2)])], { shape: constantShape(shape) });
  const [result] = runOnTensorFlow(backend, { body: builder.finish([uniform]), inputs: [seed], batch: 1 });
  drawn.set(key, result!);
  return result!;
}
