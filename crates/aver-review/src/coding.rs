//! Two or more coders on the same cells: what each said, where they differ.
//!
//! In: the decisions that hold, and the coders' names. Out: cells with a value a
//! coder, agreement per field, and the cells on which coders differ. A ruling on
//! the same cell by somebody else, made after the coders', settles it.

use crate::agreement::{Metric, alpha, percent_agreement};
use crate::value::{parse_bounds, parse_days};
use aver_model::{Anchor, Decision, Ruling};
use serde::Serialize;
use std::collections::BTreeMap;

/// One thing that coders decide, with the newest ruling of each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// `event`, `figure`, `time` …, or `same event` for a pair.
    pub field: String,
    /// The words; two for a pair.
    pub anchors: Vec<Anchor>,
    /// Coder → value and number of the decision.
    pub by: BTreeMap<String, (String, u64)>,
    /// Who settled it after the coders, and how.
    pub settled: Option<(String, String, u64)>,
}

/// A cell on which coders differ and nobody has ruled since.
pub type Disagreement = Cell;

/// How far coders agree on one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The field.
    pub field: String,
    /// Cells that two or more coders decided.
    pub cells: usize,
    /// Share of equal pairs, 0 to 1.
    pub percent: Option<f64>,
    /// Krippendorff's alpha, nominal; `None` without variation.
    pub alpha: Option<f64>,
    /// Alpha by size of the difference (ratio for numbers, interval for days), where values have a size.
    pub alpha_by_size: Option<f64>,
}

/// Returns the cells that any of `coders` decided, in the order of their words.
pub fn cells(decisions: &[Decision], coders: &[&str]) -> Vec<Cell> {
    let mut out: BTreeMap<(String, Vec<(String, usize, usize)>), Cell> = BTreeMap::new();
    let mut others: Vec<(&Decision, String, Vec<Anchor>, String)> = vec![];
    for decision in decisions {
        let Some((field, anchors, value)) = cell_of(&decision.ruling) else { continue };
        if !coders.contains(&decision.who.as_str()) {
            others.push((decision, field, anchors, value));
            continue;
        }
        let cell = out.entry(key(&field, &anchors)).or_insert_with(|| Cell {
            field: field.clone(),
            anchors: anchors.clone(),
            by: BTreeMap::new(),
            settled: None,
        });
        let held = cell.by.entry(decision.who.clone()).or_insert_with(|| (value.clone(), decision.number));
        if decision.number > held.1 {
            *held = (value, decision.number);
        }
    }
    for (decision, field, anchors, value) in others {
        if let Some(cell) = out.get_mut(&key(&field, &anchors))
            && cell.by.values().all(|it| it.1 < decision.number)
        {
            cell.settled = Some((decision.who.clone(), value, decision.number));
        }
    }
    out.into_values().collect()
}

/// Returns the cells on which coders differ and nobody has ruled since.
pub fn disagreements(cells: &[Cell]) -> Vec<&Disagreement> {
    let differs = |it: &&Cell| {
        let mut values = it.by.values().map(|it| &it.0);
        values.next().is_some_and(|first| values.any(|it| it != first))
    };
    cells.iter().filter(|it| it.settled.is_none()).filter(differs).collect()
}

/// Returns the agreement of `coders`, a row a field, by the name of the field.
pub fn agreement_by_field(cells: &[Cell], coders: &[&str]) -> Vec<Agreement> {
    let mut by_field: BTreeMap<&str, Vec<&Cell>> = BTreeMap::new();
    for cell in cells.iter().filter(|it| it.by.len() > 1) {
        by_field.entry(&cell.field).or_default().push(cell);
    }
    by_field
        .into_iter()
        .map(|(field, cells)| {
            let mut names: Vec<&str> = cells.iter().flat_map(|it| it.by.values()).map(|it| it.0.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let code = |value: &str| names.iter().position(|it| *it == value).map(|it| it as f64);
            let units = |number: &dyn Fn(&str) -> Option<f64>| -> Vec<Vec<Option<f64>>> {
                let row = |it: &&Cell| coders.iter().map(|who| it.by.get(*who).and_then(|it| number(&it.0))).collect();
                cells.iter().map(row).collect()
            };
            let nominal = units(&code);
            let by_size = match field {
                "figure" => alpha(&units(&size_of_figure), Metric::Ratio),
                "time" => alpha(&units(&size_of_day), Metric::Interval),
                _ => None,
            };
            Agreement {
                field: field.to_string(),
                cells: cells.len(),
                percent: percent_agreement(&nominal),
                alpha: alpha(&nominal, Metric::Nominal),
                alpha_by_size: by_size,
            }
        })
        .collect()
}

fn size_of_figure(value: &str) -> Option<f64> {
    let (low, high, _) = parse_bounds(value).ok()?;
    low.or(high).map(|it| it as f64)
}

fn size_of_day(value: &str) -> Option<f64> {
    let day = parse_days(value).ok()??.start?;
    Some(aver_model::Day::new(1970, 1, 1)?.days_until(day) as f64)
}

type Key = (String, Vec<(String, usize, usize)>);

fn key(field: &str, anchors: &[Anchor]) -> Key {
    let mut places: Vec<_> = anchors.iter().map(|it| (it.document.clone(), it.span.start, it.span.end)).collect();
    places.sort();
    (field.to_string(), places)
}

/// Returns field, words and value of a ruling that codes a cell.
fn cell_of(ruling: &Ruling) -> Option<(String, Vec<Anchor>, String)> {
    let pair = |a: &Anchor, b: &Anchor, value: &str| ("same event".into(), vec![a.clone(), b.clone()], value.into());
    Some(match ruling {
        // To accept a value is to give that value, so that it can be set against a correction.
        Ruling::Accept { anchor } if anchor.field != "event" => {
            let value = anchor.value.clone().unwrap_or_else(|| "accept".into());
            (anchor.field.clone(), vec![anchor.clone()], value)
        }
        Ruling::Accept { anchor } => (anchor.field.clone(), vec![anchor.clone()], "accept".into()),
        Ruling::Reject { anchor } => (anchor.field.clone(), vec![anchor.clone()], "reject".into()),
        Ruling::Correct { anchor, to } => (anchor.field.clone(), vec![anchor.clone()], to.trim().to_string()),
        Ruling::Same { a, b } => pair(a, b, "same"),
        Ruling::Different { a, b } => pair(a, b, "different"),
        Ruling::Unsure { a, b } => pair(a, b, "unsure"),
        Ruling::Resolve { anchor, outcome, .. } => {
            let outcome = match outcome {
                aver_model::Outcome::Happened => "happened",
                aver_model::Outcome::DidNot => "did not happen",
                aver_model::Outcome::CannotTell => "cannot tell",
            };
            ("forecast".into(), vec![anchor.clone()], outcome.into())
        }
        Ruling::Grade { anchor, source, to } => {
            (format!("{} of {source}", anchor.field), vec![anchor.clone()], to.trim().to_string())
        }
        // What only one person read is no cell that another coded differently.
        Ruling::State { .. } | Ruling::Undo { .. } => return None,
    })
}
