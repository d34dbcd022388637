"""A second opinion on the golden numbers of the recurrent layers: what PyTorch computes for the same inputs and weights.

    python test/golden/torch-opinion.py           (with torch and numpy installed)

reads layer-goldens.json, runs every case that torch.nn.RNN, LSTM or GRU can express (their own activations, one direction),
in float64, and compares outputs and all gradients. Ends with 1 where any differs by more than 1e-6 (the golden numbers are
rounded to float32), relative to the larger of the number and 1.
"""
import base64
import json
import pathlib
import sys

import numpy as np
import torch

TOLERANCE = 1e-6
DEFAULTS = {"activation": "tanh", "recurrentActivation": "sigmoid", "useBias": True, "returnSequences": True, "goBackwards": False, "resetAfter": True, "units": None}


def wave(count, frequency, phase):
    return np.sin(frequency * np.arange(count) + phase)


def decode(text, shape):
    return np.frombuffer(base64.b64decode(text), "<f4").astype("f8").reshape(shape)


def expressible(case):
    chosen = {**DEFAULTS, **case["parameters"]}
    stock = {name: chosen[name] for name in DEFAULTS}
    rest = {name: value for name, value in case["parameters"].items() if name not in DEFAULTS and name != "unitForgetBias"}
    if rest:
        return None
    if case["type"] == "simple-rnn" and stock["activation"] in ("tanh", "relu"):
        return stock
    if case["type"] == "lstm" and (stock["activation"], stock["recurrentActivation"]) == ("tanh", "sigmoid"):
        return stock
    if case["type"] == "gru" and stock["resetAfter"] and (stock["activation"], stock["recurrentActivation"]) == ("tanh", "sigmoid"):
        return stock
    return None


def regroup(matrix, kind):
    """Keras's gate order in PyTorch's: LSTM i f c o is theirs as well; GRU z r h becomes r z n."""
    if kind != "gru":
        return matrix
    update, reset, candidate = np.split(matrix, 3, axis=-1)
    return np.concatenate([reset, update, candidate], axis=-1)


def opinion(case, chosen):
    kind, units = case["type"], chosen["units"]
    batch, steps, features = case["inputs"][0]
    gates = {"simple-rnn": 1, "lstm": 4, "gru": 3}[kind]
    shapes = {"kernel": [features, gates * units], "recurrent_kernel": [units, gates * units]}
    if chosen["useBias"]:
        shapes["bias"] = [2, gates * units] if kind == "gru" else [gates * units]
    keras_weights = {name: (0.3 * wave(np.prod(shape), 0.7, index)).reshape(shape) for index, (name, shape) in enumerate(shapes.items())}
    make = {"simple-rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind]
    settings = {"nonlinearity": chosen["activation"]} if kind == "simple-rnn" else {}
    layer = make(features, units, batch_first=True, bias=chosen["useBias"], **settings).double()
    with torch.no_grad():
        layer.weight_ih_l0.copy_(torch.tensor(regroup(keras_weights["kernel"], kind).T.copy()))
        layer.weight_hh_l0.copy_(torch.tensor(regroup(keras_weights["recurrent_kernel"], kind).T.copy()))
        if chosen["useBias"]:
            bias = keras_weights["bias"] if kind == "gru" else np.stack([keras_weights["bias"], np.zeros(gates * units)])
            layer.bias_ih_l0.copy_(torch.tensor(regroup(bias[0], kind)))
            layer.bias_hh_l0.copy_(torch.tensor(regroup(bias[1], kind)))
    inputs = torch.tensor(1.5 * wave(batch * steps * features, 0.37, 0.5).reshape(batch, steps, features), requires_grad=True)
    read = torch.flip(inputs, [1]) if chosen["goBackwards"] else inputs
    outputs, _ = layer(read)
    outputs = outputs if chosen["returnSequences"] else outputs[:, -1]
    pattern = torch.tensor(np.cos(0.23 * np.arange(outputs.numel())).reshape(outputs.shape))
    (outputs * pattern).sum().backward()

    def keras_order(gradient):
        array = gradient.numpy()
        if kind == "gru":
            reset, update, candidate = np.split(array, 3, axis=-1)
            return np.concatenate([update, reset, candidate], axis=-1)
        return array

    found = {"outputs": outputs.detach().numpy(), "inputs": inputs.grad.numpy(),
             "kernel": keras_order(layer.weight_ih_l0.grad.T), "recurrent_kernel": keras_order(layer.weight_hh_l0.grad.T)}
    if chosen["useBias"]:
        both = [keras_order(layer.bias_ih_l0.grad), keras_order(layer.bias_hh_l0.grad)]
        found["bias"] = np.stack(both) if kind == "gru" else both[0]
    return found


def largest_difference(case, chosen):
    found = opinion(case, chosen)
    expected = {"outputs": decode(case["output"], case["outputShape"]), "inputs": decode(case["inputGradients"][0], case["inputs"][0])}
    for name, text in case["weightGradients"].items():
        expected[name] = decode(text, found[name].shape)
    return max(float(np.max(np.abs(found[name] - value) / np.maximum(1, np.abs(value)))) for name, value in expected.items())


cases = json.loads(pathlib.Path(__file__).with_name("layer-goldens.json").read_text())["cases"]
asked = [(case, chosen) for case in cases if case["mode"] == "predict" and (chosen := expressible(case)) is not None]
differences = [largest_difference(case, chosen) for case, chosen in asked]
for (case, _), difference in zip(asked, differences):
    if difference > TOLERANCE:
        print(f"{case['type']} {case['parameters']} on {case['inputs']}: off by {difference:.2g}")
print(f"PyTorch {torch.__version__}: {len(asked)} golden cases of recurrent layers, the largest difference {max(differences):.2g}")
sys.exit(max(differences) > TOLERANCE)
