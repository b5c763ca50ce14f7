//! Spares the language model the sentences that no rule asks it about.
//!
//! In: the text and the words of the codebook. Out: the trees of the sentences
//! in which somebody may say something: a cue of any class, "that", a colon, or a
//! quotation, or a word of a tie between actors. Rules that look at trees look at no others, so nothing is lost.
//! Trees, attributions and names are asked for together: a name of the model's is one sign among others of a place or person.

use crate::Index;
use crate::text::{Role, Sentence, Text, TokenKind};
use crate::trees::Trees;
use aver_language::{Ask, Depth, Language};
use aver_model::Note;
use std::ops::Range;

/// Returns the trees of the sentences that pass; of all when not `gated`.
pub fn trees(text: &Text<'_>, index: &Index, language: &Language, depth: Depth, gated: bool) -> Trees {
    let bytes: Vec<Range<usize>> = text.sentences.iter().map(|it| it.bytes.clone()).collect();
    let ask = |at: usize| {
        let wanted = !gated || may_speak(text, index, &text.sentences[at]);
        Ask { trees: wanted, parts: wanted, names: wanted, ..Ask::NONE }
    };
    let analysis = language.analyse_sentences(text.raw, &bytes, ask, depth);
    let mut trees = Trees::new(text, &analysis);
    trees.notes = analysis.notes.iter().map(|it| note(text, it)).collect();
    trees
}

/// What an analyst may want to know of the model's work.
fn note(text: &Text<'_>, note: &aver_language::Note) -> Note {
    use aver_language::Note::{EndlessSentence, LongSentence, LongText, OtherLanguage};
    let (id, span) = match note {
        OtherLanguage => ("not-analysed", None),
        LongSentence(at) => ("long-sentence", text.sentences.get(*at).map(|it| text.span(it.tokens.clone()))),
        EndlessSentence(at) => ("not-analysed", text.sentences.get(*at).map(|it| text.span(it.tokens.clone()))),
        LongText(_) => ("long-text", None),
    };
    Note { id: id.to_owned(), span, message: note.to_string() }
}

/// Says whether a rule may look at the tree of a sentence.
fn may_speak(text: &Text<'_>, index: &Index, sentence: &Sentence) -> bool {
    // A tie needs a name beside the word that opens the sentence.
    let named = sentence.tokens.clone().skip(1).any(|at| text.tokens[at].capital);
    matches!(sentence.role, Role::Body | Role::Title | Role::Caption)
        && sentence.tokens.len() > 2
        && sentence.tokens.clone().any(|at| {
            text.tokens[at].kind == TokenKind::Quote
                || matches!(text.lower(at), "that" | ":")
                || index.cues.at(text, at).next().is_some()
                || index.cues.states(text.lower(at)).next().is_some()
                || named && index.relations.asks_tree(text.lower(at))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::page;

    #[test]
    fn what_nobody_says_is_spared() {
        let page = page(
            "He left the house in the morning.\nThe mayor said it burned.\nNobody knew that.\n“Go.”\nHe was worried it fell.",
        );
        let text = Text::new(&page);
        let index = Index::new(aver_codebook::Codebook::builtin());
        let asked: Vec<bool> = text.sentences.iter().map(|it| may_speak(&text, &index, it)).collect();
        assert_eq!(asked, [false, true, true, true, true]);
    }
}
