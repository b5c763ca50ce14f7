//! Whether a mention tells of those, or of the weapon, that an event told before names.
//!
//! In: a mention and the occurrences so far. Out: a yes or no, for [`super::merge`].

use super::mentions::{Mention, Surroundings};
use super::merge::{Occurrence, is_lethal, share_target};
use super::phrases;
use crate::text::TokenKind;
use std::ops::Range;

/// "Seven of the injured died by Tuesday", "admitted killing him": what became of those told before.
pub(super) fn tells_known_victims(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let one = |it: &Range<usize>| is_single(around, it) && phrases::facility(around.ctx, it.clone()).is_none();
    let its = || occurrence.mentions.iter().take(8).flat_map(|&it| &mentions[it].targets);
    let known = suffers_by_pronoun(around, mention) && its().filter(|it| !it.is_empty()).any(one);
    tells_injured(around, mention) || !mention.trigger.shape.is_noun() && known
}

/// "Seven of the injured | died".
pub(super) fn tells_injured(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let hurt = |at: usize| text.lower(at) == "of" && matches!(text.lower(at + 2), "injured" | "wounded");
    // "Among those | killed is a retired general."
    let first = mention.trigger.tokens.start;
    let those = first > 0 && text.lower(first - 1) == "those" && !text.lower(first).ends_with("ing");
    is_lethal(around, mention)
        && !mention.trigger.shape.is_noun()
        && (those || (mention.span.start.saturating_sub(3)..first).any(hurt))
}

/// "killing him", "he was killed": a victim whom only a pronoun names.
pub(super) fn suffers_by_pronoun(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let one = |it: &Range<usize>| it.len() == 1 && matches!(text.lower(it.start), "him" | "her" | "he" | "she");
    is_lethal(around, mention) && !mention.targets.is_empty() && mention.targets.iter().all(one)
}

/// "arrested five suspects", "1.2 million people have fled": the people are counted.
pub(super) fn counts_victims(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let counts =
        |at: usize| text.tokens[at].kind == TokenKind::Number || text.trees.node(at).is_some_and(|it| it.is("nummod"));
    mention.targets.iter().chain(&mention.agents).any(|it| it.clone().take(4).any(counts))
}

/// "the mayor", "Ana Ruiz": one person or thing.
pub(super) fn is_single(around: &Surroundings<'_>, it: &Range<usize>) -> bool {
    let text = &around.ctx.text;
    matches!(text.lower(it.start), "the" | "a" | "an" | "his" | "her") && !text.lower(it.end - 1).ends_with('s')
        || text.tokens[it.start].capital && it.start > text.sentence_of(it.start).tokens.start
}

/// "The shell was fired by", "the bombs had been fired": the weapon of an explosion told before.
pub(super) fn fires_again(around: &Surroundings<'_>, mention: &Mention, family: &str) -> bool {
    let text = &around.ctx.text;
    let the_weapon = |it: &Range<usize>| {
        let weapon = around.ctx.index.events.weapons.at(text, it.end - 1);
        it.len() == 2 && text.lower(it.start) == "the" && weapon.is_some_and(|it| !it.1.is_empty())
    };
    let fired = ["fire", "firing", "drop", "launch", "plant", "detonat"].iter();
    family == "explosive"
        && fired.clone().any(|it| text.lower(mention.trigger.tokens.start).starts_with(it))
        && mention.time.is_none()
        && mention.targets.iter().filter(|it| !it.is_empty()).any(the_weapon)
}

/// A toll that names its own victim, other than those the occurrence tells of.
pub(super) fn names_other_victim(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let text = &around.ctx.text;
    let single = |it: &Range<usize>| is_single(around, it);
    let human =
        |it: &Range<usize>| phrases::facility(around.ctx, it.clone()).is_none() && !phrases::is_land(text, it.clone());
    mention.targets.iter().filter(|it| !it.is_empty()).any(single)
        && occurrence
            .mentions
            .iter()
            .take(8)
            .flat_map(|&it| &mentions[it].targets)
            .filter(|it| !it.is_empty())
            .any(|it| human(it) && single(it))
        && !share_target(around, mentions, occurrence, mention)
}

/// "killed 70 members of the tribe", told again in the same words.
pub(super) fn repeats_target(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let words = |it: &Range<usize>| around.ctx.text.words(it.clone()).to_lowercase();
    let counts = |it: &Range<usize>| it.len() > 2 && around.ctx.text.tokens[it.start].kind == TokenKind::Number;
    let own: Vec<String> = mention.targets.iter().filter(|it| counts(it)).map(words).collect();
    let its = occurrence.mentions.iter().take(8).flat_map(|&it| &mentions[it].targets);
    !own.is_empty() && its.filter(|it| counts(it)).any(|it| own.contains(&words(it)))
}

/// Both tell what befell one named person.
pub(super) fn share_person(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let person = |it: &Range<usize>| {
        around
            .actors
            .of_phrase(around.ctx, it.clone())
            .filter(|&it| matches!(around.actors.list[it].kind.as_str(), "person" | "office"))
    };
    let own: Vec<usize> = mention.targets.iter().filter_map(person).collect();
    !own.is_empty()
        && occurrence
            .mentions
            .iter()
            .take(8)
            .flat_map(|&it| &mentions[it].targets)
            .filter_map(person)
            .any(|it| own.contains(&it))
}
