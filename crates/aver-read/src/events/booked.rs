//! Claims of responsibility, booked on the events they are about.
//!
//! In: statements that claim, the words "claimed responsibility" and "claimed by", and
//! the events. Out: the events, with the claimer as perpetrator on its own word.

use super::roles::by_id;
use crate::{Context, Found, actors::Actors, claims::tokens_of};
use aver_model::{Basis, Event, Perpetrator, Stance, Statement};
use std::{collections::HashSet, ops::Range};

/// A claim reaches events whose words begin within so many tokens.
const NEAR: usize = 4_000;

/// Adds perpetrators from claims of responsibility, in the same sentence or behind the event.
pub fn add(ctx: &Context<'_>, actors: &Actors, statements: &[Found<Statement>], events: &mut [Found<Event>]) {
    let mut known: HashSet<usize> = HashSet::new();
    let alike =
        |it: &Found<Statement>| super::implied::names_like_acts(&ctx.text, tokens_of(ctx, it.record.content.span));
    for found in statements.iter().filter(|it| it.record.stance == Stance::ClaimsResponsibility && !alike(it)) {
        let tells = found.tokens.clone().any(|at| {
            ["responsib", "accountab", "credit", "claimed", "claim"]
                .iter()
                .any(|stem| ctx.text.lower(at).starts_with(stem))
                && ctx.text.lower(at + 1) != "that"
        });
        let named = |id: &str| {
            by_id(actors, id).is_some_and(|it| it.codebook.is_some() || it.name.starts_with(char::is_uppercase))
        };
        if let Some(actor) = found.record.speaker.actor.as_deref().filter(|it| named(it)) {
            let whole =
                ctx.text.sentence_of(found.tokens.start.min(ctx.text.tokens.len().saturating_sub(1))).tokens.clone();
            // "Said that its men had killed 30" tells of an act itself; only a claim in so many words points back.
            let back = tells && points_back(ctx, whole.clone());
            claim(ctx, actors, events, actor, found.tokens.clone(), whole, back);
            if tells {
                known.extend(found.tokens.clone());
            }
        }
    }
    for at in (0..ctx.text.tokens.len()).filter(|at| !known.contains(at)) {
        let alike = super::implied::names_like_acts(&ctx.text, at..ctx.text.sentence_of(at).tokens.end);
        if let Some((actor, range)) = claim_at(ctx, actors, at).filter(|_| !alike) {
            let whole = ctx.text.sentence_of(at).tokens.clone();
            let back = points_back(ctx, whole.clone());
            claim(ctx, actors, events, &actor, range, whole, back);
        }
    }
}

/// "X claimed responsibility", "claimed by X" at a token: who, and the words it may be about.
fn claim_at(ctx: &Context<'_>, actors: &Actors, at: usize) -> Option<(String, Range<usize>)> {
    let text = &ctx.text;
    let sentence = text.sentence_of(at).tokens.clone();
    match text.lower(at) {
        "responsibility" | "accountability" | "credit" => {
            let verb = (sentence.start..at).rev().take(3).find(|&it| {
                ["claim", "took", "take", "taking", "taken", "assert", "accept", "declar"]
                    .iter()
                    .any(|stem| text.lower(it).starts_with(stem))
            })?;
            let group = super::phrases::verb_group_left(text, verb, sentence.start);
            if (group.start..at).any(|it| crate::phrase::words::is_negation(text.lower(it))) {
                return None;
            }
            let relative =
                group.start > sentence.start && crate::phrase::words::is_relative(text.lower(group.start - 1));
            let subject = if relative {
                let comma = usize::from(text.lower(group.start.saturating_sub(2)) == ",");
                crate::phrase::noun_phrase_left(text, (group.start - 1 - comma).max(sentence.start), sentence.start)
            } else {
                crate::phrase::subject_left(text, group.start, sentence.start)
            };
            let actor = actors.of_phrase(ctx, subject.clone()).or_else(|| actors.at(subject))?;
            Some((actors.id(actor), at..sentence.end))
        }
        "claimed" if text.lower(at + 1) == "by" => {
            let noun = crate::phrase::noun_phrase_right(text, at + 2);
            let actor = actors.of_phrase(ctx, noun.clone()).or_else(|| actors.at(noun))?;
            Some((actors.id(actor), sentence.start..at))
        }
        _ => None,
    }
}

/// "claimed responsibility.", "… for the attack": about what was told before.
fn points_back(ctx: &Context<'_>, sentence: Range<usize>) -> bool {
    let text = &ctx.text;
    let Some(at) = sentence.clone().find(|&at| {
        matches!(text.lower(at), "responsibility" | "accountability" | "credit")
            || text.lower(at) == "claimed" && text.lower(at + 1) == "by"
    }) else {
        return false;
    };
    match (text.lower(at + 1), text.lower(at + 2)) {
        ("for", "the" | "this" | "it" | "both" | "that" | "either") => {
            let noun = crate::phrase::noun_phrase_right(text, at + 2);
            noun.len() <= 3 && !text.lower(noun.end.max(1) - 1).ends_with("attacks")
        }
        ("for", _) => false,
        _ => true,
    }
}

/// Books a claim on the events of its words, else on the latest one told before.
fn claim(
    ctx: &Context<'_>,
    actors: &Actors,
    events: &mut [Found<Event>],
    actor: &str,
    words: Range<usize>,
    sentence: Range<usize>,
    back: bool,
) {
    let near = NEAR;
    let from = events.partition_point(|it| it.tokens.start + near < words.start);
    let to = events.partition_point(|it| it.tokens.start < words.end + near);
    let events = &mut events[from..to.max(from)];
    let span = ctx.text.span(words);
    let before = ctx.text.span(sentence).start;
    let violent = |it: &Event| ctx.codebook.event(&it.kind).is_some_and(|it| it.violent);
    let mut hits: Vec<usize> = (0..events.len())
        .filter(|&it| {
            violent(&events[it].record) && events[it].record.mentions.iter().any(|mention| mention.overlaps(span))
        })
        .collect();
    if hits.is_empty() && back {
        let end = |it: &Found<Event>| {
            it.record.mentions.iter().filter(|mention| mention.start < before).map(|it| it.end).max()
        };
        let latest = (0..events.len())
            .filter(|&it| violent(&events[it].record) && !events[it].record.generic)
            .filter_map(|it| end(&events[it]).map(|end| (end, it)))
            .max();
        hits.extend(latest.filter(|it| before.saturating_sub(it.0) < 600).map(|it| it.1));
    }
    for hit in hits {
        let event = &mut events[hit].record;
        if let Some(known) = event.perpetrators.iter_mut().find(|it| it.actor.as_deref() == Some(actor)) {
            // The words that tell the event are the claim itself.
            let told_by_claim = event.span.overlaps(span);
            if told_by_claim && known.basis == Basis::Stated {
                known.basis = Basis::Claimed;
                known.speaker = actor.to_owned();
            }
            // What others lay at its door stands beside what it claims.
            if !told_by_claim || !matches!(known.basis, Basis::Attributed | Basis::Alleged) {
                continue;
            }
        }
        let name = by_id(actors, actor).map_or_else(String::new, |it| it.name.clone());
        event.perpetrators.push(Perpetrator {
            actor: Some(actor.to_owned()),
            name,
            basis: Basis::Claimed,
            speaker: actor.to_owned(),
            span: Some(span),
        });
    }
}
