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
            let why = match case.bounds.len() {
                1 if open => "the only figure, which has no upper bound".to_owned(),
                1 => "the only figure".to_owned(),
                n => format!("the lowest and the highest of {n} figures{end}"),
            };
            let at_least = case.bounds.iter().any(|it| it.high.is_none() && it.top() == high);
            Answer { at_least, ..Answer::between(low, high, why) }
        }
        _ => Answer::open("nobody gives a number"),
    }
}
