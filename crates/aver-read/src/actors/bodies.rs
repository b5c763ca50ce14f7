//! Bodies and unnamed people told by whose they are: "Somali police", "U.S. officials".
//!
//! In: names of states and groups, adjectives of nationality. Out: namings of the
//! phrase. A government is its state, fighters are their group; police, officials
//! and spokespeople are actors of their own with that parent.

use super::{
    names::{nation_before, state_of_adjective},
    roll::Roll,
    words,
};
use crate::text::TokenKind;
use std::ops::Range;

/// What the head of a phrase makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    /// The parent itself: "the Somali government".
    Same,
    /// A force or ministry: "Somali police".
    Body(&'static str),
    /// Unnamed people: "Somali officials", "Somali rebels".
    People(&'static str),
    /// One office: "a Somali spokesman".
    Office,
}

/// Words for the whole of a state.
const STATE_HEADS: &[&str] = &["government", "regime", "administration", "authorities", "leadership", "govt"];
/// Words for the people of a group, who act as the group.
const GROUP_HEADS: &[&str] = &[
    "government",
    "regime",
    "administration",
    "authorities",
    "leadership",
    "fighters",
    "militants",
    "members",
    "forces",
    "insurgents",
    "rebels",
    "gunmen",
    "jihadists",
    "terrorists",
    "extremists",
    "representatives",
    "group",
    "militia",
    "network",
    "movement",
    "organization",
    "organisation",
    "faction",
    "combatants",
    "guerrillas",
    "troops",
    "soldiers",
    "affiliate",
    "insurgency",
    "rulers",
    "operatives",
    "commanders",
    "leaders",
    "fighter",
    "militant",
    "guerrilla",
    "side",
    "delegation",
    "negotiators",
    "separatists",
    "party",
];
/// Ministries and the like among the listed bodies.
const GOVERNMENT: &[&str] = &[
    "ministry",
    "department",
    "embassy",
    "parliament",
    "senate",
    "congress",
    "court",
    "cabinet",
    "presidency",
    "council",
    "directorate",
    "agency",
    "consulate",
    "assembly",
];

/// Finds phrases that say whose body or people act.
pub fn find(roll: &mut Roll<'_, '_>) {
    let ctx = roll.ctx;
    let mut at = 0;
    while at < ctx.text.tokens.len() {
        at = match take_phrase(roll, at) {
            Some(end) => end.max(at + 1),
            None => take_ministry(roll, at).or_else(|| take_people(roll, at)).unwrap_or(at + 1),
        };
    }
}

/// Takes a phrase that begins with a nation or group at `at`; returns its end.
fn take_phrase(roll: &mut Roll<'_, '_>, at: usize) -> Option<usize> {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let (owned, parent) = match roll.owner(at) {
        Some(owner) => {
            let tokens = roll.name_around(at)?;
            if tokens.start != at && at != 0 && roll.owner(at - 1) == Some(owner) {
                return None;
            }
            (tokens, owner)
        }
        None => (at..at + 1, state_of_adjective(roll, at)?),
    };
    let kind = roll.list[parent].kind.clone();
    if matches!(kind.as_str(), "person" | "media") {
        return Some(owned.end);
    }
    let limit = text.sentence_of(at).tokens.end;
    let mut here = owned.end;
    if here < limit && matches!(text.lower(here), "'s" | "'") {
        here += 1;
    }
    let lexicon = &ctx.index.names.words;
    let size = |here: usize| {
        if matches!(text.lower(here), "commands" | "heads" | "chairs" | "recruits" | "monitors" | "guards") {
            return 0;
        }
        [
            lexicon.bodies.at(text, here),
            lexicon.offices.at(text, here),
            lexicon.anonymous.at(text, here),
            lexicon.victims.at(text, here),
            lexicon.attackers.at(text, here),
        ]
        .into_iter()
        .chain([usize::from(GROUP_HEADS.contains(&text.lower(here)) || STATE_HEADS.contains(&text.lower(here)))])
        .max()
        .unwrap_or(0)
    };
    let mut end = None;
    let mut modifiers = 0;
    let mut head = here;
    while here < limit && roll.owner(here).is_none() {
        let n = size(here);
        if n > 0 && here + n <= limit {
            head = here;
            here += n;
            end = Some(here);
        } else if modifiers < 4 && is_modifier(text.lower(here)) {
            modifiers += 1;
            here += 1;
        } else {
            break;
        }
    }
    let Some(mut end) = end else { return Some(owned.end) };
    // "the Zarkan army and intelligence forces".
    if text.lower(end) == "and"
        && lexicon.bodies.at(text, head) > 0
        && end + 1 < limit
        && lexicon.bodies.at(text, end + 1) > 0
        && !text.tokens[end + 1].capital
    {
        let mut last = end + 1;
        while last < limit && lexicon.bodies.at(text, last) > 0 {
            last += lexicon.bodies.at(text, last);
        }
        end = last.min(limit);
    }
    let mut start = owned.start;
    let former = start > 0 && matches!(text.lower(start - 1), "former" | "ousted" | "previous" | "ex" | "deposed");
    if former {
        start -= 1;
    }
    Some(name_phrase(roll, start..end, owned, head, parent, &kind, former))
}

/// Adds the naming of a whole phrase; returns its end.
fn name_phrase(
    roll: &mut Roll<'_, '_>,
    tokens: Range<usize>,
    owned: Range<usize>,
    head: usize,
    parent: usize,
    kind: &str,
    former: bool,
) -> usize {
    let text = &roll.ctx.text;
    let end = tokens.end;
    let what = head_of(roll, head..end, kind, owned.end..end);
    let own_tokens = if former { tokens.clone() } else { owned.start..end };
    let owner = |roll: &Roll<'_, '_>| roll.owner(owned.start).is_some();
    let mut name = plain_name(text.words(own_tokens.clone()));
    if matches!(text.lower(end - 1), "intelligence")
        || name.ends_with("intelligence service")
        || name.ends_with("spy agency")
    {
        let stem = name
            .trim_end_matches("intelligence service")
            .trim_end_matches("spy agency")
            .trim_end_matches("intelligence");
        name = format!("{stem}intelligence agency");
    }
    let actor = match what {
        Head::Same if !former => parent,
        Head::Same => roll.named(&name, kind, Some(parent)),
        Head::Body(body) => roll.named(&name, body, Some(parent)),
        Head::People(people) => roll.named(&name, people, Some(parent)),
        // "a Taliban spokesman": who holds it is settled in `posts`.
        Head::Office => return end,
    };
    // An adjective has no name of its own; the state is named by the phrase.
    if !owner(roll) && actor == parent {
        roll.name(own_tokens, actor);
    } else {
        roll.mention(own_tokens, actor, false);
    }
    end
}

/// Returns the unnamed holder of an office.
pub fn office(roll: &mut Roll<'_, '_>, of: usize, office: &str) -> usize {
    let name = format!("{} {}", roll.list[of].name, office_class(office));
    roll.named(&name, "office", Some(of))
}

/// Puts the words for one office together: "spokesman", "spokeswoman".
pub fn office_class(office: &str) -> &str {
    if office.starts_with("spokes") { "spokesperson" } else { office }
}

fn plain_name(words: &str) -> String {
    words.replace(['’', '‘'], "'").replace("'s ", " ")
}

fn is_modifier(word: &str) -> bool {
    words::MODIFIERS.contains(&word)
}

fn head_of(roll: &Roll<'_, '_>, head: Range<usize>, kind: &str, phrase: Range<usize>) -> Head {
    let text = &roll.ctx.text;
    let lexicon = &roll.ctx.index.names.words;
    let last = text.lower(head.end - 1);
    let single = head.len() == 1;
    let plain = phrase.clone().filter(|&at| !PLAIN.contains(&text.lower(at))).count() <= 1;
    if kind == "armed_group" && matches!(last, "group" | "groups" | "branch" | "affiliate") {
        return Head::Same;
    }
    if kind == "state" && matches!(last, "groups" | "outfits" | "factions" | "militias") {
        return Head::People("armed_group");
    }
    if single && plain && kind == "state" && STATE_HEADS.contains(&last) {
        return Head::Same;
    }
    if single && plain && matches!(kind, "armed_group" | "party" | "group") && GROUP_HEADS.contains(&last) {
        return Head::Same;
    }
    if lexicon.bodies.at(text, head.start) == head.len() {
        return Head::Body(body_kind(last, single));
    }
    let plural = last.ends_with('s') && !last.ends_with("ss")
        || matches!(last, "gunmen" | "men" | "women" | "people" | "children" | "police");
    if matches!(last, "troops" | "soldiers" | "marines" | "airmen" | "servicemen") {
        return Head::Body("state_force");
    }
    if !plural {
        return Head::Office;
    }
    if lexicon.attackers.has(last) || matches!(last, "rebels" | "militants" | "insurgents" | "fighters" | "separatists")
    {
        return Head::People(if kind == "state" { "armed_group" } else { "anonymous_group" });
    }
    if !lexicon.anonymous.has(last) && !lexicon.offices.has(last) && lexicon.victims.has(last) {
        return Head::People("people");
    }
    Head::People("anonymous_group")
}

/// Returns the kind of a body by its last word.
fn body_kind(last: &str, single: bool) -> &'static str {
    let stem = words::singular(last);
    if GOVERNMENT.contains(&stem) || last == "intelligence" && single {
        "government_body"
    } else if MEDIA.contains(&last) {
        "media"
    } else if FORCES.contains(&last) || FORCES.contains(&stem) {
        "state_force"
    } else {
        "organization"
    }
}

/// Words between a party and its government or fighters that change nothing.
const PLAIN: &[&str] = &[
    "'s",
    "'",
    "new",
    "interim",
    "transitional",
    "de",
    "facto",
    "ruling",
    "military",
    "islamist",
    "islamic",
    "militant",
    "terrorist",
    "terror",
    "extremist",
    "jihadist",
    "insurgent",
];
/// Bodies that report.
const MEDIA: &[&str] = &[
    "newspaper",
    "newspapers",
    "media",
    "television",
    "broadcaster",
    "daily",
    "channel",
    "magazine",
    "radio",
    "tv",
    "press",
];
/// Bodies under arms.
const FORCES: &[&str] = &[
    "army",
    "military",
    "police",
    "force",
    "troop",
    "navy",
    "guard",
    "command",
    "gendarmerie",
    "intelligence",
    "service",
    "corps",
    "militia",
    "staff",
    "commando",
    "unit",
    "peacekeeper",
    "marine",
];
/// Peoples that the lexicon of victims lacks.
const PEOPLES: &[&str] =
    &["Salafists", "Salafis", "Pashtuns", "Tajiks", "Uighurs", "Uyghurs", "Baloch", "Dalits", "Kachins", "Fulani"];

/// Words that make an unnamed group a party to the conflict.
const FIGHTING: &[&str] = &[
    "terrorist",
    "terror",
    "militant",
    "armed",
    "extremist",
    "jihadist",
    "rebel",
    "insurgent",
    "islamist",
    "opposition",
    "paramilitary",
    "separatist",
    "guerrilla",
    "anti-government",
    "pro-government",
];

/// "several foreign terrorist groups", "anti-Zarka forces", "Hazaras".
fn take_people(roll: &mut Roll<'_, '_>, at: usize) -> Option<usize> {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let token = &text.tokens[at];
    if roll.owner(at).is_some() || token.kind != TokenKind::Word {
        return None;
    }
    let listed = |word: &str| ctx.codebook.lexicon.victims.iter().any(|it| it == word);
    let word = text.words(at..at + 1);
    if token.capital
        && (listed(word) || PEOPLES.contains(&word))
        && token.lower.len() > 4
        && !lists_head(text.lower(at))
    {
        let actor = roll.named(word, "people", None);
        roll.mention(at..at + 1, actor, false);
        return Some(at + 1);
    }
    let anti = token.lower.starts_with("anti-") && token.lower.len() > 8 || FIGHTING.contains(&token.lower.as_str());
    if !anti {
        return None;
    }
    let mut head = at + 1;
    while head < at + 4 && (FIGHTING.contains(&text.lower(head)) || words::MODIFIERS.contains(&text.lower(head))) {
        head += 1;
    }
    let noun = text.lower(head);
    let fits = matches!(
        noun,
        "groups"
            | "organizations"
            | "organisations"
            | "outfits"
            | "factions"
            | "networks"
            | "movements"
            | "militias"
            | "forces"
            | "fighters"
    );
    let army = token.lower == "armed" && noun == "forces" && head == at + 1;
    if !fits || army || text.tokens[head].sentence != token.sentence {
        return None;
    }
    let mut start = at;
    while start > text.sentence_of(at).tokens.start
        && start + 3 > at
        && matches!(
            text.lower(start - 1),
            "foreign"
                | "international"
                | "regional"
                | "transnational"
                | "other"
                | "local"
                | "islamist"
                | "shiite"
                | "sunni"
                | "leftist"
                | "global"
        )
        && roll.owner(start - 1).is_none()
    {
        start -= 1;
    }
    let named = start + usize::from(text.lower(start) == "other");
    let actor = roll.named(text.words(named..head + 1), "armed_group", None);
    roll.mention(start..head + 1, actor, false);
    Some(head + 1)
}

/// "Marines" are a force, not a people.
fn lists_head(word: &str) -> bool {
    matches!(word, "marines" | "un")
}

/// "the interior ministry", "the Ministry of Defense" without its nation.
fn take_ministry(roll: &mut Roll<'_, '_>, at: usize) -> Option<usize> {
    let ctx = roll.ctx;
    let text = &ctx.text;
    let lexicon = &ctx.index.names.words;
    if roll.owner(at).is_some() || text.tokens[at].kind != TokenKind::Word {
        return None;
    }
    let n = lexicon.bodies.at(text, at);
    let last = text.lower(at + n.max(1) - 1);
    let named = text.lower(at + n) == "of" || n >= 2;
    if n == 0 || !GOVERNMENT.contains(&last) || !named {
        return None;
    }
    let mut end = at + n;
    if n == 1 {
        // "ministry of defense", "ministry of the interior".
        end += 1;
        if text.lower(end) == "the" {
            end += 1;
        }
        let topic = text.tokens.get(end).filter(|it| it.kind == TokenKind::Word && roll.owner(end).is_none())?;
        if !matches!(last, "ministry" | "department" | "directorate") || words::FUNCTION.contains(&topic.lower.as_str())
        {
            return None;
        }
        end += 1;
        if text.lower(end) == "affairs" {
            end += 1;
        }
    }
    let parent = nation_before(roll, at).map(|(_, owner)| owner);
    let actor = roll.named(text.words(at..end), "government_body", parent);
    roll.mention(at..end, actor, false);
    Some(end)
}
