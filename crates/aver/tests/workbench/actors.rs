//! Actors and search: names with their words, both sides of a tie, an accusation with its speaker.

use crate::desk::Desk;
use crate::texts::market;

#[test]
fn a_name_comes_with_the_words_that_gave_it() {
    let desk = Desk::samples();
    let list = desk.ok("/actors?q=ridge");
    let link = list.attrs("tbody td.what a", "href")[0].clone();
    let page = desk.ok(&link);
    let names = page.all("ol.names li");
    assert!(names.iter().any(|it| it.starts_with("Ridge Brigade")), "{names:?}");
    for (name, quote) in page.all("ol.names li b").iter().zip(page.all("ol.names li q")) {
        assert_eq!(*name, quote);
    }
    assert!(page.all("section.card h2").iter().any(|it| it.starts_with("Claims as its own")), "{:?}", page.all("h2"));
}

#[test]
fn a_disputed_tie_shows_both_sides_and_two_lanes() {
    let desk = Desk::texts(&[
        ("a.txt", "Post", "2023-05-02", "Officials warn\n\nU.S. officials said ISIS-K operates in Afghanistan.\n"),
        ("b.txt", "Wire", "2023-05-03", "A denial\n\nThe Taliban denied the presence of ISIS-K in Afghanistan.\n"),
    ]);
    let page = desk.ok("/actors/iskp");
    let sides = page.all(".sides.both > div");
    assert_eq!(sides.len(), 2, "{}", page.one("#ties"));
    assert!(sides[0].starts_with("It holds") && sides[0].contains("ISIS-K operates in Afghanistan"), "{sides:?}");
    assert!(sides[1].contains("Taliban") && sides[1].contains("✕ denied"), "{sides:?}");
    assert!(page.has("g.edge.disputed line.against"));
}

#[test]
fn the_network_is_drawn_alike_every_time() {
    let (one, two) = (Desk::samples(), Desk::samples());
    let url = one.ok("/actors?q=ridge").attrs("tbody td.what a", "href")[0].clone();
    assert_eq!(one.ok(&url).text(), two.ok(&url).text());
}

#[test]
fn search_finds_words_and_says_who_says_them() {
    let desk = market();
    let page = desk.ok("/search?q=bodies");
    let hits = page.all(".hits li[data-row]");
    assert!(hits.iter().any(|it| it.contains("17 bodies") && it.contains("irector")), "{hits:?}");
    for hit in page.all(".hits li[data-row]:has(.st)") {
        assert!(!hit.starts_with('●') && !hit.starts_with('◆'), "a speaker comes first: {hit}");
    }
    assert!(page.all(".hit b").iter().all(|it| it.eq_ignore_ascii_case("bodies")));
    assert!(desk.ok("/search?q=zeppelin").one("main").contains("Nothing on file"));
    assert!(desk.ok("/search?q=%22-%22").one("main").contains("Nothing to search for"));
}

#[test]
fn an_id_or_a_hash_leads_straight_to_its_page() {
    let desk = market();
    let id = crate::texts::first_event(&desk);
    assert_eq!(desk.get(&format!("/search?q={id}")).header("location"), format!("/e/{id}"));
    let hash = desk.ok("/documents.json").json()[0]["sha256"].as_str().unwrap().to_owned();
    assert_eq!(desk.get(&format!("/search?q={hash}")).header("location"), format!("/d/{}", &hash[..12]));
}

#[test]
fn an_actor_that_is_none_is_said_so() {
    assert_eq!(market().get("/actors/nobody").status, 404);
}
