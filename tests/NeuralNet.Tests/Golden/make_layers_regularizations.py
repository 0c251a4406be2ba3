"""Writes layers.regularizations.json: dropouts, by PyTorch's formula x·mask/(1 - p) with the masks of the library, drawn here by a Philox4x32-10 of its own."""
import torch

from golden import layer, uniform, write

KEY, STEP = 1, 0


def philox(counter, key):
    """Salmon et al. (2011), Philox4x32 with ten rounds: four words for a counter of four words and a key of two."""
    (c0, c1, c2, c3), (k0, k1) = counter, key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ c3 ^ k1, p0 & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


# The known answer of the generator's authors: all counters and keys zero.
assert philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)


def mask(rows, columns, p):
    stream = 2 * (STEP + 1)
    words = [[philox((row, column // 4, stream & 0xFFFFFFFF, stream >> 32), (KEY & 0xFFFFFFFF, KEY >> 32))[column % 4] for column in range(columns)] for row in range(rows)]
    return torch.tensor([[float(word >= round(p * 2**32)) for word in row] for row in words])


def dropout(rows, features, p):
    return layer(lambda x: x * (mask(rows, features, p) / (1 - p)), uniform(rows, features))


def spatial(rows, shape, p):
    return layer(lambda x: x * (mask(rows, shape[0], p) / (1 - p))[:, :, None, None], uniform(rows, *shape))


write("layers.regularizations", {
    "Dropout": dropout(4, 5, 0.5),
    "Dropout 0.2": dropout(5, 9, 0.2),
    "Dropout 0": layer(lambda x: x * 1, uniform(3, 5)),
    "Dropout in inference": layer(lambda x: torch.nn.functional.dropout(x, 0.5, training=False) * 1, uniform(3, 5)),
    "SpatialDropout": spatial(6, (5, 2, 2), 0.5),
    "SpatialDropout 0.3": spatial(6, (3, 1, 2), 0.3),
    "SpatialDropout in inference": layer(lambda x: torch.nn.functional.dropout2d(x, 0.5, training=False) * 1, uniform(3, 2, 2, 2)),
})
