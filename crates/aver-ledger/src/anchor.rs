//! Where a decision holds after a document was read again.
//!
//! In: a decision and the current readings. Out: whether its words still stand
//! where they stood, stand elsewhere, or are gone. A decision names no output of
//! the machine, only the document's hash, the words and the field; so it outlives
//! every re-reading as long as the words are there and the machine still reads
//! something of that field in them.
//!
//! Pure: nothing is written. A decision that lost its hold is not dropped; the
//! analyst is shown it as orphaned.

use aver_model::{Anchor, Decision, Offsets, Reading, Ruling, Span};

/// What became of a decision's hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reanchored {
    /// All its words stand where they stood. An undo, which has none, is always kept.
    Kept,
    /// Its words stand elsewhere; this is the ruling with their present spans.
    Moved(Box<Ruling>),
    /// These of its words are gone, or nothing of their field is read in them.
    Orphaned(Vec<Anchor>),
}

/// Finds the words of a decision in the current readings.
///
/// `readings` are [`crate::Ledger::readings`], or at least those of the documents
/// the decision speaks of.
pub fn reanchor<R: std::borrow::Borrow<Reading>>(decision: &Decision, readings: &[R]) -> Reanchored {
    let found: Vec<(&Anchor, Option<Span>)> = decision
        .ruling
        .anchors()
        .into_iter()
        .map(|anchor| {
            let reading = readings.iter().map(R::borrow).find(|it| it.document.sha256 == anchor.document);
            (anchor, reading.and_then(|it| find_anchor(anchor, it)))
        })
        .collect();
    let lost: Vec<Anchor> =
        found.iter().filter(|(_, span)| span.is_none()).map(|(anchor, _)| (*anchor).clone()).collect();
    if !lost.is_empty() {
        return Reanchored::Orphaned(lost);
    }
    if found.iter().all(|(anchor, span)| *span == Some(anchor.span)) {
        return Reanchored::Kept;
    }
    let spans: Vec<Span> = found.into_iter().filter_map(|(_, span)| span).collect();
    let mut moved = decision.ruling.clone();
    for (anchor, span) in moved.anchors_mut().into_iter().zip(spans) {
        anchor.span = span;
    }
    Reanchored::Moved(Box::new(moved))
}

/// Returns where the words of an anchor stand in a reading of its document.
///
/// The old place wins when the words still stand there; else, of the places where
/// they stand, the one nearest to it. White space may differ. A place counts only
/// if the reading has a record of the anchor's field that overlaps it; the field
/// `words` is for what only a person read there, and needs none.
pub fn find_anchor(anchor: &Anchor, reading: &Reading) -> Option<Span> {
    if anchor.document != reading.document.sha256 || anchor.quote.trim().is_empty() {
        return None;
    }
    let mut records = records(&anchor.field, reading);
    records.sort_unstable();
    let held = |span: Span| anchor.field == "words" || records.iter().any(|it| it.overlaps(span));
    let offsets = Offsets::new(&reading.text);
    if offsets.quote(&reading.text, anchor.span) == anchor.quote && held(anchor.span) {
        return Some(anchor.span);
    }
    let far = |span: &Span| (span.start.abs_diff(anchor.span.start), span.start);
    let mut places = occurrences(&reading.text, &anchor.quote, &offsets);
    places.sort_unstable_by_key(far);
    places.into_iter().find(|it| held(*it))
}

/// Returns the spans of what a reading holds of a field.
fn records(field: &str, reading: &Reading) -> Vec<Span> {
    let events = || reading.events.iter().flat_map(|it| it.mentions.iter().copied().chain([it.span]));
    let statements = || reading.statements.iter().flat_map(|it| [it.span, it.content.span]);
    let figures = || reading.figures.iter().map(|it| it.span);
    let others = || {
        let relations = reading.relations.iter().map(|it| it.span);
        relations.chain(reading.forecasts.iter().map(|it| it.span)).chain(reading.tallies.iter().map(|it| it.span))
    };
    match field {
        "figure" | "speaker" => figures().collect(),
        "statement" => statements().collect(),
        "relation" => reading.relations.iter().map(|it| it.span).collect(),
        "forecast" => reading.forecasts.iter().map(|it| it.span).collect(),
        "tally" => reading.tallies.iter().map(|it| it.span).collect(),
        "event" | "type" | "time" | "place" | "perpetrator" | "target" | "weapon" | "modality" => events().collect(),
        _ => events().chain(statements()).chain(figures()).chain(others()).collect(),
    }
}

/// Returns where `quote` stands in `text`, white space aside.
fn occurrences(text: &str, quote: &str, offsets: &Offsets) -> Vec<Span> {
    let (flat, origins) = flatten(text);
    let (wanted, _) = flatten(quote.trim());
    flat.match_indices(&wanted)
        .filter_map(|(at, _)| {
            let start = *origins.get(at)?;
            let last = at + wanted.char_indices().next_back()?.0;
            let end = origins.get(last).map(|it| offsets.to_char(text, *it) + 1)?;
            Some(Span::new(offsets.to_char(text, start), end))
        })
        .collect()
}

/// Returns the text with every run of white space as one space, and for each byte
/// of it the byte of `text` that its character came from.
fn flatten(text: &str) -> (String, Vec<usize>) {
    let mut flat = String::with_capacity(text.len());
    let mut origins = Vec::with_capacity(text.len());
    let mut was_space = false;
    for (at, it) in text.char_indices() {
        if it.is_whitespace() {
            if !was_space {
                flat.push(' ');
                origins.push(at);
            }
            was_space = true;
        } else {
            flat.push(it);
            origins.extend(std::iter::repeat_n(at, it.len_utf8()));
            was_space = false;
        }
    }
    (flat, origins)
}
