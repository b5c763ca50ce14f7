//! The screen "Add documents".

use super::shell::{Screen, Shell, page};
use super::words::count;
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/add", get(show))
}

#[derive(Template)]
#[template(path = "add.html")]
struct Page {
    shell: Shell,
    lede: String,
}

async fn show(ctx: Ctx) -> Answer {
    let lede = count(ctx.snap.filed.len(), "document") + " on file";
    Ok(page(&Page { shell: ctx.shell(Screen::Add, "Add documents"), lede }))
}
