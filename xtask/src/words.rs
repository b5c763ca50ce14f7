//! `cargo xtask words LIST... OUT`: the file of words that truecasing looks up.
//!
//! In: word lists, one word a line. Out: a finite-state map from the word in small
//! letters to 1 (listed small) + 2 (listed with a capital); words with other signs
//! than the letters a to z are left out.

use std::collections::BTreeMap;

/// Builds the file.
pub fn build(args: &[String]) -> Result<(), String> {
    let Some((out, lists)) = args.split_last().filter(|it| !it.1.is_empty()) else {
        return Err("error: no lists given\nhint: cargo xtask words LIST... OUT".to_owned());
    };
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for list in lists {
        let text = std::fs::read_to_string(list).map_err(|it| format!("error: {it}\n  --> {list}"))?;
        for word in text.lines().filter(|it| it.len() > 1 && it.bytes().all(|it| it.is_ascii_alphabetic())) {
            let capital = word.starts_with(|it: char| it.is_ascii_uppercase());
            // "LED", "As": letters and signs of elements are no names.
            if capital && (word.len() < 3 || word[1..].contains(|it: char| it.is_ascii_uppercase())) {
                continue;
            }
            let mark = if capital { 2 } else { 1 };
            *words.entry(word.to_ascii_lowercase()).or_default() |= mark;
        }
    }
    let bytes = fst::Map::from_iter(words).map_err(|it| format!("error: {it}"))?.into_fst().into_inner();
    std::fs::write(out, bytes).map_err(|it| format!("error: {it}\n  --> {out}"))
}
