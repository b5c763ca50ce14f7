//! `aver figures` and `aver notes`: every number and every note, with its words.

use super::{count, say, say_json};
use crate::cli::{Cli, Figures, Words};
use crate::desk::Desk;
use crate::notes::{Noted, across, of_reading};
use crate::print::reading::amount;
use crate::report::Result;
use aver_model::{OUTLET, Offsets, Reading, Span};
use std::io::Write;

fn quote(offsets: &Offsets, reading: &Reading, span: Span) -> String {
    offsets.quote(&reading.text, span).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|it| text.contains(&it.to_lowercase()))
}

/// Returns the name behind an actor id, `outlet` or `unspecified`.
fn speaker(reading: &Reading, id: &str) -> String {
    if id == OUTLET {
        return reading.document.source.clone().unwrap_or_else(|| reading.document.file.clone());
    }
    reading.actors.iter().find(|it| it.id == id).map_or(id.to_owned(), |it| it.name.clone())
}

/// Lists every figure: measure, amount, speaker, words.
pub fn figures(cli: &Cli, args: &Figures, out: &mut dyn Write) -> Result<()> {
    let mut rows = vec![];
    for reading in Desk::open(cli)?.readings()? {
        let offsets = Offsets::new(&reading.text);
        for it in &reading.figures {
            let words = quote(&offsets, &reading, it.span);
            let who = speaker(&reading, &it.speaker);
            let text =
                format!("{} {words} {} {who} {}", it.measure, it.group.as_deref().unwrap_or(""), reading.document.file);
            if args.measure.as_deref().is_none_or(|measure| it.measure == measure) && holds(&text, &args.words) {
                rows.push((reading.document.file.clone(), who, words, it.clone()));
            }
        }
    }
    if cli.json {
        let values: Vec<_> = rows
            .iter()
            .map(|(file, who, words, it)| serde_json::json!({"file": file, "speaker_name": who, "quote": words, "figure": it}))
            .collect();
        return say_json(out, &values);
    }
    let mut table = super::list::table(&["measure", "figure", "by", "words", "about", "file"]);
    for (file, who, words, it) in &rows {
        let part = if it.part_of.is_some() { " (a part)" } else { "" };
        let number = format!("{}{part}", amount(it));
        table.add_row([
            it.measure.clone(),
            number,
            who.clone(),
            format!("“{words}”"),
            it.about.join(" "),
            file.clone(),
        ]);
    }
    say(out, table)?;
    say(out, count(rows.len(), "figure"))
}

/// Lists every note on every document: odd dates, sums that do not add up, guesses; then what does not fit between them.
pub fn notes(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let words: Vec<String> = args.words.iter().map(|it| it.to_lowercase()).collect();
    let mut rows: Vec<Noted> = desk.readings()?.iter().flat_map(of_reading).collect();
    let knowledge = desk.knowledge()?;
    rows.extend(across(&knowledge.events, &knowledge.edges));
    rows.retain(|it| it.holds(&words));
    if cli.json {
        return say_json(out, &rows);
    }
    let mut table = super::list::table(&["note", "what", "words", "file"]);
    for it in &rows {
        table.add_row([&it.note.id, &it.note.message, &it.quote, &it.file]);
    }
    say(out, table)?;
    say(out, count(rows.len(), "note"))
}
