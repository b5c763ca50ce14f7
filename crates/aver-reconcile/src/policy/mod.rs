//! Estimates: low, best and high of a measure under a named, versioned policy.
//!
//! In: the figures that the accounts of one event give, and a policy of the
//! codebook. Out: an [`Estimate`] that lists every figure, used or left out, and
//! says which step of the rule decided, or that it cannot decide.
//!
//! One file a rule, each a pure function. A bound is always the bound of some
//! figure or a value that the policy writes down; nothing is averaged or added up.

mod credible_range;
mod independent_range;
mod maximum;
mod median;
mod minimum;
mod mode;
mod range;
mod recent;
mod reliable;

pub(crate) use maximum::greatest;
pub(crate) use minimum::least;
pub(crate) use mode::{modes, most_frequent};

use aver_codebook::{Codebook, PolicyEntry};
use aver_model::{Day, Estimate, FigureOp, Weighed};
use std::collections::{BTreeMap, BTreeSet};

/// A figure that one account gives, ready to be weighed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// Id of the account.
    pub account: String,
    /// Under what its speaker counts as independent.
    pub speaker: String,
    /// The speaker is the perpetrator, or speaks for it.
    pub perpetrator: bool,
    /// The speaker is a side of the event.
    pub party: bool,
    /// When it was published.
    pub published: Option<Day>,
    /// The operator.
    pub op: FigureOp,
    /// Lower bound in the words.
    pub low: Option<u64>,
    /// Upper bound in the words.
    pub high: Option<u64>,
    /// Why it is not weighed under any policy; empty when it is.
    pub left_out: String,
}

/// A given figure with its bounds under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds<'g> {
    /// The figure.
    pub given: &'g Given,
    /// Lower bound; for "nearly 600" the number itself.
    pub low: u64,
    /// The number that stands for it when one must: the lower bound.
    pub point: u64,
    /// Upper bound; `None` when open.
    pub high: Option<u64>,
}

impl Bounds<'_> {
    /// Returns the upper bound, or the number itself when there is none.
    pub fn top(&self) -> u64 {
        self.high.unwrap_or(self.point).max(self.point)
    }
}

/// What a rule answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// Lowest.
    pub low: Option<u64>,
    /// Best.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
    /// The highest has no upper bound in the words.
    pub at_least: bool,
    /// The rule cannot decide.
    pub indeterminate: bool,
    /// The step that decided.
    pub why: String,
}

impl Answer {
    /// Returns one number as low, best and high.
    pub fn one(value: u64, why: impl Into<String>) -> Answer {
        Answer { low: Some(value), best: Some(value), high: Some(value), why: why.into(), ..Answer::default() }
    }

    /// Returns a range without a best value.
    pub fn between(low: u64, high: u64, why: impl Into<String>) -> Answer {
        Answer { low: Some(low), high: Some(high), why: why.into(), ..Answer::default() }
    }

    /// Returns that the rule cannot decide.
    pub fn open(why: impl Into<String>) -> Answer {
        Answer { indeterminate: true, why: why.into(), ..Answer::default() }
    }
}

/// What a rule is given: figures with bounds, in a fixed order, and how many were words only.
pub struct Case<'c> {
    /// The measure, e.g. `killed`.
    pub measure: &'c str,
    /// Figures with bounds.
    pub bounds: &'c [Bounds<'c>],
    /// Speakers who say that there were some, and not how many.
    pub unquantified: usize,
    /// The policy.
    pub policy: &'c PolicyEntry,
}

/// A way to choose, under the name that policies give it.
struct Rule {
    name: &'static str,
    /// Leaves out vague figures ("dozens").
    exact_only: bool,
    choose: fn(&Case<'_>) -> Answer,
}

/// Every rule; a policy of the codebook names one of them.
const RULES: &[Rule] = &[
    Rule { name: "minimum", exact_only: false, choose: minimum::choose },
    Rule { name: "maximum", exact_only: false, choose: maximum::choose },
    Rule { name: "mode", exact_only: false, choose: mode::choose },
    Rule { name: "median", exact_only: false, choose: median::choose },
    Rule { name: "recent", exact_only: true, choose: recent::choose },
    Rule { name: "reliable", exact_only: false, choose: reliable::choose },
    Rule { name: "independent-range", exact_only: false, choose: independent_range::choose },
    Rule { name: "credible-range", exact_only: false, choose: credible_range::choose },
    Rule { name: "range", exact_only: false, choose: range::choose },
];

/// Returns the names of the rules that a policy may name.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|it| it.name)
}

/// Returns the policies of the codebook whose rule is known, by id.
pub fn policies(codebook: &Codebook) -> Vec<&PolicyEntry> {
    let known = codebook.policies.iter().filter(|policy| RULES.iter().any(|it| it.name == policy.rule));
    known.map(|it| (it.id.as_str(), it)).collect::<BTreeMap<_, _>>().into_values().collect()
}

/// Says whether a number word is vague.
fn is_vague(op: FigureOp) -> bool {
    use FigureOp::*;
    matches!(op, Dozens | Several | Series | Hundreds | Thousands | Numerous | Multitude | Multiple | Most | Many)
}

/// Returns the bounds of a figure under a policy, or why it has none.
fn bounds<'g>(given: &'g Given, policy: &PolicyEntry, exact_only: bool) -> Result<Bounds<'g>, &'static str> {
    if exact_only && is_vague(given.op) {
        return Err("a vague word, which this policy leaves blank");
    }
    if let Some(&value) = policy.words.get(given.op.as_str()) {
        return Ok(Bounds { given, low: value, point: value, high: Some(value) });
    }
    match (given.low, given.high) {
        (Some(low), high) => Ok(Bounds { given, low, point: low, high: high.map(|it| it.max(low)) }),
        (None, Some(high)) => Ok(Bounds { given, low: high, point: high, high: Some(high) }),
        (None, None) => Err("no number in the words"),
    }
}

/// Applies a policy to the figures of one measure.
///
/// The order of `givens` does not matter. `None` if the policy names no known rule.
pub fn estimate(policy: &PolicyEntry, measure: &str, givens: &[Given]) -> Option<Estimate> {
    let rule = RULES.iter().find(|it| it.name == policy.rule)?;
    let mut sorted: Vec<&Given> = givens.iter().collect();
    sorted.sort();
    let mut usable: Vec<Bounds<'_>> = Vec::new();
    let mut unquantified: BTreeSet<&str> = BTreeSet::new();
    let mut weighed: Vec<Weighed> = Vec::new();
    let mut is_dropped = false;
    for given in sorted {
        let mut entry = Weighed {
            account: given.account.clone(),
            low: given.low,
            high: given.high,
            left_out: given.left_out.clone(),
        };
        if entry.left_out.is_empty() && policy.drop_perpetrator && given.perpetrator {
            entry.left_out = "the perpetrator's own figure".into();
            is_dropped = true;
        }
        if entry.left_out.is_empty() {
            match bounds(given, policy, rule.exact_only) {
                Ok(bounds) => {
                    entry.low = Some(bounds.low);
                    entry.high = bounds.high;
                    usable.push(bounds);
                }
                Err(why) => {
                    entry.left_out = why.into();
                    unquantified.insert(&given.speaker);
                }
            }
        }
        weighed.push(entry);
    }
    let speakers: BTreeSet<&str> = usable.iter().map(|it| it.given.speaker.as_str()).collect();
    let case = Case { measure, bounds: &usable, unquantified: unquantified.len(), policy };
    let answer = if (speakers.len() as u64) < policy.min_speakers && !usable.is_empty() {
        Answer::open(format!(
            "{} independent speaker gives a number; the policy asks for {}",
            speakers.len(),
            policy.min_speakers
        ))
    } else if usable.is_empty() && is_dropped && unquantified.is_empty() {
        Answer::open("only the perpetrator gives a number")
    } else {
        (rule.choose)(&case)
    };
    Some(Estimate {
        measure: measure.into(),
        policy: policy.id.clone(),
        low: answer.low,
        best: answer.best,
        high: answer.high,
        at_least: answer.at_least,
        indeterminate: answer.indeterminate,
        why: answer.why,
        weighed,
    })
}
