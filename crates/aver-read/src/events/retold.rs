//! Whether a mention tells again of an act told before, by what it takes for known.
//!
//! In: a mention, an occurrence told before it whose day and place do not contradict it. Out: how much speaks for
//! one act, 0 when nothing does. News tells one act several times: the lead, a spokesman, a witness. What a later
//! sentence takes for known ("the attackers", "the bus", "they", the same count of dead) was told before; what it
//! sets apart ("a second bomb", "another convoy", "elsewhere") was not.

use super::mentions::{Mention, Surroundings};
use super::merge::{Occurrence, is_lethal};
use super::victims::{counts_victims, names_other_victim};
use crate::phrase::words;
use crate::text::{Text, TokenKind};
use std::ops::Range;

/// How many sentences behind an act it may be told again by its parties.
const REACH: usize = 6;
/// How many mentions of an occurrence are looked at.
const LATEST: usize = 16;

/// Returns the points for a mention that takes parts of an occurrence for known.
pub(super) fn retells(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> u32 {
    let behind = mention.sentence.saturating_sub(occurrence.last);
    let told = Told::new(around, mentions, occurrence);
    let damage = |event: usize| around.ctx.codebook.events[event].family == "damage";
    if damage(occurrence.kind) && !damage(mention.trigger.kind) {
        return 0;
    }
    if !is_blow(around, occurrence.kind)
        || !is_blow(around, mention.trigger.kind)
        || occurrence.aggregate
        || behind == 0
        || behind > REACH
        || is_set_apart(around, mention)
    {
        return 0;
    }
    let near = u32::try_from(2 * REACH - behind).unwrap_or(0);
    let points = match () {
        () if is_lethal(around, mention) && told.counts_the_same(mention) => 40,
        () if mention.trigger.shape.is_noun() => told.fight_goes_on(mention, behind),
        () if mention.time.is_some() && !told.is_dated() => 0,
        () => told.by_its_parties(mention, behind).max(told.by_its_toll(mentions, occurrence, mention, behind)),
    };
    if points == 0 { 0 } else { points + near }
}

/// "The soldiers returned fire": those who were attacked act.
pub(super) fn fights_back(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let told = Told::new(around, mentions, occurrence);
    (is_answer(around, mention)
        || mention.agents.iter().any(|it| !it.is_empty() && told.is_known(it, told.sufferers())))
        && !mention.agents.iter().any(|it| !it.is_empty() && told.is_known(it, told.doers()))
}

/// "Fought back", "returned fire": only those under attack do.
fn is_answer(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let words = mention.trigger.tokens.start..mention.trigger.tokens.end + 1;
    !mention.trigger.shape.is_noun()
        && words.clone().any(|at| text.lower(at) == "back" || text.lower(at).starts_with("return"))
}

/// Says whether a mention tells a further deed of whoever acts in the same sentence: "stormed a camp, burning huts".
pub(super) fn acts_along(
    around: &Surroundings<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
    mention: &Mention,
) -> bool {
    let text = &around.ctx.text;
    let mut before = occurrence.mentions.iter().rev().map(|&it| &mentions[it]);
    let same_doer = |it: &Mention| {
        it.sentence == mention.sentence
            && !it.trigger.shape.is_noun()
            && it.agents.iter().any(|its| mention.agents.iter().any(|own| own.end == its.end && !own.is_empty()))
    };
    let participle = text.lower(mention.trigger.tokens.start).ends_with("ing");
    let harms = is_harm(around, mention);
    is_blow(around, occurrence.kind)
        && is_blow(around, mention.trigger.kind)
        && !mention.trigger.shape.is_noun()
        && !occurrence.aggregate
        && !is_set_apart(around, mention)
        && (participle || harms && mention.facility.is_none())
        && before.any(same_doer)
}

/// Attacks, deaths, damage and raids: what one blow can be told as. Who is held, and who holds land, is told apart.
fn is_blow(around: &Surroundings<'_>, event: usize) -> bool {
    let event = &around.ctx.codebook.events[event];
    event.violent
        && matches!(
            event.family.as_str(),
            "attack" | "armed" | "explosive" | "killing" | "death" | "damage" | "operation"
        )
}

/// Damage and death, which come of an attack rather than beside it.
fn is_harm(around: &Surroundings<'_>, mention: &Mention) -> bool {
    is_lethal(around, mention) || around.ctx.codebook.events[mention.trigger.kind].family == "damage"
}

/// "A second bomb", "another convoy", "Elsewhere, …": told as none of those before.
pub(super) fn is_set_apart(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let sentence = text.sentences[mention.sentence].tokens.clone();
    let other = |at: usize| {
        matches!(
            text.lower(at),
            "another"
                | "second"
                | "third"
                | "fourth"
                | "separate"
                | "separately"
                | "different"
                | "similar"
                | "elsewhere"
        ) && text.lower(at - usize::from(at > sentence.start)) != "the"
    };
    turns_elsewhere(around, mention)
        || mention.span.clone().any(other)
        || mention.agents.iter().chain(&mention.targets).any(|it| it.clone().take(3).any(other))
}

/// "Elsewhere, …", "Meanwhile, …", "In another turn of events": the sentence leaves what was told before.
pub(super) fn turns_elsewhere(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let text = &around.ctx.text;
    let start = text.sentences[mention.sentence].tokens.start;
    matches!(text.lower(start), "elsewhere" | "separately" | "meanwhile" | "earlier" | "previously")
        || matches!(text.lower(start), "in" | "hours" | "days" | "weeks")
            && matches!(text.lower(start + 1), "another" | "separate" | "earlier" | "later" | "before")
        || text.lower(start) == "in" && text.lower(start + 1) == "a" && text.lower(start + 2) == "separate"
}

/// An act as told so far: its latest mentions.
struct Told<'a> {
    around: &'a Surroundings<'a>,
    parts: Vec<&'a Mention>,
}

impl<'a> Told<'a> {
    fn new(around: &'a Surroundings<'a>, mentions: &'a [Mention], occurrence: &Occurrence) -> Self {
        let parts = occurrence.mentions.iter().rev().take(LATEST).map(|&it| &mentions[it]).collect();
        Told { around, parts }
    }

    fn text(&self) -> &Text<'_> {
        &self.around.ctx.text
    }

    fn is_dated(&self) -> bool {
        self.parts.iter().any(|it| it.time.is_some())
    }

    /// "Fourteen people were killed", when fourteen were told dead before.
    fn counts_the_same(&self, mention: &Mention) -> bool {
        let own: Vec<&str> = mention.targets.iter().filter_map(|it| self.count(it)).collect();
        let its = self.parts.iter().flat_map(|it| &it.targets).filter_map(|it| self.count(it));
        mention.time.is_none() && mention.place.is_none() && its.into_iter().any(|it| own.contains(&it))
    }

    /// The number of a group of people, "two" and less left out: too many acts share them.
    fn count(&self, noun: &Range<usize>) -> Option<&str> {
        let text = self.text();
        let at = noun.clone().take(4).find(|&at| text.tokens[at].kind == TokenKind::Number)?;
        let small = matches!(text.lower(at), "one" | "two" | "1" | "2" | "three" | "3");
        (!small).then(|| text.lower(at))
    }

    /// "The ensuing gun battle", "the fighting that followed": the defence belongs to the attack.
    fn fight_goes_on(&self, mention: &Mention, behind: usize) -> u32 {
        let text = self.text();
        let clash = self.around.ctx.codebook.events[mention.trigger.kind].name == "armed_clash";
        let after = mention.trigger.tokens.end;
        let ensues = mention.span.clone().any(|at| matches!(text.lower(at), "ensuing" | "subsequent" | "resulting"))
            || matches!(text.lower(after), "that" | "which") && matches!(text.lower(after + 1), "followed" | "ensued");
        match clash && mention.definite && mention.time.is_none() && behind <= 3 && ensues {
            true => 20,
            false => 0,
        }
    }

    /// "The attackers opened fire", "The bus was hit", "The soldiers fought back".
    fn by_its_parties(&self, mention: &Mention, behind: usize) -> u32 {
        let named = |it: &&Range<usize>| !it.is_empty();
        let clash = self.around.ctx.codebook.events[mention.trigger.kind].name == "armed_clash";
        let doer = mention.agents.iter().filter(named).any(|it| {
            clash && behind == 1 && is_answer(self.around, mention)
                || self.is_known_doer(it)
                || behind <= 2 && self.is_they(it)
                || clash && self.is_known(it, self.sufferers())
        });
        let same_kind = self.parts.iter().any(|it| it.trigger.kind == mention.trigger.kind);
        let sufferer = mention.targets.iter().filter(named).any(|it| {
            self.is_known(it, self.sufferers()) || same_kind && behind <= 2 && it.len() == 1 && self.is_pronoun(it)
        });
        let new_doer = mention.agents.iter().filter(named).any(|it| !self.is_compatible_doer(it));
        let strange = mention.place.is_some() && !self.parts.iter().any(|it| it.place.is_some());
        // "The rebels" of a war do many things: they count only in the next sentence.
        let frame = mention.agents.iter().filter(named).any(|it| self.is_attacker(it));
        let strange = strange || !sufferer && !frame && self.hits_elsewhere(mention);
        match (doer, sufferer) {
            (true, true) => 30,
            (true, false)
                if !strange
                    && (frame || clash || behind == 1 && mention.place.is_none() && mention.facility.is_none()) =>
            {
                22
            }
            (false, true) if !new_doer && !strange => 20,
            _ => 0,
        }
    }

    /// "The rebels shelled the port" after an attack by rebels on a school: another site is another act.
    fn hits_elsewhere(&self, mention: &Mention) -> bool {
        let text = self.text();
        let own = mention.facility.as_ref().map(|it| head(text, it));
        let mut its = self.parts.iter().filter_map(|it| it.facility.as_ref()).map(|it| head(text, it)).peekable();
        own.is_some_and(|own| its.peek().is_some() && !its.any(|it| same_thing(&own, &it)))
    }

    /// "An officer said 19 people were killed": the count of another source.
    fn by_its_toll(&self, mentions: &[Mention], occurrence: &Occurrence, mention: &Mention, behind: usize) -> u32 {
        let plain = is_lethal(self.around, mention)
            && mention.agents.is_empty()
            && mention.time.is_none()
            && mention.place.is_none()
            && mention.facility.is_none()
            && mention.weapon.is_none();
        let counted = counts_victims(self.around, mention) && self.parts.iter().any(|it| is_lethal(self.around, it));
        match plain && counted && behind <= 3 && !names_other_victim(self.around, mentions, occurrence, mention) {
            true => 7,
            false => 0,
        }
    }

    fn sufferers(&self) -> impl Iterator<Item = &Range<usize>> {
        self.parts
            .iter()
            .flat_map(|it| it.targets.iter().chain(&it.also).chain(&it.facility))
            .filter(|it| !it.is_empty())
    }

    fn doers(&self) -> impl Iterator<Item = &Range<usize>> {
        self.parts.iter().flat_map(|it| &it.agents).filter(|it| !it.is_empty())
    }

    /// "The gunmen" of an attack by gunmen; "the attackers", "the bomber" of any attack or bombing.
    fn is_known_doer(&self, noun: &Range<usize>) -> bool {
        let text = self.text();
        let known = matches!(text.lower(noun.start), "the" | "these" | "those" | "both" | "all");
        known && (self.is_known(noun, self.doers()) || self.is_attacker(noun))
    }

    /// "The attackers": whoever carried out any attack, "the bomber" any bombing.
    fn is_attacker(&self, noun: &Range<usize>) -> bool {
        let head = head(self.text(), noun);
        let bombs =
            || self.parts.iter().any(|it| self.around.ctx.codebook.events[it.trigger.kind].family == "explosive");
        matches!(head.as_str(), "attacker" | "assailant" | "gunman" | "gunmen" | "raider" | "shooter")
            || head == "bomber" && bombs()
    }

    /// Whoever acts here can be who acted there: nobody was named, or a word for attackers stands for them.
    fn is_compatible_doer(&self, noun: &Range<usize>) -> bool {
        let text = self.text();
        let actor = |it: &Range<usize>| self.around.actors.of_phrase(self.around.ctx, it.clone());
        let vague = |it: &Range<usize>| self.around.ctx.index.events.attackers.at(text, it.end - 1).is_some();
        self.doers().next().is_none()
            || self
                .doers()
                .any(|it| head(text, it) == head(text, noun) || actor(it).is_some() && actor(it) == actor(noun))
            || self.doers().any(vague)
            || vague(noun)
    }

    fn is_they(&self, noun: &Range<usize>) -> bool {
        noun.len() == 1
            && self.is_pronoun(noun)
            && self.text().lower(noun.start) != "it"
            && self.doers().next().is_some()
    }

    fn is_pronoun(&self, noun: &Range<usize>) -> bool {
        words::is_third_person(self.text().lower(noun.start))
    }

    /// "The bus", "their patrol": a definite noun for one of those, by the same word.
    fn is_known<'n>(&self, noun: &Range<usize>, mut among: impl Iterator<Item = &'n Range<usize>>) -> bool {
        let text = self.text();
        let definite = matches!(text.lower(noun.start), "the" | "this" | "these" | "that" | "their" | "its");
        // "The San Jorge warehouse" is not the other one.
        let named = |it: &Range<usize>| it.clone().skip(1).any(|at| text.tokens[at].capital);
        let own = head(text, noun);
        definite && noun.len() <= 6 && among.any(|it| same_thing(&own, &head(text, it)) && !(named(noun) && named(it)))
    }
}

/// The last word of a noun phrase before what hangs on it, without the mark of a plural.
fn head(text: &Text<'_>, noun: &Range<usize>) -> String {
    let stop = |at: usize| {
        words::is_preposition(text.lower(at))
            || words::is_relative(text.lower(at))
            || matches!(text.lower(at), "," | "(")
    };
    let end = (noun.start + 1..noun.end).find(|&at| stop(at)).unwrap_or(noun.end);
    text.lower(end - 1).trim_end_matches('s').to_owned()
}

fn same_thing(own: &str, its: &str) -> bool {
    let vehicle = |it: &str| matches!(it, "convoy" | "patrol" | "vehicle");
    own == its || vehicle(own) && vehicle(its)
}
