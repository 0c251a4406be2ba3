"""Writes layers.normalizations.json: batch, layer and group normalisation, and fixed numbers; of what has states also those after two steps."""
import torch
from torch.nn import functional as F

from golden import flat, layer, rows, uniform, write


def batch(shape, samples=5, epsilon=1e-5, momentum=0.1, affine=True, training=True):
    """As PyTorch's module computes it, with running statistics that are no longer the initial ones."""
    channels = shape[0]
    parameters = {"weight": uniform(channels), "bias": uniform(channels)} if affine else {}
    mean, variance = uniform(channels).detach(), uniform(channels, low=0.5, high=2.0).detach()
    states = {"running_mean": flat(mean), "running_var": flat(variance)}

    def function(x, weight=None, bias=None):
        return F.batch_norm(x, mean, variance, weight, bias, training, momentum, epsilon)

    case = layer(function, uniform(samples, *shape), parameters)
    second = uniform(samples + 1, *shape)
    function(second, **parameters)
    return case | {"states": states, "secondInput": rows(second), "statesAfter": {"running_mean": flat(mean), "running_var": flat(variance)}}


def layers(shape, epsilon=1e-5, affine=True):
    parameters = {"weight": uniform(*shape), "bias": uniform(*shape)} if affine else {}
    return layer(lambda x, weight=None, bias=None: F.layer_norm(x, shape, weight, bias, epsilon), uniform(4, *shape), parameters)


def groups(shape, count, epsilon=1e-5, affine=True):
    parameters = {"weight": uniform(shape[0]), "bias": uniform(shape[0])} if affine else {}
    return layer(lambda x, weight=None, bias=None: F.group_norm(x, count, weight, bias, epsilon), uniform(4, *shape), parameters)


def instances(shape):
    parameters = {"weight": uniform(shape[0]), "bias": uniform(shape[0])}
    return layer(lambda x, weight, bias: F.instance_norm(x, weight=weight, bias=bias), uniform(4, *shape), parameters)


def fixed(shape, size):
    """Keras' Normalization, offset and factor given: states that no step changes."""
    offset, factor = uniform(size).detach(), uniform(size, low=0.5, high=3.0).detach()
    states = {"offset": flat(offset), "factor": flat(factor)}
    places = (size,) + (1,) * (len(shape) - 1) if size == shape[0] else shape
    case = layer(lambda x: (x - offset.reshape(places)) * factor.reshape(places), uniform(4, *shape))
    return case | {"states": states, "secondInput": rows(uniform(3, *shape)), "statesAfter": states}


write("layers.normalizations", {
    "BatchNormalization": batch((5,)),
    "BatchNormalization 1e-3, 0.5": batch((5,), epsilon=1e-3, momentum=0.5),
    "BatchNormalization of an image": batch((3, 2, 2), momentum=0.3),
    "BatchNormalization of an image, large batch": batch((2, 3, 5), samples=9),
    "BatchNormalization momentum 1, not affine": batch((4,), momentum=1.0, affine=False),
    "BatchNormalization momentum 0": batch((4,), momentum=0.0),
    "BatchNormalization in inference": batch((5,), training=False),
    "BatchNormalization of an image in inference": batch((3, 2, 2), epsilon=1e-3, training=False),
    "BatchNormalization in inference, not affine": batch((5,), affine=False, training=False),
    "LayerNormalization": layers((5,)),
    "LayerNormalization of an image": layers((2, 2, 3), epsilon=1e-3),
    "LayerNormalization not affine": layers((7,), affine=False),
    "GroupNormalization 2": groups((4, 2, 3), 2),
    "GroupNormalization 1": groups((3, 2, 2), 1, epsilon=1e-3),
    "GroupNormalization instances": instances((3, 2, 3)),
    "GroupNormalization of features": groups((6,), 2),
    "GroupNormalization not affine": groups((4, 1, 3), 2, affine=False),
    "Normalization": fixed((5,), 5),
    "Normalization of channels": fixed((3, 2, 2), 3),
    "Normalization of an image's features": fixed((2, 1, 3), 6),
})
