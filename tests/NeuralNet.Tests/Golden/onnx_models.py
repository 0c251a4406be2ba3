"""The architectures that make_onnx.py exports: small ones of every kind that people train on a CPU, in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as f


def conv_norm(inputs, outputs, kernel=3, activation=nn.ReLU, **options):
    return [nn.Conv2d(inputs, outputs, kernel, bias=False, **options), nn.BatchNorm2d(outputs), *([activation()] if activation else [])]


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.block = nn.Sequential(*conv_norm(inputs, outputs, stride=stride, padding=1), *conv_norm(outputs, outputs, padding=1, activation=None))
        same = stride == 1 and inputs == outputs
        self.way = nn.Identity() if same else nn.Sequential(*conv_norm(inputs, outputs, 1, stride=stride, activation=None))

    def forward(self, x):
        return torch.relu(self.block(x) + self.way(x))


class InvertedResidual(nn.Module):
    """MobileNetV2's block: widen, depthwise, narrow."""

    def __init__(self, channels, width):
        super().__init__()
        self.block = nn.Sequential(
            *conv_norm(channels, width, 1, activation=nn.ReLU6), *conv_norm(width, width, padding=1, groups=width, activation=nn.ReLU6), *conv_norm(width, channels, 1, activation=None))

    def forward(self, x):
        return x + self.block(x)


class DenseBlock(nn.Module):
    """As torchvision's DenseNet: each layer joins all that came before anew."""

    def __init__(self, inputs, growth, layers):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Sequential(nn.BatchNorm2d(inputs + i * growth), nn.ReLU(), nn.Conv2d(inputs + i * growth, growth, 3, padding=1, bias=False)) for i in range(layers))

    def forward(self, x):
        features = [x]
        for layer in self.layers:
            features.append(layer(torch.cat(features, 1)))
        return torch.cat(features, 1)


class Inception(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.branches = nn.ModuleList([
            nn.Sequential(*conv_norm(inputs, 4, 1)),
            nn.Sequential(*conv_norm(inputs, 3, 1), *conv_norm(3, 5, 3, padding=1)),
            nn.Sequential(*conv_norm(inputs, 2, 1), nn.Conv2d(2, 3, (1, 3), padding=(0, 1)), nn.ReLU(), nn.Conv2d(3, 3, (3, 1), padding=(1, 0)), nn.ReLU()),
            nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), *conv_norm(inputs, 2, 1)),
        ])

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class View(nn.Module):
    """The flattening of most tutorials."""

    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(1, 4, 3, stride=2)
        self.linear = nn.Linear(4 * 5 * 5, 6)

    def forward(self, x):
        x = torch.relu(self.convolution(x))
        return f.log_softmax(self.linear(x.view(x.size(0), -1)), dim=1)


class Normalized(nn.Module):
    """Pixels scaled by each channel's own mean and deviation, before anything else."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))
        self.rest = nn.Sequential(nn.Conv2d(3, 5, 3, dilation=2, padding=2), nn.ReLU(), nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(5, 4))

    def forward(self, x):
        return self.rest((x / 255 - self.mean) / self.deviation)


class Nested(nn.Module):
    """Branches within branches, and two heads of one trunk that are joined."""

    def __init__(self):
        super().__init__()
        self.trunk, self.inner, self.outer = nn.Linear(6, 8), nn.Linear(8, 8), nn.Linear(8, 8)
        self.left, self.right = nn.Linear(8, 3), nn.Sequential(nn.Linear(8, 4), nn.Tanh())

    def forward(self, x):
        x = torch.relu(self.trunk(x))
        y = torch.tanh(self.inner(x)) + x
        x = x + self.outer(y)
        return torch.cat([self.left(x), self.right(x)], 1)


class Shared(nn.Module):
    """Values that are read twice: what a constant is added to stays what it is for the others. Pads of PyTorch's order, a relu6 of two operators, a negation, the reciprocal of a constant."""

    def __init__(self):
        super().__init__()
        self.conv, self.scale, self.rest = nn.Conv2d(2, 4, 3, bias=False), nn.Parameter(torch.tensor([2.0, 4.0, 0.5, 8.0]).view(4, 1, 1)), nn.Linear(12, 3)

    def forward(self, x):
        y = self.conv(f.pad(x, (1, 1, 2, 2)))
        y = torch.cat([y + 0.5, f.relu6(-y), torch.tanh(y) * (1 / self.scale)], 1)
        return self.rest(f.silu(2 * y).mean((2, 3)))


class Moved(nn.Module):
    """Activations of several operators behind a factor or a difference, which stays a layer of its own."""

    def __init__(self):
        super().__init__()
        self.first, self.mean = nn.Linear(6, 8), nn.Parameter(torch.linspace(-1, 1, 8))

    def forward(self, x):
        return f.gelu(f.gelu(self.first(x) * 3) - self.mean)


def models_of_shared_values():
    return {"shared": (Shared(), (2, 6, 6), 13), "moved": (Moved(), (6,), 17)}


def models():
    """Name: network, shape of a sample, version of the operators."""
    return {
        "mlp": (nn.Sequential(nn.Linear(12, 20), nn.ReLU(), nn.Linear(20, 16), nn.Tanh(), nn.Linear(16, 5)), (12,), 17),
        "mlp_softmax": (nn.Sequential(nn.Linear(7, 9), nn.Sigmoid(), nn.Linear(9, 4, bias=False), nn.Softmax(dim=1)), (7,), 11),
        "mlp_batchnorm_dropout": (
            nn.Sequential(nn.Linear(10, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 12, bias=False), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.2), nn.Linear(12, 4)), (10,), 17),
        "binary": (nn.Sequential(nn.Linear(8, 10), nn.ReLU(), nn.Linear(10, 1), nn.Sigmoid()), (8,), 17),
        "lenet5": (
            nn.Sequential(
                nn.Conv2d(1, 3, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(3, 6, 3), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(24, 20), nn.Tanh(), nn.Linear(20, 10)), (1, 12, 12), 13),
        "vgg": (
            nn.Sequential(
                *conv_norm(3, 6, padding=1), *conv_norm(6, 6, padding=1), nn.MaxPool2d(2), *conv_norm(6, 10, padding=1), *conv_norm(10, 10, padding=1), nn.MaxPool2d(2), nn.Flatten(),
                nn.Linear(40, 24), nn.ReLU(), nn.Dropout(0.5), nn.Linear(24, 6)), (3, 8, 8), 11),
        "resnet": (
            nn.Sequential(*conv_norm(3, 6, padding=1), nn.MaxPool2d(3, stride=2, padding=1), Residual(6, 6, 1), Residual(6, 10, 2), Residual(10, 10, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(10, 5)),
            (3, 12, 12), 17),
        "mobilenet": (nn.Sequential(*conv_norm(3, 6, stride=2, padding=1, activation=nn.ReLU6), InvertedResidual(6, 12), *conv_norm(6, 8, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 5)), (3, 10, 10), 17),
        "densenet": (
            nn.Sequential(nn.Conv2d(3, 6, 3, padding=1), DenseBlock(6, 3, 3), nn.BatchNorm2d(15), nn.ReLU(), nn.Conv2d(15, 7, 1), nn.AvgPool2d(2), DenseBlock(7, 3, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(13, 4)),
            (3, 8, 8), 17),
        "inception": (nn.Sequential(nn.Conv2d(2, 5, 3), nn.ReLU(), Inception(5), Inception(14), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(14, 4)), (2, 9, 9), 17),
        "view": (View(), (1, 12, 12), 11),
        "view_newer": (View(), (1, 12, 12), 17),
        "average_pools": (
            nn.Sequential(
                nn.Conv2d(2, 6, 3), nn.ReLU(), nn.AvgPool2d(3, stride=2, padding=1), nn.Conv2d(6, 6, 3, padding=1, groups=3), nn.ReLU(), nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
                nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3)), (2, 11, 11), 17),
        "rectifiers": (
            nn.Sequential(
                nn.Conv2d(2, 4, 3), nn.PReLU(4, init=0.3), nn.Conv2d(4, 4, 3), nn.LeakyReLU(0.1), nn.Conv2d(4, 3, 3), nn.ELU(0.7), nn.Flatten(), nn.Linear(12, 8), nn.PReLU(), nn.Linear(8, 8), nn.SELU(), nn.Linear(8, 3)),
            (2, 8, 8), 13),
        "soft": (nn.Sequential(nn.Linear(6, 8), nn.Softplus(), nn.Linear(8, 8), nn.Softplus(beta=2), nn.Linear(8, 8), nn.Hardsigmoid(), nn.Linear(8, 4)), (6,), 17),
        "gelu_layernorm": (nn.Sequential(nn.Linear(9, 12), nn.LayerNorm(12), nn.GELU(), nn.Linear(12, 12), nn.GELU(approximate="tanh"), nn.LayerNorm(12), nn.Linear(12, 5)), (9,), 17),
        "gelu_layernorm_older": (nn.Sequential(nn.Linear(9, 12), nn.LayerNorm(12), nn.GELU(), nn.Linear(12, 12), nn.GELU(approximate="tanh"), nn.LayerNorm(12, elementwise_affine=False), nn.Linear(12, 5)), (9,), 13),
        "swish": (nn.Sequential(nn.Conv2d(2, 5, 3), nn.SiLU(), nn.Conv2d(5, 5, 3, stride=2), nn.Hardswish(), nn.Flatten(), nn.Linear(45, 4)), (2, 9, 9), 17),
        "swish_older": (nn.Sequential(nn.Conv2d(2, 5, 3), nn.SiLU(), nn.Conv2d(5, 5, 3, stride=2), nn.Hardswish(), nn.Flatten(), nn.Linear(45, 4)), (2, 9, 9), 11),
        "groupnorm": (
            nn.Sequential(nn.Conv2d(2, 6, 3), nn.GroupNorm(2, 6), nn.ReLU(), nn.Conv2d(6, 6, 3), nn.InstanceNorm2d(6, affine=True), nn.ReLU(), nn.GroupNorm(3, 6, affine=False), nn.Flatten(), nn.Linear(96, 4)), (2, 8, 8), 17),
        "autoencoder": (
            nn.Sequential(
                nn.Conv2d(1, 4, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(4, 8, 3, stride=2, padding=1), nn.ReLU(),
                nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1), nn.ReLU(), nn.ConvTranspose2d(4, 1, 4, stride=2, padding=1), nn.Sigmoid()), (1, 12, 12), 17),
        "embedding": (nn.Sequential(nn.Embedding(11, 4), nn.Flatten(), nn.Linear(12, 8), nn.ReLU(), nn.Linear(8, 3)), (3,), 17),
        "normalized": (Normalized(), (3, 9, 9), 17),
        "nested": (Nested(), (6,), 17),
    }
