//! The range that at least two independent speakers bear out.
//!
//! Iraq Body Count publishes the lowest and the highest number supported by at
//! least two independent sources (methods, section 3, and practice as described by
//! others). A speaker who says 53 bears out 50; so the lowest figure is always
//! borne out, and the highest is the second-highest that a speaker gives. Reprints
//! and repeats of one speaker count once.

use super::{Answer, Case};
use std::collections::BTreeMap;

/// Applies the rule.
pub fn choose(case: &Case<'_>) -> Answer {
    let mut speakers: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for it in case.bounds {
        let held = speakers.entry(&it.given.speaker).or_insert((it.low, it.top()));
        *held = (held.0.min(it.low), held.1.max(it.top()));
    }
    let needed = usize::try_from(case.policy.min_speakers.max(2)).unwrap_or(2);
    let mut tops: Vec<u64> = speakers.values().map(|it| it.1).collect();
    tops.sort_unstable_by(|a, b| b.cmp(a));
    let low = speakers.values().map(|it| it.0).min();
    match (low, tops.get(needed - 1)) {
        (Some(low), Some(&high)) => Answer::between(
            low,
            high,
            format!("borne out by at least {needed} of {} independent speakers", speakers.len()),
        ),
        (Some(_), None) => Answer::open(format!("fewer than {needed} independent speakers give a number")),
        _ => Answer::open("nobody gives a number"),
    }
}
