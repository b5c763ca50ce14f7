"""Checks the annotated texts of this folder and counts them: python check.py [FILE ...]."""
import collections
import pathlib
import re
import sys

MARK = re.compile(r"\{([SQC])(\d+) ")
SENTENCE_END = re.compile(r"[.?!][\"”’']?(?=\s|$)")
# A full stop after these words ends no sentence.
ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Maj|Sgt|Sen|Rep|Gov|Prof|St|Rev|No|Jr|vs|U\.S|U\.N|E\.U|[A-Z])\.$")


def read(paragraph, where, problems):
    """The paragraph without marks, and its spans as (letter, id, start, end)."""
    text, spans, stack, at = "", [], [], 0
    while at < len(paragraph):
        mark = MARK.match(paragraph, at)
        if mark:
            stack.append((mark[1], mark[2], len(text)))
            at = mark.end()
        elif paragraph[at] == "{":
            problems.append(f"{where}: a brace that opens no mark: {paragraph[at:at + 30]!r}")
            at += 1
        elif paragraph[at] == "}":
            if stack:
                spans.append((*stack.pop(), len(text)))
            else:
                problems.append(f"{where}: a brace that closes nothing before {paragraph[at:at + 30]!r}")
            at += 1
        else:
            text += paragraph[at]
            at += 1
    for letter, number, start in stack:
        problems.append(f"{where}: {letter}{number} is never closed: {text[start:start + 30]!r}")
    return text, spans


def on_word_bounds(text, start, end):
    """True if neither end of the span cuts a word; a possessive ending may stand apart."""
    inside = text[start:end]
    if not inside.strip() or inside != inside.strip():
        return False
    cut_left = start > 0 and text[start - 1].isalnum() and inside[0].isalnum()
    cut_right = end < len(text) and inside[-1].isalnum() and text[end].isalnum()
    return not cut_left and not cut_right


def check_text(lines, name, problems, counts):
    """Checks one text (its paragraphs with their line numbers) and adds to the counts."""
    kinds, cues = collections.defaultdict(set), collections.defaultdict(list)
    for number, line in lines:
        where = f"{name}:{number}"
        text, spans = read(line, where, problems)
        ends = [m.end() for m in SENTENCE_END.finditer(text) if not ABBREVIATION.search(text[:m.end()])]
        counts["sentences"] += max(1, len(ends))
        for letter, ident, start, end in spans:
            kinds[ident].add(letter)
            if not on_word_bounds(text, start, end):
                problems.append(f"{where}: {letter}{ident} is not on word bounds: {text[start:end]!r}")
            if letter == "Q":
                cues[ident].append(text[start:end].lower())
                holder = [f"{a}{i}" for a, i, s, e in spans if a == "C" and s <= start and end <= e]
                if holder:
                    problems.append(f"{where}: cue {ident} lies within {holder[0]}: {text[start:end]!r}")
    for ident, letters in kinds.items():
        if "Q" not in letters or "C" not in letters:
            problems.append(f"{name}:{lines[0][0]}: attribution {ident} has only {sorted(letters)}")
        counts["attributions"] += 1
        counts["without a source"] += "S" not in letters
        if len(cues[ident]) > 1:
            problems.append(f"{name}:{lines[0][0]}: the cue of {ident} is in pieces: {cues[ident]}")
        counts["cue types", " ".join(cues[ident])] += 1


def main():
    here = pathlib.Path(__file__).parent
    files = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(here.glob("[ab]*.txt"))
    problems, total = [], collections.Counter()
    for path in files:
        counts, text = collections.Counter(), []
        for number, line in enumerate([*path.read_text("utf-8").split("\n"), ""], 1):
            if line.strip():
                text.append((number, line))
            elif text:
                check_text(text, path.name, problems, counts)
                counts["texts"] += 1
                text = []
        shown = {k: v for k, v in counts.items() if isinstance(k, str)}
        print(path.name, shown, "cue types:", sum(isinstance(k, tuple) for k in counts))
        total += counts
    print("all", {k: v for k, v in total.items() if isinstance(k, str)}, "cue types:", sum(isinstance(k, tuple) for k in total))
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
