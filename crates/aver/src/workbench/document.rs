//! The screen "Documents".

use super::shell::{Screen, Shell, page};
use super::{Answer, App, Ctx};
use askama::Template;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/documents", get(show))
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page {
    shell: Shell,
}

async fn show(ctx: Ctx) -> Answer {
    Ok(page(&Page { shell: ctx.shell(Screen::Documents, "Documents") }))
}
