//! The field's knowledge as data: event types, stances, cues, actors, policies.
//!
//! In: the files of `codebook/` (embedded, or a folder a coder edits). Out: a
//! checked [`Codebook`] value, or every fault with file and line. Nobody needs
//! Rust to change what Averment knows.

pub mod entry;
mod load;

pub use entry::*;
pub use load::{Error, Fault};

/// Everything the codebook says, checked.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    /// `sha256:…` over every file, in the order of their paths.
    pub version: String,
    /// Event types, by name.
    pub events: Vec<EventType>,
    /// Stances with their cues.
    pub stances: Vec<StanceEntry>,
    /// Words that count something done to people or things.
    pub measures: Vec<Measure>,
    /// Relations with the words that state them.
    pub relations: Vec<RelationEntry>,
    /// Known actors.
    pub actors: Vec<ActorEntry>,
    /// Places and spellings that the gazetteer lacks.
    pub places: Vec<PlaceEntry>,
    /// Word lists.
    pub lexicon: Lexicon,
    /// Ways to choose low, best and high.
    pub policies: Vec<PolicyEntry>,
}

impl Codebook {
    /// Returns the event type of that name.
    pub fn event(&self, name: &str) -> Option<&EventType> {
        self.events.iter().find(|it| it.name == name)
    }

    /// Returns the actor of that id.
    pub fn actor(&self, id: &str) -> Option<&ActorEntry> {
        self.actors.iter().find(|it| it.id == id)
    }

    /// Returns the policy of that id (`acled-conservative/1`) or bare name.
    pub fn policy(&self, id: &str) -> Option<&PolicyEntry> {
        self.policies.iter().find(|it| it.id == id || it.id.split('/').next() == Some(id))
    }
}
