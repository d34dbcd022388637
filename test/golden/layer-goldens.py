"""Golden numbers, layer by layer: what Keras 3 computes for every node type and its options.

    python test/golden/layer-goldens.py           (with keras and tensorflow-cpu installed)
    python test/golden/layer-goldens.py --given   (cases from standard input, golden numbers to standard output)

writes layer-goldens.json beside itself, one case a line. A case is a node type with its parameters and the shapes of its
inputs. Inputs and weights are given by plain formulas (`layer_inputs`, `layer_weights`), the loss is the sum of the
outputs, each times a fixed pattern (`pattern_of`). A recurrent layer that is given more than one input starts with them as its
states, and its final states count in the loss as well. Dropout masks are made of plain formulas too (`next_uniforms`).
Stored are the outputs and the gradients of the loss with respect to every input and every trainable weight, and moving statistics after the call, computed in float64 and rounded to float32, as base64 of little-endian numbers;
and the layer's configuration as Keras itself writes it.
"""
import base64
import importlib
import json
import os
import pathlib
import re
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf

keras.backend.set_floatx("float64")

ACTIVATIONS = [
    "linear", "relu", "tanh", "sigmoid", "elu", "selu", "softplus", "softsign", "silu", "mish", "exponential",
    "leaky_relu", "relu6", "hard_sigmoid", "hard_silu",
]
BATCH, STEPS, FEATURES = 2, 5, 3
SEQUENCE = [BATCH, STEPS, FEATURES]
VECTOR = [BATCH, FEATURES]
LONG = [BATCH, 9, 2]


@keras.saving.register_keras_serializable()
class LayerNormCell(keras.layers.SimpleRNNCell):
    """A SimpleRNN whose linear combination is normalised before the activation."""

    def __init__(self, units, epsilon=1e-3, **settings):
        super().__init__(units, **settings)
        self.normalization = keras.layers.LayerNormalization(epsilon=epsilon)

    def build(self, shape):
        super().build(shape)
        self.normalization.build((shape[0], self.units))

    def call(self, inputs, states, training=False):
        activation, self.activation = self.activation, None
        sums, _ = super().call(inputs, states, training=training)
        self.activation = activation
        outputs = activation(self.normalization(sums))
        return outputs, [outputs]

    def get_config(self):
        return {**super().get_config(), "epsilon": self.normalization.epsilon}


def layer_norm_rnn(return_sequences, return_state, go_backwards=False, stateful=False, **cell):
    return keras.layers.RNN(LayerNormCell(**cell), return_sequences=return_sequences, return_state=return_state, go_backwards=go_backwards, stateful=stateful)


@keras.saving.register_keras_serializable()
class LayerNormLSTMCell(keras.layers.LSTMCell):
    """Ba, Kiros and Hinton's: both products normalised over all gates, and the cell state where it is read out."""

    def __init__(self, units, epsilon=1e-3, **settings):
        super().__init__(units, **settings)
        self.epsilon = epsilon

    def build(self, shape):
        super().build(shape)
        for name, size, start in (("kernel_gamma", 4, "ones"), ("recurrent_gamma", 4, "ones"), ("state_gamma", 1, "ones"), ("state_beta", 1, "zeros")):
            setattr(self, name, self.add_weight(shape=(size * self.units,), initializer=start, name=name))

    def normalized(self, values):
        mean = tf.reduce_mean(values, axis=1, keepdims=True)
        variance = tf.reduce_mean((values - mean) ** 2, axis=1, keepdims=True)
        return (values - mean) / tf.sqrt(variance + self.epsilon)

    def call(self, inputs, states, training=False):
        hidden, memory = states
        def product(values, kernel, masks):
            if not training or masks is None:
                return values @ kernel
            if not isinstance(masks, list):
                return (values * masks) @ kernel
            return tf.concat([(values * mask) @ block for mask, block in zip(masks, tf.split(kernel, 4, axis=1))], axis=1)
        sums = self.normalized(product(inputs, tf.convert_to_tensor(self.kernel), self.get_dropout_mask(inputs))) * self.kernel_gamma
        sums += self.normalized(product(hidden, tf.convert_to_tensor(self.recurrent_kernel), self.get_recurrent_dropout_mask(hidden))) * self.recurrent_gamma
        if self.use_bias:
            sums += self.bias
        input_sum, forget_sum, candidate_sum, output_sum = tf.split(sums, 4, axis=1)
        gate = self.recurrent_activation
        memory = gate(forget_sum) * memory + gate(input_sum) * self.activation(candidate_sum)
        hidden = gate(output_sum) * self.activation(self.normalized(memory) * self.state_gamma + self.state_beta)
        return hidden, [hidden, memory]

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}


def layer_norm_lstm(return_sequences, return_state, go_backwards=False, stateful=False, **cell):
    return keras.layers.RNN(LayerNormLSTMCell(**cell), return_sequences=return_sequences, return_state=return_state, go_backwards=go_backwards, stateful=stateful)


MERGE_MODES = {"concatenate": "concat", "sum": "sum", "average": "ave", "multiply": "mul"}


def recurrent(layer):
    def make(return_sequences=True, bidirectional=False, merge="concatenate", return_state=False, go_backwards=False, **settings):
        backwards = go_backwards and not bidirectional
        made = layer(return_sequences=return_sequences, return_state=return_state, go_backwards=backwards, **settings)
        return keras.layers.Bidirectional(made, merge_mode=MERGE_MODES[merge]) if bidirectional else made
    return make


columns_drawn = 0


def next_uniforms(shape):
    """Numbers in [0, 1] for the next columns of the one matrix that all masks of a layer are drawn from."""
    global columns_drawn
    rows, columns = np.arange(shape[0])[:, None], columns_drawn + np.arange(shape[1])[None, :]
    columns_drawn += shape[1]
    return 0.5 + 0.5 * np.sin(1.7 * columns + 2.9 * rows + 0.3)


def formula_dropout(values, rate, noise_shape=None, seed=None):
    return values * tf.constant(np.where(next_uniforms(values.shape) < rate, 0.0, 1.0 / (1.0 - rate)))


# The cells of Keras draw their masks through this one function.
dropout_rnn_cell = importlib.import_module("keras.src.layers.rnn.dropout_rnn_cell")
dropout_rnn_cell.backend.random.dropout = formula_dropout


@keras.saving.register_keras_serializable()
class FeatureEmbedding(keras.layers.Embedding):
    """An Embedding of one feature of a sequence, counted back from the last."""

    def __init__(self, input_dimension=10, output_dimension=4, from_last=1):
        super().__init__(input_dimension, output_dimension)
        self.from_last = from_last

    def call(self, inputs):
        return super().call(inputs[..., -self.from_last])

    def compute_output_shape(self, shape):
        return super().compute_output_shape(shape[:-1])


# Which layer of Keras a node type is; its parameters are Keras's, in snake case, unless `spell` says otherwise.
LAYERS = {
    "simple-rnn": recurrent(keras.layers.SimpleRNN),
    "lstm": recurrent(keras.layers.LSTM),
    "gru": recurrent(keras.layers.GRU),
    "layer-norm-rnn": recurrent(layer_norm_rnn),
    "layer-norm-lstm": recurrent(layer_norm_lstm),
    "layer-norm": keras.layers.LayerNormalization,
    "batch-norm": keras.layers.BatchNormalization,
    "dropout": keras.layers.Dropout,
    "dense": keras.layers.Dense,
    "embedding": FeatureEmbedding,
    "crop-features": lambda before=0, after=1: keras.layers.Lambda(lambda values: values[..., before:values.shape[-1] - after]),
    "flatten": keras.layers.Flatten,
    "conv1d": lambda stride=1, dilation=1, **settings: keras.layers.Conv1D(strides=stride, dilation_rate=dilation, **settings),
    "max-pooling": lambda stride=None, **settings: keras.layers.MaxPooling1D(strides=stride, **settings),
    "average-pooling": lambda stride=None, **settings: keras.layers.AveragePooling1D(strides=stride, **settings),
    "add": keras.layers.Add,
    "subtract": keras.layers.Subtract,
    "multiply": keras.layers.Multiply,
    "average": keras.layers.Average,
    "concatenate": lambda axis="feature": keras.layers.Concatenate(axis={"feature": -1, "time": 1}[axis]),
    "activation": lambda activation="relu": keras.layers.Activation(activation),
    "repeat-vector": lambda steps: keras.layers.RepeatVector(steps),
    "take-step": lambda step=-1: keras.layers.Lambda(lambda values: values[:, step]),
    "crop": lambda before=1, after=1: keras.layers.Cropping1D((before, after)),
    "pad": lambda before=1, after=1: keras.layers.ZeroPadding1D((before, after)),
    "reshape": lambda steps: keras.layers.Reshape((steps, -1)),
    "permute": lambda: keras.layers.Permute((2, 1)),
    "spatial-dropout": keras.layers.SpatialDropout1D,
    "gaussian-noise": lambda deviation: keras.layers.GaussianNoise(deviation),
    "global-max-pooling": keras.layers.GlobalMaxPooling1D,
    "global-average-pooling": keras.layers.GlobalAveragePooling1D,
}


def snake_case(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def make_layer(node_type, parameters, **more):
    settings = {snake_case(name): value for name, value in parameters.items() if name != "truncateAfter"}
    for part in ("kernel", "recurrent", "bias"):
        l1, l2 = settings.pop(f"{part}_l1", 0), settings.pop(f"{part}_l2", 0)
        if l1 or l2:
            settings[f"{part}_regularizer"] = keras.regularizers.L1L2(l1=l1, l2=l2)
    return LAYERS[node_type](**settings, **more)


def wave(count, frequency, phase):
    return np.sin(frequency * np.arange(count) + phase)


def layer_inputs(node_type, parameters, shapes):
    if node_type == "embedding":
        return [(7.0 * np.arange(np.prod(shape)) % parameters.get("inputDimension", 10)).reshape(shape) for shape in shapes]
    return [1.5 * wave(np.prod(shape), 0.37, 0.5 + index).reshape(shape) for index, shape in enumerate(shapes)]


def layer_weights(layer):
    weights = []
    for index, weight in enumerate(layer.weights):
        offset = 1.0 if weight.name.endswith(("gamma", "moving_variance")) else 0.0
        weights.append((offset + 0.3 * wave(np.prod(weight.shape), 0.7, index)).reshape(weight.shape))
    return weights


def pattern_of(shape):
    return np.cos(0.23 * np.arange(np.prod(shape))).reshape(shape)


def encode(array):
    return base64.b64encode(np.asarray(array).ravel().astype("<f4").tobytes()).decode()


def plain_config(layer):
    """The configuration without names and types; of an initialiser its name alone."""
    config = {}
    for key, value in layer.get_config().items():
        if isinstance(value, dict) and value.get("module") == "keras.initializers":
            config[key] = snake_case(value["class_name"])
        elif isinstance(value, dict) and value.get("module") == "keras.regularizers":
            config[key] = value
        elif key not in ("name", "dtype", "trainable") and not isinstance(value, dict):
            config[key] = value
    return config


RECURRENT_TYPES = ("simple-rnn", "lstm", "gru", "layer-norm-rnn", "layer-norm-lstm")


def weight_name(weight):
    """Keras's own name; of a bidirectional layer with the direction before it."""
    direction = re.search(r"(forward|backward)_", weight.path)
    return f"{direction.group(1)}_{weight.name}" if direction else weight.name


def with_states(layer, parameters):
    """A function of the input and the initial states that gives the output and the final states; two directions side by side."""
    def call(sequence, *states, training):
        if not parameters.get("bidirectional"):
            return layer(sequence, initial_state=list(states), training=training)
        halves = [tf.split(state, 2, axis=1) for state in states]
        outputs, *finals = layer(sequence, initial_state=[half[0] for half in halves] + [half[1] for half in halves], training=training)
        return [outputs, *[tf.concat(finals[index::len(states)], axis=1) for index in range(len(states))]]
    return call


def golden(node_type, parameters, shapes, training=False):
    global columns_drawn
    has_states = node_type in RECURRENT_TYPES and len(shapes) > 1
    layer = make_layer(node_type, parameters, **({"return_state": True} if has_states else {}))
    inputs = [tf.constant(values) for values in layer_inputs(node_type, parameters, shapes)]
    given = inputs[0] if len(inputs) == 1 or has_states else inputs
    layer(given)
    layer.set_weights(layer_weights(layer))
    columns_drawn = 0
    with tf.GradientTape() as tape:
        for own in inputs:
            tape.watch(own)
        outputs, *finals = with_states(layer, parameters)(*inputs, training=training) if has_states else [layer(given, training=training)]
        loss = sum(tf.reduce_sum(value * pattern_of(value.shape)) for value in (outputs, *finals))
    gradients = tape.gradient(loss, [*inputs, *[weight.value for weight in layer.trainable_weights]], unconnected_gradients="zero")
    # Of an embedding only the rows that were read.
    gradients = [tf.convert_to_tensor(gradient) for gradient in gradients]
    case = {
        "type": node_type, "parameters": parameters, "mode": "train" if training else "predict", "inputs": shapes,
        "outputShape": list(outputs.shape), "output": encode(outputs),
        "inputGradients": [encode(gradient) for gradient in gradients[:len(inputs)]],
        "weightGradients": {weight_name(weight): encode(gradient) for weight, gradient in zip(layer.trainable_weights, gradients[len(inputs):])},
    }
    if layer.losses:
        case["penalty"] = float(sum(layer.losses))
    if finals:
        case["finalStates"] = [encode(state) for state in finals]
    if node_type not in NO_CONFIG:
        case["config"] = plain_config(layer.forward_layer if parameters.get("bidirectional") else layer)
        if parameters.get("bidirectional"):
            case["wrapper"] = {"class_name": type(layer).__name__, **{key: value for key, value in layer.get_config().items() if key == "merge_mode"}}
    moving = {weight.name: encode(weight) for weight in layer.non_trainable_weights if "seed" not in weight.name}
    if moving:
        case["moving"] = moving
    return case


# Not layers of Keras: a class of one's own, and indexing.
NO_CONFIG = {"layer-norm-rnn", "layer-norm-lstm", "take-step", "embedding", "crop-features"}


def options(**choices):
    """Every combination of the given values."""
    combinations = [{}]
    for name, values in choices.items():
        combinations = [{**combination, name: value} for combination in combinations for value in values]
    return combinations


SWITCHES = (True, False)
RECURRENT = options(returnSequences=SWITCHES, goBackwards=SWITCHES, useBias=SWITCHES)


def cases():
    for node_type in ("simple-rnn", "lstm", "layer-norm-rnn", "layer-norm-lstm"):
        for chosen in RECURRENT:
            yield node_type, {"units": 4, **chosen}, [SEQUENCE]
    for chosen in options(resetAfter=SWITCHES, returnSequences=SWITCHES, goBackwards=SWITCHES, useBias=SWITCHES):
        yield "gru", {"units": 4, **chosen}, [SEQUENCE]
    for node_type in RECURRENT_TYPES:
        states = 2 if node_type in ("lstm", "layer-norm-lstm") else 1
        for chosen in options(merge=MERGE_MODES, returnSequences=SWITCHES):
            yield node_type, {"units": 4, "bidirectional": True, **chosen}, [SEQUENCE]
        for chosen in options(returnSequences=SWITCHES, goBackwards=SWITCHES):
            yield node_type, {"units": 4, **chosen}, [SEQUENCE, *[[BATCH, 4]] * states]
        yield node_type, {"units": 2, "bidirectional": True, "useBias": False}, [SEQUENCE, *[[BATCH, 4]] * states]
    for node_type, more in (*((name, {}) for name in RECURRENT_TYPES), ("gru", {"resetAfter": False})):
        for dropout, recurrent_dropout in ((0.4, 0.0), (0.0, 0.4), (0.3, 0.5)):
            rates = {"dropout": dropout, "recurrentDropout": recurrent_dropout}
            # With these masks it normalises nearly equal numbers: one rounding of float32 in its weights moves float64's gradients by
            # 1.4e-3, and Keras itself is off by 7e-5 in float32. A larger epsilon keeps the digits; the other masks need none.
            if node_type == "layer-norm-lstm" and dropout == 0.0:
                rates["epsilon"] = 0.1
            yield node_type, {"units": 4, **rates, **more}, [SEQUENCE], True
            yield node_type, {"units": 3, "bidirectional": True, "returnSequences": False, **rates, **more}, [SEQUENCE], True
        yield node_type, {"units": 4, "dropout": 0.4, "recurrentDropout": 0.4, **more}, [SEQUENCE]
    for activation in ACTIVATIONS:
        yield "simple-rnn", {"units": 4, "activation": activation}, [SEQUENCE]
        yield "dense", {"units": 6, "activation": activation}, [VECTOR]
    for activation, gate in (("relu", "sigmoid"), ("softsign", "hard_sigmoid"), ("elu", "softplus")):
        for node_type in ("lstm", "gru"):
            yield node_type, {"units": 4, "activation": activation, "recurrentActivation": gate}, [SEQUENCE]
    yield "lstm", {"units": 4, "unitForgetBias": False}, [[1, 1, 1]]
    yield "gru", {"units": 1}, [[3, 2, 1]]
    yield "layer-norm-rnn", {"units": 4, "activation": "relu", "epsilon": 0.1}, [SEQUENCE]
    yield "layer-norm-lstm", {"units": 4, "activation": "softsign", "recurrentActivation": "hard_sigmoid", "epsilon": 0.1}, [SEQUENCE]
    for shape in (VECTOR, SEQUENCE):
        yield "layer-norm", {}, [shape]
        yield "layer-norm", {"epsilon": 1e-6}, [shape]
        yield "dense", {"units": 4, "useBias": False}, [shape]
        yield "dropout", {"rate": 0.3}, [shape]
        yield "flatten", {}, [shape]
    yield "dense", {"units": 2, "activation": "tanh"}, [SEQUENCE]
    for padding in ("valid", "same", "causal"):
        for kernel_size, stride, dilation in ((1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 2, 1), (2, 3, 1), (3, 4, 1), (2, 1, 4), (3, 1, 2), (5, 1, 2)):
            yield "conv1d", {"filters": 2, "kernelSize": kernel_size, "stride": stride, "dilation": dilation, "padding": padding}, [LONG]
    yield "conv1d", {"filters": 3, "kernelSize": 2, "padding": "causal", "dilation": 2, "activation": "relu"}, [LONG]
    yield "conv1d", {"filters": 3, "kernelSize": 3, "useBias": False, "activation": "tanh"}, [LONG]
    yield "conv1d", {"filters": 1, "kernelSize": 9, "padding": "same"}, [[1, 9, 1]]
    for node_type in ("max-pooling", "average-pooling"):
        for padding in ("valid", "same"):
            for pool_size, stride in ((2, None), (3, None), (1, 2), (3, 1), (4, 2), (2, 3)):
                yield node_type, {"poolSize": pool_size, "stride": stride, "padding": padding}, [LONG]
    for shape in (VECTOR, SEQUENCE, [7, 1]):
        for training in SWITCHES:
            yield "batch-norm", {}, [shape], training
            yield "batch-norm", {"momentum": 0.8, "epsilon": 0.01}, [shape], training
    for node_type in ("add", "subtract", "multiply", "average"):
        for shape in (VECTOR, SEQUENCE):
            yield node_type, {}, [shape, shape]
    yield "concatenate", {}, [VECTOR, [BATCH, 2]]
    yield "concatenate", {}, [SEQUENCE, [BATCH, STEPS, 1]]
    yield "concatenate", {"axis": "time"}, [SEQUENCE, [BATCH, 2, FEATURES]]
    for activation in ACTIVATIONS:
        yield "activation", {"activation": activation}, [LONG]
    yield "repeat-vector", {"steps": 4}, [VECTOR]
    for step in (-1, 0, 2, -3):
        yield "take-step", {"step": step}, [SEQUENCE]
    for before, after in ((1, 1), (0, 2), (3, 0)):
        yield "crop", {"before": before, "after": after}, [SEQUENCE]
        yield "pad", {"before": before, "after": after}, [SEQUENCE]
    yield "reshape", {"steps": 3}, [SEQUENCE]
    yield "reshape", {"steps": 1}, [VECTOR]
    yield "permute", {}, [SEQUENCE]
    yield "spatial-dropout", {"rate": 0.4}, [SEQUENCE]
    yield "gaussian-noise", {"deviation": 0.3}, [SEQUENCE]
    for node_type in ("global-max-pooling", "global-average-pooling"):
        yield node_type, {}, [SEQUENCE]
    yield from started_and_penalised()
    yield from recurrent_combinations()
    yield from convolution_combinations()
    yield from other_combinations()
    yield from category_combinations()


def started_and_penalised():
    starts = [("glorot_normal", "he_uniform", "ones"), ("he_normal", "lecun_uniform", "random_normal"), ("lecun_normal", "random_uniform", "truncated_normal"),
              ("orthogonal", "zeros", "random_uniform"), ("random_normal", "ones", "zeros"), ("truncated_normal", "glorot_uniform", "ones")]
    for kernel, recurrent_kernel, bias in starts:
        yield "lstm", {"units": 2, "kernelInitializer": kernel, "recurrentInitializer": recurrent_kernel, "biasInitializer": bias}, [[2, 3, 2]]
        yield "dense", {"units": 2, "kernelInitializer": recurrent_kernel, "biasInitializer": bias}, [VECTOR]
    penalties = {"kernelL1": 0.1, "kernelL2": 0.02, "biasL1": 0.3, "biasL2": 0.04}
    for more in (penalties, {"kernelL2": 0.5}, {"biasL1": 0.2}):
        yield "dense", {"units": 3, **more}, [SEQUENCE]
        yield "conv1d", {"filters": 2, "kernelSize": 2, **more}, [LONG]
        for node_type in RECURRENT_TYPES:
            yield node_type, {"units": 2, "recurrentL1": 0.05, "recurrentL2": 0.6, **more}, [[2, 3, 2]]
            yield node_type, {"units": 2, "recurrentL2": 0.6, "bidirectional": True, **more}, [[2, 3, 2]]


# One series, one time step, one feature, and sizes that nothing else has.
ODD_SEQUENCES = ([1, 1, 1], [1, 7, 2], [3, 2, 5], [4, 3, 1])
ODD_VECTORS = ([1, 1], [5, 2], [1, 7])


def recurrent_combinations():
    for activation in ("linear", "relu", "sigmoid", "softsign", "silu", "hard_sigmoid"):
        for gate in ("tanh", "relu", "hard_sigmoid", "linear", "softsign", "elu"):
            switches = {"returnSequences": gate in ("tanh", "linear"), "useBias": activation != "silu"}
            yield "lstm", {"units": 2, "activation": activation, "recurrentActivation": gate, **switches}, [[2, 3, 2]]
    for activation in ("linear", "relu", "sigmoid", "softplus"):
        for gate in ("tanh", "hard_sigmoid", "relu6", "leaky_relu"):
            for reset_after in SWITCHES:
                chosen = {"units": 2, "activation": activation, "recurrentActivation": gate, "resetAfter": reset_after}
                yield "gru", {**chosen, "returnSequences": gate == "tanh", "useBias": activation != "softplus"}, [[2, 3, 2]]
    for activation in ACTIVATIONS:
        yield "simple-rnn", {"units": 3, "activation": activation, "returnSequences": False, "goBackwards": True, "useBias": False}, [[2, 4, 2]]
        yield "layer-norm-rnn", {"units": 3, "activation": activation, "returnSequences": False}, [[2, 4, 2]]
    for node_type in ("simple-rnn", "lstm", "gru", "layer-norm-rnn"):
        for shape in ODD_SEQUENCES:
            yield node_type, {"units": 3}, [shape]
            yield node_type, {"units": 2, "useBias": False, "goBackwards": True, "returnSequences": False}, [shape]
    for shape in ODD_SEQUENCES:
        yield "gru", {"units": 3, "resetAfter": False}, [shape]
        yield "lstm", {"units": 1, "unitForgetBias": False, "returnSequences": False}, [shape]


def convolution_combinations():
    activations = ("relu", "tanh", "silu", "sigmoid", "elu")
    windows = ((1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 2, 1), (2, 3, 1), (3, 4, 1), (2, 1, 4), (3, 1, 2), (5, 1, 2))
    for padding in ("valid", "same", "causal"):
        for place, (kernel_size, stride, dilation) in enumerate(windows):
            chosen = {"kernelSize": kernel_size, "stride": stride, "dilation": dilation, "padding": padding}
            activation = activations[place % len(activations)]
            yield "conv1d", {"filters": 3, **chosen, "activation": activation, "useBias": place % 2 == 0}, [[2, 10, 1]]
            yield "conv1d", {"filters": 1, **chosen, "activation": activation, "useBias": place % 2 == 1}, [[1, 9, 3]]
        yield "conv1d", {"filters": 4, "kernelSize": 1, "padding": padding}, [[3, 1, 2]]
        yield "conv1d", {"filters": 2, "kernelSize": 7, "padding": padding}, [[1, 7, 1]]
    for activation in ACTIVATIONS:
        yield "conv1d", {"filters": 2, "kernelSize": 2, "padding": "causal", "activation": activation}, [[2, 4, 2]]
    for node_type in ("max-pooling", "average-pooling"):
        for padding in ("valid", "same"):
            for pool_size, stride in ((2, None), (3, 2), (1, 1), (5, 1), (4, 3)):
                yield node_type, {"poolSize": pool_size, "stride": stride, "padding": padding}, [[1, 8, 1]]
                yield node_type, {"poolSize": pool_size, "stride": stride, "padding": padding}, [[3, 5, 3]]
    for node_type in ("global-max-pooling", "global-average-pooling"):
        for shape in ODD_SEQUENCES:
            yield node_type, {}, [shape]


def other_combinations():
    for activation in ACTIVATIONS:
        yield "dense", {"units": 3, "activation": activation, "useBias": False}, [[2, 3, 2]]
        yield "activation", {"activation": activation}, [[3, 4]]
    for shape in (*ODD_SEQUENCES, *ODD_VECTORS):
        yield "dense", {"units": 2}, [shape]
        yield "flatten", {}, [shape]
        yield "dropout", {"rate": 0.5}, [shape]
        yield "gaussian-noise", {"deviation": 1.0}, [shape]
        for node_type in ("add", "subtract", "multiply", "average"):
            yield node_type, {}, [shape, shape]
        yield "concatenate", {}, [shape, [*shape[:-1], 3]]
    for shape in ([1, 7, 2], [3, 2, 5], [5, 2], [1, 7]):
        for epsilon in (1e-5, 0.1):
            yield "layer-norm", {"epsilon": epsilon}, [shape]
        for training in SWITCHES:
            yield "batch-norm", {"momentum": 0.5, "epsilon": 1e-5}, [shape], training
            yield "batch-norm", {"momentum": 0.0, "epsilon": 0.1}, [shape], training
    for shape in ODD_SEQUENCES:
        batch, steps, features = shape
        yield "concatenate", {"axis": "time"}, [shape, [batch, 4, features]]
        yield "permute", {}, [shape]
        yield "spatial-dropout", {"rate": 0.5}, [shape]
        yield "take-step", {"step": steps - 1}, [shape]
        yield "take-step", {"step": -steps}, [shape]
        yield "reshape", {"steps": steps * features}, [shape]
        yield "reshape", {"steps": features}, [shape]
        for before, after in ((0, 0), (0, 3), (2, 1)):
            yield "pad", {"before": before, "after": after}, [shape]
    for before, after in ((0, 0), (0, 6), (6, 0), (3, 3), (1, 4)):
        yield "crop", {"before": before, "after": after}, [[1, 7, 2]]
    for shape in ODD_VECTORS:
        for steps in (1, 3):
            yield "repeat-vector", {"steps": steps}, [shape]


def category_combinations():
    for shape in (SEQUENCE, *ODD_SEQUENCES):
        for input_dimension, output_dimension in ((10, 4), (7, 1), (3, 2), (1, 3)):
            yield "embedding", {"inputDimension": input_dimension, "outputDimension": output_dimension}, [shape]
    for from_last in (2, 3):
        yield "embedding", {"inputDimension": 12, "outputDimension": 5, "fromLast": from_last}, [SEQUENCE]
    for before, after in ((0, 1), (1, 0), (1, 1), (2, 0), (0, 0)):
        yield "crop-features", {"before": before, "after": after}, [SEQUENCE]
        yield "crop-features", {"before": before, "after": after}, [VECTOR]


def write_goldens():
    written = [golden(*case) for case in cases()]
    facts = {"made by": {"keras": keras.__version__, "tensorflow": tf.__version__}}
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in written)
    path = pathlib.Path(__file__).with_name("layer-goldens.json")
    path.write_text(f'{{"facts":{json.dumps(facts)},\n"cases":[\n{lines}\n]}}\n')
    print(f"{path.name}: {len(written)} cases, {path.stat().st_size} bytes")


def answer_given():
    """Cases [type, parameters, input shapes, training] as JSON on standard input; their golden numbers on standard output."""
    facts = {"keras": keras.__version__, "tensorflow": tf.__version__}
    print(json.dumps({"facts": {"made by": facts}, "cases": [golden(*case) for case in json.load(sys.stdin)]}))


if __name__ == "__main__":
    answer_given() if "--given" in sys.argv else write_goldens()
