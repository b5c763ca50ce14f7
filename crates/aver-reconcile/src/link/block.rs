//! Which pairs of mentions are worth comparing.
//!
//! In: all mentions. Out: pairs, each once. A mention is filed under every four
//! days it can fall on with its country and kind of act; one without a date is
//! filed under its place and every telling word. A drawer that holds too much is
//! split by place and then looked at only among neighbours, so that the work
//! stays near-linear however many reports one day brings.

use crate::Reprints;
use crate::sight::Sight;
use aver_model::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Days to a drawer.
const STEP: i64 = 4;
/// An interval longer than this is treated as no date when filing.
const LONGEST: i64 = 62;
/// A drawer with more mentions than this is split by place.
const SPLIT: usize = 64;
/// How many neighbours a mention is compared with in a drawer that is still too full.
const WINDOW: usize = 48;

/// Returns the number of a day, counted from 1970.
fn number(day: Day) -> i64 {
    Day::new(1970, 1, 1).map_or(0, |epoch| epoch.days_until(day))
}

/// Returns the kind of act by which mentions are filed: all violence is one kind.
fn act<'r>(sight: &Sight<'r>) -> &'r str {
    if sight.violent { "violence" } else { sight.family }
}

/// Returns the days under which a mention is filed.
fn filed_days(sight: &Sight<'_>) -> Option<(Day, Day)> {
    match (sight.earliest, sight.latest) {
        (Some(start), Some(end)) if start.days_until(end) <= LONGEST => Some((start, end)),
        // "Before publication": most reports are about the month before them.
        (None, Some(end)) if !sight.event.background => Some((end.plus_days(-31), end)),
        (None, None) if !sight.event.background => sight.published.map(|day| (day.plus_days(-14), day)),
        _ => None,
    }
}

/// Returns every pair worth comparing, as indices with the lesser first.
pub fn pairs(sights: &[Sight<'_>], reprints: &Reprints) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    by_day(sights, &mut out);
    by_word(sights, &mut out);
    by_story(sights, reprints, &mut out);
    out
}

fn by_day(sights: &[Sight<'_>], out: &mut BTreeSet<(usize, usize)>) {
    let mut drawers: BTreeMap<(i64, &str, &str), Vec<usize>> = BTreeMap::new();
    for (idx, sight) in sights.iter().enumerate().filter(|(_, it)| !it.many) {
        let Some((start, end)) = filed_days(sight) else { continue };
        let country = sight.country.or(sight.about_country).unwrap_or("");
        for step in number(start).div_euclid(STEP)..=number(end).div_euclid(STEP) {
            drawers.entry((step, country, act(sight))).or_default().push(idx);
        }
    }
    for drawer in drawers.into_values() {
        if drawer.len() <= SPLIT {
            every_pair(&drawer, out);
            continue;
        }
        let mut by_place: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for idx in drawer {
            by_place.entry(sights[idx].place.as_deref().unwrap_or("")).or_default().push(idx);
        }
        for mut drawer in by_place.into_values() {
            drawer.sort_by_key(|&idx| (sights[idx].earliest, sights[idx].facility.clone(), idx));
            neighbours(&drawer, out);
        }
    }
}

fn by_word(sights: &[Sight<'_>], out: &mut BTreeSet<(usize, usize)>) {
    let mut drawers: BTreeMap<(&str, &str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (idx, sight) in sights.iter().enumerate().filter(|(_, it)| !it.many) {
        let country = sight.country.or(sight.about_country).unwrap_or("");
        let place = sight.place.as_deref().unwrap_or("");
        let class = sight.facility.as_deref().and_then(super::compare::class_of);
        let words = class.into_iter().chain(sight.facility.as_deref());
        let words =
            words.chain(sight.targets.iter().chain(&sight.names).chain(&sight.perpetrators).map(String::as_str));
        for word in words.collect::<BTreeSet<_>>() {
            drawers.entry((country, place, act(sight), word)).or_default().push(idx);
        }
    }
    let loose = |sight: &Sight<'_>| match (sight.earliest, sight.latest) {
        (Some(start), Some(end)) => start.days_until(end) > 7,
        _ => true,
    };
    for mut drawer in drawers.into_values() {
        let when = |idx: usize| sights[idx].earliest.or(sights[idx].latest).or(sights[idx].published);
        drawer.sort_by_key(|&idx| (when(idx), idx));
        for (at, &idx) in drawer.iter().enumerate().filter(|(_, idx)| loose(&sights[**idx])) {
            let from = at.saturating_sub(WINDOW);
            let to = (at + WINDOW).min(drawer.len());
            for &other in drawer[from..to].iter().filter(|it| **it != idx) {
                out.insert((idx.min(other), idx.max(other)));
            }
        }
    }
}

/// Adds mentions of one story in its reprints.
fn by_story(sights: &[Sight<'_>], reprints: &Reprints, out: &mut BTreeSet<(usize, usize)>) {
    let mut drawers: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (idx, sight) in sights.iter().enumerate() {
        let quote = sight.text.quote(sight.event.span);
        drawers.entry((reprints.group(sight.sha), &sight.event.kind, quote)).or_default().push(idx);
    }
    for drawer in drawers.into_values() {
        neighbours(&drawer, out);
    }
}

fn every_pair(drawer: &[usize], out: &mut BTreeSet<(usize, usize)>) {
    for (at, &a) in drawer.iter().enumerate() {
        for &b in &drawer[at + 1..] {
            out.insert((a.min(b), a.max(b)));
        }
    }
}

fn neighbours(drawer: &[usize], out: &mut BTreeSet<(usize, usize)>) {
    for (at, &a) in drawer.iter().enumerate() {
        for &b in drawer[at + 1..].iter().take(WINDOW) {
            out.insert((a.min(b), a.max(b)));
        }
    }
}
