//! What the API offers, written down once: the OpenAPI 3.1 description.
//!
//! The schemas are those that the types themselves give (`schemars`, as for
//! `aver read --schema`), so description and answers cannot drift apart.

use super::{AgreementRow, DocumentRow, ErrorBody, List, Waiting};
use crate::notes::Noted;
use crate::parts::Tied;
use crate::workbench::decide::Wish;
use crate::workbench::moments::Changed;
use aver_model::*;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Value, json};

/// A parameter: name, whether it must be there, what it means.
type Parameter = (&'static str, bool, &'static str);

/// One address of the API.
pub struct Endpoint {
    /// `get` or `post`.
    pub method: &'static str,
    /// With `{parameters}`.
    pub path: &'static str,
    /// One line.
    pub summary: &'static str,
    parameters: &'static [Parameter],
    request: Option<fn(&mut SchemaGenerator) -> Value>,
    answer: fn(&mut SchemaGenerator) -> Value,
}

const AT: Parameter =
    ("at", false, "The ledger as known then: READINGS.DECISIONS, published:2022-12-01 or entered:2026-11-22");
const PART: [Parameter; 2] = [
    ("limit", false, "Most values of the answer, 100 unless given, at most 1000"),
    ("offset", false, "Values to pass over"),
];
const EVENT_FILTERS: &[Parameter] = &[
    ("q", false, "Words in title, place, actors or quotes"),
    ("type", false, "Event type, e.g. bombing"),
    ("by", false, "Who is said to have done it"),
    ("place", false, "Name, division or country code"),
    ("since", false, "First day, 2022-10-06"),
    ("until", false, "Last day"),
    ("disputed", false, "1: only events on which accounts differ"),
    PART[0],
    PART[1],
    AT,
];
const LISTED: &[Parameter] = &[PART[0], PART[1], AT];

macro_rules! schema {
    ($type:ty) => {
        |it| it.subschema_for::<$type>().to_value()
    };
}

/// Every address, in the order of the description.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "get",
        path: "/api/v1/events",
        summary: "Events, most disputed first, with every account and every policy's result",
        parameters: EVENT_FILTERS,
        request: None,
        answer: schema!(List<LedgerEvent>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/events/{id}",
        summary: "One event, with the events that it is a part of and those that are parts of it",
        parameters: &[("id", true, "Its id, or a beginning of it"), AT],
        request: None,
        answer: schema!(Tied<'_>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/documents",
        summary: "Documents on file",
        parameters: LISTED,
        request: None,
        answer: schema!(List<DocumentRow>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/documents/{sha256}",
        summary: "The reading of one document, in the published reading format",
        parameters: &[("sha256", true, "Its hash, or a beginning of it"), AT],
        request: None,
        answer: schema!(Reading),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/actors",
        summary: "Actors over all documents",
        parameters: LISTED,
        request: None,
        answer: schema!(List<ActorRecord>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/relations",
        summary: "Ties between actors, with everybody who speaks of them",
        parameters: LISTED,
        request: None,
        answer: schema!(List<RelationRecord>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/tallies",
        summary: "Published sums against the events on file",
        parameters: LISTED,
        request: None,
        answer: schema!(List<TallyCheck>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/forecasts",
        summary: "Forecasts with their state today, or on the day of `at`",
        parameters: LISTED,
        request: None,
        answer: schema!(List<ForecastState>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/review",
        summary: "What waits for a person, the greatest effect first",
        parameters: &[("queue", false, "same-event, figures, drafts, orphans or new-run"), PART[0], PART[1], AT],
        request: None,
        answer: schema!(List<Waiting>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/notes",
        summary: "What does not fit: odd dates, two numbers for one thing, speakers who contradict themselves",
        parameters: &[
            ("kind", false, "Only these, e.g. weekday-mismatch, two-numbers, one-number-two-periods, changed-number"),
            ("q", false, "Words in message, quote or file"),
            PART[0],
            PART[1],
            AT,
        ],
        request: None,
        answer: schema!(List<Noted>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/changes",
        summary: "What changed in the events between two moments",
        parameters: &[
            ("from", true, "The earlier moment, as for at"),
            ("to", false, "The later one; now when not given"),
        ],
        request: None,
        answer: schema!(Changed),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/agreement",
        summary: "Agreement of coders by field: percent and Krippendorff's alpha",
        parameters: &[("coder", true, "A name; give it twice or more often"), AT],
        request: None,
        answer: schema!(List<AgreementRow>),
    },
    Endpoint {
        method: "get",
        path: "/api/v1/decisions",
        summary: "Every decision, in the order of the chain",
        parameters: LISTED,
        request: None,
        answer: schema!(List<Decision>),
    },
    Endpoint {
        method: "post",
        path: "/api/v1/decisions",
        summary: "Append a decision; the header x-csrf-token carries the token of the session",
        parameters: &[],
        request: Some(schema!(Wish)),
        answer: schema!(Decision),
    },
];

/// Returns the OpenAPI 3.1 description.
pub fn openapi() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|it| {
        it.definitions_path = "/components/schemas".into();
        it.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let error = schemas.subschema_for::<ErrorBody>().to_value();
    let mut paths = serde_json::Map::new();
    for it in ENDPOINTS {
        let described = operation(it, &mut schemas, &error);
        let path = paths.entry(it.path).or_insert_with(|| json!({}));
        path[it.method] = described;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Averment",
            "version": "1",
            "summary": "Who says what happened, with the words behind every value.",
            "description": "The values of the workbench's pages. Nothing in them is a verdict. Unknown is null or an empty list, never a made-up zero. Spans count Unicode code points of the document's text.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": schemas.take_definitions(true)},
    })
}

fn operation(it: &Endpoint, schemas: &mut SchemaGenerator, error: &Value) -> Value {
    let parameters = it.parameters.iter().map(|(name, required, words)| {
        let place = if it.path.contains(&format!("{{{name}}}")) { "path" } else { "query" };
        json!({"name": name, "in": place, "required": required, "description": words, "schema": {"type": "string"}})
    });
    let content = |schema: Value| json!({"application/json": {"schema": schema}});
    let good = if it.method == "post" { "201" } else { "200" };
    let mut out = json!({
        "summary": it.summary,
        "operationId": format!("{} {}", it.method, it.path.trim_start_matches("/api/v1/")).replace(['/', ' '], "-").replace(['{', '}'], ""),
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": {
            good: {"description": "The value asked for.", "content": content((it.answer)(schemas))},
            "default": {"description": "What went wrong, and what to do next.", "content": content(error.clone())},
        },
    });
    if let Some(request) = it.request {
        out["requestBody"] = json!({"required": true, "content": content(request(schemas))});
    }
    out
}
