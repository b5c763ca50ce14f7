//! Stated ties between actors: "X, a branch of Y", "X funds Y", "Ann Doe, leader of Z".
//!
//! In: actors, places, statements, and the codebook's patterns. Out: relations,
//! each with the words that state it, its polarity and who says so. A negated
//! verb or a denial makes it denied, a doubt doubted. Offices and possessors come
//! from the actors themselves ([`offices`]); everything else from patterns.
//!
//! Nothing is inferred: that a branch's branch is a branch is not our business.

mod matching;
mod offices;
mod patterns;
#[cfg(test)]
mod tests;

pub use patterns::Patterns;

use crate::{Context, Found, actors::Actors, places::Places};
use aver_model::{OUTLET, Polarity, Relation, Span, Stance, Statement, UNSPECIFIED};
use matching::{Ground, Match, Side};
use std::{collections::BTreeSet, ops::Range};

/// A relation before it has a speaker.
#[derive(Debug, Clone)]
struct Tie {
    a: String,
    relation: String,
    b: String,
    negated: bool,
    tokens: Range<usize>,
}

/// Finds relations, in text order.
pub fn find(ctx: &Context<'_>, actors: &Actors, places: &Places, statements: &[Found<Statement>]) -> Vec<Found<Relation>> {
    let mut ties = offices::find(ctx, actors);
    for sentence in &ctx.text.sentences {
        in_sentence(ctx, actors, places, sentence.tokens.clone(), &mut ties);
    }
    ties.sort_by(|x, y| (x.tokens.start, x.tokens.end).cmp(&(y.tokens.start, y.tokens.end)));
    let mut seen = BTreeSet::new();
    let carriers = Carriers::new(statements);
    let mut found: Vec<Found<Relation>> = vec![];
    for tie in ties {
        let carrier = carriers.around(&tie.tokens, ctx.text.span(tie.tokens.clone()));
        let polarity = polarity(tie.negated, carrier.map(|it| it.stance));
        let (speaker, statement) = match carrier {
            None => (OUTLET.to_owned(), None),
            Some(it) => (speaker_of(it), Some(it.id.clone())),
        };
        // One speaker's repetition of a tie adds nothing.
        let (low, high) = if tie.a < tie.b { (&tie.a, &tie.b) } else { (&tie.b, &tie.a) };
        if tie.a == tie.b || !seen.insert((low.clone(), tie.relation.clone(), high.clone(), polarity, speaker.clone())) {
            continue;
        }
        found.push(Found {
            record: Relation {
                id: format!("r{}", found.len() + 1),
                span: ctx.text.span(tie.tokens.clone()),
                a: tie.a,
                relation: tie.relation,
                b: tie.b,
                polarity,
                speaker,
                statement,
                time: None,
            },
            tokens: tie.tokens,
        });
    }
    found
}

fn speaker_of(statement: &Statement) -> String {
    match &statement.speaker.actor {
        Some(actor) => actor.clone(),
        None if statement.speaker.name == OUTLET => OUTLET.to_owned(),
        None => UNSPECIFIED.to_owned(),
    }
}

fn polarity(negated: bool, stance: Option<Stance>) -> Polarity {
    let denied = stance == Some(Stance::Denies);
    match stance {
        Some(Stance::Doubts) => Polarity::Doubted,
        _ if negated != denied => Polarity::Denied,
        _ => Polarity::Asserted,
    }
}

/// Finds the innermost statement around some tokens; statements are in text order.
struct Carriers<'s> {
    statements: &'s [Found<Statement>],
    /// Longest statement, in tokens: how far back one may begin.
    longest: usize,
}

impl<'s> Carriers<'s> {
    fn new(statements: &'s [Found<Statement>]) -> Carriers<'s> {
        Carriers { statements, longest: statements.iter().map(|it| it.tokens.len()).max().unwrap_or(0) }
    }

    fn around(&self, tokens: &Range<usize>, span: Span) -> Option<&'s Statement> {
        let from = self.statements.partition_point(|it| it.tokens.start + self.longest < tokens.start);
        self.statements[from..]
            .iter()
            .take_while(|it| it.tokens.start <= tokens.start)
            .filter(|it| {
                let content = &it.record.content;
                content.spans.iter().chain([&content.span]).any(|it| it.contains(span))
            })
            .min_by_key(|it| it.tokens.len())
            .map(|it| &it.record)
    }
}

/// Matches every pattern whose words stand in a sentence.
fn in_sentence(ctx: &Context<'_>, actors: &Actors, places: &Places, sentence: Range<usize>, ties: &mut Vec<Tie>) {
    let patterns = &ctx.index.relations;
    let sides = sides(ctx, actors, places, &sentence);
    if sides.len() < 2 {
        return;
    }
    let mut found: Vec<(usize, Match)> = vec![];
    for at in sentence.clone() {
        for &index in patterns.with(ctx.text.lower(at)) {
            let pattern = &patterns.list[index];
            let relation = &ctx.codebook.relations[pattern.relation].name;
            let ground = Ground { text: &ctx.text, sentence: sentence.clone(), sides: &sides, wants_place: wants_place(relation) };
            for start in at.saturating_sub(24).max(sentence.start)..=at {
                if let Some(it) = ground.run(pattern, start)
                    && (it.tokens.start..it.tokens.end).contains(&at)
                {
                    found.push((index, it));
                    break;
                }
            }
        }
    }
    // The longest match wins; then fewer gaps, more written words, the earlier row.
    found.sort_by_key(|(index, it)| {
        (usize::MAX - it.tokens.len(), it.gap, usize::MAX - patterns.list[*index].written, it.tokens.start, *index)
    });
    let mut taken: Vec<(usize, usize, Range<usize>)> = vec![];
    for (index, it) in found {
        let pattern = &patterns.list[index];
        if taken.iter().any(|(a, b, tokens)| {
            let same = (*a, *b) == (it.a, it.b) || (*b, *a) == (it.a, it.b);
            same && tokens.start < it.tokens.end && it.tokens.start < tokens.end
        }) {
            continue;
        }
        taken.push((it.a, it.b, it.tokens.clone()));
        let relation = &ctx.codebook.relations[pattern.relation].name;
        for a in listed_before(ctx, &sides, it.a) {
            for b in listed_after(ctx, &sides, it.b, &sentence) {
                let tokens = it.tokens.start..it.tokens.end.max(sides[b].tokens.end);
                ties.push(Tie { a: sides[a].id.clone(), relation: relation.clone(), b: sides[b].id.clone(), negated: it.negated, tokens });
            }
        }
    }
}

/// Relations whose second side is a place.
fn wants_place(relation: &str) -> bool {
    matches!(relation, "operates_in" | "attacks_in" | "controls")
}

/// Collects what can be a side in this sentence, in text order, longer first.
fn sides(_ctx: &Context<'_>, actors: &Actors, places: &Places, sentence: &Range<usize>) -> Vec<Side> {
    let mut sides: Vec<Side> = actors
        .within(sentence.clone())
        .filter(|it| it.tokens.start >= sentence.start)
        .map(|it| Side { tokens: it.tokens.clone(), id: actors.id(it.actor), place: false })
        .collect();
    let first = places.mentions.partition_point(|it| it.tokens.start < sentence.start);
    for it in places.mentions[first..].iter().take_while(|it| it.tokens.start < sentence.end) {
        sides.push(Side { tokens: it.tokens.clone(), id: places.list[it.place].id.clone(), place: true });
    }
    sides.sort_by_key(|it| (it.tokens.start, usize::MAX - it.tokens.end, it.place));
    sides.dedup_by(|x, y| x.tokens == y.tokens && x.id == y.id);
    sides
}

/// "X, Y and A": every name of the list that ends in A.
fn listed_before(ctx: &Context<'_>, sides: &[Side], last: usize) -> Vec<usize> {
    let text = &ctx.text;
    let mut list = vec![last];
    let mut at = last;
    while list.len() < 8 {
        let mut start = sides[at].tokens.start;
        while start > 0 && matches!(text.lower(start - 1), "the" | "and" | "," | "or" | "both") && start + 4 > sides[at].tokens.start {
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

/// "B, C and D", "groups such as C and D": every name of the list that B begins.
fn listed_after(ctx: &Context<'_>, sides: &[Side], first: usize, sentence: &Range<usize>) -> Vec<usize> {
    let text = &ctx.text;
    let mut list = vec![first];
    let mut pending = vec![];
    let mut end = sides[first].tokens.end;
    let mut closed = false;
    while list.len() + pending.len() < 10 && !closed {
        let mut next = end;
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
                _ => break,
            }
            next += 1;
        }
        let at = sides.partition_point(|it| it.tokens.start < next);
        match sides.get(at) {
            Some(it) if it.tokens.start == next && it.place == sides[first].place && (joined || comma) && it.tokens.end <= sentence.end => {
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
