"""Source (S), cue (C) and content (X) of reported speech and thought, read off gold trees and GUM's discourse relations.

GUM says which discourse unit attributes which (`Discourse=attribution-positive:7->8:1:sem-atsrc-38+lex-indwd-40`: unit 7 attributes unit 8;
the signals name the words of the source and of the cue, counted through the document). Elsewhere a reporting verb with a clause
complement, or "according to", says the same. No text of other attribution corpora is used.
"""

import re

REPORTING = set(
    """say tell claim report state announce declare assert argue insist maintain contend allege note add explain warn acknowledge admit
    concede confirm deny predict estimate believe think suspect hope fear expect suggest indicate reveal disclose stress emphasize
    emphasise reiterate repeat recall remark comment respond reply answer ask question wonder write tweet post testify vow pledge
    promise threaten urge propose recommend accuse complain conclude agree disagree doubt dispute caution advise inform remind assure
    observe describe call quote cite joke shout imply hint argue speculate guess rule determine""".split()
)
WITH_INFINITIVE = set("vow pledge promise threaten refuse claim hope expect urge ask propose agree tell deny allege say report believe".split())
OUTSIDE = {",", ".", ";", ":", "-", "--", "—", "–"}
QUOTES = set("\"“”") | {"``", "''"}


def subtrees(heads):
    """The words below each word, itself included."""
    below = [{i} for i in range(len(heads))]
    for i in range(len(heads)):
        j, steps = i, 0
        while heads[j] and steps < len(heads):
            j, steps = heads[j] - 1, steps + 1
            below[j].add(i)
    return below


class Sentence:
    def __init__(self, s):
        self.words, self.upos, self.lemma = s["w"], s["upos"], s["lemma_text"]
        self.heads, self.rels = s["head"], s["rel"]
        self.below = subtrees(self.heads)
        self.kids = [[] for _ in self.words]
        for i, h in enumerate(self.heads):
            if h:
                self.kids[h - 1].append(i)

    def rel(self, i):
        return self.rels[i].split(":")[0]

    def trimmed(self, words):
        """Without punctuation at the edges."""
        words = sorted(words)
        while words and self.words[words[0]] in OUTSIDE:
            words.pop(0)
        while words and self.words[words[-1]] in OUTSIDE:
            words.pop()
        return words

    def quoted(self, content):
        """A content with the quotation marks that touch it, and the stop or comma before the closing one."""
        if not content:
            return content
        first, last, end = content[0], content[-1], len(self.words)
        if first > 0 and self.words[first - 1] in QUOTES:
            content = [first - 1] + content
        if last + 1 < end and self.words[last + 1] in QUOTES:
            return content + [last + 1]
        if last + 2 < end and self.words[last + 1] in (".", ",", "!", "?") and self.words[last + 2] in QUOTES:
            return content + [last + 1, last + 2]
        return content

    def content_of(self, verb):
        found = set()
        for k in self.kids[verb]:
            quoted = any(self.words[j] in QUOTES for j in self.below[k])
            infinitive = self.rel(k) == "xcomp" and self.lemma[verb] in WITH_INFINITIVE
            if self.rel(k) == "ccomp" or infinitive or (self.rel(k) == "parataxis" and (k > verb or quoted)):
                found |= self.below[k]
        if not found and self.rel(verb) == "parataxis" and self.heads[verb]:
            found = self.below[self.heads[verb] - 1] - self.below[verb]
        return found

    def source_of(self, verb):
        passive = any(self.rels[k] in ("nsubj:pass", "aux:pass") for k in self.kids[verb])
        if passive:
            agents = [k for k in self.kids[verb] if self.rels[k] == "obl:agent"]
            return {w for a in agents for w in self.below[a] if not (self.rel(w) == "case" and self.heads[w] - 1 == a)}
        subjects = [k for k in self.kids[verb] if self.rel(k) == "nsubj"]
        if not subjects and self.rel(verb) in ("conj", "xcomp", "advcl") and self.heads[verb]:
            subjects = [k for k in self.kids[self.heads[verb] - 1] if self.rel(k) == "nsubj"]
        return set(self.below[subjects[0]]) if subjects else set()

    def cue_of(self, verb, source, content):
        """The verb with its auxiliaries, particles and what stands between."""
        near = {verb}
        for k in self.kids[verb]:
            before = k < verb and (self.rel(k) == "aux" or self.rel(k) == "advmod" and self.lemma[k] in ("not", "never"))
            if before or self.rels[k] == "compound:prt":
                near.add(k)
        return {i for i in range(min(near), max(near) + 1) if i not in source and i not in content}

    def attribution(self, verb, content):
        source = self.source_of(verb) - {verb}
        content = content - source - {verb}
        cue = self.cue_of(verb, source, content)
        return self.trimmed(source), sorted(cue), self.quoted(self.trimmed(content - cue))

    def according_to(self, word):
        """`according to X, …`: the noun is the source, the rest of its clause the content."""
        noun = self.heads[word] - 1
        if noun < word or not self.heads[noun]:
            return None
        cue = {word, word + 1}
        content = self.below[self.heads[noun] - 1] - self.below[noun]
        return self.trimmed(self.below[noun] - cue), sorted(cue), self.quoted(self.trimmed(content))


def tags(sentence, gold_cues):
    """BIO tags of one sentence. `gold_cues`: verb -> content that an annotator gave (may be empty: take it from the tree)."""
    s = Sentence(sentence)
    found = []
    for i, word in enumerate(s.words):
        if word.lower() == "according" and i + 1 < len(s.words) and s.words[i + 1].lower() == "to":
            found.append(s.according_to(i))
        elif i in gold_cues or (s.upos[i] == "VERB" and s.lemma[i] in REPORTING):
            content = s.content_of(i) or gold_cues.get(i, set())
            if content:
                found.append(s.attribution(i, set(content)))
    tag = [None] * len(s.words)
    outermost_first = sorted((f for f in found if f and f[1] and f[2]), key=lambda f: -len(f[2]))
    for number, (source, cue, content) in enumerate(outermost_first):
        if any(tag[i] is not None for i in content):
            continue  # what is reported inside a report belongs to the outer content
        for role, words in (("X", content), ("S", source), ("C", cue)):
            for i in words:
                tag[i] = (role, number)
    out, previous = [], None
    for t in tag:
        out.append("O" if t is None else ("I-" if t == previous else "B-") + t[0])
        previous = t
    return out


def numbers(text):
    """`12-14,17` -> [12, 13, 14, 17]"""
    out = []
    for piece in text.split(","):
        ends = piece.split("-")
        if all(e.isdigit() for e in ends):
            out.extend(range(int(ends[0]), int(ends[-1]) + 1))
    return out


def gold_relations(document):
    """(cue word, source unit's sentence, words of the content unit) by GUM's discourse annotation, in words of the document."""
    starts, parents, relations = [], {}, []
    words = [(n, i) for n, (_, rows) in enumerate(document) for i in range(len(rows))]
    flat = [row for _, rows in document for row in rows]
    for at, row in enumerate(flat):
        found = re.search(r"(?:^|\|)Discourse=([^|]*)", row[9])
        if not found:
            continue
        starts.append(at)
        for n, relation in enumerate(found.group(1).split(";")):
            parts = re.match(r"([\w-]+):(\d+)->(\d+):(\d+)(?::(.*))?$", relation)
            if not parts:
                continue
            kind, unit, parent, _, signals = parts.groups()
            if n == 0:
                parents[int(unit)] = int(parent)
            if kind.startswith("attribution"):
                relations.append((int(unit), int(parent), signals or ""))
    bounds = starts + [len(flat)]
    return flat, words, bounds, parents, relations


def mark(document):
    """Give every sentence of [(sentence, conllu rows)] its `attr` tags."""
    cues = [{} for _ in document]
    _, words, bounds, parents, relations = gold_relations(document)

    def under(unit, top):
        for _ in range(400):
            if unit == top:
                return True
            if unit not in parents:
                return False
            unit = parents[unit]
        return False

    for unit, nucleus, signals in relations:
        if not (0 < unit < len(bounds) and 0 < nucleus < len(bounds)):
            continue
        here = words[bounds[unit - 1]][0]
        indicated = [w - 1 for part in re.findall(r"lex-indwd-([\d,-]+)", signals) for w in numbers(part)]
        indicated = [w for w in indicated if w < len(words) and words[w][0] == here and bounds[unit - 1] <= w < bounds[unit]]
        content = {
            words[w][1]
            for u in range(1, len(bounds))
            if under(u, nucleus) and not under(u, unit)
            for w in range(bounds[u - 1], bounds[u])
            if words[w][0] == here
        }
        sentence = document[here][0]
        verbs = [words[w][1] for w in indicated if sentence["upos"][words[w][1]] in ("VERB", "AUX")]
        if verbs and content:
            cues[here][verbs[-1]] = content - {verbs[-1]}
    for (sentence, _), gold in zip(document, cues):
        sentence["attr"] = tags(sentence, gold)
