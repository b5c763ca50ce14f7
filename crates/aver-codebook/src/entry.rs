//! The entries of the codebook, as their files spell them.

use aver_model::{CueClass, Day, FigureOp, Stance};
use serde::Deserialize;

/// An event type: `codebook/events/NAME.md`, its `toml` block; prose above it is the definition.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventType {
    /// The file's name without `.md`: `suicide_bombing`.
    pub name: String,
    /// First paragraph of the file.
    pub definition: String,
    /// Types that outsiders score as one family: `explosive`, `armed`, `custody` …
    pub family: String,
    /// An act of violence (counts in tallies of attacks).
    pub violent: bool,
    /// Nouns that name it: "suicide bombing"; plurals are made, except of words with `=` before them.
    pub nouns: Vec<String>,
    /// Verbs, as lemma, that tell it: "storm", "blow up"; forms are made.
    pub verbs: Vec<String>,
    /// Fixed phrases: "opened fire on".
    pub phrases: Vec<String>,
    /// Words that tell it only beside a violent context (a group, a weapon, victims): "target", "hit".
    pub weak: Vec<String>,
    /// Nouns that do so and whose verb means something else: "charge" tells a bomb, "charged" an accusation.
    pub weak_nouns: Vec<String>,
    /// Who does what to whom, for words that tell it only of certain sides: a crowd beats, police scatter marchers.
    pub frames: Vec<Frame>,
    /// Phrases that look like it and are not: "box office bomb".
    pub not: Vec<String>,
    /// ACLED event type; empty when it has none.
    pub acled_event: String,
    /// ACLED sub-event type; empty when it has none.
    pub acled_sub_event: String,
    /// GTD attack type; empty when it has none.
    pub gtd: String,
    /// UCDP type of violence it can be: `state-based`, `non-state`, `one-sided`; empty when not coded.
    pub ucdp: String,
    /// PLOVER event type; empty when it has none.
    pub plover: String,
    /// PLOVER mode.
    pub plover_mode: String,
}

/// Words that tell an event when the sides around them are of the kinds named.
///
/// Every list that is given must be met. A word is a noun in the singular (plurals are made, except
/// of words with `=` before them) or `@name`, a class of [`Lexicon::classes`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Frame {
    /// Verbs, as lemma: "beat", "set fire to".
    pub does: Vec<String>,
    /// Nouns that tell it: "beating". Both sides then stand close by, in any order.
    pub nouns: Vec<String>,
    /// The subject, or what follows "by".
    pub who: Vec<String>,
    /// The object, or the subject of a passive.
    pub whom: Vec<String>,
    /// Anywhere in the sentence.
    pub beside: Vec<String>,
    /// Nowhere in the sentence.
    pub without: Vec<String>,
}

/// A stance: `codebook/stances/NAME.md`, its `toml` block.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StanceEntry {
    /// The stance; the file's name.
    pub stance: Stance,
    /// First paragraph of the file.
    #[serde(default)]
    pub definition: String,
    /// The words that carry it.
    #[serde(default)]
    pub cues: Vec<CueEntry>,
}

/// Words that tie a speaker to a content.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueEntry {
    /// Lemma or phrase; for verbs the first word is inflected: "claim responsibility for".
    pub words: String,
    /// What kind of words.
    pub class: CueClass,
    /// What follows: `that` (a clause), `quote`, `noun` (a noun phrase), `to` (an infinitive), `of`, `for`.
    #[serde(default)]
    pub takes: Vec<String>,
    /// The outlet keeps its distance by using it ("claim", "allege").
    #[serde(default)]
    pub distancing: bool,
    /// It carries its stance only in this sense; otherwise it is no cue ("claimed 49 lives").
    #[serde(default)]
    pub not: Vec<String>,
}

/// A measure: `codebook/measures/NAME.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Measure {
    /// The file's name: `killed`.
    pub name: String,
    /// Unit of its figures: `persons`, `attacks`, `USD`.
    pub unit: String,
    /// Verbs, as lemma, whose object is counted: "kill".
    pub verbs_object: Vec<String>,
    /// Verbs, as lemma, whose subject is counted: "die".
    pub verbs_subject: Vec<String>,
    /// Nouns that are counted themselves: "death", "fatality".
    pub nouns: Vec<String>,
    /// Adjectives after or before the number: "dead".
    pub adjectives: Vec<String>,
}

/// A relation: an entry of `codebook/relations/*.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RelationEntry {
    /// A word of the vocabulary: `branch_of`.
    pub name: String,
    /// Relations that outsiders score as one family.
    pub family: String,
    /// What it says, with a and b.
    pub definition: String,
    /// Both ways.
    pub symmetric: bool,
    /// Patterns with `A` and `B`: "A, a local affiliate of B", "A 's affiliate B"; `~word` is inflected.
    pub patterns: Vec<String>,
    /// Nouns for what a is to b: "leader", "branch of|in"; read along the tree of a sentence.
    pub roles: Vec<String>,
    /// Nouns for what a does to b, with the prepositions that bring in b: "attack on|against"; read along the tree.
    pub deeds: Vec<String>,
}

/// A known actor: an entry of `codebook/actors/*.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ActorEntry {
    /// Stable id: `iskp`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// `armed_group`, `state`, `state_force`, `government_body`, `office`, `person`, `media`, `monitor`, `ngo`, `igo`, `party`, `people`.
    pub kind: String,
    /// Other names and spellings, case-sensitive when they hold a capital.
    pub aliases: Vec<String>,
    /// Names that mean this actor only when the document is about `country` ("Islamic State" in Afghanistan).
    pub local_aliases: Vec<String>,
    /// Id of the actor it is part or branch of.
    pub parent: Option<String>,
    /// ISO code of the country it belongs to or acts in.
    pub country: Option<String>,
    /// Roles with their dates, oldest first.
    pub roles: Vec<DatedRole>,
    /// Name in ACLED's style.
    pub acled: Option<String>,
    /// Id of the actor whose own channel this is (Amaq → Islamic State).
    pub channel_of: Option<String>,
}

/// What an actor is, from a day to a day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DatedRole {
    /// `insurgent`, `government`, `de_facto_government`, `state_force`, `militia` …
    pub role: String,
    /// First day; open when absent.
    pub from: Option<Day>,
    /// Last day, inclusive; open when absent.
    pub until: Option<Day>,
}

/// A place that the gazetteer lacks, or a spelling: an entry of `codebook/places/*.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlaceEntry {
    /// Stable id: `kabul-dasht-e-barchi`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// `neighbourhood`, `city`, `admin1`, `region`, `facility`, `country`.
    pub level: String,
    /// First-level division.
    pub admin1: Option<String>,
    /// ISO code.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// Word lists: `codebook/lexicon/*.toml`, all merged.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lexicon {
    /// Words before a name: "Gen.", "Mawlawi", "President".
    pub titles: Vec<String>,
    /// Nouns for people who speak for a body: "spokesman", "governor", "minister", "police chief".
    pub offices: Vec<String>,
    /// Plural or unnamed speakers: "officials", "residents", "a witness", "experts".
    pub anonymous: Vec<String>,
    /// Bodies that act and speak: "ministry of defense", "police", "army", "hospital".
    pub bodies: Vec<String>,
    /// Adjective or people → country: "Afghan" → AF.
    pub nationalities: Vec<Nationality>,
    /// Weapons, with the event type they suggest.
    pub weapons: Vec<Weapon>,
    /// Buildings and sites: "mosque", "police station".
    pub facilities: Vec<String>,
    /// Words for people who are counted: "civilians", "worshippers".
    pub victims: Vec<String>,
    /// Words for one person who is counted without a number: "girl", "bystander".
    pub persons: Vec<String>,
    /// What kills without anybody's intent, as the head of a subject: "storm", "earthquake", "crash".
    pub causes: Vec<String>,
    /// What is fought, attacked or captured in words only: "poverty", "outbreak", "record", "attention".
    pub unfought: Vec<String>,
    /// What is shot with a camera, and what comes under attack on a market: "film", "currency".
    pub unshot: Vec<String>,
    /// What vehicles and buildings do by themselves: "collide", "derail".
    #[serde(default)]
    pub accidents: Vec<String>,
    /// What is killed without an act of this field: "tiger", "cancer cell". Herds that raiders take are none.
    #[serde(default)]
    pub beasts: Vec<String>,
    /// Works in which violence is imagined: "novel", "video game".
    #[serde(default)]
    pub fictions: Vec<String>,
    /// Words of sport: "striker", "midfielder", "penalty".
    pub sports: Vec<String>,
    /// Words for those who attack: "gunmen", "suicide bomber", "militants".
    pub attackers: Vec<String>,
    /// People together, who may do what a verb of violence tells: "it was planted by a group".
    #[serde(default)]
    pub gatherings: Vec<String>,
    /// Named classes of nouns that [`Frame`]s speak of; `state`, `rebels` and `place` also take known actors and places.
    pub classes: std::collections::BTreeMap<String, Vec<String>>,
    /// Words with which a group's name ends: "Front", "Brigade", "Liberation Army".
    pub group_heads: Vec<String>,
    /// Figure operators: "at least" → at_least.
    pub operators: Vec<Operator>,
    /// Verbs whose forms are not regular.
    pub irregular: Vec<Irregular>,
    /// Nouns whose plural is not regular.
    pub irregular_nouns: Vec<IrregularNoun>,
    /// Verbs of more than one syllable that double their last letter: "commit", "kidnap".
    pub doubling: Vec<String>,
}

/// An adjective or name of a people and the country it belongs to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Nationality {
    /// "Afghan", "Afghans".
    pub words: Vec<String>,
    /// ISO code.
    pub country: String,
    /// The state's name: "Afghanistan".
    pub state: String,
}

/// A weapon.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weapon {
    /// "car bomb".
    pub words: String,
    /// Event type it suggests: `bombing`; empty for none.
    pub suggests: String,
}

/// Words before or after a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// "at least".
    pub words: String,
    /// What it makes of the number.
    pub op: FigureOp,
    /// Stands without a number: "dozens of".
    #[serde(default)]
    pub bare: bool,
}

/// A verb whose forms are not regular: lemma, past, participle.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Irregular {
    /// "say".
    pub lemma: String,
    /// "said".
    pub past: String,
    /// "said".
    pub participle: String,
}

/// A noun whose plural is not regular.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct IrregularNoun {
    /// "child".
    pub singular: String,
    /// "children".
    pub plural: String,
}

/// A policy: `codebook/policies/NAME.md`, its `toml` block; the rule itself is code with that name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PolicyEntry {
    /// `acled-conservative/1`.
    pub id: String,
    /// First paragraph of the file.
    pub definition: String,
    /// The rule in `aver-reconcile` that runs it: `minimum`, `maximum`, `recent`, `mode`, `median`, `range`, `independent-range`, `reliable`, `credible-range`.
    pub rule: String,
    /// What vague words count as: "dozens" → 12.
    pub words: std::collections::BTreeMap<String, u64>,
    /// Leave out figures that only the perpetrator gives.
    pub drop_perpetrator: bool,
    /// Independent speakers needed before a figure counts.
    pub min_speakers: u64,
    /// Where the rule is written.
    pub source: String,
}
