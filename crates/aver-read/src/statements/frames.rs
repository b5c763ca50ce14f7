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
    passive::{passive, reduced_passive, sentence_before},
};
use crate::{
    Context,
    actors::Actors,
    phrase::{
        begins_clause, noun_phrase_left, noun_phrase_right, nouns::base_phrase_left, subject_left, verbs::skip_adverbs,
        words,
    },
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

/// The verb group around a cue.
pub(super) struct Group {
    /// Its first token, adverbs included.
    pub(super) start: usize,
    passive: bool,
    /// It holds "not", "never".
    pub(super) negated: bool,
    progressive: bool,
    finite: bool,
    infinitive: bool,
    possible: bool,
    nearest: Aux,
}

/// The auxiliary next to a cue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aux {
    None,
    Be,
    Have,
    Modal,
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
    if is_anonymity(text, &draft) {
        return None;
    }
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
    let silent =
        group.negated && matches!(hit.cue.lemma.as_str(), "respond" | "reply" | "comment" | "elaborate") && !inverted;
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

/// A negated cue withholds, doubts or says nothing.
fn negate(draft: &mut Draft, cue: &CueWords, text: &Text<'_>, after: usize) -> Option<Draft> {
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
            (_, "respond" | "reply" | "comment" | "elaborate") => draft.stance = Stance::WithholdsConfirmation,
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
        );
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
fn is_anonymity(text: &Text<'_>, draft: &Draft) -> bool {
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

impl Group {
    /// The cue as published begins at its first auxiliary, not at an adverb.
    pub(super) fn start_of_cue(&self, text: &Text<'_>) -> usize {
        skip_adverbs(text, self.start)
    }
}

fn group(text: &Text<'_>, sentence: &Sentence, at: usize) -> Group {
    let mut it = Group {
        start: at,
        passive: false,
        negated: false,
        progressive: false,
        finite: false,
        infinitive: false,
        possible: false,
        nearest: Aux::None,
    };
    let mut nearest = true;
    while it.start > sentence.tokens.start && at - it.start < 8 {
        let word = text.lower(it.start - 1);
        let possessive = word == "'s" && !words::is_third_person(text.lower(it.start.saturating_sub(2)));
        let month = word == "may" && text.tokens[it.start - 1].capital;
        if words::is_negation(word) && (!words::is_determiner(word) || word == "neither") && word != "nothing" {
            it.negated = true;
        } else if (words::is_auxiliary(word) || words::is_modal(word)) && !possessive && !month {
            if nearest {
                it.passive = words::is_be(word) || word == "'s" && text.lower(it.start.saturating_sub(2)) == "it";
                it.progressive = words::is_be(word);
                it.nearest = match word {
                    _ if it.passive || word == "'s" && text.lower(at).ends_with("ing") => Aux::Be,
                    _ if words::is_have(word) || word == "'s" || word == "'d" => Aux::Have,
                    _ => Aux::Modal,
                };
                nearest = false;
            }
            it.finite |= !matches!(word, "be" | "been" | "being" | "having");
            it.possible |= matches!(word, "can" | "could" | "may" | "might" | "should" | "must" | "ca" | "cannot");
        } else if let Some(start) = unable(text, sentence, it.start) {
            it.negated = true;
            it.finite = true;
            it.start = start;
            continue;
        } else if word == "to" {
            it.infinitive = true;
            it.start -= 1;
            break;
        } else if words::is_adverbial(word) && !matches!(word, "both" | "all" | "first" | "last" | "then" | "now")
            || matches!(word, "publicly")
        {
        } else {
            break;
        }
        it.start -= 1;
    }
    it
}

/// "was unable to", "is not in a position to", before `end`: where the words begin; the verb behind is negated.
fn unable(text: &Text<'_>, sentence: &Sentence, end: usize) -> Option<usize> {
    let floor = sentence.tokens.start;
    let be = |mut at: usize| {
        while at > floor && words::is_adverbial(text.lower(at - 1)) {
            at -= 1;
        }
        (at > floor && words::is_be(text.lower(at - 1))).then(|| at - 1)
    };
    if end < floor + 3 || text.lower(end - 1) != "to" {
        return None;
    }
    match text.lower(end - 2) {
        "unable" => be(end - 2),
        "able" if words::is_negation(text.lower(end - 3)) => be(end - 3),
        "position" if end >= floor + 5 && text.lower(end - 4) == "in" => match text.lower(end - 3) {
            "no" => be(end - 4),
            "a" | "any" if words::is_negation(text.lower(end - 5)) => be(end - 5),
            _ => None,
        },
        _ => None,
    }
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

/// Returns the words of the speaker, and whether they follow the verb.
fn speaker(ctx: &Context<'_>, sentence: &Sentence, at: usize, hit: Hit<'_>, group: &Group) -> Option<(Who, bool)> {
    let text = &ctx.text;
    let floor = sentence.tokens.start;
    let first = group.start == floor;
    let before = if first { "" } else { text.lower(group.start - 1) };
    let quote_before = group.start > 0 && text.tokens[group.start - 1].kind == TokenKind::Quote;
    if hit.form == Form::Ing && !group.progressive {
        return participle(text, sentence, group).map(|who| (who, false));
    }
    if (quote_before || before == ",")
        && hit.len == 1
        && hit.cue.quote
        && !group.finite
        && let Some(words) = inverted(text, sentence, at + 1)
        && (quote_before || subject_left(text, group.start, floor).is_empty())
    {
        return Some((Who::Words(words), true));
    }
    if first {
        return None;
    }
    if words::is_relative(before) && before != "where" && before != "that"
        || before == "that" && !words::is_subject_pronoun(before)
    {
        return antecedent(text, group.start - 1, floor).map(|it| (Who::Words(it), false));
    }
    if matches!(before, "and" | "but" | "or" | "then")
        || before == "," && matches!(text.lower(group.start.saturating_sub(2)), "and" | "but")
    {
        return Some((Who::Subject, false));
    }
    let words = behind_relative(text, subject_left(text, group.start, floor), floor);
    if words.is_empty() || !can_speak(text, words.clone()) {
        return None;
    }
    Some((Who::Words(words), false))
}

/// "…, adding that", "Rejecting help, the guild", "residents claiming that", "a video claiming".
fn participle(text: &Text<'_>, sentence: &Sentence, group: &Group) -> Option<Who> {
    if group.start == sentence.tokens.start {
        return Some(Who::Subject);
    }
    let before = text.lower(group.start - 1);
    if matches!(
        before,
        "," | "while" | "by" | "and" | "after" | "before" | "when" | "without" | "-" | "–" | "—" | "but"
    ) {
        return Some(Who::Subject);
    }
    let noun = noun_phrase_left(text, group.start, sentence.tokens.start);
    if noun.is_empty() || words::is_preposition(before) {
        return None;
    }
    if (noun.clone()).any(|it| MEDIA_NOUNS.contains(&text.lower(it))) {
        return Some(Who::Subject);
    }
    can_speak(text, noun.clone()).then_some(Who::Words(noun))
}

/// Returns the speaker behind an inverted verb: "said X, an expert at Y".
fn inverted(text: &Text<'_>, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let noun = noun_phrase_right(text, at);
    if noun.is_empty()
        || matches!(text.lower(at), "that" | "there")
        || words::is_weekday(text.lower(at))
        || begins_clause(text, at)
    {
        return None;
    }
    let mut end = noun.end;
    // "said Doe of the mill", "said a clerk at the mill".
    while end < sentence.tokens.end && matches!(text.lower(end), "at" | "of" | "with" | "for" | "from" | "in") {
        let more = noun_phrase_right(text, end + 1);
        if more.is_empty()
            || more.clone().any(|it| words::is_time_noun(text.lower(it)) || words::is_weekday(text.lower(it)))
            || matches!(text.lower(end + 1), "a" | "an") && text.lower(end) == "in"
        {
            break;
        }
        end = more.end;
    }
    end = super::sources::close_bracket(text, noun.start..end, sentence.tokens.end);
    if text.lower(end) == ","
        && (words::is_determiner(text.lower(end + 1))
            || matches!(text.lower(end + 1), "of" | "who" | "head" | "director" | "former" | "chief" | "president"))
        && end + 1 < sentence.tokens.end
    {
        end = content::comma_or_end(text, end + 1, sentence.tokens.end);
    }
    can_speak(text, noun.clone()).then_some(noun.start..end)
}

/// Returns the noun that a relative pronoun at `at` stands for.
fn antecedent(text: &Text<'_>, at: usize, floor: usize) -> Option<Range<usize>> {
    let end = if at > floor && text.lower(at - 1) == "," { at - 1 } else { at };
    // "Doe, the head of the mill, who said".
    if end < at {
        let whole = subject_left(text, at, floor);
        if !whole.is_empty() && text.tokens[whole.start].capital {
            return can_speak(text, whole.clone()).then_some(whole);
        }
    }
    let mut noun = noun_phrase_left(text, end, floor);
    // "the attack by the group, who claimed": the agent.
    let base = base_phrase_left(text, end, floor);
    // "a confession of a member who says": the member.
    let shown = text.lower(at) == "who" && noun.clone().take(6).any(|it| MEDIA_NOUNS.contains(&text.lower(it)));
    if base.start > noun.start && (text.lower(base.start - 1) == "by" || shown && text.lower(base.start - 1) == "of") {
        noun = base;
    }
    (!noun.is_empty() && can_speak(text, noun.clone())).then_some(noun)
}

/// "some officials who met reporters said": the speaker is what "who" stands for.
fn behind_relative(text: &Text<'_>, words: Range<usize>, floor: usize) -> Range<usize> {
    let mut verb = false;
    for at in (floor + 1..words.start).rev().take(12) {
        let word = text.lower(at);
        if word == "," || text.tokens[at].kind == TokenKind::Quote {
            break;
        }
        if verb && matches!(word, "who" | "which" | "that") && !crate::phrase::is_finite_verb(text, at - 1) {
            let noun = noun_phrase_left(text, at, floor);
            if !noun.is_empty() && !noun.clone().any(|it| crate::phrase::verbs::is_common_present(text.lower(it))) {
                return noun.start..words.end;
            }
            break;
        }
        verb |= crate::phrase::is_finite_verb(text, at);
    }
    words
}

/// Says whether a phrase can stand for somebody who speaks.
pub fn can_speak(text: &Text<'_>, words: Range<usize>) -> bool {
    let head =
        words.clone().find(|&it| text.lower(it) == "," || words::is_preposition(text.lower(it))).unwrap_or(words.end);
    let last = text.lower(head.max(words.start + 1) - 1);
    let number = text.tokens[head.max(words.start + 1) - 1].kind == TokenKind::Number;
    !number
        && !words::is_time_noun(last)
        && !words::is_weekday(last)
        && !words::is_month(last)
        && !matches!(
            last,
            "there"
                | "same"
                | "such"
                | "weapons"
                | "keep"
                | "keeps"
                | "kept"
                | "stop"
                | "stopped"
                | "began"
                | "begin"
                | "arms"
                | "money"
                | "funds"
                | "ammunition"
                | "what"
                | "attack"
                | "attacks"
                | "bombing"
                | "blast"
                | "death"
                | "deaths"
                | "war"
                | "fighting"
                | "violence"
                | "'s"
                | "where"
                | "when"
        )
}
