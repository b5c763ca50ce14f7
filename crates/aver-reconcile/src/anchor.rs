//! Where decisions hold: anchors to event mentions and figures, and what was undone.
//!
//! An anchor names a document, the words, and where they stood. It survives a new
//! reading: the words decide, the place only chooses among equal words.

use crate::sight::{Sight, Text, by_place};
use aver_model::{Anchor, Decision, Figure, Reading, Ruling, Span};
use std::collections::BTreeSet;

/// Returns the decisions that hold, newest first; an undone `Undo` restores what it undid.
pub fn in_force(decisions: &[Decision]) -> Vec<&Decision> {
    let mut newest_first: Vec<&Decision> = decisions.iter().collect();
    newest_first.sort_by(|a, b| b.number.cmp(&a.number).then_with(|| b.id.cmp(&a.id)));
    let mut undone: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for decision in newest_first {
        if undone.contains(decision.id.as_str()) {
            continue;
        }
        match &decision.ruling {
            Ruling::Undo { decision } => {
                undone.insert(decision);
            }
            _ => out.push(decision),
        }
    }
    out
}

/// Says how well the words at `span` answer to the anchor; smaller is better, `None` is no answer.
fn fit(anchor: &Anchor, quote: &str, span: Span) -> Option<(u8, usize)> {
    let away = anchor.span.start.abs_diff(span.start) + anchor.span.end.abs_diff(span.end);
    if quote == anchor.quote {
        Some((0, away))
    } else if !quote.is_empty()
        && !anchor.quote.is_empty()
        && (anchor.quote.contains(quote) || quote.contains(&anchor.quote))
    {
        Some((1, away))
    } else if anchor.span.overlaps(span) {
        Some((2, away))
    } else {
        None
    }
}

/// Returns the number of the event mention that the anchor means, among those of its document by their place.
pub fn event_in(anchor: &Anchor, text: &Text<'_>) -> Option<usize> {
    let fitting = |event: &aver_model::Event| {
        let spans = std::iter::once(event.span).chain(event.mentions.iter().copied());
        spans.filter_map(|span| fit(anchor, text.quote(span), span)).min()
    };
    let here = by_place(text.reading).into_iter().enumerate();
    here.filter_map(|(idx, event)| Some((fitting(event)?, idx))).min().map(|(_, idx)| idx)
}

/// Returns the index of the event mention that the anchor means, among `sights`.
pub fn event_at(anchor: &Anchor, sights: &[Sight<'_>]) -> Option<usize> {
    let from = sights.partition_point(|it| it.sha < anchor.document.as_str());
    let first = sights.get(from).filter(|it| it.sha == anchor.document)?;
    Some(from + event_in(anchor, first.text)?)
}

/// Returns the figure that the anchor means, in the reading of its document.
pub fn figure_at<'r>(anchor: &Anchor, reading: &'r Reading, quote: impl Fn(Span) -> &'r str) -> Option<&'r Figure> {
    reading
        .figures
        .iter()
        .filter_map(|it| Some((fit(anchor, quote(it.span), it.span)?, it)))
        .min_by_key(|(fit, it)| (*fit, it.span))
        .map(|(_, it)| it)
}
