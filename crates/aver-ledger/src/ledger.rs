//! Opening a ledger, and the small things every part of it needs.
//!
//! In: a path. Out: a [`Ledger`] whose file is known to be a ledger of this
//! program's format, or an [`Error`] that says what the file is instead.
//!
//! A half-made file (the process died while creating it) is either empty or whole,
//! because the tables are made in one transaction.

use crate::{Error, schema};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// The length of the shortest SQLite file that is not empty.
const SHORTEST: u64 = 512;

/// One ledger file, opened.
///
/// Any number of processes may read while one writes; a second writer waits up
/// to five seconds and then gets [`Error::Locked`]. The value can be sent to
/// another thread, but not shared: put it behind a lock.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    read_only: bool,
}

/// How much a ledger holds. "Current" counts only the newest reading of each document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents on file.
    pub documents: u64,
    /// Readings ever stored.
    pub readings: u64,
    /// Statements in current readings.
    pub statements: u64,
    /// Event mentions in current readings.
    pub mentions: u64,
    /// Edges that stand.
    pub edges: u64,
    /// Decisions ever made, undoings included.
    pub decisions: u64,
    /// Events in the stored views.
    pub events: u64,
    /// Accounts in the stored views.
    pub accounts: u64,
    /// Tallies in the stored views.
    pub tallies: u64,
    /// Forecasts in the stored views.
    pub forecasts: u64,
}

impl Ledger {
    /// Opens the ledger at `path` for reading and writing; brings an older format up to date.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Empty`], [`Error::NotALedger`],
    /// [`Error::NewerFormat`], [`Error::ReadOnly`], [`Error::CannotOpen`],
    /// [`Error::Damaged`], [`Error::Locked`].
    pub fn open(path: impl AsRef<Path>) -> Result<Ledger, Error> {
        let path = existing(path.as_ref())?;
        let ledger = Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, false)?;
        if ledger.is_blank()? {
            return Err(Error::Empty { path: ledger.path });
        }
        ledger.set_up()
    }

    /// Opens the ledger at `path` for reading; it need not be writable, nor its folder.
    ///
    /// # Errors
    /// As [`Ledger::open`]; a ledger of an older format gives [`Error::OlderFormat`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Ledger, Error> {
        let path = existing(path.as_ref())?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let ledger =
            match Ledger::connect(path.clone(), flags, true).and_then(|it| it.is_blank().map(|blank| (it, blank))) {
                Err(Error::ReadOnly { .. } | Error::CannotOpen { .. }) if !has_unfinished_log(&path) => {
                    // A folder that cannot be written: nobody can be writing, so no locks are needed.
                    let ledger = Ledger::connect_immutable(path)?;
                    ledger.is_blank().map(|blank| (ledger, blank))
                }
                other => other,
            };
        let (ledger, blank) = ledger?;
        if blank {
            return Err(Error::Empty { path: ledger.path });
        }
        let found = ledger.format()?;
        if found < schema::newest() {
            return Err(Error::OlderFormat { path: ledger.path, found, wanted: schema::newest() });
        }
        Ok(ledger)
    }

    /// Makes a new ledger at `path`, with its folders.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when anything stands at `path`, else as [`Ledger::open`].
    pub fn create(path: impl AsRef<Path>) -> Result<Ledger, Error> {
        let path = path.as_ref().to_path_buf();
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|err| cannot_open(folder, &err))?;
        }
        match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(_) => {}
            Err(err) if err.kind() == std::io::ErrorKind::AlreadyExists => return Err(Error::AlreadyThere { path }),
            Err(err) => return Err(cannot_open(&path, &err)),
        }
        Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, false)?.set_up()
    }

    /// Opens the ledger at `path`, or makes it; an empty file becomes a ledger.
    ///
    /// # Errors
    /// As [`Ledger::open`] and [`Ledger::create`], without `NotFound`, `Empty` and `AlreadyThere`.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Ledger, Error> {
        match Ledger::create(path.as_ref()) {
            Err(Error::AlreadyThere { .. }) => {
                let path = existing(path.as_ref())?;
                Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, false)?.set_up()
            }
            other => other,
        }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says whether the ledger was opened for reading only.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Returns how much the ledger holds.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn counts(&self) -> Result<Counts, Error> {
        let count = |sql: &str| self.one::<u64>("counting", &format!("SELECT count(*) FROM {sql}"));
        Ok(Counts {
            documents: count("document")?,
            readings: count("reading")?,
            statements: count("passage WHERE kind = 'statement'")?,
            mentions: count("passage WHERE kind = 'mention'")?,
            edges: count("current_edge")?,
            decisions: count("decision")?,
            events: count("event")?,
            accounts: count("account")?,
            tallies: count("tally")?,
            forecasts: count("forecast")?,
        })
    }

    fn connect(path: PathBuf, flags: OpenFlags, read_only: bool) -> Result<Ledger, Error> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&path, flags).map_err(|err| Error::from_sqlite(&path, "opening", err))?;
        Ledger { connection, path, read_only }.configured()
    }

    pub(crate) fn connect_immutable(path: PathBuf) -> Result<Ledger, Error> {
        let absolute = std::path::absolute(&path).map_err(|err| cannot_open(&path, &err))?;
        let mut address = String::from("file:");
        for byte in absolute.as_os_str().as_encoded_bytes() {
            match byte {
                b'?' | b'#' | b'%' => address.push_str(&format!("%{byte:02x}")),
                0x20..=0x7e => address.push(char::from(*byte)),
                _ => address.push_str(&format!("%{byte:02x}")),
            }
        }
        address.push_str("?immutable=1");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(address, flags).map_err(|err| Error::from_sqlite(&path, "opening", err))?;
        Ledger { connection, path, read_only: true }.configured()
    }

    /// Opens a ledger that is nowhere stored, without the guards and references of one that is.
    pub(crate) fn in_memory() -> Result<Ledger, Error> {
        let path = PathBuf::from(":memory:");
        let made = Connection::open_in_memory().and_then(|it| {
            it.execute_batch("PRAGMA foreign_keys = OFF")?;
            schema::MIGRATIONS.iter().try_for_each(|step| it.execute_batch(step))?;
            Ok(it)
        });
        let connection = made.map_err(|err| Error::from_sqlite(&path, "opening", err))?;
        Ok(Ledger { connection, path, read_only: false })
    }

    fn configured(self) -> Result<Ledger, Error> {
        self.sql("opening", self.connection.busy_timeout(PATIENCE))?;
        self.sql(
            "opening",
            self.connection.execute_batch(
                "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA cache_size = -65536; PRAGMA trusted_schema = OFF;",
            ),
        )?;
        self.connection.set_prepared_statement_cache_capacity(64);
        Ok(self)
    }

    /// Says whether the file has no tables and no mark; refuses what is not a ledger.
    fn is_blank(&self) -> Result<bool, Error> {
        let application: i64 = self.one("opening", "PRAGMA application_id")?;
        let found = self.format()?;
        let tables: i64 = self.one("opening", "SELECT count(*) FROM sqlite_schema")?;
        if application == 0 && found == 0 && tables == 0 {
            return Ok(true);
        }
        if application != schema::APPLICATION {
            let found = "it is an SQLite file of another program".to_string();
            return Err(Error::NotALedger { path: self.path.clone(), found });
        }
        if found > schema::newest() {
            return Err(Error::NewerFormat { path: self.path.clone(), found, known: schema::newest() });
        }
        Ok(false)
    }

    fn format(&self) -> Result<i64, Error> {
        self.one("opening", "PRAGMA user_version")
    }

    /// Brings a blank or older file to the newest format and sets how it is written.
    fn set_up(mut self) -> Result<Ledger, Error> {
        self.is_blank()?;
        if self.connection.is_readonly("main").unwrap_or(false) {
            return Err(Error::ReadOnly { path: self.path });
        }
        self.set_journal()?;
        self.sql("opening", self.connection.execute_batch("PRAGMA synchronous = FULL;"))?;
        if self.format()? == schema::newest() {
            return Ok(self);
        }
        let path = self.path.clone();
        let refused = |err| Error::from_sqlite(&path, "making the tables", err);
        let change = self.begin("making the tables")?;
        // Asked again inside the transaction: another process may have been first.
        let found: i64 = change.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(refused)?;
        for step in schema::MIGRATIONS.iter().skip(found.max(0) as usize) {
            change.execute_batch(step).map_err(refused)?;
        }
        if found == 0 {
            for (_, guard) in schema::guards() {
                change.execute_batch(&guard).map_err(refused)?;
            }
        }
        let marks =
            format!("PRAGMA application_id = {}; PRAGMA user_version = {};", schema::APPLICATION, schema::newest());
        change.execute_batch(&marks).map_err(refused)?;
        change.commit().map_err(refused)?;
        Ok(self)
    }

    /// Turns on the write-ahead log. SQLite does not wait by itself for this one lock.
    fn set_journal(&self) -> Result<(), Error> {
        let started = Instant::now();
        loop {
            let answer = self.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
            match answer.map_err(|err| Error::from_sqlite(&self.path, "opening", err)) {
                Ok(_) => return Ok(()),
                Err(Error::Locked { .. }) if started.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(2))
                }
                Err(err) => return Err(err),
            }
        }
    }

    /// Starts a change that holds the write lock from its first moment.
    pub(crate) fn begin(&mut self, doing: &'static str) -> Result<Transaction<'_>, Error> {
        if self.read_only {
            return Err(Error::ReadOnly { path: self.path.clone() });
        }
        let path = &self.path;
        self.connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|err| Error::from_sqlite(path, doing, err))
    }

    /// Passes an answer of the database on, or says what its refusal means.
    pub(crate) fn sql<T>(&self, doing: &'static str, answer: rusqlite::Result<T>) -> Result<T, Error> {
        answer.map_err(|err| Error::from_sqlite(&self.path, doing, err))
    }

    /// Returns the one value a query gives.
    pub(crate) fn one<T: rusqlite::types::FromSql>(&self, doing: &'static str, query: &str) -> Result<T, Error> {
        self.sql(doing, self.connection.query_row(query, [], |row| row.get(0)))
    }

    /// Returns every row of a query, in its order.
    pub(crate) fn all<T>(
        &self,
        doing: &'static str,
        query: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.sql(doing, self.connection.prepare_cached(query))?;
        let rows = self.sql(doing, statement.query_map(values, read))?;
        self.sql(doing, rows.collect())
    }

    /// Reads stored JSON, or says which row is damaged.
    pub(crate) fn parse<T: serde::de::DeserializeOwned>(
        &self,
        what: impl FnOnce() -> String,
        json: &str,
    ) -> Result<T, Error> {
        serde_json::from_str(json).map_err(|err| Error::Damaged {
            path: self.path.clone(),
            what: format!("{} is not in its format ({err})", what()),
        })
    }
}

/// Writes a value of ours as JSON.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the model's types have string keys and no failing parts")
}

fn existing(path: &Path) -> Result<PathBuf, Error> {
    match std::fs::metadata(path) {
        Ok(facts) if facts.is_dir() => {
            Err(Error::NotALedger { path: path.to_path_buf(), found: "it is a folder".into() })
        }
        // SQLite would take a file this short for an empty one and write over it.
        Ok(facts) if (1..SHORTEST).contains(&facts.len()) => {
            Err(Error::NotALedger { path: path.to_path_buf(), found: "it is too short".into() })
        }
        // Opened once without SQLite, because the system says better why it refuses.
        Ok(_) => match std::fs::File::open(path) {
            Ok(_) => Ok(path.to_path_buf()),
            Err(err) => Err(cannot_open(path, &err)),
        },
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => Err(Error::NotFound { path: path.to_path_buf() }),
        Err(err) => Err(cannot_open(path, &err)),
    }
}

fn cannot_open(path: &Path, err: &std::io::Error) -> Error {
    let path = path.to_path_buf();
    match err.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::DiskFull { path },
        std::io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly { path },
        std::io::ErrorKind::PermissionDenied => Error::CannotOpen { path, why: "permission denied".into() },
        _ => Error::CannotOpen { path, why: err.to_string() },
    }
}

fn has_unfinished_log(path: &Path) -> bool {
    let mut name = path.as_os_str().to_os_string();
    name.push("-wal");
    std::fs::metadata(name).is_ok_and(|it| it.len() > 0)
}
