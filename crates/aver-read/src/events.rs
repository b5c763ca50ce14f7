//! Event mentions with type, time, place and roles.

use crate::{Context, Found, actors::Actors, places::Places};
use aver_model::{Event, Statement, Time};

/// Finds event mentions, one record an occurrence, in text order; may add described perpetrators to `actors`.
pub fn find(
    _ctx: &Context<'_>,
    _actors: &mut Actors,
    _places: &Places,
    _times: &[Found<Time>],
    _statements: &[Found<Statement>],
) -> Vec<Found<Event>> {
    vec![]
}
