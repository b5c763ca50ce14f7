//! Named places, resolved by gazetteer and codebook.
//!
//! In: the text and its time expressions ("March" is none here). Out: [`Places`]:
//! each place once, with every naming. A name becomes a place when its context
//! bears it out ([`names`]); which place of that name is meant is decided over
//! the whole document ([`resolve`]). The codebook's places come first.
//!
//! A place's position is that of its town or the middle of its division or
//! country, never finer than the words. A name with a kind ("Arbala district")
//! that the gazetteer lacks is kept unresolved. Adjectives of peoples
//! ("Afghan"), persons and bodies that carry a place's name are no places.

mod company;
pub mod gazetteer;
mod home;
mod known;
mod lists;
mod names;
mod resolve;
pub mod scene;
#[cfg(test)]
mod tests;
mod unlisted;

pub use gazetteer::Gazetteer;
pub use home::Home;
pub use known::Known;

use crate::{Context, Found};
use aver_model::{Place, Span, Time};
use std::ops::Range;

/// The places of a document.
#[derive(Debug, Default)]
pub struct Places {
    /// Each place once.
    pub list: Vec<Place>,
    /// Every naming, in text order.
    pub mentions: Vec<PlaceMention>,
}

/// One naming of a place.
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// The words.
    pub tokens: Range<usize>,
    /// Index into [`Places::list`].
    pub place: usize,
}

/// Finds places.
pub fn find(ctx: &Context<'_>, times: &[Found<Time>]) -> Places {
    let names = names::find(ctx, times);
    let mut places = Places::default();
    for (name, mut place) in resolve::resolve(ctx, names) {
        let span: Span = ctx.text.span(name.tokens.clone());
        let same = |it: &Place| match (&it.gazetteer, &place.gazetteer) {
            (Some(a), Some(b)) => a == b && it.name == place.name,
            (None, None) => it.name.eq_ignore_ascii_case(&place.name) && it.level == place.level,
            _ => false,
        };
        let at = places.list.iter().position(same).unwrap_or_else(|| {
            place.id = format!("p{}", places.list.len() + 1);
            places.list.push(place);
            places.list.len() - 1
        });
        places.list[at].mentions.push(span);
        places.mentions.push(PlaceMention { tokens: name.tokens, place: at });
    }
    take_home(ctx, &mut places);
    places
}

/// Gives places that nobody lists the country that their paragraph or document is about.
fn take_home(ctx: &Context<'_>, places: &mut Places) {
    let home = Home::new(ctx, places);
    for at in 0..places.list.len() {
        let place = &places.list[at];
        if place.country.is_none() && place.gazetteer.is_none() {
            let first = places.mentions.iter().find(|it| it.place == at);
            places.list[at].country = first.and_then(|it| home.country(ctx, it.tokens.start));
        }
    }
}

/// Says whether a word names a kind of place: "city", "district", "camp".
pub fn is_kind_of_place(word: &str) -> bool {
    lists::KINDS.contains(word)
}

/// Finds the words that name a country and are no place here: "American", "Russians", "Sri Lankan", "U.S. troops".
///
/// The ledger books them as actors or as their nationality; for data that count them as places.
pub fn peoples(ctx: &Context<'_>, places: &Places) -> Vec<(Range<usize>, String)> {
    let text = &ctx.text;
    let is_place = |tokens: &Range<usize>| {
        places.mentions.iter().any(|it| it.tokens.start < tokens.end && tokens.start < it.tokens.end)
    };
    let country = |tokens: &Range<usize>| {
        let words = text.words(tokens.clone());
        let short = matches!(words, "US" | "U.S." | "U.S" | "USA" | "U.S.A.").then_some("US");
        let short = short.or(matches!(words, "UK" | "U.K." | "U.K" | "Britain").then_some("GB"));
        let short = short.or(matches!(words, "UAE" | "U.A.E.").then_some("AE"));
        let key = words.to_lowercase();
        // "Russian-backed", but not two words that a hyphen parts.
        let first = if tokens.len() == 1 { key.split('-').next().unwrap_or("") } else { &key };
        let people = || ctx.index.places.peoples.get(first).filter(|_| words != "us" && words != "Us");
        short.map(str::to_owned).or_else(|| people().cloned())
    };
    let mut found = vec![];
    let mut at = 0;
    while at < text.tokens.len() {
        let hit = [2, 1].into_iter().map(|length| at..(at + length).min(text.tokens.len())).find_map(|tokens| {
            let fits = text.tokens[at].capital && !is_place(&tokens);
            let code = country(&tokens).filter(|_| fits)?;
            Some((tokens, code))
        });
        at = hit.as_ref().map_or(at + 1, |it| it.0.end);
        found.extend(hit);
    }
    found
}
