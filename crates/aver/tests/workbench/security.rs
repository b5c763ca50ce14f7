//! Hostile documents and hostile requests: nothing runs, nothing leaks, nothing leaves its place.

use crate::add::upload;
use crate::desk::Desk;
use crate::review::press;

const MARKUP: &str = "<script>alert(1)</script>";
const IMAGE: &str = "\"><img src=x onerror=alert(1)>";

/// Every page that shows what a document says.
const PAGES: [&str; 14] = [
    "/",
    "/documents",
    "/actors",
    "/tallies",
    "/forecasts",
    "/review",
    "/review?q=figures",
    "/review?q=drafts",
    "/review/differences",
    "/ledger",
    "/export",
    "/add",
    "/search?q=alert",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
];

fn hostile() -> Desk {
    let text = format!(
        "{MARKUP} Bombing in Mosul\n\nA car bomb exploded at a market in Mosul on May 1, 2024, killing 12 {MARKUP} people. \
         {IMAGE} spokesman Karim <b>Aziz</b> said 30 people were killed. Colonel <img src=x onerror=alert(2)> Haddad said attacks could follow within two weeks. \
         Between January and May 2024, nine attacks in {MARKUP} Mosul killed 61 people, the <i>Monitor</i> said."
    );
    let second =
        format!("A car bomb exploded at a market in Mosul on May 1, 2024, killing 40 people, {IMAGE} police said.");
    Desk::texts(&[
        ("<script>alert(1)</script>.txt", IMAGE, "2024-05-02", &text),
        ("\"><img src=x onerror=alert(1)>.txt", MARKUP, "2024-05-03", &second),
    ])
}

#[test]
fn stored_markup_is_shown_and_never_runs() {
    let desk = hostile();
    let page = desk.ok("/review?q=figures");
    press(&desk, &page, "a", &[("reason", MARKUP)]);
    let mut urls: Vec<String> = PAGES.map(str::to_owned).to_vec();
    let events = desk.ok("/api/v1/events").json();
    urls.extend(events["values"].as_array().unwrap().iter().map(|it| format!("/e/{}", it["id"].as_str().unwrap())));
    let documents = desk.ok("/api/v1/documents").json();
    urls.extend(
        documents["values"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| format!("/d/{}", &it["document"]["sha256"].as_str().unwrap()[..12])),
    );
    urls.push("/ledger?done=1".into());
    let mut seen = false;
    for url in urls {
        let page = desk.get(&url);
        if page.status == 404 {
            continue;
        }
        assert_eq!(page.all("script").concat(), "", "{url}");
        assert!(!page.has("main img[src=x]") && !page.has("[onerror]"), "{url}");
        assert!(page.attrs("script", "src").iter().all(|it| it.starts_with("/assets/")), "{url}");
        seen |= page.one("main").contains("<script>alert(1)</script>");
    }
    assert!(seen, "the words are shown as words");
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    let desk = Desk::samples();
    let event = desk.ok("/api/v1/events?disputed=1&limit=1").json()["values"][0]["id"].as_str().unwrap().to_owned();
    let page = desk.ok("/review?q=figures");
    press(&desk, &page, "a", &[]);
    let event = format!("/e/{event}");
    let mut forms = 0;
    for url in PAGES.into_iter().chain([event.as_str(), "/ledger?done=1", "/review?q=same-event"]) {
        let page = desk.ok(url);
        let (all, with) = (page.all("form[method=post]").len(), page.all("form[method=post] > input[name=csrf]").len());
        assert_eq!(all, with, "{url}");
        forms += all;
    }
    assert!(forms > 10, "{forms} forms were looked at");
}

#[test]
fn an_uploaded_name_is_shown_as_words_and_leads_nowhere() {
    let desk = Desk::empty();
    let token = desk.csrf();
    let text = b"A car bomb exploded in Mosul on May 1, 2024, killing 12 people.";
    let sent = upload(
        &desk,
        &[("csrf", &token)],
        &[("../../../etc/<b>x</b>.txt", text), ("<script>alert(1)</script>.zip", b"PK\x03\x04x")],
    );
    let job = desk.ok(sent.header("location"));
    assert!(!job.has("main b:not([class])") && job.all("script").concat().is_empty(), "{}", job.text());
    let folder = desk.path.parent().unwrap();
    let files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert!(files.iter().all(|it| it.starts_with("test.aver")), "{files:?}");
}

#[test]
fn a_path_leads_to_no_file() {
    let desk = Desk::empty();
    for url in [
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/../Cargo.toml",
        "/export/csv/..%2f..%2fevents.csv",
        "/export/..%2f/events.csv",
        "/d/..%2f..%2fetc%2fpasswd",
        "/e/..%2f..%2fetc%2fpasswd",
        "/add/jobs/..%2f1",
    ] {
        let page = desk.get(url);
        assert!(page.status.is_client_error(), "{url}: {}", page.status);
        assert!(!page.text().contains("root:") && !page.text().contains("[package]"), "{url}");
    }
}

#[test]
fn an_upload_without_its_token_stores_nothing() {
    let desk = Desk::empty();
    let text = b"A car bomb exploded in Mosul on May 1, 2024, killing 12 people.";
    for fields in [vec![], vec![("csrf", "x")], vec![("source", "Post")]] {
        assert_eq!(upload(&desk, &fields, &[("a.txt", text)]).status, 403, "{fields:?}");
    }
    assert_eq!(desk.post("/add/text", &[("csrf", "x"), ("text", "A bomb.")]).status, 403);
    assert_eq!(desk.ok("/api/v1/documents").json()["total"], 0);
}

#[test]
fn masked_names_stand_nowhere_in_a_public_export() {
    let text = "A car bomb exploded at a market in Mosul on May 1, 2024, killing 12 people. \
                Witness Samira Haddad said she saw 30 bodies. “It was terrible,” Haddad said. \
                Nabil Qasim, a shopkeeper, said three gunmen had fled. The dead included Yusuf Marwan, 7. \
                Dr. Rashid Omari said 41 people were wounded. Khalid Jaber, the son of the governor, said 20 were killed. \
                The governor, Salim Barakat, said 15 people were killed.";
    let desk = Desk::texts(&[("a.txt", "Post", "2024-05-02", text)]);
    let readings = desk.ok("/api/v1/documents").json()["values"][0]["document"]["sha256"].as_str().unwrap().to_owned();
    let persons: Vec<String> = desk.ok(&format!("/api/v1/documents/{readings}")).json()["actors"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"] == "person")
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect();
    let public = ["Salim", "Barakat"];
    let words: Vec<&str> =
        persons.iter().flat_map(|it| it.split(' ')).filter(|it| it.len() > 3 && !public.contains(it)).collect();
    for private in ["Haddad", "Qasim", "Omari", "Jaber"] {
        assert!(words.contains(&private), "{private} is read as a person: {persons:?}");
    }
    let (mut internal, mut handed_out) = (String::new(), String::new());
    for format in ["csv", "acled", "json", "geojson"] {
        for address in desk.ok(&format!("/export?format={format}")).attrs(".files a", "href") {
            let file = desk.ok(&address).text();
            for word in &words {
                assert!(!file.contains(word), "{address} holds {word}: {file}");
            }
            handed_out.push_str(&file);
            let joined = if address.contains('?') { "&" } else { "?" };
            internal.push_str(&desk.ok(&format!("{address}{joined}profile=internal")).text());
        }
    }
    assert!(handed_out.contains("Barakat"), "who holds an office is not masked");
    assert!(words.iter().any(|it| internal.contains(it)), "the internal profile keeps names");
}
