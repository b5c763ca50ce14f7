//! Values in the words and marks of the pages: days, places, stances, counts.
//!
//! A mark is never a color alone: each stance has a sign and a word.

use aver_model::*;
use std::collections::HashMap;
use std::sync::LazyLock;

pub use crate::print::reading::{amount, days};

/// Joins name, facility, division and country of a place; a country by its name, not its code.
pub fn place(place: &EventPlace) -> String {
    let mut place = place.clone();
    place.country = place.country.as_deref().map(|code| country(code).to_owned());
    crate::print::reading::place(&place)
}

/// Returns the name of a country, or its code when neither the map nor the codebook names it.
pub fn country(code: &str) -> &str {
    static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let own = &aver_codebook::Codebook::builtin().places;
        let own = own.iter().filter(|it| it.level == "country");
        let own = own.filter_map(|it| Some((it.country.as_deref()?, it.name.as_str())));
        let drawn = super::events::map::world::shapes().iter().filter(|it| it.level == 0);
        own.chain(drawn.map(|it| (it.country.as_str(), it.name.as_str()))).collect()
    });
    NAMES.get(code).copied().unwrap_or(code)
}

/// What templates do with values.
#[allow(missing_docs)]
pub mod filters {
    use askama::{Result, Values, filters::Safe};

    /// Writes words so that no line breaks inside a date; escapes them.
    #[askama::filter_fn]
    pub fn dated(words: impl std::fmt::Display, _: &dyn Values) -> Result<Safe<String>> {
        Ok(Safe(super::whole_days(&words.to_string())))
    }

    /// Writes what stands between backticks as code; escapes the rest.
    #[askama::filter_fn]
    pub fn coded(words: impl std::fmt::Display, _: &dyn Values) -> Result<Safe<String>> {
        Ok(Safe(super::code_in(&words.to_string())))
    }
}

/// Returns words as HTML in which what stands between two backticks is code.
fn code_in(words: &str) -> String {
    let parts: Vec<String> = words.split('`').map(escape).collect();
    let last = parts.len() - 1;
    let one = |(at, it): (usize, &String)| match at % 2 {
        1 if at < last => format!("<code>{it}</code>"),
        // A backtick without its fellow stays what it is.
        1 => format!("`{it}"),
        _ => it.clone(),
    };
    parts.iter().enumerate().map(one).collect()
}

fn escape(words: &str) -> String {
    askama::filters::escape(words, askama::filters::Html).map_or(String::new(), |it| it.to_string())
}

/// Returns words as HTML in which every day (2024-03-11) stays in one piece, with the "…" that follows it.
fn whole_days(words: &str) -> String {
    let is_day = |it: &str| it.len() == 10 && it.parse::<Day>().is_ok();
    let mut out = String::new();
    for (at, word) in words.split(' ').enumerate() {
        let day = word.trim_matches(|it: char| !it.is_ascii_digit());
        let ends_range = word == "…" && out.ends_with("</span>");
        if ends_range {
            out.truncate(out.len() - "</span>".len());
            out.push_str(" …</span>");
            continue;
        }
        if at > 0 {
            out.push(' ');
        }
        if is_day(day) {
            out.push_str(&format!("<span class=\"day\">{}</span>", escape(word)));
        } else {
            out.push_str(&escape(word));
        }
    }
    out
}

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
    fn a_date_is_never_broken_over_two_lines() {
        assert_eq!(
            whole_days("2021-08-01 … 2022-08-31"),
            "<span class=\"day\">2021-08-01 …</span> <span class=\"day\">2022-08-31</span>"
        );
        assert_eq!(whole_days("until 2023-03-09 <b>"), "until <span class=\"day\">2023-03-09</span> &#60;b&#62;");
        assert_eq!(whole_days("no date"), "no date");
    }

    #[test]
    fn what_stands_between_backticks_is_code_and_nothing_else_is_markup() {
        assert_eq!(code_in("no `<x>` here"), "no <code>&#60;x&#62;</code> here");
        assert_eq!(code_in("a ` alone"), "a ` alone");
    }

    #[test]
    fn a_country_is_written_by_its_name() {
        let of = |name: &str, code: &str| {
            place(&EventPlace {
                name: name.into(),
                country: Some(code.into()),
                admin1: None,
                facility: None,
                from: None,
            })
        };
        assert_eq!(of("Kabul", "AF"), "Kabul, Afghanistan");
        assert_eq!(of("Afghanistan", "AF"), "Afghanistan");
        assert_eq!(of("Tarsh", "XO"), "Tarsh, Orvane");
        assert_eq!(of("Nowhere", "QZ"), "Nowhere, QZ");
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
