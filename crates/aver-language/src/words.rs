//! Cuts a sentence into the words of Universal Dependencies English.
//!
//! In: a byte range. Out: words in order, covering everything but white space.
//! The practice is that of the English treebanks from 2.16: `n't`, `'s` and the
//! like are words of their own ("did|n't", "Moro|'s"), a hyphen between two
//! words is one too ("long|-|term") unless the first part is a prefix
//! ("non-lethal"), currency signs, per cent and units stand alone ("$|1.5|m").
//! Names with inner apostrophes, abbreviations, addresses and file names stay
//! whole. Nothing is rewritten: a word is what is printed.

mod inside;

use crate::abbreviations::{dot, is_dotted};
use std::ops::Range;

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Byte range in the text.
    pub bytes: Range<usize>,
    /// It continues the printed word before it: the `n't` of "didn't", the `'s` of "Moro's".
    pub joined: bool,
}

/// Appends the words of the sentence `range` to `out`.
pub fn cut(raw: &str, range: Range<usize>, out: &mut Vec<Piece>) {
    let mut at = range.start;
    let mut open_single = false;
    while at < range.end {
        let Some(first) = raw[at..range.end].chars().next() else { break };
        if is_blank(first) {
            at += first.len_utf8();
            continue;
        }
        let len = raw[at..range.end].find(is_blank).unwrap_or(range.end - at);
        let last = raw[at + len..range.end].chars().all(is_blank);
        chunk(raw, at..at + len, last, &mut open_single, out);
        at += len;
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}')
}

/// Cuts what stands between two blanks.
fn chunk(raw: &str, range: Range<usize>, last: bool, open_single: &mut bool, out: &mut Vec<Piece>) {
    if is_face(&raw[range.clone()]) {
        return push(range, false, out);
    }
    let mut at = range.start;
    while at < range.end {
        let Some(mark) = leading(&raw[at..range.end]) else { break };
        *open_single |= matches!(&raw[at..at + mark], "'" | "‘" | "`");
        push(at..at + mark, false, out);
        at += mark;
    }
    let mut end = range.end;
    let mut tail = vec![];
    while end > at {
        let Some(mark) = trailing(&raw[at..end], last && end == range.end, *open_single) else { break };
        if matches!(&raw[end - mark..end], "'" | "’") {
            *open_single = false;
        }
        tail.push(end - mark..end);
        end -= mark;
    }
    if at < end {
        inside::cut(raw, at..end, out);
    }
    for mark in tail.into_iter().rev() {
        // The bare apostrophe of "the fighters'" belongs to the word.
        let owner = matches!(&raw[mark.clone()], "'" | "’")
            && !*open_single
            && mark.start == end
            && raw[..mark.start].ends_with(['s', 'S', 'z', 'x'])
            && out.last().is_some_and(|it| it.bytes.end == mark.start);
        push(mark, owner, out);
    }
}

fn push(bytes: Range<usize>, joined: bool, out: &mut Vec<Piece>) {
    out.push(Piece { bytes, joined });
}

/// Says whether the whole chunk is a face: ":-)".
fn is_face(word: &str) -> bool {
    matches!(word.as_bytes(), [b':' | b';' | b'=', .., b')' | b'(' | b'D' | b'P'] if word.len() <= 3)
}

/// Returns the length of the mark at the start that is a word of its own.
fn leading(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let second = rest.chars().next();
    let run = |c: char| text.chars().take_while(|&it| it == c).count() * c.len_utf8();
    match first {
        '.' if second == Some('.') => Some(run('.')),
        // ".04", ".doc"
        '.' => second.is_none_or(|it| !it.is_alphanumeric()).then_some(1),
        '-' | '=' | '_' | '*' | '~' => {
            let dashes = run(first);
            let number = dashes == 1 && second.is_some_and(|it| it.is_ascii_digit());
            (!number || first == '*').then_some(dashes)
        }
        '\'' if rest.starts_with('\'') => Some(2),
        '`' if rest.starts_with('`') => Some(2),
        '‘' if rest.starts_with('’') => Some(first.len_utf8() * 2),
        '’' if rest.starts_with('’') => Some(first.len_utf8() * 2),
        '\'' | '‘' | '’' | '`' => (!is_elision(rest)).then_some(first.len_utf8()),
        '!' | '?' => Some(text.chars().take_while(|it| matches!(it, '!' | '?')).map(char::len_utf8).sum()),
        '#' | '@' | '+' => second.is_none_or(|it| !it.is_alphanumeric()).then_some(1),
        '<' | '>' => Some(run(first)),
        '&' => second.is_none_or(|it| !it.is_alphanumeric()).then_some(1),
        c if is_mark(c) => Some(c.len_utf8()),
        _ => None,
    }
}

/// Says whether an apostrophe before `rest` stands for left-out letters: "'70s", "'s", "'em".
fn is_elision(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    matches!(
        word.as_str(),
        "s" | "m" | "re" | "ve" | "ll" | "d" | "em" | "cause" | "til" | "bout" | "tis" | "twas" | "n"
    ) || word.len() >= 2 && word.len() <= 3 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit)
}

/// Returns the length of the mark at the end that is a word of its own.
fn trailing(text: &str, last: bool, open_single: bool) -> Option<usize> {
    let mark = text.chars().next_back()?;
    let rest = &text[..text.len() - mark.len_utf8()];
    let run = |c: char| text.chars().rev().take_while(|&it| it == c).count() * c.len_utf8();
    match mark {
        '.' if rest.ends_with('.') => {
            let dots = run('.');
            // "D.C..": the first dot belongs to the name.
            let word = &text[..text.len() - dots];
            if dots == 2 && keeps(word, false) { Some(1) } else { Some(dots) }
        }
        '.' if is_address(text) => Some(1),
        '.' => (!keeps(rest, last)).then_some(1),
        '!' | '?' => Some(text.chars().rev().take_while(|it| matches!(it, '!' | '?')).map(char::len_utf8).sum()),
        '-' | '=' | '*' | '~' => Some(run(mark)),
        '\'' if rest.ends_with('\'') => Some(2),
        '’' if rest.ends_with('’') => Some(2 * mark.len_utf8()),
        '\'' | '’' | '`' if !open_single || !rest.is_empty() => Some(mark.len_utf8()),
        '+' | '#' => None,
        '>' | '<' => Some(run(mark)),
        ')' if is_numbered(rest) => Some(1),
        '/' => (!is_address(text)).then_some(1),
        '&' | '@' => None,
        c if is_mark(c) => Some(c.len_utf8()),
        _ => None,
    }
}

fn is_numbered(word: &str) -> bool {
    !word.is_empty() && word.len() < 3
}

/// Says whether a final dot belongs to the word before it.
fn keeps(word: &str, last: bool) -> bool {
    let word = word.rsplit(['-', '/', '(', '"', '“']).next().unwrap_or(word);
    if is_dotted(word) {
        return true;
    }
    if word.chars().count() == 1 {
        return !last && word.chars().all(char::is_uppercase);
    }
    !last
        && dot(word).is_some()
        && !matches!(word, "No" | "no" | "La" | "Art" | "art" | "Miss" | "Mass" | "Pa" | "etc" | "ch")
        || last && matches!(word, "Inc" | "Jr" | "Sr" | "Ltd" | "Corp" | "Co")
        || matches!(word, "Mr" | "Mrs" | "Dr" | "vs")
}

/// Says whether a character is punctuation that never begins or ends a word.
fn is_mark(c: char) -> bool {
    match c {
        '_' => false,
        c if c.is_ascii() => c.is_ascii_punctuation(),
        '°' | '′' | '″' => false,
        c => {
            matches!(c,
                '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}'
                | '«' | '»' | '¡' | '¿' | '·' | '§' | '¶' | '£' | '€' | '¥' | '₹' | '₽' | '₪' | '¢' | '●' | '■' | '▪' | '►'
                | '،' | '؛' | '؟' | '۔' | '×' | '÷' | '±' | '→' | '←' | '−' | '©' | '®' | '™' | '½' | '✓')
                || is_picture(c)
        }
    }
}

/// Says whether a character is an emoji or another picture.
pub(crate) fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
}

/// Says whether a word is an address or a file name, which no rule cuts.
pub(crate) fn is_address(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_ascii_lowercase();
    if lower.contains("://") || lower.starts_with("www.") || lower.starts_with("mailto:") || lower.starts_with("doi:") {
        return true;
    }
    if let Some((name, host)) = lower.split_once('@') {
        return !name.is_empty() && !host.is_empty();
    }
    let Some((stem, ending)) = lower.split('/').next().unwrap_or("").rsplit_once('.') else { return false };
    const ENDINGS: &[&str] = &[
        "com", "org", "net", "gov", "edu", "mil", "info", "uk", "us", "ru", "af", "pk", "in", "de", "fr", "ir", "tv",
        "io", "nz", "au", "doc", "xls", "pdf", "txt", "html", "htm", "php", "jpg", "gif", "ppt", "zip", "exe", "wpd",
    ];
    stem.len() > 1 && ENDINGS.contains(&ending) && !stem.contains(['(', ')', ',', '"', '“'])
}
