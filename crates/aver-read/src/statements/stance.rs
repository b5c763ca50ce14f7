//! How the speaker stands to the content, and what the content is about.
//!
//! In: a draft with its speaker. Out: stance and kind. The cue's stance holds
//! unless the content says more: "should" urges, "will not" of one's own acts
//! commits, "difficult to verify" doubts, words from custody admit.

use super::{content, draft::Draft, speakers::Voice, verdicts, wordings};
use crate::{Context, phrase::words, text::Text};
use aver_model::{ContentKind, Directness, Stance};
use std::ops::Range;

/// The kind of a speaker that is an armed group's own channel.
pub const OWN_CHANNEL: &str = "own_channel";

/// What a refining rule looks at.
struct View<'a> {
    text: &'a Text<'a>,
    draft: &'a Draft,
    content: Range<usize>,
    own: bool,
}

/// What the codebook's wordings say of a content; looked up once for each draft.
struct Told {
    threatens: bool,
    foretells: bool,
    doubts: bool,
    silent: bool,
    denies: bool,
    /// Where the words are that tell whence fire came.
    whence: Option<usize>,
    wrongs: bool,
    vows: bool,
}

impl Told {
    fn new(ctx: &Context<'_>, content: &Range<usize>) -> Told {
        let words = &ctx.index.wordings;
        let first = |phrases| wordings::first(phrases, &ctx.text, content.clone());
        Told {
            threatens: first(&words.threatening).is_some(),
            foretells: first(&words.foretelling).is_some(),
            doubts: first(&words.doubting).is_some(),
            silent: first(&words.silent).is_some(),
            denies: first(&words.denying).is_some(),
            whence: first(&words.whence),
            wrongs: first(&words.wrongs).is_some(),
            vows: first(&words.vowing).is_some(),
        }
    }
}

impl View<'_> {
    fn has(&self, list: &[&str]) -> bool {
        self.content.clone().any(|it| list.contains(&self.text.lower(it)))
    }

    fn phrase(&self, list: &[&[&str]]) -> bool {
        self.content.clone().any(|it| list.iter().any(|words| self.text.reads(it, words)))
    }

    fn stem(&self, list: &[&str]) -> bool {
        self.content.clone().any(|it| list.iter().any(|stem| self.text.lower(it).starts_with(stem)))
    }
}

/// Returns the stance of a draft.
pub fn stance(ctx: &Context<'_>, draft: &Draft, voice: &Voice, kind_of_speaker: &str, captive: bool) -> Stance {
    let content = draft.telling_tokens();
    let own = is_own(&ctx.text, content.clone(), voice, kind_of_speaker);
    let view = View { text: &ctx.text, draft, content, own };
    if captive && matches!(draft.stance, Stance::Reports | Stance::Asserts | Stance::Confirms) {
        return Stance::Admits;
    }
    match draft.stance {
        Stance::Reports | Stance::Asserts
            if draft.lemma == "declare"
                && view.has(&["war", "jihad"])
                && !content::has_finite_verb(view.text, view.content.clone()) =>
        {
            Stance::Threatens
        }
        Stance::Asserts | Stance::Reports
            if kind_of_speaker == "armed_group"
                && draft.lemma == "claim"
                && (violent(&view) || view.has(&["dead"]))
                && view.text.reads(view.content.start, &["to", "have"]) =>
        {
            Stance::ClaimsResponsibility
        }
        // "Brigade claims market bombing", "claimed two attacks": no clause, an act.
        Stance::Asserts | Stance::Reports | Stance::Accuses
            if matches!(kind_of_speaker, "armed_group" | OWN_CHANNEL) && draft.lemma == "claim" && names_act(&view) =>
        {
            Stance::ClaimsResponsibility
        }
        Stance::Reports | Stance::Asserts => {
            let told = Told::new(ctx, &view.content);
            let verdict = verdicts::verdict(ctx, &draft.lemma, view.content.clone(), view.own);
            verdict
                .or_else(|| by_wording(ctx, &view, &told, kind_of_speaker))
                .unwrap_or_else(|| plain(&view, kind_of_speaker))
        }
        // "admitted killing him": the word of those whose act it is.
        Stance::Admits if matches!(kind_of_speaker, "armed_group" | OWN_CHANNEL) && kills(&view) => {
            Stance::ClaimsResponsibility
        }
        Stance::Forecasts if Told::new(ctx, &view.content).threatens => Stance::Threatens,
        Stance::Forecasts if draft.lemma == "warn" => warning(&view),
        Stance::Confirms if view.own && kind_of_speaker == "armed_group" && violent(&view) => {
            Stance::ClaimsResponsibility
        }
        stance => stance,
    }
}

/// What the codebook's wordings make of a cue without a stance of its own.
fn by_wording(ctx: &Context<'_>, view: &View<'_>, told: &Told, kind_of_speaker: &str) -> Option<Stance> {
    let armed = matches!(kind_of_speaker, "armed_group" | OWN_CHANNEL | "state_force" | "state" | "government_body");
    match () {
        () if told.silent => Some(Stance::WithholdsConfirmation),
        () if told.doubts => Some(Stance::Doubts),
        () if told.denies || view.own && denies_deed(view) => Some(Stance::Denies),
        () if told.threatens && !view.has(&["tax", "taxes", "taxpayers", "insurance"]) => Some(Stance::Threatens),
        () if view.own && armed && told.vows => Some(Stance::Threatens),
        () if told.foretells => Some(Stance::Forecasts),
        () if !view.own && negation(view).is_none() && lays_blame(ctx, view, told) => Some(Stance::Accuses),
        () if armed && !view.own && negation(view).is_none() && names_foe(ctx, view) => Some(Stance::Accuses),
        () => None,
    }
}

/// "it was never told", "we did not fire", "its forces have not shelled the town".
fn denies_deed(view: &View<'_>) -> bool {
    const DEEDS: &[&str] = &[
        "attack",
        "attacked",
        "target",
        "targeted",
        "fire",
        "fired",
        "shell",
        "shelled",
        "strike",
        "struck",
        "bomb",
        "bombed",
        "kill",
        "killed",
        "hit",
        "use",
        "used",
        "cross",
        "crossed",
        "carry",
        "carried",
        "conduct",
        "conducted",
        "violate",
        "violated",
        "plan",
        "planned",
        "send",
        "sent",
        "supply",
        "supplied",
        "arm",
        "armed",
        "train",
        "trained",
        "fund",
        "funded",
        "shoot",
        "shot",
        "take",
        "taken",
        "agree",
        "agreed",
    ];
    let did = |at: usize| {
        let auxiliary = at.checked_sub(1).map_or("", |it| view.text.lower(it));
        matches!(auxiliary, "did" | "do" | "does" | "had" | "has" | "have")
            && (at + 1..at + 3).any(|it| DEEDS.contains(&view.text.lower(it)))
    };
    negation(view).is_some_and(|(at, _)| view.text.lower(at) == "never" || did(at))
}

/// "Baku's forces shelled the town", told by the other side: a named party of which violence is said.
fn names_foe(ctx: &Context<'_>, view: &View<'_>) -> bool {
    let text = view.text;
    let verb = view
        .content
        .clone()
        .take(12)
        .find(|&it| crate::phrase::is_finite_verb(text, it) || is_violent_verb(text.lower(it)));
    let Some(verb) = verb.filter(|&it| it > view.content.start) else { return false };
    let violent = (verb..(verb + 3).min(view.content.end)).find(|&it| is_violent_verb(text.lower(it)));
    let subject = view.content.start..verb;
    let foe = |it: usize| {
        matches!(text.lower(it), "rebels" | "insurgents" | "separatists" | "government" | "junta" | "regime")
    };
    let named = subject.clone().any(|it| text.tokens[it].capital && it > view.content.start || foe(it))
        || text.tokens[view.content.start].capital
            && !text.tokens[view.content.start].quoted
            && !words::is_determiner(text.lower(view.content.start));
    let party = subject.clone().any(|it| ctx.index.wordings.armed_agents.at(text, it) > 0) || subject.len() <= 2;
    let passive = violent.is_some_and(|it| words::is_be(text.lower(it - 1)));
    named && party && violent.is_some() && !passive
}

fn is_violent_verb(word: &str) -> bool {
    matches!(
        word,
        "attacked"
            | "shelled"
            | "bombed"
            | "bombarded"
            | "struck"
            | "fired"
            | "ambushed"
            | "stormed"
            | "raided"
            | "violated"
            | "targeted"
            | "massacred"
            | "shelling"
            | "bombing"
            | "attacking"
            | "firing"
            | "targeting"
            | "violating"
            | "opened"
    )
}

/// "the shell was fired by a gunboat", "a boy was killed by soldiers", "the army recruited children".
fn lays_blame(ctx: &Context<'_>, view: &View<'_>, told: &Told) -> bool {
    let text = view.text;
    let agents = &ctx.index.wordings.armed_agents;
    let party = |range: Range<usize>| {
        let named = |it: usize| text.tokens[it].capital && it > view.content.start && !text.tokens[it].quoted;
        range.clone().any(|it| agents.at(text, it) > 0 || named(it)) && range.end <= view.content.end
    };
    let near = |at: usize, reach: usize| at..(at + reach).min(view.content.end);
    if let Some(at) = told.whence {
        return party(near(at, 14)) || party(view.content.start..at);
    }
    if told.wrongs {
        return party(near(view.content.start, 6)) || text.tokens[view.content.start].capital;
    }
    // "was shot dead by marines", not "by gunmen": somebody with a duty did it.
    let by = view.content.clone().take(20).find(|&it| {
        text.lower(it) == "by"
            && (view.content.start..it).rev().take(3).any(|it| {
                matches!(text.lower(it), "killed" | "shot" | "beaten" | "executed" | "abducted" | "raped" | "tortured")
            })
    });
    by.is_some_and(|by| near(by + 1, 4).any(|it| agents.at(text, it) > 0))
}

/// "killing him", "the murder of the mayor", "that its men shot the driver".
fn kills(view: &View<'_>) -> bool {
    violent(view)
        || view.content.clone().take(6).any(|it| {
            matches!(
                view.text.lower(it),
                "killing"
                    | "shooting"
                    | "bombing"
                    | "murder"
                    | "attack"
                    | "attacking"
                    | "ambush"
                    | "abducting"
                    | "abduction"
            )
        })
}

/// "Tarsh market bombing", "twin attacks in Tarsh": a short phrase whose first head is an act, and no clause.
fn names_act(view: &View<'_>) -> bool {
    let before = view.content.clone().take_while(|&it| !words::is_preposition(view.text.lower(it)));
    before.last().is_some_and(|it| words::names_violence(view.text.lower(it)))
        && !content::has_finite_verb(view.text, view.content.clone())
}

/// A cue without a stance of its own: the content decides.
fn plain(view: &View<'_>, kind_of_speaker: &str) -> Stance {
    let weak = matches!(view.draft.stance, Stance::Reports);
    if doubtful(view) {
        return Stance::Doubts;
    }
    if denies_own(view) || insists_on_nothing(view) {
        return Stance::Denies;
    }
    let side = own_side(view);
    if (view.own || side) && matches!(kind_of_speaker, "armed_group" | OWN_CHANNEL) && (violent(view) || strikes(view))
        || kind_of_speaker == OWN_CHANNEL && names_culprit(view)
    {
        return Stance::ClaimsResponsibility;
    }
    if (view.own || side) && matches!(kind_of_speaker, "state_force" | "government_body") && strikes(view) {
        return Stance::ClaimsResponsibility;
    }
    if view.own
        && view.phrase(&[
            &["not", "involved"],
            &["no", "role"],
            &["no", "involvement"],
            &["nothing", "to", "do", "with"],
            &["no", "connection"],
            &["not", "behind"],
            &["not", "responsible"],
        ])
    {
        return Stance::Denies;
    }
    if view.phrase(REFUSALS) {
        return Stance::Rejects;
    }
    if view.has(&["must", "should"])
        && !view.phrase(&[
            &["must", "have"],
            &["should", "have"],
            // "must confirm that he was killed" tells it.
            &["must", "confirm"],
            &["must", "announce"],
            &["must", "report"],
            &["must", "admit"],
            &["must", "inform"],
            &["must", "say"],
        ])
        || view.phrase(&[
            &["need", "to"],
            &["needs", "to"],
            &["has", "to", "be"],
            &["ought", "to"],
            &["is", "necessary"],
            &["are", "necessary"],
        ])
    {
        return Stance::Urges;
    }
    if !view.own && blames(view) {
        return Stance::Accuses;
    }
    if view.stem(&["rightly", "commendabl", "praiseworth"])
        || view.phrase(&[&["important", "steps"], &["welcome", "step"]])
    {
        return Stance::Commends;
    }
    if is_future(view) {
        return if view.own && modal_at_front(view, &["will", "'ll", "wo", "would", "shall"]) {
            Stance::Commits
        } else {
            Stance::Forecasts
        };
    }
    if weak && past(view) && (!view.draft.direct || !opinion(view)) { Stance::Reports } else { Stance::Asserts }
}

/// Returns the negation of the content's main clause, and the end of what it can negate.
fn negation(view: &View<'_>) -> Option<(usize, usize)> {
    let limit = view.content.end.min(view.content.start + 12);
    let mut at = view.content.start;
    while at < limit {
        let word = view.text.lower(at);
        let next = view.text.lower(at + 1);
        let leaves = matches!(word, "but" | "," | ";" | "who" | "which" | "because" | "if" | "and" | "after" | "when")
            || word == "that" && at > view.content.start;
        // What will not or may not be is no denial of what is.
        if leaves || words::is_modal(word) {
            return None;
        }
        let negated = matches!(word, "not" | "n't" | "no" | "never" | "nothing" | "neither");
        if negated && !matches!(next, "only" | "just" | "merely" | "less" | "longer" | "more" | "one" | "doubt") {
            return Some((at, view.content.end.min(at + 8)));
        }
        at += 1;
    }
    None
}

/// "it had no ties to", "they were not involved": the speaker's own part is denied.
fn denies_own(view: &View<'_>) -> bool {
    const PARTS: &[&str] = &[
        "ties",
        "tie",
        "links",
        "link",
        "linked",
        "connection",
        "connections",
        "connected",
        "involvement",
        "involved",
        "role",
        "responsible",
        "responsibility",
        "hand",
        "part",
        "behind",
        "presence",
        "relationship",
        "relations",
        "affiliated",
        "contact",
        "contacts",
        "association",
    ];
    view.own
        && negation(view).is_some_and(|(at, end)| {
            (at + 1..end)
                .take_while(|&it| !matches!(view.text.lower(it), "," | "but" | "that" | "who" | "which" | "and"))
                .any(|it| PARTS.contains(&view.text.lower(it)))
                || view.text.reads(at, &["nothing", "to", "do", "with"])
        })
}

/// "insisted there were no camps", "maintained that X is not active here": existence or act denied with force.
fn insists_on_nothing(view: &View<'_>) -> bool {
    const THERE: &[&str] = &[
        "active",
        "present",
        "presence",
        "operating",
        "exist",
        "exists",
        "existed",
        "involved",
        "involvement",
        "ties",
        "links",
        "responsible",
        "bases",
        "base",
        "behind",
        "role",
        "linked",
    ];
    if !matches!(view.draft.lemma.as_str(), "maintain" | "insist" | "assert" | "reiterate" | "swear" | "stress") {
        return false;
    }
    let Some((at, end)) = negation(view) else { return false };
    let start = view.content.start + usize::from(view.text.lower(view.content.start) == "that");
    let before = view.text.lower(at.max(1) - 1);
    view.text.lower(start) == "there"
        || view.own && matches!(before, "has" | "have" | "had" | "did" | "does" | "do")
        || (at + 1..end).take_while(|&it| view.text.lower(it) != ",").any(|it| THERE.contains(&view.text.lower(it)))
}

/// "X was behind it", "X has allowed the group in".
fn blames(view: &View<'_>) -> bool {
    const BEHIND: &[&[&str]] = &[
        &["was", "behind"],
        &["were", "behind"],
        &["is", "behind"],
        &["are", "behind"],
        &["was", "responsible", "for"],
        &["were", "responsible", "for"],
        &["is", "responsible", "for"],
        &["to", "blame"],
    ];
    const WRONG: &[&str] = &[
        "allowed",
        "allowing",
        "harboring",
        "harbouring",
        "sheltering",
        "sponsoring",
        "violated",
        "violating",
        "violates",
    ];
    // "a school sheltering families" harbors nobody.
    let harbors = |it: usize| {
        matches!(view.text.lower(it), "harboring" | "harbouring" | "sheltering")
            && !(it + 1..(it + 4).min(view.content.end))
                .any(|it| view.text.tokens[it].capital || crate::actors::is_armed_word(view.text.lower(it)))
    };
    if view.content.clone().any(harbors) {
        return view.phrase(BEHIND);
    }
    view.phrase(BEHIND) || view.has(WRONG) && !view.has(&["n't", "not"])
}

/// Words with which an offer or demand is declined.
const REFUSALS: &[&[&str]] = &[
    &["not", "on", "their", "agenda"],
    &["not", "on", "its", "agenda"],
    &["not", "on", "the", "agenda"],
    &["no", "plans", "to"],
    &["will", "not", "negotiate"],
    &["wo", "n't", "negotiate"],
    &["will", "not", "recognize"],
    &["can", "not", "accept"],
    &["ca", "n't", "accept"],
    &["ca", "n't", "simply"],
    &["will", "not", "accept"],
    &["wo", "n't", "accept"],
    &["not", "negotiate"],
    &["ruled", "out"],
];

fn warning(view: &View<'_>) -> Stance {
    if doubtful(view) {
        Stance::Doubts
    } else if matches!(view.text.lower(view.content.start.max(1) - 1), "of" | "about" | "against" | "over")
        || is_future(view)
        || view.has(&["threat", "danger", "risk", "could", "can", "may", "ability", "able"])
    {
        Stance::Forecasts
    } else if view.content.clone().any(|it| view.text.tokens[it].kind == crate::text::TokenKind::Number) {
        Stance::Estimates
    } else {
        Stance::Asserts
    }
}

fn doubtful(view: &View<'_>) -> bool {
    // "We have seen the claims": acknowledged, not confirmed.
    let seen = view.content.clone().take(4).find(|&it| matches!(view.text.lower(it), "seen" | "aware"));
    if seen.is_some_and(|at| (at + 1..(at + 6).min(view.content.end)).any(|it| view.text.lower(it) == "claims")) {
        return true;
    }
    view.has(&[
        "unlikely",
        "unverified",
        "exaggerated",
        "implausible",
        "dubious",
        "questionable",
        "flawed",
        "skeptical",
        "sceptical",
        "baseless",
        "fabricated",
    ]) || view.phrase(&[
        &["difficult", "to", "verify"],
        &["difficult", "to", "ascertain"],
        &["difficult", "to", "confirm"],
        &["hard", "to", "verify"],
        &["hard", "to", "confirm"],
        &["no", "evidence"],
        &["no", "proof"],
        &["not", "credible"],
        &["can", "not", "be", "verified"],
        &["not", "be", "independently"],
        &["remains", "unclear"],
        &["is", "unclear"],
        &["lack", "the", "will"],
        &["lacks", "the", "capacity"],
        &["lack", "the", "capacity"],
        &["lacks", "the", "will"],
        &["not", "true"],
        &["seen", "the", "claims"],
        &["aware", "of", "the", "claims"],
    ])
}

/// "two members of the group shot the guards", "its fighters attacked".
fn own_side(view: &View<'_>) -> bool {
    let start = view.content.start;
    (start..(start + 6).min(view.content.end)).any(|it| {
        let fighters = matches!(
            view.text.lower(it),
            "fighters"
                | "members"
                | "militants"
                | "soldiers"
                | "forces"
                | "brigades"
                | "gunmen"
                | "bombers"
                | "bomber"
                | "fighter"
                | "member"
        );
        fighters
            && (view.text.reads(it + 1, &["of", "the", "group"])
                || it > start && matches!(view.text.lower(it - 1), "its" | "their" | "our"))
    })
}

/// "we struck", "it had sunk", "its forces carried out strikes": an attack, not an arrest or a patrol.
fn strikes(view: &View<'_>) -> bool {
    let verb = view.content.clone().take(8).find(|&it| {
        matches!(
            view.text.lower(it),
            "struck" | "bombed" | "shelled" | "sunk" | "sank" | "bombarded" | "targeted" | "ambushed" | "attacked"
        )
    });
    let passive = verb.is_some_and(|it| it > view.content.start && words::is_be(view.text.lower(it - 1)));
    let launched = view
        .content
        .clone()
        .take(8)
        .find(|&it| matches!(view.text.lower(it), "conducted" | "launched" | "carried" | "fired"))
        .is_some_and(|at| {
            (at + 1..(at + 7).min(view.content.end)).any(|it| {
                matches!(
                    view.text.lower(it),
                    "strike" | "strikes" | "airstrike" | "airstrikes" | "attack" | "attacks" | "missiles" | "rockets"
                )
            })
        });
    verb.is_some() && !passive || launched
}

/// "X was responsible", "X carried out the attack".
fn names_culprit(view: &View<'_>) -> bool {
    view.phrase(&[
        &["was", "responsible"],
        &["were", "responsible"],
        &["carried", "out"],
        &["was", "behind"],
        &["were", "behind"],
    ])
}

fn violent(view: &View<'_>) -> bool {
    view.has(&[
        "attacked",
        "targeted",
        "bombed",
        "killed",
        "shot",
        "struck",
        "ambushed",
        "behind",
        "responsible",
        "detonated",
        "blew",
        "stormed",
        "destroyed",
        "abducted",
        "kidnapped",
        "shelled",
        "assassinated",
        "executed",
        "shelling",
        "downed",
    ]) || view.phrase(&[
        &["carried", "out"],
        &["fired", "rockets"],
        &["launched", "an", "attack"],
        &["launched", "the", "attack"],
        &["its", "fighters"],
        &["launched", "rockets"],
        &["launched", "missiles"],
    ])
}

/// Says whether the content's main verb lies in the future.
fn is_future(view: &View<'_>) -> bool {
    modal_at_front(view, &["will", "'ll", "could", "may", "might", "shall", "wo", "would"])
        || view.phrase(&[
            &["going", "to"],
            &["about", "to"],
            &["likely", "to"],
            &["set", "to"],
            &["within", "six", "months"],
            &["is", "poised"],
        ])
}

/// Says whether one of the modals is the first verb of the content, and not of a perfect ("would have").
fn modal_at_front(view: &View<'_>, modals: &[&str]) -> bool {
    // "If the siege continues, food will run out": the main clause tells.
    let start = view.content.start;
    let condition = matches!(view.text.lower(start), "if" | "unless" | "when" | "once" | "as" | "while" | "until");
    let from = (start..view.content.end).find(|&it| condition && view.text.lower(it) == ",").unwrap_or(start);
    let first = (from..view.content.end).take(40).find(|&it| crate::phrase::is_finite_verb(view.text, it));
    first.is_some_and(|it| modals.contains(&view.text.lower(it)) && view.text.lower(it + 1) != "have")
}

fn past(view: &View<'_>) -> bool {
    view.content.clone().take(60).any(|it| {
        let word = view.text.lower(it);
        matches!(word, "was" | "were" | "had" | "did")
            || crate::phrase::verbs::is_irregular_past(word)
            || word.len() > 4 && word.ends_with("ed")
    })
}

fn opinion(view: &View<'_>) -> bool {
    view.has(&[
        "think",
        "believe",
        "feel",
        "hope",
        "clearly",
        "clear",
        "important",
        "dangerous",
        "wrong",
        "never",
        "should",
    ])
}

/// Says whether the content is about the speaker's own acts.
pub fn is_own(text: &Text<'_>, content: Range<usize>, voice: &Voice, _kind: &str) -> bool {
    let mut at = content.start;
    while at < content.end
        && (words::is_adverbial(text.lower(at)) || words::is_preposition(text.lower(at)) && at == content.start)
    {
        at += 1;
    }
    let first = text.lower(at);
    let ours = first == "to" && text.lower(at + 1) == "have"
        || matches!(first, "we" | "i" | "our" | "my" | "they" | "their" | "its" | "it" | "he" | "she" | "his" | "her");
    if matches!(first, "it")
        && words::is_be(text.lower(at + 1))
        && !matches!(text.lower(at + 2), "behind" | "responsible" | "ready" | "not" | "capable" | "able")
        || matches!(first, "it") && text.lower(at + 1) == "'s"
    {
        return false;
    }
    if matches!(first, "he" | "she" | "his" | "her") && !voice.person {
        return false;
    }
    // "They will strike," the general said: others.
    if matches!(first, "they" | "their") && voice.person && text.tokens[at].quoted {
        return false;
    }
    let named = voice.tokens.as_ref().is_some_and(|it| {
        it.len() <= 6 && !it.is_empty() && {
            let last = text.lower(it.end - 1);
            text.tokens[it.end - 1].capital && (at..(at + 3).min(content.end)).any(|at| text.lower(at) == last)
        }
    });
    ours || named
}

/// Returns what a content is about, as far as its words tell.
pub fn kind(text: &Text<'_>, draft: &Draft, stance: Stance) -> ContentKind {
    let view = View { text, draft, content: draft.telling_tokens(), own: false };
    let number = view.content.clone().any(|it| text.tokens[it].kind == crate::text::TokenKind::Number);
    if draft.lemma == "describe" || draft.lemma == "define" {
        return ContentKind::Definition;
    }
    if view.has(&["capable", "ability", "capability", "capabilities", "capacity", "able"])
        && stance != Stance::Forecasts
    {
        return ContentKind::Capability;
    }
    match stance {
        Stance::Forecasts => return ContentKind::Forecast,
        Stance::Urges | Stance::Rejects | Stance::Commits => return ContentKind::Policy,
        Stance::ClaimsResponsibility => return ContentKind::Event,
        Stance::Estimates => return ContentKind::Figure,
        _ => {}
    }
    if view.stem(&["affiliat", "allied", "alliance", "linked", "offshoot", "cooperat", "collaborat"])
        || view.has(&["ties", "links", "branch", "ally", "allies", "rival", "rivalry", "animosity", "network"])
    {
        return ContentKind::Relation;
    }
    if number && view.has(&["since", "between", "during", "past", "total", "so", "far"]) {
        return ContentKind::Tally;
    }
    if past(&view)
        || matches!(stance, Stance::Reports | Stance::Confirms | Stance::Admits | Stance::Accuses | Stance::Denies)
    {
        return if number && !past(&view) { ContentKind::Figure } else { ContentKind::Event };
    }
    ContentKind::Assessment
}

/// Returns whether the words are quoted.
pub fn directness(text: &Text<'_>, draft: &Draft) -> Directness {
    let quoted = draft.content.iter().flat_map(|it| it.clone()).filter(|&it| text.tokens[it].quoted).count();
    let all: usize = draft
        .content
        .iter()
        .map(|it| it.clone().filter(|&at| text.tokens[at].kind != crate::text::TokenKind::Quote).count())
        .sum();
    match quoted {
        0 => Directness::Indirect,
        _ if quoted == all => Directness::Direct,
        _ => Directness::Mixed,
    }
}

/// Says whether the words keep a distance: "purported", "so-called", "alleged".
pub fn distances(text: &Text<'_>, draft: &Draft) -> bool {
    draft.distancing
        || draft.content.iter().flat_map(|it| it.clone().take(30)).any(|it| {
            matches!(
                text.lower(it),
                "purported" | "so-called" | "alleged" | "supposed" | "self-proclaimed" | "self-styled"
            )
        })
}
