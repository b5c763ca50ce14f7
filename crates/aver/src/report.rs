//! Turns every error into words: what, where, what next.
//!
//! The only place that does. Three kinds, by whose move it is: `Input` (the
//! user's; exit 1), `Setup` (disk, codebook, configuration; exit 2), `Bug`
//! (ours; exit 70). A broken pipe is success.

use serde::Serialize;
use std::fmt;

/// Whose move it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The user can fix it.
    Input,
    /// The machine or the codebook is at fault.
    Setup,
    /// We are.
    Bug,
}

/// An error as people see it; the command line, the pages and the API show the same.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whose move it is.
    pub kind: Kind,
    /// Stable kebab-case id.
    pub id: String,
    /// What went wrong, with the values.
    pub message: String,
    /// File and line, route, document.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// One thing to do.
    pub hint: Option<String>,
}

impl Report {
    /// An error that the user can fix.
    pub fn input(id: &str, message: impl Into<String>) -> Report {
        Report { kind: Kind::Input, id: id.into(), message: message.into(), place: None, hint: None }
    }

    /// An error of disk, codebook or configuration.
    pub fn setup(id: &str, message: impl Into<String>) -> Report {
        Report { kind: Kind::Setup, ..Report::input(id, message) }
    }

    /// An error of ours.
    pub fn bug(message: impl Into<String>) -> Report {
        let hint = "this is a bug in aver; send the command and the file that shows it";
        Report { kind: Kind::Bug, ..Report::input("bug", message) }.next(hint)
    }

    /// Says where.
    pub fn at(mut self, place: impl fmt::Display) -> Report {
        self.place = Some(place.to_string());
        self
    }

    /// Says what to do next.
    pub fn next(mut self, hint: impl Into<String>) -> Report {
        self.hint = Some(hint.into());
        self
    }

    /// The program's exit code.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Input => 1,
            Kind::Setup => 2,
            Kind::Bug => 70,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  --> {place}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

/// What every command returns.
pub type Result<T> = std::result::Result<T, Report>;

/// Returns the report of a file that could not be read or written.
pub fn file_error(error: &std::io::Error, path: &std::path::Path) -> Report {
    use std::io::ErrorKind::*;
    let at = path.display();
    match error.kind() {
        NotFound => Report::input("file-not-found", "there is no such file or folder")
            .at(at)
            .next("look at the spelling of the path"),
        PermissionDenied => Report::setup("file-not-allowed", "reading or writing this is not allowed")
            .at(at)
            .next("change its permissions, or choose another path"),
        StorageFull => Report::setup("disk-full", "the disk is full")
            .at(at)
            .next("make room and run the same command again; nothing half-written was kept"),
        _ => Report::setup("file-error", error.to_string()).at(at),
    }
}

impl From<aver_ledger::Error> for Report {
    fn from(error: aver_ledger::Error) -> Report {
        crate::ledger_report(error)
    }
}
