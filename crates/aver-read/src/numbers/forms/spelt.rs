//! Numbers in words: "one hundred and six", "half a dozen", "two thirds",
//! "five and a half million", "nought point nought three".

use super::words::{Word, glued, is, low};
use super::{Found, Shape};
use crate::numbers::cardinal::{scale, small};

/// Reads a number that starts with a word.
pub fn spelt(words: &[Word], at: usize) -> Option<Found> {
    if at > 0 && glued(words, at) && !is(words, at - 1, &["-", "–", "(", "\"", "'", "“"]) {
        return None;
    }
    let found = half(words, at).or_else(|| fraction(words, at)).or_else(|| whole(words, at))?;
    if found.shape == Shape::Integer && is_pronoun(words, &found) {
        return None;
    }
    let mut found = point(words, found);
    and_part(words, &mut found);
    Some(found)
}

/// "the one", "this one", "which one", "one-fourth of" read elsewhere.
fn is_pronoun(words: &[Word], found: &Found) -> bool {
    let at = found.words.start;
    found.words.len() == 1
        && low(words, at) == "one"
        && at > 0
        && is(
            words,
            at - 1,
            &["the", "this", "that", "which", "no", "any", "every", "each", "previous", "next", "current"],
        )
}

/// "half a dozen", "half million", "quarter million", "a half", "half".
fn half(words: &[Word], at: usize) -> Option<Found> {
    let part = match low(words, at) {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return None,
    };
    let next = at + 1 + usize::from(is(words, at + 1, &["a"]));
    if let Some(factor) = scale(low(words, next)) {
        let value = part * factor as f64;
        let shape = if is(words, next, DOZEN) { Shape::Integer } else { Shape::Fraction };
        return Some(Found::new(at..next + 1, value, shape));
    }
    (part == 0.5).then(|| Found::new(at..at + 1, part, Shape::Fraction))
}

const DOZEN: &[&str] = &["dozen", "dozens", "dz", "dzs", "doz", "dozs"];

/// Whole numbers: groups of small words and scales.
fn whole(words: &[Word], at: usize) -> Option<Found> {
    let (end, value) = cardinal(words, at)?;
    Some(Found::new(at..end, value as f64, Shape::Integer))
}

/// Returns the end and value of a spelt whole number.
pub fn cardinal(words: &[Word], at: usize) -> Option<(usize, u64)> {
    let (mut total, mut group, mut next) = (0u64, 0u64, at);
    let (mut good, mut small_at) = (None, None::<u64>);
    // "a hundred", "an hundred"
    let article = is(words, at, &["a", "an"]) && scale(low(words, at + 1)).is_some();
    if article {
        (group, next, small_at) = (1, at + 1, Some(1));
    }
    // "hundred thousand dollars"
    let bare = scale(low(words, at)).is_some_and(|it| it != 12) && scale(low(words, at + 1)).is_some();
    if bare {
        (group, small_at) = (1, Some(1));
    }
    let mut limit = u64::MAX;
    while next < words.len() {
        let word = low(words, next);
        if let Some(value) = one(word) {
            let fits = match small_at {
                // "twenty five", "fifty - two"
                Some(last) => last >= 20 && last % 10 == 0 && (1..10).contains(&value),
                None => true,
            };
            if !fits || value >= limit {
                break;
            }
            group = group.checked_add(value)?;
            small_at = Some(group % 100);
            next += 1;
        } else if let Some(factor) = scale_of(word).filter(|_| group > 0 || good.is_some()) {
            if factor == 12 || factor < 1000 {
                if group == 0 {
                    break;
                }
                // "three hundred and two dozens"
                group = if factor == 12 && group > 100 && group % 100 > 0 {
                    group - group % 100 + group % 100 * 12
                } else {
                    group.checked_mul(factor)?
                };
            } else {
                if group == 0 {
                    // "three lakh crore"
                    total = total.checked_mul(factor)?;
                } else {
                    total = if factor > 1000 && total > 0 && total < factor {
                        (total + group).checked_mul(factor)?
                    } else {
                        total.checked_add(group.checked_mul(factor)?)?
                    };
                }
                limit = factor;
                group = 0;
            }
            small_at = None;
            next += 1;
        } else {
            // "one hundred and six", "fifty - two": only between number words.
            let after_scale = small_at.is_none();
            let joins = word == "and" && after_scale && good.is_some()
                || word == "-"
                    && (small_at.is_some_and(|it| it >= 20 && it % 10 == 0)
                        && one(low(words, next + 1)).is_some_and(|it| it < 10)
                        || glued(words, next) && scale(low(words, next + 1)).is_some());
            let goes_on = one(low(words, next + 1)).is_some_and(|it| it > 0);
            if joins && (goes_on || word == "-") {
                next += 1;
                continue;
            }
            break;
        }
        good = Some((next, total.checked_add(group)?));
    }
    good.filter(|it| it.0 > at + usize::from(article))
}

/// Returns the value of one word below a hundred, zero also by its other names.
fn one(word: &str) -> Option<u64> {
    match word {
        "nought" | "naught" => Some(0),
        _ => small(word).filter(|_| !word.contains('-')),
    }
}

/// "two hundred point zero three", "nought point eleven".
fn point(words: &[Word], found: Found) -> Found {
    if found.shape != Shape::Integer || !is(words, found.words.end, &["point"]) {
        return found;
    }
    let mut next = found.words.end + 1;
    let mut digits = String::new();
    while let Some(value) = one(low(words, next)) {
        let tens = value >= 20 && value % 10 == 0;
        let dash = usize::from(tens && is(words, next + 1, &["-"]));
        match one(low(words, next + 1 + dash)).filter(|it| tens && (1..10).contains(it)) {
            Some(unit) => {
                digits.push_str(&(value + unit).to_string());
                next += 2 + dash;
            }
            None => {
                digits.push_str(&value.to_string());
                next += 1;
            }
        }
    }
    let value = format!("{}.{digits}", found.value).parse().ok().filter(|_| !digits.is_empty());
    match value {
        Some(value) => Found::new(found.words.start..next, value, Shape::Decimal),
        None => found,
    }
}

/// Adds "and a half", "and two thirds", "and three quarters million" behind a number.
pub fn and_part(words: &[Word], found: &mut Found) {
    let end = found.words.end;
    if found.shape == Shape::Fraction {
        // "two thirds of a million", "three quarters million"
        let of = end + 2 * usize::from(is(words, end, &["of"]) && is(words, end + 1, &["a"]));
        if let Some(factor) = scale(low(words, of)).filter(|it| *it >= 1000) {
            (found.words.end, found.value) = (of + 1, found.value * factor as f64);
        }
        return;
    }
    if !is(words, end, &["and"]) || found.value.fract() != 0.0 {
        return;
    }
    let Some(mut part) = half(words, end + 1)
        .or_else(|| is(words, end + 1, &["a", "an"]).then(|| half(words, end + 2)).flatten())
        .or_else(|| fraction(words, end + 1))
    else {
        return;
    };
    and_part(words, &mut part);
    // "3 million and a half": of a million; "one billion and a half million" says of what.
    let last = scale(low(words, end - 1)).filter(|it| *it >= 1000).map(|it| it as f64);
    // "five and a half million": both parts are of a million.
    if let Some(factor) = scale(low(words, part.words.end - 1)).filter(|it| last.is_none() && *it >= 1000) {
        let sum = found.value * factor as f64 + part.value;
        *found = Found::new(found.words.start..part.words.end, sum, Shape::Fraction);
        return;
    }
    let told = part.value >= 1.0;
    let value = if told { part.value } else { part.value * last.unwrap_or(1.0) };
    *found = Found::new(found.words.start..part.words.end, found.value + value, Shape::Fraction);
}

/// "two thirds", "a fifth", "twenty-three fifths", "one hundred thirty fifths".
fn fraction(words: &[Word], at: usize) -> Option<Found> {
    // The denominator is the first ordinal word; all before it must be number words.
    let mut next = at;
    let limit = (at + 14).min(words.len());
    let starts = is(words, at, &["a", "an"]) || one(low(words, at)).is_some();
    if !starts || scale(low(words, at)).is_some() {
        return None;
    }
    while next < limit {
        let word = low(words, next);
        if denominator(word).is_some() && next > at {
            break;
        }
        let number = one(word).is_some() || scale(word).is_some() || matches!(word, "and" | "-") || next == at;
        // "the last two, a third": marks end it.
        if !number {
            return None;
        }
        next += 1;
    }
    let (unit, plural) = denominator(low(words, next)).filter(|_| next < limit)?;
    let end = next + 1;
    let before = &words[..next];
    // "thirty-fifths": tens directly before belong to the denominator when a numerator is left.
    let dash = usize::from(is(words, next - 1, &["-"]) && next > at + 1);
    let tens_at = next - 1 - dash;
    let tens = one(low(words, tens_at)).filter(|it| tens_at > at && *it >= 20 && it % 10 == 0 && unit < 10);
    let mut best: Option<(f64, usize)> = None;
    if let Some(tens) = tens.filter(|_| !is(words, tens_at - 1, &["and"])) {
        best = numerator(&words[..tens_at], at).map(|it| (it, (tens + unit) as usize));
    }
    if best.is_none() {
        best = numerator(&before[..next - dash], at).map(|it| (it, unit as usize));
    }
    // "one one hundred fifth": a numerator and a compound denominator.
    if best.is_none() {
        best = (at + 1..next).find_map(|cut| {
            let above = numerator(&words[..cut], at)?;
            let (stop, below) = cardinal(&before[..next - usize::from(is(words, next - 1, &["and"]))], cut)?;
            (stop + 1 >= next).then_some((above, below as usize + unit as usize))
        });
    }
    let (above, below) = best?;
    if let Some(mixed) = mixed(words, at, tens_at, next, tens.unwrap_or(0) + unit, unit) {
        return Some(mixed);
    }
    // "two millionth": a rank, not a part; "a second" is no part at all.
    if !plural && above > 1.0
        || matches!(low(words, next), "first" | "second")
        || plural && above == 1.0 && is(words, at, &["a", "an"]) && low(words, at + 1) == low(words, next)
    {
        return None;
    }
    Some(Found::new(at..end, above / below as f64, Shape::Fraction))
}

/// "one hundred and three quarters", "five billion and three quarters": a whole number and a proper part of one.
fn mixed(words: &[Word], at: usize, tens_at: usize, next: usize, joined: u64, unit: u64) -> Option<Found> {
    let and = (at..next).rev().find(|it| is(words, *it, &["and"]))?;
    let (above, below) = numerator(&words[..tens_at], and + 1)
        .map(|it| (it, joined))
        .or_else(|| Some((numerator(&words[..next - usize::from(is(words, next - 1, &["-"]))], and + 1)?, unit)))?;
    let (stop, left) = cardinal(words.get(..and)?, at).filter(|_| above < below as f64)?;
    let last = scale_of(low(words, and - 1)).filter(|it| *it >= 100)?;
    // "five billion and three quarters" is of a billion, "one hundred and three quarters" of one.
    let of = match scale_of(low(words, next + 1)).filter(|it| *it >= 1000) {
        Some(told) => told,
        None if last >= 1000 => last,
        None => 1,
    };
    let end = next + 1 + usize::from(scale_of(low(words, next + 1)).is_some_and(|it| it >= 1000));
    let value = left as f64 + above / below as f64 * of as f64;
    (stop == and).then(|| Found::new(at..end, value, Shape::Fraction))
}

/// Returns the value of a scale word, also of its plural: "hundreds".
fn scale_of(word: &str) -> Option<u64> {
    scale(word).or_else(|| scale(word.strip_suffix('s')?))
}

/// Reads all the words before a denominator as a number; "twenty and three" is 23 there.
fn numerator(words: &[Word], at: usize) -> Option<f64> {
    let end = words.len();
    if end == at {
        return None;
    }
    if end == at + 1 && is(words, at, &["a", "an"]) {
        return Some(1.0);
    }
    let (stop, value) = cardinal(words, at)?;
    (stop == end).then_some(value as f64)
}

/// Returns the value of a denominator and whether it is a plural: "thirds", "quarter", "hundredths".
fn denominator(word: &str) -> Option<(u64, bool)> {
    if matches!(word, "half" | "halves") {
        return Some((2, word == "halves"));
    }
    if matches!(word, "quarter" | "quarters") {
        return Some((4, word.ends_with('s')));
    }
    let (singular, plural) = match word.strip_suffix('s') {
        Some(it) => (it, true),
        None => (word, false),
    };
    aver_model::number_words::rank(singular).map(|it| (it, plural))
}
