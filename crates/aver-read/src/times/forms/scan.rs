//! The pieces of a text that forms of time are made of.
//!
//! Letters are one piece, digits one, every other mark its own: "Oct2" is two
//! pieces, "5:30pm" four.

use super::Moment;
use std::ops::Range;

struct Piece {
    bytes: Range<usize>,
    low: String,
    /// Directly follows the piece before.
    glued: bool,
}

/// A text in pieces, and the moment from which it is seen.
pub(super) struct Scan<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    pub(super) now: Moment,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, now: Moment) -> Scan<'t> {
        let mut pieces: Vec<Piece> = vec![];
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            }
            let run = |same: fn(char) -> bool| text[at..].find(|it| !same(it)).unwrap_or(text.len() - at);
            let length = match first {
                '0'..='9' => run(|it| it.is_ascii_digit()),
                _ if first.is_alphabetic() => run(char::is_alphabetic),
                _ => first.len_utf8(),
            };
            let glued = pieces.last().is_some_and(|it| it.bytes.end == at);
            let low = text[at..at + length].to_lowercase().replace('’', "'").replace('–', "-");
            pieces.push(Piece { bytes: at..at + length, low, glued });
            at += length;
        }
        Scan { text, pieces, now }
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn bytes(&self, pieces: Range<usize>) -> Range<usize> {
        self.pieces[pieces.start].bytes.start..self.pieces[pieces.end - 1].bytes.end
    }

    /// The piece in small letters; nothing past the end.
    pub(super) fn low(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |it| it.low.as_str())
    }

    /// The piece before.
    pub(super) fn before(&self, at: usize) -> &str {
        if at == 0 { "" } else { self.low(at - 1) }
    }

    pub(super) fn is(&self, at: usize, of: &[&str]) -> bool {
        of.contains(&self.low(at))
    }

    /// The place after a piece that is one of these, else the same place.
    pub(super) fn skip(&self, at: usize, of: &[&str]) -> usize {
        at + usize::from(self.is(at, of))
    }

    /// The place after these pieces, when they stand here.
    pub(super) fn after(&self, at: usize, words: &str) -> Option<usize> {
        let mut next = at;
        for word in words.split(' ') {
            if self.low(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The place after the first of several phrases that stands here.
    pub(super) fn after_any(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|it| self.after(at, it))
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|it| it.glued)
    }

    /// The value of a piece of digits, and how many there are.
    pub(super) fn digits(&self, at: usize) -> Option<(i64, usize)> {
        let word = self.low(at);
        if !word.starts_with(|it: char| it.is_ascii_digit()) || word.len() > 12 {
            return None;
        }
        Some((word.parse().ok()?, word.len()))
    }

    fn alphanumeric(&self, at: usize) -> bool {
        self.low(at).starts_with(char::is_alphanumeric)
    }

    /// No form begins inside of a word, a number with separators, an address or an amount of money.
    pub(super) fn opens(&self, at: usize) -> bool {
        if at == 0 {
            return true;
        }
        if self.glued(at) && self.alphanumeric(at) && self.alphanumeric(at - 1) {
            return false;
        }
        let digits = self.digits(at).is_some();
        if self.is(at - 1, &["$", "€", "£"]) {
            return false;
        }
        if digits && self.glued(at) && at > 1 && self.glued(at - 1) && self.digits(at - 2).is_some() {
            // "6,107.31", "138-2010-2015", "12:30"
            return !self.is(at - 1, &[".", ",", "-", ":", "/"]);
        }
        !(self.glued(at) && self.is(at - 1, &["'", "."]) && at > 1 && self.glued(at - 1) && !digits)
    }

    /// No form ends inside of a word or of a number.
    pub(super) fn closes(&self, end: usize) -> bool {
        self.parts_there(end, false)
    }

    /// As [`Scan::closes`], for the first of two dates: "2014-2018".
    pub(super) fn closes_or_goes_on(&self, end: usize) -> bool {
        self.parts_there(end, true)
    }

    fn parts_there(&self, end: usize, dash: bool) -> bool {
        if self.glued(end) && self.alphanumeric(end) && end > 0 && self.alphanumeric(end - 1) {
            return false;
        }
        let number_goes_on = self.glued(end)
            && self.glued(end + 1)
            && end > 0
            && self.digits(end - 1).is_some()
            && self.digits(end + 1).is_some()
            && self.is(end, &[".", ",", "-", "/", ":"])
            && !(dash && self.dash_between(end));
        !(number_goes_on || self.is(end, &["%"]))
    }

    /// "2014-2018", "2/29-3/1": a dash between two dates.
    fn dash_between(&self, at: usize) -> bool {
        let year = |at: usize| self.digits(at).is_some_and(|it| it.1 == 4);
        let slashed = at > 1 && self.low(at - 2) == "/" && self.low(at + 2) == "/";
        self.low(at) == "-" && (year(at - 1) && year(at + 1) || slashed)
    }

    /// Says whether nothing but a mark or the end follows.
    pub(super) fn ends(&self, at: usize) -> bool {
        !self.alphanumeric(at)
    }

    /// Says whether a piece begins with a capital letter.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|it| self.text[it.bytes.clone()].starts_with(char::is_uppercase))
    }
}
