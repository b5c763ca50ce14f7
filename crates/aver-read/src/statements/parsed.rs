//! What the tree of a sentence adds to the frames: where a content ends, and
//! statements whose verb no frame could read.
//!
//! In: a sentence with its drafts. Out: the drafts, mended, and more of them.
//! Without a tree nothing changes. The tree shortens a content that runs into the
//! next clause of the cue's own sentence, and reads cues that the frames leave
//! out; it does not decide what a cue is, the codebook does.

use super::{
    content,
    cues::Cues,
    draft::{Draft, Who},
    frames,
};
use crate::{
    Context,
    phrase::words,
    text::{Role, Sentence, Text, TokenKind},
    trees::Trees,
};
use aver_model::CueClass;
use std::ops::Range;

/// Mends the drafts of a sentence and adds those that only its tree shows.
pub fn mend(ctx: &Context<'_>, sentence: &Sentence, drafts: &mut Vec<Draft>) {
    if !sentence.tokens.clone().any(|it| ctx.text.trees.node(it).is_some()) {
        return;
    }
    for draft in drafts.iter_mut().filter(|it| it.class == CueClass::Verb && !it.passive && !it.direct) {
        cut_content(ctx, draft);
    }
    if sentence.role != Role::Body {
        return;
    }
    for verb in sentence.tokens.clone() {
        let covered = drafts.iter().any(|it| it.cue.contains(&verb));
        if !covered
            && let Some(draft) = unread(ctx, sentence, verb)
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

/// The subject of a verb, or of the verb that it is joined to.
fn subject(trees: &Trees, verb: usize) -> Option<usize> {
    trees.child(verb, &["nsubj"]).or_else(|| {
        let node = trees.node(verb)?;
        let head = node.head.filter(|_| node.is("conj"))?;
        trees.child(head, &["nsubj"])
    })
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

/// The clause that a verb of saying has as its content; it must have a subject of its own: "recorded
/// 13 civilians killed" tells what was recorded, not what was said.
fn clause_of(text: &Text<'_>, verb: usize) -> Option<Range<usize>> {
    let trees = &text.trees;
    let stated = |it: usize| trees.child(it, &["nsubj", "csubj", "expl"]).is_some();
    if let Some(clause) = trees.child(verb, &["ccomp"]).filter(|&it| stated(it)) {
        let reach = trees.reach(clause);
        return (reach.end <= verb || reach.start > verb).then_some(reach);
    }
    // "It burned, he said": the clause is the head of the verb.
    let node = trees.node(verb)?;
    let head = node.head.filter(|&it| node.is("parataxis") && stated(it))?;
    let (all, own) = (trees.reach(head), trees.reach(verb));
    // Behind a semicolon stands another sentence.
    let apart = |at: usize| text.lower(at) == ";";
    match () {
        () if own.start > all.start && apart(own.start - 1) || apart(own.start) || apart(own.end) => None,
        () if own.end >= all.end => Some(all.start..own.start),
        () if own.start <= all.start => Some(own.end..all.end),
        () => None,
    }
}

fn without_mark(ctx: &Context<'_>, clause: Range<usize>) -> Range<usize> {
    if ctx.text.lower(clause.start) == "that" { clause.start + 1..clause.end } else { clause }
}

/// A verb with a subject and a clause as its object that no frame has read.
fn unread(ctx: &Context<'_>, sentence: &Sentence, verb: usize) -> Option<Draft> {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let node = trees.node(verb).filter(|it| it.upos == "VERB")?;
    if negated(ctx, verb) {
        return None;
    }
    if text.tokens[verb].quoted && content::in_long_quotation(text, verb) || node.xpos == "VB" && !finite(trees, verb) {
        return None;
    }
    let hit = ctx.index.cues.verb(text, verb).filter(|it| !Cues::is_excluded(it.cue, text, verb))?;
    let clause = without_mark(ctx, clause_of(text, verb)?);
    let subject = subject(trees, verb)?;
    let who = content::trim(text, trees.reach(subject));
    let relative = matches!(text.lower(subject), "who" | "which" | "that" | "what" | "it" | "there" | "this");
    if relative
        || who.contains(&verb)
        || !frames::can_speak(text, who.clone())
        || matches!(text.lower(subject), "i" | "we" | "you")
    {
        return None;
    }
    let cue = cue(ctx, verb);
    let content = content::trim(text, clause);
    if content.is_empty() || content.contains(&verb) || who.start < cue.end && cue.start < who.end {
        return None;
    }
    let direct = text.tokens[content.start].quoted && text.tokens[content.end - 1].quoted;
    let inside = |it: &Range<usize>| sentence.tokens.start <= it.start && it.end <= sentence.tokens.end;
    (inside(&content) && inside(&who) && inside(&cue)).then(|| Draft {
        who: Who::Words(who),
        class: CueClass::Verb,
        content: vec![content],
        stance: hit.cue.stance,
        lemma: node.lemma.clone(),
        negated: false,
        distancing: hit.cue.distancing,
        direct,
        passive: false,
        cue,
    })
}

fn finite(trees: &Trees, verb: usize) -> bool {
    trees.child(verb, &["aux"]).is_some_and(|it| trees.node(it).is_some_and(|it| it.upos == "AUX" && it.lemma != "to"))
        && trees.child(verb, &["mark"]).is_none()
}

fn negated(ctx: &Context<'_>, verb: usize) -> bool {
    ctx.text.trees.children(verb).iter().any(|&it| words::is_negation(ctx.text.lower(it)))
}

/// The verb with its auxiliaries, from the first of them that touches it.
fn cue(ctx: &Context<'_>, verb: usize) -> Range<usize> {
    let trees = &ctx.text.trees;
    let mut start = verb;
    while start > 0
        && trees.node(start - 1).is_some_and(|it| {
            it.head == Some(verb)
                && (it.is("aux") || it.is("advmod") && ctx.text.tokens[start - 1].kind == TokenKind::Word)
        })
    {
        start -= 1;
    }
    // An adverb before the first auxiliary stands outside.
    while start < verb
        && trees.node(start).is_some_and(|it| it.is("advmod"))
        && !words::is_negation(ctx.text.lower(start))
    {
        start += 1;
    }
    start..verb + 1
}

#[cfg(test)]
mod tests {
    use crate::text::{Text, tests::page};
    use crate::trees::Trees;
    use crate::{Context, Index};
    use aver_codebook::Codebook;

    /// Reads one sentence with a tree given as "part of speech, head (0 = root), relation" a word.
    fn statements(text: &str, tree: &str) -> Vec<String> {
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
        }
        assert!(rows.is_empty() || rows.len() == analysis.words.len());
        text.trees = Trees::new(&text, &analysis);
        let ctx = Context { page: &page, codebook, index: &index, text };
        let times = crate::times::find(&ctx);
        let places = crate::places::find(&ctx, &times);
        let mut actors = crate::actors::find(&ctx, &places);
        let found = super::super::find(&ctx, &mut actors, &times);
        let quote = |span| ctx.text.offsets.quote(ctx.text.raw, span).to_owned();
        found.iter().map(|it| format!("{}: {}", it.record.speaker.name, quote(it.record.content.span))).collect()
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
        assert!(statements("A drill started; explosions warn.", tree).is_empty());
        assert_eq!(statements("A drill started, explosions warn.", tree).len(), 1);
    }

    #[test]
    fn a_clause_that_goes_on_inside_the_content_stays_whole() {
        let inside = BUT_TREE.replace("VERB/3/conj", "VERB/7/conj");
        assert_eq!(statements(BUT, &inside), ["The mayor: ten men died, but the army stayed in the town"]);
    }
}
