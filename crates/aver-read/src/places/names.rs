//! Finds the words that may name a place, with the evidence beside them.
//!
//! In: a text. Out: [`Name`]s in text order, not overlapping, each with its
//! candidates and its [`Evidence`]. The longest capitalised sequence that the
//! codebook or the gazetteer knows wins; names of actors, persons, peoples,
//! months and bodies are passed over.

use super::gazetteer::{Entry, Gazetteer, Level, fold, skeleton};
use super::lists::{BODIES, DIRECTIONS, LOCALS, LOCATORS, NEVER, NEVER_KEYS, OF_HEADS, PERSONS, SPEECH};
use crate::phrase::words;
use crate::text::{Role, TokenKind};
use crate::{Context, Found};
use aver_codebook::PlaceEntry;
use aver_model::Time;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most tokens in a name.
pub(super) const LONGEST: usize = 6;

/// A word that says what kind of place a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Province,
    District,
    Town,
    Country,
    /// A part of a town.
    Quarter,
    /// Mountains, a valley and the like.
    Region,
}

/// What stands beside a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// After "in", "near", "from" …
    pub(super) located: bool,
    /// With "province", "district", "the town of" …
    pub(super) kind: Option<Kind>,
    /// Folded name behind a comma: "Arbala, Norland".
    pub(super) container: Option<String>,
    /// Beside another known name, in a list or with "in".
    pub(super) listed: bool,
    /// Things that speak against it, in points.
    pub(super) against: i32,
    /// Title or heading in capitals.
    pub(super) shouted: bool,
    /// "eastern" before it, as one name.
    pub(super) direction: bool,
    /// The language model takes it for a place.
    pub(super) told: bool,
    /// Before a word for a building: "Arbala hospital".
    pub(super) site: bool,
    /// The language model takes it for a person, or a part of one's name.
    pub(super) person: bool,
}

/// Words that may name a place.
#[derive(Debug, Clone)]
pub(super) struct Name<'a> {
    /// All words, with direction and kind.
    pub(super) tokens: Range<usize>,
    /// The bare name.
    pub(super) core: Range<usize>,
    pub(super) key: String,
    pub(super) user: Option<&'a PlaceEntry>,
    pub(super) entries: Vec<Entry>,
    /// Places whose name is spelt otherwise; they count where the document bears their country out.
    pub(super) loose: Vec<Entry>,
    pub(super) evidence: Evidence,
}

/// Postal and press abbreviations of the states of the USA.
const STATES: &[(&str, &str)] = &[
    ("ala", "alabama"),
    ("ariz", "arizona"),
    ("ark", "arkansas"),
    ("calif", "california"),
    ("colo", "colorado"),
    ("conn", "connecticut"),
    ("del", "delaware"),
    ("fla", "florida"),
    ("ga", "georgia"),
    ("ill", "illinois"),
    ("ind", "indiana"),
    ("kan", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("md", "maryland"),
    ("mass", "massachusetts"),
    ("mich", "michigan"),
    ("minn", "minnesota"),
    ("miss", "mississippi"),
    ("mo", "missouri"),
    ("mont", "montana"),
    ("neb", "nebraska"),
    ("nev", "nevada"),
    ("nh", "new hampshire"),
    ("nj", "new jersey"),
    ("nm", "new mexico"),
    ("ny", "new york"),
    ("nc", "north carolina"),
    ("nd", "north dakota"),
    ("okla", "oklahoma"),
    ("ore", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhode island"),
    ("sc", "south carolina"),
    ("sd", "south dakota"),
    ("tenn", "tennessee"),
    ("tex", "texas"),
    ("tx", "texas"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wash", "washington"),
    ("wva", "west virginia"),
    ("wis", "wisconsin"),
    ("wyo", "wyoming"),
    ("ca", "california"),
    ("dc", "district of columbia"),
];

pub(super) fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "province" | "provinces" | "governorate" | "oblast" | "state" | "region" | "prefecture" | "department" => {
            Kind::Province
        }
        "district" | "districts" | "county" | "counties" | "subdistrict" | "raion" | "parish" | "municipality"
        | "commune" => Kind::District,
        "city" | "town" | "village" | "township" | "settlement" | "cities" | "towns" | "villages" | "suburb"
        | "hamlet" => Kind::Town,
        "country" | "kingdom" | "republic" => Kind::Country,
        _ => return None,
    })
}

/// Finds names, in text order.
pub(super) fn find<'a>(ctx: &Context<'a>, times: &[Found<Time>]) -> Vec<Name<'a>> {
    let scan = Scan::new(ctx, times);
    let mut names: Vec<Name<'a>> = vec![];
    for sentence in &ctx.text.sentences {
        if sentence.role == Role::Byline {
            continue;
        }
        let shouted = scan.is_shouted(&sentence.tokens);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match scan.name_at(at, &sentence.tokens, shouted) {
                Some(name) => {
                    at = name.tokens.end.max(at + 1);
                    names.push(name);
                }
                None => at = scan.next(at, sentence.tokens.end),
            }
        }
    }
    names
}

pub(super) struct Scan<'s, 'a> {
    pub(super) ctx: &'s Context<'a>,
    /// Tokens of times and actors' names.
    taken: Vec<bool>,
    /// Words that also stand in small letters.
    small: BTreeSet<&'s str>,
    /// Last words of names of several words that are no places: "West" in "Thomas West".
    surnames: BTreeSet<String>,
}

impl<'s, 'a> Scan<'s, 'a> {
    fn new(ctx: &'s Context<'a>, times: &[Found<Time>]) -> Scan<'s, 'a> {
        let text = &ctx.text;
        let mut taken = vec![false; text.tokens.len()];
        for time in times {
            taken[time.tokens.clone()].fill(true);
        }
        let mut at = 0;
        while at < text.tokens.len() {
            match ctx.index.places.actors.at(text, at).filter(|_| text.tokens[at].capital) {
                Some((length, ())) if !ctx.index.places.places.contains_key(&fold(text.words(at..at + length))) => {
                    taken[at..at + length].fill(true);
                    at += length;
                }
                _ => at += 1,
            }
        }
        let small = text
            .tokens
            .iter()
            .filter(|it| !it.capital && it.kind == TokenKind::Word)
            .map(|it| it.lower.as_str())
            .collect();
        let mut scan = Scan { ctx, taken, small, surnames: BTreeSet::new() };
        scan.surnames = scan.find_surnames();
        scan
    }

    /// Collects the last words of runs such as "Thomas West", which are persons far more often than places.
    fn find_surnames(&self) -> BTreeSet<String> {
        let text = &self.ctx.text;
        let mut found = BTreeSet::new();
        for sentence in text.sentences.iter().filter(|it| it.role == Role::Body && !self.is_shouted(&it.tokens)) {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let end = self.run_end(at, sentence.tokens.end);
                let first = text.lower(at);
                let titled = at > sentence.tokens.start && self.is_title(text.lower(at - 1)) || self.is_title(first);
                let long = (2..=4).contains(&(end.saturating_sub(at)));
                let opener = at == sentence.tokens.start
                    && (words::is_preposition(first) || words::is_determiner(first) || NEVER.contains(first));
                if end > at && (long && !opener || titled) && !self.is_known(at..end) && !self.any_place_in(at..end) {
                    let last = text.lower(end - 1);
                    let place_word = kind_of(last).is_some()
                        || BODIES.contains(last)
                        || self.ctx.index.places.facilities.contains(last);
                    let described = DIRECTIONS.contains(first) || self.ctx.index.places.peoples.contains_key(first);
                    if !place_word && !described {
                        found.insert(last.to_owned());
                    }
                }
                at = end.max(at + 1);
            }
        }
        found
    }

    /// Returns the end of the capitalised words from `at`, looking at no more than 24.
    pub(super) fn run_end(&self, at: usize, limit: usize) -> usize {
        let tokens = &self.ctx.text.tokens;
        let limit = limit.min(at + 24);
        let mut end = at;
        while end < limit && tokens[end].capital && tokens[end].kind == TokenKind::Word && !self.taken[end] {
            end += 1;
        }
        end
    }

    pub(super) fn is_known(&self, tokens: Range<usize>) -> bool {
        let key = fold(self.ctx.text.words(tokens));
        self.ctx.index.places.places.contains_key(&key) || !Gazetteer::get().folded(&key).is_empty()
    }

    /// Says whether a run holds a country or a great city, and so is hardly a person.
    fn any_place_in(&self, tokens: Range<usize>) -> bool {
        tokens.clone().any(|at| {
            let found = Gazetteer::get().folded(&fold(self.ctx.text.words(at..at + 1)));
            found
                .first()
                .is_some_and(|it| it.level == Level::Country || it.population > 3_000_000 && it.level == Level::City)
        })
    }

    fn is_title(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        self.ctx.index.places.titles.contains(word)
            || matches!(
                word,
                "mr" | "mrs"
                    | "ms"
                    | "dr"
                    | "gen"
                    | "lt"
                    | "col"
                    | "maj"
                    | "capt"
                    | "sgt"
                    | "gov"
                    | "sen"
                    | "rep"
                    | "rev"
                    | "sheriff"
                    | "judge"
                    | "officer"
            )
    }

    /// Says whether nearly every long word of a sentence is capitalised, as in headlines.
    fn is_shouted(&self, tokens: &Range<usize>) -> bool {
        let long = |it: &&crate::text::Token| it.kind == TokenKind::Word && it.lower.len() >= 4;
        let words = self.ctx.text.tokens[tokens.clone()].iter().filter(long);
        let (all, capital) = words.fold((0, 0), |(all, capital), it| (all + 1, capital + usize::from(it.capital)));
        let closed = tokens.end > tokens.start && self.ctx.text.lower(tokens.end - 1) == ".";
        all >= 4 && capital * 10 > all * 7 && !closed
    }

    /// Returns where to look next: behind this token.
    fn next(&self, at: usize, limit: usize) -> usize {
        (at + 1).min(limit)
    }

    /// Says whether a token can begin or end a name: "Norland", "al-Norland".
    pub(super) fn is_proper(&self, at: usize) -> bool {
        let token = &self.ctx.text.tokens[at];
        let raw = &self.ctx.text.raw[token.bytes.clone()];
        let behind = || {
            raw.split_once('-')
                .is_some_and(|(article, name)| article.len() <= 3 && name.starts_with(char::is_uppercase))
        };
        token.kind == TokenKind::Word && !self.taken[at] && (token.capital || behind())
    }

    fn name_at(&self, at: usize, sentence: &Range<usize>, shouted: bool) -> Option<Name<'a>> {
        let text = &self.ctx.text;
        if !self.is_proper(at) {
            return None;
        }
        let longest = (at + LONGEST).min(sentence.end);
        for end in (at + 1..=longest).rev() {
            let inner = |it: usize| {
                let token = &text.tokens[it];
                token.kind == TokenKind::Word
                    && !self.taken[it]
                    && (self.is_proper(it)
                        || matches!(
                            token.lower.as_str(),
                            "of" | "and"
                                | "the"
                                | "de"
                                | "la"
                                | "al"
                                | "el"
                                | "du"
                                | "e"
                                | "i"
                                | "da"
                                | "do"
                                | "'s"
                                | "’s"
                        ))
            };
            if !self.is_proper(end - 1) || !(at + 1..end).all(inner) {
                continue;
            }
            if let Some(name) = self.read(at..end, sentence, shouted) {
                return Some(name);
            }
        }
        self.unresolved(at, sentence, shouted)
    }

    /// Reads a sequence of words as a place, if it is known and nothing forbids it.
    fn read(&self, core: Range<usize>, sentence: &Range<usize>, shouted: bool) -> Option<Name<'a>> {
        let text = &self.ctx.text;
        let words = text.words(core.clone());
        let single = core.len() == 1;
        let lower = text.lower(core.start);
        let state = self.state(&core);
        let key = match self.short_country(&core).or(state) {
            Some(name) => name.to_owned(),
            None => fold(words),
        };
        let index = self.ctx.index;
        if !single
            && (words::is_preposition(lower)
                || words::is_subordinator(lower)
                || words::is_determiner(lower) && lower != "the")
        {
            return None;
        }
        let user = self.ctx.index.places.places.get(&key);
        if user.is_none() && (key.chars().count() < 3 || index.places.peoples.contains_key(&words.to_lowercase())) {
            return None;
        }
        let kind_after = kind_of(text.lower(core.end)).is_some() && core.end < sentence.end;
        if user.is_none() && NEVER_KEYS.contains(key.replace(' ', "_").as_str()) {
            return None;
        }
        if single
            && user.is_none()
            && (NEVER.contains(lower) && !kind_after || words::is_month(lower) || words::is_weekday(lower))
        {
            return None;
        }
        // "US", "ISIS": capitals alone are an abbreviation, but a shouted headline is not.
        if single
            && user.is_none()
            && !shouted
            && words.len() <= 5
            && words.chars().all(|it| it.is_uppercase() || it == '.')
            && self.short_country(&core).is_none()
            && state.is_none()
        {
            return None;
        }
        let mut entries = if user.is_some() { vec![] } else { Gazetteer::get().folded(&key) };
        if state.is_some() {
            entries.retain(|it| it.country == "US" && it.level <= Level::Admin1);
        }
        // Other spellings, where the spelling given is unknown or only a village's.
        let mut loose = vec![];
        if user.is_none() && entries.first().is_none_or(|it| it.population < 100_000 && it.level > Level::Country) {
            let known: BTreeSet<u32> = entries.iter().map(|it| it.geonames).collect();
            let spelt = Gazetteer::get().folded(&skeleton(&key)).into_iter();
            loose.extend(spelt.filter(|it| !known.contains(&it.geonames)).take(8));
        }
        if lower == "the" && entries.first().is_none_or(|it| !it.name.starts_with("The ")) {
            return None;
        }
        if user.is_none() && entries.is_empty() && loose.is_empty() {
            return None;
        }
        if words.contains(" and ") && entries.first().is_none_or(|it| it.level > Level::Admin1) {
            return None;
        }
        // "Norland State" is a university in the United States, and a division elsewhere.
        if core.end < sentence.end
            && text.words(core.end..core.end + 1) == "State"
            && entries.first().is_some_and(|it| it.country == "US")
        {
            return None;
        }
        let great =
            user.is_some() || entries.first().is_some_and(|it| it.level == Level::Country || it.population >= 500_000);
        let evidence = self.evidence(&core, sentence, shouted, great)?;
        let (tokens, evidence) = self.widen(&core, sentence, evidence);
        Some(Name { tokens, core, key, user, entries, loose, evidence })
    }

    /// Reads "the U.S." after a place word as a country.
    fn short_country(&self, core: &Range<usize>) -> Option<&'static str> {
        let text = &self.ctx.text;
        let located = core.start >= 2
            && text.lower(core.start - 1) == "the"
            && matches!(
                text.lower(core.start - 2),
                "in" | "at"
                    | "near"
                    | "from"
                    | "to"
                    | "outside"
                    | "inside"
                    | "around"
                    | "across"
                    | "toward"
                    | "into"
                    | "through"
            );
        let name = match (core.len(), text.words(core.clone())) {
            (1, "U.S" | "U.S." | "US" | "USA" | "U.S.A.") => "united states",
            (1, "U.K" | "U.K." | "UK") => "united kingdom",
            (1, "UAE" | "U.A.E.") => "united arab emirates",
            (1, "DRC") => "democratic republic of the congo",
            _ => return None,
        };
        located.then_some(name)
    }

    /// Reads "Mich." behind a town and a comma, and "W.Va." anywhere, as the state.
    fn state(&self, core: &Range<usize>) -> Option<&'static str> {
        let text = &self.ctx.text;
        if core.len() != 1 {
            return None;
        }
        let raw = text.words(core.clone());
        let short = text.lower(core.start).replace('.', "");
        let inner = raw.trim_end_matches('.').contains('.');
        let behind_town = core.start >= 2 && text.lower(core.start - 1) == "," && text.tokens[core.start - 2].capital;
        let dotted = raw.ends_with('.') || text.lower(core.end) == "." && text.tokens[core.end].glued;
        let postal = raw.len() == 2 && raw.chars().all(char::is_uppercase);
        // "L.A." is a city.
        (inner && short != "la" || behind_town && (dotted || postal))
            .then(|| STATES.iter().find(|it| it.0 == short).map(|it| it.1))
            .flatten()
    }

    fn evidence(&self, core: &Range<usize>, sentence: &Range<usize>, shouted: bool, great: bool) -> Option<Evidence> {
        let text = &self.ctx.text;
        let (told, person) = self.told(core);
        let mut found = Evidence { shouted, told, person, ..Evidence::default() };
        let initial = core.start == sentence.start || text.tokens[core.start - 1].kind == TokenKind::Quote;
        let before = if initial { "" } else { text.lower(core.start - 1) };
        let before2 = if core.start >= sentence.start + 2 { text.lower(core.start - 2) } else { "" };
        let after = if core.end < sentence.end { text.lower(core.end) } else { "" };
        // "Islamic State of Norland": the head has a name of its own.
        let body = before == "of"
            && core.start >= sentence.start + 3
            && text.tokens[core.start - 2].capital
            && text.tokens[core.start - 3].capital
            && !shouted;
        if body && !great {
            return None;
        }
        found.located = LOCATORS.contains(before)
            || matches!(before, "and" | "," | "or") && self.list_located(core.start, sentence.start)
            || before == "the" && LOCATORS.contains(before2)
            || DIRECTIONS.contains(before)
            || before == "of" && OF_HEADS.contains(before2) && !body;
        if before == "of" && !body {
            found.kind = kind_of(before2).filter(|_| !text.tokens[core.start - 2].capital || !great);
        }
        // "the provincial capital of Arbala", "the governor of Arbala".
        if before == "of" && before2 == "capital" && text.lower(core.start - 3) == "provincial"
            || matches!(before, "of" | "for") && matches!(before2, "governor" | "governors")
        {
            found.kind = Some(Kind::Province);
            found.located = true;
        }
        found.kind = found.kind.or_else(|| self.list_kind(core, sentence));
        if found.kind.is_none() && core.end < sentence.end {
            found.kind = kind_of(after).filter(|_| text.lower(core.end + 1) != "department");
        }
        found.container = self.container(core, sentence);
        let known_people = LOCALS.contains(after) && !text.tokens[core.end].capital;
        found.located |= self.state(core).is_some() || known_people && !shouted;
        if !shouted {
            self.weigh(core, sentence, great, &mut found)?;
        }
        let single = core.len() == 1;
        if single && initial && !great && !found.told {
            found.against += 2;
        }
        // "Arbala, Cadiz and Elvas remain …", "Arbala in Norland".
        let proper = |at: usize| at < sentence.end && self.is_proper(at) && self.is_known(at..at + 1);
        found.listed = matches!(after, "," | "and" | "in") && proper(core.end + 1)
            || matches!(before, "," | "and") && core.start >= sentence.start + 2 && proper(core.start - 2);
        if single && self.small.contains(text.lower(core.start)) {
            found.against += 3;
        }
        if single && PERSONS.contains(text.lower(core.start)) && !found.located && found.container.is_none() {
            found.against += 5;
        }
        // "Arbala County", with its kind inside the name.
        if !single && kind_of(text.lower(core.end - 1)).is_some() {
            found.kind = found.kind.or(kind_of(text.lower(core.end - 1)));
        }
        if before == "the" && found.kind.is_none() && !great {
            found.against += 2;
        }
        if SPEECH.contains(after) && !great {
            found.against += 3;
        }
        Some(found)
    }

    /// What the language model takes a name for: a place, with words such as "northern" or "province", or a person.
    fn told(&self, core: &Range<usize>) -> (bool, bool) {
        let names = self.ctx.text.trees.names(core.start.saturating_sub(LONGEST)..core.end);
        let Some((tokens, kind)) = names.iter().find(|it| it.0.start < core.end && core.start < it.0.end) else {
            return (false, false);
        };
        let around = |it: usize| {
            let word = self.ctx.text.lower(it);
            DIRECTIONS.contains(word) || kind_of(word).is_some() || word == "the"
        };
        let whole = tokens.clone().all(|it| core.contains(&it) || around(it));
        (matches!(*kind, "GPE" | "LOC") && whole, *kind == "PERSON")
    }

    /// Weighs the capitalised words around a name; `None` when it is part of another name.
    fn weigh(&self, core: &Range<usize>, sentence: &Range<usize>, great: bool, found: &mut Evidence) -> Option<()> {
        let text = &self.ctx.text;
        let capital = |at: usize| text.tokens[at].capital && text.tokens[at].kind == TokenKind::Word;
        let single = core.len() == 1;
        found.site = core.end < sentence.end && self.ctx.index.places.facilities.contains(text.lower(core.end));
        if core.end < sentence.end && capital(core.end) {
            let next = text.lower(core.end);
            let site = self.ctx.index.places.facilities.contains(next)
                || matches!(
                    next,
                    "airport"
                        | "international"
                        | "hospital"
                        | "prison"
                        | "mosque"
                        | "embassy"
                        | "stadium"
                        | "province's"
                );
            if BODIES.contains(next) || text.tokens[core.end].lower == "of" {
                return None;
            }
            let people = self.ctx.index.places.peoples.contains_key(next);
            let whole = !single && kind_of(text.lower(core.end - 1)).is_some();
            let office = self.is_title(next);
            if kind_of(next).is_none() && !site && !people && !whole && !office {
                found.against += if great { 2 } else { 4 };
            }
        }
        if core.start > sentence.start && capital(core.start - 1) {
            let before = text.lower(core.start - 1);
            let opener = core.start - 1 == sentence.start
                && (words::is_preposition(before)
                    || words::is_determiner(before)
                    || words::is_adverb(before)
                    || words::is_subordinator(before));
            // "eastern Arbala", but "South Side" is no town of Side.
            let direction = DIRECTIONS.contains(before) && (great || core.start - 1 == sentence.start);
            let fine =
                opener || direction || kind_of(before).is_some() || self.ctx.index.places.peoples.contains_key(before);
            if self.is_title(before) && !great {
                return None;
            }
            if !fine {
                found.against += if great { 3 } else { 4 };
            }
        }
        // "Bank of Norland", "Islamic State of Norland": the name of a body.
        if core.start >= sentence.start + 2
            && text.lower(core.start - 1) == "of"
            && capital(core.start - 2)
            && kind_of(text.lower(core.start - 2)).is_none()
        {
            found.against += if great { 2 } else { 4 };
        }
        if single && !found.located && !found.told && self.surnames.contains(text.lower(core.start)) {
            return None;
        }
        Some(())
    }

    /// Says whether a place word opens the list that a name stands in: "in Arbala, Cadiz and Norland".
    pub(super) fn list_located(&self, at: usize, floor: usize) -> bool {
        let text = &self.ctx.text;
        let mut back = at;
        while back > floor && at - back < 14 {
            back -= 1;
            let token = &text.tokens[back];
            if LOCATORS.contains(token.lower.as_str()) {
                return true;
            }
            if !token.capital
                && !self.is_proper(back)
                && !matches!(token.lower.as_str(), "," | "and" | "or" | "the" | "of")
            {
                return false;
            }
        }
        false
    }

    /// Returns the kind that a list shares: "the provinces of A, B and C", "A, B and C provinces".
    fn list_kind(&self, core: &Range<usize>, sentence: &Range<usize>) -> Option<Kind> {
        let text = &self.ctx.text;
        let member = |at: usize| {
            let token = &text.tokens[at];
            token.capital && token.kind == TokenKind::Word || matches!(token.lower.as_str(), "," | "and" | "or")
        };
        let plural = |at: usize| kind_of(text.lower(at)).filter(|_| text.lower(at).ends_with('s'));
        let mut at = core.start;
        while at > sentence.start && core.start - at < 16 && member(at - 1) {
            at -= 1;
        }
        if at >= sentence.start + 2
            && text.lower(at - 1) == "of"
            && let Some(kind) = plural(at - 2)
        {
            return Some(kind);
        }
        let mut at = core.end;
        while at < sentence.end && at - core.end < 16 && member(at) {
            at += 1;
        }
        if at > core.end && at < sentence.end { plural(at) } else { None }
    }

    /// Returns what stands behind a comma: "Arbala, Norland".
    pub(super) fn container(&self, core: &Range<usize>, sentence: &Range<usize>) -> Option<String> {
        let text = &self.ctx.text;
        if text.lower(core.end) != "," && text.lower(core.end) != "(" || core.end + 1 >= sentence.end {
            return None;
        }
        let at = core.end + 1;
        let short = text.lower(at).replace('.', "");
        let raw = text.words(at..at + 1);
        if let Some((_, state)) = STATES.iter().find(|(it, _)| {
            *it == short && (raw.len() > 2 || raw.chars().all(char::is_uppercase))
                || short.len() == 2 && *it == short && raw.contains('.')
        }) {
            return Some((*state).to_owned());
        }
        let end = self.run_end(at, sentence.end).min(at + 4);
        (at + 1..=end).rev().map(|it| fold(text.words(at..it))).find(|it| !Gazetteer::get().folded(it).is_empty())
    }

    /// Takes "northern" before and "province" behind into the naming.
    fn widen(&self, core: &Range<usize>, sentence: &Range<usize>, mut evidence: Evidence) -> (Range<usize>, Evidence) {
        let text = &self.ctx.text;
        let mut tokens = core.clone();
        if core.start > sentence.start && DIRECTIONS.contains(text.lower(core.start - 1)) {
            tokens.start -= 1;
            evidence.direction = true;
        }
        if core.end < sentence.end
            && kind_of(text.lower(core.end)).is_some_and(|it| it != Kind::Country)
            && !self.taken[core.end]
        {
            tokens.end += 1;
        }
        (tokens, evidence)
    }
}
