//! Which words English prints small, which with a capital.
//!
//! The file is made by `cargo xtask words` from the SCOWL word lists (see `NOTICE`):
//! a sorted set of words without accents or apostrophes, each with a 1 when it is
//! listed small and a 2 when it is listed with a capital.

use std::sync::OnceLock;

static FILE: &[u8] = include_bytes!("../../data/words.bin");

/// How a word is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listed {
    /// Printed small: "bush", "attack".
    pub small: bool,
    /// Printed with a capital: "Bush", "Angel".
    pub capital: bool,
}

/// Looks a word up, in small letters.
pub fn listed(word: &str) -> Listed {
    static OPEN: OnceLock<fst::Map<&'static [u8]>> = OnceLock::new();
    let words = OPEN.get_or_init(|| fst::Map::new(FILE).expect("the built-in word list is well formed"));
    let mark = words.get(word).unwrap_or(0);
    Listed { small: mark & 1 != 0, capital: mark & 2 != 0 }
}
