//! What the words around a trigger say of it: whether it happened, and whose time and place they are.
//!
//! In: a text, a trigger or a border. Out: a yes or no, a count of clause borders,
//! or the words that a verb of attack takes. Each walk is bounded and stays in one
//! sentence. Noun phrases, verb groups and attachments are in [`super::phrases`].

use super::cues::Trigger;
use super::mentions::Surroundings;
use super::phrases::{accusing_verb, verb_group_left};
use crate::phrase::{self, nouns, words};
use crate::{Context, statements::Form, text::Text};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Says whether the words make a mention unreal: "to prevent attacks", "a potential attack".
pub fn is_unreal(text: &Text<'_>, trigger: &Trigger, span: &Range<usize>) -> bool {
    let floor = text.sentence_of(trigger.tokens.start).tokens.start;
    let start = span.start.min(trigger.tokens.start);
    // Of a verb only the words of its subject count: "they foiled a bombing and | arrested five".
    let end = match trigger.shape.is_noun() {
        true => trigger.tokens.start,
        false => (start..trigger.tokens.start).find(|&at| is_predicate(text, at)).unwrap_or(trigger.tokens.start),
    };
    for at in start.max(floor + 1) - 1..end {
        if text.lower(at) == "/"
            || matches!(
                text.lower(at),
                "potential"
                    | "possible"
                    | "planned"
                    | "foiled"
                    | "attempted"
                    | "future"
                    | "imminent"
                    | "alleged"
                    | "failed"
                    | "further"
                    | "thwarted"
                    | "would-be"
                    | "no"
                    | "hypothetical"
                    | "any"
            )
        {
            return !matches!(text.lower(at), "alleged" | "further");
        }
    }
    if !trigger.shape.is_noun() {
        return false;
    }
    for at in (floor..start).rev().take(7) {
        let word = text.lower(at);
        if matches!(word, ";" | ":" | ")" | "," | "who" | "which") {
            break;
        }
        let prevents = ["prevent", "thwart", "foil", "avert", "avoid", "deter", "halt", "stop"]
            .iter()
            .any(|it| word.starts_with(it))
            || [
                "plan",
                "plann",
                "plot",
                "prepar",
                "threat",
                "fear",
                "risk",
                "warn",
                "capab",
                "intend",
                "possib",
                "potential",
                "likelihood",
                "danger",
            ]
            .iter()
            .any(|it| word.starts_with(it))
            || matches!(
                word,
                "could"
                    | "would"
                    | "might"
                    | "may"
                    | "will"
                    | "can"
                    | "if"
                    | "unless"
                    | "against"
                    | "ability"
                    | "able"
                    | "facing"
                    | "train"
                    | "training"
                    | "recruiting"
                    | "negotiate"
                    | "negotiating"
                    | "negotiations"
            ) && !(word == "against" && !trigger_is_bare(text, trigger, start));
        if prevents && !(word == "planning" && at > floor && text.lower(at - 1) == "of") {
            return true;
        }
    }
    false
}

/// Says whether the subject is over: a form of "be" or "have", or a finite verb, or a clause begins.
fn is_predicate(text: &Text<'_>, at: usize) -> bool {
    let word = text.lower(at);
    let verb = text.trees.node(at).is_some_and(|it| it.upos == "VERB" && matches!(it.xpos, "VBD" | "VBZ" | "VBP"));
    words::is_auxiliary(word) && word != "'s" || words::is_relative(word) || verb || phrase::is_finite_verb(text, at)
}

fn trigger_is_bare(text: &Text<'_>, trigger: &Trigger, start: usize) -> bool {
    start == trigger.tokens.start && !words::is_determiner(text.lower(start))
}

/// Says whether a verb tells something that did not happen: "could attack", "to attack", "did not kill".
pub fn is_unreal_verb(text: &Text<'_>, verb: usize, floor: usize) -> bool {
    let group = verb_group_left(text, verb, floor);
    for at in group.clone() {
        let word = text.lower(at);
        // "has often attacked": a habit, no occurrence.
        let habit = matches!(
            word,
            "occasionally"
                | "often"
                | "regularly"
                | "frequently"
                | "sometimes"
                | "repeatedly"
                | "routinely"
                | "constantly"
                | "usually"
                | "increasingly"
                | "always"
                | "typically"
        );
        if words::is_modal(word) || words::is_negation(word) || habit {
            return true;
        }
        if word == "to" {
            let governor = if at > floor { text.lower(at - 1) } else { "" };
            let happened = matches!(
                governor,
                "managed"
                    | "continue"
                    | "continued"
                    | "continues"
                    | "began"
                    | "went"
                    | "used"
                    | "proceeded"
                    | "helped"
                    | "even"
                    | "dared"
                    | "believed"
                    | "thought"
                    | "suspected"
                    | "reported"
                    | "alleged"
                    | "said"
                    | "known"
                    | "seen"
                    | "attack"
                    | "come"
                    | "led"
                    | "guilty"
                    | "admitted"
                    | "confessed"
            );
            // "claims to have captured": past, whoever says so.
            if !happened && text.lower(at + 1) != "have" {
                return true;
            }
        }
    }
    if group.start > floor {
        let before = text.lower(group.start - 1);
        if matches!(
            before,
            "without" | "from" | "against" | "if" | "unless" | "on" | "at" | "for" | "to" | "about" | "in"
        ) && group.is_empty()
            && !governed_as_real(text, group.start, floor)
            && text.lower(verb).ends_with("ing")
        {
            return true;
        }
        if before == "of" && group.start > floor + 1 {
            let head = text.lower(group.start - 2);
            return matches!(
                head,
                "capable"
                    | "goal"
                    | "aim"
                    | "purpose"
                    | "risk"
                    | "threat"
                    | "possibility"
                    | "idea"
                    | "intention"
                    | "way"
                    | "instead"
                    | "chance"
                    | "danger"
            );
        }
    }
    false
}

/// "blamed the group for | killing", "succeeded in | killing", "responsible for | killing".
fn governed_as_real(text: &Text<'_>, verb: usize, floor: usize) -> bool {
    let governor = if verb > floor + 1 { text.lower(verb - 2) } else { "" };
    match text.lower(verb - 1) {
        "for" => governor == "responsible" || accusing_verb(text, verb - 1, floor).is_some(),
        "in" => ["succe", "result", "involve", "participat", "role"].iter().any(|it| governor.starts_with(it)),
        _ => false,
    }
}

/// Says whether the name at `at` follows a preposition of place, articles and titles passed over.
pub fn place_preposition_before(text: &Text<'_>, at: usize, floor: usize) -> bool {
    let mut here = at;
    while here > floor && at - here < 7 {
        let word = text.lower(here - 1);
        if matches!(
            word,
            "in" | "at"
                | "near"
                | "outside"
                | "inside"
                | "across"
                | "throughout"
                | "around"
                | "from"
                | "on"
                | "to"
                | "into"
                | "within"
                | "over"
                | "along"
                | "of"
                | "against"
                | "toward"
                | "towards"
        ) {
            return true;
        }
        let passes = word == "," && text.tokens[here - 2].capital || nouns::is_nominal(text, here - 1) && word != "'s";
        if !passes {
            return false;
        }
        here -= 1;
    }
    false
}

/// Counts the clause borders between two ranges.
pub fn borders_between(text: &Text<'_>, a: Range<usize>, b: Range<usize>) -> usize {
    let (from, to) = if a.end <= b.start { (a.end, b.start) } else { (b.end, a.start) };
    if to <= from || to - from > 80 {
        return if to > from { 5 } else { 0 };
    }
    (from..to)
        .filter(|&at| {
            let word = text.lower(at);
            words::is_subordinator(word) && !words::is_determiner(word)
                || matches!(word, ";" | ":" | "—" | "–" | "--" | "that")
                || matches!(word, "and" | "but" | "or") && phrase::begins_clause(text, at + 1)
                || matches!(
                    word,
                    "according"
                        | "said"
                        | "says"
                        | "told"
                        | "stated"
                        | "reported"
                        | "say"
                        | "including"
                        | "announced"
                        | "claim"
                        | "claims"
                        | "believe"
                        | "warned"
                        | "warn"
                        | "confirmed"
                        | "alleged"
                        | "insist"
                        | "insists"
                        | "accused"
                )
        })
        .count()
}

/// Says whether only "as", "when", "before" and the like part two ranges: both are of one time.
pub fn only_time_borders(text: &Text<'_>, a: Range<usize>, b: Range<usize>) -> bool {
    let (from, to) = if a.end <= b.start { (a.end, b.start) } else { (b.end, a.start) };
    to.saturating_sub(from) < 40
        && (from..to).all(|at| {
            let word = text.lower(at);
            !matches!(
                word,
                ";" | ":"
                    | "said"
                    | "says"
                    | "say"
                    | "told"
                    | "claim"
                    | "claims"
                    | "claimed"
                    | "according"
                    | "who"
                    | "which"
                    | "that"
                    | "because"
                    | "although"
            ) && !(matches!(word, "and" | "but") && phrase::begins_clause(text, at + 1))
        })
}

/// Says whether a time stands beside a verb of saying and not in the saying: "said Wednesday that".
pub fn dates_a_saying(ctx: &Context<'_>, time: Range<usize>, sentence: Range<usize>, trigger: usize) -> bool {
    let text = &ctx.text;
    let says = |at: usize| {
        let told = |it: &crate::statements::Hit<'_>| {
            it.cue.that
                || matches!(
                    it.cue.stance,
                    Stance::ClaimsResponsibility | Stance::Reports | Stance::Confirms | Stance::Condemns
                )
        };
        matches!(
            text.lower(at),
            "statement"
                | "interview"
                | "reporters"
                | "conference"
                | "issued"
                | "released"
                | "published"
                | "address"
                | "speech"
                | "briefing"
                | "tweet"
        ) || ctx
            .index
            .cues
            .at(text, at)
            .any(|it| it.cue.class == CueClass::Verb && told(&it) && matches!(it.form, Form::Past | Form::Third))
    };
    let before = (sentence.start..time.start)
        .rev()
        .take(3)
        .take_while(|&at| !matches!(text.lower(at), "," | ";" | "that"))
        // "was sworn in on 2 May": the event's own verb.
        .any(|at| at != trigger && says(at));
    // "On Tuesday, the agency said that troops had killed".
    let opens = time.start <= sentence.start + 1;
    let after = (time.end..sentence.end.min(time.end + if opens { 14 } else { 3 }))
        .take_while(|&at| !matches!(text.lower(at), ";" | "that") && (at < trigger || trigger < time.start))
        .any(says);
    before || after && (trigger > time.end)
}

/// "Condemned | a cowardly attack on the crowd": what is condemned was told before.
pub fn is_condemned(ctx: &Context<'_>, noun: usize, floor: usize) -> bool {
    (floor.max(noun.saturating_sub(4))..noun).any(|at| {
        let apart = |from: usize| {
            (from..noun).all(|it| matches!(ctx.text.lower(it), "\"" | "“" | "the" | "a" | "an" | "as" | "strongly"))
        };
        let mut hits = ctx.index.cues.at(&ctx.text, at);
        hits.any(|it| it.cue.stance == Stance::Condemns && it.cue.class == CueClass::Verb && apart(at + it.len))
    })
}

/// Says whether a claim of responsibility, or the release of one, stands between two tokens.
pub fn claim_between(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to.min(from + 40)).any(|at| {
        matches!(
            text.lower(at),
            "responsibility" | "accountability" | "credit" | "responsible" | "claimed" | "claiming"
        )
    })
}

/// Says whether the verb group holds "believed to", "suspected of".
pub fn is_believed(text: &Text<'_>, group: Range<usize>) -> bool {
    group.clone().any(|at| {
        matches!(text.lower(at), "believed" | "suspected" | "thought" | "reportedly" | "allegedly" | "suspectedly")
    })
}

/// Says whether a verb answers to an act that was done: "to protest | the killing of the judge".
pub fn answers(verb: &str) -> bool {
    [
        "protest",
        "condemn",
        "denounce",
        "deplor",
        "investigat",
        "aveng",
        "punish",
        "mourn",
        "commemorat",
        "discuss",
        "clarify",
        "probe",
        "remember",
        "mark",
        "answer",
        "repudiat",
    ]
    .iter()
    .any(|it| verb.starts_with(it))
}

/// Says whether the words tell of people held.
pub fn tells_custody(text: &Text<'_>, span: Range<usize>) -> bool {
    span.clone().any(|at| {
        [
            "prison",
            "detain",
            "detention",
            "jail",
            "custody",
            "inmate",
            "hostage",
            "captive",
            "captivity",
            "abducted",
            "kidnapped",
        ]
        .iter()
        .any(|stem| text.lower(at).starts_with(stem))
    })
}

/// "on three occasions", "several times".
pub fn on_occasions(text: &Text<'_>, end: usize, limit: usize) -> bool {
    (end..limit.min(end + 8)).any(|at| {
        matches!(text.lower(at), "occasions" | "times")
            && !matches!(text.lower(at.max(1) - 1), "the" | "modern" | "recent")
    })
}

/// Says whether a participle begins its clause: ", hitting a house", "by targeting".
pub fn opens_participle(text: &Text<'_>, start: usize, floor: usize) -> bool {
    start == floor
        || matches!(text.lower(start - 1), "," | "by" | "and" | "while" | "before" | "after")
        || (floor..start).rev().take(3).any(|at| words::is_be(text.lower(at)))
}

/// Verbs of which an attack itself is the subject.
pub fn is_striking(verb: &str) -> bool {
    matches!(
        verb,
        "hit"
            | "struck"
            | "killed"
            | "targeted"
            | "destroyed"
            | "rocked"
            | "left"
            | "wounded"
            | "injured"
            | "damaged"
            | "ripped"
            | "tore"
            | "occurred"
            | "happened"
            | "claimed"
            | "leveled"
            | "levelled"
            | "shook"
            | "flattened"
            | "erupted"
    )
}

/// Verbs whose object is the weapon.
pub fn is_throwing(verb: &str) -> bool {
    ["fir", "launch", "drop", "lob", "hurl", "rain", "thr", "detonat", "explod", "plant"]
        .iter()
        .any(|stem| verb.starts_with(stem))
}

/// "rockets | at the port": what they were thrown at.
pub fn thrown_at(text: &Text<'_>, end: usize, limit: usize) -> Option<Range<usize>> {
    let at = (end..limit.min(end + 4))
        .find(|&at| matches!(text.lower(at), "at" | "on" | "into" | "against" | "towards" | "toward" | "onto"))?;
    let noun = phrase::noun_phrase_right(text, at + 1);
    (!noun.is_empty()).then_some(noun)
}

/// Says whether the words name a kind of territory.
pub fn is_land(text: &Text<'_>, noun: Range<usize>) -> bool {
    noun.clone().any(|at| {
        matches!(
            text.lower(at),
            "town"
                | "towns"
                | "city"
                | "cities"
                | "district"
                | "districts"
                | "village"
                | "villages"
                | "province"
                | "provinces"
                | "territory"
                | "territories"
                | "area"
                | "areas"
                | "region"
                | "base"
                | "bases"
                | "airport"
                | "capital"
                | "power"
                | "control"
                | "stronghold"
                | "positions"
                | "neighborhood"
                | "neighbourhood"
                | "country"
                | "crossing"
                | "outpost"
                | "outposts"
                | "hills"
                | "government"
        )
    })
}

/// Says whether a noun phrase is a stretch of land or a town: what can be taken over.
pub fn is_territory(around: &Surroundings<'_>, noun: Range<usize>) -> bool {
    let text = &around.ctx.text;
    let from = around.places.mentions.partition_point(|it| it.tokens.end < noun.end);
    around.places.mentions.get(from).is_some_and(|it| it.tokens.end == noun.end && it.tokens.start >= noun.start)
        || is_land(text, noun)
}

/// "the attackers", "all five attackers", "both gunmen": told before.
pub fn tells_attackers(text: &Text<'_>, noun: Range<usize>) -> bool {
    !noun.is_empty()
        && matches!(text.lower(noun.start), "the" | "all" | "both")
        && matches!(
            text.lower(noun.end - 1),
            "attacker"
                | "attackers"
                | "assailant"
                | "assailants"
                | "gunman"
                | "gunmen"
                | "hostage-takers"
                | "shooter"
                | "shooters"
                | "bomber"
                | "bombers"
        )
}
