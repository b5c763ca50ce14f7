//! The words that say when a forecast falls due: "within six months", "in the near future".
//!
//! In: the tokens of a content. Out: the words, and how they bound the due
//! window from the day it was made. A lower bound ("in as little as six
//! months") gives an earliest day and never a latest one.

use crate::{Found, text::Text};
use aver_model::{Day, Time};
use std::ops::Range;

/// A horizon found in a content.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The words.
    pub tokens: Range<usize>,
    /// What they say.
    pub window: Window,
}

/// How a horizon bounds the due window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// Not later than so long after it was made.
    Within(Length),
    /// Not earlier than so long after it was made.
    After(Length),
    /// These days.
    Days(Option<Day>, Option<Day>),
    /// Some day.
    Open,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Days.
    Days(i64),
    /// Months.
    Months(i64),
}

impl Length {
    /// Returns the day so long after another.
    pub fn after(self, day: Day) -> Day {
        match self {
            Length::Days(days) => day.plus_days(days),
            Length::Months(months) => day.plus_months(months),
        }
    }
}

/// Phrases for a future without a date.
const OPEN: &[&[&str]] = &[
    &["in", "the", "near", "future"],
    &["in", "the", "foreseeable", "future"],
    &["in", "the", "future"],
    &["in", "the", "coming", "days"],
    &["in", "the", "coming", "weeks"],
    &["in", "the", "coming", "months"],
    &["in", "the", "coming", "years"],
    &["in", "coming", "days"],
    &["in", "coming", "weeks"],
    &["in", "coming", "months"],
    &["in", "coming", "years"],
    &["in", "the", "long", "term"],
    &["in", "the", "short", "term"],
    &["any", "time", "soon"],
    &["anytime", "soon"],
    &["sooner", "or", "later"],
    &["soon"],
    &["shortly"],
    &["imminent"],
    &["imminently"],
    &["before", "long"],
    &["eventually"],
    &["at", "any", "time"],
    &["at", "any", "moment"],
];

/// Finds the first horizon in a range.
pub fn find(text: &Text<'_>, range: Range<usize>, times: &[Found<Time>], made: Option<Day>) -> Option<Bound> {
    let counted = range.clone().find_map(|at| length_at(text, at, range.clone()));
    counted.or_else(|| dated(text, range.clone(), times, made)).or_else(|| {
        range.clone().find_map(|at| {
            OPEN.iter()
                .find(|it| text.reads(at, it))
                .map(|it| Bound { tokens: at..at + it.len(), window: Window::Open })
        })
    })
}

/// "within six months", "less than a year", "in as little as two weeks", "six months away".
fn length_at(text: &Text<'_>, at: usize, range: Range<usize>) -> Option<Bound> {
    let (length, end) = quantity(text, at)?;
    if end > range.end {
        return None;
    }
    let (mut start, mut window) = (at, None);
    let floor = range.start.max(at.saturating_sub(6));
    while start > floor {
        match text.lower(start - 1) {
            "within" | "under" | "inside" => window = window.or(Some(Window::Within(length))),
            "than" if matches!(text.lower(start.saturating_sub(2)), "less" | "fewer" | "sooner") => {
                window = Some(Window::Within(length))
            }
            "than" | "after" => window = Some(Window::After(length)),
            "little" | "least" if start >= 2 && matches!(text.lower(start - 2), "as" | "at") => {
                window = Some(Window::After(length))
            }
            "next" | "coming" | "following" => window = window.or(Some(Window::Within(length))),
            "in" => window = window.or(Some(Window::Within(length))),
            "as" | "less" | "fewer" | "at" | "the" | "only" | "just" | "about" | "over" | "during" | "for" | "more"
            | "around" | "roughly" | "a" => {}
            _ => break,
        }
        start -= 1;
    }
    while start < at && matches!(text.lower(start), "a" | "about" | "at" | "as" | "the") {
        start += 1;
    }
    if window.is_none() && matches!(text.lower(end), "away" | "from") {
        return Some(Bound { tokens: at..end + 1, window: Window::Within(length) });
    }
    // "for six months", "over two years" tell how long, not when.
    let told = window?;
    let lasting = matches!(text.lower(start), "for" | "over") && !text.lower(start + 1).starts_with("the");
    (!lasting).then_some(Bound { tokens: start..end, window: told })
}

fn quantity(text: &Text<'_>, at: usize) -> Option<(Length, usize)> {
    let number = match text.lower(at) {
        "a" | "an" => 1,
        word => {
            let spelt = crate::numbers::small(word).map(|it| it as i64);
            spelt.or_else(|| word.parse().ok()).filter(|it| (1..=400).contains(it))?
        }
    };
    let length = match text.lower(at + 1) {
        "hour" | "hours" => Length::Days((number + 23) / 24),
        "day" | "days" => Length::Days(number),
        "week" | "weeks" => Length::Days(7 * number),
        "month" | "months" => Length::Months(number),
        "year" | "years" => Length::Months(12 * number),
        "decade" | "decades" => Length::Months(120 * number),
        _ => return None,
    };
    Some((length, at + 2))
}

/// "by the end of 2025", "next month": a time expression that does not lie before the statement.
fn dated(text: &Text<'_>, range: Range<usize>, times: &[Found<Time>], made: Option<Day>) -> Option<Bound> {
    let first = times.partition_point(|it| it.tokens.start < range.start);
    times[first..].iter().take_while(|it| it.tokens.end <= range.end).find_map(|it| {
        let end = it.record.end?;
        if made.is_some_and(|made| end < made) || made.is_none() {
            return None;
        }
        let article = usize::from(it.tokens.start > range.start + 1 && text.lower(it.tokens.start - 1) == "the");
        let before =
            if it.tokens.start > range.start + article { text.lower(it.tokens.start - 1 - article) } else { "" };
        let inside = text.lower(it.tokens.start);
        let start = if matches!(before, "by" | "before" | "until" | "in" | "on" | "from") {
            it.tokens.start - 1 - article
        } else {
            it.tokens.start
        };
        let deadline = matches!(before, "by" | "before" | "until") || matches!(inside, "by" | "before" | "until");
        let earliest = if deadline { None } else { it.record.start };
        let known = deadline
            || earliest.is_some_and(|it| made.is_some_and(|made| it >= made && end > made))
            || matches!(inside, "next" | "tomorrow");
        known.then_some(Bound { tokens: start..it.tokens.end, window: Window::Days(earliest, Some(end)) })
    })
}
