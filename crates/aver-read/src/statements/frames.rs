//! Verb cues with their speaker and content: "X said that", "…, said X", "X denied Y".
//!
//! In: a sentence. Out: drafts, one for each verb cue that is used as one. A
//! cue is left alone when it reads as a noun ("the claims"), as an infinitive
//! ("to say"), under a modal of possibility, or inside a quotation.
//!
//! Right content is looked for first, then content before the speaker.

use super::{
    content::{self, Right},
    cues::{CueWords, Cues, Form, Hit},
    draft::{Draft, Who},
    groups::{Aux, Group, group},
    passive::{passive, reduced_passive, sentence_before},
    subjects::speaker,
};
use crate::{
    Context,
    actors::Actors,
    phrase::{begins_clause, verbs::skip_adverbs, words},
    text::{Role, Sentence, Text, TokenKind},
};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Lemmas that are nouns as often as verbs.
const NOUNLIKE: &[&str] = &[
    "claim",
    "report",
    "demand",
    "blame",
    "question",
    "promise",
    "pledge",
    "estimate",
    "doubt",
    "fear",
    "hope",
    "request",
    "order",
    "call",
    "challenge",
    "dispute",
    "appeal",
    "forecast",
    "comment",
    "remark",
    "note",
    "post",
    "tweet",
    "mention",
    "document",
    "show",
    "find",
    "vow",
    "welcome",
    "praise",
    "answer",
    "reply",
    "state",
    "worry",
    "caution",
    "highlight",
    "stress",
    "slam",
    "recall",
    "response",
    "warn",
    "decline",
    "reject",
    "release",
    "propose",
    "voice",
    "express",
    "hail",
    "add",
];

/// Nouns for what a body puts out; the body speaks through them.
pub const MEDIA_NOUNS: &[&str] = &[
    "statement",
    "report",
    "video",
    "newsletter",
    "message",
    "audio",
    "article",
    "letter",
    "communique",
    "communiqué",
    "tweet",
    "post",
    "recording",
    "study",
    "document",
    "press",
    "release",
    "bulletin",
    "footage",
    "interview",
    "broadcast",
    "pamphlet",
    "leaflet",
    "magazine",
    "survey",
    "assessment",
    "analysis",
    "brief",
    "dispatch",
    "confession",
    "clip",
    "announcement",
    "speech",
    "memo",
    "paper",
    "audiotape",
];

/// Says whether a word names something that a body puts out, or a body that publishes.
pub fn is_media(word: &str) -> bool {
    MEDIA_NOUNS.contains(&word.trim_end_matches('s'))
        || matches!(word, "outlet" | "channel" | "agency" | "website" | "telegram" | "magazine")
}

/// Finds the drafts of a sentence's verb cues, in text order.
pub fn find(ctx: &Context<'_>, actors: &Actors, sentence: &Sentence) -> Vec<Draft> {
    let mut drafts = vec![];
    let mut at = sentence.tokens.start;
    while at < sentence.tokens.end {
        if !ctx.index.cues.begins(&ctx.text, at) || is_in_name(ctx, actors, at) {
            at += 1;
            continue;
        }
        let hits = ctx.index.cues.at(&ctx.text, at).filter(|it| it.cue.class == CueClass::Verb);
        let mut read = hits.filter_map(|hit| read_cue(ctx, sentence, at, hit).map(|it| (it, hit.len)));
        let Some((draft, len)) = read.next() else {
            at += 1;
            continue;
        };
        content::split_second_clause(ctx, sentence, &draft, &mut drafts);
        drafts.push(draft);
        at += len.max(1);
    }
    drafts
}

/// "Islamic State": a word of a name is no verb.
fn is_in_name(ctx: &Context<'_>, actors: &Actors, at: usize) -> bool {
    ctx.text.tokens[at].capital
        && actors
            .within(at..at + 1)
            .any(|it| !it.resolved && it.tokens.len() > 1 && it.tokens.contains(&at) && it.tokens.start < at)
}

fn read_cue(ctx: &Context<'_>, sentence: &Sentence, at: usize, hit: Hit<'_>) -> Option<Draft> {
    let text = &ctx.text;
    let title = sentence.role == Role::Title;
    let group = group(text, sentence, at);
    if !is_in_use(text, sentence, at, hit, &group) {
        return None;
    }
    if hit.form == Form::Past && group.passive {
        return passive(ctx, sentence, at, hit, &group);
    }
    if hit.form == Form::Past && text.lower(at + hit.len) == "by" && !group.finite {
        return reduced_passive(ctx, sentence, at, hit);
    }
    if is_noun(text, sentence, at, hit, &group, title)
        || is_label(text, at, hit, title)
        || is_reduced(text, at + hit.len, hit, &group)
    {
        return None;
    }
    let (who, inverted) = speaker(ctx, sentence, at, hit, &group)?;
    let nounlike = matches!(hit.form, Form::Base | Form::Third)
        && hit.len == 1
        && !group.finite
        && NOUNLIKE.contains(&hit.cue.lemma.as_str());
    if let Who::Words(words) = &who
        && (nounlike && !title && !inverted && !agrees_with(ctx, words.clone(), hit.form)
            || is_own_voice(text, words.clone()))
    {
        return None;
    }
    let floor = match &who {
        Who::Words(words) if !inverted => words.start,
        _ => group.start,
    };
    // "neither confirmed nor denied": one cue of two verbs.
    let second = group.negated
        && matches!(text.lower(at + hit.len), "nor" | "or")
        && ctx.index.cues.begins(text, at + hit.len + 1);
    let end = at + hit.len + 2 * usize::from(second);
    let after = match &who {
        Who::Words(words) if inverted => words.end,
        _ => end,
    };
    let (pieces, direct) = pieces(ctx, sentence, floor..after, hit, &group, inverted)?;
    // "claimed the bombing": what is claimed stands in the cue.
    let object = at + 1 < at + hit.len && text.lower(at + 1) == "the" && pieces.is_empty();
    let (pieces, end) = if object { (vec![at + 1..at + hit.len], at + 1) } else { (pieces, end) };
    let mut draft = Draft {
        who,
        cue: group.start_of_cue(text)..end,
        class: if title { CueClass::Headline } else { CueClass::Verb },
        content: pieces,
        stance: hit.cue.stance,
        lemma: hit.cue.lemma.clone(),
        negated: group.negated,
        distancing: hit.cue.distancing,
        direct,
        passive: false,
    };
    if draft.content.is_empty() {
        // "The group claimed responsibility.": for what the sentence before tells.
        let told = (draft.stance == Stance::ClaimsResponsibility && !group.negated)
            .then(|| sentence_before(ctx, sentence))
            .flatten();
        draft.content = vec![told.unwrap_or_else(|| draft.cue.clone())];
    }
    leave_main_clause(text, sentence, floor, &mut draft);
    negate(&mut draft, hit.cue, text, at + hit.len)
}

/// Says whether the cue is used, not quoted, excluded, an infinitive, or only possible.
fn is_in_use(text: &Text<'_>, sentence: &Sentence, at: usize, hit: Hit<'_>, group: &Group) -> bool {
    let token = &text.tokens[at];
    let title = sentence.role == Role::Title;
    if token.quoted && content::in_long_quotation(text, at)
        || token.capital && !title && at != sentence.tokens.start && !follows_quote(text, at)
    {
        return false;
    }
    if Cues::is_excluded(hit.cue, text, at) {
        return false;
    }
    // "Police seek five men" asks nobody for anything.
    if hit.cue.lemma == "seek"
        && (at + 1..sentence.tokens.end.min(at + 5)).any(|it| {
            matches!(
                text.lower(it),
                "man"
                    | "men"
                    | "suspect"
                    | "suspects"
                    | "gunman"
                    | "gunmen"
                    | "attackers"
                    | "killers"
                    | "witnesses"
                    | "woman"
                    | "women"
                    | "youths"
                    | "refuge"
                    | "shelter"
                    | "asylum"
            )
        })
    {
        return false;
    }
    // "welcomed the commanders" is no praise.
    if hit.cue.lemma == "welcome"
        && (at + 1..at + 5).any(|it| {
            matches!(
                text.lower(it),
                "commanders"
                    | "leaders"
                    | "delegation"
                    | "refugees"
                    | "visitors"
                    | "guests"
                    | "representatives"
                    | "troops"
            )
        })
    {
        return false;
    }
    let agrees = match (group.nearest, hit.form) {
        (Aux::None, _) | (Aux::Be, Form::Past | Form::Ing) | (Aux::Have, Form::Past) | (Aux::Modal, Form::Base) => true,
        // "put", "read": base and past look alike.
        (Aux::Have, Form::Base) => crate::phrase::verb_forms(&hit.cue.lemma).len() == 3,
        _ => false,
    };
    !group.infinitive && (!group.possible || group.negated) && agrees
}

/// Returns the content around a speaker and cue that cover `voice`, and whether it is quoted.
fn pieces(
    ctx: &Context<'_>,
    sentence: &Sentence,
    voice: Range<usize>,
    hit: Hit<'_>,
    group: &Group,
    inverted: bool,
) -> Option<(Vec<Range<usize>>, bool)> {
    let text = &ctx.text;
    let (floor, after, title) = (voice.start, voice.end, sentence.role == Role::Title);
    let quoted_left = floor > sentence.tokens.start + 1
        && !inverted
        && !content::is_setting_with_quote(text, sentence.tokens.start..floor)
        && (text.tokens[floor - 1].kind == TokenKind::Quote
            || text.lower(floor - 1) == "," && text.tokens[floor - 2].kind == TokenKind::Quote);
    let right = content::right(ctx, sentence, after, hit.cue, title, inverted)
        .filter(|it| !quoted_left || it.direct || text.lower(after) == "that");
    let participle = hit.form == Form::Ing && !group.progressive;
    let silent = group.negated && SILENT.contains(&hit.cue.lemma.as_str()) && !inverted;
    let right = if silent {
        Some(Right {
            content: vec![content::trim(text, after..content::end_of_clause(text, sentence, after))]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect(),
            direct: false,
        })
    } else {
        right
    };
    match right {
        Some(Right { content, direct }) if !inverted && !(quoted_left && direct) => Some((content, direct)),
        right if !participle => {
            let (mut pieces, mut direct) = content::left(ctx, sentence, floor, hit.cue)?;
            if let Some(more) =
                right.filter(|it| it.direct && direct || !direct && is_parenthesis(text, sentence, after, &pieces))
            {
                direct |= more.direct;
                pieces.extend(more.content);
            }
            Some((pieces, direct))
        }
        _ => None,
    }
}

/// "While they claim X, Y": the main clause is not theirs.
fn leave_main_clause(text: &Text<'_>, sentence: &Sentence, floor: usize, draft: &mut Draft) {
    if !draft.direct
        && matches!(draft.who, Who::Words(_))
        && let Some(opener) = floor.checked_sub(1)
        && floor > sentence.tokens.start
        && matches!(text.lower(opener), "while" | "although" | "though" | "as" | "when" | "after")
    {
        for piece in draft.content.iter_mut().filter(|it| it.start > floor) {
            piece.end = (piece.start + 1..piece.end).find(|&it| text.lower(it) == ",").unwrap_or(piece.end);
        }
    }
}

/// "we", "our monitors" outside of quotations: the outlet itself.
fn is_own_voice(text: &Text<'_>, words: Range<usize>) -> bool {
    words.len() == 1 && matches!(text.lower(words.start), "we" | "i" | "you") || text.lower(words.start) == "our"
}

/// Says whether a phrase can be the subject of a verb that might be a noun: "experts question", not "initial reports".
fn agrees_with(ctx: &Context<'_>, words: Range<usize>, form: Form) -> bool {
    let text = &ctx.text;
    let head = words
        .clone()
        .find(|&it| it > words.start && (text.lower(it) == "," || words::is_preposition(text.lower(it))))
        .unwrap_or(words.end)
        - 1;
    let first = text.lower(words.start);
    let word = text.lower(head);
    let lexicon = &ctx.codebook.lexicon;
    let listed = || lexicon.anonymous.iter().chain(&lexicon.bodies).any(|it| it.rsplit(' ').next() == Some(word));
    words.clone().any(|it| text.tokens[it].capital && (it != text.sentence_of(it).tokens.start || it == head))
        || words::is_determiner(first)
        || words::is_subject_pronoun(first)
        || form == Form::Base && word.ends_with('s')
        || matches!(word, "police" | "people")
        || listed()
}

/// "The group, officials said, has moved": text goes on behind a second comma.
fn is_parenthesis(text: &Text<'_>, sentence: &Sentence, after: usize, pieces: &[Range<usize>]) -> bool {
    text.lower(after) == ","
        && pieces
            .first()
            .is_some_and(|it| it.start >= sentence.tokens.start && !content::has_finite_verb(text, it.clone()))
}

/// Verbs of which the negation is silence.
const SILENT: &[&str] = &["respond", "reply", "comment", "elaborate"];

/// A negated cue withholds, doubts or says nothing.
pub(super) fn negate(draft: &mut Draft, cue: &CueWords, text: &Text<'_>, after: usize) -> Option<Draft> {
    if draft.negated {
        match (cue.stance, cue.lemma.as_str()) {
            (
                Stance::Confirms | Stance::ClaimsResponsibility | Stance::Accuses | Stance::Denies | Stance::Admits,
                _,
            ) => {
                draft.stance = Stance::WithholdsConfirmation;
            }
            (_, "believe" | "think" | "expect") => draft.stance = Stance::Doubts,
            (Stance::Reports, "say" | "reveal" | "disclose" | "tell")
                if matches!(text.lower(after), "whether" | "if" | "who" | "how" | "where") =>
            {
                draft.stance = Stance::WithholdsConfirmation;
            }
            (_, lemma) if SILENT.contains(&lemma) => draft.stance = Stance::WithholdsConfirmation,
            (Stance::Rejects | Stance::Doubts, _) => draft.stance = Stance::Asserts,
            _ => return None,
        }
    }
    if let Who::Words(words) = &draft.who
        && matches!(text.lower(words.start), "no" | "nobody" | "neither" | "none" | "nothing")
    {
        // "Neither side has acknowledged X": both keep silent. "No group has claimed X": nobody speaks.
        let silent = matches!(
            cue.stance,
            Stance::Confirms | Stance::ClaimsResponsibility | Stance::Admits | Stance::Denies | Stance::Accuses
        ) || SILENT.contains(&cue.lemma.as_str());
        if draft.negated || !silent || draft.content.iter().all(Range::is_empty) {
            return None;
        }
        if text.lower(words.start) != "neither" {
            draft.who = Who::Unspecified;
        }
        draft.stance = Stance::WithholdsConfirmation;
    }
    Some(draft.clone())
}

/// "Incident report 2024/117": a title's noun with a number is no verb.
fn is_label(text: &Text<'_>, at: usize, hit: Hit<'_>, title: bool) -> bool {
    let numbered = text.tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Number)
        || matches!(text.lower(at + 1), "no" | "no." | "#" | "number" | ":");
    title && hit.form == Form::Base && numbered && at > 0 && !text.lower(at - 1).ends_with('s')
}

/// "explosions heard there pose no threat": the finite verb behind makes the cue a participle.
fn is_reduced(text: &Text<'_>, after: usize, hit: Hit<'_>, group: &Group) -> bool {
    // "insisted there were no camps" is a clause.
    let existential = text.lower(after) == "there" && words::is_be(text.lower(skip_adverbs(text, after + 1)));
    // "a man accused of theft", "attacks attributed to the League" accuse nobody.
    let laid =
        matches!((hit.cue.lemma.as_str(), text.lower(after)), ("accuse", "of") | ("attribute" | "ascribe", "to"));
    if hit.form == Form::Past && !group.finite && laid {
        return true;
    }
    let next = skip_adverbs(text, after + usize::from(matches!(text.lower(after), "there" | "here")));
    hit.form == Form::Past
        && !group.finite
        && !existential
        && hit.cue.lemma != "say"
        && text.tokens.get(next).is_some_and(|it| it.kind == TokenKind::Word && !it.capital)
        && (crate::phrase::is_finite_verb(text, next)
            || next > after && crate::phrase::verbs::is_common_present(text.lower(next)))
}

/// "who asked us to withhold his name": a condition of speaking, no demand.
pub(super) fn is_anonymity(text: &Text<'_>, draft: &Draft) -> bool {
    const NAMELESS: &[&[&str]] = &[
        &["withhold"],
        &["not", "be", "named"],
        &["not", "to", "be", "named"],
        &["not", "be", "identified"],
        &["not", "to", "be", "identified"],
        &["anonymity"],
        &["remain", "anonymous"],
        &["stay", "anonymous"],
    ];
    matches!(draft.lemma.as_str(), "ask" | "request" | "insist" | "demand" | "agree" | "prefer")
        && draft
            .content
            .iter()
            .flat_map(|it| it.clone().take(10))
            .any(|at| NAMELESS.iter().any(|it| text.reads(at, it)))
}

fn follows_quote(text: &Text<'_>, at: usize) -> bool {
    at > 0 && text.tokens[at - 1].kind == TokenKind::Quote
}

/// Says whether the cue word is a noun or an adjective here.
fn is_noun(text: &Text<'_>, sentence: &Sentence, at: usize, hit: Hit<'_>, group: &Group, title: bool) -> bool {
    if group.finite || group.start < at && !words::is_adverbial(text.lower(at - 1)) {
        return false;
    }
    let first = at == sentence.tokens.start;
    let before = if first { "" } else { text.lower(at - 1) };
    let next = text.lower(at + hit.len);
    let opens = |word: &str| {
        words::is_determiner(word)
            && !matches!(
                word,
                "this"
                    | "that"
                    | "these"
                    | "those"
                    | "some"
                    | "many"
                    | "all"
                    | "most"
                    | "both"
                    | "few"
                    | "several"
                    | "others"
            )
            || words::is_possessive(word)
    };
    if opens(before) || words::is_preposition(before) && hit.form != Form::Ing && !(before == "in" || before == "on") {
        return true;
    }
    if hit.form == Form::Past
        && (first || before == ",")
        && !follows_quote(text, at)
        && !(before == "," && at > sentence.tokens.start)
    {
        return true;
    }
    let aired = matches!(hit.cue.lemma.as_str(), "broadcast" | "post" | "air" | "release" | "publish" | "read")
        && MEDIA_NOUNS.contains(&before.trim_end_matches('s'));
    if matches!((hit.cue.lemma.as_str(), next), ("thank" | "oppose", "to")) || aired {
        return true;
    }
    if !first
        && matches!(hit.form, Form::Base | Form::Third)
        && hit.len == 1
        && NOUNLIKE.contains(&hit.cue.lemma.as_str())
    {
        let token = text.tokens.get(at + 1);
        let named = text.tokens[at - 1].capital || plural_subject(text, at);
        let verbal = matches!(next, "that" | "to" | ":")
            || words::is_subject_pronoun(next)
            || words::is_determiner(next)
            || token
                .is_some_and(|it| it.kind == TokenKind::Quote || named && (it.capital || it.kind == TokenKind::Number))
            || title
            || words::is_possessive(next)
            || hit.cue.noun
                && token.is_some_and(|it| it.kind == TokenKind::Word)
                && !words::breaks_noun_phrase(next)
                && plural_subject(text, at)
            || hit.cue.that && begins_clause(text, at + 1);
        let last = at + hit.len >= sentence.tokens.end || matches!(next, ".") || words::is_weekday(next);
        return !verbal && !last;
    }
    false
}

/// "experts question", "villagers fear": a plural noun directly before.
fn plural_subject(text: &Text<'_>, at: usize) -> bool {
    at > 0 && (text.lower(at - 1).ends_with('s') || words::is_subject_pronoun(text.lower(at - 1)))
}
