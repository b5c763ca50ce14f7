//! Finds the words that tell an event: a codebook's cues, matched over tokens.
//!
//! In: a codebook and a text. Out: [`Trigger`]s in text order, not overlapping,
//! each with its event type and whether it stands as a noun or a verb. The
//! longest cue wins, then the more specific type; a `not` phrase blocks what it
//! covers. Nothing is decided here about who, when and where.

use super::frames::{Frames, Sides};
use crate::phrase::{Phrases, nouns, words};
use crate::text::{Text, TokenKind};
use aver_codebook::Codebook;
use std::collections::HashMap;
use std::ops::Range;

/// How a cue stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// "the bombing of".
    Noun,
    /// "bombings".
    Plural,
    /// "attacks", "attack" as a verb.
    Present,
    /// "attacked", active or passive.
    Past,
    /// "attacking".
    Ing,
}

impl Shape {
    /// Says whether the cue names the event instead of telling it.
    pub fn is_noun(self) -> bool {
        matches!(self, Shape::Noun | Shape::Plural)
    }
}

/// Words that tell an event.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The words.
    pub tokens: Range<usize>,
    /// Index into [`Codebook::events`].
    pub kind: usize,
    /// Noun or verb.
    pub shape: Shape,
    /// Tells its event only beside a violent context.
    pub weak: bool,
    /// Found by a frame: its sides are known.
    pub framed: bool,
    /// The frame names who does it.
    pub acted: bool,
}

impl Trigger {
    /// One word that tells an event by itself.
    fn word(at: usize, kind: usize, shape: Shape) -> Trigger {
        Trigger { tokens: at..at + 1, kind, shape, weak: false, framed: false, acted: false }
    }
}

#[derive(Debug, Clone)]
struct Cue {
    words: Vec<String>,
    kind: usize,
    shape: Shape,
    weak: bool,
    blocks: bool,
    rank: u8,
    /// How many words before and behind its core only steady the match: "in a | raid", "gunmen | stormed".
    around: (usize, usize),
}

/// The cues of every event type, by their first word, and the words that fill their roles.
#[derive(Debug, Default)]
pub struct Cues {
    by_first: HashMap<String, Vec<Cue>>,
    by_name: HashMap<String, usize>,
    /// Buildings and sites.
    pub facilities: Phrases<()>,
    /// Storms, crashes and whatever else kills without intent.
    pub causes: Phrases<()>,
    /// What is fought or attacked in words only.
    pub unfought: Phrases<()>,
    /// What a camera shoots and a market hits.
    pub unshot: Phrases<()>,
    /// What is killed without an act of this field.
    pub beasts: Phrases<()>,
    /// Works in which violence is imagined.
    pub fictions: Phrases<()>,
    /// Forms of verbs that tell an accident.
    pub accidents: Phrases<()>,
    /// Words of sport.
    pub sports: Phrases<()>,
    /// Words for those who attack.
    pub attackers: Phrases<()>,
    /// Words for a person, or for people together, who may do what a verb of violence tells.
    pub doers: Phrases<()>,
    /// Weapons, with the type they suggest.
    pub weapons: Phrases<String>,
    frames: Frames,
}

impl Cues {
    /// Compiles a codebook's cues.
    pub fn new(codebook: &Codebook) -> Cues {
        let mut cues = Cues { frames: Frames::new(codebook), ..Cues::default() };
        for (kind, event) in codebook.events.iter().enumerate() {
            let rank = rank(&event.name);
            cues.by_name.insert(event.name.clone(), kind);
            let mut add = |words: &str, shape, weak, blocks| cues.add(words, kind, shape, weak, blocks, rank, (0, 0));
            for noun in &event.nouns {
                let forms = codebook.noun_forms(noun);
                if forms.plural != forms.singular {
                    add(&forms.singular, Shape::Noun, false, false);
                }
                add(&forms.plural, Shape::Plural, false, false);
            }
            for (verb, weak) in event.verbs.iter().map(|it| (it, false)).chain(event.weak.iter().map(|it| (it, true))) {
                for (form, shape) in verb_forms(codebook, verb) {
                    add(&form, shape, weak, false);
                }
            }
            for noun in event.weak.iter().chain(&event.weak_nouns) {
                add(noun, Shape::Noun, true, false);
                add(&codebook.noun_forms(noun).plural, Shape::Plural, true, false);
            }
            for phrase in &event.not {
                add(phrase, Shape::Noun, false, true);
            }
            for phrase in &event.phrases {
                cues.add_phrase(codebook, phrase, kind, rank);
            }
        }
        let lexicon = &codebook.lexicon;
        let doers = [&lexicon.persons[..], &lexicon.gatherings].concat();
        let lists = [
            (&lexicon.facilities, &mut cues.facilities),
            (&lexicon.attackers, &mut cues.attackers),
            (&doers, &mut cues.doers),
            (&lexicon.causes, &mut cues.causes),
            (&lexicon.unfought, &mut cues.unfought),
            (&lexicon.unshot, &mut cues.unshot),
            (&lexicon.beasts, &mut cues.beasts),
            (&lexicon.fictions, &mut cues.fictions),
            (&lexicon.sports, &mut cues.sports),
        ];
        for (words, phrases) in lists {
            for word in words {
                for form in codebook.noun_forms(&word.to_lowercase()).all() {
                    phrases.add(form, ());
                }
            }
        }
        for verb in &lexicon.accidents {
            for (form, _) in verb_forms(codebook, verb) {
                cues.accidents.add(&form, ());
            }
        }
        for weapon in &codebook.lexicon.weapons {
            for form in codebook.noun_forms(&weapon.words.to_lowercase()).all() {
                cues.weapons.add(form, weapon.suggests.clone());
            }
        }
        cues
    }

    /// Adds a fixed phrase; its core is what stays without the words that only steady it.
    fn add_phrase(&mut self, codebook: &Codebook, phrase: &str, kind: usize, rank: u8) {
        let phrase = phrase.to_lowercase();
        let list: Vec<&str> = phrase.split(' ').collect();
        let steady = |word: &&&str| words::is_preposition(word) || words::is_determiner(word) || words::is_be(word);
        let verb = list.iter().position(|it| verb_shape(codebook, it).is_some());
        let front = verb.unwrap_or_else(|| list.iter().take_while(steady).count());
        let back = list.iter().rev().take_while(steady).count();
        if front + back >= list.len() {
            return;
        }
        let shape = match verb.and_then(|it| verb_shape(codebook, list[it])) {
            Some(shape) => shape,
            None if list[list.len() - back - 1].ends_with('s') => Shape::Plural,
            None => Shape::Noun,
        };
        self.add(&phrase, kind, shape, false, false, rank, (front, back));
    }

    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        words: &str,
        kind: usize,
        shape: Shape,
        weak: bool,
        blocks: bool,
        rank: u8,
        around: (usize, usize),
    ) {
        let words: Vec<String> = pieces(&words.to_lowercase()).map(str::to_owned).collect();
        if let Some(first) = words.first().cloned() {
            self.by_first.entry(first).or_default().push(Cue { words, kind, shape, weak, blocks, rank, around });
        }
    }

    /// Returns the triggers of a text, in order.
    pub fn find(&self, sides: &Sides<'_>) -> Vec<Trigger> {
        let text = &sides.ctx.text;
        let mut out = vec![];
        let mut at = 0;
        while at < text.tokens.len() {
            let plain = self.longest(text, at);
            let blocked = matches!(&plain, Some((_, None))) && self.blocks(text, at);
            // "was found dead": a fixed phrase may begin before the frame's verb.
            let end = plain.as_ref().map_or(at + 1, |it| it.0);
            if let Some(framed) = (at..end).find_map(|it| self.frames.at(sides, it)).filter(|_| !blocked) {
                at = framed.tokens.end.max(end);
                out.push(framed);
                continue;
            }
            match plain {
                Some((end, None)) => at = end,
                Some((end, Some(trigger))) => {
                    out.push(trigger);
                    at = end;
                }
                None => {
                    let found = self.weapon_verb(text, at).or_else(|| self.weapon_found(text, at));
                    out.extend(found.or_else(|| self.sets_on_fire(text, at)));
                    at += 1;
                }
            }
        }
        out
    }

    /// "fired several rockets at", "ten rockets were launched": the weapon gives the type.
    fn weapon_verb(&self, text: &Text<'_>, at: usize) -> Option<Trigger> {
        let shape = match text.lower(at) {
            "fired" | "launched" | "dropped" | "lobbed" | "hurled" | "rained" | "struck" | "landed" | "fell"
            | "slammed" | "crashed" | "exploded" => Shape::Past,
            "firing" | "launching" | "dropping" | "lobbing" | "raining" => Shape::Ing,
            "fire" | "fires" | "launch" | "launches" | "drop" | "drops" => Shape::Present,
            _ => return None,
        };
        let sentence = &text.sentence_of(at).tokens;
        let object = (at + 1..sentence.end.min(at + 6)).take_while(|&it| nouns::is_nominal(text, it));
        let subject = (sentence.start.max(at.saturating_sub(7))..at)
            .rev()
            .take_while(|&it| !matches!(text.lower(it), "," | ";" | "that" | "and"));
        let suggests = object
            .chain(subject)
            .find_map(|it| self.weapons.at(text, it).filter(|found| !found.1.is_empty()).map(|found| found.1))?;
        let kind = *self.by_name.get(suggests)?;
        matches!(suggests.as_str(), "rocket_attack" | "drone_strike" | "grenade_attack" | "bombing")
            .then(|| Trigger::word(at, kind, shape))
    }

    /// "Rebels set | two buses on fire": the object parts the verb from its "on fire".
    fn sets_on_fire(&self, text: &Text<'_>, at: usize) -> Option<Trigger> {
        let shape = match text.lower(at) {
            "set" | "sets" => Shape::Past,
            "setting" => Shape::Ing,
            _ => return None,
        };
        let sentence = &text.sentence_of(at).tokens;
        let burns = |it: usize| {
            matches!(text.lower(it), "ablaze" | "alight") || text.lower(it) == "on" && text.lower(it + 1) == "fire"
        };
        let parts = |it: &usize| matches!(text.lower(*it), ";" | "," | "." | "that" | "who");
        let mut behind = (at + 2..sentence.end.min(at + 10)).take_while(|it| !parts(it));
        let acts = |it: usize| {
            self.attackers.at(text, it).is_some()
                || self.doers.at(text, it).is_some()
                || matches!(text.lower(it), "they" | "he" | "she" | "who" | "men")
        };
        let mut before = (sentence.start.max(at.saturating_sub(6))..at).rev();
        let kind = *self.by_name.get("looting")?;
        (behind.any(burns) && before.any(acts)).then(|| Trigger::word(at, kind, shape))
    }

    /// "police seized 50 rifles", "a bomb was found and defused".
    fn weapon_found(&self, text: &Text<'_>, at: usize) -> Option<Trigger> {
        if !matches!(
            text.lower(at),
            "found"
                | "discovered"
                | "defused"
                | "intercepted"
                | "recovered"
                | "uncovered"
                | "unearthed"
                | "confiscated"
                | "seized"
                | "deactivated"
                | "neutralized"
                | "neutralised"
        ) {
            return None;
        }
        let sentence = &text.sentence_of(at).tokens;
        let object = (at + 1..sentence.end.min(at + 8))
            .take_while(|&it| nouns::is_nominal(text, it) || matches!(text.lower(it), "of" | "and" | ","));
        let subject = (sentence.start.max(at.saturating_sub(8))..at)
            .rev()
            .take_while(|&it| !matches!(text.lower(it), ";" | "that"));
        let passive = at > sentence.start && words::is_be(text.lower(at - 1))
            || at > sentence.start + 1 && words::is_be(text.lower(at - 2));
        let holds = |it: usize| {
            self.weapons.at(text, it).is_some()
                || matches!(
                    text.lower(it),
                    "weapons" | "arms" | "ammunition" | "ammunitions" | "rifles" | "firearms" | "guns" | "explosives"
                )
        };
        let found = if passive { subject.into_iter().any(holds) } else { object.into_iter().any(holds) };
        let kind = *self.by_name.get("disrupted_weapons")?;
        found.then(|| Trigger {
            tokens: at..at + 1,
            kind,
            shape: Shape::Past,
            weak: false,
            framed: false,
            acted: false,
        })
    }

    /// Says whether a `not` phrase begins at a token.
    fn blocks(&self, text: &Text<'_>, at: usize) -> bool {
        let limit = text.sentences[text.tokens[at].sentence].tokens.end;
        let list = pieces(&text.tokens[at].lower).next().and_then(|it| self.by_first.get(it));
        list.is_some_and(|it| it.iter().any(|cue| cue.blocks && ends_at(text, at, limit, &cue.words).is_some()))
    }

    /// Says whether the word at a token is part of an event's own name: "car" in "car bombing".
    pub fn names_event(&self, text: &Text<'_>, at: usize) -> bool {
        self.longest(text, at).is_some_and(|(end, found)| end > at + 1 && found.is_some())
    }

    /// Says whether a word tells violence of its own, other than that somebody died.
    pub fn tells_violence(&self, text: &Text<'_>, at: usize, events: &[aver_codebook::EventType]) -> bool {
        let found = self.longest(text, at).and_then(|it| it.1);
        found.is_some_and(|it| {
            !it.weak && events[it.kind].violent && !matches!(events[it.kind].name.as_str(), "killing" | "death")
        })
    }

    /// Returns the end of the longest cue at `at`, with its trigger unless it is blocked.
    fn longest(&self, text: &Text<'_>, at: usize) -> Option<(usize, Option<Trigger>)> {
        let token = &text.tokens[at];
        if token.kind != TokenKind::Word {
            return None;
        }
        let first = pieces(&token.lower).next()?;
        let limit = text.sentences[token.sentence].tokens.end;
        let mut found: Vec<(usize, &Cue)> = self
            .by_first
            .get(first)?
            .iter()
            .filter_map(|cue| ends_at(text, at, limit, &cue.words).map(|end| (end, cue)))
            .collect();
        let longest = found.iter().map(|it| it.0).max()?;
        found.retain(|it| it.0 == longest);
        // An "exchange of fire" is no prisoner swap, and still a clash.
        if found.iter().all(|it| it.1.blocks) {
            return Some((longest, None));
        }
        found.retain(|it| !it.1.blocks);
        let around = found.iter().map(|it| it.1.around).max_by_key(|it| it.0 + it.1).unwrap_or((0, 0));
        let tokens =
            (at + around.0).min(longest - 1)..longest.saturating_sub(around.1).max(at + around.0 + 1).min(longest);
        let shapes: Vec<Shape> = found.iter().map(|it| it.1.shape).collect();
        let Some(shape) = shape_here(text, &tokens, &shapes) else { return Some((longest, None)) };
        let cue = found
            .iter()
            .map(|it| it.1)
            .max_by_key(|cue| (cue.shape == shape, !cue.weak, cue.rank, std::cmp::Reverse(cue.kind)))?;
        let end = tokens.end;
        Some((end, Some(Trigger { tokens, kind: cue.kind, shape, weak: cue.weak, framed: false, acted: false })))
    }
}

/// Ranks types from the vaguest to the most specific, for cues that several share.
pub fn rank(name: &str) -> u8 {
    match name {
        "death" => 0,
        "killing" | "war" => 1,
        "attack" => 2,
        "security_operation" => 2,
        "bombing" | "armed_assault" => 3,
        _ => 4,
    }
}

/// Splits words at blanks and hyphens.
pub(super) fn pieces(words: &str) -> impl Iterator<Item = &str> {
    words.split([' ', '-', '‑']).filter(|it| !it.is_empty())
}

/// Returns the token after the cue, when the tokens from `at` read as it.
pub(super) fn ends_at(text: &Text<'_>, at: usize, limit: usize, cue: &[String]) -> Option<usize> {
    let mut rest = cue;
    let mut token = at;
    while !rest.is_empty() {
        if token >= limit {
            return None;
        }
        for piece in pieces(&text.tokens[token].lower) {
            let (first, tail) = rest.split_first()?;
            // "…" in a cue stands for nothing; "'s" is a token of its own on both sides.
            if first != piece {
                return None;
            }
            rest = tail;
        }
        token += 1;
    }
    Some(token)
}

/// Decides by the neighbours which of the possible shapes a cue has here; `None` when it tells nothing.
pub(super) fn shape_here(text: &Text<'_>, tokens: &Range<usize>, shapes: &[Shape]) -> Option<Shape> {
    let has = |shape| shapes.contains(&shape);
    let before = if tokens.start > 0 && text.tokens[tokens.start - 1].sentence == text.tokens[tokens.start].sentence {
        text.lower(tokens.start - 1)
    } else {
        ""
    };
    let after = text.lower(tokens.end);
    let nominal = words::is_determiner(before) || before == "'s" || is_describing(before);
    if has(Shape::Past) {
        // "the arrested people", "the freed prisoners": no telling of its own.
        let attributive = (nominal && !is_relative_that(text, tokens.start)
            || words::is_noun_preposition(before) && before != "by")
            && !before.ends_with("ly")
            && (tokens.len() > 1 || is_plain_word(after));
        // "30 displaced people": so are those behind a number.
        let counted = tokens.start > 0 && text.tokens[tokens.start - 1].kind == TokenKind::Number;
        let people =
            matches!(after, "people" | "persons" | "families" | "civilians" | "fighters" | "soldiers" | "residents");
        return (!attributive && !(counted && people)).then_some(Shape::Past);
    }
    if has(Shape::Ing) {
        // ", killing more than ten": a participle, though "killing" is a noun too.
        let counts = matches!(
            after,
            "more"
                | "at"
                | "up"
                | "nearly"
                | "about"
                | "over"
                | "dozens"
                | "hundreds"
                | "scores"
                | "himself"
                | "herself"
                | "them"
                | "him"
                | "her"
        );
        let noun =
            has(Shape::Noun) && !((is_object_start(after) || counts || before == "," && after != "of") && !nominal);
        return Some(if noun || nominal || after == "of" { Shape::Noun } else { Shape::Ing });
    }
    let verbal = words::is_third_person(before)
        || words::is_auxiliary(before) && before != "'s"
        || words::is_modal(before)
        || matches!(before, "to" | "who" | "which" | "did" | "n't" | "not");
    // "the poll found that": the past of "find".
    if text.lower(tokens.start) == "found" && before != "to" {
        return None;
    }
    if has(Shape::Present) && verbal {
        return Some(Shape::Present);
    }
    if shapes.iter().all(|it| *it == Shape::Present) {
        // "rebels attack villages", not "12 rebel casualties" nor "machine guns and rifles".
        let counted = before.chars().next().is_some_and(char::is_numeric);
        let goes_on = is_object_start(after)
            || words::is_preposition(after)
            || text.tokens.get(tokens.end).is_some_and(|it| it.capital || is_plain_word(&it.lower));
        return (!nominal && !counted && goes_on && is_plain_word(before) && !before.is_empty())
            .then_some(Shape::Present);
    }
    if has(Shape::Plural) && has(Shape::Present) && !nominal && is_object_start(after) && is_plain_word(before) {
        return Some(Shape::Present);
    }
    if has(Shape::Plural) { Some(Shape::Plural) } else { has(Shape::Noun).then_some(Shape::Noun) }
}

/// "the attack | that | killed Ana Ruiz": no "that killed woman", for a noun stands before it.
fn is_relative_that(text: &Text<'_>, verb: usize) -> bool {
    let opens = |at: usize| text.sentence_of(at).tokens.start;
    verb >= 2
        && text.lower(verb - 1) == "that"
        && verb - 2 >= opens(verb)
        && is_plain_word(text.lower(verb - 2))
        && !crate::phrase::is_finite_verb(text, verb - 2)
}

fn is_plain_word(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_alphabetic)
        && !words::breaks_noun_phrase(word)
        && !words::is_determiner(word)
}

/// Says whether a word can only describe a noun behind it.
pub fn is_describing(word: &str) -> bool {
    matches!(
        word,
        "deadly"
            | "recent"
            | "new"
            | "latest"
            | "major"
            | "coordinated"
            | "fresh"
            | "fatal"
            | "similar"
            | "separate"
            | "previous"
            | "earlier"
            | "violent"
            | "terrorist"
            | "terror"
            | "armed"
            | "simultaneous"
            | "further"
            | "alleged"
            | "suspected"
            | "apparent"
            | "bloody"
            | "brutal"
            | "second"
            | "third"
            | "first"
            | "last"
            | "overnight"
            | "cross-border"
            | "large"
            | "massive"
            | "huge"
            | "high-profile"
            | "insurgent"
            | "militant"
            | "rebel"
            | "jihadist"
            | "islamist"
            | "retaliatory"
    )
}

fn is_object_start(word: &str) -> bool {
    words::is_determiner(word) || word.chars().next().is_some_and(char::is_numeric)
}

/// Returns the shape of a word that can only be a verb in a fixed phrase.
fn verb_shape(codebook: &Codebook, word: &str) -> Option<Shape> {
    if words::is_auxiliary(word) {
        return None;
    }
    let irregular =
        |form: fn(&aver_codebook::Irregular) -> &String| codebook.lexicon.irregular.iter().any(|it| form(it) == word);
    if word.len() > 4 && word.ends_with("ed") || irregular(|it| &it.past) || irregular(|it| &it.participle) {
        return Some(Shape::Past);
    }
    let noun =
        ["fighting", "meeting", "bombing", "building", "hearing", "shooting", "recruiting", "crossing"].contains(&word);
    if word.len() > 4 && word.ends_with("ing") && !noun {
        return Some(Shape::Ing);
    }
    let base =
        ["seize", "take", "gain", "come", "comes", "return", "launch", "stage", "mount", "open", "plant", "planting"]
            .contains(&word);
    base.then_some(Shape::Present)
}

/// Returns the forms of a verb phrase with their shapes.
pub(super) fn verb_forms(codebook: &Codebook, phrase: &str) -> Vec<(String, Shape)> {
    let forms = codebook.verb_forms(phrase);
    vec![
        (forms.base, Shape::Present),
        (forms.third, Shape::Present),
        (forms.past, Shape::Past),
        (forms.participle, Shape::Past),
        (forms.gerund, Shape::Ing),
    ]
}
