//! Who is the subject of a verb cue, by the order of words.
//!
//! In: a cue with its verb group. Out: the words of the speaker, before the verb or behind it
//! ("said X, an expert at Y"), what a relative pronoun stands for, or only that it is the subject of
//! the sentence. [`can_speak`] says which phrases never are.

use super::{
    content,
    cues::{Form, Hit},
    draft::Who,
    frames::MEDIA_NOUNS,
    groups::Group,
    sources,
};
use crate::{
    Context,
    phrase::{begins_clause, noun_phrase_left, noun_phrase_right, nouns::base_phrase_left, subject_left, words},
    text::{Sentence, Text, TokenKind},
};
use std::ops::Range;

/// Returns the words of the speaker, and whether they follow the verb.
pub(super) fn speaker(
    ctx: &Context<'_>,
    sentence: &Sentence,
    at: usize,
    hit: Hit<'_>,
    group: &Group,
) -> Option<(Who, bool)> {
    let text = &ctx.text;
    let floor = sentence.tokens.start;
    let first = group.start == floor;
    let before = if first { "" } else { text.lower(group.start - 1) };
    let quote_before = group.start > 0 && text.tokens[group.start - 1].kind == TokenKind::Quote;
    if hit.form == Form::Ing && !group.progressive {
        return participle(text, sentence, group).map(|who| (who, false));
    }
    if (quote_before || before == ",")
        && hit.len == 1
        && hit.cue.quote
        && !group.finite
        && let Some(words) = inverted(text, sentence, at + 1)
        && (quote_before || subject_left(text, group.start, floor).is_empty())
    {
        return Some((Who::Words(words), true));
    }
    if first {
        return None;
    }
    if words::is_relative(before) && before != "where" && before != "that"
        || before == "that" && !words::is_subject_pronoun(before)
    {
        return antecedent(text, group.start - 1, floor).map(|it| (Who::Words(it), false));
    }
    if matches!(before, "and" | "but" | "or" | "then")
        || before == "," && matches!(text.lower(group.start.saturating_sub(2)), "and" | "but")
    {
        return Some((Who::Subject, false));
    }
    let words = behind_relative(text, subject_left(text, group.start, floor), floor);
    if words.is_empty() || !can_speak(text, words.clone()) {
        return None;
    }
    Some((Who::Words(words), false))
}

/// "…, adding that", "Rejecting help, the guild", "residents claiming that", "a video claiming".
fn participle(text: &Text<'_>, sentence: &Sentence, group: &Group) -> Option<Who> {
    if group.start == sentence.tokens.start {
        return Some(Who::Subject);
    }
    let before = text.lower(group.start - 1);
    if matches!(
        before,
        "," | "while" | "by" | "and" | "after" | "before" | "when" | "without" | "-" | "–" | "—" | "but"
    ) {
        return Some(Who::Subject);
    }
    let noun = noun_phrase_left(text, group.start, sentence.tokens.start);
    if noun.is_empty() || words::is_preposition(before) {
        return None;
    }
    if (noun.clone()).any(|it| MEDIA_NOUNS.contains(&text.lower(it))) {
        return Some(Who::Subject);
    }
    can_speak(text, noun.clone()).then_some(Who::Words(noun))
}

/// Returns the speaker behind an inverted verb: "said X, an expert at Y".
fn inverted(text: &Text<'_>, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let noun = noun_phrase_right(text, at);
    if noun.is_empty()
        || matches!(text.lower(at), "that" | "there")
        || words::is_weekday(text.lower(at))
        || begins_clause(text, at)
    {
        return None;
    }
    let mut end = noun.end;
    // "said Doe of the mill", "said a clerk at the mill".
    while end < sentence.tokens.end && matches!(text.lower(end), "at" | "of" | "with" | "for" | "from" | "in") {
        let more = noun_phrase_right(text, end + 1);
        if more.is_empty()
            || more.clone().any(|it| words::is_time_noun(text.lower(it)) || words::is_weekday(text.lower(it)))
            || matches!(text.lower(end + 1), "a" | "an") && text.lower(end) == "in"
        {
            break;
        }
        end = more.end;
    }
    end = sources::close_bracket(text, noun.start..end, sentence.tokens.end);
    if text.lower(end) == ","
        && (words::is_determiner(text.lower(end + 1))
            || matches!(text.lower(end + 1), "of" | "who" | "head" | "director" | "former" | "chief" | "president"))
        && end + 1 < sentence.tokens.end
    {
        end = content::comma_or_end(text, end + 1, sentence.tokens.end);
    }
    can_speak(text, noun.clone()).then_some(noun.start..end)
}

/// Returns the noun that a relative pronoun at `at` stands for.
fn antecedent(text: &Text<'_>, at: usize, floor: usize) -> Option<Range<usize>> {
    let end = if at > floor && text.lower(at - 1) == "," { at - 1 } else { at };
    // "Doe, the head of the mill, who said".
    if end < at {
        let whole = subject_left(text, at, floor);
        if !whole.is_empty() && text.tokens[whole.start].capital {
            return can_speak(text, whole.clone()).then_some(whole);
        }
    }
    let mut noun = noun_phrase_left(text, end, floor);
    // "the attack by the group, who claimed": the agent.
    let base = base_phrase_left(text, end, floor);
    // "a confession of a member who says": the member.
    let shown = text.lower(at) == "who" && noun.clone().take(6).any(|it| MEDIA_NOUNS.contains(&text.lower(it)));
    if base.start > noun.start && (text.lower(base.start - 1) == "by" || shown && text.lower(base.start - 1) == "of") {
        noun = base;
    }
    (!noun.is_empty() && can_speak(text, noun.clone())).then_some(noun)
}

/// "some officials who met reporters said": the speaker is what "who" stands for.
fn behind_relative(text: &Text<'_>, words: Range<usize>, floor: usize) -> Range<usize> {
    let mut verb = false;
    for at in (floor + 1..words.start).rev().take(12) {
        let word = text.lower(at);
        if word == "," || text.tokens[at].kind == TokenKind::Quote {
            break;
        }
        if verb && matches!(word, "who" | "which" | "that") && !crate::phrase::is_finite_verb(text, at - 1) {
            let noun = noun_phrase_left(text, at, floor);
            if !noun.is_empty() && !noun.clone().any(|it| crate::phrase::verbs::is_common_present(text.lower(it))) {
                return noun.start..words.end;
            }
            break;
        }
        verb |= crate::phrase::is_finite_verb(text, at);
    }
    words
}

/// Says whether a phrase can stand for somebody who speaks.
pub fn can_speak(text: &Text<'_>, words: Range<usize>) -> bool {
    let head =
        words.clone().find(|&it| text.lower(it) == "," || words::is_preposition(text.lower(it))).unwrap_or(words.end);
    let last = text.lower(head.max(words.start + 1) - 1);
    let number = text.tokens[head.max(words.start + 1) - 1].kind == TokenKind::Number;
    // "admitted killing him" names nobody.
    let deed = text.lower(words.start).ends_with("ing")
        && !text.tokens[words.start].capital
        && (words::is_third_person(text.lower(words.start + 1)) || words::is_determiner(text.lower(words.start + 1)));
    !number
        && !deed
        && !words::is_time_noun(last)
        && !words::is_weekday(last)
        && !words::is_month(last)
        && !matches!(
            last,
            "there"
                | "midday"
                | "better"
                | "worse"
                | "same"
                | "such"
                | "weapons"
                | "keep"
                | "keeps"
                | "kept"
                | "stop"
                | "stopped"
                | "began"
                | "begin"
                | "arms"
                | "money"
                | "funds"
                | "ammunition"
                | "what"
                | "attack"
                | "attacks"
                | "bombing"
                | "blast"
                | "explosion"
                | "explosions"
                | "shelling"
                | "clashes"
                | "gunfire"
                | "death"
                | "deaths"
                | "war"
                | "fighting"
                | "violence"
                | "'s"
                | "where"
                | "when"
        )
}
