//! Where the ledger stands, and what it held at an earlier place.
//!
//! In: a [`Position`], how many readings and how many decisions had been stored.
//! Out: the readings, documents and decisions of that moment. Both tables only ever
//! grow and are numbered without gaps, so a position names one state for good; it
//! is what a permalink carries (`?at=12.3`). A day of entry names the place at its end.

use crate::documents::Filed;
use crate::{Error, Ledger};
use aver_model::{Day, Decision, Reading};
use std::collections::BTreeMap;
use std::{fmt, str::FromStr};

/// A moment in the ledger's history: the first so many readings and decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Readings stored until then, re-readings included.
    pub readings: u64,
    /// Decisions made until then, undoings included.
    pub decisions: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.readings, self.decisions)
    }
}

impl FromStr for Position {
    type Err = String;

    fn from_str(words: &str) -> Result<Position, String> {
        let parts = words.split_once('.').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        let (readings, decisions) =
            parts.ok_or_else(|| format!("`{words}` is not READINGS.DECISIONS, for example 12.3"))?;
        Ok(Position { readings, decisions })
    }
}

impl Ledger {
    /// Returns where the ledger stands now.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn position(&self) -> Result<Position, Error> {
        let query =
            "SELECT (SELECT coalesce(max(number), 0) FROM reading), (SELECT coalesce(max(number), 0) FROM decision)";
        let rows = self.all("reading the position", query, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (readings, decisions) = rows.first().copied().unwrap_or((0, 0));
        Ok(Position { readings, decisions })
    }

    /// Returns the place where the ledger certainly stood at the end of a day, in UTC, by the clocks of those who wrote.
    ///
    /// It is the place of the last reading and of the last decision dated on that day or
    /// before. Readings stored before ledgers kept the moment have none: they were there
    /// before every later one, so they count from the day of the first that has one; where
    /// none has, from `today` on. From `today` on everything stored counts.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn position_on(&self, day: Day, today: Day) -> Result<Position, Error> {
        if day >= today {
            return self.position();
        }
        let query = "SELECT (SELECT coalesce(max(number), 0) FROM reading WHERE date(entered) <= ?1),
                            (SELECT coalesce(max(number), 0) FROM decision
                             WHERE date(json_extract(content, '$.when')) <= ?1)";
        let rows = self.all("reading the position", query, [day.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (readings, decisions) = rows.first().copied().unwrap_or((0, 0));
        Ok(Position { readings, decisions })
    }

    /// Returns the readings that were current then, by hash of their document.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn readings_at(&self, then: Position) -> Result<Vec<Reading>, Error> {
        let query = "SELECT r.document, r.content, p.text FROM reading r JOIN page p ON p.number = r.page
                     WHERE r.number = (SELECT max(number) FROM reading WHERE document = r.document AND number <= ?)
                     ORDER BY r.document";
        self.readings_by(query, [then.readings])
    }

    /// Returns the documents that were on file then, by file name, then hash.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn documents_at(&self, then: Position) -> Result<Vec<Filed>, Error> {
        let query = "SELECT document, count(*) FROM reading WHERE number <= ? GROUP BY document";
        let rows = self.all("listing documents", query, [then.readings], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let counts: BTreeMap<String, u64> = rows.into_iter().collect();
        let mut filed = self.documents()?;
        filed.retain_mut(|it| match counts.get(&it.document.sha256) {
            Some(count) => {
                it.readings = *count;
                true
            }
            None => false,
        });
        Ok(filed)
    }

    /// Returns the decisions made until then, in the order of the chain.
    ///
    /// # Errors
    /// As [`Ledger::decisions`].
    pub fn decisions_at(&self, then: Position) -> Result<Vec<Decision>, Error> {
        let mut decisions = self.decisions()?;
        decisions.retain(|it| it.number <= then.decisions);
        Ok(decisions)
    }

    /// Returns a number that changes when another connection has written to the file.
    ///
    /// It says nothing between connections, and nothing of what this one wrote; it
    /// costs a look at the file's header.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn others_wrote(&self) -> Result<i64, Error> {
        let rows = self.all("looking for changes", "PRAGMA data_version", [], |row| row.get(0))?;
        Ok(rows.first().copied().unwrap_or(0))
    }
}
