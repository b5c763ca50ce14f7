//! The query of the list as files: JSON, CSV, GeoJSON; all pages of it.
//!
//! These are the events as the workbench shows them, for the person at the desk.
//! The export builder (`/export`) makes files for others, with masking.
//!
//! Files are written while they are sent: a hundred thousand events are never in
//! memory a second time.

use super::map::{place_words, world};
use super::query::{Found, estimate};
use super::{found, rows};
use crate::workbench::pipe::written;
use crate::workbench::words::clip;
use crate::workbench::{Answer, Ctx, Snapshot};
use aver_model::LedgerEvent;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::Arc;

/// Measures that have columns of their own.
const MEASURES: [&str; 3] = ["killed", "wounded", "killed_or_wounded"];

/// The events of a query, each with the precision of its place.
struct Chosen {
    snap: Arc<Snapshot>,
    found: Arc<Found>,
    policy: String,
}

impl Chosen {
    fn events(&self) -> impl Iterator<Item = (&LedgerEvent, &'static str)> {
        let of = |it: &u32| (&self.snap.knowledge.events[*it as usize], &self.snap.index.entries[*it as usize]);
        self.found.events.iter().map(of).map(|(event, entry)| (event.as_ref(), entry.level))
    }
}

async fn chosen(ctx: &Ctx) -> Result<Chosen, crate::workbench::Failure> {
    let (query, found) = found(ctx).await?;
    Ok(Chosen { snap: ctx.snap.clone(), found, policy: query.policy })
}

/// A list that is made while it is written.
struct Each<F>(F);

impl<T: Serialize, I: Iterator<Item = T>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Answers with every event of the query, whole.
pub async fn as_json(ctx: Ctx) -> Answer {
    let chosen = chosen(&ctx).await?;
    Ok(written("application/json", None, move |out| {
        Ok(serde_json::to_writer_pretty(out, &Each(|| chosen.events().map(|it| it.0)))?)
    }))
}

/// Answers with one line an event; the first column is the permalink.
pub async fn as_csv(ctx: Ctx) -> Answer {
    let chosen = chosen(&ctx).await?;
    Ok(written("text/csv; charset=utf-8", Some("events.csv"), move |out| table(&chosen, out)))
}

fn table(chosen: &Chosen, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let mut header: Vec<String> =
        ["permalink", "title", "type", "start", "end", "date_precision", "place", "country", "place_precision"]
            .map(String::from)
            .to_vec();
    for it in MEASURES {
        header.extend(["low", "best", "high"].map(|bound| format!("{it}_{bound}")));
    }
    header.extend(["policy", "named", "accounts", "independent_speakers", "disputed", "review"].map(String::from));
    table.write_record(&header)?;
    for (event, level) in chosen.events() {
        let time = event.time.as_ref();
        let day = |it: Option<aver_model::Day>| it.map_or(String::new(), |it| it.to_string());
        let mut line = vec![
            format!("/e/{}?at={}", event.id, chosen.snap.scope),
            event.title.clone(),
            event.kind.clone(),
            day(time.and_then(|it| it.start)),
            day(time.and_then(|it| it.end)),
            time.map_or(String::new(), |it| it.precision.to_string()),
            place_words(event),
            event.place.as_ref().and_then(|it| it.country.clone()).unwrap_or_default(),
            level.to_owned(),
        ];
        for measure in MEASURES {
            let it = estimate(event, measure, &chosen.policy);
            let number = |it: Option<u64>| it.map_or(String::new(), |it| it.to_string());
            line.extend([it.and_then(|it| it.low), it.and_then(|it| it.best), it.and_then(|it| it.high)].map(number));
        }
        line.extend([
            chosen.policy.clone(),
            rows::actors(event),
            event.accounts.len().to_string(),
            event.independent_speakers.to_string(),
            event.disputed.join(" "),
            event.review.clone(),
        ]);
        table.write_record(&line)?;
    }
    table.flush()
}

/// Answers with a map layer (RFC 7946); a province is its area, an unknown place has no geometry.
pub async fn as_geojson(ctx: Ctx) -> Answer {
    let chosen = chosen(&ctx).await?;
    Ok(written("application/geo+json", Some("events.geojson"), move |out| {
        let features = Each(|| chosen.events().map(|(event, level)| feature(event, level, &chosen.policy)));
        Ok(serde_json::to_writer(out, &Layer { features, kind: "FeatureCollection" })?)
    }))
}

#[derive(Serialize)]
struct Layer<F: Serialize> {
    features: F,
    #[serde(rename = "type")]
    kind: &'static str,
}

fn feature(event: &LedgerEvent, level: &str, policy: &str) -> Value {
    let killed = estimate(event, "killed", policy);
    json!({
        "type": "Feature",
        "id": event.id,
        "geometry": geometry(event, level),
        "properties": {
            "title": clip(&event.title, 200),
            "type": event.kind,
            "start": event.time.as_ref().and_then(|it| it.start),
            "end": event.time.as_ref().and_then(|it| it.end),
            "place": place_words(event),
            "place_precision": level,
            "killed_low": killed.and_then(|it| it.low),
            "killed_high": killed.and_then(|it| it.high),
            "policy": policy,
            "accounts": event.accounts.len(),
            "disputed": event.disputed,
        },
    })
}

fn geometry(event: &LedgerEvent, level: &str) -> Option<Value> {
    let (lat, lon) = (event.lat?, event.lon?);
    let code = event.place.as_ref().and_then(|it| it.country.as_deref());
    let shape = match level {
        "admin1" => world::around(lat, lon, 1, code),
        "country" => code.and_then(world::country),
        _ => None,
    };
    let round = |it: f64| (it * 100.0).round() / 100.0;
    match shape {
        Some(shape) => {
            let degrees = |it: &i32| f64::from(*it) / world::STEPS;
            let ring = |it: &Vec<(i32, i32)>| {
                let mut points: Vec<Value> = it.iter().map(|(x, y)| json!([degrees(x), degrees(y)])).collect();
                if it.first() != it.last() {
                    points.extend(points.first().cloned());
                }
                json!([points])
            };
            let rings: Vec<Value> = shape.rings.iter().map(ring).collect();
            Some(json!({ "type": "MultiPolygon", "coordinates": rings }))
        }
        // An area that the map does not have is no point either.
        None if matches!(level, "admin1" | "country" | "region" | "") => None,
        None => Some(json!({ "type": "Point", "coordinates": [round(lon), round(lat)] })),
    }
}
