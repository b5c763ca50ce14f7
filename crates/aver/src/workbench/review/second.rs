//! Two coders on the same cells: coding a second time, agreement, and what they differ on.
//!
//! The second coder does not see the first one's answer. Where they differ, the last
//! ruling holds until an editor settles it; the differences are listed until then.

use super::{Passage, at, passage};
use crate::team::Role;
use crate::workbench::shell::{Screen, Shell, page};
use crate::workbench::words::short;
use crate::workbench::{Answer, Ctx};
use askama::Template;
use aver_review::{Candidate, Cell, Queue};
use std::collections::BTreeSet;

/// Returns the cells that somebody else has coded and this visitor has not.
pub(super) fn waiting(ctx: &Ctx) -> Vec<Candidate> {
    let made = &ctx.snap.effective;
    let names: BTreeSet<&str> = made.iter().map(|it| it.who.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let cells = aver_review::cells(made, &names);
    cells.into_iter().filter(|it| !it.by.contains_key(&ctx.who)).filter_map(candidate).collect()
}

fn candidate(cell: Cell) -> Option<Candidate> {
    let queue = match cell.field.as_str() {
        "same event" => Queue::SameEvent,
        "figure" => Queue::Figures,
        "event" => Queue::Drafts,
        _ => return None,
    };
    let id = cell.anchors.iter().map(at).collect::<Vec<_>>().join(" ");
    Some(Candidate { queue, id, events: vec![], anchors: cell.anchors, at_stake: 0, decision: None })
}

struct Row {
    field: String,
    cells: usize,
    percent: String,
    alpha: String,
    by_size: String,
    /// How the number is commonly judged.
    judged: &'static str,
}

struct Difference {
    field: String,
    sides: Vec<(Passage, String, String)>,
    /// Coder, value.
    by: Vec<(String, String)>,
    /// Verb, words of the button, value.
    settle: Vec<(&'static str, String, String)>,
    a: String,
    b: String,
}

#[derive(Template)]
#[template(path = "differences.html")]
struct Page {
    shell: Shell,
    coders: Vec<(String, bool)>,
    rows: Vec<Row>,
    differences: Vec<Difference>,
    cells: usize,
    may_settle: bool,
    back: String,
}

pub(super) async fn show(ctx: Ctx) -> Answer {
    let made = &ctx.snap.effective;
    let all: BTreeSet<String> = made.iter().map(|it| it.who.clone()).collect();
    let asked = ctx.all("coder");
    let chosen: Vec<&str> = if asked.is_empty() {
        let editors: BTreeSet<String> =
            ctx.app.settings().gate.list().into_iter().filter(|it| it.1 == Role::Editor).map(|it| it.0).collect();
        // Those who settle are not those who code, unless one says so.
        all.iter().map(String::as_str).filter(|it| !editors.contains(*it)).collect()
    } else {
        asked.clone()
    };
    let cells = aver_review::cells(made, &chosen);
    let rows = aver_review::agreement_by_field(&cells, &chosen).into_iter().map(|it| {
        let number = |it: Option<f64>| it.map_or("—".into(), |it| format!("{it:.2}"));
        Row {
            judged: judged(it.alpha),
            percent: it.percent.map_or("—".into(), |it| format!("{:.0} %", it * 100.0)),
            alpha: number(it.alpha),
            by_size: number(it.alpha_by_size),
            cells: it.cells,
            field: it.field,
        }
    });
    let rows = rows.collect();
    let mut differences = vec![];
    for cell in aver_review::disagreements(&cells) {
        differences.push(difference(&ctx, cell).await?);
    }
    let back = format!("/review/differences{}", ctx.with("done", &[]));
    Ok(page(&Page {
        shell: ctx.shell(Screen::Review, "Where coders differ"),
        coders: all.iter().map(|it| (it.clone(), chosen.contains(&it.as_str()))).collect(),
        rows,
        differences,
        cells: cells.iter().filter(|it| it.by.len() > 1).count(),
        may_settle: ctx.visitor.role == Role::Editor && ctx.at.is_none(),
        back,
    }))
}

/// Krippendorff's own bounds: rely on .800 and more, draw tentative conclusions from .667.
fn judged(alpha: Option<f64>) -> &'static str {
    match alpha {
        None => "nothing varies",
        Some(it) if it >= 0.8 => "to be relied on",
        Some(it) if it >= 0.667 => "tentative",
        Some(_) => "not to be relied on",
    }
}

async fn difference(ctx: &Ctx, cell: &Cell) -> crate::report::Result<Difference> {
    let mut sides = vec![];
    for anchor in &cell.anchors {
        if let Some(filed) = ctx.snap.filed(&anchor.document) {
            let reading = ctx.app.reading(&ctx.snap, &anchor.document).await?;
            let document = format!("/d/{}#c={}-{}", short(&anchor.document), anchor.span.start, anchor.span.end);
            sides.push((passage(&reading, anchor.span, 180), filed.document.file.clone(), document));
        }
    }
    let by: Vec<(String, String)> = cell.by.iter().map(|(who, it)| (who.clone(), it.0.clone())).collect();
    let values: BTreeSet<&str> = by.iter().map(|it| it.1.as_str()).collect();
    let settle = values.into_iter().map(|value| match value {
        "same" => ("same", "Same event".to_owned(), String::new()),
        "different" => ("different", "Different events".to_owned(), String::new()),
        "unsure" => ("unsure", "Can’t tell".to_owned(), String::new()),
        "reject" => ("reject", "Reject".to_owned(), String::new()),
        "accept" => ("accept", "Accept".to_owned(), String::new()),
        value => ("correct", value.to_owned(), value.to_owned()),
    });
    Ok(Difference {
        settle: settle.collect(),
        a: cell.anchors.first().map_or(String::new(), at),
        b: cell.anchors.get(1).map_or(String::new(), at),
        field: cell.field.clone(),
        sides,
        by,
    })
}
