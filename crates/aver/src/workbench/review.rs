//! The screen "Review".

use super::shell::{Screen, Shell, page};
use super::words::count;
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/review", get(show))
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    shell: Shell,
    lede: String,
}

async fn show(ctx: Ctx) -> Answer {
    let lede = count(waiting(&ctx.snap), "event") + " not looked at yet";
    Ok(page(&Page { shell: ctx.shell(Screen::Review, "Review"), lede }))
}

/// Returns how much waits for a person; the number in the navigation.
pub fn waiting(snap: &super::Snapshot) -> usize {
    snap.knowledge.events.iter().filter(|it| it.review == "draft" && !it.disputed.is_empty()).count()
}
