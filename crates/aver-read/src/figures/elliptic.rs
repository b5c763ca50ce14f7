//! Numbers whose measure is told elsewhere: "put it at seven", "Fourteen people were taken to hospital".
//!
//! In: a number with the words it counts. Out: the word that says that something is
//! counted, or the measure that an outcome stands for. What a bare number counts is
//! what the figure of people before it counts; [`super`] looks that up.

use super::counted::Counted;
use super::measures::Class;
use super::predicate::{Finder, Predicate};
use crate::phrase::words;
use crate::text::TokenKind;

/// How far behind those counted their outcome may stand.
const NEAR: usize = 12;

impl Finder<'_> {
    /// "two people in Mirel, | three | in Derin and | one | in Ondrel": a list of tolls goes on by place.
    pub fn goes_on(&self, it: &Counted) -> bool {
        let text = self.text;
        let start = text.sentence_of(it.number.start).tokens.start;
        let listed = it.number.start > start + 2 && matches!(text.lower(it.number.start - 1), "," | "and");
        let placed = matches!(text.lower(it.number.end), "in" | "at" | "near" | "outside");
        let named = text.tokens.get(it.number.end + 1).is_some_and(|it| it.capital)
            && !words::is_weekday(text.lower(it.number.end + 1));
        listed && placed && named && aver_model::calendar_words::month(text.lower(it.number.end + 1)).is_none()
    }

    /// "counted nine", "spoke of only five", "put it at seven", "was raised to 14": a bare number that somebody counts.
    pub fn is_counted_anew(&self, it: &Counted) -> bool {
        let text = self.text;
        let start = text.sentence_of(it.number.start).tokens.start;
        let next = text.lower(it.number.end);
        let ends = matches!(
            next,
            "" | "," | "." | ";" | ":" | ")" | "—" | "and" | "but" | "\"" | "”" | "from" | "the" | "dead"
        );
        let bare = it.noun.is_empty() || text.lower(it.noun.end - 1) == "dead" || it.head.is_none();
        if !(ends || it.noun.end > it.number.end) || !bare || it.partitive {
            return false;
        }
        let mut at = it.number.start;
        while at > start
            && (words::is_adverbial(text.lower(at - 1)) || matches!(text.lower(at - 1), "“" | "\"" | "only" | "just"))
        {
            at -= 1;
        }
        let back = |n: usize| if at >= start + n { text.lower(at - n) } else { "" };
        let rises = |word: &str| {
            [
                "rise", "rose", "risen", "rais", "climb", "revis", "gone", "went", "grew", "grown", "lower", "drop",
                "increas",
            ]
            .iter()
            .any(|it| word.starts_with(it))
        };
        match back(1) {
            "counted" | "confirm" | "confirmed" | "saw" | "counts" => true,
            "to" => rises(back(2)) || matches!(back(2), "up" | "down") && rises(back(3)),
            "of" => matches!(back(2), "spoke" | "spoken" | "speaks" | "talked"),
            "at" => (2..8).any(|n| matches!(back(n), "put" | "puts" | "estimated" | "placed")),
            "from" => at >= start + 2 && (self.number_over)(at - 2).is_some(),
            "," => matches!(back(2), "figure" | "number" | "toll" | "count"),
            "given" | "gave" => true,
            _ => false,
        }
    }

    /// "were taken to hospital", "11 in hospital", "were being treated for burns": those who are taken there are hurt.
    pub fn in_hospital(&self, it: &Counted) -> Option<Predicate> {
        let text = self.text;
        if it.class != Class::Person && !it.noun.is_empty() {
            return None;
        }
        let from = it.noun.end.max(it.number.end);
        let limit = text.sentence_of(it.number.start).tokens.end.min(from + NEAR);
        let verb = (from..limit).find(|&at| {
            !(words::is_auxiliary(text.lower(at)) || words::is_adverbial(text.lower(at)) || is_care(text.lower(at)))
        })?;
        let dead = it.noun.clone().any(|at| matches!(text.lower(at), "bodies" | "body" | "dead" | "corpses"));
        let told = match text.lower(verb) {
            "taken" | "rushed" | "admitted" | "brought" | "flown" | "airlifted" | "transported" | "transferred"
            | "treated" => verb > from && words::is_be(text.lower(verb - 1)) && self.heals(verb + 1, limit),
            "in" => self.heals(verb, limit.min(verb + 5)),
            _ => false,
        };
        (told && !dead).then(|| Predicate { measure: "wounded".to_owned(), at: verb })
    }

    /// "to a hospital in", "for gunshot wounds", "in a critical state".
    fn heals(&self, from: usize, limit: usize) -> bool {
        const SIGNS: &[&str] = &["hospital", "clinic", "infirmary", "wound", "injur", "burns", "critical", "serious"];
        let text = self.text;
        (from..limit)
            .take_while(|&at| !matches!(text.lower(at), "," | ";" | "from" | "after" | "by" | "and" | "with"))
            .any(|at| SIGNS.iter().any(|it| text.lower(at).starts_with(it)))
    }

    /// "six wounded crewmen", "four dead policemen": the word before them says what became of them.
    pub fn harmed(&self, it: &Counted) -> Option<Predicate> {
        let first = it.noun.clone().find(|&at| !words::is_determiner(self.text.lower(at)))?;
        let people = it.class == Class::Person && it.head.is_some_and(|head| head > first);
        let measure = match self.text.lower(first) {
            "dead" | "slain" | "lifeless" => "killed",
            "wounded" | "injured" => "wounded",
            _ => return None,
        };
        people.then(|| Predicate { measure: measure.to_owned(), at: first })
    }

    /// "scores escaped with wounds": only captives who escape are free; those who escape with wounds are hurt.
    pub fn escaped(&self, end: usize, it: &Counted, measure: String) -> Option<String> {
        if measure != "released" {
            return Some(measure);
        }
        let text = self.text;
        let limits = text.sentence_of(end - 1).tokens.clone();
        if text.lower(end) == "with" && self.heals(end + 1, limits.end.min(end + 5)) {
            return Some("wounded".to_owned());
        }
        let held = |word: &str| {
            [
                "prison", "inmate", "hostage", "captiv", "captor", "detain", "jail", "convict", "custody", "abduct",
                "kidnap",
            ]
            .iter()
            .any(|it| word.starts_with(it))
        };
        let captive = it.number.start.saturating_sub(NEAR).max(limits.start)..limits.end.min(end + NEAR);
        captive.into_iter().any(|at| held(text.lower(at))).then_some(measure)
    }

    /// "treated 33 people for burns": patients of an attack.
    pub fn treated(&self, it: &Counted) -> Option<Predicate> {
        let verb =
            it.number.start.checked_sub(1).filter(|&at| matches!(self.text.lower(at), "treated" | "treating"))?;
        let people = it.class == Class::Person && it.head.is_some() && self.text.lower(it.noun.end) == "for";
        people.then(|| Predicate { measure: "wounded".to_owned(), at: verb })
    }

    /// "Some 40 fighters armed with rifles took part in the raid": those who attack are counted.
    pub fn attacks(&self, it: &Counted) -> Option<Predicate> {
        const DEEDS: &[&str] = &[
            "attacked",
            "stormed",
            "raided",
            "ambushed",
            "overran",
            "invaded",
            "besieged",
            "assaulted",
            "opened",
            "fired",
            "struck",
        ];
        let text = self.text;
        let armed = matches!(
            text.lower(it.head?),
            "fighters"
                | "militants"
                | "insurgents"
                | "rebels"
                | "gunmen"
                | "terrorists"
                | "bandits"
                | "jihadists"
                | "guerrillas"
                | "militiamen"
                | "raiders"
        );
        let limit = text.sentence_of(it.number.start).tokens.end.min(it.noun.end + NEAR);
        let mut clause = (it.noun.end..limit).take_while(|&at| !matches!(text.lower(at), "," | ";" | "that" | "and"));
        let deed = clause.find(|&at| {
            DEEDS.contains(&text.lower(at)) && !words::is_be(text.lower(at - 1))
                || text.lower(at) == "took" && text.lower(at + 1) == "part"
        })?;
        armed.then(|| Predicate { measure: "attackers".to_owned(), at: deed })
    }

    /// "after losing nine men to mines", "The rebels lost no fewer than 15": a force that loses men; a family that lost
    /// two sons to an illness is none.
    pub fn lost_men(&self, it: &Counted) -> Option<Predicate> {
        let text = self.text;
        let mut verb = it.number.start.checked_sub(1)?;
        verb -= usize::from(text.tokens[verb].kind == TokenKind::Quote && verb > 0);
        if !matches!(text.lower(verb), "lost" | "losing" | "lose" | "loses") {
            return None;
        }
        let force = match it.head {
            Some(head) => is_force(text.lower(head)) || text.lower(head) == "martyrs",
            None => it.noun.is_empty() && verb > 0 && is_force(text.lower(verb - 1)),
        };
        force.then(|| Predicate { measure: "killed".to_owned(), at: verb })
    }

    /// "had driven 8,000 farmers from their villages", "forcing two million people from their homes".
    pub fn driven_out(&self, it: &Counted) -> Option<Predicate> {
        let text = self.text;
        let start = text.sentence_of(it.number.start).tokens.start;
        let verb = (start.max(it.number.start.saturating_sub(2))..it.number.start).rev().find(|&at| {
            matches!(
                text.lower(at),
                "drive" | "drove" | "driven" | "driving" | "forced" | "forcing" | "forces" | "chased"
            )
        })?;
        let out = text.lower(it.noun.end.max(it.number.end));
        let people = matches!(it.class, Class::Person | Class::Unknown);
        (people && matches!(out, "from" | "out")).then(|| Predicate { measure: "displaced".to_owned(), at: verb })
    }
}

/// Words that may stand before "treated" and "in hospital".
fn is_care(word: &str) -> bool {
    matches!(word, "being" | "still" | "others" | "remain" | "remained" | "remains")
}

/// Those who fight, and lose men.
fn is_force(word: &str) -> bool {
    matches!(
        word,
        "men"
            | "soldiers"
            | "fighters"
            | "troops"
            | "policemen"
            | "officers"
            | "militiamen"
            | "rebels"
            | "bandits"
            | "insurgents"
            | "militants"
            | "terrorists"
            | "guerrillas"
            | "gendarmes"
            | "army"
            | "police"
    )
}
