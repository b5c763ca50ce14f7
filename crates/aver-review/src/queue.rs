//! What to decide next: the candidates, the one that would move published numbers most first.
//!
//! In: events, edges, readings, the decisions that hold, and a policy. Out:
//! [`Candidate`]s in the order of how many people are at stake. That is cheap to say and
//! exact where the policy takes the range of all figures; [`effect`] tells the change
//! under any policy from events built with and without the answer.

use crate::value::value_at;
use aver_model::*;
use serde::Serialize;
use std::borrow::Borrow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The lists that a reviewer works through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Queue {
    /// Are two mentions one event?
    SameEvent,
    /// Does a number stand as read, where accounts differ?
    Figures,
    /// Does the draft of an event stand?
    Drafts,
    /// A decision whose words are gone.
    Orphans,
    /// A decision on a value that the machine reads otherwise since.
    NewRun,
}

impl Queue {
    /// Every list, in the order in which they are shown.
    pub const ALL: [Queue; 5] = [Queue::SameEvent, Queue::Figures, Queue::Drafts, Queue::Orphans, Queue::NewRun];

    /// Returns the word for addresses.
    pub fn word(self) -> &'static str {
        match self {
            Queue::SameEvent => "same-event",
            Queue::Figures => "figures",
            Queue::Drafts => "drafts",
            Queue::Orphans => "orphans",
            Queue::NewRun => "new-run",
        }
    }

    /// Returns the list of that word.
    pub fn of(word: &str) -> Option<Queue> {
        Queue::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// One thing to decide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Which list it stands in.
    pub queue: Queue,
    /// Made from the words, so that it stays when the list changes.
    pub id: String,
    /// The events it touches, one or two.
    pub events: Vec<String>,
    /// The words it is about; two for a pair.
    pub anchors: Vec<Anchor>,
    /// By how many people the published numbers move when the pair is joined, the figure left
    /// out, or the draft rejected.
    pub at_stake: u64,
    /// Number of the decision in question, for orphans and new readings.
    pub decision: Option<u64>,
}

/// How the published numbers of a measure change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `killed`, `wounded` …
    pub measure: String,
    /// Sum of low and high before.
    pub before: (u64, u64),
    /// Sum of low and high after.
    pub after: (u64, u64),
}

/// Readings by the hash of their document, each indexed once its words are asked for.
struct Texts<'r>(HashMap<&'r str, (&'r Reading, OnceCell<Offsets>)>);

impl<'r> Texts<'r> {
    fn new(readings: &[&'r Reading]) -> Texts<'r> {
        Texts(readings.iter().map(|it| (it.document.sha256.as_str(), (*it, OnceCell::new()))).collect())
    }

    fn reading(&self, document: &str) -> Option<&'r Reading> {
        self.0.get(document).map(|it| it.0)
    }

    fn quote(&self, document: &str, span: Span) -> Option<&'r str> {
        let (reading, offsets) = self.0.get(document)?;
        Some(offsets.get_or_init(|| Offsets::new(&reading.text)).quote(&reading.text, span))
    }
}

/// Returns the events that an analyst has still to look at, by the size of what could change.
///
/// What is returned of an event depends on that event, on those that an edge ties it
/// to, and on their documents alone; so a part of a ledger gives its part of the list.
pub fn candidates<E: Borrow<LedgerEvent>, G: Borrow<Edge>>(
    events: &[E],
    edges: &[G],
    readings: &[&Reading],
    decisions: &[Decision],
    policy: &str,
) -> Vec<Candidate> {
    let texts = Texts::new(readings);
    let events = || events.iter().map(Borrow::borrow);
    let mut event_of: HashMap<(&str, &str), &LedgerEvent> = HashMap::new();
    for event in events() {
        event_of.extend(event.mentions.iter().map(|it| ((it.document.as_str(), it.event.as_str()), event)));
    }
    let decided: BTreeSet<String> = decisions.iter().filter_map(|it| decided_key(&it.ruling)).collect();
    let mut out = vec![];
    for edge in edges.iter().map(Borrow::borrow).filter(|it| it.verdict == "near" && it.decision.is_none()) {
        out.extend(pair(edge, &event_of, &texts, policy));
    }
    for event in events().filter(|it| it.review != "rejected") {
        out.extend(figures(event, &texts, policy));
        if event.review == "draft" && !event.generic {
            out.extend(draft(event, &texts, policy));
        }
    }
    out.retain(|it| !decided.contains(&it.id));
    out.sort_by(by_effect);
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// The order of the list: the most people at stake first.
pub fn by_effect(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    b.at_stake.cmp(&a.at_stake).then(a.queue.cmp(&b.queue)).then(a.id.cmp(&b.id))
}

fn pair(
    edge: &Edge,
    event_of: &HashMap<(&str, &str), &LedgerEvent>,
    texts: &Texts<'_>,
    policy: &str,
) -> Option<Candidate> {
    let a = event_of.get(&(edge.a.document.as_str(), edge.a.event.as_str()))?;
    let b = event_of.get(&(edge.b.document.as_str(), edge.b.event.as_str()))?;
    if a.id == b.id || a.review == "rejected" || b.review == "rejected" {
        return None;
    }
    let anchors = vec![mention_anchor(&edge.a, texts)?, mention_anchor(&edge.b, texts)?];
    // Joined, the people of the lesser event stop being counted a second time.
    let at_stake = people(a, policy).min(people(b, policy));
    let id = id_of("same event", &anchors);
    Some(Candidate {
        queue: Queue::SameEvent,
        id,
        events: vec![a.id.clone(), b.id.clone()],
        anchors,
        at_stake,
        decision: None,
    })
}

/// The figures of the measures on which accounts differ, each for itself.
fn figures(event: &LedgerEvent, texts: &Texts<'_>, policy: &str) -> Vec<Candidate> {
    let mut out = vec![];
    for account in &event.accounts {
        for it in account.figures.iter().filter(|it| event.disputed.contains(&it.figure.measure)) {
            let Some(reading) = texts.reading(&it.evidence.document) else { continue };
            let mut anchor = Anchor {
                document: it.evidence.document.clone(),
                quote: it.evidence.quote.clone(),
                span: it.evidence.span,
                field: "figure".into(),
                value: None,
                definition: None,
            };
            anchor.value = value_at(reading, &anchor);
            let at_stake = without(event, &account.id, &it.figure, policy);
            let anchors = vec![anchor];
            let id = id_of("figure", &anchors);
            let events = vec![event.id.clone()];
            out.push(Candidate { queue: Queue::Figures, id, events, anchors, at_stake, decision: None });
        }
    }
    out
}

/// Returns by how much the ends of a measure's range move, halved, when one figure is left out.
fn without(event: &LedgerEvent, account: &str, figure: &Figure, policy: &str) -> u64 {
    let estimate = event.estimates.iter().find(|it| it.measure == figure.measure && is(policy, &it.policy));
    let used: Vec<&Weighed> = estimate.iter().flat_map(|it| &it.weighed).filter(|it| it.left_out.is_empty()).collect();
    let is_this = |it: &&Weighed| it.account == account && (it.low == figure.low || it.high == figure.high);
    // A figure that no policy weighs changes nothing by going.
    let Some(this) = used.iter().position(is_this) else { return 0 };
    let ends = |skip: Option<usize>| {
        let kept = || used.iter().enumerate().filter(|(at, _)| Some(*at) != skip).map(|(_, it)| it);
        let low = kept().filter_map(|it| it.low.or(it.high)).min().unwrap_or(0);
        (low, kept().filter_map(|it| it.high.or(it.low)).max().unwrap_or(0))
    };
    let (before, after) = (ends(None), ends(Some(this)));
    (before.0.abs_diff(after.0) + before.1.abs_diff(after.1)).div_ceil(2)
}

fn draft(event: &LedgerEvent, texts: &Texts<'_>, policy: &str) -> Option<Candidate> {
    let anchors = vec![mention_anchor(event.mentions.first()?, texts)?];
    let (id, at_stake) = (id_of("event", &anchors), people(event, policy));
    Some(Candidate { queue: Queue::Drafts, id, events: vec![event.id.clone()], anchors, at_stake, decision: None })
}

/// Returns the words of a mention, with what the machine read there.
fn mention_anchor(mention: &MentionRef, texts: &Texts<'_>) -> Option<Anchor> {
    let event = texts.reading(&mention.document)?.events.iter().find(|it| it.id == mention.event)?;
    let quote = texts.quote(&mention.document, event.span)?.to_string();
    Some(Anchor {
        document: mention.document.clone(),
        quote,
        span: event.span,
        field: "event".into(),
        value: Some(event.kind.clone()),
        definition: None,
    })
}

fn id_of(field: &str, anchors: &[Anchor]) -> String {
    let mut places: Vec<String> = anchors
        .iter()
        .map(|it| format!("{}-{}-{}", it.document.get(..12).unwrap_or(&it.document), it.span.start, it.span.end))
        .collect();
    places.sort();
    format!("{}.{}", field.replace(' ', "-"), places.join("."))
}

fn decided_key(ruling: &Ruling) -> Option<String> {
    match ruling {
        Ruling::Accept { anchor } | Ruling::Reject { anchor } | Ruling::Correct { anchor, .. } => {
            Some(id_of(&anchor.field, std::slice::from_ref(anchor)))
        }
        Ruling::Same { a, b } | Ruling::Different { a, b } | Ruling::Unsure { a, b } => {
            Some(id_of("same event", &[a.clone(), b.clone()]))
        }
        Ruling::Resolve { .. } | Ruling::Grade { .. } | Ruling::State { .. } | Ruling::Undo { .. } => None,
    }
}

/// Returns how many people an event adds to the published numbers: killed and wounded, at the high end.
pub fn people(event: &LedgerEvent, policy: &str) -> u64 {
    let counted = ["killed", "wounded", "killed_or_wounded"];
    let estimates =
        event.estimates.iter().filter(|it| is(policy, &it.policy) && counted.contains(&it.measure.as_str()));
    estimates.map(|it| it.best.or(it.high).or(it.low).unwrap_or(0)).fold(0, u64::saturating_add)
}

fn is(policy: &str, id: &str) -> bool {
    id == policy || id.split('/').next() == Some(policy)
}

/// Returns the measures whose published sums differ between two states, and how.
pub fn effect(before: &[LedgerEvent], after: &[LedgerEvent], policy: &str) -> Vec<Change> {
    let (before, after) = (sums(before, policy), sums(after, policy));
    let measures: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let of = |sums: &BTreeMap<String, (u64, u64)>, measure: &str| sums.get(measure).copied().unwrap_or_default();
    measures
        .into_iter()
        .map(|it| Change { measure: it.clone(), before: of(&before, it), after: of(&after, it) })
        .filter(|it| it.before != it.after)
        .collect()
}

/// Returns by how many people the changes move the published numbers, low and high ends together, halved.
pub fn weight(changes: &[Change]) -> u64 {
    changes.iter().map(|it| (it.before.0.abs_diff(it.after.0) + it.before.1.abs_diff(it.after.1)).div_ceil(2)).sum()
}

fn sums(events: &[LedgerEvent], policy: &str) -> BTreeMap<String, (u64, u64)> {
    let mut out: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for event in events.iter().filter(|it| it.review != "rejected" && !it.generic && !it.aggregate) {
        for it in event.estimates.iter().filter(|it| is(policy, &it.policy)) {
            let low = it.low.or(it.best).unwrap_or(0);
            let high = it.high.or(it.best).or(it.low).unwrap_or(0);
            let sum = out.entry(it.measure.clone()).or_default();
            *sum = (sum.0.saturating_add(low), sum.1.saturating_add(high));
        }
    }
    out
}
