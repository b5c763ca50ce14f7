//! `aver why`: every reason behind an event, or behind one record of one document.
//!
//! An event's id stands alone (`ev-…`); a record is written `FILE:ID`
//! (`market.txt:s3`), as every listing prints it. Of the file a beginning is enough.

use super::{say, say_json};
use crate::cli::{Cli, OneEvent};
use crate::desk::Desk;
use crate::report::{Report, Result};
use aver_model::{Edge, MentionRef, Offsets, Reading};
use aver_read::explain::{Explainer, Reason};
use std::io::Write;

/// Gives every reason behind an event or a record.
pub fn why(cli: &Cli, args: &OneEvent, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    if let Some((file, record)) = args.id.rsplit_once(':') {
        return of_record(cli, &desk, file, record, out);
    }
    let knowledge = desk.knowledge()?;
    let event = knowledge.event(&args.id)?;
    if cli.json {
        let held = |it: &MentionRef| event.mentions.contains(it);
        let edges: Vec<&Edge> = knowledge.edges.iter().filter(|it| held(&it.a) || held(&it.b)).collect();
        return say_json(out, &serde_json::json!({"event": event, "edges": edges}));
    }
    write!(out, "{}", crate::print::event::why(event, &knowledge.edges)).map_err(super::write_error)
}

fn of_record(cli: &Cli, desk: &Desk, file: &str, record: &str, out: &mut dyn Write) -> Result<()> {
    let readings = desk.readings()?;
    let reading = document(&readings, file)?;
    let reasons = Explainer::new(&desk.codebook).explain(reading, record).ok_or_else(|| {
        Report::input("record-not-found", format!("{} has no record `{record}`", reading.document.file))
            .next("`aver statements`, `figures`, `event ID` print the records' ids; `aver read FILE` lists them all")
    })?;
    let offsets = Offsets::new(&reading.text);
    let quote = |it: &Reason| {
        let words = it.words.map(|it| offsets.quote(&reading.text, it));
        words.map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    if cli.json {
        let reasons: Vec<_> = reasons.iter().map(|it| serde_json::json!({"reason": it, "quote": quote(it)})).collect();
        return say_json(
            out,
            &serde_json::json!({"file": reading.document.file, "record": record, "reasons": reasons}),
        );
    }
    say(out, format_args!("{record} in {}", reading.document.file))?;
    for it in &reasons {
        say(out, format_args!("  {:<12} {}", it.field, it.value))?;
        say(out, format_args!("               {}", it.rule))?;
        if let (Some(words), Some(span)) = (quote(it), it.words) {
            say(out, format_args!("               {}-{} “{words}”", span.start, span.end))?;
        }
    }
    Ok(())
}

/// The one document whose file name begins so.
fn document<'r>(readings: &'r [Reading], file: &str) -> Result<&'r Reading> {
    if let Some(exact) = readings.iter().find(|it| it.document.file == file) {
        return Ok(exact);
    }
    let found: Vec<&Reading> = readings.iter().filter(|it| it.document.file.starts_with(file)).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Report::input("document-not-found", format!("no document's file is called `{file}`"))
            .next("`aver documents` lists them")),
        [first, second, ..] => {
            Err(Report::input("document-ambiguous", format!("`{file}` is the beginning of several files"))
                .next(format!("write {} or {}", first.document.file, second.document.file)))
        }
    }
}
