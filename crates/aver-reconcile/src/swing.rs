//! Swing: how far an event's figure moves when another policy is asked.
//!
//! In: an event with the estimates of every policy. Out: for each measure the least
//! and greatest best value and the policies that give them, widest first. A policy
//! without a best value does not swing; how many there are is said.

use aver_model::LedgerEvent;
use serde::Serialize;
use std::collections::BTreeMap;

/// How far the best value of one measure moves over all policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Swing {
    /// `killed`, `wounded` …
    pub measure: String,
    /// The least best value.
    pub low: u64,
    /// Policies that give it, by id.
    pub low_by: Vec<String>,
    /// The greatest best value.
    pub high: u64,
    /// Policies that give it, by id.
    pub high_by: Vec<String>,
    /// How many policies give no best value.
    pub undecided: usize,
}

/// Returns the measures of an event on which policies differ or some cannot decide.
pub fn swings(event: &LedgerEvent) -> Vec<Swing> {
    let mut by_measure: BTreeMap<&str, Vec<(Option<u64>, &str)>> = BTreeMap::new();
    for it in &event.estimates {
        by_measure.entry(&it.measure).or_default().push((it.best, &it.policy));
    }
    let mut out: Vec<Swing> = by_measure
        .into_iter()
        .filter_map(|(measure, them)| {
            let best = || them.iter().filter_map(|it| it.0);
            let (low, high) = (best().min()?, best().max()?);
            let by = |value: u64| {
                let mut ids: Vec<String> =
                    them.iter().filter(|it| it.0 == Some(value)).map(|it| it.1.to_string()).collect();
                ids.sort();
                ids
            };
            let undecided = them.len() - best().count();
            Some(Swing { measure: measure.into(), low, low_by: by(low), high, high_by: by(high), undecided })
        })
        .filter(|it| it.low != it.high || it.undecided > 0)
        .collect();
    out.sort_by(|a, b| (b.high - b.low).cmp(&(a.high - a.low)).then_with(|| a.measure.cmp(&b.measure)));
    out
}
