//! `aver decide`: what an analyst rules, appended and undoable.

use super::{say, say_json};
use crate::cli::{By, Cli, Correct, Decide, Ruling as Words};
use crate::desk::{Desk, Knowledge, instant, today};
use crate::report::{Report, Result};
use aver_model::*;
use std::io::Write;

/// Appends a ruling and shows what it changed.
pub fn decide(cli: &Cli, args: &Decide, out: &mut dyn Write) -> Result<()> {
    let mut desk = Desk::open(cli)?;
    desk.must_be_now()?;
    let knowledge = desk.knowledge()?;
    let readings = desk.ledger.readings()?;
    let before = knowledge.events.len();
    let (ruling, by) = match &args.ruling {
        Words::Accept(it) => (Ruling::Accept { anchor: anchor(&knowledge, &readings, &it.event, 0)? }, &it.by),
        Words::Reject(it) => (Ruling::Reject { anchor: anchor(&knowledge, &readings, &it.event, 0)? }, &it.by),
        Words::Same(it) => {
            let (a, b) = (anchor(&knowledge, &readings, &it.a, 0)?, anchor(&knowledge, &readings, &it.b, 0)?);
            (Ruling::Same { a, b }, &it.by)
        }
        Words::Unsure(it) => {
            let (a, b) = (anchor(&knowledge, &readings, &it.a, 0)?, anchor(&knowledge, &readings, &it.b, 0)?);
            (Ruling::Unsure { a, b }, &it.by)
        }
        Words::Different(it) => {
            // One event named twice: its first two mentions are set apart.
            let second = usize::from(it.a == it.b);
            let (a, b) = (anchor(&knowledge, &readings, &it.a, 0)?, anchor(&knowledge, &readings, &it.b, second)?);
            (Ruling::Different { a, b }, &it.by)
        }
        Words::Undo { decision, by } => (Ruling::Undo { decision: undone(&desk, decision.as_deref())? }, by),
    };
    let decision = desk.ledger.decide(ruling, &who(by), &instant(), by.reason.as_deref())?;
    let after = desk.refresh(today())?.events.len();
    if cli.json {
        return say_json(out, &decision);
    }
    say(
        out,
        format_args!(
            "Decision {} stored: {}. Events: {before} before, {after} after.",
            decision.number,
            words(&decision, &desk.ledger.decisions()?)
        ),
    )?;
    say(out, format_args!("Undo it with: aver decide undo {}", decision.number))
}

/// Puts a person's value in place of the machine's; of an event's type in every mention of it.
pub fn correct(cli: &Cli, args: &Correct, out: &mut dyn Write) -> Result<()> {
    let mut desk = Desk::open(cli)?;
    desk.must_be_now()?;
    let to = args.to.trim().to_owned();
    crate::decided::check_value(&desk.codebook, &args.field, &to)?;
    let (knowledge, readings) = (desk.knowledge()?, desk.ledger.readings()?);
    let mut anchors = match args.field.as_str() {
        "figure" | "speaker" => vec![figure_anchor(&readings, &args.what)?],
        "type" if !args.what.contains(':') => {
            let mentions = knowledge.event(&args.what)?.mentions.len();
            (0..mentions).map(|nth| anchor(&knowledge, &readings, &args.what, nth)).collect::<Result<_>>()?
        }
        _ => vec![anchor(&knowledge, &readings, &args.what, 0)?],
    };
    let mut made = vec![];
    for it in &mut anchors {
        it.field.clone_from(&args.field);
        if let Some(reading) = readings.iter().find(|own| own.document.sha256 == it.document) {
            it.value = aver_review::value_at(reading, it);
            it.definition = crate::decided::definition(&desk.codebook, reading, it);
        }
        let ruling = Ruling::Correct { anchor: it.clone(), to: to.clone() };
        made.push(desk.ledger.decide(ruling, &who(&args.by), &instant(), args.by.reason.as_deref())?);
    }
    desk.refresh(today())?;
    if cli.json {
        return say_json(out, &made);
    }
    for it in &made {
        let before = it.ruling.anchors().first().and_then(|it| it.value.clone()).unwrap_or_default();
        say(out, format_args!("Decision {} stored: {} (the machine read {before}).", it.number, words(it, &made)))?;
        say(out, format_args!("Undo it with: aver decide undo {}", it.number))?;
    }
    Ok(())
}

/// Returns the words of `FILE:f2`.
fn figure_anchor(readings: &[Reading], what: &str) -> Result<Anchor> {
    let named = |it: &&Reading, file: &str| it.document.file.starts_with(file) || it.document.sha256.starts_with(file);
    let found = what.rsplit_once(':').and_then(|(file, id)| {
        let reading = readings.iter().find(|it| named(it, file) && it.figures.iter().any(|it| it.id == id))?;
        Some((reading, reading.figures.iter().find(|it| it.id == id)?))
    });
    let Some((reading, figure)) = found else {
        return Err(Report::input("figure-not-found", format!("there is no figure `{what}`"))
            .next("`aver read FILE --part figures` lists them; write FILE:f2"));
    };
    let quote = Offsets::new(&reading.text).quote(&reading.text, figure.span).to_owned();
    Ok(Anchor { document: reading.document.sha256.clone(), quote, span: figure.span, ..Anchor::default() })
}

fn who(by: &By) -> String {
    let login = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    by.who.clone().or_else(login).filter(|it| !it.is_empty()).unwrap_or_else(|| "analyst".into())
}

/// Returns the words to which a ruling on an event is tied: a mention of it in its document.
fn anchor(knowledge: &Knowledge, readings: &[Reading], id: &str, nth: usize) -> Result<Anchor> {
    let mention = match id.rsplit_once(':') {
        Some((file, event)) => one_mention(knowledge, file, event)?,
        None => {
            let event = knowledge.event(id)?;
            event.mentions.get(nth).cloned().ok_or_else(|| {
                Report::input(
                    "event-has-one-mention",
                    format!("event {} has one mention; there is nothing to set apart", event.id),
                )
            })?
        }
    };
    let reading = readings.iter().find(|it| it.document.sha256 == mention.document);
    let found = reading.and_then(|reading| Some((reading, reading.events.iter().find(|it| it.id == mention.event)?)));
    let Some((reading, event)) = found else {
        return Err(Report::bug(format!("event {} of {} is not in its reading", mention.event, mention.file)));
    };
    let quote = Offsets::new(&reading.text).quote(&reading.text, event.span).to_owned();
    Ok(Anchor {
        document: mention.document,
        quote,
        span: event.span,
        field: "event".into(),
        value: Some(event.kind.clone()),
        definition: None,
    })
}

fn one_mention(knowledge: &Knowledge, file: &str, event: &str) -> Result<MentionRef> {
    let mut all = knowledge.events.iter().flat_map(|it| &it.mentions);
    all.find(|it| it.event == event && (it.file == file || it.file.starts_with(file) || it.document.starts_with(file)))
        .cloned()
        .ok_or_else(|| {
            Report::input("mention-not-found", format!("there is no mention {event} in `{file}`"))
                .next("`aver why ID` lists an event's mentions")
        })
}

fn undone(desk: &Desk, given: Option<&str>) -> Result<String> {
    let decisions = desk.ledger.decisions()?;
    let wanted = match given {
        None => desk.ledger.effective_decisions()?.into_iter().max_by_key(|it| it.number),
        Some(word) => {
            let number = word.parse::<u64>().ok();
            decisions.into_iter().find(|it| number == Some(it.number) || it.id.starts_with(word))
        }
    };
    wanted.map(|it| it.id).ok_or_else(|| {
        Report::input("decision-not-found", "there is no such decision").next("`aver decisions` lists them")
    })
}

/// Says what a decision rules; `made` are the decisions among which an undo finds its target.
pub(crate) fn words(decision: &Decision, made: &[Decision]) -> String {
    match &decision.ruling {
        Ruling::Accept { anchor } => format!("accept “{}”", anchor.quote),
        Ruling::Reject { anchor } => format!("reject “{}”", anchor.quote),
        Ruling::Same { a, b } => format!("“{}” and “{}” are the same event", a.quote, b.quote),
        Ruling::Different { a, b } => format!("“{}” and “{}” are different events", a.quote, b.quote),
        Ruling::Correct { anchor, to } => format!("{} of “{}” is {to}", anchor.field, anchor.quote),
        Ruling::Unsure { a, b } => format!("“{}” and “{}”: cannot be told", a.quote, b.quote),
        Ruling::Resolve { anchor, outcome, .. } => {
            let became = match outcome {
                Outcome::Happened => "happened",
                Outcome::DidNot => "did not happen",
                Outcome::CannotTell => "cannot be told",
            };
            format!("forecast “{}” {became}", anchor.quote)
        }
        Ruling::Grade { anchor, source, to } => format!("{source}: {} {to}, at “{}”", anchor.field, anchor.quote),
        Ruling::State { anchor, speaker, stance } => format!("{speaker} {stance}: “{}”", anchor.quote),
        Ruling::Undo { decision } => match made.iter().find(|it| it.id == *decision) {
            Some(it) => format!("undo decision {}", it.number),
            None => format!("undo {decision}"),
        },
    }
}

/// Lists every decision, oldest first.
pub fn decisions(cli: &Cli, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let scope = desk.scope()?;
    let made = desk.ledger.decisions_at(scope.place)?;
    let decisions = scope.seen(&made, &scope.documents(&desk.ledger)?);
    if cli.json {
        return say_json(out, &decisions);
    }
    let holding: Vec<String> = aver_ledger::effective(&made).into_iter().map(|it| it.id).collect();
    for it in &decisions {
        let undo = matches!(it.ruling, Ruling::Undo { .. });
        let state = if undo || holding.contains(&it.id) { "" } else { " (undone)" };
        let reason = it.reason.as_ref().map_or(String::new(), |it| format!(" — {it}"));
        let id: String = it.id.chars().take(8).collect();
        say(out, format_args!("{:>4} {id} {} {}: {}{reason}{state}", it.number, it.when, it.who, words(it, &made)))?;
    }
    say(out, super::count(decisions.len(), "decision"))
}
