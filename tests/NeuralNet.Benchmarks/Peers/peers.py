"""The Python peers of `compare`: PyTorch, or networks written from scratch in NumPy.

    python3 peers.py torch|numpy THREADS

A worker reads requests from its input and writes answers to its output, JSON objects, one to a line:

    {"prepare": workload}   -> {"ready": true}              the workload is one of the classes below
    {"check": true}         -> {"numbers": [...]}           losses or elements, to be compared with the library's
    {"run": n}              -> {"seconds": s}               of n iterations, after one that is not timed
    {"export": network}     -> {"ready": true}              PyTorch only: writes an ONNX model

It begins with {"hello": version}, or {"missing": why} and ends; what fails is answered with {"error": why}.
"""

import ctypes
import gc
import json
import os
import struct
import sys
import time

CHECKED_STEPS = 5
START_OF_B = 1 << 24


# The data: the same formula as in Sample.cs.

def sample_hash(start, count):
    index = np.arange(start, start + count, dtype=np.uint32)
    with np.errstate(over="ignore"):
        value = index * np.uint32(2654435761)
        value = (value ^ (value >> np.uint32(16))) * np.uint32(2246822507)
    return value ^ (value >> np.uint32(13))


def unit(rows, columns, start=0):
    return ((sample_hash(start, rows * columns) >> np.uint32(8)) * (1.0 / (1 << 24))).reshape(rows, columns)


def labels_of(count, classes):
    return ((sample_hash(0, count) >> np.uint32(8)) % np.uint32(classes)).astype(np.int64)


def read_weights(path):
    """A safetensors file: the length of a JSON header, the header, the numbers."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        numbers = file.read()
    tensors = {}
    header.pop("__metadata__", None)
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(numbers[begin:end], dtype=np.float32).reshape(entry["shape"])
    return tensors


class Workload:
    """What is measured: `step` does one iteration."""

    def reset(self):
        """Goes back to where every sample begins."""

    def run(self, count):
        self.reset()
        self.step()
        start = time.perf_counter()
        for _ in range(count):
            self.step()
        return time.perf_counter() - start


class Product(Workload):
    def __init__(self, precision, m, k, n):
        self.a = (unit(m, k) - 0.5).astype(precision)
        self.b = (unit(k, n, START_OF_B) - 0.5).astype(precision)
        self.c = np.empty((m, n), precision)

    def check(self):
        self.step()
        c = np.asarray(self.c)
        m, n = c.shape
        probes = [c[0, 0], c[-1, 0], c[0, -1], c[-1, -1], c[m // 2, n // 2], np.abs(c.astype(np.float64)).mean()]
        return [float(probe) for probe in probes]


class NumpyProduct(Product):
    def step(self):
        np.matmul(self.a, self.b, out=self.c)


class TorchProduct(Product):
    def __init__(self, **sizes):
        super().__init__(**sizes)
        self.a, self.b, self.c = (torch.from_numpy(matrix) for matrix in (self.a, self.b, self.c))

    def step(self):
        torch.mm(self.a, self.b, out=self.c)


class NumpyNetwork(Workload):
    """Affine layers with Relu between them, softmax with cross-entropy at the end, and their derivatives by hand."""

    def __init__(self, input, layers, batch, weights):
        if not all(layer == "relu" or layer.startswith("affine ") for layer in layers):
            raise NotImplementedError("NumPy has no convolution, and nobody would write that")
        tensors = read_weights(weights)
        self.x = unit(batch, input[0]).astype(np.float32)
        self.labels = labels_of(batch, int(layers[-1].split()[1]))
        self.initial = []
        for i in range(0, len(layers), 2):  # an affine layer and its activation take two places
            self.initial += [np.ascontiguousarray(tensors[f"{i}.weight"].T), tensors[f"{i}.bias"]]
        self.parameters = [value.copy() for value in self.initial]

    def reset(self):
        for parameter, initial in zip(self.parameters, self.initial):
            parameter[...] = initial

    def forward(self):
        x = self.x
        self.inputs = []
        for i in range(0, len(self.parameters), 2):
            self.inputs.append(x)
            x = x @ self.parameters[i]
            x += self.parameters[i + 1]
            if i + 2 < len(self.parameters):
                np.maximum(x, 0, out=x)
        x -= x.max(axis=1, keepdims=True)
        np.exp(x, out=x)
        x /= x.sum(axis=1, keepdims=True)
        return x


class NumpyInference(NumpyNetwork):
    def step(self):
        self.y = self.forward()

    def check(self):
        return [float(value) for value in self.forward()[0]]


class NumpyTraining(NumpyNetwork):
    def __init__(self, rule, rate, **network):
        super().__init__(**network)
        self.rate = rate
        self.update = {"Sgd": self.sgd, "Adam": self.adam}[rule]
        self.rows = np.arange(len(self.labels))
        self.m = [np.zeros_like(value) for value in self.parameters]
        self.v = [np.zeros_like(value) for value in self.parameters]
        self.steps = 0

    def step(self):
        y = self.forward()
        loss = -np.log(y[self.rows, self.labels]).mean()
        gradients = [None] * len(self.parameters)
        y[self.rows, self.labels] -= 1
        y /= len(y)
        for i in reversed(range(0, len(self.parameters), 2)):
            x = self.inputs[i // 2]
            gradients[i] = x.T @ y
            gradients[i + 1] = y.sum(axis=0)
            if i > 0:
                y = y @ self.parameters[i].T
                y *= x > 0
        self.update(gradients)
        return loss

    def sgd(self, gradients):
        for value, gradient in zip(self.parameters, gradients):
            gradient *= self.rate
            value -= gradient

    def adam(self, gradients, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.steps += 1
        rate = self.rate / (1 - beta1 ** self.steps)
        correction = (1 - beta2 ** self.steps) ** 0.5
        for value, gradient, m, v in zip(self.parameters, gradients, self.m, self.v):
            m *= beta1
            m += (1 - beta1) * gradient
            v *= beta2
            gradient *= gradient
            gradient *= 1 - beta2
            v += gradient
            root = np.sqrt(v)
            root /= correction
            root += epsilon
            np.divide(m, root, out=root)
            root *= rate
            value -= root

    def check(self):
        return [float(self.step()) for _ in range(CHECKED_STEPS)]


def image_module(shape):
    """Flat samples as images; torch.nn.Unflatten cannot be exported."""
    class Image(torch.nn.Module):
        def forward(self, x):
            return x.reshape(-1, *shape)

    return Image()


class TorchNetwork(Workload):
    def __init__(self, input, layers, batch, weights):
        self.x = torch.from_numpy(unit(batch, int(np.prod(input))).astype(np.float32))
        self.labels = torch.from_numpy(labels_of(batch, int(layers[-1].split()[1])))
        tensors = read_weights(weights)
        modules = [image_module(input)] if len(input) == 3 else []
        is_image = len(input) == 3
        for i, (kind, *numbers) in enumerate(layer.split() for layer in layers):
            weight, bias = tensors.get(f"{i}.weight"), tensors.get(f"{i}.bias")
            if kind == "affine":
                if is_image:
                    modules.append(torch.nn.Flatten())
                    is_image = False
                module = torch.nn.Linear(weight.shape[1], weight.shape[0])
            elif kind == "convolution":
                module = torch.nn.Conv2d(weight.shape[1], weight.shape[0], int(numbers[1]), padding=int(numbers[2]))
            else:
                module = {
                    "relu": lambda: torch.nn.ReLU(),
                    "max-pooling": lambda: torch.nn.MaxPool2d(int(numbers[0])),
                    "dropout": lambda: torch.nn.Dropout(float(numbers[0])),
                }[kind]()
            if weight is not None:
                module.weight.data.copy_(torch.from_numpy(weight.copy()))
                module.bias.data.copy_(torch.from_numpy(bias.copy()))
            modules.append(module)
        self.model = torch.nn.Sequential(*modules)
        self.initial = [parameter.detach().clone() for parameter in self.model.parameters()]

    def reset(self):
        with torch.no_grad():
            for parameter, initial in zip(self.model.parameters(), self.initial):
                parameter.copy_(initial)


class TorchInference(TorchNetwork):
    def __init__(self, **network):
        super().__init__(**network)
        self.model = torch.nn.Sequential(*self.model, torch.nn.Softmax(dim=1)).eval()

    def run(self, count):
        with torch.inference_mode():
            return super().run(count)

    def step(self):
        self.y = self.model(self.x)

    def check(self):
        with torch.inference_mode():
            return [float(value) for value in self.model(self.x)[0]]

    def export(self, path):
        torch.onnx.export(self.model, self.x, path, opset_version=17, input_names=["x"], output_names=["y"])


class TorchTraining(TorchNetwork):
    def __init__(self, rule, rate, **network):
        super().__init__(**network)
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = {"Sgd": torch.optim.SGD, "Adam": torch.optim.Adam}[rule](self.model.parameters(), lr=rate)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(self.model(self.x), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss

    def check(self):
        """Without dropout, whose masks are everybody's own."""
        self.model.eval()
        losses = [self.step().item() for _ in range(CHECKED_STEPS)]
        self.model.train()
        return losses


class Loading(Workload):
    """An epoch is a permutation; a batch is what an index array takes out of all images."""

    def __init__(self, images, pixels, classes, batch):
        self.pixels = (sample_hash(0, images * pixels) >> np.uint32(24)).astype(np.uint8).reshape(images, pixels)
        self.labels = labels_of(images, classes)
        self.batch = batch
        self.next = images

    def step(self):
        if self.next >= len(self.labels):
            self.order = self.shuffle()
            self.next = 0
        chosen = self.order[self.next:self.next + self.batch]
        self.next += self.batch
        self.x, self.t = self.take(chosen)

    def check(self):
        x, _ = self.take(self.in_order())
        return [float(value) for value in (x[0, 0], x[0, -1], x[-1, 0], x[-1, -1])]


class NumpyLoading(Loading):
    def __init__(self, **sizes):
        super().__init__(**sizes)
        self.random = np.random.default_rng(1)

    def shuffle(self):
        return self.random.permutation(len(self.labels))

    def in_order(self):
        return np.arange(self.batch)

    def take(self, chosen):
        x = self.pixels[chosen].astype(np.float32)
        x /= 255
        return x, self.labels[chosen]


class TorchLoading(Loading):
    def __init__(self, **sizes):
        super().__init__(**sizes)
        self.pixels, self.labels = torch.from_numpy(self.pixels), torch.from_numpy(self.labels)

    def shuffle(self):
        return torch.randperm(len(self.labels))

    def in_order(self):
        return torch.arange(self.batch)

    def take(self, chosen):
        return self.pixels[chosen].float().div_(255), self.labels[chosen]


KINDS = {
    "numpy": {"product": NumpyProduct, "training": NumpyTraining, "inference": NumpyInference, "loading": NumpyLoading},
    "torch": {"product": TorchProduct, "training": TorchTraining, "inference": TorchInference, "loading": TorchLoading},
}


def blas():
    """Which library multiplies matrices: asked of the process itself, after a product."""
    np.ones((8, 8)) @ np.ones((8, 8))
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if "blas" in line}
    for path in sorted(files):
        try:
            library = ctypes.CDLL(path)
            library.openblas_get_config.restype = library.openblas_get_corename.restype = ctypes.c_char_p
            config, core = library.openblas_get_config().decode(), library.openblas_get_corename().decode()
            return f"{' '.join(config.split()[:2])} with {core} kernels"
        except (OSError, AttributeError):
            pass
    names = ", ".join(sorted({os.path.basename(path) for path in files})) or "an unknown library"
    return f"NOT OpenBLAS but {names}: its products are no measure (see --openblas)"


def answer(request):
    global workload
    if "prepare" in request:
        sizes = dict(request["prepare"])
        workload = None
        workload = KINDS[library][sizes.pop("kind")](**sizes)
        return {"ready": True}
    if "check" in request:
        return {"numbers": workload.check()}
    if "run" in request:
        return {"seconds": workload.run(request["run"])}
    if "export" in request:
        sizes = dict(request["export"])
        sizes.pop("kind")
        path = sizes.pop("model")
        TorchInference(**sizes).export(path)
        return {"ready": True}
    return {"error": f"unknown request {request}"}


def say(message):
    answers.write(json.dumps(message) + "\n")
    answers.flush()


library, threads = sys.argv[1], int(sys.argv[2])
workload = None

# What libraries print goes to the error stream; the output is for answers only.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

try:
    import numpy as np
    version = np.__version__
    if library == "torch":
        import torch
        torch.set_num_threads(threads)
        version = torch.__version__
    say({"hello": f"{version}, {blas()}"})
except ImportError as e:
    say({"missing": str(e)})
    sys.exit()

gc.disable()
for line in sys.stdin:
    try:
        say(answer(json.loads(line)))
    except Exception as e:
        say({"error": f"{type(e).__name__}: {e}"})
