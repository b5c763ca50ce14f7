//! What the ledger promises, shown on small documents of invented places.

mod decided;
mod files;
mod positions;
mod stored;
mod tampered;

use crate::fixture::{ENTERED, Folder, page, reading};
use crate::{Added, Ledger, VerifyReport};
use aver_model::Reading;

/// Stores a text under a name and returns its reading.
fn add(ledger: &mut Ledger, file: &str, text: &str) -> Reading {
    let page = page(file, text);
    let reading = reading(&page);
    assert_eq!(ledger.add(&page, text.as_bytes(), &reading, b"\x01\xff", ENTERED).unwrap(), Added::New);
    reading
}

/// A fresh ledger with two documents.
fn two_documents(folder: &Folder) -> (Ledger, Reading, Reading) {
    let mut ledger = Ledger::create(folder.file("two.aver")).unwrap();
    let a = add(&mut ledger, "a.txt", "Market bombing in Velmar\nA bombing killed three people, police said.");
    let b = add(&mut ledger, "b.txt", "After the attack\nThe bombing of the market killed four, a doctor said.");
    (ledger, a, b)
}

#[track_caller]
fn assert_clean(ledger: &Ledger) -> VerifyReport {
    let report = ledger.verify().unwrap();
    assert!(report.is_clean(), "{:#?}", report.faults);
    report
}

const WHEN: &str = "2023-03-20T14:05:00Z";
