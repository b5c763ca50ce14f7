//! "X denies the allegations": what was said of X just before, denied by X.
//!
//! In: the relations found. Out: for each such denial, the relations of the
//! sentence or two before that name X and that somebody else states, with the
//! other polarity and X as speaker.

use crate::{Context, Found, actors::Actors};
use aver_model::{Polarity, Relation};

/// How many sentences back the allegations may stand.
const REACH: usize = 2;

/// Finds denials of whole allegations; `found` is in text order.
pub fn find(ctx: &Context<'_>, actors: &Actors, found: &[Found<Relation>]) -> Vec<Found<Relation>> {
    let text = &ctx.text;
    let mut denied: Vec<Found<Relation>> = vec![];
    for (number, sentence) in text.sentences.iter().enumerate() {
        let Some(verb) = sentence.tokens.clone().take(30).find(|&at| is_denial(ctx, at, sentence.tokens.end)) else {
            continue;
        };
        let from = verb.saturating_sub(6).max(sentence.tokens.start);
        let Some(denier) = actors.within(from..verb).filter(|it| it.tokens.start >= from).last() else { continue };
        let id = actors.id(denier.actor);
        let tokens = denier.tokens.start..verb + 1;
        let first = text.sentences[number.saturating_sub(REACH)].tokens.start;
        let start = found.partition_point(|it| it.tokens.start < first);
        for it in found[start..].iter().take_while(|it| it.tokens.start < sentence.tokens.start) {
            let names = it.record.a == id || it.record.b == id;
            let told = it.record.polarity == Polarity::Asserted && it.record.speaker != id;
            let alleged = !matches!(
                it.record.relation.as_str(),
                "member_of" | "leads" | "formerly_of" | "agreement_with" | "part_of" | "branch_of" | "negotiates_with"
            );
            let again = denied.iter().any(|old| {
                (&old.record.a, &old.record.relation, &old.record.b)
                    == (&it.record.a, &it.record.relation, &it.record.b)
                    && old.tokens == tokens
            });
            if names && told && alleged && !again {
                let record = Relation {
                    id: String::new(),
                    span: text.span(tokens.clone()),
                    polarity: Polarity::Denied,
                    speaker: id.clone(),
                    statement: None,
                    ..it.record.clone()
                };
                denied.push(Found { record, tokens: tokens.clone() });
            }
        }
    }
    denied
}

/// "deny such allegations", "has rejected the accusations".
fn is_denial(ctx: &Context<'_>, at: usize, limit: usize) -> bool {
    let text = &ctx.text;
    let verb = matches!(
        text.lower(at),
        "deny"
            | "denies"
            | "denied"
            | "reject"
            | "rejects"
            | "rejected"
            | "dismiss"
            | "dismisses"
            | "dismissed"
            | "refute"
            | "refutes"
            | "refuted"
    );
    verb && (at + 1..limit.min(at + 5)).any(|at| {
        matches!(
            text.lower(at),
            "allegation" | "allegations" | "accusation" | "accusations" | "charges" | "claims" | "charge"
        )
    })
}
