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
    "prisoner", "detainee", "captive", "hostage", "relative", "cousin", "neighbor", "neighbour", "father", "mother",
    "brother", "sister", "son", "daughter", "widow", "uncle", "wife", "husband", "witness", "eyewitness", "survivor",
    "resident", "teacher", "shopkeeper", "farmer", "student", "driver", "insurgent", "militant", "defector", "rescuer",
    "author", "nurse", "surgeon", "elder", "guard", "soldier", "major", "dean", "monitor", "chair",
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
    while start > sentence.start && start + 5 > office.start && words::MODIFIERS.contains(&text.lower(start - 1)) && roll.owner(start - 1).is_none() {
        start -= 1;
    }
    let former = (start..office.start).any(|at| matches!(text.lower(at), "former" | "ex"));
    let name = text.words(office.clone()).to_lowercase();
    // "a spokesman for the General Staff": the longest name after the preposition.
    let link = text.lower(office.end);
    if matches!(link, "for" | "of" | "at" | "with" | "from" | "in") {
        let mut from = office.end + 1;
        while from < sentence.end && from < office.end + 8 && !is_mention_start(known, from) && is_bridge(text.lower(from)) {
            from += 1;
        }
        if let Some(it) = mention_from(known, from)
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
            return Some(Office { tokens: start..it.tokens.end, words: name, of, former });
        }
        // "an expert of international security at Stanford University".
        let far = (office.end + 1..sentence.end.min(office.end + 8))
            .take_while(|&at| text.tokens[at].kind == TokenKind::Word)
            .find(|&at| matches!(text.lower(at), "at" | "with" | "for"));
        if let Some(far) = far {
            let from = far + 1 + usize::from(matches!(text.lower(far + 1), "the" | "a"));
            if let Some(it) = mention_from(known, from)
                && !matches!(roll.list[it.actor].kind.as_str(), "person" | "office" | "anonymous_group" | "state")
            {
                return Some(Office { tokens: start..it.tokens.end, words: name, of: it.actor, former });
            }
        }
    }
    let (nation, of) = super::names::nation_before(roll, start).or_else(|| possessor(roll, known, start))?;
    let former = former || nation.start > sentence.start && text.lower(nation.start - 1) == "former";
    // "the Taliban governor for Balkh": the beat belongs to the phrase.
    let mut end = office.end;
    if matches!(text.lower(end), "for" | "of" | "in" | "to") {
        let stop = (end + 1..sentence.end.min(end + 6)).take_while(|&at| text.tokens[at].capital || text.lower(at) == "the").last();
        end = stop.map_or(end, |it| it + 1);
    }
    // A name directly behind the beat is the person: "Representative for Afghanistan Thomas West".
    if let Some(person) = (office.end..end).find(|&at| roll.owner(at).is_some_and(|it| roll.list[it].kind == "person")) {
        end = person;
    }
    Some(Office { tokens: nation.start..end, words: name, of, former })
}

/// "the group 's leader": a resolved nominal owns the office.
fn possessor(roll: &Roll<'_, '_>, known: &[super::ActorMention], start: usize) -> Option<(Range<usize>, usize)> {
    let text = &roll.ctx.text;
    if start < 2 || !matches!(text.lower(start - 1), "'s" | "'") {
        return None;
    }
    let from = known.partition_point(|it| it.tokens.start + 6 < start);
    known[from..]
        .iter()
        .take_while(|it| it.tokens.start < start)
        .find(|it| it.tokens.end == start - 1 && it.resolved)
        .map(|it| (it.tokens.clone(), it.actor))
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
    if text.lower(next) == "," && next < sentence.end {
        next += 1;
    }
    while next < sentence.end && next < office.tokens.end + 4 && roll.ctx.index.names.words.titles.at(text, next) > 0 {
        next += 1;
    }
    let behind = (next < sentence.end).then(|| person_at(roll, next)).flatten();
    // Before: "X, the leader of Y", "X, who is the leader of Y", "X is the leader of Y".
    let mut before = None;
    let floor = sentence.start.max(office.tokens.start.saturating_sub(8));
    let mut at = office.tokens.start;
    while at > floor {
        at -= 1;
        if let Some(person) = person_at(roll, at) {
            before = roll.name_around(at).map(|it| (it.start, person));
            break;
        }
        let passes = matches!(text.lower(at), "," | "a" | "an" | "the" | "who" | "is" | "was" | "as" | "one" | "of" | "its" | "and" | "(" | "former" | "then")
            || words::MODIFIERS.contains(&text.lower(at));
        if !passes {
            break;
        }
    }
    let directly = behind.is_some() && next == office.tokens.end;
    let (person, tokens) = match (before, behind) {
        (_, Some(person)) if directly => {
            let end = roll.name_around(next).map_or(next + 1, |it| it.end);
            (person, office.tokens.start..end)
        }
        (Some((start, person)), _) if !matches!(text.lower(at + 1), "and") => (person, start..office.tokens.end),
        (None, Some(person)) => {
            let end = roll.name_around(next).map_or(next + 1, |it| it.end);
            (person, office.tokens.start..end)
        }
        _ => {
            let holder = bodies::office(roll, office.of, office.words.split(' ').next_back().unwrap_or(""));
            roll.mention(office.tokens.clone(), holder, false);
            roll.posts.push(Post { person: holder, office: office.words, of: office.of, former: office.former, tokens: office.tokens });
            return;
        }
    };
    roll.mention(office.tokens.clone(), person, true);
    roll.posts.push(Post { person, office: office.words, of: office.of, former: office.former, tokens });
}
