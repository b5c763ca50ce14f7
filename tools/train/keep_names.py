#!/usr/bin/env python3
"""After training on from a shipped file: teach the name heads, and nothing else, to answer as that file does.

usage: keep_names.py PREPARED BASE MODEL_FOLDER RUN [--words 300000]

MODEL_FOLDER is the file the run started from. Reads and rewrites RUN/model.pt. Training for other ends shifts what the encoder says, and the names, whose
gold is small, pay for it; only the rows of the name tags are moved here, towards the old distribution over the same words.
"""

import argparse
import random

import torch
import torch.nn.functional as F

import load_graph
from batch import batches, load, prepare, tensors
from net import TAG_TASKS, Model
from text import WordPiece

SETS = ("ewt.train", "gum.train", "crossner", "meantime", "re3d.train", "uner.dev")


def rows_of(heads):
    """Where the name tags lie in the layer of all tags."""
    at = TAG_TASKS.index("ner")
    begin = sum(heads.sizes[:at])
    return slice(begin, begin + heads.sizes[at])


def answers(old, new, sentences, wordpiece):
    """For each exit: the new states of the words, and the old distribution of name tags over them."""
    states, wanted = [[] for _ in new.heads], [[] for _ in new.heads]
    for batch in batches(sentences, 1024):
        ids, mask, case, pos, words, _ = tensors(batch, wordpiece)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            both = [m.enc(ids, mask, case, m.exits) for m in (old, new)]
            for at, (before, after) in enumerate(zip(*both)):
                before, after = (x.reshape(-1, x.shape[-1])[pos][words] for x in (before, after))
                rows = rows_of(old.heads[at])
                logits = F.linear(before, old.heads[at].tags.weight[rows], old.heads[at].tags.bias[rows])
                states[at].append(after.bfloat16())
                wanted[at].append(logits.float().softmax(-1).bfloat16())
    return [torch.cat(x) for x in states], [torch.cat(x) for x in wanted]


def fit(heads, states, wanted, passes=12, rate=1.5e-3):
    rows = rows_of(heads)
    weight = heads.tags.weight.detach()[rows].clone().requires_grad_()
    bias = heads.tags.bias.detach()[rows].clone().requires_grad_()
    optimizer = torch.optim.AdamW([weight, bias], lr=rate, weight_decay=0.0)
    steps = passes * len(states) // 1024
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate * (1 - step / steps)
        chosen = torch.randint(len(states), (1024,))
        logits = F.linear(states[chosen].float(), weight, bias)
        loss = F.kl_div(logits.log_softmax(-1), wanted[chosen].float(), reduction="batchmean")
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step in (0, steps - 1):
            print(f"step {step} of {steps}: divergence {loss.item():.4f}", flush=True)
    heads.tags.weight.data[rows], heads.tags.bias.data[rows] = weight.detach(), bias.detach()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("prepared", "base", "shipped", "run"):
        arguments.add_argument(name)
    arguments.add_argument("--words", type=int, default=300_000)
    args = arguments.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    old, labels, _ = load_graph.load(args.shipped)
    new = Model(labels)
    new.load_state_dict(torch.load(f"{args.run}/model.pt"))
    sentences = [s for name in SETS for s in load(f"{args.prepared}/{name}.jsonl")]
    random.Random(1).shuffle(sentences)
    count, chosen = 0, []
    for s in sentences:
        if count < args.words:
            chosen.append({"w": s["w"]})
            count += len(s["w"])
    wordpiece = WordPiece(f"{args.base}/vocab.txt")
    found = answers(old.eval(), new.eval(), prepare(chosen, wordpiece), wordpiece)
    for number, heads, states, wanted in zip(labels["layers"], new.heads, *found):
        print("exit", number)
        fit(heads, states, wanted)
    torch.save(new.state_dict(), f"{args.run}/model.pt")


if __name__ == "__main__":
    main()
