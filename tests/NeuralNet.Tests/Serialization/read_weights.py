"""Reads a safetensors file by the format's specification, or a NumPy archive, and prints its tensors and metadata as JSON.

    python3 read_weights.py FILE     (needs NumPy)
"""
import json
import struct
import sys

import numpy as np

TYPES = {"F64": "<f8", "F32": "<f4"}


def safetensors(path):
    content = open(path, "rb").read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    data = content[8 + length:]
    metadata = header.pop("__metadata__", {})
    end, tensors = 0, {}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        assert begin == end, f"{name} leaves a gap"
        array = np.frombuffer(data[begin:stop], TYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = array
        end = stop
    assert end == len(data), "bytes are left over"
    assert (8 + length) % 8 == 0, "the numbers are not aligned"
    return tensors, metadata


def main(path):
    tensors, metadata = safetensors(path) if path.endswith(".safetensors") else (dict(np.load(path)), {})
    described = {name: {"type": array.dtype.str, "shape": array.shape, "values": array.astype("f8").ravel().tolist()} for name, array in tensors.items()}
    print(json.dumps({"tensors": described, "metadata": metadata}))


if __name__ == "__main__":
    main(sys.argv[1])
