//! Verbs that tell what an event did: "the strike hit a bus", "killed by a mine blast".
//!
//! In: the mentions of a document. Out: the same; a verb whose doer, by the tree, is
//! another mention gives that mention its targets, day, place and weapon and tells no
//! event of its own, or, where it tells a toll, names it as its cause. Without a tree
//! nothing changes.

use super::mentions::{Mention, Surroundings};

/// "A strike hit two vehicles", "was hit by a strike": the verb tells what the strike did, no second event.
pub fn take(around: &Surroundings<'_>, mentions: &mut [Mention]) {
    let book = around.ctx.codebook;
    for at in 0..mentions.len() {
        let verb = &mentions[at];
        let clause = Some(verb).filter(|it| !it.trigger.shape.is_noun() && !it.unreal);
        let clause = clause.and_then(|it| super::parsed::clause(&around.ctx.text, &it.trigger.tokens));
        let Some(doer) = clause.and_then(|it| it.doer) else { continue };
        let Some(named) = naming(around, mentions, doer).or_else(|| meant(around, mentions, at, doer)) else {
            continue;
        };
        let effect = &book.events[mentions[at].trigger.kind];
        let cause = &book.events[mentions[named].trigger.kind];
        // An attack has no attackers among its own words: "the terrorist attack killed three".
        if cause.violent || cause.family == "operation" {
            mentions[at].agents.retain(|it| !it.contains(&doer));
        }
        if !cause.violent || !effect.violent || mentions[named].unreal {
            continue;
        }
        if matches!(effect.name.as_str(), "killing" | "death") {
            mentions[at].cause = Some(named);
            continue;
        }
        let (span, targets) = (mentions[at].span.clone(), mentions[at].targets.clone());
        let (place, time) = (mentions[at].place, mentions[at].time);
        let (facility, weapon) = (mentions[at].facility.clone(), mentions[at].weapon.clone());
        mentions[at].unreal = true;
        let named = &mut mentions[named];
        named.span = named.span.start.min(span.start)..named.span.end.max(span.end);
        named.targets.extend(targets);
        named.place = named.place.or(place);
        named.time = named.time.or(time);
        named.facility = named.facility.take().or(facility);
        named.weapon = named.weapon.take().or(weapon);
    }
}

/// The mention whose words name an event and hold a token. Mentions stand in the order of their triggers.
fn naming(around: &Surroundings<'_>, mentions: &[Mention], token: usize) -> Option<usize> {
    let at = mentions.partition_point(|it| it.trigger.tokens.end <= token);
    let it = &mentions.get(at)?.trigger;
    (it.shape.is_noun() && it.tokens.contains(&token) && !acts(around, token, it.weak)).then_some(at)
}

/// "A bomb went off … | It | killed two": the explosion told just before, where the pronoun names nobody.
fn meant(around: &Surroundings<'_>, mentions: &[Mention], at: usize, doer: usize) -> Option<usize> {
    let text = &around.ctx.text;
    let book = around.ctx.codebook;
    let effect = &mentions[at];
    let toll = matches!(book.events[effect.trigger.kind].name.as_str(), "killing" | "death");
    let fights = |at: usize| {
        let kind = around.actors.list[at].kind.as_str();
        matches!(kind, "armed_group" | "state_force" | "state" | "government_body")
    };
    let names = around.actors.within(doer..doer + 1).any(|it| fights(it.actor));
    if !toll || text.lower(doer) != "it" || names {
        return None;
    }
    let before = (0..at).rev().take(6);
    let mut near = before.take_while(|&it| mentions[it].sentence + 1 >= effect.sentence);
    near.find(|&it| book.events[mentions[it].trigger.kind].family == "explosive" && !mentions[it].unreal)
}

/// "Gunmen killed", "shells hit": those who act and what they act with are no events.
fn acts(around: &Surroundings<'_>, at: usize, weak: bool) -> bool {
    let index = &around.ctx.index.events;
    let who = index.attackers.at(&around.ctx.text, at).is_some() || index.doers.at(&around.ctx.text, at).is_some();
    who || weak && index.weapons.at(&around.ctx.text, at).is_some()
}
