"""Writes onnx/*.onnx and onnx.json: networks as PyTorch exports them and as tf2onnx writes Keras', with inputs and what PyTorch computes for them.

Five samples, and the first of them alone. Inputs are multiples of 1/16, and short in JSON.
"""
import pathlib

import numpy as np
import onnx
import onnx.numpy_helper
import torch
from onnx import TensorProto, helper
from torch.nn import functional as f

from golden import random, rows, write
from onnx_models import models, models_of_shared_values

SAMPLES = 5
folder = pathlib.Path(__file__).with_name("onnx")
cases = {}
torch.set_default_dtype(torch.float32)
torch.manual_seed(20240531)


def images(*shape):
    return torch.tensor(random.integers(-24, 25, shape) / 16, dtype=torch.float32)


def record(name, x, predict):
    with torch.no_grad():
        cases[name] = {"input": rows(x), "output": rows(predict(x)), "single": rows(predict(x[:1])), "outputShape": list(predict(x).shape[1:])}


def export(name, network, shape, opset):
    for part in network.modules():
        if hasattr(part, "running_mean") and part.running_mean is not None:
            part.running_mean.uniform_(-0.5, 0.5)
            part.running_var.uniform_(0.5, 2)
        if getattr(part, "weight", None) is not None and part.weight.dim() == 1:
            part.weight.data.uniform_(0.1, 1.5)
            if getattr(part, "bias", None) is not None:
                part.bias.data.uniform_(-0.5, 0.5)
    network.eval()
    x = torch.tensor(random.integers(0, 11, (SAMPLES, *shape))) if name == "embedding" else images(SAMPLES, *shape) * (64 if name == "normalized" else 1)
    # Not folded into the convolutions before them, the normalisations stay.
    keeps = torch.onnx.TrainingMode.PRESERVE if name in ("resnet", "inception") else torch.onnx.TrainingMode.EVAL
    torch.onnx.export(network, x, folder / f"{name}.onnx", opset_version=opset, training=keeps, input_names=["x"], output_names=["y"], dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})
    record(name, x, network)


def save(name, nodes, weights, x_shape, y_shape, opset=13):
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *x_shape])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", *y_shape])],
        [onnx.numpy_helper.from_array(np.asarray(value), key) for key, value in weights.items()])
    model = helper.make_model(graph, producer_name="tf2onnx", opset_imports=[helper.make_opsetid("", opset)], ir_version=7)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, folder / f"{name}.onnx")


def normal(*shape):
    return (random.normal(size=shape) * 0.4).astype(np.float32)


def keras_mlp():
    w = {"w0": normal(6, 10), "b0": normal(10), "w1": normal(10, 4), "b1": normal(4)}
    save("keras_mlp", [
        helper.make_node("MatMul", ["x", "w0"], ["a"], name="dense/MatMul"), helper.make_node("Add", ["a", "b0"], ["b"], name="dense/BiasAdd"), helper.make_node("Relu", ["b"], ["c"]),
        helper.make_node("MatMul", ["c", "w1"], ["d"]), helper.make_node("Add", ["d", "b1"], ["e"]), helper.make_node("Softmax", ["e"], ["y"], axis=-1)], w, [6], [4])
    t = {key: torch.tensor(value) for key, value in w.items()}
    record("keras_mlp", images(SAMPLES, 6), lambda x: torch.softmax(torch.relu(x @ t["w0"] + t["b0"]) @ t["w1"] + t["b1"], 1))


def keras_conv():
    """Channels last outside of the convolutions; padding of an even size, more at the end; the weights of Dense in the order height, width, channels."""
    w = {"k0": normal(5, 3, 3, 3), "b0": normal(5), "k1": normal(4, 5, 3, 3), "b1": normal(1, 4, 1, 1), "shape": np.array([-1, 2 * 3 * 4]), "w": normal(24, 4), "b": normal(4), "scale": np.float32(1 / 255)}
    save("keras_conv", [
        helper.make_node("Mul", ["x", "scale"], ["s"]), helper.make_node("Transpose", ["s"], ["t"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["t", "k0", "b0"], ["a"], kernel_shape=[3, 3], strides=[2, 2], pads=[0, 0, 1, 1]), helper.make_node("Relu", ["a"], ["r"]),
        helper.make_node("Conv", ["r", "k1"], ["c"], kernel_shape=[3, 3], auto_pad="SAME_UPPER"), helper.make_node("Add", ["c", "b1"], ["d"]),
        helper.make_node("MaxPool", ["d"], ["m"], kernel_shape=[2, 2], strides=[2, 2]), helper.make_node("Transpose", ["m"], ["u"], perm=[0, 2, 3, 1]),
        helper.make_node("Reshape", ["u", "shape"], ["f"]), helper.make_node("MatMul", ["f", "w"], ["g"]), helper.make_node("Add", ["g", "b"], ["y"])], w, [8, 12, 3], [4])
    t = {key: torch.tensor(value) for key, value in w.items()}

    def predict(x):
        x = torch.relu(f.conv2d(f.pad(x / 255, (0, 1, 0, 1)), t["k0"], t["b0"], stride=2))
        x = f.max_pool2d(f.conv2d(x, t["k1"], padding=1) + t["b1"], 2)
        return x.permute(0, 2, 3, 1).reshape(len(x), -1) @ t["w"] + t["b"]

    record("keras_conv", images(SAMPLES, 3, 8, 12) * 64, predict)


def keras_residual():
    """Transposed around every convolution, normalised and summed and joined with the channels last; a zero padding of its own; the mean over height and width."""
    w = {"k0": normal(4, 2, 3, 3), "b0": normal(4), "scale": normal(4), "shift": normal(4), "k1": normal(4, 4, 3, 3), "b1": normal(4), "pads": np.array([0, 0, 0, 0, 0, 0, 1, 1]), "w": normal(8, 3), "b": normal(3)}
    save("keras_residual", [
        helper.make_node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]), helper.make_node("Conv", ["t", "k0", "b0"], ["a"], auto_pad="SAME_UPPER"), helper.make_node("Transpose", ["a"], ["u"], perm=[0, 2, 3, 1]),
        helper.make_node("Mul", ["u", "scale"], ["m"]), helper.make_node("Add", ["m", "shift"], ["n"]), helper.make_node("Relu", ["n"], ["r"]),
        helper.make_node("Transpose", ["r"], ["v"], perm=[0, 3, 1, 2]), helper.make_node("Conv", ["v", "k1", "b1"], ["c"], pads=[1, 1, 1, 1]), helper.make_node("Transpose", ["c"], ["d"], perm=[0, 2, 3, 1]),
        helper.make_node("Add", ["r", "d"], ["e"]), helper.make_node("Concat", ["e", "r"], ["j"], axis=3), helper.make_node("Transpose", ["j"], ["o"], perm=[0, 3, 1, 2]),
        helper.make_node("Relu", ["o"], ["q"]), helper.make_node("Pad", ["q", "pads"], ["p"]), helper.make_node("MaxPool", ["p"], ["z"], kernel_shape=[3, 3], strides=[2, 2]),
        helper.make_node("Transpose", ["z"], ["i"], perm=[0, 2, 3, 1]), helper.make_node("ReduceMean", ["i"], ["g"], axes=[1, 2], keepdims=0),
        helper.make_node("MatMul", ["g", "w"], ["h"]), helper.make_node("Add", ["h", "b"], ["y"])], w, [6, 6, 2], [3])
    t = {key: torch.tensor(value) for key, value in w.items()}

    def predict(x):
        x = f.conv2d(x, t["k0"], t["b0"], padding=1)
        x = torch.relu(x * t["scale"].view(1, 4, 1, 1) + t["shift"].view(1, 4, 1, 1))
        x = torch.relu(torch.cat([x + f.conv2d(x, t["k1"], t["b1"], padding=1), x], 1))
        return f.max_pool2d(f.pad(x, (0, 1, 0, 1)), 3, stride=2).mean((2, 3)) @ t["w"] + t["b"]

    record("keras_residual", images(SAMPLES, 2, 6, 6), predict)


def gemm_forms():
    """Weights in both orders, first and second, scaled, with one bias for all, and constants that are computed."""
    w = {"w0": normal(6, 5), "c0": np.float32([0.25]), "w1": normal(4, 5), "c1": normal(1, 4), "axes": np.array([2]), "w2": normal(3, 4), "b2": normal(1, 3), "two": np.float32(2)}
    save("gemm_forms", [
        helper.make_node("Gemm", ["x", "w0", "c0"], ["a"], alpha=0.5, beta=2.0), helper.make_node("Tanh", ["a"], ["b"]), helper.make_node("Gemm", ["b", "w1", "c1"], ["c"], transB=1, alpha=1.5, beta=0.5),
        helper.make_node("Unsqueeze", ["c", "axes"], ["d"]), helper.make_node("MatMul", ["w2", "d"], ["e"]), helper.make_node("Squeeze", ["e", "axes"], ["f"]),
        helper.make_node("Mul", ["b2", "two"], ["b3"]), helper.make_node("Add", ["b3", "f"], ["g"]), helper.make_node("Sub", ["two", "g"], ["y"])], w, [6], [3])
    t = {key: torch.tensor(value) for key, value in w.items()}
    record("gemm_forms", images(SAMPLES, 6), lambda x: 2 - ((torch.tanh(0.5 * x @ t["w0"] + 2 * t["c0"]) @ t["w1"].T * 1.5 + 0.5 * t["c1"]) @ t["w2"].T + 2 * t["b2"]))


def window_forms():
    """Padding by itself, of two kinds; more of it at the beginning; a transposed convolution that is cut unevenly; a weight that is transposed and a bias that is cut out of another."""
    w = {"k0": normal(4, 1, 3, 3), "pads": np.array([0, 0, 1, 1, 0, 0, 1, 1]), "infinite": np.float32(-np.inf), "k1": normal(4, 3, 3, 3), "b1": normal(6), "around": np.array([0, 0, 1, 1, 0, 0, 1, 1]),
         "scale": normal(6), "shift": normal(6), "w": normal(3, 6), "bs": normal(6), "from": np.array([1]), "to": np.array([4])}
    save("window_forms", [
        helper.make_node("Conv", ["x", "k0"], ["a"], kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_LOWER", group=2), helper.make_node("Pad", ["a", "pads", "infinite"], ["b"]),
        helper.make_node("MaxPool", ["b"], ["c"], kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1), helper.make_node("ConvTranspose", ["c", "k1", "b1"], ["d"], strides=[2, 2], pads=[1, 1, 0, 0], group=2),
        helper.make_node("InstanceNormalization", ["d", "scale", "shift"], ["e"], epsilon=1e-3), helper.make_node("Pad", ["e", "around"], ["g"]),
        helper.make_node("AveragePool", ["g"], ["h"], kernel_shape=[2, 2], strides=[2, 2]), helper.make_node("Relu", ["h"], ["i"]), helper.make_node("ReduceMean", ["i"], ["j"], axes=[-1, -2]),
        helper.make_node("Flatten", ["j"], ["l"]), helper.make_node("Transpose", ["w"], ["wt"]), helper.make_node("MatMul", ["l", "wt"], ["m"]), helper.make_node("Slice", ["bs", "from", "to"], ["bias"]),
        helper.make_node("Add", ["bias", "m"], ["n"]), helper.make_node("Exp", ["n"], ["y"])], w, [2, 8, 8], [3])
    t = {key: torch.tensor(value) for key, value in w.items()}

    def predict(x):
        x = f.conv2d(f.pad(x, (1, 0, 1, 0)), t["k0"], stride=2, groups=2)
        x = f.max_pool2d(f.pad(x, (1, 1, 1, 1), value=-np.inf), 2)
        x = f.conv_transpose2d(x, t["k1"], t["b1"], stride=2, groups=2)[:, :, 1:, 1:]
        x = f.avg_pool2d(f.pad(f.instance_norm(x, weight=t["scale"], bias=t["shift"], eps=1e-3), (1, 1, 1, 1)), 2)
        return torch.exp(torch.relu(x).mean((2, 3)) @ t["w"].T + t["bs"][1:4])

    record("window_forms", images(SAMPLES, 2, 8, 8), predict)


def flat_forms():
    """What passes data on, branches of flat data, rows and columns, and how operators were written in version 11."""
    w = {"w0": normal(6, 3), "w1": normal(9, 4), "w2": normal(9, 4), "nothing": np.array([4]), "low": np.float32(0), "slope": normal(4), "c": normal(4)}
    save("flat_forms", [
        helper.make_node("Identity", ["x"], ["a"]), helper.make_node("Dropout", ["a"], ["b"], ratio=0.25), helper.make_node("Cast", ["b"], ["c1"], to=TensorProto.FLOAT),
        helper.make_node("Gemm", ["c1", "w0"], ["d"]), helper.make_node("Tanh", ["c1"], ["e"]), helper.make_node("Concat", ["d", "e"], ["g"], axis=-1),
        helper.make_node("Unsqueeze", ["g"], ["h"], axes=[1]), helper.make_node("MatMul", ["h", "w1"], ["i"]), helper.make_node("Squeeze", ["i"], ["j"], axes=[1]),
        helper.make_node("ConstantOfShape", ["nothing"], ["zeros"]), helper.make_node("Gemm", ["g", "w2", "zeros"], ["k"]), helper.make_node("Sum", ["k", "j"], ["l"]),
        helper.make_node("Clip", ["l", "low"], ["m"]), helper.make_node("Sub", ["m", "c"], ["n"]), helper.make_node("PRelu", ["n", "slope"], ["o"]), helper.make_node("Div", ["o", "c"], ["p"]),
        helper.make_node("LogSoftmax", ["p"], ["y"])], w, [6], [4], opset=11)
    t = {key: torch.tensor(value) for key, value in w.items()}

    def predict(x):
        x = torch.cat([x @ t["w0"], torch.tanh(x)], 1)
        return torch.log_softmax(f.prelu(torch.relu(x @ t["w1"] + x @ t["w2"]) - t["c"], t["slope"]) / t["c"], 1)

    record("flat_forms", images(SAMPLES, 6), predict)


folder.mkdir(exist_ok=True)
for model, (network, shape, opset) in models().items():
    export(model, network, shape, opset)
keras_mlp()
keras_conv()
keras_residual()
gemm_forms()
window_forms()
flat_forms()
for model, (network, shape, opset) in models_of_shared_values().items():
    export(model, network, shape, opset)
write("onnx", cases)
