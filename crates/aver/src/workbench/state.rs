//! What every screen sees: one joined state of the ledger, replaced as a whole.
//!
//! In: the path of a ledger and a codebook. Out: [`App`], which hands out an
//! `Arc<Snapshot>`. A request keeps the snapshot it began with; a write, here or
//! by another process, makes a new one and swaps it in. Snapshots hold what
//! lists need; readings (texts) are fetched one at a time and kept in a small
//! cache.
//!
//! A decision is joined at once, on the readings that are shown; joining other
//! documents may take long and then goes on behind the old state, as does the
//! first joining of all ([`App::open_behind`]).
//!
//! SQLite connections are not shared between threads: readers are a few
//! connections behind locks, and every write opens its own ([`App::write`]).

use super::snapshot::{Snapshot, held};
use crate::desk::{instant, today};
use crate::moment::At;
use crate::report::{Report, Result};
use aver_codebook::Codebook;
use aver_ledger::{Ledger, Position, ViewChanges};
use aver_model::*;
use aver_reconcile::Linking;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};

/// Connections for reading.
const READERS: usize = 4;
/// Readings kept in memory.
const KEPT: usize = 400;
/// Earlier states (`?at=`) kept in memory.
const KEPT_EARLIER: usize = 4;
/// Ids remembered of events that went into others.
const KEPT_MOVED: usize = 10_000;
/// Joining that takes longer than this goes on behind the old state.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long decisions are gathered before their views are stored behind them.
const GATHERED: Duration = Duration::from_secs(2);
/// How long opening is waited for before pages say that it goes on.
const FIRST: Duration = Duration::from_secs(1);

/// How a workbench is opened.
pub struct Settings {
    /// The ledger file.
    pub ledger: PathBuf,
    /// The codebook.
    pub codebook: Cow<'static, Codebook>,
    /// The language model that reads what is added.
    pub model: crate::language::Choice,
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
            model: Default::default(),
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
    current: RwLock<Option<Arc<Snapshot>>>,
    failed: Mutex<Option<Report>>,
    took: Mutex<Duration>,
    joins: AtomicUsize,
    building: Mutex<()>,
    joining: AtomicBool,
    earlier: Mutex<Vec<Arc<Snapshot>>>,
    moved: Mutex<HashMap<String, MentionRef>>,
    kept: Mutex<HashMap<(String, u64), Arc<Reading>>>,
    stored: Mutex<Stored>,
    compared: Mutex<Option<Arc<Linking>>>,
    storing: AtomicBool,
}

/// What the stored views hold: that of a state, or nobody knows.
#[derive(Default)]
struct Stored {
    made_from: String,
    position: Option<Position>,
    events: Vec<Arc<LedgerEvent>>,
    edges: Arc<Vec<Arc<Edge>>>,
}

impl App {
    /// Opens the ledger and joins what it holds.
    ///
    /// # Errors
    /// The ledger cannot be opened or read.
    pub fn open(settings: Settings) -> Result<App> {
        let app = App::unjoined(settings)?;
        app.first()?;
        Ok(app)
    }

    /// Opens the ledger; when joining takes long, pages say so until it is done.
    ///
    /// # Errors
    /// The ledger cannot be opened, or soon turns out not to be readable.
    pub fn open_behind(settings: Settings) -> Result<App> {
        let app = App::unjoined(settings)?;
        let (done, first) = std::sync::mpsc::channel();
        let own = app.clone();
        std::thread::spawn(move || {
            let joined = own.first();
            *held(&own.0.failed) = joined.as_ref().err().cloned();
            // Nobody listens any more when it took long.
            let _ = done.send(joined);
        });
        match first.recv_timeout(FIRST) {
            Ok(joined) => joined.map(|()| app),
            Err(_) => Ok(app),
        }
    }

    fn unjoined(settings: Settings) -> Result<App> {
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
        Ok(App(Arc::new(Inner {
            settings,
            readers,
            next: AtomicUsize::new(0),
            watch,
            seen,
            stale: AtomicBool::new(false),
            current: RwLock::new(None),
            failed: Mutex::new(None),
            took: Mutex::new(Duration::ZERO),
            joins: AtomicUsize::new(0),
            building: Mutex::new(()),
            joining: AtomicBool::new(false),
            earlier: Mutex::new(vec![]),
            moved: Mutex::new(HashMap::new()),
            kept: Mutex::new(HashMap::new()),
            stored: Mutex::default(),
            compared: Mutex::default(),
            storing: AtomicBool::new(false),
        })))
    }

    /// Joins everything for the first time.
    fn first(&self) -> Result<()> {
        let snapshot = self.joined()?;
        let (made_from, stored) = self.read(|ledger| Ok((self.made_from(ledger)?, ledger.views_made_from()?)))?;
        if stored.as_ref() == Some(&made_from) {
            *held(&self.0.stored) = Stored::of(made_from, &snapshot);
        }
        self.show(Arc::new(snapshot));
        Ok(())
    }

    /// Returns how the workbench was opened.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Returns the codebook.
    pub fn codebook(&self) -> &Codebook {
        &self.0.settings.codebook
    }

    /// Returns how often everything on file was joined; a decision needs it only when it corrects a value.
    pub fn joins(&self) -> usize {
        self.0.joins.load(Relaxed)
    }

    /// Says whether a newer state is being joined behind the one that is shown.
    pub fn is_stale(&self) -> bool {
        self.0.stale.load(Relaxed)
    }

    /// Returns the state of the ledger now; looks whether another process wrote to it.
    ///
    /// # Errors
    /// The ledger cannot be read, or is still being joined for the first time.
    pub async fn snapshot(&self) -> Result<Arc<Snapshot>> {
        let shown = self.shown()?;
        // Who finds a change first joins it; the others go on reading what is shown.
        if !self.changed()? || self.0.joining.swap(true, Relaxed) {
            return Ok(shown);
        }
        let joined = self.catch_up().await;
        self.0.joining.store(false, Relaxed);
        joined?;
        self.shown()
    }

    /// Returns the state as it is seen from a moment.
    ///
    /// # Errors
    /// The ledger cannot be read, or never stood there.
    pub async fn snapshot_at(&self, at: At) -> Result<Arc<Snapshot>> {
        let now = self.snapshot().await?;
        let app = self.clone();
        let scope = move || app.read(|ledger| at.scope(ledger, (app.settings().today)()));
        let scope = blocking(scope).await?;
        // All that is shown now; that midnight has passed since it was joined changes nothing here.
        if now.scope.place == scope.place && scope.published.is_none() && scope.today >= now.scope.today {
            return Ok(now);
        }
        if let Some(found) = held(&self.0.earlier).iter().find(|it| it.scope == scope) {
            return Ok(found.clone());
        }
        let app = self.clone();
        let built = blocking(move || {
            let before = app.compared();
            app.read(|ledger| Snapshot::build(ledger, app.codebook(), scope, before.as_deref()))
        });
        let built = Arc::new(built.await?.0);
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

    /// Runs `work` on a connection for writing, then joins what it changed and stores the views.
    ///
    /// The next request sees a decision that was made; documents may take longer when
    /// much is on file. A refused write changes nothing.
    ///
    /// # Errors
    /// The ledger cannot be written, or what `work` gives.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let app = self.clone();
        let done = blocking(move || work(&mut Ledger::open(&app.settings().ledger)?)).await?;
        self.catch_up().await?;
        if *held(&self.0.took) > PATIENCE {
            self.store_behind();
        } else {
            let app = self.clone();
            // The write itself stands; views can be made again at any time.
            blocking(move || app.store()).await?;
        }
        Ok(done)
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
        let reading = blocking(move || app.read(|ledger| Ok(ledger.nth_reading(&hash, nth)?)));
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
        let gone = before.knowledge.events.iter().filter(|it| after.number(&it.id).is_none());
        let pairs = gone.filter_map(|it| Some((it.id.clone(), it.mentions.first()?.clone())));
        let mut moved = held(&self.0.moved);
        if moved.len() > KEPT_MOVED {
            moved.clear();
        }
        moved.extend(pairs);
    }

    /// Returns the tallies of a state, set against its events.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn tallies(&self, snapshot: &Arc<Snapshot>) -> Result<Vec<TallyCheck>> {
        if let Some(made) = snapshot.tallies_made() {
            return Ok(made.to_vec());
        }
        let (app, snapshot) = (self.clone(), snapshot.clone());
        blocking(move || app.read(|ledger| snapshot.make_tallies(ledger, app.codebook()).map(<[_]>::to_vec))).await
    }

    /// Returns the state that is shown.
    fn shown(&self) -> Result<Arc<Snapshot>> {
        if let Some(shown) = self.current() {
            return Ok(shown);
        }
        Err(held(&self.0.failed).clone().unwrap_or_else(|| {
            Report::setup("ledger-loading", "the ledger is being opened: everything on file is joined first")
                .next("wait; this page loads itself again")
        }))
    }

    fn current(&self) -> Option<Arc<Snapshot>> {
        self.0.current.read().unwrap_or_else(|it| it.into_inner()).clone()
    }

    fn show(&self, next: Arc<Snapshot>) {
        if let Some(before) = self.current() {
            self.remember(&before, &next);
        }
        *self.0.current.write().unwrap_or_else(|it| it.into_inner()) = Some(next);
    }

    fn changed(&self) -> Result<bool> {
        // Another request is looking already; what it finds is found for all.
        let Ok(watch) = self.0.watch.try_lock() else { return Ok(false) };
        Ok(watch.others_wrote()? != self.0.seen.load(Relaxed))
    }

    /// Joins everything on file as it is now.
    fn joined(&self) -> Result<Snapshot> {
        let started = Instant::now();
        let today = (self.settings().today)();
        let before = self.compared();
        let joined = self.read(|ledger| {
            let scope = At::Now.scope(ledger, today)?;
            Snapshot::build(ledger, self.codebook(), scope, before.as_deref())
        });
        *held(&self.0.took) = started.elapsed();
        self.0.joins.fetch_add(1, Relaxed);
        let (snapshot, linking) = joined?;
        crate::linked::store(&self.settings().ledger, &linking, before.as_deref());
        *held(&self.0.compared) = Some(Arc::new(linking));
        Ok(snapshot)
    }

    /// Returns what was compared last, here or by whoever stored it.
    fn compared(&self) -> Option<Arc<Linking>> {
        let kept = held(&self.0.compared).clone();
        kept.or_else(|| crate::linked::load(&self.settings().ledger).map(Arc::new))
    }

    /// Brings the state that is shown to the present; what takes long goes on behind it.
    async fn catch_up(&self) -> Result<()> {
        let app = self.clone();
        if blocking(move || app.step()).await? && !self.0.stale.swap(true, Relaxed) {
            let app = self.clone();
            tokio::task::spawn_blocking(move || {
                // What went wrong here goes wrong again, and is told, at the next change.
                let _ = app.join_behind();
                app.0.stale.store(false, Relaxed);
                app.store_behind();
            });
        }
        Ok(())
    }

    /// Joins what can be joined at once; says whether more is to be done.
    fn step(&self) -> Result<bool> {
        let _one = held(&self.0.building);
        let seen = held(&self.0.watch).others_wrote()?;
        let Some(mut shown) = self.current() else { return Ok(false) };
        let then = self.read(|ledger| Ok(ledger.position()?))?;
        let mut more = then.readings != shown.position.readings || shown.provisional;
        if then.decisions != shown.position.decisions {
            match self.read(|ledger| shown.decided(ledger, self.codebook(), then.decisions))? {
                Some(next) => {
                    more |= next.provisional;
                    shown = Arc::new(next);
                }
                None => more = true,
            }
        }
        if more && *held(&self.0.took) <= PATIENCE {
            shown = Arc::new(self.joined()?);
            more = false;
        }
        self.show(shown);
        self.0.seen.store(seen, Relaxed);
        Ok(more)
    }

    /// Joins everything behind the state that is shown, until it is that of the ledger.
    fn join_behind(&self) -> Result<()> {
        loop {
            let mut next = self.joined()?;
            let _one = held(&self.0.building);
            let then = self.read(|ledger| Ok(ledger.position()?))?;
            if then.decisions != next.position.decisions {
                // Decisions that were made meanwhile are not lost from sight again.
                match self.read(|ledger| next.decided(ledger, self.codebook(), then.decisions))? {
                    Some(decided) => next = decided,
                    None => continue,
                }
            }
            let whole = next.position.readings == then.readings && !next.provisional;
            self.show(Arc::new(next));
            if whole {
                return Ok(());
            }
        }
    }

    /// What views of the present ledger are made from.
    fn made_from(&self, ledger: &Ledger) -> Result<String> {
        crate::desk::made_from(ledger, self.codebook())
    }

    /// Stores the views of the state that is shown while people go on reading.
    fn store_behind(&self) {
        if !self.0.storing.swap(true, Relaxed) {
            let app = self.clone();
            tokio::task::spawn_blocking(move || {
                // Many decisions in a row are stored together.
                std::thread::sleep(GATHERED);
                app.0.storing.store(false, Relaxed);
                // Views can be made again at any time; the next change tries again.
                let _ = app.store();
            });
        }
    }

    /// Stores the views of the state that is shown, unless it is no longer that of the ledger.
    fn store(&self) -> Result<()> {
        let mut stored = held(&self.0.stored);
        let shown = self.shown()?;
        let position = || self.read(|ledger| Ok(ledger.position()?));
        if shown.provisional || self.is_stale() || stored.position == Some(shown.position) {
            return Ok(());
        }
        let made_from = self.read(|ledger| self.made_from(ledger))?;
        // Whoever made it another meanwhile stores its views.
        if position()? != shown.position {
            return Ok(());
        }
        let mut ledger = Ledger::open(&self.settings().ledger)?;
        let tallies = self.read(|reader| shown.make_tallies(reader, self.codebook()).map(<[_]>::to_vec))?;
        if stored.made_from.is_empty() || !stored.change(&mut ledger, &made_from, &shown, &tallies)? {
            let edges: Vec<&Edge> = shown.knowledge.edges.iter().map(AsRef::as_ref).collect();
            ledger.append_run(&made_from, &edges)?;
            let events = shown.knowledge.events.iter().map(AsRef::as_ref);
            if !ledger.store_views_in_parts(&made_from, events, &tallies, &shown.forecasts)? {
                return Ok(());
            }
        }
        *stored = Stored::of(made_from, &shown);
        Ok(())
    }
}

impl Stored {
    fn of(made_from: String, shown: &Snapshot) -> Stored {
        let knowledge = &shown.knowledge;
        Stored {
            made_from,
            position: Some(shown.position),
            events: knowledge.events.clone(),
            edges: knowledge.edges.clone(),
        }
    }

    /// Writes only what differs; says whether that could be done.
    fn change(&self, ledger: &mut Ledger, made_from: &str, shown: &Snapshot, tallies: &[TallyCheck]) -> Result<bool> {
        let events = differing(&self.events, &shown.knowledge.events, |it| &it.id);
        let edges = differing(&self.edges, &shown.knowledge.edges, |it| &it.id);
        let changes = ViewChanges { gone: events.0, new: events.1, tallies: Some(tallies) };
        // An edge that is judged otherwise is written anew, not withdrawn.
        let written: std::collections::HashSet<&str> = edges.1.iter().map(|it| it.id.as_str()).collect();
        let withdrawn: Vec<&str> = edges.0.into_iter().filter(|it| !written.contains(it)).collect();
        Ok(ledger.change_views(&self.made_from, made_from, &edges.1, &withdrawn, &changes)?)
    }
}

/// Returns the ids of values that went or changed, and the values that are new or changed.
fn differing<'a, T: PartialEq>(
    before: &'a [Arc<T>],
    after: &'a [Arc<T>],
    id: fn(&T) -> &String,
) -> (Vec<&'a str>, Vec<&'a T>) {
    let known: HashMap<&str, &Arc<T>> = before.iter().map(|it| (id(it).as_str(), it)).collect();
    let same = |it: &Arc<T>| known.get(id(it).as_str()).is_some_and(|own| Arc::ptr_eq(own, it) || own == &it);
    let new: Vec<&T> = after.iter().filter(|it| !same(it)).map(AsRef::as_ref).collect();
    let kept: std::collections::HashSet<&str> = after.iter().filter(|it| same(it)).map(|it| id(it).as_str()).collect();
    let gone = before.iter().map(|it| id(it).as_str()).filter(|it| !kept.contains(it)).collect();
    (gone, new)
}

/// Runs work that waits for the disk or computes for long, away from the threads that serve.
///
/// # Errors
/// What `work` gives; a panic in it becomes a report.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Report::bug("a request broke off"))?
}
