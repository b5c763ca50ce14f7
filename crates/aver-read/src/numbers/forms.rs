//! Every form a number is written in, with its value.
//!
//! In: bare text. Out: [`Form`]s in text order: integers, decimals, fractions,
//! powers, percentages, ordinals, ranges. It knows forms only: whether a number
//! counts anything is for [`crate::numbers`] and [`crate::figures`] to say.
//!
//! [`words`] cuts the text, [`literals`] reads digits, [`spelt`] words,
//! [`ranges`] bounds, [`ordinals`] ranks.

mod literals;
mod ordinals;
mod ranges;
mod spelt;
#[cfg(test)]
mod tests;
mod words;

pub use ordinals::{Rank, ordinals};
pub use ranges::{Bounds, ranges};

use std::ops::Range;
use words::Word;

/// What a number is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// "1,500", "twenty-five", "13 lakh".
    Integer,
    /// "2.33 k", "nought point five".
    Decimal,
    /// "two thirds", "1 in 5", "half a million".
    Fraction,
    /// "1e10", "1.1^23".
    Power,
}

/// A number with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Its value.
    pub value: f64,
    /// What it is made of.
    pub shape: Shape,
}

/// Finds the numbers of a text, in order.
pub fn numbers(text: &str) -> Vec<Form> {
    let words = words::cut(text);
    read(text, &words).into_iter().map(|it| it.publish(&words)).collect()
}

/// Finds percentages: "12.5 %", "minus five percent", "per cent of 210". A sign without a number has no value.
pub fn percentages(text: &str) -> Vec<(Range<usize>, Option<f64>)> {
    let words = words::cut(text);
    let forms = read(text, &words);
    let mut found: Vec<(Range<usize>, Option<f64>)> = vec![];
    for at in 0..words.len() {
        let (start, end) = match words[at].lower.as_str() {
            "%" | "percent" | "percents" | "percentage" | "percentages" => (at, at + 1),
            "per" if words::is(&words, at + 1, &["cent", "cents"]) => (at, at + 2),
            _ => continue,
        };
        // An address "?q=30%25" is no percentage.
        if words[start].in_address {
            continue;
        }
        let before = forms.iter().find(|it| it.words.end == start);
        let after = forms.iter().find(|it| words::is(&words, end, &["of"]) && it.words.start == end + 1);
        let (range, value) = match (before, after) {
            (Some(it), _) => (it.words.start..end, Some(it.value)),
            (None, Some(it)) => (start..it.words.end, Some(it.value)),
            (None, None) => (start..end, None),
        };
        found.push((words[range.start].bytes.start..words[range.end - 1].bytes.end, value));
    }
    found
}

/// A number in words.
#[derive(Debug, Clone)]
struct Found {
    words: Range<usize>,
    value: f64,
    shape: Shape,
}

impl Found {
    fn new(words: Range<usize>, value: f64, shape: Shape) -> Found {
        Found { words, value, shape }
    }

    fn publish(self, words: &[Word]) -> Form {
        let bytes = words[self.words.start].bytes.start..words[self.words.end - 1].bytes.end;
        Form { bytes, value: self.value, shape: self.shape }
    }
}

fn read(text: &str, words: &[Word]) -> Vec<Found> {
    let mut found: Vec<Found> = vec![];
    let mut at = 0;
    while at < words.len() {
        match number_at(text, words, at) {
            Some(it) => {
                at = it.words.end.max(at + 1);
                found.push(it);
            }
            None => at += 1,
        }
    }
    found
}

/// Returns the longest number that starts at a word.
fn number_at(text: &str, words: &[Word], at: usize) -> Option<Found> {
    let (start, negative) = sign(text, words, at);
    let plain = literals::literal(words, start).or_else(|| spelt::spelt(words, start))?;
    let found = joined(words, plain);
    let value = if negative { -found.value } else { found.value };
    Some(Found { words: at..found.words.end, value, ..found })
}

/// "-", "minus", "negative": where the number starts.
fn sign(text: &str, words: &[Word], at: usize) -> (usize, bool) {
    match words[at].lower.as_str() {
        "minus" | "negative" => (at + 1, true),
        "-" | "−" => {
            // "SCP-173" and "+1-222" have a dash between, not a sign.
            let before = text[..words[at].bytes.start].chars().next_back();
            let joins = before.is_some_and(|it| it.is_alphanumeric() || it == ')');
            if joins { (at, false) } else { (at + 1, true) }
        }
        _ => (at, false),
    }
}

/// "1 over 3", "one out of five", "1 in 5", "3 million and a half".
fn joined(words: &[Word], found: Found) -> Found {
    let end = found.words.end;
    let joint = match words::low(words, end) {
        "over" | "in" => 1,
        "out" if words::is(words, end + 1, &["of"]) => 2,
        _ => return found,
    };
    // "$2000 over 3 years" is no fraction; neither is "8 in 5".
    let money = found.words.start > 0 && words::is(words, found.words.start - 1, &["$", "€", "£"]);
    let whole = found.shape == Shape::Integer;
    let Some(below) = literals::literal(words, end + joint).or_else(|| spelt::spelt(words, end + joint)) else {
        return found;
    };
    let unit = words::low(words, below.words.end);
    let year = words::low(words, end) == "in" && below.value >= 1000.0;
    let ratio = words::low(words, end) == "over" || found.value < below.value;
    if money || year || !whole || !ratio || below.value == 0.0 || below.shape != Shape::Integer || time_unit(unit) {
        return found;
    }
    Found::new(found.words.start..below.words.end, found.value / below.value, Shape::Fraction)
}

fn time_unit(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    matches!(singular, "year" | "month" | "week" | "day" | "hour" | "minute" | "second")
}
