//! Masks private persons: "[person 1]" in place of a name, everywhere alike.
//!
//! In: readings and codebook. Out: a [`Mask`] that replaces the full name and its
//! telling parts. A person is private unless the codebook knows them, or the text
//! gives them an office or a title, or they speak for a body; witnesses, victims,
//! relatives and detainees therefore are.
//!
//! It does not find persons that the reading did not find, and it masks names, not
//! circumstances.

use aho_corasick::{AhoCorasick, MatchKind};
use aver_codebook::Codebook;
use aver_model::{Actor, Offsets, Reading, Span};
use std::collections::{BTreeMap, BTreeSet};

/// How far from a name an office or title is looked for, in code points.
const REACH: usize = 48;

/// Titles before a name that do not make its bearer public: courtesy, learning, family, the lowest ranks.
const POLITE: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "doctor", "engineer", "malik", "khan", "hajji", "haji", "hafiz", "qari", "sayyid",
    "sayed", "syed", "sayyed", "ustad", "ustaz", "sister", "brother", "don", "señor", "comrade", "private", "pvt",
    "spc",
];

/// Words that the lexicon lists so that speakers are found, and that say: a victim, a witness, a
/// relative, a source, somebody with a trade. None of them is an office that a person holds in public.
const NO_OFFICE: &[&str] = &[
    "witness",
    "eyewitness",
    "survivor",
    "resident",
    "teacher",
    "shopkeeper",
    "farmer",
    "student",
    "driver",
    "doctor",
    "surgeon",
    "nurse",
    "paramedic",
    "lawyer",
    "attorney",
    "activist",
    "human rights activist",
    "rights activist",
    "aid worker",
    "rescuer",
    "firefighter",
    "guard",
    "soldier",
    "defector",
    "prisoner",
    "detainee",
    "captive",
    "hostage",
    "relative",
    "cousin",
    "neighbor",
    "neighbour",
    "father",
    "mother",
    "brother",
    "sister",
    "son",
    "daughter",
    "widow",
    "uncle",
    "wife",
    "husband",
];

/// Replaces names of private persons.
pub struct Mask {
    names: Option<(AhoCorasick, Vec<String>)>,
}

impl Mask {
    /// Returns a mask that hides nothing.
    pub fn none() -> Mask {
        Mask { names: None }
    }

    /// Returns a mask for the private persons of these readings, numbered in order of their names.
    pub fn new(readings: &[&Reading], codebook: &Codebook) -> Mask {
        let mut private: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut public: BTreeSet<String> = BTreeSet::new();
        for reading in readings {
            let offsets = Offsets::new(&reading.text);
            for actor in reading.actors.iter().filter(|it| it.kind == "person") {
                let said = actor.mentions.iter().map(|it| offsets.quote(&reading.text, *it).to_string());
                let names: BTreeSet<String> = said.chain([actor.name.clone()]).filter(|it| is_name(it)).collect();
                if is_public(actor, reading, &offsets, codebook) {
                    public.extend(names);
                } else {
                    private.entry(actor.name.clone()).or_default().extend(names);
                }
            }
        }
        private.retain(|name, _| !public.contains(name));
        let kept: BTreeSet<String> = codebook
            .actors
            .iter()
            .flat_map(|it| [&it.name].into_iter().chain(&it.aliases))
            .flat_map(|it| parts(it))
            .collect();
        let mut patterns: BTreeMap<String, String> = BTreeMap::new();
        for (idx, (_, names)) in private.iter().enumerate() {
            let shown = format!("[person {}]", idx + 1);
            for name in names.iter().filter(|it| !public.contains(*it)) {
                patterns.entry(name.clone()).or_insert_with(|| shown.clone());
                for part in parts(name).into_iter().filter(|it| !kept.contains(it) && !public.contains(it)) {
                    patterns.entry(part).or_insert_with(|| shown.clone());
                }
            }
        }
        // A public name that holds a private one's part stays whole.
        if !patterns.is_empty() {
            patterns.extend(public.iter().map(|it| (it.clone(), it.clone())));
            patterns.extend(
                codebook.actors.iter().filter(|it| it.kind == "person").map(|it| (it.name.clone(), it.name.clone())),
            );
        }
        let (names, shown): (Vec<String>, Vec<String>) = patterns.into_iter().unzip();
        let built = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names);
        Mask { names: built.ok().filter(|_| !names.is_empty()).map(|it| (it, shown)) }
    }

    /// Returns the words with every private name replaced; only whole words are names.
    pub fn apply(&self, words: &str) -> String {
        let Some((names, shown)) = &self.names else { return words.to_string() };
        let mut out = String::with_capacity(words.len());
        let mut from = 0;
        for found in names.find_iter(words) {
            let before = words[..found.start()].chars().next_back();
            let after = words[found.end()..].chars().next();
            if before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric) {
                continue;
            }
            out.push_str(&words[from..found.start()]);
            out.push_str(&shown[found.pattern().as_usize()]);
            from = found.end();
        }
        out.push_str(&words[from..]);
        out
    }
}

/// Says whether the words are a name and not a pronoun or a description.
fn is_name(words: &str) -> bool {
    words.chars().count() > 2
        && words.chars().next().is_some_and(char::is_uppercase)
        && !matches!(words, "She" | "They" | "His" | "Her")
}

/// Returns the parts of a name by which a text may go on to call its bearer.
fn parts(name: &str) -> BTreeSet<String> {
    name.split(|c: char| c.is_whitespace())
        .map(|it| it.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|it| it.chars().count() > 2 && it.chars().next().is_some_and(char::is_uppercase))
        .map(str::to_string)
        .collect()
}

/// Says whether a person is known to the codebook, or stands in the text with an office or title.
fn is_public(actor: &Actor, reading: &Reading, offsets: &Offsets, codebook: &Codebook) -> bool {
    if actor.codebook.as_deref().is_some_and(|id| codebook.actor(id).is_some()) {
        return true;
    }
    let words = |it: &Vec<String>| {
        it.iter()
            .map(|it| it.to_lowercase())
            .filter(|it| !POLITE.contains(&it.trim_end_matches('.')))
            .collect::<Vec<_>>()
    };
    let (titles, mut offices) = (words(&codebook.lexicon.titles), words(&codebook.lexicon.offices));
    offices.retain(|it| !NO_OFFICE.contains(&it.as_str()));
    actor.mentions.iter().any(|span| {
        let before =
            offsets.quote(&reading.text, Span::new(span.start.saturating_sub(REACH), span.start)).to_lowercase();
        let after = offsets.quote(&reading.text, Span::new(span.end, span.end + REACH)).to_lowercase();
        let before = before.rsplit(['.', ';', '!', '?', '\n']).next().unwrap_or("").to_string();
        let own = offsets.quote(&reading.text, *span).to_lowercase();
        let titled = titles.iter().any(|it| ends_with_word(&before, it) || own.starts_with(&format!("{it} ")));
        let in_office = offices.iter().any(|it| ends_with_word(&before, it) || apposed(&after, it));
        titled || in_office
    })
}

/// "the army spokesman NAME".
fn ends_with_word(before: &str, office: &str) -> bool {
    let before = before.trim_end().trim_end_matches(',');
    before.ends_with(office) && !before[..before.len() - office.len()].ends_with(char::is_alphanumeric)
}

/// "NAME, the spokesman of the army": an office within a few words of a comma.
fn apposed(after: &str, office: &str) -> bool {
    let Some(rest) = after.strip_prefix(',') else { return false };
    let rest = rest.split([',', '.', ';']).next().unwrap_or("");
    let words = rest.split(' ').filter(|it| !it.is_empty()).take(5).collect::<Vec<_>>().join(" ");
    // "NAME, the son of the governor": he holds no office.
    holds_word(&words, office) && !NO_OFFICE.iter().any(|it| holds_word(&words, it))
}

/// Says whether a word, or words, stand in a text as whole words.
fn holds_word(text: &str, word: &str) -> bool {
    format!(" {text} ").contains(&format!(" {word} "))
}
