//! The greatest figure that anybody gives.
//!
//! MAVERICK's most informative version takes the most of the reports (van Baalen
//! and Höglund 2026; R package `eventreport`).

use super::{Answer, Case};

/// Returns the greatest of the numbers.
pub fn greatest(values: &[u64]) -> Option<u64> {
    values.iter().max().copied()
}

/// Returns the greatest number as the one answer.
pub fn choose(case: &Case<'_>) -> Answer {
    let points: Vec<u64> = case.bounds.iter().map(|it| it.top()).collect();
    match greatest(&points) {
        Some(value) if points.iter().all(|it| *it == value) => Answer::one(value, "the only figure"),
        Some(value) => Answer::one(value, format!("the greatest of {} figures", points.len())),
        None => Answer::open("nobody gives a number"),
    }
}
