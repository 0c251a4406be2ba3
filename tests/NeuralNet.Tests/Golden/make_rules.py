"""Writes rules.json: three updates of every rule."""
import torch

from golden import flat, random, uniform, write


def rule(create):
    """Three updates, the second with a large gradient, the third with a zero in it."""
    value = uniform(6)
    gradients = [random.uniform(-1, 1, 6) for _ in range(3)]
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
})
