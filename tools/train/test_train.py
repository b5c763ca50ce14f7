"""python -m unittest: what the Rust side must do alike, and the rules that make training data, on sentences of our own."""

import itertools
import json
import tempfile
import unittest

import numpy as np
import onnx
import torch

import attribution
import load_graph
import own_text
from decode import bio_moves, spans, tree, viterbi
from export import quantised_layers
from graph import Builder, build
from net import Model
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


class Reloaded(unittest.TestCase):
    def test_an_exported_file_gives_its_weights_back(self):
        labels = {task: ["a", "b"] for task in ("upos", "xpos", "feats", "lemma", "ner", "mil", "attr", "rel")} | {"layers": [1, 2]}
        torch.manual_seed(1)
        model = Model(labels)
        with tempfile.TemporaryDirectory() as folder:
            onnx.save(build(model, dict.fromkeys(quantised_layers(model), (-2.0, 6.0))), f"{folder}/aver-en.onnx")
            with open(f"{folder}/labels.json", "w") as f:
                json.dump(labels, f)
            again, _, ranges = load_graph.load(folder)
        self.assertEqual(set(ranges), set(quantised_layers(model)))
        for name, weight in model.state_dict().items():
            step = weight.abs().max() / 63 if weight.dim() > 1 else 1e-6
            if not name.endswith("root"):  # many roots are projected alike
                self.assertLessEqual(float((again.state_dict()[name] - weight).abs().max()), float(step), name)
        ids, mask, case = torch.tensor([[5, 9, 70]]), torch.ones(1, 3), torch.zeros(1, 3, dtype=torch.long)
        with torch.no_grad():
            arcs = [m.eval()(ids, mask, case, torch.tensor([[0, 1]]))[1][1] for m in (model, again)]
        self.assertLess(float((arcs[0] - arcs[1]).abs().max()), 0.05 * float(arcs[0].abs().max()))


class OwnTexts(unittest.TestCase):
    def words(self, line):
        text, found = own_text.parse(line)
        ends = list(itertools.accumulate(len(w) + 1 for w in text.split(" ")))
        return text.split(" "), own_text.tags([e - len(w) - 1 for e, w in zip(ends, text.split(" "))], [e - 1 for e in ends], found)

    def test_marks_become_tags(self):
        _, tags = self.words("{S1 The mayor} {Q1 said} {C1 it sank} , {Q2 citing} {C2 divers} .")
        self.assertEqual(tags, ["B-S", "I-S", "B-C", "B-X", "I-X", "O", "B-C", "B-X", "O"])

    def test_what_is_reported_within_a_report_is_not_marked(self):
        _, tags = self.words("{S1 She} {Q1 said} {C1 {S2 he} {Q2 denied} {C2 it}} .")
        self.assertEqual(tags, ["B-S", "B-C", "B-X", "I-X", "I-X", "O"])

    def test_bad_marks_are_refused(self):
        for line in ("{S1 She said", "She} said", "{S1  she} said", "{S1 she }said", "{She} said", "{S1 sh}e said"):
            with self.assertRaises(own_text.BadMark, msg=line):
                self.words(line)

    def test_the_middle_of_a_quotation_alone_is_unknown(self):
        words, tags = self.words("{C1 “ We lost . They won . So be it , ”} {S1 he} {Q1 said} .")
        parts = list(own_text.split(words, tags))
        self.assertEqual([" ".join(w) for w, _ in parts], ["“ We lost .", "They won .", "So be it , ” he said ."])
        self.assertEqual(parts[0][1], ["B-X", "I-X", "I-X", "I-X"])
        self.assertEqual(set(parts[1][1]), {own_text.UNKNOWN})
        self.assertEqual(parts[2][1], ["B-X", "I-X", "I-X", "I-X", "I-X", "B-S", "B-C", "O"])

    def test_marks_on_open_corpora_know_their_sentence(self):
        key, tags = next(iter(own_text.marks().items()))
        rows = [{"w": ["x"] * (len(tags) + 1)}] * (key[1] + 1)
        with self.assertRaises((own_text.BadMark, KeyError)):
            own_text.apply_marks({key[0]: rows})


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
