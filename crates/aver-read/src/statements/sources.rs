//! Where the words of a speaker begin and end.
//!
//! In: a draft. Out: the draft with its speaker whole: "Rep. Ann Doe (D-Ohio)"
//! keeps its bracket, and where the sentence has a tree the speaker is the subject
//! of the cue's verb with all that hangs on it.

use super::draft::{Draft, Who};
use crate::{
    Context,
    phrase::words,
    statements::content,
    text::{Sentence, Text},
    trees::Trees,
};
use aver_model::CueClass;
use std::ops::Range;

/// Makes the speaker of a draft whole.
pub fn mend(ctx: &Context<'_>, sentence: &Sentence, draft: &mut Draft) {
    if draft.class == CueClass::Verb && !draft.passive {
        by_tree(ctx, draft);
    }
    if let Who::Words(words) = &mut draft.who {
        let end = close_bracket(&ctx.text, words.clone(), sentence.tokens.end);
        let free = |it: &Range<usize>| end <= it.start || it.end <= words.start;
        if free(&draft.cue) && draft.content.iter().all(free) {
            words.end = end;
        }
    }
}

/// "Ann Doe (D-Ohio": the end behind the bracket that is open or opens next.
pub fn close_bracket(text: &Text<'_>, words: Range<usize>, limit: usize) -> usize {
    let open = words.clone().rev().take(8).find(|&it| matches!(text.lower(it), "(" | ")"));
    let opens = match open {
        Some(it) if text.lower(it) == "(" => it,
        _ if text.lower(words.end) == "(" => words.end,
        _ => return words.end,
    };
    (opens + 1..limit.min(opens + 8)).find(|&it| text.lower(it) == ")").map_or(words.end, |it| it + 1)
}

/// Takes the subject that the tree shows in place of the frame's words.
fn by_tree(ctx: &Context<'_>, draft: &mut Draft) {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let verb = |it: &usize| trees.node(*it).is_some_and(|it| it.upos == "VERB");
    let Some(verb) = draft.cue.clone().find(verb) else { return };
    let Some(head) = subject(trees, verb) else { return };
    let word = text.lower(head);
    if matches!(word, "who" | "which" | "that" | "what" | "it" | "there" | "this" | "i" | "we" | "you") {
        return;
    }
    let whole = extent(ctx, head, verb);
    let apart = |it: &Range<usize>| it.end <= whole.start || whole.end <= it.start;
    let fits = !whole.is_empty() && apart(&draft.cue) && draft.content.iter().all(apart);
    let near = match &draft.who {
        Who::Words(words) => !(words.end <= whole.start || whole.end <= words.start),
        Who::Subject => true,
        Who::Carried | Who::Unspecified => false,
    };
    if fits && near {
        draft.who = Who::Words(whole);
    }
}

/// The head of the subject of a verb, its own or the one it shares.
pub fn subject(trees: &Trees, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) = trees.child(at, &["nsubj"]) {
            return Some(subject);
        }
        let node = trees.node(at)?;
        let head = node.head?;
        match () {
            () if node.relation == "acl" && node.xpos == "VBG" => return Some(head),
            () if node.is("conj") || node.is("xcomp") => at = head,
            () if node.is("advcl") && node.xpos == "VBG" => at = head,
            () => return None,
        }
    }
    None
}

/// The verb whose clause a relative pronoun opens.
pub fn relative_clause(trees: &Trees, pronoun: usize) -> Option<usize> {
    let verb = trees.node(pronoun)?.head?;
    trees.node(verb).filter(|it| it.relation == "acl:relcl").map(|_| verb)
}

/// The noun phrase of a subject, up to the verb, without a participle behind a comma.
pub fn extent(ctx: &Context<'_>, subject: usize, verb: usize) -> Range<usize> {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let reach = trees.reach(subject);
    let mut end = if subject < verb { reach.end.min(verb) } else { reach.end };
    for &it in trees.children(subject) {
        let aside = it > subject && trees.node(it).is_some_and(|it| it.relation == "acl");
        let start = trees.reach(it).start;
        if aside && start > subject && text.lower(start - 1) == "," {
            end = end.min(start - 1);
        }
    }
    let mut start = reach.start;
    while start < subject && words::is_coordinator(text.lower(start)) && text.lower(start) != "both" {
        start += 1;
    }
    content::trim(text, start..end)
}

#[cfg(test)]
mod tests {
    use crate::statements::parsed::tests::statements;

    #[test]
    fn a_bracket_behind_a_name_belongs_to_the_speaker() {
        let found = statements("Sen. Ann Doe (D-Ohio) said the bridge was hit.", "");
        assert_eq!(found, ["Sen. Ann Doe (D-Ohio): the bridge was hit"]);
        let found = statements("\"The bridge is gone,\" said Ann Doe (Labour), a clerk in Sorvan.", "");
        assert_eq!(found, ["Ann Doe (Labour), a clerk in Sorvan: The bridge is gone,"]);
    }

    #[test]
    fn the_speaker_is_the_whole_subject() {
        let text = "Elders from both villages said the well was dry.";
        let tree = "NOUN/5/nsubj ADP/4/case DET/4/det NOUN/1/nmod VERB/0/root DET/7/det NOUN/9/nsubj AUX/9/cop ADJ/5/ccomp \
                    PUNCT/5/punct";
        assert_eq!(statements(text, tree), ["Elders from both villages: the well was dry"]);
    }

    #[test]
    fn what_somebody_does_meanwhile_is_no_part_of_the_name() {
        let text = "The mayor, speaking in Sorvan, said the well was dry.";
        let tree = "DET/2/det NOUN/8/nsubj PUNCT/8/punct VERB/2/acl/VBG ADP/6/case PROPN/4/obl PUNCT/2/punct VERB/0/root \
                    DET/10/det NOUN/12/nsubj AUX/12/cop ADJ/8/ccomp PUNCT/8/punct";
        assert_eq!(statements(text, tree), ["The mayor: the well was dry"]);
    }
}
