//! Which event a figure is about, and whose word it stands on.
//!
//! In: events and statements, sorted once by sentence. Out: the nearest event
//! that such a figure can be about, in the same sentence or the few before it,
//! and the innermost statement whose content holds it.

use crate::text::Role;
use crate::{Context, Found, claims, events::Told};
use aver_model::{Event, OUTLET, Span, Statement, Time, UNSPECIFIED};
use std::ops::Range;

/// How many sentences back a figure may look for its event.
const BACK: usize = 3;
/// How many events a title may look at.
const AHEAD: usize = 20;
/// A content longer than this in sentences is looked up only in its first ones.
const LONGEST: usize = 60;
/// How many tokens and mentions away an event in the same sentence is looked for.
const AWAY: usize = 400;
/// See [`AWAY`].
const ABOUT: usize = 64;

/// How many words up the tree an event is looked for.
const UP: usize = 12;

/// A statement that begins more characters back is not looked at for its speaker.
const FAR: usize = 2000;

/// The event beside a figure.
#[derive(Debug, Clone, Copy)]
pub struct Near {
    /// Its index.
    pub event: usize,
    /// The figure hangs on its words, or stands behind them in the same sentence.
    pub firm: bool,
}

/// Events and statements by sentence.
pub struct Links<'a> {
    ctx: &'a Context<'a>,
    events: &'a [Found<Event>],
    told: &'a Told,
    statements: &'a [Found<Statement>],
    /// (first token of a mention, index of the event) by sentence.
    mentions: Vec<Vec<(usize, usize)>>,
    contents: Vec<Vec<usize>>,
}

impl<'a> Links<'a> {
    /// Sorts them.
    pub fn new(
        ctx: &'a Context<'a>,
        events: &'a [Found<Event>],
        told: &'a Told,
        statements: &'a [Found<Statement>],
    ) -> Links<'a> {
        let sentences = ctx.text.sentences.len();
        let (mentions, contents) = (vec![vec![]; sentences], vec![vec![]; sentences]);
        let mut found = Links { ctx, events, told, statements, mentions, contents };
        for (index, event) in events.iter().enumerate() {
            if let Some(token) = ctx.text.tokens.get(event.tokens.start) {
                found.mentions[token.sentence].push((event.tokens.start, index));
            }
            for span in event.record.mentions.iter().filter(|it| **it != event.record.span) {
                let at = found.token_at(*span);
                if let Some(token) = ctx.text.tokens.get(at) {
                    found.mentions[token.sentence].push((at, index));
                }
            }
        }
        found.mentions.iter_mut().for_each(|it| it.sort_by_key(|(at, _)| *at));
        let tells = |it: &&'a Found<Statement>| !claims::owns_earlier_words(ctx, &it.record);
        for (index, statement) in statements.iter().enumerate().filter(|it| tells(&it.1)) {
            let span = statement.record.content.span;
            let first = ctx.text.tokens.get(found.token_at(span)).map(|it| it.sentence);
            let end = ctx.text.offsets.to_byte(ctx.text.raw, span.end);
            let Some(first) = first else { continue };
            for sentence in (first..sentences).take(LONGEST).take_while(|&it| ctx.text.sentences[it].bytes.start < end)
            {
                found.contents[sentence].push(index);
            }
        }
        found
    }

    fn token_at(&self, span: Span) -> usize {
        let byte = self.ctx.text.offsets.to_byte(self.ctx.text.raw, span.start);
        self.ctx.text.tokens.partition_point(|it| it.bytes.end <= byte)
    }

    /// Returns the id of an event.
    pub fn id(&self, event: usize) -> String {
        self.events[event].record.id.clone()
    }

    /// Returns the event that stands beside a figure.
    pub fn event(&self, tokens: &Range<usize>, measure: &str) -> Option<Near> {
        let loose = |event| Near { event, firm: false };
        let sentence = self.ctx.text.tokens.get(tokens.start)?.sentence;
        if matches!(measure, "fighters" | "countries" | "locations") {
            return None;
        }
        if let Some(event) = self.by_tree(tokens, measure) {
            return Some(Near { event, firm: true });
        }
        let all = &self.mentions[sentence];
        let next = all.partition_point(|(at, _)| *at < tokens.start);
        let around = &all[next.saturating_sub(ABOUT)..(next + ABOUT).min(all.len())];
        let near = around.iter().filter(|(at, _)| at.abs_diff(tokens.start) <= AWAY);
        let here = near.filter(|(_, event)| self.suits(*event, measure));
        let nearest = here.min_by_key(|(at, _)| {
            // Borders between clauses count as distance: "an attack …, and 12 others died".
            let (from, to) = if *at < tokens.start { (*at, tokens.start) } else { (tokens.end.min(*at), *at) };
            let borders = (from..to)
                .filter(|it| matches!(self.ctx.text.lower(*it), ";" | "while" | "contrary" | "after" | "since"))
                .count();
            (to - from + borders * 10, *at)
        });
        if let Some((at, event)) = nearest {
            return Some(Near { event: *event, firm: *at < tokens.start });
        }
        if matches!(measure, "money" | "recruits" | "attacks" | "share") {
            return None;
        }
        let title = matches!(self.ctx.text.sentences[sentence].role, Role::Title | Role::Heading | Role::Caption)
            || sentence == 0;
        if title {
            // A title tells what the text tells further down.
            return (0..self.events.len().min(AHEAD))
                .find(|&it| self.events[it].tokens.start > tokens.start && self.suits(it, measure))
                .map(loose);
        }
        let before = (sentence.saturating_sub(BACK)..sentence).rev().find_map(|it| {
            let mut latest = self.mentions[it].iter().rev().take(ABOUT).map(|(_, event)| *event);
            latest.find(|&event| self.suits(event, measure) && !self.events[event].record.generic)
        });
        before.map(loose)
    }

    /// "the number of gunmen killed": the only words of the event are those of the toll itself.
    pub fn is_toll(&self, event: usize, toll: Option<usize>) -> bool {
        let event = &self.events[event];
        toll.is_some_and(|it| event.record.mentions.len() == 1 && event.tokens.contains(&it))
    }

    /// Says whether what a sentence with these times tells can be of the event; a late toll tells of an earlier day.
    pub fn may_be(&self, event: usize, times: &[Found<Time>], toll: bool) -> bool {
        let event = &self.events[event].record;
        let mut days = times.iter().filter_map(|it| Some((it.record.start?, it.record.end?)));
        let when = event.time.as_ref().map_or((None, None), |it| (it.start, it.end));
        !event.generic
            && !days.any(|(start, end)| match when {
                (Some(from), to) => end < from || !toll && to.is_some_and(|to| start > to),
                (None, _) => !toll,
            })
    }

    /// The event of the verb or noun that the number hangs on, or of what that word takes: "46 died | in strikes".
    fn by_tree(&self, tokens: &Range<usize>, measure: &str) -> Option<usize> {
        let trees = &self.ctx.text.trees;
        let told = |it: usize| self.told.get(&it).copied().filter(|&event| self.suits(event, measure));
        // "a number of other attacks": the words name it themselves.
        if let Some(event) = tokens.clone().rev().find_map(told) {
            return Some(event);
        }
        let inside = |it: Option<usize>| it.is_some_and(|it| tokens.contains(&it));
        let mut at = tokens.clone().find(|&it| trees.node(it).is_some_and(|node| !inside(node.head)))?;
        for _ in 0..UP {
            if let Some(event) = told(at).or_else(|| self.below(at, tokens, 2, &told)) {
                return Some(event);
            }
            let node = trees.node(at)?;
            // What somebody says is not told by the verb of saying.
            if node.is("ccomp") || node.is("parataxis") {
                return None;
            }
            at = node.head?;
        }
        None
    }

    /// An event named by what a word takes, a few words down, away from the number.
    fn below(
        &self,
        at: usize,
        not: &Range<usize>,
        depth: usize,
        told: &dyn Fn(usize) -> Option<usize>,
    ) -> Option<usize> {
        let trees = &self.ctx.text.trees;
        let takes = |it: &usize| {
            let node = trees.node(*it);
            !not.contains(it) && node.is_some_and(|it| ["obl", "nmod", "nsubj", "obj"].iter().any(|name| it.is(name)))
        };
        let mut taken = trees.children(at).iter().copied().filter(takes);
        taken.find_map(|it| told(it).or_else(|| if depth > 1 { self.below(it, not, depth - 1, told) } else { None }))
    }

    /// Says whether a figure of this measure can belong to the event.
    fn suits(&self, event: usize, measure: &str) -> bool {
        let kind = self.events[event].record.kind.as_str();
        let violent = self.ctx.codebook.event(kind).is_some_and(|it| it.violent);
        match measure {
            "captured" => matches!(kind, "arrest" | "security_operation") || violent && kind != "killing",
            "released" => matches!(kind, "prison_release" | "prisoner_swap" | "release"),
            "money" => matches!(kind, "financing" | "sanction" | "hostage_taking" | "looting"),
            "recruits" | "recruited_contacts" => kind == "recruitment",
            "displaced" => violent || matches!(kind, "evacuation" | "displacement"),
            "rockets" | "bombs" | "attackers" | "attacks" => violent,
            _ => violent || matches!(kind, "security_operation" | "death" | "war" | "takeover"),
        }
    }

    /// Says whether a span lies within the words of a speaker.
    pub fn speaks(&self, span: Span) -> bool {
        let first = self.statements.partition_point(|it| it.record.span.start + FAR < span.start);
        let near = self.statements[first..].iter().take_while(|it| it.record.span.start <= span.end);
        near.filter_map(|it| it.record.speaker.span).any(|it| it.contains(span))
    }

    /// Returns speaker and statement of a span.
    pub fn speaker(&self, sentence: usize, span: Span) -> (String, Option<String>) {
        let at = self.token_at(span);
        let inner = self.contents[sentence]
            .iter()
            .map(|it| &self.statements[*it].record)
            .filter(|it| it.content.span.start <= span.start && span.end <= it.content.span.end + 1)
            .filter(|it| !claims::surrounds(self.ctx, it, at))
            .min_by_key(|it| (it.content.span.len(), it.span.start));
        match inner {
            Some(it) => {
                let speaker = it.speaker.actor.clone().unwrap_or_else(|| UNSPECIFIED.to_owned());
                (speaker, Some(it.id.clone()))
            }
            None => (OUTLET.to_owned(), None),
        }
    }
}
