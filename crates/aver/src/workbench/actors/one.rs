//! One actor: names with the quote that taught them, roles, events by part, relations.

use super::network::{Network, network};
use super::{find, is_side, touches};
use crate::workbench::event_words;
use crate::workbench::shell::{Screen, Shell, json, page};
use crate::workbench::words::{clip, count, country, days, plain, short};
use crate::workbench::{Answer, Ctx, Failure};
use askama::Template;
use aver_model::*;
use axum::extract::Path;
use std::collections::{BTreeMap, BTreeSet};

/// Documents that are opened for the words behind names.
const MOST_DOCUMENTS: usize = 60;
/// Events of one part that are listed.
const MOST_EVENTS: usize = 40;

/// A name and the words that gave it.
struct Name {
    name: String,
    times: usize,
    before: String,
    words: String,
    after: String,
    file: String,
    link: String,
    from_codebook: bool,
}

/// Events in which the actor plays one part.
struct Part {
    words: &'static str,
    count: String,
    events: Vec<Played>,
    more: usize,
}

struct Played {
    link: String,
    title: String,
    date: String,
    quote: String,
    who: String,
    quote_link: String,
}

/// One relation, everybody who speaks of it on the side they take.
pub struct Tie {
    /// For addresses.
    pub id: String,
    /// The other side's name.
    pub other: String,
    /// Its page, when it is an actor on file.
    pub other_link: Option<String>,
    /// "branch of", read from this actor to the other when `forward`.
    pub words: String,
    /// This actor is the first side.
    pub forward: bool,
    /// Speakers differ.
    pub disputed: bool,
    /// Those who say that it holds, and those who deny or doubt it, each under its heading.
    pub sides: Vec<(&'static str, Vec<TieSaid>)>,
}

impl Tie {
    /// Nobody says that it holds.
    pub fn is_denied(&self) -> bool {
        self.sides.iter().all(|it| it.1.iter().all(|it| it.polarity != Polarity::Asserted.as_str()))
    }

    fn speakers(&self) -> usize {
        self.sides.iter().map(|it| it.1.len()).sum()
    }
}

/// What one speaker says about a relation.
pub struct TieSaid {
    /// Who, and through which outlet.
    pub who: String,
    /// The words.
    pub quote: String,
    /// Where they stand.
    pub link: String,
    /// The file.
    pub file: String,
    /// When it is said to hold.
    pub time: String,
    /// "denied", "doubted".
    pub polarity: &'static str,
}

#[derive(Template)]
#[template(path = "actor.html")]
struct Page {
    shell: Shell,
    name: String,
    kind: String,
    id: String,
    known: bool,
    parent: Option<(String, String)>,
    country: String,
    summary: String,
    names: Vec<Name>,
    roles: Vec<(String, String)>,
    parts: Vec<Part>,
    ties: Vec<Tie>,
    network: Option<Network>,
    events_link: String,
    opened: String,
}

/// Shows one actor.
pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (id, wants_json) = id.strip_suffix(".json").map_or((id.as_str(), false), |it| (it, true));
    let actor = find(&ctx, id)?;
    if wants_json {
        let relations: Vec<&RelationRecord> =
            ctx.snap.knowledge.relations.iter().filter(|it| touches(it, actor)).collect();
        return json(&serde_json::json!({ "actor": actor, "relations": relations }));
    }
    let documents: BTreeSet<&str> = actor.seen.iter().map(|it| it.document.as_str()).collect();
    let (names, targets) = names(&ctx, actor, &documents).await?;
    let ties = ties(&ctx, actor);
    let entry = actor.codebook.as_deref().and_then(|it| ctx.app.codebook().actor(it));
    let parent = entry.and_then(|it| it.parent.as_deref()).map(|id| match find(&ctx, id) {
        Ok(record) => (record.name.clone(), super::link(&ctx, record)),
        Err(_) => (ctx.app.codebook().actor(id).map_or(id.to_owned(), |it| it.name.clone()), String::new()),
    });
    let mentions: usize = actor.seen.iter().map(|it| it.mentions).sum();
    let key = actor.codebook.clone().unwrap_or_else(|| actor.name.clone());
    let opened = if documents.len() > MOST_DOCUMENTS {
        format!("Names are quoted from the first {MOST_DOCUMENTS} of {} documents.", documents.len())
    } else {
        String::new()
    };
    let shown = Page {
        shell: ctx.shell(Screen::Actors, actor.name.clone()),
        name: actor.name.clone(),
        kind: super::kind_words(&actor.kind),
        id: actor.id.clone(),
        known: actor.codebook.is_some(),
        parent,
        country: entry.and_then(|it| it.country.as_deref()).map_or(String::new(), |it| country(it).to_owned()),
        summary: format!("{} in {}", count(mentions, "mention"), count(documents.len(), "document")),
        names,
        roles: roles(&ctx, actor),
        parts: parts(&ctx, actor, &targets),
        network: network(&ties),
        ties,
        events_link: ctx.link(&format!("/?actor={}", crate::workbench::ctx::escaped(&key))),
        opened,
    };
    Ok(page(&shown))
}

/// Words that stand for a name and are none.
const PRONOUNS: &[&str] =
    &["he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "we", "us", "our", "i"];

/// Says whether a word only points back at a name; "US" is a country.
pub(super) fn points_back(name: &str) -> bool {
    name != "US" && PRONOUNS.contains(&name.to_lowercase().as_str())
}

/// Event mentions, as (document, id in its reading).
type Mentions = BTreeSet<(String, String)>;

/// Returns every name with the words around its first use, and the mentions that name the actor as target.
async fn names(ctx: &Ctx, actor: &ActorRecord, documents: &BTreeSet<&str>) -> Result<(Vec<Name>, Mentions), Failure> {
    let mut found: BTreeMap<String, Name> = BTreeMap::new();
    let mut targets = Mentions::new();
    let mut order: Vec<&str> = documents.iter().copied().collect();
    order.sort_by_key(|it| ctx.snap.filed(it).map(|it| (it.document.published.start, it.document.file.clone())));
    for hash in order.into_iter().take(MOST_DOCUMENTS) {
        let reading = ctx.reading(hash).await?;
        let offsets = Offsets::new(&reading.text);
        let ids: BTreeSet<&str> =
            actor.seen.iter().filter(|it| it.document == hash).map(|it| it.actor.as_str()).collect();
        for own in reading.actors.iter().filter(|it| ids.contains(it.id.as_str())) {
            for span in &own.mentions {
                let words = offsets.quote(&reading.text, *span).split_whitespace().collect::<Vec<_>>().join(" ");
                if points_back(&words) {
                    continue;
                }
                let name = found.entry(words.clone()).or_insert_with(|| {
                    let (before, after) = around(&reading.text, &offsets, *span);
                    let link = format!(
                        "{}#c{}",
                        ctx.link(&format!("/d/{}?c={}-{}", short(hash), span.start, span.end)),
                        span.start
                    );
                    Name {
                        name: words.clone(),
                        times: 0,
                        before,
                        words,
                        after,
                        file: reading.document.file.clone(),
                        link,
                        from_codebook: false,
                    }
                });
                name.times += 1;
            }
        }
        for event in &reading.events {
            if event.targets.iter().any(|it| it.actor.as_deref().is_some_and(|id| ids.contains(id))) {
                targets.insert((hash.to_owned(), event.id.clone()));
            }
        }
    }
    if !found.contains_key(&actor.name) {
        let name = Name {
            name: actor.name.clone(),
            times: 0,
            before: String::new(),
            words: String::new(),
            after: String::new(),
            file: String::new(),
            link: String::new(),
            from_codebook: true,
        };
        found.insert(actor.name.clone(), name);
    }
    let mut names: Vec<Name> = found.into_values().collect();
    names.sort_by(|a, b| b.times.cmp(&a.times).then(a.name.cmp(&b.name)));
    Ok((names, targets))
}

/// Returns some words before and after a span, inside its line.
fn around(text: &str, offsets: &Offsets, span: Span) -> (String, String) {
    let bytes = offsets.bytes(text, span);
    let before: String = text[..bytes.start]
        .chars()
        .rev()
        .take_while(|it| *it != '\n')
        .take(60)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let after: String = text[bytes.end..].chars().take_while(|it| *it != '\n').take(60).collect();
    let before = if before.chars().count() == 60 {
        before.split_once(' ').map_or(before.clone(), |it| format!("…{}", it.1))
    } else {
        before
    };
    let after = if after.chars().count() == 60 {
        after.rsplit_once(' ').map_or(after.clone(), |it| format!("{}…", it.0))
    } else {
        after
    };
    (before, after)
}

/// Returns the roles of the codebook with their dates.
fn roles(ctx: &Ctx, actor: &ActorRecord) -> Vec<(String, String)> {
    let entry = actor.codebook.as_deref().and_then(|it| ctx.app.codebook().actor(it));
    let roles = entry.into_iter().flat_map(|it| &it.roles);
    roles
        .map(|it| {
            (
                plain(&it.role),
                if it.from.is_none() && it.until.is_none() { "no dates".into() } else { days(it.from, it.until) },
            )
        })
        .collect()
}

fn parts(ctx: &Ctx, actor: &ActorRecord, targets: &Mentions) -> Vec<Part> {
    let is = |codebook: &Option<String>, name: &str| match (&actor.codebook, codebook) {
        (Some(a), Some(b)) => a == b,
        (None, None) => name.eq_ignore_ascii_case(&actor.name),
        _ => false,
    };
    let mut by_part: [Vec<Played>; 5] = Default::default();
    let mut totals = [0usize; 5];
    let mut put = |part: usize, event: &LedgerEvent, evidence: Option<&Evidence>, who: String| {
        totals[part] += 1;
        if by_part[part].len() < MOST_EVENTS {
            by_part[part].push(Played {
                link: ctx.link(&format!("/e/{}", event.id)),
                title: event.title.clone(),
                date: event.time.as_ref().map_or("no date".into(), |it| days(it.start, it.end)),
                quote: evidence.map_or(String::new(), |it| clip(&it.quote, 110)),
                quote_link: evidence.map_or(String::new(), |it| event_words(ctx, it)),
                who,
            });
        }
    };
    for event in &ctx.snap.knowledge.events {
        let named = |bases: &[Basis]| {
            event
                .accounts
                .iter()
                .flat_map(|it| it.perpetrators.iter().map(move |own| (it, own)))
                .find(|(_, it)| bases.contains(&it.basis) && is(&it.codebook, &it.name))
        };
        if let Some((account, it)) = named(&[Basis::Claimed]) {
            put(0, event, Some(&it.evidence), account.speaker.clone());
        }
        if let Some((account, it)) =
            named(&[Basis::Stated, Basis::Alleged, Basis::Attributed, Basis::Implied, Basis::Insinuated])
        {
            put(1, event, Some(&it.evidence), format!("{}, {}", account.speaker, it.basis));
        }
        let denies = |it: &&Account| it.stances.contains(&Stance::Denies) && is(&it.codebook, &it.speaker);
        if let Some(it) = event.accounts.iter().find(denies) {
            put(2, event, it.evidence.first(), it.speaker.clone());
        }
        if event.mentions.iter().any(|it| targets.contains(&(it.document.clone(), it.event.clone()))) {
            put(
                3,
                event,
                event.accounts.first().and_then(|it| it.evidence.first()),
                event.accounts.first().map_or(String::new(), |it| it.speaker.clone()),
            );
        }
        if let Some(it) = event.accounts.iter().find(|it| is(&it.codebook, &it.speaker)) {
            put(4, event, it.evidence.first().or(it.figures.first().map(|it| &it.evidence)), it.voice.clone());
        }
    }
    let words = ["Claims as its own", "Named as perpetrator by others", "Denies", "Target", "Speaks of"];
    let parts = words.into_iter().zip(by_part).zip(totals);
    parts
        .filter(|((_, events), _)| !events.is_empty())
        .map(|((words, events), n)| Part { words, count: count(n, "event"), more: n - events.len(), events })
        .collect()
}

fn ties(ctx: &Ctx, actor: &ActorRecord) -> Vec<Tie> {
    let relations = ctx.snap.knowledge.relations.iter().filter(|it| touches(it, actor));
    let mut ties: Vec<Tie> = relations
        .map(|it| {
            let forward = is_side(&it.a, actor);
            let other = if forward { &it.b } else { &it.a };
            let record = ctx.snap.knowledge.actors.iter().find(|own| is_side(other, own));
            let said = |it: &RelationSaid| TieSaid {
                who: match &it.source {
                    Some(source) if *source != it.speaker => format!("{}, via {source}", it.speaker),
                    _ => it.speaker.clone(),
                },
                quote: it.evidence.quote.split_whitespace().collect::<Vec<_>>().join(" "),
                link: event_words(ctx, &it.evidence),
                file: it.evidence.file.clone(),
                time: it.time.as_ref().map_or(String::new(), |it| days(it.start, it.end)),
                polarity: it.polarity.as_str(),
            };
            let (holds, holds_not): (Vec<&RelationSaid>, Vec<&RelationSaid>) =
                it.said.iter().partition(|it| it.polarity == Polarity::Asserted);
            Tie {
                id: it.id.clone(),
                other: other.name.clone(),
                other_link: record.map(|it| super::link(ctx, it)),
                words: plain(&it.relation),
                forward,
                disputed: it.disputed,
                sides: [("It holds", holds), ("It does not, or may not", holds_not)]
                    .into_iter()
                    .filter(|it| !it.1.is_empty())
                    .map(|(words, all)| (words, all.into_iter().map(said).collect()))
                    .collect(),
            }
        })
        .collect();
    ties.sort_by_key(|it| (!it.disputed, std::cmp::Reverse(it.speakers()), it.other.clone()));
    ties
}
