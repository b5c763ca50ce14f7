//! The terms of a document: what of its words tells which occurrence it is about.
//!
//! In: a reading. Out: counts of terms in four channels. *Words* are stems that
//! carry meaning; *names* are two capitalized words side by side; *ages* are how
//! reports describe people without a name; the *lead* is the title and the first
//! words, where reports say what they are about.

use aver_model::Reading;
use std::collections::{BTreeMap, BTreeSet};

/// How many words from the top belong to the lead.
const LEAD: usize = 60;
/// A sentence that comes back after more days than this is the outlet's, not the report's.
const RECURS_AFTER: i64 = 30;
/// In so many documents a sentence without dates counts as the outlet's.
const RECURS_IN: usize = 5;

/// Words of every report.
const COMMON: &[&str] = &[
    "the",
    "a",
    "an",
    "and",
    "or",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "from",
    "by",
    "with",
    "as",
    "is",
    "was",
    "were",
    "be",
    "been",
    "are",
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "their",
    "its",
    "who",
    "that",
    "this",
    "which",
    "had",
    "has",
    "have",
    "not",
    "but",
    "said",
    "says",
    "say",
    "also",
    "after",
    "when",
    "one",
    "two",
    "up",
    "out",
    "into",
    "about",
    "no",
    "more",
    "than",
    "him",
    "them",
    "there",
    "i",
    "you",
    "we",
    "our",
    "my",
    "me",
    "will",
    "would",
    "could",
    "three",
    "according",
    "being",
    "over",
    "before",
    "what",
    "all",
    "so",
    "if",
    "do",
    "did",
    "can",
];

/// How often each term of a channel stands in a document.
pub type Counts = BTreeMap<String, u32>;

/// The terms of one document by channel.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Stems of words.
    pub words: Counts,
    /// Two capitalized words side by side.
    pub names: Counts,
    /// Ages of people.
    pub ages: Counts,
    /// Stems of the title and the first words.
    pub lead: Counts,
}

/// Returns the sentences of the article proper, without furniture.
pub fn sentences(reading: &Reading) -> Vec<&str> {
    placed(reading).into_iter().map(|(_, it)| it).collect()
}

/// Cuts what is no furniture into sentences, each with where it begins, in code points.
pub fn placed(reading: &Reading) -> Vec<(usize, &str)> {
    let text = &reading.text;
    let mut bounds: Vec<(usize, usize, usize)> = Vec::new();
    let (mut from, mut first) = (0, 0);
    let mut chars = text.char_indices().enumerate().peekable();
    let mut dropped = reading.dropped.iter().map(|it| it.span).collect::<Vec<_>>();
    dropped.sort();
    let mut next = 0;
    while let Some((number, (at, c))) = chars.next() {
        while next < dropped.len() && dropped[next].end <= number {
            next += 1;
        }
        if dropped.get(next).is_some_and(|it| it.start <= number) {
            if at > from {
                bounds.push((first, from, at));
            }
            (from, first) = (at + c.len_utf8(), number + 1);
            continue;
        }
        let is_end = c == '\n'
            || (matches!(c, '.' | '!' | '?')
                && chars.peek().is_some_and(|(_, (_, it))| it.is_whitespace() || matches!(it, '"' | '”' | '’')));
        if is_end {
            bounds.push((first, from, at + c.len_utf8()));
            (from, first) = (at + c.len_utf8(), number + 1);
        }
    }
    bounds.push((first, from, text.len()));
    let trimmed = bounds.into_iter().map(|(first, from, to)| (first, text[from..to].trim()));
    trimmed.filter(|(_, it)| !it.is_empty()).collect()
}

/// Returns the sentences that an outlet prints under many reports: "Return here for updates."
///
/// They come back after more than a month, or, where nothing is dated, in many documents.
pub fn refrains<'r>(documents: &[(Option<aver_model::Day>, Vec<&'r str>)]) -> BTreeSet<&'r str> {
    let mut seen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, (_, sentences)) in documents.iter().enumerate() {
        for sentence in sentences {
            let held = seen.entry(sentence).or_default();
            if held.last() != Some(&idx) {
                held.push(idx);
            }
        }
    }
    let recurs = |them: &[usize]| {
        let days: Vec<_> = them.iter().filter_map(|it| documents[*it].0).collect();
        match (days.iter().min(), days.iter().max()) {
            (Some(first), Some(last)) => them.len() > 1 && first.days_until(*last) > RECURS_AFTER,
            _ => them.len() >= RECURS_IN,
        }
    };
    seen.into_iter().filter(|(_, them)| recurs(them)).map(|(sentence, _)| sentence).collect()
}

/// Cuts a plural ending; short words and "ss" stay.
fn stem(word: &str) -> &str {
    word.strip_suffix('s').filter(|it| it.len() > 2 && !it.ends_with('s')).unwrap_or(word)
}

/// Returns the age that a word gives: "13-year-old".
fn age(word: &str) -> Option<&str> {
    let (number, rest) = word.split_once('-')?;
    (rest.starts_with("year") && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit())).then_some(number)
}

/// Counts the terms of a document; `title` counts for the lead.
pub fn terms(title: Option<&str>, sentences: &[&str], refrains: &BTreeSet<&str>) -> Terms {
    let mut out = Terms::default();
    let mut read = 0;
    let told = title.into_iter().chain(sentences.iter().copied().filter(|it| !refrains.contains(it)));
    for sentence in told {
        let mut before: Option<String> = None;
        let mut after_comma = false;
        for raw in sentence.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/')) {
            let bare = raw.trim_matches(|c: char| !c.is_alphanumeric());
            let comma = raw.ends_with(',');
            if bare.is_empty() {
                before = None;
                continue;
            }
            let lower = bare.to_lowercase().replace('’', "'");
            let lower = lower.strip_suffix("'s").unwrap_or(&lower);
            read += 1;
            if let Some(age) = age(lower) {
                *out.ages.entry(age.to_string()).or_default() += 1;
            } else if after_comma && comma && lower.len() <= 2 && lower.chars().all(|c| c.is_ascii_digit()) {
                *out.ages.entry(lower.to_string()).or_default() += 1;
            }
            after_comma = comma;
            if COMMON.contains(&lower) || lower.chars().count() < 2 && !lower.chars().all(|c| c.is_ascii_digit()) {
                before = None;
                continue;
            }
            let term = stem(lower).to_string();
            let capital = bare.chars().next().is_some_and(char::is_uppercase);
            if capital && let Some(before) = &before {
                *out.names.entry(format!("{before} {term}")).or_default() += 1;
            }
            if read <= LEAD {
                *out.lead.entry(term.clone()).or_default() += 1;
            }
            *out.words.entry(term.clone()).or_default() += 1;
            before = capital.then_some(term).filter(|_| !comma);
        }
    }
    out
}
