//! Numbers, ranks, months, weekdays, years and units in pieces.

use super::scan::Scan;
use crate::times::lexicon;
use aver_model::number_words::{rank, scale, small};

/// A unit of time as lengths count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    BusinessDay,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Its letter in a pattern, and how many of the letter it stands for.
    pub(super) fn code(self) -> (&'static str, i64) {
        match self {
            Unit::Second => ("TS", 1),
            Unit::Minute => ("TM", 1),
            Unit::Hour => ("TH", 1),
            Unit::Day => ("D", 1),
            Unit::BusinessDay => ("BD", 1),
            Unit::Weekend => ("WE", 1),
            Unit::Week => ("W", 1),
            Unit::Fortnight => ("W", 2),
            Unit::Month => ("M", 1),
            Unit::Quarter => ("M", 3),
            Unit::Year => ("Y", 1),
            Unit::Decade => ("Y", 10),
            Unit::Century => ("Y", 100),
        }
    }

    /// Its length, where a month has thirty days and a year 365.
    pub(super) fn seconds(self) -> i64 {
        match self {
            Unit::Second => 1,
            Unit::Minute => 60,
            Unit::Hour => 3_600,
            Unit::Day | Unit::BusinessDay => 86_400,
            Unit::Weekend => 2 * 86_400,
            Unit::Week => 7 * 86_400,
            Unit::Fortnight => 14 * 86_400,
            Unit::Month => 30 * 86_400,
            Unit::Quarter => 90 * 86_400,
            Unit::Year => 365 * 86_400,
            Unit::Decade => 3_650 * 86_400,
            Unit::Century => 36_500 * 86_400,
        }
    }

    pub(super) fn below_day(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }
}

impl Scan<'_> {
    /// A number in words: "two thousand and eighteen".
    pub(super) fn spelt(&self, at: usize) -> Option<(usize, i64)> {
        let mut next = at;
        let (mut whole, mut part) = (0, 0);
        while let Some((end, value)) = self.spelt_step(next, part, next > at) {
            next = end;
            match value {
                100 if self.low(end - 1) == "hundred" => part = part.max(1).saturating_mul(100),
                1_000 if self.low(end - 1) == "thousand" => {
                    (whole, part) = (part.max(1).saturating_mul(1_000).saturating_add(whole), 0)
                }
                value => part = part.saturating_add(value),
            }
        }
        (next > at && (next > at + 1 || small(self.low(at)).is_some())).then_some((next, whole.saturating_add(part)))
    }

    /// One more word of a number, when it fits what stands before it.
    fn spelt_step(&self, at: usize, part: i64, inside: bool) -> Option<(usize, i64)> {
        let next = if inside && self.is(at, &["and", "-"]) { at + 1 } else { at };
        let word = self.low(next);
        if let Some(value) = scale(word).filter(|it| *it == 100 || *it == 1_000) {
            return (inside && next == at).then_some((next + 1, value as i64));
        }
        let value = small(word)? as i64;
        let fits = match part % 100 {
            0 => true,
            tens if tens >= 20 && tens % 10 == 0 => value > 0 && value < 10,
            _ => false,
        };
        let joined = next == at || part >= 100 || part == 0 || self.low(at) == "-" || part % 100 >= 20;
        (fits && joined && (!inside || part > 0 || next > at || scale(self.before(at)).is_some()))
            .then_some((next + 1, value))
    }

    /// A whole number in digits or words.
    pub(super) fn whole(&self, at: usize) -> Option<(usize, i64)> {
        self.digits(at).map(|it| (at + 1, it.0)).or_else(|| self.spelt(at))
    }

    /// "first", "twenty-second", "the 21st" without its article, "04th".
    pub(super) fn rank(&self, at: usize) -> Option<(usize, i64)> {
        if let Some((value, _)) = self.digits(at) {
            return (self.glued(at + 1) && self.is(at + 1, &["st", "nd", "rd", "th"])).then_some((at + 2, value));
        }
        if let Some(value) = rank(self.low(at)) {
            return Some((at + 1, value as i64));
        }
        let tens = small(self.low(at)).filter(|it| *it >= 20 && it % 10 == 0)? as i64;
        let next = self.skip(at + 1, &["-"]);
        let ones = rank(self.low(next)).filter(|it| *it < 10)? as i64;
        Some((next + 1, tens + ones))
    }

    /// A day of the month: "22", "22nd", "twenty-second", "twenty two".
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        let (end, value) = self.rank(at).or_else(|| {
            self.digits(at).filter(|it| it.1 <= 2).map(|it| (at + 1, it.0)).or_else(|| self.spelt_day(at))
        })?;
        (1..=31).contains(&value).then_some((end, value as i8))
    }

    /// "twenty one" of "twenty one nineteen eighty": two words at most.
    fn spelt_day(&self, at: usize) -> Option<(usize, i64)> {
        let first = small(self.low(at))? as i64;
        let next = self.skip(at + 1, &["-"]);
        match small(self.low(next)) {
            Some(ones) if first >= 20 && first % 10 == 0 && (1..10).contains(&ones) => {
                Some((next + 1, first + ones as i64))
            }
            _ => Some((at + 1, first)),
        }
    }

    /// A month by name, with the dot of a short one.
    pub(super) fn month(&self, at: usize) -> Option<(usize, i8)> {
        let month = lexicon::month(self.low(at))?;
        Some((at + 1, month))
    }

    /// A weekday by its full or short name.
    pub(super) fn weekday(&self, at: usize) -> Option<(usize, i8)> {
        let word = self.low(at);
        let day = lexicon::weekday(word).or_else(|| lexicon::short_weekday(word))?;
        let dot = lexicon::weekday(word).is_none() && self.low(at + 1) == "." && self.glued(at + 1);
        Some((at + 1 + usize::from(dot && !self.ends(at + 2)), day))
    }

    /// A year in four digits or in words: "2018", "nineteen seventy eight", "two thousand and ten".
    pub(super) fn year(&self, at: usize) -> Option<(usize, i16)> {
        if let Some((value, length)) = self.digits(at) {
            return (length == 4 && (1_000..=2_199).contains(&value)).then_some((at + 1, value as i16));
        }
        self.spelt_year(at)
    }

    fn spelt_year(&self, at: usize) -> Option<(usize, i16)> {
        let first = small(self.low(at)).filter(|it| (10..=21).contains(it));
        let second = self.skip(at + 1, &["-"]);
        if let Some(first) = first {
            let century = first as i16 * 100;
            if self.low(second) == "hundred" {
                let rest = self.skip(second + 1, &["and"]);
                return Some(match self.spelt_day(rest).filter(|it| it.1 > 0) {
                    Some((end, value)) => (end, century + value as i16),
                    None => (second + 1, century),
                });
            }
            if self.low(second) == "zero" {
                let (end, value) = self.spelt_day(second + 1)?;
                return (value < 10).then_some((end, century + value as i16));
            }
            let (end, value) = self.spelt_day(second)?;
            // "twenty one" is no year.
            return (value >= 10 && first != 20 || first == 20 && (10..100).contains(&value))
                .then_some((end, century + value as i16));
        }
        let (end, value) = self.spelt(at)?;
        let thousands = (at..end).any(|it| self.low(it) == "thousand");
        (thousands && (1_000..=2_199).contains(&value)).then_some((end, value as i16))
    }

    /// A year of two digits behind a date: "87", "'16", "15".
    pub(super) fn short_year(&self, at: usize) -> Option<(usize, i16)> {
        let next = self.skip(at, &["'"]);
        let (value, _) = self.digits(next).filter(|it| it.1 == 2)?;
        Some((next + 1, full_year(value as i16)))
    }

    /// A unit by its name; single letters only where they follow a number directly.
    pub(super) fn unit(&self, at: usize) -> Option<(usize, Unit)> {
        let after_number = at > 0 && self.glued(at) && self.digits(at - 1).is_some();
        let unit = match self.low(at) {
            "h" if after_number => Unit::Hour,
            "d" if after_number => Unit::Day,
            "w" if after_number => Unit::Week,
            "y" if after_number => Unit::Year,
            "sec" | "secs" | "second" | "seconds" => Unit::Second,
            "min" | "mins" | "minute" | "minutes" => Unit::Minute,
            "hr" | "hrs" | "hour" | "hours" => Unit::Hour,
            "business" | "working" | "work" if self.is(at + 1, &["day", "days"]) => {
                return Some((at + 2, Unit::BusinessDay));
            }
            "day" | "days" | "night" | "nights" => Unit::Day,
            "weekend" | "weekends" => Unit::Weekend,
            "week" | "weeks" | "wk" | "wks" => Unit::Week,
            "fortnight" | "fortnights" => Unit::Fortnight,
            "month" | "months" => Unit::Month,
            "quarter" | "quarters" => Unit::Quarter,
            "year" | "years" | "yr" | "yrs" => Unit::Year,
            "decade" | "decades" => Unit::Decade,
            "century" | "centuries" => Unit::Century,
            _ => return None,
        };
        Some((at + 1, unit))
    }
}

/// The year of two digits: from 40 on the last century's.
pub(super) fn full_year(short: i16) -> i16 {
    if short >= 40 { 1900 + short } else { 2000 + short }
}
