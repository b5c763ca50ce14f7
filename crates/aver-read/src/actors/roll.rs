//! The actors of one document while they are being found.
//!
//! In: namings from the finders of this folder. Out: [`super::Actors`], in order
//! of first mention. A token belongs to one name; phrases ("Somali police") may
//! hold the names they are made of.

use super::{
    ActorMention, Actors, LONGEST, Post,
    known::{Target, fold},
    parties::before_participle,
};
use crate::Context;
use aver_model::{Actor, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Actors and namings so far.
pub struct Roll<'a, 'c> {
    /// What is read.
    pub ctx: &'a Context<'c>,
    /// Actors in order of discovery; ids and spans are filled at the end.
    pub list: Vec<Actor>,
    /// Index of the actor that each belongs to, if told.
    pub parents: Vec<Option<usize>>,
    /// Namings so far, unordered until [`Roll::sort`].
    pub mentions: Vec<ActorMention>,
    /// Persons with the office they hold.
    pub posts: Vec<Post>,
    /// Actor of each token that is part of a name, `usize::MAX` for none.
    owner: Vec<usize>,
    /// Tokens of names that are no actor here: a country as the scene.
    reserved: Vec<bool>,
    /// Bodies by the name without their nation.
    pub bodies: BTreeMap<String, usize>,
    by_target: BTreeMap<(bool, usize), usize>,
    by_name: BTreeMap<String, usize>,
    seen: BTreeSet<(usize, usize, usize)>,
}

impl<'a, 'c> Roll<'a, 'c> {
    /// Starts an empty roll.
    pub fn new(ctx: &'a Context<'c>) -> Roll<'a, 'c> {
        Roll {
            ctx,
            list: vec![],
            parents: vec![],
            mentions: vec![],
            posts: vec![],
            owner: vec![usize::MAX; ctx.text.tokens.len()],
            reserved: vec![false; ctx.text.tokens.len()],
            bodies: BTreeMap::new(),
            by_target: BTreeMap::new(),
            by_name: BTreeMap::new(),
            seen: BTreeSet::new(),
        }
    }

    fn push(&mut self, name: String, kind: &str, codebook: Option<String>) -> usize {
        self.list.push(Actor { id: String::new(), name, kind: kind.to_owned(), codebook, mentions: vec![] });
        self.parents.push(None);
        self.list.len() - 1
    }

    /// Returns the actor of a codebook entry or listed state.
    pub fn known(&mut self, target: Target) -> usize {
        let key = match target {
            Target::Entry(at) => (true, at),
            Target::State(at) => (false, at),
        };
        if let Some(&actor) = self.by_target.get(&key) {
            return actor;
        }
        let codebook = self.ctx.codebook;
        let actor = match target {
            Target::Entry(at) => {
                let entry = &codebook.actors[at];
                self.push(entry.name.clone(), &entry.kind, Some(entry.id.clone()))
            }
            Target::State(at) => self.push(codebook.lexicon.nationalities[at].state.clone(), "state", None),
        };
        self.by_target.insert(key, actor);
        actor
    }

    /// Returns the actor of that name, new or known; `parent` keeps equal names of two bodies apart.
    pub fn named(&mut self, name: &str, kind: &str, parent: Option<usize>) -> usize {
        let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = format!("{}/{}", parent.map_or(String::new(), |it| it.to_string()), fold(&words));
        if let Some(&actor) = self.by_name.get(&key) {
            return actor;
        }
        let actor = self.push(words, kind, None);
        self.parents[actor] = parent;
        self.by_name.insert(key, actor);
        actor
    }

    /// Adds a naming by name: its tokens belong to it from now on.
    pub fn name(&mut self, tokens: Range<usize>, actor: usize) {
        for at in tokens.clone() {
            self.owner[at] = actor;
        }
        self.mention(tokens, actor, false);
    }

    /// Adds a naming whose words may belong to other names too.
    pub fn mention(&mut self, tokens: Range<usize>, actor: usize, resolved: bool) {
        if tokens.is_empty() || tokens.len() > LONGEST || !self.seen.insert((tokens.start, tokens.end, actor)) {
            return;
        }
        self.mentions.push(ActorMention { tokens, actor, resolved });
    }

    /// Keeps tokens from being taken for an unknown name.
    pub fn reserve(&mut self, tokens: Range<usize>) {
        self.reserved[tokens].fill(true);
    }

    /// Says whether a token belongs to no name.
    pub fn is_free(&self, token: usize) -> bool {
        self.owner(token).is_none() && !self.reserved.get(token).copied().unwrap_or(true)
    }

    /// Returns the actor whose name holds a token.
    pub fn owner(&self, token: usize) -> Option<usize> {
        self.owner.get(token).copied().filter(|&it| it != usize::MAX)
    }

    /// Returns the naming by name that covers a token, as the run of equal owners around it.
    pub fn name_around(&self, token: usize) -> Option<Range<usize>> {
        let actor = self.owner(token)?;
        let mut range = token..token + 1;
        while range.start > 0 && range.len() < LONGEST && self.owner[range.start - 1] == actor {
            range.start -= 1;
        }
        while range.end < self.owner.len() && range.len() < LONGEST && self.owner[range.end] == actor {
            range.end += 1;
        }
        Some(range)
    }

    /// Makes one actor of two: every naming of `from` is one of `into`.
    pub fn join(&mut self, from: usize, into: usize) {
        self.owner.iter_mut().filter(|it| **it == from).for_each(|it| *it = into);
        self.mentions.iter_mut().filter(|it| it.actor == from).for_each(|it| it.actor = into);
        for post in &mut self.posts {
            post.person = if post.person == from { into } else { post.person };
        }
        self.by_name.values_mut().filter(|it| **it == from).for_each(|it| *it = into);
    }

    /// Puts namings in text order; of two that start together the longer first.
    pub fn sort(&mut self) {
        self.mentions.sort_by_key(|it| (it.tokens.start, usize::MAX - it.tokens.end, it.actor));
    }

    /// Numbers the actors in order of first mention; actors without a naming are left out.
    pub fn finish(mut self) -> Actors {
        self.sort();
        let mut order: Vec<Option<usize>> = vec![None; self.list.len()];
        let mut list: Vec<Actor> = vec![];
        let mut old: Vec<usize> = vec![];
        for it in &mut self.mentions {
            let index = *order[it.actor].get_or_insert_with(|| {
                let mut actor = self.list[it.actor].clone();
                actor.id = format!("a{}", list.len() + 1);
                list.push(actor);
                old.push(it.actor);
                list.len() - 1
            });
            it.actor = index;
            list[index].mentions.push(named_span(self.ctx, &it.tokens));
        }
        let place = |actor: usize| order[actor];
        let parents = old.iter().map(|&it| self.parents[it].and_then(place)).collect();
        let posts = self
            .posts
            .into_iter()
            .filter_map(|it| Some(Post { person: place(it.person)?, of: place(it.of)?, ..it }))
            .collect();
        Actors::new(list, self.mentions, parents, posts)
    }
}

/// Returns the words of a naming; of "Zarka-backed" only the name.
fn named_span(ctx: &Context<'_>, tokens: &Range<usize>) -> Span {
    let span = ctx.text.span(tokens.clone());
    let last = ctx.text.lower(tokens.end - 1);
    let cut = before_participle(last).map_or(0, |it| last[it.len()..].chars().count());
    Span::new(span.start, span.end - cut)
}
