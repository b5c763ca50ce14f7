//! Who belongs to whom: branches, organs and channels, from the codebook.
//!
//! In: the codebook. Out: answers whether one party is another, a part of it at
//! any depth, or its channel. Looked up, not searched, for it is asked of every pair.

use aver_codebook::Codebook;
use std::collections::{BTreeSet, HashMap};

/// How far up a chain of parents is followed.
const DEPTH: usize = 8;

/// Parents and names of the codebook's actors.
pub struct Kin<'c> {
    above: HashMap<&'c str, &'c str>,
    names: HashMap<&'c str, &'c str>,
}

impl<'c> Kin<'c> {
    /// Indexes the actors of a codebook.
    pub fn new(codebook: &'c Codebook) -> Kin<'c> {
        let above = codebook
            .actors
            .iter()
            .filter_map(|it| Some((it.id.as_str(), it.channel_of.as_deref().or(it.parent.as_deref())?)));
        Kin {
            above: above.collect(),
            names: codebook.actors.iter().map(|it| (it.id.as_str(), it.name.as_str())).collect(),
        }
    }

    /// Returns the name of an actor; the key itself if the codebook does not know it.
    pub fn name<'k>(&'k self, key: &'k str) -> &'k str {
        self.names.get(key).copied().unwrap_or(key)
    }

    /// Returns the actor and what it belongs to, from itself upwards.
    fn line<'k>(&'k self, key: &'k str) -> impl Iterator<Item = &'k str> {
        std::iter::successors(Some(key), |at| self.above.get(at).copied()).take(DEPTH)
    }

    /// Says whether one party is the other, or a part of it.
    pub fn is_kin(&self, x: &str, y: &str) -> bool {
        self.line(x).any(|it| it == y) || self.line(y).any(|it| it == x)
    }

    /// Says whether a speaker is one of the parties, a part of one, or its channel.
    pub fn is_party(&self, speaker: &str, parties: &BTreeSet<String>) -> bool {
        self.line(speaker.strip_prefix("name ").unwrap_or(speaker)).any(|it| parties.contains(it))
    }
}
