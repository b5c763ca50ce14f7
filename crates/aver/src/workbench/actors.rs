//! The screens "Actors" and "Actor": who is named, under which names, and what is said of them.
//!
//! In: the actors and relations of the snapshot, and readings for the quotes. Out:
//! a list; and for one actor its names with the words that first gave them, dated
//! roles, events by part, and relations with both sides of every quarrel.

mod network;
mod one;

use super::shell::{Screen, Shell, json, page};
use super::words::{count, plain, thousands};
use super::{Answer, App, Ctx};
use crate::report::Report;
use askama::Template;
use aver_model::*;
use axum::{Router, routing::get};
use std::collections::BTreeMap;

/// Actors on a page of the list.
const PER_PAGE: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/actors", get(list))
        .route("/actors.json", get(list_json))
        .route("/actors/{id}", get(one::show))
        .route("/relations.json", get(relations_json))
}

struct Row {
    link: String,
    name: String,
    kind: String,
    known: bool,
    names: String,
    documents: usize,
    mentions: usize,
    relations: usize,
    disputed: usize,
}

struct Kind {
    words: String,
    count: String,
    link: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "actors.html")]
struct ListPage {
    shell: Shell,
    words: String,
    total: String,
    kinds: Vec<Kind>,
    rows: Vec<Row>,
    page: usize,
    last: usize,
    before: Option<String>,
    after: Option<String>,
    nothing: bool,
    kept: Vec<(String, String)>,
}

fn fits_words(it: &ActorRecord, words: &[String]) -> bool {
    let text = format!("{} {} {}", it.name, it.id, it.names.join(" ")).to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn asked(ctx: &Ctx) -> Vec<String> {
    ctx.get("q").map_or(vec![], |it| it.to_lowercase().split_whitespace().map(str::to_owned).collect())
}

async fn list(ctx: Ctx) -> Answer {
    let words = asked(&ctx);
    let matching: Vec<&ActorRecord> = ctx.snap.knowledge.actors.iter().filter(|it| fits_words(it, &words)).collect();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    matching.iter().for_each(|it| *kinds.entry(&it.kind).or_default() += 1);
    let chosen = ctx.get("kind");
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|it| std::cmp::Reverse(it.1));
    let kinds: Vec<Kind> = kinds
        .into_iter()
        .map(|(kind, n)| Kind {
            words: kind_words(kind),
            count: thousands(n as u64),
            chosen: chosen == Some(kind),
            link: format!(
                "/actors{}",
                ctx.with("kind", if chosen == Some(kind) { &[] } else { std::slice::from_ref(&kind) })
            ),
        })
        .collect();
    let found: Vec<&ActorRecord> =
        matching.into_iter().filter(|it| chosen.is_none_or(|kind| it.kind == kind)).collect();
    let last = found.len().div_ceil(PER_PAGE).max(1);
    let now = ctx.get("page").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).clamp(1, last);
    let rows = found.iter().skip((now - 1) * PER_PAGE).take(PER_PAGE).map(|it| row(&ctx, it)).collect();
    let to = |it: usize| {
        let rest = ctx.with("page", &[]);
        format!("/actors{rest}{}page={it}", if rest.is_empty() { '?' } else { '&' })
    };
    let shown = ListPage {
        shell: ctx.shell(Screen::Actors, "Actors"),
        words: ctx.get("q").unwrap_or("").to_owned(),
        total: match (found.len(), ctx.snap.knowledge.actors.len()) {
            (shown, all) if shown == all => count(all, "actor"),
            (shown, all) => format!("{} of {}", thousands(shown as u64), count(all, "actor")),
        },
        kinds,
        rows,
        page: now,
        last,
        before: (now > 1).then(|| to(now - 1)),
        after: (now < last).then(|| to(now + 1)),
        nothing: ctx.snap.knowledge.actors.is_empty(),
        kept: ctx
            .query
            .iter()
            .filter(|(name, it)| !["q", "page"].contains(&name.as_str()) && !it.is_empty())
            .cloned()
            .collect(),
    };
    Ok(page(&shown))
}

async fn list_json(ctx: Ctx) -> Answer {
    let words = asked(&ctx);
    json(&ctx.snap.knowledge.actors.iter().filter(|it| fits_words(it, &words)).collect::<Vec<_>>())
}

async fn relations_json(ctx: Ctx) -> Answer {
    json(&ctx.snap.knowledge.relations.as_slice())
}

fn row(ctx: &Ctx, it: &ActorRecord) -> Row {
    let relations: Vec<&RelationRecord> = ctx.snap.knowledge.relations.iter().filter(|own| touches(own, it)).collect();
    let others: Vec<&str> =
        it.names.iter().map(String::as_str).filter(|name| *name != it.name && !one::points_back(name)).collect();
    let more = others.len().saturating_sub(5);
    let mut names = others.iter().take(5).copied().collect::<Vec<_>>().join(" · ");
    if more > 0 {
        names.push_str(&format!(" · {more} more"));
    }
    Row {
        link: link(ctx, it),
        name: it.name.clone(),
        kind: kind_words(&it.kind),
        known: it.codebook.is_some(),
        names,
        documents: it.seen.iter().map(|it| &it.document).collect::<std::collections::BTreeSet<_>>().len(),
        mentions: it.seen.iter().map(|it| it.mentions).sum(),
        relations: relations.len(),
        disputed: relations.iter().filter(|it| it.disputed).count(),
    }
}

/// Returns the kind of an actor as people write it.
pub(super) fn kind_words(kind: &str) -> String {
    match kind {
        "igo" => "intergovernmental body".into(),
        "ngo" => "NGO".into(),
        _ => plain(kind),
    }
}

/// Returns the address of an actor's page.
pub(super) fn link(ctx: &Ctx, it: &ActorRecord) -> String {
    ctx.link(&format!("/actors/{}", super::ctx::escaped(&it.id)))
}

/// Says whether one side of a relation is this actor.
fn is_side(side: &RelationSide, actor: &ActorRecord) -> bool {
    match (&side.codebook, &actor.codebook) {
        (Some(a), Some(b)) => a == b,
        (None, None) => side.name.eq_ignore_ascii_case(&actor.name),
        _ => false,
    }
}

fn touches(relation: &RelationRecord, actor: &ActorRecord) -> bool {
    is_side(&relation.a, actor) || is_side(&relation.b, actor)
}

/// Returns the actor of that id, or with that name.
fn find<'c>(ctx: &'c Ctx, id: &str) -> Result<&'c ActorRecord, Report> {
    let actors = &ctx.snap.knowledge.actors;
    let by_id = actors.iter().find(|it| it.id == id);
    let by_name = || actors.iter().find(|it| it.name.eq_ignore_ascii_case(id));
    by_id.or_else(by_name).ok_or_else(|| {
        Report::input("actor-not-found", format!("there is no actor `{id}`")).next("the list of actors has them all")
    })
}
