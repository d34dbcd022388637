/**
 * The program that reads exports in Python: jobs as JSON on standard input, one line of JSON an answer on standard output.
 * It is given to the interpreter as text, so that a packaged app needs no file of it.
 */
export const pythonProgram = `
import glob, importlib.util, json, os, sys, traceback
import numpy

def load_windows(job):
    return numpy.fromfile(job["inputs"], dtype="<f4").reshape(job["shape"])

def import_file(name, place):
    sys.modules.pop(name, None)
    spec = importlib.util.spec_from_file_location(name, place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

def keras(job):
    import keras
    stem = job["artefact"][: -len(".keras")]
    for place in glob.glob(glob.escape(stem) + "_cells.py"):
        import_file("cells", place)
    model = keras.saving.load_model(job["artefact"])
    windows = load_windows(job)
    if any(getattr(layer, "stateful", False) for layer in model.layers):
        outputs = numpy.concatenate([numpy.asarray(model(windows[index:index + 1], training=False)) for index in range(len(windows))])
    else:
        outputs = numpy.asarray(model(windows, training=False))
    return "Keras " + keras.__version__, outputs

def python(job):
    import keras
    cells = os.path.join(job["artefact"], "cells.py")
    if os.path.exists(cells):
        import_file("cells", cells)
    model = import_file("model", os.path.join(job["artefact"], "model.py")).load_model()
    return "Keras " + keras.__version__, numpy.asarray(model(load_windows(job), training=False))

def python_data(job):
    data = import_file("data", os.path.join(job["artefact"], "data.py"))
    return "NumPy " + numpy.__version__, data.windows(job["part"])[0][job["positions"]]

def savedmodel(job):
    import tensorflow
    model = tensorflow.saved_model.load(job["artefact"])
    result = model.signatures["serving_default"](inputs=tensorflow.constant(load_windows(job)))
    return "TensorFlow " + tensorflow.__version__, result["predictions"].numpy()

def weights(job):
    import safetensors.numpy
    tensors = safetensors.numpy.load_file(os.path.join(job["artefact"], "weights.safetensors"))
    arrays = numpy.load(os.path.join(job["artefact"], "weights.npz"))
    assert set(tensors) == set(arrays.files), "the two files hold different weights"
    for name in arrays.files:
        assert numpy.array_equal(tensors[name], arrays[name], equal_nan=True), name + " differs between the two files"
    flat = [tensors[name].reshape(-1) for name in arrays.files]
    return "NumPy " + numpy.__version__, numpy.concatenate(flat) if flat else numpy.zeros(0)

def onnx(job):
    import onnx
    onnx.checker.check_model(onnx.load(job["artefact"]), full_check=True)
    return "onnx.checker " + onnx.__version__, None

readers = {"keras": keras, "onnx": onnx, "python": python, "python-data": python_data, "savedmodel": savedmodel, "weights": weights}

for job in json.load(sys.stdin):
    try:
        runtime, values = readers[job["reader"]](job)
        if values is not None:
            numpy.asarray(values, dtype="<f4").tofile(job["output"])
        answer = {"runtime": runtime, "ran": values is not None}
    except BaseException as error:
        answer = {"error": "".join(traceback.format_exception_only(error)).strip()[:2000]}
    print(json.dumps(answer), flush=True)
`;
