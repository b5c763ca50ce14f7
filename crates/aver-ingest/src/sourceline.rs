//! Finds the outlet in the words of a plain text.
//!
//! In: the first sentence line, or the text. Out: the agency of a dateline
//! ("ARBALA, Oct. 6 (Reuters) -"), which counts as stated, or the outlet that
//! speakers are said to talk to ("told VOA" at least twice), which is only a
//! suggestion for a note.

use regex::Regex;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{Lu}][\p{Lu}\s'’.,/\-]{2,40}[^()\n]{0,60}\(((?:[\p{Lu}][\p{L}.]*|News|of|the)(?: [\p{L}.]+){0,3})\)\s*(?:[-–—:]|\p{Lu})").expect("the pattern is well formed")
});
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b(?:told|spoke to|spoke with|speaking to|in an interview with|interview to) (?:the )?([\p{Lu}][\p{L}\-’']*(?: [\p{Lu}][\p{L}\-’']*){0,3})").expect("the pattern is well formed")
});

/// Returns the agency named in a dateline.
pub(crate) fn of_dateline(lead: &str) -> Option<String> {
    DATELINE.captures(lead).map(|it| it[1].to_owned())
}

/// Returns the name that speakers talk to at least twice, with its first place.
pub(crate) fn interviewer(text: &str) -> Option<(String, Range<usize>)> {
    let mut names: BTreeMap<&str, (usize, Range<usize>)> = BTreeMap::new();
    for found in TOLD.captures_iter(text).filter_map(|it| it.get(1)) {
        let name = found.as_str().trim_end_matches("'s").trim_end_matches("’s");
        names.entry(name).or_insert((0, found.range())).0 += 1;
    }
    let (name, (times, at)) = names.into_iter().max_by_key(|(_, (times, at))| (*times, std::cmp::Reverse(at.start)))?;
    (times >= 2).then(|| (name.to_owned(), at))
}
