"""Writes layers.basic.json: the affine map."""
from torch.nn import functional as F

from golden import layer, uniform, write

write("layers.basic", {
    "Affine": layer(F.linear, uniform(4, 5), {"weight": uniform(3, 5), "bias": uniform(3)}),
    "Affine by size": layer(F.linear, uniform(3, 6), {"weight": uniform(4, 6), "bias": uniform(4)}),
    "Affine without bias": layer(F.linear, uniform(4, 2), {"weight": uniform(5, 2)}),
    "Affine 1 -> 1": layer(F.linear, uniform(3, 1), {"weight": uniform(1, 1), "bias": uniform(1)}),
})
