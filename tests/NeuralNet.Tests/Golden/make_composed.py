"""Writes composed.json: all that an optimizer can do, in one run. Two batches to an update, clipping, L2, AdamW, warm-up, a moving average, a frozen layer."""
import torch

from golden import flat, random, rows, uniform, write

UPDATES = 4
frozen, hidden, bias, outer = uniform(4, 3), uniform(5, 4), uniform(5), uniform(2, 5)
outer_bias = uniform(2)
parameters = [hidden, bias, outer, outer_bias]
decaying = [hidden, outer]
names = {"0.weight": frozen, "2.weight": hidden, "2.bias": bias, "4.weight": outer, "4.bias": outer_bias}
row = {"values": {name: flat(value) for name, value in names.items()}, "batches": []}
optimizer = torch.optim.AdamW([{"params": decaying, "weight_decay": 0.1}, {"params": [bias, outer_bias], "weight_decay": 0.0}], lr=0.05)
scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.25, total_iters=3)
averages = None
losses = []
for update in range(UPDATES):
    optimizer.zero_grad()
    for _ in range(2):
        x, labels = uniform(6, 3).detach(), torch.tensor(random.integers(0, 2, 6))
        h = torch.tanh(torch.tanh(x @ frozen.detach().T) @ hidden.T + bias)
        loss = torch.nn.functional.cross_entropy(h @ outer.T + outer_bias, labels)
        (loss / 2).backward()
        losses.append(loss.item())
        row["batches"].append({"x": rows(x), "labels": labels.tolist()})
    torch.nn.utils.clip_grad_norm_(parameters, 0.3)
    for value in decaying:
        value.grad += 0.02 * value.detach()
    optimizer.step()
    scheduler.step()
    now = {name: value.detach().clone() for name, value in names.items()}
    averages = now if averages is None else {name: 0.7 * averages[name] + 0.3 * now[name] for name in names}

row["losses"] = losses
row["after"] = {name: flat(value) for name, value in names.items()}
row["averages"] = {name: flat(value) for name, value in averages.items()}
write("composed", {"all of it": row})
