//! Named and described actors, and which words mean the same one.

use crate::{Context, places::Places};
use aver_model::Actor;
use std::ops::Range;

/// The actors of a document.
#[derive(Debug, Default)]
pub struct Actors {
    /// Each actor once; ids `a1`, `a2` … in order of first mention.
    pub list: Vec<Actor>,
    /// Every naming, in text order.
    pub mentions: Vec<ActorMention>,
}

/// One naming of an actor.
#[derive(Debug, Clone)]
pub struct ActorMention {
    /// The words.
    pub tokens: Range<usize>,
    /// Index into [`Actors::list`].
    pub actor: usize,
    /// A pronoun or nominal ("the group") resolved to it, not its name.
    pub resolved: bool,
}

impl Actors {
    /// Returns the actor whose naming covers most of the given tokens.
    pub fn at(&self, tokens: Range<usize>) -> Option<usize> {
        self.mentions
            .iter()
            .filter(|it| it.tokens.start < tokens.end && tokens.start < it.tokens.end)
            .max_by_key(|it| (it.tokens.end.min(tokens.end) - it.tokens.start.max(tokens.start), usize::MAX - it.tokens.start))
            .map(|it| it.actor)
    }
}

/// Finds actors.
pub fn find(_ctx: &Context<'_>, _places: &Places) -> Actors {
    Actors::default()
}
