/** The optimisers and their numbers, by the names and with the meaning that Keras 3 gives them. */
export type OptimizerSettings =
  | { readonly kind: 'sgd'; readonly learningRate: number; readonly momentum: number; readonly nesterov: boolean }
  | {
      readonly kind: 'rmsprop';
      readonly learningRate: number;
      readonly rho: number;
      readonly momentum: number;
      readonly epsilon: number;
      readonly centered: boolean;
    }
  | ({ readonly kind: 'adam' } & AdamNumbers)
  | ({
      readonly kind: 'adamw';
      /** Share of every weight, times the rate, that is taken off it in each step. */
      readonly weightDecay: number;
    } & AdamNumbers);

type AdamNumbers = {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;
};

/**
 * How the learning rate goes on from the optimiser's own. Lengths are in epochs, fractions too, so that they keep their
 * meaning with another batch size.
 */
export type ScheduleSettings =
  | { readonly kind: 'constant' }
  | {
      readonly kind: 'exponential';
      /** The rate is multiplied by this in `decayEpochs`. */
      readonly decayRate: number;
      readonly decayEpochs: number;
      /** In one jump at their end instead of a little each step. */
      readonly staircase: boolean;
    }
  | {
      readonly kind: 'cosine';
      /** Before it falls, the rate rises in a straight line from 0. */
      readonly warmupEpochs: number;
      /** null: all epochs that are left after the warm-up. */
      readonly decayEpochs: number | null;
      /** What is left of the rate in the end, as a share of it. */
      readonly finalShare: number;
    }
  | {
      readonly kind: 'cosine-restarts';
      readonly warmupEpochs: number;
      readonly firstCycleEpochs: number;
      /** Each cycle is so many times as long as the one before. */
      readonly cycleGrowth: number;
      /** Each cycle begins at this share of the rate at which the one before began. */
      readonly peakShare: number;
      readonly finalShare: number;
    }
  | {
      readonly kind: 'plateau';
      /** The rate is multiplied by this when `patience` epochs in a row have brought no better loss. */
      readonly factor: number;
      readonly patience: number;
      readonly minimumRate: number;
    };

/**
 * What is too long in a gradient and is shortened. `value`: each number of it to ± limit; `norm`: the gradient of each
 * weight tensor to the length limit; `global-norm`: the gradient of all weights together.
 */
export interface ClippingSettings {
  readonly kind: 'value' | 'norm' | 'global-norm';
  readonly limit: number;
}

export interface TrainingSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly optimizer: OptimizerSettings;
  readonly schedule: ScheduleSettings;
  readonly clipping: ClippingSettings | null;
  /** Judges and keeps the exponential moving average of the weights: average ← momentum · average + (1 − momentum) · weights. */
  readonly weightAveraging: { readonly momentum: number } | null;
  /** Stop after so many epochs without a better validation loss; the best weights are kept either way. */
  readonly earlyStoppingPatience: number | null;
}
