//! One state of the ledger, as every screen sees it.
//!
//! In: readings, documents and decisions at a position. Out: a [`Snapshot`] with
//! what lists, filters and queues need, each prepared once. A state that differs only
//! by decisions is made from the one before ([`Snapshot::decided`], in `decided.rs`):
//! events, edges and candidates that the decisions do not touch are shared with it.

use super::events::{Index, query};
use crate::decided::{Fate, Placed};
use crate::desk::{self, list_order};
use crate::moment::Scope;
use crate::notes::Noted;
use crate::parts::Tied;
use crate::report::{Report, Result};
use aver_codebook::Codebook;
use aver_ledger::{Filed, Hit, Ledger, Position};
use aver_model::*;
use aver_reconcile::{Linking, Part, Reprints};
use aver_review::{Candidate, Queue};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

mod decided;

/// Queries whose answer is kept: 4 bytes an event each.
const QUERIES: usize = 100;
/// Maps that are kept, up to a megabyte each.
const MAPS: usize = 12;

/// What follows from readings and decisions, shared between states.
pub struct Joined {
    /// Judgments on pairs of event mentions, by mention.
    pub edges: Arc<Vec<Arc<Edge>>>,
    /// Events, most disputed first.
    pub events: Vec<Arc<LedgerEvent>>,
    /// Actors over all documents.
    pub actors: Arc<Vec<ActorRecord>>,
    /// Relations with both sides.
    pub relations: Arc<Vec<RelationRecord>>,
    /// The decisions that hold, each with what became of its words.
    pub decided: Vec<Placed>,
}

/// Everything that is known at one moment of the ledger.
pub struct Snapshot {
    /// Where the ledger stood.
    pub position: Position,
    /// What is seen of it.
    pub scope: Scope,
    /// Events, actors, relations, edges.
    pub knowledge: Joined,
    /// Forecasts with their state on the day the snapshot was made.
    pub forecasts: Arc<Vec<ForecastState>>,
    /// Documents on file, by file name.
    pub filed: Arc<Vec<Filed>>,
    /// Every decision, in the order of the chain.
    pub decisions: Vec<Decision>,
    /// The decisions that hold.
    pub effective: Vec<Decision>,
    /// What waits for a person, the greatest effect first.
    pub waiting: Vec<Arc<Candidate>>,
    /// How many statements are on file.
    pub statements: usize,
    /// What the list of events is filtered by.
    pub index: Index,
    /// Queries answered before; good as long as the snapshot is.
    pub(super) found: Memo<query::Found>,
    /// Maps drawn before, by address.
    pub(super) maps: Memo<super::events::Map>,
    /// A decision corrected a value that linking looks at, and linking has not looked yet.
    pub provisional: bool,
    waits: [usize; Queue::ALL.len()],
    tallies: OnceLock<Vec<TallyCheck>>,
    /// Documents that give tallies.
    telling: Arc<Vec<String>>,
    /// Words of an earlier state; those of the present are indexed in the ledger.
    words: OnceLock<Mutex<Ledger>>,
    /// Notes on documents.
    notes: Arc<Vec<Noted>>,
    /// What does not fit between documents.
    across: OnceLock<Vec<Noted>>,
    /// Which events lie inside which.
    parts: OnceLock<Vec<Part>>,
    by_day: OnceLock<Vec<(Day, u32)>>,
    by_id: Arc<HashMap<String, u32>>,
    by_document: Arc<HashMap<String, Vec<u32>>>,
    edges_by_document: Arc<HashMap<String, Vec<u32>>>,
    filed_by_hash: Arc<HashMap<String, u32>>,
    /// Hashes of documents in their order, for finding one by its beginning.
    hashes: Arc<Vec<u32>>,
    reprints: Arc<Reprints>,
    /// Documents that print one story, for each of them.
    stories: Arc<HashMap<String, Arc<Vec<String>>>>,
    /// What the machine says of pairs that a person ruled, by id of the edge.
    machine: BTreeMap<String, Option<Arc<Edge>>>,
}

/// Answers kept by their question.
pub(super) struct Memo<T> {
    kept: Mutex<HashMap<String, Arc<T>>>,
    most: usize,
}

impl<T> Memo<T> {
    /// Keeps at most so many answers at once.
    fn of(most: usize) -> Memo<T> {
        Memo { kept: Mutex::new(HashMap::new()), most }
    }

    /// Returns the answer kept, or makes and keeps it.
    pub fn get_or(&self, question: &str, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(found) = held(&self.kept).get(question) {
            return found.clone();
        }
        let made = Arc::new(make());
        let mut kept = held(&self.kept);
        if kept.len() >= self.most {
            kept.clear();
        }
        kept.insert(question.to_owned(), made.clone());
        made
    }
}

pub(super) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic of another request leaves nothing half-written behind these locks.
    lock.lock().unwrap_or_else(|it| it.into_inner())
}

/// Numbers of events, of edges and of documents; there are never 2^32 of them.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Snapshot {
    /// Joins everything that is seen; takes over what was compared `before`, and returns what is compared now.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn build(
        ledger: &Ledger,
        codebook: &Codebook,
        scope: Scope,
        before: Option<&Linking>,
    ) -> Result<(Snapshot, Linking)> {
        let (own, filed) = (scope.readings(ledger)?, scope.documents(ledger)?);
        let decisions = ledger.decisions_at(scope.place)?;
        let seen: Vec<Decision> = scope.seen(&decisions, &filed).into_iter().cloned().collect();
        let effective = aver_ledger::effective(&seen);
        let placed = crate::decided::place(&effective, &own);
        let held: Vec<Decision> =
            placed.iter().filter(|it| it.fate != Fate::Orphaned).map(|it| it.decision.clone()).collect();
        let laid = desk::laid_over(&own, &held);
        let readings: Vec<&Reading> = laid.iter().map(AsRef::as_ref).collect();
        let reprints = desk::reprints(&filed);
        let (machine, linking) = crate::linked::link(&readings, &reprints, &[], codebook, before);
        let (edges, machine) = rule(&readings, machine, &held);
        let mut events = aver_reconcile::events(&readings, &edges, &reprints, &held, codebook);
        events.sort_by(list_order);
        let tallies = aver_reconcile::tallies(&readings, &events, codebook);
        let forecasts = aver_reconcile::forecasts(&own.iter().collect::<Vec<_>>(), scope.today);
        let waiting = super::review::candidates(&placed, &events, &edges, &own, &effective);
        let index = Index::new(&events, &own.iter().collect::<Vec<_>>(), codebook);
        let knowledge = Joined {
            edges: Arc::new(edges.into_iter().map(Arc::new).collect()),
            events: events.into_iter().map(Arc::new).collect(),
            actors: Arc::new(aver_reconcile::actors(&readings, codebook)),
            relations: Arc::new(aver_reconcile::relations(&readings, codebook)),
            decided: placed,
        };
        let telling = own.iter().filter(|it| !it.tallies.is_empty()).map(|it| it.document.sha256.clone()).collect();
        let mut hashes: Vec<u32> = (0..number(filed.len())).collect();
        hashes.sort_by(|a, b| filed[*a as usize].document.sha256.cmp(&filed[*b as usize].document.sha256));
        let snapshot = Snapshot {
            position: scope.place,
            scope,
            forecasts: Arc::new(forecasts),
            statements: own.iter().map(|it| it.statements.len()).sum(),
            waits: waits(&waiting),
            waiting,
            tallies: OnceLock::from(tallies),
            telling: Arc::new(telling),
            words: OnceLock::new(),
            notes: Arc::new(own.iter().flat_map(crate::notes::of_reading).collect()),
            across: OnceLock::new(),
            parts: OnceLock::new(),
            by_day: OnceLock::new(),
            by_id: Arc::default(),
            by_document: Arc::default(),
            edges_by_document: Arc::new(edges_by_document(&knowledge.edges)),
            filed_by_hash: Arc::new(
                filed.iter().enumerate().map(|(at, it)| (it.document.sha256.clone(), number(at))).collect(),
            ),
            hashes: Arc::new(hashes),
            stories: Arc::new(stories(&filed, &reprints)),
            reprints: Arc::new(reprints),
            machine,
            knowledge,
            filed: Arc::new(filed),
            decisions,
            effective,
            index,
            found: Memo::of(QUERIES),
            maps: Memo::of(MAPS),
            provisional: false,
        };
        Ok((snapshot.numbered(), linking))
    }

    /// Notes where in the list each event stands.
    fn numbered(mut self) -> Snapshot {
        let events = &self.knowledge.events;
        self.by_id = Arc::new(events.iter().enumerate().map(|(at, it)| (it.id.clone(), number(at))).collect());
        let mut by_document: HashMap<String, Vec<u32>> = HashMap::with_capacity(self.filed.len());
        for (at, event) in events.iter().enumerate() {
            for mention in &event.mentions {
                file_under(&mut by_document, &mention.document, number(at));
            }
        }
        self.by_document = Arc::new(by_document);
        self
    }

    /// Returns the event of that id, or the one whose id begins so.
    ///
    /// # Errors
    /// None, or more than one.
    pub fn event(&self, id: &str) -> Result<&LedgerEvent> {
        match self.by_id.get(id) {
            Some(&at) => Ok(self.knowledge.events[at as usize].as_ref()),
            None => desk::event(self.knowledge.events.iter().map(AsRef::as_ref), id),
        }
    }

    /// Returns everything noted: what does not fit between documents, then the notes on each.
    pub fn noted(&self) -> impl Iterator<Item = &Noted> {
        let across =
            self.across.get_or_init(|| crate::notes::across(&self.knowledge.events, self.knowledge.edges.as_slice()));
        across.iter().chain(self.notes.iter())
    }

    /// Returns an event with those that it is a part of, and those that are parts of it.
    pub fn tied<'s>(&'s self, event: &'s LedgerEvent, codebook: &Codebook) -> Tied<'s> {
        let all = self.parts.get_or_init(|| aver_reconcile::parts(&self.knowledge.events, codebook));
        Tied::new(event, all, |id| self.event(id).map_or(String::new(), |it| it.title.clone()))
    }

    /// Returns the events told in a document, in the order of the list.
    pub fn events_of(&self, document: &str) -> Vec<&LedgerEvent> {
        let found = self.by_document.get(document);
        found.into_iter().flatten().map(|&at| self.knowledge.events[at as usize].as_ref()).collect()
    }

    /// Returns the edges that touch a mention of an event.
    pub fn edges_of(&self, event: &LedgerEvent) -> Vec<&Edge> {
        let holds = |it: &MentionRef| event.mentions.contains(it);
        let hashes: BTreeSet<&str> = event.mentions.iter().map(|it| it.document.as_str()).collect();
        let edges = self.edges_at(hashes).into_iter().map(|it| self.knowledge.edges[it as usize].as_ref());
        edges.filter(|it| holds(&it.a) || holds(&it.b)).collect()
    }

    /// Returns the numbers of the edges that touch one of these documents, in order.
    pub fn edges_at<'d>(&self, documents: impl IntoIterator<Item = &'d str>) -> BTreeSet<u32> {
        documents.into_iter().filter_map(|it| self.edges_by_document.get(it)).flatten().copied().collect()
    }

    /// Returns the place of an event in the list.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).map(|it| *it as usize)
    }

    /// Returns the numbers of events whose first known day lies in a period, by that day.
    fn by_day(&self, from: Day, to: Day) -> &[(Day, u32)] {
        let by_day = self.by_day.get_or_init(|| {
            let day = |it: &LedgerEvent| it.time.as_ref().and_then(|it| it.start.or(it.end));
            let days = self.knowledge.events.iter().enumerate().filter_map(|(at, it)| Some((day(it)?, number(at))));
            let mut days: Vec<(Day, u32)> = days.collect();
            days.sort_unstable();
            days
        });
        let (first, last) = (by_day.partition_point(|it| it.0 < from), by_day.partition_point(|it| it.0 <= to));
        by_day.get(first..last).unwrap_or_default()
    }

    /// Returns the last `n` fitting events of a period, the latest first, then by id.
    pub fn latest(
        &self,
        from: Day,
        to: Day,
        n: usize,
        fits: impl Fn(&LedgerEvent) -> bool,
    ) -> Vec<(Day, &LedgerEvent)> {
        let mut out: Vec<(Day, &LedgerEvent)> = vec![];
        for &(day, number) in self.by_day(from, to).iter().rev() {
            // Events of one day are taken together: their ids decide among them.
            if out.len() >= n && out.last().is_some_and(|it| it.0 != day) {
                break;
            }
            let event = self.knowledge.events[number as usize].as_ref();
            if fits(event) {
                out.push((day, event));
            }
        }
        out.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        out.truncate(n);
        out
    }

    /// Returns the events whose first known day lies in a period, in the order of the list.
    pub fn between(&self, from: Day, to: Day) -> Vec<&LedgerEvent> {
        let mut numbers: Vec<u32> = self.by_day(from, to).iter().map(|it| it.1).collect();
        numbers.sort_unstable();
        numbers.into_iter().map(|it| self.knowledge.events[it as usize].as_ref()).collect()
    }

    /// Returns a document on file by its hash.
    pub fn filed(&self, document: &str) -> Option<&Filed> {
        self.filed_by_hash.get(document).map(|&at| &self.filed[at as usize])
    }

    /// Returns how many candidates wait in a queue.
    pub fn waits(&self, queue: Queue) -> usize {
        self.waits[queue as usize]
    }

    /// Returns the tallies, set against the events, if they have been since the last decision.
    pub(super) fn tallies_made(&self) -> Option<&[TallyCheck]> {
        self.tallies.get().map(Vec::as_slice)
    }

    /// Sets the tallies against the events.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub(super) fn make_tallies(&self, ledger: &Ledger, codebook: &Codebook) -> Result<&[TallyCheck]> {
        if self.tallies.get().is_none() {
            let own: Vec<Reading> = self.telling.iter().map(|it| self.read(ledger, it)).collect::<Result<_>>()?;
            let laid = desk::laid_over(&own, &holding(&self.knowledge.decided));
            let readings: Vec<&Reading> = laid.iter().map(AsRef::as_ref).collect();
            let made = aver_reconcile::tallies(&readings, &self.knowledge.events, codebook);
            // Another request may have been first; both made the same.
            let _ = self.tallies.set(made);
        }
        Ok(self.tallies_made().unwrap_or_default())
    }

    /// Finds words in this state, whatever was stored since.
    ///
    /// # Errors
    /// The ledger cannot be read; there is nothing to search for.
    pub(super) fn search_then(&self, ledger: &Ledger, words: &str, most: usize) -> Result<Vec<Hit>> {
        if self.words.get().is_none() {
            let events = self.knowledge.events.iter().map(AsRef::as_ref);
            // Another request may have been first; both made the same.
            let _ = self.words.set(Mutex::new(aver_ledger::index(&self.scope.readings(ledger)?, events)?));
        }
        self.words.get().map_or(Ok(vec![]), |it| Ok(held(it).search(words, most)?))
    }

    /// Returns the decisions that are seen from here, in the order of the chain.
    pub fn decisions_seen(&self) -> Vec<&Decision> {
        self.scope.seen(&self.decisions, &self.filed)
    }

    /// Returns the reading of a document that was current at this position.
    fn read(&self, ledger: &Ledger, document: &str) -> Result<Reading> {
        let nth = self.filed(document).map_or(1, |it| it.readings);
        Ok(ledger.nth_reading(document, nth)?)
    }

    /// Returns the document whose hash is or begins with `start`.
    ///
    /// # Errors
    /// None, or more than one.
    pub fn document(&self, start: &str) -> Result<&Filed> {
        let of = |it: &u32| &self.filed[*it as usize];
        let from = self.hashes.partition_point(|it| of(it).document.sha256.as_str() < start);
        let mut found = self.hashes[from..].iter().map(of).take_while(|it| it.document.sha256.starts_with(start));
        match (found.next().filter(|_| !start.is_empty()), found.next()) {
            (Some(document), None) => Ok(document),
            (Some(_), Some(_)) => {
                Err(Report::input("document-ambiguous", format!("`{start}` is the beginning of several documents"))
                    .next("write more of the hash"))
            }
            (None, _) => Err(Report::input("document-not-found", format!("there is no document `{start}`"))
                .next("the list of documents has them all")),
        }
    }
}

/// Returns the decisions whose words stand, at their present place.
fn holding(placed: &[Placed]) -> Vec<Decision> {
    placed.iter().filter(|it| it.fate != Fate::Orphaned).map(|it| it.decision.clone()).collect()
}

fn waits(waiting: &[Arc<Candidate>]) -> [usize; Queue::ALL.len()] {
    let mut out = [0; Queue::ALL.len()];
    waiting.iter().for_each(|it| out[it.queue as usize] += 1);
    out
}

/// Appends a number once to the list of a document; numbers come in order.
fn file_under(lists: &mut HashMap<String, Vec<u32>>, document: &str, number: u32) {
    match lists.get_mut(document) {
        Some(list) if list.last() == Some(&number) => {}
        Some(list) => list.push(number),
        None => drop(lists.insert(document.to_owned(), vec![number])),
    }
}

fn edges_by_document(edges: &[Arc<Edge>]) -> HashMap<String, Vec<u32>> {
    let mut out = HashMap::new();
    for (at, edge) in edges.iter().enumerate() {
        file_under(&mut out, &edge.a.document, number(at));
        file_under(&mut out, &edge.b.document, number(at));
    }
    out
}

/// Returns for every document that is not alone in its story all documents of the story.
fn stories(filed: &[Filed], reprints: &Reprints) -> HashMap<String, Arc<Vec<String>>> {
    let mut groups: HashMap<&str, Vec<String>> = HashMap::new();
    for it in filed {
        groups.entry(reprints.group(&it.document.sha256)).or_default().push(it.document.sha256.clone());
    }
    let mut out = HashMap::new();
    for group in groups.into_values().filter(|it| it.len() > 1).map(Arc::new) {
        out.extend(group.iter().map(|it| (it.clone(), group.clone())));
    }
    out
}

type Machine = BTreeMap<String, Option<Arc<Edge>>>;

/// Puts rulings in the place of scores; also returns what the machine says of the pairs ruled.
fn rule(readings: &[&Reading], machine: Vec<Edge>, decisions: &[Decision]) -> (Vec<Edge>, Machine) {
    let anchors = ruled_pairs(decisions).flat_map(|it| it.ruling.anchors());
    let documents: BTreeSet<&str> = anchors.map(|it| it.document.as_str()).collect();
    if documents.is_empty() {
        return (machine, Machine::new());
    }
    let among = |it: &Edge| documents.contains(it.a.document.as_str()) && documents.contains(it.b.document.as_str());
    let before: HashMap<String, Edge> =
        machine.iter().filter(|it| among(it)).map(|it| (it.id.clone(), it.clone())).collect();
    let edges = aver_reconcile::ruled(readings, machine, decisions);
    let ruled = edges.iter().filter(|it| it.decision.is_some());
    let machine = ruled.map(|it| (it.id.clone(), before.get(&it.id).cloned().map(Arc::new))).collect();
    (edges, machine)
}

/// Returns the rulings that join or part two mentions.
fn ruled_pairs(decisions: &[Decision]) -> impl Iterator<Item = &Decision> {
    decisions.iter().filter(|it| matches!(it.ruling, Ruling::Same { .. } | Ruling::Different { .. }))
}
