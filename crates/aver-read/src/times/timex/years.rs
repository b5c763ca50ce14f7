//! Years that stand alone, and words that only their sentence makes a time:
//! "in 1655", "(1710 – 1774)", "the 2002 World Cup", "spring", "today" as nowadays.

use super::cal::Cal;
use super::{Draft, Rules, TimexKind};
use crate::text::TokenKind;
use crate::times::grammar::{Date, Rel, Value};
use aver_model::Day;

/// Words before a year.
const LEADS: &[&str] = &[
    "in",
    "since",
    "by",
    "until",
    "till",
    "around",
    "about",
    "before",
    "after",
    "during",
    "from",
    "of",
    "between",
    "to",
    "circa",
    "ca",
    "c",
    "year",
    "early",
    "late",
    "later",
    "through",
    "throughout",
];
/// Words that lead a year and no other number.
const SURE: &[&str] =
    &["m", "b", "d", "born", "in", "since", "circa", "ca", "c", "year", "until", "till", "during", "throughout"];
/// Words before a year that names something: "the 1836 assault".
const OWNERS: &[&str] = &["the", "'s", "’s", "this", "that", "a", "his", "her", "their", "its"];
/// Verbs whose object may be a year.
const OPENERS: &[&str] = &["opened", "started", "began", "ended", "finished", "entered"];
/// Words after a year: nothing is counted.
const FOLLOWERS: &[&str] = &[
    "in", "at", "on", "to", "and", "or", "as", "by", "with", "when", "after", "before", "until", "for", "from", "he",
    "she", "it", "they", "we", "i", "the", "a", "an", "his", "her", "their", "its", "was", "is", "had", "has", "while",
    "but", "who", "which", "that", "where", "because", "now", "then", "still", "also", "under", "during", "through",
    "there", "this", "became", "saw", "will", "would",
];

impl Rules<'_> {
    /// A year alone: "in 1655", "(1986)", "fiscal 1989", "1710 – 1774", "c. 347".
    pub(super) fn bare_year(&self, at: usize) -> Option<Draft> {
        let next = at + usize::from(self.low(at) == "fiscal");
        let year = self.year_digits(next)?;
        let found = |end: usize| Some(Draft::of(end, Cal::Year(year)));
        if next > at || self.whole {
            let or = self.whole && self.low(next + 1) == "or";
            return found(next + 1 + if or { 2 } else { 0 });
        }
        if self.part_of_number(at) {
            return None;
        }
        let counts = self.scan.counts_things(at + 1);
        let alone = !counts && (self.year_is_led(at, year, self.lead(at)) || self.year_of_name(at, year));
        let dated = alone || self.year_of_range(at, year);
        if dated { found(at + 1) } else { None }
    }

    /// A number that may be a year: three digits only after "c." and "year".
    fn year_digits(&self, at: usize) -> Option<i16> {
        let word = self.low(at);
        let digits = at < self.scan.end && word.bytes().all(|it| it.is_ascii_digit());
        let year: i16 = word.parse().ok().filter(|_| digits && !word.starts_with('0'))?;
        let sure = ["c", "ca", "circa", "year"].contains(&self.lead(at));
        ((1000..=2100).contains(&year) && word.len() == 4 || sure && (30..1000).contains(&year)).then_some(year)
    }

    /// The word before, through the dot of "c." and the "about" of "in about".
    fn lead(&self, at: usize) -> &str {
        let dot = self.before(at) == "." && at >= self.scan.from + 2;
        self.before(if dot { at - 1 } else { at }).trim_end_matches('.')
    }

    /// "$1990", "1990 %", "1990.5", "18:1990".
    fn part_of_number(&self, at: usize) -> bool {
        let tokens = &self.scan.text.tokens;
        let glued = |at: usize| at < self.scan.end && tokens[at].glued;
        ["$", "€", "£", "#", "/", "no", "number", "route"].contains(&self.lead(at))
            || self.before(at) == ":" && glued(at)
            || self.one_of(at + 1, &["%", "°", "/", ":", "°c", "€"]) && glued(at + 1) && glued(at + 2)
            || self.one_of(at + 1, &["%", "°"])
    }

    pub(super) fn ends_year(&self, at: usize) -> bool {
        at >= self.scan.end || self.scan.text.tokens[at].kind == TokenKind::Mark || FOLLOWERS.contains(&self.low(at))
    }

    fn names(&self, at: usize) -> bool {
        at >= self.scan.from
            && at < self.scan.end
            && self.scan.text.tokens[at].capital
            && self.scan.text.tokens[at].kind == TokenKind::Word
    }

    /// "in 1655 he", "(1480)", "opened 2012 with", "1669, reportedly", "by 1812".
    fn year_is_led(&self, at: usize, year: i16, lead: &str) -> bool {
        let open = at + 1 >= self.scan.end || self.ends_year(at + 1);
        if SURE.contains(&lead) {
            return open || self.names(at + 1);
        }
        match lead {
            "(" | "[" => (1400..=2100).contains(&year) && self.one_of(at + 1, &[")", "]", ",", ";", "-", "–", "—"]),
            "" if self.one_of(at + 1, &[",", ":", ".", ")", "–"]) => (1500..=2040).contains(&year),
            "" => (1900..=2040).contains(&year) && self.one_of(at + 1, &["he", "she", "it", "they", "we", "i"]),
            "," if at + 1 >= self.scan.end || self.one_of(at + 1, &[".", ";", ")"]) => {
                (1500..=2040).contains(&year) && at >= self.scan.from + 2 && self.names(at - 2)
            }
            _ if LEADS.contains(&lead) => open && (1700..=2060).contains(&year),
            _ if OPENERS.contains(&lead) => open && (1900..=2060).contains(&year),
            _ => {
                OWNERS.contains(&lead)
                    && (1500..=1899).contains(&year)
                    && !self.names(at + 1)
                    && !open
                    && !self.low(at + 1).ends_with('s')
            }
        }
    }

    /// Either end of "1710 – 1774", "from 1699 or 1700", "1598 to 1722".
    fn year_of_range(&self, at: usize, year: i16) -> bool {
        const JOINS: &[&str] = &["-", "–", "—", "to", "or", "and", "until", "through"];
        let near = |it: Option<i16>, later: bool| {
            it.is_some_and(|it| {
                (1000..=2100).contains(&it) && if later { it > year } else { it < year } && (it - year).abs() < 400
            })
        };
        let dash = |at: usize| self.one_of(at, &["-", "–", "—"]);
        let number = |at: usize| Some(self.low(at)).filter(|it| it.len() == 4)?.parse::<i16>().ok();
        let led = |at: usize| at > self.scan.from && LEADS.contains(&self.low(at - 1));
        // "92 (6): 1087–1101" are pages.
        if year < 1400 && !(led(at) || at >= self.scan.from + 2 && led(at - 2)) || self.before(at) == ":" {
            return false;
        }
        let behind = self.one_of(at + 1, JOINS) && near(number(at + 2), true);
        let before = at >= self.scan.from + 2 && self.one_of(at - 1, JOINS) && near(number(at - 2), false);
        behind && (dash(at + 1) && self.ends_year(at + 3) || led(at))
            || before && self.ends_year(at + 1) && (dash(at - 1) || led(at - 2))
    }

    /// "the 2002 World Cup", "Fan Expo Canada 2016 in", "(Cantón, 2011 for".
    fn year_of_name(&self, at: usize, year: i16) -> bool {
        // "the Russell 2000", "Windows 2000" are names with a number.
        if !(1900..=2040).contains(&year) || year % 1000 == 0 {
            return false;
        }
        let open = self.ends_year(at + 1);
        let titled = self.names(at + 1) && !self.one_of(at + 1, &["gmt", "utc", "est", "i"]);
        let comma = self.before(at) == "," && at >= self.scan.from + 2 && self.names(at - 2);
        let tokens = &self.scan.text.tokens;
        let named = at > self.scan.from + 1 && self.names(at - 1) && year >= 1980;
        let number = at > self.scan.from && tokens[at - 1].kind == TokenKind::Number;
        !number && (titled || open && (comma || named))
    }

    /// Gives "May" in "May and June 1981" and "12 October – 3 January 1990" their year.
    pub(super) fn with_year_behind(&self, end: usize, date: Date) -> Date {
        let plain = date.year.is_none() && date.year_rel.is_none() && date.rel == Rel::Plain;
        let Some(month) = date.month.filter(|_| plain) else { return date };
        if !self.one_of(end, &["and", "or", "to", "-", "–", "—", "through", "until", "till"]) {
            return date;
        }
        let Some((after, Value::Date(other))) = self.scan.date_value(end + 1) else { return date };
        let Some(other_month) = other.month else { return date };
        let in_year = || self.scan.year(after + 1).filter(|_| self.one_of(after, &["in", "of", ","]));
        let Some(year) = other.year.or_else(in_year) else { return date };
        Date { year: Some(year - i16::from(other_month < month)), ..date }
    }

    /// The year of a date just ahead: "payable Dec. 15" in November; of last year one writes "last December".
    ///
    /// Nothing where it is told as done: "since Dec. 15", "the Dec. 15 attack", "fell in December".
    pub(super) fn coming_year(&self, at: usize, date: &Date, published: Day) -> Option<i16> {
        const SOON: i64 = 100;
        let day = |year: i16| Day::new(year, date.month?, date.day.unwrap_or(1));
        let year = [published.0.year(), published.0.year() + 1]
            .into_iter()
            .find(|it| day(*it).is_some_and(|it| it > published && published.days_until(it) <= SOON))?;
        let attributive = self.one_of(at, &["the"]) || self.before(at) == "the";
        let done = attributive
            || self.one_of(at.wrapping_sub(1), &["since", "after"])
            || (at.saturating_sub(6).max(self.scan.from)..at).any(|it| self.tells_of_the_past(it));
        (!done).then_some(year)
    }

    /// A verb of the past that reports nothing: "fell", "was killed"; not "said", "was expected".
    fn tells_of_the_past(&self, at: usize) -> bool {
        const PLANS: &[&str] = &[
            "scheduled",
            "expected",
            "planned",
            "slated",
            "delayed",
            "postponed",
            "announced",
            "reported",
            "stated",
            "agreed",
            "need",
        ];
        let plain = [
            "said", "says", "told", "will", "'ll", "shall", "going", "would", "n't", "i", "we", "you", "me", "us",
            "my", "our", "your", "let", "this", "tomorrow", "it's",
        ];
        self.tells_an_event(at) && !plain.contains(&self.low(at)) && !PLANS.contains(&self.low(at + 1))
            || self.low(at).ends_with("ed") && !PLANS.contains(&self.low(at)) && !self.participle(at)
    }

    /// "7/8/07", in the American order.
    pub(super) fn short_date(&self, at: usize) -> Option<Draft> {
        let tokens = &self.scan.text.tokens;
        let glued = (at + 1..at + 5).all(|it| it < self.scan.end && tokens[it].glued);
        if !glued || self.low(at + 1) != "/" || self.low(at + 3) != "/" || self.low(at + 4).len() != 2 {
            return None;
        }
        let n = |at: usize| self.low(at).parse::<i16>().ok();
        let (month, day, year) = (n(at)?, n(at + 2)?, n(at + 4)?);
        let year = year + if year < 50 { 2000 } else { 1900 };
        Day::new(year, month as i8, day as i8).map(|it| Draft::of(at + 5, Cal::Day(it)))
    }

    /// A season without "the": after a preposition, or what the sentence is about.
    pub(super) fn season_alone(&self, at: usize, season: usize) -> bool {
        let led = ["in", "during", "by", "until", "since", "early", "late", "mid", "every", "following"];
        match self.low(season) {
            "fall" => at < season && led.contains(&self.before(at)) && self.low(season + 1) != "of",
            "spring" => led.contains(&self.before(at)),
            _ => led.contains(&self.before(at)) || at == season && at == self.scan.from && self.habitual(),
        }
    }

    /// "the Winter Olympics", "the Summer Institute": part of a name.
    pub(super) fn names_season(&self, after: usize) -> bool {
        after > 0 && self.names(after) && self.scan.text.tokens[after - 1].capital && !self.low(after).eq("i")
    }

    /// Says whether the sentence tells what is so every year: present tense, nothing done, nothing to come.
    pub(super) fn habitual(&self) -> bool {
        let at = || self.scan.from..self.scan.end;
        let present = at().any(|it| {
            self.one_of(it, &["is", "are", "can", "does", "do", "usually", "often", "always", "has", "have", "tends"])
        });
        present && !at().any(|it| self.tells_an_event(it))
    }

    /// A word of what was done, is being done or will be: "said", "was", "will", "I".
    fn tells_an_event(&self, at: usize) -> bool {
        self.one_of(
            at,
            &[
                "was",
                "were",
                "had",
                "did",
                "said",
                "says",
                "told",
                "will",
                "'ll",
                "shall",
                "going",
                "gonna",
                "i",
                "we",
                "you",
                "me",
                "us",
                "my",
                "our",
                "your",
                "would",
                "n't",
                "yesterday",
                "tomorrow",
                "began",
                "became",
                "came",
                "went",
                "took",
                "made",
                "got",
                "fell",
                "rose",
                "won",
                "lost",
                "held",
                "met",
                "saw",
                "left",
                "found",
                "gave",
                "i'm",
                "we're",
                "you're",
                "it's",
                "let",
                "this",
            ],
        )
    }

    /// "today" as nowadays: "known today as", "still in use today", "Athens today is".
    pub(super) fn nowadays(&self, at: usize) -> Option<Draft> {
        let end = at + 1;
        let reference = || Some(Draft::new(end, TimexKind::Date, "PRESENT_REF"));
        if self.one_of(end, &["'s", "’s"]) {
            return if self.names_age(end + 1) { reference() } else { None };
        }
        let done = |it: usize| self.tells_an_event(it) || self.low(it).ends_with("ed") && !self.participle(it);
        if (self.scan.from..self.scan.end).any(done) {
            return None;
        }
        let still = (self.scan.from..self.scan.end).any(|it| {
            self.one_of(it, &["still", "known", "exist", "exists", "survive", "survives", "remain", "remains", "than"])
        });
        let be = self.one_of(end, &["is", "are"]);
        // "Today is a day of mourning" names the day.
        let opens = at == self.scan.from && !be;
        let subject =
            be && self.low(end + 1) != "to" && at > self.scan.from && self.names(at - 1) && self.before(at) != "but";
        if still || opens || subject { reference() } else { None }
    }

    /// "is used", "are widely spoken": no verb of the past.
    fn participle(&self, at: usize) -> bool {
        (1..=2).any(|back| {
            at >= self.scan.from + back
                && self.one_of(
                    at - back,
                    &["is", "are", "be", "been", "the", "a", "of", "and", "by", "in", "with", "most"],
                )
        })
    }

    /// "today's world", "today's youth".
    fn names_age(&self, at: usize) -> bool {
        self.one_of(
            at,
            &[
                "generation",
                "world",
                "society",
                "youth",
                "technology",
                "standards",
                "youngsters",
                "children",
                "consumers",
                "terms",
                "money",
                "economy",
            ],
        )
    }
}
