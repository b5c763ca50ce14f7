//! Which mentions of one document are one occurrence.
//!
//! In: mentions in text order. Out: [`Occurrence`]s, each with its mentions. Two
//! mentions never join when their types, days, places or numbers (one, several)
//! contradict each other. They join when one points back at the other ("the
//! attack"), when both tell the same day and place, or when one only adds a toll.
//!
//! Titles and captions come after the body, whose events they repeat. Only the
//! last few occurrences are compared, so the work is linear.

use super::mentions::{Mention, Surroundings};
use super::opening::may_open;
use super::phrases;
use super::retold::{acts_along, fights_back, retells, turns_elsewhere};
use super::same::{
    Days, both_facilities, days, disjoint, facilities_differ, places_differ, same_facility, same_place, shares_country,
    tells_of_the_bomb,
};
use super::victims::{
    fires_again, names_other_victim, repeats_target, share_person, tells_injured, tells_known_victims,
};
use crate::text::Role;
use aver_codebook::EventType;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many occurrences back a mention may join.
const WINDOW: usize = 40;
/// How many sentences back a plain "the attack" reaches.
const REACH: usize = 6;
/// How many mentions of one occurrence are looked at.
const LATEST: usize = 64;

/// Mentions that tell one event.
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// Indexes of its mentions; the first is the one that opened it.
    pub mentions: Vec<usize>,
    /// Index of the event type.
    pub kind: usize,
    /// Mention that gives the time.
    pub time: Option<usize>,
    /// Mention that gives the place.
    pub place: Option<usize>,
    /// Mention that gives the facility.
    pub facility: Option<usize>,
    /// Stands for several occurrences.
    pub aggregate: bool,
    /// Sentence of the latest mention.
    pub last: usize,
    /// Those of its mentions that tell only a part of it: what the attackers burned, that the attacked fought back.
    pub parts: Vec<usize>,
}

/// Joins mentions into occurrences, in order of their first mention.
pub fn join(around: &Surroundings<'_>, mentions: &mut [Mention]) -> Vec<Occurrence> {
    mark_tolls(around, mentions);
    // When and where the injured died is not when and where they were hit.
    for it in mentions.iter_mut().filter(|it| tells_injured(around, it)) {
        (it.time, it.place, it.facility, it.located) = (None, None, None, false);
    }
    let mentions = &*mentions;
    let mut out: Vec<Occurrence> = vec![];
    // Inside a sentence a toll comes after the event that it belongs to: "four were killed in a blast".
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&it| (is_edge(&mentions[it]), mentions[it].sentence, is_lethal(around, &mentions[it]), it));
    for at in order {
        let mention = &mentions[at];
        if mention.unreal
            || mention.modifier
            || mention.trigger.weak && mention.trigger.shape.is_noun() && !names_violence(around, mention)
        {
            continue;
        }
        let caused = mention.cause.and_then(|it| out.iter().rposition(|out| out.mentions.contains(&it)));
        let best = if let Some(it) = caused {
            Some((u32::MAX, it))
        } else if is_edge(mention) {
            (0..out.len().min(WINDOW))
                .map(|it| (score(around, mentions, &out[it], mention), it))
                .filter(|it| it.0 > 0)
                .min_by_key(|it| (std::cmp::Reverse(it.0), it.1))
        } else {
            let from = out.len().saturating_sub(WINDOW);
            (from..out.len())
                .map(|it| (score(around, mentions, &out[it], mention), it))
                .filter(|it| it.0 > 0)
                .map(|it| (it.0.saturating_sub(aside(around, mentions, &out[it.1], mention)), it.1))
                .max_by_key(|it| (it.0, it.1))
        };
        match best {
            Some((_, it)) => add(around, mentions, &mut out[it], at),
            None if may_open(around, mention) => {
                let mut opened = open(mentions, at);
                // "Three rocket attacks … The third attack": one of those told together.
                let series = out
                    .iter()
                    .rev()
                    .take(6)
                    .find(|it| it.aggregate && mention.sentence.abs_diff(mentions[it.mentions[0]].sentence) <= 5);
                if let Some(series) = series.filter(|it| {
                    mention.definite
                        && kind(around, opened.kind).name == "attack"
                        && related(kind(around, it.kind), kind(around, opened.kind))
                }) {
                    opened.kind = series.kind;
                }
                out.push(opened);
            }
            None => {}
        }
    }
    for occurrence in &mut out {
        occurrence.aggregate &= !is_one_operation(around, mentions, occurrence);
    }
    out
}

/// "A week after | a car bomb killed four": what only dates another act is not what the next sentence goes on with.
fn aside(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> u32 {
    let text = &around.ctx.text;
    let dates = |it: &Mention| {
        let start = it.span.start;
        start > text.sentences[it.sentence].tokens.start
            && matches!(text.lower(start - 1), "after" | "since" | "before" | "when" | "where")
    };
    let told = || occurrence.mentions.iter().take(LATEST).map(|&it| &mentions[it]);
    let beside = told().any(|it| it.sentence == mention.sentence);
    6 * u32::from(
        !beside
            && told().any(dates)
            && told().all(|it| is_lethal(around, it) || it.trigger.shape.is_noun() || dates(it)),
    )
}

/// "These coordinated attacks hit several places in Kabul": several blows of one plan in one town are one event.
fn is_one_operation(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence) -> bool {
    let told = || occurrence.mentions.iter().take(LATEST).map(|&it| &mentions[it]);
    let planned = |it: &Mention| {
        let trigger = it.trigger.tokens.clone();
        (it.span.start.min(trigger.start)..trigger.end).any(|at| is_concerted(around.ctx.text.lower(at)))
    };
    let towns: BTreeSet<usize> = told().filter_map(|it| it.place).map(|it| around.places.mentions[it].place).collect();
    let is_town = |it: &usize| fineness(&around.places.list[*it].level) >= 3;
    kind(around, occurrence.kind).violent
        && told().any(|it| it.trigger.shape.is_noun() && it.definite && planned(it))
        && !told().any(|it| it.counted)
        && towns.len() == 1
        && towns.iter().all(is_town)
}

/// "several streets": sites that are not told.
fn names_sites_vaguely(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let quantity = |it: &str| matches!(it, "several" | "many" | "multiple" | "various" | "different" | "numerous");
    mention
        .facility
        .as_ref()
        .is_some_and(|it| it.start > 0 && (it.start - 1..it.end).any(|at| quantity(text.lower(at))))
}

fn is_concerted(word: &str) -> bool {
    matches!(word, "coordinated" | "co-ordinated" | "simultaneous" | "synchronized" | "synchronised" | "concerted")
}

/// "the violence", "the incident": weak nouns that may point back at an attack.
fn names_violence(around: &Surroundings<'_>, mention: &Mention) -> bool {
    mention.definite
        && matches!(around.ctx.text.lower(mention.trigger.tokens.end - 1), "violence" | "incident" | "bloodshed")
}

/// Marks the events of sentences that also tell a toll.
fn mark_tolls(around: &Surroundings<'_>, mentions: &mut [Mention]) {
    let mut from = 0;
    while from < mentions.len() {
        let sentence = mentions[from].sentence;
        let end = from + mentions[from..].iter().take_while(|it| it.sentence == sentence).count();
        if (from..end)
            .any(|it| is_lethal(around, &mentions[it]) && !mentions[it].unreal && !mentions[it].trigger.shape.is_noun())
        {
            mentions[from..end].iter_mut().for_each(|it| it.has_toll = true);
        }
        from = end;
    }
}

fn is_edge(mention: &Mention) -> bool {
    matches!(mention.role, Role::Title | Role::Caption | Role::Heading)
}

pub(super) fn kind<'a>(around: &Surroundings<'a>, kind: usize) -> &'a EventType {
    &around.ctx.codebook.events[kind]
}

fn open(mentions: &[Mention], at: usize) -> Occurrence {
    let mention = &mentions[at];
    Occurrence {
        mentions: vec![at],
        kind: mention.trigger.kind,
        time: mention.time.map(|_| at),
        place: mention.place.map(|_| at),
        facility: mention.facility.as_ref().map(|_| at),
        aggregate: mention.aggregate,
        last: mention.sentence,
        parts: vec![],
    }
}

fn add(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &mut Occurrence, at: usize) {
    let mention = &mentions[at];
    let rank = |it: usize| super::cues::rank(&kind(around, it).name);
    if tells_a_part(around, mentions, occurrence, mention) {
        occurrence.parts.push(at);
    } else if rank(mention.trigger.kind) > rank(occurrence.kind) && !mention.trigger.weak {
        occurrence.kind = mention.trigger.kind;
    }
    if occurrence.time.is_none() && mention.time.is_some() || replaces_bound(mentions, occurrence, mention) {
        occurrence.time = Some(at);
    }
    if mention.place.is_some() && (occurrence.place.is_none() || is_finer(around, mentions, occurrence, mention)) {
        occurrence.place = Some(at);
    }
    if occurrence.facility.is_none() && mention.facility.is_some() {
        occurrence.facility = Some(at);
    }
    occurrence.mentions.push(at);
    if !is_edge(mention) {
        occurrence.last = occurrence.last.max(mention.sentence);
    }
}

/// Damage beside an attack, and the fight that it starts: neither names the act nor who began it.
fn tells_a_part(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> bool {
    let (whole, own) = (kind(around, occurrence.kind), kind(around, mention.trigger.kind));
    own.name != whole.name
        && !is_edge(mention)
        && (own.family == "damage" || own.name == "armed_clash" && fights_back(around, mentions, occurrence, mention))
}

/// The day of the act replaces the day of its claim.
fn replaces_bound(mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> bool {
    mention.time.is_some() && !mention.upper_bound && occurrence.time.is_some_and(|it| mentions[it].upper_bound)
}

fn is_finer(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> bool {
    let level = |it: &Mention| it.place.map(|at| fineness(&around.places.list[around.places.mentions[at].place].level));
    level(mention) > occurrence.place.and_then(|it| level(&mentions[it]))
}

pub(super) fn fineness(level: &str) -> u8 {
    match level {
        "country" | "region" => 0,
        "admin1" => 1,
        "admin2" => 2,
        "city" => 3,
        _ => 4,
    }
}

/// Returns how much speaks for a mention being one with an occurrence; 0 when it is another event.
fn score(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> u32 {
    let Some(&first) = occurrence.mentions.first() else { return 0 };
    let opener = &mentions[first];
    let behind = mention.sentence.saturating_sub(occurrence.last);
    let family = &kind(around, occurrence.kind).family;
    if !is_edge(mention) && behind <= REACH && !occurrence.aggregate && fires_again(around, mention, family) {
        return 60 - u32::try_from(behind).unwrap_or(0);
    }
    let related = related(kind(around, occurrence.kind), kind(around, mention.trigger.kind));
    if !related && !is_part(kind(around, occurrence.kind), kind(around, mention.trigger.kind)) {
        return 0;
    }
    if adjoins(around, mentions, occurrence, mention) {
        return 300;
    }
    if is_another(around, occurrence, mention) || explodes_elsewhere(around, mentions, occurrence, mention) {
        return 0;
    }
    let retold = retold(around, mentions, occurrence, mention);
    if retold > 0 || !related {
        return retold;
    }
    let gap = mention.sentence.abs_diff(occurrence.last);
    if ends_attackers(around, mention) && kind(around, occurrence.kind).violent && (1..=3).contains(&gap) {
        return 50 - u32::try_from(gap).unwrap_or(3);
    }
    if kind(around, occurrence.kind).violent
        && !occurrence.aggregate
        && gap <= 2
        && tells_known_victims(around, mentions, occurrence, mention)
    {
        return 55 - u32::try_from(gap).unwrap_or(3);
    }
    if mention.trigger.weak
        && !mention.trigger.shape.is_noun()
        && !is_lethal(around, mention)
        && kind(around, occurrence.kind).family != kind(around, mention.trigger.kind).family
    {
        return 0;
    }
    let (own_days, its_days) =
        (days(around, mention.time.map(|_| mention)), days(around, occurrence.time.map(|it| &mentions[it])));
    if let (Some(own), Some(its)) = (&own_days, &its_days)
        && disjoint(own, its)
    {
        return 0;
    }
    if places_differ(around, mentions, occurrence, mention) {
        return 0;
    }
    if (1..=3).contains(&gap)
        && kind(around, occurrence.kind).family == "explosive"
        && tells_of_the_bomb(around, mention)
    {
        return 45 - u32::try_from(gap).unwrap_or(3);
    }
    if mention.trigger.weak && mention.trigger.shape.is_noun() && !mention.definite {
        return 0;
    }
    let distance = mention.sentence.abs_diff(occurrence.last);
    let same_sentence = in_sentence(mentions, occurrence, mention).next().is_some();
    if same_sentence {
        return in_one_sentence(around, mentions, occurrence, mention);
    }
    let bare = mention.weight() == 0;
    let toll = is_lethal(around, mention) && distance <= 1;
    if occurrence.aggregate != mention.aggregate
        && !is_edge(mention)
        && !toll
        && !(occurrence.aggregate && bare && mention.definite)
    {
        return 0;
    }
    let same_day = matches!((&own_days, &its_days), (Some(a), Some(b)) if a == b && a.0.is_some() && a.0 == a.1);
    let same_site = same_facility(around, mentions, occurrence, mention);
    let same_place = same_place(around, mentions, occurrence, mention);
    // "These suicide attacks": what was just told, by a narrower word.
    let points_back = mention.pointed && distance <= 2;
    let other_site = facilities_differ(around, mentions, occurrence, mention)
        && !(points_back && names_sites_vaguely(around, mention));
    let near = u32::try_from(REACH * 2 - distance.min(REACH * 2)).unwrap_or(0);
    let lethal = is_lethal(around, mention);
    let mut points = 0;
    if same_day && !other_site {
        points += 30 + 10 * u32::from(same_place);
    }
    let other_agents = agents_differ(around, mentions, occurrence, mention);
    if (!kind(around, mention.trigger.kind).violent || kind(around, mention.trigger.kind).family == "territory")
        && opener.trigger.kind == mention.trigger.kind
        && mention.time.is_none()
        && !mention.agents.is_empty()
        && share_agent(around, mentions, occurrence, mention)
    {
        points += 12;
    }
    let overlapping = own_days.is_some() && its_days.is_some() || own_days.is_none() && mention.trigger.shape.is_noun();
    if mention.aggregate
        && occurrence.aggregate
        && opener.trigger.kind == mention.trigger.kind
        && overlapping
        && !other_site
        && share_named_agent(around, mentions, occurrence, mention)
    {
        points += 15;
    }
    let same_kind = opener.trigger.kind == mention.trigger.kind;
    if mention.aggregate
        && occurrence.aggregate
        && same_kind
        && own_days.is_none()
        && !other_agents
        && !other_site
        && (same_place || mention.place.is_none())
    {
        points += 12;
    }
    if !other_agents
        && happens_once(&kind(around, mention.trigger.kind).family, around, mention)
        && opener.trigger.kind == mention.trigger.kind
        && own_days.is_some()
        && its_days.is_some()
    {
        points += 20;
    }
    if same_site
        && !is_lodging_only(around, mentions, occurrence, mention, own_days.is_some() && its_days.is_some())
        && own_days.is_none_or(|own| its_days.is_none_or(|its| !disjoint(&own, &its)))
    {
        points += 30;
    }
    // A place elsewhere in the sentence ("the hospital in Velmar said …") is none of its own.
    let own_place = mention.place.is_some_and(|it| {
        mention.span.start <= around.places.mentions[it].tokens.start
            && around.places.mentions[it].tokens.end <= mention.span.end
    });
    let detached = mention.time.is_none() && !own_place && mention.facility.is_none();
    let vague = matches!(kind(around, mention.trigger.kind).name.as_str(), "attack" | "killing" | "death" | "bombing")
        || mention.trigger.kind == occurrence.kind;
    let its_targets = occurrence
        .mentions
        .iter()
        .take(8)
        .any(|&it| !mentions[it].targets.is_empty() && !is_lethal(around, &mentions[it]));
    // "The attack took place in Velmar", of an attack in its country, or of one just told without a place.
    // "The killing of two nurses in Velmar" names its own victims: no word for what was just told.
    let unplaced = occurrence.place.is_none() && mention.place.is_some() && distance <= 1;
    let placed = mention.targets.is_empty() && (unplaced || shares_country(around, mentions, occurrence, mention));
    let told_apart =
        mention.specified && !placed && !same_place && !same_site && !(mention.pointed && mention.weight() < 2);
    let targets_meet = !told_apart && (mention.targets.is_empty() || !its_targets)
        || mention.pointed
        || share_target(around, mentions, occurrence, mention);
    let undated = own_days.as_ref().is_none_or(|it| it.0.is_none() && it.1.is_none());
    let days_meet =
        undated || its_days.is_none() || own_days == its_days || contains_days(own_days.as_ref(), its_days.as_ref());
    if mention.definite
        && !other_site
        && distance <= REACH
        && (vague || points_back)
        && targets_meet
        && days_meet
        && (bare
            || points_back
            || placed
            || detached
            || mention.time.is_some()
            || share_target(around, mentions, occurrence, mention)
            || occurrence.place.is_none() && occurrence.facility.is_none())
    {
        points += if occurrence.aggregate == mention.aggregate { 12 } else { 3 };
    }
    let elaborates = distance == 1
        && !mention.definite
        && mention.trigger.shape.is_noun()
        && !mention.specified
        && mention.time.is_none()
        && detached
        && !mention.counted;
    if elaborates
        && !mention.aggregate
        && kind(around, occurrence.kind).name == "attack"
        && kind(around, mention.trigger.kind).name == "bombing"
    {
        points += 6;
    }
    if share_person(around, mentions, occurrence, mention)
        || same_kind && !other_agents && repeats_target(around, mentions, occurrence, mention)
    {
        points += 30;
    }
    // "The group said that it had targeted the guard": the next sentence on the same act.
    if !mention.trigger.shape.is_noun()
        && detached
        && distance <= 1
        && vague
        && !occurrence.aggregate
        && share_agent(around, mentions, occurrence, mention)
        && is_reported(around, mention)
    {
        points += 8;
    }
    if lethal
        && !names_other_victim(around, mentions, occurrence, mention)
        && mention.time.is_none()
        && mention.place.is_none()
        && mention.facility.is_none()
        && distance <= 1
        && (mention.agents.is_empty() || share_named_agent(around, mentions, occurrence, mention))
    {
        points += 10;
    }
    // "A hospital in Velmar said 31 soldiers were killed": told again of the attack there.
    if lethal
        && detached
        && same_place
        && !occurrence.aggregate
        && !mention.trigger.shape.is_noun()
        && !names_other_victim(around, mentions, occurrence, mention)
        && distance <= 3
        && mention.agents.is_empty()
    {
        points += 6;
    }
    if is_edge(mention) && !other_site && (same_kind || mention.role != Role::Caption && mention.time.is_none()) {
        points += 8 + 4 * u32::from(occurrence.aggregate == mention.aggregate);
    }
    if points == 0 { 0 } else { points + near }
}

/// Points for an act told again, where its days and places do not contradict it.
fn retold(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> u32 {
    let own = days(around, mention.time.map(|_| mention));
    let its = days(around, occurrence.time.map(|it| &mentions[it]));
    let apart = own.zip(its).is_some_and(|(own, its)| disjoint(&own, &its));
    if is_edge(mention) || apart || places_differ(around, mentions, occurrence, mention) {
        return 0;
    }
    if acts_along(around, mentions, occurrence, mention) {
        return 120;
    }
    retells(around, mentions, occurrence, mention)
}

/// "The blast", "killed by a mine" in a later sentence is no killing that somebody did without explosives: "troops
/// killed five rebels".
fn explodes_elsewhere(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let kills = |it: &Mention| {
        it.weapon.is_none() && !it.agents.is_empty() && matches!(kind(around, it.trigger.kind).name.as_str(), "killing")
    };
    let explosive = |it: &EventType| matches!(it.name.as_str(), "bombing" | "suicide_bombing");
    let by_weapon = || mention.weapon.as_ref().and_then(|it| around.ctx.codebook.event(&it.1)).is_some_and(explosive);
    (explosive(kind(around, mention.trigger.kind)) && mention.trigger.shape.is_noun() || by_weapon())
        && occurrence.last != mention.sentence
        && occurrence.mentions.iter().take(LATEST).all(|&it| kills(&mentions[it]))
}

/// "Another attack", "other attacks": said to be none of those told before; "the other attack" may be one.
fn is_another(around: &Surroundings<'_>, occurrence: &Occurrence, mention: &Mention) -> bool {
    let at = mention.trigger.tokens.start;
    if occurrence.last != mention.sentence && turns_elsewhere(around, mention) && mention.weight() > 0 {
        return true;
    }
    mention.trigger.shape.is_noun()
        && !mention.definite
        && !is_edge(mention)
        && (at.saturating_sub(3)..at)
            .any(|it| matches!(around.ctx.text.lower(it), "another" | "other" | "similar" | "separate" | "further"))
}

fn contains_days(a: Option<&Days>, b: Option<&Days>) -> bool {
    let inside = |a: &Days, b: &Days| matches!((a.0, a.1, b.0, b.1), (Some(from), Some(to), Some(start), Some(end)) if from <= start && end <= to);
    matches!((a, b), (Some(a), Some(b)) if inside(a, b) || inside(b, a))
}

/// Two hotels are one building only when the days are told and meet.
fn is_lodging_only(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
    dated: bool,
) -> bool {
    !dated && both_facilities(around, mentions, occurrence, mention).is_some_and(|(own, its)| own.last() != its.last())
}

pub(super) fn share_target(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let text = &around.ctx.text;
    let head = |it: &Range<usize>| text.lower(it.end - 1).trim_end_matches('s').to_owned();
    let own: Vec<String> = mention.targets.iter().filter(|it| !it.is_empty()).map(head).collect();
    occurrence
        .mentions
        .iter()
        .take(8)
        .flat_map(|&it| &mentions[it].targets)
        .filter(|it| !it.is_empty())
        .any(|it| own.contains(&head(it)))
}

fn share_agent(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> bool {
    let actor =
        |it: &Range<usize>| around.actors.of_phrase(around.ctx, it.clone()).or_else(|| around.actors.at(it.clone()));
    let own: Vec<usize> = mention.agents.iter().filter_map(actor).collect();
    let its: Vec<usize> =
        occurrence.mentions.iter().take(8).flat_map(|&it| &mentions[it].agents).filter_map(actor).collect();
    its.is_empty() && own.is_empty() || own.iter().any(|it| its.contains(it)) || its.is_empty() && !own.is_empty()
}

fn share_named_agent(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    !mention.agents.is_empty()
        && occurrence.mentions.iter().take(LATEST).any(|&it| !mentions[it].agents.is_empty())
        && !agents_differ(around, mentions, occurrence, mention)
}

/// Both name who did it, and not one of them is the same.
fn agents_differ(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> bool {
    let actor =
        |it: &Range<usize>| around.actors.of_phrase(around.ctx, it.clone()).or_else(|| around.actors.at(it.clone()));
    let own: Vec<usize> = mention.agents.iter().filter_map(actor).collect();
    let its: Vec<usize> =
        occurrence.mentions.iter().take(8).flat_map(|&it| &mentions[it].agents).filter_map(actor).collect();
    !own.is_empty() && !its.is_empty() && !own.iter().any(|it| its.contains(it))
}

/// "had targeted": told by somebody as already past.
fn is_reported(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let start = mention.trigger.tokens.start;
    start > 0 && matches!(around.ctx.text.lower(start - 1), "had" | "also" | "then")
}

/// "shot | and | killed", "shooting | and | wounding": one act told by two verbs.
fn adjoins(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let verbal = |it: &Mention| !it.trigger.shape.is_noun() && it.sentence == mention.sentence;
    verbal(mention)
        && kind(around, mention.trigger.kind).violent
        && in_sentence(mentions, occurrence, mention).filter(|it| verbal(it)).any(|it| {
            let (first, second) =
                if it.trigger.tokens.end <= mention.trigger.tokens.start { (it, mention) } else { (mention, it) };
            first.trigger.tokens.end + 1 == second.trigger.tokens.start && text.lower(first.trigger.tokens.end) == "and"
        })
}

/// Returns the latest mentions of an occurrence in the sentence of `mention`, the last one first.
///
/// Mentions come sentence by sentence, so those of the sentence at hand stand at the end.
fn in_sentence<'m>(
    mentions: &'m [Mention],
    occurrence: &'m Occurrence,
    mention: &Mention,
) -> impl Iterator<Item = &'m Mention> + use<'m> {
    let sentence = mention.sentence;
    let latest = occurrence.mentions.iter().rev().take(LATEST).map(|&it| &mentions[it]);
    latest.take_while(move |it| it.sentence == sentence)
}

/// Mentions of one sentence are one event unless they are listed side by side.
fn in_one_sentence(around: &Surroundings<'_>, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention) -> u32 {
    let Some(last) = in_sentence(mentions, occurrence, mention).next() else { return 0 };
    let lethal = is_lethal(around, mention) || is_lethal(around, last);
    let nouns = mention.trigger.shape.is_noun() && last.trigger.shape.is_noun();
    let text = &around.ctx.text;
    let gap = last.span.end.min(mention.span.start)..mention.span.start;
    let overlap = last.span.start < mention.span.end && mention.span.start < last.span.end;
    let closeness =
        20 - u32::try_from(last.trigger.tokens.start.abs_diff(mention.trigger.tokens.start).min(20)).unwrap_or(20);
    // "Another attack was the bombing of the school".
    if nouns && !gap.is_empty() && gap.len() <= 3 && gap.clone().any(|at| crate::phrase::words::is_be(text.lower(at))) {
        return 100;
    }
    if facilities_differ(around, mentions, occurrence, mention) && !lethal
        || mention.anchors && !(last.span.start <= mention.span.start && mention.span.end <= last.span.end)
    {
        return 0;
    }
    if nouns && last.span.end <= mention.span.start && !lethal {
        // "an attack on the port and a bombing in the market"; "the blast, an attack that".
        let joined = around.ctx.text.lower(mention.span.start.saturating_sub(1));
        let same = last.trigger.kind == mention.trigger.kind;
        if matches!(joined, "and" | "or" | "," | "including")
            && last.aggregate == mention.aggregate
            && !(mention.definite && mention.weight() == 0)
            || !same && mention.weight() > 1 && last.weight() > 1
        {
            return 0;
        }
    }
    if occurrence.aggregate != mention.aggregate && (nouns || !lethal) {
        return 0;
    }
    let violent = kind(around, mention.trigger.kind).violent && kind(around, last.trigger.kind).violent;
    let unrest = |it: &Mention| kind(around, it.trigger.kind).family == "protest";
    let violent = violent || unrest(last) && unrest(mention);
    if lethal || violent || last.trigger.kind == mention.trigger.kind {
        60 + closeness + 40 * u32::from(overlap)
    } else {
        0
    }
}

/// "All five attackers were shot dead": how an attack told before ended.
fn ends_attackers(around: &Surroundings<'_>, mention: &Mention) -> bool {
    !mention.trigger.shape.is_noun()
        && mention.time.is_none()
        && !mention.targets.is_empty()
        && mention.targets.iter().all(|it| phrases::tells_attackers(&around.ctx.text, it.clone()))
}

/// Changes of power and of groups, of which a document tells one at a time.
fn happens_once(family: &str, around: &Surroundings<'_>, mention: &Mention) -> bool {
    family == "territory" || family != "custody" && !kind(around, mention.trigger.kind).violent
}

pub(super) fn is_lethal(around: &Surroundings<'_>, mention: &Mention) -> bool {
    matches!(kind(around, mention.trigger.kind).name.as_str(), "killing" | "death")
}

/// Types that may tell one occurrence.
pub fn related(a: &EventType, b: &EventType) -> bool {
    let vague = |it: &EventType| matches!(it.name.as_str(), "attack" | "killing" | "death");
    let unrest = |it: &EventType| it.family == "protest";
    let toll = |it: &EventType| matches!(it.name.as_str(), "killing" | "death");
    if unrest(a) && toll(b) || unrest(b) && toll(a) {
        return true;
    }
    let land = |it: &EventType| it.family == "territory";
    if land(a) != land(b) {
        return false;
    }
    a.name == b.name
        || !a.family.is_empty() && a.family == b.family
        || (a.violent || vague(a)) && (b.violent || vague(b)) && (vague(a) || vague(b) || mixed(a, b))
}

/// Types of which one may be a part of the other: what an attack burns, the fight that it starts.
fn is_part(a: &EventType, b: &EventType) -> bool {
    let attack = |it: &EventType| matches!(it.family.as_str(), "attack" | "armed" | "explosive" | "killing");
    let part = |it: &EventType| it.family == "damage" || it.name == "armed_clash" || it.name == "security_operation";
    attack(a) && part(b) || attack(b) && part(a) && a.family != "damage"
}

/// Explosives and firearms in one attack.
fn mixed(a: &EventType, b: &EventType) -> bool {
    let explosive = |it: &EventType| matches!(it.name.as_str(), "bombing" | "suicide_bombing" | "complex_attack");
    let armed = |it: &EventType| matches!(it.name.as_str(), "armed_assault" | "complex_attack" | "assassination");
    explosive(a) && armed(b) || explosive(b) && armed(a)
}
