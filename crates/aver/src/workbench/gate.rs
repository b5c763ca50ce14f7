//! Who may pass: sessions, roles, tokens of forms, patience with wrong passwords.
//!
//! In: a request. Out: the same with a [`Visitor`], or a refusal. Without a team the
//! one person at this machine is an editor and needs no login. With a team nothing
//! but the login page and the style is seen by strangers.
//!
//! Every change must carry the token of its session: as the field `csrf` of a form,
//! or the header `x-csrf-token`. A page of another site can read neither.

use super::{App, Failure};
use crate::report::Report;
use crate::team::{Role, Team, is_password};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

/// Name of the session's cookie.
pub const COOKIE: &str = "aver_session";
/// Most bytes of a form; files have their own limit.
pub const LARGEST_FORM: usize = 2 << 20;
/// Wrong passwords for one name before it must wait.
const PATIENCE: usize = 5;
/// Wrong passwords for all names together before all must wait.
const PATIENCE_WITH_ALL: usize = 100;
/// How long wrong passwords are held against a name, in seconds.
const MEMORY: u64 = 15 * 60;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// The name that stands on decisions.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The token that their forms must carry.
    pub csrf: String,
    /// There are accounts, so one can log out.
    pub team: bool,
}

/// The door: the team if there is one, and what it takes to keep it shut.
pub struct Gate {
    secret: String,
    team: Option<Mutex<Team>>,
    wrong: Mutex<HashMap<String, Vec<u64>>>,
    /// The present second since 1970; tests fix it.
    pub now: fn() -> u64,
    /// Browsers reach the server over https only: the cookie says so.
    pub behind_https: bool,
}

impl Gate {
    /// A door for one person, always open.
    pub fn single() -> Gate {
        // Without random numbers no form can be sent, rather than every form by anybody.
        let secret = crate::team::token().unwrap_or_default();
        Gate { secret, team: None, wrong: Mutex::default(), now, behind_https: false }
    }

    /// A door for a team.
    pub fn team(team: Team) -> Gate {
        Gate { team: Some(Mutex::new(team)), ..Gate::single() }
    }

    /// Says whether there are accounts.
    pub fn has_team(&self) -> bool {
        self.team.is_some()
    }

    /// Returns names and roles; nobody without a team.
    pub fn list(&self) -> Vec<(String, Role)> {
        self.team.as_ref().map_or(vec![], |it| held(it).list())
    }

    /// Returns the token that the forms of a session must carry.
    pub fn csrf(&self, session: &str) -> String {
        if self.secret.is_empty() {
            return String::new();
        }
        aver_ledger::sha256(format!("{} form {session}", self.secret).as_bytes())
    }

    /// Returns who stands behind a session; the one person of this machine without a team.
    pub fn visitor(&self, session: &str, alone: &str) -> Option<Visitor> {
        let Some(team) = &self.team else {
            return Some(Visitor { name: alone.into(), role: Role::Editor, csrf: self.csrf(""), team: false });
        };
        let (name, role) = held(team).who(session, (self.now)())?;
        Some(Visitor { name, role, csrf: self.csrf(session), team: true })
    }

    /// Checks a password and begins a new session; the token that came with the request is never taken over.
    ///
    /// # Errors
    /// Name or password are wrong (which of them is not said), or were wrong too often.
    pub fn login(&self, name: &str, password: &str, old: &str) -> Result<String, Report> {
        let now = (self.now)();
        let Some(team) = &self.team else {
            return Err(Report::input("login-not-found", "this workbench has no accounts"));
        };
        {
            let mut wrong = held(&self.wrong);
            wrong.values_mut().for_each(|it| it.retain(|at| at + MEMORY > now));
            wrong.retain(|_, it| !it.is_empty());
            let of_all: usize = wrong.values().map(Vec::len).sum();
            if wrong.get(name).map_or(0, Vec::len) >= PATIENCE || of_all >= PATIENCE_WITH_ALL {
                return Err(Report::input("login-too-often", "there were too many wrong passwords")
                    .next("wait a quarter of an hour, or ask an editor for a new password"));
            }
            // Counted before the password is looked at, so that many requests at once count too.
            wrong.entry(name.chars().take(60).collect()).or_default().push(now);
        }
        let hash = held(team).hash_of(name);
        if !is_password(hash.as_deref(), password) {
            return Err(Report::input("login-wrong", "name and password do not fit").next("look at both and try again"));
        }
        held(&self.wrong).remove(name);
        let mut team = held(team);
        team.end(old)?;
        team.begin(name, now)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The file of accounts cannot be written.
    pub fn logout(&self, session: &str) -> Result<(), Report> {
        self.team.as_ref().map_or(Ok(()), |it| held(it).end(session))
    }
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |it| it.as_secs())
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic of another request leaves nothing half-written behind these locks.
    lock.lock().unwrap_or_else(|it| it.into_inner())
}

/// Returns the session's token that a request carries; empty without one.
pub fn session_of(headers: &HeaderMap) -> String {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map_or(String::new(), |(_, value)| value.to_owned())
}

/// Lets a request pass with its visitor, or refuses it.
pub async fn passed(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let gate = &app.settings().gate;
    let session = session_of(request.headers());
    let path = request.uri().path().to_owned();
    let open = path == "/login" || path.starts_with("/assets/") || path == "/favicon.ico";
    let visitor = gate.visitor(&session, &app.settings().who);
    let is_change = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if visitor.is_none() && !open {
        return stranger(&path, is_change);
    }
    let csrf = visitor.as_ref().map_or_else(|| gate.csrf(""), |it| it.csrf.clone());
    if is_change {
        if let Some(it) = &visitor
            && it.role < Role::Coder
            && !matches!(path.as_str(), "/login" | "/logout")
        {
            return refusal(
                &path,
                Report::input("role-not-allowed", format!("{} may look, and change nothing", it.name))
                    .next("ask an editor for the role of a coder"),
            );
        }
        request = match with_token(request, &csrf).await {
            Ok(request) => request,
            Err(report) => return refusal(&path, report),
        };
    }
    if let Some(visitor) = visitor {
        request.extensions_mut().insert(visitor);
    }
    next.run(request).await
}

fn stranger(path: &str, is_change: bool) -> Response {
    if is_change || is_for_programs(path) {
        let report = Report::input("login-needed", "nobody is logged in").next("log in at /login");
        return refusal(path, report);
    }
    Redirect::to("/login").into_response()
}

fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || [".json", ".csv", ".geojson"].iter().any(|it| path.ends_with(it))
}

fn refusal(path: &str, report: Report) -> Response {
    if is_for_programs(path) { super::api::failure(&report) } else { Failure(report).into_response() }
}

/// Returns the request if it carries the token; its body is read and put back.
async fn with_token(request: Request, csrf: &str) -> Result<Request, Report> {
    let refused = || {
        Report::input("form-not-allowed", "this form is not from a page of your session")
            .next("load the page again and send it once more")
    };
    let is = |given: &str| !csrf.is_empty() && same(given.as_bytes(), csrf.as_bytes());
    if request.headers().get("x-csrf-token").is_some_and(|it| is(&String::from_utf8_lossy(it.as_bytes()))) {
        return Ok(request);
    }
    let kind =
        request.headers().get(header::CONTENT_TYPE).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
    let kind = kind.unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        // Files are read piece by piece; the token comes first among the pieces (see `add`).
        return Ok(request);
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(refused());
    }
    let (parts, body) = request.into_parts();
    let bytes: Bytes = axum::body::to_bytes(body, LARGEST_FORM).await.map_err(|_| {
        Report::input("form-too-large", format!("a form may have {} MiB", LARGEST_FORM >> 20))
            .next("save the text as a file and add the file")
    })?;
    let fields = super::ctx::pairs(&bytes);
    if !fields.iter().any(|(name, value)| name == "csrf" && is(value)) {
        return Err(refused());
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Compares without telling by the time it takes where the difference lies.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_session_and_one_run_of_the_server() {
        let (one, other) = (Gate::single(), Gate::single());
        assert_eq!(one.csrf("a"), one.csrf("a"));
        assert_ne!(one.csrf("a"), one.csrf("b"));
        assert_ne!(one.csrf("a"), other.csrf("a"));
        assert!(same(b"abc", b"abc") && !same(b"abc", b"abd") && !same(b"abc", b"ab"));
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let headers = |value: &str| [(header::COOKIE, value.parse().expect("it is a header"))].into_iter().collect();
        assert_eq!(session_of(&headers("theme=dark; aver_session=abc; x=y")), "abc");
        assert_eq!(session_of(&headers("my_aver_session=abc")), "");
        assert_eq!(session_of(&HeaderMap::new()), "");
    }
}
