//! Who acts and who suffers, by the tree of the sentence.
//!
//! In: a text and the words of a verb. Out: the noun phrases that the tree ties to
//! it, past relative clauses, in the passive, behind a second verb; `None` where no
//! model has read the sentence, or reads the words as no verb. Borders of noun
//! phrases are those of [`crate::phrase`]; the tree only says which one it is.
//!
//! Relations between words are those of Universal Dependencies 2.

use crate::phrase::{self, words};
use crate::{text::Text, trees::Trees};
use std::ops::Range;

/// How many verbs up a missing subject is sought: "began to fire and hit".
const UP: usize = 4;

/// The sides of a verb, each a noun phrase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    /// The subject suffers.
    pub passive: bool,
    /// Who acts, or who suffers in the passive.
    pub subject: Option<Range<usize>>,
    /// Who acts in the passive.
    pub by: Option<Range<usize>>,
    /// What the verb takes.
    pub object: Option<Range<usize>>,
    /// The head of whoever acts, a thing as well: "The strike | hit a bus".
    pub doer: Option<usize>,
    /// "It is not clear | who fired": nobody is said to.
    pub asks: bool,
}

/// Returns the sides of the verb among the words of a trigger.
pub fn clause(text: &Text<'_>, trigger: &Range<usize>) -> Option<Clause> {
    let trees = &text.trees;
    let verb = trigger.clone().find(|&it| trees.node(it).is_some_and(|it| it.upos == "VERB"))?;
    let found = subject(text, verb, 0);
    let passive = found.as_ref().map_or_else(|| is_passive(trees, verb), |it| it.1);
    let by = by_of(text, verb);
    // "was struck and killed by a mine".
    let by = by.or_else(|| {
        let joined = trees.children(verb).iter().copied().filter(|&it| trees.node(it).is_some_and(|it| it.is("conj")));
        joined.filter(|_| passive).find_map(|it| by_of(text, it))
    });
    let object = trees.child(verb, &["obj"]).filter(|&it| it > verb);
    // "Repelled an attack", "set fire to": what the trigger says itself is no side of it.
    let outside = |it: Range<usize>| Some(it).filter(|it| it.end <= trigger.start || it.start >= trigger.end);
    let asks = trees.node(verb).is_some_and(|it| it.is("ccomp") || it.is("csubj"))
        && trees.child(verb, &["nsubj"]).is_some_and(|it| matches!(text.lower(it), "who" | "what" | "which"));
    Some(Clause {
        passive,
        asks,
        subject: found.and_then(|it| outside(both(text, it.0))),
        by: by.filter(|_| passive).and_then(|it| outside(both(text, it))),
        doer: if passive { by } else { found.map(|it| it.0) },
        object: object.and_then(|it| outside(noun(text, it))),
    })
}

/// Says whether the tree reads all words of a trigger as nouns: "police investigate | shooting at a club".
pub fn is_noun(text: &Text<'_>, trigger: &Range<usize>) -> bool {
    let tag = |it: usize| text.trees.node(it).map_or("", |it| it.upos);
    trigger.clone().any(|it| tag(it) == "NOUN")
        && trigger.clone().all(|it| matches!(tag(it), "NOUN" | "PROPN" | "ADJ" | "ADP" | "DET"))
}

/// The noun behind the "by" of a verb.
fn by_of(text: &Text<'_>, verb: usize) -> Option<usize> {
    text.trees.children(verb).iter().copied().find(|&it| it > verb && is_by(text, it))
}

/// Says whether "by" governs a noun.
fn is_by(text: &Text<'_>, noun: usize) -> bool {
    let case = |name: &str| text.trees.child(noun, &[name]).is_some_and(|it| text.lower(it) == "by");
    case("case") && text.trees.node(noun).is_some_and(|it| it.is("obl") || it.is("nsubj"))
}

/// A verb with an object of its own is active, whatever the tree calls its subject.
fn is_passive(trees: &Trees, verb: usize) -> bool {
    trees.child(verb, &["aux:pass"]).is_some()
        || trees.child(verb, &["nsubj:pass"]).is_some() && trees.child(verb, &["obj"]).is_none()
}

/// The noun that a verb is said of, and whether it suffers.
fn subject(text: &Text<'_>, verb: usize, depth: usize) -> Option<(usize, bool)> {
    let trees = &text.trees;
    let node = trees.node(verb)?;
    let passive = is_passive(trees, verb);
    if let Some(own) = trees.child(verb, &["nsubj"]).filter(|&it| !is_by(text, it)) {
        if words::is_relative(text.lower(own)) || text.lower(own) == "that" {
            return node.head.filter(|_| node.relation == "acl:relcl").map(|it| (it, passive));
        }
        return Some((own, passive));
    }
    let head = node.head.filter(|_| depth < UP)?;
    let participle = node.xpos == "VBN";
    match node.relation {
        "conj" => subject(text, head, depth + 1).map(|it| (it.0, passive || it.1 && participle)),
        "xcomp" | "advcl" if depth == 0 || node.relation == "xcomp" => {
            // "accused the group of killing": the object acts, and rules say on whose word.
            let pushed = trees.child(head, &["obj"]).filter(|&it| it < verb);
            let marked = trees.child(verb, &["mark", "case"]).is_some_and(|it| matches!(text.lower(it), "of" | "for"));
            match pushed {
                Some(object) if marked || node.relation == "xcomp" => Some((object, passive || participle)),
                _ => subject(text, head, depth + 1).map(|it| (it.0, passive || participle)),
            }
        }
        "acl" => Some((head, passive || participle)),
        _ => None,
    }
}

/// The noun phrase around a head: from the first word that describes it, as far as rules read on.
fn noun(text: &Text<'_>, head: usize) -> Range<usize> {
    let trees = &text.trees;
    let children = |right: bool| trees.children(head).iter().copied().filter(move |&it| (it > head) == right);
    let is_any = |it: usize, names: &[&str]| trees.node(it).is_some_and(|node| names.iter().any(|name| node.is(name)));
    let describes = |it: &usize| {
        let near = is_any(*it, &["det", "amod", "nummod", "compound", "advmod", "flat"]);
        near || trees.node(*it).is_some_and(|it| it.relation == "nmod:poss")
    };
    // "apparently | by | armed men": what stands before the preposition does not describe them.
    let case = trees.child(head, &["case"]).filter(|&it| it < head).map_or(0, |it| it + 1);
    let mut start = children(false).filter(describes).map(|it| trees.reach(it).start).min().unwrap_or(head).min(head);
    start = start.max(case);
    // "General | Aoun": a title that the tree ties elsewhere.
    let capital =
        |it: usize| text.tokens[it].capital && trees.node(it).is_some_and(|it| it.upos == "PROPN" || it.upos == "NOUN");
    let same = |it: usize| text.tokens[it].sentence == text.tokens[head].sentence;
    if start > 0
        && capital(start)
        && same(start - 1)
        && capital(start - 1)
        && !words::is_weekday(text.lower(start - 1))
        && !words::is_month(text.lower(start - 1))
    {
        start -= 1;
    }
    let mut end = phrase::noun_phrase_right(text, start).end.max(head + 1);
    // "dozens | of villagers", "a mob | of about 200 villagers".
    let counts = matches!(text.lower(head), "dozens" | "hundreds" | "scores" | "thousands" | "tens" | "most" | "half");
    let more = children(true).find(|&it| is_any(it, &["nmod"]) && it > head + 1);
    let whole = if counts { Some(phrase::noun_phrase_right(text, head + 2).end) } else { more.map(|it| it + 1) };
    if let Some(whole) = whole.filter(|_| text.lower(head + 1) == "of") {
        end = end.max(whole);
    }
    // "the convoy carrying aid", "the mayor, a former officer": other phrases begin.
    let apart = |it: &usize| {
        is_any(*it, &["acl", "parataxis"])
            || is_any(*it, &["appos"]) && text.lower(trees.reach(*it).start.max(1) - 1) == ","
            || is_any(*it, &["appos"]) && text.lower(trees.reach(*it).start) == ","
    };
    let border = children(true).filter(apart).map(|it| trees.reach(it).start).min().unwrap_or(end);
    let reach = if counts { end } else { trees.reach(head).end };
    let end = end.min(border).min(reach).max(head + 1);
    let joined = children(true).filter(|&it| is_any(it, &["conj"]));
    let other = joined.map(|it| trees.reach(it).start).min().unwrap_or(end);
    start..end.min(other).max(head + 1)
}

/// "Russia and Ukraine": a noun phrase with the next one that "and" joins to it.
fn both(text: &Text<'_>, head: usize) -> Range<usize> {
    let trees = &text.trees;
    let first = noun(text, head);
    let second = trees.children(head).iter().copied().find(|&it| {
        let named = trees.node(it).is_some_and(|it| it.is("conj") && matches!(it.upos, "NOUN" | "PROPN" | "PRON"));
        named && it > head && trees.child(it, &["cc"]) == Some(first.end)
    });
    first.start..second.map_or(first.end, |it| noun(text, it).end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::page;

    /// Reads a sentence with a tree of "word/part of speech/head (0 = root)/relation/tag".
    fn sides(rows: &str, verb: &str) -> Option<[String; 3]> {
        let rows: Vec<Vec<&'static str>> =
            rows.to_owned().leak().split_whitespace().map(|it| it.split('/').collect()).collect();
        let words: Vec<&str> = rows.iter().map(|it| it[0]).collect();
        let page = page(&words.join(" "));
        let mut text = Text::new(&page);
        let bytes: Vec<_> = text.sentences.iter().map(|it| it.bytes.clone()).collect();
        let mut analysis = aver_language::cut_sentences(text.raw, &bytes);
        assert_eq!(analysis.words.len(), rows.len());
        for (word, row) in analysis.words.iter_mut().zip(&rows) {
            (word.upos, word.relation, word.xpos) = (row[1], row[3], row.get(4).copied().unwrap_or(""));
            word.head = row[2].parse::<usize>().expect("a number").checked_sub(1);
        }
        text.trees = Trees::new(&text, &analysis);
        let at = (0..text.tokens.len()).find(|&it| text.lower(it) == verb).expect("the verb");
        let clause = clause(&text, &(at..at + 1))?;
        let words = |it: Option<Range<usize>>| it.map_or(String::new(), |it| text.words(it).to_owned());
        let side = if clause.passive { (clause.by, clause.subject) } else { (clause.subject, clause.object) };
        Some([if clause.passive { "passive" } else { "active" }.to_owned(), words(side.0), words(side.1)])
    }

    fn are(who: &str, whom: &str, voice: &str) -> Option<[String; 3]> {
        Some([voice.to_owned(), who.to_owned(), whom.to_owned()])
    }

    #[test]
    fn the_subject_stands_before_its_relative_clause() {
        let rows = "The/DET/2/det men/NOUN/6/nsubj whom/PRON/5/obj he/PRON/5/nsubj knew/VERB/2/acl:relcl \
                    shot/VERB/0/root two/NUM/8/nummod guards/NOUN/6/obj ./PUNCT/6/punct";
        assert_eq!(sides(rows, "shot"), are("The men", "two guards", "active"));
    }

    #[test]
    fn a_relative_pronoun_stands_for_the_noun_before_it() {
        let rows = "The/DET/2/det group/NOUN/6/nsubj that/PRON/4/nsubj freed/VERB/2/acl:relcl them/PRON/4/obj \
                    left/VERB/0/root ./PUNCT/6/punct";
        assert_eq!(sides(rows, "freed"), are("The group", "them", "active"));
    }

    #[test]
    fn the_passive_turns_the_sides() {
        let rows = "Two/NUM/2/nummod guards/NOUN/4/nsubj:pass were/AUX/4/aux:pass shot/VERB/0/root by/ADP/7/case \
                    masked/ADJ/7/amod men/NOUN/4/obl:agent ./PUNCT/4/punct";
        assert_eq!(sides(rows, "shot"), are("masked men", "Two guards", "passive"));
    }

    #[test]
    fn a_second_verb_shares_the_subject() {
        let rows = "Rebels/NOUN/2/nsubj stormed/VERB/0/root it/PRON/2/obj and/CCONJ/5/cc killed/VERB/2/conj/VBD \
                    two/NUM/7/nummod guards/NOUN/5/obj ./PUNCT/2/punct";
        assert_eq!(sides(rows, "killed"), are("Rebels", "two guards", "active"));
    }

    #[test]
    fn who_is_accused_of_it_acts() {
        let rows = "He/PRON/2/nsubj accused/VERB/0/root the/DET/4/det army/NOUN/2/obj of/SCONJ/6/mark \
                    shelling/VERB/2/advcl/VBG homes/NOUN/6/obj ./PUNCT/2/punct";
        assert_eq!(sides(rows, "shelling"), are("the army", "homes", "active"));
    }

    #[test]
    fn a_noun_has_no_sides() {
        let rows = "The/DET/2/det shelling/NOUN/3/nsubj stopped/VERB/0/root ./PUNCT/3/punct";
        assert_eq!(sides(rows, "shelling"), None);
    }
}
