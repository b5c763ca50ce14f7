//! The screen "Search": words in everything on file, by way of the ledger's index.
//!
//! In: words. Out: events, statements, figures, relations, tallies, forecasts and
//! documents, each with the words found and, for statements, who says them: an
//! accusation is never shown without its speaker.

use super::shell::{Screen, Shell, json, page};
use super::words::{Mark, clip, count, days, filters, mark, short};
use super::{Answer, App, Ctx, Failure};
use crate::report::Report;
use askama::Template;
use aver_ledger::{Hit, HitKind};
use aver_model::*;
use axum::{Router, routing::get};

/// Hits shown of records, and of documents.
const MOST: usize = 60;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/search", get(show)).route("/search.json", get(as_json))
}

struct Found {
    link: String,
    /// Who says it, for what somebody says.
    who: String,
    mark: Option<Mark>,
    /// The words, cut where the searched words begin and end: (text, found).
    words: Vec<(String, bool)>,
    beside: String,
}

struct Group {
    title: String,
    found: Vec<Found>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    shell: Shell,
    words: String,
    groups: Vec<Group>,
    total: String,
    actors: Vec<(String, String, String)>,
    problem: Option<String>,
}

async fn hits(ctx: &Ctx, words: &str) -> Result<Vec<Hit>, Failure> {
    let (app, asked) = (ctx.app.clone(), words.to_owned());
    if ctx.at.is_some() {
        let snap = ctx.snap.clone();
        let found = move || app.read(|ledger| snap.search_then(ledger, &asked, MOST));
        return Ok(super::state::blocking(found).await?);
    }
    let hits = super::state::blocking(move || app.read(|ledger| Ok(ledger.search(&asked, MOST)?))).await?;
    // The index may be ahead of the state that is shown.
    let known = |it: &Hit| match (&it.document, it.kind, &it.record) {
        (_, HitKind::Event, Some(id)) => ctx.snap.number(id).is_some(),
        (Some(document), ..) => ctx.snap.filed(document).is_some(),
        _ => true,
    };
    Ok(hits.into_iter().filter(known).collect())
}

async fn as_json(ctx: Ctx) -> Answer {
    let words = ctx.get("q").ok_or_else(|| {
        Report::input("words-missing", "there is nothing to search for").at("q").next("write ?q=words")
    })?;
    let hits = hits(&ctx, words).await?;
    let values: Vec<_> = hits
        .iter()
        .map(|it| {
            serde_json::json!({"kind": it.kind.as_str(), "document": it.document, "file": it.file,
            "record": it.record, "span": it.span, "words": it.words})
        })
        .collect();
    json(&values)
}

async fn show(ctx: Ctx) -> Answer {
    let words = ctx.get("q").unwrap_or("").to_owned();
    let title = if words.is_empty() { "Search".to_owned() } else { format!("“{}”", clip(&words, 60)) };
    let mut shown = Page {
        shell: ctx.shell(Screen::Other, title),
        words: words.clone(),
        groups: vec![],
        total: String::new(),
        actors: vec![],
        problem: None,
    };
    if words.is_empty() {
        return Ok(page(&shown));
    }
    // An id or the beginning of a hash leads straight to its page.
    if words.starts_with("ev-")
        && let Ok(event) = ctx.snap.event(&words)
    {
        return Ok(super::shell::see(&ctx.link(&format!("/e/{}", event.id))));
    }
    if words.len() >= 8
        && words.bytes().all(|it| it.is_ascii_hexdigit())
        && let Ok(filed) = ctx.snap.document(&words)
    {
        return Ok(super::shell::see(&ctx.link(&format!("/d/{}", short(&filed.document.sha256)))));
    }
    let hits = match hits(&ctx, &words).await {
        Ok(hits) => hits,
        Err(Failure(report)) if report.id == "ledger-no-words" => {
            shown.problem = Some(report.message);
            return Ok(page(&shown));
        }
        Err(other) => return Err(other),
    };
    let folded = words.to_lowercase();
    let named = |it: &&ActorRecord| it.names.iter().chain([&it.name]).any(|it| it.to_lowercase().contains(&folded));
    let actors = ctx.snap.knowledge.actors.iter().filter(named).take(8);
    shown.actors = actors
        .map(|it| (super::actors::link(&ctx, it), it.name.clone(), super::actors::kind_words(&it.kind)))
        .collect();
    shown.total = count(hits.len() + shown.actors.len(), "hit");
    for kind in [
        HitKind::Event,
        HitKind::Statement,
        HitKind::Figure,
        HitKind::Relation,
        HitKind::Tally,
        HitKind::Forecast,
        HitKind::Document,
    ] {
        let mut found = vec![];
        for hit in hits.iter().filter(|it| it.kind == kind) {
            found.push(one(&ctx, hit, &words).await?);
        }
        if !found.is_empty() {
            shown.groups.push(Group { title: title_of(kind, found.len()), found });
        }
    }
    Ok(page(&shown))
}

fn title_of(kind: HitKind, n: usize) -> String {
    let more = if n >= MOST { ", the first" } else { "" };
    let words = match kind {
        HitKind::Event => "Events",
        HitKind::Statement => "Statements",
        HitKind::Figure => "Figures",
        HitKind::Relation => "Relations",
        HitKind::Tally => "Tallies",
        HitKind::Forecast => "Forecasts",
        _ => "Documents",
    };
    format!("{words} ({n}{more})")
}

async fn one(ctx: &Ctx, hit: &Hit, words: &str) -> Result<Found, Failure> {
    let text = clip(&hit.words.replace("**", ""), 260);
    let mut found = Found {
        link: String::new(),
        who: String::new(),
        mark: None,
        words: cut(&text, words),
        beside: hit.file.clone().unwrap_or_default(),
    };
    if let (HitKind::Event, Some(id)) = (hit.kind, &hit.record) {
        found.link = ctx.link(&format!("/e/{id}"));
        if let Ok(event) = ctx.snap.event(id) {
            let date = event.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end));
            found.beside = format!("{date} · {}", count(event.accounts.len(), "account"));
        }
        return Ok(found);
    }
    let Some(document) = &hit.document else { return Ok(found) };
    let path = format!("/d/{}", short(document));
    found.link = match hit.span {
        Some(Span { start, end }) => format!("{}#c{start}", ctx.link(&format!("{path}?c={start}-{end}"))),
        None => ctx.link(&path),
    };
    let (Some(record), false) = (&hit.record, hit.kind == HitKind::Document) else { return Ok(found) };
    let reading = ctx.reading(document).await?;
    let outlet = || reading.document.source.clone().unwrap_or_else(|| reading.document.file.clone());
    let name = |id: &str| reading.actors.iter().find(|it| it.id == id).map(|it| it.name.clone());
    let statement = |id: &str| reading.statements.iter().find(|it| it.id == id);
    let speaker = |it: &Statement| {
        it.speaker
            .actor
            .as_deref()
            .and_then(name)
            .unwrap_or_else(|| if it.speaker.span.is_none() { outlet() } else { it.speaker.name.clone() })
    };
    let carried = match hit.kind {
        HitKind::Statement => statement(record),
        HitKind::Figure => reading
            .figures
            .iter()
            .find(|it| it.id == *record)
            .and_then(|it| it.statement.as_deref())
            .and_then(statement),
        HitKind::Relation => reading
            .relations
            .iter()
            .find(|it| it.id == *record)
            .and_then(|it| it.statement.as_deref())
            .and_then(statement),
        HitKind::Tally => reading
            .tallies
            .iter()
            .find(|it| it.id == *record)
            .and_then(|it| it.statement.as_deref())
            .and_then(statement),
        HitKind::Forecast => reading
            .forecasts
            .iter()
            .find(|it| it.id == *record)
            .and_then(|it| it.statement.as_deref())
            .and_then(statement),
        _ => None,
    };
    found.who = carried.map_or_else(outlet, speaker);
    found.mark = carried.map(|it| mark(it.stance));
    Ok(found)
}

/// Cuts a text where one of the words begins or ends; case does not count.
fn cut(text: &str, words: &str) -> Vec<(String, bool)> {
    let wanted: Vec<Vec<char>> = words
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(|it| it.chars().flat_map(char::to_lowercase).collect())
        .collect();
    let letters: Vec<char> = text.chars().collect();
    let lower = |it: &char| it.to_lowercase().next().unwrap_or(*it);
    let mut lit = vec![false; letters.len()];
    for word in &wanted {
        for at in 0..letters.len().saturating_sub(word.len() - 1) {
            let begins = at == 0 || !letters[at - 1].is_alphanumeric();
            if begins && letters[at..at + word.len()].iter().map(lower).eq(word.iter().copied()) {
                lit[at..at + word.len()].fill(true);
            }
        }
    }
    let mut out: Vec<(String, bool)> = vec![];
    for (letter, lit) in letters.into_iter().zip(lit) {
        match out.last_mut().filter(|it| it.1 == lit) {
            Some(last) => last.0.push(letter),
            None => out.push((letter.to_string(), lit)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn found_words_are_cut_out_whatever_their_case() {
        let cut: Vec<_> = cut("The Bombing; bombs", "bomb").into_iter().filter(|it| it.1).map(|it| it.0).collect();
        assert_eq!(cut, ["Bomb", "bomb"]);
        assert_eq!(super::cut("no", "longer"), [("no".to_owned(), false)]);
    }
}
