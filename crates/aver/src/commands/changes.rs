//! `aver diff` and `aver grades`: what changed between two moments, and how events stand
//! under the rules of other projects and under other policies.

use super::{count, list, say, say_json};
use crate::cli::{Cli, Diff, Words};
use crate::desk::{Desk, today};
use crate::moment::{At, Scope};
use crate::report::{Report, Result};
use aver_reconcile::{Grades, Swing, changes, grades, swings};
use serde::Serialize;
use std::io::Write;

/// Lists what changed in the events between two moments.
///
/// # Errors
/// The first comes after the second, or they are not of one kind; the ledger cannot be read.
pub fn diff(cli: &Cli, args: &Diff, out: &mut dyn Write) -> Result<()> {
    let mut desk = Desk::open(cli)?;
    let scope = |at: At| at.scope(&desk.ledger, today());
    let basis = basis((args.from, scope(args.from)?), (args.to, scope(args.to)?))?;
    let mut known = |at: At| {
        desk.at = Some(at);
        desk.knowledge()
    };
    let (before, after) = (known(args.from)?, known(args.to)?);
    let found = changes(&before.events, &after.events);
    if cli.json {
        return say_json(out, &found);
    }
    let mut table = list::table(&["event", "title", "change", "what"]);
    for it in &found {
        table.add_row([it.event.as_str(), it.title.as_str(), it.kind, it.words.as_str()]);
    }
    say(out, table)?;
    let stands = if basis == ENTRY { format!(", which stands at {}", desk.ledger.position()?) } else { String::new() };
    let moments = format!("from {} to {}", args.from, args.to);
    say(out, format_args!("{} {moments}, by {basis}{stands}.", count(found.len(), "change")))
}

const ENTRY: &str = "entry into the ledger";

/// Returns by what two moments are in order, in words.
///
/// # Errors
/// They are in the wrong order, or not of one kind.
pub fn basis((from, before): (At, Scope), (to, after): (At, Scope)) -> Result<&'static str> {
    let (places, days) = ((before.place, after.place), (before.published, after.published));
    let (reversed, basis) = match days {
        (Some(from), Some(to)) => (from > to, "date of publication"),
        (Some(_), None) if to == At::Now => (false, "date of publication, then all that is on file"),
        (None, None) => (places.0.readings > places.1.readings || places.0.decisions > places.1.decisions, ENTRY),
        _ => {
            return Err(Report::input("moments-unlike", format!("{from} and {to} are not of one kind")).next(
                "give two days of publication (published:2023-03-20 published:2023-03-22), or two moments of entry \
                 (1.0 3.0, entered:2023-03-20 entered:2023-03-22); the later one may be now",
            ));
        }
    };
    if reversed {
        let next = format!("aver diff {to} {from}");
        return Err(Report::input("moments-reversed", format!("{from} comes after {to}")).next(next));
    }
    Ok(basis)
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
        let swing = |it: &Swing| format!("{} {}", it.measure, crate::print::event::swing(it));
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
