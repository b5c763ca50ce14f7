//! `aver serve`: the ledger in a browser, on this machine only.
//!
//! Two honest pages: the list of events, and an event with its accounts side by
//! side, every cell a quote. No script, no outbound request, a strict content
//! policy; `.json` after an address gives the same as JSON. It listens on the
//! loopback address and nowhere else.

mod pages;

use crate::cli::Cli;
use crate::desk::{Desk, Knowledge};
use crate::report::{Kind, Report, Result};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::{Router, routing::get};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

struct Shared {
    desk: Mutex<Desk>,
    made: Mutex<Option<(String, Arc<Knowledge>)>>,
}

/// Serves the ledger until interrupted.
///
/// # Errors
/// The ledger cannot be opened, or the port is taken.
pub fn serve(cli: &Cli, port: u16, out: &mut dyn Write) -> Result<()> {
    let shared = Arc::new(Shared { desk: Mutex::new(Desk::open(cli)?), made: Mutex::new(None) });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|it| Report::setup("server-not-started", it.to_string()))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.map_err(|it| {
            Report::setup("port-taken", format!("port {port} cannot be used: {it}"))
                .next("choose another with --port, or --port 0 for a free one")
        })?;
        let address = listener.local_addr().map_err(|it| Report::setup("server-not-started", it.to_string()))?;
        super::commands::say(out, format_args!("The ledger is open at http://{address}/ (end with Ctrl-C)."))?;
        out.flush().map_err(super::commands::write_error)?;
        axum::serve(listener, routes(shared))
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
            .map_err(|it| Report::setup("server-failed", it.to_string()))
    })
}

fn routes(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(events_page))
        .route("/events.json", get(events_json))
        .route("/events/{id}", get(event_page))
        .route(
            "/style.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css")], include_str!("../templates/style.css")) }),
        )
        .fallback(|| async {
            Failure(Report::input("page-not-found", "there is no such page").next("go back to the list of events"))
        })
        .layer(axum::middleware::map_response(guarded))
        .with_state(shared)
}

async fn guarded(mut response: Response) -> Response {
    const POLICY: &str =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    response
}

struct Failure(Report);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match (self.0.kind, self.0.id.ends_with("not-found")) {
            (Kind::Input, true) => StatusCode::NOT_FOUND,
            (Kind::Input, false) => StatusCode::BAD_REQUEST,
            (Kind::Setup, _) => StatusCode::SERVICE_UNAVAILABLE,
            (Kind::Bug, _) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Html(pages::failure(&self.0))).into_response()
    }
}

type Answer = std::result::Result<Response, Failure>;

/// Joins what is on file, unless nothing has changed since the last request.
async fn knowledge(shared: Arc<Shared>) -> std::result::Result<Arc<Knowledge>, Failure> {
    let work = move || -> Result<Arc<Knowledge>> {
        let poisoned = || Report::bug("an earlier request broke off");
        let desk = shared.desk.lock().map_err(|_| poisoned())?;
        let stamp = desk.ledger.stamp()?;
        let mut made = shared.made.lock().map_err(|_| poisoned())?;
        if let Some((of, knowledge)) = made.as_ref()
            && *of == stamp
        {
            return Ok(knowledge.clone());
        }
        let knowledge = Arc::new(desk.knowledge()?);
        *made = Some((stamp, knowledge.clone()));
        Ok(knowledge)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| Failure(Report::bug("a request broke off")))?.map_err(Failure)
}

fn filters(query: &BTreeMap<String, String>) -> crate::cli::Events {
    let words = query.get("q").map_or(vec![], |it| it.split_whitespace().map(str::to_owned).collect());
    let given = |name: &str| query.get(name).filter(|it| !it.is_empty()).cloned();
    crate::cli::Events {
        words,
        kind: given("type"),
        by: given("by"),
        claimed_by: given("claimed_by"),
        place: given("place"),
        since: given("since").and_then(|it| it.parse().ok()),
        until: given("until").and_then(|it| it.parse().ok()),
        disputed: query.contains_key("disputed"),
        file: given("file"),
    }
}

async fn events_page(State(shared): State<Arc<Shared>>, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let knowledge = knowledge(shared).await?;
    let events = crate::commands::filtered(&knowledge, &filters(&query));
    let words = query.get("q").cloned().unwrap_or_default();
    let page = pages::events(&events, knowledge.events.len(), &words, query.contains_key("disputed"));
    Ok(Html(page).into_response())
}

async fn events_json(State(shared): State<Arc<Shared>>, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let knowledge = knowledge(shared).await?;
    Ok(axum_json(&crate::commands::filtered(&knowledge, &filters(&query))))
}

async fn event_page(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let knowledge = knowledge(shared).await?;
    let (id, json) = id.strip_suffix(".json").map_or((id.as_str(), false), |it| (it, true));
    let event = knowledge.event(id).map_err(Failure)?;
    if json {
        return Ok(axum_json(&event));
    }
    let policy = query.get("policy").map_or("range-all", String::as_str);
    Ok(Html(pages::event(event, &knowledge.edges, policy)).into_response())
}

fn axum_json(value: &impl serde::Serialize) -> Response {
    match serde_json::to_vec_pretty(value) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
        Err(error) => Failure(Report::bug(error.to_string())).into_response(),
    }
}
