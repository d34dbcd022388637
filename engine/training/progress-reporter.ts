import type { EpochPoint, TrainingProgressEvent } from '../host/training-messages.ts';
import type { TrainingCounters } from './training-state.ts';

/** Gathers what happens in training into few events. */
export interface ProgressReporter {
  readonly step: (loss: number, gradientNorm: number, learningRate: number) => void;
  readonly epoch: (point: EpochPoint) => void;
  /** Sends what was gathered, if the last event is long enough ago. */
  readonly tick: (now: number, counters: TrainingCounters, msPerStep: () => number | null) => void;
  /** Sends what was gathered, however soon. */
  readonly flush: (now: number, counters: TrainingCounters, msPerStep: () => number | null) => void;
}

/** A little over ten a second: a chart that is followed by eye needs ten, and each event takes time from the training on a machine of few cores. */
const millisecondsBetweenEvents = 97;

/** `now` is in milliseconds, from any origin. */
export function createProgressReporter(run: string, send: (event: TrainingProgressEvent) => void): ProgressReporter {
  let losses: number[] = [];
  let gradientNorms: number[] = [];
  let learningRates: number[] = [];
  let epochsFinished: EpochPoint[] = [];
  let lastSent = -Infinity;

  function flush(now: number, counters: TrainingCounters, msPerStep: () => number | null): void {
    if (losses.length === 0 && epochsFinished.length === 0) return;
    // In step with the clock, however long a training step lasts; after a break it begins anew.
    lastSent = now - lastSent < 2 * millisecondsBetweenEvents ? lastSent + millisecondsBetweenEvents : now;
    send({
      kind: 'training-progress',
      run,
      epoch: counters.epoch + 1,
      stepInEpoch: counters.stepInEpoch,
      step: counters.step,
      msPerStep: msPerStep(),
      losses,
      gradientNorms,
      learningRates,
      epochsFinished,
    });
    losses = [];
    gradientNorms = [];
    learningRates = [];
    epochsFinished = [];
  }

  return {
    step: (loss, gradientNorm, learningRate) => {
      losses.push(loss);
      gradientNorms.push(gradientNorm);
      learningRates.push(learningRate);
    },
    epoch: (point) => void epochsFinished.push(point),
    tick: (now, counters, msPerStep) => {
      if (now - lastSent >= millisecondsBetweenEvents) flush(now, counters, msPerStep);
    },
    flush,
  };
}
