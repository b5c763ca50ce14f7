//! Sums of a sentence that tells people one by one.
//!
//! In: a report's figures. Out: for each of its sentences how many it tells killed,
//! hurt and shot, when its figures are added up. A part of another figure is not
//! added, and neither is a figure without a number.

use aver_model::{Figure, FigureOp, Reading};

/// What one sentence tells.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Killed.
    pub killed: u64,
    /// From so many figures.
    pub killed_terms: usize,
    /// Hurt.
    pub hurt: u64,
    /// From so many figures.
    pub hurt_terms: usize,
    /// Shot, and no more is told.
    pub shot: u64,
    /// From so many figures, told in one breath: "a boy and two men".
    pub shot_terms: usize,
}

/// Adds up the figures of each sentence.
pub fn by_sentence(reading: &Reading, sentences: &[(usize, &str)]) -> Vec<People> {
    let mut out = vec![People::default(); sentences.len()];
    // The shot of one list: sum, terms, where it ends.
    let mut list = (0, 0, 0);
    let chars: Vec<char> = reading.text.chars().collect();
    for figure in reading.figures.iter().filter(|it| it.part_of.is_none()) {
        let Some(number) = number(figure) else { continue };
        let place = sentences.partition_point(|it| it.0 <= figure.span.start);
        let Some(people) = place.checked_sub(1).and_then(|it| out.get_mut(it)) else { continue };
        let (sum, terms) = match figure.measure.as_str() {
            "killed" => (&mut people.killed, &mut people.killed_terms),
            "wounded" => (&mut people.hurt, &mut people.hurt_terms),
            "killed_or_wounded" => {
                let listed = list.1 > 0 && is_listed(chars.get(list.2..figure.span.start));
                list = if listed { (list.0 + number, list.1 + 1, 0) } else { (number, 1, 0) };
                list.2 = figure.span.end;
                if list.0 > people.shot {
                    (people.shot, people.shot_terms) = (list.0, list.1);
                }
                continue;
            }
            _ => continue,
        };
        *sum += number;
        *terms += 1;
    }
    out
}

/// Says whether only "," or "and" stands between two figures.
fn is_listed(between: Option<&[char]>) -> bool {
    let between: String = between.unwrap_or_default().iter().collect();
    between.len() < 8 && matches!(between.trim(), "," | "and" | ", and" | "&" | "")
}

fn number(figure: &Figure) -> Option<u64> {
    let exact = matches!(figure.op, FigureOp::Exact | FigureOp::AtLeast | FigureOp::About);
    figure.low.filter(|it| exact && (1..=500).contains(it))
}
