//! Limits: "before 2019", "since the end of May", "3 pm or later", "more than 4 days", "around noon".

use super::scan::Scan;
use super::{Draft, Edge, Kind};

/// Words before a limit, longest first, and the side they leave open.
const LEADS: &[(&str, &str)] = &[
    ("no later than", "before"),
    ("prior to", "before"),
    ("before", "before"),
    ("by", "before"),
    ("until", "before"),
    ("till", "before"),
    ("as late as", "until"),
    ("later than", "after"),
    ("greater than", "after"),
    ("year greater than", "after"),
    ("after", "after"),
    ("as early as", "since"),
    ("any time from", "since"),
    ("since", "since"),
    ("starting on", "since"),
    ("starting from", "since"),
    ("starting", "since"),
    ("beginning on", "since"),
    ("beginning", "since"),
    ("around", "approx"),
    ("circa", "approx"),
    ("about", "approx"),
    ("more than", "more"),
    ("at least", "more"),
    ("less than", "less"),
];

/// Words behind a limit that leave what follows open.
const BEHIND: &[&str] = &["or later", "and later", "or after", "and after", "and greater", "or greater"];

impl Scan<'_> {
    /// A form with its limit.
    pub(super) fn edged(&self, at: usize) -> Option<Draft> {
        if let Some(draft) = self.dated_edge(at) {
            return Some(draft);
        }
        if let Some(end) = self.after_any(at, &["till date", "to date"])
            && !self.is(at.wrapping_sub(1), &["up", "-", "year", "equals", "equal"])
        {
            let mut draft = self.date_form_today(end);
            draft.edge.side = Some("before");
            return Some(draft);
        }
        let lead = LEADS.iter().filter_map(|(words, side)| Some((self.after(at, words)?, *side))).max_by_key(|it| it.0);
        let Some((next, side)) = lead else { return self.open_behind(at) };
        // "what about Friday?"
        if self.low(at) == "about" && self.is(at.wrapping_sub(1), &["how", "what", "but", "talking", "talk"]) {
            return None;
        }
        let (next, more) = match LEADS.iter().find_map(|it| Some((self.after(next, it.0)?, it.1))) {
            Some((after, "approx")) => (after, Some("approx")),
            _ => (next, None),
        };
        let the = self.after(next, "the");
        let inner = self
            .inner(next, side)
            .or_else(|| self.inner(the?, side).filter(|it| it.edge.part.is_some() || it.kind == Kind::Days))?;
        self.limit(inner, side, more)
    }

    fn date_form_today(&self, end: usize) -> Draft {
        let now = super::Moment::at_dawn(self.now.day);
        let seen = super::Seen { pattern: "PRESENT_REF".into(), past: Some((now, now)), future: Some((now, now)) };
        Draft::new(end, Kind::Days, vec![seen])
    }

    /// What can be limited.
    fn inner(&self, at: usize, side: &str) -> Option<Draft> {
        let length = matches!(side, "more" | "less");
        if length {
            return self.length_form(at);
        }
        let rules: [fn(&Self, usize) -> Option<Draft>; 5] =
            [Self::joined, Self::stretch_form, Self::date_form, Self::clock_form, Self::loose_clock];
        let best = rules
            .iter()
            .filter_map(|rule| rule(self, at))
            .filter(|it| self.closes(it.end))
            .reduce(|a, b| if b.end > a.end { b } else { a })?;
        let counted = self.parts(at).is_some() && best.kind == Kind::Date;
        (!counted || side != "approx").then_some(best)
    }

    /// "by 2 in the afternoon", "around dinner".
    fn loose_clock(&self, at: usize) -> Option<Draft> {
        let (end, code) = self.part_code(at).filter(|it| it.1.len() == 3)?;
        let (code, from, to) = super::clocks::part(code);
        let dawn = super::Moment::at_dawn(self.now.day);
        let whole = Some((dawn.plus(from), dawn.plus(to)));
        Some(Draft::new(
            end,
            Kind::Hours,
            vec![super::Seen { pattern: format!("T{code}"), past: whole, future: whole }],
        ))
    }

    fn limit(&self, mut draft: Draft, side: &'static str, more: Option<&'static str>) -> Option<Draft> {
        let stretch = matches!(draft.kind, Kind::Days | Kind::Hours | Kind::Moments);
        if side == "approx" {
            let meal = draft.seen[0].pattern.starts_with("TM");
            draft.edge.side = Some(side);
            return (!stretch || meal).then_some(draft);
        }
        let meal = draft.kind == Kind::Hours;
        let shifted = draft.kind == Kind::Date && draft.edge.side.is_some();
        if draft.kind == Kind::Moments || draft.seen.iter().any(|it| it.past.is_none()) && draft.kind != Kind::Length {
            return None;
        }
        draft.kind = match draft.kind {
            Kind::Date => Kind::Days,
            Kind::Clock => Kind::Hours,
            Kind::Moment => Kind::Moments,
            other => other,
        };
        draft.edge = Edge {
            side: Some(match (side, more) {
                ("before", Some(_)) => "before-approx",
                ("after", Some(_)) => "after-approx",
                _ => side,
            }),
            part: draft.edge.part,
            of_stretch: if meal || shifted || draft.kind == Kind::Length { None } else { Some(stretch) },
        };
        Some(draft)
    }

    /// "3 pm or later on Monday", "2018 or later".
    fn open_behind(&self, at: usize) -> Option<Draft> {
        let mut draft = self.inner(at, "since").filter(|it| it.edge.side.is_none())?;
        let end = self.after_any(draft.end, BEHIND)?;
        let done = self.ends(end) || self.is(end, &["on"]);
        draft.end = end;
        if draft.kind == Kind::Clock
            && let Some((end, date)) = self.after(end, "on").and_then(|it| self.date(it))
        {
            let (_, clock) = self.clock(at, false)?;
            let dated = self.at_hours(end, date, clock, clock);
            let mut seen = dated.seen;
            seen[0].pattern = format!("{}{}", date.seen(self.now).0, clock.pattern());
            let dated = Draft { end, kind: Kind::Moment, edge: Edge::default(), seen };
            return self.limit(dated, "since", None);
        }
        (done).then(|| self.limit(draft, "since", None))?
    }

    /// "today before 4pm", "Feb 1st no later than 6:00", "next Wednesday later than 10 in the morning".
    fn dated_edge(&self, at: usize) -> Option<Draft> {
        let (end, date) = self.date(at)?;
        let (next, side) =
            LEADS.iter().filter_map(|(words, side)| Some((self.after(end, words)?, *side))).max_by_key(|it| it.0)?;
        if matches!(side, "more" | "less" | "approx") {
            return None;
        }
        let (end, clock) = self.clock(next, false)?;
        let seen: Vec<super::Seen> = clock
            .readings()
            .into_iter()
            .map(|it| {
                let mut seen = self.at_hours(end, date, it, it).seen.remove(0);
                seen.pattern = format!("{}{}", date.seen(self.now).0, it.pattern());
                seen
            })
            .collect();
        let edge = Edge { side: Some(side), part: None, of_stretch: None };
        Some(Draft { end, kind: Kind::Moments, edge, seen })
    }
}
