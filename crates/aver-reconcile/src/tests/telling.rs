//! Accounts, estimates and disputes of one event.

use super::build::*;
use crate::Reprints;
use aver_model::*;

fn estimate<'e>(event: &'e LedgerEvent, measure: &str, policy: &str) -> &'e Estimate {
    event.estimates.iter().find(|it| it.measure == measure && it.policy == policy).unwrap()
}

#[test]
fn a_group_and_a_hospital_give_different_tolls() {
    let (dated, undated) = lodging();
    let events = ledger(&[&dated, &undated], &[]);
    let event = &events[0];
    assert_eq!(event.title, "Armed assault on a guest house, Sorvan");
    let voices: Vec<(&str, &str, bool)> =
        event.accounts.iter().map(|it| (it.speaker.as_str(), it.voice.as_str(), it.party)).collect();
    assert_eq!(
        voices,
        [
            ("Valley Post", "own voice", false),
            ("Lake Radio", "own voice", false),
            ("Red Hill Front", "party to the conflict, via Valley Post", true),
            ("Mercy Hospital", "via Valley Post", false),
        ]
    );
    assert_eq!(event.accounts[2].stances, [Stance::ClaimsResponsibility]);
    assert_eq!(event.accounts[3].evidence[0].quote, "the Mercy Hospital said three people had died");
    assert_eq!(event.disputed, ["killed"]);
    assert_eq!(event.independent_speakers, 4);
    assert_eq!(event.time.as_ref().unwrap().start, "2022-12-12".parse().ok());

    let answer = |policy| {
        let it = estimate(event, "killed", policy);
        (it.low, it.best, it.high, it.indeterminate)
    };
    assert_eq!(answer("acled-conservative/1"), (Some(3), Some(3), Some(3), false));
    assert_eq!(answer("gtd-recent/1"), (Some(3), Some(3), Some(3), false));
    assert_eq!(answer("ucdp-lbh/1"), (Some(3), Some(3), Some(30), false));
    assert_eq!(answer("ibc-range/1"), (Some(3), None, Some(3), false));
    assert_eq!(answer("airwars-range/1"), (Some(3), None, Some(3), false));
    assert_eq!(answer("maverick-inf/1"), (Some(30), Some(30), Some(30), false));
    assert_eq!(answer("range-all/1"), (Some(3), None, Some(30), false));
    let weighed = &estimate(event, "killed", "acled-conservative/1").weighed;
    assert_eq!(weighed.len(), 3);
    assert_eq!(weighed.iter().filter(|it| it.left_out == "the perpetrator's own figure").count(), 1);
}

#[test]
fn only_the_perpetrator_counts_and_the_policy_leaves_it_open() {
    let doc = Doc::new(
        "a",
        "Valley Post",
        Some("2023-03-20"),
        "The Red Hill Front attacked a checkpoint in Sorvan and said it killed five.",
    )
    .actor("a1", "Red Hill News", "media", Some("rhf-news"), "Red Hill")
    .actor("a2", "Red Hill Front", "armed_group", Some("rhf"), "Red Hill Front")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("attacked a checkpoint", "armed_assault", "2023-03-18", "Sorvan", "checkpoint")
    .by("a2", Basis::Claimed, "a2")
    .exact("killed five", "killed", 5, "a1");
    let events = ledger(&[&doc], &[]);
    let it = estimate(&events[0], "killed", "acled-conservative/1");
    assert!(it.indeterminate && it.best.is_none());
    assert_eq!(it.why, "only the perpetrator gives a number");
    assert_eq!(estimate(&events[0], "killed", "ucdp-lbh/1").high, Some(5));
}

#[test]
fn vague_words_count_as_each_policy_says() {
    let doc = Doc::new("a", "Valley Post", Some("2023-03-20"), "A bombing in Sorvan killed dozens.")
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .event("A bombing", "bombing", "2023-03-18", "Sorvan", "")
        .figure("dozens", "killed", FigureOp::Dozens, Some(24), None, OUTLET);
    let events = ledger(&[&doc], &[]);
    assert_eq!(estimate(&events[0], "killed", "acled-conservative/1").best, Some(12));
    assert_eq!(estimate(&events[0], "killed", "range-all/1").low, Some(24));
    let gtd = estimate(&events[0], "killed", "gtd-recent/1");
    assert!(gtd.indeterminate);
    assert_eq!(gtd.weighed[0].left_out, "a vague word, which this policy leaves blank");
}

#[test]
fn a_part_is_never_compared_with_the_whole() {
    let text = "A bombing in Sorvan killed 50 people, 12 of them pupils, and 700 were killed and injured.";
    let doc = Doc::new("a", "Valley Post", Some("2023-03-20"), text)
        .place("p1", "Sorvan", "city", "Sorvan", "XS")
        .event("A bombing", "bombing", "2023-03-18", "Sorvan", "")
        .exact("50 people", "killed", 50, OUTLET)
        .exact("12 of them", "killed", 12, OUTLET)
        .figure_with(|it| it.part_of = Some("f1".into()))
        .exact("700 were killed and injured", "killed_or_wounded", 700, OUTLET);
    let events = ledger(&[&doc], &[]);
    let it = estimate(&events[0], "killed", "range-all/1");
    assert_eq!((it.low, it.high), (Some(50), Some(50)));
    assert!(it.weighed.iter().any(|it| it.left_out == "a part, not the whole"));
    assert_eq!(estimate(&events[0], "killed_or_wounded", "range-all/1").high, Some(700));
    assert!(events[0].disputed.is_empty());
}

#[test]
fn a_reprint_counts_once() {
    let text = "A bombing in Sorvan killed 8 people, the Mercy Hospital said.";
    let doc = |name: &str, source: &str, day| {
        Doc::new(name, source, day, text)
            .actor("a1", "Mercy Hospital", "body", None, "Mercy Hospital")
            .place("p1", "Sorvan", "city", "Sorvan", "XS")
            .event("A bombing", "bombing", "2023-03-18", "Sorvan", "")
            .exact("8 people", "killed", 8, "a1")
            .says("killed 8 people, the Mercy Hospital said", "a1", Stance::Reports, &["f1"])
    };
    let (first, second) = (doc("b", "Valley Post", Some("2023-03-19")), doc("a", "Copy Site", None));
    let reprints = Reprints::new([vec!["sha-a".to_string(), "sha-b".to_string()]]);
    let events = ledger_with(&[&first, &second], &reprints, &[]);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].accounts.len(), 2);
    assert_eq!(events[0].independent_speakers, 2);
    assert!(
        events[0].accounts.iter().all(|it| it.source.as_deref() == Some("Valley Post") && it.reprints == ["sha-a"])
    );
    assert_eq!(events[0].mentions.len(), 2);
    assert!(estimate(&events[0], "killed", "ibc-range/1").indeterminate);
}

#[test]
fn a_denial_disputes_the_event_and_a_body_of_a_party_is_a_party() {
    let doc = Doc::new(
        "a",
        "Valley Post",
        Some("2023-03-20"),
        "Residents said the army raided Sorvan. The Sorvan Police denied the raid.",
    )
    .actor("a1", "Sorvan Authority", "state", Some("gov"), "the army")
    .actor("a2", "Sorvan Police", "state_force", Some("gov-police"), "Sorvan Police")
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .event("the army raided Sorvan", "security_operation", "2023-03-18", "Sorvan", "")
    .by("a1", Basis::Alleged, OUTLET)
    .says("The Sorvan Police denied the raid", "a2", Stance::Denies, &["e1"]);
    let events = ledger(&[&doc], &[]);
    assert_eq!(events[0].disputed, ["event"]);
    let police = events[0].accounts.iter().find(|it| it.speaker == "Sorvan Police").unwrap();
    assert!(police.party);
    assert_eq!(police.stances, [Stance::Denies]);
}

#[test]
fn an_analyst_accepts_an_event_and_rejects_a_figure() {
    let (dated, _) = lodging();
    let accept = decision(1, Ruling::Accept { anchor: dated.anchor("attacked the guest house", "event") });
    let reject = decision(2, Ruling::Reject { anchor: dated.anchor("30 people were killed", "figure") });
    let events = ledger(&[&dated], &[accept, reject.clone()]);
    assert_eq!(events[0].review, "accepted");
    assert_eq!(estimate(&events[0], "killed", "range-all/1").high, Some(3));
    assert!(
        estimate(&events[0], "killed", "range-all/1").weighed.iter().any(|it| it.left_out == "rejected by an analyst")
    );
    let undone = [reject, decision(3, Ruling::Undo { decision: "d2".into() })];
    assert_eq!(ledger(&[&dated], &undone), ledger(&[&dated], &[]));
}
