//! Positions in a document's text: the only way to point at evidence.
//!
//! A [`Span`] counts Unicode code points, as the published reading format does
//! (W3C Web Annotation `TextPositionSelector`). Code that scans text works on
//! byte ranges and converts once, at the end, with [`Offsets`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of Unicode code points of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
#[schemars(with = "[usize; 2]")]
pub struct Span {
    /// First code point inside.
    pub start: usize,
    /// First code point after the end; never less than `start`.
    pub end: usize,
}

impl Span {
    /// Returns the span from `start` to `end`; a reversed pair becomes empty.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// Returns how many code points the span covers.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Says whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Says whether the two spans share at least one code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Says whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns how many code points both spans cover.
    pub fn shared(self, other: Span) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Returns the shortest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<[usize; 2]> for Span {
    fn from([start, end]: [usize; 2]) -> Span {
        Span::new(start, end)
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> [usize; 2] {
        [span.start, span.end]
    }
}

/// Converts between byte positions and code-point positions of one text.
///
/// Keeps one byte position for every 64 code points, so a conversion looks at
/// no more than 64 characters however long the text is.
#[derive(Debug, Clone)]
pub struct Offsets {
    marks: Vec<usize>,
    len: usize,
    chars: usize,
}

const STEP: usize = 64;

impl Offsets {
    /// Indexes `text`.
    pub fn new(text: &str) -> Offsets {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut chars = 0;
        for (at, _) in text.char_indices() {
            if chars % STEP == 0 {
                marks.push(at);
            }
            chars += 1;
        }
        Offsets { marks, len: text.len(), chars }
    }

    /// Returns the length of the text in code points.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// Returns the code-point position of byte `at`, which must be a character border.
    pub fn to_char(&self, text: &str, at: usize) -> usize {
        let at = at.min(self.len);
        let mark = self.marks.partition_point(|&byte| byte <= at).saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        mark * STEP + text[from..at].chars().count()
    }

    /// Returns the byte position of code point `at`; past the end it is the text's length.
    pub fn to_byte(&self, text: &str, at: usize) -> usize {
        if at >= self.chars {
            return self.len;
        }
        let from = self.marks[at / STEP];
        text[from..].char_indices().nth(at % STEP).map_or(self.len, |(byte, _)| from + byte)
    }

    /// Returns the span of a byte range.
    pub fn span(&self, text: &str, bytes: std::ops::Range<usize>) -> Span {
        Span::new(self.to_char(text, bytes.start), self.to_char(text, bytes.end))
    }

    /// Returns the byte range of a span.
    pub fn bytes(&self, text: &str, span: Span) -> std::ops::Range<usize> {
        self.to_byte(text, span.start)..self.to_byte(text, span.end)
    }

    /// Returns the words under a span.
    pub fn quote<'t>(&self, text: &'t str, span: Span) -> &'t str {
        &text[self.bytes(text, span)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_both_ways_in_text_of_many_widths() {
        let text = "a‘é𝄞 ".repeat(60);
        let offsets = Offsets::new(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.to_char(&text, byte), chars);
            assert_eq!(offsets.to_byte(&text, chars), byte);
        }
        assert_eq!(offsets.to_byte(&text, 10_000), text.len());
        assert_eq!(offsets.quote(&text, Span::new(1, 3)), "‘é");
        assert_eq!(Offsets::new("").to_byte("", 0), 0);
    }
}
