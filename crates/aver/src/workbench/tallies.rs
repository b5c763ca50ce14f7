//! The screen "Tallies & forecasts".
//!
//! In: sums that somebody gives for a period, and warnings with their window. Out:
//! each sum against the events on file, with what may explain the gap; each forecast
//! with when it fell due and what a person says became of it.

use super::decide::At;
use super::shell::{Screen, Shell, json, page};
use super::words::{amount, clip, count, days, filters, plain, short, thousands};
use super::{Answer, App, Ctx};
use askama::Template;
use aver_model::*;
use axum::{Router, routing::get};
use std::collections::{BTreeMap, BTreeSet};

/// Tallies or forecasts on a page.
const PER_PAGE: usize = 50;
/// Events listed under a tally; the list of events has the rest.
const LISTED: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tallies", get(tallies))
        .route("/tallies.json", get(|ctx: Ctx| async move { json(&ctx.app.tallies(&ctx.snap).await?) }))
        .route("/forecasts", get(forecasts))
        .route("/forecasts.json", get(|ctx: Ctx| async move { json(&ctx.snap.forecasts.as_slice()) }))
}

/// A printed number and its bar beside that of the events on file.
struct Bar {
    label: String,
    printed: String,
    quote: String,
    on_file: String,
    /// Lengths in percent of the longest.
    printed_bar: u64,
    low_bar: u64,
    high_bar: u64,
    verdict: String,
    fits: bool,
}

struct TallyCard {
    id: String,
    speaker: String,
    source: String,
    document: String,
    counted: String,
    period: String,
    quote: String,
    bars: Vec<Bar>,
    findings: Vec<String>,
    events: Vec<(String, String, String)>,
    /// How many events fit, listed or not.
    fit: usize,
    near: Vec<(String, String, String)>,
    in_period: usize,
    has_period: bool,
    list: String,
}

#[derive(Template)]
#[template(path = "tallies.html")]
struct TalliesPage {
    shell: Shell,
    cards: Vec<TallyCard>,
    total: usize,
    forecasts: usize,
    words: String,
    pages: Option<Pages>,
}

/// Which page is shown, of how many, and the addresses beside it.
struct Pages {
    now: usize,
    last: usize,
    before: Option<String>,
    after: Option<String>,
}

/// Returns the page asked for of so many cards, and where its first card stands.
fn pages(ctx: &Ctx, n: usize) -> (Option<Pages>, usize) {
    let last = n.div_ceil(PER_PAGE).max(1);
    let now = ctx.get("page").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).clamp(1, last);
    let to = |it: usize| format!("{}{}", ctx.path, ctx.with("page", &[&it.to_string()]));
    let (before, after) = ((now > 1).then(|| to(now - 1)), (now < last).then(|| to(now + 1)));
    ((last > 1).then_some(Pages { now, last, before, after }), (now - 1) * PER_PAGE)
}

async fn tallies(ctx: Ctx) -> Answer {
    let words = ctx.get("q").unwrap_or("").to_owned();
    let wanted = words.to_lowercase();
    let fits = |it: &&TallyCheck| {
        wanted.is_empty()
            || format!("{} {} {}", it.speaker, it.counted, it.evidence.quote).to_lowercase().contains(&wanted)
    };
    let all = ctx.app.tallies(&ctx.snap).await?;
    let mut found: Vec<&TallyCheck> = all.iter().filter(fits).collect();
    // What can be set against events comes before what cannot.
    found.sort_by_key(|it| (!has_period(it), it.events.is_empty()));
    let (pages, from) = pages(&ctx, found.len());
    Ok(page(&TalliesPage {
        total: found.len(),
        cards: found.into_iter().skip(from).take(PER_PAGE).map(|it| tally(&ctx, it)).collect(),
        pages,
        forecasts: ctx.snap.forecasts.len(),
        words,
        shell: ctx.shell(Screen::Tallies, "Tallies"),
    }))
}

/// Says whether the words give both ends of a period.
fn has_period(it: &TallyCheck) -> bool {
    it.start.is_some() && it.end.is_some()
}

fn tally(ctx: &Ctx, it: &TallyCheck) -> TallyCard {
    let on_file: BTreeMap<&str, (u64, u64)> =
        it.on_file.iter().map(|(measure, low, high)| (measure.as_str(), (*low, *high))).collect();
    let held: BTreeSet<&str> = it.events.iter().map(String::as_str).collect();
    let event_row = |event: &LedgerEvent| {
        let when = event.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end));
        (ctx.link(&format!("/e/{}", event.id)), clip(&event.title, 80), when)
    };
    let (mut near, mut in_period) = (vec![], 0);
    if let (Some(start), Some(end)) = (it.start, it.end) {
        let day = |event: &LedgerEvent| event.time.as_ref().and_then(|it| it.start.or(it.end));
        let around = ctx.snap.between(start.plus_days(-14), end.plus_days(14));
        for event in around.into_iter().filter(|it| !it.generic && it.review != "rejected") {
            let Some(day) = day(event) else { continue };
            if day >= start && day <= end {
                in_period += 1;
            }
            if !held.contains(event.id.as_str())
                && day >= start.plus_days(-14)
                && day <= end.plus_days(14)
                && near.len() < 12
            {
                near.push(event_row(event));
            }
        }
    }
    let list = match (it.start, it.end) {
        (Some(start), Some(end)) => ctx.link(&format!("/?since={start}&until={end}")),
        _ => ctx.link("/"),
    };
    let source = ctx.snap.filed(&it.evidence.document).and_then(|it| it.document.source.clone()).unwrap_or_default();
    TallyCard {
        id: it.id.clone(),
        speaker: it.speaker.clone(),
        source: format!("{}{}{}", source, if source.is_empty() { "" } else { " · " }, it.evidence.file),
        document: ctx.link(&format!(
            "/d/{}#c={}-{}",
            short(&it.evidence.document),
            it.evidence.span.start,
            it.evidence.span.end
        )),
        counted: it.counted.clone(),
        period: if it.start.is_none() && it.end.is_none() {
            "no full period in the words".into()
        } else {
            days(it.start, it.end)
        },
        quote: it.evidence.quote.clone(),
        bars: it.figures.iter().map(|f| bar(f, &on_file, has_period(it))).collect(),
        findings: it.findings.clone(),
        events: it.events.iter().take(LISTED).filter_map(|id| ctx.snap.event(id).ok()).map(event_row).collect(),
        fit: it.events.len(),
        near,
        in_period,
        has_period: has_period(it),
        list,
    }
}

fn bar(it: &AccountFigure, on_file: &BTreeMap<&str, (u64, u64)>, has_period: bool) -> Bar {
    let measure = it.figure.measure.as_str();
    let key = if on_file.contains_key(measure) { measure } else { it.figure.unit.as_str() };
    let found = on_file.get(key).copied();
    let printed = it.figure.low.or(it.figure.high).unwrap_or(0);
    let (low, high) = found.unwrap_or((0, 0));
    let most = printed.max(high).max(1);
    let of = |n: u64| n.saturating_mul(100) / most;
    let part = it.figure.part_of.is_some();
    let (verdict, fits) = match found {
        None if part => ("a part of the sum above".to_owned(), true),
        None if !has_period => ("no period to set it against".to_owned(), true),
        None => ("nothing of this kind on file".to_owned(), false),
        Some(_) if part => ("a part of the sum above".to_owned(), true),
        Some((low, high)) if low <= printed && printed <= high => ("within what is on file".to_owned(), true),
        Some((low, _)) if printed < low => (format!("{} fewer than on file", thousands(low - printed)), false),
        Some((_, high)) => (format!("{} not on file", thousands(printed - high)), false),
    };
    Bar {
        label: format!("{}{}", plain(measure), if part { ", part" } else { "" }),
        printed: amount(&it.figure),
        quote: it.evidence.quote.clone(),
        on_file: match found {
            None => "—".into(),
            Some((low, high)) if low == high => thousands(low),
            Some((low, high)) => format!("{} – {}", thousands(low), thousands(high)),
        },
        printed_bar: of(printed),
        low_bar: of(low),
        high_bar: of(high),
        verdict,
        fits,
    }
}

struct ForecastCard {
    id: String,
    speaker: String,
    quote: String,
    source: String,
    document: String,
    made: String,
    horizon: String,
    due: String,
    /// `overdue`, `open`, `no date`, `resolved`.
    state: &'static str,
    state_words: String,
    class: String,
    notes: Vec<String>,
    at: String,
    /// The decision that resolves it: number, who, when, reason.
    resolved: Option<(u64, String, String)>,
    candidates: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "forecasts.html")]
struct ForecastsPage {
    shell: Shell,
    cards: Vec<ForecastCard>,
    counts: Vec<(&'static str, &'static str, usize)>,
    state: String,
    due: String,
    tallies: usize,
    back: String,
    pages: Option<Pages>,
}

async fn forecasts(ctx: Ctx) -> Answer {
    let all: Vec<(&ForecastState, State)> = ctx.snap.forecasts.iter().map(|it| (it, State::of(&ctx, it))).collect();
    let labels = [("overdue", "Overdue"), ("open", "Open"), ("no date", "No date"), ("resolved", "Resolved")];
    let counts = labels.map(|(word, label)| (word, label, all.iter().filter(|it| it.1.word == word).count())).to_vec();
    let (state, due) = (ctx.get("state").unwrap_or("").to_owned(), ctx.get("due").unwrap_or("").to_owned());
    let order = |it: &(&ForecastState, State)| labels.iter().position(|label| label.0 == it.1.word);
    let is_due = |it: &ForecastState| due.is_empty() || days(it.due.earliest, it.due.latest).contains(&due);
    let mut found: Vec<(&ForecastState, State)> =
        all.into_iter().filter(|it| (state.is_empty() || it.1.word == state) && is_due(it.0)).collect();
    found.sort_by_key(order);
    let (pages, from) = pages(&ctx, found.len());
    let cards = found.into_iter().skip(from).take(PER_PAGE).map(|(it, state)| forecast(&ctx, it, state)).collect();
    let back = format!("/forecasts{}", ctx.with("done", &[]));
    Ok(page(&ForecastsPage {
        cards,
        counts,
        state,
        due,
        tallies: ctx.app.tallies(&ctx.snap).await?.len(),
        back,
        pages,
        shell: ctx.shell(Screen::Tallies, "Forecasts"),
    }))
}

/// Returns the newest ruling on a forecast.
pub(super) fn resolution<'s>(ctx: &'s Ctx, it: &ForecastState) -> Option<(&'s Decision, Outcome)> {
    let decided = ctx.snap.knowledge.decided.iter().rev().filter(|it| it.fate != crate::decided::Fate::Orphaned);
    decided.map(|it| &it.decision).find_map(|decision| match &decision.ruling {
        Ruling::Resolve { anchor, outcome, .. }
            if anchor.document == it.evidence.document && anchor.span.overlaps(it.evidence.span) =>
        {
            Some((decision, *outcome))
        }
        _ => None,
    })
}

/// Whether a forecast's window has passed, and what a person says became of it.
struct State<'s> {
    word: &'static str,
    words: String,
    resolution: Option<&'s Decision>,
}

impl<'s> State<'s> {
    fn of(ctx: &'s Ctx, it: &ForecastState) -> State<'s> {
        let resolution = resolution(ctx, it);
        let outcome = resolution.map(|(_, outcome)| match outcome {
            Outcome::Happened => "it happened",
            Outcome::DidNot => "it did not happen",
            Outcome::CannotTell => "it cannot be told",
        });
        let now = (ctx.app.settings().today)();
        let (word, words) = match (outcome, it.state.as_str(), it.due.latest) {
            (Some(words), ..) => ("resolved", words.to_owned()),
            (None, "due", Some(day)) => {
                ("overdue", format!("its window passed {} ago", count(day.days_until(now).max(0) as usize, "day")))
            }
            (None, "open", Some(day)) => {
                ("open", format!("{} left", count(now.days_until(day).max(0) as usize, "day")))
            }
            _ => ("no date", "the words give no end".to_owned()),
        };
        State { word, words, resolution: resolution.map(|it| it.0) }
    }
}

fn forecast(ctx: &Ctx, it: &ForecastState, state: State<'_>) -> ForecastCard {
    let mut notes = vec![];
    if it.expired_when_cited {
        notes.push("It had already run out when this document cited it.".to_owned());
    }
    if it.polarity == "negative" {
        notes.push("The speaker says that it will not happen.".to_owned());
    }
    // What may have come of it: events inside the window, the nearest to its end first.
    let mut candidates = vec![];
    if let (Some(from), Some(to)) = (it.due.earliest.or(it.made.end), it.due.latest) {
        let inside = ctx.snap.latest(from, to, 20, |it| !it.generic && !it.background);
        candidates.extend(inside.into_iter().map(|(_, event)| {
            let when = event.time.as_ref().map_or(String::new(), |it| days(it.start, it.end));
            (event.id.clone(), format!("{when} {}", clip(&event.title, 60)))
        }));
    }
    let source = ctx.snap.filed(&it.evidence.document).and_then(|it| it.document.source.clone()).unwrap_or_default();
    let at = At { document: it.evidence.document.clone(), span: it.evidence.span, field: "forecast".into() };
    ForecastCard {
        id: it.id.clone(),
        speaker: it.speaker.clone(),
        quote: it.evidence.quote.clone(),
        source: format!("{}{}{}", source, if source.is_empty() { "" } else { " · " }, it.evidence.file),
        document: ctx.link(&format!(
            "/d/{}#c={}-{}",
            short(&it.evidence.document),
            it.evidence.span.start,
            it.evidence.span.end
        )),
        made: days(it.made.start, it.made.end),
        horizon: it.horizon.clone().unwrap_or_default(),
        due: days(it.due.earliest, it.due.latest),
        state: state.word,
        state_words: state.words,
        class: state.word.replace(' ', "-"),
        notes,
        at: at.to_string(),
        resolved: state.resolution.map(|it| (it.number, it.who.clone(), it.reason.clone().unwrap_or_default())),
        candidates,
    }
}
