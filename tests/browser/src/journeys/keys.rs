//! Every key, pressed; what it does is what the page's own list of keys says.

use crate::{clean, first_event};
use aver_browser::{Chromium, Server};

pub fn of_an_event(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    first_event(&mut tab);
    let event = tab.place();
    tab.press("]");
    tab.wait("document.querySelectorAll('[data-account=a1].active').length > 0");
    tab.press("]");
    tab.wait("document.querySelectorAll('[data-account=a2].active').length > 0");
    tab.press("[");
    tab.wait("document.querySelectorAll('[data-account=a1].active').length > 0");
    tab.press("s");
    tab.wait("document.getElementById('mentions').open");
    tab.press("m");
    tab.wait("document.activeElement.id === 'other'");
    tab.press("Escape");
    tab.press("x");
    tab.wait(
        "document.querySelector('.banner.done')?.innerText.includes('rejected') && document.readyState === 'complete'",
    );
    tab.press("z");
    tab.wait(
        "document.querySelector('.banner.done')?.innerText.includes('took back') && document.readyState === 'complete'",
    );
    tab.press("p");
    tab.wait("location.search.includes('policy=') && document.readyState === 'complete'");
    tab.press("e");
    tab.wait("location.search.includes('edit=') && document.activeElement?.id === 'to-figure'");
    tab.open(&event);
    tab.press("n");
    tab.wait(&format!(
        "location.pathname !== {event:?} && location.pathname.startsWith('/e/') && document.readyState === 'complete'"
    ));
    // In lists: three views, and the pages.
    tab.open("/");
    for (key, view) in [("m", "map"), ("i", "timeline"), ("v", "list")] {
        tab.press(key);
        tab.wait(&format!("document.readyState === 'complete' && document.querySelector('.tabs [aria-current]').innerText.toLowerCase() === {view:?}"));
    }
    tab.press("u");
    tab.wait("location.search.includes('disputed=1') && document.readyState === 'complete'");
    clean(&tab);
}

pub fn of_review(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    let asked = |tab: &mut aver_browser::Tab, queue: &str| {
        tab.open(&format!("/review?q={queue}"));
        tab.text(".ask h2")
    };
    for (queue, key) in [("figures", "a"), ("figures", "x"), ("drafts", "a")] {
        asked(&mut tab, queue);
        tab.press(key);
        tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
        tab.press("z");
        tab.wait("document.querySelector('.flash')?.innerText.includes('undo') && document.readyState === 'complete'");
    }
    let first = asked(&mut tab, "figures");
    tab.press(" ");
    tab.wait(&format!(
        "document.readyState === 'complete' && document.querySelector('.ask h2').innerText !== {first:?}"
    ));
    tab.press("e");
    tab.wait("document.querySelector('details.amend').open");
    // Pairs that the machine cannot tell have answers of their own.
    tab.open("/review?q=same-event");
    if tab.count(".ask") == 1 {
        tab.press("t");
        tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
    }
    clean(&tab);
}

pub fn of_lists(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/");
    let all = tab.text("#total");
    tab.press("u");
    tab.wait("location.search.includes('disputed=1') && document.readyState === 'complete'");
    tab.wait(&format!("document.getElementById('total').innerText !== {all:?}"));
    assert_eq!(tab.count("table.list tbody tr:not(:has(.tag.w))"), 0, "only what accounts differ on is left");
    for (key, view) in [("m", "view=map"), ("i", "view=timeline")] {
        tab.press(key);
        tab.wait(&format!("location.search.includes({view:?}) && document.readyState === 'complete'"));
    }
    tab.press("v");
    tab.wait("!location.search.includes('view=') && document.readyState === 'complete'");
    assert!(tab.place().contains("disputed=1"), "a view keeps the filter: {}", tab.place());
    tab.press("u");
    tab.wait(&format!(
        "!location.search.includes('disputed') && document.getElementById('total')?.innerText === {all:?}"
    ));
    let policy = tab.eval("document.getElementById('policy').value");
    tab.press("p");
    tab.wait(&format!("document.readyState === 'complete' && document.getElementById('policy').value !== {policy}"));
    clean(&tab);
}

pub fn changed(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    tab.open("/keys");
    let field = "input[data-does='accept']";
    tab.click(field);
    tab.press("x");
    tab.wait("document.querySelector('[data-keymap] output').innerText.includes('already')");
    assert_eq!(tab.eval(&format!("document.querySelector({field:?}).value")), "a", "a key that is taken is refused");
    tab.press("q");
    tab.wait("document.querySelector('[data-keymap] output').innerText.includes('q')");
    first_event(&mut tab);
    assert_eq!(tab.text("button[data-key=a] kbd"), "q", "the page shows the key as it is now");
    tab.press("a");
    tab.press("q");
    tab.wait("document.querySelector('.banner.done')?.innerText.includes('Decision 1') && document.readyState === 'complete'");
    assert!(tab.text(".banner.done").contains("accepted"), "the old key did nothing, the new one accepted");
    // Switched off, no single key does anything, not even the one that lists them.
    tab.open("/keys");
    tab.click("#off-here");
    tab.open("/");
    tab.press("?");
    tab.press("m");
    assert_eq!((tab.place(), tab.eval("document.getElementById('keys').open")), ("/".into(), false.into()));
    tab.open("/keys");
    tab.click("#off-here");
    tab.click("[data-reset]");
    tab.wait("localStorage.getItem('averment.keys') === null");
    clean(&tab);
}
