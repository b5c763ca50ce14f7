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
    /// Corrects the type in every mention of the event.
    #[serde(default)]
    all: String,
    /// Id of an account, to grade.
    #[serde(default)]
    account: String,
    /// `A` to `F`, of the account's source; empty: not graded.
    #[serde(default)]
    letter: String,
    /// `1` to `6`, of what it says; empty: not graded.
    #[serde(default)]
    digit: String,
}

/// The forms for some words: one value each.
pub struct Edit {
    /// The words.
    pub quote: String,
    /// The values.
    pub fields: Vec<EditField>,
    /// Types of the codebook, to choose from.
    pub types: Vec<String>,
}

/// The form for one value.
pub struct EditField {
    /// `HASH.START-END.FIELD`.
    pub place: String,
    /// What is corrected: `figure`, `speaker`, `type` …
    pub field: &'static str,
    /// The same as a label.
    pub label: &'static str,
    /// What the machine read.
    pub value: String,
    /// How to write it.
    pub hint: &'static str,
}

/// Values that are corrected together, with label and hint.
const OF_FIGURE: [(&str, &str, &str); 2] = [
    ("figure", "It says", "a number, 17; bounds, 12..17; one bound, 12.. or ..17"),
    ("speaker", "Said by", "a name, or outlet for the paper’s own voice"),
];
const OF_EVENT: [(&str, &str, &str); 4] = [
    ("type", "Type", "a type of the codebook"),
    ("time", "When", "a day, 2022-12-12; an interval, 2022-12-01..2022-12-31; or none"),
    ("place", "Where", "a name, or none"),
    ("perpetrator", "By whom", "a name with its basis, Ridge Brigade (claimed); several with a semicolon; or none"),
];

/// What was just done.
pub struct Done {
    /// Number of the last decision.
    pub number: u64,
    /// Ids of all that were made by the one form, the last first: undone together.
    pub ids: Vec<String>,
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
            let mut made = vec![];
            for it in rulings {
                made.push(ledger.decide(it, &who, &when, reason.as_deref())?.number);
            }
            Ok((made.first().copied().unwrap_or(0), made.last().copied().unwrap_or(0)))
        })
        .await?;
    back(&ctx, &event, last).await
}

/// Takes decisions back by appending their reverse; what one form made is undone by one form.
pub async fn undo(ctx: Ctx, Path(id): Path<String>, Form(form): Form<Vec<(String, String)>>) -> Answer {
    ctx.must_be_now()?;
    let event = ctx.snap.event(&id)?.clone();
    let given: Vec<String> = form.into_iter().filter(|it| it.0 == "decision").map(|it| it.1).take(MOST).collect();
    if given.is_empty() {
        return Err(Report::input("decision-missing", "the form names no decision").into());
    }
    for made in ctx.snap.decisions.iter().filter(|it| given.contains(&it.id)) {
        crate::workbench::decide::may_undo(&ctx.visitor, made)?;
    }
    let (who, when) = (ctx.who.clone(), (ctx.app.settings().instant)());
    let made = ctx
        .app
        .write(move |ledger| {
            let mut made = vec![];
            for decision in given {
                made.push(ledger.decide(Ruling::Undo { decision }, &who, &when, None)?.number);
            }
            Ok((made.first().copied().unwrap_or(0), made.last().copied().unwrap_or(0)))
        })
        .await?;
    back(&ctx, &event, made).await
}

/// Leads to the event that the first mention belongs to after the decision.
async fn back(ctx: &Ctx, event: &LedgerEvent, (first, last): (u64, u64)) -> Answer {
    let now = ctx.app.snapshot().await?;
    let mention = event.mentions.first();
    let found =
        mention.and_then(|it| now.events_of(&it.document).into_iter().find(|event| event.mentions.contains(it)));
    let policy = ctx.get("policy").map_or(String::new(), |it| format!("&policy={}", escaped(it)));
    match found {
        Some(found) if first < last => Ok(see(&format!("/e/{}?done={first}-{last}{policy}", found.id))),
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
        "correct" => corrections(ctx, event, asked).await?,
        "grade" => grades(ctx, event, asked).await?,
        other => {
            return Err(Report::input("verb-unknown", format!("there is no decision `{other}`"))
                .next("accept, reject, split, same, different, unsure, correct, grade")
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
    let anchor = Anchor {
        document: mention.document.clone(),
        quote,
        span: own.span,
        field: "event".into(),
        value: None,
        definition: None,
    };
    Ok(filled(ctx, &reading, anchor))
}

async fn corrections(
    ctx: &Ctx,
    event: &LedgerEvent,
    asked: &Asked,
) -> std::result::Result<Vec<Ruling>, crate::workbench::Failure> {
    let first = placed(&asked.place)?;
    if !documents(event).contains(&first.document.as_str()) {
        return Err(Report::input("document-not-found", "this event is not told in that document").into());
    }
    let to = asked.to.trim().to_owned();
    crate::decided::check_value(ctx.app.codebook(), &first.field, &to)?;
    let mut anchors = vec![];
    if first.field == "type" && !asked.all.is_empty() {
        for it in event.mentions.iter().take(MOST) {
            anchors.push(Anchor { field: "type".into(), ..anchor(ctx, it).await? });
        }
    } else {
        let reading = ctx.reading(&first.document).await?;
        anchors.push(filled(ctx, &reading, first));
    }
    Ok(anchors.into_iter().map(|anchor| Ruling::Correct { anchor, to: to.clone() }).collect())
}

/// A letter for the account's source, a digit for what it says: two decisions, either of which may be left out.
async fn grades(
    ctx: &Ctx,
    event: &LedgerEvent,
    asked: &Asked,
) -> std::result::Result<Vec<Ruling>, crate::workbench::Failure> {
    let account = event.accounts.iter().find(|it| it.id == asked.account);
    let evidence = account.and_then(|it| super::table::first_words(it));
    let (Some(account), Some(evidence)) = (account, evidence) else {
        return Err(Report::input("account-not-found", "this event has no such account with words of its own")
            .next("choose one of those listed")
            .into());
    };
    let reading = ctx.reading(&evidence.document).await?;
    let mut rulings = vec![];
    for (field, to) in [("reliability", asked.letter.trim()), ("credibility", asked.digit.trim())] {
        if to.is_empty() {
            continue;
        }
        crate::workbench::decide::check_grade(field, to)?;
        let (document, span) = (evidence.document.clone(), evidence.span);
        let anchor = Anchor { document, span, field: field.into(), ..Anchor::default() };
        let anchor = filled(ctx, &reading, anchor);
        rulings.push(Ruling::Grade { anchor, source: account.speaker.clone(), to: to.to_owned() });
    }
    if rulings.is_empty() {
        return Err(Report::input("grade-missing", "neither a letter nor a digit was chosen").into());
    }
    Ok(rulings)
}

/// Reads `HASH.START-END.FIELD`.
fn placed(words: &str) -> Result<Anchor> {
    let parts: Vec<&str> = words.splitn(3, '.').collect();
    let read = || {
        let [document, span, field] = parts[..] else { return None };
        let (start, end) = span.split_once('-')?;
        let span = Span::new(start.parse().ok()?, end.parse().ok()?);
        Some(Anchor {
            document: document.into(),
            quote: String::new(),
            span,
            field: field.into(),
            value: None,
            definition: None,
        })
    };
    read().ok_or_else(|| {
        Report::input("place-not-understood", format!("`{words}` is no place of a value"))
            .next("use the form on the page")
    })
}

fn filled(ctx: &Ctx, reading: &Reading, anchor: Anchor) -> Anchor {
    let quote = Offsets::new(&reading.text).quote(&reading.text, anchor.span).to_owned();
    let anchor = Anchor { quote, ..anchor };
    let value = aver_review::value_at(reading, &anchor);
    let definition = crate::decided::definition(ctx.app.codebook(), reading, &anchor);
    Anchor { value, definition, ..anchor }
}

/// Returns the form for the value that the address names.
pub fn edit(ctx: &Ctx, event: &LedgerEvent, readings: &[Arc<Reading>]) -> Option<Edit> {
    let place = ctx.get("edit")?;
    let anchor = placed(place).ok()?;
    if ctx.at.is_some() || !documents(event).contains(&anchor.document.as_str()) {
        return None;
    }
    let reading = readings.iter().find(|it| it.document.sha256 == anchor.document)?;
    let all: &[(&'static str, &'static str, &'static str)] = match anchor.field.as_str() {
        "figure" | "speaker" => &OF_FIGURE,
        _ => &OF_EVENT,
    };
    let one = anchor.field.as_str();
    let wanted = |it: &&(&str, &str, &str)| matches!(one, "event" | "figure") || it.0 == one;
    let fields = all.iter().filter(wanted).map(|(field, label, hint)| {
        let of = filled(ctx, reading, Anchor { field: (*field).into(), ..anchor.clone() });
        let Span { start, end } = of.span;
        let place = format!("{}.{start}-{end}.{field}", of.document);
        EditField { place, field, label, value: of.value.unwrap_or_default(), hint }
    });
    let types = ctx.app.codebook().events.iter().map(|it| it.name.clone());
    Some(Edit {
        fields: fields.collect(),
        quote: clip(&filled(ctx, reading, anchor.clone()).quote, 200),
        types: types.collect(),
    })
}

/// Returns the decisions that the address says were just made: `done=7`, or `done=5-7` for one form's.
pub fn done(ctx: &Ctx) -> Option<Done> {
    let given = ctx.get("done")?;
    let (first, last) = given.split_once('-').unwrap_or((given, given));
    let (first, number) = (first.parse::<u64>().ok()?, last.parse::<u64>().ok()?);
    let made: Vec<&Decision> =
        ctx.snap.decisions.iter().rev().filter(|it| (first..=number).contains(&it.number)).take(MOST).collect();
    let words = super::side::ruling_words(&made.first()?.ruling, &ctx.snap.decisions);
    let more = if made.len() > 1 { format!(", and {} more with it", made.len() - 1) } else { String::new() };
    Some(Done { number, ids: made.iter().map(|it| it.id.clone()).collect(), words: words + &more })
}
