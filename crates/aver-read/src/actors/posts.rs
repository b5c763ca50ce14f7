//! Who holds which office: "Ann Doe, a spokeswoman for the ministry".
//!
//! In: named persons, bodies and groups. Out: posts, and namings of unnamed
//! holders ("a spokesman for the ministry"), which stand for the person when the
//! name follows.

use super::{Post, bodies, roll::Roll, words};
use crate::text::TokenKind;
use std::ops::Range;

/// Words for people that the lexicon lists beside offices, and that are none.
const NO_OFFICES: &[&str] = &[
    "prisoner",
    "detainee",
    "captive",
    "hostage",
    "relative",
    "cousin",
    "neighbor",
    "neighbour",
    "father",
    "mother",
    "brother",
    "sister",
    "son",
    "daughter",
    "widow",
    "uncle",
    "wife",
    "husband",
    "witness",
    "eyewitness",
    "survivor",
    "resident",
    "teacher",
    "shopkeeper",
    "farmer",
    "student",
    "driver",
    "insurgent",
    "militant",
    "defector",
    "rescuer",
    "author",
    "nurse",
    "surgeon",
    "elder",
    "guard",
    "soldier",
    "major",
    "dean",
    "monitor",
    "chair",
];

/// An office and the phrase that tells whose it is.
struct Office {
    /// From the first modifier or nation to the last word.
    tokens: Range<usize>,
    /// The office, lower case.
    words: String,
    /// Whose.
    of: usize,
    former: bool,
}

/// "the group 's liaison": offices whose owner is a nominal, once that is resolved.
pub fn find_resolved(roll: &mut Roll<'_, '_>) {
    let ctx = roll.ctx;
    roll.sort();
    let owners: Vec<_> =
        roll.mentions.iter().filter(|it| it.resolved && ctx.text.lower(it.tokens.end) == "'s").cloned().collect();
    for owner in owners {
        let mut at = owner.tokens.end + 1;
        while at < owner.tokens.end + 4 && words::MODIFIERS.contains(&ctx.text.lower(at)) {
            at += 1;
        }
        let n = ctx.index.names.words.offices.at(&ctx.text, at);
        let last = ctx.text.lower(at + n.max(1) - 1);
        if n == 0
            || last.ends_with('s') && !last.ends_with("ss")
            || NO_OFFICES.contains(&last)
            || roll.owner(at).is_some()
        {
            continue;
        }
        let former = ctx.text.lower(owner.tokens.end + 1) == "former";
        let words = ctx.text.words(at..at + n).to_lowercase();
        let mut end = at + n;
        if matches!(ctx.text.lower(end), "for" | "in" | "to")
            && ctx.text.tokens.get(end + 1).is_some_and(|it| it.capital)
        {
            end += 2;
        }
        take(roll, Office { tokens: owner.tokens.start..end, words, of: owner.actor, former });
    }
}

/// Finds offices and who holds them.
pub fn find(roll: &mut Roll<'_, '_>) {
    let ctx = roll.ctx;
    roll.sort();
    let known = roll.mentions.clone();
    let mut at = 0;
    while at < ctx.text.tokens.len() {
        let n = ctx.index.names.words.offices.at(&ctx.text, at);
        let owned_by_office = roll.owner(at).is_some_and(|it| roll.list[it].kind != "office");
        let last = ctx.text.lower(at + n.max(1) - 1);
        let plural = last.ends_with('s') && !last.ends_with("ss");
        if n == 0 || owned_by_office || plural || NO_OFFICES.contains(&last) {
            at += 1;
            continue;
        }
        if let Some(office) = office_at(roll, &known, at..at + n) {
            let next = office.tokens.end.max(at + n);
            take(roll, office);
            at = next;
        } else {
            at += n;
        }
    }
}

/// Reads whose office it is: "spokesman for X", "X 's leader", "Somali police chief".
fn office_at(roll: &mut Roll<'_, '_>, known: &[super::ActorMention], office: Range<usize>) -> Option<Office> {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let sentence = text.sentence_of(office.start).tokens.clone();
    let mut start = office.start;
    while start > sentence.start
        && start + 5 > office.start
        && words::MODIFIERS.contains(&text.lower(start - 1))
        && roll.owner(start - 1).is_none()
    {
        start -= 1;
    }
    let former = (start..office.start).any(|at| matches!(text.lower(at), "former" | "ex"));
    let name = text.words(office.clone()).to_lowercase();
    // "a spokesman for the General Staff": the longest name after the preposition.
    let link = text.lower(office.end);
    if matches!(link, "for" | "of" | "at" | "with" | "from" | "in") {
        let mut from = office.end + 1;
        while from < sentence.end
            && from < office.end + 8
            && !is_mention_start(known, from)
            && is_bridge(text.lower(from))
        {
            from += 1;
        }
        // "director of the U.S. CIA": the body behind its nation.
        let first = mention_from(known, from);
        let behind = first
            .filter(|it| roll.list[it.actor].kind == "state")
            .map(|it| it.tokens.end + usize::from(text.lower(it.tokens.end) == "'s"))
            .and_then(|at| mention_from(known, at))
            .filter(|it| !matches!(roll.list[it.actor].kind.as_str(), "state" | "person" | "armed_group"));
        if let Some(it) = behind.or(first)
            && it.tokens.end <= sentence.end
            && !matches!(roll.list[it.actor].kind.as_str(), "person" | "office" | "anonymous_group")
            && (link != "in" || roll.list[it.actor].kind != "state")
        {
            let mut of = it.actor;
            // "U.S. Special Representative for Afghanistan": the nation before counts, not the beat.
            if let Some((_, nation)) = super::names::nation_before(roll, start)
                && roll.list[of].kind == "state"
            {
                of = nation;
                start = super::names::nation_before(roll, start)?.0.start;
            }
            // "Representative for Mali Reconciliation": the beat goes on.
            let mut end = it.tokens.end;
            while end < sentence.end && end < it.tokens.end + 3 && text.tokens[end].capital && roll.is_free(end) {
                end += 1;
            }
            return Some(Office { tokens: start..end, words: name, of, former });
        }
        if let Some(it) = employer(roll, known, office.end, sentence.end) {
            return Some(Office { tokens: start..it.tokens.end, words: name, of: it.actor, former });
        }
    }
    let (nation, of) = super::names::nation_before(roll, start)?;
    let former = former || nation.start > sentence.start && text.lower(nation.start - 1) == "former";
    // "the Taliban governor for Balkh": the beat belongs to the phrase.
    let mut end = office.end;
    if matches!(text.lower(end), "for" | "of" | "in" | "to") {
        let stop = (end + 1..sentence.end.min(end + 6))
            .take_while(|&at| text.tokens[at].capital || text.lower(at) == "the")
            .last();
        end = stop.map_or(end, |it| it + 1);
    }
    // A name directly behind the beat is the person: "Representative for Afghanistan Thomas West".
    if let Some(person) = (office.end..end).find(|&at| roll.owner(at).is_some_and(|it| roll.list[it].kind == "person"))
    {
        end = person;
    }
    Some(Office { tokens: nation.start..end, words: name, of, former })
}

fn is_bridge(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "former") || words::MODIFIERS.contains(&word)
}

fn is_mention_start(known: &[super::ActorMention], at: usize) -> bool {
    mention_from(known, at).is_some()
}

/// Returns the longest naming that starts at `at`.
fn mention_from(known: &[super::ActorMention], at: usize) -> Option<&super::ActorMention> {
    let first = known.partition_point(|it| it.tokens.start < at);
    known.get(first).filter(|it| it.tokens.start == at)
}

/// Ties an office to the person beside it, or keeps its unnamed holder.
fn take(roll: &mut Roll<'_, '_>, office: Office) {
    let text = &roll.ctx.text;
    let sentence = text.sentence_of(office.tokens.start).tokens.clone();
    let person_at = |roll: &Roll<'_, '_>, at: usize| roll.owner(at).filter(|&it| roll.list[it].kind == "person");
    // Behind: "leader X", "the leader of Y, X,".
    let mut next = office.tokens.end;
    if matches!(text.lower(next), "," | "is" | "was") && next < sentence.end {
        next += 1;
    }
    while next < sentence.end && next < office.tokens.end + 4 && roll.ctx.index.names.words.titles.at(text, next) > 0 {
        next += 1;
    }
    let behind = (next < sentence.end).then(|| person_at(roll, next)).flatten();
    let before = person_before(roll, &office, sentence.start);
    let directly = behind.is_some() && next == office.tokens.end;
    let (person, tokens) = match (before, behind) {
        (_, Some(person)) if directly => {
            let end = roll.name_around(next).map_or(next + 1, |it| it.end);
            (person, office.tokens.start..end)
        }
        (Some((start, person)), _) => (person, start..office.tokens.end),
        (None, Some(person)) => {
            let end = roll.name_around(next).map_or(next + 1, |it| it.end);
            (person, office.tokens.start..end)
        }
        _ => {
            let mut tokens = office.tokens;
            while tokens.start > sentence.start
                && matches!(text.lower(tokens.start - 1), "alleged" | "suspected" | "purported")
            {
                tokens.start -= 1;
            }
            let office = Office { tokens, ..office };
            let holder = bodies::office(roll, office.of, office.words.split(' ').next_back().unwrap_or(""));
            roll.mention(office.tokens.clone(), holder, false);
            roll.posts.push(Post {
                person: holder,
                office: office.words,
                of: office.of,
                former: office.former,
                tokens: office.tokens,
            });
            return;
        }
    };
    roll.mention(office.tokens.clone(), person, true);
    roll.posts.push(Post { person, office: office.words, of: office.of, former: office.former, tokens });
}

/// Words between a person and the office behind.
const BETWEEN: &[&str] = &[
    ",",
    "a",
    "an",
    "the",
    "who",
    "is",
    "was",
    "as",
    "one",
    "of",
    "its",
    "and",
    "(",
    "former",
    "then",
    "regarded",
    "described",
    "named",
    "considered",
    "known",
    "another",
];

/// "X, the leader of Y", "X, who is the leader of Y", "X is the leader of Y": where X begins, and who it is.
fn person_before(roll: &Roll<'_, '_>, office: &Office, first: usize) -> Option<(usize, usize)> {
    let text = &roll.ctx.text;
    let floor = first.max(office.tokens.start.saturating_sub(14));
    let mut at = office.tokens.start;
    while at > floor {
        at -= 1;
        // "Ann Doe (also Anna), the leader": a parenthesis is passed over.
        if text.lower(at) == ")"
            && let Some(open) = (floor..at).rev().take(6).find(|&it| text.lower(it) == "(")
        {
            at = open;
            continue;
        }
        if let Some(person) = roll.owner(at).filter(|&it| roll.list[it].kind == "person") {
            // "Ann Doe and the leader" are two.
            return roll.name_around(at).map(|it| (it.start, person)).filter(|_| {
                let comma = usize::from(text.lower(at + 1) == ",");
                text.lower(at + 1 + comma) != "and"
            });
        }
        let word = text.lower(at);
        let nation = roll.ctx.index.names.words.nationalities.contains_key(word);
        if !BETWEEN.contains(&word) && !words::MODIFIERS.contains(&word) && !nation {
            return None;
        }
    }
    None
}

/// "an expert of international security at Norvale University": the body behind a later "at".
fn employer<'k>(
    roll: &Roll<'_, '_>,
    known: &'k [super::ActorMention],
    office: usize,
    limit: usize,
) -> Option<&'k super::ActorMention> {
    let text = &roll.ctx.text;
    let far = (office + 1..limit.min(office + 8))
        .take_while(|&at| text.tokens[at].kind == TokenKind::Word)
        .find(|&at| matches!(text.lower(at), "at" | "with" | "for"))?;
    let from = far + 1 + usize::from(matches!(text.lower(far + 1), "the" | "a"));
    mention_from(known, from)
        .filter(|it| !matches!(roll.list[it.actor].kind.as_str(), "person" | "office" | "anonymous_group" | "state"))
}
