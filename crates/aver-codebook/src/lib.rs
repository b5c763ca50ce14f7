//! The field's knowledge as data: event types, stances, cues, actors, policies.
//!
//! In: the files of `codebook/` (embedded, or a folder a coder edits). Out: a
//! checked [`Codebook`] value, or every fault with file and line. Nobody needs
//! Rust to change what Averment knows.

mod cases;
mod check;
pub mod entry;
pub mod inflect;
mod load;
mod markdown;
#[cfg(test)]
mod tests;

pub use cases::{Case, CaseText};
pub use entry::*;
pub use inflect::{NounForms, VerbForms};
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
    /// Worked cases of the definitions.
    pub cases: Vec<Case>,
}

impl Codebook {
    /// Returns the event type of that name.
    pub fn event(&self, name: &str) -> Option<&EventType> {
        self.events.iter().find(|it| it.name == name)
    }

    /// Returns the measure of that name.
    pub fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|it| it.name == name)
    }

    /// Returns the relation of that name.
    pub fn relation(&self, name: &str) -> Option<&RelationEntry> {
        self.relations.iter().find(|it| it.name == name)
    }

    /// Returns the actor of that id.
    pub fn actor(&self, id: &str) -> Option<&ActorEntry> {
        self.actors.iter().find(|it| it.id == id)
    }

    /// Returns the policy of that id (`acled-conservative/1`) or bare name.
    pub fn policy(&self, id: &str) -> Option<&PolicyEntry> {
        self.policies.iter().find(|it| it.id == id || it.id.split('/').next() == Some(id))
    }

    /// Returns the worked cases, in the order of files and lines.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }
}

impl ActorEntry {
    /// Returns the role that the actor had on a day.
    ///
    /// ```
    /// use aver_codebook::{ActorEntry, DatedRole};
    /// let role = |role: &str, from: Option<&str>, until: Option<&str>| DatedRole {
    ///     role: role.into(),
    ///     from: from.map(|it| it.parse().unwrap()),
    ///     until: until.map(|it| it.parse().unwrap()),
    /// };
    /// let actor = ActorEntry {
    ///     roles: vec![role("insurgent", None, Some("2021-08-14")), role("de_facto_government", Some("2021-08-15"), None)],
    ///     ..ActorEntry::default()
    /// };
    /// assert_eq!(actor.role_on("2020-01-01".parse().unwrap()), Some("insurgent"));
    /// assert_eq!(actor.role_on("2021-08-15".parse().unwrap()), Some("de_facto_government"));
    /// ```
    pub fn role_on(&self, day: aver_model::Day) -> Option<&str> {
        self.roles
            .iter()
            .find(|it| it.from.is_none_or(|from| from <= day) && it.until.is_none_or(|until| day <= until))
            .map(|it| it.role.as_str())
    }
}
