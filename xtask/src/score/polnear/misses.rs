//! What the reading misses, grouped by the word that heads the gold cue.
//!
//! In: both sides of each document. Out: counts, and the gold attributions with
//! ours in their place, so that the most frequent fault is mended first.

use super::{Ranges, shared, show};
use aver_model::Reading;
use std::collections::BTreeMap;

/// How one gold attribution fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// No cue of ours stands there.
    Unseen,
    /// Our cue overlaps; the speaker is another.
    Source,
    /// The cue has other ends.
    Cue,
    /// The content has other ends.
    Content,
    /// A cue of ours where gold has none.
    Spurious,
}

/// Gold attributions that ours lack, by fault and word.
#[derive(Debug, Default)]
pub struct Misses {
    seen: BTreeMap<(Fault, String), Vec<String>>,
}

impl Misses {
    /// Compares the two sides of a document.
    pub fn add(&mut self, reading: &Reading, ours: &[[Ranges; 3]], gold: &[[Ranges; 3]]) {
        for it in ours.iter().filter(|it| gold.iter().all(|gold| shared(&it[1], &gold[1]) == 0)) {
            self.note(Fault::Spurious, word(reading, &it[1]), show(reading, it));
        }
        for it in gold {
            let near =
                ours.iter().filter(|ours| shared(&ours[1], &it[1]) > 0).max_by_key(|ours| shared(&ours[2], &it[2]));
            let word = word(reading, &it[1]);
            let Some(near) = near else {
                self.note(Fault::Unseen, word, show(reading, it));
                continue;
            };
            for (role, fault) in [Fault::Source, Fault::Cue, Fault::Content].into_iter().enumerate() {
                if near[role] != it[role] {
                    let line = format!("{}\n      ours {}", show(reading, it), show(reading, near));
                    self.note(fault, word.clone(), line);
                }
            }
        }
    }

    fn note(&mut self, fault: Fault, word: String, line: String) {
        self.seen.entry((fault, word)).or_default().push(line);
    }

    /// Prints each fault with its count, and its `groups` most frequent words with their lines.
    pub fn print(&self, groups: usize) {
        for fault in [Fault::Unseen, Fault::Source, Fault::Cue, Fault::Content, Fault::Spurious] {
            let mut of: Vec<_> = self.seen.iter().filter(|((it, _), _)| *it == fault).collect();
            of.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
            println!("== {fault:?}: {}", of.iter().map(|(_, lines)| lines.len()).sum::<usize>());
            for ((_, word), lines) in of.into_iter().take(groups) {
                println!("  {} {word}", lines.len());
                lines.iter().for_each(|it| println!("    {it}"));
            }
        }
    }
}

/// The last word of a cue that is not a mere particle.
fn word(reading: &Reading, cue: &Ranges) -> String {
    let offsets = aver_model::Offsets::new(&reading.text);
    let words = cue.iter().map(|it| offsets.quote(&reading.text, *it)).collect::<Vec<_>>().join(" ").to_lowercase();
    let content = words.split_whitespace().rev().find(|it| it.len() > 3 || !it.chars().all(char::is_alphabetic));
    content.unwrap_or(&words).to_owned()
}
