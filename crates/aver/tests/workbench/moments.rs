//! Every view as known at a moment: by publication, by entry, at a place; and what changed between two.

use crate::desk::{self, Desk};
use crate::texts::market;
use aver_codebook::Codebook;
use aver_ingest::{Hints, fingerprint::Fingerprint};

/// A report of an early day, found late: entered on 2024-05-01.
const LATE: (&str, &str, &str, &str) = (
    "late.txt",
    "Harbor Courier",
    "2024-03-12",
    "Nightjar says it bombed Tarsh\n\nThe Nightjar Front claimed responsibility for the bombing of a grain market in Tarsh on Monday. \
     The Nightjar Front is allied with the Salt Column. The Nightjar Front could be able to strike Tarsh again within two days, police warned. \
     Five attacks between January and March killed 30 people in Tarsh, a Nightjar spokesman said.\n",
);

fn enter(desk: &Desk, (file, outlet, published, text): (&str, &str, &str, &str), entered: &str) {
    let hints = Hints {
        published: Some(Hints::published(published).unwrap()),
        source: Some(outlet.into()),
        ..Hints::default()
    };
    let page = aver::gather::page(text.as_bytes(), file, &hints).unwrap();
    let reading = aver_read::Reader::new(Codebook::builtin()).read(&page);
    let print = Fingerprint::of_page(&page).to_bytes();
    desk.behind(|ledger| drop(ledger.add(&page, text.as_bytes(), &reading, &print, entered).unwrap()));
}

/// Asks for every view at a moment, and returns those whose answer holds one of the words.
fn views_with(desk: &Desk, at: &str, words: &[&str]) -> Vec<String> {
    let event = desk.ok(&format!("/events.json?at={at}")).json()[0]["id"].as_str().unwrap().to_owned();
    let document = desk.ok(&format!("/documents.json?at={at}")).json();
    let document = document.as_array().unwrap().iter().find(|it| it.to_string().contains("tribune")).unwrap().clone();
    let hash = document["document"]["sha256"].as_str().or(document["sha256"].as_str()).unwrap().to_owned();
    let mut found = vec![];
    for url in desk::views(&event, &hash) {
        let url = format!("{url}{}at={at}", if url.contains('?') { '&' } else { '?' });
        let text = desk.ok(&url).text();
        // The words that were asked for stand in the answer's own form.
        let text = text.replace("q=Brigade", "");
        if words.iter().any(|it| text.contains(it)) {
            found.push(url);
        }
    }
    found
}

#[test]
fn no_view_shows_what_was_published_later() {
    let desk = market();
    enter(&desk, LATE, "2024-05-01T08:00:00Z");
    let late = ["Northern Wire", "wire.txt", "Ridge Brigade"];
    assert_eq!(views_with(&desk, "published:2024-03-12", &late), [""; 0]);
    assert!(
        views_with(&desk, "published:2024-03-13", &late).len() > 15,
        "the words are looked for in the right places"
    );
    assert!(views_with(&desk, "published:2024-03-12", &["Nightjar"]).len() > 15, "found late, published early");
}

#[test]
fn no_view_shows_what_was_entered_later() {
    let desk = market();
    enter(&desk, LATE, "2024-05-01T08:00:00Z");
    let late = ["Nightjar", "Harbor Courier", "late.txt"];
    assert_eq!(views_with(&desk, "entered:2024-04-30", &late), [""; 0]);
    assert_eq!(views_with(&desk, "2.0", &late), [""; 0]);
    assert!(views_with(&desk, "entered:2024-05-01", &late).len() > 15);
    assert!(views_with(&desk, "3.0", &late).len() > 15);
}

#[test]
fn the_head_of_an_earlier_page_says_what_is_seen_and_leads_back() {
    let desk = market();
    for (at, words) in [
        ("1.0", "As known at 1.0: the first 1 readings"),
        ("entered:2024-01-01", "As entered by 2024-01-01, at 2.0"),
        ("published:2024-03-12", "As published by 2024-03-12: documents of a later date"),
        ("2024-03-12", "As published by 2024-03-12"),
    ] {
        let page = desk.ok(&format!("/documents?at={at}"));
        assert!(page.one(".banner").contains(words), "{at}: {}", page.one(".banner"));
        assert_eq!(page.attrs(".banner a", "href"), ["/documents"]);
        assert!(!page.has("main form[method=post]"), "{at}");
    }
    assert!(!desk.ok("/documents?at=now").has(".banner"));
}

#[test]
fn what_falls_due_is_counted_from_the_day_looked_from() {
    let desk = market();
    enter(&desk, LATE, "2024-03-12T20:00:00Z");
    let state = |at: &str| desk.ok(&format!("/api/v1/forecasts{at}")).json()["values"][0]["state"].clone();
    assert_eq!([state(""), state("?at=published:2024-03-12")], ["due", "open"]);
}

#[test]
fn a_moment_that_is_none_is_refused_with_every_form() {
    let desk = market();
    for (at, status) in [("spring", 400), ("entered:soon", 400), ("12", 400), ("9.0", 404), ("told:2024-01-01", 400)] {
        let page = desk.get(&format!("/documents?at={at}"));
        assert_eq!(page.status.as_u16(), status, "{at}");
    }
    let error = desk.get("/api/v1/events?at=spring").json();
    assert!(error["error"]["message"].as_str().unwrap().contains("entered:2026-11-22"), "{error}");
}

#[test]
fn every_page_leads_to_itself_as_of_a_day() {
    let desk = market();
    let page = desk.ok("/actors?q=brigade");
    assert_eq!(page.attrs(".as-of input[name=back]", "value"), ["/actors?q=brigade"]);
    let lead = |query: &str| desk.get(&format!("/as-of?{query}")).header("location").to_owned();
    let back = "back=/actors%3Fq%3Dbrigade";
    assert_eq!(lead(&format!("{back}&day=2024-03-12&by=published")), "/actors?q=brigade&at=published%3A2024-03-12");
    assert_eq!(lead(&format!("{back}&day=2024-03-12&by=entered")), "/actors?q=brigade&at=entered%3A2024-03-12");
    assert_eq!(lead("back=/actors%3Fat%3D1.0&day=2024-03-12"), "/actors?at=published%3A2024-03-12");
    assert_eq!(lead("back=https://elsewhere.example/&day=2024-03-12"), "/?at=published%3A2024-03-12");
    assert_eq!(desk.get("/as-of?back=/&day=never").status, 400);
}

#[test]
fn changes_between_two_moments_are_listed_by_event() {
    let desk = market();
    enter(&desk, LATE, "2024-05-01T08:00:00Z");
    for (from, to) in
        [("published:2024-03-12", "published:2024-03-13"), ("entered:2024-04-30", "entered:2024-05-01"), ("2.0", "")]
    {
        let page = desk.ok(&format!("/changes?from={from}&to={to}"));
        assert!(page.all(".changed li").iter().any(|it| it.starts_with("account")), "{from} {to}: {}", page.text());
        let json = desk.ok(&format!("/changes.json?from={from}&to={to}")).json();
        assert_eq!(json["values"].as_array().unwrap().len(), page.all(".changed li").len());
        let event = page.attrs("article h2 a", "href").swap_remove(0);
        assert!(desk.ok(&event).has(".accounts"), "{event}");
        assert_eq!(desk.ok(&format!("/api/v1/changes?from={from}&to={to}")).json(), json);
    }
    assert!(desk.ok("/changes?from=3.0").one(".empty h2").contains("Nothing changed"));
    for (from, to, words) in [
        ("3.0", "1.0", "3.0 comes after 1.0"),
        ("1.0", "published:2024-03-13", "not of one kind"),
        ("spring", "now", "is no moment"),
    ] {
        let page = desk.ok(&format!("/changes?from={from}&to={to}"));
        assert!(page.one("main .banner").contains(words), "{from} {to}: {}", page.text());
    }
}
