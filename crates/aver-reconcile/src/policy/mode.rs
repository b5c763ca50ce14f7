//! The figure that most accounts give; on a tie the lowest.
//!
//! MAVERICK's most representative version (van Baalen and Höglund 2026; R package
//! `eventreport`): the mode, and the lowest of several modes.

use super::{Answer, Case};
use std::collections::BTreeMap;

/// Returns every value that is given most often, in ascending order.
pub fn modes<T: Ord + Clone>(values: &[T]) -> Vec<T> {
    let mut counts: BTreeMap<&T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    counts.into_iter().filter(|(_, count)| *count == most).map(|(value, _)| value.clone()).collect()
}

/// Returns the most frequent of the numbers; of several the lowest.
pub fn most_frequent(values: &[u64]) -> Option<u64> {
    modes(values).first().copied()
}

/// Returns the mode as the one answer.
pub fn choose(case: &Case<'_>) -> Answer {
    let points: Vec<u64> = case.bounds.iter().map(|it| it.point).collect();
    let Some(value) = most_frequent(&points) else { return Answer::open("nobody gives a number") };
    let count = points.iter().filter(|it| **it == value).count();
    if modes(&points).len() > 1 {
        Answer::one(value, "several figures are given equally often; the lowest of them")
    } else {
        Answer::one(value, format!("given by {count} of {} accounts", points.len()))
    }
}
