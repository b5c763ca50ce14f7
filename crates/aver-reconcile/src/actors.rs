//! Actors over all documents: one record for one codebook entry, else for one name.
//!
//! In: readings. Out: [`ActorRecord`]s with every name and every document. Two
//! names without a codebook entry are one actor only when the fullest name and the
//! kind are equal; nothing is guessed from likeness.

use crate::digest;
use crate::sight::{Text, fold, in_order};
use aver_codebook::Codebook;
use aver_model::{ActorRecord, ActorSeen, Reading};
use std::collections::{BTreeMap, BTreeSet};

/// Merges the actors of all readings; most documents first, then by name.
pub fn actors(readings: &[&Reading], codebook: &Codebook) -> Vec<ActorRecord> {
    let mut records: BTreeMap<String, (ActorRecord, BTreeSet<String>)> = BTreeMap::new();
    for reading in in_order(readings) {
        let text = Text::new(reading);
        for actor in &reading.actors {
            let key = match &actor.codebook {
                Some(id) => format!("codebook {id}"),
                None => format!("{} {}", actor.kind, fold(&actor.name)),
            };
            let entry = actor.codebook.as_deref().and_then(|id| codebook.actor(id));
            let (record, names) = records.entry(key.clone()).or_insert_with(|| {
                let record = ActorRecord {
                    id: actor.codebook.clone().unwrap_or_else(|| digest::id("who", [key.as_str()])),
                    codebook: actor.codebook.clone(),
                    name: entry.map_or_else(|| actor.name.clone(), |it| it.name.clone()),
                    kind: entry.map_or_else(|| actor.kind.clone(), |it| it.kind.clone()),
                    names: Vec::new(),
                    seen: Vec::new(),
                };
                (record, BTreeSet::new())
            });
            names.extend(actor.mentions.iter().map(|span| text.quote(*span).to_string()));
            names.insert(actor.name.clone());
            let doc = &reading.document;
            record.seen.push(ActorSeen {
                document: doc.sha256.clone(),
                file: doc.file.clone(),
                actor: actor.id.clone(),
                mentions: actor.mentions.len(),
            });
        }
    }
    let mut out: Vec<ActorRecord> = records
        .into_values()
        .map(|(mut record, names)| {
            record.names = names.into_iter().filter(|it| !it.is_empty()).collect();
            record
        })
        .collect();
    let documents = |it: &ActorRecord| it.seen.iter().map(|it| it.document.clone()).collect::<BTreeSet<_>>().len();
    out.sort_by_cached_key(|it| (std::cmp::Reverse(documents(it)), it.name.clone(), it.id.clone()));
    out
}
