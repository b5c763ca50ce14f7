//! Cuts a paragraph into sentences.
//!
//! In: a byte range of a text that is one paragraph or line. Out: byte ranges
//! without outer white space. A sentence ends at `.`, `!`, `?`, `…` and the
//! closing marks behind it when what follows can begin one. A dot ends none
//! after an abbreviation ("Gen. Kurilla", "Sept. 11"), after an initial
//! ("J. Smith"), or inside "U.S. Senate"; it does end one when the next word is
//! glued to it with a capital ("future.Accessibility").
//!
//! This does not join lines: a line break ends a sentence, so that headings and
//! datelines without a full stop stand alone.

use crate::abbreviations::{Dot, dot as abbreviation, is_dotted};
use std::ops::Range;

/// A sentence longer than this many bytes is cut by force at white space, so that one stays bounded.
pub const LONGEST: usize = 4_000;

/// Returns the sentences of `range`, in order; `range` lies on character borders.
pub fn cut(raw: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut start = range.start;
    let mut at = range.start;
    let bytes = raw.as_bytes();
    while at < range.end {
        let Some(c) = raw[at..range.end].chars().next() else { break };
        let next = at + c.len_utf8();
        if matches!(c, '.' | '!' | '?' | '…' | '。' | '؟' | '۔') {
            let end = skip_closers(raw, next, range.end);
            if ends_here(raw, start, at, next, end, range.end, c) {
                push(raw, start..end, &mut out);
                start = end;
            }
            at = end;
        } else {
            at = next;
        }
        let blank = bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        if at > start + LONGEST && (blank || at > start + 2 * LONGEST) {
            push(raw, start..at, &mut out);
            start = at;
        }
    }
    push(raw, start..range.end, &mut out);
    out
}

/// Returns the sentences of a whole text; every line break ends one.
pub fn cut_lines(raw: &str) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut at = 0;
    for line in raw.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0b}', '\u{0c}']) {
        out.extend(cut(raw, at..at + line.len()));
        at += line.len();
    }
    out
}

fn push(raw: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let piece = &raw[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        out.push(start..start + trimmed.len());
    }
}

/// Moves over closing quotes and brackets, and over further end marks ("?!", "...").
fn skip_closers(raw: &str, mut at: usize, limit: usize) -> usize {
    let most = at + LONGEST / 2;
    while let Some(c) = raw[at..limit].chars().next().filter(|_| at < most) {
        if !matches!(c, '”' | '"' | '\'' | '’' | ')' | ']' | '»' | '.' | '!' | '?' | '…') {
            break;
        }
        // A straight quote after a space-less dot closes only if no word is glued behind it.
        let after = raw[at + c.len_utf8()..limit].chars().next();
        if matches!(c, '\'' | '’') && after.is_some_and(char::is_lowercase) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

fn ends_here(raw: &str, start: usize, dot: usize, after_dot: usize, end: usize, limit: usize, mark: char) -> bool {
    let rest = &raw[end..limit];
    let trimmed = rest.trim_start();
    let Some(next) = trimmed.chars().next() else { return true };
    let gap = trimmed.len() < rest.len();
    let closed = end > after_dot;
    let before = last_word(&raw[start..dot]);
    if !gap {
        // "future.Accessibility": a lower-case word, a dot, a capitalised word.
        let letters = trimmed.chars().take_while(|c| c.is_alphabetic()).count();
        let lower_after = trimmed.chars().nth(1).is_some_and(char::is_lowercase);
        return mark == '.'
            && next.is_uppercase()
            && lower_after
            && letters > 1
            && before.chars().count() > 2
            && (before.chars().all(char::is_lowercase) || before.len() == 4 && is_item(before));
    }
    let starts = next.is_uppercase()
        || next.is_numeric()
        || matches!(next, '“' | '"' | '‘' | '\'' | '(' | '[' | '«' | '—' | '–' | '•' | '`' | '*' | '$' | '£' | '€')
        || !next.is_ascii() && next.is_alphabetic() && !next.is_lowercase();
    if !starts {
        return false;
    }
    // A bullet or number alone ("1. Install") belongs to what follows it.
    if mark == '.' && !closed && raw[start..dot].trim().len() < 3 && is_item(raw[start..dot].trim()) {
        return false;
    }
    if mark != '.' || closed && !raw[after_dot..end].starts_with(')') {
        return true;
    }
    !keeps_dot(raw, start, dot, before, trimmed)
}

fn is_item(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|it| it.is_ascii_digit())
}

fn last_word(text: &str) -> &str {
    let from = text
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '“' | '"' | '(' | '[' | '‘' | '—' | '–' | '/'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    if text.len() - from > 60 { "" } else { &text[from..] }
}

/// Says whether the dot belongs to an abbreviation that the sentence runs on from.
fn keeps_dot(raw: &str, start: usize, dot: usize, before: &str, rest: &str) -> bool {
    let next: &str = rest.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    let number = next.starts_with(|c: char| c.is_numeric());
    match abbreviation(before) {
        Some(Dot::Title) => return true,
        Some(Dot::Open) => return !is_opener(next),
        Some(Dot::Number) => return number,
        None => {}
    }
    // "-led" after a dotted name: "U.S.-led".
    if is_dotted(before) {
        let clock = matches!(before, "a.m" | "p.m" | "A.M" | "P.M");
        // "at 5 p.m. Saturday" runs on; "in the U.S. The" ends when a word that opens sentences follows.
        return !is_opener(next) && (!clock || is_day(next) || number || !next.starts_with(char::is_uppercase));
    }
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
    // "J. Smith", but not "vitamin C. The".
    initial && before != "I" && raw[start..dot].trim() != before && !is_opener(next)
        || initial && raw[start..dot].trim() == before
}

fn is_day(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "EST",
        "EDT",
        "GMT",
        "UTC",
        "ET",
        "PST",
        "PT",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    DAYS.contains(&word)
}

/// Says whether a word opens a sentence after "U.S." far more often than it continues a name.
fn is_opener(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let plain = word.split(['\'', '’']).next().unwrap_or(word);
    OPENERS.contains(&plain)
}

const OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "It",
    "He",
    "She",
    "They",
    "We",
    "I",
    "But",
    "And",
    "However",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "His",
    "Her",
    "Their",
    "Its",
    "As",
    "After",
    "Before",
    "While",
    "When",
    "If",
    "For",
    "From",
    "With",
    "According",
    "Since",
    "Many",
    "Some",
    "Most",
    "Meanwhile",
    "Earlier",
    "Last",
    "You",
    "Who",
    "What",
    "Both",
    "One",
    "Two",
    "Three",
    "No",
    "Not",
    "Nor",
    "Yet",
    "So",
    "Although",
    "Despite",
    "Under",
    "By",
    "To",
    "My",
    "Our",
    "Your",
    "Why",
    "How",
    "Where",
    "Then",
    "Now",
    "Once",
    "Each",
    "All",
    "Such",
    "Other",
    "Another",
    "During",
    "Because",
    "Though",
    "Until",
    "Also",
    "Or",
    "Of",
    "Is",
    "Are",
    "Was",
    "Were",
    "Do",
    "Does",
    "Did",
    "Can",
    "Will",
    "More",
    "Every",
    "Several",
    "Today",
    "Here",
    "Later",
    "Instead",
    "Please",
    "Just",
    "Thanks",
    "Additionally",
];
