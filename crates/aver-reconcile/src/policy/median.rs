//! The middle figure, with the lowest and the highest around it.
//!
//! Of an even number of figures the lower of the two in the middle is taken, so
//! that the answer is a number that somebody gives.

use super::{Answer, Case};

/// Returns the middle of the numbers, the lower one of two.
pub fn middle(values: &[u64]) -> Option<u64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}

/// Returns the median with the range of all figures.
pub fn choose(case: &Case<'_>) -> Answer {
    let points: Vec<u64> = case.bounds.iter().map(|it| it.point).collect();
    let low = case.bounds.iter().map(|it| it.low).min();
    let high = case.bounds.iter().map(|it| it.top()).max();
    match middle(&points) {
        Some(best) => Answer {
            low,
            best: Some(best),
            high,
            why: match points.len() {
                1 => "the only figure".to_owned(),
                n => format!("the middle of {n} figures"),
            },
            ..Answer::default()
        },
        None => Answer::open("nobody gives a number"),
    }
}
