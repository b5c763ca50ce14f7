//! What an analyst may want to see: odd dates, sums that do not add up.

use crate::{Context, Found};
use aver_model::{Figure, Note, Time};

/// Finds notes, in text order.
pub fn find(ctx: &Context<'_>, _times: &[Found<Time>], _figures: &[Found<Figure>]) -> Vec<Note> {
    ctx.page.notes.clone()
}
