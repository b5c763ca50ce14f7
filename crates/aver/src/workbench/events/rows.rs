//! Events as rows: date, title, place, figures as a bar with a tick for every account.

use super::index::{field_words, level_words};
use super::query::{Query, estimate};
use crate::workbench::Ctx;
use crate::workbench::words::{count, days, place, plain, thousands};
use aver_model::*;

/// One event in a list.
pub struct Row {
    /// Address of its page.
    pub link: String,
    /// Its title.
    pub title: String,
    /// Its days, and how exact they are.
    pub date: String,
    /// The words of the date's precision, when it is not a day.
    pub precision: String,
    /// Where, with the level when it is coarse.
    pub place: String,
    /// Who is named, with the basis.
    pub actors: String,
    /// Killed, as low – high; empty when nobody gives a figure.
    pub killed: String,
    /// Wounded.
    pub wounded: String,
    /// The bar of killed figures.
    pub bar: Option<Bar>,
    /// Number of accounts.
    pub accounts: String,
    /// How many of them are independent; empty for a single one.
    pub origins: String,
    /// What accounts differ on, in words.
    pub disputed: String,
    /// `draft`, `accepted`, `rejected`.
    pub review: String,
    /// Told only as context.
    pub background: bool,
}

/// A range with ticks, in a box of 100 by 14 units.
pub struct Bar {
    /// Left end of the range.
    pub x: f64,
    /// Its width, at least a hair.
    pub width: f64,
    /// Where accounts stand.
    pub ticks: Vec<f64>,
    /// In words, for those who do not see it.
    pub words: String,
}

/// Returns rows for the events of these numbers.
pub fn rows(ctx: &Ctx, query: &Query, numbers: &[u32]) -> Vec<Row> {
    let events =
        || numbers.iter().map(|it| (&ctx.snap.knowledge.events[*it as usize], &ctx.snap.index.entries[*it as usize]));
    let most = events().flat_map(|(it, _)| figures(it, "killed")).map(|(_, high)| high).max().unwrap_or(1);
    events().map(|(event, entry)| row(ctx, event, entry.level, &query.policy, most)).collect()
}

/// Returns the row of one event; `most` is the right end of the bars.
pub fn row(ctx: &Ctx, event: &LedgerEvent, level: &str, policy: &str, most: u64) -> Row {
    let time = event.time.as_ref();
    let independent = event.independent_speakers;
    Row {
        link: ctx.link(&format!("/e/{}", event.id)),
        title: event.title.clone(),
        date: time.map_or("no date".into(), |it| days(it.start, it.end)),
        precision: time
            .filter(|it| it.precision != Precision::Day)
            .map_or(String::new(), |it| plain(it.precision.as_str())),
        place: event.place.as_ref().map_or("no place".into(), |it| match level {
            "country" | "region" | "admin1" | "admin2" => format!("{} ({})", place(it), level_words(level)),
            _ => place(it),
        }),
        actors: actors(event),
        killed: range(event, "killed", policy),
        wounded: range(event, "wounded", policy),
        bar: bar(event, most),
        accounts: count(event.accounts.len(), "account"),
        origins: match event.accounts.len() {
            0 | 1 => String::new(),
            n if n == independent => "all independent".into(),
            _ => format!("{independent} independent"),
        },
        disputed: event.disputed.iter().map(|it| field_words(it)).collect::<Vec<_>>().join(", "),
        review: event.review.clone(),
        background: event.background,
    }
}

/// Returns "12 – 40", "17", "24+", "indeterminate", or nothing.
pub fn range(event: &LedgerEvent, measure: &str, policy: &str) -> String {
    match estimate(event, measure, policy) {
        None => String::new(),
        Some(it) if it.indeterminate => "indeterminate".into(),
        Some(it) => estimated(it),
    }
}

/// Writes the bounds of an estimate; "+" where the highest is of words without an upper bound.
pub fn estimated(it: &Estimate) -> String {
    let words = bounds(it.low, it.high);
    if it.at_least { format!("{words}+") } else { words }
}

/// Writes two bounds.
pub fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(a), Some(b)) if a == b => thousands(a),
        (Some(a), Some(b)) => format!("{} – {}", thousands(a), thousands(b)),
        (Some(a), None) => format!("≥ {}", thousands(a)),
        (None, Some(b)) => format!("≤ {}", thousands(b)),
        (None, None) => String::new(),
    }
}

/// Returns who is named, each with the basis, the most often named first.
pub fn actors(event: &LedgerEvent) -> String {
    let mut said: Vec<(&str, Vec<Basis>, usize)> = vec![];
    for it in event.accounts.iter().flat_map(|it| &it.perpetrators) {
        match said.iter_mut().find(|(name, ..)| *name == it.name) {
            Some((_, bases, n)) => {
                *n += 1;
                if !bases.contains(&it.basis) {
                    bases.push(it.basis);
                }
            }
            None => said.push((&it.name, vec![it.basis], 1)),
        }
    }
    said.sort_by_key(|it| std::cmp::Reverse(it.2));
    let words = |(name, bases, _): &(&str, Vec<Basis>, usize)| {
        format!("{name} ({})", bases.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", "))
    };
    let mut out: Vec<String> = said.iter().take(3).map(words).collect();
    if said.len() > 3 {
        out.push(format!("{} more", said.len() - 3));
    }
    out.join(" · ")
}

fn figures<'e>(event: &'e LedgerEvent, measure: &'e str) -> impl Iterator<Item = (u64, u64)> + 'e {
    let all = event.accounts.iter().flat_map(|it| &it.figures).filter(move |it| it.figure.measure == measure);
    all.filter(|it| it.figure.part_of.is_none()).filter_map(|it| {
        let (low, high) = (it.figure.low, it.figure.high);
        Some((low.or(high)?, high.or(low)?))
    })
}

/// Large numbers are drawn closer together, so that 3 and 30 can be told apart beside 900.
fn scaled(value: u64, most: u64) -> f64 {
    let (value, most) = (value as f64, most.max(1) as f64);
    ((value + 1.0).ln() / (most + 1.0).ln() * 96.0 + 2.0).clamp(2.0, 98.0)
}

fn bar(event: &LedgerEvent, most: u64) -> Option<Bar> {
    let all: Vec<(u64, u64)> = figures(event, "killed").collect();
    let (low, high) = (all.iter().map(|it| it.0).min()?, all.iter().map(|it| it.1).max()?);
    let mut ticks: Vec<f64> = all.iter().map(|it| scaled(it.0, most)).collect();
    ticks.sort_by(f64::total_cmp);
    ticks.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    let words = format!("killed, {}: {}", count(all.len(), "figure"), bounds(Some(low), Some(high)));
    let x = scaled(low, most);
    Some(Bar { x, width: (scaled(high, most) - x).max(1.0), ticks, words })
}
