//! What holds for the cuts of any text, and that odd text stays bounded. No model is needed.

use aver_language::{Analysis, cut, is_english, sentences};
use proptest::prelude::*;

/// Words stand in text order inside their sentences and leave nothing out but blanks.
fn holds(text: &str, analysis: &Analysis) {
    let mut end = 0;
    let mut printed = String::new();
    for (at, word) in analysis.words.iter().enumerate() {
        assert!(word.bytes.start >= end && word.bytes.start < word.bytes.end, "word {at} of {text:?}");
        end = word.bytes.end;
        printed.push_str(&text[word.bytes.clone()]);
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.words.start, next);
        next = sentence.words.end;
        assert!(sentence.bytes.start <= analysis.words[sentence.words.start].bytes.start);
        assert!(analysis.words[sentence.words.end - 1].bytes.end <= sentence.bytes.end);
        assert!(sentence.bytes.len() <= 3 * sentences::LONGEST, "a sentence of {} bytes", sentence.bytes.len());
    }
    assert_eq!(next, analysis.words.len());
    let solid = |it: &str| it.chars().filter(|it| !it.is_whitespace() && !is_invisible(*it)).collect::<String>();
    assert_eq!(solid(&printed), solid(text));
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{ad}')
}

proptest! {
    #[test]
    fn any_text_is_covered_by_its_words(text in "\\PC{0,80}") {
        holds(&text, &cut(&text));
    }

    #[test]
    fn any_marks_and_letters_are_covered(text in "[a-zA-Z0-9 .,;:!?'’‘“”\"()\\[\\]/%$€+*#@&_\n—–-]{0,60}") {
        holds(&text, &cut(&text));
    }
}

#[test]
fn odd_texts_are_cut_into_bounded_sentences() {
    let million = "a market near the river and ".repeat(190_000);
    assert!(million.len() > 5_000_000);
    let glued = "x".repeat(1_000_000);
    let dots = ".".repeat(200_000);
    let quotes = "\"“'‘(".repeat(40_000);
    let same = "bomb ".repeat(100_000);
    let persian = "دست کم دوازده نفر در حمله به بازار کشته شدند. ".repeat(500);
    let faces = "🙂🔥 ".repeat(10_000);
    let hyphens = "a-".repeat(100_000);
    let clitics = "n't'd've".repeat(10_000);
    for text in [&million, &glued, &dots, &quotes, &same, &persian, &faces, &hyphens, &clitics] {
        let analysis = cut(text);
        holds(text, &analysis);
        assert!(!analysis.sentences.is_empty());
    }
    assert_eq!(cut(&same).words.len(), 100_000);
    assert!(!is_english(&persian) && !is_english(&faces) && !is_english(&dots));
}
