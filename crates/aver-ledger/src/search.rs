//! Words back to their places: full-text search over quotes, titles and texts.
//!
//! In: words as a person types them. Out: hits, events first, then statements and
//! other records, then documents. The index is kept by triggers in the same
//! transaction as what it indexes, so it is never behind.
//!
//! Accents and case do not count. There is no ranking beyond SQLite's bm25 and
//! no stemming: "attacked" does not find "attack", "attack*" finds both.

use crate::{Error, Ledger};
use aver_model::{LedgerEvent, Offsets, Reading, Span};
use rusqlite::{Connection, params};
use std::{fmt, str::FromStr};

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitKind {
    /// The title of an event; `record` is its id.
    Event,
    /// A statement of a reading; `record` is its local id.
    Statement,
    /// The words of an event mention.
    Mention,
    /// The words of a figure.
    Figure,
    /// The words of a forecast.
    Forecast,
    /// The words of a tally.
    Tally,
    /// The words of a relation.
    Relation,
    /// A document, by its title or text.
    Document,
}

impl HitKind {
    const ALL: &[HitKind] = &[
        HitKind::Event,
        HitKind::Statement,
        HitKind::Mention,
        HitKind::Figure,
        HitKind::Forecast,
        HitKind::Tally,
        HitKind::Relation,
        HitKind::Document,
    ];

    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            HitKind::Event => "event",
            HitKind::Statement => "statement",
            HitKind::Mention => "mention",
            HitKind::Figure => "figure",
            HitKind::Forecast => "forecast",
            HitKind::Tally => "tally",
            HitKind::Relation => "relation",
            HitKind::Document => "document",
        }
    }
}

impl fmt::Display for HitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for HitKind {
    type Err = String;

    fn from_str(word: &str) -> Result<HitKind, String> {
        HitKind::ALL.iter().copied().find(|it| it.as_str() == word).ok_or_else(|| format!("`{word}` is no kind of hit"))
    }
}

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// SHA-256 of the document; `None` for an event.
    pub document: Option<String>,
    /// The file's name; `None` for an event.
    pub file: Option<String>,
    /// Id of the event, or local id of the record; `None` for a document.
    pub record: Option<String>,
    /// Where the record stands in the current text; for a document the first word found in its text.
    pub span: Option<Span>,
    /// The quote or title; for a document a stretch around the words, found words between `**`.
    pub words: String,
}

/// A quote to be indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    pub kind: &'static str,
    pub record: String,
    pub span: Option<Span>,
    pub words: String,
}

/// Returns the quotes of a reading that are worth finding.
pub(crate) fn passages(reading: &Reading) -> Vec<Passage> {
    let offsets = Offsets::new(&reading.text);
    let quote = |kind: HitKind, record: &str, span: Span| Passage {
        kind: kind.as_str(),
        record: record.to_string(),
        span: Some(span),
        words: offsets.quote(&reading.text, span).to_string(),
    };
    let mut passages = Vec::new();
    passages.extend(reading.statements.iter().map(|it| quote(HitKind::Statement, &it.id, it.span)));
    passages.extend(reading.events.iter().map(|it| quote(HitKind::Mention, &it.id, it.span)));
    passages.extend(reading.figures.iter().map(|it| quote(HitKind::Figure, &it.id, it.span)));
    passages.extend(reading.forecasts.iter().map(|it| quote(HitKind::Forecast, &it.id, it.span)));
    passages.extend(reading.tallies.iter().map(|it| quote(HitKind::Tally, &it.id, it.span)));
    passages.extend(reading.relations.iter().map(|it| quote(HitKind::Relation, &it.id, it.span)));
    passages
}

/// Returns the titles of events as they are indexed.
pub(crate) fn titles<'e>(events: impl Iterator<Item = &'e LedgerEvent>) -> Vec<Passage> {
    let title = |it: &LedgerEvent| Passage {
        kind: HitKind::Event.as_str(),
        record: it.id.clone(),
        span: None,
        words: it.title.clone(),
    };
    events.map(title).collect()
}

/// Puts the passages of a document (or of the events, for `None`) in place of those stored.
pub(crate) fn replace_passages(
    change: &Connection,
    document: Option<&str>,
    passages: &[Passage],
) -> rusqlite::Result<()> {
    change.prepare_cached("DELETE FROM passage WHERE document IS ?")?.execute([document])?;
    insert_passages(change, document, passages)
}

/// Takes out the titles of some events and puts in others.
pub(crate) fn change_titles(change: &Connection, gone: &[&str], new: &[Passage]) -> rusqlite::Result<()> {
    let gone: std::collections::HashSet<&str> = gone.iter().copied().collect();
    // One look at the titles, however many go: they have no index by event.
    let numbers: Vec<i64> = change
        .prepare_cached("SELECT number, record FROM passage WHERE document IS NULL")?
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
        .filter(|row| row.as_ref().map_or(true, |(_, record)| gone.contains(record.as_str())))
        .map(|row| row.map(|(number, _)| number))
        .collect::<rusqlite::Result<_>>()?;
    for number in numbers {
        change.prepare_cached("DELETE FROM passage WHERE number = ?")?.execute([number])?;
    }
    insert_passages(change, None, new)
}

fn insert_passages(change: &Connection, document: Option<&str>, passages: &[Passage]) -> rusqlite::Result<()> {
    let mut insert = change.prepare_cached(
        "INSERT INTO passage (document, kind, record, start, \"end\", words) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    for it in passages {
        let (start, end) = (it.span.map(|span| span.start as i64), it.span.map(|span| span.end as i64));
        insert.execute(params![document, it.kind, it.record, start, end, it.words])?;
    }
    Ok(())
}

/// Turns typed words into an FTS5 query: all of them, in any order.
///
/// Words in double quotes must stand together; a word ending in `*` finds every
/// word that begins so. Nothing a person types is a syntax error.
pub(crate) fn match_query(typed: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (index, part) in typed.split('"').enumerate() {
        let inside_quotes = index % 2 == 1;
        if inside_quotes {
            push_term(&mut terms, part);
        } else {
            part.split_whitespace().for_each(|word| push_term(&mut terms, word));
        }
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

fn push_term(terms: &mut Vec<String>, words: &str) {
    if words.chars().any(char::is_alphanumeric) {
        let star = if words.ends_with('*') { "*" } else { "" };
        // NUL would end the query early, and no text of a word has one.
        terms.push(format!("\"{}\"{star}", words.replace('\0', " ")));
    }
}

const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

impl Ledger {
    /// Finds words in event titles, in quotes of current readings, and in texts.
    ///
    /// Every word must occur; words in double quotes must stand together; a final
    /// `*` finds beginnings. At most `limit` hits of records and `limit` documents.
    ///
    /// # Errors
    /// [`Error::NoWords`] when `query` has no letter or digit.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let words = match_query(query).ok_or_else(|| Error::NoWords { query: query.into() })?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut hits = self.search_passages(&words, limit)?;
        hits.extend(self.search_pages(&words, limit)?);
        Ok(hits)
    }

    fn search_passages(&self, words: &str, limit: i64) -> Result<Vec<Hit>, Error> {
        let query = "SELECT p.kind, p.document, c.file, p.record, p.start, p.\"end\", p.words
             FROM passage_index JOIN passage p ON p.number = passage_index.rowid
             LEFT JOIN current_page c ON c.document = p.document
             WHERE passage_index MATCH ? ORDER BY passage_index.rank, p.document, p.start, p.record, p.kind LIMIT ?";
        let mut hits = self.all("searching", query, params![words, limit], |row| {
            let span = row
                .get::<_, Option<usize>>(4)?
                .zip(row.get::<_, Option<usize>>(5)?)
                .map(|(start, end)| Span::new(start, end));
            let kind = row.get::<_, String>(0)?.parse().unwrap_or(HitKind::Document);
            Ok(Hit { kind, document: row.get(1)?, file: row.get(2)?, record: row.get(3)?, span, words: row.get(6)? })
        })?;
        hits.sort_by_key(|it| it.kind);
        Ok(hits)
    }

    fn search_pages(&self, words: &str, limit: i64) -> Result<Vec<Hit>, Error> {
        let query = "SELECT p.document, p.file, snippet(page_index, -1, '**', '**', '…', 24), highlight(page_index, 1, char(2), char(3))
             FROM page_index JOIN current_page p ON p.number = page_index.rowid
             WHERE page_index MATCH ? ORDER BY page_index.rank, p.document LIMIT ?";
        self.all("searching", query, params![words, limit], |row| {
            let marked: Option<String> = row.get(3)?;
            let words: String = row.get(2)?;
            let span = marked.as_deref().and_then(first_marked);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            Ok(Hit { kind: HitKind::Document, document: row.get(0)?, file: row.get(1)?, record: None, span, words })
        })
    }
}

/// Returns a ledger in memory that holds only the words of these readings and events, for [`Ledger::search`].
///
/// The stored index is of the present; this one is of any state. It can be searched and nothing else.
///
/// # Errors
/// Memory runs out.
pub fn index<'e>(readings: &[Reading], events: impl Iterator<Item = &'e LedgerEvent>) -> Result<Ledger, Error> {
    const DOING: &str = "indexing an earlier state";
    let mut index = Ledger::in_memory()?;
    let path = index.path.clone();
    let change = index.begin(DOING)?;
    let fill = || -> rusqlite::Result<()> {
        for it in readings {
            let document = &it.document;
            change
                .prepare_cached(
                    "INSERT INTO page (id, document, file, source, title, facts, text, fingerprint)
                     VALUES ('', ?, ?, ?, ?, '', ?, x'')",
                )?
                .execute(params![document.sha256, document.file, document.source, document.title, it.text])?;
            insert_passages(&change, Some(&document.sha256), &passages(it))?;
        }
        insert_passages(&change, None, &titles(events))
    };
    let filled = fill().and_then(|()| change.commit());
    filled.map_err(|err| Error::from_sqlite(&path, DOING, err))?;
    Ok(index)
}

/// Returns where the first found word stands, from a text with marks around the words found.
fn first_marked(marked: &str) -> Option<Span> {
    let open = marked.find(OPEN)?;
    let start = marked[..open].chars().count();
    let word = &marked[open + OPEN.len_utf8()..];
    let len = word[..word.find(CLOSE)?].chars().count();
    Some(Span::new(start, start + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_is_a_query_or_nothing() {
        assert_eq!(match_query("mosque bombing").as_deref(), Some("\"mosque\" \"bombing\""));
        assert_eq!(
            match_query("\"claimed responsibility\" attack*").as_deref(),
            Some("\"claimed responsibility\" \"attack*\"*")
        );
        assert_eq!(match_query("NEAR( AND \" OR").as_deref(), Some("\"NEAR(\" \"AND\" \" OR\""));
        assert_eq!(match_query(" - \"\" ( * "), None);
    }

    #[test]
    fn the_first_found_word_is_located_in_code_points() {
        assert_eq!(first_marked("‘é \u{2}bomb\u{3} x \u{2}bomb\u{3}"), Some(Span::new(3, 7)));
        assert_eq!(first_marked("nothing"), None);
    }
}
