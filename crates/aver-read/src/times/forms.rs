//! Forms of dates, clock times, lengths and repeated times, alone and joined.
//!
//! In: a text and the moment from which it is seen. Out: [`Form`]s in text
//! order: what is written, as a pattern that keeps open what the words leave
//! open (`XXXX-10-02`), and the stretch it stands for, looking back and looking
//! ahead. It reads notes, requests and tables ("4/22", "20161016", "from 3 until
//! 12 of Sept", "Tuesday 9.30-4.30pm"); how reports speak of time is read by
//! [`super::find`] and [`super::timex`].
//!
//! Rules are methods of [`scan::Scan`]; at each word the longest form wins.

mod clocks;
mod dates;
mod edges;
mod feasts;
mod joined;
mod lengths;
mod parts;
mod ranges;
mod relative;
mod scan;
mod sets;
mod stretches;
#[cfg(test)]
mod tests;
mod words;

use aver_model::Day;
use scan::Scan;
use std::ops::Range;

/// A point in time: a day and the seconds since its midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Seconds since midnight, below 86 400.
    pub second: i64,
}

impl Moment {
    /// The beginning of a day.
    pub fn at_dawn(day: Day) -> Moment {
        Moment { day, second: 0 }
    }

    /// Returns the moment some seconds later.
    pub fn plus(self, seconds: i64) -> Moment {
        let all = self.second + seconds;
        Moment { day: self.day.plus_days(all.div_euclid(86_400)), second: all.rem_euclid(86_400) }
    }
}

/// What a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One day.
    Date,
    /// A stretch of days; its end is the day after the last.
    Days,
    /// A time of the day; only the seconds of its moments count.
    Clock,
    /// A stretch within a day; only the seconds of its moments count.
    Hours,
    /// A time of a day.
    Moment,
    /// From one moment to another.
    Moments,
    /// A length; its stretch begins at the moment from which the text is seen.
    Length,
    /// A repeated time; it has no stretch.
    Set,
}

/// How a form limits another: "before 2019", "since the end of May".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edge {
    /// `before`, `after`, `since`, `until`, `approx`, `more` or `less`.
    pub side: Option<&'static str>,
    /// `start`, `mid` or `end` of the stretch.
    pub part: Option<&'static str>,
    /// The limit was a stretch and not a point; `None` where nobody asks.
    pub of_stretch: Option<bool>,
}

/// One reading of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What is written: `2016-11-07`, `XXXX-WXX-5`, `(T17,T18,PT1H)`.
    pub pattern: String,
    /// First moment and end, looking back.
    pub past: Option<(Moment, Moment)>,
    /// First moment and end, looking ahead; the same where the words leave nothing open.
    pub future: Option<(Moment, Moment)>,
}

/// A form found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What it limits.
    pub edge: Edge,
    /// Its readings: two where morning and afternoon are open.
    pub seen: Vec<Seen>,
}

/// A form, and the piece after its last.
#[derive(Debug, Clone)]
struct Draft {
    end: usize,
    kind: Kind,
    edge: Edge,
    seen: Vec<Seen>,
}

impl Draft {
    fn new(end: usize, kind: Kind, seen: Vec<Seen>) -> Draft {
        Draft { end, kind, edge: Edge::default(), seen }
    }
}

/// Finds the forms of a text, in order.
pub fn read(text: &str, now: Moment) -> Vec<Form> {
    let scan = Scan::new(text, now);
    let mut found = vec![];
    let mut at = 0;
    while at < scan.len() {
        let Some(draft) = scan.longest(at) else {
            at += 1;
            continue;
        };
        let bytes = scan.bytes(at..draft.end);
        found.push(Form { bytes, kind: draft.kind, edge: draft.edge, seen: draft.seen });
        at = draft.end;
    }
    found
}

impl Scan<'_> {
    fn longest(&self, at: usize) -> Option<Draft> {
        if !self.opens(at) {
            return None;
        }
        let rules: [fn(&Self, usize) -> Option<Draft>; 8] = [
            Self::set,
            Self::joined,
            Self::edged,
            Self::range_form,
            Self::stretch_form,
            Self::date_form,
            Self::clock_form,
            Self::length_form,
        ];
        let mut best: Option<Draft> = None;
        for rule in rules {
            if let Some(draft) = rule(self, at)
                && self.closes(draft.end)
                && best.as_ref().is_none_or(|it| draft.end > it.end)
            {
                best = Some(draft);
            }
        }
        best.filter(|it| it.end > at)
    }
}
