//! Cuts a paragraph into sentences.
//!
//! In: a byte range that is one line. Out: byte ranges without outer white
//! space. A sentence ends at `.`, `!`, `?`, `…` (and the closing marks after
//! it) when what follows can begin one. A dot ends none after an abbreviation
//! ("Gen. Kurilla", "Sept. 11"), after an initial ("J. Smith"), or inside
//! "U.S. Senate"; it does end one when the next word is glued to it with a
//! capital ("future.Accessibility").

use super::tokens::ABBREVIATIONS;
use std::ops::Range;

/// A line longer than this is cut by force, so that one sentence stays bounded.
const LONGEST: usize = 4_000;

/// Returns the sentences of `range`, in order.
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
                at = end;
                continue;
            }
        } else if next - start > LONGEST && bytes[at].is_ascii_whitespace() {
            push(raw, start..at, &mut out);
            start = at;
        }
        at = next;
    }
    push(raw, start..range.end, &mut out);
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
    while let Some(c) = raw[at..limit].chars().next() {
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
            && before.chars().all(char::is_lowercase);
    }
    let starts = next.is_uppercase()
        || next.is_numeric()
        || matches!(next, '“' | '"' | '‘' | '\'' | '(' | '[' | '«' | '—' | '–' | '•')
        || !next.is_ascii() && next.is_alphabetic() && !next.is_lowercase();
    if !starts {
        return false;
    }
    if mark != '.' || closed {
        return true;
    }
    !keeps_dot(raw, start, dot, before, trimmed)
}

fn last_word(text: &str) -> &str {
    let from = text
        .char_indices()
        .rev()
        .take(40)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '“' | '"' | '(' | '[' | '‘' | '—'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    if text.len() - from > 60 { "" } else { &text[from..] }
}

/// Says whether the dot belongs to an abbreviation that the sentence runs on from.
fn keeps_dot(raw: &str, start: usize, dot: usize, before: &str, rest: &str) -> bool {
    let next: &str = rest.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    if ABBREVIATIONS.contains(&before) {
        // "No." and "al." end sentences too, unless a number or a name follows.
        return match before {
            "No" | "Nos" => next.starts_with(|c: char| c.is_numeric()),
            "Inc" | "Ltd" | "Co" | "Corp" | "etc" | "Jr" | "Sr" | "al" => !is_opener(next),
            _ => true,
        };
    }
    let dotted = before.contains('.') && before.split('.').all(|it| it.chars().count() <= 1 || it.ends_with("-led"));
    if dotted {
        // "in the U.S. The": ends when a word that opens sentences follows; "U.S. Senate" runs on.
        return !is_opener(next);
    }
    let initial = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
    // "J. Smith", but not "vitamin C. The".
    initial && raw[start..dot].trim() != before && !is_opener(next) || initial && raw[start..dot].trim() == before
}

/// Words that open a sentence after "U.S." far more often than they continue a name.
fn is_opener(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
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
    ];
    OPENERS.contains(&word)
}
