//! What each fuzz target does with its bytes; see `bodies`.

pub mod bodies;
