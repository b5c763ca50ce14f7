#!/usr/bin/env python3
"""Write what the exported model says about 30 sentences of our own, for the test that keeps the Rust reader in step.

usage: parity.py MODEL_FOLDER OUT.json
"""

import json
import os
import sys

from run_graph import Graph

TASKS = ("upos", "xpos", "feats", "lemma", "head", "ner", "mil", "milin", "attr")


def main():
    folder, path = sys.argv[1:3]
    graph = Graph(folder)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "parity_sentences.txt"), encoding="utf-8") as f:
        sentences = graph.prepared([{"w": line.split()} for line in f])
    rows = [{"words": s["w"], "case": s["case"], "pieces": s["pieces"]} for s in sentences]
    for exit_layer in graph.labels["layers"]:
        for row, answer in zip(rows, graph.read(sentences, exit_layer, TASKS)):
            answer["heads"], answer["rels"] = answer.pop("head"), answer.pop("rel")
            row[f"exit{exit_layer}"] = answer
    with open(path, "w", encoding="utf-8") as f:
        f.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")
    print(path, len(rows), "sentences", os.path.getsize(path), "bytes")


if __name__ == "__main__":
    main()
