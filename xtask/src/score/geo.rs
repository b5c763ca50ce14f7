//! Places: LGL, GeoVirus and GeoWebNews end to end, and the place of a marked event.
//!
//! In: `geoparsing/lgl.xml.gz`, `geoparsing/geovirus.xml.gz`, `geoparsing/geowebnews.spans.jsonl.gz` (literal spans with a
//! GeoNames id or position) and `event_location/dev.jsonl.gz`. Out: recognition F1 by exact
//! span and Acc@161 km over the gold toponyms with a position, a missed one counting as wrong;
//! for events, span F1 of the place named for the marked verb. `--show` prints what is wrong;
//! `--model` lets the language model help.

use super::support::{Count, page, reader, share, text_of};
use aver_model::{Offsets, Reading, Span};
use aver_read::places::gazetteer::Gazetteer;
use serde_json::Value;
use std::path::Path;

/// Kilometres within which a position counts as right.
const NEAR: f64 = 161.0;

struct Toponym {
    span: Span,
    at: Option<(f64, f64)>,
}

struct Article {
    text: String,
    gold: Vec<Toponym>,
}

/// Scores LGL, local news of the United States.
pub fn run_lgl(data: &Path, options: &[String]) -> Result<(), String> {
    let xml = text_of(&data.join("geoparsing/lgl.xml.gz"))?;
    report(xml.split("<article ").skip(1).filter_map(lgl_article), options)
}

/// Scores the literal toponyms of GeoWebNews that have a position.
pub fn run_geowebnews(data: &Path, options: &[String]) -> Result<(), String> {
    let lines = text_of(&data.join("geoparsing/geowebnews.spans.jsonl.gz"))?;
    let xml = text_of(&data.join("geoparsing/geowebnews.xml.gz"))?;
    let mut known: std::collections::BTreeMap<String, (f64, f64)> = std::collections::BTreeMap::new();
    for it in xml.split("<toponym>").skip(1) {
        if let (Some(id), Some(at)) = (tag(it, "geonamesID"), position(it, "latitude", "longitude")) {
            known.insert(id.to_owned(), at);
        }
    }
    let articles = lines.lines().filter_map(|line| web_article(line, &known));
    report(articles, options)
}

/// Scores GeoVirus, Wikinews on epidemics; its offsets count from 1.
pub fn run_geovirus(data: &Path, options: &[String]) -> Result<(), String> {
    let xml = text_of(&data.join("geoparsing/geovirus.xml.gz"))?;
    report(xml.split("<article>").skip(1).filter_map(virus_article), options)
}

fn virus_article(xml: &str) -> Option<Article> {
    let gold = xml
        .split("<location>")
        .skip(1)
        .filter_map(|it| {
            let (start, end): (usize, usize) = (tag(it, "start")?.parse().ok()?, tag(it, "end")?.parse().ok()?);
            Some(Toponym { span: Span::new(start.checked_sub(1)?, end - 1), at: position(it, "lat", "lon") })
        })
        .collect();
    Some(Article { text: plain(tag(xml, "text")?), gold })
}

/// Text of an XML element, its five entities resolved.
fn plain(xml: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(xml.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn tag<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let from = text.find(&format!("<{name}>"))? + name.len() + 2;
    text[from..].split("</").next().map(str::trim)
}

fn position(text: &str, lat: &str, lon: &str) -> Option<(f64, f64)> {
    Some((tag(text, lat)?.parse().ok()?, tag(text, lon)?.parse().ok()?))
}

fn lgl_article(xml: &str) -> Option<Article> {
    let from = xml.find("<text>")? + 6;
    let body = &xml[from..from + xml[from..].find("</text>")?];
    let text = match body.strip_prefix("<![CDATA[").and_then(|it| it.strip_suffix("]]>")) {
        Some(plain) => plain.to_owned(),
        None => plain(body),
    };
    let gold = xml
        .split("<toponym>")
        .skip(1)
        .filter_map(|it| {
            let (start, end) = (tag(it, "start")?.parse().ok()?, tag(it, "end")?.parse().ok()?);
            Some(Toponym { span: Span::new(start, end), at: position(it, "lat", "lon") })
        })
        .collect();
    Some(Article { text, gold })
}

fn web_article(line: &str, known: &std::collections::BTreeMap<String, (f64, f64)>) -> Option<Article> {
    let value: Value = serde_json::from_str(line).ok()?;
    let gold = value["toponyms"]
        .as_array()?
        .iter()
        .filter(|it| it["note"].as_str().is_some_and(|note| !note.is_empty()))
        .filter_map(|it| {
            let note = it["note"].as_str()?.trim();
            let pair = note.split_once(',').and_then(|it| Some((it.0.trim().parse().ok()?, it.1.trim().parse().ok()?)));
            let span = Span::new(it["begin"].as_u64()? as usize, it["end"].as_u64()? as usize);
            Some(Toponym { span, at: pair.or_else(|| known.get(note).copied()) })
        })
        .collect();
    Some(Article { text: value["text"].as_str()?.to_owned(), gold })
}

/// Kilometres on the sphere.
fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (p, q) = (a.0.to_radians(), b.0.to_radians());
    let half = ((q - p) / 2.0).sin().powi(2) + p.cos() * q.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().min(1.0).asin()
}

/// What the reading has for the toponyms of all articles.
#[derive(Default)]
struct Tally {
    exact: Count,
    placed: usize,
    found: usize,
    near: usize,
}

impl Tally {
    fn print(&self, name: &str) {
        println!("{}", self.exact.line(name));
        println!(
            "{:<16} Acc@161 km end to end {:.3} ({} of {}); {:.3} of those found",
            "",
            share(self.near, self.placed),
            self.near,
            self.placed,
            share(self.near, self.found)
        );
    }

    /// Counts an article; `ours` is what we name, with its position; `missed` is told of every toponym that is not near.
    fn add(&mut self, gold: &[Toponym], ours: &[Ours], mut missed: impl FnMut(&Toponym, Option<&Ours>)) {
        self.exact.ours += ours.len();
        self.exact.gold += gold.len();
        for it in gold {
            self.exact.right += usize::from(ours.iter().any(|our| our.span == it.span));
            let Some(at) = it.at else { continue };
            let hit = ours.iter().find(|our| our.span.overlaps(it.span));
            let close = hit.and_then(|our| our.at).is_some_and(|our| distance(our, at) <= NEAR);
            self.placed += 1;
            self.found += usize::from(hit.is_some());
            self.near += usize::from(close);
            if !close {
                missed(it, hit);
            }
        }
    }
}

struct Ours {
    span: Span,
    at: Option<(f64, f64)>,
    name: String,
}

/// Places as the ledger has them, and with words for peoples ("Russian", "U.S."), which these sets count as toponyms.
fn report(articles: impl Iterator<Item = Article>, options: &[String]) -> Result<(), String> {
    let show = options.iter().any(|it| it == "--show");
    let limit = options.iter().find_map(|it| it.strip_prefix("--first=")?.parse().ok()).unwrap_or(usize::MAX);
    let reader = reader(options)?;
    let (mut alone, mut with_peoples) = (Tally::default(), Tally::default());
    let (mut listed, mut placed) = (0, 0);
    for article in articles.take(limit) {
        let page = page(&article.text);
        let reading = reader.read(&page);
        let of = |it: &aver_model::Place, span: &Span| Ours {
            span: *span,
            at: it.lat.zip(it.lon),
            name: format!("{} {:?} {:?}", it.name, it.country, it.admin1),
        };
        let mut ours: Vec<Ours> =
            reading.places.iter().flat_map(|it| it.mentions.iter().map(move |span| of(it, span))).collect();
        alone.add(&article.gold, &ours, |_, _| {});
        ours.extend(reader.peoples(&page).into_iter().filter_map(|(span, country)| {
            let entry = Gazetteer::get().country(&country)?;
            Some(Ours { span, at: Some((entry.lat, entry.lon)), name: country })
        }));
        let offsets = Offsets::new(&article.text);
        let quote = |span: Span| offsets.quote(&article.text, span);
        with_peoples.add(&article.gold, &ours, |it, hit| {
            if show {
                let how = if hit.is_some() { "WRONG" } else { "MISSED" };
                let entries = Gazetteer::get().find(quote(it.span));
                let near = it.at.is_some_and(|at| entries.iter().any(|it| distance((it.lat, it.lon), at) <= NEAR));
                let listed = if near { "listed" } else { "unlisted" };
                let around = quote(Span::new(
                    it.span.start.saturating_sub(50),
                    (it.span.end + 30).min(article.text.chars().count()),
                ))
                .replace('\n', " ");
                println!(
                    "{how} {listed} {:?} -> {:?} gold {:?} | {around}",
                    quote(it.span),
                    hit.map(|it| &it.name),
                    it.at
                );
            }
        });
        for (at, it) in article.gold.iter().filter_map(|it| Some((it.at?, it))) {
            let known = ours.iter().any(|our| our.span == it.span);
            let entries = Gazetteer::get().find(quote(it.span));
            placed += 1;
            listed += usize::from(known || entries.iter().any(|it| distance((it.lat, it.lon), at) <= NEAR));
        }
        for our in ours.iter().filter(|our| show && !article.gold.iter().any(|it| it.span.overlaps(our.span))) {
            println!("EXTRA {:?} -> {}", quote(our.span), our.name);
        }
    }
    alone.print("places");
    with_peoples.print("and peoples");
    println!("{:<16} {listed} of {placed} read, or of the name of a place near by that the gazetteer has", "at most");
    Ok(())
}

/// Scores the place of a marked verb: as the tree gives it, and that of the event which the reading has there.
pub fn run_events(data: &Path, options: &[String]) -> Result<(), String> {
    let part = if options.iter().any(|it| it == "--train") { "train" } else { "dev" };
    let lines = text_of(&data.join(format!("event_location/{part}.jsonl.gz")))?;
    let reader = reader(options)?;
    let (mut by_tree, mut by_event) = (Count::default(), Count::default());
    let (mut told, mut within) = (0, 0);
    for line in lines.lines() {
        let value: Value = serde_json::from_str(line).map_err(|it| format!("error: {it}"))?;
        let text = value["text"].as_str().unwrap_or("");
        let spans = |name: &str| -> Vec<Span> {
            let pair = |it: &Value| Some(Span::new(it[0].as_u64()? as usize, it[1].as_u64()? as usize));
            value[name].as_array().into_iter().flatten().filter_map(pair).collect()
        };
        let (verb, gold) = (spans("verb"), spans("place"));
        let Some(first) = verb.first() else { continue };
        let page = page(text);
        let ours = reader.scene(&page, *first);
        let chars: Vec<char> = text.chars().collect();
        let before = told;
        let read = places_of(&reader.read(&page), *first, &mut told);
        within += if told > before { gold.len() } else { 0 };
        let read: Vec<Span> = read.into_iter().map(|it| bare(&chars, it)).collect();
        for (count, ours) in [(&mut by_tree, &ours), (&mut by_event, &read)] {
            count.ours += ours.len();
            count.gold += gold.len();
            count.right += ours.iter().filter(|it| gold.contains(it)).count();
        }
        if options.iter().any(|it| it == "--show") && (ours != gold || read != gold) {
            let offsets = Offsets::new(text);
            let quotes = |list: &[Span]| list.iter().map(|it| offsets.quote(text, *it)).collect::<Vec<_>>();
            let [verb, gold, ours, read] = [&verb, &gold, &ours, &read].map(|it| quotes(it));
            println!("{verb:?} gold {gold:?} tree {ours:?} event {read:?}: {text}\n");
        }
    }
    println!("{}", by_tree.line("place of a verb"));
    println!("{}", by_event.line("place of its event"));
    println!("{told} of {} marked verbs stand in an event of ours, with {within} gold places", lines.lines().count());
    Ok(())
}

/// "northern Iraq" and "Kunduz province" are one place of ours; this set marks the name alone.
fn bare(chars: &[char], span: Span) -> Span {
    let (mut start, mut end) = (span.start, span.end);
    let small = |at: usize| chars.get(at).is_some_and(|it| it.is_lowercase());
    while let Some(gap) = (start..end).find(|&it| chars[it].is_whitespace()).filter(|_| small(start)) {
        start = gap + 1;
    }
    while let Some(gap) = (start..end).rfind(|&it| chars[it].is_whitespace()).filter(|it| small(it + 1)) {
        end = gap;
    }
    Span::new(start, end)
}

/// The namings of the place of the event whose words hold the verb, nearest first; at most one.
fn places_of(reading: &Reading, verb: Span, told: &mut usize) -> Vec<Span> {
    let Some(event) = reading.events.iter().find(|it| it.mentions.iter().any(|span| span.overlaps(verb))) else {
        return vec![];
    };
    *told += 1;
    let Some(id) = event.place.as_ref().and_then(|it| it.from.as_ref()) else { return vec![] };
    let Some(place) = reading.places.iter().find(|it| it.id == *id) else { return vec![] };
    place.mentions.iter().min_by_key(|it| it.start.abs_diff(verb.start)).copied().into_iter().collect()
}
