//! Everything that anybody says, from the lowest to the highest, and no best value.

use super::{Answer, Case};

/// Returns the range of all figures.
pub fn choose(case: &Case<'_>) -> Answer {
    let low = case.bounds.iter().map(|it| it.low).min();
    let high = case.bounds.iter().map(|it| it.top()).max();
    match (low, high) {
        (Some(low), Some(high)) => {
            let open = case.bounds.iter().any(|it| it.high.is_none());
            let end = if open { "; at least one has no upper bound" } else { "" };
            Answer::between(low, high, format!("the lowest and the highest of {} figures{end}", case.bounds.len()))
        }
        _ => Answer::open("nobody gives a number"),
    }
}
