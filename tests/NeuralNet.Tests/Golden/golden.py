"""What the scripts beside it share: seeded inputs, PyTorch in float64, and the form of the golden files.

Each script make_NAME.py writes NAME.json: what PyTorch computes for the rows of one table of the tests. All are run by
``for script in make_*.py; do python3 $script; done`` with Python 3.11, PyTorch 1.13 and NumPy 1.24.
Matrices are lists of rows. Parameters are flat, in PyTorch's own layout.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
random = np.random.default_rng(20240531)


def uniform(*shape, low=-2.0, high=2.0):
    return torch.tensor(random.uniform(low, high, shape), requires_grad=True)


def rows(tensor):
    """A batch with a sample in each row; an image is flat, in the order channel, height, width."""
    return tensor.detach().numpy().reshape(len(tensor), -1).tolist()


def flat(tensor):
    return tensor.detach().numpy().ravel().tolist()


def layer(function, inputs, parameters=None):
    """Forward, and all gradients for a random output gradient."""
    parameters = parameters or {}
    y = function(inputs, **parameters)
    dy = uniform(*y.shape)
    y.backward(dy.detach())
    return {
        "input": rows(inputs),
        "parameters": {name: flat(value) for name, value in parameters.items()},
        "output": rows(y),
        "outputGradient": rows(dy),
        "inputGradient": rows(inputs.grad),
        "parameterGradients": {name: flat(value.grad) for name, value in parameters.items()},
    }


def write(name, cases):
    """One line for each row; json writes float64 as repr does, so that it reads back to the same bits."""
    lines = ",\n".join(f"{json.dumps(row)}: {json.dumps(case)}" for row, case in cases.items())
    pathlib.Path(__file__).with_name(f"{name}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
