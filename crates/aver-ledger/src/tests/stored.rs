//! Documents, readings, edges, views and search: what goes in comes out.

use super::{add, assert_clean, two_documents};
use crate::fixture::{ENTERED, Folder, ledger_event, page, reading};
use crate::{Added, Addition, Appended, Error, HitKind, Ledger, RunChange, ViewChanges, Views};
use aver_model::*;

#[test]
fn a_document_comes_back_as_it_was_stored() {
    let folder = Folder::new();
    let path = folder.file("new/folder/odd.aver");
    let text = "Title “é” 𝄞\r\n\0nul and \u{feff} marks\nA bombing killed 3, police said.\n";
    let mut ledger = Ledger::create(&path).unwrap();
    let stored = add(&mut ledger, "odd ‘name’.txt", text);
    drop(ledger);
    let ledger = Ledger::open_read_only(&path).unwrap();
    let hash = &stored.document.sha256;
    assert_eq!(ledger.bytes(hash).unwrap(), text.as_bytes());
    assert_eq!(ledger.page(hash).unwrap(), page("odd ‘name’.txt", text));
    assert_eq!(ledger.reading(hash).unwrap(), stored);
    assert_eq!(ledger.readings().unwrap(), std::slice::from_ref(&stored));
    let filed = ledger.documents().unwrap();
    assert_eq!((filed[0].number, filed[0].size, filed[0].readings), (1, text.len() as u64, 1));
    assert_eq!(filed[0].fingerprint, b"\x01\xff");
    assert_eq!(ledger.document_hash(&hash[..7]).unwrap(), *hash);
    assert!(matches!(ledger.document_hash("zz"), Err(Error::UnknownDocument { .. })));
    assert!(matches!(ledger.reading("00"), Err(Error::UnknownDocument { .. })));
    assert!(matches!(ledger.bytes("00"), Err(Error::UnknownDocument { .. })));
    assert_clean(&ledger);
}

#[test]
fn the_same_bytes_are_stored_once_whatever_the_file_is_called() {
    let folder = Folder::new();
    let (mut ledger, a, _) = two_documents(&folder);
    let again = page("copy.txt", &a.text);
    let added = ledger.add(&again, a.text.as_bytes(), &reading(&again), &[], ENTERED).unwrap();
    assert_eq!(added, Added::SameBytes(Box::new(a.document.clone())));
    assert_eq!((ledger.counts().unwrap().documents, ledger.counts().unwrap().readings), (2, 2));
    assert!(ledger.contains(&a.document.sha256).unwrap());
}

#[test]
fn an_empty_document_is_a_document() {
    let folder = Folder::new();
    let mut ledger = Ledger::create(folder.file("l.aver")).unwrap();
    let stored = add(&mut ledger, "empty.txt", "");
    assert_eq!(ledger.bytes(&stored.document.sha256).unwrap(), b"");
    assert_clean(&ledger);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let folder = Folder::new();
    let (mut ledger, a, b) = two_documents(&folder);
    let it = page("c.txt", "Quiet day");
    assert!(matches!(ledger.add(&it, b"other bytes", &reading(&it), &[], ENTERED), Err(Error::Mismatch { .. })));
    assert!(matches!(ledger.add(&it, b"Quiet day", &a, &[], ENTERED), Err(Error::Mismatch { .. })));
    let mut other_text = reading(&it);
    other_text.text.push('!');
    assert!(matches!(ledger.add(&it, b"Quiet day", &other_text, &[], ENTERED), Err(Error::Mismatch { .. })));
    assert!(matches!(ledger.append_reading(&it, &reading(&it), &[], ENTERED), Err(Error::UnknownDocument { .. })));
    assert_eq!(ledger.readings().unwrap().len(), 2);
    assert!(ledger.contains(&b.document.sha256).unwrap());
}

#[test]
fn the_newest_reading_is_current_and_the_older_ones_stay() {
    let folder = Folder::new();
    let (mut ledger, first, _) = two_documents(&folder);
    let hash = first.document.sha256.clone();
    let old_page = ledger.page(&hash).unwrap();
    assert_eq!(ledger.append_reading(&old_page, &first, b"\x01\xff", ENTERED).unwrap(), Appended::Unchanged);
    let mut second = first.clone();
    second.reader.codebook = "sha256:11".into();
    second.statements.clear();
    let before = ledger.stamp().unwrap();
    assert_eq!(ledger.append_reading(&old_page, &second, b"\x01\xff", ENTERED).unwrap(), Appended::New);
    assert_ne!(ledger.stamp().unwrap(), before);
    assert_eq!(ledger.reading(&hash).unwrap(), second);
    assert!(ledger.search("three", 9).unwrap().iter().all(|it| it.kind != HitKind::Statement));
    // Back to the first: appended again, because the second was current.
    assert_eq!(ledger.append_reading(&old_page, &first, b"\x01\xff", ENTERED).unwrap(), Appended::New);
    assert_eq!(ledger.reading_history(&hash).unwrap(), [first.clone(), second, first.clone()]);
    assert_eq!(ledger.stamp().unwrap(), before);
    // Another date for the same bytes is a new page.
    let mut dated = old_page.clone();
    let day = Day::new(2023, 3, 19).unwrap();
    dated.document.published = Published::given(day, day);
    assert_eq!(ledger.append_reading(&dated, &reading(&dated), &[], ENTERED).unwrap(), Appended::New);
    assert_eq!(ledger.page(&hash).unwrap(), dated);
    let filed = ledger.documents().unwrap();
    assert_eq!(
        (filed[0].document.published, filed[0].readings, filed[0].fingerprint.len()),
        (dated.document.published, 4, 0)
    );
    assert_eq!(assert_clean(&ledger).readings, 5);
}

#[test]
fn the_order_of_adding_does_not_show() {
    let texts = ["A bombing, police said.", "Nobody was killed, a nurse said.", "The third day was quiet."];
    let folder = Folder::new();
    let make = |name: &str, order: [usize; 3]| {
        let mut ledger = Ledger::create(folder.file(name)).unwrap();
        for index in order {
            add(&mut ledger, &format!("{index}.txt"), texts[index]);
        }
        (ledger.stamp().unwrap(), ledger.readings().unwrap())
    };
    assert_eq!(make("one.aver", [0, 1, 2]), make("two.aver", [2, 0, 1]));
}

#[test]
fn a_run_writes_only_what_changes() {
    let folder = Folder::new();
    let (mut ledger, a, b) = two_documents(&folder);
    let mention = |it: &Reading| MentionRef {
        document: it.document.sha256.clone(),
        file: it.document.file.clone(),
        event: "e1".into(),
    };
    let edge = |id: &str, score: f64| Edge {
        id: id.into(),
        a: mention(&a),
        b: mention(&b),
        score,
        verdict: "same".into(),
        decision: None,
        reasons: vec![Reason { feature: "place".into(), weight: 0.1 + 0.2, words: "both in Velmar".into() }],
    };
    let first = [edge("x", 0.9), edge("y", 0.5)];
    assert_eq!(ledger.append_run("1", &first).unwrap(), RunChange { written: 2, withdrawn: 0 });
    assert_eq!(ledger.append_run("2", &first).unwrap(), RunChange::default());
    let second = [edge("z", 0.7), edge("x", 0.8)];
    assert_eq!(ledger.append_run("3", &second).unwrap(), RunChange { written: 2, withdrawn: 1 });
    assert_eq!(ledger.edges().unwrap(), [edge("x", 0.8), edge("z", 0.7)]);
    assert_eq!(ledger.append_run("4", &first).unwrap(), RunChange { written: 2, withdrawn: 1 });
    assert_eq!(ledger.edges().unwrap(), first);
    assert_eq!((assert_clean(&ledger).edges, ledger.counts().unwrap().edges), (8, 2));
}

#[test]
fn views_come_back_exactly_and_are_replaced_as_a_whole() {
    let folder = Folder::new();
    let (mut ledger, a, b) = two_documents(&folder);
    assert_eq!(ledger.load_views().unwrap(), None);
    let first = Views {
        made_from: "one".into(),
        events: vec![ledger_event("z", "Bombing of a market, Velmar", &a), ledger_event("y", "Shooting, Ostrey", &b)],
        ..Views::default()
    };
    ledger.store_views(&first).unwrap();
    assert_eq!(ledger.load_views().unwrap().unwrap(), first);
    assert_eq!((ledger.counts().unwrap().events, ledger.counts().unwrap().accounts), (2, 2));
    assert_eq!(ledger.search("ostrey", 5).unwrap()[0].record.as_deref(), Some("y"));
    let second = Views { made_from: "two".into(), events: first.events[..1].to_vec(), ..Views::default() };
    ledger.store_views(&second).unwrap();
    assert_eq!(ledger.load_views().unwrap().unwrap(), second);
    assert_eq!(ledger.search("ostrey", 5).unwrap(), []);
    let double = Views {
        made_from: "three".into(),
        events: vec![first.events[0].clone(), first.events[0].clone()],
        ..Views::default()
    };
    assert!(matches!(ledger.store_views(&double), Err(Error::Mismatch { .. })));
    assert_eq!(ledger.views_made_from().unwrap().as_deref(), Some("two"));
    ledger.connection.execute("UPDATE event SET content = '{}'", []).unwrap();
    assert_eq!(ledger.load_views().unwrap(), None, "written by another version");
    assert_clean(&ledger);
}

#[test]
fn words_are_found_where_they_stand() {
    let folder = Folder::new();
    let mut ledger = Ledger::create(folder.file("l.aver")).unwrap();
    let it =
        add(&mut ledger, "a.txt", "Señor Ortega’s market\n\nA bombing killed three people, police said.\nQuiet since.");
    let hits = ledger.search("BOMBING", 9).unwrap();
    let kinds: Vec<_> = hits.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [HitKind::Statement, HitKind::Mention, HitKind::Document]);
    assert_eq!(hits[0].words, "A bombing killed three people, police said.");
    assert_eq!(hits[1].span, Some(it.events[0].span));
    assert_eq!(hits[2].span, Some(it.events[0].span));
    assert_eq!((hits[2].file.as_deref(), hits[2].words.contains("**bombing**")), (Some("a.txt"), true));
    assert_eq!(ledger.search("senor", 9).unwrap().len(), 1);
    assert_eq!(ledger.search("bomb*", 9).unwrap().len(), 3);
    assert_eq!(ledger.search("bomb", 9).unwrap().len(), 0);
    assert_eq!(ledger.search("\"three people\"", 9).unwrap().len(), 2);
    assert_eq!(ledger.search("\"people three\"", 9).unwrap().len(), 0);
    assert_eq!(ledger.search("bombing -\" OR ( NEAR", 9).unwrap().len(), 0);
    assert!(matches!(ledger.search("?!", 9), Err(Error::NoWords { .. })));
}

#[test]
fn several_documents_are_stored_together_and_each_is_told_of() {
    let folder = Folder::new();
    let (mut ledger, a, _) = two_documents(&folder);
    let texts = ["A new one.\n", a.text.as_str(), "A new one.\n"];
    let pages: Vec<Page> = texts.iter().map(|it| page("more.txt", it)).collect();
    let readings: Vec<Reading> = pages.iter().map(reading).collect();
    let them: Vec<Addition<'_>> = (0..3)
        .map(|at| Addition { page: &pages[at], bytes: texts[at].as_bytes(), reading: &readings[at], fingerprint: &[] })
        .collect();
    let became = ledger.add_all(&them, ENTERED).unwrap();
    assert_eq!(became[0], Added::New);
    assert_eq!(became[1], Added::SameBytes(Box::new(a.document.clone())));
    assert_eq!(became[2], Added::SameBytes(Box::new(pages[0].document.clone())), "twice in one go is once");
    assert_eq!(ledger.counts().unwrap().documents, 3);
    let wrong = [them[0], Addition { bytes: b"other", ..them[1] }];
    assert!(matches!(ledger.add_all(&wrong, ENTERED), Err(Error::Mismatch { .. })));
    assert_clean(&ledger);
}

#[test]
fn a_change_of_views_leaves_what_storing_all_anew_leaves() {
    let folder = Folder::new();
    let (mut ledger, a, _) = two_documents(&folder);
    let event = |id: &str, title: &str| ledger_event(id, title, &a);
    let events = vec![event("ev-1", "Bombing, Kabul"), event("ev-2", "Shelling, Herat"), event("ev-3", "Raid")];
    ledger.store_views(&Views { made_from: "one".into(), events: events.clone(), ..Views::default() }).unwrap();
    let new = event("ev-2", "Shelling, Kunduz");
    let changes = ViewChanges { gone: vec!["ev-2", "ev-3"], new: vec![&new], tallies: None };
    assert!(!ledger.change_views("other", "two", &[], &[], &changes).unwrap(), "made from something else");
    assert!(ledger.change_views("one", "two", &[], &[], &changes).unwrap());
    let views = ledger.load_views().unwrap().unwrap();
    assert_eq!((views.made_from.as_str(), views.events), ("two", vec![events[0].clone(), new.clone()]));
    let titles = |words: &str| ledger.search(words, 9).unwrap().iter().filter(|it| it.kind == HitKind::Event).count();
    assert_eq!((titles("herat"), titles("kunduz"), titles("raid"), titles("kabul")), (0, 1, 0, 1));
    let whole = [events[2].clone(), new];
    assert!(ledger.store_views_in_parts("three", whole.iter(), &[], &[]).unwrap());
    let views = ledger.load_views().unwrap().unwrap();
    assert_eq!((views.made_from.as_str(), views.events.as_slice()), ("three", whole.as_slice()));
    assert_clean(&ledger);
}
