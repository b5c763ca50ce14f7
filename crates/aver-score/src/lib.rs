//! Precision, recall and F1 of readings against hand-annotated gold.
//!
//! In: a reading and the gold records of the same text. Out: a [`Report`] with
//! one line a record type and the headline, the mean F1 of times, events,
//! figures, statements and relations.
//!
//! Matching follows the "Gold" section of the reading format: records match by
//! overlap, then by value. Gold of tier 2 earns credit when found and costs
//! nothing when missed; every record of ours that matches no gold costs
//! precision. The scorer never sees how a record was made.

mod clusters;
mod gold;
mod matching;
mod print;
mod records;
#[cfg(test)]
mod tests;

pub use clusters::{Agreement, Groupings};
pub use gold::{Gold, GoldError};

use aver_model::Reading;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which types and relations count as one family; others are a family of their own.
#[derive(Debug, Clone, Default)]
pub struct Families {
    /// Event type → family.
    pub events: BTreeMap<String, String>,
    /// Relation → family.
    pub relations: BTreeMap<String, String>,
}

impl Families {
    fn event<'a>(&'a self, name: &'a str) -> &'a str {
        self.events.get(name).map_or(name, |it| it)
    }

    fn relation<'a>(&'a self, name: &'a str) -> &'a str {
        self.relations.get(name).map_or(name, |it| it)
    }
}

/// How many were right, ours, and gold's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Ours that match a gold record.
    pub right: usize,
    /// All of ours.
    pub ours: usize,
    /// Gold of tier 1, and of tier 2 that was found.
    pub gold: usize,
}

impl Counts {
    /// Right ÷ ours; 0 when there are none.
    pub fn precision(self) -> f64 {
        if self.ours == 0 { 0.0 } else { self.right as f64 / self.ours as f64 }
    }

    /// Right ÷ gold; 0 when there is none.
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 0.0 } else { self.right as f64 / self.gold as f64 }
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        if self.ours + self.gold == 0 { 0.0 } else { 2.0 * self.right as f64 / (self.ours + self.gold) as f64 }
    }

    fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.ours += other.ours;
        self.gold += other.gold;
    }
}

/// One miss or one false record, for people who read errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The document's file name.
    pub file: String,
    /// The line of the report it belongs to.
    pub record: String,
    /// `missed` (gold without ours) or `extra` (ours without gold).
    pub fault: String,
    /// What it is, with its words.
    pub words: String,
}

/// The result over one or more documents.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Counts by line, e.g. `events: type family + date`.
    pub lines: BTreeMap<String, Counts>,
    /// Every miss and every extra.
    pub misses: Vec<Miss>,
}

/// The lines whose F1 make the headline.
pub const HEADLINE: [&str; 5] = ["times", "events", "figures", "statements", "relations"];

impl Report {
    /// Returns the mean F1 of the five headline lines.
    pub fn headline(&self) -> f64 {
        HEADLINE.iter().map(|it| self.lines.get(*it).copied().unwrap_or_default().f1()).sum::<f64>() / 5.0
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: Report) {
        for (line, counts) in other.lines {
            self.lines.entry(line).or_default().add(counts);
        }
        self.misses.extend(other.misses);
    }
}

/// Scores one reading against the gold of the same text.
pub fn score(reading: &Reading, gold: &Gold, families: &Families) -> Report {
    records::score(reading, gold, families)
}
