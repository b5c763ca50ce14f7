//! Views over the ledger: events with accounts and estimates, tallies, forecasts.
//!
//! In: what reconciling made of readings, codebook and decisions. Out: the same,
//! without reconciling again. Views are replaced as a whole in one transaction and
//! may be thrown away at any time. The columns beside the JSON are for people with
//! an SQL shell; this program reads back only the JSON.

use crate::ledger::to_json;
use crate::{Error, Ledger, search};
use aver_model::{Account, Edge, Estimate, ForecastState, LedgerEvent, TallyCheck};
use rusqlite::{OptionalExtension, Transaction, params};

/// Events of a part when views are stored in parts.
const PART: usize = 200;

/// Everything that reconciling makes, in the order in which it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Views {
    /// What they were made from, as the caller words it: [`Ledger::stamp`], the
    /// codebook's hash, the program's version, the day counted as today.
    pub made_from: String,
    /// The events.
    pub events: Vec<LedgerEvent>,
    /// The tallies, set against the events.
    pub tallies: Vec<TallyCheck>,
    /// The forecasts, with their state.
    pub forecasts: Vec<ForecastState>,
}

/// What came out otherwise since views were stored.
#[derive(Debug, Default)]
pub struct ViewChanges<'v> {
    /// Ids of events that are no more, or no more as they were.
    pub gone: Vec<&'v str>,
    /// Events that are new, or other than they were.
    pub new: Vec<&'v LedgerEvent>,
    /// The tallies, when one of them came out otherwise.
    pub tallies: Option<&'v [TallyCheck]>,
}

impl Ledger {
    /// Carries a change into the views stored, if they are still those made from `before`.
    ///
    /// Costs work for what changed, not for what is stored. Events that changed come
    /// last in the order of [`Ledger::load_views`] from then on. Returns whether it
    /// was done; if not, the views must be stored as a whole.
    ///
    /// # Errors
    /// As [`Ledger::store_views`].
    pub fn change_views(
        &mut self,
        before: &str,
        made_from: &str,
        edges: &[&Edge],
        withdrawn: &[&str],
        changes: &ViewChanges<'_>,
    ) -> Result<bool, Error> {
        const DOING: &str = "storing views";
        let path = self.path.clone();
        let change = self.begin(DOING)?;
        let stored = || -> rusqlite::Result<bool> {
            let standing: Option<String> = change
                .query_row("SELECT value FROM view_state WHERE name = 'made_from'", [], |row| row.get(0))
                .optional()?;
            if standing.as_deref() != Some(before) {
                return Ok(false);
            }
            crate::edges::append(&change, made_from, edges, withdrawn)?;
            alter(&change, changes)?;
            change.execute("UPDATE view_state SET value = ? WHERE name = 'made_from'", [made_from])?;
            Ok(true)
        };
        let stored = stored().and_then(|done| change.commit().map(|()| done));
        stored.map_err(|err| Error::from_sqlite(&path, DOING, err))
    }

    /// Puts views in the place of those stored as [`Ledger::store_views`] does, a part at a time.
    ///
    /// Others write between the parts, so nobody waits for long; until the last part is
    /// stored there are no views. Returns whether all was stored: another that stores
    /// views meanwhile goes before.
    ///
    /// # Errors
    /// As [`Ledger::store_views`].
    pub fn store_views_in_parts<'v>(
        &mut self,
        made_from: &str,
        events: impl Iterator<Item = &'v LedgerEvent> + Clone,
        tallies: &[TallyCheck],
        forecasts: &[ForecastState],
    ) -> Result<bool, Error> {
        let mut part = |work: &mut dyn FnMut(&Transaction<'_>) -> rusqlite::Result<bool>| {
            const DOING: &str = "storing views";
            let path = self.path.clone();
            let change = self.begin(DOING)?;
            let done = work(&change).and_then(|done| change.commit().map(|()| done));
            done.map_err(|err| Error::from_sqlite(&path, DOING, err))
        };
        part(&mut |change| {
            change.execute("DELETE FROM view_state WHERE name = 'made_from'", [])?;
            change.execute("INSERT OR REPLACE INTO view_state (name, value) VALUES ('storing', ?)", [made_from])?;
            Ok(true)
        })?;
        let ours = |change: &Transaction<'_>| -> rusqlite::Result<bool> {
            let standing =
                change.query_row("SELECT value FROM view_state WHERE name = 'storing'", [], |row| row.get(0));
            Ok(standing.optional()?.is_some_and(|it: String| it == made_from))
        };
        loop {
            let mut gone = 0;
            let is_ours = part(&mut |change| {
                if !ours(change)? {
                    return Ok(false);
                }
                for table in ["estimate", "account"] {
                    change.execute(
                        &format!("DELETE FROM {table} WHERE event IN (SELECT id FROM event LIMIT {PART})"),
                        [],
                    )?;
                }
                gone = change
                    .execute(&format!("DELETE FROM event WHERE id IN (SELECT id FROM event LIMIT {PART})"), [])?;
                Ok(true)
            })?;
            if !is_ours {
                return Ok(false);
            }
            if gone == 0 {
                break;
            }
        }
        let mut rest = events.clone().peekable();
        while rest.peek().is_some() {
            let these: Vec<&LedgerEvent> = rest.by_ref().take(PART).collect();
            let is_ours = part(&mut |change| {
                if !ours(change)? {
                    return Ok(false);
                }
                these.iter().try_for_each(|it| insert_whole(change, it)).map(|()| true)
            })?;
            if !is_ours {
                return Ok(false);
            }
        }
        part(&mut |change| {
            if !ours(change)? {
                return Ok(false);
            }
            change.execute_batch("DELETE FROM tally; DELETE FROM forecast;")?;
            insert_tallies(change, tallies)?;
            insert_forecasts(change, forecasts)?;
            search::replace_passages(change, None, &search::titles(events.clone()))?;
            finish(change, made_from).map(|()| true)
        })
    }

    /// Puts `views` in place of those stored, and their titles into the search index.
    ///
    /// # Errors
    /// [`Error::Mismatch`] when two events have one id; what [`Ledger::add`] gives
    /// when the disk refuses, after which the views are those stored before.
    pub fn store_views(&mut self, views: &Views) -> Result<(), Error> {
        const DOING: &str = "storing views";
        let mut ids: Vec<&str> = views.events.iter().map(|it| it.id.as_str()).collect();
        ids.sort_unstable();
        if let Some(double) = ids.windows(2).find(|it| it[0] == it[1]) {
            return Err(Error::Mismatch { what: format!("two events have the id {}", double[0]) });
        }
        let path = self.path.clone();
        let change = self.begin(DOING)?;
        let stored = replace(&change, views).and_then(|()| change.commit());
        stored.map_err(|err| Error::from_sqlite(&path, DOING, err))
    }

    /// Returns the stored views; `None` before the first were stored.
    ///
    /// Compare [`Views::made_from`] with what you would make them from to see
    /// whether they are still those of the ledger; [`Ledger::views_made_from`]
    /// tells it without loading them. Views that another version of the program
    /// wrote in a form this one cannot read are `None` too: they are made anew.
    ///
    /// # Errors
    /// [`Error::Damaged`] when the file cannot be read.
    pub fn load_views(&self) -> Result<Option<Views>, Error> {
        // One transaction, so that events and tallies are of one moment.
        let moment = self.sql("reading views", self.connection.unchecked_transaction())?;
        let Some(made_from) = self.views_made_from()? else { return Ok(None) };
        let events = self.view("SELECT content FROM event ORDER BY place_in_list")?;
        let tallies = self.view("SELECT content FROM tally ORDER BY place_in_list")?;
        let forecasts = self.view("SELECT content FROM forecast ORDER BY place_in_list")?;
        drop(moment);
        let (Some(events), Some(tallies), Some(forecasts)) = (events, tallies, forecasts) else { return Ok(None) };
        Ok(Some(Views { made_from, events, tallies, forecasts }))
    }

    /// Returns what the stored views were made from; `None` before the first were stored.
    ///
    /// # Errors
    /// [`Error::Damaged`] and the like.
    pub fn views_made_from(&self) -> Result<Option<String>, Error> {
        let rows =
            self.all("reading views", "SELECT value FROM view_state WHERE name = 'made_from'", [], |row| row.get(0))?;
        Ok(rows.into_iter().next())
    }

    /// Returns a stored view, or `None` when it is not in the form of this program.
    fn view<T: serde::de::DeserializeOwned>(&self, query: &str) -> Result<Option<Vec<T>>, Error> {
        let rows = self.all("reading views", query, [], |row| row.get::<_, String>(0))?;
        Ok(rows.iter().map(|content| serde_json::from_str(content).ok()).collect())
    }
}

fn alter(change: &Transaction<'_>, changes: &ViewChanges<'_>) -> rusqlite::Result<()> {
    for id in &changes.gone {
        for query in [
            "DELETE FROM estimate WHERE event = ?",
            "DELETE FROM account WHERE event = ?",
            "DELETE FROM event WHERE id = ?",
        ] {
            change.prepare_cached(query)?.execute([id])?;
        }
    }
    for event in &changes.new {
        insert_whole(change, event)?;
    }
    search::change_titles(change, &changes.gone, &search::titles(changes.new.iter().copied()))?;
    if let Some(tallies) = changes.tallies {
        change.execute("DELETE FROM tally", [])?;
        insert_tallies(change, tallies)?;
    }
    Ok(())
}

fn insert_whole(change: &Transaction<'_>, event: &LedgerEvent) -> rusqlite::Result<()> {
    insert_event(change, event)?;
    event.accounts.iter().try_for_each(|account| insert_account(change, &event.id, account))?;
    event.estimates.iter().try_for_each(|estimate| insert_estimate(change, &event.id, estimate))
}

fn insert_tallies(change: &Transaction<'_>, tallies: &[TallyCheck]) -> rusqlite::Result<()> {
    let mut insert = change.prepare_cached("INSERT INTO tally (id, speaker, counted, content) VALUES (?, ?, ?, ?)")?;
    tallies.iter().try_for_each(|it| insert.execute(params![it.id, it.speaker, it.counted, to_json(it)]).map(drop))
}

fn replace(change: &Transaction<'_>, views: &Views) -> rusqlite::Result<()> {
    change.execute_batch(
        "DELETE FROM estimate; DELETE FROM account; DELETE FROM event; DELETE FROM tally; DELETE FROM forecast;",
    )?;
    views.events.iter().try_for_each(|it| insert_whole(change, it))?;
    insert_tallies(change, &views.tallies)?;
    insert_forecasts(change, &views.forecasts)?;
    search::replace_passages(change, None, &search::titles(views.events.iter()))?;
    finish(change, &views.made_from)
}

fn insert_forecasts(change: &Transaction<'_>, forecasts: &[ForecastState]) -> rusqlite::Result<()> {
    let mut insert = change.prepare_cached("INSERT INTO forecast (id, speaker, state, content) VALUES (?, ?, ?, ?)")?;
    forecasts.iter().try_for_each(|it| insert.execute(params![it.id, it.speaker, it.state, to_json(it)]).map(drop))
}

/// Notes that the views stored are whole, and what they were made from.
fn finish(change: &Transaction<'_>, made_from: &str) -> rusqlite::Result<()> {
    change.execute("DELETE FROM view_state WHERE name = 'storing'", [])?;
    change.execute("INSERT OR REPLACE INTO view_state (name, value) VALUES ('made_from', ?)", [made_from]).map(drop)
}

fn insert_event(change: &Transaction<'_>, event: &LedgerEvent) -> rusqlite::Result<()> {
    let start = event.time.as_ref().and_then(|it| it.start).map(|it| it.to_string());
    let end = event.time.as_ref().and_then(|it| it.end).map(|it| it.to_string());
    let place = event.place.as_ref().map(|it| &it.name);
    let country = event.place.as_ref().and_then(|it| it.country.as_ref());
    change
        .prepare_cached(
            "INSERT INTO event (id, title, type, start, \"end\", place, country, lat, lon, accounts, disputed, review, content)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            event.id,
            event.title,
            event.kind,
            start,
            end,
            place,
            country,
            event.lat,
            event.lon,
            event.accounts.len() as i64,
            to_json(&event.disputed),
            event.review,
            to_json(event)
        ])?;
    Ok(())
}

fn insert_account(change: &Transaction<'_>, event: &str, account: &Account) -> rusqlite::Result<()> {
    change
        .prepare_cached(
            "INSERT INTO account (id, event, document, file, source, speaker, codebook, voice, stances, figures)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            account.id,
            event,
            account.document,
            account.file,
            account.source,
            account.speaker,
            account.codebook,
            account.voice,
            to_json(&account.stances),
            to_json(&account.figures)
        ])?;
    Ok(())
}

fn insert_estimate(change: &Transaction<'_>, event: &str, it: &Estimate) -> rusqlite::Result<()> {
    // SQLite's integers end at 2^63; a figure beyond that is shown as the greatest.
    let bound = |value: Option<u64>| value.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    change
        .prepare_cached(
            "INSERT INTO estimate (event, measure, policy, low, best, high, indeterminate, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![event, it.measure, it.policy, bound(it.low), bound(it.best), bound(it.high), it.indeterminate, it.why])?;
    Ok(())
}
