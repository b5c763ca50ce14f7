//! The dictionary form of an inflected word.
//!
//! In: the word, its Penn tag, and what the model proposes. Out: the form from the
//! table of irregular words, else by the rules of English spelling, checked against
//! the words that the model's vocabulary knows ("denied" is "deny" and not "deni"),
//! else the model's proposal. Only inflected verbs, nouns, adjectives and adverbs
//! are looked at; names and all other words keep the proposal.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Kind and form → dictionary form; the most frequent one of the treebanks' train parts.
static TABLE: LazyLock<HashMap<(u8, &str), &str>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let mut cells = line.split(' ');
        let (kind, form, lemma) = (cells.next()?.bytes().next()?, cells.next()?, cells.next()?);
        Some(((kind, form), lemma))
    };
    include_str!("../../../models/lemmas.txt").lines().filter_map(entry).collect()
});

/// Repairs the dictionary form that the model proposes; `known` says whether a word is one of the vocabulary.
pub(crate) fn repaired(form: &str, tag: &str, proposed: String, known: impl Fn(&str) -> bool) -> String {
    let kind = match tag {
        "VBD" | "VBN" | "VBG" | "VBZ" => b'v',
        "NNS" => b'n',
        "JJR" | "JJS" => b'a',
        "RBR" | "RBS" => b'r',
        _ => return proposed,
    };
    let lower = form.to_lowercase();
    if let Some(it) = TABLE.get(&(kind, lower.as_str())) {
        return (*it).to_owned();
    }
    if !lower.is_ascii() || proposed == lower && kind != b'v' {
        return proposed;
    }
    let mut candidates = candidates(&lower, tag).into_iter();
    candidates.find(|it| known(it)).unwrap_or(proposed)
}

/// What the form may come from, the likelier first.
fn candidates(form: &str, tag: &str) -> Vec<String> {
    let endings: &[&str] = match tag {
        "VBD" | "VBN" => &["ed"],
        "VBG" => &["ing"],
        "VBZ" | "NNS" => return with_s(form, tag),
        "JJR" | "RBR" => &["er"],
        _ => &["est"],
    };
    let Some(stem) = endings.iter().find_map(|it| form.strip_suffix(it)).filter(|it| it.len() > 1) else {
        return vec![];
    };
    let with = |ending: &str| format!("{stem}{ending}");
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if last == b'i' && tag != "VBG" {
        return vec![format!("{}y", &stem[..stem.len() - 1]), with("e")];
    }
    if last == b'y' && tag == "VBG" {
        return vec![with(""), format!("{}ie", &stem[..stem.len() - 1]), with("e")];
    }
    if last == before && !is_vowel(last) {
        return vec![with(""), stem[..stem.len() - 1].to_owned()];
    }
    // "hoped" is of "hope": that of "hop" would be "hopped". So with "ranged", "closed", "breathed".
    let short = is_vowel(before) && !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y') && syllables(stem) == 1;
    let soft =
        matches!(last, b'c' | b'g' | b'v' | b'z' | b'u') || stem.ends_with("th") || last == b's' && before != b's';
    let single = short && !(bytes.len() > 2 && is_vowel(bytes[bytes.len() - 3]));
    if single || soft { vec![with("e"), with("")] } else { vec![with(""), with("e")] }
}

fn with_s(form: &str, tag: &str) -> Vec<String> {
    let Some(stem) = form.strip_suffix('s').filter(|it| it.len() > 1 && !it.ends_with('s')) else { return vec![] };
    if let Some(root) = stem.strip_suffix("ie") {
        return vec![format!("{root}y"), stem.to_owned()];
    }
    let hissing = ["sse", "she", "che", "xe", "zze"].iter().any(|it| stem.ends_with(it));
    match stem.strip_suffix('e') {
        Some(root) if hissing => vec![root.to_owned(), stem.to_owned()],
        Some(root) if root.ends_with('v') && tag == "NNS" => {
            let root = &root[..root.len() - 1];
            vec![stem.to_owned(), format!("{root}f"), format!("{root}fe")]
        }
        Some(root) => vec![stem.to_owned(), root.to_owned()],
        None => vec![stem.to_owned()],
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Groups of vowels.
fn syllables(stem: &str) -> usize {
    stem.as_bytes().chunk_by(|a, b| is_vowel(*a) == is_vowel(*b)).filter(|it| is_vowel(it[0])).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[&str] = &[
        "deny", "die", "boost", "kill", "us", "use", "plan", "hop", "hope", "agree", "visit", "range", "rang",
        "breath", "breathe", "heat", "lay", "box", "house", "hero", "knife", "large", "big", "happy", "strand", "vie",
        "strafe",
    ];

    #[test]
    fn regular_words_come_from_words_that_exist() {
        let of = |form: &str, tag: &str| repaired(form, tag, "no".into(), |it| WORDS.contains(&it));
        let verbs =
            ["Boosted", "visited", "strafed", "stranded", "heated", "ranged", "breathed"].map(|it| of(it, "VBD"));
        assert_eq!(verbs, ["boost", "visit", "strafe", "strand", "heat", "range", "breathe"]);
        assert_eq!([of("hoping", "VBG"), of("laying", "VBG"), of("vying", "VBG")], ["hope", "lay", "vie"]);
        assert_eq!([of("boxes", "NNS"), of("heroes", "NNS")], ["box", "hero"]);
    }

    #[test]
    fn irregular_words_come_from_the_table() {
        let of = |form: &str, tag: &str| repaired(form, tag, "no".into(), |_| false);
        assert_eq!([of("denied", "VBD"), of("said", "VBD"), of("Killing", "NN")], ["deny", "say", "no"]);
        assert_eq!([of("gunmen", "NNS"), of("better", "JJR"), of("troops", "NNS")], ["gunman", "good", "troops"]);
        assert!(TABLE.len() > 1_000, "{} irregular forms", TABLE.len());
    }

    #[test]
    fn what_no_rule_knows_keeps_the_proposal() {
        let of = |form: &str, tag: &str| repaired(form, tag, "proposed".into(), |_| false);
        assert_eq!(
            [of("zorped", "VBD"), of("ed", "VBD"), of("s", "NNS"), of("ing", "VBG"), of("été", "NNS")],
            ["proposed"; 5]
        );
    }
}
