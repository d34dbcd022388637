import type { ParameterValue } from '../../core/graph/graph-document.ts';
import { defaultOptimizers, defaultTraining } from '../../core/graph/training-defaults.ts';
import type { ClippingSettings, OptimizerSettings, TrainingSettings } from '../../core/graph/training-settings.ts';
import { member, printJson, type Json } from './json-value.ts';

/** How the model was compiled, as far as we train so too: the reverse of compile-config.ts. */
export interface ReadTraining {
  readonly training: TrainingSettings;
  /** Parameters of the Forecast. */
  readonly loss: Readonly<Record<string, ParameterValue>>;
  /** What there was and could not be taken over. */
  readonly left: readonly string[];
}

const kinds: Readonly<Record<string, OptimizerSettings['kind']>> = { SGD: 'sgd', RMSprop: 'rmsprop', Adam: 'adam', AdamW: 'adamw' };

export function readTraining(compiled: unknown): ReadTraining {
  const left: string[] = [];
  const loss = readLoss(member(compiled, 'loss'));
  if (loss === null) left.push(`The loss ${printJson(nameOf(member(compiled, 'loss')))}`);
  const given = member(compiled, 'optimizer');
  const className = given === 'adam' ? 'Adam' : given === 'sgd' ? 'SGD' : given === 'rmsprop' ? 'RMSprop' : member(given, 'class_name');
  const kind = typeof className === 'string' && Object.hasOwn(kinds, className) ? kinds[className] : undefined;
  if (kind === undefined && given !== undefined && given !== null) left.push(`The optimiser ${printJson(className)}`);
  const config = member(given, 'config');
  const optimizer = kind === undefined ? defaultTraining.optimizer : readOptimizer(kind, config);
  return { training: { ...defaultTraining, optimizer, clipping: readClipping(config) }, loss: loss ?? {}, left };
}

/** Numbers that are finite and not below zero; anything else, a schedule also, leaves Keras's default. */
function readOptimizer(kind: OptimizerSettings['kind'], config: unknown): OptimizerSettings {
  const number = (key: string, otherwise: number): number => {
    const value = member(config, key);
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e6 ? shortest(value) : otherwise;
  };
  const positive = (key: string, otherwise: number): number => number(key, otherwise) || otherwise;
  const share = (key: string, otherwise: number): number => (number(key, otherwise) < 1 ? number(key, otherwise) : otherwise);
  switch (kind) {
    case 'sgd': {
      const other = defaultOptimizers.sgd;
      return { kind, learningRate: positive('learning_rate', other.learningRate), momentum: share('momentum', 0), nesterov: member(config, 'nesterov') === true };
    }
    case 'rmsprop': {
      const other = defaultOptimizers.rmsprop;
      return {
        kind, learningRate: positive('learning_rate', other.learningRate), rho: share('rho', other.rho), momentum: share('momentum', 0),
        epsilon: positive('epsilon', other.epsilon), centered: member(config, 'centered') === true,
      };
    }
    case 'adam':
    case 'adamw': {
      const other = defaultOptimizers.adamw;
      const adam = {
        learningRate: positive('learning_rate', other.learningRate), beta1: share('beta_1', other.beta1), beta2: share('beta_2', other.beta2),
        epsilon: positive('epsilon', other.epsilon), amsgrad: member(config, 'amsgrad') === true,
      };
      return kind === 'adam' ? { kind, ...adam } : { kind, ...adam, weightDecay: number('weight_decay', other.weightDecay) };
    }
  }
}

/** Keras writes a rate as float32 keeps it, 0.0020000000949949026: the shortest number that float32 keeps so is meant. */
function shortest(value: number): number {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === Math.fround(value) ? short : value;
}

function readClipping(config: unknown): ClippingSettings | null {
  for (const [key, kind] of [['clipvalue', 'value'], ['clipnorm', 'norm'], ['global_clipnorm', 'global-norm']] as const) {
    const limit = member(config, key);
    if (typeof limit === 'number' && limit > 0 && Number.isFinite(limit)) return { kind, limit };
  }
  return null;
}

const losses: Readonly<Record<string, string>> = {
  mse: 'mse', mean_squared_error: 'mse', MeanSquaredError: 'mse', mae: 'mae', mean_absolute_error: 'mae', MeanAbsoluteError: 'mae', huber: 'huber', Huber: 'huber',
};

/** null: a loss that a Forecast does not have. */
function readLoss(value: unknown): Readonly<Record<string, ParameterValue>> | null {
  if (value === null || value === undefined) return {};
  const name = nameOf(value);
  const loss = typeof name === 'string' && Object.hasOwn(losses, name) ? losses[name]! : null;
  if (loss === null) return null;
  const delta = member(member(value, 'config'), 'delta');
  return loss === 'huber' && typeof delta === 'number' && delta >= 1e-6 && delta <= 1e6 ? { loss, huberDelta: delta } : { loss };
}

function nameOf(value: unknown): unknown {
  const { class_name: className, config } = (typeof value === 'object' && value !== null ? value : {}) as Json;
  return className === 'function' ? config : (className ?? value);
}
