//! Who is in custody: their words are admissions, not reports.
//!
//! In: sentences and drafts in text order. Out: whether a speaker was described
//! as held, appears in a confession, or was told to be arrested before. A known
//! group or office is never in custody, though one of its members may be.

use super::{
    draft::{Draft, Who},
    speakers::Voice,
};
use crate::{
    Context,
    actors::Actors,
    phrase::{noun_phrase_right, subject_left, words},
    text::{Sentence, Text},
};
use std::ops::Range;

const HELD: &[&str] =
    &["detained", "captured", "arrested", "detainee", "prisoner", "captive", "suspect", "jailed", "imprisoned"];

/// The captives of a document so far.
#[derive(Debug, Default)]
pub struct Captives {
    /// Ids of actors.
    actors: Vec<String>,
    /// Last words of the names of those told to be arrested.
    names: Vec<String>,
    /// The first token of the last sentence that shows a confession, and of the one noted now.
    confession: Option<usize>,
    before: usize,
}

impl Captives {
    /// Notes who is told to be arrested in a sentence.
    pub fn note(&mut self, ctx: &Context<'_>, sentence: &Sentence) {
        let text = &ctx.text;
        // A confession opens this sentence and the one behind it.
        self.confession = self.confession.filter(|&it| it == self.before);
        self.before = sentence.tokens.start;
        if sentence.tokens.clone().any(|it| matches!(text.lower(it), "confession" | "confessions" | "confessed")) {
            self.confession = Some(sentence.tokens.start);
        }
        for at in sentence.tokens.clone().filter(|&it| matches!(text.lower(it), "arrested" | "captured" | "detained")) {
            let mut start = at;
            while start > sentence.tokens.start
                && (words::is_auxiliary(text.lower(start - 1)) || words::is_adverbial(text.lower(start - 1)))
            {
                start -= 1;
            }
            let passive = (start..at).any(|it| words::is_be(text.lower(it)));
            let who = if passive {
                subject_left(text, start, sentence.tokens.start)
            } else {
                noun_phrase_right(text, at + 1)
            };
            if let Some(name) = last_name(text, who) {
                self.names.push(name);
            }
        }
    }

    /// Says whether the speaker of a draft is in custody, and remembers it.
    pub fn holds(
        &mut self,
        ctx: &Context<'_>,
        actors: &Actors,
        sentence: &Sentence,
        draft: &Draft,
        voice: &Voice,
    ) -> bool {
        let Some(actor) = voice.speaker.actor.clone() else { return false };
        if self.actors.contains(&actor) {
            return true;
        }
        if actors.list.iter().any(|it| it.id == actor && it.codebook.is_some() && it.kind != "person") {
            return false;
        }
        let speaker: Range<usize> = match (&draft.who, &voice.tokens) {
            (Who::Words(words), _) => words.clone(),
            (_, Some(words)) => words.clone(),
            _ => return false,
        };
        let text = &ctx.text;
        let described = speaker.clone().take(4).any(|it| HELD.contains(&text.lower(it)));
        let confession = voice.person
            && voice.speaker.anonymous
            && sentence
                .tokens
                .clone()
                .take_while(|&it| it < speaker.start)
                .any(|it| matches!(text.lower(it), "confession" | "confessed"));
        let shown = self.confession.is_some_and(|it| it < sentence.tokens.start)
            && voice.person
            && speaker.clone().take(6).any(|it| {
                matches!(
                    text.lower(it),
                    "alleged" | "suspected" | "man" | "men" | "woman" | "youth" | "member" | "militant"
                )
            });
        // "released a video in which an alleged member says".
        let filmed = voice.person
            && speaker.clone().take(3).any(|it| matches!(text.lower(it), "alleged" | "suspected" | "accused"))
            && sentence
                .tokens
                .clone()
                .take_while(|&it| it < speaker.start)
                .any(|it| matches!(text.lower(it), "video" | "footage" | "clip" | "tape" | "recording"));
        let confession = confession || shown || filmed;
        let named = !voice.speaker.anonymous && last_name(text, speaker).is_some_and(|it| self.names.contains(&it));
        let held = described || confession || named;
        if held {
            self.actors.push(actor);
        }
        held
    }
}

/// Returns the last capitalized word before the first comma or bracket.
fn last_name(text: &Text<'_>, words: Range<usize>) -> Option<String> {
    let end = words.clone().find(|&it| matches!(text.lower(it), "," | "(" | "who")).unwrap_or(words.end);
    let last = end.checked_sub(1).filter(|it| words.contains(it))?;
    (text.tokens[last].capital && (words.start..end).all(|it| text.tokens[it].capital))
        .then(|| text.lower(last).to_owned())
}
