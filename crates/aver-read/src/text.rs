//! Sentences and tokens, with their place in the text.
//!
//! In: a page. Out: [`Text`]: tokens in order, sentences as token ranges, the
//! role of each sentence (title, caption, heading, body) and its paragraph.
//! Furniture gives no tokens.

use aver_model::{Offsets, Page, Span};
use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and dots: `U.S.`, `al-Qaida`.
    Word,
    /// Starts with a digit: `1,500`, `2021`, `16th`.
    Number,
    /// An opening or closing quotation mark.
    Quote,
    /// Anything else.
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone)]
pub struct Token {
    /// Byte range in the text.
    pub bytes: Range<usize>,
    /// Lower-cased words, with straight apostrophes.
    pub lower: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// Starts with a capital.
    pub capital: bool,
    /// Index of its sentence.
    pub sentence: usize,
    /// Directly follows the token before it, without white space.
    pub glued: bool,
}

/// The job of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Body,
    /// The document's title.
    Title,
    /// Words under a picture.
    Caption,
    /// A heading inside the text.
    Heading,
    /// Author line.
    Byline,
}

/// A sentence.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Byte range in the text, without outer white space.
    pub bytes: Range<usize>,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of its paragraph (line), counted over the whole text.
    pub paragraph: usize,
    /// Its job.
    pub role: Role,
}

/// A page cut into sentences and tokens.
pub struct Text<'p> {
    /// The whole text.
    pub raw: &'p str,
    /// Byte ↔ code point.
    pub offsets: Offsets,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
}

impl<'p> Text<'p> {
    /// Cuts a page.
    pub fn new(page: &'p Page) -> Text<'p> {
        let raw = page.text.as_str();
        Text { raw, offsets: Offsets::new(raw), tokens: vec![], sentences: vec![] }
    }

    /// Returns the byte range of a token range; empty ranges stand at the first token.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            let at = self.tokens.get(tokens.start).map_or(self.raw.len(), |it| it.bytes.start);
            return at..at;
        }
        self.tokens[tokens.start].bytes.start..self.tokens[tokens.end - 1].bytes.end
    }

    /// Returns the published span of a token range.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.offsets.span(self.raw, self.bytes(tokens))
    }

    /// Returns the words of a token range, as printed.
    pub fn words(&self, tokens: Range<usize>) -> &'p str {
        &self.raw[self.bytes(tokens)]
    }

    /// Says whether the tokens from `at` read as `words` (lower case, one token each).
    pub fn reads(&self, at: usize, words: &[&str]) -> bool {
        words.len() <= self.tokens.len().saturating_sub(at)
            && words.iter().zip(&self.tokens[at..]).all(|(word, token)| token.lower == *word)
    }

    /// Returns the sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> &Sentence {
        &self.sentences[self.tokens[token].sentence]
    }
}
