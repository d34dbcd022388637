import type { Model } from '../../core/compile/model.ts';
import type { SampleFeeds } from '../../core/forecast/target-batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import { nameOfTarget, type Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import { entryOf } from './entry-inputs.ts';
import { batchesInOrder } from './sample-batches.ts';

/** Larger than a training batch: nothing is stored for a backward pass. */
export const evaluationBatchSize = 256;

/**
 * The loss over all samples in scaled units: of each target Σ weight × loss / Σ weight, and of several their weighted sum. Yields
 * between batches so that the caller can let others in; returns the loss.
 */
export function* validationLoss(
  session: Session,
  program: Program,
  targets: Model['targets'],
  source: SampleFeeds,
  samples: Samples,
): Generator<undefined, number> {
  const sums = targets.map(() => ({ loss: 0, weight: 0 }));
  const names = targets.map((_, index) => ({ loss: nameOfTarget('lossSum', index), weight: nameOfTarget('weightSum', index) }));
  const wanted = names.flatMap(({ loss, weight }) => [loss, weight]);
  for (const { feeds, states, keep } of batchesInOrder(source, entryOf(program, 'evaluate'), samples, evaluationBatchSize)) {
    const outputs = session.run('evaluate', feeds, [...wanted, ...states]);
    keep(outputs);
    sums.forEach((sum, index) => {
      sum.loss += outputs[names[index]!.loss]!.values[0]!;
      sum.weight += outputs[names[index]!.weight]!.values[0]!;
    });
    yield;
  }
  return targets.reduce((total, { weight }, index) => total + (weight === 0 ? 0 : weight * (sums[index]!.loss / sums[index]!.weight)), 0);
}
