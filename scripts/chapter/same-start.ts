import { initialParameters } from '../../core/program/initializers.ts';
import { shuffledOrder } from '../../core/program/random.ts';
import type { Experiment } from '../../engine/training/prepare-experiment.ts';
import type { Backend } from '../../engine/session.ts';
import { judge, trainSeed } from './chapter-experiment.ts';
import type { SameStart } from './chapter-results.ts';
import type { ChapterRow } from './chapter-rows.ts';
import { trainInKerasFrom } from './keras-rows.ts';
import type { TrainingStart } from './keras-rows.ts';

/**
 * Trains a network in Unroll, and in Keras from the weights that Unroll drew with its windows in Unroll's order: what is then left
 * between the two is neither chance of the weights nor of the order.
 */
export async function trainFromSameStart(backend: Backend, experiment: Experiment, row: ChapterRow, seed: number, python: string): Promise<SameStart> {
  const unroll: number[] = [];
  trainSeed(backend, experiment, seed, (session) => { unroll.push(judge(session, experiment, 'validation').scores.mse); });
  return { seed, unroll, keras: await trainInKerasFrom(python, row, startOf(experiment, seed)) };
}

function startOf({ model, program, dataset, document }: Experiment, seed: number): TrainingStart {
  const parameters = initialParameters(model, program.parameterLayout, seed);
  const { series, count } = dataset.plan.samples.training;
  return {
    weights: program.parameterLayout.map(({ offset, length }) => [...parameters.subarray(offset, offset + length)]),
    orders: Array.from({ length: document.training.epochs }, (_, epoch) => Array.from(shuffledOrder(seed, epoch, count), (pick) => series[pick]!)),
  };
}
