//! Reads the annotators' JSON into the few fields that scoring compares.

use aver_model::{Day, Span};
use serde::Deserialize;

/// Why a gold file could not be read.
#[derive(Debug)]
pub struct GoldError(pub String);

impl std::fmt::Display for GoldError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a gold file: {}", self.0)
    }
}

impl std::error::Error for GoldError {}

/// The annotation of one document.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// File and publication date.
    pub meta: Meta,
    /// Time expressions.
    #[serde(default)]
    pub times: Vec<GoldTime>,
    /// Event mentions.
    #[serde(default)]
    pub events: Vec<GoldEvent>,
    /// Figures.
    #[serde(default)]
    pub figures: Vec<GoldFigure>,
    /// Statements.
    #[serde(default)]
    pub attributions: Vec<GoldStatement>,
    /// Relations.
    #[serde(default)]
    pub relations: Vec<GoldRelation>,
    /// Forecasts.
    #[serde(default)]
    pub forecasts: Vec<GoldForecast>,
    /// Tallies.
    #[serde(default)]
    pub tallies: Vec<GoldTally>,
    /// Actors with their names.
    #[serde(default)]
    pub actors: Vec<GoldActor>,
    /// Furniture.
    #[serde(default)]
    pub boilerplate: Vec<GoldSpan>,
}

/// What the annotation is of.
#[derive(Debug, Clone, Deserialize)]
pub struct Meta {
    /// The text's file name.
    pub doc: String,
    /// The outlet.
    #[serde(default)]
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(default)]
    pub published: GoldPublished,
}

/// A publication date.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GoldPublished {
    /// The likeliest day.
    pub best: Option<Day>,
}

macro_rules! gold {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {
        $($(#[$meta])*
        #[derive(Debug, Clone, Deserialize)]
        pub struct $name {
            /// The annotator's id.
            #[serde(default)]
            pub id: String,
            /// The words.
            #[serde(default)]
            pub quote: String,
            /// Where they stand.
            pub span: Span,
            /// 1: a useful system must find it; 2: earns credit, costs nothing when missed.
            #[serde(default = "one")]
            pub tier: u8,
            $($(#[$fmeta])* pub $field: $type),+
        })+
    };
}

fn day_or_none<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Day>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.and_then(|it| it.parse().ok()))
}

fn one() -> u8 {
    1
}

gold! {
    /// Furniture.
    GoldSpan {
        /// What kind.
        #[serde(default)]
        kind: String,
    }
    /// A time expression.
    GoldTime {
        /// First day; a duration ("P6M") counts as none.
        #[serde(default, deserialize_with = "day_or_none")]
        start: Option<Day>,
        /// Last day.
        #[serde(default, deserialize_with = "day_or_none")]
        end: Option<Day>,
    }
    /// An event mention.
    GoldEvent {
        /// Event type.
        #[serde(rename = "type")]
        kind: String,
        /// Other types that are right too.
        #[serde(default)]
        also_type: Vec<String>,
        /// When.
        #[serde(default)]
        date: Option<GoldDate>,
        /// Where.
        #[serde(default)]
        place: Option<GoldPlace>,
        /// Who.
        #[serde(default)]
        perpetrator: Vec<GoldPerpetrator>,
        /// Further mentions.
        #[serde(default)]
        mentions: Vec<GoldMention>,
    }
    /// A figure.
    GoldFigure {
        /// What is counted.
        measure: String,
        /// The operator.
        op: String,
        /// Lower bound.
        low: Option<f64>,
        /// Upper bound.
        high: Option<f64>,
        /// Events, tallies or actors it is about.
        #[serde(default)]
        about: Vec<String>,
    }
    /// A statement.
    GoldStatement {
        /// Who.
        speaker: GoldSpeaker,
        /// What.
        content: Option<GoldContent>,
        /// The stance.
        stance: String,
        /// The outlet's own voice; not scored.
        #[serde(default)]
        own_voice: bool,
    }
    /// A relation.
    GoldRelation {
        /// One side.
        a: String,
        /// The relation.
        relation: String,
        /// The other side.
        b: String,
        /// Whether it is said to hold.
        polarity: String,
    }
    /// A forecast.
    GoldForecast {
        /// The window.
        #[serde(default)]
        due: Option<GoldDue>,
    }
    /// A tally.
    GoldTally {
        /// The period.
        #[serde(default)]
        period: Option<GoldPeriod>,
    }
    /// An actor.
    GoldActor {
        /// Its name.
        #[serde(default)]
        canonical: String,
        /// Its names in the text.
        #[serde(default)]
        aliases: Vec<GoldAlias>,
    }
}

/// When an event was.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldDate {
    /// First day.
    pub start: Option<Day>,
    /// Last day.
    pub end: Option<Day>,
}

/// Where an event was.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPlace {
    /// Name.
    pub name: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// ISO code, or several.
    pub country: Option<OneOrMany>,
}

/// A value, or a list where more than one is right.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Any of these.
    Many(Vec<String>),
}

impl OneOrMany {
    /// Says whether `value` is the one, or one of the many.
    pub fn holds(&self, value: &str) -> bool {
        match self {
            OneOrMany::One(it) => it == value,
            OneOrMany::Many(all) => all.iter().any(|it| it == value),
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPerpetrator {
    /// The annotator's actor id.
    pub id: String,
    /// On what it rests.
    pub basis: String,
}

/// Another mention of an event.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldMention {
    /// Where.
    pub span: Option<Span>,
}

/// The speaker of a statement.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldSpeaker {
    /// The annotator's actor id, `unspecified` or `outlet`.
    pub id: String,
    /// The words, if there are any.
    pub text: Option<GoldContent>,
}

/// Words with their place.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldContent {
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Where.
    pub span: Option<Span>,
}

/// A name of an actor.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldAlias {
    /// The words.
    pub text: String,
}

/// When a forecast falls due.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldDue {
    /// Not after.
    pub latest: Option<Day>,
}

/// The period of a tally.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPeriod {
    /// First day.
    pub start: Option<Day>,
    /// Last day.
    pub end: Option<Day>,
}

impl Gold {
    /// Reads a gold file.
    ///
    /// # Errors
    /// When it is no JSON of this shape; the message says where.
    pub fn parse(json: &str) -> Result<Gold, GoldError> {
        serde_json::from_str(json).map_err(|it| GoldError(it.to_string()))
    }
}
