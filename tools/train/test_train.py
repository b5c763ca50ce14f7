"""python -m unittest: what the Rust side must do alike, and the rules that make training data, on sentences of our own."""

import itertools
import unittest

import numpy as np
import torch

import attribution
from decode import bio_moves, spans, tree, viterbi
from graph import Builder
from prepare import split_hyphens, two_layers
from text import apply_lemma_script, case_class, lemma_script, plain


def single_rooted(heads):
    if sum(h == 0 for h in heads) != 1:
        return False
    for i in range(len(heads)):
        node, steps = i, 0
        while heads[node]:
            node, steps = heads[node] - 1, steps + 1
            if steps > len(heads):
                return False
    return True


class Decoding(unittest.TestCase):
    def test_tree_is_the_best_of_all_trees(self):
        random = np.random.default_rng(0)
        for _ in range(150):
            n = int(random.integers(1, 5))
            scores = random.normal(size=(n, n + 1)) * 3

            def value(heads):
                return sum(scores[i, h] for i, h in enumerate(heads))

            candidates = (c for c in itertools.product(range(n + 1), repeat=n) if all(h != i + 1 for i, h in enumerate(c)))
            best = max(value(c) for c in candidates if single_rooted(c))
            found = tree(scores)
            self.assertTrue(single_rooted(found), found)
            self.assertAlmostEqual(value(found), best)

    def test_viterbi_begins_names_with_b(self):
        labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
        logits = np.array([[0, 1, 3, 0, 0], [0, 0, 1, 0, 2.0]])
        self.assertEqual(viterbi(logits, labels, bio_moves(labels)), ["B-PER", "I-PER"])

    def test_spans(self):
        self.assertEqual(spans(["B-S", "I-S", "B-S", "O", "I-X"]), {(0, 2, "S"), (2, 3, "S"), (4, 5, "X")})


class Text(unittest.TestCase):
    def test_case_classes(self):
        forms = {"said": 0, "Kabul": 1, "NATO": 2, "al-Qaeda": 3, "T-72": 4, "“": 5, "A": 6, "McNair": 3}
        self.assertEqual({f: case_class(f) for f in forms}, forms)

    def test_typographic_marks_are_folded(self):
        self.assertEqual([plain(w) for w in ("“", "''", "’s", "–")], ['"', '"', "'s", "-"])

    def test_lemma_scripts_make_the_lemma_again(self):
        for form, lemma in (("Said", "say"), ("Kabul", "Kabul"), ("were", "be"), ("OFFICIALS", "official"), ("n't", "not")):
            self.assertEqual(apply_lemma_script(form, lemma_script(form, lemma)), lemma)
        self.assertEqual(lemma_script("Said", "say"), "L2y")
        self.assertEqual(apply_lemma_script("1,200", lemma_script("1,200", "1200")), "1,200")


class Graph(unittest.TestCase):
    def test_scales_and_zero_points_are_scalars(self):
        builder = Builder({"layer": (-1.0, 3.0)})
        builder.linear("x", torch.nn.Linear(4, 2), "layer")
        shapes = {c.name: list(c.dims) for c in builder.constants}
        given = {n.op_type: [shapes.get(i) for i in n.input[1:]] for n in builder.nodes}
        self.assertEqual(given["QuantizeLinear"], [[], []])
        self.assertEqual(given["MatMulInteger"], [[4, 2], [], []])


class Data(unittest.TestCase):
    def test_hyphens(self):
        self.assertEqual(split_hyphens("al-Hamdani"), ["al", "-", "Hamdani"])
        self.assertEqual(split_hyphens("--"), ["--"])

    def test_inner_mentions_go_to_the_second_layer(self):
        outer, inner = two_layers([(4, 19, "Organisation", 0), (0, 30, "Person", 1), (0, 30, "Location", 0)])
        self.assertEqual(outer, [(0, 30, "Person", 1)])
        self.assertEqual(inner, [(4, 19, "Organisation", 0)])

    def test_reported_clause(self):
        sentence = {
            "w": ["The", "envoy", "has", "said", "that", "talks", "failed", "."],
            "upos": ["DET", "NOUN", "AUX", "VERB", "SCONJ", "NOUN", "VERB", "PUNCT"],
            "lemma_text": ["the", "envoy", "have", "say", "that", "talk", "fail", "."],
            "head": [2, 4, 4, 0, 7, 7, 4, 4],
            "rel": ["det", "nsubj", "aux", "root", "mark", "nsubj", "ccomp", "punct"],
        }
        self.assertEqual(attribution.tags(sentence, {}), ["B-S", "I-S", "B-C", "I-C", "B-X", "I-X", "I-X", "O"])

    def test_quotation_marks_belong_to_the_content(self):
        sentence = {
            "w": ['"', "We", "lost", ",", '"', "he", "said", "."],
            "upos": ["PUNCT", "PRON", "VERB", "PUNCT", "PUNCT", "PRON", "VERB", "PUNCT"],
            "lemma_text": ['"', "we", "lose", ",", '"', "he", "say", "."],
            "head": [7, 3, 7, 7, 7, 7, 0, 7],
            "rel": ["punct", "nsubj", "ccomp", "punct", "punct", "nsubj", "root", "punct"],
        }
        self.assertEqual(attribution.tags(sentence, {}), ["B-X", "I-X", "I-X", "I-X", "I-X", "B-S", "B-C", "O"])


if __name__ == "__main__":
    unittest.main()
