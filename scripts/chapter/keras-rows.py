"""What Keras makes of a network of the chapter: the notebook's data, settings and loop, with a seed for its weights and its order.

    python scripts/chapter/keras-rows.py  < {"rows": [{"id", "task", "layers", "learningRate"}], "seeds": [1]}

writes one JSON line for each row and seed: validation error after the last epoch (of the last step), milliseconds a step. A row
with a "start", {"weights": [[...], ...], "orders": [[...], ...]}, is trained from those weights on the training series in those
orders, one an epoch, and its line has "errors", the validation error after each epoch, instead.
The environment variable KERAS_BACKEND chooses what Keras computes with; a cell of one's own runs many times faster on JAX.
The layers are spelled as Unroll's nodes; test/golden/layer-goldens.py says which layers of Keras they are.
"""
import importlib.util
import json
import os
import pathlib
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np

goldens = pathlib.Path(__file__).parents[2] / "test" / "golden" / "layer-goldens.py"
spec = importlib.util.spec_from_file_location("layer_goldens", goldens)
layer_goldens = importlib.util.module_from_spec(spec)
spec.loader.exec_module(layer_goldens)
keras.backend.set_floatx("float32")

WINDOW, EPOCHS, BATCH = 50, 20, 32


def series_of(steps):
    """The notebook's generate_time_series(10000, steps) after np.random.seed(42)."""
    random = np.random.RandomState(42)
    freq1, freq2, offsets1, offsets2 = random.rand(4, 10000, 1)
    times = np.linspace(0, 1, steps)
    series = 0.5 * np.sin((times - offsets1) * (freq1 * 10 + 10))
    series += 0.2 * np.sin((times - offsets2) * (freq2 * 20 + 20))
    series += 0.1 * (random.rand(10000, steps) - 0.5)
    return series[..., np.newaxis].astype(np.float32)


def samples_of(task):
    horizon = 1 if task == "one step" else 10
    series = series_of(WINDOW + horizon)
    inputs = series[:, :WINDOW]
    if task == "ten steps at every step":
        targets = np.stack([series[:, step + 1:step + 1 + horizon, 0] for step in range(WINDOW)], axis=1)
    elif task == "ten steps, iterated":
        targets = series[:, WINDOW:WINDOW + 1, 0]
        return inputs[:7000], targets[:7000], inputs[7000:9000], series[7000:9000, WINDOW:, 0]
    else:
        targets = series[:, WINDOW:, 0]
    return inputs[:7000], targets[:7000], inputs[7000:9000], targets[7000:9000]


def error_of(model, task, validation_inputs, validation_targets):
    if task == "ten steps, iterated":
        window = validation_inputs
        for _ in range(validation_targets.shape[1]):
            window = np.concatenate([window, model.predict(window[:, -WINDOW:], batch_size=256, verbose=0)[:, np.newaxis]], axis=1)
        predictions = window[:, WINDOW:, 0]
    else:
        predictions = model.predict(validation_inputs, batch_size=256, verbose=0)
    if task == "ten steps at every step":
        predictions, validation_targets = predictions[:, -1], validation_targets[:, -1]
    return float(np.mean(np.square(predictions.astype("f8") - validation_targets)))


def train_from(start, model, task, inputs, targets, validation):
    for weight, values in zip(model.trainable_weights, start["weights"], strict=True):
        weight.assign(np.reshape(values, weight.shape))
    errors = []
    for order in start["orders"]:
        model.fit(inputs[order], targets[order], batch_size=BATCH, shuffle=False, verbose=0)
        errors.append(error_of(model, task, *validation))
    return errors


def train(row, seed):
    keras.utils.set_random_seed(seed)
    inputs, targets, *validation = samples_of(row["task"])
    layers = [layer_goldens.make_layer(node_type, parameters) for node_type, parameters in row["layers"]]
    model = keras.Sequential([keras.Input((WINDOW, 1)), *layers])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(row["learningRate"]))
    facts = {"id": row["id"], "seed": seed, "keras": f"Keras {keras.__version__} on {keras.backend.backend()}"}
    if "start" in row:
        return {**facts, "errors": train_from(row["start"], model, row["task"], inputs, targets, validation)}
    model.fit(inputs, targets, epochs=1, batch_size=BATCH, verbose=0)
    began = time.perf_counter()
    model.fit(inputs, targets, epochs=EPOCHS - 1, batch_size=BATCH, verbose=0)
    seconds = time.perf_counter() - began
    steps = (EPOCHS - 1) * -(-7000 // BATCH)
    return {**facts, "error": error_of(model, row["task"], *validation), "msPerStep": 1000 * seconds / steps}


asked = json.load(sys.stdin)
for row in asked["rows"]:
    for seed in asked["seeds"]:
        print(json.dumps(train(row, seed)), flush=True)
