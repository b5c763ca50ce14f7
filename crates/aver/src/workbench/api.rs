//! The HTTP API: the values of the pages as JSON, one error shape.
//!
//! In: addresses under `/api/v1`. Out: the same types that the pages draw and the
//! command line prints with `--json`. [`ENDPOINTS`] is the one list of what there
//! is; routes, the OpenAPI description and the tests come from it. Within version 1
//! fields are added, never renamed or dropped.

mod describe;

use super::decide::{Wish, carry_out};
use super::{App, Ctx, Failure};
use crate::report::Report;
use aver_model::*;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::any, routing::get};
use schemars::JsonSchema;
use serde::Serialize;

pub use describe::{ENDPOINTS, Endpoint, openapi};

/// Values of one answer unless `limit` asks for fewer or more.
const LIMIT: usize = 100;
/// Most values of one answer.
const MOST: usize = 1000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/openapi.json", get(|| async { body(StatusCode::OK, &openapi()) }))
        .route("/api/v1/events", get(events))
        .route("/api/v1/events/{id}", get(event))
        .route("/api/v1/documents", get(documents))
        .route("/api/v1/documents/{sha256}", get(document))
        .route("/api/v1/actors", get(|api: Api| async move { list(&api, &api.0.snap.knowledge.actors) }))
        .route("/api/v1/relations", get(|api: Api| async move { list(&api, &api.0.snap.knowledge.relations) }))
        .route("/api/v1/tallies", get(tallies))
        .route("/api/v1/forecasts", get(|api: Api| async move { list(&api, &api.0.snap.forecasts) }))
        .route("/api/v1/review", get(review))
        .route("/api/v1/changes", get(changes))
        .route("/api/v1/notes", get(|api: Api| async move { part(&api.0, super::notes::found(&api.0)) }))
        .route("/api/v1/agreement", get(agreement))
        .route(
            "/api/v1/decisions",
            get(|api: Api| async move { part(&api.0, api.0.snap.decisions_seen()) }).post(decide),
        )
        .route("/api/{*rest}", any(nothing))
}

/// What was asked for does not stand: the one shape of every error.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorBody {
    /// The error.
    pub error: ErrorFields,
}

/// An error in words, with an id that programs may match.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErrorFields {
    /// Stable kebab-case word, e.g. `event-not-found`.
    pub id: String,
    /// What went wrong, with the values.
    pub message: String,
    /// Parameter, route, document.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// One thing to do.
    pub hint: Option<String>,
}

/// A part of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct List<T> {
    /// What was seen of the ledger: `READINGS.DECISIONS`, or a day of publication; give it as `at` to see the same again.
    pub position: String,
    /// How many values there are in all.
    pub total: usize,
    /// How many were passed over.
    pub offset: usize,
    /// The values.
    pub values: Vec<T>,
}

/// A document on file, without its text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DocumentRow {
    /// Its facts.
    pub document: Document,
    /// How many bytes were captured.
    pub bytes: u64,
    /// How often it was read, the current reading included.
    pub readings: u64,
    /// When it was stored, RFC 3339; null: before the ledger kept it.
    pub entered: Option<String>,
    /// Ids of the events that it tells.
    pub events: Vec<String>,
}

/// Something that waits for a person.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Waiting {
    /// `same-event`, `figures`, `drafts`, `orphans` or `new-run`.
    pub queue: String,
    /// The words, as a decision names them.
    pub anchors: Vec<Anchor>,
    /// Ids of the events it touches.
    pub events: Vec<String>,
    /// By how many people the published numbers move when the pair is joined, the figure left
    /// out, or the draft rejected.
    pub at_stake: u64,
    /// Number of the decision in question.
    pub decision: Option<u64>,
}

/// How far coders agree on one field.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AgreementRow {
    /// The field.
    pub field: String,
    /// Cells that two or more of them decided.
    pub cells: usize,
    /// Share of equal pairs, 0 to 1.
    pub percent: Option<f64>,
    /// Krippendorff's alpha, nominal.
    pub alpha: Option<f64>,
    /// Alpha by size of the difference, where values have a size.
    pub alpha_by_size: Option<f64>,
}

/// One request of a program.
pub struct Api(pub Ctx);

/// An error on its way to a program.
pub struct ApiFailure(Report);

type ApiAnswer = std::result::Result<Response, ApiFailure>;

impl From<Report> for ApiFailure {
    fn from(report: Report) -> ApiFailure {
        ApiFailure(report)
    }
}

impl From<Failure> for ApiFailure {
    fn from(failure: Failure) -> ApiFailure {
        ApiFailure(failure.0)
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        failure(&self.0)
    }
}

impl FromRequestParts<App> for Api {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Api, ApiFailure> {
        Ok(Api(Ctx::from_request_parts(parts, app).await?))
    }
}

/// Answers with a report in the one shape of errors.
pub fn failure(report: &Report) -> Response {
    let error = ErrorFields {
        id: report.id.clone(),
        message: report.message.clone(),
        place: report.place.clone(),
        hint: report.hint.clone(),
    };
    body(super::failure::status(report), &ErrorBody { error })
}

fn body(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec_pretty(value) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, "application/json")], bytes).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn nothing(uri: Uri) -> ApiFailure {
    ApiFailure(
        Report::input("route-not-found", "the API has no such route")
            .at(uri.path())
            .next("/api/v1/openapi.json lists them"),
    )
}

fn number(ctx: &Ctx, key: &str, otherwise: usize) -> Result<usize, Report> {
    match ctx.get(key).map(str::parse) {
        None => Ok(otherwise),
        Some(Ok(number)) => Ok(number),
        Some(Err(_)) => Err(Report::input("number-not-understood", format!("`{key}` is no number")).at(key)),
    }
}

fn list<T: Serialize>(api: &Api, all: &[T]) -> ApiAnswer {
    let all: Vec<&T> = all.iter().collect();
    part(&api.0, all)
}

fn part<T: Serialize>(ctx: &Ctx, all: Vec<T>) -> ApiAnswer {
    part_as(ctx, all, |it| it)
}

/// Answers with a part of a list, each value as `make` makes it.
fn part_as<T, V: Serialize>(ctx: &Ctx, all: Vec<T>, make: impl Fn(T) -> V) -> ApiAnswer {
    let (limit, offset) = (number(ctx, "limit", LIMIT)?.min(MOST), number(ctx, "offset", 0)?);
    let total = all.len();
    let values: Vec<V> = all.into_iter().skip(offset).take(limit).map(make).collect();
    Ok(body(StatusCode::OK, &List { position: ctx.snap.scope.to_string(), total, offset, values }))
}

async fn events(Api(ctx): Api) -> ApiAnswer {
    let filters = super::export::filters(&ctx)?;
    part(&ctx, crate::commands::filtered(ctx.snap.knowledge.events.iter().map(AsRef::as_ref), &filters))
}

async fn tallies(Api(ctx): Api) -> ApiAnswer {
    part(&ctx, ctx.app.tallies(&ctx.snap).await?)
}

async fn event(Api(ctx): Api, Path(id): Path<String>) -> ApiAnswer {
    Ok(body(StatusCode::OK, &ctx.snap.tied(ctx.snap.event(&id)?, ctx.app.codebook())))
}

async fn changes(Api(ctx): Api) -> ApiAnswer {
    Ok(body(StatusCode::OK, &super::moments::between(&ctx).await?))
}

async fn documents(Api(ctx): Api) -> ApiAnswer {
    let row = |it: &aver_ledger::Filed| DocumentRow {
        events: ctx.snap.events_of(&it.document.sha256).into_iter().map(|it| it.id.clone()).collect(),
        document: it.document.clone(),
        bytes: it.size,
        readings: it.readings,
        entered: it.entered.clone(),
    };
    part_as(&ctx, ctx.snap.filed.iter().collect(), row)
}

/// The reading of a document, in the published reading format.
async fn document(Api(ctx): Api, Path(sha256): Path<String>) -> ApiAnswer {
    let hash = ctx.snap.document(&sha256)?.document.sha256.clone();
    Ok(body(StatusCode::OK, ctx.reading(&hash).await?.as_ref()))
}

async fn review(Api(ctx): Api) -> ApiAnswer {
    let wanted = match ctx.get("queue") {
        None => None,
        Some(word) => Some(aver_review::Queue::of(word).ok_or_else(|| {
            Report::input("queue-not-found", format!("there is no queue `{word}`"))
                .at("queue")
                .next("write same-event, figures, drafts, orphans or new-run")
        })?),
    };
    let found = ctx.snap.waiting.iter().filter(|it| wanted.is_none_or(|queue| it.queue == queue));
    // Only those of the answer are copied: a hundred thousand may wait.
    let waiting = |it: &std::sync::Arc<aver_review::Candidate>| Waiting {
        queue: it.queue.word().into(),
        anchors: it.anchors.clone(),
        events: it.events.clone(),
        at_stake: it.at_stake,
        decision: it.decision,
    };
    part_as(&ctx, found.collect(), waiting)
}

async fn agreement(Api(ctx): Api) -> ApiAnswer {
    let made = &ctx.snap.effective;
    let coders = ctx.all("coder");
    if coders.len() < 2 {
        return Err(ApiFailure(
            Report::input("coders-missing", "agreement needs two coders or more")
                .at("coder")
                .next("add coder=NAME twice"),
        ));
    }
    let cells = aver_review::cells(made, &coders);
    let rows = aver_review::agreement_by_field(&cells, &coders).into_iter().map(|it| AgreementRow {
        field: it.field,
        cells: it.cells,
        percent: it.percent,
        alpha: it.alpha,
        alpha_by_size: it.alpha_by_size,
    });
    part(&ctx, rows.collect())
}

async fn decide(Api(ctx): Api, bytes: Bytes) -> ApiAnswer {
    ctx.must_be_now()?;
    let wish: Wish = serde_json::from_slice(&bytes).map_err(|it| {
        Report::input("ruling-not-understood", it.to_string()).next("/api/v1/openapi.json shows the form of a ruling")
    })?;
    let decision = carry_out(&ctx.app, &ctx.visitor, wish).await?;
    Ok(body(StatusCode::CREATED, &decision))
}
