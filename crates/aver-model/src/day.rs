//! Civil days. The field counts in days, inclusive at both ends.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A civil day, written `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Day(pub Date);

impl Day {
    /// The day from which days are counted where a number stands for one.
    pub const EPOCH: Day = Day(Date::constant(1970, 1, 1));

    /// Returns the day of a year, month (1–12) and day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// Returns the day `days` later (earlier, when negative), inside the years −9999 to 9999.
    pub fn plus_days(self, days: i64) -> Day {
        Day(self.0.saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000))))
    }

    /// Returns the day `months` later, clipped to the length of that month.
    pub fn plus_months(self, months: i64) -> Day {
        Day(self.0.saturating_add(jiff::Span::new().months(months.clamp(-100_000, 100_000))))
    }

    /// Returns the number of days from `self` to `other`.
    pub fn days_until(self, other: Day) -> i64 {
        i64::from((other.0 - self.0).get_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Day, String> {
        text.parse().map(Day).map_err(|_| format!("`{text}` is no day; write it as 2023-03-19"))
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Day, String> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}
