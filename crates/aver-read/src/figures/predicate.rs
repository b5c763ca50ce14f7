//! What is said to have been done to the ones a number counts.
//!
//! In: a counted phrase. Out: the measure that a verb, noun or adjective near it
//! gives, by patterns of English: passive ("50 people were killed"), reduced
//! ("hundreds injured"), active ("killed four worshippers"), nominal ("the
//! deaths of 50"), adjective ("12 dead"). Each walk stays in the sentence and
//! looks at no more than thirty tokens.

use super::counted::Counted;
use super::measures::{self, Class, Form, Measures, VerbUse};
use crate::phrase::{is_finite_verb, words};
use crate::text::{Role, Text, TokenKind};
use std::ops::Range;

const FAR: usize = 30;
/// How far behind "shot" its outcome may stand.
const FATE: usize = 12;

/// What was found, and the word that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// The measure's name.
    pub measure: String,
    /// The verb, noun or adjective.
    pub at: usize,
}

/// Everything the patterns look at.
pub struct Finder<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The codebook's words.
    pub measures: &'a Measures,
    /// Whether a number starts at a token.
    pub starts_number: &'a dyn Fn(usize) -> bool,
    /// Where the number starts that covers a token.
    pub number_over: &'a dyn Fn(usize) -> Option<usize>,
}

impl Finder<'_> {
    fn low(&self, at: usize) -> &str {
        self.text.lower(at)
    }

    fn limits(&self, at: usize) -> Range<usize> {
        self.text.sentence_of(at).tokens.clone()
    }

    /// Returns what is done to the counted ones.
    pub fn predicate(&self, it: &Counted) -> Option<Predicate> {
        self.driven_out(it)
            .or_else(|| self.lost_men(it))
            .or_else(|| self.attacks(it))
            .or_else(|| self.active(it, 1))
            .or_else(|| self.nominal_left(it))
            .or_else(|| self.right(it))
            .or_else(|| self.in_hospital(it))
            .or_else(|| self.active(it, FAR))
            .or_else(|| self.toll(it))
            .or_else(|| self.treated(it))
            .or_else(|| self.harmed(it))
    }

    /// Returns the verb at a token that fits, with its length and measure.
    fn verb(&self, at: usize, object: bool, class: Class, want: impl Fn(&VerbUse) -> bool) -> Option<(usize, String)> {
        self.measures
            .verbs(self.text, at)
            .find(|(_, verb)| verb.object == object && verb.fits(class) && want(verb))
            .map(|(length, verb)| (length, self.outcome(at, &verb.measure).to_owned()))
    }

    /// "fatally shot", "mortally wounded": the adverb says that they died.
    fn outcome<'m>(&self, at: usize, measure: &'m str) -> &'m str {
        let deadly = at > self.limits(at).start && matches!(self.low(at - 1), "fatally" | "mortally");
        if deadly && matches!(measure, "wounded" | "killed_or_wounded") { "killed" } else { measure }
    }

    /// "killed at least four", "killing and maiming thousands", "rounded up nearly 600".
    fn active(&self, it: &Counted, reach: usize) -> Option<Predicate> {
        let start = self.limits(it.number.start).start;
        let floor = start.max(it.number.start.saturating_sub(reach + 3));
        let mut at = it.number.start;
        let mut steps = 0;
        while at > floor {
            at -= 1;
            if let Some(first) = (self.number_over)(at) {
                // "killed at least two soldiers and 3 others": the number between is passed over whole.
                (at, steps) = (first, steps + 1);
                if steps >= reach {
                    return None;
                }
                continue;
            }
            let verb = self.verb(at, true, it.class, |verb| verb.form != Form::Participle);
            if let Some((length, measure)) = verb.filter(|(length, _)| at + length <= it.number.start) {
                let object = self.takes_object(at, at + length, it.number.start) && !self.is_unreal(at);
                let measure = self.with_fate(it.noun.end.max(it.number.end), self.with_pair_left(at, measure));
                return object.then_some(Predicate { measure, at });
            }
            let word = self.low(at);
            if !(words::is_determiner(word)
                || words::is_adverbial(word)
                || matches!(word, "up" | "off" | "dead" | "total" | "of"))
            {
                steps += 1;
            }
            if steps >= reach || self.stops_object(at) {
                return None;
            }
        }
        None
    }

    /// Says whether the number can be the object of the verb: no passive, no noun.
    fn takes_object(&self, at: usize, end: usize, number: usize) -> bool {
        let start = self.limits(at).start;
        let mut back = at;
        // "was killed and wounded", "were reportedly killed"
        while back > start {
            let before = self.low(back - 1);
            if words::is_adverbial(before) {
                back -= 1;
            } else if back >= start + 2
                && matches!(before, "and" | "or")
                && self.verb(back - 2, true, Class::Unknown, |_| true).is_some()
            {
                back -= 2;
            } else {
                break;
            }
        }
        let before = if back > start { self.low(back - 1) } else { "" };
        let passive = words::is_be(before);
        let noun =
            (words::is_determiner(before) || words::is_possessive(before)) && end < number && self.low(end) != "of";
        !passive && !noun
    }

    /// "could kill 12", "threatened to kill 12", "nearly killed 12": nobody was killed.
    fn is_unreal(&self, at: usize) -> bool {
        const WISHES: &[&str] = &[
            "threat", "plan", "plot", "try", "tri", "attempt", "fail", "want", "vow", "intend", "aim", "hope", "order",
            "seek", "sought", "prepar", "conspir", "refus", "pledg", "promis", "designed",
        ];
        let start = self.limits(at).start;
        let mut back = at;
        while back > start && words::is_adverbial(self.low(back - 1)) {
            back -= 1;
            if matches!(self.low(back), "nearly" | "almost" | "not" | "n't" | "never") {
                return true;
            }
        }
        if back == start {
            return false;
        }
        let before = self.low(back - 1);
        if before == "to" && back > start + 1 {
            let verb = self.low(back - 2);
            return WISHES.iter().any(|it| verb.starts_with(it));
        }
        words::is_modal(before) || matches!(before, "not" | "n't" | "without")
    }

    fn stops_object(&self, at: usize) -> bool {
        let word = self.low(at);
        matches!(word, ";" | ":" | "that" | "who" | "which" | "than" | "(" | ")" | "by" | "but")
            || words::is_preposition(word) && !matches!(word, "of" | "over" | "about" | "around")
            || words::is_subordinator(word)
            || words::is_modal(word)
            || is_finite_verb(self.text, at) && self.measures.verbs(self.text, at).next().is_none()
    }

    /// "killed and injured hundreds": two verbs, one number.
    fn with_pair_left(&self, at: usize, measure: String) -> String {
        let start = self.limits(at).start;
        if at < start + 2 || !matches!(self.low(at - 1), "and" | "or" | "/") {
            return measure;
        }
        let other = (start..at - 1)
            .rev()
            .take(2)
            .find_map(|it| self.verb(it, true, Class::Person, |_| true).filter(|(length, _)| it + length == at - 1));
        other.and_then(|(_, other)| pair(&other, &measure)).unwrap_or(measure)
    }

    /// "the deaths of 50", "the killing of at least 12", "deaths and injuries of numerous".
    fn nominal_left(&self, it: &Counted) -> Option<Predicate> {
        let start = self.limits(it.number.start).start;
        let mut of = it.number.start.checked_sub(1)?;
        if words::is_determiner(self.low(of)) && of > start {
            of -= 1;
        }
        if of <= start || self.low(of) != "of" {
            return None;
        }
        let at = of - 1;
        let measure = self.deed(at, it.class)?;
        if at >= start + 2
            && matches!(self.low(at - 1), "and" | "or")
            && let Some(other) = self.deed(at - 2, it.class)
        {
            return Some(Predicate { measure: pair(&other, &measure).unwrap_or(measure), at });
        }
        Some(Predicate { measure, at })
    }

    /// Returns the measure of a noun for a deed: "death", "wounding", "arrest".
    fn deed(&self, at: usize, class: Class) -> Option<String> {
        let noun =
            self.measures.noun(self.text, at).filter(|(length, _)| *length == 1).map(|(_, name)| name.to_owned());
        let noun = noun.filter(|it| {
            matches!(it.as_str(), "killed" | "wounded" | "killed_or_wounded" | "captured" | "released" | "displaced")
        });
        noun.or_else(|| self.verb(at, true, class, |verb| verb.form == Form::Gerund).map(|it| it.1)).or(
            match self.low(at) {
                "murder" | "massacre" | "execution" | "assassination" | "slaughter" | "murders" | "executions" => {
                    Some("killed".to_owned())
                }
                "capture" | "detention" => Some("captured".to_owned()),
                "loss" if class == Class::Person => Some("killed".to_owned()),
                _ => None,
            },
        )
    }

    /// "the death toll rose to 12", "the number of wounded reached 40".
    fn toll(&self, it: &Counted) -> Option<Predicate> {
        if it.head.is_some() && it.class != Class::Person {
            return None;
        }
        // "The death toll from Wednesday's bombing at a market in Mosul has risen to 12".
        let far = if self.low(it.number.start.saturating_sub(1)) == "to" { 24 } else { 12 };
        let start = self.limits(it.number.start).start.max(it.number.start.saturating_sub(far));
        let at = (start..it.number.start).rev().find(|&at| {
            matches!(self.low(at), "toll" | "tally")
                || self.low(at) == "number" && self.low(at + 1) == "of"
                || matches!(self.low(at), "dead" | "deaths" | "wounded" | "injured") && self.low(at + 1) == "at"
        })?;
        if (at..it.number.start).any(|it| (self.starts_number)(it) || matches!(self.low(it), "," | ";" | "after"))
            && self.low(it.number.start - 1) != "to"
        {
            return None;
        }
        let dead = |word: &str| matches!(word, "dead" | "deaths" | "killed" | "fatalities");
        let hurt = |word: &str| matches!(word, "wounded" | "injured" | "injuries");
        let near: Vec<&str> = (at.saturating_sub(1)..at + 4).map(|it| self.low(it)).collect();
        let measure = match self.low(at) {
            "number" if near.iter().any(|it| dead(it)) => "killed",
            "number" if near.iter().any(|it| hurt(it)) => "wounded",
            "number" if near.contains(&"casualties") => "killed_or_wounded",
            "number" if near.contains(&"displaced") => "displaced",
            "wounded" | "injured" => "wounded",
            "number" => return None,
            _ if matches!(near[0], "injury" | "casualty") => return None,
            _ => "killed",
        };
        Some(Predicate { measure: measure.to_owned(), at })
    }

    /// "… were killed", "… injured in", "… had died", "… dead".
    fn right(&self, it: &Counted) -> Option<Predicate> {
        let start = it.noun.end.max(it.number.end);
        let limit = self.limits(it.number.start).end.min(start + FAR);
        let mut walk = Walk { at: start, be: false, have: false, fresh: true };
        while walk.at < limit {
            match self.step(&mut walk, it, limit) {
                Step::On => {}
                Step::Stop => return None,
                Step::Found(found) => return Some(found),
            }
        }
        None
    }

    fn step(&self, walk: &mut Walk, it: &Counted, limit: usize) -> Step {
        const ENDS: &[&str] = &[
            ";", ":", "that", "which", "while", "as", "after", "because", "before", "by", "but", "although", "—", "–",
            "not", "n't", "when", "where",
        ];
        let at = walk.at;
        let word = self.low(at);
        if let Some(found) = self.verb_right(walk, it, limit) {
            return found;
        }
        if ENDS.contains(&word) {
            return Step::Stop;
        }
        match word {
            "(" => match (at..limit.min(at + 14)).find(|&it| self.low(it) == ")") {
                Some(close) => walk.at = close + 1,
                None => return Step::Stop,
            },
            "," => match self.after_comma(at, limit) {
                Some(next) => walk.at = next,
                None => return Step::Stop,
            },
            "who" if walk.fresh => walk.at += 1,
            // "left \"more than 30 occupiers\" dead"
            _ if self.text.tokens[at].kind == TokenKind::Quote => walk.at += 1,
            "and" | "or" => {
                let verb = is_finite_verb(self.text, at + 1) || self.measures.verbs(self.text, at + 1).next().is_some();
                if verb && !walk.be {
                    return Step::Stop;
                }
                (walk.at, walk.fresh) = (at + 1, false);
            }
            _ if words::is_be(word) => (walk.be, walk.at) = (true, at + 1),
            _ if words::is_have(word) => (walk.have, walk.at) = (true, at + 1),
            _ if words::is_modal(word) || words::is_adverbial(word) || matches!(word, "either" | "all") => walk.at += 1,
            _ if words::is_relative(word) => return Step::Stop,
            _ if walk.be || walk.have => {
                // "were shot and killed", "were found dead", "were feared killed": one participle may stand before.
                let verb = word.ends_with("ed")
                    || word.ends_with("en")
                    || matches!(word, "shot" | "found" | "left" | "hit" | "caught");
                let and = matches!(self.low(at + 1), "and" | "or");
                if !verb || !self.is_measured(at + 1 + usize::from(and)) {
                    return Step::Stop;
                }
                walk.at += 1 + usize::from(and);
            }
            _ if is_finite_verb(self.text, at) && !self.is_measured(at + 1) => return Step::Stop,
            // "several still reported missing"
            "reported" | "feared" | "believed" | "presumed" | "confirmed" if self.is_measured(at + 1) => walk.at += 1,
            _ => (walk.at, walk.fresh) = (at + 1, false),
        }
        Step::On
    }

    fn is_measured(&self, at: usize) -> bool {
        self.measures.verbs(self.text, at).next().is_some() || self.measures.adjective(self.text, at).is_some()
    }

    /// Reads a verb or adjective of a measure at the walk's token.
    fn verb_right(&self, walk: &Walk, it: &Counted, limit: usize) -> Option<Step> {
        let at = walk.at;
        let found = |measure: String| Some(Step::Found(Predicate { measure, at }));
        let past = |verb: &VerbUse| !matches!(verb.form, Form::Present | Form::Gerund);
        if let Some((length, measure)) = self.verb(at, true, it.class, past) {
            let end = at + length;
            // A title leaves the auxiliary out: "daughter and brother wounded in Mirel".
            let fresh = walk.fresh || self.text.sentence_of(at).role == Role::Title;
            let reduced = !walk.be && !walk.have && fresh && (end >= limit || self.ends_reduced(end));
            if walk.be || reduced && !self.has_object(end, it.class) {
                return found(self.with_fate(end, self.with_pair_right(end, measure, it.class)));
            }
            return Some(Step::Stop);
        }
        // "50 people died"; "the 12 drowned".
        let mut subject = self.verb(at, false, it.class, |_| walk.fresh || walk.have || walk.be);
        if subject.is_none() {
            subject = self.verb(at, false, it.class, past);
            subject = subject.filter(|_| !is_finite_verb(self.text, at.saturating_sub(1)));
        }
        if let Some((length, measure)) = subject {
            return match self.escaped(at + length, it, measure) {
                Some(measure) => found(measure),
                None => Some(Step::Stop),
            };
        }
        let adjective =
            self.measures.adjective(self.text, at).filter(|(_, measure)| measures::fits(measure, it.class, true));
        if let Some((length, measure)) = adjective {
            let end = at + length;
            if (walk.be || walk.fresh) && (end >= limit || self.ends_reduced(end)) {
                return found(self.with_pair_right(end, measure.to_owned(), it.class));
            }
        }
        None
    }

    /// Says whether a participle without auxiliary has no object: "hundreds injured in", "more than 100 wounded".
    fn ends_reduced(&self, at: usize) -> bool {
        let word = self.low(at);
        let token = &self.text.tokens[at];
        // "two bombers killed at least 10": a number is an object.
        if (self.starts_number)(at) {
            return false;
        }
        (token.kind == TokenKind::Mark && word != "$")
            || token.kind == TokenKind::Quote
            || words::is_preposition(word)
            || words::is_coordinator(word)
            || words::is_subordinator(word)
            || words::is_adverbial(word)
            || words::is_weekday(word)
            || words::is_time_opener(word)
            || is_finite_verb(self.text, at)
    }

    /// "shot and killed his sons": the second verb's object says that the first is no participle.
    fn has_object(&self, end: usize, class: Class) -> bool {
        if !matches!(self.low(end), "and" | "or") {
            return false;
        }
        let next = end + 1 + usize::from(words::is_adverbial(self.low(end + 1)));
        let second = self.verb(next, true, class, |verb| matches!(verb.form, Form::PastOrParticiple | Form::Past));
        second.is_some_and(|(length, _)| {
            let word = self.low(next + length);
            words::is_determiner(word) || words::is_possessive(word) || self.text.tokens[next + length].capital
        })
    }

    /// "shot his brother to death", "was shot in the head and died": what became of those shot.
    fn with_fate(&self, end: usize, measure: String) -> String {
        if measure != "killed_or_wounded" {
            return measure;
        }
        let limit = self.limits(end.saturating_sub(1)).end.min(end + FATE);
        for at in end..limit {
            let word = self.low(at);
            if word == "to" && self.low(at + 1) == "death" {
                return "killed".to_owned();
            }
            if word == "and" {
                let next = (at + 1..limit).find(|&it| {
                    let word = self.low(it);
                    !(words::is_adverbial(word) || words::is_be(word) || words::is_have(word))
                });
                return match next.map(|it| self.low(it)) {
                    Some("killed" | "died" | "dead") => "killed".to_owned(),
                    _ => measure,
                };
            }
            if (self.starts_number)(at)
                || matches!(word, "," | ";" | ":" | "who" | "while" | "after" | "before" | "but")
                || self.text.tokens[at].kind == TokenKind::Quote
            {
                break;
            }
        }
        measure
    }

    /// "wounded or killed", "killed and wounded": one number for both, never split.
    fn with_pair_right(&self, end: usize, measure: String, class: Class) -> String {
        if !matches!(self.low(end), "and" | "or" | "/") {
            return measure;
        }
        let mut next = end + 1 + usize::from(matches!(self.low(end + 1), "/" | "or") && self.low(end) == "and");
        // "shot and critically wounded"
        next += usize::from(words::is_adverbial(self.low(next)));
        let other = self
            .verb(next, true, class, |verb| !matches!(verb.form, Form::Present | Form::Gerund))
            .or_else(|| self.measures.adjective(self.text, next).map(|(length, it)| (length, it.to_owned())));
        match other {
            // "killed and wounded 25 others" begins a new clause.
            Some((length, other)) if !(self.starts_number)(next + length) => pair(&measure, &other).unwrap_or(measure),
            _ => measure,
        }
    }

    /// Returns where the sentence goes on behind ", mostly schoolgirls," or at the next of a list.
    fn after_comma(&self, at: usize, limit: usize) -> Option<usize> {
        const OPENS: &[&str] = &[
            "including",
            "mostly",
            "mainly",
            "among",
            "many",
            "most",
            "some",
            "all",
            "both",
            "a",
            "an",
            "the",
            "largely",
            "one",
            "aged",
            "with",
            "at",
            "in",
            "from",
            "almost",
            "predominantly",
            "primarily",
            "who",
            "as",
        ];
        let next = at + 1;
        // "Seven civilians, three of them children, were killed"
        let of = (next..limit.min(next + 4)).find(|&it| self.low(it) == "of");
        if of.is_some_and(|of| matches!(self.low(of + 1), "them" | "whom" | "these" | "those")) {
            return (next..limit.min(next + 16)).find(|&it| self.low(it) == ",").map(|close| close + 1);
        }
        if matches!(self.low(next), "and" | "&") || (self.starts_number)(next) {
            return Some(next);
        }
        if OPENS.contains(&self.low(next)) {
            return (next..limit.min(next + 16)).find(|&it| self.low(it) == ",").map(|close| close + 1);
        }
        // "thousands of U.S., coalition, and Afghan soldiers"
        let listed =
            (next..limit.min(next + 4)).any(|it| self.low(it) == "," && matches!(self.low(it + 1), "and" | "or"));
        listed.then_some(next)
    }

    /// Returns the measure of the head noun, and where its words end: "fatalities", "attacks", "deaths and injuries".
    pub fn noun_measure(&self, it: &Counted) -> Option<(String, usize)> {
        let head = it.head?;
        let first = it.noun.start.max(head.saturating_sub(3));
        let found = (first..=head).find_map(|at| {
            let noun = self.measures.noun(self.text, at).filter(|(length, _)| at + length > head);
            noun.map(|(length, name)| (name.to_owned(), at + length))
        });
        let (found, next) = found?;
        if matches!(self.low(next), "and" | "or") && !(self.starts_number)(next + 1) {
            let other =
                self.measures.noun(self.text, next + 1).or_else(|| self.measures.adjective(self.text, next + 1));
            if let Some(both) = other.and_then(|(_, other)| pair(&found, other)) {
                return Some((both, next + 2));
            }
        }
        Some((found, next.max(it.noun.end)))
    }
}

struct Walk {
    at: usize,
    be: bool,
    have: bool,
    fresh: bool,
}

enum Step {
    On,
    Stop,
    Found(Predicate),
}

/// Killed and wounded under one number stay one figure; "shot and killed" says what became of those shot.
fn pair(a: &str, b: &str) -> Option<String> {
    let both = match (a, b) {
        ("killed", "wounded") | ("wounded", "killed") => "killed_or_wounded",
        ("killed_or_wounded", "killed") | ("killed", "killed_or_wounded") => "killed",
        ("killed_or_wounded", "wounded") | ("wounded", "killed_or_wounded") => "wounded",
        _ => return None,
    };
    Some(both.to_owned())
}
