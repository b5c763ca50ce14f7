//! Words that keep their dot.
//!
//! One list for both cuts: a dot after one of them ends no sentence before a
//! name or number, and stays in the word.

/// How an abbreviation stands to the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dot {
    /// Always goes on: "Gen. Moro", "Mr. Moro".
    Title,
    /// Goes on unless a word follows that opens sentences: "Orwen Inc. The".
    Open,
    /// Goes on before a number only: "No. 5", "p. 12".
    Number,
}

/// Returns how the word, printed without its last dot, stands to the end of a sentence.
pub(crate) fn dot(word: &str) -> Option<Dot> {
    if TITLES.contains(&word) {
        Some(Dot::Title)
    } else if OPEN.contains(&word) {
        Some(Dot::Open)
    } else if NUMBERED.contains(&word) {
        Some(Dot::Number)
    } else {
        None
    }
}

const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Cpl", "Brig", "Adm", "Cmdr", "Sen",
    "Rep", "Gov", "Pres", "Rev", "Fr", "St", "Mt", "Ft", "Hon", "Pvt", "Supt", "Insp", "Det", "Msgr", "Amb", "Cdr",
    "Reps", "Sens", "Gens", "Drs", "Messrs", "vs", "Mme", "Mlle", "Atty", "Spc", "Pfc", "Cllr", "Eng", "Sr.Lt",
];

const OPEN: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Inc", "Ltd", "Co", "Corp",
    "Bros", "Ave", "Blvd", "Rd", "etc", "Jr", "Sr", "al", "approx", "est", "Dept", "Univ", "Assn", "Conn", "Calif",
    "Fla", "Ill", "Mass", "Mich", "Minn", "Pa", "Va", "Wis", "Tenn", "Tex", "Ariz", "Ala", "Ark", "Colo", "Ga", "Ky",
    "La", "Md", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Wash", "Del", "Ed", "eds", "Vol", "viz", "cf",
    "ca", "Bhd", "Pvt", "LLC", "Cos", "Intl", "Govt", "Mfg", "incl", "dept", "govt",
];

const NUMBERED: &[&str] =
    &["No", "Nos", "no", "nos", "pp", "p", "Fig", "Figs", "fig", "Sec", "Art", "art", "vol", "ch", "Op"];

/// Says whether every part between the dots is one letter: "U.S", "p.m", "J.P".
pub(crate) fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|it| {
            let mut letters = it.chars();
            matches!((letters.next(), letters.next()), (Some(c), None) if c.is_alphabetic())
        })
        || matches!(word, "Ph.D" | "M.Sc" | "B.Sc" | "Lt.Col" | "D.Phil" | "a.k.a")
}
