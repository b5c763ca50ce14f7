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

/// Returns groups of indices into `sights`, each sorted, in the order of their least member.
pub fn groups(sights: &[Sight<'_>], edges: &[Edge], decisions: &[Decision]) -> Vec<Vec<usize>> {
    let at: BTreeMap<(&str, &str), usize> =
        sights.iter().enumerate().map(|(idx, it)| ((it.sha, it.event.id.as_str()), idx)).collect();
    let find = |it: &MentionRef| at.get(&(it.document.as_str(), it.event.as_str())).copied();
    let number: BTreeMap<&str, u64> = decisions.iter().map(|it| (it.id.as_str(), it.number)).collect();
    let mut order: Vec<(usize, usize, &Edge)> = edges
        .iter()
        .filter_map(|it| Some((find(&it.a)?, find(&it.b)?, it)))
        .map(|(a, b, it)| (a.min(b), a.max(b), it))
        .collect();
    let ruled = |it: &Edge| it.decision.as_ref().map(|id| number.get(id.as_str()).copied().unwrap_or(0));
    order.sort_by(|x, y| {
        ruled(y.2).cmp(&ruled(x.2)).then(y.2.score.total_cmp(&x.2.score)).then((x.0, x.1).cmp(&(y.0, y.1)))
    });
    let mut groups = Groups::new(sights.len());
    for (a, b, edge) in order {
        match (edge.verdict.as_str(), edge.decision.is_some()) {
            ("different", true) => groups.part(a, b),
            ("same", true) => groups.join_ruled(a, b),
            ("same", false) => groups.join(a, b, |x, y| conflict(&sights[x], &sights[y]).is_some()),
            _ => {}
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
