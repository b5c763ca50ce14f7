//! Words to the pieces of the model's vocabulary, and the case that they lose there.
//!
//! In: the form of a word. Out: ids of its pieces, and a case class. The
//! vocabulary is lower-cased and without accents, so the class carries what is
//! left of capitals. Must do what the training does, character for character;
//! a parity fixture holds both together.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The id that stands before a sentence.
pub(crate) const FIRST: i32 = 101;
/// The id that stands behind a sentence.
pub(crate) const LAST: i32 = 102;
const UNKNOWN: i32 = 100;
/// Pieces of one word that the model looks at.
const MOST_OF_WORD: usize = 24;
/// A part of a word longer than this is unknown.
const LONGEST_PART: usize = 60;

/// The model's vocabulary.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    begins: HashMap<Box<str>, i32>,
    goes_on: HashMap<Box<str>, i32>,
}

impl Vocabulary {
    /// Reads one piece a line; its number is its id.
    pub(crate) fn new(lines: &str) -> Vocabulary {
        let (mut begins, mut goes_on) = (HashMap::with_capacity(25_000), HashMap::with_capacity(6_000));
        for (id, piece) in (0..).zip(lines.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => goes_on.insert(rest.into(), id),
                _ => begins.insert(piece.into(), id),
            };
        }
        Vocabulary { begins, goes_on }
    }

    /// Says whether a word in small letters is a piece of its own.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.begins.contains_key(word)
    }

    /// Appends the pieces of a word; at least one, at most [`MOST_OF_WORD`].
    pub(crate) fn pieces(&self, word: &str, out: &mut Vec<i32>) {
        let from = out.len();
        // A "word" of a megabyte is cut before it costs anything.
        let plain: String = straight(word).take(2_000).collect();
        let folded: String = plain.to_lowercase().nfd().filter(|&it| !is_combining_mark(it)).collect();
        let mut start = 0;
        for (at, c) in folded.char_indices() {
            if c.is_whitespace() || is_punctuation(c) {
                self.part(&folded[start..at], out);
                start = at + c.len_utf8();
                if !c.is_whitespace() {
                    self.part(&folded[at..start], out);
                }
            }
        }
        self.part(&folded[start..], out);
        if out.len() == from {
            out.push(UNKNOWN);
        }
        out.truncate(from + MOST_OF_WORD);
    }

    fn part(&self, part: &str, out: &mut Vec<i32>) {
        if part.is_empty() {
            return;
        }
        if part.chars().nth(LONGEST_PART).is_some() {
            return out.push(UNKNOWN);
        }
        let from = out.len();
        let mut rest = part;
        while !rest.is_empty() {
            let known = if rest.len() == part.len() { &self.begins } else { &self.goes_on };
            let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
            let Some((end, id)) = ends.into_iter().find_map(|end| known.get(&rest[..end]).map(|&id| (end, id))) else {
                out.truncate(from);
                return out.push(UNKNOWN);
            };
            out.push(id);
            rest = &rest[end..];
        }
    }
}

/// Maps the many quotation marks and dashes to the plain ones that the base model knows.
fn straight(word: &str) -> impl Iterator<Item = char> {
    let word = if matches!(word, "``" | "''") { "\"" } else { word };
    word.chars()
        .flat_map(|c| match c {
            '‘' | '’' | '‚' | '‛' | '`' | '´' => ['\'', '\0', '\0'],
            '“' | '”' | '„' | '‟' | '«' | '»' => ['"', '\0', '\0'],
            '—' | '–' | '―' | '‒' | '−' | '‐' | '‑' => ['-', '\0', '\0'],
            '…' => ['.', '.', '.'],
            '\u{a0}' => [' ', '\0', '\0'],
            c => [c, '\0', '\0'],
        })
        .filter(|&it| it != '\0')
}

/// Returns the case class of a word form.
pub(crate) fn case_class(word: &str) -> i32 {
    if word.chars().any(char::is_numeric) {
        return 4;
    }
    let mut letters = word.chars().filter(|it| it.is_alphabetic());
    let Some(first) = letters.next() else { return 5 };
    let (mut rest, mut upper) = (0, 0);
    for c in letters {
        rest += 1;
        upper += usize::from(c.is_uppercase());
    }
    match (first.is_uppercase(), upper, rest) {
        (true, _, 0) => 6,
        (true, upper, rest) if upper == rest => 2,
        (true, 0, _) => 1,
        (first, upper, _) if first || upper > 0 => 3,
        _ => 0,
    }
}

/// Unicode's punctuation, as far as news and the treebanks use it.
fn is_punctuation(c: char) -> bool {
    matches!(c,
        '!'..='/' | ':'..='@' | '['..='`' | '{'..='~'
        | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5f3}' | '\u{5f4}'
        | '\u{609}' | '\u{60a}' | '\u{60c}' | '\u{60d}' | '\u{61b}' | '\u{61e}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}'
        | '\u{964}' | '\u{965}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}'
        | '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_known_piece_first_and_unknown_as_a_whole() {
        let vocabulary = Vocabulary::new("bomb\n##ing\n##s\nbombing\n-\ncafe\nx");
        let ids = |word: &str| {
            let mut out = vec![];
            vocabulary.pieces(word, &mut out);
            out
        };
        assert_eq!(ids("Bombings"), [3, 2]);
        assert_eq!(ids("Café–bomb"), [5, 4, 0]);
        assert_eq!(ids("bombq"), [UNKNOWN]);
        assert_eq!(ids(""), [UNKNOWN]);
        assert_eq!(ids(&"-".repeat(500)).len(), MOST_OF_WORD);
        assert_eq!(ids(&"x".repeat(61)), [UNKNOWN]);
    }

    #[test]
    fn case_classes_tell_names_from_words() {
        let classes = ["bomb", "Tarsh", "NATO", "McOrwen", "F-16", "…", "A", "al-Tarsh"].map(case_class);
        assert_eq!(classes, [0, 1, 2, 3, 4, 5, 6, 3]);
    }
}
