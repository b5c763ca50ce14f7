//! Whether a sentence counts this occurrence, or another, or a whole period.
//!
//! In: the words of a sentence. Out: yes or no. Reports of one shooting tell of
//! others ("five children shot this year", "in three separate shootings"), and
//! their numbers are not its own.

use super::words::{Word, is};
use aver_model::number_words::small;

/// Words that say it by themselves.
const ALONE: &[&str] = &[
    "unrelated",
    "citywide",
    "statewide",
    "nationwide",
    "nationally",
    "statistics",
    "annually",
    "homicides",
    "weekend's",
];
/// Plural nouns for several occurrences.
const SEVERAL: &[&str] =
    &["shootings", "homicides", "murders", "killings", "slayings", "incidents", "attacks", "deaths", "scenes"];
/// What may stand before them in a sentence about several.
const MANY: &[&str] = &[
    "separate",
    "overnight",
    "weekend",
    "different",
    "several",
    "multiple",
    "other",
    "recent",
    "other",
    "dozen",
    "dozens",
    "unrelated",
    "previous",
    "past",
    "mass",
    "number",
    "string",
    "series",
    "pair",
];
const PERIODS: &[&str] = &["year", "month", "summer", "weekend", "decade", "week"];
const OPENERS: &[&str] = &["this", "last", "past", "each", "every", "per", "previous"];

/// Says whether the numbers of a sentence belong elsewhere; `year` is the first in which any report appeared.
pub fn is_elsewhere(words: &[Word], year: Option<i32>) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let text = word.text.as_str();
        let last = at.checked_sub(1).and_then(|it| words.get(it));
        let near = words[at.saturating_sub(3)..at].iter().any(|it| is_several(&it.text))
            || last.is_some_and(|it| it.text.len() < 3 && it.text.chars().all(|c| c.is_ascii_digit()));
        ALONE.contains(&text)
            || SEVERAL.contains(&text) && near
            || text == "year" && is(last, OPENERS)
            || text == "far" && is(last, &["so"])
            || PERIODS.contains(&text) && is(last, &["past", "per", "every", "each"])
            || matches!(text, "city" | "county" | "country" | "state" | "nation") && across(&words[..at])
            || matches!(text, "days" | "hours" | "weeks" | "months") && over_time(&words[..at])
            || year.is_some_and(|year| is_year_before(text, year))
            || text == "since" && is(words.get(at + 1), &["january", "jan"])
    })
}

/// "several", "two" to "ten".
fn is_several(word: &str) -> bool {
    MANY.contains(&word) || small(word).is_some_and(|it| (2..=10).contains(&it))
}

/// "across the city", "throughout the county".
fn across(words: &[Word]) -> bool {
    let Some((the, rest)) = words.split_last() else { return false };
    the.text == "the" && is(rest.last(), &["across", "throughout", "around"])
}

/// "in just three days", "over five hours", "in the last 17 months".
fn over_time(words: &[Word]) -> bool {
    let back: Vec<&str> = words.iter().rev().take(4).map(|it| it.text.as_str()).collect();
    let long = back.contains(&"past") || back.contains(&"last") || back.contains(&"just") || back.contains(&"over");
    long && back.iter().any(|it| matches!(*it, "in" | "over" | "within"))
}

fn is_year_before(text: &str, year: i32) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|it: i32| (1900..year).contains(&it))
}
