//! Event mentions in the form in which two are compared.
//!
//! In: readings, reprints and the codebook. Out: a [`Sheet`] with one small
//! [`Profile`] for every event of every reading, sorted by document and place in the
//! text: its days, place, kind of act, parties, figures and words, words by number.
//! A reading is indexed while its profiles are made and not longer, so that a million
//! mentions need some hundred bytes each beside the readings.
//!
//! Nothing here judges; see `link`.

mod names;
pub mod words;

pub use names::{Names, Word, count_shared, shared};

use crate::Reprints;
use crate::anchor::event_in;
use crate::digest::{self, Mix, number as digest_of};
use crate::link::{class_number, classes, manner_of};
use crate::scope::is_some_only;
use crate::sight::{Limits, Text, by_place, fold, in_order, level, named_perpetrators, town};
use aver_codebook::Codebook;
use aver_model::{Anchor, Event, Figure, Reading};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use words::{capitals, stem, stems};

/// An event mention in the form in which two are compared. Word 0 is nothing told.
pub struct Profile<'r> {
    /// Index of its reading.
    pub reading: u32,
    /// The mention.
    pub event: &'r Event,
    /// What can exclude another mention.
    pub limits: Limits<'r>,
    /// Which story its document prints; equal for reprints.
    pub story: Word,
    /// Stands for the words that tell it.
    pub quote: u64,
    /// The country told, else the one that the document is mostly about.
    pub about: Word,
    /// The country told as words of a place: "xs".
    pub country: Word,
    /// First-level division, folded.
    pub admin1: Word,
    /// Name of the place, folded.
    pub place: Word,
    /// The building or site, folded.
    pub facility: Word,
    /// The codebook's family of the type, else the type.
    pub family: Word,
    /// The type.
    pub kind: Word,
    /// The manner that the type names, if it names one: "suicide".
    pub manner: Word,
    /// The weapon, folded.
    pub weapon: Word,
    /// What kind of site the facility is; 0 for none known.
    pub class: u8,
    /// How fine the place is: 0 unknown, 1 country … 5 neighbourhood or site.
    pub level: u8,
    /// An act of violence.
    pub violent: bool,
    /// Its whole figures.
    pub figures: Box<[Count]>,
    /// The five sets, one after the other.
    sets: Box<[Word]>,
    ends: [u16; 5],
}

/// A figure as far as two are compared.
#[derive(Clone, Copy)]
pub struct Count {
    /// What it counts.
    pub measure: Word,
    /// In what unit.
    pub unit: Word,
    /// Least number.
    pub low: Option<u64>,
    /// Greatest number.
    pub high: Option<u64>,
    /// Counts only some of the people.
    pub some_only: bool,
}

impl Profile<'_> {
    /// Stands for one occurrence or for several.
    pub fn is_many(&self) -> bool {
        self.limits.aggregate || self.limits.generic
    }

    fn set(&self, at: usize) -> &[Word] {
        let from = if at == 0 { 0 } else { usize::from(self.ends[at - 1]) };
        &self.sets[from..usize::from(self.ends[at])]
    }

    /// Codebook ids, else folded names, of those who are said to have done it.
    pub fn perpetrators(&self) -> &[Word] {
        self.set(0)
    }

    /// Stems of the words for whom it was done to.
    pub fn targets(&self) -> &[Word] {
        self.set(1)
    }

    /// Names in its words that are neither the place nor a perpetrator.
    pub fn names(&self) -> &[Word] {
        self.set(2)
    }

    /// Names in its sentences that are no place and no actor of the codebook: "Chinese", "Mercy".
    pub fn context(&self) -> &[Word] {
        self.set(3)
    }

    /// Stems of its words.
    pub fn words(&self) -> &[Word] {
        self.set(4)
    }
}

/// All mentions of some readings.
pub struct Sheet<'r> {
    /// The readings, by document.
    pub readings: Vec<&'r Reading>,
    /// The mentions, by document and place in the text.
    pub profiles: Vec<Profile<'r>>,
    /// The words by number.
    pub names: Names,
    /// For each reading the first of its mentions.
    firsts: Vec<u32>,
    /// For each kind of site its word.
    classes: Vec<Word>,
}

impl<'r> Sheet<'r> {
    /// Looks at every event of every reading.
    pub fn new(readings: &[&'r Reading], reprints: &Reprints, codebook: &Codebook) -> Sheet<'r> {
        let readings = in_order(readings);
        let count = readings.iter().map(|it| it.events.len()).sum();
        let mut maker = Maker { names: Names::new(), kinds: HashMap::new(), codebook: Kinds::new(codebook) };
        let classes = classes().map(|it| maker.names.number(it)).collect();
        let (profiles, firsts) = (Vec::with_capacity(count), Vec::with_capacity(readings.len()));
        let mut out = Sheet { profiles, names: Names::new(), firsts, classes, readings };
        for (idx, reading) in (0u32..).zip(out.readings.iter().copied()) {
            out.firsts.push(out.profiles.len() as u32);
            if reading.events.is_empty() {
                continue;
            }
            let page = Page::of(reading, reprints, &mut maker.names, idx);
            out.profiles.extend(by_place(reading).into_iter().map(|event| maker.profile(&page, event)));
        }
        out.names = maker.names;
        out
    }

    /// Returns the hash of the document in which a mention stands.
    pub fn sha(&self, it: &Profile<'_>) -> &'r str {
        &self.reading(it).document.sha256
    }

    /// Returns the reading in which a mention stands.
    pub fn reading(&self, it: &Profile<'_>) -> &'r Reading {
        self.readings[it.reading as usize]
    }

    /// Returns the number of the mention that an anchor means.
    pub fn at(&self, anchor: &Anchor) -> Option<usize> {
        let reading = self.readings.binary_search_by(|it| it.document.sha256.cmp(&anchor.document)).ok()?;
        let from = self.firsts[reading] as usize;
        Some(from + event_in(anchor, &Text::new(self.readings[reading]))?)
    }

    /// Returns the word for a kind of site; 0 for none.
    pub fn class_word(&self, class: u8) -> Word {
        usize::from(class).checked_sub(1).and_then(|it| self.classes.get(it)).copied().unwrap_or(0)
    }

    /// Returns what stands for a mention and for all that a comparison looks at, in every run.
    pub fn key(&self, it: &Profile<'_>) -> u64 {
        let mut mix = Mix::new();
        mix.add(digest_of(self.sha(it).as_bytes())).add(digest_of(it.event.id.as_bytes()));
        let span = it.event.span;
        mix.add(span.start as u64).add(span.end as u64).add(it.quote);
        let limits = &it.limits;
        mix.add(u64::from(limits.generic) | u64::from(limits.aggregate) << 1 | u64::from(limits.planned) << 2);
        mix.add(limits.slack as u64).add(limits.weekday.unwrap_or(0) as u64).add(u64::from(it.event.background));
        mix.add(limits.country.map_or(0, |it| digest_of(it.as_bytes())));
        for day in [limits.earliest, limits.latest, limits.published] {
            mix.add(day.map_or(u64::MAX, |it| it as u64));
        }
        let words = [it.story, it.about, it.country, it.admin1, it.place, it.facility];
        let more = [it.family, it.kind, it.manner, it.weapon];
        for word in words.into_iter().chain(more) {
            mix.add(self.names.digest(word));
        }
        mix.add(u64::from(it.class)).add(u64::from(it.level)).add(u64::from(it.violent));
        for figure in &it.figures {
            mix.add(self.names.digest(figure.measure)).add(self.names.digest(figure.unit));
            mix.add(figure.low.map_or(u64::MAX, |it| it)).add(figure.high.map_or(u64::MAX, |it| it));
            mix.add(u64::from(figure.some_only));
        }
        for at in 0..it.ends.len() {
            // Numbers of words are of this run alone; the sum of what they stand for is of every run.
            let sum =
                it.set(at).iter().fold(0u64, |sum, word| sum.wrapping_add(digest::scatter(self.names.digest(*word))));
            mix.add(sum);
        }
        mix.value()
    }
}

/// What a codebook says of types.
struct Kinds<'c>(BTreeMap<&'c str, (&'c str, bool)>);

impl<'c> Kinds<'c> {
    fn new(codebook: &'c Codebook) -> Kinds<'c> {
        Kinds(codebook.events.iter().map(|it| (it.name.as_str(), (it.family.as_str(), it.violent))).collect())
    }
}

/// A reading while its profiles are made.
struct Page<'r> {
    idx: u32,
    text: Text<'r>,
    story: Word,
    about: Option<&'r str>,
    common: BTreeSet<String>,
}

impl<'r> Page<'r> {
    fn of(reading: &'r Reading, reprints: &Reprints, names: &mut Names, idx: u32) -> Page<'r> {
        let text = Text::new(reading);
        let sha = reading.document.sha256.as_str();
        let group = reprints.group(sha);
        // A document without reprints shares its story with none; its hash need not be kept.
        let story = if group == sha && !reprints.is_reprinted(sha) { 0 } else { names.number(group) };
        Page { idx, story, about: main_country(reading), common: common_names(&text), text }
    }
}

/// Makes profiles, and keeps what they share.
struct Maker<'c> {
    names: Names,
    kinds: HashMap<String, Kind>,
    codebook: Kinds<'c>,
}

/// What is known of a type, by number.
#[derive(Clone, Copy)]
struct Kind {
    kind: Word,
    family: Word,
    manner: Word,
    violent: bool,
}

impl Maker<'_> {
    fn kind(&mut self, name: &str) -> Kind {
        if let Some(kind) = self.kinds.get(name) {
            return *kind;
        }
        let (family, violent) = self.codebook.0.get(name).copied().unwrap_or_default();
        let family = if family.is_empty() { name } else { family };
        let kind = Kind {
            kind: self.names.number(name),
            family: self.names.number(family),
            manner: manner_of(name).map_or(0, |it| self.names.number(it)),
            violent,
        };
        self.kinds.insert(name.to_string(), kind);
        kind
    }

    fn folded(&mut self, words: Option<&str>) -> Word {
        words.map_or(0, |it| self.names.number(&fold(it)))
    }

    fn profile<'r>(&mut self, page: &Page<'r>, event: &'r Event) -> Profile<'r> {
        let text = &page.text;
        let kind = self.kind(&event.kind);
        let place = town(text, event);
        let limits = Limits::of(text, event);
        let figures: Vec<Count> =
            text.figures_about(&event.id).iter().filter(|it| it.part_of.is_none()).map(|it| self.count(it)).collect();
        let facility = event.place.as_ref().and_then(|it| it.facility.as_deref()).map(fold).unwrap_or_default();
        let (sets, ends) = self.sets(page, event);
        Profile {
            reading: page.idx,
            event,
            story: page.story,
            quote: digest_of(text.quote(event.span).as_bytes()),
            about: limits.country.or(page.about).map_or(0, |it| self.names.number(it)),
            country: self.folded(limits.country),
            admin1: self.folded(place.and_then(|it| it.admin1.as_deref())),
            place: self.folded(place.map(|it| it.name.as_str())),
            class: class_number(&facility),
            facility: self.names.number(&facility),
            family: kind.family,
            kind: kind.kind,
            manner: kind.manner,
            weapon: self.folded(event.weapon.as_deref()),
            level: level(text, event, place),
            violent: kind.violent,
            figures: figures.into(),
            limits,
            sets,
            ends,
        }
    }

    fn count(&mut self, it: &Figure) -> Count {
        Count {
            measure: self.names.number(&it.measure),
            unit: self.names.number(&it.unit),
            low: it.low,
            high: it.high,
            some_only: is_some_only(it.group.as_deref()),
        }
    }

    fn sets(&mut self, page: &Page<'_>, event: &Event) -> (Box<[Word]>, [u16; 5]) {
        let text = &page.text;
        let mut said = String::new();
        let mut sentences: BTreeSet<&str> = BTreeSet::new();
        for span in std::iter::once(event.span).chain(event.mentions.iter().copied().filter(|it| *it != event.span)) {
            said.push_str(text.quote(span));
            said.push_str(". ");
            sentences.insert(text.sentence(span));
        }
        let mut targets: BTreeSet<String> = event.targets.iter().flat_map(|it| stems(&it.name)).collect();
        for figure in text.figures_about(&event.id) {
            targets.append(&mut stems(figure.group.as_deref().unwrap_or_default()));
        }
        let place = town(text, event)
            .map(|it| stems(&format!("{} {}", it.name, it.admin1.as_deref().unwrap_or_default())))
            .unwrap_or_default();
        let parties = stems(&event.perpetrators.iter().map(|it| format!("{} ", it.name)).collect::<String>());
        let is_other = |it: &String| !place.contains(&stem(it)) && !parties.contains(&stem(it));
        let names: BTreeSet<String> = capitals(&said).into_iter().filter(is_other).collect();
        let words = stems(&said).into_iter().filter(|it| !place.contains(it) && !parties.contains(it)).collect();
        let context = sentences.into_iter().flat_map(capitals);
        let context = context.filter(|it| !place.contains(&stem(it)) && !page.common.contains(&stem(it))).collect();
        let mut out = Vec::new();
        let mut ends = [0; 5];
        for (end, set) in ends.iter_mut().zip([named_perpetrators(text, event), targets, names, context, words]) {
            let mut numbers: Vec<Word> = set.iter().take(MOST).map(|it| self.names.number(it)).collect();
            numbers.sort_unstable();
            out.extend(numbers);
            *end = out.len() as u16;
        }
        (out.into(), ends)
    }
}

/// The greatest number of words in a set: five sets must stay below 65,536.
const MOST: usize = 8192;

/// Returns the country that most place mentions of a reading lie in.
fn main_country(reading: &Reading) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for place in &reading.places {
        if let Some(country) = &place.country {
            *counts.entry(country).or_default() += place.mentions.len().max(1);
        }
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0))).map(|(country, _)| country)
}

/// Returns the stems of names that stand all over a document: its places and the codebook's actors.
fn common_names(text: &Text<'_>) -> BTreeSet<String> {
    let reading = text.reading;
    let actors = reading.actors.iter().filter(|it| it.codebook.is_some());
    let names =
        actors.flat_map(|it| it.mentions.iter().take(64).map(|span| text.quote(*span)).chain([it.name.as_str()]));
    let places = reading.places.iter().flat_map(|it| [Some(it.name.as_str()), it.admin1.as_deref()]).flatten();
    names.chain(places).chain(reading.document.source.as_deref()).flat_map(stems).collect()
}
