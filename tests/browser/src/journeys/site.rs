//! The published pages, as a reader without any server sees them; and forms that were refused.

use crate::{clean, no_faults};
use aver_browser::{Chromium, Server};

/// Publishes the sample reports into a folder and opens it as files.
fn published(server: &Server) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder for the pages");
    server.aver(&["publish", &folder.path().to_string_lossy()]);
    let origin = format!("file://{}", folder.path().display());
    (folder, origin)
}

pub fn accessible(chromium: &Chromium) {
    let server = Server::samples();
    let (_folder, origin) = published(&server);
    let mut tab = chromium.tab(&origin);
    tab.open("/index.html");
    assert!(tab.count("table.list tbody tr") > 5);
    let links = tab.eval("[...document.querySelectorAll('.what a')].slice(0, 2).map((it) => it.getAttribute('href'))");
    let pages: Vec<String> =
        links.as_array().into_iter().flatten().filter_map(|it| Some(format!("/{}", it.as_str()?))).collect();
    assert_eq!(pages.len(), 2);
    let pages: Vec<&str> = ["/index.html", "/about.html"].into_iter().chain(pages.iter().map(String::as_str)).collect();
    for scheme in ["light", "dark"] {
        tab.media("screen", scheme);
        no_faults(&mut tab, &pages);
    }
    // Axe asks for the style a second time, which the policy of the pages refuses it.
    tab.complaints.clear();
    tab.media("screen", "light");
    for width in [390, 794] {
        tab.size(width, 844);
        tab.media(if width == 794 { "print" } else { "screen" }, "light");
        for page in &pages {
            tab.open(page);
            let wide = tab.eval("document.documentElement.scrollWidth");
            assert!(wide.as_u64() <= Some(width.into()), "{page} is {wide} wide on {width}");
        }
    }
    clean(&tab);
}

pub fn refused(chromium: &Chromium) {
    let server = Server::samples();
    let mut tab = chromium.tab(&server.origin);
    // A day that is none, in a filter.
    tab.open("/?type=bombing");
    tab.fill("#from", "when it was warm");
    tab.press("Enter");
    tab.wait("document.querySelector('.failure [aria-invalid=true]') !== null && document.readyState === 'complete'");
    assert_eq!(tab.eval("document.activeElement.value"), "when it was warm", "the value at fault has the focus");
    tab.fill(".failure [aria-invalid=true]", "2024");
    tab.press("Enter");
    tab.wait("location.pathname === '/' && document.querySelectorAll('.chips .tag').length === 2");
    // A pasted text with a date that is none: nothing is written twice.
    tab.open("/add");
    tab.fill("#text", "Bombing in Kolm\n\nA bomb killed 4 people in Kolm on Monday, police said.\n");
    tab.fill("#source-text", "Valley Post");
    tab.fill("#published-text", "soon");
    tab.click("form[action='/add/text'] button");
    tab.wait("document.querySelector('.failure textarea') !== null && document.readyState === 'complete'");
    assert!(
        tab.eval("document.querySelector('.failure textarea').value").as_str().is_some_and(|it| it.contains("Kolm"))
    );
    tab.fill("#mend-published", "2024-05-16");
    tab.click(".failure button.main");
    tab.wait("location.pathname.startsWith('/add/jobs/') && document.querySelector('tr.new') !== null");
    clean(&tab);
}
