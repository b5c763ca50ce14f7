//! Names that the codebook knows, found in the text however they are spelled.
//!
//! In: the codebook's aliases, folded to their bare letters, so that `al-Qaida`,
//! `Al Qaida` and `AlQaida` are one key. Out: the longest alias at a token.
//!
//! An alias in capitals of up to three letters must be printed so ("IS", "US");
//! other aliases need a capital when they hold one. Which of several actors an
//! ambiguous name means is decided in [`super::country`].

use crate::text::{Text, Token, TokenKind};
use aver_codebook::Codebook;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// No alias is longer than this many tokens.
const LONGEST: usize = 12;

/// What an alias stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An entry of the codebook's actors.
    Entry(usize),
    /// A state that only the list of nationalities knows.
    State(usize),
}

/// One meaning of a name.
#[derive(Debug, Clone)]
pub struct Meaning {
    /// The letters of the alias, with case.
    letters: String,
    /// What it stands for.
    pub target: Target,
    /// It holds only in documents about the actor's country.
    pub local: bool,
}

/// All aliases by their folded letters.
#[derive(Default)]
pub struct Index {
    names: HashMap<String, Vec<Meaning>>,
    /// Long names by their consonants alone: "Tehrek" and "Tehrik" are spelled from one script.
    skeletons: HashMap<String, Vec<Meaning>>,
    starts: HashSet<[char; 2]>,
    /// The keys of both, in order: a phrase that begins none of them is not read on.
    sorted_names: Vec<String>,
    sorted_skeletons: Vec<String>,
}

/// A name found in the text.
pub struct Hit<'i> {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// What it can mean.
    pub meanings: Vec<&'i Meaning>,
    /// It is part of a longer word that says something else: "Taliban-run".
    pub modifier: bool,
}

/// Endings that make a name into an adjective: "ISIS-affiliated", "Iran-backed".
const ENDINGS: &[&str] = &[
    "led",
    "backed",
    "linked",
    "affiliated",
    "aligned",
    "controlled",
    "held",
    "inspired",
    "based",
    "run",
    "allied",
    "imposed",
    "occupied",
    "sponsored",
    "funded",
    "trained",
    "supported",
    "friendly",
    "era",
    "style",
    "dominated",
    "brokered",
    "appointed",
    "made",
    "supplied",
    "administered",
    "installed",
    "born",
    "language",
    "owned",
    "ruled",
    "mediated",
    "claimed",
    "directed",
    "armed",
    "related",
    "proxy",
    "leaning",
    "wide",
    "wing",
];

impl Index {
    /// Folds every alias of the codebook.
    pub fn new(codebook: &Codebook) -> Index {
        let mut index = Index::default();
        for (at, actor) in codebook.actors.iter().enumerate() {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                index.add(codebook, name, Target::Entry(at), false);
            }
            for name in &actor.local_aliases {
                index.add(codebook, name, Target::Entry(at), true);
            }
        }
        for (at, nation) in codebook.lexicon.nationalities.iter().enumerate() {
            let known = index.names.contains_key(&fold(&nation.state));
            if !known {
                index.add(codebook, &nation.state, Target::State(at), false);
            }
        }
        index.sorted_names = index.names.keys().cloned().collect();
        index.sorted_names.sort_unstable();
        index.sorted_skeletons = index.skeletons.keys().cloned().collect();
        index.sorted_skeletons.sort_unstable();
        index
    }

    fn add(&mut self, codebook: &Codebook, name: &str, target: Target, local: bool) {
        let letters = letters(name);
        let key = letters.to_lowercase();
        let mut start = key.chars();
        let (Some(first), second) = (start.next(), start.next().unwrap_or(' ')) else { return };
        self.starts.insert([first, second]);
        // "The government" shares its consonants with "Thai government": a nation's words have one spelling.
        let spelled = match target {
            Target::Entry(at) => {
                matches!(codebook.actors[at].kind.as_str(), "state" | "state_force" | "government_body")
            }
            Target::State(_) => true,
        };
        if let Some(skeleton) = skeleton(&key).filter(|_| !spelled) {
            let meanings = self.skeletons.entry(skeleton).or_default();
            if !meanings.iter().any(|it| it.target == target) {
                meanings.push(Meaning { letters: letters.clone(), target, local });
            }
        }
        let meanings = self.names.entry(key).or_default();
        if !meanings.iter().any(|it| it.target == target) {
            meanings.push(Meaning { letters, target, local });
        }
    }

    /// Returns the longest name that starts at token `at`.
    pub fn longest_at(&self, text: &Text<'_>, at: usize) -> Option<Hit<'_>> {
        let first = text.tokens.get(at)?;
        if first.kind == TokenKind::Quote
            || first.kind == TokenKind::Mark
            || !self.may_start(&text.raw[first.bytes.clone()])
        {
            return None;
        }
        let mut found = None;
        let mut so_far = String::new();
        for end in at..(at + LONGEST).min(text.tokens.len()) {
            let token = &text.tokens[end];
            let owner = end > at && matches!(token.lower.as_str(), "'s" | "'" | "’");
            if token.sentence != first.sentence || breaks(token) && !owner {
                break;
            }
            let word = &text.raw[token.bytes.clone()];
            // "Lord's Resistance Army": a possessor inside a name.
            if owner {
                so_far.push_str(&letters(word));
                if !self.begins_name(&so_far.to_lowercase()) {
                    break;
                }
                continue;
            }
            if let Some((stem, _)) = without_ending(word) {
                let whole = so_far.clone() + &letters(stem);
                if let Some(meanings) = self.fitting(&whole, at == end, true) {
                    found = Some(Hit { tokens: at..end + 1, meanings, modifier: true });
                }
            }
            so_far.push_str(&letters(word));
            if let Some(meanings) = self.fitting(&so_far, at == end, token.capital) {
                found = Some(Hit { tokens: at..end + 1, meanings, modifier: false });
            }
            if !self.begins_name(&so_far.to_lowercase()) {
                break;
            }
        }
        // "Fatah al-Sham" is another than Fatah.
        let goes_on = |it: &Hit<'_>| it.tokens.len() == 1 && !it.modifier && has_article(text, it.tokens.end);
        found.filter(|it| !goes_on(it))
    }

    /// Returns what the pieces of a hyphenated word name: "U.S.-Taliban".
    pub fn pieces<'i>(&'i self, word: &'i str) -> Vec<Vec<&'i Meaning>> {
        let pieces: Vec<&str> = word.split(['-', '–', '/']).collect();
        if !(2..=4).contains(&pieces.len()) {
            return vec![];
        }
        let found: Vec<_> = pieces.iter().filter_map(|it| self.fitting(&letters(it), true, false)).collect();
        let rest_is_ending = pieces.last().is_some_and(|it| ENDINGS.contains(&it.to_lowercase().as_str()));
        if found.len() == pieces.len() || (rest_is_ending && found.len() + 1 == pieces.len()) { found } else { vec![] }
    }

    /// Says whether any name, as spelled or by its consonants, begins with these letters.
    fn begins_name(&self, key: &str) -> bool {
        let begins = |sorted: &[String], start: &str| {
            sorted.get(sorted.partition_point(|it| it.as_str() < start)).is_some_and(|it| it.starts_with(start))
        };
        begins(&self.sorted_names, key) || begins(&self.sorted_skeletons, &consonants(key))
    }

    fn may_start(&self, word: &str) -> bool {
        let folded = fold(word);
        let mut start = folded.chars();
        let first = start.next().unwrap_or(' ');
        let second = start.next();
        match second {
            Some(second) => self.starts.contains(&[first, second]),
            None => true,
        }
    }

    fn fitting(&self, printed: &str, one_token: bool, fuzzy: bool) -> Option<Vec<&Meaning>> {
        let key = printed.to_lowercase();
        let Some(meanings) = self.names.get(&key) else {
            if !fuzzy {
                return None;
            }
            let meanings = self.skeletons.get(&skeleton(&key)?)?;
            let near = |it: &Meaning| {
                let alias = it.letters.to_lowercase();
                alias.chars().next() == key.chars().next() && changes(&alias, &key) <= 2 && !key.starts_with("the")
            };
            return (meanings.len() == 1 && near(&meanings[0]) && printed.chars().any(char::is_uppercase))
                .then(|| meanings.iter().collect());
        };
        let short = printed.chars().count() <= 4;
        let fitting: Vec<_> =
            meanings.iter().filter(|it| (one_token || !short) && case_fits(&it.letters, printed)).collect();
        (!fitting.is_empty()).then_some(fitting)
    }
}

/// Returns the consonants of a long name, doubled ones once; `None` for a name too short to tell.
fn skeleton(key: &str) -> Option<String> {
    let out = consonants(key);
    (out.len() >= 8 && key.len() >= 12).then_some(out)
}

/// Returns the consonants, doubled ones once.
fn consonants(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars().filter(|it| !matches!(it, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h')) {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Counts the letters by which two names of near length differ.
fn changes(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

/// "al-Sham", "al-Islam": an Arabic name behind its article.
fn has_article(text: &Text<'_>, at: usize) -> bool {
    let Some(token) = text.tokens.get(at).filter(|it| it.kind == TokenKind::Word) else { return false };
    let word = &text.raw[token.bytes.clone()];
    let rest = ["al-", "ul-", "el-"].iter().find_map(|it| word.strip_prefix(it));
    rest.is_some_and(|it| it.starts_with(char::is_uppercase))
}

fn breaks(token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => token.lower == "'s" || token.lower == "'",
        TokenKind::Number => false,
        TokenKind::Quote => true,
        TokenKind::Mark => !matches!(token.lower.as_str(), "-" | "–" | "&" | "/"),
    }
}

/// Splits "Taliban-run" and "ISISaffiliated" into the name and the ending.
pub fn without_ending(word: &str) -> Option<(&str, &str)> {
    // Most words have neither a dash nor capitals to part.
    let plain = word.bytes().skip(1).all(|it| it.is_ascii_lowercase());
    if plain {
        return None;
    }
    if let Some((stem, ending)) = word.rsplit_once(['-', '–', '‑']) {
        return ENDINGS.contains(&ending.to_lowercase().as_str()).then_some((stem, ending));
    }
    let upper = word.chars().take_while(|it| it.is_uppercase()).count();
    let at = word.char_indices().nth(upper).map(|(at, _)| at)?;
    (upper >= 3 && ENDINGS.contains(&&word[at..])).then(|| word.split_at(at))
}

fn case_fits(alias: &str, printed: &str) -> bool {
    if !alias.chars().any(char::is_uppercase) {
        return true;
    }
    let capitals = alias.chars().all(|it| it.is_uppercase() || it.is_numeric());
    if capitals && alias.chars().count() <= 3 {
        return alias == printed;
    }
    if capitals {
        return printed.chars().next().is_some_and(|it| it.is_uppercase() || it.is_numeric());
    }
    printed.chars().any(char::is_uppercase)
}

/// Returns the letters and digits of a name, without accents, with case.
pub fn letters(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).map(plain).collect()
}

/// Returns the letters and digits of a name, without accents, in lower case.
pub fn fold(name: &str) -> String {
    letters(name).to_lowercase()
}

fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' => 'a',
        'Á' | 'À' | 'Â' | 'Ä' | 'Ā' => 'A',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' => 'e',
        'É' | 'È' => 'E',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'İ' | 'Î' => 'I',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
        'Ö' | 'Ó' => 'O',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'Ü' => 'U',
        'ñ' => 'n',
        'ç' | 'ć' | 'č' => 'c',
        'Ç' => 'C',
        'š' | 'ş' | 'ș' => 's',
        'Ş' => 'S',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        'ý' => 'y',
        c => c,
    }
}
