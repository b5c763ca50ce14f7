//! Named and described actors, and which words mean the same one.
//!
//! In: the text and its places. Out: [`Actors`]: every actor once, with every
//! naming. Later stages may add actors that are only described ("a resident of
//! the village") through [`Actors::resolve`] or [`Actors::add_described`].
//!
//! Equal descriptions are one actor ("some experts", "experts"). This module
//! does not judge whether two names in two documents are one actor.

mod aliases;
mod bodies;
mod coreference;
mod country;
mod known;
mod names;
mod parties;
mod posts;
mod roll;
#[cfg(test)]
mod tests;
mod words;

pub use parties::{before_participle, is_armed_word, party_at};
pub use words::Phrases;

use crate::{Context, places::Places};
use aver_codebook::Codebook;
use aver_model::Actor;
use std::{collections::BTreeMap, ops::Range};

/// No naming is longer; a longer phrase is found by its first tokens.
pub const LONGEST: usize = 40;

/// The actors of a document.
#[derive(Debug, Default)]
pub struct Actors {
    /// Each actor once; ids `a1`, `a2` … in order of first mention, later additions after.
    pub list: Vec<Actor>,
    /// Every naming found by [`find`], in text order; of two that start together the longer first.
    pub mentions: Vec<ActorMention>,
    /// Namings added by later stages, in text order.
    pub described: Vec<ActorMention>,
    /// Persons and the offices they are said to hold, in text order.
    pub posts: Vec<Post>,
    /// Actor → the actor it belongs to, when the words tell: "Somali police" → Somalia.
    parents: Vec<Option<usize>>,
    /// Description without determiner, lower case → actor.
    keys: BTreeMap<String, usize>,
}

/// A person (or unnamed holder) with an office: "Ann Doe, a spokeswoman for the ministry".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Who.
    pub person: usize,
    /// The office, lower case: "spokeswoman".
    pub office: String,
    /// Of which actor.
    pub of: usize,
    /// "former", "ex-".
    pub former: bool,
    /// From the first to the last word of name and office.
    pub tokens: Range<usize>,
}

/// What is worked out once per codebook.
#[derive(Default)]
pub struct Names {
    /// Aliases.
    known: known::Index,
    /// The lexicon.
    words: words::Words,
    /// Country → its state.
    states: BTreeMap<String, known::Target>,
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

impl Names {
    /// Works it out.
    pub fn new(codebook: &Codebook) -> Names {
        let mut states = BTreeMap::new();
        for (at, actor) in codebook.actors.iter().enumerate().filter(|(_, it)| it.kind == "state") {
            if let Some(country) = &actor.country {
                states.entry(country.clone()).or_insert(known::Target::Entry(at));
            }
        }
        for (at, nation) in codebook.lexicon.nationalities.iter().enumerate() {
            states.entry(nation.country.clone()).or_insert(known::Target::State(at));
        }
        Names { known: known::Index::new(codebook), words: words::Words::new(codebook), states }
    }
}

/// One naming of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention {
    /// The words.
    pub tokens: Range<usize>,
    /// Index into [`Actors::list`].
    pub actor: usize,
    /// A pronoun or nominal ("the group") resolved to it, not its name.
    pub resolved: bool,
}

impl Actors {
    fn new(list: Vec<Actor>, mentions: Vec<ActorMention>, parents: Vec<Option<usize>>, posts: Vec<Post>) -> Actors {
        Actors { list, mentions, posts, parents, ..Actors::default() }
    }

    /// Returns the actor that this one belongs to, when the words tell.
    pub fn parent(&self, actor: usize) -> Option<usize> {
        self.parents.get(actor).copied().flatten()
    }

    /// Returns the namings that share a token with the given ones, in text order.
    pub fn within(&self, tokens: Range<usize>) -> impl Iterator<Item = &ActorMention> {
        let near = |list: &'_ [ActorMention]| {
            let first = list.partition_point(|it| it.tokens.start + LONGEST < tokens.start);
            let last = list.partition_point(|it| it.tokens.start < tokens.end).max(first);
            first..last
        };
        let (found, added) = (near(&self.mentions), near(&self.described));
        self.mentions[found].iter().chain(&self.described[added]).filter(move |it| it.tokens.end > tokens.start)
    }

    /// Returns the actor whose naming covers most of the given tokens.
    pub fn at(&self, tokens: Range<usize>) -> Option<usize> {
        self.within(tokens.clone())
            .max_by_key(|it| {
                (
                    it.tokens.end.min(tokens.end) - it.tokens.start.max(tokens.start),
                    usize::MAX - it.tokens.len(),
                    usize::MAX - it.tokens.start,
                )
            })
            .map(|it| it.actor)
    }

    /// Returns the actor that a noun phrase stands for: the one whose naming holds its head.
    ///
    /// "the group's liaison" is not the group, "Lisa Ray, an expert at X" is Lisa Ray.
    pub fn of_phrase(&self, ctx: &Context<'_>, tokens: Range<usize>) -> Option<usize> {
        let head = head(ctx, tokens.clone())?;
        self.within(head..head + 1)
            .filter(|it| it.tokens.start <= head && head < it.tokens.end)
            .max_by_key(|it| it.tokens.end.min(tokens.end) - it.tokens.start.max(tokens.start))
            .map(|it| it.actor)
    }

    /// Returns the actor of a noun phrase, adding a described one when it names none.
    pub fn resolve(&mut self, ctx: &Context<'_>, tokens: Range<usize>, kind: &str) -> usize {
        match self.of_phrase(ctx, tokens.clone()) {
            Some(actor) => actor,
            None => self.add_described(ctx, tokens, kind),
        }
    }

    /// Adds an actor known only by a description ("residents of the village"), or one more
    /// naming of it when the same description was added before. Returns its index.
    pub fn add_described(&mut self, ctx: &Context<'_>, tokens: Range<usize>, kind: &str) -> usize {
        let end = tokens.end.min(tokens.start + LONGEST).min(ctx.text.tokens.len());
        let tokens = bare(ctx, tokens.start.min(end)..end);
        // "Omar, who lives abroad" is described by what stands before the comma.
        let stop = tokens.clone().skip(1).find(|&at| matches!(ctx.text.lower(at), "," | "(" | "—" | ";"));
        let tokens = tokens.start..stop.unwrap_or(tokens.end);
        let name = ctx.text.words(tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        let key = name.to_lowercase();
        let next = self.list.len();
        let actor = *self.keys.entry(key).or_insert(next);
        if actor == next {
            self.list.push(Actor {
                id: format!("a{}", next + 1),
                name,
                kind: kind.to_owned(),
                codebook: None,
                mentions: vec![],
            });
        }
        let span = ctx.text.span(tokens.clone());
        let spans = &mut self.list[actor].mentions;
        let at = spans.partition_point(|it| *it < span);
        if spans.get(at) != Some(&span) {
            spans.insert(at, span);
            let at = self.described.partition_point(|it| (it.tokens.start, it.tokens.end) < (tokens.start, tokens.end));
            self.described.insert(at, ActorMention { tokens, actor, resolved: false });
        }
        actor
    }

    /// Returns the id of an actor, for records.
    pub fn id(&self, actor: usize) -> String {
        self.list[actor].id.clone()
    }
}

/// Returns the phrase without the words that only count or point: "the", "some", "two".
fn bare(ctx: &Context<'_>, tokens: Range<usize>) -> Range<usize> {
    const BEFORE: &[&str] = &[
        "the",
        "a",
        "an",
        "some",
        "several",
        "many",
        "most",
        "other",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "two",
        "three",
        "few",
        "various",
        "certain",
        "unnamed",
        "unidentified",
        "both",
        "all",
        "one",
    ];
    let counts = |at: usize| {
        // "two of its commanders".
        let of = ctx.text.lower(at) == "of" && at > tokens.start && BEFORE.contains(&ctx.text.lower(at + 1));
        // "20 insurgents" are insurgents.
        let number = ctx.text.tokens[at].kind == crate::text::TokenKind::Number;
        of || number || BEFORE.contains(&ctx.text.lower(at))
    };
    let start = tokens.clone().take_while(|&at| counts(at)).count();
    if start == tokens.len() { tokens } else { tokens.start + start..tokens.end }
}

/// Returns the head of a noun phrase: its last word before a comma, preposition or clause.
fn head(ctx: &Context<'_>, tokens: Range<usize>) -> Option<usize> {
    const AFTER: &[&str] = &[
        "of", "for", "from", "in", "at", "on", "with", "who", "which", "that", "to", "by", "under", "near", "inside",
        "about", "against", "during", "after", "before", "since", "speaking", "familiar", "close", "based", "aka",
    ];
    let end = tokens.end.min(ctx.text.tokens.len());
    let mut head = None;
    for at in tokens.start..end {
        let token = &ctx.text.tokens[at];
        if token.kind == crate::text::TokenKind::Word {
            if head.is_some() && AFTER.contains(&token.lower.as_str()) {
                break;
            }
            if token.lower != "'s" && token.lower != "'" {
                head = Some(at);
            }
        } else if head.is_some() && matches!(token.lower.as_str(), "," | "(" | ";" | ":" | "—" | "–" | "--") {
            break;
        }
    }
    head
}

/// Finds actors.
pub fn find(ctx: &Context<'_>, places: &Places) -> Actors {
    let mut roll = roll::Roll::new(ctx);
    country::name_known(&mut roll, places);
    names::find(&mut roll, places);
    bodies::find(&mut roll);
    aliases::join(&mut roll);
    names::teach(&mut roll);
    posts::find(&mut roll);
    coreference::resolve(&mut roll);
    posts::find_resolved(&mut roll);
    roll.finish()
}
