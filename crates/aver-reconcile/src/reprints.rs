//! Which documents print the same story.
//!
//! In: groups of documents, as ingesting found them. Out: for every document the
//! one that stands for its group. A story that two sites print counts once.

mod credit;

use aver_codebook::Codebook;
use aver_model::Reading;
use credit::Outlets;
use std::collections::BTreeMap;

/// Groups of documents that print the same story, by their SHA-256.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reprints {
    group_of: BTreeMap<String, String>,
}

impl Reprints {
    /// Returns the answer for documents of which none reprints another.
    pub fn none() -> Reprints {
        Reprints::default()
    }

    /// Builds from groups of document hashes; groups that share a document become one.
    pub fn new(groups: impl IntoIterator<Item = Vec<String>>) -> Reprints {
        let mut group_of: BTreeMap<String, String> = BTreeMap::new();
        for group in groups {
            let mut names: Vec<String> = group.iter().filter_map(|sha| group_of.get(sha).cloned()).collect();
            names.extend(group.iter().cloned());
            let Some(name) = names.iter().min().cloned() else { continue };
            if names.len() > group.len() {
                for held in group_of.values_mut().filter(|held| names.contains(held)) {
                    held.clone_from(&name);
                }
            }
            for sha in group {
                group_of.insert(sha, name.clone());
            }
        }
        Reprints { group_of }
    }

    /// Returns the name of the document's group; a document without reprints is its own.
    pub fn group<'r>(&'r self, document: &'r str) -> &'r str {
        self.group_of.get(document).map_or(document, String::as_str)
    }

    /// Says whether any other document was ever found to print the document's story.
    pub fn is_reprinted(&self, document: &str) -> bool {
        self.group_of.contains_key(document)
    }

    /// Says whether the two documents print the same story.
    pub fn same_story(&self, a: &str, b: &str) -> bool {
        self.group(a) == self.group(b)
    }
}

/// Which document stands for each story, and whose story it is.
pub(crate) struct Stories<'r> {
    reprints: &'r Reprints,
    original: BTreeMap<&'r str, &'r str>,
    outlet: BTreeMap<&'r str, String>,
    outlets: Outlets,
}

impl<'r> Stories<'r> {
    /// Lets the earliest published document stand for its group, then one with an outlet, then the least hash.
    pub fn new(reprints: &'r Reprints, readings: &[&'r Reading], codebook: &Codebook) -> Stories<'r> {
        let rank = |it: &Reading| {
            let doc = &it.document;
            (doc.published.start.is_none(), doc.published.start, doc.source.is_none(), doc.sha256.clone())
        };
        let mut first: BTreeMap<&str, &Reading> = BTreeMap::new();
        for &reading in readings {
            let group = reprints.group(&reading.document.sha256);
            if first.get(group).is_none_or(|held| rank(reading) < rank(held)) {
                first.insert(group, reading);
            }
        }
        let outlets = Outlets::new(readings, codebook);
        Stories {
            reprints,
            original: first.iter().map(|(group, it)| (*group, it.document.sha256.as_str())).collect(),
            outlet: first.iter().map(|(group, it)| (*group, outlets.of(it))).collect(),
            outlets,
        }
    }

    /// Returns under what a quoted speaker counts: an outlet as itself, in its own pages or in those of others.
    pub fn speaking(&self, key: String) -> String {
        self.outlets.speaking(&key).unwrap_or(key)
    }

    /// Returns the document that stands for this one's story.
    pub fn original<'d>(&'d self, document: &'d str) -> &'d str {
        self.original.get(self.reprints.group(document)).copied().unwrap_or(document)
    }

    /// Returns the key of the outlet whose story it is.
    pub fn outlet<'d>(&'d self, document: &'d str) -> &'d str {
        self.outlet.get(self.reprints.group(document)).map_or(document, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Reprints;

    #[test]
    fn groups_that_share_a_document_are_one() {
        let words = |them: &[&str]| them.iter().map(|it| it.to_string()).collect::<Vec<_>>();
        let reprints = Reprints::new([words(&["c", "d"]), words(&["a", "b"]), words(&["b", "c"])]);
        assert!(reprints.same_story("a", "d"));
        assert!(!reprints.same_story("a", "x"));
        assert_eq!(reprints.group("x"), "x");
    }
}
