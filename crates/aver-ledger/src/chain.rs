//! The decision chain: pure functions on decisions, without a database.
//!
//! A decision's id is the SHA-256, in hex, of the previous decision's id followed
//! by its own content as canonical JSON (keys sorted, no spaces), for example
//! `{"number":1,"reason":null,"ruling":{…},"when":"…","who":"…"}`. So a chain that
//! was exported can be checked with `sha256sum`, and no decision can be changed,
//! removed or slipped in without every later id changing.
//!
//! What a decision does to events is `aver-reconcile`'s matter.

use crate::pack::sha256;
use aver_model::{Decision, Ruling};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Returns the decision that follows `previous` in the chain (`None`: the first).
pub fn link(previous: Option<&Decision>, ruling: Ruling, who: &str, when: &str, reason: Option<&str>) -> Decision {
    let mut decision = Decision {
        id: String::new(),
        number: previous.map_or(1, |it| it.number + 1),
        previous: previous.map(|it| it.id.clone()).unwrap_or_default(),
        who: who.to_string(),
        when: when.to_string(),
        reason: reason.map(str::to_string),
        ruling,
    };
    decision.id = id_of(&decision.previous, &content_of(&decision));
    decision
}

/// Returns a sentence for the first thing that breaks the chain, if any.
///
/// # Errors
/// The number of the decision at fault, and what is wrong with it.
pub fn check_chain(decisions: &[Decision]) -> Result<(), (u64, String)> {
    let mut previous = "";
    let mut seen = BTreeMap::new();
    for (index, it) in decisions.iter().enumerate() {
        let number = index as u64 + 1;
        if it.number != number {
            return Err((number, format!("decision {number} is missing; {} stands in its place", it.number)));
        }
        if it.previous != previous {
            return Err((number, format!("decision {number} does not follow the one before it")));
        }
        if it.id != id_of(&it.previous, &content_of(it)) {
            return Err((number, format!("the content of decision {number} is not what its id was made from")));
        }
        if let Ruling::Undo { decision } = &it.ruling
            && !seen.contains_key(decision.as_str())
        {
            return Err((number, format!("decision {number} undoes {decision}, which was not made before it")));
        }
        seen.insert(it.id.as_str(), number);
        previous = &it.id;
    }
    Ok(())
}

/// Returns the decisions that hold, in order, with every undoing carried out.
///
/// An undo takes its target out; the undo of an undo brings the target back.
/// Undos themselves are not returned. Where two that hold speak of the same
/// words, the later one is the analyst's last word.
pub fn effective(decisions: &[Decision]) -> Vec<Decision> {
    let undone = undone_by(decisions);
    let holds = |it: &&Decision| !undone.contains_key(it.id.as_str()) && !matches!(it.ruling, Ruling::Undo { .. });
    decisions.iter().filter(holds).cloned().collect()
}

/// Returns what does not hold, each with the undo that took it out.
pub(crate) fn undone_by(decisions: &[Decision]) -> BTreeMap<&str, &str> {
    let mut undone = BTreeMap::new();
    // An undo only speaks of earlier decisions, so from the end each one's own fate is known.
    for it in decisions.iter().rev() {
        if let Ruling::Undo { decision } = &it.ruling
            && !undone.contains_key(it.id.as_str())
        {
            undone.insert(decision.as_str(), it.id.as_str());
        }
    }
    undone
}

/// Returns what a decision's id is made from, beside the previous id.
pub(crate) fn content_of(decision: &Decision) -> String {
    let ruling = serde_json::to_value(&decision.ruling).expect("a ruling has string keys and no failing parts");
    let mut content = String::new();
    let fields = json!({
        "number": decision.number, "who": decision.who, "when": decision.when,
        "reason": decision.reason, "ruling": ruling,
    });
    canonical(&fields, &mut content);
    content
}

/// Returns the id of a decision with this content after the decision `previous`.
pub(crate) fn id_of(previous: &str, content: &str) -> String {
    sha256(format!("{previous}{content}").as_bytes())
}

/// Writes JSON with sorted keys and no spaces, whatever order the value keeps.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            out.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                canonical(value, out);
            }
            out.push(']');
        }
        simple => out.push_str(&simple.to_string()),
    }
}
