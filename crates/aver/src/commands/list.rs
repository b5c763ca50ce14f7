//! The commands that show what is on file: documents, events, actors, tallies …

use super::{say, say_json, width};
use crate::cli::{Cli, Events, Forecasts, OneEvent, Statements, Words};
use crate::desk::Desk;
use crate::moment::At;
use crate::print::reading::{amount, days, place};
use crate::report::{Report, Result};
use aver_ledger::Filed;
use aver_model::*;
use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use std::io::Write;

/// Returns an empty table as wide as the terminal.
pub fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    let style = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width()).set_header(header.iter().copied());
    table
}

/// Says whether every word occurs in the text; case does not count.
fn holds(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|it| text.contains(&it.to_lowercase()))
}

/// A document on file, for JSON.
#[derive(serde::Serialize)]
struct FiledDocument<'f> {
    #[serde(flatten)]
    document: &'f Document,
    /// When it was stored; null: before the ledger kept it.
    entered: Option<&'f str>,
}

/// Lists the documents.
pub fn documents(cli: &Cli, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let filed = desk.scope()?.documents(&desk.ledger)?;
    if cli.json {
        let rows: Vec<_> =
            filed.iter().map(|it| FiledDocument { document: &it.document, entered: it.entered.as_deref() }).collect();
        return say_json(out, &rows);
    }
    let mut table = table(&["file", "outlet", "published", "basis", "entered", "title", "sha256"]);
    for Filed { document: it, entered, .. } in &filed {
        let published = it.published;
        table.add_row([
            it.file.clone(),
            it.source.clone().unwrap_or("unknown".into()),
            days(published.start, published.end),
            published.basis.to_string(),
            entered.as_deref().and_then(|it| it.get(..10)).unwrap_or("unknown").to_owned(),
            it.title.clone().unwrap_or_default(),
            it.sha256.chars().take(8).collect(),
        ]);
    }
    say(out, table)
}

/// Returns the events that the filters let through.
pub fn filtered<'k>(events: impl Iterator<Item = &'k LedgerEvent>, args: &Events) -> Vec<&'k LedgerEvent> {
    let folded = |a: &str, b: &str| a.to_lowercase().contains(&b.to_lowercase());
    let by = |it: &LedgerEvent, who: &str, bases: &[Basis]| {
        it.accounts.iter().flat_map(|it| &it.perpetrators).any(|it| {
            (bases.is_empty() || bases.contains(&it.basis))
                && (folded(&it.name, who) || it.codebook.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(who)))
        })
    };
    let placed = |it: &LedgerEvent, word: &str| {
        it.place.as_ref().is_some_and(|it| {
            folded(&place(it), word) || it.country.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(word))
        })
    };
    let after =
        |it: &LedgerEvent, day: Day| it.time.as_ref().and_then(|it| it.end.or(it.start)).is_some_and(|it| it >= day);
    let before =
        |it: &LedgerEvent, day: Day| it.time.as_ref().and_then(|it| it.start.or(it.end)).is_some_and(|it| it <= day);
    events
        .filter(|it| args.kind.as_deref().is_none_or(|kind| it.kind == kind || it.types.iter().any(|it| it == kind)))
        .filter(|it| args.by.as_deref().is_none_or(|who| by(it, who, &[])))
        .filter(|it| args.claimed_by.as_deref().is_none_or(|who| by(it, who, &[Basis::Claimed])))
        .filter(|it| args.place.as_deref().is_none_or(|word| placed(it, word)))
        .filter(|it| args.since.is_none_or(|day| after(it, day)))
        .filter(|it| args.until.is_none_or(|day| before(it, day)))
        .filter(|it| !args.disputed || !it.disputed.is_empty())
        .filter(|it| args.file.as_deref().is_none_or(|file| it.mentions.iter().any(|it| it.file.contains(file))))
        .filter(|it| args.words.is_empty() || holds(&words_of(it), &args.words))
        .collect()
}

fn words_of(event: &LedgerEvent) -> String {
    let mut text = format!("{} {} ", event.title, event.place.as_ref().map_or(String::new(), place));
    for it in &event.accounts {
        text.push_str(&it.speaker);
        for evidence in it.evidence.iter().chain(it.figures.iter().map(|it| &it.evidence)) {
            text.push(' ');
            text.push_str(&evidence.quote);
        }
    }
    text
}

/// Lists events.
pub fn events(cli: &Cli, args: &Events, out: &mut dyn Write) -> Result<()> {
    let knowledge = Desk::open(cli)?.knowledge()?;
    let events = filtered(knowledge.events.iter(), args);
    if cli.json {
        return say_json(out, &events);
    }
    let mut table = table(&["id", "date", "event", "killed", "wounded", "accounts", "disputed"]);
    for it in &events {
        let time = it.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end));
        table.add_row([
            it.id.clone(),
            time,
            it.title.clone(),
            range(it, "killed"),
            range(it, "wounded"),
            it.accounts.len().to_string(),
            it.disputed.join(", "),
        ]);
    }
    say(out, table)?;
    say(out, format_args!("{} of {}", events.len(), super::count(knowledge.events.len(), "event")))
}

/// Returns the range over all accounts, or nothing.
pub fn range(event: &LedgerEvent, measure: &str) -> String {
    let number = |it: Option<u64>| it.map_or("?".to_owned(), |it| it.to_string());
    match event.estimates.iter().find(|it| it.measure == measure && it.policy.starts_with("range-all")) {
        Some(it) if it.low.is_none() && it.high.is_none() => String::new(),
        Some(it) => {
            let end = if it.at_least { "+" } else { "" };
            let low = if it.low == it.high { String::new() } else { format!("{}–", number(it.low)) };
            format!("{low}{}{end}", number(it.high))
        }
        None => String::new(),
    }
}

/// Shows one event as the table of its accounts.
pub fn event(cli: &Cli, args: &OneEvent, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    known_policy(&desk, &args.policy)?;
    let knowledge = desk.knowledge()?;
    let event = knowledge.event(&args.id)?;
    let parts = aver_reconcile::parts(&knowledge.events, &desk.codebook);
    if cli.json {
        let title = |id: &str| knowledge.event(id).map_or(String::new(), |it| it.title.clone());
        return say_json(out, &crate::parts::Tied::new(event, &parts, title));
    }
    write!(out, "{}", crate::print::event::table(event, &args.policy, width())).map_err(super::write_error)?;
    write!(out, "{}", crate::print::event::parts(event, &parts, &knowledge.events)).map_err(super::write_error)?;
    say(out, format_args!("aver why {} gives every reason and every policy.", event.id))
}

fn known_policy(desk: &Desk, policy: &str) -> Result<()> {
    if desk.codebook.policy(policy).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = desk.codebook.policies.iter().map(|it| it.id.as_str()).collect();
    Err(Report::input("policy-unknown", format!("there is no policy `{policy}`"))
        .at("--policy")
        .next(format!("write one of {}", known.join(", "))))
}

/// Lists actors.
pub fn actors(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let knowledge = Desk::open(cli)?.knowledge()?;
    let actors: Vec<&ActorRecord> = knowledge
        .actors
        .iter()
        .filter(|it| holds(&format!("{} {}", it.name, it.names.join(" ")), &args.words))
        .collect();
    if cli.json {
        return say_json(out, &actors);
    }
    let mut table = table(&["actor", "kind", "codebook", "names in the documents", "mentions"]);
    for it in &actors {
        let mentions: usize = it.seen.iter().map(|it| it.mentions).sum();
        table.add_row([
            it.name.clone(),
            it.kind.clone(),
            it.codebook.clone().unwrap_or_default(),
            it.names.join(" · "),
            format!("{mentions} in {}", it.seen.len()),
        ]);
    }
    say(out, table)
}

/// Lists relations with everyone who says that they hold, or not.
pub fn relations(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let knowledge = Desk::open(cli)?.knowledge()?;
    let words = |it: &RelationRecord| {
        let said: Vec<String> = it.said.iter().map(|it| format!("{} {}", it.speaker, it.evidence.quote)).collect();
        format!("{} {} {} {}", it.a.name, it.relation, it.b.name, said.join(" "))
    };
    let relations: Vec<&RelationRecord> =
        knowledge.relations.iter().filter(|it| holds(&words(it), &args.words)).collect();
    if cli.json {
        return say_json(out, &relations);
    }
    for it in &relations {
        let mark = if it.disputed { "  (disputed)" } else { "" };
        say(out, format_args!("{} — {} — {}{mark}", it.a.name, it.relation, it.b.name))?;
        for said in &it.said {
            let when = said.time.as_ref().map(|it| format!(", {}", crate::print::reading::days(it.start, it.end)));
            say(
                out,
                format_args!(
                    "  {} by {}{} ({}): “{}”",
                    said.polarity,
                    said.speaker,
                    when.unwrap_or_default(),
                    said.evidence.file,
                    said.evidence.quote
                ),
            )?;
        }
    }
    Ok(())
}

/// Sets tallies against the events on file.
pub fn tallies(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let knowledge = Desk::open(cli)?.knowledge()?;
    let tallies: Vec<&TallyCheck> = knowledge
        .tallies
        .iter()
        .filter(|it| holds(&format!("{} {} {}", it.speaker, it.counted, it.evidence.quote), &args.words))
        .collect();
    if cli.json {
        return say_json(out, &tallies);
    }
    for it in tallies {
        say(out, format_args!("{} · {} · {}", it.speaker, it.counted, days(it.start, it.end)))?;
        say(out, format_args!("  {}: “{}”", it.evidence.file, it.evidence.quote))?;
        for figure in &it.figures {
            say(
                out,
                format_args!("  {} {} “{}”", figure.figure.measure, amount(&figure.figure), figure.evidence.quote),
            )?;
        }
        for (measure, low, high) in &it.on_file {
            let sum = if low == high { low.to_string() } else { format!("{low}–{high}") };
            say(out, format_args!("  on file: {measure} {sum} in {}", super::count(it.events.len(), "event")))?;
        }
        for finding in &it.findings {
            say(out, format_args!("  ! {finding}"))?;
        }
        say(out, "")?;
    }
    Ok(())
}

/// Lists forecasts with their state on a day.
pub fn forecasts(cli: &Cli, args: &Forecasts, out: &mut dyn Write) -> Result<()> {
    let (now, mut forecasts) = Desk::open(cli)?.forecasts(args.now)?;
    forecasts.retain(|it| !args.due || it.state == "due");
    forecasts.retain(|it| holds(&format!("{} {}", it.speaker, it.evidence.quote), &args.words));
    if cli.json {
        return say_json(out, &forecasts);
    }
    let mut table = table(&["state", "made", "falls due", "by", "words", "file"]);
    for it in &forecasts {
        let expired = if it.expired_when_cited { " (had run out when cited)" } else { "" };
        let sign = if it.polarity == "negative" { "not: " } else { "" };
        table.add_row([
            format!("{}{expired}", it.state),
            days(it.made.start, it.made.end),
            days(it.due.earliest, it.due.latest),
            it.speaker.clone(),
            format!("{sign}“{}”", it.evidence.quote),
            it.evidence.file.clone(),
        ]);
    }
    say(out, table)?;
    say(out, format_args!("Counted from {now}."))
}

/// Lists who says what.
pub fn statements(cli: &Cli, args: &Statements, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let mut rows = vec![];
    for reading in desk.readings()? {
        if args.file.as_deref().is_some_and(|it| !reading.document.file.contains(it)) {
            continue;
        }
        let offsets = Offsets::new(&reading.text);
        let quote = |span: Span| offsets.quote(&reading.text, span).split_whitespace().collect::<Vec<_>>().join(" ");
        for it in &reading.statements {
            let speaker = it.speaker.actor.as_ref().and_then(|id| reading.actors.iter().find(|it| it.id == *id));
            let name = speaker.map_or(it.speaker.name.clone(), |it| it.name.clone());
            let content = quote(it.content.span);
            let who = format!("{name} {} {}", it.speaker.name, it.chain.join(" "));
            let fits = args.stance.is_none_or(|stance| it.stance == stance)
                && args.kind.is_none_or(|kind| it.kind == kind)
                && args.by.as_deref().is_none_or(|by| who.to_lowercase().contains(&by.to_lowercase()))
                && holds(&format!("{who} {content}"), &args.words);
            if fits {
                rows.push((reading.document.file.clone(), name, it.clone(), content));
            }
        }
    }
    if cli.json {
        let values: Vec<_> = rows
            .iter()
            .map(|(file, speaker, it, content)| serde_json::json!({"file": file, "speaker_name": speaker, "content": content, "statement": it}))
            .collect();
        return say_json(out, &values);
    }
    let mut table = table(&["stance", "speaker", "what", "said", "file"]);
    for (file, name, it, content) in &rows {
        let said = if it.said.start.is_some() || it.said.end.is_some() {
            days(it.said.start, it.said.end)
        } else {
            String::new()
        };
        table.add_row([it.stance.to_string(), name.clone(), format!("“{content}”"), said, file.clone()]);
    }
    say(out, table)?;
    say(out, super::count(rows.len(), "statement"))
}

/// Hits of records, and of documents, that a search prints.
const MOST_HITS: usize = 100;

/// Finds words in everything on file.
pub fn search(cli: &Cli, args: &Words, out: &mut dyn Write) -> Result<()> {
    let desk = Desk::open(cli)?;
    let words = args.words.join(" ");
    let hits = match desk.at {
        None | Some(At::Now) => desk.ledger.search(&words, MOST_HITS)?,
        // The stored index is of the present.
        Some(_) => aver_ledger::index(&desk.readings()?, desk.knowledge()?.events.iter())?.search(&words, MOST_HITS)?,
    };
    if cli.json {
        let values: Vec<_> = hits
            .iter()
            .map(|it| {
                serde_json::json!({"kind": it.kind.as_str(), "document": it.document, "file": it.file,
                "record": it.record, "span": it.span, "words": it.words})
            })
            .collect();
        return say_json(out, &values);
    }
    for it in &hits {
        let at = match (&it.file, it.span) {
            (Some(file), Some(span)) => format!("{file}:{}-{}", span.start, span.end),
            (Some(file), None) => file.clone(),
            _ => it.record.clone().unwrap_or_default(),
        };
        say(
            out,
            format_args!(
                "{:<10} {at}  {}",
                it.kind.as_str(),
                it.words.split_whitespace().collect::<Vec<_>>().join(" ")
            ),
        )?;
    }
    say(out, super::count(hits.len(), "hit"))
}
