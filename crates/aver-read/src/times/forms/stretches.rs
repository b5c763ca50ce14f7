//! Stretches of days: weeks, months, quarters, years, decades, "the last two quarters", "rest of the week".

use super::relative::{business, plus};
use super::scan::Scan;
use super::words::{Unit, full_year};
use super::{Draft, Edge, Kind, Moment, Seen, lengths};
use crate::times::lexicon;
use crate::times::timex::cal::{Cal, monday, season_code};
use aver_model::Day;

/// What a stretch is, for "early in" and "from … to" it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Week(Day),
    /// A month, with its year when told.
    Month(Option<i16>, i8),
    /// A year; told as such ("2016") or counted from now.
    Year(i16, bool),
    Other,
}

/// A stretch of days; the end is the day after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) pattern: String,
    pub(super) past: Option<(Day, Day)>,
    pub(super) future: Option<(Day, Day)>,
    pub(super) base: Base,
    pub(super) part: Option<&'static str>,
}

impl Days {
    pub(super) fn known(pattern: String, from: Day, to: Day, base: Base) -> Days {
        Days { pattern, past: Some((from, to)), future: Some((from, to)), base, part: None }
    }

    fn of(cal: Cal, base: Base) -> Option<Days> {
        let (first, last) = cal.days()?;
        Some(Days::known(cal.value(), first, last.plus_days(1), base))
    }

    pub(super) fn week(first: Day) -> Option<Days> {
        Days::of(Cal::Week(first), Base::Week(first))
    }

    pub(super) fn year(year: i16, told: bool) -> Option<Days> {
        Days::of(Cal::Year(year), Base::Year(year, told))
    }

    pub(super) fn month(now: Day, year: Option<i16>, month: i8) -> Option<Days> {
        let Some(year) = year else {
            let this = now.0.year();
            let of = |year: i16| Cal::Month(year, month).days().map(|it| (it.0, it.1.plus_days(1)));
            let past = of(if month >= now.0.month() { this - 1 } else { this });
            let future = of(if month < now.0.month() { this + 1 } else { this });
            let base = Base::Month(None, month);
            return Some(Days { pattern: format!("XXXX-{month:02}"), past, future, base, part: None });
        };
        Days::of(Cal::Month(year, month), Base::Month(Some(year), month))
    }

    /// Without days: seasons, fiscal years.
    fn unplaced(pattern: String) -> Days {
        Days { pattern, past: None, future: None, base: Base::Other, part: None }
    }

    /// `(2016-11-08,2016-11-11,P3D)`.
    pub(super) fn span(from: Day, to: Day, length: &str) -> Days {
        Days::known(format!("({from},{to},{length})"), from, to, Base::Other)
    }

    pub(super) fn draft(self, end: usize) -> Draft {
        let whole = |it: Option<(Day, Day)>| it.map(|it| (Moment::at_dawn(it.0), Moment::at_dawn(it.1)));
        let seen = Seen { pattern: self.pattern, past: whole(self.past), future: whole(self.future) };
        Draft { end, kind: Kind::Days, edge: Edge { part: self.part, ..Edge::default() }, seen: vec![seen] }
    }
}

pub(super) type Found = Option<(usize, Days)>;

impl Scan<'_> {
    /// A stretch of days as a form of its own.
    pub(super) fn stretch_form(&self, at: usize) -> Option<Draft> {
        let (end, days) = self.stretch(at)?;
        Some(days.draft(end))
    }

    /// A stretch; the longest way to read it.
    pub(super) fn stretch(&self, at: usize) -> Found {
        let plain = self.plain_stretch(at);
        let part = self.part_of_stretch(at);
        match (plain, part) {
            (Some(plain), Some(part)) => Some(if part.0 >= plain.0 { part } else { plain }),
            (plain, part) => plain.or(part),
        }
    }

    pub(super) fn plain_stretch(&self, at: usize) -> Found {
        let rules: [fn(&Self, usize) -> Found; 13] = [
            Self::unit_stretch,
            Self::counted_stretch,
            Self::ahead,
            Self::within,
            Self::rest,
            Self::numbered_week,
            Self::week_of,
            Self::ranked_unit,
            Self::month_stretch,
            Self::season,
            Self::quarter,
            Self::year_stretch,
            Self::decade,
        ];
        rules
            .iter()
            .filter_map(|rule| rule(self, at))
            .filter(|it| self.closes_or_goes_on(it.0))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })
    }

    /// "this week", "the year", "next decade", "that weekend", "the month after next".
    fn unit_stretch(&self, at: usize) -> Found {
        let today = self.now.day;
        if self.is(at, &["same", "that"])
            && let Some((end, days)) = self.whole_unit_of(at + 1, 0)
        {
            let open = match self.low(at + 1) {
                "week" => "XXXX-WXX",
                "weekend" => "XXXX-WXX-WE",
                "month" => "XXXX-XX",
                "year" => "XXXX",
                _ => return None,
            };
            return Some((end, Days { pattern: open.into(), part: Some("ref_undef"), ..days }));
        }
        if self.low(at) == "the"
            && self.is(at + 1, &["week", "weekend", "month", "year"])
            && let Some(end) = self.after_any(at + 2, &["after next", "after the next"])
        {
            return Some((end, self.whole_unit_of(at + 1, 2)?.1));
        }
        if self.is(at, &["the", "my"]) && self.is(at + 1, &["week", "weekend", "month", "year", "fortnight"]) {
            let counted = self.after_any(at + 2, &["after next", "after the next"]).is_some();
            let named = self.whole(at + 2).is_some() || self.after(at + 2, "to date").is_some();
            let named = named || self.after(at + 2, "of").is_some_and(|it| self.year(it).is_some());
            let counted = counted || named;
            let part = self.is(at.wrapping_sub(1), &["of"]) && self.is(at.wrapping_sub(2), &["end", "rest", "day"]);
            return self.whole_unit_of(at + 1, 0).filter(|_| !counted && !part);
        }
        if self.low(at) == "weekend" {
            return self.whole_unit_of(at, 0);
        }
        if let Some(end) = self.after_any(at, &["year to date", "ytd"]) {
            let first = Day::new(today.0.year(), 1, 1)?;
            return Some((end, Days::known(today.0.year().to_string(), first, today, Base::Other)));
        }
        let (next, steps) = self.turn(at)?;
        let the = self.low(at) == "the";
        if the && !self.is(next, &["decade", "century"]) {
            return None;
        }
        self.whole_unit_of(next, steps).or_else(|| self.kind_of_year(next, Some(steps)))
    }

    /// The week, month … so many steps from this one.
    fn whole_unit_of(&self, at: usize, steps: i64) -> Found {
        let today = self.now.day;
        let days = match self.low(at) {
            "week" => Days::week(monday(today).plus_days(7 * steps))?,
            "workweek" | "working" | "work" => {
                let end = if self.low(at) == "workweek" { at + 1 } else { self.after(at + 1, "week")? };
                let first = monday(today).plus_days(7 * steps);
                let week = Cal::Week(first).value();
                return Some((end, Days::known(week, first, first.plus_days(5), Base::Other)));
            }
            "weekend" => Days::of(Cal::Weekend(monday(today).plus_days(7 * steps)), Base::Other)?,
            "fortnight" => {
                let first = monday(today).plus_days(14 * steps);
                Days::span(first, first.plus_days(14), "P2W")
            }
            "month" => {
                let day = today.plus_months(steps);
                Days::month(today, Some(day.0.year()), day.0.month())?
            }
            "quarter" => return Some((at + 1, aligned(today, steps, 3))),
            "year" => Days::year(today.0.year() + steps as i16, false)?,
            "decade" => return Some((at + 1, aligned(today, steps, 120))),
            "century" => return Some((at + 1, aligned(today, steps, 1_200))),
            _ => return None,
        };
        Some((at + 1, days))
    }

    /// "last 3 weeks", "next two decades", "5 upcoming years", "past few days", "next 4 business days".
    fn counted_stretch(&self, at: usize) -> Found {
        let the = self.low(at) == "the";
        let (end, count, steps) = match self.turn(at) {
            Some((end, steps)) if steps != 0 => {
                let (end, count) = self.count(end)?;
                (end, count, steps)
            }
            Some(_) => return None,
            None => {
                let (end, count) = self.count(at)?;
                let (end, steps) = self.turn(end).filter(|it| it.1 != 0)?;
                if count != 1.0 && !self.low(end).ends_with('s') && !self.low(end + 1).ends_with('s') {
                    return None;
                }
                (end, count, steps)
            }
        };
        let (end, unit) = self.unit(end)?;
        if the && !matches!(unit, Unit::Decade | Unit::Century) || unit.below_day() || count.fract() != 0.0 {
            return None;
        }
        Some((end, self.counted(count, unit, steps)?))
    }

    /// So many units before today, or from tomorrow on; decades and quarters are those of the calendar.
    fn counted(&self, count: f64, unit: Unit, steps: i64) -> Option<Days> {
        let today = self.now.day;
        let months = match unit {
            Unit::Quarter => 3,
            Unit::Decade => 120,
            Unit::Century => 1_200,
            _ => 0,
        };
        let length = lengths::pattern(&[(count, unit)]);
        if months > 0 {
            let first = aligned_first(today, months);
            let n = count as i64;
            let from = if steps > 0 { first.plus_months(months) } else { first.plus_months(-months * n) };
            return Some(Days::span(from, from.plus_months(months * n), &length));
        }
        if unit == Unit::BusinessDay {
            let n = count as i64;
            let (from, to) = if steps > 0 {
                (business(today, 1), business(today, n).plus_days(1))
            } else {
                (business(today, -n), today)
            };
            return Some(Days::span(from, to, &length));
        }
        let (from, to) = if steps > 0 {
            let from = today.plus_days(1);
            (from, plus(from, count, unit, 1)?)
        } else {
            (plus(today, count, unit, -1)?, today)
        };
        Some(Days::span(from, to, &length))
    }

    /// "4 weeks in the future", "2 days hence".
    fn ahead(&self, at: usize) -> Found {
        let (end, count) = self.count(at)?;
        let (end, unit) = self.unit(end)?;
        let end = self.after_any(end, &["in the future", "hence"])?;
        Some((end, self.counted(count, unit, 1).filter(|_| !unit.below_day())?))
    }

    /// "within the next 3 years", "less than 2 weeks from today", "for 3 days, from today", "a week starting tomorrow".
    fn within(&self, at: usize) -> Found {
        let today = self.now.day;
        let shift = |from: Day, parts: &[(f64, Unit)]| parts.iter().try_fold(from, |day, it| plus(day, it.0, it.1, 1));
        let lead = self.after(at, "within").or_else(|| self.after(at, "less than"));
        if let Some(next) = lead {
            let next = self.skip(next, &["the"]);
            let next = self.skip(next, &["next", "upcoming", "coming", "following"]);
            let (end, parts) = self.parts(next)?;
            if self.is(end, &["from", "after"]) {
                let (end, anchor) = self.date(end + 1)?;
                let from = anchor.seen(self.now).2?;
                return Some((end, Days::span(from, shift(from, &parts)?, &lengths::pattern(&parts))));
            }
            let bare = self.low(at) == "less" || parts.iter().any(|it| it.1.below_day());
            return (!bare)
                .then(|| Some((end, Days::span(today, shift(today, &parts)?, &lengths::pattern(&parts)))))?;
        }
        let start = self.skip(at, &["for"]);
        let (end, parts) = self.parts(start)?;
        let from = self.skip(end, &[","]);
        let next = match self.low(from) {
            "from" if start > at => from + 1,
            "starting" | "beginning" => self.skip(from + 1, &["from", "on"]),
            _ => return None,
        };
        if start > at && self.low(from) != "from" || parts.iter().any(|it| it.1.below_day()) {
            return None;
        }
        let (end, date) = self.date(next)?;
        if self.clock(self.skip(end, &["at"]), false).is_some() {
            return None;
        }
        let (_, past, ahead) = date.seen(self.now);
        // "starting May 20th" in November speaks of this year's.
        let from =
            if past != ahead && self.low(next - 1) != "from" && past.map(|it| it.0.year()) == Some(today.0.year()) {
                past?
            } else {
                ahead?
            };
        Some((end, Days::span(from, shift(from, &parts)?, &lengths::pattern(&parts))))
    }

    /// "rest of the week", "remaining of the month".
    fn rest(&self, at: usize) -> Found {
        if !self.is(at, &["rest", "remaining", "remainder"]) {
            return None;
        }
        let next = self.skip(at + 1, &["of"]);
        let next = self.skip(next, &["the", "this", "my"]);
        let next = self.skip(next, &["current"]);
        let today = self.now.day;
        let (last, more) = match self.low(next) {
            "week" => (monday(today).plus_days(6), 0),
            "month" => (Cal::holding(today, lexicon::Unit::Month).days()?.1, 1),
            "year" => (Cal::Year(today.0.year()).days()?.1, 1),
            _ => return None,
        };
        let length = today.days_until(last) + more;
        Some((next + 1, Days::span(today, last, &format!("P{length}D"))))
    }

    /// "week 31", "week 3 of 2027", "week 27 of last year".
    fn numbered_week(&self, at: usize) -> Found {
        let (n, _) = self.digits(self.after(at, "week")?).filter(|it| (1..=53).contains(&it.0))?;
        let end = at + 2;
        let of = self.after(end, "of");
        let told = of.and_then(|it| self.year(it));
        let turned = of.and_then(|it| self.turn_of(it, "year"));
        let this = self.now.day.0.year();
        let (end, year) = match (told, turned) {
            (Some((end, year)), _) => (end, year),
            (_, Some((end, steps))) => (end, this + steps as i16),
            _ => (end, this),
        };
        Some((end, week_of_year(year, n)?))
    }

    /// "the week of the 18th", "week of september.16th", "w/c feb 4", "the week commencing …", "month of …".
    fn week_of(&self, at: usize) -> Found {
        let start = self.skip(at, &["the"]);
        let month = self.low(start) == "month";
        let next = self.after(start, "w / c").or_else(|| {
            let end = self.after_any(start, &["week", "month"])?;
            if self.low(end) == "of" {
                return Some(end + 1);
            }
            let end = self.after_any(end, &["commencing", "starting", "beginning"])?;
            Some(self.skip(end, &["on"]))
        })?;
        let (end, date) = self.date(next).or_else(|| {
            let the = self.after(next, "the")?;
            let (end, day) = self.rank(the)?;
            Some((end, super::dates::Date::OfMonth(day as i8)))
        })?;
        let (pattern, past, future) = date.seen(self.now);
        let around = |day: Day| {
            if !month {
                return Some((monday(day), monday(day).plus_days(7)));
            }
            let first = Day::new(day.0.year(), day.0.month(), 1)?;
            Some((first, first.plus_months(1)))
        };
        let (past, future) = (past.and_then(around), future.and_then(around));
        Some((end, Days { pattern, past, future, base: Base::Other, part: None }))
    }

    /// "the first week of October", "third week next year", "the first 2 weeks of 2021", "the 9th month of next year".
    fn ranked_unit(&self, at: usize) -> Found {
        let start = self.skip(at, &["the"]);
        let (end, n) = match self.low(start) {
            "last" => (start + 1, -1),
            _ => self.rank(start).filter(|it| it.1 <= 53)?,
        };
        let counted = self.whole(end);
        let (end, count) = counted.map_or((end, 1), |it| it);
        let (end, unit) = self.unit(end)?;
        let next = self.skip(end, &["of", "in"]);
        let next = self.skip(next, &["the"]);
        if let Some((after, month)) = self.month(next).filter(|_| unit == Unit::Week && counted.is_none()) {
            let dot = self.skip(after, &["."]);
            let year = self.year(self.skip(dot, &[","]));
            let (after, year) = year.map_or((after, None), |it| (it.0, Some(it.1)));
            return Some((after, self.week_of_month(year, month, n)?));
        }
        if let Some((after, steps)) = self.turn_of(next, "month").filter(|_| unit == Unit::Week && counted.is_none()) {
            let month = self.now.day.plus_months(steps);
            return Some((after, self.week_of_month(Some(month.0.year()), month.0.month(), n)?));
        }
        let (after, year) = match (self.year(next), self.turn_of(next, "year")) {
            (Some((after, year)), _) => (after, year),
            (_, Some((after, steps))) => (after, self.now.day.0.year() + steps as i16),
            _ => return None,
        };
        let days = match (unit, counted.is_some()) {
            (Unit::Week, false) => week_of_year(year, if n < 0 { last_week(year)? } else { n })?,
            (Unit::Month, false) => Days::month(self.now.day, Some(year), if n < 0 { 12 } else { n as i8 })?,
            (_, true) if n == 1 || n == -1 => part_of_year(year, n < 0, count, unit)?,
            _ => return None,
        };
        Some((after, days))
    }

    fn week_of_month(&self, year: Option<i16>, month: i8, n: i64) -> Option<Days> {
        let this = self.now.day.0.year();
        let label = if n < 0 { 5 } else { n };
        let of = |year: i16| {
            let (first, last) = Cal::Month(year, month).days()?;
            // A week belongs to the month of its Thursday.
            let from = if n < 0 {
                monday(last.plus_days(-i64::from((last.0.weekday().to_monday_one_offset() + 3) % 7)))
            } else {
                let thursday = (4 - i64::from(first.0.weekday().to_monday_one_offset())).rem_euclid(7);
                monday(first.plus_days(thursday + 7 * (n - 1)))
            };
            Some((from, from.plus_days(7)))
        };
        if let Some(year) = year {
            let (from, to) = of(year)?;
            return Some(Days::known(format!("{year:04}-{month:02}-W{label:02}"), from, to, Base::Week(from)));
        }
        let years = || (this - 1..=this + 1).filter_map(of);
        let today = self.now.day;
        let (past, future) = (years().rfind(|it| it.0 < today), years().find(|it| it.0 >= today));
        Some(Days { pattern: format!("XXXX-{month:02}-W{label:02}"), past, future, base: Base::Other, part: None })
    }

    /// "October", "next June", "June 2016", "2016, nov", "June next year", "April of 87", "2015-3", "11/2016".
    fn month_stretch(&self, at: usize) -> Found {
        let today = self.now.day;
        if let Some(found) = self.digits_month(at) {
            return Some(found);
        }
        if let Some((next, steps)) = self.turn(at) {
            let (end, month) = self.month(next)?;
            let the = self.low(at) == "the";
            if self.is(next, &["may", "march"]) && !self.ends(end) {
                return None;
            }
            return (!the).then(|| Some((end, Days::month(today, Some(today.0.year() + steps as i16), month)?)))?;
        }
        if let Some((next, year)) = self.year(at) {
            let next = self.skip(next, &[",", "-", "/"]);
            let (end, month) = self.month(next)?;
            return Some((end, Days::month(today, Some(year), month)?));
        }
        let (end, month) = self.month(at)?;
        let next = self.skip(end, &[".", "-", "/"]);
        let next = self.skip(next, &[",", "of", "in"]);
        if let Some((after, year)) = self.year(next).filter(|it| self.closes_or_goes_on(it.0)) {
            return Some((after, Days::month(today, Some(year), month)?));
        }
        if let Some((after, steps)) = self.turn_of(next, "year") {
            return Some((after, Days::month(today, Some(today.0.year() + steps as i16), month)?));
        }
        if self.low(next.wrapping_sub(1)) == "of"
            && let Some((after, year)) = self.short_year(next)
        {
            return Some((after, Days::month(today, Some(year), month)?));
        }
        self.month_stands_alone(at, end).then(|| Some((end, Days::month(today, None, month)?)))?
    }

    /// "may" and "march" are months only where the words around say so.
    fn month_stands_alone(&self, at: usize, end: usize) -> bool {
        let lead = self.is(
            at.wrapping_sub(1),
            &[
                "in", "of", "since", "from", "to", "by", "the", "between", "until", "till", "and", "mid", "early",
                "late", "through", "-", "before", "after",
            ],
        );
        match self.low(at) {
            "may" | "march" | "mar" => {
                lead && self.ends(end) || self.is(end, &["to", "and", "through", "-"]) && self.bounds_month(end + 1)
            }
            "sep" | "dec" | "jan" if self.is(end, &["farming"]) => false,
            _ => true,
        }
    }

    fn bounds_month(&self, at: usize) -> bool {
        let at = self.skip(at, &["the"]);
        self.month(at).is_some() || self.is(at, &["middle", "end", "date", "now"])
    }

    /// "2015-3", "2016 / 11", "11-2016".
    fn digits_month(&self, at: usize) -> Found {
        let (first, long) = self.digits(at)?;
        if !self.is(at + 1, &["-", "/", "."]) {
            return None;
        }
        let (second, other) = self.digits(at + 2)?;
        if self.low(at + 1) == "." && !(self.glued(at + 1) && self.glued(at + 2))
            || self.low(at + 1) == "." && long != 4
        {
            return None;
        }
        let (year, month) = match (long, other) {
            (4, 1 | 2) => (first, second),
            (1 | 2, 4) => (second, first),
            _ => return None,
        };
        let fits = (1_500..2_200).contains(&year) && (1..=12).contains(&month);
        fits.then(|| Some((at + 3, Days::month(self.now.day, Some(year as i16), month as i8)?)))?
    }

    /// "this summer", "the spring of nineteen seventy eight", "summer 2016".
    fn season(&self, at: usize) -> Found {
        let (next, steps) = self.turn(at).map_or((at, None), |it| (it.0, Some(it.1)));
        let next = if steps.is_none() { self.skip(at, &["the"]) } else { next };
        let month = lexicon::season(self.low(next))
            .filter(|_| !self.is(next, &["fall", "spring"]) || steps.is_some() || next > at)?;
        let code = season_code(month);
        let year = self.year(self.skip(next + 1, &["of", ","]));
        let this = self.now.day.0.year();
        Some(match (steps, year) {
            (Some(steps), _) => (next + 1, Days::unplaced(format!("{}-{code}", this + steps as i16))),
            (_, Some((end, year))) => (end, Days::unplaced(format!("{year}-{code}"))),
            _ => (next + 1, Days::unplaced(code.to_owned())),
        })
    }

    /// "the third quarter of 2016", "Q3 this year", "2016H2", "next year's first quarter", "H1 2016".
    fn quarter(&self, at: usize) -> Found {
        let (next, before) = match (self.year(at), self.turn_of(at, "year")) {
            (Some((end, year)), _) => (self.skip(self.skip(end, &["-", ","]), &["the"]), Some(year)),
            (_, Some((end, steps))) => {
                (self.after(end, "' s").unwrap_or(end), Some(self.now.day.0.year() + steps as i16))
            }
            _ => (self.skip(at, &["the"]), None),
        };
        let (end, months, n) = self.quarter_name(next)?;
        let of = self.skip(end, &["of", "in", "-"]);
        let (end, year) = match (before, self.year(of), self.turn_of(of, "year"), self.after(of, "the year")) {
            (Some(year), ..) => (end, Some(year)),
            (_, Some((after, year)), ..) => (after, Some(year)),
            (_, _, Some((after, steps)), _) => (after, Some(self.now.day.0.year() + steps as i16)),
            (.., Some(after)) => (after, None),
            // "the first half" needs a year, "the third quarter" too.
            _ if months == 6 || self.digits(next + 1).is_none() => return None,
            _ => (end, None),
        };
        let first = (n - 1) * months + 1;
        let span =
            |year: i16| Some((Day::new(year, first as i8, 1)?, Day::new(year, first as i8, 1)?.plus_months(months)));
        if let Some(year) = year {
            let (from, to) = span(year)?;
            return Some((end, Days::span(from, to, &format!("P{months}M"))));
        }
        let this = self.now.day.0.year();
        let begun = span(this)?.0 < self.now.day;
        let (past, future) = if begun { (span(this), span(this + 1)) } else { (span(this - 1), span(this)) };
        let last = first + months;
        let pattern = format!("(XXXX-{first:02}-01,XXXX-{:02}-01,P{months}M)", (last - 1) % 12 + 1);
        Some((end, Days { pattern, past, future, base: Base::Other, part: None }))
    }

    fn quarter_name(&self, at: usize) -> Option<(usize, i64, i64)> {
        let (months, most) = match self.low(at) {
            "q" => (3, 4),
            "h" => (6, 2),
            _ => {
                let (end, n) = self.rank(at)?;
                return match self.low(end) {
                    "quarter" if n <= 4 => Some((end + 1, 3, n)),
                    "half" if n <= 2 => Some((end + 1, 6, n)),
                    _ => None,
                };
            }
        };
        let (n, _) = self.digits(at + 1).filter(|it| self.glued(at + 1) && (1..=most).contains(&it.0))?;
        Some((at + 2, months, n))
    }

    /// "2016", "year 247", "fiscal year 2008", "cy18".
    fn year_stretch(&self, at: usize) -> Found {
        if let Some(found) = self.kind_of_year(at, None) {
            return Some(found);
        }
        if self.low(at) == "year" {
            let (end, year) = self.whole(at + 1).filter(|it| (100..2_200).contains(&it.1))?;
            return Some((end, Days::year(year as i16, true)?));
        }
        let (end, year) = self.year(at)?;
        let digits = self.digits(at).is_some();
        let led = self.is(
            at.wrapping_sub(1),
            &[
                "in", "of", "since", "from", "to", "until", "till", "through", "between", "and", "before", "after",
                "by", "than", "year", "during", "for", "=", "or", "not", "sales",
            ],
        );
        let alone = self.ends(end)
            || self.is(end, &["and", "or", "to", "through", "till", "until", "was", "is", "were", "will"]);
        // "2000 pieces", "3000 of them" count things.
        let dated = (1_500..2_200).contains(&year) && (led || alone && self.low(end) != "$");
        (if digits { dated } else { led }).then(|| Some((end, Days::year(year, true)?)))?
    }

    /// "fiscal year 2008", "calendar year", "this school year", "sy18".
    fn kind_of_year(&self, at: usize, steps: Option<i64>) -> Found {
        let (end, letter) = match self.low(at) {
            "fiscal" if self.low(at + 1) == "year" => (at + 2, "FY"),
            "school" if self.low(at + 1) == "year" => (at + 2, "SY"),
            "calendar" if self.low(at + 1) == "year" => (at + 2, ""),
            "fy" => (at + 1, "FY"),
            "sy" => (at + 1, "SY"),
            "cy" => (at + 1, ""),
            _ => return None,
        };
        let told = self.year(end).or_else(|| self.short_year(end).filter(|_| self.glued(end)));
        let this = self.now.day.0.year();
        let (end, year) = match (steps, told) {
            (Some(steps), _) => (end, Some(this + steps as i16)),
            (None, Some((after, year))) => (after, Some(year)),
            _ => (end, None),
        };
        match (letter, year) {
            ("", Some(year)) => Some((end, Days::year(year, true)?)),
            ("", None) => None,
            (letter, Some(year)) => Some((end, Days::unplaced(format!("{letter}{year}")))),
            (letter, None) => (end > at + 1).then(|| (end, Days::unplaced(format!("{letter}XXXX")))),
        }
    }

    /// "the 1970s", "the '40s", "nineties", "the two thousand and tens", "the noughties", "15th century".
    fn decade(&self, at: usize) -> Found {
        let start = self.skip(at, &["the"]);
        if let Some((end, n)) = self.rank(start).filter(|it| self.low(it.0) == "century" && it.1 < 90) {
            let (from, to) = (Day::new((n as i16 - 1) * 100, 1, 1)?, Day::new(n as i16 * 100, 1, 1)?);
            return (start == at).then(|| (end + 1, Days::span(from, to, "P100Y")));
        }
        if self.low(start) == "noughties" {
            return Some((start + 1, ten_years(2_000)?));
        }
        let mark = self.skip(start, &["'"]);
        if let Some((value, length)) = self.digits(mark).filter(|it| it.0 % 10 == 0 && matches!(it.1, 2 | 4)) {
            let end = self.after(mark + 1, "' s").or_else(|| self.after(mark + 1, "s"))?;
            if length == 4 {
                return (1_000..2_200).contains(&value).then(|| Some((end, ten_years(value as i16)?)))?;
            }
            return Some((end, tens(value as i16)?));
        }
        let (end, century) = match self.low(start) {
            "nineteen" => (start + 1, Some(1_900)),
            "eighteen" => (start + 1, Some(1_800)),
            "twenty" if self.is(start + 1, &["-"]) || self.is(start + 1, &["tens"]) => {
                (self.skip(start + 1, &["-"]), Some(2_000))
            }
            "two" => {
                if self.low(start + 1) == "thousands" {
                    return Some((start + 2, ten_years(2_000)?));
                }
                (self.after(start, "two thousand and")?, Some(2_000))
            }
            _ => (start, None),
        };
        let ten = match self.low(end) {
            "tens" if century.is_some() => 10,
            word => aver_model::number_words::small(&format!("{}y", word.strip_suffix("ies")?))? as i16,
        };
        Some((end + 1, century.map_or_else(|| tens(ten), |it| ten_years(it + ten))?))
    }
}

/// The quarter, decade or century so many steps from the one that holds a day.
fn aligned(day: Day, steps: i64, months: i64) -> Days {
    let from = aligned_first(day, months).plus_months(months * steps);
    let unit = if months == 3 { "P3M".to_owned() } else { format!("P{}Y", months / 12) };
    Days::span(from, from.plus_months(months), &unit)
}

fn aligned_first(day: Day, months: i64) -> Day {
    let all = i64::from(day.0.year()) * 12 + i64::from(day.0.month()) - 1;
    let first = Day::new(day.0.year(), day.0.month(), 1).unwrap_or(day);
    first.plus_months(-(all.rem_euclid(months)))
}

/// The nth week of a year, as ISO 8601 counts.
fn week_of_year(year: i16, n: i64) -> Option<Days> {
    let first = monday(Day::new(year, 1, 4)?).plus_days(7 * (n - 1));
    let mut days = Days::week(first)?;
    days.pattern = format!("{year:04}-W{n:02}");
    Some(days)
}

fn last_week(year: i16) -> Option<i64> {
    Some(i64::from(Day::new(year, 12, 28)?.0.iso_week_date().week()))
}

/// "the first 2 weeks of 2021", "the last four months of 2021".
fn part_of_year(year: i16, last: bool, count: i64, unit: Unit) -> Option<Days> {
    let (from, to) = match unit {
        Unit::Week => {
            let weeks = last_week(year)?;
            let first = monday(Day::new(year, 1, 4)?);
            let from = if last { first.plus_days(7 * (weeks - count)) } else { first };
            (from, from.plus_days(7 * count))
        }
        Unit::Month | Unit::Day | Unit::Quarter if last => {
            let end = Day::new(year + 1, 1, 1)?;
            (plus(end, count as f64, unit, -1)?, end)
        }
        Unit::Month | Unit::Day | Unit::Quarter => {
            let from = Day::new(year, 1, 1)?;
            (from, plus(from, count as f64, unit, 1)?)
        }
        _ => return None,
    };
    Some(Days::span(from, to, &lengths::pattern(&[(count as f64, unit)])))
}

fn ten_years(from: i16) -> Option<Days> {
    Some(Days::span(Day::new(from, 1, 1)?, Day::new(from + 10, 1, 1)?, "P10Y"))
}

/// "the 70s": of the last century or of this one.
fn tens(short: i16) -> Option<Days> {
    let span = |from: i16| Some((Day::new(from, 1, 1)?, Day::new(from + 10, 1, 1)?));
    let century = full_year(short) / 100 * 100;
    let pattern = format!("(XX{short:02}-01-01,XX{:02}-01-01,P10Y)", (short + 10) % 100);
    if century == 2_000 {
        return Some(Days {
            pattern,
            past: span(2_000 + short),
            future: span(2_000 + short),
            base: Base::Other,
            part: None,
        });
    }
    Some(Days { pattern, past: span(1_900 + short), future: span(2_000 + short), base: Base::Other, part: None })
}
