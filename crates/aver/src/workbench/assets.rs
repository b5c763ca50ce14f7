//! Styles and scripts, carried by the binary, addressed by their hash.
//!
//! An address names the content, so a browser may keep it for ever. The style is
//! one file made of parts: tokens first, then the frame, then one part a screen.

use super::App;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The parts of the style, in their order.
pub(crate) const STYLE: &str = concat!(
    include_str!("../../assets/css/tokens.css"),
    include_str!("../../assets/css/base.css"),
    include_str!("../../assets/css/events.css"),
    include_str!("../../assets/css/event.css"),
    include_str!("../../assets/css/document.css"),
    include_str!("../../assets/css/actors.css"),
    include_str!("../../assets/css/tallies.css"),
    include_str!("../../assets/css/review.css"),
    include_str!("../../assets/css/ledger.css"),
    include_str!("../../assets/css/add.css"),
    include_str!("../../assets/css/hand.css"),
    include_str!("../../assets/css/print.css"),
);

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// Name in templates, type, content.
const ASSETS: &[(&str, &str, &str)] = &[
    ("style.css", CSS, STYLE),
    ("keys.js", JS, include_str!("../../assets/js/keys.js")),
    ("parts.js", JS, include_str!("../../assets/js/parts.js")),
    ("map.js", JS, include_str!("../../assets/js/map.js")),
    ("spans.js", JS, include_str!("../../assets/js/spans.js")),
    ("net.js", JS, include_str!("../../assets/js/net.js")),
    ("brush.js", JS, include_str!("../../assets/js/brush.js")),
    ("drop.js", JS, include_str!("../../assets/js/drop.js")),
    ("icon.svg", SVG, include_str!("../../assets/icon.svg")),
];

struct Kept {
    kind: &'static str,
    content: &'static str,
}

static BY_ADDRESS: LazyLock<HashMap<String, Kept>> = LazyLock::new(|| {
    let kept = |(name, kind, content): &(&str, &'static str, &'static str)| {
        let hash = aver_ledger::sha256(content.as_bytes());
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        (format!("/assets/{stem}-{}.{ending}", &hash[..12]), Kept { kind, content })
    };
    ASSETS.iter().map(kept).collect()
});

static ADDRESSES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let find = |name: &'static str| {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let fits = |it: &&String| {
            it.strip_prefix("/assets/")
                .and_then(|it| it.strip_prefix(stem))
                .is_some_and(|it| it.starts_with('-') && it.len() == ending.len() + 14 && it.ends_with(ending))
        };
        (name, BY_ADDRESS.keys().find(fits).map_or("", String::as_str))
    };
    ASSETS.iter().map(|(name, ..)| find(name)).collect()
});

/// Returns the address of an asset; empty for a name that is none.
pub fn address(name: &str) -> &'static str {
    debug_assert!(ADDRESSES.contains_key(name), "no asset is called {name}");
    ADDRESSES.get(name).copied().unwrap_or("")
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(asset)).route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
}

async fn asset(Path(name): Path<String>) -> Response {
    match BY_ADDRESS.get(&format!("/assets/{name}")) {
        Some(it) => {
            let keep = "public, max-age=31536000, immutable";
            ([(header::CONTENT_TYPE, it.kind), (header::CACHE_CONTROL, keep)], it.content).into_response()
        }
        None => super::failure::not_found(format!("/assets/{name}").parse().unwrap_or_default()).await.into_response(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_asset_has_an_address_of_its_own() {
        let addresses: std::collections::BTreeSet<_> =
            super::ASSETS.iter().map(|(name, ..)| super::address(name)).collect();
        assert_eq!(addresses.len(), super::ASSETS.len());
        assert!(!addresses.contains(""));
    }
}
