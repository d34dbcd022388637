import { isOver, searchedRate, searchedRates } from '../../core/program/schedules/rate-finder.ts';
import type { TriedRate } from '../../core/program/schedules/rate-finder.ts';
import type { Program } from '../../core/program/program.ts';
import type { Session } from '../session.ts';
import { createCarriedStates } from './carried-states.ts';
import type { TrainingFeed } from './training-feed.ts';

/**
 * Trains for some hundred steps with a rate that rises from step to step, until they are over or the loss comes apart. The
 * session holds the weights of a start and is of no use afterwards. Yields between steps.
 */
export function* tryRates(session: Session, program: Program, feed: TrainingFeed): Generator<undefined, readonly TriedRate[]> {
  const tried: TriedRate[] = [];
  const carried = createCarriedStates(program.entries.train);
  for (let step = 0; step < searchedRates.steps && !isOver(tried); step += 1) {
    const { feeds, continues } = feed.batch(Math.floor(step / feed.stepsPerEpoch), step % feed.stepsPerEpoch, step);
    const outputs = session.run('train', continues === null ? feeds : { ...feeds, ...carried.feeds(continues) }, ['loss', 'gradientNorm', ...carried.outputs]);
    if (continues !== null) carried.keep(outputs);
    tried.push({ rate: searchedRate(step), loss: outputs['loss']!.values[0]! });
    yield;
  }
  return tried;
}
