//! The bundle: everything a table rests on in one zip, checked on another machine.

use crate::desk::Desk;
use crate::texts::{first_event, market};
use aver::bundle::{Checked, check};
use aver::zip;
use aver_publish::Output;

fn bundle(desk: &Desk, query: &str) -> Vec<Output> {
    let page = desk.ok(&format!("/export?format=bundle{query}"));
    let address = page.attrs(".files a", "href")[0].clone();
    let file = desk.ok(&address);
    assert_eq!(file.header("content-type"), "application/zip");
    assert!(file.header("content-disposition").contains(".zip"));
    zip::read(&file.body).expect("it is a zip")
}

#[test]
fn a_bundle_holds_what_its_table_rests_on_and_verifies_without_the_ledger() {
    let desk = market();
    let id = first_event(&desk);
    desk.post(&format!("/e/{id}/decide"), &[("verb", "accept"), ("reason", "clear")]);
    let files = bundle(&desk, "");
    let names: Vec<&str> = files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "events.csv",
            "evidence.csv",
            "citations.txt",
            "documents.csv",
            "decisions.csv",
            "manifest.json"
        ]
    );
    let found = check(&files).expect("it has a manifest");
    assert_eq!((found.faults.len(), found.unexplained.len()), (0, 0), "{found:?}");
    assert!(found.files == 6 && found.decisions == 1 && found.values >= 3 && !found.contents, "{found:?}");
    let citations = String::from_utf8(files[3].bytes.clone()).unwrap();
    assert!(citations.contains(&format!("/e/{id}?at=")) && citations.contains("sha256"), "{citations}");
    let inside = bundle(&desk, "&profile=internal");
    let found = check(&inside).expect("it has a manifest");
    assert!(found.contents && found.decisions == 1 && found.faults.is_empty(), "{found:?}");
}

#[test]
fn the_same_state_gives_the_same_bytes() {
    let desk = market();
    let bytes = |files: Vec<Output>| files.into_iter().map(|it| it.bytes).collect::<Vec<_>>();
    assert_eq!(bytes(bundle(&desk, "")), bytes(bundle(&desk, "")));
}

#[test]
fn a_decision_that_was_rewritten_is_noticed() {
    let desk = market();
    let id = first_event(&desk);
    desk.post(&format!("/e/{id}/decide"), &[("verb", "reject")]);
    let mut files = bundle(&desk, "&profile=internal");
    let at = files.iter().position(|it| it.name == "decisions.json").unwrap();
    let text = String::from_utf8(files[at].bytes.clone()).unwrap().replace("\"reject\"", "\"accept\"");
    // Even with its hash made to fit: the chain does not.
    let hash = aver_ledger::sha256(&files[at].bytes);
    files[at].bytes = text.into_bytes();
    let now = aver_ledger::sha256(&files[at].bytes);
    let manifest = files.last_mut().unwrap();
    manifest.bytes = String::from_utf8(manifest.bytes.clone()).unwrap().replace(&hash, &now).into_bytes();
    let Checked { faults, .. } = check(&files).expect("it has a manifest");
    assert!(faults.iter().any(|it| it.contains("not what its id was made from")), "{faults:?}");
}
