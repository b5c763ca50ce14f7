//! What does not fit together: within a document, with what a speaker said before,
//! and between links.
//!
//! In: events with their accounts, and the edges between mentions. Out: findings for
//! a person to look at, each with the words of both sides. Speakers who differ are no
//! contradiction; that is what accounts are for.

use crate::scope::{can_be_part, is_some_only};
use aver_model::{Account, AccountFigure, Edge, Evidence, LedgerEvent, MentionRef, Stance};
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Two things that do not fit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contradiction {
    /// `two-numbers`: one speaker, one document, two numbers for one thing;
    /// `changed-number`, `changed-stance`: one speaker in two documents.
    pub kind: &'static str,
    /// Id of the event.
    pub event: String,
    /// Who contradicts itself.
    pub speaker: String,
    /// What, in one sentence.
    pub words: String,
    /// The words of both sides.
    pub evidence: [Evidence; 2],
}

/// Mentions of which one fits two others that cannot be one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Triangle {
    /// Fits both.
    pub between: MentionRef,
    /// One of the two that exclude each other.
    pub a: MentionRef,
    /// The other.
    pub b: MentionRef,
}

/// Returns where a speaker contradicts itself, by event.
pub fn contradictions<E: Borrow<LedgerEvent>>(events: &[E]) -> Vec<Contradiction> {
    let mut out = Vec::new();
    for event in events.iter().map(Borrow::borrow).filter(|it| !it.aggregate && !it.generic) {
        for (at, account) in event.accounts.iter().enumerate() {
            within(event, account, &mut out);
            let same = |it: &&Account| {
                let both = it.codebook.is_some() && it.codebook == account.codebook;
                (both || it.speaker == account.speaker && it.source == account.source)
                    && it.document != account.document
            };
            let later = || event.accounts[at + 1..].iter().filter(same);
            for x in &account.figures {
                // Of a number that went up twice every step is told once.
                let next = later().find(|it| it.figures.iter().any(|y| is_of_one_thing(x, y)));
                next.into_iter().for_each(|it| changed(event, account, x, it, &mut out));
            }
            later().for_each(|it| turned(event, account, it, &mut out));
        }
    }
    out
}

/// Says whether two figures count the same of the same.
fn is_of_one_thing(a: &AccountFigure, b: &AccountFigure) -> bool {
    let (x, y) = (&a.figure, &b.figure);
    // "115" and "186 people" both count everybody.
    let everybody = || !is_some_only(x.group.as_deref()) && !is_some_only(y.group.as_deref());
    x.measure == y.measure
        && x.unit == y.unit
        && x.part_of.is_none()
        && y.part_of.is_none()
        && (x.group == y.group || everybody())
}

/// Says whether two figures of one speaker are of one thing and cannot both be right.
fn differ(a: &AccountFigure, b: &AccountFigure) -> bool {
    let (x, y) = (&a.figure, &b.figure);
    let apart = matches!((x.high, y.low), (Some(high), Some(low)) if high < low)
        || matches!((y.high, x.low), (Some(high), Some(low)) if high < low);
    is_of_one_thing(a, b) && apart && !can_be_part(x, y) && !can_be_part(y, x)
}

fn within(event: &LedgerEvent, account: &Account, out: &mut Vec<Contradiction>) {
    for (at, a) in account.figures.iter().enumerate() {
        if let Some(b) = account.figures[at + 1..].iter().find(|b| differ(a, b)) {
            out.push(Contradiction {
                kind: "two-numbers",
                event: event.id.clone(),
                speaker: account.speaker.clone(),
                words: format!("gives “{}” and “{}” in one document", a.evidence.quote, b.evidence.quote),
                evidence: [a.evidence.clone(), b.evidence.clone()],
            });
        }
    }
}

/// Notes that a speaker gives another number later.
fn changed(event: &LedgerEvent, a: &Account, x: &AccountFigure, b: &Account, out: &mut Vec<Contradiction>) {
    let Some(y) = b.figures.iter().find(|y| differ(x, y)) else { return };
    out.push(Contradiction {
        kind: "changed-number",
        event: event.id.clone(),
        speaker: a.speaker.clone(),
        words: format!("gave “{}” in {} and “{}” in {}", x.evidence.quote, a.file, y.evidence.quote, b.file),
        evidence: [x.evidence.clone(), y.evidence.clone()],
    });
}

/// Notes that a speaker denies what it owned before, or the other way round.
fn turned(event: &LedgerEvent, a: &Account, b: &Account, out: &mut Vec<Contradiction>) {
    let mut add = |kind, words, evidence| {
        out.push(Contradiction { kind, event: event.id.clone(), speaker: a.speaker.clone(), words, evidence });
    };
    let denies = |it: &Account| it.stances.contains(&Stance::Denies);
    let owns = |it: &Account| {
        it.stances
            .iter()
            .any(|it| matches!(it, Stance::ClaimsResponsibility | Stance::Admits | Stance::Confirms | Stance::Reports))
    };
    if let (Some(x), Some(y)) = (a.evidence.first(), b.evidence.first())
        && (denies(a) && owns(b) && !denies(b) || denies(b) && owns(a) && !denies(a))
    {
        let words = format!(
            "denies it in {}, and not in {}",
            if denies(a) { &a.file } else { &b.file },
            if denies(a) { &b.file } else { &a.file }
        );
        add("changed-stance", words, [x.clone(), y.clone()]);
    }
}

/// Returns the triangles: C is joined with A and with B, and A and B exclude each other.
///
/// Whichever of the two C was put with, a person should look.
pub fn triangles<E: Borrow<Edge>>(edges: &[E]) -> Vec<Triangle> {
    let mut same: BTreeMap<&MentionRef, BTreeSet<&MentionRef>> = BTreeMap::new();
    let edges = || edges.iter().map(Borrow::borrow);
    for it in edges().filter(|it: &&Edge| it.verdict == "same") {
        same.entry(&it.a).or_default().insert(&it.b);
        same.entry(&it.b).or_default().insert(&it.a);
    }
    let none = BTreeSet::new();
    let mut out: Vec<Triangle> = edges()
        .filter(|it| it.verdict == "different")
        .flat_map(|edge| {
            let of = |it: &MentionRef| same.get(it).unwrap_or(&none);
            of(&edge.a)
                .intersection(of(&edge.b))
                .map(|it| Triangle { between: (*it).clone(), a: edge.a.clone(), b: edge.b.clone() })
                .collect::<Vec<_>>()
        })
        .collect();
    out.sort();
    out.dedup();
    out
}
