//! Events to files that others read: CSV, JSON, GeoJSON, ACLED's columns, each with its evidence.
//!
//! In: a [`View`], the events to hand out and what they rest on. Out: named files
//! as bytes. Every format says what it cannot carry, and every value of a table is
//! traced to words in `evidence.csv`.
//!
//! In the public profile private persons are masked, inside quotes too. Events
//! that an analyst rejected are never handed out. This crate writes no file.

mod acled;
mod csv;
mod evidence;
mod geojson;
mod iso;
mod json;
mod mask;
mod view;

#[cfg(test)]
mod tests;

pub use mask::Mask;
pub use view::{Profile, View};

/// A file to be written by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Name without folders: `events.csv`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Something that a format cannot carry; shown before every export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Stable kebab-case id.
    pub id: &'static str,
    /// One sentence.
    pub words: &'static str,
}

/// Why an export could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No event carries an estimate under this policy.
    #[error("no policy is called `{asked}`; known are {known}")]
    Policy {
        /// What was asked for.
        asked: String,
        /// The policies that the events carry.
        known: String,
    },
    /// A table could not be written.
    #[error("a table could not be written")]
    Table(#[from] ::csv::Error),
    /// A value could not be written as JSON.
    #[error("a value could not be written as JSON")]
    Json(#[from] serde_json::Error),
}

/// A way to hand the ledger to readers outside Averment.
pub trait Format: Sync {
    /// The word users type: `aver publish --format NAME`.
    fn name(&self) -> &'static str;
    /// One line for the list of formats.
    fn purpose(&self) -> &'static str;
    /// What this format cannot carry.
    fn losses(&self) -> &'static [Loss];
    /// Returns the files that carry the events of `view`, in its order.
    ///
    /// # Errors
    /// The view names an unknown policy, or a value cannot be written.
    fn files(&self, view: &View<'_>) -> Result<Vec<Output>, Error>;
}

/// Returns every format, in the order in which they are listed.
pub fn formats() -> &'static [&'static dyn Format] {
    &[&csv::Csv, &acled::Acled, &json::Json, &geojson::GeoJson]
}

/// Returns the format of that name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    formats().iter().copied().find(|it| it.name() == name)
}
