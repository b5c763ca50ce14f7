//! Warnings and promises, with the window in which they fall due.

use crate::{Context, Found, actors::Actors, places::Places};
use aver_model::{Forecast, Statement, Time};

/// Finds forecasts, in text order.
pub fn find(
    _ctx: &Context<'_>,
    _actors: &Actors,
    _places: &Places,
    _times: &[Found<Time>],
    _statements: &[Found<Statement>],
) -> Vec<Found<Forecast>> {
    vec![]
}
