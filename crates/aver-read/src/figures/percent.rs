//! Shares: "60 percent of the victims", "a 40 percent rise in attacks", "half of them".
//!
//! In: a number with the sign or word for percent. Out: a figure of measure `share`, never a count of persons,
//! where the words it is a share of belong to the field: people, land and buildings, violence. Shares of votes,
//! prices and the like are no figures here.

use super::Draft;
use super::measures::Class;
use super::predicate::Finder;
use crate::Context;
use crate::numbers::Number;
use crate::phrase::{noun_phrase_right, nouns, subject_left, words};
use aver_model::FigureOp;
use std::ops::Range;

/// Returns the figure of a number of percent.
pub fn share(ctx: &Context<'_>, finder: &Finder<'_>, number: &Number) -> Option<Draft> {
    let text = &ctx.text;
    let end = number.tokens.end;
    let limit = text.sentence_of(number.tokens.start).tokens.end;
    let whole = || noun(ctx, end + 1, limit).filter(|it| concerns(ctx, finder, it.clone()));
    let mut group = None;
    let rest = match text.lower(end) {
        "of" => whole()?,
        // "a 40 percent | rise in | attacks", "70 percent more | attacks".
        _ if let Some(at) = change(ctx, end) => {
            let noun = noun(ctx, at + 1, limit).filter(|it| concerns(ctx, finder, it.clone()))?;
            end..noun.end
        }
        "more" | "fewer" => whole()?,
        // "60 percent were children", "attacks rose by | 35 percent".
        word if words::is_be(word) && people_before(ctx, finder, number) => end..end,
        _ => {
            group = changed(ctx, number.tokens.start).filter(|it| concerns(ctx, finder, it.clone()));
            group.as_ref().map(|_| end..end)?
        }
    };
    let group = group.or_else(|| Some(rest.clone()).filter(|it| !it.is_empty()));
    let group = group.map(|it| text.words(it).trim_start_matches("of ").trim_start_matches("the ").to_owned());
    Some(Draft {
        tokens: number.tokens.start..rest.end.max(end),
        measure: "share".to_owned(),
        op: number.op,
        low: number.low,
        high: number.high,
        unit: "percent".to_owned(),
        group,
        whole: None,
        single: false,
        toll: None,
        behind: false,
    })
}

/// Adds "half of them", "two thirds of the dead", "nine out of ten villagers" as shares in percent.
pub fn fractions(ctx: &Context<'_>, finder: &Finder<'_>, drafts: &mut Vec<Draft>) {
    for at in 0..ctx.text.tokens.len() {
        let Some((end, percent)) = fraction(ctx, at) else { continue };
        let limit = ctx.text.sentence_of(at).tokens.end;
        let pronoun = matches!(ctx.text.lower(end), "them" | "whom");
        let whole = if pronoun { Some(end..end + 1) } else { noun(ctx, end, limit) };
        let Some(whole) = whole.filter(|it| pronoun || concerns(ctx, finder, it.clone())) else { continue };
        let (start, op) = bounded(ctx, at);
        let (low, high) = crate::numbers::bounds(op, percent, percent);
        drafts.push(Draft {
            tokens: start..whole.end,
            measure: "share".to_owned(),
            op,
            low,
            high,
            unit: "percent".to_owned(),
            group: Some(ctx.text.words(whole).trim_start_matches("the ").to_owned()),
            whole: None,
            single: false,
            toll: None,
            behind: false,
        });
    }
}

/// "two thirds of", "half the", "nine out of ten": where the whole begins, and the share in percent.
fn fraction(ctx: &Context<'_>, at: usize) -> Option<(usize, u64)> {
    let text = &ctx.text;
    let before = at.checked_sub(1).map_or("", |it| text.lower(it));
    let (parts, name) = match text.lower(at) {
        "half" => (1, at),
        "a" | "one" => (1, at + 1),
        "two" => (2, at + 1),
        "three" => (3, at + 1),
        "two-thirds" => return of(ctx, at + 1).map(|it| (it, 67)),
        "three-quarters" => return of(ctx, at + 1).map(|it| (it, 75)),
        _ => return out_of(ctx, at),
    };
    let whole = match text.lower(name) {
        "half" if before != "first" && before != "second" && before != "a" => 2,
        "third" | "thirds" if name > at => 3,
        "quarter" | "quarters" if name > at => 4,
        "fifth" | "fifths" if name > at => 5,
        _ => return out_of(ctx, at),
    };
    let percent = (200 * parts + whole) / (2 * whole);
    of(ctx, name + 1).filter(|_| parts < whole).map(|it| (it, percent))
}

fn of(ctx: &Context<'_>, at: usize) -> Option<usize> {
    let word = ctx.text.lower(at);
    if word == "of" { Some(at + 1) } else { matches!(word, "the" | "its" | "their" | "those").then_some(at) }
}

/// "nine out of ten (of) villagers".
fn out_of(ctx: &Context<'_>, at: usize) -> Option<(usize, u64)> {
    let (end, part) = crate::numbers::cardinal(&ctx.text, at)?;
    if (ctx.text.lower(end), ctx.text.lower(end + 1)) != ("out", "of") {
        return None;
    }
    let (stop, whole) = crate::numbers::cardinal(&ctx.text, end + 2)?;
    let stop = stop + usize::from(ctx.text.lower(stop) == "of");
    (part < whole && (2..1000).contains(&whole)).then(|| (stop, (200 * part + whole) / (2 * whole)))
}

/// The operator that stands before a fraction: "more than | half of". A bare fraction is a round one.
fn bounded(ctx: &Context<'_>, at: usize) -> (usize, FigureOp) {
    let exact = if ctx.text.lower(at + 1) == "out" { FigureOp::Exact } else { FigureOp::About };
    let floor = ctx.text.sentence_of(at).tokens.start;
    // "more than half" is an operator of its own where nothing follows.
    if at >= floor + 2 && (ctx.text.lower(at - 2), ctx.text.lower(at - 1)) == ("more", "than") {
        return (at - 2, FigureOp::MoreThan);
    }
    if at > floor && matches!(ctx.text.lower(at - 1), "over" | "nearly" | "almost") {
        let op = if ctx.text.lower(at - 1) == "over" { FigureOp::MoreThan } else { FigureOp::Nearly };
        return (at - 1, op);
    }
    (floor.max(at.saturating_sub(3))..at)
        .find_map(|it| {
            ctx.index.operators.at(&ctx.text, it).filter(|found| it + found.0 == at).map(|found| (it, found.1))
        })
        .unwrap_or((at, exact))
}

/// The noun phrase that begins at a token, with what "of" and "in" add to it: "the victims of the bombing".
fn noun(ctx: &Context<'_>, start: usize, limit: usize) -> Option<Range<usize>> {
    let text = &ctx.text;
    if text.lower(start) == "those" {
        let verb = words_of_harm(text.lower(start + 1));
        return verb.then_some(start..(start + 2).min(limit));
    }
    let found = noun_phrase_right(text, start);
    let verb = (start..found.end).find(|&it| crate::phrase::is_finite_verb(text, it));
    (!found.is_empty()).then(|| start..verb.unwrap_or(found.end).min(limit)).filter(|it| !it.is_empty())
}

fn words_of_harm(word: &str) -> bool {
    matches!(word, "killed" | "injured" | "wounded" | "displaced" | "detained" | "arrested" | "held" | "dead")
}

/// "percent | rise | in", "percent | more": returns the token before what has changed.
fn change(ctx: &Context<'_>, at: usize) -> Option<usize> {
    let text = &ctx.text;
    let noun = (at..at + 2).find(|&it| {
        matches!(
            text.lower(it),
            "rise"
                | "increase"
                | "jump"
                | "surge"
                | "spike"
                | "drop"
                | "fall"
                | "decline"
                | "decrease"
                | "reduction"
                | "growth"
        )
    })?;
    matches!(text.lower(noun + 1), "in" | "of").then_some(noun + 1)
}

/// "attacks on schools | rose by", "casualties fell": the subject of a verb of change before a number.
fn changed(ctx: &Context<'_>, number: usize) -> Option<Range<usize>> {
    let text = &ctx.text;
    let floor = text.sentence_of(number).tokens.start;
    let by = number.checked_sub(1).filter(|&it| it > floor && text.lower(it) == "by").unwrap_or(number);
    let verb = by.checked_sub(1).filter(|&it| it > floor)?;
    let changes = matches!(
        text.lower(verb),
        "rose"
            | "risen"
            | "rise"
            | "fell"
            | "fallen"
            | "increased"
            | "grew"
            | "jumped"
            | "surged"
            | "dropped"
            | "declined"
            | "decreased"
            | "up"
            | "down"
    );
    let start = (floor..verb).rev().take_while(|&it| words::is_auxiliary(text.lower(it))).last().unwrap_or(verb);
    changes.then(|| subject_left(text, start, floor)).filter(|it| !it.is_empty())
}

/// Says whether the words speak of people, land, buildings or violence.
fn concerns(ctx: &Context<'_>, finder: &Finder<'_>, range: Range<usize>) -> bool {
    let text = &ctx.text;
    let votes = |at: usize| {
        matches!(
            text.lower(at),
            "vote"
                | "votes"
                | "voters"
                | "respondents"
                | "electorate"
                | "seats"
                | "budget"
                | "price"
                | "prices"
                | "shares"
                | "market"
                | "exports"
                | "imports"
                | "customers"
                | "investors"
                | "workers"
                | "employees"
        )
    };
    let ours = |at: usize| {
        finder.measures.class(text, at) == Class::Person
            || matches!(finder.measures.class(text, at), Class::Place)
            || words_of_harm(text.lower(at))
            || matches!(
                text.lower(at),
                "casualties"
                    | "deaths"
                    | "fatalities"
                    | "killings"
                    | "attacks"
                    | "attack"
                    | "violence"
                    | "abductions"
                    | "kidnappings"
                    | "incidents"
                    | "airstrikes"
                    | "strikes"
                    | "bombings"
                    | "territory"
                    | "province"
                    | "city"
                    | "town"
                    | "country"
                    | "region"
                    | "district"
                    | "state"
                    | "population"
                    | "weapons"
                    | "troops"
                    | "houses"
                    | "homes"
                    | "buildings"
                    | "hospitals"
                    | "schools"
                    | "infrastructure"
                    | "land"
                    | "front"
                    | "refugees"
            )
            || ctx.index.events.tells_violence(text, at, &ctx.codebook.events)
    };
    let mut noun = range.clone().filter(|&at| nouns::is_nominal(text, at) || words_of_harm(text.lower(at)));
    !range.clone().any(votes) && noun.any(ours)
}

/// "Of the 40 dead, | 60 percent | were children": people are counted before in the sentence.
fn people_before(ctx: &Context<'_>, finder: &Finder<'_>, number: &Number) -> bool {
    let floor = ctx.text.sentence_of(number.tokens.start).tokens.start;
    number.tokens.start > floor && concerns(ctx, finder, floor..number.tokens.start)
}
