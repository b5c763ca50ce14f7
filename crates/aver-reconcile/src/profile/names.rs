//! Words by number, each kept once.
//!
//! In: words as readings hold them. Out: a number for each, equal for equal words,
//! by which a million mentions are compared without a million copies of "police".
//! Numbers follow the order in which words are first met; nothing that leaves this
//! crate depends on them. Number 0 is no word at all.

use crate::digest;
use std::collections::HashMap;
use std::sync::Arc;

/// The number of a word; 0 is no word.
pub type Word = u32;

/// Every word met so far.
pub struct Names {
    numbers: HashMap<Arc<str>, Word>,
    words: Vec<(Arc<str>, u64)>,
}

impl Names {
    /// Begins with no word but the empty one.
    pub fn new() -> Names {
        let empty: Arc<str> = Arc::from("");
        Names { numbers: HashMap::from([(empty.clone(), 0)]), words: vec![(empty, 0)] }
    }

    /// Returns the number of a word, a new one if it was not met before.
    pub fn number(&mut self, word: &str) -> Word {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let (kept, number): (Arc<str>, Word) = (Arc::from(word), self.words.len() as Word);
        self.words.push((kept.clone(), digest::number(word.as_bytes())));
        self.numbers.insert(kept, number);
        number
    }

    /// Returns the word.
    pub fn word(&self, number: Word) -> &str {
        self.words.get(number as usize).map_or("", |it| &it.0)
    }

    /// Returns what stands for the word on every machine and in every run.
    pub fn digest(&self, number: Word) -> u64 {
        self.words.get(number as usize).map_or(0, |it| it.1)
    }

    /// Returns the words of some numbers in their order, apart by commas.
    pub fn list(&self, numbers: &[Word]) -> String {
        let mut words: Vec<&str> = numbers.iter().map(|it| self.word(*it)).collect();
        words.sort_unstable();
        words.join(", ")
    }
}

/// Returns what two sorted lists share.
pub fn shared(a: &[Word], b: &[Word]) -> Vec<Word> {
    let mut out = Vec::new();
    each_shared(a, b, |it| out.push(it));
    out
}

/// Returns how much two sorted lists share.
pub fn count_shared(a: &[Word], b: &[Word]) -> usize {
    let mut count = 0;
    each_shared(a, b, |_| count += 1);
    count
}

fn each_shared(a: &[Word], b: &[Word], mut found: impl FnMut(Word)) {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                found(a[i]);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, count_shared, shared};

    #[test]
    fn a_word_has_one_number_and_comes_back() {
        let mut names = Names::new();
        let (mosque, market) = (names.number("mosque"), names.number("market"));
        assert_eq!(names.number("mosque"), mosque);
        assert_ne!(mosque, market);
        assert_eq!(names.number(""), 0);
        assert_eq!((names.word(mosque), names.word(market)), ("mosque", "market"));
        assert_eq!(names.list(&[mosque, market]), "market, mosque");
    }

    #[test]
    fn sorted_lists_meet() {
        assert_eq!(shared(&[1, 3, 5, 9], &[2, 3, 9]), [3, 9]);
        assert_eq!(count_shared(&[1, 2], &[3]), 0);
    }
}
