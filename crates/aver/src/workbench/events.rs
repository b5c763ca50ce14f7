//! The screen "Events": one query, shown as a list, a map or a timeline.
//!
//! In: an address. Out: the page, or the same query as `.json`, `.csv`,
//! `.geojson`. Every filter is in the address and is always visible on the page;
//! nothing is hidden by default.

pub mod index;
pub mod query;
pub mod rows;

mod download;
pub mod map;
mod timeline;

pub use index::Index;
pub use map::Map;

use super::shell::{Screen, Shell, page};
use super::words::{clip, count, filters, thousands};
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};
use index::{FACETS, Facet};
use query::{Found, ORDERS, Query, find};
use rows::Row;
use std::sync::Arc;

/// Events on a page of the list.
const PER_PAGE: usize = 50;
/// Values of a facet that are shown before "more".
const SHOWN: usize = 7;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(show))
        .route("/events", get(show))
        .route("/events.json", get(download::as_json))
        .route("/events.csv", get(download::as_csv))
        .route("/events.geojson", get(download::as_geojson))
}

/// One value of a facet, as a link that chooses it or takes it out.
struct Value {
    label: String,
    count: String,
    chosen: bool,
    link: String,
}

struct Group {
    label: &'static str,
    open: bool,
    values: Vec<Value>,
    more: Vec<Value>,
    /// How many values are neither shown nor listed.
    unlisted: usize,
}

/// A filter that holds, with the address that takes it out.
struct Chip {
    words: String,
    link: String,
}

#[derive(Template)]
#[template(path = "events.html")]
struct Page {
    shell: Shell,
    heading: String,
    total: String,
    groups: Vec<Group>,
    chips: Vec<Chip>,
    clear: String,
    view: &'static str,
    views: Vec<(&'static str, &'static str, String)>,
    orders: Vec<(&'static str, &'static str, bool)>,
    policies: Vec<(String, bool)>,
    kept: Vec<(String, String)>,
    kept_days: Vec<(String, String)>,
    words: String,
    from: String,
    to: String,
    rows: Vec<Row>,
    timeline: timeline::Timeline,
    lanes: timeline::Lanes,
    map: Option<Arc<map::Map>>,
    pages: Option<Pages>,
    downloads: Vec<(&'static str, String)>,
    /// Only disputed events are shown; the address of the other way.
    only: (bool, String),
    since: Option<String>,
    on_file: usize,
    add: bool,
}

struct Pages {
    now: usize,
    last: usize,
    before: Option<String>,
    after: Option<String>,
}

/// Finds the events of the request, from memory when the same was asked for before.
async fn found(ctx: &Ctx) -> Result<(Query, Arc<Found>), super::Failure> {
    let query = Query::of(ctx)?;
    let found = ctx.snap.found.get_or(&format!("{query:?}"), || find(&ctx.snap, &query));
    Ok((query, found))
}

async fn show(ctx: Ctx) -> Answer {
    let (query, found) = found(&ctx).await?;
    let view = match ctx.get("view") {
        Some("map") => "map",
        Some("timeline") => "timeline",
        _ => "list",
    };
    let pages = pages(&ctx, found.events.len());
    let from = pages.as_ref().map_or(0, |it| (it.now - 1) * PER_PAGE);
    let shown: Vec<u32> = found.events.iter().skip(from).take(PER_PAGE).copied().collect();
    let rows = if view == "list" { rows::rows(&ctx, &query, &shown) } else { vec![] };
    let drawn = || ctx.snap.maps.get_or(&format!("{:?} {:?}", ctx.at, ctx.query), || map::draw(&ctx, &found.events));
    let map = if view == "map" { Some(drawn()) } else { None };
    let lanes = if view == "timeline" { timeline::lanes(&ctx, &shown) } else { Default::default() };
    let total = ctx.snap.knowledge.events.len();
    let page_of = Page {
        shell: ctx.shell(Screen::Events, "Events"),
        heading: heading(&query, &ctx, found.events.len()),
        total: if found.events.len() == total {
            count(total, "event")
        } else {
            format!("{} of {}", thousands(found.events.len() as u64), count(total, "event"))
        },
        groups: groups(&ctx, &query, &found),
        chips: chips(&ctx, &query),
        clear: ctx.link("/"),
        view,
        views: [("list", "List"), ("map", "Map"), ("timeline", "Timeline")]
            .map(|(key, words)| {
                (
                    key,
                    words,
                    format!("/{}", ctx.with("view", if key == "list" { &[] } else { std::slice::from_ref(&key) })),
                )
            })
            .to_vec(),
        orders: ORDERS.iter().map(|it| (it.0, it.1, it.0 == query.order)).collect(),
        policies: policies(&ctx, &query.policy),
        kept: kept(&ctx, &["order", "policy", "q", "page"]),
        kept_days: kept(&ctx, &["from", "to", "since", "until", "page"]),
        words: ctx.get("q").unwrap_or("").to_owned(),
        from: query.from.map_or(String::new(), |it| it.to_string()),
        to: query.to.map_or(String::new(), |it| it.to_string()),
        rows,
        timeline: timeline::draw(&ctx, &found),
        lanes,
        map,
        pages: pages.filter(|_| view != "map"),
        downloads: ["json", "csv", "geojson"].map(|it| (it, format!("/events.{it}{}", ctx.with("view", &[])))).to_vec(),
        only: (query.any_dispute, format!("/{}", ctx.with("disputed", if query.any_dispute { &[] } else { &["1"] }))),
        since: since(&ctx),
        on_file: total,
        add: ctx.snap.filed.is_empty(),
    };
    let mut answer = page(&page_of);
    // The place in the ledger, for the next visit; a page of the past is no visit.
    let cookie = format!("looked={}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly", ctx.snap.position);
    if ctx.at.is_none()
        && let Ok(cookie) = cookie.parse()
    {
        answer.headers_mut().insert(axum::http::header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

/// Says what has come since this browser last looked, and how many forecasts are due.
fn since(ctx: &Ctx) -> Option<String> {
    let now = ctx.snap.position;
    let last: aver_ledger::Position = ctx.looked.as_deref()?.parse().ok()?;
    if ctx.at.is_some() || last.readings > now.readings || last.decisions > now.decisions || last == now {
        return None;
    }
    let due = ctx.snap.forecasts.iter().filter(|it| it.state == "due").count();
    let mut parts = vec![];
    for (n, noun) in [(now.readings - last.readings, "reading"), (now.decisions - last.decisions, "decision")] {
        if n > 0 {
            parts.push(format!("+{}", count(usize::try_from(n).unwrap_or(usize::MAX), noun)));
        }
    }
    parts.push(format!("{} due", count(due, "forecast")));
    Some(format!("Since you last looked: {}.", parts.join(", ")))
}

fn heading(query: &Query, ctx: &Ctx, n: usize) -> String {
    if query.is_open() {
        return "Events".into();
    }
    let disputed = query.any_dispute || !query.chosen[Facet::Disputed as usize].is_empty();
    let what = if disputed { "Disputed events" } else { "Events" };
    match ctx.get("q") {
        Some(words) => format!("{what} with “{}”", clip(words, 60)),
        None if n == 0 => format!("No {}", what.to_lowercase()),
        None => what.into(),
    }
}

pub(super) fn policies(ctx: &Ctx, current: &str) -> Vec<(String, bool)> {
    let names = ctx.app.codebook().policies.iter().map(|it| super::words::policy(&it.id).to_owned());
    let current = super::words::policy(current);
    names.map(|it| (it == current, it)).map(|(chosen, it)| (it, chosen)).collect()
}

fn kept(ctx: &Ctx, without: &[&str]) -> Vec<(String, String)> {
    ctx.query.iter().filter(|(name, it)| !without.contains(&name.as_str()) && !it.is_empty()).cloned().collect()
}

fn groups(ctx: &Ctx, query: &Query, found: &Found) -> Vec<Group> {
    let group = |facet: Facet| {
        let at = facet as usize;
        let (key, label) = facet.names();
        let dictionary = &ctx.snap.index.dictionaries[at];
        let chosen = ctx.all(key);
        let mut values: Vec<Value> = found.listed[at]
            .iter()
            .map(|it| {
                let it = *it as usize;
                let (value, label) = &dictionary.values[it];
                let is_chosen = query.chosen[at].contains(&(it as u32));
                let rest = chosen.iter().copied().filter(|it| !it.eq_ignore_ascii_case(value));
                let next: Vec<&str> = if is_chosen {
                    rest.collect()
                } else {
                    rest.filter(|it| *it != "1").chain([value.as_str()]).collect()
                };
                Value {
                    label: label.clone(),
                    count: thousands(u64::from(found.counts[at][it])),
                    chosen: is_chosen,
                    link: format!("/{}", ctx.with(key, &next)),
                }
            })
            .collect();
        // What is chosen stays in sight.
        values.sort_by_key(|it| !it.chosen);
        let more = if values.len() > SHOWN + 1 {
            values.split_off(SHOWN.max(values.iter().filter(|it| it.chosen).count()))
        } else {
            vec![]
        };
        let open = at < 3 || !query.chosen[at].is_empty();
        let unlisted = found.unlisted[at];
        Group { label, open, values, more, unlisted }
    };
    let groups: Vec<Group> = Facet::ALL.into_iter().map(group).collect();
    debug_assert_eq!(groups.len(), FACETS);
    groups.into_iter().filter(|it| !it.values.is_empty()).collect()
}

fn chips(ctx: &Ctx, query: &Query) -> Vec<Chip> {
    let mut chips = vec![];
    let mut put = |words: String, key: &str, rest: &[&str]| {
        chips.push(Chip { words, link: format!("/{}", ctx.with(key, rest)) });
    };
    for facet in Facet::ALL {
        let (key, label) = facet.names();
        for value in ctx.all(key) {
            let rest: Vec<&str> = ctx.all(key).into_iter().filter(|it| *it != value).collect();
            let dictionary = &ctx.snap.index.dictionaries[facet as usize];
            let words = dictionary.find(value).map_or(value, |it| dictionary.values[it as usize].1.as_str());
            let words = if facet == Facet::Disputed && value == "1" { "anything" } else { words };
            put(format!("{label}: {words}"), key, &rest);
        }
    }
    for (key, label) in
        [("from", "from"), ("since", "from"), ("to", "to"), ("until", "to"), ("q", "words"), ("file", "told in")]
    {
        if let Some(value) = ctx.get(key) {
            put(format!("{label} {}", clip(value, 40)), key, &[]);
        }
    }
    if ctx.get("box").is_some() {
        put("part of the map".into(), "box", &[]);
    }
    if query.policy != "range-all" {
        put(format!("policy: {}", query.policy), "policy", &[]);
    }
    chips
}

fn pages(ctx: &Ctx, n: usize) -> Option<Pages> {
    let last = n.div_ceil(PER_PAGE).max(1);
    let now = ctx.get("page").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).clamp(1, last);
    let to = |it: usize| {
        let page = it.to_string();
        let mut pairs: Vec<(&str, &str)> = ctx
            .query
            .iter()
            .filter(|(name, it)| name != "page" && !it.is_empty())
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        pairs.push(("page", &page));
        format!("/{}", super::ctx::query_string(pairs.into_iter()))
    };
    (last > 1).then(|| Pages {
        now,
        last,
        before: (now > 1).then(|| to(now - 1)),
        after: (now < last).then(|| to(now + 1)),
    })
}
