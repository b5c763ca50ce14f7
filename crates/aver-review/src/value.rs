//! One text for every value that a person may correct, and back.
//!
//! In: a reading and an anchor, or a text typed by a person. Out: `12..17`,
//! `2022-12-12..2022-12-14`, a name; or a sentence that says what would be right.
//! `low..` and `..high` are open; `some` is a number that the words do not give.

use aver_model::{Anchor, Basis, Day, Event, EventTime, Figure, FigureOp, Precision, Reading, Span};

/// Fields whose value a person may put in place of the machine's.
pub const CORRECTABLE: &[&str] = &["figure", "time", "place", "speaker", "type", "perpetrator"];

/// Returns what a reading holds at the anchor's span for its field, in the form in which a person types it.
pub fn value_at(reading: &Reading, anchor: &Anchor) -> Option<String> {
    if anchor.document != reading.document.sha256 {
        return None;
    }
    match anchor.field.as_str() {
        "figure" => figure_index(reading, anchor.span).map(|it| bounds_text(&reading.figures[it])),
        "speaker" => figure_index(reading, anchor.span).map(|it| speaker_name(reading, &reading.figures[it].speaker)),
        "event" | "type" => event_at(reading, anchor.span).map(|it| it.kind.clone()),
        "time" => event_at(reading, anchor.span).map(|it| days_text(it.time.as_ref())),
        "place" => {
            event_at(reading, anchor.span).map(|it| it.place.as_ref().map_or("none".into(), |it| it.name.clone()))
        }
        "perpetrator" => event_at(reading, anchor.span).map(|it| {
            let names: Vec<&str> = it.perpetrators.iter().map(|it| it.name.as_str()).collect();
            if names.is_empty() { "none".into() } else { names.join("; ") }
        }),
        _ => None,
    }
}

/// Says whether a typed value has the form of its field.
///
/// # Errors
/// A sentence that names the form which would be right.
pub fn check_value(field: &str, typed: &str) -> Result<(), String> {
    let typed = typed.trim();
    match field {
        "figure" => parse_bounds(typed).map(|_| ()),
        "time" => parse_days(typed).map(|_| ()),
        "place" | "speaker" if typed.is_empty() => Err("a name is wanted".into()),
        "place" | "speaker" if typed.chars().count() > 200 => Err("a name has at most 200 characters".into()),
        "place" | "speaker" => Ok(()),
        "perpetrator" => parse_perpetrators(typed).map(|_| ()),
        "type" if typed.is_empty() => Err("a type of the codebook is wanted, such as bombing".into()),
        // Which types there are is the codebook's matter, which whoever asks has at hand.
        "type" => Ok(()),
        _ => Err(format!("`{field}` cannot be corrected; {} can", CORRECTABLE.join(", "))),
    }
}

/// Returns the index of the figure that stands at a span, or overlaps it most.
pub(crate) fn figure_index(reading: &Reading, span: Span) -> Option<usize> {
    best(reading.figures.iter().map(|it| it.span), span)
}

/// Returns the index of the event that a mention at this span tells.
pub(crate) fn event_index(reading: &Reading, span: Span) -> Option<usize> {
    let spans = reading.events.iter().enumerate();
    let all = spans.flat_map(|(idx, it)| it.mentions.iter().copied().chain([it.span]).map(move |span| (idx, span)));
    let mut found: Option<(usize, (bool, usize))> = None;
    for (idx, it) in all.filter(|(_, it)| it.overlaps(span)) {
        let fit = (it == span, it.shared(span));
        if found.is_none_or(|(_, held)| fit > held) {
            found = Some((idx, fit));
        }
    }
    found.map(|(idx, _)| idx)
}

fn event_at(reading: &Reading, span: Span) -> Option<&Event> {
    event_index(reading, span).map(|it| &reading.events[it])
}

fn best(spans: impl Iterator<Item = Span>, wanted: Span) -> Option<usize> {
    let mut found: Option<(usize, (bool, usize))> = None;
    for (idx, it) in spans.enumerate().filter(|(_, it)| it.overlaps(wanted)) {
        let fit = (it == wanted, it.shared(wanted));
        if found.is_none_or(|(_, held)| fit > held) {
            found = Some((idx, fit));
        }
    }
    found.map(|(idx, _)| idx)
}

/// `12`, `12..17`, `12..`, `..30`, `some`.
pub(crate) fn bounds_text(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (None, None) => "some".into(),
        (low, high) => {
            let text = |it: Option<u64>| it.map_or(String::new(), |it| it.to_string());
            format!("{}..{}", text(low), text(high))
        }
    }
}

/// Low, high and the operator that says the same.
pub(crate) fn parse_bounds(typed: &str) -> Result<(Option<u64>, Option<u64>, FigureOp), String> {
    let wrong = || format!("`{typed}` is no number; write 12, 12..17, 12.. for at least 12, or ..30 for at most 30");
    let one = |it: &str| -> Result<Option<u64>, String> {
        let it = it.trim().replace([',', ' '], "");
        if it.is_empty() { Ok(None) } else { it.parse().map(Some).map_err(|_| wrong()) }
    };
    if typed == "some" {
        return Ok((None, None, FigureOp::Numerous));
    }
    let Some((low, high)) = typed.split_once("..") else {
        let value = one(typed)?.ok_or_else(wrong)?;
        return Ok((Some(value), Some(value), FigureOp::Exact));
    };
    match (one(low)?, one(high)?) {
        (None, None) => Err(wrong()),
        (Some(low), Some(high)) if low > high => Err(format!("{low}..{high} ends before it begins")),
        (Some(low), None) => Ok((Some(low), None, FigureOp::AtLeast)),
        (None, Some(high)) => Ok((None, Some(high), FigureOp::Nearly)),
        (low, high) => Ok((low, high, FigureOp::Range)),
    }
}

/// `2022-12-12`, `2022-12-12..2022-12-14`, `none`.
pub(crate) fn days_text(time: Option<&EventTime>) -> String {
    match time.map(|it| (it.start, it.end)) {
        None | Some((None, None)) => "none".into(),
        Some((Some(start), Some(end))) if start == end => start.to_string(),
        Some((start, end)) => {
            let text = |it: Option<Day>| it.map_or(String::new(), |it| it.to_string());
            format!("{}..{}", text(start), text(end))
        }
    }
}

/// Names with their basis: `Ridge Brigade (claimed); Northern Front`, `none`.
///
/// Without a basis the weakest stands that names anybody: `attributed`. A basis is never promoted.
pub(crate) fn parse_perpetrators(typed: &str) -> Result<Vec<(String, Option<Basis>)>, String> {
    if typed.trim() == "none" {
        return Ok(vec![]);
    }
    let one = |part: &str| {
        let part = part.trim();
        let (name, basis) = match part.strip_suffix(')').and_then(|it| it.rsplit_once('(')) {
            Some((name, word)) => match word.trim().parse::<Basis>() {
                Ok(basis) => (name.trim(), Some(basis)),
                // "Islamic State (ISKP)" is a name; "(clamed)" is a basis misspelt.
                Err(it) if word.chars().all(|it| it.is_lowercase()) => return Err(it),
                Err(_) => (part, None),
            },
            None => (part, None),
        };
        match name.chars().count() {
            0 => Err("a name is wanted, or none".to_owned()),
            1..=200 => Ok((name.to_owned(), basis)),
            _ => Err("a name has at most 200 characters".to_owned()),
        }
    };
    typed.split(';').map(one).collect()
}

pub(crate) fn parse_days(typed: &str) -> Result<Option<EventTime>, String> {
    if typed == "none" {
        return Ok(None);
    }
    let one = |it: &str| -> Result<Option<Day>, String> {
        if it.trim().is_empty() { Ok(None) } else { it.trim().parse().map(Some) }
    };
    let (start, end) = match typed.split_once("..") {
        None => (one(typed)?, one(typed)?),
        Some((start, end)) => (one(start)?, one(end)?),
    };
    match (start, end) {
        (None, None) => Err(format!("`{typed}` is no day; write 2022-12-12, 2022-12-12..2022-12-14, or none")),
        (Some(start), Some(end)) if start > end => Err(format!("{start}..{end} ends before it begins")),
        _ => {
            let precision = if start == end { Precision::Day } else { Precision::Period };
            Ok(Some(EventTime { start, end, precision, from: None }))
        }
    }
}

/// Returns the name behind a speaker's local id; `outlet` stands for itself.
pub(crate) fn speaker_name(reading: &Reading, id: &str) -> String {
    reading.actors.iter().find(|it| it.id == id).map_or(id.to_string(), |it| it.name.clone())
}
