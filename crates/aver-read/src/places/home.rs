//! The country of what a text tells without a place: its paragraph's, else the document's.
//!
//! In: the places of a document and the words for peoples. Out: [`Home`]. "In" a place says most; a
//! bare "Norland" or "Norland's" is often its government, and "Norlander" may be anywhere. A country
//! stands only where it has plainly more than any other, so a round-up gives none to its document.

use super::lists::{DIRECTIONS, HERE, KINDS, OF_HEADS};
use super::{Gazetteer, Places};
use crate::Context;
use crate::text::Role;
use aver_model::EventPlace;
use std::collections::BTreeMap;

/// Points of a place that something is told to be in, of a town or division by itself, and of all else.
const SCENE: u32 = 4;
const TOWN: u32 = 2;
const WORD: u32 = 1;
/// Points that a country needs.
const ENOUGH: u32 = 4;

/// What one word says of where the text is.
#[derive(Debug, Clone)]
struct Vote {
    token: usize,
    paragraph: usize,
    country: String,
    points: u32,
}

/// Where a text is, part by part.
#[derive(Debug, Default)]
pub struct Home {
    votes: Vec<Vote>,
    document: Option<String>,
    /// Ids of the countries among the document's places.
    ids: BTreeMap<String, String>,
}

impl Home {
    /// Counts what speaks for each country.
    pub fn new(ctx: &Context<'_>, places: &Places) -> Home {
        let text = &ctx.text;
        let vote = |token: usize, country: &str, points: u32| {
            let paragraph = text.sentence_of(token).paragraph;
            Vote { token, paragraph, country: country.to_owned(), points }
        };
        let mut votes = vec![];
        for it in &places.mentions {
            let place = &places.list[it.place];
            let Some(country) = &place.country else { continue };
            let sentence = text.sentence_of(it.tokens.start);
            let points = match place.level.as_str() {
                _ if is_scene(ctx, it.tokens.start, sentence.tokens.start) => SCENE,
                "country" => WORD,
                _ => TOWN,
            };
            votes.push(vote(it.tokens.start, country, points + u32::from(sentence.role == Role::Title)));
        }
        let is_place = |at: usize| {
            let from = places.mentions.partition_point(|it| it.tokens.end <= at);
            places.mentions.get(from).is_some_and(|it| it.tokens.start <= at)
        };
        for (at, token) in text.tokens.iter().enumerate().filter(|(at, it)| it.capital && !is_place(*at)) {
            let word = token.lower.split('-').next().unwrap_or("");
            if let Some(country) = ctx.index.places.peoples.get(word) {
                votes.push(vote(at, country, WORD));
            }
        }
        votes.sort_by_key(|it| it.token);
        let document = winner(votes.iter(), 45);
        let countries = places.list.iter().filter(|it| it.level == "country");
        let ids = countries.filter_map(|it| Some((it.country.clone()?, it.id.clone()))).collect();
        Home { votes, document, ids }
    }

    /// Returns the ISO code of the country that the words at a token are about, if that is plain.
    pub fn country(&self, ctx: &Context<'_>, token: usize) -> Option<String> {
        let sentence = ctx.text.sentence_of(token);
        let near = self.votes.iter().filter(|it| it.paragraph == sentence.paragraph && it.token < sentence.tokens.end);
        winner(near, 60).or_else(|| self.document.clone())
    }

    /// Returns that country as the place of an event.
    pub fn place(&self, ctx: &Context<'_>, token: usize) -> Option<EventPlace> {
        let country = self.country(ctx, token)?;
        let name = Gazetteer::get().country(&country)?.name.to_owned();
        let from = self.ids.get(&country).cloned();
        Some(EventPlace { name, admin1: None, country: Some(country), facility: None, from })
    }
}

/// Says whether something is told to be at a place: "in" stands before it, at most with its kind and direction between.
fn is_scene(ctx: &Context<'_>, at: usize, from: usize) -> bool {
    let text = &ctx.text;
    let between = |at: &usize| {
        let word = text.lower(*at);
        matches!(word, "the" | "of") || KINDS.contains(word) || OF_HEADS.contains(word) || DIRECTIONS.contains(word)
    };
    let mut before = (from..at).rev();
    let tie = before.find(|it| !between(it) || HERE.contains(text.lower(*it)));
    tie.is_some_and(|it| HERE.contains(text.lower(it)) || matches!(text.lower(it), "from" | "to" | "into"))
}

/// The country with enough points, the given share in a hundred of them, and half as many again as the next.
fn winner<'v>(votes: impl Iterator<Item = &'v Vote>, share: u32) -> Option<String> {
    let mut points: BTreeMap<&str, u32> = BTreeMap::new();
    for it in votes {
        *points.entry(&it.country).or_default() += it.points;
    }
    let total: u32 = points.values().sum();
    let (country, most) = points.iter().max_by_key(|it| (*it.1, std::cmp::Reverse(*it.0)))?;
    let next = points.iter().filter(|it| it.0 != country).map(|it| *it.1).max().unwrap_or(0);
    (*most >= ENOUGH && most * 100 >= total * share && most * 2 >= next * 3).then(|| (*country).to_owned())
}
