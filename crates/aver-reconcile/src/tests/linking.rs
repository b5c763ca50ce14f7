//! Which mentions become one event.

use super::build::*;
use crate::{Reprints, link};
use aver_model::*;

fn edges(docs: &[&Doc]) -> Vec<Edge> {
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    link(&readings, &Reprints::none(), &[], codebook())
}

fn blast(name: &str, day: &str, place: &str, facility: &str) -> Doc {
    Doc::new(
        name,
        name,
        Some("2022-10-09"),
        "A blast at a site hit Sorvan and Mirel and Temun that day, officials said.",
    )
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .place("p2", "Mirel", "city", "Mirel", "XS")
    .place("p3", "Temun", "city", "Temun", "XT")
    .event("A blast at a site", "bombing", day, place, facility)
}

#[test]
fn a_weekday_without_a_date_meets_a_dated_monday() {
    let (dated, undated) = lodging();
    let edges = edges(&[&dated, &undated]);
    assert_eq!(edges.len(), 1);
    assert_eq!(edges[0].verdict, "same", "{edges:#?}");
    let features: Vec<&str> = edges[0].reasons.iter().map(|it| it.feature.as_str()).collect();
    assert!(features.contains(&"weekday") && features.contains(&"site"), "{features:?}");
    assert_eq!(ledger(&[&dated, &undated], &[]).len(), 1);
}

#[test]
fn another_day_country_or_site_is_another_event() {
    let first = blast("a", "2022-10-05", "Sorvan", "mosque");
    assert_eq!(ledger(&[&first, &blast("b", "2022-10-05", "Sorvan", "mosque")], &[]).len(), 1);
    assert_eq!(ledger(&[&first, &blast("b", "2022-10-07", "Sorvan", "mosque")], &[]).len(), 2);
    assert_eq!(ledger(&[&first, &blast("b", "2022-10-05", "Temun", "mosque")], &[]).len(), 2);
    assert_eq!(ledger(&[&first, &blast("b", "2022-10-05", "Mirel", "mosque")], &[]).len(), 2);
    assert_eq!(ledger(&[&first, &blast("b", "2022-10-05", "Sorvan", "hotel")], &[]).len(), 2);
}

#[test]
fn a_month_a_day_and_no_date_can_tell_one_airport_attack() {
    let month = Doc::new(
        "a",
        "Valley Post",
        Some("2022-12-14"),
        "The Red Hill Front killed 13 soldiers in a suicide attack at Sorvan airport in August 2021.",
    )
    .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("a suicide attack at Sorvan airport", "suicide_bombing", "2021-08-01..2021-08-31", "Sorvan", "airport")
    .by("a1", Basis::Stated, OUTLET);
    let fresh = Doc::new(
        "b",
        "Lake Radio",
        Some("2021-08-27"),
        "Dozens were killed in the attack on the airport of Sorvan; the Red Hill Front took responsibility.",
    )
    .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("the attack on the airport", "attack", "", "Sorvan", "airport")
    .by("a1", Basis::Claimed, "a1");
    let late = Doc::new(
        "c",
        "Hill Daily",
        Some("2023-03-19"),
        "Among them was the attack on Sorvan airport while people were being evacuated, by the Red Hill Front.",
    )
    .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("the attack on Sorvan airport", "attack", "", "Sorvan", "airport")
    .by("a1", Basis::Attributed, OUTLET);
    let events = ledger(&[&month, &fresh, &late], &[]);
    assert_eq!(grouping(&events), vec![vec!["a#e1", "b#e1", "c#e1"]]);
    assert_eq!(events[0].kind, "suicide_bombing");
    assert_eq!(events[0].title, "Suicide bombing at an airport, Sorvan");
}

#[test]
fn reports_of_one_pattern_about_two_towns_are_two_events() {
    let (here, there) = (blast("a", "2022-10-05", "Sorvan", "mosque"), blast("b", "2022-10-05", "Mirel", "mosque"));
    let again = blast("c", "2022-10-05", "Sorvan", "mosque");
    let taken_for_one = Reprints::new([["a", "b", "c"].map(|it| format!("sha-{it}")).to_vec()]);
    let events = ledger_with(&[&here, &there, &again], &taken_for_one, &[]);
    assert_eq!(grouping(&events), [vec!["a#e1", "c#e1"], vec!["b#e1"]]);
}

#[test]
fn an_undated_attack_that_fits_two_dates_stays_for_review() {
    let first = blast("a", "2022-10-01", "Sorvan", "mosque");
    let second = blast("b", "2022-10-05", "Sorvan", "mosque");
    let undated = blast("c", "", "Sorvan", "mosque");
    let edges = edges(&[&first, &second, &undated]);
    assert!(edges.iter().all(|it| it.verdict != "same"), "{edges:#?}");
    assert!(edges.iter().any(|it| it.reasons.iter().any(|it| it.feature == "ambiguous")), "{edges:#?}");
}

#[test]
fn a_site_without_a_town_meets_its_town_by_day_site_and_a_shared_name() {
    let told = Doc::new(
        "a",
        "Valley Post",
        Some("2022-12-15"),
        "In Sorvan, Red Hill gunmen stormed a guesthouse, wounding five Mirelian citizens. Sorvan mourns.",
    )
    .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("gunmen stormed a guesthouse", "armed_assault", "2022-12-12..2022-12-15", "Sorvan", "guesthouse")
    .by("a1", Basis::Stated, OUTLET);
    let bare = Doc::new("b", "Lake Radio", Some("2023-03-19"), "On December 12, the Red Hill Front attacked the guest house, which housed Mirelian nationals. Sorvan is quiet.")
        .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .event("attacked the guest house", "attack", "2022-12-12", "", "")
        .by("a1", Basis::Stated, OUTLET)
        .with(|it| it.place = Some(EventPlace { name: "guest house".into(), admin1: None, country: None, facility: Some("guest house".into()), from: None }));
    assert_eq!(ledger(&[&told, &bare], &[]).len(), 1, "{:#?}", edges(&[&told, &bare]));
}

#[test]
fn one_never_joins_many() {
    let single = blast("a", "2022-10-05", "Sorvan", "mosque");
    let many = blast("b", "2022-10-05", "Sorvan", "mosque").with(|it| it.aggregate = true);
    let kind = blast("c", "2022-10-05", "Sorvan", "mosque").with(|it| it.generic = true);
    assert_eq!(ledger(&[&single, &many, &kind], &[]).len(), 3);
}

#[test]
fn rulings_join_and_part_and_can_be_undone() {
    let (a, b) = (blast("a", "2022-10-05", "Sorvan", "mosque"), blast("b", "2022-10-05", "Sorvan", "mosque"));
    let c = blast("c", "2022-11-05", "Temun", "hotel");
    let anchor = |it: &Doc| it.anchor("A blast at a site", "event");
    let apart = decision(1, Ruling::Different { a: anchor(&a), b: anchor(&b) });
    assert_eq!(ledger(&[&a, &b], std::slice::from_ref(&apart)).len(), 2);
    let joined = decision(2, Ruling::Same { a: anchor(&c), b: anchor(&a) });
    assert_eq!(ledger(&[&a, &b, &c], std::slice::from_ref(&joined)).len(), 1);
    let undo = decision(3, Ruling::Undo { decision: "d1".into() });
    assert_eq!(ledger(&[&a, &b], &[apart.clone(), joined, undo.clone()]), ledger(&[&a, &b], &[]));
    let again = decision(4, Ruling::Undo { decision: "d3".into() });
    assert_eq!(ledger(&[&a, &b], &[apart, undo, again]).len(), 2);
}

#[test]
fn a_ruling_survives_a_new_reading_by_its_words() {
    let (a, b) = (blast("a", "2022-10-05", "Sorvan", "mosque"), blast("b", "2022-10-05", "Sorvan", "mosque"));
    let mut anchor = a.anchor("A blast at a site", "event");
    anchor.span = Span::new(900, 917);
    anchor.quote = "A blast at a site hit Sorvan".into();
    let apart = decision(1, Ruling::Different { a: anchor, b: b.anchor("A blast at a site", "event") });
    assert_eq!(ledger(&[&a, &b], &[apart]).len(), 2);
}

#[test]
fn a_hundred_thousand_mentions_need_no_square_of_pairs() {
    let text = "A blast at a site hit Sorvan.";
    let docs: Vec<Doc> = (0..300)
        .map(|n| {
            let mut doc = Doc::new(&format!("{n:05}"), "Valley Post", Some("2022-10-09"), text)
                .place("p1", "Sorvan", "city", "Sorvan", "XS");
            for k in 0..10 {
                let day = Day::new(2015, 1, 1).unwrap().plus_days((n * 7 + k * 31) % 2500);
                doc = doc.event("A blast at a site", "bombing", &day.to_string(), "Sorvan", "");
            }
            doc
        })
        .collect();
    let codebook = codebook();
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    let edges = link(&readings, &Reprints::none(), &[], codebook);
    assert!(edges.len() < 3000 * 24, "{}", edges.len());
}

/// Reports of one town in one fortnight: more than a drawer holds, and more than a mention keeps.
fn crowd(count: usize) -> Vec<Doc> {
    let report = |n: usize| {
        let day = Day::new(2022, 5, 1).unwrap().plus_days((n * 7 % 11) as i64).to_string();
        let name = format!("{:05}", n * 7919 % 100_000);
        Doc::new(&name, "Valley Post", Some("2022-05-20"), "A blast at a site hit Sorvan, killing 4 people.")
            .place("p1", "Sorvan", "city", "Sorvan", "XS")
            .event(
                "A blast at a site",
                "bombing",
                if n.is_multiple_of(5) { "" } else { &day },
                "Sorvan",
                ["mosque", "hotel", ""][n % 3],
            )
            .exact("4 people", "killed", n as u64 % 3, OUTLET)
    };
    (0..count).map(report).collect()
}

#[test]
fn crowded_days_grow_and_shrink_to_the_links_made_anew() {
    let docs = crowd(260);
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    let none = Reprints::none();
    let linking = |readings: &[&Reading], before: Option<&crate::Linking>| {
        crate::Linker::new(readings, &none, codebook()).compare(before)
    };
    let whole = linking(&readings, None);
    for size in [1, 40, 64, 65, 150, 259] {
        let part = linking(&readings[..size], None);
        assert_eq!(linking(&readings, Some(&part)), whole, "grown from {size}");
        assert_eq!(linking(&readings[..size], Some(&whole)), part, "shrunk to {size}");
        let other = linking(&readings[260 - size..], None);
        assert_eq!(linking(&readings[..size], Some(&other)), part, "{size} in the place of others");
    }
}

#[test]
fn a_mention_takes_its_links_over_only_from_the_same_codebook() {
    let docs = crowd(30);
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    let none = Reprints::none();
    let earlier = crate::Linker::new(&readings, &none, codebook()).compare(None);
    let mut other = codebook().clone();
    other.version.push_str(" changed");
    other.events.iter_mut().for_each(|it| it.violent = false);
    let linker = crate::Linker::new(&readings, &none, &other);
    assert_eq!(linker.compare(Some(&earlier)), linker.compare(None));
    assert_ne!(linker.compare(None), earlier);
}
