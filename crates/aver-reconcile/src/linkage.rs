//! Average linkage: groups things by how alike they are on the whole.
//!
//! In: pairs with a likeness; a pair that is not given has none. Out: groups whose
//! members are, on average over all pairs, at least as alike as a threshold. One
//! strong tie does not pull two groups together when the rest of them differ.
//!
//! Ties are broken by number, so the answer depends on the numbering alone; callers
//! number things by content. Time grows with pairs × log pairs.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// A pair of groups that might be joined.
struct Offer {
    likeness: f64,
    pair: (usize, usize),
    /// How often the two had changed when the offer was made.
    seen: (u32, u32),
}

impl PartialEq for Offer {
    fn eq(&self, other: &Offer) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Offer {}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Offer) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Offer {
    fn cmp(&self, other: &Offer) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then_with(|| other.pair.cmp(&self.pair))
    }
}

/// Groups `count` things; each group sorted, the groups in the order of their least member.
pub fn average(count: usize, pairs: &[(usize, usize, f64)], threshold: f64) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..count).map(|it| vec![it]).collect();
    let mut changes = vec![0u32; count];
    // The sum of likeness over all pairs between two groups.
    let mut ties: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    for &(a, b, likeness) in pairs {
        ties[a].insert(b, likeness);
        ties[b].insert(a, likeness);
    }
    let mut offers: BinaryHeap<Offer> = BinaryHeap::new();
    for (a, others) in ties.iter().enumerate() {
        for (&b, &likeness) in others.range(a + 1..) {
            if likeness >= threshold {
                offers.push(Offer { likeness, pair: (a, b), seen: (0, 0) });
            }
        }
    }
    while let Some(offer) = offers.pop() {
        let (a, b) = offer.pair;
        if (changes[a], changes[b]) != offer.seen || groups[a].is_empty() || groups[b].is_empty() {
            continue;
        }
        let (big, small) = if ties[a].len() >= ties[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut ties[small]);
        for (other, sum) in moved {
            ties[other].remove(&small);
            if other != big {
                *ties[big].entry(other).or_default() += sum;
            }
        }
        let members = std::mem::take(&mut groups[small]);
        groups[big].extend(members);
        changes[big] += 1;
        changes[small] += 1;
        let sums: Vec<(usize, f64)> = ties[big].iter().map(|(&other, &sum)| (other, sum)).collect();
        for (other, sum) in sums {
            ties[other].insert(big, sum);
            let likeness = sum / (groups[big].len() * groups[other].len()) as f64;
            if likeness >= threshold {
                let pair = (big.min(other), big.max(other));
                offers.push(Offer { likeness, pair, seen: (changes[pair.0], changes[pair.1]) });
            }
        }
    }
    let mut out: Vec<Vec<usize>> = groups.into_iter().filter(|it| !it.is_empty()).collect();
    for group in &mut out {
        group.sort_unstable();
    }
    out.sort();
    out
}

#[cfg(test)]
mod tests {
    use super::average;

    #[test]
    fn two_tight_groups_with_one_tie_between_them_stay_two() {
        let pairs = [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)];
        assert_eq!(average(4, &pairs, 0.5), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn a_third_joins_when_it_is_like_both_on_average() {
        assert_eq!(average(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.3)], 0.5), [vec![0, 1, 2]]);
        assert_eq!(average(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.1)], 0.5), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn what_speaks_against_a_pair_keeps_groups_apart() {
        assert_eq!(average(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, -1.0)], 0.2), [vec![0, 1], vec![2]]);
    }
}
