//! Bytes to documents: charset, article text, furniture, dates, duplicates.
//!
//! In: the bytes of one file, its name, and what the caller knows of it
//! ([`Hints`]). Out: a [`Page`], or an [`Error`] that says what is wrong with
//! the bytes and what to do. The kind is told by content, never by name.
//!
//! For plain text the page's text is the decoded file, unchanged: line ends and
//! a UTF-8 byte order mark (one U+FEFF) stay, so positions are those of
//! `open(path, encoding="utf-8", newline="")`. A UTF-16 mark is part of the
//! encoding and gives no character. Nothing is deleted: furniture is kept in
//! the text and listed in [`Page::dropped`].
//!
//! A pure function: no files, no clock, no network.

mod charset;
pub mod fingerprint;
mod furniture;
mod hints;
#[cfg(feature = "html")]
pub mod html;
mod kind;
mod pubdate;
mod sourceline;

pub use fingerprint::Fingerprint;
pub use hints::{Hints, HintsError};

use aver_model::{Document, Dropped, Note, Offsets, Page, Published, PublishedBasis, Span, Structure};
use furniture::Survey;
use kind::Kind;
use sha2::{Digest, Sha256};

/// Why bytes cannot become a document. All are the caller's to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No bytes, or nothing but white space.
    #[error("`{file}` is empty: it holds {bytes} bytes and no words")]
    Empty {
        /// The file's name.
        file: String,
        /// How many bytes it has.
        bytes: usize,
    },
    /// Pictures, archives, programs and the like.
    #[error("`{file}` is not text: its bytes are {found}")]
    Binary {
        /// The file's name.
        file: String,
        /// What the bytes look like, e.g. "a PNG image".
        found: String,
    },
    /// Text, but of a kind that holds no article.
    #[error("`{file}` is {found}, which is not an article")]
    Unknown {
        /// The file's name.
        file: String,
        /// What it looks like, e.g. "a news feed".
        found: String,
    },
    /// A page in which no article text was found.
    #[error("no article text found in the page `{file}` ({bytes} bytes)")]
    NoArticle {
        /// The file's name.
        file: String,
        /// How many bytes it has.
        bytes: usize,
    },
    /// HTML, in a build that cannot read it.
    #[error("`{file}` is an HTML page, and this build reads plain text only")]
    NoHtml {
        /// The file's name.
        file: String,
    },
}

impl Error {
    /// Returns the stable id, e.g. `file-empty`.
    pub fn id(&self) -> &'static str {
        match self {
            Error::Empty { .. } => "file-empty",
            Error::Binary { .. } => "file-not-text",
            Error::Unknown { .. } => "file-not-an-article",
            Error::NoArticle { .. } => "page-without-article",
            Error::NoHtml { .. } => "html-not-built-in",
        }
    }

    /// Returns the name of the file that is meant.
    pub fn file(&self) -> &str {
        match self {
            Error::Empty { file, .. }
            | Error::Binary { file, .. }
            | Error::Unknown { file, .. }
            | Error::NoArticle { file, .. }
            | Error::NoHtml { file } => file,
        }
    }

    /// Returns what to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::Empty { .. } => "save the article again; the download may have failed",
            Error::Binary { .. } => {
                "give the article as plain text or HTML; the name of a file does not change its kind"
            }
            Error::Unknown { .. } => "save each article as its own text or HTML file",
            Error::NoArticle { .. } => "open the page, copy the article into a text file and add that",
            Error::NoHtml { .. } => "build aver-ingest with the feature `html`, or save the article as text",
        }
    }
}

/// What a reader of one kind hands to the common end of [`ingest`].
#[derive(Debug, Default)]
struct Draft {
    text: String,
    title: Option<String>,
    byline: Option<String>,
    source: Option<String>,
    language: Option<String>,
    published: Option<Published>,
    notes: Vec<Note>,
}

/// Makes a page of the bytes of one file.
///
/// `file` is the name for messages and for [`Document::file`]; what the caller
/// gives in `hints` wins over what the bytes say.
pub fn ingest(bytes: &[u8], file: &str, hints: &Hints) -> Result<Page, Error> {
    let mut draft = match kind::of(bytes, file)? {
        Kind::Text => plain(bytes, file)?,
        #[cfg(feature = "html")]
        Kind::Html => html::draft(bytes, file)?,
        #[cfg(not(feature = "html"))]
        Kind::Html => return Err(Error::NoHtml { file: file.to_owned() }),
    };
    let offsets = Offsets::new(&draft.text);
    let title = hints.title.clone().or(draft.title.take());
    let survey = furniture::survey(&draft.text, title.as_deref());
    let title = title.or_else(|| survey.title.clone().map(|it| draft.text[it].trim().to_owned()));
    let byline = hints.byline.clone().or(draft.byline.take()).or_else(|| survey.byline.clone());
    let source = source(&mut draft, &survey, hints, &offsets);
    let published = hints.published.or(draft.published).unwrap_or_else(|| pubdate::find(&draft.text, &survey));
    if published.basis == PublishedBasis::None {
        note(&mut draft.notes, "published-unknown", None, "no publication date is given; relative dates stay relative");
    }
    let language = draft.language.take().or_else(|| language(&draft.text));
    if let Some(code) = language.as_deref().filter(|it| *it != "en") {
        let message = format!("the text looks like language `{code}`; reading rules are for English");
        note(&mut draft.notes, "language-not-english", None, &message);
    }
    let sha256: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
    let document = Document {
        id: sha256[..16].to_owned(),
        sha256,
        file: file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned(),
        source,
        title,
        byline,
        language,
        published,
    };
    let span = |bytes: &std::ops::Range<usize>| offsets.span(&draft.text, bytes.clone());
    let dropped =
        survey.dropped.iter().map(|(at, kind)| Dropped { span: span(at), kind: (*kind).to_owned() }).collect();
    let structure =
        survey.structure.iter().map(|(at, kind)| Structure { span: span(at), kind: (*kind).to_owned() }).collect();
    Ok(Page { document, dropped, structure, notes: draft.notes, text: draft.text })
}

fn plain(bytes: &[u8], file: &str) -> Result<Draft, Error> {
    let decoded = charset::decode(bytes, None);
    let mut draft = Draft { text: decoded.text, notes: decoded.notes, ..Draft::default() };
    if draft.text.chars().all(|it| it.is_whitespace() || it == '\u{feff}') {
        return Err(Error::Empty { file: file.to_owned(), bytes: bytes.len() });
    }
    if kind::is_noise(&draft.text) {
        return Err(Error::Binary { file: file.to_owned(), found: "mostly control characters".to_owned() });
    }
    if draft.text.len() > 2_000_000 {
        let message = format!("{} MB of text in one document; is it one article?", draft.text.len() / 1_000_000);
        note(&mut draft.notes, "text-very-long", None, &message);
    }
    Ok(draft)
}

/// Returns the outlet: as given, of the metadata, of a copyright line or dateline; a guess is only noted.
fn source(draft: &mut Draft, survey: &Survey, hints: &Hints, offsets: &Offsets) -> Option<String> {
    if let Some(source) = hints.source.clone().or(draft.source.take()) {
        return Some(source);
    }
    let lead = survey.lead.clone().map_or("", |it| &draft.text[it]);
    let found = survey.copyright.as_ref().and_then(|it| it.owner.clone()).or_else(|| sourceline::of_dateline(lead));
    if found.is_none()
        && let Some((name, at)) = sourceline::interviewer(&draft.text)
    {
        let span = offsets.span(&draft.text, at);
        let message = format!("speakers talk to {name}; the outlet may be {name} (not stated)");
        note(&mut draft.notes, "source-suggested", Some(span), &message);
    }
    found
}

fn note(notes: &mut Vec<Note>, id: &str, span: Option<Span>, message: &str) {
    notes.push(Note { id: id.to_owned(), span, message: message.to_owned() });
}

/// Returns the ISO 639-1 code of the language, if the beginning of the text tells it reliably.
fn language(text: &str) -> Option<String> {
    let sample: String = text.chars().take(4_000).collect();
    let found = whatlang::detect(&sample)?;
    if !found.is_reliable() && found.lang() != whatlang::Lang::Eng {
        return None;
    }
    let code = match found.lang().code() {
        "eng" => "en",
        "fra" => "fr",
        "deu" => "de",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "rus" => "ru",
        "ukr" => "uk",
        "ara" => "ar",
        "pes" => "fa",
        "urd" => "ur",
        "tur" => "tr",
        "cmn" => "zh",
        "jpn" => "ja",
        "kor" => "ko",
        "nld" => "nl",
        "pol" => "pl",
        "heb" => "he",
        "hin" => "hi",
        "ben" => "bn",
        "mya" => "my",
        "amh" => "am",
        "som" => "so",
        other => other,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests;
