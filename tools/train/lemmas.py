#!/usr/bin/env python3
"""Write the table of inflected words whose dictionary form is not just the form without its ending.

usage: lemmas.py EWT_TRAIN GUM_TRAIN > ../../models/lemmas.txt      (CoNLL-U, may be packed with gzip)

A line: v, n, a or r (verb, noun, adjective, adverb), the form in small letters, its most frequent dictionary form. Forms
of one text only that look like a slip of the pen are left out: a form must occur twice or keep the first letter.
"""

import collections
import gzip
import sys

KINDS = {"VBD": "v", "VBN": "v", "VBG": "v", "VBZ": "v", "NNS": "n", "JJR": "a", "JJS": "a", "RBR": "r", "RBS": "r"}
ENDINGS = {"v": ("ed", "ing", "s"), "n": ("s",), "a": (), "r": ()}


def without_ending(form, kind):
    return next((form[: -len(it)] for it in ENDINGS[kind] if form.endswith(it)), form)


def counted(paths):
    counts = collections.defaultdict(collections.Counter)
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt") as f:
            for line in f:
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 10 and cells[0].isdigit() and cells[4] in KINDS and cells[1].isascii() and cells[1].isalpha():
                    counts[KINDS[cells[4]], cells[1].lower()][cells[2].lower()] += 1
    return counts


def main():
    for (kind, form), lemmas in sorted(counted(sys.argv[1:]).items()):
        lemma, count = max(lemmas.items(), key=lambda it: (it[1], it[0]))
        if lemma.isalpha() and without_ending(form, kind) != lemma and (count > 1 or lemma[0] == form[0]):
            print(kind, form, lemma)


if __name__ == "__main__":
    main()
