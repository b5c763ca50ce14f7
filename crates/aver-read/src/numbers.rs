//! Numbers with their operators, before anyone knows what they count.

mod cardinal;

pub use cardinal::{cardinal, small};

use crate::{Context, Found};
use aver_model::{FigureOp, Time};
use std::ops::Range;

/// A number as printed.
#[derive(Debug, Clone)]
pub struct Number {
    /// Operator and number.
    pub tokens: Range<usize>,
    /// The operator.
    pub op: FigureOp,
    /// Lower bound, when the words give one.
    pub low: Option<u64>,
    /// Upper bound, when the words give one.
    pub high: Option<u64>,
    /// `USD`, `EUR`, `percent`, when a sign says so.
    pub unit: Option<String>,
}

/// Finds numbers outside of time expressions, in text order.
pub fn find(_ctx: &Context<'_>, _times: &[Found<Time>]) -> Vec<Number> {
    vec![]
}
