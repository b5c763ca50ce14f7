//! Decides which place of a name is meant, over the whole document.
//!
//! In: names with their candidates and evidence. Out: the names that are places,
//! each with its [`Place`]. A candidate gains by population, by the countries
//! that the document names, by a container beside it ("Arbala, Norland"), by its
//! kind ("province"), by neighbors in the same division and by the company of
//! other names close by ([`super::company`]). A name without
//! enough evidence is left out; one that fails never blanks another.

use super::company::Company;
use super::gazetteer::{Entry, Gazetteer, Level, fold};
use super::names::{Kind, Name};
use crate::Context;
use aver_codebook::PlaceEntry;
use aver_model::Place;
use std::collections::BTreeMap;

/// Points that a name needs.
const ENOUGH: i32 = 4;
/// Points for a later naming of what was accepted once.
const AGAIN: i32 = 1;
/// Share of what the document says of countries from which on one is borne out.
const BORNE_OUT: f64 = 0.25;

/// People of a place that is known beyond its country.
const WIDELY_KNOWN: u64 = 100_000;

/// People of a place that only its own country's papers name alone.
const LITTLE_KNOWN: u64 = 30_000;

/// How often the document points to each country and division.
#[derive(Debug, Default)]
struct Scene {
    countries: BTreeMap<String, f64>,
    divisions: BTreeMap<u16, f64>,
    total: f64,
    /// What each name itself added to the country of its first candidate.
    own: BTreeMap<String, f64>,
}

impl Scene {
    fn add(&mut self, country: &str, weight: f64) {
        *self.countries.entry(country.to_owned()).or_insert(0.0) += weight;
        self.total += weight;
    }

    /// The share of a country without what a name says for its own first candidate: "Paris" is no witness for Paris.
    fn share_beside(&self, name: &Name<'_>, country: &str) -> f64 {
        let own = self.own.get(&name.key).copied().unwrap_or(0.0);
        let own_country = name.entries.first().is_some_and(|it| it.country == country);
        let of = self.countries.get(country).copied().unwrap_or(0.0) - if own_country { own } else { 0.0 };
        (of / (self.total - own).max(1.0)).max(0.0)
    }

    /// The country that most of the document points to.
    fn plain(&self) -> Option<&String> {
        let plain = |weight: f64| weight >= 2.0 && weight * 10.0 > self.total * 6.0;
        self.countries.iter().find(|(_, weight)| plain(**weight)).map(|it| it.0)
    }

    fn share(&self, country: &str) -> f64 {
        self.countries.get(country).map_or(0.0, |it| it / self.total.max(1.0))
    }
}

/// Returns the names that are places, in text order.
pub(super) fn resolve<'a>(ctx: &Context<'a>, mut names: Vec<Name<'a>>) -> Vec<(Name<'a>, Place)> {
    names.retain_mut(|it| it.entries.is_empty() || keep_to_people(ctx, it));
    let mut scene = survey(ctx, &names);
    for name in &mut names {
        let loose = std::mem::take(&mut name.loose);
        let borne_out = |it: &Entry| scene.share_beside(name, it.country) > BORNE_OUT;
        let admitted: Vec<Entry> = loose.into_iter().filter(borne_out).collect();
        name.entries.extend(admitted);
    }
    // "Palma district" that is none of the known Palmas: nor is the Palma of the next sentence.
    let none =
        |it: &&Name<'_>| it.evidence.kind.is_some() && it.entries.iter().all(|entry| is_stray(it, entry, &scene));
    let lost: Vec<String> = names.iter().filter(none).map(|it| it.key.clone()).collect();
    for name in names.iter_mut().filter(|it| lost.contains(&it.key)) {
        name.entries = name.entries.iter().filter(|it| scene.share_beside(name, it.country) > 0.0).copied().collect();
        name.evidence.kind = name.evidence.kind.or(Some(Kind::Town));
    }
    let names = &names[..];
    let alone = Company::default();
    let settled = |it: &Name<'_>| choose(it, &scene, &alone).filter(|entry| held(it, entry));
    let company = Company::new(names, settled);
    let first: Vec<Option<Entry>> = names.iter().map(|it| choose(it, &scene, &company)).collect();
    for (name, entry) in names.iter().zip(&first) {
        if let Some(entry) =
            entry.filter(|it| it.level != Level::Country && points(name, Some(it), &scene, &company) >= ENOUGH)
        {
            *scene.divisions.entry(entry.division).or_insert(0.0) += 1.0;
        }
    }
    let chosen: Vec<Option<Entry>> = names.iter().map(|it| choose(it, &scene, &company)).collect();
    let mut accepted: BTreeMap<&str, bool> = BTreeMap::new();
    for (name, entry) in names.iter().zip(&chosen) {
        let enough = points(name, entry.as_ref(), &scene, &company) >= ENOUGH && !name.evidence.shouted;
        *accepted.entry(&name.key).or_insert(false) |= enough;
    }
    // One name is one place in a document, unless a container says otherwise.
    let mut settled: BTreeMap<&str, Entry> = BTreeMap::new();
    for (name, entry) in names.iter().zip(&chosen) {
        if let Some(entry) = entry.filter(|it| it.level == Level::City && held(name, it)) {
            settled.entry(&name.key).or_insert(entry);
        }
    }
    let mut found = vec![];
    for (name, entry) in names.iter().zip(&chosen) {
        let bare = name.evidence.container.is_none() && name.evidence.kind.is_none();
        let entry = match (entry, settled.get(name.key.as_str())) {
            (Some(own), Some(other)) if bare && own.level >= Level::Admin2 => Some(*other),
            (own, _) => *own,
        };
        let again = accepted.get(name.key.as_str()) == Some(&true);
        let score = points(name, entry.as_ref(), &scene, &company);
        let least = if again { AGAIN } else { ENOUGH };
        if score >= least || name.entries.is_empty() && is_told(name) {
            found.push((name.clone(), place(ctx, name, entry, &scene)));
        }
    }
    found
}

/// Says whether a place is left: "the French Riviera" is no small town elsewhere; in "the Russian Aleppo campaign"
/// Aleppo stays where it is.
fn keep_to_people(ctx: &Context<'_>, name: &mut Name<'_>) -> bool {
    let before = name.tokens.start.checked_sub(1).map(|at| &ctx.text.tokens[at]).filter(|it| it.capital);
    let Some(country) = before.and_then(|it| ctx.index.places.peoples.get(it.lower.as_str())) else { return true };
    let theirs = |it: &Entry| it.country == country;
    let known = name.entries.iter().any(theirs);
    name.entries.retain(|it| theirs(it) || !known && it.population > WIDELY_KNOWN);
    name.loose.retain(theirs);
    !name.entries.is_empty() || !name.loose.is_empty()
}

/// Counts the countries that a document names or whose people it names.
fn survey(ctx: &Context<'_>, names: &[Name<'_>]) -> Scene {
    let mut scene = Scene::default();
    for token in ctx.text.tokens.iter().filter(|it| it.capital) {
        let word = token.lower.split('-').next().unwrap_or("");
        if let Some(country) = ctx.index.places.peoples.get(word) {
            scene.add(country, 1.0);
        }
        if matches!(token.lower.as_str(), "u.s." | "u.s") {
            scene.add("US", 0.3);
        }
    }
    for name in names {
        if let Some(country) = name.user.and_then(|it| it.country.as_ref()) {
            scene.add(country, 1.0);
        }
        let Some(top) = name.entries.first() else { continue };
        let before = scene.total;
        if top.level == Level::Country {
            // "Georgia" alone points to no country.
            scene.add(top.country, if shares_name(name, top) { 0.3 } else { 1.5 });
        } else if top.level == Level::Admin1 && name.entries.iter().all(|it| it.country == top.country) {
            scene.add(top.country, 0.7);
        } else if top.population > 200_000 && name.entries.get(1).is_none_or(|it| it.population * 20 < top.population) {
            scene.add(top.country, 0.7);
        } else if let Some(container) = name
            .evidence
            .container
            .as_ref()
            .and_then(|it| Gazetteer::get().folded(it).first().copied())
            .filter(|it| it.level <= Level::Admin1)
        {
            scene.add(container.country, 0.5);
        } else if name.evidence.against == 0 && name.entries.iter().all(|it| it.country == top.country) {
            // Every place of that name lies in one country.
            scene.add(top.country, 0.4);
        } else if top.population > 30_000 && name.evidence.against == 0 {
            scene.add(top.country, 0.2);
        }
        *scene.own.entry(name.key.clone()).or_insert(0.0) += scene.total - before;
    }
    scene
}

/// Says whether a country has the name of a large division of another.
fn shares_name(name: &Name<'_>, country: &Entry) -> bool {
    let large = |it: &Entry| it.level == Level::Admin1 && it.country != country.country && it.population > 1_000_000;
    name.entries.iter().any(large)
}

/// Returns the likeliest place of a name.
fn choose(name: &Name<'_>, scene: &Scene, company: &Company<'_>) -> Option<Entry> {
    let container = name.evidence.container.as_ref().map(|it| Gazetteer::get().folded(it)).unwrap_or_default();
    let mut best: Option<(f64, Entry)> = None;
    for entry in name.entries.iter().filter(|it| !is_stray(name, it, scene)) {
        let score = score(name, entry, scene, &container) + company.of(name, entry);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, *entry));
        }
    }
    best.map(|it| it.1)
}

/// Says whether a candidate lies in a country of which nothing else is told, and is too small to be meant there.
///
/// "The Ridge province" is no town of that name; in a text about one country a village that the gazetteer lacks is
/// none of its namesakes abroad.
fn is_stray(name: &Name<'_>, entry: &Entry, scene: &Scene) -> bool {
    let held = name.evidence.container.as_ref().is_some_and(|it| !Gazetteer::get().folded(it).is_empty());
    if held || entry.level < Level::Admin2 || scene.share_beside(name, entry.country) > 0.0 {
        return false;
    }
    let town = entry.level == Level::City;
    let plain = scene.total >= 2.0 && scene.countries.values().any(|it| *it > scene.total * BORNE_OUT);
    match name.evidence.kind {
        Some(Kind::Province) if town => true,
        Some(Kind::District) if town => plain || entry.population < WIDELY_KNOWN,
        _ => plain && (entry.population < LITTLE_KNOWN || !is_own_name(entry, &name.key)),
    }
}

fn score(name: &Name<'_>, entry: &Entry, scene: &Scene, container: &[Entry]) -> f64 {
    let people = (entry.population as f64 + 100.0).log10();
    let mut score = match entry.level {
        // "Georgia": a country of the name of a large division elsewhere has to be borne out.
        Level::Country if shares_name(name, entry) => 7.5,
        // "China" is hardly the town in Texas, whatever else is told of Texas.
        Level::Country => 9.0 + 1.5 * (people - 7.0).clamp(0.0, 2.0),
        Level::Admin1 => {
            // A town and its province of one name: the town, unless the words say otherwise.
            let town = name
                .entries
                .iter()
                .any(|it| it.level == Level::City && it.division == entry.division && it.population >= 20_000);
            people
                + if town {
                    -1.5
                } else if name.entries.len() > 1 {
                    -1.2
                } else {
                    0.4
                }
        }
        Level::Admin2 => people - 1.6,
        Level::City => people + if entry.population >= 500_000 { 0.5 } else { 0.0 },
    };
    let own = fold(entry.name);
    score += if own == name.key {
        0.7
    } else if is_own_name(entry, &name.key) {
        0.0
    } else {
        -1.0
    };
    score += 4.0 * scene.share_beside(name, entry.country).sqrt();
    score += (scene.divisions.get(&entry.division).copied().unwrap_or(0.0) * 0.6).min(2.0);
    score += match (name.evidence.kind, entry.level) {
        (Some(Kind::Province), Level::Admin1) => 5.0,
        (Some(Kind::District), Level::Admin2) => 4.0,
        (Some(Kind::District), Level::Admin1) => 1.0,
        (Some(Kind::Town), Level::City) => 3.0,
        _ => 0.0,
    };
    for outer in container {
        let inside = match outer.level {
            Level::Country => outer.country == entry.country,
            Level::Admin1 => outer.division == entry.division,
            _ => outer.division == entry.division && outer.geonames != entry.geonames,
        };
        if inside && outer.level < entry.level {
            score += if outer.level <= Level::Admin1 { 6.0 } else { 2.0 };
            break;
        }
    }
    score
}

/// Returns how much speaks for a name being a place.
fn points(name: &Name<'_>, entry: Option<&Entry>, scene: &Scene, company: &Company<'_>) -> i32 {
    let evidence = &name.evidence;
    let mut points = -evidence.against;
    points += if evidence.located { 3 } else { 0 };
    points += if evidence.kind.is_some() { 3 } else { 0 };
    points += if evidence.listed && scene.share(entry.map_or("", |it| it.country)) > BORNE_OUT { 2 } else { 0 };
    points += if name.core.len() > 1 { 1 } else { 0 };
    points += if evidence.told { 3 } else { 0 };
    // "in Samos" stays a place, whatever the model says, and so does a city.
    let named = evidence.person && !evidence.located && evidence.container.is_none();
    // "Arbala hospital" stands in Arbala, or only bears its name where nothing else is told of that country.
    let stray = evidence.site && entry.is_some_and(|it| scene.share_beside(name, it.country) == 0.0);
    points -= if stray { 4 } else { 0 };
    points -= if named && entry.is_some_and(|it| it.level == Level::City && it.population < 100_000) { 3 } else { 0 };
    if name.user.is_some() {
        return points + 5;
    }
    let Some(entry) = entry else { return if is_told(name) { ENOUGH } else { 0 } };
    if held(name, entry) {
        points += 4;
    }
    points += match (entry.level, entry.population) {
        (Level::Country, _) => 6,
        (Level::Admin1, 500_000..) => 4,
        (Level::Admin1, _) => 3,
        (_, 2_000_000..) => 4,
        (_, 300_000..) => 3,
        (_, 50_000..) => 2,
        (_, 8_000..) => 1,
        _ => 0,
    };
    // A town by another name of it: "Adena" for Aden.
    if entry.level >= Level::Admin2 && !is_own_name(entry, &name.key) {
        points -= if entry.population >= 300_000 { 1 } else { 3 };
    }
    points += (company.of(name, entry) / 1.2) as i32;
    if scene.share(entry.country) > BORNE_OUT {
        points += if entry.population >= 20_000 { 2 } else { 1 };
    }
    if scene.divisions.get(&entry.division).copied().unwrap_or(0.0) >= 2.0 {
        points += 1;
    }
    if evidence.shouted {
        points.min(ENOUGH - 1 + i32::from(entry.level == Level::Country || entry.population > 1_000_000))
    } else {
        points
    }
}

/// Says whether a name that the gazetteer lacks is a place by its words: "Arbala district", or "in Arbala" where the model agrees.
fn is_told(name: &Name<'_>) -> bool {
    name.user.is_none() && (name.evidence.kind.is_some() || name.evidence.told && name.evidence.located)
}

/// Says whether the name behind the comma holds the place.
fn held(name: &Name<'_>, entry: &Entry) -> bool {
    let outer = name.evidence.container.as_ref().map(|it| Gazetteer::get().folded(it)).unwrap_or_default();
    outer.iter().any(|it| {
        it.country == entry.country
            && it.level < entry.level
            && (it.level == Level::Country || it.division == entry.division)
    })
}

fn is_own_name(entry: &Entry, key: &str) -> bool {
    let own = fold(entry.name);
    own == key || own.starts_with(key) || key.starts_with(&own) && key.len() > own.len() + 2
}

fn place(ctx: &Context<'_>, name: &Name<'_>, entry: Option<Entry>, scene: &Scene) -> Place {
    if let Some(user) = name.user {
        return of_codebook(user);
    }
    let Some(entry) = entry else { return unresolved(ctx, name, scene) };
    let mut place = Place {
        id: String::new(),
        name: entry.name.to_owned(),
        level: entry.level.as_str().to_owned(),
        admin1: entry.admin1.map(str::to_owned),
        country: Some(entry.country.to_owned()),
        lat: Some(entry.lat),
        lon: Some(entry.lon),
        gazetteer: Some(format!("geonames:{}", entry.geonames)),
        mentions: vec![],
    };
    // "eastern Norland" is a part of a country, and no point in it.
    if name.evidence.direction && entry.level == Level::Country {
        place.name = ctx.text.words(name.tokens.clone()).to_owned();
        place.level = "region".to_owned();
        place.lat = None;
        place.lon = None;
    }
    place
}

fn of_codebook(user: &PlaceEntry) -> Place {
    Place {
        id: String::new(),
        name: user.name.clone(),
        level: user.level.clone(),
        admin1: user.admin1.clone(),
        country: user.country.clone(),
        lat: user.lat,
        lon: user.lon,
        gazetteer: Some(format!("codebook:{}", user.id)),
        mentions: vec![],
    }
}

/// A name that nobody lists: what holds it gives division and country, and a town its position; else the
/// country is the document's, when that is plain.
fn unresolved(ctx: &Context<'_>, name: &Name<'_>, scene: &Scene) -> Place {
    let outer = name.evidence.container.as_ref().map(|it| Gazetteer::get().folded(it)).unwrap_or_default();
    let kind = name.evidence.kind;
    // A quarter is of a town, and so is a district of a great one; else "Herat" is the province.
    let town_of_part = |it: &Entry| {
        let great = it.population > 1_000_000 && matches!(kind, None | Some(Kind::District));
        it.level == Level::City && (kind == Some(Kind::Quarter) || great)
    };
    let outer = outer.iter().enumerate().max_by(|(a, x), (b, y)| {
        let by_share = scene.share(x.country).total_cmp(&scene.share(y.country));
        by_share.then(town_of_part(x).cmp(&town_of_part(y))).then(b.cmp(a))
    });
    let outer = outer.map(|it| *it.1);
    let town = outer.filter(town_of_part);
    let level = match kind {
        Some(Kind::Region) => "region",
        Some(Kind::Quarter) => "neighbourhood",
        _ if town.is_some() => "neighbourhood",
        Some(Kind::Province) => "admin1",
        Some(Kind::District) => "admin2",
        _ => "city",
    };
    Place {
        id: String::new(),
        name: ctx.text.words(name.core.clone()).to_owned(),
        level: level.to_owned(),
        admin1: outer.and_then(|it| it.admin1).map(str::to_owned),
        country: outer.map(|it| it.country.to_owned()).or_else(|| scene.plain().cloned()),
        lat: town.map(|it| it.lat),
        lon: town.map(|it| it.lon),
        gazetteer: None,
        mentions: vec![],
    }
}
