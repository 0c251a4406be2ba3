"""Writes elementary.csv beside itself: the elementary functions in high precision, at arguments that are hard for double.

Made with Python 3.11 and mpmath 1.3:  python3 make_elementary.py
A line is: function, x, y, y's remainder; each number is the 16 hexadecimal digits of a double's bits. y is the double nearest to the true value, the
remainder what is left to it, so that errors can be measured in fractions of a last place.
"""
import math
import pathlib
import random
import struct

from mpmath import mp, mpf

mp.prec = 2400  # enough for e^x - 1 and cos near multiples of pi/2, with every argument exact

random = random.Random(20240531)
tiny, smallest, largest = 2.0 ** -1074, 2.0 ** -1022, struct.unpack("<d", struct.pack("<Q", 0x7FEFFFFFFFFFFFFF))[0]


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def near(x, steps=2):
    """A number and its neighbours."""
    below = above = x
    numbers = [x]
    for _ in range(steps):
        below, above = math.nextafter(below, -math.inf), math.nextafter(above, math.inf)
        numbers += [below, above]
    return numbers


def nearest(value):
    """The double nearest to a number of mpmath, denormal ones included."""
    if value == 0:
        return 0.0
    exponent = max(mp.frexp(value)[1] - 53, -1074)
    scaled = int(mp.nint(mp.ldexp(value, -exponent)))
    try:
        return math.ldexp(scaled, exponent)
    except OverflowError:
        return math.copysign(math.inf, scaled)


def spread(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def scales(low, high, count, signs=(1, -1)):
    """Evenly spread exponents of 2."""
    return [random.choice(signs) * random.uniform(1, 2) * 2.0 ** random.randint(low, high) for _ in range(count)]


def multiples(of, count, most, steps=1):
    """Doubles next to whole and half multiples of a number."""
    return [x for _ in range(count) for x in near(float(mpf(random.randint(-most, most)) / 2 * of), steps)]


around_zero = [s * x for s in (1, -1) for x in (tiny, 3 * tiny, smallest, math.nextafter(smallest, 0), 1e-300, 1e-100, 2.0 ** -53, 2.0 ** -54, 2.0 ** -27, 2.0 ** -26, 1e-5)]
ln2, pi = mp.log(2), mp.pi

functions = {
    "exp": (mp.exp, around_zero + multiples(ln2, 40, 40) + multiples(ln2, 20, 2000) + spread(-1, 1, 80) + spread(-708, 709, 80) + spread(-745.2, -708, 60)
            + near(709.782712893384) + near(-708.3964185322641) + near(-745.1332191019411) + near(-744.4400719213812)),
    "expm1": (mp.expm1, around_zero + multiples(ln2, 60, 40) + spread(-1, 1, 100) + spread(-40, 40, 60) + spread(0, 709, 30) + scales(-60, -2, 60) + near(709.782712893384)
              + near(-36.7) + near(-0.34657359027997264, 4) + near(0.34657359027997264, 4)),
    "log": (mp.log, [tiny, 3 * tiny, 1e-310, smallest, math.nextafter(smallest, 0), largest] + near(1.0, 30) + near(math.sqrt(2), 4) + near(math.sqrt(0.5), 4) + spread(0.5, 2, 120)
            + [1 + x for x in scales(-50, -2, 80)] + scales(-1074, 1022, 100, (1,)) + [x for n in range(-5, 6) for x in near(2.0 ** n)]),
    "log1p": (mp.log1p, [x for x in around_zero] + near(-1.0, 0)[1:] + [math.nextafter(-1.0, 0), -1 + 2.0 ** -40, -0.99999, largest] + near(math.sqrt(2) - 1, 4) + near(math.sqrt(0.5) - 1, 4)
              + spread(-0.999, 1, 120) + scales(-60, -1, 120) + scales(0, 1022, 80, (1,)) + spread(1, 100, 60)),
    "tanh": (mp.tanh, around_zero + spread(-1, 1, 100) + spread(-20, 20, 80) + scales(-60, 2, 120) + multiples(ln2 / 2, 40, 60) + near(19.0615, 1) + near(18.7) + [25.0, -300.0, largest]),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), around_zero + spread(-1, 1, 60) + spread(-40, 40, 80) + spread(-745.2, -700, 80) + spread(-700, 0, 60) + multiples(ln2, 40, 60) + [37.0, 60.0, 800.0]),
    "erf": (mp.erf, around_zero + spread(-1, 1, 100) + spread(-6, 6, 120) + scales(-60, 1, 80) + near(1.0, 6) + near(-1.0, 4) + near(5.9) + near(6.0) + [0.99, 1.01, 5.8, 5.86, 27.0, largest]),
    "sin": (mp.sin, around_zero + spread(-7, 7, 120) + multiples(pi / 2, 60, 100) + multiples(pi / 2, 60, 600000) + spread(-1048576, 1048576, 60) + [1048576.0, -1048576.0] + near(2.0 ** -27, 3)),
    "cos": (mp.cos, around_zero + spread(-7, 7, 120) + multiples(pi / 2, 60, 100) + multiples(pi / 2, 60, 600000) + spread(-1048576, 1048576, 60) + [1048576.0, -1048576.0]),
}

lines = []
for name, (function, arguments) in functions.items():
    for x in sorted(set(arguments)):
        # The exponentials of numbers far away need no 2400 bits of an argument, nor does an error function that is 1.
        if name in ("erf", "tanh") and abs(x) > 30:
            true = mpf(math.copysign(1, x))
        else:
            true = function(mpf(x))
        y = nearest(true)
        rest = 0.0 if math.isinf(y) else nearest(true - mpf(y))
        lines.append(f"{name},{bits(x):016x},{bits(y):016x},{bits(rest):016x}")

pathlib.Path(__file__).with_name("elementary.csv").write_text("\n".join(lines) + "\n")
