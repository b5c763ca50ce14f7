//! Who can be a side of a tie in a sentence, and the lists that a side belongs to.
//!
//! In: a sentence with its namings and places. Out: [`Side`]s in text order: names,
//! resolved pronouns, places, and common nouns for parties to a conflict ("the army",
//! "government forces") that become actors only when a tie is found. A naming that
//! only modifies ("Ann-backed") is no side.

use super::matching::Side;
use crate::{
    Context,
    actors::{Actors, before_participle, party_at},
    places::Places,
    text::TokenKind,
};
use std::ops::Range;

/// Opens the id of a common noun that is no actor yet.
const COMMON: char = '?';

/// Returns the actor's id of a side, adding an actor for a common noun.
pub fn settle(ctx: &Context<'_>, actors: &mut Actors, id: &str) -> String {
    let Some((start, end)) = id.strip_prefix(COMMON).and_then(|it| it.split_once('-')) else { return id.to_owned() };
    let (Ok(start), Ok(end)) = (start.parse(), end.parse()) else { return id.to_owned() };
    let known = party_at(ctx, start).filter(|it| it.0 == (start..end)).map(|it| it.1);
    let kind = known.or_else(|| super::phrases::kind_of(ctx.text.lower(end - 1))).unwrap_or("group");
    let actor = actors.add_described(ctx, start..end, kind);
    actors.id(actor)
}

/// Collects what can be a side in this sentence, in text order, longer first.
pub fn find(ctx: &Context<'_>, actors: &Actors, places: &Places, sentence: &Range<usize>) -> Vec<Side> {
    let mut sides: Vec<Side> = actors
        .within(sentence.clone())
        .filter(|it| {
            it.tokens.start >= sentence.start && before_participle(ctx.text.lower(it.tokens.end - 1)).is_none()
        })
        .map(|it| Side {
            tokens: it.tokens.clone(),
            id: actors.id(it.actor),
            place: false,
            kind: actors.list[it.actor].kind.clone(),
            opens: opens(ctx, &it.tokens, sentence),
            resolved: it.resolved,
        })
        .collect();
    let first = places.mentions.partition_point(|it| it.tokens.start < sentence.start);
    for it in places.mentions[first..].iter().take_while(|it| it.tokens.start < sentence.end) {
        let id = places.list[it.place].id.clone();
        sides.push(Side {
            tokens: it.tokens.clone(),
            id,
            place: true,
            kind: "place".to_owned(),
            opens: false,
            resolved: false,
        });
    }
    let mut at = sentence.start;
    while at < sentence.end {
        let named = |tokens: &Range<usize>| {
            // "a spokesman for the army" holds the army.
            let held = |it: &Side| {
                let from = tokens.start.saturating_sub(2).max(it.tokens.start + 1);
                it.tokens.end == tokens.end && (from..tokens.start).any(|at| matches!(ctx.text.lower(at), "for" | "of"))
            };
            sides
                .iter()
                .any(|it| !it.place && it.tokens.start < tokens.end && tokens.start < it.tokens.end && !held(it))
        };
        match party_at(ctx, at).filter(|(tokens, _)| tokens.end <= sentence.end && !named(tokens)) {
            Some((tokens, kind)) => {
                at = tokens.end;
                sides.push(described(ctx, tokens, kind, sentence));
            }
            None => at += 1,
        }
    }
    sides.sort_by_key(|it| (it.tokens.start, usize::MAX - it.tokens.end, it.place));
    sides.dedup_by(|x, y| x.tokens == y.tokens && x.id == y.id);
    sides
}

/// Says whether a side is a common noun that is no actor yet.
pub fn is_described(side: &Side) -> bool {
    side.id.starts_with(COMMON)
}

/// Returns the side that a party known by its description is.
pub fn described(ctx: &Context<'_>, tokens: Range<usize>, kind: &str, sentence: &Range<usize>) -> Side {
    Side {
        id: format!("{COMMON}{}-{}", tokens.start, tokens.end),
        opens: opens(ctx, &tokens, sentence),
        tokens,
        place: false,
        kind: kind.to_owned(),
        resolved: false,
    }
}

/// Says whether a naming opens a clause of its sentence.
fn opens(ctx: &Context<'_>, tokens: &Range<usize>, sentence: &Range<usize>) -> bool {
    let text = &ctx.text;
    let mut at = tokens.start;
    while at > sentence.start && at + 4 > tokens.start && crate::phrase::words::is_determiner(text.lower(at - 1)) {
        at -= 1;
    }
    at == sentence.start
        || text.tokens[at - 1].kind == TokenKind::Quote
        || matches!(
            text.lower(at - 1),
            "," | "that" | "while" | "but" | "because" | "when" | "as" | "said" | "says" | "say" | ":" | "where"
        )
}

/// "X, Y and A": every name of the list that ends in A.
pub fn listed_before(ctx: &Context<'_>, sides: &[Side], last: usize) -> Vec<usize> {
    let text = &ctx.text;
    let mut list = vec![last];
    let mut at = last;
    while list.len() < 8 {
        let mut start = sides[at].tokens.start;
        while start > 0
            && matches!(text.lower(start - 1), "the" | "and" | "," | "or" | "both")
            && start + 4 > sides[at].tokens.start
        {
            start -= 1;
        }
        let joined = (start..sides[at].tokens.start).any(|it| matches!(text.lower(it), "and" | "or"));
        let comma_only = !joined && list.len() > 1 && start < sides[at].tokens.start;
        let before = sides[..at].iter().rposition(|it| it.tokens.end == start && it.place == sides[last].place);
        match before {
            Some(before) if joined || comma_only => {
                list.push(before);
                at = before;
            }
            _ => break,
        }
    }
    list
}

/// "In addition to C, A shelters B": C is one of them.
pub fn in_addition(ctx: &Context<'_>, sides: &[Side], a: usize, sentence: &Range<usize>) -> Option<usize> {
    let text = &ctx.text;
    let from = sentence.start.max(sides[a].tokens.start.saturating_sub(10));
    let at = (from..sides[a].tokens.start)
        .find(|&at| text.reads(at, &["in", "addition", "to"]) || matches!(text.lower(at), "besides"))?;
    let start = if text.lower(at) == "besides" { at + 1 } else { at + 3 };
    let start = start + usize::from(text.lower(start) == "the");
    let first = sides.partition_point(|it| it.tokens.start < start);
    let side = sides.get(first).filter(|it| it.tokens.start == start && !it.place)?;
    (text.lower(side.tokens.end) == ",").then_some(first)
}

/// "groups in Mali, such as": the place before a list of examples.
fn past_place(ctx: &Context<'_>, end: usize, limit: usize) -> usize {
    let text = &ctx.text;
    if !matches!(text.lower(end), "in" | "inside" | "across" | "from") {
        return end;
    }
    let stop = (end + 1..limit.min(end + 5)).find(|&at| text.lower(at) == ",");
    match stop {
        Some(at) if matches!(text.lower(at + 1), "such" | "including" | "like") => at,
        _ => end,
    }
}

/// "B, C and D", "groups such as C and D": every name of the list that B begins.
pub fn listed_after(ctx: &Context<'_>, sides: &[Side], first: usize, sentence: &Range<usize>) -> Vec<usize> {
    let text = &ctx.text;
    let mut list = vec![first];
    let mut pending = vec![];
    let mut end = sides[first].tokens.end;
    let mut closed = false;
    while list.len() + pending.len() < 10 && !closed {
        let mut next = past_place(ctx, end, sentence.end);
        let mut joined = false;
        let mut comma = false;
        while next < sentence.end && next < end + 6 {
            match text.lower(next) {
                "," => comma = true,
                "and" | "or" => joined = true,
                "the" | "also" | "even" | "'s" => {}
                "such" if text.lower(next + 1) == "as" => {
                    joined = true;
                    next += 1;
                }
                "including" => joined = true,
                "like" if comma => joined = true,
                _ => break,
            }
            next += 1;
        }
        let at = sides.partition_point(|it| it.tokens.start < next);
        match sides.get(at) {
            Some(it)
                if it.tokens.start == next
                    && it.place == sides[first].place
                    && (joined || comma)
                    && it.tokens.end <= sentence.end =>
            {
                // "B, and C said": a comma before the only "and" opens another clause.
                if joined && comma && list.len() + pending.len() == 1 && text.lower(next - 1) == "and" {
                    break;
                }
                // "armed groups such as C": the examples stand for the whole.
                let examples = (end..next).any(|it| matches!(text.lower(it), "such" | "including" | "like"));
                if examples
                    && list == [first]
                    && !text.tokens[sides[first].tokens.end - 1].capital
                    && !sides[first].resolved
                {
                    list.clear();
                }
                pending.push(at);
                end = it.tokens.end;
                if joined {
                    list.append(&mut pending);
                }
                closed = joined && !comma && text.lower(end) != "and" && text.lower(end) != ",";
            }
            _ => break,
        }
    }
    list
}
