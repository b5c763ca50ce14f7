//! Decisions made on the page of an event: accept, reject, split, merge, correct, undo.
//!
//! Every change is a plain form; the answer leads back to the page (303) with a line
//! that says what was done and how to take it back. A decision is tied to words,
//! never to an id of the machine's.

use super::documents;
use crate::report::{Report, Result};
use crate::workbench::ctx::escaped;
use crate::workbench::shell::see;
use crate::workbench::words::clip;
use crate::workbench::{Answer, Ctx};
use aver_model::*;
use axum::extract::{Form, Path};
use std::sync::Arc;

/// Mentions that one split sets apart at most.
const MOST: usize = 40;

/// What a form on the page sends.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    verb: String,
    #[serde(default)]
    reason: String,
    /// `HASH:ID` of a mention, to split.
    #[serde(default)]
    mention: String,
    /// Id of another event, to merge or keep apart.
    #[serde(default)]
    other: String,
    /// `HASH.START-END.FIELD`, to correct.
    #[serde(default)]
    place: String,
    /// The value, to correct.
    #[serde(default)]
    to: String,
}

/// The form for one value.
pub struct Edit {
    /// `HASH.START-END.FIELD`.
    pub place: String,
    /// What is corrected.
    pub field: String,
    /// The words.
    pub quote: String,
    /// What the machine read.
    pub value: String,
    /// How to write it.
    pub hint: &'static str,
}

/// What was just done.
pub struct Done {
    /// Number and id of the last decision.
    pub number: u64,
    /// Its id.
    pub id: String,
    /// What it says.
    pub words: String,
}

/// Carries out a form.
pub async fn decide(ctx: Ctx, Path(id): Path<String>, Form(asked): Form<Asked>) -> Answer {
    ctx.must_be_now()?;
    let event = ctx.snap.event(&id)?.clone();
    let rulings = rulings(&ctx, &event, &asked).await?;
    let (who, when) = (ctx.who.clone(), (ctx.app.settings().instant)());
    let reason = Some(asked.reason.trim().to_owned()).filter(|it| !it.is_empty());
    let last = ctx
        .app
        .write(move |ledger| {
            let mut last = None;
            for it in rulings {
                last = Some(ledger.decide(it, &who, &when, reason.as_deref())?);
            }
            Ok(last.map_or(0, |it| it.number))
        })
        .await?;
    back(&ctx, &event, last).await
}

/// Takes a decision back by appending its reverse.
pub async fn undo(ctx: Ctx, Path(id): Path<String>, Form(form): Form<Vec<(String, String)>>) -> Answer {
    ctx.must_be_now()?;
    let event = ctx.snap.event(&id)?.clone();
    let given = form.iter().find(|it| it.0 == "decision").map(|it| it.1.clone());
    let decision = given.ok_or_else(|| Report::input("decision-missing", "the form names no decision"))?;
    if let Some(made) = ctx.snap.decisions.iter().find(|it| it.id == decision) {
        crate::workbench::decide::may_undo(&ctx.visitor, made)?;
    }
    let (who, when) = (ctx.who.clone(), (ctx.app.settings().instant)());
    let last =
        ctx.app.write(move |ledger| Ok(ledger.decide(Ruling::Undo { decision }, &who, &when, None)?.number)).await?;
    back(&ctx, &event, last).await
}

/// Leads to the event that the first mention belongs to after the decision.
async fn back(ctx: &Ctx, event: &LedgerEvent, last: u64) -> Answer {
    let now = ctx.app.snapshot().await?;
    let first = event.mentions.first();
    let found = first.and_then(|it| now.events_of(&it.document).into_iter().find(|event| event.mentions.contains(it)));
    let policy = ctx.get("policy").map_or(String::new(), |it| format!("&policy={}", escaped(it)));
    match found {
        Some(found) => Ok(see(&format!("/e/{}?done={last}{policy}", found.id))),
        None => Ok(see("/")),
    }
}

async fn rulings(
    ctx: &Ctx,
    event: &LedgerEvent,
    asked: &Asked,
) -> std::result::Result<Vec<Ruling>, crate::workbench::Failure> {
    let first = event.mentions.first().ok_or_else(|| Report::bug("an event without a mention"))?;
    Ok(match asked.verb.as_str() {
        "accept" => vec![Ruling::Accept { anchor: anchor(ctx, first).await? }],
        "reject" => vec![Ruling::Reject { anchor: anchor(ctx, first).await? }],
        "split" => {
            let mention = event.mentions.iter().find(|it| format!("{}:{}", it.document, it.event) == asked.mention);
            let mention = mention.ok_or_else(|| {
                Report::input("mention-not-found", "this event has no such mention").next("choose one of those listed")
            })?;
            if event.mentions.len() < 2 {
                return Err(Report::input("event-has-one-mention", "there is nothing to set apart").into());
            }
            let a = anchor(ctx, mention).await?;
            let mut rulings = vec![];
            for other in event.mentions.iter().filter(|it| *it != mention).take(MOST) {
                rulings.push(Ruling::Different { a: a.clone(), b: anchor(ctx, other).await? });
            }
            rulings
        }
        verb @ ("same" | "different" | "unsure") => {
            let other = ctx.snap.event(asked.other.trim())?;
            if other.id == event.id {
                return Err(Report::input("event-is-the-same", "this is the event itself")
                    .next("write the id of another")
                    .into());
            }
            let other = other.mentions.first().ok_or_else(|| Report::bug("an event without a mention"))?;
            let (a, b) = (anchor(ctx, first).await?, anchor(ctx, other).await?);
            vec![match verb {
                "same" => Ruling::Same { a, b },
                "different" => Ruling::Different { a, b },
                _ => Ruling::Unsure { a, b },
            }]
        }
        "correct" => vec![correction(ctx, event, asked).await?],
        other => {
            return Err(Report::input("verb-unknown", format!("there is no decision `{other}`"))
                .next("accept, reject, split, same, different, unsure, correct")
                .into());
        }
    })
}

/// Returns the words of an event mention.
async fn anchor(ctx: &Ctx, mention: &MentionRef) -> std::result::Result<Anchor, crate::workbench::Failure> {
    let reading = ctx.reading(&mention.document).await?;
    let own = reading.events.iter().find(|it| it.id == mention.event);
    let own =
        own.ok_or_else(|| Report::bug(format!("event {} of {} is not in its reading", mention.event, mention.file)))?;
    let quote = Offsets::new(&reading.text).quote(&reading.text, own.span).to_owned();
    let anchor =
        Anchor { document: mention.document.clone(), quote, span: own.span, field: "event".into(), value: None };
    let value = aver_review::value_at(&reading, &anchor);
    Ok(Anchor { value, ..anchor })
}

async fn correction(
    ctx: &Ctx,
    event: &LedgerEvent,
    asked: &Asked,
) -> std::result::Result<Ruling, crate::workbench::Failure> {
    let anchor = placed(&asked.place)?;
    if !documents(event).contains(&anchor.document.as_str()) {
        return Err(Report::input("document-not-found", "this event is not told in that document").into());
    }
    let reading = ctx.reading(&anchor.document).await?;
    let anchor = filled(&reading, anchor);
    let to = asked.to.trim().to_owned();
    aver_review::check_value(&anchor.field, &to)
        .map_err(|it| Report::input("value-not-understood", it).at(&anchor.field))?;
    Ok(Ruling::Correct { anchor, to })
}

/// Reads `HASH.START-END.FIELD`.
fn placed(words: &str) -> Result<Anchor> {
    let parts: Vec<&str> = words.splitn(3, '.').collect();
    let read = || {
        let [document, span, field] = parts[..] else { return None };
        let (start, end) = span.split_once('-')?;
        let span = Span::new(start.parse().ok()?, end.parse().ok()?);
        Some(Anchor { document: document.into(), quote: String::new(), span, field: field.into(), value: None })
    };
    read().ok_or_else(|| {
        Report::input("place-not-understood", format!("`{words}` is no place of a value"))
            .next("use the form on the page")
    })
}

fn filled(reading: &Reading, anchor: Anchor) -> Anchor {
    let quote = Offsets::new(&reading.text).quote(&reading.text, anchor.span).to_owned();
    let anchor = Anchor { quote, ..anchor };
    let value = aver_review::value_at(reading, &anchor);
    Anchor { value, ..anchor }
}

/// Returns the form for the value that the address names.
pub fn edit(ctx: &Ctx, event: &LedgerEvent, readings: &[Arc<Reading>]) -> Option<Edit> {
    let place = ctx.get("edit")?;
    let anchor = placed(place).ok()?;
    if ctx.at.is_some() || !documents(event).contains(&anchor.document.as_str()) {
        return None;
    }
    let reading = readings.iter().find(|it| it.document.sha256 == anchor.document)?;
    let anchor = filled(reading, anchor);
    let hint = match anchor.field.as_str() {
        "figure" => "a number, 17; bounds, 12..17; one bound, 12.. or ..17",
        "time" => "a day, 2022-12-12; an interval, 2022-12-01..2022-12-31",
        _ => "a name",
    };
    Some(Edit {
        place: place.to_owned(),
        field: anchor.field,
        quote: clip(&anchor.quote, 200),
        value: anchor.value.unwrap_or_default(),
        hint,
    })
}

/// Returns the decision that the address says was just made.
pub fn done(ctx: &Ctx) -> Option<Done> {
    let number = ctx.get("done")?.parse::<u64>().ok()?;
    let decision = ctx.snap.decisions.iter().find(|it| it.number == number)?;
    let words = super::side::ruling_words(&decision.ruling, &ctx.snap.decisions);
    Some(Done { number, id: decision.id.clone(), words })
}
