//! The first five minutes, whole: from the demo to a bundle that verifies elsewhere.

use crate::{clean, tab_path};
use aver_browser::{Chromium, Server, Tab};

const DONE: &str = ".banner.done";

/// Waits for the banner that says a decision was stored.
fn told(tab: &mut Tab, words: &str) {
    tab.wait(&format!(
        "document.readyState === 'complete' && document.querySelector({DONE:?})?.innerText.includes({words:?})"
    ));
}

pub fn five_minutes(chromium: &Chromium) {
    // 0:00 one line a document, and nothing asked
    let server = Server::samples();
    for words in ["14 documents", "statements", "events", "forecasts"] {
        assert!(server.told.contains(words), "the demo says nothing of {words}: {}", server.told);
    }
    let mut tab = chromium.tab(&server.origin);
    let event = open_the_most_disputed(&mut tab);
    words_light_up(&mut tab);
    another_policy(&mut tab);
    disagree(&mut tab);
    // 2:50 reading again keeps every decision
    let again = server.aver(&["rerun"]);
    assert!(again.contains("2 human decisions: 2 kept, 0 re-anchored, 0 orphaned"), "{again}");
    tab.open(&event);
    assert!(tab.text(".acts").contains("to 14"), "{}", tab.text(".acts"));
    tallies_and_forecasts(&mut tab);
    coverage(&mut tab);
    citation(&mut tab, &event);
    export_and_verify(&mut tab);
    assert!(server.aver(&["verify"]).contains("Nothing stored has changed"));
    clean(&tab);
}

/// 0:30 disputed first, with a tick for each account; 1:00 own words in every cell, silence said.
fn open_the_most_disputed(tab: &mut Tab) -> String {
    tab.open("/");
    assert!(tab.text("table.list tbody tr:first-child").contains("grain market, Tarsh"));
    assert!(tab.count("table.list tbody tr:first-child svg .tick") >= 2);
    tab.press("j");
    tab.press("Enter");
    tab.wait("location.pathname.startsWith('/e/') && document.readyState === 'complete'");
    assert!(tab.count(".accounts q") > 5 && tab.count(".accounts .none") > 0);
    assert!(tab.text(".accounts").contains("says nothing"));
    tab_path(tab)
}

/// 1:20 `]`: the account's words light up in the article, exactly those words.
fn words_light_up(tab: &mut Tab) {
    tab.press("]");
    tab.wait("document.querySelectorAll('[data-account=a1].active').length > 0");
    tab.wait("document.querySelectorAll('mark.lit').length > 0");
    let (quoted, lit) = (
        tab.eval("[...document.querySelectorAll('[data-account=a1] q')].map((it) => it.textContent)"),
        tab.eval("[...document.querySelectorAll('mark.lit')].map((it) => it.textContent)"),
    );
    let all: Vec<&str> = quoted.as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
    for piece in lit.as_array().into_iter().flatten().filter_map(|it| it.as_str()) {
        let words = piece.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(all.iter().any(|it| it.contains(&words)), "“{words}” is lit and is not of this account: {all:?}");
    }
}

/// 1:40 `p` twice: other policies, each with its rule in a sentence.
fn another_policy(tab: &mut Tab) {
    let mut rules = vec![tab.text(".policy .rule")];
    for _ in 0..2 {
        let place = tab.place();
        tab.press("p");
        tab.wait(&format!("location.pathname + location.search !== {place:?} && document.readyState === 'complete'"));
        rules.push(tab.text(".policy .rule"));
    }
    rules.sort();
    rules.dedup();
    assert!(rules.len() == 3 && rules.iter().all(|it| it.split(' ').count() > 4), "{rules:?}");
}

/// 2:10 a figure is moved to another speaker and taken back; one is corrected; a mention is split off and taken back.
fn disagree(tab: &mut Tab) {
    tab.press("e");
    tab.wait("document.querySelector('#to-speaker') !== null && document.readyState === 'complete'");
    tab.fill("#to-speaker", "Tarsh council");
    tab.press("Enter");
    told(tab, "to Tarsh council");
    assert!(tab.text(".accounts").contains("Tarsh council"), "the new speaker has an account at once");
    tab.press("z");
    told(tab, "took back");
    assert!(!tab.text(".accounts").contains("Tarsh council"));
    tab.press("e");
    tab.wait("document.activeElement?.id === 'to-figure' && document.readyState === 'complete'");
    tab.fill("#to-figure", "14");
    tab.press("Enter");
    told(tab, "to 14");
    let mentions = "document.querySelectorAll('#mentions input[name=mention]').length";
    let before = tab.eval(mentions).as_u64().unwrap_or(0);
    assert!(before > 2, "the event has mentions to split: {before}");
    tab.press("s");
    tab.wait("document.getElementById('mentions').open");
    tab.click("#mentions p:last-of-type input[name=mention]");
    tab.click("#mentions button[value=split]");
    told(tab, "different events");
    assert_eq!(tab.eval(mentions).as_u64(), Some(before - 1), "the change shows at once");
    tab.press("z");
    told(tab, "took back");
    assert_eq!(tab.eval(mentions).as_u64(), Some(before), "one key takes the whole split back");
    let acts = tab.text(".acts");
    for words in ["different events", "took back", "corrected"] {
        assert!(acts.contains(words), "both acts stay in the ledger: {acts}");
    }
    tab.press("a");
    told(tab, "accepted");
}

/// 3:10 what adds up and what is on file; 3:40 a forecast whose window has passed is resolved.
fn tallies_and_forecasts(tab: &mut Tab) {
    tab.press("g");
    tab.press("t");
    tab.wait("location.pathname === '/tallies' && document.readyState === 'complete'");
    assert!(tab.count(".tally .findings li") > 0 && tab.count(".tally table.sums") > 0);
    tab.click(".tally details > summary");
    assert!(tab.count(".tally details[open] ul.plain li a") > 0, "which events of the period are on file");
    tab.open("/forecasts?state=overdue");
    assert!(tab.text("article.forecast").contains("due"));
    tab.click("article.forecast button[value=did_not]");
    tab.wait("document.readyState === 'complete' && document.querySelector('.flash') !== null");
    assert!(tab.text(".flash").contains("did not happen"), "{}", tab.text(".flash"));
}

/// 4:00 which sentences yielded nothing.
fn coverage(tab: &mut Tab) {
    tab.open("/documents");
    tab.click("tbody tr:first-child .what a");
    tab.wait("location.pathname.startsWith('/d/') && document.readyState === 'complete'");
    tab.press("v");
    tab.wait("document.querySelector('.reader.coverage') !== null && document.readyState === 'complete'");
    assert!(tab.count(".nothing") > 0 && tab.text(".doc-bar").contains('%'));
}

/// 4:20 `c` on a cell: quote, speakers, document, hash, an address with the state of the ledger.
fn citation(tab: &mut Tab, event: &str) {
    tab.open(event);
    tab.eval("document.querySelector('.accounts a.words').focus()");
    let quote = tab.text(".accounts a.words q");
    tab.press("c");
    tab.wait("document.getElementById('copied').textContent.includes('cell')");
    tab.press("/");
    tab.paste();
    let cited = tab.eval("document.getElementById('find').value");
    let cited = cited.as_str().unwrap_or_default();
    for part in [format!("“{quote}”"), "sha256 ".into(), "ledger position ".into(), "/d/".into(), "&at=".into()] {
        assert!(cited.contains(&part), "{part} is missing in: {cited}");
    }
    let address = cited.split_whitespace().last().unwrap_or_default().to_owned();
    let origin = tab.eval("location.origin").as_str().unwrap_or_default().to_owned();
    tab.open(address.strip_prefix(&origin).expect("the address is of this server"));
    let found = tab.eval(
        "[...document.querySelectorAll('mark.target')].map((it) => it.textContent).join('').split(/\\s+/).join(' ')",
    );
    assert_eq!(found.as_str(), Some(quote.as_str()), "the address leads to the words");
}

/// 4:35 the row count before the download; 4:50 on another machine every hash matches.
fn export_and_verify(tab: &mut Tab) {
    tab.press("g");
    tab.press("x");
    tab.wait("location.pathname === '/export' && document.readyState === 'complete'");
    let rows = tab.text("#result .files");
    assert!(rows.contains("rows"), "{rows}");
    tab.click("input[name=format][value=bundle]");
    tab.wait("document.querySelector('#result .files a')?.href.endsWith('.zip') || document.querySelector('#result .files a')?.href.includes('.zip?')");
    assert!(tab.text("#result").contains("private names masked"));
    let address = tab.eval("document.querySelector('#result .files a').getAttribute('href')");
    let (status, bytes) = tab.fetch(address.as_str().unwrap_or_default());
    assert_eq!(status, 200);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bundle.zip");
    std::fs::write(&path, &bytes).expect("it is written");
    let path = path.to_string_lossy().into_owned();
    let (well, told) = Server::elsewhere(&["verify", &path]);
    assert!(well && told.contains("all hashes match") && told.contains("0 unexplained"), "{told}");
    // One changed byte, and it says so.
    let mut changed = bytes;
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&path, &changed).expect("it is written");
    let (well, told) = Server::elsewhere(&["verify", &path]);
    assert!(!well, "a changed bundle is refused: {told}");
}
