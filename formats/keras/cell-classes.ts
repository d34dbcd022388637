import { registeredPackage } from './keras-config.ts';

/**
 * Cells that Keras has not, as Python classes for keras.layers.RNN, in Keras's own idiom: they load by their registered names
 * once the module is imported.
 */
const sources: Readonly<Record<string, string>> = {
  LayerNormSimpleRNNCell: `@keras.saving.register_keras_serializable(package="${registeredPackage}")
class LayerNormSimpleRNNCell(keras.layers.SimpleRNNCell):
    """A SimpleRNN cell whose weighted sum is normalised over the units before the activation (Ba et al., 2016)."""

    def __init__(self, units, epsilon=1e-3, **kwargs):
        super().__init__(units, **kwargs)
        self.epsilon = epsilon

    def build(self, input_shape):
        super().build(input_shape)
        self.gamma = self.add_weight(shape=(self.units,), initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=(self.units,), initializer="zeros", name="beta")

    def call(self, sequence, states, training=False):
        activation, self.activation = self.activation, None
        total, _ = super().call(sequence, states, training=training)
        self.activation = activation
        mean = keras.ops.mean(total, axis=-1, keepdims=True)
        variance = keras.ops.mean(keras.ops.square(total - mean), axis=-1, keepdims=True)
        normalized = (total - mean) * keras.ops.rsqrt(variance + self.epsilon)
        output = activation(self.gamma * normalized + self.beta)
        return output, [output]

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}
`,
  LayerNormLSTMCell: `@keras.saving.register_keras_serializable(package="${registeredPackage}")
class LayerNormLSTMCell(keras.layers.LSTMCell):
    """An LSTM cell whose weighted sums, and whose cell state where it is shown, are normalised over the units (Ba et al., 2016)."""

    def __init__(self, units, epsilon=1e-3, **kwargs):
        super().__init__(units, **kwargs)
        self.epsilon = epsilon

    def build(self, input_shape):
        super().build(input_shape)
        self.kernel_gamma = self.add_weight(shape=(4 * self.units,), initializer="ones", name="kernel_gamma")
        self.recurrent_gamma = self.add_weight(shape=(4 * self.units,), initializer="ones", name="recurrent_gamma")
        self.state_gamma = self.add_weight(shape=(self.units,), initializer="ones", name="state_gamma")
        self.state_beta = self.add_weight(shape=(self.units,), initializer="zeros", name="state_beta")

    def normalize(self, total):
        mean = keras.ops.mean(total, axis=-1, keepdims=True)
        variance = keras.ops.mean(keras.ops.square(total - mean), axis=-1, keepdims=True)
        return (total - mean) * keras.ops.rsqrt(variance + self.epsilon)

    def call(self, sequence, states, training=False):
        hidden, memory = states
        if training and 0.0 < self.dropout < 1.0:
            sequence = sequence * self.get_dropout_mask(sequence)
        if training and 0.0 < self.recurrent_dropout < 1.0:
            hidden = hidden * self.get_recurrent_dropout_mask(hidden)
        from_input = self.kernel_gamma * self.normalize(keras.ops.matmul(sequence, self.kernel))
        from_hidden = self.recurrent_gamma * self.normalize(keras.ops.matmul(hidden, self.recurrent_kernel))
        total = from_input + from_hidden
        if self.use_bias:
            total = total + self.bias
        take, forget, candidate, show = keras.ops.split(total, 4, axis=-1)
        kept = self.recurrent_activation(forget) * memory
        memory = kept + self.recurrent_activation(take) * self.activation(candidate)
        shown = self.state_gamma * self.normalize(memory) + self.state_beta
        output = self.recurrent_activation(show) * self.activation(shown)
        return output, [output, memory]

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}
`,
};

export const cellClassNames: readonly string[] = Object.keys(sources);

/** The text of a Python module with these cell classes, to be imported before the model is loaded. */
export function cellModule(classNames: readonly string[]): string {
  const classes = [...new Set(classNames)].map((name) => {
    const source = sources[name];
    if (source === undefined) throw new RangeError(`there is no Python class ${name}`);
    return source;
  });
  return ['"""Cells of this model that Keras does not have. Import this module before the model is loaded."""\n\nimport keras\n', ...classes].join('\n\n');
}
