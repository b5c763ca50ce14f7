//! The verb group around a cue: its auxiliaries, its negation, whether it is passive or only possible.
//!
//! In: a sentence and the cue's token. Out: a [`Group`], read leftwards from the cue.

use crate::{
    phrase::{verbs::skip_adverbs, words},
    text::{Sentence, Text},
};

/// The verb group around a cue.
pub(super) struct Group {
    /// Its first token, adverbs included.
    pub(super) start: usize,
    pub(super) passive: bool,
    /// It holds "not", "never".
    pub(super) negated: bool,
    pub(super) progressive: bool,
    pub(super) finite: bool,
    pub(super) infinitive: bool,
    pub(super) possible: bool,
    pub(super) nearest: Aux,
}

/// The auxiliary next to a cue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Aux {
    None,
    Be,
    Have,
    Modal,
}

impl Group {
    /// The cue as published begins at its first auxiliary, not at an adverb.
    pub(super) fn start_of_cue(&self, text: &Text<'_>) -> usize {
        skip_adverbs(text, self.start)
    }
}

pub(super) fn group(text: &Text<'_>, sentence: &Sentence, at: usize) -> Group {
    let mut it = Group {
        start: at,
        passive: false,
        negated: false,
        progressive: false,
        finite: false,
        infinitive: false,
        possible: false,
        nearest: Aux::None,
    };
    let mut nearest = true;
    while it.start > sentence.tokens.start && at - it.start < 8 {
        let word = text.lower(it.start - 1);
        let possessive = word == "'s" && !words::is_third_person(text.lower(it.start.saturating_sub(2)));
        let month = word == "may" && text.tokens[it.start - 1].capital;
        if words::is_negation(word) && (!words::is_determiner(word) || word == "neither") && word != "nothing" {
            it.negated = true;
        } else if (words::is_auxiliary(word) || words::is_modal(word)) && !possessive && !month {
            if nearest {
                it.passive = words::is_be(word) || word == "'s" && text.lower(it.start.saturating_sub(2)) == "it";
                it.progressive = words::is_be(word);
                it.nearest = match word {
                    _ if it.passive || word == "'s" && text.lower(at).ends_with("ing") => Aux::Be,
                    _ if words::is_have(word) || word == "'s" || word == "'d" => Aux::Have,
                    _ => Aux::Modal,
                };
                nearest = false;
            }
            it.finite |= !matches!(word, "be" | "been" | "being" | "having");
            it.possible |= matches!(word, "can" | "could" | "may" | "might" | "should" | "must" | "ca" | "cannot");
        } else if nearest
            && matches!(word, "stand" | "stands" | "stood")
            && matches!(text.lower(at), "accused" | "charged")
        {
            (it.passive, it.finite, it.nearest) = (true, true, Aux::Be);
            nearest = false;
        } else if let Some(start) = unable(text, sentence, it.start) {
            it.negated = true;
            it.finite = true;
            it.start = start;
            continue;
        } else if word == "to" {
            it.infinitive = true;
            it.start -= 1;
            break;
        } else if words::is_adverbial(word) && !matches!(word, "both" | "all" | "first" | "last" | "then" | "now")
            || matches!(word, "publicly")
        {
        } else {
            break;
        }
        it.start -= 1;
    }
    it
}

/// "was unable to", "is not in a position to", before `end`: where the words begin; the verb behind is negated.
fn unable(text: &Text<'_>, sentence: &Sentence, end: usize) -> Option<usize> {
    let floor = sentence.tokens.start;
    let be = |mut at: usize| {
        while at > floor && words::is_adverbial(text.lower(at - 1)) {
            at -= 1;
        }
        (at > floor && words::is_be(text.lower(at - 1))).then(|| at - 1)
    };
    if end < floor + 3 || text.lower(end - 1) != "to" {
        return None;
    }
    match text.lower(end - 2) {
        "unable" => be(end - 2),
        "able" if words::is_negation(text.lower(end - 3)) => be(end - 3),
        "position" if end >= floor + 5 && text.lower(end - 4) == "in" => match text.lower(end - 3) {
            "no" => be(end - 4),
            "a" | "any" if words::is_negation(text.lower(end - 5)) => be(end - 5),
            _ => None,
        },
        _ => None,
    }
}
