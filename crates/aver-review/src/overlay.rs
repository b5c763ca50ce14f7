//! Decisions laid over machine output.
//!
//! In: readings as the machine made them, and the decisions that hold, with
//! their present spans. Out: the same readings, corrected. The machine's output is
//! not touched: it is replaced as a whole by every re-reading, and this is done again.
//!
//! Rulings on whole events and on pairs, and rejected figures, are carried out
//! where events are built, because they must stay visible there as left out.

use crate::value::{event_index, figure_index, parse_bounds, parse_days, parse_perpetrators};
use aver_model::*;
use std::collections::BTreeMap;

/// Begins the ids of statements that a person added, before the decision's number.
pub const BY_HAND: &str = "by-hand-s";

/// Puts people's values in place of the machine's.
///
/// Of several decisions on one place and field the newest holds: a newer `accept`
/// takes an older correction back only by being about the machine's own value.
pub fn lay_over(readings: &mut [Reading], decisions: &[Decision]) {
    let mut newest: BTreeMap<(&str, &str, usize, usize), &Decision> = BTreeMap::new();
    for decision in decisions {
        let (Ruling::Accept { anchor } | Ruling::Reject { anchor } | Ruling::Correct { anchor, .. }) = &decision.ruling
        else {
            continue;
        };
        let key = (anchor.document.as_str(), anchor.field.as_str(), anchor.span.start, anchor.span.end);
        let held = newest.entry(key).or_insert(decision);
        if decision.number > held.number {
            *held = decision;
        }
    }
    let mut in_order: Vec<&Decision> = newest.into_values().collect();
    in_order.sort_by_key(|it| it.number);
    for decision in in_order {
        let (anchor, value) = match &decision.ruling {
            Ruling::Correct { anchor, to } => (anchor, Some(to.trim())),
            // What a person accepted stands, whatever a later reading makes of the words.
            Ruling::Accept { anchor } => (anchor, anchor.value.as_deref()),
            Ruling::Reject { anchor } => (anchor, None),
            _ => continue,
        };
        let Some(reading) = readings.iter_mut().find(|it| it.document.sha256 == anchor.document) else { continue };
        match value {
            Some(value) => correct(reading, anchor, value),
            None if matches!(decision.ruling, Ruling::Reject { .. }) => leave_out(reading, anchor),
            None => {}
        }
    }
    for decision in decisions {
        if let Ruling::State { anchor, speaker, stance } = &decision.ruling
            && let Some(reading) = readings.iter_mut().find(|it| it.document.sha256 == anchor.document)
        {
            state(reading, anchor.span, speaker.trim(), *stance, decision.number);
        }
    }
}

/// Adds a statement that a person read; what stands inside its words is what it is about.
fn state(reading: &mut Reading, content: Span, speaker: &str, stance: Stance, number: u64) {
    let id = speaker_id(reading, speaker);
    let actor = reading.actors.iter().find(|it| it.id == id);
    let name = if id == OUTLET { OUTLET.to_owned() } else { speaker.to_owned() };
    let near = |it: &Span| (it.start.abs_diff(content.start), it.start);
    // A speaker whom the text does not name near the words is shown at the words.
    let own = actor.and_then(|it| it.mentions.iter().copied().min_by_key(near)).unwrap_or(content);
    let inside = |span: Span| content.contains(span);
    let events: Vec<String> = reading
        .events
        .iter()
        .filter(|it| inside(it.span) || it.mentions.iter().any(|it| inside(*it)))
        .map(|it| it.id.clone())
        .collect();
    let figures: Vec<String> = reading.figures.iter().filter(|it| inside(it.span)).map(|it| it.id.clone()).collect();
    let kind = match (events.is_empty(), figures.is_empty()) {
        (false, _) => ContentKind::Event,
        (true, false) => ContentKind::Figure,
        (true, true) => ContentKind::Assessment,
    };
    let chain = if id == OUTLET { vec![OUTLET.to_owned()] } else { vec![OUTLET.to_owned(), id.clone()] };
    let speaker =
        Speaker { actor: actor.map(|it| it.id.clone()), name, span: (id != OUTLET).then_some(own), anonymous: false };
    reading.statements.push(Statement {
        id: format!("{BY_HAND}{number}"),
        span: content,
        speaker,
        chain,
        cue: None,
        content: Content { span: content, spans: vec![] },
        stance,
        kind,
        directness: Directness::Indirect,
        distancing: false,
        self_report: false,
        said: Said { start: None, end: None },
        about: events.into_iter().chain(figures).collect(),
    });
}

fn correct(reading: &mut Reading, anchor: &Anchor, value: &str) {
    match anchor.field.as_str() {
        "figure" => {
            let (Some(at), Ok((low, high, op))) = (figure_index(reading, anchor.span), parse_bounds(value)) else {
                return;
            };
            let figure = &mut reading.figures[at];
            if (figure.low, figure.high) != (low, high) {
                (figure.low, figure.high, figure.op) = (low, high, op);
            }
        }
        "time" => {
            let (Some(at), Ok(time)) = (event_index(reading, anchor.span), parse_days(value)) else { return };
            let event = &mut reading.events[at];
            let days = |it: &Option<aver_model::EventTime>| it.as_ref().map(|it| (it.start, it.end));
            if days(&event.time) != days(&time) {
                event.time = time;
            }
        }
        "place" => {
            let Some(at) = event_index(reading, anchor.span) else { return };
            let named = reading.places.iter().find(|it| it.name == value).cloned();
            let event = &mut reading.events[at];
            if event.place.as_ref().map_or("none", |it| it.name.as_str()) == value {
                return;
            }
            event.place = (value != "none").then(|| EventPlace {
                name: value.to_string(),
                admin1: named.as_ref().and_then(|it| it.admin1.clone()),
                country: named.as_ref().and_then(|it| it.country.clone()),
                facility: event.place.as_ref().and_then(|it| it.facility.clone()),
                from: named.map(|it| it.id),
            });
        }
        "speaker" => {
            let Some(at) = figure_index(reading, anchor.span) else { return };
            let speaker = speaker_id(reading, value);
            let statement = reading.statements.iter().find(|it| {
                it.speaker.actor.as_deref() == Some(speaker.as_str()) && it.span.contains(reading.figures[at].span)
            });
            let statement = statement.map(|it| it.id.clone());
            let figure = &mut reading.figures[at];
            if figure.speaker != speaker {
                (figure.speaker, figure.statement) = (speaker, statement);
            }
        }
        "type" => {
            let Some(at) = event_index(reading, anchor.span) else { return };
            let event = &mut reading.events[at];
            if event.kind != value {
                // The code of another project was that of the machine's type.
                (event.kind, event.acled) = (value.to_owned(), None);
            }
        }
        "perpetrator" => {
            let (Some(at), Ok(named)) = (event_index(reading, anchor.span), parse_perpetrators(value)) else { return };
            let named = named.into_iter().map(|(name, basis)| perpetrator(reading, at, name, basis)).collect();
            reading.events[at].perpetrators = named;
        }
        _ => {}
    }
}

/// Returns a perpetrator by name; who names them, and on what it rests, stays as it was read.
fn perpetrator(reading: &Reading, at: usize, name: String, basis: Option<Basis>) -> Perpetrator {
    let read = &reading.events[at].perpetrators;
    if let Some(same) = read.iter().find(|it| it.name.eq_ignore_ascii_case(&name)) {
        return Perpetrator { basis: basis.unwrap_or(same.basis), ..same.clone() };
    }
    let actor = reading.actors.iter().find(|it| it.name.eq_ignore_ascii_case(&name)).map(|it| it.id.clone());
    let speaker = read.first().map_or(OUTLET.to_owned(), |it| it.speaker.clone());
    Perpetrator { actor, name, basis: basis.unwrap_or(Basis::Attributed), speaker, span: None }
}

/// Takes out what a person rejected; a figure stays, to be shown as left out.
fn leave_out(reading: &mut Reading, anchor: &Anchor) {
    let Some(at) = event_index(reading, anchor.span) else { return };
    let event = &mut reading.events[at];
    match anchor.field.as_str() {
        "time" => event.time = None,
        "place" => event.place = None,
        "perpetrator" => event.perpetrators.clear(),
        _ => {}
    }
}

/// Returns the local id of the speaker of that name; a name that the reading lacks becomes an actor of it.
fn speaker_id(reading: &mut Reading, name: &str) -> String {
    if name == OUTLET || reading.document.source.as_deref() == Some(name) {
        return OUTLET.into();
    }
    let known = |it: &&Actor| it.name.eq_ignore_ascii_case(name) || it.id == name;
    if let Some(actor) = reading.actors.iter().find(known) {
        return actor.id.clone();
    }
    let id = format!("by-hand-{}", reading.actors.len() + 1);
    let actor =
        Actor { id: id.clone(), name: name.to_string(), kind: "group".into(), codebook: None, mentions: vec![] };
    reading.actors.push(actor);
    id
}
