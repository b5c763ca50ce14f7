//! Where an event is told to happen.
//!
//! In: a mention and the places of the document. Out: the mention with the place that
//! the tree ties to its verb, or that stands in its own words; else the nearest one
//! behind a preposition of place in its clause.

use super::mentions::{Mention, Surroundings};
use super::phrases;
use std::ops::Range;

/// Takes the place inside the mention, else the nearest one after a place preposition in its clause.
pub fn attach(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let sentence = text.sentences[mention.sentence].tokens.clone();
    let first = around.places.mentions.partition_point(|it| it.tokens.start < sentence.start);
    let trigger = &mention.trigger.tokens;
    let mut best: Option<(usize, usize)> = None;
    for (at, naming) in around.places.mentions.iter().enumerate().skip(first).take(64) {
        if naming.tokens.start >= sentence.end {
            break;
        }
        let before = if naming.tokens.start > sentence.start { text.lower(naming.tokens.start - 1) } else { "" };
        let inside = mention.span.start <= naming.tokens.start && naming.tokens.end <= mention.span.end;
        let by_word = phrases::place_preposition_before(text, naming.tokens.start, sentence.start);
        if inside && mention.agents.iter().any(|it| it.start <= naming.tokens.start && naming.tokens.end <= it.end) {
            continue;
        }
        if is_home(around, naming.tokens.start, sentence.start) {
            continue;
        }
        let distance = naming.tokens.start.abs_diff(trigger.end);
        let borders = phrases::borders_between(text, trigger.clone(), naming.tokens.clone());
        let score = distance
            + borders * 12
            + if inside { 0 } else { 20 }
            + if by_word { 0 } else { 15 }
            + usize::from(before == "from") * 30;
        // "the Vesper district of Derin": the district is named, the town holds it.
        let holds = at > first && is_holder(around, at);
        let score = score + if holds { 25 } else { 0 };
        let leads = naming.tokens.start <= sentence.start + 3;
        if !inside && (!by_word || borders > 0 && !leads) || score > 70 {
            continue;
        }
        let finer = usize::from(matches!(around.places.list[naming.place].level.as_str(), "country" | "region")) * 6;
        if best.is_none_or(|it| score + finer < it.0) {
            best = Some((score + finer, at));
        }
    }
    let near = best.map(|it| it.1);
    // A noun's place hangs on it: a sentence's other places are those of its verb.
    let own = |it: &usize| {
        let (trees, place) = (&around.ctx.text.trees, around.places.mentions[*it].tokens.start);
        !mention.trigger.shape.is_noun() || mention.trigger.tokens.clone().any(|word| trees.is_below(place, word))
    };
    let told = phrases::told(text, mention.trigger.tokens.start);
    let tied = of_tree(around, mention).filter(own).filter(|&it| around.places.mentions[it].tokens.start >= told.start);
    mention.place = tied.filter(|&it| !near.is_some_and(|near| is_finer(around, mention, near, it))).or(near);
}

/// "John Dunbar of Austin, Texas": where somebody comes from is no scene; "the Old City of Jerusalem" is one.
fn is_home(around: &Surroundings<'_>, at: usize, from: usize) -> bool {
    let text = &around.ctx.text;
    let mut start = at;
    while start > from + 2 && text.lower(start - 1) == "," && text.tokens[start - 2].capital {
        start -= 2;
    }
    start > from + 2
        && matches!(text.lower(start - 1), "of" | "from")
        && text.tokens[start - 3].capital
        && text.tokens[start - 2].capital
        && !crate::places::is_kind_of_place(text.lower(start - 2))
}

/// Says whether a place holds the one that is named just before it: only small words such as "district of" lie between.
fn is_holder(around: &Surroundings<'_>, at: usize) -> bool {
    let (text, namings) = (&around.ctx.text, &around.places.mentions);
    let between = namings[at - 1].tokens.end..namings[at].tokens.start;
    let finer = |it: usize| super::merge::fineness(&around.places.list[namings[it].place].level);
    let tie = |it: usize| matches!(text.lower(it), "of" | "in" | ",");
    between.len() <= 4
        && between.clone().any(tie)
        && between.clone().all(|it| tie(it) || !text.tokens[it].capital && !matches!(text.lower(it), "and" | "or"))
        && finer(at - 1) >= finer(at)
}

/// "an attack in Kabul" of a sentence that also names the country: the finer of two, where it stands in the event's own words.
fn is_finer(around: &Surroundings<'_>, mention: &Mention, near: usize, tied: usize) -> bool {
    let namings = &around.places.mentions;
    let place = |it: usize| &around.places.list[namings[it].place];
    let inside = mention.span.start <= namings[near].tokens.start && namings[near].tokens.end <= mention.span.end;
    let level = |it: usize| super::merge::fineness(&place(it).level);
    inside && place(near).country == place(tied).country && level(near) > level(tied)
}

/// The place that the tree ties to the trigger, where there is a tree and the place is one that we know.
fn of_tree(around: &Surroundings<'_>, mention: &Mention) -> Option<usize> {
    let words = crate::places::scene::of(&around.ctx.text, mention.trigger.tokens.start)?;
    let namings = &around.places.mentions;
    let known = |words: &Range<usize>| {
        let first = namings.partition_point(|it| it.tokens.end <= words.start);
        (namings.get(first)?.tokens.start < words.end).then_some(first)
    };
    words.iter().find_map(known)
}
