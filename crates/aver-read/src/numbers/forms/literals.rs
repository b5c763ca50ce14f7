//! Numbers in digits: "1,500", "10M", "13 lakh", "4 thousand 3 hundred and 21",
//! "- 1 4/5", "1.3x10^6", "⅔".

use super::words::{Word, glued, is, low, value};
use super::{Found, Shape};
use crate::numbers::cardinal::{scale, small};

/// Reads a number that starts with digits.
pub fn literal(words: &[Word], at: usize) -> Option<Found> {
    let word = words.get(at)?;
    if let Some(value) = one_sign(&word.lower) {
        return Some(Found::new(at..at + 1, value, Shape::Fraction));
    }
    let first = digits(words, at)?;
    // "COVID19", "x10", "180ml": letters on either side make it a part of a name or a measure.
    if glued(words, at) && words[at - 1].lower.chars().all(char::is_alphabetic) && low(words, at - 1) != "x" {
        return None;
    }
    if let Some(found) = power(words, at, first) {
        return Some(found);
    }
    if let Some(found) = fraction(words, at, first) {
        return Some(found);
    }
    let (end, factor) = suffix(words, at + 1)?;
    let mut found = Found::new(at..end, first * factor, shape(first * factor));
    if factor == 1.0 || low(words, end - 1).len() > 2 {
        scaled(words, &mut found, first * factor);
    }
    Some(found)
}

fn shape(value: f64) -> Shape {
    if value.fract() == 0.0 { Shape::Integer } else { Shape::Decimal }
}

fn digits(words: &[Word], at: usize) -> Option<f64> {
    let word = words.get(at)?;
    word.lower.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| value(&word.lower))?
}

/// "k", "M", "mil" behind digits: the end and the factor; nothing where letters make it a measure ("180ml").
fn suffix(words: &[Word], at: usize) -> Option<(usize, f64)> {
    let Some(word) = words.get(at).filter(|it| it.lower.starts_with(char::is_alphabetic)) else {
        return Some((at, 1.0));
    };
    let factor = match word.raw.as_str() {
        "k" | "K" => 1e3,
        "M" | "MM" | "mm" | "mil" | "mln" => 1e6,
        "G" | "g" | "b" | "B" | "bn" | "bln" => 1e9,
        "T" | "tln" | "tn" => 1e12,
        _ if word.glued && scale(&word.lower).is_none() => return None,
        _ => return Some((at, 1.0)),
    };
    // "10 k" too, but "5 g" and "3 b" apart are other words; "1m" is a metre.
    let apart = !word.glued && !matches!(word.raw.as_str(), "k" | "K" | "M" | "G" | "bln" | "tln" | "mln" | "bn" | "T");
    if apart { Some((at, 1.0)) } else { Some((at + 1, factor)) }
}

/// "13 lakh", "322 hundred", "4 thousand 3 hundred and 21", "three lakh crore".
fn scaled(words: &[Word], found: &mut Found, first: f64) {
    let (mut total, mut group, mut end) = (0.0, first, found.words.end);
    let mut smallest = f64::INFINITY;
    while let Some(factor) = scale(low(words, end)).map(|it| it as f64) {
        end += 1;
        group *= factor;
        // "two hundred thousand", "three lakh crore": a scale on a scale.
        while let Some(more) = scale(low(words, end)).map(|it| it as f64).filter(|it| *it > factor) {
            group *= more;
            end += 1;
        }
        let unit = factor.min(smallest);
        (total, smallest) = (total + group, unit);
        found.words.end = end;
        found.value = total;
        found.shape = shape(total);
        // "and 21", "3 hundred": the next, smaller group.
        let next = end + usize::from(is(words, end, &["and"]));
        let Some(more) = digits(words, next).or_else(|| small(low(words, next)).map(|it| it as f64)) else { break };
        let scaled_next = scale(low(words, next + 1)).map(|it| it as f64);
        let fits = more > 0.0 && more.fract() == 0.0 && scaled_next.map_or(more < unit, |it| it * more < unit);
        if !fits || is(words, next + 1, &["/", "^"]) && glued(words, next + 1) {
            break;
        }
        if scaled_next.is_none() {
            let tail = super::spelt::spelt(words, next).filter(|it| it.value < unit && it.shape == Shape::Integer);
            let (stop, value) = tail.map_or((next + 1, more), |it| (it.words.end, it.value));
            (found.words.end, found.value) = (stop, total + value);
            break;
        }
        (group, end) = (more, next + 1);
    }
    if found.words.end > found.words.start + 1 {
        super::spelt::and_part(words, found);
    }
}

/// "4/5", "1 4/5"; "5/17/2018" is a date.
fn fraction(words: &[Word], at: usize, first: f64) -> Option<Found> {
    let slash = |at: usize| is(words, at, &["/"]) && glued(words, at) && glued(words, at + 1);
    let ratio = |at: usize| {
        let (above, below) = (digits(words, at)?, digits(words, at + 2).filter(|_| slash(at + 1))?);
        let dated = slash(at + 3)
            || at > 0
                && is(words, at - 1, &["/", "-"])
                && glued(words, at)
                && at > 1
                && digits(words, at - 2).is_some();
        (!dated && below != 0.0 && above.fract() == 0.0 && below.fract() == 0.0).then_some(above / below)
    };
    if let Some(value) = ratio(at) {
        return Some(Found::new(at..at + 3, value, Shape::Fraction));
    }
    if slash(at + 1) && digits(words, at + 2).is_some() || first.fract() != 0.0 {
        return None;
    }
    let value = ratio(at + 1).filter(|it| *it < 1.0 && !glued(words, at + 1))?;
    Some(Found::new(at..at + 4, first + value, Shape::Fraction))
}

/// "1e10", "12.32e+14", "1.1^-23", "1.3x10^6".
fn power(words: &[Word], at: usize, first: f64) -> Option<Found> {
    let signed = |mut at: usize| {
        let mut sign = 1.0;
        for _ in 0..2 {
            if is(words, at, &["-", "+"]) && glued(words, at) {
                // Two dashes are one sign as the set has it.
                if low(words, at) == "-" {
                    sign = -1.0;
                }
                at += 1;
            }
        }
        let twice = at >= 2 && low(words, at - 1) == "-" && low(words, at - 2) == "-";
        digits(words, at).filter(|_| glued(words, at)).map(|it| (at + 1, it * if twice { 1.0 } else { sign }))
    };
    if is(words, at + 1, &["e"]) && glued(words, at + 1) {
        let (end, exponent) = signed(at + 2)?;
        return Some(Found::new(at..end, first * 10f64.powf(exponent), Shape::Power));
    }
    if is(words, at + 1, &["^"]) && glued(words, at + 1) {
        let (end, exponent) = signed(at + 2)?;
        return Some(Found::new(at..end, first.powf(exponent), Shape::Power));
    }
    let times = is(words, at + 1, &["x", "×"])
        && glued(words, at + 1)
        && low(words, at + 2) == "10"
        && is(words, at + 3, &["^"]);
    if times {
        let (end, exponent) = signed(at + 4)?;
        return Some(Found::new(at..end, first * 10f64.powf(exponent), Shape::Power));
    }
    None
}

fn one_sign(word: &str) -> Option<f64> {
    let (above, below) = match word {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        _ => return None,
    };
    Some(f64::from(above) / f64::from(below))
}
