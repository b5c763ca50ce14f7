//! Repeated times: "every other Friday", "each Monday at 4pm", "Thursdays at 17.30", "19th of every month".

use super::scan::Scan;
use super::words::Unit;
use super::{Draft, Kind, Seen, lengths};

impl Scan<'_> {
    /// A repeated time, with its time of the day.
    pub(super) fn set(&self, at: usize) -> Option<Draft> {
        let (end, pattern) =
            self.adverb(at).or_else(|| self.repeated(at)).or_else(|| self.plural(at)).or_else(|| {
                let (end, clock) = self.sure_clock(at)?;
                let (end, pattern) = self.repeated(end)?;
                Some((end, with_clock(&pattern, &clock)))
            })?;
        let timed = self.skip(end, &["at"]);
        let (end, pattern) = match self.sure_clock(timed).filter(|_| !pattern.contains('T') || part_of_day(&pattern)) {
            Some((after, clock)) => (after, with_clock(&pattern, &clock)),
            None => (end, pattern),
        };
        Some(Draft::new(end, Kind::Set, vec![Seen { pattern, past: None, future: None }]))
    }

    fn sure_clock(&self, at: usize) -> Option<(usize, String)> {
        let (end, clock) = self.clock(at, false)?;
        Some((end, clock.pattern()))
    }

    fn adverb(&self, at: usize) -> Option<(usize, String)> {
        let pattern = match self.low(at) {
            "daily" | "everyday" | "nightly" => "P1D",
            "hourly" => "PT1H",
            "weekly" => "P1W",
            "biweekly" | "fortnightly" => "P2W",
            "monthly" => "P1M",
            "bimonthly" => "P2M",
            "quarterly" => "P3M",
            "annual" | "annually" | "yearly" => "P1Y",
            "semiannual" | "semiannually" => "P0.5Y",
            "weekends" => "P1WE",
            "semi" if self.low(at + 1) == "-" && self.is(at + 2, &["annual", "annually"]) => {
                return Some((at + 3, "P0.5Y".into()));
            }
            "bi" if self.low(at + 1) == "-" => {
                let unit = match self.low(at + 2) {
                    "weekly" => "W",
                    "monthly" => "M",
                    "annual" | "annually" => "Y",
                    _ => return None,
                };
                return Some((at + 3, format!("P2{unit}")));
            }
            _ => return None,
        };
        Some((at + 1, pattern.into()))
    }

    /// "every …", "each …", "any year", "all weekends", "once a week", "19th of every month".
    fn repeated(&self, at: usize) -> Option<(usize, String)> {
        if let Some(end) = self.after_any(at, &["once a", "one a", "once every", "once per"]) {
            let (end, unit) = self.unit(end)?;
            return Some((end, lengths::pattern(&[(1.0, unit)])));
        }
        if let Some((end, day)) = self.rank(at)
            && let Some(end) = self.after_any(end, &["of every month", "of each month"])
        {
            return Some((end, format!("XXXX-XX-{day:02}")));
        }
        if self.low(at) == "everyday" {
            return Some((at + 1, "P1D".into()));
        }
        if !self.is(at, &["every", "each", "any", "all"]) {
            return None;
        }
        let word = self.low(at);
        let other = self.skip(at + 1, &["other"]);
        if let Some((end, weekday)) = self.weekday(other).filter(|_| word != "all") {
            return Some((end, format!("XXXX-WXX-{weekday}")));
        }
        if self.is(other, &["weekday"]) {
            return Some((other + 1, "P1WD".into()));
        }
        if let Some((end, code)) = self.part_code(other).filter(|_| word != "all" && word != "any") {
            return Some((end, format!("T{code}")));
        }
        let (end, count) = self.count(other).unwrap_or((other, 1.0));
        let count = if other > at + 1 { 2.0 } else { count };
        let (end, unit) = self.unit(end)?;
        let plural = self.low(end - 1).ends_with('s');
        if word == "all" && (unit != Unit::Weekend || !plural) || word == "any" && plural {
            return None;
        }
        Some((end, lengths::pattern(&[(count, unit)])))
    }

    /// "Thursdays", "tuesday afternoons", "mornings".
    fn plural(&self, at: usize) -> Option<(usize, String)> {
        let part = |at: usize| {
            let (end, code) = self.part_code(at)?;
            self.low(at).ends_with('s').then_some((end, code))
        };
        let word = self.low(at);
        if let Some(weekday) = word.strip_suffix('s').and_then(crate::times::lexicon::weekday) {
            return Some((at + 1, format!("XXXX-WXX-{weekday}")));
        }
        if let Some((end, weekday)) = self.weekday(at)
            && let Some((end, code)) = part(end)
        {
            return Some((end, format!("XXXX-WXX-{weekday}T{code}")));
        }
        let (end, code) = part(at)?;
        (self.before(at) != "the").then(|| (end, format!("T{code}")))
    }
}

fn part_of_day(pattern: &str) -> bool {
    ["TMO", "TAF", "TEV", "TNI"].iter().any(|it| pattern.ends_with(it))
}

/// Days lose their length beside a clock time: "everyday 6am" is `T06`.
fn with_clock(pattern: &str, clock: &str) -> String {
    let bare = ["TMO", "TAF", "TEV", "TNI"].iter().find_map(|it| pattern.strip_suffix(it)).unwrap_or(pattern);
    let bare = if bare == "P1D" { "" } else { bare };
    format!("{bare}{clock}")
}
