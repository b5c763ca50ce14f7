//! The screens "Documents" and "Document": the text, what was read in it, and what was not.
//!
//! In: a document of the snapshot and its reading. Out: the text with a lane each
//! for speaker, cue and content; beside it the statements with their chains and the
//! events they feed. `?coverage=1` greys every word from which nothing was read, so
//! that misses can be seen. `?c=START-END` marks the words that a link points at.

use super::shell::{Screen, Shell, json, page, see};
use super::spans::{Layer, Paragraph, paragraphs};
use super::words::{Mark, amount, clip, count, days, filters, mark, plain, short, thousands};
use super::{Answer, App, Ctx};
use crate::decided::Grades;
use crate::report::Report;
use askama::Template;
use aver_model::*;
use axum::body::Bytes;
use axum::extract::Path;
use axum::{Router, routing::get, routing::post};
use std::collections::BTreeMap;

/// Documents on a page of the list.
const PER_PAGE: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/documents", get(list))
        .route("/documents.json", get(list_json))
        .route("/d/{hash}", get(show))
        .route("/d/{hash}/state", post(state))
}

struct Row {
    link: String,
    title: String,
    file: String,
    outlet: String,
    published: String,
    events: usize,
    disputed: usize,
    readings: u64,
    hash: String,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct ListPage {
    shell: Shell,
    words: String,
    total: String,
    rows: Vec<Row>,
    before: Option<String>,
    after: Option<String>,
    page: usize,
    last: usize,
    nothing: bool,
}

fn fitting(ctx: &Ctx) -> Vec<&aver_ledger::Filed> {
    let words: Vec<String> =
        ctx.get("q").map_or(vec![], |it| it.to_lowercase().split_whitespace().map(str::to_owned).collect());
    let fits = |it: &&aver_ledger::Filed| {
        if words.is_empty() {
            return true;
        }
        let it = &it.document;
        let text = [Some(&it.file), it.title.as_ref(), it.source.as_ref(), Some(&it.sha256)];
        let text = text.into_iter().flatten().map(|it| it.to_lowercase()).collect::<Vec<_>>().join(" ");
        words.iter().all(|word| text.contains(word))
    };
    ctx.snap.filed.iter().filter(fits).collect()
}

async fn list(ctx: Ctx) -> Answer {
    let found = fitting(&ctx);
    let last = found.len().div_ceil(PER_PAGE).max(1);
    let now = ctx.get("page").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1).clamp(1, last);
    let rows = found.iter().skip((now - 1) * PER_PAGE).take(PER_PAGE).map(|it| row(&ctx, it)).collect();
    let to = |it: usize| {
        let rest = ctx.with("page", &[]);
        format!("/documents{rest}{}page={it}", if rest.is_empty() { '?' } else { '&' })
    };
    let shown = ListPage {
        shell: ctx.shell(Screen::Documents, "Documents"),
        words: ctx.get("q").unwrap_or("").to_owned(),
        total: match (found.len(), ctx.snap.filed.len()) {
            (shown, all) if shown == all => count(all, "document"),
            (shown, all) => format!("{} of {}", thousands(shown as u64), count(all, "document")),
        },
        rows,
        before: (now > 1).then(|| to(now - 1)),
        after: (now < last).then(|| to(now + 1)),
        page: now,
        last,
        nothing: ctx.snap.filed.is_empty(),
    };
    Ok(page(&shown))
}

async fn list_json(ctx: Ctx) -> Answer {
    json(&fitting(&ctx).into_iter().map(|it| &it.document).collect::<Vec<_>>())
}

fn row(ctx: &Ctx, it: &aver_ledger::Filed) -> Row {
    let document = &it.document;
    let events = ctx.snap.events_of(&document.sha256);
    Row {
        link: ctx.link(&format!("/d/{}", short(&document.sha256))),
        title: clip(document.title.as_deref().unwrap_or(&document.file), 140),
        file: document.file.clone(),
        outlet: document.source.clone().unwrap_or_default(),
        published: published(document),
        events: events.len(),
        disputed: events.iter().filter(|it| !it.disputed.is_empty()).count(),
        readings: it.readings,
        hash: short(&document.sha256),
    }
}

fn published(document: &Document) -> String {
    let it = document.published;
    if it.start.is_none() && it.end.is_none() { String::new() } else { days(it.start, it.end) }
}

/// A statement in the margin.
struct Said {
    id: String,
    mark: Mark,
    speaker: String,
    chain: String,
    cue: String,
    content: String,
    link: String,
    said: String,
    marks: Vec<&'static str>,
    figures: Vec<String>,
    events: Vec<(String, String)>,
    /// Who read it, when a person did.
    by_hand: String,
    /// "B2", when people graded it.
    grade: String,
    /// Address of the form that grades it; empty where nobody may.
    grade_link: String,
}

/// The form that grades one statement.
struct Grading {
    speaker: String,
    content: String,
    /// Label, words, grades to choose from, name of the field.
    forms: [(&'static str, String, &'static [(&'static str, &'static str)], &'static str); 2],
}

struct Told {
    link: String,
    title: String,
    disputed: bool,
    accounts: String,
    words_link: String,
}

#[derive(Template)]
#[template(path = "document.html")]
struct Page {
    shell: Shell,
    title: String,
    facts: Vec<(&'static str, String)>,
    paragraphs: Vec<Paragraph>,
    said: Vec<Said>,
    told: Vec<Told>,
    notes: Vec<(String, Option<String>)>,
    coverage: bool,
    coverage_link: String,
    covered: String,
    hash: String,
    reprints: Vec<(String, String)>,
    counts: String,
    stances: Vec<(&'static str, String)>,
    may_state: bool,
    speakers: Vec<String>,
    grading: Option<Grading>,
    back: String,
}

async fn show(ctx: Ctx, Path(hash): Path<String>) -> Answer {
    let (hash, wants_json) = hash.strip_suffix(".json").map_or((hash.as_str(), false), |it| (it, true));
    let filed = ctx.snap.document(hash)?.clone();
    let reading = ctx.reading(&filed.document.sha256).await?;
    if wants_json {
        return json(reading.as_ref());
    }
    // What people read and corrected is laid over, as in the events; the published reading stays the machine's.
    let reading = laid_over(&ctx, &reading);
    let layers = layers(&ctx, &reading);
    let coverage = ctx.is("coverage");
    let document = &filed.document;
    let shown = Page {
        shell: ctx.shell(Screen::Documents, document.title.clone().unwrap_or_else(|| document.file.clone())),
        title: document.title.clone().unwrap_or_else(|| document.file.clone()),
        facts: facts(&filed, &reading),
        covered: covered(&reading, &layers),
        paragraphs: paragraphs(&reading.text, &layers, |_| true),
        said: said(&ctx, &reading),
        told: told(&ctx, &reading),
        notes: reading
            .notes
            .iter()
            .map(|it| (it.message.clone(), it.span.map(|it| format!("#c{}", it.start))))
            .collect(),
        coverage,
        coverage_link: format!("{}{}", ctx.path, ctx.with("coverage", if coverage { &[] } else { &["1"] })),
        hash: short(&document.sha256),
        reprints: reprints(&ctx, &document.sha256),
        stances: Stance::ALL.iter().map(|it| (it.as_str(), plain(it.as_str()))).collect(),
        may_state: ctx.at.is_none() && ctx.visitor.role >= crate::team::Role::Coder,
        speakers: {
            let names: std::collections::BTreeSet<String> =
                reading.statements.iter().map(|it| speaker_name(&reading, it)).collect();
            names.into_iter().collect()
        },
        grading: grading(&ctx, &reading),
        back: format!("{}{}", ctx.path, ctx.with("grade", &[])),
        counts: format!(
            "{}, {}, {}",
            count(reading.statements.len(), "statement"),
            count(reading.events.len(), "event mention"),
            count(reading.figures.len(), "figure")
        ),
    };
    Ok(page(&shown))
}

fn laid_over(ctx: &Ctx, reading: &Reading) -> Reading {
    let own = |it: &&crate::decided::Placed| {
        it.fate != crate::decided::Fate::Orphaned
            && it.decision.ruling.anchors().iter().any(|it| it.document == reading.document.sha256)
    };
    let decisions: Vec<Decision> =
        ctx.snap.knowledge.decided.iter().filter(own).map(|it| it.decision.clone()).collect();
    let mut laid = [reading.clone()];
    aver_review::lay_over(&mut laid, &decisions);
    let [laid] = laid;
    laid
}

/// Stores a statement that a person read in words which they marked or typed.
async fn state(ctx: Ctx, Path(hash): Path<String>, body: Bytes) -> Answer {
    ctx.must_be_now()?;
    let fields = super::ctx::pairs(&body);
    let of = |name: &str| fields.iter().find(|it| it.0 == name).map_or("", |it| it.1.trim());
    let document = ctx.snap.document(&hash)?.document.sha256.clone();
    let reading = ctx.reading(&document).await?;
    let start = of("start").parse().unwrap_or(0);
    let field = super::decide::WORDS;
    let given = Anchor {
        document: document.clone(),
        quote: of("words").into(),
        span: Span::new(start, start),
        field: field.into(),
        ..Anchor::default()
    };
    let span = aver_ledger::find_anchor(&given, &reading).ok_or_else(|| {
        Report::input("words-not-found", format!("“{}” does not stand in this document", clip(&given.quote, 80)))
            .next("mark the words in the text, or copy them from it exactly")
    })?;
    let a = super::decide::At { document, span, field: field.into() };
    let stance = of("stance").parse().map_err(|it: String| Report::input("stance-not-understood", it))?;
    let wish = super::decide::Wish {
        verb: "state".into(),
        a: Some(a),
        speaker: Some(of("speaker").into()),
        stance: Some(stance),
        reason: Some(of("reason").to_owned()).filter(|it| !it.is_empty()),
        ..Default::default()
    };
    let made = super::decide::carry_out(&ctx.app, &ctx.visitor, wish).await?;
    Ok(see(&format!(
        "/d/{}?done={}&c={}-{}#c{}",
        short(&reading.document.sha256),
        made.number,
        span.start,
        span.end,
        span.start
    )))
}

/// Returns the form for the statement that the address names.
fn grading(ctx: &Ctx, reading: &Reading) -> Option<Grading> {
    let id = ctx.get("grade")?;
    let it = reading.statements.iter().find(|it| it.id == id)?;
    if ctx.at.is_some() || ctx.visitor.role < crate::team::Role::Coder {
        return None;
    }
    let span = it.content.span;
    let at = |field: &str| {
        super::decide::At { document: reading.document.sha256.clone(), span, field: field.into() }.to_string()
    };
    Some(Grading {
        speaker: speaker_name(reading, it),
        content: clip(Offsets::new(&reading.text).quote(&reading.text, span), 170),
        forms: [
            ("The source is", at("reliability"), &crate::decided::LETTERS, "letter"),
            ("What it says is", at("credibility"), &crate::decided::DIGITS, "digit"),
        ],
    })
}

/// Returns who says a statement, as the events name them.
fn speaker_name(reading: &Reading, it: &Statement) -> String {
    let actor = it.speaker.actor.as_ref().and_then(|id| reading.actors.iter().find(|own| own.id == *id));
    let name = actor.map_or(it.speaker.name.as_str(), |it| it.name.as_str());
    match name {
        OUTLET => reading.document.source.as_deref().unwrap_or("the document itself").to_owned(),
        UNSPECIFIED => "not named".to_owned(),
        name => name.to_owned(),
    }
}

fn facts(filed: &aver_ledger::Filed, reading: &Reading) -> Vec<(&'static str, String)> {
    let it = &filed.document;
    let date = published(it);
    let mut facts = vec![
        ("Outlet", it.source.clone().unwrap_or_else(|| "not known".into())),
        (
            "Published",
            if date.is_empty() {
                "no date in this document".into()
            } else {
                format!("{date} ({})", it.published.basis)
            },
        ),
        ("By", it.byline.clone().unwrap_or_default()),
        ("File", it.file.clone()),
        ("SHA-256", it.sha256.clone()),
        ("Captured", format!("{} bytes, document {} on file", thousands(filed.size), filed.number)),
        (
            "Read",
            format!(
                "{} with aver {}, codebook {}",
                if filed.readings == 1 { "once".into() } else { format!("{} times", filed.readings) },
                reading.reader.version,
                reading.reader.codebook.chars().take(19).collect::<String>()
            ),
        ),
    ];
    facts.retain(|it| !it.1.is_empty());
    facts
}

/// Returns the spans to be lit: every statement in three lanes, and every other record.
fn layers(ctx: &Ctx, reading: &Reading) -> Vec<Layer> {
    let mut layers = vec![];
    let mut put = |span: Span, kind, id: String| layers.push(Layer { span, kind, id });
    for it in &reading.statements {
        let id = format!("s-{}", it.id);
        let own_voice = it.speaker.span.is_none();
        if it.content.spans.is_empty() {
            put(it.content.span, if own_voice { "own" } else { "content" }, id.clone());
        }
        for span in &it.content.spans {
            put(*span, if own_voice { "own" } else { "content" }, id.clone());
        }
        if let Some(span) = it.speaker.span {
            put(span, "speaker", id.clone());
        }
        if let Some(cue) = &it.cue {
            put(cue.span, "cue", id);
        }
    }
    reading.events.iter().for_each(|it| put(it.span, "event", format!("e-{}", it.id)));
    reading.figures.iter().for_each(|it| put(it.span, "figure", format!("f-{}", it.id)));
    reading.relations.iter().for_each(|it| put(it.span, "relation", format!("r-{}", it.id)));
    reading.forecasts.iter().for_each(|it| put(it.span, "relation", format!("w-{}", it.id)));
    reading.tallies.iter().for_each(|it| put(it.span, "relation", format!("y-{}", it.id)));
    reading.times.iter().for_each(|it| put(it.span, "time", format!("t-{}", it.id)));
    reading.dropped.iter().for_each(|it| put(it.span, "dropped", "dropped".into()));
    let asked =
        ctx.get("c").and_then(|it| it.split_once('-')).and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    if let Some((start, end)) = asked {
        put(Span::new(start, end), "target", "target".into());
    }
    layers
}

/// Returns how much of the article something was read from.
fn covered(reading: &Reading, layers: &[Layer]) -> String {
    let mut lit = vec![0u8; reading.text.chars().count()];
    let cover = |lit: &mut Vec<u8>, span: Span, with: u8| {
        let end = span.end.min(lit.len());
        lit[span.start.min(end)..end].iter_mut().for_each(|it| *it = (*it).max(with));
    };
    layers.iter().filter(|it| it.kind != "target" && it.kind != "dropped").for_each(|it| cover(&mut lit, it.span, 1));
    reading.dropped.iter().for_each(|it| cover(&mut lit, it.span, 2));
    let letters: Vec<u8> = reading.text.chars().zip(lit).filter(|it| it.0.is_alphanumeric()).map(|it| it.1).collect();
    let (own, read) = (letters.iter().filter(|it| **it < 2).count(), letters.iter().filter(|it| **it == 1).count());
    format!("{} % of the article is part of something read", (read * 100).checked_div(own).unwrap_or(0))
}

/// Returns which event on file each event of the reading belongs to.
fn on_file<'c>(ctx: &'c Ctx, reading: &Reading) -> BTreeMap<String, &'c LedgerEvent> {
    let mut found = BTreeMap::new();
    for event in ctx.snap.events_of(&reading.document.sha256) {
        for it in event.mentions.iter().filter(|it| it.document == reading.document.sha256) {
            found.insert(it.event.clone(), event);
        }
    }
    found
}

fn said(ctx: &Ctx, reading: &Reading) -> Vec<Said> {
    let offsets = Offsets::new(&reading.text);
    let quote = |span: Span| offsets.quote(&reading.text, span).to_owned();
    let events = on_file(ctx, reading);
    let figures: BTreeMap<&str, &Figure> = reading.figures.iter().map(|it| (it.id.as_str(), it)).collect();
    let grades = Grades::new(ctx.snap.knowledge.decided.iter().map(|it| &it.decision));
    let may_grade = ctx.at.is_none() && ctx.visitor.role >= crate::team::Role::Coder;
    let mut statements: Vec<&Statement> = reading.statements.iter().collect();
    statements.sort_by_key(|it| it.span);
    let one = |it: &Statement| {
        let name = speaker_name(reading, it);
        let digit = grades.digit(&name, &reading.document.sha256, &[it.content.span]);
        let mut marks = vec![];
        for (is, words) in [
            (it.directness == Directness::Direct, "direct quote"),
            (it.distancing, "the outlet keeps its distance"),
            (it.self_report, "speaks of its own acts"),
            (it.speaker.anonymous, "unnamed"),
        ] {
            if is {
                marks.push(words);
            }
        }
        let mut feeds: Vec<(String, String)> = vec![];
        let numbers: Vec<&Figure> = it.about.iter().filter_map(|id| figures.get(id.as_str()).copied()).collect();
        let own = it.about.iter().chain(numbers.iter().flat_map(|it| &it.about));
        for event in own.filter_map(|id| events.get(id)) {
            let link = ctx.link(&format!("/e/{}", event.id));
            if feeds.iter().all(|it| it.0 != link) {
                feeds.push((link, clip(&event.title, 60)));
            }
        }
        Said {
            id: format!("s-{}", it.id),
            mark: mark(it.stance),
            by_hand: it.id.strip_prefix(aver_review::BY_HAND).map_or(String::new(), |number| {
                let made = ctx.snap.decisions.iter().find(|it| it.number.to_string() == number);
                made.map_or("a person".into(), |it| it.who.clone())
            }),
            grade: Grades::words(grades.letter(&name), digit),
            grade_link: if may_grade {
                format!("{}{}#grade", ctx.path, ctx.with("grade", &[&it.id]))
            } else {
                String::new()
            },
            speaker: name,
            chain: if it.chain.len() > 1 {
                it.chain.iter().map(|it| chain_name(reading, it)).collect::<Vec<_>>().join(" → ")
            } else {
                String::new()
            },
            cue: it.cue.as_ref().map_or(String::new(), |it| clip(&quote(it.span), 40)),
            content: clip(&quote(it.content.span), 170),
            link: format!("#c{}", it.content.span.start),
            said: if it.said.start.is_some() || it.said.end.is_some() {
                days(it.said.start, it.said.end)
            } else {
                String::new()
            },
            marks,
            figures: numbers.iter().map(|it| format!("{} {}", plain(&it.measure), amount(it))).collect(),
            events: feeds,
        }
    };
    statements.into_iter().map(one).collect()
}

fn chain_name(reading: &Reading, link: &str) -> String {
    if link == OUTLET {
        return reading.document.source.clone().unwrap_or_else(|| "the document".into());
    }
    reading.actors.iter().find(|it| it.id == link).map_or(link.to_owned(), |it| it.name.clone())
}

fn told(ctx: &Ctx, reading: &Reading) -> Vec<Told> {
    let mut told: Vec<(usize, Told)> = vec![];
    for event in ctx.snap.events_of(&reading.document.sha256) {
        let own = event.mentions.iter().filter(|it| it.document == reading.document.sha256);
        let first =
            own.filter_map(|it| reading.events.iter().find(|own| own.id == it.event)).map(|it| it.span.start).min();
        let first = first.unwrap_or(usize::MAX);
        told.push((
            first,
            Told {
                link: ctx.link(&format!("/e/{}", event.id)),
                title: event.title.clone(),
                disputed: !event.disputed.is_empty(),
                accounts: count(event.accounts.len(), "account"),
                words_link: format!("#c{first}"),
            },
        ));
    }
    told.sort_by_key(|it| it.0);
    told.into_iter().map(|it| it.1).collect()
}

/// Returns documents that print an account of this one's, as far as events tell.
fn reprints(ctx: &Ctx, hash: &str) -> Vec<(String, String)> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for event in ctx.snap.events_of(hash) {
        for account in &event.accounts {
            let all = || account.reprints.iter().chain([&account.document]);
            if !account.reprints.is_empty() && all().any(|it| it == hash) {
                for other in all().filter(|it| *it != hash).filter_map(|it| ctx.snap.filed(it)) {
                    found.insert(
                        ctx.link(&format!("/d/{}", short(&other.document.sha256))),
                        other.document.file.clone(),
                    );
                }
            }
        }
    }
    found.into_iter().collect()
}
