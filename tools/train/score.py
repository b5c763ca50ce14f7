#!/usr/bin/env python3
"""Score an exported model on gold words.

usage: score.py PREPARED MODEL_FOLDER [--exits 6,3] [--polnear DATA]

Trees and tags: EWT test, GUM test (all genres here; news and interviews alone). Names: UNER EWT test (PER, ORG, LOC) and re3d dev (character
offsets, nested gold names all gold). Attribution: GUM dev (against our own reading of its relations) and, only to measure, PolNeAR dev.
Last: words whose answer changes with what shares their batch.
"""

import argparse
import collections
import gzip
import json

from batch import NAME_OF, load
from decode import spans
from run_graph import Graph


def f1(gold, ours, right):
    p, r = 100 * right / max(1, ours), 100 * right / max(1, gold)
    return f"P {p:.1f} R {r:.1f} F1 {200 * right / max(1, gold + ours):.1f} (n={gold})"


class Spans:
    """Exact spans counted by type."""

    def __init__(self):
        self.by_type = collections.defaultdict(lambda: [0, 0, 0])

    def add(self, gold, ours):
        for kind in {s[2] for s in gold | ours}:
            g, o = ({s for s in side if s[2] == kind} for side in (gold, ours))
            for at, n in enumerate((len(g), len(o), len(g & o))):
                self.by_type[kind][at] += n

    def report(self):
        total = [sum(c[i] for c in self.by_type.values()) for i in range(3)]
        macro = [200 * c[2] / (c[0] + c[1]) for c in self.by_type.values() if c[0]]
        print("    all", f1(*total), f"macro F1 {sum(macro) / len(macro):.1f}")
        for kind, counts in sorted(self.by_type.items()):
            print("    ", kind, f1(*counts))


SHOWN = ("nsubj", "obj", "ccomp", "obl", "nmod", "nummod", "conj", "appos")


def universal(relation):
    return relation.split(":")[0]


def trees(graph, sentences, exit_layer, title):
    sentences = graph.prepared(sentences)
    count, right, found, gold_of = 0, collections.Counter(), collections.Counter(), collections.Counter()
    for s, a in zip(sentences, graph.read(sentences, exit_layer, ("upos", "xpos", "feats", "lemma", "head"))):
        count += len(s["w"])
        for task, gold in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("lemma", "lemma_text")):
            right[task] += sum(x == y for x, y in zip(a[task], s[gold]))
        good = [x == y for x, y in zip(a["head"], s["head"])]
        right["UAS"] += sum(good)
        labelled = [g and universal(x) == universal(y) for g, x, y in zip(good, a["rel"], s["rel"])]
        right["LAS"] += sum(labelled)
        gold_of.update(map(universal, s["rel"]))
        found.update(universal(r) for r, l in zip(s["rel"], labelled) if l)
    print(f"{title}, exit {exit_layer}:", {k: round(100 * v / count, 2) for k, v in right.items()})
    print("    relation and head right:", {r: round(100 * found[r] / gold_of[r], 1) for r in SHOWN if gold_of[r]}, flush=True)


def names(graph, sentences, exit_layer):
    sentences, counted = graph.prepared(sentences), Spans()
    for s, a in zip(sentences, graph.read(sentences, exit_layer, ("ner",))):
        ours = {(b, e, NAME_OF[k]) for b, e, k in spans(a["ner"]) if k in NAME_OF}
        counted.add(spans(s["name"]), ours)
    print(f"UNER EWT test, exit {exit_layer}")
    counted.report()


def conflict_mentions(graph, sentences, exit_layer):
    sentences, counted = graph.prepared(sentences), Spans()
    for s, a in zip(sentences, graph.read(sentences, exit_layer, ("mil", "milin"))):
        ours = {(s["start"][b], s["end"][e - 1], k) for layer in ("mil", "milin") for b, e, k in spans(a[layer])}
        counted.add({tuple(x) for x in s["spans"]}, ours)
    print(f"re3d dev, exit {exit_layer}")
    counted.report()


def attributions(graph, sentences, exit_layer, title):
    sentences, counted = graph.prepared(sentences), Spans()
    for s, a in zip(sentences, graph.read(sentences, exit_layer, ("attr",))):
        counted.add(spans(s["attr"]), spans(a["attr"]))
    print(f"{title}, exit {exit_layer} (S source, C cue, X content)")
    counted.report()


def polnear(data):
    short = {"source": "S", "cue": "C", "content": "X"}
    out = []
    with gzip.open(f"{data}/polnear/dev.tokens.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            out.append({"w": row["tokens"], "attr": [l[:2] + short[l[2:]] if l != "O" else l for l in row["labels"]]})
    return out


def invariance(graph, sentences, exit_layer):
    tasks = ("upos", "head", "ner", "mil", "attr")
    sentences = graph.prepared(sentences)
    alone, together = graph.read(sentences, exit_layer, tasks, 1), graph.read(sentences, exit_layer, tasks, 4096)
    words = sum(len(a["upos"]) for a in alone)
    changed = {t: sum(x != y for a, b in zip(alone, together) for x, y in zip(a[t], b[t])) for t in alone[0]}
    print(f"exit {exit_layer}: of {words} words, changed by what shares the batch:", changed, flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("prepared")
    arguments.add_argument("model")
    arguments.add_argument("--exits", default="6,3")
    arguments.add_argument("--polnear", help="the data folder: score attribution on PolNeAR dev too (never train on it)")
    args = arguments.parse_args()
    graph = Graph(args.model)
    sets = {n: load(f"{args.prepared}/{n}.jsonl") for n in ("ewt.test", "gum.test", "uner.test", "re3d.dev", "gum.dev")}
    news = [s for s in sets["gum.test"] if s["genre"] in ("news", "interview")]
    for exit_layer in map(int, args.exits.split(",")):
        trees(graph, sets["ewt.test"], exit_layer, "EWT test")
        trees(graph, sets["gum.test"], exit_layer, "GUM test")
        trees(graph, news, exit_layer, "GUM test, news and interviews")
        names(graph, sets["uner.test"], exit_layer)
        conflict_mentions(graph, sets["re3d.dev"], exit_layer)
        attributions(graph, sets["gum.dev"], exit_layer, "GUM dev attribution")
        if args.polnear:
            attributions(graph, polnear(args.polnear), exit_layer, "PolNeAR dev")
        invariance(graph, sets["gum.dev"][:300], exit_layer)


if __name__ == "__main__":
    main()
