"""The weights of an exported graph back into the network, to go on training from a shipped file.

The builder that made the file names its constants in a fixed order. Building the graph once more, from an empty network, says which constant of the
file belongs to which weight. What comes back is what the file holds: 7-bit weights times their scales.
"""

import json

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

from graph import Builder, build
from net import ARC, REL, Model


class Loader(Builder):
    def __init__(self, scales, values, modules, heads):
        super().__init__(scales)
        self.values, self.ranges, self.plain = values, {}, []
        self.modules, self.heads = modules, heads

    def linear(self, x, module, layer_name):
        begin, plain = len(self.nodes), len(self.plain)
        out = super().linear(x, module, layer_name)
        del self.plain[plain:]
        made = {n.op_type: n for n in self.nodes[begin:]}
        product = made["MatMulInteger"]
        quantise = next(n for n in self.nodes if n.output[0] == product.input[0])
        step, zero = float(self.values[quantise.input[1]]), int(self.values[quantise.input[2]])
        self.ranges[layer_name] = (-zero * step, (255 - zero) * step)
        columns = self.values[made["Mul"].input[1]].astype(np.float64) / step
        weight = torch.from_numpy((self.values[product.input[1]] * columns).T.astype(np.float32))
        bias = torch.from_numpy(self.values[made["Add"].input[1]].copy()) if module.bias is not None else None
        self.found(layer_name, module, weight, bias)
        return out

    def found(self, layer_name, module, weight, bias):
        target = self.modules[layer_name]
        if layer_name.endswith(".qkv"):  # the file keeps 1/sqrt(size) inside the query
            hidden, size = target.in_features, target.in_features // self.heads
            weight[:hidden] *= size**0.5
            bias[:hidden] *= size**0.5
        target.weight.data.copy_(weight)
        if bias is not None:
            target.bias.data.copy_(bias)

    def f32(self, tensor):
        name = super().f32(tensor)
        self.plain.append((tensor, name))
        return name

    def embedding(self, ids, module):
        first = len(self.constants)
        out = super().embedding(ids, module)
        table, *_, rows = (self.values[c.name] for c in self.constants[first:])
        module.weight.data.copy_(torch.from_numpy(table.astype(np.float32) * rows))
        return out


def root_of(heads, arc, rel):
    """A root whose projections are those of the file: only they count, and many roots have them."""
    root = torch.zeros_like(heads.root, requires_grad=True)
    optimizer = torch.optim.LBFGS([root], max_iter=2000, history_size=50, tolerance_grad=1e-9, tolerance_change=1e-12, line_search_fn="strong_wolfe")

    def distance():
        _, a, _, r = F.gelu(F.linear(root, heads.mlp.weight.detach(), heads.mlp.bias.detach())).split([ARC, ARC, REL, REL])
        return ((a - arc) ** 2).sum() + ((r - rel) ** 2).sum()

    def closure():
        optimizer.zero_grad()
        loss = distance()
        loss.backward()
        return loss

    optimizer.step(closure)
    heads.root.data.copy_(root.detach())
    return float(distance().detach())


def load(folder):
    """(network, labels, ranges of its layers' inputs) of an exported folder."""
    with open(f"{folder}/labels.json", encoding="utf-8") as f:
        labels = json.load(f)
    file = onnx.load(f"{folder}/aver-en.onnx")
    values = {c.name: numpy_helper.to_array(c) for c in file.graph.initializer}
    model = Model(labels)
    modules = {n: m for n, m in model.named_modules() if isinstance(m, torch.nn.Linear)}
    loader = Loader(dict.fromkeys(modules, (-1.0, 1.0)), values, modules, model.enc.layers[0].heads)
    build(model, loader.scales, loader)
    if [c.name for c in loader.constants] != [c.name for c in file.graph.initializer]:
        raise ValueError(f"{folder}: the file was made by another builder")
    owners = {p.data_ptr(): p for p in model.parameters()}
    computed = []
    for tensor, name in loader.plain:
        value = torch.from_numpy(values[name].copy())
        owner = owners.get(tensor.data_ptr())
        if owner is None:
            computed.append(value)
        else:
            owner.data.copy_(value if value.shape == owner.shape else value.T)
    per_exit = len(computed) // len(model.exits)
    for at, heads in enumerate(model.heads):
        arcs, relations = roots_in(computed[at * per_exit : (at + 1) * per_exit])
        missed = root_of(heads, arcs, relations)
        print(f"exit {model.exits[at]}: projections of the root are {missed:.2g} off")
    return model, labels, loader.ranges


def roots_in(constants):
    """Of an exit's computed constants (prior of the root, its arc and relation projections), the projections."""
    by_shape = {tuple(c.shape): c for c in constants}
    return by_shape[(ARC, 1)][:, 0], by_shape[(REL, 1)][:, 0]
