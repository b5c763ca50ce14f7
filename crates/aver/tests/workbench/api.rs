//! The API: what is described is there, what is there is described, and the guide's examples are true.

use crate::desk::Desk;
use aver::workbench::api::{ENDPOINTS, openapi};
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

#[test]
fn every_described_address_answers_with_json() {
    let desk = Desk::samples();
    let event = desk.ok("/api/v1/events?limit=1").json()["values"][0]["id"].as_str().unwrap().to_owned();
    let document =
        desk.ok("/api/v1/documents?limit=1").json()["values"][0]["document"]["sha256"].as_str().unwrap().to_owned();
    for it in ENDPOINTS.iter().filter(|it| it.method == "get") {
        let path = it.path.replace("{id}", &event).replace("{sha256}", &document);
        let path = match path.rsplit('/').next() {
            Some("agreement") => format!("{path}?coder=a&coder=b"),
            Some("changes") => format!("{path}?from=1.0"),
            _ => path,
        };
        let page = desk.ok(&path);
        assert_eq!(page.header("content-type"), "application/json", "{path}");
        assert!(page.json().is_object(), "{path}");
    }
    assert_eq!(desk.ok("/api/v1/openapi.json").json(), openapi());
}

/// Every `$ref` of the description leads somewhere, and answers have the fields that their schema asks for.
#[test]
fn the_description_is_whole_and_answers_keep_to_it() {
    let described = openapi();
    let schemas = described["components"]["schemas"].as_object().unwrap();
    fn refs(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, it)| match it {
                Value::String(to) if key == "$ref" => found.push(to.clone()),
                it => refs(it, found),
            }),
            Value::Array(values) => values.iter().for_each(|it| refs(it, found)),
            _ => {}
        }
    }
    let mut found = vec![];
    refs(&described, &mut found);
    assert!(found.len() > 20);
    for it in found {
        let name = it.strip_prefix("#/components/schemas/").unwrap_or_else(|| panic!("{it} leads out"));
        assert!(schemas.contains_key(name), "{it} leads nowhere");
    }
    let event = &Desk::samples().ok("/api/v1/events?limit=1").json()["values"][0];
    for field in schemas["LedgerEvent"]["required"].as_array().unwrap() {
        assert!(event.get(field.as_str().unwrap()).is_some(), "{field}");
    }
}

#[test]
fn every_error_has_the_one_shape() {
    let desk = Desk::empty();
    for (url, status, id) in [
        ("/api/v1/events/ev-none", 404, "event-not-found"),
        ("/api/v1/documents/ff", 404, "document-not-found"),
        ("/api/v1/nothing", 404, "route-not-found"),
        ("/api/v2/events", 404, "route-not-found"),
        ("/api/v1/events?limit=many", 400, "number-not-understood"),
        ("/api/v1/events?since=soon", 400, "date-not-understood"),
        ("/api/v1/events?at=9.9", 404, "position-not-found"),
        ("/api/v1/review?queue=nothing", 404, "queue-not-found"),
        ("/api/v1/agreement?coder=a", 400, "coders-missing"),
    ] {
        let page = desk.get(url);
        assert_eq!(page.status.as_u16(), status, "{url}");
        let error = &page.json()["error"];
        assert_eq!(error["id"], id, "{url}");
        for field in ["message", "where", "hint"] {
            assert!(error.get(field).is_some(), "{url}: {field}");
        }
    }
}

/// Sends one request of the guide: a line `GET /path`, or `POST /path`, an empty line and a body.
fn ask(desk: &Desk, request: &str) -> String {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let (method, path) = head.trim().split_once(' ').expect("a request has a method and a path");
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .header("x-csrf-token", desk.csrf())
        .body(Body::from(body.trim().to_owned()));
    let page = desk.send(request.unwrap());
    format!("{}\n\n{}\n", page.status.as_u16(), serde_json::to_string_pretty(&page.json()).unwrap())
}

/// The guide's examples, one after the other on one ledger of two reports; `UPDATE=1` rewrites the answers.
#[test]
fn the_examples_of_the_guide_are_true() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md");
    let guide = std::fs::read_to_string(&path).unwrap();
    let desk = crate::review::contested();
    let mut out = String::new();
    let (mut rest, mut request, mut examples) = (guide.as_str(), None::<String>, 0);
    while let Some(at) = rest.find("```http ") {
        let line = at + rest[at..].find('\n').unwrap() + 1;
        let end = line + rest[line..].find("```").unwrap();
        let (kind, body) = (rest[at + 8..line].trim(), &rest[line..end]);
        out.push_str(&rest[..line]);
        match kind {
            "request" => {
                out.push_str(body);
                request = Some(body.trim().to_owned());
            }
            "answer" => {
                examples += 1;
                out.push_str(&ask(&desk, &request.take().expect("an answer follows its request")));
            }
            other => panic!("`http {other}` is neither request nor answer"),
        }
        rest = &rest[end..];
        out.push_str("```");
        rest = &rest[3..];
    }
    out.push_str(rest);
    assert!(examples >= 4, "{examples} examples");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &out).unwrap();
        return;
    }
    let diff = similar::TextDiff::from_lines(guide.as_str(), out.as_str());
    assert!(guide == out, "{}", diff.unified_diff().header("docs/api.md", "got"));
}
