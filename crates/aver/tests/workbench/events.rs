//! The list of events: filters in the address, counts that keep their promise, files of the same query.

use crate::desk::Desk;
use crate::texts::market;

#[test]
fn the_most_disputed_event_comes_first_with_its_range_and_a_tick_an_account() {
    let desk = market();
    let page = desk.ok("/");
    let first = &page.all("table.list tbody tr")[0];
    assert!(first.contains("grain market, Tarsh"), "{first}");
    assert!(first.contains("⚠ accounts differ on killed"), "{first}");
    let id = crate::texts::first_event(&desk);
    let killed = page.one("tbody tr:first-child .figure > .number");
    assert_eq!(desk.ok(&format!("/e/{id}")).all("tr.conflict .rec .best")[0], format!("{killed}, no best value"));
    assert!(page.all("tbody tr:first-child svg line.tick").len() >= 2);
}

#[test]
fn no_date_of_the_list_breaks_over_two_lines() {
    let page = Desk::samples().ok("/");
    let whole = page.all("td.when .day");
    assert!(whole.iter().any(|it| it == "2024-03-11") && whole.iter().any(|it| it.ends_with('…')), "{whole:?}");
    // What is left outside the unbroken parts has no date in it.
    let rest = page.all("td.when .number").iter().fold(0, |n, it| n + it.matches("20").count());
    assert_eq!(rest, whole.iter().map(|it| it.matches("20").count()).sum::<usize>());
}

/// Two towns next to each other, and one far away.
fn two_near_one_far() -> Desk {
    Desk::texts(&[
        ("a.txt", "Post", "2024-05-02", "A bomb killed 12 people in Nairobi on Monday, police said."),
        ("b.txt", "Post", "2024-05-02", "Gunmen killed 3 people in Thika on Tuesday, officials said."),
        ("c.txt", "Post", "2024-05-02", "A bomb killed 5 people in Lusaka on Wednesday, police said."),
    ])
}

#[test]
fn places_too_close_to_draw_apart_are_one_mark_that_opens_nearer() {
    let desk = two_near_one_far();
    let map = desk.ok("/?view=map");
    assert_eq!(map.all("a.site.group").len(), 1);
    assert_eq!(map.attrs("a.site.group", "aria-label"), ["Nairobi, Kenya and 1 more place: 2 events"]);
    assert_eq!(map.all("a.site.town").len(), 1, "the far one");
    // The table lists every place on its own.
    assert_eq!(map.all(".places tbody tr").len(), 3);
    let nearer = desk.ok(&map.attrs("a.site.group", "href")[0]);
    assert_eq!(nearer.all("a.site.group").len(), 0);
    assert_eq!(nearer.all("a.site.town").len(), 2);
    assert_eq!(nearer.all(".chips .tag span"), ["part of the map"]);
}

#[test]
fn a_part_of_the_map_filters_every_view() {
    let desk = two_near_one_far();
    assert_eq!(desk.ok("/?box=36,-2,38,0").all("table.list tbody tr").len(), 2);
    assert_eq!(desk.ok("/events.json?box=27,-16,29,-14").json().as_array().unwrap().len(), 1);
    let fault = desk.get("/?box=36,-2");
    assert_eq!(fault.status, 400);
    assert!(fault.one("main").contains("west, south, east and north"));
}

#[test]
fn the_count_beside_a_value_is_what_choosing_it_gives() {
    let desk = Desk::samples();
    for start in ["/", "/?disputed=1", "/?type=bombing", "/?type=bombing&type=arrest"] {
        let page = desk.ok(start);
        let links = page.attrs(".facets li a:not([aria-current])", "href");
        let counts = page.all(".facets li a:not([aria-current]) .number");
        assert!(!links.is_empty());
        for (link, count) in links.iter().zip(counts) {
            let shown = desk.ok(&link.replace("/?", "/events.json?")).json().as_array().unwrap().len();
            // A further value of a facet in use adds to those already chosen.
            let key = link.rsplit('&').next().unwrap().split('=').next().unwrap().trim_start_matches("/?").to_owned();
            if !start.contains(&format!("{key}=")) {
                assert_eq!(shown.to_string(), count, "{start} → {link}");
            } else {
                assert!(shown >= count.parse().unwrap(), "{start} → {link}");
            }
        }
    }
}

#[test]
fn every_filter_that_holds_is_shown_and_can_be_taken_out() {
    let desk = Desk::samples();
    let page = desk.ok("/?type=bombing&from=2024&to=2024-12-31&q=market&policy=ucdp-lbh");
    let chips = page.all(".chips li.tag");
    assert_eq!(chips.len(), 5, "{chips:?}");
    for link in page.attrs(".chips li.tag a", "href") {
        assert_eq!(desk.ok(&link).all(".chips li.tag").len(), 4, "{link}");
    }
    assert!(!desk.ok("/").has(".chips"));
}

#[test]
fn days_let_through_what_may_have_been_inside_and_nothing_undated() {
    let desk = market();
    let count = |query: &str| desk.ok(&format!("/events.json{query}")).json().as_array().unwrap().len();
    assert_eq!(count("?from=2024-03-11&to=2024-03-11"), 1);
    assert_eq!(count("?from=2024-03-12"), 0);
    assert_eq!(count("?to=2024-03-10"), 0);
    assert_eq!(count("?from=2024&to=2024"), 1);
}

#[test]
fn a_query_that_cannot_be_understood_says_what_would_be() {
    let desk = market();
    for (query, hint) in [("?from=whenever", "2023-03-19"), ("?policy=best", "range-all"), ("?order=odd", "newest")] {
        let page = desk.get(&format!("/{query}"));
        assert_eq!(page.status, 400, "{query}");
        assert!(page.one("main").contains(hint), "{query}: {}", page.one("main"));
    }
}

#[test]
fn the_same_query_is_a_table_and_a_map_layer() {
    let desk = Desk::samples();
    let shown = desk.ok("/events.json?disputed=1").json().as_array().unwrap().len();
    let csv = desk.ok("/events.csv?disputed=1").text();
    assert_eq!(csv.lines().count(), shown + 1);
    assert!(csv.lines().nth(1).unwrap().starts_with("/e/ev-"), "{csv}");
    let layer = desk.ok("/events.geojson?disputed=1").json();
    assert_eq!(layer["features"].as_array().unwrap().len(), shown);
}

#[test]
fn a_country_is_drawn_as_its_area_and_a_town_as_a_circle() {
    let desk = Desk::texts(&[(
        "a.txt",
        "Post",
        "2024-05-02",
        "A bomb killed 12 people in Nairobi on Monday, police said.\n\nGunmen killed 3 people in Kenya on Tuesday, officials said.\n",
    )]);
    let page = desk.ok("/?view=map");
    assert!(page.has("a.site.town circle"), "{}", page.one("main"));
    assert!(page.has("a.site.area path") && !page.has("a.site.area circle"));
    let rows = page.all("details table tbody tr");
    assert!(rows.iter().any(|it| it.contains("Kenya") && it.contains("drawn as its area")), "{rows:?}");
    let layer = desk.ok("/events.geojson").json();
    let kinds: Vec<_> =
        layer["features"].as_array().unwrap().iter().map(|it| it["geometry"]["type"].to_string()).collect();
    assert!(kinds.contains(&"\"MultiPolygon\"".to_owned()) && kinds.contains(&"\"Point\"".to_owned()), "{kinds:?}");
}

#[test]
fn bars_of_the_timeline_are_links_that_keep_the_filters() {
    let desk = Desk::samples();
    let page = desk.ok("/?disputed=1&view=timeline");
    let links = page.attrs("av-brush a", "href");
    assert!(!links.is_empty());
    for link in &links {
        assert!(link.contains("disputed=1") && link.contains("from=") && link.contains("to="), "{link}");
        assert!(!desk.ok(&link.replace("/?", "/events.json?")).json().as_array().unwrap().is_empty(), "{link}");
    }
    assert_eq!(page.all("ol.lanes li").len(), desk.ok("/events.json?disputed=1").json().as_array().unwrap().len());
}

#[test]
fn who_comes_back_sees_what_has_come_since() {
    use axum::body::Body;
    use axum::http::Request;
    let desk = market();
    let first = desk.ok("/");
    assert!(first.header("set-cookie").starts_with("looked=2.0;"));
    assert!(!first.has(".since"));
    let again = desk.send(Request::get("/").header("cookie", "a=b; looked=1.0").body(Body::empty()).unwrap());
    assert!(again.one(".since").contains("+1 reading"), "{}", again.one(".since"));
}

#[test]
fn boundaries_of_ones_own_are_drawn_in_place_of_the_carried_ones() {
    let text = "A bomb killed 12 people in Helmand province on Monday, police said.";
    let desk = || Desk::texts(&[("a.txt", "Post", "2024-05-02", text)]);
    let carried = desk().ok("/?view=map");
    assert!(carried.text().contains("Boundaries: Natural Earth"), "whose boundaries they are is said");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.geojson");
    std::fs::write(
        &path,
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"South zone"},
        "geometry":{"type":"Polygon","coordinates":[[[60,28],[68,28],[68,34],[60,34],[60,28]]]}}]}"#,
    )
    .unwrap();
    let own = aver::workbench::boundaries(&path).unwrap();
    let mine = desk().set(|settings| settings.boundaries = Some(own)).ok("/?view=map");
    assert!(mine.text().contains("Boundaries: mine.geojson"), "{}", mine.text());
    assert!(carried.has("a.site.area path") && mine.has("a.site.area path"));
    assert_ne!(carried.attrs("a.site.area path", "d"), mine.attrs("a.site.area path", "d"));
    std::fs::write(&path, "not json").unwrap();
    assert_eq!(aver::workbench::boundaries(&path).err().unwrap().id, "boundaries-not-understood");
}
