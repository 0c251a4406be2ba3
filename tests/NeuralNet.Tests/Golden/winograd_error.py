"""How exact Winograd's F(2x2, 3x3) and F(4x4, 3x3) are in float32, beside a sliding window: normally distributed numbers, the largest difference from float64 in parts of the largest output.

python3 winograd_error.py prints, for 16, 64 and 256 input channels, the error of the outputs by each way and by other points for four outputs.
"""
from fractions import Fraction

import numpy as np

KERNEL, TILES = 3, 512


def toom_cook(points, outputs=4):
    """The matrices A transposed, G and B transposed for these points and infinity."""
    size = outputs + KERNEL - 1

    def polynomial(roots):
        coefficients = [Fraction(1)]
        for root in roots:
            shifted, scaled = [Fraction(0)] + coefficients, coefficients + [Fraction(0)]
            coefficients = [a - root * b for a, b in zip(shifted, scaled)]
        return coefficients + [Fraction(0)] * (size - len(coefficients))

    others = [[q for q in points if q != p] for p in points]
    a = [[p**i for p in points] + [Fraction(i == outputs - 1)] for i in range(outputs)]
    g = [[p**i / np.prod([p - q for q in rest]) for i in range(KERNEL)] for p, rest in zip(points, others)]
    b = [polynomial(rest) for rest in others] + [polynomial(points)]
    return tuple(np.array([[float(x) for x in row] for row in m]) for m in (a, g + [[0, 0, 1]], b))


def window(d, g, outputs, dtype):
    y = np.zeros((TILES, outputs, outputs), dtype)
    for channel in range(len(d)):
        for i in range(KERNEL):
            for j in range(KERNEL):
                y += d[channel, :, i : i + outputs, j : j + outputs].astype(dtype) * dtype(g[channel, i, j])
    return y


def winograd(matrices, d, g):
    a, k, b = (m.astype(np.float32) for m in matrices)
    d, g = d.astype(np.float32), g.astype(np.float32)
    inputs, kernels = b @ d @ b.T, k @ g @ k.T
    sums = np.zeros(inputs.shape[1:], np.float32)
    for channel in range(len(d)):
        sums += inputs[channel] * kernels[channel]
    return a @ sums @ a.T


SMALL = tuple(np.array(m, float) for m in ([[1, 1, 1, 0], [0, 1, -1, 1]], [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]], [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, -1, 0, 1]]))
WAYS = {"F(2x2)": (2, SMALL)}
for text in ("0 1 -1 1/2 -2", "0 1 -1 2 -2", "0 1 -1 1/2 -1/2"):
    WAYS[f"F(4x4) by {text}"] = (4, toom_cook([Fraction(p) for p in text.split()]))

for channels in (16, 64, 256):
    for name, (outputs, matrices) in WAYS.items():
        random = np.random.default_rng(0)
        d, g = random.standard_normal((channels, TILES, outputs + 2, outputs + 2)), random.standard_normal((channels, KERNEL, KERNEL))
        exact = window(d, g, outputs, np.float64)
        error, usual = (np.abs(y - exact).max() / np.abs(exact).max() for y in (winograd(matrices, d, g), window(d, g, outputs, np.float32)))
        print(f"{channels:4} channels  {name:26} {error:.1e}   sliding window {usual:.1e}")
