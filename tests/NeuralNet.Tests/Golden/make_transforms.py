"""Writes transforms.json: gradients before and after every transform. The bias does not decay."""
import torch

from golden import flat, uniform, write


def transform(change):
    weight, bias = uniform(4, 3), uniform(4)
    with torch.no_grad():
        weight[1, 2] = 0
    weight.grad, bias.grad = uniform(4, 3).detach(), uniform(4).detach()
    row = {"values": {"weight": flat(weight), "bias": flat(bias)}, "before": {"weight": flat(weight.grad), "bias": flat(bias.grad)}}
    change(weight, bias)
    return row | {"after": {"weight": flat(weight.grad), "bias": flat(bias.grad)}}


def clip_each(weight, bias, norm):
    torch.nn.utils.clip_grad_norm_([weight], norm)
    torch.nn.utils.clip_grad_norm_([bias], norm)


def penalty(weight, function):
    function(weight).backward()


write("transforms", {
    "ClipByValue 0.5": transform(lambda w, b: torch.nn.utils.clip_grad_value_([w, b], 0.5)),
    "ClipByNorm 2.5": transform(lambda w, b: clip_each(w, b, 2.5)),
    "ClipByNorm 0.1": transform(lambda w, b: clip_each(w, b, 0.1)),
    "ClipByGlobalNorm 1": transform(lambda w, b: torch.nn.utils.clip_grad_norm_([w, b], 1.0)),
    "ClipByGlobalNorm 100": transform(lambda w, b: torch.nn.utils.clip_grad_norm_([w, b], 100.0)),
    "L1 0.1": transform(lambda w, b: penalty(w, lambda x: 0.1 * x.abs().sum())),
    "L2 0.1": transform(lambda w, b: penalty(w, lambda x: 0.1 / 2 * (x ** 2).sum())),
})
