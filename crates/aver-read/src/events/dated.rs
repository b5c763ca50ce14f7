//! When an event is told to happen.
//!
//! In: a mention and the times of its sentence. Out: the mention with the time that
//! stands in its own words, else the nearest one that dates no saying, no thing and
//! no report.

use super::mentions::{Mention, Surroundings};
use super::phrases;
use crate::Found;
use crate::text::{Role, Text, TokenKind};
use aver_model::Time;
use std::ops::Range;

/// How many times of a sentence are looked at.
const TIMES: usize = 32;
/// A time further away than this dates something else.
const FAR: usize = 60;

/// Takes the closest time of the sentence, passing over those that date a saying.
pub fn attach(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let whole = text.sentences[mention.sentence].tokens.clone();
    // A dateline tells when the report was written.
    let sentence = crate::phrase::dateline_end(text, &whole)..whole.end;
    let first = around.times.partition_point(|it| it.tokens.start < sentence.start);
    let trigger = mention.trigger.tokens.clone();
    // "withdrew on Tuesday under an agreement signed on 14 June": the day behind is its own.
    let signed = mention.trigger.shape.is_noun()
        && matches!(text.lower(trigger.end), "signed" | "reached" | "concluded" | "brokered" | "struck" | "agreed")
        && around.times[first..]
            .iter()
            .take(TIMES)
            .any(|it| it.tokens.start > trigger.end && it.tokens.end <= sentence.end);
    // "met on Tuesday to discuss the killing": the day of the answer.
    let before = mention.span.start.max(sentence.start + 1) - 1;
    let answered = mention.trigger.shape.is_noun() && super::bounds::answers(text.lower(before));
    let only_behind = mention.anchors || signed || answered;
    if mention.aggregate && super::implied::is_past_habit(text, trigger.end, sentence.end) {
        return;
    }
    let near = around.times.iter().enumerate().skip(first).take(TIMES);
    let best = near
        .take_while(|(_, it)| it.tokens.start < sentence.end)
        .filter(|(_, it)| !(only_behind && it.tokens.end <= mention.span.start))
        .filter_map(|(at, it)| Some((distance(around, mention, it, sentence.clone())?, at)))
        .filter(|it| it.0 <= FAR)
        .min();
    let Some((_, at)) = best else { return };
    let end = around.times[at].tokens.end;
    mention.time = Some(at);
    let dates_claim = end <= trigger.start && phrases::claim_between(text, end, trigger.start);
    mention.upper_bound = dates_claim || mention.role == Role::Caption;
}

/// Returns how far a time stands from a mention, each border of a clause counted as 15 tokens; `None` when it dates
/// something else.
fn distance(around: &Surroundings<'_>, mention: &Mention, time: &Found<Time>, sentence: Range<usize>) -> Option<usize> {
    let text = &around.ctx.text;
    let kind = time.record.kind.as_deref().unwrap_or("");
    if kind.starts_with("duration") || matches!(kind, "anniversary" | "copyright_year" | "vague_future") {
        return None;
    }
    let trigger = mention.trigger.tokens.clone();
    if names_a_thing(text, time, &trigger) || measures_a_record(text, time, &trigger) {
        return None;
    }
    // "a brokered 2019 ceasefire in January": its own year.
    if time.tokens.len() == 1 && kind == "year" && time.tokens.end == trigger.start {
        return Some(0);
    }
    if mention.span.start <= time.tokens.start && time.tokens.end <= mention.span.end {
        return Some(1);
    }
    let of_claim = time.tokens.end <= trigger.start && phrases::claim_between(text, time.tokens.end, trigger.start);
    if !of_claim && phrases::dates_a_saying(around.ctx, time.tokens.clone(), sentence.clone(), trigger.start) {
        return None;
    }
    let leads = time.tokens.start <= sentence.start + 1 && text.lower(time.tokens.end) == ",";
    let borders = phrases::borders_between(text, trigger.clone(), time.tokens.clone());
    // "Some attacks, including Monday's": several occurrences take only a time of their own.
    let of_one = mention.aggregate && mention.trigger.shape.is_noun() && !leads && !of_claim;
    let of_other = !around.ctx.codebook.events[mention.trigger.kind].violent
        && borders > 0
        && !phrases::only_time_borders(text, trigger.clone(), time.tokens.clone());
    if of_one || of_other {
        return None;
    }
    let apart = match time.tokens.start.checked_sub(trigger.end) {
        Some(behind) => behind,
        None => trigger.start.saturating_sub(time.tokens.end),
    };
    Some(match () {
        // "The truce, the ninth since fighting broke out in April, was signed on Friday": what lasts is not one act's time.
        () if kind == "open_start_period" && !mention.aggregate => apart + borders * 15 + 20,
        () if of_claim => 50,
        () if leads => 12 + borders * 6,
        () => apart + borders * 15,
    })
}

/// "The attack was the worst in the area | since March": when the record was set before.
fn measures_a_record(text: &Text<'_>, time: &Found<Time>, trigger: &Range<usize>) -> bool {
    let from = time.tokens.start;
    let since = |at: usize| text.lower(at) == "since";
    let record = |at: usize| {
        let word = text.lower(at);
        matches!(word, "worst" | "first" | "most")
            || word.len() > 5 && word.ends_with("est") && !text.tokens[at].capital
    };
    trigger.end <= from
        && (since(from) || from > 0 && since(from - 1))
        && (trigger.end.saturating_sub(8)..from).any(record)
}

/// "withdrew from a 2002 ceasefire": a year before a noun dates what that noun names.
fn names_a_thing(text: &Text<'_>, time: &Found<Time>, trigger: &Range<usize>) -> bool {
    let at = time.tokens.clone();
    let noun = text.tokens.get(at.end).is_some_and(|it| it.kind == TokenKind::Word && !it.capital);
    let attributive = at.start > 0
        && at.len() == 1
        && time.record.kind.as_deref() == Some("year")
        && matches!(text.lower(at.start - 1), "a" | "the" | "its" | "their" | "his" | "her" | "'s" | "this")
        || at.start > 1 && at.len() == 1 && matches!(text.lower(at.start - 2), "a" | "the" | "its" | "their");
    attributive
        && noun
        && !ends_noun(text, at.end)
        && !(at.start.saturating_sub(1)..at.end + 3).contains(&trigger.start)
}

/// A word that no noun phrase goes on with.
fn ends_noun(text: &Text<'_>, at: usize) -> bool {
    let word = text.lower(at);
    crate::phrase::words::breaks_noun_phrase(word) || crate::phrase::words::is_preposition(word)
}
