//! Positions: what a permalink carries shows one state for good.

use super::{WHEN, two_documents};
use crate::Position;
use crate::fixture::{Folder, anchor};
use aver_model::Ruling;

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
