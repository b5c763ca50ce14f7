//! Edges between event mentions, kept run by run.
//!
//! In: every edge that a linking run judged. Out: the edges that stand. A run
//! appends only what it changes, a new or different edge or the withdrawal of
//! one, so running again over the same ledger writes nothing and the history of
//! every merge stays readable.

use crate::ledger::to_json;
use crate::{Error, Ledger};
use aver_model::Edge;
use rusqlite::{Transaction, params};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// What a linking run changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunChange {
    /// Edges that are new or judged otherwise than before.
    pub written: usize,
    /// Edges that no longer stand.
    pub withdrawn: usize,
}

impl Ledger {
    /// Stores the outcome of a linking run: exactly these edges stand from here on.
    ///
    /// `made_from` says what the linker saw, for example [`Ledger::stamp`] and the
    /// codebook's hash. Of two edges with one id the later in `edges` counts.
    ///
    /// # Errors
    /// What [`Ledger::add`] gives when the disk refuses; nothing of the run is stored then.
    pub fn append_run<E: Borrow<Edge>>(&mut self, made_from: &str, edges: &[E]) -> Result<RunChange, Error> {
        const DOING: &str = "storing edges";
        let judged: BTreeMap<&str, String> =
            edges.iter().map(Borrow::borrow).map(|it: &Edge| (it.id.as_str(), to_json(it))).collect();
        let path = self.path.clone();
        let change = self.begin(DOING)?;
        let write = || -> rusqlite::Result<RunChange> {
            let standing: BTreeMap<String, String> = change
                .prepare_cached("SELECT id, content FROM current_edge ORDER BY id")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let written: Vec<_> = judged.iter().filter(|(id, content)| standing.get(**id) != Some(content)).collect();
            let withdrawn: Vec<_> = standing.keys().filter(|id| !judged.contains_key(id.as_str())).collect();
            if written.is_empty() && withdrawn.is_empty() {
                return Ok(RunChange::default());
            }
            let written_as = written.iter().map(|(id, content)| (**id, Some(content.as_str())));
            let rows = written_as.chain(withdrawn.iter().map(|id| (id.as_str(), None)));
            append_rows(&change, made_from, rows)?;
            Ok(RunChange { written: written.len(), withdrawn: withdrawn.len() })
        };
        let done = write().and_then(|done| change.commit().map(|()| done));
        done.map_err(|err| Error::from_sqlite(&path, DOING, err))
    }

    /// Returns the edges that stand, by id.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn edges(&self) -> Result<Vec<Edge>, Error> {
        let rows = self.all("reading edges", "SELECT id, content FROM current_edge ORDER BY id", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.into_iter().map(|(id, content)| self.parse(|| format!("edge {id}"), &content)).collect()
    }
}

/// Appends a run that writes some edges and withdraws others; nothing for none.
pub(crate) fn append(
    change: &Transaction<'_>,
    made_from: &str,
    written: &[&Edge],
    withdrawn: &[&str],
) -> rusqlite::Result<()> {
    let contents: Vec<String> = written.iter().map(to_json).collect();
    let written = written.iter().zip(&contents).map(|(it, content)| (it.id.as_str(), Some(content.as_str())));
    let rows: Vec<_> = written.chain(withdrawn.iter().map(|id| (*id, None))).collect();
    if rows.is_empty() { Ok(()) } else { append_rows(change, made_from, rows.into_iter()) }
}

fn append_rows<'r>(
    change: &Transaction<'_>,
    made_from: &str,
    rows: impl Iterator<Item = (&'r str, Option<&'r str>)>,
) -> rusqlite::Result<()> {
    let run: i64 = change.query_row("SELECT coalesce(max(number), 0) + 1 FROM run", [], |row| row.get(0))?;
    change.execute("INSERT INTO run (number, made_from) VALUES (?, ?)", params![run, made_from])?;
    let mut insert = change.prepare_cached(
        "INSERT INTO edge (number, run, id, content) VALUES ((SELECT coalesce(max(number), 0) + 1 FROM edge), ?, ?, ?)",
    )?;
    for (id, content) in rows {
        insert.execute(params![run, id, content])?;
    }
    Ok(())
}
