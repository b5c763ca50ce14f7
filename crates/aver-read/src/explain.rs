//! Why a record says what it says: for each of its values the words and the rule.
//!
//! In: a reading and the id of one of its records. Out: [`Reason`]s in the order
//! of the record's fields. Nothing is stored for this: the rules are looked up
//! again in the same codebook, so an answer always fits the codebook at hand. A
//! value that the codebook of today would not give is said to be so.

mod event;
mod figure;
mod statement;

use crate::{Index, text::Text};
use aver_codebook::Codebook;
use aver_model::{Day, OUTLET, Page, Reading, Span, Time, UNSPECIFIED};
use serde::Serialize;
use std::ops::Range;

/// One value of a record, with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// The field: `cue`, `stance`, `place`.
    pub field: &'static str,
    /// Its value as the ledger prints it.
    pub value: String,
    /// What made it so, with the codebook file where one did.
    pub rule: String,
    /// The words, in code points; none for what rests on the absence of words.
    pub words: Option<Span>,
}

impl Reason {
    fn new(field: &'static str, value: impl Into<String>, rule: impl Into<String>, words: Option<Span>) -> Reason {
        Reason { field, value: value.into(), rule: rule.into(), words }
    }
}

/// Explains readings by one codebook.
pub struct Explainer<'c> {
    codebook: &'c Codebook,
    index: Index,
}

/// A reading with its tokens.
struct Ground<'a> {
    codebook: &'a Codebook,
    index: &'a Index,
    reading: &'a Reading,
    page: &'a Page,
    text: Text<'a>,
}

impl<'c> Explainer<'c> {
    /// Prepares a codebook.
    pub fn new(codebook: &'c Codebook) -> Explainer<'c> {
        Explainer { codebook, index: Index::new(codebook) }
    }

    /// Returns the reasons behind a record (`e1`, `f2`, `s3`, `t4`, `r5`, `w6`, `y7`, `p8`, `a9`); none when
    /// the reading has no such record.
    pub fn explain(&self, reading: &Reading, id: &str) -> Option<Vec<Reason>> {
        let page = Page {
            document: reading.document.clone(),
            text: reading.text.clone(),
            dropped: reading.dropped.clone(),
            structure: vec![],
            notes: vec![],
        };
        let page = crate::copy::of(&page, &self.index.casing).unwrap_or(page);
        let ground =
            Ground { codebook: self.codebook, index: &self.index, reading, page: &page, text: Text::new(&page) };
        fn named<'r, T>(list: &'r [T], id: &str, of: impl Fn(&T) -> &str) -> Option<&'r T> {
            list.iter().find(|it| of(it) == id)
        }
        if let Some(it) = named(&reading.statements, id, |it| &it.id) {
            return Some(statement::explain(&ground, it));
        }
        if let Some(it) = named(&reading.events, id, |it| &it.id) {
            return Some(event::explain(&ground, it));
        }
        if let Some(it) = named(&reading.figures, id, |it| &it.id) {
            return Some(figure::explain(&ground, it));
        }
        if let Some(it) = named(&reading.times, id, |it| &it.id) {
            return Some(vec![ground.time("time", it)]);
        }
        if let Some(it) = named(&reading.relations, id, |it| &it.id) {
            return Some(ground.relation(it));
        }
        if let Some(it) = named(&reading.forecasts, id, |it| &it.id) {
            return Some(ground.forecast(it));
        }
        if let Some(it) = named(&reading.tallies, id, |it| &it.id) {
            return Some(ground.tally(it));
        }
        if let Some(it) = named(&reading.places, id, |it| &it.id) {
            return Some(vec![ground.place("place", it)]);
        }
        named(&reading.actors, id, |it| &it.id).map(|it| ground.actor(it))
    }
}

impl Ground<'_> {
    /// Returns the tokens that begin inside a span.
    fn tokens(&self, span: Span) -> Range<usize> {
        let bytes = self.text.offsets.bytes(self.text.raw, span);
        let from = self.text.tokens.partition_point(|it| it.bytes.start < bytes.start);
        from..self.text.tokens.partition_point(|it| it.bytes.start < bytes.end)
    }

    /// The words of a span on one line.
    fn quote(&self, span: Span) -> String {
        let words = self.text.offsets.quote(self.text.raw, span);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What an actor id, `outlet` or `unspecified` is called.
    fn name(&self, id: &str) -> String {
        match id {
            OUTLET => self.reading.document.source.clone().unwrap_or_else(|| "the outlet".into()),
            UNSPECIFIED => "nobody named".into(),
            _ => self.reading.actors.iter().find(|it| it.id == id).map_or(id.to_owned(), |it| it.name.clone()),
        }
    }

    /// How an actor is known: by the codebook or by the document alone.
    fn known(&self, id: &str) -> String {
        let Some(actor) = self.reading.actors.iter().find(|it| it.id == id) else { return "no actor".into() };
        match &actor.codebook {
            Some(entry) => format!("{} is `{entry}` in the codebook's actors", actor.name),
            None => format!("{} ({}) is known from this document alone", actor.name, actor.kind),
        }
    }

    fn actor(&self, actor: &aver_model::Actor) -> Vec<Reason> {
        let mut out = vec![Reason::new("actor", &actor.name, self.known(&actor.id), actor.mentions.first().copied())];
        out.extend(
            actor.mentions.iter().skip(1).map(|&it| Reason::new("mention", self.quote(it), "the same actor", Some(it))),
        );
        out
    }

    fn time(&self, field: &'static str, time: &Time) -> Reason {
        let how = match time.anchor.as_deref() {
            None => "the words give the date themselves".to_owned(),
            Some("published") => {
                format!(
                    "counted from the publication date, {}",
                    days(self.reading.document.published.start, self.reading.document.published.end)
                )
            }
            Some(other) => format!("counted from {other}"),
        };
        Reason::new(
            field,
            days(time.start, time.end),
            format!("{how}; precise to the {}", time.precision.as_str()),
            Some(time.span),
        )
    }

    fn place(&self, field: &'static str, place: &aver_model::Place) -> Reason {
        let within = [place.admin1.as_deref(), place.country.as_deref()];
        let value =
            [&[Some(place.name.as_str())], &within[..]].concat().into_iter().flatten().collect::<Vec<_>>().join(", ");
        let rule = match (&place.gazetteer, place.lat) {
            (Some(id), _) => format!("gazetteer entry {id}, a {}", place.level),
            (None, Some(_)) => format!("a {} of the codebook's places", place.level),
            (None, None) => format!("named as a {}; not in the gazetteer", place.level),
        };
        Reason::new(field, value, rule, place.mentions.first().copied())
    }

    fn relation(&self, it: &aver_model::Relation) -> Vec<Reason> {
        let family = self.codebook.relations.iter().find(|entry| entry.name == it.relation);
        let rule = family.map_or("the codebook has no such relation any more".to_owned(), |entry| {
            format!("a pattern of `{}` in the codebook's relations, or an office that tells it", entry.name)
        });
        let mut out = vec![
            Reason::new("relation", &it.relation, rule, Some(it.span)),
            Reason::new("a", self.name(&it.a), self.known(&it.a), None),
            Reason::new("b", self.name(&it.b), self.known(&it.b), None),
        ];
        out.push(self.carrier("speaker", &it.speaker, it.statement.as_deref()));
        let rule = match it.polarity {
            aver_model::Polarity::Asserted => "nothing turns it",
            _ => "a negation, or the stance of the statement that carries it",
        };
        out.push(Reason::new("polarity", it.polarity.as_str(), rule, None));
        out
    }

    fn forecast(&self, it: &aver_model::Forecast) -> Vec<Reason> {
        let mut out = vec![self.carrier("speaker", &it.speaker, it.statement.as_deref())];
        out[0].words = Some(it.span);
        out.push(Reason::new("made", days(it.made.start, it.made.end), "when the statement was made", None));
        let due = days(it.due.earliest, it.due.latest);
        let horizon = it.horizon.as_ref().map(|it| it.span);
        let rule = if horizon.is_some() { "the horizon, counted from when it was made" } else { "no horizon is given" };
        out.push(Reason::new("due", due, rule, horizon));
        out
    }

    fn tally(&self, it: &aver_model::Tally) -> Vec<Reason> {
        let mut out = vec![
            Reason::new("counted", &it.counted, "a number of events over a period", Some(it.span)),
            self.carrier("speaker", &it.speaker, it.statement.as_deref()),
            Reason::new("period", days(it.period.start, it.period.end), "the period that the words give", None),
        ];
        for id in &it.figures {
            let figure = self.reading.figures.iter().find(|it| it.id == *id);
            out.extend(figure.map(|it| Reason::new("figure", id, "counted in it", Some(it.span))));
        }
        out
    }

    /// Who says a record: a statement, or the outlet in its own voice.
    fn carrier(&self, field: &'static str, speaker: &str, statement: Option<&str>) -> Reason {
        let found = statement.and_then(|id| self.reading.statements.iter().find(|it| it.id == id));
        match found {
            Some(it) => {
                Reason::new(field, self.name(speaker), format!("stands inside statement {}", it.id), Some(it.span))
            }
            None => {
                Reason::new(field, self.name(speaker), "stands in nobody's statement: the outlet's own voice", None)
            }
        }
    }
}

/// An interval as the ledger prints it.
fn days(start: Option<Day>, end: Option<Day>) -> String {
    match (start, end) {
        (None, None) => "no date".into(),
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} … {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("until {end}"),
    }
}
