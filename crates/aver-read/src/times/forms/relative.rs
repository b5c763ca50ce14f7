//! Days counted from the day of the text, or from another day.

use super::dates::{Date, of_week};
use super::scan::Scan;
use super::words::Unit;
use aver_model::Day;

impl Scan<'_> {
    /// "this", "next", "last": the end, and how many steps away.
    pub(super) fn turn(&self, at: usize) -> Option<(usize, i64)> {
        let the = self.skip(at, &["the"]);
        let steps = match self.low(the) {
            "this" | "current" => 0,
            "next" | "following" | "coming" | "upcoming" => 1,
            // "it should not last two hours"
            "last" if self.is(the.wrapping_sub(1), &["t", "not", "to", "will", "would", "should", "may", "can"]) => {
                return None;
            }
            "last" | "past" | "previous" => -1,
            _ => return None,
        };
        let end = if self.low(the) == "this" { self.skip(the + 1, &["current"]) } else { the + 1 };
        Some((end, steps))
    }

    /// "next week", "the following month": the end, and how many away.
    pub(super) fn turn_of(&self, at: usize, unit: &str) -> Option<(usize, i64)> {
        let (end, steps) = self.turn(at)?;
        (self.low(end) == unit).then_some((end + 1, steps))
    }

    /// "today", "the day after tomorrow", "the next day", "my day".
    pub(super) fn deictic(&self, at: usize) -> Option<(usize, Date)> {
        let day = |end: usize, n: i64| Some((end, Date::of(self.now.day.plus_days(n))));
        const PHRASES: &[(&str, i64)] = &[
            ("the day after tomorrow", 2),
            ("day after tomorrow", 2),
            ("the day after tmrw", 2),
            ("the day before yesterday", -2),
            ("day before yesterday", -2),
            ("the next day", 1),
            ("next day", 1),
            ("the following day", 1),
            ("the last day", -1),
            ("last day", -1),
            ("the past day", -1),
            ("past day", -1),
            ("the previous day", -1),
            ("this day", 0),
            ("my day", 0),
            ("current date", 0),
            ("today", 0),
            ("otd", 0),
            ("tomorrow", 1),
            ("tmrw", 1),
            ("tmr", 1),
            ("yesterday", -1),
        ];
        if let Some((phrase, n)) = PHRASES.iter().find(|it| self.after(at, it.0).is_some()) {
            return day(self.after(at, phrase)?, *n);
        }
        if let Some(end) = self.after_any(at, &["the day before", "the day after"])
            && self.ends(end)
        {
            return day(end, if self.low(end - 1) == "before" { -1 } else { 1 });
        }
        let end = self.after(at, "the day")?;
        let counted = self.is(end, &["after", "before", "that", "when", "of", "in"]);
        let last = self.is(at.wrapping_sub(1), &["of", "in"]) && self.is(at.wrapping_sub(2), &["end", "early", "rest"]);
        (!counted && !last).then(|| (end, Date::of(self.now.day)))
    }

    /// "two weeks ago", "in 3 weeks", "3 days from tomorrow", "two sundays from now", "2 weeks before Christmas".
    pub(super) fn shifted(&self, at: usize) -> Option<(usize, Date)> {
        let date = |end: usize, day: Day| Some((end, Date::of(day)));
        if let Some((end, n, weekday)) = self.counted_weekdays(at) {
            let first = of_week(self.now.day, weekday);
            let next = if first > self.now.day { first } else { first.plus_days(7) };
            return date(end, next.plus_days(7 * (n - 1)));
        }
        let within = self.low(at) == "in";
        let start = at + usize::from(within);
        let (end, parts) = self.parts(start)?;
        if parts.iter().any(|it| it.1.below_day()) {
            return None;
        }
        let add = |day: Day, sign: i64| parts.iter().try_fold(day, |day, it| plus(day, it.0, it.1, sign));
        if within {
            if let Some(since) = self.after_any(end, &["since the year", "since"]) {
                let (end, year) = self.year(since)?;
                return date(end, add(Day::new(year, 1, 1)?, 1)?);
            }
            return date(end, add(self.now.day, 1)?).filter(|_| !self.is(end, &["from", "after", "before"]));
        }
        let led = self.is(at.wrapping_sub(1), &["within", "than", "next", "last", "past"]);
        if let Some(end) = self.after_any(end, &["ago", "earlier"]) {
            return date(end, add(self.now.day, -1)?);
        }
        if let Some(end) = self.after_any(end, &["later", "from now"]).filter(|_| !led)
            && !self.is(end, &["this", "in"])
        {
            return date(end, add(self.now.day, 1)?);
        }
        let sign = match self.low(end) {
            "from" | "after" => 1,
            "before" => -1,
            _ => return None,
        };
        let (end, anchor) = self.date(end + 1).filter(|_| !led && self.before(at) != "for")?;
        let (_, _, anchor) = anchor.seen(self.now);
        date(end, add(anchor?, sign)?)
    }

    /// "Monday two weeks from now", "in 3 days on Friday": a weekday of the week that a shift leads to.
    pub(super) fn weekday_after(&self, at: usize) -> Option<(usize, Date)> {
        let (end, weekday, shifted) = match self.weekday(at) {
            Some((end, weekday)) => {
                let (end, date) = self.shifted(self.skip(end, &[","]))?;
                (end, weekday, date)
            }
            None => {
                let (end, date) = self.shifted(at)?;
                let (end, weekday) = self.weekday(self.after(end, "on")?)?;
                (end, weekday, date)
            }
        };
        let (_, _, day) = shifted.seen(self.now);
        Some((end, Date::of(of_week(day?, weekday))))
    }

    /// "two sundays from now", "two monday later".
    fn counted_weekdays(&self, at: usize) -> Option<(usize, i64, i8)> {
        let (end, n) = self.whole(at)?;
        let word = self.low(end);
        let weekday = crate::times::lexicon::weekday(word.strip_suffix('s').unwrap_or(word))?;
        Some((self.after_any(end + 1, &["from now", "later"])?, n, weekday))
    }
}

/// A day some units on or back; nothing where the unit is shorter than a day or the number is no whole one.
pub(super) fn plus(day: Day, count: f64, unit: Unit, sign: i64) -> Option<Day> {
    let (whole, half) = (count.trunc() as i64 * sign, count.fract());
    let days = |length: i64| day.plus_days(whole * length + (half * length as f64) as i64 * sign);
    Some(match unit {
        Unit::Day => days(1),
        Unit::Week => days(7),
        Unit::Fortnight => days(14),
        Unit::BusinessDay => business(day, whole),
        Unit::Month => day.plus_months(whole).plus_days((half * 30.0) as i64 * sign),
        Unit::Quarter => day.plus_months(3 * whole),
        Unit::Year => day.plus_months(12 * whole + (half * 12.0) as i64 * sign),
        Unit::Decade => day.plus_months(120 * whole),
        Unit::Century => day.plus_months(1_200 * whole),
        Unit::Weekend | Unit::Second | Unit::Minute | Unit::Hour => return None,
    })
}

/// The nth working day from a day.
pub(super) fn business(day: Day, n: i64) -> Day {
    let (mut day, mut left) = (day, n.clamp(-5_000, 5_000));
    while left != 0 {
        day = day.plus_days(left.signum());
        if day.0.weekday().to_monday_one_offset() <= 5 {
            left -= left.signum();
        }
    }
    day
}
