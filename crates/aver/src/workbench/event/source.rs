//! The paragraphs that an event's words stand in, with three lanes: speaker, cue, content.

use super::table::{at, ordered};
use crate::workbench::Ctx;
use crate::workbench::spans::{Layer, Paragraph, paragraphs};
use crate::workbench::words::{clip, days, short};
use aver_model::*;
use std::sync::Arc;

/// One document's share.
pub struct Source {
    /// The outlet.
    pub outlet: String,
    /// The title or the file.
    pub title: String,
    /// When it was published, as far as known.
    pub published: String,
    /// First characters of its hash.
    pub hash: String,
    /// Its page.
    pub link: String,
    /// Numbers of the accounts it prints.
    pub accounts: Vec<usize>,
    /// What is shown.
    pub paragraphs: Vec<Paragraph>,
}

/// Returns the paragraphs of every document of an event.
pub fn sources(ctx: &Ctx, event: &LedgerEvent, readings: &[Arc<Reading>]) -> Vec<Source> {
    let accounts = ordered(event);
    readings.iter().map(|reading| source(ctx, event, &accounts, reading)).collect()
}

fn source(ctx: &Ctx, event: &LedgerEvent, accounts: &[&Account], reading: &Reading) -> Source {
    let document = &reading.document;
    let mut layers = vec![];
    let mut numbers = vec![];
    for (n, account) in accounts.iter().enumerate().filter(|(_, it)| it.document == document.sha256) {
        numbers.push(n + 1);
        let own =
            |evidence: &Evidence, kind| Layer { span: evidence.span, kind, id: format!("{} a{}", at(evidence), n + 1) };
        layers.extend(account.figures.iter().map(|it| own(&it.evidence, "figure")));
        layers.extend(account.evidence.iter().map(|it| own(it, "content")));
        layers.extend(account.time_evidence.iter().map(|it| own(it, "time")));
        layers.extend(account.perpetrators.iter().map(|it| own(&it.evidence, "content")));
    }
    // Where the event is only mentioned, its own words are shown.
    for it in event.mentions.iter().filter(|it| it.document == document.sha256) {
        if let Some(event) = reading.events.iter().find(|own| own.id == it.event) {
            layers.push(Layer { span: event.span, kind: "mention", id: format!("m-{}", event.id) });
        }
    }
    let evidence: Vec<Span> = layers.iter().map(|it| it.span).collect();
    let touched = |it: &&Statement| {
        it.speaker.span.is_some()
            && evidence.iter().any(|span| it.content.span.overlaps(*span) || it.span.contains(*span))
    };
    let lanes = reading.statements.iter().filter(touched).flat_map(|it| {
        let speaker = it.speaker.span.map(|span| Layer { span, kind: "speaker", id: format!("s-{}", it.id) });
        let cue = it.cue.as_ref().map(|it| it.span).map(|span| Layer { span, kind: "cue", id: format!("s-{}", it.id) });
        [speaker, cue].into_iter().flatten()
    });
    let lanes: Vec<Layer> = lanes.collect();
    layers.extend(lanes);
    let keep = |line: Span| evidence.iter().any(|it| it.overlaps(line));
    let published = document.published;
    Source {
        outlet: document.source.clone().unwrap_or_else(|| "outlet not known".into()),
        title: clip(document.title.as_deref().unwrap_or(&document.file), 110),
        published: if published.start.is_none() && published.end.is_none() {
            "undated".into()
        } else {
            days(published.start, published.end)
        },
        hash: short(&document.sha256),
        link: ctx.link(&format!("/d/{}", short(&document.sha256))),
        accounts: numbers,
        paragraphs: paragraphs(&reading.text, &layers, keep),
    }
}
