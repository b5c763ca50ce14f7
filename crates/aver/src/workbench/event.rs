//! The screen "Event": every account side by side, a cell is the quote.

use super::shell::{Screen, Shell, json, page};
use super::{Answer, App, Ctx};
use crate::print::event::{estimate, measures};
use crate::print::reading::{amount, days, place};
use askama::Template;
use aver_model::*;
use axum::extract::Path;
use axum::response::{Redirect, Response};
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}", get(show))
        .route("/events/{id}", get(|Path(id): Path<String>| async move { Redirect::permanent(&format!("/e/{id}")) }))
}

async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (id, wants_json) = id.strip_suffix(".json").map_or((id.as_str(), false), |it| (it, true));
    let event = ctx.snap.event(id)?;
    if wants_json {
        return json(event);
    }
    let policy = ctx.get("policy").unwrap_or("range-all");
    Ok(draw(ctx.shell(Screen::Events, event.title.clone()), event, &ctx.snap.knowledge.edges, policy))
}

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    shell: Shell,
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

fn draw(shell: Shell, event: &LedgerEvent, edges: &[Edge], policy: &str) -> Response {
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
    page(&EventPage {
        shell,
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
