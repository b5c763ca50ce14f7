//! Web pages to article text and what the page says of itself.
//!
//! In: bytes of an HTML page. Out: a draft: article text, title, byline, outlet,
//! publication date with its basis. Extraction is behind [`Extractor`]:
//! `trafilatura` first, `dom_smoothie` when that finds too little, the page's
//! bare text when both fail. Each switch is noted.
//!
//! Markup is hostile until [`guard::tame`] has bounded its nesting, so the
//! parsers' work is bounded as well; a parser's panic is caught and noted.
//! Dates are read by our own rules ([`meta`]), never guessed against a clock.

mod guard;
mod meta;
mod strip;

use crate::{Draft, Error, charset, note};
use aver_model::{Published, PublishedBasis};
use meta::Meta;
use std::panic::AssertUnwindSafe;

/// Pages beyond this many bytes of markup are read as bare text.
const LARGEST: usize = 8_000_000;
/// Pages of more tags than this are read as bare text.
const MOST_TAGS: usize = 250_000;
/// With less article text than this another extractor is asked.
const ENOUGH: usize = 250;

/// Finds the article in a page.
pub trait Extractor {
    /// Its name, for notes.
    fn name(&self) -> &'static str;

    /// Returns the article's text, a paragraph a line; `None` when it finds none.
    fn article(&self, html: &str) -> Option<String>;
}

/// `trafilatura`: the most exact on news pages.
pub struct Trafilatura;

impl Extractor for Trafilatura {
    fn name(&self) -> &'static str {
        "trafilatura"
    }

    fn article(&self, html: &str) -> Option<String> {
        let mut options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        options.html_date_mode = trafilatura::HtmlDateMode::Disabled;
        trafilatura::extract(html, &options).ok().map(|it| it.content_text)
    }
}

/// `dom_smoothie`: a port of the reading view of browsers.
pub struct DomSmoothie;

impl Extractor for DomSmoothie {
    fn name(&self) -> &'static str {
        "dom_smoothie"
    }

    fn article(&self, html: &str) -> Option<String> {
        let config =
            dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..dom_smoothie::Config::default() };
        let mut page = dom_smoothie::Readability::new(html, None, Some(config)).ok()?;
        page.parse().ok().map(|it| it.text_content.to_string())
    }
}

/// Makes a draft of a page.
pub(crate) fn draft(bytes: &[u8], file: &str) -> Result<Draft, Error> {
    let decoded = charset::decode(bytes, charset::declared(bytes).as_deref());
    let mut draft = Draft { notes: decoded.notes, ..Draft::default() };
    let html = decoded.text;
    let meta = Meta::read(&html);
    draft.text = article(&html, &mut draft);
    if !draft.text.chars().any(char::is_alphanumeric) {
        return Err(Error::NoArticle { file: file.to_owned(), bytes: bytes.len() });
    }
    draft.title = meta.title;
    draft.byline = meta.byline;
    draft.source = meta.source;
    draft.language = meta.language.filter(|it| it == "en");
    if let Some(day) = meta.published {
        draft.published = Some(Published { start: Some(day), end: Some(day), basis: PublishedBasis::Metadata });
    } else if let Some((day, wher)) = meta.guessed {
        draft.published = Some(Published { start: Some(day), end: Some(day), basis: PublishedBasis::Text });
        let message = format!("the page names no publication date; {day} is taken from {wher}");
        note(&mut draft.notes, "published-guessed", None, &message);
    }
    Ok(draft)
}

/// Returns the article's text by the first extractor that finds enough.
fn article(html: &str, draft: &mut Draft) -> String {
    let tame = guard::tame(html);
    if html.len() > LARGEST || tame.tags > MOST_TAGS {
        let message = format!(
            "{} MB of markup with {} tags; all its text is kept, without looking for the article",
            html.len() / 1_000_000,
            tame.tags
        );
        note(&mut draft.notes, "page-very-large", None, &message);
        return strip::text(html);
    }
    if tame.changed {
        let message = format!("the markup is nested {} deep; inner tags are passed over", tame.depth);
        note(&mut draft.notes, "page-nested", None, &message);
    }
    let mut best = String::new();
    let extractors: [&dyn Extractor; 2] = [&Trafilatura, &DomSmoothie];
    for (turn, extractor) in extractors.into_iter().enumerate() {
        let found = std::panic::catch_unwind(AssertUnwindSafe(|| extractor.article(&tame.html)));
        let text = clean(&found.unwrap_or_default().unwrap_or_default());
        if text.len() > best.len() {
            best = text;
            if turn > 0 {
                let message = format!("the article was found by {}", extractor.name());
                note(&mut draft.notes, "extracted-by-fallback", None, &message);
            }
        }
        if best.len() >= ENOUGH {
            return best;
        }
    }
    if best.len() < 25 {
        note(&mut draft.notes, "extracted-all-text", None, "no article stands out in the page; all its text is kept");
        best = strip::text(&tame.html);
    }
    best
}

/// Trims lines and folds runs of white space and empty lines.
fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else {
            gap = true;
            continue;
        };
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(first);
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests;
