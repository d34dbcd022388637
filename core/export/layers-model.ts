import type { Layer, LayerInput, Model } from '../compile/model.ts';
import { layerType } from '../nodes/catalog.ts';
import { readsFinalStates, wiredStates } from './final-states.ts';

/** The two kinds of model that TensorFlow.js loads: layers of tfjs-layers, which can be trained on, or a graph of operations, which says everything. */
export type TfjsKind = 'layers model' | 'graph model';

/** Layers that tfjs-layers computes as Keras 3 does, by their class in Keras. It has no Subtract, ZeroPadding1D and Cropping1D. */
const layerClasses: ReadonlySet<string> = new Set([
  'SimpleRNN', 'LSTM', 'GRU', 'Conv1D', 'Dense', 'Activation', 'BatchNormalization', 'LayerNormalization',
  'MaxPooling1D', 'AveragePooling1D', 'GlobalMaxPooling1D', 'GlobalAveragePooling1D',
  'Dropout', 'SpatialDropout1D', 'GaussianNoise', 'Flatten', 'RepeatVector', 'Reshape', 'Permute', 'Add', 'Average', 'Multiply', 'Concatenate',
]);

/** Functions that it computes as Keras 3 does: its hard_sigmoid is another one, and exponential, leaky_relu and hard_silu are missing. */
const activationNames: ReadonlySet<unknown> = new Set(['linear', 'relu', 'tanh', 'sigmoid', 'elu', 'selu', 'softplus', 'softsign', 'relu6', 'mish', 'silu']);

/**
 * Why a model cannot be a layers model of TensorFlow.js, as words that go on "… cannot be a layers model: "; null where it can.
 * Source: tfjs-layers 4.22, its layers held against Keras 3.
 */
export function layersModelObstacle(model: Model): string | null {
  for (const layer of model.layers) {
    const reason = obstacleOf(layer, model);
    if (reason !== null) return `${layer.label}: ${reason}`;
  }
  return null;
}

export function tfjsKind(model: Model): TfjsKind {
  return layersModelObstacle(model) === null ? 'layers model' : 'graph model';
}

function obstacleOf(layer: Layer, model: Model): string | null {
  const { keras, title } = layerType(layer.type);
  const { parameters } = layer;
  if (keras === null || !layerClasses.has(keras.className)) return `tfjs-layers has no ${title}`;
  const strange = [parameters['activation'], parameters['recurrentActivation']].find((activation) => activation !== undefined && !activationNames.has(activation));
  if (strange !== undefined) return `tfjs-layers has no ${String(strange)} as Keras 3 defines it`;
  if (wiredStates(layer).wired > 0 || readsFinalStates(model, layer)) return 'its states are wired';
  if (keras.className === 'GRU' && parameters['resetAfter'] === true) return 'the GRU of tfjs-layers resets before the product alone';
  if (keras.className === 'Conv1D' && parameters['padding'] === 'causal') return 'tfjs-layers has no causal padding';
  if (readsTwiceWhatOthersRead(layer, model)) return 'it reads one output twice, which tfjs-layers then lets go before the others have read it';
  return null;
}

/** Its executor counts the layers that wait for an output, and counts one of them off at each of its ports (tfjs-layers 4.22, engine/executor.ts). */
function readsTwiceWhatOthersRead(layer: Layer, { layers }: Model): boolean {
  const sources = Object.values(layer.inputs);
  const twice = sources.filter((source, position) => sources.some((other, at) => at < position && isSame(source, other)));
  return twice.some((source) => layers.some((other) => other !== layer && Object.values(other.inputs).some((input) => isSame(input, source))));
}

function isSame(first: LayerInput, second: LayerInput): boolean {
  return first.kind === 'layer' && second.kind === 'layer' && first.node === second.node && first.port === second.port;
}
