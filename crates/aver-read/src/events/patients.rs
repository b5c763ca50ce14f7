//! Whom and what an act hits, beyond the object of its verb.
//!
//! In: a mention with its first targets. Out: the same with those listed beside
//! them ("the mayor, his driver and Ana Ruiz"), the possessor of a death or an
//! abduction ("the bishop's murder"), the building beside which a bomb went off,
//! and what the sentence says was damaged.

use super::cues::Shape;
use super::mentions::{Mention, Surroundings};
use super::phrases;
use crate::Context;
use crate::phrase::{self, words};
use crate::text::Text;
use std::ops::Range;

/// A list of targets is followed so far.
const MOST_LISTED: usize = 12;

/// Completes the targets of a mention.
pub fn complete(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let event = &around.ctx.codebook.events[mention.trigger.kind];
    if !event.violent && event.family != "custody" && event.name != "hostage_taking" {
        return;
    }
    if matches!(event.name.as_str(), "killing" | "assassination" | "death" | "hostage_taking")
        && mention.trigger.shape.is_noun()
    {
        possessor(around, mention);
    }
    if event.family == "explosive" && mention.targets.iter().all(|it| is_weapon(around.ctx, it)) {
        beside(around, mention);
    }
    let limits = text.sentences[mention.sentence].tokens.clone();
    let first = mention.targets.clone();
    for target in first.iter().filter(|it| !it.is_empty()) {
        listed_right(around, mention, target.end, limits.end);
    }
    if mention.trigger.shape == Shape::Past || !mention.trigger.shape.is_noun() {
        let start = mention.trigger.tokens.start;
        for target in first.iter().filter(|it| !it.is_empty() && it.end <= start) {
            listed_left(text, mention, target.start, limits.start);
        }
    }
}

/// Says whether the words are the weapon: "a car bomb" goes off and is not hit. A truck may be either and counts as hit.
pub fn is_weapon(ctx: &Context<'_>, noun: &Range<usize>) -> bool {
    !noun.is_empty() && ctx.index.events.weapons.at(&ctx.text, noun.end - 1).is_some_and(|it| !it.1.is_empty())
}

/// Says whether words that are no known actor act: "two men planted it"; a bomb that destroys does not.
pub fn is_doer(ctx: &Context<'_>, mention: &Mention, agent: &Range<usize>) -> bool {
    let index = &ctx.index.events;
    let suffers = matches!(ctx.text.lower(agent.end.max(1) - 1), "victim" | "victims");
    let person =
        |at: usize| index.doers.at(&ctx.text, at).is_some_and(|it| super::frames::is_head(&ctx.text, at + it.0));
    let tells = ctx.codebook.events[mention.trigger.kind].violent;
    !is_weapon(ctx, agent) && !suffers && (mention.trigger.acted || tells && agent.clone().any(person))
}

/// "the bishop's murder", "Ruiz' abduction": the possessor suffers it.
fn possessor(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let floor = text.sentences[mention.sentence].tokens.start;
    let start = mention.trigger.tokens.start;
    let Some(mark) = (floor..start).rev().take(3).find(|&at| matches!(text.lower(at), "'s" | "'")) else { return };
    let owner = phrase::noun_phrase_left(text, mark, floor);
    let dated = owner.clone().any(|at| words::is_weekday(text.lower(at)) || words::is_time_noun(text.lower(at)));
    if owner.is_empty() || dated {
        return;
    }
    let group = around
        .actors
        .within(owner.clone())
        .any(|it| !matches!(around.actors.list[it.actor].kind.as_str(), "person" | "office"));
    if !group && mention.targets.is_empty() {
        mention.agents.retain(|it| it.end <= owner.start || it.start >= owner.end);
        mention.targets.push(owner);
    }
}

/// "exploded | in front of the bank": what stands beside the place of a bomb.
fn beside(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let limit = text.sentences[mention.sentence].tokens.end;
    let mut at = mention.trigger.tokens.end;
    while at < limit.min(mention.trigger.tokens.end + 24) {
        let word = text.lower(at);
        if matches!(word, ";" | ":" | "while" | "but" | "when") {
            return;
        }
        let front = matches!(text.lower(at + 1), "front") && text.lower(at + 2) == "of";
        let len = match word {
            "in" | "at" if front => 3,
            "next" if text.lower(at + 1) == "to" => 2,
            "outside" | "inside" | "near" | "against" | "at" | "in" | "under" | "beside" | "opposite" | "on"
            | "behind" => 1,
            _ => 0,
        };
        if len > 0 {
            let noun = phrase::noun_phrase_right(text, at + len);
            if !noun.is_empty() && phrases::facility(around.ctx, noun.clone()).is_some() {
                mention.also.push(noun);
                return;
            }
        }
        at += 1;
    }
}

/// ", his driver and Ana Ruiz": what is listed behind a target.
fn listed_right(around: &Surroundings<'_>, mention: &mut Mention, end: usize, limit: usize) {
    let text = &around.ctx.text;
    let mut at = end;
    let mut pending: Vec<Range<usize>> = vec![];
    for _ in 0..MOST_LISTED {
        let start = match (text.lower(at), text.lower(at + 1)) {
            (",", "and" | "including") => at + 2,
            ("," | "and" | "including", _) => at + 1,
            _ => break,
        };
        if start >= limit {
            break;
        }
        let noun = phrase::noun_phrase_right(text, start);
        let verb = phrase::is_finite_verb(text, noun.end)
            || text.lower(start).ends_with("ing")
            || words::is_subject_pronoun(text.lower(start)) && noun.len() == 1;
        if noun.is_empty() || noun.end > limit || verb || is_time(around, noun.clone()) {
            break;
        }
        let last = text.lower(at) != "," || text.lower(at + 1) == "and" || text.lower(at + 1) == "including";
        at = noun.end;
        pending.push(noun);
        // A comma alone may open an apposition; the "and" behind it shows the list.
        if last {
            mention.also.append(&mut pending);
        }
    }
    // "X, a lawyer": an apposition; "Ruiz, Ana Perez": names one behind the other.
    let named =
        |it: &Range<usize>| it.len() > 1 && it.clone().all(|at| text.tokens[at].capital || is_particle(text.lower(at)));
    mention.also.extend(pending.into_iter().filter(named));
}

/// "The mayor and | his driver were killed": what is listed before a target.
fn listed_left(text: &Text<'_>, mention: &mut Mention, start: usize, floor: usize) {
    let mut at = start;
    let mut pending: Vec<Range<usize>> = vec![];
    let mut joined = false;
    for _ in 0..MOST_LISTED {
        let Some(before) = at.checked_sub(1).filter(|&it| it > floor) else { break };
        let end = match text.lower(before) {
            "and" => {
                joined = true;
                if text.lower(before - 1) == "," { before - 1 } else { before }
            }
            "," if joined => before,
            _ => break,
        };
        let noun = phrase::noun_phrase_left(text, end, floor);
        if noun.is_empty() || noun.clone().any(|it| phrase::is_finite_verb(text, it)) {
            break;
        }
        at = noun.start;
        pending.push(noun);
    }
    let governed = at > floor && words::is_preposition(text.lower(at - 1));
    if !governed {
        mention.also.extend(pending);
    }
}

fn is_time(around: &Surroundings<'_>, noun: Range<usize>) -> bool {
    let from = around.times.partition_point(|it| it.tokens.end <= noun.start);
    around.times.get(from).is_some_and(|it| it.tokens.start < noun.end)
}

fn is_particle(word: &str) -> bool {
    matches!(word, "de" | "del" | "la" | "las" | "los" | "y" | "al" | "el" | "bin" | "van" | "von" | "da" | "dos")
}

/// Cuts times off the edges of agents and targets: "the guerrillas | last night", "yesterday | two men".
pub fn without_times(around: &Surroundings<'_>, mention: &mut Mention) {
    let first = around.ctx.text.sentences[mention.sentence].tokens.start;
    let from = around.times.partition_point(|it| it.tokens.end <= first);
    for noun in mention.agents.iter_mut().chain(&mut mention.targets).chain(&mut mention.also) {
        let end = noun.end;
        for time in around.times[from..].iter().take(32).map(|it| &it.tokens).take_while(|it| it.start < end) {
            if time.start > noun.start && time.end >= noun.end {
                noun.end = time.start;
            } else if time.start <= noun.start && time.end < noun.end && time.end > noun.start {
                noun.start = time.end;
            }
        }
    }
}

/// "Every person killed on Monday": who stands before a killing that names no victim is the victim.
pub fn turn_victims(around: &Surroundings<'_>, mention: &mut Mention) {
    let kills = matches!(around.ctx.text.lower(mention.trigger.tokens.end - 1), "killed" | "wounded" | "injured");
    let named = |it: &Range<usize>| {
        let attackers = || it.clone().any(|at| around.ctx.index.events.attackers.at(&around.ctx.text, at).is_some());
        attackers() || around.actors.within(it.clone()).next().is_some()
    };
    let silent = mention.targets.is_empty() && mention.also.is_empty();
    if kills && silent && !mention.trigger.shape.is_noun() && !mention.agents.iter().any(named) {
        mention.targets.append(&mut mention.agents);
    }
}

/// Adds what a sentence says was damaged or wounded to the act that it tells: "the blast destroyed two shops".
pub fn damage(around: &Surroundings<'_>, mentions: &mut [Mention]) {
    let text = &around.ctx.text;
    let book = around.ctx.codebook;
    for sentence in 0..text.sentences.len() {
        let from = mentions.partition_point(|it| it.sentence < sentence);
        let acts = |it: &Mention| {
            it.sentence == sentence
                && !it.unreal
                && book.events[it.trigger.kind].name != "armed_clash"
                && matches!(book.events[it.trigger.kind].family.as_str(), "explosive" | "attack" | "armed" | "damage")
        };
        let own = (from..mentions.len()).take_while(|&it| mentions[it].sentence == sentence);
        let told = |it: &usize| (mentions[*it].weight(), std::cmp::Reverse(*it));
        let Some(act) = own.filter(|&it| acts(&mentions[it])).max_by_key(told) else { continue };
        let limits = text.sentences[sentence].tokens.clone();
        let mut found: Vec<Range<usize>> = vec![];
        for at in limits.clone().filter(|&it| is_damage(text.lower(it)) || is_harm(text.lower(it))) {
            let group = phrases::verb_group_left(text, at, limits.start);
            let passive = group.clone().any(|it| words::is_be(text.lower(it)));
            let noun = match passive {
                true => without_that(text, phrase::subject_left(text, group.start, limits.start)),
                false => phrases::object_right(text, at + 1),
            };
            let harm = is_harm(text.lower(at));
            let hit = |it: &Range<usize>| harm || phrases::facility(around.ctx, it.clone()).is_some();
            if !noun.is_empty() && hit(&noun) {
                found.push(noun);
            }
        }
        let known =
            |it: &Range<usize>| mentions[act].targets.iter().any(|known| known.start < it.end && it.start < known.end);
        found.retain(|it| !known(it));
        for noun in found {
            let end = noun.end;
            mentions[act].also.push(noun);
            listed_right(around, &mut mentions[act], end, limits.end);
        }
    }
}

/// "said | that two men": the conjunction is no part of the phrase.
fn without_that(text: &Text<'_>, noun: Range<usize>) -> Range<usize> {
    let cut = noun.len() > 1 && text.lower(noun.start) == "that";
    noun.start + usize::from(cut)..noun.end
}

fn is_harm(word: &str) -> bool {
    matches!(word, "wounded" | "injured" | "wounding" | "injuring")
}

fn is_damage(word: &str) -> bool {
    matches!(
        word,
        "damaged"
            | "damaging"
            | "destroyed"
            | "destroying"
            | "wrecked"
            | "gutted"
            | "shattered"
            | "demolished"
            | "burned"
            | "torched"
            | "ransacked"
            | "looted"
            | "toppled"
            | "leveled"
            | "levelled"
    )
}

/// "Three guards killed in car bomb", "12 arrested near port": a headline leaves "were" out.
pub fn is_headline_passive(around: &Surroundings<'_>, mention: &Mention, subject: Option<&Range<usize>>) -> bool {
    let text = &around.ctx.text;
    let end = mention.trigger.tokens.end;
    let suffers = matches!(
        text.lower(end - 1),
        "killed" | "wounded" | "injured" | "arrested" | "detained" | "abducted" | "kidnapped" | "shot" | "beheaded"
    );
    let alone = end >= text.sentences[mention.sentence].tokens.end
        || matches!(
            text.lower(end),
            "in" | "at" | "near" | "by" | "on" | "outside" | "," | ";" | "after" | "as" | "when"
        );
    let armed = |it: &Range<usize>| it.clone().any(|at| around.ctx.index.events.attackers.at(text, at).is_some());
    mention.role == crate::text::Role::Title && suffers && alone && subject.is_some_and(|it| !armed(it))
}
