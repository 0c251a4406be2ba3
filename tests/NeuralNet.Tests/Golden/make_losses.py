"""Writes losses.json, losses.huge.json and losses.index.json.

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


def long_kullback_leibler(x, t):
    return (t * np.log(np.where(t == 0, 1, t))).sum(axis=1) + long_cross_entropy(x, t)


def numbers(values, like):
    return torch.tensor(values) if isinstance(like, torch.Tensor) else np.array(values, dtype=np.longdouble)


def smoothed(t, smoothing, even):
    return (1 - smoothing) * t + smoothing / even


def cross_entropy(smoothing=0.0, weights=None):
    """PyTorch's formula for probabilities, and the mean over the weights of the targets' classes, as its formula for class indices has it."""
    w = np.array(weights or 1.0)
    return (
        lambda x, t: F.cross_entropy(x, t, weight=None if weights is None else torch.tensor(w), label_smoothing=smoothing, reduction="none"),
        lambda x, t: long_cross_entropy(x, w * smoothed(t, smoothing, t.shape[1])),
        lambda x: torch.softmax(x, dim=1),
        lambda t: 1 if weights is None else (numbers(weights, t) * t).sum(1))


def binary(smoothing=0.0, weights=(1.0,), positive=(1.0,)):
    def long_each(x, t):
        t, w, p = smoothed(t, smoothing, 2), np.array(weights), np.array(positive)
        tail = np.log1p(np.exp(-abs(x)))
        return (w * (p * t * (np.maximum(-x, 0) + tail) + (1 - t) * (np.maximum(x, 0) + tail))).mean(axis=1)

    return (
        lambda x, t: F.binary_cross_entropy_with_logits(
            x, smoothed(t, smoothing, 2), weight=torch.tensor(weights), pos_weight=torch.tensor(positive), reduction="none").mean(dim=1),
        long_each,
        torch.sigmoid)


def focal(gamma, alpha=(1.0,)):
    """Lin et al. (2017), of a softmax."""
    def each(x, t):
        log_y = torch.log_softmax(x, dim=1)
        return -(torch.tensor(alpha) * t * (1 - log_y.exp()) ** gamma * log_y).sum(dim=1)

    def long_each(x, t):
        log_y = long_log_softmax(x)
        return -(np.array(alpha) * t * (-np.expm1(log_y)) ** gamma * log_y).sum(axis=1)

    return each, long_each, lambda x: torch.softmax(x, dim=1)


def long_log_softmax(x):
    shifted = x - x.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def long_focal_gradient(gamma):
    def gradient(x, t):
        log_y = long_log_softmax(x)
        y, q = np.exp(log_y), -np.expm1(log_y)
        # q^(gamma - 1)·(q - gamma·y·log y) goes to 0 with q.
        g = -t * np.where(q == 0, 0, np.where(q == 0, 1, q) ** (gamma - 1) * (q - gamma * y * log_y))
        return (g - y * g.sum(axis=1, keepdims=True)) / len(x)
    return gradient


def hinge(margin):
    def long_each(x, t):
        true = (x * t).sum(axis=1, keepdims=True)
        return (np.maximum(margin - true + x, 0) * (1 - t)).sum(axis=1) / x.shape[1]

    return lambda x, t: F.multi_margin_loss(x, t.argmax(dim=1), margin=margin, reduction="none"), long_each, lambda x: x * 1


def huber(delta):
    def long_each(x, t):
        d = abs(x - t)
        return np.where(d <= delta, d * d / 2, delta * (d - np.longdouble(delta) / 2)).mean(axis=1)

    return lambda x, t: F.huber_loss(x, t, delta=delta, reduction="none").mean(dim=1), long_each, lambda x: x * 1


class_weights = [0.5, 2.0, 1.25, 0.75, 3.0]
output_weights, positive_weights = (0.5, 2.0, 1.25), (3.0, 0.25, 1.5)

# For each loss: each sample's loss by PyTorch, the same in long double, the head, and how much each sample counts, if that depends on its target.
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
    "SoftmaxWithLoss smoothed": cross_entropy(smoothing=0.1),
    "SoftmaxWithLoss weighted": cross_entropy(weights=class_weights),
    "SoftmaxWithLoss smoothed and weighted": cross_entropy(smoothing=0.25, weights=class_weights),
    "SigmoidWithLoss smoothed": binary(smoothing=0.1),
    "SigmoidWithLoss weighted": binary(weights=output_weights),
    "SigmoidWithLoss weighted where positive": binary(positive=positive_weights),
    "SigmoidWithLoss smoothed and weighted": binary(0.25, output_weights, positive_weights),
    "KullbackLeibler": (
        lambda x, t: F.kl_div(torch.log_softmax(x, dim=1), t, reduction="none").sum(dim=1),
        long_kullback_leibler,
        lambda x: torch.softmax(x, dim=1)),
    "Focal": focal(2.0),
    "Focal of gamma 0": focal(0.0),
    "Focal of gamma 0.5": focal(0.5),
    "Focal with alpha": focal(3.5, (0.25, 0.0, 1.0, 2.0, 0.75)),
    "Hinge": hinge(1.0),
    "Hinge of margin 0.25": hinge(0.25),
    "MeanAbsoluteError": (
        lambda x, t: F.l1_loss(x, t, reduction="none").mean(dim=1),
        lambda x, t: abs(x - t).mean(axis=1),
        lambda x: x * 1),
    "Huber": huber(1.0),
    "Huber of delta 0.3": huber(0.3),
}


def loss(name, inputs, targets, weights):
    each, long_each, head, *counts = formulas[name]
    count = counts[0] if counts else lambda t: 1

    def reduced(w):
        inputs.grad = None
        value = (w * each(inputs, targets)).sum() / (w * count(targets)).sum()
        value.backward()
        exact = (long(w) * long_each(long(inputs), long(targets))).sum() / (long(w) * count(long(targets))).sum()
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
    **{name: loss(name, uniform(4, 5), classes(4, 5), sample_weights)
       for name in ("SoftmaxWithLoss smoothed", "SoftmaxWithLoss weighted", "SoftmaxWithLoss smoothed and weighted")},
    **{name: loss(name, uniform(4, 3), uniform(4, 3, low=0, high=1).detach(), sample_weights) for name in formulas if name.startswith("SigmoidWithLoss ")},
    "KullbackLeibler": loss("KullbackLeibler", uniform(4, 5), torch.tensor(random.dirichlet(np.ones(5), 4)), sample_weights),
    **{name: loss(name, uniform(4, 5), classes(4, 5), sample_weights) for name in formulas if name.startswith("Focal")},
    **{name: loss(name, uniform(4, 5), torch.tensor(np.eye(5)[random.integers(0, 5, 4)]), sample_weights) for name in formulas if name.startswith("Hinge")},
    **{name: loss(name, uniform(4, 3), uniform(4, 3).detach(), sample_weights) for name in formulas if name == "MeanAbsoluteError" or name.startswith("Huber")},
})


def index(smoothing, weights):
    """What PyTorch computes for class indices; and that for one-hot rows its formula for probabilities differs from it by the divisor alone."""
    x, labels, w = uniform(4, 5), torch.tensor(random.integers(0, 5, 4)), None if weights is None else torch.tensor(weights)
    value = F.cross_entropy(x, labels, weight=w, label_smoothing=smoothing)
    value.backward()
    of_rows = F.cross_entropy(x, F.one_hot(labels, 5) * 1.0, weight=w, label_smoothing=smoothing)
    divisor = len(x) if w is None else w[labels].sum()
    assert abs(value * divisor - of_rows * len(x)) < 1e-12
    return {"input": rows(x), "labels": labels.tolist(), "loss": value.item(), "inputGradient": rows(x.grad)}


write("losses.index", {
    "SoftmaxWithLoss": index(0.0, None),
    "SoftmaxWithLoss smoothed": index(0.1, None),
    "SoftmaxWithLoss weighted": index(0.0, class_weights),
    "SoftmaxWithLoss smoothed and weighted": index(0.25, class_weights),
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


huge_classes = (
    [[1000.0, -1000.0, 999.5], [-1000.0, 1000.0, 1000.0], [1000.0, 1000.0, -1000.0]],
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
write("losses.huge", {
    "SoftmaxWithLoss": huge(long_cross_entropy, lambda x, t: (long_softmax(x) - t) / len(x), *huge_classes),
    "SigmoidWithLoss": huge(
        long_binary, lambda x, t: (long_sigmoid(x) - t) / x.size,
        [[1000.0, -1000.0], [1000.0, -1000.0], [30.0, -30.0]],
        [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]),
    "SoftmaxWithLoss smoothed": huge(
        formulas["SoftmaxWithLoss smoothed"][1], lambda x, t: (long_softmax(x) - smoothed(t, 0.1, 3)) / len(x), *huge_classes),
    "SigmoidWithLoss smoothed": huge(
        formulas["SigmoidWithLoss smoothed"][1], lambda x, t: (long_sigmoid(x) - smoothed(t, 0.1, 2)) / x.size,
        [[1000.0, -1000.0], [1000.0, -1000.0], [30.0, -30.0]],
        [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]),
    "KullbackLeibler": huge(
        long_kullback_leibler, lambda x, t: (long_softmax(x) - t) / len(x), huge_classes[0], [[0.25, 0.25, 0.5], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
    "Focal": huge(
        lambda x, t: -(t * (-np.expm1(long_log_softmax(x))) ** 2 * long_log_softmax(x)).sum(axis=1), long_focal_gradient(2), *huge_classes),
    "Focal of gamma 0.5": huge(
        lambda x, t: -(t * np.sqrt(-np.expm1(long_log_softmax(x))) * long_log_softmax(x)).sum(axis=1), long_focal_gradient(0.5), *huge_classes),
    "Hinge": huge(
        hinge(1.0)[1], lambda x, t: np.array([[1, 0, -1], [-2, 1, 1], [1, -1, 0]]) / np.longdouble(9), *huge_classes),
    "MeanAbsoluteError": huge(
        formulas["MeanAbsoluteError"][1], lambda x, t: np.sign(x - t) / x.size, huge_classes[0], [[-1000.0, 1000.0, 999.5], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]),
    "Huber": huge(
        huber(1.0)[1], lambda x, t: np.clip(x - t, -1, 1) / x.size, huge_classes[0], [[-1000.0, 1000.0, 999.25], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]),
})
