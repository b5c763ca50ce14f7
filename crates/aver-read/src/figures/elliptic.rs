//! Numbers whose measure is told elsewhere: "put it at seven", "Fourteen people were taken to hospital".
//!
//! In: a number with the words it counts. Out: the word that says that something is
//! counted, or the measure that an outcome stands for. What a bare number counts is
//! what the figure of people before it counts; [`super`] looks that up.

use super::counted::Counted;
use super::measures::Class;
use super::predicate::{Finder, Predicate};
use crate::phrase::words;

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

    /// "were taken to hospital", "were flown to a clinic": those who are taken there are hurt.
    pub fn in_hospital(&self, it: &Counted) -> Option<Predicate> {
        let text = self.text;
        if it.class != Class::Person && !it.noun.is_empty() {
            return None;
        }
        let dead = it.noun.clone().any(|at| matches!(text.lower(at), "bodies" | "body" | "dead" | "corpses"));
        let from = it.noun.end.max(it.number.end);
        let limit = text.sentence_of(it.number.start).tokens.end.min(from + NEAR);
        let verb = (from..limit).find(|&at| {
            matches!(
                text.lower(at),
                "taken" | "rushed" | "admitted" | "brought" | "flown" | "airlifted" | "transported" | "transferred"
            )
        })?;
        let passive = (from..verb).all(|at| words::is_auxiliary(text.lower(at)) || words::is_adverbial(text.lower(at)))
            && verb > from
            && words::is_be(text.lower(from.max(verb - 1)));
        let place = (verb + 1..limit).take_while(|&at| !matches!(text.lower(at), "," | ";" | "from" | "after" | "by"));
        let heals = place
            .into_iter()
            .any(|at| ["hospital", "clinic", "infirmary"].iter().any(|it| text.lower(at).starts_with(it)));
        (passive && heals && !dead).then(|| Predicate { measure: "wounded".to_owned(), at: verb })
    }

    /// "after losing nine men to mines": a force that loses men; a family that lost two sons to an illness is none.
    pub fn lost_men(&self, it: &Counted) -> Option<Predicate> {
        let text = self.text;
        let verb = it
            .number
            .start
            .checked_sub(1)
            .filter(|&at| matches!(text.lower(at), "lost" | "losing" | "lose" | "loses"))?;
        let head = it.head.map_or("", |at| text.lower(at));
        let force = matches!(
            head,
            "men" | "soldiers" | "fighters" | "troops" | "policemen" | "officers" | "militiamen" | "rebels"
        );
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
