//! Names that no list knows: persons, bodies and groups, by form and context.
//!
//! In: runs of capitalised words that the codebook left over. Out: namings. A
//! run with a head such as "Ministry" or "Brigade" is a body or group; a run
//! beside a title, an office, an apposition or a verb of saying is a person; a
//! later surname alone is the same person. Other runs stay unnamed: better no
//! actor than a village.

use super::{known::fold, roll::Roll, words::may_name};
use crate::{
    places::Places,
    text::{Role, TokenKind},
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// Words inside a name that are printed small.
const PARTICLES: &[&str] = &[
    "al",
    "el",
    "bin",
    "bint",
    "ibn",
    "ben",
    "abu",
    "ul",
    "ur",
    "de",
    "del",
    "della",
    "der",
    "van",
    "von",
    "da",
    "dos",
    "la",
    "le",
    "e",
    "y",
    "du",
    "di",
    "ag",
    "ould",
    "ur-rehman",
    "zu",
    "ad",
    "ash",
    "as",
];

/// Heads of names of bodies, with the kind they give.
const HEADS: &[(&str, &str)] = &[
    ("ministry", "government_body"),
    ("department", "government_body"),
    ("agency", "government_body"),
    ("directorate", "government_body"),
    ("council", "government_body"),
    ("commission", "government_body"),
    ("committee", "government_body"),
    ("parliament", "government_body"),
    ("assembly", "government_body"),
    ("senate", "government_body"),
    ("congress", "government_body"),
    ("bureau", "government_body"),
    ("authority", "government_body"),
    ("court", "government_body"),
    ("service", "government_body"),
    ("services", "government_body"),
    ("administration", "government_body"),
    ("embassy", "government_body"),
    ("cabinet", "government_body"),
    ("directorate-general", "government_body"),
    ("pentagon", "government_body"),
    ("command", "state_force"),
    ("police", "state_force"),
    ("forces", "state_force"),
    ("force", "state_force"),
    ("army", "state_force"),
    ("navy", "state_force"),
    ("guard", "state_force"),
    ("guards", "state_force"),
    ("corps", "state_force"),
    ("staff", "state_force"),
    ("regiment", "state_force"),
    ("division", "state_force"),
    ("military", "state_force"),
    ("gendarmerie", "state_force"),
    ("marines", "state_force"),
    ("front", "armed_group"),
    ("brigade", "armed_group"),
    ("brigades", "armed_group"),
    ("battalion", "armed_group"),
    ("battalions", "armed_group"),
    ("militia", "armed_group"),
    ("militias", "armed_group"),
    ("resistance", "armed_group"),
    ("mujahideen", "armed_group"),
    ("mujahedeen", "armed_group"),
    ("cartel", "armed_group"),
    ("rebels", "armed_group"),
    ("party", "party"),
    ("movement", "group"),
    ("union", "group"),
    ("alliance", "group"),
    ("coalition", "group"),
    ("league", "group"),
    ("federation", "group"),
    ("network", "group"),
    ("group", "group"),
    ("team", "group"),
    ("organization", "organization"),
    ("organisation", "organization"),
    ("association", "organization"),
    ("center", "organization"),
    ("centre", "organization"),
    ("institute", "organization"),
    ("institution", "organization"),
    ("university", "organization"),
    ("college", "organization"),
    ("foundation", "organization"),
    ("hospital", "organization"),
    ("society", "organization"),
    ("fund", "organization"),
    ("bank", "organization"),
    ("company", "organization"),
    ("corporation", "organization"),
    ("office", "organization"),
    ("initiative", "organization"),
    ("project", "organization"),
    ("mission", "organization"),
    ("watch", "monitor"),
    ("observatory", "monitor"),
    ("monitor", "monitor"),
    ("campaign", "organization"),
    ("nations", "igo"),
    ("news", "media"),
    ("times", "media"),
    ("post", "media"),
    ("press", "media"),
    ("television", "media"),
    ("tv", "media"),
    ("radio", "media"),
    ("journal", "media"),
    ("herald", "media"),
    ("tribune", "media"),
    ("gazette", "media"),
    ("magazine", "media"),
    ("network", "group"),
    ("consortium", "organization"),
];

/// Whose name a body may carry: "Lord's Resistance Army", "Ulster Workers' Council".
const OWNERS: &[&str] = &[
    "people",
    "peoples",
    "workers",
    "farmers",
    "peasants",
    "lord",
    "god",
    "women",
    "men",
    "soldiers",
    "students",
    "citizens",
    "journalists",
    "teachers",
    "lawyers",
    "doctors",
    "physicians",
    "mothers",
    "veterans",
    "miners",
    "children",
    "youth",
    "states",
    "writers",
    "nurses",
    "fishermen",
    "traders",
    "drivers",
    "refugees",
    "prisoners",
];

/// Small heads after a name that make it a group: "the Zarka militia".
const GROUP_NOUNS: &[&str] = &[
    "militia",
    "militias",
    "rebels",
    "militants",
    "insurgents",
    "guerrillas",
    "network",
    "group",
    "movement",
    "jihadists",
    "extremists",
    "cartel",
    "gang",
    "insurgency",
    "rebellion",
    "fighters",
];

/// Honorifics that are names as well: no border inside a name.
const HONORIFICS: &[&str] = &[
    "sayed", "sayyid", "syed", "sayyed", "khan", "malik", "ustad", "haji", "hajji", "qari", "hafiz", "sardar", "nawab",
    "don", "major", "king", "prince", "lord", "engineer", "justice", "judge", "marshal", "dean", "pope", "bishop",
    "amir", "emir", "imam", "sheikh", "shaykh", "mufti", "guard", "miss", "cardinal", "page", "farmer", "driver",
    "student",
];
/// Words that open a group's name: "Liwa al-Sahel".
const OPENERS: &[&str] = &[
    "jaish", "jaysh", "lashkar", "harakat", "hizb", "kataib", "katibat", "liwa", "saraya", "jamaat", "jamaah", "jund",
    "ansar", "tehreek", "tehrik", "hezb", "jaish-e", "hizbul", "harkat", "sipah", "ahrar", "nour",
];
/// Listed heads that end more places and firms than groups.
const NO_GROUP: &[&str] = &[
    "state", "province", "republic", "boys", "path", "shield", "sword", "block", "cell", "column", "lions", "eagles",
    "hawks", "falcons", "squad", "wing", "company", "society", "unit", "emirate", "gang", "cartel", "wilayat",
    "wilayah",
];

/// A run of capitalised words, and how sure it is a person.
struct Candidate {
    tokens: Range<usize>,
    score: i32,
}

/// Finds persons, bodies and groups.
pub fn find(roll: &mut Roll<'_, '_>, places: &Places) {
    let ctx = roll.ctx;
    let mut small: HashSet<&str> = HashSet::new();
    for token in ctx.text.tokens.iter().filter(|it| !it.capital && it.kind == TokenKind::Word) {
        small.insert(&token.lower);
    }
    let mut scene = vec![false; ctx.text.tokens.len()];
    for it in &places.mentions {
        for at in it.tokens.clone() {
            scene[at] = true;
        }
    }
    let mut candidates = vec![];
    for sentence in &ctx.text.sentences {
        if matches!(sentence.role, Role::Title | Role::Heading | Role::Byline) || is_title_case(roll, &sentence.tokens)
        {
            continue;
        }
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let run = run_at(roll, at, sentence.tokens.end);
            if run.is_empty() {
                at += 1;
                continue;
            }
            at = take_run(roll, run, sentence.tokens.clone(), &small, &scene, &mut candidates);
        }
    }
    name_persons(roll, candidates);
}

/// A headline in which nearly every word has a capital tells nothing about names.
fn is_title_case(roll: &Roll<'_, '_>, tokens: &Range<usize>) -> bool {
    let all = &roll.ctx.text.tokens;
    let long = tokens.clone().take(40).filter(|&at| all[at].kind == TokenKind::Word && all[at].lower.len() > 3);
    let (capital, count) = long.fold((0, 0), |(capital, n), at| (capital + usize::from(all[at].capital), n + 1));
    count >= 4 && capital * 4 > count * 3
}

/// Returns the run of name words at `at`; empty when none begins there.
fn run_at(roll: &Roll<'_, '_>, at: usize, limit: usize) -> Range<usize> {
    let text = &roll.ctx.text;
    let free = |at: usize| at < limit && may_name(text, at) && roll.is_free(at);
    if !free(at) {
        return at..at;
    }
    let mut end = at + 1;
    while end < limit && end - at < 12 {
        if free(end) {
            end += 1;
        } else if PARTICLES.contains(&text.lower(end)) && free(end + 1) && !text.tokens[end].capital {
            end += 2;
        } else if matches!(text.lower(end), "'s" | "'" | "’") && OWNERS.contains(&text.lower(end - 1)) && free(end + 1)
        {
            end += 2;
        } else {
            break;
        }
    }
    at..end
}

/// Names a run, or keeps it as a candidate; returns where to go on.
fn take_run(
    roll: &mut Roll<'_, '_>,
    run: Range<usize>,
    sentence: Range<usize>,
    small: &HashSet<&str>,
    scene: &[bool],
    candidates: &mut Vec<Candidate>,
) -> usize {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let lexicon = &ctx.index.names.words;
    let mut run = run;
    let first = text.lower(run.start);
    let opens = run.start == sentence.start || text.tokens[run.start - 1].kind == TokenKind::Quote;
    if opens
        && head_kind(first).is_none()
        && (small.contains(first) || lexicon.anonymous.has(first))
        && !lexicon.titles.has(first)
    {
        run.start += 1;
        if run.is_empty() {
            return run.end;
        }
    }
    // "State Department Spokesman Ned Hill": offices and titles part the run.
    let mut at = run.start;
    let mut from = run.start;
    let mut titled = false;
    while at < run.end {
        let title = lexicon.titles.at(text, at).max(lexicon.offices.at(text, at));
        let before_head = head_kind(text.lower(at + title)).is_some() && at + title < run.end;
        let nation = lexicon.nationalities.contains_key(text.lower(at));
        let honorific = title == 1 && (at > from || run.len() == 1) && HONORIFICS.contains(&text.lower(at));
        let cut = if title > 0 && !honorific && !before_head && head_kind(text.lower(at)).is_none() {
            title
        } else {
            usize::from(nation && at == from)
        };
        if cut > 0 && at + cut <= run.end {
            let end = take_piece(roll, from..at, titled, sentence.end, scene, candidates);
            if end > run.end {
                return end;
            }
            titled = title > 0 || (nation && titled);
            at += cut;
            from = at;
        } else {
            at += 1;
        }
    }
    let end = take_piece(roll, from..run.end, titled, sentence.end, scene, candidates);
    end.max(run.end)
}

/// Names one piece of a run between titles; returns its end, which may lie past the run.
fn take_piece(
    roll: &mut Roll<'_, '_>,
    piece: Range<usize>,
    titled: bool,
    limit: usize,
    scene: &[bool],
    candidates: &mut Vec<Candidate>,
) -> usize {
    if piece.is_empty() {
        return piece.end;
    }
    let text = &roll.ctx.text;
    let body = piece.clone().rev().find_map(|at| head_kind(text.lower(at)).map(|kind| (at, kind)));
    if let Some((head, kind)) = body {
        return name_body(roll, piece, head, kind, limit);
    }
    let last = text.lower(piece.end - 1);
    let group = roll.ctx.index.names.words.group_heads.has(last) && !NO_GROUP.contains(&last);
    if piece.len() > 1 && !titled && (group || OPENERS.contains(&text.lower(piece.start))) {
        return name_body(roll, piece.clone(), piece.end - 1, "armed_group", limit);
    }
    if piece.end < limit && piece.len() <= 2 && matches!(text.lower(piece.end), "regime" | "administration") {
        let tokens = piece.start..piece.end + 1;
        let actor = roll.named(text.words(tokens.clone()), "government_body", None);
        roll.name(tokens.clone(), actor);
        return tokens.end;
    }
    if piece.end < limit && GROUP_NOUNS.contains(&text.lower(piece.end)) && !titled {
        let name = text.words(piece.clone()).to_owned();
        let noun = text.lower(piece.end);
        if roll.ctx.index.names.words.group_heads.has(text.lower(piece.start)) {
            return piece.end;
        }
        let keeps = super::known::without_ending(&name).is_some()
            || matches!(noun, "network" | "movement" | "militia" | "cartel" | "gang" | "group");
        let name = if keeps { format!("{name} {noun}") } else { name };
        let actor = roll.named(&name, "armed_group", None);
        roll.name(piece.start..piece.end + 1, actor);
        return piece.end + 1;
    }
    if let Some(kind) = defined_kind(roll, &piece) {
        let actor = roll.named(text.words(piece.clone()), kind, None);
        roll.name(piece.clone(), actor);
        return piece.end;
    }
    if among_groups(roll, &piece) {
        let actor = roll.named(text.words(piece.clone()), "armed_group", None);
        roll.name(piece.clone(), actor);
        return piece.end;
    }
    candidates.push(person_candidate(roll, piece.clone(), titled, scene));
    piece.end
}

/// "groups such as X, Zarka and Y": what stands among groups is one.
fn among_groups(roll: &Roll<'_, '_>, piece: &Range<usize>) -> bool {
    let text = &roll.ctx.text;
    let sentence = text.sentence_of(piece.start).tokens.clone();
    let group = |at: usize| roll.owner(at).is_some_and(|it| roll.list[it].kind == "armed_group");
    let comma = |at: usize| matches!(text.lower(at), "," | "and" | "or");
    let mut before = piece.start;
    while before > sentence.start && (comma(before - 1) || text.lower(before - 1) == "the") {
        before -= 1;
    }
    let mut after = piece.end;
    while after < sentence.end && (comma(after) || text.lower(after) == "the") {
        after += 1;
    }
    let beside = before < piece.start && before > sentence.start && group(before - 1)
        || after > piece.end && after < sentence.end && group(after);
    let from = sentence.start.max(piece.start.saturating_sub(14));
    beside
        && (from..piece.start).any(|at| {
            text.reads(at, &["such", "as"])
                || text.lower(at) == "including"
                || matches!(text.lower(at), "groups" | "outfits" | "organizations")
        })
}

fn head_kind(word: &str) -> Option<&'static str> {
    HEADS.iter().find(|(it, _)| *it == word).map(|(_, kind)| *kind)
}

/// "Xxxx Yyyy Zzzz (XYZ)": an acronym of the run's own letters makes it a body.
fn defined_kind(roll: &Roll<'_, '_>, piece: &Range<usize>) -> Option<&'static str> {
    let text = &roll.ctx.text;
    if piece.len() < 2 || text.lower(piece.end) != "(" || text.lower(piece.end + 2) != ")" {
        return None;
    }
    let short = text.words(piece.end + 1..piece.end + 2);
    let initials: String = piece.clone().filter_map(|at| text.words(at..at + 1).chars().next()).collect();
    (short.chars().count() > 1
        && short.chars().all(char::is_uppercase)
        && short.chars().next() == initials.chars().next())
    .then_some("organization")
}

/// Names a body, with what follows "of" and the nation before it.
fn name_body(roll: &mut Roll<'_, '_>, piece: Range<usize>, head: usize, kind: &str, limit: usize) -> usize {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let mut end = piece.end;
    if head + 1 == piece.end {
        for _ in 0..3 {
            let link = text.lower(end);
            let mut next = end + 1;
            if !matches!(link, "of" | "for" | "on" | "against" | "to" | "and") || next >= limit {
                break;
            }
            if link != "and" && matches!(text.lower(next), "the" | "a" | "an") {
                next += 1;
            }
            let mut stop = next;
            while stop < limit
                && stop - next < 6
                && may_name(text, stop)
                && (roll.owner(stop).is_none() || link == "of")
            {
                stop += 1;
            }
            let tied = link != "and" || (end > head + 1 && stop - next <= 2 && roll.owner(next).is_none());
            if stop == next || !tied || (link == "to" && stop - next > 3) {
                break;
            }
            end = stop;
        }
    }
    let mut start = piece.start;
    let mut parent = None;
    if let Some((tokens, owner)) = nation_before(roll, start) {
        // "Taliban 's Ministry" and "U.S. Central Command" keep whose it is; the name itself
        // takes the nation only without a possessive.
        if tokens.end == start && tokens.start + 3 >= start {
            start = tokens.start;
        }
        parent = Some(owner);
    }
    if start == piece.start && piece.len() == 1 && end == piece.end && parent.is_none() {
        // "the Ministry", "the Council": a short form, left to coreference.
        return end;
    }
    let kind = if kind == "state_force"
        && parent.is_none()
        && matches!(text.lower(head), "army")
        && text.lower(head + 1) == "of"
    {
        "armed_group"
    } else {
        kind
    };
    let name = text.words(start..end).to_owned();
    let bare = fold(text.words(piece.start..end));
    // "the State Department" after "the U.S. State Department", or before it.
    let actor = match roll.bodies.get(&bare).copied() {
        Some(known) if parent.is_none() || roll.parents[known].is_none() || roll.parents[known] == parent => {
            if roll.parents[known].is_none() && start < piece.start {
                roll.list[known].name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            known
        }
        _ => roll.named(&name, kind, if start < piece.start { None } else { parent }),
    };
    roll.bodies.insert(bare, actor);
    roll.parents[actor] = roll.parents[actor].or(parent);
    roll.name(piece.start..end, actor);
    roll.mention(start..end, actor, false);
    end
}

/// Returns the state or group named right before `at`, over a possessive or an adjective.
pub fn nation_before(roll: &mut Roll<'_, '_>, at: usize) -> Option<(Range<usize>, usize)> {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let end = if at > 0 && matches!(text.lower(at - 1), "'s" | "'") { at - 1 } else { at };
    let last = end.checked_sub(1)?;
    if text.tokens[last].sentence != text.tokens.get(at)?.sentence {
        return None;
    }
    if let Some(tokens) = roll.name_around(last) {
        let owner = roll.owner(last)?;
        let fits = matches!(
            roll.list[owner].kind.as_str(),
            "state" | "armed_group" | "igo" | "party" | "government_body" | "group" | "state_force"
        );
        return fits.then_some((tokens, owner));
    }
    let state = state_of_adjective(roll, last)?;
    Some((last..end, state))
}

/// Returns the state that an adjective such as "Somali" stands for.
pub fn state_of_adjective(roll: &mut Roll<'_, '_>, at: usize) -> Option<usize> {
    let names = &roll.ctx.index.names;
    let nation = *names.words.nationalities.get(roll.ctx.text.lower(at))?;
    if !roll.ctx.text.tokens[at].capital {
        return None;
    }
    let target = *names.states.get(&roll.ctx.codebook.lexicon.nationalities[nation].country)?;
    Some(roll.known(target))
}

/// Weighs how much speaks for a person.
fn person_candidate(roll: &Roll<'_, '_>, tokens: Range<usize>, titled: bool, scene: &[bool]) -> Candidate {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let lexicon = &ctx.index.names.words;
    let sentence = text.sentence_of(tokens.start).tokens.clone();
    let before = |n: usize| if tokens.start >= sentence.start + n { text.lower(tokens.start - n) } else { "" };
    let full = tokens.len() > 1;
    let mut score = if titled { 4 } else { 0 };
    if lexicon.offices.has(before(1)) {
        score += 3;
    }
    let next = if tokens.end < sentence.end { text.lower(tokens.end) } else { "" };
    if next == "," || next == "(" {
        let second = text.lower(tokens.end + 1);
        let age = text.tokens.get(tokens.end + 1).is_some_and(|it| it.kind == TokenKind::Number && it.lower.len() == 2);
        if age && matches!(text.lower(tokens.end + 2), "," | ")") {
            score += 3;
        } else if second == "who" || second == "whose" {
            score += 2;
        } else if full && has_office(roll, tokens.end + 1, sentence.end) {
            score += 3;
        }
    }
    if lexicon.says.contains(next) {
        score += 2;
    }
    if matches!(next, "is" | "was")
        && matches!(text.lower(tokens.end + 1), "a" | "an" | "the")
        && has_office(roll, tokens.end + 2, sentence.end)
    {
        score += 2;
    }
    match before(1) {
        "said" | "says" | "added" | "adds" | "named" | "called" => score += 2,
        "to" if before(2) == "according" => score += 2,
        "as" if before(2) == "identified" => score += 2,
        "in" | "at" | "near" | "from" | "across" | "outside" | "around" | "into" | "inside" => score -= 2,
        "the" => score -= 3,
        "of" if !titled => score -= 2,
        "," if full && has_office(roll, tokens.start.saturating_sub(9).max(sentence.start), tokens.start - 1) => {
            score += 3
        }
        _ => {}
    }
    score += if (2..=4).contains(&tokens.len()) { 1 } else { -1 };
    if tokens.clone().any(|at| scene[at]) {
        score -= 3;
    }
    if tokens.clone().any(|at| lexicon.facilities.has(text.lower(at))) || lexicon.facilities.has(next) {
        score -= 4;
    }
    // The model takes the same words for a person's name.
    let around = text.trees.names(tokens.start.saturating_sub(2)..tokens.end);
    if full && around.iter().any(|(it, kind)| *kind == "PERSON" && it.end == tokens.end && it.start <= tokens.start + 1)
    {
        score += 3;
    }
    let shout = text.words(tokens.clone());
    if shout.chars().count() > 2 && !shout.chars().any(char::is_lowercase) {
        score -= 2;
    }
    Candidate { tokens, score }
}

/// Says whether an office stands before the next comma.
fn has_office(roll: &Roll<'_, '_>, from: usize, limit: usize) -> bool {
    let text = &roll.ctx.text;
    let lexicon = &roll.ctx.index.names.words;
    (from..limit.min(from + 9))
        .take_while(|&at| !matches!(text.lower(at), "," | ")" | ";" | "." | "by" | "that" | "which" | "after" | "when"))
        .any(|at| !text.lower(at).ends_with('s') && lexicon.offices.at(text, at) > 0)
}

/// Turns candidates into persons; a surname alone is a person named in full elsewhere.
fn name_persons(roll: &mut Roll<'_, '_>, candidates: Vec<Candidate>) {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let mut surnames: BTreeMap<&str, usize> = BTreeMap::new();
    let alone: HashSet<&str> = candidates
        .iter()
        .filter(|it| it.tokens.len() == 1 && it.score > -3)
        .map(|it| text.lower(it.tokens.start))
        .collect();
    let mut rest = vec![];
    for it in &candidates {
        let full = it.tokens.len() > 1;
        // "Ann Doe" and later "Doe": only people are named so.
        let again = it.score == 1 && it.tokens.len() < 4 && alone.contains(text.lower(it.tokens.end - 1));
        if (it.score >= 2 || again) && full {
            let name = text.words(it.tokens.clone());
            let last = text.lower(it.tokens.end - 1);
            let actor = match surnames.get(last) {
                // "Khalil Haqqani" is not "Sirajuddin Haqqani"; "Michael Kurilla" may be "M. Kurilla".
                Some(&known) if same_person(&roll.list[known].name, name) => known,
                _ => roll.named(name, "person", None),
            };
            if roll.list[actor].name.len() < name.len() {
                roll.list[actor].name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            surnames.entry(last).or_insert(actor);
            roll.name(it.tokens.clone(), actor);
        } else {
            rest.push(it);
        }
    }
    for it in rest {
        let last = text.lower(it.tokens.end - 1);
        let known = surnames.get(last).copied();
        match known {
            Some(actor)
                if it.tokens.len() == 1 || same_person(&roll.list[actor].name, text.words(it.tokens.clone())) =>
            {
                roll.name(it.tokens.clone(), actor);
            }
            _ if it.score >= 2 => {
                let actor = roll.named(text.words(it.tokens.clone()), "person", None);
                surnames.entry(last).or_insert(actor);
                roll.name(it.tokens.clone(), actor);
            }
            _ => {}
        }
    }
}

/// Says whether two full names can be one person's: first names agree or one is an initial.
fn same_person(a: &str, b: &str) -> bool {
    let first = |name: &str| fold(name.split_whitespace().next().unwrap_or(""));
    let (x, y) = (first(a), first(b));
    x == y || (x.chars().count() == 1 && y.starts_with(&x)) || (y.chars().count() == 1 && x.starts_with(&y))
}

/// Learns short forms from the text itself: "Zarka Liberation Front (ZLF)", and finds them everywhere.
pub fn teach(roll: &mut Roll<'_, '_>) {
    let ctx = roll.ctx;
    let text = &ctx.text;
    roll.sort();
    let mut taught: HashMap<String, usize> = HashMap::new();
    for it in &roll.mentions {
        let open = it.tokens.end;
        let quoted = usize::from(text.tokens.get(open + 1).is_some_and(|it| it.kind == TokenKind::Quote));
        let at = open + 1 + quoted;
        let closes = text.lower(at + 1 + quoted) == ")"
            || text.lower(at + 1) == ")"
            || matches!(text.lower(at + 1), "," | ";" | "/" | "or");
        if text.lower(open) != "(" || !closes || roll.owner(at).is_some() || roll.list[it.actor].kind == "person" {
            continue;
        }
        let Some(token) = text.tokens.get(at) else { continue };
        let word = &text.raw[token.bytes.clone()];
        let capitals = word.chars().filter(|it| it.is_uppercase()).count();
        if token.kind == TokenKind::Word && (capitals >= 2 || (token.capital && word.chars().count() > 3)) {
            taught.entry(word.to_owned()).or_insert(it.actor);
        }
    }
    if taught.is_empty() {
        return;
    }
    // "ZLF fighters" read before the front was named in full.
    for it in &mut roll.mentions {
        let actor = taught.get(text.words(it.tokens.start..it.tokens.start + 1)).copied();
        if let Some(actor) = actor
            && roll.list[it.actor].codebook.is_none()
            && roll.list[it.actor].kind == "armed_group"
        {
            it.actor = actor;
        }
    }
    for at in 0..text.tokens.len() {
        if roll.owner(at).is_none()
            && text.tokens[at].capital
            && let Some(&actor) = taught.get(&text.raw[text.tokens[at].bytes.clone()])
        {
            roll.name(at..at + 1, actor);
        }
    }
}
