"""Writes layers.composites.json: layers of layers. The parameters' names are those of PyTorch's modules."""
import torch
from torch import nn
from torch.nn.utils.stateless import functional_call

from golden import layer, uniform, write


class Residual(nn.ModuleList):
    def forward(self, x):
        shortcut = self[1](x) if len(self) == 2 else x
        return self[0](x) + shortcut


class Concat(nn.ModuleList):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self], dim=1)


def composite(module, *shape):
    parameters = {name: uniform(*value.shape) for name, value in module.named_parameters()}
    return layer(lambda x, **p: functional_call(module, p, (x,)) * 1, uniform(*shape), parameters)


write("layers.composites", {
    "Sequential": composite(nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 3)), 4, 5),
    "Sequential nested": composite(nn.Sequential(nn.Tanh(), nn.Sequential(nn.Linear(4, 3), nn.Sequential(nn.Sigmoid())), nn.Identity()), 4, 4),
    "Sequential without layers": composite(nn.Sequential(), 4, 5),
    "Sequential of Identity": composite(nn.Sequential(nn.Identity(), nn.Identity()), 4, 5),
    "Residual": composite(Residual([nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 5))]), 4, 5),
    "Residual of Identity": composite(Residual([nn.Identity()]), 4, 5),
    "Residual with projection": composite(Residual([nn.Sequential(nn.Linear(5, 4), nn.Tanh()), nn.Linear(5, 4, bias=False)]), 4, 5),
    "Residual with Identity on both ways": composite(Residual([nn.Identity(), nn.Sequential()]), 4, 5),
    "Residual of an image": composite(Residual([nn.Sequential(nn.Tanh(), nn.Identity())]), 3, 2, 3, 3),
    "Residual nested": composite(
        Residual([nn.Sequential(Residual([nn.Linear(4, 4)]), nn.Sigmoid(), Concat([nn.Linear(4, 1), nn.Linear(4, 3)]))]), 4, 4),
    "Concat": composite(Concat([nn.Linear(5, 3), nn.Sequential(nn.Linear(5, 4), nn.Tanh())]), 4, 5),
    "Concat of one": composite(Concat([nn.Linear(5, 3)]), 4, 5),
    "Concat with the input": composite(Concat([nn.Sequential(), nn.Linear(3, 4), nn.Identity()]), 4, 3),
    "Concat of images": composite(Concat([nn.Identity(), nn.Sequential(nn.Tanh()), nn.Sigmoid()]), 3, 2, 3, 2),
    "Concat nested": composite(Concat([Concat([nn.Tanh(), nn.Linear(3, 2)]), Residual([nn.Linear(3, 3)])]), 4, 3),
})
