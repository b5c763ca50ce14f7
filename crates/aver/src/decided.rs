//! Decisions on the present readings: where each holds, and what one more would change.
//!
//! In: the decisions that hold and the readings as the machine made them. Out: each
//! decision with its present place and its fate (kept, moved, orphaned), and what
//! the machine reads now where a person accepted something else.
//!
//! An orphaned decision changes nothing until somebody rules on its words again; it
//! is never dropped.

use crate::desk::Knowledge;
use aver_codebook::Codebook;
use aver_ledger::{Filed, Reanchored};
use aver_model::*;
use aver_review::Change;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a decision's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// They stand where they stood.
    Kept,
    /// They stand elsewhere in the text, and the decision with them.
    Moved,
    /// They are gone, or nothing of the field is read in them.
    Orphaned,
}

/// A decision that holds, on the present readings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placed {
    /// The decision, its spans those of the present text.
    pub decision: Decision,
    /// What became of its words.
    pub fate: Fate,
    /// The words that are gone.
    pub lost: Vec<Anchor>,
    /// What the machine reads there, when it differs from what was decided on.
    pub machine_now: Option<String>,
}

/// Counts for the line after reading again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Fates {
    /// Decisions whose words stand where they stood.
    pub kept: usize,
    /// Decisions whose words stand elsewhere.
    pub moved: usize,
    /// Decisions without their words.
    pub orphaned: usize,
    /// Of those kept or moved: decisions on a value that the machine reads otherwise since.
    pub otherwise: usize,
}

/// Finds every decision's words in the present readings.
pub fn place(decisions: &[Decision], readings: &[Reading]) -> Vec<Placed> {
    let by_hash: BTreeMap<&str, &Reading> = readings.iter().map(|it| (it.document.sha256.as_str(), it)).collect();
    decisions.iter().map(|it| place_one(it, &by_hash)).collect()
}

fn place_one(decision: &Decision, by_hash: &BTreeMap<&str, &Reading>) -> Placed {
    let anchors = decision.ruling.anchors();
    let spoken_of: BTreeSet<&str> = anchors.iter().map(|it| it.document.as_str()).collect();
    // Readings are large; only those that the decision speaks of are handed on.
    let found: Vec<&Reading> = spoken_of.iter().filter_map(|it| by_hash.get(it).copied()).collect();
    let mut placed = Placed { decision: decision.clone(), fate: Fate::Kept, lost: vec![], machine_now: None };
    match aver_ledger::reanchor(decision, &found) {
        Reanchored::Kept => {}
        Reanchored::Moved(ruling) => {
            placed.fate = Fate::Moved;
            placed.decision.ruling = *ruling;
        }
        Reanchored::Orphaned(lost) => {
            placed.fate = Fate::Orphaned;
            placed.lost = lost;
        }
    }
    if placed.fate != Fate::Orphaned {
        let differs = |it: &&Anchor| it.value.is_some();
        placed.machine_now = placed.decision.ruling.anchors().into_iter().filter(differs).find_map(|it| {
            let now = aver_review::value_at(by_hash.get(it.document.as_str())?, it)?;
            (Some(&now) != it.value.as_ref()).then_some(now)
        });
    }
    placed
}

/// Counts what became of the decisions.
pub fn fates(placed: &[Placed]) -> Fates {
    let mut out = Fates::default();
    for it in placed {
        match it.fate {
            Fate::Kept => out.kept += 1,
            Fate::Moved => out.moved += 1,
            Fate::Orphaned => out.orphaned += 1,
        }
        out.otherwise += usize::from(it.machine_now.is_some());
    }
    out
}

/// Returns how the published numbers would change if `ruling` were made, from the documents it touches.
///
/// `readings` and `filed` are those of every event that the ruling touches; the
/// others cannot change and cancel out.
pub fn would_change(
    ruling: &Ruling,
    readings: &[Reading],
    filed: &[Filed],
    decisions: &[Decision],
    codebook: &Codebook,
    policy: &str,
) -> Vec<Change> {
    let before = Knowledge::build(readings, filed, decisions, codebook);
    let number = decisions.iter().map(|it| it.number).max().unwrap_or(0) + 1;
    let mut more = decisions.to_vec();
    more.push(Decision {
        id: "supposed".into(),
        number,
        previous: String::new(),
        who: "supposed".into(),
        when: String::new(),
        reason: None,
        ruling: ruling.clone(),
    });
    let after = Knowledge::build(readings, filed, &more, codebook);
    aver_review::effect(&before.events, &after.events, policy)
}
