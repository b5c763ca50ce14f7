//! Which single events are parts of one that stands for several.
//!
//! In: events. Out: a [`Part`] for every single event inside the days, place and kind
//! of act of "a wave of attacks" or "a campaign", with the reasons in plain words. A
//! wave and its parts stay events of their own: the link says what belongs together,
//! it joins nothing and adds nothing up.
//!
//! Days must be told for both and lie inside; beside them the place or the
//! perpetrators must agree, and neither may speak against. A wave is no part of another.

use crate::kin::Kin;
use crate::sight::fold;
use aver_codebook::Codebook;
use aver_model::{Day, LedgerEvent};
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Types that say that there was violence and not which; they hold every act of violence.
const PLAIN: &[&str] = &["attack", "killing"];

/// A single event inside one that stands for several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Part {
    /// Id of the event that stands for several.
    pub whole: String,
    /// Id of the single event.
    pub part: String,
    /// What says so: "2022-05-03 lies in 2022-05-01 to 2022-05-31".
    pub reasons: Vec<String>,
}

/// Returns every part of every wave, by wave, then by part.
pub fn parts<E: Borrow<LedgerEvent>>(events: &[E], codebook: &Codebook) -> Vec<Part> {
    let kin = Kin::new(codebook);
    let events = || events.iter().map(Borrow::borrow);
    let mut by_day: Vec<(Day, Day, &LedgerEvent)> = events()
        .filter(|it| !it.aggregate && !it.generic)
        .filter_map(|it| days(it).map(|(start, end)| (start, end, it)))
        .collect();
    by_day.sort_by(|x, y| (x.0, x.1, &x.2.id).cmp(&(y.0, y.1, &y.2.id)));
    let mut out = Vec::new();
    for wave in events().filter(|it: &&LedgerEvent| it.aggregate && !it.generic) {
        let Some((from, to)) = days(wave).filter(|(from, to)| from < to) else { continue };
        let first = by_day.partition_point(|it| it.0 < from);
        let inside = by_day[first..].iter().take_while(|it| it.0 <= to).filter(|it| it.1 <= to);
        for (start, end, single) in inside {
            let Some(more) = belongs(single, wave, codebook, &kin) else { continue };
            let when = if start == end { start.to_string() } else { format!("{start} to {end}") };
            let mut reasons = vec![format!("{when} lies in {from} to {to}")];
            reasons.extend(more);
            out.push(Part { whole: wave.id.clone(), part: single.id.clone(), reasons });
        }
    }
    out.sort();
    out
}

fn days(event: &LedgerEvent) -> Option<(Day, Day)> {
    let time = event.time.as_ref()?;
    Some((time.start?, time.end?))
}

/// Returns what beside the days says that one is a part of the other; `None` when something speaks against.
fn belongs(single: &LedgerEvent, wave: &LedgerEvent, codebook: &Codebook, kin: &Kin<'_>) -> Option<Vec<String>> {
    let mut reasons = vec![one_kind(single, wave, codebook)?];
    let place = place_within(single, wave)?;
    let parties = common_party(single, wave, kin)?;
    // Days and a kind of act alone are shared by events all over the world.
    if place.is_none() && parties.is_none() {
        return None;
    }
    reasons.extend(place.into_iter().chain(parties));
    Some(reasons)
}

/// Says in what a single event is of the kind that the wave counts.
fn one_kind(single: &LedgerEvent, wave: &LedgerEvent, codebook: &Codebook) -> Option<String> {
    if single.kind == wave.kind {
        return Some(format!("both a case of {}", plain(&wave.kind)));
    }
    let (one, all) = (codebook.event(&single.kind)?, codebook.event(&wave.kind)?);
    let holds = PLAIN.contains(&wave.kind.as_str()) && one.violent;
    let related = !one.family.is_empty() && one.family == all.family;
    (holds || related).then(|| format!("{} is a kind of {}", plain(&single.kind), plain(&wave.kind)))
}

fn plain(kind: &str) -> String {
    kind.replace('_', " ")
}

/// Returns the reason that the place gives, if any; the outer `None` when the places exclude each other.
fn place_within(single: &LedgerEvent, wave: &LedgerEvent) -> Option<Option<String>> {
    let (Some(here), Some(there)) = (&single.place, &wave.place) else { return Some(None) };
    if let (Some(x), Some(y)) = (&here.country, &there.country)
        && x != y
    {
        return None;
    }
    let name = fold(&there.name);
    let ladder = [Some(here.name.as_str()), here.admin1.as_deref()];
    let is_country = there.country.is_some() && there.admin1.is_none() && there.country == here.country;
    if ladder.into_iter().flatten().any(|it| fold(it) == name) {
        return Some(Some(format!("{} lies in {}", here.name, there.name)));
    }
    // A wave told for a whole country names no province.
    let is_other_town = there.admin1.is_some() && here.admin1.is_some();
    match (is_country, is_other_town) {
        (true, _) => Some(Some(format!("{} lies in {}", here.name, there.name))),
        (_, true) => None,
        _ => Some(None),
    }
}

/// Returns the reason that the perpetrators give, if any; the outer `None` when both name others.
fn common_party(single: &LedgerEvent, wave: &LedgerEvent, kin: &Kin<'_>) -> Option<Option<String>> {
    let (ours, theirs) = (parties(single), parties(wave));
    if ours.is_empty() || theirs.is_empty() {
        return Some(None);
    }
    let shared = ours.iter().find(|(key, _)| theirs.keys().any(|it| it == *key || kin.is_kin(it, key)));
    shared.map(|(_, name)| Some(format!("both name {name}")))
}

fn parties(event: &LedgerEvent) -> BTreeMap<String, String> {
    let named = event.accounts.iter().flat_map(|it| &it.perpetrators);
    let keyed: BTreeSet<(String, String)> =
        named.map(|it| (it.codebook.clone().unwrap_or_else(|| fold(&it.name)), it.name.clone())).collect();
    keyed.into_iter().collect()
}
