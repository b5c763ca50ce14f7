//! Documents: the text is whole, lanes are right, what gave nothing can be seen.

use crate::desk::Desk;
use crate::texts::{MARKET, market};

fn address(desk: &Desk, file: &str) -> String {
    let all = desk.ok("/documents.json").json();
    let found = all.as_array().unwrap().iter().find(|it| it["file"] == file).unwrap();
    format!("/d/{}", &found["sha256"].as_str().unwrap()[..12])
}

#[test]
fn the_text_is_shown_whole_and_once() {
    let desk = market();
    let page = desk.ok(&address(&desk, "tribune.txt"));
    let shown: String = page.all("article.text p").join(" ");
    let text: String = MARKET[0].3.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(shown, text);
}

#[test]
fn statements_stand_in_the_margin_in_reading_order_with_chain_and_event() {
    let desk = market();
    let page = desk.ok(&address(&desk, "tribune.txt"));
    let said = page.all("ol.said > li");
    assert!(said.len() >= 2, "{said:?}");
    assert!(said[0].contains("police") && said[0].contains("Orvane Tribune → "), "{}", said[0]);
    assert!(said.iter().any(|it| it.contains("Bombing at a grain market")), "{said:?}");
    let ids = page.attrs("ol.said > li", "data-statement");
    for id in ids {
        assert!(page.has(&format!("mark[data-spans~={id}]")), "{id} is lit in the text");
    }
    assert!(page.all("mark.speaker").contains(&"police".to_owned()));
    assert!(page.all("mark.cue").contains(&"said".to_owned()));
}

#[test]
fn coverage_greys_what_gave_nothing() {
    let desk = Desk::texts(&[(
        "a.txt",
        "Post",
        "2024-05-02",
        "A bomb killed 12 people in Tarsh on Monday, police said.\n\nIt was a fine spring otherwise.\n",
    )]);
    let page = desk.ok(&format!("{}?coverage=1", address(&desk, "a.txt")));
    assert!(page.has(".reader.coverage"));
    assert!(page.all(".nothing").join(" ").contains("fine spring"), "{:?}", page.all(".nothing"));
    assert!(!page.all(".nothing").join(" ").contains("12 people"));
}

#[test]
fn text_that_runs_from_the_right_is_let_run() {
    let desk = Desk::texts(&[(
        "a.txt",
        "Post",
        "2024-05-02",
        "“قُتل 12 شخصا” the ministry said in Kabul on Monday.\n\nقتل ثلاثة\n",
    )]);
    let page = desk.ok(&address(&desk, "a.txt"));
    assert_eq!(page.attrs("article.text p", "dir"), ["auto", "auto"]);
}

#[test]
fn a_document_is_found_by_the_beginning_of_its_hash_alone() {
    let desk = market();
    assert_eq!(desk.get("/d/ffffffffffff").status, 404);
    assert_eq!(desk.get("/d/..%2F..%2Fetc%2Fpasswd").status, 404);
    let hash = address(&desk, "wire.txt");
    assert_eq!(desk.ok(&format!("{hash}.json")).json()["format"], "averment-reading/1");
}
