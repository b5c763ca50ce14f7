//! Private names, searched byte for byte: in exports, bundles, the static site and its feed,
//! and in everything that a reader of a team is shown.

use crate::desk::Desk;
use crate::team::{PASSWORD, login};
use aver::team::Role;
use aver_codebook::Codebook;
use aver_publish::{Output, Profile, View};

/// Persons who are private, with words of their names as a file and a title carry them too.
const PRIVATE: [&str; 6] = ["Samira", "Haddad", "Qasim", "Omari", "Jaber", "O'Dell"];
const TEXT: &str = "A car bomb exploded at a market in Mosul on May 1, 2024, killing 12 people. \
    Witness Samira Haddad said she saw 30 bodies. “It was terrible,” Haddad said. \
    Nabil Qasim, a shopkeeper, said three gunmen had fled. Witness Brian O'Dell said 14 people were killed. \
    Dr. Rashid Omari said 41 people were wounded. Khalid Jaber, the son of the governor, said 20 were killed. \
    The governor, Salim Barakat, said 15 people were killed.";

fn desk() -> Desk {
    let text = format!("Samira Haddad saw the market burn\n\n{TEXT}");
    Desk::texts(&[("Samira Haddad.txt", "Post", "2024-05-02", &text)])
}

#[track_caller]
fn holds_none(words: &[u8], place: &str) {
    for name in PRIVATE {
        let escaped = name.replace('\'', "&#39;");
        for it in [name, &escaped] {
            let at = words.windows(it.len()).position(|own| own == it.as_bytes());
            let around = at.map(|at| {
                String::from_utf8_lossy(&words[at.saturating_sub(60)..(at + 60).min(words.len())]).into_owned()
            });
            assert_eq!(around, None, "{place} holds {it}");
        }
    }
}

#[test]
fn the_names_are_there_to_be_masked() {
    let desk = desk();
    let document = desk.ok("/api/v1/documents").json()["values"][0]["document"]["sha256"].as_str().unwrap().to_owned();
    let persons = desk.ok(&format!("/api/v1/documents/{document}")).json()["actors"].to_string();
    for name in PRIVATE {
        assert!(persons.contains(name), "{name} is read as a person: {persons}");
    }
}

#[test]
fn no_public_export_and_no_bundle_holds_a_private_name() {
    let desk = desk();
    for format in ["csv", "acled", "json", "geojson", "bundle"] {
        for address in desk.ok(&format!("/export?format={format}")).attrs(".files a", "href") {
            let file = desk.ok(&address).body;
            holds_none(&file, &address);
            if address.contains(".zip") {
                for it in aver::zip::read(&file).unwrap() {
                    holds_none(&it.bytes, &it.name);
                }
            }
        }
    }
    let internal = desk.ok("/export/csv/events.csv?profile=internal").text();
    assert!(internal.contains("Haddad"), "the internal profile keeps names, so the search finds them");
}

fn site(desk: &Desk) -> Vec<Output> {
    let ledger = aver_ledger::Ledger::open_read_only(&desk.path).unwrap();
    let (readings, filed, decisions) =
        (ledger.readings().unwrap(), ledger.documents().unwrap(), ledger.decisions().unwrap());
    let effective = aver_ledger::effective(&decisions);
    let knowledge = aver::desk::Knowledge::build(&readings, &filed, &effective, Codebook::builtin());
    let readings: Vec<_> = readings.iter().collect();
    let view = View::new(&knowledge.events, &readings, Codebook::builtin(), "range-all", Profile::Public);
    let scope = aver::moment::At::Now.scope(&ledger, "2024-06-01".parse().unwrap()).unwrap();
    let around = aver::bundle::Around { filed: &filed, decisions: &decisions, scope };
    aver::site::files(&view, &around, "2024-06-01T12:00:00Z").unwrap()
}

#[test]
fn no_page_and_no_feed_of_the_static_site_holds_a_private_name() {
    let desk = desk();
    let id = desk.ok("/events.json").json()[0]["id"].as_str().unwrap().to_owned();
    // What a person types as a reason is theirs and is not published.
    desk.post(&format!("/e/{id}/decide"), &[("verb", "accept"), ("reason", "Samira Haddad confirmed by phone")]);
    let files = site(&desk);
    let names: Vec<&str> = files.iter().map(|it| it.name.as_str()).collect();
    for name in ["index.html", "about.html", "feed.xml", "style.css", &format!("events/{id}.html")] {
        assert!(names.contains(&name), "{name} is missing in {names:?}");
    }
    for file in &files {
        holds_none(file.name.as_bytes(), "a file name");
        holds_none(&file.bytes, &file.name);
    }
    let page = files.iter().find(|it| it.name.starts_with("events/")).unwrap();
    let page = String::from_utf8(page.bytes.clone()).unwrap();
    assert!(page.contains("[person "), "who is masked is still told apart: {page}");
    assert!(!page.contains("<script") && !page.contains("<form"), "the site runs nothing and asks nothing");
}

#[test]
fn a_site_of_hostile_documents_runs_nothing() {
    let desk = crate::texts::hostile();
    for file in site(&desk).into_iter().filter(|it| it.name.ends_with("html") || it.name.ends_with("xml")) {
        let text = String::from_utf8(file.bytes).unwrap();
        for bad in ["<script", "<img src=x", "<svg onload", "onerror=alert(1)>\""] {
            assert!(!text.contains(bad), "{} carries {bad}", file.name);
        }
    }
}

#[test]
fn a_reader_of_a_team_sees_no_private_name_anywhere() {
    let mut desk = desk().with_team(&[("rita", PASSWORD, Role::Reader), ("ana", PASSWORD, Role::Coder)]);
    login(&mut desk, "ana");
    let (id, document) = (
        desk.ok("/events.json").json()[0]["id"].as_str().unwrap().to_owned(),
        desk.ok("/documents.json").json()[0]["sha256"].as_str().unwrap().to_owned(),
    );
    let csrf = desk.csrf();
    let accept = [("csrf", csrf.as_str()), ("verb", "accept"), ("reason", "Samira Haddad told us")];
    assert_eq!(desk.post(&format!("/e/{id}/decide"), &accept).status, 303);
    assert!(desk.ok(&format!("/d/{document}")).text().contains("Haddad"), "coders need the names");
    let actor = desk.ok("/actors?q=Haddad").attrs("tbody .what a", "href")[0].clone();
    login(&mut desk, "rita");
    let mut urls = crate::desk::views(&id, &document);
    urls.extend(
        [
            "/actors.json",
            "/changes?from=0.0",
            "/changes.json?from=0.0",
            "/api/v1/changes?from=0.0",
            "/review?q=figures",
            "/review/differences",
            "/export",
            "/search?q=Haddad",
            "/search?q=Samira+Haddad",
            "/nowhere/Haddad",
        ]
        .map(str::to_owned),
    );
    urls.extend([format!("/d/{document}.json"), format!("/e/{id}?at=1.0"), actor]);
    let mut masked = 0;
    for url in urls {
        let page = desk.get(&url);
        holds_none(&page.body, &url);
        masked += usize::from(page.status == 200 && page.text().contains("[person "));
    }
    assert!(masked > 10, "{masked} answers show that somebody is masked");
    assert!(desk.ok(&format!("/d/{document}")).text().contains("Barakat"), "who holds an office is named");
}

#[test]
fn the_site_says_of_every_account_what_the_workbench_says() {
    for desk in [crate::texts::market(), Desk::samples()] {
        let id = desk.ok("/events.json").json()[0]["id"].as_str().unwrap().to_owned();
        let name = format!("events/{id}.html");
        let page = site(&desk).into_iter().find(|it| it.name == name).expect("the event has a page");
        let page = crate::desk::Page::of(page.bytes);
        let inside = desk.ok(&format!("/e/{id}?layout={}", if page.has("table.turned") { "rows" } else { "columns" }));
        let cells = |page: &crate::desk::Page, line: &str| {
            let turned = page.has("table.turned");
            let cells = if turned {
                format!("tbody tr:not(.rec) td[data-label='{line}']")
            } else {
                "tr.conflict td:not(.rec)".into()
            };
            page.all(&format!("{cells} q, {cells} .none"))
        };
        let (told, own) = (cells(&page, "Killed"), cells(&inside, "Killed"));
        assert!(told.len() > 3 && told.iter().any(|it| it == "says nothing"), "{told:?}");
        assert_eq!(told, own, "account by account");
    }
}
