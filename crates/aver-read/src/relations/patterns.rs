//! The codebook's relation patterns, ready to be matched.
//!
//! In: rows of the pattern language (`codebook/relations/README.md`). Out:
//! [`Patterns`]: each row as items, found by the words that it cannot do without.

use super::{nouns::Noun, paths::Path};
use crate::phrase::verb_forms;
use aver_codebook::Codebook;
use std::collections::{BTreeSet, HashMap};

/// One choice for one place of a pattern.
#[derive(Debug, Clone)]
pub enum Choice {
    /// These words, one token each.
    Words(Vec<String>),
    /// Any of these forms of a verb.
    Verb(BTreeSet<String>),
    /// Singular or plural of a noun.
    Noun(String),
}

/// One place of a pattern.
#[derive(Debug, Clone)]
pub enum Item {
    /// The first side.
    A,
    /// The second side.
    B,
    /// One of these; may be missing when told so.
    Any {
        /// The choices.
        choices: Vec<Choice>,
        /// It may be missing.
        optional: bool,
    },
    /// A determiner or nothing.
    Det,
    /// Up to three adjectives or nouns, or nothing.
    Adj,
    /// Up to four tokens.
    Gap,
}

/// One pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Index of the relation in the codebook.
    pub relation: usize,
    /// Its places.
    pub items: Vec<Item>,
    /// How many places are written words.
    pub written: usize,
}

/// Every pattern of a codebook.
#[derive(Debug, Default)]
pub struct Patterns {
    /// In the order of the codebook.
    pub list: Vec<Pattern>,
    /// Word → patterns that need it, in order.
    by_word: HashMap<String, Vec<usize>>,
    /// Word → patterns that are a path along a tree and are looked for at it.
    paths: HashMap<String, Vec<(usize, Path)>>,
    /// Noun, singular or plural → what it ties.
    nouns: HashMap<String, Vec<(usize, Noun)>>,
}

impl Patterns {
    /// Compiles every pattern.
    pub fn new(codebook: &Codebook) -> Patterns {
        let mut all = Patterns::default();
        for (relation, entry) in codebook.relations.iter().enumerate() {
            for row in &entry.patterns {
                let items: Vec<Item> = row.split_whitespace().map(item).collect();
                let written = items.iter().filter(|it| matches!(it, Item::Any { .. })).count();
                let at = all.list.len();
                let Some(anchor) = anchor(&items) else { continue };
                for word in anchor {
                    let list = all.by_word.entry(word).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
                if let Some(path) = Path::new(&items) {
                    let words: BTreeSet<String> = path.anchors().map(str::to_owned).collect();
                    for word in words {
                        all.paths.entry(word).or_default().push((at, path.clone()));
                    }
                }
                all.list.push(Pattern { relation, items, written });
            }
            let rows = entry.roles.iter().map(|it| (it, true)).chain(entry.deeds.iter().map(|it| (it, false)));
            for (row, role) in rows {
                let (word, noun) = Noun::new(row, role, entry.family == "support");
                for form in [plural(&word), word] {
                    all.nouns.entry(form).or_default().push((all.list.len(), noun.clone()));
                }
                all.list.push(Pattern { relation, items: vec![], written: 0 });
            }
        }
        all
    }

    /// Returns the paths that are looked for at this word.
    pub(super) fn paths_with(&self, word: &str) -> impl Iterator<Item = (usize, &Path)> {
        self.paths.get(word).into_iter().flatten().map(|(index, path)| (*index, path))
    }

    /// Returns the nouns that this word is.
    pub(super) fn nouns_at(&self, word: &str) -> impl Iterator<Item = (usize, &Noun)> {
        self.nouns.get(word).into_iter().flatten().map(|(index, noun)| (*index, noun))
    }

    /// Says whether a tree of a sentence with this word could tell a tie.
    pub fn asks_tree(&self, word: &str) -> bool {
        self.paths.contains_key(word) || self.nouns.contains_key(word)
    }

    /// Returns the patterns that need this word.
    pub fn with(&self, word: &str) -> &[usize] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Returns every form of the first written word that must stand, content words before small ones.
fn anchor(items: &[Item]) -> Option<Vec<String>> {
    let forms = |it: &Item| match it {
        Item::Any { choices, optional: false } => Some(choices.iter().flat_map(first_forms).collect::<Vec<_>>()),
        _ => None,
    };
    let small = |words: &Vec<String>| words.iter().any(|it| it.len() < 4);
    let all: Vec<Vec<String>> = items.iter().filter_map(forms).collect();
    all.iter().find(|it| !small(it)).or(all.first()).cloned()
}

fn first_forms(choice: &Choice) -> Vec<String> {
    match choice {
        Choice::Words(words) => words.first().cloned().into_iter().collect(),
        Choice::Verb(forms) => forms.iter().cloned().collect(),
        Choice::Noun(noun) => vec![noun.clone(), plural(noun)],
    }
}

fn item(word: &str) -> Item {
    match word {
        "A" => return Item::A,
        "B" => return Item::B,
        "DET" => return Item::Det,
        "ADJ" => return Item::Adj,
        "..." | "…" => return Item::Gap,
        _ => {}
    }
    let (word, optional) = match word.strip_suffix('?') {
        Some(rest) if !rest.is_empty() => (rest, true),
        _ => (word, false),
    };
    let inner = word.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let choices = match inner {
        Some(inner) => inner.split('|').map(choice).collect(),
        None => vec![choice(word)],
    };
    Item::Any { choices, optional }
}

fn choice(word: &str) -> Choice {
    let lower = word.to_lowercase().replace('’', "'");
    if let Some(verb) = lower.strip_prefix('~') {
        let mut forms: BTreeSet<String> = verb_forms(verb).into_iter().collect();
        match verb {
            "be" => forms.extend(["am", "are", "were", "been", "being", "'s", "'re"].map(str::to_owned)),
            "have" => forms.extend(["had", "'ve"].map(str::to_owned)),
            _ => {}
        }
        return Choice::Verb(forms);
    }
    if let Some(noun) = lower.strip_suffix('*') {
        return Choice::Noun(noun.to_owned());
    }
    Choice::Words(lower.split('_').map(str::to_owned).collect())
}

/// Returns the plural of a noun.
pub fn plural(noun: &str) -> String {
    if noun.ends_with('y') && !noun.ends_with("ay") && !noun.ends_with("ey") && !noun.ends_with("oy") {
        return format!("{}ies", &noun[..noun.len() - 1]);
    }
    if ["s", "x", "ch", "sh"].iter().any(|it| noun.ends_with(it)) {
        return format!("{noun}es");
    }
    format!("{noun}s")
}
