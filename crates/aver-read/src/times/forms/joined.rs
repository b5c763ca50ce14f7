//! A day together with a time: "tomorrow at 8.30pm", "3pm on Tuesday", "this evening", "in 5 minutes", "end of today".

use super::clocks::{Clock, Part, between, hour_readings, part};
use super::dates::Date;
use super::scan::Scan;
use super::{Draft, Edge, Kind, Moment, Seen, lengths};
use aver_model::Day;

impl Scan<'_> {
    /// A day with a time, or a stretch of hours.
    pub(super) fn joined(&self, at: usize) -> Option<Draft> {
        let rules: [fn(&Self, usize) -> Option<Draft>; 8] = [
            Self::present,
            Self::minutes_away,
            Self::counted_hours,
            Self::end_of_day,
            Self::date_then_time,
            Self::time_then_date,
            Self::part_today,
            Self::moment_range,
        ];
        rules
            .iter()
            .filter_map(|rule| rule(self, at))
            .filter(|it| self.closes(it.end))
            .reduce(|a, b| if b.end > a.end { b } else { a })
    }

    /// "now", "at the moment".
    fn present(&self, at: usize) -> Option<Draft> {
        let phrases = [
            "right now",
            "now",
            "at the moment",
            "at the minute",
            "at present",
            "at this time",
            "as soon as possible",
            "asap",
        ];
        let end = self.after(at, "at the present time").or_else(|| self.after_any(at, &phrases))?;
        let seen = Seen {
            pattern: if self.is(at, &["asap"]) || self.low(end - 1) == "possible" {
                "FUTURE_REF"
            } else {
                "PRESENT_REF"
            }
            .into(),
            past: Some((self.now, self.now)),
            future: Some((self.now, self.now)),
        };
        Some(Draft::new(end, Kind::Moment, vec![seen]))
    }

    /// "in 5 minutes", "3 min later", "half an hour ago".
    fn minutes_away(&self, at: usize) -> Option<Draft> {
        let within = self.low(at) == "in";
        let (end, parts) = self.parts(at + usize::from(within))?;
        if !parts.iter().all(|it| it.1.below_day()) {
            return None;
        }
        let (end, sign) = if within {
            (end, 1)
        } else {
            let later = self.after_any(end, &["later", "from now"]).filter(|it| !self.is(*it, &["this", "in"]));
            match later {
                Some(end) => (end, 1),
                None => (self.after_any(end, &["ago", "earlier", "before now"])?, -1),
            }
        };
        let seconds: f64 = parts.iter().map(|it| it.0 * it.1.seconds() as f64).sum();
        let moment = self.now.plus(seconds as i64 * sign);
        let seen = Seen { pattern: exact(moment), past: Some((moment, moment)), future: Some((moment, moment)) };
        Some(Draft::new(end, Kind::Moment, vec![seen]))
    }

    /// "next hour", "past 2 hours", "the 5 coming minutes", "within 2h".
    fn counted_hours(&self, at: usize) -> Option<Draft> {
        let within = self.after(at, "within").map(|it| self.skip(self.skip(it, &["the"]), &["next"]));
        let (end, parts, steps) = if let Some(next) = within {
            let (end, parts) = self.parts(next)?;
            (end, parts, 1)
        } else if let Some((next, steps)) = self.turn(at).filter(|it| it.1 != 0 && self.low(at) != "the") {
            let (end, count) = self.count(next).unwrap_or((next, 1.0));
            let (end, unit) = self.unit(end)?;
            (end, vec![(count, unit)], steps)
        } else {
            let (end, count) = self.count(at)?;
            let (end, steps) = self.turn(end).filter(|it| it.1 != 0 && self.low(it.0).ends_with('s'))?;
            let (end, unit) = self.unit(end)?;
            (end, vec![(count, unit)], steps)
        };
        if !parts.iter().all(|it| it.1.below_day()) {
            return None;
        }
        let seconds: f64 = parts.iter().map(|it| it.0 * it.1.seconds() as f64).sum();
        let other = self.now.plus(seconds as i64 * steps);
        let (from, to) = if steps > 0 { (self.now, other) } else { (other, self.now) };
        let pattern = format!("({},{},{})", exact(from), exact(to), lengths::pattern(&parts));
        let seen = Seen { pattern, past: Some((from, to)), future: Some((from, to)) };
        Some(Draft::new(end, Kind::Moments, vec![seen]))
    }

    /// "end of tomorrow", "end of the Sunday", "eod".
    fn end_of_day(&self, at: usize) -> Option<Draft> {
        let last = Clock { hour: 23, minute: Some(59), second: Some(59), fixed: true };
        let the = self.skip(at, &["the"]);
        let today = Date::of(self.now.day);
        if self.low(the) == "eod" {
            return Some(self.at_clock(the + 1, today, last));
        }
        let start = if self.is(at + 2, &["of"]) { the } else { at };
        let next = self.after(start, "end of")?;
        if let Some(end) = self.after_any(next, &["the day", "day"]) {
            return Some(self.at_clock(end, today, last)).filter(|_| start == at);
        }
        let (end, date) = self.date(next).or_else(|| self.date(self.after(next, "the")?))?;
        Some(self.at_clock(end, date, last))
    }

    fn at_clock(&self, end: usize, date: Date, clock: Clock) -> Draft {
        let seen = clock.readings().into_iter().map(|it| self.dated_clock(date, it)).collect();
        Draft::new(end, Kind::Moment, seen)
    }

    fn dated_clock(&self, date: Date, clock: Clock) -> Seen {
        let (pattern, past, future) = date.seen(self.now);
        let on = |day: Option<Day>| {
            day.map(|day| {
                let at = Moment::at_dawn(day).plus(clock.seconds());
                (at, at)
            })
        };
        Seen { pattern: format!("{pattern}{}", clock.pattern()), past: on(past), future: on(future) }
    }

    pub(super) fn at_hours(&self, end: usize, date: Date, from: Clock, to: Clock) -> Draft {
        Draft::new(end, Kind::Moments, vec![self.dated_hours(date, from, to)])
    }

    fn dated_hours(&self, date: Date, from: Clock, to: Clock) -> Seen {
        let (pattern, past, future) = date.seen(self.now);
        let next = if to.hour >= 24 { next_day(date) } else { date };
        let (second, _, _) = next.seen(self.now);
        let on = |day: Option<Day>| {
            day.map(|day| {
                let dawn = Moment::at_dawn(day);
                (dawn.plus(from.seconds()), dawn.plus(to.seconds()))
            })
        };
        let length = between(to.seconds() - from.seconds());
        let pattern = format!("({pattern}{},{second}{},{length})", from.pattern(), to.pattern());
        Seen { pattern, past: on(past), future: on(future) }
    }

    fn in_part(&self, end: usize, date: Date, (code, from, to): Part, edge: Option<&'static str>) -> Draft {
        let (pattern, past, future) = date.seen(self.now);
        let on = |day: Option<Day>| day.map(|day| (Moment::at_dawn(day).plus(from), Moment::at_dawn(day).plus(to)));
        let seen = Seen { pattern: format!("{pattern}T{code}"), past: on(past), future: on(future) };
        let edge = Edge { part: edge, ..Edge::default() };
        Draft { end, kind: Kind::Moments, edge, seen: vec![seen] }
    }

    /// "tomorrow at 8.30pm", "Tuesday from 2:00 to 2:30 pm", "tuesday in the morning", "Wednesday evening next week".
    fn date_then_time(&self, at: usize) -> Option<Draft> {
        let (end, date) = self.date(at)?;
        let open =
            if self.low(end) == "(" && self.weekday(end + 1).is_some() { self.after(end + 2, ")")? } else { end };
        let comma = self.skip(open, &[",", "@", "-"]);
        let mut best = self.time_behind(comma, date);
        // The "at" goes before the time, the "for" before its length too.
        for lead in ["at", "for", "around", "@"] {
            if self.low(comma) == lead {
                let draft = self.time_behind(comma + 1, date);
                best = longer(best, draft);
            }
        }
        if let Some((after, part, edge)) = self.day_part(comma).filter(|_| self.low(comma) != "at") {
            let turned = match (date, self.turn_of(after, "week")) {
                (Date::Weekday(weekday), Some((end, weeks))) => {
                    let day = super::dates::of_week(self.now.day, weekday).plus_days(7 * weeks);
                    Some(self.in_part(end, Date::of(day), part, edge))
                }
                _ => None,
            };
            let meal = part.0.len() == 3;
            if !meal {
                best = longer(best, turned.or_else(|| Some(self.in_part(after, date, part, edge))));
            }
        }
        if self.is(comma, &["am", "pm"]) && !self.is(end.wrapping_sub(1), &["now"]) && self.digits(end - 1).is_none() {
            let code = if self.low(comma) == "am" { "MO" } else { "AF" };
            best = longer(best, Some(self.in_part(comma + 1, date, part(code), None)));
        }
        self.ranked_with_time(at).into_iter().fold(best, |a, b| longer(a, Some(b)))
    }

    fn time_behind(&self, at: usize, date: Date) -> Option<Draft> {
        if let Some((end, from, to)) = self.hours(at, true) {
            let seen = hour_readings(from, to).into_iter().map(|(a, b)| self.dated_hours(date, a, b)).collect();
            return Some(Draft::new(end, Kind::Moments, seen));
        }
        if let Some((end, from, to)) = self.hours_lasting(at) {
            return Some(self.at_hours(end, date, from, to));
        }
        let led = self.is(at.wrapping_sub(1), &["at", "around", "@"]);
        let words = self.digits(at).is_none();
        let minutes = self.clock(at, true).filter(|it| it.1.minute.is_some()).is_some();
        let (end, clock) = self.clock(at, led || words && minutes)?;
        // A year may follow the time: "Wed Oct 26 15:50:06 2016".
        if let (Date::Yearless(month, day), Some((after, year))) =
            (date, self.year(end).filter(|_| self.digits(end).is_some()))
        {
            return Some(self.at_clock(after, Date::Full(year, month, day), clock));
        }
        Some(self.at_clock(end, date, clock))
    }

    /// "the first Monday 1pm to 3pm of next month", "first Monday evening of next month".
    fn ranked_with_time(&self, at: usize) -> Option<Draft> {
        let (end, n) = self.rank(at).filter(|it| it.1 <= 5)?;
        let (end, weekday) = self.weekday(end)?;
        let of_month = |at: usize| {
            let (end, steps) = self.turn_of(self.after(at, "of")?, "month")?;
            let month = self.now.day.plus_months(steps);
            let (year, month) = (Some(month.0.year()), month.0.month());
            Some((end, Date::Nth { year, month, weekday, n: n as i8 }))
        };
        if let Some((after, part, edge)) = self.day_part(end) {
            let (after, date) = of_month(after)?;
            return Some(self.in_part(after, date, part, edge));
        }
        let (after, from, to) = self.hours(end, true)?;
        let (after, date) = of_month(after)?;
        let (from, to) = *hour_readings(from, to).first()?;
        Some(self.at_hours(after, date, from, to))
    }

    /// "3pm on Tuesday", "from 5 to 6pm of April 22", "five to seven today", "12:30 december 27th".
    fn time_then_date(&self, at: usize) -> Option<Draft> {
        let date_at = |end: usize| {
            let next = self.skip(end, &["on", "of", ",", "for"]);
            let (after, date) = self.date(next)?;
            // "10am-12am tomorrow" has its own day before.
            Some((after, date))
        };
        let start = self.skip(at, &["at"]);
        if let Some((end, from, to)) = self.hours(at, true).filter(|_| self.low(at) != "at")
            && let Some((end, date)) = date_at(end)
        {
            let seen: Vec<Seen> =
                hour_readings(from, to).into_iter().map(|(a, b)| self.dated_hours(date, a, b)).collect();
            return Some(Draft::new(end, Kind::Moments, seen));
        }
        let dotted = self.low(start + 1) == ".";
        if start > at && !dotted {
            return None;
        }
        let loose = self.clock(start, false).is_none()
            && self.clock(start, true).is_some_and(|it| it.1.minute.is_none() || self.digits(start).is_some());
        let (end, clock) = self.clock(start, true)?;
        if let Some(end) = self.after_any(self.skip(end, &[","]), &["tonight"]) {
            return Some(self.at_clock(end, Date::of(self.now.day), tonight(clock)));
        }
        if loose {
            return None;
        }
        if let Some((after, part, _)) = self.led_part(self.skip(end, &["on"])) {
            let clock = if clock.fixed { clock } else { clock.half(part.0 != "MO") };
            return Some(self.at_clock(after.0, after.1, clock));
        }
        let (end, date) = date_at(end)?;
        // "8am this morning", "five-thirty tomorrow evening"
        if let Some((after, part, _)) = self.day_part(end) {
            let clock = if clock.fixed { clock } else { clock.half(part.0 != "MO") };
            return Some(self.at_clock(after, date, clock));
        }
        Some(self.at_clock(end, date, clock))
    }

    /// "this morning", "last night", "that evening": the end and day, and the part.
    fn led_part(&self, at: usize) -> Option<((usize, Date), Part, Option<&'static str>)> {
        let (next, edge) = match self.low(at) {
            "early" => (at + 1, Some("start")),
            "late" | "later" => (at + 1, Some("end")),
            _ => (at, None),
        };
        let day = match self.low(next) {
            "this" => self.now.day,
            "last" | "previous" => self.now.day.plus_days(-1),
            "next" | "following" => self.now.day.plus_days(1),
            _ => return None,
        };
        let (end, code) = self.part_code(next + 1)?;
        let (code, from, to) = part(code);
        let middle = (from + to) / 2;
        let part = match edge {
            Some("start") => (code, from, middle),
            Some(_) => (code, middle, to),
            None => (code, from, to),
        };
        (!self.low(next + 1).ends_with('s')).then(|| ((end, Date::of(day)), part, edge))
    }

    /// "this evening", "tonight", "last night at 8", "tonight at 7", "mid today", "later in today".
    fn part_today(&self, at: usize) -> Option<Draft> {
        if self.is(at, &["tonight", "tonite"]) {
            let today = Date::of(self.now.day);
            let next = self.skip(at + 1, &["at", "around"]);
            if let Some((end, clock)) = self.clock(next, next > at + 1) {
                return Some(self.at_clock(end, today, tonight(clock)));
            }
            return Some(self.in_part(at + 1, today, part("NI"), None));
        }
        if let Some(((end, date), part, edge)) = self.led_part(at) {
            let next = self.skip(end, &["at", "around"]);
            if let Some((end, clock)) = self.clock(next, next > end) {
                let clock = if clock.fixed { clock } else { clock.half(part.0 != "MO") };
                return Some(self.at_clock(end, date, clock));
            }
            return Some(self.in_part(end, date, part, edge));
        }
        let (from, to, edge) = match self.low(at) {
            "early" => (0, 12, "start"),
            "mid" => (10, 14, "mid"),
            "late" | "later" => (12, 24, "end"),
            _ => return None,
        };
        let in_day = self.after_any(at + 1, &["in the day", "in"]).unwrap_or(at + 1);
        let (end, date) = self.date(in_day)?;
        let plain = self.is(in_day, &["today", "tomorrow", "yesterday"]) || self.low(in_day - 1) == "day";
        let (pattern, _, future) = date.seen(self.now);
        let dawn = Moment::at_dawn(future?);
        let whole = Some((dawn.plus(from * 3_600), dawn.plus(to * 3_600)));
        let seen = Seen { pattern, past: whole, future: whole };
        let edge = Edge { part: Some(edge), ..Edge::default() };
        plain.then(|| Draft { end, kind: Kind::Moments, edge, seen: vec![seen] })
    }

    /// "from 2pm till tomorrow 4:30pm", "from now until 3 min later", "a day starting this Friday at 5 pm".
    fn moment_range(&self, at: usize) -> Option<Draft> {
        if let Some((end, parts)) = self.parts(at) {
            let next = self.after_any(end, &["starting", "starting from", "beginning"])?;
            let from = self.date_then_time(next).filter(|it| it.kind == Kind::Moment)?;
            let start = from.seen.first()?.future?.0;
            let seconds: f64 = parts.iter().map(|it| it.0 * it.1.seconds() as f64).sum();
            let to = start.plus(seconds as i64);
            let pattern = format!("({},{},{})", exact(start), exact(to), lengths::pattern(&parts));
            let seen = Seen { pattern, past: Some((start, to)), future: Some((start, to)) };
            return Some(Draft::new(from.end, Kind::Moments, vec![seen]));
        }
        let lead = self.skip(at, &["from", "between"]);
        let (end, from) = self.moment_at(lead)?;
        let joint = self.is(end, &["to", "till", "until", "through", "-"])
            || self.low(at) == "between" && self.low(end) == "and";
        // Two times of the day are a stretch of hours, not of this day's.
        let bare = |from: usize, end: usize| self.clock(from, true).is_some_and(|it| it.0 == end);
        let first = bare(lead, end);
        let (end, to) = self.moment_at(end + 1).filter(|it| joint && !(first && bare(end + 1, it.0)))?;
        let (a, b) = (from.past?.0, to.past?.0);
        if a >= b || from.past != from.future || to.past != to.future {
            return None;
        }
        let seconds = a.day.days_until(b.day) * 86_400 + b.second - a.second;
        let pattern = format!("({},{},{})", from.pattern, to.pattern, between(seconds));
        let seen = Seen { pattern, past: Some((a, b)), future: Some((a, b)) };
        (lead > at || from.pattern != "PRESENT_REF").then(|| Draft::new(end, Kind::Moments, vec![seen]))
    }

    /// A moment at an end of a range: a time alone is today's.
    fn moment_at(&self, at: usize) -> Option<(usize, Seen)> {
        let single = |draft: Draft| {
            (draft.kind == Kind::Moment && draft.seen.len() == 1).then(|| (draft.end, draft.seen[0].clone()))
        };
        let drafts = [self.present(at), self.minutes_away(at), self.date_then_time(at), self.time_then_date(at)];
        if let Some(found) = drafts.into_iter().flatten().filter_map(single).max_by_key(|it| it.0) {
            return Some(found);
        }
        let (end, clock) = self.clock(at, false).filter(|it| it.1.fixed)?;
        Some((end, self.dated_clock(Date::of(self.now.day), clock)))
    }
}

/// The longer of two drafts.
fn longer(a: Option<Draft>, b: Option<Draft>) -> Option<Draft> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.end > a.end { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// "tonight at 7" is in the evening, "tonight at 2" is written so.
fn tonight(clock: Clock) -> Clock {
    if clock.fixed { clock } else { clock.half((5..12).contains(&clock.hour)) }
}

fn next_day(date: Date) -> Date {
    match date {
        Date::Weekday(weekday) => Date::Weekday(weekday % 7 + 1),
        Date::Full(year, month, day) => Day::new(year, month, day).map_or(date, |it| Date::of(it.plus_days(1))),
        other => other,
    }
}

/// `2016-11-07T16:12:00`.
fn exact(moment: Moment) -> String {
    let (hour, minute, second) = (moment.second / 3_600, moment.second / 60 % 60, moment.second % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}", moment.day)
}
