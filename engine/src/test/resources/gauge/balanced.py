"""Reference of BalancedGaugeTest: norms by products of matrices in double.

    python balanced.py > balanced.txt     # numpy 2.4.6

Four lines for each network: its architecture; its parameters, float32 numbers, of which the second neuron
or channel of the first layer has almost nothing left in what leaves it; the network of the gauge; the
size of a change of each parameter.
"""
import numpy as np

random = np.random.default_rng(28)


def gauge(layers):
    squares = [(w.reshape(*w.shape[:2], -1) ** 2).sum(-1) for w, _ in layers]
    depth = len(layers)
    reaching = [np.ones(squares[0].shape[1])]
    for square, (_, b) in zip(squares, layers):
        reaching.append(square @ reaching[-1] + b**2)
    leaving = [np.full(squares[-1].shape[0], 1 / squares[-1].shape[0])]
    for square in reversed(squares):
        leaving.insert(0, square.T @ leaving[0])
    whole = reaching[-1].mean()
    passes = [a * d / whole for a, d in zip(reaching, leaving)]
    hidden = range(1, depth)
    c = [np.sqrt(reaching[l] * whole ** (-l / depth)) for l in hidden]
    working = [passes[l] / (passes[l] + 1e-6) for l in hidden]
    ends = np.ones_like(reaching[0]), np.ones_like(reaching[-1])
    return [ends[0], *c, ends[1]], [ends[0], *working, ends[1]]


def show(numbers):
    print(" ".join("%.9g" % x for x in np.concatenate(numbers)))


for text, shapes in (
    ("relu:3:dense4:dense3:dense2", [(4, 3), (3, 4), (2, 3)]),
    ("relu:1x5x5:conv3k3s1p0:conv2k2s1p0:gap:dense2", [(3, 1, 3, 3), (2, 3, 2, 2), (2, 2)]),
):
    layers = [[random.normal(size=s) * 0.7, random.normal(size=s[0]) * 0.3] for s in shapes]
    layers[1][0][:, 1] *= 1e-3
    layers = [[x.astype(np.float32).astype(np.float64) for x in layer] for layer in layers]
    c, working = gauge(layers)
    canonical, sizes = [], []
    for l, (w, b) in enumerate(layers):
        window = (slice(None), slice(None)) + (None,) * (w.ndim - 2)
        at_target, at_source = working[l + 1] * c[l + 1], working[l] / c[l]
        canonical += [(w * (c[l] / c[l + 1][:, None])[window]).ravel(), b / c[l + 1]]
        sizes += [(np.ones_like(w) * np.outer(at_target, at_source)[window]).ravel(), at_target]
    print(text)
    show([x.ravel() for layer in layers for x in layer])
    show(canonical)
    show(sizes)
