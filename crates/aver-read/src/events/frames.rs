//! Cues that tell their event only of certain sides: a crowd beats, an army retakes.
//!
//! In: a codebook's frames; a text with its actors and places. Out: the trigger
//! that a frame finds at a token. A verb's subject stands before it or behind
//! "by", its object behind it or before a passive; a noun has both sides close by.
//! What a side is comes from the lexicon's classes and from known actors; nothing
//! is guessed from names alone. The frame with most conditions wins.

use super::cues::{self, Shape, Trigger};
use super::phrases::{is_passive, left_edge, verb_group_left};
use crate::phrase::{Phrases, nouns, words};
use crate::text::{Text, TokenKind};
use crate::{Context, actors::Actors, places::Places};
use aver_codebook::Codebook;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How far a verb looks for its subject, and for its object.
const SUBJECT_REACH: usize = 22;
const OBJECT_REACH: usize = 16;
/// How far a noun looks for its sides.
const NOUN_REACH: (usize, usize) = (6, 16);

/// A class of sides.
#[derive(Debug)]
struct Class {
    words: Phrases<()>,
    /// Kinds of known actors that belong to it.
    kinds: &'static [&'static str],
    /// Named places belong to it.
    places: bool,
    /// Forces of a state: not those that words before them call rebels.
    state: bool,
}

#[derive(Debug)]
struct Entry {
    kind: usize,
    who: Vec<usize>,
    whom: Vec<usize>,
    beside: Vec<usize>,
    without: Vec<usize>,
}

impl Entry {
    fn weight(&self) -> usize {
        [&self.who, &self.whom, &self.beside].iter().filter(|it| !it.is_empty()).count()
    }
}

/// The frames of every event type, by the first word of their cues.
#[derive(Debug, Default)]
pub struct Frames {
    entries: Vec<Entry>,
    classes: Vec<Class>,
    rebels: Option<usize>,
    by_first: HashMap<String, Vec<(Vec<String>, Shape, usize)>>,
}

/// What the sides are sought in.
pub struct Sides<'a> {
    /// The document.
    pub ctx: &'a Context<'a>,
    /// Its actors.
    pub actors: &'a Actors,
    /// Its places.
    pub places: &'a Places,
}

impl Frames {
    /// Compiles a codebook's frames.
    pub fn new(codebook: &Codebook) -> Frames {
        let mut frames = Frames::default();
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        frames.rebels = Some(frames.class(codebook, &mut known, &["@rebels".to_owned()]));
        for (kind, event) in codebook.events.iter().enumerate() {
            for frame in &event.frames {
                let mut list = |words: &[String]| -> Vec<usize> {
                    if words.is_empty() { vec![] } else { vec![frames.class(codebook, &mut known, words)] }
                };
                let entry = Entry {
                    kind,
                    who: list(&frame.who),
                    whom: list(&frame.whom),
                    beside: list(&frame.beside),
                    without: list(&frame.without),
                };
                let at = frames.entries.len();
                frames.entries.push(entry);
                for verb in &frame.does {
                    for (form, shape) in cues::verb_forms(codebook, verb) {
                        frames.cue(&form, shape, at);
                    }
                }
                for noun in &frame.nouns {
                    let forms = codebook.noun_forms(noun);
                    frames.cue(&forms.plural, Shape::Plural, at);
                    if forms.plural != forms.singular {
                        frames.cue(&forms.singular, Shape::Noun, at);
                    }
                }
            }
        }
        frames
    }

    fn cue(&mut self, form: &str, shape: Shape, entry: usize) {
        let words: Vec<String> = cues::pieces(&form.to_lowercase()).map(str::to_owned).collect();
        if let Some(first) = words.first().cloned() {
            let list = self.by_first.entry(first).or_default();
            if !list.iter().any(|it| it.0 == words && it.1 == shape && it.2 == entry) {
                list.push((words, shape, entry));
            }
        }
    }

    /// Returns the index of a list of words and classes, compiled once.
    fn class(&mut self, codebook: &Codebook, known: &mut BTreeMap<Vec<String>, usize>, list: &[String]) -> usize {
        if let Some(&at) = known.get(list) {
            return at;
        }
        let mut class = Class { words: Phrases::default(), kinds: &[], places: false, state: false };
        let mut kinds: Vec<&'static str> = vec![];
        let classes = &codebook.lexicon.classes;
        for word in list {
            let words = match word.strip_prefix('@') {
                Some(name) => {
                    match name {
                        "state" => {
                            kinds.extend(["state", "state_force", "government_body"]);
                            class.state = true;
                        }
                        "rebels" => kinds.push("armed_group"),
                        "people" => kinds.extend(["person", "office"]),
                        "place" => class.places = true,
                        _ => {}
                    }
                    classes.get(name).map_or(&[][..], Vec::as_slice)
                }
                None => std::slice::from_ref(word),
            };
            for word in words {
                for form in codebook.noun_forms(&word.to_lowercase()).all() {
                    class.words.add(form, ());
                }
            }
        }
        class.kinds = kinds.leak();
        self.classes.push(class);
        known.insert(list.to_vec(), self.classes.len() - 1);
        self.classes.len() - 1
    }

    /// Returns the trigger that a frame finds at a token.
    pub fn at(&self, sides: &Sides<'_>, at: usize) -> Option<Trigger> {
        let text = &sides.ctx.text;
        let token = &text.tokens[at];
        // "the United Liberation Front": a capital inside running text is a name.
        let named = token.capital
            && at > text.sentences[token.sentence].tokens.start
            && !text.lower(at - 1).is_empty()
            && text.tokens.get(at + 1).is_some_and(|it| it.capital);
        if token.kind != TokenKind::Word || self.entries.is_empty() || named {
            return None;
        }
        let limit = text.sentences[token.sentence].tokens.end;
        let fits = self
            .by_first
            .get(cues::pieces(&token.lower).next()?)?
            .iter()
            .filter_map(|(words, shape, entry)| Some((cues::ends_at(text, at, limit, words)?, *shape, *entry)))
            .filter_map(|(end, shape, entry)| {
                let shape = cues::shape_here(text, &(at..end), &[shape])?;
                Some((end, shape, entry))
            })
            .filter(|&(end, shape, entry)| self.holds(sides, &self.entries[entry], at..end, shape));
        let (end, shape, entry) =
            fits.max_by_key(|&(end, _, entry)| (self.entries[entry].weight(), end, std::cmp::Reverse(entry)))?;
        Some(Trigger {
            tokens: at..end,
            kind: self.entries[entry].kind,
            shape,
            weak: false,
            framed: true,
            acted: !self.entries[entry].who.is_empty(),
        })
    }

    fn holds(&self, sides: &Sides<'_>, entry: &Entry, cue: Range<usize>, shape: Shape) -> bool {
        let text = &sides.ctx.text;
        let sentence = text.sentence_of(cue.start).tokens.clone();
        let any = |list: &[usize], range: Range<usize>| {
            list.is_empty() || range.clone().any(|it| list.iter().any(|&class| self.hit(sides, class, it, range.end)))
        };
        let beside = |list: &[usize], range: Range<usize>| {
            range.clone().any(|it| list.iter().any(|&class| self.found(sides, class, it, range.end).is_some()))
        };
        let window = sentence.start.max(cue.start.saturating_sub(60))..sentence.end.min(cue.end + 60);
        if !entry.beside.is_empty() && !beside(&entry.beside, window.clone()) || beside(&entry.without, window) {
            return false;
        }
        if shape.is_noun() {
            let near =
                sentence.start.max(cue.start.saturating_sub(NOUN_REACH.0))..sentence.end.min(cue.end + NOUN_REACH.1);
            return self.both_sides(sides, entry, near, cue);
        }
        let group = verb_group_left(text, cue.start, sentence.start);
        let left = subject_region(text, group.start, sentence.start);
        let right = object_region(text, cue.end, sentence.end);
        let clause = super::parsed::clause(text, &cue);
        let passive = match &clause {
            Some(clause) => clause.passive,
            None => shape == Shape::Past && is_passive(text, group, cue.end, sentence.end),
        };
        if passive {
            let by = (cue.end..sentence.end.min(cue.end + OBJECT_REACH)).find(|&it| text.lower(it) == "by");
            let agent = by.map_or(cue.end..cue.end, |it| it + 1..sentence.end.min(it + 10));
            // "He held the island and was taken prisoner": the tree knows who suffers.
            let left = clause.and_then(|it| it.subject).unwrap_or(left);
            return (entry.who.is_empty() || any(&entry.who, agent)) && self.subject(sides, &entry.whom, left);
        }
        self.subject(sides, &entry.who, left) && any(&entry.whom, right)
    }

    /// Says whether the region before a verb holds a side that stands free of prepositions.
    fn subject(&self, sides: &Sides<'_>, list: &[usize], region: Range<usize>) -> bool {
        let text = &sides.ctx.text;
        let floor = text.tokens.get(region.start).map_or(0, |it| text.sentences[it.sentence].tokens.start);
        list.is_empty()
            || region.clone().any(|at| {
                list.iter().any(|&class| self.hit(sides, class, at, region.end)) && stands_free(text, at, floor)
            })
    }

    /// Says whether a noun has both its sides, in any order but not the same words.
    fn both_sides(&self, sides: &Sides<'_>, entry: &Entry, near: Range<usize>, cue: Range<usize>) -> bool {
        let hits = |list: &[usize]| -> Vec<usize> {
            near.clone()
                .filter(|it| !cue.contains(it))
                .filter(|&it| list.iter().any(|&class| self.found(sides, class, it, near.end).is_some()))
                .collect()
        };
        let (who, whom) = (hits(&entry.who), hits(&entry.whom));
        match (entry.who.is_empty(), entry.whom.is_empty()) {
            (true, true) => true,
            (false, true) => !who.is_empty(),
            (true, false) => !whom.is_empty(),
            (false, false) => who.iter().any(|a| whom.iter().any(|b| a != b)),
        }
    }

    /// Says whether words of a class begin at a token and are the head of their phrase.
    fn hit(&self, sides: &Sides<'_>, class: usize, at: usize, limit: usize) -> bool {
        self.found(sides, class, at, limit)
            .is_some_and(|end| end == limit || end < limit && is_head(&sides.ctx.text, end))
    }

    /// Returns the end of the words of a class that begin at a token.
    fn found(&self, sides: &Sides<'_>, class: usize, at: usize, limit: usize) -> Option<usize> {
        let class = &self.classes[class];
        let text = &sides.ctx.text;
        if let Some((len, ())) = class.words.at(text, at) {
            let claimed = class.state && self.rebels.is_some_and(|it| self.of_rebels(sides, it, at, at + len));
            if at + len <= limit && !claimed {
                return Some(at + len);
            }
        }
        if class.places
            && let Some(it) = sides.places.mentions[sides.places.mentions.partition_point(|it| it.tokens.start < at)..]
                .first()
                .filter(|it| it.tokens.start == at)
        {
            return Some(it.tokens.end);
        }
        if class.kinds.is_empty() {
            return None;
        }
        sides
            .actors
            .within(at..at + 1)
            .filter(|it| it.tokens.start == at && class.kinds.contains(&kind_of(sides, it.actor)))
            .map(|it| it.tokens.end)
            .max()
    }

    /// "rebel forces", "Houthi troops": a force that the words before it give to rebels.
    fn of_rebels(&self, sides: &Sides<'_>, rebels: usize, at: usize, end: usize) -> bool {
        let text = &sides.ctx.text;
        let floor = text.sentence_of(at).tokens.start;
        let start = left_edge(text, at, floor);
        (start..at).any(|it| {
            self.classes[rebels].words.at(text, it).is_some()
                || matches!(
                    text.lower(it),
                    "rebel" | "opposition" | "separatist" | "insurgent" | "secessionist" | "anti-government"
                )
        }) || sides
            .actors
            .within(start..end)
            .any(|it| it.tokens.start >= start && kind_of(sides, it.actor) == "armed_group")
    }
}

/// The kind of an actor; a group stays one when it comes to rule.
fn kind_of<'a>(sides: &Sides<'a>, actor: usize) -> &'a str {
    sides.actors.list[actor].kind.as_str()
}

/// Says whether a phrase ends here: no plain noun goes on, as in "police | station".
pub(super) fn is_head(text: &Text<'_>, end: usize) -> bool {
    let Some(token) = text.tokens.get(end) else { return true };
    words::is_preposition(text.lower(end.max(1) - 1))
        || token.capital
        || token.kind != TokenKind::Word
        || !nouns::is_nominal(text, end)
        || words::is_determiner(&token.lower)
        || words::is_adverbial(&token.lower)
        || words::is_weekday(&token.lower)
        || token.lower.ends_with("ing")
        || token.lower.ends_with("ed")
        || words::is_time_noun(&token.lower)
        || matches!(
            token.lower.as_str(),
            "back" | "out" | "up" | "down" | "early" | "late" | "today" | "alive" | "each"
        )
}

/// Says whether a noun is governed by no preposition, but for "a crowd of", "hundreds of".
fn stands_free(text: &Text<'_>, at: usize, floor: usize) -> bool {
    let start = left_edge(text, at, floor);
    if start <= floor {
        return true;
    }
    let before = text.lower(start - 1);
    if before == "of" {
        return matches!(
            text.lower(start.max(2) - 2),
            "hundreds"
                | "thousands"
                | "dozens"
                | "scores"
                | "tens"
                | "crowd"
                | "crowds"
                | "group"
                | "groups"
                | "mob"
                | "mobs"
                | "gang"
                | "number"
                | "members"
                | "some"
                | "many"
                | "band"
                | "units"
                | "column"
                | "most"
        );
    }
    !words::is_preposition(before) || matches!(before, "after" | "before" | "as" | "since" | "until" | "than")
}

/// The words before a verb in which its subject may stand.
fn subject_region(text: &Text<'_>, end: usize, floor: usize) -> Range<usize> {
    let mut start = end;
    while start > floor && end - start < SUBJECT_REACH {
        let word = text.lower(start - 1);
        let relative = words::is_relative(word) && start + 1 >= end;
        let border = matches!(
            word,
            ";" | ":"
                | "when"
                | "while"
                | "as"
                | "because"
                | "where"
                | "if"
                | "but"
                | "said"
                | "since"
                | "after"
                | "before"
                | "until"
                | "than"
                | "although"
                | "though"
                | "whether"
                | "how"
        ) || words::is_relative(word)
            || text.tokens[start - 1].kind == TokenKind::Quote;
        if border && !relative {
            break;
        }
        start -= 1;
    }
    start..end
}

/// The words behind a verb in which its object may stand.
fn object_region(text: &Text<'_>, start: usize, limit: usize) -> Range<usize> {
    let mut end = start;
    while end < limit && end - start < OBJECT_REACH {
        let word = text.lower(end);
        let next = text.lower(end + 1);
        let clause = word == ","
            && (next.ends_with("ing") || words::is_preposition(next) || words::is_relative(next) || next == "but");
        let border = matches!(
            word,
            ";" | ":" | "when" | "while" | "because" | "after" | "before" | "that" | "who" | "which" | "if" | "said"
        ) || end > start && ends_object(word)
            || text.tokens[end].kind == TokenKind::Quote;
        if clause || border {
            break;
        }
        end += 1;
    }
    start..end
}

/// Prepositions of place and circumstance: what stands behind them is not acted upon.
fn ends_object(word: &str) -> bool {
    matches!(
        word,
        "in" | "near"
            | "across"
            | "during"
            | "outside"
            | "inside"
            | "amid"
            | "amidst"
            | "around"
            | "along"
            | "throughout"
            | "despite"
            | "following"
            | "since"
            | "until"
            | "for"
            | "under"
            | "alongside"
    )
}
