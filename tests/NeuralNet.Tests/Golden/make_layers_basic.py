"""Writes layers.basic.json: the affine map and the plain activations."""
import torch
from torch.nn import functional as F

from golden import layer, uniform, write

write("layers.basic", {
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
})
