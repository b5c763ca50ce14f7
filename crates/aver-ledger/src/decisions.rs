//! Decisions in the ledger: appended to the chain, listed, undone.
//!
//! In: a ruling with who, when and why. Out: the decision with its id and place
//! in the chain. The last link is read and the next one written under one lock,
//! so two analysts at once make one chain and not a fork.

use crate::chain::{content_of, effective, id_of, link, undone_by};
use crate::{Error, Ledger};
use aver_model::{Decision, Ruling};
use rusqlite::{Connection, params};
use serde::Deserialize;
use std::path::Path;

const LIST: &str = "SELECT id, previous, content FROM decision ORDER BY number";

/// What is stored of a decision beside its id and the previous one.
#[derive(Deserialize)]
struct Content {
    number: u64,
    who: String,
    when: String,
    reason: Option<String>,
    ruling: Ruling,
}

impl Ledger {
    /// Appends a decision and returns it with its id.
    ///
    /// `when` is an RFC 3339 instant such as `2023-03-20T14:05:00Z`; the ledger has
    /// no clock. An undo may name its decision by the first characters of the id.
    ///
    /// # Errors
    /// [`Error::IncompleteDecision`] without a name, an instant or the words decided
    /// on; [`Error::UnknownDocument`] when an anchor's document is not on file;
    /// [`Error::UnknownDecision`], [`Error::AmbiguousId`] and [`Error::AlreadyUndone`]
    /// for an undo; and what [`Ledger::add`] gives when the disk refuses.
    pub fn decide(&mut self, ruling: Ruling, who: &str, when: &str, reason: Option<&str>) -> Result<Decision, Error> {
        const DOING: &str = "storing a decision";
        check_complete(&ruling, who, when)?;
        for anchor in ruling.anchors() {
            if !self.contains(&anchor.document)? {
                return Err(Error::UnknownDocument { path: self.path.clone(), sha256: anchor.document.clone() });
            }
        }
        let path = self.path.clone();
        let change = self.begin(DOING)?;
        let (ruling, last) = match ruling {
            Ruling::Undo { decision } => {
                let mut made = load(&change, &path, LIST)?;
                let decision = undo_target(&made, &decision, &path)?;
                (Ruling::Undo { decision }, made.pop())
            }
            other => (
                other,
                load(&change, &path, "SELECT id, previous, content FROM decision ORDER BY number DESC LIMIT 1")?.pop(),
            ),
        };
        let decision = link(last.as_ref(), ruling, who.trim(), when, reason.map(str::trim).filter(|it| !it.is_empty()));
        let stored = change
            .execute(
                "INSERT INTO decision (number, id, previous, content) VALUES (?, ?, ?, ?)",
                params![decision.number as i64, decision.id, decision.previous, content_of(&decision)],
            )
            .and_then(|_| change.commit());
        stored.map_err(|err| Error::from_sqlite(&path, DOING, err))?;
        Ok(decision)
    }

    /// Returns every decision ever made, in the order of the chain.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like. A broken chain is not an error here; see
    /// [`Ledger::verify`].
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        load(&self.connection, &self.path, LIST)
    }

    /// Returns the decisions that hold, with every undoing carried out; see [`effective`].
    ///
    /// # Errors
    /// As [`Ledger::decisions`].
    pub fn effective_decisions(&self) -> Result<Vec<Decision>, Error> {
        self.decisions().map(|made| effective(&made))
    }
}

fn check_complete(ruling: &Ruling, who: &str, when: &str) -> Result<(), Error> {
    let missing = |what: &str| Err(Error::IncompleteDecision { what: what.into() });
    if who.trim().is_empty() {
        return missing("the name of who decides");
    }
    if !is_instant(when) {
        return missing("an instant such as 2023-03-20T14:05:00Z");
    }
    let anchors = ruling.anchors();
    if anchors.iter().any(|it| it.quote.trim().is_empty()) {
        return missing("the words it is about");
    }
    if anchors.iter().any(|it| it.field.trim().is_empty()) {
        return missing("the field it is about, such as `event` or `figure`");
    }
    if matches!(ruling, Ruling::Correct { to, .. } if to.trim().is_empty()) {
        return missing("the value that stands in place of the machine's");
    }
    if matches!(ruling, Ruling::Grade { source, to, .. } if source.trim().is_empty() || to.trim().is_empty()) {
        return missing("the source, and its letter or digit");
    }
    if matches!(ruling, Ruling::State { speaker, .. } if speaker.trim().is_empty()) {
        return missing("who says it");
    }
    match anchors.as_slice() {
        [a, b] if a == b => missing("two different mentions"),
        _ => Ok(()),
    }
}

/// Says whether `when` has the shape of an RFC 3339 instant.
pub(crate) fn is_instant(when: &str) -> bool {
    let shape: String = when.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00") else { return false };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => return false,
        None => rest,
    };
    matches!(rest, "Z" | "+00:00" | "-00:00")
}

fn undo_target(made: &[Decision], start: &str, path: &Path) -> Result<String, Error> {
    let fits: Vec<&Decision> = made.iter().filter(|it| !start.is_empty() && it.id.starts_with(start)).collect();
    let target = match fits.as_slice() {
        [] => return Err(Error::UnknownDecision { path: path.to_path_buf(), id: start.into() }),
        [one] => one.id.as_str(),
        many => {
            return Err(Error::AmbiguousId {
                id: start.into(),
                fits: many.iter().take(5).map(|it| it.id.clone()).collect(),
            });
        }
    };
    match undone_by(made).get(target) {
        Some(by) => Err(Error::AlreadyUndone { id: target.into(), by: (*by).into() }),
        None => Ok(target.into()),
    }
}

fn load(connection: &Connection, path: &Path, query: &str) -> Result<Vec<Decision>, Error> {
    let read = || -> rusqlite::Result<Vec<(String, String, String)>> {
        connection.prepare_cached(query)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    };
    let rows = read().map_err(|err| Error::from_sqlite(path, "reading decisions", err))?;
    rows.into_iter().map(|(id, previous, content)| decision(id, previous, &content, path)).collect()
}

fn decision(id: String, previous: String, content: &str, path: &Path) -> Result<Decision, Error> {
    let damaged = |what: String| Error::Damaged { path: path.to_path_buf(), what };
    let it: Content =
        serde_json::from_str(content).map_err(|err| damaged(format!("decision {id} is not in its format ({err})")))?;
    Ok(Decision { id, number: it.number, previous, who: it.who, when: it.when, reason: it.reason, ruling: it.ruling })
}

/// Says whether stored content is what its id was made from.
pub(crate) fn content_fits(id: &str, previous: &str, content: &str) -> bool {
    id_of(previous, content) == id
}
