//! Who did it, told beside the words for it: "the murder was the work of …", "suspected of the murder".
//!
//! In: the place of a noun or verb of violence in its sentence. Out: those who did it, are
//! held for it or are accused of it, and on what ground. Such words always speak of somebody
//! who acts, so that no list of attackers is needed: "an act perpetrated by professionals".

use super::mentions::{Ground, Surroundings};
use super::phrases::{self, verb_group_left, with_allegiance};
use crate::Context;
use crate::phrase::{self, words};
use crate::text::{Text, TokenKind};
use std::ops::Range;

/// The verb behind an act is sought so far, and the doer behind the verb.
const REACH: usize = 60;
const DEED_REACH: usize = 14;

/// "… | was carried out by fighters", "| was the work of the Front", "| attributed to the mafia".
pub fn behind(text: &Text<'_>, end: usize, limit: usize) -> Option<(Range<usize>, Ground)> {
    let start = verb_behind(text, end, limit)?;
    let (mut ground, mut acts, mut laid) = (Ground::Stated, false, false);
    for at in start..limit.min(start + DEED_REACH) {
        let word = text.lower(at);
        match word {
            "blamed" | "attributed" => (ground, laid) = (Ground::Believed, true),
            "by" if acts => return doer(text, at + 1).map(|it| (it, ground)),
            "on" | "to" if laid && !acts => return doer(text, at + 1).map(|it| (it, ground)),
            "of" if matches!(text.lower(at - 1), "work" | "doing" | "handiwork") => {
                return doer(text, at + 1).map(|it| (it, ground));
            }
            _ if words::is_negation(word) => return None,
            _ if doubts(word) => ground = Ground::Believed,
            _ if is_deed(word) => acts = true,
            "," | ";" if at > start => return None,
            // ", apparently by gunmen".
            "by" if at > start && doubts(text.lower(at - 1)) => return doer(text, at + 1).map(|it| (it, ground)),
            _ => {}
        }
    }
    None
}

/// Where the words begin that may tell who did it: behind a list of names, "which" and a comma.
fn verb_behind(text: &Text<'_>, end: usize, limit: usize) -> Option<usize> {
    let opens = |at: usize| {
        let word = text.lower(at);
        let is = words::is_be(word) || words::is_have(word);
        is || is_deed(word) || doubts(word) || matches!(word, "blamed" | "attributed")
    };
    let named = |at: usize| {
        let token = &text.tokens[at];
        token.capital
            || token.kind == TokenKind::Number
            || matches!(text.lower(at), "," | "and" | "de" | "del" | "la" | "(" | ")")
    };
    let next = end + usize::from(words::is_relative(text.lower(end)) || text.lower(end) == ",");
    let next = next + usize::from(next == end + 1 && words::is_relative(text.lower(next)));
    if next < limit && opens(next) {
        return Some(next);
    }
    let at = (end..limit.min(end + REACH)).find(|&at| !named(at))?;
    (at > end && opens(at)).then_some(at)
}

/// The noun phrase of a doer, with whom it belongs to.
fn doer(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let counted = at
        + match (text.lower(at), text.lower(at + 1)) {
            ("at", "least" | "most") | ("more" | "fewer" | "less", "than") => 2,
            ("about" | "some" | "around" | "nearly" | "approximately", _) => 1,
            _ => 0,
        };
    let noun = with_allegiance(text, phrase::noun_phrase_right(text, counted));
    (!noun.is_empty() && !text.lower(at).ends_with("ing")).then_some(noun)
}

/// Participles of what is done with an act.
fn is_deed(word: &str) -> bool {
    matches!(
        word,
        "carried"
            | "perpetrated"
            | "conducted"
            | "led"
            | "launched"
            | "committed"
            | "staged"
            | "orchestrated"
            | "executed"
            | "masterminded"
            | "planned"
            | "organized"
            | "organised"
            | "planted"
            | "placed"
            | "thrown"
            | "hurled"
            | "mounted"
    )
}

fn doubts(word: &str) -> bool {
    matches!(
        word,
        "believed"
            | "thought"
            | "suspected"
            | "apparently"
            | "presumably"
            | "allegedly"
            | "reportedly"
            | "supposedly"
            | "probably"
    )
}

/// "Four officers took part in | the murder", "accused the army of | the massacre": who, and on what ground.
///
/// `act` is where the words for the act begin.
pub fn before(around: &Surroundings<'_>, act: usize, floor: usize) -> Option<(Range<usize>, Ground)> {
    let text = &around.ctx.text;
    let link = act.checked_sub(1).filter(|&it| it > floor)?;
    if text.lower(link) == "behind" {
        let group = verb_group_left(text, link, floor);
        let is = group.clone().any(|it| words::is_be(text.lower(it))) && !denied(text, group.clone());
        return is.then(|| phrases::agent_left(around, group, floor)).flatten().map(|it| (it, Ground::Stated));
    }
    let word = text.lower(link);
    if matches!(word, "ordered" | "masterminded" | "planned" | "organized" | "organised") {
        let group = verb_group_left(text, link, floor);
        let active = !group.clone().any(|it| words::is_be(text.lower(it))) && !denied(text, group.clone());
        let ground = ground_of(text, group.clone(), Ground::Stated);
        return active.then(|| phrases::agent_left(around, group, floor)).flatten().map(|it| (it, ground));
    }
    tied(around, link, floor)
}

/// "suspected of | having detonated a bomb", "accused of | killing": who, before a verb that "of" governs.
pub fn of_doing(around: &Surroundings<'_>, verb: usize, floor: usize) -> Option<(Range<usize>, Ground)> {
    let text = &around.ctx.text;
    let mut link = verb.checked_sub(1).filter(|&it| it > floor)?;
    if text.lower(link) == "having" && text.lower(verb).ends_with("ed") {
        link -= 1;
    } else if !text.lower(verb).ends_with("ing") {
        return None;
    }
    tied(around, link, floor).filter(|_| matches!(text.lower(link), "of" | "for" | "with" | "in"))
}

/// Those whom a word with its preposition ties to an act: "responsible | for", "charged Ruiz | with".
fn tied(around: &Surroundings<'_>, link: usize, floor: usize) -> Option<(Range<usize>, Ground)> {
    let text = &around.ctx.text;
    let at = link.checked_sub(1).filter(|&it| it > floor)?;
    let (preposition, word) = (text.lower(link), text.lower(at));
    if matches!(preposition, "of" | "in" | "for" | "with")
        && let Some(accused) = accused_between(text, link, floor)
    {
        return Some((accused, Ground::Accused));
    }
    let (first, ground) = match (preposition, word) {
        ("in", "participated" | "participating") => (at, Ground::Stated),
        ("in", "part") if matches!(text.lower(at - 1), "took" | "taken" | "taking") => (at - 1, Ground::Stated),
        ("in", "involved" | "implicated") => (at, Ground::Accused),
        ("for", "responsible" | "guilty") | ("of", "guilty") => (at, Ground::Stated),
        ("for" | "of", "convicted" | "sentenced") => (at, Ground::Stated),
        ("for", "blamed" | "sought" | "wanted" | "indicted") => (at, Ground::Accused),
        ("of", "accused" | "suspected") | ("with", "charged") => (at, Ground::Accused),
        ("to" | "with", "linked" | "connected") => (at, Ground::Accused),
        ("of", "perpetrator" | "perpetrators" | "author" | "authors" | "mastermind" | "masterminds") => {
            return author(around, at, floor);
        }
        _ => return None,
    };
    // "two policemen | stand accused of"
    let stands = first > floor + 1 && matches!(text.lower(first - 1), "stand" | "stands" | "stood");
    let first = first - usize::from(stands);
    let group = verb_group_left(text, first, floor);
    if denied(text, group.clone()) {
        return None;
    }
    let ground = ground_of(text, group.clone(), ground);
    let reduced = group.is_empty() && !matches!(word, "participated" | "part");
    let who = match reduced {
        // "ten people | suspected of", "those | responsible for".
        true => Some(phrase::nouns::base_phrase_left(text, first, floor)),
        false => phrases::agent_left(around, group, floor),
    };
    who.filter(|it| !it.is_empty()).map(|it| (it, ground))
}

/// "Ruiz was the | author | of the murder".
fn author(around: &Surroundings<'_>, noun: usize, floor: usize) -> Option<(Range<usize>, Ground)> {
    let text = &around.ctx.text;
    let left = phrases::left_edge(text, noun, floor);
    let is = left.checked_sub(1).filter(|&it| it > floor && words::is_be(text.lower(it)))?;
    let group = verb_group_left(text, is, floor).start..is + 1;
    let who = (!denied(text, group.clone())).then(|| phrases::agent_left(around, group.clone(), floor)).flatten()?;
    Some((who, ground_of(text, group, Ground::Stated)))
}

/// "accused | the army | of", "implicated | four officers | in": the party between verb and preposition.
fn accused_between(text: &Text<'_>, link: usize, floor: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 16;
    let accuses = |at: usize| {
        let word = text.lower(at);
        ["accus", "implicat", "charg", "blam"].iter().any(|stem| word.starts_with(stem))
            && !matches!(word, "charge" | "accusation" | "accusations" | "implications")
            && !(at > floor && word.ends_with("ed") && words::is_be(text.lower(at - 1)))
            && !(at > floor && words::is_determiner(text.lower(at - 1)))
    };
    let verb = (floor..link).rev().take(LONGEST).find(|&at| accuses(at)).filter(|&it| it + 1 < link)?;
    let party = verb + 1..link;
    let whole =
        party.clone().all(|at| phrase::nouns::is_nominal(text, at) || matches!(text.lower(at), "and" | "," | "of"));
    whole.then_some(party)
}

fn denied(text: &Text<'_>, group: Range<usize>) -> bool {
    let from = group.start.saturating_sub(3);
    (from..group.end).any(|it| words::is_negation(text.lower(it)) || text.lower(it).starts_with("den"))
}

fn ground_of(text: &Text<'_>, group: Range<usize>, told: Ground) -> Ground {
    if phrases::is_believed(text, group) && told == Ground::Stated { Ground::Believed } else { told }
}

/// The preposition before the party that a verb lays an act at the door of: "blamed it on", "attributed it to".
pub fn blames(verb: &str) -> Option<&'static str> {
    match verb {
        "blame" | "blames" | "blamed" | "blaming" => Some("on"),
        "attribute" | "attributes" | "attributed" | "attributing" | "ascribed" => Some("to"),
        _ => None,
    }
}

/// Says whether the words can be a party that acts: no pronoun, weapon, building or name of an event.
pub fn is_party(ctx: &Context<'_>, noun: &Range<usize>) -> bool {
    let text = &ctx.text;
    if noun.is_empty() || noun.len() > 24 {
        return false;
    }
    let pronoun = |word: &str| {
        words::is_subject_pronoun(word)
            || words::is_third_person(word)
            || words::is_determiner(word)
            || words::is_relative(word)
    };
    let head = noun.end - 1;
    let acts =
        |word: &str| matches!(word, "faction" | "organization" | "organisation" | "administration" | "coalition");
    let thing =
        ["tion", "ness", "ing", "ity"].iter().any(|it| text.lower(head).ends_with(it)) && !acts(text.lower(head));
    let alone = noun.len() == 1 && pronoun(text.lower(noun.start)) || pronoun(text.lower(head));
    !alone
        && (!thing || text.tokens[head].capital)
        && !super::patients::is_weapon(ctx, noun)
        && text.tokens[head].kind == TokenKind::Word
        && !words::is_time_noun(text.lower(head))
        && phrases::facility(ctx, noun.clone()).is_none()
        && !ctx.index.events.names_event(text, head)
}

/// "The army and the government": each party by itself, where both are known to act.
pub fn each(around: &Surroundings<'_>, noun: Range<usize>) -> Vec<Range<usize>> {
    let text = &around.ctx.text;
    let known = |it: &Range<usize>| {
        let index = &around.ctx.index;
        let body = |at: usize| crate::actors::party_at(around.ctx, at).is_some();
        let acts = |at: usize| index.events.attackers.at(text, at).is_some() || body(at);
        around.actors.within(it.clone()).next().is_some() || it.clone().any(acts)
    };
    let whole = around.actors.within(noun.clone()).any(|it| it.tokens == noun);
    let and = noun.clone().find(|&at| text.lower(at) == "and" && at > noun.start && at + 1 < noun.end);
    match and.map(|at| [noun.start..at, at + 1..noun.end]) {
        Some(parts) if !whole && parts.iter().all(known) => parts.into(),
        _ => vec![noun],
    }
}
