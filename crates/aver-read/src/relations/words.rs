//! Ties told inside one word or compound: "U.S.-Zarka deal", "Iran-backed militia".
//!
//! In: namings that share a hyphenated token, or carry an ending. Out: the tie
//! that the word itself states.

use super::Tie;
use crate::{
    Context,
    actors::{ActorMention, Actors},
    places::Places,
};

/// Endings with the relation of the named one to what follows.
const ENDINGS: &[(&str, &str)] = &[
    ("backed", "supports"),
    ("supported", "supports"),
    ("sponsored", "supports"),
    ("funded", "funds"),
    ("armed", "arms"),
    ("trained", "trains"),
    ("linked", "linked_to"),
    ("affiliated", "affiliated_with"),
    ("aligned", "aligned_with"),
    ("allied", "allied_with"),
];

/// Finds ties that one word tells.
pub fn find(ctx: &Context<'_>, actors: &Actors, places: &Places) -> Vec<Tie> {
    let mut ties = vec![];
    for (index, it) in actors.mentions.iter().enumerate() {
        let last = it.tokens.end - 1;
        let word = ctx.text.lower(last);
        if let Some(other) = actors.mentions.get(index + 1)
            && other.tokens == it.tokens
            && other.actor != it.actor
            && word.contains(['-', '–', '/'])
        {
            between(ctx, actors, it.actor, other.actor, last, &mut ties);
        }
        if let Some((_, relation)) =
            ENDINGS.iter().find(|(ending, _)| word.ends_with(ending) && word.len() > ending.len() + 1)
        {
            described(ctx, actors, it.actor, relation, last, &mut ties);
        }
    }
    opponents(ctx, actors, &mut ties);
    ties.extend(actors.mentions.iter().filter_map(|it| holder(ctx, actors, places, it.actor, it.tokens.end - 1)));
    for at in 0..ctx.text.tokens.len() {
        if let Some(actor) = party_before_participle(ctx, actors, at) {
            ties.extend(holder(ctx, actors, places, actor, at));
        }
    }
    ties
}

/// "the Zarka-held town of Sorvan": who holds a place.
fn holder(ctx: &Context<'_>, actors: &Actors, places: &Places, actor: usize, last: usize) -> Option<Tie> {
    const HELD: &[&str] = &["held", "controlled", "occupied", "ruled", "governed", "dominated"];
    let (_, ending) = ctx.text.lower(last).rsplit_once(['-', '–'])?;
    let first = places.mentions.partition_point(|it| it.tokens.start <= last);
    let place = places.mentions.get(first).filter(|it| it.tokens.start < last + 5)?;
    let between = (last + 1..place.tokens.start)
        .all(|at| ctx.text.lower(at) == "of" || crate::phrase::nouns::is_nominal(&ctx.text, at));
    (HELD.contains(&ending) && between && actors.list[actor].kind != "person").then(|| Tie {
        a: actors.id(actor),
        relation: "controls".to_owned(),
        b: places.list[place.place].id.clone(),
        negated: false,
        tokens: last..place.tokens.end,
        told: None,
    })
}

/// "the rebel-held town": whoever was called "the rebels" last.
fn party_before_participle(ctx: &Context<'_>, actors: &Actors, at: usize) -> Option<usize> {
    const PARTIES: &[&str] =
        &["rebel", "government", "army", "militant", "insurgent", "opposition", "jihadist", "separatist", "guerrilla"];
    let party = ctx.text.lower(at).rsplit_once(['-', '–'])?.0;
    if !PARTIES.contains(&party) || actors.within(at..at + 1).next().is_some() {
        return None;
    }
    let end = actors.mentions.partition_point(|it| it.tokens.start < at);
    let called = |it: &&ActorMention| {
        ctx.text.lower(it.tokens.end - 1).strip_prefix(party).is_some_and(|it| matches!(it, "" | "s"))
    };
    actors.mentions[..end].iter().rev().find(called).map(|it| it.actor)
}

/// "U.S.-Zarka deal": what the noun behind says of the two.
fn between(ctx: &Context<'_>, actors: &Actors, a: usize, b: usize, last: usize, ties: &mut Vec<Tie>) {
    let text = &ctx.text;
    let noun = (last + 1..last + 4).find_map(|at| {
        let relation = match text.lower(at) {
            "agreement" | "deal" | "accord" | "pact" | "treaty" | "truce" | "ceasefire" => "agreement_with",
            "talks" | "negotiations" | "dialogue" => "negotiates_with",
            "war" | "conflict" | "clashes" | "fighting" => "hostile_to",
            "alliance" | "partnership" => "allied_with",
            "cooperation" | "operation" | "operations" | "coalition" => "cooperates_with",
            "rivalry" | "tensions" => "rival_of",
            _ => return None,
        };
        Some((at, relation))
    });
    let Some((at, relation)) = noun.filter(|(at, _)| text.tokens[*at].sentence == text.tokens[last].sentence) else {
        return;
    };
    ties.push(Tie {
        a: actors.id(a),
        relation: relation.to_owned(),
        b: actors.id(b),
        negated: false,
        tokens: last..at + 1,
        told: None,
    });
}

/// "the Iran-backed Zarka militia": the named one and what follows.
fn described(ctx: &Context<'_>, actors: &Actors, a: usize, relation: &str, last: usize, ties: &mut Vec<Tie>) {
    let text = &ctx.text;
    let sentence = text.sentence_of(last).tokens.end;
    for at in last + 1..(last + 4).min(sentence) {
        let named =
            actors.within(at..at + 1).find(|it| (it.tokens.start == at || it.tokens.start == last) && !it.resolved);
        if let Some(it) = named {
            if it.actor != a && !matches!(actors.list[it.actor].kind.as_str(), "state" | "person" | "media") {
                let tokens = last..it.tokens.end;
                ties.push(Tie {
                    a: actors.id(a),
                    relation: relation.to_owned(),
                    b: actors.id(it.actor),
                    negated: false,
                    tokens,
                    told: None,
                });
            }
            return;
        }
        if !crate::phrase::nouns::is_nominal(text, at) {
            return;
        }
    }
}

/// "anti-Zarka forces" fight Zarka.
fn opponents(ctx: &Context<'_>, actors: &Actors, ties: &mut Vec<Tie>) {
    for it in actors.mentions.iter().filter(|it| !it.resolved) {
        let name = &actors.list[it.actor].name;
        let Some(rest) = name.split_whitespace().find_map(|it| it.strip_prefix("anti-")) else { continue };
        let Some(other) = actors.list.iter().position(|it| it.name == rest) else { continue };
        ties.push(Tie {
            a: actors.id(it.actor),
            relation: "hostile_to".to_owned(),
            b: actors.id(other),
            negated: false,
            tokens: it.tokens.clone(),
            told: None,
        });
    }
    let _ = ctx;
}
