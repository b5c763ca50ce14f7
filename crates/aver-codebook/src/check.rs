//! Checks that the codebook agrees with itself.
//!
//! In: every entry with its file and lines. Out: faults; nothing is changed.
//! Each check names the values and, where there is a list, the nearest word in it.

use crate::load::{Loaded, Origin, stem};
use crate::{ActorEntry, EventType};
use std::collections::BTreeMap;

/// Families under which event types are scored as one.
pub const EVENT_FAMILIES: &[&str] = &[
    "explosive",
    "armed",
    "attack",
    "operation",
    "custody",
    "territory",
    "movement",
    "politics",
    "diplomacy",
    "statement",
    "support",
    "coercion",
    "death",
    "war",
    "protest",
    "damage",
];

/// Families under which relations are scored as one.
pub const RELATION_FAMILIES: &[&str] =
    &["membership", "alliance", "hostility", "support", "presence", "diplomacy", "obligation", "recruitment"];

/// The 25 sub-event types of ACLED with their event types.
pub const ACLED: &[(&str, &str)] = &[
    ("Battles", "Government regains territory"),
    ("Battles", "Non-state actor overtakes territory"),
    ("Battles", "Armed clash"),
    ("Protests", "Excessive force against protesters"),
    ("Protests", "Protest with intervention"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Violent demonstration"),
    ("Riots", "Mob violence"),
    ("Explosions/Remote violence", "Chemical weapon"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Suicide bomb"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("Explosions/Remote violence", "Grenade"),
    ("Violence against civilians", "Sexual violence"),
    ("Violence against civilians", "Attack"),
    ("Violence against civilians", "Abduction/forced disappearance"),
    ("Strategic developments", "Agreement"),
    ("Strategic developments", "Arrests"),
    ("Strategic developments", "Change to group/activity"),
    ("Strategic developments", "Disrupted weapons use"),
    ("Strategic developments", "Headquarters or base established"),
    ("Strategic developments", "Looting/property destruction"),
    ("Strategic developments", "Non-violent transfer of territory"),
    ("Strategic developments", "Other"),
];

const ACTOR_KINDS: &[&str] = &[
    "armed_group",
    "state",
    "state_force",
    "government_body",
    "office",
    "person",
    "media",
    "monitor",
    "ngo",
    "igo",
    "party",
    "people",
];
const PLACE_LEVELS: &[&str] = &["neighbourhood", "city", "admin1", "admin2", "region", "facility", "country"];
const RULES: &[&str] =
    &["minimum", "maximum", "recent", "mode", "median", "range", "independent-range", "reliable", "credible-range"];
const TAKES: &[&str] = &[
    "that",
    "quote",
    "noun",
    "object",
    "to",
    "of",
    "for",
    "on",
    "with",
    "by",
    "in",
    "from",
    "against",
    "at",
    "as",
    "about",
    "wh",
    "object-to",
    "clause",
    "nothing",
];
const UCDP: &[&str] = &["state-based", "non-state", "one-sided"];

/// Adds every fault to `loaded.faults`.
pub(crate) fn check(loaded: &mut Loaded<'_>) {
    let mut faults = Faults::default();
    events(loaded, &mut faults);
    stances(loaded, &mut faults);
    words(loaded, &mut faults);
    actors(loaded, &mut faults);
    relations(loaded, &mut faults);
    for (file, line, id, message, hint) in faults.0 {
        loaded.fault(&file, line, id, message, hint);
    }
}

#[derive(Default)]
struct Faults(Vec<(String, usize, &'static str, String, String)>);

impl Faults {
    fn at(&mut self, origin: &Origin<'_>, word: &str, id: &'static str, message: String, hint: String) {
        self.0.push((origin.file.to_owned(), origin.line_of(word), id, message, hint));
    }

    /// Reports a word that is not in its list.
    fn unless_known(&mut self, origin: &Origin<'_>, word: &str, what: &str, known: &[&str]) {
        if !known.contains(&word) {
            let hint = did_you_mean(word, known.iter().copied());
            self.at(origin, word, "codebook-unknown-word", format!("`{word}` is no {what}"), hint);
        }
    }

    fn name(&mut self, origin: &Origin<'_>, name: &str) {
        let expected = stem(origin.file);
        if name != expected {
            let message = format!("the entry is named `{name}`, its file `{expected}`");
            self.at(origin, name, "codebook-name", message, format!("write name = \"{expected}\""));
        }
    }
}

/// Where a word was first seen, to report the second place.
struct Seen<'a> {
    id: &'static str,
    what: &'static str,
    first: BTreeMap<String, (Origin<'a>, String)>,
}

impl<'a> Seen<'a> {
    fn new(id: &'static str, what: &'static str) -> Seen<'a> {
        Seen { id, what, first: BTreeMap::new() }
    }

    fn add(&mut self, key: String, word: &str, owner: &str, origin: Origin<'a>, faults: &mut Faults) {
        if let Some((other, other_owner)) = self.first.get(&key) {
            let place = format!("{}:{}", other.file, other.line_of(word));
            let message = format!("{} \"{word}\" of `{owner}` is already in `{other_owner}` ({place})", self.what);
            faults.at(&origin, word, self.id, message, "keep it in one of them".to_owned());
        } else {
            self.first.insert(key, (origin, owner.to_owned()));
        }
    }
}

fn events(loaded: &Loaded<'_>, faults: &mut Faults) {
    let mut names = Seen::new("codebook-duplicate-name", "the event type");
    let mut cues = Seen::new("codebook-duplicate-cue", "the cue");
    for (event, origin) in &loaded.events {
        faults.name(origin, &event.name);
        names.add(event.name.clone(), &event.name, &event.name, *origin, faults);
        faults.unless_known(origin, &event.family, "event family", EVENT_FAMILIES);
        codes(event, origin, faults);
        let lists = [
            ("noun", &event.nouns),
            ("verb", &event.verbs),
            ("phrase", &event.phrases),
            ("weak", &event.weak),
            ("weak", &event.weak_nouns),
        ];
        frames(loaded, event, origin, faults);
        if lists.iter().all(|it| it.1.is_empty()) && event.frames.is_empty() {
            let message = format!("event type `{}` has no cues", event.name);
            faults.at(origin, "", "codebook-no-cues", message, "give nouns, verbs, phrases or frames".to_owned());
        }
        for (class, list) in lists {
            for word in list {
                empty(faults, origin, word, &event.name);
                let class = if class == "phrase" { "noun" } else { class };
                let key = format!("{class} {}", word.trim_start_matches('=').to_lowercase());
                cues.add(key, word, &event.name, *origin, faults);
            }
        }
    }
}

/// A frame needs a verb or noun, a side, and classes that exist.
fn frames(loaded: &Loaded<'_>, event: &EventType, origin: &Origin<'_>, faults: &mut Faults) {
    let known: Vec<&str> = loaded.lexicons.iter().flat_map(|it| it.0.classes.keys()).map(String::as_str).collect();
    for frame in &event.frames {
        let told = frame.does.first().or(frame.nouns.first());
        let sides = [&frame.who, &frame.whom, &frame.beside];
        if told.is_none() || sides.iter().all(|it| it.is_empty()) {
            let word = told.map_or("frames", String::as_str);
            let message = format!("a frame of `{}` lacks its words or its sides", event.name);
            faults.at(
                origin,
                word,
                "codebook-frame",
                message,
                "give does or nouns, and who, whom or beside".to_owned(),
            );
        }
        for word in sides.into_iter().flatten().chain(&frame.without) {
            if let Some(class) = word.strip_prefix('@')
                && !known.contains(&class)
            {
                let hint = did_you_mean(class, known.iter().copied());
                let message = format!("`{class}` is no class of the lexicon");
                faults.at(origin, word, "codebook-unknown-word", message, hint);
            }
        }
    }
}

fn codes(event: &EventType, origin: &Origin<'_>, faults: &mut Faults) {
    if !event.acled_sub_event.is_empty() {
        let known: Vec<&str> = ACLED.iter().map(|it| it.1).collect();
        faults.unless_known(origin, &event.acled_sub_event, "ACLED sub-event type", &known);
        if let Some((kind, sub)) = ACLED.iter().find(|it| it.1 == event.acled_sub_event)
            && *kind != event.acled_event
        {
            let message = format!("in ACLED `{sub}` belongs to `{kind}`, not `{}`", event.acled_event);
            faults.at(origin, &event.acled_event, "codebook-code", message, format!("write acled_event = \"{kind}\""));
        }
    }
    if !event.ucdp.is_empty() {
        for word in event.ucdp.split(", ") {
            faults.unless_known(origin, word, "UCDP type of violence", UCDP);
        }
    }
}

fn empty(faults: &mut Faults, origin: &Origin<'_>, word: &str, owner: &str) {
    if word.trim() != word || word.trim_start_matches('=').is_empty() {
        let message = format!("`{owner}` has a cue \"{word}\" that is empty or has spaces at its ends");
        faults.at(origin, word, "codebook-empty-cue", message, "write the words alone, or remove it".to_owned());
    }
}

fn stances(loaded: &Loaded<'_>, faults: &mut Faults) {
    let mut names = Seen::new("codebook-duplicate-name", "the stance");
    let mut cues = Seen::new("codebook-duplicate-cue", "the cue");
    for (entry, origin) in &loaded.stances {
        let name = entry.stance.as_str();
        faults.name(origin, name);
        names.add(name.to_owned(), name, name, *origin, faults);
        if entry.cues.is_empty() {
            let message = format!("stance `{name}` has no cues");
            faults.at(origin, "", "codebook-no-cues", message, "add a [[cues]] entry".to_owned());
        }
        for cue in &entry.cues {
            empty(faults, origin, &cue.words, name);
            for word in &cue.takes {
                faults.unless_known(origin, word, "word for what follows a cue", TAKES);
            }
            let any = [String::new()];
            let takes: &[String] = if cue.takes.is_empty() { &any } else { &cue.takes };
            for take in takes {
                let key = format!("{} {} {take}", cue.class, cue.words);
                cues.add(key, &cue.words, name, *origin, faults);
            }
        }
    }
}

fn words(loaded: &Loaded<'_>, faults: &mut Faults) {
    let types: Vec<&str> = loaded.events.iter().map(|it| it.0.name.as_str()).collect();
    let mut operators = Seen::new("codebook-duplicate-cue", "the operator");
    let mut weapons = Seen::new("codebook-duplicate-cue", "the weapon");
    let mut peoples = Seen::new("codebook-duplicate-alias", "the nationality");
    for (lexicon, origin) in &loaded.lexicons {
        for it in &lexicon.operators {
            operators.add(it.words.clone(), &it.words, it.op.as_str(), *origin, faults);
        }
        for it in &lexicon.weapons {
            weapons.add(it.words.clone(), &it.words, &it.suggests, *origin, faults);
            if !it.suggests.is_empty() {
                faults.unless_known(origin, &it.suggests, "event type", &types);
            }
        }
        for it in &lexicon.nationalities {
            for word in &it.words {
                peoples.add(word.clone(), word, &it.country, *origin, faults);
            }
        }
    }
    for (measure, origin) in &loaded.measures {
        faults.name(origin, &measure.name);
    }
    let mut policies = Seen::new("codebook-duplicate-name", "the policy");
    for (policy, origin) in &loaded.policies {
        let name = policy.id.split('/').next().unwrap_or_default();
        faults.name(origin, name);
        policies.add(policy.id.clone(), &policy.id, &policy.id, *origin, faults);
        faults.unless_known(origin, &policy.rule, "rule", RULES);
        if policy.source.is_empty() {
            let message = format!("policy `{}` does not say where its rule is written", policy.id);
            faults.at(origin, "", "codebook-no-source", message, "add source = \"…\"".to_owned());
        }
    }
}

fn actors(loaded: &Loaded<'_>, faults: &mut Faults) {
    let mut ids = Seen::new("codebook-duplicate-name", "the actor");
    let mut aliases = Seen::new("codebook-duplicate-alias", "the name");
    let known: Vec<&str> = loaded.actors.iter().map(|it| it.0.id.as_str()).collect();
    for (actor, origin) in &loaded.actors {
        ids.add(actor.id.clone(), &actor.id, &actor.id, *origin, faults);
        faults.unless_known(origin, &actor.kind, "kind of actor", ACTOR_KINDS);
        for (field, link) in [("parent", &actor.parent), ("channel_of", &actor.channel_of)] {
            if let Some(link) = link {
                faults.unless_known(origin, link, &format!("actor (in `{field}`)"), &known);
            }
        }
        for alias in std::iter::once(&actor.name).chain(&actor.aliases) {
            empty(faults, origin, alias, &actor.id);
            aliases.add(alias.clone(), alias, &actor.id, *origin, faults);
        }
        roles(actor, origin, faults);
    }
    let mut places = Seen::new("codebook-duplicate-name", "the place");
    for (place, origin) in &loaded.places {
        places.add(place.id.clone(), &place.id, &place.id, *origin, faults);
        faults.unless_known(origin, &place.level, "level of place", PLACE_LEVELS);
    }
}

fn roles(actor: &ActorEntry, origin: &Origin<'_>, faults: &mut Faults) {
    for role in &actor.roles {
        if let (Some(from), Some(until)) = (role.from, role.until)
            && from > until
        {
            let message = format!("role `{}` of `{}` ends on {until}, before it starts on {from}", role.role, actor.id);
            faults.at(origin, &from.to_string(), "codebook-date", message, "swap the days".to_owned());
        }
    }
    for pair in actor.roles.windows(2) {
        let overlaps = match (pair[0].until, pair[1].from) {
            (Some(until), Some(from)) => until >= from,
            _ => true,
        };
        if overlaps {
            let message = format!("roles `{}` and `{}` of `{}` overlap", pair[0].role, pair[1].role, actor.id);
            let hint = "oldest first; end the first on the day before the second starts".to_owned();
            faults.at(origin, &pair[1].role, "codebook-date", message, hint);
        }
    }
}

fn relations(loaded: &Loaded<'_>, faults: &mut Faults) {
    let mut names = Seen::new("codebook-duplicate-name", "the relation");
    let mut patterns = Seen::new("codebook-duplicate-cue", "the pattern");
    for (relation, origin) in &loaded.relations {
        names.add(relation.name.clone(), &relation.name, &relation.name, *origin, faults);
        faults.unless_known(origin, &relation.family, "relation family", RELATION_FAMILIES);
        if relation.patterns.is_empty() {
            let message = format!("relation `{}` has no patterns", relation.name);
            faults.at(origin, &relation.name, "codebook-no-cues", message, "add patterns with A and B".to_owned());
        }
        for pattern in &relation.patterns {
            patterns.add(pattern.clone(), pattern, &relation.name, *origin, faults);
            let tokens: Vec<&str> = pattern.split(' ').collect();
            if tokens.iter().filter(|it| **it == "A").count() != 1
                || tokens.iter().filter(|it| **it == "B").count() != 1
            {
                let message = format!("the pattern \"{pattern}\" does not hold A and B once each");
                faults.at(origin, pattern, "codebook-pattern", message, "A and B stand for the two actors".to_owned());
            }
            if let Some(token) = tokens.iter().find(|it| it.is_empty() || it.contains('(') != it.contains(')')) {
                let message = format!("the pattern \"{pattern}\" has a token `{token}` that cannot be read");
                let hint = "one space between tokens, no space inside (x|y)".to_owned();
                faults.at(origin, pattern, "codebook-pattern", message, hint);
            }
        }
        let nouns = relation.roles.iter().map(|it| (it, false)).chain(relation.deeds.iter().map(|it| (it, true)));
        for (row, needs_preposition) in nouns {
            patterns.add(row.clone(), row, &relation.name, *origin, faults);
            let words: Vec<&str> = row.split(' ').collect();
            let plain = |it: &str| {
                !it.is_empty() && it.split('|').all(|it| it.chars().all(|it| it.is_lowercase() || it == '-'))
            };
            if words.len() > 2 || needs_preposition && words.len() < 2 || !words.iter().all(|it| plain(it)) {
                let message = format!("the row \"{row}\" is not a noun with prepositions");
                let hint = "one noun in small letters, then `of|to`; a deed needs them".to_owned();
                faults.at(origin, row, "codebook-pattern", message, hint);
            }
        }
    }
}

/// Returns "did you mean" with the nearest word, or the list when none is near.
pub(crate) fn did_you_mean<'w>(word: &str, known: impl Iterator<Item = &'w str> + Clone) -> String {
    let nearest = known.clone().map(|it| (distance(word, it), it.len().abs_diff(word.len()), it)).min();
    match nearest {
        Some((far, _, it)) if far <= 2.max(word.chars().count() / 3) => format!("did you mean `{it}`"),
        Some(_) if known.clone().count() <= 40 => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
        _ => "see the entries beside it for the form".to_owned(),
    }
}

/// Edit distance between two words.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (diagonal + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
