//! Dossiers: documents that report on one occurrence.
//!
//! In: readings. Out: groups of documents. Two documents are held together by the
//! telling words that they share, by days and towns that both give, and by
//! appearing close to each other; days or towns that differ speak against it.
//! Groups are made by average linkage, so that one shared name is not enough.
//!
//! A dossier is about what a document is mainly about. Which of its event mentions
//! are one event is decided in `link`, for each mention by itself.

use crate::Reprints;
use crate::likeness::Likeness;
use crate::linkage::average;
use crate::sight::{fold, in_order};
use aver_model::{Day, Reading};
use std::collections::BTreeMap;

/// From this mean strength on documents are one dossier.
const TOGETHER: f64 = 0.16;

/// What a document gives besides its words, each with its prominence: the first counts most.
struct Frame {
    published: Option<Day>,
    days: BTreeMap<Day, f64>,
    towns: BTreeMap<String, f64>,
}

/// How much less each further day or town of a document counts.
const FADING: f64 = 0.3;

impl Frame {
    fn of(reading: &Reading) -> Frame {
        let mut days: BTreeMap<Day, f64> = BTreeMap::new();
        let mut times: Vec<_> = reading.times.iter().collect();
        times.sort_by_key(|it| it.span);
        let single = times.iter().filter_map(|it| it.start.filter(|_| it.start == it.end));
        for (rank, day) in single.enumerate() {
            *days.entry(day).or_default() += prominence(rank);
        }
        let mut named: Vec<_> = reading
            .places
            .iter()
            .filter(|it| matches!(it.level.as_str(), "city" | "admin2"))
            .flat_map(|it| it.mentions.iter().map(move |span| (*span, it)))
            .collect();
        named.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        let mut towns: BTreeMap<String, f64> = BTreeMap::new();
        for (rank, (_, place)) in named.iter().enumerate() {
            *towns.entry(fold(&place.name)).or_default() += prominence(rank);
        }
        let published = reading.document.published.end.or(reading.document.published.start);
        Frame { published, days, towns }
    }
}

fn prominence(rank: usize) -> f64 {
    1.0 / (1.0 + FADING * rank as f64)
}

/// Returns how prominent the most prominent thing is that both give; `None` when one gives none.
fn shared<K: Ord>(a: &BTreeMap<K, f64>, b: &BTreeMap<K, f64>) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    Some(a.iter().filter_map(|(key, x)| Some(x.min(*b.get(key)?))).fold(0.0, f64::max))
}

/// Returns what speaks for two documents being of one dossier, beside their words.
///
/// Chosen by hand after a coarse look at public training texts; no weight was fitted.
fn circumstances(a: &Frame, b: &Frame) -> f64 {
    let mut out = 0.0;
    if let Some(share) = shared(&a.days, &b.days) {
        out += if share > 0.0 { 0.07 * share } else { -0.06 };
    }
    if let Some(share) = shared(&a.towns, &b.towns) {
        out += if share > 0.0 { 0.03 * share } else { -0.03 };
    }
    if let (Some(a), Some(b)) = (a.published, b.published) {
        out += match a.days_until(b).abs() {
            ..=3 => 0.06,
            4..=10 => 0.03,
            11..=60 => -0.03,
            _ => -0.08,
        };
    }
    out
}

/// Groups documents that report on one occurrence; each group sorted, the groups by their least hash.
pub fn dossiers(readings: &[&Reading], reprints: &Reprints) -> Vec<Vec<String>> {
    let readings = in_order(readings);
    let likeness = Likeness::new(&readings);
    let frames: Vec<Frame> = readings.iter().map(|it| Frame::of(it)).collect();
    let sha = |idx: usize| readings[idx].document.sha256.as_str();
    let mut pairs = Vec::new();
    for (a, b) in likeness.pairs() {
        let words = likeness.of(a, b);
        let strength =
            if reprints.same_story(sha(a), sha(b)) { 1.0 } else { words + circumstances(&frames[a], &frames[b]) };
        pairs.push((a, b, strength));
    }
    let groups = average(readings.len(), &pairs, TOGETHER);
    groups.into_iter().map(|group| group.into_iter().map(|idx| sha(idx).to_string()).collect()).collect()
}
