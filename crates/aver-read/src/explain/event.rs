//! Why an event has its type, time, place and parties.

use super::{Ground, Reason, days};
use crate::Context;
use aver_model::{Event, Modality};

/// The reasons behind an event.
pub fn explain(ground: &Ground<'_>, it: &Event) -> Vec<Reason> {
    let mut out = kind(ground, it);
    out.push(modality(it));
    for (name, is) in [("background", it.background), ("generic", it.generic), ("aggregate", it.aggregate)] {
        if is {
            out.push(Reason::new(name, "yes", flag(name), Some(it.span)));
        }
    }
    out.push(time(ground, it));
    out.push(place(ground, it));
    for by in &it.perpetrators {
        let speaker = ground.name(&by.speaker);
        let rule = format!("{} by {speaker}{}", by.basis.as_str(), known(ground, by.actor.as_deref()));
        let words = by.actor.as_deref().and_then(|id| nearest(ground, id, it));
        out.push(Reason::new("perpetrator", &by.name, rule, words));
    }
    for target in &it.targets {
        let rule = format!("what the event was done to{}", known(ground, target.actor.as_deref()));
        out.push(Reason::new("target", &target.name, rule, Some(target.span)));
    }
    out
}

/// The cues among the event's words, each with the file that lists it.
fn kind(ground: &Ground<'_>, it: &Event) -> Vec<Reason> {
    let ctx = Context {
        page: ground.page,
        codebook: ground.codebook,
        index: ground.index,
        text: crate::text::Text::new(ground.page),
    };
    let triggers = crate::events::triggers(&ctx);
    let mut out = vec![];
    for &mention in &it.mentions {
        let tokens = ground.tokens(mention);
        let from = triggers.partition_point(|it| it.tokens.end <= tokens.start);
        let Some(found) = triggers[from..].iter().take_while(|it| it.tokens.start < tokens.end).next() else {
            continue;
        };
        let name = &ground.codebook.events[found.kind].name;
        let span = ground.text.span(found.tokens.clone());
        let words = ground.quote(span);
        if found.framed && *name == it.kind {
            let rule = format!("“{words}” tells it of the sides around it, by a frame of events/{name}.md");
            out.push(Reason::new("type", &it.kind, rule, Some(span)));
            continue;
        }
        let weak = if found.weak { ", which needs violence beside it" } else { "" };
        let rule = if *name == it.kind {
            format!("“{words}” is a cue{weak} in events/{name}.md")
        } else {
            format!("“{words}” is a cue in events/{name}.md; parties, weapon or site make it `{}`", it.kind)
        };
        out.push(Reason::new("type", &it.kind, rule, Some(span)));
    }
    if out.is_empty() {
        out.push(Reason::new(
            "type",
            &it.kind,
            "from a figure or a phrase; no single cue of the codebook",
            Some(it.span),
        ));
    }
    out
}

fn flag(name: &str) -> &'static str {
    match name {
        "background" => "told as context, before the news of this document",
        "generic" => "a kind of event, not one that happened at a time",
        _ => "several events under one description",
    }
}

fn modality(it: &Event) -> Reason {
    let rule = match it.modality {
        Modality::Asserted => "told as a fact by whoever tells it",
        _ => "by the words around the event, or the stance of the statement that tells it",
    };
    Reason::new("modality", it.modality.as_str(), rule, Some(it.span))
}

fn time(ground: &Ground<'_>, it: &Event) -> Reason {
    let Some(time) = &it.time else {
        return Reason::new("time", "no date", "no time in its clause or before it", None);
    };
    let source = time.from.as_deref().and_then(|id| ground.reading.times.iter().find(|it| it.id == id));
    match source {
        Some(source) => Reason { value: days(time.start, time.end), ..ground.time("time", source) },
        None => {
            Reason::new("time", days(time.start, time.end), "no time of its own; bounded by the publication date", None)
        }
    }
}

fn place(ground: &Ground<'_>, it: &Event) -> Reason {
    let Some(place) = &it.place else { return Reason::new("place", "none", "no place is told for it", None) };
    let facility = place.facility.as_ref().map_or(String::new(), |it| format!("{it}, "));
    match place.from.as_deref().and_then(|id| ground.reading.places.iter().find(|it| it.id == id)) {
        Some(source) => {
            let reason = ground.place("place", source);
            let words = source.mentions.iter().min_by_key(|span| span.start.abs_diff(it.span.start)).copied();
            Reason { value: format!("{facility}{}", reason.value), words, ..reason }
        }
        None => Reason::new(
            "place",
            format!("{facility}{}", place.name),
            "named with the event; not a place of the gazetteer",
            None,
        ),
    }
}

fn known(ground: &Ground<'_>, actor: Option<&str>) -> String {
    actor.map_or(String::new(), |id| format!("; {}", ground.known(id)))
}

/// The mention of an actor that stands nearest to an event.
fn nearest(ground: &Ground<'_>, actor: &str, event: &Event) -> Option<aver_model::Span> {
    let actor = ground.reading.actors.iter().find(|it| it.id == actor)?;
    actor.mentions.iter().min_by_key(|it| it.start.abs_diff(event.span.start)).copied()
}
