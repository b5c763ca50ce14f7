//! What does not fit, over everything on file: one list for the command, the pages and the API.
//!
//! In: readings with their notes (a weekday that is another day's, two numbers for one
//! thing, one number for two periods), events (a speaker who gives another number than
//! before, or denies what it said) and edges (a mention that fits two which exclude each
//! other). Out: each with its document, words and, between documents, its event. A note
//! is for a person to look at; it changes nothing.

use aver_model::{Edge, LedgerEvent, MentionRef, Note, Offsets, Reading};
use aver_reconcile::{contradictions, triangles};
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Borrow;
use std::collections::HashMap;

/// A note with its place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Noted {
    /// The file's name.
    pub file: String,
    /// SHA-256 of the document.
    pub document: String,
    /// Id of the event, for what does not fit between documents.
    pub event: Option<String>,
    /// The words; of both sides, where there are two.
    pub quote: String,
    /// The note.
    pub note: Note,
}

impl Noted {
    /// Says whether every word, in lower case, stands in it.
    pub fn holds(&self, words: &[String]) -> bool {
        let text = format!("{} {} {} {}", self.note.id, self.note.message, self.quote, self.file).to_lowercase();
        words.iter().all(|it| text.contains(it.as_str()))
    }
}

/// Returns the notes on one document.
pub fn of_reading(reading: &Reading) -> Vec<Noted> {
    if reading.notes.is_empty() {
        return vec![];
    }
    let offsets = Offsets::new(&reading.text);
    let noted = |it: &Note| {
        let quote = it.span.map_or("", |it| offsets.quote(&reading.text, it));
        Noted {
            file: reading.document.file.clone(),
            document: reading.document.sha256.clone(),
            event: None,
            quote: quote.split_whitespace().collect::<Vec<_>>().join(" "),
            note: it.clone(),
        }
    };
    reading.notes.iter().map(noted).collect()
}

/// Returns what does not fit between documents, and within what a speaker says in one.
pub fn across<L: Borrow<LedgerEvent>, E: Borrow<Edge>>(events: &[L], edges: &[E]) -> Vec<Noted> {
    let contradicted = contradictions(events).into_iter().map(|it| {
        let [first, second] = it.evidence;
        Noted {
            quote: format!("{} / {}", first.quote, second.quote),
            note: Note { id: it.kind.into(), span: Some(first.span), message: format!("{} {}.", it.speaker, it.words) },
            event: Some(it.event),
            file: first.file,
            document: first.document,
        }
    });
    let found = triangles(edges);
    let between: Vec<&MentionRef> = found.iter().map(|it| &it.between).collect();
    let event_of = events_of(events, &between);
    let torn = found.iter().map(|it| {
        let message = format!(
            "{} in {} fits {} in {} and {} in {}, which cannot be one event.",
            it.between.event, it.between.file, it.a.event, it.a.file, it.b.event, it.b.file
        );
        Noted {
            file: it.between.file.clone(),
            document: it.between.document.clone(),
            event: event_of.get(&key(&it.between)).map(|it| it.to_string()),
            quote: String::new(),
            note: Note { id: "triangle".into(), span: None, message },
        }
    });
    contradicted.chain(torn).collect()
}

type Key<'m> = (&'m str, &'m str);

fn key(it: &MentionRef) -> Key<'_> {
    (it.document.as_str(), it.event.as_str())
}

/// Returns the ids of the events that hold these mentions.
fn events_of<'e, L: Borrow<LedgerEvent>>(events: &'e [L], wanted: &[&'e MentionRef]) -> HashMap<Key<'e>, &'e str> {
    let mut out: HashMap<Key<'e>, &'e str> = wanted.iter().map(|it| (key(it), "")).collect();
    for event in events.iter().map(Borrow::borrow).filter(|_| !wanted.is_empty()) {
        for mention in &event.mentions {
            if let Some(found) = out.get_mut(&key(mention)) {
                *found = &event.id;
            }
        }
    }
    out.retain(|_, it| !it.is_empty());
    out
}
