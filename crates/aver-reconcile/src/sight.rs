//! Event mentions beside the text they stand in.
//!
//! In: readings. Out: one [`Sight`] for every event of every reading, sorted by
//! document and place in the text, with what events and accounts are told from and
//! with its [`Limits`], which can exclude another mention.
//!
//! In what form two mentions are compared is in `profile`; nothing here judges.

use aver_model::{
    Actor, Day, Event, EventPlace, Figure, Modality, Offsets, Perpetrator, Place, Precision, Reading, Span, Statement,
    Time,
};
use std::collections::{BTreeSet, HashMap};

/// A reading with its text and its records indexed.
pub struct Text<'r> {
    /// The reading.
    pub reading: &'r Reading,
    offsets: Offsets,
    actors: HashMap<&'r str, &'r Actor>,
    times: HashMap<&'r str, &'r Time>,
    places: HashMap<&'r str, &'r Place>,
    statements: HashMap<&'r str, &'r Statement>,
    figures_about: HashMap<&'r str, Vec<&'r Figure>>,
    statements_about: HashMap<&'r str, Vec<&'r Statement>>,
}

impl<'r> Text<'r> {
    /// Indexes the text of a reading.
    pub fn new(reading: &'r Reading) -> Text<'r> {
        let mut figures_about: HashMap<&str, Vec<&Figure>> = HashMap::new();
        for it in &reading.figures {
            it.about.iter().for_each(|id| figures_about.entry(id).or_default().push(it));
        }
        let mut statements_about: HashMap<&str, Vec<&Statement>> = HashMap::new();
        for it in &reading.statements {
            it.about.iter().for_each(|id| statements_about.entry(id).or_default().push(it));
        }
        Text {
            reading,
            offsets: Offsets::new(&reading.text),
            actors: reading.actors.iter().map(|it| (it.id.as_str(), it)).collect(),
            times: reading.times.iter().map(|it| (it.id.as_str(), it)).collect(),
            places: reading.places.iter().map(|it| (it.id.as_str(), it)).collect(),
            statements: reading.statements.iter().map(|it| (it.id.as_str(), it)).collect(),
            figures_about,
            statements_about,
        }
    }

    /// Returns the sentence around a span, no further than about 300 bytes to each side.
    pub fn sentence(&self, span: Span) -> &'r str {
        let text = &self.reading.text;
        let bytes = self.offsets.bytes(text, span);
        let mut from = bytes.start.saturating_sub(300);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut to = (bytes.end + 300).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let ends = [". ", "! ", "? ", "\n"];
        let start = ends
            .iter()
            .filter_map(|end| text[from..bytes.start].rfind(end).map(|at| from + at + end.len()))
            .max()
            .unwrap_or(from);
        let end =
            ends.iter().filter_map(|end| text[bytes.end..to].find(end).map(|at| bytes.end + at)).min().unwrap_or(to);
        &text[start..end]
    }

    /// Returns the actor of that id.
    pub fn actor(&self, id: &str) -> Option<&'r Actor> {
        self.actors.get(id).copied()
    }

    /// Returns the statement of that id.
    pub fn statement(&self, id: &str) -> Option<&'r Statement> {
        self.statements.get(id).copied()
    }

    /// Returns the words of the time that an event has.
    pub fn time_of(&self, event: &Event) -> Option<&'r Time> {
        self.times.get(event.time.as_ref()?.from.as_deref()?).copied()
    }

    /// Returns the place record that an event's place comes from.
    pub fn place_of(&self, event: &Event) -> Option<&'r Place> {
        let place = event.place.as_ref()?;
        match &place.from {
            Some(from) => self.places.get(from.as_str()).copied(),
            None => self.reading.places.iter().find(|it| it.name == place.name),
        }
    }

    /// Returns the figures about an event, in the order of the reading.
    pub fn figures_about(&self, event: &str) -> &[&'r Figure] {
        self.figures_about.get(event).map_or(&[], Vec::as_slice)
    }

    /// Returns the statements about an event or figure, in the order of the reading.
    pub fn statements_about(&self, id: &str) -> &[&'r Statement] {
        self.statements_about.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the key under which a party is compared: codebook id, else folded name.
    pub fn party_key(&self, actor: Option<&str>, name: &str) -> String {
        match actor.and_then(|id| self.actor(id)) {
            Some(actor) => actor.codebook.clone().unwrap_or_else(|| fold(&actor.name)),
            None => fold(name),
        }
    }

    /// Returns the words under a span.
    pub fn quote(&self, span: Span) -> &'r str {
        self.offsets.quote(&self.reading.text, span)
    }
}

/// Sorts readings by document and drops a second reading of the same document.
pub fn in_order<'r>(readings: &[&'r Reading]) -> Vec<&'r Reading> {
    let mut sorted = readings.to_vec();
    sorted.sort_by(|a, b| {
        (&a.document.sha256, &a.document.file, &a.reader.version, &a.reader.codebook).cmp(&(
            &b.document.sha256,
            &b.document.file,
            &b.reader.version,
            &b.reader.codebook,
        ))
    });
    sorted.dedup_by(|a, b| a.document.sha256 == b.document.sha256);
    sorted
}

/// An event mention beside its text.
pub struct Sight<'r> {
    /// The text it stands in.
    pub text: &'r Text<'r>,
    /// SHA-256 of its document.
    pub sha: &'r str,
    /// The mention.
    pub event: &'r Event,
    /// What can exclude another mention.
    pub limits: Limits<'r>,
    /// Last day on which the document can have been published.
    pub published: Option<Day>,
    /// How fine the place is: 0 unknown, 1 country … 5 neighbourhood or site.
    pub level: u8,
    /// Codebook ids, else folded names, of those who are said to have done it.
    pub perpetrators: BTreeSet<String>,
}

/// What can exclude that two mentions are one event. Days are counted from 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits<'r> {
    /// A kind of event, not an occurrence.
    pub generic: bool,
    /// Stands for several occurrences.
    pub aggregate: bool,
    /// Has not happened as the report tells it.
    pub planned: bool,
    /// How many days the interval may be wrong by: "around 12 June".
    pub slack: i8,
    /// Day of the week (Monday is 1) of a time that has no date.
    pub weekday: Option<i8>,
    /// ISO code of the country, when told.
    pub country: Option<&'r str>,
    /// Degrees north and east of a town or anything finer.
    pub spot: Option<(f32, f32)>,
    /// First possible day, when known.
    pub earliest: Option<i32>,
    /// Last possible day, when known.
    pub latest: Option<i32>,
    /// Last day on which the document can have been published.
    pub published: Option<i32>,
}

impl<'r> Limits<'r> {
    /// Reads the limits of a mention off its time, place and document.
    pub fn of(text: &Text<'r>, event: &'r Event) -> Limits<'r> {
        let slack = match event.time.as_ref().map(|it| it.precision) {
            Some(Precision::About) => 3,
            Some(Precision::Fuzzy) => 15,
            _ => 0,
        };
        Limits {
            generic: event.generic,
            aggregate: event.aggregate,
            planned: event.modality == Modality::Planned,
            slack,
            weekday: weekday(text, event),
            country: event.place.as_ref().and_then(|it| it.country.as_deref()),
            spot: spot(text, event),
            earliest: event.time.as_ref().and_then(|it| it.start).map(number),
            latest: event.time.as_ref().and_then(|it| it.end).map(number),
            published: published(text.reading).map(number),
        }
    }

    /// Returns both days of the interval when both are known.
    pub fn both(&self) -> Option<(i32, i32)> {
        Some((self.earliest?, self.latest?))
    }
}

/// Returns the last day on which a document can have been published.
fn published(reading: &Reading) -> Option<Day> {
    reading.document.published.end.or(reading.document.published.start)
}

/// Returns the number of a day, counted from 1970.
pub fn number(day: Day) -> i32 {
    Day::EPOCH.days_until(day) as i32
}

/// Returns the day of a number.
pub fn day(number: i32) -> Day {
    Day::EPOCH.plus_days(i64::from(number))
}

/// Returns the day of the week of a number; Monday is 1.
pub fn day_of_week(number: i32) -> i8 {
    // The first of January 1970 was a Thursday.
    ((number + 3).rem_euclid(7) + 1) as i8
}

/// Lower-cases, folds apostrophes and hyphens, and leaves single spaces.
pub fn fold(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\'' | '’' | '‘' | 'ʼ' | '.' => {}
            _ if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Returns the day of the week of a time expression that could not be dated.
fn weekday(text: &Text<'_>, event: &Event) -> Option<i8> {
    let time = event.time.as_ref()?;
    if time.start.is_some() || time.end.is_some() && time.precision == Precision::Day {
        return None;
    }
    let time = text.time_of(event)?;
    let words = fold(text.quote(time.span));
    let day = WEEKDAYS.iter().position(|day| words.split(' ').any(|word| word == *day))?;
    i8::try_from(day + 1).ok()
}

/// Returns the fineness of a level word.
fn fineness(level: &str) -> u8 {
    match level {
        "country" => 1,
        "region" | "admin1" => 2,
        "admin2" => 3,
        "city" => 4,
        "" => 0,
        _ => 5,
    }
}

/// Returns the place of an event; "at a mosque" without a town tells the site and no place.
pub fn town<'r>(text: &Text<'r>, event: &'r Event) -> Option<&'r EventPlace> {
    let is_site_only = |it: &EventPlace| {
        it.facility.as_deref().is_some_and(|site| fold(site) == fold(&it.name)) && text.place_of(event).is_none()
    };
    event.place.as_ref().filter(|it| !is_site_only(it))
}

/// Returns how fine a place is: 0 unknown, 1 country … 5 neighbourhood or site.
pub fn level(text: &Text<'_>, event: &Event, town: Option<&EventPlace>) -> u8 {
    let Some(town) = town else { return 0 };
    match text.place_of(event).map_or(0, |it| fineness(&it.level)) {
        0 if town.name.is_empty() => 0,
        0 => 4,
        known => known,
    }
}

/// Where the town of an event lies, or what is finer; a province is no spot.
fn spot(text: &Text<'_>, event: &Event) -> Option<(f32, f32)> {
    let place = text.place_of(event).filter(|it| fineness(&it.level) >= 4)?;
    Some((place.lat? as f32, place.lon? as f32))
}

/// Returns the events of a reading by their place in the text.
pub fn by_place(reading: &Reading) -> Vec<&Event> {
    let mut out: Vec<&Event> = reading.events.iter().collect();
    out.sort_by(|a, b| (a.span, &a.id).cmp(&(b.span, &b.id)));
    out
}

/// Returns codebook ids, else folded names, of those who are named as having done it.
///
/// "gunmen", "a suicide bomber" are descriptions: two events that share one share no perpetrator.
pub fn named_perpetrators(text: &Text<'_>, event: &Event) -> BTreeSet<String> {
    let described = |it: &Perpetrator| {
        let actor = it.actor.as_deref().and_then(|id| text.actor(id));
        actor.is_none_or(|it| it.codebook.is_none() && it.kind == "group")
            && !it.name.chars().skip(1).any(char::is_uppercase)
    };
    let named = event.perpetrators.iter().filter(|it| !described(it));
    named.map(|it| text.party_key(it.actor.as_deref(), &it.name)).collect()
}

/// Returns codebook ids, else folded names, of those who are said to have done it.
pub fn perpetrators(text: &Text<'_>, event: &Event) -> BTreeSet<String> {
    event.perpetrators.iter().map(|it| text.party_key(it.actor.as_deref(), &it.name)).collect()
}

/// Returns a sight of every event, sorted by document and place in the text.
pub fn sights<'r>(texts: &'r [Text<'r>]) -> Vec<Sight<'r>> {
    let sight = |text: &'r Text<'r>, event: &'r Event| Sight {
        text,
        sha: &text.reading.document.sha256,
        event,
        limits: Limits::of(text, event),
        published: published(text.reading),
        level: level(text, event, town(text, event)),
        perpetrators: perpetrators(text, event),
    };
    texts.iter().flat_map(|text| by_place(text.reading).into_iter().map(move |it| sight(text, it))).collect()
}
