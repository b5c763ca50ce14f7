//! The outermost layer of Averment: joins the stages, prints, serves.
//!
//! Only this crate knows the command line, the terminal, the clock and the
//! network; the stages below are functions of values. Start reading at
//! [`commands::run`].

pub mod bundle;
pub mod cli;
pub mod commands;
pub mod days;
pub mod decided;
pub mod desk;
pub mod gather;
pub mod language;
pub mod linked;
pub mod moment;
pub mod notes;
pub mod parts;
pub mod print;
pub mod report;
pub mod site;
pub mod team;
pub mod workbench;
pub mod zip;

use report::{Kind, Report};

/// Returns the report of an error of the ledger.
pub(crate) fn ledger_report(error: aver_ledger::Error) -> Report {
    let kind = match error.kind() {
        aver_ledger::ErrorKind::Input => Kind::Input,
        aver_ledger::ErrorKind::Setup => Kind::Setup,
        aver_ledger::ErrorKind::Bug => Kind::Bug,
    };
    Report { kind, id: error.id().to_owned(), message: error.to_string(), place: error.place(), hint: error.hint() }
}
