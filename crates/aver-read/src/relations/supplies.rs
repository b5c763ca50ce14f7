//! "provided weapons, training and financial support to X": one tie for each thing given.
//!
//! In: the sides of a sentence. Out: ties between who gives and who gets, one for
//! each kind of thing in the list. Who gets stands behind "to" or before the list;
//! behind a relative pronoun ("on Y, which provided …") it may be the clause's
//! opening party. What may or will be given is no tie.

use super::{Tie, matching::Side};
use crate::{
    Context,
    phrase::{is_finite_verb, words as closed},
};
use std::ops::Range;

/// How many tokens a list of things may take.
const REACH: usize = 18;

/// Finds what is given in a sentence.
pub fn find(ctx: &Context<'_>, sides: &[Side], sentence: &Range<usize>) -> Vec<Tie> {
    let mut ties = vec![];
    for verb in sentence.clone().filter(|&it| is_giving(ctx.text.lower(it))) {
        ties.extend(at_verb(ctx, sides, sentence, verb).unwrap_or_default());
    }
    ties
}

fn at_verb(ctx: &Context<'_>, sides: &[Side], sentence: &Range<usize>, verb: usize) -> Option<Vec<Tie>> {
    let text = &ctx.text;
    let mut start = verb;
    let mut negated = false;
    while start > sentence.start && verb < start + 6 {
        let word = text.lower(start - 1);
        if closed::is_modal(word) || word == "to" {
            return None;
        }
        let only = matches!(text.lower(start), "only" | "just" | "merely");
        if closed::is_negation(word) {
            negated ^= !only;
        } else if !closed::is_auxiliary(word) && !closed::is_adverbial(word) && word != "also" {
            break;
        }
        start -= 1;
    }
    let before = |n: usize| start.checked_sub(n).filter(|it| *it >= sentence.start).map_or("", |it| text.lower(it));
    let relative = matches!(before(1), "which" | "who" | "that");
    let mut end = start - usize::from(relative) - usize::from(relative && before(2) == ",");
    // "the Interior Security Bureau (ISB) agency, which": the name ends before what it is.
    while end > sentence.start + 1
        && matches!(text.lower(end - 1), ")" | "agency" | "service" | "group" | "organization" | "network" | "movement")
        && !sides.iter().any(|it| it.tokens.end == end)
    {
        end -= 1;
    }
    let a = sides.iter().rposition(|it| it.tokens.end == end && !it.place).or_else(|| shared(ctx, sides, verb))?;
    let (things, mut b, last) = list(ctx, sides, sentence, verb);
    if b.is_none() && relative {
        b = sides[..a].iter().rposition(|it| it.opens && !it.place && it.id != sides[a].id);
    }
    // "X trains Y and sends it weapons": "it" is not who sends.
    let other = |b: usize| match sides[b].resolved && sides[b].id == sides[a].id {
        true => sides[..b].iter().rposition(|it| !it.place && !it.resolved && it.id != sides[a].id),
        false => Some(b),
    };
    let b = b
        .and_then(other)
        .filter(|&b| sides[b].id != sides[a].id && !matches!(sides[b].kind.as_str(), "media" | "people"))?;
    let from = sides[a].tokens.start.min(sides[b].tokens.start);
    let tie = |relation: &str| Tie {
        a: sides[a].id.clone(),
        relation: relation.to_owned(),
        b: sides[b].id.clone(),
        negated,
        tokens: from..last,
        told: None,
    };
    Some(things.into_iter().map(tie).collect())
}

/// "Iran pays X and sends it weapons": the subject of the verbs before.
fn shared(ctx: &Context<'_>, sides: &[Side], verb: usize) -> Option<usize> {
    let trees = &ctx.text.trees;
    let mut at = verb;
    for _ in 0..3 {
        let node = trees.node(at).filter(|it| it.is("conj"))?;
        at = node.head?;
        if let Some(subject) = trees.child(at, &["nsubj"]) {
            return sides.iter().position(|it| it.tokens.contains(&subject) && !it.place);
        }
    }
    None
}

/// Reads the list behind the verb: the things, who gets them, where the words end.
fn list(
    ctx: &Context<'_>,
    sides: &[Side],
    sentence: &Range<usize>,
    verb: usize,
) -> (Vec<&'static str>, Option<usize>, usize) {
    let text = &ctx.text;
    let side_at = |at: usize| {
        let at = at + usize::from(closed::is_determiner(text.lower(at)));
        if thing(text.lower(at), text.lower(at + 1)).is_some() {
            return None;
        }
        let first = sides.partition_point(|it| it.tokens.start < at);
        sides.get(first).filter(|it| it.tokens.start == at && !it.place).map(|_| first)
    };
    let mut things: Vec<&'static str> = vec![];
    let mut last = verb + 1;
    let mut at = verb + 1;
    let mut b = side_at(at);
    if let Some(b) = b {
        at = sides[b].tokens.end;
    }
    while at < sentence.end.min(verb + REACH) {
        let word = text.lower(at);
        if matches!(word, "to" | "for") && b.is_none() && side_at(at + 1).is_some() {
            b = side_at(at + 1);
            last = b.map_or(last, |it| sides[it].tokens.end);
            break;
        }
        let stops = matches!(word, ";" | "." | ":" | "but" | "while" | "that" | "who" | "which" | "to" | "against");
        if stops || is_finite_verb(text, at) && thing(word, text.lower(at + 1)).is_none() {
            break;
        }
        if let Some(thing) = thing(word, text.lower(at + 1)) {
            if !things.contains(&thing) {
                things.push(thing);
            }
            last = at + 1 + usize::from(matches!(word, "financial" | "military"));
        }
        at += 1;
    }
    (things, b, last)
}

fn is_giving(word: &str) -> bool {
    ["provid", "suppl", "giv", "gave", "offer", "send", "sent", "deliver", "furnish"]
        .iter()
        .any(|it| word.starts_with(it))
        && !matches!(word, "supplies" | "offer" | "provider" | "providers" | "supplier" | "suppliers" | "delivery")
}

/// Returns the relation that giving this thing is.
fn thing(word: &str, next: &str) -> Option<&'static str> {
    let help = matches!(next, "support" | "aid" | "assistance" | "help" | "backing" | "resources");
    match word {
        "weapons" | "weapon" | "arms" | "weaponry" | "ammunition" | "munitions" | "missiles" | "drones" | "rockets"
        | "rifles" | "explosives" | "tanks" => Some("arms"),
        "training" | "trainers" | "instructors" => Some("trains"),
        "money" | "funds" | "funding" | "cash" | "financing" | "finance" | "finances" => Some("funds"),
        "financial" if help => Some("funds"),
        "military" if matches!(next, "aid" | "equipment" | "hardware") => Some("arms"),
        _ => None,
    }
}
