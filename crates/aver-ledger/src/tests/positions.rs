//! Positions: what a permalink carries shows one state for good.

use super::{WHEN, assert_clean, two_documents};
use crate::fixture::{Folder, anchor, page, reading};
use crate::{Ledger, Position, schema};
use aver_model::{Day, Ruling};
use rusqlite::Connection;

#[test]
fn a_position_is_read_as_it_is_written() {
    let it = Position { readings: 12, decisions: 3 };
    assert_eq!(it.to_string().parse(), Ok(it));
    assert!("12".parse::<Position>().unwrap_err().contains("12.3"));
    assert!("a.b".parse::<Position>().is_err());
}

#[test]
fn an_earlier_position_shows_what_was_on_file_then() {
    let folder = Folder::new();
    let (mut ledger, first, second) = two_documents(&folder);
    assert_eq!(ledger.position().unwrap(), Position { readings: 2, decisions: 0 });
    ledger.decide(Ruling::Accept { anchor: anchor(&first) }, "Ana", WHEN, None).unwrap();
    let now = ledger.position().unwrap();
    assert_eq!(now, Position { readings: 2, decisions: 1 });
    let then = Position { readings: 1, decisions: 0 };
    assert_eq!(ledger.decisions_at(then).unwrap(), []);
    assert_eq!(ledger.decisions_at(now).unwrap().len(), 1);
    let hashes = |at| ledger.readings_at(at).unwrap().into_iter().map(|it| it.document.sha256).collect::<Vec<_>>();
    assert_eq!(hashes(then), std::slice::from_ref(&first.document.sha256));
    assert_eq!(hashes(now).len(), 2);
    assert!(hashes(now).contains(&second.document.sha256));
    let filed = ledger.documents_at(then).unwrap();
    assert_eq!(filed.iter().map(|it| (it.number, it.readings)).collect::<Vec<_>>(), [(1, 1)]);
}

fn day(day: &str) -> Day {
    day.parse().unwrap()
}

fn store(ledger: &mut Ledger, text: &str, entered: &str) {
    let page = page(text, text);
    ledger.add(&page, text.as_bytes(), &reading(&page), &[], entered).unwrap();
}

#[test]
fn a_day_of_entry_names_the_place_at_its_end() {
    let folder = Folder::new();
    let mut ledger = Ledger::create(folder.file("days.aver")).unwrap();
    store(&mut ledger, "A bombing", "2023-03-18T23:59:59Z");
    // An hour into the twenty-first where it was written.
    store(&mut ledger, "Another bombing", "2023-03-21T01:00:00.123456789+02:00");
    let first = ledger.readings().unwrap().swap_remove(0);
    ledger.decide(Ruling::Accept { anchor: anchor(&first) }, "Ana", "2023-03-21T08:00:00Z", None).unwrap();
    let on = |it: &str| ledger.position_on(day(it), day("2024-01-01")).unwrap().to_string();
    assert_eq!(["2023-03-17", "2023-03-18", "2023-03-19"].map(on), ["0.0", "1.0", "1.0"]);
    assert_eq!(["2023-03-20", "2023-03-21", "2023-12-31", "2030-01-01"].map(on), ["2.0", "2.1", "2.1", "2.1"]);
    assert_eq!(ledger.documents().unwrap()[0].entered.as_deref(), Some("2023-03-18T23:59:59Z"));
}

#[test]
fn a_clock_that_went_back_takes_nothing_out_of_a_day() {
    let folder = Folder::new();
    let mut ledger = Ledger::create(folder.file("back.aver")).unwrap();
    for (text, entered) in
        [("One", "2023-03-18T09:00:00Z"), ("Two", "2023-03-25T09:00:00Z"), ("Three", "2023-03-19T09:00:00Z")]
    {
        store(&mut ledger, text, entered);
    }
    let on = |it: &str| ledger.position_on(day(it), day("2024-01-01")).unwrap().readings;
    assert_eq!(["2023-03-18", "2023-03-19", "2023-03-25"].map(on), [1, 3, 3]);
}

#[test]
fn what_is_no_instant_is_no_moment_of_entry() {
    let folder = Folder::new();
    let (mut ledger, ..) = two_documents(&folder);
    let page = page("c.txt", "Quiet");
    for entered in ["", "2023-03-20", "2023-03-20T14:05:00 CET", "yesterday"] {
        let refused = ledger.add(&page, b"Quiet", &reading(&page), &[], entered).unwrap_err();
        assert_eq!(refused.id(), "ledger-mismatch", "{entered}: {refused}");
    }
    assert_eq!(ledger.counts().unwrap().documents, 2);
}

/// Returns a copy of a ledger as the program of format 1 would have written it.
fn of_format_1(ledger: &Ledger, folder: &Folder) -> Ledger {
    let path = folder.file("old.aver");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(schema::MIGRATIONS[0]).unwrap();
    old.execute("ATTACH ? AS new", [ledger.path().to_str()]).unwrap();
    for table in ["document", "page", "passage"] {
        old.execute_batch(&format!("INSERT INTO main.{table} SELECT * FROM new.{table}")).unwrap();
    }
    let columns = "number, id, document, page, reader, codebook, model, content";
    old.execute_batch(&format!("INSERT INTO main.reading SELECT {columns} FROM new.reading")).unwrap();
    for (_, guard) in schema::guards() {
        old.execute_batch(&guard).unwrap();
    }
    old.execute_batch(&format!("PRAGMA application_id = {}; PRAGMA user_version = 1", schema::APPLICATION)).unwrap();
    drop(old);
    Ledger::open(path).unwrap()
}

#[test]
fn a_ledger_from_before_moments_were_kept_opens_and_goes_on() {
    let folder = Folder::new();
    let (newer, ..) = two_documents(&folder);
    let mut ledger = of_format_1(&newer, &folder);
    assert_eq!(ledger.stamp().unwrap(), newer.stamp().unwrap());
    assert_eq!(ledger.documents().unwrap()[0].entered, None);
    let on = |ledger: &Ledger, it: &str| ledger.position_on(day(it), day("2023-04-01")).unwrap().readings;
    // Nobody knows when they came; by today they have.
    assert_eq!([on(&ledger, "2023-03-31"), on(&ledger, "2023-04-01")], [0, 2]);
    store(&mut ledger, "A quiet day", "2023-03-25T09:00:00Z");
    // They came before what came next.
    assert_eq!([on(&ledger, "2023-03-24"), on(&ledger, "2023-03-25")], [0, 3]);
    assert_clean(&ledger);
}

#[test]
fn what_others_write_is_noticed() {
    let folder = Folder::new();
    let (mut ledger, first, _) = two_documents(&folder);
    let watch = crate::Ledger::open_read_only(ledger.path()).unwrap();
    let before = watch.others_wrote().unwrap();
    assert_eq!(watch.others_wrote().unwrap(), before);
    ledger.decide(Ruling::Accept { anchor: anchor(&first) }, "Ana", WHEN, None).unwrap();
    assert_ne!(watch.others_wrote().unwrap(), before);
}
