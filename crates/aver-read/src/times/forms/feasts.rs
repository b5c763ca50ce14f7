//! Feasts with their day: "Christmas", "easter 2018", "Thanksgiving of this year".

use super::dates::{Date, nth};
use super::scan::Scan;
use aver_model::Day;

/// How a feast finds its day in a year.
#[derive(Clone, Copy)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// The nth weekday of a month, and days after it.
    Nth(i8, i8, i8, i64),
    /// The last weekday of a month.
    Last(i8, i8),
    /// Days after Easter Sunday of the western churches.
    Easter(i64),
}

/// Longest names first.
const FEASTS: &[(&str, Rule)] = &[
    ("international workers ' day", Rule::Fixed(5, 1)),
    ("new year ' s eve", Rule::Fixed(12, 31)),
    ("new year eve", Rule::Fixed(12, 31)),
    ("new year ' s day", Rule::Fixed(1, 1)),
    ("new year day", Rule::Fixed(1, 1)),
    ("new years day", Rule::Fixed(1, 1)),
    ("new year", Rule::Fixed(1, 1)),
    ("christmas eve", Rule::Fixed(12, 24)),
    ("christmas day", Rule::Fixed(12, 25)),
    ("christmas", Rule::Fixed(12, 25)),
    ("xmas", Rule::Fixed(12, 25)),
    ("boxing day", Rule::Fixed(12, 26)),
    ("independence day", Rule::Fixed(7, 4)),
    ("juneteenth", Rule::Fixed(6, 19)),
    ("freedom day", Rule::Fixed(6, 19)),
    ("jubilee day", Rule::Fixed(6, 19)),
    ("halloween", Rule::Fixed(10, 31)),
    ("earth day", Rule::Fixed(4, 22)),
    ("valentine ' s day", Rule::Fixed(2, 14)),
    ("valentines day", Rule::Fixed(2, 14)),
    ("saint patrick ' s day", Rule::Fixed(3, 17)),
    ("saint patrick", Rule::Fixed(3, 17)),
    ("st patrick", Rule::Fixed(3, 17)),
    ("veterans day", Rule::Fixed(11, 11)),
    ("labour day", Rule::Nth(9, 1, 1, 0)),
    ("labor day", Rule::Nth(9, 1, 1, 0)),
    ("memorial day", Rule::Last(5, 1)),
    ("mother ' s day", Rule::Nth(5, 7, 2, 0)),
    ("mothers day", Rule::Nth(5, 7, 2, 0)),
    ("father ' s day", Rule::Nth(6, 7, 3, 0)),
    ("fathers day", Rule::Nth(6, 7, 3, 0)),
    ("thanksgiving day", Rule::Nth(11, 4, 4, 0)),
    ("thanksgiving", Rule::Nth(11, 4, 4, 0)),
    ("black friday", Rule::Nth(11, 4, 4, 1)),
    ("cyber monday", Rule::Nth(11, 4, 4, 4)),
    ("martin luther king day", Rule::Nth(1, 1, 3, 0)),
    ("mlk day", Rule::Nth(1, 1, 3, 0)),
    ("columbus day", Rule::Nth(10, 1, 2, 0)),
    ("easter monday", Rule::Easter(1)),
    ("easter sunday", Rule::Easter(0)),
    ("easter", Rule::Easter(0)),
    ("good friday", Rule::Easter(-2)),
    ("ash wednesday", Rule::Easter(-46)),
    ("pentecost", Rule::Easter(49)),
];

impl Rule {
    fn day(self, year: i16) -> Option<Day> {
        match self {
            Rule::Fixed(month, day) => Day::new(year, month, day),
            Rule::Nth(month, weekday, n, more) => Some(nth(year, month, weekday, n)?.plus_days(more)),
            Rule::Last(month, weekday) => (1..=5).rev().find_map(|n| nth(year, month, weekday, n)),
            Rule::Easter(more) => Some(easter(year)?.plus_days(more)),
        }
    }
}

impl Scan<'_> {
    /// A feast, with the year it is told for.
    pub(super) fn feast(&self, at: usize) -> Option<(usize, Date)> {
        let (next, steps) = match self.turn(at) {
            Some((end, steps)) if self.low(at) != "the" => (end, Some(steps)),
            _ => (at, None),
        };
        let (end, rule) =
            FEASTS.iter().filter_map(|(name, rule)| Some((self.after(next, name)?, *rule))).max_by_key(|it| it.0)?;
        let this = self.now.day.0.year();
        let full = |year: i16| rule.day(year).map(Date::of);
        if let Some(steps) = steps {
            let days = || (this - 2..=this + 2).filter_map(|year| rule.day(year));
            let day = match steps {
                -1 => days().rfind(|it| *it < self.now.day),
                1 => days().find(|it| *it > self.now.day),
                _ => rule.day(this),
            };
            return Some((end, Date::of(day?)));
        }
        let of = self.skip(end, &["of", "in", ","]);
        if let Some((after, year)) = self.year(of) {
            return Some((after, full(year)?));
        }
        if let Some((after, steps)) = self.turn_of(of, "year") {
            return Some((after, full(this + steps as i16)?));
        }
        let date = match rule {
            Rule::Fixed(month, day) => Date::Yearless(month, day),
            rule => Date::Moving(
                rule.day(this)?,
                rule.day(if rule.day(this)? < self.now.day { this + 1 } else { this - 1 })?,
            ),
        };
        Some((end, date))
    }
}

/// Easter Sunday of the western churches (the rule of Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Day> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let all = h + l - 7 * m + 114;
    Day::new(year as i16, (all / 31) as i8, (all % 31 + 1) as i8)
}
