//! The export builder: which events, under which policy, for whom, in which form.
//!
//! In: filters as on the list of events, a policy, a profile, a format. Out: the number
//! of rows before anything is taken, what the format cannot carry, and the files. The
//! public profile masks private persons; the other is for editors.

use super::shell::{Screen, Shell, page};
use super::state::blocking;
use super::words::{policy as bare, thousands};
use super::{Answer, App, Ctx, Failure};
use crate::bundle;
use crate::report::{Report, Result};
use crate::team::Role;
use askama::Template;
use aver_model::*;
use aver_publish::{Output, Profile, View};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use axum::{Router, routing::get};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/export", get(show)).route("/export/{format}/{file}", get(file))
}

struct FormatRow {
    name: &'static str,
    purpose: &'static str,
    losses: Vec<&'static str>,
    current: bool,
}

#[derive(Template)]
#[template(path = "export.html")]
struct Page {
    shell: Shell,
    formats: Vec<FormatRow>,
    policies: Vec<(String, bool)>,
    policy: String,
    internal: bool,
    may_internal: bool,
    reviewed: bool,
    disputed: bool,
    given: Vec<(&'static str, &'static str, String)>,
    events: String,
    files: Vec<(String, String, String, String)>,
    sums: Vec<(String, String)>,
    fault: Option<Report>,
}

/// What an address asks for.
struct Wanted {
    policy: String,
    profile: Profile,
    events: Vec<LedgerEvent>,
}

impl Wanted {
    fn of(ctx: &Ctx) -> Result<Wanted> {
        let policy = ctx.get("policy").map_or("range-all", bare).to_owned();
        if ctx.app.codebook().policy(&policy).is_none() {
            return Err(Report::input("policy-not-found", format!("no policy is called `{policy}`")).at("policy"));
        }
        let internal = ctx.get("profile") == Some("internal");
        if internal && ctx.visitor.role < Role::Editor {
            return Err(Report::input("profile-not-allowed", "only an editor takes exports with private names")
                .next("take the public profile"));
        }
        let filters = filters(ctx)?;
        let reviewed = ctx.is("reviewed");
        let found =
            crate::commands::filtered(ctx.snap.knowledge.events.iter().map(AsRef::as_ref), &filters).into_iter();
        let events = found.filter(|it| it.review != "rejected" && (!reviewed || it.review == "accepted"));
        let profile = if internal { Profile::Internal } else { Profile::Public };
        Ok(Wanted { policy, profile, events: events.cloned().collect() })
    }
}

/// Reads the filters of events from an address.
///
/// # Errors
/// A day that is none.
pub(super) fn filters(ctx: &Ctx) -> Result<crate::cli::Events> {
    let day = |key: &str| -> Result<Option<Day>> {
        let parsed = ctx.get(key).map(str::parse).transpose();
        parsed.map_err(|it: String| Report::input("date-not-understood", it).at(key))
    };
    let of = |key: &str| ctx.get(key).map(str::to_owned);
    Ok(crate::cli::Events {
        words: ctx.get("q").map_or(vec![], |it| it.split_whitespace().map(str::to_owned).collect()),
        kind: of("type"),
        by: of("by"),
        claimed_by: of("claimed_by"),
        place: of("place"),
        since: day("since")?,
        until: day("until")?,
        disputed: ctx.is("disputed"),
        file: of("file"),
    })
}

async fn show(ctx: Ctx) -> Answer {
    let wanted = Wanted::of(&ctx)?;
    let format = ctx.get("format").unwrap_or("csv").to_owned();
    let policy = wanted.policy.clone();
    let events = thousands(wanted.events.len() as u64);
    let sums = sums(&wanted);
    let made = make(&ctx, wanted, &format).await;
    let (files, fault) = match made {
        Ok(files) => (files, None),
        Err(report) => (vec![], Some(report)),
    };
    let files = files.into_iter().map(|it| {
        let rows = match it.name.rsplit_once('.') {
            Some((_, "csv")) => rows(&it.bytes),
            _ => String::new(),
        };
        let address = format!("/export/{format}/{}{}", it.name, ctx.with("format", &[]));
        (address, it.name, rows, size(it.bytes.len()))
    });
    let given = [
        ("q", "Words"),
        ("type", "Type"),
        ("by", "By whom"),
        ("place", "Place"),
        ("since", "Since"),
        ("until", "Until"),
    ];
    let row = |it: &&'static dyn aver_publish::Format| FormatRow {
        name: it.name(),
        purpose: it.purpose(),
        losses: it.losses().iter().map(|it| it.words).collect(),
        current: it.name() == format,
    };
    let whole = FormatRow {
        name: bundle::NAME,
        purpose: bundle::PURPOSE,
        losses: bundle::LOSSES.to_vec(),
        current: format == bundle::NAME,
    };
    Ok(page(&Page {
        formats: aver_publish::formats().iter().map(row).chain([whole]).collect(),
        policies: ctx
            .app
            .codebook()
            .policies
            .iter()
            .map(|it| (bare(&it.id).to_owned(), bare(&it.id) == policy))
            .collect(),
        policy,
        internal: ctx.get("profile") == Some("internal"),
        may_internal: ctx.visitor.role == Role::Editor,
        reviewed: ctx.is("reviewed"),
        disputed: ctx.is("disputed"),
        given: given.map(|(key, label)| (key, label, ctx.get(key).unwrap_or("").to_owned())).to_vec(),
        events,
        files: files.collect(),
        sums,
        fault,
        shell: ctx.shell(Screen::Ledger, "Export"),
    }))
}

/// Counts the rows under the head of a table; a quoted cell may hold line ends.
fn rows(bytes: &[u8]) -> String {
    let (mut quoted, mut lines) = (false, 0_u64);
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ => {}
        }
    }
    let n = lines.saturating_sub(1);
    if n == 1 { "1 row".into() } else { format!("{} rows", thousands(n)) }
}

fn size(bytes: usize) -> String {
    if bytes < 10_000 { format!("{bytes} bytes") } else { format!("{} kB", thousands(bytes as u64 / 1000)) }
}

/// The sums that the tables would carry.
fn sums(wanted: &Wanted) -> Vec<(String, String)> {
    let changes = aver_review::effect(&[], &wanted.events, &wanted.policy);
    let people = changes.into_iter().filter(|it| ["killed", "wounded"].contains(&it.measure.as_str()));
    people
        .map(|it| {
            let (low, high) = (thousands(it.after.0), thousands(it.after.1));
            (it.measure, if low == high { low } else { format!("{low} – {high}") })
        })
        .collect()
}

/// Makes the files of a format; `manifest.json` beside them says what they are and carries their hashes.
async fn make(ctx: &Ctx, wanted: Wanted, format: &str) -> Result<Vec<Output>> {
    let known = aver_publish::format(format);
    if known.is_none() && format != bundle::NAME {
        let known: Vec<&str> = aver_publish::formats().iter().map(|it| it.name()).chain([bundle::NAME]).collect();
        return Err(Report::input("format-not-found", format!("there is no format `{format}`"))
            .next(format!("write one of {}", known.join(", "))));
    }
    let (app, snap) = (ctx.app.clone(), ctx.snap.clone());
    blocking(move || {
        let readings = app.read(|ledger| snap.scope.readings(ledger))?;
        let readings: Vec<&Reading> = readings.iter().collect();
        let view = View::new(&wanted.events, &readings, app.codebook(), &wanted.policy, wanted.profile);
        let around = bundle::Around { filed: &snap.filed, decisions: &snap.decisions, scope: snap.scope };
        let Some(format) = known else { return Ok(vec![bundle::make(&view, &around)?]) };
        let mut files = format
            .files(&view)
            .map_err(|it| Report::input("not-published", it.to_string()).next("choose another policy"))?;
        let losses: Vec<&str> = format.losses().iter().map(|it| it.words).collect();
        let manifest = bundle::manifest(&view, &around, format.name(), &losses, &files)?;
        files.push(manifest);
        Ok(files)
    })
    .await
}

async fn file(ctx: Ctx, Path((format, name)): Path<(String, String)>) -> Answer {
    let files = make(&ctx, Wanted::of(&ctx)?, &format).await?;
    let Some(file) = files.into_iter().find(|it| it.name == name) else {
        let report = Report::input("file-not-found", format!("the format `{format}` has no file `{name}`"));
        return Err(Failure(report.next("the page Export lists its files")));
    };
    let kind = match file.name.rsplit_once('.').map_or("", |it| it.1) {
        "csv" => "text/csv; charset=utf-8",
        "geojson" => "application/geo+json",
        "zip" => "application/zip",
        _ => "application/json",
    };
    let name = format!("attachment; filename=\"{}\"", file.name);
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], file.bytes).into_response())
}
