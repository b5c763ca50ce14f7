//! Known names in the text, with the country that settles ambiguous ones.
//!
//! In: the index of aliases. Out: namings of codebook actors and states. "The
//! Islamic State" in a document on one country is the group's branch there, when
//! the codebook lists it as a local alias; "a branch of X" is always the whole.
//!
//! A state named only as the scene ("in Mali", "parts of Mali") is a place, not
//! an actor.

use super::{
    known::{Meaning, Target},
    roll::Roll,
    words,
};
use crate::{places::Places, text::TokenKind};
use std::collections::BTreeMap;

/// Countries that report on wars elsewhere; they are the scene only when nothing else is.
const ONLOOKERS: &[&str] = &["US", "GB", "FR", "DE", "CH", "QA"];

/// Names every known actor in the text.
pub fn name_known(roll: &mut Roll<'_, '_>, places: &Places) {
    let ctx = roll.ctx;
    let index = &ctx.index.names.known;
    let counts = count(roll, places);
    let mut at = 0;
    while at < ctx.text.tokens.len() {
        let Some(hit) = index.longest_at(&ctx.text, at) else {
            name_pieces(roll, at, &counts);
            at += 1;
            continue;
        };
        let mut tokens = hit.tokens.clone();
        let next = tokens.end;
        if tokens.len() > 1 && ctx.text.lower(tokens.start) == "the" {
            tokens.start += 1;
        }
        if let Some(target) = choose(roll, &hit.meanings, &tokens, &counts)
            && !is_shouting(roll, &tokens)
            && !is_part_of_body(roll, target, &tokens)
        {
            let is_state = kind_of(roll, target) == "state";
            let scene = is_scene(roll, &tokens) || is_city(roll, target, &tokens, places);
            if !hit.modifier && is_state && scene {
                roll.reserve(tokens);
                at = next;
                continue;
            }
            if !is_part_of_person(roll, target, &tokens) {
                let actor = roll.known(target);
                name_branch(roll, &hit.meanings, target, &tokens);
                name_whole(roll, target, &tokens);
                name_backer(roll, &tokens, &counts);
                if tokens.start > 0
                    && matches!(ctx.text.lower(tokens.start - 1), "former" | "ousted")
                    && roll.list[actor].kind != "armed_group"
                {
                    roll.mention(tokens.start - 1..tokens.end, actor, false);
                }
                roll.name(tokens, actor);
            }
        }
        at = next;
    }
}

/// "the local Islamic State affiliate" names the branch, and its words the whole.
fn name_whole(roll: &mut Roll<'_, '_>, target: Target, tokens: &std::ops::Range<usize>) {
    let Target::Entry(entry) = target else { return };
    let codebook = roll.ctx.codebook;
    let last = tokens.end - 1;
    if !BRANCH[..6].contains(&roll.ctx.text.lower(last)) || tokens.len() < 2 {
        return;
    }
    let parent = codebook.actors[entry].parent.as_ref();
    if let Some(parent) = parent.and_then(|id| codebook.actors.iter().position(|it| it.id == *id)) {
        let whole = roll.known(Target::Entry(parent));
        let branch = roll.known(target);
        roll.parents[branch] = Some(whole);
        roll.mention(tokens.start..last, whole, false);
    }
}

/// Words for a part of a wider group.
const BRANCH: &[&str] = &["branch", "affiliate", "offshoot", "arm", "chapter", "franchise", "wing", "part", "leaders"];

/// Words by which a group binds itself to a wider one.
const ALLEGIANCE: &[&str] =
    &["allegiance", "loyalty", "fealty", "oath", "bayat", "bay'ah", "sworn", "pledged", "pledge", "loyal", "obedience"];

/// "Zarka-linked", "Zarka-affiliated": what is linked to a group is a part of the wider one or none.
fn is_tied(word: &str) -> bool {
    word.rsplit_once(['-', '–']).is_some_and(|(_, ending)| {
        matches!(ending, "linked" | "affiliated" | "aligned" | "inspired" | "allied" | "tied")
    })
}

/// Says whether a document of this day can mean a branch by the name of the whole.
///
/// It cannot before there was the branch. One with a name of its own ("Allied Democratic Forces") that the
/// document uses is called by that; the wider name is then the whole.
fn may_mean(roll: &Roll<'_, '_>, meaning: &Meaning, alias: &std::ops::Range<usize>) -> bool {
    let Target::Entry(at) = meaning.target else { return true };
    let ctx = roll.ctx;
    let entry = &ctx.codebook.actors[at];
    let begun = entry.roles.first().and_then(|it| it.from);
    if let (Some(from), Some(day)) = (begun, ctx.page.document.published.end)
        && day < from
    {
        return false;
    }
    let own = super::known::fold(&entry.name);
    let alias = super::known::fold(ctx.text.words(alias.clone()));
    // "IS" is the wider name in short.
    let whole = alias.len() < 5 || entry.local_aliases.iter().all(|it| !own.contains(&super::known::fold(it)));
    own.contains(&alias) || !whole || !ctx.page.text.contains(&entry.name)
}

/// "the Khorasan branch of the Islamic State": a branch that the codebook lists by that word.
fn name_branch(roll: &mut Roll<'_, '_>, meanings: &[&Meaning], whole: Target, tokens: &std::ops::Range<usize>) {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let of = tokens.start - usize::from(tokens.start > 0 && text.lower(tokens.start - 1) == "the");
    if of < 3 || text.lower(of - 1) != "of" || !BRANCH[..6].contains(&text.lower(of - 2)) {
        return;
    }
    let word = super::known::fold(text.words(of - 3..of - 2));
    let branch = meanings.iter().map(|it| it.target).find(|it| match it {
        Target::Entry(at) if *it != whole && word.len() > 3 => {
            super::known::fold(&ctx.codebook.actors[*at].name).contains(&word)
        }
        _ => false,
    });
    if let Some(branch) = branch {
        let (branch, whole) = (roll.known(branch), roll.known(whole));
        roll.parents[branch] = roll.parents[branch].or(Some(whole));
        roll.mention(of - 3..tokens.end, branch, false);
    }
}

/// "Peru-backed Zarka militia" as one name still names Peru.
fn name_backer(roll: &mut Roll<'_, '_>, tokens: &std::ops::Range<usize>, counts: &BTreeMap<String, usize>) {
    let ctx = roll.ctx;
    let word = ctx.text.words(tokens.start..tokens.start + 1);
    if tokens.len() < 2 || super::known::without_ending(word).is_none() {
        return;
    }
    for meanings in ctx.index.names.known.pieces(word) {
        if let Some(target) = choose(roll, &meanings, &(tokens.start..tokens.start + 1), counts) {
            let backer = roll.known(target);
            roll.mention(tokens.start..tokens.start + 1, backer, false);
        }
    }
}

/// "U.S.-Taliban": both are named by one token.
fn name_pieces(roll: &mut Roll<'_, '_>, at: usize, counts: &BTreeMap<String, usize>) {
    let ctx = roll.ctx;
    let token = &ctx.text.tokens[at];
    if token.kind != TokenKind::Word || !token.lower.contains(['-', '–', '/']) {
        return;
    }
    let index = &ctx.index.names.known;
    for meanings in index.pieces(&ctx.text.raw[token.bytes.clone()]) {
        if let Some(target) = choose(roll, &meanings, &(at..at + 1), counts) {
            let actor = roll.known(target);
            roll.name(at..at + 1, actor);
        }
    }
}

/// Counts how often each country is meant, by names, adjectives, places and actors at home there.
fn count(roll: &Roll<'_, '_>, places: &Places) -> BTreeMap<String, usize> {
    let ctx = roll.ctx;
    let names = &ctx.index.names;
    let nations = &ctx.codebook.lexicon.nationalities;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for it in &places.mentions {
        if let Some(country) = &places.list[it.place].country {
            *counts.entry(country.clone()).or_default() += 1;
        }
    }
    let mut at = 0;
    while at < ctx.text.tokens.len() {
        let mut next = at + 1;
        if let Some(&nation) = names.words.nationalities.get(ctx.text.lower(at)) {
            *counts.entry(nations[nation].country.clone()).or_default() += 1;
        } else if let Some(hit) = names.known.longest_at(&ctx.text, at) {
            next = hit.tokens.end;
            // A name that is only local ("Islamic State group") tells no country.
            if let [one] = hit.meanings[..]
                && !one.local
                && let Some(country) = country_of(roll, one.target)
            {
                *counts.entry(country.to_owned()).or_default() += 1;
            }
        }
        at = next;
    }
    counts
}

fn country_of<'r>(roll: &'r Roll<'_, '_>, target: Target) -> Option<&'r str> {
    match target {
        Target::Entry(at) => roll.ctx.codebook.actors[at].country.as_deref(),
        Target::State(at) => Some(&roll.ctx.codebook.lexicon.nationalities[at].country),
    }
}

fn kind_of<'r>(roll: &'r Roll<'_, '_>, target: Target) -> &'r str {
    match target {
        Target::Entry(at) => &roll.ctx.codebook.actors[at].kind,
        Target::State(_) => "state",
    }
}

/// Picks the meaning that the document's country, or the words around, call for.
fn choose(
    roll: &Roll<'_, '_>,
    meanings: &[&Meaning],
    tokens: &std::ops::Range<usize>,
    counts: &BTreeMap<String, usize>,
) -> Option<Target> {
    let whole = meanings.iter().find(|it| !it.local).map(|it| it.target);
    let text = &roll.ctx.text;
    if meanings.iter().all(|it| !it.local) {
        return whole;
    }
    let before = |n: usize| tokens.start.checked_sub(n).map_or("", |at| text.lower(at));
    let of = if matches!(before(1), "the") { 2 } else { 1 };
    if before(of) == "of" && BRANCH.contains(&before(of + 1)) && whole.is_some() {
        return whole;
    }
    let after = if text.lower(tokens.end) == "'s" { tokens.end + 1 } else { tokens.end };
    if (BRANCH[..6].contains(&text.lower(after)) || BRANCH[..6].contains(&text.lower(after + 1))) && whole.is_some() {
        return whole;
    }
    // "sworn to Islamic State", "al-Qaida-linked": what a group binds itself to is the whole.
    let bound = before(of) == "to" && (1..4).any(|n| ALLEGIANCE.contains(&before(of + n)));
    if whole.is_some() && (bound || is_tied(text.lower(tokens.end - 1))) {
        return whole;
    }
    // "Islamic State in Syria" in a document on another country.
    if text.lower(tokens.end) == "in"
        && let Some(hit) = roll.ctx.index.names.known.longest_at(text, tokens.end + 1)
        && let Some(country) = hit.meanings.iter().find_map(|it| country_of(roll, it.target))
    {
        return meanings.iter().find(|it| country_of(roll, it.target) == Some(country)).map(|it| it.target).or(whole);
    }
    let most = counts.iter().filter(|(it, _)| !ONLOOKERS.contains(&it.as_str())).map(|(_, n)| *n).max().unwrap_or(0);
    let best = meanings
        .iter()
        .filter(|it| it.local && may_mean(roll, it, tokens))
        .map(|it| (country_of(roll, it.target).and_then(|it| counts.get(it)).copied().unwrap_or(0), it.target))
        .max_by_key(|(n, _)| *n);
    // "Taliban" is at home in one country: another's namesake needs a document about that country.
    let home = whole.and_then(|it| country_of(roll, it)).map(|it| counts.get(it).copied().unwrap_or(0));
    let least = home.map_or(1, |home| (home + 1).max(3));
    match best {
        Some((n, target)) if n >= least && n * 5 >= most * 2 => Some(target),
        _ => whole,
    }
}

/// "Ministry of Foreign Affairs", "Foreign Affairs Committee": no magazine of that name.
fn is_part_of_body(roll: &Roll<'_, '_>, target: Target, tokens: &std::ops::Range<usize>) -> bool {
    if kind_of(roll, target) != "media" {
        return false;
    }
    let text = &roll.ctx.text;
    let words = &roll.ctx.index.names.words;
    let heads = |at: usize| {
        matches!(
            text.lower(at),
            "minister"
                | "ministers"
                | "ministry"
                | "secretary"
                | "committee"
                | "office"
                | "bureau"
                | "department"
                | "council"
                | "commission"
                | "subcommittee"
        ) || words.offices.has(text.lower(at)) && text.tokens[at].capital
    };
    let mut before = tokens.start;
    while before > 0 && before + 2 > tokens.start && matches!(text.lower(before - 1), "of" | "for" | "on" | "the") {
        before -= 1;
    }
    before > 0 && before < tokens.start && text.lower(before) != "the" && heads(before - 1)
        || tokens.end < text.tokens.len() && heads(tokens.end)
}

/// "WHAT IS KNOWN": in a line of capitals a short alias is only a word.
fn is_shouting(roll: &Roll<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let text = &roll.ctx.text;
    if tokens.len() > 1
        || !matches!(
            text.lower(tokens.start),
            "is" | "us" | "who" | "it" | "all" | "so" | "aid" | "pa" | "let" | "gas" | "mad" | "par"
        )
    {
        return false;
    }
    let sentence = text.sentence_of(tokens.start);
    let near = &text.raw[sentence.bytes.clone()];
    let (upper, lower) = near
        .chars()
        .take(400)
        .fold((0, 0), |(up, low), it| (up + usize::from(it.is_uppercase()), low + usize::from(it.is_lowercase())));
    upper > lower
}

/// "in Mali", "parts of Mali": the state is only the scene.
fn is_scene(roll: &Roll<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let text = &roll.ctx.text;
    let before = |n: usize| tokens.start.checked_sub(n).map_or("", |at| text.lower(at));
    let n = if before(1) == "the" { 2 } else { 1 };
    match before(n) {
        "in" if text.lower(tokens.end) == "," && text.lower(tokens.end + 1) == "which" => {
            !crate::phrase::is_finite_verb(text, tokens.end + 2)
        }
        "from" if is_giver(roll, tokens) => false,
        "in" | "from" | "across" | "throughout" | "inside" | "within" | "near" | "into" | "around" | "outside"
        | "via" | "northern" | "southern" | "eastern" | "western" | "northeastern" | "northwestern"
        | "southeastern" | "southwestern" | "central" | "northeast" | "northwest" | "southeast" | "southwest"
        | "at" | "over" => true,
        "of" => matches!(
            before(n + 1),
            "part"
                | "parts"
                | "area"
                | "areas"
                | "region"
                | "regions"
                | "province"
                | "provinces"
                | "city"
                | "town"
                | "north"
                | "south"
                | "east"
                | "west"
                | "rest"
                | "most"
                | "all"
                | "capital"
                | "territory"
                | "borders"
                | "control"
                | "out"
                | "side"
                | "outside"
                | "cities"
                | "towns"
                | "island"
                | "coast"
                | "soil"
                | "people"
                | "half"
                | "swathes"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
                | "takeover"
                | "map"
        ),
        // "Kabul, Afghanistan": the end of a place name.
        "," => {
            tokens.start >= 2
                && text.tokens[tokens.start - 2].capital
                && matches!(text.lower(tokens.end), "," | "." | ")" | "" | "—" | "–" | "-" | "on" | "where" | "in")
                && roll.owner(tokens.start - 2).is_none()
        }
        _ => false,
    }
}

/// "weapons from Iran", "support coming from Tehran": who gives is a party.
fn is_giver(roll: &Roll<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let text = &roll.ctx.text;
    let first = text.sentence_of(tokens.start).tokens.start;
    let from = (first..tokens.start).rev().take(2).find(|&it| text.lower(it) == "from");
    let given = from.and_then(|it| {
        (first..it).rev().take(2).find(|&it| !matches!(text.lower(it), "coming" | "directly" | "mainly" | "only"))
    });
    given.is_some_and(|it| roll.ctx.index.names.words.given.has(text.lower(it)))
}

/// "Damascus" is the city unless it acts: "Damascus denied", "talks with Damascus".
fn is_city(roll: &Roll<'_, '_>, target: Target, tokens: &std::ops::Range<usize>, places: &Places) -> bool {
    let text = &roll.ctx.text;
    let first = places.mentions.partition_point(|it| it.tokens.start < tokens.start);
    let Some(place) = places.mentions.get(first).filter(|it| it.tokens.start == tokens.start) else { return false };
    let own_name = match target {
        Target::Entry(at) => text.words(tokens.clone()) == roll.ctx.codebook.actors[at].name,
        Target::State(_) => true,
    };
    if own_name || places.list[place.place].level == "country" {
        return false;
    }
    let after = text.lower(tokens.end);
    // "Kigali was hit" speaks of the city.
    let does = text.lower(tokens.end + 1).ends_with("ing");
    let verb = crate::phrase::is_finite_verb(text, tokens.end) && (!crate::phrase::words::is_be(after) || does);
    // "officials in Washington, which listed the group".
    let which = after == "," && text.lower(tokens.end + 1) == "which";
    let acts = verb
        || which
            && (crate::phrase::is_finite_verb(text, tokens.end + 2)
                || text.reads(tokens.end + 2, &["according", "to"]))
        || matches!(after, "'s" | "says" | "to");
    let before = tokens.start.checked_sub(1).map_or("", |at| text.lower(at));
    !(acts
        || is_giver(roll, tokens)
        || matches!(before, "between" | "with" | "by" | "against" | "accused" | "urged" | "told" | "for")
        || matches!(before, "accuse" | "accuses" | "accusing" | "blames" | "blamed" | "blaming" | "urges" | "urging"))
}

/// "Jalaluddin Haqqani": a short alias that ends a person's name.
fn is_part_of_person(roll: &Roll<'_, '_>, target: Target, tokens: &std::ops::Range<usize>) -> bool {
    let Target::Entry(entry) = target else { return false };
    let actor = &roll.ctx.codebook.actors[entry];
    if tokens.len() > 1 || tokens.start == 0 || actor.kind == "state" {
        return false;
    }
    let text = &roll.ctx.text;
    let word = &text.raw[text.tokens[tokens.start].bytes.clone()];
    let previous = &text.tokens[tokens.start - 1];
    if word.chars().all(|it| !it.is_lowercase()) || super::known::fold(word) == super::known::fold(&actor.name) {
        return false;
    }
    let words = &roll.ctx.index.names.words;
    previous.sentence == text.tokens[tokens.start].sentence
        && words::may_name(text, tokens.start - 1)
        && roll.owner(tokens.start - 1).is_none()
        && !words.nationalities.contains_key(&previous.lower)
        && !words.titles.has(&previous.lower)
        && !words.offices.has(&previous.lower)
        && (tokens.start - 1 != text.sentence_of(tokens.start).tokens.start || actor.kind == "person")
}
