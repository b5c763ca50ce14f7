//! The state after a decision, from the state before it.
//!
//! In: a snapshot and the decisions made since, on the same readings. Out: the next
//! snapshot. Looked at again are only the mentions that may be one event with those
//! ruled on, and the documents that tell them; everything else is shared. The result
//! is what [`Snapshot::build`] makes of the same ledger, unless it is marked
//! provisional: a corrected value may link otherwise, and linking looks at everything.

use super::*;
use std::cmp::Ordering;
use std::collections::{HashSet, VecDeque};

/// Documents that may be looked at again; beyond that everything is joined anew.
const MOST: usize = 2000;

/// What one step looks at.
struct Step<'s> {
    before: &'s Snapshot,
    ledger: &'s Ledger,
    codebook: &'s Codebook,
    /// The decisions that hold now, at their present place.
    held: Vec<Decision>,
    readings: BTreeMap<String, Reading>,
}

impl Snapshot {
    /// Returns the state with the decisions made until now; `None` when only joining everything can tell.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn decided(&self, ledger: &Ledger, codebook: &Codebook, decisions: u64) -> Result<Option<Snapshot>> {
        let position = Position { readings: self.position.readings, decisions };
        let decisions = ledger.decisions_at(position)?;
        let effective = aver_ledger::effective(&decisions);
        let changed = differing(&self.effective, &effective);
        let spoken_of: BTreeSet<&str> =
            changed.iter().flat_map(|it| it.ruling.anchors()).map(|it| it.document.as_str()).collect();
        // Words of a document that this state does not know yet change nothing in it.
        let documents: BTreeSet<&str> = spoken_of.into_iter().filter(|it| self.filed(it).is_some()).collect();
        let mut step = Step { before: self, ledger, codebook, held: vec![], readings: BTreeMap::new() };
        step.load(documents.iter().copied())?;
        let placed = step.placed(&effective);
        step.held = holding(&placed);
        let provisional = self.provisional || step.corrects(&documents);
        let (edges, edges_by_document, machine) = step.edges(&changed, &documents);
        let part = step.part(&documents, &edges, &edges_by_document);
        if part.documents.len() > MOST {
            return Ok(None);
        }
        step.load(part.documents.iter().map(String::as_str))?;
        let fresh = step.events(&part, &edges, &edges_by_document);
        let mut next = Snapshot {
            position,
            scope: Scope { place: position, ..self.scope },
            knowledge: Joined {
                edges,
                events: vec![],
                actors: self.knowledge.actors.clone(),
                relations: self.knowledge.relations.clone(),
                decided: placed,
            },
            forecasts: self.forecasts.clone(),
            filed: self.filed.clone(),
            decisions,
            effective,
            waiting: vec![],
            statements: self.statements,
            index: self.index.clone(),
            found: Memo::of(QUERIES),
            maps: Memo::of(MAPS),
            provisional,
            waits: self.waits,
            tallies: OnceLock::new(),
            telling: self.telling.clone(),
            words: OnceLock::new(),
            notes: self.notes.clone(),
            across: OnceLock::new(),
            parts: OnceLock::new(),
            by_day: OnceLock::new(),
            by_id: Arc::default(),
            by_document: Arc::default(),
            edges_by_document,
            filed_by_hash: self.filed_by_hash.clone(),
            hashes: self.hashes.clone(),
            reprints: self.reprints.clone(),
            stories: self.stories.clone(),
            machine,
        };
        let gone = step.replace(&part, fresh, &mut next);
        let mut next = next.numbered_as(self);
        step.tallies(&gone, &part, &mut next);
        step.waiting(&gone, &part, &mut next)?;
        Ok(Some(next))
    }
}

impl Snapshot {
    /// As [`Snapshot::numbered`]; shares the numbers when every event stands where it stood.
    fn numbered_as(mut self, before: &Snapshot) -> Snapshot {
        let (old, new) = (&before.knowledge.events, &self.knowledge.events);
        let stands = |(a, b): (&Arc<LedgerEvent>, &Arc<LedgerEvent>)| {
            Arc::ptr_eq(a, b) || (a.id == b.id && a.mentions == b.mentions)
        };
        if old.len() != new.len() || !old.iter().zip(new).all(stands) {
            return self.numbered();
        }
        (self.by_id, self.by_document) = (before.by_id.clone(), before.by_document.clone());
        self
    }
}

/// Puts values into a list that is sorted, each where it belongs.
fn insert_all<T>(list: &mut Vec<T>, values: impl IntoIterator<Item = T>, order: impl Fn(&T, &T) -> Ordering) {
    for value in values {
        let at = list.partition_point(|it| order(it, &value) != Ordering::Greater);
        list.insert(at, value);
    }
}

/// Returns the rulings that hold in one of the two lists and not in the other.
fn differing<'d>(before: &'d [Decision], after: &'d [Decision]) -> Vec<&'d Decision> {
    let ids = |them: &'d [Decision]| them.iter().map(|it| it.id.as_str()).collect::<BTreeSet<&str>>();
    let (old, new) = (ids(before), ids(after));
    let gone = before.iter().filter(|it| !new.contains(it.id.as_str()));
    gone.chain(after.iter().filter(|it| !old.contains(it.id.as_str()))).collect()
}

type Key = (String, String);

fn key(it: &MentionRef) -> Key {
    (it.document.clone(), it.event.clone())
}

/// The part of the ledger in which events may come out otherwise.
struct Part {
    /// Mentions, as (document, id).
    mentions: BTreeSet<Key>,
    /// The events that they were.
    events: BTreeSet<u32>,
    /// The documents that tell them, and those that print the same stories.
    documents: BTreeSet<String>,
}

impl Part {
    fn holds(&self, event: &LedgerEvent) -> bool {
        event.mentions.first().is_some_and(|it| self.mentions.contains(&key(it)))
    }
}

impl Step<'_> {
    fn load<'d>(&mut self, documents: impl Iterator<Item = &'d str>) -> Result<()> {
        for document in documents {
            if !self.readings.contains_key(document) && self.before.filed(document).is_some() {
                self.readings.insert(document.to_owned(), self.before.read(self.ledger, document)?);
            }
        }
        Ok(())
    }

    /// Finds the words of new decisions; those of the others stand where they stood.
    fn placed(&self, effective: &[Decision]) -> Vec<Placed> {
        let known: HashMap<&str, &Placed> =
            self.before.knowledge.decided.iter().map(|it| (it.decision.id.as_str(), it)).collect();
        let fresh: Vec<Decision> = effective.iter().filter(|it| !known.contains_key(it.id.as_str())).cloned().collect();
        let own: Vec<Reading> = self.readings.values().cloned().collect();
        let mut fresh = crate::decided::place(&fresh, &own).into_iter();
        let of = |it: &Decision| known.get(it.id.as_str()).map(|it| (*it).clone());
        effective.iter().filter_map(|it| of(it).or_else(|| fresh.next())).collect()
    }

    /// Says whether a value that linking may look at is another than before.
    fn corrects(&self, documents: &BTreeSet<&str>) -> bool {
        let before = holding(&self.before.knowledge.decided);
        documents.iter().filter_map(|it| self.readings.get(*it)).any(|it| {
            let own = std::slice::from_ref(it);
            desk::laid_over(own, &before)[0] != desk::laid_over(own, &self.held)[0]
        })
    }

    /// Returns the readings with people's values in them, of all documents looked at.
    fn laid(&self) -> Vec<Reading> {
        self.readings
            .values()
            .map(|it| desk::laid_over(std::slice::from_ref(it), &self.held)[0].clone().into_owned())
            .collect()
    }

    /// Puts changed rulings on pairs in the place of scores.
    #[allow(clippy::type_complexity)]
    fn edges(
        &self,
        changed: &[&Decision],
        documents: &BTreeSet<&str>,
    ) -> (Arc<Vec<Arc<Edge>>>, Arc<HashMap<String, Vec<u32>>>, Machine) {
        let before = self.before;
        let mut machine = before.machine.clone();
        let pairs = |it: &Decision| matches!(it.ruling, Ruling::Same { .. } | Ruling::Different { .. });
        if !changed.iter().any(|it| pairs(it)) {
            return (before.knowledge.edges.clone(), before.edges_by_document.clone(), machine);
        }
        let among =
            |it: &Edge| documents.contains(it.a.document.as_str()) && documents.contains(it.b.document.as_str());
        let numbers = before.edges_at(documents.iter().copied()).into_iter();
        let numbers: Vec<u32> = numbers.filter(|it| among(&before.knowledge.edges[*it as usize])).collect();
        let own = numbers.iter().map(|it| &before.knowledge.edges[*it as usize]);
        let unruled: Vec<Edge> = own
            .filter_map(|it| match machine.remove(&it.id) {
                Some(machine) => machine.map(|it| it.as_ref().clone()),
                None => Some(it.as_ref().clone()),
            })
            .collect();
        let by_id: HashMap<String, Arc<Edge>> =
            unruled.iter().map(|it| (it.id.clone(), Arc::new(it.clone()))).collect();
        let laid = self.laid();
        let spoken_of: Vec<&Reading> =
            laid.iter().filter(|it| documents.contains(it.document.sha256.as_str())).collect();
        let ruled = aver_reconcile::ruled(&spoken_of, unruled, &self.held);
        for it in ruled.iter().filter(|it| it.decision.is_some()) {
            machine.insert(it.id.clone(), by_id.get(&it.id).cloned());
        }
        let gone: BTreeSet<u32> = numbers.into_iter().collect();
        let kept = before.knowledge.edges.iter().enumerate().filter(|(at, _)| !gone.contains(&number(*at)));
        let mut edges: Vec<Arc<Edge>> = kept.map(|(_, it)| it.clone()).collect();
        let places = places(&spoken_of);
        for edge in ruled {
            let at = place_of(&edges, &edge, &places);
            edges.insert(at, Arc::new(edge));
        }
        let by_document = Arc::new(edges_by_document(&edges));
        (Arc::new(edges), by_document, machine)
    }

    /// Follows events and edges from the documents ruled on to all mentions that may be grouped otherwise.
    fn part(
        &self,
        documents: &BTreeSet<&str>,
        edges: &[Arc<Edge>],
        edges_by_document: &HashMap<String, Vec<u32>>,
    ) -> Part {
        let before = self.before;
        let mut part = Part { mentions: BTreeSet::new(), events: BTreeSet::new(), documents: BTreeSet::new() };
        let mut next: VecDeque<u32> =
            documents.iter().filter_map(|it| before.by_document.get(*it)).flatten().copied().collect();
        while let Some(event) = next.pop_front() {
            if !part.events.insert(event) {
                continue;
            }
            for mention in &before.knowledge.events[event as usize].mentions {
                part.mentions.insert(key(mention));
                part.documents.insert(mention.document.clone());
                let touching = edges_by_document.get(&mention.document).into_iter().flatten();
                for edge in touching.map(|it| &edges[*it as usize]).filter(|it| it.verdict == "same") {
                    let other = if edge.a == *mention {
                        &edge.b
                    } else if edge.b == *mention {
                        &edge.a
                    } else {
                        continue;
                    };
                    next.extend(self.event_of(other));
                }
            }
            if part.documents.len() > MOST {
                break;
            }
        }
        let stories = part.documents.iter().filter_map(|it| before.stories.get(it));
        let more: Vec<String> = stories.flat_map(|it| it.iter().cloned()).collect();
        part.documents.extend(more);
        part
    }

    /// Returns the event that a mention belonged to.
    fn event_of(&self, mention: &MentionRef) -> Option<u32> {
        let found = self.before.by_document.get(&mention.document)?;
        found.iter().copied().find(|it| self.before.knowledge.events[*it as usize].mentions.contains(mention))
    }

    fn events(
        &self,
        part: &Part,
        edges: &[Arc<Edge>],
        edges_by_document: &HashMap<String, Vec<u32>>,
    ) -> Vec<LedgerEvent> {
        let inside = |it: &MentionRef| part.documents.contains(&it.document);
        let numbers: BTreeSet<u32> =
            part.documents.iter().filter_map(|it| edges_by_document.get(it)).flatten().copied().collect();
        let edges: Vec<Edge> = numbers
            .into_iter()
            .map(|it| &edges[it as usize])
            .filter(|it| inside(&it.a) && inside(&it.b))
            .map(|it| it.as_ref().clone())
            .collect();
        let laid = self.laid();
        let readings: Vec<&Reading> = laid.iter().filter(|it| part.documents.contains(&it.document.sha256)).collect();
        let made = aver_reconcile::events(&readings, &edges, &self.before.reprints, &self.held, self.codebook);
        made.into_iter().filter(|it| part.holds(it)).collect()
    }

    /// Puts the new events in the place of the old ones; returns those that are no more as they were.
    fn replace(&self, part: &Part, fresh: Vec<LedgerEvent>, next: &mut Snapshot) -> Vec<Arc<LedgerEvent>> {
        let before = self.before;
        let mut old: BTreeMap<&str, u32> =
            part.events.iter().map(|it| (before.knowledge.events[*it as usize].id.as_str(), *it)).collect();
        let mut made = vec![];
        let own: Vec<&Reading> = self.readings.values().collect();
        for event in fresh {
            let same = old.get(event.id.as_str()).copied();
            match same.filter(|it| *before.knowledge.events[*it as usize] == event) {
                Some(at) => {
                    old.remove(event.id.as_str());
                    made.push((
                        before.knowledge.events[at as usize].clone(),
                        before.index.entries[at as usize].clone(),
                    ));
                }
                None => {
                    let entries = next.index.more(std::iter::once(&event), &own, self.codebook);
                    made.extend(entries.into_iter().map(|entry| (Arc::new(event.clone()), entry)));
                }
            }
        }
        let pairs = before.knowledge.events.iter().zip(&before.index.entries).enumerate();
        let kept = pairs.filter(|(at, _)| !part.events.contains(&number(*at)));
        let mut list: Vec<_> = kept.map(|(_, (event, entry))| (event.clone(), entry.clone())).collect();
        insert_all(&mut list, made, |a, b| list_order(&a.0, &b.0));
        (next.knowledge.events, next.index.entries) = list.into_iter().unzip();
        let gone: Vec<u32> = old.into_values().collect();
        gone.iter().for_each(|it| next.index.forget(&before.index.entries[*it as usize]));
        gone.into_iter().map(|it| before.knowledge.events[it as usize].clone()).collect()
    }

    /// Keeps the tallies when no event that changed lies in the period of one.
    fn tallies(&self, gone: &[Arc<LedgerEvent>], part: &Part, next: &mut Snapshot) {
        let Some(made) = self.before.tallies.get() else { return };
        let fresh = next.knowledge.events.iter().filter(|it| part.holds(it));
        let days = |it: &LedgerEvent| it.time.as_ref().and_then(|it| it.start);
        let days: Vec<Day> = gone.iter().chain(fresh).filter_map(|it| days(it)).collect();
        let touches = |it: &TallyCheck| match (it.start, it.end) {
            (Some(start), Some(end)) => days.iter().any(|it| start <= *it && *it <= end),
            _ => false,
        };
        if !next.provisional && !made.iter().any(touches) {
            let _ = next.tallies.set(made.clone());
        }
    }

    /// Makes the candidates anew that speak of an event looked at, or that are decided now.
    fn waiting(&mut self, gone: &[Arc<LedgerEvent>], part: &Part, next: &mut Snapshot) -> Result<()> {
        let fresh: Vec<Arc<LedgerEvent>> = next.knowledge.events.iter().filter(|it| part.holds(it)).cloned().collect();
        let touched: HashSet<String> = gone.iter().chain(&fresh).map(|it| it.id.clone()).collect();
        // Their neighbours over an edge: a pair is a candidate for both.
        let numbers = next.edges_at(part.mentions.iter().map(|it| it.0.as_str()));
        let edges = numbers.into_iter().map(|it| next.knowledge.edges[it as usize].clone());
        let inside = |it: &MentionRef| part.mentions.contains(&key(it));
        let edges: Vec<Arc<Edge>> =
            edges.filter(|it| it.verdict == "near" && (inside(&it.a) || inside(&it.b))).collect();
        let mut events = fresh;
        let mut known: BTreeSet<u32> = events.iter().filter_map(|it| next.by_id.get(&it.id)).copied().collect();
        let mut documents: BTreeSet<String> = part.documents.clone();
        for mention in edges.iter().flat_map(|it| [&it.a, &it.b]) {
            documents.insert(mention.document.clone());
            let of = next.by_document.get(&mention.document).into_iter().flatten();
            let event = of.copied().find(|it| next.knowledge.events[*it as usize].mentions.contains(mention));
            if let Some(event) = event.filter(|it| known.insert(*it)) {
                events.push(next.knowledge.events[event as usize].clone());
            }
        }
        self.load(documents.iter().map(String::as_str))?;
        let own: Vec<&Reading> = self.readings.values().collect();
        let made = aver_review::candidates(&events, &edges, &own, &next.effective, "range-all");
        let speaks = |it: &Candidate| it.events.iter().any(|it| touched.contains(it));
        let is_old = |it: &Candidate| !matches!(it.queue, Queue::Orphans | Queue::NewRun) && !speaks(it);
        let mut list: Vec<Arc<Candidate>> = self.before.waiting.iter().filter(|it| is_old(it)).cloned().collect();
        let made = made.into_iter().filter(|it| speaks(it)).map(Arc::new);
        insert_all(&mut list, made, |a, b| aver_review::by_effect(a, b));
        let first = crate::workbench::review::of_decisions(&next.knowledge.decided).into_iter().map(Arc::new);
        next.waiting = first.chain(list).collect();
        next.waits = waits(&next.waiting);
        Ok(())
    }
}

/// Where the mentions of some documents stand in their texts, by document and id.
type Places<'r> = HashMap<(&'r str, &'r str), usize>;

fn places<'r>(readings: &[&'r Reading]) -> Places<'r> {
    let mut out = HashMap::new();
    for reading in readings {
        let mut events: Vec<&Event> = reading.events.iter().collect();
        events.sort_by(|a, b| (a.span, &a.id).cmp(&(b.span, &b.id)));
        let hash = reading.document.sha256.as_str();
        out.extend(events.iter().enumerate().map(|(at, it)| ((hash, it.id.as_str()), at)));
    }
    out
}

/// Returns where an edge belongs among edges that are sorted by their mentions.
fn place_of(edges: &[Arc<Edge>], edge: &Edge, places: &Places<'_>) -> usize {
    let from = edges.partition_point(|it| it.a.document < edge.a.document);
    let place = |it: &MentionRef| places.get(&(it.document.as_str(), it.event.as_str())).copied().unwrap_or(0);
    let order = |it: &Edge| (place(&it.a), it.b.document.clone(), place(&it.b));
    let own = order(edge);
    let later = edges[from..].iter().position(|it| it.a.document != edge.a.document || order(it) > own);
    later.map_or(edges.len(), |it| from + it)
}
