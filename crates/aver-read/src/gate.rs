//! Spares the language model the sentences that no rule asks it about.
//!
//! In: the text and the words of the codebook. Out: the trees of the sentences
//! in which somebody may say something: a cue of any class, "that", a colon, or a
//! quotation, or a word of a tie between actors. Rules that look at trees look at no others, so nothing is lost.

use crate::Index;
use crate::text::{Role, Sentence, Text, TokenKind};
use crate::trees::Trees;
use aver_language::{Depth, Language};
use std::ops::Range;

/// Returns the trees of the sentences that pass.
pub fn trees(text: &Text<'_>, index: &Index, language: &Language, depth: Depth) -> Trees {
    let bytes: Vec<Range<usize>> = text.sentences.iter().map(|it| it.bytes.clone()).collect();
    let wanted = |at: usize| passes(text, index, &text.sentences[at]);
    Trees::new(text, &language.analyse_sentences(text.raw, &bytes, wanted, depth))
}

/// Says whether a rule may look at the tree of a sentence.
fn passes(text: &Text<'_>, index: &Index, sentence: &Sentence) -> bool {
    matches!(sentence.role, Role::Body | Role::Title | Role::Caption)
        && sentence.tokens.len() > 2
        && sentence.tokens.clone().any(|at| {
            text.tokens[at].kind == TokenKind::Quote
                || matches!(text.lower(at), "that" | ":")
                || index.cues.begins(text, at)
                || index.relations.asks_tree(text.lower(at))
        })
}
