//! Worked cases: a definition's own examples, run as tests.
//!
//! In: the sections after a definition (see `markdown`). Out: texts with their
//! attributes and the ledger that reading them must give. Running them is the
//! binary's and the harness's work.

use std::collections::BTreeMap;

/// One worked case: `## heading`, prose, one or more `text` blocks and one `ledger` block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// Path inside the codebook: `events/bombing.md`.
    pub file: String,
    /// Line of the heading, from 1.
    pub line: usize,
    /// The heading.
    pub heading: String,
    /// The documents.
    pub texts: Vec<CaseText>,
    /// The expected ledger; empty until it is blessed.
    pub ledger: String,
    /// Line of the fence that opens the ledger block.
    pub ledger_line: usize,
}

/// A document of a worked case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseText {
    /// What stands behind `text` on the fence: `source="Valley Post" date=2023-03-20`.
    pub attributes: BTreeMap<String, String>,
    /// The words.
    pub text: String,
    /// Line of the fence that opens the block.
    pub line: usize,
}
