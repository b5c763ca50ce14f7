//! The screen "Event": every account side by side, a cell is the quote.
//!
//! In: one event of the snapshot and the readings of its documents. Out: the table
//! of accounts with what the chosen policy makes of it, the paragraphs the words
//! stand in, why mentions were joined, and everything decided about it.

mod decide;
mod side;
mod source;
pub(crate) mod table;

use super::shell::{Screen, Shell, json, page};
use super::words::{count, days, filters, place, plain, policy};
use super::{Answer, App, Ctx};
use crate::report::Report;
use askama::Template;
use aver_model::*;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use axum::{Router, routing::get, routing::post};
use std::collections::BTreeSet;

pub(super) use table::words_link;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}", get(show))
        .route("/e/{id}/decide", post(decide::decide))
        .route("/e/{id}/undo", post(decide::undo))
        .route("/events/{id}", get(|Path(id): Path<String>| async move { Redirect::permanent(&format!("/e/{id}")) }))
}

/// Events that this one is tied to as part or whole.
struct Ties {
    head: &'static str,
    /// Address, title, and what says so.
    events: Vec<(String, String, String)>,
    more: usize,
}

/// Parts shown in a line; a war may hold thousands.
const PARTS: usize = 12;

/// A short fact over the table.
struct Tag {
    words: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "event.html")]
struct Page {
    shell: Shell,
    id: String,
    title: String,
    tags: Vec<Tag>,
    table: table::Table,
    policies: Vec<(String, bool)>,
    policy: String,
    policy_words: String,
    policy_source: String,
    kept: Vec<(String, String)>,
    sources: Vec<source::Source>,
    joins: Vec<side::Join>,
    near: Vec<side::Near>,
    mentions: Vec<side::Mentioned>,
    weighed: Vec<side::Weighing>,
    acts: Vec<side::Act>,
    edit: Option<decide::Edit>,
    done: Option<decide::Done>,
    moved_from: Option<String>,
    ties: Vec<Ties>,
    doubts: Vec<String>,
    swings: Vec<String>,
    citation: String,
    review: String,
    can_decide: bool,
    before: Option<String>,
    after: Option<String>,
    letters: &'static [(&'static str, &'static str)],
    digits: &'static [(&'static str, &'static str)],
}

async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (id, wants_json) = id.strip_suffix(".json").map_or((id.as_str(), false), |it| (it, true));
    let event = match ctx.snap.event(id) {
        Ok(event) => event,
        Err(report) => return moved(&ctx, id, wants_json).ok_or_else(|| report.into()),
    };
    if wants_json {
        return json(&ctx.snap.tied(event, ctx.app.codebook()));
    }
    let chosen = chosen_policy(&ctx)?;
    let mut readings = vec![];
    for hash in documents(event) {
        readings.push(ctx.reading(hash).await?);
    }
    let table = table::table(&ctx, event, &chosen);
    let sources = source::sources(&ctx, event, &readings);
    let entry = ctx.app.codebook().policy(&chosen);
    let (before, after) = neighbours(&ctx, event);
    let shown = Page {
        shell: ctx.shell(Screen::Events, event.title.clone()),
        id: event.id.clone(),
        title: event.title.clone(),
        tags: tags(&ctx, event),
        policies: super::events::policies(&ctx, &chosen),
        policy_words: entry.map_or(String::new(), |it| it.definition.trim().to_owned()),
        policy_source: entry.map_or(String::new(), |it| it.source.clone()),
        kept: ctx
            .query
            .iter()
            .filter(|(name, it)| !["policy", "done"].contains(&name.as_str()) && !it.is_empty())
            .cloned()
            .collect(),
        joins: side::joins(&ctx, event),
        near: side::near(&ctx, event),
        mentions: side::mentions(&ctx, event, &readings),
        weighed: side::weighed(event, &chosen, &table),
        acts: side::acts(&ctx, event),
        edit: decide::edit(&ctx, event, &readings),
        done: decide::done(&ctx),
        moved_from: ctx.get("from-id").map(str::to_owned),
        ties: ties(&ctx, event),
        doubts: side::doubts(&ctx, event),
        swings: side::swings(event),
        citation: citation(&ctx, event, &chosen),
        review: event.review.clone(),
        can_decide: ctx.at.is_none() && ctx.visitor.role >= crate::team::Role::Coder,
        letters: &crate::decided::LETTERS,
        // "Confirmed by other sources" is offered only where there are others.
        digits: &crate::decided::DIGITS[usize::from(event.independent_speakers < 2)..],
        policy: chosen,
        table,
        sources,
        before,
        after,
    };
    Ok(page(&shown))
}

fn ties(ctx: &Ctx, event: &LedgerEvent) -> Vec<Ties> {
    let tied = ctx.snap.tied(event, ctx.app.codebook());
    let line = |head: &'static str, them: Vec<crate::parts::Tie>| Ties {
        head,
        more: them.len().saturating_sub(PARTS),
        events: them
            .into_iter()
            .take(PARTS)
            .map(|it| (ctx.link(&format!("/e/{}", it.event)), it.title, it.reasons.join("; ")))
            .collect(),
    };
    let lines = [line("Part of", tied.part_of), line("On file inside it", tied.parts)];
    lines.into_iter().filter(|it| !it.events.is_empty()).collect()
}

/// An id that no longer stands leads to the event that its mention belongs to now.
fn moved(ctx: &Ctx, id: &str, wants_json: bool) -> Option<axum::response::Response> {
    let now = ctx.app.moved(&ctx.snap, id).or_else(|| retyped(ctx, id))?;
    let ending = if wants_json { ".json" } else { "" };
    Some(Redirect::to(&ctx.link(&format!("/e/{now}{ending}?from-id={id}"))).into_response())
}

/// Returns the event that had this id before a person corrected its type, in this run of the server or any earlier one.
fn retyped(ctx: &Ctx, id: &str) -> Option<String> {
    let had = |anchor: &Anchor, kind: &str| aver_reconcile::event_id(&anchor.document, anchor.span, kind) == id;
    let anchor = ctx.snap.decisions.iter().find_map(|it| match &it.ruling {
        Ruling::Correct { anchor, to } if anchor.field == "type" => {
            (had(anchor, to) || anchor.value.as_deref().is_some_and(|it| had(anchor, it))).then_some(anchor)
        }
        _ => None,
    })?;
    let holds =
        |it: &Account| it.document == anchor.document && it.evidence.iter().any(|it| it.span.overlaps(anchor.span));
    let found = ctx.snap.events_of(&anchor.document).into_iter().find(|it| it.accounts.iter().any(holds));
    found.map(|it| it.id.clone())
}

/// Returns the policy asked for, without its version.
///
/// # Errors
/// There is none of that name.
pub(super) fn chosen_policy(ctx: &Ctx) -> Result<String, Report> {
    let asked = ctx.get("policy").unwrap_or("range-all");
    match ctx.app.codebook().policy(asked) {
        Some(it) => Ok(policy(&it.id).to_owned()),
        None => {
            let known: Vec<&str> = ctx.app.codebook().policies.iter().map(|it| policy(&it.id)).collect();
            Err(Report::input("policy-unknown", format!("there is no policy `{asked}`"))
                .at("policy")
                .next(format!("take one of {}", known.join(", "))))
        }
    }
}

/// Returns the documents that tell of an event, each once, in the order of its mentions.
pub(super) fn documents(event: &LedgerEvent) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let all = event
        .mentions
        .iter()
        .map(|it| it.document.as_str())
        .chain(event.accounts.iter().map(|it| it.document.as_str()));
    all.filter(|it| seen.insert(*it)).collect()
}

fn tags(ctx: &Ctx, event: &LedgerEvent) -> Vec<Tag> {
    let mut tags = vec![];
    let mut put = |words: String, class: &'static str| tags.push(Tag { words, class });
    put(plain(&event.kind), "");
    let dated = event
        .accounts
        .iter()
        .filter(|it| it.time.as_ref().is_some_and(|it| it.start.is_some() && it.start == it.end))
        .count();
    match &event.time {
        Some(it) if it.precision == Precision::Day => {
            put(format!("{} · day, from {}", days(it.start, it.end), count(dated, "account")), "")
        }
        Some(it) => put(format!("{} · {}", days(it.start, it.end), plain(it.precision.as_str())), ""),
        None => put("no date in its documents".into(), "w"),
    }
    let level = ctx.snap.number(&event.id).map_or("", |it| ctx.snap.index.entries[it].level);
    let exact = match level {
        "city" => " · town, not the street",
        "admin1" => " · province, not the town",
        "admin2" => " · district, not the town",
        "country" => " · country only",
        _ => "",
    };
    put(event.place.as_ref().map_or("no place".into(), |it| format!("{}{exact}", place(it))), "");
    let outlets: BTreeSet<&str> = event.accounts.iter().filter_map(|it| it.source.as_deref()).collect();
    let from = match outlets.len() {
        0 => String::new(),
        n => format!(" · {}", count(n, "outlet")),
    };
    put(
        format!(
            "{} · {} independent · {}{from}",
            count(event.accounts.len(), "account"),
            event.independent_speakers,
            count(documents(event).len(), "document")
        ),
        "",
    );
    for it in &event.disputed {
        put(format!("⚠ {}: accounts differ", super::events::index::field_words(it)), "w");
    }
    for (is, words) in [
        (event.aggregate, "stands for several occurrences"),
        (event.generic, "a kind of event, not one occurrence"),
        (event.background, "told as background"),
    ] {
        if is {
            put(words.into(), "draft");
        }
    }
    match event.review.as_str() {
        "accepted" => put("✓ accepted".into(), "ok"),
        "rejected" => put("✕ rejected: left out of published figures".into(), "bad"),
        _ => put("machine draft, not reviewed".into(), "draft"),
    }
    tags
}

fn citation(ctx: &Ctx, event: &LedgerEvent, chosen: &str) -> String {
    let file = |hash: &str| ctx.snap.filed(hash).map_or(String::new(), |it| it.document.file.clone());
    let files: Vec<(String, String)> = documents(event).into_iter().map(|it| (file(it), it.to_owned())).collect();
    crate::bundle::citation(event, chosen, &files, ctx.snap.scope)
}

fn neighbours(ctx: &Ctx, event: &LedgerEvent) -> (Option<String>, Option<String>) {
    let events = &ctx.snap.knowledge.events;
    let Some(at) = ctx.snap.number(&event.id) else { return (None, None) };
    let link = |it: &std::sync::Arc<LedgerEvent>| ctx.link(&format!("/e/{}", it.id));
    (at.checked_sub(1).map(|it| link(&events[it])), events.get(at + 1).map(link))
}
