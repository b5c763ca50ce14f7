//! A decision is joined at once and alone; what is shown is what joining everything gives.

use crate::desk::Desk;
use crate::texts::market;

/// Pages that show something of every part of the state.
const PAGES: [&str; 15] = [
    "/",
    "/?disputed=1",
    "/?order=killed",
    "/?q=market",
    "/?view=map",
    "/?view=timeline",
    "/events.json",
    "/events.csv",
    "/actors",
    "/documents",
    "/tallies",
    "/forecasts",
    "/review",
    "/review?q=same-event",
    "/api/v1/review?limit=1000",
];

/// Compares every page, and the page of every event, with those of a workbench that has just been opened.
#[track_caller]
fn as_opened_anew(desk: &Desk) {
    let fresh = desk.opened_again();
    let events: Vec<String> = desk
        .ok("/events.json")
        .json()
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| format!("/e/{}", it["id"].as_str().expect("an id")))
        .collect();
    // Each workbench has a token of its own.
    let shown = |desk: &Desk, url: &str| desk.ok(url).text().replace(&desk.csrf(), "TOKEN");
    for url in PAGES.into_iter().chain(events.iter().map(String::as_str)) {
        assert_eq!(shown(desk, url), shown(&fresh, url), "{url}");
    }
}

/// Stores views as they are now and as they are when made anew, both as JSON by id.
#[track_caller]
fn views_are_those_of_the_events(desk: &Desk) {
    let views = aver_ledger::Ledger::open(&desk.path).unwrap().load_views().unwrap().expect("views are stored");
    let mut stored: Vec<serde_json::Value> = views.events.iter().map(|it| serde_json::to_value(it).unwrap()).collect();
    let mut shown = desk.ok("/events.json").json().as_array().unwrap().clone();
    let id = |it: &serde_json::Value| it["id"].as_str().unwrap().to_owned();
    stored.sort_by_key(id);
    shown.sort_by_key(id);
    assert_eq!(stored, shown);
}

fn ids(desk: &Desk) -> Vec<String> {
    let events = desk.ok("/events.json").json();
    events.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_kind_of_decision_gives_what_joining_everything_gives() {
    let desk = Desk::samples();
    let all = ids(&desk);
    let act = |id: &str, fields: &[(&str, &str)]| {
        let done = desk.post(&format!("/e/{id}/decide"), fields);
        assert_eq!(done.status, 303, "{fields:?}: {}", done.text());
        as_opened_anew(&desk);
        views_are_those_of_the_events(&desk);
    };
    act(&all[0], &[("verb", "accept")]);
    act(&all[1], &[("verb", "reject"), ("reason", "not an attack")]);
    act(&all[0], &[("verb", "same"), ("other", &all[2])]);
    act(&all[3], &[("verb", "different"), ("other", &all[4])]);
    act(&all[3], &[("verb", "unsure"), ("other", &all[5])]);
    assert_eq!(desk.app.joins(), 1, "nothing but opening joins everything");
    let mention = desk.ok(&format!("/e/{}", ids(&desk)[0])).attrs("input[name=mention]", "value");
    act(&ids(&desk)[0], &[("verb", "split"), ("mention", &mention[0])]);
    assert_eq!(desk.app.joins(), 1);
}

#[test]
fn taking_back_leads_to_what_was_before() {
    let desk = market();
    let url = format!("/e/{}", ids(&desk)[0]);
    let before = desk.ok("/events.json").text();
    let mention = desk.ok(&url).attrs("input[name=mention]", "value");
    let fields = [("verb", "split"), ("mention", mention[0].as_str())];
    assert_eq!(desk.post(&format!("{url}/decide"), &fields).status, 303);
    assert_ne!(desk.ok("/events.json").text(), before, "a mention went out");
    let made = desk.ok("/ledger.json").json().as_array().unwrap().len();
    for number in (1..=made).rev() {
        let fields = [("verb", "undo"), ("decision", &number.to_string()), ("back", "/")];
        assert_eq!(desk.post("/decide", &fields).status, 303);
        as_opened_anew(&desk);
    }
    assert_eq!(desk.ok("/events.json").text(), before);
    views_are_those_of_the_events(&desk);
    assert_eq!(desk.app.joins(), 1);
}

#[test]
fn a_corrected_number_is_shown_and_joined_anew() {
    let desk = market();
    let a = &desk.ok("/review?q=figures").attrs("input[name=a]", "value")[0];
    let done = desk.post("/decide", &[("verb", "correct"), ("a", a), ("to", "77"), ("back", "/")]);
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(desk.ok("/events.json").text().contains("77"));
    as_opened_anew(&desk);
}
