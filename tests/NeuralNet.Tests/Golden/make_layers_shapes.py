"""Writes layers.shapes.json: flattening, reshaping, and embeddings, whose indices have no gradient."""
import torch
from torch.nn import functional as F

from golden import flat, layer, random, rows, uniform, write


def embedding(samples, positions, vocabulary, width):
    indices = torch.tensor(random.integers(0, vocabulary, (samples, positions)))
    weight = uniform(vocabulary, width)
    y = F.embedding(indices, weight)
    dy = uniform(*y.shape)
    y.backward(dy.detach())
    return {
        "input": indices.double().tolist(),
        "parameters": {"weight": flat(weight)},
        "output": rows(y),
        "outputGradient": rows(dy),
        "inputGradient": torch.zeros(samples, positions).tolist(),
        "parameterGradients": {"weight": flat(weight.grad)},
    }


write("layers.shapes", {
    "Flatten": layer(lambda x: torch.flatten(x, 1) * 1, uniform(3, 2, 2, 2)),
    "Reshape": layer(lambda x: x.unflatten(1, (2, 1, 3)) * 1, uniform(3, 6)),
    "Embedding": embedding(4, 3, 7, 5),
    "Embedding of one position": embedding(5, 1, 3, 2),
})
