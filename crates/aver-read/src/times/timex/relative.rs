//! Times counted from another: "two weeks ago", "last year", "the following
//! day", "the year-ago quarter", "the quarter".
//!
//! "Ago" and "last" count from publication; "earlier", "later", "following"
//! from the last time told.

use super::cal::{Cal, monday};
use super::lengths::span_value;
use super::{Draft, Rules, TimexKind};
use crate::times::Tense;
use crate::times::lexicon::{self, Unit};
use aver_model::Day;

impl Rules<'_> {
    /// A time counted from publication or from another time.
    pub(super) fn relative(&self, at: usize) -> Option<Draft> {
        self.day_word(at)
            .or_else(|| self.ago(at))
            .or_else(|| self.year_ago(at))
            .or_else(|| self.neighbour(at))
            .or_else(|| self.told(at))
    }

    /// "today", "late yesterday", "the day before yesterday".
    fn day_word(&self, at: usize) -> Option<Draft> {
        let lead = at + usize::from(self.one_of(at, &["early", "earlier", "late", "later"]));
        if lead == at && self.low(at) == "the" && self.low(at + 1) == "day" {
            let n = match (self.low(at + 2), self.low(at + 3)) {
                ("before", "yesterday") => -2,
                ("after", "tomorrow") => 2,
                _ => return None,
            };
            return self.seen_from_publication(at + 4, |day| Cal::Day(day.plus_days(n)), "XXXX-XX-XX");
        }
        let n = match self.low(lead) {
            "today" => match self.nowadays(lead).filter(|_| lead == at && !self.whole) {
                Some(nowadays) => return Some(nowadays),
                None => 0,
            },
            "yesterday" => -1,
            "tomorrow" => 1,
            _ => return None,
        };
        self.seen_from_publication(lead + 1, |day| Cal::Day(day.plus_days(n)), "XXXX-XX-XX")
    }

    fn seen_from_publication(&self, end: usize, make: impl Fn(Day) -> Cal, open: &str) -> Option<Draft> {
        Some(match self.now.published {
            Some(day) => Draft::of(end, make(day)),
            None => Draft::new(end, TimexKind::Date, open),
        })
    }

    /// "two years ago", "a month earlier", "three days later", "a week from now".
    fn ago(&self, at: usize) -> Option<Draft> {
        let about = self
            .one_of(at, &["nearly", "almost", "about", "around", "roughly", "more", "less", "over", "just", "some"]);
        let start = match (self.low(at), self.low(at + 1)) {
            ("more" | "less", "than") => at + 2,
            ("some" | "nearly" | "almost" | "about" | "around" | "roughly" | "over" | "just" | "only", _) => at + 1,
            _ => at,
        };
        let (mut end, count) = match self.amount(start) {
            Some(found) => found,
            None if self.unit_code(start).is_some() && self.low(start).ends_with('s') => (start, "X".to_owned()),
            None => return None,
        };
        let code = self.unit_code(end)?;
        let unit = lexicon::unit(self.low(end))?;
        end += 1;
        if self.low(end) == "or" && self.low(end + 1) == "so" {
            end += 2;
        }
        let (after, past, told) = match (self.low(end), self.low(end + 1)) {
            ("ago", _) => (end + 1, true, false),
            ("before", _) if !self.whole && self.names_next(end + 1) => return None,
            ("earlier" | "before" | "previously" | "prior", _) => (end + 1, true, true),
            // "two years after the war" is a length on its way to the war.
            ("after", _) if !self.whole && self.names_next(end + 1) => return None,
            ("later" | "after" | "afterwards" | "hence", _) => (end + 1, false, true),
            ("from", "now") => (end + 2, false, false),
            _ => return None,
        };
        let n: Option<i64> = count.parse::<f64>().ok().map(|it| it as i64).filter(|it| (0..100_000).contains(it));
        let Some(n) = n.filter(|_| !code.starts_with('T')) else {
            if code.starts_with('T') && n.is_some() {
                return Some(Draft::new(after, TimexKind::Duration, span_value(&count, code)));
            }
            return Some(if past {
                Draft::new(after, TimexKind::Date, "PAST_REF")
            } else {
                Draft::new(after, TimexKind::Duration, span_value(&count, code))
            });
        };
        if about && self.whole && start > at && unit == Unit::Year && !told {
            return Some(Draft::new(after, TimexKind::Duration, span_value(&count, code)));
        }
        let n = if past { -n } else { n };
        // "a year earlier" in a report on a quarter is that quarter.
        if unit == Unit::Year
            && past
            && let Some(quarter) = self.now.quarter
        {
            return Some(Draft { back: true, ..Draft::of(after, quarter.years_on(n)) });
        }
        let base = if told { self.now.last } else { None };
        let Some(base) = base.or(self.now.published.map(Cal::Day)) else {
            return Some(Draft::new(after, TimexKind::Duration, span_value(&count, code)));
        };
        Some(Draft::of(after, offset(base, n, unit)))
    }

    /// "the year-ago quarter", "year-earlier", "the 1988 period", "a year-earlier period".
    fn year_ago(&self, at: usize) -> Option<Draft> {
        let mut next = at + usize::from(self.one_of(at, &["the", "a", "its", "from"]));
        next += usize::from(self.one_of(next, &["comparable", "corresponding", "same"]));
        let same = self.one_of(next.wrapping_sub(1), &["comparable", "corresponding", "same"]);
        let held = self.now.quarter.or(self.now.last);
        let year_ago = self.one_of(next, &["year-ago", "year-earlier"]);
        let told_year = self.scan.year(next);
        if year_ago || told_year.is_some() {
            let plain = if year_ago { next + 1 } else { next };
            let noun = next + 1;
            let noun_led =
                self.one_of(noun, &["quarter", "period", "month", "week", "first", "second", "third", "fourth"]);
            if self.one_of(noun, &["first", "second", "third", "fourth"]) && self.low(noun + 1) == "quarter" {
                let q = lexicon::ordinal(self.low(noun))? as i8;
                let year = told_year.or(self.now.published.map(|it| it.0.year() - 1))?;
                return Some(Draft { back: true, ..Draft::of(noun + 2, Cal::Quarter(year, q)) });
            }
            if !noun_led && told_year.is_some() {
                return None;
            }
            let end = if noun_led { noun + 1 } else { plain };
            let cal = held?;
            let cal = match told_year {
                Some(year) => cal.years_on(i64::from(year) - i64::from(cal.year())),
                None => cal.years_on(-1),
            };
            return Some(Draft { back: true, ..Draft::of(end, cal) });
        }
        // "the same period last year", "the same month a year ago"
        if same && self.one_of(next, &["period", "quarter", "month", "time", "week", "day"]) {
            let end = match (self.low(next + 1), self.low(next + 2), self.low(next + 3)) {
                ("last", "year", _) | ("year", "ago", _) => next + 3,
                ("of" | "in", "last", "year") | ("a", "year", "ago" | "earlier" | "before") => next + 4,
                ("the", "previous", "year") => next + 4,
                _ => return None,
            };
            return Some(Draft { back: true, ..Draft::of(end, held?.years_on(-1)) });
        }
        None
    }

    /// "early", "the end of", "later": a part that the value leaves out.
    fn part_lead(&self, at: usize) -> usize {
        let the = at + usize::from(self.low(at) == "the");
        let part = match (self.low(the), self.low(the + 1)) {
            ("very", "beginning" | "end" | "start") if self.low(the + 2) == "of" => the + 3,
            ("beginning" | "start" | "end" | "middle" | "rest" | "remainder" | "course" | "close", "of") => the + 2,
            ("early" | "late", "part") if self.low(the + 2) == "of" => the + 3,
            ("earlier" | "later", "in") if the == at => the + 2,
            ("early" | "earlier" | "late" | "later" | "sometime" | "mid" | "all", _) => the + 1,
            _ => return at,
        };
        part + usize::from(self.low(part) == "of" && self.low(the) == "all")
    }

    /// "this week", "last year", "the end of next month", "the following day", "last night".
    fn neighbour(&self, at: usize) -> Option<Draft> {
        let start = self.part_lead(at);
        let the = start + usize::from(self.one_of(start, &["the", "its", "their", "his", "her"]));
        let (next, n, told) = match (self.low(the), self.low(the + 1)) {
            ("this", "past" | "last") => (the + 2, -1, false),
            ("this", "coming") => (the + 2, 1, false),
            ("this" | "current", _) => (the + 1, 0, false),
            ("last" | "past", _) => (the + 1, -1, false),
            ("previous" | "preceding" | "prior", _) => (the + 1, -1, true),
            ("next" | "coming" | "upcoming", _) => (the + 1, 1, the > start && self.low(the + 1) == "day"),
            ("following" | "ensuing", _) => (the + 1, 1, true),
            ("same" | "that", _) => (the + 1, 0, true),
            // "the end of the year", "later in the day"
            _ if the > start && start > at => (the, 0, false),
            _ => return None,
        };
        let fiscal =
            next + usize::from(self.one_of(next, &["fiscal", "financial", "calendar", "full", "entire", "whole"]));
        let unit = lexicon::unit(self.low(fiscal)).filter(|_| !self.low(fiscal).ends_with('s'))?;
        let mut end = fiscal + 1;
        if unit == Unit::Hour || unit == Unit::Day && !told && n != 0 {
            return None;
        }
        // "last night" is told by the clock; "that same year"
        if self.low(fiscal) == "night" {
            return None;
        }
        let base = if told || start > at && self.one_of(next, &["day", "month"]) && self.low(the) != "this" {
            self.now.last.or(self.now.published.map(Cal::Day))
        } else {
            self.now.published.map(Cal::Day)
        };
        let Some(base) = base else {
            return Some(Draft::new(end, TimexKind::Date, open(unit)));
        };
        let day = base.days()?.0;
        if told && n == 0 && unit == Unit::Day && !matches!(base, Cal::Day(_)) {
            return None;
        }
        let mut cal = Cal::holding(day, unit).step(n);
        if unit == Unit::Weekend
            && n == 0
            && !told
            && self.tense(at, end) == Tense::Past
            && day < monday(day).plus_days(5)
        {
            cal = cal.step(-1);
        }
        // "the second half of this year", "the first week of last month" are read in `anchored`.
        if self.low(end) == "'s" && self.low(end + 1) == "end" {
            end += 2;
        }
        Some(Draft::of(end, cal))
    }

    /// "the quarter", "the latest period", "the day", "that time", "then": a time told before.
    fn told(&self, at: usize) -> Option<Draft> {
        let (held, published) = (self.now.last, self.now.published);
        let the = self.one_of(at, &["the", "its", "that", "a"]);
        let next = at + usize::from(the);
        let latest = self.one_of(next, &["latest", "latest-quarter", "most-recent", "same"]);
        let noun = next
            + usize::from(latest)
            + usize::from(self.one_of(next + usize::from(latest), &["fiscal", "full", "entire", "whole"]));
        let loose = self.whole && (the || latest || self.scan.end - at == 1);
        match self.low(noun) {
            "quarter" | "period"
                if (loose || latest && the || self.stretch_of(at, noun) && self.low(noun) == "quarter")
                    && self.ends(noun + 1) =>
            {
                let cal = self.now.quarter.or_else(|| {
                    published.map(|it| Cal::holding(it, Unit::Quarter).step(-1)).filter(|_| self.low(noun) == "quarter")
                })?;
                Some(Draft::of(noun + 1, cal))
            }
            "weekend" if the && self.low(at) == "the" && self.ends(noun + 1) => {
                let day = published?;
                let cal = Cal::Weekend(monday(day));
                let past = self.tense(at, noun + 1) != Tense::Future && day < monday(day).plus_days(5);
                Some(Draft::of(noun + 1, if past { cal.step(-1) } else { cal }))
            }
            word @ ("year" | "month" | "week" | "day") if loose && self.ends(noun + 1) => {
                let unit = lexicon::unit(word)?;
                let day = match (held, unit) {
                    (Some(Cal::Day(day)), Unit::Day) => day,
                    (Some(cal), _) if unit != Unit::Day => cal.days()?.0,
                    _ => published?,
                };
                Some(Draft::of(noun + 1, Cal::holding(day, unit)))
            }
            // "fell for the year", "the best of the week": the one the text is of.
            word @ ("year" | "week" | "month") if self.stretch_of(at, noun) && self.before(at) != "of" => {
                let unit = lexicon::unit(word)?;
                let told = self.now.year.filter(|it| unit == Unit::Year && it.1 + 1 >= self.now.sentence);
                let told = told.map(|it| Cal::Year(it.0));
                told.or(published.map(|it| Cal::holding(it, unit))).map(|it| Draft::of(noun + 1, it))
            }
            // "fell for the day", "late in the day", "to end the day at": the day that the text is about.
            "day" if self.low(at) == "the" && next == noun && (self.stretch_of(at, noun) || self.ends_a_day(at)) => {
                self.now.day.map(|it| it.0).or(published).map(|it| Draft::of(noun + 1, Cal::Day(it)))
            }
            "then" if self.whole && self.scan.end == noun + 1 => held.map(|it| Draft::of(noun + 1, it)),
            "time" if self.low(at) == "that" && self.before(at) == "at" => held.map(|it| Draft::of(noun + 1, it)),
            "year-end" => self.year_end(noun + 1),
            "year" if self.one_of(noun + 1, &["end", "'s"]) => {
                let end = noun + 2 + usize::from(self.low(noun + 1) == "'s");
                (self.low(end - 1) == "end").then(|| published.map(|it| Draft::of(end, Cal::Year(it.0.year()))))?
            }
            _ => None,
        }
    }

    /// "for the quarter.", "in the full year": a stretch behind a preposition, with nothing that says of what.
    fn stretch_of(&self, at: usize, noun: usize) -> bool {
        let led = self.one_of(at.wrapping_sub(1), &["on", "for", "in", "during", "of"]);
        led && at > self.scan.from && self.low(at) == "the" && !self.names_next(noun + 1)
    }

    /// "ended the day", "to finish the day at".
    fn ends_a_day(&self, at: usize) -> bool {
        const ENDS: &[&str] = &[
            "end",
            "ends",
            "ended",
            "ending",
            "finish",
            "finished",
            "finishing",
            "close",
            "closed",
            "closing",
            "began",
            "begin",
            "started",
            "start",
        ];
        at > self.scan.from && ENDS.contains(&self.low(at - 1))
    }

    fn year_end(&self, end: usize) -> Option<Draft> {
        let year = self.scan.year(end).or(self.now.published.map(|it| it.0.year()))?;
        let end = end + usize::from(self.scan.year(end).is_some());
        Day::new(year, 12, 31).map(|it| Draft::of(end, Cal::Day(it)))
    }

    /// A noun phrase or clause follows.
    fn names_next(&self, at: usize) -> bool {
        at < self.scan.end && self.scan.text.tokens[at].kind != crate::text::TokenKind::Mark
    }

    fn ends(&self, at: usize) -> bool {
        at >= self.scan.end || !self.whole
    }
}

/// Returns the stretch `n` units from another, no finer than the unit asks.
fn offset(base: Cal, n: i64, unit: Unit) -> Cal {
    let Some((day, _)) = base.days() else { return base };
    match unit {
        Unit::Day | Unit::Hour => Cal::Day(day.plus_days(n)),
        Unit::Week if n.abs() <= 2 && matches!(base, Cal::Day(_)) => Cal::Day(day.plus_days(n.saturating_mul(7))),
        _ if matches!((base, unit), (Cal::Month(..) | Cal::Quarter(..), Unit::Year)) => base.years_on(n),
        _ => Cal::holding(day, unit).step(n),
    }
}

fn open(unit: Unit) -> &'static str {
    match unit {
        Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
    }
}
