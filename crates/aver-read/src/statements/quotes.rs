//! Quotations that no cue claimed: carried by the speaker before them.
//!
//! In: the drafts of a paragraph so far. Out: a draft for a bare quotation that
//! follows a quotation or statement of the same paragraph, and for one that
//! goes on over paragraphs. Quoted words inside a sentence are none.

use super::{
    content,
    draft::{Draft, Who},
};
use crate::{
    Context,
    text::{Role, Sentence, TokenKind},
};
use aver_model::{CueClass, Stance};

/// Finds bare quotations that begin in a sentence and that no draft covers.
pub fn find(ctx: &Context<'_>, sentence: &Sentence, drafts: &[Draft], spoken: bool) -> Option<Draft> {
    let text = &ctx.text;
    let first = text.tokens.get(sentence.tokens.start)?;
    if first.kind != TokenKind::Quote || sentence.role != Role::Body {
        return None;
    }
    let index = text.quotations.partition_point(|it| it.tokens.start <= sentence.tokens.start);
    let quotation = text.quotations.get(index).filter(|it| it.tokens.start == sentence.tokens.start + 1)?;
    let covered = drafts
        .iter()
        .any(|it| it.content.iter().any(|it| it.start < quotation.tokens.end && quotation.tokens.start < it.end));
    if covered || !spoken || !content::has_finite_verb(text, quotation.tokens.clone()) {
        return None;
    }
    // Words behind the closing mark make it part of a sentence.
    let after = quotation.tokens.end + 1;
    let last = text.sentence_of(quotation.tokens.end.min(text.tokens.len() - 1)).tokens.end;
    if !quotation.open && (after..last).any(|it| text.tokens[it].kind == TokenKind::Word) {
        return None;
    }
    Some(Draft {
        who: Who::Carried,
        cue: quotation.tokens.start..quotation.tokens.start,
        class: CueClass::Implicit,
        content: vec![quotation.tokens.clone()],
        stance: Stance::Reports,
        lemma: String::new(),
        negated: false,
        distancing: false,
        direct: true,
        passive: false,
    })
}
