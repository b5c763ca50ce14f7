//! `json`: events whole, with every account, estimate and quote.
//!
//! The names of the fields are those of the ledger's records. In the public
//! profile every word that a person could stand in goes through the mask.

use crate::{Error, Format, Loss, Output, Profile, View};
use aver_model::LedgerEvent;
use serde_json::{Value, json};

/// The format.
pub struct Json;

/// Fields that hold ids, hashes and closed words.
const PLAIN: &[&str] = &[
    "id",
    "document",
    "documents",
    "reprints",
    "event",
    "policy",
    "measure",
    "type",
    "types",
    "acled",
    "codebook",
    "review",
    "account",
    "statement",
    "about",
    "unit",
    "op",
];

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn purpose(&self) -> &'static str {
        "events whole: accounts, figures, estimates under every policy, quotes"
    }

    fn losses(&self) -> &'static [Loss] {
        &[Loss { id: "edges", words: "Why mentions were joined is left out." }]
    }

    fn files(&self, view: &View<'_>) -> Result<Vec<Output>, Error> {
        let mut events = Vec::new();
        for event in view.published() {
            let mut value = serde_json::to_value(event)?;
            mask(view, &mut value);
            if let (Some(map), point) = (value.as_object_mut(), view.point(event)) {
                map.insert("lat".into(), json!(point.map(|it| it.0)));
                map.insert("lon".into(), json!(point.map(|it| it.1)));
                map.insert("place_precision".into(), json!(view.place_precision(event)));
            }
            events.push(value);
        }
        let profile = if view.profile == Profile::Public { "public" } else { "internal" };
        let all = json!({
            "format": "averment-events/1",
            "codebook": view.codebook.version,
            "profile": profile,
            "events": events,
        });
        let mut bytes = serde_json::to_vec_pretty(&all)?;
        bytes.push(b'\n');
        Ok(vec![Output { name: "events.json".into(), bytes }])
    }
}

impl View<'_> {
    /// Returns an event as this profile may show it: every word that a person could stand in is masked.
    ///
    /// # Errors
    /// The event cannot be written as JSON.
    pub fn masked(&self, event: &LedgerEvent) -> Result<LedgerEvent, Error> {
        let mut value = serde_json::to_value(event)?;
        mask(self, &mut value);
        Ok(serde_json::from_value(value)?)
    }
}

/// Masks every string that is no id.
fn mask(view: &View<'_>, value: &mut Value) {
    match value {
        Value::String(words) => *words = view.words(words),
        Value::Array(them) => them.iter_mut().for_each(|it| mask(view, it)),
        Value::Object(map) => {
            map.iter_mut().filter(|(key, _)| !PLAIN.contains(&key.as_str())).for_each(|(_, it)| mask(view, it))
        }
        _ => {}
    }
}
