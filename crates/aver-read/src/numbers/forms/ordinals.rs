//! Ranks: "11th", "twenty-fifth", "one hundred twenty fifth", "the last but one".

use super::spelt;
use super::words::{self, Word, is, low};
use aver_model::number_words::{rank as rank_word, scale};
use std::ops::Range;

/// A rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// Counted from the first.
    FromStart(u64),
    /// Steps from the last: −1 for "the last but one".
    FromEnd(i64),
    /// Steps from the present one.
    FromCurrent(i64),
}

/// Finds the ranks of a text, in order.
pub fn ordinals(text: &str) -> Vec<(Range<usize>, Rank)> {
    let words = words::cut(text);
    let mut found = vec![];
    let mut at = 0;
    while at < words.len() {
        match relative(&words, at).or_else(|| counted(&words, at)) {
            Some((end, rank)) => {
                found.push((words[at].bytes.start..words[end - 1].bytes.end, rank));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// "next", "the second to last", "the one before the last".
fn relative(words: &[Word], at: usize) -> Option<(usize, Rank)> {
    const PHRASES: &[(&[&str], Rank)] = &[
        (&["the", "one", "before", "the", "last", "one"], Rank::FromEnd(-1)),
        (&["the", "one", "before", "the", "last"], Rank::FromEnd(-1)),
        (&["the", "second", "to", "last"], Rank::FromEnd(-1)),
        (&["the", "last", "but", "one"], Rank::FromEnd(-1)),
        (&["next", "to", "last"], Rank::FromEnd(-1)),
        (&["antepenultimate"], Rank::FromEnd(-2)),
        (&["penultimate"], Rank::FromEnd(-1)),
        (&["last"], Rank::FromEnd(0)),
        (&["previous", "one"], Rank::FromCurrent(-1)),
        (&["next", "one"], Rank::FromCurrent(1)),
        (&["current", "one"], Rank::FromCurrent(0)),
        (&["previous"], Rank::FromCurrent(-1)),
        (&["next"], Rank::FromCurrent(1)),
        (&["current"], Rank::FromCurrent(0)),
    ];
    let (phrase, rank) =
        PHRASES.iter().find(|(phrase, _)| phrase.iter().enumerate().all(|(n, it)| low(words, at + n) == *it))?;
    Some((at + phrase.len(), *rank))
}

fn counted(words: &[Word], at: usize) -> Option<(usize, Rank)> {
    // "11th"
    if let Ok(n) = low(words, at).parse::<u64>() {
        let ends = is(words, at + 1, &["st", "nd", "rd", "th"]) && words::glued(words, at + 1);
        return ends.then_some((at + 2, Rank::FromStart(n)));
    }
    if let Some(n) = rank_word(low(words, at)) {
        return Some((at + 1, Rank::FromStart(n)));
    }
    // "one hundred twenty-fifth", "three trillionth"; "a third" alone is a part.
    let (end, value) = spelt::cardinal(words, at)?;
    let next = end + usize::from(is(words, end, &["-", "and"]));
    let last = rank_word(low(words, next))?;
    let scaled = scale(low(words, next).trim_end_matches("th")).is_some_and(|it| it >= 100);
    if scaled {
        return Some((next + 1, Rank::FromStart(value.checked_mul(last)?)));
    }
    let fits = value % 100 == 0 || value % 100 >= 20 && value % 10 == 0 && last < 10;
    fits.then_some((next + 1, Rank::FromStart(value + last)))
}
