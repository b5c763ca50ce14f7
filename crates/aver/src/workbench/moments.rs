//! Looking back: the same page as of a day, and what changed between two moments.
//!
//! In: a day and by what it counts, or two moments as [`At`] reads them. Out: the way to
//! the page as known then, and the changes of every event between the two states, as page
//! and as JSON.

use super::shell::{Screen, Shell, json, page, see};
use super::words::count;
use super::{Answer, App, Ctx, Failure};
use crate::commands::basis;
use crate::moment::{At, FORMS};
use crate::report::{Report, Result};
use askama::Template;
use aver_model::Day;
use aver_reconcile::{Change, changes};
use axum::extract::Query;
use axum::{Router, routing::get};
use schemars::JsonSchema;
use serde::Serialize;

/// Events of one page.
const ROWS: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/as-of", get(lead)).route("/changes", get(show)).route("/changes.json", get(as_json))
}

/// Leads to a page as of a day: `?back=/documents&day=2022-12-01&by=published`.
async fn lead(Query(query): Query<Vec<(String, String)>>) -> Answer {
    let of = |key: &str| query.iter().find(|it| it.0 == key).map_or("", |it| it.1.trim());
    let back = super::decide::ours(of("back"), "/");
    let (path, rest) = back.split_once('?').unwrap_or((back, ""));
    let mut kept: Vec<(String, String)> = super::ctx::pairs(rest.as_bytes());
    kept.retain(|it| it.0 != "at" && it.0 != "page");
    if !of("day").is_empty() {
        let wrong = |it: String| Report::input("date-not-understood", it).at("day");
        let day: Day = of("day").parse().map_err(wrong)?;
        let at = if of("by") == "entered" { At::Entered(day) } else { At::Published(day) };
        kept.push(("at".into(), at.to_string()));
    }
    let query = super::ctx::query_string(kept.iter().map(|it| (it.0.as_str(), it.1.as_str())));
    Ok(see(&format!("{path}{query}")))
}

/// What changed in the events between two moments.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changed {
    /// The earlier moment.
    pub from: String,
    /// The later one.
    pub to: String,
    /// By what the two are in order.
    pub by: &'static str,
    /// Every change, by event.
    pub values: Vec<ChangeRow>,
}

/// One change to one event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangeRow {
    /// Id of the event afterwards; of the former one when it is gone.
    pub event: String,
    /// Its title.
    pub title: String,
    /// `new`, `gone`, `joined`, `parted`, `account`, `estimate`, `disputed`, `settled` or `review`.
    pub kind: &'static str,
    /// What changed.
    pub words: String,
}

/// Compares what is known at the two moments that an address names.
pub(super) async fn between(ctx: &Ctx) -> Result<Changed> {
    let of = |key: &str, otherwise: Option<At>| -> Result<At> {
        match (ctx.get(key).map(str::parse), otherwise) {
            (Some(Ok(at)), _) | (None, Some(at)) => Ok(at),
            (Some(Err(it)), _) => Err(Report::input("position-not-understood", it).at(key.to_owned())),
            (None, None) => Err(Report::input("moment-missing", "there is no moment to compare with")
                .at(key.to_owned())
                .next(FORMS)),
        }
    };
    let (from, to) = (of("from", None)?, of("to", Some(At::Now))?);
    let (before, after) = (ctx.app.snapshot_at(from).await?, ctx.app.snapshot_at(to).await?);
    let by = basis((from, before.scope), (to, after.scope))?;
    let (old, new) = (before.clone(), after.clone());
    let found = super::state::blocking(move || Ok(changes(&old.knowledge.events, &new.knowledge.events))).await?;
    let row = |it: Change| ChangeRow { event: it.event, title: it.title, kind: it.kind, words: it.words };
    Ok(Changed { from: from.to_string(), to: to.to_string(), by, values: found.into_iter().map(row).collect() })
}

struct Event {
    link: String,
    title: String,
    /// What kind of change, and what changed.
    changes: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Page {
    shell: Shell,
    from: String,
    to: String,
    forms: &'static str,
    asked: bool,
    total: String,
    by: &'static str,
    events: Vec<Event>,
    left_out: usize,
    json: String,
    fault: Option<Report>,
}

async fn as_json(ctx: Ctx) -> Answer {
    json(&between(&ctx).await.map_err(Failure)?)
}

async fn show(ctx: Ctx) -> Answer {
    let given = |key: &str| ctx.get(key).unwrap_or("").to_owned();
    let mut shown = Page {
        shell: ctx.shell(Screen::Ledger, "Changes"),
        from: given("from"),
        to: given("to"),
        forms: FORMS,
        asked: ctx.is("from"),
        total: String::new(),
        by: "",
        events: vec![],
        left_out: 0,
        json: format!("/changes.json{}", ctx.with("page", &[])),
        fault: None,
    };
    if !shown.asked {
        return Ok(page(&shown));
    }
    match between(&ctx).await {
        // A wrong moment is put right in the form above.
        Err(report) => shown.fault = Some(report),
        Ok(found) => fill(&mut shown, found),
    }
    Ok(page(&shown))
}

fn fill(shown: &mut Page, found: Changed) {
    (shown.total, shown.by) = (count(found.values.len(), "change"), found.by);
    for it in found.values {
        let link = link(&it, &found.from, &found.to);
        if shown.events.last().is_none_or(|last| last.link != link) {
            shown.events.push(Event { link, title: it.title, changes: vec![] });
        }
        if let Some(last) = shown.events.last_mut() {
            last.changes.push((it.kind, it.words));
        }
    }
    shown.left_out = shown.events.len().saturating_sub(ROWS);
    shown.events.truncate(ROWS);
}

/// Leads to the event as it was known at the later moment, or at the earlier one when it is gone.
fn link(it: &ChangeRow, from: &str, to: &str) -> String {
    let at = if it.kind == "gone" || it.kind == "parted" { from } else { to };
    if at == "now" { format!("/e/{}", it.event) } else { format!("/e/{}?at={at}", it.event) }
}
