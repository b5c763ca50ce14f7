//! Event mentions with type, time, place and roles.
//!
//! In: the text with its actors, places, times and statements. Out: one
//! [`Event`] an occurrence, with every mention of it, in text order.
//!
//! [`cues`] finds the words, [`mentions`] reads what stands around them,
//! [`merge`] decides which are one occurrence, [`roles`] fills the record. An act
//! that is only threatened, feared, denied or imagined gives no event. Naming a
//! perpetrator always keeps on whose word it rests.

mod blame;
mod booked;
mod bounds;
mod courts;
pub mod cues;
mod dated;
mod doers;
mod effects;
mod figurative;
mod frames;
mod implied;
mod listed;
mod mentions;
mod merge;
mod opening;
mod parsed;
mod patients;
mod phrases;
mod retold;
mod roles;
mod same;
mod sited;
#[cfg(test)]
mod tests;
mod types;
mod victims;

pub use cues::Cues;

use crate::{Context, Found, actors::Actors, places::Places};
use aver_model::{Event, Statement, Time};
use mentions::Surroundings;

/// Returns the words that tell events, for a document of which nothing else is read yet.
pub fn triggers(ctx: &Context<'_>) -> Vec<cues::Trigger> {
    let places = crate::places::find(ctx, &crate::times::find(ctx));
    let actors = crate::actors::find(ctx, &places);
    ctx.index.events.find(&frames::Sides { ctx, actors: &actors, places: &places })
}

/// Which event the word at a token tells: index of the event by token.
pub type Told = std::collections::HashMap<usize, usize>;

/// Finds events, one record an occurrence, in text order, and the words that tell them; may add described
/// perpetrators to `actors`.
pub fn find(
    ctx: &Context<'_>,
    actors: &mut Actors,
    places: &Places,
    times: &[Found<Time>],
    statements: &[Found<Statement>],
) -> (Vec<Found<Event>>, Told) {
    let triggers = ctx.index.events.find(&frames::Sides { ctx, actors: &*actors, places });
    let (mentions, occurrences) = {
        let around = Surroundings { ctx, actors: &*actors, places, times };
        let mut mentions = mentions::read(&around, triggers);
        let occurrences = merge::join(&around, &mut mentions);
        (mentions, occurrences)
    };
    let speakers = roles::Speakers::new(ctx, statements);
    let home = crate::places::Home::new(ctx, places);
    let mut records: Vec<(Found<Event>, &merge::Occurrence)> = occurrences
        .iter()
        .filter_map(|it| Some((roles::record(ctx, actors, places, times, &speakers, &home, &mentions, it)?, it)))
        .collect();
    records.sort_by_key(|(it, _)| (it.tokens.start, it.tokens.end));
    let words =
        |it: &merge::Occurrence| it.mentions.clone().into_iter().flat_map(|at| mentions[at].trigger.tokens.clone());
    let mut told: Told =
        records.iter().enumerate().flat_map(|(at, (_, it))| words(it).map(move |token| (token, at))).collect();
    for (at, (_, it)) in records.iter().enumerate() {
        let own = it.mentions.iter().flat_map(|&it| &mentions[it].own);
        told.extend(own.flat_map(|it| it.clone()).map(|token| (token, at)));
    }
    let mut out: Vec<Found<Event>> = records.into_iter().map(|(it, _)| it).collect();
    courts::add(ctx, actors, &told, &mut out);
    booked::add(ctx, actors, statements, &mut out);
    blame::add(ctx, actors, statements, &mut out);
    implied::add(ctx, actors, statements, &mut out);
    for (at, found) in out.iter_mut().enumerate() {
        found.record.id = format!("e{}", at + 1);
    }
    (out, told)
}
