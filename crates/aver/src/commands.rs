//! One file a command. Each takes its arguments, does its work through the
//! desk, and writes text or JSON; none of them decides anything about events.

mod add;
mod bench;
mod changes;
mod codebook;
mod decide;
mod dossiers;
mod list;
mod publish;
mod read;
mod records;
mod score;
mod team;
mod verify;
mod why;

pub use add::read as read_page;
pub(crate) use changes::basis;
pub(crate) use decide::words as decision_words;
pub use list::{filtered, range};

use crate::cli::{Cli, Command};
use crate::report::{Report, Result};
use std::io::Write;

/// Runs the command.
///
/// # Errors
/// What the user, the machine or we did wrong, in words.
pub fn run(cli: &Cli, out: &mut dyn Write) -> Result<()> {
    crate::desk::set_clock()?;
    match &cli.command {
        Command::Demo(args) => add::demo(cli, args, out),
        Command::Add(args) => add::add(cli, args, out),
        Command::Read(args) => read::read(cli, args, out),
        Command::Documents => list::documents(cli, out),
        Command::Events(args) => list::events(cli, args, out),
        Command::Event(args) => list::event(cli, args, out),
        Command::Actors(args) => list::actors(cli, args, out),
        Command::Relations(args) => list::relations(cli, args, out),
        Command::Tallies(args) => list::tallies(cli, args, out),
        Command::Forecasts(args) => list::forecasts(cli, args, out),
        Command::Statements(args) => list::statements(cli, args, out),
        Command::Figures(args) => records::figures(cli, args, out),
        Command::Notes(args) => records::notes(cli, args, out),
        Command::Dossiers(args) => dossiers::dossiers(cli, args, out),
        Command::Diff(args) => changes::diff(cli, args, out),
        Command::Grades(args) => changes::grade(cli, args, out),
        Command::Search(args) => list::search(cli, args, out),
        Command::Why(args) => why::why(cli, args, out),
        Command::Decide(args) => decide::decide(cli, args, out),
        Command::Correct(args) => decide::correct(cli, args, out),
        Command::Decisions => decide::decisions(cli, out),
        Command::Rerun => add::rerun(cli, out),
        Command::Publish(args) => publish::publish(cli, args, out),
        Command::Verify(args) => verify::verify(cli, args, out),
        Command::Score(args) => score::score(cli, args, out),
        Command::Codebook(args) => codebook::codebook(cli, args, out),
        Command::Bench(args) => bench::bench(cli, args, out),
        Command::Serve(args) => crate::workbench::serve(cli, args, out),
        Command::Team(args) => team::team(cli, args, out),
    }
}

/// Turns a failure to print into a report; a closed pipe is no failure.
pub fn write_error(error: std::io::Error) -> Report {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Report::input("broken-pipe", "the reader of the output went away");
    }
    Report::setup("output-failed", format!("the output could not be written: {error}"))
}

/// Prints a line.
pub(crate) fn say(out: &mut dyn Write, line: impl std::fmt::Display) -> Result<()> {
    writeln!(out, "{line}").map_err(write_error)
}

/// Prints a value as one JSON document.
pub(crate) fn say_json(out: &mut dyn Write, value: &impl serde::Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(|it| Report::bug(it.to_string()))?;
    say(out, text)
}

/// Returns the width of the terminal, or of a page when there is none.
pub(crate) fn width() -> u16 {
    std::env::var("COLUMNS").ok().and_then(|it| it.parse().ok()).filter(|it| (40..=400).contains(it)).unwrap_or(132)
}

/// "1 event", "7 events".
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
