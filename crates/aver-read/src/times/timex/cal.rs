//! Stretches of the calendar as ISO 8601 and TIMEX3 write them.
//!
//! In: a day and a unit. Out: the day, week, quarter, decade … that holds it,
//! its neighbours, its first and last day, and its value (`1989-Q3`, `1998-W07`,
//! `197` for the 1970s). Seasons are those of the northern hemisphere.

use crate::times::lexicon::Unit;
use aver_model::Day;

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cal {
    /// One day.
    Day(Day),
    /// The week that begins with this Monday.
    Week(Day),
    /// Saturday and Sunday of the week that begins with this Monday.
    Weekend(Day),
    /// Year and month.
    Month(i16, i8),
    /// Year and quarter, from 1.
    Quarter(i16, i8),
    /// Year and half, from 1.
    Half(i16, i8),
    /// Year and first month: 3, 6, 9 or 12.
    Season(i16, i8),
    /// A year.
    Year(i16),
    /// The ten years that begin with this one.
    Decade(i16),
    /// The hundred years that begin with this one: 1900 for the 20th century.
    Century(i16),
}

impl Cal {
    /// Returns the stretch of a unit that holds a day.
    pub fn holding(day: Day, unit: Unit) -> Cal {
        let (year, month) = (day.0.year(), day.0.month());
        match unit {
            Unit::Hour | Unit::Day => Cal::Day(day),
            Unit::Week => Cal::Week(monday(day)),
            Unit::Weekend => Cal::Weekend(monday(day)),
            Unit::Month => Cal::Month(year, month),
            Unit::Quarter => Cal::Quarter(year, (month - 1) / 3 + 1),
            Unit::Year => Cal::Year(year),
            Unit::Decade => Cal::Decade(year.div_euclid(10) * 10),
            Unit::Century => Cal::Century(year.div_euclid(100) * 100),
        }
    }

    /// Returns the stretch of the same kind `n` further on.
    pub fn step(self, n: i64) -> Cal {
        let days = |day: Day, length: i64| day.plus_days(n.saturating_mul(length));
        let years = |year: i16, length: i64| {
            let wanted = i64::from(year).saturating_add(n.saturating_mul(length));
            wanted.clamp(-9000, 9000) as i16
        };
        let part = |year: i16, part: i8, of: i64| {
            let whole = (i64::from(year) * of + i64::from(part) - 1).saturating_add(n).clamp(-9000 * of, 9000 * of);
            (whole.div_euclid(of) as i16, whole.rem_euclid(of) as i8 + 1)
        };
        match self {
            Cal::Day(day) => Cal::Day(days(day, 1)),
            Cal::Week(day) => Cal::Week(days(day, 7)),
            Cal::Weekend(day) => Cal::Weekend(days(day, 7)),
            Cal::Month(year, month) => {
                let (year, month) = part(year, month, 12);
                Cal::Month(year, month)
            }
            Cal::Quarter(year, quarter) => {
                let (year, quarter) = part(year, quarter, 4);
                Cal::Quarter(year, quarter)
            }
            Cal::Half(year, half) => {
                let (year, half) = part(year, half, 2);
                Cal::Half(year, half)
            }
            Cal::Season(year, month) => Cal::Season(years(year, 1), month),
            Cal::Year(year) => Cal::Year(years(year, 1)),
            Cal::Decade(year) => Cal::Decade(years(year, 10)),
            Cal::Century(year) => Cal::Century(years(year, 100)),
        }
    }

    /// Returns the same part of another year: "the year-ago quarter".
    pub fn years_on(self, n: i64) -> Cal {
        match self {
            Cal::Day(day) => Cal::Day(day.plus_months(n.saturating_mul(12))),
            Cal::Month(..) => self.step(n.saturating_mul(12)),
            Cal::Quarter(..) => self.step(n.saturating_mul(4)),
            Cal::Half(..) => self.step(n.saturating_mul(2)),
            Cal::Week(day) | Cal::Weekend(day) => Cal::Week(monday(day.plus_months(n.saturating_mul(12)))),
            other => other.step(n),
        }
    }

    /// Returns first and last day; nothing outside of the calendar.
    pub fn days(self) -> Option<(Day, Day)> {
        let months = |year: i16, month: i8, length: i64| {
            let first = Day::new(year, month, 1)?;
            Some((first, first.plus_months(length).plus_days(-1)))
        };
        match self {
            Cal::Day(day) => Some((day, day)),
            Cal::Week(day) => Some((day, day.plus_days(6))),
            Cal::Weekend(day) => Some((day.plus_days(5), day.plus_days(6))),
            Cal::Month(year, month) => months(year, month, 1),
            Cal::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Cal::Half(year, half) => months(year, half * 6 - 5, 6),
            Cal::Season(year, month) => months(year, month, 3),
            Cal::Year(year) => months(year, 1, 12),
            Cal::Decade(year) => months(year, 1, 120),
            Cal::Century(year) => months(year, 1, 1200),
        }
    }

    /// Returns the year it begins in.
    pub fn year(self) -> i16 {
        match self {
            Cal::Day(day) | Cal::Week(day) | Cal::Weekend(day) => day.0.year(),
            Cal::Month(year, _) | Cal::Quarter(year, _) | Cal::Half(year, _) | Cal::Season(year, _) => year,
            Cal::Year(year) | Cal::Decade(year) | Cal::Century(year) => year,
        }
    }

    /// Returns the TIMEX3 value.
    pub fn value(self) -> String {
        let week = |day: Day| {
            let week = day.0.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        };
        match self {
            Cal::Day(day) => day.to_string(),
            Cal::Week(day) => week(day),
            Cal::Weekend(day) => format!("{}-WE", week(day)),
            Cal::Month(year, month) => format!("{year:04}-{month:02}"),
            Cal::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Cal::Half(year, half) => format!("{year:04}-H{half}"),
            Cal::Season(year, month) => format!("{year:04}-{}", season_code(month)),
            Cal::Year(year) => format!("{year:04}"),
            Cal::Decade(year) => format!("{:03}", year.div_euclid(10)),
            Cal::Century(year) => format!("{:02}", year.div_euclid(100)),
        }
    }
}

/// Returns `SP`, `SU`, `FA` or `WI` for the first month of a season.
pub fn season_code(month: i8) -> &'static str {
    match month {
        3 => "SP",
        6 => "SU",
        9 => "FA",
        _ => "WI",
    }
}

/// Returns the Monday of a day's week.
pub fn monday(day: Day) -> Day {
    day.plus_days(1 - i64::from(day.0.weekday().to_monday_one_offset()))
}
