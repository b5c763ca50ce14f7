//! Which of the places of one name lies among the others that a document names.
//!
//! In: the names of a document with their candidates. Out: for each name and candidate a
//! bonus, more for more company: other names that have a candidate close by. A name that
//! many places bear says little, one that its container settles says most. Local papers
//! name small towns of famous names; their neighbors tell which. Names of one key count once.

use super::gazetteer::{Entry, Level};
use super::names::Name;
use std::collections::BTreeMap;

/// How many names and candidates are compared; a document that names more is plain enough.
const MOST_NAMES: usize = 48;
const MOST_CANDIDATES: usize = 24;
/// The largest bonus.
const MOST: f64 = 4.0;

/// Bonuses by key of the name and GeoNames id.
#[derive(Debug, Default)]
pub(super) struct Company<'n> {
    bonus: BTreeMap<(&'n str, u32), f64>,
}

impl<'n> Company<'n> {
    /// Compares every name with every other; `settled` gives the one candidate that a container leaves.
    pub(super) fn new(names: &'n [Name<'_>], settled: impl Fn(&Name<'_>) -> Option<Entry>) -> Company<'n> {
        let mut keys: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        for name in names.iter().filter(|it| it.evidence.against == 0) {
            if keys.len() >= MOST_NAMES && !keys.contains_key(name.key.as_str()) {
                continue;
            }
            let list = keys.entry(&name.key).or_default();
            match settled(name) {
                Some(entry) => *list = vec![entry],
                None if list.is_empty() => {
                    let own = name.entries.iter().filter(|it| it.level > Level::Country);
                    list.extend(own.take(MOST_CANDIDATES));
                }
                None => {}
            }
        }
        let mut company = Company::default();
        for (key, list) in &keys {
            for entry in list {
                let votes: f64 = keys.iter().filter(|it| it.0 != key).map(|it| vote(entry, it.1)).sum();
                if votes > 0.0 {
                    let bonus = (1.6 * (1.0 + 2.0 * votes).ln()).min(MOST);
                    company.bonus.insert((key, entry.geonames), bonus);
                }
            }
        }
        company
    }

    /// Returns the bonus of a candidate.
    pub(super) fn of(&self, name: &Name<'_>, entry: &Entry) -> f64 {
        // The key of a lookup lives as long as its name, not as the table.
        let range = self.bonus.range((name.key.as_str(), entry.geonames)..=(name.key.as_str(), entry.geonames));
        range.map(|it| *it.1).next().unwrap_or(0.0)
    }
}

/// What one other name says for a candidate: how near its nearest place is, less when it has many.
fn vote(entry: &Entry, others: &[Entry]) -> f64 {
    let near = others.iter().map(|it| closeness(entry, it)).fold(0.0, f64::max);
    let choices = others.len().max(1) as f64;
    near / (1.0 + choices.log2())
}

/// From 1, in the same district, to 0, far away. Flat geometry is good enough for neighbors.
fn closeness(a: &Entry, b: &Entry) -> f64 {
    if a.country != b.country && a.level > Level::Admin1 && b.level > Level::Admin1 && (a.lat - b.lat).abs() > 1.0 {
        return 0.0;
    }
    let north = (a.lat - b.lat) * 111.0;
    if north.abs() > 400.0 {
        return 0.0;
    }
    let east = (a.lon - b.lon) * 111.0 * a.lat.to_radians().cos();
    let wide = a.level <= Level::Admin1 || b.level <= Level::Admin1;
    match north.hypot(east) {
        it if it < 60.0 => 1.0,
        it if it < 161.0 => 0.6,
        it if it < 400.0 && (wide || a.division == b.division) => 0.3,
        _ => 0.0,
    }
}
