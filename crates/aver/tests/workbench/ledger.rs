//! The ledger as it is shown, filtered, handed out and verified.

use crate::desk::Desk;
use crate::review::{contested, press};

fn decided() -> Desk {
    let desk = contested();
    for key in ["a", "x"] {
        let page = desk.ok("/review?q=figures");
        assert_eq!(press(&desk, &page, key, &[("reason", key)]).status, 303);
    }
    desk
}

#[test]
fn every_act_stands_with_before_and_after_newest_first() {
    let desk = decided();
    let page = desk.ok("/ledger");
    assert_eq!(page.all(".verb"), ["reject", "accept"]);
    assert!(page.all(".change")[0].contains("becomes left out"), "{:?}", page.all(".change"));
    assert!(page.one(".chain").contains("chain intact"));
    assert_eq!(desk.ok("/ledger?verb=accept").all(".verb"), ["accept"]);
    assert_eq!(desk.ok("/ledger?by=Ana").all(".verb").len(), 2);
    assert!(desk.ok("/ledger?by=Nobody").has(".empty"));
    assert!(desk.ok("/ledger?since=2024-06-02").has(".empty"));
}

#[test]
fn the_chain_can_be_checked_elsewhere_and_read_as_a_table() {
    let desk = decided();
    let chain: Vec<aver_model::Decision> = serde_json::from_value(desk.ok("/ledger.json").json()).unwrap();
    assert_eq!(aver_ledger::check_chain(&chain), Ok(()));
    let table = desk.ok("/ledger.csv").text();
    assert_eq!(table.lines().count(), 3, "{table}");
    assert!(table.contains("2024-06-01T12:00:00Z,Ana,accept"), "{table}");
}

#[test]
fn undoing_from_any_row_appends_and_the_state_before_can_still_be_seen() {
    let desk = decided();
    let before = desk.ok("/ledger").attrs("footer span a", "href");
    let undo = desk.post("/decide", &[("verb", "undo"), ("decision", "1"), ("back", "/ledger")]);
    assert_eq!(undo.header("location"), "/ledger?done=3");
    assert_eq!(desk.ok("/ledger").one("tr#n1 .state"), "undone by 3");
    assert_eq!(desk.ok(&before[0]).one("tr#n1 .state"), "holds");
    assert_eq!(desk.post("/decide", &[("verb", "undo"), ("decision", "1")]).status, 400, "it is undone already");
}

#[test]
fn verifying_hashes_everything_again() {
    let page = decided().ok("/ledger/verify");
    assert!(page.one(".message").contains("Nothing stored has changed"));
    assert!(page.all(".counts dd").iter().all(|it| !it.is_empty()));
}

#[test]
fn the_export_builder_counts_before_anything_is_taken() {
    let desk = Desk::samples();
    let all = desk.ok("/export").one(".big b");
    let few = desk.ok("/export?disputed=1").one(".big b");
    assert!(few.parse::<u32>().unwrap() < all.parse::<u32>().unwrap(), "{few} of {all}");
    assert_eq!(desk.ok("/export?reviewed=1").one(".big b"), "0");
    for format in ["csv", "acled", "json", "geojson"] {
        let page = desk.ok(&format!("/export?format={format}&policy=median&disputed=1"));
        let files = page.attrs(".files a", "href");
        assert!(files.len() >= 2, "{format}: {files:?}");
        for address in &files {
            let file = desk.ok(address);
            assert!(file.header("content-disposition").starts_with("attachment; filename="), "{address}");
        }
        let manifest = desk.ok(files.last().unwrap()).json();
        assert_eq!((&manifest["policy"], &manifest["profile"]), (&"median".into(), &"public".into()));
        for it in manifest["files"].as_array().unwrap() {
            let name = it["file"].as_str().unwrap();
            let bytes = desk.ok(files.iter().find(|it| it.contains(&format!("/{name}?"))).unwrap()).body;
            assert_eq!(it["sha256"], aver_ledger::sha256(&bytes).as_str(), "{name}");
        }
    }
    assert_eq!(desk.get("/export?policy=highest").status, 404);
    assert_eq!(desk.get("/export/parquet/events.parquet").status, 404);
    assert_eq!(desk.get("/export/csv/passwd").status, 404);
}
