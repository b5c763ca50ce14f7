//! Times of the day: "5:30 pm", "half past seven", "noon", "in the morning at 7", and stretches of the day.

use super::scan::Scan;
use super::{Draft, Edge, Kind, Moment, Seen};

/// A time of the day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i64,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    /// Morning or afternoon is told.
    pub(super) fixed: bool,
}

impl Clock {
    fn full(hour: i64) -> Clock {
        Clock { hour, minute: None, second: None, fixed: true }
    }

    /// `T17:30`.
    pub(super) fn pattern(self) -> String {
        let hour = self.hour % 24;
        match (self.minute, self.second) {
            (Some(minute), Some(second)) => format!("T{hour:02}:{minute:02}:{second:02}"),
            (Some(minute), None) => format!("T{hour:02}:{minute:02}"),
            _ => format!("T{hour:02}"),
        }
    }

    /// Seconds since midnight; above a day's for hours of the next.
    pub(super) fn seconds(self) -> i64 {
        self.hour * 3_600 + self.minute.unwrap_or(0) * 60 + self.second.unwrap_or(0)
    }

    /// Both times that "5:30" may be; the one told, if told.
    pub(super) fn readings(self) -> Vec<Clock> {
        if self.fixed || self.hour > 12 || self.hour == 0 {
            return vec![self];
        }
        if self.hour == 12 {
            return vec![self, Clock { hour: 0, ..self }];
        }
        vec![self, Clock { hour: self.hour + 12, ..self }]
    }

    /// The time in the morning or in the afternoon.
    pub(super) fn half(self, afternoon: bool) -> Clock {
        let hour = match (self.hour, afternoon) {
            (12, false) => 0,
            (1..=11, true) => self.hour + 12,
            (hour, _) => hour,
        };
        Clock { hour, fixed: true, ..self }
    }
}

/// A part of the day: its code, first second, end.
pub(super) type Part = (&'static str, i64, i64);

const HOUR: i64 = 3_600;

/// Returns the part of the day that a code names.
pub(super) fn part(code: &'static str) -> Part {
    let (from, to) = match code {
        "MO" => (8 * HOUR, 12 * HOUR),
        "AF" => (12 * HOUR, 16 * HOUR),
        "EV" => (16 * HOUR, 20 * HOUR),
        "DT" => (8 * HOUR, 18 * HOUR),
        "NT" => (0, 8 * HOUR),
        "MEB" => (8 * HOUR, 12 * HOUR),
        "MEL" => (11 * HOUR, 13 * HOUR),
        "MED" => (16 * HOUR, 20 * HOUR),
        _ => (20 * HOUR, 24 * HOUR - 1),
    };
    (code, from, to)
}

impl Scan<'_> {
    /// A time of the day as a form of its own.
    pub(super) fn clock_form(&self, at: usize) -> Option<Draft> {
        if let Some((end, from, to)) = self.hours(at, false) {
            let seen = hour_readings(from, to).iter().map(|(from, to)| self.hours_seen(*from, *to)).collect();
            return Some(Draft::new(end, Kind::Hours, seen));
        }
        if let Some((end, from, to)) = self.hours_lasting(at) {
            return Some(Draft::new(end, Kind::Hours, vec![self.hours_seen(from, to)]));
        }
        let start = self.skip(at, &["at"]);
        let dotted = start > at && self.low(start + 1) == "." && self.digits(start + 2).is_some();
        if let Some((end, clock)) = self.clock(start, false) {
            let seen = clock.readings().into_iter().map(|it| self.clock_seen(it)).collect();
            // The "at" stays outside unless it makes the time one: "at 6.45".
            return (start == at || dotted).then(|| Draft::new(end, Kind::Clock, seen));
        }
        if let Some((end, clock)) = self.bare_hour(at) {
            let seen = clock.readings().into_iter().map(|it| self.clock_seen(it)).collect();
            return Some(Draft::new(end, Kind::Clock, seen));
        }
        self.part_form(at)
    }

    /// "at 6." where nothing else makes the number an hour.
    fn bare_hour(&self, at: usize) -> Option<(usize, Clock)> {
        if self.before(at) != "at" || self.low(at + 1) == "." && self.digits(at + 2).is_some() {
            return None;
        }
        let (end, hour) = self.hour_number(at)?;
        (self.ends(end) && !self.is(end, &["%", "-", "/", ":"]))
            .then_some((end, Clock { hour, minute: None, second: None, fixed: false }))
    }

    fn moment(&self, seconds: i64) -> Moment {
        Moment::at_dawn(self.now.day).plus(seconds)
    }

    fn clock_seen(&self, clock: Clock) -> Seen {
        let at = self.moment(clock.seconds());
        Seen { pattern: clock.pattern(), past: Some((at, at)), future: Some((at, at)) }
    }

    pub(super) fn hours_seen(&self, from: Clock, to: Clock) -> Seen {
        let pattern = format!("({},{},{})", from.pattern(), to.pattern(), between(to.seconds() - from.seconds()));
        let whole = Some((self.moment(from.seconds()), self.moment(to.seconds())));
        Seen { pattern, past: whole, future: whole }
    }

    /// "in the morning", "late afternoon", "at lunchtime".
    fn part_form(&self, at: usize) -> Option<Draft> {
        let (end, (code, from, to), edge) = self.day_part(at)?;
        let whole = Some((self.moment(from), self.moment(to)));
        let seen = Seen { pattern: format!("T{code}"), past: whole, future: whole };
        Some(Draft { end, kind: Kind::Hours, edge: Edge { part: edge, ..Edge::default() }, seen: vec![seen] })
    }

    /// A part of the day, early or late in it.
    pub(super) fn day_part(&self, at: usize) -> Option<(usize, Part, Option<&'static str>)> {
        let (next, edge) = match self.low(at) {
            "early" => (at + 1, Some("start")),
            "late" | "later" => (at + 1, Some("end")),
            _ => (at, None),
        };
        let lead = self.skip(next, &["in", "at"]);
        let the = self.skip(lead, &["the"]);
        if the > lead && lead == next {
            return None;
        }
        let (end, code) = self.part_code(the)?;
        if self.low(the).ends_with('s') && !(self.before(the) == "the") {
            return None;
        }
        if self.is(end, &["?", "!"]) && self.is(at.wrapping_sub(1), &["good"]) || self.before(at) == "good" {
            return None;
        }
        let meal = code.starts_with('M') && code.len() == 3;
        if meal && lead == next && !self.low(the).ends_with("time") {
            return None;
        }
        let (code, from, to) = part(code);
        let middle = (from + to) / 2;
        Some(match edge {
            Some("start") => (end, (code, from, middle), edge),
            Some(_) => (end, (code, middle, to), edge),
            None => (end, (code, from, to), None),
        })
    }

    /// The code of "morning", "nights", "lunchtime".
    pub(super) fn part_code(&self, at: usize) -> Option<(usize, &'static str)> {
        if let Some(end) = self.after_any(at, &["night - time", "night time"]) {
            return Some((end, "NT"));
        }
        let code = match self.low(at) {
            "morning" | "mornings" => "MO",
            "afternoon" | "afternoons" => "AF",
            "evening" | "evenings" => "EV",
            "night" | "nights" => "NI",
            "daytime" => "DT",
            "nighttime" => "NT",
            "breakfast" => "MEB",
            "lunch" | "lunchtime" => "MEL",
            "dinner" | "dinnertime" => "MED",
            _ => return None,
        };
        Some((at + 1, code))
    }

    /// A number that can be an hour.
    pub(super) fn hour_number(&self, at: usize) -> Option<(usize, i64)> {
        if let Some((value, length)) = self.digits(at) {
            return (length <= 2 && value <= 24).then_some((at + 1, value));
        }
        let value = aver_model::number_words::small(self.low(at))? as i64;
        (1..=12).contains(&value).then_some((at + 1, value))
    }

    /// A time of the day. `loose`: beside a date or inside "from … to …" a bare hour is one.
    pub(super) fn clock(&self, at: usize, loose: bool) -> Option<(usize, Clock)> {
        let led = self.part_then_clock(at);
        let rules: [fn(&Self, usize, bool) -> Option<(usize, Clock)>; 4] =
            [Self::named_time, Self::past_hour, Self::printed_time, Self::spelt_time];
        let best = rules.iter().filter_map(|rule| rule(self, at, loose)).reduce(|a, b| if b.0 > a.0 { b } else { a });
        match (led, best) {
            (Some(led), Some(best)) if best.0 >= led.0 => Some(self.with_part(best)),
            (Some(led), _) => Some(led),
            (None, best) => best.map(|it| self.with_part(it)),
        }
    }

    /// "in the morning at 7", "early morning at 8:00", "this …" is read beside dates.
    fn part_then_clock(&self, at: usize) -> Option<(usize, Clock)> {
        let (end, part, _) = self.day_part(at)?;
        let next = self.skip(end, &["at", "around"]);
        let (end, clock) = self.timed(next, next > end)?;
        Some((end, in_part(clock, part.0)))
    }

    fn timed(&self, at: usize, loose: bool) -> Option<(usize, Clock)> {
        self.past_hour(at, loose).or_else(|| self.printed_time(at, loose)).or_else(|| self.spelt_time(at, loose))
    }

    /// "7 in the evening", "8:00 early morning".
    fn with_part(&self, (end, clock): (usize, Clock)) -> (usize, Clock) {
        if clock.fixed {
            return (end, clock);
        }
        match self.day_part(end) {
            Some((after, part, _)) if self.low(end) != "at" => (after, in_part(clock, part.0)),
            _ => (end, clock),
        }
    }

    /// "noon", "12 noon", "midnight", "mid night", "noonish".
    fn named_time(&self, at: usize, _: bool) -> Option<(usize, Clock)> {
        let start = if self.low(at) == "12" { at + 1 } else { at };
        match self.low(start) {
            "noon" | "noonish" | "midday" => return Some((start + 1, Clock::full(12))),
            "midnight" => return Some((start + 1, Clock::full(0))),
            _ => {}
        }
        let night = self.after_any(at, &["mid night", "mid - night"]);
        let noon = || self.after_any(at, &["mid day", "mid - day"]);
        night.map(|it| (it, Clock::full(0))).or_else(|| noon().map(|it| (it, Clock::full(12))))
    }

    /// "half past seven", "20 min past eight", "quarter to 5", "thirty-six minutes past eight".
    fn past_hour(&self, at: usize, _: bool) -> Option<(usize, Clock)> {
        let (end, minutes) = match self.low(at) {
            "half" => (at + 1, 30),
            "quarter" => (at + 1, 15),
            "a" if self.low(at + 1) == "quarter" => (at + 2, 15),
            _ => {
                let (end, minutes) =
                    self.day_number(at).map(|it| (it.0, i64::from(it.1))).or_else(|| self.whole(at))?;
                (self.skip(end, &["min", "mins", "minute", "minutes"]), minutes)
            }
        };
        let to = match self.low(end) {
            "past" => false,
            "to" if self.is(at, &["half", "quarter", "a"])
                || self.is(end - 1, &["min", "mins", "minute", "minutes"]) =>
            {
                true
            }
            _ => return None,
        };
        let (end, hour) = self.hour_number(end + 1)?;
        let (end, fixed) = self.meridiem(end).map_or((end, None), |it| (it.0, it.1));
        let end = self.oclock(end).unwrap_or(end);
        let (hour, minute) = if to { ((hour + 10) % 12 + 1, 60 - minutes) } else { (hour, minutes) };
        let clock = Clock { hour, minute: Some(minute), second: None, fixed: false };
        (minute < 60).then(|| (end, fixed.map_or(clock, |it| clock.half(it))))
    }

    fn oclock(&self, at: usize) -> Option<usize> {
        self.after_any(at, &["o ' clock", "oclock"])
    }

    /// "am", "p.m.", "p . m .", "a", "ampm": the end, and whether it is the afternoon when one is told.
    fn meridiem(&self, at: usize) -> Option<(usize, Option<bool>)> {
        let at = if self.low(at) == "." && self.glued(at) && self.is(at + 1, &["am", "pm"]) { at + 1 } else { at };
        match self.low(at) {
            "ampm" => return Some((at + 1, None)),
            "am" => return Some((at + 1, Some(false))),
            "pm" => return Some((at + 1, Some(true))),
            "a" | "p" => {}
            _ => return None,
        }
        let afternoon = Some(self.low(at) == "p");
        let dot = self.skip(at + 1, &["."]);
        if self.low(dot) == "m" {
            let last = dot + 1;
            // The last dot belongs to "p.m." unless it ends the text with none before.
            let end = if dot > at + 1 { self.skip(last, &["."]) } else { last };
            return Some((end, afternoon));
        }
        (self.glued(at) && self.digits(at - 1).is_some() && !self.glued(at + 1) || self.ends(at + 1) && self.glued(at))
            .then_some((at + 1, afternoon))
    }

    /// "5:30", "5:30:15 pm", "8.30pm", "5pm", "1140 a.m.", "0730", "11ish", "7 o'clock".
    fn printed_time(&self, at: usize, loose: bool) -> Option<(usize, Clock)> {
        let (value, length) = self.digits(at)?;
        let two = |at: usize| self.digits(at).filter(|it| it.1 == 2 && it.0 < 60 && self.glued(at)).map(|it| it.0);
        let plain = |minute, second| Clock { hour: value, minute, second, fixed: value > 12 || value == 0 };
        let told = |end: usize, clock: Clock, sure: bool| match self.meridiem(end) {
            Some((after, Some(afternoon))) => (clock.hour <= 12 || afternoon).then(|| (after, clock.half(afternoon))),
            Some((after, None)) => Some((after, clock)),
            None => match self.oclock(end) {
                Some(after) => Some((after, clock)),
                None => sure.then_some((end, clock)),
            },
        };
        if length <= 2 && value <= 24 && self.low(at + 1) == ":" && self.glued(at + 1) {
            let minute = two(at + 2)?;
            if self.low(at + 3) == ":" && self.glued(at + 3) {
                let second = two(at + 4)?;
                return told(at + 5, plain(Some(minute), Some(second)), true);
            }
            return told(at + 3, plain(Some(minute), None), true);
        }
        if length <= 2 && value <= 24 && self.low(at + 1) == "." && self.glued(at + 1) && two(at + 2).is_some() {
            let clock = plain(two(at + 2), None);
            let sure = loose || self.before(at) == "at";
            let measured = self.is(at + 3, &["percent", "%", "per"]);
            return told(at + 3, clock, sure && !measured);
        }
        // "at 6.45": the "at" is part of it.
        if length == 4 && value / 100 <= 24 && value % 100 < 60 {
            let clock = Clock {
                hour: value / 100,
                minute: Some(value % 100),
                second: None,
                fixed: value / 100 > 12 || value / 100 == 0,
            };
            let sure = loose && self.low(at).starts_with('0');
            return told(at + 1, clock, sure);
        }
        if length > 2 || value > 24 {
            return None;
        }
        if self.low(at + 1) == "ish" && self.glued(at + 1) {
            return Some((at + 2, Clock { fixed: true, ..plain(None, None) }));
        }
        told(at + 1, plain(None, None), loose).or_else(|| {
            // "7 in the evening"
            let (after, part, edge) = self.day_part(at + 1)?;
            let said = self.is(at + 1, &["in", "at"]) && edge.is_none();
            said.then(|| (after, in_part(plain(None, None), part.0)))
        })
    }

    /// "nine thirty", "five-thirty", "seven", "one thirty p m".
    fn spelt_time(&self, at: usize, loose: bool) -> Option<(usize, Clock)> {
        if self.digits(at).is_some() {
            return None;
        }
        let (end, hour) = self.hour_number(at)?;
        let next = self.skip(end, &["-"]);
        let minutes = self.minute_words(next);
        let (end, minute) = minutes.map_or((end, None), |it| (it.0, Some(it.1)));
        let end = if minute.is_some() { self.skip(end, &["minutes"]) } else { end };
        let clock = Clock { hour, minute, second: None, fixed: false };
        match self.meridiem(end) {
            Some((after, Some(afternoon))) => return Some((after, clock.half(afternoon))),
            Some((after, None)) => return Some((after, clock)),
            None => {}
        }
        if let Some(after) = self.oclock(end) {
            return Some((after, clock));
        }
        let in_the = self.is(end, &["in"]) && self.day_part(end).is_some();
        (loose || in_the).then_some((end, clock))
    }

    fn minute_words(&self, at: usize) -> Option<(usize, i64)> {
        let tens = aver_model::number_words::small(self.low(at)).filter(|it| (10..60).contains(it))? as i64;
        let next = self.skip(at + 1, &["-"]);
        let ones = aver_model::number_words::small(self.low(next)).filter(|it| (1..10).contains(it));
        match ones {
            Some(ones) if tens >= 20 && tens % 10 == 0 => Some((next + 1, tens + ones as i64)),
            _ => Some((at + 1, tens)),
        }
    }

    /// Two times of the day: "from 5 to 6pm", "9.30-4.30pm", "between 4 and 5 in the afternoon".
    pub(super) fn hours(&self, at: usize, loose: bool) -> Option<(usize, Clock, Clock)> {
        let lead = self.skip(at, &["from", "between"]);
        let framed = lead > at;
        let (end, from) = self.clock(lead, true)?;
        let dash = self.is(end, &["-"]);
        let and = self.low(at) == "between" && self.low(end) == "and";
        if !(dash || and || self.is(end, &["to", "till", "until", "through", "til", "~"])) {
            return None;
        }
        let (end, to) = self.clock(self.skip(end + 1, &["at"]), true)?;
        let bare = |clock: Clock, at: usize| clock.minute.is_none() && !clock.fixed && self.clock(at, false).is_none();
        // "from 3 to 5" counts things; beside a date it tells a time.
        let told = !bare(from, lead) || !bare(to, end - 1) || to.fixed;
        if !(told && (framed || dash || from.minute.is_some() || from.fixed || to.fixed || self.oclock(end).is_some())
            || loose)
        {
            return None;
        }
        if from.hour > 24
            || self.digits(lead).is_some_and(|it| it.1 == 4)
                && !self.low(lead).starts_with('0')
                && !loose
                && !from.fixed
        {
            return None;
        }
        Some((end, from, to))
    }

    /// "from 9 for 2.5 hrs", "for 3 hours from 10 am".
    pub(super) fn hours_lasting(&self, at: usize) -> Option<(usize, Clock, Clock)> {
        let (end, from, parts) = if self.low(at) == "from" {
            let (end, from) = self.clock(at + 1, true)?;
            let (end, parts) = self.parts(self.after(end, "for")?)?;
            (end, from, parts)
        } else {
            let (end, parts) = self.parts(self.after(at, "for")?)?;
            let (end, from) = self.clock(self.after(end, "from")?, true)?;
            (end, from, parts)
        };
        let seconds: f64 = parts.iter().map(|it| it.0 * it.1.seconds() as f64).sum();
        let seconds = from.seconds() + seconds as i64;
        let to =
            Clock { hour: seconds / 3_600, minute: Some(seconds / 60 % 60), second: Some(seconds % 60), fixed: true };
        (parts.iter().all(|it| it.1.below_day())).then_some((end, from, to))
    }
}

/// The time that lies in a part of the day.
fn in_part(clock: Clock, code: &str) -> Clock {
    if clock.fixed {
        return clock;
    }
    match code {
        "MO" | "MEB" => clock.half(false),
        "NI" if clock.hour < 6 || clock.hour == 12 => clock.half(false),
        _ => clock.half(true),
    }
}

/// All readings of two times where morning and afternoon are open; the second is after the first.
pub(super) fn hour_readings(from: Clock, to: Clock) -> Vec<(Clock, Clock)> {
    let later = |from: Clock, to: Clock| {
        let steps: &[i64] = if to.fixed || to.hour > 12 { &[0, 24] } else { &[0, 12, 24] };
        let bare = Clock { hour: if to.hour == 12 && !to.fixed { 0 } else { to.hour }, ..to };
        steps
            .iter()
            .map(|it| Clock { hour: bare.hour + it, ..bare })
            .find(|it| it.seconds() > from.seconds())
            .unwrap_or(to)
    };
    if to.fixed && !from.fixed && from.hour <= 12 && from.hour > 0 {
        // "2 to 4pm" is of one half of the day, "9.30-4.30pm" of both.
        let same = from.half(to.hour >= 12);
        let other = from.half(to.hour < 12);
        let start = if same.seconds() < to.seconds() { same } else { other };
        return vec![(start, later(start, to))];
    }
    if from.fixed || from.hour > 12 || from.hour == 0 {
        return vec![(from, later(from, to))];
    }
    [false, true].iter().map(|half| from.half(*half)).map(|from| (from, later(from, to))).collect()
}

/// `PT5H30M`.
pub(super) fn between(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let one = |n: i64, letter: &str| if n == 0 { String::new() } else { format!("{n}{letter}") };
    format!("PT{}{}{}", one(hours, "H"), one(minutes, "M"), one(rest, "S"))
}
