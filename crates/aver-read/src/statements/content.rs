//! Where a content begins and ends.
//!
//! In: the place behind a cue, or before a speaker. Out: the pieces of the
//! content as token ranges, without outer marks. A content inside quotation
//! marks may run over several sentences and paragraphs; any other ends with its
//! sentence, or where the next speaker begins.

use super::{
    cues::CueWords,
    draft::{Draft, Who},
};
use crate::{
    Context,
    phrase::{begins_clause, is_finite_verb, noun_phrase_right, verbs::skip_adverbs, words},
    text::{Sentence, Text, TokenKind},
};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Content behind a cue.
pub struct Right {
    /// Its pieces; empty for a cue that needs none.
    pub content: Vec<Range<usize>>,
    /// It stands inside quotation marks.
    pub direct: bool,
}

/// A quotation of fewer tokens is a quoted word, not a quotation.
const LONG: usize = 5;

/// Says whether a token stands inside a quotation that is more than a quoted word.
pub fn in_long_quotation(text: &Text<'_>, at: usize) -> bool {
    quotation_around(text, at).is_some_and(|it| it.len() >= LONG)
}

fn quotation_around(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let index = text.quotations.partition_point(|it| it.tokens.end <= at);
    text.quotations.get(index).map(|it| it.tokens.clone()).filter(|it| it.contains(&at))
}

/// Returns the tokens without marks at either end.
pub fn trim(text: &Text<'_>, mut range: Range<usize>) -> Range<usize> {
    let mark = |at: usize| matches!(text.lower(at), "," | "." | ";" | ":" | "—" | "–" | "--" | "!" | "?");
    while range.start < range.end
        && (mark(range.start)
            || text.tokens[range.start].kind == TokenKind::Quote && !is_opening(text, range.start, range.end))
    {
        range.start += 1;
    }
    while range.start < range.end && mark(range.end - 1) {
        range.end -= 1;
    }
    range
}

fn is_opening(text: &Text<'_>, at: usize, end: usize) -> bool {
    (at + 1..end).any(|it| text.tokens[it].kind == TokenKind::Quote)
}

/// Says whether any token of the range looks like a finite verb; looks at 40 tokens at most.
pub fn has_finite_verb(text: &Text<'_>, range: Range<usize>) -> bool {
    range.take(40).any(|it| is_finite_verb(text, it))
}

/// Returns the next comma or the end.
pub fn comma_or_end(text: &Text<'_>, from: usize, end: usize) -> usize {
    (from..end)
        .find(|&it| matches!(text.lower(it), "," | ";" | "." | "—" | "–") || text.tokens[it].kind == TokenKind::Quote)
        .unwrap_or(end)
}

/// Returns the content behind a cue that ends before `after`.
pub fn right(
    ctx: &Context<'_>,
    sentence: &Sentence,
    after: usize,
    cue: &CueWords,
    title: bool,
    inverted: bool,
) -> Option<Right> {
    let text = &ctx.text;
    let end = sentence.tokens.end;
    let after = past_setting(text, after, end, cue);
    if let Some(quote) = quote_at(text, after, end).filter(|_| cue.quote || cue.that) {
        return Some(quote);
    }
    if inverted {
        return None;
    }
    if cue.quote
        && text.lower(after) == ":"
        && after + 1 >= end
        && let Some(block) = block_behind(text, end)
    {
        return Some(Right { content: vec![block], direct: false });
    }
    if cue.tie.iter().any(|it| it == text.lower(after)) && !(cue.to && text.lower(after) == "to") && after + 1 < end {
        // "wants to leave" keeps its "to", "attributes it to the army" has none.
        let infinitive = text.lower(after) == "to" && noun_phrase_right(text, after + 1).is_empty();
        return clause(text, sentence, if infinitive { after } else { after + 1 });
    }
    if cue.wh && matches!(text.lower(after), "whether" | "how" | "why" | "what" | "who" | "where" | "when" | "if") {
        return clause(text, sentence, after);
    }
    if cue.to && text.lower(after) == "to" {
        return clause(text, sentence, after);
    }
    let mut at = after;
    if cue.that || cue.quote {
        at = lead_in(text, after, end, cue.hearer);
        if let Some(quote) = quote_at(text, at, end) {
            return Some(quote);
        }
        if text.lower(after) == "that" && is_pronoun(text, after + 1, end) {
            return Some(Right { content: vec![after..after + 1], direct: false });
        }
        if text.lower(at) == "that" && at > after || text.lower(after) == "that" {
            let from = if text.lower(after) == "that" { after + 1 } else { at + 1 };
            // "that, in addition to X, Y": the parenthesis belongs to the content.
            let from = if text.lower(from) == "," { from + 1 } else { from };
            return quote_at(text, from, end)
                .filter(|it| it.content.iter().all(|it| it.len() > LONG))
                .or_else(|| clause(text, sentence, from));
        }
    }
    if at < end && cue.that && !matches!(text.lower(at), "," | "." | ";" | ":") {
        let strict = cue.noun
            || !cue.quote
            || matches!(
                cue.stance,
                Stance::Threatens
                    | Stance::Commits
                    | Stance::Urges
                    | Stance::Rejects
                    | Stance::Condemns
                    | Stance::Commends
            );
        let joined = words::is_coordinator(text.lower(at));
        if !joined && (begins_clause(text, at) || !strict && clause_ahead(text, at, end)) {
            return clause(text, sentence, at);
        }
    }
    if cue.counted && is_count(text, after) {
        return clause(text, sentence, after);
    }
    right_noun(text, sentence, after, at, cue, title)
}

/// "claimed responsibility on Wednesday for the bombing", "in a statement for": when and how it was claimed is no content.
fn past_setting(text: &Text<'_>, after: usize, end: usize, cue: &CueWords) -> usize {
    const OPENS: &[&str] =
        &["on", "in", "via", "through", "late", "early", "later", "quickly", "immediately", "shortly"];
    let opens = OPENS.contains(&text.lower(after)) || words::is_weekday(text.lower(after));
    if cue.stance != Stance::ClaimsResponsibility || !opens || !cue.tie.iter().any(|it| it == "for") {
        return after;
    }
    let stops = |at: usize| matches!(text.lower(at), "," | ";" | "." | "and" | "but" | "that" | "which");
    let behind = (after..end.min(after + 8)).take_while(|&at| !stops(at)).find(|&at| text.lower(at) == "for");
    behind.unwrap_or(after)
}

/// "rejected that on Sunday", "denies that.": nothing follows that could be a clause.
fn is_pronoun(text: &Text<'_>, behind: usize, end: usize) -> bool {
    let word = text.lower(behind);
    let setting = words::is_weekday(word)
        || matches!(
            word,
            "last" | "yesterday" | "today" | "earlier" | "again" | "outright" | "." | ";" | "and" | "but"
        )
        || word == "on" && words::is_weekday(text.lower(behind + 1));
    behind >= end || setting && !has_finite_verb(text, behind..comma_or_end(text, behind + 1, end))
}

/// "at least 22 dead": a number, behind the words that bound it.
fn is_count(text: &Text<'_>, after: usize) -> bool {
    (after..after + 3)
        .take_while(|&at| at == after || !words::breaks_noun_phrase(text.lower(at)) || text.lower(at) == "than")
        .any(|at| {
            let number = text.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
            number || matches!(text.lower(at), "dozens" | "hundreds" | "thousands" | "scores")
        })
}

/// A noun phrase behind a cue, or nothing where the cue is enough; `at` stands behind its time and place.
fn right_noun(
    text: &Text<'_>,
    sentence: &Sentence,
    after: usize,
    at: usize,
    cue: &CueWords,
    title: bool,
) -> Option<Right> {
    let end = sentence.tokens.end;
    if cue.object_to && after < end {
        let object = noun_phrase_right(text, after);
        if !object.is_empty() && text.lower(object.end) == "to" {
            return clause(text, sentence, after);
        }
    }
    if cue.lemma == "declare" && (after..end.min(after + 6)).any(|it| matches!(text.lower(it), "war" | "jihad")) {
        return clause(text, sentence, after);
    }
    let dated =
        cue.noun && at > after && text.tokens.get(at).is_some_and(|it| it.sentence == text.tokens[after].sentence);
    let from = if dated && text.lower(at) == "," { at + 1 } else { at };
    let after = if dated && from < end && (words::is_determiner(text.lower(from)) || text.tokens[from].capital) {
        from
    } else {
        after
    };
    let headline = title && matches!(cue.lemma.as_str(), "claim" | "report" | "confirm" | "deny" | "announce");
    if (cue.noun || headline) && after < end && opens_object(text, after) {
        let from = if words::is_determiner(text.lower(after)) { after } else { skip_adverbs(text, after) };
        let mut content = clause(text, sentence, from)?;
        if let Some(piece) = content.content.first_mut() {
            let next = (piece.start + 1..piece.end)
                .find(|&it| text.lower(it) == "," && (begins_clause(text, it + 1) || text.lower(it + 1) == "which"));
            piece.end = next.unwrap_or(piece.end);
        }
        let attack = cue.lemma != "claim"
            || title
            || content.content.iter().flat_map(|it| it.clone()).take(12).any(|it| is_attack(text.lower(it)));
        return attack.then_some(content);
    }
    if cue.nothing
        && matches!(text.lower(after), "regarding" | "concerning" | "about" | "over" | "on" | "of")
        && after + 1 < end
    {
        return clause(text, sentence, after + 1);
    }
    let alone = matches!(
        cue.stance,
        Stance::ClaimsResponsibility
            | Stance::Doubts
            | Stance::WithholdsConfirmation
            | Stance::Denies
            | Stance::Condemns
            | Stance::Rejects
    );
    (cue.nothing && alone).then(|| Right { content: vec![], direct: false })
}

/// "claimed the attack", not "claimed 49 lives".
fn is_attack(word: &str) -> bool {
    [
        "attack",
        "bombing",
        "blast",
        "assault",
        "killing",
        "ambush",
        "raid",
        "explosion",
        "shooting",
        "strike",
        "operation",
        "abduction",
        "kidnapping",
        "assassination",
    ]
    .iter()
    .any(|it| word.starts_with(it))
}

fn opens_object(text: &Text<'_>, at: usize) -> bool {
    let token = &text.tokens[at];
    token.kind == TokenKind::Quote
        || !matches!(
            text.lower(at),
            "," | "."
                | ";"
                | ":"
                | "—"
                | "–"
                | "--"
                | "-"
                | "in"
                | "at"
                | "with"
                | "as"
                | "when"
                | "after"
                | "and"
                | "but"
                | "or"
                | "if"
                | "because"
        ) && !words::is_weekday(text.lower(at))
            && !is_finite_verb(text, at)
}

/// "The minister said:" before a paragraph without quotation marks: that paragraph.
fn block_behind(text: &Text<'_>, end: usize) -> Option<Range<usize>> {
    let first = text.tokens.get(end).filter(|it| it.kind != TokenKind::Quote)?.sentence;
    let paragraph = text.sentences[first].paragraph;
    let block = text.sentences[first..]
        .iter()
        .take(40)
        .take_while(|it| it.paragraph == paragraph && it.role == crate::text::Role::Body);
    let last = block.last()?.tokens.end;
    Some(trim(text, end..last)).filter(|it| it.len() > LONG)
}

/// Says whether a subject with its verb stands ahead, before the next mark.
fn clause_ahead(text: &Text<'_>, at: usize, end: usize) -> bool {
    (at..end.min(at + 40))
        .take_while(|&it| !matches!(text.lower(it), ";" | ":"))
        .any(|it| it > at && is_finite_verb(text, it))
}

fn clause(text: &Text<'_>, sentence: &Sentence, from: usize) -> Option<Right> {
    let content = trim(text, from..end_of_clause(text, sentence, from));
    (!content.is_empty()).then(|| Right { direct: false, content: vec![content] })
}

/// Passes over hearer, time and place between cue and content: "told reporters in Brussels on Monday that".
fn lead_in(text: &Text<'_>, after: usize, end: usize, hearer: bool) -> usize {
    let limit = end.min(after + 30);
    let mut at = if hearer { behind_hearer(text, after).min(limit) } else { after };
    let mut last = at;
    while at < limit {
        let word = text.lower(at);
        if word == "that" || text.tokens[at].kind == TokenKind::Quote || word == ":" {
            return at;
        }
        // "said at least 15 were wounded": a bound, not a place.
        if word == "at" && matches!(text.lower(at + 1), "least" | "most") {
            break;
        }
        if is_setting(text, at) {
            at += 1;
            last = at;
        } else if matches!(
            word,
            "in" | "on"
                | "at"
                | "during"
                | "before"
                | "after"
                | "to"
                | "through"
                | "via"
                | "with"
                | "from"
                | "following"
                | "by"
                | "for"
                | "of"
                | "near"
        ) {
            let noun = noun_phrase_right(text, at + 1);
            if noun.is_empty() || noun.end > limit {
                break;
            }
            at = time_cut(text, noun);
            last = at;
        } else if word == "," && at > after && at + 1 < limit {
            let next = text.lower(at + 1);
            let dated =
                words::is_month(next) || text.tokens[at + 1].kind == TokenKind::Number || words::is_weekday(next);
            if next == "that" || text.tokens[at + 1].kind == TokenKind::Quote {
                return at + 1;
            }
            if !dated {
                break;
            }
            at += 1;
        } else if text.tokens[at].kind == TokenKind::Number
            && at > after
            && (words::is_month(text.lower(at - 1)) || text.lower(at - 1) == ",")
        {
            at += 1;
            last = at;
        } else {
            break;
        }
    }
    last
}

/// Returns the place behind "told | reporters", "told | him".
fn behind_hearer(text: &Text<'_>, at: usize) -> usize {
    let noun = noun_phrase_right(text, at);
    let pronoun = noun.len() == 1 && matches!(text.lower(at), "him" | "her" | "them" | "me" | "us" | "it" | "you");
    if pronoun || !matches!(text.lower(at), "that" | "," | ":") && !begins_clause_here(text, at) {
        noun.end
    } else {
        at
    }
}

/// "Monday", "also", "last week": words between cue and content that belong to neither.
fn is_setting(text: &Text<'_>, at: usize) -> bool {
    const OF_THE_CONTENT: &[&str] =
        &["only", "even", "just", "both", "all", "so", "not", "n't", "never", "nearly", "almost", "most"];
    let word = text.lower(at);
    words::is_adverbial(word) && !OF_THE_CONTENT.contains(&word)
        || words::is_weekday(word)
        || words::is_month(word)
        || words::is_time_opener(word) && words::is_time_noun(text.lower(at + 1))
        || words::is_time_noun(word) && !words::is_determiner(text.lower(at.max(1) - 1))
}

/// "said Monday the army": a noun phrase that begins with a time ends after it.
fn time_cut(text: &Text<'_>, noun: Range<usize>) -> usize {
    for at in noun.clone() {
        let word = text.lower(at);
        let timely = words::is_weekday(word)
            || words::is_time_noun(word)
            || text.tokens[at].kind == TokenKind::Number && at > noun.start && words::is_month(text.lower(at - 1));
        if timely {
            return at + 1;
        }
    }
    noun.end
}

fn begins_clause_here(text: &Text<'_>, at: usize) -> bool {
    words::is_subject_pronoun(text.lower(at)) && !matches!(text.lower(at), "it" | "you") || begins_clause(text, at)
}

/// Returns the quotation that opens at `at`, or behind one comma or colon there.
fn quote_at(text: &Text<'_>, at: usize, end: usize) -> Option<Right> {
    let at = if matches!(text.lower(at), "," | ":") { at + 1 } else { at };
    // A colon may close the sentence before the quotation.
    if at > end || text.tokens.get(at)?.kind != TokenKind::Quote {
        return None;
    }
    let index = text.quotations.partition_point(|it| it.tokens.start <= at);
    let quotation = text.quotations.get(index).filter(|it| it.tokens.start == at + 1)?;
    let short = quotation.tokens.len() < LONG;
    if short
        && text
            .tokens
            .get(quotation.tokens.end + 1)
            .is_some_and(|it| it.kind == TokenKind::Word && it.sentence == text.tokens[at].sentence)
    {
        return None;
    }
    Some(Right { content: with_following_paragraphs(text, index), direct: true })
}

/// A quotation whose closing mark is missing goes on in the next paragraph.
fn with_following_paragraphs(text: &Text<'_>, first: usize) -> Vec<Range<usize>> {
    let mut pieces = vec![];
    for quotation in text.quotations.iter().skip(first).take(12) {
        pieces.push(quotation.tokens.clone());
        if !quotation.open
            || text
                .tokens
                .get(quotation.tokens.end + 1)
                .is_none_or(|it| it.kind != TokenKind::Word && it.kind != TokenKind::Number)
            || text.tokens[quotation.tokens.end].kind != TokenKind::Quote
        {
            break;
        }
    }
    pieces
}

/// Returns the content that stands before a speaker beginning at `floor`, and whether it is quoted.
pub fn left(ctx: &Context<'_>, sentence: &Sentence, floor: usize, cue: &CueWords) -> Option<(Vec<Range<usize>>, bool)> {
    let text = &ctx.text;
    if floor == 0 {
        return None;
    }
    let mut border = floor - 1;
    // "…," West said: mark or no mark between.
    if text.lower(border) == "," && border > 0 && text.tokens[border - 1].kind == TokenKind::Quote {
        border -= 1;
    }
    if text.tokens[border].kind == TokenKind::Quote {
        let index = text.quotations.partition_point(|it| it.tokens.end < border);
        let quotation = text.quotations.get(index).filter(|it| it.tokens.end == border)?;
        let start = quotation.tokens.start;
        let opens = start.saturating_sub(1) <= sentence.tokens.start || quotation.tokens.start <= sentence.tokens.start;
        let near = text.sentence_of(border).paragraph == sentence.paragraph;
        if !near || !(cue.quote || cue.that) {
            return None;
        }
        if opens {
            return Some((vec![quotation.tokens.clone()], true));
        }
        let whole = trim(text, intro_end(text, sentence.tokens.start, border)..border);
        return (!whole.is_empty()).then(|| (vec![whole], false));
    }
    // "…, a charge the army denies".
    if cue.noun
        && border > sentence.tokens.start + 3
        && matches!(text.lower(border), "charge" | "claim" | "accusation" | "allegation" | "report" | "assertion")
        && matches!(text.lower(border - 1), "a" | "an")
        && text.lower(border - 2) == ","
    {
        let told = trim(text, intro_end(text, sentence.tokens.start, border - 2)..border - 2);
        return (!told.is_empty()).then(|| (vec![told], false));
    }
    if border <= sentence.tokens.start
        || text.lower(border) != "," && text.lower(border) != "—" && text.lower(border) != "–"
        || !(cue.that || cue.quote)
    {
        return None;
    }
    if !cue.that {
        return None;
    }
    let start = (sentence.tokens.start..border)
        .rev()
        .find(|&it| text.lower(it) == ";")
        .map_or(sentence.tokens.start, |it| it + 1);
    let whole = trim(text, intro_end(text, start, border)..border);
    (whole.len() >= 2 && (sentence.role == crate::text::Role::Title || !is_opener(text, whole.clone())))
        .then(|| (vec![whole], false))
}

/// "On Monday, X said": what stands before the comma is a setting, no content.
fn is_opener(text: &Text<'_>, range: Range<usize>) -> bool {
    let word = text.lower(range.start);
    // "Behind the scenes they have been talking": a clause, not a setting.
    if words::is_preposition(word) && !words::is_subordinator(word) && has_main_verb(text, range.clone()) {
        return false;
    }
    let setting = words::is_preposition(word)
        || words::is_subordinator(word)
        || words::is_adverbial(word)
        || words::is_time_opener(word)
        || word.ends_with("ing")
        || word == "in"
        || word == "according";
    !has_finite_verb(text, range.clone()) || setting && !after_comma_clause(text, range)
}

/// A finite verb that no relative pronoun opens, behind the phrase that opens the range.
fn has_main_verb(text: &Text<'_>, range: Range<usize>) -> bool {
    let phrase = noun_phrase_right(text, range.start + 1).end;
    let comma = range.clone().any(|it| text.lower(it) == ",");
    let relative = |at: usize| {
        (at.saturating_sub(4)..at)
            .any(|it| words::is_relative(text.lower(it)) || words::is_subordinator(text.lower(it)))
    };
    !comma && (phrase..range.end).any(|it| it > range.start && is_finite_verb(text, it) && !relative(it))
}

/// "In an interview with \"The Hour,\" X said": a place with a quoted name, no quotation.
pub fn is_setting_with_quote(text: &Text<'_>, range: Range<usize>) -> bool {
    let opens = words::is_preposition(text.lower(range.start));
    opens && range.len() < 20 && !has_finite_verb(text, range)
}

fn after_comma_clause(text: &Text<'_>, range: Range<usize>) -> bool {
    (range.start..range.end)
        .filter(|&it| text.lower(it) == ",")
        .any(|it| begins_clause(text, it + 1) || has_finite_verb(text, it..range.end))
}

/// Passes over "On Wednesday," at the beginning of a sentence.
pub fn intro_end(text: &Text<'_>, start: usize, end: usize) -> usize {
    // The dateline is the outlet's.
    let start = crate::phrase::dateline_end(text, &(start..end));
    let comma = (start..end.min(start + 10)).find(|&it| text.lower(it) == ",");
    let Some(comma) = comma else { return start };
    let timely = (start..comma).any(|it| {
        words::is_weekday(text.lower(it))
            || words::is_month(text.lower(it))
            || words::is_time_noun(text.lower(it))
            || words::is_adverbial(text.lower(it))
    });
    if !timely || has_finite_verb(text, start..comma) {
        return start;
    }
    // "On Thursday, March 9, the group": one more piece of the date.
    let next = text.lower(comma + 1);
    if (words::is_month(next) || text.tokens.get(comma + 1).is_some_and(|it| it.kind == TokenKind::Number))
        && comma + 1 < end
        && let Some(second) = (comma + 1..end.min(comma + 6)).find(|&it| text.lower(it) == ",")
    {
        return second + 1;
    }
    comma + 1
}

/// Returns where the clause that begins at `from` ends: the sentence's end, or a mark before
/// "adding", "according to", "while …" with another verb of speech.
pub fn end_of_clause(text: &Text<'_>, sentence: &Sentence, from: usize) -> usize {
    let end = sentence.tokens.end;
    for at in from..end {
        let word = text.lower(at);
        let next = text.lower(at + 1);
        if word == ";" && at > from + 1
            || (word == "," || word == "—")
                && (next == "according"
                    || matches!(
                        next,
                        "adding"
                            | "saying"
                            | "noting"
                            | "citing"
                            | "accusing"
                            | "claiming"
                            | "stressing"
                            | "warning"
                            | "calling"
                            | "quoting"
                            | "urging"
                            | "commending"
                            | "praising"
                            | "describing"
                            | "insisting"
                            | "arguing"
                            | "blaming"
                            | "suggesting"
                            | "rejecting"
                            | "explaining"
                            | "asserting"
                    ))
        {
            return at;
        }
        if word == "according" && next == "to" && at > from
            || word == "," && next == "while" && text.lower(at + 2).ends_with("ing")
        {
            return at;
        }
        if matches!(word, "while" | "in")
            && at > from
            && text.lower(at + 1).ends_with("ing")
            && matches!(next, "accusing" | "saying" | "adding" | "noting" | "calling" | "rejecting")
        {
            return at;
        }
        // ", a claim that could not be verified": the outlet's word on it.
        if word == ","
            && at > from
            && matches!(next, "a" | "an")
            && matches!(text.lower(at + 2), "claim" | "charge" | "accusation" | "allegation" | "assertion" | "figure")
        {
            return at;
        }
        if word == "using" && at > from && text.lower(at - 1) == "," {
            return at;
        }
    }
    end
}

/// "…, and that they left": the second clause is a statement of its own.
pub fn split_second_clause(ctx: &Context<'_>, _sentence: &Sentence, draft: &Draft, drafts: &mut Vec<Draft>) {
    let text = &ctx.text;
    let Some(content) =
        draft.content.last().cloned().filter(|_| !draft.direct && draft.class == CueClass::Verb && !draft.passive)
    else {
        return;
    };
    let found = (content.start + 3..content.end.saturating_sub(2)).find(|&at| {
        matches!(text.lower(at), "and" | "but")
            && (text.lower(at + 1) == "that" && prescribes(text, at + 2..content.end)
                || future(text, at + 1)
                    && !(content.start..at).any(|it| words::is_modal(text.lower(it)))
                    && draft.stance == Stance::Forecasts)
    });
    if let Some(at) = found {
        let from = if text.lower(at + 1) == "that" { at + 2 } else { at + 1 };
        drafts.push(Draft { content: vec![from..content.end], ..draft.clone() });
    }
}

/// "and that the guild needs to do more": a second clause with a stance of its own.
fn prescribes(text: &Text<'_>, range: Range<usize>) -> bool {
    range
        .take(12)
        .any(|it| matches!(text.lower(it), "need" | "needs" | "must" | "should" | "will" | "could" | "may" | "might"))
}

fn future(text: &Text<'_>, at: usize) -> bool {
    matches!(text.lower(at), "could" | "will" | "may" | "might" | "would")
}

/// Ends each content where the speaker of a later statement of the sentence begins, when a comma
/// or conjunction parts them, and before "and denied", "but have accused".
pub fn cut_at_neighbours(text: &Text<'_>, drafts: &mut [Draft]) {
    let starts: Vec<(usize, bool)> = drafts
        .iter()
        .filter(|it| !it.cue.is_empty())
        .map(|it| match &it.who {
            Who::Words(words) if words.start < it.cue.start => (words.start, true),
            Who::Words(_) => (usize::MAX, true),
            _ => (it.cue.start, false),
        })
        .collect();
    for draft in drafts.iter_mut() {
        let disputes = matches!(draft.stance, Stance::Denies | Stance::Rejects | Stance::WithholdsConfirmation);
        for &(start, explicit) in &starts {
            let Some(content) = draft.content.last_mut() else { continue };
            if draft.direct
                || start <= content.start + 1
                || start >= content.end
                || start <= draft.cue.end && draft.cue.start < start
            {
                continue;
            }
            let mut border = start;
            let mut marked = false;
            while border > content.start
                && (matches!(
                    text.lower(border - 1),
                    "," | "and" | "but" | "while" | "however" | "whereas" | "although" | "with" | ";" | "also"
                ) || words::is_adverbial(text.lower(border - 1)))
            {
                border -= 1;
                marked |= matches!(text.lower(border), "," | ";" | "but" | "while" | "whereas")
                    || !explicit && matches!(text.lower(border), "and");
            }
            let nominal = disputes || !has_finite_verb(text, content.start..border);
            if marked && (explicit || nominal || text.lower(border) == "but") && border > content.start {
                content.end = border;
            }
        }
    }
    // A second clause cut off by `split_second_clause` ends the first.
    for index in 1..drafts.len() {
        if drafts[index].cue == drafts[index - 1].cue && drafts[index].content.len() == 1 {
            let border = drafts[index - 1].content[0].start;
            let first = &mut drafts[index].content[0];
            if first.start < border && border <= first.end {
                first.end = (first.start + 1).max(border - if text.lower(border - 1) == "that" { 2 } else { 1 });
                *first = trim(text, first.clone());
            }
        }
    }
}
