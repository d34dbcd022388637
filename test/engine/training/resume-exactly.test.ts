import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultOptimizers, defaultSchedules } from '../../../core/graph/training-defaults.ts';
import type { TrainingSettings } from '../../../core/graph/training-settings.ts';
import { learningRateOf } from '../../../core/program/schedules/learning-rate.ts';
import { resetVariables } from '../../../engine/host/reset-variables.ts';
import type { EpochPoint } from '../../../engine/host/training-messages.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../engine/runs/checkpoint-file.ts';
import { decodeSafetensors } from '../../../engine/runs/safetensors.ts';
import { entryOf } from '../../../engine/training/entry-inputs.ts';
import { prepareExperiment } from '../../../engine/training/prepare-experiment.ts';
import type { Experiment } from '../../../engine/training/prepare-experiment.ts';
import { createProgressReporter } from '../../../engine/training/progress-reporter.ts';
import { createStepTimes } from '../../../engine/training/step-times.ts';
import { createTrainingFeed } from '../../../engine/training/training-feed.ts';
import { realClock, runTrainingLoop } from '../../../engine/training/training-loop.ts';
import { countersAtStart, modelRoles, readVariables, withAverage, writeVariables } from '../../../engine/training/training-state.ts';
import type { TrainingSnapshot } from '../../../engine/training/training-state.ts';
import { validationLoss } from '../../../engine/training/validation-loss.ts';
import { drawnGraph } from '../../support/drawn-graph.ts';
import { valueOf } from '../../support/forecast-data.ts';
import { imputingProject, layers, services, smallProject } from '../host/small-project.ts';

const epochs = 5;
const seed = 7;
const backend = valueOf(await services().loadBackend({ threads: 1, oneDnn: false }));

type Kind = 'forecast' | 'impute' | 'stateful' | 'everything';

/** A stateful layer with both dropouts and a truncated gradient reads values, masks and an embedded category, for three targets, one of which hides values. */
function everything(training: Partial<TrainingSettings>) {
  return drawnGraph({
    series: ['series', { series: 20, steps: 15 }],
    window: ['window', { window: 4, stride: 4, mask: true, categories: ['faster wave'], splitBy: 'series' }],
    values: ['crop-features'],
    faster: ['embedding', { inputDimension: 2, outputDimension: 2 }],
    both: ['concatenate'],
    lstm: ['lstm', { units: 3, stateful: true, dropout: 0.2, recurrentDropout: 0.2, truncateAfter: 2 }],
    last: ['take-step'],
    bands: ['dense', { units: 6 }],
    forecast: ['forecast', { horizon: 2, loss: 'quantile', quantiles: [0.1, 0.5, 0.9] }],
    logits: ['dense', { units: 2 }],
    classify: ['classify', { weight: 0.5 }],
    fill: ['dense', { units: 1 }],
    impute: ['impute', { hiddenRun: 2 }],
  }, ['series > window > values > both.first', 'window > faster > both.second', 'both > lstm > last > bands > forecast', 'last > logits > classify', 'lstm > fill > impute'], training);
}

async function experimentOf(training: Partial<TrainingSettings>, kind: Kind = 'forecast'): Promise<Experiment> {
  const { files, readCsv } = services();
  if (kind === 'everything') return valueOf(await prepareExperiment(everything({ epochs, ...training }), '/', { files, readCsv }, null));
  const imputing = imputingProject({ series: { source: 'generator', series: 60, steps: 12 }, window: { splitBy: 'series' }, training: { epochs, ...training } });
  if (kind === 'impute') return valueOf(await prepareExperiment(imputing, '/', { files, readCsv }, null));
  const cell = layers.lstm(3, false);
  const isStateful = kind === 'stateful';
  const wishes = isStateful ? { series: { series: 20, steps: 14 }, window: { window: 4, stride: 4 } } : {};
  const own = { ...cell, parameters: { ...cell.parameters, dropout: 0.2, recurrentDropout: 0.2, stateful: isStateful } };
  const document = smallProject({ ...wishes, layers: [layers.simpleRnn(4, true), layers.dropout(0.3), own, layers.dense(2)], training: { epochs, ...training } });
  return valueOf(await prepareExperiment(document, '/', { files, readCsv }, null));
}

/** Trains until the run has done `stop` steps, in a session of its own: everything comes from the snapshot. */
async function stretch({ program, model, document, dataset }: Experiment, from: TrainingSnapshot | null, stop: number) {
  const session = backend.open(program);
  try {
    if (from === null) resetVariables(session, { document, model, program }, seed);
    else writeVariables(session, from.variables);
    const { batchSize, optimizer, schedule, earlyStoppingPatience } = document.training;
    const { training, validation } = dataset.plan.samples;
    const points: EpochPoint[] = [];
    let step = from?.counters.step ?? 0;
    const feed = createTrainingFeed(dataset.feeds, training, entryOf(program, 'train'), {
      batchSize,
      seed,
      learningRate: (stepsPerEpoch) => learningRateOf(schedule, optimizer.learningRate, { stepsPerEpoch, epochs }),
    });
    const outcome = await runTrainingLoop({
      program,
      session,
      feed: { ...feed, batch: (...place) => { step = place[2] + 1; return feed.batch(...place); } },
      epochs,
      patience: earlyStoppingPatience,
      schedule,
      start: { carried: from?.carried ?? new Map(), counters: from?.counters ?? countersAtStart, kept: from?.kept ?? readVariables(session, program, modelRoles) },
      validate: () => withAverage(session, program, validationLoss(session, program, model.targets, dataset.feeds, validation)),
      stopRequested: () => step >= stop,
      reporter: createProgressReporter('run', () => undefined),
      stepTimes: createStepTimes(),
      epochEnded: (point) => points.push(point),
      checkpoint: () => undefined,
      clock: realClock,
    });
    if (!('snapshot' in outcome)) throw new Error(outcome.stopped);
    return { stopped: outcome.stopped, snapshot: outcome.snapshot, points };
  } finally {
    session.close();
  }
}

const untimed = ({ counters, ...state }: TrainingSnapshot) => ({ ...state, counters: { ...counters, secondsInEpoch: 0 } });
const untimedPoints = (points: readonly EpochPoint[]) => points.map((point) => ({ ...point, seconds: 0 }));

const { sgd, rmsprop, adam, adamw } = defaultOptimizers;

describe('stopped anywhere and gone on with from its file, a run with dropout (of recurrent states too) and shuffling ends with bitwise the same state', () => {
  test.each<[string, Partial<TrainingSettings>, Kind?]>([
    ['a stateful layer, its windows in order', {}, 'stateful'],
    ['a stateful layer with an embedding, quantiles, and three targets', { clipping: { kind: 'global-norm', limit: 1 } }, 'everything'],
    ['Nesterov, exponential decay', { optimizer: { ...sgd, momentum: 0.9, nesterov: true }, schedule: { ...defaultSchedules.exponential, decayRate: 0.5 } }],
    ['RMSprop, reduced on plateaus', { optimizer: { ...rmsprop, learningRate: 0.03, momentum: 0.5, centered: true }, schedule: { ...defaultSchedules.plateau, patience: 1 } }],
    ['AMSGrad, cosine with warm-up, clipped by norm', { optimizer: { ...adam, amsgrad: true }, schedule: defaultSchedules.cosine, clipping: { kind: 'norm', limit: 0.1 } }],
    ['AdamW, cosine restarts, averaged weights', { optimizer: { ...adamw, learningRate: 0.03 }, schedule: { ...defaultSchedules['cosine-restarts'], firstCycleEpochs: 1 }, weightAveraging: { momentum: 0.9 } }],
    ['early stopping, clipped by value', { optimizer: { ...adam, learningRate: 0.3 }, clipping: { kind: 'value', limit: 0.01 }, earlyStoppingPatience: 2 }],
    ['values hidden anew in every epoch', {}, 'impute'],
  ])('%s', async (_, training, kind) => {
    const experiment = await experimentOf(training, kind);
    const unbroken = await stretch(experiment, null, Infinity);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 29 }), { minLength: 1, maxLength: 3 }), async (places) => {
        const points: EpochPoint[] = [];
        let from: TrainingSnapshot | null = null;
        for (const stop of [...places.toSorted((first, second) => first - second), Infinity]) {
          const part = await stretch(experiment, from, stop);
          points.push(...part.points);
          from = valueOf(decodeCheckpoint(experiment.program, decodeSafetensors(encodeCheckpoint(part.snapshot)), 'checkpoint'));
          if (part.stopped !== 'cancelled') break;
        }
        expect(untimed(from!)).toEqual(untimed(unbroken.snapshot));
        expect(untimedPoints(points)).toEqual(untimedPoints(unbroken.points));
      }),
      { numRuns: 3 },
    );
    expect(untimed((await stretch(experiment, null, Infinity)).snapshot)).toEqual(untimed(unbroken.snapshot));
  });
});
