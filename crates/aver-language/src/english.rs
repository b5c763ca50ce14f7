//! Says whether a text is English, by its small words.
//!
//! About half of the words of English prose are on a list of two hundred; of
//! other languages in Latin script a few, of other scripts none. Short texts
//! (headlines) are given the benefit of the doubt.

/// Fewer words than this are taken as English unless their script says otherwise.
const FEW: usize = 25;
/// Share of small words below which a text is not English, in percent.
const LEAST: usize = 12;
/// How many words are looked at.
const SAMPLE: usize = 5_000;

/// Says whether the model can be expected to read the text.
pub fn is_english(text: &str) -> bool {
    let (mut words, mut small, mut latin) = (0, 0, 0);
    for word in text.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()).take(SAMPLE) {
        words += 1;
        latin += usize::from(word.chars().next().is_some_and(|it| it < '\u{250}'));
        small += usize::from(word.len() <= 9 && is_small(&word.to_lowercase()));
    }
    if words == 0 || latin * 2 < words {
        return false;
    }
    words < FEW || small * 100 >= words * LEAST
}

fn is_small(word: &str) -> bool {
    SMALL.binary_search(&word).is_ok()
}

/// Sorted. Words that are frequent in German, French, Spanish, Italian or Dutch too are left out.
const SMALL: &[&str] = &[
    "about", "after", "again", "against", "all", "also", "and", "any", "are", "as", "at", "be", "because", "been",
    "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "during", "each", "even",
    "for", "from", "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "into", "is", "it",
    "its", "just", "last", "may", "more", "most", "much", "my", "near", "new", "no", "not", "now", "of", "off", "on",
    "one", "only", "or", "other", "our", "out", "over", "said", "says", "she", "should", "since", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "two",
    "under", "until", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who",
    "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(SMALL.windows(2).all(|it| it[0] < it[1]));
    }

    #[test]
    fn other_languages_and_scripts_are_told() {
        let german = "Bei einem Anschlag auf einen Markt sind nach Angaben der Behörden mindestens zwölf Menschen ums Leben \
                      gekommen, teilte das Ministerium am Montag mit und sprach von vielen Verletzten in der Stadt.";
        let french = "Au moins douze personnes ont été tuées lundi dans un attentat contre un marché de la ville, a annoncé le \
                      ministère, qui parle de nombreux blessés et accuse un groupe armé de la région.";
        let persian = "دست کم دوازده نفر در حمله به بازار کشته شدند";
        for text in [german, french, persian, "", "…!?", "🙂🙂"] {
            assert!(!is_english(text), "{text}");
        }
        let english = "At least twelve people were killed on Monday when a bomb went off at a market in the town, the \
                       ministry said, and it spoke of many wounded people.";
        assert!(is_english(english));
        assert!(is_english("Bomb kills twelve at Tarsh market"));
    }
}
