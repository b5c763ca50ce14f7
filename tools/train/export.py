#!/usr/bin/env python3
"""Quantise a trained model and write it as one ONNX file.

usage: export.py PREPARED BASE RUN OUT_FOLDER [--clip 0.9999]

The range of each layer's input is measured on training sentences and cut at the --clip quantile.
Writes OUT_FOLDER/{aver-en.onnx,labels.json,vocab.txt} and prints how far the graph is from the 32-bit model.
"""

import argparse
import json
import os
import random
import shutil

import numpy as np
import onnx
import onnxruntime
import torch

from batch import batches, load, prepare, tensors
from graph import ARGMAX, build
from net import TAG_TASKS, Model
from text import WordPiece

CALIBRATION = (("ewt.train", 500), ("gum.train", 500), ("re3d.train", 100), ("meantime", 100), ("own.train", 200))


def load_model(run):
    with open(f"{run}/labels.json") as f:
        labels = json.load(f)
    model = Model(labels)
    model.load_state_dict(torch.load(f"{run}/model.pt"))
    return model.eval(), labels


def quantised_layers(model):
    plain = ("rel_dep", "rel_head", "arc_head")
    return {n: m for n, m in model.named_modules() if isinstance(m, torch.nn.Linear) and n.split(".")[-1] not in plain}


def measured_ranges(model, rows, wordpiece, clip):
    """Lowest and highest input of each layer, each batch cut at the quantile, the widest over batches."""
    ranges, hooks = {}, []

    def watch(name):
        def hook(_, inputs):
            values = inputs[0].detach().numpy().ravel()
            low, high = np.quantile(values, [1 - clip, clip])
            old = ranges.get(name, (0.0, 0.0))
            ranges[name] = (min(old[0], float(low)), max(old[1], float(high)))

        return hook

    for name, module in quantised_layers(model).items():
        hooks.append(module.register_forward_pre_hook(watch(name)))
    with torch.no_grad():
        for batch in batches(rows, 768):
            ids, mask, case, pos, _, _ = tensors(batch, wordpiece)
            for (_, _, projections), heads in zip(model(ids, mask, case, pos), model.heads):
                heads.relations(*projections)
    for hook in hooks:
        hook.remove()
    return ranges


def share_inputs(ranges, exits):
    """The taggers and the parser of an exit read the same words: one range, so that they are quantised once."""
    for at in range(len(exits)):
        both = [f"heads.{at}.tags", f"heads.{at}.mlp"]
        widest = (min(ranges[n][0] for n in both), max(ranges[n][1] for n in both))
        ranges |= {n: widest for n in both}
    return ranges


def compare(path, model, rows, wordpiece):
    """Share of equal decisions between the file and the 32-bit model."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    names = [o.name for o in session.get_outputs()]
    same, count = {}, 0
    for batch in batches(rows, 768):
        ids, mask, case, pos, words, _ = tensors(batch, wordpiece)
        got = dict(zip(names, session.run(names, {"ids": ids.numpy(), "mask": mask.numpy(), "case": case.numpy(), "pos": pos.numpy()})))
        count += int(words.sum())
        valid = torch.cat([torch.ones_like(words[:, :1]), words], 1)[:, None, :]
        with torch.no_grad():
            outs = model(ids, mask, case, pos)
        for number, (tags, arcs, projections), heads in zip(model.exits, outs, model.heads):
            for task in TAG_TASKS:
                mine = torch.from_numpy(got[f"{task}{number}"])
                mine = mine if task in ARGMAX else mine.argmax(-1)
                same[f"{task}{number}"] = same.get(f"{task}{number}", 0) + int(((mine == tags[task].argmax(-1)) & words).sum())
            mine = torch.from_numpy(got[f"arc{number}"]).masked_fill(~valid, -1e9).argmax(-1)
            true = arcs.masked_fill(~valid, -1e9).argmax(-1)
            same[f"arc{number}"] = same.get(f"arc{number}", 0) + int(((mine == true) & words).sum())
            relations = heads.relations(*projections).argmax(-1).gather(2, true[..., None])[..., 0]
            mine = torch.from_numpy(got[f"rel{number}"]).gather(2, true[..., None])[..., 0]
            same[f"rel{number}"] = same.get(f"rel{number}", 0) + int(((mine == relations) & words).sum())
    return {k: round(100 * v / count, 2) for k, v in same.items()}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("prepared", "base", "run", "out"):
        arguments.add_argument(name)
    arguments.add_argument("--clip", type=float, default=0.9999)
    args = arguments.parse_args()
    torch.set_num_threads(1)
    os.makedirs(args.out, exist_ok=True)
    wordpiece, rng = WordPiece(f"{args.base}/vocab.txt"), random.Random(3)
    model, labels = load_model(args.run)
    rows = [s for name, n in CALIBRATION for s in rng.sample(load(f"{args.prepared}/{name}.jsonl"), n)]
    ranges = share_inputs(measured_ranges(model, prepare(rows, wordpiece), wordpiece, args.clip), model.exits)
    path = f"{args.out}/aver-en.onnx"
    graph = build(model, ranges)
    onnx.checker.check_model(graph)
    onnx.save(graph, path)
    with open(f"{args.out}/labels.json", "w") as f:
        json.dump(labels, f, ensure_ascii=False, indent=0)
    shutil.copy(f"{args.base}/vocab.txt", f"{args.out}/vocab.txt")
    print(path, os.path.getsize(path), "bytes")
    held_out = prepare(rng.sample(load(f"{args.prepared}/gum.dev.jsonl"), 200), wordpiece)
    print("decisions equal to the 32-bit model's, %:", compare(path, model, held_out, wordpiece))


if __name__ == "__main__":
    main()
