import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../core/compile/build-model.ts';
import { compileProgram } from '../../core/compile/compile-program.ts';
import { defaultOptimizers, defaultTraining } from '../../core/graph/training-defaults.ts';
import type { OptimizerSettings, ScheduleSettings, TrainingSettings } from '../../core/graph/training-settings.ts';
import { filledTensor } from '../../core/program/reference/numeric-tensor.ts';
import { averageName } from '../../core/program/optimizers/weight-average.ts';
import { learningRateOf } from '../../core/program/schedules/learning-rate.ts';
import { afterEpoch, plateauAtStart } from '../../core/program/schedules/plateau.ts';
import { chain, dense, forecast, node, series, window } from '../core/check/sample-graphs.ts';
import { ReferenceSession } from '../support/evaluate-entry.ts';
import { decodeFloat64, wave } from './keras-goldens.ts';

interface Goldens {
  readonly batch: number;
  readonly window: number;
  readonly steps: number;
  readonly optimizers: Readonly<Record<string, { readonly settings: Readonly<Record<string, number | boolean>>; readonly losses: readonly number[]; readonly weights: string; readonly kept: string }>>;
  readonly rate: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  readonly schedules: Readonly<Record<string, readonly number[]>>;
  readonly plateau: { readonly factor: number; readonly patience: number; readonly minimum: number; readonly losses: readonly number[]; readonly rates: readonly number[] };
}

/** What optimizer-goldens.py wrote. */
const goldens = JSON.parse(readFileSync(new URL('./optimizer-goldens.json', import.meta.url), 'utf8')) as Goldens;

const ourNames: Readonly<Record<string, string>> = { learning_rate: 'learningRate', beta_1: 'beta1', beta_2: 'beta2', weight_decay: 'weightDecay' };

function kindOf(name: string): OptimizerSettings['kind'] {
  const [first = ''] = name.split(' ');
  if (first in defaultOptimizers) return first as OptimizerSettings['kind'];
  return name === 'average' ? 'adam' : name === 'clip adamw' ? 'adamw' : 'sgd';
}

/** Keras's arguments as our settings. */
function trainingOf(name: string): TrainingSettings {
  const { clipvalue, clipnorm, global_clipnorm: globalNorm, use_ema: _, ema_momentum: momentum, ...settings } = goldens.optimizers[name]!.settings;
  const own = Object.fromEntries(Object.entries(settings).map(([member, value]) => [ourNames[member] ?? member, value]));
  const clips = [['value', clipvalue], ['norm', clipnorm], ['global-norm', globalNorm]] as const;
  const [clip] = clips.flatMap(([kind, limit]) => (typeof limit === 'number' ? [{ kind, limit }] : []));
  return {
    ...defaultTraining,
    optimizer: { ...defaultOptimizers[kindOf(name)], ...own },
    clipping: clip ?? null,
    weightAveraging: typeof momentum === 'number' ? { momentum } : null,
  };
}

function largestDifference(found: ArrayLike<number>, expected: Float64Array): number {
  expect(found).toHaveLength(expected.length);
  return expected.reduce((worst, value, index) => Math.max(worst, Math.abs(value - found[index]!)), 0);
}

describe('twenty steps by the float64 evaluator are those of Keras in float64', () => {
  const document = chain(series(), window({ window: goldens.window }), node('simple-rnn', 'RNN', { units: 3, returnSequences: false }), dense('Dense 1', 2), forecast({ horizon: 2 }));
  const model = buildModel(document, {});
  if (!model.ok) throw new Error(model.diagnostics.map(({ message }) => message).join('\n'));

  it.each(Object.keys(goldens.optimizers))('%s', (name) => {
    const golden = goldens.optimizers[name]!;
    const training = trainingOf(name);
    const program = compileProgram(model.value, training);
    const session = new ReferenceSession(program, { batch: goldens.batch });
    session.setVariable('parameters', Float64Array.from(program.parameterLayout.flatMap(({ length }, index) => [...wave(length, 0.7, index)].map((value) => 0.5 * value))));
    const losses = Array.from({ length: goldens.steps }, () =>
      session.run('train', {
        inputs: { shape: [goldens.batch, goldens.window, 1], values: wave(goldens.batch * goldens.window, 0.37, 0.5) },
        targets: { shape: [goldens.batch, 2], values: Float64Array.from({ length: goldens.batch * 2 }, (_, index) => 2 * Math.cos(0.9 * index)) },
        weights: filledTensor([goldens.batch, 2], 1),
        'learning rate': filledTensor([], training.optimizer.learningRate),
      })['loss']!.values[0]!);
    golden.losses.forEach((loss, step) => expect(Math.abs(losses[step]! / loss - 1)).toBeLessThan(1e-8));
    expect(largestDifference(session.variable('parameters').values, decodeFloat64(golden.weights))).toBeLessThan(1e-8);
    if (training.weightAveraging !== null) expect(largestDifference(session.variable(averageName).values, decodeFloat64(golden.kept))).toBeLessThan(1e-8);
  });
});

describe('the learning rates of every step are those of Keras', () => {
  const restarts = { kind: 'cosine-restarts', warmupEpochs: 0, finalShare: 0 } as const;
  const schedules: Readonly<Record<string, ScheduleSettings>> = {
    exponential: { kind: 'exponential', decayRate: 0.75, decayEpochs: 2, staircase: false },
    'exponential staircase': { kind: 'exponential', decayRate: 0.75, decayEpochs: 2, staircase: true },
    cosine: { kind: 'cosine', warmupEpochs: 0, decayEpochs: null, finalShare: 0 },
    'cosine warm-up': { kind: 'cosine', warmupEpochs: 2, decayEpochs: null, finalShare: 0.125 },
    'cosine short': { kind: 'cosine', warmupEpochs: 0, decayEpochs: 4, finalShare: 0.25 },
    restarts: { ...restarts, firstCycleEpochs: 2, cycleGrowth: 2, peakShare: 0.5, finalShare: 0.125 },
    'restarts alike': { ...restarts, firstCycleEpochs: 3, cycleGrowth: 1, peakShare: 0.75 },
  };

  it.each(Object.keys(goldens.schedules))('%s', (name) => {
    const { at } = learningRateOf(schedules[name]!, goldens.rate, goldens);
    // Keras computes them in float32.
    goldens.schedules[name]!.forEach((rate, step) => expect(Math.abs(at(step, 0) - rate)).toBeLessThan(3e-7));
  });

  it('reduce on plateau', () => {
    const { factor, patience, minimum, losses, rates } = goldens.plateau;
    const schedule = { kind: 'plateau', factor, patience, minimumRate: minimum } as const;
    const { at } = learningRateOf(schedule, goldens.rate, goldens);
    let state = plateauAtStart;
    let best = Infinity;
    losses.forEach((loss, epoch) => {
      expect(at(0, state.reductions)).toBeCloseTo(rates[epoch]!, 7);
      state = afterEpoch(state, schedule, epoch + 1, loss < best);
      best = Math.min(best, loss);
    });
  });
});
