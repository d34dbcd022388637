"""Golden numbers: what Keras 3 computes for the models of templates; layer-goldens.py does it layer by layer.

    python test/golden/keras-goldens.py           (with keras and tensorflow-cpu installed)

writes keras-goldens.json beside itself. For each model, from weights, inputs and targets given by plain formulas:
  float32: predictions, the gradient of the loss, and the weights after one step of Adam;
  float64: the losses of twenty steps of Adam and the weights after them.
Vectors are flat over all weights, layer by layer in Keras's own order, as base64 of little-endian numbers.
"""
import base64
import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf

BATCH = 3
WINDOW = 12
STEPS = 20
# Keras casts Adam's betas through float32 even where everything else is float64; these two lose nothing by it.
EXACT_BETAS = {"beta_1": 0.875, "beta_2": 1023 / 1024}

rnn = lambda sequences: keras.layers.SimpleRNN(20, return_sequences=sequences)
linear_rnn = lambda sequences: keras.layers.SimpleRNN(20, activation="linear", return_sequences=sequences)
lstm = lambda sequences: keras.layers.LSTM(20, return_sequences=sequences)
gru = lambda sequences: keras.layers.GRU(20, return_sequences=sequences)
causal = lambda dilation: keras.layers.Conv1D(20, 2, dilation_rate=dilation, padding="causal", activation="relu")
MODELS = {
    "next-value": {"features": 1, "outputs": 1, "rate": 0.001, "layers": lambda: [rnn(True), rnn(False), keras.layers.Dense(1)]},
    "ten-steps": {"features": 1, "outputs": 10, "rate": 0.001, "layers": lambda: [rnn(True), rnn(False), keras.layers.Dense(10)]},
    "sequence-to-sequence": {"features": 1, "outputs": 10, "rate": 0.01, "layers": lambda: [lstm(True), lstm(True), keras.layers.Dense(10)]},
    "seattle-weather": {"features": 4, "outputs": 14, "rate": 0.001, "layers": lambda: [lstm(False), keras.layers.Dense(14)]},
    "mauna-loa-co2": {"features": 1, "outputs": 26, "rate": 0.001,
                      "layers": lambda: [linear_rnn(True), linear_rnn(False), keras.layers.Dense(26)]},
    "layer-norm": {"features": 1, "outputs": 10, "rate": 0.001,
                   "layers": lambda: [rnn(True), keras.layers.LayerNormalization(), rnn(False), keras.layers.Dense(10)]},
    "conv1d-gru": {"features": 1, "outputs": 10, "rate": 0.001,
                   "layers": lambda: [keras.layers.Conv1D(20, 4, strides=2), gru(True), gru(False), keras.layers.Dense(10)]},
    "wavenet": {"features": 1, "outputs": 10, "rate": 0.001,
                "layers": lambda: [*[causal(dilation) for dilation in (1, 2, 4, 8) * 2], keras.layers.Conv1D(10, 1)]},
}


def wave(count, frequency, phase):
    return np.sin(frequency * np.arange(count) + phase)


def start_weights(model):
    weights = []
    for index, weight in enumerate(model.weights):
        offset = 1.0 if weight.name == "gamma" else 0.0
        weights.append((offset + 0.3 * wave(np.prod(weight.shape), 0.7, index)).reshape(weight.shape))
    return weights


def build(spec, precision):
    keras.backend.set_floatx(precision)
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input((WINDOW, spec["features"])), *spec["layers"]()])
    model.set_weights(start_weights(model))
    inputs = wave(BATCH * WINDOW * spec["features"], 0.37, 0.5).reshape(BATCH, WINDOW, spec["features"]).astype(precision)
    shape = model.compute_output_shape(inputs.shape)
    targets = np.cos(0.23 * np.arange(np.prod(shape))).reshape(shape).astype(precision)
    return model, tf.constant(inputs), tf.constant(targets)


def loss_and_gradients(model, inputs, targets):
    with tf.GradientTape() as tape:
        predictions = model(inputs, training=True)
        loss = tf.reduce_mean(tf.square(predictions - targets))
    return predictions, loss, tape.gradient(loss, model.trainable_variables)


def flat(arrays, kind):
    joined = np.concatenate([np.asarray(array).ravel() for array in arrays]).astype(kind)
    return base64.b64encode(joined.tobytes()).decode()


def golden(spec):
    model, inputs, targets = build(spec, "float32")
    optimizer = keras.optimizers.Adam(spec["rate"])
    predictions, loss, gradients = loss_and_gradients(model, inputs, targets)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    single = {
        "predictions": flat([predictions], "<f4"), "gradient": flat(gradients, "<f4"), "loss": float(loss),
        "afterOneStep": flat(model.get_weights(), "<f4"),
    }
    model, inputs, targets = build(spec, "float64")
    optimizer = keras.optimizers.Adam(spec["rate"], **EXACT_BETAS)
    losses = []
    for _ in range(STEPS):
        _, loss, gradients = loss_and_gradients(model, inputs, targets)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        losses.append(float(loss))
    return {
        "features": spec["features"], "outputs": spec["outputs"], "learningRate": spec["rate"],
        "weightNames": [weight.path for weight in model.weights],
        "float32": single, "float64": {"losses": losses, "afterTwentySteps": flat(model.get_weights(), "<f8")},
    }


goldens = {
    "made by": {"keras": keras.__version__, "tensorflow": tf.__version__},
    "exactBetas": EXACT_BETAS, "batch": BATCH, "window": WINDOW, "steps": STEPS,
    "models": {name: golden(spec) for name, spec in MODELS.items()},
}
path = pathlib.Path(__file__).with_name("keras-goldens.json")
path.write_text(json.dumps(goldens, indent=1) + "\n")
print(f"{path.name}: {len(MODELS)} models, {path.stat().st_size} bytes")
