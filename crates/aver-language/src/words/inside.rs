//! Cuts the inside of a printed word: clitics, hyphens, slashes, units.
//!
//! In: a byte range without outer punctuation. Out: its words. Each rule is
//! stated by the treebanks' practice; where they waver the more frequent form wins.

use super::{Piece, is_address, push};
use crate::words::is_mark;
use std::ops::Range;

/// First parts that a hyphen does not cut off: "non-lethal", "ex-wife".
const PREFIXES: &[&str] = &[
    "non", "mid", "re", "anti", "co", "pre", "pro", "cross", "post", "semi", "over", "multi", "ex", "counter", "mini",
    "neo", "inter", "sub", "un", "intra", "trans", "ultra", "micro", "socio", "psycho", "pseudo", "quasi", "extra",
    "hyper", "infra", "e", "de", "bi", "tri", "uni", "super", "under", "up", "out", "arch", "auto", "geo", "bio",
    "electro", "hydro", "macro", "meta", "mis", "mono", "omni", "para", "poly", "proto", "retro", "tele", "uh", "mm",
    "hm", "x",
];

/// Middle parts that tie a name together: "Naqsh-e-Rostam".
const TIES: &[&str] = &["e", "i", "ye", "y"];

/// Units that stand apart from the number they are printed with.
const UNITS: &[&str] = &[
    "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "km", "kg", "mm", "cm", "m", "k", "bn", "mn", "mph", "kph", "ft", "lb",
    "lbs", "oz", "g", "gb", "mb", "kb", "kw", "mw", "hz", "mhz", "ghz", "kt", "ml", "l", "hrs", "hr", "min", "mins",
    "sec", "yrs", "yr", "ha", "sq", "in", "mi", "tn", "million", "billion", "degrees", "years", "days", "hours",
    "people",
];

/// Appends the words of `range` to `out`.
pub(super) fn cut(raw: &str, range: Range<usize>, out: &mut Vec<Piece>) {
    let word = &raw[range.clone()];
    if is_address(word) || word.len() > 400 {
        return push(range, false, out);
    }
    let mut start = range.start;
    let mut at = range.start;
    while at < range.end {
        let Some(mark) = border(word, at - range.start) else {
            at += raw[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if start < at {
            letters(raw, start..at, out);
        }
        if mark > 0 {
            push(at..at + mark, false, out);
        }
        at += mark;
        start = at;
        if mark == 0 {
            // A cut without a mark of its own: step over the first letter behind it.
            at += raw[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    if start < range.end {
        letters(raw, start..range.end, out);
    }
}

/// Returns the length of the mark at `at` that parts the word, zero for a bare cut, `None` inside a word.
fn border(word: &str, at: usize) -> Option<usize> {
    let c = word[at..].chars().next()?;
    let before = word[..at].chars().next_back();
    let after = word[at + c.len_utf8()..].chars().next();
    let digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    let letter = |it: Option<char>| it.is_some_and(char::is_alphabetic);
    let run = |c: char| word[at..].chars().take_while(|&it| it == c).count() * c.len_utf8();
    match c {
        '-' if run('-') > 1 => Some(run('-')),
        '.' if run('.') > 1 => Some(run('.')),
        '-' | '‑' | '‐' => hyphen(word, at, c.len_utf8()).then_some(c.len_utf8()),
        '–' | '—' | '−' | '…' => Some(c.len_utf8()),
        '/' => slash(word, at, before, after).then_some(1),
        ',' => (!(digit(before) && digit(after))).then_some(1),
        ':' => (!(digit(before) && digit(after))).then_some(1),
        '%' | '$' | '£' | '€' | '¥' | '₹' if letter(before) && c != '%' => {
            // "US$4.5": the sign stays with the letters.
            (c != '$').then_some(c.len_utf8())
        }
        '%' => (digit(before) || before == Some('.')).then_some(1),
        '$' | '£' | '€' | '¥' | '₹' => Some(c.len_utf8()),
        '"' | '“' | '”' | '«' | '»' | '(' | ')' | '[' | ']' | '{' | '}' | ';' | '!' | '?' | '<' | '>' | '=' => {
            Some(c.len_utf8())
        }
        '‘' if letter(before) && letter(after) => None,
        '\'' if word[at..].starts_with("''") => Some(2),
        '`' if word[at..].starts_with("``") => Some(2),
        '+' if digit(before) && digit(after) => Some(1),
        '+' if digit(before) && after.is_none() => Some(1),
        _ if !c.is_ascii() && is_mark(c) && !matches!(c, '’' | '‘' | '·') => Some(c.len_utf8()),
        _ if c.is_alphabetic() && digit(before) => unit(word, at),
        _ if digit(Some(c)) && word[..at].ends_with('$') => Some(0),
        _ => None,
    }
}

/// "10am", "35mm", "$1.5m": a bare cut before the unit, when nothing but a number stands before it.
fn unit(word: &str, at: usize) -> Option<usize> {
    let from = word[..at]
        .rfind(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | ',' | ':'))
        .map_or(0, |it| it + word[it..].chars().next().map_or(1, char::len_utf8));
    if from > 0 && word[..from].ends_with(|it: char| it.is_alphabetic() || it == '_') {
        return None;
    }
    let len = word[at..].find(|it: char| !it.is_alphabetic() && it != '.').unwrap_or(word.len() - at);
    let name = word[at..at + len].to_lowercase();
    UNITS.contains(&name.as_str()).then_some(0)
}

fn slash(word: &str, at: usize, before: Option<char>, after: Option<char>) -> bool {
    let digits = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    if digits(before) && digits(after) {
        return false;
    }
    // "l/c", "I/O": one letter on both sides.
    let left = word[..at].rsplit(['/', '-']).next().unwrap_or("").chars().count();
    let right = word[at + 1..].split(['/', '-']).next().unwrap_or("").chars().count();
    !(left == 1 && right == 1 && word.matches('/').count() == 1)
}

/// Says whether the hyphen at `at` is a word of its own.
fn hyphen(word: &str, at: usize, len: usize) -> bool {
    let left = word[..at].rsplit(['-', '‑', '‐', '/', '–', '—']).next().unwrap_or("");
    let right = word[at + len..].split(['-', '‑', '‐', '/', '–', '—']).next().unwrap_or("");
    if left.is_empty() || right.is_empty() {
        return true;
    }
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if digits(left) && digits(right) {
        return !is_telephone_or_date(word);
    }
    let name = left.to_lowercase();
    if PREFIXES.contains(&name.as_str()) {
        return false;
    }
    !(TIES.contains(&right) || TIES.contains(&left) && word[..at].contains(['-', '‑']))
}

fn is_telephone_or_date(word: &str) -> bool {
    let groups: Vec<&str> = word.split(['-', '/', '.']).collect();
    if groups.len() >= 3 {
        return groups.iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
    }
    matches!(groups[..], [a, b] if a.len() == 3 && b.len() == 4)
}

/// Appends a run of letters and digits: whole, or parted from its clitics.
fn letters(raw: &str, range: Range<usize>, out: &mut Vec<Piece>) {
    let word = &raw[range.clone()];
    match clitic(word) {
        Some(at) if at > 0 && at < word.len() => {
            let cut = range.start + at;
            // "wouldn't've": the host may carry one more.
            letters(raw, range.start..cut, out);
            push(cut..range.end, true, out);
        }
        _ => push(range, false, out),
    }
}

/// Returns where the last clitic of a word begins.
fn clitic(word: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let n = chars.len();
    let fold = |c: char| if matches!(c, '’' | '‘' | 'ʼ' | '`' | '´') { '\'' } else { c.to_ascii_lowercase() };
    let tail: String = chars[n.saturating_sub(3)..].iter().map(|&(_, c)| fold(c)).collect();
    let starts = |k: usize| (n > k).then(|| chars[n - k].0);
    if tail == "n't" {
        return starts(3);
    }
    if n > 3 && matches!(tail.as_str(), "'re" | "'ve" | "'ll") {
        return starts(3);
    }
    if n > 2 && ["'s", "'m", "'d"].iter().any(|it| tail.ends_with(it)) {
        return starts(2);
    }
    match word.to_lowercase().as_str() {
        "cannot" | "gonna" | "gotta" | "gimme" | "lemme" => Some(3),
        "wanna" => Some(3),
        _ => None,
    }
}
