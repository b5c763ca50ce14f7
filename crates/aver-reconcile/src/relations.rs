//! Ties between actors with both sides of every quarrel about them.
//!
//! In: readings. Out: one [`RelationRecord`] for every (side, relation, side) with
//! everybody who says that it holds, does not, or may not, and where.

use crate::accounts::evidence;
use crate::digest;
use crate::sight::{Text, fold, in_order};
use crate::speaker::speaker_of;
use aver_codebook::Codebook;
use aver_model::{Reading, RelationRecord, RelationSaid, RelationSide};
use std::collections::{BTreeMap, BTreeSet};

/// Merges the relations of all readings; those with most speakers first.
pub fn relations(readings: &[&Reading], codebook: &Codebook) -> Vec<RelationRecord> {
    let mut records: BTreeMap<(String, String, String), RelationRecord> = BTreeMap::new();
    for reading in in_order(readings) {
        let text = Text::new(reading);
        for it in &reading.relations {
            let (mut a, mut b) = (side(reading, &it.a), side(reading, &it.b));
            let is_symmetric = codebook.relations.iter().any(|entry| entry.name == it.relation && entry.symmetric);
            if is_symmetric && key(&b) < key(&a) {
                std::mem::swap(&mut a, &mut b);
            }
            let keys = (key(&a), it.relation.clone(), key(&b));
            let record = records.entry(keys.clone()).or_insert_with(|| RelationRecord {
                id: digest::id("re", [keys.0.as_str(), &keys.1, &keys.2]),
                a,
                relation: it.relation.clone(),
                b,
                said: Vec::new(),
                disputed: false,
            });
            let speaker = speaker_of(reading, &it.speaker, it.statement.as_deref());
            record.said.push(RelationSaid {
                speaker: speaker.name,
                codebook: speaker.codebook,
                source: reading.document.source.clone(),
                polarity: it.polarity,
                time: it.time.clone(),
                evidence: evidence(&text, it.span),
            });
        }
    }
    let mut out: Vec<RelationRecord> = records.into_values().collect();
    for record in &mut out {
        record.disputed = record.said.iter().map(|it| it.polarity).collect::<BTreeSet<_>>().len() > 1;
    }
    let speakers = |it: &RelationRecord| it.said.iter().map(|it| it.speaker.clone()).collect::<BTreeSet<_>>().len();
    out.sort_by_cached_key(|it| (std::cmp::Reverse(speakers(it)), it.a.clone(), it.relation.clone(), it.b.clone()));
    out
}

/// Returns the actor or place behind an id.
fn side(reading: &Reading, id: &str) -> RelationSide {
    if let Some(actor) = reading.actors.iter().find(|it| it.id == id) {
        return RelationSide { codebook: actor.codebook.clone(), name: actor.name.clone() };
    }
    let place = reading.places.iter().find(|it| it.id == id);
    RelationSide { codebook: None, name: place.map_or(id, |it| &it.name).to_string() }
}

fn key(side: &RelationSide) -> String {
    side.codebook.clone().unwrap_or_else(|| fold(&side.name))
}
