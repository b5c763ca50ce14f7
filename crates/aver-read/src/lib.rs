//! Documents to readings: who says what happened, in which words.
//!
//! In: a [`Page`] and a [`Codebook`]. Out: a [`Reading`] in the published
//! format. A pure function that never fails: odd text gives notes.
//!
//! Each module finds one kind of record and has its own cases. They run in the
//! order of [`read`]; a later one may use what the earlier ones found. Inside,
//! positions are token ranges; records carry code points ([`text::Text::span`]).

pub mod actors;
mod claims;
pub mod copy;
pub mod events;
pub mod explain;
pub mod figures;
pub mod forecasts;
#[cfg(feature = "language")]
mod gate;
pub mod notes;
pub mod numbers;
pub mod phrase;
pub mod places;
pub mod relations;
pub mod statements;
pub mod tallies;
pub mod text;
pub mod times;
pub mod trees;

use aver_codebook::Codebook;
use aver_model::{Page, Reading};
use std::ops::Range;

/// A record with the tokens it covers.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The record, as it will be published.
    pub record: T,
    /// Its tokens, `[start, end)` in [`text::Text::tokens`].
    pub tokens: Range<usize>,
}

/// What is worked out once per codebook and shared by all documents.
#[derive(Debug, Default)]
pub struct Index {
    /// Words that tie a speaker to a content.
    pub cues: statements::Cues,
    /// Wordings that tell a stance.
    pub wordings: statements::Wordings,
    /// Names of actors, and the words that tell what an actor is.
    pub names: actors::Names,
    /// Words that tell an event.
    pub events: events::Cues,
    /// Words that bound a number.
    pub operators: numbers::Operators,
    /// Words that say what a number measures.
    pub measures: figures::Measures,
    /// Patterns that state a tie between actors.
    pub relations: relations::Patterns,
    /// The codebook's places, and names that hide a place.
    pub places: places::Known,
    /// How names are printed.
    pub casing: copy::Casing,
}

impl Index {
    /// Works it out.
    pub fn new(codebook: &Codebook) -> Index {
        Index {
            cues: statements::Cues::new(codebook),
            wordings: statements::Wordings::new(codebook),
            names: actors::Names::new(codebook),
            events: events::Cues::new(codebook),
            operators: numbers::Operators::new(codebook),
            measures: figures::Measures::new(codebook),
            relations: relations::Patterns::new(codebook),
            places: places::Known::new(codebook),
            casing: copy::Casing::new(codebook),
        }
    }
}

/// What every module may look at.
pub struct Context<'a> {
    /// The document as ingested.
    pub page: &'a Page,
    /// The field's knowledge.
    pub codebook: &'a Codebook,
    /// What was worked out from it beforehand.
    pub index: &'a Index,
    /// Sentences and tokens.
    pub text: text::Text<'a>,
}

/// A reader with its codebook at hand, for many documents.
pub struct Reader<'c> {
    codebook: &'c Codebook,
    index: Index,
    #[cfg(feature = "language")]
    language: Option<Helper<'c>>,
}

/// A language model, how deep it reads, and how the reading names it.
#[cfg(feature = "language")]
struct Helper<'c> {
    language: &'c aver_language::Language,
    depth: aver_language::Depth,
    name: String,
    gated: bool,
}

impl<'c> Reader<'c> {
    /// Prepares a codebook for reading.
    pub fn new(codebook: &'c Codebook) -> Reader<'c> {
        Reader {
            codebook,
            index: Index::new(codebook),
            #[cfg(feature = "language")]
            language: None,
        }
    }

    /// Lets a language model read the sentences that a rule may look at; readings carry its `name`.
    #[cfg(feature = "language")]
    pub fn with_language(
        self,
        language: &'c aver_language::Language,
        depth: aver_language::Depth,
        name: impl Into<String>,
    ) -> Reader<'c> {
        Reader { language: Some(Helper { language, depth, name: name.into(), gated: true }), ..self }
    }

    /// Lets the model read every sentence, also those that no rule asks about; shows what the gate would cost.
    #[cfg(feature = "language")]
    pub fn ungated(mut self) -> Reader<'c> {
        if let Some(helper) = &mut self.language {
            helper.gated = false;
        }
        self
    }

    /// Reads one document.
    pub fn read(&self, page: &Page) -> Reading {
        let copy = copy::of(page, &self.index.casing);
        let reading = self.read_page(copy.as_ref().unwrap_or(page));
        Reading { text: page.text.clone(), ..reading }
    }

    fn read_page(&self, page: &Page) -> Reading {
        #[cfg_attr(not(feature = "language"), expect(unused_mut))]
        let mut text = text::Text::new(page);
        #[cfg(feature = "language")]
        if let Some(helper) = &self.language {
            text.trees = gate::trees(&text, &self.index, helper.language, helper.depth, helper.gated);
        }
        let mut reading = read_with(Context { page, codebook: self.codebook, index: &self.index, text });
        reading.reader.model = self.model();
        reading
    }

    /// Returns the words of the place where the event of a verb happens, the main one first; empty without a language model.
    pub fn scene(&self, page: &Page, verb: aver_model::Span) -> Vec<aver_model::Span> {
        #[cfg_attr(not(feature = "language"), expect(unused_mut))]
        let mut text = text::Text::new(page);
        #[cfg(feature = "language")]
        if let Some(helper) = &self.language {
            text.trees = gate::trees(&text, &self.index, helper.language, helper.depth, false);
        }
        let bytes = text.offsets.bytes(text.raw, verb);
        let Some(token) = text.tokens.iter().position(|it| it.bytes.end > bytes.start && it.bytes.start < bytes.end)
        else {
            return vec![];
        };
        places::scene::of(&text, token).unwrap_or_default().into_iter().map(|it| text.span(it)).collect()
    }

    /// Returns the words of a document that name a country and are no place in its reading, with the country's ISO code.
    pub fn peoples(&self, page: &Page) -> Vec<(aver_model::Span, String)> {
        let ctx = Context { page, codebook: self.codebook, index: &self.index, text: text::Text::new(page) };
        let found = places::peoples(&ctx, &places::find(&ctx, &times::find(&ctx)));
        found.into_iter().map(|(tokens, country)| (ctx.text.span(tokens), country)).collect()
    }

    fn model(&self) -> Option<String> {
        #[cfg(feature = "language")]
        return self.language.as_ref().map(|it| it.name.clone());
        #[cfg(not(feature = "language"))]
        None
    }
}

/// Reads one document; for many, a [`Reader`] prepares the codebook once.
pub fn read(page: &Page, codebook: &Codebook) -> Reading {
    Reader::new(codebook).read(page)
}

fn read_with(ctx: Context<'_>) -> Reading {
    let (page, codebook) = (ctx.page, ctx.codebook);
    let times = times::find(&ctx);
    let numbers = numbers::find(&ctx, &times);
    let places = places::find(&ctx, &times);
    let mut actors = actors::find(&ctx, &places);
    let mut statements = statements::find(&ctx, &mut actors, &times);
    let (events, told) = events::find(&ctx, &mut actors, &places, &times, &statements);
    let mut figures = figures::find(&ctx, &numbers, &times, (&events, &told), &statements);
    let relations = relations::find(&ctx, &mut actors, &places, &times, &statements);
    let forecasts = forecasts::find(&ctx, &actors, &places, &times, &statements);
    let tallies = tallies::find(&ctx, &times, &events, &mut figures, &statements);
    statements::attach(&mut statements, &events, &figures, &relations, &forecasts, &tallies);
    let notes = notes::find(&ctx, &times, &figures, &tallies);

    fn records<T>(found: Vec<Found<T>>) -> Vec<T> {
        found.into_iter().map(|it| it.record).collect()
    }
    Reading {
        format: aver_model::FORMAT.to_owned(),
        reader: aver_model::Reader {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            codebook: codebook.version.clone(),
            model: None,
        },
        document: page.document.clone(),
        text: page.text.clone(),
        dropped: page.dropped.clone(),
        actors: actors.list,
        places: places.list,
        times: records(times),
        events: records(events),
        figures: records(figures),
        statements: records(statements),
        relations: records(relations),
        forecasts: records(forecasts),
        tallies: records(tallies),
        notes,
    }
}
