//! Cuts a sentence into tokens.
//!
//! In: a byte range. Out: tokens in order, covering everything but white space.
//! Hyphens, inner apostrophes and the dots of abbreviations stay inside a word;
//! a possessive `'s` and the `n't` of "didn't" are tokens of their own.

use super::{Token, TokenKind};
use std::ops::Range;

/// Appends the tokens of `range` to `out`.
pub fn cut(raw: &str, range: Range<usize>, sentence: usize, out: &mut Vec<Token>) {
    let mut at = range.start;
    let mut gap = true;
    while at < range.end {
        let Some(first) = raw[at..range.end].chars().next() else { break };
        if first.is_whitespace() || first == '\u{feff}' || first == '\u{200b}' {
            at += first.len_utf8();
            gap = true;
            continue;
        }
        let end = end_of_token(raw, at, range.end, first);
        push(raw, at..end, sentence, !gap, out);
        at = end;
        gap = false;
    }
}

fn end_of_token(raw: &str, at: usize, limit: usize, first: char) -> usize {
    if first.is_alphanumeric() {
        return end_of_word(raw, at, limit, first.is_numeric());
    }
    // "..." and "--" are one mark; two quotes typed as one pair too.
    let same = raw[at..limit].chars().take_while(|&c| c == first && matches!(c, '.' | '-' | '\'' | '`')).count();
    at + first.len_utf8() * same.max(1)
}

fn end_of_word(raw: &str, at: usize, limit: usize, number: bool) -> usize {
    let mut end = at;
    let mut letters = raw[at..limit].char_indices().peekable();
    while let Some((offset, c)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        let inside = c.is_alphanumeric() || is_combining(c) || is_joint(raw, at, at + offset, c, next, number);
        if !inside {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}')
}

/// Says whether a mark belongs to the word that began at `start`.
fn is_joint(raw: &str, start: usize, here: usize, c: char, next: Option<char>, number: bool) -> bool {
    let follows = next.is_some_and(char::is_alphanumeric);
    match c {
        '-' | '‑' | '–' if number => next.is_some_and(char::is_alphabetic) && c != '–',
        '-' | '‑' | '_' | '&' => follows,
        '.' | ',' if number => next.is_some_and(char::is_numeric),
        '.' => is_abbreviation(&raw[start..here]) || (follows && is_abbreviation(&raw[start..here])),
        // "didn't" is cut later; "Q'eqchi'", "Sana'a" stay whole.
        '\'' | '’' | '‘' | 'ʼ' | '`' => follows,
        _ => false,
    }
}

/// Says whether a dot after these letters belongs to them: "U.S", "Gen", "J".
fn is_abbreviation(before: &str) -> bool {
    let last = before.rsplit(['.', '-']).next().unwrap_or("");
    if last.chars().count() == 1 {
        return last.chars().all(|c| c.is_uppercase()) || before.contains('.');
    }
    !before.contains('.') && ABBREVIATIONS.contains(&before)
}

/// Abbreviations that keep their dot and do not end a sentence before a name or number.
pub const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Cpl", "Brig", "Adm", "Cmdr", "Sen",
    "Rep", "Gov", "Pres", "Rev", "Fr", "St", "Mt", "Ft", "Jr", "Sr", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug",
    "Sep", "Sept", "Oct", "Nov", "Dec", "No", "Nos", "vs", "etc", "approx", "est", "Inc", "Ltd", "Co", "Corp", "Bros",
    "Ave", "Blvd", "Rd", "Hon", "Pvt", "Supt", "Insp", "Det", "Msgr", "Eng", "Amb", "al",
];

fn push(raw: &str, bytes: Range<usize>, sentence: usize, glued: bool, out: &mut Vec<Token>) {
    let word = &raw[bytes.clone()];
    if let Some(tail) = clitic(word) {
        let cut = bytes.end - tail;
        push_one(raw, bytes.start..cut, sentence, glued, out);
        push_one(raw, cut..bytes.end, sentence, true, out);
    } else {
        push_one(raw, bytes, sentence, glued, out);
    }
}

/// Returns the length in bytes of a possessive or negation at the end of a word.
fn clitic(word: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = word.char_indices().rev().take(4).collect();
    let quote = |c: char| matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`');
    let len = |n: usize| Some(word.len() - chars[n].0);
    let tail: String = chars.iter().rev().map(|&(_, c)| if quote(c) { '\'' } else { c.to_ascii_lowercase() }).collect();
    if chars.len() > 2 && tail.ends_with("'s") {
        return len(1);
    }
    if chars.len() > 3 && tail.ends_with("n't") {
        return len(2);
    }
    if chars.len() > 3 && ["'re", "'ve", "'ll"].iter().any(|it| tail.ends_with(it)) {
        return len(2);
    }
    if chars.len() > 2 && (tail.ends_with("'d") || tail.ends_with("'m")) {
        return len(1);
    }
    None
}

fn push_one(raw: &str, bytes: Range<usize>, sentence: usize, glued: bool, out: &mut Vec<Token>) {
    let word = &raw[bytes.clone()];
    let first = word.chars().next().unwrap_or(' ');
    let kind = match first {
        c if c.is_numeric() => TokenKind::Number,
        c if c.is_alphabetic() => TokenKind::Word,
        '\'' | '’' | '‘' | 'ʼ' | '`' if word.chars().count() > 1 && word.chars().any(char::is_alphabetic) => {
            TokenKind::Word
        }
        '"' | '“' | '”' | '„' | '«' | '»' => TokenKind::Quote,
        _ if word == "''" || word == "``" => TokenKind::Quote,
        _ => TokenKind::Mark,
    };
    let lower: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            '‑' => '-',
            c => c,
        })
        .collect();
    out.push(Token { bytes, lower, kind, capital: first.is_uppercase(), sentence, glued, quoted: false });
}
