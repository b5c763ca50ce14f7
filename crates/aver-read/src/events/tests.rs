use super::cues::{Cues, Shape};
use crate::text::Text;
use aver_codebook::{Codebook, CueEntry, EventType, StanceEntry};
use aver_model::{Basis, CueClass, Document, Modality, Page, Published, Reading, Stance};

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|it| (*it).to_owned()).collect()
}

fn book() -> Codebook {
    let event = |name: &str, family: &str, nouns: &[&str], verbs: &[&str], not: &[&str]| EventType {
        name: name.to_owned(),
        family: family.to_owned(),
        violent: true,
        nouns: words(nouns),
        verbs: words(verbs),
        not: words(not),
        ..EventType::default()
    };
    let mut book = Codebook {
        events: vec![
            event("attack", "attack", &["attack", "assault"], &["attack"], &["heart attack"]),
            event(
                "bombing",
                "explosive",
                &["bombing", "explosion", "blast", "bomb blast", "car bombing"],
                &["explode", "bomb", "detonate"],
                &[],
            ),
            event("suicide_bombing", "explosive", &["suicide bombing", "suicide attack"], &[], &[]),
            event("complex_attack", "explosive", &[], &[], &[]),
            event("armed_assault", "armed", &["shooting", "ambush"], &["storm", "ambush", "shoot"], &["film shooting"]),
            event("armed_clash", "armed", &["clash"], &["clash"], &[]),
            event("killing", "killing", &["killing"], &["kill"], &["killed the bill"]),
        ],
        ..Codebook::default()
    };
    book.lexicon.causes = words(&["storm", "earthquake", "bus crash"]);
    book.lexicon.unfought = words(&["record", "forest fire"]);
    book.lexicon.unshot = words(&["film", "portrait", "currency"]);
    book.lexicon.sports = words(&["striker", "bottom of the table"]);
    book.lexicon.facilities = words(&["mosque", "hotel", "school", "market"]);
    book.lexicon.attackers = words(&["gunman", "gunmen", "suicide bomber"]);
    book
}

fn page(text: &str) -> Page {
    Page {
        document: Document {
            id: "d".into(),
            sha256: String::new(),
            file: "d.txt".into(),
            source: None,
            title: None,
            byline: None,
            language: None,
            published: Published::given("2023-05-12".parse().expect("a day"), "2023-05-12".parse().expect("a day")),
        },
        text: text.to_owned(),
        dropped: vec![],
        structure: vec![],
        notes: vec![],
    }
}

fn read(text: &str) -> Reading {
    crate::read(&page(text), &book())
}

/// Type and words of every event.
fn told(text: &str) -> Vec<(String, String)> {
    let reading = read(text);
    let chars: Vec<char> = text.chars().collect();
    reading.events.iter().map(|it| (it.kind.clone(), chars[it.span.start..it.span.end].iter().collect())).collect()
}

fn types(text: &str) -> Vec<String> {
    told(text).into_iter().map(|it| it.0).collect()
}

#[test]
fn a_cue_is_a_noun_or_a_verb_by_its_neighbours() {
    let book = book();
    let cues = Cues::new(&book);
    let index = crate::Index::new(&book);
    let shapes = |text: &str| {
        let page = page(text);
        let ctx = crate::Context { page: &page, codebook: &book, index: &index, text: Text::new(&page) };
        let (actors, places) = (crate::actors::Actors::default(), crate::places::Places::default());
        let sides = super::frames::Sides { ctx: &ctx, actors: &actors, places: &places };
        cues.find(&sides).into_iter().map(|it| it.shape).collect::<Vec<_>>()
    };
    assert_eq!(shapes("The attack on Velmar."), [Shape::Noun]);
    assert_eq!(shapes("They attack villages."), [Shape::Present]);
    assert_eq!(shapes("Rebels attacked the port."), [Shape::Past]);
    assert_eq!(shapes("The bombing of a market."), [Shape::Noun]);
    assert_eq!(shapes("Two bombings hit Velmar."), [Shape::Plural]);
    assert!(shapes("He had a heart attack.").is_empty());
}

#[test]
fn a_frame_tells_its_event_only_of_its_sides() {
    let mut book = book();
    book.lexicon.classes.insert("crowd".to_owned(), words(&["crowd", "villager"]));
    let list = |it: &str| words(&[it]);
    let frame = aver_codebook::Frame {
        does: words(&["beat", "attack"]),
        who: list("@crowd"),
        whom: words(&["thief", "driver"]),
        without: list("protest"),
        ..aver_codebook::Frame::default()
    };
    let named = |name: &str| EventType { name: name.to_owned(), violent: true, ..EventType::default() };
    book.events.push(EventType { frames: vec![frame], ..named("mob_violence") });
    let types =
        |text: &str| -> Vec<String> { crate::read(&page(text), &book).events.into_iter().map(|it| it.kind).collect() };
    assert_eq!(types("Villagers attacked a driver in Velmar on Friday."), ["mob_violence"]);
    assert_eq!(types("A driver was attacked by a crowd of villagers in Velmar on Friday."), ["mob_violence"]);
    assert_eq!(types("Gunmen attacked a driver in Velmar on Friday."), ["attack"], "another subject");
    assert_eq!(types("Villagers attacked a barracks in Velmar on Friday."), ["attack"], "another object");
    assert_eq!(types("During a protest villagers attacked a driver in Velmar on Friday."), ["attack"], "ruled out");
    assert_eq!(types("A friend of villagers attacked a driver in Velmar on Friday."), ["attack"], "not the subject");
}

#[test]
fn verb_and_noun_of_one_clause_are_one_event() {
    assert_eq!(types("An explosion at a mosque in Velmar killed four people."), ["bombing"]);
    assert_eq!(types("Four people were killed in an explosion at a mosque."), ["bombing"]);
}

#[test]
fn the_span_takes_place_and_target_along() {
    assert_eq!(told("On Friday there was an explosion at a mosque, officials said.")[0].1, "an explosion at a mosque");
}

#[test]
fn later_mentions_join_the_first() {
    let reading =
        read("Gunmen stormed a hotel in Velmar on Friday. The attack lasted two hours. Six people were killed.");
    assert_eq!(reading.events.len(), 1, "{:#?}", reading.events);
    assert_eq!(reading.events[0].kind, "armed_assault");
    assert_eq!(reading.events[0].mentions.len(), 3);
}

#[test]
fn different_sites_are_different_events() {
    assert_eq!(types("Gunmen stormed a hotel. A car bombing at a school killed two.").len(), 2);
}

#[test]
fn what_did_not_happen_is_no_event() {
    for text in [
        "The army wants to prevent attacks on the market.",
        "They could attack the school.",
        "There was no attack on the mosque.",
        "Officials warned of a potential attack on the hotel.",
        "Senators killed the bill.",
        "Critics attacked the plan.",
        "The film shooting at the hotel ended.",
    ] {
        assert!(types(text).is_empty(), "{text}: {:?}", told(text));
    }
}

#[test]
fn storms_cameras_markets_and_strikers_do_no_violence() {
    for text in [
        "A storm killed nine people in Velmar on Friday.",
        "The earthquake attacked the town, killing 100 people.",
        "Nine people were killed in a bus crash on Friday.",
        "She stormed the portraits in Velmar on Friday.",
        "The film was stormed in Velmar on Friday.",
        "Speculators attacked the currency on Friday.",
        "The senator attacked the government's record on Friday.",
        "The striker ambushed the keeper on Friday.",
        "His late attack on Friday came against the side at the bottom of the table.",
    ] {
        assert!(types(text).is_empty(), "{text}: {:?}", told(text));
    }
    assert_eq!(types("Gunmen ambushed the striker at a hotel in Velmar on Friday."), ["armed_assault"]);
    assert_eq!(types("Gunmen attacked a storm shelter on Friday.").len(), 1);
}

#[test]
fn both_sides_of_a_clash_act() {
    for text in [
        "The gunmen and the suicide bombers clashed in Sorvan on Friday.",
        "Clashes between the gunmen and the suicide bombers erupted in Sorvan on Friday.",
    ] {
        let reading = read(text);
        assert_eq!(reading.events.len(), 1, "{text}");
        assert_eq!(reading.events[0].perpetrators.len(), 2, "{text}: {:#?}", reading.events);
    }
}

#[test]
fn the_end_of_the_attackers_is_part_of_their_attack() {
    let reading =
        read("Gunmen stormed a hotel in Velmar on Friday. Two guests were hurt. All five attackers were killed.");
    assert_eq!(reading.events.len(), 1, "{:#?}", reading.events);
    assert!(reading.events[0].targets.iter().all(|it| !it.name.contains("attackers")));
}

#[test]
fn counted_clashes_are_several() {
    let reading = read("Ten soldiers died in more than 600 clashes in Velmar on Friday.");
    assert!(reading.events.iter().any(|it| it.kind == "armed_clash" && it.aggregate), "{:#?}", reading.events);
}

#[test]
fn who_denies_an_act_does_not_state_it() {
    let mut book = book();
    book.stances = vec![StanceEntry {
        stance: Stance::Denies,
        definition: String::new(),
        cues: vec![CueEntry {
            words: "deny".into(),
            class: CueClass::Verb,
            takes: words(&["that"]),
            distancing: false,
            not: vec![],
        }],
    }];
    let text = "The army denied that gunmen had attacked a school in Velmar on Friday.";
    let reading = crate::read(&page(text), &book);
    assert_eq!(reading.events.len(), 1, "{:#?}", reading.events);
    assert_eq!(reading.events[0].modality, Modality::Alleged);
    assert!(reading.events[0].perpetrators.iter().all(|it| it.basis == Basis::Alleged), "{:#?}", reading.events);
}

#[test]
fn the_building_is_the_last_word_of_its_name() {
    let reading = read("Gunmen stormed the Market Hotel in Velmar on Friday.");
    let place = reading.events[0].place.as_ref().expect("a place");
    assert_eq!(place.facility.as_deref(), Some("Market Hotel"));
}

#[test]
fn explosives_and_guns_make_a_complex_attack() {
    assert_eq!(types("Gunmen shot the guards of a mosque before detonating explosives."), ["complex_attack"]);
}

#[test]
fn the_bomber_names_the_type() {
    assert_eq!(types("A suicide bomber attacked a school in Velmar."), ["suicide_bombing"]);
}

#[test]
fn a_claim_names_the_claimant_and_dates_only_itself() {
    let text = "On May 3, 2023, the Red Coast Front claimed responsibility for the bombing of a school in Velmar.";
    let reading = read(text);
    assert_eq!(reading.events.len(), 1, "{:#?}", reading.events);
    let time = reading.events[0].time.as_ref().expect("a time");
    assert_eq!((time.start, time.end.map(|it| it.to_string())), (None, Some("2023-05-03".to_owned())));
    assert_eq!(time.precision, aver_model::Precision::OnOrBefore);
}

#[test]
fn a_possessive_weekday_points_back() {
    let reading = read(
        "On Monday, gunmen stormed a hotel in Velmar. Some people fled. Monday's attack was the second this year.",
    );
    assert_eq!(reading.events.len(), 1, "{:#?}", reading.events);
}

#[test]
fn the_site_may_stand_before_the_attack() {
    let reading = read("A mosque in Velmar was the site of the attack on Friday.");
    assert_eq!(reading.events[0].place.as_ref().and_then(|it| it.facility.clone()).as_deref(), Some("mosque"));
}

#[test]
fn attacks_of_a_kind_are_told_only_with_a_count_or_a_time() {
    assert!(types("Attacks by rebels on villages are rare.").is_empty());
    let reading = read("Rebels carried out a string of attacks in Velmar over the past year.");
    assert_eq!(reading.events.len(), 1);
    assert!(reading.events[0].aggregate);
}

#[test]
fn two_verbs_tell_one_act() {
    assert_eq!(types("Gunmen shot and killed two teachers at a market on Friday.").len(), 1);
}

#[test]
fn a_toll_in_the_next_sentence_belongs_to_the_attack() {
    let reading = read("A bomb blast hit a market in Velmar on Friday. At least nine people were killed.");
    assert_eq!(reading.events.len(), 1, "{:#?}", reading.events);
    assert_eq!(reading.events[0].kind, "bombing");
}

#[test]
fn capitals_everywhere_change_nothing() {
    assert_eq!(types("A CAR BOMBING AT A SCHOOL IN VELMAR KILLED TWO PEOPLE ON FRIDAY."), ["bombing"]);
}

#[test]
fn odd_text_is_read_without_fault() {
    for text in ["", ".", "attack", "attack of of of", "by by by killed", "\u{feff}“”", "explosion,,,,,, , Kabul"] {
        let _ = read(text);
    }
}
