//! Truecasing: the case that running text would give to words printed in one case.
//!
//! In: a text. Out: the text with the same number of code points, or nothing where no
//! paragraph is in one case. A word that English prints small is small; a name of the
//! codebook is printed as there; a word no list has is a name, or an acronym when it
//! stands alone in brackets or has no vowel. Then neighbours help: a title before a
//! name, a particle inside one, the head of a body ("… Liberation Front (XLF)").

use super::words::listed;
use crate::phrase::words as grammar;
use aver_codebook::Codebook;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A paragraph with fewer letters tells nothing of its case.
const FEWEST_LETTERS: usize = 12;
/// A document in small letters has fewer capitals than one in so many letters.
const RARE: usize = 400;
/// Names of places are looked up in runs of so many words.
const LONGEST_PLACE: usize = 4;
/// Articles and the like that open a name before a word no list has: "El", "San".
const OPENERS: &[&str] = &["el", "la", "las", "los", "san", "santa", "santo", "al", "abu", "ben", "bin", "le", "st"];
/// Words inside a name that stay small.
const PARTICLES: &[&str] = &["de", "del", "la", "las", "los", "y", "of", "the", "and", "for", "e", "da", "do", "dos"];
/// The last word of a body's name.
const HEADS: &[&str] = &[
    "front",
    "movement",
    "party",
    "army",
    "ministry",
    "brigade",
    "battalion",
    "battalions",
    "brigades",
    "committee",
    "commission",
    "union",
    "federation",
    "council",
    "institute",
    "command",
    "commandos",
    "forces",
    "coalition",
    "league",
    "alliance",
    "organization",
    "organisation",
    "group",
    "cartel",
    "university",
    "agency",
    "department",
    "police",
    "guard",
    "assembly",
    "court",
    "congress",
    "corps",
    "bank",
    "company",
    "association",
    "confederation",
    "center",
    "centre",
];

/// The printed forms of the codebook's names.
#[derive(Debug, Default)]
pub struct Casing {
    /// By first word in small letters: all words in small letters, and as printed.
    names: HashMap<String, Vec<(Vec<String>, Vec<String>)>>,
    titles: HashSet<String>,
    nations: HashSet<String>,
}

/// A run of letters, digits and what joins them.
#[derive(Debug, Clone)]
struct Word {
    bytes: Range<usize>,
    lower: String,
    kind: Kind,
    /// Opens a sentence.
    first: bool,
}

/// How a word is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Small,
    Capital,
    Upper,
    Given(String),
}

impl Casing {
    /// Collects the codebook's names.
    pub fn new(codebook: &Codebook) -> Casing {
        let mut casing = Casing::default();
        for actor in &codebook.actors {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                casing.add(name);
            }
        }
        for nation in &codebook.lexicon.nationalities {
            for name in nation.words.iter().chain([&nation.state]) {
                casing.add(name);
                casing.nations.insert(name.to_lowercase());
            }
        }
        let title = |it: &String| it.trim_end_matches('.').to_lowercase();
        casing.titles = codebook.lexicon.titles.iter().map(title).filter(|it| !it.contains(' ')).collect();
        casing
    }

    fn add(&mut self, name: &str) {
        let printed: Vec<String> = words(name).map(|it| name[it].to_owned()).collect();
        let lower: Vec<String> = printed.iter().map(|it| small(it)).collect();
        // "IS", "Said", "Sharp": a word by itself that English has too says nothing in capitals.
        let common = lower.len() == 1 && (listed(&lower[0]).small || lower[0].len() < 3);
        if common
            || printed == lower
            || printed.iter().zip(&lower).any(|it| it.0.chars().count() != it.1.chars().count())
        {
            return;
        }
        let Some(first) = lower.first().cloned() else { return };
        let list = self.names.entry(first).or_default();
        if !list.iter().any(|it| it.0 == lower) {
            list.push((lower, printed));
        }
    }

    /// Returns the text with every paragraph in one case recased.
    pub fn recase(&self, text: &str) -> Option<String> {
        let regions = regions(text);
        if regions.is_empty() {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for region in regions {
            out.push_str(&text[done..region.start]);
            self.write(text, region.clone(), &mut out);
            done = region.end;
        }
        out.push_str(&text[done..]);
        Some(out)
    }

    fn write(&self, text: &str, region: Range<usize>, out: &mut String) {
        let mut list = cut(text, region.clone());
        self.decide(text, &mut list);
        let mut done = region.start;
        for word in &list {
            out.push_str(&text[done..word.bytes.start]);
            let raw = &text[word.bytes.clone()];
            match &word.kind {
                Kind::Upper => {
                    let ending = raw.len() - if word.lower.ends_with("'s") { 1 } else { 0 };
                    out.extend(raw[..ending].chars().map(|it| one(it.to_uppercase(), it)));
                    out.push_str(&small(&raw[ending..]));
                }
                Kind::Given(form) => out.push_str(form),
                Kind::Small if word.first => capitalise(raw, out),
                Kind::Small => out.push_str(&small(raw)),
                Kind::Capital => capitalise(raw, out),
            }
            done = word.bytes.end;
        }
        out.push_str(&text[done..region.end]);
    }

    fn decide(&self, text: &str, list: &mut [Word]) {
        for at in 0..list.len() {
            list[at].kind = alone(text, list, at);
        }
        self.known_names(list);
        places(text, list);
        for at in 0..list.len() {
            self.beside(text, list, at);
        }
        acronyms(text, list);
        bodies(&self.nations, text, list);
    }

    /// Prints the codebook's names as the codebook does, the longest first.
    fn known_names(&self, list: &mut [Word]) {
        let mut at = 0;
        while at < list.len() {
            let fits = |name: &&(Vec<String>, Vec<String>)| {
                name.0.len() <= list.len() - at && name.0.iter().zip(&list[at..]).all(|it| *it.0 == it.1.lower)
            };
            let found =
                self.names.get(&list[at].lower).and_then(|it| it.iter().filter(fits).max_by_key(|it| it.0.len()));
            let Some((_, printed)) = found else {
                at += 1;
                continue;
            };
            for form in printed {
                list[at].kind = Kind::Given(form.clone());
                at += 1;
            }
        }
    }

    /// Words that take a capital from the words beside them.
    fn beside(&self, text: &str, list: &mut [Word], at: usize) {
        if list[at].kind != Kind::Small {
            return;
        }
        let word = list[at].lower.as_str();
        let joins = |from: usize, to: usize| is_gap(&text[list[from].bytes.end..list[to].bytes.start]);
        let next = at + 1 < list.len() && joins(at, at + 1) && list[at + 1].kind != Kind::Small;
        let before = at > 0 && joins(at - 1, at) && list[at - 1].kind != Kind::Small && !list[at - 1].first;
        let opener = OPENERS.contains(&word) && next;
        let title = self.titles.contains(word) && next && !self.nations.contains(list[at + 1].lower.as_str());
        let titled = at > 0 && joins(at - 1, at) && self.titles.contains(list[at - 1].lower.as_str());
        let name = listed(word).capital
            && !grammar::is_determiner(word)
            && !grammar::is_preposition(word)
            && !grammar::is_modal(word)
            && !PARTICLES.contains(&word)
            && (before && !self.nations.contains(list[at - 1].lower.as_str()) || titled);
        let month = grammar::is_month(word)
            && (at > 0 && list[at - 1].lower.starts_with(|it: char| it.is_ascii_digit())
                || at + 1 < list.len() && list[at + 1].lower.starts_with(|it: char| it.is_ascii_digit()));
        if opener || title || name || month {
            list[at].kind = Kind::Capital;
        }
    }
}

/// The case that a word has by itself.
fn alone(text: &str, list: &[Word], at: usize) -> Kind {
    let word = &list[at];
    let lower = word.lower.as_str();
    if grammar::is_weekday(lower) {
        return Kind::Capital;
    }
    let bare = lower.strip_suffix("'s").unwrap_or(lower);
    if crate::text::is_abbreviation_word(bare) && !is_common(bare) {
        return Kind::Capital;
    }
    let letters = bare.chars().filter(|it| it.is_alphabetic()).count();
    if bare == "a" || letters == 0 || PARTICLES.contains(&bare) || is_common(bare) {
        return if bare == "i" { Kind::Capital } else { Kind::Small };
    }
    if bare.contains('-') && bare.split('-').all(|it| it.len() > 2 && is_common(it)) {
        return Kind::Small;
    }
    let bracketed =
        text[..word.bytes.start].ends_with(['(', '[']) && text[word.bytes.end..].starts_with([')', ']', ',']);
    let voiceless = !bare.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if let Some(number) = bare.strip_prefix("no.") {
        return if number.starts_with(|it: char| it.is_ascii_digit()) { Kind::Capital } else { Kind::Upper };
    }
    let dotted = bare.contains('.');
    let numbered = bare.contains(|it: char| it.is_ascii_digit()) && letters <= 4;
    if letters == 1
        || dotted
        || voiceless && letters <= 6
        || numbered
        || bracketed && letters <= 10 && !bare.contains(' ')
    {
        // Where the same letters stand elsewhere they are the same acronym; see `acronyms`.
        return Kind::Upper;
    }
    Kind::Capital
}

/// A word of the small list, or a regular form of one.
fn is_common(word: &str) -> bool {
    if listed(word).small || word.starts_with(|it: char| it.is_ascii_digit()) && word.len() > 1 && !word.contains('-') {
        return true;
    }
    if listed(word).capital {
        return false;
    }
    let stem = |ending: &str, back: &str| {
        word.strip_suffix(ending).is_some_and(|it| it.len() > 2 && listed(&format!("{it}{back}")).small)
    };
    stem("s", "") || stem("es", "") || stem("ed", "") || stem("ed", "e") || stem("ing", "") || stem("ing", "e")
}

/// Places of several words, of which one is in no list of small words.
fn places(text: &str, list: &mut [Word]) {
    let gazetteer = crate::places::Gazetteer::get();
    for at in 0..list.len() {
        for len in (2..=LONGEST_PLACE.min(list.len() - at)).rev() {
            let run = &list[at..at + len];
            let joined = run.windows(2).all(|it| is_gap(&text[it[0].bytes.end..it[1].bytes.start]));
            let named = run.iter().any(|it| it.kind == Kind::Capital);
            let edges = [0, len - 1].iter().all(|&it| {
                !grammar::is_preposition(&run[it].lower) && !matches!(run[it].lower.as_str(), "and" | "the" | "a")
            });
            if joined && named && edges && run.iter().any(|it| it.kind == Kind::Small) {
                let name: Vec<&str> = run.iter().map(|it| it.lower.as_str()).collect();
                if !gazetteer.find(&name.join(" ")).is_empty() {
                    for word in &mut list[at..at + len] {
                        if word.kind == Kind::Small && !PARTICLES[..8].contains(&word.lower.as_str()) {
                            word.kind = Kind::Capital;
                        }
                    }
                    break;
                }
            }
        }
    }
}

/// A name before its letters in brackets: "popular liberation front (PLF)"; the letters stay so everywhere.
fn acronyms(text: &str, list: &mut [Word]) {
    let mut known: HashSet<String> = HashSet::new();
    for at in 1..list.len() {
        let bracketed = text[..list[at].bytes.start].ends_with(['(', '[']) && list[at].kind == Kind::Upper;
        if !bracketed {
            continue;
        }
        known.insert(list[at].lower.clone());
        let letters: Vec<char> = list[at].lower.chars().filter(|it| it.is_alphabetic()).collect();
        let mut left = letters.len();
        let mut start = at;
        while start > 0 && left > 0 && at - start < 2 * letters.len() + 2 {
            let word = &list[start - 1];
            let skips = PARTICLES.contains(&word.lower.as_str());
            match word.lower.chars().next() {
                Some(it) if letters[left - 1] == it && !skips => left -= 1,
                _ if skips || letters[..left].is_empty() => {}
                _ => break,
            }
            start -= 1;
        }
        if left == 0 {
            for word in &mut list[start..at] {
                if word.kind == Kind::Small && !PARTICLES.contains(&word.lower.as_str()) {
                    word.kind = Kind::Capital;
                }
            }
        }
    }
    for word in list.iter_mut().filter(|it| it.kind == Kind::Capital) {
        if known.contains(&word.lower) {
            word.kind = Kind::Upper;
        }
    }
}

/// "Arce battalion", "Cinchonero popular liberation movement": the head and what stands between take capitals.
fn bodies(nations: &HashSet<String>, text: &str, list: &mut [Word]) {
    for at in 1..list.len() {
        if list[at].kind != Kind::Small || !HEADS.contains(&list[at].lower.as_str()) {
            continue;
        }
        let mut start = at;
        while start > 0 && at - start < 4 && is_gap(&text[list[start - 1].bytes.end..list[start].bytes.start]) {
            start -= 1;
            let word = &list[start];
            if word.kind != Kind::Small {
                let name = !nations.contains(&word.lower) && !word.first && !matches!(word.kind, Kind::Given(_));
                if name {
                    list[start..=at]
                        .iter_mut()
                        .filter(|it| it.kind == Kind::Small)
                        .for_each(|it| it.kind = Kind::Capital);
                }
                break;
            }
            let lower = word.lower.as_str();
            let nominal = listed(lower).small
                && !grammar::is_preposition(lower)
                && !grammar::is_determiner(lower)
                && !grammar::breaks_noun_phrase(lower)
                && !lower.ends_with("ed");
            if !nominal {
                break;
            }
        }
    }
}

/// Only spaces.
fn is_gap(between: &str) -> bool {
    !between.is_empty() && between.chars().all(|it| it == ' ' || it == '\n')
}

/// Returns the lines that are in one case, all of a text that has next to no capitals.
fn regions(text: &str) -> Vec<Range<usize>> {
    let count = |piece: &str| {
        piece.chars().fold((0, 0), |(upper, lower), it| match it {
            it if it.is_uppercase() => (upper + 1, lower),
            it if it.is_lowercase() => (upper, lower + 1),
            _ => (upper, lower),
        })
    };
    let (upper, lower) = count(text);
    if lower > RARE && upper * RARE < lower {
        return vec![0..text.len()];
    }
    let mut out: Vec<Range<usize>> = vec![];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let (upper, lower) = count(line);
        let several = words(line).filter(|it| it.len() > 2).count() > 2;
        if upper >= FEWEST_LETTERS && several && lower * 12 < upper {
            match out.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                // Blank lines between join what they part.
                Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
                _ => out.push(range),
            }
        }
    }
    out
}

fn cut(text: &str, region: Range<usize>) -> Vec<Word> {
    let mut out: Vec<Word> = vec![];
    let mut done = region.start;
    for it in words(&text[region.clone()]) {
        let bytes = region.start + it.start..region.start + it.end;
        let before = &text[done..bytes.start];
        let lower = small(&text[bytes.clone()]);
        let abbreviated = out.last().is_some_and(|it: &Word| {
            before.starts_with(". ") && (it.lower.chars().count() == 1 || crate::text::is_abbreviation_word(&it.lower))
        });
        let ends = before.contains(['.', '!', '?', ':', '\n']) && !abbreviated && before.contains(char::is_whitespace);
        let labelled =
            before.contains(']') && out.last().is_some_and(|it| super::labels::LABELS.contains(&it.lower.as_str()));
        let speech = before.ends_with('"') && before.contains([',', ':']);
        let first = out.is_empty() || ends || before.contains("--") || labelled || speech;
        done = bytes.end;
        out.push(Word { bytes, lower, kind: Kind::Small, first });
    }
    out
}

/// Returns the words of a text: letters and digits with inner marks.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|it: char| it.is_alphanumeric())?;
        let mut end = start;
        let mut letters = text[start..].char_indices().peekable();
        while let Some((offset, it)) = letters.next() {
            let follows = letters.peek().is_some_and(|it| it.1.is_alphanumeric());
            if !(it.is_alphanumeric() || follows && matches!(it, '-' | '\'' | '’' | '.' | '&')) {
                break;
            }
            end = start + offset + it.len_utf8();
        }
        // "U.S.": the last dot belongs to the letters.
        if text[start..end].contains('.') && text[end..].starts_with('.') && text[..end].ends_with(char::is_alphabetic)
        {
            end += 1;
        }
        at = end;
        Some(start..end)
    })
}

/// The small form of as many code points; a letter whose small form is longer stays.
fn small(word: &str) -> String {
    word.chars().map(|it| one(it.to_lowercase(), it)).map(|it| if it == '’' { '\'' } else { it }).collect()
}

fn one(mut form: impl Iterator<Item = char>, own: char) -> char {
    match (form.next(), form.next()) {
        (Some(it), None) => it,
        _ => own,
    }
}

/// Writes a word with its parts capital: "Martin-Baro", but "McDonald" cannot be known.
fn capitalise(word: &str, out: &mut String) {
    let mut opens = true;
    for it in word.chars() {
        out.push(if opens { one(it.to_uppercase(), it) } else { one(it.to_lowercase(), it) });
        opens = matches!(it, '-' | '&');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recased(text: &str) -> String {
        Casing::new(Codebook::builtin()).recase(text).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn names_groups_and_places_get_their_capitals() {
        assert_eq!(
            recased("GUERRILLAS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT [FMLN] ATTACKED SAN MIGUEL TODAY."),
            "Guerrillas of the Farabundo Marti National Liberation Front [FMLN] attacked San Miguel today."
        );
        assert_eq!(
            recased("A CAR BOMB KILLED THE MAYOR OF KABUL, MR BAKRI SAID."),
            "A car bomb killed the mayor of Kabul, Mr Bakri said."
        );
    }

    #[test]
    fn an_unknown_body_is_told_by_its_letters_and_its_head() {
        assert_eq!(
            recased("THE UNITED WORKERS LEAGUE (UWL) AND THE CORVADA BATTALION MET. THE UWL WON."),
            "The United Workers League (UWL) and the Corvada Battalion met. The UWL won."
        );
    }

    #[test]
    fn small_letters_only_are_mended_too() {
        let text = "the mayor of kabul was shot dead by gunmen of the fmln in san salvador. ".repeat(8);
        assert!(
            recased(&text).starts_with("The mayor of Kabul was shot dead by gunmen of the FMLN in San Salvador. The")
        );
    }

    #[test]
    fn text_in_both_cases_stays() {
        let text = "NATO said on Monday that two men had died.\nUN TALKS\nNobody else was hurt.";
        assert_eq!(recased(text), text);
    }

    #[test]
    fn the_length_stays_whatever_the_letters() {
        for text in [
            "İSTANBUL İÇİN BÜYÜK HABER VAR DEDİLER",
            "DIE STRAßE NACH GROß GERAU IST FREI",
            "ﬁRE AND DŽ WORDS IN CAPITALS HERE",
        ] {
            assert_eq!(recased(text).chars().count(), text.chars().count());
        }
    }
}
