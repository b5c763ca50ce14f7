//! What the list of events is filtered by, computed once a snapshot.
//!
//! In: events and the readings they come from. Out: one small [`Entry`] an event,
//! with the values of every [`Facet`] as numbers of a dictionary, so that a query
//! over a hundred thousand events is one pass over numbers.

use crate::workbench::words::{country as country_name, place, plain};
use aver_codebook::Codebook;
use aver_model::*;
use std::collections::HashMap;
use std::sync::Arc;

/// A property by which events are counted and chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Facet {
    /// Fields on which accounts differ.
    Disputed,
    /// Codebook type.
    Type,
    /// ISO code of the country.
    Country,
    /// First-level division.
    Adm1,
    /// Who is named as perpetrator, by any account.
    Actor,
    /// How speakers stand to it.
    Stance,
    /// Outlets that tell of it.
    Outlet,
    /// Draft, accepted, rejected.
    Status,
    /// How exact the place is.
    Precision,
}

impl Facet {
    /// Every facet, in the order in which they are shown.
    pub const ALL: [Facet; 9] = [
        Facet::Disputed,
        Facet::Type,
        Facet::Country,
        Facet::Adm1,
        Facet::Actor,
        Facet::Stance,
        Facet::Outlet,
        Facet::Status,
        Facet::Precision,
    ];

    /// The key in addresses, and what people read.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Facet::Disputed => ("disputed", "Accounts differ on"),
            Facet::Type => ("type", "Type"),
            Facet::Country => ("country", "Country"),
            Facet::Adm1 => ("adm1", "Province"),
            Facet::Actor => ("actor", "Named as perpetrator"),
            Facet::Stance => ("stance", "Stance"),
            Facet::Outlet => ("outlet", "Outlet"),
            Facet::Status => ("status", "Review"),
            Facet::Precision => ("precision", "Precision of place"),
        }
    }
}

/// How many facets there are.
pub const FACETS: usize = Facet::ALL.len();

/// One event, as filters see it.
pub struct Entry {
    /// Numbers of values, by facet.
    pub values: [Box<[u32]>; FACETS],
    /// First possible day; `None` when unknown.
    pub start: Option<Day>,
    /// Last possible day.
    pub end: Option<Day>,
    /// How exact the place is: `city`, `admin1`, `country` …; empty when unknown.
    pub level: &'static str,
    /// Title, place, speakers and quotes in lower case.
    pub words: Box<str>,
}

/// The values of one facet.
#[derive(Clone, Default)]
pub struct Dictionary {
    /// Key in addresses and label, by number.
    pub values: Vec<(String, String)>,
    numbers: HashMap<String, u32>,
    /// How many events have each value.
    used: Vec<u32>,
}

impl Dictionary {
    fn number(&mut self, key: &str, label: impl FnOnce() -> String) -> u32 {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push((key.to_owned(), label()));
        self.used.push(0);
        self.numbers.insert(key.to_owned(), number);
        number
    }

    /// Returns what a value is sorted by among values of one count.
    pub fn label_and_key(&self, number: u32) -> (&str, &str) {
        let (key, label) = &self.values[number as usize];
        (label, key)
    }

    fn is_used(&self, number: u32) -> bool {
        self.used[number as usize] > 0
    }

    /// Returns the number of a key; case does not count.
    pub fn find(&self, key: &str) -> Option<u32> {
        let exact = self.numbers.get(key).copied().filter(|it| self.is_used(*it));
        exact.or_else(|| {
            let like =
                |(_, it): &(u32, &(String, String))| it.0.eq_ignore_ascii_case(key) || it.1.eq_ignore_ascii_case(key);
            let alike = (0u32..).zip(&self.values).filter(|(at, _)| self.is_used(*at)).filter(like);
            // The least key, not the first that was met: the same ledger gives the same page.
            alike.min_by(|a, b| a.1.0.cmp(&b.1.0)).map(|it| it.0)
        })
    }
}

/// One entry an event, in the order of the list.
#[derive(Clone)]
pub struct Index {
    /// The entries.
    pub entries: Vec<Arc<Entry>>,
    /// The values of each facet.
    pub dictionaries: [Arc<Dictionary>; FACETS],
}

impl Index {
    /// Prepares the index.
    pub fn new(events: &[LedgerEvent], readings: &[&Reading], codebook: &Codebook) -> Index {
        let mut index = Index { entries: vec![], dictionaries: Default::default() };
        index.entries = index.more(events.iter(), readings, codebook);
        index
    }

    /// Returns the entries of more events; their values are counted from here on.
    pub fn more<'e>(
        &mut self,
        events: impl Iterator<Item = &'e LedgerEvent>,
        readings: &[&Reading],
        codebook: &Codebook,
    ) -> Vec<Arc<Entry>> {
        let levels = levels(readings);
        let mut dictionaries = self.dictionaries.each_mut().map(Arc::make_mut);
        events.map(|it| Arc::new(entry(it, &levels, &mut dictionaries, codebook))).collect()
    }

    /// Takes the values of an event that is no more out of the counts.
    pub fn forget(&mut self, entry: &Entry) {
        for (dictionary, values) in self.dictionaries.iter_mut().zip(&entry.values) {
            let dictionary = Arc::make_mut(dictionary);
            values.iter().for_each(|it| dictionary.used[*it as usize] -= 1);
        }
    }
}

type Levels<'r> = HashMap<(&'r str, &'r str), (&'r str, &'r str)>;

/// Returns place name and level of every event mention.
fn levels<'r>(readings: &[&'r Reading]) -> Levels<'r> {
    let mut levels = HashMap::new();
    for reading in readings {
        for event in &reading.events {
            let Some(told) = &event.place else { continue };
            let by_id = |it: &&Place| told.from.as_ref().is_some_and(|from| from == &it.id);
            let found = reading.places.iter().find(by_id).or(reading.places.iter().find(|it| it.name == told.name));
            if let Some(place) = found {
                let key = (reading.document.sha256.as_str(), event.id.as_str());
                levels.insert(key, (told.name.as_str(), place.level.as_str()));
            }
        }
    }
    levels
}

fn level(event: &LedgerEvent, levels: &Levels<'_>) -> &'static str {
    let Some(place) = &event.place else { return "" };
    let told = event.mentions.iter().filter_map(|it| levels.get(&(it.document.as_str(), it.event.as_str())));
    match told.filter(|(name, _)| *name == place.name).map(|(_, level)| *level).next() {
        Some("country") => "country",
        Some("region") => "region",
        Some("admin1") => "admin1",
        Some("admin2") => "admin2",
        Some("city") => "city",
        Some("neighbourhood") => "neighbourhood",
        Some("facility") => "facility",
        _ => "",
    }
}

/// Returns what people read for a level of precision.
pub fn level_words(level: &str) -> &'static str {
    match level {
        "country" => "country",
        "region" => "region",
        "admin1" => "province",
        "admin2" => "district",
        "city" => "town",
        "neighbourhood" => "quarter",
        "facility" => "building",
        _ => "unknown",
    }
}

fn entry(
    event: &LedgerEvent,
    levels: &Levels<'_>,
    dictionaries: &mut [&mut Dictionary; FACETS],
    codebook: &Codebook,
) -> Entry {
    let level = level(event, levels);
    let mut values: [Vec<u32>; FACETS] = Default::default();
    let mut put = |facet: Facet, key: &str, label: &dyn Fn() -> String| {
        let number = dictionaries[facet as usize].number(key, label);
        if !values[facet as usize].contains(&number) {
            values[facet as usize].push(number);
        }
    };
    for it in &event.disputed {
        put(Facet::Disputed, it, &|| field_words(it));
    }
    put(Facet::Type, &event.kind, &|| plain(&event.kind));
    if let Some(place) = &event.place {
        if let Some(country) = &place.country {
            put(Facet::Country, country, &|| country_name(country).to_owned());
        }
        let adm1 = place.admin1.as_ref().or((level == "admin1").then_some(&place.name));
        if let Some(adm1) = adm1 {
            put(Facet::Adm1, adm1, &|| adm1.clone());
        }
    }
    for account in &event.accounts {
        for it in &account.perpetrators {
            // The codebook's name, whatever the first report calls them.
            let entry = it.codebook.as_deref().and_then(|id| codebook.actor(id));
            let name = || entry.map_or_else(|| it.name.clone(), |it| it.name.clone());
            put(Facet::Actor, it.codebook.as_deref().unwrap_or(&it.name), &name);
        }
        for it in &account.stances {
            put(Facet::Stance, it.as_str(), &|| plain(it.as_str()));
        }
        if let Some(source) = &account.source {
            put(Facet::Outlet, source, &|| source.clone());
        }
    }
    put(Facet::Status, &event.review, &|| {
        if event.review == "draft" { "machine draft".into() } else { event.review.clone() }
    });
    put(Facet::Precision, if level.is_empty() { "unknown" } else { level }, &|| level_words(level).into());
    for (dictionary, values) in dictionaries.iter_mut().zip(&values) {
        values.iter().for_each(|it| dictionary.used[*it as usize] += 1);
    }
    Entry {
        values: values.map(Vec::into_boxed_slice),
        start: event.time.as_ref().and_then(|it| it.start),
        end: event.time.as_ref().and_then(|it| it.end),
        level,
        words: words_of(event).to_lowercase().into_boxed_str(),
    }
}

/// Returns what people read for a disputed field.
pub fn field_words(field: &str) -> String {
    match field {
        "perpetrator" => "who did it".into(),
        "event" => "whether it happened".into(),
        "time" => "when".into(),
        "place" => "where".into(),
        _ => plain(field),
    }
}

fn words_of(event: &LedgerEvent) -> String {
    let mut text = format!("{} {} {}", event.id, event.title, event.place.as_ref().map_or(String::new(), place));
    for it in &event.accounts {
        for words in [&it.speaker, &it.file] {
            text.push(' ');
            text.push_str(words);
        }
        for name in it.perpetrators.iter().map(|it| &it.name) {
            text.push(' ');
            text.push_str(name);
        }
        for evidence in it.evidence.iter().chain(it.figures.iter().map(|it| &it.evidence)) {
            text.push(' ');
            text.push_str(&evidence.quote);
        }
    }
    text
}
