//! `geojson`: a map layer (RFC 7946), one feature an event.
//!
//! A point is rounded to what the words allow and carries its precision; an event
//! whose place is unknown has no geometry and stays in the file.

use crate::{Error, Format, Loss, Output, View};
use aver_model::LedgerEvent;
use serde_json::{Map, Value, json};

/// The format.
pub struct GeoJson;

impl Format for GeoJson {
    fn name(&self) -> &'static str {
        "geojson"
    }

    fn purpose(&self) -> &'static str {
        "a map layer: one point an event, at the precision of the words"
    }

    fn losses(&self) -> &'static [Loss] {
        &[
            Loss {
                id: "areas-as-points",
                words: "A province or country is a rounded point in its middle, marked by `precision`.",
            },
            Loss { id: "one-policy", words: "Estimates of one policy only." },
            Loss { id: "accounts-counted", words: "Accounts are counted, not told." },
        ]
    }

    fn files(&self, view: &View<'_>) -> Result<Vec<Output>, Error> {
        view.check_policy()?;
        let features: Vec<Value> = view.published().map(|it| feature(view, it)).collect();
        let mut bytes = serde_json::to_vec_pretty(&json!({ "type": "FeatureCollection", "features": features }))?;
        bytes.push(b'\n');
        Ok(vec![Output { name: "events.geojson".into(), bytes }])
    }
}

fn feature(view: &View<'_>, event: &LedgerEvent) -> Value {
    let geometry = view.point(event).map(|(lat, lon)| json!({ "type": "Point", "coordinates": [lon, lat] }));
    let mut estimates = Map::new();
    for it in event.estimates.iter().filter(|it| view.estimate(event, &it.measure).is_some_and(|chosen| chosen == *it))
    {
        estimates.insert(
            it.measure.clone(),
            json!({ "low": it.low, "best": it.best, "high": it.high, "indeterminate": it.indeterminate }),
        );
    }
    let (time, place) = (event.time.as_ref(), event.place.as_ref());
    json!({
        "type": "Feature",
        "id": event.id,
        "geometry": geometry,
        "properties": {
            "title": view.words(&event.title),
            "type": event.kind,
            "start": time.and_then(|it| it.start),
            "end": time.and_then(|it| it.end),
            "date_precision": time.map(|it| it.precision),
            "place": place.map(|it| view.words(&it.name)),
            "facility": place.and_then(|it| it.facility.as_deref()).map(|it| view.words(it)),
            "country": place.and_then(|it| it.country.clone()),
            "precision": Some(view.place_precision(event)).filter(|it| !it.is_empty()),
            "policy": view.policy,
            "estimates": estimates,
            "accounts": event.accounts.len(),
            "independent_speakers": event.independent_speakers,
            "disputed": event.disputed,
            "aggregate": event.aggregate,
            "review": event.review,
        },
    })
}
