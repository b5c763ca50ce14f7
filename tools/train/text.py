"""Words to model input: word pieces, case classes, lemma scripts. The Rust side does the same; the parity fixture compares them."""

import unicodedata

MAX_PIECES = 254  # of one sentence, without [CLS] and [SEP]
MAX_WORD_PIECES = 24
MAX_PART_CHARS = 60

CASE_CLASSES = ["lower", "title", "caps", "mixed", "digit", "punct", "single capital", "reserved"]

_PLAIN = {}
for _chars, _plain in (("‘’‚‛`´", "'"), ("“”„‟«»", '"'), ("—–―‒−‐‑", "-"), ("…", "..."), ("\u00a0", " ")):
    for _c in _chars:
        _PLAIN[ord(_c)] = _plain


def plain(word):
    """Typographic quotes and dashes as the treebanks mostly write them, so that training and reading see one form."""
    if word in ("``", "''"):
        return '"'
    return word.translate(_PLAIN)


def is_punctuation(ch):
    o = ord(ch)
    return 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126 or unicodedata.category(ch).startswith("P")


def case_class(word):
    """Index into CASE_CLASSES: the base model is uncased, so the form's case goes in beside the pieces."""
    if any(c.isdigit() for c in word):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if len(letters) == 1 and letters[0].isupper():
        return 6
    if all(c.isupper() for c in letters):
        return 2
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return 1
    return 3 if any(c.isupper() for c in letters) else 0


class WordPiece:
    def __init__(self, vocab_file):
        with open(vocab_file, encoding="utf-8") as f:
            self.vocab = {line.rstrip("\n"): i for i, line in enumerate(f)}
        self.unk, self.cls, self.sep, self.pad = (self.vocab[t] for t in ("[UNK]", "[CLS]", "[SEP]", "[PAD]"))
        self._cache = {}

    def word(self, word):
        """Piece numbers of one word form, at least one, at most MAX_WORD_PIECES."""
        known = self._cache.get(word)
        if known is None:
            known = self._cache[word] = self._word(word)
        return known

    def _word(self, word):
        lowered = unicodedata.normalize("NFD", plain(word).lower())
        parts, current = [], ""
        for ch in lowered:
            if unicodedata.category(ch) == "Mn":
                continue
            if ch.isspace() or is_punctuation(ch):
                if current:
                    parts.append(current)
                current = ""
                if not ch.isspace():
                    parts.append(ch)
            else:
                current += ch
        if current:
            parts.append(current)
        pieces = [p for part in parts for p in self._part(part)]
        return (pieces or [self.unk])[:MAX_WORD_PIECES]

    def _part(self, part):
        if len(part) > MAX_PART_CHARS:
            return [self.unk]
        ids, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = ("##" if start else "") + part[start:end]
                if piece in self.vocab:
                    ids.append(self.vocab[piece])
                    start = end
                    break
            else:
                return [self.unk]
        return ids


def lemma_script(form, lemma):
    """How to make the lemma from the form: 'L' (lower-case first) or 'K' (keep), characters to drop at the end, what to append."""
    case, base = ("L", form.lower()) if lemma == lemma.lower() else ("K", form)
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    if lemma[same : same + 1].isdigit():
        return f"{case}0"  # "1,200" keeps its form: "4200" could not tell what to drop from what to add
    return f"{case}{len(base) - same}{lemma[same:]}"


def apply_lemma_script(form, script):
    base = form.lower() if script[0] == "L" else form
    digits = 1
    while digits < len(script) and script[digits].isdigit():
        digits += 1
    drop = int(script[1:digits])
    if drop > len(base):
        return form.lower()
    return base[: len(base) - drop] + script[digits:]
