//! The screen "Review": one decision a screen, the one that would move published numbers most first.
//!
//! In: the candidates of the snapshot. Out: the words in their sentences, the
//! machine's reasons, and what each answer would change. Every answer is a form.

mod card;
mod second;

use super::decide::At;
use super::shell::{Screen, Shell, page};
use super::words::{clip, filters, policy as bare};
use super::{Answer, App, Ctx, Snapshot};
use crate::decided::Placed;
use askama::Template;
use aver_model::*;
use aver_review::{Candidate, Queue};
use axum::{Router, routing::get};
pub use card::Card;
use std::sync::Arc;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/review", get(show)).route("/review/differences", get(second::show))
}

/// Returns how much waits for a person; the number in the navigation.
pub fn waiting(snap: &Snapshot) -> usize {
    Queue::ALL.into_iter().filter(|it| *it != Queue::Drafts).map(|it| snap.waits(it)).sum()
}

/// Everything that waits at a snapshot: first what a new reading did to decisions, then by effect.
pub fn candidates(
    decided: &[Placed],
    events: &[LedgerEvent],
    edges: &[Edge],
    readings: &[Reading],
    decisions: &[Decision],
) -> Vec<Arc<Candidate>> {
    let readings: Vec<&Reading> = readings.iter().collect();
    let by_effect = aver_review::candidates(events, edges, &readings, decisions, "range-all");
    of_decisions(decided).into_iter().chain(by_effect).map(Arc::new).collect()
}

/// What a new reading did to decisions.
pub fn of_decisions(decided: &[Placed]) -> Vec<Candidate> {
    let mut out = vec![];
    for it in decided {
        let queue = match (it.fate, &it.machine_now) {
            (crate::decided::Fate::Orphaned, _) => Queue::Orphans,
            (_, Some(_)) => Queue::NewRun,
            _ => continue,
        };
        let anchors: Vec<Anchor> = it.decision.ruling.anchors().into_iter().cloned().collect();
        let (id, decision) = (format!("decision-{}", it.decision.number), Some(it.decision.number));
        out.push(Candidate { queue, id, events: vec![], anchors, at_stake: 0, decision });
    }
    out
}

struct Tab {
    word: &'static str,
    label: &'static str,
    count: usize,
    current: bool,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    shell: Shell,
    tabs: Vec<Tab>,
    queue: String,
    place: usize,
    left: usize,
    next: String,
    previous: Option<String>,
    back: String,
    policy: String,
    policies: Vec<String>,
    card: Option<Card>,
    second: usize,
    last: Option<u64>,
}

fn label(queue: Queue) -> &'static str {
    match queue {
        Queue::SameEvent => "Same event?",
        Queue::Figures => "Disputed figures",
        Queue::Drafts => "Drafts to accept",
        Queue::Orphans => "Words not found",
        Queue::NewRun => "Now read differently",
    }
}

async fn show(ctx: Ctx) -> Answer {
    let wanted = ctx.get("q").unwrap_or("");
    let again = wanted == "second";
    let (queue, mine) = (Queue::of(wanted), second::waiting(&ctx));
    let fits = |it: &&Candidate| match queue {
        Some(queue) => it.queue == queue,
        // Everything together leaves drafts for last: they are many and mostly agreed on.
        None => true,
    };
    let mut found: Vec<&Candidate> =
        if again { mine.iter().collect() } else { ctx.snap.waiting.iter().map(AsRef::as_ref).filter(fits).collect() };
    if queue.is_none() && !again {
        found.sort_by_key(|it| it.queue == Queue::Drafts);
    }
    let place = ctx.get("n").and_then(|it| it.parse::<usize>().ok()).unwrap_or(0);
    let place = place.min(found.len().saturating_sub(1));
    let policy = ctx.get("policy").map_or("range-all", bare).to_owned();
    let card = match found.get(place) {
        Some(it) => Some(card::draw(&ctx, it, &policy, again).await?),
        None => None,
    };
    let tabs = Queue::ALL
        .into_iter()
        .map(|it| Tab { word: it.word(), label: label(it), count: ctx.snap.waits(it), current: queue == Some(it) })
        .collect();
    let at_place = |n: usize| format!("/review{}", ctx.with("n", &[&n.to_string()]));
    let last = ctx.snap.effective.iter().rev().find(|it| it.who == ctx.who).map(|it| it.number);
    Ok(page(&Page {
        shell: ctx.shell(Screen::Review, "Review"),
        tabs,
        queue: wanted.to_owned(),
        place: place + 1,
        left: found.len(),
        next: at_place(if place + 1 < found.len() { place + 1 } else { 0 }),
        previous: (place > 0).then(|| at_place(place - 1)),
        // After an answer the next candidate has this one's place.
        back: at_place(place),
        policies: ctx.app.codebook().policies.iter().map(|it| bare(&it.id).to_owned()).collect(),
        policy,
        card,
        second: mine.len(),
        last,
    }))
}

/// A piece of text with the words in question lit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Before the words, to the beginning of the sentence or a little more.
    pub before: String,
    /// The words.
    pub words: String,
    /// After them.
    pub after: String,
}

/// Returns the words at a span with their surroundings, up to `reach` characters each way.
pub fn passage(reading: &Reading, span: Span, reach: usize) -> Passage {
    let offsets = Offsets::new(&reading.text);
    let quote = |start: usize, end: usize| offsets.quote(&reading.text, Span::new(start, end)).to_owned();
    let before = quote(span.start.saturating_sub(reach), span.start);
    let after = quote(span.end, span.end + reach);
    let before = before.rsplit_once("\n\n").map_or(before.as_str(), |(_, it)| it);
    let after = after.split_once("\n\n").map_or(after.as_str(), |(it, _)| it);
    let before = if before.chars().count() >= reach {
        format!("…{}", before.split_once(' ').map_or(before, |(_, it)| it))
    } else {
        before.to_owned()
    };
    let after = if after.chars().count() >= reach {
        format!("{}…", after.rsplit_once(' ').map_or(after, |(it, _)| it))
    } else {
        after.to_owned()
    };
    Passage { before, words: quote(span.start, span.end), after }
}

/// "killed 24 – 52" for people.
fn line(change: &aver_review::Change) -> String {
    let range = |(low, high): (u64, u64)| {
        if low == high {
            super::words::thousands(low)
        } else {
            format!("{} – {}", super::words::thousands(low), super::words::thousands(high))
        }
    };
    format!("{}: {} → {}", super::words::plain(&change.measure), range(change.before), range(change.after))
}

fn at(anchor: &Anchor) -> String {
    At::from(anchor).to_string()
}

fn short_title(event: &LedgerEvent) -> String {
    clip(&event.title, 90)
}
