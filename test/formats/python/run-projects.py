"""Runs exported Python projects: jobs as JSON on standard input, a line of JSON for each on standard output."""

import contextlib
import importlib
import io
import json
import os
import sys

import numpy as np

for job in json.load(sys.stdin):
    for name in ("cells", "data", "model", "train", "predict"):
        sys.modules.pop(name, None)
    sys.path.insert(0, job["folder"])
    data = importlib.import_module("data")
    lengths = {}
    for part in ("training", "validation", "test"):
        arrays = data.windows(part)
        for what, array in zip(("inputs", "targets", "weights"), arrays):
            array.astype("<f4").tofile(os.path.join(job["folder"], f"{part}.{what}"))
        lengths[part] = len(arrays[0])
    answer = {"windows": lengths}
    if hasattr(data, "fit_scaler"):
        series = data.read_series()
        offsets, factors = data.fit_scaler(series[0] if isinstance(series, tuple) else series)
        answer |= {"offsets": list(offsets), "factors": list(factors)}
    if job["train"]:
        train, model = importlib.import_module("train"), importlib.import_module("model")
        judged = model.load_model()
        train.compile_model(judged, 10)
        for part in ("training", "validation"):
            if lengths[part] > 0:
                inputs, targets, *weights = data.windows(part)
                found = judged.evaluate(inputs, targets, sample_weight=weights[0] if weights else None, batch_size=256, return_dict=True, verbose=0)
                answer[f"{part} loss"] = found.get("error", found["loss"])
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            trained = train.train(epochs=1)
            sys.argv = ["predict.py", "--weights", str(train.WEIGHTS)]
            importlib.import_module("predict").main()
        first, second = ([np.abs(weight).sum() for weight in one.get_weights()] for one in (judged, trained))
        answer["moved"] = float(np.abs(np.subtract(first, second)).sum())
        answer["printed"] = printed.getvalue().split("\r\n")[-2] if "\r\n" in printed.getvalue() else printed.getvalue()
    sys.path.remove(job["folder"])
    print(json.dumps(answer), flush=True)
