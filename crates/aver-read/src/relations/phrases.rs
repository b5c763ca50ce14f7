//! Sides that only the tree of a sentence shows: described parties and small pronouns.
//!
//! In: a sentence with its tree and the sides that names gave. Out: more sides.
//! "Tamil militants", "the ruling coalition" are parties when their head is a word for
//! one and something tells them apart; "its", "whose", "him" stand for a side of the
//! sentence or of the one before, "we" for who is quoted. Without a tree nothing is added.

use super::{
    matching::Side,
    sides::{described, is_described},
};
use crate::{Context, Found, actors::Actors};
use aver_model::{OUTLET, Statement};
use std::ops::Range;

/// Adds to the sides of a sentence, which stay in text order.
pub fn add(
    ctx: &Context<'_>,
    actors: &Actors,
    statements: &[Found<Statement>],
    sentence: &Range<usize>,
    sides: &mut Vec<Side>,
) {
    if ctx.text.trees.node(sentence.start).is_none() {
        return;
    }
    let taken = |sides: &[Side], at: usize| sides.iter().any(|it| it.tokens.contains(&at) && !is_described(it));
    let parties: Vec<Side> =
        sentence.clone().filter(|&at| !taken(sides, at)).filter_map(|at| party(ctx, at, sentence, sides)).collect();
    // "clan militias" is told apart better than "militias".
    sides.retain(|it| !is_described(it) || parties.iter().all(|new| new.tokens.end != it.tokens.end));
    sides.extend(parties);
    sides.sort_by_key(|it| (it.tokens.start, usize::MAX - it.tokens.end, it.place));
    let pronouns: Vec<Side> = sentence
        .clone()
        .filter(|&at| sides.iter().all(|it| !it.tokens.contains(&at)))
        .filter_map(|at| quoted(ctx, actors, statements, at).or_else(|| pronoun(ctx, actors, at, sentence, sides)))
        .collect();
    sides.extend(pronouns);
    sides.sort_by_key(|it| (it.tokens.start, usize::MAX - it.tokens.end, it.place));
}

/// Returns what kind of party a noun stands for; `None` when it stands for none.
pub fn kind_of(head: &str) -> Option<&'static str> {
    Some(match head {
        "troops" | "soldiers" | "forces" | "force" | "army" | "military" | "marines" | "commandos" | "peacekeepers"
        | "police" | "policemen" | "brigade" | "battalion" | "regiment" => "state_force",
        "government" | "governments" | "regime" | "authorities" | "administration" | "junta" | "state" => {
            "government_body"
        }
        "rebels" | "militants" | "insurgents" | "jihadists" | "guerrillas" | "guerillas" | "militia" | "militias"
        | "fighters" | "separatists" | "paramilitaries" | "mercenaries" | "extremists" | "terrorists" | "gangs"
        | "gunmen" | "militiamen" | "vigilantes" | "loyalists" | "irregulars" | "warlords" | "faction" | "factions"
        | "auxiliaries" | "column" | "band" | "wing" | "cartel" | "gang" | "mujahideen" | "mujahedin" | "tribesmen" => {
            "armed_group"
        }
        "coalition" | "alliance" | "opposition" | "movement" | "movements" | "group" | "groups" | "party"
        | "parties" | "partners" | "allies" | "tribes" | "clans" | "contractors" | "council" | "bloc" | "network" => {
            "group"
        }
        "deserter" | "defector" => "person",
        it if KIN.contains(&it) => "person",
        _ => return None,
    })
}

/// Kin, who stand for themselves beside a name: "Velik's nephew".
const KIN: &[&str] = &[
    "nephew", "niece", "brother", "sister", "son", "daughter", "cousin", "uncle", "aunt", "wife", "husband", "father",
    "mother",
];

/// Adjectives that tell no party apart.
const EMPTY: &[&str] =
    &["other", "same", "such", "many", "several", "various", "certain", "more", "own", "new", "entire", "whole"];

/// Reads a described party whose head is this token.
fn party(ctx: &Context<'_>, head: usize, sentence: &Range<usize>, sides: &[Side]) -> Option<Side> {
    let text = &ctx.text;
    let kind = kind_of(text.lower(head))?;
    let node = text.trees.node(head).filter(|it| it.upos == "NOUN" && !it.is("compound") && !it.is("appos"))?;
    // "X is a network that": a predicate is what X is, no second party.
    if node.is("xcomp") || text.trees.child(head, &["cop"]).is_some() {
        return None;
    }
    let tells = |at: usize| {
        text.trees.node(at).is_some_and(|it| (it.is("amod") || it.is("compound")) && it.head == Some(head))
            || text.tokens[at].lower == "-"
    };
    let start = (sentence.start..head).rev().take(4).take_while(|&at| tells(at)).last().unwrap_or(head);
    let apart = (start..head).any(|at| !EMPTY.contains(&text.lower(at)));
    // Bare words for a party are known from the order of words, but for those that are one of a kind.
    let definite = start > sentence.start && matches!(text.lower(start - 1), "the" | "its" | "their" | "our");
    let followed = || text.trees.child(head, &["nmod"]).is_some();
    let alone = definite
        && match text.lower(head) {
            "coalition" | "alliance" | "opposition" => true,
            "junta" | "auxiliaries" | "state" => !followed(),
            _ => false,
        };
    // "Omar Velik's band", "whose faction": told apart by whose it is.
    let owned = text.trees.child(head, &["nmod:poss"]).filter(|&it| {
        matches!(text.lower(head), "army" | "forces" | "fighters" | "faction" | "wing" | "band" | "militia" | "column")
            && (text.lower(it) == "whose"
                || sides.iter().any(|side| side.tokens.contains(&it) && side.kind == "person"))
    });
    let kin = || {
        let owner = text.trees.child(head, &["nmod:poss"]).filter(|_| KIN.contains(&text.lower(head)))?;
        let named = |side: &Side| side.tokens.contains(&owner) && side.kind == "person" && !side.resolved;
        sides.iter().any(named).then_some(owner)
    };
    let owned = owned.or_else(kin);
    let alone = alone || owned.is_some() || matches!(text.lower(head), "deserter" | "defector") && followed();
    let apart = apart && kind != "person";
    if !apart && !alone || node.is("nmod") && text.lower(head) == "group" {
        return None;
    }
    // "the U.S.-led coalition", "Zarka forces": the name inside is not the whole.
    let named = |at: usize| sides.iter().find(|it| it.tokens.contains(&at) && !it.resolved).map(|it| it.tokens.start);
    let tokens = owned.and_then(named).unwrap_or(start)..head + 1;
    let known = sides.iter().any(|it| it.tokens.contains(&head) && (!is_described(it) || it.tokens.start <= start));
    (!known).then(|| described(ctx, tokens, kind, sentence))
}

/// What a pronoun may stand for.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Person,
    Several,
    Thing,
    Any,
}

impl Wanted {
    fn of(word: &str) -> Option<Wanted> {
        Some(match word {
            "his" | "him" | "her" | "himself" | "herself" => Wanted::Person,
            "their" | "them" | "themselves" => Wanted::Several,
            "its" | "itself" => Wanted::Thing,
            "whose" | "whom" => Wanted::Any,
            _ => return None,
        })
    }

    fn fits(self, kind: &str) -> bool {
        let person = kind == "person";
        match self {
            Wanted::Person => person,
            Wanted::Several | Wanted::Thing => !person && !matches!(kind, "office" | "media" | "place"),
            Wanted::Any => true,
        }
    }
}

/// Resolves a pronoun that names leave open: the subject of a clause above it, else the one named last before.
fn pronoun(ctx: &Context<'_>, actors: &Actors, at: usize, sentence: &Range<usize>, sides: &[Side]) -> Option<Side> {
    let wanted = Wanted::of(ctx.text.lower(at))?;
    let trees = &ctx.text.trees;
    let node = trees.node(at).filter(|it| it.upos == "PRON")?;
    let fits = |it: &&Side| !it.place && wanted.fits(&it.kind);
    let at_head = |head: usize| {
        let heads = |it: &&Side| {
            it.tokens.contains(&head)
                && trees.node(head).is_some_and(|node| node.head.is_none_or(|up| !it.tokens.contains(&up)))
        };
        sides.iter().filter(fits).find(heads)
    };
    // "X, its partner": "its" is another than X.
    let held = node.head.filter(|_| node.is("nmod") && wanted != Wanted::Any).and_then(|it| trees.node(it));
    let barred = held.filter(|it| it.is("appos")).and_then(|it| at_head(it.head?)).map(|it| it.id.clone());
    let mut found: Option<(String, String)> = None;
    let (mut up, mut steps) = (node.head, 0);
    while let Some(here) = up.filter(|_| found.is_none() && steps < 12) {
        let above = trees.node(here)?;
        let relative = above.is("acl:relcl").then_some(above.head).flatten();
        // A pronoun inside the subject does not stand for it; "X and its ally" does.
        let subject = trees.child(here, &["nsubj"]).filter(|&it| !trees.is_below(at, it));
        let joined = above.is("conj").then_some(above.head).flatten();
        let joined = joined.filter(|&it| trees.child(it, &["nsubj", "cop"]).is_none());
        let appos = above.is("appos").then_some(above.head).flatten();
        let tied = [relative, subject.filter(|_| wanted != Wanted::Any), joined, appos].into_iter().flatten();
        let mut tied = tied.filter_map(at_head).filter(|it| Some(&it.id) != barred.as_ref());
        found = tied.next().map(|it| (it.id.clone(), it.kind.clone()));
        if wanted == Wanted::Any && relative.is_some() {
            break;
        }
        (up, steps) = (above.head, steps + 1);
    }
    let (id, kind) = match found {
        Some(it) => it,
        None if wanted == Wanted::Any => return None,
        None => before(ctx, actors, at, sentence, wanted, barred.as_deref())?,
    };
    Some(Side { tokens: at..at + 1, id, place: false, kind, opens: false, resolved: true })
}

/// Returns who was named last before: in the sentence itself, else whom the sentence before opens with.
fn before(
    ctx: &Context<'_>,
    actors: &Actors,
    at: usize,
    sentence: &Range<usize>,
    wanted: Wanted,
    barred: Option<&str>,
) -> Option<(String, String)> {
    let of = |tokens: Range<usize>| {
        let list = actors.within(tokens.clone()).filter(move |it| it.tokens.start >= tokens.start);
        list.filter(|it| wanted.fits(&actors.list[it.actor].kind) && Some(actors.id(it.actor).as_str()) != barred)
    };
    let told = |it: &crate::actors::ActorMention| (actors.id(it.actor), actors.list[it.actor].kind.clone());
    if let Some(it) = of(sentence.start..at).last() {
        return Some(told(it));
    }
    let number = ctx.text.tokens[sentence.start].sentence.checked_sub(1)?;
    of(ctx.text.sentences[number].tokens.clone()).next().map(told)
}

/// "we", "our" in what somebody is quoted with: the speaker, or whom the speaker speaks for.
fn quoted(ctx: &Context<'_>, actors: &Actors, statements: &[Found<Statement>], at: usize) -> Option<Side> {
    if !matches!(ctx.text.lower(at), "we" | "our" | "us") || !ctx.text.tokens[at].quoted {
        return None;
    }
    let span = ctx.text.span(at..at + 1);
    let carrier =
        statements.iter().filter(|it| it.record.content.span.contains(span)).min_by_key(|it| it.tokens.len())?;
    let id = carrier.record.speaker.actor.as_ref().filter(|it| *it != OUTLET)?;
    let speaker = actors.list.iter().position(|it| it.id == *id)?;
    let post = actors.posts.iter().find(|it| it.person == speaker && !it.former).map(|it| it.of);
    let party = |it: &usize| {
        matches!(
            actors.list[*it].kind.as_str(),
            "state" | "armed_group" | "party" | "state_force" | "government_body" | "igo"
        )
    };
    let stands = post.or(actors.parent(speaker)).or(Some(speaker)).filter(party)?;
    // "We have worked with our partners", said at a ministry, is said of the state.
    let state = actors.parent(stands).filter(|&it| actors.list[it].kind == "state");
    let stands = state.unwrap_or(stands);
    let kind = actors.list[stands].kind.clone();
    Some(Side { tokens: at..at + 1, id: actors.id(stands), place: false, kind, opens: false, resolved: true })
}
