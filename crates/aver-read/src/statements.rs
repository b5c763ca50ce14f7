//! Who says what: speaker, cue, content, stance.

use crate::{Context, Found, actors::Actors};
use aver_codebook::Codebook;
use aver_model::{Event, Figure, Forecast, Relation, Statement, Tally, Time};

/// Words that tie a speaker to a content, ready to look up.
#[derive(Debug, Default)]
pub struct Cues;

impl Cues {
    /// Makes every form of the codebook's cues.
    pub fn new(_codebook: &Codebook) -> Cues {
        Cues
    }
}

/// Finds statements, in text order; may add speakers to `actors`.
pub fn find(_ctx: &Context<'_>, _actors: &mut Actors, _times: &[Found<Time>]) -> Vec<Found<Statement>> {
    vec![]
}

/// Fills `about` with the ids of what stands inside each statement's content.
pub fn attach(
    _statements: &mut [Found<Statement>],
    _events: &[Found<Event>],
    _figures: &[Found<Figure>],
    _relations: &[Found<Relation>],
    _forecasts: &[Found<Forecast>],
    _tallies: &[Found<Tally>],
) {
}
