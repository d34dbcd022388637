import type { PythonValue } from './python-text.ts';

type Defaults = Readonly<Record<string, PythonValue>>;

const weights: Defaults = { kernel_initializer: 'glorot_uniform', bias_initializer: 'zeros', kernel_regularizer: null, bias_regularizer: null };
const dense: Defaults = { ...weights, activation: 'linear', use_bias: true };
const reading: Defaults = { return_sequences: false, return_state: false, go_backwards: false, stateful: false, unroll: false };
const recurrent: Defaults = {
  ...weights, ...reading, recurrent_initializer: 'orthogonal', recurrent_regularizer: null,
  activation: 'tanh', use_bias: true, dropout: 0, recurrent_dropout: 0, seed: null,
};
const gated: Defaults = { ...recurrent, recurrent_activation: 'sigmoid' };
const channels: Defaults = { data_format: 'channels_last' };
const normalization: Defaults = { axis: -1, epsilon: 0.001, center: true, scale: true, beta_initializer: 'zeros', gamma_initializer: 'ones' };

/**
 * What Keras 3 takes where nothing is said, by class: a person who writes the model does not say it. Held to Keras's own
 * signatures by a test.
 */
export const kerasDefaults: Readonly<Record<string, Defaults>> = {
  Activation: {},
  Add: {},
  Average: {},
  AveragePooling1D: { strides: null, padding: 'valid', ...channels },
  BatchNormalization: { ...normalization, momentum: 0.99, moving_mean_initializer: 'zeros', moving_variance_initializer: 'ones' },
  Bidirectional: { merge_mode: 'concat' },
  Concatenate: { axis: -1 },
  Conv1D: { ...dense, ...channels, strides: 1, padding: 'valid', dilation_rate: 1, groups: 1 },
  Cropping1D: {},
  Dense: dense,
  Dropout: { noise_shape: null, seed: null },
  Embedding: { embeddings_initializer: 'uniform', embeddings_regularizer: null, mask_zero: false },
  Flatten: channels,
  GRU: { ...gated, reset_after: true },
  GaussianNoise: { seed: null },
  GlobalAveragePooling1D: { ...channels, keepdims: false },
  GlobalMaxPooling1D: { ...channels, keepdims: false },
  LSTM: { ...gated, unit_forget_bias: true },
  LayerNormalization: normalization,
  MaxPooling1D: { strides: null, padding: 'valid', ...channels },
  Multiply: {},
  Permute: {},
  RNN: reading,
  RepeatVector: {},
  Reshape: {},
  SimpleRNN: recurrent,
  SpatialDropout1D: { seed: null },
  Subtract: {},
  ZeroPadding1D: { data_format: 'channels_last' },
  Adam: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false },
  AdamW: { weight_decay: 0.004, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7, amsgrad: false },
  RMSprop: { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  SGD: { momentum: 0, nesterov: false },
};
