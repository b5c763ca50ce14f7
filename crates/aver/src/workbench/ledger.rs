//! The screen "Ledger & export": every act, before → after, with reason and hash chain.
//!
//! In: the chain of decisions. Out: rows, newest first, each with what it changed and
//! whether it still holds; `.json` gives the chain as it can be checked elsewhere.
//! Any row can be undone, which appends.

use super::shell::{Screen, Shell, json, page};
use super::state::blocking;
use super::words::{clip, plain, short};
use super::{Answer, App, Ctx};
use crate::decided::{Fate, Placed};
use crate::team::Role;
use askama::Template;
use aver_model::*;
use axum::http::header;
use axum::response::IntoResponse;
use axum::{Router, routing::get};
use std::collections::BTreeMap;

/// Rows of one page.
const ROWS: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/ledger", get(show))
        .route("/ledger.json", get(chain))
        .route("/ledger.csv", get(table))
        .route("/ledger/verify", get(verify))
}

/// One act.
pub struct Row {
    number: u64,
    when: String,
    who: String,
    verb: &'static str,
    /// What it is about: (words, address).
    about: Vec<(String, String)>,
    before: String,
    after: String,
    reason: String,
    /// `holds`, `undone by 7`, `lost its words`.
    state: String,
    class: &'static str,
    hash: String,
    /// Its first characters.
    mark: String,
    previous: String,
    may_undo: bool,
}

#[derive(Template)]
#[template(path = "ledger.html")]
struct Page {
    shell: Shell,
    rows: Vec<Row>,
    found: usize,
    total: usize,
    page: usize,
    newer: Option<String>,
    older: Option<String>,
    who: Vec<(String, bool)>,
    verbs: Vec<(&'static str, bool)>,
    since: String,
    words: String,
    filtered: bool,
    head: String,
    head_short: String,
    broken: Option<String>,
    back: String,
}

const VERBS: [&str; 10] =
    ["accept", "reject", "correct", "same", "different", "unsure", "resolve", "grade", "state", "undo"];

async fn show(ctx: Ctx) -> Answer {
    let decisions = ctx.snap.decisions_seen();
    let fits = filter(&ctx);
    let found: Vec<&Decision> = decisions.iter().copied().rev().filter(|it| fits(it)).collect();
    let at = ctx.get("page").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).max(1);
    let undone = undone(&ctx.snap.decisions);
    let placed: BTreeMap<u64, &Placed> = ctx.snap.knowledge.decided.iter().map(|it| (it.decision.number, it)).collect();
    let rows = found.iter().skip((at - 1) * ROWS).take(ROWS).map(|it| row(&ctx, it, &undone, &placed)).collect();
    let mut names: Vec<&str> = decisions.iter().map(|it| it.who.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let by = ctx.get("by").unwrap_or("");
    let to_page = |n: usize| format!("/ledger{}", ctx.with("page", &[&n.to_string()]));
    Ok(page(&Page {
        rows,
        found: found.len(),
        total: decisions.len(),
        page: at,
        newer: (at > 1).then(|| to_page(at - 1)),
        older: (found.len() > at * ROWS).then(|| to_page(at + 1)),
        who: names.into_iter().map(|it| (it.to_owned(), it == by)).collect(),
        verbs: VERBS.map(|it| (it, ctx.get("verb") == Some(it))).to_vec(),
        since: ctx.get("since").unwrap_or("").to_owned(),
        words: ctx.get("q").unwrap_or("").to_owned(),
        filtered: ["by", "verb", "since", "q"].iter().any(|it| ctx.is(it)),
        head: ctx.snap.decisions.last().map_or(String::new(), |it| it.id.clone()),
        head_short: ctx.snap.decisions.last().map_or(String::new(), |it| it.id.chars().take(16).collect()),
        broken: aver_ledger::check_chain(&ctx.snap.decisions).err().map(|it| it.1),
        back: format!("/ledger{}", ctx.with("done", &[])),
        shell: ctx.shell(Screen::Ledger, "Ledger & export"),
    }))
}

/// Who, what, since when, and words in the quote or the reason.
fn filter(ctx: &Ctx) -> impl Fn(&Decision) -> bool {
    let of = |key: &str| ctx.get(key).map(str::to_owned);
    let (by, verb, since, words) = (of("by"), of("verb"), of("since"), of("q").map(|it| it.to_lowercase()));
    move |it: &Decision| {
        by.as_ref().is_none_or(|by| it.who == *by)
            && verb.as_ref().is_none_or(|verb| it.ruling.verb() == verb)
            && since.as_ref().is_none_or(|since| it.when.as_str() >= since.as_str())
            && words.as_ref().is_none_or(|words| {
                let anchors = it.ruling.anchors().into_iter().any(|it| {
                    it.quote.to_lowercase().contains(words.as_str()) || it.document.starts_with(words.as_str())
                });
                anchors || it.reason.as_ref().is_some_and(|it| it.to_lowercase().contains(words.as_str()))
            })
    }
}

/// Number of a decision → number of the undo that took it out.
fn undone(decisions: &[Decision]) -> BTreeMap<u64, u64> {
    let number: BTreeMap<&str, u64> = decisions.iter().map(|it| (it.id.as_str(), it.number)).collect();
    let mut out = BTreeMap::new();
    for it in decisions.iter().rev() {
        if let Ruling::Undo { decision } = &it.ruling
            && !out.contains_key(&it.number)
            && let Some(target) = number.get(decision.as_str())
        {
            out.insert(*target, it.number);
        }
    }
    out
}

fn row(ctx: &Ctx, it: &Decision, undone: &BTreeMap<u64, u64>, placed: &BTreeMap<u64, &Placed>) -> Row {
    let (before, after) = change(it, &ctx.snap.decisions);
    let place = placed.get(&it.number);
    let (state, class) = match (undone.get(&it.number), place.map(|it| (it.fate, it.machine_now.as_ref()))) {
        (Some(by), _) => (format!("undone by {by}"), "gone"),
        (None, Some((Fate::Orphaned, _))) => ("lost its words".into(), "lost"),
        (None, Some((_, Some(now)))) => (format!("holds; the machine now reads {now}"), "otherwise"),
        (None, Some((Fate::Moved, _))) => ("holds, words moved".into(), "holds"),
        (None, Some((Fate::Kept, None)) | None) => ("holds".into(), "holds"),
    };
    let changed =
        crate::decided::definition_changed(ctx.app.codebook(), it).filter(|_| !undone.contains_key(&it.number));
    let (state, class) = match changed {
        Some(entry) => (format!("{state}; definition of {} changed since", plain(entry)), "otherwise"),
        None => (state, class),
    };
    let about = it.ruling.anchors().into_iter().map(|it| {
        let address = format!("/d/{}#c={}-{}", short(&it.document), it.span.start, it.span.end);
        (clip(&it.quote, 90), ctx.link(&address))
    });
    let visitor = &ctx.visitor;
    let may = visitor.role == Role::Editor || (visitor.role == Role::Coder && it.who == visitor.name);
    Row {
        number: it.number,
        when: it.when.get(..16).unwrap_or(&it.when).replace('T', " "),
        who: it.who.clone(),
        verb: it.ruling.verb(),
        about: about.collect(),
        before,
        after,
        reason: it.reason.clone().unwrap_or_default(),
        may_undo: may && ctx.at.is_none() && !undone.contains_key(&it.number),
        state,
        class,
        hash: it.id.clone(),
        mark: it.id.chars().take(8).collect(),
        previous: it.previous.clone(),
    }
}

/// What stood before a ruling and what stands after it.
pub(super) fn change(it: &Decision, all: &[Decision]) -> (String, String) {
    let read = |anchor: &Anchor| anchor.value.clone().unwrap_or_else(|| "as read".into());
    match &it.ruling {
        Ruling::Accept { anchor } => (format!("{} {}, draft", plain(&anchor.field), read(anchor)), "accepted".into()),
        Ruling::Reject { anchor } => (format!("{} {}", plain(&anchor.field), read(anchor)), "left out".into()),
        Ruling::Correct { anchor, to } => (format!("{} {}", plain(&anchor.field), read(anchor)), to.clone()),
        Ruling::Same { .. } => ("two mentions".into(), "one event".into()),
        Ruling::Different { .. } => ("maybe one event".into(), "two events".into()),
        Ruling::Unsure { .. } => ("maybe one event".into(), "cannot be told".into()),
        Ruling::Resolve { outcome, .. } => {
            let after = match outcome {
                Outcome::Happened => "happened",
                Outcome::DidNot => "did not happen",
                Outcome::CannotTell => "cannot be told",
            };
            ("forecast open".into(), after.into())
        }
        Ruling::Grade { anchor, source, to } => (format!("{} of {source} not graded", anchor.field), to.clone()),
        Ruling::State { speaker, stance, .. } => {
            ("nothing read here".into(), format!("{speaker} {}", plain(stance.as_str())))
        }
        Ruling::Undo { decision } => match all.iter().find(|it| it.id == *decision) {
            Some(it) => {
                let (before, after) = change(it, all);
                (format!("decision {}: {after}", it.number), before)
            }
            None => (String::new(), String::new()),
        },
    }
}

/// The chain as JSON: `id` is the SHA-256 of the previous id followed by the content.
async fn chain(ctx: Ctx) -> Answer {
    let fits = filter(&ctx);
    json(&ctx.snap.decisions_seen().into_iter().filter(|it| fits(it)).collect::<Vec<_>>())
}

async fn table(ctx: Ctx) -> Answer {
    let fits = filter(&ctx);
    let mut out = "number,when,who,verb,before,after,quotes,reason,id,previous\n".to_owned();
    for it in ctx.snap.decisions_seen().into_iter().filter(|it| fits(it)) {
        let (before, after) = change(it, &ctx.snap.decisions);
        let quotes: Vec<&str> = it.ruling.anchors().into_iter().map(|it| it.quote.as_str()).collect();
        let reason = it.reason.clone().unwrap_or_default();
        let number = it.number.to_string();
        let cells = [
            &number,
            &it.when,
            &it.who,
            it.ruling.verb(),
            &before,
            &after,
            &quotes.join(" | "),
            &reason,
            &it.id,
            &it.previous,
        ];
        out.push_str(&cells.map(cell).join(","));
        out.push('\n');
    }
    let name = "attachment; filename=\"ledger.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)], out).into_response())
}

/// A CSV cell; one that a spreadsheet would take for a formula begins with an apostrophe.
fn cell(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if risky { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage {
    shell: Shell,
    counts: Vec<(String, &'static str)>,
    faults: Vec<(String, String, String)>,
    head: String,
}

/// Hashes every stored byte again and follows every link.
async fn verify(ctx: Ctx) -> Answer {
    let app = ctx.app.clone();
    let it = blocking(move || app.read(|ledger| Ok(ledger.verify()?))).await?;
    let number = super::words::thousands;
    Ok(page(&VerifyPage {
        counts: vec![
            (number(it.documents), "documents hashed"),
            (number(it.bytes), "bytes"),
            (number(it.readings), "readings"),
            (number(it.spans), "quotes looked up"),
            (number(it.decisions), "links of the chain followed"),
            (number(it.edges), "judgments on pairs"),
        ],
        faults: it.faults.iter().map(|it| (it.what.clone(), it.place.clone(), it.next.clone())).collect(),
        head: ctx.snap.decisions.last().map_or(String::new(), |it| it.id.clone()),
        shell: ctx.shell(Screen::Ledger, "Verification"),
    }))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_commas() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("12, or so"), "\"12, or so\"");
        assert_eq!(cell("plain"), "plain");
    }
}
