//! Phrases without a parser: closed classes, noun phrases, clauses, fixed phrases.
//!
//! In: tokens of one [`Text`]. Out: token ranges. Everything here is a guess
//! from word lists and word shapes; each walk stays inside one sentence and
//! looks at a bounded number of tokens. [`words`] holds the closed classes,
//! [`nouns`] noun phrases, [`verbs`] verb forms and groups, [`matcher`] many
//! fixed phrases at once. Nothing here knows the codebook's meaning.

pub mod matcher;
pub mod nouns;
#[cfg(test)]
mod tests;
pub mod verbs;
pub mod words;

pub use matcher::Phrases;
pub use nouns::{noun_phrase_left, noun_phrase_right, subject_left};
pub use verbs::{is_finite_verb, verb_forms};

use crate::text::Text;
use std::ops::Range;

/// Returns the clause around a token: up to the marks and subordinators next to it, inside its sentence.
pub fn clause(text: &Text<'_>, at: usize) -> Range<usize> {
    let sentence = text.sentence_of(at).tokens.clone();
    let mut start = at;
    while start > sentence.start && !is_clause_border(text, start - 1) {
        start -= 1;
    }
    let mut end = at + 1;
    while end < sentence.end && !is_clause_border(text, end) {
        end += 1;
    }
    start..end
}

/// Says whether a token parts two clauses: a mark, a subordinator, or "and"/"but" before a new subject.
pub fn is_clause_border(text: &Text<'_>, at: usize) -> bool {
    let word = text.lower(at);
    match word {
        ";" | ":" | "," | "(" | ")" | "—" | "–" | "--" | "\"" | "“" | "”" => true,
        "and" | "but" | "or" => begins_clause(text, at + 1),
        _ => words::is_subordinator(word),
    }
}

/// Returns where the words behind a dateline begin: "SORVAN, Zubria (ZP) — | A bridge"; else the start.
///
/// The place of a dateline is where the report was written: it neither acts nor is it where something happened.
pub fn dateline_end(text: &Text<'_>, sentence: &Range<usize>) -> usize {
    const LONGEST: usize = 14;
    let Some(first) = text.tokens.get(sentence.start).filter(|_| !sentence.is_empty()) else { return sentence.start };
    let shouted = text.raw[first.bytes.clone()].chars().all(|it| it.is_uppercase() || !it.is_alphabetic());
    let dash = |it: &usize| matches!(text.lower(*it), "—" | "–" | "-" | "--");
    let end = sentence.clone().take(LONGEST).find(dash).filter(|_| shouted).map(|it| it + 1);
    // "NATO — which bombed the town — said".
    end.filter(|&it| it < sentence.end && !words::is_relative(text.lower(it))).unwrap_or(sentence.start)
}

/// Says whether a subject and its verb begin at `at`: "they have", "Russia is", "the army said".
pub fn begins_clause(text: &Text<'_>, at: usize) -> bool {
    if at >= text.tokens.len() {
        return false;
    }
    if words::is_subject_pronoun(text.lower(at)) {
        return true;
    }
    let noun = noun_phrase_right(text, at);
    !noun.is_empty() && is_finite_verb(text, verbs::skip_adverbs(text, noun.end))
}
