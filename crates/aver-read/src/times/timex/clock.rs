//! Times of the day: "5 p.m.", "16:15 UTC", "noon Thursday", "Friday evening",
//! "this morning", "last night", "overnight".

use super::cal::Cal;
use super::{Draft, Rules, TimexKind};
use crate::text::TokenKind;
use aver_model::Day;

impl Rules<'_> {
    /// A time of the day, with the day it belongs to.
    pub(super) fn clock(&self, at: usize) -> Option<Draft> {
        self.named_part(at).or_else(|| self.day_then_part(at)).or_else(|| self.hour(at))
    }

    fn of_day(&self, end: usize, day: Option<Day>, part: &str) -> Option<Draft> {
        let date = day.map_or("XXXX-XX-XX".to_owned(), |it| it.to_string());
        let draft = Draft::new(end, TimexKind::Time, format!("{date}{part}"));
        Some(Draft { cal: day.map(Cal::Day), ..draft })
    }

    /// "this morning", "last night", "tonight", "overnight", "that evening", "yesterday afternoon".
    fn named_part(&self, at: usize) -> Option<Draft> {
        let lead = at + usize::from(self.one_of(at, &["early", "earlier", "late", "later"]));
        let published = self.now.published;
        match self.low(lead) {
            "tonight" => return self.of_day(lead + 1, published, "TNI"),
            "overnight" if self.whole || !self.names_thing(lead + 1) => {
                return self.of_day(lead + 1, published.map(|it| it.plus_days(0)), "TNI");
            }
            _ => {}
        }
        let n = match self.low(lead) {
            "this" | "today" => 0,
            "last" | "yesterday" => -1,
            "tomorrow" => 1,
            "that" | "the" if self.whole || self.low(lead) == "that" || self.part_of_told_day(lead) => {
                let next = lead + 1 + usize::from(self.one_of(lead + 1, &["same", "previous", "following", "next"]));
                let (end, part) = self.day_part(next)?;
                let day = self.now.day.map(|it| it.0).or(published);
                let on = i64::from(self.one_of(next - 1, &["following", "next"]) && !self.whole);
                let day = day.map(|it| it.plus_days(on));
                return self.of_day(end, day, part);
            }
            _ if self.whole || lead > at && self.before(at) != "the" => {
                let mid = lead + usize::from(self.one_of(lead, &["mid"]));
                let word = self.low(mid);
                let part = match word.strip_prefix("mid-") {
                    Some("afternoon") => "TAF",
                    Some("morning") => "TMO",
                    _ => self.day_part(mid).filter(|_| self.whole)?.1,
                };
                return self.of_day(
                    mid + 1 + usize::from(self.low(mid + 1) == "yesterday"),
                    self.shift_word(mid + 1),
                    part,
                );
            }
            _ => return None,
        };
        let (end, part) = self.day_part(lead + 1)?;
        if self.low(lead) == "last" && part != "TNI" && part != "TEV" {
            return None;
        }
        self.of_day(end, published.map(|it| it.plus_days(n)), part)
    }

    /// "in the morning", "the following morning" once a day is told.
    fn part_of_told_day(&self, the: usize) -> bool {
        let told = self.now.day.is_some_and(|it| it.1 + 2 >= self.now.sentence);
        let led = self.one_of(the + 1, &["following", "next"]) || self.one_of(the.wrapping_sub(1), &["in", "during"]);
        let end = the + 2 + usize::from(self.one_of(the + 1, &["following", "next"]));
        told && led && (self.ends_year(end) || self.low(end) == "of")
    }

    fn shift_word(&self, at: usize) -> Option<Day> {
        let n = match self.low(at) {
            "yesterday" => -1,
            "tomorrow" => 1,
            _ => 0,
        };
        self.now.published.map(|it| it.plus_days(n))
    }

    fn names_thing(&self, at: usize) -> bool {
        at < self.scan.end
            && self.scan.text.tokens[at].kind == TokenKind::Word
            && !self.one_of(at, &["in", "on", "by", "at", "and", "to", "into", "from", "after"])
    }

    /// "Friday evening", "Sunday night", "March 3 morning".
    fn day_then_part(&self, at: usize) -> Option<Draft> {
        let (day, end) = self.day_at(at)?;
        let (end, part) = self.day_part(end)?;
        self.of_day(end, day, part)
    }

    /// A weekday or date that names a day: the day, when known, and its end.
    fn day_at(&self, at: usize) -> Option<(Option<Day>, usize)> {
        let draft = self.anchored(at)?;
        match draft.cal {
            Some(Cal::Day(day)) => Some((Some(day), draft.end)),
            None if draft.value.starts_with("XXXX-") && draft.value.len() > 7 => Some((None, draft.end)),
            _ => None,
        }
    }

    /// "5 p.m.", "5:30 a.m. EST Nov. 9", "16:15 UTC", "noon Thursday", "1800 GMT".
    fn hour(&self, at: usize) -> Option<Draft> {
        let (mut end, hour, minute) = self.hour_at(at)?;
        let mut zone = "";
        let open = end + usize::from(self.low(end) == "(");
        match self.low(open) {
            "utc" | "gmt" | "z" => (zone, end) = ("Z", open + 1),
            "est" | "edt" | "et" | "pst" | "pdt" | "cet" | "cest" | "bst" | "ist" | "msk" | "aest" => end = open + 1,
            "local" if self.low(open + 1) == "time" => end = open + 2,
            "eastern" | "pacific" | "central" => {
                end = open + 1 + usize::from(self.one_of(open + 1, &["time", "standard", "daylight"]))
            }
            _ => {}
        }
        if zone == "Z"
            && self.one_of(end, &["+", "-", "−"])
            && self.scan.text.tokens.get(end + 1).is_some_and(|it| it.kind == TokenKind::Number)
        {
            end += 2;
        }
        end += usize::from(open > 0 && self.low(open.wrapping_sub(1)) == "(" && self.low(end) == ")");
        let skip = end + usize::from(self.one_of(end, &["on", ",", "of"]));
        let mut day = self.now.day.filter(|_| !self.whole).map(|it| it.0).or(self.now.published);
        if let Some((found, after)) = self.day_at(skip) {
            (day, end) = (found, after);
        } else if self.one_of(skip, &["yesterday", "today", "tomorrow"]) {
            (day, end) = (self.shift_word(skip), skip + 1);
        }
        let clock = match minute {
            Some(minute) => format!("T{hour:02}:{minute:02}{zone}"),
            None => format!("T{hour:02}:00{zone}"),
        };
        self.of_day(end, day, &clock)
    }

    fn hour_at(&self, at: usize) -> Option<(usize, u8, Option<u8>)> {
        match self.low(at) {
            "noon" | "midday" => return Some((at + 1, 12, Some(0))),
            "midnight" => return Some((at + 1, 24, Some(0))),
            _ => {}
        }
        let token = self.scan.text.tokens.get(at).filter(|_| at < self.scan.end)?;
        let word = self.low(at);
        // "5pm", "5:30pm" in one token
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
        let tail = word[digits.len()..].replace('.', "");
        let number = |it: &str| it.parse::<u8>().ok();
        let spelt = if token.kind == TokenKind::Number {
            number(digits)
        } else {
            crate::numbers::small(word).map(|it| it as u8)
        };
        if token.kind == TokenKind::Number
            && digits.len() == 4
            && tail.is_empty()
            && self.one_of(at + 1, &["gmt", "utc", "hours", "hrs"])
        {
            let (hour, minute) = (number(&digits[..2])?, number(&digits[2..])?);
            let end = at + 1 + usize::from(self.one_of(at + 1, &["hours", "hrs"]));
            return (hour < 25 && minute < 60).then_some((end, hour, Some(minute)));
        }
        let hour = spelt.filter(|it| *it < 25)?;
        let (mut end, mut minute) = (at + 1, None);
        if self.low(end) == ":" && self.scan.text.tokens[end].glued && tail.is_empty() {
            let word = self.low(end + 1);
            let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
            minute = Some(number(digits).filter(|it| *it < 60 && digits.len() == 2)?);
            let tail = word[digits.len()..].replace('.', "");
            end += 2;
            if self.low(end) == ":" && self.scan.text.tokens[end].glued && number(self.low(end + 1)).is_some() {
                end += 2;
            }
            if let Some(hour) = half_day(hour, &tail) {
                return Some((end, hour, minute));
            }
        } else if tail.is_empty() && self.low(end) == "." && self.scan.text.tokens[end].glued {
            return None;
        }
        if let Some(hour) = half_day(hour, &tail) {
            return Some((end, hour, minute));
        }
        if !tail.is_empty() {
            return None;
        }
        // "5 p. m", "5 p.m.": the dots may part it.
        if self.one_of(end, &["a", "p"]) && self.low(end + 1) == "." && self.low(end + 2) == "m" {
            let hour = half_day(hour, if self.low(end) == "a" { "am" } else { "pm" })?;
            let dot = self.low(end + 3) == "." && self.scan.text.tokens[end + 3].glued && end + 4 < self.scan.end;
            return Some((end + 3 + usize::from(dot), hour, minute));
        }
        let word = self.low(end).replace('.', "");
        if let Some(hour) = half_day(hour, &word) {
            // The dot behind "p.m" may be a token of its own.
            let dot = self.low(end + 1) == "." && self.scan.text.tokens[end + 1].glued && end + 2 < self.scan.end;
            return Some((end + 1 + usize::from(dot), hour, minute));
        }
        if self.low(end) == "o'clock" {
            return Some((end + 1, hour, minute));
        }
        minute.map(|it| (end, hour, Some(it)))
    }
}

/// Returns the hour of 24 for an hour with "am" or "pm".
fn half_day(hour: u8, mark: &str) -> Option<u8> {
    match (mark, hour) {
        ("am", 12) => Some(0),
        ("am", 0..=11) => Some(hour),
        ("pm", 12) => Some(12),
        ("pm", 1..=11) => Some(hour + 12),
        _ => None,
    }
}
