//! The place where the event of a verb happens, by the tree of its sentence.
//!
//! In: a text whose sentence has a tree and names from the language model, and the token of
//! the verb. Out: the words of the place, more than one where places are joined by "and";
//! nothing where the sentence names none for that verb. Each name is judged by how it hangs
//! on its clause ("in" a place, the object, inside the subject), by how far that clause is
//! from the verb's, and by what the name is; of "the village of A in the B province" A is
//! taken. Weights are set by hand on reports that give the place of marked verbs.

use super::lists::{HERE, INTO, KINDS, TAKING, TITLES};
use crate::text::Text;
use crate::trees::Trees;
use std::ops::Range;

/// Below this a name is not where the event happens.
const ENOUGH: f32 = 0.25;
/// Steps up a tree that odd cuts could make endless.
const STEPS: usize = 12;

/// A name that may be a place.
struct Candidate {
    tokens: Range<usize>,
    kind: &'static str,
    head: usize,
}

/// One nominal on the way from a name up to its clause.
struct Step {
    token: usize,
    /// Stands behind a word such as "in" or "near".
    here: bool,
    into: bool,
}

struct Scene<'a> {
    text: &'a Text<'a>,
    trees: &'a Trees,
    names: Vec<Candidate>,
}

/// Returns the words of the place of a verb's event, the main one first; `None` without a tree.
pub fn of(text: &Text<'_>, verb: usize) -> Option<Vec<Range<usize>>> {
    text.trees.node(verb)?;
    let sentence = text.sentence_of(verb).tokens.clone();
    let mut scene = Scene { text, trees: &text.trees, names: vec![] };
    scene.names = text.trees.names(sentence).iter().filter_map(|it| scene.candidate(it)).collect();
    Some(scene.answer(verb))
}

impl Scene<'_> {
    fn relation(&self, token: usize) -> &'static str {
        self.trees.node(token).map_or("", |it| it.relation)
    }

    /// The relation without what stands after `:`.
    fn base(&self, token: usize) -> &'static str {
        self.relation(token).split(':').next().unwrap_or("")
    }

    fn upos(&self, token: usize) -> &'static str {
        self.trees.node(token).map_or("", |it| it.upos)
    }

    fn head(&self, token: usize) -> Option<usize> {
        self.trees.node(token)?.head
    }

    fn capital(&self, token: usize) -> bool {
        self.text.tokens.get(token).is_some_and(|it| it.capital)
    }

    fn is_kind(&self, token: usize) -> bool {
        KINDS.contains(self.text.lower(token))
    }

    /// The words that tie a nominal to what is above it: "in", "of", "'s".
    fn cases(&self, token: usize) -> impl Iterator<Item = &str> {
        self.trees.children(token).iter().filter_map(|&it| {
            let word = self.text.lower(it);
            let tie = self.base(it) == "case" || self.base(it) == "advmod" && HERE.contains(word);
            tie.then_some(word)
        })
    }

    fn has_case(&self, token: usize, words: &[&str]) -> bool {
        self.cases(token).any(|it| words.contains(&it))
    }

    /// A name of the model, cut to what a place is called.
    fn candidate(&self, (tokens, kind): &(Range<usize>, &'static str)) -> Option<Candidate> {
        const OTHER: &[&str] =
            &["DATE", "TIME", "CARDINAL", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "NORP", "LANGUAGE"];
        if OTHER.contains(kind) {
            return None;
        }
        let mut tokens = tokens.clone();
        let direction = |it: usize| super::lists::DIRECTIONS.contains(self.text.lower(it)) && !self.capital(it);
        while tokens.len() > 1 && (self.text.lower(tokens.start) == "the" || direction(tokens.start)) {
            tokens.start += 1;
        }
        while tokens.len() > 1 && !self.capital(tokens.end - 1) && self.is_kind(tokens.end - 1) {
            tokens.end -= 1;
        }
        let tokens = self.widened(tokens);
        let head = self.top(&tokens);
        Some(Candidate { tokens, kind, head })
    }

    /// The token whose head lies outside.
    fn top(&self, tokens: &Range<usize>) -> usize {
        let outside = |it: &usize| self.head(*it).is_none_or(|head| !tokens.contains(&head));
        tokens.clone().find(outside).unwrap_or(tokens.end - 1)
    }

    /// Takes along capitalised words that belong to the name: "Sheikh | Miskeen", "Kandahar | Airport".
    fn widened(&self, mut tokens: Range<usize>) -> Range<usize> {
        let name = |it: usize| self.capital(it) && self.upos(it) == "PROPN";
        let joined = |it: usize| matches!(self.base(it), "compound" | "flat" | "dep");
        while let Some(before) = tokens.start.checked_sub(1) {
            let inside = self.head(before).is_some_and(|it| tokens.contains(&it));
            let other = self.trees.names(before..before + 1).iter().any(|it| matches!(it.1, "NORP" | "DATE"));
            if !(name(before) && joined(before) && inside) || other || TITLES.contains(self.text.lower(before)) {
                break;
            }
            tokens.start = before;
        }
        let (next, top) = (tokens.end, self.top(&tokens));
        let above = self.head(top) == Some(next) && joined(top);
        let below = self.head(next).is_some_and(|it| tokens.contains(&it)) && self.base(next) == "flat";
        if name(next) && (above || below) {
            tokens.end += 1;
        }
        tokens
    }

    fn is_predicate(&self, token: usize) -> bool {
        matches!(self.upos(token), "VERB" | "AUX")
            || matches!(self.base(token), "root" | "advcl" | "acl" | "ccomp" | "csubj" | "parataxis")
    }

    /// The nominals from a name up, and the predicate they hang on.
    fn climb(&self, token: usize) -> (Vec<Step>, Option<usize>) {
        let (mut steps, mut at) = (vec![], token);
        while steps.len() < STEPS {
            let (here, into) = (self.cases(at).any(|it| HERE.contains(it)), self.cases(at).any(|it| INTO.contains(it)));
            steps.push(Step { token: at, here, into });
            match self.head(at) {
                Some(head) if self.is_predicate(head) => return (steps, Some(head)),
                Some(head) => at = head,
                None => break,
            }
        }
        (steps, None)
    }

    /// A token and all above it.
    fn above(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        while let Some(head) = self.head(*all.last().unwrap_or(&token)).filter(|_| all.len() < STEPS) {
            all.push(head);
        }
        all
    }

    /// Says whether a name is a place as it stands here.
    fn is_place(&self, name: &Candidate, steps: &[Step]) -> bool {
        let word = self.text.lower(name.tokens.start);
        // "a US airstrike"
        if name.tokens.len() == 1 && matches!(word, "us" | "u.s." | "u.s" | "uk" | "u.k." | "usa") {
            return steps.len() == 1 || steps[0].here;
        }
        if matches!(name.kind, "GPE" | "LOC" | "FAC") {
            return true;
        }
        let last = name.tokens.end - 1;
        if self.capital(last) && self.is_kind(last) {
            return true;
        }
        let (first, top) = (&steps[0], steps[steps.len() - 1].token);
        if steps.len() == 1 && (self.base(top) == "obj" || self.relation(top) == "nsubj:pass") {
            // "they stormed Dahiyat", whatever that is
            let verb = self.head(top).map_or("", |it| self.text.lower(it));
            if TAKING.iter().any(|it| verb.starts_with(it)) {
                return true;
            }
        }
        let tied =
            self.has_case(first.token, &["of"]) || matches!(self.base(first.token), "compound" | "appos" | "flat");
        if steps.len() > 1 && tied && self.is_kind(steps[1].token) {
            return true;
        }
        match name.kind {
            "PERSON" => self.has_case(first.token, &["in", "at", "near", "inside", "outside", "around"]),
            "ORG" => steps.len() == 1 && self.has_case(first.token, &["in", "at", "near", "inside", "outside"]),
            _ => false,
        }
    }

    /// How well the place of the topmost nominal in its clause fits a place.
    fn slot(&self, steps: &[Step]) -> f32 {
        let top = &steps[steps.len() - 1];
        let located = steps.iter().any(|it| it.here);
        let pick = |yes: f32, no: f32| if located { yes } else { no };
        let of = || steps.len() == 1 || self.has_case(steps[0].token, &["of"]);
        match self.base(top.token) {
            "obl" | "nmod" | "advmod" => {
                let case = |words: &[&str]| self.has_case(top.token, words);
                if top.here {
                    1.0
                } else if self.relation(top.token) == "obl:agent" || case(&["by"]) {
                    pick(0.15, 0.0)
                } else if case(&["according"]) {
                    0.0
                } else if top.into {
                    0.5
                } else if case(&["from"]) {
                    pick(0.35, 0.2)
                } else if case(&["during", "after", "before", "with", "as", "for"]) {
                    pick(0.6, 0.05)
                } else {
                    pick(0.55, 0.2)
                }
            }
            "obj" => pick(0.85, 0.7),
            "nsubj" if self.relation(top.token) == "nsubj:pass" => pick(0.4, if of() { 0.6 } else { 0.2 }),
            "nsubj" => pick(0.65, 0.05),
            "xcomp" | "ccomp" | "iobj" | "dep" | "conj" | "root" | "parataxis" | "acl" | "advcl" => pick(0.5, 0.15),
            _ => pick(0.3, 0.1),
        }
    }

    /// How near a clause is to the verb's own.
    fn nearness(&self, predicate: Option<usize>, verb: usize) -> f32 {
        let Some(predicate) = predicate else { return 0.25 };
        if predicate == verb {
            return 1.0;
        }
        let path = |from: usize, to: usize, weight: fn(&str) -> f32| {
            let all = self.above(from);
            let at = all.iter().position(|it| *it == to)?;
            Some(all[..at].iter().map(|it| weight(self.base(*it))).product::<f32>())
        };
        // The verb's clause hangs on the name's, or the other way round.
        let up = path(verb, predicate, |it| match it {
            "xcomp" => 0.9,
            "compound" => 0.8,
            "conj" => 0.75,
            "advcl" | "amod" | "obj" | "nmod" => 0.7,
            "acl" | "obl" | "nsubj" => 0.6,
            "ccomp" | "parataxis" => 0.3,
            _ => 0.5,
        });
        let down = path(predicate, verb, |it| match it {
            "xcomp" => 0.9,
            "obj" => 0.7,
            "conj" | "advcl" | "acl" | "obl" => 0.6,
            "nsubj" => 0.4,
            "ccomp" | "parataxis" => 0.3,
            _ => 0.5,
        });
        up.or(down.map(|it| 0.8 * it)).unwrap_or(0.2)
    }

    /// Which of the names inside one nominal is the place itself and not what holds it; above is better.
    fn inner(&self, steps: &[Step]) -> f32 {
        if steps.len() == 1 {
            return 5.0;
        }
        let (first, parent) = (steps[0].token, steps[1].token);
        let of_name = self.names.iter().any(|it| it.tokens.contains(&parent));
        let base = self.base(first);
        if of_name {
            // "A and B" are given together, "A, B" is A inside of B.
            return if base == "conj" { -9.0 } else { 0.5 };
        }
        let rank = match base {
            "appos" => 4.5,
            "nmod" if self.has_case(first, &["of"]) => 4.0,
            "nmod" if self.relation(first) == "nmod:poss" || self.has_case(first, &["'s"]) => 1.8,
            "compound" | "flat" | "amod" => 3.5,
            "nmod" if self.cases(first).next().is_none() => 3.5,
            _ if steps[0].here => 3.0,
            _ => 1.0,
        };
        rank - 0.6 * (steps.len() - 2) as f32
    }

    fn answer(&self, verb: usize) -> Vec<Range<usize>> {
        // Names under one nominal of one clause: how well the nominal fits, and the best name in it.
        struct Group<'c> {
            key: (Option<usize>, usize),
            fit: f32,
            rank: f32,
            name: &'c Candidate,
        }
        let mut groups: Vec<Group<'_>> = vec![];
        for name in &self.names {
            let (steps, predicate) = self.climb(name.head);
            if !self.is_place(name, &steps) {
                continue;
            }
            let mut fit = self.slot(&steps) * self.nearness(predicate, verb);
            if steps.iter().any(|it| it.token == verb) {
                // The verb is itself a noun above the name: "the shooting in A".
                fit = fit.max(0.6);
            }
            let (key, rank) = ((predicate, steps[steps.len() - 1].token), self.inner(&steps));
            match groups.iter_mut().find(|it| it.key == key) {
                Some(group) => {
                    group.fit = group.fit.max(fit);
                    if rank > group.rank {
                        (group.rank, group.name) = (rank, name);
                    }
                }
                None => groups.push(Group { key, fit, rank, name }),
            }
        }
        let far = |it: &Group<'_>| it.key.1.abs_diff(verb) as i64 - if it.key.1 > verb { 2 } else { 0 };
        let best = groups.iter().reduce(|a, b| {
            let closer = b.fit == a.fit && far(b) < far(a);
            if b.fit > a.fit || closer { b } else { a }
        });
        let Some(best) = best.filter(|it| it.fit >= ENOUGH) else { return vec![] };
        let mut all = vec![best.name.tokens.clone()];
        let joined = |it: &&Candidate| {
            self.base(it.head) == "conj"
                && self.head(it.head).is_some_and(|head| best.name.tokens.contains(&head))
                && !best.name.tokens.contains(&it.head)
        };
        all.extend(self.names.iter().filter(joined).map(|it| it.tokens.clone()));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::page;
    use aver_language::{Layer, Name};

    /// Reads a sentence of plain words with its tree by hand: head (from 1, 0 for none) and relation of
    /// each word, and names by their words; gives the place of the event of one word.
    #[track_caller]
    fn check(words: &str, tree: &str, names: &[(&str, &'static str)], verb: &str, expected: &[&str]) {
        let page = page(words);
        let mut text = Text::new(&page);
        let mut analysis = aver_language::cut_sentences(text.raw, &[0..words.len()]);
        for (word, node) in analysis.words.iter_mut().zip(tree.split(' ')) {
            let [head, relation, upos] = node.split('/').collect::<Vec<_>>()[..] else { panic!("{node}") };
            word.head = head.parse::<usize>().unwrap().checked_sub(1);
            word.relation = Box::leak(relation.to_owned().into_boxed_str());
            word.upos = Box::leak(upos.to_owned().into_boxed_str());
        }
        for (name, kind) in names {
            let bytes = words.find(name).map(|it| it..it + name.len()).unwrap();
            let inside = |it: &aver_language::Word| it.bytes.start >= bytes.start && it.bytes.end <= bytes.end;
            let first = analysis.words.iter().position(inside).unwrap();
            let count = analysis.words.iter().filter(|it| inside(it)).count();
            analysis.names.push(Name { words: first..first + count, kind, layer: Layer::Name });
        }
        text.trees = Trees::new(&text, &analysis);
        let verb = text.tokens.iter().position(|it| it.lower == verb).unwrap();
        let found: Vec<&str> = of(&text, verb).unwrap().into_iter().map(|it| text.words(it)).collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn the_place_is_what_the_verb_happens_in_and_not_the_nearest_name() {
        check(
            "Raiders from Norland burned huts in Arbala",
            "4/nsubj/NOUN 3/case/ADP 1/nmod/PROPN 0/root/VERB 4/obj/NOUN 7/case/ADP 4/obl/PROPN",
            &[("Norland", "GPE"), ("Arbala", "GPE")],
            "burned",
            &["Arbala"],
        );
    }

    #[test]
    fn of_a_village_in_a_province_the_village_is_taken() {
        check(
            "Shells hit the village of Arbala in Elvas province",
            "2/nsubj/NOUN 0/root/VERB 4/det/DET 2/obj/NOUN 6/case/ADP 4/nmod/PROPN 9/case/ADP 9/compound/PROPN 4/nmod/NOUN",
            &[("Arbala", "PERSON"), ("Elvas", "GPE")],
            "hit",
            &["Arbala"],
        );
    }

    #[test]
    fn a_side_clause_happens_where_its_head_does_and_joined_places_go_together() {
        check(
            "They marched in Arbala and Cadiz chanting slogans",
            "2/nsubj/PRON 0/root/VERB 4/case/ADP 2/obl/PROPN 6/cc/CCONJ 4/conj/PROPN 2/advcl/VERB 7/obj/NOUN",
            &[("Arbala", "GPE"), ("Cadiz", "GPE")],
            "chanting",
            &["Arbala", "Cadiz"],
        );
    }

    #[test]
    fn whose_force_it_is_tells_no_place() {
        check(
            "Norland killed him in a US raid",
            "2/nsubj/PROPN 0/root/VERB 2/obj/PRON 7/case/ADP 7/det/DET 7/compound/PROPN 2/obl/NOUN",
            &[("Norland", "GPE"), ("US", "GPE")],
            "killed",
            &[],
        );
    }
}
