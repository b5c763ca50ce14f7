//! The query of an address: which events, in which order, and how many of each kind.
//!
//! In: an address and the index. Out: [`Found`]. Values of one facet are
//! alternatives, different facets must all fit. The count beside a value says how
//! many events there would be with it: all other filters hold, its own facet's do
//! not.

use super::index::{FACETS, Facet};
use crate::report::Report;
use crate::workbench::{Ctx, Snapshot};
use aver_model::{Day, LedgerEvent};

/// Orders of the list: key in addresses, words.
pub const ORDERS: [(&str, &str); 4] =
    [("disputed", "most disputed"), ("newest", "newest first"), ("oldest", "oldest first"), ("killed", "most killed")];

/// Values of a facet that are listed.
const LISTED: usize = 60;

/// What an address asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
    /// Words that must occur, in lower case.
    pub words: Vec<String>,
    /// Numbers of the values chosen, by facet; `u32::MAX` for a value that no event has.
    pub chosen: [Vec<u32>; FACETS],
    /// Any dispute will do (`disputed=1`).
    pub any_dispute: bool,
    /// Only what lies in this part of the map: west, south, east, north, in degrees (`box=67,34,70,36`).
    pub bounds: Option<[f64; 4]>,
    /// Only what is told in the file or document that begins so.
    pub document: Option<String>,
    /// Background events too.
    pub order: String,
    /// The policy whose figures are shown.
    pub policy: String,
}

impl Query {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// A day that is none, a policy or order that is not known.
    pub fn of(ctx: &Ctx) -> Result<Query, Report> {
        let day = |keys: [&str; 2]| -> Result<Option<Day>, Report> {
            let Some(text) = keys.iter().find_map(|it| ctx.get(it)) else { return Ok(None) };
            let days = crate::days::spoken(text, crate::desk::today());
            days.map(|it| Some(if keys[0] == "from" { it.0 } else { it.1 })).map_err(|it| {
                Report::input("date-not-understood", it).at(keys[0]).next("write a day, 2023-03-19, or a year, 2023")
            })
        };
        let index = &ctx.snap.index;
        let mut chosen: [Vec<u32>; FACETS] = Default::default();
        let mut any_dispute = false;
        for facet in Facet::ALL {
            for value in ctx.all(facet.names().0) {
                if facet == Facet::Disputed && value == "1" {
                    any_dispute = true;
                } else {
                    chosen[facet as usize].push(index.dictionaries[facet as usize].find(value).unwrap_or(u32::MAX));
                }
            }
        }
        let policy = ctx.get("policy").unwrap_or("range-all");
        if ctx.app.codebook().policy(policy).is_none() {
            let known: Vec<&str> = ctx.app.codebook().policies.iter().map(|it| it.id.as_str()).collect();
            return Err(Report::input("policy-unknown", format!("there is no policy `{policy}`"))
                .at("policy")
                .next(format!("take one of {}", known.join(", "))));
        }
        let order = ctx.get("order").unwrap_or("disputed");
        if !ORDERS.iter().any(|it| it.0 == order) {
            return Err(Report::input("order-unknown", format!("there is no order `{order}`"))
                .at("order")
                .next("take disputed, newest, oldest or killed"));
        }
        Ok(Query {
            from: day(["from", "since"])?,
            to: day(["to", "until"])?,
            words: ctx.get("q").map_or(vec![], |it| it.to_lowercase().split_whitespace().map(str::to_owned).collect()),
            chosen,
            any_dispute,
            bounds: ctx.get("box").map(bounds).transpose()?,
            document: ctx.get("file").map(str::to_lowercase),
            order: order.to_owned(),
            policy: policy.to_owned(),
        })
    }

    /// Says whether every event fits.
    pub fn is_open(&self) -> bool {
        let plain = Query { order: self.order.clone(), policy: self.policy.clone(), ..Query::default() };
        *self == plain
    }
}

/// Reads a part of the map: four numbers with commas between them.
fn bounds(text: &str) -> Result<[f64; 4], Report> {
    let numbers: Vec<f64> = text.split(',').filter_map(|it| it.trim().parse().ok()).collect();
    <[f64; 4]>::try_from(numbers).ok().filter(|it| it.iter().all(|it| it.is_finite())).ok_or_else(|| {
        Report::input("box-not-understood", format!("`{text}` is no part of the map"))
            .at("box")
            .next("write west, south, east and north in degrees: box=67,34,70,36")
    })
}

/// What was found.
pub struct Found {
    /// Numbers of the events, in the order asked for.
    pub events: Vec<u32>,
    /// How many there would be of each value, by facet.
    pub counts: [Vec<u32>; FACETS],
    /// The values that are listed, by facet: the most frequent, and those chosen.
    pub listed: [Vec<u32>; FACETS],
    /// How many values more there are, by facet.
    pub unlisted: [usize; FACETS],
    /// The events that fit all but the days, counted for the timeline.
    pub days: super::timeline::Counted,
}

/// Finds the events of a query.
pub fn find(snap: &Snapshot, query: &Query) -> Found {
    let index = &snap.index;
    let mut found = Found {
        events: vec![],
        counts: std::array::from_fn(|it| vec![0; index.dictionaries[it].values.len()]),
        days: Default::default(),
        listed: Default::default(),
        unlisted: [0; FACETS],
    };
    let mut any_day = vec![];
    for (number, entry) in index.entries.iter().enumerate() {
        let event = &snap.knowledge.events[number];
        if !fits_words(query, &entry.words, event) || !fits_bounds(query, event) {
            continue;
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let in_days = fits_days(query, entry.start, entry.end);
        let failed: Vec<usize> = (0..FACETS).filter(|it| !fits_facet(query, *it, &entry.values[*it])).collect();
        if failed.is_empty() {
            any_day.push(number);
        }
        if !in_days || failed.len() > 1 {
            continue;
        }
        for facet in 0..FACETS {
            // A value's own facet may fail: its count says what choosing it would give.
            if failed.is_empty() || failed[0] == facet {
                entry.values[facet].iter().for_each(|it| found.counts[facet][*it as usize] += 1);
            }
        }
        if failed.is_empty() {
            found.events.push(number);
        }
    }
    found.days = super::timeline::Counted::of(snap, &any_day);
    for facet in 0..FACETS {
        let counts = &found.counts[facet];
        let dictionary = &index.dictionaries[facet];
        let rank = |it: &u32| (std::cmp::Reverse(counts[*it as usize]), dictionary.label_and_key(*it));
        let is_chosen = |it: &u32| query.chosen[facet].contains(it);
        let all = 0..u32::try_from(counts.len()).unwrap_or(u32::MAX);
        let mut values: Vec<u32> = all.filter(|it| counts[*it as usize] > 0 || is_chosen(it)).collect();
        values.sort_unstable_by_key(rank);
        let mut at = 0;
        found.unlisted[facet] = values.len();
        values.retain(|it| {
            at += 1;
            at <= LISTED || is_chosen(it)
        });
        found.unlisted[facet] -= values.len();
        found.listed[facet] = values;
    }
    order(snap, query, &mut found.events);
    found
}

fn fits_words(query: &Query, words: &str, event: &LedgerEvent) -> bool {
    let told = |start: &String| {
        event.mentions.iter().any(|it| it.document.starts_with(start) || it.file.to_lowercase().contains(start))
    };
    query.words.iter().all(|it| words.contains(it.as_str())) && query.document.as_ref().is_none_or(told)
}

/// An event without a position lies in no part of the map.
fn fits_bounds(query: &Query, event: &LedgerEvent) -> bool {
    let inside = |[west, south, east, north]: [f64; 4]| {
        event.lat.is_some_and(|it| (south..=north).contains(&it))
            && event.lon.is_some_and(|it| (west..=east).contains(&it))
    };
    query.bounds.is_none_or(inside)
}

/// An event fits when it may have been inside; one without any date fits only when no day is asked for.
fn fits_days(query: &Query, start: Option<Day>, end: Option<Day>) -> bool {
    if query.from.is_none() && query.to.is_none() {
        return true;
    }
    let (first, last) = (start.or(end), end.or(start));
    query.from.is_none_or(|from| last.is_some_and(|it| it >= from))
        && query.to.is_none_or(|to| first.is_some_and(|it| it <= to))
}

fn fits_facet(query: &Query, facet: usize, values: &[u32]) -> bool {
    if facet == Facet::Disputed as usize && query.any_dispute {
        return !values.is_empty();
    }
    query.chosen[facet].is_empty() || query.chosen[facet].iter().any(|it| values.contains(it))
}

fn order(snap: &Snapshot, query: &Query, events: &mut [u32]) {
    let entry = |it: &u32| &snap.index.entries[*it as usize];
    match query.order.as_str() {
        "newest" => events.sort_by_key(|it| std::cmp::Reverse(entry(it).end.or(entry(it).start))),
        // Undated events come last in either direction.
        "oldest" => events.sort_by_key(|it| {
            let day = entry(it).start.or(entry(it).end);
            (day.is_none(), day)
        }),
        "killed" => {
            let killed = |it: &u32| {
                let event = &snap.knowledge.events[*it as usize];
                estimate(event, "killed", &query.policy).and_then(|it| it.high.or(it.low))
            };
            events.sort_by_cached_key(|it| std::cmp::Reverse(killed(it)));
        }
        _ => {}
    }
}

/// Returns the estimate of a measure under a policy, named with or without its version.
pub fn estimate<'e>(event: &'e LedgerEvent, measure: &str, policy: &str) -> Option<&'e aver_model::Estimate> {
    let named = |it: &str| it == policy || it.split('/').next() == Some(policy);
    event.estimates.iter().find(|it| it.measure == measure && named(&it.policy))
}
