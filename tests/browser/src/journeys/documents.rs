//! Bringing documents in, and reading in them what the machine did not.

use crate::clean;
use aver_browser::{Chromium, Server};

const TEXT: &str = "A car bomb exploded at a market in Mosul on May 1, 2024, killing 12 people, police said.";

pub fn dropped(chromium: &Chromium) {
    let server = Server::texts(&[("first.txt", TEXT)]);
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = vec![];
    // More than are waited for, so that the progress is seen; one of them is no text.
    for n in 0..16 {
        let path = folder.path().join(format!("report-{n:02}.txt"));
        let text = format!("Gunmen killed {} people in Kirkuk on May {}, 2024, officials said.", n + 2, n + 1);
        std::fs::write(&path, text.repeat(40)).expect("it is written");
        paths.push(path.to_string_lossy().into_owned());
    }
    let archive = folder.path().join("bundle.zip");
    std::fs::write(&archive, b"PK\x03\x04\x14\x00\x00\x00\x08\x00 and zeros").expect("it is written");
    paths.push(archive.to_string_lossy().into_owned());
    let mut tab = chromium.tab(&server.origin);
    tab.open("/add");
    tab.fill("#source-files", "Desert Sun");
    tab.fill("#published-files", "2024-05-20");
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    tab.drop_files(".drop", &paths);
    tab.wait("document.querySelector('.picked').innerText.startsWith('17 chosen')");
    tab.click("form[data-drop] button.main");
    tab.wait("location.pathname.startsWith('/add/jobs/') && document.querySelector('progress') !== null");
    tab.wait("document.querySelector('h1')?.innerText === '1 of 17 could not be added'");
    assert!(tab.text("[role=status]").contains("16 added"), "{}", tab.text("[role=status]"));
    let failed = tab.text(".job tbody tr.failed");
    assert!(failed.contains("bundle.zip") && failed.contains("not added") && failed.contains("unpack it"), "{failed}");
    tab.open("/documents?q=Desert+Sun");
    assert_eq!(tab.count("tbody tr"), 16);
    clean(&tab);
}

pub fn pasted(chromium: &Chromium) {
    let server = Server::texts(&[("first.txt", TEXT)]);
    let mut tab = chromium.tab(&server.origin);
    tab.open("/add");
    tab.fill("#source-text", "River Herald");
    tab.fill("#published-text", "2024-06-03");
    tab.fill("#name-text", "ferry.txt");
    tab.fill("#text", "Ferry attack\n\nGunmen killed 4 people on a ferry near Basra on Saturday, the mayor said.");
    tab.click("form[action='/add/text'] button.main");
    tab.wait("document.querySelector('h1')?.innerText === 'All 1 read'");
    tab.click(".job tbody a");
    tab.wait("location.pathname.startsWith('/d/') && document.readyState === 'complete'");
    let facts = tab.text(".doc-facts");
    assert!(facts.contains("River Herald") && facts.contains("2024-06-03") && facts.contains("ferry.txt"), "{facts}");
    clean(&tab);
}

pub fn marked(chromium: &Chromium) {
    let server = Server::texts(&[(
        "a.txt",
        "Market attack\n\nA car bomb exploded in Mosul on May 1, 2024, killing 12 people, police said.\n\nThe sky over the é river was red above the boats of old fishermen.\n",
    )]);
    let mut tab = chromium.tab(&server.origin);
    tab.open("/documents");
    tab.click("tbody .what a");
    tab.wait("location.pathname.startsWith('/d/') && document.readyState === 'complete'");
    let document = tab.place();
    let before = tab.count("[data-statement]");
    // The words are marked with the pointer's own selection, across the é.
    tab.eval(
        "(() => { const node = [...document.querySelectorAll('article.text p')].at(-1).querySelector('[data-start]').firstChild; \
         const from = node.data.indexOf('The sky'); const range = document.createRange(); range.setStart(node, from); \
         range.setEnd(node, node.data.indexOf(' red ') + 4); getSelection().removeAllRanges(); getSelection().addRange(range); })()",
    );
    tab.press("n");
    tab.wait("document.activeElement?.id === 'state-speaker'");
    assert_eq!(tab.eval("document.getElementById('state-words').value"), "The sky over the é river was red");
    tab.fill("#state-speaker", "old fishermen");
    tab.press("Enter");
    tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
    assert_eq!(tab.count("[data-statement]"), before + 1);
    assert!(tab.text(".said").contains("read by ana"), "{}", tab.text(".said"));
    let lit = tab.eval("[...document.querySelectorAll('mark.target')].map((it) => it.textContent).join('')");
    assert_eq!(lit, "The sky over the é river was red");
    // Without script the same is typed into the form.
    tab.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    tab.open(&document);
    tab.click("details.state > summary");
    tab.click("#state-words");
    tab.type_words("killing 12 people");
    tab.click("#state-speaker");
    tab.type_words("outlet");
    tab.click("#state-form button.main");
    tab.wait("document.querySelector('.flash') !== null && document.readyState === 'complete'");
    assert_eq!(tab.count("[data-statement]"), before + 2);
    clean(&tab);
}
