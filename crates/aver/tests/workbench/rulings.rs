//! What people rule beyond accept and reject: grades, types, perpetrators, statements of their own.

use crate::desk::{Desk, Page};
use crate::texts::{first_event, market};
use aver_model::{Anchor, Ruling};

fn decide(desk: &Desk, id: &str, fields: &[(&str, &str)]) -> Page {
    let done = desk.post(&format!("/e/{id}/decide"), fields);
    assert_eq!(done.status, 303, "{}", done.text());
    desk.ok(done.header("location"))
}

#[test]
fn grades_are_set_by_hand_shown_together_and_never_computed() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    assert!(!page.has(".tag.grade"), "nothing is graded before a person does");
    let account = page.attrs("#grade-account option", "value")[0].clone();
    let page = decide(&desk, &id, &[("verb", "grade"), ("account", &account), ("letter", "B")]);
    assert_eq!(page.all("thead .tag.grade")[0], "source B", "one alone says which it is");
    let page = decide(&desk, &id, &[("verb", "grade"), ("account", &account), ("digit", "2")]);
    assert_eq!(page.all("thead .tag.grade")[0], "B2");
    // Undone, the letter stands alone again; another source is not touched.
    let decision = page.attrs(".banner.done input[name=decision]", "value")[0].clone();
    let undone = desk.post(&format!("/e/{id}/undo"), &[("decision", &decision)]);
    let page = desk.ok(undone.header("location"));
    assert_eq!(page.all("thead .tag.grade"), ["source B"]);
    for (letter, digit) in [("G", ""), ("", "0"), ("", ""), ("2", "B")] {
        let fields = [("verb", "grade"), ("account", &account), ("letter", letter), ("digit", digit)];
        assert_eq!(desk.post(&format!("/e/{id}/decide"), &fields).status, 400, "{letter}{digit}");
    }
}

#[test]
fn a_letter_holds_for_its_source_on_the_document_too() {
    let desk = market();
    let document = desk.ok("/documents.json").json()[0]["sha256"].as_str().unwrap()[..12].to_owned();
    let page = desk.ok(&format!("/d/{document}"));
    let link = page.attrs(".said .fix", "href")[0].clone();
    let form = desk.ok(link.split('#').next().unwrap());
    let (words, speaker) =
        (form.attrs("#grade input[name=a]", "value"), form.attrs("#grade input[name=speaker]", "value"));
    assert!(words[0].ends_with(":reliability") && words[1].ends_with(":credibility"), "{words:?}");
    for (words, to) in words.iter().zip(["C", "3"]) {
        let fields = [("verb", "grade"), ("a", words), ("speaker", &speaker[0]), ("to", to), ("back", "/ledger")];
        assert_eq!(desk.post("/decide", &fields).status, 303);
    }
    let page = desk.ok(&format!("/d/{document}"));
    assert_eq!(page.all(".said .tag.grade")[0], "C3", "{:?}", page.all(".said li"));
    assert!(desk.ok("/ledger").one("#n1").contains("not graded → becomes C"), "{}", desk.ok("/ledger").one("#n1"));
}

#[test]
fn a_correction_that_is_refused_comes_back_with_what_was_written() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    let edit = desk.ok(&page.attrs("tr.conflict a.edit", "href")[0]);
    let place = edit.attrs("#edit input[name=place]", "value")[0].clone();
    let fields = [("verb", "correct"), ("place", place.as_str()), ("to", "a <few>"), ("reason", "recount")];
    let url = format!("/e/{id}/decide?policy=median");
    let refused = desk.post(&url, &fields);
    assert_eq!(refused.status, 400);
    assert_eq!(refused.attrs(".mend [aria-invalid]", "value"), ["a <few>"]);
    assert_eq!(refused.attrs(".mend input[name=reason]", "value"), ["recount"]);
    assert_eq!(refused.attrs("form.mend", "action"), std::slice::from_ref(&url));
    // Sent again as it stands, with another value, it is taken.
    let hidden = refused.attrs(".mend input[type=hidden]", "name");
    let values = refused.attrs(".mend input[type=hidden]", "value");
    let mut again: Vec<(&str, &str)> =
        hidden.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect();
    again.extend([("to", "14"), ("reason", "recount")]);
    assert_eq!(desk.post(&url, &again).status, 303);
    assert!(desk.ok("/ledger").one("#n1").contains("14"), "{}", desk.ok("/ledger").one("#n1"));
}

#[test]
fn confirmed_by_others_is_offered_only_where_there_are_others() {
    let lone = [(
        "a.txt",
        "Post",
        "2024-05-02",
        "A car bomb exploded at a market in Mosul on May 1, 2024, killing 12 people.",
    )];
    let digits = |desk: &Desk| desk.ok(&format!("/e/{}", first_event(desk))).attrs("#digit option", "value");
    assert!(!digits(&Desk::texts(&lone)).contains(&"1".to_owned()));
    assert!(digits(&market()).contains(&"1".to_owned()));
}

#[test]
fn a_type_is_corrected_in_every_mention_and_taken_back_at_once() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    let edit = desk.ok(page.attrs("#mentions a.fix", "href")[0].as_str());
    assert_eq!(edit.all("#edit form label[for^='to-']"), ["Type", "When", "Where", "By whom"]);
    let place = edit.attrs("#edit input[name=place]", "value")[0].clone();
    let refused =
        desk.post(&format!("/e/{id}/decide"), &[("verb", "correct"), ("place", &place), ("to", "earthquake")]);
    assert!(refused.status == 400 && refused.one("main").contains("bombing"), "{}", refused.one("main"));
    let page = decide(&desk, &id, &[("verb", "correct"), ("place", &place), ("to", "suicide_bombing"), ("all", "1")]);
    let now = desk.ok("/events.json").json()[0].clone();
    assert_eq!((&now["type"], now["types"].as_array().unwrap().len()), (&"suicide_bombing".into(), 1), "{now}");
    assert!(page.one(".banner.done").contains("more with it"), "{}", page.one(".banner.done"));
    // The old address leads on, also from a server that was started since.
    let desk = desk.set(|_| {});
    let moved = desk.get(&format!("/e/{id}"));
    assert!(moved.status == 200 || moved.header("location").contains("from-id="), "{}", moved.status);
    let ids = page.attrs(".banner.done input[name=decision]", "value");
    assert!(ids.len() > 1, "one form undoes all that one form made");
    let fields: Vec<(&str, &str)> = ids.iter().map(|it| ("decision", it.as_str())).collect();
    let now = page.url.split(['/', '?']).nth(2).unwrap();
    assert_eq!(desk.post(&format!("/e/{now}/undo"), &fields).status, 303);
    assert_eq!(desk.ok("/events.json").json()[0]["type"], "bombing");
}

#[test]
fn a_perpetrator_is_corrected_with_a_basis_that_nothing_promotes() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    let named = |desk: &Desk| desk.ok("/events.json").json()[0]["accounts"].to_string();
    for (link, to, expected) in [(0, "Northern Front", "attributed"), (0, "Northern Front (alleged)", "alleged")] {
        let edit = desk.ok(page.attrs("#mentions a.fix", "href")[link].as_str());
        let place = edit.attrs("#edit input[name=place]", "value").pop().expect("it is the last");
        assert!(place.ends_with(".perpetrator"), "{place}");
        decide(&desk, &id, &[("verb", "correct"), ("place", &place), ("to", to)]);
        let now = named(&desk);
        assert!(now.contains("Northern Front") && now.contains(&format!("\"basis\":\"{expected}\"")), "{now}");
    }
    let edit = desk.ok(page.attrs("#mentions a.fix", "href")[0].as_str());
    let place = edit.attrs("#edit input[name=place]", "value").pop().expect("it is the last");
    let wrong =
        desk.post(&format!("/e/{id}/decide"), &[("verb", "correct"), ("place", &place), ("to", "Front (proven)")]);
    assert!(wrong.status == 400 && wrong.one("main").contains("claimed"), "{}", wrong.one("main"));
    decide(&desk, &id, &[("verb", "correct"), ("place", &place), ("to", "none")]);
    assert!(!named(&desk).contains("Northern Front"));
}

#[test]
fn words_that_a_person_marked_become_a_statement_of_theirs() {
    let desk = market();
    let document = desk.ok("/documents.json").json()[0]["sha256"].as_str().unwrap().to_owned();
    let page = desk.ok(&format!("/d/{}", &document[..12]));
    assert!(page.has("#state-form select[name=stance] option[value=denies]"), "the form works without script");
    let (before, url) = (page.all(".said li").len(), format!("/d/{}/state", &document[..12]));
    let words = "the hospital had received 17 bodies";
    let fields =
        [("words", words), ("speaker", "Ridge Brigade"), ("stance", "denies"), ("start", "0"), ("reason", "see note")];
    let done = desk.post(&url, &fields);
    assert_eq!(done.status, 303, "{}", done.text());
    let (address, _) = done.header("location").split_once('#').expect("it leads to the words");
    let page = desk.ok(address);
    assert_eq!(page.all("mark.target").concat().replace(' ', ""), words.replace(' ', ""));
    assert_eq!(page.all(".said li").len(), before + 1);
    let own = page.all(".said li").into_iter().find(|it| it.contains("read by Ana")).expect("it says who read it");
    assert!(own.contains("denies") && own.contains("Ridge Brigade"), "{own}");
    // The published reading stays the machine's; the ledger has the act, and it can be undone.
    assert!(!desk.ok(&format!("/d/{}.json", &document[..12])).text().contains("by-hand"));
    assert!(desk.ok("/ledger").one("#n1").contains("nothing read here"));
    desk.post("/decide", &[("verb", "undo"), ("decision", "1")]);
    assert_eq!(desk.ok(&format!("/d/{}", &document[..12])).all(".said li").len(), before);
    for (words, speaker, stance) in [("no such words", "A", "denies"), (words, "", "denies"), (words, "A", "shouts")] {
        let refused = desk.post(&url, &[("words", words), ("speaker", speaker), ("stance", stance)]);
        assert!(refused.status.is_client_error(), "{words} {speaker} {stance}: {}", refused.status);
    }
}

#[test]
fn a_decision_under_another_definition_is_kept_and_flagged() {
    let desk = market();
    let id = first_event(&desk);
    decide(&desk, &id, &[("verb", "accept")]);
    let made = desk.ok("/ledger.json").json()[0]["ruling"]["anchor"].clone();
    let definition = made["definition"].as_str().expect("it is noted what was decided by").to_owned();
    assert!(definition.starts_with("bombing@") && definition.len() == "bombing@".len() + 12, "{definition}");
    assert!(!desk.ok(&format!("/e/{id}")).one(".acts").contains("definition"), "nothing has changed yet");
    let mut anchor: Anchor = serde_json::from_value(made).unwrap();
    anchor.definition = Some("bombing@000000000000".into());
    desk.behind(|ledger| drop(ledger.decide(Ruling::Accept { anchor }, "Ben", "2024-06-01T12:00:00Z", None).unwrap()));
    let page = desk.ok(&format!("/e/{id}"));
    assert!(page.one(".acts").contains("definition of bombing changed since"), "{}", page.one(".acts"));
    assert!(page.all(".facts .ok").concat().contains("accepted"), "it is kept");
    assert!(desk.ok("/ledger").one("#n2").contains("definition of bombing changed since"));
    assert!(!desk.ok("/ledger").one("#n1").contains("definition"));
}

#[test]
fn a_cell_and_an_event_can_be_cited_for_good() {
    let desk = market();
    let id = first_event(&desk);
    let page = desk.ok(&format!("/e/{id}"));
    let (quotes, cited) = (page.all(".accounts a.words q"), page.attrs(".accounts a.words", "data-cite"));
    assert_eq!(quotes.len(), cited.len());
    for (quote, cited) in quotes.iter().zip(&cited) {
        let address = cited.rsplit(' ').next().unwrap();
        assert!(cited.starts_with(&format!("“{quote}” — ")) && cited.contains("sha256 "), "{cited}");
        let target = desk.ok(address.split('#').next().unwrap());
        assert_eq!(target.all("mark.target").join(" ").replace(' ', ""), quote.replace(' ', ""), "{cited}");
    }
    assert!(cited.iter().any(|it| it.contains(" → ")), "the chain of speakers is told: {cited:?}");
}

#[test]
fn every_key_of_the_pages_is_on_the_page_of_keys() {
    let desk = Desk::samples();
    let known = desk.ok("/keys").attrs("input[data-usual]", "value");
    let id = first_event(&desk);
    for url in ["/", "/review?q=figures", "/review?q=same-event", "/documents", &format!("/e/{id}")] {
        for key in desk.ok(url).attrs("[data-key]", "data-key") {
            assert!(key == " " || key.parse::<u8>().is_ok() || known.contains(&key), "{key} of {url}");
        }
    }
}
