//! What an analyst rules. Appended, never overwritten; undone by appending the reverse.

use crate::{Span, Stance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a decision holds: the hash of a document, the words, and the field decided.
///
/// It does not name machine output by its id, so it survives re-reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// The words of the event, figure or statement decided on.
    pub quote: String,
    /// Where they stood when the decision was made.
    pub span: Span,
    /// What is decided: `event`, `figure`, `statement`, `perpetrator`, `time` …
    pub field: String,
    /// What the machine read there when the decision was made, e.g. `12..17`; `None` when not noted.
    ///
    /// A later reading that differs does not overrule the person; it is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The codebook entry by which it was decided, with the first characters of the SHA-256 of
    /// its definition: `bombing@3f2a9c41d07e`. When the definition changes, the decision is kept
    /// and flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
}

/// What became of a forecast, by a person's judgment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was forecast happened.
    Happened,
    /// Its window passed without it.
    DidNot,
    /// It cannot be told.
    CannotTell,
}

impl Ruling {
    /// Returns the places that the ruling speaks of; none for an undo.
    pub fn anchors(&self) -> Vec<&Anchor> {
        match self {
            Ruling::Accept { anchor }
            | Ruling::Reject { anchor }
            | Ruling::Correct { anchor, .. }
            | Ruling::Grade { anchor, .. }
            | Ruling::State { anchor, .. } => vec![anchor],
            Ruling::Same { a, b } | Ruling::Different { a, b } | Ruling::Unsure { a, b } => vec![a, b],
            Ruling::Resolve { anchor, event, .. } => [anchor].into_iter().chain(event).collect(),
            Ruling::Undo { .. } => vec![],
        }
    }

    /// Returns the places that the ruling speaks of, to be moved.
    pub fn anchors_mut(&mut self) -> Vec<&mut Anchor> {
        match self {
            Ruling::Accept { anchor }
            | Ruling::Reject { anchor }
            | Ruling::Correct { anchor, .. }
            | Ruling::Grade { anchor, .. }
            | Ruling::State { anchor, .. } => vec![anchor],
            Ruling::Same { a, b } | Ruling::Different { a, b } | Ruling::Unsure { a, b } => vec![a, b],
            Ruling::Resolve { anchor, event, .. } => [anchor].into_iter().chain(event).collect(),
            Ruling::Undo { .. } => vec![],
        }
    }

    /// Returns the word for the ruling: `accept`, `reject`, `correct`, `same` …
    pub fn verb(&self) -> &'static str {
        match self {
            Ruling::Accept { .. } => "accept",
            Ruling::Reject { .. } => "reject",
            Ruling::Correct { .. } => "correct",
            Ruling::Same { .. } => "same",
            Ruling::Different { .. } => "different",
            Ruling::Unsure { .. } => "unsure",
            Ruling::Resolve { .. } => "resolve",
            Ruling::Grade { .. } => "grade",
            Ruling::State { .. } => "state",
            Ruling::Undo { .. } => "undo",
        }
    }
}

/// The ruling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Ruling {
    /// The machine's draft stands.
    Accept {
        /// What is accepted.
        anchor: Anchor,
    },
    /// The machine's draft does not stand; it is left out of published figures, not deleted.
    Reject {
        /// What is rejected.
        anchor: Anchor,
    },
    /// A person's value stands in place of the machine's.
    Correct {
        /// What is corrected; its field is `figure`, `time`, `place`, `speaker`, `type` or `perpetrator`.
        anchor: Anchor,
        /// The value, in the form of its field: `12..17`, `2022-12-12`, a name.
        to: String,
    },
    /// Two event mentions are one event.
    Same {
        /// One mention.
        a: Anchor,
        /// The other.
        b: Anchor,
    },
    /// Two event mentions are different events.
    Different {
        /// One mention.
        a: Anchor,
        /// The other.
        b: Anchor,
    },
    /// Whether two event mentions are one cannot be told from the words.
    Unsure {
        /// One mention.
        a: Anchor,
        /// The other.
        b: Anchor,
    },
    /// What became of a forecast.
    Resolve {
        /// The forecast.
        anchor: Anchor,
        /// What became of it.
        outcome: Outcome,
        /// The mention of the event that came of it, if one is on file.
        event: Option<Anchor>,
    },
    /// How far a person trusts a source, or what it says: NATO's letters and digits.
    ///
    /// Set by hand only, never computed, and never joined with a machine's score (AJP-2.1).
    Grade {
        /// Words of the source; its field is `reliability` (a letter, of the source) or
        /// `credibility` (a digit, of what is said there).
        anchor: Anchor,
        /// The source: an outlet or a speaker.
        source: String,
        /// `A` to `F`, or `1` to `6`.
        to: String,
    },
    /// A person reads a statement where the machine read none.
    State {
        /// The words said; the field is `words`.
        anchor: Anchor,
        /// Who says it; `outlet` for the document's own voice.
        speaker: String,
        /// How they stand to it.
        stance: Stance,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its id.
        decision: String,
    },
}

/// One ruling with who, when and why, linked to the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// SHA-256 over the previous decision's id and this one's content.
    pub id: String,
    /// Place in the chain, from 1.
    pub number: u64,
    /// Id of the decision before it; empty for the first.
    pub previous: String,
    /// Who decided.
    pub who: String,
    /// RFC 3339 instant.
    pub when: String,
    /// Why, in the analyst's words.
    pub reason: Option<String>,
    /// What was ruled.
    pub ruling: Ruling,
}
