//! Occurrences to records: type, time, place, perpetrators with basis, targets, modality.
//!
//! In: an [`Occurrence`] with its mentions, and who speaks where. Out: an
//! [`Event`]. What no mention tells stays empty. A perpetrator stands on the word
//! of whoever names it: the outlet, an accuser, nobody in particular, or itself.

use super::mentions::{Ground, Mention};
use super::merge::Occurrence;
use crate::text::{Role, Text};
use crate::{
    Context, Found,
    actors::Actors,
    claims::{self, tokens_of},
    places::{Home, Places},
};
use aver_codebook::EventType;
use aver_model::{
    Basis, Event, EventPlace, EventTime, Modality, OUTLET, Perpetrator, Precision, Span, Stance, Statement, Target,
    Time, UNSPECIFIED,
};
use std::ops::Range;

/// An event that ended so many days before publication is told as background.
const RECENT_DAYS: i64 = 14;

/// How many targets a record names.
const MOST_TARGETS: usize = 12;

/// Who speaks at each token.
pub struct Speakers<'s> {
    statements: &'s [Found<Statement>],
    innermost: Vec<u32>,
}

impl<'s> Speakers<'s> {
    /// Marks the content of every statement, the narrower over the wider.
    pub fn new(ctx: &Context<'_>, statements: &'s [Found<Statement>]) -> Speakers<'s> {
        let mut innermost = vec![u32::MAX; ctx.text.tokens.len()];
        let mut order: Vec<usize> = (0..statements.len()).collect();
        order.sort_by_key(|&it| (std::cmp::Reverse(statements[it].record.content.span.len()), it));
        for at in order.into_iter().filter(|&it| !claims::owns_earlier_words(ctx, &statements[it].record)) {
            let tokens = tokens_of(ctx, statements[at].record.content.span);
            if tokens.len() < 2_000 {
                innermost[tokens].fill(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        Speakers { statements, innermost }
    }

    fn at(&self, token: usize) -> Option<&'s Statement> {
        let at = *self.innermost.get(token)?;
        self.statements.get(at as usize).map(|it| &it.record)
    }
}

/// Makes the record of an occurrence; `None` when it tells too little.
pub fn record(
    ctx: &Context<'_>,
    actors: &mut Actors,
    places: &Places,
    times: &[Found<Time>],
    speakers: &Speakers<'_>,
    home: &Home,
    mentions: &[Mention],
    occurrence: &Occurrence,
) -> Option<Found<Event>> {
    let lead = lead(ctx, mentions, occurrence)?;
    let kind = final_type(ctx, actors, mentions, occurrence);
    let statement = speakers.at(lead.trigger.tokens.start);
    let perpetrators = perpetrators(ctx, actors, speakers, mentions, occurrence);
    let targets = targets(ctx, actors, mentions, occurrence);
    let time = time(ctx, times, mentions, occurrence);
    let mut spans: Vec<Span> = occurrence.mentions.iter().map(|&it| ctx.text.span(mentions[it].span.clone())).collect();
    spans.sort();
    spans.dedup();
    let speaker = match statement {
        Some(it) if it.stance == Stance::Denies => UNSPECIFIED.to_owned(),
        Some(it) if lead.trigger.shape.is_noun() && claims::only_names(ctx, it, lead.trigger.tokens.start) => {
            OUTLET.to_owned()
        }
        _ => statement.map_or_else(|| OUTLET.to_owned(), speaker_of),
    };
    let event = Event {
        id: String::new(),
        span: ctx.text.span(lead.span.clone()),
        mentions: spans,
        kind: kind.name.clone(),
        acled: acled(kind, &targets),
        modality: modality(
            ctx,
            statement.filter(|_| !lead.trigger.shape.is_noun() || !is_old(ctx, time.as_ref())),
            &perpetrators,
            occurrence.mentions.iter().any(|&it| !mentions[it].tied.is_empty()),
            time.as_ref(),
        ),
        background: is_background(ctx, lead, time.as_ref()),
        generic: false,
        aggregate: occurrence.aggregate,
        place: with_home(place(ctx, places, mentions, occurrence), kind, || home.place(ctx, lead.trigger.tokens.start)),
        weapon: occurrence
            .mentions
            .iter()
            .find_map(|&it| mentions[it].weapon.as_ref())
            .map(|it| words(&ctx.text, it.0.clone())),
        time,
        perpetrators,
        targets,
        speaker,
    };
    Some(Found { tokens: lead.span.clone(), record: event })
}

fn speaker_of(statement: &Statement) -> String {
    statement.speaker.actor.clone().unwrap_or_else(|| UNSPECIFIED.to_owned())
}

fn words(text: &Text<'_>, tokens: Range<usize>) -> String {
    text.words(tokens).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The mention that tells most; in the body before titles and captions.
fn lead<'m>(ctx: &Context<'_>, mentions: &'m [Mention], occurrence: &Occurrence) -> Option<&'m Mention> {
    occurrence.mentions.iter().map(|&it| &mentions[it]).max_by_key(|it| {
        let toll = matches!(ctx.codebook.events[it.trigger.kind].name.as_str(), "killing" | "death");
        (
            it.role == Role::Body,
            !toll || it.weight() > 2,
            it.weight() + 2 * usize::from(it.counted),
            std::cmp::Reverse(it.trigger.tokens.start),
        )
    })
}

/// The most specific type that the words of all mentions give.
fn final_type<'c>(ctx: &Context<'c>, actors: &Actors, mentions: &[Mention], occurrence: &Occurrence) -> &'c EventType {
    let book = ctx.codebook;
    let base = &book.events[occurrence.kind];
    let all = || occurrence.mentions.iter().map(|&it| &mentions[it]);
    let named = |name: &str| all().any(|it| book.events[it.trigger.kind].name == name);
    let armed_words = |range: &Range<usize>| {
        ctx.text.tokens[range.clone()]
            .iter()
            .any(|it| matches!(it.lower.as_str(), "gunmen" | "gunman" | "gunfire" | "shooters"))
    };
    let bomber_words = |range: &Range<usize>| {
        ctx.text.tokens[range.clone()].iter().any(|it| matches!(it.lower.as_str(), "bomber" | "bombers"))
    };
    let explosive = matches!(base.name.as_str(), "bombing" | "suicide_bombing");
    let with_guns = named("armed_assault") || all().flat_map(|it| &it.agents).any(armed_words);
    let with_bombs =
        explosive || named("bombing") || named("suicide_bombing") || all().flat_map(|it| &it.agents).any(bomber_words);
    let choose = |name: &str| book.event(name).unwrap_or(base);
    if matches!(base.name.as_str(), "bombing" | "suicide_bombing" | "armed_assault" | "attack" | "killing")
        && with_guns
        && with_bombs
        && !occurrence.aggregate
    {
        return choose("complex_attack");
    }
    if matches!(base.name.as_str(), "attack" | "killing" | "bombing" | "death")
        && all().flat_map(|it| &it.agents).any(bomber_words)
    {
        return choose("suicide_bombing");
    }
    let strikes =
        base.name == "drone_strike" && all().all(|it| ctx.text.lower(it.trigger.tokens.start).starts_with("str"));
    if strikes && all().filter_map(|it| it.weapon.as_ref()).any(|it| it.1 == "rocket_attack") {
        return choose("rocket_attack");
    }
    if matches!(base.name.as_str(), "attack" | "killing" | "bombing" | "death" | "armed_assault") {
        let suggested = all()
            .filter_map(|it| it.weapon.as_ref())
            .filter_map(|it| book.event(&it.1))
            .max_by_key(|it| super::cues::rank(&it.name));
        if let Some(it) = suggested.filter(|it| super::cues::rank(&it.name) > super::cues::rank(&base.name)) {
            return it;
        }
    }
    // "captured a district" takes land, "captured a commander" a person; "seized rifles" neither.
    let lands = || all().flat_map(|it| &it.targets).any(|it| super::phrases::is_land(&ctx.text, it.clone()));
    if base.name == "arrest"
        && all().any(|it| {
            matches!(ctx.text.lower(it.trigger.tokens.start), "captured" | "capture" | "captures" | "capturing")
        })
        && lands()
    {
        return choose("takeover");
    }
    if base.name == "killing"
        && all().flat_map(|it| &it.targets).any(|it| is_person(ctx, actors, it.clone()))
        && all().any(|it| !it.agents.is_empty())
    {
        return choose("assassination");
    }
    base
}

fn is_person(ctx: &Context<'_>, actors: &Actors, target: Range<usize>) -> bool {
    actors.of_phrase(ctx, target).is_some_and(|it| matches!(actors.list[it].kind.as_str(), "person" | "office"))
}

fn perpetrators(
    ctx: &Context<'_>,
    actors: &mut Actors,
    speakers: &Speakers<'_>,
    mentions: &[Mention],
    occurrence: &Occurrence,
) -> Vec<Perpetrator> {
    let mut out: Vec<Perpetrator> = vec![];
    // Those who fought back did not attack.
    let defends = |it: usize| ctx.codebook.events[mentions[it].trigger.kind].name == "armed_clash";
    let told = |it: &&usize| !(occurrence.parts.contains(it) && defends(**it));
    let named = occurrence.mentions.iter().filter(told).any(|&it| !mentions[it].agents.is_empty());
    for &at in occurrence.mentions.iter().filter(|it| told(it) || !named) {
        let mention = &mentions[at];
        let statement = speakers.at(mention.trigger.tokens.start);
        let agents = mention.agents.iter().map(|it| (it, mention.ground, mention.sure));
        let tied = mention.tied.iter().map(|(it, ground)| (it, *ground, super::doers::is_party(ctx, it)));
        for (agent, ground, sure) in agents.chain(tied) {
            // "was kidnapped and held": whoever suffers does not act.
            let suffers = |it: &Range<usize>| it.start < agent.end && agent.start < it.end;
            let hit = occurrence.mentions.iter().flat_map(|&it| &mentions[it].targets).any(suffers);
            let known = sure || super::patients::is_doer(ctx, mention, agent) && (mention.trigger.acted || !hit);
            let own = statement.and_then(|it| own_side(ctx, actors, agent.clone(), it));
            // "They opened fire": who they are is told elsewhere.
            let pronoun = agent.len() == 1 && crate::phrase::words::is_third_person(ctx.text.lower(agent.start));
            if pronoun
                && own.is_none()
                && occurrence.mentions.len() > 1
                && actors.of_phrase(ctx, agent.clone()).is_none()
            {
                continue;
            }
            let names = own.map_or_else(|| agent_names(ctx, actors, agent.clone(), known), |it| vec![it]);
            // "They shot eleven men", said witnesses: those who tell it did not do it.
            let tells = |actor: &Option<String>| {
                let speaker = statement.and_then(|it| it.speaker.actor.as_deref()).and_then(|it| by_id(actors, it));
                let told_by = speaker.is_some_and(|it| actor.as_ref() == Some(&it.id) && is_bystander(&it.name));
                told_by && agent.len() == 1
            };
            let names: Vec<_> = names.into_iter().filter(|it| !tells(&it.0)).collect();
            for (actor, name) in names {
                let tells = sure || !mention.trigger.shape.is_noun();
                let (basis, speaker) = basis(ground, statement, actor.as_deref(), tells);
                if !out.iter().any(|it| it.actor == actor && it.name == name) {
                    let span = Some(ctx.text.span(agent.clone()));
                    out.push(Perpetrator { actor, name, basis, speaker, span });
                }
            }
        }
    }
    // A named group says more than "gunmen", but not where it is only blamed; of a clash both sides count.
    let clash = ctx.codebook.events[occurrence.kind].name == "armed_clash";
    let named = |it: &Perpetrator| it.actor.as_ref().is_none_or(|id| is_named(actors, id));
    let sure = |it: &Perpetrator| matches!(it.basis, Basis::Stated | Basis::Claimed);
    if !clash && out.iter().any(|it| it.actor.is_some() && named(it) && sure(it)) {
        out.retain(named);
    }
    out.truncate(4);
    out
}

/// Says whether a speaker only saw or heard of what it tells.
fn is_bystander(name: &str) -> bool {
    let name = name.to_lowercase();
    name.split(' ').any(|it| {
        matches!(
            it,
            "witness"
                | "witnesses"
                | "resident"
                | "residents"
                | "survivor"
                | "survivors"
                | "villagers"
                | "doctors"
                | "relatives"
                | "reports"
                | "activists"
                | "neighbors"
                | "neighbours"
        )
    })
}

/// "The army said | its troops | had killed", "The group said | it | had": whoever speaks tells of its own side.
fn own_side(
    ctx: &Context<'_>,
    actors: &Actors,
    agent: Range<usize>,
    statement: &Statement,
) -> Option<(Option<String>, String)> {
    let text = &ctx.text;
    let speaker = by_id(actors, statement.speaker.actor.as_deref()?)?;
    let fights = matches!(speaker.kind.as_str(), "armed_group" | "state_force" | "government_body" | "state");
    let first = text.lower(agent.start);
    let named = actors.within(agent.clone()).any(|it| !it.resolved && actors.list[it.actor].codebook.is_some());
    let attackers = || agent.clone().any(|at| ctx.index.events.attackers.at(text, at).is_some());
    let alone = agent.len() == 1 && matches!(first, "we" | "they" | "it");
    let opens = || tokens_of(ctx, statement.content.span).start.abs_diff(agent.start) <= 1;
    let men = || matches!(text.lower(agent.end - 1), "men" | "soldiers" | "troops" | "forces" | "aircraft" | "units");
    let own = matches!(first, "its" | "our" | "their") && (attackers() || agent.len() == 2 && men());
    // "The army said troops sent from the town had killed": its own, unless they are said to be others'.
    let bare = || {
        let head = text.lower(agent.end - 1);
        let force = matches!(head, "troops" | "soldiers" | "forces" | "warplanes" | "jets" | "helicopters");
        let kind = matches!(speaker.kind.as_str(), "state_force" | "government_body" | "state");
        force && kind && agent.len() <= 2
    };
    let told = matches!(statement.stance, Stance::Accuses | Stance::Denies);
    let speaks = alone && opens() && !told || (own || !told && bare()) && !named && fights;
    speaks.then(|| (Some(speaker.id.clone()), speaker.name.clone()))
}

fn is_named(actors: &Actors, id: &str) -> bool {
    by_id(actors, id).is_some_and(|it| it.codebook.is_some() || it.name.chars().any(char::is_uppercase))
}

/// Returns the actor of an id; ids are `a1`, `a2` … in the order of the list.
pub fn by_id<'a>(actors: &'a Actors, id: &str) -> Option<&'a aver_model::Actor> {
    let at: usize = id.get(1..)?.parse().ok()?;
    actors.list.get(at.checked_sub(1)?).filter(|it| it.id == id)
}

/// Returns actor ids and names of an agent: named actors, or words for attackers; nothing else acts.
///
/// Where a frame has `known` the sides, whoever stands there acts: "a crowd", "villagers".
fn agent_names(
    ctx: &Context<'_>,
    actors: &mut Actors,
    agent: Range<usize>,
    known: bool,
) -> Vec<(Option<String>, String)> {
    let listed = |it: usize| (Some(actors.list[it].id.clone()), actors.list[it].name.clone());
    // "the U.S.-Taliban deal": both are named by one word.
    let mut named: Vec<usize> =
        actors.within(agent.clone()).filter(|it| it.tokens == agent).map(|it| it.actor).collect();
    named.dedup();
    if !named.is_empty() {
        return named.into_iter().take(3).map(listed).collect();
    }
    // "fighters from the Front", "security operations against the group": the latter does not act.
    let faces = |at: usize| matches!(ctx.text.lower(at), "against" | "on" | "near" | "at" | "to" | "for" | "in");
    // "a local offshoot of the League, the Coast Brigade": the second is meant.
    let apposed = actors
        .within(agent.clone())
        .filter(|it| {
            it.tokens.start > agent.start + 1
                && it.tokens.end <= agent.end
                && it.tokens.len() < agent.len()
                && actors.list[it.actor].codebook.is_some()
        })
        .find(|it| (it.tokens.start.saturating_sub(2)..it.tokens.start).any(|at| ctx.text.lower(at) == ","))
        .map(|it| it.actor);
    if let Some(actor) = apposed.filter(|_| {
        !actors
            .within(agent.start..agent.start + 2)
            .any(|it| it.tokens.start <= agent.start + 1 && actors.list[it.actor].codebook.is_some())
    }) {
        return vec![listed(actor)];
    }
    let holder =
        actors.of_phrase(ctx, agent.clone()).filter(|&it| is_named(actors, &actors.list[it].id)).or_else(|| {
            actors
                .within(agent.clone())
                .find(|it| it.tokens.start >= agent.start && !(agent.start..it.tokens.start).any(faces))
                .map(|it| it.actor)
        });
    if let Some(actor) = holder {
        return vec![listed(actor)];
    }
    let in_title =
        ctx.text.tokens.get(agent.start).is_some_and(|it| ctx.text.sentences[it.sentence].role == Role::Title);
    let attacks = agent
        .clone()
        .filter_map(|at| ctx.index.events.attackers.at(&ctx.text, at).map(|it| at + it.0))
        // "Police | investigate" in a headline, which has no tree: more than a phrase for those who act.
        .any(|end| end == agent.end || end < agent.end && !(in_title && !super::frames::is_head(&ctx.text, end)));
    if !attacks && !known {
        return vec![];
    }
    let actor = actors.add_described(ctx, agent, "group");
    let it = &actors.list[actor];
    vec![(Some(it.id.clone()), it.name.clone())]
}

fn basis(ground: Ground, statement: Option<&Statement>, actor: Option<&str>, tells: bool) -> (Basis, String) {
    let speaker = statement.map_or_else(|| OUTLET.to_owned(), speaker_of);
    match (ground, statement) {
        // "denied that its soldiers had burned houses": somebody says so, not the one who denies it.
        (_, Some(it)) if it.stance == Stance::Denies => (Basis::Alleged, UNSPECIFIED.to_owned()),
        (Ground::Believed, _) => (Basis::Attributed, UNSPECIFIED.to_owned()),
        // "have been charged with": whoever is accused says nothing.
        (Ground::Accused, Some(it)) if actor.is_some() && it.speaker.actor.as_deref() == actor => {
            (Basis::Alleged, UNSPECIFIED.to_owned())
        }
        (_, Some(it)) if actor.is_some() && it.speaker.actor.as_deref() == actor => (Basis::Claimed, speaker),
        (Ground::Accused, _) => (Basis::Alleged, speaker),
        (_, Some(it)) if it.stance == Stance::Accuses && tells => (Basis::Alleged, speaker),
        (_, Some(it)) if it.stance == Stance::ClaimsResponsibility && it.speaker.actor.is_some() => {
            (Basis::Claimed, speaker)
        }
        _ => (Basis::Stated, speaker),
    }
}

fn targets(ctx: &Context<'_>, actors: &Actors, mentions: &[Mention], occurrence: &Occurrence) -> Vec<Target> {
    let mut out: Vec<Target> = vec![];
    let mut heads: Vec<String> = vec![];
    let mut triggers: Vec<&Range<usize>> = occurrence.mentions.iter().map(|&it| &mentions[it].trigger.tokens).collect();
    triggers.sort_by_key(|it| it.start);
    let own = || occurrence.mentions.iter().map(|&it| &mentions[it]);
    let explosive = ctx.codebook.events[occurrence.kind].family == "explosive";
    for target in own().flat_map(|it| &it.targets).chain(own().flat_map(|it| &it.also)) {
        if out.len() == MOST_TARGETS {
            break;
        }
        let tells = holds_any(&triggers, target);
        let head = ctx.text.lower(target.end - 1).to_owned();
        let first = ctx.text.lower(target.start);
        let pronoun = target.len() == 1
            && (crate::phrase::words::is_third_person(first) || crate::phrase::words::is_reflexive(first));
        let ended = occurrence.mentions.len() > 1 && super::phrases::tells_attackers(&ctx.text, target.clone());
        let weapon = explosive && super::patients::is_weapon(ctx, target);
        if tells || ended || weapon || pronoun || heads.contains(&head) || target.is_empty() {
            continue;
        }
        heads.push(head);
        let actor = actors.of_phrase(ctx, target.clone()).map(|it| actors.id(it));
        out.push(Target { actor, name: words(&ctx.text, target.clone()), span: ctx.text.span(target.clone()) });
    }
    out
}

/// Says whether one of the ranges, sorted by start, lies inside `target`.
fn holds_any(ranges: &[&Range<usize>], target: &Range<usize>) -> bool {
    let from = ranges.partition_point(|it| it.start < target.start);
    ranges[from..].iter().take_while(|it| it.start < target.end).any(|it| it.end <= target.end)
}

fn time(ctx: &Context<'_>, times: &[Found<Time>], mentions: &[Mention], occurrence: &Occurrence) -> Option<EventTime> {
    let Some(mention) = occurrence.time.map(|it| &mentions[it]) else {
        let end = ctx.page.document.published.end?;
        return (!occurrence.aggregate).then_some(EventTime {
            start: None,
            end: Some(end),
            precision: Precision::BeforePublication,
            from: None,
        });
    };
    let time = &times[mention.time?].record;
    if mention.upper_bound {
        return Some(EventTime {
            start: None,
            end: time.end,
            precision: Precision::OnOrBefore,
            from: Some(time.id.clone()),
        });
    }
    Some(EventTime { start: time.start, end: time.end, precision: time.precision, from: Some(time.id.clone()) })
}

fn place(ctx: &Context<'_>, places: &Places, mentions: &[Mention], occurrence: &Occurrence) -> Option<EventPlace> {
    let facility = occurrence.facility.and_then(|it| mentions[it].facility.clone()).map(|it| words(&ctx.text, it));
    let named = occurrence.place.and_then(|it| mentions[it].place).map(|it| &places.list[places.mentions[it].place]);
    let site_before = || told_before(ctx, places, &mentions[occurrence.facility?]);
    match (named, facility) {
        (Some(it), facility) => Some(EventPlace {
            name: it.name.clone(),
            admin1: it.admin1.clone(),
            country: it.country.clone(),
            facility: facility.or_else(|| (it.level == "facility").then(|| it.name.clone())),
            from: Some(it.id.clone()),
        }),
        // "set fire to two vehicles": what moves is no place.
        (None, Some(facility)) if moves(&facility) => None,
        (None, Some(facility)) if site_before().is_some() => {
            site_before().map(|it| EventPlace { facility: Some(facility), ..it })
        }
        (None, Some(facility)) => Some(EventPlace {
            name: facility.clone(),
            admin1: None,
            country: None,
            facility: Some(facility),
            from: None,
        }),
        (None, None) => {
            let own = occurrence.mentions.iter().map(|&it| &mentions[it]);
            own.filter(|it| points_to_place(&ctx.text, it)).find_map(|it| told_before(ctx, places, it))
        }
    }
}

/// "was kidnapped there", "overran the town": the place is one told before.
fn points_to_place(text: &Text<'_>, mention: &Mention) -> bool {
    let end = text.sentences[mention.sentence].tokens.end;
    (mention.span.start..(mention.span.end + 2).min(end)).any(|at| match text.lower(at) {
        "there" => !crate::phrase::words::is_be(text.lower(at + 1)),
        "the" | "this" | "that" => {
            crate::places::is_kind_of_place(text.lower(at + 1))
                && !text.tokens[at + 1].capital
                && !matches!(text.lower(at + 2), "of" | "'s" | "’s")
                && !matches!(text.lower(at + 1), "country" | "state" | "capital" | "republic" | "region" | "kingdom")
        }
        _ => false,
    })
}

/// The place named last in the two sentences before a building or "the town" that is told without one.
fn told_before(ctx: &Context<'_>, places: &Places, mention: &Mention) -> Option<EventPlace> {
    if names_place(&ctx.text, mention) {
        return None;
    }
    let to = places.mentions.partition_point(|it| it.tokens.start < mention.span.start);
    let from = to.saturating_sub(8);
    let naming = places.mentions[from..to].iter().rev().find(|it| {
        let level = places.list[it.place].level.as_str();
        !matches!(level, "country" | "region" | "facility")
            && mention.sentence - ctx.text.tokens[it.tokens.start].sentence <= 2
    })?;
    let it = &places.list[naming.place];
    Some(EventPlace {
        name: it.name.clone(),
        admin1: it.admin1.clone(),
        country: it.country.clone(),
        facility: None,
        from: Some(it.id.clone()),
    })
}

/// "the bank in Sonso": a place of its own that no gazetteer knows is not the one told before.
fn names_place(text: &Text<'_>, mention: &Mention) -> bool {
    use crate::phrase::words::{is_month, is_weekday};
    let end = text.sentences[mention.sentence].tokens.end;
    (mention.span.start..(mention.span.end + 2).min(end)).any(|at| {
        let name = text.lower(at + 1);
        matches!(text.lower(at), "in" | "at" | "near" | "outside")
            && text.tokens.get(at + 1).is_some_and(|it| it.capital)
            && !is_month(name)
            && !is_weekday(name)
    })
}

/// Names a vehicle, which is hit somewhere and is nowhere itself.
fn moves(facility: &str) -> bool {
    let head = facility.rsplit(' ').next().unwrap_or(facility).to_lowercase();
    let head = head.strip_suffix("es").filter(|it| it.ends_with("bus")).unwrap_or(&head);
    matches!(
        head.strip_suffix('s').filter(|it| !it.ends_with("bu")).unwrap_or(head),
        "vehicle"
            | "car"
            | "truck"
            | "bus"
            | "minibus"
            | "minivan"
            | "van"
            | "train"
            | "ambulance"
            | "convoy"
            | "boat"
            | "ship"
            | "vessel"
            | "tanker"
            | "ferry"
            | "motorcycle"
            | "lorry"
            | "helicopter"
            | "plane"
            | "aircraft"
    )
}

/// Fills in the country where the words give none; talk, talks and money may be anywhere.
fn with_home(place: Option<EventPlace>, kind: &EventType, home: impl Fn() -> Option<EventPlace>) -> Option<EventPlace> {
    let anywhere = matches!(kind.name.as_str(), "meeting" | "statement" | "sanction" | "financing" | "weapons_supply");
    match place {
        None if !anywhere => home(),
        Some(it) if it.country.is_none() && it.from.is_none() && !anywhere => {
            home().map(|home| EventPlace { facility: it.facility.clone(), ..home }).or(Some(it))
        }
        known => known,
    }
}

fn modality(
    ctx: &Context<'_>,
    statement: Option<&Statement>,
    perpetrators: &[Perpetrator],
    tied: bool,
    time: Option<&EventTime>,
) -> Modality {
    let published = ctx.page.document.published.end;
    if let (Some(start), Some(published)) = (time.and_then(|it| it.start), published)
        && start > published
    {
        return Modality::Planned;
    }
    let claims = |it: &&Perpetrator| it.actor.is_some() && it.basis != Basis::Alleged;
    let own = |it: &Statement| perpetrators.iter().filter(claims).any(|who| who.actor == it.speaker.actor);
    match statement {
        Some(it) if it.stance == Stance::Denies => Modality::Alleged,
        Some(it) if own(it) => Modality::Claimed,
        Some(it) if it.stance == Stance::Accuses => Modality::Alleged,
        // "took part in the murder": who did it is alleged, the murder is not.
        _ if !tied && perpetrators.iter().any(|it| it.basis == Basis::Alleged) => Modality::Alleged,
        _ => Modality::Asserted,
    }
}

fn is_background(ctx: &Context<'_>, lead: &Mention, time: Option<&EventTime>) -> bool {
    is_old(ctx, time) || lead.role == Role::Caption
}

fn is_old(ctx: &Context<'_>, time: Option<&EventTime>) -> bool {
    match (time.and_then(|it| it.end), ctx.page.document.published.start) {
        (Some(end), Some(published)) => end.days_until(published) > RECENT_DAYS,
        _ => false,
    }
}

/// The codebook's ACLED sub-event type; fighting with armed people is an armed clash.
fn acled(kind: &EventType, targets: &[Target]) -> Option<String> {
    if kind.acled_sub_event.is_empty() {
        return None;
    }
    let armed = |it: &Target| {
        let name = it.name.to_lowercase();
        let by_word = [
            "soldier",
            "troops",
            "police",
            "army",
            "military",
            "checkpoint",
            "convoy",
            "patrol",
            "security forces",
            "outpost",
            "garrison",
            "peacekeep",
            "barracks",
            "militants",
            "fighters",
            "militia",
            "army base",
            "military base",
            "main base",
            "headquarters",
            "gendarme",
            "servicemen",
            "rebels",
            "insurgents",
            "terrorists",
            "marines",
            "border guard",
        ]
        .iter()
        .any(|word| name.contains(word));
        by_word && !name.contains("former")
    };
    let clash = match kind.name.as_str() {
        "armed_assault" | "attack" | "killing" => targets.first().is_some_and(armed),
        "complex_attack" => targets.iter().any(armed),
        _ => false,
    };
    Some(if clash { "Armed clash".to_owned() } else { kind.acled_sub_event.clone() })
}
