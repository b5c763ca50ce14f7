#!/usr/bin/env python3
"""Make the training and scoring files out of the data folder.

usage: prepare.py DATA OUT [--teacher MODEL_FOLDER]

DATA is the folder of public sets, OUT gets one JSON object a sentence, in
  ewt.{train,dev,test}.jsonl  gum.{train,dev,test}.jsonl      words, tags, trees, attributions
  uner.{dev,test}.jsonl       words, gold PER/ORG/LOC (`name`)
  crossner.jsonl  re3d.{train,dev}.jsonl  meantime.jsonl      words and their own gold
  own.{train,dev}.jsonl       our own texts (folder own): words, attributions
  marked.jsonl                sentences of GUM's news, re3d and MEANTIME in which we marked the attributions
With a teacher (a spaCy pipeline folder) the sentences that train names get silver OntoNotes types (`ner`).
Only sets that may train weights we distribute are read.
"""

import argparse
import gzip
import json
import os
import random
import re
import zlib

import attribution
import own_text
from text import lemma_script

CONLLU_TASKS = ("w", "upos", "xpos", "feats", "lemma", "head", "rel")


def sentences_of(path):
    """(comments, rows of 10 columns) of each sentence; multiword ranges and empty nodes left out."""
    comments, rows = [], []
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield comments, rows
                comments, rows = [], []
            elif line.startswith("#"):
                comments.append(line)
            else:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    if rows:
        yield comments, rows


def tree_sentence(rows):
    forms = [c[1] for c in rows]
    lemmas = [c[2] for c in rows]
    return {
        "w": forms,
        "upos": [c[3] for c in rows],
        "xpos": [c[4] for c in rows],
        "feats": [c[5] for c in rows],
        "lemma": [lemma_script(f, l if l != "_" else f) for f, l in zip(forms, lemmas)],
        "lemma_text": lemmas,
        "head": [int(c[6]) for c in rows],
        "rel": [c[7] for c in rows],
    }


def treebank(data, name, split):
    sentences, genre, document = [], None, []

    def close():
        if document:
            attribution.mark(document)
            sentences.extend(s for s, _ in document)
            document.clear()

    for comments, rows in sentences_of(f"{data}/ud_{name}/{split}.conllu.gz"):
        for comment in comments:
            if comment.startswith("# newdoc"):
                close()
                found = re.search(r"GUM_([a-z]+)_", comment)
                genre = found.group(1) if found else None
        sentence = tree_sentence(rows)
        if genre:
            sentence["genre"] = genre
        document.append((sentence, rows))
    close()
    return sentences


def universal_ner(data, split):
    sentences, words, names = [], [], []
    with gzip.open(f"{data}/uner_ewt/{split}.iob2.gz", "rt", encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                words.append(columns[1])
                names.append("O" if columns[2].endswith("OTH") else columns[2])
            elif not line.strip() and words:
                sentences.append({"w": words, "name": names})
                words, names = [], []
    return sentences


CROSSNER = {"person": "PER", "politician": "PER", "organisation": "ORG", "politicalparty": "ORG", "location": "LOC", "country": "LOC"}


def crossner(data):
    """Politics sentences; types that PER/ORG/LOC does not know become unknown (`?`), not `O`."""
    sentences, words, names = [], [], []
    for split in ("train", "dev"):
        with gzip.open(f"{data}/crossner_politics/{split}.txt.gz", "rt", encoding="utf-8") as f:
            for line in list(f) + ["\n"]:
                columns = line.split()
                if len(columns) == 2:
                    word, tag = columns
                    if tag != "O":
                        kind = CROSSNER.get(tag[2:])
                        tag = tag[:2] + kind if kind else "?"
                    for i, part in enumerate(split_hyphens(word)):
                        words.append(part)
                        names.append("I" + tag[1:] if i and tag[0] == "B" else tag)
                elif words:
                    sentences.append({"w": words, "name": names})
                    words, names = [], []
    return sentences


def split_hyphens(word):
    """`al-Abadi` as the treebanks write it: three words."""
    if re.fullmatch(r"[^\W_]+(-[^\W_]+)+", word):
        return [p for p in re.split(r"(-)", word) if p]
    return [word]


def meantime(data):
    sentences = []
    with gzip.open(f"{data}/meantime/documents.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            document = json.loads(line)
            by_sentence = {}
            for token, number in zip(document["tokens"], document["sentence_of"]):
                by_sentence.setdefault(number, []).extend(split_hyphens('"' if token in ("``", "''") else token))
            sentences.extend({"w": words} for words in by_sentence.values())
    return sentences


def re3d(data, split, tokenizer):
    """Conflict types in two layers: mentions that stand in no other (`mil`), and those inside one (`milin`)."""
    sentences = []
    with gzip.open(f"{data}/re3d/documents.jsonl.gz", "rt", encoding="utf-8") as f:
        documents = [json.loads(line) for line in f]
    for document in documents:
        if document["split"] != split:
            continue
        spans = {(e["begin"], e["end"], e["type"], e["confidence"]) for e in document["entities"]}
        for begin, end in document["sentences"]:
            text = document["text"][begin:end]
            tokens = [t for t in tokenizer(text) if not t.is_space]
            if not tokens:
                continue
            starts = [begin + t.idx for t in tokens]
            ends = [begin + t.idx + len(t) for t in tokens]
            inside = [s for s in spans if begin <= s[0] and s[1] <= end]
            layers = two_layers(inside)
            sentence = {"w": [t.text for t in tokens], "start": starts, "end": ends, "spans": sorted({s[:3] for s in inside})}
            for task, layer in zip(("mil", "milin"), layers):
                tags = ["O"] * len(tokens)
                for a, b, kind, _ in layer:
                    covered = [i for i in range(len(tokens)) if starts[i] < b and ends[i] > a]
                    for n, i in enumerate(covered):
                        tags[i] = ("I-" if n else "B-") + kind
                sentence[task] = tags
            sentences.append(sentence)
    return sentences


def two_layers(spans):
    """Outermost, then those directly inside, neither overlapping itself; of equal extents the one the annotators were surer of."""
    layers = [[], []]
    for span in sorted(spans, key=lambda s: (s[0] - s[1], -s[3], s[0], s[2])):
        for layer in layers:
            clash = [s for s in layer if s[0] < span[1] and span[0] < s[1]]
            if not clash:
                layer.append(span)
                break
            if any((s[0], s[1]) == span[:2] for s in clash):
                break
    return layers


def silver_names(nlp, sentences):
    """OntoNotes types from the teacher, on the given words."""
    from spacy.tokens import Doc

    docs = (Doc(nlp.vocab, words=s["w"]) for s in sentences)
    for sentence, doc in zip(sentences, nlp.pipe(docs, batch_size=256)):
        sentence["ner"] = [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc]


def held_out(sentence):
    """One in ten of our own texts chooses weights and thresholds, and trains nothing."""
    return zlib.crc32(sentence["text"].encode()) % 10 == 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data")
    arguments.add_argument("out")
    arguments.add_argument("--teacher", required=True, help="folder of the spaCy pipeline that labels names")
    args = arguments.parse_args()
    import spacy

    nlp = spacy.load(args.teacher, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    os.makedirs(args.out, exist_ok=True)
    sets = {f"{name}.{split}": treebank(args.data, name, split) for name in ("ewt", "gum") for split in ("train", "dev", "test")}
    sets |= {f"uner.{split}": universal_ner(args.data, split) for split in ("dev", "test")}
    sets |= {f"re3d.{split}": re3d(args.data, split, nlp.tokenizer) for split in ("train", "dev")}
    sets |= {"crossner": crossner(args.data), "meantime": meantime(args.data)}
    own = own_text.sentences(nlp.tokenizer)
    sets |= {"own.train": [s for s in own if not held_out(s)], "own.dev": [s for s in own if held_out(s)]}
    news = [s for s in sets["gum.train"] if s["genre"] == "news"]
    marked = own_text.apply_marks({"gum_news": news, "re3d": sets["re3d.train"], "meantime": sets["meantime"]})
    sets["marked"] = marked + own_text.joined(marked, random.Random(3))
    for name in ("ewt.train", "gum.train", "uner.dev", "crossner", "re3d.train", "meantime"):
        silver_names(nlp, sets[name])
    for name, sentences in sets.items():
        with open(f"{args.out}/{name}.jsonl", "w", encoding="utf-8") as f:
            for sentence in sentences:
                f.write(json.dumps(sentence, ensure_ascii=False) + "\n")
        print(name, len(sentences), "sentences", sum(len(s["w"]) for s in sentences), "words", flush=True)


if __name__ == "__main__":
    main()
