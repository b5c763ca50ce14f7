//! Sentences and tokens, with their place in the text.
//!
//! In: a page. Out: [`Text`]: tokens in order, sentences as token ranges, the
//! role of each sentence (title, caption, heading, body) and its paragraph (a
//! line of the text). Furniture gives no tokens. One pass, linear in the text.
//!
//! Tokens keep names whole that a splitter would break: `U.S.`, `al-Qaida`,
//! `Hasht-e-Subh`, `1,500`. A possessive is a token of its own (`'s`). Cutting
//! into sentences is done by [`aver_language::sentences`], into tokens in
//! [`tokens`]: these are coarser than the words of the language model, because
//! the rules and the codebook know names as they are printed
//! (`docs/decisions/0006`).

#[cfg(test)]
pub(crate) mod tests;
mod tokens;

use crate::trees::Trees;
use aver_model::{Offsets, Page, Span};
use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and dots: `U.S.`, `al-Qaida`.
    Word,
    /// Starts with a digit: `1,500`, `2021`, `16th`.
    Number,
    /// A quotation mark.
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
    /// Stands inside quotation marks (the marks themselves do not).
    pub quoted: bool,
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

/// Words between two quotation marks; may run over several sentences.
#[derive(Debug, Clone)]
pub struct Quotation {
    /// Tokens inside the marks.
    pub tokens: Range<usize>,
    /// It has no closing mark; it ends with its paragraph.
    pub open: bool,
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
    /// All quotations by double marks, in order.
    pub quotations: Vec<Quotation>,
    /// What a language model says of the tokens; empty without one.
    pub trees: Trees,
}

impl<'p> Text<'p> {
    /// Cuts a page.
    pub fn new(page: &'p Page) -> Text<'p> {
        let raw = page.text.as_str();
        let offsets = Offsets::new(raw);
        let trees = Trees::default();
        let mut text = Text { raw, offsets, tokens: vec![], sentences: vec![], quotations: vec![], trees };
        let dropped = text.byte_ranges(page.dropped.iter().map(|it| it.span));
        let structure: Vec<(Range<usize>, Role)> = text
            .byte_ranges(page.structure.iter().map(|it| it.span))
            .into_iter()
            .zip(page.structure.iter().map(|it| role(&it.kind)))
            .collect();
        let mut paragraph = 0;
        let mut at = 0;
        for line in raw.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            paragraph += 1;
            for piece in without(range, &dropped) {
                text.add_paragraph(piece, paragraph - 1, &structure);
            }
        }
        text.mark_quotations();
        text
    }

    fn byte_ranges(&self, spans: impl Iterator<Item = Span>) -> Vec<Range<usize>> {
        spans.map(|it| self.offsets.bytes(self.raw, it)).collect()
    }

    fn add_paragraph(&mut self, range: Range<usize>, paragraph: usize, structure: &[(Range<usize>, Role)]) {
        for bytes in aver_language::sentences::cut(self.raw, range) {
            let from = structure.partition_point(|(it, _)| it.end <= bytes.start);
            let role = match structure.get(from) {
                Some((it, role)) if it.start < bytes.end => *role,
                _ => Role::Body,
            };
            let first = self.tokens.len();
            tokens::cut(self.raw, bytes.clone(), self.sentences.len(), &mut self.tokens);
            let tokens = first..self.tokens.len();
            if !tokens.is_empty() {
                self.sentences.push(Sentence { bytes, tokens, paragraph, role });
            }
        }
    }

    /// Pairs double quotation marks inside each paragraph. A paragraph that ends
    /// inside a quotation leaves it open; the next one opens its own again.
    fn mark_quotations(&mut self) {
        let mut start: Option<usize> = None;
        let mut paragraph = usize::MAX;
        for at in 0..=self.tokens.len() {
            let here = self.tokens.get(at).map(|it| self.sentences[it.sentence].paragraph);
            if here != Some(paragraph) {
                if let Some(first) = start.take().filter(|&first| first < at) {
                    self.quotations.push(Quotation { tokens: first..at, open: true });
                }
                paragraph = here.unwrap_or(usize::MAX);
            }
            let Some(token) = self.tokens.get(at) else { break };
            if token.kind != TokenKind::Quote {
                continue;
            }
            let mark = &self.raw[token.bytes.clone()];
            let closes = match mark {
                "“" | "„" => false,
                "”" => true,
                _ => start.is_some(),
            };
            if let Some(first) = start.take() {
                self.quotations.push(Quotation { tokens: first..at, open: !closes });
            }
            if !closes {
                start = Some(at + 1);
            }
        }
        self.quotations.retain(|it| !it.tokens.is_empty());
        for quotation in &self.quotations {
            for token in &mut self.tokens[quotation.tokens.clone()] {
                token.quoted = true;
            }
        }
    }

    /// Returns the byte range of a token range; empty ranges stand at the first token.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() || tokens.end > self.tokens.len() {
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

    /// Returns the lower-cased words of a token, or nothing past the end.
    pub fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |it| it.lower.as_str())
    }

    /// Returns the sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> &Sentence {
        &self.sentences[self.tokens[token].sentence]
    }
}

/// Says whether a word in small letters is an abbreviation that keeps its dot: "gen", "sept".
pub(crate) fn is_abbreviation_word(word: &str) -> bool {
    tokens::ABBREVIATIONS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

fn role(kind: &str) -> Role {
    match kind {
        "title" => Role::Title,
        "caption" => Role::Caption,
        "heading" => Role::Heading,
        "byline" => Role::Byline,
        _ => Role::Body,
    }
}

/// Returns the parts of `range` that no dropped range covers.
fn without(range: Range<usize>, dropped: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut pieces = vec![];
    let mut at = range.start;
    let from = dropped.partition_point(|it| it.end <= range.start);
    for it in dropped[from..].iter().take_while(|it| it.start < range.end) {
        if it.start > at {
            pieces.push(at..it.start);
        }
        at = at.max(it.end);
    }
    if at < range.end {
        pieces.push(at..range.end);
    }
    pieces
}
