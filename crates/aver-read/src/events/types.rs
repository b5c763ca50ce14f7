//! The type of a mention, corrected by what stands around it.
//!
//! In: mentions with the type of their cue and the words of their roles. Out: the same
//! mentions, some of another type ("released a video" frees nobody) or unreal.

use super::{
    mentions::{Mention, Surroundings},
    phrases,
};
use std::ops::Range;

/// "Airstrikes hit two towns. The strikes …": no labour dispute where there are air strikes.
pub fn strikes_from_the_air(around: &Surroundings<'_>, mentions: &mut [Mention]) {
    let book = around.ctx.codebook;
    let Some(air) = book.events.iter().position(|it| it.name == "drone_strike") else { return };
    if !mentions.iter().any(|it| it.trigger.kind == air) {
        return;
    }
    for mention in mentions.iter_mut().filter(|it| book.events[it.trigger.kind].family == "protest") {
        if matches!(around.ctx.text.lower(mention.trigger.tokens.end - 1), "strike" | "strikes")
            && mention.trigger.tokens.len() == 1
        {
            mention.trigger.kind = air;
        }
    }
}

/// Corrects the type by the object: papers are released and published, people are freed.
pub fn retype(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let book = around.ctx.codebook;
    let name = book.events[mention.trigger.kind].name.as_str();
    let object_is = |list: fn(&str) -> bool| mention.targets.iter().any(|it| it.clone().any(|at| list(text.lower(at))));
    let to = |name: &str| book.events.iter().position(|it| it.name == name);
    if matches!(name, "prison_release" | "rocket_attack" | "drone_strike" | "takeover" | "seizure")
        && object_is(is_paper)
    {
        match to("statement") {
            Some(kind) => {
                mention.trigger.kind = kind;
                mention.trigger.weak = false;
            }
            None => mention.unreal = true,
        }
    }
    if name == "takeover"
        && !mention.trigger.shape.is_noun()
        && mention.targets.is_empty()
        && mention.place.is_none()
        && !mention.agents.is_empty()
        && text.lower(mention.trigger.tokens.end - 1) == "over"
        && let Some(kind) = to("leadership_change")
    {
        mention.trigger.kind = kind;
    }
    // "The siege of the hotel": gunmen inside, no closed road.
    let building = mention.facility.is_some()
        || mention.targets.iter().any(|it| phrases::facility(around.ctx, it.clone()).is_some());
    if name == "movement_restriction"
        && building
        && matches!(text.lower(mention.trigger.tokens.end - 1), "siege" | "standoff")
        && let Some(kind) = to("attack")
    {
        mention.trigger.kind = kind;
        // "The siege ended on Sunday": it began that day or before.
        mention.upper_bound |= (mention.span.end..mention.span.end + 3)
            .any(|at| matches!(text.lower(at), "ended" | "ends" | "end" | "over"));
    }
    let flies = mention.agents.iter().any(|it| {
        it.clone().any(|at| {
            matches!(
                text.lower(at),
                "warplanes"
                    | "warplane"
                    | "jets"
                    | "jet"
                    | "aircraft"
                    | "helicopters"
                    | "helicopter"
                    | "drones"
                    | "airplanes"
            )
        })
    });
    let flies = flies
        || mention
            .agents
            .iter()
            .any(|it| it.len() > 1 && text.lower(it.end - 1) == "force" && text.lower(it.end - 2) == "air");
    if flies
        && matches!(name, "attack" | "bombing" | "killing" | "armed_assault" | "looting")
        && let Some(kind) = to("drone_strike")
    {
        mention.trigger.kind = kind;
        mention.trigger.weak = false;
    }
    // "Striking her in the face", "a car struck a tree": from the air only where something flies.
    let flies = flies || mention.weapon.as_ref().is_some_and(|it| it.1 == name);
    if name == "drone_strike" && mention.trigger.weak && !mention.trigger.shape.is_noun() && !flies {
        let armed = mention.weapon.as_ref().and_then(|it| to(&it.1)).or_else(|| to("attack"));
        mention.trigger.kind = armed.unwrap_or(mention.trigger.kind);
    }
    // "three raids on villages" are no operation against an armed group.
    let civil = |word: &str| {
        matches!(
            word,
            "village" | "villages" | "hamlet" | "hamlets" | "civilians" | "villagers" | "farms" | "residents"
        )
    };
    if name == "security_operation"
        && text.lower(mention.trigger.tokens.end - 1).starts_with("raid")
        && object_is(civil)
        && let Some(kind) = to("attack")
    {
        mention.trigger.kind = kind;
    }
    // "The gun went off": a shot, no bomb.
    let index = &around.ctx.index.events;
    let gun = |at: usize| index.weapons.at(text, at).is_some_and(|it| it.1 == "armed_assault");
    if name == "bombing"
        && matches!(text.lower(mention.trigger.tokens.end - 1), "off")
        && mention.targets.iter().any(|it| it.clone().any(gun))
        && let Some(kind) = to("armed_assault")
    {
        mention.trigger.kind = kind;
    }
    // "Gunmen killed two men and fled": who attacks is not displaced.
    let attacker = |it: &Range<usize>| it.clone().any(|at| index.attackers.at(text, at).is_some());
    mention.unreal |= name == "displacement"
        && text.lower(mention.trigger.tokens.start).starts_with("fl")
        && mention.agents.iter().chain(&mention.targets).any(attacker);
    // "demonstrate their capability" is no rally.
    if matches!(book.events[mention.trigger.kind].name.as_str(), "protest" | "violent_demonstration")
        && !mention.trigger.framed
        && !mention.trigger.shape.is_noun()
        && mention.targets.iter().any(|it| it.start == mention.trigger.tokens.end)
    {
        mention.unreal = true;
    }
}

fn is_paper(word: &str) -> bool {
    matches!(
        word,
        "newsletter"
            | "video"
            | "videos"
            | "statement"
            | "statements"
            | "report"
            | "reports"
            | "footage"
            | "photo"
            | "photos"
            | "images"
            | "document"
            | "documents"
            | "details"
            | "data"
            | "letter"
            | "letters"
            | "recording"
            | "audio"
            | "tape"
            | "message"
            | "messages"
            | "book"
            | "film"
            | "song"
            | "transcript"
            | "names"
            | "figures"
            | "findings"
            | "investigation"
            | "website"
            | "app"
            | "inquiry"
            | "campaign"
            | "album"
            | "clips"
    )
}
