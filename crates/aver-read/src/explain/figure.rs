//! Why a figure counts what it counts, with which bounds, for which event.

use super::{Ground, Reason};
use aver_model::Figure;
use std::ops::Range;

/// The reasons behind a figure.
pub fn explain(ground: &Ground<'_>, it: &Figure) -> Vec<Reason> {
    let number = match (it.low, it.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (Some(low), None) => format!("≥ {low}"),
        (None, Some(high)) => format!("≤ {high}"),
        (None, None) => "no bound".into(),
    };
    let mut out = vec![
        Reason::new("number", number, format!("read as {}", it.op.as_str()), Some(it.span)),
        operator(ground, it),
        measure(ground, it),
    ];
    if let Some(group) = &it.group {
        out.push(Reason::new("group", group, "the noun that is counted", Some(it.span)));
    }
    if let Some(whole) = &it.part_of {
        let span = ground.reading.figures.iter().find(|it| it.id == *whole).map(|it| it.span);
        out.push(Reason::new("part_of", whole, "a part of this figure", span));
    }
    for id in &it.about {
        let event = ground.reading.events.iter().find(|it| it.id == *id);
        out.extend(event.map(|it| Reason::new("about", id, format!("counts in this {}", it.kind), Some(it.span))));
    }
    out.push(ground.carrier("speaker", &it.speaker, it.statement.as_deref()));
    out
}

fn operator(ground: &Ground<'_>, it: &Figure) -> Reason {
    let tokens = ground.tokens(it.span);
    let reach = tokens.start.saturating_sub(3)..tokens.end;
    let found = reach
        .filter_map(|at| Some((at, ground.index.operators.at(&ground.text, at)?)))
        .find(|(_, found)| found.1 == it.op);
    match found {
        Some((at, (length, op))) => {
            let span = ground.text.span(at..at + length);
            let rule = format!("“{}” in lexicon/operators.toml", ground.quote(span));
            Reason::new("operator", op.as_str(), rule, Some(span))
        }
        None => Reason::new(
            "operator",
            it.op.as_str(),
            "by the form of the number; no word of the codebook bounds it",
            None,
        ),
    }
}

fn measure(ground: &Ground<'_>, it: &Figure) -> Reason {
    let tokens = ground.tokens(it.span);
    let Some(at) = tokens.clone().next().filter(|&at| at < ground.text.tokens.len()) else {
        return Reason::new("measure", &it.measure, "its words are not in the text as read", None);
    };
    let sentence = ground.text.sentence_of(at).tokens.clone();
    let nearest = sentence.filter_map(|at| word(ground, at, &it.measure)).min_by_key(|words| distance(words, &tokens));
    match nearest {
        Some(words) => {
            let span = ground.text.span(words);
            let rule = format!("“{}” in measures/{}.toml", ground.quote(span), it.measure);
            Reason::new("measure", &it.measure, rule, Some(span))
        }
        None => Reason::new("measure", &it.measure, "by the sentence or event that it belongs to", None),
    }
}

/// The words of a measure that begin at a token.
fn word(ground: &Ground<'_>, at: usize, measure: &str) -> Option<Range<usize>> {
    let measures = &ground.index.measures;
    let verb = measures.verbs(&ground.text, at).find(|(_, it)| it.measure == measure).map(|it| it.0);
    let noun = || measures.noun(&ground.text, at).filter(|it| it.1 == measure).map(|it| it.0);
    let adjective = || measures.adjective(&ground.text, at).filter(|it| it.1 == measure).map(|it| it.0);
    verb.or_else(noun).or_else(adjective).map(|length| at..at + length)
}

fn distance(a: &Range<usize>, b: &Range<usize>) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}
