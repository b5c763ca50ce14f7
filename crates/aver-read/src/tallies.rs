//! Sums over a period: "224 attacks between August and August".

use crate::{Context, Found};
use aver_model::{Event, Figure, Statement, Tally, Time};

/// Finds tallies, in text order.
pub fn find(
    _ctx: &Context<'_>,
    _times: &[Found<Time>],
    _events: &[Found<Event>],
    _figures: &mut [Found<Figure>],
    _statements: &[Found<Statement>],
) -> Vec<Found<Tally>> {
    vec![]
}
