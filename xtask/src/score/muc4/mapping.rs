//! A reading's events to incident templates.

use super::align::{Template, normal};
use aver_model::{Event, Reading};

/// Returns the templates that a reading gives.
pub fn templates(reading: &Reading) -> Vec<Template> {
    reading.events.iter().filter_map(|it| template(reading, it)).collect()
}

fn template(reading: &Reading, event: &Event) -> Option<Template> {
    let kind = match event.kind.as_str() {
        "bombing" | "suicide_bombing" | "grenade_attack" | "rocket_attack" => "bombing",
        "hostage_taking" => "kidnapping",
        "attack" | "armed_assault" | "assassination" | "killing" | "complex_attack" => "attack",
        _ => return None,
    };
    let mut out = Template { kind: kind.to_owned(), ..Template::default() };
    for it in &event.perpetrators {
        let actor = reading.actors.iter().find(|actor| Some(&actor.id) == it.actor.as_ref());
        let group = actor.is_some_and(|it| it.codebook.is_some() || it.kind == "armed_group");
        out.roles[usize::from(group)].push(vec![normal(&it.name)]);
    }
    for it in &event.targets {
        let actor = reading.actors.iter().find(|actor| Some(&actor.id) == it.actor.as_ref());
        let person = actor.is_some_and(|it| it.kind == "person" || it.kind == "office");
        out.roles[if person { 3 } else { 2 }].push(vec![normal(&it.name)]);
    }
    if let Some(it) = &event.weapon {
        out.roles[4].push(vec![normal(it)]);
    }
    Some(out)
}
