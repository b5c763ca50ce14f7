//! `acled`: the 31 columns of ACLED's table, in their order, with generated notes and evidence.
//!
//! Rows are events that ACLED would code: one occurrence, with a day and a type of
//! its event list. What is passed over is listed in `left-out.csv` with the reason.
//! Actors carry no direction in ACLED; here actor 1 is who is said to have done it.
//! `notes` is made from the accounts and names the dispute; `fatalities` is the
//! chosen policy's best figure, and empty, never zero, when nobody gives one.

use crate::evidence::{file, finish, number};
use crate::iso::country;
use crate::{Error, Format, Loss, Output, View};
use aver_codebook::ActorEntry;
use aver_model::{Day, LedgerEvent};
use std::collections::BTreeSet;

/// The format.
pub struct Acled;

/// The columns of the ACLED table since March 2023.
pub(crate) const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

impl Format for Acled {
    fn name(&self) -> &'static str {
        "acled"
    }

    fn purpose(&self) -> &'static str {
        "ACLED's 31 columns, with evidence.csv and left-out.csv"
    }

    fn losses(&self) -> &'static [Loss] {
        &[
            Loss {
                id: "one-number",
                words: "One number for those killed; the wounded, ranges and rival figures stand only in notes and evidence.csv.",
            },
            Loss {
                id: "no-direction",
                words: "ACLED's actors have no direction, and claimed, accused and stated perpetrators share one column.",
            },
            Loss {
                id: "undated",
                words: "Events without a date, kinds of event and sums of several events are left out and listed in left-out.csv.",
            },
            Loss {
                id: "unfilled",
                words: "region, admin2, admin3, source_scale, associated actors, tags and timestamp are left empty.",
            },
        ]
    }

    fn files(&self, view: &View<'_>) -> Result<Vec<Output>, Error> {
        view.check_policy()?;
        let mut table = ::csv::Writer::from_writer(Vec::new());
        table.write_record(COLUMNS)?;
        let mut left_out = ::csv::Writer::from_writer(Vec::new());
        left_out.write_record(["event_id", "title", "reason"])?;
        for event in view.events {
            match row(view, event) {
                Ok(row) => table.write_record(row)?,
                Err(why) => left_out.write_record([event.id.as_str(), &view.words(&event.title), why])?,
            }
        }
        Ok(vec![
            Output { name: "events.csv".into(), bytes: finish(table)? },
            file(view, column)?,
            Output { name: "left-out.csv".into(), bytes: finish(left_out)? },
        ])
    }
}

/// Returns the column in which a value went.
fn column(ours: &str) -> String {
    match ours {
        "killed" => "fatalities",
        "perpetrator" => "actor1",
        "time" => "event_date",
        "type" => "sub_event_type",
        _ => "notes",
    }
    .to_string()
}

/// Returns the event types that hold a sub-event type.
fn event_type(sub: &str) -> &'static str {
    match sub {
        "Armed clash" | "Government regains territory" | "Non-state actor overtakes territory" => "Battles",
        "Chemical weapon"
        | "Air/drone strike"
        | "Suicide bomb"
        | "Shelling/artillery/missile attack"
        | "Remote explosive/landmine/IED"
        | "Grenade" => "Explosions/Remote violence",
        "Sexual violence" | "Attack" | "Abduction/forced disappearance" => "Violence against civilians",
        "Peaceful protest" | "Protest with intervention" | "Excessive force against protesters" => "Protests",
        "Violent demonstration" | "Mob violence" => "Riots",
        "Agreement"
        | "Arrests"
        | "Change to group/activity"
        | "Disrupted weapons use"
        | "Headquarters or base established"
        | "Looting/property destruction"
        | "Non-violent transfer of territory"
        | "Other" => "Strategic developments",
        _ => "",
    }
}

fn disorder(kind: &str, sub: &str) -> &'static str {
    match (kind, sub) {
        ("Protests", "Excessive force against protesters") => "Political violence; Demonstrations",
        ("Protests", _) | (_, "Violent demonstration") => "Demonstrations",
        ("Strategic developments", _) => "Strategic developments",
        _ => "Political violence",
    }
}

fn row(view: &View<'_>, event: &LedgerEvent) -> Result<Vec<String>, &'static str> {
    if event.review == "rejected" {
        return Err("rejected by an analyst");
    }
    if event.generic {
        return Err("a kind of event, not an occurrence");
    }
    if event.aggregate {
        return Err("a sum of several occurrences");
    }
    let sub = event.acled.as_deref().unwrap_or("");
    let kind = match view.codebook.event(&event.kind).map(|it| it.acled_event.as_str()) {
        Some(kind) if !kind.is_empty() => kind,
        _ => event_type(sub),
    };
    if sub.is_empty() || kind.is_empty() {
        return Err("not an event type of ACLED");
    }
    let (day, precision) = date(event).ok_or("no account gives a date")?;
    let (actor1, inter1) = perpetrator(view, event, day);
    let (actor2, inter2) = target(view, event, day);
    let place = event.place.as_ref();
    let code = place.and_then(|it| it.country.as_deref());
    let (iso, name) =
        code.and_then(country).map_or((String::new(), String::new()), |it| (it.0.to_string(), it.1.to_string()));
    let level = view.place_precision(event);
    let point = view.point(event);
    let geo = match level {
        "" => "",
        "country" | "admin1" | "region" => "3",
        "admin2" => "2",
        _ => "1",
    };
    let sources: BTreeSet<String> = event.accounts.iter().filter_map(|it| it.source.clone()).collect();
    let fatalities = view.estimate(event, "killed").and_then(|it| it.best.or(it.low));
    let is_civilian = kind == "Violence against civilians" || inter2 == "Civilians";
    let text = |it: Option<&str>| view.words(it.unwrap_or(""));
    Ok(vec![
        event.id.clone(),
        day.to_string(),
        day.0.year().to_string(),
        precision.to_string(),
        disorder(kind, sub).into(),
        kind.into(),
        sub.into(),
        actor1,
        String::new(),
        inter1.into(),
        actor2,
        String::new(),
        inter2.into(),
        if inter2.is_empty() { inter1.to_string() } else { format!("{inter1}-{inter2}") }.trim_matches('-').to_string(),
        if is_civilian { "Civilian targeting" } else { "" }.into(),
        iso,
        String::new(),
        name,
        text(place.and_then(|it| it.admin1.as_deref())),
        String::new(),
        String::new(),
        text(place.map(|it| it.name.as_str())),
        point.map_or_else(String::new, |it| it.0.to_string()),
        point.map_or_else(String::new, |it| it.1.to_string()),
        geo.into(),
        sources.into_iter().collect::<Vec<_>>().join("; "),
        String::new(),
        view.words(&notes(view, event, day, precision)),
        fatalities.map_or_else(String::new, |it| it.to_string()),
        String::new(),
        String::new(),
    ])
}

/// Returns the day and ACLED's precision: 1 exact, 2 within a week or two, 3 the month (its middle).
fn date(event: &LedgerEvent) -> Option<(Day, u8)> {
    let time = event.time.as_ref()?;
    let (start, end) = (time.start?, time.end?);
    match start.days_until(end) {
        0 => Some((start, 1)),
        1..=14 => Some((start, 2)),
        width @ 15..=62 => Some((start.plus_days(width / 2), 3)),
        _ => None,
    }
}

/// Returns ACLED's words for what an actor is on a day.
fn inter(actor: &ActorEntry, day: Day) -> &'static str {
    let role = actor
        .roles
        .iter()
        .rev()
        .find(|it| it.from.is_none_or(|from| from <= day) && it.until.is_none_or(|until| day <= until));
    match (role.map(|it| it.role.as_str()), actor.kind.as_str()) {
        (Some("government" | "de_facto_government" | "state_force"), _)
        | (_, "state" | "state_force" | "government_body" | "office") => "State forces",
        (Some("militia"), _) => "Political militia",
        (Some("insurgent"), _) | (_, "armed_group") => "Rebel group",
        (_, "people" | "person" | "media" | "ngo") => "Civilians",
        (_, "igo") => "External/Other forces",
        _ => "",
    }
}

fn named(view: &View<'_>, codebook: Option<&str>, name: &str, day: Day) -> (String, &'static str) {
    match codebook.and_then(|id| view.codebook.actor(id)) {
        Some(actor) => (actor.acled.clone().unwrap_or_else(|| actor.name.clone()), inter(actor, day)),
        None => (view.words(name), ""),
    }
}

/// Returns the perpetrator that most accounts name.
fn perpetrator(view: &View<'_>, event: &LedgerEvent, day: Day) -> (String, &'static str) {
    let named_by = event.accounts.iter().flat_map(|it| &it.perpetrators);
    let mut counts: Vec<((Option<&str>, &str), usize)> = Vec::new();
    for it in named_by {
        let key = (it.codebook.as_deref(), it.name.as_str());
        match counts.iter_mut().find(|(held, _)| *held == key) {
            Some((_, count)) => *count += 1,
            None => counts.push((key, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    match counts.first() {
        Some(((codebook, name), _)) => named(view, *codebook, name, day),
        None => (String::new(), ""),
    }
}

/// Returns the first target that is an actor; else civilians when the words say whom it hit.
fn target(view: &View<'_>, event: &LedgerEvent, day: Day) -> (String, &'static str) {
    let mut described = false;
    for (reading, mention) in event.mentions.iter().filter_map(|it| view.mention(it)) {
        for target in &mention.targets {
            let actor = target.actor.as_deref().and_then(|id| reading.actors.iter().find(|it| it.id == id));
            if let Some(actor) = actor.filter(|it| it.codebook.is_some()) {
                return named(view, actor.codebook.as_deref(), &actor.name, day);
            }
            let words = target.name.to_lowercase();
            described |= view.codebook.lexicon.victims.iter().any(|it| !it.is_empty() && words.contains(it.as_str()));
        }
    }
    if described {
        let code = event.place.as_ref().and_then(|it| it.country.as_deref());
        let name = code.and_then(country).map_or_else(|| "Civilians".to_string(), |it| format!("Civilians ({})", it.1));
        return (name, "Civilians");
    }
    (String::new(), "")
}

/// Writes the note: when, what, by whom on whose word, every figure with its speaker, what is disputed.
fn notes(view: &View<'_>, event: &LedgerEvent, day: Day, precision: u8) -> String {
    let mut out = match precision {
        1 => format!("On {day}: {}.", event.title),
        _ => format!("Around {day}: {}.", event.title),
    };
    let mut said: BTreeSet<String> = BTreeSet::new();
    for account in &event.accounts {
        for it in &account.perpetrators {
            said.insert(format!(" {} as perpetrator: {} ({}).", it.name, account.speaker, it.basis));
        }
    }
    let mut figures: BTreeSet<String> = BTreeSet::new();
    for account in &event.accounts {
        for it in account.figures.iter().filter(|it| it.figure.part_of.is_none()) {
            let via = account
                .source
                .as_deref()
                .filter(|it| *it != account.speaker)
                .map_or_else(String::new, |it| format!(", in {it}"));
            figures.insert(format!(
                " {} {}: {}{via}.",
                number(&it.figure),
                it.figure.measure.replace('_', " "),
                account.speaker
            ));
        }
    }
    said.into_iter().chain(figures).for_each(|it| out.push_str(&it));
    if !event.disputed.is_empty() {
        out.push_str(&format!(" Disputed: {}.", event.disputed.join(", ").replace('_', " ")));
    }
    if let Some(it) = view.estimate(event, "killed") {
        match it.best.or(it.low) {
            Some(value) => out.push_str(&format!(" Fatalities coded as {value} under {}: {}.", it.policy, it.why)),
            None => out.push_str(&format!(" Fatalities left open under {}: {}.", it.policy, it.why)),
        }
    }
    out
}
