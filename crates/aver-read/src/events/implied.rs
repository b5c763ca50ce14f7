//! Perpetrators that a text only lets one guess: "The attack bore the hallmarks of the Front", "The group has
//! claimed similar attacks", "suspicion fell on", "operates in the area".
//!
//! In: the events with those who are named as their authors, and the statements. Out: the latest act told before
//! such words, where nobody named is said to have done it, with the hinted party as perpetrator: `implied` where
//! the context is set beside the act, `insinuated` where somebody hints at it ("came a day after the Front vowed
//! to", "Ask the army"). It stays on the word of whoever hints, is never stated, and a denial hints at nobody.

use crate::phrase::{noun_phrase_left, noun_phrase_right, subject_left, words};
use crate::text::{Role, Sentence, Text};
use crate::{Context, Found, actors::Actors};
use aver_model::{Basis, Event, OUTLET, Perpetrator, Span, Stance, Statement, UNSPECIFIED};
use std::ops::Range;

/// A hint reaches back so many characters.
const BACK: usize = 500;

/// Words that hint, and where the party is named.
struct Hint {
    basis: Basis,
    party: Range<usize>,
    at: usize,
    /// Only an armed group is hinted at by what it did before or where it is.
    armed: bool,
}

/// Adds the parties that the text hints at.
pub fn add(ctx: &Context<'_>, actors: &Actors, statements: &[Found<Statement>], events: &mut [Found<Event>]) {
    for sentence in ctx.text.sentences.iter().filter(|it| it.role == Role::Body) {
        for at in sentence.tokens.clone() {
            let Some(hint) = hint(ctx, sentence, at) else { continue };
            let said = statement(ctx, statements, hint.at);
            if said.is_some_and(|it| matches!(it.stance, Stance::Denies | Stance::Doubts)) {
                continue;
            }
            let speaker = said.map_or(OUTLET, |it| it.speaker.actor.as_deref().unwrap_or(UNSPECIFIED)).to_owned();
            let Some((actor, span)) = party(ctx, actors, &hint, &speaker) else { continue };
            let Some(event) = act_before(ctx, events, hint.at, sentence) else { continue };
            book(actors, &mut events[event].record, actor, hint.basis, speaker, span);
        }
    }
}

fn book(actors: &Actors, event: &mut Event, actor: usize, basis: Basis, speaker: String, span: Span) {
    let id = actors.id(actor);
    let named = |it: &Perpetrator| it.actor.as_ref().is_some_and(|it| it == &id || is_named(actors, it));
    if event.perpetrators.iter().any(named) {
        return;
    }
    let name = actors.list[actor].name.clone();
    event.perpetrators.push(Perpetrator { actor: Some(id), name, basis, speaker, span: Some(span) });
}

fn is_named(actors: &Actors, id: &str) -> bool {
    let known = actors.list.iter().find(|it| it.id == id);
    known.is_some_and(|it| {
        it.codebook.is_some() || it.name.chars().next().is_some_and(char::is_uppercase) && it.kind == "armed_group"
    })
}

/// The innermost statement that holds a token.
fn statement<'s>(ctx: &Context<'_>, statements: &'s [Found<Statement>], at: usize) -> Option<&'s Statement> {
    let span = ctx.text.span(at..at + 1);
    let holds = statements.iter().filter(|it| it.record.content.span.contains(span));
    holds.map(|it| &it.record).min_by_key(|it| it.content.span.len())
}

/// The actor of a hint: one with a name, that may have done it, and who is not speaking.
fn party(ctx: &Context<'_>, actors: &Actors, hint: &Hint, speaker: &str) -> Option<(usize, Span)> {
    let fits = |at: usize| {
        let it = &actors.list[at];
        let named = it.codebook.is_some() || it.name.chars().any(char::is_uppercase);
        let group = it.kind == "armed_group";
        named && it.id != speaker && (group || !hint.armed && matches!(it.kind.as_str(), "state_force" | "state"))
    };
    let found = actors.within(hint.party.clone()).find(|it| hint.party.start <= it.tokens.start && fits(it.actor))?;
    Some((found.actor, ctx.text.span(found.tokens.clone())))
}

/// The latest single act of violence told before the hint, or before its words in the same sentence.
fn act_before(ctx: &Context<'_>, events: &[Found<Event>], at: usize, sentence: &Sentence) -> Option<usize> {
    let here = ctx.text.span(at..at + 1).start;
    let whole = ctx.text.span(sentence.tokens.clone()).end;
    let violent = |it: &Event| {
        let kind = ctx.codebook.event(&it.kind);
        kind.is_some_and(|it| it.violent && matches!(it.family.as_str(), "attack" | "armed" | "explosive" | "custody"))
            && !it.aggregate
            && !it.generic
    };
    let told = |it: &Event| it.mentions.iter().filter(|it| it.start < here).map(|it| it.end.min(whole)).max();
    let near = events.iter().enumerate().filter(|(_, it)| violent(&it.record));
    let near = near.filter_map(|(index, it)| Some((told(&it.record)?, index)));
    near.filter(|it| here.saturating_sub(it.0) < BACK).max().map(|it| it.1)
}

fn hint(ctx: &Context<'_>, sentence: &Sentence, at: usize) -> Option<Hint> {
    let text = &ctx.text;
    let (floor, end) = (sentence.tokens.start, sentence.tokens.end);
    let implied = |party: Range<usize>, armed| Some(Hint { basis: Basis::Implied, party, at, armed });
    match text.lower(at) {
        "hallmarks" | "hallmark" | "trademarks" | "trademark" | "signature" | "fingerprints"
            if text.lower(at + 1) == "of" && bears(text, floor, at) =>
        {
            implied(noun_phrase_right(text, at + 2), false)
        }
        "suspicion" | "suspicions" => {
            let on = (at + 1..end.min(at + 9)).find(|&it| matches!(text.lower(it), "on" | "upon" | "towards"))?;
            let falls = (at + 1..on).any(|it| {
                ["fall", "fell", "cent", "focus", "turn", "land"].iter().any(|stem| text.lower(it).starts_with(stem))
            });
            falls.then(|| implied(noun_phrase_right(text, on + 1), false)).flatten()
        }
        "similar" | "such" | "previous" | "earlier" | "past" | "comparable" if is_attacks(text, at + 1) => {
            implied(author_of_like_acts(text, at, floor, end)?, true)
        }
        "active" | "operates" | "operate" | "operating" | "stronghold" | "strongholds" | "foothold" | "presence"
            if is_here(text, at + 1, end) =>
        {
            implied(subject_of(text, at, floor)?, true)
        }
        // "has targeted the minority in the past".
        "past" if at > floor + 2 && (text.lower(at - 2), text.lower(at - 1)) == ("in", "the") => {
            let verb = (floor..at - 2).rev().find(|&it| {
                matches!(text.lower(it), "targeted" | "attacked" | "bombed" | "struck" | "hit" | "killed" | "kidnapped")
            })?;
            let has = (floor..verb).rev().take(3).any(|it| words::is_have(text.lower(it)));
            has.then(|| implied(subject_of(text, verb, floor)?, true)).flatten()
        }
        _ => insinuated(text, at, end),
    }
}

/// Hints that somebody drops: "a day after the Front vowed to strike", "Ask the army", "no coincidence".
fn insinuated(text: &Text<'_>, at: usize, end: usize) -> Option<Hint> {
    let hint = |party: Range<usize>| Some(Hint { basis: Basis::Insinuated, party, at, armed: false });
    match text.lower(at) {
        "after" if at > 0 && matches!(text.lower(at - 1), "day" | "days" | "hours" | "week" | "weeks" | "month") => {
            let noun = noun_phrase_right(text, at + 1);
            let threatens = |it: usize| {
                matches!(text.lower(it), "threatened" | "vowed" | "pledged" | "swore" | "promised" | "warned")
            };
            (noun.end..(noun.end + 3).min(end)).any(threatens).then(|| hint(noun)).flatten()
        }
        "ask" if text.tokens[at].capital && text.tokens[at].quoted => hint(noun_phrase_right(text, at + 1)),
        "coincidence" if at > 0 && matches!(text.lower(at - 1), "no" | "a") && denied(text, at) => hint(at + 1..end),
        "only" if text.tokens[at].quoted => {
            let noun = noun_phrase_right(text, at + 1);
            let owns = matches!(
                text.lower(noun.end),
                "has" | "have" | "possess" | "possesses" | "owns" | "own" | "fly" | "flies"
            );
            owns.then(|| hint(noun)).flatten()
        }
        "hinted" | "insinuated" | "intimated" => hint(at + 1..end.min(at + 12)),
        _ => None,
    }
}

/// "it was no coincidence", "was not a coincidence".
fn denied(text: &Text<'_>, at: usize) -> bool {
    text.lower(at - 1) == "no" || at > 1 && words::is_negation(text.lower(at - 2))
}

fn bears(text: &Text<'_>, floor: usize, at: usize) -> bool {
    (floor.max(at.saturating_sub(6))..at).any(|it| {
        matches!(text.lower(it), "bore" | "bear" | "bears" | "bearing" | "carried" | "carries" | "has" | "had" | "with")
    })
}

/// "claimed | similar attacks": acts like the one at hand, and not this one.
pub fn names_like_acts(text: &Text<'_>, range: Range<usize>) -> bool {
    range.take(12).any(|at| {
        matches!(text.lower(at), "similar" | "such" | "previous" | "earlier" | "past" | "comparable")
            && is_attacks(text, at + 1)
    })
}

/// "has targeted pilgrims | in the past": more than once, and not now.
pub fn is_past_habit(text: &Text<'_>, end: usize, limit: usize) -> bool {
    (end..limit.min(end + 12)).any(|at| text.reads(at, &["in", "the", "past"]))
}

fn is_attacks(text: &Text<'_>, at: usize) -> bool {
    let noun = |word: &str| {
        [
            "attack",
            "bombing",
            "assault",
            "killing",
            "raid",
            "ambush",
            "kidnapping",
            "abduction",
            "shooting",
            "strike",
            "blast",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    };
    noun(text.lower(at)) || noun(text.lower(at + 1)) && !words::breaks_noun_phrase(text.lower(at))
}

/// "The group | has claimed | similar attacks", "such attacks are usually blamed on | the Front".
fn author_of_like_acts(text: &Text<'_>, at: usize, floor: usize, end: usize) -> Option<Range<usize>> {
    let acts = |it: &usize| {
        matches!(
            text.lower(*it),
            "claimed"
                | "carried"
                | "staged"
                | "conducted"
                | "launched"
                | "mounted"
                | "perpetrated"
                | "blamed"
                | "behind"
                | "responsible"
                | "committed"
                | "responsibility"
                | "made"
        )
    };
    if let Some(verb) = (floor.max(at.saturating_sub(6))..at).rev().find(acts) {
        let verb = if text.lower(verb) == "responsibility" { verb - 1 } else { verb };
        return subject_of(text, verb, floor);
    }
    let by = (at + 2..end.min(at + 14)).find(|&it| {
        let ties = [("blamed", "on"), ("claimed", "by"), ("attributed", "to"), ("out", "by"), ("work", "of")];
        ties.contains(&(text.lower(it - 1), text.lower(it)))
    })?;
    Some(noun_phrase_right(text, by + 1))
}

/// The words before a verb that name who does it, past a relative pronoun.
fn subject_of(text: &Text<'_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    let group = |it: &usize| {
        let word = text.lower(*it);
        words::is_auxiliary(word) || words::is_adverbial(word) || matches!(word, "known" | "to" | "a" | "strong")
    };
    let start = (floor..verb).rev().take_while(group).last().unwrap_or(verb);
    if start > floor && words::is_relative(text.lower(start - 1)) {
        let comma = usize::from(start > floor + 1 && text.lower(start - 2) == ",");
        return Some(noun_phrase_left(text, start - 1 - comma, floor)).filter(|it| !it.is_empty());
    }
    Some(subject_left(text, start, floor)).filter(|it| !it.is_empty())
}

/// "in the area", "there", "nearby": where the act was.
fn is_here(text: &Text<'_>, at: usize, end: usize) -> bool {
    (at..end.min(at + 6)).any(|it| {
        let land =
            matches!(text.lower(it), "area" | "region" | "province" | "district" | "valley" | "state" | "vicinity");
        matches!(text.lower(it), "there" | "nearby") || land && matches!(text.lower(it - 1), "the" | "this")
    })
}
