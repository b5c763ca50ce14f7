//! Lowest and highest reliable figures, and the best backed in between.
//!
//! UCDP GED: `best` "most likely estimate", `low` "lowest reliable", `high`
//! "highest reliable" (GED data dictionary). Best is the figure of the most
//! reliable or independent source and, if that cannot be told, the lower one;
//! figures that only a warring party gives go to `high` (practice as recalled by
//! coders; the exact wording is not public). Reliability is counted here as the
//! number of independent speakers who are no party.

use super::{Answer, Bounds, Case};
use std::collections::{BTreeMap, BTreeSet};

/// Applies the rule.
pub fn choose(case: &Case<'_>) -> Answer {
    let free: Vec<&Bounds<'_>> = case.bounds.iter().filter(|it| !it.given.party && !it.given.perpetrator).collect();
    let Some(high) = case.bounds.iter().map(|it| it.top()).max() else { return Answer::open("nobody gives a number") };
    let Some(low) = free.iter().map(|it| it.low).min() else {
        return Answer {
            high: Some(high),
            ..Answer::open("only parties give a number; it can stand as the highest at most")
        };
    };
    let mut backing: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    for it in &free {
        backing.entry(it.point).or_default().insert(&it.given.speaker);
    }
    let best = backing.iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(a.0)));
    let (best, backers) = best.map_or((low, 0), |(value, speakers)| (*value, speakers.len()));
    let is_tied = backing.values().filter(|it| it.len() == backers).count() > 1;
    let why = if is_tied {
        "no figure has more independent speakers than every other; the lower one".into()
    } else {
        format!("backed by {backers} independent speakers who are no party")
    };
    Answer { low: Some(low), best: Some(best), high: Some(high), why, ..Answer::default() }
}
