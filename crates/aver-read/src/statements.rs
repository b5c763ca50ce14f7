//! Who says what: speaker, cue, content, stance.
//!
//! In: the text and its actors. Out: statements in text order. A statement is
//! made only when a cue is found, or for a bare quotation that goes on; a bare
//! sentence belongs to the outlet and makes none. Nested attribution ("the
//! ministry said that residents report") gives one statement a speaker, each
//! with its chain from the outlet inward.
//!
//! [`frames`] finds verb cues ([`passive`] those in the passive), [`others`] the rest, [`quotes`] bare quotations;
//! [`speakers`] says who that is, [`stance`] how they stand to it. Nobody here
//! judges whether a content is true.

mod captives;
mod compared;
mod content;
mod cues;
mod draft;
mod frames;
mod groups;
mod others;
mod parsed;
mod passive;
mod proposed;
mod quotes;
mod said;
mod sources;
mod speakers;
mod stance;
mod subjects;
#[cfg(test)]
mod tests;
mod unread;
mod verdicts;
mod wordings;

pub use cues::{Cues, Form, Hit};
pub use wordings::Wordings;

use crate::{
    Context, Found,
    actors::Actors,
    text::{Role, Sentence},
};
use aver_model::{Content, Cue, Event, Figure, Forecast, OUTLET, Relation, Span, Stance, Statement, Tally, Time};
use captives::Captives;
use draft::{Draft, Who};
use speakers::{Memory, Voice};
use std::ops::Range;

/// Finds statements, in text order; may add speakers to `actors`.
pub fn find(ctx: &Context<'_>, actors: &mut Actors, times: &[Found<Time>]) -> Vec<Found<Statement>> {
    let mut memory = Memory::default();
    let mut captives = Captives::default();
    let mut found: Vec<(Found<Statement>, Draft)> = vec![];
    let mut paragraph = usize::MAX;
    let mut spoken = false;
    let mut all: Vec<Draft> = vec![];
    for sentence in ctx.text.sentences.iter().filter(|it| matches!(it.role, Role::Body | Role::Title | Role::Caption)) {
        captives.note(ctx, sentence);
        let mut drafts = frames::find(ctx, actors, sentence);
        others::find(ctx, sentence, &mut drafts);
        parsed::mend(ctx, sentence, &mut drafts);
        proposed::add(ctx, sentence, &mut drafts);
        compared::find(ctx, actors, sentence, &mut drafts);
        drafts.iter_mut().for_each(|it| sources::mend(ctx, sentence, it));
        content::cut_at_neighbours(&ctx.text, &mut drafts);
        // An open quotation carries its speaker into the next paragraph.
        spoken = !drafts.is_empty()
            || spoken && sentence.paragraph == paragraph
            || spoken && sentence.paragraph == paragraph + 1;
        paragraph = sentence.paragraph;
        let recent = all.len().saturating_sub(8);
        if !memory.is_empty()
            && let Some(draft) = quotes::find(ctx, sentence, &[&all[recent..], &drafts[..]].concat(), spoken)
        {
            drafts.push(draft);
        }
        drafts.retain(|it| !it.content_tokens().is_empty() && !frames::is_anonymity(&ctx.text, it));
        drafts.sort_by_key(|it| (it.tokens().start, it.cue.start, it.content_tokens().start));
        drafts.dedup_by(|b, a| a.who == b.who && a.content == b.content);
        let through: Vec<Option<String>> = drafts.iter_mut().map(|it| cited(ctx, actors, sentence, it)).collect();
        for (draft, outer) in drafts.iter().zip(through) {
            let voice = memory.voice(ctx, actors, sentence, draft, &drafts);
            let mut statement = publish(ctx, actors, times, sentence, draft, &voice, &mut captives);
            inherit_said(ctx, &mut statement.record, sentence, found.last());
            statement.record.chain.extend(outer);
            found.push((statement, draft.clone()));
        }
        all.extend(drafts);
    }
    found.sort_by_key(|(it, _)| (it.tokens.start, it.tokens.end));
    chain(ctx, &mut found);
    found
        .into_iter()
        .enumerate()
        .map(|(index, (mut it, _))| {
            it.record.id = format!("s{}", index + 1);
            it
        })
        .collect()
}

/// "X, citing Y, reported", "X reported, citing Y": Y speaks, through X. Returns X.
fn cited(ctx: &Context<'_>, actors: &Actors, sentence: &Sentence, draft: &mut Draft) -> Option<String> {
    let text = &ctx.text;
    let Who::Words(words) = &draft.who else { return None };
    let words = words.clone();
    let inside = words.clone().find(|&it| text.reads(it, &[",", "citing"])).map(|it| it + 1);
    let behind = || {
        let after = words.end.max(draft.cue.end);
        let at = if text.lower(after) == "," { after + 1 } else { after };
        (at < sentence.tokens.end && text.lower(at) == "citing").then_some(at)
    };
    let at = inside.or_else(behind)?;
    let source = crate::phrase::noun_phrase_right(text, at + 1);
    if source.is_empty() || source.end > sentence.tokens.end || !subjects::can_speak(text, source.clone()) {
        return None;
    }
    let lexicon = &ctx.codebook.lexicon;
    let speaks = |it: usize| {
        let word = text.lower(it);
        lexicon.anonymous.iter().chain(&lexicon.bodies).chain(&lexicon.offices).any(|it| it == word)
            || matches!(word, "sources" | "source" | "officials" | "police" | "witnesses" | "residents")
    };
    let head = source.clone().find(|&it| text.lower(it) == ",").unwrap_or(source.end) - 1;
    if actors.of_phrase(ctx, source.clone()).is_none() && !source.clone().any(speaks) && !text.tokens[head].capital {
        return None;
    }
    let outer = words.start..inside.map_or(words.end, |it| it - 1);
    if outer.is_empty() {
        return None;
    }
    draft.who = Who::Words(source);
    Some(text.words(outer).to_owned())
}

fn publish(
    ctx: &Context<'_>,
    actors: &Actors,
    times: &[Found<Time>],
    sentence: &Sentence,
    draft: &Draft,
    voice: &Voice,
    captives: &mut Captives,
) -> Found<Statement> {
    let text = &ctx.text;
    let known = voice.speaker.actor.as_ref().and_then(|id| actors.list.iter().find(|it| it.id == *id));
    let kind = known.map_or("", |it| it.kind.as_str());
    // A channel speaks for its group: "the group's news outlet reported".
    let channel = known
        .and_then(|it| it.codebook.as_deref())
        .and_then(|id| ctx.codebook.actor(id))
        .is_some_and(|it| it.channel_of.is_some());
    let through = voice
        .tokens
        .clone()
        .filter(|it| it.clone().any(|at| frames::is_media(&text.tokens[at].lower)))
        .is_some_and(|it| actors.within(it).any(|it| actors.list[it.actor].kind == "armed_group"));
    let fights = known.is_none_or(|it| it.codebook.is_none())
        && voice.tokens.clone().is_some_and(|it| {
            it.clone().take(8).any(|at| {
                matches!(
                    text.lower(at),
                    "rebels" | "militants" | "insurgents" | "separatists" | "guerrillas" | "jihadists" | "fighters"
                )
            })
        });
    let serves = kind != "person"
        && known.is_none_or(|it| it.codebook.is_none())
        && voice.tokens.clone().is_some_and(|it| speaks_for_army(text, it));
    let kind = match () {
        () if channel || through => stance::OWN_CHANNEL,
        () if fights => "armed_group",
        () if serves => "state_force",
        () => kind,
    };
    let captive = captives.holds(ctx, actors, sentence, draft, voice);
    let stance = stance::stance(ctx, draft, voice, kind, captive);
    let tokens = draft.tokens();
    let pieces: Vec<Span> = draft.content.iter().map(|it| text.span(it.clone())).collect();
    let content = pieces.iter().copied().reduce(Span::join).unwrap_or_default();
    let own = matches!(stance, Stance::ClaimsResponsibility | Stance::Commits | Stance::Admits | Stance::Rejects);
    let record = Statement {
        id: String::new(),
        span: text.span(tokens.clone()),
        speaker: voice.speaker.clone(),
        chain: vec![],
        cue: (!draft.cue.is_empty()).then(|| Cue { span: text.span(draft.cue.clone()), class: draft.class }),
        content: Content { span: content, spans: if pieces.len() > 1 { pieces } else { vec![] } },
        stance,
        kind: stance::kind(text, draft, stance),
        directness: stance::directness(text, draft),
        distancing: stance::distances(text, draft),
        self_report: own || stance::is_own(text, draft.telling_tokens(), voice, kind),
        said: said::said(ctx, sentence, draft, times),
        about: vec![],
    };
    Found { record, tokens }
}

/// "The army command", "a military spokesman", "the army statement"; not "a retired army general", "a military analyst".
fn speaks_for_army(text: &crate::text::Text<'_>, speaker: Range<usize>) -> bool {
    const HEADS: &[&str] = &[
        "army",
        "military",
        "navy",
        "command",
        "statement",
        "communique",
        "communiqué",
        "spokesman",
        "spokeswoman",
        "spokesperson",
    ];
    let words = speaker.start..speaker.end.min(speaker.start + 8);
    let last = words.end.saturating_sub(1);
    words.clone().any(|at| matches!(text.lower(at), "army" | "military" | "navy"))
        && !words.clone().any(|at| matches!(text.lower(at), "former" | "retired"))
        && words.contains(&last)
        && HEADS.contains(&text.lower(last))
}

/// "He added": said when the sentence before says so, by the same speaker in the same paragraph.
fn inherit_said(
    ctx: &Context<'_>,
    statement: &mut Statement,
    sentence: &Sentence,
    before: Option<&(Found<Statement>, Draft)>,
) {
    let Some((last, _)) = before else { return };
    let near = ctx
        .text
        .tokens
        .get(last.tokens.start)
        .is_some_and(|it| ctx.text.sentences[it.sentence].paragraph == sentence.paragraph);
    if near
        && statement.said.end.is_none()
        && statement.speaker.actor.is_some()
        && statement.speaker.actor == last.record.speaker.actor
    {
        statement.said = last.record.said.clone();
    }
}

/// Fills the chains: the speakers of the statements around one, from the outlet inward.
fn chain(ctx: &Context<'_>, found: &mut [(Found<Statement>, Draft)]) {
    let outlet = ctx.page.document.source.clone().unwrap_or_else(|| OUTLET.to_owned());
    let ranges: Vec<(Range<usize>, Range<usize>, String)> = found
        .iter()
        .map(|(it, draft)| {
            let inner = match &draft.who {
                Who::Words(words) if !draft.cue.is_empty() => {
                    words.start.min(draft.cue.start)..words.end.max(draft.cue.end)
                }
                _ => draft.cue.clone(),
            };
            (draft.content_tokens(), inner, it.record.speaker.name.clone())
        })
        .collect();
    for index in 0..found.len() {
        let (_, inner, name) = &ranges[index];
        let near = index.saturating_sub(12)..(index + 12).min(found.len());
        let mut around: Vec<usize> = near
            .filter(|&it| {
                it != index
                    && !inner.is_empty()
                    && ranges[it].0.start <= inner.start
                    && inner.end <= ranges[it].0.end
                    && ranges[it].2 != *name
            })
            .collect();
        around.sort_by_key(|&it| std::cmp::Reverse(ranges[it].0.len()));
        let mut chain = vec![outlet.clone()];
        chain.extend(around.into_iter().map(|it| ranges[it].2.clone()));
        chain.append(&mut found[index].0.record.chain);
        chain.push(name.clone());
        found[index].0.record.chain = chain;
    }
}

/// Fills `about` with the ids of what stands inside each statement's content.
pub fn attach(
    statements: &mut [Found<Statement>],
    events: &[Found<Event>],
    figures: &[Found<Figure>],
    relations: &[Found<Relation>],
    forecasts: &[Found<Forecast>],
    tallies: &[Found<Tally>],
) {
    let mut inside: Vec<(Span, usize, &str)> = vec![];
    for it in events {
        inside.extend(it.record.mentions.iter().chain([&it.record.span]).map(|span| (*span, 0, it.record.id.as_str())));
    }
    inside.extend(figures.iter().map(|it| (it.record.span, 1, it.record.id.as_str())));
    inside.extend(relations.iter().map(|it| (it.record.span, 2, it.record.id.as_str())));
    inside.extend(forecasts.iter().map(|it| (it.record.span, 3, it.record.id.as_str())));
    inside.extend(tallies.iter().map(|it| (it.record.span, 4, it.record.id.as_str())));
    inside.sort();
    for statement in statements {
        let content = &statement.record.content;
        let pieces = if content.spans.is_empty() { std::slice::from_ref(&content.span) } else { &content.spans[..] };
        let mut about: Vec<(usize, Span, &str)> = vec![];
        for piece in pieces {
            let first = inside.partition_point(|(span, ..)| span.start < piece.start);
            let last = inside.partition_point(|(span, ..)| span.start < piece.end);
            about.extend(
                inside[first..last.max(first)]
                    .iter()
                    .filter(|(span, ..)| piece.contains(*span))
                    .map(|&(span, class, id)| (class, span, id)),
            );
        }
        about.sort();
        let mut ids: Vec<String> = vec![];
        for (_, _, id) in about {
            if !ids.iter().any(|it| it == id) {
                ids.push(id.to_owned());
            }
        }
        statement.record.about = ids;
    }
}
