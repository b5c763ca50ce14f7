//! Groups mentions into events from the edges between them.
//!
//! In: mentions and edges. Out: groups. Rulings come first, newest first; then
//! the edges from the strongest down, each only if no member of one group is
//! excluded by a member of the other. The result does not depend on the order in
//! which mentions or edges are given.

use crate::link::conflict;
use crate::sight::Sight;
use aver_model::{Decision, Edge, MentionRef};
use std::collections::{BTreeMap, BTreeSet};

/// A judgment on two mentions, by their numbers among all; the first is the lesser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The lesser number.
    pub a: u32,
    /// The greater number.
    pub b: u32,
    /// The score in thousandths.
    pub score: u16,
    /// One event, or two.
    pub same: bool,
    /// The number of the ruling, if a person judged.
    pub ruled: Option<u64>,
}

/// Returns the ties that edges give between mentions; what is only kept for review is none.
pub fn ties(sights: &[Sight<'_>], edges: &[Edge], decisions: &[Decision]) -> Vec<Tie> {
    let at: BTreeMap<(&str, &str), u32> =
        (0u32..).zip(sights).map(|(idx, it)| ((it.sha, it.event.id.as_str()), idx)).collect();
    let find = |it: &MentionRef| at.get(&(it.document.as_str(), it.event.as_str())).copied();
    let number: BTreeMap<&str, u64> = decisions.iter().map(|it| (it.id.as_str(), it.number)).collect();
    let tie = |it: &Edge| {
        let (a, b) = (find(&it.a)?, find(&it.b)?);
        let same = it.verdict == "same";
        let ruled = it.decision.as_ref().map(|id| number.get(id.as_str()).copied().unwrap_or(0));
        let counts = same || it.verdict == "different" && ruled.is_some();
        let score = (it.score * 1000.0).round() as u16;
        counts.then_some(Tie { a: a.min(b), b: a.max(b), score, same, ruled })
    };
    edges.iter().filter_map(tie).collect()
}

/// Returns groups of indices into `sights`, each sorted, in the order of their least member.
pub fn groups(sights: &[Sight<'_>], mut ties: Vec<Tie>) -> Vec<Vec<usize>> {
    ties.sort_unstable_by(|x, y| y.ruled.cmp(&x.ruled).then(y.score.cmp(&x.score)).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut groups = Groups::new(sights.len());
    for tie in ties {
        let (a, b) = (tie.a as usize, tie.b as usize);
        match (tie.same, tie.ruled.is_some()) {
            (false, true) => groups.part(a, b),
            (true, true) => groups.join_ruled(a, b),
            (true, false) => groups.join(a, b, |x, y| conflict(&sights[x].limits, &sights[y].limits).is_some()),
            (false, false) => {}
        }
    }
    groups.into_sorted()
}

/// Disjoint groups with pairs that must stay apart.
///
/// Mentions that a ruling joined form a unit. A person may join what the dates
/// keep apart; a further mention may then join the unit if it agrees with any
/// member of it.
struct Groups {
    group_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    unit_of: Vec<usize>,
    apart: BTreeSet<(usize, usize)>,
    is_ruled: BTreeSet<usize>,
}

impl Groups {
    fn new(len: usize) -> Groups {
        Groups {
            group_of: (0..len).collect(),
            members: (0..len).map(|it| vec![it]).collect(),
            unit_of: (0..len).collect(),
            apart: BTreeSet::new(),
            is_ruled: BTreeSet::new(),
        }
    }

    /// Keeps two mentions apart from now on, unless a newer ruling has joined them.
    fn part(&mut self, a: usize, b: usize) {
        if self.group_of[a] != self.group_of[b] {
            self.apart.insert((a.min(b), a.max(b)));
            self.is_ruled.extend([a, b]);
        }
    }

    /// Joins two mentions because a person says so; only a newer ruling stands against it.
    fn join_ruled(&mut self, a: usize, b: usize) {
        self.join(a, b, |_, _| false);
        if self.group_of[a] == self.group_of[b] {
            let (kept, gone) = (self.unit_of[a], self.unit_of[b]);
            for &it in &self.members[self.group_of[a]] {
                if self.unit_of[it] == gone {
                    self.unit_of[it] = kept;
                }
            }
        }
    }

    fn join(&mut self, a: usize, b: usize, excluded: impl Fn(usize, usize) -> bool) {
        let (mut big, mut small) = (self.group_of[a], self.group_of[b]);
        if big == small {
            return;
        }
        if self.members[big].len() < self.members[small].len() {
            std::mem::swap(&mut big, &mut small);
        }
        if self.is_barred(big, small, excluded) {
            return;
        }
        let moved = std::mem::take(&mut self.members[small]);
        for &it in &moved {
            self.group_of[it] = big;
        }
        self.members[big].extend(moved);
    }

    /// Says whether two groups may not become one: by a ruling on a pair, or
    /// because no member of one unit agrees with any member of another.
    fn is_barred(&self, big: usize, small: usize, excluded: impl Fn(usize, usize) -> bool) -> bool {
        let mut agreeing: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut excluding: BTreeSet<(usize, usize)> = BTreeSet::new();
        for &x in &self.members[big] {
            for &y in &self.members[small] {
                if self.is_ruled.contains(&x) && self.apart.contains(&(x.min(y), x.max(y))) {
                    return true;
                }
                let units = (self.unit_of[x], self.unit_of[y]);
                if !excluded(x, y) {
                    agreeing.insert(units);
                } else {
                    excluding.insert(units);
                }
            }
        }
        excluding.iter().any(|it| !agreeing.contains(it))
    }

    fn into_sorted(self) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = self.members.into_iter().filter(|it| !it.is_empty()).collect();
        for group in &mut out {
            group.sort_unstable();
        }
        out.sort();
        out
    }
}
