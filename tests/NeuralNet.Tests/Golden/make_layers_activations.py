"""Writes layers.activations.json: the activations, over ranges that cross their kinks."""
import torch
from torch.nn import functional as F

from golden import layer, uniform, write


def wide(*shape):
    return uniform(*shape, low=-8.0, high=8.0)


write("layers.activations", {
    "Relu": layer(torch.relu, uniform(4, 5)),
    "LeakyRelu": layer(lambda x: F.leaky_relu(x, 0.01), uniform(4, 5)),
    "LeakyRelu 0.2": layer(lambda x: F.leaky_relu(x, 0.2), uniform(4, 5)),
    "Sigmoid": layer(torch.sigmoid, uniform(4, 5)),
    "Tanh": layer(torch.tanh, uniform(4, 5)),
    "Exp": layer(torch.exp, uniform(4, 5)),
    "Softmax": layer(lambda x: torch.softmax(x, dim=1), uniform(4, 5)),
    "Identity": layer(lambda x: x * 1, uniform(4, 5)),
    "Relu6": layer(F.relu6, wide(4, 5)),
    "PRelu": layer(F.prelu, uniform(4, 5), {"weight": uniform(1)}),
    "PRelu per feature": layer(F.prelu, uniform(4, 5), {"weight": uniform(5)}),
    "PRelu per channel": layer(F.prelu, uniform(3, 2, 3, 2), {"weight": uniform(2)}),
    "Elu": layer(F.elu, wide(4, 5)),
    "Elu 0.3": layer(lambda x: F.elu(x, 0.3), wide(4, 5)),
    "Selu": layer(F.selu, wide(4, 5)),
    "Gelu": layer(F.gelu, wide(4, 5)),
    "Gelu tanh": layer(lambda x: F.gelu(x, approximate="tanh"), wide(4, 5)),
    "Silu": layer(F.silu, wide(4, 5)),
    "Softplus": layer(F.softplus, wide(4, 5)),
    "Softplus 2.5, 3": layer(lambda x: F.softplus(x, 2.5, 3), wide(4, 5)),
    # PyTorch 1.13's own hardsigmoid has a gradient of 1/6 in float, in double too.
    "HardSigmoid": layer(lambda x: torch.clamp(x + 3, 0, 6) / 6, wide(4, 5)),
    "HardSwish": layer(F.hardswish, wide(4, 5)),
    "LogSoftmax": layer(lambda x: torch.log_softmax(x, dim=1), uniform(4, 5)),
    "Scale": layer(lambda x: x * 0.5 + 3, uniform(4, 5)),
    "Scale 1/255": layer(lambda x: x / 255, uniform(4, 5)),
})
