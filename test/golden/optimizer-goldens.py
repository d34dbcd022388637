"""Golden numbers: what Keras 3's optimisers, clipping, weight averaging and learning-rate schedules do.

    python test/golden/optimizer-goldens.py           (with keras and tensorflow-cpu installed)

writes optimizer-goldens.json beside itself. Twenty steps in float64 of each optimiser on SimpleRNN(3) + Dense(2), from weights,
inputs and targets given by plain formulas; and the rates of each schedule. Numbers that Keras would cast through float32
(betas, momentum, rates of schedules) are chosen so that they lose nothing by it.
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

BATCH, WINDOW, STEPS = 3, 6, 20
keras.backend.set_floatx("float64")

BETAS = {"beta_1": 0.875, "beta_2": 1023 / 1024}
ADAM = {"learning_rate": 2**-6, **BETAS}
CASES = {
    "sgd": (keras.optimizers.SGD, {"learning_rate": 0.125}),
    "sgd momentum": (keras.optimizers.SGD, {"learning_rate": 0.0625, "momentum": 0.875}),
    "sgd nesterov": (keras.optimizers.SGD, {"learning_rate": 0.0625, "momentum": 0.875, "nesterov": True}),
    "rmsprop": (keras.optimizers.RMSprop, {"learning_rate": 2**-6, "rho": 0.875}),
    "rmsprop momentum": (keras.optimizers.RMSprop, {"learning_rate": 2**-7, "rho": 0.875, "momentum": 0.75}),
    "rmsprop centered": (keras.optimizers.RMSprop, {"learning_rate": 2**-7, "rho": 0.75, "momentum": 0.5, "centered": True, "epsilon": 1e-3}),
    "adam": (keras.optimizers.Adam, ADAM),
    "adam amsgrad": (keras.optimizers.Adam, {**ADAM, "beta_2": 0.5, "amsgrad": True}),
    "adamw": (keras.optimizers.AdamW, {**ADAM, "weight_decay": 0.125}),
    "adamw amsgrad": (keras.optimizers.AdamW, {**ADAM, "beta_2": 0.5, "weight_decay": 0.25, "amsgrad": True}),
    "clip by value": (keras.optimizers.SGD, {"learning_rate": 0.125, "clipvalue": 0.0625}),
    "clip by norm": (keras.optimizers.SGD, {"learning_rate": 0.125, "clipnorm": 0.25}),
    "clip by global norm": (keras.optimizers.SGD, {"learning_rate": 0.125, "global_clipnorm": 0.25}),
    "clip adamw": (keras.optimizers.AdamW, {**ADAM, "weight_decay": 0.125, "clipnorm": 0.125}),
    "average": (keras.optimizers.Adam, {**ADAM, "use_ema": True, "ema_momentum": 0.75}),
}

SCHEDULES = keras.optimizers.schedules
RATE = 0.5
STEPS_PER_EPOCH, EPOCHS = 8, 10
RATES = {
    "exponential": SCHEDULES.ExponentialDecay(RATE, 2 * STEPS_PER_EPOCH, 0.75),
    "exponential staircase": SCHEDULES.ExponentialDecay(RATE, 2 * STEPS_PER_EPOCH, 0.75, staircase=True),
    "cosine": SCHEDULES.CosineDecay(RATE, EPOCHS * STEPS_PER_EPOCH),
    "cosine warm-up": SCHEDULES.CosineDecay(
        0.0, (EPOCHS - 2) * STEPS_PER_EPOCH, alpha=0.125, warmup_target=RATE, warmup_steps=2 * STEPS_PER_EPOCH),
    "cosine short": SCHEDULES.CosineDecay(RATE, 4 * STEPS_PER_EPOCH, alpha=0.25),
    "restarts": SCHEDULES.CosineDecayRestarts(RATE, 2 * STEPS_PER_EPOCH, t_mul=2.0, m_mul=0.5, alpha=0.125),
    "restarts alike": SCHEDULES.CosineDecayRestarts(RATE, 3 * STEPS_PER_EPOCH, t_mul=1.0, m_mul=0.75),
}
PLATEAU = {"factor": 0.5, "patience": 2, "minimum": 0.1}
PLATEAU_LOSSES = [5, 4, 4, 4.5, 3, 3, 3, 3, 3, 2, 2.5, 2.5, 2.5, 2.5, 2.5, 1]


def wave(count, frequency, phase):
    return np.sin(frequency * np.arange(count) + phase)


def flat(arrays):
    joined = np.concatenate([np.asarray(array).ravel() for array in arrays]).astype("<f8")
    return base64.b64encode(joined.tobytes()).decode()


def train(optimizer_class, settings):
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input((WINDOW, 1)), keras.layers.SimpleRNN(3), keras.layers.Dense(2)])
    model.set_weights([0.5 * wave(np.prod(weight.shape), 0.7, index).reshape(weight.shape) for index, weight in enumerate(model.weights)])
    inputs = tf.constant(wave(BATCH * WINDOW, 0.37, 0.5).reshape(BATCH, WINDOW, 1))
    targets = tf.constant(2 * np.cos(0.9 * np.arange(BATCH * 2)).reshape(BATCH, 2))
    optimizer = optimizer_class(**settings)
    losses = []
    for _ in range(STEPS):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(inputs, training=True) - targets))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        losses.append(float(loss))
    trained = flat(model.get_weights())
    optimizer.finalize_variable_values(model.trainable_variables)
    return {"settings": settings, "losses": losses, "weights": trained, "kept": flat(model.get_weights())}


def plateau():
    """The rate in each epoch of a run whose epochs end with PLATEAU_LOSSES."""
    class Model:
        optimizer = keras.optimizers.SGD(RATE)
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="loss", factor=PLATEAU["factor"], patience=PLATEAU["patience"], min_delta=0, min_lr=PLATEAU["minimum"])
    callback.set_model(Model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(PLATEAU_LOSSES):
        rates.append(float(Model.optimizer.learning_rate))
        callback.on_epoch_end(epoch, {"loss": loss})
    return rates


goldens = {
    "made by": {"keras": keras.__version__, "tensorflow": tf.__version__},
    "batch": BATCH, "window": WINDOW, "steps": STEPS,
    "optimizers": {name: train(*case) for name, case in CASES.items()},
    "rate": RATE, "stepsPerEpoch": STEPS_PER_EPOCH, "epochs": EPOCHS,
    "schedules": {name: [float(schedule(step)) for step in range(EPOCHS * STEPS_PER_EPOCH + 1)] for name, schedule in RATES.items()},
    "plateau": {**PLATEAU, "losses": PLATEAU_LOSSES, "rates": plateau()},
}
path = pathlib.Path(__file__).with_name("optimizer-goldens.json")
path.write_text(json.dumps(goldens, indent=1) + "\n")
print(f"{path.name}: {len(CASES)} optimisers, {len(RATES)} schedules, {path.stat().st_size} bytes")
