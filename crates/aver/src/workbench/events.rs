//! The screen "Events": one query, shown as a list, a map or a timeline.

mod index;

pub use index::Index;

use super::shell::{Screen, Shell, json, page};
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(show)).route("/events", get(show)).route("/events.json", get(as_json))
}

#[derive(Template)]
#[template(path = "events.html")]
struct Page {
    shell: Shell,
    rows: Vec<(String, String)>,
}

async fn show(ctx: Ctx) -> Answer {
    let rows =
        ctx.snap.knowledge.events.iter().map(|it| (ctx.link(&format!("/e/{}", it.id)), it.title.clone())).collect();
    Ok(page(&Page { shell: ctx.shell(Screen::Events, "Events"), rows }))
}

async fn as_json(ctx: Ctx) -> Answer {
    json(&ctx.snap.knowledge.events)
}
