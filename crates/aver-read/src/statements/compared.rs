//! What one side owns up to, told by comparison: "closer to the militia than it claims", "worse than the army admits".
//!
//! In: a sentence and its actors. Out: a statement of whoever claims or admits less. Who claims less
//! denies the rest by it; who admits less keeps silent on it. The outlet that compares is another speaker.

use super::draft::{Draft, Who};
use crate::{
    Context,
    actors::Actors,
    phrase::{noun_phrase_right, verb_forms, verbs::skip_adverbs, words},
    text::{Sentence, Text},
};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Verbs of a side that has it otherwise.
const CLAIMS: &[&str] = &["claim", "insist", "maintain", "pretend", "profess"];
/// Verbs of a side that does not say all.
const OWNS_UP: &[&str] = &["admit", "acknowledge", "concede", "disclose"];

/// Adds the comparisons of a sentence to its drafts, in the place of what was read into their verbs.
pub fn find(ctx: &Context<'_>, actors: &Actors, sentence: &Sentence, drafts: &mut Vec<Draft>) {
    let text = &ctx.text;
    let found: Vec<Draft> = sentence
        .tokens
        .clone()
        .filter(|&at| text.lower(at) == "than" && at > sentence.tokens.start)
        .filter_map(|at| compared(ctx, actors, sentence, at))
        .collect();
    for draft in found {
        drafts.retain(|it| it.cue.end <= draft.cue.start || draft.cue.end < it.cue.start);
        drafts.push(draft);
    }
}

fn compared(ctx: &Context<'_>, actors: &Actors, sentence: &Sentence, than: usize) -> Option<Draft> {
    let text = &ctx.text;
    let clause = clause_before(text, sentence, than);
    is_comparative(text, clause.clone()).then_some(())?;
    let first = text.lower(than + 1);
    let pronoun = words::is_third_person(first);
    let mut side = if pronoun { than + 1..than + 2 } else { noun_phrase_right(text, than + 1) };
    // "than army admits": in a headline the verb looks like a noun.
    let last = side.end.saturating_sub(1);
    if side.len() > 1 && cue(text.lower(last)).is_some() {
        side.end = last;
    }
    let verb = skip_adverbs(text, side.end.max(than + 1));
    if side.is_empty() || verb >= sentence.tokens.end {
        return None;
    }
    let (lemma, stance) = cue(text.lower(verb))?;
    // "they" is whom the clause is about.
    let who = if pronoun { subject(ctx, actors, clause.clone())? } else { side };
    Some(Draft {
        who: Who::Words(who),
        cue: than..verb + 1,
        class: CueClass::Verb,
        content: vec![clause],
        stance,
        lemma: lemma.to_owned(),
        negated: false,
        distancing: false,
        direct: false,
        passive: false,
    })
}

/// Returns whom a clause is about: the actor or the phrase that it begins with.
fn subject(ctx: &Context<'_>, actors: &Actors, clause: Range<usize>) -> Option<Range<usize>> {
    let named = actors.within(clause.clone()).map(|it| it.tokens.clone()).find(|it| it.start <= clause.start + 1);
    let phrase = || noun_phrase_right(&ctx.text, clause.start);
    Some(named.unwrap_or_else(phrase)).filter(|it| !it.is_empty() && it.end < clause.end)
}

/// Returns the words of the clause that "than" ends.
fn clause_before(text: &Text<'_>, sentence: &Sentence, than: usize) -> Range<usize> {
    let ends = |at: &usize| matches!(text.lower(*at), "," | ";" | ":" | "that" | "—" | "–" | "“" | "\"");
    let start = (sentence.tokens.start..than).rev().find(ends).map_or(sentence.tokens.start, |it| it + 1);
    start..than
}

fn is_comparative(text: &Text<'_>, clause: Range<usize>) -> bool {
    let compares = |word: &str| {
        matches!(word, "more" | "less" | "fewer" | "worse" | "further" | "farther")
            || word.len() > 4 && word.ends_with("er")
    };
    clause.rev().take(12).any(|at| compares(text.lower(at)))
}

/// Returns the lemma of a verb and the stance that a comparison with it gives.
fn cue(word: &str) -> Option<(&'static str, Stance)> {
    let of = |lemmas: &'static [&'static str]| lemmas.iter().find(|it| verb_forms(it).iter().any(|form| form == word));
    of(CLAIMS).map(|it| (*it, Stance::Denies)).or_else(|| of(OWNS_UP).map(|it| (*it, Stance::WithholdsConfirmation)))
}
