//! A team in the browser: logging in and out, roles, wrong passwords, who settles.

use crate::{clean, first_event, no_faults};
use aver_browser::{Chromium, Server, Tab};

const PASSWORD: &str = "four words make one";

fn team() -> Server {
    Server::team(&[
        ("ana", PASSWORD, "coder"),
        ("ben", PASSWORD, "coder"),
        ("chief", PASSWORD, "editor"),
        ("rita", PASSWORD, "reader"),
    ])
}

fn login(tab: &mut Tab, name: &str, password: &str) {
    tab.open("/login");
    tab.fill("#name", name);
    tab.fill("#password", password);
    tab.press("Enter");
    tab.wait("document.readyState === 'complete' && (document.querySelector('.signed-in') !== null || document.querySelector('[role=alert]') !== null)");
}

fn logout(tab: &mut Tab) {
    tab.click(".signed-in button");
    tab.wait("location.pathname === '/login' && document.readyState === 'complete'");
}

pub fn in_and_out(chromium: &Chromium) {
    let server = team();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/ledger");
    assert_eq!(tab.place(), "/login", "strangers see the login page");
    for scheme in ["light", "dark"] {
        tab.media("screen", scheme);
        no_faults(&mut tab, &["/login"]);
    }
    login(&mut tab, "ana", PASSWORD);
    assert_eq!(tab.text(".signed-in span"), "ana, coder");
    assert_eq!(tab.eval("document.cookie"), "", "no script can read the session");
    logout(&mut tab);
    tab.eval("history.back()");
    tab.wait("document.readyState === 'complete'");
    tab.open("/");
    assert_eq!(tab.place(), "/login", "going back does not log in again");
    clean(&tab);
}

pub fn roles(chromium: &Chromium) {
    let server = team();
    let mut tab = chromium.tab(&server.origin);
    login(&mut tab, "rita", PASSWORD);
    first_event(&mut tab);
    let event = tab.place();
    assert_eq!(tab.count("main form[method=post]"), 0, "a reader is offered nothing to change");
    tab.press("a");
    tab.press("x");
    assert_eq!(tab.place(), event);
    // Not offered is not enough: the server refuses as well.
    let sent = tab.eval(
        "fetch(location.pathname + '/decide', {method: 'POST', body: new URLSearchParams({verb: 'accept', csrf: document.querySelector('.signed-in input[name=csrf]').value})}).then((it) => it.status)",
    );
    assert_eq!(sent, 403);
    assert_eq!(tab.fetch("/export/csv/events.csv?profile=internal").0, 403);
    logout(&mut tab);
    login(&mut tab, "chief", PASSWORD);
    tab.open(&event);
    tab.press("a");
    tab.wait(
        "document.querySelector('.banner.done')?.innerText.includes('accepted') && document.readyState === 'complete'",
    );
    assert!(tab.text(".acts li:first-child").contains("chief"));
    assert_eq!(tab.fetch("/export/csv/events.csv?profile=internal").0, 200);
    clean(&tab);
}

pub fn wrong_passwords(chromium: &Chromium) {
    let server = team();
    let mut tab = chromium.tab(&server.origin);
    login(&mut tab, "ana", "not her password");
    assert!(tab.text("[role=alert]").contains("do not fit"));
    for _ in 0..4 {
        login(&mut tab, "ana", "not her password");
    }
    login(&mut tab, "ana", PASSWORD);
    assert!(tab.text("[role=alert]").contains("quarter of an hour"), "{}", tab.text("[role=alert]"));
    login(&mut tab, "ben", PASSWORD);
    assert_eq!(tab.text(".signed-in span"), "ben, coder", "others need not wait");
    clean(&tab);
}

pub fn adjudication(chromium: &Chromium) {
    let server = team();
    let mut tab = chromium.tab(&server.origin);
    login(&mut tab, "ana", PASSWORD);
    tab.open("/review?q=figures");
    tab.press("a");
    tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
    logout(&mut tab);
    login(&mut tab, "ben", PASSWORD);
    tab.open("/review?q=second");
    assert!(!tab.text(".ask").contains("ana"), "the second coder codes blind");
    tab.press("x");
    tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
    tab.open("/review/differences");
    assert_eq!((tab.count(".difference"), tab.count(".difference form")), (1, 0), "a coder does not settle");
    logout(&mut tab);
    login(&mut tab, "chief", PASSWORD);
    no_faults(&mut tab, &["/review/differences", "/"]);
    tab.open("/review/differences");
    tab.click(".difference form button");
    tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
    assert_eq!(tab.count(".difference"), 0);
    clean(&tab);
}
