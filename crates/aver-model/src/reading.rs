//! The published reading format, version 1: what one document tells.
//!
//! These types serialize to exactly the JSON that outsiders score. Fields are
//! added, never renamed or dropped, within version 1. Unknown is `None` or an
//! empty list, never a guess and never a made-up zero. All spans are code
//! points of `text`. Ids are local to the reading and stable.

use crate::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The value of `format` in every reading.
pub const FORMAT: &str = "averment-reading/1";
/// The speaker of what the document says in its own voice.
pub const OUTLET: &str = "outlet";
/// The speaker of "it is believed".
pub const UNSPECIFIED: &str = "unspecified";

macro_rules! record {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty),+ $(,)? })+) => {
        $($(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type),+ })+
    };
}

record! {
    /// Everything read from one document.
    pub struct Reading {
        /// Always [`FORMAT`].
        pub format: String,
        /// What made this reading.
        pub reader: Reader,
        /// The document's facts.
        pub document: Document,
        /// The text that every span counts in.
        pub text: String,
        /// Furniture that was passed over.
        pub dropped: Vec<Dropped>,
        /// Actors named or described.
        pub actors: Vec<Actor>,
        /// Places named.
        pub places: Vec<Place>,
        /// Time expressions.
        pub times: Vec<Time>,
        /// Event mentions.
        pub events: Vec<Event>,
        /// Numbers with their meaning.
        pub figures: Vec<Figure>,
        /// Who says what.
        pub statements: Vec<Statement>,
        /// Ties between actors.
        pub relations: Vec<Relation>,
        /// Warnings and promises with their horizon.
        pub forecasts: Vec<Forecast>,
        /// Sums over a period.
        pub tallies: Vec<Tally>,
        /// What an analyst may want to see.
        pub notes: Vec<Note>,
    }

    /// The program, codebook and model behind a reading.
    pub struct Reader {
        /// Version of the program.
        pub version: String,
        /// `sha256:…` of the codebook.
        pub codebook: String,
        /// `sha256:…` of the language model, its name and the layer it read to; `None` when reading by rules alone.
        pub model: Option<String>,
    }

    /// A named or described party.
    pub struct Actor {
        /// Local id, e.g. `a1`.
        pub id: String,
        /// The codebook's name, else the fullest name in the text.
        pub name: String,
        /// A codebook word, e.g. `armed_group`, `state`, `person`, `media`, `group`.
        pub kind: String,
        /// Id of the codebook entry, if it is one.
        pub codebook: Option<String>,
        /// Every place where it is named, in text order.
        pub mentions: Vec<Span>,
    }

    /// A named place.
    pub struct Place {
        /// Local id, e.g. `p1`.
        pub id: String,
        /// The gazetteer's name, else the words.
        pub name: String,
        /// `country`, `admin1`, `admin2`, `city`, `neighbourhood`, `region`, `facility`.
        pub level: String,
        /// First-level division, when known.
        pub admin1: Option<String>,
        /// ISO 3166-1 alpha-2 code, when known.
        pub country: Option<String>,
        /// Degrees north; never finer than the words.
        pub lat: Option<f64>,
        /// Degrees east.
        pub lon: Option<f64>,
        /// `geonames:…` or `codebook:…`, when resolved.
        pub gazetteer: Option<String>,
        /// Every place where it is named, in text order.
        pub mentions: Vec<Span>,
    }

    /// A time expression and the days it stands for.
    pub struct Time {
        /// Local id, e.g. `t1`.
        pub id: String,
        /// The words.
        pub span: Span,
        /// First day, if bounded and known.
        pub start: Option<Day>,
        /// Last day, inclusive, if bounded and known.
        pub end: Option<Day>,
        /// How exact it is.
        pub precision: Precision,
        /// `published` when it was counted from the publication date, an event or time id, else `None`.
        pub anchor: Option<String>,
        /// A word of `time_kinds`, e.g. `weekday`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<String>,
    }

    /// When an event happened, as one document tells it.
    pub struct EventTime {
        /// First possible day.
        pub start: Option<Day>,
        /// Last possible day, inclusive.
        pub end: Option<Day>,
        /// How exact it is.
        pub precision: Precision,
        /// Id of the time expression it comes from.
        pub from: Option<String>,
    }

    /// Where an event happened, as one document tells it.
    pub struct EventPlace {
        /// Name of the place.
        pub name: String,
        /// First-level division, when known.
        pub admin1: Option<String>,
        /// ISO 3166-1 alpha-2 code, when known.
        pub country: Option<String>,
        /// "educational center", "mosque".
        pub facility: Option<String>,
        /// Id of the place it comes from.
        pub from: Option<String>,
    }

    /// Who is said to have done it, on what basis, by whom.
    pub struct Perpetrator {
        /// Actor id, when it is one of `actors`.
        pub actor: Option<String>,
        /// The name or description.
        pub name: String,
        /// On what the naming rests.
        pub basis: Basis,
        /// Actor id, `outlet` or `unspecified`.
        pub speaker: String,
        /// The words that name it as the one who did it, where the text has them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub span: Option<Span>,
    }

    /// Whom or what it was done to.
    pub struct Target {
        /// Actor id, when it is one of `actors`.
        pub actor: Option<String>,
        /// The words.
        pub name: String,
        /// Where they stand.
        pub span: Span,
    }

    /// What one document says about one occurrence.
    pub struct Event {
        /// Local id, e.g. `e1`.
        pub id: String,
        /// The shortest words that support it.
        pub span: Span,
        /// Every mention of it in this document, `span` included, in text order.
        pub mentions: Vec<Span>,
        /// A codebook event type.
        #[serde(rename = "type")]
        pub kind: String,
        /// ACLED sub-event type, by the codebook.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub acled: Option<String>,
        /// On whose word it stands.
        pub modality: Modality,
        /// Told as context, not as the news.
        pub background: bool,
        /// Stands for a kind of event, not an occurrence.
        pub generic: bool,
        /// Stands for several occurrences.
        pub aggregate: bool,
        /// When; `None` when the document does not tell.
        pub time: Option<EventTime>,
        /// Where; `None` when the document does not tell.
        pub place: Option<EventPlace>,
        /// Who is said to have done it.
        pub perpetrators: Vec<Perpetrator>,
        /// Whom or what it was done to.
        pub targets: Vec<Target>,
        /// "suicide vest", when told.
        pub weapon: Option<String>,
        /// Actor id, `outlet` or `unspecified`.
        pub speaker: String,
    }

    /// A number as printed, with operator and unit.
    pub struct Figure {
        /// Local id, e.g. `f1`.
        pub id: String,
        /// Number, operator and what is counted.
        pub span: Span,
        /// A codebook measure, e.g. `killed`, `wounded`, `killed_or_wounded`, `captured`.
        pub measure: String,
        /// The operator.
        pub op: FigureOp,
        /// Lower bound, when the words give one.
        pub low: Option<u64>,
        /// Upper bound, when the words give one.
        pub high: Option<u64>,
        /// What is counted: `persons`, `attacks`, `USD`, `percent` …
        pub unit: String,
        /// Who is counted, in the document's words.
        pub group: Option<String>,
        /// Id of the figure that this one is a part of.
        pub part_of: Option<String>,
        /// Event ids it belongs to.
        pub about: Vec<String>,
        /// Actor id, `outlet` or `unspecified`.
        pub speaker: String,
        /// Id of the statement that carries it.
        pub statement: Option<String>,
    }

    /// The speaker of a statement, in the words of the document.
    pub struct Speaker {
        /// Actor id, when it is one of `actors`.
        pub actor: Option<String>,
        /// The name or description.
        pub name: String,
        /// Where the words stand; `None` for the outlet's own voice.
        pub span: Option<Span>,
        /// Unnamed ("officials", "a resident").
        pub anonymous: bool,
    }

    /// The words that tie speaker to content.
    pub struct Cue {
        /// Where they stand.
        pub span: Span,
        /// What kind of words they are.
        pub class: CueClass,
    }

    /// What is attributed.
    pub struct Content {
        /// From first to last word.
        pub span: Span,
        /// The pieces, when it is broken by cue and speaker.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub spans: Vec<Span>,
    }

    /// When a statement was made.
    pub struct Said {
        /// First possible day.
        pub start: Option<Day>,
        /// Last possible day.
        pub end: Option<Day>,
    }

    /// One attributed assertion.
    pub struct Statement {
        /// Local id, e.g. `s1`.
        pub id: String,
        /// Speaker, cue and content together.
        pub span: Span,
        /// Who says it.
        pub speaker: Speaker,
        /// From the outlet inward to the speaker.
        pub chain: Vec<String>,
        /// The words that tie speaker to content; `None` when implicit.
        pub cue: Option<Cue>,
        /// What is said.
        pub content: Content,
        /// How the speaker stands to it.
        pub stance: Stance,
        /// What it is about.
        pub kind: ContentKind,
        /// Quoted or reported.
        pub directness: Directness,
        /// The outlet keeps its distance ("so-called", "claim", "purported").
        pub distancing: bool,
        /// The speaker speaks of its own acts.
        pub self_report: bool,
        /// When it was said.
        pub said: Said,
        /// Ids of events, figures, relations, forecasts, tallies inside the content.
        pub about: Vec<String>,
    }

    /// A stated tie between two actors.
    pub struct Relation {
        /// Local id, e.g. `r1`.
        pub id: String,
        /// The shortest words that support it.
        pub span: Span,
        /// Actor (or place) id of the first side.
        pub a: String,
        /// A codebook relation, e.g. `branch_of`.
        pub relation: String,
        /// Actor (or place) id of the second side.
        pub b: String,
        /// Whether the speaker says it holds.
        pub polarity: Polarity,
        /// Actor id, `outlet` or `unspecified`.
        pub speaker: String,
        /// Id of the statement that carries it.
        pub statement: Option<String>,
        /// When it is said to hold.
        pub time: Option<EventTime>,
    }

    /// The words of a horizon, e.g. "within six months".
    pub struct Horizon {
        /// Where they stand.
        pub span: Span,
    }

    /// The window in which a forecast falls due.
    pub struct Due {
        /// Not before.
        pub earliest: Option<Day>,
        /// Not after; `None` when open.
        pub latest: Option<Day>,
    }

    /// A statement about the future.
    pub struct Forecast {
        /// Local id, e.g. `w1`.
        pub id: String,
        /// The shortest words that support it.
        pub span: Span,
        /// Id of the statement that carries it.
        pub statement: Option<String>,
        /// Actor id, `outlet` or `unspecified`.
        pub speaker: String,
        /// Actor id of who is to act.
        pub actor: Option<String>,
        /// Actor or place id of whom it is to be done to.
        pub target: Option<String>,
        /// The words that say when, if any.
        pub horizon: Option<Horizon>,
        /// When it was made.
        pub made: Said,
        /// When it falls due.
        pub due: Due,
        /// `positive` (will, can), `negative` (will not, cannot).
        pub polarity: String,
    }

    /// A sum over a period and area.
    pub struct Tally {
        /// Local id, e.g. `y1`.
        pub id: String,
        /// The shortest words that support it.
        pub span: Span,
        /// Id of the statement that carries it.
        pub statement: Option<String>,
        /// Actor id, `outlet` or `unspecified`.
        pub speaker: String,
        /// What is counted, in the document's words.
        pub counted: String,
        /// Over which days.
        pub period: Said,
        /// Ids of its figures.
        pub figures: Vec<String>,
    }

    /// Something an analyst may want to see; not an error.
    pub struct Note {
        /// Stable kebab-case id, e.g. `weekday-mismatch`.
        pub id: String,
        /// Where, when it is about words.
        pub span: Option<Span>,
        /// One sentence.
        pub message: String,
    }
}
