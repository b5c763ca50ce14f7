//! What one report counts of an occurrence: killed, hurt, shot, and persons told one by one.
//!
//! In: a report's reading. Out: every number that a word for dying, being hurt or
//! being shot stands with, and the sums of a sentence that tells people one by one
//! ("killed his wife and two sons, then himself"), weighted by how near the top they
//! stand; and whether the top tells of a death, of somebody else hurt, of a later
//! death. A sentence about another time or about a whole period is set apart.
//!
//! Reports of one person's death seldom print a number ("A woman was shot and
//! killed"), so figures alone would say nothing of them.

use super::people;
use super::scope;
use super::words::{Word, is, words};
use aver_model::Reading;
use std::collections::BTreeMap;

/// Sentences looked at for numbers.
const NUMBERS_IN: usize = 40;
/// Sentences that say whether somebody died.
const LEAD: usize = 6;
/// Sentences that say who else was hurt.
const TOP: usize = 12;
/// A greater number counts something else.
const MOST: u64 = 500;

const ORDINALS: &[&str] = &["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const FOLDS: &[(&str, u64)] = &[("double", 2), ("triple", 3), ("quadruple", 4), ("quintuple", 5)];
/// Words that may stand between a number and its verb besides three nouns.
const BETWEEN: &[&str] = &[
    "were",
    "was",
    "are",
    "is",
    "have",
    "has",
    "had",
    "been",
    "being",
    "left",
    "also",
    "critically",
    "seriously",
    "found",
    "other",
    "others",
    "more",
    "people",
    "pronounced",
];
/// Words after which the number counts something else.
const APART: &[&str] = &[
    "year",
    "years",
    "year-old",
    "year-olds",
    "month",
    "months",
    "month-old",
    "day",
    "days",
    "week",
    "weeks",
    "hour",
    "hours",
    "minute",
    "minutes",
    "time",
    "times",
    "block",
    "suspect",
    "suspects",
    "gunman",
    "gunmen",
    "shooter",
    "shooters",
    "dollars",
    "percent",
    "separate",
    "and",
    "before",
    "after",
    "while",
    "as",
    "when",
    "he",
    "she",
    "who's",
    "arrested",
    "arrests",
    "mile",
    "miles",
    "feet",
    "shots",
    "rounds",
    "or",
    "but",
    "counts",
    "shootings",
    "homicides",
    "murders",
    "street",
    "st",
    "avenue",
    "caption",
    "yr",
    "old",
    "y.o",
    "yo",
    "y",
    "shooting",
    "back",
];
/// Words before a number that is no count: "Image 1", "May 5", "father of 4".
const LABELS: &[&str] = &[
    "image",
    "photo",
    "page",
    "slide",
    "channel",
    "news",
    "route",
    "highway",
    "district",
    "ward",
    "unit",
    "room",
    "apartment",
    "apt",
    "age",
    "ages",
    "aged",
    "no",
    "number",
    "interstate",
    "nbc",
    "abc",
    "cbs",
    "fox",
    "local",
];
/// "a father of 4": whose children are counted.
const PARENTS: &[&str] = &["father", "mother", "dad", "mom", "parent", "parents", "grandfather", "grandmother"];
/// "a man, 18": before an age.
const AGED: &[&str] = &["man", "woman", "boy", "girl", "teen", "child", "son", "daughter", "toddler", "baby"];
const DEAD: &[&str] = &["dead", "killed", "slain", "died", "dies", "die", "murdered", "deceased"];
const HURT: &[&str] =
    &["injured", "wounded", "hurt", "hospitalized", "hospitalised", "injures", "suffered", "recovering"];
const KILLING: &[&str] = &["kill", "kills", "killed", "killing", "murdered"];
const HURTING: &[&str] = &["injures", "injured", "injuring", "wounds", "wounded", "wounding", "hurts", "hurting"];
/// What kills without being anybody.
const CAUSES: &[&str] = &[
    "shooting",
    "shootings",
    "gunfire",
    "attack",
    "spree",
    "rampage",
    "incident",
    "ambush",
    "massacre",
    "that",
    "which",
    "violence",
];
/// Words of a death in the lead.
const DEATH: &[&str] = &[
    "dies",
    "died",
    "dead",
    "fatal",
    "fatally",
    "killed",
    "kills",
    "slain",
    "slaying",
    "homicide",
    "murdered",
    "murder",
    "succumbed",
    "succumbs",
];
/// Words of somebody hurt.
const HARM: &[&str] =
    &["injured", "wounded", "hurt", "hospital", "hospitalized", "critical", "critically", "fighting", "survived"];

/// Says whether a number behind the word counts nobody; a month too makes it a date.
fn labels(word: &str) -> bool {
    LABELS.contains(&word) || aver_model::calendar_words::month(word).is_some()
}

/// Votes for a number.
pub type Votes = BTreeMap<u64, u32>;

/// Numbers with what they stand with.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Of killed.
    pub killed: Votes,
    /// Of hurt.
    pub hurt: Votes,
    /// Of people shot, whether they died or not.
    pub shot: Votes,
}

impl Numbers {
    /// Says whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.killed.is_empty() && self.hurt.is_empty() && self.shot.is_empty()
    }

    fn of(&mut self, outcome: &Outcome) -> &mut Votes {
        match outcome {
            Outcome::Killed => &mut self.killed,
            Outcome::Hurt => &mut self.hurt,
            Outcome::Shot => &mut self.shot,
        }
    }
}

/// What one report counts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Numbers of this occurrence.
    pub numbers: Numbers,
    /// Numbers of other occurrences, or of a period.
    pub elsewhere: Numbers,
    /// Sentences that gave a number.
    pub told: Vec<String>,
    /// The lead tells of a death.
    pub tells_death: bool,
    /// And not in a sentence about another time or a period.
    pub tells_death_here: bool,
    /// The first sentence, mostly the title, tells of a death.
    pub opens_with_death: bool,
    /// The top tells of another person hurt.
    pub tells_another: bool,
    /// Who did it died by his own hand.
    pub own_death: bool,
    /// "A third victim has died": at least so many.
    pub nth_death: u64,
    /// "A fourth person was wounded": so many in all.
    pub nth_hurt: u64,
}

/// What a number stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Dead.
    Killed,
    /// Hurt and alive.
    Hurt,
    /// Shot, and no more is told.
    Shot,
}

fn number(word: &str) -> Option<u64> {
    let written = || word.parse().ok().filter(|_| word.len() <= 3);
    let twin = || (word == "twin").then_some(2);
    aver_model::number_words::small(word).or_else(written).or_else(twin).filter(|it| (1..=MOST).contains(it))
}

/// Says whether a number only labels or dates something.
fn is_label(words: &[Word], at: usize) -> bool {
    // "1 / 6" counts pictures.
    if is_digits(&words[at].text) && !words[at].closes && words.get(at + 1).is_some_and(|it| is_digits(&it.text)) {
        return true;
    }
    let Some(last) = at.checked_sub(1).and_then(|it| words.get(it)) else { return false };
    let before = at.checked_sub(2).and_then(|it| words.get(it));
    labels(&last.text) && !last.closes
        || last.text == "of" && (is(before, PARENTS) || is(before, &["age", "ages"]))
        || is_digits(&words[at].text) && is_digits(&last.text) && !last.closes
        || last.text == "of" && before.is_some_and(|it| is_digits(&it.text))
        || last.closes && is_digits(&words[at].text) && (words[at].closes || AGED.contains(&last.text.as_str()))
}

fn is_digits(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Returns what the words from here on say became of those counted.
fn outcome(words: &[Word]) -> Option<Outcome> {
    let (first, second, third) = (words.first()?, words.get(1), words.get(2));
    let at = |it: Option<&Word>, text: &str| it.is_some_and(|it| it.text == text);
    match first.text.as_str() {
        "fatally" => Some(Outcome::Killed),
        "shot" if at(second, "dead") || at(second, "to") && at(third, "death") => Some(Outcome::Killed),
        "shot" if at(second, "and") && is(third, DEAD) => Some(Outcome::Killed),
        "shot" if is(second, DEAD) => Some(Outcome::Killed),
        "shot" if at(second, "and") && is(third, HURT) => Some(Outcome::Hurt),
        "shot" => Some(Outcome::Shot),
        "struck" | "hit" if at(second, "by") => Some(Outcome::Shot),
        "suffered" | "sustained" | "received" if words.iter().skip(1).take(3).any(|it| it.text == "gunshot") => {
            Some(Outcome::Shot)
        }
        "sustained" | "received"
            if words.iter().skip(1).take(4).any(|it| matches!(it.text.as_str(), "injuries" | "wounds")) =>
        {
            Some(Outcome::Hurt)
        }
        "in" if is(second, &["critical", "stable", "serious", "fair", "good"]) => Some(Outcome::Hurt),
        word if DEAD.contains(&word) => Some(Outcome::Killed),
        word if HURT.contains(&word) => Some(Outcome::Hurt),
        _ => None,
    }
}

/// Looks right of a number: "two other people were seriously injured".
fn after(words: &[Word], at: usize) -> Option<Outcome> {
    let mut nouns = 0;
    let mut next = at + 1;
    let others = is(words.get(at + 1), &["other", "others", "more"]);
    while next < words.len() && !words[next - 1].closes {
        match outcome(&words[next..]) {
            Some(Outcome::Shot) if others => return Some(Outcome::Hurt),
            Some(found) => return Some(found),
            None => {}
        }
        let text = words[next].text.as_str();
        if matches!(text, "bodies" | "fatalities" | "deaths") {
            return Some(Outcome::Killed);
        }
        if APART.contains(&text) && !(text == "shooting" && is(words.get(next + 1), &["victims", "deaths"])) {
            return None;
        }
        if !BETWEEN.contains(&text) {
            nouns += 1;
        }
        if nouns > 3 {
            return None;
        }
        next += 1;
    }
    None
}

/// Looks left of a number: "killing at least two", "the murders of four"; says also whether somebody did it.
fn before(words: &[Word], at: usize) -> Option<(Outcome, bool)> {
    let next = &words[at + 1..];
    if is(next.first(), APART) && !words[at].closes
        || next.iter().take(3).any(|it| matches!(it.text.as_str(), "times" | "shots" | "rounds"))
    {
        return None;
    }
    let mut left = &words[..at];
    while let Some((last, rest)) = left.split_last() {
        if last.closes {
            return None;
        }
        let least = last.text == "at" && words.get(rest.len() + 1).is_some_and(|it| it.text == "least");
        if !least && !matches!(last.text.as_str(), "least" | "the" | "another" | "up" | "to" | "his" | "her" | "their")
        {
            break;
        }
        left = rest;
    }
    let others = is(next.first(), &["other", "others", "more"]);
    let (last, rest) = left.split_last()?;
    let attempted = rest.iter().rev().take(4).any(|it| it.text.starts_with("attempt"));
    let doer = !is(rest.last(), CAUSES);
    match last.text.as_str() {
        _ if attempted => None,
        "of" if is(rest.last(), &["murder", "murders", "death", "deaths", "lives", "killing", "killings"]) => {
            Some((Outcome::Killed, false))
        }
        "shot" | "shooting" if is(rest.last(), &["fatally"]) => Some((Outcome::Killed, true)),
        "shot" | "shoots" if others => Some((Outcome::Hurt, true)),
        "shot" | "shoots" => Some((Outcome::Shot, true)),
        "of" if is(rest.last(), &["shooting", "shootings"]) => Some((Outcome::Shot, false)),
        word if KILLING.contains(&word) => Some((Outcome::Killed, doer)),
        word if HURTING.contains(&word) => Some((Outcome::Hurt, doer)),
        _ => None,
    }
}

/// Says whether the words tell of a death that happened; an attempt is none.
fn tells_death(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let text = word.text.as_str();
        let last = at.checked_sub(1).and_then(|it| words.get(it));
        let phrase = text == "death" && is(last, &["shooting", "to", "shooting's"])
            || text == "death" && (is(words.get(at + 1), &["of"]) || last.is_some_and(|it| it.text.ends_with("'s")))
            || matches!(text, "passed" | "passes") && is(words.get(at + 1), &["away"]);
        let attempted = words[at.saturating_sub(3)..at]
            .iter()
            .any(|it| matches!(it.text.as_str(), "attempted" | "could" | "attempt" | "non" | "no" | "nobody"));
        (phrase || DEATH.contains(&text)) && !attempted
    })
}

fn tells_another(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1);
        let opens = match word.text.as_str() {
            "another" => true,
            "one" => is(next, &["other"]),
            "a" => is(next, &["second"]),
            "and" => is(next, &["a", "an", "his", "her"]),
            _ => false,
        };
        let rest = &words[at + 1..];
        let shot = |at: usize, it: &Word| {
            let fatal = is(rest.get(at + 1), DEAD) || is(rest.get(at + 2), DEAD) || is(rest.get(at + 2), &["death"]);
            matches!(it.text.as_str(), "shot" | "grazed" | "struck") && !fatal
        };
        let second = matches!(word.text.as_str(), "another" | "a");
        opens
            && rest
                .iter()
                .take(10)
                .enumerate()
                .any(|(at, it)| HARM.contains(&it.text.as_str()) || second && shot(at, it))
    })
}

/// "killed himself", "then himself", "turned the gun on herself": who did it died by his own hand.
fn own_death(words: &[Word]) -> bool {
    let own = words.iter().enumerate().any(|(at, word)| {
        let back = |text: &[&str]| words[at.saturating_sub(3)..at].iter().any(|it| text.contains(&it.text.as_str()));
        let last = at.checked_sub(1).and_then(|it| words.get(it));
        let before_verb = at.checked_sub(2).and_then(|it| words.get(it));
        let joined = back(&["then", "before", "and", "later"]) || before_verb.is_some_and(|it| it.closes);
        match word.text.as_str() {
            "himself" | "herself" | "themselves" | "self" => {
                is(last, &["then", "and"])
                    || last.is_some_and(|it| it.closes)
                    || is(last, &["killed", "killing", "kills", "kill", "shot", "shooting", "shoots"]) && joined
                    || back(&["gun", "weapon", "rifle"])
            }
            "life" => back(&["own"]) && back(&["took", "taking", "takes"]),
            "suicide" => is(last, &["committed", "committing", "commits"]) && joined,
            _ => false,
        }
    });
    let tried = ["attempt", "attempted", "tried", "trying", "support", "threatened", "accidentally", "accidental"];
    own && !words.iter().any(|it| tried.contains(&it.text.as_str()))
}

/// Counts what a report tells, from the top; `year` is the first in which any report appeared.
pub fn counts(reading: &Reading, sentences: &[(usize, &str)], year: Option<i32>) -> Counts {
    let mut out = Counts::default();
    let told = people::by_sentence(reading, sentences);
    let rows: Vec<Vec<Word>> = sentences.iter().take(NUMBERS_IN).map(|it| words(it.1)).collect();
    out.own_death = rows.iter().any(|it| own_death(it));
    for (rank, words) in rows.iter().enumerate() {
        let weight = match rank {
            0 => 6,
            1..=3 => 4,
            _ => 2,
        };
        let here = !scope::is_elsewhere(words, year);
        let before = out.numbers.clone();
        // "on Nov. 8 shooting": an abbreviation is no end, so the 8 opens no sentence.
        let dated = rank > 0 && rows[rank - 1].last().is_some_and(|it| labels(&it.text));
        numbers_of(&words[usize::from(dated && !words.is_empty())..], weight, here, &mut out);
        let own = own_death(words);
        people_of(&told[rank], weight, own, here, &mut out);
        if before != out.numbers {
            out.told.push(sentences[rank].1.to_owned());
        }
        if !here && rank > 0 {
            continue;
        }
        if rank < TOP {
            out.nth_death = out.nth_death.max(nth(words, &["dies", "died"]));
        }
        out.tells_death |= rank < LEAD && tells_death(words);
        out.tells_death_here |= here && rank < LEAD && tells_death(words);
        out.opens_with_death |= rank == 0 && tells_death(words);
        out.tells_another |= rank < TOP && tells_another(words);
        out.nth_hurt = out.nth_hurt.max(if rank < TOP { nth(words, HARM) } else { 0 });
    }
    let both = rows.iter().take(TOP).any(|it| {
        let tried = it.iter().any(|it| it.text.starts_with("attempt"));
        !tried && (0..it.len()).any(|at| suicide(&it[at..]))
    });
    if both && out.numbers.killed.is_empty() {
        out.numbers.killed.insert(2, 1);
    }
    out
}

/// "A third victim has died": returns three; 0 when no such word follows an ordinal.
fn nth(words: &[Word], what: &[&str]) -> u64 {
    let found = words.iter().enumerate().filter_map(|(at, it)| {
        let follows = || words[at + 1..].iter().take(6).any(|it| what.contains(&it.text.as_str()));
        ORDINALS.iter().position(|nth| *nth == it.text).filter(|_| follows())
    });
    found.max().map_or(0, |it| it as u64 + 2)
}

/// Adds the numbers of one sentence.
fn numbers_of(words: &[Word], weight: u32, here: bool, out: &mut Counts) {
    let own_death = out.own_death;
    let numbers = if here { &mut out.numbers } else { &mut out.elsewhere };
    let mut vote = |outcome: Outcome, number: u64, weight: u32| {
        *numbers.of(&outcome).entry(number).or_default() += weight;
    };
    for (at, word) in words.iter().enumerate() {
        if let Some(number) = number(&word.text).filter(|_| !is_label(words, at)) {
            let some_of = is(words.get(at + 1), &["of"]) && !word.closes;
            let least = at > 0 && words[at - 1].text == "least";
            // "One of the wounded has died" counts one; "two of them are in critical condition" only some.
            let weight = if some_of || least { weight / 2 } else { weight };
            match (after(words, at), before(words, at)) {
                (Some(Outcome::Hurt), _) if some_of => {}
                (Some(outcome), _) => vote(outcome, number, weight),
                // "killing four" by one who then died himself.
                (None, Some((Outcome::Killed, true))) if own_death => vote(Outcome::Killed, number + 1, weight),
                (None, Some((outcome, _))) => vote(outcome, number, weight),
                _ => {}
            }
        }
        if let Some((_, number)) = FOLDS.iter().find(|it| it.0 == word.text) {
            match words.get(at + 1).map(|it| it.text.as_str()) {
                Some("murder-suicide" | "murder") if suicide(&words[at + 1..]) => {
                    vote(Outcome::Killed, number + 1, weight);
                }
                Some("homicide" | "murder" | "killing" | "slaying" | "fatal") => vote(Outcome::Killed, *number, weight),
                Some("shooting") => vote(Outcome::Shot, *number, weight),
                _ => {}
            }
        }
    }
}

/// Adds the sums of one sentence that tells people one by one.
fn people_of(told: &people::People, weight: u32, own_death: bool, here: bool, out: &mut Counts) {
    let numbers = if here { &mut out.numbers } else { &mut out.elsewhere };
    let killed = told.killed + u64::from(own_death && told.killed > 0);
    if killed > 1 && (told.killed_terms > 1 || own_death) {
        *numbers.killed.entry(killed).or_default() += weight;
    }
    if told.hurt > 0 && (told.hurt_terms > 1 || told.killed_terms > 0) {
        *numbers.hurt.entry(told.hurt).or_default() += weight;
    }
    if told.shot_terms > 1 && told.killed_terms == 0 {
        *numbers.shot.entry(told.shot).or_default() += weight;
    }
}

/// Says whether the words begin with a murder-suicide.
fn suicide(words: &[Word]) -> bool {
    let Some(first) = words.first() else { return false };
    first.text == "murder-suicide" || first.text == "murder" && is(words.get(1), &["suicide"])
}
