//! A form that was refused comes back filled in, beside the reason.
//!
//! In: a request whose values could not be taken, and the report. Out: the page of
//! the error with the same form, so that nothing has to be written twice. The value
//! at fault can be mended in place; what is no field (tokens, verbs) is sent again
//! unseen. Files are not: browsers do not let a page choose them.

use super::ctx::pairs;
use super::failure::{Told, with_form};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Fields of the forms that change something, as the forms call them.
const FIELDS: [(&str, &str); 9] = [
    ("to", "Your value"),
    ("other", "Merge with event"),
    ("speaker", "Who says it"),
    ("source", "Outlet"),
    ("published", "Published"),
    ("name", "File name"),
    ("text", "Text"),
    ("reason", "Reason"),
    ("event", "Event"),
];
/// Parts of addresses that people write by hand or in a filter.
const ASKED: [(&str, &str); 10] = [
    ("from", "From"),
    ("since", "From"),
    ("to", "To"),
    ("until", "To"),
    ("due", "Due in"),
    ("box", "Part of the map"),
    ("order", "Order"),
    ("policy", "Policy"),
    ("at", "As known at"),
    ("q", "Words"),
];

/// A refused form, to be mended.
#[derive(Debug, PartialEq)]
pub struct Form {
    /// `get` or `post`.
    pub method: &'static str,
    /// Where it goes.
    pub action: String,
    /// Sent again as they were.
    pub hidden: Vec<(String, String)>,
    /// What can be mended: name, label, value, at fault, written on several lines.
    pub fields: Vec<(String, &'static str, String, bool, bool)>,
}

impl Form {
    fn new(method: &'static str, action: String, given: Vec<(String, String)>, place: Option<&str>) -> Option<Form> {
        let known: &[(&str, &'static str)] = if method == "post" { &FIELDS } else { &ASKED };
        let label = |name: &str| known.iter().find(|it| it.0 == name).map(|it| it.1);
        // Of an address only the part at fault is shown; of a form all that a person wrote.
        let is_shown = |name: &str| label(name).is_some() && (method == "post" || place == Some(name));
        let (shown, hidden): (Vec<_>, Vec<_>) = given.into_iter().partition(|it| is_shown(&it.0));
        let field = |(name, value): (String, String)| {
            let (words, at_fault) = (label(&name).unwrap_or_default(), place == Some(name.as_str()));
            let long = name == "text";
            (name, words, value, at_fault, long)
        };
        let fields: Vec<_> = shown.into_iter().map(field).collect();
        (!fields.is_empty()).then_some(Form { method, action, hidden, fields })
    }
}

/// Returns the field of the form in which the fault lies; a correction names what it corrects (`figure`, `time`).
fn at_fault<'p>(method: &str, place: Option<&'p str>) -> Option<&'p str> {
    match place? {
        "--published" => Some("published"),
        place if method == "get" || FIELDS.iter().any(|it| it.0 == place) => Some(place),
        _ => Some("to"),
    }
}

/// Puts the values of a refused form back into a form on the page that says why.
pub async fn kept(request: Request, next: Next) -> Response {
    let action = request.uri().path_and_query().map_or(String::new(), |it| it.as_str().to_owned());
    let kind = request.headers().get(header::CONTENT_TYPE).map(|it| it.as_bytes().to_vec()).unwrap_or_default();
    let is_form = kind.starts_with(b"application/x-www-form-urlencoded");
    let (method, sent, request) = match *request.method() {
        Method::GET => ("get", Bytes::from(request.uri().query().unwrap_or_default().to_owned()), request),
        Method::POST if is_form => {
            let (parts, body) = request.into_parts();
            // The gate has read it already and set its limit.
            let bytes = axum::body::to_bytes(body, super::LARGEST_UPLOAD).await.unwrap_or_default();
            ("post", bytes.clone(), Request::from_parts(parts, Body::from(bytes)))
        }
        _ => return next.run(request).await,
    };
    let response = next.run(request).await;
    let told = response.extensions().get::<Told>().cloned();
    let mendable = [StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND].contains(&response.status());
    match told.filter(|_| mendable && !sent.is_empty()) {
        Some(Told(report)) => {
            let action = if method == "get" { action.split('?').next().unwrap_or("/").to_owned() } else { action };
            match Form::new(method, action, pairs(&sent), at_fault(method, report.place.as_deref())) {
                Some(form) => with_form(report, form),
                None => response,
            }
        }
        None => response,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn what_a_person_wrote_can_be_mended_and_the_rest_is_sent_again() {
        let sent = given(&[("csrf", "x"), ("verb", "correct"), ("to", "dozens?"), ("reason", "recount")]);
        let form = Form::new("post", "/e/ev-1/decide".into(), sent, Some("to")).unwrap();
        assert_eq!(form.hidden, given(&[("csrf", "x"), ("verb", "correct")]));
        let fields: Vec<_> = form.fields.iter().map(|it| (it.1, it.2.as_str(), it.3)).collect();
        assert_eq!(fields, [("Your value", "dozens?", true), ("Reason", "recount", false)]);
    }

    #[test]
    fn of_an_address_only_the_part_at_fault_is_asked_again() {
        let sent = given(&[("from", "last May"), ("type", "bombing")]);
        let form = Form::new("get", "/".into(), sent.clone(), Some("from")).unwrap();
        assert_eq!((form.fields.len(), form.hidden), (1, given(&[("type", "bombing")])));
        assert_eq!(Form::new("get", "/".into(), sent, Some("/nowhere")), None);
    }
}
