"""Writes activations.csv beside itself: activations and their slopes in high precision, also where a plain formula cancels or rounds an exponent.

Made with mpmath 1.2:  python3 make_activations.py
A line is: function, x, y, slope; each number is the 16 hexadecimal digits of the bits of the double nearest to the true value. For logsoftmax, y and slope are the two
outputs for the scores 0 and x.
"""
import math
import pathlib
import random
import struct

from mpmath import erfc, exp, expm1, log1p, mp, mpf, pi, sqrt

mp.prec = 400
random = random.Random(20240531)
scale, alpha = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")
cubic = mpf("0.044715")


def bits(x):
    return f"{struct.unpack('<Q', struct.pack('<d', float(x)))[0]:016x}"


def sigmoid(x):
    return 1 / (1 + exp(-x))


def elu(x, positive=mpf(1), negative=mpf(1)):
    return (positive * x, positive) if x > 0 else (negative * expm1(x), negative * exp(x))


def gelu(x):
    share = erfc(-x / sqrt(mpf(2))) / 2
    return x * share, share + x * exp(-x * x / 2) / sqrt(2 * pi)


def gelu_tanh(x):
    w, slope = 2 * sqrt(2 / pi) * (x + cubic * x ** 3), 2 * sqrt(2 / pi) * (1 + 3 * cubic * x * x)
    return x * sigmoid(w), sigmoid(w) * (1 + x * slope * sigmoid(-w))


def silu(x):
    return x * sigmoid(x), sigmoid(x) * (1 + x * sigmoid(-x))


def softplus(x, beta=mpf(1)):
    return log1p(exp(beta * x)) / beta, sigmoid(beta * x)


def log_softmax(x):
    largest = max(x, mpf(0))
    rest = log1p(exp(-abs(x)))
    return -largest - rest, x - largest - rest


def spread(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


small = [sign * random.uniform(1, 2) * 2.0 ** random.randint(-70, -1) for sign in (-1, 1) for _ in range(40)] + [0.0]
functions = {
    "elu": (elu, spread(-40, 4, 120) + [-800.0, 1e30]),
    "selu": (lambda x: elu(x, scale, scale * alpha), spread(-40, 4, 120) + [-800.0, 1e30]),
    "gelu": (gelu, spread(-4, 4, 200) + spread(-37, 12, 200) + [-50.0, -1e30, 1e30]),
    "gelu tanh": (gelu_tanh, spread(-4, 4, 200) + spread(-21, 12, 200) + [-50.0, -1e30, 1e30]),
    "silu": (silu, spread(-4, 4, 200) + spread(-700, 40, 200) + [-800.0, -1e30, 1e30]),
    "softplus": (softplus, spread(-40, 60, 200) + spread(-740, 40, 100) + [-800.0, -1e30, 1e30]),
    "softplus 2.3": (lambda x: softplus(x, mpf(2.3)), spread(-20, 30, 200) + spread(-320, 20, 100) + [-800.0, -1e30, 1e30]),
    "logsoftmax": (log_softmax, spread(-40, 40, 200) + [-700.0, 700.0, 1e30, -1e30]),
}

lines = []
for name, (function, arguments) in functions.items():
    for x in sorted(set(small + arguments)):
        # What is beyond all exponents needs none of them.
        y, slope = function(mpf(max(min(x, 1e4), -1e4)))
        if x > 1e4:
            y, slope = {"logsoftmax": (-mpf(x), mpf(0))}.get(name, (slope * mpf(x), slope))
        if x < -1e4 and name == "logsoftmax":
            y, slope = mpf(0), mpf(x)
        lines.append(",".join([name, bits(x), bits(y), bits(slope)]))

pathlib.Path(__file__).with_name("activations.csv").write_text("\n".join(lines) + "\n")
