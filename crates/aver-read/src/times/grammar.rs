//! Words of time to a value that is not yet tied to any day.
//!
//! In: a position in the text. Out: the longest time expression that starts
//! there. Each rule looks ahead a bounded number of tokens inside the sentence.
//! Ambiguous words ("may", "march", "second", "sat") count only where their
//! neighbours make them calendar words.

use super::lexicon::{self, Unit};
pub use super::value::{Bound, Count, Date, Expr, Part, Rel, Value};
use crate::numbers::cardinal;
use crate::text::{Text, TokenKind};

/// The text around a rule.
pub struct Scan<'a> {
    /// All tokens.
    pub text: &'a Text<'a>,
    /// First token of the sentence.
    pub from: usize,
    /// Token after the sentence's last.
    pub end: usize,
}

impl Scan<'_> {
    /// Returns the lower-cased word at `at`, empty outside of the sentence.
    pub fn low(&self, at: usize) -> &str {
        if at >= self.from && at < self.end { self.text.lower(at) } else { "" }
    }

    fn before(&self, at: usize) -> &str {
        if at > self.from { self.low(at - 1) } else { "" }
    }

    fn cap(&self, at: usize) -> bool {
        at < self.end && self.text.tokens[at].capital
    }

    fn is_number(&self, at: usize) -> bool {
        at < self.end && self.text.tokens[at].kind == TokenKind::Number
    }

    fn glued(&self, at: usize) -> bool {
        at < self.end && self.text.tokens[at].glued
    }

    pub(super) fn one_of(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.low(at))
    }

    fn reads(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, word)| self.low(at + n) == *word)
    }

    /// Returns the longest expression that starts at `at`.
    pub fn at(&self, at: usize) -> Option<Expr> {
        let found = |(end, value)| Expr { start: at, end, value };
        let rules: [fn(&Self, usize) -> Option<(usize, Value)>; 9] = [
            Self::named,
            Self::numeric,
            Self::since,
            Self::range,
            Self::window,
            Self::season,
            Self::dated,
            Self::deictic,
            Self::counted,
        ];
        rules.iter().find_map(|rule| rule(self, at)).map(found)
    }

    /// Returns a date, weekday, month, year or named day, as far as the words of the date itself go.
    pub fn date_value(&self, at: usize) -> Option<(usize, Value)> {
        self.named(at).or_else(|| self.numeric(at)).or_else(|| self.dated(at))
    }

    /// "2021-08-26", "26/8/2021", "26.08.2021".
    fn numeric(&self, at: usize) -> Option<(usize, Value)> {
        if !self.is_number(at) {
            return None;
        }
        let word = self.low(at);
        let (end, parts): (usize, Vec<&str>) = if word.matches('.').count() == 2 {
            (at + 1, word.split('.').collect())
        } else if self.one_of(at + 1, &["-", "/", "–"]) && self.low(at + 1) == self.low(at + 3) && self.glued(at + 4)
        {
            (at + 5, vec![word, self.low(at + 2), self.low(at + 4)])
        } else {
            return None;
        };
        let nums: Vec<i16> = parts.iter().map(|it| it.parse().ok()).collect::<Option<_>>()?;
        let date = |year: i16, month: i16, day: i16| {
            aver_model::Day::new(year, month as i8, day as i8)?;
            Some(Value::Date(Date { year: Some(year), month: Some(month as i8), day: Some(day as i8), ..Date::EMPTY }))
        };
        let (a, b, c) = (nums[0], nums[1], nums[2]);
        let value = match parts[0].len() {
            4 => date(a, b, c)?,
            1 | 2 if parts[2].len() == 4 => match (date(c, b, a), date(c, a, b)) {
                (Some(_), Some(_)) if a != b && !parts[0].contains('.') && !word.contains('.') => Value::Ambiguous,
                (Some(day_first), _) => day_first,
                (None, Some(month_first)) => month_first,
                _ => return None,
            },
            _ => return None,
        };
        Some((end, value))
    }

    /// "early", "the end of": the part and where the rest starts.
    fn part(&self, at: usize) -> (usize, Option<Part>) {
        match self.low(at) {
            "early" | "beginning" | "start" if self.low(at + 1) == "of" => return (at + 2, Some(Part::Early)),
            "early" => return (at + 1, Some(Part::Early)),
            "mid" | "middle" if self.low(at + 1) == "-" => return (at + 2, Some(Part::Mid)),
            "mid" => return (at + 1, Some(Part::Mid)),
            "late" => return (at + 1, Some(Part::Late)),
            "middle" if self.low(at + 1) == "of" => return (at + 2, Some(Part::Mid)),
            "end" if self.low(at + 1) == "of" => return (at + 2, Some(Part::End)),
            _ => {}
        }
        if let Some(n) = lexicon::ordinal(self.low(at)) {
            let of = at + 2 + usize::from(self.low(at + 2) == "of");
            match self.low(at + 1) {
                "half" if n <= 2 || self.low(at) == "second" => return (of, Some(Part::Half(n.min(2)))),
                "quarter" => return (of, Some(Part::Quarter(n))),
                _ => {}
            }
        }
        (at, None)
    }

    /// A date, weekday, month or year with its modifiers.
    fn dated(&self, at: usize) -> Option<(usize, Value)> {
        let (end, date) = self.date(at, true)?;
        // "the March 23 Movement", "the 1 May Brigades" are called so.
        let called = [
            "movement",
            "brigade",
            "brigades",
            "battalion",
            "front",
            "coalition",
            "alliance",
            "martyrs",
            "square",
            "street",
        ];
        let name = date.year.is_none() && date.day.is_some() && self.cap(end) && called.contains(&self.low(end));
        (!name).then_some((end, Value::Date(date)))
    }

    /// Parses a date; `alone` asks that a bare year or month stand in good company.
    fn date(&self, at: usize, alone: bool) -> Option<(usize, Date)> {
        let (mut next, part) = self.part(at);
        if part.is_some() && self.low(next) == "the" {
            next += 1;
        }
        let (mut next, rel) = self.rel(next);
        let mut date = Date { part, rel, ..Date::EMPTY };
        let led = part.is_some() || rel != Rel::Plain || !alone;
        if let Some((end, weekday)) = self.weekday(next) {
            date.weekday = Some(weekday);
            let skip = end + usize::from(self.low(end) == ",");
            let skip = skip + usize::from(self.low(skip) == "the");
            if let Some(end) = self.month_and_day(skip, &mut date) {
                return Some((end, date));
            }
            let name = self.low(next);
            if lexicon::weekday(name).is_none() || part.is_some_and(|it| it != Part::Early && it != Part::Late) {
                return None;
            }
            return Some((end, date));
        }
        if let Some(end) = self.month_and_day(next, &mut date) {
            return Some((end, date));
        }
        let before = if next > at { "" } else { self.before(at) };
        if let Some((end, month, inner)) = self.month(next) {
            date.month = Some(month);
            date.part = date.part.or(inner);
            next = end + usize::from(self.one_of(end, &[",", "of"]) && self.year(end + 1).is_some());
            if let Some(year) = self.year(next).or_else(|| self.old_year(next)) {
                date.year = Some(year);
                return Some((next + 1, date));
            }
            if self.one_of(end, &["of", "last", "this", "next"]) {
                // "July of last year", "July last year"
                if let (after, Some(rel)) = self.year_rel(end + usize::from(self.low(end) == "of")) {
                    date.year_rel = Some(rel);
                    return Some((after, date));
                }
            }
            return (led || inner.is_some() || self.month_alone(next, end, before)).then_some((end, date));
        }
        let (year, inner) = self.year_word(next)?;
        date.year = Some(year);
        date.part = date.part.or(inner);
        date.solar = year < 1500;
        (rel == Rel::Plain && (led || inner.is_some() || self.year_alone(next, before))).then_some((next + 1, date))
    }

    /// "last", "this past", "next".
    fn rel(&self, at: usize) -> (usize, Rel) {
        let calendar = |at: usize| {
            lexicon::weekday(self.low(at)).is_some() || (lexicon::month(self.low(at)).is_some() && self.cap(at))
        };
        match self.low(at) {
            "last" | "previous" if calendar(at + 1) => (at + 1, Rel::Last),
            "this" if self.one_of(at + 1, &["past", "last"]) && calendar(at + 2) => (at + 2, Rel::Last),
            "this" if self.one_of(at + 1, &["coming", "upcoming"]) && calendar(at + 2) => (at + 2, Rel::Next),
            "this" if calendar(at + 1) => (at + 1, Rel::This),
            "next" | "coming" if calendar(at + 1) => (at + 1, Rel::Next),
            "past" if calendar(at + 1) => (at + 1, Rel::Last),
            _ => (at, Rel::Plain),
        }
    }

    fn weekday(&self, at: usize) -> Option<(usize, i8)> {
        let word = self.low(at);
        if let Some(day) = lexicon::weekday(word) {
            let named = self.one_of(at + 1, &["prayer", "prayers", "sermon", "sermons", "mosque", "market"]);
            let epithet = [
                "black", "bloody", "good", "palm", "easter", "ash", "holy", "super", "cyber", "maundy", "every", "each",
            ];
            return (self.cap(at) && !named && !epithet.contains(&self.before(at))).then_some((at + 1, day));
        }
        let day = lexicon::short_weekday(word).filter(|_| self.cap(at))?;
        let end = at + 1 + usize::from(self.low(at + 1) == "." && self.glued(at + 1));
        let after = end + usize::from(self.low(end) == ",");
        let dated = lexicon::day_number(self.low(after)).is_some() || lexicon::month(self.low(after)).is_some();
        dated.then_some((end, day))
    }

    /// A month name, with "mid-" glued to it.
    fn month(&self, at: usize) -> Option<(usize, i8, Option<Part>)> {
        let word = self.low(at);
        let (part, name) = match word.split_once('-') {
            Some(("mid", name)) => (Some(Part::Mid), name),
            Some(("early", name)) => (Some(Part::Early), name),
            Some(("late", name)) => (Some(Part::Late), name),
            _ => (None, word),
        };
        let month = lexicon::month(name)?;
        // "may", "march", "mar" in small letters are other words.
        if !self.cap(at) && part.is_none() {
            return None;
        }
        let dot =
            self.low(at + 1) == "." && self.glued(at + 1) && name.len() <= 4 && name != "may" && self.is_number(at + 2);
        Some((at + 1 + usize::from(dot), month, part))
    }

    /// "March 16, 2022", "18th of June 2022"; fills the date and returns the end.
    fn month_and_day(&self, at: usize, date: &mut Date) -> Option<usize> {
        if let Some((end, month, None)) = self.month(at) {
            let end = end + usize::from(self.low(end) == "the");
            let day = lexicon::day_number(self.low(end)).filter(|_| self.is_number(end))?;
            let counts = self.low(end) == day.to_string() && self.low(end + 1) == ":";
            if counts {
                return None;
            }
            (date.month, date.day) = (Some(month), Some(day));
            return Some(self.year_after(end + 1, date));
        }
        let day = lexicon::day_number(self.low(at)).filter(|_| self.is_number(at))?;
        let mut next = at + 1;
        next += usize::from(self.low(next) == "day");
        next += usize::from(self.low(next) == "of");
        let (end, month, None) = self.month(next)? else { return None };
        // "5 May": a number before "May" in capitals is a date; "2 Marines" is no month at all.
        (date.month, date.day) = (Some(month), Some(day));
        Some(self.year_after(end, date))
    }

    /// Reads ", 2022" or "2022" or "of last year" after a day; returns the end.
    fn year_after(&self, at: usize, date: &mut Date) -> usize {
        let next = at + usize::from(self.one_of(at, &[",", "of", "in"]));
        if let Some(year) = self.year(next).or_else(|| self.old_year(next)) {
            // "On March 5, 2022 people fled" is rare; "On May 5, 2,000 people" has a comma inside.
            date.year = Some(year);
            return next + 1;
        }
        if (self.one_of(at, &["of", ","]) || self.one_of(at, &["last", "this"]))
            && let (end, Some(rel)) = self.year_rel(next)
            && self.low(at) != ","
        {
            date.year_rel = Some(rel);
            return end;
        }
        at
    }

    /// "last year", "the same year" after "of".
    fn year_rel(&self, at: usize) -> (usize, Option<Rel>) {
        let at = at + usize::from(self.low(at) == "the");
        let rel = match self.low(at) {
            "last" | "previous" => Rel::Last,
            "this" | "current" => Rel::This,
            "next" | "coming" => Rel::Next,
            _ => return (at, None),
        };
        if self.low(at + 1) == "year" { (at + 2, Some(rel)) } else { (at, None) }
    }

    /// A four-digit Gregorian year.
    pub fn year(&self, at: usize) -> Option<i16> {
        let word = self.low(at);
        if word.len() != 4 || !self.is_number(at) {
            return None;
        }
        word.parse().ok().filter(|it| (1700..=2100).contains(it))
    }

    /// A year before 1700 right behind its day or month: "31 March 1635 in Rome"; not "5 May 300 men".
    fn old_year(&self, at: usize) -> Option<i16> {
        let word = self.low(at);
        let digits = self.is_number(at) && matches!(word.len(), 3 | 4) && word.bytes().all(|it| it.is_ascii_digit());
        let ends = at + 1 >= self.end || self.one_of(at + 1, &[")", ",", ".", ";", "-", "–", "—"]);
        let ends = ends || word.len() == 4 && self.one_of(at + 1, &["in", "at", "to", "and"]);
        word.parse().ok().filter(|it| digits && ends && (100..1700).contains(it) && !word.starts_with('0'))
    }

    /// A year, also "mid-2019" and a Solar Hijri one in such company.
    fn year_word(&self, at: usize) -> Option<(i16, Option<Part>)> {
        if let Some(year) = self.year(at) {
            return Some((year, None));
        }
        let word = self.low(at);
        if let Some((lead, year)) = word.split_once('-') {
            let part = match lead {
                "mid" => Part::Mid,
                "early" => Part::Early,
                "late" => Part::Late,
                _ => return None,
            };
            let year = year.parse().ok().filter(|it| (1700..=2100).contains(it))?;
            return Some((year, Some(part)));
        }
        let solar: i16 = word.parse().ok().filter(|it| (1300..=1500).contains(it))?;
        let near = (at.saturating_sub(4)..at + 4).any(|it| self.one_of(it, &["solar", "hijri", "shamsi"]));
        (near && word.len() == 4).then_some((solar, None))
    }

    /// Says whether a bare month name is a time: not "May" the verb, "August" the given name.
    fn month_alone(&self, next: usize, end: usize, before: &str) -> bool {
        let name = self.low(end - 1).trim_end_matches('.');
        const LEADS: &[&str] = &[
            "in",
            "since",
            "by",
            "until",
            "till",
            "from",
            "to",
            "of",
            "during",
            "before",
            "after",
            "around",
            "through",
            "between",
            "and",
            "or",
            "late",
            "early",
            "mid",
            "throughout",
            "for",
            "last",
            "this",
            "next",
            "every",
            "'s",
            "around",
        ];
        if LEADS.contains(&before) && !(name == "may" && matches!(before, "and" | "or" | "to" | "'s")) {
            return true;
        }
        if matches!(name, "may" | "march" | "mar" | "jan" | "dec") {
            return false;
        }
        // "June Osei said", "April Fools": a name follows. "the June raid" is a time.
        let name_follows = self.cap(next) && self.text.tokens[next].kind == TokenKind::Word && self.low(next).len() > 1;
        matches!(before, "the" | "a" | "an" | "," | "(" | "its" | "their") || (!name_follows && before != "mr")
    }

    /// Says whether a number right before this word counts it: "2000 men".
    pub(super) fn counts_things(&self, at: usize) -> bool {
        const COUNTED: &[&str] = &[
            "people",
            "persons",
            "troops",
            "soldiers",
            "fighters",
            "militants",
            "civilians",
            "men",
            "women",
            "children",
            "families",
            "houses",
            "homes",
            "members",
            "others",
            "km",
            "kilometers",
            "kilometres",
            "miles",
            "meters",
            "metres",
            "euros",
            "dollars",
            "pounds",
            "tons",
            "tonnes",
            "refugees",
            "prisoners",
            "deaths",
            "casualties",
            "attacks",
            "strikes",
            "rockets",
            "feet",
            "gmt",
            "hours",
            "%",
            "percent",
            "or",
            "more",
            "rebels",
            "police",
            "officers",
            "square",
            "local",
            "new",
            "students",
            "workers",
            "villagers",
            "residents",
            "migrants",
        ];
        COUNTED.contains(&self.low(at))
    }

    /// Says whether four digits without a month are a year.
    fn year_alone(&self, at: usize, before: &str) -> bool {
        if self.counts_things(at + 1) && before != "in" && before != "since" {
            return false;
        }
        const LEADS: &[&str] = &[
            "in",
            "since",
            "by",
            "until",
            "till",
            "from",
            "of",
            "during",
            "before",
            "after",
            "circa",
            "early",
            "late",
            "mid",
            "through",
            "throughout",
            "the",
            "'s",
            "its",
            "their",
            "his",
            "her",
            "year",
            "a",
            "(",
            "-",
            "/",
            "spring",
            "summer",
            "autumn",
            "fall",
            "winter",
            "between",
            "around",
            "and",
            "to",
            "–",
            "our",
            "for",
            "this",
            "back",
        ];
        if LEADS.contains(&before) {
            // "of 2000 men" is caught above; "to 2000" and "and 2015" only inside a range or list of years.
            let plausible = self.year(at).is_some_and(|it| (1900..=2060).contains(&it))
                || matches!(before, "in" | "since" | "year");
            return plausible;
        }
        if self.year(at).is_none() {
            return matches!(before, "year");
        }
        let year = self.year(at).unwrap_or_default();
        // "a brokered 2002 ceasefire"
        let events = [
            "ceasefire",
            "truce",
            "agreement",
            "accord",
            "deal",
            "treaty",
            "war",
            "invasion",
            "coup",
            "uprising",
            "election",
            "elections",
            "constitution",
            "offensive",
            "massacre",
        ];
        if (1900..=2060).contains(&year) && self.one_of(at + 1, &events) {
            return true;
        }
        // "the synchronized 2008 Mumbai attacks"
        let led = at > self.from + 1 && self.one_of(at - 2, &["the", "a", "its", "their", "this"]) && self.cap(at + 1);
        if led && (1950..=2040).contains(&year) {
            return true;
        }
        let ends = at + 1 >= self.end || self.one_of(at + 1, &[",", ".", ")", ";", ":", "was", "saw", "and"]);
        (1950..=2040).contains(&year)
            && ends
            && (before.is_empty() || before == "," || self.text.tokens[at - 1].capital)
    }

    /// "between August 2021 and August 2022", "2006-08", "3-5 March", "October to December".
    fn range(&self, at: usize) -> Option<(usize, Value)> {
        let (first, joins, led): (usize, &[&str], bool) = match self.low(at) {
            "between" => (at + 1, &["and", "&"], true),
            "from" => (at + 1, &["to", "until", "till", "through", "-", "–", "up"], true),
            _ => (at, &["-", "–", "—", "to", "through"], false),
        };
        if let Some((end, value)) = self.day_range(first) {
            return Some((end, value));
        }
        if let Some(value) = self.joined_months(first) {
            return Some(value);
        }
        // "between noon on Friday and noon on Saturday"
        let clock = |at: usize| {
            let told = self.one_of(at, &["noon", "midnight", "dawn", "dusk"]) && self.low(at + 1) == "on";
            at + if led && told { 2 } else { 0 }
        };
        let (end, mut a) = self.date(clock(first), !led)?;
        if !joins.contains(&self.low(end)) || (a.day.is_none() && a.weekday.is_some() && !led) {
            return None;
        }
        let mut next = end + 1;
        next += usize::from(self.low(end) == "up" && self.low(next) == "to");
        // "2006-08", "2020–21"
        if a.month.is_none()
            && a.year.is_some()
            && self.is_number(next)
            && self.low(next).len() == 2
            && self.glued(next)
        {
            let (year, tail) = (a.year?, self.low(next).parse::<i16>().ok()?);
            let last = year - year % 100 + tail;
            return (last > year).then_some((next + 1, Value::Range(a, Date { year: Some(last), ..Date::EMPTY })));
        }
        let (end, b) = self.date(clock(next), false)?;
        let shape = |it: &Date| (it.month.is_some(), it.day.is_some());
        if shape(&a) != shape(&b) && !(a.month.is_some() && b.month.is_some()) {
            return None;
        }
        if a.month.is_none() && a.weekday.is_none() && !led && self.one_of(at.wrapping_sub(1), &["$"]) {
            return None;
        }
        a.year = a.year.or(match b.year {
            Some(year) if b.month < a.month => Some(year - 1),
            year => year,
        });
        a.year_rel = a.year_rel.or(b.year_rel);
        Some((end, Value::Range(a, b)))
    }

    /// "March 3-5, 2020", "3–5 March 2020", "March 3 to 5".
    fn day_range(&self, at: usize) -> Option<(usize, Value)> {
        let join = |at: usize| self.one_of(at, &["-", "–", "to", "and"]);
        let numbers = |at: usize| {
            let a = lexicon::day_number(self.low(at)).filter(|_| self.is_number(at))?;
            let b = lexicon::day_number(self.low(at + 2)).filter(|_| self.is_number(at + 2) && join(at + 1))?;
            (a < b).then_some((a, b))
        };
        let make = |month, a, b, mut last: Date| {
            (last.month, last.day) = (Some(month), Some(b));
            Value::Range(Date { month: Some(month), day: Some(a), ..last }, last)
        };
        let mut last = Date::EMPTY;
        if let Some((end, month, None)) = self.month(at) {
            let (a, b) = numbers(end)?;
            // "March 3 and 5 others": only a dash or "to" joins days there.
            if self.low(end + 1) == "and" {
                return None;
            }
            let end = self.year_after(end + 3, &mut last);
            return Some((end, make(month, a, b, last)));
        }
        let (a, b) = numbers(at)?;
        let (end, month, None) = self.month(at + 3)? else { return None };
        let end = self.year_after(end, &mut last);
        Some((end, make(month, a, b, last)))
    }

    /// "August-October 2021" as one token.
    fn joined_months(&self, at: usize) -> Option<(usize, Value)> {
        let (a, b) = self.low(at).split_once('-')?;
        let (a, b) = (lexicon::month(a)?, lexicon::month(b)?);
        let mut last = Date { month: Some(b), ..Date::EMPTY };
        let end = self.year_after(at + 1, &mut last);
        let year = last.year.map(|it| if b < a { it - 1 } else { it });
        Some((end, Value::Range(Date { month: Some(a), year, ..last }, last)))
    }

    /// "since mid-August", "since returning to power in mid-August".
    fn since(&self, at: usize) -> Option<(usize, Value)> {
        if self.low(at) != "since" {
            return None;
        }
        for next in at + 1..(at + 10).min(self.end) {
            if next > at + 1 && !self.one_of(next - 1, &["in", "on", "of", "least"]) {
                if self.one_of(next, &[",", ";", ".", "that", "which", "who", "said"]) {
                    return None;
                }
                continue;
            }
            if let Some((end, date)) = self.date(next, false)
                && (date.month.is_some() || date.year.is_some() || date.weekday.is_some())
            {
                return Some((end, Value::Since(date)));
            }
            if let Some((end, Value::Unit(unit, rel, _))) = self.deictic(next) {
                return Some((end, Value::SinceUnit(unit, rel)));
            }
        }
        None
    }

    /// "over the past two years", "in recent weeks", "in the coming days".
    fn window(&self, at: usize) -> Option<(usize, Value)> {
        let lead = self.one_of(at, &["over", "in", "during", "within", "for", "through", "throughout", "across"]);
        let mut next = at + usize::from(lead);
        next += usize::from(self.one_of(next, &["the", "these", "this", "her", "his", "their"]));
        let rel = match self.low(next) {
            "past" | "last" | "previous" | "preceding" | "recent" => Rel::Last,
            "next" | "coming" | "upcoming" | "following" => Rel::Next,
            _ => return None,
        };
        let recent = self.low(next) == "recent";
        next += 1;
        let (end, count) = self.count(next).unwrap_or((next, if recent { Count::Few } else { Count::Exactly(1) }));
        let unit = lexicon::unit(self.low(end))?;
        let plural = self.low(end).ends_with('s');
        let counted = end > next;
        let count = match (counted, plural, self.low(end)) {
            (false, true, _) => Count::Few,
            (_, _, "fortnight") => Count::Exactly(2),
            _ => count,
        };
        // "last week" and "the following day" are units of the calendar; "the past week", "over the last week" windows.
        let calendar = !counted && !plural && (self.low(next - 1) != "past");
        let over = self.one_of(at, &["over", "during", "within", "through", "throughout"])
            || (lead && self.low(at + 1) == "the");
        if calendar && !(over && rel == Rel::Last && self.one_of(next - 1, &["last", "past"])) {
            return None;
        }
        if self.low(next - 1) == "following" {
            return None;
        }
        Some((end + 1, Value::Window(count, unit, rel)))
    }

    /// "a few", "several", "19", "couple of".
    pub(super) fn count(&self, at: usize) -> Option<(usize, Count)> {
        match self.low(at) {
            "few" => return Some((at + 1, Count::Few)),
            "a" if self.low(at + 1) == "few" => return Some((at + 2, Count::Few)),
            "several" | "some" => return Some((at + 1, Count::Few)),
            "many" => return Some((at + 1, Count::Many)),
            "couple" => return Some((at + 1 + usize::from(self.low(at + 1) == "of"), Count::Exactly(2))),
            "a" | "an" if lexicon::unit(self.low(at + 1)).is_some() => return Some((at + 1, Count::Exactly(1))),
            _ => {}
        }
        let (end, n) = cardinal(self.text, at)?;
        // "10 to 12 months": the last number counts.
        if self.one_of(end, &["to", "or", "-", "–"])
            && let Some((end, n)) = cardinal(self.text, end + 1)
        {
            return Some((end, Count::Exactly(i64::try_from(n).ok()?)));
        }
        (end <= self.end).then_some((end, Count::Exactly(i64::try_from(n).ok()?)))
    }

    /// "last winter", "in the spring of 2020".
    fn season(&self, at: usize) -> Option<(usize, Value)> {
        let (next, rel) = match self.low(at) {
            "last" => (at + 1, Rel::Last),
            "this" => (at + 1 + usize::from(self.low(at + 1) == "past"), Rel::This),
            "next" => (at + 1, Rel::Next),
            _ => (at, Rel::Plain),
        };
        let season = lexicon::season(self.low(next))?;
        if rel != Rel::Plain {
            return Some((next + 1, Value::Season(season, None, rel)));
        }
        let year = next + 1 + usize::from(self.low(next + 1) == "of");
        if let Some(told) = self.year(year) {
            return Some((year + 1, Value::Season(season, Some(told), rel)));
        }
        if self.low(next + 1) == "of"
            && let (end, Some(rel)) = self.year_rel(next + 2)
        {
            return Some((end, Value::Season(season, None, rel)));
        }
        let ends = next + 1 >= self.end || self.one_of(next + 1, &[",", ".", "and", "of", "when", "after", "before"]);
        (self.before(at) == "the" && ends && self.low(next) != "fall")
            .then_some((next + 1, Value::Season(season, None, rel)))
    }

    /// "today", "last night", "earlier this week", "so far this year".
    fn deictic(&self, at: usize) -> Option<(usize, Value)> {
        match self.low(at) {
            "today" | "tonight" => return Some((at + 1, Value::Deictic(0))),
            "yesterday" => return Some((at + 1, Value::Deictic(-1))),
            "tomorrow" => return Some((at + 1, Value::Deictic(1))),
            "last" if self.low(at + 1) == "night" => return Some((at + 2, Value::Deictic(-1))),
            "this" if self.one_of(at + 1, &["morning", "afternoon", "evening"]) => {
                return Some((at + 2, Value::Deictic(0)));
            }
            "the" if self.reads(at + 1, &["day", "before", "yesterday"]) => return Some((at + 4, Value::Deictic(-2))),
            // "at the weekend", "over the weekend": the one just past, or the next by its verb.
            "the"
                if self.low(at + 1) == "weekend"
                    && self.one_of(at.saturating_sub(1), &["at", "over", "on", "during"]) =>
            {
                return Some((at + 2, Value::Unit(Unit::Weekend, Rel::Plain, None)));
            }
            "so" if self.low(at + 1) == "far" => {
                return match self.unit_rel(at + 2) {
                    Some((end, unit, Rel::This)) => Some((end, Value::Unit(unit, Rel::This, None))),
                    _ => Some((at + 2, Value::UntilNow)),
                };
            }
            "in" if self.reads(at + 1, &["the", "near", "future"]) => return Some((at + 4, Value::NearFuture)),
            "in" if self.reads(at + 1, &["the", "foreseeable", "future"]) => return Some((at + 4, Value::NearFuture)),
            "the" if self.reads(at + 1, &["near", "future"]) => return Some((at + 3, Value::NearFuture)),
            _ => {}
        }
        let (lead, part) = match self.low(at) {
            "earlier" => (at + 1, Some(Part::Early)),
            "later" => (at + 1, Some(Part::Late)),
            _ => self.part(at),
        };
        let lead = lead + usize::from(part.is_some() && self.low(lead) == "in");
        let (end, unit, rel) = match self.unit_rel(lead) {
            Some(found) => found,
            // "by the end of the year"
            None if part.is_some() && self.low(lead) == "the" => {
                let unit = lexicon::unit(self.low(lead + 1)).filter(|_| !self.low(lead + 1).ends_with('s'))?;
                (lead + 2, unit, Rel::This)
            }
            None => return None,
        };
        Some((end, Value::Unit(unit, rel, part)))
    }

    /// "this week", "last month", "the current year".
    fn unit_rel(&self, at: usize) -> Option<(usize, Unit, Rel)> {
        let the = at
            + usize::from(
                self.low(at) == "the" && self.one_of(at + 1, &["current", "previous", "last", "next", "past"]),
            );
        let (next, rel) = match self.low(the) {
            "this" if self.one_of(the + 1, &["past", "last"]) => (the + 2, Rel::Last),
            "this" | "current" => (the + 1, Rel::This),
            "last" | "previous" => (the + 1, Rel::Last),
            "next" => (the + 1, Rel::Next),
            _ => return None,
        };
        let solar = self.one_of(next, &["solar"]);
        let unit =
            lexicon::unit(self.low(next + usize::from(solar))).filter(|it| !matches!(it, Unit::Hour | Unit::Day))?;
        if self.low(next).ends_with('s') || solar {
            return None;
        }
        Some((next + 1, unit, rel))
    }
}
