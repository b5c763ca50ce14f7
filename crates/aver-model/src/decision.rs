//! What an analyst rules. Appended, never overwritten; undone by appending the reverse.

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a decision holds: the hash of a document, the words, and the field decided.
///
/// It does not name machine output by its id, so it survives re-reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// The words of the event, figure or statement decided on.
    pub quote: String,
    /// Where they stood when the decision was made.
    pub span: Span,
    /// What is decided: `event`, `figure`, `statement`, `type`, `time` …
    pub field: String,
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
