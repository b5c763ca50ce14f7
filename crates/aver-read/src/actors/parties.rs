//! Common nouns for a party to a conflict: "the army", "government forces", "rebels".
//!
//! In: a token. Out: the noun with what tells it apart, and what kind of party it is,
//! when it stands for the party itself: "army spokesman" and "police station" do not.

use crate::{
    Context,
    phrase::{nouns, words},
};
use std::ops::Range;

/// Nouns behind which a party stands as holder: "under army control".
const HELD: &[&str] = &["control", "rule", "hands", "command", "occupation"];

/// Participles that make a name a modifier: "Zarka-backed".
const PARTICIPLES: &[&str] = &[
    "backed",
    "supported",
    "sponsored",
    "funded",
    "armed",
    "trained",
    "linked",
    "affiliated",
    "aligned",
    "allied",
    "led",
    "held",
    "controlled",
    "occupied",
    "run",
    "based",
    "brokered",
    "inspired",
];

/// Returns the name in "Zarka-backed": such a naming tells of what follows, it is no party itself.
pub fn before_participle(word: &str) -> Option<&str> {
    let (name, ending) = word.rsplit_once('-')?;
    (!name.is_empty() && PARTICIPLES.contains(&ending)).then_some(name)
}

/// Says whether a word stands for fighters or their group.
pub fn is_armed_word(word: &str) -> bool {
    const STEMS: &[&str] =
        &["militant", "terrorist", "fighter", "rebel", "insurgent", "extremist", "jihadi", "leader", "member", "group"];
    STEMS.iter().any(|it| word.starts_with(it))
}

/// Returns the party that begins at `at`, without determiner.
pub fn party_at(ctx: &Context<'_>, at: usize) -> Option<(Range<usize>, &'static str)> {
    let lexicon = &ctx.index.names.words;
    let text = &ctx.text;
    if let Some(unit) = unit_at(ctx, at) {
        return Some((unit, "armed_group"));
    }
    let (bodies, people) = (lexicon.bodies.at(text, at), lexicon.attackers.at(text, at));
    let len = bodies.max(people);
    // A release writes "the Government".
    let titled = len == 1 && at > 0 && text.lower(at) == "government" && text.lower(at - 1) == "the";
    if len == 0 || text.tokens[at].capital && text.sentence_of(at).tokens.start != at && !titled {
        return None;
    }
    let end = at + len;
    let head = text.lower(end - 1);
    let kind = match head {
        "army" | "military" | "navy" | "marines" | "gendarmerie" | "police" | "troops" | "soldiers" => "state_force",
        "forces" if matches!(text.lower(at), "security" | "government" | "armed" | "special" | "regime") => {
            "state_force"
        }
        "junta" | "regime" | "government" | "authorities" | "administration" => "government_body",
        "rebels" | "militants" | "insurgents" | "jihadists" | "jihadis" | "extremists" | "islamists" | "bandits"
        | "gangs" | "militia" | "militias" | "paramilitaries" | "guerrillas" | "guerillas" | "separatists"
        | "mercenaries" | "vigilantes" | "pirates" | "terrorists" => "armed_group",
        _ => return None,
    };
    let next = text.lower(end);
    let same = end < text.sentence_of(at).tokens.end;
    let nominal = || nouns::is_nominal(text, end) && !words::is_determiner(next) && !words::is_adverb(next);
    // Where there is a tree it tells a modifier ("rebel commander") from a subject ("rebels receive").
    let compound = same
        && match text.trees.node(end - 1) {
            Some(node) => node.head.is_some_and(|it| it >= end) && (node.is("compound") || node.is("amod")),
            None => nominal(),
        };
    (!compound || HELD.contains(&next)).then_some((at..end, kind))
}

/// "the Omar Velik column": a name with a common noun for a part of a group behind it.
fn unit_at(ctx: &Context<'_>, at: usize) -> Option<Range<usize>> {
    let text = &ctx.text;
    let name = |at: usize| text.tokens.get(at).is_some_and(|it| it.capital && it.kind == crate::text::TokenKind::Word);
    if !name(at) || at > 0 && name(at - 1) || text.lower(at.checked_sub(1)?) != "the" {
        return None;
    }
    let head = (at + 1..at + 5).find(|&it| !name(it))?;
    matches!(text.lower(head), "column" | "faction" | "bloc" | "brigade" | "battalion" | "militia" | "cartel" | "gang")
        .then_some(at..head + 1)
}
