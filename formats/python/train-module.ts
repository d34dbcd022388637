import type { Layer, TargetPlan } from '../../core/compile/model.ts';
import { firstTarget } from '../../core/compile/model.ts';
import type { ExportableModel } from '../../core/export/exportable-model.ts';
import { compileConfig } from '../keras/compile-config.ts';
import { dataNeeds } from './data-needs.ts';
import { classArguments } from './layer-calls.ts';
import { plainWords, pythonCall, raw } from './python-text.ts';
import type { PythonArgument, PythonValue } from './python-text.ts';
import { scheduleCode } from './schedule-code.ts';

/** train.py: trains again from random weights, with the settings of the run. */
export function trainModule({ model, name, training }: ExportableModel): string {
  const target = firstTarget(model);
  const { isWeighted } = dataNeeds(model);
  const read = isWeighted ? 'inputs, targets, weights' : 'inputs, targets';
  const isOwnLoss = isWeighted || target.loss.kind === 'quantile' || target.loss.kind === 'quantiles' || model.layers.some(hasPenalty);
  // Without a validation part, epochs are compared by the training error.
  const isValidated = model.data.split.validationShare > 0;
  const monitor = `${isValidated ? 'val_' : ''}${isOwnLoss ? 'error' : 'loss'}`;
  const { definitions, rate, callback } = scheduleCode(training, monitor);
  const callbacks = [
    ...(training.weightAveraging === null ? [] : ['# Judged and kept are the averaged weights.\n        keras.callbacks.SwapEMAWeights(swap_on_epoch=True)']),
    `keras.callbacks.ModelCheckpoint(file, monitor="${monitor}", mode="min", save_best_only=True, save_weights_only=True)`,
    ...(training.earlyStoppingPatience === null ? [] : [`keras.callbacks.EarlyStopping("${monitor}", mode="min", patience=${training.earlyStoppingPatience})`]),
    ...(callback === null ? [] : [callback]),
    'keras.callbacks.TerminateOnNaN()',
  ];
  const hides = target.kind === 'impute';
  const before = [...(hides ? [hiddenWindows] : []), ...(isOwnLoss ? [ownLoss(target)] : []), ...(definitions === null ? [] : [definitions])];
  return `"""Trains the model of "${plainWords(name)}" again from random weights, with the settings of its run.

Random numbers are Keras's: another run of the same kind, not the same weights.
"""

import argparse
import math
from pathlib import Path

import keras
${hides ? 'import numpy as np\n' : ''}
from data import ${target.loss.kind === 'quantiles' ? 'LEVELS, ' : ''}${hides ? 'read_series, ' : ''}windows
from model import build_model

EPOCHS = ${training.epochs}
BATCH_SIZE = ${training.batchSize}
SEED = ${training.seed}
WEIGHTS = Path(__file__).with_name("trained.weights.h5")
${before.length === 0 ? '' : `\n\n${before.join('\n\n\n')}\n`}

def compile_model(model, steps_per_epoch, epochs=EPOCHS):
    """Gives a model the optimiser, the schedule and the loss of the run."""
    learning_rate = ${rate}
    optimizer = ${optimizerCall(training, target)}
    ${compileCall(isOwnLoss, target)}


def train(epochs=EPOCHS, file=WEIGHTS):
    """Trains, leaves the weights of the best epoch in a file, and gives the model with them."""
    keras.utils.set_random_seed(SEED)
    ${hides ? 'training = HiddenWindows()' : `${read} = windows("training")`}
${isValidated ? '    validation = windows("validation")\n' : ''}    steps_per_epoch = ${hides ? 'len(training)' : 'math.ceil(len(inputs) / BATCH_SIZE)'}
    model = build_model()
    compile_model(model, steps_per_epoch, epochs)
    callbacks = [
${callbacks.map((line) => `        ${line},`).join('\n')}
    ]
    model.fit(
        ${hides ? 'training' : `inputs,\n        targets,${isWeighted ? '\n        sample_weight=weights,' : ''}\n        batch_size=BATCH_SIZE`},
        epochs=epochs,
${isValidated ? '        validation_data=validation,\n        validation_batch_size=256,\n' : ''}        callbacks=callbacks,
    )
    model.load_weights(file)
    return model


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the best weights go (ends with .weights.h5)")
    arguments = parser.parse_args()
    train(arguments.epochs, arguments.weights)
    print(f"The weights of the best epoch are in {arguments.weights}: python predict.py --weights {arguments.weights}")
`;
}

function hasPenalty({ weights }: Layer): boolean {
  return weights.some(({ penalty }) => penalty !== undefined);
}

function optimizerCall(training: ExportableModel['training'], target: TargetPlan): string {
  const { optimizer } = compileConfig(training, target) as { readonly optimizer: { readonly class_name: string; readonly config: Readonly<Record<string, PythonValue>> } };
  const { name: _, learning_rate: __, ...config } = optimizer.config;
  const average: readonly PythonArgument[] =
    training.weightAveraging === null ? [] : [{ name: 'use_ema', value: true }, { name: 'ema_momentum', value: training.weightAveraging.momentum }];
  const rate: PythonArgument = { name: null, value: raw('learning_rate') };
  return pythonCall(`keras.optimizers.${optimizer.class_name}`, [rate, ...classArguments(optimizer.class_name, config), ...average], '    optimizer = ');
}

function compileCall(isOwnLoss: boolean, target: TargetPlan): string {
  if (!isOwnLoss) return `model.compile(optimizer, loss=${plainLoss(target)})`;
  return `# Epochs are compared by the weighted error alone, without penalties on weights.
    error = keras.metrics.MeanMetricWrapper(errors, name="error")
    model.compile(optimizer, loss=WeightedError(), weighted_metrics=[error])`;
}

function plainLoss({ loss }: TargetPlan): string {
  switch (loss.kind) {
    case 'mse':
    case 'mae':
      return `"${loss.kind}"`;
    case 'huber':
      return `keras.losses.Huber(${loss.delta})`;
    case 'categorical-crossentropy':
      return 'keras.losses.CategoricalCrossentropy(from_logits=True)';
    case 'binary-crossentropy':
      return 'keras.losses.BinaryCrossentropy(from_logits=True)';
    case 'quantile':
    case 'quantiles':
      throw new RangeError('Keras has no quantile loss');
  }
}

function ownLoss({ loss }: TargetPlan): string {
  return `def errors(targets, predictions):
    """The loss of each target by itself."""
${errorLines(loss).map((line) => `    ${line}`).join('\n')}


class WeightedError(keras.losses.Loss):
    """The mean of the errors, each counting by its weight."""

    def __init__(self):
        super().__init__(name="weighted_error", reduction="mean_with_sample_weight")

    def call(self, targets, predictions):
        return errors(targets, predictions)`;
}

function errorLines(loss: TargetPlan['loss']): readonly string[] {
  switch (loss.kind) {
    case 'mse':
      return ['return keras.ops.square(predictions - targets)'];
    case 'mae':
      return ['return keras.ops.abs(predictions - targets)'];
    case 'huber':
      return [
        'size = keras.ops.abs(predictions - targets)',
        `capped = keras.ops.minimum(size, ${loss.delta})`,
        'return capped * (size - 0.5 * capped)',
      ];
    case 'quantile':
      return ['error = predictions - targets', `return keras.ops.maximum(${-loss.quantile} * error, (1 - ${loss.quantile}) * error)`];
    case 'quantiles':
      return [
        '# The quantiles of a value lie beside each other; its error is their mean.',
        'predictions = keras.ops.reshape(predictions, (*keras.ops.shape(targets), len(LEVELS)))',
        'error = predictions - keras.ops.expand_dims(targets, -1)',
        'levels = keras.ops.convert_to_tensor(LEVELS, "float32")',
        'return keras.ops.mean(keras.ops.maximum(-levels * error, (1 - levels) * error), axis=-1)',
      ];
    case 'categorical-crossentropy':
      return ['return keras.losses.categorical_crossentropy(targets, predictions, from_logits=True)'];
    case 'binary-crossentropy':
      return ['return keras.losses.binary_crossentropy(targets, predictions, from_logits=True)'];
  }
}

const hiddenWindows = `class HiddenWindows(keras.utils.PyDataset):
    """Batches of the training part: in every epoch other values are hidden, and the windows stand in another order."""

    def __init__(self):
        super().__init__()
        self.series, self.random, self.epoch = read_series(), np.random.default_rng(SEED), -1
        self.on_epoch_end()

    def on_epoch_end(self):
        self.epoch += 1
        arrays = windows("training", self.series, self.epoch)
        order = self.random.permutation(len(arrays[0]))
        self.arrays = [array[order] for array in arrays]

    def __len__(self):
        return math.ceil(len(self.arrays[0]) / BATCH_SIZE)

    def __getitem__(self, index):
        return tuple(array[index * BATCH_SIZE : (index + 1) * BATCH_SIZE] for array in self.arrays)`;
