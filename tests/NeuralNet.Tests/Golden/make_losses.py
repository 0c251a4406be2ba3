"""Writes losses.json and losses.huge.json.

Losses are recomputed in NumPy's long double (64 bits of mantissa) and that value is written, because PyTorch's float64 formula may cancel;
the script fails if the two differ by more than 1e-12.
"""
import numpy as np
import torch
from torch.nn import functional as F

from golden import flat, layer, random, rows, uniform, write


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
write("losses", {
    "SoftmaxWithLoss": loss("SoftmaxWithLoss", uniform(4, 5), classes(4, 5), sample_weights),
    "SigmoidWithLoss": loss("SigmoidWithLoss", uniform(4, 3), uniform(4, 3, low=0, high=1).detach(), sample_weights),
    "MeanSquaredError": loss("MeanSquaredError", uniform(4, 3), uniform(4, 3).detach(), sample_weights),
    "SumSquaredError": loss("SumSquaredError", uniform(4, 3), uniform(4, 3).detach(), sample_weights),
    "CrossEntropyError": loss("CrossEntropyError", probabilities(4, 5), classes(4, 5), sample_weights),
})


def huge(long_each, gradient, inputs, targets):
    """Scores of +-1000, in long double throughout."""
    x, t = np.array(inputs, dtype=np.longdouble), np.array(targets, dtype=np.longdouble)
    return {
        "input": inputs,
        "target": targets,
        "loss": float(long_each(x, t).mean()),
        "inputGradient": (gradient(x, t)).astype(np.float64).tolist(),
    }


write("losses.huge", {
    "SoftmaxWithLoss": huge(
        long_cross_entropy, lambda x, t: (long_softmax(x) - t) / len(x),
        [[1000.0, -1000.0, 999.5], [-1000.0, 1000.0, 1000.0], [1000.0, 1000.0, -1000.0]],
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
    "SigmoidWithLoss": huge(
        long_binary, lambda x, t: (long_sigmoid(x) - t) / x.size,
        [[1000.0, -1000.0], [1000.0, -1000.0], [30.0, -30.0]],
        [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]),
})
