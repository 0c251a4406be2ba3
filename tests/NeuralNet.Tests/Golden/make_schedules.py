"""Writes schedules.json: the learning rates of 40 updates. Metrics, where a schedule looks at one, are given after every fifth update."""
import torch
from torch.optim import lr_scheduler as schedules

from golden import write

RATE, UPDATES, EVERY = 0.8, 40, 5
# Better, a little better, worse, and long no better.
METRICS = [1.0, 0.9, 0.89995, 0.95, 0.95, 0.7, 0.8, 0.75]


def schedule(create, metrics=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    scheduler = create(optimizer)
    rates = []
    for update in range(1, UPDATES + 1):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if metrics is None:
            scheduler.step()
        elif update % EVERY == 0:
            scheduler.step(metrics[update // EVERY - 1])
    return {"learningRate": RATE, "rates": rates, "every": EVERY, "metrics": metrics or []}


def closed(create):
    """Where PyTorch's recursion divides by what is almost 0, its own closed form."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    scheduler = create(optimizer)
    rates = []
    for update in range(UPDATES):
        scheduler.last_epoch = update
        rates += scheduler._get_closed_form_lr()
    return {"learningRate": RATE, "rates": rates, "every": EVERY, "metrics": []}


def one_cycle(**settings):
    return schedule(lambda o: schedules.OneCycleLR(o, max_lr=RATE, total_steps=UPDATES, cycle_momentum=False, **settings))


def warmup(optimizer, steps, start, then):
    first = schedules.LinearLR(optimizer, start_factor=start, total_iters=steps)
    return schedules.SequentialLR(optimizer, [first, then(optimizer)], [steps])


def plateau(**settings):
    return schedule(lambda o: schedules.ReduceLROnPlateau(o, **settings), METRICS)


write("schedules", {
    "ConstantSchedule": schedule(lambda o: schedules.ConstantLR(o, factor=1.0, total_iters=0)),
    "ConstantSchedule 0.25, 8": schedule(lambda o: schedules.ConstantLR(o, factor=0.25, total_iters=8)),
    "StepDecay 10": schedule(lambda o: schedules.StepLR(o, 10)),
    "StepDecay 7, 0.5": schedule(lambda o: schedules.StepLR(o, 7, 0.5)),
    "MultiStepDecay 5, 20": schedule(lambda o: schedules.MultiStepLR(o, [5, 20])),
    "MultiStepDecay 30, 3, 3, 0.5": schedule(lambda o: schedules.MultiStepLR(o, [30, 3, 3], 0.5)),
    "ExponentialDecay 0.9": schedule(lambda o: schedules.ExponentialLR(o, 0.9)),
    "PolynomialDecay 30": closed(lambda o: schedules.PolynomialLR(o, 30)),
    "PolynomialDecay 30, 2": closed(lambda o: schedules.PolynomialLR(o, 30, 2.0)),
    "PolynomialDecay 30, 1.7": closed(lambda o: schedules.PolynomialLR(o, 30, 1.7)),
    "CosineAnnealing 13": closed(lambda o: schedules.CosineAnnealingLR(o, 13)),
    "CosineAnnealing 40, 0.1": closed(lambda o: schedules.CosineAnnealingLR(o, 40, 0.1)),
    "CosineWarmRestarts 9": schedule(lambda o: schedules.CosineAnnealingWarmRestarts(o, 9)),
    "CosineWarmRestarts 5, 2, 0.1": schedule(lambda o: schedules.CosineAnnealingWarmRestarts(o, 5, 2, 0.1)),
    "LinearWarmup 5": schedule(lambda o: schedules.LinearLR(o, total_iters=5)),
    "LinearWarmup 10, 0.01, cosine": schedule(lambda o: warmup(o, 10, 0.01, lambda o: schedules.CosineAnnealingWarmRestarts(o, 30))),
    "OneCycle": one_cycle(),
    "OneCycle linear": one_cycle(anneal_strategy="linear"),
    "OneCycle 0.45, 10, 100": one_cycle(pct_start=0.45, div_factor=10, final_div_factor=100),
    "ReduceOnPlateau": plateau(),
    "ReduceOnPlateau 0.5, 1": plateau(factor=0.5, patience=1),
    "ReduceOnPlateau 0.5, 0, absolute": plateau(factor=0.5, patience=0, threshold=0.06, threshold_mode="abs"),
    "ReduceOnPlateau 0.5, 0, cooldown, minimum": plateau(factor=0.5, patience=0, cooldown=1, min_lr=0.3),
    "ReduceOnPlateau 0.5, 0, epsilon": plateau(factor=0.5, patience=0, eps=0.15),
    "ReduceOnPlateau higher": plateau(factor=0.5, patience=1, mode="max"),
    "ReduceOnPlateau higher, absolute": plateau(factor=0.5, patience=2, mode="max", threshold=0.1, threshold_mode="abs"),
})
