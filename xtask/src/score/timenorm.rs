//! Time phrases on timenorm: share of phrases with exact type and value.
//!
//! A block is a text: its first line gives the reference date, the others are
//! phrases in order, so "the quarter" may mean one told above. `--list` prints
//! what differs.

use super::support::{page, share, text_of};
use aver_model::Day;
use aver_read::times::timex::Phrases;
use std::collections::BTreeMap;
use std::path::Path;

/// Scores `time/timenorm.train.tsv` of the data folder.
pub fn run(data: &Path, options: &[String]) -> Result<(), String> {
    let list = options.iter().any(|it| it == "--list");
    let text = text_of(&data.join("time/timenorm.train.tsv"))?;
    let mut phrases: Option<Phrases> = None;
    // Right and all, for each type and together.
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [words, kind, value] = columns[..] else {
            phrases = None;
            continue;
        };
        let Some(reader) = &mut phrases else {
            let day = value.get(..10).and_then(|it| it.parse::<Day>().ok());
            phrases = Some(Phrases::new(day));
            continue;
        };
        let ours = reader.read(&page(words)).map(|(kind, value)| (kind.to_string(), value));
        let right = ours.as_ref().is_some_and(|it| it.0 == kind && it.1 == value);
        for key in [kind, "all"] {
            let count = counts.entry(key.to_owned()).or_default();
            *count = (count.0 + usize::from(right), count.1 + 1);
        }
        if list && !right {
            let (our_kind, our_value) = ours.unwrap_or_default();
            println!("{words}\t{kind} {value}\t{our_kind} {our_value}");
        }
    }
    for (kind, (right, all)) in counts {
        println!("{kind:<10} {:.1} %   {right} of {all}", 100.0 * share(right, all));
    }
    Ok(())
}
