//! The most recent figure that is not the perpetrator's; else the majority; else the lowest.
//!
//! GTD codebook: "the database will usually reflect the number given by the most
//! recent source. However, the most recent source will not be used if [it] is of
//! questionable validity or if [it] bases its death numbers on claims made by a
//! perpetrator group. When there are several 'most recent' sources …, the majority
//! figure will be used. Where there is no majority figure among independent
//! sources, the database will record the lowest proffered figure." Vague words are
//! left blank. Validity is not judged here; a person can reject a figure.

use super::{Answer, Bounds, Case, least};
use std::collections::{BTreeMap, BTreeSet};

/// Applies the three steps.
pub fn choose(case: &Case<'_>) -> Answer {
    if case.bounds.is_empty() {
        return Answer::open("nobody but the perpetrator gives an exact number");
    }
    let newest = case.bounds.iter().filter_map(|it| it.given.published).max();
    let dated = case.bounds.iter().all(|it| it.given.published.is_some());
    if let Some(day) = newest {
        let latest: BTreeSet<u64> =
            case.bounds.iter().filter(|it| it.given.published == Some(day)).map(|it| it.point).collect();
        if let (1, Some(&value)) = (latest.len(), latest.first()) {
            let rest = if dated { "" } else { "; accounts without a date of publication could not compete" };
            return Answer::one(value, format!("the most recent account, of {day}{rest}"));
        }
    }
    let (value, count, all) = majority(case.bounds);
    if count * 2 > all {
        return Answer::one(
            value,
            format!("no single most recent account; {count} of {all} independent speakers say so"),
        );
    }
    let points: Vec<u64> = case.bounds.iter().map(|it| it.point).collect();
    match least(&points) {
        Some(value) => Answer::one(value, "no single most recent account and no majority; the lowest figure"),
        None => Answer::open("nobody gives a number"),
    }
}

/// Returns the number with most independent speakers, their count, and the count of all speakers.
fn majority(bounds: &[Bounds<'_>]) -> (u64, usize, usize) {
    let mut by_value: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for it in bounds {
        by_value.entry(it.point).or_default().insert(&it.given.speaker);
        all.insert(&it.given.speaker);
    }
    let best = by_value.iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(a.0)));
    best.map_or((0, 0, 0), |(value, speakers)| (*value, speakers.len(), all.len()))
}
