//! Warnings and promises, with the window in which they fall due.
//!
//! In: statements with their contents. Out: forecasts in text order: what
//! somebody says will, can or will not happen, by whom, to whom, and when. A
//! forecast without a horizon has no due window. The outlet's own outlook is
//! one only when it names a horizon.
//!
//! Whether it came true is not decided here.

mod horizon;
#[cfg(test)]
mod tests;

use crate::{
    Context, Found,
    actors::Actors,
    phrase::{noun_phrase_left, verbs::skip_adverbs, words},
    places::Places,
    text::{Role, Text},
};
use aver_model::{Due, Forecast, Horizon, OUTLET, Said, Span, Stance, Statement, Time, UNSPECIFIED};
use horizon::{Bound, Window};
use std::ops::Range;

/// A content longer than this in tokens is looked at only in its beginning.
const LONGEST: usize = 400;

/// Finds forecasts, in text order.
pub fn find(
    ctx: &Context<'_>,
    actors: &Actors,
    places: &Places,
    times: &[Found<Time>],
    statements: &[Found<Statement>],
) -> Vec<Found<Forecast>> {
    let mut inner: Vec<usize> = (0..statements.len()).collect();
    // Of two who say the same words, the one whose voice stands nearest: "X warned after the report from Y that".
    inner.sort_by_key(|&it| (statements[it].record.content.span.len(), statements[it].record.span.len(), it));
    let mut found: Vec<Found<Forecast>> = vec![];
    let mut taken: Vec<Range<usize>> = vec![];
    for index in inner {
        let statement = &statements[index].record;
        let content = &statement.content;
        let pieces = if content.spans.is_empty() { std::slice::from_ref(&content.span) } else { &content.spans[..] };
        for piece in pieces {
            for range in by_sentence(&ctx.text, tokens_of(&ctx.text, *piece)) {
                if taken.iter().rev().take(64).any(|it| it.start < range.end && range.start < it.end) {
                    continue;
                }
                if let Some(forecast) = forecast(ctx, actors, places, times, statement, range.clone()) {
                    taken.push(range);
                    found.push(forecast);
                }
            }
        }
    }
    found.sort_by_key(|it| (it.tokens.start, it.tokens.end));
    for (index, it) in found.iter_mut().enumerate() {
        it.record.id = format!("w{}", index + 1);
    }
    found
}

/// Returns the tokens under a span.
fn tokens_of(text: &Text<'_>, span: Span) -> Range<usize> {
    let bytes = text.offsets.bytes(text.raw, span);
    let start = text.tokens.partition_point(|it| it.bytes.start < bytes.start);
    let end = text.tokens.partition_point(|it| it.bytes.start < bytes.end);
    start..end.max(start)
}

fn by_sentence(text: &Text<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = vec![];
    let mut at = range.start;
    while at < range.end {
        let sentence = text.sentence_of(at);
        let end = sentence.tokens.end.min(range.end);
        if matches!(sentence.role, Role::Body) {
            pieces.push(at..end.min(at + LONGEST));
        }
        at = end.max(at + 1);
    }
    pieces
}

/// The word that puts a clause into the future.
struct Outlook {
    at: usize,
    /// "can", "capable": says nothing of when.
    ability: bool,
    negative: bool,
}

fn forecast(
    ctx: &Context<'_>,
    actors: &Actors,
    places: &Places,
    times: &[Found<Time>],
    statement: &Statement,
    range: Range<usize>,
) -> Option<Found<Forecast>> {
    let text = &ctx.text;
    if matches!(
        statement.stance,
        Stance::ClaimsResponsibility | Stance::WithholdsConfirmation | Stance::Condemns | Stance::Commends
    ) || statement.speaker.name == OUTLET
    {
        return None;
    }
    let made = made(ctx, statement);
    let bound = horizon::find(text, range.clone(), times, made.end);
    let outlook = outlook(text, range.clone(), statement, bound.is_some())?;
    let subject = subject(text, range.clone(), outlook.at);
    let own = match &subject {
        Some(words) => matches!(text.lower(words.start), "we" | "they" | "i" | "it" | "our" | "their" | "its" | "my"),
        None => statement.self_report,
    } || statement.self_report
        && matches!(
            text.lower(range.start),
            "we" | "they" | "i" | "it" | "our" | "their" | "its" | "my" | "he" | "she"
        );
    let actor = match &subject {
        Some(words) => {
            actors.of_phrase(ctx, words.clone()).or_else(|| actors.within(words.clone()).next().map(|it| it.actor))
        }
        None => None,
    }
    .map(|it| actors.id(it))
    .or_else(|| statement.speaker.actor.clone().filter(|_| own))
    .or_else(|| actors.within(range.start..outlook.at).last().map(|it| actors.id(it.actor)))
    .or_else(|| {
        // "that the group has fighters and | could strike": the subject of the first clause.
        let cue = statement.cue.as_ref().filter(|_| outlook.at == range.start)?;
        let from = tokens_of(text, cue.span).end;
        (from < range.start).then(|| {
            actors.within(from..range.start).find(|it| it.tokens.start >= from).map(|it| actors.id(it.actor))
        })?
    });
    let named = subject
        .as_ref()
        .is_some_and(|it| it.clone().skip(usize::from(it.start == range.start)).any(|at| text.tokens[at].capital));
    if actor.is_none() && bound.is_none() && !named || outlook.ability && actor.is_none() && bound.is_none() {
        return None;
    }
    let target = target(actors, places, outlook.at..range.end, actor.as_deref());
    let (start, end) = clause_of(text, range.clone(), outlook.at);
    let record = Forecast {
        id: String::new(),
        span: text.span(start..end),
        statement: Some(statement.id.clone()),
        speaker: statement.speaker.actor.clone().unwrap_or_else(|| UNSPECIFIED.to_owned()),
        actor,
        target,
        horizon: bound.as_ref().map(|it| Horizon { span: text.span(it.tokens.clone()) }),
        due: due(&made, bound.as_ref()),
        made,
        polarity: if outlook.negative { "negative" } else { "positive" }.to_owned(),
    };
    Some(Found { record, tokens: start..end })
}

/// When the statement was made: as told, else the publication; "have warned" leaves the start open.
fn made(ctx: &Context<'_>, statement: &Statement) -> Said {
    if statement.said.end.is_some() {
        return statement.said.clone();
    }
    let published = &ctx.page.document.published;
    let cue = statement
        .cue
        .as_ref()
        .map(|it| ctx.text.offsets.quote(ctx.text.raw, it.span).to_lowercase())
        .unwrap_or_default();
    let perfect = cue.split_whitespace().any(words::is_have);
    Said { start: if perfect { None } else { published.start }, end: published.end }
}

fn due(made: &Said, bound: Option<&Bound>) -> Due {
    match bound.map(|it| &it.window) {
        None => Due { earliest: None, latest: None },
        Some(Window::Open) => Due { earliest: made.end, latest: None },
        Some(Window::Within(length)) => Due { earliest: made.start, latest: made.end.map(|it| length.after(it)) },
        Some(Window::After(length)) => Due { earliest: made.end.map(|it| length.after(it)), latest: None },
        Some(Window::Days(earliest, latest)) => Due { earliest: earliest.or(made.start), latest: *latest },
    }
}

/// Finds the first word of outlook in a content.
fn outlook(text: &Text<'_>, range: Range<usize>, statement: &Statement, dated: bool) -> Option<Outlook> {
    let doubted = matches!(statement.stance, Stance::Doubts | Stance::Denies);
    for at in range.clone() {
        let word = text.lower(at);
        let after = skip_adverbs(text, at + 1);
        let negated = (at + 1..after.max(at + 1)).chain([after]).any(|it| words::is_negation(text.lower(it)))
            || at > range.start && words::is_negation(text.lower(at - 1));
        let found =
            |ability: bool, negative: bool| Some(Outlook { at, ability, negative: negative != (doubted && ability) });
        if words::is_modal(word)
            && !(word == "will"
                && at > range.start
                && (words::is_determiner(text.lower(at - 1)) || words::is_possessive(text.lower(at - 1))))
            && !(word == "may" && text.tokens[at].capital)
            && !matches!(word, "must" | "should" | "'d" | "shall")
        {
            let past = text.lower(after) == "have"
                || matches!(word, "could" | "can" | "cannot" | "ca")
                    && (matches!(text.lower(after), "verify" | "confirm" | "reach" | "say" | "accept")
                        || text.lower(after) == "be"
                            && matches!(
                                text.lower(skip_adverbs(text, after + 1)),
                                "verified" | "confirmed" | "reached"
                            ));
            // "He would come every day", in somebody's own words: a habit.
            let habit = word == "would"
                && statement.directness == aver_model::Directness::Direct
                && in_habit(text, range.clone(), at);
            let weak = matches!(word, "can" | "cannot" | "ca") && !dated || habit && !dated;
            if past || weak || in_subordinate(text, range.clone(), at) && !dated {
                continue;
            }
            return found(matches!(word, "can" | "could" | "cannot" | "ca"), negated || word == "cannot");
        }
        let next = text.lower(at + 1);
        match word {
            "capable" if next == "of" => {
                return found(
                    true,
                    at > range.start
                        && (range.start.max(at - 3.min(at))..at).any(|it| words::is_negation(text.lower(it))),
                );
            }
            "able" if next == "to" && !matches!(text.lower(at.max(1) - 1), "were" | "was" | "been") => {
                return found(true, (range.start.max(at - 3.min(at))..at).any(|it| words::is_negation(text.lower(it))));
            }
            "unable" if next == "to" && dated => return found(true, true),
            "ability" | "capability" | "capacity"
                if next == "to" && (doubted || statement.stance == Stance::Forecasts || dated) =>
            {
                return found(true, false);
            }
            "going" | "about" | "poised" | "preparing" | "planning" | "set" | "expected" | "likely"
                if next == "to"
                    && at > range.start
                    && (words::is_be(text.lower(at - 1))
                        || words::is_adverbial(text.lower(at - 1))
                        || word == "likely") =>
            {
                let negative = (range.start.max(at - 3.min(at))..at).any(|it| words::is_negation(text.lower(it)));
                return found(false, negative);
            }
            "unlikely" if next == "to" => return found(false, true),
            "agenda" if dated => return found(false, (range.start..at).any(|it| words::is_negation(text.lower(it)))),
            "away" if dated => return found(true, false),
            "to" if at == range.start && matches!(statement.stance, Stance::Commits | Stance::Threatens) => {
                return found(false, next == "not");
            }
            _ => {}
        }
    }
    None
}

/// "He would come": a pronoun directly before "would", and no condition.
fn in_habit(text: &Text<'_>, range: Range<usize>, at: usize) -> bool {
    at > range.start
        && matches!(text.lower(at - 1), "he" | "she" | "they" | "we" | "i")
        && !range.clone().any(|it| text.lower(it) == "if")
}

/// "what either side will do", "who could come": the outlook of a subordinate clause is not the content's.
fn in_subordinate(text: &Text<'_>, range: Range<usize>, at: usize) -> bool {
    (range.start.max(at.saturating_sub(6))..at)
        .any(|it| matches!(text.lower(it), "who" | "which" | "what" | "if" | "when" | "because" | "where" | "how"))
}

/// Returns the subject before the outlook word.
fn subject(text: &Text<'_>, range: Range<usize>, at: usize) -> Option<Range<usize>> {
    let mut end = at;
    while end > range.start
        && (words::is_auxiliary(text.lower(end - 1))
            || words::is_adverbial(text.lower(end - 1))
            || words::is_modal(text.lower(end - 1))
            || matches!(text.lower(end - 1), "only" | "months" | "years" | "weeks" | "days" | "six"))
        && text.lower(end - 1) != "'s"
    {
        end -= 1;
    }
    let noun = noun_phrase_left(text, end, range.start);
    (!noun.is_empty()).then_some(noun)
}

/// Returns the first actor or place behind the outlook that is not the one who acts.
fn target(actors: &Actors, places: &Places, range: Range<usize>, actor: Option<&str>) -> Option<String> {
    let named = actors
        .within(range.clone())
        .filter(|it| it.tokens.start >= range.start)
        .map(|it| actors.id(it.actor))
        .find(|it| Some(it.as_str()) != actor);
    named.or_else(|| {
        let first = places.mentions.partition_point(|it| it.tokens.start < range.start);
        places.mentions.get(first).filter(|it| it.tokens.start < range.end).map(|it| places.list[it.place].id.clone())
    })
}

/// Returns the part of a content in which the outlook stands: behind "although", "but", ";".
fn clause_of(text: &Text<'_>, range: Range<usize>, at: usize) -> (usize, usize) {
    let parts = |it: &usize| {
        matches!(text.lower(*it), ";" | "although" | "but")
            || matches!(text.lower(*it), "and" | "though" | "because") && text.lower(*it - 1) == ","
    };
    let start = (range.start + 1..at).rev().find(parts).map_or(range.start, |it| it + 1);
    let mut end = range.end;
    while end > start + 1 && matches!(text.lower(end - 1), "." | "," | ";") {
        end -= 1;
    }
    (start, end)
}
