//! An event mention made ready for comparison.
//!
//! In: readings and the codebook. Out: one [`Sight`] for every event of every
//! reading, sorted by document and place in the text, with its days, place,
//! kind of act, parties and words in the form in which two of them are compared.
//!
//! Nothing here judges; see `link`.

use aver_codebook::Codebook;
use aver_model::{Actor, Day, Event, EventPlace, Figure, Offsets, Place, Precision, Reading, Span, Statement, Time};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// An event mention in the form in which two are compared.
pub struct Sight<'r> {
    /// The text it stands in.
    pub text: &'r Text<'r>,
    /// SHA-256 of its document.
    pub sha: &'r str,
    /// The mention.
    pub event: &'r Event,
    /// First possible day, when known.
    pub earliest: Option<Day>,
    /// Last possible day, when known.
    pub latest: Option<Day>,
    /// Day of the week (Monday is 1) of a time that has no date.
    pub weekday: Option<i8>,
    /// Last day on which the document can have been published.
    pub published: Option<Day>,
    /// ISO code of the country, when told.
    pub country: Option<&'r str>,
    /// The country that the document is mostly about.
    pub about_country: Option<&'r str>,
    /// First-level division, folded.
    pub admin1: Option<String>,
    /// Name of the place, folded.
    pub place: Option<String>,
    /// How fine the place is: 0 unknown, 1 country … 5 neighbourhood or site.
    pub level: u8,
    /// The building or site, folded.
    pub facility: Option<String>,
    /// The codebook's family of the type, else the type.
    pub family: &'r str,
    /// An act of violence.
    pub violent: bool,
    /// Codebook ids, else folded names, of those who are said to have done it.
    pub perpetrators: BTreeSet<String>,
    /// Stems of the words for whom it was done to.
    pub targets: BTreeSet<String>,
    /// Names in its words that are neither the place nor a perpetrator.
    pub names: BTreeSet<String>,
    /// Names in its sentences that are no place and no actor of the codebook: "Chinese", "Mercy".
    pub context: BTreeSet<String>,
    /// Stems of its words.
    pub words: BTreeSet<String>,
    /// Its whole figures.
    pub figures: Vec<&'r Figure>,
    /// Stands for several occurrences or for a kind of event.
    pub many: bool,
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

/// Words that say nothing about which event is meant.
const EMPTY: &[&str] = &[
    "the",
    "and",
    "for",
    "that",
    "with",
    "from",
    "were",
    "was",
    "has",
    "have",
    "had",
    "been",
    "this",
    "these",
    "those",
    "which",
    "who",
    "whom",
    "when",
    "where",
    "while",
    "people",
    "person",
    "least",
    "more",
    "than",
    "some",
    "several",
    "including",
    "mostly",
    "others",
    "other",
    "after",
    "before",
    "during",
    "their",
    "his",
    "her",
    "its",
    "they",
    "attack",
    "attacks",
    "killed",
    "kill",
    "killing",
    "wounded",
    "injured",
    "dead",
    "said",
    "says",
    "also",
    "into",
    "over",
    "near",
    "about",
    "dozens",
    "many",
    "number",
    "members",
    "member",
    "group",
    "carried",
    "out",
    "took",
    "place",
    "led",
    "are",
    "being",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "targeted",
    "target",
    "hit",
    "hundreds",
    "week",
    "year",
];

/// Numbers in words say as little as those in digits.
fn is_empty(word: &str) -> bool {
    EMPTY.contains(&word) || aver_model::number_words::small(word).is_some()
}

/// Cuts the commonest endings so that "worshippers" meets "worshiper".
fn stem(word: &str) -> String {
    let word = word.strip_suffix('s').filter(|it| it.len() > 3 && !it.ends_with('s')).unwrap_or(word);
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Returns the stems of the words that carry meaning.
pub fn stems(words: &str) -> BTreeSet<String> {
    fold(words)
        .split(' ')
        .filter(|it| it.chars().count() > 2 && !is_empty(it) && !it.chars().all(|c| c.is_ascii_digit()))
        .map(stem)
        .collect()
}

/// Returns the folded words of `text` that begin with a capital, the first of each sentence aside.
fn capitals(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut first = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !first && bare.chars().count() > 2 && bare.chars().next().is_some_and(char::is_uppercase) {
            let folded = fold(bare.trim_end_matches("’s").trim_end_matches("'s"));
            if !is_empty(&folded) {
                out.insert(folded);
            }
        }
        first = word.ends_with(['.', '!', '?']);
    }
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
pub fn fineness(level: &str) -> u8 {
    match level {
        "country" => 1,
        "region" | "admin1" => 2,
        "admin2" => 3,
        "city" => 4,
        "" => 0,
        _ => 5,
    }
}

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

/// Returns a sight of every event, sorted by document and place in the text.
pub fn sights<'r>(texts: &'r [Text<'r>], codebook: &'r Codebook) -> Vec<Sight<'r>> {
    let types: BTreeMap<&str, _> = codebook.events.iter().map(|it| (it.name.as_str(), it)).collect();
    let mut out = Vec::new();
    for text in texts {
        let about_country = main_country(text.reading);
        let common = common_names(text);
        let from = out.len();
        for event in &text.reading.events {
            let kind = types.get(event.kind.as_str());
            let mut sight = sight(text, event);
            sight.about_country = about_country;
            sight.context.retain(|it| !common.contains(&stem(it)));
            sight.family = kind.map(|it| it.family.as_str()).filter(|it| !it.is_empty()).unwrap_or(&event.kind);
            sight.violent = kind.is_some_and(|it| it.violent);
            out.push(sight);
        }
        out[from..].sort_by(|a, b| (a.event.span, &a.event.id).cmp(&(b.event.span, &b.event.id)));
    }
    out
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

fn sight<'r>(text: &'r Text<'r>, event: &'r Event) -> Sight<'r> {
    let reading = text.reading;
    // "at a mosque" without a town: the site is told, the place is not.
    let is_site_only = |it: &EventPlace| {
        it.facility.as_deref().is_some_and(|site| fold(site) == fold(&it.name)) && text.place_of(event).is_none()
    };
    let facility = event.place.as_ref().and_then(|it| it.facility.as_deref()).map(fold).filter(|it| !it.is_empty());
    let place = event.place.as_ref().filter(|it| !is_site_only(it));
    let level = place.map_or(0, |it| {
        let known = text.place_of(event).map_or(0, |it| fineness(&it.level));
        if known > 0 {
            known
        } else if it.name.is_empty() {
            0
        } else {
            4
        }
    });
    let perpetrators: BTreeSet<String> =
        event.perpetrators.iter().map(|it| text.party_key(it.actor.as_deref(), &it.name)).collect();
    let mut said = String::new();
    let mut sentences: BTreeSet<&str> = BTreeSet::new();
    for span in std::iter::once(event.span).chain(event.mentions.iter().copied().filter(|it| *it != event.span)) {
        said.push_str(text.quote(span));
        said.push_str(". ");
        sentences.insert(text.sentence(span));
    }
    let mut targets = BTreeSet::new();
    for target in &event.targets {
        targets.append(&mut stems(&target.name));
    }
    let figures = text.figures_about(&event.id);
    for figure in figures {
        targets.append(&mut stems(figure.group.as_deref().unwrap_or_default()));
    }
    let place_words =
        place.map(|it| stems(&format!("{} {}", it.name, it.admin1.as_deref().unwrap_or_default()))).unwrap_or_default();
    let party_words = stems(&event.perpetrators.iter().map(|it| format!("{} ", it.name)).collect::<String>());
    let names = capitals(&said)
        .into_iter()
        .filter(|it| !place_words.contains(&stem(it)) && !party_words.contains(&stem(it)))
        .collect();
    let words = stems(&said).into_iter().filter(|it| !place_words.contains(it) && !party_words.contains(it)).collect();
    Sight {
        text,
        sha: &reading.document.sha256,
        event,
        earliest: event.time.as_ref().and_then(|it| it.start),
        latest: event.time.as_ref().and_then(|it| it.end),
        weekday: weekday(text, event),
        published: reading.document.published.end.or(reading.document.published.start),
        country: event.place.as_ref().and_then(|it| it.country.as_deref()),
        about_country: None,
        admin1: place.and_then(|it| it.admin1.as_deref()).map(fold),
        place: place.map(|it| fold(&it.name)).filter(|it| !it.is_empty()),
        level,
        facility,
        family: "",
        violent: false,
        perpetrators,
        targets,
        context: sentences.into_iter().flat_map(capitals).filter(|it| !place_words.contains(&stem(it))).collect(),
        names,
        words,
        figures: figures.iter().filter(|it| it.part_of.is_none()).copied().collect(),
        many: event.aggregate || event.generic,
    }
}
