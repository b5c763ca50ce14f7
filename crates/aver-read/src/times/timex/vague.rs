//! "now", "recently", "soon"; repeated times: "daily", "every Friday", "a year".

use super::{Draft, Rules, TimexKind};
use crate::text::TokenKind;
use crate::times::lexicon;
use crate::times::timex::cal::season_code;

const PAST: &[&str] = &["recently", "previously", "formerly", "lately"];
const PRESENT: &[&str] = &["now", "currently", "nowadays", "presently"];
const FUTURE: &[&str] = &["soon", "shortly"];

impl Rules<'_> {
    /// Past, present or future without a place in the calendar.
    pub(super) fn vague(&self, at: usize) -> Option<Draft> {
        let reference = |end: usize, value: &str| Some(Draft::new(end, TimexKind::Date, value));
        let lead = at
            + usize::from(
                self.one_of(at, &["more", "very", "most", "right", "just", "until", "as"]) && at < self.scan.end,
            );
        let word = self.low(lead);
        let next = self.low(lead + 1);
        let led = lead > at;
        if PAST.contains(&word) && !(led && self.low(at) == "just") {
            return reference(lead + 1, "PAST_REF");
        }
        if PRESENT.contains(&word) && !self.one_of(lead + 1, &["that", "known", "called"]) {
            return reference(lead + 1, "PRESENT_REF");
        }
        // "shortly after the raid" counts from the raid.
        if FUTURE.contains(&word) && !matches!(next, "after" | "before" | "as") && !self.one_of(at, &["as", "just"]) {
            return reference(lead + 1, "FUTURE_REF");
        }
        if led && !(self.low(at) == "more" && self.whole) {
            return None;
        }
        let the = at + usize::from(self.one_of(at, &["the", "this", "its", "their", "his", "her", "our"]));
        match (self.low(the), self.low(the + 1)) {
            ("near" | "foreseeable" | "immediate" | "not-too-distant" | "distant", "future") => {
                return reference(the + 2, "FUTURE_REF");
            }
            ("near" | "short" | "long", "term") if the > at || self.whole => return reference(the + 2, "FUTURE_REF"),
            ("recent" | "not-too-distant" | "distant", "past") => return reference(the + 2, "PAST_REF"),
            ("moment", _) if the > at && self.before(at) == "at" => return reference(the + 1, "PRESENT_REF"),
            ("past", _) if self.low(at) == "the" && self.bare_noun(the + 1) => return reference(the + 1, "PAST_REF"),
            ("future", _) if self.low(at) == "the" && self.bare_noun(the + 1) => {
                return reference(the + 1, "FUTURE_REF");
            }
            ("these", "days") => return reference(the + 2, "PRESENT_REF"),
            ("time", "being") if the > at => return reference(the + 2, "PRESENT_REF"),
            ("at", "present") => return reference(the + 2, "PRESENT_REF"),
            ("earlier", ",") if at == self.scan.from => return reference(at + 1, "PAST_REF"),
            _ => {}
        }
        let alone = self.whole && self.scan.end - at <= 3;
        match self.low(the) {
            "recent" if !self.names_unit(the + 1) && (self.whole || the == at && self.before(at) != "most") => {
                reference(the + 1, "PAST_REF")
            }
            "current" if !self.names_unit(the + 1) && (the == at || alone) => reference(the + 1, "PRESENT_REF"),
            "earlier" | "once" | "past" | "time" if alone => reference(self.scan.end, "PAST_REF"),
            "already" | "yet" | "present" | "moment" | "ongoing" if alone => reference(the + 1, "PRESENT_REF"),
            "future" | "later" if alone => reference(the + 1, "FUTURE_REF"),
            _ => None,
        }
    }

    fn bare_noun(&self, at: usize) -> bool {
        at >= self.scan.end
            || self.scan.text.tokens[at].kind == TokenKind::Mark
            || self.one_of(at, &["and", "but", "when", "as", "is", "was", "has", "to", "they", "it", "he", "she", "we"])
    }

    fn names_unit(&self, at: usize) -> bool {
        lexicon::unit(self.low(at)).is_some() || self.low(at) == "fiscal"
    }

    /// "daily", "every Friday", "each year", "twice a week", "$5 million a year".
    pub(super) fn repeated(&self, at: usize) -> Option<Draft> {
        let set = |end: usize, value: String| Some(Draft::new(end, TimexKind::Set, value));
        match self.low(at) {
            "daily" | "nightly" => return set(at + 1, "P1D".into()),
            "hourly" => return set(at + 1, "PT1H".into()),
            "weekly" => return set(at + 1, "P1W".into()),
            "biweekly" | "fortnightly" => return set(at + 1, "P2W".into()),
            "monthly" => return set(at + 1, "P1M".into()),
            "quarterly" => return set(at + 1, "P3M".into()),
            "annual" | "annually" | "yearly" => return set(at + 1, "P1Y".into()),
            "semiannual" | "semiannually" | "semi-annual" => return set(at + 1, "P6M".into()),
            _ => {}
        }
        // "twice a week", "three times a year"
        let times = match self.low(at) {
            "once" | "twice" => Some(at + 1),
            _ if self.low(at + 1) == "times" => Some(at + 2),
            _ => None,
        };
        if let Some(next) = times
            && self.one_of(next, &["a", "an", "per", "every", "each"])
            && let Some(code) = self.unit_code(next + 1)
        {
            return set(next + 2, format!("P{}", with_count("1", code)));
        }
        if self.one_of(at, &["a", "an", "per"]) {
            // "5 million barrels a day": a rate needs its number before.
            let rated = self.low(at) == "per"
                || self.before(at) == "%"
                || (1..=3).any(|back| at >= self.scan.from + back && self.rate(at - back));
            let code = self.unit_code(at + 1).filter(|_| rated && lexicon::unit(self.low(at + 1)).is_some())?;
            let ends = !self.one_of(at + 2, &["ago", "earlier", "later", "before", "after", "old", "from"]);
            return if ends { set(at + 2, format!("P{}", with_count("1", code))) } else { None };
        }
        if !self.one_of(at, &["every", "each", "any", "once"]) {
            return self.plural_weekday(at);
        }
        let next = at + 1 + usize::from(self.low(at + 1) == "other");
        let every = if next > at + 1 { "2" } else { "1" };
        if let Some(day) = lexicon::weekday(self.low(next)) {
            let (end, part) = self.day_part(next + 1).map_or((next + 1, ""), |it| it);
            return set(end, format!("XXXX-WXX-{day}{part}"));
        }
        if let Some(month) = lexicon::month(self.low(next)).filter(|_| self.scan.text.tokens[next].capital) {
            return set(next + 1, format!("XXXX-{month:02}"));
        }
        if let Some(month) = lexicon::season(self.low(next)) {
            return set(next + 1, format!("XXXX-{}", season_code(month)));
        }
        if let Some((end, part)) = self.day_part(next) {
            return set(end, format!("XXXX-XX-XX{part}"));
        }
        let (after, count) = match crate::numbers::cardinal(self.scan.text, next) {
            Some((end, n)) if self.low(at) == "every" => (end, n.to_string()),
            _ => (next, every.to_owned()),
        };
        let code = self.unit_code(after)?;
        set(after + 1, format!("P{}", with_count(&count, code)))
    }

    fn rate(&self, at: usize) -> bool {
        self.scan.text.tokens[at].kind == TokenKind::Number
            || self.one_of(
                at,
                &["times", "twice", "once", "million", "billion", "percent", "dozen", "hundred", "thousand"],
            )
    }

    /// "on Fridays", "Tuesday nights".
    fn plural_weekday(&self, at: usize) -> Option<Draft> {
        let word = self.low(at);
        let (day, end) = match word.strip_suffix('s').and_then(lexicon::weekday) {
            Some(day) => (day, at + 1),
            None => (lexicon::weekday(word)?, at + 1),
        };
        let plural = self.one_of(end, &["nights", "mornings", "evenings", "afternoons"]);
        let part = self.day_part(end).filter(|_| plural);
        if !plural && lexicon::weekday(word).is_some() {
            return None;
        }
        let (end, part) = part.unwrap_or((end, ""));
        Some(Draft::new(end, TimexKind::Set, format!("XXXX-WXX-{day}{part}")))
    }

    /// "morning", "night": the end and its TIMEX3 code.
    pub(super) fn day_part(&self, at: usize) -> Option<(usize, &'static str)> {
        let code = match self.low(at) {
            "morning" | "mornings" | "dawn" => "TMO",
            "afternoon" | "afternoons" => "TAF",
            "evening" | "evenings" | "dusk" => "TEV",
            "night" | "nights" | "overnight" => "TNI",
            "midday" | "noontime" => "TMI",
            _ => return None,
        };
        Some((at + 1, code))
    }
}

/// Puts a number before the unit of a code: `TH` and 3 are `T3H`.
pub(super) fn with_count(count: &str, code: &str) -> String {
    match code.strip_prefix('T') {
        Some(unit) => format!("T{count}{unit}"),
        None => format!("{count}{code}"),
    }
}
