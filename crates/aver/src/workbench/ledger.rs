//! The screen "Ledger & export".

use super::shell::{Screen, Shell, page};
use super::words::count;
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/ledger", get(show))
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct Page {
    shell: Shell,
    lede: String,
}

async fn show(ctx: Ctx) -> Answer {
    let lede = count(ctx.snap.decisions.len(), "decision");
    Ok(page(&Page { shell: ctx.shell(Screen::Ledger, "Ledger & export"), lede }))
}
