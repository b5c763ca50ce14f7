//! Prints an event as the table of its accounts.
//!
//! In: an event with accounts and estimates. Out: a table, one column an
//! account and one row a field; a cell is the quote; the last column is what a
//! named policy makes of it. Measures on which accounts differ carry a mark.

use super::reading::{amount, days, place};
use aver_model::*;
use aver_reconcile::{Part, Swing};
use comfy_table::{ContentArrangement, Table, presets};
use std::fmt::Write;

/// Columns of accounts in one table; further ones go into a second table below.
const COLUMNS: usize = 4;

/// Prints one event under a policy, `width` characters wide.
pub fn table(event: &LedgerEvent, policy: &str, width: u16) -> String {
    let mut out = format!("{}\n{}\n", event.title, facts(event));
    for (number, accounts) in event.accounts.chunks(COLUMNS).enumerate() {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width);
        let last = number == event.accounts.len().div_ceil(COLUMNS) - 1;
        let mut header = vec!["".to_owned()];
        header.extend(accounts.iter().map(heading));
        if last {
            header.push(format!("Reconciled\npolicy: {policy}"));
        }
        table.set_header(header);
        for row in rows(event, accounts, policy) {
            let mut cells = vec![row.name];
            cells.extend(row.cells);
            if last {
                cells.push(row.reconciled);
            }
            table.add_row(cells);
        }
        let _ = writeln!(out, "{table}");
    }
    out
}

/// Prints which events lie inside one that stands for several, or inside which such ones it lies.
pub fn parts(event: &LedgerEvent, parts: &[Part], events: &[LedgerEvent]) -> String {
    let mut out = String::new();
    let mut list = |head: &str, found: Vec<(&str, &Part)>| {
        if !found.is_empty() {
            let _ = writeln!(out, "{head}");
        }
        for (id, part) in found {
            let title = events.iter().find(|it| it.id == id).map_or("", |it| &it.title);
            let _ = writeln!(out, "  {id} {title}: {}", part.reasons.join(", "));
        }
    };
    let inside = parts.iter().filter(|it| it.whole == event.id).map(|it| (it.part.as_str(), it));
    list("On file inside it:", inside.collect());
    let around = parts.iter().filter(|it| it.part == event.id).map(|it| (it.whole.as_str(), it));
    list("Part of:", around.collect());
    out
}

/// Says how far a best value moves over all policies, and which give its ends.
pub fn swing(it: &Swing) -> String {
    let first = |policies: &[String]| match policies {
        [] => String::new(),
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    };
    format!("{} ({}) to {} ({})", it.low, first(&it.low_by), it.high, first(&it.high_by))
}

fn facts(event: &LedgerEvent) -> String {
    let mut facts = vec![event.id.clone(), event.kind.clone()];
    facts.push(
        event.time.as_ref().map_or("no date".into(), |it| format!("{} ({})", days(it.start, it.end), it.precision)),
    );
    facts.push(event.place.as_ref().map_or("no place".into(), place));
    let documents: std::collections::BTreeSet<&str> = event.mentions.iter().map(|it| it.document.as_str()).collect();
    facts.push(format!("{} accounts in {} documents", event.accounts.len(), documents.len()));
    facts.push(format!("{} independent speakers", event.independent_speakers));
    if !event.disputed.is_empty() {
        facts.push(format!("disputed: {}", event.disputed.join(", ")));
    }
    facts.push(event.review.clone());
    facts.join(" · ")
}

fn heading(account: &Account) -> String {
    let mut out = account.speaker.clone();
    let _ = write!(out, "\n{}", account.voice);
    if !account.reprints.is_empty() {
        let times =
            if account.reprints.len() == 1 { "once".to_owned() } else { format!("{} times", account.reprints.len()) };
        let _ = write!(out, "\nreprinted {times}");
    }
    out
}

struct Row {
    name: String,
    cells: Vec<String>,
    reconciled: String,
}

fn rows(event: &LedgerEvent, accounts: &[Account], policy: &str) -> Vec<Row> {
    let mut rows = vec![stances(event, accounts)];
    for measure in measures(event) {
        rows.push(Row {
            name: mark(event, &measure),
            cells: accounts.iter().map(|it| figures(it, &measure)).collect(),
            reconciled: estimate(event, &measure, policy),
        });
    }
    rows.push(by_whom(event, accounts));
    rows.push(Row {
        name: mark(event, "time"),
        cells: accounts.iter().map(when).collect(),
        reconciled: event.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end)),
    });
    rows
}

fn stances(event: &LedgerEvent, accounts: &[Account]) -> Row {
    let words =
        |it: &Account| it.stances.iter().map(|it| it.to_string().replace('_', " ")).collect::<Vec<_>>().join(", ");
    let mut counts: std::collections::BTreeMap<Stance, usize> = Default::default();
    for stance in event.accounts.iter().filter_map(|it| it.stances.first()) {
        *counts.entry(*stance).or_default() += 1;
    }
    let sum: Vec<String> =
        counts.iter().map(|(stance, n)| format!("{n} {}", stance.as_str().replace('_', " "))).collect();
    Row { name: "stance".into(), cells: accounts.iter().map(words).collect(), reconciled: sum.join(" · ") }
}

/// Every measure that an account or estimate gives, killed and wounded first.
pub fn measures(event: &LedgerEvent) -> Vec<String> {
    let mut all: Vec<String> =
        event.accounts.iter().flat_map(|it| it.figures.iter().map(|it| it.figure.measure.clone())).collect();
    all.sort_by_key(|it| match it.as_str() {
        "killed" => (0, it.clone()),
        "wounded" => (1, it.clone()),
        "killed_or_wounded" => (2, it.clone()),
        _ => (3, it.clone()),
    });
    all.dedup();
    all
}

fn mark(event: &LedgerEvent, field: &str) -> String {
    if event.disputed.iter().any(|it| it == field) { format!("{field} (!)") } else { field.to_owned() }
}

const SILENT: &str = "says nothing";

fn figures(account: &Account, measure: &str) -> String {
    let cells: Vec<String> = account
        .figures
        .iter()
        .filter(|it| it.figure.measure == measure)
        .map(|it| {
            let part = if it.figure.part_of.is_some() { " (a part)" } else { "" };
            format!("{}{part} “{}”", amount(&it.figure), it.evidence.quote)
        })
        .collect();
    if cells.is_empty() { SILENT.into() } else { cells.join("\n") }
}

/// Returns "3 – 30, best —" for a measure under a policy.
pub fn estimate(event: &LedgerEvent, measure: &str, policy: &str) -> String {
    let Some(it) = find_estimate(event, measure, policy) else { return "no rule".into() };
    let number = |it: Option<u64>| it.map_or("—".to_owned(), |it| it.to_string());
    let mut out =
        if it.low == it.high { number(it.low) } else { format!("{} – {}", number(it.low), number(it.high)) };
    if it.at_least {
        out.push('+');
    }
    if it.indeterminate {
        out.push_str("\nindeterminate");
    } else if it.low != it.high {
        let _ = write!(out, ", best {}", number(it.best));
    }
    let _ = write!(out, "\n{}", it.why);
    out
}

fn find_estimate<'e>(event: &'e LedgerEvent, measure: &str, policy: &str) -> Option<&'e Estimate> {
    let named = |it: &Estimate| it.policy == policy || it.policy.split('/').next() == Some(policy);
    event.estimates.iter().find(|it| it.measure == measure && named(it))
}

fn by_whom(event: &LedgerEvent, accounts: &[Account]) -> Row {
    let cell = |it: &Account| {
        let cells: Vec<String> =
            it.perpetrators.iter().map(|it| format!("{} ({}) “{}”", it.name, it.basis, it.evidence.quote)).collect();
        if cells.is_empty() { SILENT.into() } else { cells.join("\n") }
    };
    let mut said: std::collections::BTreeMap<(&str, Basis), usize> = Default::default();
    for it in event.accounts.iter().flat_map(|it| &it.perpetrators) {
        *said.entry((&it.name, it.basis)).or_default() += 1;
    }
    let sum: Vec<String> = said.iter().map(|((name, basis), n)| format!("{name}: {basis} by {n}")).collect();
    Row {
        name: mark(event, "perpetrator"),
        cells: accounts.iter().map(cell).collect(),
        reconciled: if sum.is_empty() { "nobody is named".into() } else { sum.join("\n") },
    }
}

fn when(account: &Account) -> String {
    match (&account.time, &account.time_evidence) {
        (Some(time), Some(words)) => format!("{} “{}”", days(time.start, time.end), words.quote),
        (Some(time), None) => days(time.start, time.end),
        (None, _) => SILENT.into(),
    }
}

/// Prints every reason behind an event: its mentions, edges, accounts, and what each policy did.
pub fn why(event: &LedgerEvent, edges: &[Edge]) -> String {
    let mut out = format!("{}\n{}\n\nMentions\n", event.title, facts(event));
    for it in &event.mentions {
        let _ = writeln!(out, "  {} in {}", it.event, it.file);
    }
    let holds = |it: &MentionRef| event.mentions.contains(it);
    let _ = writeln!(out, "\nWhy these are one event");
    for edge in edges.iter().filter(|it| it.verdict == "same" && holds(&it.a) && holds(&it.b)) {
        let ruled = edge.decision.as_ref().map_or(String::new(), |it| format!(", by decision {it}"));
        let _ = writeln!(
            out,
            "  {}:{} = {}:{}  score {:.2}{ruled}",
            edge.a.file, edge.a.event, edge.b.file, edge.b.event, edge.score
        );
        for reason in &edge.reasons {
            let _ = writeln!(out, "    {:+.2} {}: {}", reason.weight, reason.feature, reason.words);
        }
    }
    let _ = writeln!(out, "\nNear misses");
    for edge in edges.iter().filter(|it| it.verdict == "near" && (holds(&it.a) || holds(&it.b))) {
        let _ = writeln!(
            out,
            "  {}:{} ~ {}:{}  score {:.2}",
            edge.a.file, edge.a.event, edge.b.file, edge.b.event, edge.score
        );
    }
    let _ = writeln!(out, "\nAccounts");
    for account in &event.accounts {
        let _ = writeln!(out, "  {} ({}; {})", account.speaker, account.voice, account.file);
        for it in account.evidence.iter().chain(account.figures.iter().map(|it| &it.evidence)) {
            let _ = writeln!(out, "    {}:{}-{} “{}”", it.file, it.span.start, it.span.end, it.quote);
        }
    }
    let _ = writeln!(out, "\nPolicies");
    for it in &event.estimates {
        let number = |it: Option<u64>| it.map_or("—".to_owned(), |it| it.to_string());
        let open = if it.indeterminate { "  indeterminate" } else { "" };
        let _ = writeln!(
            out,
            "  {:<9} {:<22} {} / {} / {}{open}  {}",
            it.measure,
            it.policy,
            number(it.low),
            number(it.best),
            number(it.high),
            it.why
        );
        for left in it.weighed.iter().filter(|it| !it.left_out.is_empty()) {
            let speaker = event.accounts.iter().find(|it| it.id == left.account).map_or("", |it| it.speaker.as_str());
            let _ =
                writeln!(out, "    left out: {speaker} {}–{}: {}", number(left.low), number(left.high), left.left_out);
        }
    }
    out
}

/// Prints every event over some readings; what the golden cases compare.
pub fn all(readings: &[Reading], codebook: &aver_codebook::Codebook) -> String {
    let knowledge = crate::desk::Knowledge::build(readings, &[], &[], codebook);
    let mut out = String::new();
    for event in &knowledge.events {
        let _ =
            writeln!(out, "{} [{}]", event.title, facts(event).split(" · ").skip(1).collect::<Vec<_>>().join(" · "));
        for account in &event.accounts {
            let stances: Vec<String> = account.stances.iter().map(|it| it.to_string()).collect();
            let _ = writeln!(out, "  {} ({}): {}", account.speaker, account.voice, stances.join(", "));
            for it in &account.figures {
                let _ = writeln!(out, "    {} {} “{}”", it.figure.measure, amount(&it.figure), it.evidence.quote);
            }
            for it in &account.perpetrators {
                let _ = writeln!(out, "    by {} ({})", it.name, it.basis);
            }
        }
        for it in &event.estimates {
            let number = |it: Option<u64>| it.map_or("—".to_owned(), |it| it.to_string());
            let open = if it.indeterminate { " indeterminate" } else { "" };
            let _ = writeln!(
                out,
                "  {} {}: {} / {} / {}{open}",
                it.policy,
                it.measure,
                number(it.low),
                number(it.best),
                number(it.high)
            );
        }
    }
    out
}
