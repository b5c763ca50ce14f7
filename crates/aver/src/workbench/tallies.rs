//! The screen "Tallies & forecasts".

use super::shell::{Screen, Shell, page};
use super::words::count;
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tallies", get(show))
}

#[derive(Template)]
#[template(path = "tallies.html")]
struct Page {
    shell: Shell,
    lede: String,
}

async fn show(ctx: Ctx) -> Answer {
    let lede = format!(
        "{}, {}",
        count(ctx.snap.knowledge.tallies.len(), "tally check"),
        count(ctx.snap.forecasts.len(), "forecast")
    );
    Ok(page(&Page { shell: ctx.shell(Screen::Tallies, "Tallies & forecasts"), lede }))
}
