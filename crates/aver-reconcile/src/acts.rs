//! Acts told by any words: which mentions mean one occurrence.
//!
//! In: mentions by the words that tell them and the words around, and which
//! documents report on one occurrence (`dossiers`). Out: a group for each. This is
//! for whatever reports tell, "was nominated" as well as "was shot"; acts that the
//! codebook types are compared more closely in `link`, which asks here about words.
//!
//! Mentions are compared within a dossier only. The same word, or one that
//! reporters use for it, is needed; the words around decide between two shootings.

mod kinds;
mod lemma;

use crate::linkage::average;
use aver_codebook::Codebook;
use kinds::Kinds;
use lemma::Lemmas;
use std::collections::{BTreeMap, BTreeSet};

/// A mention of an act by its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    /// SHA-256 of its document.
    pub document: String,
    /// The words that tell it: "was shot", "Monday's killing".
    pub words: String,
    /// The words of its sentence before it, in order.
    pub before: Vec<String>,
    /// The words of its sentence after it, in order.
    pub after: Vec<String>,
}

/// From this mean likeness on mentions are one occurrence.
const SAME: f64 = 0.5;
/// Likeness of the same word, before anything around it is looked at.
const EQUAL: f64 = 0.5;
/// Likeness of two words for one kind of act.
const KIN: f64 = 0.45;
/// Likeness of two words for saying; they tell little until the speakers are the same.
const SAYING: f64 = 0.1;
/// What the same speaker adds to two words for saying.
const SPEAKER: f64 = 0.3;
/// How much less a word counts for each word between it and the act.
const FADING: f64 = 0.15;
/// How far from a word for saying its speaker stands.
const NEAR: usize = 4;

/// Words that point at an act told elsewhere.
const POINTING: &[&str] =
    &["it", "this", "that", "which", "what", "these", "those", "they", "thing", "incident", "event"];
/// Words for saying.
const SAY: &[&str] = &["say", "tell", "report", "confirm", "announce", "according", "add", "ask", "call"];
/// Particles that follow a verb without being its head.
const PARTICLES: &[&str] = &["in", "out", "up", "down", "off", "over", "on", "away", "back", "for", "to", "at"];
/// Words after which what follows is not the head.
const LINKS: &[&str] = &["of", "under", "for", "with", "by", "from", "in", "on", "at"];
/// Words of any sentence.
const COMMON: &[&str] = &[
    "the", "a", "an", "and", "or", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "is", "was",
    "were", "be", "been", "are", "he", "she", "it", "they", "his", "her", "their", "its", "who", "that", "this",
    "which", "had", "has", "have", "not", "but", "said", "says", "also", "after", "when", "up", "out", "into", "about",
    "no", "more", "than", "will", "would", "could",
];

/// Compares the words of acts.
pub struct Words {
    lemmas: Lemmas,
    kinds: Kinds,
    say: BTreeSet<String>,
}

/// An act in the form in which two are compared.
struct Seen {
    head: String,
    points: bool,
    /// Words around it and how near they stand.
    around: BTreeMap<String, f64>,
    /// Capitalized words where a speaker stands.
    speakers: BTreeSet<String>,
}

impl Words {
    /// Prepares the words of a codebook.
    pub fn new(codebook: &Codebook) -> Words {
        let lemmas = Lemmas::new(codebook);
        let kinds = Kinds::new(codebook, &lemmas);
        let say = SAY.iter().map(|it| lemmas.of(it)).collect();
        Words { lemmas, kinds, say }
    }

    /// Returns the lemma of the word that names the act: `shoot` for "Monday's fatal shooting of two".
    pub fn head(&self, words: &str) -> String {
        let mut parts: Vec<&str> = words.split([' ', '-', '\n']).filter(|it| !it.is_empty()).collect();
        while parts.len() > 1 && parts.last().is_some_and(|it| PARTICLES.contains(&it.to_lowercase().as_str())) {
            parts.pop();
        }
        let end = parts.iter().skip(1).position(|it| LINKS.contains(&it.to_lowercase().as_str()));
        let end = end.map_or(parts.len(), |it| it + 1);
        self.lemmas.of(parts[..end].last().copied().unwrap_or_default())
    }

    /// Says how well two heads can name one act; 0 when they cannot.
    fn heads(&self, a: &str, b: &str) -> f64 {
        if a == b {
            EQUAL
        } else if self.kinds.are_kin(a, b) {
            KIN
        } else {
            0.0
        }
    }

    fn see(&self, act: &Act) -> Seen {
        let head = self.head(&act.words);
        let points = POINTING.contains(&act.words.to_lowercase().as_str());
        let near = act.before.iter().rev().enumerate().chain(act.after.iter().enumerate());
        let mut around: BTreeMap<String, f64> = BTreeMap::new();
        for (distance, word) in near {
            let lower = word.to_lowercase();
            if COMMON.contains(&lower.as_str()) || !word.chars().next().is_some_and(char::is_alphanumeric) {
                continue;
            }
            let weight = 1.0 / (1.0 + FADING * (distance + 1) as f64);
            let held = around.entry(self.lemmas.of(word)).or_default();
            *held = held.max(weight);
        }
        let capital = |it: &&String| it.chars().next().is_some_and(char::is_uppercase);
        let mut speakers: BTreeSet<String> =
            act.before.iter().rev().take(NEAR).filter(capital).map(|it| it.to_lowercase()).collect();
        if self.say.contains(&head) {
            speakers.extend(act.after.iter().take(NEAR - 1).filter(capital).map(|it| it.to_lowercase()));
        }
        Seen { head, points, around, speakers }
    }

    fn likeness(&self, a: &Seen, b: &Seen, rarity: &BTreeMap<&str, f64>) -> f64 {
        let heads = self.heads(&a.head, &b.head);
        if heads == 0.0 || a.points || b.points {
            return 0.0;
        }
        let weight = |word: &str| rarity.get(word).copied().unwrap_or(1.0);
        let sum = |it: &Seen| it.around.iter().map(|(word, near)| near * weight(word)).sum::<f64>();
        let shared: f64 =
            a.around.iter().filter_map(|(word, near)| Some(near.min(*b.around.get(word)?) * weight(word))).sum();
        let overlap = shared / sum(a).min(sum(b)).max(f64::MIN_POSITIVE);
        if self.say.contains(&a.head) && self.say.contains(&b.head) {
            let speaker = if a.speakers.is_disjoint(&b.speakers) { 0.0 } else { SPEAKER };
            return SAYING + overlap + speaker;
        }
        heads + overlap
    }
}

/// Groups mentions into occurrences: returns for every act the number of its group.
///
/// Documents that no dossier names stand alone. Numbers are given by first member.
pub fn occurrences(acts: &[Act], dossiers: &[Vec<String>], words: &Words) -> Vec<usize> {
    let dossier_of: BTreeMap<&str, usize> = dossiers
        .iter()
        .enumerate()
        .flat_map(|(number, them)| them.iter().map(move |it| (it.as_str(), number)))
        .collect();
    let seen: Vec<Seen> = acts.iter().map(|it| words.see(it)).collect();
    let mut frequency: BTreeMap<&str, f64> = BTreeMap::new();
    for it in &seen {
        it.around.keys().for_each(|word| *frequency.entry(word).or_default() += 1.0);
    }
    let all = acts.len() as f64;
    let rarity: BTreeMap<&str, f64> =
        frequency.into_iter().map(|(word, n)| (word, ((all + 1.0) / (n + 0.5)).ln())).collect();
    let mut drawers: BTreeMap<(Option<usize>, &str), Vec<usize>> = BTreeMap::new();
    for (idx, act) in acts.iter().enumerate() {
        let dossier = dossier_of.get(act.document.as_str()).copied();
        let alone = if dossier.is_none() { act.document.as_str() } else { "" };
        drawers.entry((dossier, alone)).or_default().push(idx);
    }
    let mut group_of = vec![0; acts.len()];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for drawer in drawers.into_values() {
        let mut pairs = Vec::new();
        for (at, &a) in drawer.iter().enumerate() {
            for (further, &b) in drawer[at + 1..].iter().enumerate() {
                let likeness = words.likeness(&seen[a], &seen[b], &rarity);
                if likeness > 0.0 {
                    pairs.push((at, at + 1 + further, likeness));
                }
            }
        }
        let found = average(drawer.len(), &pairs, SAME);
        groups.extend(found.into_iter().map(|it| it.into_iter().map(|at| drawer[at]).collect::<Vec<_>>()));
    }
    groups.sort();
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|&it| group_of[it] = number);
    }
    group_of
}
