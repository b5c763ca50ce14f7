//! A team: accounts, sessions, roles; two coders and who settles.

use crate::desk::{Desk, Page};
use crate::review::{contested, press};
use aver::team::Role;
use axum::body::Body;
use axum::http::Request;

pub const PASSWORD: &str = "four words make one";

fn team() -> Desk {
    contested().with_team(&[
        ("ana", PASSWORD, Role::Coder),
        ("ben", PASSWORD, Role::Coder),
        ("chief", PASSWORD, Role::Editor),
        ("rita", PASSWORD, Role::Reader),
    ])
}

/// Logs in and returns the session's token.
#[track_caller]
pub fn login(desk: &mut Desk, name: &str) -> String {
    desk.cookie.clear();
    let sent = attempt(desk, name, PASSWORD);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let cookie = sent.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    desk.cookie = cookie.split(';').next().expect("a cookie has a value").to_owned();
    desk.cookie.clone()
}

fn attempt(desk: &Desk, name: &str, password: &str) -> Page {
    let csrf = desk.ok("/login").attrs("input[name=csrf]", "value").remove(0);
    desk.post("/login", &[("name", name), ("password", password), ("csrf", &csrf)])
}

#[test]
fn strangers_see_the_login_page_and_nothing_else() {
    let desk = team();
    for url in
        ["/", "/review", "/ledger", "/ledger/verify", "/add", "/tallies", "/export", "/documents", "/search?q=bomb"]
    {
        let page = desk.get(url);
        assert_eq!((page.status.as_u16(), page.header("location")), (303, "/login"), "{url}");
    }
    for url in [
        "/api/v1/events",
        "/api/v1/openapi.json",
        "/ledger.json",
        "/ledger.csv",
        "/tallies.json",
        "/export/csv/events.csv",
    ] {
        let page = desk.get(url);
        assert_eq!(page.status, 401, "{url}");
        assert_eq!(page.json()["error"]["id"], "login-needed", "{url}");
    }
    assert_eq!(desk.post("/decide", &[("verb", "undo")]).status, 401);
    assert!(!desk.ok("/login").text().contains("Mosul"));
}

#[test]
fn a_login_begins_a_fresh_session_and_logging_out_ends_it() {
    let mut desk = team();
    // A session that somebody planted in the browser is not taken over.
    desk.cookie = "aver_session=planted".into();
    let sent = attempt(&desk, "ana", PASSWORD);
    let cookie = sent.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(cookie.len() > 60 && !cookie.contains("planted"), "{cookie}");
    assert_eq!(desk.get("/").status, 303, "the planted session stands for nobody");
    desk.cookie.clone_from(&cookie);
    assert!(desk.ok("/").one(".signed-in").contains("ana, coder"));
    // Logging in again gives another token and ends the old one.
    let again = attempt(&desk, "ana", PASSWORD).header("set-cookie").split(';').next().unwrap().to_owned();
    assert_ne!(again, cookie);
    assert_eq!(desk.get("/").status, 303);
    desk.cookie = again;
    let csrf = desk.ok("/").attrs("input[name=csrf]", "value").remove(0);
    assert_eq!(desk.post("/logout", &[("csrf", &csrf)]).header("location"), "/login");
    assert_eq!(desk.get("/").status, 303, "the session has ended, whatever the browser keeps");
}

#[test]
fn wrong_passwords_say_little_and_soon_nothing() {
    let desk = team();
    let (unknown, wrong) = (attempt(&desk, "nobody", "x"), attempt(&desk, "ana", "x"));
    assert_eq!((unknown.status.as_u16(), wrong.status.as_u16()), (401, 401));
    assert_eq!(unknown.one("[role=alert]"), wrong.one("[role=alert]"), "which of the two is wrong is not said");
    for _ in 0..4 {
        attempt(&desk, "ana", "x");
    }
    let limited = attempt(&desk, "ana", PASSWORD);
    assert_eq!(limited.status, 429, "even the right password waits");
    assert!(limited.one("[role=alert]").contains("quarter of an hour"));
    assert_eq!(attempt(&desk, "ben", PASSWORD).status, 303, "others do not wait");
}

#[test]
fn a_reader_looks_and_decides_nothing() {
    let mut desk = team();
    login(&mut desk, "rita");
    let page = desk.ok("/review?q=figures");
    assert!(page.has(".ask") && !page.has("[data-key='a']"), "no answer is offered");
    let csrf = desk.csrf();
    for url in ["/decide", "/add/text", "/api/v1/decisions"] {
        let sent = desk.post(url, &[("csrf", &csrf), ("verb", "undo"), ("decision", "1"), ("text", "A bomb.")]);
        assert_eq!(sent.status, 403, "{url}");
    }
    assert_eq!(desk.get("/export?profile=internal").status, 403);
    assert_eq!(desk.get("/export/csv/events.csv?profile=internal").status, 403);
    assert_eq!(desk.ok("/export/csv/events.csv").status, 200);
    assert!(!desk.ok("/add").has("form[action^='/add']"));
}

#[test]
fn a_form_without_its_token_or_with_that_of_another_session_is_refused() {
    let mut desk = team();
    login(&mut desk, "ben");
    let of_ben = desk.csrf();
    login(&mut desk, "ana");
    let of_ana = desk.csrf();
    assert_ne!(of_ana, of_ben);
    for token in ["", "x", &of_ben] {
        assert_eq!(
            desk.post("/decide", &[("csrf", token), ("verb", "undo"), ("decision", "1")]).status,
            403,
            "{token}"
        );
    }
    let json = |token: Option<&str>| {
        let mut request = Request::post("/api/v1/decisions").header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("x-csrf-token", token);
        }
        desk.send(request.body(Body::from("{\"verb\":\"undo\",\"decision\":\"7\"}")).unwrap()).status.as_u16()
    };
    assert_eq!((json(None), json(Some(&of_ben)), json(Some(&of_ana))), (403, 403, 404));
}

#[test]
fn coders_take_back_their_own_and_editors_anybodys() {
    let mut desk = team();
    login(&mut desk, "ana");
    let page = desk.ok("/review?q=figures");
    assert_eq!(press(&desk, &page, "a", &[]).status, 303);
    login(&mut desk, "ben");
    let csrf = desk.csrf();
    let refused = desk.post("/decide", &[("csrf", &csrf), ("verb", "undo"), ("decision", "1")]);
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(!desk.ok("/ledger").has("tr#n1 form"));
    login(&mut desk, "chief");
    let csrf = desk.csrf();
    assert!(desk.ok("/ledger").has("tr#n1 form"));
    assert_eq!(desk.post("/decide", &[("csrf", &csrf), ("verb", "undo"), ("decision", "1")]).status, 303);
}

#[test]
fn a_second_coder_codes_blind_and_only_differences_are_left_to_settle() {
    let mut desk = team();
    login(&mut desk, "ana");
    let asked = desk.ok("/review?q=figures");
    let words = asked.form("[data-key='a']").into_iter().find(|it| it.0 == "a").expect("it names its words").1;
    assert_eq!(press(&desk, &asked, "a", &[]).status, 303);
    login(&mut desk, "ben");
    let blind = desk.ok("/review?q=second");
    assert!(blind.has(".ask") && !blind.one(".ask").contains("ana"), "{}", blind.one(".ask"));
    assert_eq!(press(&desk, &blind, "x", &[]).status, 303);
    assert!(desk.ok("/review?q=second").has(".empty"));
    let open = desk.ok("/review/differences");
    assert_eq!(open.all(".difference").len(), 1);
    assert!(!open.has(".difference form"), "a coder does not settle");
    let cells = open.all(".framed tbody tr > *");
    assert_eq!(cells, ["figure", "1", "0 %", "0.00", "—", "not to be relied on"]);
    login(&mut desk, "chief");
    assert!(desk.ok("/review/differences").has(".difference form"));
    let csrf = desk.csrf();
    let settled =
        desk.post("/decide", &[("csrf", &csrf), ("verb", "reject"), ("a", &words), ("back", "/review/differences")]);
    assert_eq!(settled.status, 303, "{}", settled.text());
    assert!(!desk.ok("/review/differences").has(".difference"));
    let agreement = desk.ok("/api/v1/agreement?coder=ana&coder=ben").json();
    assert_eq!(agreement["values"][0]["percent"], 0.0);
}

#[test]
fn behind_https_the_cookie_is_never_sent_without_it() {
    let mut desk = team();
    assert!(!attempt(&desk, "ana", PASSWORD).header("set-cookie").contains("Secure"));
    let path = desk.path.clone();
    desk = desk.set(|settings| {
        settings.gate = aver::workbench::gate::Gate::team(aver::team::Team::open(&path).unwrap());
        settings.gate.behind_https = true;
    });
    let cookie = attempt(&desk, "ana", PASSWORD).header("set-cookie").to_owned();
    assert!(cookie.ends_with("; Secure") && cookie.contains("HttpOnly"), "{cookie}");
}
