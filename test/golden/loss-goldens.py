"""Golden numbers of the losses: what Keras 3 (and NumPy for the pinball loss, which Keras lacks) computes.

    python test/golden/loss-goldens.py            (with keras and tensorflow-cpu installed)

writes loss-goldens.json beside itself, one case a line. Predictions, targets and weights are given by plain formulas,
the same as in loss-goldens.test.ts. A loss is Σ w·l / Σ w over all elements ("mean_with_sample_weight"); stored are the
loss and its gradient with respect to the predictions, in float64.
"""
import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf

keras.backend.set_floatx("float64")
MEAN = "mean_with_sample_weight"
ROWS, COLUMNS = 6, 4
COUNT = ROWS * COLUMNS


def elements():
    index = np.arange(COUNT)
    return 2.5 * np.sin(0.7 * index + 0.2), np.cos(0.4 * index), 0.25 * (index % 5)


def by_keras(loss):
    predictions, targets, weights = elements()
    values = tf.Variable(predictions[:, None])
    with tf.GradientTape() as tape:
        result = loss(targets[:, None], values, sample_weight=weights)
    return float(result), tape.gradient(result, values).numpy().ravel()


def by_logits(categorical):
    """Logits and 0 / 1 targets; categorical: a class a row, a weight a row."""
    values, _, weights = elements()
    index = np.arange(COUNT)
    logits = tf.Variable(8 * (values.reshape(ROWS, COLUMNS) if categorical else values[:, None]))
    if categorical:
        targets = np.eye(COLUMNS)[np.arange(ROWS) * 3 % COLUMNS]
        weights = weights[:ROWS]
        loss = keras.losses.CategoricalCrossentropy(from_logits=True, reduction=MEAN)
    else:
        targets = (index % 3 == 0).astype("float64")[:, None]
        loss = keras.losses.BinaryCrossentropy(from_logits=True, reduction=MEAN)
    with tf.GradientTape() as tape:
        result = loss(targets, logits, sample_weight=weights)
    return float(result), tape.gradient(result, logits).numpy().ravel()


def pinball(quantile):
    """Koenker and Bassett (1978): max(τ·(y − ŷ), (τ − 1)·(y − ŷ))."""
    predictions, targets, weights = elements()
    error = targets - predictions
    losses = np.maximum(quantile * error, (quantile - 1) * error)
    slopes = np.where(error > 0, -quantile, 1 - quantile)
    return float((weights * losses).sum() / weights.sum()), weights * slopes / weights.sum()


CASES = [
    ({"kind": "mse"}, lambda: by_keras(keras.losses.MeanSquaredError(reduction=MEAN))),
    ({"kind": "mae"}, lambda: by_keras(keras.losses.MeanAbsoluteError(reduction=MEAN))),
    *[({"kind": "huber", "delta": delta}, lambda delta=delta: by_keras(keras.losses.Huber(delta=delta, reduction=MEAN))) for delta in (0.5, 1, 3)],
    *[({"kind": "quantile", "quantile": quantile}, lambda quantile=quantile: pinball(quantile)) for quantile in (0.05, 0.5, 0.9)],
    ({"kind": "categorical-crossentropy"}, lambda: by_logits(True)),
    ({"kind": "binary-crossentropy"}, lambda: by_logits(False)),
]


def main():
    lines = []
    for plan, run in CASES:
        loss, gradient = run()
        lines.append(json.dumps({"plan": plan, "loss": loss, "gradient": [float(value) for value in gradient]}))
    place = pathlib.Path(__file__).with_suffix(".json")
    place.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(lines), "cases with keras", keras.__version__)


main()
