//! What every screen sees: one joined state of the ledger, replaced as a whole.
//!
//! In: the path of a ledger and a codebook. Out: [`App`], which hands out an
//! `Arc<Snapshot>`. A request keeps the snapshot it began with; a write, here or
//! by another process, makes a new one and swaps it in. Snapshots hold what
//! lists need; readings (texts) are fetched one at a time and kept in a small
//! cache.
//!
//! SQLite connections are not shared between threads: readers are a few
//! connections behind locks, and every write opens its own ([`App::write`]).

use crate::desk::{Knowledge, instant, today};
use crate::report::{Report, Result};
use aver_codebook::Codebook;
use aver_ledger::{Filed, Ledger, Position};
use aver_model::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::time::{Duration, Instant};

/// Connections for reading.
const READERS: usize = 4;
/// Readings kept in memory.
const KEPT: usize = 400;
/// Earlier states (`?at=`) kept in memory.
const KEPT_EARLIER: usize = 4;
/// Joining that takes longer than this goes on behind the old state.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a workbench is opened.
pub struct Settings {
    /// The ledger file.
    pub ledger: PathBuf,
    /// The codebook.
    pub codebook: Cow<'static, Codebook>,
    /// The day counted as today; tests fix it.
    pub today: fn() -> Day,
    /// The instant stamped on decisions, RFC 3339; tests fix it.
    pub instant: fn() -> String,
    /// Who decides when nobody is logged in.
    pub who: String,
    /// Who may pass, and with what.
    pub gate: super::gate::Gate,
    /// Uploads of this run of the server.
    pub jobs: super::add::Jobs,
    /// What readers of a team do not see.
    pub veils: super::veil::Veils,
    /// Boundaries of the user's own for the map.
    pub boundaries: Option<super::Boundaries>,
    /// Names under which the server may be called, without port; guards against rebinding.
    pub hosts: Vec<String>,
}

impl Settings {
    /// A workbench for one person on this machine.
    pub fn new(ledger: PathBuf, codebook: Cow<'static, Codebook>) -> Settings {
        let login = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
        let who = login.filter(|it| !it.is_empty()).unwrap_or_else(|| "analyst".into());
        let hosts = ["localhost", "127.0.0.1", "[::1]"].map(String::from).to_vec();
        Settings {
            ledger,
            codebook,
            today,
            instant,
            who,
            gate: super::gate::Gate::single(),
            jobs: Default::default(),
            veils: Default::default(),
            boundaries: None,
            hosts,
        }
    }
}

/// Everything that is known at one position of the ledger.
pub struct Snapshot {
    /// Where the ledger stood.
    pub position: Position,
    /// Events, actors, tallies, relations, edges.
    pub knowledge: Knowledge,
    /// Forecasts with their state on the day the snapshot was made.
    pub forecasts: Vec<ForecastState>,
    /// Documents on file, by file name.
    pub filed: Vec<Filed>,
    /// Every decision, in the order of the chain.
    pub decisions: Vec<Decision>,
    /// What waits for a person, the greatest effect first.
    pub waiting: Vec<aver_review::Candidate>,
    /// How many statements are on file.
    pub statements: usize,
    by_id: HashMap<String, usize>,
    edges_by_document: HashMap<String, Vec<usize>>,
    by_document: HashMap<String, Vec<usize>>,
    filed_by_hash: HashMap<String, usize>,
    /// What the list of events is filtered by.
    pub index: super::events::Index,
    /// Queries answered before; good as long as the snapshot is.
    pub(super) found: Memo<super::events::query::Found>,
}

/// Answers kept by their question.
pub(super) struct Memo<T>(Mutex<HashMap<String, Arc<T>>>);

impl<T> Memo<T> {
    /// Answers kept at once.
    const MOST: usize = 200;

    fn new() -> Memo<T> {
        Memo(Mutex::new(HashMap::new()))
    }

    /// Returns the answer kept, or makes and keeps it.
    pub fn get_or(&self, question: &str, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(found) = held(&self.0).get(question) {
            return found.clone();
        }
        let made = Arc::new(make());
        let mut kept = held(&self.0);
        if kept.len() >= Self::MOST {
            kept.clear();
        }
        kept.insert(question.to_owned(), made.clone());
        made
    }
}

impl Snapshot {
    fn build(ledger: &Ledger, codebook: &Codebook, then: Position, now: Day) -> Result<Snapshot> {
        let readings = ledger.readings_at(then)?;
        let filed = ledger.documents_at(then)?;
        let decisions = ledger.decisions_at(then)?;
        let effective = aver_ledger::effective(&decisions);
        let knowledge = Knowledge::build(&readings, &filed, &effective, codebook);
        let forecasts = aver_reconcile::forecasts(&readings.iter().collect::<Vec<_>>(), now);
        let waiting = super::review::candidates(&knowledge, &readings, &effective);
        let statements = readings.iter().map(|it| it.statements.len()).sum();
        let by_id = knowledge.events.iter().enumerate().map(|(at, it)| (it.id.clone(), at)).collect();
        let mut by_document: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, event) in knowledge.events.iter().enumerate() {
            for mention in &event.mentions {
                let events = by_document.entry(mention.document.clone()).or_default();
                if events.last() != Some(&at) {
                    events.push(at);
                }
            }
        }
        let mut edges_by_document: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, edge) in knowledge.edges.iter().enumerate() {
            for hash in [&edge.a.document, &edge.b.document] {
                let edges = edges_by_document.entry(hash.clone()).or_default();
                if edges.last() != Some(&at) {
                    edges.push(at);
                }
            }
        }
        let filed_by_hash = filed.iter().enumerate().map(|(at, it)| (it.document.sha256.clone(), at)).collect();
        let index = super::events::Index::new(&knowledge.events, &readings);
        Ok(Snapshot {
            position: then,
            knowledge,
            forecasts,
            filed,
            decisions,
            waiting,
            statements,
            by_id,
            edges_by_document,
            by_document,
            filed_by_hash,
            index,
            found: Memo::new(),
        })
    }

    /// Returns the event of that id, or the one whose id begins so.
    ///
    /// # Errors
    /// None, or more than one.
    pub fn event(&self, id: &str) -> Result<&LedgerEvent> {
        match self.by_id.get(id) {
            Some(&at) => Ok(&self.knowledge.events[at]),
            None => self.knowledge.event(id),
        }
    }

    /// Returns the events told in a document, in the order of the list.
    pub fn events_of(&self, document: &str) -> Vec<&LedgerEvent> {
        let found = self.by_document.get(document);
        found.into_iter().flatten().map(|&at| &self.knowledge.events[at]).collect()
    }

    /// Returns the edges that touch a mention of an event.
    pub fn edges_of(&self, event: &LedgerEvent) -> Vec<&Edge> {
        let holds = |it: &MentionRef| event.mentions.contains(it);
        let hashes: std::collections::BTreeSet<&str> = event.mentions.iter().map(|it| it.document.as_str()).collect();
        let numbers: std::collections::BTreeSet<usize> =
            hashes.iter().filter_map(|it| self.edges_by_document.get(*it)).flatten().copied().collect();
        let edges = numbers.into_iter().map(|it| &self.knowledge.edges[it]);
        edges.filter(|it| holds(&it.a) || holds(&it.b)).collect()
    }

    /// Returns the place of an event in the list.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Returns a document on file by its hash.
    pub fn filed(&self, document: &str) -> Option<&Filed> {
        self.filed_by_hash.get(document).map(|&at| &self.filed[at])
    }

    /// Returns the document whose hash is or begins with `start`.
    ///
    /// # Errors
    /// None, or more than one.
    pub fn document(&self, start: &str) -> Result<&Filed> {
        let found: Vec<&Filed> = self.filed.iter().filter(|it| it.document.sha256.starts_with(start)).collect();
        match found.as_slice() {
            [document] if !start.is_empty() => Ok(document),
            [_, _, ..] if !start.is_empty() => {
                Err(Report::input("document-ambiguous", format!("`{start}` is the beginning of several documents"))
                    .next("write more of the hash"))
            }
            _ => Err(Report::input("document-not-found", format!("there is no document `{start}`"))
                .next("the list of documents has them all")),
        }
    }
}

/// The workbench's state; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    settings: Settings,
    readers: Vec<Mutex<Ledger>>,
    next: AtomicUsize,
    watch: Mutex<Ledger>,
    seen: AtomicI64,
    stale: AtomicBool,
    current: RwLock<Arc<Snapshot>>,
    took: Mutex<Duration>,
    building: tokio::sync::Mutex<()>,
    earlier: Mutex<Vec<Arc<Snapshot>>>,
    moved: Mutex<HashMap<String, MentionRef>>,
    kept: Mutex<HashMap<(String, u64), Arc<Reading>>>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic of another request leaves nothing half-written behind these locks.
    lock.lock().unwrap_or_else(|it| it.into_inner())
}

impl App {
    /// Opens the ledger and joins what it holds.
    ///
    /// # Errors
    /// The ledger cannot be opened or read.
    pub fn open(settings: Settings) -> Result<App> {
        // Opened once for writing, so that an older format is brought up to date.
        if let Err(error) = Ledger::open(&settings.ledger)
            && error.id() != "ledger-read-only"
        {
            return Err(error.into());
        }
        let open = || Ledger::open_read_only(&settings.ledger).map(Mutex::new);
        let readers: Vec<_> = (0..READERS).map(|_| open()).collect::<std::result::Result<_, _>>()?;
        let watch = open()?;
        let seen = AtomicI64::new(held(&watch).others_wrote()?);
        let started = Instant::now();
        let snapshot = {
            let ledger = held(&readers[0]);
            Snapshot::build(&ledger, &settings.codebook, ledger.position()?, (settings.today)())?
        };
        Ok(App(Arc::new(Inner {
            settings,
            readers,
            next: AtomicUsize::new(0),
            watch,
            seen,
            stale: AtomicBool::new(false),
            current: RwLock::new(Arc::new(snapshot)),
            took: Mutex::new(started.elapsed()),
            building: tokio::sync::Mutex::new(()),
            earlier: Mutex::new(vec![]),
            moved: Mutex::new(HashMap::new()),
            kept: Mutex::new(HashMap::new()),
        })))
    }

    /// Returns how the workbench was opened.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Returns the codebook.
    pub fn codebook(&self) -> &Codebook {
        &self.0.settings.codebook
    }

    /// Says whether a newer state is being joined behind the one that is shown.
    pub fn is_stale(&self) -> bool {
        self.0.stale.load(Relaxed)
    }

    /// Returns the state of the ledger now; looks whether another process wrote to it.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn snapshot(&self) -> Result<Arc<Snapshot>> {
        if !self.changed()? {
            return Ok(self.current());
        }
        if *held(&self.0.took) > PATIENCE {
            if !self.0.stale.swap(true, Relaxed) {
                let app = self.clone();
                tokio::spawn(async move { app.rebuild().await });
            }
            return Ok(self.current());
        }
        self.rebuild().await?;
        Ok(self.current())
    }

    /// Returns the state at an earlier position.
    ///
    /// # Errors
    /// The ledger cannot be read, or never stood there.
    pub async fn snapshot_at(&self, then: Position) -> Result<Arc<Snapshot>> {
        let now = self.snapshot().await?;
        if now.position == then {
            return Ok(now);
        }
        if then.readings > now.position.readings || then.decisions > now.position.decisions {
            let message = format!("the ledger stands at {}; it has not come to {then} yet", now.position);
            return Err(Report::input("position-not-found", message).next("take `at` out of the address"));
        }
        if let Some(found) = held(&self.0.earlier).iter().find(|it| it.position == then) {
            return Ok(found.clone());
        }
        let app = self.clone();
        let built = blocking(move || {
            app.read(|ledger| Snapshot::build(ledger, app.codebook(), then, (app.settings().today)()))
        });
        let built = Arc::new(built.await?);
        let mut earlier = held(&self.0.earlier);
        earlier.insert(0, built.clone());
        earlier.truncate(KEPT_EARLIER);
        Ok(built)
    }

    /// Runs `work` on a connection for reading. Blocks: call it inside [`blocking`].
    ///
    /// # Errors
    /// What `work` gives.
    pub fn read<T>(&self, work: impl FnOnce(&Ledger) -> Result<T>) -> Result<T> {
        let first = self.0.next.fetch_add(1, Relaxed);
        let free = (0..READERS).find_map(|it| self.0.readers[(first + it) % READERS].try_lock().ok());
        match free {
            Some(ledger) => work(&ledger),
            None => work(&held(&self.0.readers[first % READERS])),
        }
    }

    /// Runs `work` on a connection for writing, then joins everything anew and stores the views.
    ///
    /// The next request sees what was written. A refused write changes nothing.
    ///
    /// # Errors
    /// The ledger cannot be written, or what `work` gives.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let app = self.clone();
        let (done, views) = blocking(move || {
            let ledger = Ledger::open(&app.settings().ledger)?;
            let mut desk = crate::desk::Desk { ledger, codebook: app.settings().codebook.clone(), at: None };
            let done = work(&mut desk.ledger)?;
            let views = desk.refresh((app.settings().today)()).map(|_| ());
            Ok((done, views))
        })
        .await?;
        self.rebuild().await?;
        // The write itself stands; views can be made again at any time.
        views.map(|()| done)
    }

    /// Returns the reading of a document that was current at the snapshot's position.
    ///
    /// # Errors
    /// The document is not on file.
    pub async fn reading(&self, snapshot: &Snapshot, document: &str) -> Result<Arc<Reading>> {
        let nth = snapshot.filed(document).map_or(0, |it| it.readings);
        let key = (document.to_owned(), nth);
        if let Some(found) = held(&self.0.kept).get(&key) {
            return Ok(found.clone());
        }
        let app = self.clone();
        let hash = document.to_owned();
        let reading = blocking(move || {
            app.read(|ledger| {
                let mut history = ledger.reading_history(&hash)?;
                let at = usize::try_from(nth).unwrap_or(usize::MAX).clamp(1, history.len()) - 1;
                Ok(history.swap_remove(at))
            })
        });
        let reading = Arc::new(reading.await?);
        let mut kept = held(&self.0.kept);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, reading.clone());
        Ok(reading)
    }

    /// Returns the id under which an event is known now that had `id` before a merge, split or re-reading.
    pub fn moved(&self, snapshot: &Snapshot, id: &str) -> Option<String> {
        let mention = held(&self.0.moved).get(id)?.clone();
        let found = snapshot.events_of(&mention.document).into_iter().find(|it| it.mentions.contains(&mention));
        found.map(|it| it.id.clone())
    }

    /// Remembers where the events went whose id is no more.
    fn remember(&self, before: &Snapshot, after: &Snapshot) {
        let gone = before.knowledge.events.iter().filter(|it| !after.by_id.contains_key(&it.id));
        let pairs = gone.filter_map(|it| Some((it.id.clone(), it.mentions.first()?.clone())));
        held(&self.0.moved).extend(pairs);
    }

    fn current(&self) -> Arc<Snapshot> {
        self.0.current.read().unwrap_or_else(|it| it.into_inner()).clone()
    }

    fn changed(&self) -> Result<bool> {
        // Another request is looking already; what it finds is found for all.
        let Ok(watch) = self.0.watch.try_lock() else { return Ok(false) };
        Ok(watch.others_wrote()? != self.0.seen.load(Relaxed))
    }

    async fn rebuild(&self) -> Result<()> {
        let _one = self.0.building.lock().await;
        let app = self.clone();
        let done = blocking(move || {
            let seen = held(&app.0.watch).others_wrote()?;
            let started = Instant::now();
            let built = app.read(|ledger| {
                let then = ledger.position()?;
                if then == app.current().position {
                    return Ok(None);
                }
                Snapshot::build(ledger, app.codebook(), then, (app.settings().today)()).map(Some)
            })?;
            if let Some(built) = built {
                *held(&app.0.took) = started.elapsed();
                app.remember(&app.current(), &built);
                *app.0.current.write().unwrap_or_else(|it| it.into_inner()) = Arc::new(built);
            }
            app.0.seen.store(seen, Relaxed);
            Ok(())
        })
        .await;
        self.0.stale.store(false, Relaxed);
        done
    }
}

/// Runs work that waits for the disk or computes for long, away from the threads that serve.
///
/// # Errors
/// What `work` gives; a panic in it becomes a report.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Report::bug("a request broke off"))?
}
