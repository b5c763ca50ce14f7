//! What speaks for and against two mentions being one event.
//!
//! In: two mentions. Out: reasons, each with a weight in log-odds and a phrase a
//! person can check; and, apart from them, the conflicts that no weight can
//! outvote. Differing figures speak only a little against: a contested toll is
//! what the ledger is for.

use crate::Reprints;
use crate::kin::Kin;
use crate::scope::can_be_part;
use crate::sight::{Sight, fold};
use aver_model::{Day, Figure, Modality, Precision, Reason};
use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

/// What two mentions taken at random start with.
const START: f64 = -3.0;

/// Types that say that there was violence and not which.
const PLAIN: &[&str] = &["attack", "killing"];

/// First words of types that tell how it was done.
const MANNERS: &[&str] = &["suicide", "rocket", "drone", "knife", "arson", "grenade"];

/// Families of types that reporters use for one another.
const ATTACKS: &[&str] = &["armed", "attack", "explosive"];

/// Words for sites that reporters use for one another.
const SITES: &[(&str, &[&str])] = &[
    ("lodging", &["guesthouse", "hotel", "inn", "lodge", "motel", "hostel", "resort"]),
    (
        "school",
        &[
            "school",
            "education",
            "educational",
            "tuition",
            "university",
            "college",
            "academy",
            "seminary",
            "madrasa",
            "classroom",
        ],
    ),
    ("mosque", &["mosque", "imambargah", "imambara", "shrine", "prayerhall"]),
    ("church", &["church", "cathedral", "chapel", "parish", "monastery"]),
    ("temple", &["temple", "gurdwara", "synagogue", "pagoda"]),
    ("airport", &["airport", "airfield", "airbase"]),
    ("hospital", &["hospital", "clinic", "health", "maternity", "ward"]),
    ("market", &["market", "bazaar", "mall", "shop"]),
    ("post", &["checkpoint", "checkpost", "outpost", "post"]),
    ("police", &["police"]),
    ("base", &["base", "barracks", "camp", "garrison"]),
    ("prison", &["prison", "jail", "detention"]),
    ("mission", &["embassy", "consulate"]),
    ("ministry", &["ministry"]),
    ("center", &["center", "centre"]),
    ("vehicle", &["bus", "minibus", "convoy", "vehicle", "car", "truck"]),
    ("station", &["station"]),
    ("stadium", &["stadium"]),
    ("wedding", &["wedding"]),
    ("village", &["village"]),
];

/// Sites of which a city has one or few.
const RARE: &[&str] = &["airport", "mission", "ministry", "stadium"];

/// Returns the kind of site that the words name.
pub fn class_of(facility: &str) -> Option<&'static str> {
    let joined =
        facility.replace("guest house", "guesthouse").replace("air base", "airbase").replace("air field", "airfield");
    SITES
        .iter()
        .find(|(_, words)| {
            joined
                .split(' ')
                .any(|it| words.contains(&it) || it.strip_suffix('s').is_some_and(|it| words.contains(&it)))
        })
        .map(|(class, _)| *class)
}

/// What no reason can outvote.
pub enum Conflict<'s> {
    /// One is a kind of event.
    Generic,
    /// One against several.
    OneAndMany,
    /// Different countries.
    Countries(&'s str, &'s str),
    /// One is over before the other begins.
    Days(Day, Day),
    /// One was reported before the other began.
    Reported(Day, Day),
    /// Another day of the week.
    Weekday(Day),
}

impl Display for Conflict<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::Generic => f.write_str("a kind of event is not an occurrence"),
            Conflict::OneAndMany => f.write_str("one stands for several occurrences, the other for one"),
            Conflict::Countries(x, y) => write!(f, "in different countries, {x} and {y}"),
            Conflict::Days(end, start) => write!(f, "one is over by {end}, the other begins on {start} or later"),
            Conflict::Reported(published, start) => {
                write!(f, "reported by {published}, before the other began on {start}")
            }
            Conflict::Weekday(start) => write!(f, "{start} is another day of the week"),
        }
    }
}

/// Returns the conflict that no reason can outvote.
pub fn conflict<'s>(a: &Sight<'s>, b: &Sight<'s>) -> Option<Conflict<'s>> {
    if a.event.generic || b.event.generic {
        return Some(Conflict::Generic);
    }
    if a.event.aggregate != b.event.aggregate {
        return Some(Conflict::OneAndMany);
    }
    if let (Some(x), Some(y)) = (a.country, b.country)
        && x != y
    {
        return Some(Conflict::Countries(x, y));
    }
    let (a_start, a_end) = widened(a);
    let (b_start, b_end) = widened(b);
    for (end, start) in [(a_end, b_start), (b_end, a_start)] {
        if let (Some(end), Some(start)) = (end, start)
            && end < start
        {
            return Some(Conflict::Days(end, start));
        }
    }
    for (told, other) in [(a, b), (b, a)] {
        if let (Some(published), Some(start)) = (told.published, other.earliest)
            && told.event.modality != Modality::Planned
            && published < start
        {
            return Some(Conflict::Reported(published, start));
        }
        if let (Some(day), Some((start, end))) = (told.weekday, both(other))
            && start == end
            && i16::from(day) != i16::from(start.0.weekday().to_monday_one_offset())
        {
            return Some(Conflict::Weekday(start));
        }
    }
    None
}

/// Returns the days of a mention; "around 12 June" reaches three days to both sides.
fn widened(it: &Sight<'_>) -> (Option<Day>, Option<Day>) {
    let slack = match it.event.time.as_ref().map(|it| it.precision) {
        Some(Precision::About) => 3,
        Some(Precision::Fuzzy) => 15,
        _ => 0,
    };
    (it.earliest.map(|day| day.plus_days(-slack)), it.latest.map(|day| day.plus_days(slack)))
}

fn both(it: &Sight<'_>) -> Option<(Day, Day)> {
    Some((it.earliest?, it.latest?))
}

/// Adds up weights; writes the words down only when they are asked for.
struct Scale {
    sum: f64,
    reasons: Option<Vec<Reason>>,
}

impl Scale {
    fn add(&mut self, feature: &str, weight: f64, words: impl Display) {
        self.sum += weight;
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason { feature: feature.into(), weight, words: words.to_string() });
        }
    }

    fn weigh(&mut self, a: &Sight<'_>, b: &Sight<'_>, reprints: &Reprints, kin: &Kin<'_>) {
        self.add("start", START, "two reports are seldom about one event");
        if a.sha == b.sha {
            self.add("document", -1.2, "the reader kept them apart within one document");
        } else if reprints.same_story(a.sha, b.sha) && a.text.quote(a.event.span) == b.text.quote(b.event.span) {
            self.add("reprint", 8.0, "the same words in a reprint");
        }
        days(a, b, self);
        places(a, b, self);
        kinds(a, b, self);
        sites(a, b, self);
        parties(a, b, kin, self);
        figures(a, b, self);
        words(a, b, self);
    }
}

/// Returns the sum of all weights, without words: most pairs come to nothing.
pub fn weight(a: &Sight<'_>, b: &Sight<'_>, reprints: &Reprints, kin: &Kin<'_>) -> f64 {
    let mut scale = Scale { sum: 0.0, reasons: None };
    scale.weigh(a, b, reprints, kin);
    scale.sum
}

/// Returns every reason, the starting point first.
pub fn reasons(a: &Sight<'_>, b: &Sight<'_>, reprints: &Reprints, kin: &Kin<'_>) -> Vec<Reason> {
    let mut scale = Scale { sum: 0.0, reasons: Some(Vec::new()) };
    scale.weigh(a, b, reprints, kin);
    scale.reasons.unwrap_or_default()
}

/// A codebook word in plain writing: "armed assault".
struct Plain<'w>(&'w str);

impl Display for Plain<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.split('_').enumerate().try_for_each(|(idx, part)| {
            if idx > 0 {
                f.write_str(" ")?;
            }
            f.write_str(part)
        })
    }
}

fn days(a: &Sight<'_>, b: &Sight<'_>, scale: &mut Scale) {
    if let (Some(x), Some(y)) = (both(a), both(b)) {
        if x.1 < y.0 || y.1 < x.0 {
            return scale.add("day", -3.0, format_args!("{} to {} and {} to {} do not meet", x.0, x.1, y.0, y.1));
        }
        let width = 1 + x.0.days_until(x.1).max(y.0.days_until(y.1));
        if width == 1 && x == y {
            return scale.add("day", 3.0, format_args!("both on {}", x.0));
        }
        let weight = match width {
            ..=3 => 2.4,
            4..=7 => 1.7,
            8..=16 => 1.2,
            17..=31 => 0.9,
            32..=92 => 0.4,
            _ => 0.0,
        };
        let (from, to) = (x.0.max(y.0), x.1.min(y.1));
        return scale.add("day", weight, format_args!("dates that agree on {from} to {to}, {width} days wide"));
    }
    for (dated, open) in [(a, b), (b, a)] {
        let Some((start, end)) = both(dated) else { continue };
        if let Some(day) = open.weekday
            && start == end
            && i16::from(day) == i16::from(start.0.weekday().to_monday_one_offset())
        {
            let is_near = open.published.is_none_or(|it| (0..=10).contains(&start.days_until(it)));
            let weight = if is_near { 1.5 } else { 0.3 };
            scale.add("weekday", weight, format_args!("{start} is the day of the week that the undated report gives"));
        }
        return match open.published {
            Some(published)
                if !open.event.background && start.plus_days(-1) <= published && published <= end.plus_days(10) =>
            {
                let weight = if start.days_until(end) <= 7 { 1.0 } else { 0.6 };
                scale.add("report", weight, format_args!("the undated report appeared on {published}, soon after"));
            }
            _ => scale.add("report", -0.5, "one report gives no date"),
        };
    }
    match (a.published, b.published) {
        (Some(x), Some(y)) if !a.event.background && !b.event.background && x.days_until(y).abs() <= 3 => {
            scale.add("report", 0.8, format_args!("neither report gives a date; they appeared on {x} and {y}"));
        }
        _ => scale.add("report", -0.5, "neither report gives a full date"),
    }
}

fn places(a: &Sight<'_>, b: &Sight<'_>, scale: &mut Scale) {
    let (Some(x), Some(y)) = (&a.place, &b.place) else {
        return match (a.country.or(a.about_country), b.country.or(b.about_country)) {
            (Some(x), Some(y)) if x == y => {
                scale.add("place", 0.2, format_args!("one report names no town; both are about {x}"))
            }
            (Some(x), Some(y)) => {
                scale.add("place", -2.0, format_args!("one report names no town; they are about {x} and {y}"))
            }
            _ => scale.add("place", -0.3, "one report names no place"),
        };
    };
    let name = &a.event.place.as_ref().map_or("", |it| it.name.as_str());
    if x == y {
        return match a.level.min(b.level) {
            0 | 1 => scale.add("place", 0.1, format_args!("both in {name}, a whole country")),
            2 => scale.add("place", 0.8, format_args!("both in {name}, a whole region")),
            3 => scale.add("place", 1.4, format_args!("both in {name}")),
            _ => scale.add("place", 2.0, format_args!("both in {name}")),
        };
    }
    let inside =
        |it: &Sight<'_>, name: &str| it.admin1.as_deref() == Some(name) || it.country.is_some_and(|c| fold(c) == name);
    let coarse = a.level.min(b.level) <= 1;
    if inside(a, y) || inside(b, x) {
        scale.add("place", 0.7, "one place lies in the other");
    } else if coarse && a.country == b.country && a.country.is_some() {
        scale.add("place", 0.1, "one report names only the country");
    } else if a.admin1.is_some() && a.admin1 == b.admin1 {
        let weight = if a.level >= 4 && b.level >= 4 { if a.level == b.level { -1.5 } else { 0.6 } } else { 0.3 };
        scale.add("place", weight, "different places of one province");
    } else if a.admin1.is_some() && b.admin1.is_some() {
        scale.add("place", -4.0, "in different provinces");
    } else {
        scale.add("place", -2.0, "in places of different names");
    }
}

fn kinds(a: &Sight<'_>, b: &Sight<'_>, scale: &mut Scale) {
    let (x, y) = (a.event.kind.as_str(), b.event.kind.as_str());
    if x == y {
        let weight = if PLAIN.contains(&x) { 0.5 } else { 0.8 };
        scale.add("type", weight, format_args!("both a case of {}", Plain(x)));
    } else if !a.family.is_empty() && a.family == b.family {
        scale.add("type", 0.5, format_args!("{} and {} are of one family", Plain(x), Plain(y)));
    } else if !(ATTACKS.contains(&a.family) && ATTACKS.contains(&b.family)) {
        scale.add("type", -4.0, format_args!("{} and {} are different acts", Plain(x), Plain(y)));
    } else if PLAIN.contains(&x) && tells_manner(a, y) || PLAIN.contains(&y) && tells_manner(b, x) {
        scale.add("type", 0.8, format_args!("one is typed {x}, the other {y}, and the words of both tell one manner"));
    } else if PLAIN.contains(&x) || PLAIN.contains(&y) {
        scale.add("type", 0.3, "one report says only that there was an attack");
    } else {
        scale.add("type", -0.5, format_args!("{} and {}", Plain(x), Plain(y)));
    }
}

/// Says whether the words of an attack typed plainly tell the manner that a type names: "a suicide attack".
fn tells_manner(plain: &Sight<'_>, kind: &str) -> bool {
    let manner = kind.split('_').next().unwrap_or_default();
    MANNERS.contains(&manner) && plain.words.contains(manner)
}

fn sites(a: &Sight<'_>, b: &Sight<'_>, scale: &mut Scale) {
    let (Some(x), Some(y)) = (&a.facility, &b.facility) else { return };
    let (class, other) = (class_of(x), class_of(y));
    let rare = if class.is_some_and(|it| RARE.contains(&it)) { 0.5 } else { 0.0 };
    // "Sorvan airport" and "the airport" in Sorvan are one site.
    let bare = |it: &str| {
        let towns: Vec<&str> =
            [a.place.as_deref(), b.place.as_deref()].into_iter().flatten().flat_map(|it| it.split(' ')).collect();
        it.split(' ').filter(|it| !towns.contains(it)).collect::<String>()
    };
    if bare(x) == bare(y) {
        scale.add("site", 1.4 + rare, format_args!("both at the {x}"));
    } else if class.is_some() && class == other {
        scale.add("site", 1.0 + rare, format_args!("{x} and {y} are one kind of site"));
    } else if class.is_some() && other.is_some() {
        scale.add("site", -2.5, format_args!("{x} and {y} are different kinds of site"));
    } else {
        scale.add("site", -0.5, format_args!("{x} and {y}"));
    }
}

fn parties(a: &Sight<'_>, b: &Sight<'_>, kin: &Kin<'_>, scale: &mut Scale) {
    if !a.perpetrators.is_empty() && !b.perpetrators.is_empty() {
        let shared: Vec<&str> = a.perpetrators.intersection(&b.perpetrators).map(String::as_str).collect();
        if !shared.is_empty() {
            let names: Vec<&str> = shared.iter().map(|id| kin.name(id)).collect();
            scale.add("perpetrator", 0.8, format_args!("both name {}", names.join(", ")));
        } else if a.perpetrators.iter().any(|x| b.perpetrators.iter().any(|y| kin.is_kin(x, y))) {
            scale.add("perpetrator", 0.5, "one names a part of what the other names");
        } else {
            scale.add("perpetrator", -0.8, "they name different perpetrators");
        }
    }
    let shared: BTreeSet<&str> = a.targets.intersection(&b.targets).map(String::as_str).collect();
    if !shared.is_empty() {
        let weight = (0.6 * shared.len() as f64).min(1.2);
        scale.add("target", weight, format_args!("both about {}", shared.into_iter().collect::<Vec<_>>().join(", ")));
    }
}

fn figures(a: &Sight<'_>, b: &Sight<'_>, scale: &mut Scale) {
    let mut best: Option<(f64, String)> = None;
    for x in &a.figures {
        for y in b.figures.iter().filter(|y| x.measure == y.measure) {
            let (Some(told), Some(other)) = (x.low.or(x.high), y.low.or(y.high)) else { continue };
            let measure = &x.measure;
            let apart = |x: &Figure, y: &Figure| matches!((x.high, y.low), (Some(high), Some(low)) if high < low);
            let found = if told == other && told >= 3 {
                (0.8, format!("both say {told} {measure}"))
            } else if !apart(x, y) && !apart(y, x) {
                (0.3, format!("{told} and {other} {measure} can both be right"))
            } else if can_be_part(x, y) || can_be_part(y, x) {
                (0.3, format!("{told} and {other} {measure}: one counts only some of them"))
            } else if told.max(other) > 4 * told.min(other).max(1) && told.max(other) >= 10 {
                (-0.6, format!("{told} and {other} {measure} are far apart"))
            } else {
                (-0.1, format!("{told} and {other} {measure} differ"))
            };
            if best.as_ref().is_none_or(|it| it.0 < found.0) {
                best = Some(found);
            }
        }
    }
    if let Some((weight, words)) = best {
        scale.add("figure", weight, words);
    }
}

fn words(a: &Sight<'_>, b: &Sight<'_>, scale: &mut Scale) {
    let names: Vec<&str> = a.names.intersection(&b.names).map(String::as_str).collect();
    if !names.is_empty() {
        scale.add("name", (0.7 * names.len() as f64).min(1.4), format_args!("both name {}", names.join(", ")));
    }
    let context: Vec<&str> =
        a.context.intersection(&b.context).map(String::as_str).filter(|it| !names.contains(it)).collect();
    if !context.is_empty() {
        scale.add(
            "name",
            (0.6 * context.len() as f64).min(1.2),
            format_args!("their sentences both name {}", context.join(", ")),
        );
    }
    let shared = a.words.intersection(&b.words).count();
    let all = a.words.union(&b.words).count();
    if all > 0 && shared * 4 >= all {
        let share = shared as f64 / all as f64;
        scale.add("words", (share * 10.0).round() / 10.0, format_args!("{shared} of {all} telling words are the same"));
    }
    if let (Some(x), Some(y)) = (&a.event.weapon, &b.event.weapon)
        && fold(x) == fold(y)
    {
        scale.add("weapon", 0.3, format_args!("both with {x}"));
    }
}
