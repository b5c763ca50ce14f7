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

/// Returns the codebook entry that a value is decided by, with the beginning of its definition's hash.
///
/// For an event its type, for a figure its measure, for a statement its stance.
pub fn definition(codebook: &Codebook, reading: &Reading, anchor: &Anchor) -> Option<String> {
    let at = |span: Span| span.overlaps(anchor.span);
    let id = match anchor.field.as_str() {
        "figure" | "speaker" => reading.figures.iter().find(|it| at(it.span)).map(|it| it.measure.as_str()),
        "statement" | "credibility" => reading.statements.iter().find(|it| at(it.span)).map(|it| it.stance.as_str()),
        "event" | "type" | "time" | "place" | "perpetrator" => {
            let told = |it: &&Event| at(it.span) || it.mentions.iter().any(|it| at(*it));
            reading.events.iter().find(told).map(|it| it.kind.as_str())
        }
        _ => None,
    }?;
    Some(format!("{id}@{}", hash_of_definition(codebook, id)?))
}

/// Returns the entry of a decision whose definition is another now than when it was made.
pub fn definition_changed<'d>(codebook: &Codebook, decision: &'d Decision) -> Option<&'d str> {
    let changed = |it: &'d str| {
        let (id, hash) = it.split_once('@')?;
        (hash_of_definition(codebook, id).as_deref() != Some(hash)).then_some(id)
    };
    decision.ruling.anchors().into_iter().filter_map(|it| it.definition.as_deref()).find_map(changed)
}

fn hash_of_definition(codebook: &Codebook, id: &str) -> Option<String> {
    // A measure is defined by what it counts; it has no sentence of its own.
    let of_measure = |it: &aver_codebook::Measure| {
        let words = [&it.verbs_object, &it.verbs_subject, &it.nouns, &it.adjectives];
        words.iter().fold(it.unit.clone(), |text, it| text + "\n" + &it.join(" "))
    };
    let stance = || codebook.stances.iter().find(|it| it.stance.as_str() == id).map(|it| it.definition.clone());
    let text = codebook.event(id).map(|it| it.definition.clone()).or_else(stance);
    let text = text.or_else(|| codebook.measure(id).map(of_measure))?;
    // Line ends and indents are no change of a definition.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    aver_ledger::sha256(text.as_bytes()).get(..12).map(str::to_owned)
}

/// Says whether a typed value has the form of its field, and is a word of the codebook where it must be.
///
/// # Errors
/// What is wrong, and what would be right.
pub fn check_value(codebook: &Codebook, field: &str, typed: &str) -> crate::report::Result<()> {
    use crate::report::Report;
    let wrong =
        |it: String| Report::input("value-not-understood", it).at(field.to_owned()).next("the decision was not stored");
    aver_review::check_value(field, typed).map_err(wrong)?;
    if field == "type" && codebook.event(typed.trim()).is_none() {
        let near: Vec<&str> = codebook.events.iter().map(|it| it.name.as_str()).collect();
        return Err(wrong(format!("`{typed}` is no type of the codebook; there are {}", near.join(", "))));
    }
    Ok(())
}

/// The letters of a source's reliability, with what they say (AJP-2.1, Annex 3A).
pub const LETTERS: [(&str, &str); 6] = [
    ("A", "completely reliable"),
    ("B", "usually reliable"),
    ("C", "fairly reliable"),
    ("D", "not usually reliable"),
    ("E", "unreliable"),
    ("F", "cannot be judged"),
];
/// The digits of a statement's credibility.
pub const DIGITS: [(&str, &str); 6] = [
    ("1", "confirmed by other sources"),
    ("2", "probably true"),
    ("3", "possibly true"),
    ("4", "doubtful"),
    ("5", "improbable"),
    ("6", "cannot be judged"),
];

/// The letters and digits that people have set and not taken back.
#[derive(Debug, Default)]
pub struct Grades<'d> {
    letters: BTreeMap<&'d str, &'d str>,
    digits: Vec<(&'d Anchor, &'d str, &'d str)>,
}

impl<'d> Grades<'d> {
    /// Gathers the grades among decisions that hold; of several on one source the newest stands.
    pub fn new(decisions: impl Iterator<Item = &'d Decision>) -> Grades<'d> {
        let mut out = Grades::default();
        for it in decisions {
            if let Ruling::Grade { anchor, source, to } = &it.ruling {
                match anchor.field.as_str() {
                    "reliability" => drop(out.letters.insert(source, to)),
                    _ => out.digits.push((anchor, source, to)),
                }
            }
        }
        out
    }

    /// Returns the letter of a source.
    pub fn letter(&self, source: &str) -> Option<&'d str> {
        self.letters.get(source).copied()
    }

    /// Returns the digit of what a source says in some words.
    pub fn digit(&self, source: &str, document: &str, spans: &[Span]) -> Option<&'d str> {
        let fits = |anchor: &Anchor| anchor.document == document && spans.iter().any(|it| it.overlaps(anchor.span));
        self.digits.iter().rev().find(|(anchor, whose, _)| *whose == source && fits(anchor)).map(|it| it.2)
    }

    /// Returns both in words: "B2", "source B", "statement 2"; empty when neither is set.
    pub fn words(letter: Option<&str>, digit: Option<&str>) -> String {
        match (letter, digit) {
            (Some(letter), Some(digit)) => format!("{letter}{digit}"),
            (Some(letter), None) => format!("source {letter}"),
            (None, Some(digit)) => format!("statement {digit}"),
            (None, None) => String::new(),
        }
    }
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
