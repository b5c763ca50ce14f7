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
fn who_dies_by_his_own_hand_is_counted_once() {
    check(&["A father shot and killed two neighbors in Mirel before killing himself."], 3, 0);
    check(&["Three people were found dead in a murder-suicide in Mirel."], 3, 0);
    check(&["A couple died in a murder-suicide in Mirel."], 2, 0);
    check(&["A shooting killed two people in Mirel. The gunman turned the gun on himself."], 2, 0);
    check(&["Two people were killed in Mirel in an attempted murder-suicide."], 2, 0);
}

#[test]
fn people_told_one_by_one_in_a_sentence_are_added_up() {
    let report = Doc::new(
        "r0",
        "Valley Post",
        Some("2023-03-10"),
        "A farmer killed his wife and her brother, then himself, in Mirel; a girl was hurt.",
    )
    .exact("his wife", "killed", 1, "outlet")
    .exact("her brother", "killed", 1, "outlet")
    .exact("a girl", "wounded", 1, "outlet");
    let found = toll(&[&report.0]);
    assert_eq!((found.killed, found.hurt), (3, 1));
    assert_eq!(found.reports[0].words.len(), 1);
}

#[test]
fn a_list_of_those_shot_is_added_up_and_a_repetition_is_not() {
    let listed = Doc::new("r0", "Valley Post", None, "A boy and three women shot in Mirel.")
        .exact("A boy", "killed_or_wounded", 1, "outlet")
        .exact("three women", "killed_or_wounded", 3, "outlet");
    assert_eq!(toll(&[&listed.0]).hurt, 4);
    let told_twice = Doc::new("r1", "Valley Post", None, "Three women were shot; one woman was shot in the leg.")
        .exact("Three women", "killed_or_wounded", 3, "outlet")
        .exact("one woman", "killed_or_wounded", 1, "outlet");
    assert_eq!(toll(&[&told_twice.0]).hurt, 3);
}

#[test]
fn a_period_and_other_occurrences_are_not_this_toll() {
    check(&["A boy was shot and killed in Mirel. So far this year 12 people have been killed in the town."], 1, 0);
    check(&["A woman was killed in Mirel. Nine people were wounded in separate shootings across the city."], 1, 0);
    check(&["A man was killed in Mirel. In 2019 two men were killed there.", "Man fatally shot in Mirel."], 1, 0);
    check(&["Five killed in separate shootings in Mirel."], 5, 0);
}

#[test]
fn labels_dates_and_ages_are_no_tolls() {
    check(&["Image 2 of 16 A man died in Mirel. A man, 18, was killed."], 1, 0);
    check(&["The father of four was killed on May 5 in Mirel."], 1, 0);
    check(&["A 16 year-old boy was killed on Nov. 8 in Mirel, police said."], 1, 0);
    check(&["A man was killed in Mirel; he was shot nine times."], 1, 0);
}

#[test]
fn two_of_the_wounded_are_only_some() {
    check(&["Six people were shot in Mirel. Two of them are in critical condition."], 0, 6);
    check(&["Two people were killed in Mirel and a fourth person was critically hurt; a third walked away."], 2, 2);
}

#[test]
fn a_death_in_another_title_is_not_undone_by_a_stray_number() {
    check(
        &[
            "Boy shot dead in Mirel.",
            "Man charged in death of boy.",
            "Suspect named in Mirel. He is held. Police speak on Monday. They ask for help. Earlier, seven died in Orwen.",
        ],
        1,
        0,
    );
}

#[test]
fn nothing_on_file_is_no_toll() {
    check(&[], 0, 0);
}
