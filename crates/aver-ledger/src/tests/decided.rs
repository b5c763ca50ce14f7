//! Decisions: a chain that holds, undoing, and anchors that outlive re-reading.

use super::{WHEN, add, assert_clean, two_documents};
use crate::fixture::{Folder, anchor, page, reading};
use crate::{Error, Ledger, Reanchored, check_chain, effective, link, reanchor};
use aver_model::*;
use proptest::prelude::*;

fn ids(decisions: &[Decision]) -> Vec<&str> {
    decisions.iter().map(|it| it.id.as_str()).collect()
}

#[test]
fn an_id_is_what_anyone_computes_from_the_chain() {
    let anchor = Anchor {
        value: None,
        definition: None,
        document: "d0".into(),
        quote: "the “bombing”".into(),
        span: Span::new(3, 9),
        field: "event".into(),
    };
    let first = link(None, Ruling::Accept { anchor }, "Ana", WHEN, None);
    let content = r#"{"number":1,"reason":null,"ruling":{"anchor":{"document":"d0","field":"event","quote":"the “bombing”","span":[3,9]},"verb":"accept"},"when":"2023-03-20T14:05:00Z","who":"Ana"}"#;
    assert_eq!(first.id, crate::sha256(content.as_bytes()));
    let second = link(Some(&first), Ruling::Undo { decision: first.id.clone() }, "Ben", WHEN, Some("mistaken"));
    assert_eq!((second.number, &second.previous), (2, &first.id));
    assert_eq!(check_chain(&[first, second]), Ok(()));
}

#[test]
fn undo_takes_out_and_undo_of_undo_brings_back() {
    let folder = Folder::new();
    let (mut ledger, a, b) = two_documents(&folder);
    let accept = ledger.decide(Ruling::Accept { anchor: anchor(&a) }, "Ana", WHEN, Some(" clear ")).unwrap();
    let same = ledger.decide(Ruling::Same { a: anchor(&a), b: anchor(&b) }, "Ben", WHEN, None).unwrap();
    let before = ledger.effective_decisions().unwrap();
    assert_eq!(ids(&before), [&accept.id, &same.id]);
    assert_eq!(accept.reason.as_deref(), Some("clear"));
    let undo = ledger.decide(Ruling::Undo { decision: accept.id[..10].into() }, "Ana", WHEN, None).unwrap();
    assert_eq!(undo.ruling, Ruling::Undo { decision: accept.id.clone() });
    assert_eq!(ids(&ledger.effective_decisions().unwrap()), [&same.id]);
    let again = ledger.decide(Ruling::Undo { decision: accept.id.clone() }, "Ben", WHEN, None).unwrap_err();
    assert!(matches!(&again, Error::AlreadyUndone { by, .. } if *by == undo.id));
    ledger.decide(Ruling::Undo { decision: undo.id.clone() }, "Ben", WHEN, None).unwrap();
    assert_eq!(ledger.effective_decisions().unwrap(), before);
    // The undo is undone itself, so the decision can be undone a second time.
    ledger.decide(Ruling::Undo { decision: accept.id.clone() }, "Ben", WHEN, None).unwrap();
    assert_eq!(ids(&ledger.effective_decisions().unwrap()), [&same.id]);
    assert_eq!(ledger.decisions().unwrap().len(), 5);
    assert_eq!(assert_clean(&ledger).decisions, 5);
}

#[test]
fn an_incomplete_decision_is_refused_in_words() {
    let folder = Folder::new();
    let (mut ledger, a, _) = two_documents(&folder);
    let accept = || Ruling::Accept { anchor: anchor(&a) };
    let mut refused = |ruling: Ruling, who: &str, when: &str| ledger.decide(ruling, who, when, None).unwrap_err();
    assert_eq!(refused(accept(), " ", WHEN).to_string(), "a decision needs the name of who decides");
    for when in ["", "now", "2023-03-20", "2023-03-20T14:05:00", "2023-03-20T14:05:00.Z", "2023-03-20T14:05:00Zz"] {
        assert_eq!(refused(accept(), "Ana", when).id(), "ledger-incomplete-decision", "{when}");
    }
    assert_eq!(
        refused(Ruling::Same { a: anchor(&a), b: anchor(&a) }, "Ana", WHEN).to_string(),
        "a decision needs two different mentions"
    );
    assert!(matches!(refused(Ruling::Undo { decision: "00".into() }, "Ana", WHEN), Error::UnknownDecision { .. }));
    assert!(matches!(refused(Ruling::Undo { decision: String::new() }, "Ana", WHEN), Error::UnknownDecision { .. }));
    let elsewhere = Anchor { document: "ff".into(), ..anchor(&a) };
    assert!(matches!(refused(Ruling::Reject { anchor: elsewhere }, "Ana", WHEN), Error::UnknownDocument { .. }));
    assert_eq!(ledger.decisions().unwrap(), []);
    for when in [WHEN, "2023-03-20T14:05:00.123456789Z", "2023-03-20T14:05:00+00:00"] {
        ledger.decide(accept(), "Ana", when, None).unwrap();
    }
}

/// Reads `text` as if it were the text of the document that `old` is of.
fn read_anew(old: &Reading, text: &str) -> Reading {
    let mut page = page("a.txt", text);
    page.document.sha256 = old.document.sha256.clone();
    reading(&page)
}

#[test]
fn a_decision_finds_its_words_after_a_new_reading() {
    let old = reading(&page("a.txt", "Menu\nA bombing in Velmar.\nA second bombing in Ostrey."));
    let mut anchor = anchor(&old);
    anchor.quote = "A second bombing".into();
    anchor.span = Span::new(26, 42);
    let decision = link(None, Ruling::Accept { anchor: anchor.clone() }, "Ana", WHEN, None);
    assert_eq!(reanchor(&decision, std::slice::from_ref(&old)), Reanchored::Kept);
    let moved = |text: &str| match reanchor(&decision, &[read_anew(&old, text)]) {
        Reanchored::Moved(ruling) => ruling.anchors().first().map(|it| it.span),
        _ => None,
    };
    // Furniture gone, a line broken elsewhere, characters of many bytes before it.
    assert_eq!(moved("A bombing in Velmar.\nA second bombing in Ostrey."), Some(Span::new(21, 37)));
    assert_eq!(moved("‘A bombing’.\nA \n second\tbombing in Ostrey."), Some(Span::new(13, 31)));
    // Of two places the nearer one.
    assert_eq!(moved("A second bombing. And much later, far from it: A second bombing."), Some(Span::new(47, 63)));
    // The words are gone; the words stand but nothing is read in them; the document is not there.
    let lost = Reanchored::Orphaned(vec![anchor.clone()]);
    assert_eq!(reanchor(&decision, &[read_anew(&old, "A bombing in Velmar.")]), lost);
    let mut blind = old.clone();
    blind.events.clear();
    assert_eq!(reanchor(&decision, &[blind]), lost);
    assert_eq!(reanchor::<Reading>(&decision, &[]), lost);
}

#[test]
fn a_pair_moves_together_and_an_undo_always_holds() {
    let (a, b) = (reading(&page("a.txt", "xx bombing")), reading(&page("b.txt", "yy bombing")));
    let same = link(None, Ruling::Same { a: anchor(&a), b: anchor(&b) }, "Ana", WHEN, None);
    assert_eq!(reanchor(&same, &[a.clone(), b.clone()]), Reanchored::Kept);
    let expected = Ruling::Same { a: anchor(&a), b: Anchor { span: Span::new(1, 8), ..anchor(&b) } };
    assert_eq!(reanchor(&same, &[a.clone(), read_anew(&b, "ybombing")]), Reanchored::Moved(Box::new(expected)));
    assert_eq!(reanchor(&same, std::slice::from_ref(&a)), Reanchored::Orphaned(vec![anchor(&b)]));
    let undo = link(Some(&same), Ruling::Undo { decision: same.id.clone() }, "Ana", WHEN, None);
    assert_eq!(reanchor::<Reading>(&undo, &[]), Reanchored::Kept);
}

#[test]
fn an_anchor_out_of_range_or_without_words_is_orphaned_not_a_panic() {
    let it = reading(&page("a.txt", "é bombing"));
    for (quote, span) in [
        ("", Span::new(0, 0)),
        ("  ", Span::new(0, 2)),
        ("bombing!", Span::new(90, 99)),
        ("x", Span::new(usize::MAX, usize::MAX)),
    ] {
        let anchor = Anchor {
            document: it.document.sha256.clone(),
            quote: quote.into(),
            span,
            field: "?".into(),
            value: None,
            definition: None,
        };
        assert_eq!(crate::find_anchor(&anchor, &it), None);
    }
}

/// One step of an analyst: accept, reject, same, or undo of an earlier decision.
fn steps() -> impl Strategy<Value = Vec<(u8, usize, String)>> {
    prop::collection::vec((0..5_u8, any::<usize>(), ".{0,12}"), 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Exported decisions, replayed into another ledger, give the same chain; any change to one breaks it.
    #[test]
    fn replaying_an_export_gives_the_same_chain(steps in steps(), touched in any::<usize>()) {
        let folder = Folder::new();
        let (mut ledger, a, b) = two_documents(&folder);
        for (verb, pick, words) in &steps {
            let made = ledger.decisions().unwrap();
            let ruling = match verb {
                0 => Ruling::Accept { anchor: anchor(&a) },
                1 => Ruling::Reject { anchor: anchor(&b) },
                2 => Ruling::Same { a: anchor(&a), b: anchor(&b) },
                _ if made.is_empty() => Ruling::Different { a: anchor(&a), b: anchor(&b) },
                _ => Ruling::Undo { decision: made[pick % made.len()].id.clone() },
            };
            match ledger.decide(ruling, &format!("Ana{words}"), WHEN, Some(words)) {
                Ok(_) | Err(Error::AlreadyUndone { .. }) => {}
                Err(err) => panic!("{err}"),
            }
        }
        let export = serde_json::to_string(&ledger.decisions().unwrap()).unwrap();
        let import: Vec<Decision> = serde_json::from_str(&export).unwrap();
        prop_assert_eq!(check_chain(&import), Ok(()));
        let mut copy = Ledger::create(folder.file("copy.aver")).unwrap();
        add(&mut copy, "b.txt", &b.text);
        add(&mut copy, "a.txt", &a.text);
        for it in &import {
            copy.decide(it.ruling.clone(), &it.who, &it.when, it.reason.as_deref()).unwrap();
        }
        prop_assert_eq!(copy.decisions().unwrap(), import.clone());
        prop_assert_eq!(copy.stamp().unwrap(), ledger.stamp().unwrap());
        prop_assert!(ledger.verify().unwrap().is_clean());
        // Undoing the last decision gives back what held before it.
        let before = effective(&import[..import.len() - 1]);
        copy.decide(Ruling::Undo { decision: import[import.len() - 1].id.clone() }, "Ana", WHEN, None).unwrap();
        prop_assert_eq!(copy.effective_decisions().unwrap(), before);
        let mut forged = import;
        let touched = touched % forged.len();
        forged[touched].who.push('x');
        prop_assert_eq!(check_chain(&forged).unwrap_err().0, touched as u64 + 1);
    }
}
