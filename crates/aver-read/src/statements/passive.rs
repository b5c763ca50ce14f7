//! Passive cues: "is believed to", "are accused of", "was confirmed by X", "claimed by X".
//!
//! In: a cue in the past participle. Out: a draft whose content is the subject
//! or what follows the cue, and whose speaker is the agent behind "by", or
//! nobody. Without an agent only verbs of belief and report are statements.

use super::{
    content,
    cues::Hit,
    draft::{Draft, Who},
    groups::Group,
    subjects::can_speak,
};
use crate::{
    Context,
    phrase::{noun_phrase_left, noun_phrase_right, subject_left},
    text::{Role, Sentence},
};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Verbs that carry a statement without a speaker: "it is believed".
const IMPERSONAL: &[&str] = &[
    "believe", "think", "report", "say", "allege", "claim", "rumor", "suspect", "accuse", "blame", "estimate", "fear",
    "describe", "predict", "expect", "charge", "indict",
];

/// "is believed to", "it was reported that", "are accused of", "was confirmed by X".
pub(super) fn passive(ctx: &Context<'_>, sentence: &Sentence, at: usize, hit: Hit<'_>, group: &Group) -> Option<Draft> {
    let text = &ctx.text;
    let after = at + hit.len;
    let end = sentence.tokens.end;
    let subject = subject_left(text, group.start, sentence.tokens.start);
    let dummy = !subject.is_empty() && text.lower(subject.start) == "it" && subject.len() == 1;
    let by = (after..(after + 12).min(end))
        .find(|&it| text.lower(it) == "by")
        .filter(|&it| !content::has_finite_verb(text, after..it));
    // "accused by prosecutors | of planting"
    let gerund = |it: usize| text.lower(it) == "of" && text.lower(it + 1).ends_with("ing");
    let agent = by
        .map(|it| noun_phrase_right(text, it + 1))
        .map(|it| it.start..it.clone().find(|&at| gerund(at)).unwrap_or(it.end))
        .filter(|it| !it.is_empty() && can_speak(text, it.clone()) && !text.lower(it.start).ends_with("ing"));
    if hit.cue.lemma == "encourage"
        || agent.is_none() && !IMPERSONAL.contains(&hit.cue.lemma.as_str())
        || matches!(hit.cue.lemma.as_str(), "tell" | "inform")
        || group.negated
    {
        return None;
    }
    let rest = agent.as_ref().map_or(after, |it| it.end);
    let content = match text.lower(rest) {
        "that" => vec![rest + 1..content::end_of_clause(text, sentence, rest + 1)],
        "to" if !dummy && !subject.is_empty() => {
            vec![subject.clone(), rest..content::end_of_clause(text, sentence, rest)]
        }
        "of" | "for" | "as" | "with" => vec![rest + 1..content::end_of_clause(text, sentence, rest + 1)],
        _ if dummy && content::has_finite_verb(text, rest..end) => {
            vec![rest..content::end_of_clause(text, sentence, rest)]
        }
        _ if subject.is_empty() || dummy => return None,
        _ if subject.len() == 1 && matches!(text.lower(subject.start), "this" | "that" | "which") => {
            vec![previous_sentence(ctx, sentence)?]
        }
        _ => vec![subject.clone()],
    };
    let claimed = hit.cue.lemma == "claim" && agent.is_some();
    Some(Draft {
        who: agent.map_or(Who::Unspecified, Who::Words),
        cue: group.start_of_cue(text)..after,
        class: CueClass::Verb,
        content: content.into_iter().map(|it| content::trim(text, it)).filter(|it| !it.is_empty()).collect(),
        stance: if claimed { Stance::ClaimsResponsibility } else { hit.cue.stance },
        lemma: hit.cue.lemma.clone(),
        negated: false,
        distancing: hit.cue.distancing && !claimed,
        direct: false,
        passive: true,
    })
    .filter(|it| !it.content.is_empty())
}

/// Returns the body sentence before a sentence.
pub(super) fn sentence_before(ctx: &Context<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    let index = ctx.text.tokens[sentence.tokens.start].sentence.checked_sub(1)?;
    let before = &ctx.text.sentences[index];
    (before.role == Role::Body).then(|| content::trim(&ctx.text, before.tokens.clone()))
}

fn previous_sentence(ctx: &Context<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    let index = ctx.text.tokens[sentence.tokens.start].sentence.checked_sub(1)?;
    let before = &ctx.text.sentences[index];
    (before.role == Role::Body && before.paragraph == sentence.paragraph)
        .then(|| content::trim(&ctx.text, before.tokens.clone()))
}

/// "an attack claimed by X", "figures released by the ministry".
pub(super) fn reduced_passive(ctx: &Context<'_>, sentence: &Sentence, at: usize, hit: Hit<'_>) -> Option<Draft> {
    let text = &ctx.text;
    if !matches!(hit.cue.lemma.as_str(), "claim" | "confirm" | "report" | "condemn") {
        return None;
    }
    let agent = noun_phrase_right(text, at + hit.len + 1);
    let end = if text.lower(at.checked_sub(1)?) == "," { at - 1 } else { at };
    let noun = noun_phrase_left(text, end, sentence.tokens.start);
    if agent.is_empty() || noun.is_empty() || !can_speak(text, agent.clone()) {
        return None;
    }
    let claimed = hit.cue.lemma == "claim";
    Some(Draft {
        who: Who::Words(agent),
        cue: at..at + hit.len,
        class: CueClass::Verb,
        content: vec![noun],
        stance: if claimed { Stance::ClaimsResponsibility } else { hit.cue.stance },
        lemma: hit.cue.lemma.clone(),
        negated: false,
        distancing: false,
        direct: false,
        passive: true,
    })
}
