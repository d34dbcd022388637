"""Makes models in Keras 3 with random weights, saves each as .keras with what it says of random inputs: models.json in the folder named."""
import json, os, sys

import keras
import numpy as np
from keras import layers as L

folder = sys.argv[1]
random = np.random.default_rng(5)
models = {}


def sequential(name, shape, *layers, **compiled):
    model = keras.Sequential([keras.Input(shape), *layers])
    if compiled:
        model.compile(**compiled)
    models[name] = model


def functional(name, shape, build):
    inputs = keras.Input(shape)
    models[name] = keras.Model(inputs, build(inputs))


for activation in ["relu", "elu", "selu", "softplus", "softsign", "silu", "mish", "hard_sigmoid", "hard_silu", "leaky_relu", "relu6", "exponential"]:
    sequential(f"activation_{activation}", (6, 2), L.Flatten(), L.Dense(4, activation=activation), L.Activation(activation), L.Dense(2))
sequential("rnn", (9, 2), L.SimpleRNN(5, return_sequences=True, go_backwards=True), L.SimpleRNN(3, use_bias=False), L.Dense(2))
sequential("lstm", (9, 3), L.LSTM(5, return_sequences=True, dropout=0.2, recurrent_dropout=0.1, unit_forget_bias=False), L.LSTM(3, recurrent_activation="hard_sigmoid"), L.Dense(3))
sequential("gru", (9, 2), L.GRU(5, return_sequences=True), L.GRU(4, reset_after=False), L.Dense(4), loss="mae", optimizer=keras.optimizers.AdamW(0.002, weight_decay=0.01, clipnorm=1.0))
for merge in ["concat", "sum", "ave", "mul"]:
    sequential(f"bidirectional_{merge}", (8, 2), L.Bidirectional(L.LSTM(3, return_sequences=True), merge_mode=merge), L.Bidirectional(L.GRU(2), merge_mode=merge), L.Dense(2))
sequential("convolution", (24, 2), L.Conv1D(6, 3, padding="causal", dilation_rate=2, activation="relu"), L.BatchNormalization(), L.MaxPooling1D(2), L.Conv1D(5, 4, strides=2), L.AveragePooling1D(3, strides=1, padding="same"), L.GlobalAveragePooling1D(), L.Dense(2))
sequential("shapes", (12, 2), L.Cropping1D((1, 2)), L.ZeroPadding1D(2), L.Permute((2, 1)), L.Permute((2, 1)), L.Reshape((13, 2)), L.Flatten(), L.RepeatVector(4), L.SimpleRNN(3, return_sequences=True), L.GlobalMaxPooling1D(), L.Dense(2))
sequential("regularized", (7, 1), L.GaussianNoise(0.2), L.SpatialDropout1D(0.1), L.LayerNormalization(), L.Dropout(0.3), L.Flatten(), L.Dense(3, kernel_regularizer=keras.regularizers.L2(0.01), kernel_initializer=keras.initializers.HeNormal(), bias_constraint="non_neg"), L.ReLU(), L.LeakyReLU(negative_slope=0.2), L.ELU(), L.Dense(1), loss=keras.losses.Huber(delta=2.0), optimizer=keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True))
sequential("time_distributed", (6, 2), L.LSTM(4, return_sequences=True), L.TimeDistributed(L.Dense(3)), L.TimeDistributed(L.Activation("tanh")))
sequential("vector_input", (10,), L.Dense(5, activation="tanh"), L.BatchNormalization(), L.Dense(2))
models["stateful"] = keras.Sequential([keras.Input(batch_shape=(3, 6, 2)), L.LSTM(4, return_sequences=True, stateful=True), L.GRU(3, stateful=True), L.Dense(4)])
sequential("open_length", (None, 2), L.LSTM(4), L.Dense(2))


def encoder_decoder(inputs):
    sequence, hidden, cell = L.LSTM(4, return_sequences=True, return_state=True, name="encoder")(inputs)
    return L.Dense(2)(L.LSTM(4, name="decoder")(sequence, initial_state=[hidden, cell]))


def merges(inputs):
    parts = [L.Dense(3, name=f"part {n}")(inputs) for n in range(3)]
    added = L.Add()(parts)
    joined = L.Concatenate()([*parts, L.Multiply()(parts), L.Average()(parts[:2]), L.Subtract()(parts[1:])])
    longer = L.Concatenate(axis=1)([added, parts[0]])
    return L.Dense(2)(L.Concatenate()([L.GlobalMaxPooling1D()(joined), L.GlobalAveragePooling1D()(longer)]))


def shared(inputs):
    layer = L.Dense(3, activation="tanh", name="twice")
    return L.Dense(1)(L.Flatten()(layer(L.Add()([layer(inputs), inputs]))))


def residual(inputs):
    value = L.Conv1D(4, 1)(inputs)
    for dilation in (1, 2, 4):
        value = L.Add()([value, L.Conv1D(4, 2, padding="causal", dilation_rate=dilation, activation="relu")(value)])
    return L.Dense(2)(value)


functional("encoder_decoder", (7, 2), encoder_decoder)
functional("merges", (5, 2), merges)
functional("shared", (4, 3), shared)
functional("residual", (10, 2), residual)


def drawn(weight):
    if "seed" in weight.path:
        return random.integers(0, 9, weight.shape).astype("uint32")
    return random.uniform(0.5, 2.0, weight.shape) if "variance" in weight.path else random.normal(0, 0.4, weight.shape)


told = {}
for name, model in models.items():
    model.set_weights([drawn(weight) for weight in model.weights])
    shape = [size or 50 for size in model.input_shape[1:]]
    inputs = random.normal(0, 1, (3, *shape)).astype("float32")
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()
    model.save(os.path.join(folder, f"{name}.keras"))
    told[name] = {"inputs": inputs.reshape(-1).tolist(), "predictions": np.asarray(model(inputs, training=False)).reshape(-1).tolist()}
with open(os.path.join(folder, "models.json"), "w") as file:
    json.dump(told, file)
