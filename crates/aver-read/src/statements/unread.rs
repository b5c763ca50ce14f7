//! Statements that only the tree of a sentence shows.
//!
//! In: a verb that no frame has read. Out: a draft, if the codebook knows the
//! verb as a cue and the tree shows a subject and what the cue takes: a clause, an
//! infinitive, an object ("cited the report"), a prepositional phrase ("spoke about
//! the attack"). The tree finds extents; what a cue is, the codebook decides.

use super::{
    content,
    cues::{CueWords, Cues},
    draft::{Draft, Who},
    frames, sources, subjects,
};
use crate::{
    Context,
    phrase::words,
    text::{Sentence, TokenKind},
};
use aver_model::{CueClass, Stance};
use std::ops::Range;

/// Reads the word at a token as a cue.
pub fn read(ctx: &Context<'_>, sentence: &Sentence, at: usize) -> Option<Draft> {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let node = trees.node(at)?;
    if negated(ctx, at) || text.tokens[at].quoted && content::in_long_quotation(text, at) {
        return None;
    }
    let copula = trees.child(at, &["cop", "aux"]).filter(|&it| it < at && words::is_be(text.lower(it)));
    let state = matches!(node.upos, "ADJ" | "VERB") && matches!(node.xpos, "JJ" | "VBN") && copula.is_some();
    let verb = node.upos == "VERB" && !(state && node.xpos == "VBN");
    let states =
        ctx.index.cues.states(text.lower(at)).filter(|it| state && it.stance != Stance::Forecasts).map(|it| (it, 1));
    let verbs = ctx.index.cues.at(text, at).filter(|it| verb && it.cue.class == CueClass::Verb);
    let mut cues = states.chain(verbs.map(|it| (it.cue, it.len)));
    cues.find_map(|(cue, len)| {
        // What appears so, appears to whoever tells it; "threatens the town" says nothing.
        if Cues::is_excluded(cue, text, at) || matches!(cue.written.as_str(), "appear" | "seem" | "threaten") {
            return None;
        }
        draft(ctx, sentence, at, len, cue)
    })
}

fn draft(ctx: &Context<'_>, sentence: &Sentence, verb: usize, len: usize, known: &CueWords) -> Option<Draft> {
    let text = &ctx.text;
    let (who, first, sure) = speaker(ctx, verb)?;
    let cue = cue(ctx, first).start..verb + len;
    let (content, whole) = content_of(ctx, verb, cue.end, known)?;
    let content = content::trim(text, content);
    let apart = |it: &Range<usize>| it.end <= cue.start || cue.end <= it.start;
    // "urged Kampala to seek a settlement": who seeks is Kampala, and only if it listens.
    let asked = first != verb && trees_between(ctx, first, verb);
    if asked
        || content.is_empty()
        || !(sure || whole)
        || !apart(&content)
        || !apart(&who)
        || content.start < who.end && who.start < content.end
    {
        return None;
    }
    let direct = text.tokens[content.start].quoted && text.tokens[content.end - 1].quoted;
    let inside = |it: &Range<usize>| sentence.tokens.start <= it.start && it.end <= sentence.tokens.end;
    (inside(&content) && inside(&who) && inside(&cue)).then(|| Draft {
        who: Who::Words(who),
        class: CueClass::Verb,
        content: vec![content],
        stance: known.stance,
        lemma: known.lemma.clone(),
        negated: false,
        distancing: known.distancing,
        direct,
        passive: false,
        cue,
    })
}

/// Says whether a verb has an object of its own before the infinitive of another, or is itself a cue.
fn trees_between(ctx: &Context<'_>, first: usize, verb: usize) -> bool {
    ctx.text.trees.child(first, &["obj", "iobj"]).is_some_and(|it| it < verb)
}

/// Says whether the head of a phrase names somebody, or something published, that can speak.
fn is_somebody(ctx: &Context<'_>, head: usize) -> bool {
    let text = &ctx.text;
    let word = text.lower(head);
    matches!(word, "he" | "she" | "they" | "who" | "some" | "many" | "others" | "most" | "both")
        || ctx.text.trees.node(head).is_some_and(|it| it.upos == "PROPN")
        || ctx.index.cues.speaks(word)
}

/// The words of the speaker, the verb at which the cue begins, and whether the words name somebody who can speak.
fn speaker(ctx: &Context<'_>, verb: usize) -> Option<(Range<usize>, usize, bool)> {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    // "continued to call for": the subject is that of the verb above.
    let mut first = verb;
    while let Some(node) = trees.node(first)
        && trees.child(first, &["nsubj"]).is_none()
        && node.is("xcomp")
        && let Some(head) = node.head.filter(|&it| it < first && it + 5 > first)
        && trees.node(head).is_some_and(|it| it.upos == "VERB")
    {
        first = head;
    }
    let subject = trees.child(first, &["nsubj"]).or_else(|| {
        let node = trees.node(first)?;
        let head = node.head.filter(|_| node.is("conj"))?;
        trees.child(head, &["nsubj"])
    });
    if let Some(subject) = subject {
        if trees.node(subject).is_some_and(|it| it.relation == "nsubj:pass") && subject > verb {
            return None;
        }
        let word = text.lower(subject);
        if matches!(word, "who" | "which" | "that") {
            let noun = trees.node(sources::relative_clause(trees, subject)?)?.head?;
            let start = trees.reach(noun).start;
            let whole = content::trim(text, start..subject);
            return subjects::can_speak(text, whole.clone())
                .then(|| (whole, first, is_somebody(ctx, noun) || word == "who"));
        }
        if matches!(
            word,
            "nobody"
                | "none"
                | "no"
                | "nothing"
                | "neither"
                | "what"
                | "it"
                | "there"
                | "this"
                | "these"
                | "those"
                | "i"
                | "we"
                | "you"
        ) {
            return None;
        }
        let whole = sources::extent(ctx, subject, first);
        let own = text.lower(whole.start) == "our";
        let fits = !own && !whole.contains(&verb) && subjects::can_speak(text, whole.clone());
        return fits.then(|| (whole, first, is_somebody(ctx, subject)));
    }
    None
}

/// What the cue takes, as far as the tree shows it, and whether it is a clause: only a clause needs no known speaker.
fn content_of(ctx: &Context<'_>, verb: usize, after: usize, cue: &CueWords) -> Option<(Range<usize>, bool)> {
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    if ["that", "quote", "wh"].iter().any(|it| cue.takes(it))
        && let Some(clause) = clause_of(ctx, verb, after)
    {
        return Some((clause, true));
    }
    let first = |it: usize| text.lower(trees.reach(it).start);
    if cue.takes("to")
        && let Some(clause) = trees.child(verb, &["xcomp", "advcl"]).filter(|&it| it > verb && first(it) == "to")
    {
        return Some((trees.reach(clause), true));
    }
    let rest = after..end_of_objects(ctx, verb);
    let marked_as = || rest.clone().any(|it| text.lower(it) == "as");
    // "told the story" asks nobody to do anything.
    let asked = || cue.takes("object-to") && rest.clone().any(|it| text.lower(it) == "to");
    let takes_object = ["noun", "object"].iter().any(|it| cue.takes(it)) || asked() || cue.takes("as") && marked_as();
    if words::is_reflexive(text.lower(after)) {
        return None;
    }
    if takes_object
        && trees.children(verb).iter().any(|&it| it >= after && trees.node(it).is_some_and(|it| it.is("obj")))
    {
        return Some((rest, false));
    }
    // "referred to the attack": the cue holds the preposition.
    let opens = |at: usize| {
        trees.children(verb).iter().copied().find(|&it| {
            let reach = trees.reach(it);
            reach.contains(&at)
                && it >= at
                && trees.node(it).is_some_and(|it| it.is("obl") || it.is("advcl") || it.is("xcomp") || it.is("ccomp"))
        })
    };
    if cue.takes("object") && after > verb + 1 && opens(after).is_some() {
        return Some((rest, false));
    }
    // "spoke about the attack": behind the preposition.
    let word = text.lower(after);
    let ties = matches!(word, "of" | "for" | "on" | "with" | "by" | "in" | "from" | "against" | "at" | "as" | "about");
    let tied = ties && (cue.takes(word) || word == "about" && cue.takes("of")) && opens(after).is_some();
    (tied && after + 1 < rest.end).then(|| (after + 1..rest.end, false))
}

/// The clause that a verb of saying has as its content.
fn clause_of(ctx: &Context<'_>, verb: usize, after: usize) -> Option<Range<usize>> {
    let trees = &ctx.text.trees;
    let stated = |it: usize| trees.child(it, &["nsubj", "csubj", "expl"]).is_some();
    let that = |it: &usize| trees.node(*it).is_some_and(|it| it.is("ccomp") || it.is("advcl"));
    let clause = trees.children(verb).iter().copied().filter(that).find(|&it| {
        let opens = matches!(ctx.text.lower(trees.reach(it).start), "that");
        trees.node(it).is_some_and(|it| it.is("ccomp")) || opens
    });
    // "recorded 13 civilians killed" tells what was recorded, not what was said.
    if let Some(clause) = clause.filter(|&it| stated(it)) {
        let reach = trees.reach(clause);
        return (reach.end <= verb || reach.start >= after).then(|| without_mark(ctx, reach));
    }
    // "It burned, he said": the clause is the head of the verb.
    let node = trees.node(verb)?;
    let head = node.head.filter(|&it| node.is("parataxis") && stated(it))?;
    let (all, own) = (trees.reach(head), trees.reach(verb));
    // Behind a semicolon stands another sentence.
    let apart = |at: usize| ctx.text.lower(at) == ";";
    match () {
        () if own.start > all.start && apart(own.start - 1) || apart(own.start) || apart(own.end) => None,
        () if own.end >= all.end => Some(all.start..own.start),
        () if own.start <= all.start => Some(own.end..all.end),
        () => None,
    }
}

/// Where the objects and complements behind a verb end: before a clause behind a comma, and before a time or
/// medium that belongs to the cue ("cited the report on Monday").
pub fn end_of_objects(ctx: &Context<'_>, verb: usize) -> usize {
    const PARTS: &[&str] = &["obj", "iobj", "obl", "xcomp", "ccomp", "advcl", "advmod", "compound", "nmod", "acl"];
    let (text, trees) = (&ctx.text, &ctx.text.trees);
    let mut end = verb + 1;
    for &it in trees.children(verb).iter().filter(|&&it| it > verb) {
        let Some(node) = trees.node(it).filter(|node| PARTS.iter().any(|name| node.is(name))) else { continue };
        let reach = trees.reach(it);
        let listed = matches!(text.lower(reach.start), "among" | "including");
        let aside = reach.start > verb + 1 && text.lower(reach.start - 1) == "," && !node.is("obj") && !listed;
        let word = text.lower(it);
        let setting = node.is("obl")
            && end > verb + 1
            && (words::is_time_noun(word)
                || words::is_weekday(word)
                || words::is_month(word)
                || frames::is_media(word)
                || word == "interview");
        if aside || setting {
            break;
        }
        end = end.max(reach.end);
    }
    // "cited the report, which …": the outlet's word on it.
    (verb + 2..end)
        .find(|&it| text.lower(it) == "," && matches!(text.lower(it + 1), "which" | "who"))
        .filter(|&it| !(it + 1..end).any(|it| text.lower(it) == ","))
        .unwrap_or(end)
}

fn without_mark(ctx: &Context<'_>, clause: Range<usize>) -> Range<usize> {
    if ctx.text.lower(clause.start) == "that" { clause.start + 1..clause.end } else { clause }
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
                && (it.is("aux")
                    || it.is("cop")
                    || it.is("advmod") && ctx.text.tokens[start - 1].kind == TokenKind::Word)
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
    use crate::statements::parsed::tests::{attributions, statements};

    const CITED: &str = "The senator cited a report about the blast.";
    const CITED_TREE: &str = "DET/2/det NOUN/3/nsubj VERB/0/root DET/5/det NOUN/3/obj ADP/8/case DET/8/det NOUN/5/nmod \
                              PUNCT/3/punct";

    #[test]
    fn an_object_is_a_content_where_the_tree_shows_it() {
        assert_eq!(attributions(CITED, CITED_TREE, &[]), ["The senator <cited> a report about the blast"]);
        assert_eq!(statements(CITED, ""), [""; 0]);
    }

    #[test]
    fn an_object_needs_somebody_who_speaks() {
        let text = CITED.replace("senator", "bridge");
        assert_eq!(statements(&text, CITED_TREE), [""; 0]);
    }

    #[test]
    fn a_phrase_with_about_is_a_content() {
        let tree = "NOUN/2/nsubj VERB/0/root ADP/5/case DET/5/det NOUN/2/obl PUNCT/2/punct";
        assert_eq!(attributions("Villagers spoke about the raid.", tree, &[]), ["Villagers <spoke about> the raid"]);
    }

    #[test]
    fn a_state_of_mind_is_a_cue_with_its_verb() {
        let tree =
            "NOUN/3/nsubj AUX/3/cop ADJ/0/root/JJ SCONJ/7/mark DET/6/det NOUN/7/nsubj VERB/3/ccomp PUNCT/3/punct";
        let found = attributions("Farmers were worried that the dam broke.", tree, &[]);
        assert_eq!(found, ["Farmers <were worried> the dam broke"]);
    }

    #[test]
    fn the_speaker_of_a_verb_below_another_is_its_subject() {
        let tree = "NOUN/2/nsubj VERB/0/root PART/4/mark VERB/2/xcomp DET/6/det NOUN/4/obj PUNCT/2/punct";
        let found = attributions("Officials tried to discuss the raid.", tree, &[]);
        assert_eq!(found, ["Officials <tried to discuss> the raid"]);
    }

    #[test]
    fn who_stands_for_the_noun_before_it() {
        let text = "The clerk who mentioned the raid left.";
        let tree =
            "DET/2/det NOUN/7/nsubj PRON/4/nsubj VERB/2/acl:relcl DET/6/det NOUN/4/obj VERB/0/root PUNCT/7/punct";
        assert_eq!(statements(text, tree), ["The clerk: the raid"]);
    }

    #[test]
    fn neither_ourselves_nor_a_town_under_threat_is_a_content() {
        let tree = "DET/2/det NOUN/3/nsubj VERB/0/root DET/5/det NOUN/3/obj PUNCT/3/punct";
        assert_eq!(statements("The rebels threatened the town.", tree), [""; 0]);
        let tree = "DET/2/det NOUN/3/nsubj VERB/0/root PRON/3/obj ADP/6/case NOUN/3/obl PUNCT/3/punct";
        assert_eq!(statements("The man described himself as colonel.", tree), [""; 0]);
    }
}
