//! Events: groups of mentions with every account, estimate and dispute.
//!
//! In: readings, the edges between their mentions, reprints, rulings. Out: one
//! [`LedgerEvent`] for every group, sorted by time, with an id made from its least
//! mention (document and words), so that it stays when other mentions join.
//!
//! Kinds of event ("attacks by night are rare") and sums of several occurrences
//! are kept as events of their own, marked as such; they never join a single one.

use crate::accounts::{Draft, accounts};
use crate::anchor::{event_at, figure_at, in_force};
use crate::cluster::{Tie, groups, ties};
use crate::kin::Kin;
use crate::link::{Links, mention_key, mention_ref};
use crate::policy::{Given, estimate, policies};
use crate::reprints::Stories;
use crate::scope::can_be_part;
use crate::sight::{Sight, Text, fold, in_order, sights};
use crate::{Reprints, digest, title};
use aver_codebook::{Codebook, PolicyEntry};
use aver_model::{
    Account, AccountFigure, Day, Decision, Edge, Estimate, EventPlace, EventTime, FigureOp, LedgerEvent, Precision,
    Reading, Ruling, Stance,
};
use std::collections::{BTreeMap, BTreeSet};

/// What rulings say of mentions and figures.
#[derive(Default)]
struct Rulings {
    /// Index of the mention → accepted or rejected, by the newest ruling.
    events: BTreeMap<usize, (u64, bool)>,
    /// (document, figure id) rejected.
    figures: BTreeSet<(String, String)>,
}

/// Groups mentions by `edges` and tells each group as one event.
pub fn events(
    readings: &[&Reading],
    edges: &[Edge],
    reprints: &Reprints,
    decisions: &[Decision],
    codebook: &Codebook,
) -> Vec<LedgerEvent> {
    told(readings, |sights| ties(sights, edges, decisions), reprints, decisions, codebook)
}

/// As [`events`], from links that a [`crate::Linker`] made of the same readings.
pub fn events_of(
    readings: &[&Reading],
    links: &Links,
    reprints: &Reprints,
    decisions: &[Decision],
    codebook: &Codebook,
) -> Vec<LedgerEvent> {
    told(readings, |_| links.ties(), reprints, decisions, codebook)
}

fn told(
    readings: &[&Reading],
    ties: impl FnOnce(&[Sight<'_>]) -> Vec<Tie>,
    reprints: &Reprints,
    decisions: &[Decision],
    codebook: &Codebook,
) -> Vec<LedgerEvent> {
    let readings = in_order(readings);
    let stories = Stories::new(reprints, &readings, codebook);
    let texts: Vec<Text<'_>> = readings.iter().copied().map(Text::new).collect();
    let sights = sights(&texts);
    let rulings = rulings(&sights, &texts, decisions);
    let policies = policies(codebook);
    let kin = Kin::new(codebook);
    let groups = groups(&sights, ties(&sights));
    let mut group_of = BTreeMap::new();
    for (idx, group) in groups.iter().enumerate() {
        for &at in group {
            group_of.insert((sights[at].sha, sights[at].event.id.as_str()), idx);
        }
    }
    let tell = |(idx, group): (usize, &Vec<usize>)| {
        let mentions: Vec<&Sight<'_>> = group.iter().map(|&at| &sights[at]).collect();
        let review = group.iter().filter_map(|at| rulings.events.get(at)).max();
        let review = review.map_or("draft", |(_, accepted)| if *accepted { "accepted" } else { "rejected" });
        let scope = Scope { idx, group_of: &group_of, rejected: &rulings.figures, kin: &kin };
        event(&mentions, &stories, &policies, &scope, review, codebook)
    };
    let mut out = at_once(&groups, tell);
    out.sort_by(|a, b| {
        let when = |it: &LedgerEvent| it.time.as_ref().and_then(|it| it.start.or(it.end));
        (when(a).is_none(), when(a), &a.id).cmp(&(when(b).is_none(), when(b), &b.id))
    });
    out
}

/// Groups that are told by one thread at the least; fewer are not worth a second one.
const SHARE: usize = 500;
/// Threads that tell groups.
const THREADS: usize = 4;

/// Makes an event of every group, in their order, several at a time: each is made of its own group alone.
fn at_once(groups: &[Vec<usize>], tell: impl Fn((usize, &Vec<usize>)) -> LedgerEvent + Sync) -> Vec<LedgerEvent> {
    let share = groups.len().div_ceil(THREADS).max(SHARE);
    let tell = &tell;
    std::thread::scope(|scope| {
        let parts = groups
            .chunks(share)
            .enumerate()
            .map(|(nth, part)| scope.spawn(move || (nth * share..).zip(part).map(tell).collect::<Vec<LedgerEvent>>()));
        let parts: Vec<_> = parts.collect();
        let told = parts.into_iter().map(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        told.flatten().collect()
    })
}

/// Reads off the accept and reject rulings in force.
fn rulings(sights: &[Sight<'_>], texts: &[Text<'_>], decisions: &[Decision]) -> Rulings {
    let mut out = Rulings::default();
    let mut settled: BTreeSet<(String, String)> = BTreeSet::new();
    for decision in in_force(decisions) {
        let (anchor, accepted) = match &decision.ruling {
            Ruling::Accept { anchor } => (anchor, true),
            Ruling::Reject { anchor } => (anchor, false),
            _ => continue,
        };
        if anchor.field == "figure" {
            let Ok(at) = texts.binary_search_by(|it| it.reading.document.sha256.as_str().cmp(&anchor.document)) else {
                continue;
            };
            let text = &texts[at];
            if let Some(figure) = figure_at(anchor, text.reading, |span| text.quote(span)) {
                let key = (anchor.document.clone(), figure.id.clone());
                if settled.insert(key.clone()) && !accepted {
                    out.figures.insert(key);
                }
            }
        } else if (anchor.field == "event" || anchor.field.is_empty())
            && let Some(at) = event_at(anchor, sights)
        {
            out.events.entry(at).or_insert((decision.number, accepted));
        }
    }
    out
}

/// What the whole ledger says: where every mention went, which figures were rejected, who belongs to whom.
struct Scope<'s> {
    idx: usize,
    group_of: &'s BTreeMap<(&'s str, &'s str), usize>,
    rejected: &'s BTreeSet<(String, String)>,
    kin: &'s Kin<'s>,
}

fn event(
    mentions: &[&Sight<'_>],
    stories: &Stories<'_>,
    policies: &[&PolicyEntry],
    scope: &Scope<'_>,
    review: &str,
    codebook: &Codebook,
) -> LedgerEvent {
    let types = types(mentions);
    let kind = types
        .iter()
        .find(|it| !matches!(it.as_str(), "attack" | "killing"))
        .or(types.first())
        .cloned()
        .unwrap_or_default();
    let time = time(mentions);
    let (place, lat, lon) = place(mentions);
    let drafts = accounts(mentions, stories, scope.kin);
    let disputed = disputed(&drafts, scope.kin);
    let estimates = estimates(mentions, &drafts, policies, scope);
    let independent: BTreeSet<&str> = drafts.iter().map(|it| it.speaker_key.as_str()).collect();
    let acled = mentions.iter().filter(|it| it.event.kind == kind).find_map(|it| it.event.acled.clone());
    let acled =
        acled.or_else(|| codebook.event(&kind).map(|it| it.acled_sub_event.clone()).filter(|it| !it.is_empty()));
    LedgerEvent {
        id: mentions.first().map(|it| digest::id("ev", [mention_key(it.sha, it.event).as_str()])).unwrap_or_default(),
        title: title::title(&kind, mentions, place.as_ref()),
        types,
        acled,
        time,
        place,
        lat,
        lon,
        mentions: mentions.iter().map(|it| mention_ref(it.text.reading, it.event)).collect(),
        independent_speakers: independent.len(),
        accounts: drafts.into_iter().map(|it| it.account).collect(),
        estimates,
        disputed,
        aggregate: mentions.iter().any(|it| it.event.aggregate),
        generic: mentions.iter().all(|it| it.event.generic),
        background: mentions.iter().all(|it| it.event.background),
        review: review.into(),
        kind,
    }
}

/// Returns every type, most frequent first, then by name.
fn types(mentions: &[&Sight<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for sight in mentions {
        *counts.entry(&sight.event.kind).or_default() += 1;
    }
    let mut out: Vec<(&str, usize)> = counts.into_iter().collect();
    out.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    out.into_iter().map(|(kind, _)| kind.to_string()).collect()
}

/// Returns the days that no mention contradicts; if there are none, the union.
fn time(mentions: &[&Sight<'_>]) -> Option<EventTime> {
    let times: Vec<&EventTime> = mentions
        .iter()
        .filter_map(|it| it.event.time.as_ref())
        .filter(|it| it.start.is_some() || it.end.is_some())
        .collect();
    let narrowest = times.iter().min_by_key(|it| {
        let width = match (it.start, it.end) {
            (Some(start), Some(end)) => start.days_until(end),
            _ => i64::MAX,
        };
        (width, it.start, it.end, it.precision)
    })?;
    let start = times.iter().filter_map(|it| it.start).max();
    let end = times.iter().filter_map(|it| it.end).min();
    if let (Some(from), Some(to)) = (start, end)
        && from > to
    {
        let start = times.iter().filter_map(|it| it.start).min();
        let end = times.iter().filter_map(|it| it.end).max();
        return Some(EventTime { start, end, precision: Precision::Period, from: None });
    }
    let precision = if start.is_some() && start == end { Precision::Day } else { narrowest.precision };
    Some(EventTime { start, end, precision, from: None })
}

/// Returns the finest place with its facility and, when known, its point.
fn place(mentions: &[&Sight<'_>]) -> (Option<EventPlace>, Option<f64>, Option<f64>) {
    let mut facilities: BTreeMap<&str, usize> = BTreeMap::new();
    for place in mentions.iter().filter_map(|it| it.event.place.as_ref()) {
        if let Some(facility) = &place.facility {
            *facilities.entry(facility).or_default() += 1;
        }
    }
    let facility = facilities.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0))).map(|(it, _)| it.to_string());
    let mut finest: Option<&&Sight<'_>> = None;
    for sight in mentions.iter().filter(|it| it.event.place.is_some()) {
        if finest.is_none_or(|held| sight.level > held.level) {
            finest = Some(sight);
        }
    }
    let Some(sight) = finest else { return (None, None, None) };
    let record = sight.text.place_of(sight.event);
    let place = sight.event.place.as_ref().map(|it| EventPlace {
        name: it.name.clone(),
        admin1: it.admin1.clone().or_else(|| record.and_then(|it| it.admin1.clone())),
        country: it.country.clone().or_else(|| record.and_then(|it| it.country.clone())),
        facility: facility.or_else(|| it.facility.clone()),
        from: None,
    });
    (place, record.and_then(|it| it.lat), record.and_then(|it| it.lon))
}

/// Says whether two figures cannot both be right.
fn is_apart(a: &AccountFigure, b: &AccountFigure) -> bool {
    let (a, b) = (&a.figure, &b.figure);
    if a.part_of.is_some() || b.part_of.is_some() || a.measure != b.measure || a.unit != b.unit {
        return false;
    }
    if can_be_part(a, b) || can_be_part(b, a) {
        return false;
    }
    let low = |x: &aver_model::Figure| x.low;
    let slack = |x: &aver_model::Figure| {
        if x.op == FigureOp::Nearly && x.low.is_none() { x.high.map(|it| it - it / 5) } else { low(x) }
    };
    matches!((a.high, slack(b)), (Some(high), Some(low)) if high < low)
        || matches!((b.high, slack(a)), (Some(high), Some(low)) if high < low)
}

/// Returns on what the accounts differ.
fn disputed(drafts: &[Draft], kin: &Kin<'_>) -> Vec<String> {
    let mut out: BTreeSet<String> = BTreeSet::new();
    let told: Vec<Vec<&AccountFigure>> = drafts.iter().map(|it| wholes(&it.account).collect()).collect();
    for (at, a) in drafts.iter().enumerate() {
        for (b, others) in drafts.iter().zip(&told).skip(at + 1) {
            for x in &told[at] {
                for y in others.iter().filter(|y| is_apart(x, y)) {
                    out.insert(y.figure.measure.clone());
                }
            }
            if are_rivals(&named(&a.account), &named(&b.account), kin) {
                out.insert("perpetrator".into());
            }
        }
        if a.account.stances.iter().any(|it| matches!(it, Stance::Denies | Stance::Doubts)) {
            out.insert("event".into());
        }
    }
    out.into_iter().collect()
}

/// Returns the parties that an account names as perpetrators; "gunmen" names nobody.
fn named(account: &Account) -> BTreeSet<String> {
    // "Gunmen", "Police" at the head of a sentence describe; they rival no name.
    let is_name = |it: &str| {
        let describes = it.ends_with("men") || it.ends_with('s') || it == "Police";
        it.chars().skip(1).any(char::is_uppercase) || it.starts_with(char::is_uppercase) && !describes
    };
    let named = account.perpetrators.iter().filter(|it| it.codebook.is_some() || is_name(&it.name));
    named.map(|it| it.codebook.clone().unwrap_or_else(|| fold(&it.name))).collect()
}

/// Says whether both name somebody and no one of the first is, or belongs to, one of the second.
fn are_rivals(x: &BTreeSet<String>, y: &BTreeSet<String>, kin: &Kin<'_>) -> bool {
    let meets = |a: &str, b: &str| a.contains(b) || b.contains(a) || kin.is_kin(a, b);
    !x.is_empty() && !y.is_empty() && !x.iter().any(|a| y.iter().any(|b| meets(a, b)))
}

/// Returns, for every measure, the figures of an account that cover most; the others cover only a group.
fn wholes(account: &Account) -> impl Iterator<Item = &AccountFigure> {
    account.figures.iter().filter(|it| covered_by(it, account).is_none() && it.figure.part_of.is_none())
}

/// Returns the figure of the same account that covers a wider group than this one.
///
/// "At least 50 were killed, 12 of them children": the twelve do not compete with
/// another account's fifty, even when the words do not say that they are a part.
fn covered_by<'a>(figure: &AccountFigure, account: &'a Account) -> Option<&'a AccountFigure> {
    let group = figure.figure.group.as_deref()?;
    let value = |it: &AccountFigure| it.figure.low.or(it.figure.high).unwrap_or(0);
    account.figures.iter().find(|it| {
        it.figure.measure == figure.figure.measure
            && it.figure.unit == figure.figure.unit
            && it.figure.part_of.is_none()
            && it.figure.group.as_deref() != Some(group)
            && value(it) > value(figure)
    })
}

/// Returns whom a figure counts and the words of another account's figure that counts everybody.
///
/// "13 U.S. soldiers" does not compete with "dozens of people"; a greater number
/// of soldiers would.
fn part_of_another(figure: &AccountFigure, account: &Account, drafts: &[Draft]) -> Option<(String, String)> {
    let others = drafts.iter().map(|it| &it.account).filter(|it| it.id != account.id);
    let whole =
        others.flat_map(wholes).find(|it| it.figure.about.len() < 2 && can_be_part(&figure.figure, &it.figure))?;
    Some((figure.figure.group.clone().unwrap_or_default(), whole.evidence.quote.clone()))
}

/// Applies every policy to every measure.
fn estimates(mentions: &[&Sight<'_>], drafts: &[Draft], policies: &[&PolicyEntry], scope: &Scope<'_>) -> Vec<Estimate> {
    let perpetrators: BTreeSet<String> = mentions.iter().flat_map(|it| it.perpetrators.iter().cloned()).collect();
    let published: BTreeMap<&str, Option<Day>> = mentions.iter().map(|it| (it.sha, it.published)).collect();
    let mut by_measure: BTreeMap<&str, Vec<Given>> = BTreeMap::new();
    for draft in drafts {
        let account = &draft.account;
        let perpetrator = !draft.own_voice && scope.kin.is_party(&draft.speaker_key, &perpetrators);
        for it in account.figures.iter().filter(|it| it.figure.unit != "percent") {
            by_measure.entry(&it.figure.measure).or_default().push(Given {
                account: account.id.clone(),
                speaker: draft.speaker_key.clone(),
                perpetrator,
                party: account.party,
                published: published.get(account.document.as_str()).copied().flatten(),
                op: it.figure.op,
                low: it.figure.low,
                high: it.figure.high,
                left_out: left_out(it, account, drafts, scope),
            });
        }
    }
    let mut out = Vec::new();
    for (measure, givens) in by_measure {
        out.extend(policies.iter().filter_map(|policy| estimate(policy, measure, &givens)));
    }
    out
}

/// Returns why no policy may weigh the figure; empty when each may.
fn left_out(it: &AccountFigure, account: &Account, drafts: &[Draft], scope: &Scope<'_>) -> String {
    let key = (account.document.clone(), it.figure.id.clone());
    let elsewhere = |id: &String| {
        scope.group_of.get(&(account.document.as_str(), id.as_str())).is_some_and(|idx| *idx != scope.idx)
    };
    if scope.rejected.contains(&key) {
        "rejected by an analyst".into()
    } else if it.figure.part_of.is_some() {
        "a part, not the whole".into()
    } else if it.figure.about.iter().any(elsewhere) {
        "a total over several events".into()
    } else if let Some(whole) = covered_by(it, account) {
        format!("covers only a group; the same account gives “{}”", whole.evidence.quote)
    } else if let Some(whole) = part_of_another(it, account, drafts) {
        format!("counts only {}; another account counts everybody, “{}”", whole.0, whole.1)
    } else if account.stances.iter().all(|it| matches!(it, Stance::Denies | Stance::Rejects)) {
        "denied by this speaker".into()
    } else {
        String::new()
    }
}
