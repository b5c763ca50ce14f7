//! Times that name their place in the calendar: dates, quarters, seasons,
//! decades, centuries, feasts. Dates themselves are read by the grammar of the
//! published times; what is added here has no days of its own there.

use super::cal::{Cal, season_code};
use super::{Draft, Rules, TimexKind};
use crate::numbers::{cardinal, small};
use crate::times::Tense;
use crate::times::grammar::{Date, Part, Rel, Value};
use crate::times::lexicon::{self, Unit};
use crate::times::resolve::{self, Anchors};
use aver_model::Day;

impl Rules<'_> {
    /// A date, quarter, season, decade or named day.
    pub(super) fn anchored(&self, at: usize) -> Option<Draft> {
        let rules: [fn(&Self, usize) -> Option<Draft>; 10] = [
            Self::month_alone,
            Self::quarter,
            Self::decade_or_century,
            Self::season_of,
            Self::spelt_year,
            Self::era,
            Self::printed,
            Self::bare_year,
            Self::short_date,
            Self::weekday_alone,
        ];
        rules.iter().filter_map(|rule| rule(self, at)).reduce(|a, b| if b.end > a.end { b } else { a })
    }

    /// What the grammar of the published times reads.
    fn printed(&self, at: usize) -> Option<Draft> {
        // "the 12th of October" is a time whole; "the 2002 games" and "the May 5 attack" are no time with their "the".
        let ranked = self.low(at + 1).ends_with(|it: char| it.is_alphabetic())
            && lexicon::day_number(self.low(at + 1)).is_some();
        let whole = self.lead_part(at + 1) || self.date_at(at + 1) && (ranked || self.whole);
        let mut start = at + usize::from(self.low(at) == "the" && whole);
        start += usize::from(
            start == at
                && self.one_of(at, &["earlier", "later", "sometime", "fiscal", "about", "around"])
                && self.date_at(at + 1),
        );
        let (end, value) = self.scan.date_value(start)?;
        // A date inside of an address of the web.
        if self.before(at) == "/" && self.scan.text.tokens[at].glued {
            return None;
        }
        let past = self.tense(at, end);
        match &value {
            // "on a Monday": any.
            Value::Date(date @ Date { weekday: Some(_), day: None, .. }) if self.any_weekday(at, end) => {
                Some(Draft::new(end, TimexKind::Date, pattern(date)))
            }
            Value::Date(date) => self.date(at, end, &self.with_year_behind(end, *date), past),
            Value::Named(_) => {
                let days = resolve::resolve(&value, past, &self.anchors());
                let (first, last) = days.start.zip(days.end)?;
                (first == last).then(|| Draft::of(end, Cal::Day(first)))
            }
            Value::Ambiguous => {
                // "5/8/2021" without a country: the American order, as TIMEX3 corpora have it.
                let n = |at: usize| self.low(at).parse::<i16>().ok();
                let day = Day::new(n(start + 4)?, n(start)? as i8, n(start + 2)? as i8)?;
                Some(Draft::of(end, Cal::Day(day)))
            }
            _ => None,
        }
    }

    /// "March", "May" where the phrase is known to be a time.
    fn month_alone(&self, at: usize) -> Option<Draft> {
        let month = lexicon::month(self.low(at)).filter(|_| self.whole && self.scan.text.tokens[at].capital)?;
        self.date(at, at + 1, &Date { month: Some(month), ..Date::EMPTY }, Tense::Near)
    }

    /// "on a Monday".
    fn any_weekday(&self, at: usize, end: usize) -> bool {
        let led = self.before(at) == "a" && at >= self.scan.from + 2 && self.low(at - 2) == "on";
        led && !self.whole && self.ends_year(end)
    }

    fn lead_part(&self, at: usize) -> bool {
        self.one_of(at, &["early", "late", "beginning", "end", "middle", "start", "mid"])
            || self.one_of(at, &["last", "previous", "first", "second"])
    }

    fn date_at(&self, at: usize) -> bool {
        self.scan.date_value(at).is_some()
    }

    fn anchors(&self) -> Anchors {
        Anchors { published: self.now.published.map(|it| (it, it)), near_year: None, day: None }
    }

    fn date(&self, at: usize, end: usize, date: &Date, tense: Tense) -> Option<Draft> {
        if date.solar {
            return None;
        }
        let year = date.year.or_else(|| self.year_of(at, date, tense));
        let Some(year) = year else { return Some(Draft::new(end, TimexKind::Date, pattern(date))) };
        let cal = match (date.month, date.day, date.weekday, date.part) {
            (Some(month), Some(day), ..) => Cal::Day(Day::new(year, month, day)?),
            (Some(month), ..) => Cal::Month(year, month),
            (None, _, Some(_), _) => self.weekday_day(date, tense)?,
            (.., Some(Part::Half(n))) => Cal::Half(year, n as i8),
            (.., Some(Part::Quarter(n))) => Cal::Quarter(year, n as i8),
            _ => Cal::Year(year),
        };
        Some(Draft::of(end, cal))
    }

    fn weekday_day(&self, date: &Date, tense: Tense) -> Option<Cal> {
        // In a phrase of its own a weekday is the last one; in a text the verb decides.
        let tense = if self.whole { Tense::Past } else { tense };
        let days = resolve::resolve(&Value::Date(*date), tense, &self.anchors());
        days.start.map(Cal::Day)
    }

    fn year_of(&self, at: usize, date: &Date, tense: Tense) -> Option<i16> {
        let plain = date.rel == Rel::Plain && date.year_rel.is_none() && date.month.is_some();
        if let Some(year) = self.now.told_year().filter(|_| plain && !self.whole) {
            return Some(year);
        }
        let published = self.now.published?;
        if plain
            && !self.whole
            && let Some(year) = self.coming_year(at, date, published)
        {
            return Some(year);
        }
        if date.year_rel.is_some() || date.rel != Rel::Plain || date.month.is_none() || !self.whole {
            let anchors = self.anchors();
            return resolve::resolve(&Value::Date(*date), tense, &anchors).start.map(|it| it.0.year());
        }
        // Alone, the nearest: "January" in October is the coming one.
        let year = published.0.year();
        let month = date.month?;
        (year - 1..=year + 1).min_by_key(|&it| {
            let Some(day) = Day::new(it, month, date.day.unwrap_or(15).min(28)) else { return i64::MAX };
            let away = published.days_until(day);
            if away > 0 { away + 31 } else { -away }
        })
    }

    /// "the third quarter of 2009", "fourth-quarter", "this year's third quarter", "fiscal first quarter", "Q3 2010".
    fn quarter(&self, at: usize) -> Option<Draft> {
        let mut next = at + usize::from(self.one_of(at, &["the", "its", "their", "this", "last", "next", "fiscal"]));
        let mut year: Option<i16> = None;
        if matches!(self.low(next), "year") && self.low(next + 1) == "'s" {
            let n = match self.low(at) {
                "last" => -1,
                "next" => 1,
                "this" => 0,
                _ => return None,
            };
            year = Some(self.now.published?.0.year() + n);
            next += 2;
        } else if matches!(self.low(at), "this" | "last" | "next") {
            return None;
        } else if let Some(told) = self.scan.year(next) {
            (year, next) = (Some(told), next + 1 + usize::from(self.low(next + 1) == "'s"));
        }
        next += usize::from(self.one_of(next, &["fiscal", "year-ago", "year-earlier", "current"]));
        let ago = self.one_of(next.wrapping_sub(1), &["year-ago", "year-earlier"]);
        let (mut end, cal) = self.quarter_name(next)?;
        let of = end + usize::from(self.one_of(end, &["of", "in", "fiscal", ","]));
        let of = of + usize::from(self.one_of(of, &["fiscal"]));
        if year.is_none() {
            if let Some(told) = self.scan.year(of) {
                (year, end) = (Some(told), of + 1);
            } else if self.one_of(of, &["last", "this", "next"]) && self.low(of + 1) == "year" {
                let n = match self.low(of) {
                    "last" => -1,
                    "next" => 1,
                    _ => 0,
                };
                (year, end) = (self.now.published.map(|it| it.0.year() + n), of + 2);
            } else if self.low(of) == "the" && self.one_of(of + 1, &["year", "fiscal"]) {
                end = of + 2 + usize::from(self.low(of + 1) == "fiscal");
            } else if self.one_of(end, &["a"])
                && self.low(end + 1) == "year"
                && self.one_of(end + 2, &["ago", "earlier"])
            {
                (year, end) = (self.now.published.map(|it| it.0.year() - 1), end + 3);
            }
        }
        let part = |year: i16| match cal {
            Cal::Quarter(_, n) => Cal::Quarter(year, n),
            Cal::Half(_, n) => Cal::Half(year, n),
            other => other,
        };
        let Some(year) = year.or_else(|| {
            let day = self.now.published?;
            let (now, wanted) = (Cal::holding(day, Unit::Quarter), part(day.0.year()));
            let late = matches!((now, wanted), (Cal::Quarter(_, 1), Cal::Quarter(_, 4 | 3) | Cal::Half(_, 2)));
            Some(day.0.year() - i16::from(late) - i16::from(ago))
        }) else {
            return Some(Draft::new(end, TimexKind::Date, cal.value().replacen("0000", "XXXX", 1)));
        };
        Some(Draft::of(end, part(year)))
    }

    fn quarter_name(&self, at: usize) -> Option<(usize, Cal)> {
        let word = self.low(at);
        let word = word.strip_prefix("fiscal-").unwrap_or(word);
        if let Some(n) = word.strip_prefix('q').and_then(|it| it.parse::<i8>().ok()).filter(|it| (1..=4).contains(it)) {
            let dated = self.whole || self.scan.year(at + 1).is_some() || self.one_of(at + 1, &["of", "fiscal"]);
            return (dated && self.scan.text.tokens[at].capital).then_some((at + 1, Cal::Quarter(0, n)));
        }
        if let Some((first, noun)) = word.split_once('-') {
            let n = lexicon::ordinal(first)? as i8;
            return match noun {
                "quarter" => Some((at + 1, Cal::Quarter(0, n))),
                "half" => Some((at + 1, Cal::Half(0, n.min(2)))),
                _ => None,
            };
        }
        let n = lexicon::ordinal(word)? as i8;
        match self.low(at + 1) {
            "quarter" => Some((at + 2, Cal::Quarter(0, n))),
            // "the first half" of what? Only with a year behind.
            "half" => {
                let of = at + 2 + usize::from(self.low(at + 2) == "of");
                let told = self.scan.year(of).is_some()
                    || of > at + 2
                        && (self.one_of(of, &["this", "last", "next"]) && self.low(of + 1) == "year"
                            || self.low(of) == "the" && self.low(of + 1) == "year")
                    || self.whole && of >= self.scan.end;
                told.then_some((at + 2, Cal::Half(0, if word == "first" || word == "1st" { 1 } else { 2 })))
            }
            _ => None,
        }
    }

    /// "the late 1970s", "the '80s", "the nineties", "the 20th century", "the past decade".
    fn decade_or_century(&self, at: usize) -> Option<Draft> {
        let mut next = at + usize::from(self.low(at) == "the");
        let of = |at: usize| {
            usize::from(self.low(at) == "of") + usize::from(self.low(at + 1) == "the" && self.low(at) == "of")
        };
        if self.one_of(next, &["early", "late", "mid", "middle", "end", "beginning", "start", "last", "first"]) {
            next += 1 + usize::from(self.one_of(next + 1, &["half", "-"]));
            next += of(next);
        }
        let word = self.low(next);
        let word = ["mid-", "early-", "late-"].iter().find_map(|it| word.strip_prefix(it)).unwrap_or(word);
        if word == "'" || word == "'s" {
            // "'82": a mark that is glued to two digits opens a year when nothing is quoted.
            if let Some(year) = self.low(next + 1).parse::<i16>().ok().filter(|_| self.low(next + 1).len() == 2) {
                let quoted = self.low(next + 2) == "'" || !self.scan.text.tokens[next + 1].glued;
                return (!quoted && year >= 30).then(|| Draft::of(next + 2, Cal::Year(1900 + year)));
            }
            let tens: i16 = self.low(next + 1).strip_suffix('s')?.parse().ok()?;
            return (tens % 10 == 0 && tens >= 20).then(|| Draft::of(next + 2, Cal::Decade(1900 + tens)));
        }
        if let Some(digits) = word.strip_suffix("'s").or(word.strip_suffix('s')) {
            let digits = digits.trim_start_matches('\'');
            if let Ok(year) = digits.parse::<i16>() {
                // "her 20s" are her age.
                if digits.len() == 2 && self.one_of(at.wrapping_sub(1), &["his", "her", "their", "my", "our", "your"]) {
                    return None;
                }
                let year = if digits.len() == 2 && year >= 20 { 1900 + year } else { year };
                return ((1000..=2090).contains(&year) && year % 10 == 0).then(|| {
                    Draft::of(
                        next + 1,
                        if year % 100 == 0 && year < 1900 { Cal::Century(year) } else { Cal::Decade(year) },
                    )
                });
            }
            let ten = match digits {
                "twentie" => 20,
                "thirtie" => 30,
                "fortie" => 40,
                "fiftie" => 50,
                "sixtie" => 60,
                "seventie" => 70,
                "eightie" => 80,
                "ninetie" => 90,
                _ => return None,
            };
            let the = next > at && !self.one_of(next - 1, &["his", "her", "their"]);
            return the.then(|| Draft::of(next + 1, Cal::Decade(1900 + ten)));
        }
        // "the 1930's", in two tokens
        if next > at
            && self.one_of(next + 1, &["'s", "’s"])
            && let Some(year) = self.scan.year(next).filter(|it| it % 10 == 0)
        {
            return Some(Draft::of(next + 2, Cal::Decade(year)));
        }
        // "the 20th century", "19th-century"
        let (number, end) = match word.split_once('-') {
            Some((number, "century")) => (number, next + 1),
            _ if self.one_of(next + 1, &["century", "centuries"]) => (word, next + 2),
            _ => return None,
        };
        let digits = number.trim_end_matches(|c: char| c.is_alphabetic());
        let n: i16 = digits.parse().ok().or_else(|| spelt_rank(number))?;
        if matches!(self.low(end), "bc" | "bce" | "b.c." | "b.c.e.") {
            return Some(Draft::new(end + 1, TimexKind::Date, format!("BC{:02}", n - 1)));
        }
        (2..=30).contains(&n).then(|| Draft::of(end, Cal::Century((n - 1) * 100)))
    }

    /// "last winter", "the summer of 1994", "this fall", "summer 2010".
    fn season_of(&self, at: usize) -> Option<Draft> {
        let the = at + usize::from(self.low(at) == "the");
        let part = the + usize::from(self.one_of(the, &["early", "late", "mid", "whole"]));
        let (next, rel) = match (self.low(part), self.low(part + 1)) {
            ("this", "past" | "last") => (part + 2, Some(-1)),
            ("this" | "current", _) => (part + 1, Some(0)),
            ("last" | "past" | "previous", _) => (part + 1, Some(-1)),
            ("next" | "coming", _) => (part + 1, Some(1)),
            _ => (part, None),
        };
        let word = self.low(next);
        let month = lexicon::season(word)?;
        let after = next + 1 + usize::from(self.one_of(next + 1, &["of", ","]));
        if let Some(year) = self.scan.year(after) {
            return Some(Draft::of(after + 1, Cal::Season(year, month)));
        }
        if let Some((end, year)) = self.spelt(after) {
            return Some(Draft::of(end, Cal::Season(year, month)));
        }
        let plain = rel.is_some() || self.whole || part > at && word != "fall" || self.season_alone(at, next);
        if !plain || self.names_season(next + 1) {
            return None;
        }
        // "Summer can be hot": that of any year.
        if rel.is_none() && !self.whole && self.habitual() {
            return Some(Draft::new(next + 1, TimexKind::Date, format!("XXXX-{}", season_code(month))));
        }
        let Some(day) = self.now.published else {
            return Some(Draft::new(next + 1, TimexKind::Date, format!("XXXX-{}", season_code(month))));
        };
        let year = day.0.year();
        let ended = |year: i16| Cal::Season(year, month).days().is_some_and(|it| it.1 < day);
        let begun = |year: i16| Cal::Season(year, month).days().is_some_and(|it| it.0 <= day);
        let year = match rel {
            Some(-1) if ended(year) => year,
            Some(-1) => year - 1,
            Some(1) if begun(year) => year + 1,
            Some(_) => year,
            None if begun(year) || self.whole => year,
            None => year - 1,
        };
        Some(Draft::of(next + 1, Cal::Season(year, month)))
    }

    /// "nineteen ninety-six", "the year two thousand", "January nineteen ninety-seven".
    fn spelt_year(&self, at: usize) -> Option<Draft> {
        let mut next = at + usize::from(self.low(at) == "the");
        let named = self.low(next) == "year";
        next += usize::from(named);
        if let Some(month) = lexicon::month(self.low(next)).filter(|_| self.scan.text.tokens[next].capital) {
            let (end, year) = self.spelt(next + 1)?;
            return Some(Draft::of(end, Cal::Month(year, month)));
        }
        if named && let Some(year) = self.scan.year(next) {
            return Some(Draft::of(next + 1, Cal::Year(year)));
        }
        let (end, year) = self.spelt(next)?;
        let round = year % 1000 == 0 && !named;
        (!round && (next == at || named)).then(|| Draft::of(end, Cal::Year(year)))
    }

    /// "nineteen ninety-six", "two thousand and nine", "nineteen hundred".
    fn spelt(&self, at: usize) -> Option<(usize, i16)> {
        let first = small(self.low(at))?;
        if self.low(at).chars().next()?.is_ascii_digit() {
            return None;
        }
        if (15..=20).contains(&first)
            && let Some(rest) = small(self.low(at + 1)).filter(|it| *it >= 10)
        {
            let (mut end, mut year) = (at + 2, first * 100 + rest);
            if rest % 10 == 0
                && rest >= 20
                && let Some(unit) = small(self.low(end)).filter(|it| (1..10).contains(it))
            {
                (end, year) = (end + 1, year + unit);
            }
            return Some((end, year as i16));
        }
        if first == 2 && self.low(at + 1) == "thousand" {
            let (end, year) = cardinal(self.scan.text, at)?;
            return (2000..=2099).contains(&year).then_some((end.min(self.scan.end), year as i16));
        }
        None
    }

    /// "400 BCE", "500 CE", "AD 70".
    fn era(&self, at: usize) -> Option<Draft> {
        let era = |at: usize| match self.low(at).replace('.', "").as_str() {
            "bc" | "bce" => Some(-1i16),
            "ad" | "ce" => Some(1),
            _ => None,
        };
        let year = |at: usize| self.low(at).replace(',', "").parse::<i16>().ok().filter(|it| (1..9000).contains(it));
        let (end, year) = match (year(at), era(at)) {
            (Some(year), None) => (at + 2, year * era(at + 1)?),
            (None, Some(1)) if self.scan.text.tokens[at].capital => (at + 2, year(at + 1)?),
            _ => return None,
        };
        let value = if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") };
        Some(Draft { end, kind: TimexKind::Date, value, cal: (year > 0).then_some(Cal::Year(year)), back: false })
    }

    /// "the previous Friday", "this coming Sunday".
    fn weekday_alone(&self, at: usize) -> Option<Draft> {
        let the = at + usize::from(self.low(at) == "the");
        let n = match (self.low(the), the > at) {
            ("previous" | "preceding", true) => -1,
            ("following", true) => 1,
            _ => return None,
        };
        let weekday = lexicon::weekday(self.low(the + 1))?;
        let from = self.now.day.map(|it| it.0).or(self.now.published)?;
        let away = (i64::from(weekday) - i64::from(from.0.weekday().to_monday_one_offset())).rem_euclid(7);
        let day = match (n, away) {
            (1, 0) => from.plus_days(7),
            (1, _) => from.plus_days(away),
            (_, 0) => from.plus_days(-7),
            _ => from.plus_days(away - 7),
        };
        Some(Draft::of(the + 2, Cal::Day(day)))
    }
}

/// Returns the TIMEX3 value of a date whose year nobody tells.
fn pattern(date: &Date) -> String {
    match (date.month, date.day, date.weekday) {
        (Some(month), Some(day), _) => format!("XXXX-{month:02}-{day:02}"),
        (Some(month), None, _) => format!("XXXX-{month:02}"),
        (None, _, Some(weekday)) => format!("XXXX-WXX-{weekday}"),
        _ => "XXXX".into(),
    }
}

/// "nineteenth", "twenty-first".
fn spelt_rank(word: &str) -> Option<i16> {
    let of = |it: &str| aver_model::number_words::rank(it).map(|it| it as i16);
    let (tens, ones) = word.split_once('-').map_or((None, word), |it| (small(it.0), it.1));
    match tens {
        Some(tens) => Some(tens as i16 + of(ones)?),
        None => of(ones),
    }
}
