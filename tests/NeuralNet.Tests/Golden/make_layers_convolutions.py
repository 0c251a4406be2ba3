"""Writes layers.convolutions.json: convolutions and poolings, in every combination that changes the arithmetic."""
import itertools

import numpy as np
import torch
from torch.nn import functional as F

from golden import layer, random, uniform, write

cases = {}


def pairs(a, b):
    return f"{a}x{b}"


# Stride x padding x dilation x groups, on images and kernels that are not square.
for stride, padding, dilation, groups in itertools.product([(1, 1), (2, 1), (2, 3)], [(0, 0), (1, 2)], [(1, 1), (1, 2)], [1, 2]):
    name = f"stride {pairs(*stride)}, padding {pairs(*padding)}, dilation {pairs(*dilation)}, {groups} groups"
    options = dict(stride=stride, padding=padding, dilation=dilation, groups=groups)
    cases[f"Convolution {name}"] = layer(
        lambda x, weight, bias: F.conv2d(x, weight, bias, **options),
        uniform(3, 4, 5, 6), {"weight": uniform(6, 4 // groups, 2, 3), "bias": uniform(6)})
    cases[f"TransposedConvolution {name}"] = layer(
        lambda x, weight, bias: F.conv_transpose2d(x, weight, bias, **options),
        uniform(3, 4, 4, 5), {"weight": uniform(4, 6 // groups, 2, 3), "bias": uniform(6)})

cases["Convolution 5x5 without bias"] = layer(lambda x, weight: F.conv2d(x, weight), uniform(2, 1, 7, 8), {"weight": uniform(3, 1, 5, 5)})
cases["Convolution 1x1"] = layer(F.conv2d, uniform(3, 5, 2, 3), {"weight": uniform(4, 5, 1, 1), "bias": uniform(4)})
cases["Convolution depthwise"] = layer(
    lambda x, weight, bias: F.conv2d(x, weight, bias, padding=1, groups=3), uniform(3, 3, 5, 4), {"weight": uniform(6, 1, 3, 3), "bias": uniform(6)})
cases["Convolution same"] = layer(
    lambda x, weight, bias: F.conv2d(x, weight, bias, padding="same", dilation=(1, 2)), uniform(3, 2, 5, 6), {"weight": uniform(3, 2, 2, 3), "bias": uniform(3)})
# Keras' rule for a stride: 6 by 3 gives 2, which 3 + 3 rows cover; 5 by 2 gives 3, which needs one more column before and one after.
cases["Convolution same, stride 3x2"] = layer(
    lambda x, weight, bias: F.conv2d(F.pad(x, (1, 1, 0, 0)), weight, bias, stride=(3, 2)), uniform(3, 2, 6, 5), {"weight": uniform(3, 2, 3, 3), "bias": uniform(3)})
cases["TransposedConvolution output padding"] = layer(
    lambda x, weight, bias: F.conv_transpose2d(x, weight, bias, stride=(2, 3), padding=1, output_padding=(1, 2)),
    uniform(3, 2, 3, 4), {"weight": uniform(2, 3, 3, 3), "bias": uniform(3)})
cases["TransposedConvolution without bias"] = layer(
    lambda x, weight: F.conv_transpose2d(x, weight, stride=2), uniform(2, 3, 2, 3), {"weight": uniform(3, 2, 2, 2)})


def distinct(*shape):
    """Numbers that are far apart, so that which is the largest does not hang on a rounding."""
    count = int(np.prod(shape))
    return torch.tensor(random.permutation(count).reshape(shape) * 0.1 - 0.05 * count, requires_grad=True)


cases["MaxPooling 2x2"] = layer(lambda x: F.max_pool2d(x, 2), distinct(3, 2, 4, 6))
cases["MaxPooling 2x3 on 5x7"] = layer(lambda x: F.max_pool2d(x, (2, 3)), distinct(3, 2, 5, 7))
cases["MaxPooling 3x3, stride 2x1"] = layer(lambda x: F.max_pool2d(x, 3, (2, 1)), distinct(3, 2, 7, 5))
cases["MaxPooling 3x3, stride 2x2, padding 1x1"] = layer(lambda x: F.max_pool2d(x, 3, 2, 1), distinct(3, 2, 6, 5))
cases["MaxPooling 2x2, stride 1x2, padding 1x0, dilation 2x3"] = layer(lambda x: F.max_pool2d(x, 2, (1, 2), (1, 0), (2, 3)), distinct(3, 2, 6, 7))
cases["AveragePooling 2x2"] = layer(lambda x: F.avg_pool2d(x, 2), uniform(3, 2, 4, 6))
cases["AveragePooling 3x2, stride 2x1, padding 1x1"] = layer(lambda x: F.avg_pool2d(x, (3, 2), (2, 1), 1), uniform(3, 2, 6, 5))
cases["AveragePooling 3x2, stride 1x1, padding 1x1, padding not counted"] = layer(
    lambda x: F.avg_pool2d(x, (3, 2), 1, 1, count_include_pad=False), uniform(3, 2, 6, 5))
cases["GlobalAveragePooling"] = layer(lambda x: F.adaptive_avg_pool2d(x, 1), uniform(3, 4, 3, 5))

# Channels enough for Winograd's way.
cases["Convolution of 16 channels, 3x3, padding 1x1"] = layer(
    lambda x, weight, bias: F.conv2d(x, weight, bias, padding=1), uniform(3, 16, 5, 4), {"weight": uniform(17, 16, 3, 3), "bias": uniform(17)})
cases["Convolution of 32 channels, 3x3, padding 2x0, 2 groups"] = layer(
    lambda x, weight, bias: F.conv2d(x, weight, bias, padding=(2, 0), groups=2), uniform(3, 32, 4, 6), {"weight": uniform(32, 16, 3, 3), "bias": uniform(32)})
cases["TransposedConvolution of 16 channels, 3x3, padding 1x1"] = layer(
    lambda x, weight, bias: F.conv_transpose2d(x, weight, bias, padding=1), uniform(3, 16, 4, 5), {"weight": uniform(16, 16, 3, 3), "bias": uniform(16)})

write("layers.convolutions", cases)
