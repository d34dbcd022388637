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
targets = np.fromfile(folder / "targets.f32", "<f4").reshape(-1, BATCH, STEPS, OUTPUTS)
COUNT = len(inputs)


def weights():
    """The flat vector cut into (kernel, recurrent kernel, bias) for each layer and (kernel, bias) for the head."""
    position, width, result = 0, FEATURES, []

    def take(*shape):
        nonlocal position
        size = int(np.prod(shape))
        position += size
        return flat[position - size:position].reshape(shape)

    for layer in case["layers"]:
        units, kind = layer["units"], layer["kind"]
        if kind == "conv1d":
            result.append((take(layer["kernelSize"], width, units), take(units)))
        elif kind == "gru":
            bias = (2, 3 * units) if layer["resetAfter"] else (3 * units,)
            result.append((take(width, 3 * units), take(units, 3 * units), take(*bias)))
        elif kind == "layer-norm-rnn":
            result.append((take(width, units), take(units, units), take(units), take(units), take(units)))
        else:
            gates = {"simple-rnn": 1, "lstm": 4}[kind]
            result.append((take(width, gates * units), take(units, gates * units), take(gates * units)))
        width = units
    return result, (take(width, OUTPUTS), take(OUTPUTS))


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

    def layer_norm_rnn(state, x, U, gamma, beta):
        s = x + state[0] @ U
        centred = s - s.mean(-1, keepdims=True)
        h = jnp.tanh(gamma * centred * jax.lax.rsqrt((centred ** 2).mean(-1, keepdims=True) + 1e-3) + beta)
        return (h,), h

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

    def convolve(sequence, kernel, bias, dilation):
        """sequence [time, batch, feature]; a sum of shifted products, the faster of the two ways on a CPU."""
        length = len(sequence)
        total = bias
        for tap in range(len(kernel)):
            shift = (len(kernel) - 1 - tap) * dilation
            total = total + jnp.pad(sequence, ((shift, 0), (0, 0), (0, 0)))[:length] @ kernel[tap]
        return jax.nn.relu(total)

    def recur(described, sequence, W, U, bias, *more):
        kind, batch = described["kind"], sequence.shape[1]
        if kind == "gru" and described["resetAfter"]:
            step, states, bias, constants = gru_after, 1, bias[0], (U, bias[1])
        else:
            step, states = {"simple-rnn": (rnn, 1), "lstm": (lstm, 2), "gru": (gru_before, 1), "layer-norm-rnn": (layer_norm_rnn, 1)}[kind]
            constants = (U, *more)
        start = tuple(jnp.zeros((batch, described["units"])) for _ in range(states))
        _, sequence = jax.lax.scan(lambda state, now: step(state, now, *constants), start, sequence @ W + bias)
        return sequence

    def predict(parameters, x):
        layers, (kernel, bias) = parameters
        sequence = jnp.swapaxes(x, 0, 1)
        for described, own in zip(case["layers"], layers):
            sequence = convolve(sequence, *own, described["dilation"]) if described["kind"] == "conv1d" else recur(described, sequence, *own)
        return jnp.swapaxes(sequence, 0, 1) @ kernel + bias

    loss_of = lambda parameters, x, y: jnp.mean((predict(parameters, x) - y) ** 2)
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
    state = optimizer.init(parameters)

    @jax.jit
    def update(parameters, state, x, y):
        loss, gradients = jax.value_and_grad(loss_of)(parameters, x, y)
        updates, state = optimizer.update(gradients, state)
        return optax.apply_updates(parameters, updates), state, loss

    holder = [parameters, state]

    def train(batch):
        holder[0], holder[1], loss = update(*holder, inputs[batch], targets[batch])
        return float(loss)

    evaluate = jax.jit(loss_of)
    return jax.__version__, os.cpu_count(), train, lambda batch: float(evaluate(holder[0], inputs[batch], targets[batch]))


def torch_contender(threads):
    import torch
    torch.set_num_threads(threads)
    layers, (kernel, bias) = weights()
    width, modules = FEATURES, []
    copy = lambda target, array: target.copy_(torch.from_numpy(np.ascontiguousarray(array)))

    class Causal(torch.nn.Module):
        def __init__(self, width, units, kernel, dilation):
            super().__init__()
            self.shift, self.convolution = (kernel - 1) * dilation, torch.nn.Conv1d(width, units, kernel, dilation=dilation)

        def forward(self, x):
            padded = torch.nn.functional.pad(x.transpose(1, 2), (self.shift, 0))
            return torch.relu(self.convolution(padded)).transpose(1, 2), None

    for described, own in zip(case["layers"], layers):
        units, kind = described["units"], described["kind"]
        with torch.no_grad():
            if kind == "conv1d":
                module = Causal(width, units, described["kernelSize"], described["dilation"])
                copy(module.convolution.weight, own[0].transpose(2, 1, 0))
                copy(module.convolution.bias, own[1])
            else:
                module = {"simple-rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](width, units, batch_first=True)
                W, U, b = own
                if kind == "gru":  # Keras: z, r, g; PyTorch: r, z, g
                    order = np.concatenate([np.arange(units, 2 * units), np.arange(units), np.arange(2 * units, 3 * units)])
                    W, U, b = W[:, order], U[:, order], b[:, order]
                    copy(module.bias_hh_l0, b[1])
                    b = b[0]
                else:
                    module.bias_hh_l0.zero_()
                    module.bias_hh_l0.requires_grad_(False)  # Keras has one bias
                copy(module.weight_ih_l0, W.T)
                copy(module.weight_hh_l0, U.T)
                copy(module.bias_ih_l0, b)
        modules.append(module)
        width = units
    head = torch.nn.Linear(width, OUTPUTS)
    with torch.no_grad():
        head.weight.copy_(torch.from_numpy(kernel.T.copy()))
        head.bias.copy_(torch.from_numpy(bias))
    trained = [p for module in [*modules, head] for p in module.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(trained, lr=RATE)
    taken = 0

    def loss_on(batch):
        sequence = torch.from_numpy(inputs[batch])
        for module in modules:
            sequence, _ = module(sequence)
        return torch.nn.functional.mse_loss(head(sequence), torch.from_numpy(targets[batch]))

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
            return loss_on(batch).item()

    return torch.__version__, threads, train, evaluate


def keras_model(jit):
    import keras
    layers, (kernel, bias) = weights()

    def built(own):
        units = own["units"]
        if own["kind"] == "conv1d":
            return keras.layers.Conv1D(units, own["kernelSize"], dilation_rate=own["dilation"], padding="causal", activation="relu")
        if own["kind"] == "gru":
            return keras.layers.GRU(units, return_sequences=True, reset_after=own["resetAfter"])
        return {"simple-rnn": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM}[own["kind"]](units, return_sequences=True)

    model = keras.Sequential([keras.Input((STEPS, FEATURES)), *map(built, case["layers"]), keras.layers.Dense(OUTPUTS)])
    model.set_weights([array for layer in layers for array in layer] + [kernel, bias])
    model.compile(optimizer=keras.optimizers.Adam(RATE), loss="mse", jit_compile=jit)
    return keras, model


def keras_contender(jit):
    keras, model = keras_model(jit)
    evaluate = lambda batch: float(np.mean((model.predict_on_batch(inputs[batch]) - targets[batch]) ** 2))
    return keras.__version__, os.cpu_count(), lambda batch: float(model.train_on_batch(inputs[batch], targets[batch])), evaluate


def keras_fit_contender():
    """Keras's own loop: one call of fit is one round of the batches; serve() divides its time among them."""
    keras, model = keras_model("auto")
    all_inputs, all_targets = inputs.reshape(-1, STEPS, FEATURES), targets.reshape(-1, STEPS, OUTPUTS)
    evaluate = lambda batch: float(np.mean((model.predict_on_batch(inputs[batch]) - targets[batch]) ** 2))
    fit = lambda: model.fit(all_inputs, all_targets, batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    return keras.__version__, os.cpu_count(), fit, evaluate


def say(**line):
    print(json.dumps(line), flush=True)


def serve(version, threads, train, evaluate):
    before = evaluate(0)
    whole_rounds = engine == "keras-fit"
    for batch in range(1 if whole_rounds else COUNT):
        train() if whole_rounds else train(batch)
    say(kind="ready", version=version, threads=threads, lossBefore=before, lossAfter=evaluate(0))
    done = 0
    for line in sys.stdin:
        milliseconds = []
        while len(milliseconds) < int(line.split()[1]):
            began = time.perf_counter()
            train() if whole_rounds else train(done % COUNT)
            took = (time.perf_counter() - began) * 1000
            milliseconds += [took / COUNT] * COUNT if whole_rounds else [took]
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
