//! What is worked out once per codebook for finding places.
//!
//! In: a codebook. Out: its places by folded name, names of actors that hide a
//! place ("Islamic State of Iraq"), words for peoples with their country, and
//! words for sites and offices. Nothing here looks at a text.

use super::gazetteer::fold;
use crate::phrase::Phrases;
use aver_codebook::{Codebook, PlaceEntry};
use std::collections::{BTreeMap, BTreeSet};

/// The codebook's part in finding places.
#[derive(Debug, Default)]
pub struct Known {
    /// Codebook places by folded name.
    pub(super) places: BTreeMap<String, PlaceEntry>,
    /// Names of two and more words that belong to actors.
    pub(super) actors: Phrases<()>,
    /// Words for peoples, in lower case, with their ISO code.
    pub(super) peoples: BTreeMap<String, String>,
    /// Words for buildings and sites.
    pub(super) facilities: BTreeSet<String>,
    /// Words before a person's name.
    pub(super) titles: BTreeSet<String>,
}

impl Known {
    /// Works it out.
    pub fn new(codebook: &Codebook) -> Known {
        let mut known = Known::default();
        for place in &codebook.places {
            for name in place.aliases.iter().chain([&place.name]) {
                known.places.entry(fold(name)).or_insert_with(|| place.clone());
            }
        }
        for actor in codebook.actors.iter().filter(|it| !matches!(it.kind.as_str(), "state" | "people")) {
            for name in actor.aliases.iter().chain([&actor.name]).filter(|it| it.contains(' ')) {
                known.actors.add(&name.to_lowercase().replace('’', "'").replace("'s ", " 's "), ());
            }
        }
        for people in &codebook.lexicon.nationalities {
            for word in &people.words {
                known.peoples.insert(word.to_lowercase(), people.country.clone());
            }
        }
        known.facilities =
            codebook.lexicon.facilities.iter().filter_map(|it| it.rsplit(' ').next()).map(str::to_lowercase).collect();
        known.titles = codebook
            .lexicon
            .titles
            .iter()
            .filter_map(|it| it.rsplit(' ').next())
            .map(|it| it.trim_end_matches('.').to_lowercase())
            .collect();
        known
    }
}
