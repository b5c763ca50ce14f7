//! Logging in and out. Without a team there is nothing to log in to.

use super::ctx::pairs;
use super::gate::{COOKIE, session_of};
use super::shell::{page, see};
use super::{Answer, App};
use crate::report::Report;
use crate::team::SESSION;
use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get, routing::post};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/login", get(show).post(login)).route("/logout", post(logout))
}

#[derive(Template)]
#[template(path = "login.html")]
struct Page {
    csrf: String,
    name: String,
    wrong: Option<Report>,
    style: &'static str,
    icon: &'static str,
}

impl Page {
    fn new(app: &App, headers: &HeaderMap, name: String, wrong: Option<Report>) -> Page {
        let gate = &app.settings().gate;
        let session = session_of(headers);
        // A session that has ended has no token of its own any more.
        let csrf = gate.visitor(&session, "").map_or_else(|| gate.csrf(""), |it| it.csrf);
        Page { csrf, name, wrong, style: super::assets::address("style.css"), icon: super::assets::address("icon.svg") }
    }
}

async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    if !app.settings().gate.has_team() {
        return see("/");
    }
    page(&Page::new(&app, &headers, String::new(), None))
}

async fn login(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Answer {
    let fields = pairs(&body);
    let of = |name: &str| fields.iter().find(|it| it.0 == name).map_or(String::new(), |it| it.1.clone());
    let (name, password, old) = (of("name"), of("password"), session_of(&headers));
    let door = app.clone();
    let as_name = name.clone();
    // Hashing takes a tenth of a second and much memory: not on a thread that serves.
    let done = super::state::blocking(move || Ok(door.settings().gate.login(&as_name, &password, &old))).await?;
    match done {
        Ok(token) => Ok(with_cookie(&app, see("/"), &token, SESSION)),
        Err(report) => {
            let status =
                if report.id == "login-too-often" { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNAUTHORIZED };
            Ok((status, page(&Page::new(&app, &headers, name, Some(report)))).into_response())
        }
    }
}

async fn logout(State(app): State<App>, headers: HeaderMap) -> Answer {
    let session = session_of(&headers);
    let door = app.clone();
    super::state::blocking(move || door.settings().gate.logout(&session)).await?;
    Ok(with_cookie(&app, see("/login"), "", 0))
}

/// Gives the browser a session: not readable by scripts, not sent along from other sites.
fn with_cookie(app: &App, mut response: Response, token: &str, seconds: u64) -> Response {
    let cookie = format!(
        "{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{}",
        if app.settings().gate.behind_https { "; Secure" } else { "" }
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
