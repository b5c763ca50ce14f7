//! Cuts a text into the pieces numbers are made of.
//!
//! A run of digits with its separators ("1,674.5") is one piece, letters are
//! one, every other mark is a piece of its own. Nothing is dropped but space.

use std::ops::Range;

/// A piece of a text.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// In small letters.
    pub lower: String,
    /// As printed: "10M" is no "10m".
    pub raw: String,
    /// Directly follows the piece before.
    pub glued: bool,
    /// Stands inside a web address.
    pub in_address: bool,
}

/// Cuts a text.
pub fn cut(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = vec![];
    let mut at = 0;
    let mut address = 0;
    // Up to here digits stand in a chain that is no number: "192.168.1.2".
    let mut chain = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if text[at..].starts_with("http") && text[at..].contains("://") {
            address = at + text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
        }
        let length = if first.is_ascii_digit() {
            let (length, run) = digits(&text[at..]);
            if length < run {
                chain = chain.max(at + run);
            }
            if at < chain { digits_only(&text[at..]) } else { length }
        } else if first == '.'
            && text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
            && !ends_in_digit(&text[..at])
        {
            1 + digits_only(&text[at + 1..])
        } else if first.is_alphabetic() {
            text[at..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - at)
        } else {
            first.len_utf8()
        };
        let bytes = at..at + length;
        let raw = text[bytes.clone()].to_owned();
        let glued = words.last().is_some_and(|it| it.bytes.end == at);
        words.push(Word { lower: raw.to_lowercase(), raw, glued, in_address: at < address, bytes: bytes.clone() });
        at = bytes.end;
    }
    words
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric())
}

fn digits_only(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// Returns the length of a number in digits, and of the run it opens: they differ for "22,24,26".
fn digits(text: &str) -> (usize, usize) {
    let run = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let run = text[..run].trim_end_matches(['.', ',']).len();
    let spaced = spaced(text);
    if spaced > run {
        return (spaced, spaced);
    }
    (if value(&text[..run]).is_some() { run } else { digits_only(text) }, run)
}

/// "1 414 021 100", "1 234 567.89": groups of three after one to three digits.
fn spaced(text: &str) -> usize {
    let mut end = digits_only(text);
    if end > 3 || text.starts_with('0') {
        return 0;
    }
    let mut groups = 0;
    while let Some(space) = text[end..].chars().next().filter(|it| matches!(it, ' ' | '\u{a0}' | '\u{202f}')) {
        let from = end + space.len_utf8();
        if digits_only(&text[from..]) != 3 {
            break;
        }
        (end, groups) = (from + 3, groups + 1);
    }
    if groups == 0 {
        return 0;
    }
    let tail = &text[end..];
    match tail.strip_prefix('.').map(digits_only) {
        Some(length) if length > 0 => end + 1 + length,
        _ => end,
    }
}

/// Returns the value of digits with separators: "1,234.5", "1.111,11", "12,34,567.89", "1,3".
pub fn value(run: &str) -> Option<f64> {
    let plain: String = run.chars().filter(|it| !it.is_whitespace() && !matches!(it, '\u{202f}' | '\u{a0}')).collect();
    let (commas, dots) = (plain.matches(',').count(), plain.matches('.').count());
    let grouped = |parts: &[&str]| {
        let western = parts[1..].iter().all(|it| it.len() == 3);
        let indian = parts.len() > 2
            && parts[1..parts.len() - 1].iter().all(|it| it.len() == 2)
            && parts[parts.len() - 1].len() == 3;
        (1..=3).contains(&parts[0].len()) && (western || indian)
    };
    let groups: Vec<&str> = plain.split(',').collect();
    match (commas, dots) {
        (0, 0 | 1) => plain.parse().ok(),
        (1.., 0) if grouped(&groups) => groups.concat().parse().ok(),
        // "1,3" and "5,00" with a comma for the point.
        (1, 0) if groups[1].len() <= 2 && !groups[0].is_empty() => plain.replace(',', ".").parse().ok(),
        (1.., 1) if plain.find('.') > plain.rfind(',') => {
            let (whole, rest) = plain.split_once('.')?;
            let groups: Vec<&str> = whole.split(',').collect();
            if grouped(&groups) { format!("{}.{rest}", groups.concat()).parse().ok() } else { None }
        }
        (1, 1..) => {
            let (whole, rest) = plain.split_once(',')?;
            let groups: Vec<&str> = whole.split('.').collect();
            if grouped(&groups) { format!("{}.{rest}", groups.concat()).parse().ok() } else { None }
        }
        _ => None,
    }
}

/// Returns the small letters of a piece, nothing past the end.
pub fn low(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |it| it.lower.as_str())
}

/// Says whether a piece is one of these.
pub fn is(words: &[Word], at: usize, of: &[&str]) -> bool {
    of.contains(&low(words, at))
}

/// Says whether a piece directly follows the one before.
pub fn glued(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|it| it.glued)
}
