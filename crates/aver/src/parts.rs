//! An event beside those that it is a part of, and those that are parts of it.
//!
//! In: an event, and what says that single events lie inside a wave
//! (`aver_reconcile::parts`). Out: one value for `--json`, the API and `/e/ID.json`, so
//! that the three cannot differ. Nothing is added up along these ties.

use aver_model::LedgerEvent;
use aver_reconcile::Part;
use schemars::JsonSchema;
use serde::Serialize;

/// An event with its ties to wholes and parts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Tied<'e> {
    /// The event.
    #[serde(flatten)]
    pub event: &'e LedgerEvent,
    /// Events that stand for several, inside which this one lies.
    pub part_of: Vec<Tie>,
    /// Single events on file inside this one.
    pub parts: Vec<Tie>,
}

/// Another event, and what ties the two.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Tie {
    /// Its id.
    pub event: String,
    /// Its title.
    pub title: String,
    /// What says so: "2022-05-03 lies in 2022-05-01 to 2022-05-31".
    pub reasons: Vec<String>,
}

impl<'e> Tied<'e> {
    /// Takes out of all ties those of one event; `title` names an event by its id.
    pub fn new(event: &'e LedgerEvent, all: &[Part], title: impl Fn(&str) -> String) -> Tied<'e> {
        let tie = |id: &str, it: &Part| Tie { event: id.into(), title: title(id), reasons: it.reasons.clone() };
        Tied {
            event,
            part_of: all.iter().filter(|it| it.part == event.id).map(|it| tie(&it.whole, it)).collect(),
            parts: all.iter().filter(|it| it.whole == event.id).map(|it| tie(&it.part, it)).collect(),
        }
    }
}
