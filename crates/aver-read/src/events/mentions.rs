//! Event mentions: a trigger with the words that fill its roles.
//!
//! In: triggers, and the times, places and actors of the document. Out:
//! [`Mention`]s in text order. A mention that did not happen ("could attack",
//! "prevent an attack", "no attack") is marked unreal and tells no event.
//!
//! Everything is sought inside the trigger's own sentence and close to it. Which
//! mentions are one occurrence is decided in [`super::merge`].

use super::cues::{Shape, Trigger};
use super::{
    phrases::{self, Attachment},
    types,
};
use crate::phrase::{self, words};
use crate::text::Role;
use crate::{Context, Found, actors::Actors, places::Places};
use aver_model::Time;
use std::ops::Range;

/// How sure the words are that somebody did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// "gunmen attacked".
    Stated,
    /// "accused them of attacking".
    Accused,
    /// "believed to have attacked".
    Believed,
}

/// One place in the text where an event is told or named.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The words that tell it.
    pub trigger: Trigger,
    /// Index of the sentence.
    pub sentence: usize,
    /// The job of that sentence.
    pub role: Role,
    /// The trigger with what belongs to it.
    pub span: Range<usize>,
    /// "the attack", "Monday's attack": it points at something told before.
    pub definite: bool,
    /// "attacks", "a string of attacks".
    pub aggregate: bool,
    /// Counted by words before it: "several attacks", "a string of attacks", "two bombings".
    pub counted: bool,
    /// A claim of responsibility stands before it in its sentence.
    pub claimed: bool,
    /// It has words of its own that tell which one: "the bombing that happened in front of the mill".
    pub specified: bool,
    /// "this attack", "these blasts": surely told before.
    pub pointed: bool,
    /// Behind "after", "before", "since": only dates something else.
    pub anchors: bool,
    /// A toll of the same sentence belongs to it.
    pub has_toll: bool,
    /// The mention that names what did it: "killed by | a strike".
    pub cause: Option<usize>,
    /// It did not happen, or is only a kind of event.
    pub unreal: bool,
    /// Used as a modifier: "attack victims".
    pub modifier: bool,
    /// Who does it.
    pub agents: Vec<Range<usize>>,
    /// How the agents are named.
    pub ground: Ground,
    /// Those whom words before it tie to it: "took part in the murder"; they part no events.
    pub tied: Vec<(Range<usize>, Ground)>,
    /// The words say that whoever stands there did it, whether or not they are known to act.
    pub sure: bool,
    /// To whom or what.
    pub targets: Vec<Range<usize>>,
    /// What else was hit: those listed beside a target, what was damaged.
    pub also: Vec<Range<usize>>,
    /// Index of its time.
    pub time: Option<usize>,
    /// The time dates a claim of it, or a picture: it happened on that day or earlier.
    pub upper_bound: bool,
    /// Index of its place mention.
    pub place: Option<usize>,
    /// "in Velmar", though no gazetteer knows the name.
    pub located: bool,
    /// Words of a list of places that are this one's: "three in Derin".
    pub own: Vec<Range<usize>>,
    /// Building or site.
    pub facility: Option<Range<usize>>,
    /// Weapon words, and the type they suggest.
    pub weapon: Option<(Range<usize>, String)>,
}

impl Mention {
    /// Says how much of the event this mention tells.
    pub fn weight(&self) -> usize {
        usize::from(self.time.is_some()) * 2
            + usize::from(self.place.is_some() || self.located)
            + usize::from(self.facility.is_some())
            + usize::from(!self.agents.is_empty())
            + usize::from(!self.targets.is_empty())
    }
}

/// What mentions are read from.
pub struct Surroundings<'a> {
    /// The document.
    pub ctx: &'a Context<'a>,
    /// Its actors.
    pub actors: &'a Actors,
    /// Its places.
    pub places: &'a Places,
    /// Its times.
    pub times: &'a [Found<Time>],
}

/// Reads the mention of every trigger.
pub fn read(around: &Surroundings<'_>, triggers: Vec<Trigger>) -> Vec<Mention> {
    let mut out: Vec<Mention> = vec![];
    let mut disaster = None;
    for trigger in triggers {
        // "March", "the second anniversary of the attack": words of a time tell no event.
        let from = around.times.partition_point(|it| it.tokens.end <= trigger.tokens.start);
        if around.times.get(from).is_some_and(|it| it.tokens.start <= trigger.tokens.start) {
            continue;
        }
        // "the March 23 Movement"
        let text = &around.ctx.text;
        let first = trigger.tokens.start;
        if text.tokens[first].capital
            && aver_model::calendar_words::month(text.lower(first)).is_some()
            && text.tokens.get(first + 1).is_some_and(|it| it.kind == crate::text::TokenKind::Number)
        {
            continue;
        }
        if trigger.weak && is_name(around, &trigger) {
            continue;
        }
        let mut mention = read_one(around, trigger);
        types::retype(around, &mut mention);
        // "The quake hit the town, killing 100 people": the toll is the quake's.
        let by_nature = super::figurative::is_disaster(around, &mention)
            || disaster == Some(mention.sentence) && mention.agents.is_empty() && mention.weapon.is_none();
        if by_nature {
            disaster = Some(mention.sentence);
        }
        mention.unreal |= by_nature || super::figurative::is_figurative(around, &mention);
        out.push(mention);
    }
    types::strikes_from_the_air(around, &mut out);
    super::courts::part(around, &mut out);
    super::effects::take(around, &mut out);
    super::patients::damage(around, &mut out);
    super::listed::part(around, &mut out);
    out
}

/// "the Chargé d'affaires", "Target Corp.": a capital inside running text makes a weak cue a name.
fn is_name(around: &Surroundings<'_>, trigger: &Trigger) -> bool {
    let text = &around.ctx.text;
    let at = trigger.tokens.start;
    let sentence = text.sentence_of(at);
    let running =
        sentence.tokens.clone().take(40).any(|it| text.tokens[it].lower.len() > 3 && !text.tokens[it].capital);
    text.tokens[at].capital && at > sentence.tokens.start && running
}

fn read_one(around: &Surroundings<'_>, trigger: Trigger) -> Mention {
    let text = &around.ctx.text;
    let sentence = text.tokens[trigger.tokens.start].sentence;
    let mut mention = Mention {
        sentence,
        role: text.sentences[sentence].role,
        span: trigger.tokens.clone(),
        definite: false,
        aggregate: trigger.shape == Shape::Plural,
        counted: false,
        claimed: false,
        specified: false,
        pointed: false,
        anchors: false,
        has_toll: false,
        cause: None,
        unreal: false,
        modifier: false,
        agents: vec![],
        ground: Ground::Stated,
        tied: vec![],
        sure: false,
        targets: vec![],
        also: vec![],
        time: None,
        upper_bound: false,
        place: None,
        located: false,
        own: vec![],
        facility: None,
        weapon: None,
        trigger,
    };
    if !mention.trigger.shape.is_noun()
        && !mention.trigger.framed
        && super::parsed::is_noun(text, &mention.trigger.tokens)
    {
        mention.trigger.shape = Shape::Noun;
    }
    if mention.trigger.shape.is_noun() {
        read_noun(around, &mut mention);
    } else {
        read_verb(around, &mut mention);
    }
    mention.unreal |= phrases::is_unreal(text, &mention.trigger, &mention.span);
    if matches!(around.ctx.codebook.events[mention.trigger.kind].name.as_str(), "armed_clash" | "prisoner_swap") {
        take_both_sides(around, &mut mention);
    }
    super::patients::complete(around, &mut mention);
    super::patients::without_times(around, &mut mention);
    super::patients::turn_victims(around, &mut mention);
    super::sited::attach(around, &mut mention);
    super::dated::attach(around, &mut mention);
    attach_weapon(around, &mut mention);
    mention
}

/// "The army and the rebels clashed", "clashes between the army and the rebels": two who fight once.
fn take_both_sides(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    if mention.trigger.shape.is_noun() {
        let start = mention.trigger.tokens.start;
        let number = |at: usize| {
            text.tokens[at].kind == crate::text::TokenKind::Number
                || text.lower(at).starts_with(|it: char| it.is_ascii_digit())
        };
        let numbered = (text.sentences[mention.sentence].tokens.start.max(start.saturating_sub(2))..start).any(number);
        mention.aggregate &= mention.counted || numbered;
        let limit = text.sentences[mention.sentence].tokens.end;
        let between = (mention.trigger.tokens.end..limit.min(mention.trigger.tokens.end + 3))
            .find(|&at| text.lower(at) == "between");
        if let Some(at) = between {
            let first = phrase::noun_phrase_right(text, at + 1);
            let second = phrase::noun_phrase_right(text, first.end + 1);
            if text.lower(first.end) == "and" && !second.is_empty() {
                mention.span.end = mention.span.end.max(second.end);
                mention.agents.extend([first, second]);
            } else if !first.is_empty() {
                mention.span.end = mention.span.end.max(first.end);
                mention.agents.push(first);
            }
        }
    }
    let whole = std::mem::take(&mut mention.agents);
    for agent in whole {
        let known = around.actors.within(agent.clone()).any(|it| it.tokens == agent);
        match agent.clone().find(|&at| text.lower(at) == "and" && at > agent.start && at + 1 < agent.end) {
            Some(at) if !known => mention.agents.extend([agent.start..at, at + 1..agent.end]),
            _ => mention.agents.push(agent),
        }
    }
}

/// "this week's Islamic State attack on a guesthouse in Kabul".
fn read_noun(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let trigger = mention.trigger.tokens.clone();
    let limits = phrases::told(text, trigger.start);
    let mut left = phrases::left_edge(text, trigger.start, limits.start);
    mention.aggregate |= matches!(text.lower(trigger.end - 1), "campaign" | "wave");
    mention.modifier = phrases::is_modifier(around.ctx, trigger.end, limits.end);
    let first = text.lower(left);
    mention.definite =
        matches!(first, "the" | "this" | "these" | "that" | "those" | "such" | "both" | "his" | "their" | "its")
            || words::is_weekday(first) && left < trigger.start;
    let answered = mention.definite && left > limits.start && super::bounds::answers(text.lower(left - 1));
    let condemned = answered || super::bounds::is_condemned(around.ctx, left, limits.start);
    mention.definite |= condemned;
    if matches!(first, "no" | "any" | "every" | "each") {
        mention.unreal = true;
    }
    for naming in around.actors.within(left..trigger.start) {
        if naming.tokens.start >= left
            && naming.tokens.end <= trigger.start
            && !naming.resolved
            && phrases::is_agent_modifier(text, naming.tokens.end, trigger.start)
        {
            mention.agents.push(naming.tokens.clone());
        }
    }
    keep_longest(&mut mention.agents);
    if mention.agents.is_empty() {
        mention.agents.extend(phrases::force_before(around, &mention.trigger, left));
    }
    if let Some(start) = phrases::quantity_left(text, left, limits.start) {
        mention.aggregate = true;
        mention.counted = !matches!(text.lower(left - 2), "some" | "most" | "all" | "many" | "majority" | "half");
        left = start;
    }
    mention.counted |= matches!(
        first,
        "several"
            | "many"
            | "multiple"
            | "numerous"
            | "both"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "dozens"
            | "twin"
    ) || text.tokens[left].kind == crate::text::TokenKind::Number;
    // "in an effort to instigate attacks".
    if left > limits.start + 1
        && text.lower(left - 2) == "to"
        && !words::breaks_noun_phrase(text.lower(left - 1))
        && !answered
        && phrases::is_unreal_verb(text, left - 1, limits.start)
    {
        mention.unreal = true;
    }
    mention.claimed = phrases::claim_between(text, limits.start, left);
    let after = phrases::skip_occurring(text, trigger.end, limits.end);
    let mut attachments = phrases::attachments(around.ctx, around.times, after, limits.end);
    // "a swap between the army and the rebels | took place | near Taiz".
    if let Some(end) = attachments.last().map(|it| it.end) {
        let resumed = phrases::skip_occurring(text, end, limits.end);
        if resumed > end {
            attachments.extend(phrases::attachments(around.ctx, around.times, resumed, limits.end));
        }
    }
    // "Airstrikes hit two towns": the noun does it.
    let end_here = attachments.iter().map(|it| it.end).max().unwrap_or(trigger.end);
    mention.has_toll |= phrases::is_striking(text.lower(end_here)) || phrases::is_striking(text.lower(trigger.end));
    mention.specified = attachments.iter().any(|it| !it.is_time);
    // "The first strike hit the rig": one of those told just before.
    let ordinal =
        first == "the" && left + 1 < trigger.start && matches!(text.lower(left + 1), "first" | "second" | "third");
    mention.pointed = ordinal || condemned || matches!(first, "this" | "these");
    mention.anchors = left > limits.start
        && matches!(text.lower(left - 1), "after" | "before" | "since" | "following" | "until" | "prior")
        && mention.definite;
    let end = attachments.iter().map(|it| it.end).max().unwrap_or(trigger.end);
    let blames = (left > limits.start).then(|| text.lower(left - 1)).and_then(super::doers::blames);
    take_attachments(around, mention, &attachments, blames);
    mention.span = left..end;
    if let Some(site) = phrases::site_left(text, left, limits.start) {
        mention.facility = mention.facility.take().or_else(|| phrases::facility(around.ctx, site.clone()));
        mention.span.start = site.start;
        mention.targets.push(site);
    }
    // "carried out the attack", "an attack was claimed by".
    // "announced that the bombing killed ten": who says so did not do it.
    let says = first == "that" && left > limits.start && matches!(text.lower(left - 1), "announced" | "declared");
    mention.span.start += usize::from(says);
    if let Some(support) = phrases::support_verb_left(text, left, limits.start).filter(|_| !says) {
        let group = phrases::verb_group_left(text, support.start, limits.start);
        if let Some((agent, ground)) = super::doers::of_doing(around, support.start, limits.start)
            && mention.agents.is_empty()
        {
            name_doer(around, mention, agent, ground);
        }
        let subject = phrases::agent_left(around, group, limits.start);
        if let Some(subject) = subject.filter(|_| mention.agents.is_empty()) {
            mention.span.start = subject.start;
            mention.agents.push(subject);
        } else {
            mention.span.start = support.start;
        }
        if phrases::is_unreal_verb(text, support.start, limits.start) {
            mention.unreal = true;
        }
    }
    if mention.agents.is_empty()
        && matches!(around.ctx.codebook.events[mention.trigger.kind].name.as_str(), "agreement" | "meeting")
    {
        mention.agents = phrases::parties_left(around, left, limits.start);
    }
    if mention.agents.is_empty() {
        told_beside(around, mention, left, end, limits);
    }
}

/// "carried out by", "the work of", "accused of": who did it, said beside the noun that names it.
fn told_beside(around: &Surroundings<'_>, mention: &mut Mention, left: usize, end: usize, limits: Range<usize>) {
    let violent = around.ctx.codebook.events[mention.trigger.kind].violent;
    if let Some((agent, ground)) = super::doers::behind(&around.ctx.text, end, limits.end) {
        mention.span.end = mention.span.end.max(agent.end);
        // "committed by the rebels | against a judge".
        let behind = phrases::attachments(around.ctx, around.times, agent.end, limits.end);
        let hit = behind.iter().find(|it| !it.is_time && matches!(around.ctx.text.lower(it.start), "against" | "on"));
        if let Some(hit) = hit.filter(|_| mention.targets.is_empty()) {
            mention.span.end = mention.span.end.max(hit.end);
            mention.targets.push(hit.noun.clone());
        }
        name_doer(around, mention, agent, ground);
    } else if let Some((agent, ground)) = super::doers::before(around, left, limits.start).filter(|_| violent) {
        let parties = super::doers::each(around, agent).into_iter();
        mention.tied.extend(parties.map(|it| (it, ground)));
    }
}

/// Takes those who are said in so many words to have done it.
fn name_doer(around: &Surroundings<'_>, mention: &mut Mention, agent: Range<usize>, ground: Ground) {
    let violent = around.ctx.codebook.events[mention.trigger.kind].violent;
    mention.sure = violent && super::doers::is_party(around.ctx, &agent);
    mention.agents.extend(super::doers::each(around, agent));
    mention.ground = ground;
}

fn keep_longest(ranges: &mut Vec<Range<usize>>) {
    let all = ranges.clone();
    ranges.retain(|it| !all.iter().any(|other| other != it && other.start <= it.start && it.end <= other.end));
    ranges.dedup();
}

/// Sorts prepositional phrases into agents and targets; behind "blamed the attack", "on" names who did it.
fn take_attachments(
    around: &Surroundings<'_>,
    mention: &mut Mention,
    attachments: &[Attachment],
    blames: Option<&str>,
) {
    mention.located |= phrases::is_located(&around.ctx.text, attachments);
    let name = around.ctx.codebook.events[mention.trigger.kind].name.as_str();
    let acting = matches!(name, "withdrawal" | "defection" | "arrest" | "killing" | "founding" | "evacuation");
    for it in attachments.iter().filter(|it| !it.is_time) {
        let preposition = around.ctx.text.lower(it.start);
        match preposition {
            _ if blames == Some(preposition) => {
                mention.agents.clear();
                name_doer(around, mention, it.noun.clone(), Ground::Accused);
            }
            "by" => mention.agents.push(it.noun.clone()),
            "against" | "on" | "targeting" => mention.targets.push(it.noun.clone()),
            "of" if it.first => mention.targets.push(it.noun.clone()),
            "at" | "in" | "inside" | "outside"
                if it.first
                    && !acting
                    && mention.targets.is_empty()
                    && phrases::facility(around.ctx, it.noun.clone()).is_some() =>
            {
                mention.targets.push(it.noun.clone());
            }
            _ => {}
        }
        if mention.facility.is_none()
            && matches!(
                preposition,
                "at" | "on" | "in" | "inside" | "outside" | "of" | "against" | "near" | "targeting"
            )
        {
            mention.facility = phrases::facility(around.ctx, it.noun.clone());
        }
    }
}

/// "IS fighters stormed a hotel in Kabul", "25 people were killed in the assault".
fn read_verb(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let trigger = mention.trigger.tokens.clone();
    let limits = phrases::told(text, trigger.start);
    let group = match phrases::verb_group_left(text, trigger.start, limits.start) {
        alone if alone.is_empty() && mention.trigger.shape == Shape::Past => {
            phrases::shared_passive(text, trigger.start, limits.start).unwrap_or(alone)
        }
        group => group,
    };
    let clause = super::parsed::clause(text, &trigger);
    let charged = super::doers::of_doing(around, trigger.start, limits.start);
    let passive = clause.as_ref().map_or_else(
        || mention.trigger.shape == Shape::Past && phrases::is_passive(text, group.clone(), trigger.end, limits.end),
        |it| it.passive && charged.is_none(),
    );
    // "the rebels surrendered the town" gives up a thing, "the rebels surrendered" themselves.
    let gives =
        text.lower(trigger.start).starts_with("surrender") && !phrases::object_right(text, trigger.end).is_empty();
    let dies = around.ctx.codebook.events[mention.trigger.kind].name == "death";
    let intransitive = (dies || phrases::is_intransitive(text.lower(trigger.start))) && !gives;
    let parsed = clause.as_ref().and_then(|it| it.subject.clone()).filter(|it| it.start >= limits.start);
    let parsed = parsed.map(|it| phrases::pointed_at(text, it.clone(), limits.start).unwrap_or(it));
    let asked = clause.as_ref().is_some_and(|it| it.asks);
    let subject = parsed.or_else(|| phrases::agent_left(around, group.clone(), limits.start).filter(|_| !asked));
    let mut span = group.start..trigger.end;
    if let Some(subject) = &subject {
        span.start = span.start.min(subject.start);
    }
    let passive = passive || super::patients::is_headline_passive(around, mention, subject.as_ref());
    // "30 displaced people": it describes them.
    let describes =
        |at: usize| text.trees.node(at).is_some_and(|it| it.is("amod") && it.head.is_some_and(|head| head > at));
    mention.modifier = trigger.clone().all(describes);
    let ing_alone = mention.trigger.shape == Shape::Ing && group.is_empty_before(trigger.start);
    if passive {
        mention.targets.extend(subject);
        let by = clause.as_ref().and_then(|it| it.by.clone());
        if let Some(agent) = by.or_else(|| phrases::by_agent(text, trigger.end, limits.end)) {
            span.end = agent.end;
            // "killed by a bomb | placed by guerrillas".
            let laid = super::patients::is_weapon(around.ctx, &agent);
            match laid.then(|| super::doers::behind(text, agent.end, limits.end)).flatten() {
                Some((layer, ground)) => name_doer(around, mention, layer, ground),
                None => mention.agents.push(agent),
            }
        }
    } else {
        let accused = (ing_alone && trigger.start > limits.start)
            .then(|| phrases::accused_left(text, trigger.start, limits.start))
            .flatten();
        if let Some((agent, ground)) = charged {
            span.start = span.start.min(agent.start);
            name_doer(around, mention, agent, ground);
        } else if let Some(accused) = accused {
            span.start = accused.start;
            mention.agents.push(accused);
            mention.ground = Ground::Accused;
        } else if let Some(subject) = subject {
            // "A bomb went off": what explodes is no target.
            let explodes =
                intransitive && subject.clone().any(|at| around.ctx.index.events.weapons.at(text, at).is_some());
            // "A bomb | planted by two men | exploded".
            let layer = intransitive && subject.start > limits.start && text.lower(subject.start - 1) == "by";
            match (intransitive, explodes || layer) {
                (_, true) => {}
                (true, _) => mention.targets.push(subject),
                (false, _) => mention.agents.push(subject),
            }
        }
        // "shot dead | the mayor".
        let after = trigger.end + usize::from(text.lower(trigger.end) == "dead");
        let object = clause.as_ref().and_then(|it| it.object.clone());
        let object = object.unwrap_or_else(|| phrases::object_right(text, after));
        // "fired rockets at the port": the weapon is not what was hit.
        let throws = object.clone().any(|at| around.ctx.index.events.weapons.at(text, at).is_some())
            && phrases::is_throwing(text.lower(trigger.start));
        if throws {
            span.end = span.end.max(object.end);
            mention.targets.extend(phrases::thrown_at(text, object.end, limits.end));
        } else if !object.is_empty() && !intransitive && !is_means(around, trigger.end, object.clone()) {
            span.end = span.end.max(object.end);
            mention.facility = phrases::facility(around.ctx, object.clone());
            let sites = mention.facility.is_some() || phrases::is_land(text, object.clone());
            mention.aggregate |= sites && phrases::is_plural_object(text, object.clone());
            mention.targets.push(object);
        }
    }
    let attachments = phrases::attachments(around.ctx, around.times, span.end, limits.end);
    if let Some(last) = attachments.last() {
        span.end = last.end;
    }
    mention.located |= phrases::is_located(text, &attachments);
    if mention.facility.is_none() {
        let sited = |it: &&Attachment| {
            !it.is_time
                && matches!(text.lower(it.start), "at" | "in" | "inside" | "outside" | "on" | "near" | "into" | "from")
        };
        mention.facility =
            attachments.iter().filter(sited).find_map(|it| phrases::facility(around.ctx, it.noun.clone()));
    }
    mention.aggregate |= phrases::on_occasions(text, trigger.end, limits.end)
        || super::implied::is_past_habit(text, trigger.end, limits.end);
    if mention.trigger.weak
        && mention.ground != Ground::Accused
        && mention.trigger.shape == Shape::Ing
        && !phrases::opens_participle(text, group.start, limits.start)
    {
        mention.unreal = true;
    }
    if phrases::is_believed(text, group.clone()) {
        mention.ground = Ground::Believed;
    }
    mention.unreal |= phrases::is_unreal_verb(text, trigger.start, limits.start);
    mention.span = span;
}

/// "fought | with sticks": the means, not the other side.
fn is_means(around: &Surroundings<'_>, end: usize, object: Range<usize>) -> bool {
    around.ctx.text.lower(end) == "with"
        && object.clone().any(|at| around.ctx.index.events.weapons.at(&around.ctx.text, at).is_some())
}

trait Emptiness {
    fn is_empty_before(&self, start: usize) -> bool;
}

impl Emptiness for Range<usize> {
    fn is_empty_before(&self, start: usize) -> bool {
        self.start >= start
    }
}

/// Says whether a preposition of place governs the noun at a token.
fn stands_for_a_site(text: &crate::text::Text<'_>, at: usize, floor: usize) -> bool {
    let left = phrases::left_edge(text, at, floor);
    left > floor && matches!(text.lower(left - 1), "at" | "outside" | "inside" | "near")
}

/// What a tank holds that is no weapon.
fn is_vessel(word: &str) -> bool {
    matches!(word, "water" | "fuel" | "oil" | "gas" | "storage" | "septic" | "petrol" | "diesel" | "milk")
}

/// Takes weapon words inside the mention or right beside its trigger.
fn attach_weapon(around: &Surroundings<'_>, mention: &mut Mention) {
    let text = &around.ctx.text;
    let sentence = text.sentences[mention.sentence].tokens.clone();
    let from = mention.trigger.tokens.start.saturating_sub(8).max(sentence.start);
    let to = (mention.span.end.min(mention.trigger.tokens.end + 12) + 4).min(sentence.end);
    let mut at = from;
    while at < to {
        match around.ctx.index.events.weapons.at(text, at) {
            Some((1, _))
                if matches!(
                    text.lower(at),
                    "fire" | "gunfire" | "arms" | "weapon" | "weapons" | "vehicle" | "vehicles" | "stone" | "stones"
                ) =>
            {
                at += 1
            }
            // "hid in a water tank"
            Some((len, _)) if at > from && text.lower(at).starts_with("tank") && is_vessel(text.lower(at - 1)) => {
                at += len
            }
            // "a shooting at a club", "outside the arms depot": where it was, not what with.
            Some((len, _)) if stands_for_a_site(text, at, from) => at += len,
            Some((len, suggests)) => {
                let longer = mention.weapon.as_ref().is_none_or(|it| it.1.is_empty() && !suggests.is_empty());
                if longer && phrase::clause(text, at).contains(&at) {
                    mention.weapon = Some((at..at + len, suggests.clone()));
                }
                at += len;
            }
            None => at += 1,
        }
    }
}
