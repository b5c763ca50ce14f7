"""Scores to decisions: the best tree with one root, the best BIO sequence, spans. The Rust side does the same."""

import numpy as np

SINGLE_ROOT = 1e4  # taken off every root arc: the best tree then has as few of them as can be, one


def tree(scores):
    """Heads (0 = root) of the best spanning tree with one root; `scores[w, h]` of n words and n + 1 heads."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    shifted = scores - scores.max(1, keepdims=True)
    full[1:] = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    full[1:, 0] -= SINGLE_ROOT
    np.fill_diagonal(full, -np.inf)
    return [int(h) for h in spanning(full)[1:]]


def spanning(score):
    """Chu-Liu-Edmonds: head of every node in the best arborescence rooted at node 0."""
    heads = score.argmax(1)
    heads[0] = 0
    cycle = cycle_in(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(score), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    gain = score[cycle] - score[cycle, heads[cycle]][:, None]  # of entering the cycle at each of its nodes
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = score[np.ix_(outside, outside)]
    leave = cycle[score[np.ix_(outside, cycle)].argmax(1)]
    smaller[:size, size] = score[outside, leave]
    smaller[0] = -np.inf
    enter = cycle[gain[:, outside].argmax(0)]
    smaller[size, :size] = gain[:, outside].max(0)
    small = spanning(smaller)
    for at in range(1, size):
        heads[outside[at]] = leave[at] if small[at] == size else outside[small[at]]
    entered_from = small[size]
    heads[enter[entered_from]] = outside[entered_from]
    return heads


def cycle_in(heads):
    state = np.zeros(len(heads), int)  # 0 unseen, otherwise the walk that saw it
    for start in range(1, len(heads)):
        node = start
        while node and not state[node]:
            state[node] = start
            node = heads[node]
        if node and state[node] == start:
            cycle = [node]
            while heads[cycle[-1]] != node:
                cycle.append(heads[cycle[-1]])
            return np.array(cycle)
    return None


def bio_moves(labels):
    """0 where label j may follow label i, -inf where not: I-T only after B-T or I-T."""
    moves = np.zeros((len(labels), len(labels)))
    for j, after in enumerate(labels):
        if after[0] == "I":
            moves[[i for i, before in enumerate(labels) if before[2:] != after[2:]], j] = -np.inf
    return moves


def viterbi(logits, labels, moves):
    """Best allowed sequence of BIO labels by the sum of logits."""
    start = np.array([-np.inf if l[0] == "I" else 0.0 for l in labels])
    best, back = logits[0] + start, []
    for row in logits[1:]:
        through = best[:, None] + moves
        back.append(through.argmax(0))
        best = through.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [labels[i] for i in reversed(path)]


def spans(tags):
    """(first word, word after the last, type) of each BIO span; an I without its B begins one."""
    out, begin, kind = set(), None, None
    for i, tag in enumerate(list(tags) + ["O"]):
        if begin is not None and (tag[0] != "I" or tag[2:] != kind):
            out.add((begin, i, kind))
            begin = None
        if tag[0] in "BI" and begin is None:
            begin, kind = i, tag[2:]
    return out
