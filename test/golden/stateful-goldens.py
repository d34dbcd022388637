"""Golden numbers of stateful layers: what Keras 3 makes of windows that follow each other, with stateful=True.

    python test/golden/stateful-goldens.py        (with keras and tensorflow-cpu installed)

writes stateful-goldens.json beside itself. For each kind of layers: two rows of four windows of five steps each; a step of gradient
descent on each window in turn, states carried from one to the next; then the states reset, and all four windows predicted in
turn with the trained weights. Computed in float64.
"""
import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np

keras.backend.set_floatx("float64")
ROWS, WINDOWS, STEPS, HORIZON, RATE = 2, 4, 5, 2, 0.1

CASES = {
    "simple-rnn": lambda: [keras.layers.SimpleRNN(4, return_sequences=True, stateful=True), keras.layers.SimpleRNN(3, stateful=True)],
    "lstm": lambda: [keras.layers.LSTM(4, return_sequences=True, stateful=True), keras.layers.LSTM(3, stateful=True)],
    "gru": lambda: [keras.layers.GRU(4, return_sequences=True, stateful=True), keras.layers.GRU(3, stateful=True)],
}


def wave(shape, frequency, phase):
    return np.sin(frequency * np.arange(np.prod(shape)) + phase).reshape(shape)


def golden(layers):
    model = keras.Sequential([keras.Input(batch_shape=(ROWS, STEPS, 1)), *layers(), keras.layers.Dense(HORIZON)])
    model.set_weights([0.5 * wave(weight.shape, 0.7, index) for index, weight in enumerate(model.get_weights())])
    start = np.concatenate([weight.ravel() for weight in model.get_weights()])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(RATE))
    inputs = wave((WINDOWS, ROWS, STEPS, 1), 0.37, 0.5)
    targets = wave((WINDOWS, ROWS, HORIZON), 0.9, 0.2)
    losses = [float(model.train_on_batch(inputs[window], targets[window])) for window in range(WINDOWS)]
    weights = np.concatenate([weight.ravel() for weight in model.get_weights()])
    for layer in model.layers:
        if hasattr(layer, "reset_state"):
            layer.reset_state()
    predictions = [np.asarray(model(inputs[window], training=False)).ravel().tolist() for window in range(WINDOWS)]
    return {"start": start.tolist(), "inputs": inputs.reshape(WINDOWS, -1).tolist(), "targets": targets.reshape(WINDOWS, -1).tolist(),
            "losses": losses, "weights": weights.tolist(), "predictions": predictions}


cases = {name: golden(layers) for name, layers in CASES.items()}
place = pathlib.Path(__file__).with_suffix(".json")
place.write_text(json.dumps({"keras": keras.__version__, "rows": ROWS, "steps": STEPS, "rate": RATE, "cases": cases}) + "\n")
