//! Beside the table: why mentions are one event, what each policy did, what was decided.

use super::table::{Table, estimate_words};
use crate::workbench::Ctx;
use crate::workbench::events::index::field_words;
use crate::workbench::events::rows::bounds;
use crate::workbench::words::{clip, days, policy, short};
use aver_model::*;
use std::sync::Arc;

/// Two mentions judged to be one event.
pub struct Join {
    /// The reports of both.
    pub words: String,
    /// Between 0 and 1, two digits.
    pub score: String,
    /// A person ruled it.
    pub ruled: bool,
    /// Weight with its sign, reason; those for it first.
    pub reasons: Vec<(String, String, bool)>,
}

/// An event that may be the same.
pub struct Near {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub link: String,
    /// How near.
    pub score: String,
    /// The strongest reason for and against.
    pub words: String,
}

/// One mention, which can be split off.
pub struct Mentioned {
    /// `HASH:ID`, for the form.
    pub key: String,
    /// Its words.
    pub words: String,
    /// The document's file.
    pub file: String,
    /// Where it stands.
    pub link: String,
    /// Its type and who is named.
    pub facts: String,
    /// Address of the forms that correct it.
    pub edit: String,
}

/// What the chosen policy did with every figure of a measure.
pub struct Weighing {
    /// The measure in words.
    pub measure: String,
    /// The result.
    pub result: String,
    /// The rule in a phrase.
    pub why: String,
    /// Speaker, figure, why left out (empty: counted).
    pub figures: Vec<(String, String, String)>,
}

/// A decision about this event.
pub struct Act {
    /// Its number in the chain.
    pub number: u64,
    /// Its id.
    pub id: String,
    /// When, to the minute.
    pub when: String,
    /// Who.
    pub who: String,
    /// What.
    pub words: String,
    /// Why.
    pub reason: String,
    /// It holds and can be undone.
    pub holds: bool,
    /// The codebook entry whose definition is another since; empty when none is.
    pub changed: String,
}

/// Returns the edges inside an event.
pub fn joins(ctx: &Ctx, event: &LedgerEvent) -> Vec<Join> {
    let holds = |it: &MentionRef| event.mentions.contains(it);
    let inside = ctx.snap.edges_of(event).into_iter().filter(|it| it.verdict == "same" && holds(&it.a) && holds(&it.b));
    let mut joins: Vec<Join> = inside
        .map(|it| {
            let mut reasons: Vec<&Reason> = it.reasons.iter().collect();
            reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            let (a, b) = (report_words(ctx, &it.a), report_words(ctx, &it.b));
            let files = if it.a.document == it.b.document { format!("twice in {a}") } else { format!("{a} and {b}") };
            Join {
                words: files,
                score: format!("{:.2}", it.score),
                ruled: it.decision.is_some(),
                reasons: reasons
                    .iter()
                    .map(|it| (format!("{:+.1}", it.weight), it.words.clone(), it.weight >= 0.0))
                    .collect(),
            }
        })
        .collect();
    joins.sort_by(|a, b| b.score.cmp(&a.score));
    joins
}

/// Returns a report by its outlet and day, or by its file when nothing is known of it.
fn report_words(ctx: &Ctx, mention: &MentionRef) -> String {
    let Some(it) = ctx.snap.filed(&mention.document).map(|it| &it.document) else { return mention.file.clone() };
    let published = (it.published.start, it.published.end);
    match &it.source {
        Some(source) if published != (None, None) => format!("{source}, {}", days(published.0, published.1)),
        Some(source) => format!("{source} ({})", mention.file),
        None => mention.file.clone(),
    }
}

/// Returns events that the machine found near, but not near enough.
pub fn near(ctx: &Ctx, event: &LedgerEvent) -> Vec<Near> {
    let holds = |it: &MentionRef| event.mentions.contains(it);
    let mut near: Vec<Near> = vec![];
    let mut edges: Vec<&Edge> = ctx.snap.edges_of(event).into_iter().filter(|it| it.verdict == "near").collect();
    edges.sort_by(|a, b| b.score.total_cmp(&a.score));
    for edge in edges {
        let other = if holds(&edge.a) { &edge.b } else { &edge.a };
        let found = ctx.snap.events_of(&other.document).into_iter().find(|it| it.mentions.contains(other));
        let Some(other) = found.filter(|it| it.id != event.id && near.iter().all(|near| near.id != it.id)) else {
            continue;
        };
        let strongest = |sign: f64| {
            let best = edge
                .reasons
                .iter()
                .filter(|it| it.weight * sign > 0.0)
                .max_by(|a, b| (a.weight * sign).total_cmp(&(b.weight * sign)));
            best.map(|it| it.words.clone())
        };
        let words = match (strongest(1.0), strongest(-1.0)) {
            (Some(a), Some(b)) => format!("{a}; but {b}"),
            (Some(a), None) => a,
            (None, b) => b.unwrap_or_default(),
        };
        near.push(Near {
            id: other.id.clone(),
            title: other.title.clone(),
            link: ctx.link(&format!("/e/{}", other.id)),
            score: format!("{:.2}", edge.score),
            words,
        });
    }
    near.truncate(6);
    near
}

/// Returns what does not fit in an event: speakers who contradict themselves, mentions that fit two events.
pub fn doubts(ctx: &Ctx, event: &LedgerEvent) -> Vec<String> {
    let noted = crate::notes::across(&[event], &ctx.snap.edges_of(event));
    noted.into_iter().map(|it| it.note.message).collect()
}

/// Returns how far each figure moves with the policy: "killed: best 12 (median/1) to 19 (gtd-recent/1 and 1 more)".
pub fn swings(event: &LedgerEvent) -> Vec<String> {
    let moved = aver_reconcile::swings(event).into_iter().filter(|it| it.low != it.high);
    moved.map(|it| format!("{}: {}", field_words(&it.measure), crate::print::event::swing(&it))).collect()
}

/// Returns the mentions with their words.
pub fn mentions(ctx: &Ctx, event: &LedgerEvent, readings: &[Arc<Reading>]) -> Vec<Mentioned> {
    let one = |it: &MentionRef| {
        let reading = readings.iter().find(|own| own.document.sha256 == it.document)?;
        let own = reading.events.iter().find(|own| own.id == it.event)?;
        let words = Offsets::new(&reading.text).quote(&reading.text, own.span).to_owned();
        let Span { start, end } = own.span;
        Some(Mentioned {
            key: format!("{}:{}", it.document, it.event),
            words: clip(&words, 90),
            file: it.file.clone(),
            facts: {
                let by: Vec<&str> = own.perpetrators.iter().map(|it| it.name.as_str()).collect();
                let by = if by.is_empty() { String::new() } else { format!(", by {}", by.join(", ")) };
                format!("{}{by}", crate::workbench::words::plain(&own.kind))
            },
            edit: format!("{}{}", ctx.path, ctx.with("edit", &[&format!("{}.{start}-{end}.event", it.document)])),
            link: format!("{}#c{start}", ctx.link(&format!("/d/{}?c={start}-{end}", short(&it.document)))),
        })
    };
    event.mentions.iter().filter_map(one).collect()
}

/// Returns what the policy did, measure by measure.
pub fn weighed(event: &LedgerEvent, chosen: &str, table: &Table) -> Vec<Weighing> {
    let named = event.estimates.iter().filter(|it| policy(&it.policy) == chosen);
    let speaker = |id: &str| table.columns.iter().find(|it| it.id == id).map_or("", |it| it.speaker.as_str());
    named
        .map(|it| Weighing {
            measure: field_words(&it.measure),
            result: estimate_words(it),
            why: it.why.clone(),
            figures: it
                .weighed
                .iter()
                .map(|it| (speaker(&it.account).to_owned(), figure_words(it), it.left_out.clone()))
                .collect(),
        })
        .collect()
}

fn figure_words(it: &Weighed) -> String {
    let words = bounds(it.low, it.high);
    if words.is_empty() { "no number".into() } else { words }
}

/// Returns the decisions that speak of this event's words, newest first.
pub fn acts(ctx: &Ctx, event: &LedgerEvent) -> Vec<Act> {
    let mut spans: Vec<(&str, Span)> = vec![];
    for account in &event.accounts {
        let all =
            account.evidence.iter().chain(account.figures.iter().map(|it| &it.evidence)).chain(&account.time_evidence);
        spans.extend(all.map(|it| (it.document.as_str(), it.span)));
    }
    let speaks =
        |anchor: &&Anchor| spans.iter().any(|(hash, span)| *hash == anchor.document && span.overlaps(anchor.span));
    let of_event: Vec<&Decision> =
        ctx.snap.decisions.iter().filter(|it| it.ruling.anchors().iter().any(&speaks)).collect();
    let ids: Vec<&str> = of_event.iter().map(|it| it.id.as_str()).collect();
    let undoes = |it: &&Decision| matches!(&it.ruling, Ruling::Undo { decision } if ids.contains(&decision.as_str()));
    let mut all: Vec<&Decision> = of_event.into_iter().chain(ctx.snap.decisions.iter().filter(undoes)).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.number));
    all.into_iter()
        .map(|it| Act {
            number: it.number,
            id: it.id.clone(),
            when: it.when.chars().take(16).map(|it| if it == 'T' { ' ' } else { it }).collect(),
            who: it.who.clone(),
            words: ruling_words(&it.ruling, &ctx.snap.decisions),
            reason: it.reason.clone().unwrap_or_default(),
            holds: ctx.snap.effective.iter().any(|held| held.id == it.id),
            changed: crate::decided::definition_changed(ctx.app.codebook(), it)
                .map_or(String::new(), crate::workbench::words::plain),
        })
        .collect()
}

/// Returns a ruling as a sentence without its subject.
pub fn ruling_words(ruling: &Ruling, decisions: &[Decision]) -> String {
    let quote = |it: &Anchor| format!("“{}”", clip(&it.quote, 60));
    match ruling {
        Ruling::Accept { anchor } => format!("accepted {} {}", anchor.field, quote(anchor)),
        Ruling::Reject { anchor } => format!("rejected {} {}", anchor.field, quote(anchor)),
        Ruling::Correct { anchor, to } => {
            let before = anchor.value.as_ref().map_or(String::new(), |it| format!("from {it} "));
            format!("corrected {} {} {before}to {to}", anchor.field, quote(anchor))
        }
        Ruling::Same { a, b } => format!("same event: {} and {}", quote(a), quote(b)),
        Ruling::Different { a, b } => format!("different events: {} and {}", quote(a), quote(b)),
        Ruling::Unsure { a, b } => format!("cannot be told: {} and {}", quote(a), quote(b)),
        Ruling::Resolve { anchor, outcome, .. } => format!("resolved {}: {outcome:?}", quote(anchor)),
        Ruling::Grade { anchor, source, to } => {
            let of = if anchor.field == "reliability" { "as a source" } else { "on what is said here" };
            format!("graded {source} {to} {of}: {}", quote(anchor))
        }
        Ruling::State { anchor, speaker, stance } => {
            format!("read a statement: {speaker} {} {}", crate::workbench::words::plain(stance.as_str()), quote(anchor))
        }
        Ruling::Undo { decision } => {
            let number = decisions.iter().find(|it| it.id == *decision).map_or(0, |it| it.number);
            format!("took back decision {number}")
        }
    }
}
