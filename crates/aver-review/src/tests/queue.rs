//! What to decide next, and what it would move.

use super::build::*;
use crate::{Queue, candidates, effect, people, weight};
use aver_model::*;

fn two_events() -> (Reading, Vec<LedgerEvent>, Edge) {
    let mut reading = reading();
    let mut second = reading.events[0].clone();
    (second.id, second.span, second.mentions) = ("e2".into(), span("30 died"), vec![span("30 died")]);
    reading.events[0].mentions.truncate(1);
    reading.events.push(second);
    let events = vec![event("ev-1", "e1", (12, 12), "draft"), event("ev-2", "e2", (30, 40), "draft")];
    let edge = Edge {
        id: "ed-1".into(),
        a: events[0].mentions[0].clone(),
        b: events[1].mentions[0].clone(),
        score: 0.6,
        verdict: "near".into(),
        decision: None,
        reasons: vec![],
    };
    (reading, events, edge)
}

#[test]
fn the_greatest_possible_change_comes_first() {
    let (reading, events, edge) = two_events();
    let found = candidates(&events, &[edge], &[&reading], &[], "range-all");
    let shown: Vec<(Queue, u64)> = found.iter().map(|it| (it.queue, it.at_stake)).collect();
    assert_eq!(shown, [(Queue::Drafts, 40), (Queue::SameEvent, 12), (Queue::Drafts, 12)]);
    assert_eq!(found[1].events, ["ev-1", "ev-2"]);
    assert_eq!(found[0].anchors[0].quote, "30 died");
}

#[test]
fn what_is_decided_is_not_asked_again() {
    let (reading, events, edge) = two_events();
    let (a, b) = (anchor("12 people died", "event"), anchor("30 died", "event"));
    let made = [
        decision(1, "ana", Ruling::Unsure { a: b.clone(), b: a.clone() }),
        decision(2, "ana", Ruling::Accept { anchor: b }),
    ];
    let found = candidates(&events, &[edge], &[&reading], &made, "range-all");
    assert_eq!(found.iter().map(|it| it.queue).collect::<Vec<_>>(), [Queue::Drafts]);
    assert_eq!(found[0].anchors[0], Anchor { value: Some("killing".into()), ..a });
}

#[test]
fn only_figures_on_which_accounts_differ_are_asked_for() {
    let (reading, mut events, _) = two_events();
    let evidence =
        |quote: &str| Evidence { document: "d1".into(), file: "a.txt".into(), span: span(quote), quote: quote.into() };
    events.truncate(1);
    events[0].estimates[0].high = Some(30);
    for (id, quote, value) in [("f1", "12 people", 12), ("f2", "30", 30)] {
        events[0].accounts.push(Account {
            id: id.into(),
            document: "d1".into(),
            file: "a.txt".into(),
            source: None,
            speaker: id.into(),
            codebook: None,
            voice: String::new(),
            party: false,
            chain: vec![],
            stances: vec![],
            time: None,
            time_evidence: None,
            place: None,
            figures: vec![AccountFigure { figure: figure(id, quote, value, "a1"), evidence: evidence(quote) }],
            perpetrators: vec![],
            evidence: vec![],
            reprints: vec![],
        });
    }
    let weighed = |account: &str, value| Weighed {
        account: account.into(),
        low: Some(value),
        high: Some(value),
        left_out: String::new(),
    };
    events[0].estimates[0].weighed = vec![weighed("f1", 12), weighed("f2", 30), weighed("f3", 12)];
    let asked = |events: &[LedgerEvent]| {
        let found = candidates(events, &[] as &[Edge], &[&reading], &[], "range-all");
        found.into_iter().filter(|it| it.queue == Queue::Figures).collect::<Vec<_>>()
    };
    assert!(asked(&events).is_empty());
    events[0].disputed = vec!["killed".into()];
    let found = asked(&events);
    // Without the 30 the range ends at 12; without one 12 the other still stands.
    let at_stake = |found: &[crate::Candidate]| {
        found.iter().map(|it| (it.anchors[0].value.clone().unwrap_or_default(), it.at_stake)).collect::<Vec<_>>()
    };
    assert_eq!(at_stake(&found), [("30".into(), 9), ("12".into(), 0)]);
    events[0].estimates[0].weighed[1].left_out = "a part, not the whole".into();
    assert!(asked(&events).iter().all(|it| it.at_stake == 0));
}

#[test]
fn an_effect_is_the_difference_of_the_published_sums() {
    let (_, before, _) = two_events();
    let joined = vec![event("ev-1", "e1", (12, 40), "draft")];
    let changes = effect(&before, &joined, "range-all");
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].before, changes[0].after), ((42, 52), (12, 40)));
    assert_eq!(weight(&changes), 21);
    assert_eq!(effect(&before, &before, "range-all"), []);
    let rejected = vec![before[0].clone(), event("ev-2", "e2", (30, 40), "rejected")];
    assert_eq!(effect(&before, &rejected, "range-all")[0].after, (12, 12));
    assert_eq!(people(&before[1], "range-all"), 40);
}
