//! A reading's events to incident templates, as the task defines them.
//!
//! In: a reading and the text as it was read (capitals mended). Out: templates whose
//! fillers are words of the reading's spans. What the task leaves out is left out:
//! fighting between armed sides, sums, people without a name. Events that one incident
//! would hold together are put together. [`fill`] then looks in the sentences of an
//! incident for what no event says of it. [`untold`] adds what is no event and still an incident,
//! [`worth`] drops what the task does not want.

mod fill;
mod untold;
mod words;
mod worth;

use super::align::{Template, normal};
use aver_model::{Actor, Basis, Event, Perpetrator, Reading, Span};
use words::{body, individuals, is_empty_word, is_fighter, is_military, is_title, people, person, site};
use worth::Signs;

/// A reading with the text whose capitals are mended.
struct View<'r> {
    reading: &'r Reading,
    letters: Vec<char>,
    text: &'r str,
}

/// A template in the making.
#[derive(Default)]
struct Draft {
    template: Template,
    /// Somebody or something of the other armed side was hit.
    military: bool,
    /// Somebody or something else was hit.
    civilian: bool,
    /// Told as fighting between two sides.
    clash: bool,
    /// Where, as far as told.
    place: Option<String>,
    /// Where its events are told.
    spans: Vec<Span>,
    /// Where its first words stand.
    start: usize,
    /// What speaks for and against the task wanting it.
    signs: Signs,
}

/// Returns the templates that a reading gives; `text` is the copy that was read.
pub fn templates<'r>(reading: &'r Reading, text: &'r str) -> Vec<Template> {
    let view = View { reading, letters: text.chars().collect(), text };
    let mut drafts: Vec<Draft> = reading.events.iter().filter_map(|it| view.draft(it)).collect();
    drafts.extend(view.untold());
    drafts.sort_by_key(|it| it.start);
    let mut out: Vec<Draft> = vec![];
    for draft in drafts {
        match out.iter_mut().find(|it| joins(it, &draft)) {
            Some(it) => merge(it, draft),
            None => out.push(draft),
        }
    }
    out.retain(is_relevant);
    for draft in &mut out {
        view.fill_from_sentences(draft);
        if is_done_with_bombs(&draft.template) {
            draft.template.kind = "bombing".to_owned();
        }
        draft.template.told = draft.spans.clone();
    }
    out.retain(|it| view.is_wanted(it));
    out.into_iter().map(|it| it.template).collect()
}

/// Says whether two drafts tell one incident: they share a victim, or no place and no role parts them.
fn joins(a: &Draft, b: &Draft) -> bool {
    let victims = |it: &Draft| it.template.roles[3].clone();
    let shared = victims(a).iter().any(|it| victims(b).iter().any(|other| alike(&it[0], &other[0])));
    let elsewhere = matches!((&a.place, &b.place), (Some(a), Some(b)) if a != b);
    let same = a.template.kind == b.template.kind && a.clash == b.clash;
    same && (shared || !elsewhere && !differ(a, b))
}

/// A role has fillers in both, and none of the one is any of the other's.
fn differ(a: &Draft, b: &Draft) -> bool {
    let apart = |a: &[Vec<String>], b: &[Vec<String>]| {
        !a.is_empty() && !b.is_empty() && !a.iter().any(|it| b.iter().any(|other| alike(&it[0], &other[0])))
    };
    a.template.roles.iter().zip(&b.template.roles).any(|(a, b)| apart(a, b))
}

/// One string holds the other's last word.
fn alike(a: &str, b: &str) -> bool {
    a == b || a.split(' ').next_back() == b.split(' ').next_back()
}

fn merge(into: &mut Draft, from: Draft) {
    into.military |= from.military;
    into.place = into.place.take().or(from.place);
    into.spans.extend(from.spans);
    into.signs.add(&from.signs);
    into.civilian |= from.civilian;
    for (own, new) in into.template.roles.iter_mut().zip(from.template.roles) {
        for filler in new {
            if let Some(known) = own.iter_mut().find(|it| alike(&it[0], &filler[0])) {
                // The shorter form is more often the key's; of persons the fuller one.
                if filler[0].len() < known[0].len() && filler[0].contains(' ') {
                    *known = filler;
                }
            } else {
                own.push(filler);
            }
        }
    }
    for it in from.template.confidence {
        if !into.template.confidence.iter().any(|known| known.1 == it.1) {
            into.template.confidence.push(it);
        }
    }
}

/// Fighting between armed sides is no incident of the task, but for what it does to others.
fn is_relevant(draft: &Draft) -> bool {
    let hit = !draft.template.roles[2].is_empty() || !draft.template.roles[3].is_empty();
    if draft.clash { draft.civilian && hit } else { draft.civilian || !draft.military }
}

/// An attack told with explosives alone, and without a victim's name, is a bombing.
fn is_done_with_bombs(template: &Template) -> bool {
    let explodes =
        |it: &Vec<String>| ["bomb", "dynamite", "explos", "tnt", "mine"].iter().any(|stem| it[0].contains(stem));
    let weapons = &template.roles[4];
    template.kind == "attack" && template.roles[3].is_empty() && !weapons.is_empty() && weapons.iter().all(explodes)
}

impl View<'_> {
    fn draft(&self, event: &Event) -> Option<Draft> {
        let kind = match event.kind.as_str() {
            "looting" | "mob_violence" => self.damage(event)?,
            kind => kind_of(kind)?,
        };
        if event.generic || event.aggregate && event.targets.is_empty() {
            return None;
        }
        let spans = event.mentions.clone();
        let mut draft = Draft { start: event.span.start, spans, signs: Signs::of(event), ..Draft::default() };
        draft.template.kind = kind.to_owned();
        draft.clash = event.kind == "armed_clash";
        draft.place =
            event.place.as_ref().filter(|it| it.from.is_some() && it.admin1.is_some()).map(|it| it.name.clone());
        for it in &event.perpetrators {
            self.perpetrator(it, &mut draft.template);
        }
        for it in &event.targets {
            self.target(it.span, &mut draft);
        }
        if let Some(it) = &event.weapon {
            draft.template.roles[4].push(vec![normal(it)]);
        }
        Some(draft)
    }

    /// What kind of damage to property the words tell.
    fn damage(&self, event: &Event) -> Option<&'static str> {
        let words: String = event.mentions.iter().map(|it| self.words(*it).to_lowercase()).collect();
        let has = |stems: &[&str]| stems.iter().any(|it| words.contains(it));
        let ablaze = || {
            let told = event.mentions.iter().map(|it| self.words(self.sentence(*it, 0))).collect::<String>();
            words.split_whitespace().any(|it| matches!(it, "set" | "setting"))
                && ["on fire", "ablaze", "alight"].iter().any(|it| told.contains(it))
        };
        if ablaze() || has(&["fire", "burn", "torch", "ablaze", "arson", "incendiar"]) {
            return Some("arson");
        }
        if has(&["rob", "steal", "stole"]) {
            return Some("robbery");
        }
        (event.kind == "looting").then_some("attack")
    }

    fn words(&self, span: Span) -> String {
        self.letters.get(span.start..span.end).map_or_else(String::new, |it| it.iter().collect())
    }

    fn actor(&self, id: Option<&String>) -> Option<&Actor> {
        self.reading.actors.iter().find(|it| Some(&it.id) == id)
    }

    fn perpetrator(&self, it: &Perpetrator, template: &mut Template) {
        let words = it.span.map_or_else(|| it.name.clone(), |span| self.words(span));
        let actor = self.actor(it.actor.as_ref());
        let kind = actor.map_or("", |it| it.kind.as_str());
        let named = actor.is_some_and(|it| it.codebook.is_some() || it.name.contains(char::is_uppercase));
        if matches!(kind, "armed_group" | "state_force" | "government_body" | "state" | "party") && named {
            if let Some(actor) = actor.filter(|it| it.kind != "state") {
                let name = self.group_name(actor, it.span);
                add(&mut template.roles[1], &name);
                let ground = ground(it, self.actor(Some(&it.speaker)));
                template.confidence.push((ground.to_owned(), vec![normal(&name)]));
            }
            if let Some(individual) = individuals(&words, actor.map_or("", |it| it.name.as_str())) {
                add(&mut template.roles[0], &individual);
            }
        } else if let Some(body) = body(&words) {
            add(&mut template.roles[1], &body);
            let ground = ground(it, self.actor(Some(&it.speaker)));
            template.confidence.push((ground.to_owned(), vec![normal(&body)]));
        } else if let Some(individual) = individuals(&words, "") {
            add(&mut template.roles[0], &individual);
        } else if kind == "person" && named {
            add(&mut template.roles[0], &person(&words).unwrap_or(words));
        }
    }

    /// A group as the text names it: inside the words of the naming, else where it is named most fully.
    fn group_name(&self, actor: &Actor, span: Option<Span>) -> String {
        let inside = actor.mentions.iter().find(|it| span.is_some_and(|span| it.overlaps(span)));
        let named = |it: &&Span| self.words(**it).contains(char::is_uppercase);
        let all = actor.mentions.iter().filter(named);
        let span = inside.filter(|it| named(it)).or_else(|| all.max_by_key(|it| it.len()));
        let words = span.map_or_else(|| actor.name.clone(), |it| self.words(*it));
        let kept: Vec<&str> = words.split_whitespace().collect();
        let end = kept.iter().rposition(|it| !is_fighter(&normal(it))).map_or(kept.len(), |it| it + 1);
        let name = kept[..end].join(" ");
        let says = kept[..end]
            .iter()
            .any(|it| it.starts_with(char::is_uppercase) && !is_title(it) && !is_empty_word(&normal(it)));
        if says { name } else { String::new() }
    }

    /// The fullest form in which the text gives a name: "Ruiz" is "Ana Ruiz" where both stand.
    fn full_name(&self, name: &str) -> String {
        let mut best = name.to_owned();
        for (at, _) in self.text.match_indices(name) {
            let before: Vec<&str> =
                self.text[..at].rsplit(['.', ',', ';', ':', '(', '"', '\n']).next().unwrap_or("").split(' ').collect();
            let capital = |it: &&&str| it.starts_with(char::is_uppercase) && it.len() > 2 && !is_title(it);
            let run: Vec<&str> = before.iter().rev().skip(1).take_while(capital).copied().collect();
            if self.text[..at].ends_with(' ') && run.len() <= 3 && !run.is_empty() {
                let whole = format!("{} {name}", run.iter().rev().copied().collect::<Vec<_>>().join(" "));
                if whole.len() > best.len() && !first_of_sentence(&before, run.len()) {
                    best = whole;
                }
            }
        }
        best
    }

    /// "Ruiz and his driver" where the text has an Ana Ruiz: her full name.
    fn surname(&self, words: &str) -> Option<String> {
        let first = words.split([',', '(']).next()?.split(" and ").next()?.trim();
        let full = |it: &&Actor| it.kind == "person" && it.name.strip_suffix(first).is_some_and(|it| it.ends_with(' '));
        let single = !first.contains(' ') && first.len() > 2 && first.starts_with(char::is_uppercase);
        let known = self.reading.actors.iter().filter(|_| single).find(full)?;
        people(&known.name).into_iter().next().map(|it| self.full_name(&it))
    }

    /// The organisation that a target names by its name: a paper, a union, a company.
    fn organisation(&self, span: Span) -> Option<String> {
        let kinds = ["organization"];
        let actors = self.reading.actors.iter().filter(|it| kinds.contains(&it.kind.as_str()));
        let naming = actors.flat_map(|it| &it.mentions).find(|it| span.start <= it.start && it.end == span.end)?;
        Some(self.words(*naming)).filter(|it| it.contains(char::is_uppercase))
    }

    fn target(&self, span: Span, draft: &mut Draft) {
        let words = self.words(span);
        let sites: Vec<String> = match site(&words) {
            Some(_) => words.split(" and ").filter_map(site).collect(),
            None => vec![],
        };
        if !sites.is_empty() {
            draft.civilian |= !is_military(&words);
            draft.military |= is_military(&words);
            sites.iter().for_each(|it| add(&mut draft.template.roles[2], it));
            return;
        }
        let places = || self.reading.places.iter().flat_map(|it| &it.mentions).filter(|it| it.overlaps(span));
        let is_place = |name: &str| places().any(|it| normal(&self.words(*it)).ends_with(&normal(name)));
        let named = people(&words).into_iter().map(|it| self.full_name(&it));
        let people = named.chain(self.surname(&words)).filter(|it| !is_place(it));
        people.for_each(|it| add(&mut draft.template.roles[3], &it));
        if let Some(name) = self.organisation(span) {
            add(&mut draft.template.roles[2], &name);
        }
        let retired = ["former", "retired"].iter().any(|it| words.to_lowercase().contains(it));
        draft.military |= is_military(&words) && !retired;
        draft.civilian |= (!is_military(&words) || retired) && !words.is_empty();
    }
}

/// A run that opens its sentence may open with a plain word.
fn first_of_sentence(before: &[&str], run: usize) -> bool {
    before.iter().filter(|it| !it.is_empty()).count() <= run && run == 1
}

fn add(role: &mut Vec<Vec<String>>, words: &str) {
    let words = normal(words);
    if !words.is_empty() && !role.iter().any(|it| it[0] == words) {
        role.push(vec![words]);
    }
}

/// The task's type of one of the codebook's.
fn kind_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "bombing" | "suicide_bombing" | "grenade_attack" => "bombing",
        "hostage_taking" => "kidnapping",
        "attack"
        | "armed_assault"
        | "assassination"
        | "killing"
        | "complex_attack"
        | "rocket_attack"
        | "drone_strike"
        | "violent_demonstration"
        | "armed_clash" => "attack",
        _ => return None,
    })
}

/// On what ground an organisation is named, in the words of slot 11.
fn ground(it: &Perpetrator, speaker: Option<&Actor>) -> &'static str {
    let official = speaker.is_some_and(|it| {
        matches!(it.kind.as_str(), "state" | "state_force" | "government_body" | "office" | "police")
    });
    match it.basis {
        Basis::Stated => "REPORTED AS FACT",
        Basis::Claimed => "CLAIMED OR ADMITTED",
        Basis::Alleged if official => "SUSPECTED OR ACCUSED BY AUTHORITIES",
        Basis::Alleged => "SUSPECTED OR ACCUSED",
        _ => "POSSIBLE",
    }
}

#[cfg(test)]
pub mod tests {
    use super::words::{attackers_in, identified, site_hit, weapons_in};
    use super::*;

    pub fn templates_of(text: &str) -> Vec<Template> {
        let page = crate::score::support::page(text);
        templates(&aver_read::read(&page, aver_codebook::Codebook::builtin()), text)
    }

    #[test]
    fn a_bombing_gives_type_target_and_weapon() {
        let text = "A car bomb exploded in front of the Agrarian Bank in Lima on 3 May.";
        let [it] = &templates_of(text)[..] else { panic!("one template") };
        assert_eq!(
            (it.kind.as_str(), &it.roles[2][0][0], &it.roles[4][0][0]),
            ("bombing", &"agrarian bank".into(), &"car bomb".into())
        );
    }

    #[test]
    fn an_attack_with_explosives_is_a_bombing_unless_somebody_is_named() {
        let with = |victims: &[&str], weapons: &[&str]| {
            let mut template = Template { kind: "attack".into(), ..Template::default() };
            victims.iter().for_each(|it| add(&mut template.roles[3], it));
            weapons.iter().for_each(|it| add(&mut template.roles[4], it));
            is_done_with_bombs(&template)
        };
        assert!(with(&[], &["dynamite", "car bomb"]));
        assert!(!with(&[], &["dynamite", "rifles"]) && !with(&[], &[]) && !with(&["Ana Ruiz"], &["dynamite"]));
    }

    #[test]
    fn a_surname_is_given_in_full() {
        let text = "Gunmen killed Ruiz and his driver in Lima on 3 May. Ana Ruiz led a union.";
        let [it] = &templates_of(text)[..] else { panic!("one template") };
        assert_eq!(it.roles[3], [["ana ruiz"]]);
    }

    #[test]
    fn fighting_between_armed_sides_is_left_out() {
        assert!(templates_of("Guerrillas attacked an army patrol near Lima on 3 May.").is_empty());
        assert!(templates_of("The council met in Lima on 3 May.").is_empty());
    }

    #[test]
    fn an_act_of_which_nothing_is_told_stays_but_fighting_does_not() {
        assert_eq!(templates_of("The murder shocked the city of Lima.").len(), 1);
        assert!(templates_of("The clashes near Lima lasted for hours on 3 May.").is_empty());
    }

    #[test]
    fn an_incident_that_too_much_speaks_against_is_left_out() {
        assert!(templates_of("We remember that they continued to attack us during the fighting years ago.").is_empty());
        assert_eq!(templates_of("Rebels attacked a bus near Lima yesterday during the fighting.").len(), 1);
    }

    #[test]
    fn acts_on_different_targets_stay_apart() {
        let of = |target: &str| {
            let mut draft = Draft::default();
            add(&mut draft.template.roles[2], target);
            draft
        };
        assert!(!joins(&of("the Agrarian Bank"), &of("a telephone company")));
        assert!(joins(&of("the Agrarian Bank"), &of("the bank")));
        assert!(joins(&of("the Agrarian Bank"), &Draft::default()));
    }

    #[test]
    fn fillers_are_as_a_key_gives_them() {
        assert_eq!(individuals("the alleged guerrillas", ""), Some("guerrillas".into()));
        assert_eq!(individuals("Red Coast guerrillas", "Red Coast"), Some("guerrillas".into()));
        assert_eq!(individuals("the council", ""), None);
        assert_eq!(individuals("heavily armed men", ""), Some("heavily armed men".into()));
        assert_eq!(individuals("men armed with rifles", ""), Some("men".into()));
        assert_eq!(individuals("men wearing red coats", ""), Some("men".into()));
        assert_eq!(individuals("several men wearing red uniforms", ""), Some("men wearing red uniforms".into()));
        assert_eq!(body("the drug trafficking mafias of Velmar"), Some("drug trafficking mafias".into()));
        assert_eq!(body("the men of the army"), None);
        assert_eq!(site("two power towers near Lima"), Some("power towers".into()));
        assert_eq!(site("three clerks"), None);
        assert_eq!(site("the residence of Ana Ruiz, leader of a party"), Some("residence of Ana Ruiz".into()));
        assert_eq!(site_hit("A bomb went off in front of the Coast Bank."), Some("Coast Bank.".into()));
        assert_eq!(site_hit("A bomb went off in Velmar."), None);
        assert_eq!(people("Former Minister Ana Ruiz and driver Juan Paz"), ["Ana Ruiz", "Juan Paz"]);
        assert_eq!(attackers_in("It was planted by two young terrorists today."), Some("two young terrorists".into()));
        assert_eq!(attackers_in("It was damaged by terrorist attacks."), None);
        assert_eq!(identified("The dead were identified as Ana Ruiz, 42, and Juan Paz."), ["Ana Ruiz", "Juan Paz"]);
        assert_eq!(weapons_in("They used a car bomb and two rifles."), ["car bomb", "rifles"]);
    }
}
