//! The HTTP API: the values of the pages as JSON, one error shape.

use super::App;
use axum::Router;

pub(super) fn routes() -> Router<App> {
    Router::new()
}
