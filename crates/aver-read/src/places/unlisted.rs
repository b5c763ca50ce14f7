//! Names that neither codebook nor gazetteer knows, and that are places by their words.
//!
//! In: a capitalised word that begins no known name. Out: a [`Name`] without candidates, where it
//! stands with its kind ("in Arbala district", "the village of Arbala") or where the language model
//! takes it for a place behind "in", "near" and the like. What holds it ("Arbala in Norland") is kept.

use super::gazetteer::{Gazetteer, fold};
use super::lists::{DIRECTIONS, KINDS, LOCATORS, NEVER};
use super::names::{Evidence, Kind, Name, Scan, kind_of};
use std::ops::Range;

/// Most tokens of such a name, and between it and what holds it.
const LONGEST: usize = 3;
const LINK: usize = 6;

impl<'a> Scan<'_, 'a> {
    /// Keeps a name that nothing knows, when it stands with its kind or the model takes it for a place.
    pub(super) fn unresolved(&self, at: usize, sentence: &Range<usize>, shouted: bool) -> Option<Name<'a>> {
        let text = &self.ctx.text;
        if shouted || NEVER.contains(text.lower(at)) || self.ctx.index.places.peoples.contains_key(text.lower(at)) {
            return None;
        }
        let told = self.told_alone(at);
        let core = told.as_ref().map_or(at..self.run_end(at, sentence.end), |it| it.0.clone());
        if core.len() > LONGEST {
            return None;
        }
        let word = |back: usize| if at >= sentence.start + back { text.lower(at - back) } else { "" };
        if word(1) == "of" && matches!(word(2), "village" | "town" | "city" | "district" | "province") {
            return Some(self.unlisted(core.clone(), core, kind_of(word(2)), sentence));
        }
        let behind_place_word = LOCATORS.contains(word(1)) || word(1) == "the" && LOCATORS.contains(word(2));
        if let Some(kind) = self.kind_behind(core.end, told.is_some()).filter(|_| core.end < sentence.end) {
            let listed = matches!(word(1), "the" | "of" | "'s" | "’s") || DIRECTIONS.contains(word(1));
            let located = behind_place_word || listed || self.list_located(at, sentence.start);
            return located.then(|| self.unlisted(core.start..core.end + 1, core, Some(kind), sentence));
        }
        let (core, kind) = told.filter(|_| behind_place_word)?;
        Some(self.unlisted(core.clone(), core, (kind == "LOC").then_some(Kind::Region), sentence))
    }

    /// The kind that a word in small letters behind a name tells; weak words count where the model agrees.
    fn kind_behind(&self, at: usize, told: bool) -> Option<Kind> {
        let text = &self.ctx.text;
        match text.lower(at) {
            _ if text.tokens.get(at)?.capital => None,
            "state" | "region" | "department" => None,
            "neighborhood" | "neighbourhood" | "quarter" | "ward" => Some(Kind::Quarter),
            "sub-district" => Some(Kind::District),
            "area" | "colony" if told => Some(Kind::Quarter),
            "valley" | "mountains" | "hills" if told => Some(Kind::Region),
            other => kind_of(other).filter(|it| *it != Kind::Country),
        }
    }

    /// The words of a place that the language model finds at a token, with its kind.
    fn told_alone(&self, at: usize) -> Option<(Range<usize>, &'static str)> {
        let text = &self.ctx.text;
        let (core, kind) = text.trees.names(at..at + 1).first()?;
        let mut core = core.clone();
        while core.len() > 1 && !self.is_proper(core.end - 1) && KINDS.contains(text.lower(core.end - 1)) {
            core.end -= 1;
        }
        let peoples = &self.ctx.index.places.peoples;
        let whole = core.clone().all(|it| self.is_proper(it) && !peoples.contains_key(text.lower(it)));
        (matches!(*kind, "GPE" | "LOC") && whole).then_some((core, *kind))
    }

    fn unlisted(
        &self,
        tokens: Range<usize>,
        core: Range<usize>,
        kind: Option<Kind>,
        sentence: &Range<usize>,
    ) -> Name<'a> {
        let container = self.container(&tokens, sentence).or_else(|| self.holder(&tokens, sentence));
        let evidence = Evidence { located: true, told: kind.is_none(), kind, container, ..Evidence::default() };
        let key = fold(self.ctx.text.words(core.clone()));
        Name { tokens, core, key, user: None, entries: vec![], loose: vec![], evidence }
    }

    /// What holds a name by small words: "in the north of Norland" behind it, "Norland's western" before it.
    fn holder(&self, tokens: &Range<usize>, sentence: &Range<usize>) -> Option<String> {
        let text = &self.ctx.text;
        let small = |at: usize| {
            let word = text.lower(at);
            let beside = DIRECTIONS.contains(word) && text.lower(at + 1) == "of";
            let link = matches!(word, "of" | "in" | "the") || DIRECTIONS.contains(word) || KINDS.contains(word);
            link && !beside && !text.tokens[at].capital
        };
        let limit = sentence.end.min(tokens.end + LINK);
        let from = (tokens.end..limit).find(|&it| !small(it))?;
        if (tokens.end..from).any(|it| matches!(text.lower(it), "of" | "in")) {
            let end = self.run_end(from, sentence.end).min(from + LONGEST);
            let known =
                |end: usize| Some(fold(text.words(from..end))).filter(|it| !Gazetteer::get().folded(it).is_empty());
            return (from + 1..=end).rev().find_map(known);
        }
        let at = tokens.start.checked_sub(1)?;
        let at = if DIRECTIONS.contains(text.lower(at)) { at.checked_sub(1)? } else { at };
        let owner = matches!(text.lower(at), "'s" | "’s").then(|| at.checked_sub(1)).flatten()?;
        Some(fold(text.words(owner..owner + 1)))
            .filter(|it| self.is_proper(owner) && !Gazetteer::get().folded(it).is_empty())
    }
}
