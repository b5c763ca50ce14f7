//! What was stored cannot be changed by mistake, and is found out when changed on purpose.

use super::{WHEN, assert_clean, two_documents};
use crate::fixture::{Folder, anchor, ledger_event};
use crate::{Ledger, Views, schema};
use aver_model::{Edge, MentionRef, Ruling};
use rusqlite::Connection;

/// A ledger with a row in every append-only table.
fn full(folder: &Folder) -> Ledger {
    let (mut ledger, a, b) = two_documents(folder);
    let mention = MentionRef { document: a.document.sha256.clone(), file: "a.txt".into(), event: "e1".into() };
    let edge = Edge {
        id: "x".into(),
        a: mention.clone(),
        b: mention,
        score: 1.0,
        verdict: "same".into(),
        decision: None,
        reasons: vec![],
    };
    ledger.append_run("test", &[edge]).unwrap();
    for reading in [&a, &b, &a] {
        ledger.decide(Ruling::Accept { anchor: anchor(reading) }, "Ana", WHEN, None).unwrap();
    }
    let views =
        Views { made_from: "test".into(), events: vec![ledger_event("e", "Bombing, Velmar", &a)], ..Views::default() };
    ledger.store_views(&views).unwrap();
    assert_clean(&ledger);
    ledger
}

#[test]
fn the_append_only_tables_refuse_every_change() {
    let folder = Folder::new();
    let ledger = full(&folder);
    // As a stranger with an SQL shell would.
    let shell = Connection::open(ledger.path()).unwrap();
    for table in schema::APPEND_ONLY {
        for change in [
            format!("UPDATE {table} SET number = number + 100"),
            format!("DELETE FROM {table}"),
            format!("DELETE FROM {table} WHERE number = 1"),
        ] {
            let refused = shell.execute(&change, []).unwrap_err().to_string();
            assert!(refused.contains("append-only"), "{change}: {refused}");
        }
    }
    let replace = "INSERT OR REPLACE INTO decision (number, id, previous, content) SELECT number, id, previous, 'x' FROM decision";
    assert!(ledger.connection.execute(replace, []).unwrap_err().to_string().contains("append-only"));
    assert_clean(&ledger);
}

/// Changes a ledger with its guards taken down and put up again; returns the ids of the faults found.
fn faults_after(change: &str) -> Vec<&'static str> {
    let folder = Folder::new();
    let ledger = full(&folder);
    let shell = Connection::open(ledger.path()).unwrap();
    shell.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let drop_guards: String = schema::guards().iter().map(|(name, _)| format!("DROP TRIGGER {name};")).collect();
    shell.execute_batch(&drop_guards).unwrap();
    shell.execute_batch(change).unwrap();
    for (_, guard) in schema::guards() {
        shell.execute_batch(&guard).unwrap();
    }
    drop(shell);
    let mut ids: Vec<_> = ledger.verify().unwrap().faults.iter().map(|it| it.id).collect();
    ids.dedup();
    ids
}

#[test]
fn taking_the_guards_down_and_up_again_leaves_no_fault_by_itself() {
    assert_eq!(faults_after(""), [""; 0]);
}

#[test]
fn changed_documents_are_found() {
    assert_eq!(faults_after("UPDATE document SET bytes = x'00' WHERE number = 1"), ["bytes-changed"]);
    assert_eq!(
        faults_after("UPDATE document SET packing = 'plain', bytes = zeroblob(size) WHERE number = 2"),
        ["bytes-changed"]
    );
    assert_eq!(faults_after("UPDATE document SET size = size + 1 WHERE number = 2"), ["bytes-changed"]);
    assert_eq!(
        faults_after("UPDATE page SET facts = replace(facts, 'Velmar Post', 'Ostrey Post') WHERE number = 1"),
        ["page-changed"]
    );
    assert_eq!(faults_after("UPDATE page SET file = 'z.txt' WHERE number = 1"), ["page-changed"]);
    assert!(
        faults_after("UPDATE page SET text = replace(text, 'three', 'thirty') WHERE number = 1")
            .contains(&"page-changed")
    );
    assert!(faults_after("DELETE FROM reading WHERE number = 1").contains(&"row-missing"));
    assert!(faults_after("DELETE FROM reading WHERE number = 2").contains(&"row-missing"));
    assert!(faults_after("DELETE FROM document WHERE number = 1").contains(&"reference-broken"));
}

#[test]
fn changed_readings_are_found() {
    let figure = "UPDATE reading SET content = replace(content, '\"low\":3', '\"low\":30') WHERE number = 1";
    assert_eq!(faults_after(figure), ["reading-changed"]);
    assert!(faults_after("UPDATE reading SET content = '{}' WHERE number = 1").contains(&"reading-unreadable"));
    assert!(faults_after("UPDATE reading SET page = 2 WHERE number = 1").contains(&"reading-changed"));
    let span = "UPDATE reading SET content = replace(content, '\"mentions\":[[', '\"mentions\":[[9999,99999],[') WHERE number = 1";
    assert!(faults_after(span).contains(&"span-outside"));
}

#[test]
fn changed_moments_of_entry_are_found() {
    let earlier = "UPDATE reading SET entered = '2020-01-01T00:00:00Z' WHERE number = 1";
    assert_eq!(faults_after(earlier), ["entry-changed"]);
    let unknown = "UPDATE reading SET entered = NULL, entry = NULL WHERE number = 2";
    assert_eq!(faults_after(unknown), ["entry-changed"]);
    let other_order = "UPDATE reading SET number = 3 WHERE number = 1";
    assert!(faults_after(other_order).contains(&"entry-changed"));
}

#[test]
fn changed_decisions_are_found() {
    let other_name = "UPDATE decision SET content = replace(content, 'Ana', 'Eve') WHERE number = 2";
    assert_eq!(faults_after(other_name), ["decision-changed", "chain-broken"]);
    assert_eq!(faults_after("DELETE FROM decision WHERE number = 2"), ["row-missing", "chain-broken"]);
    assert_eq!(faults_after("DELETE FROM decision WHERE number = 1"), ["row-missing", "chain-broken"]);
    // With the id made to fit, the next one no longer follows.
    let folder = Folder::new();
    let ledger = full(&folder);
    let second = &ledger.decisions().unwrap()[1];
    let content = crate::chain::content_of(second).replace("Ana", "Eve");
    let id = crate::chain::id_of(&second.previous, &content);
    let forged =
        format!("UPDATE decision SET id = '{id}', content = '{}' WHERE number = 2", content.replace('\'', "''"));
    assert_eq!(faults_after(&forged), ["chain-broken"]);
}

#[test]
fn a_changed_index_edge_or_guard_is_found() {
    assert_eq!(faults_after("UPDATE passage SET words = 'quiet' WHERE kind = 'statement'"), ["index-behind"]);
    assert_eq!(faults_after("INSERT INTO passage_index (passage_index) VALUES ('delete-all')"), ["index-behind"]);
    assert_eq!(faults_after("INSERT INTO page_index (page_index) VALUES ('delete-all')"), ["index-behind"]);
    assert_eq!(faults_after("UPDATE edge SET content = replace(content, '\"x\"', '\"y\"')"), ["edge-changed"]);
    let folder = Folder::new();
    let ledger = full(&folder);
    Connection::open(ledger.path()).unwrap().execute_batch("DROP TRIGGER decision_refuses_delete").unwrap();
    let report = ledger.verify().unwrap();
    assert_eq!(report.faults[0].id, "guard-missing");
    assert!(report.faults[0].what.contains("decision_refuses_delete"));
}

#[test]
fn every_fault_says_what_where_and_what_next() {
    let folder = Folder::new();
    let ledger = full(&folder);
    let shell = Connection::open(ledger.path()).unwrap();
    shell
        .execute_batch("DROP TRIGGER document_refuses_update; UPDATE document SET bytes = x'00' WHERE number = 1")
        .unwrap();
    for fault in ledger.verify().unwrap().faults {
        assert!(!fault.what.is_empty() && !fault.place.is_empty() && !fault.next.is_empty(), "{fault:?}");
        assert!(!fault.what.ends_with('.') && !fault.next.ends_with('.'), "{fault:?}");
    }
}
