"""Prints the polynomials of src/NeuralNet/Kernels/Elementary and of NormalTail: minimax fits, their coefficients rounded to float or double.

Made with Python 3.11 and mpmath 1.3:  python3 fit_polynomials.py
Remez' exchange: a polynomial of degree d whose weighted error has the same size, with alternating sign, at d + 2 places has no better. It starts at the
Chebyshev nodes, solves for coefficients and that size, moves the places to where the error is largest, and stops when it is level.
"""
import struct

from mpmath import atanh, cos, erf, erfc, exp, expm1, log, lu_solve, matrix, mp, mpf, pi, sin, sqrt

mp.dps = 60


def fit(f, weight, low, high, degree):
    count = degree + 2
    middle, radius = (mpf(low) + high) / 2, (mpf(high) - low) / 2
    places = [middle - radius * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    grid = [middle - radius * cos(pi * i / (40 * count)) for i in range(40 * count + 1)]
    for _ in range(30):
        system, right = matrix(count, count), matrix(count, 1)
        for i, x in enumerate(places):
            for k in range(degree + 1):
                system[i, k] = x ** k
            system[i, degree + 1] = (-1) ** i / weight(x)
            right[i] = f(x)
        *c, level = lu_solve(system, right)
        errors = [weight(x) * (f(x) - value(c, x)) for x in grid]

        # The largest error of each stretch of one sign.
        peaks = []
        for x, error in zip(grid, errors):
            if peaks and (peaks[-1][1] > 0) == (error > 0):
                peaks[-1] = max(peaks[-1], (x, error), key=lambda peak: abs(peak[1]))
            else:
                peaks.append((x, error))
        while len(peaks) > count:
            peaks.pop(0 if abs(peaks[0][1]) < abs(peaks[-1][1]) else -1)
        if len(peaks) < count or max(map(abs, errors)) < abs(level) * mpf("1.001"):
            break
        places = [x for x, _ in peaks]
    return c


def value(c, x):
    return sum(mpf(ck) * x ** k for k, ck in enumerate(c))


def in_single(x):
    return struct.unpack("<f", struct.pack("<f", float(x)))[0]


def text(x, double):
    return repr(x) if double else next(s for s in (f"{x:.{digits}g}" for digits in range(6, 10)) if in_single(float(s)) == x) + "f"


def show(name, f, weight, low, high, degree, double):
    c = [float(x) if double else in_single(x) for x in fit(f, weight, low, high, degree)]
    left = max(abs(weight(x) * (f(x) - value(c, x))) for x in (mpf(low) + (mpf(high) - low) * i / 997 for i in range(998)))
    print(f"{name}, {'double' if double else 'float'}: error 2^{float(log(left, 2)):.1f}\n    {', '.join(text(x, double) for x in c)}")


def exponential(r):  # (e^r - 1 - r) / r^2
    return mpf(1) / 2 + r / 6 + r * r / 24 if abs(r) < mpf("1e-10") else (expm1(r) - r) / (r * r)


def logarithm(z):  # (2 artanh(s)/s - 2) / z, s^2 = z
    return mpf(2) / 3 + 2 * z / 5 if z < mpf("1e-15") else (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z


def sine(z):  # (sin(r)/r - 1) / z, r^2 = z
    return mpf(-1) / 6 + z / 120 if z < mpf("1e-15") else (sin(sqrt(z)) / sqrt(z) - 1) / z


def cosine(z):  # (cos(r) - 1 + z/2) / z^2
    return mpf(1) / 24 - z / 720 if z < mpf("1e-10") else (cos(sqrt(z)) - 1 + z / 2) / (z * z)


def inner(z):  # erf(x)/x - 1, x^2 = z
    return 2 / sqrt(pi) - 1 if z == 0 else erf(sqrt(z)) / sqrt(z) - 1


def outer(a):
    return -log(erfc(a))


def tail(s):  # (t + 4) Phi(-t) e^(t^2/2), s = (t - 4) / (t + 4)
    t = 4 * (1 + s) / (1 - s)
    return (t + 4) * erfc(t / sqrt(mpf(2))) * exp(t * t / 2) / 2


half_ln2 = log(mpf(2)) / 2 * mpf("1.002")
most_z = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.0001")
quarter_turn = mpf("0.85")  # the square of 0.92, a little more than pi/4

# Weights make it the error of the function (relative, or of its small part), at the end where that is largest.
for double, degree in ((False, 5), (True, 10)):
    show("exp", exponential, lambda r: mpf("0.35"), -half_ln2, half_ln2, degree, double)
show("log", logarithm, lambda z: z, mpf("1e-30"), most_z, 2, False)
show("log", logarithm, lambda z: mpf("0.03"), 0, most_z, 6, True)
for double, degree in ((False, 3), (True, 6)):
    show("sin", sine, lambda z: quarter_turn, 0, quarter_turn, degree, double)
for double, degree in ((False, 3), (True, 6)):
    show("cos", cosine, lambda z: mpf("0.72"), 0, quarter_turn, degree, double)
for double, degree in ((False, 6), (True, 11)):
    show("erf, inner", inner, lambda z: 1 / (1 + inner(z)), 0, 1, degree, double)
show("erf, outer", outer, erfc, 1, 4, 7, False)
show("erf, outer", outer, erfc, 1, 6, 17, True)
show("normal tail", tail, lambda s: 1 / tail(s), -1, mpf(11) / 19, 10, False)
show("normal tail", tail, lambda s: 1 / tail(s), -1, mpf(35) / 43, 22, True)
