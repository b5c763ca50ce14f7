//! Matches one pattern at one place of a sentence.
//!
//! In: a pattern, a start token, the namings of the sentence. Out: which namings
//! are A and B, where the words end, whether the verb is negated. A naming takes
//! determiner, title and adjectives along; between subject and verb an
//! apposition, a relative pronoun or a place may stand; "members of" may stand
//! before a naming. Every step looks at a bounded number of tokens.

use super::Told;
use super::patterns::{Choice, Item, Pattern, plural};
use crate::{
    phrase::{is_finite_verb, words as closed},
    text::{Text, TokenKind},
};
use std::ops::Range;

/// A naming that can be a side of a relation.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its words.
    pub tokens: Range<usize>,
    /// The actor's or place's id.
    pub id: String,
    /// It is a place.
    pub place: bool,
    /// The actor's kind; `place` for places.
    pub kind: String,
    /// It opens its clause: a subject that later verbs may share.
    pub opens: bool,
    /// A pronoun or nominal, not a name.
    pub resolved: bool,
}

/// What a pattern found.
#[derive(Debug, Clone)]
pub struct Match {
    /// Index of A among the sides.
    pub a: usize,
    /// Index of B.
    pub b: usize,
    /// From the first to the last word.
    pub tokens: Range<usize>,
    /// The verb is negated.
    pub negated: bool,
    /// Tokens left to gaps.
    pub gap: usize,
    /// Where a tree finds its verb.
    pub told: Option<Told>,
}

/// One sentence to match in.
pub struct Ground<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The sentence's tokens.
    pub sentence: Range<usize>,
    /// Namings in text order, longer first.
    pub sides: &'a [Side],
    /// What the relation asks of its sides.
    pub fits: fn(&Side, &Side) -> bool,
    /// B must be a place ("operates in").
    pub wants_place: bool,
}

#[derive(Clone)]
struct State {
    a: Option<usize>,
    b: Option<usize>,
    first: Option<usize>,
    at: usize,
    negated: bool,
    gap: usize,
}

const STEPS: usize = 4000;
const REACH: usize = 45;

impl Ground<'_> {
    /// Matches a pattern whose first item stands at `start`.
    pub fn run(&self, pattern: &Pattern, start: usize) -> Option<Match> {
        let mut steps = 0;
        let state = State { a: None, b: None, first: None, at: start, negated: false, gap: 0 };
        let shared = || self.shared_subject(&pattern.items, start, &mut 0);
        let done = self.step(&pattern.items, state, start, &mut steps).or_else(shared)?;
        // "no alliance between".
        // "No foreigners serve in X": the first side may bring its "no" along.
        let noun = !matches!(pattern.items.first(), Some(Item::A | Item::B));
        let none = start > self.sentence.start && self.text.lower(start - 1) == "no"
            || !noun && self.text.lower(start) == "no";
        Some(Match {
            a: done.a?,
            b: done.b?,
            tokens: done.first.unwrap_or(start)..done.at,
            negated: done.negated != none,
            gap: done.gap,
            told: None,
        })
    }

    /// "X attacked Y and killed Z", "X helped by arming Y": the verb at `start` shares the subject before it.
    fn shared_subject(&self, items: &[Item], start: usize, steps: &mut usize) -> Option<State> {
        let [Item::A, rest @ ..] = items else { return None };
        let verb = matches!(rest.first(), Some(Item::Any { choices, .. }) if choices.iter().any(|it| matches!(it, Choice::Verb(_))));
        let before = self.text.lower(start.checked_sub(1).filter(|&it| it >= self.sentence.start)?);
        // "is keen to recognize and support Zarka": no finite verb, no shared subject.
        let infinitive = start >= 3 && self.text.lower(start - 3) == "to";
        if !verb || infinitive || !matches!(before, "and" | "by" | "while") || self.text.tokens[start].capital {
            return None;
        }
        let end = self.sides.partition_point(|it| it.tokens.start < start);
        let subject = self.sides[..end].iter().rposition(|it| it.opens && !it.place && it.tokens.start + 30 > start)?;
        // Another subject's clause in between breaks the tie.
        let text = self.text;
        if (self.sides[subject].tokens.end..start)
            .any(|at| matches!(text.lower(at), "that" | ";" | "who" | "which" | "said"))
        {
            return None;
        }
        let state = State { a: Some(subject), b: None, first: Some(start), at: start, negated: false, gap: 0 };
        self.step(rest, state, start, steps)
    }

    fn step(&self, items: &[Item], state: State, start: usize, steps: &mut usize) -> Option<State> {
        *steps += 1;
        let Some((item, rest)) = items.split_first() else {
            let sides = (&self.sides[state.a?], &self.sides[state.b?]);
            // Two pronouns are too little to go by.
            return ((self.fits)(sides.0, sides.1) && !(sides.0.resolved && sides.1.resolved)).then_some(state);
        };
        if *steps > STEPS || state.at > start + REACH {
            return None;
        }
        match item {
            Item::A | Item::B => self.side(matches!(item, Item::A), rest, state, start, steps),
            Item::Det => {
                if state.at < self.sentence.end && closed::is_determiner(self.text.lower(state.at)) {
                    let none = self.text.lower(state.at) == "no";
                    let next = State { at: state.at + 1, negated: state.negated != none, ..state.clone() };
                    if let Some(done) = self.step(rest, next, start, steps) {
                        return Some(done);
                    }
                }
                self.step(rest, state, start, steps)
            }
            Item::Adj => {
                for n in 0..=3 {
                    if n > 0 && !self.is_adjective(state.at + n - 1) {
                        break;
                    }
                    let next = State { at: state.at + n, ..state.clone() };
                    if let Some(done) = self.step(rest, next, start, steps) {
                        return Some(done);
                    }
                }
                None
            }
            Item::Gap => {
                let mut marks = 0;
                for n in 0..=8 {
                    if n > 0 && !self.may_gap(state.at + n - 1) {
                        break;
                    }
                    marks += usize::from(n > 0 && self.text.tokens[state.at + n - 1].kind == TokenKind::Quote);
                    if n > marks + 4 {
                        break;
                    }
                    // "gave no support".
                    let none = (state.at..state.at + n).any(|at| self.text.lower(at) == "no");
                    let negated = state.negated != none;
                    let next = State { at: state.at + n, gap: state.gap + n, negated, ..state.clone() };
                    if let Some(done) = self.step(rest, next, start, steps) {
                        return Some(done);
                    }
                }
                None
            }
            Item::Any { choices, optional } => {
                for choice in choices {
                    if let Some((end, negated)) = self.choice(choice, state.at, state.first.is_some()) {
                        let next = State {
                            at: end,
                            first: state.first.or(Some(state.at)),
                            negated: state.negated != negated,
                            ..state.clone()
                        };
                        if let Some(done) = self.step(rest, next, start, steps) {
                            return Some(done);
                        }
                    }
                }
                if *optional { self.step(rest, state, start, steps) } else { None }
            }
        }
    }

    fn side(&self, is_a: bool, rest: &[Item], state: State, start: usize, steps: &mut usize) -> Option<State> {
        for (index, end) in self.sides_at(state.at, !is_a && self.wants_place) {
            // "the U.S. CIA": the nation only says whose body it is.
            if self.sides[index].kind == "state" && self.sides.iter().any(|it| it.tokens.start == end && !it.place) {
                continue;
            }
            let (index, end) = self.headed(index, end);
            let (index, end) = if is_a { (index, end) } else { self.possessed(index, end) };
            let mut next = state.clone();
            if is_a {
                next.a = Some(index);
            } else {
                next.b = Some(index);
            }
            next.first = state.first.or(Some(self.sides[index].tokens.start));
            let verb_follows = matches!(rest.first(), Some(Item::Any { choices, .. }) if choices.iter().any(|it| matches!(it, Choice::Verb(_))));
            // "a clerk of the guild, which": the guild.
            let whole = self.sides[index].tokens.clone();
            let inner = |it: &Side| {
                let parted =
                    (whole.start..it.tokens.start).any(|at| matches!(self.text.lower(at), "of" | "for" | "in" | "at"));
                it.tokens.end == end && it.tokens.start > whole.start && parted && !it.place
            };
            let comma = usize::from(self.text.lower(end) == ",");
            if self.text.lower(end + comma) == "which" && self.sides.iter().any(inner) {
                continue;
            }
            let mut ends = vec![end];
            ends.extend(self.past_acronym(index, end));
            if verb_follows {
                ends.extend(self.past_subject(end));
                // "accused Zarka of arming".
                let start = self.sides[index].tokens.start;
                let from = start.saturating_sub(3).max(self.sentence.start);
                let accused = (from..start).any(|at| {
                    matches!(
                        self.text.lower(at),
                        "accused" | "accuse" | "accuses" | "accusing" | "suspect" | "suspects"
                    )
                });
                if accused && self.text.lower(end) == "of" {
                    ends.push(end + 1);
                }
            }
            for end in ends {
                let next = State { at: end, ..next.clone() };
                if let Some(done) = self.step(rest, next, start, steps) {
                    return Some(done);
                }
            }
        }
        None
    }

    /// "the coalition Zarka": the name behind its common noun is the head.
    fn headed(&self, index: usize, end: usize) -> (usize, usize) {
        let side = &self.sides[index];
        let last = &self.text.tokens[end - 1];
        if side.place || side.resolved || last.capital || last.kind != TokenKind::Word {
            return (index, end);
        }
        let first = self.sides.partition_point(|it| it.tokens.start < end);
        let next = self.sides.get(first).filter(|it| it.tokens.start == end && !it.place && !it.resolved);
        next.map_or((index, end), |it| (first, it.tokens.end))
    }

    /// "the Zarka Army (ZA)": the short name in brackets belongs to the side.
    fn past_acronym(&self, index: usize, end: usize) -> Option<usize> {
        if self.text.lower(end) != "(" {
            return None;
        }
        let first = self.sides.partition_point(|it| it.tokens.start < end + 1);
        let mut same = self.sides[first..].iter().take_while(|it| it.tokens.start == end + 1);
        let side = same.find(|it| it.id == self.sides[index].id)?;
        (self.text.lower(side.tokens.end) == ")").then_some(side.tokens.end + 1)
    }

    /// "Peru's powerful intelligence agency": what is possessed counts, when it is named.
    fn possessed(&self, index: usize, end: usize) -> (usize, usize) {
        if self.text.lower(end) != "'s" {
            return (index, end);
        }
        let mut at = end + 1;
        while at < (end + 6).min(self.sentence.end) {
            let first = self.sides.partition_point(|it| it.tokens.start < at);
            if let Some(it) = self.sides.get(first).filter(|it| it.tokens.start == at) {
                return if it.place { (index, end) } else { (first, it.tokens.end) };
            }
            if !self.is_adjective(at) && !matches!(self.text.lower(at), "yet" | "and" | "but") {
                break;
            }
            at += 1;
        }
        (index, end)
    }

    /// Returns the namings that begin at `at`, over determiner, title, adjectives and "members of".
    fn sides_at(&self, at: usize, place: bool) -> Vec<(usize, usize)> {
        let mut found = vec![];
        let mut here = at;
        while here < at + 7 && here < self.sentence.end {
            let first = self.sides.partition_point(|it| it.tokens.start < here);
            let any = self.sides.get(first).is_some_and(|it| it.tokens.start == here);
            for (offset, side) in self.sides[first..].iter().take_while(|it| it.tokens.start == here).enumerate() {
                if side.place == place && side.tokens.end <= self.sentence.end {
                    found.push((first + offset, side.tokens.end));
                }
            }
            // A nation before a longer name ("U.S. ally X") is passed over, other names are not.
            let within = place && (is_piece(self.text.lower(here)) || self.text.lower(here) == "of" && here > at);
            if !found.is_empty() || any || !within && !self.may_open(here) {
                break;
            }
            here += 1;
        }
        found
    }

    fn may_open(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        if token.kind == TokenKind::Number {
            return true;
        }
        if token.kind != TokenKind::Word || token.lower == "'s" {
            return false;
        }
        let word = token.lower.as_str();
        if word == "of" {
            return at > 0 && is_part(self.text.lower(at - 1));
        }
        let adjective = ["al", "ic", "ist", "ary", "ive", "ous", "ern", "ish", "led", "ked"]
            .iter()
            .any(|it| word.ends_with(it) && word.len() > 4);
        closed::is_determiner(word)
            || is_part(word)
            || token.capital && !closed::breaks_noun_phrase(word)
            || adjective && !is_finite_verb(self.text, at)
            || matches!(
                word,
                "senior"
                    | "former"
                    | "top"
                    | "new"
                    | "main"
                    | "key"
                    | "local"
                    | "terror"
                    | "terrorist"
                    | "rebel"
                    | "armed"
                    | "militant"
                    | "extremist"
                    | "banned"
                    | "fellow"
                    | "neighboring"
                    | "neighbouring"
                    | "powerful"
                    | "group"
                    | "groups"
                    | "ethnic"
                    | "rival"
                    | "archrival"
                    | "opposition"
                    | "ally"
                    | "mainly"
                    | "so-called"
                    | "its"
                    | "defunct"
                    | "disbanded"
                    | "exiled"
                    | "alleged"
                    | "suspected"
            )
    }

    fn is_adjective(&self, at: usize) -> bool {
        at < self.sentence.end
            && self.text.tokens[at].kind == TokenKind::Word
            && !closed::breaks_noun_phrase(self.text.lower(at))
            && !closed::is_determiner(self.text.lower(at))
            && self.text.lower(at) != "'s"
            && (!is_finite_verb(self.text, at) || self.is_participle(at))
    }

    /// "limited contact", "armed forces": a participle before its noun.
    fn is_participle(&self, at: usize) -> bool {
        let next = self.text.lower(at + 1);
        self.text.lower(at).ends_with("ed")
            && !closed::is_determiner(next)
            && !closed::breaks_noun_phrase(next)
            && self.text.tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Word && !it.capital)
    }

    fn may_gap(&self, at: usize) -> bool {
        at < self.sentence.end
            && !matches!(
                self.text.lower(at),
                "," | ";" | ":" | "." | "(" | ")" | "—" | "–" | "--" | "but" | "while" | "who" | "which" | "that"
            )
    }

    /// Returns the ends of what may part subject and verb.
    fn past_subject(&self, end: usize) -> Vec<usize> {
        let text = self.text;
        let mut ends = vec![];
        let limit = self.sentence.end;
        let relative = |at: usize| usize::from(at < limit && matches!(text.lower(at), "who" | "which" | "that"));
        if relative(end) > 0 {
            ends.push(end + 1);
        }
        match text.lower(end) {
            "," => {
                if relative(end + 1) > 0 {
                    ends.push(end + 2);
                }
                let close = (end + 1..limit.min(end + 16)).find(|&at| text.lower(at) == ",");
                ends.extend(close.map(|it| it + 1));
                // ", an alliance of rebel movements fighting alongside …": the participle speaks of the whole.
                if closed::is_determiner(text.lower(end + 1)) {
                    let stop = close.unwrap_or(limit).min(end + 12);
                    ends.extend((end + 3..stop).filter(|&at| text.lower(at).ends_with("ing")));
                }
            }
            "(" => {
                let close = (end + 1..limit.min(end + 6)).find(|&at| text.lower(at) == ")");
                ends.extend(close.map(|it| it + 1));
            }
            "in" if matches!(text.lower(end + 1), "particular" | "turn" | "fact" | "return") => ends.push(end + 2),
            "in" | "from" | "at" | "near" | "inside" | "based" => {
                let stop = (end + 1..limit.min(end + 7))
                    .take_while(|&at| {
                        text.tokens[at].capital
                            || matches!(
                                text.lower(at),
                                "the" | "in" | "of" | "northern" | "eastern" | "southern" | "western" | "neighboring"
                            )
                    })
                    .last();
                ends.extend(stop.map(|it| it + 1));
            }
            _ => {}
        }
        ends
    }

    /// Matches one choice; returns the end and whether it was negated.
    fn choice(&self, choice: &Choice, at: usize, inside: bool) -> Option<(usize, bool)> {
        let text = self.text;
        let limit = self.sentence.end;
        let reads = |at: usize, word: &str| {
            at < limit && (text.lower(at) == word || (word == "'s" && matches!(text.lower(at), "'" | "’")))
        };
        match choice {
            Choice::Words(words) => {
                let fits = words.iter().enumerate().all(|(offset, word)| reads(at + offset, word));
                fits.then_some((at + words.len(), false))
            }
            Choice::Noun(noun) => {
                (at < limit && (text.lower(at) == noun || text.lower(at) == plural(noun))).then_some((at + 1, false))
            }
            Choice::Verb(forms) => {
                let mut here = at;
                let mut negated = false;
                while here < limit && here < at + 9 {
                    let word = text.lower(here);
                    if forms.contains(word) {
                        return Some((here + 1, negated));
                    }
                    if !inside {
                        return None;
                    }
                    let n = skips(text, here);
                    if n == 0 {
                        return None;
                    }
                    // What will, may or should be is no tie that holds.
                    if matches!(
                        word,
                        "will"
                            | "would"
                            | "may"
                            | "might"
                            | "could"
                            | "should"
                            | "can"
                            | "must"
                            | "'ll"
                            | "ca"
                            | "wo"
                            | "cannot"
                    ) {
                        return None;
                    }
                    // "not only cooperated" asserts.
                    if word == "not" && matches!(text.lower(here + 1), "only" | "just" | "merely") {
                        here += 2;
                        continue;
                    }
                    negated ^= closed::is_negation(word);
                    here += n;
                }
                None
            }
        }
    }
}

/// Returns how many tokens at `at` may stand before a verb without being written.
fn skips(text: &Text<'_>, at: usize) -> usize {
    let word = text.lower(at);
    if closed::is_auxiliary(word)
        || closed::is_modal(word)
        || closed::is_negation(word)
        || closed::is_adverbial(word)
        || word == "also"
    {
        return 1;
    }
    let next = text.lower(at + 1);
    let raising = matches!(
        (word, next),
        (
            "continue"
                | "continues"
                | "continued"
                | "continuing"
                | "begin"
                | "began"
                | "begun"
                | "start"
                | "started"
                | "try"
                | "tries"
                | "tried"
                | "trying"
                | "managed"
                | "appear"
                | "appears"
                | "appeared"
                | "seem"
                | "seems"
                | "seemed"
                | "believed"
                | "said"
                | "thought"
                | "alleged"
                | "known"
                | "suspected"
                | "reported"
                | "helped"
                | "going"
                | "sought"
                | "seeks"
                | "seeking",
            "to"
        ) | ("accused" | "suspected" | "guilty" | "capable" | "allegations", "of")
    );
    if raising {
        2
    } else {
        usize::from(matches!(
            word,
            "no" | "longer" | "started" | "began" | "helped" | "reportedly" | "or" | "allegedly"
        ))
    }
}

/// "much of the town of X", "the port of X": what stands for the place itself.
pub fn is_piece(word: &str) -> bool {
    matches!(
        word,
        "much"
            | "most"
            | "all"
            | "half"
            | "part"
            | "parts"
            | "swathes"
            | "cent"
            | "percent"
            | "outskirts"
            | "suburbs"
            | "centre"
            | "center"
            | "city"
            | "town"
            | "village"
            | "port"
            | "capital"
            | "district"
            | "province"
            | "region"
            | "area"
            | "areas"
            | "state"
            | "island"
            | "airport"
            | "hills"
            | "mountains"
            | "stronghold"
            | "territory"
            | "border"
            | "oil"
            | "rebel"
    )
}

/// "members of X": a part that acts for the whole.
pub fn is_part(word: &str) -> bool {
    matches!(
        word,
        "members"
            | "leaders"
            | "fighters"
            | "elements"
            | "factions"
            | "commanders"
            | "representatives"
            | "ranks"
            | "militants"
            | "branches"
            | "parts"
            | "supporters"
            | "cells"
            | "units"
            | "most"
            | "many"
            | "some"
            | "forces"
            | "dozens"
            | "hundreds"
            | "thousands"
            | "targets"
            | "bulk"
            | "faction"
            | "remains"
            | "remnants"
            | "men"
            | "gunmen"
            | "troops"
            | "soldiers"
            | "paramilitaries"
    )
}
