//! Labels and brackets of telegrams: "-- [TEXT] A bomb", "the Front [FMLN]".
//!
//! In: a text. Out: the same with a line end for the bracket that closes a label, so
//! that a sentence begins behind it, and round brackets for square ones.

/// The last word of a label, behind which a sentence begins.
pub const LABELS: &[&str] = &[
    "text",
    "report",
    "recording",
    "omitted",
    "interview",
    "excerpt",
    "excerpts",
    "summary",
    "editorial",
    "commentary",
];

/// Parts labels from what follows and makes square brackets round.
pub fn part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for it in text.chars() {
        match it {
            ']' if LABELS.contains(&word.as_str()) => out.push('\n'),
            ']' => out.push(')'),
            '[' => out.push('('),
            _ => out.push(it),
        }
        if it.is_alphabetic() {
            word.extend(it.to_lowercase());
        } else {
            word.clear();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_sentence_begins_behind_a_label() {
        let text = "Harl, 3 Jan 90 -- [text] The front [HLF] fired.";
        assert_eq!(super::part(text), "Harl, 3 Jan 90 -- (text\n The front (HLF) fired.");
    }
}
