//! Noun phrases left and right of a token.
//!
//! In: a border. Out: the token range of the phrase next to it; empty when
//! there is none. A phrase takes its "of"/"for" attachments along, and a
//! subject its apposition: "Ann Doe, a guard at the mill, said".

use super::{verbs, words};
use crate::text::{Text, TokenKind};
use std::ops::Range;

const LIMIT: usize = 60;

/// Says whether a token can stand inside a noun phrase.
pub fn is_nominal(text: &Text<'_>, at: usize) -> bool {
    let Some(token) = text.tokens.get(at) else { return false };
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Word if token.capital && !matches!(token.lower.as_str(), "in" | "on" | "at" | "the") => {
            at != text.sentence_of(at).tokens.start || !words::breaks_noun_phrase(&token.lower)
        }
        TokenKind::Word => !words::breaks_noun_phrase(&token.lower) && !verbs::is_finite_verb(text, at),
        TokenKind::Mark => matches!(token.lower.as_str(), "$" | "€" | "£" | "%" | "&" | "'" | "’" | "[" | "]"),
        TokenKind::Quote => false,
    }
}

/// Returns the noun phrase that begins at `start`, with "of" attachments; empty when there is none.
pub fn noun_phrase_right(text: &Text<'_>, start: usize) -> Range<usize> {
    let Some(token) = text.tokens.get(start) else { return start..start };
    let limit = text.sentences[token.sentence].tokens.end.min(start + LIMIT);
    if words::is_third_person(&token.lower) || matches!(token.lower.as_str(), "he" | "we" | "i" | "you") {
        return start..start + 1;
    }
    let mut end = base_right(text, start, limit);
    if end == start {
        return start..start;
    }
    while end + 1 < limit && matches!(text.lower(end), "of" | "for" | "'s") {
        let next = base_right(text, end + 1, limit);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    start..end
}

/// One run of nominal tokens; a determiner after the first noun ends it.
fn base_right(text: &Text<'_>, start: usize, limit: usize) -> usize {
    let mut at = start;
    let mut noun = false;
    while at < limit && is_nominal(text, at) {
        let word = text.lower(at);
        let opens = words::is_determiner(word)
            && !text.tokens[at].capital
            && !matches!(word, "other" | "one" | "such")
            && text.tokens[at].kind == TokenKind::Word;
        if noun && opens && at > 0 && !words::is_determiner(text.lower(at - 1)) {
            break;
        }
        if words::is_adverb(word) && noun {
            break;
        }
        noun |= !words::is_determiner(word);
        at += 1;
    }
    // A phrase does not end in a determiner or possessive.
    while at > start && (words::is_determiner(text.lower(at - 1)) && !noun || text.lower(at - 1) == "'s") {
        at -= 1;
    }
    at
}

/// Returns the noun phrase that ends before `end`, with its attachments, not reaching left of `floor`.
pub fn noun_phrase_left(text: &Text<'_>, end: usize, floor: usize) -> Range<usize> {
    let floor = floor.max(end.saturating_sub(LIMIT));
    let mut start = base_left(text, end, floor);
    if start == end {
        return end..end;
    }
    // "a spokesman | for the ministry", "the leader | of the group".
    while start > floor + 1 && words::is_noun_preposition(text.lower(start - 1)) {
        let before = base_left(text, start - 1, floor);
        if before == start - 1 || words::is_time_noun(text.lower(start - 2)) {
            break;
        }
        start = before;
    }
    start..end
}

/// Returns the plain noun phrase that ends before `end`, without attachments: "the guild" of "contrary to the guild".
pub fn base_phrase_left(text: &Text<'_>, end: usize, floor: usize) -> Range<usize> {
    base_left(text, end, floor.max(end.saturating_sub(LIMIT)))..end
}

fn base_left(text: &Text<'_>, end: usize, floor: usize) -> usize {
    if end > floor
        && (words::is_third_person(text.lower(end - 1))
            || matches!(text.lower(end - 1), "we" | "i" | "you" | "who" | "others" | "some" | "many"))
    {
        return end - 1;
    }
    let mut start = end;
    while start > floor && is_nominal(text, start - 1) {
        let word = text.lower(start - 1);
        if words::is_adverbial(word) && start == end {
            break;
        }
        if words::is_weekday(word) && start < end && words::is_determiner(text.lower(start)) {
            break;
        }
        start -= 1;
        let determiner = words::is_determiner(word)
            && !matches!(
                word,
                "other" | "two" | "three" | "four" | "five" | "six" | "one" | "several" | "many" | "such"
            );
        let possessor = start > floor && matches!(text.lower(start - 1), "'s" | "all" | "both");
        if determiner && !possessor {
            break;
        }
    }
    while start < end
        && (text.lower(start) == "'s" || words::is_adverbial(text.lower(start)) && !text.tokens[start].capital)
    {
        start += 1;
    }
    start
}

/// Returns the subject that ends before `end` with its appositions: "Ann Doe, who lives there,".
///
/// `end` is the first token of the verb group. The range leaves out a comma at its end.
pub fn subject_left(text: &Text<'_>, end: usize, floor: usize) -> Range<usize> {
    let floor = floor.max(end.saturating_sub(LIMIT));
    let mut tail = end;
    // "officials there said": where they are says nothing of who.
    let aside = |at: usize| {
        words::is_adverbial(text.lower(at)) || at > floor && matches!(text.lower(at), "there" | "here" | "alike")
    };
    while tail > floor && aside(tail - 1) {
        tail -= 1;
    }
    // ", however," and ", meanwhile,": passed over.
    while tail > floor + 2
        && text.lower(tail - 1) == ","
        && words::is_adverbial(text.lower(tail - 2))
        && text.lower(tail - 3) == ","
    {
        tail -= 3;
    }
    if tail > floor && matches!(text.lower(tail - 1), "," | ")" | "—" | "–" | "--") {
        return match apposition_left(text, tail - 1, floor) {
            Some(start) => with_coordination(text, start..tail - 1, floor),
            None => end..end,
        };
    }
    let noun = noun_phrase_left(text, tail, floor);
    if noun.is_empty() {
        return end..end;
    }
    if let Some(start) = before_participle(text, noun.start, floor) {
        return with_coordination(text, start..noun.end, floor);
    }
    with_coordination(text, noun, floor)
}

/// "workers interviewed by phone": returns where the noun before the participle begins.
fn before_participle(text: &Text<'_>, start: usize, floor: usize) -> Option<usize> {
    let verb = start.checked_sub(2).filter(|it| *it > floor)?;
    let participle = matches!(
        text.lower(verb),
        "interviewed"
            | "reached"
            | "contacted"
            | "quoted"
            | "cited"
            | "speaking"
            | "displaced"
            | "trapped"
            | "stationed"
            | "living"
            | "working"
            | "detained"
    );
    let tied = matches!(text.lower(start - 1), "by" | "via" | "in" | "at" | "on" | "over" | "near" | "inside" | "for");
    let noun = noun_phrase_left(text, verb, floor);
    (participle && tied && !noun.is_empty()).then_some(noun.start)
}

/// Returns where the head before the apposition that ends at the mark `close` begins.
fn apposition_left(text: &Text<'_>, close: usize, floor: usize) -> Option<usize> {
    let mark = text.lower(close);
    let mut seen = 0;
    for open in (floor + 1..close).rev() {
        let here = text.lower(open);
        let opens = if mark == ")" { here == "(" } else { here == mark };
        if !opens {
            if mark != ")" && text.tokens[open].kind == TokenKind::Quote {
                return None;
            }
            continue;
        }
        seen += 1;
        if seen > 4 {
            return None;
        }
        if open + 1 < close && (mark == ")" || opens_apposition(text, open + 1, close)) {
            // "Doe (also Roe), the head of": the head stands before the bracket.
            let bracket = if text.lower(open - 1) == ")" {
                (floor..open).rev().take(12).find(|&it| text.lower(it) == "(")
            } else {
                None
            };
            let head = noun_phrase_left(text, bracket.unwrap_or(open), floor);
            if !head.is_empty() {
                return Some(head.start);
            }
        }
    }
    None
}

fn opens_apposition(text: &Text<'_>, at: usize, close: usize) -> bool {
    let word = text.lower(at);
    let token = &text.tokens[at];
    matches!(
        word,
        "a" | "an"
            | "the"
            | "who"
            | "which"
            | "whose"
            | "one"
            | "of"
            | "from"
            | "also"
            | "known"
            | "now"
            | "then"
            | "himself"
            | "his"
            | "her"
            | "their"
            | "its"
            | "speaking"
            | "citing"
            | "writing"
    ) || token.kind == TokenKind::Number && close - at == 1
        || !token.capital
            && token.kind == TokenKind::Word
            && !words::breaks_noun_phrase(word)
            && !verbs::is_finite_verb(text, at)
            && !words::is_adverbial(word)
        || token.capital
            && close - at <= 6
            && (at..close).all(|it| {
                text.tokens[it].capital
                    || matches!(
                        text.lower(it),
                        "al" | "bin"
                            | "bint"
                            | "ul"
                            | "van"
                            | "von"
                            | "de"
                            | "la"
                            | "el"
                            | "of"
                            | "the"
                            | "for"
                            | "'s"
                            | "abu"
                    )
            })
        || token.capital && (at..close).any(|it| words::is_noun_preposition(text.lower(it)))
}

/// "the U.S. and the former government": the first part joins when a clause begins with it.
fn with_coordination(text: &Text<'_>, noun: Range<usize>, floor: usize) -> Range<usize> {
    if noun.start <= floor + 1 || !matches!(text.lower(noun.start - 1), "and" | "or") {
        return noun;
    }
    let and = noun.start - 1;
    let left = noun_phrase_left(text, and, floor);
    let free = left.start == floor
        || matches!(
            text.lower(left.start.max(1) - 1),
            "," | ";" | ":" | "that" | "while" | "as" | "but" | "“" | "\"" | "although"
        );
    if !left.is_empty() && free { left.start..noun.end } else { noun }
}
