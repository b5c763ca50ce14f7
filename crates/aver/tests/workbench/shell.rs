//! The frame: every screen has it, nothing leaves this server, errors say what next.

use crate::desk::Desk;
use axum::body::Body;
use axum::http::Request;

const SCREENS: [&str; 9] =
    ["/", "/documents", "/actors", "/tallies", "/review", "/ledger", "/add", "/search", "/search?q=market"];

#[test]
fn every_screen_stands_with_and_without_documents() {
    for desk in [Desk::samples(), Desk::empty()] {
        for url in SCREENS {
            let page = desk.ok(url);
            assert_eq!(page.all("h1").len(), 1, "{url}");
            assert!(page.all("nav a").len() >= 7, "{url}");
        }
    }
}

#[test]
fn no_page_carries_inline_script_or_style_or_names_another_server() {
    let desk = Desk::samples();
    for url in SCREENS {
        let page = desk.ok(url);
        assert!(page.header("content-security-policy").starts_with("default-src 'self';"), "{url}");
        assert!(page.attrs("[style]", "style").is_empty(), "{url}");
        assert!(page.all("style").is_empty(), "{url}");
        assert_eq!(page.all("script").concat(), "", "{url}");
        for selector in [("[src]", "src"), ("link", "href"), ("form", "action")] {
            for address in page.attrs(selector.0, selector.1) {
                assert!(address.starts_with('/') && !address.starts_with("//"), "{url}: {address}");
                if address.starts_with("/assets/") {
                    assert!(desk.ok(&address).header("cache-control").contains("immutable"));
                }
            }
        }
    }
}

#[test]
fn an_address_that_is_none_says_where_to_go() {
    let desk = Desk::empty();
    for url in ["/nowhere", "/e/ev-none", "/assets/style-0.css"] {
        let page = desk.get(url);
        assert_eq!(page.status, 404, "{url}");
        assert!(page.one("main").contains("What next"), "{url}");
    }
    assert_eq!(desk.get("/?at=soon").status, 400);
    assert_eq!(desk.get("/?at=9.9").status, 404);
}

#[test]
fn a_server_under_another_name_and_a_page_of_another_site_are_refused() {
    let desk = Desk::empty();
    let named = |host: &str| desk.send(Request::get("/").header("host", host).body(Body::empty()).unwrap()).status;
    assert_eq!(named("localhost:7411"), 200);
    assert_eq!(named("evil.example"), 403);
    let from = Request::post("/add").header("origin", "http://evil.example").body(Body::empty()).unwrap();
    assert_eq!(desk.send(from).status, 403);
}

#[test]
fn what_another_process_writes_is_seen_by_the_next_request() {
    use aver_model::{Anchor, Ruling, Span};
    let desk = Desk::texts(&[("a.txt", "Post", "2024-05-02", "A bomb killed 12 people at a market in Tarsh.")]);
    let before = desk.ok("/").one("footer span:last-child");
    assert!(before.contains("at 1.0"), "{before}");
    desk.behind(|ledger| {
        let document = ledger.documents().unwrap()[0].document.sha256.clone();
        let anchor = Anchor {
            document,
            quote: "bomb".into(),
            span: Span::new(2, 6),
            field: "event".into(),
            value: None,
            definition: None,
        };
        ledger.decide(Ruling::Accept { anchor }, "Ben", "2024-06-01T12:00:00Z", None).unwrap();
    });
    assert!(desk.ok("/").one("footer span:last-child").contains("at 1.1"));
    let earlier = desk.ok("/?at=1.0");
    assert!(earlier.one(".banner").contains("As known at 1.0"));
    assert_eq!(earlier.attrs(".banner a", "href"), ["/"]);
}
