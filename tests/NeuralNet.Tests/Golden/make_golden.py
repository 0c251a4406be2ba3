"""Writes golden.json beside itself: what PyTorch computes, in float64, for every layer, loss and rule of the library.

Made with Python 3.11, PyTorch 1.13 and NumPy 1.24:  python3 make_golden.py
Matrices are lists of rows. Parameters are flat, in PyTorch's own layout. Losses are recomputed in NumPy's long double (64 bits of mantissa) and that
value is written, because PyTorch's float64 formula may cancel; the script fails if the two differ by more than 1e-12.
"""
import json
import pathlib

import numpy as np
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
random = np.random.default_rng(20240531)


def uniform(*shape, low=-2.0, high=2.0):
    return torch.tensor(random.uniform(low, high, shape), requires_grad=True)


def rows(tensor):
    return tensor.detach().numpy().tolist()


def flat(tensor):
    return tensor.detach().numpy().ravel().tolist()


def layer(function, inputs, parameters=None):
    """Forward, and all gradients for a random output gradient."""
    parameters = parameters or {}
    y = function(inputs, **parameters)
    dy = uniform(*y.shape)
    y.backward(dy.detach())
    return {
        "input": rows(inputs),
        "parameters": {name: flat(value) for name, value in parameters.items()},
        "output": rows(y),
        "outputGradient": rows(dy),
        "inputGradient": rows(inputs.grad),
        "parameterGradients": {name: flat(value.grad) for name, value in parameters.items()},
    }


layers = {
    "Affine": layer(F.linear, uniform(4, 5), {"weight": uniform(3, 5), "bias": uniform(3)}),
    "Affine by size": layer(F.linear, uniform(3, 6), {"weight": uniform(4, 6), "bias": uniform(4)}),
    "Affine without bias": layer(F.linear, uniform(4, 2), {"weight": uniform(5, 2)}),
    "Affine 1 -> 1": layer(F.linear, uniform(3, 1), {"weight": uniform(1, 1), "bias": uniform(1)}),
    "Relu": layer(torch.relu, uniform(4, 5)),
    "LeakyRelu": layer(lambda x: F.leaky_relu(x, 0.01), uniform(4, 5)),
    "LeakyRelu 0.2": layer(lambda x: F.leaky_relu(x, 0.2), uniform(4, 5)),
    "Sigmoid": layer(torch.sigmoid, uniform(4, 5)),
    "Tanh": layer(torch.tanh, uniform(4, 5)),
    "Exp": layer(torch.exp, uniform(4, 5)),
    "Softmax": layer(lambda x: torch.softmax(x, dim=1), uniform(4, 5)),
    "Identity": layer(lambda x: x * 1, uniform(4, 5)),
}


def long(tensor):
    return tensor.detach().numpy().astype(np.longdouble)


def long_cross_entropy(x, t):
    shifted = x - x.max(axis=1, keepdims=True)
    log_y = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(t * log_y).sum(axis=1)


def long_softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def long_binary(x, t):
    return (np.maximum(x, 0) - t * x + np.log1p(np.exp(-abs(x)))).mean(axis=1)


def long_sigmoid(x):
    e = np.exp(-abs(x))
    return np.where(x < 0, e, 1) / (1 + e)


# For each loss: each sample's loss by PyTorch, the same in long double, and the head.
formulas = {
    "SoftmaxWithLoss": (
        lambda x, t: F.cross_entropy(x, t, reduction="none"),
        long_cross_entropy,
        lambda x: torch.softmax(x, dim=1)),
    "SigmoidWithLoss": (
        lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none").mean(dim=1),
        long_binary,
        torch.sigmoid),
    "MeanSquaredError": (
        lambda x, t: F.mse_loss(x, t, reduction="none").mean(dim=1),
        lambda x, t: ((x - t) ** 2).mean(axis=1),
        lambda x: x * 1),
    "SumSquaredError": (
        lambda x, t: 0.5 * F.mse_loss(x, t, reduction="none").sum(dim=1),
        lambda x, t: ((x - t) ** 2).sum(axis=1) / 2,
        lambda x: x * 1),
    "CrossEntropyError": (
        lambda x, t: -(t * torch.log(x)).sum(dim=1),
        lambda x, t: -(t * np.log(x)).sum(axis=1),
        lambda x: x * 1),
}


def loss(name, inputs, targets, weights):
    each, long_each, head = formulas[name]

    def reduced(w):
        inputs.grad = None
        value = (w * each(inputs, targets)).sum() / w.sum()
        value.backward()
        exact = (long(w) * long_each(long(inputs), long(targets))).sum() / long(w).sum()
        assert abs(exact - value.item()) <= 1e-12 * abs(exact), (name, exact, value)
        return {"loss": float(exact), "inputGradient": rows(inputs.grad)}

    plain = reduced(torch.ones(len(weights)))
    weighted = reduced(weights)
    inputs.grad = None
    return {
        "target": rows(targets),
        "sampleWeights": flat(weights),
        "plain": plain,
        "weighted": weighted,
        "head": layer(head, inputs),
    }


def classes(count, width):
    """One-hot rows, and a distribution as the last row."""
    targets = np.eye(width)[random.integers(0, width, count)]
    targets[-1] = random.dirichlet(np.ones(width))
    return torch.tensor(targets)


def probabilities(count, width):
    return torch.tensor(random.dirichlet(np.full(width, 3.0), count), requires_grad=True)


sample_weights = torch.tensor([0.5, 2.0, 0.0, 1.25])
losses = {
    "SoftmaxWithLoss": loss("SoftmaxWithLoss", uniform(4, 5), classes(4, 5), sample_weights),
    "SigmoidWithLoss": loss("SigmoidWithLoss", uniform(4, 3), uniform(4, 3, low=0, high=1).detach(), sample_weights),
    "MeanSquaredError": loss("MeanSquaredError", uniform(4, 3), uniform(4, 3).detach(), sample_weights),
    "SumSquaredError": loss("SumSquaredError", uniform(4, 3), uniform(4, 3).detach(), sample_weights),
    "CrossEntropyError": loss("CrossEntropyError", probabilities(4, 5), classes(4, 5), sample_weights),
}


def huge(long_each, gradient, inputs, targets):
    """Scores of +-1000, in long double throughout."""
    x, t = np.array(inputs, dtype=np.longdouble), np.array(targets, dtype=np.longdouble)
    return {
        "input": inputs,
        "target": targets,
        "loss": float(long_each(x, t).mean()),
        "inputGradient": (gradient(x, t)).astype(np.float64).tolist(),
    }


huge_scores = {
    "SoftmaxWithLoss": huge(
        long_cross_entropy, lambda x, t: (long_softmax(x) - t) / len(x),
        [[1000.0, -1000.0, 999.5], [-1000.0, 1000.0, 1000.0], [1000.0, 1000.0, -1000.0]],
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
    "SigmoidWithLoss": huge(
        long_binary, lambda x, t: (long_sigmoid(x) - t) / x.size,
        [[1000.0, -1000.0], [1000.0, -1000.0], [30.0, -30.0]],
        [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]),
}


def rule(create):
    """Three updates, the second with a large gradient, the third with a zero in it."""
    value = uniform(6)
    gradients = [random.uniform(-1, 1, 6) for _ in range(3)]
    gradients[1] *= 10
    gradients[2][2] = 0
    initial = flat(value)
    optimizer = create([value])
    values = []
    for gradient in gradients:
        value.grad = torch.tensor(gradient)
        optimizer.step()
        values.append(flat(value))
    slots = {name: flat(slot) for name, slot in optimizer.state[value].items() if torch.is_tensor(slot) and slot.shape == value.shape}
    return {"initial": initial, "gradients": [g.tolist() for g in gradients], "values": values, "slots": slots}


rules = {
    "Sgd": rule(lambda p: torch.optim.SGD(p, lr=0.01)),
    "Sgd 0.5": rule(lambda p: torch.optim.SGD(p, lr=0.5)),
    "Momentum": rule(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)),
    "Momentum 0.2, 0.5": rule(lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5)),
    "Nesterov": rule(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True)),
    "Nesterov 0.2, 0.5": rule(lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5, nesterov=True)),
    "AdaGrad": rule(lambda p: torch.optim.Adagrad(p)),
    "AdaGrad 0.3, 1e-7": rule(lambda p: torch.optim.Adagrad(p, lr=0.3, eps=1e-7)),
    "RmsProp": rule(lambda p: torch.optim.RMSprop(p)),
    "RmsProp 0.1, 0.8, 1e-6": rule(lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.8, eps=1e-6)),
    "Adam": rule(lambda p: torch.optim.Adam(p)),
    "Adam 0.1, 0.8, 0.9, 1e-6": rule(lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-6)),
}

golden = {"layers": layers, "losses": losses, "hugeScores": huge_scores, "rules": rules}
# One line for each row; json writes float64 as repr does, so that it reads back to the same bits.
lines = [f'"{room}": {{\n' + ",\n".join(f"  {json.dumps(name)}: {json.dumps(case)}" for name, case in cases.items()) + "\n}" for room, cases in golden.items()]
pathlib.Path(__file__).with_name("golden.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
