use super::*;
use crate::text::Text;
use crate::times::tests::page;
use aver_codebook::Codebook;

fn read(words: &str) -> Vec<String> {
    let page = page(words, "2022-01-01");
    let codebook = Codebook::builtin();
    let index = crate::times::tests::index();
    let ctx = Context { page: &page, codebook, index, text: Text::new(&page) };
    let times = crate::times::find(&ctx);
    let numbers = crate::numbers::find(&ctx, &times);
    let bound = |it: Option<u64>| it.map_or("?".to_owned(), |it| it.to_string());
    find(&ctx, &numbers, &times, (&[], &Default::default()), &[])
        .into_iter()
        .map(|it| {
            let part = it.record.part_of.map_or(String::new(), |it| format!(" of {it}"));
            format!("{} {}..{}{part}", it.record.measure, bound(it.record.low), bound(it.record.high))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn passives_and_reduced_passives() {
    check(
        "At least 50 people, mostly schoolgirls, were killed and more than 100 wounded in an explosion.",
        &["killed 50..?", "wounded 101..?"],
    );
    check("Dozens of people were killed and hundreds injured, including porters.", &["killed 24..?", "wounded 200..?"]);
    check("Hundreds of its fighters were killed in joint raids.", &["killed 200..?"]);
    check("The blast left 12 people dead and 30 others injured.", &["killed 12..12", "wounded 30..30"]);
    check("It ended with 73 civilians and 23 guards being killed.", &["killed 73..73", "killed 23..23"]);
    check("Twelve people had died and 18 were injured and taken away.", &["killed 12..12", "wounded 18..18"]);
    check("Three soldiers were shot dead.", &["killed 3..3"]);
}

#[test]
fn actives() {
    check("A blast killed at least four worshippers and wounded 25 others.", &["killed 4..?", "wounded 25..25"]);
    check("The army killed two rebels and 3 civilians.", &["killed 2..2", "killed 3..3"]);
    check("They rounded up nearly 600 members of the group.", &["captured ?..600"]);
    check("It was accused of releasing some 1,800 militants.", &["released 1800..1800"]);
    check("The bombing claimed 49 lives.", &["killed 49..49"]);
    check("Two bombers killed at least 10 people.", &["attackers 2..2", "killed 10..?"]);
    check("The mob nearly lynched four men and threatened to kill 12 others.", &[]);
    check(
        "Police arrested six deputies, at least two reporters, and 28 other people.",
        &["captured 6..6", "captured 2..?", "captured 28..28"],
    );
    check("Six soldiers were killed and eight are missing.", &["killed 6..6", "captured 8..8"]);
    check("They seized two villages and 40 rifles.", &[]);
}

#[test]
fn asides_quotes_and_the_hurt() {
    check("Five people, one of them a baby, had died.", &["killed 5..5", "killed 1..1 of f1"]);
    check("They claimed to have left \"more than 30 occupiers\" dead.", &["killed 31..?"]);
    check("The bandits lost no fewer than 15.", &["killed 15..?"]);
    check("The Lions lost 15.", &[]);
    check("It flew out six wounded sailors.", &["wounded 6..6"]);
    check("Scores escaped with gunshot wounds.", &["wounded 24..?"]);
    check("Scores escaped into the hills.", &[]);
    check("Doctors treated 33 people for breathing trouble.", &["wounded 33..33"]);
    check("Teachers treated 33 people with respect.", &[]);
    check("The army destroyed five shelters.", &["destroyed 5..5"]);
}

#[test]
fn one_number_for_killed_and_wounded_is_not_split() {
    check("The violence has killed and injured hundreds of villagers.", &["killed_or_wounded 200..?"]);
    check("Fifty guards were wounded or killed.", &["killed_or_wounded 50..50"]);
    check("They caused a minimum of 700 deaths and injuries.", &["killed_or_wounded 700..?"]);
    check("It led to the deaths and injuries of numerous civilians.", &["killed_or_wounded ?..?"]);
}

#[test]
fn nouns() {
    check("It resulted in two fatalities and over 30 injuries.", &["killed 2..2", "wounded 31..?"]);
    check(
        "It resulted in the deaths of approximately 50 worshippers and the wounding of 143 others.",
        &["killed 50..50", "wounded 143..143"],
    );
    check("It has made over 224 largescale and lethal attacks.", &["attacks 225..?"]);
    check("It killed thousands of Orwen, coalition, and Abel soldiers.", &["killed 2000..?"]);
    check("The synchronized 2008 Orwen attacks that killed 166 people.", &["killed 166..166"]);
    check("Most rebel fighters were born there.", &["share ?..?"]);
    check("The death toll rose to 12.", &["killed 12..12"]);
    check("The group has carried out over 224 lethal attacks.", &["attacks 225..?"]);
    check("Ten Katyusha rockets were fired by two gunmen.", &["rockets 10..10", "attackers 2..2"]);
    check(
        "He collected $15,000 and about 1,500 euros from three countries.",
        &["money 15000..15000", "money 1500..1500", "countries 3..3"],
    );
    check("The group commands at least 2,000 “hardcore” fighters.", &["fighters 2000..?"]);
}

#[test]
fn parts_name_their_whole() {
    check(
        "One guard died and eight others, including three children, were injured.",
        &["killed 1..1", "wounded 8..8", "wounded 3..3 of f2"],
    );
    check(
        "Gunmen stormed it, wounding others, including five Orwen citizens.",
        &["wounded 5..?", "wounded 5..5 of f1"],
    );
    check(
        "Gunmen stormed it, killing several people and wounding others, including five Orwen citizens.",
        &["killed 3..?", "wounded 5..?", "wounded 5..5 of f2"],
    );
    check("The raid killed 30 people, 12 of them children.", &["killed 30..30", "killed 12..12 of f1"]);
}

#[test]
fn reported_zeros() {
    check("Nobody was hurt.", &["wounded 0..0"]);
    check("There were no casualties.", &["killed_or_wounded 0..0"]);
    check("There were no reports of casualties.", &[]);
}

#[test]
fn numbers_without_a_measure_are_no_figures() {
    check("Two sides of the same coin; three reasons; a 20-year-old man of 12 lives nearby.", &[]);
    check("He was killed 20 km from the town.", &[]);
}

#[test]
fn odd_text_does_no_harm() {
    for text in [
        "No",
        "no one",
        "nobody",
        "killed 5",
        "5",
        "killed",
        "including 5",
        "toll 9",
        "of 5",
        "no casualties and",
        "between 5 and",
        "5 of",
        "$",
        "$5",
        "among them 5,",
    ] {
        read(text);
    }
    read(&"killed 5, including 4, ".repeat(300));
}

#[test]
fn one_person_without_a_number_is_one() {
    check("A man was shot dead and a woman was wounded.", &["killed 1..1", "wounded 1..1"]);
    check("A 7-year-old girl died and her mother was injured.", &["killed 1..1", "wounded 1..1"]);
    check("A teacher and a 16 year-old boy were killed.", &["killed 1..1", "killed 1..1"]);
    check("The rebels killed a policeman and his wife.", &["killed 1..1", "killed 1..1"]);
    check("Anna Orwen, 34, was killed; Ivo Marek, 40, was wounded.", &["killed 1..1", "wounded 1..1"]);
    check("A 17-year-old was fatally shot.", &["killed 1..1"]);
    check("A man was shot in Mirel.", &["killed_or_wounded 1..1"]);
    check("Gunmen shot and killed a judge.", &["killed 1..1"]);
    check("A boy was shot in the head and died.", &["killed 1..1"]);
    check("They shot Anna Orwen, 17, Ivo Marek, 34, and Olen Tam, 40.", &["killed_or_wounded 1..1"; 3]);
    check("He shot his brother to death.", &["killed 1..1"]);
    check("Three men were shot and wounded.", &["wounded 3..3"]);
    check("The blast wounded her brother and 4-year-old daughter.", &["wounded 1..1", "wounded 1..1"]);
    check("A boy shot his friend, 14, dead.", &["killed_or_wounded 1..1"]);
    check("He killed her father, Ivo Marek, 50, on Monday.", &["killed 1..1"]);
}

#[test]
fn a_number_before_a_new_phrase_counts_nothing_of_it() {
    check("Image 44 A girl was shot in Mirel.", &["killed_or_wounded 1..1"]);
    check("Dispatchers told Channel 15 that a child was shot.", &["killed_or_wounded 1..1"]);
}

#[test]
fn one_person_to_whom_nothing_happened_is_none() {
    for text in [
        "The man was killed.",
        "A soldier said that the road was closed.",
        "A man could be killed there.",
        "If a child is killed, the truce ends.",
        "Every time a soldier dies, the song is played.",
        "A man accused of murder was arrested.",
        "A police officer's car was hit.",
        "They tried to kill a judge.",
        "A man who killed five people was arrested.",
        "She shot a film.",
        "Anna Orwen, 34, shot and killed two policemen.",
        "A boy of 16 years old lives there.",
        "Police killed a 1 yr old.",
        "A 1 y/o was shot.",
    ] {
        assert!(!read(text).iter().any(|it| it.ends_with("1..1")), "{text} {:?}", read(text));
    }
}
