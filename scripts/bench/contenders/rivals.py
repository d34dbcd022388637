"""JAX, PyTorch and Keras 3 as contenders of the benchmark: rivals.py FOLDER ENGINE (see protocol.ts).

Every engine starts from the same weights, trains on the same batches with Adam and mean squared error, takes its batch
from host memory at every step and reads the loss back, as a training loop does. Keras adds epsilon before the bias
correction, the others after it: they get epsilon / sqrt(1 - beta2^t), so that all of them take the same steps.
"""
import json
import math
import os
import pathlib
import resource
import sys
import time

folder, engine = pathlib.Path(sys.argv[1]), sys.argv[2]
if engine.startswith("keras"):
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")
import numpy as np

case = json.loads((folder / "case.json").read_text())
BATCH, STEPS, FEATURES, OUTPUTS, RATE = (case[name] for name in ("batch", "steps", "features", "outputs", "learningRate"))
flat = np.fromfile(folder / "parameters.f32", "<f4")
inputs = np.fromfile(folder / "inputs.f32", "<f4").reshape(-1, BATCH, STEPS, FEATURES)
EVERY_STEP = case["everyStep"]
TARGET = (STEPS, OUTPUTS) if EVERY_STEP else (OUTPUTS,)
targets = np.fromfile(folder / "targets.f32", "<f4").reshape(-1, BATCH, *TARGET)
COUNT = len(inputs)


def returns_sequences(layer):
    return layer.get("returnSequences", True)


def weights():
    """The flat vector cut into the trainable weights of each layer, in Keras's order, and (kernel, bias) for the head."""
    position, width, length, result = 0, FEATURES, STEPS, []

    def take(*shape):
        nonlocal position
        size = int(np.prod(shape))
        position += size
        return flat[position - size:position].reshape(shape)

    for layer in case["layers"]:
        units, kind = layer.get("units", width), layer["kind"]
        if kind == "conv1d":
            result.append((take(layer["kernelSize"], width, units), take(units)))
            reach = (layer["kernelSize"] - 1) * layer["dilation"]
            length = (length if layer["padding"] == "causal" else length - reach) - 1
            length = length // layer["stride"] + 1
        elif kind == "gru":
            bias = (2, 3 * units) if layer["resetAfter"] else (3 * units,)
            result.append((take(width, 3 * units), take(units, 3 * units), take(*bias)))
        elif "cell" in layer:
            rows = {"features": width, "units": units}
            result.append(tuple(take(*([rows[own["rows"]]] if own["rows"] else []), own["columns"] * units) for own in layer["cell"]["weights"]))
        elif kind == "bidirectional-lstm":
            result.append(tuple(take(*shape) for _ in range(2) for shape in ((width, 4 * units), (units, 4 * units), (4 * units,))))
            units = 2 * units
        elif kind == "batch-norm":
            result.append((take(width), take(width)))
        elif kind == "repeat-vector":
            result.append(())
            length = layer["steps"]
        elif kind == "flatten":
            result.append(())
            units = width * length
        elif kind == "dense":
            result.append((take(width, units), take(units)))
        else:
            gates = {"simple-rnn": 1, "lstm": 4}[kind]
            result.append((take(width, gates * units), take(units, gates * units), take(gates * units)))
        width = units
    return result, (take(width, OUTPUTS), take(OUTPUTS))


def described_step(cell, functions, values):
    """One step of a described cell (cells.ts): values by name, those that are there already are not computed again."""
    matmul, sigmoid, tanh, split, mean, rsqrt = functions
    for own in cell["operations"]:
        if own["to"][0] in values:
            continue
        a, *more = [values[name] for name in own["from"]]
        kind = own["operation"]
        if kind == "matmul":
            results = [matmul(a, more[0])]
        elif kind == "split":
            results = split(a, len(own["to"]))
        elif kind == "layerNorm":
            centred = a - mean(a)
            results = [centred * rsqrt(mean(centred * centred) + 1e-3) * more[0] + more[1]]
        else:
            results = [{"add": lambda: a + more[0], "subtract": lambda: a - more[0], "multiply": lambda: a * more[0],
                        "sigmoid": lambda: sigmoid(a), "tanh": lambda: tanh(a), "oneMinus": lambda: 1 - a}[kind]()]
        values.update(zip(own["to"], results))
    return tuple(values[name] for name in cell["next"])


def hoisted(cell, sequence, own, matmul):
    """Products of the input with a weight, for all steps at once."""
    return {op["to"][0]: matmul(sequence, own[op["from"][1]]) for op in cell["operations"] if op["operation"] == "matmul" and op["from"][0] == "x"}


def jax_contender():
    import jax, jax.numpy as jnp, optax

    def rnn(state, x, U):
        h = jnp.tanh(x + state[0] @ U)
        return (h,), h

    def lstm(state, x, U):
        i, f, c, o = jnp.split(x + state[0] @ U, 4, axis=-1)
        memory = jax.nn.sigmoid(f) * state[1] + jax.nn.sigmoid(i) * jnp.tanh(c)
        h = jax.nn.sigmoid(o) * jnp.tanh(memory)
        return (h, memory), h

    def gru_after(state, x, U, bias):
        z, r, g = jnp.split(x, 3, axis=-1)
        hz, hr, hg = jnp.split(state[0] @ U + bias, 3, axis=-1)
        z, r = jax.nn.sigmoid(z + hz), jax.nn.sigmoid(r + hr)
        h = z * state[0] + (1 - z) * jnp.tanh(g + r * hg)
        return (h,), h

    def gru_before(state, x, U):
        units = state[0].shape[-1]
        z, r, g = jnp.split(x, 3, axis=-1)
        hz, hr = jnp.split(state[0] @ U[:, :2 * units], 2, axis=-1)
        z, r = jax.nn.sigmoid(z + hz), jax.nn.sigmoid(r + hr)
        h = z * state[0] + (1 - z) * jnp.tanh(g + (r * state[0]) @ U[:, 2 * units:])
        return (h,), h

    def convolve(described, sequence, kernel, bias):
        """sequence [time, batch, feature]; a sum of shifted products, the faster of the two ways on a CPU."""
        reach, stride = (len(kernel) - 1) * described["dilation"], described["stride"]
        if described["padding"] == "causal":
            sequence = jnp.pad(sequence, ((reach, 0), (0, 0), (0, 0)))
        places = len(sequence) - reach
        total = bias
        for tap in range(len(kernel)):
            first = tap * described["dilation"]
            total = total + sequence[first:first + places:stride] @ kernel[tap]
        return jax.nn.relu(total) if described["activation"] == "relu" else total

    functions = (jnp.matmul, jax.nn.sigmoid, jnp.tanh, lambda a, n: jnp.split(a, n, axis=-1), lambda a: a.mean(-1, keepdims=True), jax.lax.rsqrt)

    def recur_described(described, sequence, *arrays):
        cell = described["cell"]
        own = dict(zip((w["name"] for w in cell["weights"]), arrays))
        def step(states, products):
            values = {**own, **products, **{f"state{i}": state for i, state in enumerate(states)}}
            following = described_step(cell, functions, values)
            return following, following[0]
        start = tuple(jnp.zeros((sequence.shape[1], described["units"])) for _ in range(cell["states"]))
        _, sequence = jax.lax.scan(step, start, hoisted(cell, sequence, own, jnp.matmul))
        return sequence

    def bidirectional(described, sequence, *arrays, key):
        batch, units, rate = sequence.shape[1], described["units"], described["recurrentDropout"]

        def one(W, U, b, key, backwards):
            kept = jnp.ones((batch, units)) if key is None else jax.random.bernoulli(key, 1 - rate, (batch, units)) / (1 - rate)
            start = (jnp.zeros((batch, units)),) * 2
            step = lambda state, x: lstm((state[0] * kept, state[1]), x, U)
            return jax.lax.scan(step, start, sequence @ W + b, reverse=backwards)[1]

        keys = (None, None) if key is None else jax.random.split(key)
        return jnp.concatenate([one(*arrays[:3], keys[0], False), one(*arrays[3:], keys[1], True)], -1)

    # Moving statistics are kept beside the weights; only evaluation reads them.
    def normalize(sequence, gamma, beta, moving, training):
        axes = tuple(range(sequence.ndim - 1))
        mean, variance = (sequence.mean(axes), sequence.var(axes)) if training else moving
        moved = tuple(0.99 * old + 0.01 * new for old, new in zip(moving, (mean, variance)))
        return (sequence - mean) * jax.lax.rsqrt(variance + 1e-3) * gamma + beta, moved

    def recur(described, sequence, W, U, bias, *more):
        kind, batch = described["kind"], sequence.shape[1]
        if kind == "gru" and described["resetAfter"]:
            step, states, bias, constants = gru_after, 1, bias[0], (U, bias[1])
        else:
            step, states = {"simple-rnn": (rnn, 1), "lstm": (lstm, 2), "gru": (gru_before, 1)}[kind]
            constants = (U, *more)
        start = tuple(jnp.zeros((batch, described["units"])) for _ in range(states))
        _, sequence = jax.lax.scan(lambda state, now: step(state, now, *constants), start, sequence @ W + bias)
        return sequence

    def predict(parameters, moving, x, training, key=None):
        layers, (kernel, bias) = parameters
        value, moved = jnp.swapaxes(x, 0, 1), []
        for described, own, statistics in zip(case["layers"], layers, moving):
            kind = described["kind"]
            if kind == "conv1d":
                value = convolve(described, value, *own)
            elif kind == "batch-norm":
                value, statistics = normalize(value, *own, statistics, training)
            elif kind == "repeat-vector":
                value = jnp.broadcast_to(value, (described["steps"], *value.shape))
            elif kind == "flatten":
                value = jnp.swapaxes(value, 0, 1).reshape(x.shape[0], -1)
            elif kind == "bidirectional-lstm":
                value = bidirectional(described, value, *own, key=key)
            elif kind == "dense":
                value = value @ own[0] + own[1]
                value = jax.nn.relu(value) if described["activation"] == "relu" else value
            else:
                value = (recur_described if "cell" in described else recur)(described, value, *own)
                value = value if returns_sequences(described) else value[-1]
            moved.append(statistics)
        return (jnp.swapaxes(value, 0, 1) if value.ndim == 3 else value) @ kernel + bias, moved

    def loss_of(parameters, moving, x, y, training, key=None):
        predictions, moved = predict(parameters, moving, x, training, key)
        return jnp.mean((predictions - y) ** 2), moved

    def init(parameters):
        zeros = jax.tree_util.tree_map(jnp.zeros_like, parameters)
        return optax.ScaleByAdamState(count=jnp.zeros([], jnp.int32), mu=zeros, nu=zeros)

    def adam(gradients, state, _=None):
        count = state.count + 1
        mu = optax.tree_utils.tree_update_moment(gradients, state.mu, 0.9, 1)
        nu = optax.tree_utils.tree_update_moment(gradients, state.nu, 0.999, 2)
        rate = RATE * jnp.sqrt(1 - 0.999 ** count) / (1 - 0.9 ** count)
        return jax.tree_util.tree_map(lambda m, v: -rate * m / (jnp.sqrt(v) + 1e-7), mu, nu), optax.ScaleByAdamState(count, mu, nu)

    optimizer = optax.GradientTransformation(init, adam)
    parameters = jax.tree_util.tree_map(jnp.asarray, weights())
    moving = [(jnp.zeros(len(own[0])), jnp.ones(len(own[0]))) if described["kind"] == "batch-norm" else () for described, own in zip(case["layers"], parameters[0])]
    state = optimizer.init(parameters)

    @jax.jit
    def update(parameters, moving, state, x, y):
        key = jax.random.key(state.count) if any("recurrentDropout" in own for own in case["layers"]) else None
        (loss, moving), gradients = jax.value_and_grad(loss_of, has_aux=True)(parameters, moving, x, y, True, key)
        updates, state = optimizer.update(gradients, state)
        return optax.apply_updates(parameters, updates), moving, state, loss

    holder = [parameters, moving, state]

    def train(batch):
        *holder[:], loss = update(*holder, inputs[batch], targets[batch])
        return float(loss)

    evaluate = jax.jit(lambda parameters, moving, x, y: loss_of(parameters, moving, x, y, False)[0])
    run = jax.jit(lambda parameters, moving, x: predict(parameters, moving, x, False)[0])
    return jax.__version__, os.cpu_count(), train, lambda batch: float(evaluate(*holder[:2], inputs[batch], targets[batch])), lambda x: np.asarray(run(*holder[:2], x))


def torch_contender(threads):
    import torch
    torch.set_num_threads(threads)
    layers, (kernel, bias) = weights()
    width, modules = FEATURES, []
    copy = lambda target, array: target.copy_(torch.from_numpy(np.ascontiguousarray(array)))

    class Convolution(torch.nn.Module):
        def __init__(self, width, described):
            super().__init__()
            units, kernel, dilation, self.relu = described["units"], described["kernelSize"], described["dilation"], described["activation"] == "relu"
            self.shift = (kernel - 1) * dilation if described["padding"] == "causal" else 0
            self.convolution = torch.nn.Conv1d(width, units, kernel, stride=described["stride"], dilation=dilation)

        def forward(self, x):
            result = self.convolution(torch.nn.functional.pad(x.transpose(1, 2), (self.shift, 0))).transpose(1, 2)
            return torch.relu(result) if self.relu else result

    class Recurrence(torch.nn.Module):
        def __init__(self, module, described):
            super().__init__()
            self.module, self.sequences = module, returns_sequences(described)

        def forward(self, x):
            sequence, _ = self.module(x)
            return sequence if self.sequences else sequence[:, -1]

    functions = (torch.matmul, torch.sigmoid, torch.tanh, lambda a, n: torch.chunk(a, n, -1), lambda a: a.mean(-1, keepdim=True), torch.rsqrt)

    class Described(torch.nn.Module):
        """A cell that PyTorch does not have is a loop in Python."""
        def __init__(self, described, arrays):
            super().__init__()
            self.described, self.cell = described, described["cell"]
            self.own = torch.nn.ParameterList([torch.nn.Parameter(torch.from_numpy(array.copy())) for array in arrays])

        def forward(self, x):
            own = dict(zip((w["name"] for w in self.cell["weights"]), self.own))
            products = {name: value.unbind(1) for name, value in hoisted(self.cell, x, own, torch.matmul).items()}
            states = tuple(torch.zeros(len(x), self.described["units"]) for _ in range(self.cell["states"]))
            outputs = []
            for step in range(x.shape[1]):
                values = {**own, **{name: value[step] for name, value in products.items()}, **{f"state{i}": state for i, state in enumerate(states)}}
                states = described_step(self.cell, functions, values)
                outputs.append(states[0])
            return torch.stack(outputs, 1) if returns_sequences(self.described) else outputs[-1]

    class Normalization(torch.nn.Module):
        def __init__(self, width):
            super().__init__()
            self.norm = torch.nn.BatchNorm1d(width, eps=1e-3, momentum=0.01)

        def forward(self, x):
            return self.norm(x.transpose(1, 2)).transpose(1, 2) if x.ndim == 3 else self.norm(x)

    class Repetition(torch.nn.Module):
        def __init__(self, steps):
            super().__init__()
            self.steps = steps

        def forward(self, x):
            return x[:, None].expand(-1, self.steps, -1)

    length = STEPS
    for described, own in zip(case["layers"], layers):
        units, kind = described.get("units", width), described["kind"]
        with torch.no_grad():
            if kind == "conv1d":
                module = Convolution(width, described)
                copy(module.convolution.weight, own[0].transpose(2, 1, 0))
                copy(module.convolution.bias, own[1])
            elif "cell" in described:
                module = Described(described, own)
            elif kind == "batch-norm":
                module = Normalization(width)
                copy(module.norm.weight, own[0])
                copy(module.norm.bias, own[1])
            elif kind == "repeat-vector":
                module = Repetition(described["steps"])
            elif kind == "flatten":
                module, units = torch.nn.Flatten(), width * length
            elif kind == "dense":
                linear = torch.nn.Linear(width, units)
                copy(linear.weight, own[0].T)
                copy(linear.bias, own[1])
                module = torch.nn.Sequential(linear, torch.nn.ReLU()) if described["activation"] == "relu" else linear
            else:
                inner = {"simple-rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](width, units, batch_first=True)
                W, U, b = own
                if kind == "gru":  # Keras: z, r, g; PyTorch: r, z, g
                    order = np.concatenate([np.arange(units, 2 * units), np.arange(units), np.arange(2 * units, 3 * units)])
                    W, U, b = W[:, order], U[:, order], b[:, order]
                    copy(inner.bias_hh_l0, b[1])
                    b = b[0]
                else:
                    inner.bias_hh_l0.zero_()
                    inner.bias_hh_l0.requires_grad_(False)  # Keras has one bias
                copy(inner.weight_ih_l0, W.T)
                copy(inner.weight_hh_l0, U.T)
                copy(inner.bias_ih_l0, b)
                module = Recurrence(inner, described)
        modules.append(module)
        width = units
    head = torch.nn.Linear(width, OUTPUTS)
    with torch.no_grad():
        head.weight.copy_(torch.from_numpy(kernel.T.copy()))
        head.bias.copy_(torch.from_numpy(bias))
    trained = [p for module in [*modules, head] for p in module.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(trained, lr=RATE)
    taken = 0

    network = torch.nn.Sequential(*modules, head)

    def loss_on(batch):
        return torch.nn.functional.mse_loss(network(torch.from_numpy(inputs[batch])), torch.from_numpy(targets[batch]))

    def train(batch):
        nonlocal taken
        taken += 1
        optimizer.param_groups[0]["eps"] = 1e-7 / math.sqrt(1 - 0.999 ** taken)
        optimizer.zero_grad()
        loss = loss_on(batch)
        loss.backward()
        optimizer.step()
        return loss.item()

    def evaluate(batch):
        with torch.no_grad():
            network.eval()
            loss = loss_on(batch).item()
            network.train()
            return loss

    def run(x):
        with torch.no_grad():
            return network.eval()(torch.from_numpy(x)).numpy()

    return torch.__version__, threads, train, evaluate, run


def keras_model(jit):
    import keras
    layers, (kernel, bias) = weights()

    class Described(keras.layers.Layer):
        """A described cell as Keras takes cells from outside."""
        def __init__(self, described, **more):
            super().__init__(**more)
            self.described, self.cell = described, described["cell"]
            self.state_size = [described["units"]] * self.cell["states"]
            self.output_size = described["units"]

        def build(self, shape):
            rows, units = {"features": shape[-1], "units": self.output_size}, self.output_size
            self.own = [self.add_weight(shape=([rows[w["rows"]]] if w["rows"] else []) + [w["columns"] * units], name=w["name"]) for w in self.cell["weights"]]

        def call(self, x, states, training=False):
            ops = keras.ops
            functions = (ops.matmul, ops.sigmoid, ops.tanh, lambda a, n: ops.split(a, n, -1), lambda a: ops.mean(a, -1, keepdims=True), ops.rsqrt)
            values = {"x": x, **dict(zip((w["name"] for w in self.cell["weights"]), self.own)), **{f"state{i}": state for i, state in enumerate(states)}}
            following = described_step(self.cell, functions, values)
            return following[0], list(following)

    def built(own):
        kind = own["kind"]
        if kind == "conv1d":
            return keras.layers.Conv1D(own["units"], own["kernelSize"], strides=own["stride"], dilation_rate=own["dilation"], padding=own["padding"], activation=own["activation"])
        if kind == "batch-norm":
            return keras.layers.BatchNormalization()
        if kind == "repeat-vector":
            return keras.layers.RepeatVector(own["steps"])
        if kind == "flatten":
            return keras.layers.Flatten()
        if kind == "dense":
            return keras.layers.Dense(own["units"], own["activation"])
        sequences = returns_sequences(own)
        if kind == "bidirectional-lstm":
            return keras.layers.Bidirectional(keras.layers.LSTM(own["units"], return_sequences=True, recurrent_dropout=own["recurrentDropout"]))
        if "cell" in own:
            return keras.layers.RNN(Described(own), return_sequences=sequences)
        if kind == "gru":
            return keras.layers.GRU(own["units"], return_sequences=sequences, reset_after=own["resetAfter"])
        return {"simple-rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM}[kind](own["units"], return_sequences=sequences)

    model = keras.Sequential([keras.Input((STEPS, FEATURES)), *map(built, case["layers"]), keras.layers.Dense(OUTPUTS)])
    for variable, array in zip(model.trainable_variables, [array for layer in layers for array in layer] + [kernel, bias], strict=True):
        variable.assign(array)
    model.compile(optimizer=keras.optimizers.Adam(RATE), loss="mse", jit_compile=jit)
    return keras, model


def keras_contender(jit):
    keras, model = keras_model(jit)
    evaluate = lambda batch: float(np.mean((model.predict_on_batch(inputs[batch]) - targets[batch]) ** 2))
    return keras.__version__, os.cpu_count(), lambda batch: float(model.train_on_batch(inputs[batch], targets[batch])), evaluate, model.predict_on_batch


def keras_fit_contender():
    """Keras's own loop: one call of fit is one round of the batches; serve() divides its time among them."""
    keras, model = keras_model("auto")
    all_inputs, all_targets = inputs.reshape(-1, STEPS, FEATURES), targets.reshape(-1, *TARGET)
    evaluate = lambda batch: float(np.mean((model.predict_on_batch(inputs[batch]) - targets[batch]) ** 2))
    fit = lambda: model.fit(all_inputs, all_targets, batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    return keras.__version__, os.cpu_count(), fit, evaluate, model.predict_on_batch


def say(**line):
    print(json.dumps(line), flush=True)


def serve(version, threads, train, evaluate, predict):
    before = evaluate(0)
    whole_rounds = engine == "keras-fit"
    for batch in range(1 if whole_rounds else COUNT):
        train() if whole_rounds else train(batch)
    say(kind="ready", version=version, threads=threads, lossBefore=before, lossAfter=evaluate(0))
    done, windows = 0, inputs.reshape(-1, STEPS, FEATURES)
    for line in sys.stdin:
        what, count, *more = line.split()
        milliseconds = []
        series = np.resize(windows, (int(more[0]), STEPS, FEATURES)) if what == "predict" else None
        while len(milliseconds) < int(count):
            began = time.perf_counter()
            if what == "predict":
                predict(series)
            else:
                train() if whole_rounds else train(done % COUNT)
            took = (time.perf_counter() - began) * 1000
            milliseconds += [took / COUNT] * COUNT if whole_rounds and what == "run" else [took]
            done += 1
        say(kind="timed", milliseconds=milliseconds, megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


contenders = {
    "jax": jax_contender,
    "pytorch-1": lambda: torch_contender(1),
    "pytorch-2": lambda: torch_contender(2),
    "keras": lambda: keras_contender(False),
    "keras-jit": lambda: keras_contender(True),
    "keras-fit": keras_fit_contender,
}
serve(*contenders[engine]())
