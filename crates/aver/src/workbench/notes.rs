//! The screen "Does not fit": every note on every document, and what does not fit between them.
//!
//! In: the notes of a snapshot. Out: a list with the words and the way to their place,
//! what speakers contradict first; by kind and by words; and the same as JSON.

use super::shell::{Screen, Shell, json, page};
use super::words::{clip, count, plain, short};
use super::{Answer, App, Ctx};
use crate::notes::Noted;
use askama::Template;
use axum::{Router, routing::get};
use std::collections::BTreeMap;

/// Notes of one page.
const ROWS: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/notes", get(show)).route("/notes.json", get(as_json))
}

struct Row {
    kind: String,
    message: String,
    quote: String,
    /// The way to the words, or to the event where the note is of two documents.
    link: String,
    file: String,
}

#[derive(Template)]
#[template(path = "notes.html")]
struct Page {
    shell: Shell,
    rows: Vec<Row>,
    total: String,
    /// Word, how many, chosen.
    kinds: Vec<(String, String, bool)>,
    words: String,
    filtered: bool,
    forecasts: usize,
    json: String,
    before: Option<String>,
    after: Option<String>,
}

/// Returns the notes that an address asks for, in the order of the list.
pub(super) fn found(ctx: &Ctx) -> Vec<&Noted> {
    let words: Vec<String> = ctx.get("q").unwrap_or("").split_whitespace().map(str::to_lowercase).collect();
    let fits = |it: &&Noted| ctx.get("kind").is_none_or(|kind| it.note.id == kind) && it.holds(&words);
    ctx.snap.noted().filter(fits).collect()
}

async fn as_json(ctx: Ctx) -> Answer {
    json(&found(&ctx))
}

async fn show(ctx: Ctx) -> Answer {
    let all = found(&ctx);
    let now = ctx.get("page").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).max(1);
    let to = |n: usize| format!("/notes{}", ctx.with("page", &[&n.to_string()]));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    ctx.snap.noted().for_each(|it| *kinds.entry(it.note.id.as_str()).or_default() += 1);
    let chosen = ctx.get("kind").unwrap_or("");
    let kinds = kinds
        .into_iter()
        .map(|(it, n)| (it.to_owned(), format!("{} ({n})", plain(it).replace('-', " ")), it == chosen));
    Ok(page(&Page {
        total: count(all.len(), "note"),
        kinds: kinds.collect(),
        words: ctx.get("q").unwrap_or("").to_owned(),
        filtered: ctx.is("q") || ctx.is("kind"),
        forecasts: ctx.snap.forecasts.len(),
        json: format!("/notes.json{}", ctx.with("page", &[])),
        before: (now > 1).then(|| to(now - 1)),
        after: (all.len() > now * ROWS).then(|| to(now + 1)),
        rows: all.into_iter().skip((now - 1) * ROWS).take(ROWS).map(|it| row(&ctx, it)).collect(),
        shell: ctx.shell(Screen::Tallies, "Does not fit"),
    }))
}

fn row(ctx: &Ctx, it: &Noted) -> Row {
    let at_words = |start: usize, end: usize| {
        format!("{}#c{start}", ctx.link(&format!("/d/{}?c={start}-{end}", short(&it.document))))
    };
    let link = match (&it.event, it.note.span) {
        (Some(event), _) => ctx.link(&format!("/e/{event}")),
        (None, Some(span)) => at_words(span.start, span.end),
        (None, None) => ctx.link(&format!("/d/{}", short(&it.document))),
    };
    Row {
        kind: plain(&it.note.id).replace('-', " "),
        message: it.note.message.clone(),
        quote: clip(&it.quote, 160),
        link,
        file: it.file.clone(),
    }
}
