"""GradMetaNet and GradMetaNet++ on gradient sets of one MLP architecture, in plain PyTorch: neurons of all layers side by side, the batch
in front. Means over set and neurons, and one output, unless a golden file says otherwise.
"""

import dataclasses
import math
import os

import torch
import torch.nn.functional as functional


@dataclasses.dataclass(frozen=True)
class GradMetaNet:
    """neurons by layer, sets of so many samples; with attention it is GradMetaNet++."""

    neurons: tuple
    set_size: int
    width: int
    layers: int
    heads: int = 0
    positions: int = 8
    mean: bool = True

    def shapes(self):
        d, first, shapes = self.width, 2 + self.positions, {}

        def linear(name, matrices, inputs):
            shapes.update({f"{name}/{matrix}": (d, inputs) for matrix in matrices})
            shapes[name + "/b"] = (d,)

        for i in range(self.layers):
            inputs = first if i == 0 else d
            if self.heads:
                for of in ("set", "neu"):
                    shapes.update({f"att/{i}/{of}/{m}": (self.heads, inputs, inputs) for m in "QKV"})
                    shapes[f"att/{i}/{of}/O"] = (d, self.heads * inputs)
                shapes[f"att/{i}/b"] = (d,)
            else:
                linear(f"set/{i}", ["M1", "M2", "M3", "M4"], inputs)
        if not self.heads:
            linear("pool", ["M1", "M2"], d)
            for i in range(self.layers):
                linear(f"neuron/{i}", ["M1", "M2"], d)
        shapes["vec/M"], shapes["vec/b"] = (1, d), (1,)
        return shapes

    def initial(self, device):
        """Normal with variance 1/inputs, offsets 0."""
        generator = torch.Generator().manual_seed(1)
        values = {}
        for name, size in self.shapes().items():
            value = torch.zeros(size) if len(size) == 1 else torch.randn(size, generator=generator) / math.sqrt(size[-1])
            values[name] = value.to(device).requires_grad_()
        return values

    def example(self, batch, device):
        """Random features [batch, set, neurons, 2]."""
        return torch.randn(batch, self.set_size, sum(self.neurons), 2, device=device)

    def predict(self, p, features):
        """The invariant head: [batch, outputs]."""
        h = self.embedded(p, features)
        if self.heads:
            h = self.over(h, 1)
        return functional.linear(self.over(h, 1), p["vec/M"], p["vec/b"])

    def embedded(self, p, features):
        """[batch, neurons, width], or of GradMetaNet++ [batch, set, neurons, width]."""
        codes = self.codes(features).expand(*features.shape[:3], -1)
        x = torch.cat([features, codes], -1)
        for i in range(self.layers):
            x = functional.relu(self.attention(p, f"att/{i}", x) if self.heads else self.set_layer(p, f"set/{i}", x))
        if self.heads:
            return x
        pooled = self.over(x, 1)
        h = self.neuron_layer(p, "pool", pooled)
        for i in range(self.layers):
            h = functional.relu(self.neuron_layer(p, f"neuron/{i}", h))
        return h

    def codes(self, like):
        """Sine and cosine of an id: of each input and output neuron, and of each hidden layer."""
        depth = len(self.neurons) - 1
        ids = list(range(self.neurons[0]))
        for layer in range(1, depth):
            ids += [self.neurons[0] + layer - 1] * self.neurons[layer]
        ids += range(self.neurons[0] + depth - 1, self.neurons[0] + depth - 1 + self.neurons[-1])
        k = torch.arange(self.positions // 2, device=like.device, dtype=like.dtype)
        angles = torch.tensor(ids, device=like.device, dtype=like.dtype)[:, None] / 10000.0 ** (2 * k / self.positions)
        return torch.cat([torch.sin(angles), torch.cos(angles)], -1)

    def over(self, x, axis):
        return x.mean(axis) if self.mean else x.sum(axis)

    def set_layer(self, p, name, x):
        """Hartford et al.'s exchangeable layer; what is the same for all rows is added once."""
        of_neuron, of_sample = self.over(x, 1), self.over(x, 2)
        of_neuron = functional.linear(of_neuron, p[name + "/M2"])[:, None]
        of_all = functional.linear(self.over(of_sample, 1), p[name + "/M4"], p[name + "/b"])[:, None]
        of_sample = (functional.linear(of_sample, p[name + "/M3"]) + of_all)[:, :, None]
        return functional.linear(x, p[name + "/M1"]) + of_neuron + of_sample

    def neuron_layer(self, p, name, h):
        of_all = functional.linear(self.over(h, 1), p[name + "/M2"], p[name + "/b"])[:, None]
        return functional.linear(h, p[name + "/M1"]) + of_all

    def attention(self, p, name, x):
        """Over the set, neuron by neuron, and over all neurons, sample by sample."""
        over_set = self.heads_of(p, name + "/set", x.transpose(1, 2)).transpose(1, 2)
        y = over_set + self.heads_of(p, name + "/neu", x) + p[name + "/b"]
        return y + x if y.shape == x.shape else y

    def heads_of(self, p, name, x):
        heads, inner = self.heads, x.shape[-1]
        q, k, v = (
            functional.linear(x, p[f"{name}/{m}"].reshape(heads * inner, inner)).unflatten(-1, (heads, inner)).transpose(-2, -3)
            for m in "QKV"
        )
        merged = functional.scaled_dot_product_attention(q, k, v).transpose(-2, -3).flatten(-2)
        return functional.linear(merged, p[name + "/O"])

    def product(self, p, h, theta=None):
        """Numbers of every weight [batch, …, out, in, numbers] and bias, by layer; theta: current weights and biases."""
        layers = h.split(self.neurons, -2)
        weights, biases = [], []
        for l in range(1, len(layers)):
            low, high = layers[l - 1], layers[l]
            shape = high.shape[:-1] + low.shape[-2:-1]
            pair = [low[..., None, :, :].expand(*shape, -1), high[..., :, None, :].expand(*shape, -1)]
            single = [high]
            if theta is not None:
                pair.append(theta[0][l - 1][..., None].expand(*shape, 1))
                single.append(theta[1][l - 1][..., None].expand(*high.shape[:-1], 1))
            weights.append(perceptron(p, "prod/edge", torch.cat(pair, -1)))
            biases.append(perceptron(p, "prod/node", torch.cat(single, -1)))
        if self.heads:
            weights, biases = [self.over(w, 1) for w in weights], [self.over(b, 1) for b in biases]
        return weights + biases


def perceptron(p, name, x):
    return functional.linear(functional.relu(functional.linear(x, p[name + "/A"], p[name + "/a"])), p[name + "/B"], p[name + "/b"])


def distances(folder):
    """The largest relative distances of outputs and of derivatives from the golden files of a folder."""
    import json

    import numpy

    def arrays(data, described):
        stored = numpy.fromfile(os.path.join(folder, data), "<f8")
        return {
            name: torch.tensor(stored[of["offset"] : of["offset"] + math.prod(of["shape"])].reshape(of["shape"]))
            for name, of in described.items()
        }

    with open(os.path.join(folder, "manifest.json")) as file:
        values = arrays("golden.f64", json.load(file)["flat"]["arrays"])
    with open(os.path.join(folder, "gradients.json")) as file:
        derivatives = arrays("gradients.f64", json.load(file)["arrays"])
    largest_output, largest_derivative = 0.0, 0.0
    for network in ("relu_ce", "sine_mse"):
        for name in ("gmn", "gmn_theta8", "gmnpp", "gmnpp_theta8"):
            for reduction in ("sum", "mean"):
                output, derivative = compared(values, derivatives, network, name, reduction)
                largest_output = max(largest_output, output)
                largest_derivative = max(largest_derivative, derivative)
    return largest_output, largest_derivative


def compared(values, derivatives, network, name, reduction):
    prefix = f"params/{name}/"
    p = {key[len(prefix) :]: value.clone().requires_grad_() for key, value in values.items() if key.startswith(prefix) and key != prefix + "P"}
    activations = [values[f"{network}/a{l}"] for l in range(3)]
    signals = [values[f"{network}/g{l}"] for l in (1, 2, 3)]
    # The first and the last layer have their only number twice.
    features = torch.cat([torch.stack(pair, -1) for pair in zip(activations + signals[2:], activations[:1] + signals)], 1)
    features = features[None].clone().requires_grad_()
    neurons = tuple(a.shape[1] for a in activations + signals[2:])
    attention = "att/0/b" in p
    width = p["att/0/b" if attention else "pool/b"].shape[0]
    heads = p["att/0/set/Q"].shape[0] if attention else 0
    model = GradMetaNet(neurons, features.shape[1], width, 2, heads, int(values[prefix + "P"]), reduction == "mean")
    theta = [[values[f"{network}/theta/{kind}{l}"].clone().requires_grad_() for l in (1, 2, 3)] for kind in "Wb"]
    outputs = model.product(p, model.embedded(p, features), theta if name.endswith("theta8") else None)
    keys = [f"{network}/out/{name}/{reduction}/{kind}{l}" for kind in "Wb" for l in (1, 2, 3)]
    output = max(relative(found.detach().reshape(values[key].shape), values[key]) for found, key in zip(outputs, keys))
    case = f"{network}/{name}/{reduction}"
    if case + "/features" not in derivatives:
        return output, 0.0
    flat = torch.cat([y.flatten() for y in outputs])
    torch.dot(torch.cos(torch.arange(1.0, len(flat) + 1, dtype=torch.float64)), flat).backward()
    found = {case + "/features": features.grad}
    found.update({f"{case}/params/{key}": value.grad for key, value in p.items()})
    found.update({f"{case}/theta/{kind}{l + 1}": theta["Wb".index(kind)][l].grad for kind in "Wb" for l in range(3)})
    stored = [(directions(found[key], len(value)), value) for key, value in derivatives.items() if key.startswith(case + "/")]
    return output, relative(torch.cat([a for a, _ in stored]), torch.cat([b for _, b in stored]))


def directions(gradient, count):
    """Derivatives along the golden directions."""
    i = torch.arange(gradient.numel(), dtype=torch.float64)
    return torch.stack([torch.dot(gradient.flatten(), torch.cos((k + 1) * (1.3 * i + 0.4))) for k in range(count)])


def relative(found, expected):
    return float(torch.linalg.vector_norm(found - expected) / torch.linalg.vector_norm(expected))
