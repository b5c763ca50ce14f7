//! Named places, resolved by gazetteer and codebook.

pub mod gazetteer;

use crate::{Context, Found};
use aver_model::{Place, Time};
use std::ops::Range;

/// The places of a document.
#[derive(Debug, Default)]
pub struct Places {
    /// Each place once.
    pub list: Vec<Place>,
    /// Every naming, in text order.
    pub mentions: Vec<PlaceMention>,
}

/// One naming of a place.
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// The words.
    pub tokens: Range<usize>,
    /// Index into [`Places::list`].
    pub place: usize,
}

/// Finds places.
pub fn find(_ctx: &Context<'_>, _times: &[Found<Time>]) -> Places {
    Places::default()
}
