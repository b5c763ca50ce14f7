//! The memory of Averment, and the only crate that writes: one SQLite file.
//!
//! In: documents with their bytes, readings, edges and decisions. Out: the same,
//! for ever. What is stored is never changed or removed; a newer reading or
//! decision is appended and the newest holds. Views over it (events, accounts,
//! estimates, tallies, forecasts) and the search index can be rebuilt at any
//! time from what was appended.
//!
//! The rule it keeps: when a call returns `Ok`, what it stored is on disk; when
//! it returns an error, or the process dies, nothing of it is.
//!
//! It has no clock (`when` is an argument), reads nothing from the environment,
//! and judges nothing. Start reading at [`Ledger`].
//!
//! ```no_run
//! # fn main() -> Result<(), aver_ledger::Error> {
//! # let (page, bytes, reading): (aver_model::Page, Vec<u8>, aver_model::Reading) = todo!();
//! use aver_ledger::{Added, Ledger};
//! let mut ledger = Ledger::open_or_create("articles.aver")?;
//! match ledger.add(&page, &bytes, &reading, &[], "2023-03-20T14:05:00Z")? {
//!     Added::New => println!("stored {}", page.document.file),
//!     Added::SameBytes(known) => println!("already on file as {}", known.file),
//! }
//! for reading in ledger.readings()? {
//!     println!("{}: {} events", reading.document.file, reading.events.len());
//! }
//! # Ok(()) }
//! ```

mod anchor;
mod chain;
mod decisions;
mod documents;
mod edges;
mod error;
mod find;
mod ledger;
mod pack;
mod position;
mod schema;
mod search;
mod verify;
mod views;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use anchor::{Reanchored, find_anchor, reanchor};
pub use chain::{check_chain, effective, link};
pub use documents::{Added, Addition, Appended, Filed};
pub use edges::RunChange;
pub use error::{Error, ErrorKind};
pub use find::find_nearest;
pub use ledger::{Counts, Ledger};
pub use pack::sha256;
pub use position::Position;
pub use search::{Hit, HitKind, index};
pub use verify::{Fault, VerifyReport};
pub use views::{ViewChanges, Views};
