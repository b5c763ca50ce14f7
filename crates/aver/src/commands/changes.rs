//! `aver diff` and `aver grades`: what changed between two days, and how events stand
//! under the rules of other projects and under other policies.

use super::{count, list, say, say_json};
use crate::cli::{At, Cli, Diff, Words};
use crate::desk::Desk;
use crate::report::{Report, Result};
use aver_reconcile::{Grades, Swing, changes, grades, swings};
use serde::Serialize;
use std::io::Write;

/// Lists what changed in the events between what was known on two days, or at two places in the ledger.
///
/// # Errors
/// The first comes after the second, or one is a day and the other a place; the ledger cannot be read.
pub fn diff(cli: &Cli, args: &Diff, out: &mut dyn Write) -> Result<()> {
    let mut desk = Desk::open(cli)?;
    let basis = basis(args, &desk)?;
    desk.at = Some(args.from);
    let before = desk.knowledge()?;
    desk.at = Some(args.to);
    let after = desk.knowledge()?;
    let found = changes(&before.events, &after.events);
    if cli.json {
        return say_json(out, &found);
    }
    let mut table = list::table(&["event", "title", "change", "what"]);
    for it in &found {
        table.add_row([it.event.as_str(), it.title.as_str(), it.kind, it.words.as_str()]);
    }
    say(out, table)?;
    let days = format!("from {} to {}", args.from, args.to);
    say(out, format_args!("{} {days}, by {basis}.", count(found.len(), "change")))
}

/// Returns by what two moments are in order, in words.
fn basis(args: &Diff, desk: &Desk) -> Result<String> {
    let reversed = || {
        Report::input("days-reversed", format!("{} comes after {}", args.from, args.to))
            .next(format!("aver diff {} {}", args.to, args.from))
    };
    match (args.from, args.to) {
        (At::Published(from), At::Published(to)) if from > to => Err(reversed()),
        (At::Published(_), At::Published(_)) => Ok("date of publication".into()),
        (At::Entered(from), At::Entered(to)) if from.readings > to.readings || from.decisions > to.decisions => {
            Err(reversed())
        }
        (At::Entered(_), At::Entered(_) | At::Now) => {
            Ok(format!("entry into the ledger, which stands at {}", desk.ledger.position()?))
        }
        _ => Err(Report::input("moments-unlike", format!("{} and {} are not of one kind", args.from, args.to))
            .next("give two days (2023-03-20 2023-03-22), or two places in the ledger (1.0 3.0, or 1.0 now)")),
    }
}

/// An event's grades and swing, for JSON.
#[derive(Serialize)]
struct Graded<'k> {
    event: &'k str,
    title: &'k str,
    grades: Grades,
    swings: Vec<Swing>,
}

/// Lists events with their grades and how far their figures move with the policy.
///
/// # Errors
/// The ledger cannot be read.
pub fn grade(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let knowledge = Desk::open(cli)?.knowledge()?;
    let wanted = |title: &str| args.words.iter().all(|it| title.to_lowercase().contains(&it.to_lowercase()));
    let found: Vec<Graded<'_>> = knowledge
        .events
        .iter()
        .filter(|it| wanted(&format!("{} {}", it.id, it.title)))
        .map(|it| Graded { event: &it.id, title: &it.title, grades: grades(it), swings: swings(it) })
        .collect();
    if cli.json {
        return say_json(out, &found);
    }
    let mut table = list::table(&["id", "event", "Airwars", "doubtterr", "guncertain", "clarity", "swing"]);
    for it in &found {
        let swing = |it: &Swing| {
            format!("{} {} ({}) to {} ({})", it.measure, it.low, first(&it.low_by), it.high, first(&it.high_by))
        };
        let swings: Vec<String> = it.swings.iter().filter(|it| it.low != it.high).map(swing).collect();
        table.add_row([
            it.event.to_string(),
            it.title.to_string(),
            it.grades.airwars.to_string(),
            it.grades.doubtterr.to_string(),
            it.grades.guncertain.map_or(String::new(), |it| it.to_string()),
            it.grades.event_clarity.to_string(),
            swings.join("\n"),
        ]);
    }
    say(out, table)?;
    say(out, count(found.len(), "event"))
}

/// The first of some policies, and how many more.
fn first(policies: &[String]) -> String {
    match policies {
        [] => String::new(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    }
}
