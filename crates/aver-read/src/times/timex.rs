//! Time expressions as TIMEX3 gives them: a type and an ISO value.
//!
//! In: the text and the publication day. Out: [`Timex`] in text order, for
//! exports and comparison with annotated corpora. It covers more than the
//! published times: clock times, repeated times ("every Friday"), lengths with
//! their number, "now" and "recently". Without a publication day relative
//! values keep `X` for what the words leave open (`XXXX-WXX-5`).
//!
//! Rules are methods of [`Rules`]; at each word the longest expression wins.

mod anchored;
pub mod cal;
mod clock;
mod lengths;
mod relative;
#[cfg(test)]
mod tests;
mod vague;
mod years;

use super::Tense;
use super::grammar::Scan;
use crate::text::{Role, Text, TokenKind};
use aver_model::{Day, Page, Span};
use cal::Cal;
use std::fmt;
use std::ops::Range;

/// What a time expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimexKind {
    /// A calendar time of a day or coarser.
    Date,
    /// A time of the day.
    Time,
    /// A length.
    Duration,
    /// A repeated time.
    Set,
}

impl fmt::Display for TimexKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimexKind::Date => "DATE",
            TimexKind::Time => "TIME",
            TimexKind::Duration => "DURATION",
            TimexKind::Set => "SET",
        })
    }
}

/// A time expression with its TIMEX3 type and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its words, in code points of the text.
    pub span: Span,
    /// Type.
    pub kind: TimexKind,
    /// ISO value: `1998-02-27`, `P3D`, `PRESENT_REF`, `XXXX-WXX-5`.
    pub value: String,
    /// The stretch of the calendar, where the value is one.
    pub cal: Option<Cal>,
}

/// Finds the time expressions of a text, in order.
pub fn find(text: &Text<'_>, published: Option<Day>) -> Vec<Timex> {
    let mut found: Vec<Timex> = vec![];
    let mut now = Now { published, ..Now::default() };
    for (index, sentence) in text.sentences.iter().enumerate() {
        let scan = Scan { text, from: sentence.tokens.start, end: sentence.tokens.end };
        let mut at = scan.from;
        while at < scan.end {
            if !matches!(text.tokens[at].kind, TokenKind::Word | TokenKind::Number) && scan.low(at) != "'" {
                at += 1;
                continue;
            }
            now.sentence = index;
            let rules = Rules { scan: &scan, now: &now, whole: false };
            let Some(draft) = rules.longest(at) else {
                at += 1;
                continue;
            };
            // "In 2012 he …": a year that opens a sentence is that of the story.
            let frames = at <= scan.from + 2;
            now.remember(&draft, index, sentence.role, frames);
            let end = draft.end.max(at + 1);
            found.push(draft.publish(text, at));
            at = end;
        }
    }
    found
}

/// Reads phrases that are known to be time expressions, in the order of their text.
#[derive(Debug)]
pub struct Phrases {
    now: Now,
}

impl Phrases {
    /// Begins a text of that day.
    pub fn new(published: Option<Day>) -> Phrases {
        Phrases { now: Now { published, ..Now::default() } }
    }

    /// Returns type and value of a phrase; `page` holds just its words.
    pub fn read(&mut self, page: &Page) -> Option<(TimexKind, String)> {
        let text = Text::new(page);
        let end = text.tokens.len();
        let scan = Scan { text: &text, from: 0, end };
        let rules = Rules { scan: &scan, now: &self.now, whole: true };
        let best = (0..end)
            .filter_map(|at| rules.longest(at).map(|it| (it.end - at, it)))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })?
            .1;
        self.now.remember(&best, 0, Role::Body, false);
        Some((best.kind, best.value))
    }
}

/// From where a text's times are counted.
#[derive(Debug, Clone, Default)]
struct Now {
    published: Option<Day>,
    /// The last stretch of the calendar told.
    last: Option<Cal>,
    /// The last quarter told: "a year earlier" in a report on it.
    quarter: Option<Cal>,
    /// The last day told, and its sentence.
    day: Option<(Day, usize)>,
    /// The year of the last year, month or day told, and its sentence.
    year: Option<(i16, usize)>,
    /// The sentence being read.
    sentence: usize,
}

impl Now {
    /// Returns the year of a story told of long ago: "In August 1831 … On July 14 …".
    fn told_year(&self) -> Option<i16> {
        let (year, sentence) = self.year?;
        let long_ago = self.published.is_none_or(|it| it.0.year() - year >= 2);
        (long_ago && self.sentence <= sentence + 2).then_some(year)
    }

    fn remember(&mut self, draft: &Draft, sentence: usize, role: Role, frames: bool) {
        let Some(cal) = draft.cal.filter(|_| role != Role::Caption) else { return };
        match cal {
            // What is told of a year ago does not replace the quarter that a report is about.
            Cal::Quarter(..) if draft.back => {}
            Cal::Quarter(..) => self.quarter = Some(cal),
            Cal::Day(day) => self.day = Some((day, sentence)),
            _ => {}
        }
        if matches!(cal, Cal::Day(_) | Cal::Month(..)) || frames && matches!(cal, Cal::Year(_)) {
            self.year = Some((cal.year(), sentence));
        }
        self.last = Some(cal);
    }
}

/// An expression that a rule found.
#[derive(Debug, Clone)]
struct Draft {
    end: usize,
    kind: TimexKind,
    value: String,
    cal: Option<Cal>,
    /// Told as lying back from another time: "a year ago".
    back: bool,
}

impl Draft {
    fn of(end: usize, cal: Cal) -> Draft {
        Draft { end, kind: TimexKind::Date, value: cal.value(), cal: Some(cal), back: false }
    }

    fn new(end: usize, kind: TimexKind, value: impl Into<String>) -> Draft {
        Draft { end, kind, value: value.into(), cal: None, back: false }
    }

    fn publish(self, text: &Text<'_>, start: usize) -> Timex {
        let tokens = start..self.end;
        Timex { span: text.span(tokens.clone()), tokens, kind: self.kind, value: self.value, cal: self.cal }
    }
}

/// The rules at one place of a text.
struct Rules<'a> {
    scan: &'a Scan<'a>,
    now: &'a Now,
    /// The text is one phrase that is known to be a time.
    whole: bool,
}

impl Rules<'_> {
    fn longest(&self, at: usize) -> Option<Draft> {
        let rules: [fn(&Self, usize) -> Option<Draft>; 6] =
            [Self::repeated, Self::clock, Self::length, Self::relative, Self::anchored, Self::vague];
        let mut best: Option<Draft> = None;
        for rule in rules {
            if let Some(draft) = rule(self, at)
                && best.as_ref().is_none_or(|it| draft.end > it.end)
            {
                best = Some(draft);
            }
        }
        best.filter(|it| it.end > at)
    }

    fn low(&self, at: usize) -> &str {
        self.scan.low(at)
    }

    fn before(&self, at: usize) -> &str {
        if at > self.scan.from { self.low(at - 1) } else { "" }
    }

    fn one_of(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.low(at))
    }

    fn tense(&self, start: usize, end: usize) -> Tense {
        if self.whole { Tense::Near } else { super::tense(self.scan, start, end) }
    }
}
