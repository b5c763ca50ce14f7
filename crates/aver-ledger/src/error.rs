//! Everything that can go wrong with a ledger, in three answers: what, where, what next.
//!
//! [`Display`](std::fmt::Display) says what happened, [`Error::place`] where and
//! [`Error::hint`] what to do about it; [`Error::kind`] says whose move it is and
//! [`Error::id`] is a stable word for programs. Printing is the binary's work.

use std::path::{Path, PathBuf};

/// Whose move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The user can fix it by asking differently.
    Input,
    /// The machine, disk or file needs attention.
    Setup,
    /// Ours.
    Bug,
}

/// What went wrong with a ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No file at this path.
    #[error("there is no ledger at {}", path.display())]
    NotFound {
        /// The path asked for.
        path: PathBuf,
    },
    /// A new ledger was to be made where something stands already.
    #[error("{} exists already", path.display())]
    AlreadyThere {
        /// The path asked for.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is not a ledger: {found}", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: String,
    },
    /// The file holds nothing at all.
    #[error("{} is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Several ledgers stand in one folder.
    #[error("there are {} ledgers in {}: {}", names.len(), folder.display(), names.join(", "))]
    Several {
        /// The folder.
        folder: PathBuf,
        /// Their names.
        names: Vec<String>,
    },
    /// Written by an older program and cannot be upgraded while it is only read.
    #[error("the ledger has format {found}, this program reads format {wanted}")]
    OlderFormat {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The program's format.
        wanted: i64,
    },
    /// Written by a newer program.
    #[error("the ledger has format {found}, this program knows formats up to {known}")]
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format the program knows.
        known: i64,
    },
    /// The file or its folder cannot be written.
    #[error("{} cannot be written", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened or made.
    #[error("{} cannot be opened: {why}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// No room on the disk.
    #[error("the disk is full; nothing was stored of what was being written")]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// Another process holds the ledger for longer than we wait.
    #[error("another process is writing to the ledger and has not finished")]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// What is stored is not what was stored.
    #[error("the ledger is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The disk failed under a read or write.
    #[error("the disk failed: {why}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// A document larger than SQLite stores in one piece.
    #[error("{what} is too large to be stored in one piece")]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What was being stored.
        what: String,
    },
    /// No such document on file.
    #[error("no document with hash {sha256} is on file")]
    UnknownDocument {
        /// The file.
        path: PathBuf,
        /// The hash, or its first characters, as asked for.
        sha256: String,
    },
    /// A shortened id fits more than one.
    #[error("`{id}` is the start of {} ids: {}", fits.len(), fits.join(", "))]
    AmbiguousId {
        /// As asked for.
        id: String,
        /// The first few that fit.
        fits: Vec<String>,
    },
    /// No such decision.
    #[error("there is no decision {id}")]
    UnknownDecision {
        /// The file.
        path: PathBuf,
        /// As asked for.
        id: String,
    },
    /// The decision does not hold any more, so it cannot be undone.
    #[error("decision {id} is undone already by decision {by}")]
    AlreadyUndone {
        /// The decision that was to be undone.
        id: String,
        /// The undo that did it.
        by: String,
    },
    /// A decision without who, when, or words.
    #[error("a decision needs {what}")]
    IncompleteDecision {
        /// What is missing, and how it would be right.
        what: String,
    },
    /// A search without a word in it.
    #[error("there is no word to search for in `{query}`")]
    NoWords {
        /// As asked for.
        query: String,
    },
    /// Page, bytes and reading are not of one document.
    #[error("page, bytes and reading do not belong together: {what}")]
    Mismatch {
        /// What differs.
        what: String,
    },
    /// The database refused for a reason that no other case names.
    #[error("the database refused while {doing}: {source}")]
    Database {
        /// The file.
        path: PathBuf,
        /// What was going on.
        doing: &'static str,
        /// What it said.
        source: rusqlite::Error,
    },
}

impl Error {
    /// Says whose move it is.
    pub fn kind(&self) -> ErrorKind {
        use Error::*;
        match self {
            NotFound { .. } | AlreadyThere { .. } | NotALedger { .. } | Several { .. } | TooLarge { .. } => {
                ErrorKind::Input
            }
            UnknownDocument { .. } | AmbiguousId { .. } | UnknownDecision { .. } | AlreadyUndone { .. } => {
                ErrorKind::Input
            }
            IncompleteDecision { .. } | NoWords { .. } => ErrorKind::Input,
            Empty { .. } | OlderFormat { .. } | NewerFormat { .. } | ReadOnly { .. } | CannotOpen { .. } => {
                ErrorKind::Setup
            }
            DiskFull { .. } | Locked { .. } | Damaged { .. } | Disk { .. } => ErrorKind::Setup,
            Mismatch { .. } | Database { .. } => ErrorKind::Bug,
        }
    }

    /// Returns the stable word for programs.
    pub fn id(&self) -> &'static str {
        use Error::*;
        match self {
            NotFound { .. } => "ledger-not-found",
            AlreadyThere { .. } => "ledger-exists",
            NotALedger { .. } => "ledger-not-a-ledger",
            Empty { .. } => "ledger-empty",
            Several { .. } => "ledger-several",
            OlderFormat { .. } => "ledger-older-format",
            NewerFormat { .. } => "ledger-newer-format",
            ReadOnly { .. } => "ledger-read-only",
            CannotOpen { .. } => "ledger-cannot-open",
            DiskFull { .. } => "ledger-disk-full",
            Locked { .. } => "ledger-locked",
            Damaged { .. } => "ledger-damaged",
            Disk { .. } => "ledger-disk-failed",
            TooLarge { .. } => "ledger-too-large",
            UnknownDocument { .. } => "ledger-unknown-document",
            AmbiguousId { .. } => "ledger-ambiguous-id",
            UnknownDecision { .. } => "ledger-unknown-decision",
            AlreadyUndone { .. } => "ledger-already-undone",
            IncompleteDecision { .. } => "ledger-incomplete-decision",
            NoWords { .. } => "ledger-no-words",
            Mismatch { .. } => "ledger-mismatch",
            Database { .. } => "ledger-database",
        }
    }

    /// Returns where it went wrong, when that is a file or folder.
    pub fn place(&self) -> Option<String> {
        use Error::*;
        let path = match self {
            NotFound { path } | AlreadyThere { path } | Empty { path } | ReadOnly { path } => path,
            NotALedger { path, .. } | OlderFormat { path, .. } | NewerFormat { path, .. } => path,
            CannotOpen { path, .. } | DiskFull { path } | Locked { path } | Damaged { path, .. } => path,
            Disk { path, .. } | TooLarge { path, .. } | UnknownDocument { path, .. } => path,
            UnknownDecision { path, .. } | Database { path, .. } => path,
            Several { folder, .. } => folder,
            AmbiguousId { .. }
            | AlreadyUndone { .. }
            | IncompleteDecision { .. }
            | NoWords { .. }
            | Mismatch { .. } => return None,
        };
        Some(path.display().to_string())
    }

    /// Returns what to do next, in one sentence without a full stop.
    pub fn hint(&self) -> Option<String> {
        use Error::*;
        Some(match self {
            NotFound { .. } => "make one with `aver add PATH...`, or name another with `--ledger FILE`".into(),
            AlreadyThere { .. } => "open it, or choose another name".into(),
            NotALedger { .. } => {
                "name a ledger with `--ledger FILE`; articles are added with `aver add PATH...`".into()
            }
            Empty { .. } => "restore it from a backup, or start afresh in it with `aver add PATH...`".into(),
            Several { names, .. } => format!("choose one with `--ledger {}`", names.first().map_or("FILE", |it| it)),
            OlderFormat { .. } => {
                "open it once with a command that writes, such as `aver add`, to bring it up to date".into()
            }
            NewerFormat { .. } => "install the newer program that wrote it".into(),
            ReadOnly { .. } => {
                "check the permissions of the file and its folder, or copy the ledger to a folder of yours".into()
            }
            CannotOpen { .. } => "check that the folder exists and that you may read and write in it".into(),
            DiskFull { .. } => "free some space and run the command again; what was stored before is unharmed".into(),
            Locked { .. } => "wait for the other `aver` to finish, or stop it, and run the command again".into(),
            Damaged { .. } => "run `aver verify` to see what is affected, and restore the file from a backup".into(),
            Disk { .. } => "check the disk, then run `aver verify`".into(),
            TooLarge { .. } => "split the file; one document may have up to about 1 GB".into(),
            UnknownDocument { .. } => "list the documents with `aver documents`".into(),
            AmbiguousId { .. } => "give a few more characters".into(),
            UnknownDecision { .. } => "list the decisions with `aver decide --list`".into(),
            AlreadyUndone { by, .. } => format!("to restore it, undo {by}"),
            IncompleteDecision { .. } => return None,
            NoWords { .. } => "give at least one word of letters or digits".into(),
            Mismatch { .. } | Database { .. } => {
                "this is a fault of the program; report it with the file that shows it".into()
            }
        })
    }

    /// Turns a refusal of the database into words about the ledger at `path`.
    pub(crate) fn from_sqlite(path: &Path, doing: &'static str, source: rusqlite::Error) -> Error {
        use rusqlite::ffi;
        let path = path.to_path_buf();
        let rusqlite::Error::SqliteFailure(code, message) = &source else {
            return match source {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::Utf8Error(..) => {
                    Error::Damaged { path, what: format!("a stored value is not of its kind ({source})") }
                }
                source => Error::Database { path, doing, source },
            };
        };
        let why = message.clone().unwrap_or_else(|| code.to_string());
        match code.extended_code {
            ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS => {
                return Error::Damaged { path, what: "the file ends too early".into() };
            }
            _ => {}
        }
        match code.extended_code & 0xff {
            ffi::SQLITE_FULL => Error::DiskFull { path },
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::Locked { path },
            ffi::SQLITE_READONLY | ffi::SQLITE_PERM => Error::ReadOnly { path },
            ffi::SQLITE_CORRUPT => Error::Damaged { path, what: why },
            ffi::SQLITE_NOTADB => Error::NotALedger { path, found: "it is not an SQLite file".into() },
            ffi::SQLITE_CANTOPEN => Error::CannotOpen { path, why },
            ffi::SQLITE_IOERR => Error::Disk { path, why },
            ffi::SQLITE_TOOBIG => Error::TooLarge { path, what: "the document".into() },
            _ => Error::Database { path, doing, source },
        }
    }
}
