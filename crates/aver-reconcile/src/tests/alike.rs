//! Documents about one occurrence, and acts told by any words.

use super::build::*;
use crate::{Act, Reprints, Words, dossiers, occurrences};
use aver_model::Reading;
use proptest::prelude::*;

/// Two reports of a fire at a mill, two of a flood, and one outlet's line under each.
fn reports() -> Vec<Doc> {
    let line = "Lake Radio brings you news on the hour.";
    let report =
        |name: &str, day: &str, text: &str| Doc::new(name, "Lake Radio", Some(day), &format!("{text}\n{line}"));
    vec![
        report("m1", "2023-03-20", "A fire destroyed the Hallen mill in Mirel. Owner Jorun Hallen, 61, was inside."),
        report(
            "m2",
            "2023-03-22",
            "Jorun Hallen, owner of the mill that burned in Mirel, died in hospital on Tuesday.",
        ),
        report(
            "f1",
            "2023-05-02",
            "The river Anse flooded the school of Temun. Teacher Ilka Sorm led pupils to the roof.",
        ),
        report(
            "f2",
            "2023-05-03",
            "Pupils of Temun thanked Ilka Sorm, who brought them to the roof when the Anse rose.",
        ),
    ]
}

fn grouped(docs: &[Doc]) -> Vec<Vec<String>> {
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    dossiers(&readings, &Reprints::none())
}

#[test]
fn reports_that_share_names_are_one_dossier_and_an_outlets_own_line_joins_nothing() {
    let sha = |it: &str| format!("sha-{it}");
    assert_eq!(grouped(&reports()), [vec![sha("f1"), sha("f2")], vec![sha("m1"), sha("m2")]]);
}

#[test]
fn a_report_with_the_outlets_line_alone_stays_alone() {
    let mut docs = reports();
    docs.push(Doc::new("x", "Lake Radio", Some("2023-07-01"), "Lake Radio brings you news on the hour."));
    assert!(grouped(&docs).contains(&vec!["sha-x".to_string()]));
}

fn act(document: &str, sentence: &str, words: &str) -> Act {
    let (before, after) = sentence.split_once(words).unwrap();
    let list = |it: &str| it.split_whitespace().map(|it| it.trim_matches(['.', ',']).to_string()).collect();
    Act { document: document.into(), words: words.into(), before: list(before), after: list(after) }
}

fn same(acts: &[Act], together: &[&str]) -> Vec<usize> {
    let dossier = together.iter().map(|it| it.to_string()).collect();
    occurrences(acts, &[dossier], &Words::new(codebook()))
}

#[test]
fn forms_of_a_word_and_words_for_one_kind_of_act_meet_when_what_stands_around_agrees() {
    let acts = [
        act("a", "Two guards were shot at the Hallen mill on Monday.", "shot"),
        act("b", "The shooting at the Hallen mill on Monday shook the town.", "shooting"),
        act("b", "Gunmen attacked the Hallen mill on Monday.", "attacked"),
        act("c", "Mirel mourned after the assault on the Hallen mill on Monday.", "assault"),
    ];
    assert_eq!(same(&acts, &["a", "b", "c"]), [0, 0, 1, 1]);
}

#[test]
fn one_word_in_different_dossiers_is_two_acts() {
    let acts = [
        act("a", "Two guards were shot at the Hallen mill.", "shot"),
        act("x", "Two guards were shot at the Hallen mill.", "shot"),
    ];
    assert_eq!(same(&acts, &["a"]), [0, 1]);
}

#[test]
fn words_for_saying_need_the_same_speaker() {
    let acts = [
        act("a", "Mayor Torv said the mill would reopen.", "said"),
        act("b", "Torv said on Friday that repairs of the mill had begun.", "said"),
        act("b", "The firefighters said nobody was missing.", "said"),
    ];
    assert_eq!(same(&acts, &["a", "b"]), [0, 0, 1]);
}

#[test]
fn a_pointing_word_joins_nothing() {
    let acts = [act("a", "It shook the town.", "It"), act("b", "It shook the town.", "It")];
    assert_eq!(same(&acts, &["a", "b"]), [0, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_documents_does_not_change_dossiers(turn in 0..4usize, back in any::<bool>()) {
        let mut docs = reports();
        let held = grouped(&docs);
        docs.rotate_left(turn);
        if back {
            docs.reverse();
        }
        prop_assert_eq!(grouped(&docs), held);
    }
}
