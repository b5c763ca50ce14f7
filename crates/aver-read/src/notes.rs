//! What an analyst may want to see: odd dates, sums that do not add up.
//!
//! In: times, figures, tallies. Out: notes in text order, after those of the
//! page and of the language model. A note is never an error and changes nothing.

#[cfg(test)]
mod tests;

use crate::{Context, Found, times};
use aver_model::{Figure, FigureOp, Note, Span, Tally, Time};
use std::collections::{BTreeMap, BTreeSet};

/// Finds notes, in text order.
pub fn find(
    ctx: &Context<'_>,
    times: &[Found<Time>],
    figures: &[Found<Figure>],
    tallies: &[Found<Tally>],
) -> Vec<Note> {
    let mut found = vec![];
    for time in times {
        about_time(ctx, time, &mut found);
    }
    parts(figures, &mut found);
    two_numbers(ctx, figures, tallies, &mut found);
    two_periods(ctx, figures, tallies, &mut found);
    found.sort_by_key(|it| it.span);
    let mut notes = ctx.page.notes.clone();
    notes.extend(ctx.text.trees.notes.iter().cloned());
    notes.extend(found);
    notes
}

fn note(id: &str, span: Span, message: String) -> Note {
    Note { id: id.to_owned(), span: Some(span), message }
}

fn about_time(ctx: &Context<'_>, time: &Found<Time>, notes: &mut Vec<Note>) {
    let span = time.record.span;
    let words = ctx.text.words(time.tokens.clone());
    if let Some(message) = times::weekday_mismatch(ctx, time) {
        notes.push(note("weekday-mismatch", span, message));
    }
    let dated = time.record.start.is_some() || time.record.end.is_some();
    let published = ctx.page.document.published;
    if time.record.anchor.as_deref() == Some("published")
        && !dated
        && published.start.is_none()
        && published.end.is_none()
    {
        notes.push(note(
            "no-publication-date",
            span,
            format!("“{words}” cannot be dated: nobody says when the document was published"),
        ));
    }
    if times::is_ambiguous(ctx, time) {
        notes.push(note("ambiguous-date", span, format!("“{words}” may be day and month or month and day")));
    }
    if let Some(year) = times::assumed_year(ctx, time) {
        notes.push(note("year-assumed", span, format!("year assumed {year} from the publication date")));
    }
}

/// Parts that add up to more than the whole they are a part of.
fn parts(figures: &[Found<Figure>], notes: &mut Vec<Note>) {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for figure in figures {
        if let (Some(whole), Some(low)) = (&figure.record.part_of, figure.record.low) {
            let sum = sums.entry(whole.as_str()).or_default();
            *sum = sum.saturating_add(low);
        }
    }
    for figure in figures {
        let (Some(sum), Some(high)) = (sums.get(figure.record.id.as_str()), figure.record.high) else { continue };
        if *sum > high {
            notes.push(note(
                "parts-exceed-whole",
                figure.record.span,
                format!("the parts add up to {sum}, the whole is {high}"),
            ));
        }
    }
}

/// Two numbers for one event and measure.
fn two_numbers(ctx: &Context<'_>, figures: &[Found<Figure>], tallies: &[Found<Tally>], notes: &mut Vec<Note>) {
    // A sum and its parts differ and dispute nothing.
    let summed: BTreeSet<&str> = tallies.iter().flat_map(|it| it.record.figures.iter().map(String::as_str)).collect();
    let mut first: BTreeMap<(&str, &str), &Found<Figure>> = BTreeMap::new();
    for figure in figures {
        let exact = matches!(figure.record.op, FigureOp::Exact | FigureOp::About);
        let counts = matches!(figure.record.measure.as_str(), "killed" | "wounded" | "killed_or_wounded" | "captured");
        let alone = figure.record.part_of.is_none() && !summed.contains(figure.record.id.as_str());
        let Some(event) = figure.record.about.first().filter(|_| exact && counts && alone) else { continue };
        let key = (event.as_str(), figure.record.measure.as_str());
        match first.get(&key) {
            None => {
                first.insert(key, figure);
            }
            Some(other) => {
                let same = (other.record.low, other.record.high) == (figure.record.low, figure.record.high);
                let sentence = |it: &Found<Figure>| ctx.text.tokens[it.tokens.start].sentence;
                // Two groups in one breath ("two rebels and 3 civilians") are a list, not a dispute.
                let listed = sentence(other) == sentence(figure) && other.record.speaker == figure.record.speaker;
                if !same && !listed {
                    let (here, there) = (ctx.text.words(figure.tokens.clone()), ctx.text.words(other.tokens.clone()));
                    notes.push(note(
                        "two-numbers",
                        figure.record.span,
                        format!("“{here}” here, “{there}” before, for one event"),
                    ));
                }
            }
        }
    }
}

/// One number for two periods.
fn two_periods(ctx: &Context<'_>, figures: &[Found<Figure>], tallies: &[Found<Tally>], notes: &mut Vec<Note>) {
    let by_id: BTreeMap<&str, &Figure> = figures.iter().map(|it| (it.record.id.as_str(), &it.record)).collect();
    let mut first: BTreeMap<(&str, u64), &Found<Tally>> = BTreeMap::new();
    for tally in tallies {
        for figure in tally.record.figures.iter().filter_map(|id| by_id.get(id.as_str())) {
            let (Some(low), Some(_)) = (figure.low, figure.high) else { continue };
            match first.get(&(figure.measure.as_str(), low)) {
                None => {
                    first.insert((figure.measure.as_str(), low), tally);
                }
                Some(other) if other.record.period != tally.record.period => {
                    let words = ctx.text.words(tally.tokens.clone());
                    let there = ctx.text.words(other.tokens.clone());
                    notes.push(note(
                        "one-number-two-periods",
                        tally.record.span,
                        format!("{low} stands for two periods: “{there}” and “{words}”"),
                    ));
                }
                Some(_) => {}
            }
        }
    }
}
