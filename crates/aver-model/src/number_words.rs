//! The English words for numbers, in one place for every stage.

/// Returns the value of one word that names a number below one hundred: "seven", "twenty-five".
pub fn small(word: &str) -> Option<u64> {
    const NAMES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    if let Some(value) = NAMES.iter().position(|it| *it == word) {
        return Some(value as u64);
    }
    if let Some(value) = tens(word) {
        return Some(value);
    }
    let (ten, unit) = word.split_once('-')?;
    let unit = NAMES.iter().position(|it| *it == unit).filter(|it| (1..10).contains(it))?;
    Some(tens(ten)? + unit as u64)
}

fn tens(word: &str) -> Option<u64> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    TENS.iter().position(|it| *it == word).map(|it| (it as u64 + 2) * 10)
}

/// Returns the value of a scale word: "million".
pub fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "hundred" => 100,
        "thousand" => 1_000,
        "million" | "mln" | "mn" => 1_000_000,
        "billion" | "bn" => 1_000_000_000,
        "trillion" | "tn" | "tln" | "trillions" => 1_000_000_000_000,
        "lakh" | "lakhs" => 100_000,
        "crore" | "crores" => 10_000_000,
        "dozen" | "dozens" | "dz" | "dzs" | "doz" | "dozs" => 12,
        _ => return None,
    })
}

/// Returns the value of an ordinal word: "third", "twentieth", "hundredth".
pub fn rank(word: &str) -> Option<u64> {
    const NAMES: [&str; 19] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    if let Some(at) = NAMES.iter().position(|it| *it == word) {
        return Some(at as u64 + 1);
    }
    if word == "nineth" {
        return Some(9);
    }
    if let Some(stem) = word.strip_suffix("ieth") {
        return small(&format!("{stem}y")).filter(|it| it % 10 == 0);
    }
    scale(word.strip_suffix("th")?).filter(|it| *it >= 100)
}
