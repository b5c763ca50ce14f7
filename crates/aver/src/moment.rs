//! From when the ledger is looked at, and what is seen from there.
//!
//! In: words such as `12.3`, `published:2022-12-01` or `entered:2026-11-22`, the same on
//! the command line (`--at`) and in addresses (`?at=`). Out: an [`At`], and with a ledger
//! and the day that counts as today a [`Scope`]: the documents, readings and decisions seen.
//!
//! By publication everything on file counts, however late it was found, but only documents
//! certainly published by then; by entry only what had been stored by then, whatever its
//! date. Days of entry are those of UTC. What people ruled is seen wherever its words are.

use crate::report::{Report, Result};
use aver_ledger::{Filed, Ledger, Position};
use aver_model::{Day, Decision, Document, Reading, Ruling};
use std::collections::BTreeSet;
use std::fmt;

/// From when the ledger is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// When it stood at a place: `12.3`, after 12 readings and 3 decisions.
    Place(Position),
    /// What had been published by the end of a day: `published:2022-12-01`, or the day alone.
    Published(Day),
    /// What had been entered by the end of a day: `entered:2026-11-22`.
    Entered(Day),
    /// All that has been entered: `now`.
    Now,
}

/// The forms of an [`At`], for messages and help.
pub const FORMS: &str = "write a place in the ledger (12.3), published:2022-12-01, entered:2026-11-22, or now";

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Place(place) => place.fmt(f),
            At::Published(day) => write!(f, "published:{day}"),
            At::Entered(day) => write!(f, "entered:{day}"),
            At::Now => f.write_str("now"),
        }
    }
}

impl std::str::FromStr for At {
    type Err = String;

    fn from_str(words: &str) -> std::result::Result<At, String> {
        let day = |day: &str| day.trim().parse::<Day>().map_err(|it| format!("{it}; {FORMS}"));
        let words = words.trim();
        match words.split_once(':') {
            Some(("published", it)) => day(it).map(At::Published),
            Some(("entered", it)) => day(it).map(At::Entered),
            _ if words == "now" => Ok(At::Now),
            _ => {
                let place = words.parse().map(At::Place).ok();
                let known = place.or_else(|| words.parse().map(At::Published).ok());
                known.ok_or_else(|| format!("`{words}` is no moment: {FORMS}"))
            }
        }
    }
}

impl At {
    /// Returns what is seen from here; `today` is the day that counts as today, in UTC.
    ///
    /// # Errors
    /// The ledger has not come to that place; it cannot be read.
    pub fn scope(&self, ledger: &Ledger, today: Day) -> Result<Scope> {
        let now = ledger.position()?;
        let scope = Scope { place: now, published: None, today };
        Ok(match *self {
            At::Now => scope,
            At::Place(then) if then.readings > now.readings || then.decisions > now.decisions => {
                let message = format!("the ledger stands at {now}; it has not come to {then} yet");
                return Err(Report::input("position-not-found", message)
                    .at("at")
                    .next(format!("write {now} or less, or leave `at` out")));
            }
            At::Place(place) => Scope { place, ..scope },
            At::Published(day) => Scope { published: Some(day), today: day.min(today), ..scope },
            At::Entered(day) => Scope { place: ledger.position_on(day, today)?, today: day.min(today), ..scope },
        })
    }

    /// Says in words what is seen from here, for the head of a page; `place` is where the ledger stood.
    pub fn words(&self, place: Position) -> String {
        let first = format!("the first {} readings and {} decisions", place.readings, place.decisions);
        match self {
            At::Place(_) | At::Now => format!("As known at {place}: {first}."),
            At::Entered(day) => format!("As entered by {day}, at {place}: {first}."),
            At::Published(day) => {
                format!("As published by {day}: documents of a later date, or without one, are not shown.")
            }
        }
    }
}

/// What is seen of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// All that stood there …
    pub place: Position,
    /// … and of it only what had certainly been published by the end of this day.
    pub published: Option<Day>,
    /// The day that counts as today, for what falls due.
    pub today: Day,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.published {
            Some(day) => At::Published(day).fmt(f),
            None => self.place.fmt(f),
        }
    }
}

impl Scope {
    /// Says whether a document with these facts is seen, if it was on file.
    pub fn shows(&self, document: &Document) -> bool {
        self.published.is_none_or(|day| document.published.end.is_some_and(|it| it <= day))
    }

    /// Returns the readings that are seen, by hash of their document.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn readings(&self, ledger: &Ledger) -> Result<Vec<Reading>> {
        let readings =
            if self.place == ledger.position()? { ledger.readings()? } else { ledger.readings_at(self.place)? };
        let Some(day) = self.published else { return Ok(readings) };
        let known = aver_reconcile::known_at(&readings.iter().collect::<Vec<_>>(), day);
        Ok(known.into_iter().cloned().collect())
    }

    /// Returns the documents that are seen, by file name, then hash.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn documents(&self, ledger: &Ledger) -> Result<Vec<Filed>> {
        let mut filed = ledger.documents_at(self.place)?;
        filed.retain(|it| self.shows(&it.document));
        Ok(filed)
    }

    /// Returns those decisions of a chain that speak of nothing unseen; an undoing goes with what it undoes.
    pub fn seen<'d>(&self, made: &'d [Decision], filed: &[Filed]) -> Vec<&'d Decision> {
        if self.published.is_none() {
            return made.iter().collect();
        }
        let known: BTreeSet<&str> = filed.iter().map(|it| it.document.sha256.as_str()).collect();
        let mut seen = BTreeSet::new();
        for it in made {
            let is_seen = match &it.ruling {
                Ruling::Undo { decision } => seen.contains(decision.as_str()),
                other => other.anchors().iter().all(|it| known.contains(it.document.as_str())),
            };
            if is_seen {
                seen.insert(it.id.as_str());
            }
        }
        made.iter().filter(|it| seen.contains(it.id.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_is_written() {
        for words in ["12.3", "published:2022-12-01", "entered:2026-11-22", "now"] {
            assert_eq!(words.parse::<At>().map(|it| it.to_string()), Ok(words.to_owned()));
        }
        assert_eq!("2022-12-01".parse::<At>().map(|it| it.to_string()), Ok("published:2022-12-01".to_owned()));
    }

    #[test]
    fn what_is_no_moment_is_refused_with_all_forms() {
        for words in ["", "spring", "12", "1.x", "published:", "entered:2026-13-01", "told:2022-12-01", "published"] {
            let refused = words.parse::<At>().expect_err(words);
            assert!(refused.contains("entered:2026-11-22") && refused.contains("12.3"), "{words}: {refused}");
        }
    }
}
