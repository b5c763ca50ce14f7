//! Lengths: "nearly two years", "the past three months", "five-year", "decades".

use super::vague::with_count;
use super::{Draft, Rules, TimexKind};
use crate::numbers::{cardinal, small};
use crate::text::TokenKind;
use crate::times::lexicon;

impl Rules<'_> {
    /// Returns the code of a unit noun: `Y`, `TH`.
    pub(super) fn unit_code(&self, at: usize) -> Option<&'static str> {
        Some(match self.low(at) {
            "second" | "seconds" | "secs" => "TS",
            "minute" | "minutes" | "mins" | "min" => "TM",
            "hour" | "hours" | "hrs" => "TH",
            "day" | "days" => "D",
            "night" | "nights" => "TNI",
            "weekend" | "weekends" => "WE",
            "week" | "weeks" => "W",
            "month" | "months" => "M",
            "quarter" | "quarters" => "Q",
            "year" | "years" => "Y",
            "decade" | "decades" => "DE",
            "century" | "centuries" => "CE",
            "millennium" | "millennia" => "ML",
            _ => return None,
        })
    }

    /// A length.
    pub(super) fn length(&self, at: usize) -> Option<Draft> {
        self.past_decade(at)
            .or_else(|| self.joined(at))
            .or_else(|| self.counted_length(at))
            .or_else(|| self.bare_plural(at))
    }

    /// "the past decade", "over the last century": a stretch up to publication, unlike "last year".
    fn past_decade(&self, at: usize) -> Option<Draft> {
        let next = at + usize::from(self.low(at) == "the");
        let long = self.one_of(next + 1, &["decade", "century"]) && self.one_of(next, &["past", "last"]);
        let code = self.unit_code(next + 1).filter(|_| long && !self.whole)?;
        Some(Draft::new(next + 2, TimexKind::Duration, span_value("1", code)))
    }

    /// "five-year", "two-hour", "several-year"; not "20-year-old".
    fn joined(&self, at: usize) -> Option<Draft> {
        let at = self.approximately(at);
        let mut pieces = self.low(at).split('-');
        let (number, unit, rest) = (pieces.next()?, pieces.next()?, pieces.next());
        if rest.is_some_and(|it| it != "long") || self.low(at + 1) == "old" {
            return None;
        }
        let code = code_of(unit)?;
        let count = match number {
            "several" | "multi" | "few" => "X".to_owned(),
            "single" => "1".to_owned(),
            "half" => return Some(Draft::new(at + 1, TimexKind::Duration, half_of(code)?)),
            "decades" | "years" | "months" | "weeks" | "days" => return None,
            _ => number.parse::<f64>().ok().map(|_| number.to_owned()).or(small(number).map(|it| it.to_string()))?,
        };
        // "a three-year period", "a 27-year career": the noun of stretch belongs to it.
        let end = at + 1 + usize::from(self.one_of(at + 1, &["period", "span", "term"]));
        Some(Draft::new(end, TimexKind::Duration, span_value(&count, code)))
    }

    /// "about", "more than": where the number starts.
    fn approximately(&self, at: usize) -> usize {
        let two = (self.low(at), self.low(at + 1));
        let length = match two {
            ("more" | "less" | "longer" | "fewer" | "better", "than") => 2,
            ("at", "least" | "most") | ("up", "to") | ("as", "many" | "much" | "long" | "little") => {
                2 + usize::from(self.low(at) == "as" && self.low(at + 2) == "as")
            }
            ("no", "more" | "less") if self.low(at + 2) == "than" => 3,
            ("well", "over" | "under") => 2,
            ("an", "additional" | "estimated" | "average") if self.unit_code(at + 2).is_none() => 2,
            (
                "nearly" | "almost" | "about" | "around" | "over" | "roughly" | "some" | "under" | "approximately"
                | "within" | "only" | "just" | "another" | "additional" | "extra" | "exactly" | "fully",
                _,
            ) => 1,
            _ => 0,
        };
        // "over the past year" has a preposition there.
        if !self.whole && self.one_of(at + length, &["the", "this", "these", "that", "his", "her", "their", "its"]) {
            return at;
        }
        at + length
    }

    /// "the", "the past", "these last": where the number starts, and the word that orders.
    fn ordered(&self, at: usize) -> (usize, Option<&str>) {
        let mut next = at;
        // "at least the past 18 months", "each of the past three years"
        if self.one_of(next, &["each", "all"]) && self.low(next + 1) == "of" {
            next += 2;
        }
        next +=
            usize::from(self.one_of(next, &["the", "these", "those", "its", "his", "her", "their", "this", "that"]));
        let word = self.low(next);
        let orders = matches!(
            word,
            "past"
                | "last"
                | "next"
                | "first"
                | "previous"
                | "coming"
                | "following"
                | "recent"
                | "latest"
                | "final"
                | "preceding"
                | "upcoming"
                | "early"
                | "additional"
                | "entire"
                | "whole"
                | "prior"
                | "ensuing"
                | "remaining"
                | "full"
                | "year-ago"
                | "year-earlier"
                | "opening"
        );
        if orders { (next + 1, Some(word)) } else { (next, None) }
    }

    fn counted_length(&self, at: usize) -> Option<Draft> {
        let (next, order) = self.ordered(self.approximately(at));
        let number = self.approximately(next);
        let (mut end, mut count) = self.amount(number)?;
        let one = count == "1" && self.one_of(number, &["a", "an"]);
        if order.is_some() && one {
            return None;
        }
        if self
            .one_of(end, &["more", "whole", "full", "long", "consecutive", "straight", "additional", "fiscal", "extra"])
            || self.one_of(end, &["trading", "business", "working", "calendar", "short"])
            || self.low(end) == "-" && self.scan.text.tokens[end].glued
        {
            end += 1;
        }
        let code = self.unit_code(end)?;
        let fiscal = self.low(end);
        let singular = !fiscal.ends_with('s') && !matches!(fiscal, "millennia" | "century");
        end += 1;
        // "two years old", "3 months of age": an age; "a day" alone counts nothing unless a bound leads.
        if self.low(end) == "old" || self.low(end) == "of" && self.low(end + 1) == "age" || self.low(end) == "-" {
            return None;
        }
        let on_its_way = self.one_of(end, &["before", "after"]) && end + 1 < self.scan.end;
        if self.one_of(end, &["ago", "earlier", "later", "before", "hence"]) && !on_its_way
            || self.low(end) == "from" && self.low(end + 1) == "now"
        {
            return None;
        }
        // "a year and a half", "a minute and a half"
        if self.low(end) == "and" && self.one_of(end + 1, &["a", "one"]) && self.low(end + 2) == "half" {
            count = if code == "TM" {
                return Some(Draft::new(end + 3, TimexKind::Duration, format!("PT{count}M30S")));
            } else {
                format!("{count}.5")
            };
            end += 3;
        } else if let Some((after, more)) = self.smaller(end, code) {
            return Some(Draft::new(after, TimexKind::Duration, format!("{}{more}", span_value(&count, code))));
        }
        if self.low(end) == "or" && self.low(end + 1) == "so" {
            end += 2;
        }
        if one && singular && number == at && !self.whole {
            let led =
                ["for", "in", "within", "after", "over", "than", "least", "under", "of", "takes", "took", "lasted"];
            // "a day after Chrysler did"
            let away =
                self.one_of(end, &["after", "before"]) && self.unit_code(end - 1).is_some() && end < self.scan.end;
            if !led.contains(&self.before(at)) && !away {
                return None;
            }
        }
        // "a second day", "a second": the ordinal.
        if code == "TS" && one && !self.whole {
            return None;
        }
        if matches!(code, "TNI" | "WE") && self.one_of(number, &["a", "one", "the"]) && !self.whole {
            return None;
        }
        Some(Draft::new(end, TimexKind::Duration, span_value(&count, code)))
    }

    /// "two hours and 20 minutes": the smaller part.
    fn smaller(&self, at: usize, code: &str) -> Option<(usize, String)> {
        let next = at + usize::from(self.one_of(at, &["and", ","]));
        let (end, n) = cardinal(self.scan.text, next).filter(|_| self.scan.end > next)?;
        let more = self.unit_code(end).filter(|it| *it != code)?;
        let clock = code.starts_with('T');
        let smaller = matches!(
            (code, more),
            ("Y", "M" | "D" | "W") | ("M", "D" | "W") | ("W", "D") | ("TH", "TM") | ("TM", "TS")
        );
        let more = if clock { more.trim_start_matches('T') } else { more };
        smaller.then(|| (end + 1, format!("{n}{more}")))
    }

    /// "18", "a few", "two and a half", "two to three": the end and the number, `X` when vague.
    pub(super) fn amount(&self, at: usize) -> Option<(usize, String)> {
        let scan = self.scan;
        match (self.low(at), self.low(at + 1)) {
            ("a", "few" | "couple") | ("couple" | "few", _) => {
                let next = at + usize::from(self.low(at) == "a");
                let two = self.low(next) == "couple";
                let end = next + 1 + usize::from(self.low(next + 1) == "of");
                return Some((end, if two { "2" } else { "X" }.to_owned()));
            }
            ("half", "a" | "an") | ("a", "half") if self.unit_code(at + 2).is_some() => {
                return Some((at + 2, "0.5".into()));
            }
            ("several" | "many" | "some" | "numerous" | "countless", _) => return Some((at + 1, "X".into())),
            ("dozens" | "hundreds" | "thousands" | "scores" | "millions", "of") => return Some((at + 2, "X".into())),
            ("a" | "an", _) if self.unit_code(at + 1).is_some() => return Some((at + 1, "1".into())),
            ("a" | "an", "full" | "whole" | "further") if self.unit_code(at + 2).is_some() => {
                return Some((at + 2, "1".into()));
            }
            ("additional", _) => return Some((at + 1, "1".into())),
            _ => {}
        }
        if at >= scan.end {
            return None;
        }
        // "2.5 years": decimals count here.
        let word = self.low(at);
        if scan.text.tokens[at].kind == TokenKind::Number && word.contains('.') && word.parse::<f64>().is_ok() {
            return Some((at + 1, word.to_owned()));
        }
        let (mut end, n) = cardinal(scan.text, at)?;
        if end > scan.end {
            return None;
        }
        // "five to six", "12 - 18": a range of lengths is known by its first number.
        if self.one_of(end, &["to", "or", "-", "–"])
            && let Some((after, m)) = cardinal(scan.text, end + 1)
            && m > n
        {
            end = after;
        }
        if self.low(end) == "and" && self.one_of(end + 1, &["a", "one"]) && self.low(end + 2) == "half" {
            return Some((end + 3, format!("{n}.5")));
        }
        // "1/2", "one half"
        if self.low(end) == "1" && self.low(end + 1) == "/" && self.low(end + 2) == "2" {
            return Some((end + 3, format!("{n}.5")));
        }
        Some((end, n.to_string()))
    }

    /// "for years", "weeks or months", "decades", "recent months".
    fn bare_plural(&self, at: usize) -> Option<Draft> {
        let (next, order) = self.ordered(at);
        let (word, led) = (self.low(next), self.before(at));
        let code = self.unit_code(next).filter(|_| word.ends_with('s') || word == "millennia")?;
        if self.one_of(next + 1, &["ago", "earlier", "later", "before"]) && !self.whole {
            return None;
        }
        let mut end = next + 1;
        if self.one_of(end, &["or", "and"]) && self.unit_code(end + 1).is_some() && self.low(end + 1).ends_with('s') {
            end += 2;
        }
        // "recent years" points to the past; "the coming weeks" is a length.
        if matches!(order, Some("recent" | "past")) && matches!(code, "Y" | "D")
            || end > next + 1 && order == Some("recent")
        {
            return Some(Draft::new(end, TimexKind::Date, "PAST_REF"));
        }
        // "two decades", "the past decade" and "recent decades" alike.
        let heard = order.is_some()
            || self.whole
            || matches!(led, "for" | "in" | "over" | "of" | "within" | "after" | "take" | "takes" | "took")
                && !self.one_of(end, &["of", "and"])
            || self.low(end) == "in" && self.low(end + 1) == "the" && self.low(end + 2) == "making"
            || led == "just" && self.before(at - 1) == "in";
        heard.then(|| Draft::new(end, TimexKind::Duration, span_value("X", code)))
    }
}

/// Returns the code of a unit inside a joined word.
pub(super) fn code_of(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "second" => "TS",
        "minute" => "TM",
        "hour" => "TH",
        "day" => "D",
        "week" => "W",
        "month" => "M",
        "quarter" => "Q",
        "year" | "years" => "Y",
        "decade" | "decades" => "DE",
        "century" => "CE",
        _ => return lexicon::unit(unit).and(None),
    })
}

fn half_of(code: &str) -> Option<String> {
    Some(match code {
        "TH" => "PT30M".into(),
        "Y" => "P6M".into(),
        "D" => "PT12H".into(),
        _ => return None,
    })
}

/// Returns the value of a length: decades and centuries in years where the number is known.
pub(super) fn span_value(count: &str, code: &str) -> String {
    let whole: Option<u64> = count.parse().ok();
    match (code, whole) {
        ("DE", Some(n)) => format!("P{}Y", n.saturating_mul(10)),
        ("CE", Some(n)) => format!("P{}Y", n.saturating_mul(100)),
        ("TNI", Some(n)) => format!("P{n}D"),
        ("TH", _) if count == "0.5" => "PT30M".into(),
        ("TM", _) if count == "0.5" => "PT30S".into(),
        ("Y", _) if count == "0.5" => "P6M".into(),
        ("D", _) if count == "0.5" => "PT12H".into(),
        ("DE", _) if count == "0.5" => "P5Y".into(),
        ("CE", _) if count == "0.5" => "P50Y".into(),
        _ => format!("P{}", with_count(count, code)),
    }
}
