//! Values of time to days, seen from the publication interval.
//!
//! In: a value, the tense around it, the publication days, earlier times of the
//! text. Out: first and last day, precision, anchor, kind. Without a publication
//! date a relative value has no days; nothing is ever counted from "today".

use super::calendar;
use super::grammar::{Bound, Count, Date, Part, Rel, Value};
use super::lexicon::Unit;
use aver_model::{Day, Precision};

/// Where the words point, by the verbs around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// Told as done.
    Past,
    /// "will", "by", "deadline".
    Future,
    /// "the Aug. 31 deadline", "until Friday": whichever is near.
    Near,
}

/// An earlier time of the same text.
#[derive(Debug, Clone, Copy)]
pub struct Earlier {
    /// Its index among the times.
    pub index: usize,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
}

/// What resolution may look at.
pub struct Anchors {
    /// First and last possible day of publication.
    pub published: Option<(Day, Day)>,
    /// The year of an absolute date close by, used only without publication.
    pub near_year: Option<i16>,
    /// The last time that names a day.
    pub day: Option<Earlier>,
}

/// The days of a value.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// First day.
    pub start: Option<Day>,
    /// Last day, inclusive.
    pub end: Option<Day>,
    /// How exact.
    pub precision: Precision,
    /// `published`, or nothing.
    pub anchor: Option<String>,
    /// Index of the time it is counted from.
    pub from: Option<usize>,
    /// A word of `time_kinds`.
    pub kind: &'static str,
}

type Days = Option<(Option<Day>, Option<Day>)>;

/// Resolves a value.
pub fn resolve(value: &Value, tense: Tense, anchors: &Anchors) -> Resolved {
    let (kind, precision) = shape(value);
    let mut found = Resolved { start: None, end: None, precision, anchor: None, from: None, kind };
    if let Value::FromEvent(n, unit) = value {
        if let Some(day) = anchors.day {
            let (start, end) = step(day, *n, *unit);
            found.from = Some(day.index);
            (found.start, found.end) = (Some(start), Some(end));
        }
        return found;
    }
    // "over the next three days fighters went": counted from the day just told.
    if let (Value::Window(Count::Exactly(n), unit, Rel::Next), Tense::Past, Some(day)) = (value, tense, anchors.day) {
        found.from = Some(day.index);
        (found.start, found.end) = (Some(day.end.plus_days(1)), Some(shift(day.end, *n, *unit)));
        return found;
    }
    if is_absolute(value) {
        let any = Day::new(2000, 1, 1).expect("a calendar day");
        if let Some((start, end)) = days(value, tense, any) {
            (found.start, found.end) = (start, end);
        }
        return found;
    }
    if matches!(value, Value::Duration(_) | Value::Ambiguous)
        || matches!(value, Value::Within(..)) && tense != Tense::Future
    {
        return found;
    }
    found.anchor = Some("published".to_owned());
    let Some((first, last)) = anchors.published else {
        if let (Value::Date(date), Some(year)) = (value, anchors.near_year)
            && date.month.is_some()
            && date.year_rel.is_none()
            && date.rel == Rel::Plain
        {
            let dated = Date { year: Some(year), ..*date };
            if let Some((start, end)) = fixed(&dated, year) {
                (found.start, found.end, found.anchor) = (Some(start), Some(end), None);
            }
        }
        return found;
    };
    // An interval of publication gives the union of what its ends give.
    let (Some(a), Some(b)) = (days(value, tense, first), days(value, tense, last)) else { return found };
    found.start = a.0.zip(b.0).map(|(a, b)| a.min(b));
    found.end = a.1.zip(b.1).map(|(a, b)| a.max(b));
    if a != b && found.precision == Precision::Day {
        found.precision = Precision::Period;
    }
    found
}

/// Says whether the value needs no publication date.
pub fn is_absolute(value: &Value) -> bool {
    match value {
        Value::Date(date) => date.year.is_some(),
        Value::Range(a, b) => a.year.is_some() && b.year.is_some(),
        Value::Years(..) | Value::Season(_, Some(_), _) | Value::Anniversary(..) => true,
        Value::Named(name) => matches!(*name, "9/11" | "7/7" | "26/11"),
        _ => false,
    }
}

fn shape(value: &Value) -> (&'static str, Precision) {
    use Precision as P;
    match value {
        Value::Date(date) => match date {
            Date { day: Some(_), .. } => ("day", P::Day),
            Date { weekday: Some(_), .. } => ("weekday", P::Day),
            Date { month: Some(_), part: None, .. } => ("month", P::Month),
            Date { month: Some(_), .. } => ("part_of_year", P::Period),
            Date { solar: true, .. } => ("solar_period", P::Year),
            Date { part: Some(Part::Half(_) | Part::Quarter(_)), .. } => ("part_of_year", P::Period),
            Date { part: Some(_), .. } => ("part_of_year", P::Fuzzy),
            _ => ("year", P::Year),
        },
        Value::Ambiguous => ("day", P::Fuzzy),
        Value::Range(a, _) if a.month.is_none() && a.weekday.is_none() => ("year_range", P::Years),
        Value::Range(a, _) if a.day.is_none() && a.month.is_some() => ("month_range", P::Period),
        Value::Range(..) => ("relative", P::Period),
        Value::Years(..) => ("year_range", P::Years),
        Value::Season(..) => ("part_of_year", P::Fuzzy),
        Value::Deictic(_) => ("relative", P::Day),
        Value::Overnight => ("relative", P::Period),
        Value::Unit(Unit::Week | Unit::Weekend, _, None) => ("relative", P::Week),
        Value::Unit(Unit::Month, _, None) => ("month", P::Month),
        Value::Unit(Unit::Year, Rel::Last | Rel::Next, None) => ("year", P::Year),
        Value::Unit(Unit::Year, ..) => ("relative", P::Period),
        Value::Unit(..) => ("relative", P::Period),
        Value::Window(Count::Exactly(_), ..) => ("relative", P::Period),
        Value::Window(..) => ("relative", P::Fuzzy),
        Value::Ago(Count::Exactly(_), unit) => ("relative", precision_of(*unit)),
        Value::Ago(..) => ("vague_past", P::Fuzzy),
        Value::FromEvent(_, unit) => ("relative_to_event", if *unit == Unit::Day { P::Inferred } else { P::About }),
        Value::Duration(Bound::None) => ("duration", P::Period),
        Value::Duration(Bound::Lower) => ("duration_lower_bound", P::Period),
        Value::Within(..) | Value::Duration(Bound::Upper) => ("duration_upper_bound", P::Period),
        Value::Since(_) | Value::SinceUnit(..) => ("open_start_period", P::Period),
        Value::UntilNow => ("open_start_period", P::Fuzzy),
        Value::LongPast => ("vague_past", P::Fuzzy),
        Value::NearFuture => ("vague_future", P::Fuzzy),
        Value::SolarYear(..) => ("solar_period", P::Period),
        Value::Named("solar year" | "last solar year") => ("solar_period", P::Year),
        Value::Named("ramadan") => ("named_date", P::About),
        Value::Named("eid al-fitr" | "eid al-adha" | "ashura") => ("named_date", P::About),
        Value::Named(_) => ("named_date", P::Day),
        Value::Anniversary(..) => ("anniversary", P::Day),
    }
}

fn precision_of(unit: Unit) -> Precision {
    match unit {
        Unit::Hour | Unit::Day => Precision::Day,
        Unit::Weekend | Unit::Week => Precision::Week,
        Unit::Month => Precision::Month,
        Unit::Quarter => Precision::Period,
        Unit::Year => Precision::Year,
        Unit::Decade | Unit::Century => Precision::Years,
    }
}

/// Returns the days of a value seen from the publication day `at`.
fn days(value: &Value, tense: Tense, at: Day) -> Days {
    let closed = |it: Option<(Day, Day)>| it.map(|(start, end)| (Some(start), Some(end)));
    match value {
        Value::Date(date) => closed(date_days(date, tense, at)),
        Value::Range(a, b) => closed(range_days(a, b, tense, at)),
        Value::Years(a, b) => closed(Some((Day::new(*a, 1, 1)?, Day::new(*b, 12, 31)?))),
        Value::Season(month, year, rel) => closed(season_days(*month, *year, *rel, at)),
        Value::Deictic(n) => closed(Some((at.plus_days(*n), at.plus_days(*n)))),
        Value::Overnight => closed(Some((at.plus_days(-1), at))),
        Value::Unit(unit, rel, part) => closed(unit_days(*unit, *rel, *part, tense, at)),
        Value::Window(count, unit, rel) => {
            let n = few(*count, *unit)?;
            Some(match rel {
                Rel::Next if matches!(count, Count::Few | Count::Many) => (Some(at), None),
                Rel::Next => (Some(at), Some(shift(at, n, *unit))),
                _ => (Some(shift(at, -n, *unit)), Some(at)),
            })
        }
        Value::Ago(Count::Exactly(n), unit) => closed(Some(around(shift(at, *n, *unit), *unit))),
        Value::Ago(Count::Few, Unit::Day | Unit::Week) => None,
        Value::Ago(..) => Some((None, Some(at))),
        Value::Since(date) => {
            let (start, _) = date_days(date, Tense::Past, at)?;
            (start <= at).then_some((Some(start), Some(at)))
        }
        Value::SinceUnit(unit, rel) => unit_days(*unit, *rel, None, Tense::Past, at).map(|it| (Some(it.0), Some(at))),
        Value::UntilNow | Value::LongPast => Some((None, Some(at))),
        Value::NearFuture => Some((Some(at), None)),
        Value::SolarYear(months, days) => {
            let start = calendar::solar_new_year(calendar::solar_year_of(at)?)?;
            // The first six months have 31 days.
            closed(Some((start, start.plus_days(months.min(&6) * 31 + (months - 6).max(0) * 30 + days - 1))))
        }
        Value::Named(name) => closed(named(name, tense, at)),
        Value::Anniversary(n, name) => {
            let (day, _) = named(name, Tense::Past, at)?;
            let day = day.plus_months(n.saturating_mul(12));
            Some((Some(day), Some(day)))
        }
        Value::Within(n, unit) => closed(Some((at, shift(at, *n, *unit)))),
        Value::FromEvent(..) | Value::Duration(_) | Value::Ambiguous => None,
    }
}

fn few(count: Count, unit: Unit) -> Option<i64> {
    match (count, unit) {
        (Count::Exactly(n), _) => Some(n),
        (Count::Few, Unit::Day) => Some(7),
        // "the past few weeks": three to five.
        (Count::Few, _) => Some(4),
        (Count::Many, _) => None,
    }
}

fn shift(at: Day, n: i64, unit: Unit) -> Day {
    match unit {
        Unit::Hour => at.plus_days(if n < 0 { -(-n / 24).max(1) } else { n / 24 }),
        Unit::Day => at.plus_days(n),
        Unit::Weekend | Unit::Week => at.plus_days(n.saturating_mul(7)),
        Unit::Month => at.plus_months(n),
        Unit::Quarter => at.plus_months(n.saturating_mul(3)),
        Unit::Year => at.plus_months(n.saturating_mul(12)),
        Unit::Decade => at.plus_months(n.saturating_mul(120)),
        Unit::Century => at.plus_months(n.saturating_mul(1200)),
    }
}

/// Returns the calendar unit that holds a day: "three months ago" is a month.
fn around(day: Day, unit: Unit) -> (Day, Day) {
    match unit {
        Unit::Hour | Unit::Day => (day, day),
        Unit::Weekend | Unit::Week => {
            let monday = day.plus_days(-weekday(day) + 1);
            (monday, monday.plus_days(6))
        }
        Unit::Month => month_days(day.0.year(), day.0.month()).unwrap_or((day, day)),
        Unit::Quarter => {
            let first = (day.0.month() - 1) / 3 * 3 + 1;
            months_days(day.0.year(), first, 3).unwrap_or((day, day))
        }
        Unit::Year => months_days(day.0.year(), 1, 12).unwrap_or((day, day)),
        Unit::Decade | Unit::Century => {
            let len = if unit == Unit::Decade { 10 } else { 100 };
            let first = day.0.year().div_euclid(len) * len;
            Day::new(first, 1, 1).zip(Day::new(first.saturating_add(len - 1), 12, 31)).unwrap_or((day, day))
        }
    }
}

fn step(from: Earlier, n: i64, unit: Unit) -> (Day, Day) {
    match (n, unit) {
        (0, _) => around(from.start, unit),
        _ => {
            let day = if n > 0 { from.end } else { from.start };
            let day = shift(day, n, unit);
            (day, day)
        }
    }
}

fn weekday(day: Day) -> i64 {
    i64::from(day.0.weekday().to_monday_one_offset())
}

fn month_days(year: i16, month: i8) -> Option<(Day, Day)> {
    months_days(year, month, 1)
}

fn months_days(year: i16, month: i8, length: i64) -> Option<(Day, Day)> {
    let first = Day::new(year, month, 1)?;
    Some((first, first.plus_months(length).plus_days(-1)))
}

fn date_days(date: &Date, tense: Tense, at: Day) -> Option<(Day, Day)> {
    if date.solar {
        let year = i32::from(date.year?);
        return Some((calendar::solar_new_year(year)?, calendar::solar_new_year(year + 1)?.plus_days(-1)));
    }
    if let Some(year) = date.year {
        return fixed(date, year);
    }
    let year = at.0.year();
    if let Some(rel) = date.year_rel {
        let year = match rel {
            Rel::Last => year - 1,
            Rel::Next => year + 1,
            _ => year,
        };
        return fixed(date, year);
    }
    if date.month.is_none() {
        let weekday = date.weekday?;
        let day = weekday_near(weekday, date.rel, tense, at);
        return Some((day, day));
    }
    yearless(date, tense, at)
}

/// Returns the days of a date in a year.
fn fixed(date: &Date, year: i16) -> Option<(Day, Day)> {
    if let (Some(month), Some(day)) = (date.month, date.day) {
        return Day::new(year, month, day).map(|it| (it, it));
    }
    match date.month {
        Some(month) => {
            let (first, last) = month_days(year, month)?;
            let day = |n| Day::new(year, month, n);
            Some(match date.part {
                Some(Part::Early) => (first, day(10)?),
                Some(Part::Mid) => (day(11)?, day(20)?),
                Some(Part::Late | Part::End) => (day(21)?, last),
                Some(Part::Half(1)) => (first, day(15)?),
                Some(Part::Half(_)) => (day(16)?, last),
                Some(Part::Quarter(_)) | None => (first, last),
            })
        }
        None => match date.part {
            Some(Part::Early) => months_days(year, 1, 4),
            Some(Part::Mid) => months_days(year, 5, 4),
            Some(Part::Late) => months_days(year, 9, 4),
            Some(Part::End) => months_days(year, 12, 1),
            Some(Part::Half(n)) => months_days(year, if n == 1 { 1 } else { 7 }, 6),
            Some(Part::Quarter(n)) => months_days(year, (n.clamp(1, 4) as i8 - 1) * 3 + 1, 3),
            None => months_days(year, 1, 12),
        },
    }
}

fn weekday_near(wanted: i8, rel: Rel, tense: Tense, at: Day) -> Day {
    let back = (weekday(at) - i64::from(wanted)).rem_euclid(7);
    let ahead = (i64::from(wanted) - weekday(at)).rem_euclid(7);
    match (rel, tense) {
        (Rel::Last, _) => at.plus_days(-if back == 0 { 7 } else { back }),
        (Rel::Next, _) => at.plus_days(if ahead == 0 { 7 } else { ahead }),
        (_, Tense::Future | Tense::Near) => at.plus_days(ahead),
        (Rel::This, _) => at.plus_days(i64::from(wanted) - weekday(at)),
        _ => at.plus_days(-back),
    }
}

/// Finds the year of "March 16" or "August".
fn yearless(date: &Date, tense: Tense, at: Day) -> Option<(Day, Day)> {
    let year = at.0.year();
    // 29 February may need up to eight years.
    let past = (0..9).filter_map(|it| fixed(date, year - it)).find(|(start, _)| *start <= at);
    let future = (0..9).filter_map(|it| fixed(date, year + it)).find(|(_, end)| *end >= at);
    if let Some(wanted) = date.weekday {
        let fits = |it: &(Day, Day)| weekday(it.0) == i64::from(wanted);
        let later = future.filter(|it| fits(it) && at.days_until(it.0) <= 200);
        let older = (0..5).filter_map(|it| fixed(date, year - it)).filter(|it| it.0 <= at).find(fits);
        if tense != Tense::Past
            && let Some(found) = later
        {
            return Some(found);
        }
        let close = older.filter(|it| it.0.days_until(at) <= 800);
        return close.or(later).or(older).or(past);
    }
    match (date.rel, tense) {
        (Rel::This, _) => fixed(date, year),
        (Rel::Last, _) => (0..3).filter_map(|it| fixed(date, year - it)).find(|(_, end)| *end < at).or(past),
        (Rel::Next, _) => (0..3).filter_map(|it| fixed(date, year + it)).find(|(start, _)| *start > at),
        (_, Tense::Future) => future,
        (_, Tense::Near) => future.filter(|it| at.days_until(it.0) <= 90).or(past),
        // A day just ahead is not that of last year: "Feb. 20" in a page of 17 February that was updated.
        _ if date.day.is_some() => future.filter(|it| at.days_until(it.0) <= 10).or(past),
        _ => past,
    }
}

fn range_days(a: &Date, b: &Date, tense: Tense, at: Day) -> Option<(Day, Day)> {
    let (_, end) = date_days(b, tense, at)?;
    let (mut start, _) = date_days(a, tense, at)?;
    if a.year.is_none() && start > end {
        start = start.plus_months(if a.month.is_some() { -12 } else { 0 });
        if a.weekday.is_some() && a.month.is_none() {
            start = start.plus_days(-7);
        }
    }
    // "October to December" in spring: both in the same year.
    if a.year.is_none() && a.month.is_some() && b.year.is_none() && start.plus_months(12) <= end {
        start = start.plus_months(12);
    }
    (start <= end).then_some((start, end))
}

fn season_days(month: i8, year: Option<i16>, rel: Rel, at: Day) -> Option<(Day, Day)> {
    if let Some(year) = year {
        return months_days(year, month, 3);
    }
    let of = |year: i16| months_days(year, month, 3);
    let year = at.0.year();
    match rel {
        Rel::Last => (0..3).filter_map(|it| of(year - it)).find(|(_, end)| *end < at),
        Rel::Next => (0..3).filter_map(|it| of(year + it)).find(|(start, _)| *start > at),
        Rel::This if month != 12 => of(year),
        _ => (0..3).filter_map(|it| of(year - it)).find(|(start, _)| *start <= at),
    }
}

fn unit_days(unit: Unit, rel: Rel, part: Option<Part>, tense: Tense, at: Day) -> Option<(Day, Day)> {
    let whole = match (unit, rel) {
        (Unit::Weekend, _) => {
            let saturday = at.plus_days(6 - weekday(at));
            let back = weekday(at) < 6;
            let saturday = match rel {
                Rel::Last => saturday.plus_days(-7),
                Rel::Next => saturday.plus_days(7),
                _ if back && tense == Tense::Past => saturday.plus_days(-7),
                _ => saturday,
            };
            return Some((saturday, saturday.plus_days(1)));
        }
        (_, Rel::Last) => around(shift(first_of(at, unit), -1, unit), unit),
        (_, Rel::Next) => around(shift(first_of(at, unit), 1, unit), unit),
        _ => around(at, unit),
    };
    let (start, end) = whole;
    let now = rel == Rel::This || rel == Rel::Plain;
    Some(match part {
        None if now && tense == Tense::Past => (start, at),
        None => whole,
        Some(Part::Early) if now && matches!(unit, Unit::Week) => (start, at.plus_days(-1).max(start)),
        Some(Part::Early) if now => (start, at),
        Some(Part::Late) if now => (at, end),
        Some(part) => match unit {
            Unit::Year => fixed(&year_part(start, part), start.0.year())?,
            Unit::Month => fixed(&Date { month: Some(start.0.month()), ..year_part(start, part) }, start.0.year())?,
            Unit::Week if matches!(part, Part::Late | Part::End) => (start.plus_days(4), end),
            Unit::Week => (start, start.plus_days(2)),
            _ => whole,
        },
    })
}

fn year_part(at: Day, part: Part) -> Date {
    Date {
        weekday: None,
        year: Some(at.0.year()),
        month: None,
        day: None,
        part: Some(part),
        rel: Rel::Plain,
        year_rel: None,
        solar: false,
    }
}

fn first_of(at: Day, unit: Unit) -> Day {
    around(at, unit).0
}

fn named(name: &str, tense: Tense, at: Day) -> Option<(Day, Day)> {
    let once = |y, m, d| Day::new(y, m, d).map(|it| (it, it));
    match name {
        "9/11" => return once(2001, 9, 11),
        "7/7" => return once(2005, 7, 7),
        "26/11" => return once(2008, 11, 26),
        "solar year" | "last solar year" => {
            let year = calendar::solar_year_of(at)? - i32::from(name.starts_with("last"));
            return Some((calendar::solar_new_year(year)?, calendar::solar_new_year(year + 1)?.plus_days(-1)));
        }
        _ => {}
    }
    let in_year = |year: i16| -> Option<(Day, Day)> {
        let one = |it: Option<Day>| it.map(|it| (it, it));
        match name {
            "christmas eve" => once(year, 12, 24),
            "christmas" => once(year, 12, 25),
            "boxing day" => once(year, 12, 26),
            "new year's eve" => once(year, 12, 31),
            "new year's day" => once(year, 1, 1),
            "easter" => one(calendar::easter(year)),
            "good friday" => one(calendar::easter(year).map(|it| it.plus_days(-2))),
            "palm sunday" => one(calendar::easter(year).map(|it| it.plus_days(-7))),
            "easter monday" => one(calendar::easter(year).map(|it| it.plus_days(1))),
            "nowruz" => one(calendar::solar_new_year(i32::from(year) - 621)),
            "ramadan" => calendar::lunar_in(year, 9, 1, 30),
            "eid al-fitr" => calendar::lunar_in(year, 10, 1, 3),
            "eid al-adha" => calendar::lunar_in(year, 12, 10, 4),
            "ashura" => calendar::lunar_in(year, 1, 10, 1),
            _ => None,
        }
    };
    let year = at.0.year();
    let past = (0..3).filter_map(|it| in_year(year - it)).find(|it| it.0 <= at);
    let future = (0..3).filter_map(|it| in_year(year + it)).find(|it| it.1 >= at);
    match tense {
        Tense::Future => future,
        Tense::Near => future.filter(|it| at.days_until(it.0) <= 60).or(past),
        Tense::Past => past,
    }
}
