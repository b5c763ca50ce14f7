//! The same patterns, matched along the tree of a sentence instead of its words.
//!
//! In: patterns made of a verb, perhaps a noun, perhaps a preposition ("A ~launch DET
//! offensive against B"), and a sentence with a tree. Out: matches whose sides stand
//! anywhere the tree ties them to the verb: past a relative clause, in the passive,
//! under "began to", behind a list of verbs. Without a tree there are none.
//!
//! Relations between words are those of Universal Dependencies 2.

use super::{
    Told,
    matching::{Match, Side, is_part, is_piece},
    patterns::{Choice, Item},
};
use crate::{
    phrase::{verb_forms, words as closed},
    text::Text,
    trees::{Node, Trees},
};
use std::{collections::BTreeSet, ops::Range};

/// A pattern as a path through a tree.
#[derive(Debug, Clone)]
pub struct Path {
    /// Forms of the verb; of "be" when a noun, adjective or participle is the predicate.
    verb: BTreeSet<String>,
    /// The verb is "be".
    copula: bool,
    /// Words of which one is the object, or the predicate after "be"; none for a bare verb.
    nouns: Vec<String>,
    /// "out" of "carry out", "up" of "prop up".
    particle: Option<String>,
    /// Prepositions that bring in the other side; none when it is the object.
    prepositions: Vec<String>,
    /// The pattern opens with B: "B ~receive support from A".
    turned: bool,
    /// The object is one of these nouns and the other side owns it: "wages" of "pay B 's wages".
    owned: Vec<String>,
    /// What must follow the object: "as" of "list B as", "with weapons" of "provide B with weapons".
    tail: Option<Tail>,
}

/// A complement that a path asks for without tying a side.
#[derive(Debug, Clone)]
struct Tail {
    prepositions: Vec<String>,
    /// Its noun; any when empty.
    nouns: Vec<String>,
}

impl Path {
    /// Reads a pattern as a path; `None` for shapes that only the order of words tells.
    pub fn new(items: &[Item]) -> Option<Path> {
        let items: Vec<&Item> = items.iter().filter(|it| !is_loose(it)).collect();
        let [first, Item::Any { choices, .. }, rest @ ..] = items.as_slice() else { return None };
        let [Choice::Verb(verb)] = choices.as_slice() else { return None };
        let turned = matches!(first, Item::B);
        let second = |it: &&Item| matches!((turned, it), (false, Item::B) | (true, Item::A));
        let at = rest.iter().position(second).filter(|_| turned || matches!(first, Item::A))?;
        let mut words: Vec<Vec<String>> = rest[..at].iter().map(|it| single_words(it)).collect::<Option<_>>()?;
        let (owned, after) = owned(&rest[at + 1..]);
        let tail = Tail::new(after)?;
        let particle = words.first().and_then(|it| it.first()).filter(|it| is_particle(it)).cloned();
        words.drain(..usize::from(particle.is_some()));
        let (nouns, prepositions) = match words.as_slice() {
            [] => (vec![], vec![]),
            [one] if joins(one) => (vec![], one.clone()),
            [one, two] if !joins(one) && joins(two) => (one.clone(), two.clone()),
            _ => return None,
        };
        let copula = verb.contains("been");
        let path = Path { verb: verb.clone(), copula, nouns, particle, prepositions, turned, owned, tail };
        (!path.copula || !path.nouns.is_empty()).then_some(path)
    }

    /// Words at which the path is looked for: its nouns, or its verb.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let verb = self.nouns.is_empty().then_some(&self.verb);
        self.nouns.iter().chain(verb.into_iter().flatten()).map(String::as_str)
    }
}

/// Splits "'s wages" behind a side from what follows.
fn owned<'i, 'p>(items: &'i [&'p Item]) -> (Vec<String>, &'i [&'p Item]) {
    match items {
        [Item::Any { choices, .. }, nouns, after @ ..] if matches!(choices.as_slice(), [Choice::Words(it)] if it == &["'s"]) => {
            single_words(nouns).map_or((vec![], items), |it| (it, after))
        }
        _ => (vec![], items),
    }
}

impl Tail {
    /// Reads what follows the second side; `None` when it is no preposition with a noun.
    fn new(items: &[&Item]) -> Option<Option<Tail>> {
        let items: Vec<&&Item> = items.iter().filter(|it| !matches!(it, Item::Gap)).collect();
        let words: Vec<Vec<String>> = items.iter().map(|it| single_words(it)).collect::<Option<_>>()?;
        match words.as_slice() {
            [] => Some(None),
            [one] if joins(one) => Some(Some(Tail { prepositions: one.clone(), nouns: vec![] })),
            [one, two] if joins(one) => Some(Some(Tail { prepositions: one.clone(), nouns: two.clone() })),
            _ => None,
        }
    }
}

/// Says whether these are words that tie a noun to a verb.
fn joins(words: &[String]) -> bool {
    words.iter().all(|it| closed::is_preposition(it) || it == "as")
}

/// Says whether an item may be left out: a tree does not ask for determiners and adjectives.
fn is_loose(item: &Item) -> bool {
    matches!(item, Item::Det | Item::Adj | Item::Any { optional: true, .. })
}

/// Says whether a word goes with a verb as its particle.
fn is_particle(word: &str) -> bool {
    matches!(word, "up" | "out" | "down" | "off" | "back" | "over" | "away")
}

/// Returns the words of an item, if each choice is one word.
fn single_words(item: &Item) -> Option<Vec<String>> {
    let Item::Any { choices, .. } = item else { return None };
    let mut words = vec![];
    for choice in choices {
        match choice {
            // "an_insurgency" is the noun alone; other rows of words are not.
            Choice::Words(it) => {
                let (last, before) = it.split_last()?;
                if !before.iter().all(|it| closed::is_determiner(it)) || !last.chars().all(char::is_alphabetic) {
                    return None;
                }
                words.push(last.clone());
            }
            Choice::Noun(noun) => words.extend([noun.clone(), super::patterns::plural(noun)]),
            _ => return None,
        }
    }
    Some(words)
}

/// One sentence with its tree.
pub struct Walk<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The sentence's tokens.
    pub sentence: Range<usize>,
    /// Namings in text order.
    pub sides: &'a [Side],
    /// What the relation asks of its sides.
    pub fits: fn(&Side, &Side) -> bool,
    /// B must be a place.
    pub wants_place: bool,
}

/// Who does it, to whom, as far as the grammar says.
pub(super) struct Clause {
    pub subject: Option<usize>,
    pub object: Option<usize>,
    pub negated: bool,
    pub by_denial: bool,
}

/// What turns a clause while its subject is looked for.
#[derive(Default)]
struct Turns {
    negated: bool,
    by_denial: bool,
}

impl Walk<'_> {
    /// Matches a path at one of its [`Path::anchors`].
    pub fn run(&self, path: &Path, at: usize) -> Option<Match> {
        let node = self.trees().node(at)?;
        let verb = match (path.nouns.is_empty(), path.copula) {
            (true, _) => at,
            (false, true) => self.predicate(at).then_some(at)?,
            (false, false) => self.governor(at).filter(|&it| path.verb.contains(self.text.lower(it)))?,
        };
        if path.nouns.is_empty() && node.upos != "VERB" && node.xpos != "VBG" {
            return None;
        }
        if path.particle.as_ref().is_some_and(|it| !self.has_particle(verb, it)) {
            return None;
        }
        if path.tail.as_ref().is_some_and(|it| !self.has_tail(verb, it)) {
            return None;
        }
        let clause = self.clause(verb, path.copula)?;
        let a = clause.subject?;
        let b = if !path.owned.is_empty() {
            self.owner_of(clause.object?, &path.owned)?
        } else if path.prepositions.is_empty() {
            clause.object?
        } else {
            let from_noun = (verb != at).then(|| self.complement(at, path)).flatten();
            from_noun.or_else(|| self.complement(verb, path))?
        };
        let negated = clause.negated != (verb != at && self.is_none(at));
        let (a, b) = if path.turned { (b, a) } else { (a, b) };
        self.matched(a, b, Told { verb, by_denial: clause.by_denial }, negated)
    }

    /// "pays the HVO's wages and supplies its guns": whose the object is.
    fn owner_of(&self, object: usize, nouns: &[String]) -> Option<usize> {
        let fits = nouns.iter().any(|it| it == self.text.lower(object));
        let owner = || self.trees().child(object, &["nmod:poss"]);
        if fits { owner().or_else(|| self.ties(object, &["of".to_owned()]).next()) } else { None }
    }

    fn has_tail(&self, verb: usize, tail: &Tail) -> bool {
        self.ties(verb, &tail.prepositions)
            .any(|it| tail.nouns.is_empty() || tail.nouns.iter().any(|noun| noun == self.text.lower(it)))
    }

    /// Returns the verb of an object, over "most of its weapons", "two weeks of training" and "air cover, weapons" too.
    fn governor(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..4 {
            let node = self.trees().node(at)?;
            let of = || self.trees().children(at).iter().any(|&it| self.text.lower(it) == "of");
            let amount = |it: usize| {
                self.holds(it, |it| it.upos == "NOUN" && !it.is("obl")) && self.side(it, false, 3).is_none()
            };
            match node.relation {
                "obj" => return node.head,
                "conj" => at = node.head?,
                "nmod" if of() && amount(node.head?) => at = node.head?,
                _ => return None,
            }
        }
        None
    }

    fn has_particle(&self, verb: usize, particle: &str) -> bool {
        self.trees().children(verb).iter().any(|&it| {
            self.text.lower(it) == particle && self.holds(it, |node| node.is("compound:prt") || node.is("advmod"))
        })
    }

    pub(super) fn trees(&self) -> &Trees {
        &self.text.trees
    }

    pub(super) fn holds(&self, token: usize, test: impl Fn(&Node) -> bool) -> bool {
        self.trees().node(token).is_some_and(test)
    }

    /// "is an ally", "was linked": the word is said of its subject.
    fn predicate(&self, at: usize) -> bool {
        self.trees().child(at, &["cop", "aux:pass"]).is_some() || self.holds(at, |it| it.is("acl") && it.xpos == "VBN")
            // "founded in Peru and since then sworn to X".
            || self.holds(at, |it| it.is("conj") && it.xpos == "VBN" && it.head.is_some_and(|up| self.holds(up, |it| it.is("acl"))))
    }

    /// "no ties to X".
    pub(super) fn is_none(&self, noun: usize) -> bool {
        self.trees().children(noun).iter().any(|&it| self.text.lower(it) == "no")
    }

    /// Returns the words that one of some prepositions ties to a word.
    pub(super) fn ties<'s>(&'s self, of: usize, prepositions: &'s [String]) -> impl Iterator<Item = usize> + 's {
        let trees = self.trees();
        let tied = |it: usize| self.holds(it, |node| node.is("obl") || node.is("nmod") || node.is("advcl"));
        let by = move |case: usize| {
            self.holds(case, |node| node.is("case") || node.is("mark"))
                && prepositions.iter().any(|word| word == self.text.lower(case))
        };
        let children = trees.children(of).iter().copied();
        children.filter(move |&it| tied(it) && trees.children(it).iter().any(|&case| by(case)))
    }

    /// Returns the word that a preposition of the path ties to a word; "from which" is what its clause hangs on.
    fn complement(&self, of: usize, path: &Path) -> Option<usize> {
        let tied = self.ties(of, &path.prepositions).next()?;
        if !matches!(self.text.lower(tied), "which" | "whom") {
            return Some(tied);
        }
        self.trees().node(of).filter(|it| it.is("acl"))?.head
    }

    /// Returns who does it to whom; `None` when it is only possible, asked or supposed.
    pub(super) fn clause(&self, verb: usize, copula: bool) -> Option<Clause> {
        let trees = self.trees();
        let passive = !copula && self.is_passive(verb);
        let mut turns = Turns::default();
        let subject = self.subject(verb, &mut turns, 0)?;
        let Turns { negated, by_denial } = turns;
        if !passive {
            // "the town, which they had occupied".
            let relative = |it: &usize| matches!(self.text.lower(*it), "which" | "that" | "whom");
            // "which regards X as": the tree takes X for a second subject.
            let second = || {
                let mut later = trees.children(verb).iter().copied().filter(|&it| it > verb);
                later.find(|&it| self.holds(it, |node| node.is("nsubj")))
            };
            let object = trees.child(verb, &["obj"]).or_else(second);
            let object = object.filter(relative).and_then(|it| self.antecedent(verb, it)).or(object);
            return Some(Clause { subject: Some(subject), object, negated, by_denial });
        }
        // "trained and paid by X": the last of the verbs carries the agent of all.
        let verbs = std::iter::once(verb).chain(trees.children(verb).iter().copied().filter(|&it| self.is_joined(it)));
        let by = ["by".to_owned()];
        let agent = verbs.flat_map(|it| self.ties(it, &by).collect::<Vec<_>>()).next();
        Some(Clause { subject: agent, object: Some(subject), negated, by_denial })
    }

    /// "was trained", "trained by X", "armed and trained by X".
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        let shows = |it: usize| {
            self.trees().child(it, &["aux:pass", "nsubj:pass"]).is_some()
                || self.holds(it, |it| it.xpos == "VBN" && it.is("acl") && !it.is("acl:relcl"))
        };
        let before = self.trees().node(verb).filter(|it| it.is("conj") && it.xpos == "VBN").and_then(|it| it.head);
        let own = self.trees().child(verb, &["nsubj", "aux"]).is_some();
        shows(verb) || !own && before.is_some_and(shows)
    }

    fn is_joined(&self, verb: usize) -> bool {
        self.holds(verb, |it| it.is("conj") && it.xpos == "VBN")
    }

    /// Returns the grammatical subject of a predicate, also where another clause lends it.
    fn subject(&self, verb: usize, turns: &mut Turns, depth: usize) -> Option<usize> {
        let trees = self.trees();
        if depth > 4 || self.is_unreal(verb) {
            return None;
        }
        let denies = |&it: &usize| self.holds(it, |node| node.is("advmod") || node.is("mark"));
        turns.negated ^= trees
            .children(verb)
            .iter()
            .copied()
            .filter(denies)
            .any(|it| matches!(self.text.lower(it), "not" | "n't" | "never" | "longer" | "without"));
        let node = trees.node(verb)?;
        if let Some(own) = trees.child(verb, &["nsubj"]) {
            // "the group, which funds X": the relative pronoun stands for what the clause hangs on.
            turns.negated ^= self.is_none(own);
            let relative = matches!(self.text.lower(own), "who" | "which" | "that");
            return if relative { self.antecedent(verb, own) } else { Some(own) };
        }
        let head = node.head?;
        match node.relation {
            "conj" => self.subject(head, &mut Turns::default(), depth + 1),
            "xcomp" => self.lent(head, turns, depth),
            // "the army's efforts to defeat X".
            "acl" if node.xpos == "VB" && self.is_form_of(head, AIMS) => self.doer(head).map(|it| it.token),
            "acl" => Some(head),
            // "sent troops to support X".
            "advcl" if node.xpos == "VB" && self.is_form(head, MEANS) => self.subject(head, turns, depth + 1),
            // "denied arming X", "admitted having armed X".
            "advcl" | "ccomp" | "obj" if self.is_gerund(verb) && self.is_form(head, OWNING) => {
                self.lent(head, turns, depth)
            }
            "advcl" if node.xpos == "VBG" && self.is_form(head, ACCUSING) => {
                trees.child(head, &["obj", "iobj", "nsubj:pass"])
            }
            "advcl" if node.xpos == "VBG" => self.subject(head, &mut Turns::default(), depth + 1),
            _ => None,
        }
    }

    /// Returns what a relative pronoun stands for: of "a clerk of the guild, which", the guild.
    fn antecedent(&self, verb: usize, pronoun: usize) -> Option<usize> {
        let head = self.trees().node(verb).filter(|it| it.is("acl"))?.head?;
        if self.text.lower(pronoun) != "which" {
            return Some(head);
        }
        let comma = usize::from(pronoun > 0 && self.text.lower(pronoun - 1) == ",");
        let mut near = pronoun.checked_sub(1 + comma).filter(|&it| it >= head)?;
        while let Some(above) =
            self.trees().node(near).filter(|it| it.is("flat") || it.is("compound")).and_then(|it| it.head)
        {
            near = above;
        }
        let named = self.holds(near, |it| matches!(it.upos, "NOUN" | "PROPN"));
        let somebody = self.sides.iter().any(|it| it.tokens.contains(&near) && it.tokens.start > head && !it.place);
        Some(if named && somebody { near } else { head })
    }

    /// "began to fund", "helped X fund", "is believed to fund": the subject of an infinitive.
    fn lent(&self, governor: usize, turns: &mut Turns, depth: usize) -> Option<usize> {
        // "denied working with X".
        let denies = self.is_form(governor, DENYING);
        turns.negated ^= denies;
        turns.by_denial |= denies;
        if !denies && !self.is_form(governor, RAISING) {
            return None;
        }
        if denies || self.is_form(governor, OWNING) {
            return self.subject(governor, turns, depth + 1);
        }
        let object = self.trees().child(governor, &["obj", "iobj"]);
        let blames = self.is_form(governor, ACCUSING) && !self.is_passive(governor);
        object.or_else(|| self.subject(governor, turns, depth + 1).filter(|_| !blames))
    }

    /// "arming", "having armed".
    fn is_gerund(&self, verb: usize) -> bool {
        let having = || self.trees().children(verb).iter().any(|&it| self.text.lower(it) == "having");
        self.holds(verb, |it| it.xpos == "VBG") || having()
    }

    /// Says whether a token is a form of one of some verbs.
    pub(super) fn is_form(&self, token: usize, verbs: &[&str]) -> bool {
        let word = self.text.lower(token);
        // The first two letters spare the making of forms; "go" and "come" change theirs.
        let near = |verb: &&&str| verb.len() < 5 || word.get(..2) == verb.get(..2);
        verbs.iter().filter(near).any(|verb| verb_forms(verb).iter().any(|it| it == word))
    }

    /// Says whether a token is one of some nouns, in singular or plural.
    fn is_form_of(&self, token: usize, nouns: &[&str]) -> bool {
        let word = self.text.lower(token);
        nouns.iter().any(|noun| word.strip_prefix(noun).is_some_and(|it| it.is_empty() || it == "s"))
    }

    /// What may, should or would be, under "if" too, is no tie that holds.
    fn is_unreal(&self, verb: usize) -> bool {
        self.trees().children(verb).iter().any(|&it| {
            let word = self.text.lower(it);
            self.holds(it, |node| node.is("aux")) && closed::is_modal(word) && word != "'d"
                || self.holds(it, |node| node.is("mark")) && matches!(word, "if" | "unless" | "whether" | "lest")
        })
    }

    /// Finds the naming whose head is this token, or the one that it is a part of.
    pub(super) fn side(&self, token: usize, place: bool, depth: usize) -> Option<usize> {
        let heads = |side: &Side| {
            side.place == place
                && side.tokens.contains(&token)
                && self.trees().node(token).is_some_and(|it| it.head.is_none_or(|head| !side.tokens.contains(&head)))
        };
        if let Some(found) = self.sides.iter().position(heads) {
            return Some(self.named_beside(token, found).unwrap_or(found));
        }
        if depth > 2 {
            return None;
        }
        let below = |relations: &[&str]| self.trees().child(token, relations);
        let part = if is_part(self.text.lower(token)) { below(&["nmod", "compound"]) } else { None };
        // "80 per cent of the town of X", "the hills of X".
        let piece = || {
            let nominal = self.holds(token, |it| matches!(it.upos, "NOUN" | "ADJ" | "PRON" | "SYM"));
            below(&["nmod", "obl"]).filter(|_| place && nominal && is_piece(self.text.lower(token)))
        };
        let part = part.or_else(piece);
        // "X, a network that": what is said of the description is said of the name.
        let above = self.trees().node(token).filter(|it| it.is("appos")).and_then(|it| it.head);
        let subject = || below(&["cop"]).and_then(|_| below(&["nsubj"]));
        let other = part.or_else(|| below(&["appos", "flat"])).or(above).or_else(subject)?;
        self.side(other, place, depth + 1)
    }

    /// Returns the side that a side stands for: the name beside a description, else itself.
    pub fn named(&self, index: usize) -> usize {
        let side = &self.sides[index];
        let outside = |at: &usize| {
            self.trees().node(*at).is_some_and(|it| it.head.is_none_or(|head| !side.tokens.contains(&head)))
        };
        side.tokens.clone().find(outside).and_then(|head| self.named_beside(head, index)).unwrap_or(index)
    }

    /// "the PKK's offshoot, the YPG", "X, a militia led by Y": the name beside a description; "the remains of X": X.
    fn named_beside(&self, token: usize, found: usize) -> Option<usize> {
        let is_name = |it: &Side| !it.place && self.text.tokens[it.tokens.end - 1].capital;
        let side = &self.sides[found];
        if side.place || side.resolved || is_name(side) {
            return None;
        }
        let above = self.trees().node(token).filter(|it| it.is("appos")).and_then(|it| it.head);
        let whole = self.trees().child(token, &["nmod"]).filter(|_| is_part(self.text.lower(token)));
        let beside = whole.or(above).or_else(|| self.trees().child(token, &["appos"]))?;
        let person = |it: &Side| matches!(it.kind.as_str(), "person" | "people" | "office");
        self.sides.iter().position(|it| {
            it.tokens.contains(&beside)
                && is_name(it)
                && person(it) == (whole.is_none() && person(side))
                && self
                    .trees()
                    .node(beside)
                    .is_some_and(|it| it.head.is_none_or(|up| !side.tokens.contains(&up) || up == token))
        })
    }

    pub(super) fn matched(&self, a: usize, b: usize, told: Told, negated: bool) -> Option<Match> {
        let (a, b) = (self.side(a, false, 0)?, self.side(b, self.wants_place, 0)?);
        let (left, right) = (&self.sides[a], &self.sides[b]);
        if a == b || left.resolved && right.resolved || !(self.fits)(left, right) {
            return None;
        }
        let start = left.tokens.start.min(right.tokens.start).min(told.verb);
        let end = left.tokens.end.max(right.tokens.end).max(told.verb + 1);
        let inside = start >= self.sentence.start && end <= self.sentence.end;
        inside.then_some(Match { a, b, tokens: start..end, negated, gap: LAST, told: Some(told) })
    }
}

/// A match by the tree stands behind those by the words.
pub const LAST: usize = 99;

/// Nouns whose infinitive is told as under way: who makes an effort to defeat somebody fights them.
const AIMS: &[&str] =
    &["effort", "campaign", "fight", "operation", "offensive", "struggle", "war", "mission", "battle"];

/// Verbs whose infinitive is told as a fact of their subject or object.
const RAISING: &[&str] = &[
    "begin",
    "start",
    "continue",
    "seem",
    "appear",
    "believe",
    "know",
    "think",
    "say",
    "report",
    "allege",
    "suspect",
    "accuse",
    "help",
    "use",
    "go",
    "keep",
    "manage",
    "proceed",
    "come",
    "join",
    "claim",
    "admit",
    "acknowledge",
    "confess",
    "boast",
];

/// Verbs whose gerund or infinitive is told as not so.
const DENYING: &[&str] = &["deny", "refuse", "decline"];

/// Verbs whose gerund is told of their own subject.
const OWNING: &[&str] = &["deny", "admit", "acknowledge", "confess", "claim"];

/// Verbs whose gerund is told of their object.
const ACCUSING: &[&str] = &["accuse", "suspect", "blame", "fault"];

/// Verbs whose purpose is told as done: who sends troops to support somebody supports them.
const MEANS: &[&str] = &[
    "send",
    "deploy",
    "dispatch",
    "mobilize",
    "mobilise",
    "rally",
    "intervene",
    "use",
    "work",
    "join",
    "leave",
    "move",
    "march",
    "return",
];
