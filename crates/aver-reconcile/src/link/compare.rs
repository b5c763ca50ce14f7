//! What speaks for and against two mentions being one event.
//!
//! In: two mentions. Out: reasons, each with a weight in log-odds and a phrase a
//! person can check; and, apart from them, the conflicts that no weight can
//! outvote. Differing figures speak only a little against: a contested toll is
//! what the ledger is for.

use crate::kin::Kin;
use crate::profile::{Count, Names, Profile, count_shared, shared};
use crate::sight::{Limits, day, day_of_week};
use aver_model::Reason;
use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

/// What two mentions taken at random start with.
const START: f64 = -3.0;

/// What it says that two reports are about one country when one names no town.
const NO_TOWN: f64 = 0.1;

/// Towns so many kilometres apart are not one place under two names.
const FAR: f32 = 200.0;

/// Fewer shared words than this say less than their share of all.
const FEW_WORDS: f64 = 3.0;

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

/// Returns the manner that a type names: "suicide" for `suicide_bombing`.
pub fn manner_of(kind: &str) -> Option<&'static str> {
    let first = kind.split('_').next().unwrap_or_default();
    MANNERS.iter().copied().find(|it| *it == first)
}

/// Returns the kinds of site, the first of them number 1.
pub fn classes() -> impl Iterator<Item = &'static str> {
    SITES.iter().map(|it| it.0)
}

/// Returns the number of the kind of site that the words name; 0 if they name none that is known.
pub fn class_number(facility: &str) -> u8 {
    let joined =
        facility.replace("guest house", "guesthouse").replace("air base", "airbase").replace("air field", "airfield");
    let found = SITES.iter().position(|(_, words)| {
        joined.split(' ').any(|it| words.contains(&it) || it.strip_suffix('s').is_some_and(|it| words.contains(&it)))
    });
    found.map_or(0, |it| it as u8 + 1)
}

/// Says whether a city has one or few sites of that kind.
fn is_rare(class: u8) -> bool {
    class > 0 && SITES.get(usize::from(class) - 1).is_some_and(|it| RARE.contains(&it.0))
}

/// What no reason can outvote. Days are counted from 1970.
pub enum Conflict<'s> {
    /// One is a kind of event.
    Generic,
    /// One against several.
    OneAndMany,
    /// Different countries.
    Countries(&'s str, &'s str),
    /// In towns so many kilometres apart.
    Towns(u32),
    /// One is over before the other begins.
    Days(i32, i32),
    /// One was reported before the other began.
    Reported(i32, i32),
    /// Another day of the week.
    Weekday(i32),
}

impl Display for Conflict<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Conflict::Generic => f.write_str("a kind of event is not an occurrence"),
            Conflict::OneAndMany => f.write_str("one stands for several occurrences, the other for one"),
            Conflict::Countries(x, y) => write!(f, "in different countries, {x} and {y}"),
            Conflict::Towns(distance) => write!(f, "in places {distance} km apart"),
            Conflict::Days(end, start) => {
                write!(f, "one is over by {}, the other begins on {} or later", day(end), day(start))
            }
            Conflict::Reported(published, start) => {
                write!(f, "reported by {}, before the other began on {}", day(published), day(start))
            }
            Conflict::Weekday(start) => write!(f, "{} is another day of the week", day(start)),
        }
    }
}

/// Returns the conflict that no reason can outvote.
pub fn conflict<'s>(a: &Limits<'s>, b: &Limits<'s>) -> Option<Conflict<'s>> {
    if a.generic || b.generic {
        return Some(Conflict::Generic);
    }
    if a.aggregate != b.aggregate {
        return Some(Conflict::OneAndMany);
    }
    if let (Some(x), Some(y)) = (a.country, b.country)
        && x != y
    {
        return Some(Conflict::Countries(x, y));
    }
    // Two towns that a report "in the country" would otherwise join through itself.
    if let (Some(x), Some(y)) = (a.spot, b.spot) {
        let distance = kilometres(x, y);
        if distance > FAR {
            return Some(Conflict::Towns(distance as u32));
        }
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
            && !told.planned
            && published < start
        {
            return Some(Conflict::Reported(published, start));
        }
        if let (Some(weekday), Some((start, end))) = (told.weekday, other.both())
            && start == end
            && weekday != day_of_week(start)
        {
            return Some(Conflict::Weekday(start));
        }
    }
    None
}

/// Kilometres between two spots, well enough at the distances that matter here.
fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    const DEGREE: f32 = 111.2;
    let turn = (a.1 - b.1).abs();
    let east = turn.min(360.0 - turn) * ((a.0 + b.0) / 2.0).to_radians().cos();
    DEGREE * (a.0 - b.0).hypot(east)
}

/// Returns the days of a mention; "around 12 June" reaches three days to both sides.
fn widened(it: &Limits<'_>) -> (Option<i32>, Option<i32>) {
    let slack = i32::from(it.slack);
    (it.earliest.map(|day| day - slack), it.latest.map(|day| day + slack))
}

/// Adds up weights; writes the words down only when they are asked for.
struct Scale<'n> {
    names: &'n Names,
    sum: f64,
    reasons: Option<Vec<Reason>>,
}

impl Scale<'_> {
    fn add(&mut self, feature: &str, weight: f64, words: impl Display) {
        self.sum += weight;
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason { feature: feature.into(), weight, words: words.to_string() });
        }
    }

    /// As `add`, for words that cost something to make.
    fn add_made(&mut self, feature: &str, weight: f64, words: impl FnOnce(&Names) -> String) {
        self.sum += weight;
        if let Some(reasons) = &mut self.reasons {
            reasons.push(Reason { feature: feature.into(), weight, words: words(self.names) });
        }
    }

    fn weigh(&mut self, a: &Profile<'_>, b: &Profile<'_>, kin: &Kin<'_>) {
        self.add("start", START, "two reports are seldom about one event");
        if a.reading == b.reading {
            self.add("document", -1.2, "the reader kept them apart within one document");
        } else if a.story > 0 && a.story == b.story && a.quote == b.quote && !in_other_places(a, b) {
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
pub fn weight(a: &Profile<'_>, b: &Profile<'_>, names: &Names, kin: &Kin<'_>) -> f64 {
    let mut scale = Scale { names, sum: 0.0, reasons: None };
    scale.weigh(a, b, kin);
    scale.sum
}

/// Returns every reason, the starting point first.
pub fn reasons(a: &Profile<'_>, b: &Profile<'_>, names: &Names, kin: &Kin<'_>) -> Vec<Reason> {
    let mut scale = Scale { names, sum: 0.0, reasons: Some(Vec::new()) };
    scale.weigh(a, b, kin);
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

/// Says whether both name a place, and not the same: short reports made after one pattern are no reprints there.
fn in_other_places(a: &Profile<'_>, b: &Profile<'_>) -> bool {
    a.place > 0 && b.place > 0 && a.place != b.place
}

fn days(a: &Profile<'_>, b: &Profile<'_>, scale: &mut Scale<'_>) {
    let (first, second) = (&a.limits, &b.limits);
    if let (Some(x), Some(y)) = (first.both(), second.both()) {
        if x.1 < y.0 || y.1 < x.0 {
            let words =
                |_: &Names| format!("{} to {} and {} to {} do not meet", day(x.0), day(x.1), day(y.0), day(y.1));
            return scale.add_made("day", -3.0, words);
        }
        let width = 1 + (x.1 - x.0).max(y.1 - y.0);
        if width == 1 && x == y {
            return scale.add_made("day", 3.0, |_| format!("both on {}", day(x.0)));
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
        let words = |_: &Names| format!("dates that agree on {} to {}, {width} days wide", day(from), day(to));
        return scale.add_made("day", weight, words);
    }
    for (dated, open) in [(a, b), (b, a)] {
        let Some((start, end)) = dated.limits.both() else { continue };
        let published = open.limits.published;
        if let Some(weekday) = open.limits.weekday
            && start == end
            && weekday == day_of_week(start)
        {
            let is_near = published.is_none_or(|it| (0..=10).contains(&(it - start)));
            let weight = if is_near { 1.5 } else { 0.3 };
            let words = |_: &Names| format!("{} is the day of the week that the undated report gives", day(start));
            scale.add_made("weekday", weight, words);
        }
        return match published {
            Some(published) if !open.event.background && start - 1 <= published && published <= end + 10 => {
                let weight = if end - start <= 7 { 1.0 } else { 0.6 };
                let words = |_: &Names| format!("the undated report appeared on {}, soon after", day(published));
                scale.add_made("report", weight, words);
            }
            _ => scale.add("report", -0.5, "one report gives no date"),
        };
    }
    match (first.published, second.published) {
        (Some(x), Some(y)) if !a.event.background && !b.event.background && (x - y).abs() <= 3 => {
            let words = |_: &Names| format!("neither report gives a date; they appeared on {} and {}", day(x), day(y));
            scale.add_made("report", 0.8, words);
        }
        _ => scale.add("report", -0.5, "neither report gives a full date"),
    }
}

fn places(a: &Profile<'_>, b: &Profile<'_>, scale: &mut Scale<'_>) {
    if a.place == 0 || b.place == 0 {
        return if a.about == 0 || b.about == 0 {
            scale.add("place", -0.3, "one report names no place")
        } else if a.about == b.about {
            scale.add_made("place", NO_TOWN, |names| {
                format!("one report names no town; both are about {}", names.word(a.about))
            })
        } else {
            scale.add_made("place", -2.0, |names| {
                format!("one report names no town; they are about {} and {}", names.word(a.about), names.word(b.about))
            })
        };
    }
    if a.place == b.place {
        let name = a.event.place.as_ref().map_or("", |it| it.name.as_str());
        return match a.level.min(b.level) {
            0 | 1 => scale.add("place", 0.1, format_args!("both in {name}, a whole country")),
            2 => scale.add("place", 0.8, format_args!("both in {name}, a whole region")),
            3 => scale.add("place", 1.4, format_args!("both in {name}")),
            _ => scale.add("place", 2.0, format_args!("both in {name}")),
        };
    }
    let inside = |it: &Profile<'_>, place: u32| it.admin1 == place || it.country == place;
    let coarse = a.level.min(b.level) <= 1;
    if inside(a, b.place) || inside(b, a.place) {
        scale.add("place", 0.7, "one place lies in the other");
    } else if coarse && a.limits.country == b.limits.country && a.limits.country.is_some() {
        scale.add("place", 0.1, "one report names only the country");
    } else if a.admin1 > 0 && a.admin1 == b.admin1 {
        let weight = if a.level >= 4 && b.level >= 4 { if a.level == b.level { -1.5 } else { 0.6 } } else { 0.3 };
        scale.add("place", weight, "different places of one province");
    } else if a.admin1 > 0 && b.admin1 > 0 {
        let weight = if a.level >= 4 && b.level >= 4 { -6.0 } else { -4.0 };
        scale.add("place", weight, "in different provinces");
    } else {
        scale.add("place", -2.0, "in places of different names");
    }
}

fn kinds(a: &Profile<'_>, b: &Profile<'_>, scale: &mut Scale<'_>) {
    let (x, y) = (a.event.kind.as_str(), b.event.kind.as_str());
    let is_attack = |it: &Profile<'_>, scale: &Scale<'_>| ATTACKS.contains(&scale.names.word(it.family));
    if a.kind == b.kind {
        let weight = if PLAIN.contains(&x) { 0.5 } else { 0.8 };
        scale.add("type", weight, format_args!("both a case of {}", Plain(x)));
    } else if a.family > 0 && a.family == b.family {
        scale.add("type", 0.5, format_args!("{} and {} are of one family", Plain(x), Plain(y)));
    } else if !(is_attack(a, scale) && is_attack(b, scale)) {
        scale.add("type", -4.0, format_args!("{} and {} are different acts", Plain(x), Plain(y)));
    } else if PLAIN.contains(&x) && tells_manner(a, b) || PLAIN.contains(&y) && tells_manner(b, a) {
        scale.add("type", 0.8, format_args!("one is typed {x}, the other {y}, and the words of both tell one manner"));
    } else if PLAIN.contains(&x) || PLAIN.contains(&y) {
        scale.add("type", 0.3, "one report says only that there was an attack");
    } else {
        scale.add("type", -0.5, format_args!("{} and {}", Plain(x), Plain(y)));
    }
}

/// Says whether the words of an attack typed plainly tell the manner that a type names: "a suicide attack".
fn tells_manner(plain: &Profile<'_>, typed: &Profile<'_>) -> bool {
    typed.manner > 0 && plain.words().binary_search(&typed.manner).is_ok()
}

fn sites(a: &Profile<'_>, b: &Profile<'_>, scale: &mut Scale<'_>) {
    if a.facility == 0 || b.facility == 0 {
        return;
    }
    let names = scale.names;
    let (x, y) = (names.word(a.facility), names.word(b.facility));
    let rare = if is_rare(a.class) { 0.5 } else { 0.0 };
    // "Sorvan airport" and "the airport" in Sorvan are one site.
    let bare = |it: &str| {
        let towns: Vec<&str> = [a.place, b.place].into_iter().flat_map(|it| names.word(it).split(' ')).collect();
        it.split(' ').filter(|it| !towns.contains(it)).collect::<String>()
    };
    if a.facility == b.facility || bare(x) == bare(y) {
        scale.add("site", 1.4 + rare, format_args!("both at the {x}"));
    } else if a.class > 0 && a.class == b.class {
        scale.add("site", 1.0 + rare, format_args!("{x} and {y} are one kind of site"));
    } else if a.class > 0 && b.class > 0 {
        scale.add("site", -2.5, format_args!("{x} and {y} are different kinds of site"));
    } else {
        scale.add("site", -0.5, format_args!("{x} and {y}"));
    }
}

fn parties(a: &Profile<'_>, b: &Profile<'_>, kin: &Kin<'_>, scale: &mut Scale<'_>) {
    if !a.perpetrators().is_empty() && !b.perpetrators().is_empty() {
        let both = shared(a.perpetrators(), b.perpetrators());
        let names = scale.names;
        let are_kin = |x: &u32| b.perpetrators().iter().any(|y| kin.is_kin(names.word(*x), names.word(*y)));
        if !both.is_empty() {
            scale.add_made("perpetrator", 0.8, |names| {
                let ids: BTreeSet<&str> = both.iter().map(|it| names.word(*it)).collect();
                let them: Vec<&str> = ids.into_iter().map(|id| kin.name(id)).collect();
                format!("both name {}", them.join(", "))
            });
        } else if a.perpetrators().iter().any(are_kin) {
            scale.add("perpetrator", 0.5, "one names a part of what the other names");
        } else {
            scale.add("perpetrator", -0.8, "they name different perpetrators");
        }
    }
    let both = shared(a.targets(), b.targets());
    if !both.is_empty() {
        let weight = (0.6 * both.len() as f64).min(1.2);
        scale.add_made("target", weight, |names| format!("both about {}", names.list(&both)));
    }
}

/// How well two figures go together, and what says so.
fn figures_agree(x: &Count, y: &Count) -> Option<(f64, Figures)> {
    let (told, other) = (x.low.or(x.high)?, y.low.or(y.high)?);
    let apart = |x: &Count, y: &Count| matches!((x.high, y.low), (Some(high), Some(low)) if high < low);
    Some(if told == other && told >= 3 {
        (0.8, Figures::Same)
    } else if !apart(x, y) && !apart(y, x) {
        (0.3, Figures::BothRight)
    } else if can_be_part(x, y) || can_be_part(y, x) {
        (0.3, Figures::OnlySome)
    } else if told.max(other) > 4 * told.min(other).max(1) && told.max(other) >= 10 {
        (-0.6, Figures::FarApart)
    } else {
        (-0.1, Figures::Differ)
    })
}

/// What two figures say of each other.
#[derive(Clone, Copy)]
enum Figures {
    Same,
    BothRight,
    OnlySome,
    FarApart,
    Differ,
}

/// As [`crate::scope::can_be_part`], for figures of one measure.
fn can_be_part(some: &Count, all: &Count) -> bool {
    some.unit == all.unit
        && some.some_only
        && !all.some_only
        && matches!((some.low.or(some.high), all.high.or(all.low)), (Some(some), Some(all)) if some <= all)
}

fn figures(a: &Profile<'_>, b: &Profile<'_>, scale: &mut Scale<'_>) {
    let mut best: Option<(f64, Figures, &Count, &Count)> = None;
    for x in &a.figures {
        for y in b.figures.iter().filter(|y| x.measure == y.measure) {
            if let Some((weight, found)) = figures_agree(x, y)
                && best.is_none_or(|it| it.0 < weight)
            {
                best = Some((weight, found, x, y));
            }
        }
    }
    let Some((weight, found, x, y)) = best else { return };
    let (told, other) = (x.low.or(x.high).unwrap_or(0), y.low.or(y.high).unwrap_or(0));
    scale.add_made("figure", weight, |names| {
        let measure = names.word(x.measure);
        match found {
            Figures::Same => format!("both say {told} {measure}"),
            Figures::BothRight => format!("{told} and {other} {measure} can both be right"),
            Figures::OnlySome => format!("{told} and {other} {measure}: one counts only some of them"),
            Figures::FarApart => format!("{told} and {other} {measure} are far apart"),
            Figures::Differ => format!("{told} and {other} {measure} differ"),
        }
    });
}

fn words(a: &Profile<'_>, b: &Profile<'_>, scale: &mut Scale<'_>) {
    let both = shared(a.names(), b.names());
    if !both.is_empty() {
        let weight = (0.7 * both.len() as f64).min(1.4);
        scale.add_made("name", weight, |names| format!("both name {}", names.list(&both)));
    }
    let mut context = shared(a.context(), b.context());
    context.retain(|it| !both.contains(it));
    if !context.is_empty() {
        let weight = (0.6 * context.len() as f64).min(1.2);
        scale.add_made("name", weight, |names| format!("their sentences both name {}", names.list(&context)));
    }
    let shared = count_shared(a.words(), b.words());
    let all = a.words().len() + b.words().len() - shared;
    if all > 0 && shared * 4 >= all {
        // One word of one is less than three of three.
        let share = shared as f64 / all as f64 * (shared as f64 / FEW_WORDS).min(1.0);
        scale.add("words", (share * 10.0).round() / 10.0, format_args!("{shared} of {all} telling words are the same"));
    }
    if a.weapon > 0 && a.weapon == b.weapon {
        scale.add("weapon", 0.3, format_args!("both with {}", a.event.weapon.as_deref().unwrap_or_default()));
    }
}
