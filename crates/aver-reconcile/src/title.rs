//! A short line by which people know an event: "Attack on a guesthouse, Kabul".
//!
//! In: the type, the mentions, the place. Out: one line, made only from the
//! codebook's type and words of the documents; it decides nothing.

use crate::sight::Sight;
use aver_model::number_words::small;
use aver_model::{Basis, EventPlace};
use std::collections::BTreeSet;

/// Types whose site follows "on".
const ON: &[&str] =
    &["attack", "complex_attack", "armed_assault", "rocket_attack", "drone_strike", "air_strike", "shelling"];
/// Types whose object follows "of".
const OF: &[&str] = &[
    "assassination",
    "killing",
    "arrest",
    "takeover",
    "prison_release",
    "hostage_taking",
    "seizure",
    "recruitment",
    "withdrawal",
    "evacuation",
    "founding",
    "defection",
    "death",
    "abduction",
];

/// Types without victims, known by who did it.
const DONE_BY: &[&str] = &[
    "agreement",
    "aid",
    "deployment",
    "financing",
    "leadership_change",
    "meeting",
    "protest",
    "sanction",
    "statement",
    "weapons_supply",
    "withdrawal",
];
/// Those of them that take two.
const TOGETHER: &[&str] = &["agreement", "meeting", "leadership_change"];

/// Returns the title.
pub fn title(kind: &str, mentions: &[&Sight<'_>], place: Option<&EventPlace>) -> String {
    let kind = if kind.is_empty() { "event" } else { kind };
    let is_several = mentions.iter().any(|it| it.event.aggregate);
    let mut out = capital(&if is_several { plural(kind) } else { kind.into() }).replace('_', " ");
    if !is_several && mentions.iter().all(|it| it.event.generic) {
        out.push_str(" (in general)");
    }
    let target = mentions
        .iter()
        .flat_map(|it| &it.event.targets)
        .map(|it| uncounted(it.name.trim()))
        // A bare number names nobody.
        .filter(|it| it.chars().any(char::is_alphabetic) && it.chars().count() <= 60 && !["person", "one"].contains(it))
        .min_by_key(|it| {
            (std::cmp::Reverse(it.chars().next().is_some_and(char::is_uppercase)), it.chars().count(), *it)
        });
    let facility = place.and_then(|it| it.facility.as_deref()).filter(|it| !it.is_empty());
    let on = match kind {
        "withdrawal" => "from",
        _ if ON.contains(&kind) => "on",
        _ => "at",
    };
    match (facility, target) {
        (_, Some(target)) if OF.contains(&kind) => out.push_str(&format!(" of {target}")),
        (Some(facility), _) => out.push_str(&format!(" {on} {}", with_article(facility))),
        (None, Some(target)) if ON.contains(&kind) => out.push_str(&format!(" on {target}")),
        _ => {}
    }
    if facility.is_none() && target.is_none() && DONE_BY.contains(&kind) {
        out.push_str(&doers(kind, mentions));
    }
    let told = |name: &str| out.ends_with(&format!(" {name}"));
    if let Some(place) = place.filter(|it| {
        !it.name.is_empty() && !told(&it.name) && facility.is_none_or(|facility| !facility.contains(&it.name))
    }) {
        out.push_str(&format!(", {}", place.name));
    }
    // A bare type tells nobody which event it is: its own words do.
    if !out.contains(' ')
        && let Some(first) = mentions.first()
    {
        out.push_str(&format!(": “{}”", clipped(first.text.quote(first.event.span))));
    }
    out
}

/// Returns " by X", or " of X and Y" for what takes two, from those who are stated to have done it.
fn doers(kind: &str, mentions: &[&Sight<'_>]) -> String {
    let stated = mentions.iter().flat_map(|it| &it.event.perpetrators).filter(|it| it.basis == Basis::Stated);
    let names: BTreeSet<&str> = stated.map(|it| it.name.trim()).filter(|it| !it.is_empty()).collect();
    let names: Vec<&str> = names.into_iter().take(2).collect();
    let link = if TOGETHER.contains(&kind) { "of" } else { "by" };
    if names.is_empty() { String::new() } else { format!(" {link} {}", names.join(" and ")) }
}

/// Cuts words after a whole word within 60 characters.
fn clipped(words: &str) -> String {
    let mut out = String::new();
    for word in words.split_whitespace() {
        if !out.is_empty() && out.chars().count() + word.chars().count() > 60 {
            return format!("{out} …");
        }
        out.push_str(if out.is_empty() { "" } else { " " });
        out.push_str(word);
    }
    out
}

/// Returns the type for several occurrences: "attacks", "abuses of rights"; "looting" has no plural.
fn plural(kind: &str) -> String {
    const UNCOUNTED: &[&str] = &[
        "aid",
        "disrupted_weapons",
        "excessive_force",
        "financing",
        "headquarters",
        "looting",
        "mob_violence",
        "recruitment",
        "regained_territory",
        "sexual_violence",
        "shelling",
        "torture",
        "weapons_supply",
    ];
    if UNCOUNTED.contains(&kind) {
        return format!("{kind} (several)");
    }
    let (head, rest) = kind.find("_of_").map_or((kind, ""), |at| kind.split_at(at));
    let end = if head.ends_with("sh") { "es" } else { "s" };
    format!("{head}{end}{rest}")
}

/// Drops the count before people: "at least 25 people" is "people"; the figure has its own column.
fn uncounted(words: &str) -> &str {
    const COUNTS: &[&str] = &[
        "at",
        "least",
        "most",
        "more",
        "than",
        "over",
        "nearly",
        "almost",
        "about",
        "around",
        "some",
        "all",
        "up",
        "to",
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "several",
        "many",
        "of",
        "a",
        "an",
        "number",
        "the",
        "every",
    ];
    let counts = |it: &str| {
        let word = it.to_lowercase();
        it.starts_with(|c: char| c.is_ascii_digit())
            || COUNTS.contains(&word.as_str())
            || small(&word).is_some_and(|it| (1..=10).contains(&it))
    };
    let mut rest = words;
    let mut counted = false;
    while let Some((first, after)) = rest.split_once(' ') {
        if !counts(first) {
            break;
        }
        counted |= !matches!(first.to_lowercase().as_str(), "the" | "a" | "an");
        rest = after.trim_start();
    }
    if counted { rest } else { words }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Puts "a" or "an" before a common noun: "an embassy", "a mosque", "Emergency Hospital".
fn with_article(words: &str) -> String {
    let first = words.chars().next().unwrap_or(' ');
    let lower = words.to_lowercase();
    let is_plural = lower.ends_with('s') && !["ss", "us", "is"].iter().any(|it| lower.ends_with(it));
    if first.is_uppercase() || is_plural || ["the ", "a ", "an "].iter().any(|it| lower.starts_with(it)) {
        words.to_string()
    } else if "aeiou".contains(first) && !lower.starts_with("uni") {
        format!("an {words}")
    } else {
        format!("a {words}")
    }
}
