"""Writes rules.json: three updates or more of every rule, by PyTorch, or by the paper's formula in NumPy where it has none."""
import numpy as np
import torch

from golden import flat, random, uniform, write


def rule(create, updates=3):
    """Updates, the second with a large gradient, the third with a zero in it."""
    value = uniform(6)
    gradients = [random.uniform(-1, 1, 6) for _ in range(updates)]
    gradients[1] *= 10
    gradients[2][2] = 0
    initial = flat(value)
    optimizer = create([value])
    values = []
    for gradient in gradients:
        value.grad = torch.tensor(gradient)
        optimizer.step()
        values.append(flat(value))
    slots = {name: flat(slot) for name, slot in optimizer.state[value].items() if torch.is_tensor(slot) and slot.shape == value.shape}
    return {"initial": initial, "gradients": [g.tolist() for g in gradients], "values": values, "slots": slots}


class Paper:
    """A rule in NumPy that looks like PyTorch's optimizers."""
    slots = ()

    def __init__(self, parameters, **settings):
        (self.value,) = parameters
        self.settings, self.step_number = settings, 0
        self.state = {self.value: {name: torch.zeros_like(self.value) for name in self.slots}}

    def step(self):
        self.step_number += 1
        slots = {name: slot.numpy() for name, slot in self.state[self.value].items()}
        self.update(self.value.detach().numpy(), self.value.grad.numpy(), self.step_number, **slots, **self.settings)


class Lion(Paper):
    """Chen et al. (2023), Algorithm 2."""
    slots = ("exp_avg",)

    def update(self, theta, g, t, exp_avg, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        c = betas[0] * exp_avg + (1 - betas[0]) * g
        theta -= lr * (np.sign(c) + weight_decay * theta)
        exp_avg[:] = betas[1] * exp_avg + (1 - betas[1]) * g


class Lamb(Paper):
    """You et al. (2020), Algorithm 2."""
    slots = ("exp_avg", "exp_avg_sq")

    def update(self, x, g, t, exp_avg, exp_avg_sq, lr=1e-3, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.01):
        exp_avg[:] = betas[0] * exp_avg + (1 - betas[0]) * g
        exp_avg_sq[:] = betas[1] * exp_avg_sq + (1 - betas[1]) * g ** 2
        r = (exp_avg / (1 - betas[0] ** t)) / (np.sqrt(exp_avg_sq / (1 - betas[1] ** t)) + eps) + weight_decay * x
        x -= lr * np.linalg.norm(x) / np.linalg.norm(r) * r


write("rules", {
    "Sgd": rule(lambda p: torch.optim.SGD(p, lr=0.01)),
    "Sgd 0.5": rule(lambda p: torch.optim.SGD(p, lr=0.5)),
    "Momentum": rule(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)),
    "Momentum 0.2, 0.5": rule(lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5)),
    "Nesterov": rule(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True)),
    "Nesterov 0.2, 0.5": rule(lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5, nesterov=True)),
    "AdaGrad": rule(lambda p: torch.optim.Adagrad(p)),
    "AdaGrad 0.3, 1e-7": rule(lambda p: torch.optim.Adagrad(p, lr=0.3, eps=1e-7)),
    "RmsProp": rule(lambda p: torch.optim.RMSprop(p)),
    "RmsProp 0.1, 0.8, 1e-6": rule(lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.8, eps=1e-6)),
    "Adam": rule(lambda p: torch.optim.Adam(p)),
    "Adam 0.1, 0.8, 0.9, 1e-6": rule(lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-6)),
    "Momentum 0.2, 0.5, 0.3": rule(lambda p: torch.optim.SGD(p, lr=0.2, momentum=0.5, dampening=0.3)),
    "RmsProp momentum": rule(lambda p: torch.optim.RMSprop(p, momentum=0.9)),
    "RmsProp centered": rule(lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.8, eps=1e-6, centered=True)),
    "RmsProp momentum, centered": rule(lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.8, eps=1e-6, momentum=0.5, centered=True)),
    "Adam amsgrad": rule(lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.5), amsgrad=True)),
    "AdamW": rule(lambda p: torch.optim.AdamW(p)),
    "AdamW 0.1, 0.8, 0.9, 1e-6, 0.2": rule(lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.2)),
    "AdamW amsgrad": rule(lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.8, 0.5), amsgrad=True)),
    "Adamax": rule(lambda p: torch.optim.Adamax(p)),
    "Adamax 0.1, 0.8, 0.5, 1e-6": rule(lambda p: torch.optim.Adamax(p, lr=0.1, betas=(0.8, 0.5), eps=1e-6)),
    "NAdam": rule(lambda p: torch.optim.NAdam(p)),
    "NAdam 0.1, 0.8, 0.9, 1e-6, 0.3": rule(lambda p: torch.optim.NAdam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-6, momentum_decay=0.3), updates=100),
    "RAdam": rule(lambda p: torch.optim.RAdam(p), updates=8),
    "RAdam 0.1, 0.8, 0.9, 1e-6": rule(lambda p: torch.optim.RAdam(p, lr=0.1, betas=(0.8, 0.9), eps=1e-6), updates=8),
    "AdaDelta": rule(lambda p: torch.optim.Adadelta(p)),
    "AdaDelta 0.5, 0.8, 1e-3": rule(lambda p: torch.optim.Adadelta(p, lr=0.5, rho=0.8, eps=1e-3)),
    "Lion": rule(lambda p: Lion(p)),
    "Lion 0.1, 0.8, 0.7, 0.2": rule(lambda p: Lion(p, lr=0.1, betas=(0.8, 0.7), weight_decay=0.2)),
    "Lamb": rule(lambda p: Lamb(p)),
    "Lamb 0.1, 0.8, 0.9, 1e-3, 0.2": rule(lambda p: Lamb(p, lr=0.1, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.2)),
    "Rprop": rule(lambda p: torch.optim.Rprop(p), updates=6),
    "Rprop 0.1, 0.4, 1.5, 0.05, 0.2": rule(lambda p: torch.optim.Rprop(p, lr=0.1, etas=(0.4, 1.5), step_sizes=(0.05, 0.2)), updates=6),
})
