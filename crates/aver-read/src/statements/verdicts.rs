//! Verdicts: what a speaker calls the deed or the account of others.
//!
//! In: the verb of saying and the content. Out: a stance, if the words pass a verdict:
//! "called the number a lie" doubts, "called the killing vile" condemns, "attributed the
//! raid to the League" accuses. Words by [`super::wordings`].

use super::wordings::first;
use crate::{Context, phrase::words};
use aver_model::Stance;
use std::ops::Range;

/// How many words a verdict behind a verb of naming is long at most.
const SHORT: usize = 14;

/// Returns the stance of a verdict.
pub(super) fn verdict(ctx: &Context<'_>, lemma: &str, content: Range<usize>, own: bool) -> Option<Stance> {
    let words = &ctx.index.wordings;
    let names = matches!(lemma, "call" | "dismiss" | "describe" | "term" | "label" | "brand" | "denounce");
    if names && content.len() <= SHORT && first(&words.untrue, &ctx.text, content.clone()).is_some() {
        return Some(if is_account(ctx, content) { Stance::Doubts } else { Stance::Denies });
    }
    let negated = content.clone().any(|at| matches!(ctx.text.lower(at), "not" | "n't" | "no"));
    if !own && !negated && content.len() <= 2 * SHORT && first(&words.vile, &ctx.text, content.clone()).is_some() {
        return Some(Stance::Condemns);
    }
    (lemma == "attribute" && !own && attributes_to_party(ctx, content)).then_some(Stance::Accuses)
}

/// "the number", "the report": an account is doubted, a deed is denied.
fn is_account(ctx: &Context<'_>, content: Range<usize>) -> bool {
    content.take(4).any(|at| {
        matches!(
            ctx.text.lower(at),
            "number" | "numbers" | "figure" | "figures" | "report" | "reports" | "toll" | "count" | "counts"
        )
    })
}

/// "two of the raids to the League", not "its success to hard work".
fn attributes_to_party(ctx: &Context<'_>, content: Range<usize>) -> bool {
    let text = &ctx.text;
    let Some(to) = content.clone().find(|&at| text.lower(at) == "to" && at > content.start) else { return false };
    let party = (to + 1..content.end.min(to + 5)).any(|at| {
        text.tokens[at].capital && !text.tokens[at].quoted || ctx.index.wordings.armed_agents.at(text, at) > 0
    });
    let deed = (content.start..to).any(|at| {
        words::names_violence(text.lower(at))
            || text.lower(at).ends_with("ing")
            || matches!(text.lower(at), "them" | "it" | "latter")
    });
    party && deed
}
