//! Words that reporters use for one another.
//!
//! In: the codebook's event types and a short list of plain words of news. Out:
//! whether two lemmas can name one kind of act. Single words alone are taken:
//! phrases name an act by their parts.

use super::lemma::Lemmas;
use aver_codebook::Codebook;
use std::collections::{BTreeSet, HashMap};

/// Acts outside the codebook's types, one row a kind.
const PLAIN: &[&[&str]] = &[
    &["kill", "murder", "slay", "homicide"],
    &["arrest", "apprehend", "detain", "nab", "custody"],
    &["injure", "wound", "hurt"],
    &["win", "victory", "beat", "defeat", "triumph"],
    &["hit", "strike"],
    &["find", "discover"],
    &["cut", "sever"],
    &["earthquake", "quake", "temblor", "tremor"],
    &["release", "issue", "launch", "unveil"],
    &["dismiss", "oust", "sack", "axe", "fire", "terminate"],
    &["hire", "appoint", "name"],
    &["flee", "escape", "run"],
    &["accident", "crash", "collide", "smash"],
    &["fire", "blaze", "inferno"],
    &["rob", "heist", "raid"],
    &["steal", "grab", "snatch"],
    &["fix", "repair", "patch"],
    &["charge", "indict"],
    &["negotiate", "talk"],
    &["riot", "unrest", "clash"],
    &["protest", "demonstrate", "march", "rally"],
    &["outage", "downtime", "disruption"],
    &["overturn", "reverse"],
    &["buy", "acquire", "purchase", "takeover"],
    &["attack", "assault"],
    &["explode", "blast", "bomb"],
    &["vote", "poll", "ballot", "election"],
    &["burn", "torch"],
    &["plead", "plea"],
    &["perform", "play"],
    &["shake", "jolt"],
    &["destroy", "devastate"],
    &["fall", "tumble", "plunge", "plummet"],
    &["climb", "ascend", "scale"],
    &["meet", "summit"],
    &["visit", "trip"],
    &["sink", "capsize"],
    &["resign", "quit", "step"],
];

/// Kinds of act by lemma.
pub struct Kinds {
    of: HashMap<String, BTreeSet<usize>>,
}

impl Kinds {
    /// Gathers the words of the codebook's event types and of the plain list.
    pub fn new(codebook: &Codebook, lemmas: &Lemmas) -> Kinds {
        let mut of: HashMap<String, BTreeSet<usize>> = HashMap::new();
        let mut add = |word: &str, kind: usize| {
            let word = word.trim_start_matches('=');
            if !word.contains([' ', '-']) {
                of.entry(lemmas.of(word)).or_default().insert(kind);
            }
        };
        for (kind, row) in PLAIN.iter().enumerate() {
            row.iter().for_each(|it| add(it, kind));
        }
        for (number, event) in codebook.events.iter().enumerate().filter(|(_, it)| it.violent) {
            event.nouns.iter().chain(&event.verbs).for_each(|it| add(it, PLAIN.len() + number));
        }
        Kinds { of }
    }

    /// Says whether both lemmas can name one kind of act.
    pub fn are_kin(&self, a: &str, b: &str) -> bool {
        matches!((self.of.get(a), self.of.get(b)), (Some(a), Some(b)) if !a.is_disjoint(b))
    }
}
