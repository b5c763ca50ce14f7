//! The best tree over a sentence, with exactly one root.
//!
//! In: a score for every (word, head) pair. Out: the head of every word, so
//! that the sum of scores is greatest among the trees in which one word alone
//! hangs on the root (Chu-Liu and Edmonds). An arc from the root costs so much
//! that no tree takes a second one.

/// What each arc from the root costs; far more than the scores of a sentence can differ.
const ROOT: f64 = 1e9;

/// Scores of one sentence: row = word from 1, column = head from 0 (the root).
pub(crate) struct Scores {
    n: usize,
    cells: Vec<f64>,
}

impl Scores {
    /// Takes `n` rows of `n + 1` scores and turns each row into log-probabilities over its heads.
    pub(crate) fn new(n: usize, score: impl Fn(usize, usize) -> f32) -> Scores {
        let side = n + 1;
        let mut cells = vec![f64::NEG_INFINITY; side * side];
        for word in 1..=n {
            let row = &mut cells[word * side..(word + 1) * side];
            let heads: Vec<f32> = (0..=n).map(|head| score(word - 1, head)).collect();
            // A score that is no number must not decide, or fail to.
            let finite = |it: f32| if it.is_finite() { it } else { -1e4 };
            let most = heads.iter().map(|&it| finite(it)).fold(f32::NEG_INFINITY, f32::max);
            let sum: f32 = heads.iter().map(|&it| (finite(it) - most).exp()).sum();
            for (head, slot) in row.iter_mut().enumerate() {
                if head != word {
                    *slot = f64::from(finite(heads[head]) - most - sum.ln());
                }
            }
        }
        Scores { n, cells }
    }

    #[cfg(test)]
    fn get(&self, word: usize, head: usize) -> f64 {
        self.cells[word * (self.n + 1) + head]
    }
}

/// Returns the head of each word, from 1; 0 is the root.
pub(crate) fn heads(scores: &Scores) -> Vec<usize> {
    let n = scores.n + 1;
    let mut graph = Graph { n, cells: scores.cells.clone() };
    for word in 1..n {
        graph.cells[word * n] -= ROOT;
    }
    best(&graph)[1..].to_vec()
}

/// A dense graph in which node 0 is the root.
struct Graph {
    n: usize,
    cells: Vec<f64>,
}

impl Graph {
    fn get(&self, word: usize, head: usize) -> f64 {
        self.cells[word * self.n + head]
    }

    fn best_head(&self, word: usize) -> usize {
        let mut kept = if word == 0 { 0 } else { usize::MAX };
        for head in 0..self.n {
            if head != word && word != 0 && (kept == usize::MAX || self.get(word, head) > self.get(word, kept)) {
                kept = head;
            }
        }
        kept
    }
}

/// The best arborescence: contracts a cycle of best heads until there is none.
fn best(graph: &Graph) -> Vec<usize> {
    let heads: Vec<usize> = (0..graph.n).map(|it| graph.best_head(it)).collect();
    let Some(cycle) = cycle(&heads) else { return heads };
    let mut inside = vec![false; graph.n];
    cycle.iter().for_each(|&it| inside[it] = true);
    let outside: Vec<usize> = (0..graph.n).filter(|&it| !inside[it]).collect();
    let (m, knot) = (outside.len() + 1, outside.len());
    let mut small = Graph { n: m, cells: vec![f64::NEG_INFINITY; m * m] };
    let (mut leave, mut enter) = (vec![0; m], vec![0; m]);
    for (i, &word) in outside.iter().enumerate() {
        for (j, &head) in outside.iter().enumerate() {
            if i != 0 && i != j {
                small.cells[i * m + j] = graph.get(word, head);
            }
        }
        if i != 0 {
            leave[i] = most(&cycle, |it| graph.get(word, it));
            small.cells[i * m + knot] = graph.get(word, leave[i]);
        }
        let gain = |it: usize| graph.get(it, word) - graph.get(it, heads[it]);
        enter[i] = most(&cycle, gain);
        small.cells[knot * m + i] = gain(enter[i]);
    }
    let tree = best(&small);
    let mut out = heads.clone();
    for (i, &word) in outside.iter().enumerate().skip(1) {
        out[word] = if tree[i] == knot { leave[i] } else { outside[tree[i]] };
    }
    let from = tree[knot];
    out[enter[from]] = outside[from];
    out
}

fn most(nodes: &[usize], value: impl Fn(usize) -> f64) -> usize {
    let mut kept = nodes[0];
    for &it in &nodes[1..] {
        if value(it) > value(kept) {
            kept = it;
        }
    }
    kept
}

/// Returns a cycle of a head list, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen, otherwise the walk that saw it first.
    let mut seen = vec![0; heads.len()];
    seen[0] = usize::MAX;
    for start in 1..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if seen[at] == start {
            let mut nodes = vec![at];
            let mut next = heads[at];
            while next != at {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way to give each word a head, the slow road to the same tree.
    fn by_trying(scores: &Scores) -> Vec<usize> {
        let n = scores.n;
        let mut kept: (f64, Vec<usize>) = (f64::NEG_INFINITY, vec![]);
        for code in 0..(n + 1).pow(u32::try_from(n).expect("small")) {
            let mut rest = code;
            let heads: Vec<usize> = (0..n)
                .map(|_| {
                    let head = rest % (n + 1);
                    rest /= n + 1;
                    head
                })
                .collect();
            let rooted = heads.iter().filter(|&&it| it == 0).count() == 1;
            let reaches = |mut at: usize| {
                for _ in 0..=n {
                    if at == 0 {
                        return true;
                    }
                    at = heads[at - 1];
                }
                false
            };
            if !rooted || !(1..=n).all(reaches) {
                continue;
            }
            let sum: f64 = (1..=n).map(|it| scores.get(it, heads[it - 1])).sum();
            if sum > kept.0 {
                kept = (sum, heads);
            }
        }
        kept.1
    }

    #[test]
    fn the_tree_has_one_root_and_no_cycle_and_no_better_one_exists() {
        let mut seed = 1u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 40) as f32 / 1e6
        };
        for n in 1..=5 {
            for _ in 0..40 {
                let cells: Vec<f32> = (0..n * (n + 1)).map(|_| next()).collect();
                let scores = Scores::new(n, |word, head| cells[word * (n + 1) + head]);
                let (fast, slow) = (heads(&scores), by_trying(&scores));
                assert_eq!(fast.iter().filter(|&&it| it == 0).count(), 1);
                assert!(cycle(&[&[0], &fast[..]].concat()).is_none());
                assert_eq!(fast, slow);
            }
        }
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        let tree = heads(&Scores::new(6, |_, _| f32::NAN));
        assert_eq!(tree.iter().filter(|&&it| it == 0).count(), 1);
        assert!(heads(&Scores::new(0, |_, _| 0.0)).is_empty());
    }
}
