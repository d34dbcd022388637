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
