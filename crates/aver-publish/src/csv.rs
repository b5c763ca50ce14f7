//! `csv`: our own table of events with the estimates of one policy, and its evidence.
//!
//! One row an event, RFC 4180 with a header. A measure that nobody gives a figure
//! for is empty, never zero.

use crate::evidence::{file, finish};
use crate::{Error, Format, Loss, Output, View};
use aver_model::LedgerEvent;
use std::collections::BTreeSet;

/// The format.
pub struct Csv;

const FIXED: [&str; 24] = [
    "event_id",
    "title",
    "type",
    "types",
    "acled",
    "start",
    "end",
    "date_precision",
    "place",
    "facility",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "place_precision",
    "perpetrators",
    "accounts",
    "independent_speakers",
    "disputed",
    "review",
    "aggregate",
    "generic",
    "background",
    "policy",
];

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn purpose(&self) -> &'static str {
        "events with low, best and high under one policy, and evidence.csv"
    }

    fn losses(&self) -> &'static [Loss] {
        &[
            Loss {
                id: "one-policy",
                words: "Estimates of one policy only; the figures themselves stand in evidence.csv.",
            },
            Loss {
                id: "accounts-flattened",
                words: "Who says what stands in evidence.csv, a row a value; chains of speakers are left out.",
            },
            Loss { id: "edges", words: "Why mentions were joined is left out." },
        ]
    }

    fn files(&self, view: &View<'_>) -> Result<Vec<Output>, Error> {
        view.check_policy()?;
        let measures = view.measures();
        let mut table = ::csv::Writer::from_writer(Vec::new());
        let mut header: Vec<String> = FIXED.iter().map(|it| it.to_string()).collect();
        for measure in &measures {
            header.extend(["low", "best", "high", "indeterminate"].iter().map(|it| format!("{measure}_{it}")));
        }
        header.push("documents".into());
        table.write_record(&header)?;
        for event in view.published() {
            table.write_record(row(view, event, &measures))?;
        }
        Ok(vec![Output { name: "events.csv".into(), bytes: finish(table)? }, file(view, str::to_string)?])
    }
}

fn row(view: &View<'_>, event: &LedgerEvent, measures: &[&str]) -> Vec<String> {
    let text = |it: Option<&str>| view.words(it.unwrap_or(""));
    let number = |it: Option<u64>| it.map_or_else(String::new, |it| it.to_string());
    let (time, place) = (event.time.as_ref(), event.place.as_ref());
    let day = |it: Option<aver_model::Day>| it.map_or_else(String::new, |it| it.to_string());
    let point = view.point(event);
    let by: BTreeSet<String> =
        event.accounts.iter().flat_map(|it| &it.perpetrators).map(|it| format!("{} ({})", it.name, it.basis)).collect();
    let documents: BTreeSet<&str> = event.mentions.iter().map(|it| it.file.as_str()).collect();
    let mut out = vec![
        event.id.clone(),
        view.words(&event.title),
        event.kind.clone(),
        event.types.join(";"),
        event.acled.clone().unwrap_or_default(),
        day(time.and_then(|it| it.start)),
        day(time.and_then(|it| it.end)),
        time.map_or("", |it| it.precision.as_str()).to_string(),
        text(place.map(|it| it.name.as_str())),
        text(place.and_then(|it| it.facility.as_deref())),
        text(place.and_then(|it| it.admin1.as_deref())),
        text(place.and_then(|it| it.country.as_deref())),
        point.map_or_else(String::new, |it| it.0.to_string()),
        point.map_or_else(String::new, |it| it.1.to_string()),
        view.place_precision(event).to_string(),
        view.words(&by.into_iter().collect::<Vec<_>>().join("; ")),
        event.accounts.len().to_string(),
        event.independent_speakers.to_string(),
        event.disputed.join(";"),
        event.review.clone(),
        event.aggregate.to_string(),
        event.generic.to_string(),
        event.background.to_string(),
        view.policy.to_string(),
    ];
    for measure in measures {
        let estimate = view.estimate(event, measure);
        out.push(number(estimate.and_then(|it| it.low)));
        out.push(number(estimate.and_then(|it| it.best)));
        out.push(number(estimate.and_then(|it| it.high)));
        out.push(estimate.map_or_else(String::new, |it| it.indeterminate.to_string()));
    }
    // A file may be called after a witness.
    out.push(view.words(&documents.into_iter().collect::<Vec<_>>().join(";")));
    out
}
