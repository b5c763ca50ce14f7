//! The telling words of a text, in the form in which two texts are compared.
//!
//! In: words. Out: stems of those that carry meaning, and names. Numbers, days of
//! the week and the words of any report of violence say nothing about which event
//! is meant.

use crate::sight::fold;
use aver_model::calendar_words::{MONTHS, WEEKDAYS};
use aver_model::number_words;
use std::collections::BTreeSet;

/// Words that say nothing about which event is meant.
const EMPTY: &[&str] = &[
    "the",
    "and",
    "for",
    "that",
    "with",
    "from",
    "were",
    "was",
    "has",
    "have",
    "had",
    "been",
    "this",
    "these",
    "those",
    "which",
    "who",
    "whom",
    "when",
    "where",
    "while",
    "people",
    "person",
    "least",
    "more",
    "than",
    "some",
    "several",
    "including",
    "mostly",
    "others",
    "other",
    "after",
    "before",
    "during",
    "their",
    "his",
    "her",
    "its",
    "they",
    "attack",
    "attacks",
    "killed",
    "kill",
    "killing",
    "wounded",
    "injured",
    "dead",
    "said",
    "says",
    "also",
    "into",
    "over",
    "near",
    "about",
    "dozens",
    "many",
    "number",
    "members",
    "member",
    "group",
    "carried",
    "out",
    "took",
    "place",
    "led",
    "are",
    "being",
    "targeted",
    "target",
    "hit",
    "hundreds",
    "week",
    "year",
];

/// Names of days say as little as any, and numbers in words as those in digits.
fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word) || MONTHS.contains(&word) || WEEKDAYS.contains(&word) || number_words::small(word).is_some()
}

/// Cuts the commonest endings so that "worshippers" meets "worshiper".
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix('s').filter(|it| it.len() > 3 && !it.ends_with('s')).unwrap_or(word);
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Returns the stems of the words that carry meaning.
pub fn stems(words: &str) -> BTreeSet<String> {
    fold(words)
        .split(' ')
        .filter(|it| it.chars().count() > 2 && !is_empty(it) && !it.chars().all(|c| c.is_ascii_digit()))
        .map(stem)
        .collect()
}

/// Returns the folded words of `text` that begin with a capital, the first of each sentence aside.
pub fn capitals(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut first = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !first && bare.chars().count() > 2 && bare.chars().next().is_some_and(char::is_uppercase) {
            let folded = fold(bare.trim_end_matches("’s").trim_end_matches("'s"));
            if !is_empty(&folded) {
                out.insert(folded);
            }
        }
        first = word.ends_with(['.', '!', '?']);
    }
    out
}
