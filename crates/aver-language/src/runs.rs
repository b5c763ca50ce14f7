//! The best run of begin / inside / outside labels, and its spans.
//!
//! In: a score for every (word, label) pair. Out: labels in which `I-T` stands
//! only behind `B-T` or `I-T`, with the greatest sum of scores (Viterbi).

use std::ops::Range;

/// A set of labels: "O", "B-T", "I-T" in any order.
#[derive(Debug, Clone)]
pub(crate) struct Labels {
    names: Vec<&'static str>,
    /// For `I-T`: the indices of `B-T` and `I-T`, which alone may stand before it.
    before: Vec<Option<[usize; 2]>>,
}

impl Labels {
    /// Works out which label may follow which.
    pub(crate) fn new(names: Vec<&'static str>) -> Labels {
        let before = names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let kind = name.strip_prefix("I-")?;
                let begin = names.iter().position(|it| it.strip_prefix("B-") == Some(kind)).unwrap_or(at);
                Some([begin, at])
            })
            .collect();
        Labels { names, before }
    }

    /// How many labels there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns the label of each of `n` words.
    pub(crate) fn best(&self, n: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
        let k = self.len();
        let mut sums = vec![f32::NEG_INFINITY; k];
        let mut back: Vec<usize> = Vec::with_capacity(n * k);
        for word in 0..n {
            let top = (0..k).fold(0, |kept, it| if sums[it] > sums[kept] { it } else { kept });
            let mut next = vec![f32::NEG_INFINITY; k];
            for label in 0..k {
                let from = match self.before[label] {
                    Some([begin, inside]) if word > 0 => {
                        if sums[begin] >= sums[inside] {
                            begin
                        } else {
                            inside
                        }
                    }
                    _ => top,
                };
                back.push(from);
                next[label] = match (word, self.before[label]) {
                    (0, Some(_)) => f32::NEG_INFINITY,
                    (0, None) => score(word, label),
                    _ => sums[from] + score(word, label),
                };
            }
            sums = next;
        }
        let mut label = (0..k).fold(0, |kept, it| if sums[it] > sums[kept] { it } else { kept });
        let mut out = vec![0; n];
        for word in (0..n).rev() {
            out[word] = label;
            label = back[word * k + label];
        }
        out
    }

    /// Returns the spans of a run of labels, with their kinds.
    pub(crate) fn spans(&self, run: &[usize]) -> Vec<(Range<usize>, &'static str)> {
        let mut spans: Vec<(Range<usize>, &'static str)> = vec![];
        for (at, &label) in run.iter().enumerate() {
            match self.names[label].split_once('-') {
                Some(("B", kind)) => spans.push((at..at + 1, kind)),
                Some(("I", kind)) => match spans.last_mut() {
                    Some((range, of)) if range.end == at && *of == kind => range.end += 1,
                    _ => spans.push((at..at + 1, kind)),
                },
                _ => {}
            }
        }
        spans
    }

    /// Returns a label's name.
    #[cfg(test)]
    pub(crate) fn name(&self, label: usize) -> &'static str {
        self.names[label]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_stands_only_behind_its_own_kind() {
        let labels = Labels::new(vec!["O", "B-A", "I-A", "B-B", "I-B"]);
        // Word by word "I-A I-B I-B O" scores best; the run must begin and keep one kind.
        let wish = [2, 4, 4, 0];
        let run = labels.best(4, |word, label| match (word, label) {
            (word, label) if label == wish[word] => 3.0,
            (0, 3) => 2.0,
            _ => 0.0,
        });
        assert_eq!(run.iter().map(|&it| labels.name(it)).collect::<Vec<_>>(), ["B-B", "I-B", "I-B", "O"]);
        assert_eq!(labels.spans(&run), [(0..3, "B")]);
        assert!(labels.best(0, |_, _| 0.0).is_empty());
    }

    #[test]
    fn two_names_that_touch_stay_two() {
        let labels = Labels::new(vec!["O", "B-A", "I-A"]);
        assert_eq!(labels.spans(&[1, 1, 2, 0, 1]), [(0..1, "A"), (1..3, "A"), (4..5, "A")]);
    }
}
