import { isOver, searchedRate, searchedRates } from '../../core/program/schedules/rate-finder.ts';
import type { TriedRate } from '../../core/program/schedules/rate-finder.ts';
import type { Session } from '../session.ts';
import type { TrainingFeed } from './training-feed.ts';

/**
 * Trains for some hundred steps with a rate that rises from step to step, until they are over or the loss comes apart. The
 * session holds the weights of a start and is of no use afterwards. Yields between steps.
 */
export function* tryRates(session: Session, feed: TrainingFeed): Generator<undefined, readonly TriedRate[]> {
  const tried: TriedRate[] = [];
  for (let step = 0; step < searchedRates.steps && !isOver(tried); step += 1) {
    const { feeds } = feed.batch(Math.floor(step / feed.stepsPerEpoch), step % feed.stepsPerEpoch, step);
    const loss = session.run('train', feeds, ['loss', 'gradientNorm'])['loss']!.values[0]!;
    tried.push({ rate: searchedRate(step), loss });
    yield;
  }
  return tried;
}
