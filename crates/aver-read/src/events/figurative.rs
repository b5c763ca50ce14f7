//! Words of violence that tell of none: storms that kill, films that are shot, strikers who attack.
//!
//! In: a mention with its subject and objects. Out: whether it is a figure of
//! speech, a sport or a disaster. The words come from the codebook's lexicon
//! (`causes`, `unfought`, `unshot`, `sports`); only heads of noun phrases count,
//! so that "the storm shelter" and "the film director" stay what they are.

use super::cues::Shape;
use super::mentions::{Mention, Surroundings};
use crate::phrase::{Phrases, nouns, words};
use std::ops::Range;

/// Says whether nobody does violence to anybody here.
pub fn is_figurative(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let book = &around.ctx.codebook.events[mention.trigger.kind];
    let index = &around.ctx.index.events;
    let of_force = book.violent || matches!(book.family.as_str(), "custody" | "territory");
    if !of_force {
        return false;
    }
    let any = |list: &[Range<usize>], words: &Phrases<()>| list.iter().any(|it| is_head(around, it.clone(), words));
    if mention.weapon.is_some() || mention.has_toll {
        return false;
    }
    let toll = matches!(book.name.as_str(), "killing" | "death");
    !toll && (any(&mention.targets, &index.unfought) || any(&mention.targets, &index.unshot))
        || any(&mention.agents, &index.unshot)
        || !toll && is_sport(around, mention)
}

/// Says whether a storm, a crash or the like does it: "Lightning killed two farmers".
pub fn is_disaster(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let causes = &around.ctx.index.events.causes;
    around.ctx.codebook.events[mention.trigger.kind].violent
        && (mention.agents.iter().any(|it| is_head(around, it.clone(), causes)) || dies_of(around, mention))
}

/// Finds a listed word at the head of a noun phrase: before "of", else at its end.
fn is_head(around: &Surroundings<'_>, noun: Range<usize>, list: &Phrases<()>) -> bool {
    let text = &around.ctx.text;
    let end = noun.clone().skip(1).take(12).find(|&at| words::is_preposition(text.lower(at))).unwrap_or(noun.end);
    (noun.start.max(end.saturating_sub(3))..end).any(|at| list.at(text, at).is_some_and(|(len, ())| at + len == end))
}

/// "killed in a flood", "died when a bus crashed": only for tolls.
fn dies_of(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let name = around.ctx.codebook.events[mention.trigger.kind].name.as_str();
    if !matches!(name, "killing" | "death") || mention.trigger.shape != Shape::Past || !mention.agents.is_empty() {
        return false;
    }
    let limit = text.sentences[mention.sentence].tokens.end.min(mention.trigger.tokens.end + 8);
    (mention.trigger.tokens.end..limit)
        .take_while(|&at| !matches!(text.lower(at), "," | ";" | "and"))
        .filter(|&at| matches!(text.lower(at), "in" | "by" | "from"))
        .any(|at| {
            let noun = crate::phrase::noun_phrase_right(text, at + 1);
            !noun.is_empty() && is_head(around, noun, &around.ctx.index.events.causes)
        })
}

/// "his side launched a late attack": words of sport around, and nobody who is known to fight.
fn is_sport(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let index = &around.ctx.index.events;
    if mention.agents.iter().any(|it| is_head(around, it.clone(), &index.sports)) {
        return true;
    }
    let passive = mention.trigger.shape == Shape::Past && !mention.targets.is_empty();
    if passive || mention.facility.is_some() {
        return false;
    }
    let sentence = text.sentences[mention.sentence].tokens.clone();
    let from = sentence.start.max(mention.trigger.tokens.start.saturating_sub(30));
    let window = from..sentence.end.min(mention.trigger.tokens.end + 30);
    window.clone().any(|at| index.sports.at(text, at).is_some())
        && !window.clone().any(|at| nouns::is_nominal(text, at) && index.attackers.at(text, at).is_some())
        && !around.actors.within(window).any(|it| around.actors.list[it.actor].codebook.is_some())
}
