//! Whole numbers, in digits and spelt out.
//!
//! In: a position in the text. Out: the value and where its words end. Never
//! leaves the sentence and looks at no more than twelve tokens. Ordinals, ages
//! ("a 20-year-old") and decimals without a scale word ("2.5") are no counts.

use crate::text::{Text, TokenKind};
pub use aver_model::number_words::{scale, small};

/// Returns the end of the number that starts at `at`, and its value.
pub fn cardinal(text: &Text<'_>, at: usize) -> Option<(usize, u64)> {
    let end = text.sentences[text.tokens.get(at)?.sentence].tokens.end.min(at + 12);
    if text.tokens[at].kind == TokenKind::Number {
        return digits(text, at, end);
    }
    idiom(text, at, end).or_else(|| words(text, at, end))
}

/// Returns thousandths of a printed number: "1,500" is 1500000, "2.5" is 2500.
fn printed(word: &str) -> Option<u64> {
    let (whole, fraction) = match word.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (word, ""),
    };
    if fraction.len() > 3 || !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1 || groups[1..].iter().all(|it| it.len() == 3 || it.len() == 2);
    let plain: String = groups.concat();
    if !grouped || plain.is_empty() || plain.len() > 15 || !plain.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let mut value: u64 = plain.parse().ok()?;
    for place in 0..3 {
        let digit = fraction.as_bytes().get(place).map_or(0, |it| u64::from(it - b'0'));
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(value)
}

fn digits(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, u64)> {
    let word = text.lower(at);
    let (number, suffix) = match word.find(|c: char| c.is_alphabetic()) {
        Some(cut) => word.split_at(cut),
        None => (word, ""),
    };
    let suffix = match suffix {
        "" => 1,
        "k" => 1_000,
        "m" => 1_000_000,
        _ => scale(suffix)?,
    };
    let mut thousandths = printed(number)?.checked_mul(suffix)?;
    let mut next = at + 1;
    while next < end {
        // "2.5-million" is one token; "2.5 million" two.
        let Some(factor) = scale(text.lower(next)) else { break };
        thousandths = thousandths.checked_mul(factor)?;
        next += 1;
    }
    (thousandths % 1000 == 0).then_some((next, thousandths / 1000))
}

/// "a dozen", "half a million", "a couple of", "half a dozen", "a hundred", "a score of".
fn idiom(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, u64)> {
    let one = matches!(text.lower(at), "a" | "an" | "one");
    if text.lower(at) == "half" && text.lower(at + 1) == "a" && at + 2 < end {
        return scale(text.lower(at + 2)).map(|it| (at + 3, it / 2));
    }
    if one && at + 1 < end {
        match text.lower(at + 1) {
            "couple" | "pair" if text.lower(at) != "one" => {
                return Some((at + 2 + usize::from(text.lower(at + 2) == "of"), 2));
            }
            "half" => return None,
            "score" if text.lower(at + 2) == "of" => return Some((at + 3, 20)),
            word => {
                if let Some(value) = scale(word) {
                    if text.lower(at) == "one" {
                        return None;
                    }
                    // "a hundred thousand"
                    return match scale(text.lower(at + 2)).filter(|_| at + 2 < end) {
                        Some(more) if more > value => Some((at + 3, value * more)),
                        _ => Some((at + 2, value)),
                    };
                }
            }
        }
    }
    None
}

/// "one hundred and six", "twenty-five thousand", "two dozen".
fn words(text: &Text<'_>, at: usize, end: usize) -> Option<(usize, u64)> {
    let (mut total, mut group): (u64, u64) = (0, 0);
    let mut next = at;
    let mut last_small = false;
    while next < end {
        let word = text.lower(next);
        if let Some(value) = small(word) {
            // "twenty five" is one number, "five six" are two.
            if last_small && !(group % 100 >= 20 && group % 10 == 0 && value < 10) {
                break;
            }
            group = group.checked_add(value)?;
            last_small = true;
        } else if let Some(value) = scale(word).filter(|_| next > at) {
            if value >= 1000 {
                total = total.checked_add(group.checked_mul(value)?)?;
                group = 0;
            } else {
                group = group.checked_mul(value)?;
            }
            last_small = false;
        } else if word == "and" && next > at && !last_small && small(text.lower(next + 1)).is_some() && next + 1 < end {
            // "one hundred and six", but not "two hundred and three others" read apart: accepted as 203.
        } else {
            break;
        }
        next += 1;
    }
    (next > at).then_some((next, total.checked_add(group)?))
}
