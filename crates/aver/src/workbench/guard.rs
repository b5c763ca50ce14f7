//! What every answer and every request must be, whatever the screen.
//!
//! Answers carry a strict content policy: everything from this server, no inline
//! script or style, no frame. Requests must name this server (a page elsewhere
//! cannot point its own name at this machine), and a change must come from one of
//! our own pages.

use super::{App, Failure};
use crate::report::Report;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// Refuses requests that are not ours, and adds the headers of every answer.
pub async fn guarded(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = match refused(&app, &request) {
        Some(report) => Failure(report).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn refused(app: &App, request: &Request) -> Option<Report> {
    let headers = request.headers();
    let host = text(headers, "host").or_else(|| request.uri().host().map(str::to_owned)).unwrap_or_default();
    let name = without_port(&host);
    if !app.settings().hosts.iter().any(|it| it.eq_ignore_ascii_case(name)) {
        return Some(
            Report::input("host-not-allowed", format!("this server is not called `{name}`"))
                .next("open it under the address that `aver serve` printed"),
        );
    }
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !is_from_here(headers, &host) {
        return Some(
            Report::input("origin-not-allowed", "this change was asked for by a page of another site")
                .next("make it on a page of this workbench"),
        );
    }
    None
}

/// Browsers say where a change comes from; programs that are no browser send neither header.
///
/// `Sec-Fetch-Site` cannot be set by a page, so where it stands it decides.
fn is_from_here(headers: &HeaderMap, host: &str) -> bool {
    match text(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => text(headers, "origin").is_none_or(|it| it.split_once("://").is_some_and(|(_, it)| it == host)),
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_part_of_a_name() {
        assert_eq!(without_port("127.0.0.1:7411"), "127.0.0.1");
        assert_eq!(without_port("[::1]:80"), "[::1]");
        assert_eq!(without_port("localhost"), "localhost");
        assert_eq!(without_port("[::1]"), "[::1]");
    }

    #[test]
    fn a_change_comes_from_our_own_pages_or_from_no_browser() {
        let from = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            is_from_here(&headers, "127.0.0.1:7411")
        };
        assert!(from(&[]));
        assert!(from(&[("origin", "http://127.0.0.1:7411"), ("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("origin", "http://127.0.0.1:8000")]));
        assert!(!from(&[("origin", "null")]));
        assert!(from(&[("origin", "null"), ("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("origin", "http://127.0.0.1:7411"), ("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
    }
}
