import type { BatchSource } from '../../core/forecast/batches.ts';
import type { Samples } from '../../core/forecast/windows.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import { entryOf } from './entry-inputs.ts';
import { batchesInOrder } from './sample-batches.ts';

/** Larger than a training batch: nothing is stored for a backward pass. */
export const evaluationBatchSize = 256;

/**
 * The loss over all samples, Σ weight × loss / Σ weight, in scaled units. Yields between batches so that the caller can
 * let others in; returns the loss.
 */
export function* validationLoss(session: Session, program: Program, source: BatchSource, samples: Samples): Generator<undefined, number> {
  let lossSum = 0;
  let weightSum = 0;
  for (const { feeds } of batchesInOrder(source, entryOf(program, 'evaluate'), samples, evaluationBatchSize)) {
    const outputs = session.run('evaluate', feeds, ['lossSum', 'weightSum']);
    lossSum += outputs['lossSum']!.values[0]!;
    weightSum += outputs['weightSum']!.values[0]!;
    yield;
  }
  return lossSum / weightSum;
}
