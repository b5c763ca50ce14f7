//! Stated ties between actors: "X, a branch of Y", "X funds Y", "Ann Doe, leader of Z".
//!
//! In: actors, places, statements, and the codebook's patterns. Out: relations,
//! each with the words that state it, its polarity and who says so. A negated
//! verb or a denial makes it denied, a doubt doubted. Offices and possessors come
//! from the actors themselves ([`offices`]); everything else from patterns.
//!
//! Nothing is inferred: that a branch's branch is a branch is not our business.

mod denials;
mod matching;
mod nouns;
mod offices;
mod paths;
mod patterns;
mod phrases;
mod sides;
mod supplies;
#[cfg(test)]
mod tests;
mod when;
mod words;

pub use patterns::Patterns;

use crate::{
    Context, Found,
    actors::{Actors, LONGEST},
    places::Places,
};
use aver_model::{OUTLET, Polarity, Relation, Span, Stance, Statement, Time, UNSPECIFIED};
use matching::{Ground, Match, Side};
use std::{collections::BTreeSet, ops::Range};

/// Relations of which "lacks the will to" is the very wording.
const LACKS: &[&str] = &["tolerates"];

/// A relation before it has a speaker.
#[derive(Debug, Clone, PartialEq)]
struct Tie {
    a: String,
    relation: String,
    b: String,
    negated: bool,
    tokens: Range<usize>,
    /// How a tree ties it to a verb above; `None` for what the order of words tells.
    told: Option<Told>,
}

/// Where the tree finds the verb of a tie.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Told {
    /// The verb: "supporting" of "denied supporting X".
    verb: usize,
    /// A verb of denial lends it its subject; the negation is that verb's.
    by_denial: bool,
}

/// Finds relations, in text order.
pub fn find(
    ctx: &Context<'_>,
    actors: &mut Actors,
    places: &Places,
    times: &[Found<Time>],
    statements: &[Found<Statement>],
) -> Vec<Found<Relation>> {
    let mut ties = offices::find(ctx, actors);
    ties.extend(words::find(ctx, actors, places));
    ties.sort_by_key(|it| (it.tokens.start, it.tokens.end));
    let told = ties.clone();
    for sentence in &ctx.text.sentences {
        in_sentence(ctx, actors, places, statements, sentence.tokens.clone(), &mut ties);
    }
    // What an office or a compound tells, a pattern need not tell again.
    ties.retain(|it| {
        let first = told.partition_point(|old| old.tokens.start + LONGEST < it.tokens.start);
        let again = |old: &&Tie| {
            let same = (&old.a, &old.b) == (&it.a, &it.b) || (&old.b, &old.a) == (&it.a, &it.b);
            // "Peru's envoy for Mali, Ann Doe": the office told whose she is.
            let held = it.told.is_some() && old.a == it.a && is_post(&it.relation) && is_post(&old.relation);
            let other = same && old.relation != it.relation || held && old.b != it.b;
            other && old.tokens.start < it.tokens.end && it.tokens.start < old.tokens.end
        };
        !told[first..].iter().take_while(|old| old.tokens.start < it.tokens.end).any(|old| again(&old))
            || told.contains(it)
    });
    ties.sort_by_key(|x| (x.tokens.start, x.tokens.end));
    let mut seen = BTreeSet::new();
    let carriers = Carriers::new(statements);
    let mut found: Vec<Found<Relation>> = vec![];
    let mut agreed = BTreeSet::new();
    for mut tie in ties {
        tie.a = sides::settle(ctx, actors, &tie.a);
        tie.b = sides::settle(ctx, actors, &tie.b);
        // What a name presupposes is not doubted with the sentence around it, and told once.
        let presupposed = told.contains(&tie);
        if (presupposed || tie.relation == "agreement_with")
            && !agreed.insert((
                tie.a.clone().min(tie.b.clone()),
                tie.relation.clone(),
                tie.a.clone().max(tie.b.clone()),
            ))
        {
            continue;
        }
        let carrier = carriers.of(ctx, &tie);
        // "did not deny arming X" says nothing of it.
        if carrier.is_some_and(|it| it.stance == Stance::WithholdsConfirmation) && !presupposed {
            continue;
        }
        let polarity = held(ctx, &tie, carrier, presupposed);
        let (speaker, statement) = match carrier {
            None => (OUTLET.to_owned(), None),
            Some(it) => (speaker_of(it), Some(it.id.clone())),
        };
        // One speaker's repetition of a tie adds nothing.
        let (low, high) = if tie.a < tie.b { (&tie.a, &tie.b) } else { (&tie.b, &tie.a) };
        if tie.a == tie.b || !seen.insert((low.clone(), tie.relation.clone(), high.clone(), polarity, speaker.clone()))
        {
            continue;
        }
        found.push(Found {
            record: Relation {
                id: format!("r{}", found.len() + 1),
                span: ctx.text.span(tie.tokens.clone()),
                a: tie.a,
                relation: tie.relation,
                b: tie.b,
                polarity,
                speaker,
                statement,
                time: None,
            },
            tokens: tie.tokens,
        });
    }
    when::date(ctx, times, &mut found);
    let denied = denials::find(ctx, actors, &found);
    found.extend(denied);
    found.sort_by_key(|it| (it.tokens.start, it.tokens.end));
    for (index, it) in found.iter_mut().enumerate() {
        it.record.id = format!("r{}", index + 1);
    }
    found
}

/// Says whether a tie holds, by its own words and the statement around it.
fn held(ctx: &Context<'_>, tie: &Tie, carrier: Option<&Statement>, presupposed: bool) -> Polarity {
    let turned = tie.tokens.clone().any(|at| {
        matches!(ctx.text.lower(at), "declining" | "rejecting" | "refusing" | "lack" | "lacks")
            && !LACKS.contains(&tie.relation.as_str())
    });
    let lacks = tie.tokens.clone().any(|at| matches!(ctx.text.lower(at), "lack" | "lacks"));
    let stance = carrier.map(|it| it.stance).filter(|it| !presupposed && (*it != Stance::Doubts || !lacks));
    // The statement that denies and the verb above the tie, or the "not" that makes it a denial, are one denial.
    let own = tie.negated && carrier.is_some_and(|it| !denies_by_cue(ctx, it));
    let again = stance == Some(Stance::Denies) && (own || tie.told.is_some_and(|it| it.by_denial));
    if stance != Some(Stance::Denies) && is_unproved(ctx, tie) {
        return Polarity::Denied;
    }
    polarity(tie.negated != (turned != again), stance)
}

/// "no evidence that X arms Y", "nothing suggests that X and Y cooperate".
fn is_unproved(ctx: &Context<'_>, tie: &Tie) -> bool {
    let text = &ctx.text;
    let first = text.sentence_of(tie.tokens.start).tokens.start.max(tie.tokens.start.saturating_sub(9));
    (first..tie.tokens.start).any(|at| match text.lower(at) {
        "no" => {
            let proof = (at + 1..at + 3).find(|&it| {
                matches!(text.lower(it), "evidence" | "proof" | "sign" | "signs" | "indication" | "indications")
            });
            proof.is_some_and(|it| matches!(text.lower(it + 1), "that" | "of" | "to"))
        }
        "nothing" => {
            matches!(text.lower(at + 1), "suggests" | "suggested" | "indicates" | "indicated" | "shows" | "proves")
        }
        _ => false,
    })
}

/// Says whether a statement denies by its cue ("denied", "rejects the claim"), not by a "not" in what is said.
fn denies_by_cue(ctx: &Context<'_>, statement: &Statement) -> bool {
    const STEMS: &[&str] =
        &["den", "reject", "dismiss", "refut", "disput", "rebut", "contest", "disavow", "disown", "repudiat"];
    let Some(cue) = &statement.cue else { return false };
    let words = ctx.text.offsets.quote(ctx.text.raw, cue.span).to_lowercase();
    words.split_whitespace().any(|word| STEMS.iter().any(|it| word.starts_with(it)))
}

fn speaker_of(statement: &Statement) -> String {
    match &statement.speaker.actor {
        Some(actor) => actor.clone(),
        None if statement.speaker.name == OUTLET => OUTLET.to_owned(),
        None => UNSPECIFIED.to_owned(),
    }
}

fn polarity(negated: bool, stance: Option<Stance>) -> Polarity {
    let denied = stance == Some(Stance::Denies);
    match stance {
        Some(Stance::Doubts) => Polarity::Doubted,
        _ if negated != denied => Polarity::Denied,
        _ => Polarity::Asserted,
    }
}

/// Finds the innermost statement around some tokens; statements are in text order.
struct Carriers<'s> {
    statements: &'s [Found<Statement>],
    /// Longest statement, in tokens: how far back one may begin.
    longest: usize,
}

impl<'s> Carriers<'s> {
    fn new(statements: &'s [Found<Statement>]) -> Carriers<'s> {
        Carriers { statements, longest: statements.iter().map(|it| it.tokens.len()).max().unwrap_or(0) }
    }

    /// The statement around a tie, or the one that holds its verb and has one of its sides as speaker or blames it:
    /// "X denied supporting Y".
    fn of(&self, ctx: &Context<'_>, tie: &Tie) -> Option<&'s Statement> {
        let whole = self.around(&tie.tokens, ctx.text.span(tie.tokens.clone()));
        whole.or_else(|| {
            let verb = tie.told?.verb;
            self.around(&(verb..verb + 1), ctx.text.span(verb..verb + 1))
                .filter(|it| it.speaker.actor.as_ref().is_some_and(|id| *id == tie.a || *id == tie.b))
        })
    }

    fn around(&self, tokens: &Range<usize>, span: Span) -> Option<&'s Statement> {
        let from = self.statements.partition_point(|it| it.tokens.start + self.longest < tokens.start);
        self.statements[from..]
            .iter()
            .take_while(|it| it.tokens.start <= tokens.start)
            .filter(|it| {
                let content = &it.record.content;
                content.spans.iter().chain([&content.span]).any(|it| it.contains(span))
            })
            .min_by_key(|it| it.tokens.len())
            .map(|it| &it.record)
    }
}

/// Matches every pattern whose words stand in a sentence.
fn in_sentence(
    ctx: &Context<'_>,
    actors: &Actors,
    places: &Places,
    statements: &[Found<Statement>],
    sentence: Range<usize>,
    ties: &mut Vec<Tie>,
) {
    let patterns = &ctx.index.relations;
    let mut sides = sides::find(ctx, actors, places, &sentence);
    phrases::add(ctx, actors, statements, &sentence, &mut sides);
    if sides.len() < 2 {
        return;
    }
    let mut found: Vec<(usize, Match)> = vec![];
    for at in sentence.clone() {
        for &index in patterns.with(ctx.text.lower(at)) {
            let pattern = &patterns.list[index];
            let relation = &ctx.codebook.relations[pattern.relation].name;
            let places: &[bool] = match relation.as_str() {
                "recruits_from" => &[false, true],
                it if wants_place(it) => &[true],
                _ => &[false],
            };
            let first = at.saturating_sub(24).max(sentence.start);
            for (place, start) in places.iter().flat_map(|&it| (first..=at).map(move |at| (it, at))) {
                let ground = Ground {
                    text: &ctx.text,
                    sentence: sentence.clone(),
                    sides: &sides,
                    fits: fits(relation),
                    wants_place: place,
                };
                if let Some(it) = ground.run(pattern, start)
                    && (it.tokens.start..it.tokens.end).contains(&at)
                {
                    found.push((index, it));
                    break;
                }
            }
        }
    }
    let of_words = found.len();
    found.extend(along_tree(ctx, &sides, &sentence));
    let walk =
        paths::Walk { text: &ctx.text, sentence: sentence.clone(), sides: &sides, fits: fits(""), wants_place: false };
    for (_, it) in &mut found[..of_words] {
        (it.a, it.b) = (walk.named(it.a), walk.named(it.b));
    }
    found.retain(|(_, it)| it.a != it.b);
    let given = supplies::find(ctx, &sides, &sentence);
    // The longest match wins; then fewer gaps, more written words, the earlier row.
    found.sort_by_key(|(index, it)| {
        (
            it.gap == paths::LAST,
            usize::MAX - it.tokens.len(),
            it.gap,
            usize::MAX - patterns.list[*index].written,
            it.tokens.start,
            *index,
        )
    });
    let mut taken: Vec<(usize, &Match)> = vec![];
    for (index, it) in &found {
        let pattern = &patterns.list[*index];
        // "armed and trained by X": each verb of a pair tells a tie of its own.
        let paired = it.told.is_some_and(|told| is_paired(ctx, told.verb));
        if taken.iter().any(|(relation, old)| {
            let same = (old.a, old.b) == (it.a, it.b) || (old.b, old.a) == (it.a, it.b);
            let other = paired && *relation != pattern.relation;
            same && !other && old.tokens.start < it.tokens.end && it.tokens.start < old.tokens.end
        }) {
            continue;
        }
        taken.push((pattern.relation, it));
        let relation = &ctx.codebook.relations[pattern.relation].name;
        // "provided weapons and support": the list says it more exactly.
        let listed = relation == "supports"
            && given.iter().any(|tie| {
                tie.a == sides[it.a].id
                    && tie.b == sides[it.b].id
                    && tie.tokens.start < it.tokens.end
                    && it.tokens.start < tie.tokens.end
            });
        if listed || is_event(ctx, relation, it, &sides) {
            continue;
        }
        each_of(ctx, &sides, it, &sentence, relation, ties);
    }
    ties.extend(given);
}

/// "trains and equips": one of two verbs with nothing but "and" between them.
fn is_paired(ctx: &Context<'_>, verb: usize) -> bool {
    let trees = &ctx.text.trees;
    let joined = |at: usize, to: usize| {
        trees.node(at).is_some_and(|it| it.is("conj") && it.head == Some(to))
            && to + 2 == at
            && ctx.text.lower(to + 1) == "and"
    };
    joined(verb + 2, verb) || verb >= 2 && joined(verb, verb - 2)
}

/// Matches every pattern that is a path along the tree of the sentence, if it has one.
fn along_tree(ctx: &Context<'_>, sides: &[Side], sentence: &Range<usize>) -> Vec<(usize, Match)> {
    let patterns = &ctx.index.relations;
    let mut found = vec![];
    let walk = |index: usize| {
        let relation = &ctx.codebook.relations[patterns.list[index].relation].name;
        let (fits, wants_place) = (fits(relation), wants_place(relation));
        paths::Walk { text: &ctx.text, sentence: sentence.clone(), sides, fits, wants_place }
    };
    for at in sentence.clone().filter(|&it| ctx.text.trees.node(it).is_some()) {
        let word = ctx.text.lower(at);
        for (index, path) in patterns.paths_with(word) {
            found.extend(walk(index).run(path, at).map(|it| (index, it)));
        }
        for (index, noun) in patterns.nouns_at(word) {
            found.extend(walk(index).noun(noun, at).map(|it| (index, it)));
        }
    }
    let leads = |it: &patterns::Pattern| ctx.codebook.relations[it.relation].name == "leads";
    if let Some(index) = patterns.list.iter().position(leads) {
        let read = (0..sides.len()).filter(|&it| ctx.text.trees.node(sides[it].tokens.start).is_some());
        found.extend(read.filter_map(|it| walk(index).headed(it)).map(|it| (index, it)));
    }
    found
}

/// One tie for each member of the lists that the two sides of a match stand in.
fn each_of(
    ctx: &Context<'_>,
    sides: &[Side],
    it: &Match,
    sentence: &Range<usize>,
    relation: &str,
    ties: &mut Vec<Tie>,
) {
    // The list of the side that stands first reaches left, that of the other right.
    let turned = sides[it.b].tokens.start < sides[it.a].tokens.start;
    let (first, last) = if turned { (it.b, it.a) } else { (it.a, it.b) };
    // "between A and B, which comprises C": the clause is about B alone.
    let closed = turned && matches!(ctx.text.lower(sides[first].tokens.end), "," | "(");
    let ended = is_ended(ctx, it, sides);
    let lefts = if closed { vec![first] } else { sides::listed_before(ctx, sides, first) };
    for left in lefts {
        let mut others = sides::listed_after(ctx, sides, last, sentence);
        others.extend(sides::in_addition(ctx, sides, first, sentence).filter(|_| !turned));
        for right in others {
            let tokens = it.tokens.start..it.tokens.end.max(sides[right].tokens.end);
            let (a, b) = if turned { (right, left) } else { (left, right) };
            ties.push(Tie {
                a: sides[a].id.clone(),
                relation: relation.to_owned(),
                b: sides[b].id.clone(),
                negated: it.negated != ended,
                tokens,
                told: it.told,
            });
        }
    }
}

/// "the talks between X and Y ended in July".
fn is_ended(ctx: &Context<'_>, it: &Match, sides: &[Side]) -> bool {
    const ENDED: &[&str] = &["ended", "collapsed", "ceased", "lapsed", "expired"];
    let trees = &ctx.text.trees;
    let over = |at: usize| {
        let node = trees.node(at).filter(|it| it.is("nsubj") && it.upos == "NOUN");
        node.and_then(|it| it.head).is_some_and(|verb| ENDED.contains(&ctx.text.lower(verb)))
    };
    it.tokens.clone().any(|at| over(at) && sides.iter().all(|side| !side.tokens.contains(&at)))
}

/// One attack or a pronoun's whereabouts is an event or a guess, not a tie.
fn is_event(ctx: &Context<'_>, relation: &str, found: &Match, sides: &[Side]) -> bool {
    let mut words = found.tokens.clone().map(|at| &ctx.text.tokens[at]);
    // "the attack on X", not "attacks on X" and not "violence against X".
    let one = |noun: usize| {
        let singular = ctx.text.trees.node(noun).is_some_and(|it| it.xpos == "NN");
        singular && matches!(ctx.text.lower(noun), "attack" | "assault" | "strike" | "airstrike" | "raid")
    };
    match relation {
        "targets" => {
            words.any(|it| it.kind == crate::text::TokenKind::Number) || found.told.is_some_and(|it| one(it.verb))
        }
        // "Fisheries Minister X": whose deputy somebody is, is told by a noun alone.
        "member_of" => {
            let aide = |verb: usize| matches!(ctx.text.lower(verb), "deputy" | "lieutenant" | "aide" | "bodyguard");
            sides[found.b].kind == "person" && !found.told.is_some_and(|it| aide(it.verb))
        }
        "attacks_in" => words.any(|it| it.lower == "attack"),
        "operates_in" => sides[found.a].resolved && sides[found.a].tokens.len() == 1,
        _ => false,
    }
}

/// Relations that an office tells.
fn is_post(relation: &str) -> bool {
    matches!(relation, "member_of" | "leads" | "formerly_of" | "founder_of")
}

/// Relations whose second side is a place.
fn wants_place(relation: &str) -> bool {
    matches!(relation, "operates_in" | "attacks_in" | "controls")
}

/// Returns what the relation asks of its two sides.
fn fits(relation: &str) -> fn(&Side, &Side) -> bool {
    fn party(it: &Side) -> bool {
        !matches!(it.kind.as_str(), "person" | "media" | "office" | "monitor" | "ngo" | "place" | "organization")
    }
    fn part(a: &Side, b: &Side) -> bool {
        !matches!(a.kind.as_str(), "person" | "people" | "state" | "media" | "office" | "anonymous_group") && party(b)
    }
    fn held(it: &Side) -> bool {
        it.kind != "office" || it.resolved
    }
    match relation {
        // A state leads a coalition, a person anything.
        "leads" => |a, b| {
            let heads = matches!(a.kind.as_str(), "person" | "people");
            (heads
                || matches!(a.kind.as_str(), "state" | "armed_group") && !matches!(b.kind.as_str(), "state" | "office"))
                && !matches!(b.kind.as_str(), "person" | "people" | "media" | "anonymous_group")
        },
        // "no foreign fighters serve in the army".
        "member_of" => |a, b| {
            (matches!(a.kind.as_str(), "person" | "people") || a.kind == "armed_group" && sides::is_described(a))
                && (!matches!(b.kind.as_str(), "person" | "people" | "media" | "anonymous_group")
                    || a.kind == "person" && b.kind == "person" && !b.resolved)
        },
        // A person leaves a group, a faction its mother.
        "formerly_of" => |a, b| {
            !matches!(a.kind.as_str(), "state" | "media" | "office" | "anonymous_group")
                && !matches!(b.kind.as_str(), "person" | "people" | "media" | "anonymous_group")
        },
        "founder_of" => |a, b| a.kind != "media" && !matches!(b.kind.as_str(), "person" | "people" | "state"),
        // A country is a part of a coalition.
        "part_of" => |a, b| a.kind == "state" && matches!(b.kind.as_str(), "igo" | "group") || part(a, b),
        "branch_of" | "affiliated_with" => part,
        "operates_in" | "attacks_in" | "controls" => {
            |a, _| party(a) && !matches!(a.kind.as_str(), "people" | "anonymous_group")
        }
        // "Velik fought the Front until 2016".
        "hostile_to" => |a, b| (party(a) || a.kind == "person") && (party(b) || b.place),
        "targets" | "represses" | "rival_of" | "tolerates" | "obliged_to_prevent" => {
            |a, b| (party(a) || a.resolved && a.kind == "person") && (party(b) || b.place)
        }
        // What a group includes is a part of it, whom it includes a recruit.
        "recruits_from" => |a, b| {
            party(a)
                && !matches!(b.kind.as_str(), "armed_group" | "party" | "igo" | "state_force")
                && (party(b) || b.place)
        },
        "negotiates_with" | "agreement_with" | "cooperates_with" | "sanctions" | "recognizes" => {
            |a, b| party(a) && party(b) && b.kind != "people" && a.kind != "people"
        }
        "family_or_friends_of" => |a, b| matches!(a.kind.as_str(), "person" | "people") && held(b),
        _ => |a, b| held(a) && held(b) && a.kind != "media" && b.kind != "media",
    }
}
