//! The words around a trigger: its noun phrase, verb group, subject, object, attachments.
//!
//! In: a text and a border. Out: token ranges, or a yes or no. Built on
//! [`crate::phrase`]; each walk stays in one sentence and is bounded.

pub use super::bounds::*;
use super::cues;
use super::mentions::Surroundings;
use crate::phrase::{self, nouns, words};
use crate::text::{Text, TokenKind};
use crate::{Context, Found};
use aver_model::Time;
use std::ops::Range;

/// A prepositional phrase behind a trigger.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// The preposition.
    pub start: usize,
    /// Its noun phrase.
    pub noun: Range<usize>,
    /// The token after it.
    pub end: usize,
    /// It is a time.
    pub is_time: bool,
    /// It follows the trigger at once.
    pub first: bool,
}

/// Returns the words of the sentence around `at` that tell: all but the dateline before it.
pub fn told(text: &Text<'_>, at: usize) -> Range<usize> {
    let whole = text.sentence_of(at).tokens.clone();
    let start = phrase::dateline_end(text, &whole);
    if start <= at { start..whole.end } else { whole }
}

/// Returns where the noun phrase around `at` begins.
pub fn left_edge(text: &Text<'_>, at: usize, floor: usize) -> usize {
    let mut start = at;
    // "These | coordinated | attacks": no verb, for a determiner stands before it.
    let describes = |at: usize| {
        at > floor
            && text.lower(at).ends_with("ed")
            && words::is_determiner(text.lower(at - 1))
            && !matches!(text.lower(at - 1), "that" | "all" | "both" | "this")
    };
    while start > floor && at - start < 12 && (nouns::is_nominal(text, start - 1) || describes(start - 1)) {
        let word = text.lower(start - 1);
        // "to prevent | attacks": a verb, not a part of the phrase.
        let infinitive = start >= floor + 2
            && text.lower(start - 2) == "to"
            && !text.tokens[start - 1].capital
            && !words::is_determiner(word);
        let ordinal = matches!(word, "first" | "second" | "third" | "last");
        if words::is_adverb(word) && !ordinal && start == at || infinitive {
            break;
        }
        start -= 1;
        let possessor = start > floor && text.lower(start - 1) == "'s";
        if words::is_determiner(word) && !possessor && !(start > floor && words::is_determiner(text.lower(start - 1))) {
            break;
        }
    }
    while start < at && text.lower(start) == "'s" {
        start += 1;
    }
    start
}

/// Says whether the noun before `end` only describes the noun behind it: "attack victims".
pub fn is_modifier(ctx: &Context<'_>, end: usize, limit: usize) -> bool {
    let text = &ctx.text;
    let Some(token) = text.tokens.get(end).filter(|_| end < limit) else { return false };
    // "three days of clashes | south of the town": the tree ties the noun to what stands before it.
    if end > 0 && text.trees.node(end - 1).is_some_and(|it| it.upos == "NOUN" && it.head.is_none_or(|it| it < end)) {
        return false;
    }
    let word = token.lower.as_str();
    token.kind == TokenKind::Word
        && !token.capital
        && nouns::is_nominal(text, end)
        && !words::is_adverbial(word)
        && !words::is_weekday(word)
        && !words::is_month(word)
        && !words::is_time_noun(word)
        && !words::is_determiner(word)
        && word != "'s"
        && !phrase::is_finite_verb(text, end)
        && !is_present_verb(word)
        && !word.ends_with("ing")
}

/// Verbs of headlines, which a word list of the present tense lacks.
fn is_present_verb(word: &str) -> bool {
    matches!(
        word,
        "kills"
            | "kill"
            | "wounds"
            | "injures"
            | "leaves"
            | "hits"
            | "hit"
            | "targets"
            | "target"
            | "rocks"
            | "strikes"
            | "shakes"
            | "destroys"
            | "damages"
            | "occurs"
            | "happens"
            | "takes"
            | "come"
            | "comes"
            | "continue"
            | "rips"
            | "claims"
            | "near"
    )
}

/// Says whether only describing words stand between a naming and the trigger: "Islamic State | attack".
pub fn is_agent_modifier(text: &Text<'_>, end: usize, trigger: usize) -> bool {
    trigger - end <= 5
        && (end..trigger).all(|at| {
            let word = text.lower(at);
            word == "'s"
                || word == "-led"
                || cues::is_describing(word)
                || word.ends_with("ed")
                || word == "suicide"
                || word.ends_with("est")
        })
}

/// "an | army | drone strike", "the rebel attack": the force that a noun of attack names before itself.
pub fn force_before(around: &Surroundings<'_>, trigger: &cues::Trigger, left: usize) -> Option<Range<usize>> {
    let text = &around.ctx.text;
    let name = around.ctx.codebook.events[trigger.kind].name.as_str();
    // "a soldier killing", "a police shooting": who did it to whom is open.
    if !matches!(name, "attack" | "drone_strike" | "rocket_attack" | "security_operation") {
        return None;
    }
    (left..trigger.tokens.start).find_map(|at| {
        let end = at + around.ctx.index.events.attackers.at(text, at)?.0;
        let kind = text.lower(at).starts_with("terror") || text.lower(at).starts_with("suicide");
        (!kind && end <= trigger.tokens.start && is_agent_modifier(text, end, trigger.tokens.start)).then_some(at..end)
    })
}

/// "a string of | attacks": returns where the counting words begin.
pub fn quantity_left(text: &Text<'_>, left: usize, floor: usize) -> Option<usize> {
    if left < floor + 2 || text.lower(left - 1) != "of" {
        return None;
    }
    let word = text.lower(left - 2);
    let counts = matches!(
        word,
        "string"
            | "series"
            | "wave"
            | "spate"
            | "number"
            | "dozens"
            | "hundreds"
            | "scores"
            | "range"
            | "multitude"
            | "flurry"
            | "barrage"
            | "campaign"
            | "sequence"
            | "surge"
            | "thousands"
            | "majority"
            | "rash"
            | "slew"
            | "spree"
            | "most"
            | "some"
            | "many"
            | "several"
            | "all"
            | "half"
            | "waves"
    );
    counts.then(|| left_edge(text, left - 1, floor))
}

/// Returns the prepositional phrases and times that follow `at`, in order.
pub fn attachments(ctx: &Context<'_>, times: &[Found<Time>], at: usize, limit: usize) -> Vec<Attachment> {
    let text = &ctx.text;
    let mut out: Vec<Attachment> = vec![];
    let mut here = at;
    while here < limit && out.len() < 8 && here < at + 60 {
        if let Some(time) =
            time_at(times, here).or_else(|| time_at(times, here + 1)).filter(|it| it.tokens.end <= limit)
        {
            let comma_or_preposition =
                time.tokens.start == here || words::is_preposition(text.lower(here)) || text.lower(here) == ",";
            if comma_or_preposition {
                out.push(Attachment {
                    start: here,
                    noun: time.tokens.clone(),
                    end: time.tokens.end,
                    is_time: true,
                    first: false,
                });
                here = time.tokens.end;
                continue;
            }
        }
        let word = text.lower(here);
        if word == "," && out.last().is_some_and(|it| !it.is_time) && is_place_list(text, here, limit) {
            let noun = phrase::noun_phrase_right(text, here + 1);
            here =
                noun.end + usize::from(text.lower(noun.end) == ",") * usize::from(is_place_list(text, noun.end, limit));
            if let Some(last) = out.last_mut() {
                last.end = noun.end;
            }
            here = here.min(noun.end);
            continue;
        }
        let links = matches!(
            word,
            "of" | "in"
                | "on"
                | "at"
                | "near"
                | "against"
                | "by"
                | "to"
                | "from"
                | "inside"
                | "outside"
                | "between"
                | "across"
                | "around"
                | "along"
                | "targeting"
                | "with"
                | "over"
                | "into"
                | "toward"
                | "towards"
                | "within"
                | "throughout"
                | "using"
                | "involving"
                | "during"
                | "upon"
                | "for"
        );
        if !links {
            break;
        }
        let operator = if word == "by" { operator_len(text, here + 1) } else { 0 };
        let mut noun = phrase::noun_phrase_right(text, here + 1 + operator);
        if noun.is_empty() || noun.end > limit {
            break;
        }
        if word == "between" && text.lower(noun.end) == "and" {
            noun.end = phrase::noun_phrase_right(text, noun.end + 1).end.min(limit);
        }
        let end = noun.end;
        out.push(Attachment { start: here, noun, end, is_time: false, first: out.is_empty() });
        here = end;
    }
    out
}

/// "the bombing | that occurred | in front of": returns where the attachments go on.
pub fn skip_occurring(text: &Text<'_>, end: usize, limit: usize) -> usize {
    let relative = usize::from(matches!(text.lower(end), "that" | "which"));
    let verb = (end + relative..limit.min(end + relative + 3))
        .find(|&at| matches!(text.lower(at), "occurred" | "happened" | "took"));
    match verb {
        Some(at) if relative == 1 || at == end => at + 1 + usize::from(text.lower(at + 1) == "place"),
        _ => end,
    }
}

/// "The mill was the site of | the attack": returns the noun phrase of the site.
pub fn site_left(text: &Text<'_>, left: usize, floor: usize) -> Option<Range<usize>> {
    if left < floor + 4
        || text.lower(left - 1) != "of"
        || !matches!(text.lower(left - 2), "site" | "scene" | "target" | "location" | "targets")
    {
        return None;
    }
    let mut at = left - 2;
    at -= usize::from(matches!(text.lower(at - 1), "the" | "a"));
    if at <= floor + 1 || !words::is_be(text.lower(at - 1)) {
        return None;
    }
    let group = verb_group_left(text, at - 1, floor);
    let noun = phrase::noun_phrase_left(text, group.start, floor);
    (!noun.is_empty()).then_some(noun)
}

/// "targeting mosques", "attacked several villages": more than one occurrence.
pub fn is_plural_object(text: &Text<'_>, object: Range<usize>) -> bool {
    let first = text.lower(object.start);
    let many =
        matches!(first, "several" | "multiple" | "various" | "many" | "numerous" | "dozens" | "hundreds" | "thousands");
    let last = text.lower(object.end - 1);
    let head = object.clone().find(|&at| text.lower(at) == "of").map_or(last, |at| text.lower(at.max(1) - 1));
    let plural = |word: &str| word.ends_with('s') && !word.ends_with("ss") && word.len() > 3;
    let people = |word: &str| {
        matches!(
            word,
            "people"
                | "civilians"
                | "others"
                | "soldiers"
                | "guards"
                | "officers"
                | "men"
                | "worshippers"
                | "worshipers"
                | "policemen"
                | "troops"
                | "members"
                | "students"
        )
    };
    (many && !people(last) && !people(head))
        || !words::is_determiner(first)
            && !text.tokens[object.start].capital
            && text.tokens[object.start].kind == TokenKind::Word
            && plural(head)
            && !people(head)
}

/// Says whether one of the phrases is "in" or "near" a name.
pub fn is_located(text: &Text<'_>, attachments: &[Attachment]) -> bool {
    attachments.iter().any(|it| {
        !it.is_time
            && matches!(text.lower(it.start), "in" | "at" | "near" | "outside" | "inside" | "across")
            && it.noun.clone().any(|at| {
                text.tokens[at].capital && !words::is_month(text.lower(at)) && !words::is_weekday(text.lower(at))
            })
    })
}

/// ", Afghanistan": a capital right behind a comma, and no verb behind it.
fn is_place_list(text: &Text<'_>, comma: usize, limit: usize) -> bool {
    let Some(token) = text.tokens.get(comma + 1).filter(|_| comma + 1 < limit && text.lower(comma) == ",") else {
        return false;
    };
    let noun = phrase::noun_phrase_right(text, comma + 1);
    token.capital
        && token.kind == TokenKind::Word
        && !words::breaks_noun_phrase(&token.lower)
        && noun.end <= comma + 5
        && !phrase::is_finite_verb(text, noun.end)
}

fn time_at(times: &[Found<Time>], at: usize) -> Option<&Found<Time>> {
    let from = times.partition_point(|it| it.tokens.start < at);
    times.get(from).filter(|it| it.tokens.start == at)
}

/// "carried out | an attack": returns the verb that takes an attack as its object.
pub fn support_verb_left(text: &Text<'_>, left: usize, floor: usize) -> Option<Range<usize>> {
    for len in [2, 1] {
        if left < floor + len {
            continue;
        }
        let start = left - len;
        let second = if len == 2 { text.lower(start + 1) } else { "" };
        let fits = match (text.lower(start), second) {
            ("carry" | "carries" | "carried" | "carrying", "out") => true,
            (word, "") => is_support_verb(word),
            _ => false,
        };
        if fits {
            return Some(start..left);
        }
    }
    None
}

fn is_support_verb(word: &str) -> bool {
    matches!(
        word,
        "launch"
            | "launches"
            | "launched"
            | "launching"
            | "conduct"
            | "conducts"
            | "conducted"
            | "conducting"
            | "perpetrate"
            | "perpetrated"
            | "perpetrating"
            | "stage"
            | "stages"
            | "staged"
            | "staging"
            | "mount"
            | "mounts"
            | "mounted"
            | "mounting"
            | "execute"
            | "executed"
            | "executing"
            | "unleash"
            | "unleashed"
            | "commit"
            | "commits"
            | "committed"
            | "committing"
            | "orchestrated"
            | "masterminded"
            | "initiated"
            | "initiate"
            | "made"
            | "makes"
            | "began"
            | "started"
            | "signed"
            | "reached"
            | "struck"
            | "held"
            | "fought"
            | "waged"
            | "led"
            | "did"
            | "announced"
            | "declared"
    )
}

/// Returns the subject of the verb group: the noun before it, the noun that a relative pronoun
/// stands for, or the sentence's first actor when the verb is the second of two.
pub fn agent_left(around: &Surroundings<'_>, group: Range<usize>, floor: usize) -> Option<Range<usize>> {
    let text = &around.ctx.text;
    let start = group.start;
    if start <= floor {
        return None;
    }
    let before = text.lower(start - 1);
    if matches!(before, "since" | "from" | "on" | "at" | "without") {
        return None;
    }
    if words::is_relative(before) {
        let mut end = start - 1;
        if end > floor && text.lower(end - 1) == "," {
            end -= 1;
        }
        let noun = phrase::noun_phrase_left(text, end, floor);
        return pointed_at(text, noun.clone(), floor).or((!noun.is_empty()).then_some(noun));
    }
    if !matches!(
        before,
        "," | "and" | "or" | "then" | "before" | "after" | "while" | "by" | "in" | "for" | "of" | "with"
    ) {
        let noun = phrase::subject_left(text, start, floor);
        if !noun.is_empty() && !is_time_phrase(around, noun.clone()) {
            return Some(trim_quantity(text, noun));
        }
    } else if before == "," && !text.lower(group.end).ends_with("ing") {
        let noun = phrase::subject_left(text, start, floor);
        if !noun.is_empty() && noun.start > floor && noun.len() > 1 {
            return Some(noun);
        }
    }
    // "…, killing ten" is said of the sentence's subject; "after a girl was shot and killed" is not.
    let floor = if before == "," { floor } else { own_clause(text, start, floor) };
    main_subject(around, start, floor)
}

/// "Soldiers were | the ones | who killed them": whom the words point at.
pub fn pointed_at(text: &Text<'_>, noun: Range<usize>, floor: usize) -> Option<Range<usize>> {
    let points = matches!(text.lower(noun.end.checked_sub(1)?), "ones" | "one" | "those");
    let is = noun.start.checked_sub(1).filter(|&it| points && it > floor && words::is_be(text.lower(it)))?;
    let group = verb_group_left(text, is, floor);
    Some(phrase::subject_left(text, group.start, floor)).filter(|it| !it.is_empty())
}

/// Where the clause around a verb begins, if a conjunction with a subject of its own opens it.
fn own_clause(text: &Text<'_>, verb: usize, floor: usize) -> usize {
    let opens = |at: usize| {
        matches!(text.lower(at), "after" | "when" | "while" | "as" | "because" | "that" | "with" | "if" | "where")
            && nouns::is_nominal(text, phrase::noun_phrase_right(text, at + 1).start)
            && phrase::noun_phrase_right(text, at + 1).end < verb
    };
    (floor..verb)
        .rev()
        .take(40)
        .take_while(|&at| text.lower(at) != ";")
        .find(|&at| opens(at))
        .map_or(floor, |it| it + 1)
}

/// "was shot | and killed": the verb group that a second participle shares.
pub fn shared_passive(text: &Text<'_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    let first =
        verb.checked_sub(2).filter(|&it| it > floor && matches!(text.lower(verb - 1), "and" | "or" | "then"))?;
    let group = verb_group_left(text, first, floor);
    let participle = text.lower(first).ends_with("ed") || is_patient_verb(text.lower(first));
    (participle && group.clone().any(|at| words::is_be(text.lower(at)))).then_some(group)
}

/// "at | least three civilians": takes the operator whole; "that | an officer": leaves the conjunction out.
fn trim_quantity(text: &Text<'_>, noun: Range<usize>) -> Range<usize> {
    if text.lower(noun.start) == "that" && noun.len() > 2 {
        return noun.start + 1..noun.end;
    }
    let cut =
        noun.start > 0 && matches!(text.lower(noun.start), "least" | "most") && text.lower(noun.start - 1) == "at";
    noun.start - usize::from(cut)..noun.end
}

fn is_time_phrase(around: &Surroundings<'_>, noun: Range<usize>) -> bool {
    let from = around.times.partition_point(|it| it.tokens.end <= noun.start);
    around.times.get(from).is_some_and(|it| it.tokens.start <= noun.start && noun.end <= it.tokens.end)
}

/// "The army and the rebels agreed on Saturday to | a truce": the named parties before the verb.
pub fn parties_left(around: &Surroundings<'_>, left: usize, floor: usize) -> Vec<Range<usize>> {
    let text = &around.ctx.text;
    let verb = (floor..left).rev().take(12).find(|&at| {
        matches!(text.lower(at), "agreed" | "signed" | "reached" | "struck" | "concluded" | "announced" | "declared")
    });
    let Some(verb) = verb else { return vec![] };
    let mut parties: Vec<Range<usize>> = vec![];
    for naming in around.actors.within(floor..verb) {
        let free = naming.tokens.end <= verb && naming.tokens.start >= floor && text.lower(naming.tokens.end) != "'s";
        if free
            && parties.last().is_none_or(|it| it.end <= naming.tokens.start)
            && around.actors.list[naming.actor].codebook.is_some()
        {
            parties.push(naming.tokens.clone());
        }
    }
    parties.truncate(3);
    parties
}

/// The first actor or attacker of the sentence that stands free of prepositions.
fn main_subject(around: &Surroundings<'_>, before: usize, floor: usize) -> Option<Range<usize>> {
    let text = &around.ctx.text;
    let free = |start: usize| {
        start == floor
            || !words::is_preposition(text.lower(left_edge(text, start, floor).max(floor + 1) - 1))
            || left_edge(text, start, floor) == floor
    };
    let named = around
        .actors
        .within(floor..before)
        .filter(|it| it.tokens.start >= floor && it.tokens.end <= before && free(it.tokens.start))
        .map(|it| it.tokens.clone())
        .find(|it| text.lower(it.end) != "'s");
    if let Some(named) = named {
        return Some(named);
    }
    let mut at = floor;
    while at < before.min(floor + 60) {
        if let Some((len, ())) = around.ctx.index.events.attackers.at(text, at)
            && free(at)
        {
            return Some(left_edge(text, at, floor)..at + len);
        }
        at += 1;
    }
    // "Hooded men | burst in and | shot him".
    let opening = phrase::noun_phrase_right(text, floor);
    let head = opening.end.checked_sub(1).filter(|_| !opening.is_empty() && opening.end < before)?;
    let acts = around.ctx.index.events.doers.at(text, head).is_some() && phrase::is_finite_verb(text, opening.end);
    acts.then_some(opening)
}

/// Returns the auxiliaries and adverbs before a verb: "have also been | killed".
pub fn verb_group_left(text: &Text<'_>, verb: usize, floor: usize) -> Range<usize> {
    let mut start = verb;
    while start > floor && verb - start < 8 {
        let word = text.lower(start - 1);
        let belongs = words::is_auxiliary(word) && word != "'s"
            || words::is_modal(word)
            || words::is_adverbial(word) && !matches!(word, "all" | "both" | "first" | "last" | "today" | "yesterday")
            || word == "to"
            || word == "managed"
            || matches!(word, "believed" | "suspected" | "thought" | "reported" | "said" | "alleged")
                && text.lower(start) == "to";
        if !belongs {
            break;
        }
        start -= 1;
    }
    start..verb
}

/// Says whether a past form is passive: after a form of be, or a bare participle before "by".
pub fn is_passive(text: &Text<'_>, group: Range<usize>, end: usize, limit: usize) -> bool {
    if group.clone().any(|at| words::is_be(text.lower(at)) || text.lower(at) == "got") {
        return true;
    }
    let has = group.clone().any(|at| words::is_have(text.lower(at)));
    // "a hideout raided by troops", "people killed in the attack".
    let counts = text.lower(end) == "at" && matches!(text.lower(end + 1), "least" | "most");
    !has && end < limit
        && !counts
        && (text.lower(end) == "by"
            || matches!(text.lower(end), "in" | "during" | "when" | "on" | "at")
                && group.is_empty()
                && is_patient_verb(text.lower(end - 1)))
}

fn is_patient_verb(word: &str) -> bool {
    matches!(
        word,
        "killed"
            | "wounded"
            | "injured"
            | "arrested"
            | "detained"
            | "captured"
            | "kidnapped"
            | "abducted"
            | "shot"
            | "freed"
            | "released"
            | "assassinated"
            | "murdered"
            | "slain"
            | "seized"
    )
}

/// Verbs whose subject suffers or is the thing that happens.
pub fn is_intransitive(word: &str) -> bool {
    [
        "explod",
        "die",
        "dying",
        "erupt",
        "occur",
        "perish",
        "went",
        "going",
        "came",
        "come",
        "stepped",
        "fell",
        "surrender",
    ]
    .iter()
    .any(|it| word.starts_with(it))
}

/// "killed … by gunmen": the noun of the next "by", close by and in the same clause.
pub fn by_agent(text: &Text<'_>, end: usize, limit: usize) -> Option<Range<usize>> {
    for at in end..limit.min(end + 18) {
        let word = text.lower(at);
        if word == "by" {
            let counted = at + 1 + operator_len(text, at + 1);
            let mut noun = with_allegiance(text, phrase::noun_phrase_right(text, counted));
            // "by suicide bombers and gunmen".
            if text.lower(noun.end) == "and" {
                let more = phrase::noun_phrase_right(text, noun.end + 1);
                if !more.is_empty() && more.len() < 6 && !phrase::is_finite_verb(text, more.end) {
                    noun.end = more.end;
                }
            }
            let fits = !noun.is_empty() && !text.lower(at + 1).ends_with("ing");
            return fits.then_some(noun);
        }
        // "was killed on 1 August, | apparently | by gunmen".
        let parts = word == "," && {
            let next = at + 1 + usize::from(words::is_adverbial(text.lower(at + 1)));
            text.lower(next) == "by"
        };
        if matches!(word, ";" | "," | "that" | "who" | "which") && !parts {
            return None;
        }
    }
    None
}

/// "accused the government of | releasing": who is accused.
pub fn accused_left(text: &Text<'_>, verb: usize, floor: usize) -> Option<Range<usize>> {
    if verb < floor + 3 || !matches!(text.lower(verb - 1), "of" | "for") {
        // "by releasing thousands of fighters": the one accused before.
        return (text.lower(verb - 1) == "by")
            .then(|| accusing_verb(text, verb - 1, floor))
            .flatten()
            .map(|at| phrase::noun_phrase_right(text, at + 1))
            .map(|noun| cut_at_of(text, noun));
    }
    accusing_verb(text, verb - 1, floor).map(|at| cut_at_of(text, at + 1..verb - 1))
}

fn cut_at_of(text: &Text<'_>, noun: Range<usize>) -> Range<usize> {
    let gerund = |at: usize| text.lower(at) == "of" && text.lower(at + 1).ends_with("ing");
    let end = noun.clone().find(|&at| gerund(at)).unwrap_or(noun.end);
    noun.start..end
}

pub(super) fn accusing_verb(text: &Text<'_>, from: usize, floor: usize) -> Option<usize> {
    (floor..from).rev().take(16).find(|&at| {
        matches!(
            text.lower(at),
            "accused" | "accuse" | "accuses" | "accusing" | "blamed" | "blames" | "blaming" | "blame"
        )
    })
}

/// The object of a verb, with a particle passed over: "opened fire on | the crowd", "killed | at least ten men".
pub fn object_right(text: &Text<'_>, end: usize) -> Range<usize> {
    let mut at = end;
    let operator = operator_len(text, at);
    if operator == 0 && matches!(text.lower(at), "on" | "at" | "into" | "up" | "against" | "upon" | "down" | "with") {
        at += 1;
    }
    let sentence = text.tokens.get(end.max(1) - 1).map(|it| it.sentence);
    if text
        .tokens
        .get(at)
        .is_none_or(|it| matches!(it.kind, TokenKind::Mark | TokenKind::Quote) || Some(it.sentence) != sentence)
    {
        return end..end;
    }
    let noun = quantified(text, at + operator);
    let adverb = words::is_weekday(text.lower(at))
        || matches!(text.lower(at), "last" | "earlier" | "later" | "today" | "yesterday" | "early" | "late");
    if noun.is_empty() || adverb { end..end } else { at..noun.end }
}

/// "dozens of people": the noun phrase with its counting word.
fn quantified(text: &Text<'_>, at: usize) -> Range<usize> {
    let counts =
        matches!(text.lower(at), "dozens" | "hundreds" | "scores" | "thousands" | "tens") && text.lower(at + 1) == "of";
    let noun = phrase::noun_phrase_right(text, if counts { at + 2 } else { at });
    if counts && !noun.is_empty() { at..noun.end } else { noun }
}

/// "at least", "more than": how many words stand before the number.
fn operator_len(text: &Text<'_>, at: usize) -> usize {
    match (text.lower(at), text.lower(at + 1)) {
        ("at", "least" | "most") | ("more" | "fewer" | "less", "than") | ("up", "to") => 2,
        ("as", "many") => 3,
        ("about" | "nearly" | "almost" | "some" | "around" | "over" | "approximately" | "roughly", _) => 1,
        _ => 0,
    }
}

/// "fighters | from the Front", "members | of the group": the noun phrase with those it belongs to.
pub(super) fn with_allegiance(text: &Text<'_>, noun: Range<usize>) -> Range<usize> {
    let links = match text.lower(noun.end) {
        "from" | "of" => 1,
        "loyal" | "belonging" if text.lower(noun.end + 1) == "to" => 2,
        "affiliated" | "linked" | "aligned" | "allied" if matches!(text.lower(noun.end + 1), "with" | "to") => 2,
        _ => return noun,
    };
    let more = phrase::noun_phrase_right(text, noun.end + links);
    if more.is_empty() { noun } else { noun.start..more.end }
}

/// Returns the building or site that a noun phrase names, without determiner.
///
/// The last word counts: "the Harbour Hotel" is a hotel. A name goes on behind "of":
/// "the Ministry of Foreign Affairs".
pub fn facility(ctx: &Context<'_>, noun: Range<usize>) -> Option<Range<usize>> {
    let text = &ctx.text;
    let end = noun.end.min(noun.start + 20);
    let match_at =
        |at: usize| ctx.index.events.facilities.at(text, at).map(|it| at + it.0).filter(|&it| it <= noun.end);
    let first = (noun.start..end).find(|&at| match_at(at).is_some() && !ctx.index.events.names_event(text, at))?;
    let mut stop = match_at(first)?;
    for at in first + 1..end {
        if !nouns::is_nominal(text, at) || at > stop && !text.tokens[at].capital {
            break;
        }
        stop = match_at(at).map_or(stop, |it| it.max(stop));
    }
    let mut start = left_edge(text, first, noun.start);
    while start < first && words::is_determiner(text.lower(start)) {
        start += 1;
    }
    if text.tokens[stop - 1].capital
        && text.lower(stop) == "of"
        && text.tokens.get(stop + 1).is_some_and(|it| it.capital)
    {
        let name = (stop + 1..noun.end).take_while(|&at| text.tokens[at].capital).last();
        stop = name.map_or(stop, |it| it + 1);
    }
    Some(start..stop)
}
