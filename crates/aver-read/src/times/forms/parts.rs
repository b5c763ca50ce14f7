//! Parts of stretches: "early next week", "the end of 2000", "mid-November", "later this year", "eoy".

use super::scan::Scan;
use super::stretches::{Base, Days, Found};
use crate::times::timex::cal::monday;
use aver_model::Day;

impl Scan<'_> {
    /// "early next week", "the end of 2000", "mid-November", "later this year", "end of month", "eoy".
    pub(super) fn part_of_stretch(&self, at: usize) -> Found {
        if self.is(at, &["eoy", "eom", "eow"]) {
            let unit = match self.low(at) {
                "eoy" => "year",
                "eom" => "month",
                _ => "week",
            };
            let days = self.this(unit)?;
            return Some((at + 1, self.part_days(days, "end", false)?));
        }
        let the = usize::from(self.low(at) == "the" && self.before(at) != "since");
        let lead = at + the;
        let (part, open) = match self.low(lead) {
            "early" | "beginning" | "start" => ("start", false),
            "earlier" => ("start", true),
            "mid" | "middle" => ("mid", false),
            "late" | "end" => ("end", false),
            "later" => ("end", true),
            _ => return None,
        };
        let noun = self.is(lead, &["beginning", "start", "middle", "end"]);
        if the > 0 {
            return None;
        }
        let of = self.skip(lead + 1, if noun { &["of", "-"] } else { &["of", "in", "-"] });
        if noun
            && of == lead + 1
            && !self.is(of, &["month", "week", "year"])
            && self.turn(of).is_none()
            && self.month(of).is_none()
        {
            return None;
        }
        let (end, days) = if self.is(of, &["the", "my"]) && self.is(of + 1, &["week", "month", "year"]) {
            (of + 2, self.this(self.low(of + 1))?)
        } else if noun && self.is(of, &["month", "week", "year"]) {
            (of + 1, self.this(self.low(of))?)
        } else {
            self.plain_stretch(of).filter(|it| it.1.base != Base::Other || it.1.past.is_none())?
        };
        let now = open && matches!(days.base, Base::Week(_) | Base::Month(..) | Base::Year(..)) && self.holds(&days);
        Some((end, self.part_days(days, part, now)?))
    }

    fn this(&self, unit: &str) -> Option<Days> {
        let today = self.now.day;
        match unit {
            "week" => Days::week(monday(today)),
            "month" => Days::month(today, Some(today.0.year()), today.0.month()),
            _ => Days::year(today.0.year(), false),
        }
    }

    fn holds(&self, days: &Days) -> bool {
        days.past == days.future && days.past.is_some_and(|it| it.0 <= self.now.day && self.now.day < it.1)
    }

    /// The early, middle or late days of a stretch; `open` ends or begins them today ("earlier this month").
    fn part_days(&self, days: Days, part: &'static str, open: bool) -> Option<Days> {
        let base = days.base;
        let cut = |it: (Day, Day)| {
            let (from, to) = it;
            let days = |a: i64, b: i64| (from.plus_days(a), from.plus_days(b));
            let months = |a: i64, b: i64| (from.plus_months(a), from.plus_months(b));
            match (base, part) {
                (Base::Week(_), "start") => days(0, 3),
                (Base::Week(_), "mid") => days(1, 5),
                (Base::Week(_), _) => days(3, 7),
                (Base::Month(..), "start") => days(0, 15),
                (Base::Month(..), "mid") => days(9, 20),
                (Base::Month(..), _) => (from.plus_days(15), to),
                (Base::Year(_, true), "start") => months(0, 4),
                (Base::Year(_, true), "mid") => months(4, 8),
                (Base::Year(_, true), _) => months(8, 12),
                (Base::Year(..), "start") => months(0, 6),
                (Base::Year(..), "mid") => months(3, 9),
                (Base::Year(..), _) => months(6, 12),
                (Base::Other, _) => it,
            }
        };
        let (mut past, mut future) = (days.past.map(cut), days.future.map(cut));
        let season = days.past.is_none();
        if open {
            let today = self.now.day;
            let bound = |it: (Day, Day)| match part {
                "start" => (it.0, it.1.min(today)),
                _ => (it.0.max(today), it.1),
            };
            (past, future) = (past.map(bound), future.map(bound));
        }
        let part = if open || season { None } else { Some(part) };
        Some(Days { past, future, part, ..days })
    }
}
