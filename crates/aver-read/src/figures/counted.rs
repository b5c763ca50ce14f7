//! The noun phrase that a number counts.
//!
//! In: a number. Out: the words behind it, their head and what kind of thing it
//! is. Looks at ten tokens of the same sentence.

use super::measures::{Class, Measures};
use crate::phrase::{is_finite_verb, words};
use crate::text::{Text, TokenKind};
use std::ops::Range;

const REACH: usize = 10;

/// A number with the words it counts.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Operator and number.
    pub number: Range<usize>,
    /// The noun phrase behind it; empty when there is none.
    pub noun: Range<usize>,
    /// Its head, when it has a noun.
    pub head: Option<usize>,
    /// What the head is.
    pub class: Class,
    /// "12 of them".
    pub partitive: bool,
}

/// Returns the noun phrase behind a number.
pub fn counted(
    text: &Text<'_>,
    measures: &Measures,
    starts_number: &dyn Fn(usize) -> bool,
    number: Range<usize>,
) -> Counted {
    let limit = text.sentence_of(number.start).tokens.end.min(number.end + REACH);
    let mut at = number.end;
    at += usize::from(at < limit && text.lower(at) == "of" && text.lower(at - 1) != "of");
    if at < limit && matches!(text.lower(at), "them" | "whom") {
        return Counted { noun: at..at + 1, head: Some(at), class: Class::Person, partitive: true, number };
    }
    // "seven of the injured died": they are counted, not told to be injured.
    let hurt = matches!(text.lower(at + 1), "injured" | "wounded");
    let whose = text.lower(at) == "the" || words::is_possessive(text.lower(at));
    if at + 1 < limit && whose && hurt && text.lower(at - 1) == "of" {
        return Counted { noun: at..at + 2, head: Some(at + 1), class: Class::Person, partitive: false, number };
    }
    if at < limit && text.lower(at) == "others" {
        return Counted { noun: at..at + 1, head: Some(at), class: Class::Person, partitive: false, number };
    }
    // "Channel 15 that a child was shot", "Image 44 A girl was shot": the number counts nothing of what follows.
    let new = matches!(text.lower(at), "a" | "an") && !words::is_time_noun(text.lower(at + 1));
    if at < limit && number.end == at && new && !matches!(text.lower(number.start), "a" | "an" | "half") {
        return Counted { noun: at..at, head: None, class: Class::Thing, partitive: false, number };
    }
    let determiner = (words::is_determiner(text.lower(at)) && (text.lower(at) != "that" || at > number.end))
        || words::is_possessive(text.lower(at));
    at += usize::from(at < limit && determiner && !starts_number(at));
    at += usize::from(at < limit && matches!(text.lower(at), "other" | "more" | "additional" | "further"));
    let begin = at;
    let mut head = None;
    while at < limit {
        let token = &text.tokens[at];
        if token.kind == TokenKind::Quote || matches!(token.lower.as_str(), "'" | "‘" | "’" | "[" | "]") {
            // "2,000 “hardcore” fighters"
            at += 1;
            continue;
        }
        let listed = head.filter(|&it| it + 1 == at).and_then(|it| past_list(text, measures, it, limit));
        if let Some(next) = listed {
            at = next;
            continue;
        }
        if token.kind == TokenKind::Number && at > begin || !stands_in_noun(text, measures, at, begin) {
            break;
        }
        if token.kind == TokenKind::Word && token.lower != "'s" {
            head = Some(at);
        }
        at += 1;
    }
    if head.is_none() && begin > number.end && matches!(text.lower(begin - 1), "other" | "more") {
        // "killed four and wounded 25 more"
        return Counted { noun: begin - 1..begin, head: None, class: Class::Unknown, partitive: false, number };
    }
    let end = head.map_or(number.end, |it| it + 1);
    let start = if head.is_some() { number.end } else { end };
    // A bare number in a sentence about people counts people.
    let class = head.map_or(Class::Person, |head| class_of(text, measures, head, begin));
    Counted { number, noun: start..end, head, class, partitive: false }
}

/// "224 large and lethal attacks", "thousands of U.S., coalition, and Afghan soldiers": returns the token behind "and".
fn past_list(text: &Text<'_>, measures: &Measures, head: usize, limit: usize) -> Option<usize> {
    let plural = text.lower(head).ends_with('s')
        || measures.class(text, head) != Class::Unknown
        || measures.noun(text, head).is_some();
    if plural {
        return None;
    }
    let adjective = |at: usize| {
        let token = &text.tokens[at];
        token.kind == TokenKind::Word
            && !words::breaks_noun_phrase(&token.lower)
            && !words::is_determiner(&token.lower)
            && !is_finite_verb(text, at)
    };
    let mut at = head + 1;
    // Up to two more of the list, then "and" and what they all describe.
    for _ in 0..3 {
        let and = at + usize::from(text.lower(at) == ",");
        if and + 2 >= limit {
            return None;
        }
        if matches!(text.lower(and), "and" | "or") {
            let noun = adjective(and + 1) && adjective(and + 2) && !measures.verbs(text, and + 1).any(|_| true);
            return noun.then_some(and + 1);
        }
        if and == at || !adjective(and) {
            return None;
        }
        at = and + 1;
    }
    None
}

/// Returns the class of a head noun, by itself or by the word before it.
pub fn class_of(text: &Text<'_>, measures: &Measures, head: usize, begin: usize) -> Class {
    let before = if head > begin { measures.class(text, head - 1) } else { Class::Unknown };
    match measures.class(text, head) {
        // "12 Hazaras"
        Class::Unknown if text.tokens[head].capital && text.lower(head).ends_with('s') => Class::Person,
        Class::Unknown if before == Class::Person => before,
        class => class,
    }
}

fn stands_in_noun(text: &Text<'_>, measures: &Measures, at: usize, begin: usize) -> bool {
    let token = &text.tokens[at];
    let word = token.lower.as_str();
    if token.kind == TokenKind::Mark && word != "-" {
        return false;
    }
    if word == "'s" {
        return true;
    }
    // "600 IS militants": a short name in capitals is no auxiliary.
    let acronym = token.bytes.len() > 1 && text.words(at..at + 1).chars().all(char::is_uppercase);
    if acronym {
        return true;
    }
    if words::breaks_noun_phrase(word)
        || word == "that"
        || at > begin && matches!(word, "the" | "this")
        || words::is_time_opener(word)
        || words::is_weekday(word) && at > begin
    {
        return false;
    }
    let next_nominal = text.tokens.get(at + 1).is_some_and(|it| {
        let word = it.lower.as_str();
        it.kind == TokenKind::Word
            && it.sentence == token.sentence
            && !words::breaks_noun_phrase(word)
            && !words::is_adverb(word)
            && !words::is_determiner(word)
            && !words::is_weekday(word)
            && !words::is_time_opener(word)
            && !matches!(word, "dead" | "yesterday" | "today")
    });
    if word.ends_with("ed") || matches!(word, "shot" | "hurt") {
        // "600 suspected members", "30 wounded soldiers", but "hundreds injured in".
        let adjective = at == begin && next_nominal && !is_finite_verb(text, at + 1);
        return adjective || matches!(word, "armed" | "masked" | "unarmed" | "united") && next_nominal;
    }
    if matches!(word, "dead" | "alive" | "missing" | "died" | "homeless" | "perished" | "drowned")
        && !(next_nominal && at == begin)
    {
        return false;
    }
    if words::is_adverb(word) && !matches!(word, "long" | "first" | "last") {
        return false;
    }
    let gerund =
        word.ends_with("ing") && at > begin && !next_nominal && !token.capital && measures.noun(text, at).is_none();
    let adverb = word.len() > 5 && words::is_adverbial(word) && !next_nominal;
    !(gerund || adverb || is_finite_verb(text, at) && at > begin)
}
