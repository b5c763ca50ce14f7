//! Which event mentions are one event: candidate pairs, scores, reasons.
//!
//! In: readings, reprints, what analysts ruled. Out: a [`Link`] for every pair
//! worth a look, with a score between 0 and 1, and an [`Edge`] with a reason in plain
//! words for every part of the score where one is asked for. Pairs are taken only from
//! blocks (days × country × kind of act, or words for the site and the people where a
//! date is missing), so the work grows with the number of mentions, not with its square.
//!
//! Days or countries that exclude each other, and one against many, never join;
//! a person's ruling goes before everything. What is grouped is decided in
//! `cluster`, from these links.
//!
//! A link is sixteen bytes. Its reasons follow from the two mentions alone, so they are
//! not kept: [`Linker::edge`] compares the two again and writes them down.

mod block;
mod compare;
mod linking;

pub(crate) use compare::{class_number, classes, conflict, manner_of};
pub use linking::Linking;

use crate::anchor::{event_at, in_force};
use crate::cluster::Tie;
use crate::kin::Kin;
use crate::profile::{Profile, Sheet};
use crate::sight::{Text, in_order, sights};
use crate::{Reprints, digest};
use aver_codebook::Codebook;
use aver_model::{Anchor, Decision, Edge, Event, MentionRef, Reading, Reason, Ruling, Span};
use std::collections::BTreeMap;

/// From this score on two mentions are one event; in thousandths.
const SAME: u16 = 800;
/// From this score on a pair is kept for review; in thousandths.
const NEAR: u16 = 500;
/// How much better the best date must be than the next before an undated mention takes it.
const MARGIN: f64 = 0.08;

/// How much more must speak for one town than for the next, in log-odds, before a report without a town takes it.
const DECIDES: f64 = 0.6;
/// The finest level of a place that is no more than a country.
const COUNTRY: u8 = 1;
/// The coarsest level of a place that is a town.
const TOWN: u8 = 4;

/// What was judged of two mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One event.
    Same,
    /// Not clear enough; kept for review.
    Near,
    /// Two events.
    Different,
}

impl Verdict {
    /// Returns the word for it in an [`Edge`].
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Near => "near",
            Verdict::Different => "different",
        }
    }
}

/// Why a verdict is not what the score alone would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Note {
    /// It is.
    None,
    /// Something that no reason can outvote.
    Excluded,
    /// Without a date, one fits several events that cannot be one.
    Ambiguous,
    /// Without a town, one fits events in several towns alike.
    Unplaced,
    /// Only a ruling speaks about the pair.
    OnlyRuled,
}

/// A judgment on two mentions, by their numbers: by document, then by place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The lesser number.
    pub a: u32,
    /// The greater number.
    pub b: u32,
    /// Which ruling decided, counted from 1; 0 for none.
    ruled: u32,
    /// The score in thousandths.
    pub score: u16,
    /// What follows.
    pub verdict: Verdict,
    note: Note,
}

/// A person's word on a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ruled {
    id: String,
    number: u64,
    words: String,
}

/// All judgments on the mentions of some readings, by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    links: Vec<Link>,
    rulings: Vec<Ruled>,
}

impl Links {
    /// Returns the links in the order of their mentions.
    pub fn all(&self) -> &[Link] {
        &self.links
    }

    /// Returns those that say same and those that a person ruled.
    pub(crate) fn ties(&self) -> Vec<Tie> {
        let ruled = |it: &Link| (it.ruled > 0).then(|| self.rulings[it.ruled as usize - 1].number);
        let counts = |it: &&Link| it.verdict == Verdict::Same || it.verdict == Verdict::Different && it.ruled > 0;
        let tie =
            |it: &Link| Tie { a: it.a, b: it.b, score: it.score, same: it.verdict == Verdict::Same, ruled: ruled(it) };
        self.links.iter().filter(counts).map(tie).collect()
    }
}

/// Judges which event mentions of some readings are one event.
pub struct Linker<'r> {
    sheet: Sheet<'r>,
    kin: Kin<'r>,
    stamp: u64,
}

/// Changes when this code gives a pair another score; a [`Linking`] of another number is not used.
const VERSION: u64 = 2;

impl<'r> Linker<'r> {
    /// Looks at every event of every reading.
    pub fn new(readings: &[&'r Reading], reprints: &Reprints, codebook: &'r Codebook) -> Linker<'r> {
        let mut stamp = digest::Mix::new();
        stamp.add(VERSION).add(digest::number(codebook.version.as_bytes()));
        let sheet = Sheet::new(readings, reprints, codebook);
        Linker { sheet, kin: Kin::new(codebook), stamp: stamp.value() }
    }

    /// Compares what is worth comparing; takes over from `before` whatever cannot have changed.
    ///
    /// The answer is the same with any `before`, and without.
    pub fn compare(&self, before: Option<&Linking>) -> Linking {
        linking::compare(self, before)
    }

    /// Returns the score of two mentions in thousandths.
    fn score(&self, a: usize, b: usize) -> u16 {
        let profiles = &self.sheet.profiles;
        let sum = compare::weight(&profiles[a], &profiles[b], &self.sheet.names, &self.kin);
        (1000.0 / (1.0 + (-sum).exp())).round() as u16
    }

    /// Judges pairs by their scores, by what excludes them, and by what people ruled.
    pub fn judge(&self, linking: &Linking, decisions: &[Decision]) -> Links {
        let profiles = &self.sheet.profiles;
        let judged = |(a, b, score): (u32, u32, u16)| {
            let plain = if score >= SAME { Verdict::Same } else { Verdict::Near };
            let (a_limits, b_limits) = (&profiles[a as usize].limits, &profiles[b as usize].limits);
            let (verdict, note) = match conflict(a_limits, b_limits) {
                Some(_) => (Verdict::Different, Note::Excluded),
                None => (plain, Note::None),
            };
            Link { a, b, ruled: 0, score, verdict, note }
        };
        let mut out = Links { links: linking.pairs().into_iter().map(judged).collect(), rulings: Vec::new() };
        settle_undated(profiles, &mut out.links);
        self.settle_unplaced(&mut out.links);
        self.rule(decisions, &mut out);
        out
    }

    /// Lets a report that names only the country join one of several towns only when something decides.
    ///
    /// "A bombing in Iraq on Saturday" fits a bombing in each of two towns alike; then both stay for review.
    fn settle_unplaced(&self, links: &mut [Link]) {
        let profiles = &self.sheet.profiles;
        // The mention without a town, the one with a town, which link.
        let mut joins: Vec<(u32, u32, u32)> = Vec::new();
        for (number, it) in (0u32..).zip(links.iter()).filter(|(_, it)| it.verdict == Verdict::Same) {
            for (open, other) in [(it.a, it.b), (it.b, it.a)] {
                if profiles[open as usize].level <= COUNTRY && profiles[other as usize].level >= TOWN {
                    joins.push((open, other, number));
                }
            }
        }
        joins.sort_unstable();
        for them in joins.chunk_by_mut(|x, y| x.0 == y.0) {
            them.sort_by(|x, y| links[y.2 as usize].score.cmp(&links[x.2 as usize].score).then(x.2.cmp(&y.2)));
            let first = them[0];
            let rivals = |it: &(u32, u32, u32)| {
                let (a, b) = (first.1 as usize, it.1 as usize);
                profiles[a].place != profiles[b].place
                    && (conflict(&profiles[a].limits, &profiles[b].limits).is_some() || self.score(a, b) < NEAR)
            };
            let Some(second) = them.iter().find(|it| rivals(it)) else { continue };
            let odds = |it: &(u32, u32, u32)| log_odds(links[it.2 as usize].score);
            let torn = odds(&first) - odds(second) < DECIDES;
            for it in them.iter().filter(|it| torn || rivals(it)).map(|it| it.2).collect::<Vec<u32>>() {
                let link = &mut links[it as usize];
                (link.verdict, link.note) = (Verdict::Near, Note::Unplaced);
            }
        }
    }

    /// Puts rulings in the place of scores; the newest ruling on a pair holds.
    fn rule(&self, decisions: &[Decision], links: &mut Links) {
        let mut only_ruled = Vec::new();
        for ((a, b), (verdict, decision)) in rulings(decisions, |anchor| self.sheet.at(anchor).map(|it| it as u32)) {
            links.rulings.push(Ruled {
                id: decision.id.clone(),
                number: decision.number,
                words: words_of(verdict, decision),
            });
            let ruled = links.rulings.len() as u32;
            let score = if verdict == Verdict::Same { 1000 } else { 0 };
            match links.links.binary_search_by_key(&(a, b), |it| (it.a, it.b)) {
                Ok(at) => {
                    let note = links.links[at].note;
                    links.links[at] = Link { a, b, ruled, score, verdict, note };
                }
                Err(_) => only_ruled.push(Link { a, b, ruled, score, verdict, note: Note::OnlyRuled }),
            }
        }
        if !only_ruled.is_empty() {
            links.links.append(&mut only_ruled);
            links.links.sort_unstable_by_key(|it| (it.a, it.b));
        }
    }

    /// Returns how many mentions there are.
    pub fn mentions(&self) -> usize {
        self.sheet.profiles.len()
    }

    /// Returns the pointer to a mention.
    ///
    /// # Panics
    /// When there are not so many mentions.
    pub fn mention(&self, number: u32) -> MentionRef {
        let it = &self.sheet.profiles[number as usize];
        mention_ref(self.sheet.reading(it), it.event)
    }

    /// Writes a link down with every reason.
    ///
    /// # Panics
    /// When it is of other readings.
    pub fn edge(&self, link: &Link, links: &Links) -> Edge {
        let (a, b) = (&self.sheet.profiles[link.a as usize], &self.sheet.profiles[link.b as usize]);
        let mut reasons = match link.note {
            Note::OnlyRuled => Vec::new(),
            _ => compare::reasons(a, b, &self.sheet.names, &self.kin),
        };
        let mut note = |feature: &str, words: String| {
            reasons.push(Reason { feature: feature.into(), weight: 0.0, words });
        };
        if let (Note::Excluded, Some(found)) = (link.note, conflict(&a.limits, &b.limits)) {
            note("excluded", found.to_string());
        }
        if link.note == Note::Ambiguous {
            note("ambiguous", "without a date, it fits several events that cannot be one".into());
        }
        if link.note == Note::Unplaced {
            note("ambiguous", "without a town, it fits events in several towns".into());
        }
        let ruled = (link.ruled as usize).checked_sub(1).and_then(|it| links.rulings.get(it));
        if let Some(ruled) = ruled {
            note("ruling", ruled.words.clone());
        }
        let beside = |it: &Profile<'r>| (self.sheet.reading(it), it.event);
        let mut edge = edge_between(beside(a), beside(b), reasons);
        edge.score = f64::from(link.score) / 1000.0;
        edge.verdict = link.verdict.as_str().into();
        edge.decision = ruled.map(|it| it.id.clone());
        edge
    }
}

/// Judges which event mentions of all readings are one event, and writes every reason down.
///
/// Edges come sorted by their mentions; a pair about which nothing speaks has none.
pub fn link(readings: &[&Reading], reprints: &Reprints, decisions: &[Decision], codebook: &Codebook) -> Vec<Edge> {
    let linker = Linker::new(readings, reprints, codebook);
    let links = linker.judge(&linker.compare(None), decisions);
    links.all().iter().map(|it| linker.edge(it, &links)).collect()
}

/// Puts rulings in the place of scores on edges that were made without any.
///
/// [`link`] with decisions gives what it gives without them and then this. The
/// readings may be only those that the rulings speak of; edges of others come back
/// as they are, after the rest.
pub fn ruled(readings: &[&Reading], edges: Vec<Edge>, decisions: &[Decision]) -> Vec<Edge> {
    let texts: Vec<Text<'_>> = in_order(readings).into_iter().map(Text::new).collect();
    let sights = sights(&texts);
    let at: BTreeMap<(&str, &str), u32> =
        (0u32..).zip(&sights).map(|(idx, it)| ((it.sha, it.event.id.as_str()), idx)).collect();
    let find = |it: &MentionRef| at.get(&(it.document.as_str(), it.event.as_str())).copied();
    let (mut among, mut others) = (BTreeMap::new(), Vec::new());
    for edge in edges {
        match find(&edge.a).zip(find(&edge.b)) {
            Some((a, b)) => drop(among.insert((a.min(b), a.max(b)), edge)),
            None => others.push(edge),
        }
    }
    for (pair, (verdict, decision)) in rulings(decisions, |it| event_at(it, &sights).map(|it| it as u32)) {
        let edge = among.entry(pair).or_insert_with(|| {
            let (a, b) = (&sights[pair.0 as usize], &sights[pair.1 as usize]);
            edge_between((a.text.reading, a.event), (b.text.reading, b.event), Vec::new())
        });
        edge.decision = Some(decision.id.clone());
        edge.verdict = verdict.as_str().into();
        edge.score = if verdict == Verdict::Same { 1.0 } else { 0.0 };
        edge.reasons.push(Reason { feature: "ruling".into(), weight: 0.0, words: words_of(verdict, decision) });
    }
    among.into_values().chain(others).collect()
}

/// Returns the newest ruling on each pair of mentions, the lesser number first.
fn rulings(decisions: &[Decision], at: impl Fn(&Anchor) -> Option<u32>) -> BTreeMap<(u32, u32), (Verdict, &Decision)> {
    let mut out = BTreeMap::new();
    for decision in in_force(decisions) {
        let (a, b, verdict) = match &decision.ruling {
            Ruling::Same { a, b } => (a, b, Verdict::Same),
            Ruling::Different { a, b } => (a, b, Verdict::Different),
            _ => continue,
        };
        if let (Some(a), Some(b)) = (at(a), at(b))
            && a != b
        {
            out.entry((a.min(b), a.max(b))).or_insert((verdict, decision));
        }
    }
    out
}

fn words_of(verdict: Verdict, decision: &Decision) -> String {
    let why = decision.reason.as_ref().map_or(String::new(), |why| format!(", because {why}"));
    format!("{} ruled: {}{why}", decision.who, verdict.as_str())
}

fn edge_between(a: (&Reading, &Event), b: (&Reading, &Event), reasons: Vec<Reason>) -> Edge {
    let key = |it: (&Reading, &Event)| mention_key(&it.0.document.sha256, it.1);
    Edge {
        id: digest::id("ed", [key(a).as_str(), key(b).as_str()]),
        a: mention_ref(a.0, a.1),
        b: mention_ref(b.0, b.1),
        score: 0.0,
        verdict: String::new(),
        decision: None,
        reasons,
    }
}

/// Returns the pointer to a mention.
pub fn mention_ref(reading: &Reading, event: &Event) -> MentionRef {
    let document = &reading.document;
    MentionRef { document: document.sha256.clone(), file: document.file.clone(), event: event.id.clone() }
}

/// Returns the words by which a mention is known however its id changes.
pub fn mention_key(sha: &str, event: &Event) -> String {
    key_of(sha, event.span, &event.kind)
}

fn key_of(sha: &str, span: Span, kind: &str) -> String {
    format!("{sha} {} {} {kind}", span.start, span.end)
}

/// Returns the id of an event whose first mention has these words and this type.
///
/// A person who corrects the type gives the event another id; with this the earlier one can be told.
pub fn event_id(sha: &str, span: Span, kind: &str) -> String {
    crate::digest::id("ev", [key_of(sha, span, kind).as_str()])
}

/// Returns the log-odds of a score in thousandths.
fn log_odds(score: u16) -> f64 {
    let share = f64::from(score.clamp(1, 999)) / 1000.0;
    (share / (1.0 - share)).ln()
}

/// Lets a mention without a date join the best of several dated events only when it is clearly the best.
///
/// "The attack on the mosque" fits two mosque attacks of one city equally well; then both stay for review.
fn settle_undated(profiles: &[Profile<'_>], links: &mut [Link]) {
    let is_dated = |it: u32| profiles[it as usize].limits.earliest.is_some();
    // The mention without a date, the one with a date, which link.
    let mut joins: Vec<(u32, u32, u32)> = Vec::new();
    for (number, it) in (0u32..).zip(links.iter()).filter(|(_, it)| it.verdict == Verdict::Same) {
        for (open, other) in [(it.a, it.b), (it.b, it.a)] {
            if !is_dated(open) && is_dated(other) {
                joins.push((open, other, number));
            }
        }
    }
    joins.sort_unstable();
    for them in joins.chunk_by_mut(|x, y| x.0 == y.0) {
        let score = |it: &(u32, u32, u32)| links[it.2 as usize].score;
        them.sort_by(|x, y| score(y).cmp(&score(x)).then(x.2.cmp(&y.2)));
        let first = them[0];
        let limits = |it: &(u32, u32, u32)| &profiles[it.1 as usize].limits;
        let rivals = |it: &(u32, u32, u32)| conflict(limits(&first), limits(it)).is_some();
        let Some(second) = them.iter().find(|it| rivals(it)) else { continue };
        let torn = f64::from(score(&first)) / 1000.0 - f64::from(score(second)) / 1000.0 < MARGIN;
        for it in them.iter().filter(|it| torn || rivals(it)) {
            let link = &mut links[it.2 as usize];
            (link.verdict, link.note) = (Verdict::Near, Note::Ambiguous);
        }
    }
}
