//! Attributions that the language model proposes where no rule found any.
//!
//! In: a sentence with its drafts. Out: more drafts. The model marks words as
//! source, cue or content without saying which belong together: a cue takes the
//! nearest of the others that no other cue stands between. Rules come first.

use super::{
    content,
    cues::{Cues, Hit},
    draft::{Draft, Who},
    frames, others, subjects,
};
use crate::{
    Context,
    phrase::words,
    text::{Role, Sentence, TokenKind},
};
use aver_language::Role as Part;
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Adds what the model proposes for a sentence and no draft covers.
pub fn add(ctx: &Context<'_>, sentence: &Sentence, drafts: &mut Vec<Draft>) {
    if sentence.role != Role::Body {
        return;
    }
    let parts = ctx.text.trees.parts(sentence.tokens.clone());
    for index in 0..parts.len() {
        let (cue, part) = &parts[index];
        let covered = || drafts.iter().any(|it| it.cue.start < cue.end && cue.start < it.cue.end);
        if *part == Part::Cue
            && !covered()
            && let Some(draft) = draft(ctx, parts, index)
        {
            drafts.push(draft);
        }
    }
}

fn draft(ctx: &Context<'_>, parts: &[(Range<usize>, Part)], index: usize) -> Option<Draft> {
    let text = &ctx.text;
    let cue = parts[index].0.clone();
    let content = content::trim(text, nearest(parts, index, Part::Content)?);
    let content = content.start + usize::from(text.lower(content.start) == "that")..content.end;
    let source = content::trim(text, nearest(parts, index, Part::Source)?);
    let quoted = text.tokens[cue.start].quoted && content::in_long_quotation(text, cue.start);
    let telling = content.clone().any(|it| text.tokens[it].kind == TokenKind::Word && text.lower(it).len() > 3);
    let own = matches!(text.lower(source.start), "we" | "i" | "you" | "our");
    if !telling || own || quoted || source.is_empty() || !subjects::can_speak(text, source.clone()) {
        return None;
    }
    let hit: Option<(usize, Hit<'_>)> =
        cue.clone().rev().find_map(|it| ctx.index.cues.verb(text, it).map(|hit| (it, hit)));
    if hit.is_some_and(|(at, it)| Cues::is_excluded(it.cue, text, at)) || is_participle(ctx, &cue) {
        return None;
    }
    let hit = hit.map(|(_, it)| it);
    // "according to plan".
    if text.lower(cue.start) == "according" && !others::can_be_source(ctx, source.clone()) {
        return None;
    }
    let direct = text.tokens.get(content.start)?.quoted && text.tokens[content.end - 1].quoted;
    // "signed an agreement", "held an exchange of views": a verb that takes no noun must be followed by a clause.
    let takes_noun = |it: Hit<'_>| {
        it.cue.takes.iter().any(|it| match it.as_str() {
            "that" | "quote" | "wh" => false,
            "noun" | "object" | "nothing" | "clause" => true,
            // "told the story", "advised by officers" ask nobody to do anything.
            "object-to" | "to" => (cue.end..content.end).any(|at| text.lower(at) == "to"),
            // "named him as": the preposition must stand there.
            word => (cue.start..content.end).any(|at| text.lower(at) == word),
        })
    };
    if !hit.is_some_and(takes_noun) && !direct && !content::has_finite_verb(text, content.clone()) {
        return None;
    }
    let mut draft = Draft {
        who: Who::Words(source),
        class: CueClass::Verb,
        stance: hit.map_or(Stance::Asserts, |it| it.cue.stance),
        lemma: hit.map_or(String::new(), |it| it.cue.lemma.clone()),
        distancing: hit.is_some_and(|it| it.cue.distancing),
        negated: cue.clone().any(|it| words::is_negation(text.lower(it)) || text.lower(it) == "cannot"),
        content: vec![content],
        passive: false,
        direct,
        cue,
    };
    match hit {
        Some(hit) => {
            let after = draft.content[0].start;
            frames::negate(&mut draft, hit.cue, text, after)
        }
        None => (!draft.negated).then_some(draft),
    }
}

/// "explosions heard there", "asked about the raid, the mayor said": the verb is said of a noun beside it, by nobody.
fn is_participle(ctx: &Context<'_>, cue: &Range<usize>) -> bool {
    let trees = &ctx.text.trees;
    cue.clone().any(|it| {
        trees
            .node(it)
            .is_some_and(|node| matches!(node.xpos, "VBN" | "VBD") && matches!(node.relation, "acl" | "advcl"))
            && trees.child(it, &["nsubj", "aux"]).is_none()
    })
}

/// The nearest span of a kind that no other cue parts from the cue at `index`.
fn nearest(parts: &[(Range<usize>, Part)], index: usize, kind: Part) -> Option<Range<usize>> {
    let behind = parts[index + 1..].iter().take_while(|(_, it)| *it != Part::Cue).find(|(_, it)| *it == kind);
    let before = parts[..index].iter().rev().take_while(|(_, it)| *it != Part::Cue).find(|(_, it)| *it == kind);
    let cue = &parts[index].0;
    let gap =
        |it: &Range<usize>| if it.start >= cue.end { it.start - cue.end } else { cue.start.saturating_sub(it.end) };
    [before, behind].into_iter().flatten().map(|(it, _)| it.clone()).min_by_key(gap)
}

#[cfg(test)]
mod tests {
    use crate::statements::parsed::tests::attributions;
    use aver_language::Role::{Content, Cue, Source};

    const TEXT: &str = "Fishermen grumbled the port was closed.";
    const TREE: &str = "NOUN/2/nsubj X/0/root DET/4/det NOUN/6/nsubj AUX/6/aux VERB/2/ccomp PUNCT/2/punct";

    #[test]
    fn a_proposal_is_read_where_no_rule_found_anything() {
        let parts = [(0, 1, Source), (1, 2, Cue), (2, 6, Content)];
        assert_eq!(attributions(TEXT, TREE, &parts), ["Fishermen <grumbled> the port was closed"]);
        assert_eq!(attributions(TEXT, TREE, &[]), [""; 0]);
    }

    #[test]
    fn a_cue_needs_a_source_and_a_content() {
        assert_eq!(attributions(TEXT, TREE, &[(1, 2, Cue), (2, 6, Content)]), [""; 0]);
        assert_eq!(attributions(TEXT, TREE, &[(0, 1, Source), (1, 2, Cue)]), [""; 0]);
    }

    #[test]
    fn a_rule_comes_first() {
        let text = TEXT.replace("grumbled", "said");
        let parts = [(0, 1, Source), (1, 2, Cue), (4, 6, Content)];
        assert_eq!(attributions(&text, TREE, &parts), ["Fishermen <said> the port was closed"]);
    }
}
