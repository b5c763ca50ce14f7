//! What changed between two states of knowledge.
//!
//! In: readings and a day; or the events known before and after. Out: the readings
//! that were published by that day; or what is new, gone, joined, parted, moved.
//!
//! Events are matched by the mentions that they share, not by id, for an event that
//! gains a mention may gain an id.

use aver_model::{Day, LedgerEvent, Reading};
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the readings of documents that had certainly been published by the end of a day.
///
/// A document without a date of publication is not known at any day.
pub fn known_at<'r>(readings: &[&'r Reading], day: Day) -> Vec<&'r Reading> {
    let known = |it: &Reading| it.document.published.end.is_some_and(|it| it <= day);
    readings.iter().copied().filter(|it| known(it)).collect()
}

/// One change to one event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// Id of the event afterwards; of the former one when it is gone.
    pub event: String,
    /// Its title.
    pub title: String,
    /// `new`, `gone`, `joined`, `parted`, `account`, `estimate`, `disputed`, `settled`, `review`.
    pub kind: &'static str,
    /// What changed: "killed, range-all/1: 12 – 21 before, 12 – 40 now".
    pub words: String,
}

/// Returns every change from the events known before to those known after, by event.
pub fn changes<E: Borrow<LedgerEvent>>(before: &[E], after: &[E]) -> Vec<Change> {
    let before: Vec<&LedgerEvent> = before.iter().map(Borrow::borrow).collect();
    let after: Vec<&LedgerEvent> = after.iter().map(Borrow::borrow).collect();
    let at = |events: &[&LedgerEvent]| -> BTreeMap<(String, String), usize> {
        let mentions = |(idx, it): (usize, &LedgerEvent)| {
            it.mentions.iter().map(move |it| ((it.document.clone(), it.event.clone()), idx)).collect::<Vec<_>>()
        };
        events.iter().copied().enumerate().flat_map(mentions).collect()
    };
    let (old_at, new_at) = (at(&before), at(&after));
    let others = |it: &LedgerEvent, at: &BTreeMap<(String, String), usize>| -> BTreeSet<usize> {
        it.mentions.iter().filter_map(|it| at.get(&(it.document.clone(), it.event.clone()))).copied().collect()
    };
    let mut out = Vec::new();
    for event in &after {
        let mut add = |kind: &'static str, words: String| {
            out.push(Change { event: event.id.clone(), title: event.title.clone(), kind, words });
        };
        let held = others(event, &old_at);
        match held.len() {
            0 => add("new", format!("told by {} accounts", event.accounts.len())),
            1 => {}
            _ => {
                let ids: Vec<&str> = held.iter().map(|it| before[*it].id.as_str()).collect();
                add("joined", format!("was {}", ids.join(" and ")));
            }
        }
        if let Some(old) = held.iter().next().map(|it| before[*it]).filter(|_| held.len() == 1) {
            compare(old, event, &mut add);
        }
    }
    for event in &before {
        let now = others(event, &new_at);
        let mut add = |kind: &'static str, words: String| {
            out.push(Change { event: event.id.clone(), title: event.title.clone(), kind, words });
        };
        match now.len() {
            0 => add("gone", "no document tells it any more".into()),
            1 => {}
            _ => {
                let ids: Vec<&str> = now.iter().map(|it| after[*it].id.as_str()).collect();
                add("parted", format!("is now {}", ids.join(" and ")));
            }
        }
    }
    out.sort();
    out
}

/// Adds what changed within one event.
fn compare(old: &LedgerEvent, new: &LedgerEvent, add: &mut impl FnMut(&'static str, String)) {
    let accounts = |it: &LedgerEvent| -> BTreeSet<(String, String)> {
        it.accounts.iter().map(|it| (it.document.clone(), it.speaker.clone())).collect()
    };
    let (had, has) = (accounts(old), accounts(new));
    for (document, speaker) in has.difference(&had) {
        let file = new.accounts.iter().find(|it| it.document == *document).map_or("", |it| &it.file);
        add("account", format!("{speaker} in {file}"));
    }
    let told = |low: Option<u64>, best: Option<u64>, high: Option<u64>| {
        let number = |it: Option<u64>| it.map_or("—".to_string(), |it| it.to_string());
        format!("{} / {} / {}", number(low), number(best), number(high))
    };
    for now in &new.estimates {
        let was = old.estimates.iter().find(|it| (&it.measure, &it.policy) == (&now.measure, &now.policy));
        let was = was.map_or_else(|| "nothing".into(), |it| told(it.low, it.best, it.high));
        let is = told(now.low, now.best, now.high);
        if was != is {
            add("estimate", format!("{}, {}: {was} before, {is} now", now.measure, now.policy));
        }
    }
    for it in new.disputed.iter().filter(|it| !old.disputed.contains(it)) {
        add("disputed", it.clone());
    }
    for it in old.disputed.iter().filter(|it| !new.disputed.contains(it)) {
        add("settled", it.clone());
    }
    if old.review != new.review {
        add("review", format!("{} before, {} now", old.review, new.review));
    }
}
