//! Figures: numbers with measure, operator, group and event.

use crate::{Context, Found, numbers::Number};
use aver_model::{Event, Figure, Statement};

/// Finds figures, in text order; a death toll without an event may add one to `events`.
pub fn find(
    _ctx: &Context<'_>,
    _numbers: &[Number],
    _events: &mut Vec<Found<Event>>,
    _statements: &[Found<Statement>],
) -> Vec<Found<Figure>> {
    vec![]
}
