"""Run an exported graph with onnxruntime and decode what it says about each sentence."""

import json

import numpy as np
import onnxruntime

from batch import batches, prepare, tensors
from decode import bio_moves, tree, viterbi
from graph import ARGMAX
from text import WordPiece, apply_lemma_script

BIO = ("ner", "mil", "milin", "attr")


class Graph:
    def __init__(self, folder):
        with open(f"{folder}/labels.json", encoding="utf-8") as f:
            self.labels = json.load(f)
        self.wordpiece = WordPiece(f"{folder}/vocab.txt")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(f"{folder}/aver-en.onnx", options, providers=["CPUExecutionProvider"])
        self.labels["milin"] = self.labels["mil"]
        self.moves = {t: bio_moves(self.labels[t]) for t in BIO}

    def read(self, sentences, exit_layer, tasks, budget=1024):
        """Decoded answers for prepared sentences, in their order: dicts of task -> list, words cut off left out."""
        names = [t for t in tasks if t != "head"] + (["arc", "rel"] if "head" in tasks else [])
        answers = [None] * len(sentences)
        numbered = [s | {"number": i} for i, s in enumerate(sentences)]
        for batch in batches(numbered, budget):
            ids, mask, case, pos, _, _ = tensors(batch, self.wordpiece)
            feed = {"ids": ids.numpy(), "mask": mask.numpy(), "case": case.numpy(), "pos": pos.numpy()}
            got = dict(zip(names, self.session.run([f"{n}{exit_layer}" for n in names], feed)))
            for row, s in enumerate(batch):
                answers[s["number"]] = self.decode({k: v[row] for k, v in got.items()}, s["w"][: s["kept"]])
        return answers

    def decode(self, got, words):
        n, out = len(words), {}
        for task, values in got.items():
            if task in ARGMAX:
                out[task] = [self.labels[task][i] for i in values[:n]]
            elif task in BIO:
                out[task] = viterbi(values[:n].astype(np.float64), self.labels[task], self.moves[task])
        if "lemma" in out:
            out["lemma"] = [apply_lemma_script(w, s) for w, s in zip(words, out["lemma"])]
        if "arc" in got:
            out["head"] = tree(got["arc"][:n, : n + 1].astype(np.float64))
            out["rel"] = [self.labels["rel"][got["rel"][i, h]] for i, h in enumerate(out["head"])]
        return out

    def prepared(self, sentences):
        return prepare(sentences, self.wordpiece)
