//! Review: one decision a screen, by forms alone; every answer is appended and can be taken back.

use crate::desk::{Desk, Page};

/// Two papers on one day and town, with tolls that cannot both be right, and a second bombing a day later.
pub fn contested() -> Desk {
    Desk::texts(&[
        ("a.txt", "Post", "2024-05-02", "A car bomb exploded at a market in Mosul on May 1, 2024, killing 12 people."),
        (
            "b.txt",
            "Gazette",
            "2024-05-03",
            "A car bomb exploded at a market in Mosul on May 1, 2024, killing 30 people.",
        ),
    ])
}

/// Sends the form of the page whose button has this key, with its hidden fields.
#[track_caller]
pub fn press(desk: &Desk, page: &Page, key: &str, more: &[(&str, &str)]) -> Page {
    let fields = page.form(&format!("[data-key='{key}']"));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(more.iter().copied()).collect();
    desk.post("/decide", &fields)
}

#[test]
fn a_disputed_figure_is_asked_for_with_its_words_and_what_each_answer_changes() {
    let desk = contested();
    let page = desk.ok("/review?q=figures");
    assert!(
        page.one(".ask h2").contains("stand as") && page.one(".ask h2").contains("killed, said by"),
        "{}",
        page.one(".ask h2")
    );
    assert!(page.all("blockquote q")[0].contains("people"), "{:?}", page.all("blockquote q"));
    assert_eq!(page.all(".others tbody tr").len(), 2);
    let effects = page.all(".effect");
    assert_eq!(effects[0], "no published number changes", "accepting what is read");
    assert!(effects[1].starts_with("killed: 12 – 30 → "), "{effects:?}");
}

#[test]
fn an_answer_is_stored_leads_on_and_can_be_undone_from_where_it_led() {
    let desk = contested();
    let page = desk.ok("/review?q=figures");
    let left = page.one(".queues [aria-current] .qn");
    let rejected = press(&desk, &page, "x", &[("reason", "a misprint")]);
    assert_eq!(rejected.status, 303);
    assert_eq!(rejected.header("location"), "/review?q=figures&n=0&done=1");
    let next = desk.ok(rejected.header("location"));
    assert!(next.one(".flash").contains("Decision 1 stored: reject “"), "{}", next.one(".flash"));
    assert_ne!(next.one(".queues [aria-current] .qn"), left);
    let row = desk.ok("/ledger");
    assert!(row.one("tr#n1").contains("a misprint"), "{}", row.one("tr#n1"));
    let undone = press(&desk, &next, "z", &[]);
    assert_eq!(undone.status, 303);
    assert_eq!(desk.ok("/review?q=figures").one(".queues [aria-current] .qn"), left);
    assert_eq!(desk.ok("/ledger").one("tr#n1 .state"), "undone by 2");
}

#[test]
fn an_edited_number_is_what_is_published() {
    let desk = contested();
    let page = desk.ok("/review?q=figures");
    let form = page.form("#to-figure");
    let a = &form.iter().find(|it| it.0 == "a").expect("the form names its words").1;
    let sent = desk.post("/decide", &[("verb", "correct"), ("a", a), ("to", "13..14"), ("back", "/review")]);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let csv = desk.ok("/export/csv/events.csv").text();
    assert!(csv.contains(",13,") || csv.contains(",14,"), "{csv}");
    let wrong = desk.post("/decide", &[("verb", "correct"), ("a", a), ("to", "a dozen"), ("back", "/review")]);
    assert_eq!(wrong.status, 400);
    assert!(wrong.one("main").contains("write 12"), "{}", wrong.one("main"));
}

#[test]
fn a_ruling_speaks_only_of_words_that_stand_there() {
    let desk = contested();
    let document = desk.ok("/api/v1/documents").json()["values"][0]["document"]["sha256"].as_str().unwrap().to_owned();
    for (a, status) in [
        (format!("{document}:0-3:figure"), 404),
        (format!("{document}:9000-9001:event"), 404),
        ("ff:0-3:event".to_owned(), 404),
        ("nonsense".to_owned(), 400),
        (String::new(), 400),
    ] {
        assert_eq!(desk.post("/decide", &[("verb", "accept"), ("a", &a)]).status.as_u16(), status, "{a}");
    }
    assert_eq!(desk.post("/decide", &[("verb", "bless")]).status, 400);
    assert!(desk.ok("/ledger").has(".empty"));
}

#[test]
fn nothing_is_decided_on_an_earlier_state() {
    let desk = contested();
    assert!(desk.ok("/review?q=figures").has("[data-key='a']"));
    let earlier = desk.ok("/review?q=figures&at=1.0");
    assert!(!earlier.has("[data-key='a']"));
    assert_eq!(desk.post("/decide?at=1.0", &[("verb", "undo"), ("decision", "1")]).status, 400);
}

#[test]
fn the_samples_put_the_greatest_effect_first_and_every_queue_stands() {
    let desk = Desk::samples();
    for queue in ["", "same-event", "figures", "drafts", "orphans", "new-run", "second", "nonsense"] {
        let page = desk.ok(&format!("/review?q={queue}"));
        assert!(page.has(".ask") || page.has(".empty"), "{queue}");
    }
    let waiting = desk.ok("/api/v1/review?limit=1000").json();
    let bounds: Vec<u64> =
        waiting["values"].as_array().unwrap().iter().map(|it| it["at_stake"].as_u64().unwrap()).collect();
    assert!(!bounds.is_empty() && bounds.is_sorted_by(|a, b| a >= b), "{bounds:?}");
}

/// Accepts the first disputed figure, then reads the documents anew with other numbers in them.
fn orphaned() -> Desk {
    let desk = contested();
    let page = desk.ok("/review?q=figures");
    press(&desk, &page, "a", &[]);
    desk.behind(|ledger| {
        let hash = ledger.decisions().unwrap()[0].ruling.anchors()[0].document.clone();
        let filed = ledger.documents().unwrap().into_iter().find(|it| it.document.sha256 == hash).unwrap();
        let mut page = ledger.page(&hash).unwrap();
        page.text = page.text.replace("12 people", "13 people").replace("30 people", "33 people");
        let reading = aver_read::Reader::new(aver_codebook::Codebook::builtin()).read(&page);
        ledger.append_reading(&page, &reading, &filed.fingerprint, "2023-03-20T14:05:00Z").unwrap();
    });
    desk
}

#[test]
fn lost_words_are_asked_for_until_the_decision_is_let_go() {
    let desk = orphaned();
    let lost = desk.ok("/review?q=orphans");
    assert!(lost.one(".ask h2").contains("gone from the text"), "{}", lost.one(".ask h2"));
    assert_eq!(desk.ok("/ledger").one("tr#n1 .state"), "lost its words");
    assert_eq!(press(&desk, &lost, "x", &[]).status, 303);
    assert!(desk.ok("/review?q=orphans").has(".empty"));
}

#[test]
fn a_decision_without_its_words_can_be_taken_over_to_those_that_resemble_them() {
    let desk = orphaned();
    let lost = desk.ok("/review?q=orphans");
    assert!(lost.all("blockquote q")[0].ends_with("3 people"), "{:?}", lost.all("blockquote q"));
    assert_eq!(press(&desk, &lost, "1", &[]).status, 303);
    assert!(desk.ok("/review?q=orphans").has(".empty"));
    assert_eq!(desk.ok("/ledger").all(".verb"), ["accept", "undo", "accept"]);
    assert_eq!(desk.ok("/ledger").one("tr#n3 .state"), "holds");
}

#[test]
fn a_value_that_the_machine_reads_otherwise_is_asked_for_and_can_be_kept() {
    use aver_model::{Offsets, Ruling};
    let desk = contested();
    desk.behind(|ledger| {
        let reading = ledger.readings().unwrap().into_iter().find(|it| it.text.contains("12 people")).unwrap();
        let span = reading.figures.iter().find(|it| it.low == Some(12)).unwrap().span;
        let quote = Offsets::new(&reading.text).quote(&reading.text, span).to_owned();
        let document = reading.document.sha256.clone();
        let value = Some("11".to_owned());
        let anchor = aver_model::Anchor { document, quote, span, field: "figure".into(), value, definition: None };
        ledger.decide(Ruling::Accept { anchor }, "Ana", "2024-05-30T12:00:00Z", None).unwrap();
    });
    let asked = desk.ok("/review?q=new-run");
    assert!(
        asked.one(".ask h2").contains("now reads figure as “12”. Does your “11” still stand?"),
        "{}",
        asked.one(".ask h2")
    );
    assert_eq!(press(&desk, &asked, "a", &[]).status, 303);
    assert!(desk.ok("/review?q=new-run").has(".empty"));
    // Undone and decided anew, both appended.
    assert_eq!(desk.ok("/ledger").all(".verb"), ["correct", "undo", "accept"]);
    let csv = desk.ok("/export/csv/events.csv").text();
    assert!(csv.contains(",11,"), "{csv}");
}
