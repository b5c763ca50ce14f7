//! Stated ties between actors.

use crate::{Context, Found, actors::Actors, places::Places};
use aver_model::{Relation, Statement};

/// Finds relations, in text order.
pub fn find(_ctx: &Context<'_>, _actors: &Actors, _places: &Places, _statements: &[Found<Statement>]) -> Vec<Found<Relation>> {
    vec![]
}
