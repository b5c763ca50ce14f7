//! How far coders agree: percent agreement and Krippendorff's alpha.
//!
//! In: for every unit, the value that each coder gave, or none. Out: numbers
//! between 0 and 1 (alpha may be negative), or `None` where nothing can be said.
//!
//! Alpha after K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011),
//! with his metrics; the tests hold his worked examples.

/// How far apart two values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Same or different: types, names, accept or reject.
    Nominal,
    /// Ranks: precision of a date, from day to year.
    Ordinal,
    /// Differences: days.
    Interval,
    /// Proportions: numbers of people.
    Ratio,
}

/// Returns the share of pairs of values, over all units, that are equal.
///
/// A unit with fewer than two values says nothing. `None` without any pair.
pub fn percent_agreement(units: &[Vec<Option<f64>>]) -> Option<f64> {
    let (mut equal, mut pairs) = (0_usize, 0_usize);
    for unit in units {
        let values: Vec<f64> = unit.iter().flatten().copied().collect();
        for (at, a) in values.iter().enumerate() {
            for b in &values[at + 1..] {
                pairs += 1;
                equal += usize::from(a == b);
            }
        }
    }
    (pairs > 0).then(|| equal as f64 / pairs as f64)
}

/// Returns Krippendorff's alpha; a unit is the list of what each coder gave.
///
/// `None` when fewer than two values can be paired, or when every value is the
/// same: without variation there is nothing to agree on beyond chance.
pub fn alpha(units: &[Vec<Option<f64>>], metric: Metric) -> Option<f64> {
    let paired: Vec<Vec<f64>> =
        units.iter().map(|it| it.iter().flatten().copied().collect()).filter(|it: &Vec<f64>| it.len() > 1).collect();
    let mut values: Vec<f64> = paired.iter().flatten().copied().collect();
    let n = values.len() as f64;
    values.sort_by(f64::total_cmp);
    values.dedup();
    if values.len() < 2 {
        return None;
    }
    let at = |value: f64| values.iter().position(|it| *it == value);
    // coincidences[c][k]: how often c and k stand together, a unit of m values counting m − 1 times less.
    let mut coincidences = vec![vec![0.0; values.len()]; values.len()];
    for unit in &paired {
        for (i, a) in unit.iter().enumerate() {
            for (j, b) in unit.iter().enumerate().filter(|(j, _)| *j != i) {
                debug_assert_ne!(i, j);
                if let (Some(c), Some(k)) = (at(*a), at(*b)) {
                    coincidences[c][k] += 1.0 / (unit.len() - 1) as f64;
                }
            }
        }
    }
    let marginals: Vec<f64> = coincidences.iter().map(|it| it.iter().sum()).collect();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..values.len() {
        for k in c + 1..values.len() {
            let apart = distance(metric, &values, &marginals, c, k);
            observed += coincidences[c][k] * apart;
            expected += marginals[c] * marginals[k] * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// The squared difference of the values at `c < k`.
fn distance(metric: Metric, values: &[f64], marginals: &[f64], c: usize, k: usize) -> f64 {
    let difference = match metric {
        Metric::Nominal => 1.0,
        Metric::Ordinal => marginals[c..=k].iter().sum::<f64>() - (marginals[c] + marginals[k]) / 2.0,
        Metric::Interval => values[c] - values[k],
        Metric::Ratio if values[c] + values[k] == 0.0 => 0.0,
        Metric::Ratio => (values[c] - values[k]) / (values[c] + values[k]),
    };
    difference * difference
}
