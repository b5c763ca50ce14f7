//! Matches ours to gold one to one, the best overlap first.

use crate::{Counts, Miss};
use aver_model::{Day, Span};

/// One of ours or of gold's, with where it stands and how to show it.
pub struct Side {
    /// All its spans.
    pub spans: Vec<Span>,
    /// 1 or 2; ours are 1.
    pub tier: u8,
    /// For the list of misses.
    pub words: String,
}

/// Pairs ours with gold where `fits` says so, largest shared text first; returns (ours, gold) pairs.
pub fn pair(ours: &[Side], gold: &[Side], fits: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut candidates = vec![];
    for (i, it) in ours.iter().enumerate() {
        for (j, other) in gold.iter().enumerate() {
            let shared = shared(&it.spans, &other.spans);
            if shared > 0 && fits(i, j) {
                candidates.push((other.tier, std::cmp::Reverse(shared), i, j));
            }
        }
    }
    take(candidates)
}

/// Pairs ours with gold by `fits` alone, wherever they stand.
pub fn pair_anywhere(n_ours: usize, gold: &[Side], fits: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut candidates = vec![];
    for i in 0..n_ours {
        for (j, it) in gold.iter().enumerate() {
            if fits(i, j) {
                candidates.push((it.tier, std::cmp::Reverse(0), i, j));
            }
        }
    }
    take(candidates)
}

type Candidate = (u8, std::cmp::Reverse<usize>, usize, usize);

fn take(mut candidates: Vec<Candidate>) -> Vec<(usize, usize)> {
    candidates.sort();
    let (mut used_ours, mut used_gold) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut pairs = vec![];
    for (_, _, i, j) in candidates {
        if !used_ours.contains(&i) && !used_gold.contains(&j) {
            used_ours.insert(i);
            used_gold.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

/// Returns how much of the second set of spans the first one covers, at most over one pair.
pub fn shared(a: &[Span], b: &[Span]) -> usize {
    a.iter().flat_map(|x| b.iter().map(|y| x.shared(*y))).max().unwrap_or(0)
}

/// Counts pairs; gold of tier 2 that nobody found is not counted.
pub fn count(ours: &[Side], gold: &[Side], pairs: &[(usize, usize)]) -> Counts {
    let found = |j: usize| pairs.iter().any(|&(_, it)| it == j);
    Counts {
        right: pairs.len(),
        ours: ours.len(),
        gold: gold.iter().enumerate().filter(|(j, it)| it.tier == 1 || found(*j)).count(),
    }
}

/// Lists what was missed and what was too much.
pub fn misses(file: &str, record: &str, ours: &[Side], gold: &[Side], pairs: &[(usize, usize)]) -> Vec<Miss> {
    let miss = |fault: &str, words: &str| Miss {
        file: file.to_owned(),
        record: record.to_owned(),
        fault: fault.to_owned(),
        words: words.to_owned(),
    };
    let mut out = vec![];
    for (j, it) in gold.iter().enumerate() {
        if it.tier == 1 && !pairs.iter().any(|&(_, other)| other == j) {
            out.push(miss("missed", &it.words));
        }
    }
    for (i, it) in ours.iter().enumerate() {
        if !pairs.iter().any(|&(other, _)| other == i) {
            out.push(miss("extra", &it.words));
        }
    }
    out
}

/// Says whether two intervals with open ends share a day.
///
/// A date that ours does not give fits only a gold date that is open on one side.
pub fn dates_fit(ours: Option<(Option<Day>, Option<Day>)>, gold: Option<(Option<Day>, Option<Day>)>) -> bool {
    let gold = gold.unwrap_or((None, None));
    let Some(ours) = ours.filter(|it| *it != (None, None)) else { return gold.0.is_none() || gold.1.is_none() };
    let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(a), Some(b)) if a < b);
    !before(ours.1, gold.0) && !before(gold.1, ours.0)
}
