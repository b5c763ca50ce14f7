//! Which actor "the group", "the ministry", "they" stand for.
//!
//! In: namings by name. Out: further namings, marked as resolved. The last
//! fitting actor of this or the few sentences before wins; a subject outweighs
//! others; "the group" is not the subject of its own clause, and "the terror
//! group" is not the government of the day. No fitting actor: no naming.

use super::{bodies::office_class, roll::Roll, words};
use crate::text::{Role, TokenKind};
use std::collections::VecDeque;
use std::ops::Range;

/// How many namings back an antecedent may stand.
const WINDOW: usize = 40;

/// A naming that later words may stand for.
struct Recent {
    actor: usize,
    start: usize,
    sentence: usize,
    subject: bool,
}

/// What a nominal or pronoun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted<'t> {
    Person,
    Plural,
    Thing,
    Group { terror: bool, head: &'t str },
    Government,
    Body(&'t str),
    Office(&'t str),
}

const GROUPS: &[&str] = &[
    "group",
    "organization",
    "organisation",
    "network",
    "movement",
    "outfit",
    "faction",
    "militia",
    "insurgents",
    "militants",
    "rebels",
    "terrorists",
    "jihadists",
    "extremists",
    "insurgency",
    "affiliate",
    "guerrillas",
    "separatists",
    "front",
    "cartel",
    "gang",
    "jihadis",
    "paramilitaries",
];
const BODIES: &[&str] = &[
    "ministry",
    "agency",
    "department",
    "directorate",
    "council",
    "commission",
    "committee",
    "court",
    "watchdog",
    "body",
    "army",
    "military",
    "police",
    "institute",
    "center",
    "centre",
    "university",
    "newspaper",
    "monitor",
    "observatory",
    "embassy",
    "parliament",
    "team",
    "mission",
    "command",
    "party",
    "coalition",
    "hospital",
    "organization",
    "alliance",
];
const ADJECTIVES: &[&str] = &[
    "terrorist",
    "terror",
    "militant",
    "islamist",
    "jihadist",
    "extremist",
    "armed",
    "insurgent",
    "rebel",
    "radical",
    "same",
    "banned",
    "notorious",
    "sunni",
    "shiite",
    "shia",
    "local",
    "deadly",
    "paramilitary",
    "ultraconservative",
    "new",
    "hardline",
    "hard-line",
    "virulent",
    "islamic",
    "separatist",
    "leftist",
    "military",
    "ruling",
    "designated",
    "outlawed",
    "proscribed",
    "spy",
    "intelligence",
    "security",
    "rights",
    "lebanese-based",
    "political",
    "muslim",
    "de",
    "facto",
];

/// Resolves nominals and pronouns.
pub fn resolve(roll: &mut Roll<'_, '_>) {
    let ctx = roll.ctx;
    roll.sort();
    let known = roll.mentions.clone();
    let mut next = 0;
    let mut recent: VecDeque<Recent> = VecDeque::new();
    let mut at = 0;
    while at < ctx.text.tokens.len() {
        while next < known.len() && known[next].tokens.start <= at {
            let it = &known[next];
            next += 1;
            if it.tokens.start == at && recent.back().is_none_or(|last| last.start != it.tokens.start) {
                remember(roll, &mut recent, it.actor, it.tokens.clone());
            }
        }
        let sentence = &ctx.text.sentences[ctx.text.tokens[at].sentence];
        if sentence.role == Role::Byline || ctx.text.tokens[at].kind != TokenKind::Word {
            at += 1;
            continue;
        }
        let Some((tokens, wanted)) = nominal(roll, at) else {
            at += 1;
            continue;
        };
        if let Some(actor) = antecedent(roll, &recent, wanted, at) {
            roll.mention(tokens.clone(), actor, true);
            remember(roll, &mut recent, actor, tokens.clone());
        }
        at = tokens.end.max(at + 1);
        while next < known.len() && known[next].tokens.start < at {
            next += 1;
        }
    }
}

fn remember(roll: &Roll<'_, '_>, recent: &mut VecDeque<Recent>, actor: usize, tokens: Range<usize>) {
    if recent.len() == WINDOW {
        recent.pop_front();
    }
    let subject = is_subject(roll, &tokens);
    recent.push_back(Recent {
        actor,
        start: tokens.start,
        sentence: roll.ctx.text.tokens[tokens.start].sentence,
        subject,
    });
}

/// Says whether a naming opens its clause.
fn is_subject(roll: &Roll<'_, '_>, tokens: &Range<usize>) -> bool {
    let text = &roll.ctx.text;
    let first = text.sentence_of(tokens.start).tokens.start;
    let mut at = tokens.start;
    while at > first
        && at + 5 > tokens.start
        && (matches!(text.lower(at - 1), "the" | "a" | "an" | "some") || words::MODIFIERS.contains(&text.lower(at - 1)))
    {
        at -= 1;
    }
    if text.lower(tokens.end) == "'s" {
        return false;
    }
    at == first
        || text.tokens[at - 1].kind == TokenKind::Quote
        || matches!(
            text.lower(at - 1),
            "," | "that"
                | "while"
                | "but"
                | "and"
                | "because"
                | "after"
                | "when"
                | "as"
                | "said"
                | "says"
                | "say"
                | "—"
                | "–"
                | "-"
                | ":"
                | "where"
                | "before"
                | "if"
                | "though"
                | "although"
                | "since"
                | "how"
        )
}

/// Reads a pronoun or "the group" at `at`.
fn nominal<'t>(roll: &Roll<'t, '_>, at: usize) -> Option<(Range<usize>, Wanted<'t>)> {
    let text = &roll.ctx.text;
    if roll.owner(at).is_some() {
        return None;
    }
    let word = text.lower(at);
    match word {
        "he" | "she" => return Some((at..at + 1, Wanted::Person)),
        "they" | "them" if !text.tokens[at].quoted => return Some((at..at + 1, Wanted::Plural)),
        "it" if !text.tokens[at].quoted && !is_empty_it(roll, at) => return Some((at..at + 1, Wanted::Thing)),
        "the" | "this" | "that" => {}
        _ => return None,
    }
    let mut head = at + 1;
    let mut terror = false;
    while head < at + 5 && ADJECTIVES.contains(&text.lower(head)) && head + 1 < text.tokens.len() {
        let follows = text.lower(head + 1);
        if !(GROUPS.contains(&follows)
            || BODIES.contains(&follows)
            || ADJECTIVES.contains(&follows)
            || matches!(follows, "regime" | "junta"))
        {
            break;
        }
        terror |= matches!(
            text.lower(head),
            "terrorist" | "terror" | "extremist" | "jihadist" | "virulent" | "militant" | "deadly" | "radical"
        );
        head += 1;
    }
    if roll.owner(head).is_some() || text.tokens.get(head)?.sentence != text.tokens[at].sentence {
        return None;
    }
    // "the group of seven", "the army general", "the group X" name something else.
    let after = text.lower(head + 1);
    if after == "of" || roll.owner(head + 1).is_some() && after != "'s" && !matches!(after, "," | "and") {
        return None;
    }
    let noun = text.lower(head);
    let tokens = at..head + 1;
    if matches!(noun, "regime" | "government" | "authorities" | "administration" | "junta") {
        return Some((tokens, Wanted::Government));
    }
    let lexicon = &roll.ctx.index.names.words;
    let compound = text.tokens.get(head + 1).is_some_and(|it| it.kind == TokenKind::Word)
        && (lexicon.offices.has(after) || lexicon.facilities.has(after) || lexicon.anonymous.has(after));
    if compound {
        return None;
    }
    let plural_terror = matches!(noun, "militants" | "terrorists" | "jihadists" | "extremists" | "insurgents");
    if GROUPS.contains(&noun) {
        return Some((tokens, Wanted::Group { terror: terror || plural_terror, head: noun }));
    }
    if BODIES.contains(&noun) {
        return Some((tokens, Wanted::Body(noun)));
    }
    if lexicon.offices.has(noun) && !noun.ends_with('s') && !matches!(after, "for" | "at") {
        return Some((tokens, Wanted::Office(noun)));
    }
    None
}

/// "It is clear that", "it was reported": no one is meant.
fn is_empty_it(roll: &Roll<'_, '_>, at: usize) -> bool {
    let text = &roll.ctx.text;
    if matches!(
        text.lower(at + 1),
        "comes"
            | "came"
            | "seems"
            | "seemed"
            | "appears"
            | "appeared"
            | "takes"
            | "took"
            | "may"
            | "remains"
            | "'s"
            | "would"
    ) {
        return true;
    }
    let be = matches!(text.lower(at + 1), "is" | "was" | "has" | "would" | "will" | "can");
    be && (at + 2..(at + 9).min(text.tokens.len())).take_while(|&it| !matches!(text.lower(it), "." | "," | ";")).any(
        |it| {
            matches!(
                text.lower(it),
                "that"
                    | "to"
                    | "possible"
                    | "believed"
                    | "reported"
                    | "unclear"
                    | "clear"
                    | "said"
                    | "whether"
                    | "how"
                    | "known"
            )
        },
    )
}

/// Picks the actor that the words most likely stand for.
fn antecedent(roll: &Roll<'_, '_>, recent: &VecDeque<Recent>, wanted: Wanted<'_>, at: usize) -> Option<usize> {
    let here = roll.ctx.text.tokens[at].sentence;
    let reach = match wanted {
        Wanted::Person | Wanted::Office(_) => 8,
        Wanted::Plural => 2,
        Wanted::Thing => 1,
        Wanted::Group { .. } => 4,
        Wanted::Body(_) => 10,
        Wanted::Government => 2,
    };
    let mut best: Option<(i64, usize)> = None;
    for it in recent.iter().rev() {
        let distance = here - it.sentence;
        if distance > reach {
            break;
        }
        let Some(fit) = fits(roll, it.actor, wanted) else { continue };
        let mut score = fit - 2 * distance as i64 + i64::from(it.subject);
        if let Wanted::Group { .. } = wanted
            && distance == 0
            && it.subject
        {
            score -= 4;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, it.actor));
        }
    }
    best.map(|(_, actor)| actor)
}

/// Says how well an actor fits; `None` when it cannot be meant.
fn fits(roll: &Roll<'_, '_>, actor: usize, wanted: Wanted<'_>) -> Option<i64> {
    let it = &roll.list[actor];
    let kind = it.kind.as_str();
    let group = matches!(kind, "armed_group" | "party" | "group");
    let body = matches!(kind, "government_body" | "state_force" | "organization" | "monitor" | "media" | "ngo" | "igo");
    let name_has = |word: &str| it.name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|it| it == word);
    match wanted {
        Wanted::Person => (kind == "person" || kind == "office").then_some(0),
        Wanted::Plural => (group || matches!(kind, "anonymous_group" | "state_force" | "people")).then_some(0),
        Wanted::Thing => (group || body || kind == "state").then_some(0),
        Wanted::Group { terror, head } => {
            let governs = is_government(roll, actor);
            let base = match (kind, name_has(head)) {
                (_, true) if group || body => 3,
                ("armed_group", _) => 0,
                ("group" | "party" | "ngo" | "monitor", _) if !terror => -2,
                _ => return None,
            };
            Some(
                base - if governs && terror {
                    5
                } else if governs {
                    1
                } else {
                    0
                },
            )
        }
        Wanted::Government => {
            if is_government(roll, actor) {
                Some(1)
            } else {
                (kind == "state").then_some(0)
            }
        }
        Wanted::Body(head) => {
            // "the army" is a state's, not the National Liberation Army's.
            let force = matches!(head, "army" | "police" | "military" | "command");
            if name_has(head) && (!force || body) {
                Some(8)
            } else if matches!(head, "monitor" | "observatory" | "watchdog") {
                (kind == "monitor").then_some(4)
            } else if matches!(
                head,
                "agency"
                    | "department"
                    | "directorate"
                    | "council"
                    | "commission"
                    | "committee"
                    | "body"
                    | "organization"
                    | "team"
                    | "mission"
                    | "institute"
                    | "center"
                    | "centre"
            ) {
                body.then_some(0)
            } else {
                None
            }
        }
        Wanted::Office(noun) => {
            let class = office_class(noun);
            let held = roll.posts.iter().rev().take(WINDOW).any(|post| {
                post.person == actor && office_class(post.office.rsplit(' ').next().unwrap_or("")) == class
            });
            (held || (kind == "office" && name_has(class))).then_some(0)
        }
    }
}

/// Says whether a group governs on the day of publication, by the codebook.
fn is_government(roll: &Roll<'_, '_>, actor: usize) -> bool {
    let Some(id) = &roll.list[actor].codebook else { return false };
    let Some(entry) = roll.ctx.codebook.actor(id) else { return false };
    let day = roll.ctx.page.document.published.end;
    entry.roles.iter().any(|role| {
        role.role.contains("government")
            && day.is_none_or(|day| role.from.is_none_or(|it| it <= day) && role.until.is_none_or(|it| day <= it))
    })
}
