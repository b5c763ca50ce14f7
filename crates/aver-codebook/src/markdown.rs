//! The Markdown form of a codebook entry.
//!
//! In: a file with `# name`, paragraphs, one `toml` block, then `## heading`
//! sections with `text` and `ledger` blocks. Out: these parts with their lines
//! and byte offsets. Words it does not know are prose and are left alone.

use crate::{Case, CaseText};
use std::collections::BTreeMap;

/// The parts of a file.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    /// Title and its line.
    pub title: Option<(&'a str, usize)>,
    /// Paragraphs before the first `##`, lines joined.
    pub paragraphs: Vec<String>,
    /// Content of the `toml` block and its byte offset in the file.
    pub toml: Option<(&'a str, usize)>,
    /// Worked cases.
    pub cases: Vec<Case>,
    /// Line and words of what is malformed.
    pub faults: Vec<(usize, &'static str, String)>,
}

struct Block<'a> {
    line: usize,
    info: &'a str,
    start: usize,
    content: &'a str,
}

/// Takes a file apart.
pub(crate) fn parse<'a>(file: &str, content: &'a str) -> Parts<'a> {
    let mut parts = Parts::default();
    let mut paragraph = String::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut offset = 0;
    for (index, raw) in content.split_inclusive('\n').enumerate() {
        let (start, line) = (offset, raw.trim_end());
        offset += raw.len();
        let fence = line.strip_prefix("```");
        if let Some((opened, info, begin)) = open {
            if fence == Some("") {
                block(&mut parts, Block { line: opened, info, start: begin, content: &content[begin..start] });
                open = None;
            }
            continue;
        }
        let is_heading = line.starts_with('#');
        if (line.is_empty() || fence.is_some() || is_heading) && !paragraph.is_empty() {
            parts.paragraphs.push(std::mem::take(&mut paragraph));
        }
        if let Some(info) = fence {
            open = Some((index + 1, info, offset));
        } else if let Some(heading) = line.strip_prefix("## ") {
            let heading = heading.trim().to_owned();
            parts.cases.push(Case { file: file.to_owned(), line: index + 1, heading, ..Case::default() });
        } else if let Some(title) = line.strip_prefix("# ") {
            if parts.title.replace((title.trim(), index + 1)).is_some() {
                parts.faults.push((index + 1, "codebook-two-titles", "the file has two titles".to_owned()));
            }
        } else if parts.cases.is_empty() && !line.is_empty() {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line.trim());
        }
    }
    if !paragraph.is_empty() {
        parts.paragraphs.push(paragraph);
    }
    if let Some((line, info, _)) = open {
        parts.faults.push((line, "codebook-open-block", format!("the block ```{info} is not closed")));
    }
    finish_cases(&mut parts);
    parts
}

fn block<'a>(parts: &mut Parts<'a>, block: Block<'a>) {
    let (kind, rest) = block.info.split_once(' ').unwrap_or((block.info, ""));
    match (kind, parts.cases.last_mut()) {
        ("toml", None) => {
            if parts.toml.replace((block.content, block.start)).is_some() {
                parts.faults.push((block.line, "codebook-two-tables", "the file has two toml blocks".to_owned()));
            }
        }
        ("text", Some(case)) => match attributes(rest) {
            Ok(attributes) => {
                case.texts.push(CaseText { attributes, text: block.content.to_owned(), line: block.line });
            }
            Err(message) => parts.faults.push((block.line, "codebook-case-attributes", message)),
        },
        ("ledger", Some(case)) if case.ledger_line == 0 => {
            case.ledger = block.content.to_owned();
            case.ledger_line = block.line;
        }
        ("ledger", Some(case)) => {
            let message = format!("the case \"{}\" has two ledger blocks", case.heading);
            parts.faults.push((block.line, "codebook-case-ledger", message));
        }
        _ => {
            let message = format!("a block ```{kind} has no meaning here");
            parts.faults.push((block.line, "codebook-unknown-block", message));
        }
    }
}

fn finish_cases(parts: &mut Parts<'_>) {
    for case in &parts.cases {
        if case.texts.is_empty() {
            let message = format!("the case \"{}\" has no text block", case.heading);
            parts.faults.push((case.line, "codebook-case-text", message));
        }
        if case.ledger_line == 0 {
            let message = format!("the case \"{}\" has no ledger block", case.heading);
            parts.faults.push((case.line, "codebook-case-ledger", message));
        }
    }
}

/// Reads `source="Valley Post" date=2023-03-20`.
fn attributes(words: &str) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        let (name, value) = rest.split_once('=').ok_or_else(|| format!("`{rest}` is not of the form name=value"))?;
        let (value, tail) = match value.strip_prefix('"') {
            Some(quoted) => {
                quoted.split_once('"').ok_or_else(|| format!("the value of `{name}` has no closing quote"))?
            }
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        found.insert(name.trim().to_owned(), value.to_owned());
        rest = tail.trim_start();
    }
    Ok(found)
}
