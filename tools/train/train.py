#!/usr/bin/env python3
"""Train one encoder with an exit after layer 3 and one after layer 6.

usage: train.py PREPARED BASE RUN [--max-min 55] [--passes 16] [--resume] [--from MODEL_FOLDER]

Both exits learn every task; exit 3 also learns to answer as exit 6 does. The learning rate falls to zero at --passes or --max-min
(minutes of wall clock in the loop, kept over --resume), whichever is nearer. RUN/max_min overrides --max-min while it runs.
With --from the network starts as the exported file in that folder, with its labels, and BASE gives only the vocabulary.
RUN gets labels.json, checkpoint.pt (every 4 minutes) and, at the end, model.pt.
"""

import argparse
import collections
import json
import os
import random
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import load_graph
from batch import IGNORED, NAME_OF, batches, load, prepare, tensors
from net import TAG_TASKS, Model
from text import CASE_CLASSES, MAX_PIECES, WordPiece

TREES = ("ewt.train", "gum.train")
NAMES = (("uner.dev", 1.0), ("crossner", 0.67), ("re3d.train", 2.0), ("meantime", 0.34))  # how often a pass shows each sentence
OWN = (("own.train", 4.0), ("marked", 4.0))
RULED = 0.1  # what an attribution that rules read off a tree counts, beside one that was marked by hand
WEIGHTS = {"head": 1.0, "rel": 1.0, "upos": 0.7, "xpos": 0.5, "feats": 0.3, "lemma": 0.3, "ner": 0.7, "name": 0.7, "mil": 1.5, "milin": 1.0, "attr": 1.2}
EARLY_EXIT = 0.8
EXITS = [3, 6]


def bio(types):
    return ["O"] + [p + t for t in sorted(types) for p in ("B-", "I-")]


def label_lists(trees, names):
    def frequent(task, least, most=None):
        counted = collections.Counter(x for s in trees for x in s[task])
        return [x for x, n in counted.most_common(most) if n >= least]

    def types(task, least):
        counted = collections.Counter(x[2:] for s in trees + names for x in s.get(task, ()) if x[0] == "B")
        return [x for x, n in counted.items() if n >= least]

    return {
        "upos": frequent("upos", 1),
        "xpos": frequent("xpos", 1),
        "feats": frequent("feats", 1, 140),
        "lemma": frequent("lemma", 4, 260),
        "rel": frequent("rel", 1),
        "ner": bio(types("ner", 1)),
        "mil": bio(types("mil", 15)),
        "attr": ["O"] + [p + t for t in "SCX" for p in ("B-", "I-")],
        "name": bio(["PER", "ORG", "LOC"]),
        "case": CASE_CLASSES,
        "layers": EXITS,
        "max_pieces": MAX_PIECES,
    }


def allowed_tags(labels):
    """[name tag, OntoNotes tag]: which silver tags a gold PER/ORG/LOC tag leaves open."""
    allowed = torch.zeros(len(labels["name"]), len(labels["ner"]))
    for j, tag in enumerate(labels["ner"]):
        kind = NAME_OF.get(tag[2:])
        allowed[labels["name"].index(tag[:2] + kind if kind else "O"), j] = 1
    return allowed


def entropy(logits, target, words, shares=None):
    """Mean over words; `shares` weighs sentences."""
    if shares is None:
        return F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=IGNORED, reduction="sum") / words
    each = F.cross_entropy(logits.float().transpose(1, 2), target, ignore_index=IGNORED, reduction="none")
    return (each * shares[:, None]).sum() / words


def divergence(student, teacher, mask):
    """How far the early exit's distribution is from the late one's, mean over words."""
    s, t = student.float().log_softmax(-1), teacher.detach().float().log_softmax(-1)
    return ((t.exp() * (t - s)).sum(-1) * mask).sum() / mask.sum()


def exit_losses(out, heads, words, y, allowed, shares):
    """Losses of one exit by task, and the distributions that an earlier exit can imitate."""
    tags, arcs, (rel_dep, rel_head) = out
    count = words.sum()
    losses = {t: entropy(tags[t], y[t], count, shares if t == "attr" else None) for t in TAG_TASKS if t in y}
    imitable = {t: tags[t] for t in ("upos", "xpos", "ner", "attr") if t in y}
    if "name" in y:
        known = tags["ner"].float().softmax(-1) @ allowed.T
        losses["name"] = F.nll_loss(known.clamp(min=1e-6).log().flatten(0, 1), y["name"].flatten(), ignore_index=IGNORED, reduction="sum") / count
    if "head" in y:
        valid = torch.cat([torch.ones_like(words[:, :1]), words], 1)
        arcs = arcs.float().masked_fill(~valid[:, None, :], -1e4)
        relations = heads.relations_at(rel_dep, rel_head, y["head"].clamp(min=0))
        losses["head"], losses["rel"] = entropy(arcs, y["head"], count), entropy(relations, y["rel"], count)
        imitable |= {"head": arcs, "rel": relations}
    return losses, imitable


def step_loss(model, batch, wordpiece, allowed, rng):
    ids, mask, case, pos, words, y = tensors(batch, wordpiece, rng)
    shares = torch.tensor([1.0 if s.get("by_hand") else RULED for s in batch])
    with torch.autocast("cpu", torch.bfloat16):
        outs = model(ids, mask, case, pos)
        results = [exit_losses(o, h, words, y, allowed, shares) for o, h in zip(outs, model.heads)]
    (early, imitates), (late, shows) = results
    total = sum(WEIGHTS[t] * v for t, v in late.items())
    total = total + EARLY_EXIT * 0.5 * sum(WEIGHTS[t] * v for t, v in early.items())
    total = total + EARLY_EXIT * 0.5 * sum(WEIGHTS[t] * divergence(imitates[t], shows[t], words) for t in shows)
    report = {f"{t}6": v.item() for t, v in late.items()} | {f"{t}3": early[t].item() for t in ("head", "rel") if t in early}
    return total, report, int(words.sum())


def optimizer_of(model, encoder_rate, head_rate):
    groups = [[p for n, p in model.named_parameters() if n.startswith("enc.") == enc] for enc in (True, False)]
    rates = (encoder_rate, head_rate)
    return torch.optim.AdamW([{"params": g, "lr": r} for g, r in zip(groups, rates)], betas=(0.9, 0.98), weight_decay=0.01, fused=True), rates


def read_minutes(run, default):
    try:
        with open(f"{run}/max_min") as f:
            return float(f.read())
    except (OSError, ValueError):
        return default


def pass_batches(trees, names, own, budget, rng):
    out = batches(trees, budget, rng)
    for group in (names, own):
        out += batches([s for s in group for _ in range(int(s["repeat"] + rng.random()))], budget, rng)
    rng.shuffle(out)
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("prepared")
    arguments.add_argument("base")
    arguments.add_argument("run")
    arguments.add_argument("--max-min", type=float, default=55.0)
    arguments.add_argument("--passes", type=float, default=16.0)
    arguments.add_argument("--budget", type=int, default=1024, help="padded pieces a batch")
    arguments.add_argument("--rate", type=float, default=1.2e-4)
    arguments.add_argument("--head-rate", type=float, default=2e-3)
    arguments.add_argument("--from", dest="start", help="folder of an exported model to start from")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--resume", action="store_true")
    args = arguments.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    os.makedirs(args.run, exist_ok=True)
    wordpiece = WordPiece(f"{args.base}/vocab.txt")
    trees = [s for n in TREES for s in load(f"{args.prepared}/{n}.jsonl")]
    names = [s | {"repeat": r} for n, r in NAMES for s in load(f"{args.prepared}/{n}.jsonl")]
    own = [s | {"repeat": r, "by_hand": True} for n, r in OWN for s in load(f"{args.prepared}/{n}.jsonl")]
    model, labels = start(args, trees, names)
    with open(f"{args.run}/labels.json", "w") as f:
        json.dump(labels, f, ensure_ascii=False, indent=0)
    index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items() if isinstance(v, list)}
    train(args, wordpiece, model, labels, *(prepare(group, wordpiece, index) for group in (trees, names, own)))


def start(args, trees, names):
    if args.start:
        model, labels, _ = load_graph.load(args.start)
        return model, labels
    labels = label_lists(trees, names)
    model = Model(labels)
    model.enc.load_base(f"{args.base}/model.safetensors")
    return model, labels


def train(args, wordpiece, model, labels, trees, names, own):
    optimizer, rates = optimizer_of(model, args.rate, args.head_rate)
    allowed = allowed_tags(labels)
    state = {"done": 0, "step": 0, "minutes": 0.0}
    if args.resume and os.path.exists(f"{args.run}/checkpoint.pt"):
        saved = torch.load(f"{args.run}/checkpoint.pt")
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    rng = random.Random(args.seed + state["step"])
    total = args.passes * sum(len(s["w"]) * s.get("repeat", 1) for s in trees + names + own)
    print("labels", {k: len(v) for k, v in labels.items() if isinstance(v, list)}, "words to see", total, "state", state, flush=True)
    model.train()
    begun, cpu, saved_at, first_done = time.time() - 60 * state["minutes"], time.process_time(), time.time(), state["done"]
    running, todo, limit = collections.defaultdict(float), [], args.max_min
    while True:
        state["minutes"] = (time.time() - begun) / 60
        if state["step"] % 20 == 0:
            limit = read_minutes(args.run, args.max_min)
        progress = max(state["done"] / total, state["minutes"] / limit)
        if progress >= 1:
            break
        todo = todo or pass_batches(trees, names, own, args.budget, rng)
        scale = min(1.0, state["step"] / 200) * (1 - progress) + 0.002
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate * scale
        loss, report, words = step_loss(model, todo.pop(), wordpiece, allowed, rng)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        state["done"] += words
        state["step"] += 1
        for task, value in report.items():
            running[task] = 0.98 * running[task] + 0.02 * value if task in running else value
        if state["step"] % 100 == 0:
            speed = (state["done"] - first_done) / (time.process_time() - cpu)
            shown = {t: round(v, 3) for t, v in sorted(running.items())}
            print(f"step {state['step']} {100 * progress:.1f}% {state['minutes']:.1f} min, {speed:.0f} words/cpu-s {shown}", flush=True)
        if time.time() - saved_at > 240:
            saved_at = time.time()
            save = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state}
            torch.save(save, f"{args.run}/checkpoint.tmp")
            os.replace(f"{args.run}/checkpoint.tmp", f"{args.run}/checkpoint.pt")
    torch.save(model.state_dict(), f"{args.run}/model.pt")
    print(f"done: step {state['step']}, {state['done']} words, {state['minutes']:.1f} min, {(time.process_time() - cpu) / 60:.1f} cpu-min", flush=True)


if __name__ == "__main__":
    main()
