//! The trees of a document, token by token.
//!
//! In: the tokens of the rules and the analysis of the language model, which cuts
//! finer ("al-Qaida" is three words there). Out: for each token its part of
//! speech, dictionary form, head and relation, as far as a model has read its
//! sentence. A token of several words stands for the one of them whose head lies
//! outside. Without a model there are no trees, and rules do without.

use crate::text::Text;
use aver_language::{Analysis, Layer, Role};
use aver_model::Note;
use std::ops::Range;

/// What the model says of a token.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Universal part of speech ("VERB"); empty when no model has read the sentence.
    pub upos: &'static str,
    /// Penn tag ("VBD").
    pub xpos: &'static str,
    /// Dictionary form.
    pub lemma: String,
    /// Token of the head; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head, with what stands after `:`.
    pub relation: &'static str,
}

impl Node {
    /// Says whether the relation is `name` or a kind of it.
    pub fn is(&self, name: &str) -> bool {
        self.relation.strip_prefix(name).is_some_and(|it| it.is_empty() || it.starts_with(':'))
    }
}

/// The trees of a document; empty without a model.
#[derive(Debug, Clone, Default)]
pub struct Trees {
    nodes: Vec<Node>,
    /// Tokens from the first to the last below each token, itself included.
    reach: Vec<Range<usize>>,
    children: Vec<Vec<usize>>,
    /// What the model left out or did otherwise.
    pub notes: Vec<Note>,
    /// Spans of attribution that the model proposes, in text order.
    parts: Vec<(Range<usize>, Role)>,
    /// Names that the model found, with their kinds ("GPE"), in text order.
    names: Vec<(Range<usize>, &'static str)>,
}

impl Trees {
    /// Maps the model's words to the tokens of the rules; both are in text order.
    pub fn new(text: &Text<'_>, analysis: &Analysis) -> Trees {
        // Behind the last word that a model has read nothing is kept: a text may be huge.
        let end = analysis.words.last().map_or(0, |it| it.bytes.end);
        let n = text.tokens.partition_point(|it| it.bytes.start < end);
        let mut token_of = vec![usize::MAX; analysis.words.len()];
        let mut words_of: Vec<Range<usize>> = vec![0..0; n];
        let mut at = 0;
        for (token, it) in text.tokens[..n].iter().enumerate() {
            while at < analysis.words.len() && analysis.words[at].bytes.end <= it.bytes.start {
                at += 1;
            }
            let first = at;
            let mut end = first;
            while end < analysis.words.len() && analysis.words[end].bytes.start < it.bytes.end {
                if token_of[end] == usize::MAX {
                    token_of[end] = token;
                }
                end += 1;
            }
            words_of[token] = first..end;
        }
        let mut nodes = vec![Node::default(); n];
        for (token, words) in words_of.iter().enumerate() {
            let outside = |word: &usize| {
                analysis.words[*word].head.is_none_or(|it| token_of[it] != token) && token_of[*word] == token
            };
            let Some(word) = words.clone().find(outside).map(|it| &analysis.words[it]) else { continue };
            let head = word.head.map(|it| token_of[it]).filter(|&it| it != usize::MAX && it != token);
            let (upos, xpos, lemma, relation) = (word.upos, word.xpos, word.lemma.clone(), word.relation);
            nodes[token] = Node { upos, xpos, lemma, head, relation };
        }
        let tokens = |words: &Range<usize>| {
            let mut inside = token_of.get(words.clone())?.iter().copied().filter(|&it| it != usize::MAX);
            let (first, last) = (inside.clone().next()?, inside.next_back()?);
            Some(first..last + 1)
        };
        let parts = analysis.parts.iter().filter_map(|it| Some((tokens(&it.words)?, it.role)));
        let names = analysis.names.iter().filter(|it| it.layer == Layer::Name);
        let names = names.filter_map(|it| Some((tokens(&it.words)?, it.kind))).collect();
        let (reach, parts) = ((0..n).map(|it| it..it + 1).collect(), parts.collect());
        let mut trees = Trees { nodes, reach, children: vec![vec![]; n], notes: vec![], parts, names };
        for token in 0..n {
            if let Some(head) = trees.nodes[token].head {
                trees.children[head].push(token);
            }
            // Every token widens the reach of all above it; the bound holds for a cycle that odd cuts could make.
            let (mut up, mut steps) = (trees.nodes[token].head, 0);
            while let Some(head) = up.filter(|_| steps < 200) {
                let reach = &mut trees.reach[head];
                *reach = reach.start.min(token)..reach.end.max(token + 1);
                up = trees.nodes[head].head;
                steps += 1;
            }
        }
        trees
    }

    /// Returns what the model says of a token, if it has read its sentence.
    pub fn node(&self, token: usize) -> Option<&Node> {
        self.nodes.get(token).filter(|it| !it.upos.is_empty())
    }

    /// Returns the tokens that hang on a token, in text order.
    pub fn children(&self, token: usize) -> &[usize] {
        self.children.get(token).map_or(&[], Vec::as_slice)
    }

    /// Returns the first child in one of the relations.
    pub fn child(&self, token: usize, relations: &[&str]) -> Option<usize> {
        self.children(token).iter().copied().find(|&it| relations.iter().any(|name| self.nodes[it].is(name)))
    }

    /// Returns the tokens from the first to the last below a token, itself included.
    pub fn reach(&self, token: usize) -> Range<usize> {
        self.reach.get(token).cloned().unwrap_or(token..token + 1)
    }

    /// Returns the spans of attribution that the model proposes and that begin in a range, in text order.
    pub fn parts(&self, tokens: Range<usize>) -> &[(Range<usize>, Role)] {
        let first = self.parts.partition_point(|(it, _)| it.start < tokens.start);
        let last = self.parts.partition_point(|(it, _)| it.start < tokens.end);
        &self.parts[first..last.max(first)]
    }

    /// Returns the names that the model found and that begin in a range, with their kinds, in text order.
    pub fn names(&self, tokens: Range<usize>) -> &[(Range<usize>, &'static str)] {
        let first = self.names.partition_point(|(it, _)| it.start < tokens.start);
        let last = self.names.partition_point(|(it, _)| it.start < tokens.end);
        &self.names[first..last.max(first)]
    }

    /// Says whether a token hangs, directly or not, on another.
    pub fn is_below(&self, token: usize, above: usize) -> bool {
        let (mut at, mut steps) = (Some(token), 0);
        while let Some(here) = at.filter(|_| steps < 200) {
            if here == above {
                return true;
            }
            at = self.nodes.get(here).and_then(|it| it.head);
            steps += 1;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::page;

    #[test]
    fn a_token_of_several_words_takes_the_head_that_lies_outside() {
        let page = page("Al-Qaida fired.");
        let text = Text::new(&page);
        let mut analysis = aver_language::cut_sentences(text.raw, &[0..15]);
        // Al - Qaida fired . : "Qaida" is the subject, the others hang on it.
        let heads = [(Some(2), "compound"), (Some(0), "punct"), (Some(3), "nsubj"), (None, "root"), (Some(3), "punct")];
        for (word, (head, relation)) in analysis.words.iter_mut().zip(heads) {
            (word.upos, word.head, word.relation) = ("X", head, relation);
        }
        let trees = Trees::new(&text, &analysis);
        assert_eq!(trees.child(1, &["nsubj"]), Some(0));
        assert_eq!((trees.reach(1), trees.reach(0)), (0..3, 0..1));
        assert!(trees.is_below(0, 1) && !trees.is_below(1, 0));
    }

    #[test]
    fn without_a_model_there_are_no_trees() {
        let page = page("He fired.");
        let text = Text::new(&page);
        let trees = Trees::new(&text, &aver_language::cut(text.raw));
        assert!(trees.node(0).is_none() && text.trees.node(0).is_none() && trees.reach(9) == (9..10));
    }
}
