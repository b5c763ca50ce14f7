//! A document as ingested: bytes with a hash, clean text, and what its page says of it.

use crate::{Day, PublishedBasis, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The interval in which a document was published, and where that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// First possible day; `None` when unknown.
    pub start: Option<Day>,
    /// Last possible day; `None` when unknown.
    pub end: Option<Day>,
    /// Where it was found.
    pub basis: PublishedBasis,
}

impl Published {
    /// An honest "nobody says when".
    pub const UNKNOWN: Published = Published { start: None, end: None, basis: PublishedBasis::None };

    /// Returns the interval `[start, end]` as told by the caller.
    pub fn given(start: Day, end: Day) -> Published {
        Published { start: Some(start), end: Some(end), basis: PublishedBasis::Given }
    }
}

/// One published item, ready to be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// Content-derived id; equal bytes have equal ids on every machine.
    pub id: String,
    /// SHA-256 of the bytes as captured, in lower-case hex.
    pub sha256: String,
    /// The file's name, without folders.
    pub file: String,
    /// The outlet, when known.
    pub source: Option<String>,
    /// The title, when known.
    pub title: Option<String>,
    /// The author line, when known.
    pub byline: Option<String>,
    /// ISO 639-1 code of the language, when it could be told.
    pub language: Option<String>,
    /// When it was published.
    pub published: Published,
}

/// A stretch of text that is not the article's own: navigation, forms, copyright lines.
///
/// It stays in the text; later stages skip it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dropped {
    /// Where it stands.
    pub span: Span,
    /// A word of `boilerplate_kinds`, e.g. `navigation`.
    pub kind: String,
}

/// A line with a job of its own: title, caption, heading or byline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Structure {
    /// Where it stands.
    pub span: Span,
    /// A word of `structure_kinds`: `title`, `caption`, `heading`, `byline`.
    pub kind: String,
}

/// What ingesting hands to reading: a document, its text, and what was found about the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// The document's facts.
    pub document: Document,
    /// For plain text the decoded file, unchanged; for HTML the extracted article text.
    pub text: String,
    /// Furniture, in text order, not overlapping.
    pub dropped: Vec<Dropped>,
    /// Titles, captions, headings, bylines, in text order.
    pub structure: Vec<Structure>,
    /// What an analyst may want to know about the capture (odd charset, guessed date).
    pub notes: Vec<crate::Note>,
}
