//! From one day to another: "from 3 until 12 of Sept", "May 2015 to 2018", "Oct. 2 - October 22".

use super::dates::Date;
use super::scan::Scan;
use super::stretches::{Base, Days};
use super::words::Unit;
use super::{Draft, Kind, Moment, Seen};
use aver_model::Day;

/// What stands at an end of a range.
#[derive(Debug, Clone)]
struct Bound {
    /// How it is written, and the day it is looking back and ahead.
    pattern: String,
    past: Option<Day>,
    future: Option<Day>,
    unit: Unit,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    Date(Date),
    Month(Option<i16>, i8),
    Other,
}

impl Scan<'_> {
    /// A range as a form of its own.
    pub(super) fn range_form(&self, at: usize) -> Option<Draft> {
        let (end, from, to) = self.numbers_range(at).or_else(|| self.range(at))?;
        Some(Draft::new(end, Kind::Days, joined(from, to)?))
    }

    /// "from X to Y", "between X and Y", "X - Y".
    fn range(&self, at: usize) -> Option<(usize, Bound, Bound)> {
        let framed = self.is(at, &["from", "between"]);
        // "next week between Wednesday and Friday"
        if let Some((end, weeks)) = self.turn_of(at, "week").filter(|it| self.is(it.0, &["from", "between"])) {
            let (end, from, to) = self.range(end)?;
            let moved = |it: Bound| match it.what {
                What::Date(Date::Weekday(weekday)) => {
                    let day = super::dates::of_week(self.now.day, weekday).plus_days(7 * weeks);
                    Some(self.bound_of(Date::of(day)))
                }
                _ => None,
            };
            return Some((end, moved(from)?, moved(to)?));
        }
        let years = self.low(at) == "in" && self.digits(at + 1).is_some_and(|it| it.1 == 4);
        let start = at + usize::from(framed || years);
        let (end, from) = self.bound(start, framed)?;
        if years && from.unit != Unit::Year {
            return None;
        }
        let and = self.low(at) == "between" && self.low(end) == "and";
        let dash = self.is(end, &["-", "~"]);
        if !(dash || and || self.is(end, &["to", "till", "til", "until", "through", "thru"])) {
            return None;
        }
        let short = |it: &Bound| matches!(it.what, What::Date(Date::OfMonth(_)));
        let (end, to) = self.bound(end + 1, true)?;
        if years && to.unit != Unit::Year || short(&from) && !framed {
            return None;
        }
        // "from next monday to friday" ends in that week, "april 9th through 17th" in that month.
        let (from, to) = self.completed(from, to)?;
        Some((end, from, to))
    }

    fn bound_of(&self, date: Date) -> Bound {
        let (pattern, past, future) = date.seen(self.now);
        Bound { pattern, past, future, unit: Unit::Day, what: What::Date(date) }
    }

    /// An end of a range; `framed` lets a bare day of the month be one.
    fn bound(&self, at: usize, framed: bool) -> Option<(usize, Bound)> {
        if self.is(at, &["now", "date"]) && framed {
            return Some((at + 1, self.bound_of(Date::of(self.now.day))));
        }
        let edge = self.edge_of_stretch(at);
        let date = self.date(at).map(|(end, date)| (end, self.bound_of(date)));
        let days = self.plain_stretch(at).and_then(|(end, days)| Some((end, self.first_day(days)?)));
        let number = || {
            let (end, day) = self.day_number(self.skip(at, &["the"])).filter(|_| framed)?;
            let ranked = self.rank(self.skip(at, &["the"])).is_some();
            ranked.then(|| (end, self.bound_of(Date::OfMonth(day))))
        };
        let best = [edge, date, days].into_iter().flatten().reduce(|a, b| if b.0 > a.0 { b } else { a });
        best.or_else(number).filter(|it| self.closes_or_goes_on(it.0))
    }

    fn first_day(&self, days: Days) -> Option<Bound> {
        let (unit, what, pattern) = match days.base {
            Base::Week(_) => (Unit::Week, What::Other, None),
            Base::Month(year, month) => {
                let open = format!("XXXX-{month:02}-01");
                (Unit::Month, What::Month(year, month), year.is_none().then_some(open))
            }
            Base::Year(..) => (Unit::Year, What::Other, None),
            Base::Other if days.pattern.contains('Q') || days.pattern.ends_with("M)") => {
                (Unit::Month, What::Other, None)
            }
            Base::Other => return None,
        };
        let (past, future) = (days.past?.0, days.future?.0);
        let pattern = pattern.unwrap_or_else(|| past.to_string());
        Some(Bound { pattern, past: Some(past), future: Some(future), unit, what })
    }

    /// "the end of 2008", "the middle of September".
    fn edge_of_stretch(&self, at: usize) -> Option<(usize, Bound)> {
        let start = self.skip(at, &["the"]);
        let part = self.low(start);
        if !matches!(part, "end" | "middle" | "start" | "beginning") || self.low(start + 1) != "of" {
            return None;
        }
        let (end, days) = self.plain_stretch(start + 2)?;
        let cut = |(from, to): (Day, Day)| match (part, days.base) {
            ("end", _) => to,
            ("middle", Base::Month(..)) => from.plus_days(15),
            ("middle", _) => from.plus_days(from.days_until(to) / 2),
            _ => from,
        };
        let (past, future) = (cut(days.past?), cut(days.future?));
        let pattern = match days.base {
            Base::Month(None, _) => format!("XXXX-{:02}-{:02}", past.0.month(), past.0.day()),
            _ => past.to_string(),
        };
        Some((end, Bound { pattern, past: Some(past), future: Some(future), unit: Unit::Month, what: What::Other }))
    }

    /// Gives one end what only the other tells: year, month, week.
    fn completed(&self, from: Bound, to: Bound) -> Option<(Bound, Bound)> {
        match (from.what, to.what) {
            (What::Date(date @ Date::Yearless(..)), What::Date(Date::Full(year, ..)))
                if to.pattern.starts_with(|it: char| it.is_ascii_digit()) && self.printed(&to) =>
            {
                Some((self.bound_of(date.in_year(year)), to))
            }
            (What::Date(date @ Date::Yearless(..)), What::Month(Some(year), _)) => {
                Some((self.bound_of(date.in_year(year)), to))
            }
            (What::Month(None, month), What::Month(Some(year), _)) => {
                Some((self.first_day(Days::month(self.now.day, Some(year), month)?)?, to))
            }
            (What::Month(None, month), What::Date(Date::Full(year, ..))) => {
                Some((self.first_day(Days::month(self.now.day, Some(year), month)?)?, to))
            }
            (What::Date(Date::Full(year, month, day)), What::Date(Date::Weekday(weekday))) => {
                let first = Day::new(year, month, day)?;
                let away = i64::from(weekday - first.0.weekday().to_monday_one_offset()).rem_euclid(7);
                Some((from, self.bound_of(Date::of(first.plus_days(away)))))
            }
            (What::Date(Date::Yearless(month, day)), What::Date(Date::OfMonth(last))) => {
                let month = if last > day { month } else { month % 12 + 1 };
                Some((from, self.bound_of(Date::Yearless(month, last))))
            }
            (What::Date(Date::OfMonth(day)), What::Date(Date::Yearless(month, last))) if day < last => {
                Some((self.bound_of(Date::Yearless(month, day)), to))
            }
            (What::Date(Date::OfMonth(_)), What::Date(Date::OfMonth(_))) => None,
            _ => Some((from, to)),
        }
    }

    /// Says whether an end's year is printed and not counted from today.
    fn printed(&self, bound: &Bound) -> bool {
        bound.past != Some(self.now.day)
            && bound.past != Some(self.now.day.plus_days(1))
            && bound.past != Some(self.now.day.plus_days(-1))
    }

    /// "from 4 to 22 this month", "November 19-20", "Feb between 2-7 two thousand and eighteen", "from 02 to April 07".
    fn numbers_range(&self, at: usize) -> Option<(usize, Bound, Bound)> {
        let (next, month) = self.month(at).map_or((at, None), |it| (self.skip(it.0, &["."]), Some(it.1)));
        let framed = self.is(next, &["from", "between"]);
        let between = self.low(next) == "between";
        let start = next + usize::from(framed);
        let (end, first) = self.day_number(self.skip(start, &["the"]))?;
        let joint =
            self.is(end, &["-", "to", "till", "til", "until", "through", "~"]) || between && self.low(end) == "and";
        if !joint {
            return None;
        }
        if month.is_none()
            && let Some((end, date)) = self.month_day_year(end + 1).filter(|_| framed)
        {
            let (Date::Yearless(month, _) | Date::Full(_, month, _)) = date else { return None };
            let from = match date {
                Date::Full(year, ..) => Date::Full(year, month, first),
                _ => Date::Yearless(month, first),
            };
            return Some((end, self.bound_of(from), self.bound_of(date)));
        }
        let (end, last) = self.day_number(self.skip(end + 1, &["the"]))?;
        let pair = |end: usize, year: Option<i16>, month: i8| {
            let date = |day: i8| year.map_or(Date::Yearless(month, day), |it| Date::Full(it, month, day));
            Some((end, self.bound_of(date(first)), self.bound_of(date(last))))
        };
        if let Some(month) = month {
            let clock = self.is(end, &[":", "am", "pm", "."]) && self.glued(end) && !self.ends(end + 1);
            let year = self.year(self.skip(end, &[","]));
            let (end, year) = year.map_or((end, None), |it| (it.0, Some(it.1)));
            return pair(end, year, month).filter(|_| !clock && first < last);
        }
        let of = self.skip(end, &["of", "in"]);
        if let Some((end, steps)) = self.turn_of(of, "month") {
            let day = self.now.day.plus_months(steps);
            return pair(end, Some(day.0.year()), day.0.month());
        }
        let (end, month) = self.month(of)?;
        let year = self.year(self.skip(self.skip(end, &["."]), &[",", "of", "in"]));
        let (end, year) = year.map_or((end, None), |it| (it.0, Some(it.1)));
        (first < last).then(|| pair(end, year, month))?
    }

    fn month_day_year(&self, at: usize) -> Option<(usize, Date)> {
        self.month(at)?;
        self.dated(at)
    }
}

/// Both ends together: looking ahead the range begins before it ends, looking back too.
fn joined(from: Bound, to: Bound) -> Option<Vec<Seen>> {
    let missing = || {
        let pattern = format!("({},{},PXD)", from.pattern, to.pattern);
        Some(vec![Seen { pattern, past: None, future: None }])
    };
    let (Some(mut future_from), Some(future_to)) = (from.future, to.future) else { return missing() };
    let (Some(past_from), Some(mut past_to)) = (from.past, to.past) else { return missing() };
    if future_from > future_to {
        future_from = past_from;
    }
    if past_to < past_from {
        past_to = future_to;
    }
    let pattern = |a: Day, b: Day| format!("({},{},{})", from.pattern, to.pattern, length(a, b, from.unit, to.unit));
    let whole = |a: Day, b: Day| Some((Moment::at_dawn(a), Moment::at_dawn(b)));
    let (past, future) = (whole(past_from, past_to), whole(future_from, future_to));
    let (back, ahead) = (pattern(past_from, past_to), pattern(future_from, future_to));
    if past_from > past_to || future_from > future_to {
        return None;
    }
    if back == ahead {
        return Some(vec![Seen { pattern: back, past, future }]);
    }
    Some(vec![Seen { pattern: back, past, future: None }, Seen { pattern: ahead, past: None, future }])
}

/// `P4Y`, `P37M`, `P4W`, `P19D`: in the unit that both ends are told in.
fn length(from: Day, to: Day, a: Unit, b: Unit) -> String {
    let months = || {
        let of = |day: Day| i64::from(day.0.year()) * 12 + i64::from(day.0.month());
        of(to) - of(from)
    };
    match (a, b) {
        (Unit::Year, Unit::Year) => format!("P{}Y", months() / 12),
        (Unit::Year | Unit::Month, Unit::Year | Unit::Month) => format!("P{}M", months()),
        (Unit::Week, Unit::Week) => format!("P{}W", from.days_until(to) / 7),
        _ => format!("P{}D", from.days_until(to)),
    }
}
