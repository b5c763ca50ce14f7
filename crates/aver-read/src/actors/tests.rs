//! Who is found in small texts, and under which name.

use super::*;
use crate::{Index, text::Text};
use aver_codebook::Codebook;
use aver_model::{Document, Page, Published};

fn page(text: &str) -> Page {
    Page {
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
    }
}

/// Returns a line an actor: `name (kind): naming, naming`.
fn found(text: &str) -> Vec<String> {
    let page = page(text);
    let codebook = Codebook::builtin();
    let index = Index::new(codebook);
    let ctx = Context { page: &page, codebook, index: &index, text: Text::new(&page) };
    let places = crate::places::find(&ctx, &[]);
    let actors = find(&ctx, &places);
    let chars: Vec<char> = text.chars().collect();
    let words = |it: &aver_model::Span| chars[it.start..it.end].iter().collect::<String>();
    actors
        .list
        .iter()
        .map(|it| {
            format!("{} ({}): {}", it.name, it.kind, it.mentions.iter().map(words).collect::<Vec<_>>().join(", "))
        })
        .collect()
}

#[track_caller]
fn has(text: &str, line: &str) {
    let lines = found(text);
    assert!(lines.iter().any(|it| it == line), "{line:?} not in {lines:#?}");
}

#[test]
fn a_person_is_known_by_apposition_and_later_by_surname() {
    has(
        "Marta Oreval, a spokeswoman for the Kerouth Water Institute, came. Oreval told reporters that she saw it.",
        "Marta Oreval (person): Marta Oreval, spokeswoman for the Kerouth Water Institute, Oreval, she",
    );
}

#[test]
fn an_acronym_is_learned_from_the_text() {
    has(
        "The Kerouth Liberation Front (KLF) attacked a town. KLF fighters fled, and the KLF said nothing.",
        "Kerouth Liberation Front (armed_group): Kerouth Liberation Front, KLF, KLF fighters, KLF",
    );
}

#[test]
fn officials_and_forces_of_a_nation_are_actors_of_their_own() {
    let lines = found("Peruvian officials spoke. The Peruvian government denied it.");
    assert_eq!(
        lines,
        ["Peruvian officials (anonymous_group): Peruvian officials", "Peru (state): Peruvian government, it"]
    );
}

#[test]
fn a_country_as_the_scene_is_no_actor() {
    assert!(found("A bridge fell in northern Peru on Monday.").is_empty());
    has("Peru accused its neighbor.", "Peru (state): Peru");
}

#[test]
fn what_stands_among_groups_is_a_group() {
    has("They hosted militant groups such as the Taliban, Orvalin and Hezbollah.", "Orvalin (armed_group): Orvalin");
}

#[test]
fn the_group_is_not_the_subject_of_its_own_clause() {
    has(
        "The Kerouth Brigade shelled a town. Hezbollah said it had captured a leader of the group.",
        "Kerouth Brigade (armed_group): Kerouth Brigade, the group",
    );
}

#[test]
fn spellings_of_one_script_are_one_name() {
    has("Tehrek-e-Taliban Pakistan said so.", "Tehrik-i-Taliban Pakistan (armed_group): Tehrek-e-Taliban Pakistan");
    has("AlQaeda denied it.", "al-Qaeda (armed_group): AlQaeda, it");
}

#[test]
fn described_actors_are_one_by_their_words() {
    let page = page("Some villagers left. Villagers say so.");
    let codebook = Codebook::default();
    let index = Index::new(&codebook);
    let ctx = Context { page: &page, codebook: &codebook, index: &index, text: Text::new(&page) };
    let mut actors = Actors::default();
    let first = actors.resolve(&ctx, 0..2, "anonymous_group");
    let second = actors.resolve(&ctx, 4..5, "anonymous_group");
    assert_eq!(first, second);
    assert_eq!(actors.at(0..2), Some(first));
    assert_eq!(actors.list[first].mentions.len(), 2);
}

#[test]
fn odd_text_gives_no_panic() {
    for text in
        ["", "'s", "the the the", "(X) (Y), and and", "Gen. Gen. of of", "A-B-C-D", "U.S.-", "of the, President"]
    {
        found(text);
    }
}

#[test]
fn a_bare_government_or_army_is_not_somebody_elses() {
    let name = |text: &str| found(text);
    assert!(!name("The government denied the report.").iter().any(|it| it.contains("Thai")));
    let found = name("The National Liberation Army freed a man. The army said nothing.");
    assert_eq!(found.iter().filter(|it| it.contains("Liberation")).count(), 1, "{found:?}");
    assert!(!name("The Ministry of Foreign Affairs came.").iter().any(|it| it.starts_with("Foreign Affairs")));
}
