//! People's values over the machine's.

use super::build::*;
use crate::{check_value, lay_over, value_at};
use aver_model::*;

fn laid(rulings: &[Ruling]) -> Reading {
    let decisions: Vec<Decision> =
        rulings.iter().enumerate().map(|(idx, it)| decision(idx as u64 + 1, "ana", it.clone())).collect();
    let mut readings = [reading()];
    lay_over(&mut readings, &decisions);
    let [reading] = readings;
    reading
}

fn correct(quote: &str, field: &str, to: &str) -> Ruling {
    Ruling::Correct { anchor: anchor(quote, field), to: to.into() }
}

#[test]
fn a_corrected_number_stands_in_place_of_the_machines() {
    let it = laid(&[correct("12 people", "figure", "12..17")]);
    assert_eq!((it.figures[0].low, it.figures[0].high, it.figures[0].op), (Some(12), Some(17), FigureOp::Range));
    assert_eq!(it.figures[1], reading().figures[1]);
}

#[test]
fn of_two_corrections_the_newer_one_holds() {
    let it = laid(&[correct("12 people", "figure", "13"), correct("12 people", "figure", "14..")]);
    assert_eq!((it.figures[0].low, it.figures[0].high), (Some(14), None));
}

/// The machine reads otherwise since; the person who accepted "10" is not overruled.
#[test]
fn an_accepted_value_outlives_a_new_reading() {
    let mut accepted = anchor("12 people", "figure");
    accepted.value = Some("10".into());
    assert_eq!(laid(&[Ruling::Accept { anchor: accepted }]).figures[0].low, Some(10));
}

#[test]
fn what_is_accepted_as_read_changes_nothing() {
    let mut rulings = vec![];
    for (quote, field) in [("12 people", "figure"), ("12 people died", "time"), ("12 people died", "place")] {
        let mut it = anchor(quote, field);
        it.value = value_at(&reading(), &it);
        assert!(it.value.is_some(), "{field}");
        rulings.push(Ruling::Accept { anchor: it });
    }
    assert_eq!(laid(&rulings), reading());
}

#[test]
fn a_figure_moves_to_another_speaker() {
    assert_eq!(laid(&[correct("30", "speaker", "police")]).figures[1].speaker, "a1");
    assert_eq!(laid(&[correct("30", "speaker", "Velmar Post")]).figures[1].speaker, OUTLET);
    let it = laid(&[correct("30", "speaker", "Mayor")]);
    assert_eq!(value_at(&it, &anchor("30", "speaker")).as_deref(), Some("Mayor"));
}

#[test]
fn days_and_places_are_corrected_and_taken_out() {
    let it = laid(&[correct("12 people died", "time", "2023-03-18..2023-03-19")]);
    assert_eq!(value_at(&it, &anchor("12 people died", "time")).as_deref(), Some("2023-03-18..2023-03-19"));
    let it = laid(&[correct("12 people died", "place", "Ostrey")]);
    assert_eq!(it.events[0].place.as_ref().map(|it| it.name.as_str()), Some("Ostrey"));
    let gone = laid(&[
        Ruling::Reject { anchor: anchor("12 people died", "place") },
        Ruling::Reject { anchor: anchor("12 people died", "time") },
    ]);
    assert_eq!((gone.events[0].place.clone(), gone.events[0].time.clone()), (None, None));
}

#[test]
fn what_is_typed_wrong_is_told_how_it_would_be_right() {
    for (field, typed) in
        [("figure", "12"), ("figure", "1,200.."), ("figure", "..30"), ("time", "none"), ("place", "X")]
    {
        assert_eq!(check_value(field, typed), Ok(()), "{field} {typed}");
    }
    for (field, typed, part) in [
        ("figure", "a dozen", "write 12"),
        ("figure", "..", "write 12"),
        ("figure", "17..12", "ends before it begins"),
        ("time", "Monday", "write it as 2023-03-19"),
        ("time", "2023-03-19..2023-03-18", "ends before it begins"),
        ("place", " ", "a name is wanted"),
        ("weather", "rain", "cannot be corrected"),
    ] {
        let told = check_value(field, typed).expect_err(typed);
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_corrected_type_drops_the_code_of_the_machines_type() {
    let it = laid(&[correct("12 people died", "type", "bombing")]);
    assert_eq!((it.events[0].kind.as_str(), &it.events[0].acled), ("bombing", &None));
}

#[test]
fn a_corrected_perpetrator_has_the_weakest_basis_unless_a_person_gives_one() {
    let named = |to: &str| {
        let it = laid(&[correct("12 people died", "perpetrator", to)]);
        it.events[0].perpetrators.iter().map(|it| (it.name.clone(), it.basis)).collect::<Vec<_>>()
    };
    assert_eq!(named("North Front"), [("North Front".to_owned(), Basis::Attributed)]);
    let two = [("North Front (NF)".to_owned(), Basis::Claimed), ("Ridge".to_owned(), Basis::Attributed)];
    assert_eq!(named("North Front (NF) (claimed); Ridge"), two);
    assert!(named("none").is_empty());
    assert!(check_value("perpetrator", "Ridge (clamed)").expect_err("it is misspelt").contains("claimed"));
    assert!(check_value("perpetrator", "Islamic State (IS)").is_ok() && check_value("perpetrator", " ; ").is_err());
}

#[test]
fn a_statement_that_a_person_read_is_about_what_stands_in_its_words() {
    let state = |speaker: &str| Ruling::State {
        anchor: anchor("12 people died in Velmar", "words"),
        speaker: speaker.into(),
        stance: Stance::Denies,
    };
    let it = laid(&[state("A medic")]);
    let own = it.statements.last().expect("it is added");
    assert_eq!((own.speaker.actor.as_deref(), own.stance), (Some("a2"), Stance::Denies));
    assert!(own.about.contains(&"e1".to_owned()), "{:?}", own.about);
    assert_eq!((own.kind, own.speaker.span), (ContentKind::Event, Some(span("A medic"))));
    let own = laid(&[state("outlet")]);
    assert_eq!(own.statements.last().expect("it is added").speaker.span, None, "the document's own voice");
    // Whoever the text does not name becomes an actor of it.
    assert!(laid(&[state("The mayor")]).actors.iter().any(|it| it.name == "The mayor"));
}
