//! The least figure that anybody gives.
//!
//! ACLED: "If source reports differ or a vague estimate is provided, ACLED uses
//! the most conservative estimate available" (FAQ "Uses and limitations", update
//! of 2024-05-07). MAVERICK's most conservative version takes the least of the
//! reports (van Baalen and Höglund 2026; R package `eventreport`).

use super::{Answer, Case};

/// Returns the least of the numbers.
pub fn least(values: &[u64]) -> Option<u64> {
    values.iter().min().copied()
}

/// Returns the least number as the one answer.
pub fn choose(case: &Case<'_>) -> Answer {
    let points: Vec<u64> = case.bounds.iter().map(|it| it.low).collect();
    match least(&points) {
        Some(value) if points.iter().all(|it| *it == value) => Answer::one(value, "the only figure"),
        Some(value) => Answer::one(value, format!("the least of {} figures", points.len())),
        None => Answer::open("nobody gives a number"),
    }
}
