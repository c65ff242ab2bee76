"""Prints what PyTorch's optimizers make of twelve numbers and given gradients, in double: {"start", "gradients", RULE: parameters at the end}.

    python3 optimizers.py > optimizers.json
"""
import json

import torch

STEPS, SIZE, RATE = 25, 12, 0.01
generator = torch.Generator().manual_seed(1)
start = torch.randn(SIZE, generator=generator)
gradients = torch.randn(STEPS, SIZE, generator=generator) * torch.logspace(0, 1, SIZE)


def after(rule, clip=None):
    parameters = start.double().requires_grad_()
    optimizer = rule([parameters])
    for gradient in gradients:
        parameters.grad = gradient.double().clone()
        if clip:
            torch.nn.utils.clip_grad_norm_([parameters], clip)
        optimizer.step()
    return parameters.tolist()


optim = torch.optim
print(
    json.dumps(
        {
            "start": start.tolist(),
            "gradients": gradients.tolist(),
            "sgd": after(lambda p: optim.SGD(p, RATE)),
            # Keras' ε is 1e-7, its place in RMSprop the same.
            "rmsprop": after(lambda p: optim.RMSprop(p, RATE, alpha=0.9, eps=1e-7)),
            # Keras adds ε to the root before its correction: of gradients of this size it shows in the seventh digit.
            "adam": after(lambda p: optim.Adam(p, RATE, eps=0)),
            "adamw": after(lambda p: optim.AdamW(p, RATE, weight_decay=0.05)),
            "adamw, clipped": after(lambda p: optim.AdamW(p, RATE, weight_decay=0.05), clip=2.0),
            "nesterov": after(lambda p: optim.SGD(p, RATE, momentum=0.9, nesterov=True)),
        }
    )
)
