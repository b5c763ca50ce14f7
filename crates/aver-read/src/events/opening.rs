//! Whether a mention that is one with nothing told before opens an event of its own.
//!
//! In: a mention. Out: a yes or no, by how much it tells: who, whom, when, where, with what, how many. A bare word
//! for a kind of event opens nothing.

use super::mentions::{Mention, Surroundings};
use super::merge::kind;
use super::phrases;
use super::victims::{counts_victims, suffers_by_pronoun};
use crate::text::Role;
use std::ops::Range;

/// Says whether a mention tells enough to be an event of its own.
pub(super) fn may_open(around: &Surroundings<'_>, mention: &Mention) -> bool {
    let event = kind(around, mention.trigger.kind);
    if mention.modifier || matches!(mention.role, Role::Heading | Role::Byline) {
        return false;
    }
    let noun = mention.trigger.shape.is_noun();
    if suffers_by_pronoun(around, mention) && mention.time.is_none() && mention.place.is_none() {
        return false;
    }
    let frees = event.name == "prison_release"
        && phrases::tells_custody(
            &around.ctx.text,
            mention.span.start..(mention.span.end + 10).min(around.ctx.text.sentences[mention.sentence].tokens.end),
        );
    if mention.trigger.weak
        && !frees
        && (!matches!(event.family.as_str(), "attack" | "armed" | "explosive" | "territory")
            || matches!(mention.role, Role::Caption))
    {
        return false;
    }
    if mention.trigger.weak
        && (noun && mention.weapon.is_none() || mention.agents.is_empty() || mention.targets.is_empty())
    {
        return false;
    }
    if mention.trigger.weak
        && event.family == "territory"
        && !mention.targets.iter().any(|it| phrases::is_territory(around, it.clone()))
    {
        return false;
    }
    // "The senator attacked loopholes": words, unless something tells of violence.
    let talks = mention.agents.iter().any(|it| {
        around.actors.of_phrase(around.ctx, it.clone()).is_some_and(|it| {
            matches!(
                around.actors.list[it].kind.as_str(),
                "person" | "office" | "party" | "media" | "ngo" | "monitor" | "igo"
            )
        })
    });
    if event.name == "attack"
        && !noun
        && talks
        && mention.weapon.is_none()
        && mention.facility.is_none()
        && mention.place.is_none()
        && !mention.has_toll
    {
        return false;
    }
    let acts = |it: &Range<usize>| {
        let attacker = it.clone().any(|at| around.ctx.index.events.attackers.at(&around.ctx.text, at).is_some());
        let pronoun = it.len() == 1 && crate::phrase::words::is_third_person(around.ctx.text.lower(it.start));
        attacker
            || pronoun
            || around.actors.within(it.clone()).any(|it| around.actors.list[it.actor].codebook.is_some())
    };
    let sited = mention.place.is_some()
        || mention.located
        || mention.facility.is_some()
        || mention.time.is_some()
        || mention.weapon.is_some()
        || mention.has_toll;
    if event.name == "attack" && !noun && !sited && !mention.agents.is_empty() && !mention.agents.iter().any(acts) {
        return false;
    }
    let told = mention.weight()
        + usize::from(mention.has_toll && event.violent) * (1 + usize::from(noun && mention.aggregate))
        + usize::from(mention.counted)
        + usize::from(mention.claimed && noun)
        + usize::from(!noun && (event.name == "trial" || counts_victims(around, mention)));
    if !noun && mention.aggregate && mention.time.is_none() && mention.place.is_none() && !mention.located {
        return false;
    }
    // "attacks by rebels are rare": a kind of event.
    let bare = noun
        && !mention.trigger.framed
        && mention.aggregate
        && !mention.counted
        && !mention.definite
        && !has_start(around, mention)
        && !mention.claimed
        && !mention.has_toll;
    if mention.anchors && mention.time.is_none() && event.family != "territory" {
        return false;
    }
    if bare && mention.role != Role::Title {
        return false;
    }
    let needed = match (event.violent, noun, mention.role) {
        (_, _, Role::Title) => 3,
        _ if mention.trigger.framed => 1,
        _ if event.name == "war" => 3,
        (true, true, _) => 1 + usize::from(mention.aggregate),
        (true, false, _) => 1,
        (false, ..) if matches!(event.family.as_str(), "unrest" | "protest") => 1,
        (false, ..) if matches!(event.name.as_str(), "founding" | "leadership_change" | "defection") => {
            2 + 2 * usize::from(mention.time.is_none())
        }
        (false, ..) if is_notable(&event.name) => 2,
        (false, false, _) if mention.trigger.shape == super::cues::Shape::Past && event.name == "recruitment" => 2,
        (false, ..) => 3 + 2 * usize::from(mention.time.is_none()),
    };
    told >= needed
}

fn has_start(around: &Surroundings<'_>, mention: &Mention) -> bool {
    mention
        .time
        .is_some_and(|it| around.times[it].record.start.is_some() || around.ctx.page.document.published.start.is_none())
}

/// Acts short of violence that the field codes when they are dated or sited.
fn is_notable(name: &str) -> bool {
    matches!(
        name,
        "agreement"
            | "arrest"
            | "displacement"
            | "prison_release"
            | "prisoner_swap"
            | "withdrawal"
            | "evacuation"
            | "hostage_taking"
            | "protest"
            | "looting"
            | "seizure"
            | "disrupted_weapons"
            | "headquarters"
            | "territory_transfer"
    )
}
