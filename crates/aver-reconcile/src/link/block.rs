//! Which pairs of mentions are worth comparing.
//!
//! In: all mentions. Out: for each the later ones to compare it with. A mention is filed under every four
//! days it can fall on with its country and kind of act; one without a date is
//! filed under its place and every telling word. A drawer that holds too much is
//! split by place and then looked at only among neighbours, so that the work
//! stays near-linear however many reports one day brings.

use crate::Reprints;
use crate::sight::Sight;
use aver_model::Day;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Mentions that may be one event, in a fixed order.
struct Drawer {
    members: Vec<u32>,
    /// How far from each other in the drawer two are compared.
    reach: usize,
    /// Two are compared only if one of them has no close date; the others meet by day.
    for_loose: bool,
}

/// All mentions by what they share.
pub struct Drawers {
    drawers: Vec<Drawer>,
    /// For each mention where it lies: drawer and place in it.
    lies: Vec<Vec<(u32, u32)>>,
    loose: Vec<bool>,
}

impl Drawers {
    /// Files all mentions.
    pub fn new(sights: &[Sight<'_>], reprints: &Reprints) -> Drawers {
        let loose = |sight: &Sight<'_>| match (sight.earliest, sight.latest) {
            (Some(start), Some(end)) => start.days_until(end) > 7,
            _ => true,
        };
        let mut out = Drawers {
            drawers: Vec::new(),
            lies: vec![Vec::new(); sights.len()],
            loose: sights.iter().map(loose).collect(),
        };
        out.file_by_day(sights);
        out.file_by_word(sights);
        out.file_by_story(sights, reprints);
        out
    }

    /// Returns the later mentions worth comparing with this one, in order, each once.
    pub fn candidates(&self, mention: usize) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for &(drawer, place) in &self.lies[mention] {
            let drawer = &self.drawers[drawer as usize];
            let place = place as usize;
            let from = place.saturating_sub(drawer.reach);
            let to = place.saturating_add(drawer.reach).saturating_add(1).min(drawer.members.len());
            out.extend(
                drawer.members[from..to]
                    .iter()
                    .map(|&it| it as usize)
                    .filter(|&it| it > mention && (!drawer.for_loose || self.loose[mention] || self.loose[it])),
            );
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    fn file(&mut self, members: Vec<u32>, reach: usize, for_loose: bool) {
        if members.len() < 2 {
            return;
        }
        let number = self.drawers.len() as u32;
        for (place, &it) in (0u32..).zip(&members) {
            self.lies[it as usize].push((number, place));
        }
        self.drawers.push(Drawer { members, reach, for_loose });
    }

    fn file_by_day(&mut self, sights: &[Sight<'_>]) {
        let mut drawers: BTreeMap<(i64, &str, &str), Vec<u32>> = BTreeMap::new();
        for (idx, sight) in sights.iter().enumerate().filter(|(_, it)| !it.many) {
            let Some((start, end)) = filed_days(sight) else { continue };
            let country = sight.country.or(sight.about_country).unwrap_or("");
            for step in number(start).div_euclid(STEP)..=number(end).div_euclid(STEP) {
                drawers.entry((step, country, act(sight))).or_default().push(idx as u32);
            }
        }
        for drawer in drawers.into_values() {
            if drawer.len() <= SPLIT {
                self.file(drawer, SPLIT, false);
                continue;
            }
            let mut by_place: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
            for idx in drawer {
                by_place.entry(sights[idx as usize].place.as_deref().unwrap_or("")).or_default().push(idx);
            }
            for mut drawer in by_place.into_values() {
                drawer.sort_by_key(|&idx| {
                    let sight = &sights[idx as usize];
                    (sight.earliest, sight.facility.as_deref(), idx)
                });
                self.file(drawer, WINDOW, false);
            }
        }
    }

    fn file_by_word(&mut self, sights: &[Sight<'_>]) {
        let mut drawers: HashMap<(&str, &str, &str, &str), Vec<u32>> = HashMap::new();
        for (idx, sight) in sights.iter().enumerate().filter(|(_, it)| !it.many) {
            let country = sight.country.or(sight.about_country).unwrap_or("");
            let place = sight.place.as_deref().unwrap_or("");
            let class = sight.facility.as_deref().and_then(super::compare::class_of);
            let words = class.into_iter().chain(sight.facility.as_deref());
            let words =
                words.chain(sight.targets.iter().chain(&sight.names).chain(&sight.perpetrators).map(String::as_str));
            for word in words.collect::<BTreeSet<_>>() {
                drawers.entry((country, place, act(sight), word)).or_default().push(idx as u32);
            }
        }
        let mut drawers: Vec<_> = drawers.into_iter().collect();
        drawers.sort_unstable_by_key(|it| it.0);
        for (_, mut drawer) in drawers {
            if !drawer.iter().any(|&idx| self.loose[idx as usize]) {
                continue;
            }
            drawer.sort_by_key(|&idx| {
                let sight = &sights[idx as usize];
                (sight.earliest.or(sight.latest).or(sight.published), idx)
            });
            self.file(drawer, WINDOW, true);
        }
    }

    /// Files mentions of one story in its reprints.
    fn file_by_story(&mut self, sights: &[Sight<'_>], reprints: &Reprints) {
        let mut drawers: BTreeMap<(&str, &str, &str), Vec<u32>> = BTreeMap::new();
        for (idx, sight) in sights.iter().enumerate() {
            let quote = sight.text.quote(sight.event.span);
            drawers.entry((reprints.group(sight.sha), &sight.event.kind, quote)).or_default().push(idx as u32);
        }
        for drawer in drawers.into_values() {
            self.file(drawer, WINDOW, false);
        }
    }
}
