//! One candidate as it is shown: the question, the sides, the reasons, the answers.

use super::{Passage, at, line, passage, short_title};
use crate::decided::would_change;
use crate::report::Result;
use crate::workbench::words::{days, place, plain, short};
use crate::workbench::{Ctx, state::blocking};
use aver_model::*;
use aver_review::{Candidate, Queue};
use std::collections::BTreeSet;

/// Documents up to which the effect of an answer is tried out.
const TRIED: usize = 24;
/// Characters of text shown on each side of the words.
const REACH: usize = 260;

/// One candidate.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// `same-event`, `figures` …
    pub kind: &'static str,
    /// The question in words.
    pub question: String,
    /// What the machine made of it, or what was decided.
    pub told: String,
    /// One or two sides.
    pub sides: Vec<Side>,
    /// Why the machine thinks so: weight in percent of the greatest, sign, words.
    pub reasons: Vec<Why>,
    /// The score of a pair.
    pub score: Option<String>,
    /// The answers.
    pub answers: Vec<AnswerForm>,
    /// The value that a correction begins with.
    pub edit: Option<Edit>,
    /// Number of the decision that an answer takes the place of.
    pub instead: Option<u64>,
    /// Other figures of the same measure, for a figure.
    pub others: Vec<Other>,
}

/// One side of the question.
#[derive(Debug, Clone)]
pub struct Side {
    /// The event's title.
    pub title: String,
    /// Its address.
    pub link: String,
    /// Day, place, accounts.
    pub facts: Vec<String>,
    /// The words in their sentence.
    pub passage: Passage,
    /// Outlet and file.
    pub source: String,
    /// The document's address, at the words.
    pub document: String,
}

/// A reason of the machine.
#[derive(Debug, Clone)]
pub struct Why {
    /// For or against.
    pub speaks_for: bool,
    /// The weight as printed.
    pub weight: String,
    /// Length of its bar, 0 to 100.
    pub bar: u32,
    /// The words.
    pub words: String,
}

/// An answer: a form with one button.
#[derive(Debug, Clone)]
pub struct AnswerForm {
    /// The ruling.
    pub verb: &'static str,
    /// The button's words.
    pub label: &'static str,
    /// The key.
    pub key: &'static str,
    /// The words it is about.
    pub a: String,
    /// The other words.
    pub b: String,
    /// The value, for a correction.
    pub to: String,
    /// The decision to undo.
    pub decision: String,
    /// What it changes.
    pub changes: Vec<String>,
    /// The first and likeliest.
    pub main: bool,
}

/// What may be corrected.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Address of the words, per field: (field, label, words, value, hint).
    pub fields: Vec<(String, String, String, String, String)>,
}

/// A figure of another account.
#[derive(Debug, Clone)]
pub struct Other {
    /// Who gives it.
    pub speaker: String,
    /// The number.
    pub amount: String,
    /// The words.
    pub quote: String,
    /// This is the one in question.
    pub this: bool,
}

pub(super) async fn draw(ctx: &Ctx, it: &Candidate, policy: &str, blind: bool) -> Result<Card> {
    let mut card = Card { kind: it.queue.word(), ..Card::default() };
    for anchor in &it.anchors {
        if let Some(side) = side(ctx, anchor).await? {
            card.sides.push(side);
        }
    }
    match it.queue {
        Queue::SameEvent => pair(ctx, it, &mut card),
        Queue::Figures => figure(ctx, it, &mut card),
        Queue::Drafts => draft(it, &mut card),
        Queue::Orphans | Queue::NewRun => decision(ctx, it, &mut card),
    }
    if it.queue == Queue::Orphans {
        // The old place means nothing in the present text; what resembles the words is shown instead.
        card.sides.clear();
        resembling(ctx, it, &mut card).await?;
    }
    if blind {
        // The first coder's answer must not be seen, nor what the machine makes of it.
        card.told.clear();
    } else {
        try_out(ctx, it, &mut card, policy).await?;
    }
    Ok(card)
}

async fn side(ctx: &Ctx, anchor: &Anchor) -> Result<Option<Side>> {
    let Some(filed) = ctx.snap.filed(&anchor.document) else { return Ok(None) };
    let reading = ctx.app.reading(&ctx.snap, &anchor.document).await?;
    let event = event_of(ctx, &reading, anchor);
    let source = filed.document.source.clone().unwrap_or_else(|| "unknown outlet".into());
    let published = filed.document.published;
    let mut facts = vec![];
    if let Some(event) = event {
        facts.push(event.time.as_ref().map_or("no date".into(), |it| {
            format!("{} ({})", days(it.start, it.end), plain(&it.precision.to_string()))
        }));
        facts.push(event.place.as_ref().map_or("no place".into(), place));
        facts.push(crate::workbench::words::count(event.accounts.len(), "account"));
    }
    Ok(Some(Side {
        title: event.map_or_else(|| filed.document.title.clone().unwrap_or_default(), short_title),
        link: event.map_or(String::new(), |it| ctx.link(&format!("/e/{}", it.id))),
        facts,
        passage: passage(&reading, anchor.span, REACH),
        source: match published.start {
            Some(_) => format!("{source}, {} · {}", days(published.start, published.end), filed.document.file),
            None => format!("{source}, undated · {}", filed.document.file),
        },
        document: format!("/d/{}#c={}-{}", short(&anchor.document), anchor.span.start, anchor.span.end),
    }))
}

/// Returns the event that the words tell, or that their figure is about.
fn event_of<'s>(ctx: &'s Ctx, reading: &Reading, anchor: &Anchor) -> Option<&'s LedgerEvent> {
    let spans = |it: &Event| it.mentions.iter().chain([&it.span]).any(|it| it.overlaps(anchor.span));
    let figure = reading
        .figures
        .iter()
        .find(|it| it.span == anchor.span && matches!(anchor.field.as_str(), "figure" | "speaker"));
    let about = figure.and_then(|it| it.about.first()).cloned();
    let exact = reading.events.iter().find(|it| it.span == anchor.span);
    let local =
        about.or_else(|| exact.or_else(|| reading.events.iter().find(|it| spans(it))).map(|it| it.id.clone()))?;
    let is = |it: &MentionRef| it.document == anchor.document && it.event == local;
    ctx.snap.events_of(&anchor.document).into_iter().find(|it| it.mentions.iter().any(is))
}

fn answer(verb: &'static str, label: &'static str, key: &'static str, anchors: &[Anchor]) -> AnswerForm {
    AnswerForm {
        verb,
        label,
        key,
        a: anchors.first().map_or(String::new(), at),
        b: anchors.get(1).map_or(String::new(), at),
        to: String::new(),
        decision: String::new(),
        changes: vec![],
        main: false,
    }
}

fn pair(ctx: &Ctx, it: &Candidate, card: &mut Card) {
    card.question = "Is this one event, told twice?".into();
    let touches = |edge: &Edge, one: usize, other: usize| {
        let is = |mention: &MentionRef, anchor: &Anchor| {
            mention.document == anchor.document
                && ctx
                    .snap
                    .events_of(&anchor.document)
                    .iter()
                    .any(|event| it.events.contains(&event.id) && event.mentions.contains(mention))
        };
        matches!((it.anchors.get(one), it.anchors.get(other)), (Some(a), Some(b)) if is(&edge.a, a) && is(&edge.b, b))
    };
    let near = ctx.snap.edges_at(it.anchors.first().map(|it| it.document.as_str()));
    let mut near = near.into_iter().map(|it| ctx.snap.knowledge.edges[it as usize].as_ref());
    let edge = near.find(|edge| touches(edge, 0, 1) || touches(edge, 1, 0));
    if let Some(edge) = edge {
        let most = edge.reasons.iter().map(|it| it.weight.abs()).fold(0.1, f64::max);
        card.score = Some(format!("{:.2}", edge.score));
        card.told = "The machine cannot tell: it joins from 0.80, and asks from 0.50.".into();
        card.reasons = edge
            .reasons
            .iter()
            .map(|it| Why {
                speaks_for: it.weight >= 0.0,
                weight: format!("{:+.1}", it.weight),
                bar: (it.weight.abs() / most * 100.0) as u32,
                words: it.words.clone(),
            })
            .collect();
    }
    card.answers = vec![
        answer("same", "Same event", "y", &it.anchors),
        answer("different", "Different events", "n", &it.anchors),
        answer("unsure", "Can’t tell", "t", &it.anchors),
    ];
}

fn figure(ctx: &Ctx, it: &Candidate, card: &mut Card) {
    let Some(anchor) = it.anchors.first() else { return };
    let event = it.events.first().and_then(|id| ctx.snap.event(id).ok());
    let figures =
        event.into_iter().flat_map(|it| it.accounts.iter().flat_map(|a| a.figures.iter().map(move |f| (a, f))));
    let all: Vec<(&Account, &AccountFigure)> = figures.collect();
    let is_this = |f: &AccountFigure| f.evidence.document == anchor.document && f.evidence.span == anchor.span;
    let this = all.iter().find(|(_, f)| is_this(f));
    let (mut speaker, mut measure, mut amount) = ("somebody".to_owned(), "people".to_owned(), String::new());
    if let Some((account, f)) = this {
        speaker.clone_from(&account.speaker);
        measure = plain(&f.figure.measure);
        amount = crate::workbench::words::amount(&f.figure);
        card.told =
            format!("Read as {} {}, said by {}.", crate::workbench::words::amount(&f.figure), measure, account.speaker);
        let same = all.iter().filter(|(_, other)| other.figure.measure == f.figure.measure);
        card.others = same
            .map(|(account, f)| Other {
                speaker: account.speaker.clone(),
                amount: crate::workbench::words::amount(&f.figure),
                quote: f.evidence.quote.clone(),
                this: is_this(f),
            })
            .collect();
    }
    let words = crate::workbench::words::clip(&anchor.quote, 60);
    card.question = format!("Does “{words}” stand as {amount} {measure}, said by {speaker}?");
    let value = anchor.value.clone().unwrap_or_default();
    let of_speaker = Anchor { field: "speaker".into(), ..anchor.clone() };
    card.edit = Some(Edit {
        fields: vec![
            (
                "figure".into(),
                "Number".into(),
                at(anchor),
                value,
                "12, 12..17, 12.. for at least, ..30 for at most".into(),
            ),
            (
                "speaker".into(),
                "Said by".into(),
                at(&of_speaker),
                speaker,
                "a name, or outlet for the paper’s own voice".into(),
            ),
        ],
    });
    card.answers = vec![
        AnswerForm { main: true, ..answer("accept", "Accept", "a", &it.anchors) },
        answer("reject", "Reject", "x", &it.anchors),
    ];
}

fn draft(it: &Candidate, card: &mut Card) {
    card.question = "Does this draft of an event stand?".into();
    if let Some(side) = card.sides.first() {
        card.told = format!("The machine calls it: {}.", side.title);
    }
    if let Some(anchor) = it.anchors.first() {
        let of = |field: &str| at(&Anchor { field: field.into(), ..anchor.clone() });
        card.edit = Some(Edit {
            fields: vec![
                (
                    "time".into(),
                    "Day".into(),
                    of("time"),
                    String::new(),
                    "2022-12-12, 2022-12-12..2022-12-14, or none".into(),
                ),
                ("place".into(), "Place".into(), of("place"), String::new(), "a name, or none".into()),
            ],
        });
    }
    card.answers = vec![
        AnswerForm { main: true, ..answer("accept", "Accept", "a", &it.anchors) },
        answer("reject", "Reject", "x", &it.anchors),
    ];
}

/// A decision whose words are gone, or on which the machine reads otherwise since.
fn decision(ctx: &Ctx, it: &Candidate, card: &mut Card) {
    let placed = ctx.snap.knowledge.decided.iter().find(|p| Some(p.decision.number) == it.decision);
    let Some(placed) = placed else { return };
    let made = &placed.decision;
    let words = crate::commands::decision_words(made, &ctx.snap.decisions);
    let reason = made.reason.as_ref().map_or(String::new(), |it| format!(" — {it}"));
    card.told = format!("Decision {} by {}, {}: {words}{reason}", made.number, made.who, made.when);
    card.instead = Some(made.number);
    let undo = AnswerForm { decision: made.number.to_string(), ..answer("undo", "Let it go", "x", &[]) };
    if let Some(now) = &placed.machine_now {
        let was = it.anchors.iter().find_map(|it| it.value.clone()).unwrap_or_default();
        let field = it.anchors.first().map_or(String::new(), |it| plain(&it.field));
        card.question = format!("The machine now reads {field} as “{now}”. Does your “{was}” still stand?");
        let to = match &made.ruling {
            Ruling::Correct { to, .. } => to.clone(),
            _ => was,
        };
        let correctable = it.anchors.first().is_some_and(|it| aver_review::check_value(&it.field, &to).is_ok());
        let keep = if correctable {
            AnswerForm { to, ..answer("correct", "It stands", "a", &it.anchors) }
        } else {
            answer("accept", "It stands as read now", "a", &it.anchors)
        };
        card.answers = vec![AnswerForm { main: true, ..keep }, AnswerForm { label: "Take the machine’s", ..undo }];
    } else {
        let lost: Vec<String> = placed.lost.iter().map(|it| format!("“{}”", it.quote)).collect();
        card.question = format!("These words are gone from the text: {}", lost.join(", "));
        card.answers = vec![undo];
    }
}

/// Offers the words of the present text that most resemble those that are gone, each with the same ruling.
async fn resembling(ctx: &Ctx, it: &Candidate, card: &mut Card) -> Result<()> {
    const OFFERED: [(&str, &str); 3] =
        [("Take over the first", "1"), ("Take over the second", "2"), ("Take over the third", "3")];
    let placed = ctx.snap.knowledge.decided.iter().find(|p| Some(p.decision.number) == it.decision);
    let (Some(placed), [lost]) = (placed, it.anchors.as_slice()) else { return Ok(()) };
    let (verb, to) = match &placed.decision.ruling {
        Ruling::Accept { .. } => ("accept", String::new()),
        Ruling::Reject { .. } => ("reject", String::new()),
        Ruling::Correct { to, .. } => ("correct", to.clone()),
        _ => return Ok(()),
    };
    if ctx.snap.filed(&lost.document).is_none() {
        return Ok(());
    }
    let reading = ctx.app.reading(&ctx.snap, &lost.document).await?;
    let spans: Vec<Span> = match lost.field.as_str() {
        "figure" | "speaker" => reading.figures.iter().map(|it| it.span).collect(),
        "statement" => reading.statements.iter().map(|it| it.span).collect(),
        _ => reading.events.iter().map(|it| it.span).collect(),
    };
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let (offsets, wanted) = (Offsets::new(&reading.text), words(&lost.quote));
    let likeness = |span: &Span| {
        let shared = words(offsets.quote(&reading.text, *span)).intersection(&wanted).count();
        (std::cmp::Reverse(shared), span.start.abs_diff(lost.span.start), span.start)
    };
    let mut found: Vec<Span> = spans.into_iter().filter(|it| likeness(it).0.0 > 0).collect();
    found.sort_by_key(likeness);
    for (span, (label, key)) in found.into_iter().zip(OFFERED).rev() {
        let quote = offsets.quote(&reading.text, span).to_owned();
        let anchor = Anchor {
            document: lost.document.clone(),
            quote,
            span,
            field: lost.field.clone(),
            value: None,
            definition: None,
        };
        if let Some(side) = side(ctx, &anchor).await? {
            card.sides.insert(0, side);
            card.answers.insert(0, AnswerForm { to: to.clone(), ..answer(verb, label, key, &[anchor]) });
        }
    }
    Ok(())
}

/// Says under every answer what it would change.
async fn try_out(ctx: &Ctx, it: &Candidate, card: &mut Card, policy: &str) -> Result<()> {
    let events: Vec<&LedgerEvent> = it.events.iter().filter_map(|id| ctx.snap.event(id).ok()).collect();
    let documents: BTreeSet<&str> = events.iter().flat_map(|it| &it.mentions).map(|it| it.document.as_str()).collect();
    if documents.is_empty() || documents.len() > TRIED {
        return Ok(());
    }
    let (mut readings, mut filed) = (vec![], vec![]);
    for document in documents {
        readings.push(ctx.app.reading(&ctx.snap, document).await?.as_ref().clone());
        filed.extend(ctx.snap.filed(document).cloned());
    }
    let decisions = aver_ledger::effective(&ctx.snap.decisions);
    let rulings: Vec<Option<Ruling>> = card.answers.iter().map(|answer| supposed(answer.verb, &it.anchors)).collect();
    let (app, policy) = (ctx.app.clone(), policy.to_owned());
    let changes = blocking(move || {
        let tried = rulings.iter().map(|ruling| match ruling {
            Some(it) => would_change(it, &readings, &filed, &decisions, app.codebook(), &policy),
            None => vec![],
        });
        Ok(tried.collect::<Vec<_>>())
    });
    for (answer, changes) in card.answers.iter_mut().zip(changes.await?) {
        answer.changes = changes.iter().map(line).collect();
        if answer.changes.is_empty() {
            answer.changes = vec!["no published number changes".into()];
        }
    }
    Ok(())
}

fn supposed(verb: &str, anchors: &[Anchor]) -> Option<Ruling> {
    let (a, b) = (anchors.first().cloned()?, anchors.get(1).cloned());
    Some(match verb {
        "accept" => Ruling::Accept { anchor: a },
        "reject" => Ruling::Reject { anchor: a },
        "same" => Ruling::Same { a, b: b? },
        "different" => Ruling::Different { a, b: b? },
        "unsure" => Ruling::Unsure { a, b: b? },
        _ => return None,
    })
}
