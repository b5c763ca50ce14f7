//! The nouns of Averment, and nothing that acts on them.
//!
//! Two families of types live here: the published reading format
//! ([`reading`], what one document tells) and the knowledge that is built over
//! many readings ([`account`], [`decision`]). Every stage speaks in these types
//! and no stage sees another stage.
//!
//! No files, no clock, no network.

pub mod account;
pub mod calendar_words;
pub mod day;
pub mod decision;
pub mod document;
pub mod number_words;
pub mod reading;
pub mod span;
pub mod vocab;

pub use account::*;
pub use day::Day;
pub use decision::*;
pub use document::*;
pub use reading::*;
pub use span::{Offsets, Span};
pub use vocab::*;
