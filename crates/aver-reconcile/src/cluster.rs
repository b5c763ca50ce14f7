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
            ("same", true) => {
                groups.join(a, b, |_, _| false);
            }
            ("same", false) => {
                groups.join(a, b, |x, y| conflict(&sights[x], &sights[y]).is_some());
            }
            _ => {}
        }
    }
    groups.into_sorted()
}

/// Disjoint groups with pairs that must stay apart.
struct Groups {
    group_of: Vec<usize>,
    members: Vec<Vec<usize>>,
    apart: BTreeSet<(usize, usize)>,
    is_ruled: BTreeSet<usize>,
}

impl Groups {
    fn new(len: usize) -> Groups {
        Groups {
            group_of: (0..len).collect(),
            members: (0..len).map(|it| vec![it]).collect(),
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

    fn join(&mut self, a: usize, b: usize, excluded: impl Fn(usize, usize) -> bool) {
        let (mut big, mut small) = (self.group_of[a], self.group_of[b]);
        if big == small {
            return;
        }
        if self.members[big].len() < self.members[small].len() {
            std::mem::swap(&mut big, &mut small);
        }
        let barred = self.members[big].iter().any(|&x| {
            self.members[small].iter().any(|&y| {
                self.is_ruled.contains(&x) && self.apart.contains(&(x.min(y), x.max(y))) || excluded(x, y)
            })
        });
        if barred {
            return;
        }
        let moved = std::mem::take(&mut self.members[small]);
        for &it in &moved {
            self.group_of[it] = big;
        }
        self.members[big].extend(moved);
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
