//! Who is blamed for an event told before: "Officials blamed the Front", "said it was behind the attack".
//!
//! In: the statements that accuse, and the events. Out: the events with those blamed as
//! perpetrators on the accuser's word. Blame that holds an event of its own ("accused
//! the army of shelling a camp") is read there, not here.

use crate::phrase::{self, words};
use crate::{Context, Found, actors::Actors};
use aver_model::{Basis, Event, Perpetrator, Span, Stance, Statement, UNSPECIFIED};
use std::ops::Range;

/// An accusation reaches back so many characters.
const BACK: usize = 900;
/// A blamed party's name is no longer than this.
const LONGEST: usize = 24;
/// What it is blamed for begins within so many tokens behind its name.
const BEHIND: usize = 7;

/// Adds those whom somebody blames to the latest act of violence told before.
pub fn add(ctx: &Context<'_>, actors: &mut Actors, statements: &[Found<Statement>], events: &mut [Found<Event>]) {
    for found in statements.iter().filter(|it| it.record.stance == Stance::Accuses) {
        let content = crate::claims::tokens_of(ctx, found.record.content.span);
        let Some(party) = party(ctx, actors, content.clone()) else { continue };
        let named = named_behind(ctx, events, party.end);
        let Some(event) = named.or_else(|| told_before(ctx, events, found.record.content.span)) else { continue };
        if words::names_violence(ctx.text.lower(party.end - 1)) {
            continue;
        }
        let Some(actor) = blamed(ctx, actors, party.clone()) else { continue };
        let id = actors.id(actor);
        let known = events[event].record.perpetrators.iter().any(|it| it.actor.as_deref() == Some(&id));
        if known || found.record.speaker.actor.as_deref() == Some(&id) {
            continue;
        }
        let speaker = found.record.speaker.actor.clone().unwrap_or_else(|| UNSPECIFIED.to_owned());
        let (name, span) = (actors.list[actor].name.clone(), Some(ctx.text.span(party)));
        let basis = if is_suspicion(ctx, found) { Basis::Attributed } else { Basis::Alleged };
        events[event].record.perpetrators.push(Perpetrator { actor: Some(id), name, basis, speaker, span });
    }
}

/// "The cell is suspected in", "suspicion fell on": nobody in particular says so.
fn is_suspicion(ctx: &Context<'_>, found: &Found<Statement>) -> bool {
    let sentence = ctx.text.sentence_of(found.tokens.start).tokens.clone();
    let suspects = |at: usize| matches!(ctx.text.lower(at), "suspected" | "suspicion" | "suspicions");
    found.record.speaker.actor.is_none() && sentence.clone().any(suspects)
}

/// "The group is suspected in | the bombing of the bridge": the act that the accusation itself names.
fn named_behind(ctx: &Context<'_>, events: &[Found<Event>], from: usize) -> Option<usize> {
    let text = &ctx.text;
    let end = text.sentence_of(from.checked_sub(1)?).tokens.end.min(from + BEHIND);
    let tie = (from..end).find(|&at| matches!(text.lower(at), "for" | "in" | "over" | "behind" | "of"))?;
    let words = text.span(tie + 1..(tie + 3).min(text.tokens.len()));
    let named = |it: &Found<Event>| it.record.mentions.iter().any(|it| it.start >= words.start && it.start < words.end);
    events.iter().position(|it| is_violent(ctx, &it.record) && named(it))
}

/// The words that name the party of an accusation.
fn party(ctx: &Context<'_>, actors: &Actors, content: Range<usize>) -> Option<Range<usize>> {
    let text = &ctx.text;
    let is = |at: usize| words::is_be(text.lower(at));
    // "it was behind the attack", "the bomb was the work of the Front".
    for at in content.clone().skip(1).take(40) {
        if matches!(text.lower(at), "behind" | "responsible") && is(at - 1) {
            let group = super::phrases::verb_group_left(text, at - 1, content.start);
            let subject = phrase::subject_left(text, group.start, content.start.saturating_sub(2));
            return Some(subject).filter(|it| !it.is_empty());
        }
        if text.lower(at) == "of" && matches!(text.lower(at - 1), "work" | "doing" | "handiwork") {
            return Some(phrase::noun_phrase_right(text, at + 1)).filter(|it| !it.is_empty());
        }
    }
    let mut open = content.start + usize::from(matches!(text.lower(content.start), "“" | "\"" | "on"));
    // "blamed | it on the mafia".
    if matches!(text.lower(open), "it" | "this" | "them") && text.lower(open + 1) == "on" {
        open += 2;
    }
    let name = actors.within(open..open + 1).find(|it| it.tokens.start <= open + 1 && it.tokens.len() > 1);
    let noun = name.map_or_else(|| phrase::noun_phrase_right(text, open), |it| it.tokens.clone());
    let next = text.lower(noun.end);
    let alone = noun.end >= content.end || matches!(next, "," | "(" | "for" | ";" | "and");
    // "accused the Front of the massacre", but not "of abuses", which are no act told before.
    let listed = next == "of"
        && (words::is_determiner(text.lower(noun.end + 1))
            || matches!(text.lower(noun.end + 1), "involvement" | "responsibility" | "complicity" | "being"));
    let other = noun.len() == 2 && text.lower(noun.end - 1) == "other";
    (!noun.is_empty() && noun.len() <= LONGEST && (alone || listed) && !other).then_some(noun)
}

/// The actor that the words name; those described are added, pronouns and things are none.
fn blamed(ctx: &Context<'_>, actors: &mut Actors, party: Range<usize>) -> Option<usize> {
    let known = actors.of_phrase(ctx, party.clone()).or_else(|| actors.at(party.clone()));
    let describes =
        party.len() > 1 || ctx.text.tokens[party.start].capital || ctx.text.lower(party.start).ends_with('s');
    let pronoun = party.len() == 1 && words::is_third_person(ctx.text.lower(party.start));
    known.or_else(|| (describes && !pronoun).then(|| actors.add_described(ctx, party, "group")))
}

/// The latest act of violence before the words, of those told together the one with a day of its own.
fn told_before(ctx: &Context<'_>, events: &[Found<Event>], words: Span) -> Option<usize> {
    let end = |it: &Event| {
        let told = it.mentions.iter().filter(|it| it.start < words.end).map(|it| it.end).max()?;
        (words.start.saturating_sub(told) < BACK).then_some(told)
    };
    let near = events.iter().enumerate().filter(|(_, it)| is_violent(ctx, &it.record));
    let near = near.filter_map(|(at, it)| Some((end(&it.record)?, at)));
    let dated = |at: usize| events[at].record.time.as_ref().is_some_and(|it| it.from.is_some());
    near.max_by_key(|&(end, at)| (dated(at), end, at)).map(|it| it.1)
}

fn is_violent(ctx: &Context<'_>, event: &Event) -> bool {
    ctx.codebook
        .event(&event.kind)
        .is_some_and(|it| it.violent && matches!(it.family.as_str(), "attack" | "armed" | "explosive"))
}
