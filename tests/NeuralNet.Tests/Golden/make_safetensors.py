"""Writes safetensors files as others do: with a writer made from the format's specification alone, numbers and a network from PyTorch.

    /usr/bin/python3 make_safetensors.py     (PyTorch 1.13, NumPy 1.24)

The format: eight bytes, the length of a JSON object as a little-endian unsigned integer; the object, name -> dtype, shape, data_offsets (from the
end of the object), and "__metadata__", text -> text; then the tensors' bytes, row by row, little-endian, without gaps.
"""
import json
import struct
from pathlib import Path

import numpy as np
import torch
from torch import nn

FOLDER = Path(__file__).parent / "safetensors"
NAMES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def raw(tensor):
    tensor = tensor.detach().contiguous()
    return (tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor).numpy().tobytes()


def write(name, tensors, metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for key, tensor in tensors.items():
        content = raw(tensor)
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    (FOLDER / name).write_bytes(struct.pack("<Q", len(text)) + text + data)


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 3, 3)
        self.norm = nn.BatchNorm2d(3)
        self.fc1 = nn.Linear(3 * 3 * 3, 6)
        self.fc2 = nn.Linear(6, 4)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.norm(self.conv1(x))), 2)
        return self.fc2(torch.tanh(self.fc1(torch.flatten(x, 1))))


def main():
    FOLDER.mkdir(exist_ok=True)
    torch.manual_seed(20261127)

    # One layer, 3 -> 2, in every type; 1/3 is rounded differently in each.
    weight, bias = torch.tensor([[1 / 3, -2.5, 1e-3], [65504.0, -1e-7, 0.1]], dtype=torch.float64), torch.tensor([0.7, -0.2], dtype=torch.float64)
    types = {}
    for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
        name = NAMES[dtype].lower()
        write(f"affine.{name}.safetensors", {"0.weight": weight.to(dtype), "0.bias": bias.to(dtype)}, {"format": "pt"})
        types[name] = {"weight": weight.to(dtype).double().flatten().tolist(), "bias": bias.to(dtype).double().tolist()}

    # Split over two files, with an index as Hugging Face writes it.
    write("model-00001-of-00002.safetensors", {"0.weight": weight.float()})
    write("model-00002-of-00002.safetensors", {"0.bias": bias.float()})
    index = {"metadata": {"total_size": 32}, "weight_map": {"0.weight": "model-00001-of-00002.safetensors", "0.bias": "model-00002-of-00002.safetensors"}}
    (FOLDER / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")

    # A module with names of its own, its running statistics moved by two batches, and what it predicts.
    model = LeNet()
    for _ in range(2):
        model(torch.randn(8, 1, 8, 8))
    model.eval()
    write("lenet.safetensors", model.state_dict(), {"format": "pt"})
    x = torch.randn(3, 1, 8, 8)
    golden = {"types": types, "lenet": {"x": x.flatten(1).double().tolist(), "y": model(x).double().tolist()}}
    (FOLDER.parent / "safetensors.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
