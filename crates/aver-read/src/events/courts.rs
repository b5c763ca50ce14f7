//! Who is charged with an act, convicted or cleared of it: "is charged with the murder of", "stands accused of shelling".
//!
//! In: a text; later its mentions, and the events told in it. Out: each ruling with its accused and the
//! words of the act; the accused as perpetrator, on the accuser's word or as the court's finding. A bare
//! name of a crime ("convicted of murder") tells no event of its own, and neither do the day of a verdict
//! date the act nor the day of the act the verdict. Whether the court is right is nobody's business here.

use super::mentions::{Mention, Surroundings};
use super::{Told, phrases};
use crate::phrase::{noun_phrase_left, noun_phrase_right, subject_left, words};
use crate::text::Text;
use crate::{Context, Found, actors::Actors};
use aver_model::{Basis, Event, Perpetrator, UNSPECIFIED};
use std::ops::Range;

/// So many tokens behind its verb, a ruling names the act.
const REACH: usize = 16;

/// How far a court, or an accuser, has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// "is charged with", "went on trial for".
    Charged,
    /// "was convicted of", "was jailed for".
    Convicted,
    /// "was acquitted of".
    Cleared,
    /// "pleaded guilty to".
    Confessed,
}

/// One ruling of a text.
#[derive(Debug, Clone)]
pub struct Case {
    /// What was ruled.
    pub ruling: Ruling,
    /// The words for whoever is accused.
    pub accused: Range<usize>,
    /// Who accuses or rules.
    pub by: Option<Range<usize>>,
    /// The verb.
    pub verb: usize,
    /// The words of the act.
    pub act: Range<usize>,
}

/// Finds the rulings of a text, in its order.
pub fn cases(text: &Text<'_>) -> Vec<Case> {
    (0..text.tokens.len()).filter_map(|at| case(text, at)).collect()
}

/// What a word rules, and the words that lead from it to the act.
fn ruling(text: &Text<'_>, at: usize) -> Option<(Ruling, &'static [&'static str])> {
    let before = |words: &[&str]| at > 0 && words.contains(&text.lower(at - 1));
    Some(match text.lower(at) {
        "charged" => (Ruling::Charged, &["with", "over"]),
        "accused" | "suspected" => (Ruling::Charged, &["of"]),
        "indicted" | "arraigned" | "prosecuted" | "wanted" => (Ruling::Charged, &["for", "on", "over"]),
        "trial" if before(&["on", "stand", "stands", "stood", "standing", "face", "faces", "faced"]) => {
            (Ruling::Charged, &["for", "over"])
        }
        "convicted" => (Ruling::Convicted, &["of", "for", "over"]),
        "guilty" if before(&["pleaded", "pled", "pleads"]) => (Ruling::Confessed, &["to"]),
        "guilty" => (Ruling::Convicted, &["of", "for"]),
        "sentenced" | "jailed" | "imprisoned" | "executed" | "hanged" => (Ruling::Convicted, &["for", "over"]),
        "acquitted" | "cleared" | "exonerated" => (Ruling::Cleared, &["of"]),
        _ => return None,
    })
}

fn case(text: &Text<'_>, at: usize) -> Option<Case> {
    let (ruling, links) = ruling(text, at)?;
    let sentence = text.sentence_of(at).tokens.clone();
    let ends = |it: usize| matches!(text.lower(it), ";" | ":" | "while" | "but" | "who");
    let mut reach = (at + 1..sentence.end.min(at + REACH)).take_while(|&it| !ends(it));
    let link = reach.find(|&it| links.contains(&text.lower(it)) && !is_term(text, it))?;
    let stops = |it: usize| ends(it) || matches!(text.lower(it), "," | "after" | "before" | "when" | "denies");
    let end = (link + 1..sentence.end).find(|&it| stops(it)).unwrap_or(sentence.end);
    let (accused, by) = sides(text, at, link, sentence.start)?;
    (!accused.is_empty() && link + 1 < end).then_some(Case { ruling, accused, by, verb: at, act: link + 1..end })
}

/// "jailed | for life", "for 12 years": how long, not what for.
fn is_term(text: &Text<'_>, link: usize) -> bool {
    let length = |at: usize| matches!(text.lower(at), "year" | "years" | "months" | "days" | "life" | "decades");
    (link + 1..link + 4).any(length)
}

/// Who is accused, and by whom.
fn sides(text: &Text<'_>, at: usize, link: usize, floor: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let found = (floor..at).rev().take(10).find(|&it| matches!(text.lower(it), "found" | "finds" | "finding"));
    let verb = found.filter(|_| text.lower(at) == "guilty").unwrap_or(at);
    let group = phrases::verb_group_left(text, verb, floor);
    let trial = text.lower(at) == "trial" || text.lower(at) == "guilty" && verb == at;
    let goes = |it: &usize| {
        let word = text.lower(*it);
        words::is_auxiliary(word)
            || words::is_modal(word)
            || words::is_adverbial(word)
            || matches!(
                word,
                "on" | "stand" | "stands" | "stood" | "standing" | "went" | "goes" | "go" | "put" | "facing"
            )
            || matches!(word, "face" | "faces" | "faced" | "pleaded" | "pleads" | "pled")
    };
    let first = if trial { at } else { group.start };
    let start = (floor..first).rev().take_while(goes).last().unwrap_or(first);
    // "Prosecutors charged | two men | with": whoever stands behind the verb suffers it.
    let object = noun_phrase_right(text, verb + 1);
    let passive = (start..verb).any(|it| words::is_be(text.lower(it))) || start < group.start || trial;
    if !passive && !object.is_empty() && !words::is_preposition(text.lower(verb + 1)) {
        let end = (object.start..object.end.min(link).min(if verb == at { link } else { at }))
            .find(|&it| words::is_preposition(text.lower(it)))
            .unwrap_or(object.end.min(link).min(if verb == at { link } else { at }));
        return Some((object.start..end, Some(subject_left(text, group.start, floor)).filter(|it| !it.is_empty())));
    }
    let by = (verb + 1..link).find(|&it| text.lower(it) == "by").map(|it| noun_phrase_right(text, it + 1));
    let by = by.map(|it| it.start..it.end.min(link)).filter(|it| !it.is_empty());
    Some((before(text, start, floor), by))
}

/// The noun that stands before a verb or participle: "three men | who are", "the general, | accused of".
fn before(text: &Text<'_>, start: usize, floor: usize) -> Range<usize> {
    let mut end = start;
    if end > floor && words::is_relative(text.lower(end - 1)) {
        end -= 1;
    }
    let apart = end > floor + 1 && text.lower(end - 1) == ",";
    if apart || end < start {
        let noun = noun_phrase_left(text, end - usize::from(apart), floor);
        let of = (noun.start..noun.end).rev().find(|&it| text.lower(it) == "of");
        return of.map_or(noun.clone(), |it| it + 1..noun.end);
    }
    subject_left(text, start, floor)
}

/// Keeps the day and place of a verdict and of the act apart; a bare name of a crime tells nothing.
pub fn part(around: &Surroundings<'_>, mentions: &mut [Mention]) {
    let text = &around.ctx.text;
    let book = around.ctx.codebook;
    let cases = cases(text);
    if cases.is_empty() {
        return;
    }
    let starts: Vec<usize> = mentions.iter().map(|it| it.trigger.tokens.start).collect();
    for mention in mentions {
        let first = mention.trigger.tokens.start;
        let at_time = |it: usize| around.times[it].tokens.start;
        let at_place = |it: usize| around.places.mentions[it].tokens.start;
        let Some(case) = cases.iter().find(|it| it.act.contains(&first) || mention.trigger.tokens.contains(&it.verb))
        else {
            continue;
        };
        let border = case.act.start;
        if case.act.contains(&first) {
            let bare = first == border && mention.trigger.shape.is_noun() && mention.targets.is_empty();
            let act_follows = starts.iter().any(|it| *it > first && case.act.contains(it));
            mention.unreal |= bare && act_follows && text.lower(mention.trigger.tokens.end) != "of";
            mention.time = mention.time.filter(|&it| at_time(it) >= border);
            let accuser = case.by.clone().unwrap_or(0..0);
            mention.agents.retain(|it| it.end <= accuser.start || accuser.end <= it.start);
        } else if book.events[mention.trigger.kind].name == "trial" {
            mention.time = mention.time.filter(|&it| at_time(it) < border);
            mention.place = mention.place.filter(|&it| at_place(it) < border);
            mention.facility = mention.facility.take().filter(|it| it.start < border);
            mention.span.end = mention.span.end.min(border - 1).max(mention.trigger.tokens.end);
        }
    }
}

/// Adds the accused to the acts that they are charged with or convicted of; whoever is cleared did not do it.
pub fn add(ctx: &Context<'_>, actors: &mut Actors, told: &Told, events: &mut [Found<Event>]) {
    for case in cases(&ctx.text) {
        let violent = |it: &Event| ctx.codebook.event(&it.kind).is_some_and(|it| it.violent);
        let mut acts: Vec<usize> = case.act.clone().filter_map(|it| told.get(&it).copied()).collect();
        acts.dedup();
        acts.retain(|&it| violent(&events[it].record));
        let Some(actor) =
            Some(acts.is_empty()).filter(|it| !it).and_then(|_| person(ctx, actors, case.accused.clone()))
        else {
            continue;
        };
        let id = actors.id(actor);
        let by = case.by.clone().and_then(|it| actors.of_phrase(ctx, it.clone()).or_else(|| actors.at(it)));
        let by = by.map_or_else(|| UNSPECIFIED.to_owned(), |it| actors.id(it));
        let (basis, speaker) = match case.ruling {
            Ruling::Charged => (Basis::Alleged, by),
            Ruling::Convicted => (Basis::Attributed, by),
            Ruling::Confessed => (Basis::Claimed, id.clone()),
            Ruling::Cleared => (Basis::Stated, by),
        };
        for act in acts {
            let perpetrators = &mut events[act].record.perpetrators;
            // "convicted of killing" made him the one who kills, as the outlet's own word.
            perpetrators
                .retain(|it| it.actor.as_deref() != Some(&id) || it.basis == Basis::Alleged && basis == it.basis);
            if case.ruling == Ruling::Cleared || perpetrators.iter().any(|it| it.actor.as_deref() == Some(&id)) {
                continue;
            }
            let span = Some(ctx.text.span(case.accused.clone()));
            let name = actors.list[actor].name.clone();
            perpetrators.push(Perpetrator { actor: Some(id.clone()), name, basis, speaker: speaker.clone(), span });
        }
    }
}

/// The actor of the words; persons and groups that have no name are added, pronouns that stand for nobody are not.
fn person(ctx: &Context<'_>, actors: &mut Actors, words: Range<usize>) -> Option<usize> {
    let known = actors.of_phrase(ctx, words.clone()).or_else(|| actors.at(words.clone()));
    let pronoun = words.len() == 1 && words::is_third_person(ctx.text.lower(words.start));
    known.or_else(|| (!pronoun && words.len() < 16).then(|| actors.add_described(ctx, words, "group")))
}
