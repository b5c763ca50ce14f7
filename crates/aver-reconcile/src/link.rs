//! Which event mentions are one event: candidate pairs, scores, reasons.
//!
//! In: readings, reprints, what analysts ruled. Out: an [`Edge`] for every pair
//! worth a look, with a score between 0 and 1 and a reason in plain words for
//! every part of it. Pairs are taken only from blocks (days × country × kind of
//! act, or words for the site and the people where a date is missing), so the
//! work grows with the number of mentions, not with its square.
//!
//! Days or countries that exclude each other, and one against many, never join;
//! a person's ruling goes before everything. What is grouped is decided in
//! `cluster`, from these edges.

mod block;
mod compare;

pub(crate) use compare::conflict;

use crate::anchor::{event_at, in_force};
use crate::kin::Kin;
use crate::sight::{Sight, Text, in_order, sights};
use crate::{Reprints, digest};
use aver_codebook::Codebook;
use aver_model::{Decision, Edge, MentionRef, Reading, Reason, Ruling};
use std::collections::{BTreeMap, BTreeSet};

/// From this score on two mentions are one event.
pub const SAME: f64 = 0.8;
/// From this score on a pair is kept for review.
pub const NEAR: f64 = 0.5;
/// Of how many of its best pairs a mention keeps the edge; a pair stays if either keeps it.
const BEST: usize = 12;
/// How much better the best date must be than the next before an undated mention takes it.
const MARGIN: f64 = 0.08;

/// Judges which event mentions of all readings are one event.
///
/// Edges come sorted by their mentions; a pair about which nothing speaks has none.
pub fn link(readings: &[&Reading], reprints: &Reprints, decisions: &[Decision], codebook: &Codebook) -> Vec<Edge> {
    let texts: Vec<Text<'_>> = in_order(readings).into_iter().map(Text::new).collect();
    let sights = sights(&texts, codebook);
    let kin = Kin::new(codebook);
    let mut edges: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
    for (a, b) in strongest(&sights, reprints, &kin) {
        let reasons = compare::reasons(&sights[a], &sights[b], reprints, &kin);
        let score = score(reasons.iter().map(|it| it.weight).sum());
        let mut edge = edge(&sights[a], &sights[b], score, reasons);
        if let Some(found) = conflict(&sights[a], &sights[b]) {
            edge.verdict = "different".into();
            edge.reasons.push(Reason { feature: "excluded".into(), weight: 0.0, words: found.to_string() });
        }
        edges.insert((a, b), edge);
    }
    settle_undated(&sights, &mut edges);
    rule(&sights, decisions, &mut edges);
    edges.into_values().collect()
}

/// Returns the pairs that are among the best of either mention, so that a day with
/// thousands of reports does not yield millions of edges.
fn strongest(sights: &[Sight<'_>], reprints: &Reprints, kin: &Kin<'_>) -> BTreeSet<(usize, usize)> {
    let drawers = block::Drawers::new(sights, reprints);
    let mut best: Vec<Vec<(f64, u32)>> = vec![Vec::new(); sights.len()];
    let mut keep = |at: usize, score: f64, other: usize| {
        let held = &mut best[at];
        held.push((score, other as u32));
        if held.len() >= 4 * BEST {
            cut(held);
        }
    };
    for a in 0..sights.len() {
        for b in drawers.candidates(a) {
            let score = score(compare::weight(&sights[a], &sights[b], reprints, kin));
            if score >= NEAR {
                keep(a, score, b);
                keep(b, score, a);
            }
        }
    }
    let mut out = BTreeSet::new();
    for (at, mut held) in best.into_iter().enumerate() {
        cut(&mut held);
        out.extend(held.into_iter().map(|(_, other)| (at.min(other as usize), at.max(other as usize))));
    }
    out
}

/// Leaves the best, of equals the earlier.
fn cut(held: &mut Vec<(f64, u32)>) {
    held.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    held.truncate(BEST);
}

/// Turns the sum of the weights into a score between 0 and 1, on three digits.
fn score(sum: f64) -> f64 {
    (1000.0 / (1.0 + (-sum).exp())).round() / 1000.0
}

/// Returns the pointer to a mention.
pub fn mention_ref(sight: &Sight<'_>) -> MentionRef {
    MentionRef {
        document: sight.sha.into(),
        file: sight.text.reading.document.file.clone(),
        event: sight.event.id.clone(),
    }
}

/// Returns the words by which a mention is known however its id changes.
pub fn mention_key(sight: &Sight<'_>) -> String {
    let span = sight.event.span;
    format!("{} {} {} {}", sight.sha, span.start, span.end, sight.event.kind)
}

fn edge(a: &Sight<'_>, b: &Sight<'_>, score: f64, reasons: Vec<Reason>) -> Edge {
    let verdict = if score >= SAME { "same" } else { "near" };
    Edge {
        id: digest::id("ed", [mention_key(a).as_str(), mention_key(b).as_str()]),
        a: mention_ref(a),
        b: mention_ref(b),
        score,
        verdict: verdict.into(),
        decision: None,
        reasons,
    }
}

/// Lets a mention without a date join the best of several dated events only when it is clearly the best.
///
/// "The attack on the mosque" fits two mosque attacks of one city equally well; then both stay for review.
fn settle_undated(sights: &[Sight<'_>], edges: &mut BTreeMap<(usize, usize), Edge>) {
    let mut joins: BTreeMap<usize, Vec<(f64, usize, (usize, usize))>> = BTreeMap::new();
    for (&pair, edge) in edges.iter().filter(|(_, it)| it.verdict == "same") {
        for (idx, other) in [(pair.0, pair.1), (pair.1, pair.0)] {
            if sights[idx].earliest.is_none() && sights[other].earliest.is_some() {
                joins.entry(idx).or_default().push((edge.score, other, pair));
            }
        }
    }
    for (_, mut them) in joins {
        them.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        let Some(&(best, first, _)) = them.first() else { continue };
        let rivals = |other: usize| conflict(&sights[first], &sights[other]).is_some();
        let Some(&(second, ..)) = them.iter().find(|it| rivals(it.1)) else { continue };
        let torn = best - second < MARGIN;
        for (_, _, pair) in them.iter().filter(|it| torn || rivals(it.1)) {
            if let Some(edge) = edges.get_mut(pair) {
                edge.verdict = "near".into();
                edge.reasons.push(Reason {
                    feature: "ambiguous".into(),
                    weight: 0.0,
                    words: "without a date, it fits several events that cannot be one".into(),
                });
            }
        }
    }
}

/// Puts rulings in the place of scores; the newest ruling on a pair holds.
fn rule(sights: &[Sight<'_>], decisions: &[Decision], edges: &mut BTreeMap<(usize, usize), Edge>) {
    for decision in in_force(decisions) {
        let (a, b, verdict) = match &decision.ruling {
            Ruling::Same { a, b } => (a, b, "same"),
            Ruling::Different { a, b } => (a, b, "different"),
            _ => continue,
        };
        let (Some(a), Some(b)) = (event_at(a, sights), event_at(b, sights)) else { continue };
        if a == b {
            continue;
        }
        let pair = (a.min(b), a.max(b));
        let edge = edges.entry(pair).or_insert_with(|| edge(&sights[pair.0], &sights[pair.1], 0.0, Vec::new()));
        if edge.decision.is_some() {
            continue;
        }
        edge.decision = Some(decision.id.clone());
        edge.verdict = verdict.into();
        edge.score = if verdict == "same" { 1.0 } else { 0.0 };
        let words = match &decision.reason {
            Some(why) => format!("{} ruled: {verdict}, because {why}", decision.who),
            None => format!("{} ruled: {verdict}", decision.who),
        };
        edge.reasons.push(Reason { feature: "ruling".into(), weight: 0.0, words });
    }
}
