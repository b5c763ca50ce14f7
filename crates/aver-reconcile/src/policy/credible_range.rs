//! From the smallest to the largest figure of those who did not do it.
//!
//! Airwars keeps a range of civilians reported harmed and the belligerent's own
//! assessment beside it; "unspecified casualties", from a single source, count as
//! 1–2 killed and 1 injured (listings on airwars.org). The policy writes these
//! values down as `unspecified-MEASURE-low` and `-high`.

use super::{Answer, Case};

/// Applies the rule.
pub fn choose(case: &Case<'_>) -> Answer {
    let low = case.bounds.iter().map(|it| it.low).min();
    let high = case.bounds.iter().map(|it| it.top()).max();
    if let (Some(low), Some(high)) = (low, high) {
        let why = match case.bounds.len() {
            1 => "the only figure".to_owned(),
            n => format!("the smallest and the largest of {n} figures"),
        };
        let at_least = case.bounds.iter().any(|it| it.high.is_none() && it.top() == high);
        return Answer { at_least, ..Answer::between(low, high, why) };
    }
    let written = |end: &str| case.policy.words.get(&format!("unspecified-{}-{end}", case.measure)).copied();
    match (case.unquantified, written("low"), written("high")) {
        (1.., Some(low), Some(high)) => {
            Answer::between(low, high.max(low), "unspecified casualties, as the policy counts them")
        }
        _ => Answer::open("nobody but the perpetrator gives a number"),
    }
}
