import type { TargetPlan } from '../../core/compile/model.ts';
import type { ClippingSettings, OptimizerSettings, TrainingSettings } from '../../core/graph/training-settings.ts';

type Json = Readonly<Record<string, unknown>>;

/** The optimiser, loss and metrics that a loaded model trains on with. The rate is the one that training began with: a schedule is over. */
export function compileConfig({ optimizer, clipping }: TrainingSettings, target: TargetPlan): Json {
  const { className, config } = optimizerConfig(optimizer);
  return {
    optimizer: {
      module: 'keras.optimizers',
      class_name: className,
      config: { name: className.toLowerCase(), learning_rate: optimizer.learningRate, ...config, ...clippingConfig(clipping) },
      registered_name: null,
    },
    loss: lossConfig(target),
    loss_weights: null,
    metrics: target.kind === 'classify' ? null : ['mae'],
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

function optimizerConfig(optimizer: OptimizerSettings): { readonly className: string; readonly config: Json } {
  switch (optimizer.kind) {
    case 'sgd':
      return { className: 'SGD', config: { ...aboveZero('momentum', optimizer.momentum), nesterov: optimizer.nesterov } };
    case 'rmsprop': {
      const { rho, momentum, epsilon, centered } = optimizer;
      return { className: 'RMSprop', config: { rho, ...aboveZero('momentum', momentum), epsilon, centered } };
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon, amsgrad } = optimizer;
      const adam = { beta_1: beta1, beta_2: beta2, epsilon, amsgrad };
      return optimizer.kind === 'adam' ? { className: 'Adam', config: adam } : { className: 'AdamW', config: { ...adam, weight_decay: optimizer.weightDecay } };
    }
  }
}

/** Keras refuses the whole number 0, which is how JSON writes its default 0.0. */
function aboveZero(name: string, value: number): Json {
  return value > 0 ? { [name]: value } : {};
}

function clippingConfig(clipping: ClippingSettings | null): Json {
  switch (clipping?.kind) {
    case 'value':
      return { clipvalue: clipping.limit };
    case 'norm':
      return { clipnorm: clipping.limit };
    case 'global-norm':
      return { global_clipnorm: clipping.limit };
    case undefined:
      return {};
  }
}

/** null: Keras has no such loss; the model loads and predicts all the same. */
function lossConfig({ loss }: TargetPlan): unknown {
  switch (loss.kind) {
    case 'mse':
    case 'mae':
      return loss.kind;
    case 'huber':
      return { module: 'keras.losses', class_name: 'Huber', config: { name: 'huber', reduction: 'sum_over_batch_size', delta: loss.delta }, registered_name: null };
    case 'quantile':
    case 'quantiles':
      return null;
    case 'categorical-crossentropy':
      return crossentropy('CategoricalCrossentropy', 'categorical_crossentropy');
    case 'binary-crossentropy':
      return crossentropy('BinaryCrossentropy', 'binary_crossentropy');
  }
}

/** The model gives logits: probabilities are made of them in the loss. */
function crossentropy(className: string, name: string): Json {
  return { module: 'keras.losses', class_name: className, config: { name, reduction: 'sum_over_batch_size', from_logits: true, label_smoothing: 0, axis: -1 }, registered_name: null };
}
