//! Strikes told place by place: "Rockets hit A, B and C", "shelling killed two people in A, three in B and one in C".
//!
//! In: the mentions of a document. Out: the same, and one more for each further place of such a list, with the
//! words of the list that are its own ([`Mention::own`]), so that a toll among them goes to its own place. A list
//! with one toll for all ("strikes on A, B and C killed 21") tells no place apart and stays one event. Countries
//! and provinces are never parted, for they hold many places.

use super::mentions::{Mention, Surroundings};
use crate::text::TokenKind;
use std::ops::Range;

/// More places than this are no list of strikes.
const MOST: usize = 12;
/// So many tokens may stand between two places of a list.
const GAP: usize = 8;

/// Adds a mention for every further place of a list.
pub fn part(around: &Surroundings<'_>, mentions: &mut Vec<Mention>) {
    let book = around.ctx.codebook;
    let strikes = |it: &Mention| {
        let kind = &book.events[it.trigger.kind];
        let family = matches!(kind.family.as_str(), "attack" | "armed" | "explosive");
        let weak = it.trigger.weak && it.trigger.shape.is_noun();
        kind.violent && family && !weak && !it.unreal && !it.modifier && it.cause.is_none() && it.facility.is_none()
    };
    let mut last = usize::MAX;
    for at in 0..mentions.len() {
        let Some(place) = mentions[at].place.filter(|_| mentions[at].sentence != last && strikes(&mentions[at])) else {
            continue;
        };
        let sentence = around.ctx.text.sentences[mentions[at].sentence].tokens.clone();
        // The tree may tie the verb to any place of the list; it begins behind the verb.
        let behind = mentions[at].trigger.tokens.end;
        let first = around.places.mentions.partition_point(|it| it.tokens.start < behind);
        let lists = (first..=place).map(|it| list_from(around, it, sentence.end));
        let Some(list) = lists.into_iter().find(|it| it.len() > 1 && it.contains(&place)) else { continue };
        let Some(pieces) = pieces(around, &list, mentions[at].trigger.tokens.end, sentence.end) else { continue };
        last = mentions[at].sentence;
        split(around, mentions, at, &list, &pieces);
    }
}

/// Gives each place its words, and a mention of its own.
fn split(
    around: &Surroundings<'_>,
    mentions: &mut Vec<Mention>,
    at: usize,
    list: &[usize],
    pieces: &[Vec<Range<usize>>],
) {
    let sentence = mentions[at].sentence;
    for other in mentions.iter_mut().filter(|it| it.sentence == sentence) {
        let first = other.trigger.tokens.start;
        if let Some(own) = pieces.iter().position(|it| it.iter().any(|it| it.contains(&first))) {
            other.place = Some(list[own]);
        }
    }
    let places = &around.places.mentions;
    let tokens = |it: usize| places[list[it]].tokens.clone();
    let holds = |range: &Range<usize>, it: usize| range.start <= tokens(it).start && tokens(it).end <= range.end;
    let hit = mentions[at].targets.iter().any(|it| holds(it, 0));
    let other = |it: &Range<usize>| (1..list.len()).any(|place| holds(it, place)) && !holds(it, 0);
    mentions[at].targets.retain(|it| !other(it));
    mentions[at].also.retain(|it| !other(it));
    (mentions[at].own, mentions[at].place) = (pieces[0].clone(), Some(list[0]));
    mentions[at].aggregate = false;
    mentions[at].span.end = places[list[0]].tokens.end.max(mentions[at].trigger.tokens.end);
    for (&place, own) in list.iter().zip(pieces).skip(1) {
        let span = own.iter().find(|it| it.contains(&places[place].tokens.start));
        let span = span.cloned().unwrap_or_else(|| places[place].tokens.clone());
        let of_place = |it: &Range<usize>| span.start <= it.start && it.end <= span.end;
        let mut mention = mentions[at].clone();
        mention.targets.retain(of_place);
        if hit {
            mention.targets.push(places[place].tokens.clone());
        }
        mention.also.clear();
        mention.place = Some(place);
        mention.own = own.clone();
        mention.span = trimmed(around, span);
        mentions.push(mention);
    }
}

/// A piece without the comma and the "and" around it.
fn trimmed(around: &Surroundings<'_>, mut span: Range<usize>) -> Range<usize> {
    let joins = |at: usize| matches!(around.ctx.text.lower(at), "," | "and" | ";" | ".");
    while span.len() > 1 && joins(span.end - 1) {
        span.end -= 1;
    }
    while span.len() > 1 && joins(span.start) {
        span.start += 1;
    }
    span
}

/// The towns of the list that begins with a place, as indexes into the namings.
fn list_from(around: &Surroundings<'_>, first: usize, end: usize) -> Vec<usize> {
    let (text, places) = (&around.ctx.text, &around.places.mentions);
    let mut list = vec![first];
    let mut joined = false;
    for at in first + 1..places.len().min(first + MOST) {
        let before = places[list[list.len() - 1]].tokens.end;
        let here = places[at].tokens.start;
        if here >= end || here < before {
            break;
        }
        let gap = before..here;
        let parts = gap.clone().any(|it| matches!(text.lower(it), "," | "and"));
        if gap.len() > GAP || !parts || !gap.clone().all(|it| belongs(around, it)) {
            break;
        }
        joined |= gap.clone().any(|it| text.lower(it) == "and");
        list.push(at);
    }
    let town = |it: &usize| super::merge::fineness(&around.places.list[places[*it].place].level) > 1;
    let mut names: Vec<usize> = list.iter().map(|&it| places[it].place).collect();
    names.dedup();
    // Among towns a name that a province shares ("Kherson") is the town's, or as exact as the text lets it be.
    let towns = list.iter().filter(|it| town(it)).count();
    if joined && towns * 2 > list.len() && names.len() == list.len() { list } else { vec![] }
}

/// Words that may stand between two places of a list: a toll, a preposition, "the town of".
fn belongs(around: &Surroundings<'_>, at: usize) -> bool {
    let text = &around.ctx.text;
    let word = text.lower(at);
    matches!(
        word,
        "," | "and"
            | "in"
            | "at"
            | "on"
            | "near"
            | "the"
            | "of"
            | "town"
            | "city"
            | "village"
            | "as"
            | "well"
            | "another"
            | "others"
            | "killing"
            | "wounding"
            | "injuring"
            | "where"
            | "killed"
            | "wounded"
            | "injured"
            | "died"
            | "was"
            | "were"
            | "a"
            | "at-least"
            | "least"
            | "also"
            | "both"
            | "more"
            | "than"
    ) || counts(around, at)
        || around.ctx.index.events.doers.at(text, at).is_some()
        || matches!(word, "people" | "civilians" | "residents" | "soldiers" | "others")
}

/// A number of people; numbers of times are none.
fn counts(around: &Surroundings<'_>, at: usize) -> bool {
    let text = &around.ctx.text;
    let from = around.times.partition_point(|it| it.tokens.end <= at);
    let dated = around.times.get(from).is_some_and(|it| it.tokens.start <= at);
    !dated && (text.tokens[at].kind == TokenKind::Number || crate::numbers::small(text.lower(at)).is_some())
}

/// The words that belong to each place; `None` where one toll stands for all.
fn pieces(around: &Surroundings<'_>, list: &[usize], from: usize, end: usize) -> Option<Vec<Vec<Range<usize>>>> {
    let places = &around.places.mentions;
    let start = |it: usize| places[list[it]].tokens.start;
    let close = |it: usize| places[list[it]].tokens.end;
    let numbers = |range: Range<usize>| -> Vec<usize> { range.filter(|&it| counts(around, it)).collect() };
    let n = list.len();
    // "two people in A, three in B": the toll stands before its place.
    let before: Vec<Range<usize>> =
        (0..n).map(|it| if it == 0 { from..close(0) } else { close(it - 1)..close(it) }).collect();
    if before.iter().all(|it| !numbers(it.clone()).is_empty()) {
        return Some(before.into_iter().map(|it| vec![it]).collect());
    }
    let inside = numbers(start(0)..start(n - 1));
    let behind = numbers(close(n - 1)..end);
    if !inside.is_empty() && numbers(from..start(0)).is_empty() {
        // "A, killing three, B, wounding five, and C".
        return Some((0..n).map(|it| vec![start(it)..if it + 1 < n { start(it + 1) } else { end }]).collect());
    }
    let text = &around.ctx.text;
    // "killing 12, five and three people respectively".
    if behind.len() == n && inside.is_empty() && (close(n - 1)..end).any(|it| text.lower(it) == "respectively") {
        let next = |it: usize| behind.get(it + 1).copied().unwrap_or(end);
        return Some((0..n).map(|it| vec![start(it)..close(it), behind[it]..next(it)]).collect());
    }
    let whole = text.sentences[text.tokens[from - 1].sentence].tokens.start..end;
    numbers(whole).is_empty().then(|| (0..n).map(|it| vec![start(it)..close(it)]).collect())
}
