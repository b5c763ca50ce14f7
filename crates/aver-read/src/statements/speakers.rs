//! Which actor a speaker's words mean, and who "he" or "the spokesman" is.
//!
//! In: drafts in text order. Out: the speaker of each, with its actor. Pronouns
//! and short descriptions go back to the last fitting speaker of the document.

use super::{
    draft::{Draft, Who},
    frames::MEDIA_NOUNS,
};
use crate::{
    Context,
    actors::Actors,
    phrase::{is_finite_verb, noun_phrase_right, subject_left, verbs::skip_adverbs, words},
    text::{Sentence, Text},
};
use aver_model::{Speaker, UNSPECIFIED};
use std::ops::Range;

/// A speaker with the tokens that name it.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Its words; `None` when nobody is named.
    pub tokens: Option<Range<usize>>,
    /// As published.
    pub speaker: Speaker,
    /// It is one person.
    pub person: bool,
}

/// The speakers of a document so far.
#[derive(Debug, Default)]
pub struct Memory {
    voices: Vec<Voice>,
}

/// Verbs by which a body puts a medium out.
const PUTS_OUT: &[&str] = &[
    "released",
    "published",
    "issued",
    "posted",
    "circulated",
    "distributed",
    "shared",
    "uploaded",
    "aired",
    "broadcast",
];

/// "X released a video claiming": whoever put it out speaks through it.
fn publisher(ctx: &Context<'_>, actors: &Actors, medium: Range<usize>) -> Option<usize> {
    let text = &ctx.text;
    let floor = text.sentence_of(medium.start).tokens.start;
    let verb = (medium.start > floor + 1).then(|| medium.start - 1)?;
    PUTS_OUT.contains(&text.lower(verb)).then_some(())?;
    let subject = subject_left(text, skip_auxiliaries_left(text, verb, floor), floor);
    actors.of_phrase(ctx, subject.clone()).or_else(|| actors.at(subject))
}

/// Returns where a verb group begins whose last word stands at `verb`: "has also | released".
fn skip_auxiliaries_left(text: &Text<'_>, verb: usize, floor: usize) -> usize {
    let belongs = |at: usize| words::is_auxiliary(text.lower(at)) || words::is_adverb(text.lower(at));
    (floor..verb).rev().take_while(|&at| belongs(at)).last().unwrap_or(verb)
}

impl Memory {
    /// Returns the speaker of a draft and remembers it.
    pub fn voice(
        &mut self,
        ctx: &Context<'_>,
        actors: &mut Actors,
        sentence: &Sentence,
        draft: &Draft,
        here: &[Draft],
    ) -> Voice {
        let voice = match &draft.who {
            Who::Unspecified => return unspecified(),
            Who::Carried => self.voices.last().cloned().map(|it| Voice {
                tokens: None,
                speaker: Speaker { span: None, ..it.speaker },
                ..it
            }),
            Who::Words(words) => Some(self.named(ctx, actors, words.clone(), sentence)),
            Who::Subject => self.subject(ctx, actors, sentence, draft, here),
        };
        let voice = voice.unwrap_or_else(unspecified);
        if voice.speaker.actor.is_some() {
            self.voices.push(voice.clone());
            if self.voices.len() > 40 {
                self.voices.remove(0);
            }
        }
        voice
    }

    /// Says whether anybody spoke yet.
    pub fn is_empty(&self) -> bool {
        self.voices.is_empty()
    }

    /// "…, adding that": the nearest speaker of the sentence before, else its subject.
    fn subject(
        &mut self,
        ctx: &Context<'_>,
        actors: &mut Actors,
        sentence: &Sentence,
        draft: &Draft,
        here: &[Draft],
    ) -> Option<Voice> {
        let mut before =
            here.iter().filter(|it| it.cue.start < draft.cue.start && !it.passive).filter_map(|it| match &it.who {
                Who::Words(words) => Some(words.clone()),
                _ => None,
            });
        let behind = here.iter().filter(|it| it.cue.start > draft.cue.start).find_map(|it| match &it.who {
            Who::Words(words) if words.start > draft.cue.start => Some(words.clone()),
            _ => None,
        });
        let initial = draft.cue.start <= sentence.tokens.start + 1;
        let words = match before.next_back().filter(|_| !initial) {
            Some(words) => words,
            None => main_subject(&ctx.text, sentence, draft.cue.start, initial).or(behind)?,
        };
        Some(self.named(ctx, actors, words, sentence))
    }

    fn named(&mut self, ctx: &Context<'_>, actors: &mut Actors, words: Range<usize>, sentence: &Sentence) -> Voice {
        let text = &ctx.text;
        let span = Some(text.span(words.clone()));
        let first = text.lower(words.start).to_owned();
        let pronoun = words.len() == 1
            && (words::is_third_person(&first)
                || words::is_possessive(&first)
                || matches!(first.as_str(), "who" | "which" | "that"));
        if pronoun {
            if let Some(voice) = self.before(ctx, actors, &first, words.start, sentence) {
                return Voice { tokens: Some(words), speaker: Speaker { span, ..voice.speaker }, person: voice.person };
            }
        } else if words::is_determiner(&first)
            && first != "a"
            && first != "an"
            && first != "some"
            && actors.of_phrase(ctx, words.clone()).is_none()
            && let Some(voice) = self.described(text, words.clone())
        {
            return Voice { tokens: Some(words), speaker: Speaker { span, ..voice.speaker }, person: voice.person };
        }
        if pronoun || is_no_name(&first) && words.len() == 1 {
            return Voice {
                tokens: Some(words.clone()),
                speaker: Speaker { actor: None, name: text.words(words).to_owned(), span, anonymous: true },
                person: false,
            };
        }
        if let Some(voice) =
            self.surname(text, words.clone()).filter(|_| actors.of_phrase(ctx, words.clone()).is_none())
        {
            return Voice { tokens: Some(words), speaker: Speaker { span, ..voice.speaker }, person: true };
        }
        let actor = self.actor(ctx, actors, words.clone());
        let known = &actors.list[actor];
        let kind = known.kind.clone();
        let anonymous = known.codebook.is_none() && is_anonymous(ctx, words.clone(), &kind);
        let name = text.words(words.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        Voice {
            speaker: Speaker { actor: Some(known.id.clone()), name, span, anonymous },
            person: kind == "person" || anonymous && !text.lower(words.end - 1).ends_with('s'),
            tokens: Some(words),
        }
    }

    fn actor(&self, ctx: &Context<'_>, actors: &mut Actors, words: Range<usize>) -> usize {
        // "a newsletter released by X", "the X report": X speaks through it.
        let text = &ctx.text;
        let media = words.clone().find(|&it| MEDIA_NOUNS.contains(&text.lower(it)));
        if media.is_some()
            && let Some(actor) = actors.within(words.clone()).filter(|it| !it.resolved).map(|it| it.actor).last()
        {
            return actor;
        }
        if media.is_some()
            && let Some(actor) = publisher(ctx, actors, words.clone())
        {
            return actor;
        }
        let name = name_part(text, words.clone());
        let person = name.len() > 1
            && name.len() < words.len()
            && (2..=4).contains(&name.len())
            && name.clone().all(|it| text.tokens[it].capital)
            && matches!(text.lower(name.end), ",");
        if person && actors.of_phrase(ctx, words.clone()).is_none() {
            return actors.add_described(ctx, name, "person");
        }
        let person = words.len() <= 3 && words.clone().all(|it| text.tokens[it].capital) && words.len() > 1;
        actors.resolve(ctx, words, if person { "person" } else { "group" })
    }

    /// "Doe said": the last person whose name ends so.
    fn surname(&self, text: &Text<'_>, words: Range<usize>) -> Option<Voice> {
        let name = name_part(text, words);
        let titled = name.len() == 2
            && matches!(
                text.lower(name.start),
                "mr."
                    | "mr"
                    | "mrs."
                    | "mrs"
                    | "ms."
                    | "ms"
                    | "dr."
                    | "gen."
                    | "general"
                    | "col."
                    | "president"
                    | "minister"
                    | "sen."
            );
        if name.len() != 1 && !titled || !text.tokens[name.end - 1].capital {
            return None;
        }
        let last = text.lower(name.end - 1);
        self.voices
            .iter()
            .rev()
            .find(|it| {
                it.tokens.clone().is_some_and(|tokens| {
                    let name = name_part(text, tokens);
                    name.len() > 1 && text.lower(name.end - 1) == last && name.clone().all(|it| text.tokens[it].capital)
                })
            })
            .cloned()
    }

    /// Returns the last speaker that a pronoun can mean.
    fn before(
        &mut self,
        ctx: &Context<'_>,
        actors: &mut Actors,
        pronoun: &str,
        at: usize,
        sentence: &Sentence,
    ) -> Option<Voice> {
        // "Opposition members were not convinced. They said": the members.
        if pronoun == "they"
            && at == sentence.tokens.start
            && let Some(last) = at.checked_sub(1).map(|it| ctx.text.sentence_of(it))
            && last.paragraph == sentence.paragraph
        {
            let subject = noun_phrase_right(&ctx.text, last.tokens.start);
            let head = subject.end.checked_sub(1).map_or("", |it| ctx.text.lower(it));
            let people =
                matches!(head, "members" | "officials" | "residents" | "villagers" | "witnesses" | "relatives")
                    || ctx.codebook.lexicon.anonymous.iter().any(|it| it == head && it.ends_with('s'));
            if people && subject.len() <= 4 && actors.of_phrase(ctx, subject.clone()).is_none() {
                return Some(self.named(ctx, actors, subject, last));
            }
        }
        if let Some(mention) = actors.within(at..at + 1).find(|it| it.resolved) {
            let actor = &actors.list[mention.actor];
            return Some(Voice {
                tokens: None,
                speaker: Speaker {
                    actor: Some(actor.id.clone()),
                    name: actor.name.clone(),
                    span: None,
                    anonymous: false,
                },
                person: actor.kind == "person",
            });
        }
        let plural = matches!(pronoun, "they" | "their" | "them" | "it" | "its");
        if plural
            && let Some(words) = main_subject(&ctx.text, sentence, at, false)
                .filter(|it| it.end <= at && !it.is_empty() && !words::is_third_person(ctx.text.lower(it.start)))
        {
            return Some(self.named(ctx, actors, words, sentence));
        }
        let personal = matches!(pronoun, "he" | "she" | "his" | "her");
        self.voices.iter().rev().find(|it| !personal || it.person).or_else(|| self.voices.last()).cloned()
    }

    /// "the spokesperson", "the guild leader": the last speaker that was so described.
    fn described(&self, text: &Text<'_>, words: Range<usize>) -> Option<Voice> {
        // "the man in the video" is the man.
        let plain = words.clone().skip(1).find(|&it| matches!(text.lower(it), "in" | "on"));
        let words = words.start..plain.unwrap_or(words.end);
        let head = text.lower(words.end - 1);
        if words.len() > 4 {
            return None;
        }
        // "the army" is not a member of some army.
        let body = matches!(
            head,
            "army"
                | "police"
                | "military"
                | "government"
                | "ministry"
                | "group"
                | "front"
                | "movement"
                | "party"
                | "agency"
                | "forces"
                | "state"
                | "council"
                | "court"
        );
        let says = |it: &&Voice| {
            !(body && it.person)
                && it
                    .tokens
                    .clone()
                    .is_some_and(|tokens| tokens.clone().take(8).any(|at| same_office(text.lower(at), head)))
        };
        self.voices
            .iter()
            .rev()
            .find(says)
            .or_else(|| self.voices.iter().rev().find(|it| it.person && matches!(head, "man" | "woman")))
            .cloned()
    }
}

/// Returns the words before the first comma or bracket.
fn name_part(text: &Text<'_>, words: Range<usize>) -> Range<usize> {
    let end = words.clone().find(|&it| matches!(text.lower(it), "," | "(" | "—" | "–" | "who")).unwrap_or(words.end);
    if end == words.start { words } else { words.start..end }
}

/// Says whether a word alone points at somebody that nothing here names.
fn is_no_name(word: &str) -> bool {
    words::is_subject_pronoun(word)
        || matches!(
            word,
            "others"
                | "some"
                | "many"
                | "those"
                | "these"
                | "this"
                | "that"
                | "all"
                | "both"
                | "most"
                | "several"
                | "few"
                | "we"
                | "us"
                | "i"
                | "you"
                | "one"
                | "another"
                | "everyone"
                | "someone"
                | "somebody"
                | "anyone"
        )
}

fn same_office(a: &str, b: &str) -> bool {
    let fold = |word: &str| {
        word.trim_end_matches("woman")
            .trim_end_matches("person")
            .trim_end_matches("man")
            .trim_end_matches("men")
            .to_owned()
    };
    a == b || a.len() > 6 && (a.starts_with("spokes") && b.starts_with("spokes") || fold(a) == fold(b))
}

fn unspecified() -> Voice {
    Voice {
        tokens: None,
        speaker: Speaker { actor: None, name: UNSPECIFIED.to_owned(), span: None, anonymous: true },
        person: false,
    }
}

/// Returns the subject of the sentence's main clause: the last noun phrase before `limit` that a verb
/// follows, from the beginning; behind an opening participle the first after the comma.
fn main_subject(text: &Text<'_>, sentence: &Sentence, limit: usize, initial: bool) -> Option<Range<usize>> {
    let from = if initial {
        (limit..sentence.tokens.end).find(|&it| text.lower(it) == ",")? + 1
    } else {
        sentence.tokens.start
    };
    let end = if initial { sentence.tokens.end } else { limit };
    let mut at = from;
    while at < end.min(from + 60) {
        let noun = noun_phrase_right(text, at);
        if noun.is_empty() {
            at += 1;
            continue;
        }
        let preposition = at > sentence.tokens.start && words::is_preposition(text.lower(at - 1));
        if !preposition && is_finite_verb(text, skip_adverbs(text, noun.end)) || initial && at == from {
            return Some(noun);
        }
        at = noun.end;
    }
    None
}

/// Says whether the words name nobody: "officials", "a spokesman on condition of anonymity".
fn is_anonymous(ctx: &Context<'_>, words: Range<usize>, kind: &str) -> bool {
    let text = &ctx.text;
    if kind == "person"
        && words.clone().any(|it| text.tokens[it].capital)
        && !words::is_determiner(text.lower(words.start))
    {
        return false;
    }
    let listed = |list: &[String]| {
        words.clone().any(|it| list.iter().any(|entry| entry.rsplit(' ').next() == Some(text.lower(it))))
    };
    listed(&ctx.codebook.lexicon.anonymous)
        || matches!(text.lower(words.start), "a" | "an" | "some" | "several" | "many" | "one")
        || words.clone().any(|it| {
            matches!(
                text.lower(it),
                "officials"
                    | "official"
                    | "residents"
                    | "resident"
                    | "witnesses"
                    | "witness"
                    | "experts"
                    | "analysts"
                    | "sources"
                    | "source"
                    | "spokesman"
                    | "spokesperson"
                    | "spokeswoman"
                    | "villagers"
                    | "locals"
                    | "observers"
                    | "critics"
                    | "diplomats"
                    | "diplomat"
                    | "members"
                    | "commanders"
                    | "relatives"
                    | "survivors"
                    | "man"
                    | "woman"
                    | "people"
            )
        })
}
