//! `aver correct` and the published pages: what a person changes is on the next pages, and nothing older stays.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Runs `aver` over the ledger of a folder, without a model; returns whether it went well, and what it printed.
fn aver(folder: &Path, args: &[&str]) -> (bool, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_aver"))
        .arg("--ledger")
        .arg(folder.join("test.aver"))
        .args(["--model", "none"])
        .args(args)
        .output()
        .expect("aver runs");
    (out.status.success(), String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned())
}

/// Does so and expects it to go well.
fn done(folder: &Path, args: &[&str]) -> String {
    let (well, words) = aver(folder, args);
    assert!(well, "aver {args:?}: {words}");
    words
}

/// A ledger of two bombings.
fn two_bombings() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = folder.path().join("texts");
    std::fs::create_dir(&texts).expect("a folder");
    let told = [
        ("kolm.txt", "A bomb killed 12 people at a market in Kolm on Monday, police said.\n"),
        ("sethra.txt", "A bomb killed 3 people at a school in Sethra on Tuesday, officials said.\n"),
    ];
    for (name, text) in told {
        std::fs::write(texts.join(name), text).expect("a text is written");
    }
    done(folder.path(), &["add", &texts.to_string_lossy(), "--source", "Post", "--published", "2024-05-16"]);
    folder
}

/// The id of the event whose title holds these words.
fn event(folder: &Path, words: &str) -> String {
    let events: serde_json::Value =
        serde_json::from_str(&done(folder, &["events", "--json"])).expect("the list is JSON");
    let events = events.as_array().or(events["events"].as_array()).expect("the list is an array");
    let found = events.iter().find(|it| it["title"].as_str().is_some_and(|it| it.contains(words)));
    let found = found.unwrap_or_else(|| panic!("no event has “{words}” in its title"));
    found["id"].as_str().expect("an event has an id").to_owned()
}

/// The pages of events in a published folder.
fn pages(site: &Path) -> BTreeSet<String> {
    let all = std::fs::read_dir(site.join("events")).expect("the folder is there").flatten();
    all.map(|it| it.file_name().to_string_lossy().into_owned()).collect()
}

/// Every page that the index leads to is there.
fn no_link_is_dead(site: &Path) {
    let index = std::fs::read_to_string(site.join("index.html")).expect("there is an index");
    let linked: BTreeSet<String> =
        index.split("href=\"events/").skip(1).filter_map(|it| it.split('"').next().map(str::to_owned)).collect();
    assert_eq!(linked, pages(site));
}

#[test]
fn a_corrected_figure_is_on_the_next_pages() {
    let folder = two_bombings();
    let site = folder.path().join("site");
    let published = || done(folder.path(), &["publish", &site.to_string_lossy()]);
    published();
    let id = event(folder.path(), "Kolm");
    let page =
        || std::fs::read_to_string(site.join("events").join(format!("{id}.html"))).expect("the event has a page");
    assert!(page().contains(">12<") && !page().contains(">15<"));
    done(folder.path(), &["correct", "kolm.txt:f1", "figure", "15", "--who", "Ana", "--reason", "recount"]);
    assert!(page().contains(">12<"), "nothing is published unasked");
    published();
    assert!(page().contains(">15<"), "{}", page());
    no_link_is_dead(&site);
}

#[test]
fn a_correction_that_cannot_be_understood_says_what_to_write_and_stores_nothing() {
    let folder = two_bombings();
    for (field, value) in [("figure", "a dozen or so"), ("time", "last May"), ("colour", "red")] {
        let (well, words) = aver(folder.path(), &["correct", "kolm.txt:f1", field, value]);
        assert!(!well && words.contains("hint"), "{field}: {words}");
    }
    let (well, words) = aver(folder.path(), &["correct", "nowhere.txt:f1", "figure", "5"]);
    assert!(!well && words.contains("nowhere.txt"), "{words}");
    let decisions: serde_json::Value =
        serde_json::from_str(&done(folder.path(), &["decisions", "--json"])).expect("the list is JSON");
    assert_eq!(decisions.as_array().or(decisions["decisions"].as_array()).map(Vec::len), Some(0));
}

#[test]
fn an_event_of_another_type_has_its_page_under_the_new_id_only() {
    let folder = two_bombings();
    let site = folder.path().join("site");
    done(folder.path(), &["publish", &site.to_string_lossy()]);
    let old = event(folder.path(), "Bombing at a market, Kolm");
    done(folder.path(), &["correct", &old, "type", "suicide_bombing", "--who", "Ana"]);
    done(folder.path(), &["publish", &site.to_string_lossy()]);
    let new = event(folder.path(), "Suicide bombing at a market, Kolm");
    assert_ne!(old, new);
    assert!(pages(&site).contains(&format!("{new}.html")) && !pages(&site).contains(&format!("{old}.html")));
    no_link_is_dead(&site);
}

#[test]
fn a_rejected_event_leaves_the_pages_and_a_strangers_file_stays() {
    let folder = two_bombings();
    let site = folder.path().join("site");
    done(folder.path(), &["publish", &site.to_string_lossy()]);
    std::fs::write(site.join("events/notes.html"), "mine").expect("a file is written");
    std::fs::write(site.join("CNAME"), "ledger.example.org").expect("a file is written");
    let id = event(folder.path(), "Sethra");
    done(folder.path(), &["decide", "reject", &id, "--who", "Ana", "--reason", "a film set"]);
    done(folder.path(), &["publish", &site.to_string_lossy()]);
    assert!(!pages(&site).contains(&format!("{id}.html")));
    assert!(site.join("CNAME").is_file() && site.join("events/notes.html").is_file());
    for file in ["index.html", "feed.xml"] {
        let text = std::fs::read_to_string(site.join(file)).expect("the file is there");
        assert!(!text.contains(&id) && !text.contains("Sethra"), "{file} still names it");
    }
}
