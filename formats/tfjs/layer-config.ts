import type { KerasLayer } from '../keras/keras-layers.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The members that the constructor of each class of tfjs-layers reads, all of them stated: its defaults are not Keras's
 * (hardSigmoid gates, glorotNormal kernels, another epsilon). Names as Keras writes them, which tfjs-layers turns into its own.
 */
const recurrent = ['units', 'activation', 'use_bias', 'kernel_regularizer', 'recurrent_regularizer', 'bias_regularizer', 'dropout', 'recurrent_dropout', 'return_sequences', 'return_state', 'go_backwards', 'unroll'];
const gated = [...recurrent, 'recurrent_activation'];
const pooling = ['pool_size', 'strides', 'padding', 'data_format'];
const membersOfClass: Readonly<Record<string, readonly string[]>> = {
  SimpleRNN: recurrent,
  LSTM: [...gated, 'unit_forget_bias'],
  GRU: [...gated, 'reset_after'],
  Conv1D: ['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'activation', 'use_bias', 'kernel_regularizer', 'bias_regularizer'],
  Dense: ['units', 'activation', 'use_bias', 'kernel_regularizer', 'bias_regularizer'],
  Activation: ['activation'],
  BatchNormalization: ['axis', 'momentum', 'epsilon', 'center', 'scale'],
  LayerNormalization: ['axis', 'epsilon', 'center', 'scale'],
  MaxPooling1D: pooling,
  AveragePooling1D: pooling,
  GlobalMaxPooling1D: ['data_format'],
  GlobalAveragePooling1D: ['data_format'],
  Dropout: ['rate'],
  SpatialDropout1D: ['rate'],
  GaussianNoise: ['stddev'],
  Flatten: ['data_format'],
  RepeatVector: ['n'],
  Reshape: ['target_shape'],
  Permute: ['dims'],
  Add: [],
  Average: [],
  Multiply: [],
  Concatenate: ['axis'],
};

/** Weights come with the file: how they would start costs time at loading (orthogonal kernels) and changes nothing. */
const startsWithoutCost: Readonly<Record<string, readonly string[]>> = {
  Dense: ['kernel', 'bias'],
  Conv1D: ['kernel', 'bias'],
  SimpleRNN: ['kernel', 'recurrent', 'bias'],
  LSTM: ['kernel', 'recurrent', 'bias'],
  GRU: ['kernel', 'recurrent', 'bias'],
};

/** tfjs-layers has Keras's silu under its older name. */
const activations: Readonly<Record<string, string>> = { silu: 'swish' };

/** A layer of a layers model as its config in model.json. Throws for a class that tfjs-layers has not: layersModelObstacle has refused it before. */
export function tfjsLayerConfig({ name, className, config, wrapper }: KerasLayer): { readonly class_name: string; readonly config: Json } {
  if (wrapper === undefined) return { class_name: className, config: ownConfig(name, className, config) };
  const inner = { class_name: className, config: ownConfig(name, className, config) };
  return { class_name: wrapper.className, config: { name, trainable: true, dtype: 'float32', merge_mode: wrapper.config['merge_mode'], layer: inner } };
}

/** What each of a layer's weights is called, in Keras's order. */
export function tfjsWeightNames({ name, className, wrapper, weights }: KerasLayer): readonly string[] {
  if (wrapper === undefined) return weights.map((weight) => `${name}/${weight}`);
  const half = weights.length / 2;
  const own = weights.slice(0, half).map((weight) => weight.replace(/^forward_/u, ''));
  if (own.length !== half || !weights.every((weight, index) => weight.endsWith(own[index % half]!))) throw new RangeError(`the two directions of ${className} have other weights`);
  return ['forward', 'backward'].flatMap((direction) => own.map((weight) => `${name}/${direction}_${name}/${weight}`));
}

function ownConfig(name: string, className: string, config: Json): Json {
  const members = membersOfClass[className];
  if (members === undefined) throw new RangeError(`tfjs-layers has no ${className}`);
  const stated = members.map((member) => [member, spelled(member, config[member])] as const);
  const starts = (startsWithoutCost[className] ?? []).map((weight) => [`${weight}_initializer`, 'zeros'] as const);
  const all: Json = Object.fromEntries<unknown>([...stated, ...starts]);
  return { name, trainable: true, dtype: 'float32', ...all, ...steady[className] };
}

/** What Keras has no word for any more. */
const steady: Readonly<Record<string, Json>> = { LSTM: { implementation: 1, stateful: false }, GRU: { implementation: 1, stateful: false }, SimpleRNN: { stateful: false } };

function spelled(member: string, value: unknown): unknown {
  if (member.endsWith('activation') && typeof value === 'string') return activations[value] ?? value;
  // Without Keras's module and registered name.
  if (member.endsWith('regularizer') && typeof value === 'object' && value !== null && 'class_name' in value && 'config' in value) return { class_name: value.class_name, config: value.config };
  return value ?? null;
}
