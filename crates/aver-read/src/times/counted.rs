//! Counted stretches: "two weeks ago", "within six months", "a two-decade war".

use super::grammar::{Bound, Count, Date, Rel, Scan, Value};
use super::lexicon::{self, Unit};
use crate::numbers::cardinal;
use crate::text::TokenKind;

impl Scan<'_> {
    /// A number of units, or a relation to another time.
    pub(super) fn counted(&self, at: usize) -> Option<(usize, Value)> {
        self.night(at)
            .or_else(|| self.first_months(at))
            .or_else(|| self.next_day(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.adjective(at))
            .or_else(|| self.stretch(at))
    }

    /// "overnight", "during the night" that no other day is named for.
    fn night(&self, at: usize) -> Option<(usize, Value)> {
        let end = match (self.low(at), self.low(at + 1), self.low(at + 2)) {
            ("overnight", ..) => at + 1,
            ("during", "the", "night") => at + 3,
            _ => return None,
        };
        let adverb = end >= self.end
            || self.text.tokens[end].kind == TokenKind::Mark
            || self.one_of(end, &["in", "at", "by", "near", "and", "when", "after", "as"]);
        let dated = (at.saturating_sub(3).max(self.from)..(end + 4).min(self.end))
            .any(|it| lexicon::weekday(self.low(it)).is_some() || lexicon::month(self.low(it)).is_some());
        (adverb && !dated).then_some((end, Value::Overnight))
    }

    /// "the first five months of the year", "the last three months of 2019".
    fn first_months(&self, at: usize) -> Option<(usize, Value)> {
        let rank = at + usize::from(self.low(at) == "the");
        let first = match self.low(rank) {
            "first" => true,
            "last" | "final" => false,
            _ => return None,
        };
        let (end, n) = cardinal(self.text, rank + 1)?;
        let n = i8::try_from(n).ok().filter(|it| (1..=11).contains(it))?;
        if !self.one_of(end, &["months", "month"]) || !self.one_of(end + 1, &["of", "in"]) {
            return None;
        }
        let (year, year_rel, end) = match self.year(end + 2) {
            Some(year) => (Some(year), None, end + 3),
            None if self.low(end + 2) == "the" && self.low(end + 3) == "year" => (None, Some(Rel::This), end + 4),
            None => match (self.low(end + 2), self.low(end + 3)) {
                ("this", "year") => (None, Some(Rel::This), end + 4),
                ("last", "year") => (None, Some(Rel::Last), end + 4),
                _ => return None,
            },
        };
        let of = |month: i8| Date { month: Some(month), year, year_rel, ..Date::EMPTY };
        let (from, to) = if first { (1, n) } else { (13 - n, 12) };
        Some((end, Value::Range(of(from), of(to))))
    }

    /// "the day before" of the day just told; not "the day before the raid".
    fn day_before(&self, at: usize) -> Option<(usize, Value)> {
        let step = match self.low(at + 2) {
            "before" | "earlier" => -1,
            "after" => 1,
            _ => return None,
        };
        let day = self.low(at) == "the" && self.low(at + 1) == "day";
        let ends = at + 3 >= self.end
            || self.text.tokens[at + 3].kind == TokenKind::Mark
            || self.one_of(at + 3, &["in", "at", "by", "with", "near", "and", "but", "when", "as", "on"]);
        (day && ends).then_some((at + 3, Value::FromEvent(step, Unit::Day)))
    }

    /// "the next day", "the previous week", "the same day", "that year".
    fn next_day(&self, at: usize) -> Option<(usize, Value)> {
        if let Some(found) = self.day_before(at) {
            return Some(found);
        }
        let next = at + usize::from(self.low(at) == "the");
        if next == at && self.low(at) != "that" {
            return None;
        }
        let step = match self.low(next) {
            "next" | "following" => 1,
            "previous" | "preceding" => -1,
            "same" => 0,
            "that" if next == at => 0,
            _ => return None,
        };
        let part_of_day = self.one_of(next + 1, &["morning", "afternoon", "evening", "night"]);
        let unit = if part_of_day { Some(Unit::Day) } else { lexicon::unit(self.low(next + 1)) };
        let unit = unit.filter(|it| *it != Unit::Hour)?;
        if self.low(next + 1).ends_with('s') {
            return None;
        }
        Some((next + 2, Value::FromEvent(step, unit)))
    }

    /// "the 1990s", "mid-1980s".
    fn decade(&self, at: usize) -> Option<(usize, Value)> {
        let word = self.low(at);
        let (early, late, digits) = match word.split_once('-') {
            Some(("mid", rest)) => (3, 6, rest),
            Some(("early", rest)) => (0, 3, rest),
            Some(("late", rest)) => (6, 9, rest),
            _ => match if at > self.from { self.low(at - 1) } else { "" } {
                "early" => (0, 3, word),
                "late" => (6, 9, word),
                "mid" => (3, 6, word),
                _ => (0, 9, word),
            },
        };
        let year: i16 = digits.strip_suffix("'s").or(digits.strip_suffix('s'))?.parse().ok()?;
        let fits = (1700..=2090).contains(&year) && year % 10 == 0;
        fits.then_some((at + 1, Value::Years(year + early, year + late)))
    }

    /// "two-decade", "20-year", "a six-month-long"; not "20-year-old".
    fn adjective(&self, at: usize) -> Option<(usize, Value)> {
        let mut pieces = self.low(at).split('-');
        let (number, unit, rest) = (pieces.next()?, pieces.next()?, pieces.next());
        let unit = lexicon::unit(unit).filter(|it| *it != Unit::Hour)?;
        let counts = number.parse::<u32>().is_ok() || crate::numbers::small(number).is_some();
        let _ = unit;
        (counts && rest.is_none_or(|it| it == "long")).then_some((at + 1, Value::Duration(Bound::None)))
    }

    /// "for at least two years", "two weeks ago", "three days after the raid".
    fn stretch(&self, at: usize) -> Option<(usize, Value)> {
        let (next, lead) = match self.low(at) {
            "within" => (at + 1, Some(Bound::Upper)),
            "for" | "in" | "after" | "over" | "during" => (at + 1, Some(Bound::None)),
            _ => (at, None),
        };
        let next = next + usize::from(lead.is_some() && self.low(next) == "the" && self.count(next + 1).is_some());
        let (next, bound) = self.bound(next);
        let (mut end, count) = self.count(next)?;
        if self.low(end) == "more"
            || self.low(end) == "long"
            || self.low(end) == "whole"
            || self.low(end) == "consecutive"
        {
            end += 1;
        }
        let unit = lexicon::unit(self.low(end))?;
        end += 1;
        if self.low(end) == "old" || self.low(end) == "of" && self.low(end + 1) == "age" {
            return None;
        }
        let (mut months, mut days) = match (count, unit) {
            (Count::Exactly(n), Unit::Month) => (n, 0),
            (Count::Exactly(n), Unit::Day) => (0, n),
            _ => (0, 0),
        };
        // "two months and seven days"
        if self.low(end) == "and"
            && let Some((after, n)) = cardinal(self.text, end + 1)
            && lexicon::unit(self.low(after)) == Some(Unit::Day)
            && unit == Unit::Month
        {
            days = n.min(400) as i64;
            end = after + 1;
        }
        if let Some(end) = self.solar_year_after(end) {
            months = months.min(12);
            return Some((end, Value::SolarYear(months, days)));
        }
        let hours = unit == Unit::Hour;
        match self.low(end) {
            "ago" | "back" if self.low(end) == "ago" || lead.is_none() => {
                return Some((end + 1, if hours { Value::Deictic(0) } else { Value::Ago(negative(count), unit) }));
            }
            "earlier" | "before" | "prior" | "previously" => {
                let n = if let Count::Exactly(n) = count { n } else { 0 };
                return (n > 0 && !hours).then_some((end + 1, Value::FromEvent(-n, unit)));
            }
            "later" | "after" | "since" if lead.is_none() => {
                let n = if let Count::Exactly(n) = count { n } else { 0 };
                return (n > 0 && !hours).then_some((end + 1, Value::FromEvent(n, unit)));
            }
            "from" if self.low(end + 1) == "now" => return Some((end + 2, Value::Ago(count, unit))),
            _ => {}
        }
        if hours {
            // "within 48 hours" is within two days.
            let hour = lexicon::unit(self.low(end - 1)) == Some(Unit::Hour) && self.low(end - 1).starts_with("hour");
            return match (count, lead) {
                (Count::Exactly(n), Some(Bound::Upper)) if hour && n >= 24 => {
                    Some((end, Value::Within((n + 23) / 24, Unit::Day)))
                }
                _ => None,
            };
        }
        let bound = if bound == Bound::None { lead.unwrap_or(Bound::None) } else { bound };
        match (count, lead) {
            // "within two weeks" of now, when it is still to come; a plain bound otherwise.
            (Count::Exactly(n), Some(Bound::Upper)) if n > 0 => Some((end, Value::Within(n, unit))),
            (Count::Many | Count::Few, Some(_)) if self.low(at) == "for" => Some((end, Value::LongPast)),
            (Count::Many, _) => None,
            (_, None) if bound == Bound::None && self.low(next) != "the" => self.bare(at, count, end),
            _ => Some((end, Value::Duration(bound))),
        }
    }

    /// A bare "six months": a duration unless "a day" or "one day" counts nothing.
    fn bare(&self, at: usize, count: Count, end: usize) -> Option<(usize, Value)> {
        let vague = matches!(count, Count::Few) || matches!(self.low(at), "a" | "an" | "one" | "some");
        (!vague).then_some((end, Value::Duration(Bound::None)))
    }

    /// "at least", "more than", "as little as", "less than".
    fn bound(&self, at: usize) -> (usize, Bound) {
        let two = (self.low(at), self.low(at + 1));
        match two {
            ("at", "least") | ("more", "than") | ("longer", "than") => return (at + 2, Bound::Lower),
            ("less", "than") | ("fewer", "than") | ("at", "most") | ("up", "to") => return (at + 2, Bound::Upper),
            _ => {}
        }
        match two {
            ("as", "little" | "few" | "early" | "soon") if self.low(at + 2) == "as" => (at + 3, Bound::Lower),
            ("over", _) => (at + 1, Bound::Lower),
            ("under", _) => (at + 1, Bound::Upper),
            ("about" | "around" | "nearly" | "almost" | "roughly" | "some" | "only" | "just", _)
                if cardinal(self.text, at + 1).is_some() || self.low(at + 1) == "a" =>
            {
                (at + 1, Bound::None)
            }
            _ => (at, Bound::None),
        }
    }

    /// "of the current solar year"; returns the end.
    fn solar_year_after(&self, at: usize) -> Option<usize> {
        let mut next = at + usize::from(matches!(self.low(at), "of" | "in" | "into"));
        next += usize::from(self.low(next) == "the");
        next += usize::from(matches!(self.low(next), "current" | "this" | "new"));
        (matches!(self.low(next), "solar" | "hijri") && self.low(next + 1) == "year").then_some(next + 2)
    }

    /// Feasts, "9/11", anniversaries.
    pub(super) fn named(&self, at: usize) -> Option<(usize, Value)> {
        if let Some((end, name)) = self.known_day(at) {
            return Some((end, Value::Named(name)));
        }
        // "20th anniversary of the 9/11 attacks"
        if self.low(at + 1) == "anniversary" && self.low(at + 2) == "of" {
            let word = self.low(at);
            let n: i64 = word.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok().or(match word {
                "first" => Some(1),
                "second" => Some(2),
                "third" => Some(3),
                "fifth" => Some(5),
                "tenth" => Some(10),
                "twentieth" => Some(20),
                _ => None,
            })?;
            let next = at + 3 + usize::from(self.low(at + 3) == "the");
            let (end, name) = self.known_day(next)?;
            return Some((end, Value::Anniversary(n, name)));
        }
        // "the current solar year"
        let next = at + usize::from(self.low(at) == "the");
        if matches!(self.low(next), "current" | "this" | "last")
            && self.low(next + 1) == "solar"
            && self.low(next + 2) == "year"
        {
            let name = if self.low(next) == "last" { "last solar year" } else { "solar year" };
            return Some((next + 3, Value::Named(name)));
        }
        None
    }

    fn known_day(&self, at: usize) -> Option<(usize, &'static str)> {
        const NAMES: &[(&[&str], &str)] = &[
            (&["9", "/", "11"], "9/11"),
            (&["sept.", "11", "attacks"], "9/11"),
            (&["september", "11", "attacks"], "9/11"),
            (&["september", "11th", "attacks"], "9/11"),
            (&["11", "september", "attacks"], "9/11"),
            (&["sept", "11", "attacks"], "9/11"),
            (&["sept.", "11", "terrorist", "attacks"], "9/11"),
            (&["september", "11", "terrorist", "attacks"], "9/11"),
            (&["7", "/", "7", "bombings"], "7/7"),
            (&["26", "/", "11", "attacks"], "26/11"),
            (&["christmas", "eve"], "christmas eve"),
            (&["christmas", "day"], "christmas"),
            (&["christmas"], "christmas"),
            (&["boxing", "day"], "boxing day"),
            (&["new", "year", "'s", "eve"], "new year's eve"),
            (&["new", "year", "'s", "day"], "new year's day"),
            (&["good", "friday"], "good friday"),
            (&["palm", "sunday"], "palm sunday"),
            (&["easter", "sunday"], "easter"),
            (&["easter", "monday"], "easter monday"),
            (&["easter"], "easter"),
            (&["nowruz"], "nowruz"),
            (&["newroz"], "nowruz"),
            (&["ramadan"], "ramadan"),
            (&["ramazan"], "ramadan"),
            (&["eid", "al-fitr"], "eid al-fitr"),
            (&["eid", "al-adha"], "eid al-adha"),
            (&["ashura"], "ashura"),
        ];
        let first = self.low(at);
        let (words, name) = NAMES
            .iter()
            .find(|(words, _)| words[0] == first && words.iter().enumerate().all(|(n, it)| self.low(at + n) == *it))?;
        // "9/11/2020" is a date.
        let dated = words.len() == 3 && words[1] == "/" && self.low(at + 3) == "/";
        // The feast's noun use: "Christmas market", "Easter holidays" say no day.
        let attributive =
            words.len() == 1 && matches!(self.low(at + 1), "market" | "tree" | "holidays" | "offensive" | "truce");
        (!dated && !attributive).then_some((at + words.len(), *name))
    }
}

fn negative(count: Count) -> Count {
    match count {
        Count::Exactly(n) => Count::Exactly(-n),
        other => other,
    }
}
