//! Lengths: "3h", "an hour and a half", "2 years 1 month 21 days", "all week".

use super::scan::Scan;
use super::words::Unit;
use super::{Draft, Kind, Seen};

impl Scan<'_> {
    /// A length as a form of its own.
    pub(super) fn length_form(&self, at: usize) -> Option<Draft> {
        let (end, pattern) = self.whole_unit(at).or_else(|| {
            let (end, parts) = self.parts(at)?;
            Some((end, pattern(&parts)))
        })?;
        Some(Draft::new(end, Kind::Length, vec![Seen { pattern, past: None, future: None }]))
    }

    /// "all day", "all week", "another day", "the hour", "whole month".
    fn whole_unit(&self, at: usize) -> Option<(usize, String)> {
        if !self.is(at, &["all", "another"]) && !(self.low(at) == "the" && self.is(at + 1, &["hour"])) {
            return None;
        }
        let (end, unit) = self.unit(at + 1)?;
        let single = !self.low(end - 1).ends_with('s');
        single.then(|| (end, pattern(&[(1.0, unit)])))
    }

    /// The counted units of a length.
    pub(super) fn parts(&self, at: usize) -> Option<(usize, Vec<(f64, Unit)>)> {
        let (mut end, first) = self.part_of(at)?;
        let mut parts = vec![first];
        loop {
            let next = self.skip(end, &[",", "and"]);
            let Some((after, part)) = self.part_of(next).filter(|_| !self.is(next, &["a", "an", "half", "another"]))
            else {
                break;
            };
            let clock = |unit: Unit| unit.below_day();
            if parts.iter().any(|it| it.1 == part.1) || clock(part.1) != clock(parts[0].1) && next > end {
                break;
            }
            parts.push(part);
            end = after;
        }
        Some((end, parts))
    }

    fn part_of(&self, at: usize) -> Option<(usize, (f64, Unit))> {
        let (end, count) = self.count(at)?;
        let (end, unit) = self.unit(self.skip(end, &["-"]))?;
        // "a second round" counts rounds.
        if unit == Unit::Second && self.low(at) == "a" && !self.ends(end) && !self.is(end, &["ago", "later", "or"]) {
            return None;
        }
        // "one hour and a half", "one year and a quarter"
        if let Some((after, more)) = self.after(end, "and").and_then(|it| self.fraction(it)) {
            return Some((after, (count + more, unit)));
        }
        Some((end, (count, unit)))
    }

    /// "a half", "half", "a quarter" where no unit follows.
    fn fraction(&self, at: usize) -> Option<(usize, f64)> {
        let next = self.skip(at, &["a", "an", "one"]);
        let value = match self.low(next) {
            "half" => 0.5,
            "quarter" if next > at => 0.25,
            _ => return None,
        };
        Some((next + 1, value))
    }

    /// How many: "3", "3.5", "a", "a few", "half an", "one and a half".
    pub(super) fn count(&self, at: usize) -> Option<(usize, f64)> {
        let (end, value) = self.plain_count(at)?;
        if let Some((after, more)) = self.after(end, "and").and_then(|it| self.fraction(it)) {
            return Some((after, value + more));
        }
        Some((end, value))
    }

    fn plain_count(&self, at: usize) -> Option<(usize, f64)> {
        if let Some((value, _)) = self.digits(at) {
            if self.low(at + 1) == "." && self.glued(at + 1) && self.glued(at + 2) && self.digits(at + 2).is_some() {
                let value = format!("{value}.{}", self.low(at + 2)).parse().ok()?;
                return Some((at + 3, value));
            }
            return Some((at + 1, value as f64));
        }
        match self.low(at) {
            "½" => return Some((at + 1, 0.5)),
            "half" => return self.is(at + 1, &["a", "an"]).then_some((at + 2, 0.5)),
            "a" if self.is(at + 1, &["few", "couple"]) => return self.plain_count(at + 1),
            "couple" => return Some((self.skip(at + 1, &["of"]), 2.0)),
            "few" | "several" | "some" => return Some((at + 1, 3.0)),
            "a" if self.low(at + 1) == "one" => return None,
            "a" | "an" => return Some((at + 1, 1.0)),
            _ => {}
        }
        let (end, value) = self.spelt(at)?;
        Some((end, value as f64))
    }
}

/// `P2Y1M`, `PT1.5H`.
pub(super) fn pattern(parts: &[(f64, Unit)]) -> String {
    let mut days = String::new();
    let mut clock = String::new();
    for (count, unit) in parts {
        let (code, times) = unit.code();
        let count = count * times as f64;
        match code.strip_prefix('T') {
            Some(letter) => clock += &format!("{count}{letter}"),
            None => days += &format!("{count}{code}"),
        }
    }
    if clock.is_empty() { format!("P{days}") } else { format!("P{days}T{clock}") }
}
