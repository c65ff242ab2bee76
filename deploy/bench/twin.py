#!/usr/bin/env python3
"""What plain PyTorch makes of `gradzoo gpu bench`: the ScaleGMN of the preset scalegmn-cifar10-relu, trained on random networks.

All networks have one architecture, so nodes and edges are dense tensors with the batch in front: no graph library, no gathers.
Prints a line of JSON for each batch size. Parameters have the names of the public implementation, so --check compares outputs with a
golden file (spark-jobs/src/main/resources/io/gradzoo/jobs/golden/cnn_relu_fw_last.npz) before anything is timed.

    python3 deploy/bench/twin.py --check …/cnn_relu_fw_last.npz
    python3 deploy/bench/twin.py --batches 64,256,1024,4096 [--strict] [--compile]
"""

import argparse
import json
import math
import time

import torch
import torch.nn.functional as functional


class Shape:
    """Nodes by layer, numbers of an edge, hidden width and layers of message passing."""

    def __init__(self, nodes, edge, width, layers):
        self.nodes, self.edge, self.width, self.layers = nodes, edge, width, layers
        self.depth = len(nodes) - 1

    def types(self, layer):
        """Rows of the table of positions for the nodes of a layer; a hidden layer shares one."""
        if layer == 0:
            return list(range(self.nodes[0]))
        first = self.nodes[0] + layer - 1
        return [first] if layer < self.depth else list(range(first, first + self.nodes[layer]))

    def parameters(self):
        """Every parameter's shape, by name."""
        d = self.width
        shapes = {
            "construct_graph.proj_bias.weight": (d, 1),
            "construct_graph.proj_weight.weight": (d, self.edge),
            "positional_embeddings.pos_embed": (self.nodes[0] + self.depth - 1 + self.nodes[-1], d),
        }

        def perceptron(name, inputs, outputs):
            shapes[name + ".fc.0.weight"], shapes[name + ".fc.0.bias"] = (d, inputs), (d,)
            shapes[name + ".ln.0.weight"], shapes[name + ".ln.0.bias"] = (d,), (d,)
            shapes[name + ".fc.1.weight"], shapes[name + ".fc.1.bias"] = (outputs, d), (outputs,)

        def equivariant(name, inputs):
            shapes[name + ".eq_layers.0.W.weight"] = (d, inputs)
            perceptron(name + ".eq_layers.0.g.g1.phi", inputs, d)
            perceptron(name + ".eq_layers_in.0.rho", inputs, d)

        for t in range(self.layers):
            layer = f"gnn.fw_layers.{t}"
            shapes[layer + ".w_v.weight"] = shapes[layer + ".w_e.weight"] = (d, d)
            equivariant(layer + ".message_fn", d)
            equivariant(layer + ".update_node_feats_fn", 2 * d)
            if t < self.layers - 1:
                shapes[layer + ".update_edge_attr_fn.W.weight"] = (d, d)
                perceptron(layer + ".update_edge_attr_fn.phi", 2 * d, d)
        perceptron("gnn.readout.rho", self.nodes[-1] * d, 1)
        return shapes


def initial(shape, device):
    """Uniform in ±1/√inputs, gains 1, offsets 0, positions normal."""
    generator = torch.Generator().manual_seed(1)
    values = {}
    fan_in = 1
    for name, size in shape.parameters().items():
        if ".ln." in name:
            value = torch.ones(size) if name.endswith("weight") else torch.zeros(size)
        elif name.endswith("pos_embed"):
            value = torch.randn(size, generator=generator)
        else:
            fan_in = size[1] if len(size) == 2 else fan_in
            value = (2 * torch.rand(size, generator=generator) - 1) / math.sqrt(fan_in)
        values[name] = value.to(device).requires_grad_()
    return values


def perceptron(p, name, x):
    z = functional.linear(x, p[name + ".fc.0.weight"], p[name + ".fc.0.bias"])
    z = functional.layer_norm(z, z.shape[-1:], p[name + ".ln.0.weight"], p[name + ".ln.0.bias"])
    return functional.linear(functional.silu(z), p[name + ".fc.1.weight"], p[name + ".fc.1.bias"])


def canonical(x):
    """Rows of length one: positive factors are gone."""
    return x / (torch.linalg.vector_norm(x, dim=-1, keepdim=True) + 1e-10)


def equivariant(p, name, x, hidden):
    if not hidden:
        return perceptron(p, name + ".eq_layers_in.0.rho", x)
    gate = perceptron(p, name + ".eq_layers.0.g.g1.phi", canonical(x))
    return functional.linear(x, p[name + ".eq_layers.0.W.weight"]) * gate


def predict(p, shape, biases, kernels):
    """
    biases: by layer of nodes, [batch, n_l, 1]; kernels: by layer of edges, [batch, n_l, n_(l+1), numbers].
    Returns [batch, 1].
    """
    depth = shape.depth
    table = p["positional_embeddings.pos_embed"]
    nodes = []
    for l in range(depth + 1):
        h = functional.linear(biases[l], p["construct_graph.proj_bias.weight"])
        position = table[shape.types(l)]
        nodes.append(h * position if 0 < l < depth else h + position)
    edges = [functional.linear(k, p["construct_graph.proj_weight.weight"]) for k in kernels]
    for t in range(shape.layers):
        layer = f"gnn.fw_layers.{t}"
        updated = []
        for l in range(depth + 1):
            hidden = 0 < l < depth
            received = torch.zeros_like(nodes[l])
            if l > 0:
                ofEdges = functional.linear(edges[l - 1], p[layer + ".w_e.weight"])
                ofNodes = functional.linear(nodes[l - 1], p[layer + ".w_v.weight"])
                messages = ofEdges * ofNodes[:, :, None]
                received = equivariant(p, layer + ".message_fn", messages, hidden).sum(1)
            both = torch.cat([nodes[l], received], -1)
            updated.append(equivariant(p, layer + ".update_node_feats_fn", both, hidden))
        if t < shape.layers - 1:
            edges = [
                edge_update(p, layer + ".update_edge_attr_fn", nodes[l], nodes[l + 1], edges[l])
                for l in range(depth)
            ]
        nodes = updated
    return perceptron(p, "gnn.readout.rho", nodes[-1].flatten(1))


def edge_update(p, name, sources, targets, edges):
    """The perceptron's first map is taken once for each node, not for each edge."""
    weight, d = p[name + ".phi.fc.0.weight"], sources.shape[-1]
    u = functional.linear(canonical(sources), weight[:, :d], p[name + ".phi.fc.0.bias"])
    v = functional.linear(canonical(targets), weight[:, d:])
    z = u[:, :, None] + v[:, None]
    z = functional.layer_norm(z, z.shape[-1:], p[name + ".phi.ln.0.weight"], p[name + ".phi.ln.0.bias"])
    gate = functional.linear(functional.silu(z), p[name + ".phi.fc.1.weight"], p[name + ".phi.fc.1.bias"])
    return functional.linear(edges, p[name + ".W.weight"]) * gate


def check(file):
    """Largest relative distance of outputs from the golden ones."""
    import numpy

    stored = numpy.load(file)
    biases, kernels, nodes = golden_networks(stored)
    layers = 1 + max(int(name.split(".")[2]) for name in stored.files if "fw_layers" in name and name.startswith("param/"))
    width = stored["param/construct_graph.proj_bias.weight"].shape[0]
    shape = Shape(nodes, kernels[0].shape[-1], width, layers)
    p = {name: torch.tensor(stored["param/" + name]).double() for name in shape.parameters()}
    outputs = predict(p, shape, [torch.tensor(b) for b in biases], [torch.tensor(k) for k in kernels])
    expected = stored["out/0"]
    distance = numpy.linalg.norm(outputs.detach().numpy() - expected) / numpy.linalg.norm(expected)
    print(json.dumps({"check": file.split("/")[-1], "distance": float(distance), "passed": bool(distance < 1e-9)}))
    return 0 if distance < 1e-9 else 5


def golden_networks(stored):
    """Biases and kernels of all networks of a file; a dense layer's weight is the first of a kernel's numbers."""
    import numpy

    networks = 1 + max(int(name[3:].split("/")[0]) for name in stored.files if name.startswith("net"))
    depth = 1 + max(int(name.split("/W")[1]) for name in stored.files if name.startswith("net0/W"))
    numbers = stored["raw/edge_attr"].shape[1]
    biases, kernels = [], []
    for l in range(depth):
        ofLayer = numpy.stack([stored[f"net{m}/W{l}"] for m in range(networks)]).astype("float64")
        out, into = ofLayer.shape[1:3]
        ofLayer = ofLayer.reshape(networks, out, into, -1)
        full = numpy.zeros((networks, into, out, numbers))
        full[..., : ofLayer.shape[-1]] = ofLayer.transpose(0, 2, 1, 3)
        kernels.append(full)
        biases.append(numpy.stack([stored[f"net{m}/b{l}"] for m in range(networks)]).astype("float64")[..., None])
    biases.insert(0, numpy.zeros((networks, kernels[0].shape[1], 1)))
    return biases, kernels, [b.shape[1] for b in biases]


def bench(options):
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("highest" if options.strict else "high")
    shape = Shape([1, 16, 16, 16, 10], 9, 128, 4)
    p = initial(shape, device)
    optimizer = torch.optim.AdamW(p.values(), lr=0.001, weight_decay=0.01, fused=device.type == "cuda")
    run = torch.compile(predict) if options.compile else predict

    def step(batch):
        biases, kernels, targets = batch
        loss = torch.mean((torch.sigmoid(run(p, shape, biases, kernels)[:, 0]) - targets) ** 2)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 10.0)
        optimizer.step()

    for size in options.batches:
        batch = (
            [torch.zeros(size, 1, 1, device=device)] + [torch.randn(size, n, 1, device=device) for n in shape.nodes[1:]],
            [torch.randn(size, n, m, 9, device=device) for n, m in zip(shape.nodes, shape.nodes[1:])],
            torch.rand(size, device=device),
        )
        seconds_of(step, batch, options.seconds, device)
        steps, seconds = seconds_of(step, batch, options.seconds, device)
        print(
            json.dumps(
                {
                    "bench": "twin",
                    "name": torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
                    "torch": torch.__version__,
                    "compiled": options.compile,
                    "products": "float32" if options.strict else "tf32",
                    "subject": "ScaleGMN, cifar10/relu",
                    "batch": size,
                    "networks_per_second": round(steps * size / seconds, 1),
                    "steps": steps,
                    "seconds": round(seconds, 3),
                    "parameters": sum(value.numel() for value in p.values()),
                }
            ),
            flush=True,
        )


def seconds_of(step, batch, least, device):
    """Steps that were made, at least for so long, and how long they took."""
    wait = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    steps, began = 0, time.perf_counter()
    while steps == 0 or time.perf_counter() - began < least:
        for _ in range(10 if device.type == "cuda" else 1):
            step(batch)
            steps += 1
        wait()
    return steps, time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", metavar="FILE", help="compare outputs with a golden file, and time nothing")
    parser.add_argument("--batches", type=lambda text: [int(n) for n in text.split(",")], default=[64, 256, 1024, 4096])
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--strict", action="store_true", help="products in float32, not TF32")
    parser.add_argument("--compile", action="store_true", help="torch.compile")
    options = parser.parse_args()
    return check(options.check) if options.check else bench(options)


if __name__ == "__main__":
    raise SystemExit(main())
