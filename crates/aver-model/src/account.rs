//! Knowledge over many readings: events, accounts, estimates, and why they are so.
//!
//! Everything here can be rebuilt from readings, codebook and decisions.

use crate::{Basis, EventPlace, EventTime, Figure, Span, Stance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Points at one event mention: a document and the event's id in its reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct MentionRef {
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// The file's name, for people.
    pub file: String,
    /// The event's id in the reading.
    pub event: String,
}

/// One reason for or against two mentions being one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The feature, e.g. `day`, `place`, `type`, `killed`.
    pub feature: String,
    /// What it adds to the score; negative speaks against.
    pub weight: f64,
    /// One phrase: "both on 2022-12-12".
    pub words: String,
}

/// A judgment on two event mentions, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edge {
    /// Content-derived id.
    pub id: String,
    /// One mention; the lesser of the two.
    pub a: MentionRef,
    /// The other.
    pub b: MentionRef,
    /// Between 0 and 1.
    pub score: f64,
    /// `same`, `different`, or `near` (kept for review).
    pub verdict: String,
    /// Id of the decision that rules it, if a person did.
    pub decision: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A value with the words that carry it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// The file's name.
    pub file: String,
    /// Where the words stand.
    pub span: Span,
    /// The words.
    pub quote: String,
}

/// A figure as one account gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountFigure {
    /// The figure, as read.
    pub figure: Figure,
    /// Its words.
    pub evidence: Evidence,
}

/// Who is said to have done it, in one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountPerpetrator {
    /// Codebook id, when resolved.
    pub codebook: Option<String>,
    /// The name.
    pub name: String,
    /// On what the naming rests.
    pub basis: Basis,
    /// Its words.
    pub evidence: Evidence,
}

/// What one speaker says about an event in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// Content-derived id.
    pub id: String,
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// The file's name.
    pub file: String,
    /// The outlet that printed it.
    pub source: Option<String>,
    /// The speaker's name; the outlet's for its own voice.
    pub speaker: String,
    /// Codebook id of the speaker, when resolved.
    pub codebook: Option<String>,
    /// `own voice`, `party to the conflict`, `via …`: what the column says under the name.
    pub voice: String,
    /// The speaker is a side of this event (its perpetrator or target).
    pub party: bool,
    /// From the outlet inward to the speaker.
    pub chain: Vec<String>,
    /// How the speaker stands to the event; the strongest first, no doubles.
    pub stances: Vec<Stance>,
    /// When it says the event was.
    pub time: Option<EventTime>,
    /// The words of the time.
    pub time_evidence: Option<Evidence>,
    /// Where it says the event was.
    pub place: Option<EventPlace>,
    /// Its numbers.
    pub figures: Vec<AccountFigure>,
    /// Who it says did it.
    pub perpetrators: Vec<AccountPerpetrator>,
    /// The words of the event itself, and of statements about it.
    pub evidence: Vec<Evidence>,
    /// Documents that reprint this account, counted once.
    pub reprints: Vec<String>,
}

/// A figure that an estimate used or left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Weighed {
    /// The account that gives it.
    pub account: String,
    /// Lower bound as weighed.
    pub low: Option<u64>,
    /// Upper bound as weighed.
    pub high: Option<u64>,
    /// "the perpetrator's own figure", "a part, not the whole"; empty when used.
    pub left_out: String,
}

/// Low, best and high under a named policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// `killed`, `wounded` …
    pub measure: String,
    /// Policy id with version, e.g. `acled-conservative/1`.
    pub policy: String,
    /// Lowest.
    pub low: Option<u64>,
    /// Best; `None` when the policy picks none.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
    /// The highest stands for words without an upper bound ("dozens", "more than 20"): it may be more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
    /// The policy cannot decide; a person must.
    pub indeterminate: bool,
    /// The rule that decided, in one phrase.
    pub why: String,
    /// Every figure, used or left out.
    pub weighed: Vec<Weighed>,
}

/// Event mentions judged to be one occurrence, with every account of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEvent {
    /// Content-derived from its earliest mention's document and words; keeps when mentions join.
    pub id: String,
    /// A short line for people: "Bombing of a mosque, Kabul".
    pub title: String,
    /// Codebook event type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Every type given by a mention, most frequent first.
    pub types: Vec<String>,
    /// ACLED sub-event type by the codebook.
    pub acled: Option<String>,
    /// The narrowest interval that no mention contradicts, else the union.
    pub time: Option<EventTime>,
    /// The most precise place.
    pub place: Option<EventPlace>,
    /// Degrees north, when the place is known.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Its mentions.
    pub mentions: Vec<MentionRef>,
    /// Every account, outlet voices first.
    pub accounts: Vec<Account>,
    /// Every policy's result for every measure.
    pub estimates: Vec<Estimate>,
    /// Measures on which accounts give different figures, `perpetrator` when accounts name
    /// different ones, and `event` when a speaker denies or doubts it.
    pub disputed: Vec<String>,
    /// Stands for several occurrences.
    pub aggregate: bool,
    /// Stands for a kind of event, not an occurrence.
    pub generic: bool,
    /// Told only as context.
    pub background: bool,
    /// Number of independent speakers; reprints and repeats count once.
    pub independent_speakers: usize,
    /// `draft`, `accepted`, `rejected`.
    pub review: String,
}

/// A tally set against the events on file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TallyCheck {
    /// Content-derived id.
    pub id: String,
    /// Who counts.
    pub speaker: String,
    /// The words.
    pub evidence: Evidence,
    /// What is counted.
    pub counted: String,
    /// First day of the period.
    pub start: Option<crate::Day>,
    /// Last day of the period.
    pub end: Option<crate::Day>,
    /// Its figures.
    pub figures: Vec<AccountFigure>,
    /// Ids of events on file inside the period and scope.
    pub events: Vec<String>,
    /// Sum over those events by measure: (measure, low, high).
    pub on_file: Vec<(String, u64, u64)>,
    /// What does not add up, and what is missing, in sentences.
    pub findings: Vec<String>,
}

/// A forecast with its state at a given day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ForecastState {
    /// Content-derived id.
    pub id: String,
    /// Who warns or promises.
    pub speaker: String,
    /// The words.
    pub evidence: Evidence,
    /// The words of the horizon.
    pub horizon: Option<String>,
    /// When it was made.
    pub made: crate::Said,
    /// When it falls due.
    pub due: crate::Due,
    /// `open`, `due` (its window has passed and nobody has looked), `no date`.
    pub state: String,
    /// `positive` or `negative`.
    pub polarity: String,
    /// It had already run out when this document cited it.
    pub expired_when_cited: bool,
}

/// Where an actor is named: one document and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActorSeen {
    /// SHA-256 of the document's bytes.
    pub document: String,
    /// The file's name.
    pub file: String,
    /// The actor's id in the reading.
    pub actor: String,
    /// How many mentions it has there.
    pub mentions: usize,
}

/// One actor over all documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActorRecord {
    /// Content-derived: the codebook id, else the name and kind.
    pub id: String,
    /// Id of the codebook entry, if it is one.
    pub codebook: Option<String>,
    /// The codebook's name, else the fullest name in the documents.
    pub name: String,
    /// A codebook word, e.g. `armed_group`.
    pub kind: String,
    /// Every wording under which it is named, in order of the alphabet.
    pub names: Vec<String>,
    /// Where it is named, by document.
    pub seen: Vec<ActorSeen>,
}

/// One side of a relation: an actor or a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct RelationSide {
    /// Codebook id, when resolved.
    pub codebook: Option<String>,
    /// The name.
    pub name: String,
}

/// What one speaker says about a relation in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RelationSaid {
    /// The speaker's name; the outlet's for its own voice.
    pub speaker: String,
    /// Codebook id of the speaker, when resolved.
    pub codebook: Option<String>,
    /// The outlet that printed it.
    pub source: Option<String>,
    /// Whether the speaker says that it holds.
    pub polarity: crate::Polarity,
    /// When it is said to hold.
    pub time: Option<EventTime>,
    /// The words.
    pub evidence: Evidence,
}

/// A tie between two actors with everybody who says that it holds, does not, or may not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RelationRecord {
    /// Content-derived from both sides and the relation.
    pub id: String,
    /// First side.
    pub a: RelationSide,
    /// A codebook relation, e.g. `branch_of`.
    pub relation: String,
    /// Second side.
    pub b: RelationSide,
    /// Who says what about it, by document.
    pub said: Vec<RelationSaid>,
    /// Speakers differ on whether it holds.
    pub disputed: bool,
}
