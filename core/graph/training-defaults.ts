import type { ClippingSettings, OptimizerSettings, ScheduleSettings, TrainingSettings } from './training-settings.ts';

type ByKind<Settings extends { readonly kind: string }> = { readonly [Kind in Settings['kind']]: Extract<Settings, { readonly kind: Kind }> };

/** Keras 3's defaults; the order of the members is that of the project file. */
export const defaultOptimizers: ByKind<OptimizerSettings> = {
  sgd: { kind: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false },
  rmsprop: { kind: 'rmsprop', learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  adam: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
  adamw: { kind: 'adamw', learningRate: 0.001, weightDecay: 0.004, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: false },
};

export const defaultSchedules: ByKind<ScheduleSettings> = {
  constant: { kind: 'constant' },
  exponential: { kind: 'exponential', decayRate: 0.9, decayEpochs: 1, staircase: false },
  cosine: { kind: 'cosine', warmupEpochs: 1, decayEpochs: null, finalShare: 0 },
  'cosine-restarts': { kind: 'cosine-restarts', warmupEpochs: 0, firstCycleEpochs: 5, cycleGrowth: 2, peakShare: 1, finalShare: 0 },
  plateau: { kind: 'plateau', factor: 0.5, patience: 3, minimumRate: 0 },
};

export const defaultClipping: ClippingSettings = { kind: 'global-norm', limit: 1 };

/** Keras 3's. */
export const defaultWeightAveraging = { momentum: 0.99 } as const;

export const optimizerKinds = Object.keys(defaultOptimizers) as readonly OptimizerSettings['kind'][];
export const scheduleKinds = Object.keys(defaultSchedules) as readonly ScheduleSettings['kind'][];
export const clippingKinds: readonly ClippingSettings['kind'][] = ['value', 'norm', 'global-norm'];

/** Settings that suit a small recurrent net, and that every other project starts from. */
export const defaultTraining: TrainingSettings = {
  epochs: 20,
  batchSize: 32,
  seed: 1,
  optimizer: defaultOptimizers.adam,
  schedule: defaultSchedules.constant,
  clipping: null,
  weightAveraging: null,
  earlyStoppingPatience: null,
};
