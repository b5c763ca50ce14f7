//! Proof that a ledger still holds what was stored in it.
//!
//! In: a ledger. Out: a [`VerifyReport`] with every fault found, each with what,
//! where and what next. Checked are the file itself, every hash, every span, the
//! decision chain, the search index, and that the tables still refuse change.
//!
//! Nothing is mended here. Views are not checked against a fresh reconciling;
//! that is the binary's work, which knows codebook and stages.

use crate::decisions::content_fits;
use crate::decisions::is_instant;
use crate::documents::{entry_id, page_id, reading_id};
use crate::pack::{sha256, unpack};
use crate::{Error, Ledger, chain, schema, search};
use aver_model::{Offsets, Reading, Span};
use rusqlite::Row;
use std::collections::{BTreeMap, BTreeSet};

/// One thing that is not as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable kebab-case word, e.g. `bytes-changed`.
    pub id: &'static str,
    /// What is wrong.
    pub what: String,
    /// Where: a document, reading, decision, or the file.
    pub place: String,
    /// What to do about it.
    pub next: String,
}

/// What verifying looked at, and what it found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Documents whose bytes were hashed.
    pub documents: u64,
    /// Bytes hashed, as captured.
    pub bytes: u64,
    /// Readings whose content was hashed, old ones included.
    pub readings: u64,
    /// Spans of current readings that were looked up.
    pub spans: u64,
    /// Decisions whose link was checked.
    pub decisions: u64,
    /// Edges looked at, withdrawn ones included.
    pub edges: u64,
    /// Everything that is wrong, in the order of the checks.
    pub faults: Vec<Fault>,
}

impl VerifyReport {
    /// Says whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    fn fault(&mut self, id: &'static str, what: impl Into<String>, place: impl Into<String>, next: &str) {
        self.faults.push(Fault { id, what: what.into(), place: place.into(), next: next.into() });
    }
}

/// One kind of check; adds what it finds to the report.
type Check = fn(&Ledger, &mut VerifyReport) -> Result<(), Error>;

const RESTORE: &str = "restore the file from a backup made before the change";
const RERUN: &str = "run `aver rerun`, which appends a fresh reading made from the stored bytes";

impl Ledger {
    /// Checks everything that can be checked and returns what is wrong.
    ///
    /// A ledger opened for reading only is checked too, but for the comparison of
    /// the search index with its words, which SQLite does only when it may write.
    ///
    /// # Errors
    /// Only when the file cannot be read at all; what can be read and is wrong is
    /// a fault of the report, not an error.
    pub fn verify(&self) -> Result<VerifyReport, Error> {
        let mut report = VerifyReport::default();
        let checks: [(&str, Check); 9] = [
            ("the file", Ledger::verify_file),
            ("the guards", Ledger::verify_guards),
            ("the documents", Ledger::verify_documents),
            ("the pages", Ledger::verify_pages),
            ("the readings", Ledger::verify_readings),
            ("the moments of entry", Ledger::verify_entries),
            ("the decisions", Ledger::verify_decisions),
            ("the edges", Ledger::verify_edges),
            ("the search index", Ledger::verify_index),
        ];
        for (what, check) in checks {
            match check(self, &mut report) {
                Ok(()) => {}
                Err(
                    err @ (Error::Damaged { .. }
                    | Error::Database { .. }
                    | Error::NotALedger { .. }
                    | Error::Disk { .. }),
                ) => {
                    report.fault(
                        "unreadable",
                        format!("{what} cannot be read: {err}"),
                        self.path.display().to_string(),
                        RESTORE,
                    );
                }
                Err(err) => return Err(err),
            }
        }
        Ok(report)
    }

    fn verify_file(&self, report: &mut VerifyReport) -> Result<(), Error> {
        let place = self.path.display().to_string();
        let found: Vec<String> = self.all("checking the file", "PRAGMA integrity_check(20)", [], |row| row.get(0))?;
        for it in found.iter().filter(|it| *it != "ok") {
            report.fault("file-damaged", format!("the file's structure is damaged: {it}"), &place, RESTORE);
        }
        let missing: Vec<(String, Option<i64>, String)> =
            self.all("checking references", "PRAGMA foreign_key_check", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        for (table, row, parent) in missing.into_iter().take(20) {
            let row = row.map_or("?".to_string(), |it| it.to_string());
            report.fault(
                "reference-broken",
                format!("row {row} of `{table}` speaks of a `{parent}` that is not there"),
                &place,
                RESTORE,
            );
        }
        for table in schema::APPEND_ONLY {
            let numbers = format!("SELECT count(*), coalesce(max(number), 0), coalesce(min(number), 1) FROM {table}");
            let (count, last, first): (u64, i64, i64) = self.sql(
                "counting",
                self.connection.query_row(&numbers, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))),
            )?;
            if first != 1 || count as i64 != last {
                report.fault(
                    "row-missing",
                    format!("`{table}` has {count} rows, numbered from {first} to {last}"),
                    &place,
                    RESTORE,
                );
            }
        }
        Ok(())
    }

    fn verify_guards(&self, report: &mut VerifyReport) -> Result<(), Error> {
        let query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
        let there: BTreeMap<String, String> =
            self.all("checking the guards", query, [], read_two)?.into_iter().collect();
        for (name, sql) in schema::guards() {
            if there.get(&name) != Some(&sql) {
                let what = format!("the trigger {name} is missing or changed, so the table could have been changed");
                report.fault(
                    "guard-missing",
                    what,
                    self.path.display().to_string(),
                    "find out who changed the file; the other checks tell what was changed",
                );
            }
        }
        Ok(())
    }

    fn verify_documents(&self, report: &mut VerifyReport) -> Result<(), Error> {
        self.each("checking documents", "SELECT sha256, packing, size, bytes FROM document ORDER BY number", |row| {
            let (hash, packing): (String, String) = (row.get(0)?, row.get(1)?);
            let size: u64 = row.get(2)?;
            let packed = row.get_ref(3)?.as_blob()?;
            report.documents += 1;
            report.bytes += size;
            let place = format!("document {hash}");
            match unpack(&packing, packed, size) {
                Err(what) => report.fault("bytes-changed", what, place, RESTORE),
                Ok(bytes) if sha256(&bytes) != hash => {
                    report.fault("bytes-changed", "its bytes do not have the hash it is filed under", place, RESTORE);
                }
                Ok(_) => {}
            }
            Ok(())
        })?;
        let orphans = "SELECT sha256 FROM document WHERE NOT EXISTS (SELECT 1 FROM reading WHERE document = sha256)
                       OR NOT EXISTS (SELECT 1 FROM page WHERE document = sha256)";
        for hash in self.all("checking documents", orphans, [], |row| row.get::<_, String>(0))? {
            report.fault("row-missing", "it has no page or no reading", format!("document {hash}"), RESTORE);
        }
        Ok(())
    }

    fn verify_pages(&self, report: &mut VerifyReport) -> Result<(), Error> {
        let query =
            "SELECT id, document, facts, text, fingerprint, number, file, source, title FROM page ORDER BY number";
        self.each("checking pages", query, |row| {
            let (id, document): (String, String) = (row.get(0)?, row.get(1)?);
            let (facts, text): (String, String) = (row.get(2)?, row.get(3)?);
            let fingerprint = row.get_ref(4)?.as_blob()?;
            let place = format!("page {} of document {document}", row.get::<_, i64>(5)?);
            if page_id(&facts, &text, fingerprint) != id {
                report.fault("page-changed", "its text or facts are not what its id was made from", &place, RESTORE);
            }
            let columns =
                (row.get::<_, String>(6)?, row.get::<_, Option<String>>(7)?, row.get::<_, Option<String>>(8)?);
            match serde_json::from_str::<crate::documents::Facts<'_>>(&facts) {
                Err(err) => {
                    report.fault("page-unreadable", format!("its facts are not in their format ({err})"), place, RERUN)
                }
                Ok(facts) => {
                    let it = facts.document;
                    if it.sha256 != document
                        || (&it.file, &it.source, &it.title) != (&columns.0, &columns.1, &columns.2)
                    {
                        report.fault("page-changed", "its columns do not say what its facts say", place, RESTORE);
                    }
                }
            }
            Ok(())
        })
    }

    fn verify_readings(&self, report: &mut VerifyReport) -> Result<(), Error> {
        let current: BTreeSet<i64> = self
            .all("checking readings", "SELECT number FROM current_reading", [], |row| row.get(0))?
            .into_iter()
            .collect();
        let query = "SELECT r.number, r.id, r.document, r.content, p.id, p.text, p.document
                     FROM reading r LEFT JOIN page p ON p.number = r.page ORDER BY r.number";
        self.each("checking readings", query, |row| {
            report.readings += 1;
            let number: i64 = row.get(0)?;
            let (id, document): (String, String) = (row.get(1)?, row.get(2)?);
            let content: String = row.get(3)?;
            let place = format!("reading {number} of document {document}");
            let Some(page) = row.get::<_, Option<String>>(4)? else { return Ok(()) };
            if reading_id(&page, &content) != id || row.get::<_, String>(6)? != document {
                report.fault("reading-changed", "its content is not what its id was made from", &place, RESTORE);
            }
            if !current.contains(&number) {
                return Ok(());
            }
            match serde_json::from_str::<Reading>(&content) {
                Err(err) => report.fault(
                    "reading-unreadable",
                    format!("its content is not in its format ({err})"),
                    place,
                    RERUN,
                ),
                Ok(mut reading) => {
                    reading.text = row.get(5)?;
                    report.spans += check_spans(&reading, &place, &mut report.faults);
                    if reading.document.sha256 != document {
                        report.fault("reading-changed", "its content is of another document", &place, RERUN);
                    }
                    self.check_passages(&reading, &place, report)?;
                }
            }
            Ok(())
        })
    }

    /// Follows the chain of entries; readings stored before it was kept stand only at its beginning.
    fn verify_entries(&self, report: &mut VerifyReport) -> Result<(), Error> {
        let mut last: Option<String> = None;
        let query = "SELECT number, id, document, entered, entry FROM reading ORDER BY number";
        self.each("checking moments of entry", query, |row| {
            let (id, document): (String, String) = (row.get(1)?, row.get(2)?);
            let (entered, entry): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
            let fits = match (&entered, &entry) {
                (None, None) => last.is_none(),
                (Some(entered), Some(entry)) => {
                    is_instant(entered) && entry_id(last.as_deref(), &id, entered) == *entry
                }
                _ => false,
            };
            if !fits {
                let place = format!("reading {} of document {document}", row.get::<_, i64>(0)?);
                let what = "when it was entered is not what its entry was made from";
                report.fault("entry-changed", what, place, RESTORE);
            }
            last = entry.or(last.take());
            Ok(())
        })
    }

    fn check_passages(&self, reading: &Reading, place: &str, report: &mut VerifyReport) -> rusqlite::Result<()> {
        let mut query = self.connection.prepare_cached(
            "SELECT kind, record, start, \"end\", words FROM passage WHERE document = ? ORDER BY number",
        )?;
        let stored: Vec<_> = query
            .query_map([&reading.document.sha256], |row| {
                let key = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
                Ok((key, row.get::<_, Option<usize>>(2)?, row.get::<_, Option<usize>>(3)?, row.get::<_, String>(4)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let expected = search::passages(reading).into_iter().map(|it| {
            ((it.kind.to_string(), it.record), it.span.map(|it| it.start), it.span.map(|it| it.end), it.words)
        });
        if !stored.into_iter().eq(expected) {
            report.fault("index-behind", "the search index holds other words than the reading", place, RERUN);
        }
        Ok(())
    }

    fn verify_decisions(&self, report: &mut VerifyReport) -> Result<(), Error> {
        self.each("checking decisions", "SELECT number, id, previous, content FROM decision ORDER BY number", |row| {
            report.decisions += 1;
            let (id, previous, content): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            if !content_fits(&id, &previous, &content) {
                let place = format!("decision {} ({id})", row.get::<_, i64>(0)?);
                report.fault("decision-changed", "its content is not what its id was made from", place, RESTORE);
            }
            Ok(())
        })?;
        let made = self.decisions()?;
        if let Err((number, what)) = chain::check_chain(&made) {
            report.fault("chain-broken", what, format!("decision {number}"), RESTORE);
        }
        for it in &made {
            for anchor in it.ruling.anchors() {
                if !self.contains(&anchor.document)? {
                    let what = format!("it speaks of document {}, which is not on file", anchor.document);
                    report.fault("reference-broken", what, format!("decision {} ({})", it.number, it.id), RESTORE);
                }
            }
        }
        Ok(())
    }

    fn verify_edges(&self, report: &mut VerifyReport) -> Result<(), Error> {
        self.each("checking edges", "SELECT number, id, content FROM edge ORDER BY number", |row| {
            report.edges += 1;
            let (number, id, content): (i64, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(content) = content else { return Ok(()) };
            match serde_json::from_str::<aver_model::Edge>(&content) {
                Ok(edge) if edge.id == id => {}
                Ok(_) => report.fault(
                    "edge-changed",
                    "its content has another id",
                    format!("edge row {number}, {id}"),
                    RESTORE,
                ),
                Err(err) => report.fault(
                    "edge-unreadable",
                    format!("it is not in its format ({err})"),
                    format!("edge row {number}, {id}"),
                    RERUN,
                ),
            }
            Ok(())
        })
    }

    fn verify_index(&self, report: &mut VerifyReport) -> Result<(), Error> {
        for index in ["page_index", "passage_index"] {
            let question = if self.is_read_only() {
                continue;
            } else {
                format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
            };
            if let Err(err) = self.sql("checking the search index", self.connection.execute(&question, [])) {
                match err {
                    Error::Locked { .. } | Error::DiskFull { .. } | Error::ReadOnly { .. } => return Err(err),
                    err => report.fault(
                        "index-behind",
                        format!("`{index}` does not hold the words it should: {err}"),
                        self.path.display().to_string(),
                        RERUN,
                    ),
                }
            }
        }
        Ok(())
    }

    /// Looks at every row of a query, one at a time.
    fn each(
        &self,
        doing: &'static str,
        query: &str,
        mut look: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        let mut walk = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare(query)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                look(row)?;
            }
            Ok(())
        };
        let walked = walk();
        self.sql(doing, walked)
    }
}

fn read_two(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

/// Adds a fault for every span that is not inside the text; returns how many were looked at.
fn check_spans(reading: &Reading, place: &str, faults: &mut Vec<Fault>) -> u64 {
    let chars = Offsets::new(&reading.text).chars();
    let mut seen = 0;
    let mut check = |record: &str, spans: &mut dyn Iterator<Item = Span>| {
        for span in spans {
            seen += 1;
            if span.end > chars {
                let what = format!("{record} stands at {}..{}, the text has {chars} characters", span.start, span.end);
                faults.push(Fault { id: "span-outside", what, place: place.to_string(), next: RERUN.into() });
            }
        }
    };
    check("dropped text", &mut reading.dropped.iter().map(|it| it.span));
    for it in &reading.actors {
        check(&format!("actor {}", it.id), &mut it.mentions.iter().copied());
    }
    for it in &reading.places {
        check(&format!("place {}", it.id), &mut it.mentions.iter().copied());
    }
    for it in &reading.times {
        check(&format!("time {}", it.id), &mut [it.span].into_iter());
    }
    for it in &reading.events {
        let targets = it.targets.iter().map(|it| it.span);
        check(
            &format!("event {}", it.id),
            &mut [it.span].into_iter().chain(it.mentions.iter().copied()).chain(targets),
        );
    }
    for it in &reading.figures {
        check(&format!("figure {}", it.id), &mut [it.span].into_iter());
    }
    for it in &reading.statements {
        let words = it.speaker.span.into_iter().chain(it.cue.as_ref().map(|it| it.span));
        check(
            &format!("statement {}", it.id),
            &mut [it.span, it.content.span].into_iter().chain(it.content.spans.iter().copied()).chain(words),
        );
    }
    for it in &reading.relations {
        check(&format!("relation {}", it.id), &mut [it.span].into_iter());
    }
    for it in &reading.forecasts {
        check(&format!("forecast {}", it.id), &mut [it.span].into_iter().chain(it.horizon.as_ref().map(|it| it.span)));
    }
    for it in &reading.tallies {
        check(&format!("tally {}", it.id), &mut [it.span].into_iter());
    }
    for it in &reading.notes {
        check(&format!("note {}", it.id), &mut it.span.into_iter());
    }
    seen
}
