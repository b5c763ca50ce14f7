//! Since when, until when, or when a tie is said to hold.
//!
//! In: the relations found and the times of the text. Out: the relations, with the time that
//! stands beside their words: behind them ("allied with the League since 2019") or opening
//! their clause ("Until 2016 the Brigade was part of …"). A time further off dates something
//! else, and a tie without one stays undated.

use crate::{Context, Found, text::Text};
use aver_model::{EventTime, Relation, Time};

/// How many small words may stand between a tie and its time.
const NEAR: usize = 3;

/// Dates relations; `times` are in text order.
pub fn date(ctx: &Context<'_>, times: &[Found<Time>], found: &mut [Found<Relation>]) {
    for it in found {
        let sentence = ctx.text.sentence_of(it.tokens.start).tokens.clone();
        let first = times.partition_point(|time| time.tokens.start < sentence.start);
        // "For five years" has no day.
        let dated = |time: &&Found<Time>| time.record.start.is_some() || time.record.end.is_some();
        let mut near = times[first..].iter().take_while(|time| time.tokens.start < sentence.end).filter(dated);
        let time = near.find(|time| is_beside(&ctx.text, sentence.start, &it.tokens, &time.tokens));
        it.record.time = time.map(|time| EventTime {
            start: time.record.start,
            end: time.record.end,
            precision: time.record.precision,
            from: Some(time.record.id.clone()),
        });
    }
}

/// Says whether a time stands in a tie's words, close behind them, or opens the sentence close before them.
fn is_beside(text: &Text<'_>, first: usize, tie: &std::ops::Range<usize>, time: &std::ops::Range<usize>) -> bool {
    let small = |at: usize| {
        matches!(
            text.lower(at),
            "since"
                | "until"
                | "till"
                | "in"
                | "from"
                | "on"
                | "by"
                | "between"
                | "after"
                | "before"
                | ","
                | "the"
                | "early"
                | "late"
                | "mid"
        )
    };
    let close = |between: std::ops::Range<usize>| between.len() <= NEAR && between.into_iter().all(small);
    let inside = tie.start <= time.start && time.end <= tie.end;
    let behind = tie.end <= time.start && text.lower(tie.end) != "," && close(tie.end..time.start);
    let opens = time.end <= tie.start && close(first..time.start.max(first)) && close(time.end..tie.start);
    inside || behind || opens
}
