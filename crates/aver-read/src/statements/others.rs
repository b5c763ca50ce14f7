//! Cues that are no verbs: "according to", "a claim that", "reportedly", "Officials: …".
//!
//! In: a sentence. Out: drafts. Nouns are used only with a content clause
//! ("reports that") or with a named holder ("the guild's denial of").

use super::{
    content,
    draft::{Draft, Who},
    frames,
    subjects::can_speak,
};
use crate::{
    Context,
    phrase::{begins_clause, noun_phrase_right, nouns::base_phrase_left, words},
    text::{Role, Sentence, Text, TokenKind},
};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Finds the drafts of a sentence's other cues, in text order.
pub fn find(ctx: &Context<'_>, sentence: &Sentence, drafts: &mut Vec<Draft>) {
    for at in sentence.tokens.clone() {
        if ctx.text.tokens[at].quoted && content::in_long_quotation(&ctx.text, at) {
            continue;
        }
        if let Some(hit) = ctx.index.cues.other(&ctx.text, at, CueClass::AccordingTo) {
            drafts.extend(according_to(ctx, sentence, at, hit.len, hit.cue.stance));
        } else if let Some(hit) = ctx.index.cues.other(&ctx.text, at, CueClass::Noun) {
            // "also claims that" was read as a verb.
            if drafts.iter().any(|it| it.class == CueClass::Verb && it.cue.contains(&at)) {
                continue;
            }
            // "rejected accusations that": the verb's statement holds it.
            if drafts.iter().any(|it| {
                matches!(it.stance, Stance::Denies | Stance::Rejects | Stance::Doubts | Stance::Confirms)
                    && it.content.first().is_some_and(|it| it.start <= at && at <= it.start + 3)
            }) {
                continue;
            }
            let holder = holder(ctx, sentence, at, at + hit.len);
            let of = !matches!(
                hit.cue.stance,
                Stance::Reports
                    | Stance::Asserts
                    | Stance::Forecasts
                    | Stance::Estimates
                    | Stance::Threatens
                    | Stance::Admits
            );
            if let Some(content) =
                noun_content(&ctx.text, sentence, at, at + hit.len, &holder, of).filter(|it| !told(drafts, it))
            {
                drafts.push(Draft {
                    distancing: hit.cue.distancing,
                    ..draft(holder, at..at + hit.len, CueClass::Noun, vec![content], hit.cue.stance)
                });
            }
        } else if let Some(hit) = ctx.index.cues.other(&ctx.text, at, CueClass::Adverb) {
            let clause = adverb_clause(&ctx.text, sentence, at);
            if content::has_finite_verb(&ctx.text, clause.clone()) {
                drafts.push(Draft {
                    distancing: true,
                    ..draft(Who::Unspecified, at..at + hit.len, CueClass::Adverb, vec![clause], hit.cue.stance)
                });
            }
        }
    }
    if sentence.role == Role::Title {
        drafts.extend(headline(ctx, sentence));
    }
}

/// "said in a statement that": the verb's statement has that content.
fn told(drafts: &[Draft], content: &Range<usize>) -> bool {
    drafts.iter().any(|it| {
        it.class == CueClass::Verb && it.content.first().is_some_and(|it| it.start.abs_diff(content.start) <= 1)
    })
}

fn draft(who: Who, cue: Range<usize>, class: CueClass, content: Vec<Range<usize>>, stance: Stance) -> Draft {
    Draft {
        who,
        cue,
        class,
        content,
        stance,
        lemma: String::new(),
        negated: false,
        distancing: false,
        direct: false,
        passive: false,
    }
}

/// "According to X, Y", "Y, according to X", "Y1, according to X, Y2".
fn according_to(ctx: &Context<'_>, sentence: &Sentence, at: usize, len: usize, stance: Stance) -> Option<Draft> {
    let text = &ctx.text;
    let (start, end) = (sentence.tokens.start, sentence.tokens.end);
    let speaker = source_phrase(text, at + len, end);
    if speaker.is_empty() || !can_speak(text, speaker.clone()) || !can_be_source(ctx, speaker.clone()) {
        return None;
    }
    let mut after = speaker.end;
    if text.lower(after) == "(" {
        after = (after..end.min(after + 8)).find(|&it| text.lower(it) == ")").map_or(after, |it| it + 1);
    }
    let after = if text.lower(after) == "," { after + 1 } else { after };
    let behind = content::trim(text, after.min(end)..content::end_of_clause(text, sentence, after.min(end)));
    let marked = at > start && matches!(text.lower(at - 1), "," | ";" | "—" | "(");
    let from = content::intro_end(text, start, at);
    let front = content::trim(text, from..at);
    let opens = at == start
        || at > start
            && (from == at || text.lower(at - 1) == ";" || matches!(text.lower(at - 1), "but" | "and" | "however"));
    let mut pieces = vec![];
    if opens || front.len() < 3 {
        let joined = begins_clause(text, after) || content::has_finite_verb(text, behind.clone());
        if !joined {
            return None;
        }
        pieces.push(behind);
    } else {
        let direct = at >= 2 && text.tokens[at - 1].kind == TokenKind::Quote;
        let whole = content::has_finite_verb(text, front.clone());
        pieces.push(front);
        if marked
            && !direct
            && !whole
            && text.lower(speaker.end) == ","
            && content::has_finite_verb(text, behind.clone())
        {
            pieces.push(behind);
        }
    }
    Some(draft(Who::Words(speaker), at..at + len, CueClass::AccordingTo, pieces, stance))
}

/// Says whether a phrase behind "according to" names a source: not "their preference".
pub(super) fn can_be_source(ctx: &Context<'_>, words: Range<usize>) -> bool {
    let text = &ctx.text;
    let lexicon = &ctx.codebook.lexicon;
    words.clone().any(|it| {
        let word = text.lower(it);
        text.tokens[it].capital
            || frames::MEDIA_NOUNS.contains(&word.trim_end_matches('s'))
            || words::is_third_person(word)
            || lexicon
                .anonymous
                .iter()
                .chain(&lexicon.offices)
                .chain(&lexicon.bodies)
                .any(|entry| entry.rsplit(' ').next() == Some(word))
            || matches!(
                word,
                "data" | "poll" | "polls" | "figures" | "accounts" | "witnesses" | "reports" | "statistics" | "records"
            )
    })
}

/// Returns the speaker behind "according to": a phrase with "released by X on Wednesday, June 1, 2022".
fn source_phrase(text: &Text<'_>, start: usize, end: usize) -> Range<usize> {
    let mut noun = noun_phrase_right(text, start);
    loop {
        let word = text.lower(noun.end);
        // "a clerk who asked not to be named, …".
        if word == "who" && !noun.is_empty() {
            let comma = (noun.end..end.min(noun.end + 20)).find(|&it| text.lower(it) == ",");
            return noun.start..comma.unwrap_or(noun.end);
        }
        let verbal = (word.ends_with("ed") || matches!(word, "made" | "given" | "written" | "put" | "sent"))
            && matches!(text.lower(noun.end + 1), "by" | "in" | "on" | "to" | "from" | "for");
        let joins = matches!(word, "by" | "from" | "in" | "on" | "at" | "with" | "and") || verbal;
        // "released on Wednesday, June 1, 2022, …": the date goes on.
        let dated = word == ","
            && noun
                .clone()
                .rev()
                .take(3)
                .any(|it| words::is_weekday(text.lower(it)) || words::is_month(text.lower(it)))
            && (words::is_month(text.lower(noun.end + 1))
                || text.tokens.get(noun.end + 1).is_some_and(|it| it.kind == TokenKind::Number));
        if dated && noun.end + 2 < end {
            noun.end = noun_phrase_right(text, noun.end + 1).end.max(noun.end + 2);
            continue;
        }
        if noun.is_empty() || !joins || noun.end >= end || noun.len() > 30 {
            return noun;
        }
        let step = if verbal { 2 } else { 1 };
        let more = noun_phrase_right(text, noun.end + step);
        if more.is_empty() || word == "and" && begins_clause(text, noun.end + 1) {
            return noun;
        }
        noun.end = more.end;
    }
}

/// Returns who holds a noun: "the guild's claims", "a report by the guild", "issued a warning".
fn holder(ctx: &Context<'_>, sentence: &Sentence, at: usize, after: usize) -> Who {
    let text = &ctx.text;
    let mut left = at;
    while left > sentence.tokens.start
        && at - left < 3
        && !words::is_possessive(text.lower(left - 1))
        && crate::phrase::nouns::is_nominal(text, left - 1)
        && !words::is_determiner(text.lower(left - 1))
    {
        left -= 1;
    }
    let before = if left > sentence.tokens.start { text.lower(left - 1) } else { "" };
    if matches!(before, "'s" | "'" | "’" | "‘") {
        let noun = base_phrase_left(text, left - 1, sentence.tokens.start);
        return if noun.is_empty() { Who::Unspecified } else { Who::Words(noun) };
    }
    if words::is_possessive(before) {
        return Who::Words(left - 1..left);
    }
    if matches!(text.lower(after), "by" | "from") {
        let noun = noun_phrase_right(text, after + 1);
        if !noun.is_empty() && can_speak(text, noun.clone()) {
            return Who::Words(noun);
        }
    }
    let verb = (sentence.tokens.start..left).rev().take(4).find(|&it| {
        matches!(
            text.lower(it),
            "issued"
                | "issue"
                | "issues"
                | "made"
                | "makes"
                | "make"
                | "gave"
                | "released"
                | "voiced"
                | "expressed"
                | "published"
                | "repeated"
                | "leveled"
                | "levelled"
                | "has"
                | "have"
        )
    });
    if verb.is_some() { Who::Subject } else { Who::Unspecified }
}

/// Returns what a noun of speech holds: behind "that", or behind "of" when somebody holds it.
fn noun_content(
    text: &Text<'_>,
    sentence: &Sentence,
    at: usize,
    after: usize,
    holder: &Who,
    of: bool,
) -> Option<Range<usize>> {
    let mut rest = after;
    if matches!(text.lower(rest), "by" | "from") {
        rest = noun_phrase_right(text, rest + 1).end;
    }
    let end = content::end_of_clause(text, sentence, rest.min(sentence.tokens.end));
    let held = *holder != Who::Unspecified;
    let demonstrative = at > sentence.tokens.start && text.lower(at - 1) == "that";
    let from = match text.lower(rest) {
        "that"
            if content::has_finite_verb(text, rest + 1..end)
                && !demonstrative
                && !crate::phrase::is_finite_verb(text, rest + 1) =>
        {
            rest + 1
        }
        "of" | "for" if of && held && rest == after => rest + 1,
        _ => return None,
    };
    let content = content::trim(text, from..end.max(from));
    (content.len() >= 2 && !(text.lower(rest) == "of" && words::is_time_noun(text.lower(content.start))))
        .then_some(content)
}

/// Returns the clause in which an adverb stands, between marks that part clauses.
fn adverb_clause(text: &Text<'_>, sentence: &Sentence, at: usize) -> Range<usize> {
    let border = |it: usize| {
        matches!(text.lower(it), ";" | ":" | "—" | "–" | "where" | "who" | "which" | "but" | "while")
            || text.tokens[it].kind == TokenKind::Quote
    };
    let start = (sentence.tokens.start..at).rev().find(|&it| border(it)).map_or(sentence.tokens.start, |it| it + 1);
    let end = (at..sentence.tokens.end)
        .find(|&it| it > at && (border(it) || text.lower(it) == "," && begins_clause(text, it + 1)))
        .unwrap_or(sentence.tokens.end);
    content::trim(text, start..end)
}

/// "Bridge destroyed: officials", "Officials: bridge destroyed".
fn headline(ctx: &Context<'_>, sentence: &Sentence) -> Option<Draft> {
    let text = &ctx.text;
    let colon = sentence.tokens.clone().find(|&it| matches!(text.lower(it), ":" | "—" | "–"))?;
    let speaks = |range: &Range<usize>| {
        let words = text.words(range.clone()).to_lowercase();
        let lexicon = &ctx.codebook.lexicon;
        !range.is_empty()
            && range.len() <= 5
            && (lexicon
                .anonymous
                .iter()
                .chain(&lexicon.offices)
                .chain(&lexicon.bodies)
                .any(|it| words.ends_with(&it.to_lowercase()))
                || frames::MEDIA_NOUNS.contains(&text.lower(range.end - 1))
                || matches!(
                    text.lower(range.end - 1),
                    "officials"
                        | "police"
                        | "army"
                        | "military"
                        | "un"
                        | "minister"
                        | "ministry"
                        | "official"
                        | "sources"
                        | "source"
                        | "experts"
                        | "report"
                ))
    };
    let front = content::trim(text, sentence.tokens.start..colon);
    let back = content::trim(text, colon + 1..sentence.tokens.end);
    let (speaker, content) = if speaks(&back) {
        (back, front)
    } else if speaks(&front) {
        (front, back)
    } else {
        return None;
    };
    (content.len() > 1)
        .then(|| draft(Who::Words(speaker), colon..colon + 1, CueClass::Headline, vec![content], Stance::Reports))
}
