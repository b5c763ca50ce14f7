//! Finds the day of publication in the words of a plain text, if it says so.
//!
//! In: text and the survey of its lines. Out: [`Published`] with basis `text`,
//! or unknown. Counted are: "Published March 19, 2023", a line that is nothing
//! but a date above the first sentence, a dateline ("ARBALA, Oct. 6, 2022
//! (Reuters)"; without a year only beside a copyright year), and the year of a
//! copyright line that the text itself bears out. Dates inside sentences and
//! captions are never taken.

use crate::furniture::Survey;
use aver_model::{Day, Published, PublishedBasis};
use regex::{Captures, Regex};
use std::sync::LazyLock;

const MONTH: &str = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static DATE: LazyLock<String> = LazyLock::new(|| {
    format!(
        r"(?:(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?(?:(?P<m1>{MONTH})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>\d{{4}}))?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{MONTH}),?(?:\s+(?P<y2>\d{{4}}))?|(?P<y3>\d{{4}})-(?P<m3>\d\d)-(?P<d3>\d\d)))"
    )
});
static TIME: &str = r"(?:[\s,|–—-]*(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:GMT|UTC|[A-Z]{2,4})?\)?(?:[+-]\d{1,2}(?::?\d\d)?)?)?|T[\d:.]+(?:Z|[+-][\d:]+)?)?";
static LABEL: &str = r"(?:(?:first\s+)?(?:published|posted|date|issued|released|filed|updated|last\s+(?:updated|modified)|modified)(?:\s+(?:on|at))?\s*:?\s*)";

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

static DATE_LINE: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"(?i)^\W*{LABEL}?{}{TIME}\W*(?:[|·•–—-]\s*.{{0,40}})?$", *DATE)));
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"(?im)^\W*(?:.{{0,60}}[|·•–—]\s*)?(?:first\s+)?(?:published|posted|date|issued|released)(?:\s+(?:on|at))?\s*:?\s*{}",
        *DATE
    ))
});
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"^(?:[\p{{Lu}}][\p{{Lu}}\s'’.\-]{{2,30}}(?:,\s*[\p{{Lu}}][\p{{L}}.\s'’\-]{{1,25}})?,\s+){}\s*(?:\([^)]{{2,30}}\))?\s*[-–—:]",
        *DATE
    ))
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| compile(r"\b(?:19|20)\d\d\b"));

/// Says whether a line is nothing but a date.
pub(crate) fn is_date_line(line: &str) -> bool {
    line.len() <= 120 && DATE_LINE.is_match(line)
}

/// Returns when the text says that it was published.
pub(crate) fn find(text: &str, survey: &Survey) -> Published {
    let head = &text[survey.head.clone()];
    let year = survey.copyright.as_ref().and_then(|it| it.year);
    let lead = survey.lead.clone().map_or("", |it| &text[it]);
    let found = PUBLISHED.captures(head).and_then(|it| day(&it, None));
    let found = found.or_else(|| {
        head.lines().filter(|it| is_date_line(it.trim())).find_map(|it| day(&DATE_LINE.captures(it.trim())?, None))
    });
    let found = found.or_else(|| DATELINE.captures(first_chars(lead, 200)).and_then(|it| day(&it, year)));
    match found {
        Some(day) => Published { start: Some(day), end: Some(day), basis: PublishedBasis::Text },
        None => year.and_then(|it| of_copyright(text, it)).unwrap_or(Published::UNKNOWN),
    }
}

/// Returns the year of a copyright line, if it is the last year that the text names.
///
/// A footer's year is often the year of capture; a text that names no other year near it does not bear it out.
fn of_copyright(text: &str, year: i16) -> Option<Published> {
    let mut times = 0;
    for found in YEAR.find_iter(text) {
        let named: i16 = found.as_str().parse().ok()?;
        if named > year {
            return None;
        }
        times += usize::from(named == year);
    }
    // Once in the copyright line itself, once at least elsewhere.
    (times >= 2).then_some(Published {
        start: Day::new(year, 1, 1),
        end: Day::new(year, 12, 31),
        basis: PublishedBasis::Text,
    })
}

fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(at, _)| &text[..at])
}

fn day(parts: &Captures<'_>, year: Option<i16>) -> Option<Day> {
    let part = |names: [&str; 3]| names.iter().find_map(|it| parts.name(it)).map(|it| it.as_str());
    let month = part(["m1", "m2", "m3"])?;
    let month = match month.parse::<i8>() {
        Ok(number) => number,
        Err(_) => {
            let head = month.to_ascii_lowercase();
            i8::try_from(MONTHS.iter().position(|it| head.starts_with(it))?).ok()? + 1
        }
    };
    let year = part(["y1", "y2", "y3"]).and_then(|it| it.parse().ok()).or(year)?;
    Day::new(year, month, part(["d1", "d2", "d3"])?.parse().ok()?)
}

/// Reads the day at the start of an ISO date and time, as metadata give it.
#[cfg(feature = "html")]
pub(crate) fn iso(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Some(day) = text.get(..10).and_then(|it| it.parse().ok()) {
        return Some(day);
    }
    static ANY: LazyLock<Regex> = LazyLock::new(|| compile(&format!(r"(?i){}", *DATE)));
    ANY.captures(first_chars(text, 80)).and_then(|it| day(&it, None))
}
