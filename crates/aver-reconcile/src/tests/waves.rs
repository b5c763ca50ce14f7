//! What belongs to a wave of attacks.

use super::build::*;
use crate::{Part, parts};
use aver_model::*;

const TEXT: &str = "A wave of attacks hit the north; a blast hit Sorvan and Mirel and Temun, the Red Hill Front said.";

fn wave(place: &str, days: &str) -> Doc {
    Doc::new("wave", "Lake Radio", Some("2022-06-30"), TEXT)
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .place("p2", "Mirel", "city", "Mirel", "XS")
        .place("p3", "Temun", "city", "Temun", "XT")
        .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
        .event("A wave of attacks", "attack", days, place, "")
        .with(|it| it.aggregate = true)
}

fn blast(name: &str, day: &str, place: &str) -> Doc {
    Doc::new(name, "Valley Post", Some("2022-06-30"), TEXT)
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .place("p2", "Mirel", "city", "Mirel", "XS")
        .place("p3", "Temun", "city", "Temun", "XT")
        .actor("a1", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
        .event("a blast", "bombing", day, place, "")
}

/// The file of the part and its reasons.
fn found(docs: &[&Doc]) -> Vec<(String, Vec<String>)> {
    let events = ledger(docs, &[]);
    let file = |id: &str| events.iter().find(|it| it.id == id).unwrap().mentions[0].file.clone();
    let mut out: Vec<_> = parts(&events, codebook())
        .into_iter()
        .map(|Part { whole, part, reasons }| {
            assert_eq!(file(&whole), "wave.txt");
            (file(&part), reasons)
        })
        .collect();
    out.sort();
    out
}

#[test]
fn a_wave_holds_the_attacks_of_its_days_and_place_and_joins_none() {
    let wave = wave("Sorvan", "2022-05-01..2022-05-31");
    let (in_may, in_june) = (blast("may", "2022-05-03", "Sorvan"), blast("june", "2022-06-03", "Sorvan"));
    let (elsewhere, abroad) = (blast("mirel", "2022-05-03", "Mirel"), blast("abroad", "2022-05-03", "Temun"));
    let docs = [&wave, &in_may, &in_june, &elsewhere, &abroad];
    assert_eq!(ledger(&docs, &[]).len(), 5);
    let reasons =
        ["2022-05-03 lies in 2022-05-01 to 2022-05-31", "bombing is a kind of attack", "Sorvan lies in Sorvan"];
    assert_eq!(found(&docs), [("may.txt".into(), reasons.map(String::from).to_vec())]);
}

#[test]
fn without_a_place_the_perpetrators_must_agree() {
    let wave = wave("", "2022-05-01..2022-05-31").with(|it| it.place = None).by("a1", Basis::Claimed, "a1");
    let theirs = blast("theirs", "2022-05-03", "Sorvan").by("a1", Basis::Stated, OUTLET);
    let nobodys = blast("nobodys", "2022-05-05", "Temun");
    let parts = found(&[&wave, &theirs, &nobodys]);
    assert_eq!(parts.len(), 1, "{parts:?}");
    assert_eq!((parts[0].0.as_str(), parts[0].1[2].as_str()), ("theirs.txt", "both name Red Hill Front"));
}

#[test]
fn what_only_may_lie_inside_is_no_part() {
    let undated = blast("undated", "", "Sorvan");
    let longer = blast("longer", "2022-05-30..2022-06-02", "Sorvan");
    let talks = blast("talks", "2022-05-03", "Sorvan").with(|it| it.kind = "meeting".into());
    let other = wave("Sorvan", "2022-05-01..2022-05-31").with(|_| ());
    assert_eq!(found(&[&other, &undated, &longer, &talks]), []);
    let open = wave("Sorvan", "").with(|it| it.time = None);
    assert_eq!(found(&[&open, &blast("may", "2022-05-03", "Sorvan")]), []);
}
