//! The frame of every page: navigation, search, position, keys.
//!
//! A page's struct holds a [`Shell`] in its field `shell`; its template extends
//! `base.html` and fills `main`.

use super::Ctx;
use crate::moment::At;
use crate::team::Role;
use askama::Template;
use axum::response::{Html, IntoResponse, Response};

/// The screens of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list, map and timeline of events, and one event.
    Events,
    /// Documents, and one document.
    Documents,
    /// Actors, and one actor.
    Actors,
    /// Tallies and forecasts.
    Tallies,
    /// What waits for a person.
    Review,
    /// Every act, and export.
    Ledger,
    /// Adding documents.
    Add,
    /// None of them: search results, errors.
    Other,
}

/// The frame.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Which screen is current.
    pub screen: Screen,
    /// The title of the window.
    pub title: String,
    /// The earlier moment shown, if one is.
    pub at: Option<At>,
    /// What is seen from there, in words.
    pub then: String,
    /// What gives this page again: where the ledger stands now or, with `at`, stood then.
    pub position: String,
    /// The address of the same page at the present state.
    pub present: String,
    /// How many questions wait for a person; drafts are not counted.
    pub waiting: usize,
    /// Documents on file.
    pub documents: usize,
    /// A newer state is being joined.
    pub stale: bool,
    /// The ledger's file name; empty when there is no ledger to show.
    pub ledger: String,
    /// Who is at the desk.
    pub who: String,
    /// What they may do.
    pub role: Role,
    /// The token that every form carries.
    pub csrf: String,
    /// There are accounts, so one can log out.
    pub team: bool,
    /// The decision just made: its number and what it says.
    pub done: Option<(u64, String)>,
    /// The address to come back to after undoing it.
    pub back: String,
}

impl Shell {
    pub(super) fn new(ctx: &Ctx, screen: Screen, title: String) -> Shell {
        let kept = ctx.query.iter().filter(|(name, it)| name != "at" && !it.is_empty());
        let kept = super::ctx::query_string(kept.map(|(name, it)| (name.as_str(), it.as_str())));
        let ledger = ctx.app.settings().ledger.file_name();
        Shell {
            screen,
            title,
            at: ctx.at,
            then: ctx.at.map_or(String::new(), |it| it.words(ctx.snap.position)),
            position: ctx.snap.scope.to_string(),
            present: format!("{}{kept}", ctx.path),
            waiting: super::review::waiting(&ctx.snap),
            documents: ctx.snap.filed.len(),
            stale: ctx.app.is_stale(),
            ledger: ledger.map_or(String::new(), |it| it.to_string_lossy().into_owned()),
            who: ctx.who.clone(),
            role: ctx.visitor.role,
            csrf: ctx.visitor.csrf.clone(),
            team: ctx.visitor.team,
            done: done(ctx),
            back: format!("{}{}", ctx.path, ctx.with("done", &[])),
        }
    }

    /// A frame without a ledger, for errors.
    pub fn bare() -> Shell {
        Shell {
            screen: Screen::Other,
            title: "Error".into(),
            at: None,
            then: String::new(),
            position: String::new(),
            present: "/".into(),
            waiting: 0,
            documents: 0,
            stale: false,
            ledger: String::new(),
            who: String::new(),
            role: Role::Reader,
            csrf: String::new(),
            team: false,
            done: None,
            back: "/".into(),
        }
    }

    /// Returns how much waits, as far as it is worth counting: a hundred and more are "99+".
    pub fn pill(&self) -> String {
        if self.waiting > 99 { "99+".into() } else { self.waiting.to_string() }
    }

    /// Says whether forms that decide or add are shown.
    pub fn may_decide(&self) -> bool {
        self.role >= Role::Coder
    }

    /// Returns the address of an asset, with its hash.
    pub fn asset(&self, name: &str) -> &'static str {
        super::assets::address(name)
    }

    /// Says whether `screen` is the current one; `events`, `documents` …
    pub fn is(&self, screen: &str) -> bool {
        format!("{:?}", self.screen).eq_ignore_ascii_case(screen)
    }

    /// Returns an address that keeps the position.
    pub fn link(&self, path: &str) -> String {
        match self.at {
            Some(at) => format!("{path}{}at={at}", if path.contains('?') { '&' } else { '?' }),
            None => path.to_owned(),
        }
    }
}

/// Returns the decision that the address says was just made.
fn done(ctx: &Ctx) -> Option<(u64, String)> {
    if ctx.path.starts_with("/e/") {
        // The page of an event says it beside its own ledger.
        return None;
    }
    let number: u64 = ctx.get("done")?.parse().ok()?;
    let made = ctx.snap.decisions.iter().find(|it| it.number == number)?;
    Some((number, super::words::clip(&crate::commands::decision_words(made, &ctx.snap.decisions), 160)))
}

/// Writes a template.
pub fn render(page: &impl Template) -> String {
    page.render().expect("templates write into a string, which takes everything")
}

/// Answers with a page.
pub fn page(page: &impl Template) -> Response {
    Html(render(page)).into_response()
}

/// Answers with JSON, laid out for people.
///
/// # Errors
/// The value cannot be written as JSON.
pub fn json(value: &impl serde::Serialize) -> super::Answer {
    let bytes = serde_json::to_vec_pretty(value).map_err(|it| crate::report::Report::bug(it.to_string()))?;
    Ok(([(axum::http::header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

/// Answers a form that was carried out: go and look at `address` (303).
pub fn see(address: &str) -> Response {
    axum::response::Redirect::to(address).into_response()
}
