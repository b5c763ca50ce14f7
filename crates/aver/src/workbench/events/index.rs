//! What the list of events is filtered by, computed once a snapshot.

use aver_model::{LedgerEvent, Reading};

/// One entry an event, in the order of the list.
pub struct Index {}

impl Index {
    /// Prepares the index.
    pub fn new(_events: &[LedgerEvent], _readings: &[Reading]) -> Index {
        Index {}
    }
}
