"""Sentences to padded tensors, one sentence a row."""

import json

import torch

from text import MAX_PIECES, case_class

IGNORED = -100
TASKS = ("upos", "xpos", "feats", "lemma", "rel", "ner", "name", "mil", "milin", "attr")
NAME_OF = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def load(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def prepare(sentences, wordpiece, index=None):
    """Pieces, case classes and label numbers of each sentence, computed once. Words past MAX_PIECES are cut off."""
    for s in sentences:
        pieces = [wordpiece.word(w) for w in s["w"]]
        kept, total = 0, 0
        while kept < len(pieces) and total + len(pieces[kept]) <= MAX_PIECES:
            total += len(pieces[kept])
            kept += 1
        s["kept"], s["pieces"], s["length"] = kept, pieces[:kept], total + 2
        s["case"] = [case_class(w) for w in s["w"][:kept]]
        s["y"] = {}
        for task in TASKS if index else ():
            if task in s:
                labels = index["mil" if task == "milin" else task]
                s["y"][task] = [labels.get(x, IGNORED) for x in s[task][:kept]]
        if index and "head" in s:
            s["y"]["head"] = [h if h <= kept else IGNORED for h in s["head"][:kept]]
        if "ner" in s["y"] and "name" in s:
            s["y"]["ner"] = [IGNORED if disagree(a, b) else y for a, b, y in zip(s["ner"], s["name"], s["y"]["ner"])]
    return [s for s in sentences if s["kept"]]


def disagree(silver, gold):
    """A silver tag that says another thing than the gold one about persons, organisations and places."""
    kind = NAME_OF.get(silver[2:])
    return gold != "?" and (silver[:2] + kind if kind else "O") != gold


def batches(sentences, budget, rng=None):
    """Sentences of like length together, at most `budget` padded pieces a batch."""
    order = sorted(sentences, key=lambda s: s["length"] + (rng.random() * 4 if rng else 0))
    out, current = [], []
    for s in order:
        if current and (len(current) + 1) * max(s["length"], current[-1]["length"]) > budget:
            out.append(current)
            current = []
        current.append(s)
    if current:
        out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def changed_case(classes, rng):
    """Now and then a sentence set as a headline or in capitals: the pieces stay, only the classes tell."""
    chance = rng.random()
    if chance < 0.03:
        return [2 if c in (0, 1, 3, 6) else c for c in classes]
    if chance < 0.05:
        return [1 if c == 0 else c for c in classes]
    return classes


def tensors(batch, wordpiece, rng=None):
    """ids, mask, case, pos, word mask, labels by task (only tasks that some sentence of the batch has)."""
    t, w, b = max(s["length"] for s in batch), max(s["kept"] for s in batch), len(batch)
    ids, case = torch.full((b, t), wordpiece.pad), torch.zeros((b, t), dtype=torch.long)
    mask, pos = torch.zeros((b, t)), torch.zeros((b, w), dtype=torch.long)
    words = torch.zeros((b, w), dtype=torch.bool)
    y = {task: torch.full((b, w), IGNORED) for task in {k for s in batch for k in s["y"]}}
    for row, s in enumerate(batch):
        line, classes, first = [wordpiece.cls], [0], []
        for pieces, c in zip(s["pieces"], changed_case(s["case"], rng) if rng else s["case"]):
            first.append(row * t + len(line))
            line += pieces
            classes += [c] * len(pieces)
        line.append(wordpiece.sep)
        ids[row, : len(line)], mask[row, : len(line)] = torch.tensor(line), 1
        case[row, : len(classes)] = torch.tensor(classes)
        pos[row, : s["kept"]], words[row, : s["kept"]] = torch.tensor(first), True
        for task, labels in s["y"].items():
            y[task][row, : s["kept"]] = torch.tensor(labels)
    return ids, mask, case, pos, words, y
