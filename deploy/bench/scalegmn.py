"""ScaleGMN on networks of one architecture, in plain PyTorch: dense tensors with the batch in front, no graph library, no gathers.

Parameters are a dictionary by the names of the public implementation.
"""

import dataclasses
import math

import torch
import torch.nn.functional as functional


@dataclasses.dataclass(frozen=True)
class ScaleGmn:
    """nodes by layer, numbers of an edge, hidden width, layers of message passing; one forward pass over ReLU networks with the last
    layer read out, or both directions over tanh networks with all nodes read out."""

    nodes: tuple
    edge: int
    width: int
    layers: int
    sign: bool = False
    dropout: float = 0.0

    @property
    def depth(self):
        return len(self.nodes) - 1

    def types(self, layer):
        """Rows of the table of positions for the nodes of a layer; a hidden layer shares one."""
        if layer == 0:
            return list(range(self.nodes[0]))
        first = self.nodes[0] + layer - 1
        return [first] if layer < self.depth else list(range(first, first + self.nodes[layer]))

    def shapes(self):
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

        def invariant(name, inputs):
            perceptron(name + ".phi", inputs, d)
            if self.sign:
                perceptron(name + ".rho", inputs, inputs)

        def equivariant(name, inputs):
            shapes[name + ".eq_layers.0.W.weight"] = (d, inputs)
            invariant(name + ".eq_layers.0.g.g1", inputs)
            for end in ("in", "last") if self.sign else ("in",):
                perceptron(f"{name}.eq_layers_{end}.0.rho", inputs, d)

        for t in range(self.layers):
            for direction in ("fw", "bw") if self.sign else ("fw",):
                layer = f"gnn.{direction}_layers.{t}"
                shapes[layer + ".w_v.weight"] = shapes[layer + ".w_e.weight"] = (d, d)
                equivariant(layer + ".message_fn", d)
            equivariant(self.update_of_nodes(t), (3 if self.sign else 2) * d)
            if t < self.layers - 1:
                edges = self.update_of_edges(t)
                shapes[edges + ".W.weight"] = (d, d)
                perceptron(edges + ".phi", 2 * d, d)
                if self.sign:
                    perceptron(edges + ".g1.rho", d, d)
        if self.sign:
            invariant("gnn.readout.g1", d)
            perceptron("gnn.readout.global_mlp", d + (self.nodes[0] + self.nodes[-1]) * d, 1)
        else:
            perceptron("gnn.readout.rho", self.nodes[-1] * d, 1)
        return shapes

    def update_of_nodes(self, t):
        return f"gnn.update_node_feats_fn.{t}" if self.sign else f"gnn.fw_layers.{t}.update_node_feats_fn"

    def update_of_edges(self, t):
        return f"gnn.fw_update_edge_attr_fn.{t}" if self.sign else f"gnn.fw_layers.{t}.update_edge_attr_fn"

    def initial(self, device):
        """Uniform in ±1/√inputs, gains 1, offsets 0, positions normal."""
        generator = torch.Generator().manual_seed(1)
        values = {}
        fan_in = 1
        for name, size in self.shapes().items():
            if ".ln." in name:
                value = torch.ones(size) if name.endswith("weight") else torch.zeros(size)
            elif name.endswith("pos_embed"):
                value = torch.randn(size, generator=generator)
            else:
                fan_in = size[1] if len(size) == 2 else fan_in
                value = (2 * torch.rand(size, generator=generator) - 1) / math.sqrt(fan_in)
            values[name] = value.to(device).requires_grad_()
        return values

    def example(self, batch, device):
        """Random networks: biases of each layer of nodes [batch, n, 1], kernels between two [batch, n, m, numbers]."""
        biases = [torch.zeros(batch, self.nodes[0], 1, device=device)]
        biases += [torch.randn(batch, n, 1, device=device) for n in self.nodes[1:]]
        return biases, [torch.randn(batch, n, m, self.edge, device=device) for n, m in zip(self.nodes, self.nodes[1:])]

    def predict(self, p, networks):
        """Returns [batch, 1]."""
        biases, kernels = networks
        nodes = [self.positioned(p, l, functional.linear(b, p["construct_graph.proj_bias.weight"])) for l, b in enumerate(biases)]
        edges = [functional.linear(k, p["construct_graph.proj_weight.weight"]) for k in kernels]
        backward = edges
        for t in range(self.layers):
            updated = []
            for l, h in enumerate(nodes):
                if not self.read(t, l):
                    updated.append(None)
                    continue
                parts = [h, torch.zeros_like(h) if l == 0 else self.received(p, f"gnn.fw_layers.{t}", l, edges[l - 1], nodes[l - 1][:, :, None], 1)]
                if self.sign:
                    last = l == self.depth
                    parts.append(torch.zeros_like(h) if last else self.received(p, f"gnn.bw_layers.{t}", l, backward[l], nodes[l + 1][:, None], 2))
                new = self.equivariant(p, self.update_of_nodes(t), torch.cat(parts, -1), l)
                updated.append(functional.dropout(new, self.dropout) if self.dropout else new)
            if t < self.layers - 1:
                edges = self.updated_edges(p, self.update_of_edges(t), nodes, edges)
            nodes = updated
        if not self.sign:
            return perceptron(p, "gnn.readout.rho", nodes[-1].flatten(1))
        hidden = torch.cat(nodes[1:-1], 1)
        total = self.invariant(p, "gnn.readout.g1", hidden).sum(1)
        return perceptron(p, "gnn.readout.global_mlp", torch.cat([total, nodes[0].flatten(1), nodes[-1].flatten(1)], -1))

    def read(self, t, layer):
        """Whether anything reads these nodes after a layer of message passing."""
        return self.sign or t < self.layers - 1 or layer == self.depth

    def positioned(self, p, layer, h):
        position = p["positional_embeddings.pos_embed"][self.types(layer)]
        return h * position if 0 < layer < self.depth else h + position

    def received(self, p, name, layer, edges, sources, axis):
        """Sum of the messages to the nodes of a layer, over the axis of their sources."""
        of_nodes = functional.linear(sources, p[name + ".w_v.weight"])
        messages = functional.linear(edges, p[name + ".w_e.weight"]) * of_nodes
        return self.equivariant(p, name + ".message_fn", messages, layer).sum(axis)

    def canonical(self, p, name, x):
        """What no admissible factor changes: rows of length one, or ρ(x) + ρ(-x)."""
        if self.sign:
            return perceptron(p, name + ".rho", x) + perceptron(p, name + ".rho", -x)
        return x / (torch.linalg.vector_norm(x, dim=-1, keepdim=True) + 1e-10)

    def invariant(self, p, name, x):
        return perceptron(p, name + ".phi", self.canonical(p, name, x))

    def equivariant(self, p, name, x, layer):
        if 0 < layer < self.depth:
            return functional.linear(x, p[name + ".eq_layers.0.W.weight"]) * self.invariant(p, name + ".eq_layers.0.g.g1", x)
        end = "last" if self.sign and layer else "in"
        return perceptron(p, f"{name}.eq_layers_{end}.0.rho", x)

    def updated_edges(self, p, name, nodes, edges):
        """The perceptron's first map is taken once for each node, not for each edge."""
        d = self.width
        weight, bias = p[name + ".phi.fc.0.weight"], p[name + ".phi.fc.0.bias"]
        canonical = [self.canonical(p, name + ".g1", h) for h in nodes]
        updated = []
        for l, edge in enumerate(edges):
            sources = functional.linear(canonical[l], weight[:, :d], bias)
            targets = functional.linear(canonical[l + 1], weight[:, d:])
            gate = rest(p, name + ".phi", sources[:, :, None] + targets[:, None])
            updated.append(functional.linear(edge, p[name + ".W.weight"]) * gate)
        return updated


def perceptron(p, name, x):
    return rest(p, name, functional.linear(x, p[name + ".fc.0.weight"], p[name + ".fc.0.bias"]))


def rest(p, name, z):
    """A perceptron behind its first map."""
    z = functional.layer_norm(z, z.shape[-1:], p[name + ".ln.0.weight"], p[name + ".ln.0.bias"])
    return functional.linear(functional.silu(z), p[name + ".fc.1.weight"], p[name + ".fc.1.bias"])


def loss(outputs, targets):
    return torch.mean((torch.sigmoid(outputs[:, 0]) - targets) ** 2)


def golden(file):
    """A model, its parameters in double precision, networks and targets of a golden file, and the file."""
    import numpy

    stored = numpy.load(file)
    biases, kernels, nodes = networks(stored)
    sign = "param/gnn.bw_layers.0.w_v.weight" in stored.files
    prefix = "param/gnn.fw_layers."
    layers = 1 + max(int(name[len(prefix) :].split(".")[0]) for name in stored.files if name.startswith(prefix))
    width = stored["param/construct_graph.proj_bias.weight"].shape[0]
    model = ScaleGmn(tuple(nodes), kernels[0].shape[-1], width, layers, sign)
    p = {name: torch.tensor(stored["param/" + name]).double().requires_grad_() for name in model.shapes()}
    examples = [torch.tensor(b) for b in biases], [torch.tensor(k) for k in kernels]
    return model, p, examples, torch.tensor(stored["loss/target"]).double().flatten(), stored


def distances(file):
    """Relative distances of outputs and of all gradients from a golden file."""
    import numpy

    model, p, examples, targets, stored = golden(file)
    outputs = model.predict(p, examples)
    loss(outputs, targets).backward()
    # What only hidden nodes of the last layer would need was not computed.
    found = numpy.concatenate([(torch.zeros_like(v) if v.grad is None else v.grad).numpy().ravel() for v in p.values()])
    expected = numpy.concatenate([stored["grad/" + name].ravel() for name in p])
    return distance(outputs.detach().numpy(), stored["out/0"]), distance(found, expected)


def trained(file, steps):
    """Losses before each of some steps of AdamW on a golden file, and lengths of the gradients before they are clipped."""
    model, p, examples, targets, _ = golden(file)
    optimizer = torch.optim.AdamW(p.values(), lr=0.01, weight_decay=0.05)
    losses, lengths = [], []
    for _ in range(steps):
        optimizer.zero_grad()
        error = loss(model.predict(p, examples), targets)
        error.backward()
        losses.append(error.item())
        lengths.append(torch.nn.utils.clip_grad_norm_(p.values(), 0.03).item())
        optimizer.step()
    return {"losses": losses, "gradients": lengths}


def distance(found, expected):
    return float(((found - expected) ** 2).sum() ** 0.5 / (expected**2).sum() ** 0.5)


def networks(stored):
    """Biases and kernels of all networks of a file; a dense layer's weight is the first of a kernel's numbers."""
    import numpy

    count = 1 + max(int(name[3:].split("/")[0]) for name in stored.files if name.startswith("net"))
    depth = 1 + max(int(name.split("/W")[1]) for name in stored.files if name.startswith("net0/W"))
    numbers = stored["raw/edge_attr"].shape[1]
    biases, kernels = [], []
    for l in range(depth):
        of_layer = numpy.stack([stored[f"net{m}/W{l}"] for m in range(count)]).astype("float64")
        out, into = of_layer.shape[1:3]
        of_layer = of_layer.reshape(count, out, into, -1)
        full = numpy.zeros((count, into, out, numbers))
        full[..., : of_layer.shape[-1]] = of_layer.transpose(0, 2, 1, 3)
        kernels.append(full)
        biases.append(numpy.stack([stored[f"net{m}/b{l}"] for m in range(count)]).astype("float64")[..., None])
    biases.insert(0, numpy.zeros((count, kernels[0].shape[1], 1)))
    return biases, kernels, [b.shape[1] for b in biases]
