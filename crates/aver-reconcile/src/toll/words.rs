//! The words of a sentence in lower case, with the marks that close them.
//!
//! In: a sentence. Out: its words. Nothing here knows what they mean.

/// A word in lower case and whether a mark closes it.
pub struct Word {
    /// In lower case, without marks around it.
    pub text: String,
    /// A comma, stop or bracket stands behind it.
    pub closes: bool,
}

/// Cuts a sentence into words.
pub fn words(sentence: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for raw in sentence.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/' | '|')) {
        let text = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if text.is_empty() {
            if let Some(last) = out.last_mut() {
                last.closes = true;
            }
            continue;
        }
        let closes = raw.ends_with([',', '.', ';', ':', '!', '?', ')']);
        out.push(Word { text: text.to_lowercase().replace('’', "'"), closes });
    }
    out
}

/// Says whether there is a word and the list holds it.
pub fn is(word: Option<&Word>, list: &[&str]) -> bool {
    word.is_some_and(|it| list.contains(&it.text.as_str()))
}
