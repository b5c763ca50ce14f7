//! Time expressions and the days they stand for.

use crate::{Context, Found};
use aver_model::Time;

/// Finds time expressions, in text order.
pub fn find(_ctx: &Context<'_>) -> Vec<Found<Time>> {
    vec![]
}
