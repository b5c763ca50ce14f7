//! Values in the words and marks of the pages: days, places, stances, counts.
//!
//! A mark is never a color alone: each stance has a sign and a word.

use aver_model::*;

pub use crate::print::reading::{amount, days, place};

/// "1 event", "7 events".
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}s", thousands(n as u64)) }
}

/// Writes a number with a thin space between thousands.
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Writes a codebook or vocabulary word for people: underscores and hyphens are spaces.
pub fn plain(word: &str) -> String {
    word.replace(['_', '-'], " ")
}

/// Returns the first characters of a hash, enough to tell documents apart on a page.
pub fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// A stance as a sign, a word, and the name of its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The sign.
    pub sign: &'static str,
    /// The word.
    pub word: String,
    /// The style: `report`, `claim`, `dispute`, `blame`, `future`, `prescribe`, `praise`.
    pub class: String,
}

/// Returns the mark of a stance; the sign is that of its family.
pub fn mark(stance: Stance) -> Mark {
    let family = stance.family();
    let sign = match family {
        "REPORT" => "●",
        "CLAIM" => "▲",
        "DISPUTE" => "✕",
        "BLAME" => "◆",
        "FUTURE" => "◷",
        "PRESCRIBE" => "■",
        _ => "○",
    };
    Mark { sign, word: plain(stance.as_str()), class: family.to_lowercase() }
}

/// Returns the words with white space folded and cut at `most` characters, for lists.
pub fn clip(words: &str, most: usize) -> String {
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() <= most {
        return folded;
    }
    let cut: String = folded.chars().take(most).collect();
    let mid_word = folded.chars().nth(most) != Some(' ');
    let last = cut.rfind(' ').filter(|at| mid_word && *at > most / 2);
    let whole = last.map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", whole.trim_end_matches([',', ';', ':']))
}

/// Returns a policy's id without its version.
pub fn policy(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_read_well() {
        assert_eq!((thousands(9999), thousands(1234567)), ("9999".into(), "1\u{202f}234\u{202f}567".into()));
        assert_eq!((count(1, "event"), count(0, "event")), ("1 event".into(), "0 events".into()));
        assert_eq!(clip("a  market,  in the north", 12), "a market, in…");
        assert_eq!(clip("short", 12), "short");
    }

    #[test]
    fn no_two_families_of_stances_share_a_sign() {
        let mut signs: Vec<_> = Stance::ALL.iter().map(|it| (mark(*it).sign, it.family())).collect();
        signs.sort_unstable();
        signs.dedup();
        let distinct: std::collections::BTreeSet<_> = signs.iter().map(|it| it.0).collect();
        assert_eq!(distinct.len(), signs.len());
    }
}
