//! Agreement of two groupings of the same things: who put what together.
//!
//! In: for every thing its group in ours and in gold. Out: MUC, B³, CEAFe with φ4
//! and the best alignment, their mean (the CoNLL score), LEA, and F1 over pairs.
//! Singletons count; a thing that one side lacks must be given a group of its own.

use std::collections::BTreeMap;

/// Precision and recall of one measure, between 0 and 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Agreement {
    /// Share of ours that gold has.
    pub precision: f64,
    /// Share of gold's that ours has.
    pub recall: f64,
}

impl Agreement {
    /// The harmonic mean; 0 when both are 0.
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// All measures of one grouping against another.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Groupings {
    /// Links that hold groups together (Vilain 1995).
    pub muc: Agreement,
    /// Shared members, by thing (Bagga 1998).
    pub b_cubed: Agreement,
    /// Best one-to-one alignment of groups under φ4 (Luo 2005).
    pub ceaf: Agreement,
    /// Links weighted by the size of the group (Moosavi 2016).
    pub lea: Agreement,
    /// Pairs put together.
    pub pairs: Agreement,
}

impl Groupings {
    /// The mean F1 of MUC, B³ and CEAFe.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }

    /// Compares groupings: `ours[i]` and `gold[i]` name the groups of thing `i`.
    ///
    /// # Panics
    /// The two lists differ in length.
    pub fn of<O: Ord + Copy, G: Ord + Copy>(ours: &[O], gold: &[G]) -> Groupings {
        assert_eq!(ours.len(), gold.len(), "both groupings are of the same things");
        let table = Table::new(ours, gold);
        let flipped = table.flipped();
        let both = |measure: fn(&Table) -> f64| Agreement { precision: measure(&table), recall: measure(&flipped) };
        Groupings { muc: both(muc), b_cubed: both(b_cubed), ceaf: table.ceaf(), lea: both(lea), pairs: both(pairs) }
    }
}

/// How many things each pair of groups shares.
struct Table {
    rows: Vec<usize>,
    columns: Vec<usize>,
    shared: BTreeMap<(usize, usize), usize>,
}

impl Table {
    fn new<O: Ord + Copy, G: Ord + Copy>(ours: &[O], gold: &[G]) -> Table {
        let row_of: BTreeMap<O, usize> = distinct(ours);
        let column_of: BTreeMap<G, usize> = distinct(gold);
        let (mut rows, mut columns) = (vec![0; row_of.len()], vec![0; column_of.len()]);
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (a, b) in ours.iter().zip(gold) {
            let (row, column) = (row_of[a], column_of[b]);
            rows[row] += 1;
            columns[column] += 1;
            *shared.entry((row, column)).or_default() += 1;
        }
        Table { rows, columns, shared }
    }

    fn flipped(&self) -> Table {
        Table {
            rows: self.columns.clone(),
            columns: self.rows.clone(),
            shared: self.shared.iter().map(|(&(row, column), &n)| ((column, row), n)).collect(),
        }
    }

    /// Yields each row with the sizes of what it shares with columns.
    fn by_row(&self) -> BTreeMap<usize, Vec<(usize, usize)>> {
        let mut out: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (&(row, column), &n) in &self.shared {
            out.entry(row).or_default().push((column, n));
        }
        out
    }

    fn ceaf(&self) -> Agreement {
        let phi = |row: usize, column: usize, n: usize| 2.0 * n as f64 / (self.rows[row] + self.columns[column]) as f64;
        // Groups that share nothing gain nothing, so each connected part is aligned alone.
        let mut total = 0.0;
        for part in self.parts() {
            let rows: Vec<usize> = distinct(&part.iter().map(|it| it.0).collect::<Vec<_>>()).into_keys().collect();
            let columns: Vec<usize> = distinct(&part.iter().map(|it| it.1).collect::<Vec<_>>()).into_keys().collect();
            let gain = |row: usize, column: usize| {
                self.shared.get(&(rows[row], columns[column])).map_or(0.0, |&n| phi(rows[row], columns[column], n))
            };
            total += best_assignment(rows.len(), columns.len(), gain);
        }
        Agreement { precision: share(total, self.rows.len() as f64), recall: share(total, self.columns.len() as f64) }
    }

    /// Splits the cells into parts that share neither row nor column.
    fn parts(&self) -> Vec<Vec<(usize, usize)>> {
        let mut part_of_row: BTreeMap<usize, usize> = BTreeMap::new();
        let mut part_of_column: BTreeMap<usize, usize> = BTreeMap::new();
        let mut parts: Vec<Vec<(usize, usize)>> = Vec::new();
        for &(row, column) in self.shared.keys() {
            let held = (part_of_row.get(&row).copied(), part_of_column.get(&column).copied());
            let into = match held {
                (Some(a), Some(b)) if a != b => {
                    let moved = std::mem::take(&mut parts[b]);
                    for &(row, column) in &moved {
                        part_of_row.insert(row, a);
                        part_of_column.insert(column, a);
                    }
                    parts[a].extend(moved);
                    a
                }
                (Some(it), _) | (None, Some(it)) => it,
                (None, None) => {
                    parts.push(Vec::new());
                    parts.len() - 1
                }
            };
            part_of_row.insert(row, into);
            part_of_column.insert(column, into);
            parts[into].push((row, column));
        }
        parts.retain(|it| !it.is_empty());
        parts
    }
}

/// Numbers the distinct values in their order.
fn distinct<T: Ord + Copy>(values: &[T]) -> BTreeMap<T, usize> {
    let set: std::collections::BTreeSet<T> = values.iter().copied().collect();
    set.into_iter().enumerate().map(|(number, value)| (value, number)).collect()
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The links of each row that no column breaks.
fn muc(table: &Table) -> f64 {
    let (mut kept, mut all) = (0, 0);
    for (row, cells) in table.by_row() {
        kept += table.rows[row] - cells.len();
        all += table.rows[row] - 1;
    }
    share(kept as f64, all as f64)
}

fn b_cubed(table: &Table) -> f64 {
    let sum: f64 = table.shared.iter().map(|(&(row, _), &n)| (n * n) as f64 / table.rows[row] as f64).sum();
    share(sum, table.rows.iter().sum::<usize>() as f64)
}

fn pairs(table: &Table) -> f64 {
    let count = |n: usize| (n * n.saturating_sub(1) / 2) as f64;
    share(table.shared.values().map(|&n| count(n)).sum(), table.rows.iter().map(|&n| count(n)).sum())
}

fn lea(table: &Table) -> f64 {
    let links = |n: usize| if n == 1 { 1.0 } else { (n * (n - 1) / 2) as f64 };
    let mut sum = 0.0;
    for (row, cells) in table.by_row() {
        let size = table.rows[row];
        let kept: f64 = cells
            .iter()
            .map(|&(column, n)| match n {
                1 => f64::from(u8::from(size == 1 && table.columns[column] == 1)),
                _ => (n * (n - 1) / 2) as f64,
            })
            .sum();
        sum += size as f64 * kept / links(size);
    }
    share(sum, table.rows.iter().sum::<usize>() as f64)
}

/// Returns the greatest total gain of a one-to-one assignment (Hungarian method).
fn best_assignment(rows: usize, columns: usize, gain: impl Fn(usize, usize) -> f64) -> f64 {
    let n = rows.max(columns);
    let cost = |row: usize, column: usize| if row < rows && column < columns { -gain(row, column) } else { 0.0 };
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0usize; n + 1];
    for row in 1..=n {
        row_of[0] = row;
        let (mut at, mut least, mut used) = (0, vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        let mut way = vec![0usize; n + 1];
        while row_of[at] != 0 {
            used[at] = true;
            let (held, mut delta, mut next) = (row_of[at], f64::INFINITY, 0);
            for column in 1..=n {
                if used[column] {
                    continue;
                }
                let slack = cost(held - 1, column - 1) - u[held] - v[column];
                if slack < least[column] {
                    (least[column], way[column]) = (slack, at);
                }
                if least[column] < delta {
                    (delta, next) = (least[column], column);
                }
            }
            for column in 0..=n {
                if used[column] {
                    u[row_of[column]] += delta;
                    v[column] -= delta;
                } else {
                    least[column] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[way[at]];
            at = way[at];
        }
    }
    (1..=n).map(|column| -cost(row_of[column] - 1, column - 1)).sum()
}

#[cfg(test)]
mod tests {
    use super::{Groupings, best_assignment};

    fn close(ours: f64, published: f64) {
        assert!((ours - published).abs() < 0.0005, "{ours} is not {published}");
    }

    #[test]
    fn equal_groupings_agree_fully() {
        let it = Groupings::of(&[1, 1, 2, 3, 3, 3], &["a", "a", "b", "c", "c", "c"]);
        close(it.conll(), 1.0);
        close(it.lea.f1(), 1.0);
        close(it.pairs.f1(), 1.0);
    }

    /// The example of Luo 2005: gold {1..5} {6 7} {8..C}, ours {1..5} {6..C}.
    #[test]
    fn a_published_example_gives_its_published_figures() {
        let gold = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3];
        let ours = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2];
        let it = Groupings::of(&ours, &gold);
        close(it.muc.precision, 0.9);
        close(it.muc.recall, 1.0);
        close(it.b_cubed.precision, 0.762);
        close(it.b_cubed.recall, 1.0);
        close(it.ceaf.precision, 0.917);
        close(it.ceaf.recall, 0.611);
    }

    #[test]
    fn everything_alone_finds_no_link_and_no_pair() {
        let it = Groupings::of(&[1, 2, 3, 4], &[1, 1, 2, 3]);
        close(it.muc.f1(), 0.0);
        close(it.pairs.f1(), 0.0);
        close(it.lea.precision, 0.5);
        close(it.lea.recall, 0.5);
    }

    #[test]
    fn the_best_assignment_is_not_the_greedy_one() {
        let gains = [[0.9, 0.8], [0.8, 0.1]];
        close(best_assignment(2, 2, |row, column| gains[row][column]), 1.6);
        close(best_assignment(2, 1, |row, _| gains[row][1]), 0.8);
    }
}
