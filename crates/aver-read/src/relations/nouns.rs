//! Ties that a noun tells: "its leader, X", "X, an offshoot of Y", "X's war on Y", "in support of Y".
//!
//! In: the nouns of the codebook and a sentence with its tree. Out: matches. A *role* is
//! what one side is to the other ("leader"): it stands beside its holder, is said of them,
//! or comes behind "as". A *deed* is what one side does to the other ("support"): it is
//! possessed by the doer, or the object of a verb that only says that it is done.
//!
//! Relations between words are those of Universal Dependencies 2.

use super::{
    Told,
    matching::{Match, is_part},
    paths::Walk,
    sides::is_described,
};

/// A noun of the codebook.
#[derive(Debug, Clone)]
pub struct Noun {
    /// What it ties: a role its holder, a deed its doer.
    pub role: bool,
    /// Prepositions that bring in the other side.
    prepositions: Vec<String>,
    /// The other side gives and the doer gets with "from": help, money, weapons.
    pub given: bool,
}

/// Prepositions that bring in whose somebody is, where the codebook names none.
const WHOSE: &[&str] = &["of", "for", "in", "at", "to", "with", "from", "within"];

impl Noun {
    /// Reads a row: the noun and, behind a space, its prepositions.
    pub fn new(row: &str, role: bool, given: bool) -> (String, Noun) {
        let (noun, prepositions) = row.split_once(' ').unwrap_or((row, ""));
        let listed = prepositions.split('|').filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let prepositions = if listed.is_empty() { WHOSE.iter().map(|&it| it.to_owned()).collect() } else { listed };
        (noun.to_owned(), Noun { role, prepositions, given })
    }
}

/// Somebody that a noun is tied to, and what the verb between says of it.
pub(super) struct End {
    pub token: usize,
    negated: bool,
    by_denial: bool,
}

impl End {
    fn plain(token: usize) -> End {
        End { token, negated: false, by_denial: false }
    }
}

impl Walk<'_> {
    /// Matches a noun at `at`.
    pub fn noun(&self, noun: &Noun, at: usize) -> Option<Match> {
        if !self.holds(at, |it| matches!(it.upos, "NOUN" | "PROPN")) {
            return None;
        }
        let (a, b) = if noun.role { self.role(noun, at)? } else { self.deed(noun, at)? };
        let negated = a.negated != self.is_none(at);
        self.matched(a.token, b, Told { verb: at, by_denial: a.by_denial }, negated)
    }

    /// "the Zarka Front of Omar Velik", "the brigades under Omar Velik": a group named with its head.
    pub fn headed(&self, group: usize) -> Option<Match> {
        const GROUPS: &[&str] = &["armed_group", "party", "group"];
        let side = self.sides.get(group).filter(|it| !it.resolved && GROUPS.contains(&it.kind.as_str()))?;
        let token = side.tokens.clone().find(|&at| self.side(at, false, 3) == Some(group))?;
        let by = ["of".to_owned(), "under".to_owned()];
        let person = |it: &usize| {
            self.side(*it, false, 0).is_some_and(|it| self.sides[it].kind == "person" && !self.sides[it].resolved)
        };
        // "Omar Velik's fighters" too.
        let whose = |it: &usize| self.text.lower(*it) == "whose" && self.side(*it, false, 0).is_some();
        let owner = || self.possessors(token).find(|it| person(it) || whose(it));
        // "the Zarka faction of Omar Velik".
        let part = self.trees().node(token).filter(|it| it.is("compound")).and_then(|it| it.head);
        let part = part.filter(|&it| is_part(self.text.lower(it)));
        let behind = || self.ties(part?, &by).find(person);
        let head = self.ties(token, &by).find(person).or_else(owner).or_else(behind)?;
        self.matched(head, token, Told { verb: token, by_denial: false }, false)
    }

    /// "a former leader", "the ex-chief": the tie is over.
    pub fn is_former(&self, noun: usize) -> bool {
        self.trees().children(noun).iter().any(|&it| {
            matches!(self.text.lower(it), "former" | "ex" | "erstwhile" | "onetime" | "one-time" | "late" | "deposed")
                && it + 4 > noun
        })
    }

    /// Returns who holds a role, and the token of whose it is.
    fn role(&self, noun: &Noun, at: usize) -> Option<(End, usize)> {
        // "the founder and leader of X": what hangs on one of the two belongs to both.
        let other = self.trees().node(at).filter(|it| it.is("conj")).and_then(|it| it.head);
        let joined = other.or_else(|| self.trees().child(at, &["conj"]).filter(|&it| self.is_common(it)));
        let whose = self.whose(noun, at).or_else(|| self.whose(noun, joined?))?;
        // "the founder and leader of X", but not "X, and Y's chief".
        let shared = || self.holder(other?, whose).filter(|_| whose > at);
        // "Velik's wing of X", "a deserter from X": the noun stands for who has the role.
        let own = || {
            let named = self.side(whose, false, 0).is_some_and(|it| !self.sides[it].resolved);
            self.side(at, false, 3).filter(|&it| named && is_described(&self.sides[it])).map(|_| End::plain(at))
        };
        let holder = self.holder(at, whose).or_else(shared).or_else(own)?;
        Some((holder, whose))
    }

    fn is_common(&self, token: usize) -> bool {
        self.holds(token, |it| it.upos == "NOUN")
    }

    /// "leader of X", "X's leader", "its leader", "X leader".
    fn whose(&self, noun: &Noun, at: usize) -> Option<usize> {
        let tied = self.ties(at, &noun.prepositions).find(|&it| self.names_somebody(it));
        let possessor = || self.possessors(at).find(|&it| self.names_somebody(it));
        tied.or_else(possessor).or_else(|| self.modifier(at))
    }

    fn possessors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let children = self.trees().children(at).iter().copied();
        children.filter(|&it| self.holds(it, |node| node.relation == "nmod:poss"))
    }

    /// "Zarka Front leader": a name directly before the noun.
    fn modifier(&self, at: usize) -> Option<usize> {
        self.trees().children(at).iter().copied().find(|&it| {
            it < at && self.holds(it, |node| node.is("compound") || node.is("amod")) && self.names_somebody(it)
        })
    }

    fn names_somebody(&self, token: usize) -> bool {
        self.side(token, false, 0).is_some()
    }

    /// Returns who is called by the role noun at `at`.
    fn holder(&self, at: usize, whose: usize) -> Option<End> {
        let trees = self.trees();
        let node = trees.node(at)?;
        if trees.child(at, &["cop"]).is_some() {
            let clause = self.clause(at, true)?;
            return Some(End { token: clause.subject?, negated: clause.negated, by_denial: clause.by_denial });
        }
        let below = trees.children(at).iter().copied().find(|&it| {
            it > at && it != whose && self.holds(it, |it| it.is("appos") || it.is("flat")) && self.names_somebody(it)
        });
        if let Some(name) = below {
            return Some(End::plain(name));
        }
        let head = node.head?;
        match node.relation {
            "appos" | "nmod:desc" => Some(End::plain(head)),
            "compound" if self.holds(head, |it| it.upos == "PROPN") => Some(End::plain(head)),
            "obl" | "nmod" | "advcl" if self.is_behind(at, "as") => self.called(head),
            "xcomp" | "obj" if self.is_form(head, BECOMING) => self.called(head),
            // "whose emir is X".
            "nsubj" if trees.child(head, &["cop"]).is_some() => Some(End::plain(head)),
            _ => None,
        }
    }

    fn is_behind(&self, at: usize, word: &str) -> bool {
        self.trees()
            .children(at)
            .iter()
            .any(|&it| self.text.lower(it) == word && self.holds(it, |node| node.is("case") || node.is("mark")))
    }

    /// "described him as", "he is known as", "serves as", "named him": whom the verb speaks of.
    fn called(&self, verb: usize) -> Option<End> {
        let clause = self.clause(verb, false)?;
        let names = clause.object.is_some() && self.is_form(verb, NAMING);
        let token = if names { clause.object? } else { clause.subject? };
        Some(End { token, negated: clause.negated, by_denial: clause.by_denial })
    }

    /// Returns who does a deed, and the token of the one it is done to.
    fn deed(&self, noun: &Noun, at: usize) -> Option<(End, usize)> {
        if self.is_former(at) {
            return None;
        }
        let between = ["between".to_owned()];
        if let Some(one) = self.ties(at, &between).next() {
            let other = self.trees().child(one, &["conj"]).filter(|_| noun.prepositions.contains(&between[0]))?;
            return Some((End { negated: self.is_gone(at), ..End::plain(one) }, other));
        }
        // "the truce that A and B signed".
        if noun.prepositions.contains(&between[0]) {
            let clause = self.trees().children(at).iter().copied().find(|&it| {
                self.holds(it, |node| node.is("acl:relcl"))
                    && self
                        .trees()
                        .child(it, &["obj"])
                        .is_some_and(|it| matches!(self.text.lower(it), "that" | "which"))
            });
            let one = clause.and_then(|it| self.trees().child(it, &["nsubj"]));
            let other = one.and_then(|it| self.trees().child(it, &["conj"]));
            if let (Some(one), Some(other)) = (one, other) {
                return Some((End::plain(one), other));
            }
        }
        // "the truce was signed by A and B", "the truce signed by A and B".
        if noun.prepositions.contains(&between[0])
            && let Some((one, other)) = self.signed(at)
        {
            return Some((End::plain(one), other));
        }
        // "with the help of X": X gives it.
        let owned = ["of".to_owned()];
        let lent = noun.given && ["with", "under"].iter().any(|it| self.is_behind(at, it));
        if lent && let Some(giver) = self.ties(at, &owned).find(|&it| self.names_somebody(it)) {
            let taker = self.done_by(self.trees().node(at)?.head?)?;
            return Some((End { token: giver, ..taker }, taker.token));
        }
        // "cut its ties with X": the tree may hang X on the verb.
        let verb = self.trees().node(at).filter(|it| it.is("obj")).and_then(|it| it.head);
        let loose = verb.into_iter().flat_map(|it| self.ties(it, &noun.prepositions)).filter(|&it| it > at);
        let tied = self.ties(at, &noun.prepositions).chain(loose);
        let sufferer = { tied }.find(|&it| self.side(it, self.wants_place, 0).is_some());
        if let Some(b) = sufferer {
            return Some((self.doer(at)?, b));
        }
        // "with help from X": who has it, gets it.
        let source = ["from".to_owned(), "by".to_owned()];
        let giver = self.ties(at, &source).find(|&it| noun.given && self.names_somebody(it))?;
        let taker = self.doer(at)?;
        Some((End { token: giver, ..taker }, taker.token))
    }

    /// Who signed what the noun names, two at least.
    fn signed(&self, at: usize) -> Option<(usize, usize)> {
        const SIGNING: &[&str] = &["sign", "agree", "reach", "conclude", "seal", "negotiate", "make"];
        let node = self.trees().node(at)?;
        let above = node.head.filter(|_| node.relation == "nsubj:pass");
        let verb = above.or_else(|| self.trees().child(at, &["acl"])).filter(|&it| self.is_form(it, SIGNING))?;
        let by = ["by".to_owned()];
        let one = self.ties(verb, &by).next()?;
        Some((one, self.trees().child(one, &["conj"])?))
    }

    /// "an end to fighting between", "the ceasefire collapsed" are left to their own words.
    fn is_gone(&self, at: usize) -> bool {
        self.is_none(at)
    }

    /// Returns who does what a noun names: its possessor, "by X", "X attack", or the subject of the verb it belongs to.
    pub(super) fn doer(&self, at: usize) -> Option<End> {
        let by = ["by".to_owned()];
        let agent = self.possessors(at).chain(self.ties(at, &by)).find(|&it| self.names_somebody(it));
        let node = self.trees().node(at)?;
        if let Some(own) = agent.or_else(|| self.modifier(at)) {
            let ended = node.is("obj") && node.head.is_some_and(|it| self.is_form(it, REFUSING));
            return Some(End { negated: ended, ..End::plain(own) });
        }
        let head = node.head?;
        match node.relation {
            "conj" if self.is_common(head) => self.doer(head),
            "obj" if self.is_form(head, DOING) => self.done_by(head),
            // "X denied any support for Y", "X cut its ties with Y".
            "obj" if self.is_form(head, REFUSING) => {
                let own = self.done_by(head)?;
                Some(End { negated: !own.negated, by_denial: self.is_form(head, &["deny"]), ..own })
            }
            // "X took part in attacks on Y", "X fought with support from Y".
            "obl" if ["in", "with"].iter().any(|it| self.is_behind(at, it)) => self.done_by(head),
            _ => None,
        }
    }

    fn done_by(&self, verb: usize) -> Option<End> {
        let clause = self.clause(verb, false)?;
        let token = if self.is_passive(verb) { clause.object? } else { clause.subject? };
        Some(End { token, negated: clause.negated, by_denial: clause.by_denial })
    }
}

/// Verbs whose complement says what the subject, or the object, is.
const BECOMING: &[&str] =
    &["become", "remain", "stay", "name", "appoint", "call", "elect", "consider", "declare", "make"];

/// Verbs that say of their object what it is.
const NAMING: &[&str] = &[
    "describe",
    "name",
    "appoint",
    "identify",
    "know",
    "regard",
    "view",
    "see",
    "introduce",
    "install",
    "elect",
    "designate",
    "recognize",
    "recognise",
    "portray",
    "consider",
    "call",
    "make",
];

/// Verbs whose object is not done, or no longer.
const REFUSING: &[&str] = &["deny", "cut", "sever", "renounce", "refuse"];

/// Verbs that say only that a deed is done.
const DOING: &[&str] = &[
    "have",
    "give",
    "pledge",
    "swear",
    "owe",
    "provide",
    "lend",
    "offer",
    "launch",
    "conduct",
    "carry",
    "wage",
    "maintain",
    "develop",
    "establish",
    "begin",
    "start",
    "lead",
    "mount",
    "stage",
    "express",
    "continue",
    "keep",
    "enjoy",
    "receive",
    "get",
    "win",
    "draw",
    "obtain",
    "gain",
    "forge",
    "form",
    "build",
    "hold",
    "share",
    "strengthen",
    "deepen",
    "intensify",
    "step",
    "increase",
    "resume",
    "declare",
    "renew",
    "reaffirm",
    "reiterate",
    "exert",
    "exercise",
    "seize",
    "take",
    "perpetrate",
    "commit",
    "execute",
    "pursue",
    "show",
    "voice",
];
