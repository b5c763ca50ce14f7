//! How many were killed and hurt, over the reports of one occurrence.

use super::build::*;
use crate::toll;
use aver_model::Reading;

/// Killed and hurt, from reports that appeared on consecutive days.
fn killed_and_hurt(reports: &[&str]) -> (u64, u64) {
    let docs: Vec<Doc> = reports
        .iter()
        .enumerate()
        .map(|(idx, text)| Doc::new(&format!("r{idx}"), "Valley Post", Some(&format!("2023-03-{:02}", idx + 10)), text))
        .collect();
    let found = toll(&docs.iter().map(|it| &it.0).collect::<Vec<&Reading>>());
    (found.killed, found.hurt)
}

#[track_caller]
fn check(reports: &[&str], killed: u64, hurt: u64) {
    assert_eq!(killed_and_hurt(reports), (killed, hurt), "{reports:?}");
}

#[test]
fn numbers_stand_before_or_after_their_word() {
    check(&["Two men were killed and three others were seriously injured at a mill in Mirel."], 2, 3);
    check(&["A gunman opened fire in Mirel, killing at least four people and wounding 6."], 4, 6);
    check(&["One dead, seven injured in Mirel."], 1, 7);
}

#[test]
fn who_was_shot_and_did_not_die_is_hurt() {
    check(&["Five people were shot at a mill in Mirel. One person died."], 1, 4);
    check(&["Four people shot in Mirel. Police are looking for two men."], 0, 4);
}

#[test]
fn a_death_without_a_number_is_one() {
    check(&["A woman was shot and killed in Mirel.", "Police name woman fatally shot in Mirel."], 1, 0);
    check(&["A boy was shot in the leg in Mirel. He is in hospital."], 0, 1);
    check(&["Man charged with attempted murder in Mirel. The victim is in hospital."], 0, 1);
}

#[test]
fn who_dies_later_is_no_longer_hurt() {
    check(&["Two dead, three injured in Mirel.", "Third victim of the Mirel shooting dies."], 3, 2);
}

#[test]
fn of_two_numbers_the_later_and_greater_stands() {
    check(&["Two people were killed in Mirel.", "Three people were killed in Mirel."], 3, 0);
}

#[test]
fn ages_and_times_are_no_tolls() {
    check(&["A 19-year-old man died in Mirel after 12 hours in hospital, 30 days after 2 arrests."], 1, 0);
}

#[test]
fn nothing_on_file_is_no_toll() {
    check(&[], 0, 0);
}
