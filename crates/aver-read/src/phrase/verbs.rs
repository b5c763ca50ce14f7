//! Verb forms, and a guess whether a token is a verb.
//!
//! Forms are made by rule, with a list of irregular verbs. The guess rests on
//! auxiliaries, irregular pasts, `-ed` and the neighbours; it errs towards no.

use super::words;
use crate::text::{Text, TokenKind};

/// Lemma, past, participle of verbs that the rule would get wrong.
const IRREGULAR: &[[&str; 3]] = &[
    ["say", "said", "said"],
    ["tell", "told", "told"],
    ["be", "was", "been"],
    ["have", "had", "had"],
    ["do", "did", "done"],
    ["go", "went", "gone"],
    ["take", "took", "taken"],
    ["give", "gave", "given"],
    ["write", "wrote", "written"],
    ["speak", "spoke", "spoken"],
    ["think", "thought", "thought"],
    ["know", "knew", "known"],
    ["see", "saw", "seen"],
    ["make", "made", "made"],
    ["come", "came", "come"],
    ["find", "found", "found"],
    ["hold", "held", "held"],
    ["keep", "kept", "kept"],
    ["leave", "left", "left"],
    ["lead", "led", "led"],
    ["lose", "lost", "lost"],
    ["put", "put", "put"],
    ["read", "read", "read"],
    ["run", "ran", "run"],
    ["set", "set", "set"],
    ["shoot", "shot", "shot"],
    ["show", "showed", "shown"],
    ["strike", "struck", "struck"],
    ["blow", "blew", "blown"],
    ["hit", "hit", "hit"],
    ["foresee", "foresaw", "foreseen"],
    ["forecast", "forecast", "forecast"],
    ["swear", "swore", "sworn"],
    ["understand", "understood", "understood"],
    ["begin", "began", "begun"],
    ["become", "became", "become"],
    ["bring", "brought", "brought"],
    ["feel", "felt", "felt"],
    ["fight", "fought", "fought"],
    ["get", "got", "gotten"],
    ["meet", "met", "met"],
    ["send", "sent", "sent"],
    ["seek", "sought", "sought"],
    ["steal", "stole", "stolen"],
    ["throw", "threw", "thrown"],
    ["win", "won", "won"],
    ["withdraw", "withdrew", "withdrawn"],
    ["fall", "fell", "fallen"],
    ["flee", "fled", "fled"],
    ["hear", "heard", "heard"],
    ["rise", "rose", "risen"],
    ["stand", "stood", "stood"],
    ["break", "broke", "broken"],
    ["build", "built", "built"],
    ["burn", "burned", "burned"],
    ["catch", "caught", "caught"],
    ["choose", "chose", "chosen"],
    ["cut", "cut", "cut"],
    ["die", "died", "died"],
    ["draw", "drew", "drawn"],
    ["drive", "drove", "driven"],
    ["grow", "grew", "grown"],
    ["hurt", "hurt", "hurt"],
    ["lay", "laid", "laid"],
    ["let", "let", "let"],
    ["pay", "paid", "paid"],
    ["send", "sent", "sent"],
    ["spread", "spread", "spread"],
    ["wound", "wounded", "wounded"],
    ["overthrow", "overthrew", "overthrown"],
    ["overrun", "overran", "overrun"],
];

/// Verbs whose last consonant doubles though the ending is not stressed by shape.
const DOUBLING: &[&str] = &[
    "admit", "rebut", "refer", "infer", "commit", "stop", "plan", "kidnap", "bomb!", "ram", "stab", "rob", "permit",
    "regret", "prefer", "concur", "rout!",
];

/// Returns the forms of a verb: lemma, `-s`, past, participle, `-ing`.
pub fn verb_forms(lemma: &str) -> Vec<String> {
    let mut forms = vec![lemma.to_owned()];
    let stem = |ending: &str| -> String {
        if DOUBLING.contains(&lemma) || ends_in_short_vowel(lemma) {
            return format!("{lemma}{}{ending}", &lemma[lemma.len() - 1..]);
        }
        match ending {
            "ed" if lemma.ends_with('e') => format!("{lemma}d"),
            "ed" if ends_in_consonant_y(lemma) => format!("{}ied", &lemma[..lemma.len() - 1]),
            "ing" if lemma.ends_with("ie") => format!("{}ying", &lemma[..lemma.len() - 2]),
            "ing" if lemma.ends_with('e') && !lemma.ends_with("ee") && lemma != "be" => {
                format!("{}ing", &lemma[..lemma.len() - 1])
            }
            _ => format!("{lemma}{ending}"),
        }
    };
    forms.push(match lemma {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ if ends_in_consonant_y(lemma) => format!("{}ies", &lemma[..lemma.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|it| lemma.ends_with(it)) => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    });
    match IRREGULAR.iter().find(|it| it[0] == lemma) {
        Some([_, past, participle]) => forms.extend([(*past).to_owned(), (*participle).to_owned()]),
        None => forms.push(stem("ed")),
    }
    match lemma {
        "put" | "run" | "set" | "hit" | "cut" | "let" | "get" | "win" | "begin" => {
            forms.push(format!("{lemma}{}ing", &lemma[lemma.len() - 1..]))
        }
        _ => forms.push(stem("ing")),
    }
    forms.dedup();
    forms
}

/// "prop", "rob": one vowel before one last consonant in a word of one syllable.
fn ends_in_short_vowel(word: &str) -> bool {
    let vowel = |it: u8| b"aeiou".contains(&it);
    match word.as_bytes() {
        [before @ .., middle, last] => {
            vowel(*middle)
                && !vowel(*last)
                && !b"wxyh".contains(last)
                && !before.is_empty()
                && !before.iter().any(|&it| vowel(it))
        }
        _ => false,
    }
}

fn ends_in_consonant_y(word: &str) -> bool {
    word.len() > 1 && word.ends_with('y') && !["a", "e", "o", "u"].iter().any(|it| word[..word.len() - 1].ends_with(it))
}

/// Returns the first token at or after `at` that is no adverb.
pub fn skip_adverbs(text: &Text<'_>, at: usize) -> usize {
    let mut here = at;
    while here < at + 4 && words::is_adverbial(text.lower(here)) {
        here += 1;
    }
    here
}

/// Guesses whether a token is a finite verb, from its form and the words beside it.
pub fn is_finite_verb(text: &Text<'_>, at: usize) -> bool {
    let Some(token) = text.tokens.get(at) else { return false };
    let word = token.lower.as_str();
    if token.kind != TokenKind::Word {
        return false;
    }
    if (words::is_auxiliary(word) && !matches!(word, "'s" | "being" | "been" | "be" | "having"))
        || words::is_modal(word) && !(word == "may" && token.capital)
    {
        return true;
    }
    let before = if at > text.sentence_of(at).tokens.start { text.lower(at - 1) } else { "" };
    if word == "'s" {
        return words::is_third_person(before) || matches!(before, "there" | "that" | "who" | "what");
    }
    if token.capital
        || words::is_determiner(before) && !words::is_subject_pronoun(before) && before != "that"
        || words::is_preposition(before)
    {
        return false;
    }
    if is_irregular_past(word) {
        return true;
    }
    if word.len() > 4 && word.ends_with("ed") {
        // "the wounded soldiers", "armed men": an adjective stands before a noun and after no noun.
        return !matches!(
            word,
            "armed"
                | "united"
                | "hundred"
                | "alleged"
                | "so-called"
                | "unnamed"
                | "retired"
                | "unarmed"
                | "unidentified"
                | "masked"
                | "hooded"
                | "uniformed"
        );
    }
    if matches!(
        word,
        "claims"
            | "claim"
            | "needs"
            | "need"
            | "fears"
            | "fear"
            | "faces"
            | "face"
            | "questions"
            | "question"
            | "controls"
            | "control"
            | "shows"
            | "show"
            | "holds"
            | "hold"
            | "uses"
            | "use"
            | "takes"
            | "stands"
            | "wants"
            | "gives"
    ) {
        let next = text.lower(at + 1);
        return next == "that"
            || next == "to"
            || words::is_determiner(next)
            || words::is_subject_pronoun(next)
            || text.tokens.get(at + 1).is_some_and(|it| it.capital);
    }
    is_common_present(word)
}

/// Says whether a word is the past of an irregular verb and hardly anything else.
pub fn is_irregular_past(word: &str) -> bool {
    !matches!(
        word,
        "put"
            | "read"
            | "run"
            | "set"
            | "cut"
            | "let"
            | "left"
            | "found"
            | "shot"
            | "hit"
            | "hurt"
            | "spread"
            | "felt"
            | "saw"
            | "forecast"
            | "lead"
            | "made"
            | "known"
            | "led"
    ) && IRREGULAR.iter().any(|it| it[1] == word)
        || matches!(word, "made" | "led" | "left" | "found" | "saw" | "hit" | "put" | "set" | "shot")
}

/// Says whether a word is a common verb in the present tense.
pub fn is_common_present(word: &str) -> bool {
    PRESENT.contains(&word)
}

/// Common verbs in the present tense that are hardly ever nouns.
const PRESENT: &[&str] = &[
    "say",
    "says",
    "claim",
    "claims",
    "deny",
    "denies",
    "believe",
    "believes",
    "accuse",
    "accuses",
    "warn",
    "warns",
    "want",
    "wants",
    "need",
    "needs",
    "remain",
    "remains",
    "think",
    "thinks",
    "suggest",
    "suggests",
    "seem",
    "seems",
    "appear",
    "appears",
    "show",
    "shows",
    "tell",
    "tells",
    "know",
    "knows",
    "see",
    "sees",
    "make",
    "makes",
    "take",
    "takes",
    "come",
    "comes",
    "get",
    "gets",
    "give",
    "gives",
    "go",
    "goes",
    "continue",
    "continues",
    "include",
    "includes",
    "insist",
    "insists",
    "maintain",
    "maintains",
    "argue",
    "argues",
    "question",
    "questions",
    "become",
    "becomes",
    "control",
    "controls",
    "face",
    "faces",
    "fear",
    "fears",
    "hold",
    "holds",
    "mean",
    "means",
    "require",
    "requires",
    "describe",
    "describes",
    "lack",
    "lacks",
    "pose",
    "poses",
    "use",
    "uses",
    "stands",
    "comprise",
];
