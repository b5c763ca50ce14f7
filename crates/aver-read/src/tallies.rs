//! Sums over a period: "224 attacks between August and August".
//!
//! In: figures and times. Out: tallies in text order. A figure is a tally when
//! its clause names a stretch of time it was counted over ("over the past
//! year", "since 2014"), or when it sums up unnamed occurrences ("the violence
//! has killed hundreds"). The toll of one attack is never a tally.

#[cfg(test)]
mod tests;

use crate::phrase::words;
use crate::text::Text;
use crate::{Context, Found};
use aver_model::{Day, Event, Figure, FigureOp, Said, Statement, Tally, Time};
use std::collections::BTreeMap;
use std::ops::Range;

/// Events by their id.
type Events<'e> = BTreeMap<&'e str, &'e Found<Event>>;

/// How a time can be the period of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// "over the past year", "since 2014", "between May and July": nothing else than a period.
    Stretch,
    /// "this week", "in July", "last year": also when a single thing happened.
    Frame,
}

/// Finds tallies, in text order.
pub fn find(
    ctx: &Context<'_>,
    times: &[Found<Time>],
    events: &[Found<Event>],
    figures: &mut [Found<Figure>],
    _statements: &[Found<Statement>],
) -> Vec<Found<Tally>> {
    let events: Events<'_> = events.iter().map(|it| (it.record.id.as_str(), it)).collect();
    let mut tallies: Vec<Found<Tally>> = vec![];
    let mut at = 0;
    while at < figures.len() {
        let sentence = ctx.text.tokens[figures[at].tokens.start].sentence;
        let len = figures[at..].iter().take_while(|it| ctx.text.tokens[it.tokens.start].sentence == sentence).count();
        let tokens = ctx.text.sentences[sentence].tokens.clone();
        let near = within(times, &tokens);
        if continues(ctx, &tallies, near, sentence) {
            go_on(ctx, &figures[at..at + len], &mut tallies);
        } else {
            one_sentence(ctx, near, &events, &figures[at..at + len], &mut tallies);
        }
        at += len;
    }
    for (index, tally) in tallies.iter_mut().enumerate() {
        tally.record.id = format!("y{}", index + 1);
    }
    tallies
}

/// "Additionally, 21 guards were injured": the sentence goes on with the sum before it.
fn continues(ctx: &Context<'_>, tallies: &[Found<Tally>], times: &[Found<Time>], sentence: usize) -> bool {
    const OPENERS: &[&str] = &["additionally", "also", "moreover", "furthermore", "another", "meanwhile", "altogether"];
    let text = &ctx.text;
    let first = text.sentences[sentence].tokens.start;
    let opens = OPENERS.contains(&text.lower(first))
        || text.lower(first) == "in" && text.lower(first + 1) == "addition"
        || text.lower(first) == "of" && text.lower(first + 1) == "these";
    let before = tallies.last().is_some_and(|it| text.tokens[it.tokens.start].sentence + 1 == sentence);
    opens && before && times.is_empty()
}

fn go_on(ctx: &Context<'_>, figures: &[Found<Figure>], tallies: &mut Vec<Found<Tally>>) {
    let Some(period) = tallies.last().map(|it| it.record.period.clone()) else { return };
    let counts: Vec<&Found<Figure>> = figures.iter().filter(|it| is_countable(&it.record)).collect();
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else { return };
    let mut found = tally(ctx, first, None);
    found.tokens.end = last.tokens.end;
    found.record.span = ctx.text.span(found.tokens.clone());
    found.record.period = period;
    found.record.figures = counts.iter().map(|it| it.record.id.clone()).collect();
    tallies.push(found);
}

/// Returns the times inside a token range.
fn within<'t>(times: &'t [Found<Time>], tokens: &Range<usize>) -> &'t [Found<Time>] {
    let from = times.partition_point(|it| it.tokens.start < tokens.start);
    let until = times.partition_point(|it| it.tokens.start < tokens.end);
    &times[from..until]
}

fn one_sentence(
    ctx: &Context<'_>,
    times: &[Found<Time>],
    events: &Events<'_>,
    figures: &[Found<Figure>],
    tallies: &mut Vec<Found<Tally>>,
) {
    let mut last: Option<(usize, Option<usize>)> = None;
    for (index, figure) in figures.iter().enumerate() {
        if !is_countable(&figure.record) {
            continue;
        }
        let Some(period) = period(ctx, times, events, figure) else { continue };
        if period.is_some_and(|it| is_short(&times[it]) && !is_total(&ctx.text, figure)) {
            continue;
        }
        // "13 attacks which caused 700 deaths": one sum with two figures.
        if let Some((first, time)) = last {
            let same = time == period || period.is_none();
            let tally =
                tallies.last_mut().filter(|_| same && figures[first].record.statement == figure.record.statement);
            if let Some(tally) = tally {
                tally.record.figures.push(figure.record.id.clone());
                tally.tokens.end = tally.tokens.end.max(figure.tokens.end);
                tally.record.span = ctx.text.span(tally.tokens.clone());
                continue;
            }
        }
        last = Some((index, period));
        tallies.push(tally(ctx, figure, period.map(|it| &times[it])));
    }
}

/// One day or night: what happened then is told, not summed up.
fn is_short(time: &Found<Time>) -> bool {
    matches!((time.record.start, time.record.end), (Some(start), Some(end)) if start.days_until(end) <= 1)
}

/// "losses amounted to", "a total of".
fn is_total(text: &Text<'_>, figure: &Found<Figure>) -> bool {
    clause(text, figure.tokens.start).any(|at| {
        matches!(text.lower(at), "total" | "totaled" | "totalled" | "losses" | "toll" | "overall" | "amounted")
    })
}

fn tally(ctx: &Context<'_>, figure: &Found<Figure>, time: Option<&Found<Time>>) -> Found<Tally> {
    let tokens = match time {
        Some(time) => figure.tokens.start.min(time.tokens.start)..figure.tokens.end.max(time.tokens.end),
        None => figure.tokens.clone(),
    };
    let published = &ctx.page.document.published;
    let period = match time {
        // "In late 2019, officials announced that hundreds were killed": summed up to then.
        Some(time) if is_when_said(&ctx.text, time, figure) => Said { start: None, end: time.record.end },
        Some(time) => Said { start: time.record.start, end: time.record.end },
        // Summed up to publication, from an unknown day.
        None => Said { start: None, end: single(published.start, published.end) },
    };
    let record = Tally {
        id: String::new(),
        span: ctx.text.span(tokens.clone()),
        statement: figure.record.statement.clone(),
        speaker: figure.record.speaker.clone(),
        counted: counted(ctx, figure),
        period,
        figures: vec![figure.record.id.clone()],
    };
    Found { record, tokens }
}

/// Says whether a time before the figure dates the saying and not what is counted.
fn is_when_said(text: &Text<'_>, time: &Found<Time>, figure: &Found<Figure>) -> bool {
    let frame = fit(time.record.kind.as_deref().unwrap_or(""), text.lower(time.tokens.start)) == Some(Fit::Frame);
    let between = time.tokens.end..figure.tokens.start;
    frame
        && between.len() < 40
        && between.into_iter().any(|at| {
            matches!(
                text.lower(at),
                "announced"
                    | "said"
                    | "reported"
                    | "stated"
                    | "declared"
                    | "told"
                    | "claimed"
                    | "estimated"
                    | "confirmed"
            )
        })
}

fn single(start: Option<Day>, end: Option<Day>) -> Option<Day> {
    end.or(start)
}

/// Returns what is counted: "civilians killed", "lethal attacks".
fn counted(ctx: &Context<'_>, figure: &Found<Figure>) -> String {
    let measure = &figure.record.measure;
    let deed = measure.replace('_', " ");
    match &figure.record.group {
        Some(group) if figure.record.unit == "persons" && !group.to_lowercase().contains(&deed) => {
            format!("{group} {deed}")
        }
        Some(group) => group.clone(),
        None if figure.record.unit == "persons" => match measure.as_str() {
            "killed_or_wounded" => "deaths and injuries".to_owned(),
            _ => format!("people {deed}"),
        },
        None => ctx.text.words(figure.tokens.clone()).to_owned(),
    }
}

fn is_countable(figure: &Figure) -> bool {
    const MEASURES: &[&str] = &[
        "killed",
        "wounded",
        "killed_or_wounded",
        "captured",
        "released",
        "attacks",
        "rockets",
        "displaced",
        "bombs",
        "raped",
        "destroyed",
    ];
    figure.part_of.is_none()
        && MEASURES.contains(&figure.measure.as_str())
        && figure.high != Some(0)
        && !(figure.low == Some(1) && figure.high == Some(1))
}

/// Returns the time that a figure was summed over: `Some(None)` for a sum without a named period.
fn period(
    ctx: &Context<'_>,
    times: &[Found<Time>],
    events: &Events<'_>,
    figure: &Found<Figure>,
) -> Option<Option<usize>> {
    let many = is_sum(ctx, events, figure);
    let fits = |it: &Found<Time>| fit(it.record.kind.as_deref().unwrap_or(""), ctx.text.lower(it.tokens.start));
    let stretch = nearest(times, figure, |it| fits(it) == Some(Fit::Stretch));
    if let Some(found) = stretch.filter(|_| many != Some(false)) {
        return Some(Some(found));
    }
    let day = times.iter().any(|it| it.record.start.is_some() && it.record.start == it.record.end);
    let frame = nearest(times, figure, |it| fits(it) == Some(Fit::Frame));
    if let Some(found) = frame.filter(|_| many == Some(true) || !day && many.is_none() && is_perfect(&ctx.text, figure))
    {
        return Some(Some(found));
    }
    let vague = matches!(
        figure.record.op,
        FigureOp::Dozens
            | FigureOp::Hundreds
            | FigureOp::Thousands
            | FigureOp::Nearly
            | FigureOp::MoreThan
            | FigureOp::AtLeast
    );
    let large = vague || figure.record.low.is_some_and(|it| it >= 5);
    // "Since the collapse of the republic it has seen three attacks": a period without a date.
    let sentence = ctx.text.sentence_of(figure.tokens.start).tokens.clone();
    let since =
        times.is_empty() && sentence.clone().any(|at| ctx.text.lower(at) == "since") && is_perfect(&ctx.text, figure);
    (many == Some(true) && (large || since) && !day).then_some(None)
}

/// "over the past year", "since 2014": a time that is nothing else than a period.
pub fn is_period(ctx: &Context<'_>, it: &Found<Time>) -> bool {
    fit(it.record.kind.as_deref().unwrap_or(""), ctx.text.lower(it.tokens.start)) == Some(Fit::Stretch)
}

fn nearest(times: &[Found<Time>], figure: &Found<Figure>, want: impl Fn(&Found<Time>) -> bool) -> Option<usize> {
    let gap = |it: &Found<Time>| {
        if it.tokens.start >= figure.tokens.end {
            it.tokens.start - figure.tokens.end
        } else {
            figure.tokens.start.saturating_sub(it.tokens.end)
        }
    };
    (0..times.len()).filter(|&it| want(&times[it])).min_by_key(|&it| gap(&times[it]))
}

fn fit(kind: &str, first: &str) -> Option<Fit> {
    match kind {
        "open_start_period" | "month_range" | "year_range" | "solar_period" => Some(Fit::Stretch),
        "relative"
            if matches!(
                first,
                "over"
                    | "in"
                    | "during"
                    | "within"
                    | "for"
                    | "through"
                    | "throughout"
                    | "across"
                    | "the"
                    | "past"
                    | "between"
                    | "from"
            ) =>
        {
            Some(Fit::Stretch)
        }
        "relative" | "month" | "year" | "part_of_year" | "week" => Some(Fit::Frame),
        _ => None,
    }
}

/// Says whether the figure sums up several occurrences; `None` when nothing tells.
fn is_sum(ctx: &Context<'_>, events: &Events<'_>, figure: &Found<Figure>) -> Option<bool> {
    if figure.record.measure == "attacks" {
        return Some(true);
    }
    let text = &ctx.text;
    let about = figure.record.about.first().and_then(|id| events.get(id.as_str()));
    let here = about.filter(|it| text.tokens[it.tokens.start].sentence == text.tokens[figure.tokens.start].sentence);
    if let Some(event) = here {
        if event.record.aggregate {
            return Some(true);
        }
        if event.record.time.as_ref().is_some_and(|it| it.start.is_some() && it.start == it.end) {
            return Some(false);
        }
    }
    let clause = clause(text, figure.tokens.start);
    // "attacks have killed …", "in joint operations": a plural deed; "an explosion", "the attack": one.
    let sums = clause.clone().any(|at| is_plural_deed(text, at));
    let one = clause
        .clone()
        .any(|at| matches!(text.lower(at), "a" | "an" | "the" | "this") && is_single_deed(text, at + 1, clause.end));
    match (sums, one) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Returns the part of the sentence around a figure that a sum must stand in.
fn clause(text: &Text<'_>, at: usize) -> Range<usize> {
    let sentence = text.sentence_of(at).tokens.clone();
    let start = (sentence.start..at)
        .rev()
        .find(|&it| matches!(text.lower(it), ";" | "that" | "while" | "“" | "\""))
        .map_or(sentence.start, |it| it + 1);
    let end = (at..sentence.end).find(|&it| matches!(text.lower(it), ";" | "while" | "”")).unwrap_or(sentence.end);
    start.max(at.saturating_sub(30))..end.min(at + 30)
}

fn is_plural_deed(text: &Text<'_>, at: usize) -> bool {
    matches!(
        text.lower(at),
        "attacks"
            | "bombings"
            | "operations"
            | "strikes"
            | "airstrikes"
            | "raids"
            | "clashes"
            | "explosions"
            | "assaults"
            | "violence"
            | "fighting"
            | "blasts"
            | "shootings"
            | "killings"
            | "incidents"
            | "ambushes"
            | "insurgency"
            | "war"
            | "conflict"
            | "campaign"
            | "massacres"
            | "operation's"
            | "hostilities"
            | "skirmishes"
            | "protests"
            | "bombardments"
            | "shelling"
    )
}

fn is_single_deed(text: &Text<'_>, at: usize, limit: usize) -> bool {
    (at..limit.min(at + 4)).take_while(|&it| !words::is_preposition(text.lower(it))).any(|it| {
        matches!(
            text.lower(it),
            "attack"
                | "bombing"
                | "blast"
                | "explosion"
                | "raid"
                | "strike"
                | "airstrike"
                | "assault"
                | "ambush"
                | "massacre"
                | "shooting"
                | "bomb"
                | "clash"
                | "crash"
                | "incident"
                | "siege"
                | "bomber"
                | "drone"
                | "mine"
                | "missile"
                | "rocket"
        )
    })
}

/// "has killed", "have been killed".
fn is_perfect(text: &Text<'_>, figure: &Found<Figure>) -> bool {
    let sentence = text.sentence_of(figure.tokens.start).tokens.clone();
    let from = sentence.start.max(figure.tokens.start.saturating_sub(6));
    (from..sentence.end.min(figure.tokens.end + 6)).any(|at| matches!(text.lower(at), "has" | "have"))
}
