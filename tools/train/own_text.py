"""Our own texts with marked attributions (`own/attribution/*.txt`) to sentences with `attr` tags.

One paragraph a line, an empty line between texts. `{S1 The mayor} {Q1 said} {C1 the bridge was open}.`: source, cue and content of attribution 1 of
the line. Marks may stand inside each other, and a span may come in pieces that share its mark.
"""

import glob
import os
import re

ROLE = {"S": "S", "Q": "C", "C": "X"}
OPENING, CLOSING = set("“‘"), set("”’")
UNKNOWN = "?"


class BadMark(ValueError):
    pass


def parse(line):
    """The text without its marks, and the marks as (role, number, begin, end) in characters."""
    text, spans, opened = "", [], []
    for piece in re.split(r"(\{[SQC]\d+ |\})", line):
        if piece == "}":
            if not opened:
                raise BadMark(f"a mark is closed that was not opened: {line[:60]}")
            role, number, begin = opened.pop()
            if begin == len(text) or text[begin].isspace() or text[-1].isspace():
                raise BadMark(f"a mark is empty or begins or ends with a space: {line[:60]}")
            spans.append((role, number, begin, len(text)))
        elif re.fullmatch(r"\{[SQC]\d+ ", piece):
            opened.append((ROLE[piece[1]], int(piece[2:-1]), len(text)))
        elif "{" in piece:
            raise BadMark(f"not a mark: {piece[:60]}")
        else:
            text += piece
    if opened:
        raise BadMark(f"a mark is not closed: {line[:60]}")
    return text, spans


def outermost(spans):
    """Without attributions that are themselves part of what another reports."""
    inner = {
        number
        for role, number, begin, end in spans
        if role == "C" and any(r == "X" and n != number and b <= begin and end <= e for r, n, b, e in spans)
    }
    return [s for s in spans if s[1] not in inner]


def tags(starts, ends, spans):
    """BIO tags of words at these characters; of overlapping marks the longer one counts, and a content before all."""
    tag = [None] * len(starts)
    for span in sorted(outermost(spans), key=lambda s: (s[0] != "X", s[2] - s[3])):
        role, _, begin, end = span
        words = [i for i in range(len(starts)) if starts[i] < end and ends[i] > begin]
        if words and (starts[words[0]] < begin or ends[words[-1]] > end):
            raise BadMark(f"a mark cuts a word at character {begin}")
        if all(tag[i] is None for i in words):
            for i in words:
                tag[i] = span
    out, previous = [], None
    for t in tag:
        out.append("O" if t is None else ("I-" if t == previous else "B-") + t[0])
        previous = t
    return out


def sentence_ends(words):
    """Numbers of the words after which a sentence ends."""
    ends = []
    for i, word in enumerate(words[:-1]):
        closed = i
        if word in (".", "?", "!"):
            while closed + 1 < len(words) and words[closed + 1] in ('"', "”") and open_quotes(words[: closed + 1]):
                closed += 1
            follows = words[closed + 1 : closed + 2]
            if follows and (follows[0][0].isupper() or follows[0][0] in '"“' or follows[0][0].isdigit()):
                ends.append(closed + 1)
    return ends + [len(words)]


def open_quotes(words):
    return sum(w == "“" for w in words) > sum(w == "”" for w in words) or words.count('"') % 2 == 1


def split(words, paragraph_tags):
    """Each sentence alone. Where a quotation goes on without a mark that shows it, what the sentence is cannot be known: `?`."""
    begin = 0
    for end in sentence_ends(words):
        mine, own = words[begin:end], paragraph_tags[begin:end]
        if not mine:
            continue
        if own[0][0] == "I":
            own = ["B" + own[0][1:]] + own[1:]
        silent = all(t[2:] == "X" for t in own[:-1]) and not any(w in '"“”' for w in mine) and open_quotes(words[:begin])
        yield mine, [UNKNOWN] * len(mine) if silent else own
        begin = end


def paragraphs(tokenizer, folder=None):
    """(file, number of the text, words, tags) of each paragraph."""
    folder = folder or os.path.join(os.path.dirname(os.path.abspath(__file__)), "own", "attribution")
    for path in sorted(glob.glob(f"{folder}/*.txt")):
        text_number = 0
        with open(path, encoding="utf-8") as f:
            for at, line in enumerate(f, 1):
                line = line.strip()
                if not line:
                    text_number += 1
                    continue
                try:
                    text, spans = parse(line)
                    tokens = [t for t in tokenizer(text) if not t.is_space]
                    found = tags([t.idx for t in tokens], [t.idx + len(t) for t in tokens], spans)
                except BadMark as error:
                    raise BadMark(f"{path}:{at}: {error}") from None
                yield os.path.basename(path), text_number, [t.text for t in tokens], found


def sentences(tokenizer, folder=None):
    """Paragraphs whole, and their sentences alone."""
    out = []
    for file, number, words, found in paragraphs(tokenizer, folder):
        name = f"{file}:{number}"
        parts = list(split(words, found))
        out.append({"w": words, "attr": found, "text": name, "whole": True})
        out.extend({"w": w, "attr": a, "text": name} for w, a in parts if len(parts) > 1)
    return out


def marks(path=None):
    """(set, number of the sentence) -> (number of its words, BIO tags): what we marked in the words of open corpora."""
    path = path or os.path.join(os.path.dirname(os.path.abspath(__file__)), "own", "attribution", "marks.tsv")
    out = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#"):
                continue
            name, number, count, spans = line.rstrip("\n").split("\t")
            tag = ["O"] * int(count)
            for role, begin, end in re.findall(r"([SCX])(\d+)-(\d+)", spans):
                for i in range(int(begin), int(end) + 1):
                    tag[i] = ("I-" if i > int(begin) else "B-") + role
            out[name, int(number)] = tag
    return out


def apply_marks(named_sets):
    """Our tags on the sentences of the given sets, and those sentences alone. A sentence that is not as it was when marked is an error."""
    marked = []
    for (name, number), tag in sorted(marks().items()):
        sentence = named_sets[name][number]
        if len(sentence["w"]) != len(tag):
            raise BadMark(f"{name} {number}: marked with {len(tag)} words, now {len(sentence['w'])}")
        sentence |= {"attr": tag, "by_hand": True}
        marked.append({"w": sentence["w"], "attr": tag, "text": name})
    return marked


def joined(marked, rng):
    """Two to four neighbouring sentences of the news as one, for reading paragraphs; a quotation that goes on is one content."""
    news, out, at = [s for s in marked if s["text"] == "gum_news"], [], 0
    while at < len(news):
        size = rng.randint(2, 4)
        words, tag = [], []
        for sentence in news[at : at + size]:
            goes_on = tag and tag[-1].endswith("X") and sentence["attr"][0] == "B-X" and words.count('"') % 2
            words = words + sentence["w"]
            tag = tag + (["I-X"] + sentence["attr"][1:] if goes_on else sentence["attr"])
        out.append({"w": words, "attr": tag, "text": "gum_news", "whole": True})
        at += size
    return out
