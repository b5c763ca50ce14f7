//! Errors as pages: what went wrong, where, what to do next.
//!
//! The same [`Report`] as on the command line. Addresses that end in `.json`, and
//! everything under `/api/`, get it as JSON from their own handlers.

use super::again::Form;
use super::shell::{Shell, render};
use super::words::filters;
use crate::report::{Kind, Report};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

/// A report on its way to a browser.
#[derive(Debug)]
pub struct Failure(pub Report);

/// What every handler returns.
pub type Answer = std::result::Result<Response, Failure>;

impl From<Report> for Failure {
    fn from(report: Report) -> Failure {
        Failure(report)
    }
}

impl From<aver_ledger::Error> for Failure {
    fn from(error: aver_ledger::Error) -> Failure {
        Failure(error.into())
    }
}

/// Returns the HTTP status of a report.
pub fn status(report: &Report) -> StatusCode {
    match (report.kind, report.id.as_str()) {
        (Kind::Input, id) if id.ends_with("not-found") => StatusCode::NOT_FOUND,
        (Kind::Input, id) if id.ends_with("not-allowed") => StatusCode::FORBIDDEN,
        (Kind::Input, "login-needed" | "login-wrong") => StatusCode::UNAUTHORIZED,
        (Kind::Input, "login-too-often") => StatusCode::TOO_MANY_REQUESTS,
        (Kind::Input, id) if id.ends_with("too-large") => StatusCode::PAYLOAD_TOO_LARGE,
        (Kind::Input, _) => StatusCode::BAD_REQUEST,
        (Kind::Setup, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Kind::Bug, _) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    shell: Shell,
    status: u16,
    report: Report,
    /// The page asks again by itself.
    again: bool,
    /// The form that was refused.
    form: Option<Form>,
}

/// The report of an answer, for those that lay the page out anew.
#[derive(Clone)]
pub struct Told(pub Report);

/// Answers with a report and the form that it refuses.
pub fn with_form(report: Report, form: Form) -> Response {
    let status = status(&report);
    let page = FailurePage { shell: Shell::bare(), status: status.as_u16(), report, again: false, form: Some(form) };
    (status, Html(render(&page))).into_response()
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = status(&self.0);
        let again = self.0.id == "ledger-loading";
        let page =
            FailurePage { shell: Shell::bare(), status: status.as_u16(), report: self.0.clone(), again, form: None };
        let mut answer = (status, Html(render(&page))).into_response();
        answer.extensions_mut().insert(Told(self.0));
        if again {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        answer
    }
}

/// Answers an address that is none of ours.
pub async fn not_found(uri: Uri) -> Failure {
    Failure(Report::input("page-not-found", "there is no such page").at(uri.path()).next("go to the list of events"))
}
