//! Values to HTML. Every word goes through askama, which escapes it.

use crate::print::event::{estimate, measures};
use crate::print::reading::{amount, days, place};
use crate::report::Report;
use askama::Template;
use aver_model::*;

#[derive(Template)]
#[template(path = "events.html")]
struct EventsPage {
    rows: Vec<EventRow>,
    total: usize,
    words: String,
    disputed_only: bool,
}

struct EventRow {
    id: String,
    title: String,
    date: String,
    place: String,
    killed: String,
    wounded: String,
    accounts: usize,
    speakers: String,
    disputed: Vec<String>,
    background: bool,
}

/// Returns the list of events.
pub fn events(events: &[&LedgerEvent], total: usize, words: &str, disputed_only: bool) -> String {
    let rows = events
        .iter()
        .map(|it| EventRow {
            id: it.id.clone(),
            title: it.title.clone(),
            date: it.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end)),
            place: it.place.as_ref().map_or(String::new(), place),
            killed: crate::commands::range(it, "killed"),
            wounded: crate::commands::range(it, "wounded"),
            accounts: it.accounts.len(),
            speakers: it.accounts.iter().map(|it| it.speaker.as_str()).collect::<Vec<_>>().join(" · "),
            disputed: it.disputed.clone(),
            background: it.background,
        })
        .collect();
    render(&EventsPage { rows, total, words: words.to_owned(), disputed_only })
}

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    id: String,
    title: String,
    tags: Vec<String>,
    disputed: Vec<String>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    policy: String,
    policies: Vec<(String, String)>,
    mentions: Vec<(String, String)>,
    reasons: Vec<(String, Vec<String>)>,
}

struct Head {
    speaker: String,
    voice: String,
    file: String,
}

struct Row {
    name: String,
    disputed: bool,
    cells: Vec<Vec<Cell>>,
    reconciled: String,
}

struct Cell {
    value: String,
    quote: String,
    file: String,
}

/// Returns one event with its accounts.
pub fn event(event: &LedgerEvent, edges: &[Edge], policy: &str) -> String {
    let mut tags = vec![event.kind.clone()];
    tags.push(
        event.time.as_ref().map_or("no date".into(), |it| format!("{} · {}", days(it.start, it.end), it.precision)),
    );
    tags.push(event.place.as_ref().map_or("no place".into(), place));
    tags.push(format!("{} accounts", event.accounts.len()));
    tags.push(format!("{} independent speakers", event.independent_speakers));
    tags.push(if event.review == "draft" { "machine draft, not reviewed".into() } else { event.review.clone() });
    let heads = event
        .accounts
        .iter()
        .map(|it| Head { speaker: it.speaker.clone(), voice: it.voice.clone(), file: it.file.clone() })
        .collect();
    let policies: std::collections::BTreeSet<&str> = event.estimates.iter().map(|it| it.policy.as_str()).collect();
    let short = |it: &str| it.split('/').next().unwrap_or(it).to_owned();
    let holds = |it: &MentionRef| event.mentions.contains(it);
    let reasons = edges
        .iter()
        .filter(|it| it.verdict == "same" && holds(&it.a) && holds(&it.b))
        .map(|it| {
            let head = format!("{} {} = {} {} · score {:.2}", it.a.file, it.a.event, it.b.file, it.b.event, it.score);
            (head, it.reasons.iter().map(|it| format!("{:+.2} {}: {}", it.weight, it.feature, it.words)).collect())
        })
        .collect();
    render(&EventPage {
        id: event.id.clone(),
        title: event.title.clone(),
        tags,
        disputed: event.disputed.clone(),
        heads,
        rows: rows(event, policy),
        policy: policy.to_owned(),
        policies: policies.into_iter().map(|it| (short(it), it.to_owned())).collect(),
        mentions: event.mentions.iter().map(|it| (it.file.clone(), it.event.clone())).collect(),
        reasons,
    })
}

fn rows(event: &LedgerEvent, policy: &str) -> Vec<Row> {
    let disputed = |field: &str| event.disputed.iter().any(|it| it == field);
    let words = |value: String, it: &Evidence| Cell { value, quote: it.quote.clone(), file: it.file.clone() };
    let plain = |value: String| Cell { value, quote: String::new(), file: String::new() };
    let mut rows = vec![Row {
        name: "stance".into(),
        disputed: false,
        cells: event
            .accounts
            .iter()
            .map(|it| it.stances.iter().map(|it| plain(it.to_string().replace('_', " "))).collect())
            .collect(),
        reconciled: String::new(),
    }];
    for measure in measures(event) {
        let cells = event
            .accounts
            .iter()
            .map(|it| {
                let figures = it.figures.iter().filter(|it| it.figure.measure == measure);
                figures.map(|it| words(amount(&it.figure), &it.evidence)).collect()
            })
            .collect();
        rows.push(Row {
            disputed: disputed(&measure),
            cells,
            reconciled: estimate(event, &measure, policy),
            name: measure.replace('_', " "),
        });
    }
    rows.push(Row {
        name: "by whom".into(),
        disputed: disputed("perpetrator"),
        cells: event
            .accounts
            .iter()
            .map(|it| {
                it.perpetrators.iter().map(|it| words(format!("{} ({})", it.name, it.basis), &it.evidence)).collect()
            })
            .collect(),
        reconciled: String::new(),
    });
    let when = |it: &Account| match (&it.time, &it.time_evidence) {
        (Some(time), Some(evidence)) => vec![words(days(time.start, time.end), evidence)],
        (Some(time), None) => vec![plain(days(time.start, time.end))],
        (None, _) => vec![],
    };
    rows.push(Row {
        name: "date".into(),
        disputed: disputed("time"),
        cells: event.accounts.iter().map(when).collect(),
        reconciled: event.time.as_ref().map_or(String::new(), |it| days(it.start, it.end)),
    });
    rows.push(Row {
        name: "words".into(),
        disputed: false,
        cells: event
            .accounts
            .iter()
            .map(|it| it.evidence.iter().map(|it| words(String::new(), it)).collect())
            .collect(),
        reconciled: String::new(),
    });
    rows
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'r> {
    report: &'r Report,
}

/// Returns an error as a page.
pub fn failure(report: &Report) -> String {
    render(&FailurePage { report })
}

fn render(page: &impl Template) -> String {
    page.render().expect("templates write into a string, which takes everything")
}
