//! What a claim or a denial says itself, and what only surrounds it.
//!
//! In: a statement and a place in its content. Out: whether the words there are the outlet's. Whoever
//! claims "the bombing, which killed 21" owns the bombing; the outlet counted the dead. Whoever says that
//! "its men killed 21" counted them. What stands in quotation marks is always the speaker's.

use crate::{Context, phrase::is_finite_verb};
use aver_model::{Span, Stance, Statement};
use std::ops::Range;

/// How many tokens of a content are looked at.
const FAR: usize = 80;

/// "… killed dozens. The group claimed responsibility.": who claims owns the act, and did not tell it.
pub fn owns_earlier_words(ctx: &Context<'_>, it: &Statement) -> bool {
    let Some(cue) = it.cue.as_ref().filter(|_| it.stance == Stance::ClaimsResponsibility) else { return false };
    let sentence = |span: Span| ctx.text.tokens.get(tokens_of(ctx, span).start).map(|it| it.sentence);
    it.content.span.end <= cue.span.start && sentence(it.content.span) != sentence(cue.span)
}

/// "claimed | the bombing": names an act that the outlet tells; "said | it bombed" tells it.
pub fn only_names(ctx: &Context<'_>, it: &Statement, at: usize) -> bool {
    let content = tokens_of(ctx, it.content.span);
    it.stance == Stance::ClaimsResponsibility
        && content.contains(&at)
        && !ctx.text.tokens[at].quoted
        && !has_verb(ctx, content.start..at)
}

/// "…, which killed 21": a clause about the act that is claimed or denied, in the outlet's words.
pub fn surrounds(ctx: &Context<'_>, it: &Statement, at: usize) -> bool {
    let text = &ctx.text;
    let content = tokens_of(ctx, it.content.span);
    if !content.contains(&at) || text.tokens[at].quoted {
        return false;
    }
    let opens = |here: usize| match it.stance {
        Stance::ClaimsResponsibility => is_relative(text.lower(here)) || is_result(text.lower(here)),
        Stance::Denies => text.lower(here - 1) == "," && is_relative(text.lower(here)),
        _ => false,
    };
    let Some(opener) = (content.start + 1..at.min(content.start + FAR)).find(|&it| opens(it)) else { return false };
    it.stance == Stance::Denies || !has_verb(ctx, content.start..opener)
}

fn is_relative(word: &str) -> bool {
    matches!(word, "which" | "that" | "where" | "who")
}

fn is_result(word: &str) -> bool {
    matches!(word, "resulting" | "killing" | "leaving" | "wounding" | "injuring" | "causing")
}

fn has_verb(ctx: &Context<'_>, range: Range<usize>) -> bool {
    range.take(FAR).any(|it| is_finite_verb(&ctx.text, it))
}

/// Returns the tokens inside a span.
pub fn tokens_of(ctx: &Context<'_>, span: Span) -> Range<usize> {
    let text = &ctx.text;
    let bytes = text.offsets.bytes(text.raw, span);
    let start = text.tokens.partition_point(|it| it.bytes.end <= bytes.start);
    let end = text.tokens.partition_point(|it| it.bytes.start < bytes.end);
    start..end.max(start)
}
