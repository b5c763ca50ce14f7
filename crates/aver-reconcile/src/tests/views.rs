//! Grades, swing, what was known at a day, changes, contradictions, triangles.

use super::build::*;
use crate::*;
use aver_model::*;

fn blast(name: &str, source: &str, published: &str, text: &str) -> Doc {
    Doc::new(name, source, Some(published), text).place("p1", "Sorvan", "city", "Sorvan", "XS").event(
        "A blast",
        "bombing",
        "2022-05-01",
        "Sorvan",
        "market",
    )
}

fn early() -> Doc {
    blast("a", "Valley Post", "2022-05-02", "A blast in Sorvan killed 4 people.").exact("4 people", "killed", 4, OUTLET)
}

fn late() -> Doc {
    blast("b", "Lake Radio", "2022-05-09", "A blast in Sorvan killed 9 people.").exact("9 people", "killed", 9, OUTLET)
}

fn at(day: &str, docs: &[&Doc]) -> Vec<LedgerEvent> {
    let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
    let known = known_at(&readings, day.parse().unwrap());
    let edges = link(&known, &Reprints::none(), &[], codebook());
    events(&known, &edges, &Reprints::none(), &[], codebook())
}

#[test]
fn what_was_published_later_was_not_known() {
    let undated = Doc::new("c", "Hill Times", None, "A blast in Sorvan.").event("A blast", "bombing", "", "", "");
    let docs = [&early(), &late(), &undated];
    assert_eq!(at("2022-05-01", &docs).len(), 0);
    assert_eq!(at("2022-05-02", &docs)[0].accounts.len(), 1);
    assert_eq!(at("2022-05-09", &docs)[0].accounts.len(), 2);
}

#[test]
fn a_change_names_the_account_and_the_estimate_that_moved() {
    let (early, late) = (early(), late());
    let docs = [&early, &late];
    let found = changes(&at("2022-05-02", &docs), &at("2022-05-09", &docs));
    let words = |kind: &str| found.iter().filter(|it| it.kind == kind).map(|it| it.words.clone()).collect::<Vec<_>>();
    assert_eq!(words("account"), ["Lake Radio in b.txt"]);
    assert_eq!(words("disputed"), ["killed"]);
    assert!(
        words("estimate").contains(&"killed, range-all/1: 4 / — / 4 before, 4 / — / 9 now".to_string()),
        "{found:?}"
    );
    assert!(words("new").is_empty());
    assert!(changes(&at("2022-05-09", &docs), &at("2022-05-09", &docs)).is_empty());
}

#[test]
fn new_and_gone_are_told() {
    let docs = [&early()];
    let kinds = |found: Vec<Change>| found.into_iter().map(|it| it.kind).collect::<Vec<_>>();
    assert_eq!(kinds(changes(&[], &at("2022-05-09", &docs))), ["new"]);
    assert_eq!(kinds(changes(&at("2022-05-09", &docs), &[])), ["gone"]);
}

#[test]
fn swing_names_the_policies_at_both_ends() {
    let found = ledger(&[&early(), &late()], &[]);
    let swing = &swings(&found[0])[0];
    assert_eq!((swing.measure.as_str(), swing.low, swing.high), ("killed", 4, 9));
    assert!(swing.low_by.contains(&"acled-conservative/1".to_string()), "{swing:?}");
    assert!(swing.high_by.contains(&"maverick-inf/1".to_string()), "{swing:?}");
}

#[test]
fn one_report_is_weak_and_a_claim_by_the_perpetrator_confirms() {
    let found = ledger(&[&early()], &[]);
    let it = grades(&found[0]);
    assert_eq!((it.airwars, it.doubtterr, it.guncertain, it.event_clarity), ("weak", 0, None, 1));
    let (dated, _) = lodging();
    let found = ledger(&[&dated], &[]);
    let it = grades(&found[0]);
    assert_eq!((it.airwars, it.guncertain), ("confirmed", Some(0)), "{it:?}");
}

#[test]
fn a_named_suspect_is_uncertain_and_rival_names_are_contested() {
    let named = |name: &str, source: &str, who: &str, basis: Basis| {
        blast(name, source, "2022-05-02", &format!("A blast in Sorvan. {who} is blamed."))
            .actor("a1", who, "armed_group", None, who)
            .by("a1", basis, OUTLET)
    };
    let suspected = ledger(&[&named("a", "Valley Post", "Grey Fist", Basis::Alleged)], &[]);
    assert_eq!(grades(&suspected[0]).guncertain, Some(1));
    let docs = [
        &named("a", "Valley Post", "Grey Fist", Basis::Stated),
        &named("b", "Lake Radio", "Moor Guard", Basis::Stated),
    ];
    let rivals = ledger(&docs, &[]);
    assert_eq!(rivals.len(), 1, "both are one event");
    assert_eq!(grades(&rivals[0]).airwars, "contested");
}

#[test]
fn two_numbers_of_one_speaker_in_one_document_are_found() {
    let doc = blast("a", "Valley Post", "2022-05-02", "A blast in Sorvan killed 4 people. In all 7 people died.")
        .exact("4 people", "killed", 4, OUTLET)
        .exact("7 people", "killed", 7, OUTLET);
    let found = contradictions(&ledger(&[&doc], &[]));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].speaker.as_str()), ("two-numbers", "Valley Post"));
    assert!(
        contradictions(&ledger(&[&early(), &late()], &[])).is_empty(),
        "speakers who differ do not contradict themselves"
    );
}

#[test]
fn a_speaker_who_changes_its_number_is_found() {
    let again = blast("b", "Valley Post", "2022-05-09", "A blast in Sorvan killed 9 people.")
        .exact("9 people", "killed", 9, OUTLET);
    let found = contradictions(&ledger(&[&early(), &again], &[]));
    assert_eq!(found.iter().map(|it| it.kind).collect::<Vec<_>>(), ["changed-number"]);
}

#[test]
fn a_mention_that_fits_two_which_exclude_each_other_is_a_triangle() {
    let reference = |it: &str| MentionRef { document: it.into(), file: it.into(), event: "e1".into() };
    let edge = |a: &str, b: &str, verdict: &str| Edge {
        id: format!("{a}{b}"),
        a: reference(a),
        b: reference(b),
        score: 0.9,
        verdict: verdict.into(),
        decision: None,
        reasons: vec![],
    };
    let found = triangles(&[
        edge("a", "b", "different"),
        edge("a", "c", "same"),
        edge("b", "c", "same"),
        edge("a", "d", "same"),
    ]);
    assert_eq!(found, [Triangle { between: reference("c"), a: reference("a"), b: reference("b") }]);
    assert!(triangles(&[edge("a", "b", "same"), edge("a", "c", "same"), edge("b", "c", "same")]).is_empty());
}
