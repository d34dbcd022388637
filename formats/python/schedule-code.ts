import type { TrainingSettings } from '../../core/graph/training-settings.ts';

/** How train.py says the learning rate: definitions before it, and the expression. `steps_per_epoch` and `epochs` are at hand. */
export interface ScheduleCode {
  readonly definitions: string | null;
  readonly rate: string;
  /** A callback where the rate depends on what comes out. */
  readonly callback: string | null;
}

/** `monitor`: the number by which epochs are compared. */
export function scheduleCode({ schedule, optimizer: { learningRate } }: TrainingSettings, monitor: string): ScheduleCode {
  const plain = { definitions: null, callback: null };
  switch (schedule.kind) {
    case 'constant':
      return { ...plain, rate: String(learningRate) };
    case 'exponential': {
      const { decayRate, decayEpochs, staircase } = schedule;
      const rate = `keras.optimizers.schedules.ExponentialDecay(
        ${learningRate}, decay_steps=${decayEpochs} * steps_per_epoch, decay_rate=${decayRate}${staircase ? ', staircase=True' : ''}
    )`;
      return { ...plain, rate };
    }
    case 'cosine': {
      const { warmupEpochs, decayEpochs, finalShare } = schedule;
      const steps = decayEpochs === null ? (warmupEpochs === 0 ? 'epochs * steps_per_epoch' : `max(1, (epochs - ${warmupEpochs}) * steps_per_epoch)`) : `${decayEpochs} * steps_per_epoch`;
      const warmup = warmupEpochs === 0 ? String(learningRate) : `0.0, warmup_target=${learningRate}, warmup_steps=${warmupEpochs} * steps_per_epoch`;
      const rate = `keras.optimizers.schedules.CosineDecay(
        ${warmup}, decay_steps=${steps}, alpha=${float(finalShare)}
    )`;
      return { ...plain, rate };
    }
    case 'cosine-restarts': {
      const { warmupEpochs, firstCycleEpochs, cycleGrowth, peakShare, finalShare } = schedule;
      const restarts = `keras.optimizers.schedules.CosineDecayRestarts(
        ${learningRate}, first_decay_steps=${firstCycleEpochs} * steps_per_epoch, t_mul=${float(cycleGrowth)}, m_mul=${float(peakShare)}, alpha=${float(finalShare)}
    )`;
      return warmupEpochs === 0
        ? { ...plain, rate: restarts }
        : { ...plain, definitions: warmupDefinition, rate: `WarmUp(${learningRate}, ${warmupEpochs} * steps_per_epoch, ${restarts})` };
    }
    case 'plateau': {
      const { factor, patience, minimumRate } = schedule;
      const callback = `keras.callbacks.ReduceLROnPlateau("${monitor}", factor=${factor}, patience=${patience}, mode="min", min_delta=0, min_lr=${minimumRate})`;
      return { ...plain, rate: String(learningRate), callback };
    }
  }
}

function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const warmupDefinition = `@keras.saving.register_keras_serializable()
class WarmUp(keras.optimizers.schedules.LearningRateSchedule):
    """The rate rises in a straight line from 0, and then goes on as another schedule says."""

    def __init__(self, rate, warmup_steps, then):
        super().__init__()
        self.rate, self.warmup_steps, self.then = rate, warmup_steps, then

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        rising = self.rate * step / self.warmup_steps
        return keras.ops.where(step < self.warmup_steps, rising, self.then(step - self.warmup_steps))

    def get_config(self):
        return {"rate": self.rate, "warmup_steps": self.warmup_steps, "then": self.then}
`.trimEnd();
