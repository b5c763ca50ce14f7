//! Which ties small texts state.

use aver_codebook::Codebook;
use aver_model::{Document, Page, Published};

/// Returns a line a relation: `a relation b polarity`.
fn found(text: &str) -> Vec<String> {
    let page = Page {
        document: Document {
            id: "t".into(),
            sha256: String::new(),
            file: "t.txt".into(),
            source: None,
            title: None,
            byline: None,
            language: None,
            published: Published::UNKNOWN,
        },
        text: text.into(),
        dropped: vec![],
        structure: vec![],
        notes: vec![],
    };
    let reading = crate::read(&page, Codebook::builtin());
    let name = |id: &str| {
        let actor = reading.actors.iter().find(|it| it.id == id).map(|it| it.name.clone());
        actor.or(reading.places.iter().find(|it| it.id == id).map(|it| it.name.clone())).unwrap_or_default()
    };
    reading
        .relations
        .iter()
        .map(|it| format!("{} {} {} {}", name(&it.a), it.relation, name(&it.b), it.polarity))
        .collect()
}

#[test]
fn an_office_is_a_tie() {
    assert_eq!(found("Omar Velik, the leader of Hezbollah, spoke."), ["Omar Velik leads Hezbollah asserted"]);
    assert_eq!(
        found("Omar Velik, a former member of Hezbollah, spoke."),
        ["Omar Velik formerly_of Hezbollah asserted"]
    );
    assert_eq!(found("Hezbollah spokesman Omar Velik came."), ["Omar Velik member_of Hezbollah asserted"]);
}

#[test]
fn a_verb_ties_its_sides_and_lists_are_taken_apart() {
    assert_eq!(
        found("Peru funds Hezbollah and Hamas."),
        ["Peru funds Hezbollah asserted", "Peru funds Hamas asserted"]
    );
}

#[test]
fn a_negated_verb_is_denied_and_a_possible_one_is_no_tie() {
    assert_eq!(found("Peru does not fund Hezbollah."), ["Peru funds Hezbollah denied"]);
    assert!(found("Peru may fund Hezbollah.").is_empty());
}

#[test]
fn compounds_tell_ties() {
    assert_eq!(found("The Iran-backed Hezbollah left."), ["Iran supports Hezbollah asserted"]);
}

#[test]
fn allegations_are_denied_as_a_whole() {
    let lines = found("Chile accused Peru of funding Hezbollah. Peru denied the allegations.");
    assert_eq!(lines, ["Peru funds Hezbollah asserted", "Peru funds Hezbollah denied"]);
}

#[test]
fn each_thing_of_a_list_that_is_given_is_a_tie() {
    let all = ["Peru arms Hezbollah asserted", "Peru trains Hezbollah asserted", "Peru funds Hezbollah asserted"];
    assert_eq!(found("Peru, which provided weapons, training, and financial support to Hezbollah, left."), all);
    assert_eq!(found("Peru supplied Hezbollah with weapons, training and money."), all);
    assert!(found("Peru may provide weapons and training to Hezbollah.").is_empty());
}

#[test]
fn not_only_is_no_negation() {
    assert_eq!(
        found("Peru had not only cooperated with Hezbollah but also rested."),
        ["Peru cooperates_with Hezbollah asserted"]
    );
}
