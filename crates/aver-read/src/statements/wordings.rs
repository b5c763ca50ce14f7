//! The codebook's wordings that tell a stance whatever the verb of saying.
//!
//! In: the lexicon's classes. Out: [`Wordings`], rows of words to look for in a content.
//! Which of them count when is decided by [`super::stance`].

use crate::{actors::Phrases, text::Text};
use aver_codebook::Codebook;
use std::ops::Range;

/// Rows of words, by what they tell.
#[derive(Debug, Default)]
pub struct Wordings {
    /// "will pay for".
    pub threatening: Phrases,
    /// "would expect".
    pub foretelling: Phrases,
    /// "cannot be trusted".
    pub doubting: Phrases,
    /// "a lie", "an invention".
    pub untrue: Phrases,
    /// "vile", "cowardly".
    pub vile: Phrases,
    /// "under review".
    pub silent: Phrases,
    /// "knew of no".
    pub denying: Phrases,
    /// "the fire came from".
    pub whence: Phrases,
    /// "recruited children".
    pub wrongs: Phrases,
    /// "will retaliate", of one's own side.
    pub vowing: Phrases,
    /// "soldiers", "a gunboat".
    pub armed_agents: Phrases,
}

impl Wordings {
    /// Takes them from the lexicon.
    pub fn new(codebook: &Codebook) -> Wordings {
        let of = |class: &str| {
            let words = codebook.lexicon.classes.get(class).into_iter().flatten();
            Phrases::new(words.map(|it| it.trim_start_matches('=')))
        };
        Wordings {
            threatening: of("threatening"),
            foretelling: of("foretelling"),
            doubting: of("doubting"),
            untrue: of("untrue"),
            vile: of("vile"),
            silent: of("silent"),
            denying: of("denying"),
            whence: of("whence"),
            wrongs: of("wrongs"),
            vowing: of("vowing"),
            armed_agents: of("armed_agents"),
        }
    }
}

/// Returns where one of the rows stands first in a range, looking at its first 60 words.
pub fn first(phrases: &Phrases, text: &Text<'_>, range: Range<usize>) -> Option<usize> {
    range.clone().take(60).find(|&it| {
        let len = phrases.at(text, it);
        len > 0 && it + len <= range.end
    })
}
