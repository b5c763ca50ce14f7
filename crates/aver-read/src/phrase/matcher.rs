//! Finds many fixed phrases at once.
//!
//! In: phrases with a value each, added once per codebook. Out: the longest
//! phrase that begins at a token. A lookup costs one hash of the first word and
//! a comparison with the few phrases that share it.

use crate::text::Text;
use std::collections::HashMap;

/// A set of phrases, each with a value.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases { by_first: HashMap::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase of lower-case words parted by blanks; a possessive is a word of its own.
    /// A second addition of equal words stands behind the first.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut words = phrase.split_whitespace().map(str::to_owned);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let list = self.by_first.entry(first).or_default();
        let at = list.partition_point(|(it, _)| it.len() >= rest.len());
        list.insert(at, (rest, value));
    }

    /// Returns the longest phrase that begins at a token: how many tokens, and its value.
    pub fn at<'m>(&'m self, text: &Text<'_>, at: usize) -> Option<(usize, &'m T)> {
        let list = self.by_first.get(text.lower(at))?;
        list.iter().find(|(rest, _)| follows(text, at, rest)).map(|(rest, value)| (rest.len() + 1, value))
    }

    /// Returns every phrase that begins at a token, longest first.
    pub fn all_at<'m>(&'m self, text: &'m Text<'_>, at: usize) -> impl Iterator<Item = (usize, &'m T)> {
        let list = self.by_first.get(text.lower(at)).map_or(&[][..], Vec::as_slice);
        list.iter().filter(move |(rest, _)| follows(text, at, rest)).map(|(rest, value)| (rest.len() + 1, value))
    }

    /// Says whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}

/// Says whether the words stand behind the token at `at`.
fn follows(text: &Text<'_>, at: usize, rest: &[String]) -> bool {
    rest.len() < text.tokens.len() - at
        && rest.iter().zip(&text.tokens[at + 1..]).all(|(word, token)| token.lower == *word)
}
