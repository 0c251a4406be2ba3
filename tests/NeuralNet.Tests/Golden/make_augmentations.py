"""Writes augmentations.json: images that SciPy resamples after NumPy's draws from the library's generator, Philox4x32-10, written down here once more.

SciPy's "grid-constant" is an image that goes on beyond its edge with the fill value; its "constant" would not interpolate there.
"""
import numpy as np
from scipy import ndimage

from golden import random, write

MASK = 0xFFFFFFFF


class Philox:
    """The draws of CounterRandom: 53 bits of each 64-bit word, two words a block."""

    def __init__(self, key):
        self.key, self.count = key, 0

    def block(self, number):
        c = [number & MASK, number >> 32, 0, 0]
        k0, k1 = self.key & MASK, self.key >> 32
        for _ in range(10):
            p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
            c = [(p1 >> 32) ^ c[1] ^ k0, p1 & MASK, (p0 >> 32) ^ c[3] ^ k1, p0 & MASK]
            k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
        return c[0] | c[1] << 32, c[2] | c[3] << 32

    def __call__(self):
        word = self.block(self.count >> 1)[self.count & 1]
        self.count += 1
        return (word >> 11) / 2.0**53


def sample(image, x, y, fill):
    return np.stack([ndimage.map_coordinates(plane, [y, x], order=1, mode="grid-constant", cval=fill) for plane in image])


def grid(height, width):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    return x, y


def affine(image, draw, degrees=0, shift=0, minScale=1, maxScale=1, shear=0, fill=0):
    _, height, width = image.shape
    angle = np.radians(degrees * (2 * draw() - 1))
    scale = minScale + (maxScale - minScale) * draw()
    slant = np.tan(np.radians(shear * (2 * draw() - 1)))
    right, down = shift * (2 * draw() - 1), shift * (2 * draw() - 1)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    back = np.linalg.inv(rotation @ np.array([[1, slant], [0, 1]]) * scale)
    x, y = grid(height, width)
    centre = np.array([(width - 1) / 2, (height - 1) / 2]).reshape(2, 1, 1)
    places = np.tensordot(back, np.stack([x - right, y - down]) - centre, 1) + centre
    return sample(image, places[0], places[1], fill)


def elastic(image, draw, alpha=34, sigma=4, fill=0):
    _, height, width = image.shape
    fields = [np.array([2 * draw() - 1 for _ in range(height * width)]).reshape(height, width) for _ in range(2)]
    across, down = [alpha * ndimage.gaussian_filter(field, sigma, mode="constant", cval=0.0, truncate=4.0) for field in fields]
    x, y = grid(height, width)
    return sample(image, x + across, y + down, fill)


def noise(image, draw, deviation=0):
    values = []
    while len(values) < image.size:
        radius, angle = np.sqrt(-2 * np.log(1 - draw())), 2 * np.pi * draw()
        values += [radius * np.cos(angle), radius * np.sin(angle)]
    return image + deviation * np.array(values[:image.size]).reshape(image.shape)


def row(change, shape, key, **parameters):
    image = random.uniform(0, 1, shape)
    return {
        "shape": list(shape), "key": key, "parameters": parameters,
        "image": image.ravel().tolist(), "result": change(image, Philox(key), **parameters).ravel().tolist(),
    }


write("augmentations", {
    "RandomAffine rotation": row(affine, (1, 9, 9), 1, degrees=30),
    "RandomAffine half turn": row(affine, (1, 8, 11), 2, degrees=180),
    "RandomAffine shift": row(affine, (1, 7, 5), 3, shift=2.5),
    "RandomAffine scale": row(affine, (1, 10, 8), 4, minScale=0.5, maxScale=2),
    "RandomAffine shear": row(affine, (1, 8, 8), 5, shear=40),
    "RandomAffine all": row(affine, (3, 12, 9), 6, degrees=20, shift=1.5, minScale=0.8, maxScale=1.2, shear=15, fill=0.25),
    "RandomAffine one pixel": row(affine, (1, 1, 1), 7, shift=1, fill=0.5),
    "RandomAffine far away": row(affine, (1, 4, 4), 8, shift=1e300, fill=0.5),
    "ElasticDistortion": row(elastic, (1, 14, 14), 9),
    "ElasticDistortion small sigma": row(elastic, (1, 6, 9), 10, alpha=2, sigma=0.4, fill=-1),
    "ElasticDistortion wide": row(elastic, (2, 7, 37), 11, alpha=60, sigma=6),
    "RandomNoise": row(noise, (1, 3, 5), 12, deviation=0.3),
})
