//! What must hold for any input.

use super::build::*;
use crate::policy::{Given, estimate, policies};
use aver_model::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn any_given() -> impl Strategy<Value = Given> {
    let ops = prop::sample::select(FigureOp::ALL.to_vec());
    (
        0..6usize,
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0..40i64),
        ops,
        prop::option::of(0..500u64),
        prop::option::of(0..500u64),
    )
        .prop_map(|(who, perpetrator, party, day, op, low, more)| Given {
            account: format!("account {who} {op} {low:?} {more:?}"),
            speaker: format!("speaker {who}"),
            perpetrator,
            party: party || perpetrator,
            published: day.and_then(|it| Some(Day::new(2022, 1, 1)?.plus_days(it))),
            op,
            low,
            high: more.map(|it| low.unwrap_or(0) + it),
            left_out: String::new(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn bounds_are_ordered_and_somebodys(givens in prop::collection::vec(any_given(), 0..8)) {
        let codebook = codebook();
        for policy in policies(codebook) {
            let it = estimate(policy, "killed", &givens).unwrap();
            let bounds: Vec<u64> = [it.low, it.best, it.high].into_iter().flatten().collect();
            prop_assert!(bounds.is_sorted(), "{it:?}");
            let mut written: BTreeSet<u64> = policy.words.values().copied().collect();
            written.extend(givens.iter().flat_map(|it| [it.low, it.high]).flatten());
            prop_assert!(bounds.iter().all(|it| written.contains(it)), "{it:?}");
            prop_assert_eq!(it.weighed.len(), givens.len());
            prop_assert!(!it.indeterminate || it.best.is_none());
            prop_assert!(it.indeterminate || it.low.is_some(), "{it:?}");
        }
    }

    #[test]
    fn the_order_of_figures_does_not_matter(givens in prop::collection::vec(any_given(), 0..8)) {
        let mut reversed = givens.clone();
        reversed.reverse();
        let codebook = codebook();
        for policy in policies(codebook) {
            prop_assert_eq!(estimate(policy, "killed", &givens), estimate(policy, "killed", &reversed));
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter(seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 1..9), turn in 0..8usize) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let forward: Vec<&Doc> = docs.iter().collect();
        let mut turned = forward.clone();
        turned.rotate_left(turn % docs.len());
        turned.reverse();
        prop_assert_eq!(ledger(&forward, &[]), ledger(&turned, &[]));
    }

    #[test]
    fn undoing_a_ruling_restores_the_ledger(seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 2..6), same in any::<bool>()) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let docs: Vec<&Doc> = docs.iter().collect();
        let (a, b) = (docs[0].anchor("A blast", "event"), docs[1].anchor("A blast", "event"));
        let ruling = decision(1, if same { Ruling::Same { a, b } } else { Ruling::Different { a, b } });
        let ruled = ledger(&docs, std::slice::from_ref(&ruling));
        let together = ruled.iter().any(|it| it.mentions.len() > 1 && ["sha-doc0", "sha-doc1"].iter().all(|sha| it.mentions.iter().any(|it| it.document == *sha)));
        prop_assert_eq!(together, same);
        let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
        let link = |decisions: &[Decision]| crate::link(&readings, &crate::Reprints::none(), decisions, codebook());
        let rulings = std::slice::from_ref(&ruling);
        prop_assert_eq!(crate::ruled(&readings, link(&[]), rulings), link(rulings));
        let mut of_two = crate::ruled(&readings[..2], link(&[]), rulings);
        of_two.sort_by(|a, b| (&a.a, &a.b).cmp(&(&b.a, &b.b)));
        prop_assert_eq!(of_two, link(rulings));
        let undo = decision(2, Ruling::Undo { decision: "d1".into() });
        prop_assert_eq!(ledger(&docs, &[ruling, undo]), ledger(&docs, &[]));
    }

    #[test]
    fn a_split_loses_and_adds_no_figure(seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 2..7), first in 0..7usize, second in 0..7usize) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let docs: Vec<&Doc> = docs.iter().collect();
        let anchor = |at: usize| docs[at % docs.len()].anchor("A blast", "event");
        prop_assume!(first % docs.len() != second % docs.len());
        let apart = decision(1, Ruling::Different { a: anchor(first), b: anchor(second) });
        let (whole, split) = (ledger(&docs, &[]), ledger(&docs, &[apart]));
        let sums = |events: &[LedgerEvent]| {
            let mut mentions: Vec<MentionRef> = events.iter().flat_map(|it| it.mentions.clone()).collect();
            let accounts = || events.iter().flat_map(|it| &it.accounts);
            let mut figures: Vec<(String, String)> = accounts()
                .flat_map(|it| it.figures.iter().map(|figure| (it.document.clone(), figure.figure.id.clone())))
                .collect();
            let told: u64 = accounts().flat_map(|it| &it.figures).filter_map(|it| it.figure.low).sum();
            mentions.sort();
            figures.sort();
            (mentions, figures, told)
        };
        prop_assert_eq!(sums(&whole), sums(&split));
        let weighed = |events: &[LedgerEvent]| -> Vec<usize> {
            let policies = codebook().policies.iter();
            policies
                .map(|policy| {
                    let all = events.iter().flat_map(|it| &it.estimates);
                    all.filter(|it| it.policy.starts_with(&format!("{}/", policy.id))).map(|it| it.weighed.len()).sum()
                })
                .collect()
        };
        prop_assert_eq!(weighed(&whole), weighed(&split));
    }

    #[test]
    fn shards_that_share_no_country_give_the_same_events_apart(seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 1..9)) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let abroad = |doc: &&Doc| doc.0.events[0].place.as_ref().unwrap().country.as_deref() == Some("XT");
        let (there, here): (Vec<&Doc>, Vec<&Doc>) = docs.iter().partition(abroad);
        let by_id = |mut events: Vec<LedgerEvent>| {
            events.sort_by(|a, b| a.id.cmp(&b.id));
            events
        };
        let apart = by_id([ledger(&here, &[]), ledger(&there, &[])].concat());
        prop_assert_eq!(by_id(ledger(&docs.iter().collect::<Vec<_>>(), &[])), apart);
    }

    #[test]
    fn a_ledger_grown_document_by_document_is_the_ledger_rebuilt(seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 1..7)) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let mut grown: Vec<&Doc> = Vec::new();
        let mut held = Vec::new();
        for doc in docs.iter().rev() {
            grown.push(doc);
            let now = ledger(&grown, &[]);
            prop_assert!(crate::changes(&held, &now).iter().all(|it| it.kind != "gone"));
            held = now;
        }
        prop_assert_eq!(held, ledger(&docs.iter().collect::<Vec<_>>(), &[]));
    }

    #[test]
    fn links_taken_over_from_an_earlier_state_are_the_links_made_anew(
        seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 1..14),
        before in 0..14usize,
        gone in 0..3usize,
        other_outlet in any::<bool>(),
        copies in prop::collection::vec((0..14usize, 0..14usize), 0..3),
    ) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let reprints = crate::Reprints::new(copies.iter().map(|(a, b)| vec![format!("sha-doc{a}"), format!("sha-doc{b}")]));
        let all: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
        // Earlier there were other documents, one was read differently, and no reprint was known.
        let mut changed = docs[0].0.clone();
        if other_outlet {
            changed.events[0].kind = "killing".into();
            changed.document.published = Published::given(Day::new(2022, 5, 30).unwrap(), Day::new(2022, 5, 30).unwrap());
        }
        let mut then: Vec<&Reading> = all.iter().skip(1).take(before).copied().collect();
        then.push(&changed);
        let extra: Vec<Doc> = (0..gone).map(|idx| some_doc(100 + idx, (idx as i64, idx, 0, true))).collect();
        then.extend(extra.iter().map(|it| &it.0));
        let codebook = codebook();
        let earlier = crate::Linker::new(&then, &crate::Reprints::none(), codebook).compare(None);
        let stored = crate::Linking::from_bytes(&earlier.to_bytes());
        prop_assert_eq!(stored.as_ref(), Some(&earlier));
        let linker = crate::Linker::new(&all, &reprints, codebook);
        let anew = linker.compare(None);
        prop_assert_eq!(&linker.compare(stored.as_ref()), &anew);
        prop_assert_eq!(&linker.compare(Some(&anew)), &anew);
        let links = linker.judge(&anew, &[]);
        let edges: Vec<Edge> = links.all().iter().map(|it| linker.edge(it, &links)).collect();
        prop_assert_eq!(&edges, &crate::link(&all, &reprints, &[], codebook));
        prop_assert_eq!(crate::events_of(&all, &links, &reprints, &[], codebook), crate::events(&all, &edges, &reprints, &[], codebook));
    }

    #[test]
    fn no_bytes_break_the_reading_of_a_stored_linking(bytes in prop::collection::vec(any::<u8>(), 0..120), cut in 0..400usize, flip in 0..400usize) {
        prop_assert!(crate::Linking::from_bytes(&bytes).is_none());
        let docs: Vec<Doc> = (0..4).map(|idx| some_doc(idx, (1, 0, 0, true))).collect();
        let readings: Vec<&Reading> = docs.iter().map(|it| &it.0).collect();
        let linker = crate::Linker::new(&readings, &crate::Reprints::none(), codebook());
        let mut stored = linker.compare(None).to_bytes();
        if let Some(byte) = stored.get_mut(flip) {
            *byte ^= 0x55;
        }
        prop_assert_eq!(crate::Linking::from_bytes(&stored).is_none(), flip < stored.len());
        stored.truncate(cut.min(stored.len().saturating_sub(1)));
        prop_assert!(crate::Linking::from_bytes(&stored).is_none());
    }

    #[test]
    fn no_event_holds_days_or_countries_that_exclude_each_other(seed in prop::collection::vec((0..6i64, 0..3usize, 0..3usize, any::<bool>()), 1..9)) {
        let docs: Vec<Doc> = seed.iter().enumerate().map(|(idx, it)| some_doc(idx, *it)).collect();
        let events = ledger(&docs.iter().collect::<Vec<_>>(), &[]);
        prop_assert_eq!(events.iter().map(|it| it.mentions.len()).sum::<usize>(), docs.len());
        for event in &events {
            prop_assert!(!event.accounts.is_empty());
            let of = |it: &MentionRef| docs.iter().find(|doc| doc.0.document.sha256 == it.document).unwrap();
            let days: BTreeSet<Option<Day>> = event.mentions.iter().filter_map(|it| of(it).0.events[0].time.as_ref().map(|it| it.start)).collect();
            prop_assert!(days.len() <= 1, "{event:?}");
        }
    }
}

fn some_doc(idx: usize, (day, place, site, dated): (i64, usize, usize, bool)) -> Doc {
    let when = Day::new(2022, 5, 1).unwrap().plus_days(day).to_string();
    let name = ["Sorvan", "Mirel", "Temun"][place];
    Doc::new(
        &format!("doc{idx}"),
        &format!("Outlet {}", idx % 3),
        Some("2022-05-20"),
        "A blast in Sorvan, Mirel or Temun killed 4 people.",
    )
    .place("p1", "Sorvan", "city", "Sorvan", "XS")
    .place("p2", "Mirel", "city", "Mirel", "XS")
    .place("p3", "Temun", "city", "Temun", "XT")
    .event("A blast", "bombing", if dated { &when } else { "" }, name, ["mosque", "hotel", ""][site])
    .exact("4 people", "killed", 4, OUTLET)
}
