"""Checks every ONNX file in a folder: python3 check_onnx.py FOLDER

The checker of the onnx package with full_check, and strict shape inference that must find the declared output by itself.
Prints a line for each file that is wrong, then how many are right.
"""
import pathlib
import sys

import onnx
from onnx import checker, shape_inference


def dimensions(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


def check(path):
    checker.check_model(str(path), full_check=True)
    model = onnx.load(str(path))
    declared = dimensions(model.graph.output[0])
    model.graph.output[0].type.tensor_type.ClearField("shape")
    inferred = dimensions(shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True).graph.output[0])
    if inferred != declared:
        raise ValueError(f"declares an output of shape {declared}, but {inferred} follows from its nodes")


right = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    try:
        check(path)
        right += 1
    except Exception as error:
        print(f"{path.name}: {error}")
print(f"{right} right")
