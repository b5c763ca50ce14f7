//! What people decide: laid over readings, what to decide next, how far coders agree.
//!
//! In: readings, events, edges and the decisions that hold. Out: readings with the
//! people's values in place of the machine's; candidates for a decision, the one
//! that would move published numbers most first; agreement of two or more coders.
//!
//! Everything is a function of its arguments. Where a decision's words stand after
//! a new reading is the ledger's matter; here spans are those of the present text.

pub mod agreement;
mod coding;
mod overlay;
mod queue;
mod value;

#[cfg(test)]
mod tests;

pub use coding::{Agreement, Cell, Disagreement, agreement_by_field, cells, disagreements};
pub use overlay::{BY_HAND, lay_over};
pub use queue::{Candidate, Change, Queue, by_effect, candidates, effect, people, weight};
pub use value::{check_value, value_at};
