//! The desk: a ledger and a codebook, joined to knowledge.
//!
//! The one place that runs the stages after reading, in order: link, events,
//! tallies, forecasts. What it makes is a function of readings, reprints,
//! decisions and codebook; it is stored as views only so that it can be searched.

use crate::decided::{Fate, Placed};
use crate::moment::{At, Scope};
use crate::report::{Report, Result, file_error};
use aver_codebook::Codebook;
use aver_ingest::fingerprint::Fingerprint;
use aver_ledger::{Filed, Ledger, Views};
use aver_model::*;
use aver_reconcile::{Linking, Reprints};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Everything that follows from what is on file.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Judgments on pairs of event mentions.
    pub edges: Vec<Edge>,
    /// Events, most disputed first.
    pub events: Vec<LedgerEvent>,
    /// Tallies against the events.
    pub tallies: Vec<TallyCheck>,
    /// Actors over all documents.
    pub actors: Vec<ActorRecord>,
    /// Relations with both sides.
    pub relations: Vec<RelationRecord>,
    /// The decisions that hold, each with what became of its words.
    pub decided: Vec<Placed>,
}

impl Knowledge {
    /// Joins readings to knowledge; `filed` carries the fingerprints that tell reprints.
    ///
    /// `decisions` are those that hold. They are laid over the readings anew each time,
    /// wherever their words stand.
    pub fn build(readings: &[Reading], filed: &[Filed], decisions: &[Decision], codebook: &Codebook) -> Knowledge {
        Knowledge::build_from(readings, filed, decisions, codebook, None).0
    }

    /// As [`Knowledge::build`]; takes over what was compared `before`, and returns what is compared now.
    ///
    /// The knowledge is the same with any `before`, and without.
    pub fn build_from(
        readings: &[Reading],
        filed: &[Filed],
        decisions: &[Decision],
        codebook: &Codebook,
        before: Option<&Linking>,
    ) -> (Knowledge, Linking) {
        let decided = crate::decided::place(decisions, readings);
        let held = decided.iter().filter(|it| it.fate != Fate::Orphaned);
        let decisions: Vec<Decision> = held.map(|it| it.decision.clone()).collect();
        let readings = laid_over(readings, &decisions);
        let readings: Vec<&Reading> = readings.iter().map(Cow::as_ref).collect();
        let reprints = reprints(filed);
        let (edges, linking) = crate::linked::link(&readings, &reprints, &decisions, codebook, before);
        let mut events = aver_reconcile::events(&readings, &edges, &reprints, &decisions, codebook);
        events.sort_by(list_order);
        let tallies = aver_reconcile::tallies(&readings, &events, codebook);
        let actors = aver_reconcile::actors(&readings, codebook);
        let relations = aver_reconcile::relations(&readings, codebook);
        (Knowledge { edges, events, tallies, actors, relations, decided }, linking)
    }

    /// Returns the event whose id is or begins with `id`.
    ///
    /// # Errors
    /// None, or more than one.
    pub fn event(&self, id: &str) -> Result<&LedgerEvent> {
        event(self.events.iter(), id)
    }
}

/// The order of the list: most disputed first.
pub fn list_order(a: &LedgerEvent, b: &LedgerEvent) -> std::cmp::Ordering {
    let rank = |it: &LedgerEvent| {
        let day = it.time.as_ref().and_then(|it| it.end.or(it.start));
        (std::cmp::Reverse(it.disputed.len()), it.background, std::cmp::Reverse(it.accounts.len()), day)
    };
    rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
}

/// Returns the event whose id is or begins with `id`.
///
/// # Errors
/// None, or more than one.
pub fn event<'e>(events: impl Iterator<Item = &'e LedgerEvent>, id: &str) -> Result<&'e LedgerEvent> {
    let mut found = events.filter(|it| it.id.starts_with(id));
    match (found.next(), found.next()) {
        (Some(event), None) => Ok(event),
        (None, _) => {
            Err(Report::input("event-not-found", format!("there is no event `{id}`")).next("`aver events` lists them"))
        }
        (Some(first), Some(second)) => {
            Err(Report::input("event-ambiguous", format!("`{id}` is the beginning of several ids"))
                .next(format!("write {} or {}", first.id, second.id)))
        }
    }
}

/// Returns what views of a ledger are made from, in words; it changes when they must be made anew.
///
/// # Errors
/// The ledger cannot be read.
pub fn made_from(ledger: &Ledger, codebook: &Codebook) -> Result<String> {
    Ok(format!("{} {} {}", ledger.stamp()?, codebook.version, env!("CARGO_PKG_VERSION")))
}

/// Returns the readings with people's values in them; those without any are borrowed.
pub fn laid_over<'r>(readings: &'r [Reading], decisions: &[Decision]) -> Vec<Cow<'r, Reading>> {
    let mut ruled: std::collections::BTreeMap<&str, Vec<Decision>> = Default::default();
    for decision in decisions {
        if let Ruling::Accept { anchor }
        | Ruling::Reject { anchor }
        | Ruling::Correct { anchor, .. }
        | Ruling::State { anchor, .. } = &decision.ruling
            && anchor.field != "event"
        {
            ruled.entry(anchor.document.as_str()).or_default().push(decision.clone());
        }
    }
    let lay = |reading: &'r Reading| match ruled.get(reading.document.sha256.as_str()) {
        None => Cow::Borrowed(reading),
        Some(decisions) => {
            let mut laid = [reading.clone()];
            aver_review::lay_over(&mut laid, decisions);
            let [laid] = laid;
            Cow::Owned(laid)
        }
    };
    readings.iter().map(lay).collect()
}

/// Groups documents that print one story; looks only at pairs that share a band.
pub fn reprints(filed: &[Filed]) -> Reprints {
    let prints: Vec<Option<Fingerprint>> = filed.iter().map(|it| Fingerprint::from_bytes(&it.fingerprint)).collect();
    let mut by_band: std::collections::BTreeMap<(usize, u64), Vec<usize>> = Default::default();
    for (number, print) in prints.iter().enumerate() {
        for (band, key) in print.iter().flat_map(|it| it.bands()).enumerate() {
            by_band.entry((band, key)).or_default().push(number);
        }
    }
    let mut groups = vec![];
    for numbers in by_band.values().filter(|it| it.len() > 1) {
        let first = numbers[0];
        for &other in &numbers[1..] {
            if let (Some(a), Some(b)) = (&prints[first], &prints[other])
                && a.is_reprint(b)
            {
                groups.push(vec![filed[first].document.sha256.clone(), filed[other].document.sha256.clone()]);
            }
        }
    }
    Reprints::new(groups)
}

/// What is on file and what follows from it.
pub struct Refreshed {
    /// What follows.
    pub knowledge: Knowledge,
    /// The readings on file.
    pub readings: Vec<Reading>,
    /// Forecasts with their state.
    pub forecasts: Vec<ForecastState>,
}

/// A ledger and a codebook.
pub struct Desk {
    /// What is on file.
    pub ledger: Ledger,
    /// The field's knowledge.
    pub codebook: Cow<'static, Codebook>,
    /// Looks from then: what was published later, has no date, or was entered later is passed over.
    pub at: Option<At>,
}

impl Desk {
    /// Opens the ledger that the command line means.
    ///
    /// # Errors
    /// There is none, or it cannot be opened; the codebook has faults.
    pub fn open(cli: &crate::cli::Cli) -> Result<Desk> {
        let path = ledger_path(cli)?;
        Ok(Desk { ledger: Ledger::open(&path)?, codebook: codebook(cli)?, at: cli.at })
    }

    /// Opens the ledger that the command line means, or makes it.
    ///
    /// # Errors
    /// It cannot be made; the codebook has faults; an earlier moment is named.
    pub fn open_or_create(cli: &crate::cli::Cli) -> Result<Desk> {
        let path = ledger_path(cli)?;
        let desk = Desk { ledger: Ledger::open_or_create(&path)?, codebook: codebook(cli)?, at: cli.at };
        desk.must_be_now().map(|()| desk)
    }

    /// Returns what is seen from where the desk looks.
    ///
    /// # Errors
    /// The ledger has not come to that place; it cannot be read.
    pub fn scope(&self) -> Result<Scope> {
        self.at.unwrap_or(At::Now).scope(&self.ledger, today())
    }

    /// Returns the readings that are seen, from where the desk looks.
    ///
    /// # Errors
    /// The ledger cannot be read, or never stood there.
    pub fn readings(&self) -> Result<Vec<Reading>> {
        self.scope()?.readings(&self.ledger)
    }

    /// Joins everything that is seen to knowledge.
    ///
    /// # Errors
    /// The ledger cannot be read, or never stood there.
    pub fn knowledge(&self) -> Result<Knowledge> {
        let scope = self.scope()?;
        let (readings, filed) = (scope.readings(&self.ledger)?, scope.documents(&self.ledger)?);
        let made = self.ledger.decisions_at(scope.place)?;
        let seen: Vec<Decision> = scope.seen(&made, &filed).into_iter().cloned().collect();
        let (decisions, before) = (aver_ledger::effective(&seen), crate::linked::load(self.ledger.path()));
        Ok(Knowledge::build_from(&readings, &filed, &decisions, &self.codebook, before.as_ref()).0)
    }

    /// Refuses to write from an earlier moment: what is stored is stored now.
    ///
    /// # Errors
    /// The command line names a moment other than now.
    pub fn must_be_now(&self) -> Result<()> {
        match self.at {
            None | Some(At::Now) => Ok(()),
            Some(at) => Err(Report::input("writing-at-earlier-moment", format!("nothing can be stored as of {at}"))
                .at("--at")
                .next("leave `--at` out")),
        }
    }

    /// Joins everything anew and stores it, so that it can be searched.
    ///
    /// # Errors
    /// The ledger cannot be read or written.
    pub fn refresh(&mut self, now: Day) -> Result<Knowledge> {
        Ok(self.refreshed(now)?.knowledge)
    }

    /// As [`Desk::refresh`]; returns also from what it was made.
    ///
    /// # Errors
    /// The ledger cannot be read or written.
    pub fn refreshed(&mut self, now: Day) -> Result<Refreshed> {
        // What is stored is of everything, whatever day is looked from.
        self.at = None;
        let readings = self.readings()?;
        let decisions = self.ledger.effective_decisions()?;
        let (filed, before) = (self.ledger.documents()?, crate::linked::load(self.ledger.path()));
        let (mut knowledge, linking) =
            Knowledge::build_from(&readings, &filed, &decisions, &self.codebook, before.as_ref());
        crate::linked::store(self.ledger.path(), &linking, before.as_ref());
        let made_from = made_from(&self.ledger, &self.codebook)?;
        self.ledger.append_run(&made_from, &knowledge.edges)?;
        let forecasts = aver_reconcile::forecasts(&readings.iter().collect::<Vec<_>>(), now);
        // Lent to the views and taken back: they may be a hundred thousand.
        let (events, tallies) = (std::mem::take(&mut knowledge.events), std::mem::take(&mut knowledge.tallies));
        let views = Views { made_from, events, tallies, forecasts };
        self.ledger.store_views(&views)?;
        (knowledge.events, knowledge.tallies) = (views.events, views.tallies);
        Ok(Refreshed { knowledge, readings, forecasts: views.forecasts })
    }

    /// Returns the forecasts with their state on the day `now`, or that of the moment looked from.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub fn forecasts(&self, now: Option<Day>) -> Result<(Day, Vec<ForecastState>)> {
        let scope = self.scope()?;
        let (now, readings) = (now.unwrap_or(scope.today), scope.readings(&self.ledger)?);
        Ok((now, aver_reconcile::forecasts(&readings.iter().collect::<Vec<_>>(), now)))
    }
}

/// The variable that sets the clock, an instant such as 2026-11-22T09:30:00Z: the same inputs
/// then give the same ledger, to the byte.
pub const CLOCK: &str = "AVER_CLOCK";

/// Returns the instant that the clock was set to, if it was.
///
/// # Errors
/// It was set to what is no instant.
pub fn set_clock() -> Result<Option<jiff::Timestamp>> {
    let set = std::env::var(CLOCK).ok().filter(|it| !it.is_empty());
    set.map(|it| it.parse().map_err(|_| clock_not_understood(&it))).transpose()
}

fn clock_not_understood(set: &str) -> Report {
    Report::setup("clock-not-understood", format!("the clock is set to `{set}`, which is no instant"))
        .at(CLOCK)
        .next("write it as 2026-11-22T09:30:00Z, or leave it unset")
}

/// Returns the day that the clock shows.
pub fn today() -> Day {
    match set_clock() {
        Ok(Some(set)) => Day(set.to_zoned(jiff::tz::TimeZone::UTC).date()),
        _ => Day(jiff::Zoned::now().date()),
    }
}

/// Returns the instant that the clock shows, RFC 3339.
pub fn instant() -> String {
    match set_clock() {
        Ok(Some(set)) => set.to_string(),
        _ => jiff::Timestamp::now().to_string(),
    }
}

fn ledger_path(cli: &crate::cli::Cli) -> Result<PathBuf> {
    if let Some(path) = &cli.ledger {
        return Ok(path.clone());
    }
    let here = std::env::current_dir().map_err(|it| file_error(&it, Path::new(".")))?;
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    // The way here is told without links, so home must be too.
    let home = home.filter(|it| !it.is_empty()).map(|it| std::fs::canonicalize(&it).unwrap_or(it.into()));
    Ok(aver_ledger::find_nearest(&here, home.as_deref(), &user_data())?)
}

/// Returns the user's data folder for Averment.
pub fn user_data() -> PathBuf {
    let of = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    of("XDG_DATA_HOME")
        .or_else(|| of("HOME").map(|it| it.join(".local/share")))
        .or_else(|| of("LOCALAPPDATA"))
        .unwrap_or_else(|| PathBuf::from("."))
        .join("averment")
}

/// Loads the codebook that the command line means.
///
/// # Errors
/// Its faults, each with file and line.
pub fn codebook(cli: &crate::cli::Cli) -> Result<Cow<'static, Codebook>> {
    let Some(folder) = &cli.codebook else { return Ok(Cow::Borrowed(Codebook::builtin())) };
    let files = codebook_files(folder)?;
    Codebook::from_files(files.into_iter()).map(Cow::Owned).map_err(|error| {
        let faults: Vec<String> =
            error.faults.iter().map(|it| format!("{}:{}: {} ({})", it.file, it.line, it.message, it.hint)).collect();
        let message = format!("the codebook has {} faults\n{}", faults.len(), faults.join("\n"));
        Report::setup("codebook-faults", message)
            .at(folder.display())
            .next("mend the lines above and run `aver codebook check`")
    })
}

/// Reads every file of a codebook folder, with its path inside the folder.
///
/// # Errors
/// The folder cannot be read.
pub fn codebook_files(folder: &Path) -> Result<Vec<(String, String)>> {
    fn walk(folder: &Path, inside: &str, files: &mut Vec<(String, String)>) -> Result<()> {
        let entries = std::fs::read_dir(folder).map_err(|it| file_error(&it, folder))?;
        for entry in entries.flatten() {
            let path = entry.path();
            let name = format!("{inside}{}", entry.file_name().to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), files)?;
            } else if path.extension().is_some_and(|it| it == "md" || it == "toml") {
                files.push((name, std::fs::read_to_string(&path).map_err(|it| file_error(&it, &path))?));
            }
        }
        Ok(())
    }
    let mut files = vec![];
    walk(folder, "", &mut files)?;
    files.sort();
    Ok(files)
}
