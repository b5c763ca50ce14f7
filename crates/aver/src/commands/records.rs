//! `aver figures` and `aver notes`: every number and every note, with its words.

use super::{count, say, say_json};
use crate::cli::{Cli, Figures, Words};
use crate::desk::{Desk, Knowledge};
use crate::print::reading::amount;
use crate::report::Result;
use aver_model::{Note, OUTLET, Offsets, Reading, Span};
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

/// Returns what does not fit over all documents: file, words, note.
fn across(knowledge: &Knowledge) -> Vec<(String, String, Note)> {
    let mut out = vec![];
    for it in aver_reconcile::contradictions(&knowledge.events) {
        let [first, second] = &it.evidence;
        let words = format!("{} / {}", first.quote, second.quote);
        let message = format!("{} {}.", it.speaker, it.words);
        out.push((first.file.clone(), words, Note { id: it.kind.into(), span: Some(first.span), message }));
    }
    for it in aver_reconcile::triangles(&knowledge.edges) {
        let message = format!(
            "{} in {} fits {} in {} and {} in {}, which cannot be one event.",
            it.between.event, it.between.file, it.a.event, it.a.file, it.b.event, it.b.file
        );
        out.push((it.between.file.clone(), String::new(), Note { id: "triangle".into(), span: None, message }));
    }
    out
}

/// Lists every note on every document: odd dates, sums that do not add up, guesses.
pub fn notes(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let mut rows = vec![];
    let desk = Desk::open(cli)?;
    for reading in desk.readings()? {
        let offsets = Offsets::new(&reading.text);
        for it in &reading.notes {
            let words = it.span.map_or(String::new(), |it| quote(&offsets, &reading, it));
            if holds(&format!("{} {} {words} {}", it.id, it.message, reading.document.file), &args.words) {
                rows.push((reading.document.file.clone(), words, it.clone()));
            }
        }
    }
    for (file, words, it) in across(&desk.knowledge()?) {
        if holds(&format!("{} {} {words} {file}", it.id, it.message), &args.words) {
            rows.push((file, words, it));
        }
    }
    if cli.json {
        let values: Vec<_> = rows
            .iter()
            .map(|(file, words, it)| serde_json::json!({"file": file, "quote": words, "note": it}))
            .collect();
        return say_json(out, &values);
    }
    let mut table = super::list::table(&["note", "what", "words", "file"]);
    for (file, words, it) in &rows {
        table.add_row([it.id.clone(), it.message.clone(), words.clone(), file.clone()]);
    }
    say(out, table)?;
    say(out, count(rows.len(), "note"))
}
