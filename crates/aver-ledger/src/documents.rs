//! Documents and their readings: appended, found again, never changed.
//!
//! In: a page, its bytes and its reading. Out: the same, and the history of every
//! document. A document is known by the SHA-256 of its bytes; its page (text and
//! facts) and its reading may be made anew by a later program and are appended
//! then, the newest of each being current.
//!
//! One document is one transaction: after a crash it is there with page, reading
//! and index, or not at all.

use crate::decisions::is_instant;
use crate::ledger::to_json;
use crate::pack::{content_id, pack, sha256, unpack};
use crate::{Error, Ledger, search};
use aver_model::{Document, Dropped, Note, Page, Reading, Structure};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What became of a document that was to be added.
#[derive(Debug, Clone, PartialEq)]
pub enum Added {
    /// It is stored.
    New,
    /// These bytes are on file already, as this document; nothing was written.
    SameBytes(Box<Document>),
}

/// A document to be added, as [`Ledger::add`] takes it.
#[derive(Debug, Clone, Copy)]
pub struct Addition<'a> {
    /// Its page.
    pub page: &'a Page,
    /// Its bytes as captured.
    pub bytes: &'a [u8],
    /// Its reading.
    pub reading: &'a Reading,
    /// For recognising reprints; may be empty.
    pub fingerprint: &'a [u8],
}

/// A packing's name and the packed bytes.
type Packed = (&'static str, Vec<u8>);

/// What became of a new reading of a document on file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    /// It differs from the current one, is stored, and is current from here on.
    New,
    /// Page and reading equal the current ones; nothing was written.
    Unchanged,
}

/// A document on file, without its text and bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// Order of arrival, from 1.
    pub number: u64,
    /// Its facts, as the current page gives them.
    pub document: Document,
    /// How many bytes were captured.
    pub size: u64,
    /// How many readings of it are stored, the current one included.
    pub readings: u64,
    /// The fingerprint given with its current page, for finding reprints.
    pub fingerprint: Vec<u8>,
    /// When its first reading was stored, RFC 3339; `None`: before the ledger kept it.
    pub entered: Option<String>,
}

/// The facts of a page: all of it but the text.
#[derive(Serialize, Deserialize)]
pub(crate) struct Facts<'p> {
    pub document: Cow<'p, Document>,
    dropped: Cow<'p, [Dropped]>,
    structure: Cow<'p, [Structure]>,
    notes: Cow<'p, [Note]>,
}

impl Facts<'_> {
    pub(crate) fn into_page(self, text: String) -> Page {
        Page {
            document: self.document.into_owned(),
            text,
            dropped: self.dropped.into_owned(),
            structure: self.structure.into_owned(),
            notes: self.notes.into_owned(),
        }
    }
}

/// A page and reading as they are written, made before the lock is taken.
struct Prepared<'p> {
    page: &'p Page,
    reading: &'p Reading,
    facts: String,
    fingerprint: &'p [u8],
    page_id: String,
    content: String,
    reading_id: String,
    passages: Vec<search::Passage>,
}

impl<'p> Prepared<'p> {
    fn new(page: &'p Page, reading: &'p Reading, fingerprint: &'p [u8]) -> Result<Prepared<'p>, Error> {
        let mismatch = |what: &str| Err(Error::Mismatch { what: what.into() });
        if reading.document.sha256 != page.document.sha256 {
            return mismatch("the reading is of another document");
        }
        if reading.text != page.text {
            return mismatch("the reading is of another text than the page's");
        }
        let facts = to_json(&Facts {
            document: Cow::Borrowed(&page.document),
            dropped: Cow::Borrowed(&page.dropped),
            structure: Cow::Borrowed(&page.structure),
            notes: Cow::Borrowed(&page.notes),
        });
        let page_id = page_id(&facts, &page.text, fingerprint);
        let mut bare = reading.clone();
        bare.text = String::new();
        let content = to_json(&bare);
        let reading_id = reading_id(&page_id, &content);
        Ok(Prepared {
            page,
            reading,
            facts,
            fingerprint,
            page_id,
            content,
            reading_id,
            passages: search::passages(reading),
        })
    }

    /// Stores the document with page and reading; says whether it was not there.
    fn write_document(
        &self,
        change: &Transaction<'_>,
        size: usize,
        packed: &Packed,
        entered: &str,
    ) -> rusqlite::Result<bool> {
        let added = change
            .prepare_cached(
                "INSERT INTO document (number, sha256, size, packing, bytes)
                 VALUES ((SELECT coalesce(max(number), 0) + 1 FROM document), ?, ?, ?, ?)
                 ON CONFLICT (sha256) DO NOTHING",
            )?
            .execute(params![self.page.document.sha256, size as i64, packed.0, packed.1])?;
        if added == 1 {
            let page = self.write_page(change)?;
            self.write_reading(change, page, entered)?;
        }
        Ok(added == 1)
    }

    fn write_page(&self, change: &Transaction<'_>) -> rusqlite::Result<i64> {
        let document = &self.page.document;
        change
            .prepare_cached(
                "INSERT INTO page (number, id, document, file, source, title, facts, text, fingerprint)
                 VALUES ((SELECT coalesce(max(number), 0) + 1 FROM page), ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.page_id,
                document.sha256,
                document.file,
                document.source,
                document.title,
                self.facts,
                self.page.text,
                self.fingerprint
            ])?;
        Ok(change.last_insert_rowid())
    }

    fn write_reading(&self, change: &Transaction<'_>, page: i64, entered: &str) -> rusqlite::Result<()> {
        let reader = &self.reading.reader;
        let last: Option<Option<String>> = change
            .prepare_cached("SELECT entry FROM reading ORDER BY number DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let entry = entry_id(last.flatten().as_deref(), &self.reading_id, entered);
        change
            .prepare_cached(
                "INSERT INTO reading (number, id, document, page, reader, codebook, model, content, entered, entry)
                 VALUES ((SELECT coalesce(max(number), 0) + 1 FROM reading), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                self.reading_id,
                self.page.document.sha256,
                page,
                reader.version,
                reader.codebook,
                reader.model,
                self.content,
                entered,
                entry
            ])?;
        search::replace_passages(change, Some(&self.page.document.sha256), &self.passages)
    }
}

/// Returns the id of a page as stored.
pub(crate) fn page_id(facts: &str, text: &str, fingerprint: &[u8]) -> String {
    content_id(&[facts.as_bytes(), text.as_bytes(), fingerprint])
}

/// Returns the id of a reading as stored.
pub(crate) fn reading_id(page_id: &str, content: &str) -> String {
    content_id(&[page_id.as_bytes(), content.as_bytes()])
}

/// Returns the link that ties a reading to the moment it was stored and to the one stored before.
///
/// The reading's own id stays free of the clock: it is the same wherever it was made.
pub(crate) fn entry_id(previous: Option<&str>, reading_id: &str, entered: &str) -> String {
    content_id(&[previous.unwrap_or("").as_bytes(), reading_id.as_bytes(), entered.as_bytes()])
}

/// Refuses a moment of entry that is no instant: a view as of a day could not place it.
fn check_entered(entered: &str) -> Result<(), Error> {
    if is_instant(entered) {
        return Ok(());
    }
    Err(Error::Mismatch { what: format!("`{entered}` is no instant such as 2023-03-20T14:05:00Z") })
}

impl Ledger {
    /// Stores a document: its bytes, page, reading and fingerprint, in one transaction.
    ///
    /// Bytes that are on file already change nothing, whatever the file is called;
    /// ask [`Ledger::contains`] first to save the reading. `fingerprint` is kept as
    /// given, for recognising reprints; it may be empty. `entered` is the RFC 3339
    /// instant of storing, in UTC; the ledger has no clock.
    ///
    /// # Errors
    /// [`Error::Mismatch`] when page, bytes and reading are not of one document, or
    /// `entered` is no instant;
    /// [`Error::DiskFull`], [`Error::Locked`], [`Error::ReadOnly`] and the like,
    /// after which nothing of the document is stored.
    pub fn add(
        &mut self,
        page: &Page,
        bytes: &[u8],
        reading: &Reading,
        fingerprint: &[u8],
        entered: &str,
    ) -> Result<Added, Error> {
        let mut added = self.add_all(&[Addition { page, bytes, reading, fingerprint }], entered)?;
        Ok(added.remove(0))
    }

    /// Stores several documents in one transaction: all of them are there afterwards, or none.
    ///
    /// The disk is waited for once and not once a document. Returns what became of each.
    ///
    /// # Errors
    /// As [`Ledger::add`]; nothing of any document is stored then.
    pub fn add_all(&mut self, them: &[Addition<'_>], entered: &str) -> Result<Vec<Added>, Error> {
        const DOING: &str = "storing a document";
        check_entered(entered)?;
        let mut prepared = Vec::with_capacity(them.len());
        for it in them {
            let hash = sha256(it.bytes);
            if it.page.document.sha256 != hash {
                let what =
                    format!("the page says its bytes hash to `{}`, they hash to {hash}", it.page.document.sha256);
                return Err(Error::Mismatch { what });
            }
            let known = self.contains(&hash)?;
            prepared.push(if known {
                None
            } else {
                Some((Prepared::new(it.page, it.reading, it.fingerprint)?, pack(it.bytes)))
            });
        }
        let path = self.path.clone();
        let change = self.begin(DOING)?;
        let write = || -> rusqlite::Result<Vec<bool>> {
            let rows = prepared.iter().zip(them);
            rows.map(|(prepared, it)| match prepared {
                Some((prepared, packed)) => prepared.write_document(&change, it.bytes.len(), packed, entered),
                None => Ok(false),
            })
            .collect()
        };
        let added = write().and_then(|added| change.commit().map(|()| added));
        let added = added.map_err(|err| Error::from_sqlite(&path, DOING, err))?;
        let became = added.into_iter().zip(them).map(|(added, it)| {
            if added {
                return Ok(Added::New);
            }
            // On file before, or another process stored it between the question and the lock.
            let known = self.known(&it.page.document.sha256)?.unwrap_or_else(|| it.page.document.clone());
            Ok(Added::SameBytes(Box::new(known)))
        });
        became.collect()
    }

    /// Stores a new reading of a document on file; it becomes the current one.
    ///
    /// `page` is what the reading was made from: the current page, or a new one
    /// made from the stored bytes (see [`Ledger::bytes`]) or with other facts, which
    /// is then appended too. What was current stays in the history.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`] when the bytes are not on file, else as [`Ledger::add`].
    pub fn append_reading(
        &mut self,
        page: &Page,
        reading: &Reading,
        fingerprint: &[u8],
        entered: &str,
    ) -> Result<Appended, Error> {
        const DOING: &str = "storing a reading";
        check_entered(entered)?;
        let prepared = Prepared::new(page, reading, fingerprint)?;
        let hash = &page.document.sha256;
        if !self.contains(hash)? {
            return Err(Error::UnknownDocument { path: self.path.clone(), sha256: hash.clone() });
        }
        let path = self.path.clone();
        let change = self.begin(DOING)?;
        let write = || -> rusqlite::Result<Appended> {
            let current: (i64, String) = change.query_row(
                "SELECT number, id FROM page WHERE document = ? ORDER BY number DESC LIMIT 1",
                [hash],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let last: Option<(i64, String)> = change
                .query_row(
                    "SELECT page, id FROM reading WHERE document = ? ORDER BY number DESC LIMIT 1",
                    [hash],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            if last.is_some_and(|(page, id)| page == current.0 && id == prepared.reading_id) {
                return Ok(Appended::Unchanged);
            }
            let page = if current.1 == prepared.page_id { current.0 } else { prepared.write_page(&change)? };
            prepared.write_reading(&change, page, entered)?;
            Ok(Appended::New)
        };
        let appended = write().and_then(|appended| change.commit().map(|()| appended));
        appended.map_err(|err| Error::from_sqlite(&path, DOING, err))
    }

    /// Says whether bytes with this SHA-256 are on file.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn contains(&self, sha256: &str) -> Result<bool, Error> {
        let found = self
            .connection
            .prepare_cached("SELECT 1 FROM document WHERE sha256 = ?")
            .and_then(|mut it| it.exists([sha256]));
        self.sql("looking up a document", found)
    }

    /// Returns every document on file, by file name, then hash.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn documents(&self) -> Result<Vec<Filed>, Error> {
        let rows = self.all(
            "listing documents",
            "SELECT d.number, d.size, p.facts, p.fingerprint, (SELECT count(*) FROM reading r WHERE r.document = d.sha256),
                    (SELECT entered FROM reading r WHERE r.document = d.sha256 ORDER BY r.number LIMIT 1)
             FROM document d JOIN current_page p ON p.document = d.sha256 ORDER BY p.file, d.sha256",
            [],
            |row| {
                let facts: String = row.get(2)?;
                Ok((row.get(0)?, row.get(1)?, facts, row.get::<_, Vec<u8>>(3)?, row.get(4)?, row.get(5)?))
            },
        )?;
        rows.into_iter()
            .map(|(number, size, facts, fingerprint, readings, entered)| {
                let facts: Facts = self.parse(|| format!("the page of document {number}"), &facts)?;
                let document = facts.document.into_owned();
                Ok(Filed { number, document, size, readings, fingerprint, entered })
            })
            .collect()
    }

    /// Returns the full hash of the one document whose hash begins with `start`.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::AmbiguousId`].
    pub fn document_hash(&self, start: &str) -> Result<String, Error> {
        let start = start.to_ascii_lowercase();
        let unknown = || Error::UnknownDocument { path: self.path.clone(), sha256: start.clone() };
        if start.is_empty() || !start.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        let query = "SELECT sha256 FROM document WHERE sha256 >= ?1 AND sha256 < ?1 || 'g' ORDER BY sha256 LIMIT 5";
        let mut fits: Vec<String> = self.all("looking up a document", query, [&start], |row| row.get(0))?;
        match fits.len() {
            0 => Err(unknown()),
            1 => Ok(fits.remove(0)),
            _ => Err(Error::AmbiguousId { id: start, fits }),
        }
    }

    /// Returns the bytes of a document as captured, checked against their hash.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`]; [`Error::Damaged`] when the hash does not fit.
    pub fn bytes(&self, sha256: &str) -> Result<Vec<u8>, Error> {
        let rows = self.all(
            "reading a document's bytes",
            "SELECT packing, size, bytes FROM document WHERE sha256 = ?",
            [sha256],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?, row.get::<_, Vec<u8>>(2)?)),
        )?;
        let Some((packing, size, packed)) = rows.into_iter().next() else { return Err(self.unknown(sha256)) };
        let damaged = |what| Error::Damaged { path: self.path.clone(), what: format!("document {sha256}: {what}") };
        let bytes = unpack(&packing, &packed, size).map_err(damaged)?;
        if self::sha256(&bytes) == sha256 { Ok(bytes) } else { Err(damaged("its bytes do not have its hash".into())) }
    }

    /// Returns the current page of a document.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::Damaged`].
    pub fn page(&self, sha256: &str) -> Result<Page, Error> {
        let query = "SELECT facts, text FROM page WHERE document = ? ORDER BY number DESC LIMIT 1";
        let rows = self.all("reading a page", query, [sha256], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        let Some((facts, text)) = rows.into_iter().next() else { return Err(self.unknown(sha256)) };
        let facts: Facts = self.parse(|| format!("the page of document {sha256}"), &facts)?;
        Ok(facts.into_page(text))
    }

    /// Returns the current reading of every document, by hash.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn readings(&self) -> Result<Vec<Reading>, Error> {
        let query = "SELECT r.document, r.content, p.text FROM current_reading r JOIN page p ON p.number = r.page ORDER BY r.document";
        self.readings_by(query, [])
    }

    /// Returns the current reading of one document.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::Damaged`].
    pub fn reading(&self, sha256: &str) -> Result<Reading, Error> {
        let query = "SELECT r.document, r.content, p.text FROM reading r JOIN page p ON p.number = r.page
                     WHERE r.document = ? ORDER BY r.number DESC LIMIT 1";
        self.readings_by(query, [sha256])?.pop().ok_or_else(|| self.unknown(sha256))
    }

    /// Returns every reading of one document, oldest first; the last is current.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::Damaged`].
    pub fn reading_history(&self, sha256: &str) -> Result<Vec<Reading>, Error> {
        let query = "SELECT r.document, r.content, p.text FROM reading r JOIN page p ON p.number = r.page
                     WHERE r.document = ? ORDER BY r.number";
        let readings = self.readings_by(query, [sha256])?;
        if readings.is_empty() { Err(self.unknown(sha256)) } else { Ok(readings) }
    }

    /// Returns the `nth` reading of one document, counted from 1; one beyond the last is the last.
    ///
    /// # Errors
    /// [`Error::UnknownDocument`], [`Error::Damaged`].
    pub fn nth_reading(&self, sha256: &str, nth: u64) -> Result<Reading, Error> {
        let query = "SELECT r.document, r.content, p.text FROM
                         (SELECT document, content, page, number FROM reading WHERE document = ?1
                          ORDER BY number LIMIT max(?2, 1)) r
                     JOIN page p ON p.number = r.page ORDER BY r.number DESC LIMIT 1";
        let nth = i64::try_from(nth).unwrap_or(i64::MAX);
        self.readings_by(query, rusqlite::params![sha256, nth])?.pop().ok_or_else(|| self.unknown(sha256))
    }

    /// Returns a hash over every current reading and the last decision.
    ///
    /// It is the same on every machine that holds the same, however it got there,
    /// and changes when anything that views are made from changes. Together with
    /// the codebook's hash it tells whether stored views are still those of the ledger.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn stamp(&self) -> Result<String, Error> {
        let ids =
            self.all("reading ids", "SELECT document, id FROM current_reading ORDER BY document", [], read_pair)?;
        let decisions =
            self.all("reading ids", "SELECT id, previous FROM decision ORDER BY number DESC LIMIT 1", [], read_pair)?;
        let parts: Vec<&[u8]> = ids.iter().chain(&decisions).flat_map(|(a, b)| [a.as_bytes(), b.as_bytes()]).collect();
        Ok(content_id(&parts))
    }

    fn known(&self, sha256: &str) -> Result<Option<Document>, Error> {
        if self.contains(sha256)? { self.page(sha256).map(|page| Some(page.document)) } else { Ok(None) }
    }

    fn unknown(&self, sha256: &str) -> Error {
        Error::UnknownDocument { path: self.path.clone(), sha256: sha256.into() }
    }

    pub(crate) fn readings_by(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<Reading>, Error> {
        // Parsed row by row, so the JSON of all readings is never in memory at once.
        let readings = self.all("reading readings", query, values, |row| {
            let (document, content): (String, String) = (row.get(0)?, row.get(1)?);
            let text = row.get(2)?;
            let reading = self.parse::<Reading>(|| format!("the reading of document {document}"), &content);
            Ok(reading.map(|it| Reading { text, ..it }))
        })?;
        readings.into_iter().collect()
    }
}

fn read_pair(row: &Row<'_>) -> rusqlite::Result<(String, String)> {
    Ok((row.get(0)?, row.get(1)?))
}
