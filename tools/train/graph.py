"""The network as one ONNX graph with 7-bit weights and fixed activation scales, built node by node.

Fixed scales make a sentence's result independent of what shares its batch. Weights use 7 of 8 bits because the integer
multiplication of x86 processors without VNNI saturates with 8.
"""

import numpy as np
import torch
from onnx import TensorProto, helper, numpy_helper

from net import ARC, REL, TAG_TASKS

ARGMAX = ("upos", "xpos", "feats", "lemma")
WEIGHT_MAX = 63


class Builder:
    """Nodes and constants of a graph; every method returns the name of its result."""

    def __init__(self, scales):
        self.nodes, self.constants, self.scales, self.quantised, self.count = [], [], scales, {}, 0

    def name(self, hint):
        self.count += 1
        return f"{hint}_{self.count}"

    def const(self, array, hint="c"):
        name = self.name(hint)
        contiguous = array.copy(order="C")  # keeps scalars scalar, as the zero points must be
        self.constants.append(numpy_helper.from_array(contiguous, name))
        return name

    def op(self, kind, *inputs, out=None, outputs=1, **attributes):
        names = [out] if out else [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def f32(self, tensor):
        return self.const(tensor.detach().numpy().astype(np.float32))

    def shape(self, *sizes):
        return self.const(np.array(sizes, np.int64), "shape")

    def linear(self, x, module, layer_name):
        """x @ W + b in integers: scale of x fixed by calibration, one scale a column of W."""
        weight = module.weight.detach().numpy().T.astype(np.float64)
        low, high = self.scales[layer_name]
        step = np.float32(max(high - low, 1e-6) / 255)
        zero = np.uint8(np.clip(round(-low / step), 0, 255))
        columns = np.maximum(np.abs(weight).max(0), 1e-8) / WEIGHT_MAX
        integers = np.clip(np.rint(weight / columns), -WEIGHT_MAX, WEIGHT_MAX).astype(np.int8)
        key = (x, float(step), int(zero))
        if key not in self.quantised:
            zero_point = self.const(np.array(zero, np.uint8))
            self.quantised[key] = (self.op("QuantizeLinear", x, self.const(np.array(step)), zero_point), zero_point)
        quantised, zero_point = self.quantised[key]
        product = self.op("MatMulInteger", quantised, self.const(integers, "w"), zero_point, self.const(np.array(0, np.int8)))
        scaled = self.op("Mul", self.op("Cast", product, to=TensorProto.FLOAT), self.const((columns * step).astype(np.float32)))
        return scaled if module.bias is None else self.op("Add", scaled, self.f32(module.bias))

    def layer_norm(self, x, module):
        return self.op("LayerNormalization", x, self.f32(module.weight), self.f32(module.bias), axis=-1, epsilon=float(module.eps))

    def embedding(self, ids, module):
        """8-bit rows, one scale a row."""
        table = module.weight.detach().numpy().astype(np.float64)
        rows = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        integers = np.rint(table / rows).astype(np.int8)
        gathered = self.op("Gather", self.const(integers, "table"), ids)
        one = self.const(np.array(1.0, np.float32))
        floats = self.op("DequantizeLinear", gathered, one, self.const(np.array(0, np.int8)))
        return self.op("Mul", floats, self.op("Gather", self.const(rows.astype(np.float32)), ids))


def encoder_input(b, enc):
    positions = b.f32(enc.pos.weight)
    length = b.op("Gather", b.op("Shape", "ids"), b.const(np.array([1], np.int64)))
    sliced = b.op("Slice", positions, b.shape(0), length, b.shape(0))
    x = b.op("Add", b.op("Add", b.embedding("ids", enc.word), sliced), b.op("Gather", b.f32(enc.case.weight), "case"))
    return b.layer_norm(x, enc.ln)


def encoder_layer(b, x, layer, name, mask):
    hidden, heads, size = layer.out.in_features, layer.heads, layer.size
    scaled = torch.nn.Linear(hidden, 3 * hidden)  # 1/sqrt(size) of the attention goes into the query weights
    scaled.load_state_dict(layer.qkv.state_dict())
    scaled.weight.data[:hidden] *= size**-0.5
    scaled.bias.data[:hidden] *= size**-0.5
    q, k, v = b.op("Split", b.linear(x, scaled, name + ".qkv"), outputs=3, axis=-1, num_outputs=3)
    split = b.shape(0, 0, heads, size)
    q, k, v = (
        b.op("Transpose", b.op("Reshape", t, split), perm=perm) for t, perm in ((q, [0, 2, 1, 3]), (k, [0, 2, 3, 1]), (v, [0, 2, 1, 3]))
    )
    attention = b.op("Softmax", b.op("Add", b.op("MatMul", q, k), mask), axis=-1)
    mixed = b.op("Reshape", b.op("Transpose", b.op("MatMul", attention, v), perm=[0, 2, 1, 3]), b.shape(0, 0, hidden))
    x = b.layer_norm(b.op("Add", x, b.linear(mixed, layer.out, name + ".out")), layer.ln1)
    inner = b.op("Gelu", b.linear(x, layer.up, name + ".up"))
    return b.layer_norm(b.op("Add", x, b.linear(inner, layer.down, name + ".down")), layer.ln2)


def parser(b, h, heads, name, exit_layer):
    with torch.no_grad():
        root = torch.nn.functional.gelu(heads.mlp(heads.root))
    _, root_arc, _, root_rel = root.split([ARC, ARC, REL, REL])
    projected = b.op("Gelu", b.linear(h, heads.mlp, name + ".mlp"))
    sizes = b.shape(ARC, ARC, REL, REL)
    arc_dep, arc_head, rel_dep, rel_head = b.op("Split", projected, sizes, outputs=4, axis=-1)
    asked = b.linear(arc_dep, heads.arc, name + ".arc")
    words = b.op("MatMul", asked, b.op("Transpose", arc_head, perm=[0, 2, 1]))
    prior = b.op("Transpose", b.op("MatMul", arc_head, b.f32(heads.arc_head.weight.T)), perm=[0, 2, 1])
    root_prior = b.f32((heads.arc_head.weight @ root_arc).detach())
    root_words = b.op("Add", b.op("MatMul", asked, b.f32(root_arc[:, None])), root_prior)
    b.op("Concat", root_words, b.op("Add", words, prior), axis=-1, out=f"arc{exit_layer}")

    relations = heads.n_rel
    asked = b.op("Reshape", b.linear(rel_dep, heads.rel, name + ".rel"), b.shape(0, -1, REL))  # [B, W*R, REL]
    at_words = b.op("MatMul", asked, b.op("Transpose", rel_head, perm=[0, 2, 1]))
    at_root = b.op("MatMul", asked, b.f32(root_rel[:, None]))
    both = b.op("Transpose", b.op("Concat", at_root, at_words, axis=-1), perm=[0, 2, 1])  # [B, W+1, W*R]
    scores = b.op("Reshape", both, b.shape(0, 0, -1, relations))  # [B, head, dependent, R]
    of_dep = b.op("Add", b.op("MatMul", rel_dep, b.f32(heads.rel_dep.weight.T)), b.f32(heads.rel_dep.bias))
    of_head = b.op("MatMul", rel_head, b.f32(heads.rel_head.weight.T))
    of_root = b.f32((heads.rel_head.weight @ root_rel).detach()[None, None, :])
    # The root's row is constant, but a batch needs one each: take it as 0 * first word + constant.
    first = b.op("Slice", of_head, b.shape(0), b.shape(1), b.shape(1))
    of_root = b.op("Add", b.op("Mul", first, b.const(np.array(0.0, np.float32))), of_root)
    of_heads = b.op("Unsqueeze", b.op("Concat", of_root, of_head, axis=1), b.shape(2))
    total = b.op("Add", b.op("Add", scores, b.op("Unsqueeze", of_dep, b.shape(1))), of_heads)
    best = b.op("ArgMax", total, axis=-1, keepdims=0)  # [B, head, dependent]
    b.op("Transpose", best, perm=[0, 2, 1], out=f"rel{exit_layer}")


def exit_heads(b, x, heads, name, exit_layer):
    flat = b.op("Reshape", x, b.shape(-1, heads.mlp.in_features))
    h = b.op("Gather", flat, "pos", axis=0)
    tags = b.op("Split", b.linear(h, heads.tags, name + ".tags"), b.shape(*heads.sizes), outputs=len(TAG_TASKS), axis=-1)
    for task, logits in zip(TAG_TASKS, tags):
        if task in ARGMAX:
            b.op("ArgMax", logits, axis=-1, keepdims=0, out=f"{task}{exit_layer}")
        else:
            b.op("Identity", logits, out=f"{task}{exit_layer}")
    parser(b, h, heads, name, exit_layer)


def build(model, scales, builder=None):
    """The ONNX model; `scales`: (low, high) of the input of each quantised layer, by the layer's name."""
    b = builder or Builder(scales)
    x = encoder_input(b, model.enc)
    mask = b.op("Mul", b.op("Sub", b.const(np.array(1.0, np.float32)), "mask"), b.const(np.array(1e4, np.float32)))
    mask = b.op("Unsqueeze", b.op("Neg", mask), b.shape(1, 2))
    for number, layer in enumerate(model.enc.layers, 1):
        x = encoder_layer(b, x, layer, f"enc.layers.{number - 1}", mask)
        if number in model.exits:
            at = model.exits.index(number)
            exit_heads(b, x, model.heads[at], f"heads.{at}", number)
    return helper.make_model(graph_of(b, model), opset_imports=[helper.make_opsetid("", 20)], ir_version=9, producer_name="averment")


def graph_of(b, model):
    integer, floating = TensorProto.INT64, TensorProto.FLOAT
    inputs = [
        helper.make_tensor_value_info("ids", integer, ["B", "T"]),
        helper.make_tensor_value_info("mask", floating, ["B", "T"]),
        helper.make_tensor_value_info("case", integer, ["B", "T"]),
        helper.make_tensor_value_info("pos", integer, ["B", "W"]),
    ]
    outputs = []
    for at, number in enumerate(model.exits):
        for task, size in zip(TAG_TASKS, model.heads[at].sizes):
            kind = (integer, ["B", "W"]) if task in ARGMAX else (floating, ["B", "W", size])
            outputs.append(helper.make_tensor_value_info(f"{task}{number}", *kind))
        outputs.append(helper.make_tensor_value_info(f"arc{number}", floating, ["B", "W", "W+1"]))
        outputs.append(helper.make_tensor_value_info(f"rel{number}", integer, ["B", "W", "W+1"]))
    return helper.make_graph(b.nodes, "aver-en", inputs, outputs, b.constants)
