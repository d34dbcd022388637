"""Prints, as JSON, HDF5 files that refer to others (base64 of gzip by name): hostile-hdf5.json. `vars/0` of the layer "dense" is what is wanted of them."""
import base64, gzip, io, json

import h5py
import numpy as np


def written(make):
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        make(file, file.create_group("layers/dense/vars"))
    return base64.b64encode(gzip.compress(buffer.getvalue(), mtime=0)).decode()


def virtual(file, group):
    layout = h5py.VirtualLayout(shape=(2, 1), dtype="<f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "data", shape=(2, 1))
    group.create_virtual_dataset("0", layout)


def external(file, group):
    group.create_dataset("0", shape=(2, 1), dtype="<f4", external=[("/etc/passwd", 0, 8)])


def unallocated(file, group):
    group.create_dataset("0", shape=(100_000, 100_000), dtype="<f4")


def wide_chunk(file, group):
    group.create_dataset("0", shape=(2, 1), maxshape=(None, 1), chunks=(2**28, 1), dtype="<f4")


def many_axes(file, group):
    group["0"] = np.zeros((1,) * 32, "<f4")


def claiming(numbers):
    def claim(file, group):
        group.create_dataset("0", shape=(numbers, 1), dtype="<f4")

    claim.__name__ = f"claiming_{numbers}"
    return claim


# Each limit of numbers (importLimits.weightNumbers), one more, and a thousand times as many: nothing of it is stored.
limit = 128 << 20
claims = [claiming(numbers) for numbers in (limit, limit + 1, 1_000 * limit)]

print(json.dumps({make.__name__: written(make) for make in [virtual, external, unallocated, wide_chunk, many_axes, *claims]}, indent=1))
