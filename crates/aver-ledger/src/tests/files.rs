//! Files and disks: what is opened, refused, shared and survived.

use super::{WHEN, add, assert_clean, two_documents};
use crate::fixture::{ENTERED, Folder, anchor, page, reading};
use crate::{Error, ErrorKind, Ledger, find_nearest};
use aver_model::Ruling;
use rusqlite::Connection;
use std::time::Duration;

#[test]
fn what_is_no_ledger_is_named() {
    let folder = Folder::new();
    let open = |name: &str| {
        (Ledger::open(folder.file(name)).unwrap_err(), Ledger::open_read_only(folder.file(name)).unwrap_err())
    };
    let both = |name: &str, id: &str| {
        let (one, two) = open(name);
        assert_eq!((one.id(), two.id()), (id, id), "{name}: {one}; {two}");
        assert!(one.place().is_some() && one.hint().is_some());
        assert_ne!(one.kind(), ErrorKind::Bug);
    };
    both("missing.aver", "ledger-not-found");
    std::fs::create_dir(folder.file("folder.aver")).unwrap();
    both("folder.aver", "ledger-not-a-ledger");
    std::fs::write(folder.file("empty.aver"), "").unwrap();
    both("empty.aver", "ledger-empty");
    for (name, bytes) in [
        ("one.aver", b"x".to_vec()),
        ("note.aver", b"An article about a bombing. ".repeat(400)),
        ("png.aver", b"\x89PNG\r\n\x1a\n".repeat(900)),
    ] {
        std::fs::write(folder.file(name), &bytes).unwrap();
        both(name, "ledger-not-a-ledger");
        assert_eq!(Ledger::open_or_create(folder.file(name)).unwrap_err().id(), "ledger-not-a-ledger");
        assert_eq!(std::fs::read(folder.file(name)).unwrap(), bytes, "{name} is left as it was");
    }
    Connection::open(folder.file("other.aver")).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    both("other.aver", "ledger-not-a-ledger");
    Ledger::create(folder.file("new.aver")).unwrap();
    assert_eq!(Ledger::create(folder.file("new.aver")).unwrap_err().id(), "ledger-exists");
    Connection::open(folder.file("new.aver")).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    both("new.aver", "ledger-newer-format");
}

#[test]
fn an_older_format_is_brought_up_to_date_only_by_a_writer() {
    let folder = Folder::new();
    let path = folder.file("old.aver");
    let shell = Connection::open(&path).unwrap();
    shell.execute_batch(&format!("PRAGMA application_id = {}", crate::schema::APPLICATION)).unwrap();
    drop(shell);
    assert_eq!(Ledger::open_read_only(&path).unwrap_err().id(), "ledger-older-format");
    assert_clean(&Ledger::open(&path).unwrap());
    assert_clean(&Ledger::open_read_only(&path).unwrap());
}

#[test]
fn an_empty_file_becomes_a_ledger_when_one_may_be_made() {
    let folder = Folder::new();
    std::fs::write(folder.file("l.aver"), "").unwrap();
    assert_eq!(Ledger::open_or_create(folder.file("l.aver")).unwrap().counts().unwrap(), crate::Counts::default());
    Ledger::open(folder.file("l.aver")).unwrap();
}

#[test]
fn a_folder_that_cannot_be_written_gives_a_clear_answer() {
    let err = Ledger::create("/proc/averment.aver").unwrap_err();
    assert!(matches!(err, Error::CannotOpen { .. } | Error::ReadOnly { .. }), "{err}");
    assert_eq!(err.kind(), ErrorKind::Setup);
    let err = Ledger::create("/dev/null/averment.aver").unwrap_err();
    assert_eq!(err.kind(), ErrorKind::Setup);
}

#[test]
fn a_reader_changes_nothing_and_says_so() {
    let folder = Folder::new();
    let (ledger, a, _) = two_documents(&folder);
    let path = ledger.path().to_path_buf();
    let mut reader = Ledger::open_read_only(&path).unwrap();
    assert!(reader.is_read_only() && !ledger.is_read_only());
    let it = page("c.txt", "Quiet");
    assert_eq!(reader.add(&it, b"Quiet", &reading(&it), &[], ENTERED).unwrap_err().id(), "ledger-read-only");
    assert_eq!(
        reader.decide(Ruling::Accept { anchor: anchor(&a) }, "Ana", WHEN, None).unwrap_err().id(),
        "ledger-read-only"
    );
    assert_eq!(reader.readings().unwrap().len(), 2);
    assert_clean(&reader);
}

#[test]
fn a_ledger_on_a_medium_that_cannot_be_written_is_readable() {
    let folder = Folder::new();
    let (ledger, a, _) = two_documents(&folder);
    let from = ledger.path().to_path_buf();
    drop(ledger);
    let odd = folder.file("o d%d?#é'.aver");
    std::fs::rename(from, &odd).unwrap();
    let reader = Ledger::connect_immutable(odd).unwrap();
    assert_eq!(reader.bytes(&a.document.sha256).unwrap(), a.text.as_bytes());
    assert_clean(&reader);
}

#[test]
fn a_cut_file_is_found_damaged_and_does_not_panic() {
    let folder = Folder::new();
    let (ledger, ..) = two_documents(&folder);
    let whole = ledger.path().to_path_buf();
    drop(ledger);
    let bytes = std::fs::read(&whole).unwrap();
    assert!(!folder.file("two.aver-wal").exists());
    for cut in [1, 60, 100, 512, 4096, 8192, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1] {
        let path = folder.file(&format!("cut-{cut}.aver"));
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let found = match Ledger::open_or_create(&path) {
            Err(err) => err.id(),
            Ok(ledger) => ledger.verify().unwrap().faults.first().map_or("clean", |it| it.id),
        };
        assert!(
            ["ledger-damaged", "ledger-not-a-ledger", "file-damaged", "unreadable"].contains(&found),
            "cut at {cut}: {found}"
        );
    }
}

#[test]
fn garbage_in_any_page_is_found_or_harmless_and_does_not_panic() {
    let folder = Folder::new();
    let (ledger, ..) = two_documents(&folder);
    let whole = ledger.path().to_path_buf();
    drop(ledger);
    let bytes = std::fs::read(&whole).unwrap();
    let path = folder.file("garbled.aver");
    for start in (0..bytes.len()).step_by(4096).skip(1) {
        let mut garbled = bytes.clone();
        garbled[start..(start + 600).min(bytes.len())].fill(0xa5);
        std::fs::write(&path, garbled).unwrap();
        if let Ok(ledger) = Ledger::open(&path) {
            assert!(!ledger.verify().unwrap().is_clean(), "garbage at {start} goes unnoticed");
        }
    }
}

#[test]
fn a_full_disk_stores_nothing_of_the_document_and_harms_nothing() {
    let folder = Folder::new();
    let (mut ledger, a, _) = two_documents(&folder);
    let before = (ledger.counts().unwrap(), ledger.stamp().unwrap());
    let pages: i64 = ledger.one("test", "PRAGMA page_count").unwrap();
    let limit =
        |ledger: &Ledger, pages: i64| ledger.one::<i64>("test", &format!("PRAGMA max_page_count = {pages}")).unwrap();
    let noise: String =
        (0..3_000_u64).map(|it| format!("{} bombing said\n", it.wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
    let big = page("big.txt", &noise);
    let big_reading = reading(&big);
    for room in [0, 1, 7, 40] {
        limit(&ledger, pages + room);
        let err = ledger.add(&big, noise.as_bytes(), &big_reading, &[], ENTERED).unwrap_err();
        assert_eq!((err.id(), err.kind()), ("ledger-disk-full", ErrorKind::Setup));
        assert_eq!((ledger.counts().unwrap(), ledger.stamp().unwrap()), before);
        assert_clean(&ledger);
    }
    limit(&ledger, pages);
    let reason = "x".repeat(100_000);
    let err = ledger.decide(Ruling::Accept { anchor: anchor(&a) }, "Ana", WHEN, Some(&reason)).unwrap_err();
    assert_eq!(err.id(), "ledger-disk-full");
    assert_eq!(ledger.decisions().unwrap(), []);
    // Once there is room, all goes on as if nothing had been.
    limit(&ledger, 1_000_000);
    ledger.add(&big, noise.as_bytes(), &big_reading, &[], ENTERED).unwrap();
    ledger.decide(Ruling::Accept { anchor: anchor(&a) }, "Ana", WHEN, None).unwrap();
    assert_eq!(assert_clean(&ledger).documents, 3);
}

#[test]
fn a_writer_that_waits_too_long_is_told_why() {
    let folder = Folder::new();
    let (mut ledger, ..) = two_documents(&folder);
    let other = Connection::open(ledger.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    ledger.connection.busy_timeout(Duration::from_millis(5)).unwrap();
    let it = page("c.txt", "Quiet");
    let err = ledger.add(&it, b"Quiet", &reading(&it), &[], ENTERED).unwrap_err();
    assert_eq!((err.id(), err.kind()), ("ledger-locked", ErrorKind::Setup));
    assert_eq!(Ledger::open_read_only(ledger.path()).unwrap().readings().unwrap().len(), 2, "readers need not wait");
    other.execute_batch("COMMIT").unwrap();
    ledger.add(&it, b"Quiet", &reading(&it), &[], ENTERED).unwrap();
}

#[test]
fn many_openers_at_once_make_one_ledger_and_one_chain() {
    let folder = Folder::new();
    let path = folder.file("shared.aver");
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut ledger = Ledger::open_or_create(path).unwrap();
                for number in 0..6 {
                    let reading = add(&mut ledger, "a.txt", &format!("Writer {writer}, bombing {number}"));
                    ledger
                        .decide(Ruling::Accept { anchor: anchor(&reading) }, &format!("w{writer}"), WHEN, None)
                        .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let report = assert_clean(&Ledger::open(&path).unwrap());
    assert_eq!((report.documents, report.decisions), (24, 24));
}

#[test]
fn the_nearest_ledger_upwards_is_meant() {
    let folder = Folder::new();
    let deep = folder.file("work/articles/march");
    let data = folder.file("data");
    std::fs::create_dir_all(&deep).unwrap();
    assert_eq!(find_nearest(&deep, Some(folder.path()), &data).unwrap(), data.join("ledger.aver"));
    std::fs::write(folder.file("far.aver"), "").unwrap();
    std::fs::create_dir(folder.file("work/folder.aver")).unwrap();
    assert_eq!(find_nearest(&deep, None, &data).unwrap(), folder.file("far.aver"));
    // What lies above the home is not the user's.
    let home = folder.file("work");
    assert_eq!(find_nearest(&deep, Some(&home), &data).unwrap(), data.join("ledger.aver"));
    std::fs::write(folder.file("work/near.aver"), "").unwrap();
    assert_eq!(find_nearest(&deep, Some(&home), &data).unwrap(), folder.file("work/near.aver"));
    std::fs::write(folder.file("work/near.aver-wal"), "").unwrap();
    assert_eq!(find_nearest(&deep, None, &data).unwrap(), folder.file("work/near.aver"));
    std::fs::write(folder.file("work/also.aver"), "").unwrap();
    let err = find_nearest(&deep, None, &data).unwrap_err();
    assert!(matches!(&err, Error::Several { names, .. } if *names == ["also.aver", "near.aver"]), "{err}");
}
