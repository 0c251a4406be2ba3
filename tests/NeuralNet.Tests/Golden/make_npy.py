"""Writes npy.json: files as NumPy writes them, in hexadecimal digits, with what they hold: for every type, either order of bytes, C and Fortran order, every version."""
import io
import json
import pathlib

import numpy as np

random = np.random.default_rng(20240601)


def bytes_of(array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return file.getvalue()


def row(array, version=None):
    values = [float(value) for value in array.astype(np.float64).ravel(order="C")]
    return {"file": bytes_of(array, version).hex(), "shape": list(array.shape), "values": values}


def numbers(dtype, shape):
    if np.dtype(dtype).kind == "f":
        return random.normal(0, 3, shape).astype(dtype)
    if np.dtype(dtype).kind == "b":
        return random.integers(0, 2, shape).astype(dtype)
    kind = np.iinfo(dtype)
    return random.integers(max(kind.min, -(2**52)), min(kind.max, 2**52), shape).astype(dtype)


rows = {}
for kind in "f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1".split():
    for order in ("<", ">") if kind[1] != "1" else ("|",):
        rows[f"{order}{kind}"] = row(numbers(order + kind, (2, 3)))
for shape in ((), (0,), (3,), (2, 0, 4), (2, 3, 4), (1, 2, 1, 3)):
    rows[f"C {shape}"] = row(numbers("<i4", shape))
    rows[f"F {shape}"] = row(np.asfortranarray(numbers("<f4", shape)))
rows["F >u2"] = row(np.asfortranarray(numbers(">u2", (4, 3))))
rows["F b1"] = row(np.asfortranarray(numbers("|b1", (4, 3))))
for version in ((1, 0), (2, 0), (3, 0)):
    rows[f"version {version[0]}"] = row(numbers("<f8", (2, 2)), version)

arrays = {"images": numbers("|u1", (3, 2, 2)), "labels": np.array([2, 0, 1]), "scale": np.array(0.5)}
for name, save in (("stored", np.savez), ("deflated", np.savez_compressed)):
    file = io.BytesIO()
    save(file, **arrays)
    rows[f"npz {name}"] = {"file": file.getvalue().hex(), "arrays": {key: value.ravel().tolist() for key, value in arrays.items()}}
# Empty arrays with headers that differ by one letter, around the place where another 64 bytes begin.
shapes = [(0,) * rank for rank in range(1, 33)] + [(0,) + (10,) * tens + (1,) * (13 - tens) for tens in range(14)]
rows["lengths"] = {"lengths": [{"shape": list(shape), "length": len(bytes_of(np.zeros(shape, "|u1")))} for shape in shapes]}
rows["objects"] = {"file": bytes_of(np.array([None, 1], dtype=object)).hex()}
rows["structured"] = {"file": bytes_of(np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8")])).hex()}
rows["complex"] = {"file": bytes_of(np.array([1j])).hex()}
rows["text"] = {"file": bytes_of(np.array(["abc"])).hex()}

lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(case)}" for name, case in rows.items())
pathlib.Path(__file__).with_name("npy.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
