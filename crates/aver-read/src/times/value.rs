//! What words of time mean before they are tied to a day.
//!
//! In: nothing. Out: the values that the grammar makes and `resolve` turns into
//! days: a date with parts missing, a stretch, a count of units, a bound.
//! This module finds and computes nothing.

use super::lexicon::Unit;

/// A part of a month, year or other stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// "early March".
    Early,
    /// "mid-March".
    Mid,
    /// "late March".
    Late,
    /// "at the end of March".
    End,
    /// "the first half of 2020".
    Half(u8),
    /// "the third quarter of 2020".
    Quarter(u8),
}

/// Which one, seen from publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rel {
    /// Not said.
    Plain,
    /// "this".
    This,
    /// "last", "this past".
    Last,
    /// "next", "the coming".
    Next,
}

/// How many, with vagueness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// A number.
    Exactly(i64),
    /// "a few", "several", "recent".
    Few,
    /// "many".
    Many,
}

/// A bound on a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// "six months".
    None,
    /// "at least", "more than", "as little as".
    Lower,
    /// "within", "less than".
    Upper,
}

/// A date with what the words leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// Monday = 1.
    pub weekday: Option<i8>,
    /// Gregorian, or Solar Hijri when `solar`.
    pub year: Option<i16>,
    /// January = 1.
    pub month: Option<i8>,
    /// Day of the month.
    pub day: Option<i8>,
    /// Early, mid, late.
    pub part: Option<Part>,
    /// "last Friday", "this August".
    pub rel: Rel,
    /// "December of last year".
    pub year_rel: Option<Rel>,
    /// Counted in the Solar Hijri calendar.
    pub solar: bool,
}

impl Date {
    pub const EMPTY: Date = Date {
        weekday: None,
        year: None,
        month: None,
        day: None,
        part: None,
        rel: Rel::Plain,
        year_rel: None,
        solar: false,
    };
}

/// What the words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A date, weekday, month or year.
    Date(Date),
    /// "26/8/2021" with both readings possible.
    Ambiguous,
    /// From the first to the last.
    Range(Date, Date),
    /// "the 1990s": first and last year.
    Years(i16, i16),
    /// "last winter": first month, year if told.
    Season(i8, Option<i16>, Rel),
    /// Days from publication: "yesterday" is −1.
    Deictic(i64),
    /// "overnight", "during the night": from the day before publication to its morning.
    Overnight,
    /// "this week"; part for "earlier this week".
    Unit(Unit, Rel, Option<Part>),
    /// "over the past two years" (`Last`), "in the coming weeks" (`Next`).
    Window(Count, Unit, Rel),
    /// "two weeks ago" (negative), "in three days from now".
    Ago(Count, Unit),
    /// "two days later", "a week after the attack", counted from another time.
    FromEvent(i64, Unit),
    /// "within two weeks": how many units from now, if it is still to come.
    Within(i64, Unit),
    /// "for at least two years".
    Duration(Bound),
    /// "since mid-August".
    Since(Date),
    /// "since last year", "since yesterday": from the inner value on.
    SinceUnit(Unit, Rel),
    /// "so far".
    UntilNow,
    /// "for many years".
    LongPast,
    /// "in the near future".
    NearFuture,
    /// "two months and seven days of the current solar year": months, days.
    SolarYear(i64, i64),
    /// A day known by name.
    Named(&'static str),
    /// "the 20th anniversary of the 9/11 attacks".
    Anniversary(i64, &'static str),
}

/// Words with their value.
#[derive(Debug, Clone)]
pub struct Expr {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// What they say.
    pub value: Value,
}
