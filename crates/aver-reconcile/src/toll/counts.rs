//! What one report counts of an occurrence: killed, hurt, shot, and persons told one by one.
//!
//! In: the sentences of a report. Out: every number that a word for dying, being
//! hurt or being shot stands with, weighted by how near the top it stands; and
//! whether the top tells of a death, of somebody else hurt, of a later death.
//!
//! Reports of one person's death seldom print a number ("A woman was shot and
//! killed"), so figures alone would say nothing of them.

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
    "year", "years", "month", "months", "day", "days", "week", "weeks", "hour", "hours", "minute", "minutes", "time",
    "times", "block", "suspect", "suspects", "gunman", "gunmen", "shooter", "shooters", "dollars", "percent",
    "separate", "and", "arrested", "arrests", "mile", "miles", "feet", "shots", "rounds", "or", "but",
];
const DEAD: &[&str] = &["dead", "killed", "slain", "died", "dies", "die", "murdered"];
const HURT: &[&str] =
    &["injured", "wounded", "hurt", "hospitalized", "hospitalised", "injures", "suffered", "recovering"];
const KILLING: &[&str] = &["kill", "kills", "killed", "killing", "murdered"];
const HURTING: &[&str] = &["injures", "injured", "injuring", "wounds", "wounded", "wounding", "hurts", "hurting"];
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
];
/// Words of somebody hurt.
const HARM: &[&str] =
    &["injured", "wounded", "hurt", "hospital", "hospitalized", "critical", "critically", "fighting", "survived"];

/// Votes for a number.
pub type Votes = BTreeMap<u64, u32>;

/// What one report counts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Numbers of killed.
    pub killed: Votes,
    /// Numbers of hurt.
    pub hurt: Votes,
    /// Numbers of people shot, whether they died or not.
    pub shot: Votes,
    /// The lead tells of a death.
    pub tells_death: bool,
    /// The first sentence, mostly the title, tells of a death.
    pub opens_with_death: bool,
    /// The top tells of another person hurt.
    pub tells_another: bool,
    /// "A third victim has died": at least so many.
    pub nth_death: u64,
}

/// What a number stands with.
enum Outcome {
    Killed,
    Hurt,
    Shot,
}

/// A word in lower case and whether a mark closes it.
struct Word {
    text: String,
    closes: bool,
}

fn words(sentence: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for raw in sentence.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/' | '|')) {
        let text = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if text.is_empty() {
            if let Some(last) = out.last_mut() {
                last.closes = true;
            }
            continue;
        }
        let closes = raw.ends_with([',', '.', ';', ':', '!', '?', ')']);
        out.push(Word { text: text.to_lowercase().replace('’', "'"), closes });
    }
    out
}

fn number(word: &str) -> Option<u64> {
    let written = || word.parse().ok().filter(|_| word.len() <= 3);
    aver_model::number_words::small(word).or_else(written).filter(|it| (1..=MOST).contains(it))
}

fn is(word: Option<&Word>, list: &[&str]) -> bool {
    word.is_some_and(|it| list.contains(&it.text.as_str()))
}

/// Returns what the words from here on say became of those counted.
fn outcome(words: &[Word]) -> Option<Outcome> {
    let (first, second, third) = (words.first()?, words.get(1), words.get(2));
    let at = |it: Option<&Word>, text: &str| it.is_some_and(|it| it.text == text);
    match first.text.as_str() {
        "fatally" => Some(Outcome::Killed),
        "shot" if at(second, "dead") || at(second, "to") && at(third, "death") => Some(Outcome::Killed),
        "shot" if at(second, "and") && is(third, DEAD) => Some(Outcome::Killed),
        "shot" if at(second, "and") && is(third, HURT) => Some(Outcome::Hurt),
        "shot" => Some(Outcome::Shot),
        "struck" | "hit" if at(second, "by") => Some(Outcome::Shot),
        "in" if at(second, "critical") => Some(Outcome::Hurt),
        word if DEAD.contains(&word) => Some(Outcome::Killed),
        word if HURT.contains(&word) => Some(Outcome::Hurt),
        _ => None,
    }
}

/// Looks right of a number: "two other people were seriously injured".
fn after(words: &[Word], at: usize) -> Option<Outcome> {
    let mut nouns = 0;
    let mut next = at + 1;
    while next < words.len() && !words[next - 1].closes {
        if let Some(found) = outcome(&words[next..]) {
            return Some(found);
        }
        let text = words[next].text.as_str();
        if APART.contains(&text) {
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

/// Looks left of a number: "killing at least two", "the murders of four".
fn before(words: &[Word], at: usize) -> Option<Outcome> {
    if is(words.get(at + 1), APART) && !words[at].closes {
        return None;
    }
    let mut left = &words[..at];
    while let Some((last, rest)) = left.split_last() {
        if last.closes {
            return None;
        }
        if !matches!(last.text.as_str(), "at" | "least" | "the" | "another" | "up" | "to") {
            break;
        }
        left = rest;
    }
    let (last, rest) = left.split_last()?;
    match last.text.as_str() {
        "of" if is(rest.last(), &["murder", "murders", "death", "deaths", "lives", "killing", "killings"]) => {
            Some(Outcome::Killed)
        }
        "shot" if is(rest.last(), &["fatally"]) => Some(Outcome::Killed),
        "shot" | "shoots" => Some(Outcome::Shot),
        "of" if is(rest.last(), &["shooting", "shootings"]) => Some(Outcome::Shot),
        word if KILLING.contains(&word) => Some(Outcome::Killed),
        word if HURTING.contains(&word) => Some(Outcome::Hurt),
        _ => None,
    }
}

fn vote(counts: &mut Counts, outcome: &Outcome, number: u64, weight: u32) {
    let votes = match outcome {
        Outcome::Killed => &mut counts.killed,
        Outcome::Hurt => &mut counts.hurt,
        Outcome::Shot => &mut counts.shot,
    };
    *votes.entry(number).or_default() += weight;
}

/// Says whether the words tell of a death that happened; an attempt is none.
fn tells_death(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let text = word.text.as_str();
        let phrase = text == "death" && is(at.checked_sub(1).and_then(|it| words.get(it)), &["shooting", "to"])
            || text == "passed" && is(words.get(at + 1), &["away"]);
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
        opens && words[at + 1..].iter().take(10).any(|it| HARM.contains(&it.text.as_str()))
    })
}

/// Counts what a report tells, from the top.
pub fn counts(sentences: &[&str]) -> Counts {
    let mut out = Counts::default();
    for (rank, sentence) in sentences.iter().take(NUMBERS_IN).enumerate() {
        let words = words(sentence);
        let weight = match rank {
            0 => 3,
            1..=3 => 2,
            _ => 1,
        };
        for (at, word) in words.iter().enumerate() {
            if let Some(number) = number(&word.text) {
                let found = after(&words, at).or_else(|| before(&words, at));
                if let Some(outcome) = found {
                    vote(&mut out, &outcome, number, weight);
                }
            }
            if let Some((_, number)) = FOLDS.iter().find(|it| it.0 == word.text) {
                match words.get(at + 1).map(|it| it.text.as_str()) {
                    Some("murder-suicide" | "murder") if suicide(&words[at + 1..]) => {
                        vote(&mut out, &Outcome::Killed, number + 1, weight);
                    }
                    Some("homicide" | "murder" | "killing" | "slaying" | "fatal") => {
                        vote(&mut out, &Outcome::Killed, *number, weight);
                    }
                    Some("shooting") => vote(&mut out, &Outcome::Shot, *number, weight),
                    _ => {}
                }
            } else if word.text.starts_with("murder") && suicide(&words[at..]) && rank < TOP {
                vote(&mut out, &Outcome::Killed, 2, 1);
            }
            if rank < TOP
                && let Some(nth) = ORDINALS.iter().position(|it| *it == word.text)
                && words[at + 1..].iter().take(6).any(|it| matches!(it.text.as_str(), "dies" | "died"))
            {
                out.nth_death = out.nth_death.max(nth as u64 + 2);
            }
        }
        out.tells_death |= rank < LEAD && tells_death(&words);
        out.opens_with_death |= rank == 0 && tells_death(&words);
        out.tells_another |= rank < TOP && tells_another(&words);
    }
    out
}

/// Says whether the words begin with a murder-suicide.
fn suicide(words: &[Word]) -> bool {
    let Some(first) = words.first() else { return false };
    first.text == "murder-suicide" || first.text == "murder" && is(words.get(1), &["suicide"])
}
