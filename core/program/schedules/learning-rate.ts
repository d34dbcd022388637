import type { ScheduleSettings } from '../../graph/training-settings.ts';

/** What a schedule reads besides the step. */
export interface RunLength {
  readonly stepsPerEpoch: number;
  /** Epochs of the whole run. */
  readonly epochs: number;
}

/** A schedule ready to be asked. */
export interface LearningRate {
  /** The rate of the run's `step`-th step, from 0, after so many reductions by plateaus. */
  readonly at: (step: number, reductions: number) => number;
}

/**
 * The learning rate over the steps of a run, from the optimiser's own rate, by Keras 3's formulas (`ExponentialDecay`;
 * `CosineDecay` with a warm-up from 0; `CosineDecayRestarts`, here with a warm-up before it; `ReduceLROnPlateau`). A pure function of step
 * and reductions: a run that is resumed goes on with the same rates.
 */
export function learningRateOf(schedule: ScheduleSettings, rate: number, { stepsPerEpoch, epochs }: RunLength): LearningRate {
  switch (schedule.kind) {
    case 'constant':
      return { at: () => rate };
    case 'exponential': {
      const { decayRate, decayEpochs, staircase } = schedule;
      const decaySteps = decayEpochs * stepsPerEpoch;
      return { at: (step) => rate * decayRate ** (staircase ? Math.floor(step / decaySteps) : step / decaySteps) };
    }
    case 'cosine': {
      const { warmupEpochs, decayEpochs, finalShare } = schedule;
      const warmupSteps = warmupEpochs * stepsPerEpoch;
      const decaySteps = decayEpochs === null ? epochs * stepsPerEpoch - warmupSteps : decayEpochs * stepsPerEpoch;
      const after = (step: number): number => (decaySteps <= 0 ? 1 : Math.min(1, step / decaySteps));
      return { at: (step) => rate * (step < warmupSteps ? step / warmupSteps : cosine(after(step - warmupSteps), 1, finalShare)) };
    }
    case 'cosine-restarts': {
      const { warmupEpochs, firstCycleEpochs, cycleGrowth, peakShare, finalShare } = schedule;
      const warmupSteps = warmupEpochs * stepsPerEpoch;
      const firstSteps = firstCycleEpochs * stepsPerEpoch;
      return {
        at: (step) => {
          if (step < warmupSteps) return (rate * step) / warmupSteps;
          const { cycle, done } = cycleAt((step - warmupSteps) / firstSteps, cycleGrowth);
          return rate * cosine(done, peakShare ** cycle, finalShare);
        },
      };
    }
    case 'plateau': {
      const { factor, minimumRate } = schedule;
      return { at: (_, reductions) => Math.min(rate, Math.max(minimumRate, rate * factor ** reductions)) };
    }
  }
}

/** From `peak` at 0 down to `finalShare` at 1 (Loshchilov and Hutter, 2017, https://arxiv.org/abs/1608.03983). */
function cosine(done: number, peak: number, finalShare: number): number {
  return (1 - finalShare) * 0.5 * peak * (1 + Math.cos(Math.PI * done)) + finalShare;
}

/** Which cycle it is, from 0, and the share of it that is done, when so many lengths of the first cycle have passed. */
function cycleAt(passed: number, growth: number): { readonly cycle: number; readonly done: number } {
  if (growth === 1) return { cycle: Math.floor(passed), done: passed % 1 };
  const doneOf = (cycle: number): number => (passed - (1 - growth ** cycle) / (1 - growth)) / growth ** cycle;
  // The logarithm may err by a little at a border: then the neighbour is the cycle.
  const near = Math.floor(Math.log(1 + passed * (growth - 1)) / Math.log(growth));
  const cycle = doneOf(near) < 0 ? near - 1 : doneOf(near) >= 1 ? near + 1 : near;
  return { cycle, done: doneOf(cycle) };
}
