//! A statement before its speaker is known by name: token ranges and a cue.

use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Who speaks, as far as the frame tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// These words.
    Words(Range<usize>),
    /// The subject of the sentence's main clause: "…, adding that".
    Subject,
    /// Whoever spoke last: a bare quotation.
    Carried,
    /// Nobody: "it is believed".
    Unspecified,
}

/// A statement that a frame found.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who speaks.
    pub who: Who,
    /// The words of the cue with its auxiliaries; empty when implicit.
    pub cue: Range<usize>,
    /// What kind of words the cue is.
    pub class: CueClass,
    /// The pieces of the content, in text order.
    pub content: Vec<Range<usize>>,
    /// The stance that the cue carries.
    pub stance: Stance,
    /// Lemma of the cue's first word; empty when implicit.
    pub lemma: String,
    /// "did not", "have not yet".
    pub negated: bool,
    /// The outlet keeps its distance by the cue.
    pub distancing: bool,
    /// The content stands inside quotation marks.
    pub direct: bool,
    /// The cue is passive: "is believed", "was claimed by".
    pub passive: bool,
}

/// Tokens of a content that tell its stance and kind: several long sentences.
const TELLING: usize = 240;

impl Draft {
    /// Returns the tokens from the first to the last of cue, content and speaker.
    pub fn tokens(&self) -> Range<usize> {
        let words = match &self.who {
            Who::Words(words) => Some(words.clone()),
            _ => None,
        };
        let all = self.content.iter().cloned().chain(words).chain((!self.cue.is_empty()).then(|| self.cue.clone()));
        all.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(0..0)
    }

    /// Returns the tokens from the first to the last of the content.
    pub fn content_tokens(&self) -> Range<usize> {
        self.content.iter().cloned().reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(self.cue.clone())
    }

    /// Returns the tokens of the content that its stance and kind are read from: what comes late in a
    /// very long one changes neither, and reading it all for every cue in it would not end.
    pub fn telling_tokens(&self) -> Range<usize> {
        let content = self.content_tokens();
        content.start..content.end.min(content.start + TELLING)
    }
}
