//! Words of violence that tell of none: storms that kill, films that are shot, strikers who attack.
//!
//! In: a mention with its subject and objects. Out: whether it is a figure of
//! speech, a sport or a disaster. The words come from the codebook's lexicon
//! (`causes`, `accidents`, `beasts`, `fictions`, `unfought`, `unshot`, `sports`); only heads of noun phrases count,
//! so that "the storm shelter" and "the film director" stay what they are.

use super::cues::Shape;
use super::mentions::{Mention, Surroundings};
use crate::phrase::{Phrases, nouns, words};
use std::ops::Range;

/// Says whether nobody does violence to anybody here.
pub fn is_figurative(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let book = &around.ctx.codebook.events[mention.trigger.kind];
    let index = &around.ctx.index.events;
    let of_force = book.violent || matches!(book.family.as_str(), "custody" | "territory" | "operation");
    if !of_force {
        return false;
    }
    let any = |list: &[Range<usize>], words: &Phrases<()>| list.iter().any(|it| is_head(around, it.clone(), words));
    if is_imagined(around, mention) || any(&mention.targets, &index.beasts) || ends_in_a_score(around, mention) {
        return true;
    }
    if mention.weapon.is_some() || mention.has_toll {
        return false;
    }
    let toll = is_toll(around, mention);
    !toll && (any(&mention.targets, &index.unfought) || any(&mention.targets, &index.unshot))
        || any(&mention.agents, &index.unshot)
        || !toll && (is_sport(around, mention) || is_dismissal(around, mention))
}

/// "In the video game, players storm", "the novel ends with the assassination of".
fn is_imagined(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let sentence = text.sentences[mention.sentence].tokens.clone();
    let clause = crate::phrase::clause(text, mention.trigger.tokens.start);
    let heads = |from: usize, to: usize| {
        let noun = crate::phrase::noun_phrase_right(text, from);
        noun.end <= to && is_head(around, noun, &around.ctx.index.events.fictions)
    };
    let open = matches!(text.lower(sentence.start), "in" | "throughout");
    let start = clause.start.max(sentence.start);
    let fictional = |it: &Range<usize>| it.clone().any(|at| text.lower(at) == "fictional");
    open && heads(sentence.start + 1, mention.trigger.tokens.start)
        || heads(start, mention.trigger.tokens.start)
        || mention.targets.iter().chain(&mention.agents).any(fictional)
        || mention.targets.iter().any(|it| is_pelted_with_words(around, it.end))
}

/// "bombarded the minister | with questions".
fn is_pelted_with_words(around: &Surroundings<'_>, end: usize) -> bool {
    let text = &around.ctx.text;
    text.lower(end) == "with"
        && is_head(around, crate::phrase::noun_phrase_right(text, end + 1), &around.ctx.index.events.unfought)
}

/// "was massacred 60-3": the numbers of a game.
fn ends_in_a_score(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let digits = |at: usize| text.lower(at).chars().all(|it| it.is_ascii_digit()) && !text.lower(at).is_empty();
    let score = |at: usize| {
        let word = text.lower(at);
        let pair = word.split_once(['-', '–']);
        let whole = pair.is_some_and(|(a, b)| {
            [a, b].iter().all(|it| matches!(it.len(), 1 | 2) && it.chars().all(|it| it.is_ascii_digit()))
        });
        whole || digits(at) && matches!(text.lower(at + 1), "-" | "–") && digits(at + 2)
    };
    mention.trigger.shape == Shape::Past && score(mention.trigger.tokens.end)
}

/// "fired 300 workers": who is fired keeps his life.
fn is_dismissal(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let verb = &mention.trigger.tokens;
    verb.len() == 1
        && !mention.trigger.shape.is_noun()
        && matches!(text.lower(verb.start), "fire" | "fires" | "fired" | "firing")
        && !mention.targets.is_empty()
        && mention.targets.iter().all(|it| it.start == verb.end || it.end <= verb.start)
}

/// Says whether a storm, a crash or the like does it: "Lightning killed two farmers".
pub fn is_disaster(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let causes = &around.ctx.index.events.causes;
    let by_cause = |it: &Range<usize>| is_head(around, it.clone(), causes);
    // "malaria, which killed 600": the tree may know what the pronoun stands for, else the word before it.
    let text = &around.ctx.text;
    let related = || {
        let pronoun = mention.trigger.tokens.start.checked_sub(1).filter(|&it| words::is_relative(text.lower(it)))?;
        pronoun.checked_sub(if text.lower(pronoun.saturating_sub(1)) == "," { 2 } else { 1 })
    };
    let doer = || {
        let clause = Some(mention).filter(|it| !it.trigger.shape.is_noun() && it.agents.is_empty());
        clause.and_then(|it| super::parsed::clause(text, &it.trigger.tokens)).and_then(|it| it.doer)
    };
    around.ctx.codebook.events[mention.trigger.kind].violent
        && (mention.agents.iter().any(by_cause)
            || doer().is_some_and(|it| by_cause(&(it..it + 1)))
            || related().is_some_and(|it| by_cause(&(it..it + 1)))
            || dies_of(around, mention)
            || is_accident(around, mention))
}

/// "A bus collided with a truck, killing 14", "was killed when his helicopter crashed": nobody fights in the sentence.
fn is_accident(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let index = &around.ctx.index.events;
    if !is_toll(around, mention) || mention.trigger.shape.is_noun() || mention.weapon.is_some() {
        return false;
    }
    let sentence = text.sentences[mention.sentence].tokens.clone();
    let near = sentence.start.max(mention.trigger.tokens.start.saturating_sub(30))
        ..sentence.end.min(mention.trigger.tokens.end + 30);
    let fights = |at: usize| {
        index.attackers.at(text, at).is_some()
            || index.weapons.at(text, at).is_some_and(|it| !it.1.is_empty())
            || index.tells_violence(text, at, &around.ctx.codebook.events)
            || matches!(text.lower(at), "crowd" | "pedestrians" | "deliberately" | "shot" | "downed" | "hijacked")
    };
    near.clone().any(|at| index.accidents.at(text, at).is_some()) && !near.clone().any(fights)
}

fn is_toll(around: &Surroundings<'_>, mention: &Mention) -> bool {
    matches!(around.ctx.codebook.events[mention.trigger.kind].name.as_str(), "killing" | "death")
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
    if !is_toll(around, mention) || mention.trigger.shape != Shape::Past || !mention.agents.is_empty() {
        return false;
    }
    let limit = text.sentences[mention.sentence].tokens.end.min(mention.trigger.tokens.end + 8);
    (mention.trigger.tokens.end..limit)
        .take_while(|&at| !matches!(text.lower(at), "," | ";" | "and"))
        .filter(|&at| matches!(text.lower(at), "in" | "by" | "from" | "when" | "after" | "as"))
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
