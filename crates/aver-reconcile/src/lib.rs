//! Readings to events: links, accounts, estimates, tallies, forecasts due.
//!
//! In: what documents tell, which of them reprint each other, and what analysts
//! ruled. Out: edges with reasons, events with an account for every speaker, and
//! estimates under every named policy.
//!
//! Everything is a function of its arguments; the order of readings does not
//! matter, and nothing that a reading holds is changed or dropped.

mod anchor;
mod cluster;
mod digest;
mod dossiers;
mod kin;
mod likeness;
mod link;
mod linkage;
mod profile;
mod reprints;
mod scope;
mod sight;

mod accounts;
mod acts;
mod events;
pub mod policy;
mod speaker;
mod title;

mod actors;
mod changes;
mod contradictions;
mod forecasts;
mod grades;
mod relations;
mod swing;
mod tallies;
mod toll;
mod waves;

pub mod maverick;

#[cfg(test)]
mod tests;

pub use actors::actors;
pub use acts::{Act, Words, occurrences};
pub use changes::{Change, changes, known_at};
pub use contradictions::{Contradiction, Triangle, contradictions, triangles};
pub use dossiers::dossiers;
pub use events::{events, events_of};
pub use forecasts::forecasts;
pub use grades::{Grades, grades};
pub use link::{Link, Linker, Linking, Links, Verdict, event_id, link, ruled};
pub use relations::relations;
pub use reprints::Reprints;
pub use swing::{Swing, swings};
pub use tallies::tallies;
pub use toll::{ReportCount, Toll, toll};
pub use waves::{Part, parts};
