//! What the tree of a sentence adds to the frames: where a content ends, and
//! statements whose verb no frame could read.
//!
//! In: a sentence with its drafts. Out: the drafts, mended, and more of them.
//! Without a tree nothing changes. The tree shortens a content that runs into the
//! next clause of the cue's own sentence, and reads cues that the frames leave
//! out; it does not decide what a cue is, the codebook does.

use super::{content, draft::Draft, unread};
use crate::{
    Context,
    text::{Role, Sentence},
    trees::Trees,
};
use aver_model::CueClass;
use std::ops::Range;

/// Mends the drafts of a sentence and adds those that only its tree shows.
pub fn mend(ctx: &Context<'_>, sentence: &Sentence, drafts: &mut Vec<Draft>) {
    if !sentence.tokens.clone().any(|it| ctx.text.trees.node(it).is_some()) {
        return;
    }
    drafts.retain(|it| !is_noun(ctx, sentence, it));
    for draft in drafts.iter_mut().filter(|it| it.class == CueClass::Verb && !it.passive && !it.direct) {
        cut_content(ctx, draft);
        cut_at_second_verb(ctx, draft);
        cut_behind_objects(ctx, draft);
    }
    if sentence.role != Role::Body {
        return;
    }
    for verb in sentence.tokens.clone() {
        let covered = drafts.iter().any(|it| it.cue.contains(&verb));
        if !covered
            && let Some(draft) = unread::read(ctx, sentence, verb)
            && drafts.iter().all(|it| it.content != draft.content)
        {
            drafts.push(draft);
        }
    }
}

/// The token of the cue that heads its clause.
fn verb_of(trees: &Trees, draft: &Draft) -> Option<usize> {
    draft.cue.clone().find(|&it| trees.node(it).is_some_and(|it| it.upos == "VERB"))
}

/// "state troopers", "the question of": words that the frames took for a verb and the tree for a noun.
fn is_noun(ctx: &Context<'_>, sentence: &Sentence, draft: &Draft) -> bool {
    let root = draft.cue.clone().any(|it| ctx.text.trees.node(it).is_some_and(|it| it.head.is_none()));
    let tag = |it: usize| ctx.text.trees.node(it).map_or("", |it| it.upos);
    sentence.role == Role::Body
        && draft.class == CueClass::Verb
        && draft.cue.clone().all(|it| matches!(tag(it), "NOUN" | "PROPN" | "ADJ" | "ADP" | "ADV" | "DET"))
        && !draft.cue.is_empty()
        && !root
}

/// "He said that it fell, but the army stayed": the content ends at the comma behind which the
/// cue's own clause goes on. Elsewhere the frame's end is kept: it errs less often than the tree.
fn cut_content(ctx: &Context<'_>, draft: &mut Draft) {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let Some(verb) = verb_of(trees, draft) else { return };
    let [old] = &draft.content[..] else { return };
    let Some(clause) = trees.child(verb, &["ccomp"]).map(|it| without_mark(ctx, trees.reach(it))) else { return };
    let new = content::trim(text, clause);
    let goes_on = new.start == old.start && new.end + 4 < old.end && text.lower(new.end) == ",";
    // What is cut off must be a clause of its own, joined to the cue's.
    let tail = new.end + 1..old.end;
    let joined = |it: &usize| tail.contains(it) && trees.node(*it).is_some_and(|it| it.is("conj"));
    let own = content::has_finite_verb(text, tail.clone()) && trees.children(verb).iter().any(joined);
    if goes_on && own && !new.is_empty() {
        draft.content = vec![new];
    }
}

/// "He declined the post and has since left": what the subject does next is no content.
fn cut_at_second_verb(ctx: &Context<'_>, draft: &mut Draft) {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let Some(verb) = verb_of(trees, draft) else { return };
    let [old] = &draft.content[..] else { return };
    let said = trees.child(verb, &["ccomp"]).is_some() || content::has_finite_verb(text, old.clone());
    let second = trees.children(verb).iter().copied().find(|&it| {
        let joined = trees.node(it).is_some_and(|it| it.is("conj") && it.upos == "VERB");
        // Where a clause is said, the tree alone cannot well tell whose second verb it is.
        joined && it > old.start && it < old.end && (!said || ctx.index.cues.verb(text, it).is_some())
    });
    let Some(start) = second.map(|it| trees.reach(it).start).filter(|&it| it > old.start) else { return };
    let new = content::trim(text, old.start..start);
    if !new.is_empty() && old.start > verb {
        draft.content = vec![new];
    }
}

/// "Vowed to rebuild the bridge, drawing cheers": a content without a clause of its own ends with the verb's objects.
fn cut_behind_objects(ctx: &Context<'_>, draft: &mut Draft) {
    let trees = &ctx.text.trees;
    let Some(verb) = verb_of(trees, draft) else { return };
    let [old] = &draft.content[..] else { return };
    let bare =
        trees.child(verb, &["obj", "xcomp"]).is_some_and(|it| it > verb) && trees.child(verb, &["ccomp"]).is_none();
    let end = unread::end_of_objects(ctx, verb);
    if bare && old.start > verb && old.start + 1 < end && end < old.end {
        draft.content = vec![content::trim(&ctx.text, old.start..end)];
    }
}

fn without_mark(ctx: &Context<'_>, clause: Range<usize>) -> Range<usize> {
    if ctx.text.lower(clause.start) == "that" { clause.start + 1..clause.end } else { clause }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::text::{Text, tests::page};
    use crate::trees::Trees;
    use crate::{Context, Index};
    use aver_codebook::Codebook;

    /// Reads one sentence with a tree given as "part of speech, head (0 = root), relation", and if need be a tag, a word.
    pub fn statements(text: &str, tree: &str) -> Vec<String> {
        let said = |it: &aver_model::Statement, quote: &dyn Fn(aver_model::Span) -> String| {
            format!("{}: {}", it.speaker.name, quote(it.content.span))
        };
        read(text, tree, &[], &said)
    }

    /// The same with spans of attribution (first word, end, role) that a model proposes; shows the cue too.
    pub fn attributions(text: &str, tree: &str, parts: &[(usize, usize, aver_language::Role)]) -> Vec<String> {
        let shown = |it: &aver_model::Statement, quote: &dyn Fn(aver_model::Span) -> String| {
            let cue = it.cue.as_ref().map_or(String::new(), |it| quote(it.span));
            format!("{} <{cue}> {}", it.speaker.name, quote(it.content.span))
        };
        read(text, tree, parts, &shown)
    }

    type Show<'a> = &'a dyn Fn(&aver_model::Statement, &dyn Fn(aver_model::Span) -> String) -> String;

    fn read(text: &str, tree: &str, parts: &[(usize, usize, aver_language::Role)], show: Show<'_>) -> Vec<String> {
        let page = page(text);
        let codebook = Codebook::builtin();
        let index = Index::new(codebook);
        let mut text = Text::new(&page);
        let bytes: Vec<_> = text.sentences.iter().map(|it| it.bytes.clone()).collect();
        let mut analysis = aver_language::cut_sentences(text.raw, &bytes);
        let rows: Vec<Vec<&'static str>> = if tree.is_empty() {
            vec![]
        } else {
            tree.to_owned().leak().split_whitespace().map(|it| it.split('/').collect()).collect()
        };
        for (word, row) in analysis.words.iter_mut().zip(&rows) {
            word.lemma = text.raw[word.bytes.clone()].to_lowercase();
            word.upos = row[0];
            word.head = row[1].parse::<usize>().expect("a number").checked_sub(1);
            word.relation = row[2];
            word.xpos = row.get(3).copied().unwrap_or("");
        }
        analysis.parts = parts.iter().map(|&(a, b, role)| aver_language::Part { words: a..b, role }).collect();
        assert!(rows.is_empty() || rows.len() == analysis.words.len());
        text.trees = Trees::new(&text, &analysis);
        let ctx = Context { page: &page, codebook, index: &index, text };
        let times = crate::times::find(&ctx);
        let places = crate::places::find(&ctx, &times);
        let mut actors = crate::actors::find(&ctx, &places);
        let found = super::super::find(&ctx, &mut actors, &times);
        let quote = |span| ctx.text.offsets.quote(ctx.text.raw, span).to_owned();
        found.iter().map(|it| show(&it.record, &quote)).collect()
    }

    const BUT: &str = "The mayor said that ten men died, but the army stayed in the town.";
    const BUT_TREE: &str = "DET/2/det NOUN/3/nsubj VERB/0/root SCONJ/7/mark NUM/6/nummod NOUN/7/nsubj VERB/3/ccomp \
                            PUNCT/12/punct CCONJ/12/cc DET/11/det NOUN/12/nsubj VERB/3/conj ADP/15/case DET/15/det \
                            NOUN/12/obl PUNCT/3/punct";

    #[test]
    fn a_content_ends_where_the_cues_own_clause_goes_on() {
        assert_eq!(statements(BUT, BUT_TREE), ["The mayor: ten men died"]);
        // Without a tree the frame reads to the end.
        assert_eq!(statements(BUT, ""), ["The mayor: ten men died, but the army stayed in the town"]);
    }

    #[test]
    fn what_is_recorded_is_no_content_without_a_subject() {
        let tree = "DET/2/det NOUN/3/nsubj VERB/0/root NUM/5/nummod NOUN/3/obj VERB/3/ccomp PUNCT/6/punct \
                    ADP/9/case PRON/11/obl NUM/11/nummod NOUN/6/conj PUNCT/3/punct";
        let text = "The monitors recorded 13 civilians killed, among them four children.";
        assert_eq!(statements(text, tree), statements(text, ""));
    }

    #[test]
    fn a_clause_behind_a_semicolon_is_another_sentence() {
        let tree = "DET/2/det NOUN/3/nsubj VERB/0/root PUNCT/6/punct NOUN/6/nsubj VERB/3/parataxis PUNCT/3/punct";
        assert!(statements("A drill started; drivers warn.", tree).is_empty());
        assert_eq!(statements("A drill started, drivers warn.", tree).len(), 1);
    }

    #[test]
    fn a_clause_that_goes_on_inside_the_content_stays_whole() {
        let inside = BUT_TREE.replace("VERB/3/conj", "VERB/7/conj");
        assert_eq!(statements(BUT, &inside), ["The mayor: ten men died, but the army stayed in the town"]);
    }

    #[test]
    fn what_the_tree_calls_a_noun_is_no_cue() {
        let tree =
            "DET/4/det NOUN/4/compound NOUN/4/compound NOUN/5/nsubj VERB/0/root DET/7/det NOUN/5/obj PUNCT/5/punct";
        assert_eq!(statements("The state question officials closed the bridge.", tree), [""; 0]);
    }

    #[test]
    fn what_the_subject_does_next_is_no_content() {
        let text = "The general condemned the raid and left the hall.";
        let tree = "DET/2/det NOUN/3/nsubj VERB/0/root DET/5/det NOUN/3/obj CCONJ/7/cc VERB/3/conj DET/9/det NOUN/7/obj \
                    PUNCT/3/punct";
        assert_eq!(statements(text, tree), ["The general: the raid"]);
        assert_eq!(statements(text, ""), ["The general: the raid and left the hall"]);
    }

    #[test]
    fn an_infinitive_ends_with_its_objects() {
        let text = "The general vowed to hold the bridge, drawing cheers.";
        let tree = "DET/2/det NOUN/3/nsubj VERB/0/root PART/5/mark VERB/3/xcomp DET/7/det NOUN/5/obj PUNCT/3/punct \
                    VERB/3/advcl NOUN/9/obj PUNCT/3/punct";
        assert_eq!(statements(text, tree), ["The general: to hold the bridge"]);
        assert_eq!(statements(text, ""), ["The general: to hold the bridge, drawing cheers"]);
    }
}
