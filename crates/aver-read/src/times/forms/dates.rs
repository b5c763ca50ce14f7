//! Single days by month, number and year, by weekday, by rank in a month.

use super::scan::Scan;
use super::words::full_year;
use super::{Draft, Kind, Moment, Seen};
use crate::times::timex::cal::monday;
use aver_model::Day;

/// A day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    /// With its year; maybe no day of the calendar ("Feb 30 2019").
    Full(i16, i8, i8),
    /// With two digits of a year that may be of this or of the last century.
    Century(i16, i8, i8),
    /// Month and day.
    Yearless(i8, i8),
    /// Month and day whose year other words tell: "next 5/12".
    Pinned(i16, i8, i8),
    /// A day of some month: "the 27th".
    OfMonth(i8),
    /// A weekday.
    Weekday(i8),
    /// A weekday that is that day of its month: "Mon 13th".
    WeekdayOn(i8, i8),
    /// A feast that moves: this year's, and the nearest of the year before or after.
    Moving(Day, Day),
    /// The nth weekday of a month.
    Nth { year: Option<i16>, month: i8, weekday: i8, n: i8 },
}

impl Date {
    /// A day of the calendar.
    pub(super) fn of(day: Day) -> Date {
        Date::Full(day.0.year(), day.0.month(), day.0.day())
    }

    /// Puts a year to month and day.
    pub(super) fn in_year(self, year: i16) -> Date {
        match self {
            Date::Yearless(month, day) => Date::Full(year, month, day),
            other => other,
        }
    }

    /// What is written, and the day it is looking back and looking ahead.
    pub(super) fn seen(self, now: Moment) -> (String, Option<Day>, Option<Day>) {
        let today = now.day;
        let year = today.0.year();
        let both = |pattern: String, day: Option<Day>| (pattern, day, day);
        match self {
            Date::Full(year, month, day) => both(format!("{year:04}-{month:02}-{day:02}"), Day::new(year, month, day)),
            Date::Century(short, month, day) => (
                format!("XX{short:02}-{month:02}-{day:02}"),
                Day::new(1900 + short, month, day),
                Day::new(2000 + short, month, day),
            ),
            Date::Pinned(year, month, day) => both(format!("XXXX-{month:02}-{day:02}"), Day::new(year, month, day)),
            Date::Yearless(month, day) => {
                let (past, ahead) = around(now, |n| Day::new(year + n, month, day));
                (format!("XXXX-{month:02}-{day:02}"), past, ahead)
            }
            Date::OfMonth(day) => {
                let (past, ahead) = around(now, |n| {
                    let first = Day::new(year, today.0.month(), 1)?.plus_months(i64::from(n));
                    Day::new(first.0.year(), first.0.month(), day)
                });
                (format!("XXXX-XX-{day:02}"), past, ahead)
            }
            Date::Weekday(weekday) => {
                let (past, ahead) =
                    around(Moment::at_dawn(today), |n| Some(of_week(today, weekday).plus_days(7 * i64::from(n))));
                (format!("XXXX-WXX-{weekday}"), past, ahead)
            }
            Date::WeekdayOn(weekday, day) => {
                let (past, ahead) = around(now, |n| {
                    let first = Day::new(year, today.0.month(), 1)?.plus_months(i64::from(n));
                    let day = Day::new(first.0.year(), first.0.month(), day)?;
                    (day.0.weekday().to_monday_one_offset() == weekday).then_some(day)
                });
                (format!("XXXX-WXX-{weekday}"), past, ahead)
            }
            Date::Moving(this, other) => {
                let (past, ahead) = if this < other { (this, other) } else { (other, this) };
                (format!("XXXX-{:02}-{:02}", this.0.month(), this.0.day()), Some(past), Some(ahead))
            }
            Date::Nth { year: told, month, weekday, n } => {
                let pattern = format!("XXXX-{month:02}-WXX-{weekday}-#{n}");
                match told {
                    Some(year) => both(pattern, nth(year, month, weekday, n)),
                    None => {
                        let (past, ahead) = around(now, |it| nth(year + it, month, weekday, n));
                        (pattern, past, ahead)
                    }
                }
            }
        }
    }
}

/// The last of a series of days before now, and the first that is not.
fn around(now: Moment, nth: impl Fn(i16) -> Option<Day>) -> (Option<Day>, Option<Day>) {
    let passed = |day: &Day| Moment::at_dawn(*day) < now;
    let past = (-20..=1).rev().filter_map(&nth).find(passed);
    let ahead = (-1..=20).filter_map(&nth).find(|it| !passed(it));
    (past, ahead)
}

/// A weekday of the week that holds a day.
pub(super) fn of_week(day: Day, weekday: i8) -> Day {
    monday(day).plus_days(i64::from(weekday) - 1)
}

/// The nth weekday of a month.
pub(super) fn nth(year: i16, month: i8, weekday: i8, n: i8) -> Option<Day> {
    let first = Day::new(year, month, 1)?;
    let away = (weekday - first.0.weekday().to_monday_one_offset()).rem_euclid(7);
    Day::new(year, month, 1 + away + 7 * (n - 1))
}

impl Scan<'_> {
    /// A day as a form of its own.
    pub(super) fn date_form(&self, at: usize) -> Option<Draft> {
        let (end, date) = self.date(at)?;
        let (pattern, past, future) = date.seen(self.now);
        let whole = |it: Option<Day>| it.map(|day| (Moment::at_dawn(day), Moment::at_dawn(day)));
        Some(Draft::new(end, Kind::Date, vec![Seen { pattern, past: whole(past), future: whole(future) }]))
    }

    /// A day; the longest way to read it.
    pub(super) fn date(&self, at: usize) -> Option<(usize, Date)> {
        let rules: [fn(&Self, usize) -> Option<(usize, Date)>; 9] = [
            Self::dated,
            Self::led_date,
            Self::weekday_date,
            Self::ranked_weekday,
            Self::day_of_month,
            Self::deictic,
            Self::shifted,
            Self::feast,
            Self::weekday_after,
        ];
        rules
            .iter()
            .filter_map(|rule| rule(self, at))
            .filter(|it| self.closes_or_goes_on(it.0))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
    }

    /// Month and day, with or without year, in any order.
    pub(super) fn dated(&self, at: usize) -> Option<(usize, Date)> {
        let rules: [fn(&Self, usize) -> Option<(usize, Date)>; 5] =
            [Self::compact, Self::year_first, Self::digits_date, Self::month_first, Self::day_first];
        rules
            .iter()
            .filter_map(|rule| rule(self, at))
            .filter(|it| self.closes_or_goes_on(it.0))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
    }

    /// "20161016".
    fn compact(&self, at: usize) -> Option<(usize, Date)> {
        let (value, _) = self.digits(at).filter(|it| it.1 == 8)?;
        let (year, month, day) = ((value / 10_000) as i16, (value / 100 % 100) as i8, (value % 100) as i8);
        ((1_900..2_200).contains(&year) && Day::new(year, month, day).is_some())
            .then_some((at + 1, Date::Full(year, month, day)))
    }

    /// "2016-10-16", "2016/10/16", "2015.5.13", "2016 10 16", "2019-sep-1", "2020/23/Sep".
    fn year_first(&self, at: usize) -> Option<(usize, Date)> {
        let (year, _) = self.digits(at).filter(|it| it.1 == 4 && (1_000..2_200).contains(&it.0))?;
        let marks = ["-", "/", "."];
        let mark = self.low(at + 1).to_owned();
        let spaced = self.digits(at + 1).is_some();
        let second = if spaced { at + 1 } else { at + 2 };
        if !spaced && !marks.contains(&mark.as_str()) {
            return None;
        }
        let third = if spaced { second + 1 } else { second + 2 };
        if !spaced && self.low(second + 1) != mark {
            return None;
        }
        let small = |at: usize| self.digits(at).filter(|it| it.1 <= 2).map(|it| it.0 as i8);
        let (month, day) = match (self.month(second), self.month(third)) {
            (Some((_, month)), _) if !spaced => (month, small(third)?),
            (_, Some((_, month))) if !spaced => (month, small(second)?),
            _ => (small(second)?, small(third)?),
        };
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
        // Digits parted by spaces are a date only where nothing is left to choose.
        let sure = !spaced || self.digits(second)?.1 == 2 && self.digits(third)?.1 == 2;
        let valid = Day::new(year as i16, month, day).is_some();
        (fits && sure && valid).then_some((third + 1, Date::Full(year as i16, month, day)))
    }

    /// "02/22/2016", "21-04-2016", "13.5.2015", "5/3/18", "08/12,2015", "4/22", "22/04"; "on 4.22", "on 4-22".
    fn digits_date(&self, at: usize) -> Option<(usize, Date)> {
        let small = |at: usize| self.digits(at).filter(|it| it.1 <= 2).map(|it| it.0 as i8);
        let (a, b) = (small(at)?, small(at + 2)?);
        let mark = self.low(at + 1);
        if !matches!(mark, "/" | "-" | ".") || !self.glued(at + 1) || !self.glued(at + 2) {
            return None;
        }
        let day_first = mark == "." && b <= 12 || a > 12;
        let (month, day) = if day_first { (b, a) } else { (a, b) };
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
        let next = at + 3;
        let goes_on = self.low(next) == mark || mark == "/" && self.low(next) == ",";
        if fits && goes_on && self.glued(next) && self.glued(next + 1) {
            let (year, length) = self.digits(next + 1)?;
            let date = match length {
                4 if (1_000..2_200).contains(&year) => Date::Full(year as i16, month, day),
                2 if (30..40).contains(&year) => Date::Century(year as i16, month, day),
                2 => Date::Full(full_year(year as i16), month, day),
                _ => return None,
            };
            return Some((next + 2, date));
        }
        let (month, day) = if a > 12 { (b, a) } else { (a, b) };
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
        let led = mark == "/"
            || self.is(at.wrapping_sub(1), &["on", "in", "this", "next"])
            || at > 0 && self.weekday(at - 1).is_some_and(|it| mark == "." || self.falls_on(month, day, it.1));
        (fits && led).then_some((next, Date::Yearless(month, day)))
    }

    /// Says whether a day of this year is that weekday.
    fn falls_on(&self, month: i8, day: i8, weekday: i8) -> bool {
        Day::new(self.now.day.0.year(), month, day).is_some_and(|it| it.0.weekday().to_monday_one_offset() == weekday)
    }

    /// "Oct. 2", "Oct2", "Oct/2", "January 12, 2016", "September the twenty-first nineteen seventy eight".
    fn month_first(&self, at: usize) -> Option<(usize, Date)> {
        let (end, month) = self.month(at)?;
        let next = self.skip(end, &[".", "-", "/", ","]);
        // "September-2020-23"
        if let (Some((year, 4)), true, Some((day, ..=2))) =
            (self.digits(next), self.is(next + 1, &["-", "/"]), self.digits(next + 2))
        {
            return Some((next + 3, Date::Full(year as i16, month, day as i8)));
        }
        let next = self.skip(next, &["the"]);
        let (end, day) = self.day_number(next)?;
        // "May 12:30" tells a time; "march 10 am" too.
        if self.low(end) == ":" && self.glued(end) || self.is(end, &["am", "pm"]) && self.glued(end) {
            return None;
        }
        let (end, year) = self.year_behind(end, true);
        Some((end, year.map_or(Date::Yearless(month, day), |it| Date::Full(it, month, day))))
    }

    /// "15 June 2016", "22 of Jan", "second of Aug.", "16. Nov. 2016", "05-Aug-2016", "fourth of July, 1995".
    fn day_first(&self, at: usize) -> Option<(usize, Date)> {
        let start = self.skip(at, &["the"]);
        let (end, day) = self.day_number(start)?;
        // "the 15th day of June"
        let end = self.after_any(end, &["day of"]).unwrap_or_else(|| self.skip(end, &["of", ".", "-", "/"]));
        // "23-2020-September"
        if let (Some((year, 4)), Some((after, month))) = (self.digits(end), self.month(end + 2)) {
            return self.is(end + 1, &["-", "/"]).then_some((after, Date::Full(year as i16, month, day)));
        }
        let (end, month) = self.month(end)?;
        // "One may ask"
        if self.is(end - 1, &["may", "march"]) && self.digits(start).is_none() && self.rank(start).is_none() {
            return None;
        }
        let next = self.skip(end, &["-", "/"]);
        let dot = self.skip(next, &["."]);
        let (after, year) = self.year_behind(dot, false);
        match year {
            Some(year) => Some((after, Date::Full(year, month, day))),
            None => Some((end, Date::Yearless(month, day))),
        }
    }

    /// The year behind month and day: ", 2016", " in 2020", " of 87", " nineteen ninety".
    fn year_behind(&self, at: usize, month_first: bool) -> (usize, Option<i16>) {
        let next = self.skip(at, &[",", "-", "/"]);
        let next = self.skip(next, &["of", "in"]);
        if let Some((end, year)) = self.year(next)
            && self.closes_or_goes_on(end)
            && !self.is(end, &["am", "pm", ":"])
        {
            return (end, Some(year));
        }
        let led = self.is(next.wrapping_sub(1), &["of"]) && next > at || self.is(next, &["'"]);
        let spoken = month_first && next == at && self.digits(at.wrapping_sub(1)).is_none();
        let dashed = next > at && self.is(next - 1, &["-", "/"]) && self.glued(next);
        if (led || spoken || dashed)
            && let Some((end, year)) = self.short_year(next)
            && self.closes_or_goes_on(end)
            && !self.is(end, &[":", "am", "pm", "-", "to", "o", ".", "p", "a"])
        {
            return (end, Some(year));
        }
        (at, None)
    }

    /// "Wed, 22 of Jan", "this Friday 7.6", "next Friday-Jun-15", "friday (jun-15)", "next 5/12", "tomorrow, 13/04/21".
    fn led_date(&self, at: usize) -> Option<(usize, Date)> {
        let (mut next, turn) = match self.low(at) {
            "this" => (at + 1, Some(0)),
            "next" => (at + 1, Some(1)),
            _ => (at, None),
        };
        let weekday = self.weekday(next);
        let relative = self.is(next, &["today", "tomorrow", "yesterday"]);
        if let Some((end, _)) = weekday {
            next = end;
        } else if relative && turn.is_none() {
            next += 1;
        } else if turn.is_none() {
            return None;
        }
        next = self.skip(next, &[",", "-"]);
        next = self.skip(next, &["the"]);
        let bracket = self.low(next) == "(";
        let (end, date) = self.dated(next + usize::from(bracket))?;
        let end = if bracket { self.after(end, ")")? } else { end };
        let year = self.now.day.0.year();
        let date = match (date, turn, weekday) {
            (Date::Yearless(month, day), Some(_), Some(_)) => Date::Pinned(year, month, day),
            (Date::Yearless(month, day), Some(0), None) => Date::Pinned(year, month, day),
            (Date::Yearless(month, day), Some(_), None) => Date::Pinned(year + 1, month, day),
            (date, ..) => date,
        };
        Some((end, date))
    }

    /// "Friday", "next Sunday", "this week Friday", "Friday next week", "on Friday next week", "Thursday the 21st".
    fn weekday_date(&self, at: usize) -> Option<(usize, Date)> {
        let today = self.now.day;
        let on = usize::from(self.low(at) == "on");
        // "next week (on) Friday", "previous week - Monday"
        if let Some((end, weeks)) = self.turn_of(at, "week") {
            let next = self.skip(end, &["on", "-"]);
            let (end, weekday) = self.weekday(next)?;
            return Some((end, Date::of(of_week(today, weekday).plus_days(7 * weeks))));
        }
        if let Some((end, weeks)) = self.turn(at + on) {
            let (end, weekday) = self.weekday(end).filter(|_| on == 0)?;
            return Some((end, Date::of(of_week(today, weekday).plus_days(7 * weeks))));
        }
        let (end, weekday) = self.weekday(at + on)?;
        let of = self.skip(end, &["of"]);
        let of = self.skip(of, &["the"]);
        if let Some((after, weeks)) = self.turn_of(of, "week")
            && (on == 0 || weeks >= 0)
        {
            return Some((after, Date::of(of_week(today, weekday).plus_days(7 * weeks))));
        }
        if on > 0 {
            return None;
        }
        let the = self.skip(end, &["the"]);
        if let Some((after, day)) = self.day_number(the).filter(|it| {
            let ranked = self.rank(the).is_some();
            (the > end
                || ranked
                || self.digits(the).is_some() && !self.is(it.0, &["-", ".", "/", "am", "pm", ":", "a", "p", "o", "to"]))
                && self.closes_or_goes_on(it.0)
        }) {
            if the > end {
                let this = Day::new(today.0.year(), today.0.month(), day)?;
                return Some((after, Date::of(this)));
            }
            if self.digits(the).is_some() && (self.rank(the).is_some() || day > 12) {
                return Some((after, Date::WeekdayOn(weekday, day)));
            }
        }
        // "sat", "sun", "mon" are names or verbs unless written as days are.
        let short = crate::times::lexicon::weekday(self.low(at)).is_none();
        let plain = !short || self.low(at).len() > 3 || self.capital(at);
        plain.then_some((end, Date::Weekday(weekday)))
    }

    /// "the first Friday of July", "second Sunday", "the third Wednesday of previous month", "first Monday in this month".
    fn ranked_weekday(&self, at: usize) -> Option<(usize, Date)> {
        let start = self.skip(at, &["the"]);
        let (end, n) = self.rank(start).filter(|it| it.1 <= 5)?;
        let (end, weekday) = self.weekday(end)?;
        let n = n as i8;
        let of = self.skip(end, &["of", "in"]);
        if let Some((after, month)) = self.month(of).filter(|_| of > end) {
            let year = self.year(after);
            let (after, year) = year.map_or((after, None), |it| (it.0, Some(it.1)));
            return Some((after, Date::Nth { year, month, weekday, n }));
        }
        if let Some((after, months)) = self.turn_of(of, "month") {
            let month = self.now.day.plus_months(months);
            let (year, month) = (Some(month.0.year()), month.0.month());
            return Some((after, Date::Nth { year, month, weekday, n }));
        }
        let today = self.now.day.0;
        let (year, month) = (today.year(), today.month());
        let day = nth(year, month, weekday, n).map_or(Date::Full(year, month, 31), Date::of);
        (start == at).then_some((end, day))
    }

    /// "on the 27th", "on 15", "20th of next month", "the twenty-sixth day of the month".
    fn day_of_month(&self, at: usize) -> Option<(usize, Date)> {
        let start = self.skip(at, &["the"]);
        let (end, day) = self.day_number(start)?;
        let ranked = self.rank(start).is_some();
        let of = self.skip(end, &["day"]);
        let of = self.skip(of, &["of"]);
        let month = if self.after(of, "the month").is_some() && of > end {
            Some((of + 2, 0))
        } else {
            self.turn_of(of, "month").filter(|_| ranked || of > end)
        };
        if let Some((after, months)) = month {
            let month = self.now.day.plus_months(months);
            return Some((after, Date::Full(month.0.year(), month.0.month(), day)));
        }
        let led = self.is(at.wrapping_sub(1), &["on", "for"]);
        let alone = self.ends(end) && !(self.glued(end) && self.is(end, &["/", "-", ":", "%", "°"]))
            || self.is(end, &["at", "between", "from", "around", "till", "until", "to"]);
        let plain = start > at || ranked || self.before(at) == "on";
        // "I am looking at 18 and 19 June."
        if let Some(and) = self.after(end, "and").filter(|_| self.digits(at).is_some())
            && let Some((_, Date::Yearless(month, _))) = self.day_first(and)
        {
            return Some((end, Date::Yearless(month, day)));
        }
        (led && alone && plain && !(ranked && self.before(at) == "for" && start == at))
            .then_some((end, Date::OfMonth(day)))
    }
}
