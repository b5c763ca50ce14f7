//! The tables of a ledger, one migration a format.
//!
//! `PRAGMA user_version` is the format, `PRAGMA application_id` says that the file
//! is a ledger at all. Tables in [`APPEND_ONLY`] refuse every UPDATE and DELETE by
//! trigger; the others are views over them and may be rebuilt. People read this
//! file with the `sqlite3` shell too, so names are those of the glossary and
//! values are plain text or JSON wherever they can be.

/// `PRAGMA application_id`: the letters "AVER".
pub const APPLICATION: i64 = 0x4156_4552;

/// Tables that only ever grow.
pub const APPEND_ONLY: &[&str] = &["document", "page", "reading", "run", "edge", "decision"];

/// One step per format; step `n` makes format `n + 1`. Steps are added, never edited.
pub const MIGRATIONS: &[&str] = &[FORMAT_1, FORMAT_2];

/// The format this program writes.
pub fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// Returns the triggers that make the append-only tables refuse change, as (name, SQL).
pub fn guards() -> Vec<(String, String)> {
    let mut guards = Vec::new();
    for table in APPEND_ONLY {
        for verb in ["update", "delete"] {
            let name = format!("{table}_refuses_{verb}");
            let sql = format!(
                "CREATE TRIGGER {name} BEFORE {} ON {table} BEGIN \
                 SELECT RAISE(ABORT, 'the ledger is append-only: {table} refuses {verb}'); END",
                verb.to_uppercase()
            );
            guards.push((name, sql));
        }
    }
    guards
}

/// Since format 2 a reading says when it was stored; see [`crate::Ledger::position_on`] for those that do not.
const FORMAT_2: &str = r#"
ALTER TABLE reading ADD COLUMN entered TEXT; -- RFC 3339, UTC; NULL: stored before this was kept
ALTER TABLE reading ADD COLUMN entry   TEXT; -- SHA-256 of the entry before, the reading's id and `entered`
"#;

const FORMAT_1: &str = r#"
-- What was captured. One row a document, whatever its file is called.
CREATE TABLE document (
    number  INTEGER PRIMARY KEY,          -- order of arrival, from 1 without gaps
    sha256  TEXT    NOT NULL UNIQUE,      -- of the bytes as captured
    size    INTEGER NOT NULL,             -- of the bytes as captured
    packing TEXT    NOT NULL CHECK (packing IN ('plain', 'deflate')),
    bytes   BLOB    NOT NULL
) STRICT;

-- What ingesting made of it. A later extraction appends a row; the newest holds.
CREATE TABLE page (
    number      INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,            -- SHA-256 of facts, text and fingerprint
    document    TEXT NOT NULL REFERENCES document (sha256),
    file        TEXT NOT NULL,
    source      TEXT,
    title       TEXT,
    facts       TEXT NOT NULL,            -- JSON: document, dropped, structure, notes
    text        TEXT NOT NULL,
    fingerprint BLOB NOT NULL             -- as ingesting writes it, for finding reprints
) STRICT;
CREATE INDEX page_of ON page (document, number);

-- What reading made of a page. A later reading appends a row; the newest holds.
CREATE TABLE reading (
    number   INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL,            -- SHA-256 of the page's id and content
    document TEXT    NOT NULL REFERENCES document (sha256),
    page     INTEGER NOT NULL REFERENCES page (number),
    reader   TEXT    NOT NULL,
    codebook TEXT    NOT NULL,
    model    TEXT,
    content  TEXT    NOT NULL             -- JSON: averment-reading/1, its text left to the page
) STRICT;
CREATE INDEX reading_of ON reading (document, number);

-- Judgments on pairs of event mentions. A run appends what it changes: a new or
-- changed edge, or NULL content for one that no longer stands.
CREATE TABLE run (
    number    INTEGER PRIMARY KEY,
    made_from TEXT NOT NULL               -- what the linker saw
) STRICT;
CREATE TABLE edge (
    number  INTEGER PRIMARY KEY,
    run     INTEGER NOT NULL REFERENCES run (number),
    id      TEXT    NOT NULL,
    content TEXT                          -- JSON, or NULL: withdrawn
) STRICT;
CREATE INDEX edge_of ON edge (id, number);

-- What analysts rule. id = SHA-256 of previous followed by content.
CREATE TABLE decision (
    number   INTEGER PRIMARY KEY,         -- from 1 without gaps
    id       TEXT NOT NULL UNIQUE,
    previous TEXT NOT NULL UNIQUE,        -- so the chain cannot fork
    content  TEXT NOT NULL                -- canonical JSON: number, reason, ruling, when, who
) STRICT;

CREATE VIEW current_page AS
    SELECT * FROM page AS it
    WHERE number = (SELECT max(number) FROM page WHERE document = it.document);
CREATE VIEW current_reading AS
    SELECT * FROM reading AS it
    WHERE number = (SELECT max(number) FROM reading WHERE document = it.document);
CREATE VIEW current_edge AS
    SELECT * FROM edge AS it
    WHERE number = (SELECT max(number) FROM edge WHERE id = it.id) AND content IS NOT NULL;

-- From here on everything can be rebuilt.
CREATE TABLE view_state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    place_in_list INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    type       TEXT NOT NULL,
    start      TEXT,
    "end"      TEXT,
    place      TEXT,
    country    TEXT,
    lat        REAL,
    lon        REAL,
    accounts   INTEGER NOT NULL,
    disputed   TEXT NOT NULL,             -- JSON list
    review     TEXT NOT NULL,
    content    TEXT NOT NULL              -- JSON: everything
) STRICT;
CREATE TABLE account (
    number   INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    event    TEXT NOT NULL REFERENCES event (id),
    document TEXT NOT NULL,
    file     TEXT NOT NULL,
    source   TEXT,
    speaker  TEXT NOT NULL,
    codebook TEXT,
    voice    TEXT NOT NULL,
    stances  TEXT NOT NULL,               -- JSON list
    figures  TEXT NOT NULL                -- JSON list
) STRICT;
CREATE INDEX account_of ON account (event);
CREATE TABLE estimate (
    number  INTEGER PRIMARY KEY,
    event   TEXT NOT NULL REFERENCES event (id),
    measure TEXT NOT NULL,
    policy  TEXT NOT NULL,
    low     INTEGER,
    best    INTEGER,
    high    INTEGER,
    indeterminate INTEGER NOT NULL,
    why     TEXT NOT NULL
) STRICT;
CREATE INDEX estimate_of ON estimate (event);
CREATE TABLE tally (
    place_in_list INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    speaker TEXT NOT NULL,
    counted TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE TABLE forecast (
    place_in_list INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    speaker TEXT NOT NULL,
    state   TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;

-- Words to search: quotes of current readings, and titles of events.
CREATE TABLE passage (
    number   INTEGER PRIMARY KEY,
    document TEXT,                        -- NULL for an event's title
    kind     TEXT NOT NULL,
    record   TEXT NOT NULL,
    start    INTEGER,
    "end"    INTEGER,
    words    TEXT NOT NULL
) STRICT;
CREATE INDEX passage_of ON passage (document);

CREATE VIRTUAL TABLE page_index USING fts5 (
    title, text, content = 'page', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE passage_index USING fts5 (
    words, content = 'passage', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER page_indexed AFTER INSERT ON page BEGIN
    INSERT INTO page_index (rowid, title, text) VALUES (new.number, new.title, new.text);
END;
CREATE TRIGGER passage_indexed AFTER INSERT ON passage BEGIN
    INSERT INTO passage_index (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER passage_unindexed AFTER DELETE ON passage BEGIN
    INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER passage_reindexed AFTER UPDATE ON passage BEGIN
    INSERT INTO passage_index (passage_index, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO passage_index (rowid, words) VALUES (new.number, new.words);
END;
INSERT INTO page_index (page_index, rank) VALUES ('hashsize', 16777216);
INSERT INTO passage_index (passage_index, rank) VALUES ('hashsize', 16777216);
"#;
