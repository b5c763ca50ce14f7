//! Events over time, drawn on the server: bars that are links, and lanes of uncertain days.
//!
//! The bars show what fits all filters but the days, so that the days chosen can
//! be seen inside the whole. An event counts in the middle of its days; those
//! known only to a year or less are counted apart and said so.

use super::query::Found;
use crate::workbench::words::{count, days, thousands};
use crate::workbench::{Ctx, Snapshot};
use aver_model::Day;

/// Width of the drawing in units.
const WIDTH: f64 = 1000.0;
/// Height of the bars.
const HEIGHT: f64 = 56.0;

/// The bars.
pub struct Timeline {
    /// The bars, in order of time; empty when nothing has a date.
    pub bars: Vec<Bar>,
    /// Marks below the bars.
    pub marks: Vec<(f64, String)>,
    /// First and last day drawn.
    pub days: Option<(Day, Day)>,
    /// In words, for those who do not see it.
    pub words: String,
    /// How many events have no date, and thus no bar.
    pub undated: String,
    /// The chosen days, from left to right, if any are chosen.
    pub chosen: Option<(f64, f64)>,
}

/// One bar: some days and their events.
pub struct Bar {
    /// Left.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Height of all.
    pub height: f64,
    /// Top of all.
    pub y: f64,
    /// Height of the disputed part.
    pub disputed: f64,
    /// Top of the disputed part.
    pub disputed_y: f64,
    /// The same query for these days alone.
    pub link: String,
    /// "2024-03: 4 events, 2 disputed".
    pub words: String,
}

/// How long a bar is.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Day,
    Month,
    Year,
}

impl Step {
    fn first(self, day: Day) -> Day {
        let (year, month) = (day.0.year(), day.0.month());
        match self {
            Step::Day => Some(day),
            Step::Month => Day::new(year, month, 1),
            Step::Year => Day::new(year, 1, 1),
        }
        .unwrap_or(day)
    }

    fn next(self, day: Day) -> Day {
        match self {
            Step::Day => day.plus_days(1),
            Step::Month => day.plus_months(1),
            Step::Year => day.plus_months(12),
        }
    }

    fn words(self, day: Day) -> String {
        let text = day.to_string();
        match self {
            Step::Day => text,
            Step::Month => text[..text.len() - 3].to_owned(),
            Step::Year => text[..text.len() - 6].to_owned(),
        }
    }
}

/// Events by their days, counted once a query.
#[derive(Default)]
pub struct Counted {
    /// All and disputed, by the first day of the bar.
    bars: std::collections::BTreeMap<Day, (usize, usize)>,
    /// First and last day that an event has.
    ends: Option<(Day, Day)>,
    dated: usize,
    undated: usize,
}

impl Counted {
    fn step(first: Day, last: Day) -> Step {
        match first.days_until(last) {
            ..=92 => Step::Day,
            93..=3700 => Step::Month,
            _ => Step::Year,
        }
    }

    /// Counts the events of these numbers.
    pub fn of(snap: &Snapshot, numbers: &[u32]) -> Counted {
        let middle = |it: &u32| {
            let entry = &snap.index.entries[*it as usize];
            let (start, end) = (entry.start.or(entry.end)?, entry.end.or(entry.start)?);
            let disputed = !snap.knowledge.events[*it as usize].disputed.is_empty();
            Some((start.plus_days(start.days_until(end) / 2), disputed))
        };
        let dated: Vec<(Day, bool)> = numbers.iter().filter_map(middle).collect();
        let mut counted = Counted { dated: dated.len(), undated: numbers.len() - dated.len(), ..Counted::default() };
        let (first, last) = (dated.iter().map(|it| it.0).min(), dated.iter().map(|it| it.0).max());
        counted.ends = first.zip(last);
        let Some((first, last)) = counted.ends else { return counted };
        let step = Counted::step(first, last);
        for (day, disputed) in &dated {
            let it = counted.bars.entry(step.first(*day)).or_default();
            it.0 += 1;
            it.1 += usize::from(*disputed);
        }
        counted
    }
}

/// Draws the bars of what was found.
pub fn draw(ctx: &Ctx, found: &Found) -> Timeline {
    let counted = &found.days;
    let undated = counted.undated;
    let undated = if undated > 0 { format!("{} without a date", thousands(undated as u64)) } else { String::new() };
    let Some((first, last)) = counted.ends else {
        let words = "Nothing here has a date.".into();
        return Timeline { bars: vec![], marks: vec![], days: None, words, undated, chosen: None };
    };
    let step = Counted::step(first, last);
    let (from, to) = (step.first(first), step.next(step.first(last)));
    let total = from.days_until(to).max(1) as f64;
    let x = |day: Day| (from.days_until(day) as f64 / total * WIDTH).clamp(0.0, WIDTH);
    let most = counted.bars.values().map(|it| it.0).max().unwrap_or(1) as f64;
    let bars = counted.bars.iter().map(|(day, (all, disputed))| {
        let next = step.next(*day);
        let height = |n: usize| (n as f64 / most).sqrt() * HEIGHT;
        let width = ((x(next) - x(*day)) * 0.88).clamp(3.0, 60.0);
        let words = format!("{}: {}, {disputed} disputed", step.words(*day), count(*all, "event"));
        Bar {
            x: x(*day),
            width,
            height: height(*all),
            y: HEIGHT - height(*all),
            disputed: height(*disputed),
            disputed_y: HEIGHT - height(*disputed),
            link: days_link(ctx, *day, next.plus_days(-1)),
            words,
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let words = format!("{} with a date, from {first} to {last}", count(counted.dated, "event"));
    let asked = |keys: [&str; 2]| keys.iter().find_map(|it| ctx.get(it)).and_then(|it| it.parse::<Day>().ok());
    let (since, until) = (asked(["from", "since"]), asked(["to", "until"]));
    let chosen = (since.is_some() || until.is_some())
        .then(|| (since.map_or(0.0, x), until.map_or(WIDTH, |it| x(it.plus_days(1)))))
        .map(|(a, b)| (a, (b - a).max(2.0)));
    Timeline {
        bars,
        marks: marks(from, to, step, 12, &x),
        days: Some((from, to.plus_days(-1))),
        words,
        undated,
        chosen,
    }
}

fn days_link(ctx: &Ctx, from: Day, to: Day) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let kept = ctx
        .query
        .iter()
        .filter(|(name, it)| !["from", "to", "since", "until", "page"].contains(&name.as_str()) && !it.is_empty());
    let kept = kept.map(|(name, it)| (name.as_str(), it.as_str()));
    format!("/{}", crate::workbench::ctx::query_string(kept.chain([("from", from.as_str()), ("to", to.as_str())])))
}

/// Returns where years or months begin, no more than `most` of them.
fn marks(from: Day, to: Day, step: Step, most: usize, x: &dyn Fn(Day) -> f64) -> Vec<(f64, String)> {
    let coarse = match step {
        Step::Day => Step::Month,
        Step::Month | Step::Year => Step::Year,
    };
    let mut marks = vec![];
    let mut day = coarse.first(from);
    if day < from {
        day = coarse.next(day);
    }
    while day < to {
        marks.push((x(day), coarse.words(day)));
        day = coarse.next(day);
    }
    if marks.is_empty() {
        marks.push((0.0, step.words(from)));
    }
    let every = marks.len().div_ceil(most);
    marks.into_iter().step_by(every).collect()
}

/// One event on the timeline: a bar as long as its days are uncertain.
pub struct Lane {
    /// Address of the event.
    pub link: String,
    /// Its title.
    pub title: String,
    /// Its days.
    pub date: String,
    /// Left; `None` without a date.
    pub x: Option<f64>,
    /// The first or the last day is not known: the bar ends open on that side.
    pub open: &'static str,
    /// Width.
    pub width: f64,
    /// Accounts differ.
    pub disputed: bool,
}

/// The events of a page on one common scale.
#[derive(Default)]
pub struct Lanes {
    /// The events, oldest first, those without a date last.
    pub lanes: Vec<Lane>,
    /// Years or months over them: where, between 0 and 100, and in words.
    pub marks: Vec<(f64, String)>,
}

/// Returns the lanes of these events on one common scale, oldest first.
pub fn lanes(ctx: &Ctx, numbers: &[u32]) -> Lanes {
    let entry = |it: &u32| &ctx.snap.index.entries[*it as usize];
    let first = numbers.iter().filter_map(|it| entry(it).start.or(entry(it).end)).min();
    let last = numbers.iter().filter_map(|it| entry(it).end.or(entry(it).start)).max();
    let total = first.zip(last).map_or(1.0, |(a, b)| a.days_until(b).max(1) as f64);
    let x = |day: Day| first.map_or(0.0, |it| it.days_until(day) as f64 / total * 96.0 + 2.0);
    let mut numbers = numbers.to_vec();
    numbers.sort_by_key(|it| {
        let day = entry(it).start.or(entry(it).end);
        (day.is_none(), day)
    });
    let lane = |it: &u32| {
        let event = &ctx.snap.knowledge.events[*it as usize];
        let (start, end) = (entry(it).start, entry(it).end);
        let left = match (start, end) {
            (Some(start), _) => Some(x(start)),
            (None, Some(end)) => Some((x(end) - 6.0).max(0.0)),
            (None, None) => None,
        };
        let right = end.map_or_else(|| left.map_or(0.0, |it| it + 6.0), x);
        let open = match (start, end) {
            (None, Some(_)) => "before",
            (Some(_), None) => "after",
            _ => "",
        };
        Lane {
            link: ctx.link(&format!("/e/{}", event.id)),
            title: event.title.clone(),
            date: days(start, end),
            x: left,
            open,
            width: left.map_or(0.0, |it| (right - it).max(0.9)),
            disputed: !event.disputed.is_empty(),
        }
    };
    let marks = first.zip(last).map_or(vec![], |(from, to)| {
        // Marks are one step coarser than what they are for: months for days, years for months.
        marks(from, to.plus_days(1), if from.days_until(to) > 400 { Step::Month } else { Step::Day }, 6, &x)
    });
    Lanes { lanes: numbers.iter().map(lane).collect(), marks }
}
