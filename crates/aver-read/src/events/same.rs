//! Whether two mentions tell the same days, the same place, the same building.
//!
//! In: mentions with their times, places and facilities. Out: a yes or no, by what
//! the words give; what they leave open contradicts nothing.

use super::mentions::{Mention, Surroundings};
use super::merge::{Occurrence, fineness};
use aver_model::Day;
use std::ops::Range;

/// First and last day, as far as known.
pub(super) type Days = (Option<Day>, Option<Day>);

/// Returns the days of a mention; a claim or a picture gives only the last.
pub(super) fn days(around: &Surroundings<'_>, mention: Option<&Mention>) -> Option<Days> {
    let mention = mention?;
    let time = &around.times[mention.time?].record;
    Some((if mention.upper_bound { None } else { time.start }, time.end))
}

/// Says whether one is over before the other begins.
pub(super) fn disjoint(a: &Days, b: &Days) -> bool {
    let before = |a: Option<Day>, b: Option<Day>| matches!((a, b), (Some(end), Some(start)) if end < start);
    before(a.1, b.0) || before(b.1, a.0)
}

/// Where the mention is, and where the occurrence is: indexes into the namings of places.
fn both_places(mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> Option<(usize, usize)> {
    Some((mention.place?, mentions[occurrence.place?].place?))
}

/// Says whether both name a place and the two cannot be one.
pub(super) fn places_differ(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let Some((own, its)) = both_places(mentions, occurrence, mention) else { return false };
    let (a, b) = (&around.places.mentions[own], &around.places.mentions[its]);
    if a.place == b.place {
        return false;
    }
    let (a, b) = (&around.places.list[a.place], &around.places.list[b.place]);
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return true;
    }
    let (fa, fb) = (fineness(&a.level), fineness(&b.level));
    match fa.min(fb) {
        0 => a.country.is_some() && fa == fb,
        1 => a.admin1.is_some() && b.admin1.is_some() && a.admin1 != b.admin1,
        _ => fa == fb,
    }
}

/// Says whether both name places known to lie in one country.
pub(super) fn shares_country(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let country = |it: usize| around.places.list[around.places.mentions[it].place].country.as_ref();
    both_places(mentions, occurrence, mention)
        .is_some_and(|(own, its)| country(own).is_some() && country(own) == country(its))
}

/// Says whether both name one place finer than a country.
pub(super) fn same_place(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let Some((own, its)) = both_places(mentions, occurrence, mention) else { return false };
    let place = &around.places.list[around.places.mentions[own].place];
    around.places.mentions[own].place == around.places.mentions[its].place && fineness(&place.level) > 0
}

/// Returns the words of a mention's building in lower case.
pub(super) fn facility_words(around: &Surroundings<'_>, mention: &Mention) -> Option<Vec<String>> {
    let range: Range<usize> = mention.facility.clone()?;
    Some(around.ctx.text.tokens[range].iter().map(|it| it.lower.clone()).collect())
}

/// Returns the words for the buildings of a mention and of an occurrence, where both name one.
pub(super) fn both_facilities(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> Option<(Vec<String>, Vec<String>)> {
    let its = occurrence.facility.and_then(|it| facility_words(around, &mentions[it]));
    facility_words(around, mention).zip(its)
}

/// Says whether both name one building.
pub(super) fn same_facility(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    both_facilities(around, mentions, occurrence, mention).is_some_and(|(own, its)| {
        own.last() == its.last() && (own.len() == 1 || its.len() == 1 || own[0] == its[0])
            || is_lodging(&own) && is_lodging(&its)
    })
}

/// Says whether both name a building and the two are of different kinds.
pub(super) fn facilities_differ(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    both_facilities(around, mentions, occurrence, mention)
        .is_some_and(|(own, its)| own.last() != its.last() && !(is_lodging(&own) && is_lodging(&its)))
}

/// Words for one building that outlets use by turns.
fn is_lodging(words: &[String]) -> bool {
    words
        .last()
        .is_some_and(|it| matches!(it.as_str(), "hotel" | "guesthouse" | "hostel" | "inn" | "house" | "compound"))
}

/// "The bomb had been planted by": a bomb told before, and who laid it.
pub(super) fn tells_of_the_bomb(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let weapon = |at: usize| around.ctx.index.events.weapons.at(text, at).is_some_and(|it| it.1 == "bombing");
    mention.trigger.framed
        && around.ctx.codebook.events[mention.trigger.kind].family == "explosive"
        && mention.span.clone().any(|at| matches!(text.lower(at), "the" | "this" | "these") && weapon(at + 1))
}
