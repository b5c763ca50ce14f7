//! Places: LGL and GeoWebNews end to end, and the place of a marked event.
//!
//! In: `geoparsing/lgl.xml.gz`, `geoparsing/geowebnews.spans.jsonl.gz` (literal spans with a
//! GeoNames id or position) and `event_location/dev.jsonl.gz`. Out: recognition F1 by exact
//! span and Acc@161 km over the gold toponyms with a position, a missed one counting as wrong;
//! for events, span F1 of the place named for the marked verb. `--show` prints what is wrong;
//! `--model` lets the language model help.

use super::support::{Count, page, reader, share, text_of};
use aver_model::{Offsets, Reading, Span};
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
        None => body.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"),
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

fn report(articles: impl Iterator<Item = Article>, options: &[String]) -> Result<(), String> {
    let show = options.iter().any(|it| it == "--show");
    let limit = options.iter().find_map(|it| it.strip_prefix("--first=")?.parse().ok()).unwrap_or(usize::MAX);
    let reader = reader(options)?;
    let mut exact = Count::default();
    let (mut placed, mut found, mut near) = (0, 0, 0);
    for article in articles.take(limit) {
        let reading = reader.read(&page(&article.text));
        let ours: Vec<(Span, &aver_model::Place)> =
            reading.places.iter().flat_map(|it| it.mentions.iter().map(move |span| (*span, it))).collect();
        let offsets = Offsets::new(&article.text);
        exact.ours += ours.len();
        exact.gold += article.gold.len();
        for it in &article.gold {
            exact.right += usize::from(ours.iter().any(|our| our.0 == it.span));
            let Some(at) = it.at else { continue };
            let hit = ours.iter().find(|our| our.0.overlaps(it.span));
            let close = hit.and_then(|our| our.1.lat.zip(our.1.lon)).is_some_and(|our| distance(our, at) <= NEAR);
            placed += 1;
            found += usize::from(hit.is_some());
            near += usize::from(close);
            if show && !close {
                let got = hit.map(|our| (&our.1.name, &our.1.country, &our.1.admin1));
                let how = if hit.is_some() { "WRONG" } else { "MISSED" };
                println!("{how} {:?} -> {got:?} gold {at:?}", offsets.quote(&article.text, it.span));
            }
        }
        for our in ours.iter().filter(|our| show && !article.gold.iter().any(|it| it.span.overlaps(our.0))) {
            println!("EXTRA {:?} -> {} {:?}", offsets.quote(&article.text, our.0), our.1.name, our.1.country);
        }
    }
    println!("{}", exact.line("recognition"));
    println!(
        "Acc@161 km end to end {:.3} ({near} of {placed}); {:.3} of those found",
        share(near, placed),
        share(near, found)
    );
    Ok(())
}

/// Scores the place of a marked verb: as the tree gives it, and that of the event which the reading has there.
pub fn run_events(data: &Path, options: &[String]) -> Result<(), String> {
    let part = if options.iter().any(|it| it == "--train") { "train" } else { "dev" };
    let lines = text_of(&data.join(format!("event_location/{part}.jsonl.gz")))?;
    let reader = reader(options)?;
    let (mut by_tree, mut by_event) = (Count::default(), Count::default());
    let mut told = 0;
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
        let read = places_of(&reader.read(&page), *first, &mut told);
        let read: Vec<Span> = read.into_iter().map(|it| bare(&chars, it)).collect();
        for (count, ours) in [(&mut by_tree, &ours), (&mut by_event, &read)] {
            count.ours += ours.len();
            count.gold += gold.len();
            count.right += ours.iter().filter(|it| gold.contains(it)).count();
        }
        if options.iter().any(|it| it == "--show") && ours != gold {
            let offsets = Offsets::new(text);
            let quotes = |list: &[Span]| list.iter().map(|it| offsets.quote(text, *it)).collect::<Vec<_>>();
            println!("{:?} gold {:?} ours {:?}: {text}\n", quotes(&verb), quotes(&gold), quotes(&ours));
        }
    }
    println!("{}", by_tree.line("place of a verb"));
    println!("{}", by_event.line("place of its event"));
    println!("{told} of {} marked verbs stand in an event of ours", lines.lines().count());
    Ok(())
}

/// "northern Iraq" is one place of ours; this set marks the name alone.
fn bare(chars: &[char], span: Span) -> Span {
    let mut start = span.start;
    while chars.get(start).is_some_and(|it| it.is_lowercase()) {
        match (start..span.end).find(|&it| chars[it] == ' ') {
            Some(gap) => start = gap + 1,
            None => return span,
        }
    }
    Span::new(start, span.end)
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
